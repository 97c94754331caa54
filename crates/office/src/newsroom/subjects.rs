//! Whom a story is about, and their consent: recorded with its evidence, taken back at any time.

use kernel::id::PersonId;
use kernel::{Date, Permission};

use super::decision::gives_nothing_away;
use super::model::{Act, Consent, StateKind, Story, StoryId, Subject, SubjectId};
use super::service::must_find;
use super::{NewsroomError, store};
use crate::db::Tx;
use crate::{Ctx, attachments, ledger, organization};

/// Somebody as typed.
#[derive(Debug, Clone)]
pub struct NewSubject {
    /// The name as the story has it.
    pub name: String,
    /// A person; otherwise a collective.
    pub is_person: bool,
    /// The staff code, where it is a person of the house: then the person may take the consent back alone.
    pub staff_code: String,
}

/// A consent as typed.
#[derive(Debug, Clone)]
pub struct NewConsent<'a> {
    /// The day it was given.
    pub on: Date,
    /// The document that shows it.
    pub how: String,
    /// The file that shows it: its name and bytes.
    pub file: Option<(&'a str, &'a [u8])>,
}

/// Adds somebody that a story is about.
///
/// # Errors
/// Without a name, with a staff code that is not that person's, or when the story was withdrawn.
pub async fn add(ctx: &Ctx<'_>, id: StoryId, new: &NewSubject) -> Result<SubjectId, NewsroomError> {
    ctx.may(Permission::WriteStories)?;
    let mut tx = ctx.begin().await?;
    let story = must_find(&mut tx, id).await?;
    story.must_be(&[StateKind::Draft, StateKind::Review, StateKind::Published])?;
    let name = kernel::text::fold_person_name(&new.name);
    if name.is_empty() {
        return Err(NewsroomError::Missing { field: "ten", what: "nhập tên người hoặc tập thể" });
    }
    gives_nothing_away("ten", &name)?;
    let code = kernel::text::clean_line(&new.staff_code).to_uppercase();
    let mut person = None;
    if new.is_person && !code.is_empty() {
        let found = organization::queries::person_by_staff_code(&mut tx, &code).await?;
        let same = |name_of: &str| kernel::text::search_key(name_of) == kernel::text::search_key(&name);
        let found = found.filter(|one| same(&one.profile.name));
        let what = "mã cán bộ không có hoặc không phải của người này";
        person = Some(found.ok_or(NewsroomError::Missing { field: "ma-can-bo", what })?.id);
    }
    let subject =
        Subject { id: SubjectId::new(), name, person, is_person: new.is_person, consent: None, withdrawn: None };
    store::add_subject(&mut tx, id, &subject).await?;
    tell(ctx, &mut tx, &story, subject.id, "story.add_subject").await?;
    tx.commit().await?;
    Ok(subject.id)
}

/// Takes somebody out of a story that is being written.
///
/// # Errors
/// When the story is no longer being written: what was shown with a consent stays bound to it.
pub async fn remove(ctx: &Ctx<'_>, id: SubjectId) -> Result<StoryId, NewsroomError> {
    ctx.may(Permission::WriteStories)?;
    let mut tx = ctx.begin().await?;
    let (story, subject) = find(&mut tx, id).await?;
    story.must_be(&[StateKind::Draft])?;
    store::drop_subject(&mut tx, subject.id).await?;
    tell(ctx, &mut tx, &story, subject.id, "story.drop_subject").await?;
    tx.commit().await?;
    Ok(story.id)
}

/// Records that a person agreed: on which day, shown by which document or file.
///
/// # Errors
/// For a day to come, without document and file, or with a file that is not taken.
pub async fn consent(ctx: &Ctx<'_>, id: SubjectId, new: &NewConsent<'_>) -> Result<StoryId, NewsroomError> {
    ctx.may(Permission::WriteStories)?;
    let mut tx = ctx.begin().await?;
    let (story, subject) = find(&mut tx, id).await?;
    story.must_be(&[StateKind::Draft, StateKind::Review, StateKind::Scheduled, StateKind::Published])?;
    if new.on > ctx.today() {
        return Err(NewsroomError::FutureConsent);
    }
    let how = kernel::text::clean_line(&new.how);
    if how.is_empty() && new.file.is_none() {
        return Err(NewsroomError::NoEvidence);
    }
    let file = match new.file {
        None => None,
        Some((name, bytes)) => {
            let name = kernel::text::clean_line(name);
            let kept = attachments::keep(ctx.house, &name, bytes)
                .map_err(|error| NewsroomError::BadFile { name: name.clone(), why: error.to_string() })?;
            Some((name, kept.digest, kept.media_type.to_owned()))
        }
    };
    let recorded_name = ctx.actor.name.clone();
    let consent = Consent { on: new.on, how, recorded_name, recorded_at: ctx.now(), file };
    store::record_consent(&mut tx, subject.id, &consent).await?;
    tell(ctx, &mut tx, &story, subject.id, "story.record_consent").await?;
    tx.commit().await?;
    Ok(story.id)
}

/// Takes a consent back; from then on the story is shown to nobody outside. By who keeps the column, or by the
/// person alone.
///
/// # Errors
/// When there is none, or it was taken back already.
pub async fn withdraw_consent(ctx: &Ctx<'_>, id: SubjectId, words: &str) -> Result<StoryId, NewsroomError> {
    let mut tx = ctx.begin().await?;
    let (story, subject) = find(&mut tx, id).await?;
    let own = subject.person.is_some() && subject.person == ctx.actor.person;
    if !own {
        ctx.may(Permission::WriteStories).or_else(|_| ctx.may(Permission::ReviewStories))?;
    }
    if subject.consent.is_none() {
        return Err(NewsroomError::Unknown("sự đồng ý"));
    }
    if subject.withdrawn.is_some() {
        return Err(NewsroomError::AlreadyWithdrawn);
    }
    let act = Act { at: ctx.now(), name: ctx.actor.name.clone(), words: kernel::text::clean_text(words) };
    store::withdraw_consent(&mut tx, subject.id, &act).await?;
    tell(ctx, &mut tx, &story, subject.id, "story.withdraw_consent").await?;
    tx.commit().await?;
    Ok(story.id)
}

/// The stories about the actor that are out or were, with the actor's consent.
///
/// # Errors
/// What the store says.
pub async fn about_me(ctx: &Ctx<'_>) -> Result<Vec<(Story, Subject)>, NewsroomError> {
    let Some(person) = ctx.actor.person else { return Ok(Vec::new()) };
    let mut tx = ctx.read().await?;
    about(&mut tx, person).await
}

async fn about(tx: &mut Tx, person: PersonId) -> Result<Vec<(Story, Subject)>, NewsroomError> {
    let mut found = Vec::new();
    for (story, subject) in store::subjects_of_person(tx, person).await? {
        if subject.consent.is_some() {
            found.push((must_find(tx, story).await?, subject));
        }
    }
    Ok(found)
}

async fn find(tx: &mut Tx, id: SubjectId) -> Result<(Story, Subject), NewsroomError> {
    let found = store::subject(tx, id).await?;
    let (story, subject) = found.ok_or(NewsroomError::Unknown("người được viết về"))?;
    Ok((must_find(tx, story).await?, subject))
}

/// The ledger learns who acted on which entry, never the name or the words.
async fn tell(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    story: &Story,
    subject: SubjectId,
    action: &'static str,
) -> Result<(), NewsroomError> {
    ledger::record(tx, ctx.entry(action, "story", story.id).ground(&story.clause).set("subject", subject)).await?;
    Ok(())
}
