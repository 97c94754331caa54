//! One rule: what it says, its versions in time, its cases run now, and own facts tried on it.

use askama::Template;
use axum::extract::{Path, Query};
use kernel::Date;
use kernel::numbers::{long_date, short_date};
use office::awards::adoptions::{self, Confirmed, Standing};
use rules::{AwardCode, CaseRun, Facts, Question, RuleText};
use serde::Deserialize;

use super::cases::{self, as_json};
use super::changes::{self, two_days};
use super::timeline::Timeline;
use super::words;
use crate::awards::explain::{Explanation, explain};
use crate::awards::refusal;
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, show as page};

/// The longest facts that are read.
const LONGEST: usize = 50_000;

/// What is looked at, as the address says it.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    ngay: String,
    tu: String,
    den: String,
    #[serde(rename = "truong-hop")]
    case: Option<usize>,
}

struct VersionRow {
    number: usize,
    days: String,
    citation: String,
    confidence: &'static str,
    status: &'static str,
    review: String,
    shown: bool,
}

struct Detail {
    days: String,
    in_force: bool,
    citation: String,
    act: String,
    act_days: String,
    confidence: &'static str,
    status: &'static str,
    review: String,
    source: String,
    note: String,
    clauses: Vec<String>,
}

/// A confirmation with the articles that were pasted.
struct ConfirmedRow {
    tone: &'static str,
    word: &'static str,
    said: String,
    version: String,
    withdrawn: String,
    lines: Vec<String>,
    digest: String,
}

struct Tried {
    award: String,
    day: String,
    explanation: Explanation,
}

#[derive(Template)]
#[template(path = "law/rule.html")]
struct RulePage {
    frame: Frame,
    id: String,
    file: String,
    case_file: String,
    day: String,
    day_iso: String,
    /// The day and the two days of a comparison.
    look: Form,
    /// Own facts.
    own: Form,
    subject: &'static str,
    awards: Vec<String>,
    recipients: Vec<&'static str>,
    tone: &'static str,
    state: &'static str,
    detail: Option<Detail>,
    timeline: Option<Timeline>,
    versions: Vec<VersionRow>,
    cases: Vec<cases::Shown>,
    failing: usize,
    /// What the Office adopted: the document, by whom and when.
    adopted: Vec<String>,
    confirmed: Vec<ConfirmedRow>,
    templates: Vec<String>,
    asked: Option<String>,
    change: Option<changes::Shown>,
    may_try: bool,
    choices: Vec<Choice>,
    tried: Option<Tried>,
}

/// What the page is made from.
struct Reading {
    rule: RuleText,
    runs: Vec<CaseRun>,
    standing: Standing,
    confirmed: Vec<Confirmed>,
}

impl Reading {
    async fn of(here: &Here, id: &str) -> Result<Self, Refusal> {
        let standing = adoptions::read(&here.ctx()).await.map_err(refusal)?;
        let book = &here.house.rules;
        let rule = book.text(id).ok_or_else(Refusal::not_found)?;
        let confirmed = adoptions::confirmed_of(&here.ctx(), id).await.map_err(refusal)?;
        Ok(Self { rule, runs: book.cases_of(id), standing, confirmed })
    }

    /// Whether facts can be weighed against it.
    fn weighs_facts(&self) -> bool {
        matches!(self.rule.subject, "standard" | "guidance" | "guard")
    }

    /// The awards that own facts may be tried for.
    fn tried_awards(&self) -> Vec<AwardCode> {
        if self.rule.awards.is_empty() { AwardCode::ALL.to_vec() } else { self.rule.awards.clone() }
    }

    /// The form for own facts, filled from a case.
    fn own_facts(&self, case: Option<usize>, on: Date) -> Form {
        let wanted = case.and_then(|number| self.runs.get(number.checked_sub(1)?));
        let run = wanted.or_else(|| self.runs.iter().find(|run| run.facts.is_some()));
        let award = run.and_then(|run| run.award).or_else(|| self.tried_awards().first().copied());
        Form::filled([
            ("ngay-thu", short_date(wanted.map_or(on, |run| run.on))),
            ("hinh-thuc", award.map(|code| code.to_string()).unwrap_or_default()),
            ("du-kien", run.and_then(|run| run.facts.as_ref()).map(as_json).unwrap_or_default()),
        ])
    }

