//! Where an indicator stands on the way to its last target, by a published method.
//!
//! Source: Open SDG, `docs/progress-methodology.md` (Statistics Canada's measure of progress, after Eurostat), the
//! case of indicators with quantitative targets. With the base (t₀, y₀), the most recent value (tᵢ, yᵢ) and the
//! target (t_T, y_T):
//!
//! * CAGRᵢ = (yᵢ / y₀)^(1 / (tᵢ − t₀)) − 1, the observed growth a year;
//! * CAGR_T = (y_T / y₀)^(1 / (t_T − t₀)) − 1, the growth a year that would reach the target on time;
//! * R = d · CAGRᵢ / |CAGR_T|, with d = 1 where higher is better and −1 where lower is better.
//!
//! Target reached: achieved. R ≥ 95%: substantial. 60% ≤ R < 95%: moderate. 0 ≤ R < 60%: limited. R < 0:
//! deterioration. R is rounded to millionths before it is compared, and printed so: a spreadsheet that does
//! the same with the printed inputs gives the same class.

use serde::Serialize;

use super::figures::meets;
use super::{Amount, Direction};
use crate::words::words;

words! {
    /// The class of an indicator.
    Status {
        /// The target is reached.
        Achieved = "achieved", "đã đạt đích";
        /// On track.
        Substantial = "substantial", "đúng tiến độ";
        /// Progress that must be faster.
        Moderate = "moderate", "có tiến bộ, cần nhanh hơn";
        /// Little progress.
        Limited = "limited", "tiến bộ ít";
        /// The wrong way.
        Deterioration = "deterioration", "đi ngược";
        /// Not computable; never zero.
        NotAvailable = "not_available", "chưa tính được";
    }
}

impl Status {
    /// The tone of its tag.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Achieved | Self::Substantial => "ok",
            Self::Moderate | Self::Limited => "warn",
            Self::Deterioration => "bad",
            Self::NotAvailable => "neutral",
        }
    }
}

/// From this ratio on it is substantial, in millionths.
pub const SUBSTANTIAL: i64 = 950_000;
/// From this ratio on it is moderate, in millionths.
pub const MODERATE: i64 = 600_000;

/// A value of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct At {
    /// The year.
    pub year: i16,
    /// How much.
    pub amount: Amount,
}

/// What the method is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Inputs {
    /// The baseline.
    pub base: Option<At>,
    /// The most recent value.
    pub current: Option<At>,
    /// The last target.
    pub target: Option<At>,
    /// Which way is better.
    pub direction: Direction,
}

/// What the method answers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Progress {
    /// The class.
    pub status: Status,
    /// What it was given.
    pub inputs: Inputs,
    /// The observed growth a year, in millionths.
    pub observed: Option<i64>,
    /// The growth a year that would reach the target on time, in millionths.
    pub required: Option<i64>,
    /// Their ratio with the direction, in millionths.
    pub ratio: Option<i64>,
    /// Why it is not computable; empty when it is.
    pub why: &'static str,
}

/// Asks the method.
#[must_use]
pub fn progress(inputs: Inputs) -> Progress {
    let mut answer =
        Progress { status: Status::NotAvailable, inputs, observed: None, required: None, ratio: None, why: "" };
    let Some(target) = inputs.target else {
        return Progress { why: "chưa có mốc của năm cuối; nhập mốc và căn cứ", ..answer };
    };
    let Some(base) = inputs.base else {
        return Progress { why: "chưa có giá trị gốc; nhập năm, giá trị và nguồn", ..answer };
    };
    let Some(current) = inputs.current else {
        return Progress { why: "chưa có số liệu của năm nào", ..answer };
    };
    if current.year <= base.year {
        return Progress { why: "chưa có số liệu của năm sau năm gốc", ..answer };
    }
    if meets(inputs.direction, current.amount, target.amount) {
        answer.status = Status::Achieved;
    }
    if base.amount.0 <= 0 || current.amount.0 < 0 || target.amount.0 < 0 || target.year <= base.year {
        let why = match answer.status {
            Status::Achieved => "",
            _ => "giá trị gốc bằng 0 hoặc số âm: tốc độ tăng không tính được; xem mốc từng năm",
        };
        return Progress { why, ..answer };
    }
    let observed = growth(base, current);
    let required = growth(base, target);
    answer.observed = Some(millionths(observed));
    answer.required = Some(millionths(required));
    let d = match inputs.direction {
        Direction::Higher => 1.0,
        Direction::Lower => -1.0,
    };
    if required != 0.0 {
        answer.ratio = Some(millionths(d * observed / required.abs()));
    }
    if answer.status != Status::Achieved {
        answer.status = match answer.ratio {
            Some(ratio) => class(ratio),
            // The base was the target and the value has left it.
            None => Status::Deterioration,
        };
    }
    answer
}

