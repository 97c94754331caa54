//! One *tờ trình*: where it lies on its way, whom it carries, what may be recorded next.

use askama::Template;
use axum::extract::Path;
use kernel::Permission;
use kernel::numbers::short_date;
use office::identity;
use office::submissions::SubmissionId;
use office::submissions::model::{LineOutcome, State, StateKind};
use office::submissions::queries;

use super::{refusal, stands, waits};
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, show as page};

/// A level of the way.
struct LevelLine {
    name: String,
    /// Passed, here, or still to come: `done`, `now`, empty.
    mark: &'static str,
}

struct CarriedLine {
    url: String,
    name: String,
    more: String,
    award: String,
    outcome: Option<LineOutcome>,
}

struct StepLine {
    what: &'static str,
    when: String,
    level: String,
    words: String,
    who: String,
}

#[derive(Template)]
#[template(path = "submissions/show.html")]
pub struct ShowPage {
    frame: Frame,
    form: Form,
    id: SubmissionId,
    signed: String,
    state: StateKind,
    stands: String,
    waits: String,
    reason: String,
    next: String,
    levels: Vec<LevelLine>,
    lines: Vec<CarriedLine>,
    choices: Vec<Choice>,
    steps: Vec<StepLine>,
    files: Vec<(String, String)>,
    may_run: bool,
    whole: bool,
}

/// The page, with a form as it was sent.
pub async fn show_page(here: &Here, id: SubmissionId, form: Form) -> Result<ShowPage, Refusal> {
    let (ctx, l) = (here.ctx(), here.visit.lang);
    let queries::Detail { sent, steps, files } = queries::detail(&ctx, id).await.map_err(refusal)?;
    let names = identity::queries::names(&ctx).await.map_err(|error| Refusal::broken(&error))?;
    let one = &sent.submission;
    let mark = |at: usize| match (at.cmp(&one.level), one.state.kind()) {
        (std::cmp::Ordering::Less, _) | (std::cmp::Ordering::Equal, StateKind::Decided) => "done",
        (std::cmp::Ordering::Equal, _) => "now",
        (std::cmp::Ordering::Greater, _) => "",
    };
    let reason = match &one.state {
        State::Decided { number, on } => format!("{} {number}, {}", l.t("Quyết định số"), short_date(*on)),
        other => other.reason().unwrap_or_default().to_owned(),
    };
    Ok(ShowPage {
        frame: here
            .frame(&format!("{} {}", l.t("Tờ trình số"), one.number), Place::Submissions)
            .faulty(!form.is_good()),
        id,
        signed: short_date(one.signed_on),
        state: one.state.kind(),
        stands: stands(l, one),
        waits: waits(l, &sent),
        reason,
        next: one.next().unwrap_or_default().to_owned(),
        levels: one
            .route
            .iter()
            .enumerate()
            .map(|(at, name)| LevelLine { name: name.clone(), mark: mark(at) })
            .collect(),
        choices: sent.lines.iter().map(|line| Choice::new(line.nominated.id, &line.nominated.name)).collect(),
        lines: sent
            .lines
            .iter()
            .map(|line| CarriedLine {
                url: format!("/noi-bo/ho-so/{}", line.nominated.id),
                name: line.nominated.name.clone(),
                more: [&line.nominated.title, &line.nominated.unit_name]
                    .into_iter()
                    .filter(|part| !part.is_empty())
                    .cloned()
                    .collect::<Vec<_>>()
                    .join(", "),
                award: here.house.rules.award(line.nominated.award).name_vi.clone(),
                outcome: line.outcome,
            })
            .collect(),
        steps: steps
            .into_iter()
            .map(|step| StepLine {
                what: step.kind.name_vi(),
                when: short_date(step.on),
                level: step.level,
                words: step.words,
                who: step.account.and_then(|id| names.get(&id).cloned()).unwrap_or_default(),
            })
            .collect(),
        files: files
            .into_iter()
            .map(|file| (format!("/noi-bo/trinh-cap-tren/{id}/tep/{}", file.id), file.name))
            .collect(),
        may_run: ctx.may(Permission::RunCampaign).is_ok(),
        whole: sent.whole,
        form,
    })
}

pub async fn show(here: Here, Path(id): Path<SubmissionId>) -> Answer {
    Ok(page(&show_page(&here, id, Form::empty()).await?))
}
