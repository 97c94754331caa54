//! A course over time, what was aimed at, and what is forecast with its interval.

use super::{escaped, placed, steps, tenths};

/// The drawing in tenths: width, height, and the room around the field for words.
const WIDTH: i64 = 7_200;
const HEIGHT: i64 = 2_900;
const LEFT: i64 = 850;
const RIGHT: i64 = 6_950;
const TOP: i64 = 200;
const BOTTOM: i64 = 2_450;

/// A point: when, in any equal steps, and how much, in ten-thousandths.
pub type At = (i64, i64);

/// What is forecast for the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ahead {
    /// When.
    pub when: i64,
    /// How much.
    pub amount: i64,
    /// The lower end of the interval.
    pub low: i64,
    /// The upper end.
    pub high: i64,
}

/// A chart of a course.
#[derive(Debug, Clone, Default)]
pub struct LineChart {
    /// An id of its own on the page.
    pub id: String,
    /// What it shows.
    pub title: String,
    /// What it says, for whoever does not see it.
    pub description: String,
    /// What was reported, the oldest first.
    pub points: Vec<At>,
    /// What is aimed at, the first year first.
    pub aims: Vec<At>,
    /// What is forecast.
    pub ahead: Option<Ahead>,
    /// Where the words below stand, and the words.
    pub marks: Vec<(i64, String)>,
    /// What the lines are called: what was reported, what is aimed at, what is forecast.
    pub legend: [String; 3],
}

impl LineChart {
    /// The SVG; nothing when there is nothing to draw.
    #[must_use]
    pub fn svg(&self) -> String {
        let mut amounts: Vec<i64> = self.points.iter().chain(&self.aims).map(|(_, amount)| *amount).collect();
        amounts.extend(self.ahead.iter().flat_map(|ahead| [ahead.low, ahead.high]));
        let (Some(low), Some(high)) = (amounts.iter().min(), amounts.iter().max()) else { return String::new() };
        let grid = steps(*low, *high);
        let (bottom, top) = (*grid.first().unwrap_or(low).min(low), *grid.last().unwrap_or(high).max(high));
        let whens = self.marks.iter().map(|(when, _)| *when).chain(self.points.iter().map(|(when, _)| *when));
        let whens: Vec<i64> = whens.chain(self.aims.iter().map(|(when, _)| *when)).collect();
        let (first, last) = (whens.iter().min().copied().unwrap_or(0), whens.iter().max().copied().unwrap_or(0));
        let x = |when: i64| placed(when, first, last, LEFT, RIGHT);
        let y = |amount: i64| placed(amount, bottom, top, BOTTOM, TOP);

        let (id, title, description) = (&self.id, escaped(&self.title), escaped(&self.description));
        let mut svg = format!(
            "<svg class=\"chart\" viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\">\
             <title id=\"{id}-t\">{title}</title><desc id=\"{id}-d\">{description}</desc>",
            WIDTH / 10,
            HEIGHT / 10
        );
        for amount in &grid {
            let at = tenths(y(*amount));
            svg.push_str(&format!(
                "<path class=\"ch-grid\" d=\"M{} {at}H{}\"/><text class=\"ch-n\" x=\"{}\" y=\"{}\">{}</text>",
                tenths(LEFT),
                tenths(RIGHT),
                tenths(LEFT - 80),
                tenths(y(*amount) + 45),
                kernel::numbers::decimal(*amount, 4),
            ));
        }
        for (when, words) in &self.marks {
            svg.push_str(&format!(
                "<text class=\"ch-m\" x=\"{}\" y=\"{}\">{}</text>",
                tenths(x(*when)),
                tenths(BOTTOM + 220),
                escaped(words)
            ));
        }
        let through = |points: &[At]| {
            let places: Vec<String> =
                points.iter().map(|(when, amount)| format!("{} {}", tenths(x(*when)), tenths(y(*amount)))).collect();
            places.join("L")
        };
        if let (Some(ahead), Some((when, amount))) = (self.ahead, self.points.last()) {
            let (from, to) = ((tenths(x(*when)), tenths(y(*amount))), tenths(x(ahead.when)));
            svg.push_str(&format!(
                "<path class=\"ch-band\" d=\"M{} {}L{to} {}L{to} {}Z\"/><path class=\"ch-ahead\" d=\"M{} {}L{to} {}\"/>",
                from.0,
                from.1,
                tenths(y(ahead.high)),
                tenths(y(ahead.low)),
                from.0,
                from.1,
                tenths(y(ahead.amount)),
            ));
        }
        if !self.aims.is_empty() {
            svg.push_str(&format!("<path class=\"ch-aim\" d=\"M{}\"/>", through(&self.aims)));
            for (when, amount) in &self.aims {
                let (x, y) = (x(*when), y(*amount));
                svg.push_str(&format!(
                    "<path class=\"ch-aim-dot\" d=\"M{} {}l6 6l-6 6l-6 -6Z\"/>",
                    tenths(x),
                    tenths(y - 60)
                ));
            }
        }
        if self.points.len() > 1 {
            svg.push_str(&format!("<path class=\"ch-line\" d=\"M{}\"/>", through(&self.points)));
        }
        for (when, amount) in &self.points {
            let (x, y) = (tenths(x(*when)), tenths(y(*amount)));
            svg.push_str(&format!("<circle class=\"ch-dot\" cx=\"{x}\" cy=\"{y}\" r=\"4.5\"/>"));
        }
        self.add_legend(&mut svg);
        svg.push_str("</svg>");
        svg
    }

