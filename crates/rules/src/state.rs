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
