//! The figures, by unit, month and procedure; every number leads to its dossiers.

use askama::Template;
use axum::extract::Query;
use kernel::Permission;
use kernel::numbers::{decimal, percent, whole};
use office::dossiers::figures::{Figures, Share};
use office::dossiers::queries::{self, By, Kind};

use super::{Asked, refusal};
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, show as page};

/// A number with the address of what it counts.
struct Count {
    words: String,
    href: String,
}

/// A share with its parts, each with the address of what it counts.
struct Shown {
    percent: String,
    part: Count,
    whole: Count,
}

/// One line of a table.
struct Line {
    name: String,
    counts: Vec<Count>,
    in_time: String,
    median: String,
    p90: String,
    legal: String,
    committed: String,
}

/// A share of the whole with what it is out of.
struct Quality {
    name: &'static str,
    rule: &'static str,
    shown: Shown,
}

#[derive(Template)]
#[template(path = "dossiers/figures.html")]
struct FiguresPage {
    frame: Frame,
    form: Form,
    years: Vec<Choice>,
    units: Vec<Choice>,
    procedures: Vec<Choice>,
    total: Vec<Line>,
    by_unit: Vec<Line>,
    by_month: Vec<Line>,
    by_procedure: Vec<Line>,
    quality: Vec<Quality>,
    rating: String,
    /// The mean answer of the public page, and how many answered: it means little without the other.
    answers: String,
    answer_rate: String,
    may_import: bool,
    is_empty: bool,
}

const NONE: &str = "chưa có số liệu";

/// The kinds of the columns, in their order.
const COLUMNS: [Kind; 7] =
    [Kind::Accepted, Kind::Before, Kind::OnTime, Kind::Overdue, Kind::Open, Kind::OpenLate, Kind::Waiting];

fn count(asked: &Asked, kind: Kind, many: i64) -> Count {
    Count { words: whole(many), href: format!("/noi-bo/ho-so-tthc/danh-sach?{}", asked.query(kind.code())) }
}

fn share(here: &Here, asked: &Asked, (part, out_of): (Kind, Kind), share: Share) -> Shown {
    let percent = share.basis_points().map_or_else(|| here.visit.lang.t(NONE).to_owned(), percent);
    Shown { percent, part: count(asked, part, share.part), whole: count(asked, out_of, share.whole) }
}

fn line(here: &Here, asked: &Asked, name: &str, figures: &Figures) -> Line {
    let none = || here.visit.lang.t(NONE).to_owned();
    let halves = |doubled: Option<i64>| doubled.map_or_else(none, |doubled| decimal(doubled * 5, 1));
    let many = |kind: Kind| match kind {
        Kind::Before => figures.before,
        Kind::OnTime => figures.on_time,
        Kind::Overdue => figures.overdue,
        Kind::Open => figures.open,
        Kind::OpenLate => figures.open_late,
        Kind::Waiting => figures.waiting,
        _ => figures.accepted(),
    };
    Line {
        name: name.to_owned(),
        counts: COLUMNS.iter().map(|kind| count(asked, *kind, many(*kind))).collect(),
        in_time: figures.in_time().basis_points().map_or_else(none, percent),
        median: halves(figures.days.median_doubled()),
        p90: figures.days.ninth_decile().map_or_else(none, whole),
        legal: halves(figures.legal.median_doubled()),
        committed: halves(figures.committed.median_doubled()),
    }
}

