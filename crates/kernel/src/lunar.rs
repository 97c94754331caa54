//! The Vietnamese lunar calendar, reckoned for UTC+7 by the method of Hồ Ngọc Đức.
//!
//! A month begins on the day of the new moon in Hà Nội; the eleventh month holds the winter solstice;
//! a year of thirteen months repeats the first month in which the sun enters no new sign. The Chinese
//! calendar does the same for Beijing, which is why Tết differs in 1985, 2007, 2030 and 2053: a library
//! made for UTC+8 gives the wrong day.
//!
//! The formulas are meant for the years 1800 to 2199. Far outside of them they still give days, but not history.

use std::f64::consts::{PI, TAU};

use jiff::SignedDuration;
use jiff::civil::Date;

/// Hours by which Việt Nam is ahead of Greenwich.
const TIME_ZONE: f64 = 7.0;
/// The new moon of 1 January 1900, from which months are counted, as a Julian day.
const FIRST_NEW_MOON: f64 = 2_415_021.076_998_695;
/// Days from one new moon to the next, on average.
const MONTH: f64 = 29.530_588_853;
/// The Julian day of 1 January 1970.
const JULIAN_DAY_OF_1970: i64 = 2_440_588;

/// A day of the lunar calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LunarDay {
    /// 1 (mùng một) to 29 or 30.
    pub day: i8,
    /// 1 (tháng Giêng) to 12 (tháng Chạp).
    pub month: i8,
    /// Whether the month is the repeated one (tháng nhuận).
    pub leap: bool,
    /// The year, numbered as the solar year in which it begins.
    pub year: i16,
}

/// The lunar day of a solar day.
#[must_use]
pub fn lunar_day(solar: Date) -> LunarDay {
    let today = julian_day(solar);
    let month_start = month_start_of(today);
    // The eleventh month that this month follows or is, and the solar year whose solstice it holds.
    let mut winter_year = i64::from(solar.year());
    if eleventh_month(winter_year) > month_start {
        winter_year -= 1;
    }
    let winter = eleventh_month(winter_year);
    let months_since = (month_start - winter) / 29;
    let repeated = repeated_month(winter, eleventh_month(winter_year + 1));
    let counted = months_since - i64::from(repeated.is_some_and(|repeated| months_since >= repeated));
    LunarDay {
        day: (today - month_start + 1) as i8,
        month: ((counted + 10) % 12 + 1) as i8,
        leap: repeated == Some(months_since),
        year: if counted < 2 { winter_year } else { winter_year + 1 } as i16,
    }
}

/// The solar day of a lunar day; none when that year has no such day, or does not repeat that month.
#[must_use]
pub fn solar_day(lunar: LunarDay) -> Option<Date> {
    let mut month_start = month_start_of(julian_day(Date::new(lunar.year, 1, 1).ok()?));
    // The year begins after 1 January and ends before the second February from then: within sixteen months.
    for _ in 0..16 {
        let first = lunar_day(date_of(month_start)?);
        if (first.year, first.month, first.leap) == (lunar.year, lunar.month, lunar.leap) {
            return date_of(month_start + i64::from(lunar.day) - 1).filter(|&found| lunar_day(found) == lunar);
        }
        month_start = month_start_of(month_start + 31);
    }
    None
}

/// Mùng một tháng Giêng, the first day of a lunar year.
#[must_use]
pub fn new_year(year: i16) -> Option<Date> {
    solar_day(LunarDay { day: 1, month: 1, leap: false, year })
}

/// The name of a lunar year by stem and branch: 2026 is `Bính Ngọ`.
#[must_use]
pub fn year_name(year: i16) -> String {
    const STEMS: [&str; 10] = ["Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ", "Canh", "Tân", "Nhâm", "Quý"];
    const BRANCHES: [&str; 12] = ["Tý", "Sửu", "Dần", "Mão", "Thìn", "Tỵ", "Ngọ", "Mùi", "Thân", "Dậu", "Tuất", "Hợi"];
    // Year 4 was Giáp Tý.
    let place = |cycle: i16| (year - 4).rem_euclid(cycle) as usize;
    format!("{} {}", STEMS[place(10)], BRANCHES[place(12)])
}

/// Days since the beginning of 4713 before our era: the number by which astronomers know a day.
fn julian_day(day: Date) -> i64 {
    day.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24 + JULIAN_DAY_OF_1970
}

/// The solar day with this number; none outside the years that a [`Date`] can hold.
fn date_of(julian_day: i64) -> Option<Date> {
    let days = SignedDuration::from_hours(24 * (julian_day - JULIAN_DAY_OF_1970));
    Date::constant(1970, 1, 1).checked_add(days).ok()
}

