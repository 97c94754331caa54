//! A rule's versions on a line of time, drawn here so that no script has to.

use kernel::Date;
use kernel::numbers::short_date;
use rules::RuleText;

/// Where the line begins and ends inside the drawing, whose width is 400.
const LEFT: i64 = 16;
const RIGHT: i64 = 384;
/// More years than this are not all labelled.
const LABELS: i64 = 6;

/// A version as a bar.
pub struct Bar {
    /// Its number among the versions.
    pub number: usize,
    /// Its left edge.
    pub x: i64,
    /// Its width.
    pub width: i64,
    /// The middle, for its number.
    pub middle: i64,
    /// Whether it goes on to the right.
    pub open: bool,
}

/// A first of January.
pub struct Tick {
    /// Where it stands.
    pub x: i64,
    /// Its year; empty where there is no room.
    pub year: String,
}

/// The drawing.
pub struct Timeline {
    /// What it shows, in words.
    pub said: String,
    /// The versions.
    pub bars: Vec<Bar>,
    /// The years.
    pub ticks: Vec<Tick>,
    /// The day that is looked at.
    pub day: i64,
    /// From where a person must confirm; may be empty.
    pub reviews: Vec<i64>,
}

impl Timeline {
    /// Draws a rule around a day; none for a rule without versions.
    pub fn draw(rule: &RuleText, day: Date) -> Option<Self> {
        let first = rule.versions.first()?.basis.period.from.min(day);
        let known = rule.versions.iter().flat_map(|one| {
            [Some(one.basis.period.from), one.basis.period.until, one.basis.review_from].into_iter().flatten()
        });
        let last = known.chain([day]).max()?;
        let (from, until) = (Date::new(first.year(), 1, 1).ok()?, Date::new(last.year().checked_add(2)?, 1, 1).ok()?);
        let span = number_of_days(from, until).max(1);
        let x = |day: Date| LEFT + number_of_days(from, day) * (RIGHT - LEFT) / span;
        let bar = |(at, version): (usize, &rules::VersionText)| {
            let period = version.basis.period;
            let (left, right) = (x(period.from), period.until.map_or(RIGHT, x));
            let width = (right - left).max(3);
            Bar { number: at + 1, x: left, width, middle: left + width / 2, open: period.until.is_none() }
        };
        let years = i64::from(until.year() - from.year());
        let every = years / LABELS + 1;
        let tick = |year: i16| {
            let labelled = i64::from(year - from.year()) % every == 0 && year < until.year();
            let year_text = if labelled { year.to_string() } else { String::new() };
            Some(Tick { x: x(Date::new(year, 1, 1).ok()?), year: year_text })
        };
        let said = rule
            .versions
            .iter()
            .enumerate()
            .map(|(at, version)| format!("{}: {}", at + 1, super::words::days_of(&version.basis)));
        Some(Self {
            said: format!("{}; {}", said.collect::<Vec<_>>().join("; "), short_date(day)),
            bars: rule.versions.iter().enumerate().map(bar).collect(),
            ticks: (from.year()..=until.year()).filter_map(tick).collect(),
            day: x(day),
            reviews: rule.versions.iter().filter_map(|one| one.basis.review_from).map(x).collect(),
        })
    }
}

fn number_of_days(from: Date, until: Date) -> i64 {
    from.until(until).map_or(0, |span| i64::from(span.get_days()))
}
