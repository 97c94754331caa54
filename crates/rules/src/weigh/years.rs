//! Years in a row: ratings and awards held, with what a discipline takes away.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};

use super::{Count, Found, Scene};
use crate::answer::Finding;
use crate::award::AwardCode;
use crate::facts::{HeldAward, RatingLevel};
use crate::pack::condition::{Condition, YearsAt};

/// Years in a row that satisfy a rating condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Window {
    pub first: i16,
    pub last: i16,
    /// Whether every year of it counts for sure.
    pub sure: bool,
}

impl Window {
    pub(crate) fn holds(&self, year: i16) -> bool {
        (self.first..=self.last).contains(&year)
    }

    fn length(&self) -> usize {
        usize::try_from(self.last - self.first + 1).unwrap_or(0)
    }
}

/// Whether a whole year counts when achievements count from a day.
fn year_counts(year: i16, counts_from: Option<Date>) -> Finding {
    match counts_from {
        None => Finding::Met,
        Some(day) if date(year.max(1), 1, 1) >= day => Finding::Met,
        Some(day) if year < day.year() => Finding::NotMet,
        Some(_) => Finding::Unknown,
    }
}

struct Demand {
    min: RatingLevel,
    years: usize,
    to_nomination: bool,
    after_award: Option<AwardCode>,
    min_years_at: Option<YearsAt>,
}

fn demand(condition: &Condition) -> Option<Demand> {
    match condition {
        Condition::TaskRating { min, years, to_nomination, after_award, min_years_at } => Some(Demand {
            min: *min,
            years: *years,
            to_nomination: *to_nomination,
            after_award: *after_award,
            min_years_at: *min_years_at,
        }),
        _ => None,
    }
}

/// The windows of a rating condition; none for another condition.
pub(crate) fn windows_of(condition: &Condition, scene: &Scene<'_>) -> Option<Vec<Window>> {
    demand(condition).map(|demand| windows(&demand, scene))
}

/// Runs of years that follow one another, among those that are given.
fn runs(years: &[i16]) -> Vec<(i16, i16)> {
    let mut runs: Vec<(i16, i16)> = Vec::new();
    for year in years {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *year => *last = *year,
            _ => runs.push((*year, *year)),
        }
    }
    runs
}

/// The year that a nomination looks at: this one when it is rated already, else the one before.
fn year_looked_at(rated: &BTreeMap<i16, (usize, RatingLevel)>, on: Date) -> i16 {
    if rated.contains_key(&on.year()) { on.year() } else { on.year() - 1 }
}

fn rated(scene: &Scene<'_>) -> Option<BTreeMap<i16, (usize, RatingLevel)>> {
    let ratings = scene.facts().ratings.as_ref()?;
    let past = ratings.iter().enumerate().filter(|(_, rating)| rating.year <= scene.on().year());
    Some(past.map(|(at, rating)| (rating.year, (at, rating.level))).collect())
}

fn windows(demand: &Demand, scene: &Scene<'_>) -> Vec<Window> {
    let Some(rated) = rated(scene) else { return Vec::new() };
    let looked_at = year_looked_at(&rated, scene.on());
    let floors = match demand.after_award {
        None => vec![(i16::MIN, true)],
        Some(award) => first_years_after(award, scene),
    };
    let mut found = Vec::new();
    for surely in [true, false] {
        let floor = floors.iter().filter(|(_, sure)| *sure || !surely).map(|(floor, _)| *floor).min();
        let Some(floor) = floor else { continue };
        let good: Vec<i16> = rated
            .iter()
            .filter(|(year, (_, level))| **year >= floor && level.at_least(demand.min))
            .map(|(year, _)| *year)
            .filter(|year| match year_counts(*year, scene.counts_from) {
                Finding::Met => true,
                Finding::Unknown => !surely,
                Finding::NotMet => false,
            })
            .collect();
        for (first, last) in runs(&good) {
            let window = Window { first, last, sure: surely };
            let at_level = |at: YearsAt| {
                rated.iter().filter(|(year, (_, level))| window.holds(**year) && level.at_least(at.level)).count()
                    >= at.years
            };
            let fits = window.length() >= demand.years
                && (!demand.to_nomination || last == looked_at)
                && demand.min_years_at.is_none_or(at_level);
            let told = found.iter().any(|other: &Window| other.first == first && other.last == last);
            if fits && !told {
                found.push(window);
            }
        }
    }
    found
}

