//! The register, what waits for somebody, figures by clause and by the unit that leads.

use std::collections::BTreeMap;

use kernel::id::UnitId;
use kernel::{Date, Period, Permission};

use super::model::{Channel, ClockKind, Kind, PetitionId, SenderKind, State};
use super::queries::{lines, seen_by};
use super::service::{helping, leads};
use super::terms::Clock;
use super::{PetitionsError, clock_store, store};
use crate::db::Tx;
use crate::{Ctx, House};

/// How a unit stands with the petitions of a clause.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Figures {
    /// How many it leads that still need an answer.
    pub open: usize,
    /// How many of its answers are or were late.
    pub late: usize,
    /// How many it answered in time.
    pub answered_in_time: usize,
}

/// Figures by clause and by the unit that leads, over the letters that came in within a period.
///
/// # Errors
/// What the store says.
pub async fn figures(
    house: &House,
    tx: &mut Tx,
    period: Period,
) -> Result<BTreeMap<(String, UnitId), Figures>, PetitionsError> {
    let today = house.clock.today();
    let mut answers: BTreeMap<PetitionId, Vec<Clock>> = BTreeMap::new();
    for clock in clock_store::all_clocks(tx, false).await?.into_iter().filter(|one| one.kind == ClockKind::Answer) {
        answers.entry(clock.petition).or_default().push(clock);
    }
    let mut found: BTreeMap<(String, UnitId), Figures> = BTreeMap::new();
    for (petition, letter) in store::petitions(tx, false).await? {
        let (Some(lead), true) = (petition.lead, period.contains(letter.received_on)) else { continue };
        let clocks = answers.remove(&petition.id).unwrap_or_default();
        let figures = found.entry((petition.clause.clone(), lead)).or_default();
        figures.open += usize::from(petition.state.is_open());
        figures.late += usize::from(clocks.iter().any(|clock| clock.is_late(today)));
        let answered = !petition.state.is_open() && petition.signed_on.is_some();
        let in_time = clocks.iter().filter(|one| one.met_on.is_some()).all(Clock::was_met_in_time);
        figures.answered_in_time += usize::from(answered && in_time && !clocks.is_empty());
    }
    Ok(found)
}

/// What waits for the actor: by number of petitions, in the words of the first page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Waits {
    /// Not sorted or routed yet, or given back.
    pub to_route: usize,
    /// Led by one of the actor's units and being handled.
    pub to_answer: usize,
    /// For an opinion of one of the actor's units.
    pub to_opine: usize,
    /// For a signature.
    pub to_sign: usize,
    /// Answered, to be published.
    pub to_publish: usize,
    /// Of those the actor may read, with a term that lapsed.
    pub late: usize,
}

/// What waits for the actor.
///
/// # Errors
/// What the store says.
pub async fn waiting(ctx: &Ctx<'_>) -> Result<Waits, PetitionsError> {
    if ctx.may(Permission::ReadPetitions).is_err() {
        return Ok(Waits::default());
    }
    let mut waits = Waits::default();
    let registers = ctx.may(Permission::RegisterPetitions).is_ok();
    let signs = ctx.may(Permission::SignPetitions).is_ok();
    for (line, parts) in lines(ctx, true).await? {
        let state = line.petition.state;
        let opinion = parts.iter().any(|part| part.answered_on.is_none()) && helping(ctx, &parts).is_some();
        waits.to_route += usize::from(registers && matches!(state, State::Received | State::Reopened));
        waits.to_answer += usize::from(state == State::InProgress && leads(ctx, &line.petition).is_ok());
        waits.to_opine += usize::from(state == State::InProgress && opinion);
        waits.to_sign += usize::from(signs && state == State::ToSign);
        waits.to_publish += usize::from(registers && state == State::Answered);
        waits.late += usize::from(line.late);
    }
    Ok(waits)
}

/// A line of the register of received citizens (Mẫu 03/TCD of NĐ 154/2026/NĐ-CP, 13 columns).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterLine {
    /// The number of the petition.
    pub number: String,
    /// The day it came in.
    pub received_on: Date,
    /// Name and address.
    pub sender: String,
    /// What kind of sender.
    pub sender_kind: SenderKind,
    /// What it is about.
    pub title: String,
    /// What it is.
    pub kind: Kind,
    /// How many people say the same.
    pub people: i64,
    /// Whether it belongs here, once that is known.
    pub is_ours: Option<bool>,
    /// What the sender was told: refused, asked for more, passed on.
    pub guidance: String,
    /// Who handles it: a unit's id, or the name of an agency.
    pub lead: Option<UnitId>,
    /// The agency it was passed on to.
    pub agency: String,
    /// What came of it.
    pub outcome: String,
    /// How it came in.
    pub channel: Channel,
}

/// The register of a period, the oldest first, for who takes petitions in. An accusation is not in it: the
/// register of accusations is kept where they are handled.
///
/// # Errors
/// When the actor does not take petitions in.
pub async fn register(ctx: &Ctx<'_>, period: Period) -> Result<Vec<RegisterLine>, PetitionsError> {
    ctx.may(Permission::RegisterPetitions)?;
    let mut tx = ctx.read().await?;
    let mut lines = Vec::new();
    for (petition, letter) in store::petitions(&mut tx, false).await? {
        if !period.contains(letter.received_on) {
            continue;
        }
        let letter = seen_by(ctx, letter);
        let told = [State::Refused, State::Waiting, State::Elsewhere, State::HandedOver];
        let events = store::events(&mut tx, petition.id).await?;
        let guidance = events.iter().rev().find(|event| event.shown && told.contains(&event.state));
        lines.push(RegisterLine {
            number: petition.number(&letter),
            received_on: letter.received_on,
            sender: [letter.contact.name.as_str(), letter.contact.address.as_str()]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(", "),
            sender_kind: letter.sender_kind,
            kind: petition.kind,
            people: letter.people,
            is_ours: match petition.state {
                State::Received => None,
                State::Elsewhere | State::HandedOver => Some(false),
                _ => Some(true),
            },
            guidance: guidance.map(|event| event.words.clone()).unwrap_or_default(),
            lead: petition.lead,
            agency: petition.agency.clone(),
            outcome: match petition.signed_on {
                Some(on) => format!("{} ngày {}", petition.answer_number, kernel::numbers::short_date(on)),
                None => petition.state.name_vi().to_owned(),
            },
            channel: letter.channel,
            title: petition.title,
        });
    }
    lines.sort_by(|one, other| (one.received_on, &one.number).cmp(&(other.received_on, &other.number)));
    Ok(lines)
}
