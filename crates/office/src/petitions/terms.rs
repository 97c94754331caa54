//! The clocks that run: started, met, paused while the sender is asked, moved when the calendar changes;
//! and the next level told when a term lapsed.

use jiff::tz::{TimeZone, offset};
use kernel::calendar::{Length, Term, WorkCalendar};
use kernel::{Date, Period, Permission, Role};

use super::clocks::shipped;
use super::decision::{Facts, rule};
use super::model::{ClockId, ClockKind, EventKind, Letter, Petition, PetitionId, Step};
use super::service::{tell, tell_in_ledger};
use super::{PetitionsError, clock_store, notify, store};
use crate::db::{StoreError, Tx};
use crate::{Ctx, calendar, ledger};

/// A clock of a petition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// Its id.
    pub id: ClockId,
    /// Whose.
    pub petition: PetitionId,
    /// What it measures.
    pub kind: ClockKind,
    /// The rule that says how long.
    pub rule: String,
    /// The ground of the rule.
    pub ground: String,
    /// The day of the event, which does not count.
    pub from: Date,
    /// How long.
    pub length: Length,
    /// The last day; none while it stands still without an end.
    pub due: Option<Date>,
    /// The day on which what it measures was done.
    pub met_on: Option<Date>,
    /// Whether it runs or stands still, and is not over.
    pub open: bool,
}

impl Clock {
    /// Whether the last day has gone by undone, or it was done later.
    #[must_use]
    pub fn is_late(&self, today: Date) -> bool {
        (self.open || self.met_on.is_some()) && self.due.is_some_and(|due| due < self.met_on.unwrap_or(today))
    }

    /// Whether it was done in time.
    #[must_use]
    pub fn was_met_in_time(&self) -> bool {
        self.met_on.is_some_and(|on| self.due.is_none_or(|due| on <= due))
    }

    /// The term with the pauses that stop it. Waiting for the sender stops the transfer and the answer only.
    #[must_use]
    pub fn term(&self, pauses: &[Period]) -> Term {
        let stops = matches!(self.kind, ClockKind::Transfer | ClockKind::Answer);
        let pauses = if stops { pauses.to_vec() } else { Vec::new() };
        Term { from: self.from, length: self.length, pauses }
    }
}

/// What a step does to the clocks of a petition, in its transaction.
pub(super) async fn follow(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    petition: &Petition,
    letter: &Letter,
    step: Step,
) -> Result<(), PetitionsError> {
    use ClockKind as C;
    let (id, today) = (petition.id, ctx.today());
    match step {
        Step::Sort => {
            if petition.kind.is_handled_here() {
                start(ctx, tx, petition, letter, C::Answer, letter.counts_from).await?;
            }
        }
        Step::Refuse | Step::PassOn | Step::HandOver | Step::Join => {
            end(tx, id, &[C::FirstResponse, C::Transfer, C::Limit], Some(today)).await?;
            end(tx, id, ClockKind::ALL, None).await?;
        }
        Step::Ask => {
            end(tx, id, &[C::FirstResponse], Some(today)).await?;
            clock_store::begin_pause(tx, id, today.tomorrow().unwrap_or(today)).await?;
            recount(ctx, tx, id).await?;
        }
        Step::Supply => {
            clock_store::end_pause(tx, id, today.tomorrow().unwrap_or(today)).await?;
            recount(ctx, tx, id).await?;
        }
        Step::Assign => {
            end(tx, id, &[C::FirstResponse, C::Transfer], Some(today)).await?;
            let running = clock_store::clocks(tx, id).await?.into_iter().find(|one| one.open && one.kind == C::Answer);
            let restarts = |clock: &Clock| shipped().rule(&clock.rule).is_some_and(|rule| rule.restarts);
            if running.as_ref().is_none_or(restarts) {
                start(ctx, tx, petition, letter, C::Answer, today).await?;
            }
        }
        Step::Sign | Step::Settle => {
            // Whoever was asked for a supplement has the answer without it.
            if clock_store::pauses(tx, id).await?.iter().any(|pause| pause.until.is_none()) {
                clock_store::end_pause(tx, id, today.tomorrow().unwrap_or(today)).await?;
                recount(ctx, tx, id).await?;
            }
            end(tx, id, &[C::Answer, C::Limit], Some(today)).await?;
            start(ctx, tx, petition, letter, C::Publication, today).await?;
        }
        Step::Separate => run_on(ctx, tx, petition).await?,
        Step::Publish => end(tx, id, &[C::Publication], Some(today)).await?,
        Step::Withdraw => end(tx, id, ClockKind::ALL, None).await?,
        Step::Disagree => {
            end(tx, id, &[C::Publication], None).await?;
            start(ctx, tx, petition, letter, C::Answer, today).await?;
        }
        Step::GiveBack | Step::Submit | Step::SendBack => {}
    }
    Ok(())
}