/// The class of a ratio in millionths.
#[must_use]
pub fn class(ratio: i64) -> Status {
    match ratio {
        SUBSTANTIAL.. => Status::Substantial,
        MODERATE.. => Status::Moderate,
        0.. => Status::Limited,
        _ => Status::Deterioration,
    }
}

#[expect(clippy::cast_precision_loss, reason = "a ratio that is rounded to millionths")]
fn growth(from: At, to: At) -> f64 {
    let years = f64::from(to.year - from.year);
    (to.amount.0 as f64 / from.amount.0 as f64).powf(1.0 / years) - 1.0
}

#[expect(clippy::cast_possible_truncation, reason = "clamped to what fits")]
fn millionths(number: f64) -> i64 {
    (number * 1e6).round().clamp(-1e15, 1e15) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(year: i16, whole: i64) -> Option<At> {
        Some(At { year, amount: Amount(whole * 10_000) })
    }

    fn check(direction: Direction, base: Option<At>, current: Option<At>, target: Option<At>) -> Progress {
        progress(Inputs { base, current, target, direction })
    }

    #[test]
    fn classes_change_exactly_at_their_limits() {
        for (ratio, status) in [
            (950_000, Status::Substantial),
            (949_999, Status::Moderate),
            (600_000, Status::Moderate),
            (599_999, Status::Limited),
            (0, Status::Limited),
            (-1, Status::Deterioration),
        ] {
            assert_eq!(class(ratio), status, "{ratio}");
        }
    }

    #[test]
    fn the_class_is_the_one_a_spreadsheet_gives() {
        // =(60/50)^(1/1)-1 = 0,2; =(100/50)^(1/5)-1 = 0,148698…; 0,2/0,148698… = 1,345004792…
        let found = check(Direction::Higher, at(2025, 50), at(2026, 60), at(2030, 100));
        assert_eq!((found.observed, found.required, found.ratio), (Some(200_000), Some(148_698), Some(1_345_005)));
        assert_eq!(found.status, Status::Substantial);
        // =(52/50)-1 = 0,04; 0,04/0,148698 = 0,269001…
        let slow = check(Direction::Higher, at(2025, 50), at(2026, 52), at(2030, 100));
        assert_eq!((slow.ratio, slow.status), (Some(269_001), Status::Limited));
        let back = check(Direction::Higher, at(2025, 50), at(2026, 49), at(2030, 100));
        assert_eq!(back.status, Status::Deterioration);
        let still = check(Direction::Higher, at(2025, 50), at(2026, 50), at(2030, 100));
        assert_eq!((still.ratio, still.status), (Some(0), Status::Limited));
    }

    #[test]
    fn where_lower_is_better_a_falling_value_is_good() {
        let found = check(Direction::Lower, at(2025, 20), at(2026, 15), at(2030, 10));
        assert_eq!(found.status, Status::Substantial, "{found:?}");
        let worse = check(Direction::Lower, at(2025, 20), at(2026, 21), at(2030, 10));
        assert_eq!(worse.status, Status::Deterioration);
        let done = check(Direction::Lower, at(2025, 20), at(2027, 10), at(2030, 10));
        assert_eq!(done.status, Status::Achieved);
    }

    #[test]
    fn what_is_not_known_is_not_computable_and_never_zero() {
        let no_base = check(Direction::Higher, None, at(2026, 60), at(2030, 100));
        assert_eq!((no_base.status, no_base.ratio), (Status::NotAvailable, None));
        assert!(no_base.why.contains("giá trị gốc"));
        for (base, current, target) in [
            (at(2025, 50), None, at(2030, 100)),
            (at(2025, 50), at(2026, 60), None),
            (at(2026, 50), at(2026, 60), at(2030, 100)),
            (at(2025, 0), at(2026, 5), at(2030, 100)),
        ] {
            let found = check(Direction::Higher, base, current, target);
            assert_eq!((found.status, found.ratio), (Status::NotAvailable, None));
            assert!(!found.why.is_empty());
        }
        let zero_and_lower = check(Direction::Lower, at(2025, 0), at(2026, 5), at(2030, 0));
        assert_eq!(zero_and_lower.status, Status::NotAvailable, "a base of nothing has no growth");
        let kept_at_zero = check(Direction::Lower, at(2025, 0), at(2026, 0), at(2030, 0));
        assert_eq!(kept_at_zero.status, Status::Achieved);
    }
}
