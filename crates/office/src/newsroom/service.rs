//! Write, submit, give back, approve, correct, withdraw, archive.

use kernel::id::AccountId;
use kernel::{Permission, Timestamp};

use super::decision;
use super::model::{Act, Correction, CorrectionId, StateKind, Step, StepVerb, Story, StoryId, StoryKind, Text, worded};
use super::{NewsroomError, store};
use crate::db::Tx;
use crate::decisions::model::{Decision, DecisionId, DecisionState, Line};
use crate::notices::{self, NewNotice, NoticeKind, To};
use crate::records::model::InitiativeId;
use crate::{Ctx, decisions, ledger, records};

/// A story as it is typed.
#[derive(Debug, Clone)]
pub struct NewStory {
    /// What it is.
    pub kind: StoryKind,
    /// What it says.
    pub text: Text,
    /// The clause that it hangs on.
    pub clause: String,
    /// The decision it rests on.
    pub decision: Option<DecisionId>,
    /// The initiative it tells of.
    pub initiative: Option<InitiativeId>,
}

/// Begins a story.
///
/// # Errors
/// Without clause, title, summary or text, with personal data in them, or from a decision that is not issued.
pub async fn write(ctx: &Ctx<'_>, new: NewStory) -> Result<StoryId, NewsroomError> {
    ctx.may(Permission::WriteStories)?;
    let mut tx = ctx.begin().await?;
    let NewStory { kind, text, clause, decision, initiative } = fitting(ctx, &mut tx, new).await?;
    let id = StoryId::new();
    let story = Story {
        id,
        slug: decision::slug(&text.title, id),
        kind,
        text,
        clause,
        decision,
        initiative,
        state: StateKind::Draft,
        written_by: ctx.actor.account,
        written_name: ctx.actor.name.clone(),
        written_at: ctx.now(),
        reviewed_name: None,
        publish_at: None,
        settled: None,
        version: 1,
    };
    store::add(&mut tx, &story).await?;
    tell(ctx, &mut tx, &story, StepVerb::Write, "").await?;
    tx.commit().await?;
    Ok(id)
}

/// Changes a story that is being written.
///
/// # Errors
/// As [`write()`]; when it is no longer being written, or changed since it was read.
pub async fn edit(ctx: &Ctx<'_>, id: StoryId, seen: i64, new: NewStory) -> Result<(), NewsroomError> {
    ctx.may(Permission::WriteStories)?;
    let mut tx = ctx.begin().await?;
    let mut story = must_find(&mut tx, id).await?;
    story.must_be(&[StateKind::Draft])?;
    let NewStory { kind, text, clause, decision, initiative } = fitting(ctx, &mut tx, new).await?;
    (story.kind, story.text, story.clause) = (kind, text, clause);
    (story.decision, story.initiative) = (decision, initiative);
    save(ctx, tx, story, seen, StepVerb::Edit, "").await
}

/// The story with a clean text, once all it names is there.
async fn fitting(ctx: &Ctx<'_>, tx: &mut Tx, new: NewStory) -> Result<NewStory, NewsroomError> {
    if ctx.house.plan.clause(&new.clause).is_none() {
        return Err(NewsroomError::NoClause);
    }
    if let Some(id) = new.decision {
        issued(tx, id).await?;
    }
    if let Some(id) = new.initiative {
        let known = records::queries::initiative(tx, id).await?;
        known.ok_or(NewsroomError::Unknown("sáng kiến"))?;
    }
    Ok(NewStory { text: decision::checked(&new.text)?, ..new })
}

