//! How values come together: units into a total, periods into a year. Pure; no data is not zero.

use kernel::id::UnitId;
use serde::Serialize;

use super::model::{Level, State};
use super::{Accumulation, Amount, Direction, Nature, RollUp, ValueId};
use crate::movements::indicators::ONE;

/// The rule of totals, as it stands on the screen.
pub const RULE: &str = "Đơn vị chưa báo cáo được nêu tên, không tính là 0 và không vào trung bình; dự thảo và số liệu \
    bị trả lại chưa phải là báo cáo. Tổng là cộng các đơn vị hoặc trung bình cộng của các đơn vị đã báo cáo; số liệu \
    đọc từ hệ thống là tổng tử số chia tổng mẫu số. Lũy kế: số của kỳ sau cùng; theo kỳ: cộng hoặc trung bình các kỳ.";

/// What a formula counted: a part out of a whole, or a number alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Parts {
    /// How much.
    pub part: i64,
    /// Out of how much; none for a number alone.
    pub whole: Option<i64>,
    /// What one whole is: 100 of a percentage, 1 of a mean.
    pub per: i64,
}

impl Parts {
    /// Its value; none when there is nothing to count.
    #[must_use]
    pub fn amount(self) -> Option<Amount> {
        let part = i128::from(self.part) * i128::from(self.per);
        Amount::quotient(part, self.whole.map_or(1, i128::from))
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let whole = match (self.whole, other.whole) {
            (Some(one), Some(two)) => Some(one + two),
            (one, two) => one.or(two),
        };
        Self { part: self.part + other.part, whole, per: self.per }
    }
}

/// One line of a breakdown: a unit, or a kind of what was counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The unit; none where the breakdown is by something else.
    pub unit: Option<UnitId>,
    /// Its name.
    pub name: String,
    /// What it reported; none when it has not.
    pub amount: Option<Amount>,
    /// What a formula counted.
    pub parts: Option<Parts>,
    /// The level of a qualitative indicator.
    pub level: Option<Level>,
    /// Where its value stands; none of one that was never entered, or is read from the record.
    pub state: Option<State>,
    /// The value behind it.
    pub value: Option<ValueId>,
}

impl Line {
    /// Whether it counts as a report.
    #[must_use]
    pub fn is_reported(&self) -> bool {
        match self.state {
            Some(state) => state.is_reported() && (self.amount.is_some() || self.level.is_some()),
            None => self.amount.is_some(),
        }
    }
}

/// A period or a year: its lines and what they make together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// The total; none when nothing was reported, and always of a qualitative indicator.
    pub total: Option<Amount>,
    /// Part and whole of the total, where it is read from the record.
    pub parts: Option<Parts>,
    /// The breakdown.
    pub lines: Vec<Line>,
    /// How many reported.
    pub reported: usize,
    /// Of these, how many are not approved yet.
    pub provisional: usize,
    /// Out of how many.
    pub expected: usize,
    /// How many stand at each level, of a qualitative indicator.
    pub levels: Vec<(Level, usize)>,
}

impl Figure {
    /// Brings lines together. Of a qualitative indicator there is no total, only how many stand at each level.
    #[must_use]
    pub fn of(nature: Nature, roll_up: RollUp, lines: Vec<Line>) -> Self {
        let told: Vec<&Line> = lines.iter().filter(|line| line.is_reported()).collect();
        let expected = lines.len();
        let provisional = told.iter().filter(|line| line.state == Some(State::Pending)).count();
        let (mut total, mut parts, mut levels) = (None, None, Vec::new());
        if nature == Nature::Qualitative {
            let many = |level: Level| told.iter().filter(|line| line.level == Some(level)).count();
            levels = Level::ALL.iter().map(|level| (*level, many(*level))).collect();
        } else {
            parts = told.iter().filter_map(|line| line.parts).reduce(Parts::and);
            let amounts: Vec<Amount> = told.iter().filter_map(|line| line.amount).collect();
            total = match parts {
                Some(parts) => parts.amount(),
                None => together(roll_up, &amounts),
            };
        }
        let reported = told.len();
        Self { total, parts, lines, reported, provisional, expected, levels }
    }

