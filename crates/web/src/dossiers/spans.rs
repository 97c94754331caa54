//! Shortening of time: limit of the law, limit promised, median and p90, by procedure, a year beside the one before.

use askama::Template;
use axum::extract::Query;
use kernel::numbers::{decimal, percent, whole};
use office::dossiers::queries::{self, Filter, Kind, Spans};

use super::{Asked, refusal};
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, show as page};

/// One procedure: each cell for the year before and the year.
struct Line {
    name: String,
    ended: [(String, String); 2],
    legal: [String; 2],
    committed: [String; 2],
    median: [String; 2],
    p90: [String; 2],
    shortened: [String; 2],
}

#[derive(Template)]
#[template(path = "dossiers/spans.html")]
struct SpansPage {
    frame: Frame,
    form: Form,
    years: Vec<Choice>,
    units: Vec<Choice>,
    both: [String; 2],
    lines: Vec<Line>,
}

pub async fn show(here: Here, Query(mut asked): Query<Asked>) -> Answer {
    let (ctx, lang) = (here.ctx(), here.visit.lang);
    let choices = queries::choices(&ctx).await.map_err(|error| refusal(&error))?;
    if asked.nam.parse::<u16>().is_err() {
        asked.nam = choices.years.first().cloned().unwrap_or_default();
    }
    let year = asked.nam.parse::<u16>().unwrap_or_default();
    let both = [year.saturating_sub(1).to_string(), year.to_string()];
    let filter = Filter {
        from: format!("{}-01", both[0]),
        until: format!("{}-12", both[1]),
        unit: asked.don_vi.clone(),
        ..Filter::default()
    };
    let told = queries::spans(&ctx, &filter).await.map_err(|error| refusal(&error))?;
    let none = || "–".to_owned();
    let halves = |doubled: Option<i64>| doubled.map_or_else(none, |doubled| decimal(doubled * 5, 1));
    let line = |code: &String, of: &std::collections::BTreeMap<String, Spans>| {
        let cells = |cell: &dyn Fn(&Spans) -> String| both.each_ref().map(|year| of.get(year).map_or_else(none, cell));
        let ended = both.each_ref().map(|year| {
            let narrow = Asked { nam: year.clone(), thu_tuc: code.clone(), ..asked.clone() };
            let address = format!("/noi-bo/ho-so-tthc/danh-sach?{}", narrow.query(Kind::Ended.code()));
            of.get(year).map_or_else(|| (none(), String::new()), |spans| (whole(spans.ended), address))
        });
        Line {
            name: choices
                .procedures
                .get(code)
                .filter(|name| *name != code)
                .map_or_else(|| code.clone(), |name| format!("{code} {name}")),
            ended,
            legal: cells(&|spans| halves(spans.legal_doubled)),
            committed: cells(&|spans| halves(spans.committed_doubled)),
            median: cells(&|spans| halves(spans.median_doubled)),
            p90: cells(&|spans| spans.p90.map_or_else(none, whole)),
            shortened: cells(&|spans| spans.shortened().map_or_else(none, percent)),
        }
    };
    let shown = SpansPage {
        frame: here.frame(lang.t("Rút ngắn thời gian theo thủ tục"), Place::Dossiers),
        lines: told.iter().map(|(code, of)| line(code, of)).collect(),
        years: choices.years.iter().map(|year| Choice::new(year, year)).collect(),
        units: choices.units.iter().map(|unit| Choice::new(unit, unit)).collect(),
        form: Form::filled([("nam", asked.nam.clone()), ("don_vi", asked.don_vi.clone())]),
        both,
    };
    Ok(page(&shown))
}
