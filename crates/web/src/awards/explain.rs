//! The rule book's answer in finished words: each condition with what was found, needed and cited.

use rules::{AwardCode, AwardResult, ConditionResult, Finding, GuardVerdict, RuleBook, Verdict};

use super::evidence::{Behind, RecordLine};
use crate::page::sentence;

/// A line of the explanation.
#[derive(Debug, Clone)]
pub struct Line {
    /// ok, warn or bad.
    pub tone: &'static str,
    /// Đạt, chưa đạt, chưa xác định.
    pub word: &'static str,
    /// The condition.
    pub text: String,
    /// Found and needed; may be empty.
    pub found: String,
    /// What is missing; may be empty.
    pub missing: String,
    /// The records that were read for it; empty where its parts name theirs.
    pub records: Vec<RecordLine>,
    /// The clause; may be empty.
    pub citation: String,
    /// The rule with a page of its own; may be empty.
    pub rule: String,
    /// The words by which a person may settle it; empty when nobody needs to.
    pub settle: String,
}

/// A standard with its conditions.
#[derive(Debug, Clone)]
pub struct Standard {
    /// ok, warn or bad.
    pub tone: &'static str,
    /// Đạt, chưa đạt, chưa xác định.
    pub word: &'static str,
    /// The clause.
    pub citation: String,
    /// The rule.
    pub rule: String,
    /// How sure the text is, when it is not read in full.
    pub unsure: &'static str,
    /// Its conditions.
    pub lines: Vec<Line>,
}

/// The whole explanation of one award.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// ok, warn or bad.
    pub tone: &'static str,
    /// Đủ điều kiện, không đủ điều kiện, chưa xác định.
    pub word: &'static str,
    /// What it would be if all waiting rules were confirmed; empty when it is the same.
    pub if_confirmed: String,
    /// Why a person must act first; may be empty.
    pub review: String,
    /// Who confirmed the rules; may be empty.
    pub confirmed_by: String,
    /// What stands or may stand in the way.
    pub guards: Vec<Line>,
    /// The standards, of which one is enough.
    pub standards: Vec<Standard>,
    /// The money, in words; may be empty.
    pub bonus: String,
    /// How the council votes; may be empty.
    pub ballot: String,
    /// Which rules of the vote, the papers and the money have lapsed, each a sentence.
    pub lapsed: Vec<String>,
    /// Who decides.
    pub decided_by: String,
    /// Who submits.
    pub submitted_by: String,
}

/// The tone of a verdict.
pub fn verdict_tone(verdict: Option<Verdict>) -> &'static str {
    match verdict {
        Some(Verdict::Eligible) => "ok",
        Some(Verdict::NotEligible) => "bad",
        Some(Verdict::Undetermined) => "warn",
        None => "neutral",
    }
}

fn finding_tone(finding: Finding) -> &'static str {
    match finding {
        Finding::Met => "ok",
        Finding::NotMet => "bad",
        Finding::Unknown => "warn",
    }
}

/// Explains an answer without the facts it was read from.
pub fn explain(rules: &RuleBook, answer: &AwardResult) -> Explanation {
    explain_from(rules, answer, &Behind::default())
}

/// Explains an answer with the records behind each verdict.
pub fn explain_from(rules: &RuleBook, answer: &AwardResult, behind: &Behind<'_>) -> Explanation {
    let same = answer.verdict == answer.verdict_if_confirmed;
    Explanation {
        tone: verdict_tone(Some(answer.verdict)),
        word: answer.verdict.name_vi(),
        if_confirmed: if same { String::new() } else { answer.verdict_if_confirmed.name_vi().to_owned() },
        review: answer.review.reason.clone().unwrap_or_default(),
        confirmed_by: answer.review.confirmed_by.clone().unwrap_or_default(),
        guards: answer.guards.iter().map(|one| guard(rules, one, behind)).collect(),
        standards: answer.standards.iter().map(|one| standard(rules, one, behind)).collect(),
        bonus: answer.bonus.as_ref().map(bonus).unwrap_or_default(),
        ballot: answer.ballot.as_ref().map(ballot).unwrap_or_default(),
        lapsed: answer.lapsed.iter().map(sentence).collect(),
        decided_by: answer.decided_by.clone(),
        submitted_by: answer.submitted_by.clone(),
    }
}

impl Explanation {
    /// The statements that settle what is unknown, each once, with its condition.
    pub fn statements(&self) -> Vec<(String, String)> {
        let mut statements: Vec<(String, String)> = Vec::new();
        for line in self.standards.iter().flat_map(|standard| &standard.lines) {
            if !line.settle.is_empty() && statements.iter().all(|(settle, _)| *settle != line.settle) {
                statements.push((line.settle.clone(), line.text.clone()));
            }
        }
        statements
    }
}