/// An issued decision with its lines.
pub(super) async fn issued(tx: &mut Tx, id: DecisionId) -> Result<(Decision, Vec<Line>), NewsroomError> {
    let lines = decisions::queries::issued_lines(tx).await.map_err(store_error)?;
    let mut of_it = lines.into_iter().filter(|(decision, _)| decision.id == id).peekable();
    let decision = of_it.peek().map(|(decision, _)| decision.clone()).ok_or(NewsroomError::NotIssued)?;
    if decision.state != DecisionState::Issued {
        return Err(NewsroomError::NotIssued);
    }
    let mut lines: Vec<Line> = of_it.map(|(_, line)| line).collect();
    lines.sort_by_key(|line| line.position);
    Ok((decision, lines))
}

pub(super) fn store_error(error: decisions::DecisionsError) -> NewsroomError {
    match error {
        decisions::DecisionsError::Store(store) => NewsroomError::Store(store),
        _ => NewsroomError::Unknown("quyết định"),
    }
}

/// A first text with the facts of an issued decision, to be written on.
///
/// # Errors
/// When it is not issued.
pub async fn from_decision(ctx: &Ctx<'_>, id: DecisionId) -> Result<Text, NewsroomError> {
    ctx.may(Permission::WriteStories)?;
    let mut tx = ctx.read().await?;
    let (decision, lines) = issued(&mut tx, id).await?;
    let name = |line: &Line| ctx.house.rules.award(line.award).name_vi.clone();
    Ok(decision::first_text(&decision, &lines, &ctx.house.plan.office, name))
}

/// Gives a story to somebody else to read.
///
/// # Errors
/// When it is not being written, or changed since it was read.
pub async fn submit(ctx: &Ctx<'_>, id: StoryId, seen: i64) -> Result<(), NewsroomError> {
    ctx.may(Permission::WriteStories)?;
    let mut tx = ctx.begin().await?;
    let mut story = must_find(&mut tx, id).await?;
    story.submit()?;
    save(ctx, tx, story, seen, StepVerb::Submit, "").await
}

/// Gives a story back to who writes, with a reason.
///
/// # Errors
/// When it does not wait, or without a reason.
pub async fn give_back(ctx: &Ctx<'_>, id: StoryId, seen: i64, reason: &str) -> Result<(), NewsroomError> {
    ctx.may(Permission::ReviewStories)?;
    let mut tx = ctx.begin().await?;
    let mut story = must_find(&mut tx, id).await?;
    let reason = kernel::text::clean_text(reason);
    story.give_back(&reason)?;
    returned(ctx, &mut tx, &story, story.written_by).await?;
    save(ctx, tx, story, seen, StepVerb::Return, &reason).await
}

/// Tells a writer that a text came back.
async fn returned(ctx: &Ctx<'_>, tx: &mut Tx, story: &Story, writer: Option<AccountId>) -> Result<(), NewsroomError> {
    let to: Vec<To> = writer.map(To::Account).into_iter().collect();
    let new = NewNotice {
        kind: NoticeKind::StoryReturned,
        key: format!("story-returned/{}/{}", story.id, ctx.now()),
        subject: format!("Bài bị trả lại: {}", story.text.title),
        url: format!("/noi-bo/chuyen-muc/{}", story.id),
    };
    notices::service::raise(ctx, tx, &to, &new).await?;
    Ok(())
}

/// Approves a story, for now or for an hour to come.
///
/// # Errors
/// By whoever had a hand in it; when somebody in it has not agreed on record; when it does not wait; for an hour
/// that is over.
pub async fn approve(ctx: &Ctx<'_>, id: StoryId, seen: i64, at: Option<Timestamp>) -> Result<(), NewsroomError> {
    ctx.may(Permission::ReviewStories)?;
    let mut tx = ctx.begin().await?;
    let mut story = must_find(&mut tx, id).await?;
    let steps = store::steps(&mut tx, id).await?;
    let wrote = steps.iter().any(|step| step.verb.writes() && step.by == ctx.actor.account);
    if wrote || story.written_by == ctx.actor.account {
        return Err(NewsroomError::OwnStory);
    }
    story.approve(&ctx.actor.name, at, ctx.now())?;
    shown(&mut tx, &story, &story.text).await?;
    save(ctx, tx, story, seen, StepVerb::Approve, "").await
}