/// The first day of the lunar month that holds this day.
fn month_start_of(julian_day: i64) -> i64 {
    let mean = ((julian_day as f64 - FIRST_NEW_MOON) / MONTH).floor();
    // A new moon comes up to fourteen hours before or after the mean one: the month may be the next or the last.
    let (next, this) = (new_moon_day(mean + 1.0), new_moon_day(mean));
    if next <= julian_day {
        next
    } else if this <= julian_day {
        this
    } else {
        new_moon_day(mean - 1.0)
    }
}

/// The first day of the eleventh month in a solar year: the month that holds the winter solstice.
fn eleventh_month(year: i64) -> i64 {
    // A year that a `Date` cannot hold comes up only beside the last that it can: that one stands in.
    let last = Date::new(year as i16, 12, 31).map_or(julian_day(Date::MAX), julian_day);
    let month = ((last as f64 - 2_415_021.0) / MONTH).floor();
    let start = new_moon_day(month);
    // Sector 9 begins at the solstice: a month that begins in it comes after.
    if sun_sector(start) >= 9 { new_moon_day(month - 1.0) } else { start }
}

/// How many months after the eleventh the repeated month comes, in a year that has one.
fn repeated_month(winter: i64, next_winter: i64) -> Option<i64> {
    if next_winter - winter <= 365 {
        return None;
    }
    let month = ((winter as f64 - FIRST_NEW_MOON) / MONTH + 0.5).floor();
    let sector = |after: i64| sun_sector(new_moon_day(month + after as f64));
    (1..13).find(|&after| sector(after) == sector(after + 1))
}

/// The day in Việt Nam on which a new moon falls; months are counted from January 1900.
fn new_moon_day(month: f64) -> i64 {
    (new_moon(month) + 0.5 + TIME_ZONE / 24.0).floor() as i64
}

/// The sun's place at midnight in Việt Nam, in twelfths of the circle from the March equinox.
fn sun_sector(julian_day: i64) -> i64 {
    (sun_longitude(julian_day as f64 - 0.5 - TIME_ZONE / 24.0) / PI * 6.0).floor() as i64
}

/// The instant of a new moon, as a Julian day (Jean Meeus, Astronomical Algorithms, 1998).
fn new_moon(month: f64) -> f64 {
    let t = month / 1236.85;
    let (t2, t3) = (t * t, t * t * t);
    let mean = 2_415_020.759_33 + 29.530_588_68 * month + 0.000_117_8 * t2 - 0.000_000_155 * t3
        + 0.000_33 * (166.56 + 132.87 * t - 0.009_173 * t2).to_radians().sin();
    let sun = (359.2242 + 29.105_356_08 * month - 0.000_033_3 * t2 - 0.000_003_47 * t3).to_radians();
    let moon = (306.0253 + 385.816_918_06 * month + 0.010_730_6 * t2 + 0.000_012_36 * t3).to_radians();
    let latitude = (21.2964 + 390.670_506_46 * month - 0.001_652_8 * t2 - 0.000_002_39 * t3).to_radians();
    let correction = (0.1734 - 0.000_393 * t) * sun.sin() + 0.0021 * (2.0 * sun).sin() - 0.4068 * moon.sin()
        + 0.0161 * (2.0 * moon).sin()
        - 0.0004 * (3.0 * moon).sin()
        + 0.0104 * (2.0 * latitude).sin()
        - 0.0051 * (sun + moon).sin()
        - 0.0074 * (sun - moon).sin()
        + 0.0004 * (2.0 * latitude + sun).sin()
        - 0.0004 * (2.0 * latitude - sun).sin()
        - 0.0006 * (2.0 * latitude + moon).sin()
        + 0.0010 * (2.0 * latitude - moon).sin()
        + 0.0005 * (2.0 * moon + sun).sin();
    // The earth's turning is not even: what clocks count and what the sky shows drift apart.
    let drift = if t < -11.0 {
        0.001 + 0.000_839 * t + 0.000_226_1 * t2 - 0.000_008_45 * t3 - 0.000_000_081 * t * t3
    } else {
        -0.000_278 + 0.000_265 * t + 0.000_262 * t2
    };
    mean + correction - drift
}

