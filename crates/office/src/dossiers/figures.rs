//! Figures over whole numbers: counts of dossiers, and nothing that is not a count.
//!
//! A dossier adds to a few tallies; figures are sums of tallies. No tally means no data, never zero.

use std::collections::BTreeMap;

use kernel::Date;

use super::model::{Channel, Class, Dossier, Facts, Judged};
use crate::words::words;

words! {
    /// What is counted.
    Measure {
        /// Dossiers by class, those at work apart: value is the place of the class.
        Class = "class", "Kết quả";
        /// Dossiers at work by the day they are held to.
        OpenUntil = "open_until", "Đang giải quyết";
        /// Dossiers that ended by the working days they took.
        Days = "days", "Số ngày làm việc";
        /// Dossiers that ended by the working days of the law.
        Legal = "legal", "Thời hạn luật";
        /// Dossiers that ended by the working days promised.
        Committed = "committed", "Thời hạn cam kết";
        /// Accepted dossiers by whether they came online, where the channel is known.
        Online = "online", "Trực tuyến";
        /// Accepted dossiers by whether papers were digitised, where that is known.
        Input = "input", "Số hóa đầu vào";
        /// Dossiers that ended by whether the result was digitised, where that is known.
        Result = "result", "Kết quả điện tử";
        /// Dossiers that ended by the rating in the source's file, where there is one.
        Rating = "rating", "Mức hài lòng";
        /// Dossiers that ended by what was answered on the public page.
        Answer = "answer", "Phiếu hài lòng";
    }
}

/// What of a dossier is counted.
#[derive(Debug, Clone, Copy)]
pub struct Counted {
    /// Its class.
    pub class: Class,
    /// The day it is held to, in days since 1970.
    pub held_to: Option<i64>,
    /// The working days it took.
    pub days: Option<i64>,
    /// How it came.
    pub channel: Option<Channel>,
    /// The working days of the law.
    pub legal: Option<i64>,
    /// The working days promised.
    pub committed: Option<i64>,
    /// Whether papers were digitised.
    pub input: Option<bool>,
    /// Whether the result was.
    pub result: Option<bool>,
    /// The source's rating.
    pub rating: Option<i64>,
    /// The answer on the public page.
    pub answer: Option<i64>,
}

impl Counted {
    /// What of this dossier is counted.
    #[must_use]
    pub fn of(dossier: &Dossier) -> Self {
        Self::of_facts(&dossier.facts, dossier.judged, dossier.answer)
    }

    /// What is counted of facts that were judged.
    #[must_use]
    pub fn of_facts(facts: &Facts, judged: Judged, answer: Option<i64>) -> Self {
        Self {
            class: judged.class,
            held_to: judged.held_to.filter(|_| judged.class == Class::Open).map(day_number),
            days: judged.days,
            channel: facts.channel,
            legal: facts.legal_days,
            committed: facts.committed_days,
            input: facts.input_digitised,
            result: facts.result_digitised,
            rating: facts.rating,
            answer,
        }
    }

    /// Tells each measure and value that the dossier adds to, each by one.
    pub fn tell(&self, mut each: impl FnMut(Measure, i64)) {
        if self.class == Class::Outside {
            return each(Measure::Class, place(Class::Outside));
        }
        match (self.class, self.held_to) {
            (Class::Open, Some(due)) => each(Measure::OpenUntil, due),
            (class, _) => each(Measure::Class, place(class)),
        }
        let mut some = |measure, value: Option<i64>| {
            if let Some(value) = value {
                each(measure, value);
            }
        };
        some(Measure::Online, self.channel.map(|channel| i64::from(channel == Channel::Online)));
        some(Measure::Input, self.input.map(i64::from));
        if let Some(days) = self.days {
            some(Measure::Days, Some(days));
            some(Measure::Legal, self.legal);
            some(Measure::Committed, self.committed);
            some(Measure::Result, self.result.map(i64::from));
            some(Measure::Rating, self.rating);
            some(Measure::Answer, self.answer);
        }
    }
}

fn place(class: Class) -> i64 {
    let place = Class::ALL.iter().position(|one| *one == class).expect("every class is in the list");
    i64::try_from(place).expect("few classes")
}

/// A day as the number of days since 1970, as tallies keep it.
pub(super) fn day_number(day: Date) -> i64 {
    jiff::civil::date(1970, 1, 1).until(day).map_or(0, |span| i64::from(span.get_days()))
}

