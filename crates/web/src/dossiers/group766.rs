//! The parts of the set of indicators of Quyết định 766/QĐ-TTg that dossiers tell; the others with the reason.

use askama::Template;
use axum::extract::Query;
use kernel::numbers::{decimal, percent, whole};
use office::dossiers::figures::Figures;
use office::dossiers::group766::{Part, shipped};
use office::dossiers::queries::{self, By, Kind};

use super::{Asked, refusal};
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, show as page};

/// A part or a whole group that is not computed.
struct Line {
    name: &'static str,
    max: i64,
    mark: String,
    percent: String,
    part: (String, String),
    whole: (String, String),
    why: &'static str,
}

/// A group.
struct GroupView {
    name: &'static str,
    max: i64,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "dossiers/group766.html")]
struct GroupsPage {
    frame: Frame,
    form: Form,
    years: Vec<Choice>,
    units: Vec<Choice>,
    ground: &'static str,
    told_by_report: bool,
    groups: Vec<GroupView>,
    got: String,
    out_of: i64,
}

fn line(asked: &Asked, part: &'static Part, figures: &Figures, none: &str) -> Line {
    let shown = part.from.map(|from| (from.share(figures), from.kinds()));
    let address = |kind: Kind| format!("/noi-bo/ho-so-tthc/danh-sach?{}", asked.query(kind.code()));
    let mark = part.mark(figures).map_or_else(|| none.to_owned(), |mark| decimal(mark, 2));
    match shown {
        Some((share, (of, all))) => Line {
            name: &part.name,
            max: part.max,
            mark,
            percent: share.basis_points().map_or_else(|| none.to_owned(), percent),
            part: (whole(share.part), of.map(address).unwrap_or_default()),
            whole: (whole(share.whole), address(all)),
            why: "",
        },
        None => empty(&part.name, part.max, part.why.as_deref().unwrap_or_default()),
    }
}

fn empty(name: &'static str, max: i64, why: &'static str) -> Line {
    let nothing = || (String::new(), String::new());
    Line { name, max, mark: String::new(), percent: String::new(), part: nothing(), whole: nothing(), why }
}

pub async fn show(here: Here, Query(mut asked): Query<Asked>) -> Answer {
    let (ctx, lang) = (here.ctx(), here.visit.lang);
    let choices = queries::choices(&ctx).await.map_err(|error| refusal(&error))?;
    if asked.nam.is_empty() {
        asked.nam = choices.years.first().cloned().unwrap_or_default();
    }
    let told = queries::figures(&ctx, &asked.filter(), By::default()).await.map_err(|error| refusal(&error))?;
    let figures = told.into_values().next().unwrap_or_default();
    let (book, none) = (shipped(), lang.t("chưa có số liệu"));
    let parts = || book.groups.iter().flat_map(|group| &group.parts);
    let marks = parts().filter_map(|part| Some((part.mark(&figures)?, part.max)));
    let (got, out_of) = marks.fold((0, 0), |(got, out_of), (mark, max)| (got + mark, out_of + max));
    let groups = book.groups.iter().map(|group| GroupView {
        name: &group.name,
        max: group.max,
        lines: match &group.why {
            Some(why) => vec![empty(&group.name, group.max, why)],
            None => group.parts.iter().map(|part| line(&asked, part, &figures, none)).collect(),
        },
    });
    Ok(page(&GroupsPage {
        groups: groups.collect(),
        got: decimal(got, 2),
        out_of,
        ground: &book.ground,
        told_by_report: book.confidence != "text",
        frame: here.frame(lang.t("Bộ chỉ số theo Quyết định 766"), Place::Dossiers),
        years: choices.years.iter().map(|year| Choice::new(year, year)).collect(),
        units: choices.units.iter().map(|unit| Choice::new(unit, unit)).collect(),
        form: Form::filled([("nam", asked.nam.clone()), ("don_vi", asked.don_vi.clone())]),
    }))
}
