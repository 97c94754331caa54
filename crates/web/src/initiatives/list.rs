//! The list of initiatives with what narrows it, the review desk, and the list as a sheet.

use askama::Template;
use axum::extract::Query;
use kernel::Permission;
use kernel::numbers::{percent, short_date};
use office::initiatives::content::Field;
use office::initiatives::model::{DecisionKind, StateKind};
use office::initiatives::queries::{self, Filter, Listed, PAGE};
use office::initiatives::{InitiativeId, likeness};
use papers::sheet::Cell;
use serde::Deserialize;

use super::refusal;
use crate::files::hand_out;
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, show as page};
use crate::urls::encode;
use crate::xlsx::{sheet, text};

/// What is asked for.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    tim: String,
    #[serde(default)]
    don_vi: String,
    #[serde(default)]
    trang_thai: String,
    #[serde(default)]
    linh_vuc: String,
    #[serde(default)]
    khoan: String,
    #[serde(default)]
    nam: String,
    #[serde(default)]
    cua_toi: String,
    #[serde(default)]
    trang: String,
}

impl Asked {
    fn filter(&self) -> Filter {
        Filter {
            text: kernel::text::clean_line(&self.tim),
            unit: self.don_vi.parse().ok(),
            state: StateKind::from_code(&self.trang_thai),
            field: Field::from_code(&self.linh_vuc),
            clause: kernel::text::clean_line(&self.khoan),
            year: self.nam.trim().parse().ok(),
            mine: self.cua_toi == "co",
        }
    }

