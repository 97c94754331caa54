//! The clock that is passed in, so that a test or a demonstration can stand on any day.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Unit};

/// Tells the instant and the day, in Việt Nam's time.
#[derive(Debug, Clone)]
pub struct Clock {
    shift: SignedDuration,
}

/// Việt Nam keeps UTC+7 all year.
fn viet_nam() -> TimeZone {
    TimeZone::fixed(jiff::tz::offset(7))
}

impl Clock {
    /// The machine's own clock.
    #[must_use]
    pub fn system() -> Self {
        Self { shift: SignedDuration::ZERO }
    }

    /// A clock that runs, but stands on `day` now. For tests and demonstrations.
    #[must_use]
    pub fn standing_on(day: Date) -> Self {
        let now = Timestamp::now();
        let there = now.to_zoned(viet_nam()).with().date(day).build().map_or(now, |zoned| zoned.timestamp());
        Self { shift: there.duration_since(now) }
    }

    /// A clock that runs, but stands on `day` at `time` now.
    #[must_use]
    pub fn standing_at(day: Date, time: jiff::civil::Time) -> Self {
        let now = Timestamp::now();
        let there = day.to_datetime(time).to_zoned(viet_nam()).map_or(now, |zoned| zoned.timestamp());
        Self { shift: there.duration_since(now) }
    }

    /// Now, cut to microseconds: what both engines keep.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let now = Timestamp::now().checked_add(self.shift).unwrap_or(Timestamp::MAX);
        now.round((Unit::Microsecond, 1)).unwrap_or(now)
    }

    /// Today in Việt Nam.
    #[must_use]
    pub fn today(&self) -> Date {
        day_of(self.now())
    }
}

/// The day on which an instant falls in Việt Nam.
#[must_use]
pub fn day_of(instant: Timestamp) -> Date {
    instant.to_zoned(viet_nam()).date()
}

/// The instant of a day and an hour in Việt Nam.
#[must_use]
pub fn instant_of(day: Date, time: jiff::civil::Time) -> Timestamp {
    day.to_datetime(time).to_zoned(viet_nam()).map_or(Timestamp::MAX, |zoned| zoned.timestamp())
}

/// The day and hour in Việt Nam at which an instant falls.
#[must_use]
pub fn civil_of(instant: Timestamp) -> jiff::civil::DateTime {
    instant.to_zoned(viet_nam()).datetime()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_clock_set_to_a_day_stands_on_it() {
        assert_eq!(Clock::standing_on(date(2028, 6, 1)).today(), date(2028, 6, 1));
    }

    #[test]
    fn a_day_and_its_hour_are_one_instant_and_back() {
        let instant = instant_of(date(2026, 11, 23), jiff::civil::time(7, 30, 0, 0));
        assert_eq!(instant.to_string(), "2026-11-23T00:30:00Z");
        assert_eq!(civil_of(instant).to_string(), "2026-11-23T07:30:00");
    }

    #[test]
    fn late_evening_utc_is_already_the_next_day_in_viet_nam() {
        let instant: Timestamp = "2026-11-22T17:00:00Z".parse().expect("an instant");
        assert_eq!(day_of(instant), date(2026, 11, 23));
    }
}
