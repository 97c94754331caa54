//! Checking the packs against the calendar: gaps, outlived instruments, rules without cases.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::award::AwardCode;
use crate::book::{Outline, RuleBook};
use crate::guard::GuardBody;
use crate::pack::Basis;
use crate::pack::citations::acts_in;
use crate::pack::fault::PackFault;

/// So long before an instrument ends, the check asks for its successor.
pub(crate) const WARNING_MONTHS: i32 = 6;

/// The award, or the family of awards, that a rule is named after: `bk_tinh` of `bk_tinh.ca_nhan.a`; none for
/// a rule whose name says what it does.
fn named_award<'a>(rule: &Outline<'a>) -> Option<&'a str> {
    let mut parts = rule.id.split('.');
    match rule.subject {
        "standard" => parts.next(),
        "dossier" | "bonus" => parts.nth(1),
        _ => None,
    }
}

/// Whether a name stands for an award: its code, or the beginning of it, as `hcld` does for all three classes.
fn is_named(award: AwardCode, named: &str) -> bool {
    let code = award.code();
    code == named || code.strip_prefix(named).is_some_and(|rest| rest.starts_with('_'))
}

/// Subjects of which only one rule may speak for an award on a day: two would be read as one, or one be passed over.
const ONE_VOICE: [&str; 8] =
    ["ballot", "dossier", "bonus", "base_salary", "bonus_principles", "quorum", "consultation", "caps"];

