//! What those who keep the column read: the list, one story with all that belongs to it, what waits.

use kernel::Permission;

use super::model::{Correction, Picture, PictureFile, PictureId, StateKind, Step, Story, StoryId, Subject, SubjectId};
use super::public;
use super::service::{issued, must_find};
use super::{NewsroomError, store};
use crate::db::{StoreError, Tx};
use crate::decisions::model::{Decision, Line};
use crate::records::model::Initiative;
use crate::{Ctx, records};

/// How many stories hang on each clause.
///
/// # Errors
/// What the store says.
pub async fn count_by_clause(tx: &mut Tx) -> Result<Vec<(String, usize)>, StoreError> {
    store::count_by_clause(tx).await
}

/// Every story in a state, or all, the newest first, and whether each is shown to everybody now.
///
/// # Errors
/// When the actor may not read stories.
pub async fn list(ctx: &Ctx<'_>, state: Option<StateKind>) -> Result<Vec<(Story, bool)>, NewsroomError> {
    ctx.may(Permission::ReadStories)?;
    let mut tx = ctx.read().await?;
    let mut found = Vec::new();
    for story in store::all(&mut tx).await? {
        if state.is_none_or(|state| state == story.state) {
            let agreed = store::subjects(&mut tx, story.id).await?.iter().all(Subject::agrees);
            let shown = agreed && story.is_out(ctx.now());
            found.push((story, shown));
        }
    }
    Ok(found)
}

/// A story with all that belongs to it.
#[derive(Debug, Clone)]
pub struct Detail {
    /// The story.
    pub story: Story,
    /// Whom it is about.
    pub subjects: Vec<Subject>,
    /// Its pictures.
    pub pictures: Vec<Picture>,
    /// Its corrections, the oldest first; the last may wait.
    pub corrections: Vec<Correction>,
    /// Its history.
    pub steps: Vec<Step>,
    /// The decision it rests on, with its lines.
    pub awarded: Option<(Decision, Vec<Line>)>,
    /// The initiative it tells of.
    pub initiative: Option<Initiative>,
    /// Whether everybody may read it now.
    pub is_shown: bool,
    /// Whether the actor had a hand in the text, and therefore may not approve it.
    pub is_own: bool,
}

/// One story, for those who keep the column.
///
/// # Errors
/// When the actor may not read stories, or there is none.
pub async fn detail(ctx: &Ctx<'_>, id: StoryId) -> Result<Detail, NewsroomError> {
    ctx.may(Permission::ReadStories)?;
    let mut tx = ctx.read().await?;
    let story = must_find(&mut tx, id).await?;
    let subjects = store::subjects(&mut tx, id).await?;
    let steps = store::steps(&mut tx, id).await?;
    let own = |step: &Step| step.verb.writes() && step.by == ctx.actor.account;
    Ok(Detail {
        pictures: store::pictures(&mut tx, id).await?,
        corrections: store::corrections(&mut tx, id).await?,
        awarded: match story.decision {
            Some(id) => Some(issued(&mut tx, id).await?),
            None => None,
        },
        initiative: match story.initiative {
            Some(id) => records::queries::initiative(&mut tx, id).await?,
            None => None,
        },
        is_shown: story.is_out(ctx.now()) && subjects.iter().all(Subject::agrees),
        is_own: story.written_by == ctx.actor.account || steps.iter().any(own),
        story,
        subjects,
        steps,
    })
}

/// A size of a picture: for everybody when its story is shown, otherwise for those who keep the column.
///
/// # Errors
/// When there is none, or it is not for this visitor.
pub async fn picture(ctx: &Ctx<'_>, id: PictureId, width: i64) -> Result<PictureFile, NewsroomError> {
    let unknown = || NewsroomError::Unknown("ảnh");
    let mut tx = ctx.read().await?;
    let story = store::picture_story(&mut tx, id).await?.ok_or_else(unknown)?;
    let story = must_find(&mut tx, story).await?;
    if ctx.may(Permission::ReadStories).is_err() && !public::is_shown(ctx, &mut tx, &story).await? {
        return Err(unknown());
    }
    let found = store::pictures(&mut tx, story.id).await?.into_iter().find(|one| one.id == id);
    let file = found.and_then(|one| one.files.into_iter().find(|file| file.width == width));
    file.ok_or_else(unknown)
}

/// The file that shows a consent: its name, digest and media type.
///
/// # Errors
/// When there is none, or the actor does not keep the column.
pub async fn consent_file(ctx: &Ctx<'_>, id: SubjectId) -> Result<(String, String, String), NewsroomError> {
    ctx.may(Permission::WriteStories).or_else(|_| ctx.may(Permission::ReviewStories))?;
    let mut tx = ctx.read().await?;
    let found = store::subject(&mut tx, id).await?.and_then(|(_, subject)| subject.consent?.file);
    found.ok_or(NewsroomError::Unknown("tệp"))
}

/// The story that a person is part of, for whoever leads back there.
///
/// # Errors
/// When there is none, or the actor may not read stories.
pub async fn story_of(ctx: &Ctx<'_>, id: SubjectId) -> Result<StoryId, NewsroomError> {
    ctx.may(Permission::ReadStories)?;
    let mut tx = ctx.read().await?;
    let found = store::subject(&mut tx, id).await?;
    found.map(|(story, _)| story).ok_or(NewsroomError::Unknown("người được viết về"))
}

/// The story of a picture, for whoever leads back there.
///
/// # Errors
/// When there is none, or the actor may not read stories.
pub async fn story_of_picture(ctx: &Ctx<'_>, id: PictureId) -> Result<StoryId, NewsroomError> {
    ctx.may(Permission::ReadStories)?;
    let mut tx = ctx.read().await?;
    store::picture_story(&mut tx, id).await?.ok_or(NewsroomError::Unknown("ảnh"))
}

/// What waits in the column for the actor: stories to approve that others wrote, own ones that were given back,
/// corrections to approve.
///
/// # Errors
/// When the actor may not read stories.
pub async fn waiting(ctx: &Ctx<'_>) -> Result<Vec<(Story, Waiting)>, NewsroomError> {
    ctx.may(Permission::ReadStories)?;
    let mut tx = ctx.read().await?;
    let reviews = ctx.may(Permission::ReviewStories).is_ok();
    let mut found = Vec::new();
    for story in store::all(&mut tx).await? {
        let own = story.written_by == ctx.actor.account;
        match story.state {
            StateKind::Review if reviews && !own => found.push((story, Waiting::Review)),
            StateKind::Draft if own => {
                let steps = store::steps(&mut tx, story.id).await?;
                let last = steps.iter().rev().find(|step| step.verb != super::model::StepVerb::Edit);
                if let Some(step) = last.filter(|step| step.verb == super::model::StepVerb::Return) {
                    let reason = step.act.words.clone();
                    found.push((story, Waiting::Returned(reason)));
                }
            }
            StateKind::Published | StateKind::Archived if reviews => {
                let open = store::corrections(&mut tx, story.id).await?;
                if open.iter().any(|one| one.approved.is_none() && one.proposed_by != ctx.actor.account) {
                    found.push((story, Waiting::Correction));
                }
            }
            _ => {}
        }
    }
    Ok(found)
}

/// Why a story waits for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Waiting {
    /// To be approved.
    Review,
    /// Given back, with the reason.
    Returned(String),
    /// A correction is to be approved.
    Correction,
}
