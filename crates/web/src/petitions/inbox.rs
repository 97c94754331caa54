//! The inbox with its filters, the register as a sheet, what the office has set for senders.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect};
use kernel::id::UnitId;
use kernel::numbers::short_date;
use kernel::{Date, Period, Permission};
use office::Ctx;
use office::organization::{UnitView, queries as organization};
use office::petitions::figures::{self, RegisterLine};
use office::petitions::model::{Channel, Kind, State};
use office::petitions::queries::{self, Filter, Line};
use office::petitions::service::{self, Settings};
use office::petitions::{PetitionId, paper};
use papers::sheet::Cell;
use serde::Deserialize;

use super::refusal;
use crate::files::{PDF, hand_out, hand_out_paper};
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};
use crate::urls::encode;
use crate::xlsx::{sheet as new_sheet, text};

/// What is asked for.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    tim: String,
    #[serde(default)]
    trang_thai: String,
    #[serde(default)]
    loai: String,
    #[serde(default)]
    kenh: String,
    #[serde(default)]
    don_vi: String,
    #[serde(default)]
    khoan: String,
    #[serde(default)]
    loc: String,
    /// After which place of the inbox the page begins.
    #[serde(default)]
    sau: String,
}

impl Asked {
    fn filter(&self) -> Filter {
        Filter {
            text: self.tim.clone(),
            state: State::from_code(&self.trang_thai),
            kind: Kind::from_code(&self.loai),
            channel: Channel::from_code(&self.kenh),
            lead: self.don_vi.parse().ok(),
            clause: self.khoan.trim().to_owned(),
            late: self.loc == "qua-han",
            open: self.loc == "dang-xu-ly",
        }
    }

    /// The same question, for what follows.
    fn url_after(&self, after: &str) -> String {
        let asked = [
            ("tim", self.tim.as_str()),
            ("trang_thai", &self.trang_thai),
            ("loai", &self.loai),
            ("kenh", &self.kenh),
            ("don_vi", &self.don_vi),
            ("khoan", &self.khoan),
            ("loc", &self.loc),
            ("sau", after),
        ];
        let asked = asked.into_iter().filter(|(_, value)| !value.is_empty());
        let asked: Vec<String> = asked.map(|(field, value)| format!("{field}={}", encode(value))).collect();
        format!("/noi-bo/kien-nghi?{}", asked.join("&"))
    }
}

struct Row {
    id: PetitionId,
    number: String,
    title: String,
    sender: String,
    received: String,
    lead: String,
    due: String,
    due_of: &'static str,
    late: bool,
    waited: Option<i64>,
    state: State,
    kind: Kind,
}

#[derive(Template)]
#[template(path = "petitions/inbox.html")]
struct InboxPage {
    frame: Frame,
    form: Form,
    rows: Vec<Row>,
    /// Whether the rows are all there are.
    whole: bool,
    next: Option<String>,
    states: Vec<Choice>,
    kinds: Vec<Choice>,
    channels: Vec<Choice>,
    units: Vec<Choice>,
    clauses: Vec<Choice>,
    accusations: Option<i64>,
    registers: bool,
    signs: bool,
    year: i16,
}

/// The units of today, and their names by id.
pub(super) async fn units(ctx: &Ctx<'_>) -> Result<Vec<UnitView>, Refusal> {
    let mut tx = ctx.read().await.map_err(|error| Refusal::store(&error))?;
    organization::units(&mut tx, ctx.today()).await.map_err(|error| Refusal::store(&error))
}

/// The names of units by their ids.
pub(super) fn names(units: &[UnitView]) -> BTreeMap<UnitId, String> {
    units.iter().map(|unit| (unit.id, unit.name.clone())).collect()
}

fn row(line: Line, names: &BTreeMap<UnitId, String>) -> Row {
    let Line { petition, letter, next, late, waited, .. } = line;
    Row {
        id: petition.id,
        number: petition.number(&letter),
        sender: letter.contact.name,
        received: short_date(letter.received_on),
        lead: petition.lead.and_then(|unit| names.get(&unit).cloned()).unwrap_or(petition.agency),
        due: next.map(|(_, due)| short_date(due)).unwrap_or_default(),
        due_of: next.map_or("", |(kind, _)| kind.name_vi()),
        late,
        waited,
        state: petition.state,
        kind: petition.kind,
        title: petition.title,
    }
}