/// Two rules of one subject that speak for one award on the same day.
fn two_for_one(every_rule: &[Outline<'_>], faults: &mut Vec<PackFault>) {
    for (at, second) in every_rule.iter().enumerate().filter(|(_, rule)| ONE_VOICE.contains(&rule.subject)) {
        for first in every_rule[..at].iter().filter(|rule| rule.subject == second.subject) {
            let everyone = first.awards.is_empty() || second.awards.is_empty();
            let shared = second.awards.iter().find(|award| first.awards.contains(award));
            let meets = |basis: &&&Basis| first.versions.iter().any(|other| other.period.overlaps(&basis.period));
            let Some(basis) = second.versions.iter().find(meets).filter(|_| everyone || shared.is_some()) else {
                continue;
            };
            let whom = shared.map_or_else(|| "mọi hình thức".to_owned(), |award| format!("“{award}”"));
            let what = format!(
                "“{}” và “{}” cùng quy định ({}) cho {whom} trong cùng thời gian; giữ một tệp",
                first.id, second.id, second.subject
            );
            faults.push(PackFault::fault(second.file, basis.line, what));
        }
    }
}

impl RuleBook {
    /// Looks at the packs as they stand on a day.
    ///
    /// Faults stop the work: a gap between versions, a version that outlives its instrument, a rule
    /// that ended without a successor, a rule without cases. Six months before a rule runs out it warns.
    #[must_use]
    pub fn check(&self, on: Date) -> Vec<PackFault> {
        let mut faults = self.faults();
        for rule in self.every_rule().iter().filter(|rule| rule.subject != "guidance") {
            self.check_end(rule, on, &mut faults);
        }
        self.check_catalogue(on, &mut faults);
        faults.sort();
        faults
    }

    /// The faults that are there on any day: gaps, outlived instruments, missing cases, two rules where one speaks,
    /// a guard or an award's own rules that are not there at all.
    ///
    /// That a rule has run out by now is none of them: its answers are undetermined, and the packs still hold.
    #[must_use]
    pub fn faults(&self) -> Vec<PackFault> {
        let mut faults = Vec::new();
        let every_rule = self.every_rule();
        for rule in &every_rule {
            self.check_versions(rule, &mut faults);
            if rule.subject == "standard" && rule.awards.is_empty() {
                let what = format!("tiêu chuẩn “{}” không nói cho hình thức nào; ghi mã vào awards", rule.id);
                faults.push(PackFault::fault(rule.file, 1, what));
            }
            if let Some(named) = named_award(rule) {
                for award in rule.awards.iter().filter(|award| !is_named(**award, named)) {
                    let what = format!(
                        "tên “{}” nói về “{named}” nhưng awards có “{award}”; sửa awards, hoặc đặt tên tệp và id theo hình thức",
                        rule.id
                    );
                    faults.push(PackFault::fault(rule.file, 1, what));
                }
            }
            match self.cases.get(rule.id) {
                None => faults.push(PackFault::fault(
                    rule.file,
                    1,
                    format!("quy tắc “{0}” chưa có trường hợp thử; viết {0}.cases.toml bên cạnh", rule.id),
                )),
                Some(cases) => {
                    if matches!(rule.subject, "standard" | "guidance" | "guard") {
                        faults.extend(cases.unreadable());
                    }
                    for basis in &rule.versions {
                        if !cases.days().any(|day| basis.period.contains(day)) {
                            let what = format!(
                                "phiên bản từ {} của “{}” chưa có trường hợp thử nào; thêm một [[case]] có on trong thời gian đó",
                                basis.period.from, rule.id
                            );
                            faults.push(PackFault::fault(rule.file, basis.line, what));
                        }
                    }
                }
            }
        }
        two_for_one(&every_rule, &mut faults);
        self.check_whole(&mut faults);
        for (rule, cases) in &self.cases {
            if !every_rule.iter().any(|outline| outline.id == rule) {
                let what =
                    format!("trường hợp thử cho quy tắc “{rule}” nhưng không có quy tắc đó; sửa rule hoặc xoá tệp");
                faults.push(PackFault::fault(&cases.file, 1, what));
            }
        }
        faults.sort();
        faults
    }

    /// What no book of the law is without: a rule that went missing together with its cases leaves no other trace.
    fn check_whole(&self, faults: &mut Vec<PackFault>) {
        let mut missing = |file: String, what: String| {
            faults.push(PackFault::fault(
                &file,
                1,
                format!("{what}; khôi phục tệp quy tắc cùng trường hợp thử của nó"),
            ));
        };
        let kind_of = |body: &GuardBody| match body {
            GuardBody::Hold { .. } => "hold",
            GuardBody::Discipline { .. } => "discipline",
            GuardBody::SameAchievement {} => "same_achievement",
            GuardBody::ThematicBasis { .. } => "thematic_basis",
            GuardBody::UnitResult { .. } => "unit_result",
        };
        for kind in ["hold", "discipline", "same_achievement", "thematic_basis"] {
            if !self.guards.iter().flat_map(|rule| &rule.versions).any(|version| kind_of(&version.body) == kind) {
                let what = format!("không có điều chặn loại “{kind}” nào: mọi người đều qua");
                missing(format!("guards/{kind}.rule.toml"), what);
            }
        }
        for (code, info) in &self.catalogue {
            if !self.standards.iter().any(|standard| standard.rule.awards.contains(code)) {
                missing("awards/catalogue.toml".to_owned(), format!("“{}” không có tiêu chuẩn nào", info.name_vi));
            }
            if !self.ballots.iter().any(|rule| rule.concerns(*code)) {
                missing("awards/catalogue.toml".to_owned(), format!("“{}” không có quy tắc bỏ phiếu", info.name_vi));
            }
            if !self.dossiers.iter().any(|rule| rule.concerns(*code)) {
                missing("awards/catalogue.toml".to_owned(), format!("“{}” không có thành phần hồ sơ", info.name_vi));
            }
        }
    }

    /// An act that the catalogue cites and that has ended by the day.
    fn check_catalogue(&self, on: Date, faults: &mut Vec<PackFault>) {
        let cited = self.catalogue.values().flat_map(|info| [&info.decider_citation, &info.recipients_citation]);
        let acts: BTreeSet<String> = cited.flat_map(|citation| acts_in(citation)).collect();
        let ended = self.instruments.values().filter(|act| acts.contains(&act.number));
        for (act, until) in ended.filter_map(|act| Some((act, act.until.filter(|until| *until <= on)?))) {
            let what = format!("danh mục nêu {}, hết hiệu lực từ {until}; sửa căn cứ trong danh mục", act.number);
            faults.push(PackFault::fault("awards/catalogue.toml", 1, what));
        }
    }

    fn check_versions(&self, rule: &Outline<'_>, faults: &mut Vec<PackFault>) {
        for pair in rule.versions.windows(2) {
            let [first, second] = pair else { continue };
            if first.period.until.is_some_and(|until| until < second.period.from) {
                let what = format!(
                    "từ {} đến trước {} không có phiên bản nào của “{}”; nối hai phiên bản hoặc thêm một bản ở giữa",
                    first.period.until.unwrap_or(first.period.from),
                    second.period.from,
                    rule.id
                );
                faults.push(PackFault::fault(rule.file, second.line, what));
            }
        }
        for basis in &rule.versions {
            let Some(instrument) = self.instruments.get(&basis.instrument) else { continue };
            if let Some(end) = instrument.until
                && basis.period.until.is_none_or(|until| until > end)
            {
                let what = format!(
                    "phiên bản từ {} còn hiệu lực sau ngày {end} khi {} đã hết hiệu lực; đặt until = {end} và thêm phiên bản theo văn bản thay thế",
                    basis.period.from, instrument.number
                );
                faults.push(PackFault::fault(rule.file, basis.line, what));
            }
            if basis.period.from < instrument.from {
                let what = format!(
                    "phiên bản bắt đầu {} trước khi {} có hiệu lực ({}); sửa from hoặc instrument",
                    basis.period.from, instrument.number, instrument.from
                );
                faults.push(PackFault::fault(rule.file, basis.line, what));
            }
        }
    }

    fn check_end(&self, rule: &Outline<'_>, on: Date, faults: &mut Vec<PackFault>) {
        let Some(last) = rule.versions.last() else { return };
        let Some(until) = last.period.until else { return };
        let number = self.instruments.get(&last.instrument).map_or(last.instrument.as_str(), |act| &act.number);
        if until <= on {
            let what = format!(
                "“{}” hết hiệu lực từ {until} ({number}) mà chưa có phiên bản kế tiếp; mọi kết luận dựa vào đó là chưa xác định",
                rule.id
            );
            faults.push(PackFault::fault(rule.file, last.line, what));
        } else if until.checked_sub(WARNING_MONTHS.months()).is_ok_and(|warned_from| warned_from <= on) {
            let what =
                format!("“{}” sẽ hết hiệu lực từ {until} ({number}); cần văn bản thay thế trước ngày đó", rule.id);
            faults.push(PackFault::warning(rule.file, last.line, what));
        }
    }
}
