//! What all use cases of this room share: who may do what, a step taken and told, the settings.

use kernel::Permission;
use kernel::id::UnitId;

use super::model::{Event, EventId, Kind, Letter, Part, Petition, PetitionId, Step, UnitRole};
use super::{PetitionsError, store, terms};
use crate::db::Tx;
use crate::{Ctx, Denied, ledger};

/// The longest title.
pub const LONGEST_TITLE: usize = 200;
/// The longest text.
pub const LONGEST_TEXT: usize = 10_000;
/// The bounds of the settings, in days and times.
pub const SETTING_BOUNDS: (i64, i64) = (1, 90);

/// A petition with its letter; an accusation is found by nobody.
pub(super) async fn load(tx: &mut Tx, id: PetitionId) -> Result<(Petition, Letter), PetitionsError> {
    let unknown = || PetitionsError::Unknown("vụ việc");
    let petition = store::petition(tx, id).await?.filter(|one| one.kind != Kind::Accusation).ok_or_else(unknown)?;
    let letter = store::letter(tx, petition.letter).await?.ok_or_else(unknown)?;
    Ok((petition, letter))
}

/// Whether the actor may read a petition: all of them, or those in which one of the actor's units takes part.
pub(super) fn may_read(ctx: &Ctx<'_>, parts: &[Part]) -> bool {
    if ctx.may(Permission::ReadPetitions).is_err() {
        return false;
    }
    match ctx.actor.units_for(Permission::ReadPetitions, ctx.today()) {
        None => true,
        Some(units) => parts.iter().any(|part| part.ended_on.is_none() && units.contains(&part.unit)),
    }
}

/// A petition for somebody of the office who may read it; for anybody else there is none.
pub(super) async fn readable(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    id: PetitionId,
) -> Result<(Petition, Letter, Vec<Part>), PetitionsError> {
    ctx.may(Permission::ReadPetitions)?;
    let (petition, letter) = load(tx, id).await?;
    let parts = store::parts(tx, id).await?;
    if may_read(ctx, &parts) { Ok((petition, letter, parts)) } else { Err(PetitionsError::Unknown("vụ việc")) }
}

/// Whether the actor answers for the unit that leads.
pub(super) fn leads(ctx: &Ctx<'_>, petition: &Petition) -> Result<(), Denied> {
    let denied = Denied { permission: Permission::AnswerPetitions };
    petition.lead.map_or(Err(denied), |unit| ctx.may_in(Permission::AnswerPetitions, unit))
}

/// Whether the actor takes petitions in, or answers for the unit that leads.
pub(super) fn takes_in_or_leads(ctx: &Ctx<'_>, petition: &Petition) -> Result<(), Denied> {
    ctx.may(Permission::RegisterPetitions).or_else(|_| leads(ctx, petition))
}

/// The unit by which the actor takes part without leading.
pub(super) fn helping(ctx: &Ctx<'_>, parts: &[Part]) -> Option<UnitId> {
    let own = |part: &&Part| {
        part.role == UnitRole::Helps
            && part.ended_on.is_none()
            && ctx.may_in(Permission::AnswerPetitions, part.unit).is_ok()
    };
    parts.iter().find(own).map(|part| part.unit)
}

/// A step that was decided on: clocks, rows, history and ledger follow it. `shown`: the sender reads the words.
/// Answers what stands in the history.
pub(super) async fn carry_out(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    (petition, letter): (&Petition, &Letter),
    step: Step,
    words: &str,
    shown: bool,
) -> Result<EventId, PetitionsError> {
    terms::follow(ctx, tx, petition, letter, step).await?;
    store::save_petition(tx, petition).await?;
    let event = tell(ctx, tx, petition, step.code(), words, shown).await?;
    tell_in_ledger(ctx, tx, action(step), petition, letter).await?;
    Ok(event)
}