/// Starts the clocks that run from the day a letter came in.
pub(super) async fn begin(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    petition: &Petition,
    letter: &Letter,
) -> Result<(), PetitionsError> {
    for kind in [ClockKind::FirstResponse, ClockKind::Transfer, ClockKind::Limit] {
        start(ctx, tx, petition, letter, kind, letter.counts_from).await?;
    }
    Ok(())
}

/// Starts a clock; one of its kind that still runs ends without having been met.
async fn start(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    petition: &Petition,
    letter: &Letter,
    kind: ClockKind,
    from: Date,
) -> Result<(), PetitionsError> {
    end(tx, petition.id, &[kind], None).await?;
    let facts = Facts { kind: petition.kind, channel: letter.channel, complex: petition.complex, on: from };
    let Some(rule) = rule(shipped(), kind, facts) else { return Ok(()) };
    let mut clock = Clock {
        id: ClockId::new(),
        petition: petition.id,
        kind,
        rule: rule.id.clone(),
        ground: rule.ground.clone(),
        from,
        length: rule.length(),
        due: None,
        met_on: None,
        open: true,
    };
    let pauses = clock_store::pauses(tx, petition.id).await?;
    let calendar = calendar::queries::hold(ctx, tx).await?;
    clock.due = calendar.explain(&clock.term(&pauses)).due;
    Ok(clock_store::add_clock(tx, &clock).await?)
}

/// Ends the open clocks of these kinds: met on a day, or without having been met.
async fn end(tx: &mut Tx, id: PetitionId, kinds: &[ClockKind], met_on: Option<Date>) -> Result<(), StoreError> {
    for mut clock in clock_store::clocks(tx, id).await? {
        if clock.open && kinds.contains(&clock.kind) {
            (clock.open, clock.met_on) = (false, met_on);
            clock_store::save_clock(tx, &clock).await?;
        }
    }
    Ok(())
}

/// Lets the clocks run on that stopped when a petition was taken for another one, as if it never had been: what
/// was wrongly marked gets no new time. The first answer stays given, since the sender was told something.
async fn run_on(ctx: &Ctx<'_>, tx: &mut Tx, petition: &Petition) -> Result<(), PetitionsError> {
    use ClockKind as C;
    let id = petition.id;
    let joined = store::events(tx, id).await?.into_iter().rev().find(|event| event.what == Step::Join.code());
    let Some(joined_on) = joined.map(|event| event.on) else { return Ok(()) };
    let was_given = !store::parts(tx, id).await?.is_empty();
    let clocks = clock_store::clocks(tx, id).await?;
    for kind in [C::Transfer, C::Answer, C::Limit] {
        let Some(newest) = clocks.iter().rev().find(|one| one.kind == kind).filter(|one| !one.open) else { continue };
        let stopped = match kind {
            C::Answer => newest.met_on.is_none(),
            C::Transfer => !was_given && newest.met_on == Some(joined_on),
            _ => petition.signed_on != Some(joined_on) && newest.met_on == Some(joined_on),
        };
        if stopped {
            clock_store::save_clock(tx, &Clock { open: true, met_on: None, ..newest.clone() }).await?;
        }
    }
    recount(ctx, tx, id).await
}

