//! The book of a year from its entries and the bonuses paid, and what may be written into it. Pure.

use std::collections::BTreeSet;

use kernel::Date;
use kernel::numbers::{Dong, short_date};

use super::FundError;
use super::model::{Bonus, Closing, Entry, EntryId, Kind, Side, Sums};
use crate::decisions::LineId;

/// Everything the book is made of.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// The entries, in the order of their days.
    pub entries: Vec<Entry>,
    /// The bonuses of all issued lines.
    pub bonuses: Vec<Bonus>,
    /// The closed years, the earliest first.
    pub closings: Vec<Closing>,
}

/// What a line of the book is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// An entry.
    Entry(Entry),
    /// A bonus that was paid.
    Paid(Bonus),
}

/// A line of the book, with the balance after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The day.
    pub on: Date,
    /// What it is.
    pub source: Source,
    /// What came in.
    pub income: Dong,
    /// What went out.
    pub expense: Dong,
    /// What is left after it.
    pub balance: Dong,
}

/// The book of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearBook {
    /// The year.
    pub year: i16,
    /// The sums of its lines as they are now.
    pub sums: Sums,
    /// The balance the book stands at: after the last line, or the one that was kept when the year was closed.
    pub balance: Dong,
    /// What was planned: for bonuses, for the rest.
    pub planned: (Dong, Dong),
    /// The lines that move money, in the order of their days.
    pub rows: Vec<Row>,
    /// The plan of the year.
    pub plan: Vec<Entry>,
    /// How it was closed; none while it is open.
    pub closing: Option<Closing>,
}

impl YearBook {
    /// Income less expenses less balance. It is zero, or something was dated into a closed year.
    #[must_use]
    pub fn difference(&self) -> Dong {
        Dong(self.sums.balance().0 - self.balance.0)
    }

    /// The share of the year's means that other expenses took, in basis points, rounded up; none without means.
    #[must_use]
    pub fn organising_share_bp(&self) -> Option<i64> {
        let means = self.sums.opening.0 + self.sums.income.0;
        let part = i128::from(self.sums.expenses.0.max(0)) * 10_000;
        (means > 0).then(|| i64::try_from((part + i128::from(means) - 1) / i128::from(means)).unwrap_or(i64::MAX))
    }
}

impl Ledger {
    /// The entry that takes another back.
    #[must_use]
    pub fn reversal_of(&self, id: EntryId) -> Option<&Entry> {
        self.entries.iter().find(|one| one.reverses == Some(id))
    }

    /// Whether an entry stands: it takes nothing back and nothing takes it back.
    fn stands(&self, entry: &Entry) -> bool {
        entry.reverses.is_none() && self.reversal_of(entry.id).is_none()
    }

    /// The balance that was brought into the book, while it stands.
    #[must_use]
    pub fn opening(&self) -> Option<&Entry> {
        self.entries.iter().find(|one| one.kind == Kind::Opening && self.stands(one))
    }

    /// The year since which the book is bound: nothing is written before it.
    fn bound_since(&self) -> Option<i16> {
        let opened = self.opening().map(|one| one.year);
        let closed = self.closings.first().map(|one| one.year);
        [opened, closed].into_iter().flatten().min()
    }

    /// The first year of the book; none while it is empty.
    #[must_use]
    pub fn first_year(&self) -> Option<i16> {
        self.bound_since().or_else(|| {
            let written = self.entries.iter().map(|one| one.year);
            written.chain(self.bonuses.iter().filter_map(|one| one.paid_on).map(Date::year)).min()
        })
    }

    /// The bonuses that were paid in a year.
    fn paid_in(&self, year: i16) -> impl Iterator<Item = (Date, &Bonus)> {
        self.bonuses.iter().filter_map(move |one| one.paid_on.filter(|on| on.year() == year).map(|on| (on, one)))
    }

    /// The years of the book up to `today`, and those planned, the newest first.
    #[must_use]
    pub fn years(&self, today: Date) -> Vec<i16> {
        let first = self.first_year().unwrap_or(today.year()).min(today.year());
        let mut years: BTreeSet<i16> = (first..=today.year()).collect();
        years.extend(self.entries.iter().map(|one| one.year).filter(|year| *year >= first));
        years.into_iter().rev().collect()
    }

    /// The book of a year. What the year before left is its balance; a closed year left what was kept then.
    #[must_use]
    pub fn year(&self, year: i16) -> YearBook {
        let mut opening = Dong::default();
        for earlier in self.first_year().unwrap_or(year)..year {
            opening = match self.closings.iter().find(|one| one.year == earlier) {
                Some(closing) => closing.balance,
                None => self.sums(earlier, opening).balance(),
            };
        }
        let rows = self.rows(year, opening);
        let closing = self.closings.iter().find(|one| one.year == year).cloned();
        let last = rows.last().map_or(opening, |row| row.balance);
        let planned =
            |kind| self.entries.iter().filter(|one| one.year == year && one.kind == kind).map(|one| one.amount).sum();
        YearBook {
            year,
            sums: self.sums(year, opening),
            balance: closing.as_ref().map_or(last, |closing| closing.balance),
            planned: (planned(Kind::PlannedBonuses), planned(Kind::PlannedOrganising)),
            rows,
            plan: self
                .entries
                .iter()
                .filter(|one| one.year == year && one.kind.side() == Side::Plan)
                .cloned()
                .collect(),
            closing,
        }
    }

    fn sums(&self, year: i16, opening: Dong) -> Sums {
        let of = |side: Side| self.entries.iter().filter(move |one| one.year == year && one.kind.side() == side);
        Sums {
            opening,
            income: of(Side::Income).map(|one| one.amount).sum(),
            bonuses: self.paid_in(year).map(|(_, one)| one.amount).sum(),
            expenses: of(Side::Expense).map(|one| one.amount).sum(),
        }
    }