    /// Those that have not reported.
    pub fn missing(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| !line.is_reported())
    }
}

/// Amounts added up or averaged; none of none.
#[must_use]
pub fn together(roll_up: RollUp, amounts: &[Amount]) -> Option<Amount> {
    let sum: i128 = amounts.iter().map(|amount| i128::from(amount.0)).sum();
    match (amounts.len(), roll_up) {
        (0, _) => None,
        (_, RollUp::Sum) => i64::try_from(sum).ok().map(Amount),
        (many, RollUp::Mean) => {
            let one = i128::from(ONE);
            Amount::quotient(sum, i128::try_from(many).ok()? * one)
        }
    }
}

/// The year of a unit from its periods, in their order.
#[must_use]
pub fn year_of(accumulation: Accumulation, roll_up: RollUp, periods: &[Amount]) -> Option<Amount> {
    match accumulation {
        Accumulation::Cumulative => periods.last().copied(),
        Accumulation::Periodic => together(roll_up, periods),
    }
}

/// Whether an amount is what was aimed at, or better.
#[must_use]
pub fn meets(direction: Direction, amount: Amount, target: Amount) -> bool {
    match direction {
        Direction::Higher => amount >= target,
        Direction::Lower => amount <= target,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(amount: Option<i64>, state: State) -> Line {
        let amount = amount.map(|whole| Amount(whole * 10_000));
        Line { unit: None, name: String::new(), amount, parts: None, level: None, state: Some(state), value: None }
    }

    #[test]
    fn a_unit_that_has_not_reported_is_named_and_not_averaged() {
        let lines = vec![line(Some(10), State::Approved), line(None, State::Draft), line(Some(20), State::Pending)];
        let mean = Figure::of(Nature::Quantitative, RollUp::Mean, lines.clone());
        assert_eq!((mean.total, mean.reported, mean.expected), (Some(Amount(150_000)), 2, 3));
        assert_eq!((mean.provisional, mean.missing().count()), (1, 1));
        let sum = Figure::of(Nature::Quantitative, RollUp::Sum, lines);
        assert_eq!(sum.total, Some(Amount(300_000)));
        let nothing = Figure::of(Nature::Quantitative, RollUp::Sum, vec![line(Some(7), State::Returned)]);
        assert_eq!((nothing.total, nothing.reported), (None, 0), "given back is no report, and not zero");
    }

    #[test]
    fn ten_twelve_fifteen_are_fifteen_cumulatively_and_thirty_seven_by_period() {
        let amounts = [10, 12, 15].map(|whole| Amount(whole * 10_000));
        assert_eq!(year_of(Accumulation::Cumulative, RollUp::Sum, &amounts), Some(Amount(150_000)));
        assert_eq!(year_of(Accumulation::Periodic, RollUp::Sum, &amounts), Some(Amount(370_000)));
        assert_eq!(year_of(Accumulation::Periodic, RollUp::Mean, &amounts), Some(Amount(123_333)));
        assert_eq!(year_of(Accumulation::Cumulative, RollUp::Sum, &[]), None);
    }

    #[test]
    fn a_qualitative_indicator_is_in_no_sum_and_no_mean() {
        let mut lines = vec![line(Some(99), State::Approved), line(None, State::Approved)];
        lines[1].level = Some(Level::Good);
        let figure = Figure::of(Nature::Qualitative, RollUp::Mean, lines);
        assert_eq!(figure.total, None);
        assert_eq!(figure.levels[1], (Level::Good, 1));
    }

    #[test]
    fn shares_of_units_come_together_by_their_parts() {
        let share = |part, whole| Parts { part, whole: Some(whole), per: 100 };
        let with = |parts: Parts| Line {
            unit: None,
            name: String::new(),
            amount: parts.amount(),
            parts: Some(parts),
            level: None,
            state: None,
            value: None,
        };
        let figure = Figure::of(
            Nature::Quantitative,
            RollUp::Mean,
            vec![with(share(1, 1)), with(share(0, 3)), with(share(0, 0))],
        );
        assert_eq!(figure.total, Some(Amount(250_000)), "a quarter, not the mean of 100% and 0%");
        assert_eq!((figure.reported, figure.expected), (2, 3), "nothing to count is not a report");
    }
}