fn guard(rules: &RuleBook, guard: &rules::GuardResult, behind: &Behind<'_>) -> Line {
    let tone = match guard.verdict {
        GuardVerdict::Clear => "ok",
        GuardVerdict::Blocked => "bad",
        GuardVerdict::Unknown => "warn",
    };
    let text = match guard.id.as_str() {
        "recipient" => "Đúng đối tượng của hình thức",
        "plan" => "Kế hoạch cho phép ở dịp này",
        "hold" => "Không trong thời gian tạm dừng xét",
        "discipline" => "Thành tích tính ngoài thời gian kỷ luật",
        "same_achievement" => "Một thành tích chỉ khen một lần",
        "unit_result" => "Kết quả của đơn vị do người này lãnh đạo",
        "thematic_basis" => "Không lấy khen chuyên đề, đột xuất làm căn cứ khen công trạng",
        other => other,
    };
    // What was searched in vain is told in a sentence; entries are named.
    let read = if guard.records.is_empty() { &guard.searched } else { &guard.records };
    let entries: Vec<String> = read.iter().filter(|fact| fact.contains('[')).cloned().collect();
    Line {
        tone,
        word: guard.verdict.name_vi(),
        text: text.to_owned(),
        found: if guard.reason.is_some() { String::new() } else { searched(&guard.searched) },
        missing: guard.reason.as_deref().map(|reason| named(rules, &without_key(reason))).unwrap_or_default(),
        records: if behind.facts.is_some() { behind.lines(rules, &entries) } else { Vec::new() },
        citation: guard.citation.clone(),
        rule: if matches!(guard.id.as_str(), "recipient" | "plan") { String::new() } else { guard.id.clone() },
        settle: String::new(),
    }
}

fn standard(rules: &RuleBook, standard: &rules::StandardResult, behind: &Behind<'_>) -> Standard {
    let mut lines = Vec::new();
    for condition in &standard.conditions {
        flatten(condition, (&standard.id, &standard.citation), &|read| behind.lines(rules, read), &mut lines);
    }
    Standard {
        tone: finding_tone(standard.verdict),
        word: standard.verdict.name_vi(),
        citation: standard.citation.clone(),
        rule: standard.id.clone(),
        unsure: match standard.confidence {
            rules::Confidence::Text => "",
            other => other.name_vi(),
        },
        lines,
    }
}

/// A line of a condition and one of each of its parts, under the rule that asks for them.
fn flatten(
    condition: &ConditionResult,
    (rule, citation): (&str, &str),
    read: &dyn Fn(&[String]) -> Vec<RecordLine>,
    lines: &mut Vec<Line>,
) {
    let found = match (&condition.found, &condition.needed) {
        (Some(found), Some(needed)) => format!("hồ sơ ghi: {found}; cần: {needed}"),
        (Some(found), None) => format!("hồ sơ ghi: {found}"),
        (None, Some(needed)) => format!("cần: {needed}"),
        (None, None) => String::new(),
    };
    let settle = if condition.takes_statement() { statement(condition) } else { String::new() };
    lines.push(Line {
        tone: finding_tone(condition.verdict),
        word: condition.verdict.name_vi(),
        text: condition.text_vi.clone(),
        found,
        missing: condition.missing.as_deref().map(without_key).unwrap_or_default(),
        records: if condition.of.is_empty() { read(&condition.records) } else { Vec::new() },
        citation: citation.to_owned(),
        rule: rule.to_owned(),
        settle,
    });
    let ground = other_standard(condition).unwrap_or((rule, citation));
    for inner in &condition.of {
        flatten(inner, ground, read, lines);
    }
}

/// The rule and the clause of the other title's standard that the parts of a condition belong to.
fn other_standard(condition: &ConditionResult) -> Option<(&str, &str)> {
    let found = condition.found.as_deref().filter(|_| condition.kind == "meets_award_standard")?;
    let (rule, citation) = found.split_once(" (")?;
    Some((rule, citation.strip_suffix(')')?))
}

/// What was read, in a sentence: so many entries of a register, or a register that is complete and holds nothing.
pub fn searched(read: &[String]) -> String {
    let Some(first) = read.first() else { return "không phải tra sổ nào".to_owned() };
    let (key, numbered) = first.split_once('[').map_or((first.as_str(), false), |(key, _)| (key, true));
    let place = place(key);
    let register = matches!(key, "holds" | "discipline" | "awards" | "achievements" | "nominated_for" | "ratings");
    match (numbered, register) {
        (true, _) => format!("đã xem {} bản ghi: {place}", read.len()),
        (false, true) => format!("đã tra {place}: không có bản ghi nào"),
        (false, false) => format!("đã tra {place}"),
    }
}

