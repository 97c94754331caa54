//! One entry: who it is, what was done for it, what it sent, what it was awarded, and the forms for what comes.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use kernel::Permission;
use kernel::numbers::short_date;
use office::enterprises::model::{
    Connection, ConnectionKind, Conversion, ConversionKind, OutcomeKind, Partner, Record, Size, Standing, Support,
    SupportKind,
};
use office::enterprises::queries::{self, Detail};
use office::organization::model::EnterpriseKind;
use office::organization::{EnterpriseId, Recipient};
use office::{decisions, petitions, records};

use super::events::grown;
use super::list::kind_words;
use super::refusal;
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, show as page};

/// An event on the page.
struct Line {
    id: String,
    on: String,
    kind: &'static str,
    what: String,
    more: String,
    unit: String,
    clause: String,
    recorded: String,
    /// The other entry, with its name.
    other: Option<(EnterpriseId, String)>,
    /// Of a connection.
    outcome: Option<OutcomeKind>,
    /// That it was withdrawn: when, by whom, why.
    withdrawn: String,
    may_change: bool,
    version: i64,
}

impl Line {
    fn may_settle(&self) -> bool {
        self.may_change && self.outcome == Some(OutcomeKind::Open)
    }
}

/// A petition that the visitor may read.
struct Sent {
    url: String,
    number: String,
    title: String,
    state: &'static str,
}

/// An award that the visitor may read.
struct Won {
    name: String,
    number: String,
    on: String,
    revoked: bool,
}

#[derive(Template)]
#[template(path = "enterprises/show.html")]
pub struct ShowPage {
    frame: Frame,
    form: Form,
    id: EnterpriseId,
    version: i64,
    tax_code: String,
    kind: String,
    sector: String,
    commune: String,
    standing: Standing,
    /// When it ended and why, or which enterprise it became.
    ended: String,
    became: Option<(EnterpriseId, String)>,
    doubles: Vec<(EnterpriseId, i64, String)>,
    supports: Vec<Line>,
    connections: Vec<Line>,
    conversions: Vec<Line>,
    households: Vec<Line>,
    sent: Option<Vec<Sent>>,
    won: Option<Vec<Won>>,
    changes: Vec<(String, &'static str)>,
    is_household: bool,
    is_enterprise: bool,
    may_manage: bool,
    clauses: Vec<Choice>,
    units: Vec<Choice>,
    support_kinds: Vec<Choice>,
    connection_kinds: Vec<Choice>,
    outcome_kinds: Vec<Choice>,
    sizes: Vec<Choice>,
    larger: Vec<Choice>,
}

/// What is needed to show events.
struct Shown<'a> {
    here: &'a Here,
    found: &'a Detail,
}

impl Shown<'_> {
    fn line(&self, id: impl std::fmt::Display, kind: &'static str, record: &Record) -> Line {
        let ctx = self.here.ctx();
        let withdrawn = record.withdrawn.as_ref();
        Line {
            id: id.to_string(),
            on: short_date(record.on),
            kind,
            what: String::new(),
            more: String::new(),
            unit: self.found.units.get(&record.unit).cloned().unwrap_or_default(),
            clause: record.clause.clone(),
            recorded: format!("{}, {}", short_date(record.recorded_on), record.recorded_by),
            other: None,
            outcome: None,
            withdrawn: withdrawn
                .map(|one| format!("{}, {}: {}", short_date(one.on), one.by, one.why))
                .unwrap_or_default(),
            may_change: record.stands() && ctx.may_in(Permission::ManageEnterprises, record.unit).is_ok(),
            version: record.version,
        }
    }

    fn named(&self, id: EnterpriseId) -> Option<(EnterpriseId, String)> {
        self.found.names.get(&id).cloned()
    }

    fn support(&self, one: &Support) -> Line {
        let line = self.line(one.id, one.kind.name_vi(), &one.record);
        Line { what: one.what.clone(), more: one.document.clone(), ..line }
    }

    fn connection(&self, one: &Connection) -> Line {
        let own = self.found.entry.id();
        let stays = |id: EnterpriseId| self.named(id).map_or(id, |(stays, _)| stays);
        let (other, outside) = match &one.partner {
            Partner::Registered(id) if stays(*id) == own => (self.named(one.enterprise), None),
            Partner::Registered(id) => (self.named(*id), None),
            Partner::Outside(name) => (None, Some(name.clone())),
        };
        let outcome = one.outcome.as_ref().map(|(_, on, words)| format!("{}: {words}", short_date(*on)));
        Line {
            what: outside.map_or_else(|| one.what.clone(), |name| format!("{name}: {}", one.what)),
            more: outcome.unwrap_or_default(),
            other,
            outcome: Some(one.outcome_kind()),
            ..self.line(one.id, one.kind.name_vi(), &one.record)
        }
    }

    fn conversion(&self, one: &Conversion) -> Line {
        Line {
            what: grown(self.here.visit.lang, one.sizes),
            more: one.document.clone(),
            other: one.became.and_then(|id| self.named(id)),
            ..self.line(one.id, one.kind.name_vi(), &one.record)
        }
    }

    fn household(&self, one: &Conversion) -> Line {
        Line { other: self.named(one.enterprise), ..self.conversion(one) }
    }
}