/// Keeps what happened, for the history that people read; answers its id.
pub(super) async fn tell(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    petition: &Petition,
    what: &str,
    words: &str,
    shown: bool,
) -> Result<EventId, PetitionsError> {
    let event = Event {
        id: EventId::new(),
        what: what.to_owned(),
        state: petition.state,
        at: ctx.now(),
        on: ctx.today(),
        name: if ctx.actor.account.is_none() && !ctx.actor.program {
            "Người gửi".to_owned()
        } else {
            ctx.actor.name.clone()
        },
        words: words.to_owned(),
        shown,
    };
    store::add_event(tx, petition.id, &event, ctx.actor.account).await?;
    Ok(event.id)
}

/// Keeps it in the ledger: number and state, never a name or a word of the letter.
pub(super) async fn tell_in_ledger(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    action: &'static str,
    petition: &Petition,
    letter: &Letter,
) -> Result<(), PetitionsError> {
    let entry = ctx
        .entry(action, "petition", petition.id)
        .ground(format!("Khoản {}", petition.clause))
        .set("number", petition.number(letter))
        .set("state", petition.state.code());
    Ok(ledger::record(tx, entry).await?)
}

fn action(step: Step) -> &'static str {
    match step {
        Step::Sort => "petition.sort",
        Step::Refuse => "petition.refuse",
        Step::Ask => "petition.ask",
        Step::Supply => "petition.supply",
        Step::Assign => "petition.assign",
        Step::GiveBack => "petition.give_back",
        Step::PassOn => "petition.pass_on",
        Step::HandOver => "petition.hand_over",
        Step::Join => "petition.join",
        Step::Separate => "petition.separate",
        Step::Submit => "petition.submit",
        Step::SendBack => "petition.send_back",
        Step::Sign => "petition.sign",
        Step::Settle => "petition.settle",
        Step::Publish => "petition.publish",
        Step::Withdraw => "petition.withdraw",
        Step::Disagree => "petition.disagree",
    }
}

/// Clean text that must be there and not too long.
pub(super) fn text(field: &'static str, typed: &str, most: usize, what: &str) -> Result<String, PetitionsError> {
    let text = kernel::text::clean_text(typed);
    match text.chars().count() {
        0 => Err(PetitionsError::missing(field, what)),
        many if many > most => Err(PetitionsError::TooLong { field, most }),
        _ => Ok(text),
    }
}

/// One clean line that must be there and not be too long.
pub(super) fn line(field: &'static str, typed: &str, most: usize, what: &str) -> Result<String, PetitionsError> {
    text(field, &kernel::text::clean_line(typed), most, what)
}

/// What the office has set for senders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// For how many working days after the answer a sender may disagree.
    pub disagree_days: i64,
    /// How often.
    pub disagree_times: i64,
    /// For how many days an unsent draft is kept.
    pub draft_days: i64,
}

/// Sets for how long and how often a sender may disagree, and how long drafts are kept.
///
/// # Errors
/// Outside [`SETTING_BOUNDS`].
pub async fn set(ctx: &Ctx<'_>, new: Settings) -> Result<(), PetitionsError> {
    ctx.may(Permission::SignPetitions)?;
    let (least, most) = SETTING_BOUNDS;
    let fields = [("ngay", new.disagree_days), ("lan", new.disagree_times), ("ngay-nhap", new.draft_days)];
    if let Some((field, _)) = fields.iter().find(|(_, value)| !(least..=most).contains(value)) {
        return Err(PetitionsError::missing(field, &format!("Nhập số từ {least} đến {most}")));
    }
    let mut tx = ctx.begin().await?;
    let was = store::settings(&mut tx).await?;
    let Settings { disagree_days, disagree_times, draft_days } = new;
    store::save_settings(&mut tx, store::Settings { disagree_days, disagree_times, draft_days, ..was }).await?;
    let entry = ctx
        .entry("petition.set", "petition", "settings")
        .set("disagree_days", disagree_days)
        .set("disagree_times", disagree_times)
        .set("draft_days", draft_days);
    ledger::record(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(())
}