/// For each time the award was given, the first whole year after it, and whether that is sure.
fn first_years_after(award: AwardCode, scene: &Scene<'_>) -> Vec<(i16, bool)> {
    let held = scene.facts().awards.iter().flatten().filter(|held| held.award == award);
    held.filter_map(|held| {
        let sure = match counts(held, scene) {
            Finding::NotMet => return None,
            finding => finding == Finding::Met,
        };
        Some(match held.decided_on {
            Some(day) if day == day.first_of_year() => (day.year(), sure),
            Some(day) => (day.year() + 1, sure),
            None => (held.year + 1, false),
        })
    })
    .collect()
}

/// Weighs a rating condition.
pub(crate) fn rating(condition: &Condition, scene: &Scene<'_>) -> Found {
    let (Some(demand), Some(rated)) = (demand(condition), rated(scene)) else {
        return Found::lacking("ratings", "xếp loại mức độ hoàn thành nhiệm vụ các năm");
    };
    if demand.after_award.is_some() && scene.facts().awards.is_none() {
        return Found::lacking("awards", "đã được tặng hình thức làm mốc tính năm hay chưa");
    }
    let windows = match scene.window {
        Some(window) => vec![window],
        None => windows(&demand, scene),
    };
    let finding = match windows.iter().map(|window| window.sure).max() {
        Some(true) => Finding::Met,
        Some(false) => Finding::Unknown,
        None => Finding::NotMet,
    };
    let best = windows.iter().max_by_key(|window| (window.sure, window.length()));
    let records = |window: &Window| {
        rated.iter().filter(|(year, _)| window.holds(**year)).map(|(_, (at, _))| format!("ratings[{at}]")).collect()
    };
    let good: Vec<i16> =
        rated.iter().filter(|(_, (_, level))| level.at_least(demand.min)).map(|(year, _)| *year).collect();
    let longest = runs(&good).into_iter().map(|(first, last)| last - first + 1).max().unwrap_or(0);
    let looked_at = year_looked_at(&rated, scene.on());
    let found = match (best, demand.years) {
        (Some(window), 1) => format!("năm {}", window.last),
        (Some(window), _) => format!("{} năm ({}–{})", window.length(), window.first, window.last),
        (None, 1) => rated.get(&looked_at).map_or_else(
            || format!("năm {looked_at}: chưa xếp loại"),
            |(_, level)| format!("năm {looked_at}: {}", level.name_vi()),
        ),
        (None, _) => format!("{longest} năm"),
    };
    let needed = if demand.years == 1 { demand.min.name_vi().to_owned() } else { format!("{} năm", demand.years) };
    Found { records: best.map(records).unwrap_or_default(), ..Found::told(finding, "ratings") }
        .found(found)
        .needed(needed)
        .or_missing(|| match finding {
            Finding::Unknown => {
                "Có năm chỉ tính được một phần (sau kỷ luật hoặc thiếu ngày quyết định): cần xác định".to_owned()
            }
            _ => format!(
                "Cần {} liên tục {} trở lên",
                if demand.years == 1 { "năm xét".to_owned() } else { format!("{} năm", demand.years) },
                demand.min.name_vi()
            ),
        })
}

/// Whether an award that is held counts as a basis.
fn counts(held: &HeldAward, scene: &Scene<'_>) -> Finding {
    let on = scene.on();
    if held.year > on.year() || held.decided_on.is_some_and(|day| day > on) {
        return Finding::NotMet;
    }
    let kind = match held.r#type {
        _ if scene.excluded.is_empty() => Finding::Met,
        Some(kind) => Finding::of(Some(!scene.excluded.contains(&kind))),
        None => Finding::Unknown,
    };
    let decided = if held.decided_on.is_none() && held.year == on.year() { Finding::Unknown } else { Finding::Met };
    let after_discipline = match (year_counts(held.year, scene.counts_from), scene.counts_from, held.decided_on) {
        (Finding::Unknown, Some(day), Some(decided_on)) => Finding::of(Some(decided_on >= day)),
        (finding, ..) => finding,
    };
    kind.and(decided).and(after_discipline)
}