pub async fn show(here: Here, Query(mut asked): Query<Asked>) -> Answer {
    let (ctx, lang) = (here.ctx(), here.visit.lang);
    let choices = queries::choices(&ctx).await.map_err(|error| refusal(&error))?;
    if asked.nam.is_empty() {
        asked.nam = choices.years.first().cloned().unwrap_or_default();
    }
    let filter = asked.filter();
    let told = |by: By| queries::figures(&ctx, &filter, by);
    let both = told(By { unit: true, month: true, ..By::default() }).await.map_err(|error| refusal(&error))?;
    let by_procedure = if asked.thu_tuc.is_empty() {
        told(By { procedure: true, ..By::default() }).await.map_err(|error| refusal(&error))?
    } else {
        std::collections::BTreeMap::new()
    };
    let (mut total, mut units, mut months) =
        (Figures::default(), std::collections::BTreeMap::new(), std::collections::BTreeMap::new());
    for (group, figures) in both {
        total.merge(&figures);
        units.entry(group.unit).or_insert_with(Figures::default).merge(&figures);
        months.entry(group.month).or_insert_with(Figures::default).merge(&figures);
    }
    let rule = |name, rule, kinds, parts| Quality { name, rule, shown: share(&here, &asked, kinds, parts) };
    let quality = vec![
        rule(
            "Đúng và trước hạn",
            "trên số đã giải quyết xong và số chưa xong đã quá hạn",
            (Kind::InTime, Kind::Judged),
            total.in_time(),
        ),
        rule("Nộp trực tuyến", "trên số đã tiếp nhận và biết kênh nộp", (Kind::Online, Kind::Channel), total.online),
        rule(
            "Giấy tờ đầu vào đã số hóa",
            "trên số đã tiếp nhận có ghi việc số hóa",
            (Kind::Input, Kind::InputKnown),
            total.input,
        ),
        rule(
            "Kết quả điện tử",
            "trên số đã giải quyết xong có ghi kết quả điện tử",
            (Kind::Result, Kind::ResultKnown),
            total.result,
        ),
        rule("Có đánh giá trong tệp", "trên số đã giải quyết xong", (Kind::Rated, Kind::Ended), total.response()),
        rule("Có phiếu hài lòng", "trên số đã giải quyết xong", (Kind::Answered, Kind::Ended), total.answered()),
    ];
    let of_five =
        |mean: Option<i64>| mean.map_or_else(|| lang.t(NONE).to_owned(), |mean| format!("{}/5", decimal(mean, 2)));
    let rating = of_five(total.ratings.mean_hundredths());
    let (answered, answers) = (total.answered(), of_five(total.answers.mean_hundredths()));
    let rate = answered.basis_points().map_or_else(|| lang.t(NONE).to_owned(), percent);
    let (part, out_of) = (whole(answered.part), whole(answered.whole));
    let answer_rate = format!("{part} {} {out_of} {}: {rate}", lang.t("trên"), lang.t("đã trả lời"));
    let narrowed = |change: &dyn Fn(&mut Asked)| {
        let mut narrow = asked.clone();
        change(&mut narrow);
        narrow
    };
    let by_unit =
        units.iter().map(|(unit, figures)| line(&here, &narrowed(&|one| one.don_vi.clone_from(unit)), unit, figures));
    let by_month = months.iter().map(|(month, figures)| {
        let name = month.split_once('-').map_or(month.clone(), |(year, month)| format!("{month}/{year}"));
        line(&here, &narrowed(&|one| one.thang.clone_from(month)), &name, figures)
    });
    let named = |code: &String| match choices.procedures.get(code) {
        Some(name) if name != code => format!("{code} {name}"),
        _ => code.clone(),
    };
    let by_procedure = by_procedure.iter().map(|(group, figures)| {
        let narrow = narrowed(&|one| one.thu_tuc.clone_from(&group.procedure));
        line(&here, &narrow, &named(&group.procedure), figures)
    });
    let shown = FiguresPage {
        total: vec![line(&here, &asked, lang.t("Tất cả"), &total)],
        by_unit: by_unit.collect(),
        by_month: by_month.collect(),
        by_procedure: by_procedure.collect(),
        quality,
        rating,
        answers,
        answer_rate,
        is_empty: total == Figures::default(),
        frame: here.frame(lang.t("Hồ sơ thủ tục hành chính"), Place::Dossiers),
        years: choices.years.iter().map(|year| Choice::new(year, year)).collect(),
        units: choices.units.iter().map(|unit| Choice::new(unit, unit)).collect(),
        procedures: choices.procedures.keys().map(|code| Choice::new(code, named(code))).collect(),
        may_import: ctx.may(Permission::ImportDossiers).is_ok(),
        form: Form::filled([
            ("nam", asked.nam.clone()),
            ("don_vi", asked.don_vi.clone()),
            ("thu_tuc", asked.thu_tuc.clone()),
        ]),
    };
    Ok(page(&shown))
}
