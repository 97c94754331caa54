//! Figures over whole numbers: counts of dossiers, and nothing that is not a count.
//!
//! A dossier adds to a few tallies; figures are sums of tallies. No tally means no data, never zero.

use std::collections::BTreeMap;

use kernel::Date;

use super::model::{Channel, Class, Dossier};
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
        /// Dossiers that ended by rating, where there is one.
        Rating = "rating", "Mức hài lòng";
    }
}

/// What a dossier adds to, each by one.
#[must_use]
pub fn tallies(dossier: &Dossier) -> Vec<(Measure, i64)> {
    let (facts, judged) = (&dossier.facts, dossier.judged);
    if judged.class == Class::Outside {
        return vec![(Measure::Class, place(Class::Outside))];
    }
    let mut found = vec![match (judged.class, judged.held_to) {
        (Class::Open, Some(due)) => (Measure::OpenUntil, day_number(due)),
        (class, _) => (Measure::Class, place(class)),
    }];
    found.extend(facts.channel.map(|channel| (Measure::Online, i64::from(channel == Channel::Online))));
    found.extend(facts.input_digitised.map(|yes| (Measure::Input, i64::from(yes))));
    if let Some(days) = judged.days {
        found.push((Measure::Days, days));
        found.extend(facts.legal_days.map(|days| (Measure::Legal, days)));
        found.extend(facts.committed_days.map(|days| (Measure::Committed, days)));
        found.extend(facts.result_digitised.map(|yes| (Measure::Result, i64::from(yes))));
        found.extend(facts.rating.map(|rating| (Measure::Rating, rating)));
    }
    found
}

fn place(class: Class) -> i64 {
    let place = Class::ALL.iter().position(|one| *one == class).expect("every class is in the list");
    i64::try_from(place).expect("few classes")
}

fn day_number(day: Date) -> i64 {
    jiff::civil::date(1970, 1, 1).until(day).map_or(0, |span| i64::from(span.get_days()))
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
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Histogram(BTreeMap<i64, i64>);

impl Histogram {
    /// How many values.
    #[must_use]
    pub fn count(&self) -> i64 {
        self.0.values().sum()
    }

    /// All values added up.
    #[must_use]
    pub fn sum(&self) -> i64 {
        self.0.iter().map(|(value, many)| value * many).sum()
    }

    /// The value at a rank from 1.
    fn at(&self, rank: i64) -> Option<i64> {
        let mut before = 0;
        self.0.iter().find_map(|(value, many)| {
            before += many;
            (before >= rank).then_some(*value)
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
        let (count, sum) = (self.count(), self.0.iter().map(|(value, many)| value * many).sum::<i64>());
        (count > 0).then(|| (sum * 200 + count) / (2 * count))
    }
}

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
    /// Ratings of those that ended.
    pub ratings: Histogram,
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
            Measure::Days => *self.days.0.entry(value).or_default() += many,
            Measure::Legal => *self.legal.0.entry(value).or_default() += many,
            Measure::Committed => *self.committed.0.entry(value).or_default() += many,
            Measure::Online => share(&mut self.online),
            Measure::Input => share(&mut self.input),
            Measure::Result => share(&mut self.result),
            Measure::Rating => *self.ratings.0.entry(value).or_default() += many,
        }
    }

    /// Adds all tallies of a dossier.
    pub fn add_dossier(&mut self, dossier: &Dossier, today: Date) {
        for (measure, value) in tallies(dossier) {
            self.add(measure, value, 1, today);
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
        ] {
            for (value, many) in &theirs.0 {
                *mine.0.entry(*value).or_default() += many;
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

    /// How many of those that ended were rated.
    #[must_use]
    pub fn response(&self) -> Share {
        Share { part: self.ratings.count(), whole: self.days.count() }
    }
}
