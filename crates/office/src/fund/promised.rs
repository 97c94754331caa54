//! Planned beside paid: what decisions promise, by decision and by form, and what became of it. Pure.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Date;
use kernel::numbers::Dong;
use rules::AwardCode;

use super::decision::Ledger;
use super::model::Bonus;
use crate::decisions::DecisionId;

impl Ledger {
    /// Planned beside paid, by decision and form, for the decisions of a year in the order of their days.
    #[must_use]
    pub fn by_decision(&self, year: i16) -> Vec<Share> {
        let mut shares: Vec<Share> = Vec::new();
        for one in self.bonuses.iter().filter(|one| one.decided_on.year() == year) {
            let same = |share: &&mut Share| share.decision == one.decision && share.award == one.award;
            let share = match shares.iter_mut().find(same) {
                Some(share) => share,
                None => {
                    shares.push(Share::of(one));
                    shares.last_mut().expect("it was put there a line above")
                }
            };
            share.add(one);
        }
        shares.sort_by_key(|share| (share.decided_on, share.number.clone(), share.award));
        shares
    }

    /// Planned beside paid by form, over the decisions of a year.
    #[must_use]
    pub fn by_award(&self, year: i16) -> BTreeMap<AwardCode, Promised> {
        let mut forms: BTreeMap<AwardCode, Promised> = BTreeMap::new();
        for share in self.by_decision(year) {
            let form = forms.entry(share.award).or_default();
            *form = form.plus(share.promised);
        }
        forms
    }
}

/// What decisions promise, and what became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Promised {
    /// How many lines.
    pub lines: usize,
    /// Promised to lines that stand.
    pub planned: Dong,
    /// Paid to lines that stand.
    pub paid: Dong,
    /// Paid to lines that were revoked since.
    pub revoked: Dong,
}

impl Promised {
    /// Promised and not paid yet.
    #[must_use]
    pub fn open(&self) -> Dong {
        Dong(self.planned.0 - self.paid.0)
    }

    fn plus(self, other: Self) -> Self {
        Self {
            lines: self.lines + other.lines,
            planned: self.planned + other.planned,
            paid: self.paid + other.paid,
            revoked: self.revoked + other.revoked,
        }
    }
}

/// One form of one decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// The decision.
    pub decision: DecisionId,
    /// Its number.
    pub number: String,
    /// Its day.
    pub decided_on: Date,
    /// The form.
    pub award: AwardCode,
    /// The base salary of that day.
    pub base: Dong,
    /// The multiples of the base salary, each once.
    pub multiples: BTreeSet<String>,
    /// The clauses, each once.
    pub citations: BTreeSet<String>,
    /// The money.
    pub promised: Promised,
}

impl Share {
    fn of(one: &Bonus) -> Self {
        Self {
            decision: one.decision,
            number: one.number.clone(),
            decided_on: one.decided_on,
            award: one.award,
            base: one.base,
            multiples: BTreeSet::new(),
            citations: BTreeSet::new(),
            promised: Promised::default(),
        }
    }

    fn add(&mut self, one: &Bonus) {
        self.multiples.insert(one.multiple.clone());
        self.citations.insert(one.citation.clone());
        let amount = |counts: bool| if counts { one.amount } else { Dong::default() };
        let paid = one.paid_on.is_some();
        self.promised = self.promised.plus(Promised {
            lines: 1,
            planned: amount(!one.revoked),
            paid: amount(paid && !one.revoked),
            revoked: amount(paid && one.revoked),
        });
    }
}
