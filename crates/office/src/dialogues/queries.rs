//! The dialogues, one in full, what a guest sees, what the public reads.

use std::collections::BTreeMap;

use kernel::id::{PersonId, UnitId};
use kernel::{Date, Permission};

use super::commitments::{Followed, followed, pending};
use super::model::{
    Amendment, Applicant, Commitment, Dialogue, DialogueId, Guest, Item, Published, Question, StateKind,
};
use super::settings::Frequency;
use super::{DialoguesError, guests, paper, questions, store};
use crate::Ctx;
use crate::db::{StoreError, Tx};
use crate::organization::model::UnitKind;
use crate::organization::{self, UnitView};

/// The list of dialogues, the newest first, with how often they are to be held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// The dialogues.
    pub dialogues: Vec<Dialogue>,
    /// How often; none as long as nobody set it.
    pub frequency: Option<Frequency>,
    /// By when the next one is to be held; none when nobody set how often, or none was held yet.
    pub next_by: Option<Date>,
    /// Promises that are not done, by due day.
    pub unfinished: Vec<Followed>,
    /// The names of the units.
    pub units: BTreeMap<UnitId, String>,
}

/// All dialogues.
///
/// # Errors
/// When the actor may not read them.
pub async fn overview(ctx: &Ctx<'_>) -> Result<Overview, DialoguesError> {
    ctx.may(Permission::ReadDialogues)?;
    let mut tx = ctx.read().await?;
    let dialogues = store::all(&mut tx).await?;
    let frequency = store::frequency(&mut tx).await?;
    let held = dialogues.iter().filter(|one| matches!(one.state, StateKind::Held | StateKind::Frozen));
    let next_by = frequency.as_ref().zip(held.map(|one| one.on).max()).map(|(every, last)| every.next_after(last));
    let mut unfinished = followed(ctx, &mut tx).await?;
    unfinished.retain(|one| one.task.state.kind().is_live());
    Ok(Overview { frequency, next_by, unfinished, units: unit_names(ctx, &mut tx).await?, dialogues })
}

async fn unit_names(ctx: &Ctx<'_>, tx: &mut Tx) -> Result<BTreeMap<UnitId, String>, StoreError> {
    let units = organization::queries::units(tx, ctx.today()).await?;
    Ok(units.into_iter().map(|unit| (unit.id, unit.name)).collect())
}

/// A dialogue in full.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// The dialogue.
    pub dialogue: Dialogue,
    /// Its own agenda.
    pub agenda: Vec<Item>,
    /// Promises of earlier dialogues that are not done: they stand on the agenda too.
    pub pending: Vec<Followed>,
    /// Who is invited.
    pub guests: Vec<Guest>,
    /// Who asked to take part, for who runs it.
    pub applicants: Vec<Applicant>,
    /// The questions.
    pub questions: Vec<Question>,
    /// Proposals to change the minutes.
    pub amendments: Vec<Amendment>,
    /// What was promised here, with the tasks.
    pub commitments: Vec<Followed>,
    /// The names of the units.
    pub units: BTreeMap<UnitId, String>,
    /// Whether the actor runs it.
    pub runs: bool,
    /// Whether the actor was there.
    pub was_there: bool,
}

/// A dialogue in full.
///
/// # Errors
/// [`DialoguesError::Unknown`] when there is none.
pub async fn detail(ctx: &Ctx<'_>, id: DialogueId) -> Result<Detail, DialoguesError> {
    ctx.may(Permission::ReadDialogues)?;
    let mut tx = ctx.read().await?;
    let dialogue = store::find(&mut tx, id).await?.ok_or(DialoguesError::Unknown("cuộc đối thoại"))?;
    let guests = store::guests(&mut tx, id).await?;
    let me = |guest: &Guest| guest.person.is_some() && guest.person == ctx.actor.person && guest.there == Some(true);
    let mut commitments = followed(ctx, &mut tx).await?;
    commitments.retain(|one| one.commitment.dialogue == id);
    let runs = ctx.may_in(Permission::RunDialogues, dialogue.unit).is_ok();
    Ok(Detail {
        applicants: if runs { store::applicants(&mut tx, id).await? } else { Vec::new() },
        agenda: store::items(&mut tx, id).await?,
        pending: match dialogue.state {
            StateKind::Planned | StateKind::Held => pending(ctx, &mut tx, &dialogue).await?,
            StateKind::Frozen | StateKind::Cancelled => Vec::new(),
        },
        questions: questions::readable(&mut tx, id, None).await?,
        amendments: store::amendments(&mut tx, id).await?,
        commitments,
        units: unit_names(ctx, &mut tx).await?,
        runs,
        was_there: guests.iter().any(me),
        guests,
        dialogue,
    })
}

/// The minutes as paper.
///
/// # Errors
/// Before the dialogue was held, without minutes; [`DialoguesError::Unknown`].
pub async fn minutes(ctx: &Ctx<'_>, id: DialogueId) -> Result<papers::Paper, DialoguesError> {
    let found = detail(ctx, id).await?;
    let commitments: Vec<Commitment> = found.commitments.into_iter().map(|one| one.commitment).collect();
    paper::minutes(ctx.house, &found.dialogue, &found.agenda, &found.guests, &commitments, &found.units)
}

/// The units for which the actor runs dialogues, and those to which a promise may be given.
///
/// # Errors
/// When the actor runs none.
pub async fn units(ctx: &Ctx<'_>) -> Result<(Vec<UnitView>, Vec<UnitView>), DialoguesError> {
    ctx.may(Permission::RunDialogues)?;
    let mut units = organization::queries::units(&mut ctx.read().await?, ctx.today()).await?;
    units.retain(|unit| !matches!(unit.kind, UnitKind::Office | UnitKind::Agency));
    let may = |permission| units.iter().filter(move |unit| ctx.may_in(permission, unit.id).is_ok()).cloned().collect();
    Ok((may(Permission::RunDialogues), may(Permission::AssignTasks)))
}