/// What the dossiers of one unit, procedure and period add up to: each measure and value with its count.
/// It is kept as one text, `class:0=5 days:3=2`, which later versions may add measures to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell(BTreeMap<(Measure, i64), i64>);

impl Cell {
    /// Counts a dossier in, or out with -1.
    pub fn count(&mut self, dossier: &Dossier, many: i64) {
        Counted::of(dossier).tell(|measure, value| *self.0.entry((measure, value)).or_default() += many);
    }

    /// Adds what other dossiers add up to.
    pub fn merge(&mut self, other: &Self) {
        for (key, many) in &other.0 {
            *self.0.entry(*key).or_default() += many;
        }
    }

    /// Whether nothing is counted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.values().all(|many| *many == 0)
    }

    /// The text that is kept; empty when nothing is left.
    #[must_use]
    pub fn text(&self) -> String {
        use std::fmt::Write as _;
        let mut text = String::with_capacity(self.0.len() * 12);
        for ((measure, value), many) in self.0.iter().filter(|(_, many)| **many != 0) {
            let gap = if text.is_empty() { "" } else { " " };
            write!(text, "{gap}{}:{value}={many}", measure.code()).expect("a text takes all");
        }
        text
    }

    /// Reads what is kept; none when it is no such text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let part = |part: &str| {
            let (measure, counted) = part.split_once(':')?;
            let (value, many) = counted.split_once('=')?;
            Some(((Measure::from_code(measure)?, value.parse().ok()?), many.parse().ok()?))
        };
        text.split(' ').filter(|one| !one.is_empty()).map(part).collect::<Option<_>>().map(Self)
    }

    /// The figures on a day.
    #[must_use]
    pub fn figures(&self, today: Date) -> Figures {
        let mut figures = Figures::default();
        for ((measure, value), many) in &self.0 {
            figures.add(*measure, *value, *many, today);
        }
        figures
    }
}

/// A share with its parts, so that the page can print them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// Of those, how many.
    pub part: i64,
    /// Out of how many.
    pub whole: i64,
}

impl Share {
    /// In hundredths of a percent, half up; none when there is nothing to count.
    #[must_use]
    pub fn basis_points(self) -> Option<i64> {
        (self.whole > 0).then(|| (self.part * 20_000 + self.whole) / (2 * self.whole))
    }
}

/// How often each value occurs.
#[derive(Debug, Clone, Default)]
pub struct Histogram {
    /// Those below [`SMALL`], by value.
    small: Vec<i64>,
    large: BTreeMap<i64, i64>,
}

/// Values below are counted in their places.
const SMALL: i64 = 128;

impl Histogram {
    /// Counts a value so many times more.
    pub fn add(&mut self, value: i64, many: i64) {
        match usize::try_from(value) {
            Ok(place) if value < SMALL => {
                if self.small.len() <= place {
                    self.small.resize(place + 1, 0);
                }
                self.small[place] += many;
            }
            _ => *self.large.entry(value).or_default() += many,
        }
    }

    /// Each value with how often it occurs, in order.
    pub fn counts(&self) -> impl Iterator<Item = (i64, i64)> {
        // A value below zero cannot come in: nothing takes fewer than no days.
        let small = (0..).zip(&self.small).map(|(value, many)| (value, *many));
        small.chain(self.large.iter().map(|(value, many)| (*value, *many))).filter(|(_, many)| *many != 0)
    }

    /// How many values.
    #[must_use]
    pub fn count(&self) -> i64 {
        self.counts().map(|(_, many)| many).sum()
    }

    /// All values added up.
    #[must_use]
    pub fn sum(&self) -> i64 {
        self.counts().map(|(value, many)| value * many).sum()
    }

    /// The value at a rank from 1.
    fn at(&self, rank: i64) -> Option<i64> {
        let mut before = 0;
        self.counts().find_map(|(value, many)| {
            before += many;
            (before >= rank).then_some(value)
        })
    }

    /// Twice the median: of an even count the mean of the two in the middle, which may be a half.
    #[must_use]
    pub fn median_doubled(&self) -> Option<i64> {
        let count = self.count();
        (count > 0).then(|| Some(self.at((count + 1) / 2)? + self.at(count / 2 + 1)?))?
    }

    /// The smallest value that at least nine tenths do not exceed (nearest rank).
    #[must_use]
    pub fn ninth_decile(&self) -> Option<i64> {
        let count = self.count();
        (count > 0).then(|| self.at((count * 9 + 9) / 10))?
    }