/// Weighs how often an award was held.
pub(crate) fn prior_award(award: AwardCode, count: usize, consecutive: bool, within: bool, scene: &Scene<'_>) -> Found {
    let name = scene.award_name(award);
    let Some(awards) = &scene.facts().awards else {
        return Found::lacking("awards", "các danh hiệu, hình thức khen thưởng đã có").needed(count.to_string());
    };
    if within && scene.window.is_none() && scene.facts().ratings.is_none() {
        return Found::lacking("ratings", "khoảng thời gian để tính").needed(count.to_string());
    }
    let mut years: BTreeMap<i16, (Finding, usize)> = BTreeMap::new();
    for (at, held) in awards.iter().enumerate().filter(|(_, held)| held.award == award) {
        let inside = !within || scene.window.is_some_and(|window| window.holds(held.year));
        let finding = if inside { counts(held, scene) } else { Finding::NotMet };
        if finding != Finding::NotMet {
            let best = years.entry(held.year).or_insert((finding, at));
            if best.0 == Finding::Unknown && finding == Finding::Met {
                *best = (finding, at);
            }
        }
    }
    let counted = if consecutive { longest_run(&years) } else { every_year(&years) };
    let finding = counted.reaches(count);
    let shown = if finding == Finding::Unknown { counted.at_most } else { counted.sure };
    Found { records: counted.records, ..Found::told(finding, "awards") }
        .found(shown.to_string())
        .needed(count.to_string())
        .or_missing(|| match finding {
            Finding::Unknown => format!("Chưa biết loại hình hoặc ngày quyết định của {name} đã có"),
            _ => format!(
                "Còn thiếu {} lần {name}{}",
                count.saturating_sub(counted.sure),
                if consecutive { " liên tục" } else { "" }
            ),
        })
}

fn every_year(years: &BTreeMap<i16, (Finding, usize)>) -> Count {
    let mut count = Count::default();
    for (finding, at) in years.values() {
        count.take(*finding, format!("awards[{at}]"));
    }
    count
}

fn longest_run(years: &BTreeMap<i16, (Finding, usize)>) -> Count {
    let longest = |keep: &dyn Fn(Finding) -> bool| {
        let kept: Vec<i16> = years.iter().filter(|(_, (finding, _))| keep(*finding)).map(|(year, _)| *year).collect();
        runs(&kept).into_iter().max_by_key(|(first, last)| last - first)
    };
    let length =
        |run: Option<(i16, i16)>| run.map_or(0, |(first, last)| usize::try_from(last - first + 1).unwrap_or(0));
    let sure = longest(&|finding| finding == Finding::Met);
    let any = longest(&|_| true);
    let shown = if length(any) > length(sure) { any } else { sure };
    let records = shown
        .map(|(first, last)| years.range(first..=last).map(|(_, (_, at))| format!("awards[{at}]")).collect())
        .unwrap_or_default();
    Count { sure: length(sure), at_most: length(any), records }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_year_breaks_a_run() {
        assert_eq!(runs(&[2021, 2022, 2024]), vec![(2021, 2022), (2024, 2024)]);
        assert_eq!(runs(&[]), vec![]);
    }

    #[test]
    fn a_year_in_which_a_discipline_ended_counts_only_when_it_ended_before_new_year() {
        assert_eq!(year_counts(2026, Some(date(2026, 1, 1))), Finding::Met);
        assert_eq!(year_counts(2026, Some(date(2026, 1, 2))), Finding::Unknown);
        assert_eq!(year_counts(2025, Some(date(2026, 1, 2))), Finding::NotMet);
    }
}