/// Where a fact is read, in words.
pub(super) fn place(key: &str) -> &'static str {
    match key {
        "holds" => "sổ tạm dừng xét khen thưởng",
        "discipline" => "sổ kỷ luật",
        "awards" => "sổ khen thưởng đã nhận",
        "achievements" => "sổ thành tích",
        "nominated_for" => "thành tích nêu trong hồ sơ đề nghị",
        "ratings" => "sổ kết quả xếp loại hằng năm",
        "unit_ratings" => "sổ kết quả xếp loại của đơn vị",
        "initiatives" => "sổ sáng kiến",
        "science_works" => "sổ đề tài khoa học",
        "criteria" => "bảng chấm điểm tiêu chí",
        "attestations" => "các xác nhận đã ký",
        "good_standing" | "internal_unity" => "xác nhận đã ký kèm hồ sơ đề nghị",
        "movement.stage" => "kế hoạch và dịp xét",
        other if other.starts_with("movement") => "kết quả phong trào thi đua",
        other if other.starts_with("members") => "hồ sơ gốc của các thành viên",
        _ => "dữ kiện của hồ sơ",
    }
}

/// A reason in which what an achievement was rewarded with has its name: `(bk_tinh/2026` is how facts write it.
fn named(rules: &RuleBook, reason: &str) -> String {
    let mut words = reason.to_owned();
    for award in AwardCode::ALL {
        for before in ["(", ", "] {
            let name = &rules.award(award).name_vi;
            words = words.replace(&format!("{before}{}/", award.code()), &format!("{before}{name} năm "));
        }
    }
    words
}

/// A reason without the key of the facts, which only those who write facts by hand need to know.
pub fn without_key(reason: &str) -> String {
    const KEY: &str = ": hồ sơ chưa có mục ";
    let parts = reason.split("; ").map(|part| part.split_once(KEY).map_or(part, |(what, _)| what));
    parts.collect::<Vec<_>>().join("; ")
}

/// The words that a person signs to settle a condition.
fn statement(condition: &ConditionResult) -> String {
    use office::awards::eligibility::{GOOD_STANDING, INTERNAL_UNITY};
    match condition.kind.as_str() {
        "good_standing" => GOOD_STANDING.to_owned(),
        "internal_unity" => INTERNAL_UNITY.to_owned(),
        _ => condition.text_vi.clone(),
    }
}

fn bonus(bonus: &rules::Bonus) -> String {
    let amount = i64::try_from(bonus.amount).unwrap_or(i64::MAX);
    let multiple = bonus.multiple.to_string().replace('.', ",");
    format!("{} ({multiple} × lương cơ sở; {})", kernel::numbers::Dong(amount), bonus.citation)
}

fn ballot(ballot: &rules::Ballot) -> String {
    match ballot.share_bp {
        Some(share) if ballot.needed => {
            format!("bỏ phiếu, từ {} trở lên; {}", kernel::numbers::percent(i64::from(share)), ballot.citation)
        }
        _ => format!("biểu quyết theo đa số; {}", ballot.citation),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn condition(kind: &str, verdict: Finding, of: Vec<ConditionResult>) -> ConditionResult {
        ConditionResult {
            kind: kind.to_owned(),
            verdict,
            text_vi: format!("Điều kiện {kind}"),
            found: (kind == "meets_award_standard").then(|| "cstdcs.a (Điều 23 khoản 1)".to_owned()),
            needed: None,
            records: vec!["ratings[0]".to_owned()],
            missing: None,
            of,
        }
    }

    fn lines(condition: &ConditionResult) -> Vec<Line> {
        let read = |facts: &[String]| {
            facts.iter().map(|fact| RecordLine { words: fact.clone(), url: String::new() }).collect()
        };
        let mut lines = Vec::new();
        flatten(condition, ("cstdt.a", "Điều 22 khoản 1"), &read, &mut lines);
        lines
    }

    #[test]
    fn a_statement_is_asked_for_by_every_unknown_condition_that_the_engine_lets_one_settle() {
        let settles = |kind: &str, verdict| !lines(&condition(kind, verdict, Vec::new()))[0].settle.is_empty();
        for kind in ["attest", "good_standing", "contribution", "impact", "leads_cluster", "compliance", "science_work"]
        {
            assert!(settles(kind, Finding::Unknown), "{kind}");
            assert!(!settles(kind, Finding::Met) && !settles(kind, Finding::NotMet), "{kind}");
        }
        for kind in ["needs_text", "any_of", "all_of", "meets_award_standard"] {
            assert!(!settles(kind, Finding::Unknown), "{kind}");
        }
    }

    #[test]
    fn each_condition_names_its_records_and_the_clause_it_stands_in() {
        let inner = condition("task_rating", Finding::Met, Vec::new());
        let lines = lines(&condition("meets_award_standard", Finding::Met, vec![inner]));
        let told: Vec<_> = lines.iter().map(|line| (line.rule.as_str(), line.citation.as_str())).collect();
        assert_eq!(told, [("cstdt.a", "Điều 22 khoản 1"), ("cstdcs.a", "Điều 23 khoản 1")]);
        assert!(lines[0].records.is_empty(), "its parts name theirs");
        assert_eq!(lines[1].records.len(), 1);
    }
}
