//! The dossiers behind a number, page by page, and as a sheet.

use askama::Template;
use axum::extract::Query;
use kernel::numbers::{short_date, whole};
use office::dossiers::model::Dossier;
use office::dossiers::queries::{self, Kind};
use papers::sheet::{Cell, NewColumn, NewSheet, xlsx};

use super::{Asked, refusal, why_address};
use crate::files::hand_out;
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, show as page};
use crate::urls::encode;

/// How many dossiers one page shows.
const PAGE: i64 = 50;

/// How many a sheet takes: what a spreadsheet program opens.
const SHEET: i64 = 1_000_000;

struct Line {
    why: String,
    code: String,
    procedure: String,
    unit: String,
    received: String,
    due: String,
    finished: String,
    days: String,
    status: &'static str,
    class: &'static str,
    tone: &'static str,
}

#[derive(Template)]
#[template(path = "dossiers/list.html")]
struct ListPage {
    frame: Frame,
    what: String,
    many: String,
    lines: Vec<Line>,
    next: String,
    sheet: String,
    back: String,
}

fn line(dossier: &Dossier, late: bool) -> Line {
    use office::dossiers::model::Class;
    let (facts, judged) = (&dossier.facts, dossier.judged);
    let day = |day: Option<kernel::Date>| day.map(short_date).unwrap_or_default();
    let (class, tone) = match judged.class {
        Class::Open if late => ("Đang giải quyết, đã quá hạn", "bad"),
        Class::Overdue => (Class::Overdue.name_vi(), "bad"),
        Class::Before | Class::OnTime => (judged.class.name_vi(), "ok"),
        other => (other.name_vi(), "neutral"),
    };
    Line {
        why: why_address(&facts.code),
        code: facts.code.clone(),
        procedure: facts.procedure.clone(),
        unit: facts.unit.clone(),
        received: short_date(facts.received_on),
        due: day(judged.held_to),
        finished: day(facts.finished_on),
        days: judged.days.map(whole).unwrap_or_default(),
        status: facts.status.name_vi(),
        class,
        tone,
    }
}

pub async fn show(here: Here, Query(asked): Query<Asked>) -> Answer {
    let (ctx, lang) = (here.ctx(), here.visit.lang);
    let filter = asked.filter();
    let (found, many) = queries::list(&ctx, &filter, &asked.sau, PAGE).await.map_err(|error| refusal(&error))?;
    let full = i64::try_from(found.len()).is_ok_and(|many| many == PAGE);
    let last = found.last().filter(|_| full).map(|dossier| dossier.facts.code.clone());
    let query = asked.query(&asked.loai);
    let late = |dossier: &Dossier| dossier.judged.held_to.is_some_and(|due| due < ctx.today());
    let kind = filter.kind.map_or(lang.t("Tất cả"), |kind: Kind| lang.t(kind.name_vi()));
    let parts = [kind, &asked.don_vi, &asked.thu_tuc, if asked.thang.is_empty() { &asked.nam } else { &asked.thang }];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Ok(page(&ListPage {
        frame: here.frame(lang.t("Danh sách hồ sơ"), Place::Dossiers),
        what: parts.join(" · "),
        many: whole(many),
        lines: found.iter().map(|dossier| line(dossier, late(dossier))).collect(),
        next: last
            .map(|code| format!("/noi-bo/ho-so-tthc/danh-sach?{query}&sau={}", encode(&code)))
            .unwrap_or_default(),
        sheet: format!("/noi-bo/ho-so-tthc/danh-sach.xlsx?{query}"),
        back: format!("/noi-bo/ho-so-tthc?nam={}", encode(&asked.nam)),
    }))
}

pub async fn take_out(here: Here, Query(asked): Query<Asked>) -> Answer {
    let ctx = here.ctx();
    let (found, _) = queries::list(&ctx, &asked.filter(), "", SHEET).await.map_err(|error| refusal(&error))?;
    let names = [
        "Mã hồ sơ",
        "Thủ tục",
        "Đơn vị",
        "Ngày tiếp nhận",
        "Hạn tính",
        "Ngày xong",
        "Số ngày làm việc",
        "Trạng thái",
        "Kết quả",
    ];
    let mut sheet = NewSheet::new("Hồ sơ", names.map(|name| NewColumn::new(name, 22.0)).into());
    let day = |day: Option<kernel::Date>| day.map_or(Cell::Empty, Cell::Day);
    sheet.rows = found
        .iter()
        .map(|dossier| {
            let late = dossier.judged.held_to.is_some_and(|due| due < ctx.today());
            let shown = line(dossier, late);
            let days = dossier.judged.days.map_or(Cell::Empty, |days| Cell::Number(days as f64));
            let [code, procedure, unit] = [shown.code, shown.procedure, shown.unit].map(Cell::Text);
            let (received, due, finished) =
                (day(Some(dossier.facts.received_on)), day(dossier.judged.held_to), day(dossier.facts.finished_on));
            let (status, class) = (Cell::Text(shown.status.to_owned()), Cell::Text(shown.class.to_owned()));
            vec![code, procedure, unit, received, due, finished, days, status, class]
        })
        .collect();
    let bytes = xlsx(&[sheet]).map_err(|error| Refusal::broken(&error))?;
    hand_out(&here, "ho-so-tthc.xlsx", bytes).await
}
