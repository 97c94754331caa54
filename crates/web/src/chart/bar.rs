//! A short bar for the cell of a table, with a mark for what is aimed at. The cell writes the number; the bar is
//! only for the eye.

use super::{placed, tenths};

/// A bar from `low` to an amount on a stretch up to `high`; `aim` is marked where there is one.
#[must_use]
pub fn bar(amount: Option<i64>, aim: Option<i64>, low: i64, high: i64) -> String {
    let x = |number: i64| placed(number.clamp(low, high.max(low)), low, high, 0, 1_200);
    let mut svg = "<svg class=\"bar\" viewBox=\"0 0 120 12\" aria-hidden=\"true\">\
                   <path class=\"ch-rail\" d=\"M0 6H120\"/>"
        .to_owned();
    if let Some(amount) = amount.filter(|_| high > low) {
        svg.push_str(&format!("<path class=\"ch-bar\" d=\"M0 6H{}\"/>", tenths(x(amount))));
    }
    if let Some(aim) = aim.filter(|_| high > low) {
        svg.push_str(&format!("<path class=\"ch-mark\" d=\"M{} 0V12\"/>", tenths(x(aim).clamp(10, 1_190))));
    }
    svg.push_str("</svg>");
    svg
}

#[cfg(test)]
mod tests {
    use super::bar;

    #[test]
    fn a_bar_is_as_long_as_its_number_and_never_longer_than_its_cell() {
        assert!(bar(Some(50), Some(75), 0, 100).contains("H60\"/>"));
        assert!(bar(Some(500), None, 0, 100).contains("class=\"ch-bar\" d=\"M0 6H120\"/>"));
        assert!(!bar(None, None, 0, 100).contains("ch-bar"), "no data is not zero");
        assert!(!bar(Some(1), Some(1), 0, 0).contains("ch-mark"));
    }
}