    /// The mean in hundredths, half up.
    #[must_use]
    pub fn mean_hundredths(&self) -> Option<i64> {
        let (count, sum) = (self.count(), self.sum());
        (count > 0).then(|| (sum * 200 + count) / (2 * count))
    }
}

impl PartialEq for Histogram {
    fn eq(&self, other: &Self) -> bool {
        self.counts().eq(other.counts())
    }
}

impl Eq for Histogram {}

/// The figures of some dossiers on a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// Done on an earlier working day.
    pub before: i64,
    /// Done on the due day.
    pub on_time: i64,
    /// Done late, or asked for papers more than once.
    pub overdue: i64,
    /// At work, the due day to come.
    pub open: i64,
    /// At work, the due day over.
    pub open_late: i64,
    /// Waiting for papers.
    pub waiting: i64,
    /// Without due day.
    pub unknown: i64,
    /// Not accepted.
    pub outside: i64,
    /// Working days of those that ended.
    pub days: Histogram,
    /// Legal limits of those that ended.
    pub legal: Histogram,
    /// Promised limits of those that ended.
    pub committed: Histogram,
    /// Online of those whose channel is known.
    pub online: Share,
    /// Digitised papers of those of which that is known.
    pub input: Share,
    /// Digitised results of those that ended and of which that is known.
    pub result: Share,
    /// Ratings of those that ended, from the sources' files.
    pub ratings: Histogram,
    /// Answers about those that ended, from the public page.
    pub answers: Histogram,
}

impl Figures {
    /// Adds a tally.
    pub fn add(&mut self, measure: Measure, value: i64, many: i64, today: Date) {
        let share = |share: &mut Share| {
            share.whole += many;
            share.part += value * many;
        };
        match measure {
            Measure::Class => match usize::try_from(value).ok().and_then(|place| Class::ALL.get(place)) {
                Some(Class::Before) => self.before += many,
                Some(Class::OnTime) => self.on_time += many,
                Some(Class::Overdue) => self.overdue += many,
                Some(Class::Open) => self.open += many,
                Some(Class::Waiting) => self.waiting += many,
                Some(Class::Unknown) => self.unknown += many,
                Some(Class::Outside) | None => self.outside += many,
            },
            Measure::OpenUntil if value < day_number(today) => self.open_late += many,
            Measure::OpenUntil => self.open += many,
            Measure::Days => self.days.add(value, many),
            Measure::Legal => self.legal.add(value, many),
            Measure::Committed => self.committed.add(value, many),
            Measure::Online => share(&mut self.online),
            Measure::Input => share(&mut self.input),
            Measure::Result => share(&mut self.result),
            Measure::Rating => self.ratings.add(value, many),
            Measure::Answer => self.answers.add(value, many),
        }
    }

    /// Adds the figures of other dossiers.
    pub fn merge(&mut self, other: &Self) {
        self.before += other.before;
        self.on_time += other.on_time;
        self.overdue += other.overdue;
        self.open += other.open;
        self.open_late += other.open_late;
        self.waiting += other.waiting;
        self.unknown += other.unknown;
        self.outside += other.outside;
        for (mine, theirs) in [
            (&mut self.days, &other.days),
            (&mut self.legal, &other.legal),
            (&mut self.committed, &other.committed),
            (&mut self.ratings, &other.ratings),
            (&mut self.answers, &other.answers),
        ] {
            for (value, many) in theirs.counts() {
                mine.add(value, many);
            }
        }
        for (mine, theirs) in
            [(&mut self.online, other.online), (&mut self.input, other.input), (&mut self.result, other.result)]
        {
            mine.part += theirs.part;
            mine.whole += theirs.whole;
        }
    }

    /// How many were accepted.
    #[must_use]
    pub fn accepted(&self) -> i64 {
        self.before + self.on_time + self.overdue + self.open + self.open_late + self.waiting + self.unknown
    }

    /// On time or before, out of those that ended or are over their due day.
    #[must_use]
    pub fn in_time(&self) -> Share {
        let part = self.before + self.on_time;
        Share { part, whole: part + self.overdue + self.open_late }
    }

    /// How many of those that ended were answered for on the public page.
    #[must_use]
    pub fn answered(&self) -> Share {
        Share { part: self.answers.count(), whole: self.days.count() }
    }

    /// How many of those that ended were rated.
    #[must_use]
    pub fn response(&self) -> Share {
        Share { part: self.ratings.count(), whole: self.days.count() }
    }
}
