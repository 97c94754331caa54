//! One initiative: what is written, what looks like it, what was decided, who takes it over, what is public.

use askama::Template;
use axum::extract::Path;
use kernel::numbers::{percent, short_date};
use office::initiatives::content::{Content, Effect};
use office::initiatives::decision::{Reach, TermKind};
use office::initiatives::model::{Decision, InitiativeFile, Judgement, Level, StateKind};
use office::initiatives::queries::{self, Alike, Detail, ReplicationLine};
use office::initiatives::{InitiativeId, likeness, papers as documents};
use rules::facts::Scope;

use super::{refusal, value};
use crate::files::{PDF, hand_out_paper};
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, show as page};
use crate::say::Lang;

/// An author with the share.
pub(super) struct AuthorLine {
    pub name: String,
    pub workplace: String,
    pub share: String,
}

/// A figure of the effect.
pub(super) struct EffectLine {
    pub figure: String,
    pub measure: String,
    pub before: String,
    pub after: String,
    pub change: String,
    pub source: String,
}

pub(super) fn effect_line(one: &Effect) -> EffectLine {
    let change = one.change();
    EffectLine {
        figure: one.figure.clone(),
        measure: one.measure.clone(),
        before: value(one.before),
        after: value(one.after),
        change: change.map_or_else(
            || "chưa xác định".to_owned(),
            |change| format!("{}{}", if change > 0 { "+" } else { "" }, percent(change)),
        ),
        source: one.source.clone(),
    }
}

/// What is written in an edition.
pub(super) struct Written {
    pub problem: Vec<String>,
    pub solution: Vec<String>,
    pub authors: Vec<AuthorLine>,
    pub effects: Vec<EffectLine>,
    pub field: &'static str,
    pub first_applied: String,
    pub claimed: &'static str,
}

fn paragraphs(text: &str) -> Vec<String> {
    text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
}

fn written(content: &Content) -> Written {
    Written {
        problem: paragraphs(&content.problem),
        solution: paragraphs(&content.solution),
        authors: content
            .authors
            .iter()
            .map(|one| AuthorLine {
                name: one.name.clone(),
                workplace: one.workplace.clone(),
                share: percent(one.share),
            })
            .collect(),
        effects: content.effects.iter().map(effect_line).collect(),
        field: content.field.name_vi(),
        first_applied: content.first_applied_on.map(short_date).unwrap_or_default(),
        claimed: content.claimed.name_vi(),
    }
}

struct AlikeLine {
    id: InitiativeId,
    code: String,
    name: String,
    state: Option<StateKind>,
    earlier: bool,
    names: i64,
    texts: i64,
    readable: bool,
    judged: Option<Judgement>,
    said: String,
    words: String,
    /// The field of the reason, one a pair.
    field: String,
}

fn alike_line(one: Alike) -> AlikeLine {
    AlikeLine {
        field: format!("ly-do-{}", one.id),
        judged: one.judged.as_ref().map(|judged| judged.judgement),
        said: one
            .judged
            .as_ref()
            .map(|judged| format!("{}, {}", short_date(judged.act.on), judged.act.name))
            .unwrap_or_default(),
        words: one.judged.map(|judged| judged.act.words).unwrap_or_default(),
        id: one.id,
        code: one.code,
        name: one.name,
        state: one.state,
        earlier: one.earlier,
        names: one.names,
        texts: one.texts,
        readable: one.readable,
    }
}

struct DecisionLine {
    what: &'static str,
    level: &'static str,
    number: String,
    on: String,
    issuer: String,
    council: String,
    scope: &'static str,
    replicable: &'static str,
}

fn decision_line(one: &Decision) -> DecisionLine {
    DecisionLine {
        what: one.kind.name_vi(),
        level: one.level.name_vi(),
        number: one.number.clone(),
        on: short_date(one.decided_on),
        issuer: one.issuer.clone(),
        council: one.council.clone(),
        scope: one.scope.map_or("", Scope::name_vi),
        replicable: match one.replicable {
            Some(true) => "có khả năng nhân rộng",
            Some(false) => "không có khả năng nhân rộng",
            None => "",
        },
    }
}

/// What a unit has taken over.
pub(super) struct AdoptionLine {
    pub unit: String,
    pub started: String,
    pub how: String,
    pub effect: EffectLine,
    pub state: office::initiatives::model::ReplicationState,
    pub answered: String,
    pub answered_words: String,
    pub stopped: String,
    pub stopped_words: String,
    pub files: Vec<(String, String)>,
    pub may_answer: bool,
}

fn adoption_line(initiative: InitiativeId, line: ReplicationLine) -> AdoptionLine {
    let one = line.replication;
    let act = |act: &Option<office::initiatives::model::Act>| {
        act.as_ref().map(|act| (format!("{}, {}", short_date(act.on), act.name), act.words.clone())).unwrap_or_default()
    };
    let ((answered, answered_words), (stopped, stopped_words)) = (act(&one.answered), act(&one.stopped));
    AdoptionLine {
        unit: line.unit_name,
        started: short_date(one.started_on),
        how: one.how,
        effect: effect_line(&one.effect),
        state: one.state,
        answered,
        answered_words,
        stopped,
        stopped_words,
        files: links(initiative, &line.files),
        may_answer: line.may_answer,
    }
}

