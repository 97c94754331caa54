//! Years in a row: ratings and awards held, with what a discipline takes away.

use super::{Count, Found, Scene};
use crate::answer::Finding;
use crate::award::AwardCode;
use crate::facts::RatingLevel;
use crate::guard::entries;
use crate::lean::brief;
use crate::lean::clause::{Ask, Clause};
use crate::lean::years::{THIS, Window, longest, longest_length, year_of};
use crate::lean::{judge, rating};

/// Puts a rating condition into words.
pub(crate) fn rating(
    finding: Finding,
    clause: &Clause,
    min: RatingLevel,
    years: usize,
    after_award: bool,
    scene: &Scene<'_>,
) -> Found {
    let (Some(ratings), Ask::Rating(demand)) = (&scene.facts().ratings, &clause.ask) else {
        return Found::lacking("ratings", "xếp loại mức độ hoàn thành nhiệm vụ các năm");
    };
    if after_award && scene.facts().awards.is_none() {
        return Found::lacking("awards", "đã được tặng hình thức làm mốc tính năm hay chưa");
    }
    let (brief, this) = (scene.brief(), scene.this());
    let windows = match scene.view.window {
        Some(window) => vec![window],
        None => rating::windows(demand, &scene.view).to_vec(),
    };
    let best = windows.iter().max_by_key(|window| (window.sure, window.length()));
    // Of two ratings of one year the later entry counts.
    let at_of = |year: i16| ratings.iter().rposition(|rating| rating.year == year);
    let records = |window: &Window| -> Vec<String> {
        let years = (window.first..=window.last).map(|bit| year_of(bit, this));
        years.filter_map(at_of).map(|at| format!("ratings[{at}]")).collect()
    };
    let looked_at = year_of(brief.year_looked_at(), this);
    let found = match (best, years) {
        (Some(window), 1) => format!("năm {}", year_of(window.last, this)),
        (Some(window), _) => {
            format!("{} năm ({}–{})", window.length(), year_of(window.first, this), year_of(window.last, this))
        }
        (None, 1) => at_of(looked_at).map_or_else(
            || format!("năm {looked_at}: chưa xếp loại"),
            |at| format!("năm {looked_at}: {}", ratings[at].level.name_vi()),
        ),
        (None, _) => format!("{} năm", longest_length(brief.levels[min as usize])),
    };
    let needed = if years == 1 { min.name_vi().to_owned() } else { format!("{years} năm") };
    // Where no years serve, what was read is told: the rating of the one year, or all that there are.
    let read = match (best, years) {
        (Some(window), _) => records(window),
        (None, 1) => at_of(looked_at).map(|at| format!("ratings[{at}]")).into_iter().collect(),
        (None, _) => entries("ratings", Some(ratings)),
    };
    Found::told(finding, "ratings").counted(read).found(found).needed(needed).or_missing(|| match finding {
        Finding::Unknown => {
            "Có năm chỉ tính được một phần (sau kỷ luật hoặc thiếu ngày quyết định): cần xác định".to_owned()
        }
        _ if years == 1 => format!("Năm xét cần {} trở lên", min.name_vi()),
        _ => format!("Cần {years} năm liên tục {} trở lên", min.name_vi()),
    })
}

/// Puts how often an award was held into words.
pub(crate) fn prior_award(
    finding: Finding,
    award: AwardCode,
    count: usize,
    consecutive: bool,
    within: bool,
    scene: &Scene<'_>,
) -> Found {
    let name = scene.award_name(award);
    if scene.facts().awards.is_none() {
        return Found::lacking("awards", "các danh hiệu, hình thức khen thưởng đã có").needed(count.to_string());
    }
    let Some([sure, at_most]) = judge::held(award, within, &scene.view) else {
        return Found::lacking("ratings", "khoảng thời gian để tính").needed(count.to_string());
    };
    let counted = if consecutive {
        let length = |years| usize::try_from(longest_length(years)).unwrap_or(usize::MAX);
        let shown = if length(at_most) > length(sure) { at_most } else { sure };
        let shown = longest(shown).map_or(0, |(first, last)| Window { first, last, sure: true }.mask());
        Count { sure: length(sure), at_most: length(at_most), records: records_of(award, shown & at_most, scene) }
    } else {
        let many = |years: u64| usize::try_from(years.count_ones()).unwrap_or(usize::MAX);
        Count { sure: many(sure), at_most: many(at_most), records: records_of(award, at_most, scene) }
    };
    let shown = if finding == Finding::Unknown { counted.at_most } else { counted.sure };
    Found::told(finding, "awards")
        .counted(counted.records)
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

/// For each of the years, the entry that counts: a sure one before one that may.
fn records_of(award: AwardCode, years: u64, scene: &Scene<'_>) -> Vec<String> {
    let (law, brief) = (scene.view.law, scene.brief());
    let excluded = law.bases[usize::from(scene.view.basis)];
    let from = brief.counts_from;
    let awards = scene.facts().awards.as_deref().unwrap_or_default();
    let mut chosen: [Option<(Finding, usize)>; THIS as usize + 1] = [None; THIS as usize + 1];
    for (at, held) in awards.iter().enumerate().filter(|(_, held)| held.award == award) {
        let finding = brief::counts(held, excluded, law.on, from);
        let year = brief::held_in(held, scene.this());
        if finding == Finding::NotMet || years & 1 << year == 0 {
            continue;
        }
        let best = chosen[usize::from(year)].get_or_insert((finding, at));
        if best.0 == Finding::Unknown && finding == Finding::Met {
            *best = (finding, at);
        }
    }
    chosen.iter().flatten().map(|(_, at)| format!("awards[{at}]")).collect()
}
