//! A term day by day, in the words of the screen.

use kernel::calendar::{Explained, Half, Length, Mark};
use kernel::numbers::{long_date, short_date, weekday_name};
use kernel::{Date, Time};

use crate::say::Lang;

/// So many days are shown at once; a longer list opens when asked for.
const AT_ONCE: usize = 45;

/// One day of a term.
pub struct StepLine {
    /// The day.
    pub day: String,
    /// Its weekday.
    pub weekday: &'static str,
    /// What it does, in a word.
    pub mark: String,
    /// How the word is coloured.
    pub tone: &'static str,
    /// What day it is.
    pub words: String,
    /// The document that sets it apart.
    pub document: String,
    /// Whether no notice has fixed it yet.
    pub projected: bool,
}

/// A term explained.
pub struct ExplainedView {
    /// The day of the event, in words.
    pub from: String,
    /// How long it is, in words.
    pub length: String,
    /// The last day, in words; empty while a pause has no end.
    pub due: String,
    /// The day on which it was counted out, when that day is off.
    pub rolled: String,
    /// Whether a day decided that no notice has fixed yet.
    pub projected: bool,
    /// How many days were counted.
    pub counted: usize,
    /// How many were stepped over.
    pub skipped: usize,
    /// On how many the clock stood.
    pub paused: usize,
    /// How many are left after a pause without an end.
    pub left: u32,
    /// Every day on the way.
    pub steps: Vec<StepLine>,
    /// Whether they are too many to be shown at once.
    pub long: bool,
}

/// What a length is called: `10 ngày làm việc`.
pub fn length_words(l: Lang, length: Length) -> String {
    let words = match length {
        Length::Days(_) => l.t("ngày"),
        Length::WorkingDays(_) => l.t("ngày làm việc"),
    };
    format!("{} {words}", length.many())
}

/// A day with its weekday: `Thứ Ba, ngày 08 tháng 12 năm 2026`.
pub fn full_day(l: Lang, day: Date) -> String {
    format!("{}, {}", l.t(weekday_name(day)), long_date(day))
}

/// An hour as people write it: `16:30`.
pub fn hour_words(hour: Time) -> String {
    format!("{:02}:{:02}", hour.hour(), hour.minute())
}

impl ExplainedView {
    /// The words for a term that was counted from `from`.
    pub fn of(l: Lang, from: Date, length: Length, explained: &Explained) -> Self {
        let many = |wanted: fn(&Mark) -> bool| explained.steps.iter().filter(|step| wanted(&step.mark)).count();
        let steps = explained.steps.iter().map(|step| {
            let (mark, tone) = match step.mark {
                Mark::Counted(number) => (format!("{} {number}", l.t("ngày thứ")), "ok"),
                Mark::Off => (l.t("không tính").to_owned(), "neutral"),
                Mark::Paused => (l.t("tạm dừng").to_owned(), "warn"),
                Mark::PastEnd => (l.t("nghỉ, chuyển tiếp").to_owned(), "neutral"),
                Mark::RolledTo => (l.t("hết hạn").to_owned(), "ok"),
            };
            let half = match step.half {
                Some(Half::Morning) => format!(" ({})", l.t("chỉ làm buổi sáng")),
                Some(Half::Afternoon) => format!(" ({})", l.t("chỉ làm buổi chiều")),
                None => String::new(),
            };
            StepLine {
                day: short_date(step.day),
                weekday: l.t(weekday_name(step.day)),
                mark,
                tone,
                words: format!("{}{half}", l.t(&step.words)),
                document: step.document.clone().unwrap_or_default(),
                projected: step.projected,
            }
        });
        Self {
            from: full_day(l, from),
            length: length_words(l, length),
            due: explained.due.map(|due| full_day(l, due)).unwrap_or_default(),
            rolled: explained.rolled.map(|day| full_day(l, day)).unwrap_or_default(),
            projected: explained.projected,
            counted: many(|mark| matches!(mark, Mark::Counted(_))),
            skipped: many(|mark| matches!(mark, Mark::Off | Mark::PastEnd)),
            paused: many(|mark| matches!(mark, Mark::Paused)),
            left: explained.left,
            long: explained.steps.len() > AT_ONCE,
            steps: steps.collect(),
        }
    }
}