    /// The lines of a year by day, entries of a day before its bonuses.
    fn rows(&self, year: i16, opening: Dong) -> Vec<Row> {
        let entries = self.entries.iter().filter(|one| one.year == year && one.kind.side() != Side::Plan);
        let mut rows: Vec<Row> = entries
            .map(|one| {
                let came = one.kind.side() == Side::Income;
                let (income, expense) = if came { (one.amount, Dong(0)) } else { (Dong(0), one.amount) };
                Row { on: one.on, source: Source::Entry(one.clone()), income, expense, balance: Dong(0) }
            })
            .collect();
        rows.extend(self.paid_in(year).map(|(on, one)| Row {
            on,
            source: Source::Paid(one.clone()),
            income: Dong(0),
            expense: one.amount,
            balance: Dong(0),
        }));
        rows.sort_by_key(|row| row.on);
        let mut balance = opening.0;
        for row in &mut rows {
            balance += row.income.0 - row.expense.0;
            row.balance = Dong(balance);
        }
        rows
    }

    /// The bonuses that were paid, whose award was revoked since, and that have not come back.
    pub fn to_claim(&self) -> impl Iterator<Item = &Bonus> {
        let back = |line: LineId| self.entries.iter().any(|one| one.line == Some(line) && self.stands(one));
        self.bonuses.iter().filter(move |one| one.revoked && one.paid_on.is_some() && !back(one.line))
    }

    /// Requires that something may be written into a year.
    ///
    /// # Errors
    /// [`FundError::YearClosed`] with the year it goes to, [`FundError::BeforeBook`].
    pub fn must_take(&self, year: i16) -> Result<(), FundError> {
        if let Some(closing) = self.closings.iter().find(|one| one.year == year) {
            let last = self.closings.iter().map(|one| one.year).max().unwrap_or(year);
            return Err(FundError::YearClosed { year, closed_on: short_date(closing.on), goes_to: last + 1 });
        }
        match self.bound_since() {
            Some(first) if year < first => Err(FundError::BeforeBook { year, first }),
            _ => Ok(()),
        }
    }

    /// Requires that a balance from before may be brought in for a year.
    ///
    /// # Errors
    /// [`FundError::OpeningTwice`], [`FundError::OpeningLate`].
    pub fn must_open(&self, year: i16) -> Result<(), FundError> {
        if let Some(standing) = self.opening() {
            return Err(FundError::OpeningTwice { year: standing.year });
        }
        let written = self.entries.iter().filter(|one| one.kind.side() != Side::Plan && one.year < year);
        let earlier = written.map(|one| one.year).chain(self.closings.iter().map(|one| one.year)).min();
        earlier.map_or(Ok(()), |first| Err(FundError::OpeningLate { first }))
    }

    /// The closing of a year: it is over, every earlier one is closed.
    ///
    /// # Errors
    /// When it may not be closed yet, or is.
    pub fn close(&self, year: i16, today: Date) -> Result<YearBook, FundError> {
        if year >= today.year() {
            return Err(FundError::YearRuns { year, next: year.saturating_add(1) });
        }
        self.must_take(year)?;
        let first = self.first_year().filter(|first| *first <= year).ok_or(FundError::NoBook { year })?;
        let open = (first..year).find(|earlier| !self.closings.iter().any(|one| one.year == *earlier));
        match open {
            Some(earlier) => Err(FundError::EarlierOpen { year: earlier }),
            None => Ok(self.year(year)),
        }
    }

    /// The earliest year that is over and stands open, with its last day.
    #[must_use]
    pub fn left_open(&self, today: Date) -> Option<i16> {
        let first = self.first_year()?;
        (first..today.year()).find(|year| !self.closings.iter().any(|one| one.year == *year))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use kernel::Timestamp;

    fn entry(kind: Kind, amount: i64, on: Date) -> Entry {
        Entry {
            id: EntryId::new(),
            year: on.year(),
            number: 1,
            kind,
            amount: Dong(amount),
            on,
            document: String::new(),
            words: String::new(),
            line: None,
            reverses: None,
            at: Timestamp::UNIX_EPOCH,
            account: None,
        }
    }

    #[test]
    fn what_is_dated_into_a_closed_year_shows_as_a_difference_and_moves_no_balance() {
        let mut book = Ledger { entries: vec![entry(Kind::Budget, 900, date(2026, 3, 1))], ..Ledger::default() };
        let year = book.close(2026, date(2027, 1, 5)).expect("over, and the first");
        let on = date(2027, 1, 5);
        book.closings.push(Closing { year: 2026, on, by: None, sums: year.sums, balance: year.sums.balance() });
        assert_eq!(book.year(2026).difference(), Dong(0));
        book.entries.push(entry(Kind::Review, 250, date(2026, 12, 31)));
        assert_eq!((book.year(2026).difference(), book.year(2026).balance), (Dong(-250), Dong(900)));
        assert_eq!(book.year(2027).sums.opening, Dong(900), "the next year goes on from what was kept");
    }

    #[test]
    fn the_share_of_other_expenses_is_rounded_up_and_unknown_without_means() {
        let of = |entries: Vec<Entry>| Ledger { entries, ..Ledger::default() }.year(2026).organising_share_bp();
        let day = date(2026, 3, 1);
        assert_eq!(of(vec![entry(Kind::Review, 5, day)]), None);
        assert_eq!(of(vec![entry(Kind::Budget, 30_000, day), entry(Kind::Review, 6_000, day)]), Some(2_000));
        assert_eq!(of(vec![entry(Kind::Budget, 30_000, day), entry(Kind::Review, 6_001, day)]), Some(2_001));
    }
}