fn links(id: InitiativeId, files: &[InitiativeFile]) -> Vec<(String, String)> {
    files.iter().map(|file| (format!("/noi-bo/sang-kien/{id}/tep/{}", file.id), file.name.clone())).collect()
}

struct ConsentLine {
    /// The field of the document, one an author.
    field: String,
    position: i64,
    name: String,
    said: String,
    named: bool,
    given: bool,
    own: bool,
    may_change: bool,
}

struct EditionLine {
    number: i64,
    at: String,
    name: String,
    submitted: String,
}

#[derive(Template)]
#[template(path = "initiatives/show.html")]
pub struct ShowPage {
    frame: Frame,
    form: Form,
    id: InitiativeId,
    code: String,
    version: i64,
    state: StateKind,
    settled: String,
    words: String,
    unit: String,
    clause: String,
    clause_text: String,
    submitted: String,
    written: Written,
    reminders: Vec<String>,
    evidence: Vec<(String, String)>,
    alike: Vec<AlikeLine>,
    open_alike: usize,
    decisions: Vec<DecisionLine>,
    documents: Vec<(String, String)>,
    adoptions: Vec<AdoptionLine>,
    adopters: usize,
    reach_tone: &'static str,
    reach_words: String,
    consents: Vec<ConsentLine>,
    all_consent: bool,
    public_words: String,
    is_public: bool,
    model_version: i64,
    editions: Vec<EditionLine>,
    levels: Vec<Choice>,
    scopes: Vec<Choice>,
    replicable: Vec<Choice>,
    units: Vec<Choice>,
    may_write: bool,
    may_review: bool,
    may_publish: bool,
    may_report: bool,
}

/// The page, with a form as it was sent.
pub async fn show_page(here: &Here, id: InitiativeId, mut form: Form) -> Result<ShowPage, Refusal> {
    let (ctx, l) = (here.ctx(), here.visit.lang);
    let found = queries::detail(&ctx, id).await.map_err(refusal)?;
    let alike: Vec<AlikeLine> = likeness::alike(&ctx, id).await.map_err(refusal)?.into_iter().map(alike_line).collect();
    let one = &found.initiative;
    let content = &found.edition.content;
    if form.value("tieu-de").is_empty() && form.fault("tieu-de").is_empty() {
        let model = found.model.as_ref();
        form.put("tieu-de", model.map_or(content.name.clone(), |model| model.title.clone()));
        form.put("van-de", model.map_or(content.problem.clone(), |model| model.problem.clone()));
        form.put("giai-phap", model.map_or(content.solution.clone(), |model| model.solution.clone()));
    }
    let (reach_tone, reach_words) = reach(l, &found);
    let all_consent = found.consents.iter().all(|line| line.consent.is_some());
    let model = found.model.as_ref().filter(|model| model.hidden_on.is_none());
    let is_public = model.is_some() && all_consent;
    let public_words = match (&found.model, is_public) {
        (None, _) => l.t("Chưa công khai.").to_owned(),
        (Some(model), true) => format!("{} {}", l.t("Đang công khai từ"), short_date(model.published_on)),
        (Some(model), false) => match model.hidden_on {
            Some(day) => format!("{} {}", l.t("Đã gỡ ngày"), short_date(day)),
            None => l.t("Đang ẩn: có tác giả chưa đồng ý hoặc đã rút đồng ý.").to_owned(),
        },
    };
    let units = if found.may_report { queries::units(&ctx).await.map_err(refusal)? } else { Vec::new() };
    let (evidence, documents): (Vec<InitiativeFile>, Vec<InitiativeFile>) =
        found.files.iter().cloned().partition(|file| file.purpose == office::initiatives::model::Purpose::Evidence);
    let settled = one.settled.as_ref();
    Ok(ShowPage {
        frame: here.frame(&one.name, Place::Initiatives).faulty(!form.is_good()),
        form,
        id,
        code: one.code.clone(),
        version: one.version,
        state: one.state,
        settled: settled.map(|act| format!("{}, {}", short_date(act.on), act.name)).unwrap_or_default(),
        words: settled.map(|act| act.words.clone()).unwrap_or_default(),
        unit: found.unit_name.clone(),
        clause: one.clause.clone(),
        clause_text: here.house.plan.clause(&one.clause).map(|clause| clause.text.clone()).unwrap_or_default(),
        submitted: one.submitted_on.map(short_date).unwrap_or_default(),
        written: written(content),
        reminders: found.reminders.iter().map(|(kind, one)| reminder(l, *kind, one)).collect(),
        evidence: links(id, &evidence),
        open_alike: alike.iter().filter(|other| other.earlier && other.judged.is_none()).count(),
        alike,
        decisions: found.decisions.iter().map(decision_line).collect(),
        documents: links(id, &documents),
        adoptions: found.replications.into_iter().map(|line| adoption_line(id, line)).collect(),
        adopters: found.adopters,
        reach_tone,
        reach_words,
        consents: found
            .consents
            .iter()
            .map(|line| ConsentLine {
                field: format!("van-ban-{}", line.position),
                position: line.position,
                name: line.author.name.clone(),
                said: line
                    .consent
                    .as_ref()
                    .map(|consent| format!("{} · {}", short_date(consent.given_on), consent.document))
                    .unwrap_or_default(),
                named: line.consent.as_ref().is_some_and(|consent| consent.named),
                given: line.consent.is_some(),
                own: line.own,
                may_change: line.may_change,
            })
            .collect(),
        all_consent,
        public_words,
        is_public,
        model_version: found.model.as_ref().map_or(0, |model| model.version),
        editions: found
            .editions
            .iter()
            .map(|one| EditionLine {
                number: one.number,
                at: short_date(kernel::clock::day_of(one.at)),
                name: one.name.clone(),
                submitted: one.submitted_on.map(short_date).unwrap_or_default(),
            })
            .collect(),
        levels: Level::ALL.iter().map(|one| Choice::new(one.code(), l.t(one.name_vi()))).collect(),
        scopes: Scope::ALL.iter().map(|one| Choice::new(one.code(), l.t(one.name_vi()))).collect(),
        replicable: vec![
            Choice::new("co", l.t("có khả năng nhân rộng")),
            Choice::new("khong", l.t("không có khả năng nhân rộng")),
        ],
        units: units
            .iter()
            .filter(|unit| unit.id != found.initiative.unit)
            .map(|unit| Choice::new(unit.id, &unit.name))
            .collect(),
        may_write: found.may_write,
        may_review: found.may_review,
        may_publish: found.may_publish,
        may_report: found.may_report,
    })
}