/// Requires that a story with this text may be shown.
async fn shown(tx: &mut Tx, story: &Story, text: &Text) -> Result<(), NewsroomError> {
    let subjects = store::subjects(tx, story.id).await?;
    let lines = match story.decision {
        Some(id) => issued(tx, id).await?.1,
        None => Vec::new(),
    };
    decision::may_be_shown(story.kind, text, &subjects, &lines)
}

/// Marks stories whose hour has come as out; answers how many. Readers do not wait for it.
///
/// # Errors
/// What the store says.
pub async fn publish_due(ctx: &Ctx<'_>) -> Result<usize, NewsroomError> {
    ctx.may(Permission::ReviewStories)?;
    let mut tx = ctx.begin().await?;
    let mut published = 0;
    for mut story in store::due(&mut tx, ctx.now()).await? {
        story.state = StateKind::Published;
        store::save(&mut tx, &story).await?;
        tell(ctx, &mut tx, &story, StepVerb::Publish, "").await?;
        published += 1;
    }
    tx.commit().await?;
    Ok(published)
}

/// Proposes a correction of what is out, with the note that everybody will read.
///
/// # Errors
/// When it is not out, nothing changes, without a note, or with personal data.
pub async fn propose_correction(
    ctx: &Ctx<'_>,
    id: StoryId,
    text: &Text,
    note: &str,
) -> Result<CorrectionId, NewsroomError> {
    ctx.may(Permission::WriteStories)?;
    let mut tx = ctx.begin().await?;
    let story = must_find(&mut tx, id).await?;
    story.must_be(&[StateKind::Published, StateKind::Archived])?;
    let text = decision::checked(text)?;
    let note = kernel::text::clean_text(note);
    worded(&note)?;
    decision::gives_nothing_away("ly-do", &note)?;
    if text == story.text {
        return Err(NewsroomError::NothingChanged);
    }
    let correction = Correction {
        id: CorrectionId::new(),
        note,
        text,
        proposed_by: ctx.actor.account,
        proposed_name: ctx.actor.name.clone(),
        proposed_at: ctx.now(),
        approved: None,
        was: None,
    };
    store::propose_correction(&mut tx, id, &correction).await?;
    tell(ctx, &mut tx, &story, StepVerb::ProposeCorrection, "").await?;
    tx.commit().await?;
    Ok(correction.id)
}

/// Approves a correction that another proposed: the text changes, the old one is kept, the note stands above it.
///
/// # Errors
/// By whoever proposed it; when it was taken back, the story is not out, or somebody named has not agreed.
pub async fn approve_correction(ctx: &Ctx<'_>, id: StoryId, correction: CorrectionId) -> Result<(), NewsroomError> {
    ctx.may(Permission::ReviewStories)?;
    let mut tx = ctx.begin().await?;
    let mut story = must_find(&mut tx, id).await?;
    story.must_be(&[StateKind::Published, StateKind::Archived])?;
    let waiting = store::corrections(&mut tx, id).await?;
    let waiting = waiting.into_iter().find(|one| one.id == correction && one.approved.is_none());
    let waiting = waiting.ok_or(NewsroomError::Unknown("đề nghị đính chính"))?;
    if waiting.proposed_by == ctx.actor.account {
        return Err(NewsroomError::OwnStory);
    }
    shown(&mut tx, &story, &waiting.text).await?;
    store::approve_correction(&mut tx, correction, &ctx.actor.name, ctx.now(), &story.text).await?;
    let note = waiting.note.clone();
    story.text = waiting.text;
    let seen = story.version;
    save(ctx, tx, story, seen, StepVerb::Correct, &note).await
}

