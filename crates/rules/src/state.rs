//! Whether a rule is relied on: in use, waiting for a person, or without a text to stand on.

use jiff::civil::Date;

use crate::award::words;
use crate::pack::{Basis, Status};
use crate::procedure::{Adoption, Confirmation};
use crate::standing;

words! {
    /// How a rule stands on a day.
    RuleState {
        /// Its text was read and nothing has to be confirmed.
        InUse = "in_use", "đang dùng";
        /// A person confirmed it with the document in hand.
        Confirmed = "confirmed", "đã xác nhận";
        /// The Office adopted the template as its own rule.
        Adopted = "adopted", "đã thông qua";
        /// A person must confirm it first.
        NeedsReview = "needs_review", "cần xem lại";
        /// Its last version has ended and nothing follows.
        RunOut = "run_out", "hết hiệu lực, chưa có bản kế tiếp";
        /// A local rule that nobody has adopted.
        NotAdopted = "not_adopted", "chưa thông qua";
        /// Its text was not read.
        NeedsText = "needs_text", "chưa có văn bản";
        /// Its first version has not begun.
        NotYet = "not_yet", "chưa có hiệu lực";
    }
}

impl RuleState {
    /// Whether answers may rest on it.
    #[must_use]
    pub fn is_relied_on(self) -> bool {
        matches!(self, Self::InUse | Self::Confirmed | Self::Adopted)
    }

    /// Whether somebody must look at it again: it was good once.
    #[must_use]
    pub fn needs_another_look(self) -> bool {
        matches!(self, Self::NeedsReview | Self::RunOut)
    }

    /// How a rule with these versions stands on a day.
    #[must_use]
    pub fn of<'a>(
        rule: &str,
        versions: impl DoubleEndedIterator<Item = &'a Basis> + Clone,
        on: Date,
        adopted: &[Adoption],
        confirmations: &[Confirmation],
    ) -> Self {
        let covering = versions.clone().find(|basis| basis.period.contains(on));
        let Some(basis) = covering.or_else(|| versions.rev().find(|basis| basis.period.from <= on)) else {
            return Self::NotYet;
        };
        let (waiting, confirmed_by) = standing::of_basis(rule, basis, on, adopted, confirmations);
        match (waiting, confirmed_by) {
            (Some(_), _) if covering.is_none() => Self::RunOut,
            _ if basis.status == Status::NeedsText => Self::NeedsText,
            (Some(waiting), _) if waiting.template.is_some() => Self::NotAdopted,
            (Some(_), _) => Self::NeedsReview,
            (None, _) if basis.status == Status::LocalRuleNeeded => Self::Adopted,
            (None, Some(_)) => Self::Confirmed,
            (None, None) => Self::InUse,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::Confidence;
    use jiff::civil::date;
    use kernel::Period;

    fn basis() -> Basis {
        Basis {
            period: Period { from: date(2024, 1, 1), until: Some(date(2027, 3, 1)) },
            instrument: "N1".into(),
            citation: "Nghị định 1/2024/NĐ-CP Điều 1".into(),
            confidence: Confidence::Text,
            status: Status::Encodable,
            review_from: Some(date(2026, 10, 1)),
            review_reason: None,
            template: None,
            source: None,
            note: None,
            line: 1,
        }
    }

    fn check(basis: &Basis, on: Date, confirmed: Option<Date>, expected: RuleState) {
        let confirmations: Vec<Confirmation> = confirmed
            .map(|on| Confirmation {
                rule: "r".into(),
                version: basis.version(),
                document: "Công báo".into(),
                by: "Lò Thị Mai".into(),
                on,
            })
            .into_iter()
            .collect();
        assert_eq!(RuleState::of("r", [basis].into_iter(), on, &[], &confirmations), expected, "{on}");
    }

    #[test]
    fn a_rule_waits_from_its_review_day_until_somebody_confirms_it_and_runs_out_with_its_last_version() {
        let rule = basis();
        check(&rule, date(2023, 12, 31), None, RuleState::NotYet);
        check(&rule, date(2026, 9, 30), None, RuleState::InUse);
        check(&rule, date(2026, 10, 1), None, RuleState::NeedsReview);
        check(&rule, date(2026, 10, 1), Some(date(2026, 9, 30)), RuleState::NeedsReview);
        check(&rule, date(2026, 10, 2), Some(date(2026, 10, 1)), RuleState::Confirmed);
        check(&rule, date(2027, 3, 1), Some(date(2026, 10, 1)), RuleState::RunOut);
    }

    #[test]
    fn what_nobody_has_read_or_adopted_is_not_relied_on() {
        let unread = Basis { status: Status::NeedsText, ..basis() };
        check(&unread, date(2026, 1, 1), None, RuleState::NeedsText);
        let local = Basis { status: Status::LocalRuleNeeded, template: Some("mau".into()), ..basis() };
        check(&local, date(2026, 1, 1), None, RuleState::NotAdopted);
        let adopted = [Adoption {
            template: "mau".into(),
            document: "Quyết định 1".into(),
            by: "Lò Thị Mai".into(),
            on: date(2025, 6, 1),
        }];
        let state = |on| RuleState::of("r", [&local].into_iter(), on, &adopted, &[]);
        assert_eq!((state(date(2025, 5, 31)), state(date(2025, 6, 1))), (RuleState::NotAdopted, RuleState::Adopted));
    }
}