/// The petitions of the entry that the visitor may read; none when he reads no petitions.
async fn sent(here: &Here, found: &Detail) -> Result<Option<Vec<Sent>>, Refusal> {
    let ctx = here.ctx();
    if ctx.may(Permission::ReadPetitions).is_err() {
        return Ok(None);
    }
    let all = || found.doubles.iter().chain([&found.entry.identity]);
    let ids: Vec<_> = all().map(|one| one.id).collect();
    let codes: Vec<_> = all().filter_map(|one| one.entry.tax_code.clone()).collect();
    let lines = petitions::queries::of_enterprise(&ctx, &ids, &codes).await.map_err(crate::petitions::refusal)?;
    let line = |line: petitions::queries::Line| Sent {
        url: format!("/noi-bo/kien-nghi/{}", line.petition.id),
        number: line.petition.number(&line.letter),
        title: line.petition.title,
        state: line.petition.state.name_vi(),
    };
    Ok(Some(lines.into_iter().map(line).collect()))
}

/// The awards of the entry that the visitor may read: by our decisions, and those that the record knows.
async fn won(here: &Here, found: &Detail) -> Result<Option<Vec<Won>>, Refusal> {
    let ctx = here.ctx();
    if ctx.may(Permission::ReadDecisions).is_err() {
        return Ok(None);
    }
    let own = |recipient| match recipient {
        Recipient::Enterprise(id) => id == found.entry.id() || found.doubles.iter().any(|one| one.id == id),
        Recipient::Person(_) | Recipient::Unit(_) => false,
    };
    let name = |award| here.house.rules.award(award).name_vi.clone();
    let lines = decisions::queries::register(&ctx, &decisions::queries::Filter::default()).await;
    let lines = lines.map_err(crate::decisions::refusal)?.into_iter().filter(|(line, ..)| own(line.recipient));
    let mut won: Vec<_> = lines
        .map(|(line, number, on)| {
            let revoked = line.state == decisions::model::LineState::Revoked;
            (on, Won { name: name(line.award), number, on: on.map(short_date).unwrap_or_default(), revoked })
        })
        .collect();
    if let Ok(record) = records::queries::record(&ctx, Recipient::Enterprise(found.entry.id())).await {
        won.extend(record.awards.into_iter().filter(|one| one.decision_line.is_none()).map(|one| {
            let revoked = one.revoked_on.is_some();
            let on = short_date(one.decided_on);
            (Some(one.decided_on), Won { name: name(one.award), number: one.number, on, revoked })
        }));
    }
    won.sort_by_key(|(on, _)| std::cmp::Reverse(*on));
    Ok(Some(won.into_iter().map(|(_, one)| one).collect()))
}