/// Refuses a correction that another proposed, with a reason.
///
/// # Errors
/// When none waits, or without a reason.
pub async fn refuse_correction(ctx: &Ctx<'_>, id: StoryId, reason: &str) -> Result<(), NewsroomError> {
    ctx.may(Permission::ReviewStories)?;
    let mut tx = ctx.begin().await?;
    let story = must_find(&mut tx, id).await?;
    let reason = kernel::text::clean_text(reason);
    worded(&reason)?;
    let waiting = store::corrections(&mut tx, id).await?.into_iter().find(|one| one.approved.is_none());
    let waiting = waiting.ok_or(NewsroomError::Unknown("đề nghị đính chính"))?;
    returned(ctx, &mut tx, &story, waiting.proposed_by).await?;
    store::drop_open_correction(&mut tx, id).await?;
    tell(ctx, &mut tx, &story, StepVerb::Return, &reason).await?;
    tx.commit().await?;
    Ok(())
}

/// Withdraws what is out or about to be, with a note that its address will show. One is enough: what is wrong must
/// be able to go at once.
///
/// # Errors
/// When it is not out, without a note, or with personal data in it.
pub async fn withdraw(ctx: &Ctx<'_>, id: StoryId, seen: i64, note: &str) -> Result<(), NewsroomError> {
    ctx.may(Permission::WriteStories).or_else(|_| ctx.may(Permission::ReviewStories))?;
    let mut tx = ctx.begin().await?;
    let mut story = must_find(&mut tx, id).await?;
    let note = kernel::text::clean_text(note);
    decision::gives_nothing_away("ly-do", &note)?;
    story.withdraw(act(ctx, &note))?;
    store::drop_open_correction(&mut tx, id).await?;
    save(ctx, tx, story, seen, StepVerb::Withdraw, &note).await
}

/// Takes a story out of the lists; its address still answers.
///
/// # Errors
/// When it is not published.
pub async fn archive(ctx: &Ctx<'_>, id: StoryId, seen: i64) -> Result<(), NewsroomError> {
    ctx.may(Permission::WriteStories)?;
    let mut tx = ctx.begin().await?;
    let mut story = must_find(&mut tx, id).await?;
    story.archive(act(ctx, ""))?;
    save(ctx, tx, story, seen, StepVerb::Archive, "").await
}

pub(super) async fn must_find(tx: &mut Tx, id: StoryId) -> Result<Story, NewsroomError> {
    store::find(tx, id).await?.ok_or(NewsroomError::Unknown("bài viết"))
}

fn act(ctx: &Ctx<'_>, words: &str) -> Act {
    Act { at: ctx.now(), name: ctx.actor.name.clone(), words: words.to_owned() }
}

async fn save(
    ctx: &Ctx<'_>,
    mut tx: Tx,
    mut story: Story,
    seen: i64,
    verb: StepVerb,
    words: &str,
) -> Result<(), NewsroomError> {
    story.version = seen;
    store::save(&mut tx, &story).await?;
    tell(ctx, &mut tx, &story, verb, words).await?;
    tx.commit().await?;
    Ok(())
}

/// Writes the step into the story's history and into the ledger, which holds no words of it.
async fn tell(ctx: &Ctx<'_>, tx: &mut Tx, story: &Story, verb: StepVerb, words: &str) -> Result<(), NewsroomError> {
    let step = Step { by: ctx.actor.account, verb, act: act(ctx, words) };
    store::add_step(tx, story.id, &step).await?;
    let action = match verb {
        StepVerb::Write => "story.write",
        StepVerb::Edit => "story.edit",
        StepVerb::Submit => "story.submit",
        StepVerb::Return => "story.return",
        StepVerb::Approve => "story.approve",
        StepVerb::Publish => "story.publish",
        StepVerb::ProposeCorrection => "story.propose_correction",
        StepVerb::Correct => "story.correct",
        StepVerb::Withdraw => "story.withdraw",
        StepVerb::Archive => "story.archive",
    };
    let entry = ctx.entry(action, "story", story.id).ground(&story.clause).set("state", story.state.code());
    ledger::record(tx, entry).await?;
    Ok(())
}
