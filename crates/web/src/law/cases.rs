//! A rule's own cases as they come out now, in words.

use kernel::numbers::{Dong, short_date};
use rules::{CaseRun, Facts, RuleBook};

/// A case on the page.
pub struct Shown {
    /// Its number among the rule's cases.
    pub number: usize,
    /// What it is about.
    pub name: String,
    /// The day whose law is applied.
    pub on: String,
    /// The same as an address says it.
    pub on_iso: String,
    /// What is known, as (what, value).
    pub facts: Vec<(&'static str, String)>,
    /// What it expects.
    pub expected: String,
    /// What came out.
    pub found: String,
    /// Whether both are the same.
    pub passed: bool,
    /// Whether own facts can begin from it.
    pub has_facts: bool,
    /// The line in its file.
    pub line: usize,
}

impl Shown {
    /// A case in words.
    pub fn new(at: usize, run: &CaseRun, subject: &str, book: &RuleBook) -> Self {
        let award = |code| book.award(code).name_vi.clone();
        let mut facts = run.facts.as_ref().map(|facts| facts.summary(award)).unwrap_or_default();
        let mut say = |what, value: Option<String>| facts.extend(value.map(|value| (what, value)));
        say("Hình thức", run.award.map(award));
        say("Đối tượng", run.recipient.map(|kind| kind.name_vi().to_owned()));
        let second = if subject == "quorum" { "có mặt" } else { "đồng ý" };
        say("Hội đồng", run.votes.map(|(members, yes)| format!("{members} thành viên, {yes} {second}")));
        say("Mẫu được thông qua từ", run.adopted.map(short_date));
        say("Được xác nhận ngày", run.confirmed.map(short_date));
        Self {
            number: at + 1,
            name: run.name.clone(),
            on: short_date(run.on),
            on_iso: run.on.to_string(),
            facts,
            expected: outcome(subject, &run.expected),
            found: outcome(subject, &run.found),
            passed: run.passed(),
            has_facts: run.facts.is_some(),
            line: run.line,
        }
    }
}

/// The facts of a case as a person may go on writing them.
pub fn as_json(facts: &Facts) -> String {
    serde_json::to_string_pretty(facts).unwrap_or_default()
}

/// What comes out of a case, in words; what has no word stays as the file writes it.
fn outcome(subject: &str, code: &str) -> String {
    if let Some(inner) = code.strip_suffix(", waits") {
        return format!("{}, chờ xác nhận", outcome(subject, inner));
    }
    let words = match code {
        "met" => "đạt",
        "not_met" => "chưa đạt",
        "unknown" => "chưa xác định",
        "not_for" => "không dành cho đối tượng này",
        "not_covered" => "ngày này không có phiên bản",
        "clear" => "không vướng",
        "clear with records" => "không vướng, có nêu hồ sơ",
        "blocked" => "bị chặn",
        "not_concerned" => "không liên quan",
        "carried" => "thông qua",
        "not_carried" => "không thông qua",
        "no_ballot" => "không phải bỏ phiếu",
        "none" => "không họp được",
        "meeting" => "họp được, chưa xét khen thưởng được",
        "awards" => "xét khen thưởng được",
        "in words" => "bằng lời",
        other => {
            if let Some(days) = other.strip_suffix(" working days") {
                return format!("{days} ngày làm việc");
            }
            if let (Ok(day), "deadline") = (other.parse(), subject) {
                return short_date(day);
            }
            let money = matches!(subject, "bonus" | "bonus_principles" | "base_salary");
            return match other.parse::<i64>() {
                Ok(amount) if money => Dong(amount).to_string(),
                _ => other.to_owned(),
            };
        }
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use super::outcome;

    #[test]
    fn what_comes_out_is_said_in_words_and_never_lost() {
        let said = [
            ("standard", "unknown, waits", "chưa xác định, chờ xác nhận"),
            ("guard", "clear with records", "không vướng, có nêu hồ sơ"),
            ("deadline", "20 working days", "20 ngày làm việc"),
            ("deadline", "2027-03-01", "01/03/2027"),
            ("dossier", "to_trinh bao_cao", "to_trinh bao_cao"),
        ];
        for (subject, code, words) in said {
            assert_eq!(outcome(subject, code), words, "{subject} {code}");
        }
    }
}
