//! What was promised: tasks that stand on every later agenda until they are done.

use kernel::id::UnitId;
use kernel::{Date, Permission};

use super::model::{Commitment, CommitmentId, Dialogue, DialogueId, StateKind, line};
use super::service::{keep, own};
use super::{DialoguesError, store};
use crate::Ctx;
use crate::db::{StoreError, Tx};
use crate::tasks::model::{Content, Task};
use crate::tasks::service::{NewTask, assign_in};
use crate::tasks::{self, TasksError};

/// How often a fresh code is tried when others assign tasks at the same moment.
const TRIES: usize = 5;

/// A promise that is about to be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCommitment {
    /// What was promised.
    pub what: String,
    /// The unit that answers for it.
    pub unit: UnitId,
    /// The last day.
    pub due_on: Date,
}

/// Records a promise made at a dialogue that was held, as a task of the unit that answers for it.
///
/// # Errors
/// Before the dialogue was held, after its minutes were frozen, without words; what the room of tasks says.
pub async fn commit(ctx: &Ctx<'_>, id: DialogueId, new: &NewCommitment) -> Result<CommitmentId, DialoguesError> {
    let mut tries = 0;
    loop {
        let mut tx = ctx.begin().await?;
        match commit_in(ctx, &mut tx, id, new).await {
            Err(DialoguesError::Store(StoreError::Duplicate { .. })) if tries < TRIES => tries += 1,
            Err(error) => return Err(error),
            Ok(made) => {
                tx.commit().await?;
                return Ok(made);
            }
        }
    }
}

async fn commit_in(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    id: DialogueId,
    new: &NewCommitment,
) -> Result<CommitmentId, DialoguesError> {
    ctx.may(Permission::RunDialogues)?;
    let what = line("cam-ket", &new.what, "ghi điều đã cam kết")?;
    let one = own(ctx, tx, id).await?;
    one.must_be(&[StateKind::Held])?;
    let day = kernel::numbers::short_date(one.on);
    let content = Content {
        clause: one.clause.clone(),
        title: what.clone(),
        description: format!("Cam kết tại cuộc đối thoại “{}” ngày {day}.", one.title),
        weight: 1,
        ..Content::default()
    };
    let task = NewTask { code: String::new(), unit: new.unit, parent: None, due_on: new.due_on, content };
    let task = assign_in(ctx, tx, &task, &[]).await.map_err(|error| match error {
        TasksError::DueBefore { from } => DialoguesError::TooEarly { from },
        other => other.into(),
    })?;
    let (unit, due_on) = (new.unit, new.due_on);
    let commitment = Commitment { id: CommitmentId::new(), dialogue: id, what, unit, due_on, task: task.id };
    store::add_commitment(tx, &commitment).await?;
    keep(ctx, tx, &one, "dialogue.commit").await?;
    Ok(commitment.id)
}

/// A promise with its task as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// The promise.
    pub commitment: Commitment,
    /// The dialogue at which it was made.
    pub made_at: Dialogue,
    /// The task.
    pub task: Task,
    /// Whether whoever asks may open it.
    pub is_seen: bool,
}

/// The promises of earlier dialogues that are not done: what stands on the agenda of this one. A task that was
/// called off is not done either, but nobody works on it any more; it is left out.
pub(super) async fn pending(ctx: &Ctx<'_>, tx: &mut Tx, of: &Dialogue) -> Result<Vec<Followed>, StoreError> {
    let earlier =
        |one: &Followed| one.made_at.id != of.id && one.made_at.on <= of.on && one.task.state.kind().is_live();
    Ok(followed(ctx, tx).await?.into_iter().filter(earlier).collect())
}

/// Every promise with its task, by due day.
pub(super) async fn followed(ctx: &Ctx<'_>, tx: &mut Tx) -> Result<Vec<Followed>, StoreError> {
    let sight = tasks::queries::Sight::of(ctx, tx).await?;
    let dialogues = store::all(tx).await?;
    let mut found = Vec::new();
    for commitment in store::commitments(tx).await? {
        let made_at = dialogues.iter().find(|one| one.id == commitment.dialogue).cloned();
        let task = tasks::queries::standing(tx, commitment.task).await?;
        if let (Some(made_at), Some(task)) = (made_at, task) {
            let is_seen = sight.sees(&task);
            found.push(Followed { commitment, made_at, task, is_seen });
        }
    }
    found.sort_by_key(|one| (one.task.due_on, one.commitment.id));
    Ok(found)
}