async fn inbox_page(here: &Here, asked: &Asked, mut form: Form) -> Result<InboxPage, Refusal> {
    let (ctx, l) = (here.ctx(), here.visit.lang);
    let found = queries::inbox(&ctx, &asked.filter(), &asked.sau).await.map_err(refusal)?;
    let units = units(&ctx).await?;
    let names = names(&units);
    let registers = ctx.may(Permission::RegisterPetitions).is_ok();
    let set = queries::settings(&ctx).await.map_err(refusal)?;
    let fields = [
        ("tim", asked.tim.clone()),
        ("trang_thai", asked.trang_thai.clone()),
        ("loai", asked.loai.clone()),
        ("kenh", asked.kenh.clone()),
        ("don_vi", asked.don_vi.clone()),
        ("khoan", asked.khoan.clone()),
        ("loc", asked.loc.clone()),
        ("ngay", set.disagree_days.to_string()),
        ("lan", set.disagree_times.to_string()),
        ("ngay-nhap", set.draft_days.to_string()),
    ];
    for (field, value) in fields {
        form.put(field, value);
    }
    let kinds = Kind::ALL.iter().filter(|kind| **kind != Kind::Accusation);
    Ok(InboxPage {
        frame: here.frame(l.t("Phản ánh, kiến nghị"), Place::Petitions).faulty(!form.is_good()),
        whole: asked.sau.is_empty() && found.next.is_none(),
        next: found.next.map(|after| asked.url_after(&after)),
        rows: found.lines.into_iter().map(|line| row(line, &names)).collect(),
        states: State::ALL.iter().map(|one| Choice::new(one.code(), l.t(one.name_vi()))).collect(),
        kinds: kinds.map(|one| Choice::new(one.code(), l.t(one.name_vi()))).collect(),
        channels: Channel::ALL.iter().map(|one| Choice::new(one.code(), l.t(one.name_vi()))).collect(),
        units: units.iter().map(|unit| Choice::new(unit.id, &unit.name)).collect(),
        clauses: crate::tasks::clauses(&here.house),
        accusations: if registers { Some(queries::accusations(&ctx).await.map_err(refusal)?) } else { None },
        registers,
        signs: ctx.may(Permission::SignPetitions).is_ok(),
        year: ctx.today().year(),
        form,
    })
}

pub async fn list(here: Here, Query(asked): Query<Asked>) -> Answer {
    Ok(page(&inbox_page(&here, &asked, Form::empty()).await?))
}

pub async fn set(here: Here, mut form: Form) -> Answer {
    let number = |field: &str| form.line(field).parse().unwrap_or_default();
    let new =
        Settings { disagree_days: number("ngay"), disagree_times: number("lan"), draft_days: number("ngay-nhap") };
    match service::set(&here.ctx(), new).await {
        Ok(()) => Ok(Redirect::to("/noi-bo/kien-nghi").into_response()),
        Err(error) => {
            let Some(field) = error.field() else { return Err(refusal(error)) };
            form.refuse(field, sentence(&error));
            Ok(mend(&inbox_page(&here, &Asked::default(), form).await?))
        }
    }
}

/// Which year's register.
#[derive(Deserialize)]
pub struct Year {
    nam: Option<i16>,
}

impl Year {
    /// The year, and the lines of its register.
    async fn register(&self, here: &Here) -> Result<(i16, Vec<RegisterLine>), Refusal> {
        let ctx = here.ctx();
        let year = self.nam.unwrap_or(ctx.today().year()).clamp(2000, 9000);
        let first = |year| Date::new(year, 1, 1).unwrap_or(ctx.today());
        let period = Period { from: first(year), until: Some(first(year + 1)) };
        Ok((year, figures::register(&ctx, period).await.map_err(refusal)?))
    }
}

/// The register of Mẫu 03/TCD with its 13 columns.
pub async fn sheet(here: Here, Query(year): Query<Year>) -> Answer {
    let (_, found) = year.register(&here).await?;
    let names = names(&units(&here.ctx()).await?);
    let cell = |said: String| if said.is_empty() { Cell::Empty } else { text(&said) };
    let row = |(place, one): (i64, &RegisterLine)| paper::row(place, one, &names).map(cell).to_vec();
    let rows = (1..).zip(&found).map(row).collect();
    let headers = paper::COLUMNS.map(|one| (one.title, one.letters));
    let bytes = papers::sheet::xlsx(&[new_sheet("Sổ tiếp nhận", &headers, rows)]);
    hand_out(&here, "so-tiep-nhan.xlsx", bytes.map_err(|error| Refusal::broken(&error))?).await
}

/// The same to be printed.
pub async fn print(here: Here, Query(year): Query<Year>) -> Answer {
    let (year, found) = year.register(&here).await?;
    let names = names(&units(&here.ctx()).await?);
    let paper = paper::register(&here.house, year, &found, &names);
    let bytes = papers::pdf(&paper).map_err(|error| Refusal::broken(&error))?;
    hand_out_paper(&here, (PDF, "so-tiep-nhan.pdf"), year, bytes).await
}
