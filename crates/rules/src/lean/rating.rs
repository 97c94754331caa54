//! Ratings for so many years in a row: the runs of years that satisfy a condition.

use smallvec::SmallVec;

use super::brief::NEVER;
use super::clause::Demand;
use super::judge::View;
use super::years::{THIS, Window, runs, since};
use crate::answer::Finding;

/// Asks about each run of years that satisfies a rating condition, sure ones first, until it is told to stop.
#[inline]
fn each_window(demand: &Demand, view: &View<'_>, mut stop: impl FnMut(Window) -> bool) {
    let brief = view.brief;
    let floors = match demand.after_award {
        None => [0; 2],
        Some(award) => brief.held(award, view.basis).map_or([NEVER; 2], |held| held.after),
    };
    let looked_at = brief.year_looked_at();
    let (mut before, rated) = (None, brief.levels[demand.min as usize]);
    for (floor, counted, sure) in [(floors[0], brief.counted[0], true), (floors[1], brief.counted[1], false)] {
        if floor == NEVER {
            continue;
        }
        let good = rated & since(floor) & counted;
        if before.replace(good) == Some(good) {
            continue;
        }
        let fits = |window: Window| {
            window.length() >= demand.years
                && demand.min_years_at.is_none_or(|at| {
                    (brief.levels[at.level as usize] & window.mask()).count_ones() as usize >= at.years
                })
        };
        if demand.to_nomination {
            // No rating is later than the year looked at, so the run that ends there is the only one.
            let length = (good << (THIS - looked_at)).leading_ones();
            let window = |length: u8| Window { first: looked_at + 1 - length, last: looked_at, sure };
            let run = u8::try_from(length).ok().filter(|length| *length > 0).map(window);
            if run.is_some_and(|window| fits(window) && stop(window)) {
                return;
            }
        } else {
            for (first, last) in runs(good) {
                let window = Window { first, last, sure };
                if fits(window) && stop(window) {
                    return;
                }
            }
        }
    }
}

/// The runs of years that satisfy a rating condition, each once.
pub(crate) fn windows(demand: &Demand, view: &View<'_>) -> SmallVec<[Window; 8]> {
    let mut found: SmallVec<[Window; 8]> = SmallVec::new();
    each_window(demand, view, |window| {
        if !found.iter().any(|other| other.first == window.first && other.last == window.last) {
            found.push(window);
        }
        false
    });
    found
}

/// Whether a rating condition is met.
#[inline]
pub(super) fn rating(demand: &Demand, view: &View<'_>) -> Finding {
    let brief = view.brief;
    if !brief.ratings_known || demand.after_award.is_some() && !brief.awards_known {
        return Finding::Unknown;
    }
    let mut sure = view.window.map(|window| window.sure);
    if sure.is_none() {
        each_window(demand, view, |window| {
            sure = Some(window.sure);
            true
        });
    }
    match sure {
        Some(true) => Finding::Met,
        Some(false) => Finding::Unknown,
        None => Finding::NotMet,
    }
}
