//! A straight line through what was reported, to the end of the movement: ordinary least squares with the 95%
//! prediction interval, in whole numbers as far as the line goes.
//!
//! y = a + b·x by least squares; at x₀ the interval is ŷ ± t(0.975; n − 2) · s · √(1 + 1/n + (x₀ − x̄)² / Sxx) with
//! s² = SSE / (n − 2). Source: any text of regression (Draper and Smith, Applied Regression Analysis, 3rd edition,
//! 1.4). A series on a line leaves no error: then the interval has the width zero, and the page says so.

use serde::Serialize;

use super::Amount;

/// The fewest points by which an error can be told.
pub const FEWEST_POINTS: i64 = 3;

/// A value at the end of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Point {
    /// Months from the year 0 to the end of the period: equal steps from period to period.
    pub month: i64,
    /// How much.
    pub amount: Amount,
}

/// What can be said of the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Forecast {
    /// Too few points.
    TooFew {
        /// How many there are.
        have: usize,
        /// How many it takes.
        need: i64,
    },
    /// A line.
    Line(Line),
}

/// The line at the end of the movement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Line {
    /// How many points it goes through.
    pub points: usize,
    /// What it says of the end.
    pub at_end: Amount,
    /// The lower end of the interval.
    pub low: Amount,
    /// The upper end.
    pub high: Amount,
    /// Whether the points lie on the line, so that the interval has no width.
    pub is_exact: bool,
    /// How much it rises a year.
    pub a_year: Amount,
    /// What it says of the first point, for drawing.
    pub at_first: Amount,
}

/// The line through these points at the month `end`.
#[must_use]
pub fn forecast(points: &[Point], end: i64, need: i64) -> Forecast {
    let need = need.max(FEWEST_POINTS);
    let too_few = Forecast::TooFew { have: points.len(), need };
    if i64::try_from(points.len()).unwrap_or(i64::MAX) < need {
        return too_few;
    }
    line(points, end).map_or(too_few, Forecast::Line)
}

/// None when all points lie in one month, or a number is beyond what can be told exactly.
fn line(points: &[Point], end: i64) -> Option<Line> {
    let n = i128::try_from(points.len()).ok()?;
    let first = points.iter().map(|point| point.month).min()?;
    let x = |point: &Point| i128::from(point.month - first);
    let y = |point: &Point| i128::from(point.amount.0);
    let sum =
        |of: &dyn Fn(&Point) -> Option<i128>| points.iter().try_fold(0_i128, |sum, point| sum.checked_add(of(point)?));
    let (sx, sy) = (sum(&|point| Some(x(point)))?, sum(&|point| Some(y(point)))?);
    let sxx = sum(&|point| x(point).checked_mul(x(point)))?;
    let sxy = sum(&|point| x(point).checked_mul(y(point)))?;
    let syy = sum(&|point| y(point).checked_mul(y(point)))?;
    // n times the centred sums: whole numbers.
    let dxx = n.checked_mul(sxx)?.checked_sub(sx.checked_mul(sx)?)?;
    let dxy = n.checked_mul(sxy)?.checked_sub(sx.checked_mul(sy)?)?;
    let dyy = n.checked_mul(syy)?.checked_sub(sy.checked_mul(sy)?)?;
    if dxx == 0 {
        return None;
    }
    // ŷ(x₀) = sy/n + (dxy/dxx)·(x₀ − sx/n) = (sy·dxx + dxy·(n·x₀ − sx)) / (n·dxx)
    let at = |month: i128| {
        let rise = dxy.checked_mul(n.checked_mul(month)?.checked_sub(sx)?)?;
        rounded(sy.checked_mul(dxx)?.checked_add(rise)?, n.checked_mul(dxx)?)
    };
    let there = i128::from(end - first);
    let at_end = at(there)?;
    // SSE = (dyy − dxy²/dxx) / n, of which the numerator over dxx is whole.
    let error = dyy.checked_mul(dxx)?.checked_sub(dxy.checked_mul(dxy)?)?;
    let half = if error == 0 { 0 } else { half_width(n, error, dxx, n.checked_mul(there)?.checked_sub(sx)?) };
    Some(Line {
        points: points.len(),
        at_end: Amount(at_end),
        low: Amount(at_end.saturating_sub(half)),
        high: Amount(at_end.saturating_add(half)),
        is_exact: error == 0,
        a_year: Amount(rounded(dxy.checked_mul(12)?, dxx)?),
        at_first: Amount(at(0)?),
    })
}