/// Counts the open clocks of a petition anew, after a pause began or ended.
async fn recount(ctx: &Ctx<'_>, tx: &mut Tx, id: PetitionId) -> Result<(), PetitionsError> {
    let pauses = clock_store::pauses(tx, id).await?;
    let calendar = calendar::queries::hold(ctx, tx).await?;
    for mut clock in clock_store::clocks(tx, id).await?.into_iter().filter(|one| one.open) {
        clock.due = calendar.explain(&clock.term(&pauses)).due;
        clock_store::save_clock(tx, &clock).await?;
    }
    Ok(())
}

/// A term of this room, for whoever moves due days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PetitionTerm {
    /// The clock.
    pub clock: Clock,
    /// What it is called, without a name or title: `Kiến nghị 12/2026: trả lời`.
    pub name: String,
    /// The days on which it stood still.
    pub pauses: Vec<Period>,
    /// The last day.
    pub last: Date,
}

impl PetitionTerm {
    /// The last day with another calendar; none while it stands still.
    #[must_use]
    pub fn counted_with(&self, calendar: &WorkCalendar) -> Option<Date> {
        calendar.explain(&self.clock.term(&self.pauses)).due
    }
}

/// Every clock of a petition that has a last day, ended ones among them.
///
/// # Errors
/// What the store says.
pub async fn terms(tx: &mut Tx) -> Result<Vec<PetitionTerm>, PetitionsError> {
    let named: std::collections::BTreeMap<PetitionId, String> =
        store::petitions(tx, false).await?.iter().map(|(one, letter)| (one.id, one.number(letter))).collect();
    let mut found = Vec::new();
    for clock in clock_store::all_clocks(tx, false).await? {
        let (Some(last), Some(number)) = (clock.due, named.get(&clock.petition)) else { continue };
        let name = format!("Kiến nghị {number}: {}", clock.kind.name_vi());
        let pauses = clock_store::pauses(tx, clock.petition).await?;
        found.push(PetitionTerm { clock, name, pauses, last });
    }
    Ok(found)
}

/// Moves the last day of a clock in the transaction of the announcement that moves it.
///
/// # Errors
/// When the actor does not keep the calendar.
pub async fn move_term(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    term: &PetitionTerm,
    last: Date,
    document: &str,
) -> Result<(), PetitionsError> {
    ctx.may(Permission::KeepCalendar)?;
    clock_store::save_clock(tx, &Clock { due: Some(last), ..term.clock.clone() }).await?;
    let entry = ctx
        .entry("petition.move_term", "petition", term.clock.petition)
        .ground(document)
        .set("clock", term.clock.kind.code())
        .set("old_last_day", term.last)
        .set("new_last_day", last);
    Ok(ledger::record(tx, entry).await?)
}

/// Tells the next level of every answer and publication whose last day has gone by, once a clock; who handles it stays who
/// he is. Answers how many.
///
/// # Errors
/// [`PetitionsError::OutsideHours`] on a day off and outside the hours for notices.
pub async fn escalate(ctx: &Ctx<'_>) -> Result<usize, PetitionsError> {
    ctx.may(Permission::RegisterPetitions)?;
    let (today, now) = (ctx.today(), ctx.now().to_zoned(TimeZone::fixed(offset(7))).time());
    let hours = shipped().notices;
    if !ctx.calendar().is_working(today) || now < hours.from || hours.until <= now {
        return Err(PetitionsError::OutsideHours);
    }
    let mut tx = ctx.begin().await?;
    let mut told = 0;
    for (petition, letter) in store::petitions(&mut tx, true).await? {
        for clock in clock_store::clocks(&mut tx, petition.id).await? {
            if !clock.open || !clock.is_late(today) || !clock_store::add_escalation(&mut tx, &clock, ctx.now()).await? {
                continue;
            }
            let due = clock.due.map(kernel::numbers::short_date).unwrap_or_default();
            let words =
                format!("{} ({}): hạn {due}; người xử lý giữ nguyên", Role::Chief.name_vi(), clock.kind.name_vi());
            tell(ctx, &mut tx, &petition, EventKind::Escalate.code(), &words, false).await?;
            tell_in_ledger(ctx, &mut tx, "petition.escalate", &petition, &letter).await?;
            notify::lapsed(ctx, &mut tx, (&petition, &letter), &clock).await?;
            told += 1;
        }
    }
    tx.commit().await?;
    Ok(told)
}
