//! Rules in the words of the screen: kinds, days, tones, and what needs somebody's eye.

use kernel::Date;
use kernel::numbers::short_date;
use office::awards::adoptions::Waits;
use rules::pack::Basis;
use rules::{ActState, RuleBook, RuleState};

/// The kinds of rule: their name in data, on the screen.
pub const SUBJECTS: [(&str, &str); 12] = [
    ("standard", "Tiêu chuẩn"),
    ("guidance", "Hướng dẫn thu hẹp"),
    ("guard", "Điều chặn"),
    ("ballot", "Bỏ phiếu"),
    ("quorum", "Điều kiện họp"),
    ("dossier", "Hồ sơ"),
    ("deadline", "Thời hạn"),
    ("consultation", "Lấy ý kiến"),
    ("caps", "Giới hạn của đợt xét"),
    ("bonus", "Tiền thưởng"),
    ("bonus_principles", "Nguyên tắc tính tiền thưởng"),
    ("base_salary", "Lương cơ sở"),
];

/// The kind of a rule on the screen.
pub fn subject(code: &str) -> &'static str {
    SUBJECTS.iter().find(|(known, _)| *known == code).map_or("Quy tắc", |(_, words)| words)
}

/// ok, warn, bad or neutral.
pub fn tone(state: RuleState) -> &'static str {
    match state {
        RuleState::InUse | RuleState::Confirmed | RuleState::Adopted => "ok",
        RuleState::RunOut => "bad",
        RuleState::NeedsReview | RuleState::NotAdopted | RuleState::NeedsText => "warn",
        RuleState::NotYet => "neutral",
    }
}

/// ok, warn, bad or neutral.
pub fn act_tone(state: ActState) -> &'static str {
    match state {
        ActState::InForce => "ok",
        ActState::EndsSoon => "warn",
        ActState::Coming | ActState::Ended => "neutral",
    }
}

/// The days from a first one to the last before another.
pub fn days(from: Date, until: Option<Date>) -> String {
    match until {
        Some(until) => format!("{} – {}", short_date(from), short_date(until.yesterday().unwrap_or(until))),
        None => format!("từ {}", short_date(from)),
    }
}

/// The days of a version.
pub fn days_of(basis: &Basis) -> String {
    days(basis.period.from, basis.period.until)
}

/// What must be looked at because its act ends: the act with its day, and the rules that lose their ground. Once it
/// has ended, those that somebody has confirmed since are not among them.
pub fn attention(book: &RuleBook, on: Date, waiting: &[Waits<'_>]) -> Vec<(String, Vec<String>)> {
    let ending = |act: rules::Act| {
        let until = act.instrument.until?;
        let open = |id: &str| until > on || waiting.iter().any(|one| one.rule.id == id);
        let rules = act.without_successor().filter(|rule| open(&rule.id));
        let rules: Vec<String> = rules.map(|rule| rule.title_vi.clone()).collect();
        let verb = if until <= on { "đã hết hiệu lực từ" } else { "hết hiệu lực từ" };
        (!rules.is_empty()).then(|| (format!("{} {verb} {}", act.instrument.number, short_date(until)), rules))
    };
    book.acts(on).into_iter().filter_map(ending).collect()
}