/// The people of the office who may be invited, by name.
///
/// # Errors
/// When the actor runs no dialogues.
pub async fn people(ctx: &Ctx<'_>) -> Result<Vec<(PersonId, String)>, DialoguesError> {
    ctx.may(Permission::RunDialogues)?;
    let staff = organization::queries::staff(&mut ctx.read().await?, ctx.today()).await?;
    Ok(staff.into_iter().map(|person| (person.id, person.profile.name)).collect())
}

/// What a guest with a code sees: the dialogue, the agenda, own questions and amendments; the draft of the minutes
/// when the guest was there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// The dialogue; without its minutes for who was not there.
    pub dialogue: Dialogue,
    /// The guest.
    pub guest: Guest,
    /// The agenda.
    pub agenda: Vec<Item>,
    /// The guest's questions.
    pub questions: Vec<Question>,
    /// The guest's amendments.
    pub amendments: Vec<Amendment>,
}

/// What the holder of a code sees.
///
/// # Errors
/// [`DialoguesError::Unknown`] for a code that is unknown.
pub async fn visit(ctx: &Ctx<'_>, code: &str) -> Result<Visit, DialoguesError> {
    let mut tx = ctx.read().await?;
    let guest = guests::by_code(ctx, &mut tx, code).await?;
    let mut dialogue = store::find(&mut tx, guest.dialogue).await?.ok_or(DialoguesError::Unknown("giấy mời"))?;
    if guest.there != Some(true) {
        dialogue.minutes = String::new();
    }
    let questions = questions::readable(&mut tx, dialogue.id, Some(guest.id)).await?;
    let mut amendments = store::amendments(&mut tx, dialogue.id).await?;
    amendments.retain(|one| one.guest == guest.id);
    Ok(Visit { agenda: store::items(&mut tx, dialogue.id).await?, dialogue, guest, questions, amendments })
}

/// A dialogue that is to come, as it is announced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upcoming {
    /// Which dialogue.
    pub id: DialogueId,
    /// What it is about.
    pub title: String,
    /// The day.
    pub on: Date,
    /// The hour.
    pub begins: String,
    /// Where.
    pub place: String,
    /// Until which day anybody may ask to take part.
    pub until: Date,
    /// Its agenda.
    pub agenda: Vec<String>,
}

/// The announced dialogues, the next one first. For anybody.
///
/// # Errors
/// What the store says.
pub async fn upcoming(ctx: &Ctx<'_>) -> Result<Vec<Upcoming>, DialoguesError> {
    let mut tx = ctx.read().await?;
    let mut found = Vec::new();
    for one in store::all(&mut tx).await?.into_iter().rev() {
        let Some(until) = one.register_until.filter(|_| one.state == StateKind::Planned && one.on >= ctx.today())
        else {
            continue;
        };
        let agenda = store::items(&mut tx, one.id).await?.into_iter().map(|item| item.what).collect();
        let (id, title, on, begins, place) = (one.id, one.title, one.on, one.begins, one.place);
        found.push(Upcoming { id, title, on, begins, place, until, agenda });
    }
    Ok(found)
}

/// A result as the public reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Which dialogue.
    pub id: DialogueId,
    /// What it was about.
    pub title: String,
    /// When it was held.
    pub on: Date,
    /// The result.
    pub published: Published,
    /// How many guests were there.
    pub there: usize,
    /// How many questions were asked.
    pub questions: usize,
    /// How many promises were made, and how many of them are done.
    pub commitments: (usize, usize),
}

/// The published results, the newest first. For anybody.
///
/// # Errors
/// What the store says.
pub async fn results(ctx: &Ctx<'_>) -> Result<Vec<Outcome>, DialoguesError> {
    let mut tx = ctx.read().await?;
    let promises = followed(ctx, &mut tx).await?;
    let mut found = Vec::new();
    for one in store::all(&mut tx).await? {
        let Some(published) = one.published else { continue };
        let own = || promises.iter().filter(|promise| promise.commitment.dialogue == one.id);
        let done = own().filter(|promise| promise.task.state.kind() == crate::tasks::model::StateKind::Accepted);
        let guests = store::guests(&mut tx, one.id).await?;
        found.push(Outcome {
            id: one.id,
            title: one.title,
            on: one.on,
            published,
            there: guests.iter().filter(|guest| guest.there == Some(true)).count(),
            questions: store::questions(&mut tx, one.id).await?.len(),
            commitments: (own().count(), done.count()),
        });
    }
    Ok(found)
}

/// How many dialogues hang on each clause, for the plan; called-off ones are left out.
///
/// # Errors
/// What the store says.
pub async fn count_by_clause(tx: &mut Tx) -> Result<Vec<(String, usize)>, StoreError> {
    store::count_by_clause(tx).await
}

/// What was promised at dialogues and hangs on a clause, with its tasks, by due day.
///
/// # Errors
/// When the actor may not read dialogues.
pub async fn commitments_on(ctx: &Ctx<'_>, clause: &str) -> Result<Vec<Followed>, DialoguesError> {
    ctx.may(Permission::ReadDialogues)?;
    let mut tx = ctx.read().await?;
    let mut found = followed(ctx, &mut tx).await?;
    found.retain(|one| one.task.content.clause == clause);
    Ok(found)
}