    fn fields(&self) -> [(&'static str, &String); 7] {
        [
            ("tim", &self.tim),
            ("don_vi", &self.don_vi),
            ("trang_thai", &self.trang_thai),
            ("linh_vuc", &self.linh_vuc),
            ("khoan", &self.khoan),
            ("nam", &self.nam),
            ("cua_toi", &self.cua_toi),
        ]
    }

    fn query(&self) -> String {
        let set = self.fields().into_iter().filter(|(_, value)| !value.is_empty());
        set.map(|(field, value)| format!("{field}={}", encode(value))).collect::<Vec<_>>().join("&")
    }
}

struct Row {
    id: InitiativeId,
    code: String,
    name: String,
    clause: String,
    unit: String,
    authors: String,
    state: StateKind,
    decided: String,
    adopters: usize,
}

fn row(one: &Listed) -> Row {
    let first = queries::first_recognition(&one.decisions);
    Row {
        id: one.initiative.id,
        code: one.initiative.code.clone(),
        name: one.initiative.name.clone(),
        clause: one.initiative.clause.clone(),
        unit: one.unit_name.clone(),
        authors: one.authors.iter().map(|author| author.name.as_str()).collect::<Vec<_>>().join(", "),
        state: one.initiative.state,
        decided: first.map(|one| format!("{} · {}", one.number, short_date(one.decided_on))).unwrap_or_default(),
        adopters: one.adopters,
    }
}

/// An initiative that was typed into the records by hand.
struct ByHand {
    code: String,
    name: String,
    recognised: String,
    document: String,
}

#[derive(Template)]
#[template(path = "initiatives/list.html")]
struct ListPage {
    frame: Frame,
    form: Form,
    rows: Vec<Row>,
    by_hand: Vec<ByHand>,
    many: usize,
    query: String,
    newer: String,
    older: String,
    states: Vec<Choice>,
    fields: Vec<Choice>,
    units: Vec<Choice>,
    clauses: Vec<Choice>,
    may_write: bool,
    may_review: bool,
    may_adopt: bool,
}

pub async fn show(here: Here, Query(asked): Query<Asked>) -> Answer {
    let (ctx, l) = (here.ctx(), here.visit.lang);
    let place: usize = asked.trang.parse().unwrap_or_default();
    let (found, many) = queries::list(&ctx, &asked.filter(), Some(place)).await.map_err(refusal)?;
    let mut form = Form::empty();
    for (field, value) in asked.fields() {
        form.put(field, value.clone());
    }
    // What was typed by hand belongs to no unit, state or year here.
    let narrowed = asked.fields().iter().any(|(field, value)| *field != "tim" && !value.is_empty());
    let by_hand =
        if narrowed || place > 0 { Vec::new() } else { queries::by_hand(&ctx, &asked.tim).await.map_err(refusal)? };
    let query = asked.query();
    let address = |place: usize| format!("/noi-bo/sang-kien?{query}&trang={place}");
    let units = queries::units(&ctx).await.map_err(refusal)?;
    let own = |unit: &&office::organization::UnitView| unit.kind != office::organization::model::UnitKind::Agency;
    Ok(page(&ListPage {
        frame: here.frame(l.t("Sáng kiến"), Place::Initiatives),
        form,
        rows: found.iter().map(row).collect(),
        by_hand: by_hand
            .into_iter()
            .map(|one| ByHand {
                code: one.code,
                name: one.name,
                recognised: one.recognised_on.map(short_date).unwrap_or_default(),
                document: one.document.unwrap_or_default(),
            })
            .collect(),
        many,
        newer: if place > 0 { address(place - 1) } else { String::new() },
        older: if (place + 1) * PAGE < many { address(place + 1) } else { String::new() },
        query,
        states: StateKind::ALL.iter().map(|one| Choice::new(one.code(), l.t(one.name_vi()))).collect(),
        fields: Field::ALL.iter().map(|one| Choice::new(one.code(), l.t(one.name_vi()))).collect(),
        units: units.iter().filter(own).map(|unit| Choice::new(unit.id, &unit.name)).collect(),
        clauses: crate::tasks::clauses(&here.house),
        may_write: ctx.may(Permission::WriteInitiatives).is_ok(),
        may_review: ctx.may(Permission::ReviewInitiatives).is_ok(),
        may_adopt: ctx.may(Permission::ConfirmReplication).is_ok(),
    }))
}

struct DeskRow {
    row: Row,
    submitted: String,
    alike: usize,
}

#[derive(Template)]
#[template(path = "initiatives/desk.html")]
struct DeskPage {
    frame: Frame,
    rows: Vec<DeskRow>,
}

/// What is handed in or under review, with how many that look alike nobody has decided on.
pub async fn desk(here: Here) -> Answer {
    let (ctx, l) = (here.ctx(), here.visit.lang);
    let mut rows = Vec::new();
    for state in [StateKind::Submitted, StateKind::Review] {
        let filter = Filter { state: Some(state), ..Filter::default() };
        let (found, _) = queries::list(&ctx, &filter, None).await.map_err(refusal)?;
        for one in found.iter().rev() {
            let alike = likeness::alike(&ctx, one.initiative.id).await.map_err(refusal)?;
            rows.push(DeskRow {
                row: row(one),
                submitted: one.initiative.submitted_on.map(short_date).unwrap_or_default(),
                alike: alike.iter().filter(|other| other.earlier && other.judged.is_none()).count(),
            });
        }
    }
    Ok(page(&DeskPage { frame: here.frame(l.t("Bàn xét sáng kiến"), Place::Initiatives), rows }))
}

const HEADERS: [(&str, f64); 15] = [
    ("Mã", 14.0),
    ("Tên sáng kiến", 50.0),
    ("Đơn vị", 26.0),
    ("Tác giả và tỷ lệ", 44.0),
    ("Lĩnh vực", 26.0),
    ("Khoản Kế hoạch", 12.0),
    ("Trạng thái", 18.0),
    ("Ngày lập", 12.0),
    ("Ngày nộp", 12.0),
    ("Số quyết định công nhận", 22.0),
    ("Ngày công nhận", 14.0),
    ("Cấp công nhận", 14.0),
    ("Số quyết định phạm vi ảnh hưởng", 24.0),
    ("Phạm vi ảnh hưởng", 22.0),
    ("Số đơn vị áp dụng đã xác nhận", 14.0),
];

#[expect(clippy::cast_precision_loss, reason = "far fewer adopters than 2^52")]
fn cells(one: &Listed) -> Vec<Cell> {
    let authors = one.authors.iter().map(|author| format!("{} {}", author.name, percent(author.share)));
    let recognition = queries::first_recognition(&one.decisions);
    let reach = one.decisions.iter().rev().find(|one| one.kind == DecisionKind::Scope);
    let levels: Vec<_> = one
        .decisions
        .iter()
        .filter(|one| one.kind == DecisionKind::Recognition)
        .map(|one| one.level.name_vi())
        .collect();
    vec![
        text(&one.initiative.code),
        text(&one.initiative.name),
        text(&one.unit_name),
        text(&authors.collect::<Vec<_>>().join("; ")),
        text(one.initiative.field.name_vi()),
        text(&one.initiative.clause),
        text(one.initiative.state.name_vi()),
        text(&short_date(one.initiative.written_on)),
        text(&one.initiative.submitted_on.map(short_date).unwrap_or_default()),
        text(recognition.map_or("", |one| one.number.as_str())),
        text(&recognition.map(|one| short_date(one.decided_on)).unwrap_or_default()),
        text(&levels.join("; ")),
        text(reach.map_or("", |one| one.number.as_str())),
        text(reach.and_then(|one| one.scope).map_or("", |scope| scope.name_vi())),
        Cell::Number(one.adopters as f64),
    ]
}

pub async fn sheet_of_all(here: Here, Query(asked): Query<Asked>) -> Answer {
    let (found, _) = queries::list(&here.ctx(), &asked.filter(), None).await.map_err(refusal)?;
    let sheets = [sheet("Sáng kiến", &HEADERS, found.iter().map(cells).collect())];
    let bytes = papers::sheet::xlsx(&sheets).map_err(|error| Refusal::broken(&error))?;
    hand_out(&here, "sang-kien.xlsx", bytes).await
}
