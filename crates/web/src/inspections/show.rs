//! One visit: whom it goes to, what was concluded, what is to be mended and how far that has come.

use askama::Template;
use axum::extract::Path;
use kernel::numbers::short_date;
use office::inspections::model::{State, StateKind};
use office::inspections::{FindingId, InspectionId, queries};

use super::refusal;
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, show as page};

struct Line {
    id: FindingId,
    what: String,
    owner: String,
    due: String,
    overdue: String,
    /// Who closed it and when, with which words; empty while it is open.
    closed: String,
    words: String,
    files: Vec<(String, String)>,
    may_mend: bool,
    may_close: bool,
    version: i64,
    file_field: String,
    words_field: String,
}

#[derive(Template)]
#[template(path = "inspections/show.html")]
pub struct ShowPage {
    frame: Frame,
    form: Form,
    id: InspectionId,
    clause: String,
    clause_text: String,
    unit: String,
    inspectors: String,
    planned: String,
    state: StateKind,
    settled: String,
    words: String,
    lines: Vec<Line>,
    whole: bool,
    may_inspect: bool,
    units: Vec<Choice>,
    people: Vec<Choice>,
    version: i64,
}

/// The page, with a form as it was sent.
pub async fn show_page(here: &Here, id: InspectionId, form: Form) -> Result<ShowPage, Refusal> {
    let (ctx, l, today) = (here.ctx(), here.visit.lang, here.visit.today);
    let found = queries::detail(&ctx, id).await.map_err(refusal)?;
    let one = &found.inspection;
    let (settled, words) = match &one.state {
        State::Planned => (String::new(), String::new()),
        State::Held(act) | State::Cancelled(act) => {
            (format!("{}, {}", short_date(act.on), act.name), act.words.clone())
        }
    };
    let (units, people) = if found.may_inspect && one.state.kind() == StateKind::Held {
        queries::choices(&ctx).await.map_err(refusal)?
    } else {
        (Vec::new(), Vec::new())
    };
    let clause_text = here.house.plan.clause(&one.clause).map(|clause| clause.text.clone()).unwrap_or_default();
    let line = |line: &queries::FindingLine| {
        let finding = &line.finding;
        let overdue = finding.days_overdue(today).map(|days| format!("{} {days} {}", l.t("quá hạn"), l.t("ngày")));
        let closed = finding.closed.as_ref().map(|(_, act)| act);
        let own = finding.person.is_some() && finding.person == ctx.actor.person;
        Line {
            id: finding.id,
            what: finding.what.clone(),
            owner: [line.unit_name.as_str(), line.person.as_str()]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(", "),
            due: short_date(finding.due_on),
            overdue: overdue.unwrap_or_default(),
            closed: closed.map(|act| format!("{}, {}", short_date(act.on), act.name)).unwrap_or_default(),
            words: closed.map(|act| act.words.clone()).unwrap_or_default(),
            files: line
                .files
                .iter()
                .map(|file| (format!("/noi-bo/ket-luan/{}/tep/{}", finding.id, file.id), file.name.clone()))
                .collect(),
            may_mend: line.may_mend,
            may_close: found.may_inspect && closed.is_none() && !line.files.is_empty() && !own,
            version: finding.version,
            file_field: format!("tep-{}", finding.id),
            words_field: format!("ket-qua-{}", finding.id),
        }
    };
    Ok(ShowPage {
        frame: here.frame(&one.subject, Place::Inspections).faulty(!form.is_good()),
        form,
        id,
        clause: one.clause.clone(),
        clause_text,
        unit: found.unit_name.clone(),
        inspectors: found.inspectors.join(", "),
        planned: short_date(one.planned_on),
        state: one.state.kind(),
        settled,
        words,
        lines: found.findings.iter().map(line).collect(),
        whole: found.whole,
        may_inspect: found.may_inspect,
        units: units.iter().map(|unit| Choice::new(unit.id, &unit.name)).collect(),
        people: people
            .into_iter()
            .map(|(person, name, unit)| Choice::new(person, format!("{} – {name}", unit.name)))
            .collect(),
        version: one.version,
    })
}

pub async fn show(here: Here, Path(id): Path<InspectionId>) -> Answer {
    Ok(page(&show_page(&here, id, Form::empty()).await?))
}