fn changed(verb: &str) -> &'static str {
    match verb {
        "enter" => "Thêm vào sổ",
        "merge" => "Gộp vào hồ sơ khác",
        "part" => "Tách ra khỏi hồ sơ khác",
        _ => "Sửa hồ sơ",
    }
}

/// The page, with a form as it was sent.
pub async fn show_page(here: &Here, id: EnterpriseId, form: Form) -> Result<ShowPage, Refusal> {
    let (ctx, l, today) = (here.ctx(), here.visit.lang, here.visit.today);
    let found = queries::detail(&ctx, id).await.map_err(refusal)?;
    let (entry, profile) = (&found.entry.identity.entry, &found.entry.profile);
    let shown = Shown { here, found: &found };
    let may_manage = ctx.may(Permission::ManageEnterprises).is_ok();
    let units = if may_manage { queries::own_units(&ctx).await.map_err(refusal)? } else { Vec::new() };
    let standing = found.entry.standing(today);
    let founded = found.conversions.iter().find(|one| one.kind == ConversionKind::Founded && one.record.stands());
    let sizes = |least: Option<Size>| {
        let sizes = Size::ALL.iter().filter(|one| least.is_none_or(|least| **one > least));
        sizes.map(|one| Choice::new(one.code(), l.t(one.name_vi()))).collect::<Vec<_>>()
    };
    Ok(ShowPage {
        frame: here.frame(&entry.name, Place::Enterprises).faulty(!form.is_good()),
        form,
        id,
        version: found.entry.identity.version,
        tax_code: entry.tax_code.clone().unwrap_or_default(),
        kind: kind_words(l, entry.kind, profile.size),
        sector: profile.sector.clone(),
        commune: entry.commune.clone().unwrap_or_default(),
        standing,
        ended: profile.ended.as_ref().map(|(on, why)| format!("{}: {why}", short_date(*on))).unwrap_or_default(),
        became: founded.and_then(|one| one.became).and_then(|id| shown.named(id)),
        doubles: found
            .doubles
            .iter()
            .map(|one| {
                let code = one.entry.tax_code.as_ref().map(|code| format!(" ({code})")).unwrap_or_default();
                (one.id, one.version, format!("{}{code}", one.entry.name))
            })
            .collect(),
        supports: found.supports.iter().map(|one| shown.support(one)).collect(),
        connections: found.connections.iter().map(|one| shown.connection(one)).collect(),
        conversions: found.conversions.iter().map(|one| shown.conversion(one)).collect(),
        households: found.households.iter().map(|one| shown.household(one)).collect(),
        sent: sent(here, &found).await?,
        won: won(here, &found).await?,
        changes: found.changes.iter().rev().map(|one| (short_date(one.on()), changed(&one.verb))).collect(),
        is_household: entry.kind == EnterpriseKind::Household,
        is_enterprise: entry.kind == EnterpriseKind::Enterprise,
        may_manage,
        clauses: crate::tasks::clauses(&here.house),
        units: units.iter().map(|unit| Choice::new(unit.id, &unit.name)).collect(),
        support_kinds: SupportKind::ALL.iter().map(|one| Choice::new(one.code(), l.t(one.name_vi()))).collect(),
        connection_kinds: ConnectionKind::ALL.iter().map(|one| Choice::new(one.code(), l.t(one.name_vi()))).collect(),
        outcome_kinds: [OutcomeKind::Agreed, OutcomeKind::Failed]
            .iter()
            .map(|one| Choice::new(one.code(), l.t(one.name_vi())))
            .collect(),
        sizes: sizes(None),
        larger: sizes(profile.size),
    })
}

pub async fn show(here: Here, Path(id): Path<EnterpriseId>) -> Answer {
    let found = queries::entry(&here.ctx(), id).await.map_err(refusal)?;
    if let Some(stays) = found.identity.merged_into {
        return Ok(Redirect::to(&format!("/noi-bo/doanh-nghiep/{stays}")).into_response());
    }
    Ok(page(&show_page(&here, id, Form::empty()).await?))
}