    fn add_legend(&self, svg: &mut String) {
        let shown = [!self.points.is_empty(), !self.aims.is_empty(), self.ahead.is_some()];
        let mut at = LEFT;
        for ((class, words), shown) in ["ch-line", "ch-aim", "ch-ahead"].into_iter().zip(&self.legend).zip(shown) {
            if !shown {
                continue;
            }
            let (from, height) = (tenths(at), tenths(HEIGHT - 60));
            svg.push_str(&format!(
                "<path class=\"{class}\" d=\"M{from} {}h28\"/><text class=\"ch-k\" x=\"{}\" y=\"{height}\">{}</text>",
                tenths(HEIGHT - 105),
                tenths(at + 360),
                escaped(words)
            ));
            at += 500 + 85 * i64::try_from(words.chars().count()).unwrap_or(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart() -> LineChart {
        LineChart {
            id: "course".to_owned(),
            title: "Tỷ lệ <đúng hạn>".to_owned(),
            description: "Tăng từ 80 lên 90".to_owned(),
            points: vec![(0, 800_000), (3, 900_000)],
            aims: vec![(0, 850_000), (12, 1_000_000)],
            ahead: Some(Ahead { when: 12, amount: 1_200_000, low: 1_100_000, high: 1_300_000 }),
            marks: vec![(0, "2026".to_owned()), (12, "2027".to_owned())],
            legend: ["Báo cáo".to_owned(), "Mốc".to_owned(), "Dự báo".to_owned()],
        }
    }

    #[test]
    fn a_chart_has_a_title_a_description_and_no_style_of_its_own() {
        let svg = chart().svg();
        assert!(svg.contains("<title id=\"course-t\">Tỷ lệ &lt;đúng hạn&gt;</title>"), "{svg}");
        assert!(svg.contains("<desc id=\"course-d\">") && svg.contains("role=\"img\""));
        assert!(!svg.contains("style="), "{svg}");
        assert_eq!(svg.matches("ch-dot\"").count(), 2);
        assert!(svg.contains("ch-band") && svg.contains("ch-aim"));
    }

    #[test]
    fn nothing_is_drawn_of_nothing() {
        assert_eq!(LineChart::default().svg(), "");
    }
}