    /// What the Office adopted of the rule.
    fn adopted(&self) -> Vec<String> {
        let templates: Vec<&String> = self.rule.versions.iter().filter_map(|one| one.basis.template.as_ref()).collect();
        let adopted = self.standing.adopted.iter().filter(|one| templates.contains(&&one.template));
        adopted.map(|one| said(&one.document, &one.by, one.on)).collect()
    }

    /// What was confirmed of the rule, withdrawn confirmations too.
    fn confirmed(&self) -> Vec<ConfirmedRow> {
        let row = |one: &Confirmed| ConfirmedRow {
            tone: if one.withdrawn_on.is_none() { "ok" } else { "neutral" },
            word: if one.withdrawn_on.is_none() { "đã xác nhận" } else { "đã thu hồi" },
            said: said(&one.what.document, &one.what.by, one.what.on),
            version: match one.what.version.parse::<Date>() {
                Ok(from) => short_date(from),
                Err(_) => one.what.version.clone(),
            },
            withdrawn: one.withdrawn_on.map(short_date).unwrap_or_default(),
            lines: one.article_text.lines().map(str::to_owned).collect(),
            digest: one.digest.clone(),
        };
        self.confirmed.iter().map(row).collect()
    }
}

fn said(document: &str, by: &str, on: Date) -> String {
    format!("{document} · {by}, {}", short_date(on))
}

fn review(basis: &rules::pack::Basis) -> String {
    let why = basis.review_reason.as_deref().unwrap_or_default();
    basis.review_from.map(|day| format!("từ {}: {why}", short_date(day))).unwrap_or_default()
}

fn detail(here: &Here, rule: &RuleText, on: Date) -> Option<Detail> {
    let version = rule.nearest(on)?;
    let basis = &version.basis;
    let act = here.house.rules.instruments().find(|act| act.id == basis.instrument);
    Some(Detail {
        days: words::days_of(basis),
        in_force: basis.period.contains(on),
        citation: basis.citation.clone(),
        act: act.map(|act| act.title_vi.clone()).unwrap_or_default(),
        act_days: act.map(|act| words::days(act.from, act.until)).unwrap_or_default(),
        confidence: basis.confidence.name_vi(),
        status: basis.status.name_vi(),
        review: review(basis),
        source: basis.source.clone().unwrap_or_default(),
        note: basis.note.clone().unwrap_or_default(),
        clauses: version.clauses.iter().map(|clause| clause.text.clone()).collect(),
    })
}

fn rule_page(here: &Here, reading: &Reading, mut look: Form, own: Form) -> RulePage {
    let book = &here.house.rules;
    let rule = &reading.rule;
    let on = look.day_or("ngay", here.visit.today);
    let compared = two_days(&mut look);
    let state = rule.state(on, &reading.standing.adopted, &reading.standing.confirmed);
    let shown = rule.nearest(on).map(|version| version.basis.period);
    let version = |(at, version): (usize, &rules::VersionText)| VersionRow {
        number: at + 1,
        days: words::days_of(&version.basis),
        citation: version.basis.citation.clone(),
        confidence: version.basis.confidence.name_vi(),
        status: version.basis.status.name_vi(),
        review: review(&version.basis),
        shown: Some(version.basis.period) == shown,
    };
    let run = |(at, run)| cases::Shown::new(at, run, rule.subject, book);
    let name = |code: &AwardCode| book.award(*code).name_vi.clone();
    let mut templates: Vec<String> = rule.versions.iter().filter_map(|one| one.basis.template.clone()).collect();
    templates.dedup();
    RulePage {
        frame: here.frame(&rule.title_vi, Place::Law).faulty(!look.is_good() || !own.is_good()),
        id: rule.id.clone(),
        file: rule.file.clone(),
        case_file: book.case_file(&rule.id).unwrap_or_default().to_owned(),
        day: long_date(on),
        day_iso: on.to_string(),
        subject: words::subject(rule.subject),
        awards: rule.awards.iter().map(name).collect(),
        recipients: rule.recipients.iter().map(|kind| kind.name_vi()).collect(),
        tone: words::tone(state),
        state: state.name_vi(),
        detail: detail(here, rule, on),
        timeline: Timeline::draw(rule, on),
        versions: rule.versions.iter().enumerate().map(version).collect(),
        cases: reading.runs.iter().enumerate().map(run).collect(),
        failing: reading.runs.iter().filter(|run| !run.passed()).count(),
        adopted: reading.adopted(),
        confirmed: reading.confirmed(),
        templates,
        asked: compared.map(|(from, until)| format!("{} → {}", short_date(from), short_date(until))),
        change: compared.and_then(|(from, until)| rule.change(from, until)).map(|change| changes::Shown::new(&change)),
        may_try: reading.weighs_facts(),
        choices: reading.tried_awards().iter().map(|code| Choice::new(code, name(code))).collect(),
        tried: None,
        look,
        own,
    }
}