/// The sun's longitude at an instant given as a Julian day, from 0 to 2π.
fn sun_longitude(instant: f64) -> f64 {
    let t = (instant - 2_451_545.0) / 36_525.0;
    let t2 = t * t;
    let anomaly = (357.529_10 + 35_999.050_30 * t - 0.000_155_9 * t2 - 0.000_000_48 * t * t2).to_radians();
    let mean = 280.466_45 + 36_000.769_83 * t + 0.000_303_2 * t2;
    let centre = (1.914_600 - 0.004_817 * t - 0.000_014 * t2) * anomaly.sin()
        + (0.019_993 - 0.000_101 * t) * (2.0 * anomaly).sin()
        + 0.000_290 * (3.0 * anomaly).sin();
    (mean + centre).to_radians().rem_euclid(TAU)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan as _;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn lunar(day: i8, month: i8, year: i16) -> LunarDay {
        LunarDay { day, month, leap: false, year }
    }

    #[test]
    fn the_new_year_falls_as_in_viet_nam_and_not_as_in_china() {
        for (year, month, day) in [
            (1985, 1, 21),
            (2007, 2, 17),
            (2024, 2, 10),
            (2025, 1, 29),
            (2026, 2, 17),
            (2027, 2, 6),
            (2028, 1, 26),
            (2029, 2, 13),
            (2030, 2, 2),
            (2031, 1, 23),
            (2032, 2, 11),
            (2033, 1, 31),
            (2034, 2, 19),
            (2035, 2, 8),
            (2053, 2, 18),
        ] {
            assert_eq!(new_year(year), Some(date(year, month, day)));
            assert_eq!(lunar_day(date(year, month, day)), lunar(1, 1, year));
        }
    }

    #[test]
    fn the_day_of_the_hung_kings_falls_as_announced() {
        for (year, month, day) in [(2024, 4, 18), (2025, 4, 7), (2026, 4, 26), (2030, 4, 12), (2031, 4, 1)] {
            assert_eq!(solar_day(lunar(10, 3, year)), Some(date(year, month, day)));
        }
    }

    #[test]
    fn no_thirtieth_comes_before_the_new_years_of_2025_to_2032() {
        for year in 2024..=2033 {
            let eve = new_year(year).and_then(|day| day.yesterday().ok()).map(|day| lunar_day(day).day);
            assert_eq!(eve, Some(if (2025..=2032).contains(&year) { 29 } else { 30 }), "eve of {year}");
        }
    }

    #[test]
    fn a_repeated_month_is_told_from_the_first() {
        // 2025 repeats its sixth month, 2023 its second.
        assert_eq!(lunar_day(date(2025, 7, 25)), LunarDay { leap: true, ..lunar(1, 6, 2025) });
        assert_eq!(lunar_day(date(2025, 6, 25)), lunar(1, 6, 2025));
        assert_eq!(lunar_day(date(2023, 3, 22)), LunarDay { leap: true, ..lunar(1, 2, 2023) });
        assert_eq!(solar_day(LunarDay { leap: true, ..lunar(1, 6, 2025) }), Some(date(2025, 7, 25)));
    }

    #[test]
    fn a_lunar_day_that_does_not_exist_has_no_solar_day() {
        assert_eq!(solar_day(lunar(30, 12, 2025)), None);
        assert_eq!(solar_day(LunarDay { leap: true, ..lunar(1, 6, 2026) }), None);
        assert_eq!(solar_day(lunar(0, 1, 2026)), None);
        assert_eq!(solar_day(lunar(1, 13, 2026)), None);
    }

    #[test]
    fn january_still_belongs_to_the_lunar_year_before() {
        assert_eq!(lunar_day(date(2026, 1, 1)), lunar(13, 11, 2025));
        assert_eq!(lunar_day(date(2030, 2, 1)), lunar(29, 12, 2029));
    }

    #[test]
    fn years_are_named_by_stem_and_branch() {
        for (year, name) in
            [(1984, "Giáp Tý"), (2024, "Giáp Thìn"), (2025, "Ất Tỵ"), (2026, "Bính Ngọ"), (2030, "Canh Tuất")]
        {
            assert_eq!(year_name(year), name);
        }
    }

    #[test]
    fn after_a_lunar_day_comes_the_next_or_the_first_of_a_month() {
        let mut today = lunar_day(date(1800, 2, 1));
        for solar in date(1800, 2, 2).series(1.day()).take_while(|&day| day < date(2200, 1, 1)) {
            let next = lunar_day(solar);
            let goes_on = next == LunarDay { day: today.day + 1, ..today };
            assert!(goes_on || (next.day == 1 && today.day >= 29), "{solar}: {today:?} {next:?}");
            today = next;
        }
    }

    #[test]
    fn a_new_moon_hours_after_the_mean_one_does_not_begin_its_month_a_day_early() {
        let last = LunarDay { day: 30, month: 2, leap: false, year: 1877 };
        assert_eq!(lunar_day(date(1877, 4, 13)), last);
        assert_eq!(lunar_day(date(1877, 4, 14)).day, 1);
    }

    proptest! {
        #[test]
        fn every_day_is_found_again_from_its_lunar_day(days in 0_i64..146_000) {
            let solar = date_of(julian_day(date(1800, 2, 1)) + days).expect("within the years meant");
            prop_assert_eq!(solar_day(lunar_day(solar)), Some(solar));
        }
    }
}
