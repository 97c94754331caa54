//! Charts drawn on the server: SVG with a title and a description, without scripts and style attributes, good on
//! paper. The numbers stand in a table beside every chart; a chart alone says nothing that the table does not.
//!
//! [`line`] draws a course over time with what is aimed at and what is forecast; [`bar`] draws a short bar for the
//! cell of a table, with a mark for what is aimed at. Colours and strokes are classes of `charts.css`.

pub mod bar;
pub mod line;

/// A text inside SVG.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A place on the drawing in tenths: whole numbers, so that both engines and all machines draw the same.
pub(crate) fn tenths(number: i64) -> String {
    let sign = if number < 0 { "-" } else { "" };
    let (whole, part) = (number.unsigned_abs() / 10, number.unsigned_abs() % 10);
    if part == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

/// Where a number falls between two ends, on a stretch of tenths; the middle where there is no stretch of numbers.
pub(crate) fn placed(number: i64, low: i64, high: i64, from: i64, to: i64) -> i64 {
    if high <= low {
        return i64::midpoint(from, to);
    }
    let (number, low, high) = (i128::from(number), i128::from(low), i128::from(high));
    let (from, to) = (i128::from(from), i128::from(to));
    i64::try_from(from + (number - low) * (to - from) / (high - low)).unwrap_or(0)
}

/// Round steps that cover a stretch of numbers in about four parts: 1, 2 or 5 times a power of ten.
pub(crate) fn steps(low: i64, high: i64) -> Vec<i64> {
    let span = i128::from(high) - i128::from(low);
    let mut step: i128 = 1;
    while step * 5 < span {
        step = [2, 5, 10].into_iter().map(|times| times * step).find(|one| one * 5 >= span).unwrap_or(step * 10);
    }
    let first = i128::from(low).div_euclid(step) * step;
    let mut found = Vec::new();
    let mut at = first;
    while at < i128::from(high) + step {
        found.extend(i64::try_from(at));
        at += step;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_and_cover_what_is_drawn() {
        assert_eq!(steps(0, 100), [0, 20, 40, 60, 80, 100]);
        assert_eq!(steps(-3, 14), [-5, 0, 5, 10, 15]);
        assert_eq!(steps(7, 7), [7], "one number is one step");
        assert!(steps(0, i64::MAX).len() < 12);
    }

    #[test]
    fn a_number_is_placed_between_its_ends() {
        assert_eq!(placed(50, 0, 100, 0, 1_000), 500);
        assert_eq!(placed(50, 0, 100, 1_000, 0), 500);
        assert_eq!(placed(7, 7, 7, 0, 1_000), 500);
        assert_eq!((tenths(1_234), tenths(-5), tenths(30)), ("123.4".into(), "-0.5".into(), "3".into()));
    }
}
