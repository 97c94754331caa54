//! One report, opened for the length of the request.

use askama::Template;
use axum::extract::Path;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use kernel::numbers::short_date;
use office::conduct::model::{Identity, Outcome, State, Step, UnveilingState};
use office::conduct::queries::{Detail, UnveilingLine};
use office::conduct::{ReportFileId, ReportId, Unlocked, UnveilingId, queries};
use rules::facts::HoldKind;

use super::{held, refusal, to_unlock};
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, show as page};
use crate::urls;

struct Said {
    own: bool,
    on: String,
    words: String,
}

struct Opening {
    id: UnveilingId,
    state: UnveilingState,
    asked: String,
    settled: String,
    reason: String,
    may_settle: bool,
}

/// What was concluded, in words.
struct Ended {
    outcome: Outcome,
    by: String,
    words: String,
    document: String,
    held: String,
    appeal: String,
    appeal_words: String,
    decided: String,
}

struct Entered {
    at: String,
    what: String,
    by: String,
}

#[derive(Template)]
#[template(path = "conduct/show.html")]
pub struct ShowPage {
    frame: Frame,
    form: Form,
    id: ReportId,
    version: i64,
    state: State,
    received: String,
    what: String,
    who: String,
    when: String,
    unit: String,
    person: String,
    named: bool,
    identity: Option<Identity>,
    messages: Vec<Said>,
    files: Vec<(String, String)>,
    openings: Vec<Opening>,
    may_ask_identity: bool,
    ended: Option<Ended>,
    entries: Vec<Entered>,
    may_look: bool,
    may_ask: bool,
    may_conclude: bool,
    may_close: bool,
    may_appeal: bool,
    may_decide: bool,
    units: Vec<Choice>,
    people: Vec<Choice>,
    outcomes: Vec<Choice>,
    kinds: Vec<Choice>,
}

/// The page, with a form as it was sent.
pub async fn show_page(here: &Here, unlocked: &Unlocked, id: ReportId, form: Form) -> Result<ShowPage, Refusal> {
    let (ctx, l) = (here.ctx(), here.visit.lang);
    let found = queries::detail(&ctx, unlocked, id).await.map_err(refusal)?;
    let leads = |step: Step| step.leads(found.state).is_some();
    let may_conclude = leads(Step::Conclude);
    let (units, people) =
        if may_conclude { queries::choices(&ctx).await.map_err(refusal)? } else { (Vec::new(), Vec::new()) };
    let conclusion = found.body.conclusion.as_ref();
    let appeal = conclusion.and_then(|one| one.appeal.as_ref());
    let waits = appeal.is_some_and(|one| one.decided.is_none());
    let held = conclusion.is_some_and(|one| one.hold.is_some());
    let refused = appeal.is_none_or(|one| matches!(one.decided, Some((false, _, _))));
    let pending = found.unveilings.iter().any(|one| one.unveiling.state == UnveilingState::Asked);
    Ok(ShowPage {
        frame: here.frame(&id.label(), Place::Conduct).faulty(!form.is_good()),
        id,
        version: found.version,
        state: found.state,
        received: short_date(found.received_on),
        what: found.body.what.clone(),
        who: found.body.who.clone(),
        when: found.body.when.clone(),
        unit: found.names.0.clone(),
        person: found.names.1.clone(),
        named: found.body.named,
        identity: found.identity.clone(),
        messages: found
            .messages
            .iter()
            .map(|one| Said { own: one.from_reporter, on: short_date(one.on), words: one.words.clone() })
            .collect(),
        files: found
            .files
            .iter()
            .map(|(file, head)| (format!("/noi-bo/hanh-vi/{id}/tep/{file}"), head.name.clone()))
            .collect(),
        openings: found.unveilings.iter().map(opening).collect(),
        may_ask_identity: found.body.named && found.identity.is_none() && !pending,
        ended: ended(&found),
        entries: found
            .entries
            .iter()
            .map(|(entry, by)| Entered {
                at: crate::ledger::moment(entry.at),
                what: l.t(crate::ledger::verbs::name_vi(&entry.action).unwrap_or(&entry.action)).to_owned(),
                by: if by.is_empty() && entry.actor == "visitor" {
                    l.t("người gửi").to_owned()
                } else {
                    by.clone()
                },
            })
            .collect(),
        may_look: leads(Step::Look),
        may_ask: leads(Step::Ask),
        may_conclude,
        may_close: leads(Step::Close) && !waits,
        may_appeal: held && refused,
        may_decide: waits,
        units: units.into_iter().map(|(id, name)| Choice::new(id, name)).collect(),
        people: people.into_iter().map(|(id, name, unit)| Choice::new(id, format!("{unit} – {name}"))).collect(),
        outcomes: Outcome::ALL.iter().map(|one| Choice::new(one.code(), l.t(one.name_vi()))).collect(),
        kinds: HoldKind::ALL.iter().map(|one| Choice::new(one.code(), l.t(one.name_vi()))).collect(),
        form,
    })
}

fn opening(line: &UnveilingLine) -> Opening {
    let one = &line.unveiling;
    let settled = one.settled_on.map(|on| format!("{}, {}", line.names.1, short_date(on)));
    Opening {
        id: one.id,
        state: one.state,
        asked: format!("{}, {}", line.names.0, short_date(one.asked_on)),
        settled: settled.unwrap_or_default(),
        reason: line.reason.clone(),
        may_settle: line.may_settle,
    }
}

fn ended(found: &Detail) -> Option<Ended> {
    let one = found.body.conclusion.as_ref()?;
    let until = |free: kernel::Date| short_date(free.yesterday().unwrap_or(free));
    let appeal = one.appeal.as_ref();
    let decided = appeal.and_then(|appeal| appeal.decided.as_ref()).map(|(lifted, on, document)| {
        let what = if *lifted { "Chấp nhận, gỡ tạm dừng" } else { "Giữ nguyên việc tạm dừng" };
        format!("{what}: {document}, {}", short_date(*on))
    });
    Some(Ended {
        outcome: one.outcome,
        by: format!("{}, {}", one.by, short_date(one.on)),
        words: one.words.clone(),
        document: one.document.clone(),
        held: one.held.map(|(from, free)| format!("{} – {}", short_date(from), until(free))).unwrap_or_default(),
        appeal: appeal.map(|one| format!("{}, {}", one.document, short_date(one.on))).unwrap_or_default(),
        appeal_words: appeal.map(|one| one.words.clone()).unwrap_or_default(),
        decided: decided.unwrap_or_default(),
    })
}

pub async fn show(here: Here, Path(id): Path<ReportId>) -> Answer {
    let Some(unlocked) = held::get(&here) else { return Ok(to_unlock()) };
    Ok(page(&show_page(&here, &unlocked, id, Form::empty()).await?))
}

pub async fn download(here: Here, Path((id, file)): Path<(ReportId, ReportFileId)>) -> Answer {
    let Some(unlocked) = held::get(&here) else { return Ok(to_unlock()) };
    let (head, bytes) = queries::file(&here.ctx(), &unlocked, id, file).await.map_err(refusal)?;
    let shown = format!("attachment; filename*=UTF-8''{}", urls::encode(&head.name.replace('/', "-")));
    Ok(([(CONTENT_TYPE, head.media_type), (CONTENT_DISPOSITION, shown)], bytes).into_response())
}