/// Whether the adopters bear out the reach, with the number and its ground.
fn reach(l: Lang, found: &Detail) -> (&'static str, String) {
    let claimed = found.claimed.name_vi();
    match found.reach {
        Reach::NotAsked => ("", String::new()),
        Reach::NotKnown => (
            "warn",
            format!(
                "{} “{claimed}”: {}",
                l.t("Nêu phạm vi"),
                l.t("chưa xác định, vì chưa đặt số đơn vị áp dụng tối thiểu")
            ),
        ),
        Reach::BorneOut { adopters, needed } => (
            "ok",
            format!(
                "{} “{claimed}”: {adopters}/{needed} {} ({})",
                l.t("Nêu phạm vi"),
                l.t("đơn vị áp dụng đã xác nhận"),
                found.reach_ground
            ),
        ),
        Reach::Short { adopters, needed } => (
            "bad",
            format!(
                "{} “{claimed}” {} {adopters} {}; {} {needed} ({})",
                l.t("Nêu phạm vi"),
                l.t("nhưng mới có"),
                l.t("đơn vị áp dụng đã xác nhận"),
                l.t("cần ít nhất"),
                found.reach_ground
            ),
        ),
    }
}

fn reminder(l: Lang, kind: TermKind, one: &office::initiatives::decision::Reminder) -> String {
    let what = match kind {
        TermKind::Filing => l.t("Nộp sau thời hạn kể từ ngày áp dụng lần đầu; hạn đến hết"),
        TermKind::Check => l.t("Đã quá thời hạn kiểm tra hồ sơ, đến hết"),
        TermKind::Decide => l.t("Đã quá thời hạn quyết định, đến hết"),
    };
    format!("{what} {} ({}; {})", short_date(one.last), one.term.ground, l.t(one.term.confidence.name_vi()))
}

pub async fn show(here: Here, Path(id): Path<InitiativeId>) -> Answer {
    Ok(page(&show_page(&here, id, Form::empty()).await?))
}

#[derive(Template)]
#[template(path = "initiatives/edition.html")]
struct EditionPage {
    frame: Frame,
    id: InitiativeId,
    said: String,
    submitted: String,
    name: String,
    written: Written,
}

pub async fn edition(here: Here, Path((id, number)): Path<(InitiativeId, i64)>) -> Answer {
    let (one, edition) = queries::edition(&here.ctx(), id, number).await.map_err(refusal)?;
    let title = format!("{} · {} {number}", one.code, here.visit.lang.t("bản"));
    Ok(page(&EditionPage {
        frame: here.frame(&title, Place::Initiatives),
        id,
        said: format!("{}, {}", short_date(kernel::clock::day_of(edition.at)), edition.name),
        submitted: edition.submitted_on.map(short_date).unwrap_or_default(),
        name: edition.content.name.clone(),
        written: written(&edition.content),
    }))
}

pub async fn extract(here: Here, Path(id): Path<InitiativeId>) -> Answer {
    let found = queries::detail(&here.ctx(), id).await.map_err(refusal)?;
    let paper = documents::extract(&here.house, &found);
    let name = format!("{}.pdf", found.initiative.code.to_lowercase());
    let bytes =
        tokio::task::spawn_blocking(move || papers::pdf(&paper)).await.map_err(|error| Refusal::broken(&error))?;
    hand_out_paper(&here, (PDF, &name), id, bytes.map_err(|error| Refusal::broken(&error))?).await
}
