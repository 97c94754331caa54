//! What changed in the law between two days, rule by rule.

use askama::Template;
use axum::extract::Query;
use kernel::Date;
use kernel::numbers::short_date;
use rules::{Difference, RuleChange};
use serde::Deserialize;

use super::words;
use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, Frame, Place, mend, show as page};

/// Two days, as the address says them.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    tu: String,
    den: String,
}

/// A change on the page.
pub struct Shown {
    /// The rule.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// What kind of rule it is.
    pub subject: &'static str,
    /// The version on the first day; empty when there was none.
    pub before: String,
    /// The version on the second day; empty when there is none.
    pub after: String,
    /// What differs.
    pub lines: Vec<Line>,
}

/// A difference on the page.
pub struct Line {
    /// Sửa, thêm, bỏ.
    pub verb: &'static str,
    /// What it is about.
    pub about: &'static str,
    /// What stood; may be empty.
    pub before: String,
    /// What stands; may be empty.
    pub after: String,
    /// The parameters that changed, as `count: 2 → 3`.
    pub values: String,
}

impl Shown {
    /// A change in words.
    pub fn new(change: &RuleChange) -> Self {
        let version =
            |one: &Option<rules::VersionText>| one.as_ref().map(|one| words::days_of(&one.basis)).unwrap_or_default();
        Self {
            id: change.id.clone(),
            title: change.title_vi.clone(),
            subject: words::subject(change.subject),
            before: version(&change.before),
            after: version(&change.after),
            lines: change.differences.iter().map(line).collect(),
        }
    }
}

fn line(difference: &Difference) -> Line {
    let shown = |text: &str| if text.is_empty() { "–".to_owned() } else { text.to_owned() };
    let value =
        |one: &rules::changes::ValueChange| format!("{}: {} → {}", one.name, shown(&one.before), shown(&one.after));
    Line {
        verb: match (&difference.before, &difference.after) {
            (Some(_), None) => "bỏ",
            (None, Some(_)) => "thêm",
            _ => "sửa",
        },
        about: match difference.about {
            "citation" => "Căn cứ",
            "confidence" => "Độ tin cậy",
            "status" => "Trạng thái",
            "review" => "Phải xác nhận lại",
            _ => "Nội dung",
        },
        before: difference.before.clone().unwrap_or_default(),
        after: difference.after.clone().unwrap_or_default(),
        values: difference.values.iter().map(value).collect::<Vec<_>>().join("; "),
    }
}

/// The two days of a form with `tu` and `den`; none while one is missing or the form has a fault.
pub fn two_days(form: &mut Form) -> Option<(Date, Date)> {
    let (from, until) = (form.day("tu"), form.day("den"));
    if !form.is_good() {
        return None;
    }
    match (from, until) {
        (Some(from), Some(until)) if from <= until => Some((from, until)),
        (Some(_), Some(_)) => {
            form.refuse("den", "Ngày sau phải từ ngày đầu trở đi");
            None
        }
        (Some(_), None) => {
            form.refuse("den", "Ghi cả ngày sau");
            None
        }
        (None, Some(_)) => {
            form.refuse("tu", "Ghi cả ngày đầu");
            None
        }
        (None, None) => None,
    }
}

/// A form with two days, as the address says them.
pub fn form(tu: &str, den: &str) -> Form {
    Form::filled([("tu", tu.to_owned()), ("den", den.to_owned())])
}

#[derive(Template)]
#[template(path = "law/changes.html")]
struct ChangesPage {
    frame: Frame,
    form: Form,
    asked: Option<String>,
    changes: Vec<Shown>,
}

pub async fn show(here: Here, Query(typed): Query<Typed>) -> Answer {
    let today = here.visit.today;
    let nothing_typed = typed.tu.is_empty() && typed.den.is_empty();
    let year_ago = Date::new(today.year() - 1, today.month(), 1).unwrap_or(today);
    let mut form =
        if nothing_typed { form(&short_date(year_ago), &short_date(today)) } else { form(&typed.tu, &typed.den) };
    let days = two_days(&mut form);
    let changes = days.map(|(from, until)| here.house.rules.changes(from, until)).unwrap_or_default();
    let shown = ChangesPage {
        frame: here.frame(here.visit.lang.t("Luật thay đổi giữa hai ngày"), Place::Law).faulty(!form.is_good()),
        asked: days.map(|(from, until)| format!("{} → {}", short_date(from), short_date(until))),
        changes: changes.iter().map(Shown::new).collect(),
        form,
    };
    Ok(if shown.form.is_good() { page(&shown) } else { mend(&shown) })
}