pub async fn show(here: Here, Path(id): Path<String>, Query(typed): Query<Typed>) -> Answer {
    let reading = Reading::of(&here, &id).await?;
    let today = here.visit.today;
    let mut look = changes::form(&typed.tu, &typed.den);
    look.put("ngay", if typed.ngay.is_empty() { short_date(today) } else { typed.ngay.clone() });
    let on = kernel::numbers::parse_date(&typed.ngay).unwrap_or(today);
    let own = reading.own_facts(typed.case, on);
    let shown = rule_page(&here, &reading, look, own);
    Ok(if shown.look.is_good() { page(&shown) } else { mend(&shown) })
}

/// Weighs own facts on a chosen day, under what the Office has adopted and confirmed. Nothing is written.
pub async fn weigh(here: Here, Path(id): Path<String>, mut own: Form) -> Answer {
    let reading = Reading::of(&here, &id).await?;
    if !reading.weighs_facts() {
        return Err(Refusal::not_found());
    }
    let on = own.required_day("ngay-thu", "Ghi ngày xét");
    let award = own.choice::<AwardCode>("hinh-thuc", "Chọn hình thức");
    if award.is_some_and(|code| !reading.tried_awards().contains(&code)) {
        own.refuse("hinh-thuc", "Chọn hình thức mà quy tắc này nói đến");
    }
    let facts = read_facts(&mut own);
    let mut look = changes::form("", "");
    look.put("ngay", short_date(on.unwrap_or(here.visit.today)));
    let mut shown = rule_page(&here, &reading, look, own);
    let (Some(on), Some(award), Some(facts), true) = (on, award, facts, shown.own.is_good()) else {
        return Ok(mend(&shown));
    };
    let question = Question {
        awards: &[award],
        adopted: &reading.standing.adopted,
        confirmations: &reading.standing.confirmed,
        ..Question::about(&facts, on)
    };
    let book = &here.house.rules;
    if let Some(mut result) = book.evaluate(&question).results.into_iter().next() {
        result.standards.sort_by_key(|standard| standard.id != id);
        result.guards.sort_by_key(|guard| guard.id != id);
        let award = book.award(award).name_vi.clone();
        shown.tried = Some(Tried { award, day: long_date(on), explanation: explain(&here.house.rules, &result) });
    }
    Ok(page(&shown))
}

/// The facts as they were typed; a fault names the line and the column.
fn read_facts(own: &mut Form) -> Option<Facts> {
    let typed = own.value("du-kien").to_owned();
    if typed.trim().is_empty() {
        own.refuse("du-kien", "Ghi dữ kiện dạng JSON, ít nhất có recipient");
        return None;
    }
    if typed.len() > LONGEST {
        own.refuse("du-kien", format!("Rút ngắn còn tối đa {LONGEST} ký tự"));
        return None;
    }
    match Facts::parse(&typed) {
        Ok(facts) => Some(facts),
        Err(fault) => {
            own.refuse("du-kien", crate::page::sentence(&fault));
            None
        }
    }
}
