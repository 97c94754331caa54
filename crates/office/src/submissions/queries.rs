//! Submissions for lists and pages, each actor's own part of them.

use kernel::{Date, Permission};
use rules::AwardCode;

use super::model::{LineOutcome, StateKind, Step, Submission, SubmissionFile, SubmissionId};
use super::{SubmissionsError, store};
use crate::Ctx;
use crate::awards::NominationId;
use crate::awards::queries::{self as awards, Nominated};
use crate::db::Tx;

/// A nomination of a submission, with what became of it.
#[derive(Debug, Clone)]
pub struct Line {
    /// The nomination.
    pub nominated: Nominated,
    /// What became of it; none while it is on its way.
    pub outcome: Option<LineOutcome>,
}

/// A submission with what the actor may see of it.
#[derive(Debug, Clone)]
pub struct Sent {
    /// The submission.
    pub submission: Submission,
    /// The nominations of the actor's units.
    pub lines: Vec<Line>,
    /// Whether these are all of its nominations. Who sees a part of them sees neither its files nor the reasons
    /// given of it: both may name people of other units.
    pub whole: bool,
    /// How many working days it has stood so; none when it is over.
    pub waits: Option<i64>,
}

/// What a list is narrowed to; an empty field narrows nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// How it stands.
    pub state: Option<StateKind>,
    /// At which level.
    pub level: String,
    /// Carries this form.
    pub award: Option<AwardCode>,
    /// Part of its number, of a name or of a unit's name, or of these together, with or without diacritics.
    pub text: String,
}

impl Filter {
    /// Whether a submission, as it is seen, is among what is asked for.
    #[must_use]
    pub fn takes(&self, sent: &Sent) -> bool {
        let wanted = kernel::text::Wanted::of(&self.text);
        let number = &sent.submission.number;
        let found = |names: &[&str]| wanted.is_in_name_or_number(names, number);
        let named = |line: &Line| found(&[&line.nominated.name, &line.nominated.unit_name]);
        self.state.is_none_or(|state| state == sent.submission.state.kind())
            && (self.level.is_empty() || self.level == sent.submission.at())
            && self.award.is_none_or(|award| sent.lines.iter().any(|line| line.nominated.award == award))
            && (found(&[]) || sent.lines.iter().any(named))
    }
}

/// The submissions that carry a nomination the actor may read, the newest first.
///
/// # Errors
/// When the actor may read no nominations.
pub async fn list(ctx: &Ctx<'_>, filter: &Filter) -> Result<Vec<Sent>, SubmissionsError> {
    ctx.may(Permission::ReadNominations)?;
    let mut tx = ctx.read().await?;
    let mut found = Vec::new();
    for submission in store::list(&mut tx).await? {
        if let Some(sent) = seen(ctx, &mut tx, submission).await?.filter(|sent| filter.takes(sent)) {
            found.push(sent);
        }
    }
    Ok(found)
}

/// A submission with its history and files.
#[derive(Debug, Clone)]
pub struct Detail {
    /// It, and what the actor may see of its nominations.
    pub sent: Sent,
    /// What happened, oldest first.
    pub steps: Vec<Step>,
    /// Its files.
    pub files: Vec<SubmissionFile>,
}

/// One submission.
///
/// # Errors
/// When there is none, or it carries no nomination the actor may read.
pub async fn detail(ctx: &Ctx<'_>, id: SubmissionId) -> Result<Detail, SubmissionsError> {
    ctx.may(Permission::ReadNominations)?;
    let mut tx = ctx.read().await?;
    let unknown = SubmissionsError::Unknown("tờ trình");
    let Some(submission) = store::find(&mut tx, id).await? else { return Err(unknown) };
    let sent = seen(ctx, &mut tx, submission).await?.ok_or(unknown)?;
    let (mut steps, mut files) = (store::steps(&mut tx, id).await?, store::files(&mut tx, id).await?);
    if !sent.whole {
        files.clear();
        steps.iter_mut().for_each(|step| step.words.clear());
    }
    Ok(Detail { sent, steps, files })
}

/// The submissions that carried a nomination, the newest first.
///
/// # Errors
/// When the actor may read no nominations.
pub async fn of_nomination(ctx: &Ctx<'_>, id: NominationId) -> Result<Vec<Sent>, SubmissionsError> {
    ctx.may(Permission::ReadNominations)?;
    let mut tx = ctx.read().await?;
    let mut found = Vec::new();
    for id in store::of_nomination(&mut tx, id).await? {
        let Some(submission) = store::find(&mut tx, id).await? else { continue };
        found.extend(seen(ctx, &mut tx, submission).await?);
    }
    Ok(found)
}

/// The nominations that the council passed, a higher level decides, and no submission carries yet.
///
/// # Errors
/// When the actor does not run campaigns.
pub async fn to_send(ctx: &Ctx<'_>) -> Result<Vec<Nominated>, SubmissionsError> {
    ctx.may(Permission::RunCampaign)?;
    let mut tx = ctx.read().await?;
    let passed = awards::passed_for_higher_levels(ctx, &mut tx).await?;
    let gone = store::on_their_way(&mut tx).await?;
    Ok(passed.into_iter().filter(|one| !gone.contains(&one.id)).collect())
}

/// A submission as the actor may see it; none when it carries nothing of the actor's units.
async fn seen(ctx: &Ctx<'_>, tx: &mut Tx, mut submission: Submission) -> Result<Option<Sent>, SubmissionsError> {
    let units = ctx.actor.units_for(Permission::ReadNominations, ctx.today());
    let mut lines = Vec::new();
    let all = store::carried(tx, submission.id).await?;
    let many = all.len();
    for carried in all {
        let nominated = awards::nominated(ctx, tx, carried.nomination).await?;
        if units.as_ref().is_none_or(|units| units.contains(&nominated.unit)) {
            lines.push(Line { nominated, outcome: carried.outcome });
        }
    }
    let whole = lines.len() == many;
    if !whole {
        submission.state.keep_silent();
    }
    let waits = submission.is_open().then(|| waited(ctx, submission.since));
    Ok((!lines.is_empty()).then_some(Sent { submission, lines, whole, waits }))
}

/// The working days since a day, that day not counted.
fn waited(ctx: &Ctx<'_>, since: Date) -> i64 {
    ctx.calendar().working_days_between(since, ctx.today())
}
