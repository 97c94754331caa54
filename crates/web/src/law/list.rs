//! The list of rules: grouped, searched, with how each stands on a chosen day.

use askama::Template;
use axum::extract::Query;
use kernel::numbers::{long_date, short_date};
use kernel::text::search_key;
use office::awards::adoptions;
use rules::{AwardCode, RecipientKind, RuleState, RuleText};
use serde::Deserialize;

use super::words;
use crate::awards::refusal;
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, mend, show as page};

/// What the list is narrowed to, as the address says it.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    ngay: String,
    tim: String,
    xep: String,
    loai: String,
    trang_thai: String,
}

/// How the list may be grouped.
const GROUPINGS: [(&str, &str); 3] =
    [("hinh-thuc", "Hình thức khen thưởng"), ("doi-tuong", "Đối tượng"), ("loai", "Loại quy tắc")];

/// How rules may stand.
const STATES: [(&str, &str); 3] =
    [("can-xem-lai", "Cần xem lại"), ("chua-du", "Chưa đủ căn cứ"), ("dang-dung", "Đang dùng")];

struct Row {
    id: String,
    title: String,
    subject: &'static str,
    citation: String,
    days: String,
    tone: &'static str,
    state: &'static str,
    failing: usize,
}

struct Group {
    name: String,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "law/list.html")]
struct ListPage {
    frame: Frame,
    form: Form,
    groupings: Vec<Choice>,
    subjects: Vec<Choice>,
    states: Vec<Choice>,
    groups: Vec<Group>,
    counted: usize,
    cases: usize,
    failures: usize,
    day: String,
    day_iso: String,
}

fn keeps(typed: &Typed, rule: &RuleText, state: RuleState, haystack: &str) -> bool {
    let stands = match typed.trang_thai.as_str() {
        "can-xem-lai" => state.needs_another_look(),
        "chua-du" => !state.is_relied_on() && !state.needs_another_look(),
        "dang-dung" => state.is_relied_on(),
        _ => true,
    };
    let sought = search_key(&typed.tim);
    let fits = sought.split_whitespace().all(|word| haystack.contains(word));
    stands && fits && (typed.loai.is_empty() || typed.loai == rule.subject)
}

/// The groups that a rule stands in.
fn groups_of(grouping: &str, rule: &RuleText, here: &Here) -> Vec<(usize, String)> {
    let everybody = |word: &str| vec![(usize::MAX, word.to_owned())];
    match grouping {
        "doi-tuong" if rule.recipients.is_empty() => everybody("Mọi đối tượng"),
        "doi-tuong" => {
            let place =
                |kind: &RecipientKind| RecipientKind::ALL.iter().position(|one| one == kind).unwrap_or_default();
            rule.recipients.iter().map(|kind| (place(kind), kind.name_vi().to_owned())).collect()
        }
        "loai" => {
            let place = words::SUBJECTS.iter().position(|(code, _)| *code == rule.subject).unwrap_or_default();
            vec![(place, words::subject(rule.subject).to_owned())]
        }
        _ if rule.awards.is_empty() => everybody("Mọi hình thức"),
        _ => {
            let place = |code: &AwardCode| AwardCode::ALL.iter().position(|one| one == code).unwrap_or_default();
            rule.awards.iter().map(|code| (place(code), here.house.rules.award(*code).name_vi.clone())).collect()
        }
    }
}

pub async fn list(here: Here, Query(typed): Query<Typed>) -> Answer {
    let standing = adoptions::read(&here.ctx()).await.map_err(refusal)?;
    let xep = if typed.xep.is_empty() { GROUPINGS[0].0 } else { &typed.xep };
    let mut form = Form::filled([
        ("ngay", if typed.ngay.is_empty() { short_date(here.visit.today) } else { typed.ngay.clone() }),
        ("tim", typed.tim.clone()),
        ("xep", xep.to_owned()),
        ("loai", typed.loai.clone()),
        ("trang_thai", typed.trang_thai.clone()),
    ]);
    let on = form.day_or("ngay", here.visit.today);
    let book = &here.house.rules;
    let report = book.case_report();
    let mut groups: std::collections::BTreeMap<(usize, String), Vec<Row>> = std::collections::BTreeMap::new();
    let mut counted = 0;
    for rule in book.texts() {
        let Some(version) = rule.nearest(on) else { continue };
        let state = rule.state(on, &standing.adopted, &standing.confirmed);
        let awards = rule.awards.iter().map(|code| book.award(*code).name_vi.as_str());
        let clauses = version.clauses.iter().map(|clause| clause.text.as_str());
        let told = [rule.id.as_str(), rule.title_vi.as_str(), version.basis.citation.as_str()];
        let haystack = search_key(&told.into_iter().chain(awards).chain(clauses).collect::<Vec<_>>().join(" "));
        if !keeps(&typed, rule, state, &haystack) {
            continue;
        }
        counted += 1;
        for group in groups_of(xep, rule, &here) {
            groups.entry(group).or_default().push(Row {
                id: rule.id.clone(),
                title: rule.title_vi.clone(),
                subject: words::subject(rule.subject),
                citation: version.basis.citation.clone(),
                days: words::days_of(&version.basis),
                tone: words::tone(state),
                state: state.name_vi(),
                failing: report.failures.iter().filter(|failure| failure.rule == rule.id).count(),
            });
        }
    }
    let choices = |all: &[(&str, &str)]| {
        all.iter().map(|(code, words)| Choice::new(code, here.visit.lang.t(words))).collect::<Vec<_>>()
    };
    let shown = ListPage {
        frame: here.frame(here.visit.lang.t("Luật: bộ quy tắc"), Place::Law).faulty(!form.is_good()),
        groupings: choices(&GROUPINGS),
        subjects: choices(&words::SUBJECTS),
        states: choices(&STATES),
        groups: groups.into_iter().map(|((_, name), rows)| Group { name, rows }).collect(),
        counted,
        cases: report.cases,
        failures: report.failures.len(),
        day: long_date(on),
        day_iso: on.to_string(),
        form,
    };
    Ok(if shown.form.is_good() { page(&shown) } else { mend(&shown) })
}