#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "a width, rounded to what is kept")]
fn half_width(n: i128, error: i128, dxx: i128, from_mean: i128) -> i64 {
    let (many, dxx) = (n as f64, dxx as f64);
    let sse = error as f64 / dxx / many;
    let s = (sse / (many - 2.0)).sqrt();
    // (x₀ − x̄)²/Sxx with n·(x₀ − x̄) = from_mean and n·Sxx = dxx.
    let far = (from_mean as f64) * (from_mean as f64) / (many * dxx);
    let half = t_975(n - 2) * s * (1.0 + 1.0 / many + far).sqrt();
    half.round().clamp(0.0, 9e18) as i64
}

/// Rounded half away from zero.
fn rounded(part: i128, whole: i128) -> Option<i64> {
    let (part, whole) = if whole < 0 { (-part, -whole) } else { (part, whole) };
    let magnitude = part.checked_abs()?.checked_mul(2)?.checked_add(whole)? / whole.checked_mul(2)?;
    i64::try_from(magnitude * part.signum()).ok()
}

/// How much a year is needed from the last value to the target; none after the end, or without a target.
#[must_use]
pub fn needed_a_year(last: Point, target: Option<Amount>, end: i64) -> Option<Amount> {
    let months = i128::from(end - last.month);
    if months <= 0 {
        return None;
    }
    rounded((i128::from(target?.0) - i128::from(last.amount.0)) * 12, months).map(Amount)
}

/// The two-sided 95% quantile of Student's t for these degrees of freedom. Between the lines of the table the
/// fewer degrees count: the interval is rather too wide than too narrow.
fn t_975(freedom: i128) -> f64 {
    const TABLE: [f64; 30] = [
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
        2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
    ];
    match freedom {
        ..=0 => f64::INFINITY,
        1..=30 => TABLE[usize::try_from(freedom - 1).unwrap_or(0)],
        31..=39 => 2.042,
        40..=59 => 2.021,
        60..=119 => 2.000,
        _ => 1.980,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(amounts: &[i64]) -> Vec<Point> {
        let month = |place: usize| 24_315 + 3 * i64::try_from(place).expect("few");
        amounts
            .iter()
            .enumerate()
            .map(|(place, whole)| Point { month: month(place), amount: Amount(whole * 10_000) })
            .collect()
    }

    fn told(amounts: &[i64], end: i64) -> Line {
        match forecast(&points(amounts), end, 4) {
            Forecast::Line(line) => line,
            Forecast::TooFew { .. } => panic!("a line"),
        }
    }

    #[test]
    fn a_series_on_a_line_gives_that_line_and_no_width() {
        let line = told(&[10, 12, 14, 16], 24_315 + 3 * 10);
        assert_eq!((line.at_end, line.low, line.high), (Amount(300_000), Amount(300_000), Amount(300_000)));
        assert!(line.is_exact);
        assert_eq!((line.a_year, line.at_first), (Amount(80_000), Amount(100_000)));
    }

    #[test]
    fn a_constant_series_has_the_width_zero() {
        let line = told(&[7, 7, 7, 7, 7], 24_372);
        assert_eq!(
            (line.at_end, line.low, line.high, line.is_exact),
            (Amount(70_000), Amount(70_000), Amount(70_000), true)
        );
        assert_eq!(line.a_year, Amount(0));
    }

    #[test]
    fn two_points_are_not_enough() {
        assert_eq!(forecast(&points(&[1, 2]), 24_372, 4), Forecast::TooFew { have: 2, need: 4 });
        assert_eq!(forecast(&points(&[1, 2]), 24_372, 1), Forecast::TooFew { have: 2, need: 3 });
    }

    #[test]
    fn the_interval_is_the_one_of_the_textbook() {
        // x = 0, 3, 6, 9; y = 10, 13, 12, 15: b = 7/15, a = 10,4; at x = 12: 16. SSE = 3,2 - 0,4 = 1,8 + …
        let line = told(&[10, 13, 12, 15], 24_315 + 12);
        assert_eq!(line.at_end, Amount(160_000));
        // SSE = 13 − (21²/45 = 9,8) = 3,2; s = √1,6 = 1,264911; √(1 + ¼ + 7,5²/45 = 1,25) = √2,5 = 1,581139.
        // 4,303 · 1,264911 · 1,581139 = 8,606
        assert_eq!((line.low, line.high), (Amount(160_000 - 86_060), Amount(160_000 + 86_060)));
        assert!(!line.is_exact);
    }

    #[test]
    fn what_is_needed_a_year_counts_from_the_last_value() {
        let last = Point { month: 24_324, amount: Amount(600_000) };
        assert_eq!(needed_a_year(last, Some(Amount(1_000_000)), 24_324 + 48), Some(Amount(100_000)));
        assert_eq!(needed_a_year(last, Some(Amount(1_000_000)), 24_324), None);
        assert_eq!(needed_a_year(last, None, 24_372), None);
    }
}
