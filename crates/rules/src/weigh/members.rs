//! A collective's people: shares of members, in integers.

use super::{Found, Scene};
use crate::answer::Finding;
use crate::award::AwardCode;
use crate::facts::DisciplineLevel;

/// A share in percent, cut after two places, as it is written in Vietnamese.
fn percent(part: u32, whole: u32) -> String {
    if whole == 0 {
        return "0%".to_owned();
    }
    let hundredths = u64::from(part) * 10_000 / u64::from(whole);
    let (units, places) = (hundredths / 100, hundredths % 100);
    let places = match places {
        0 => String::new(),
        _ if places % 10 == 0 => format!(",{}", places / 10),
        _ => format!(",{places:02}"),
    };
    format!("{units}{places}%")
}

fn share(finding: Finding, part: Option<(u32, String)>, min_pct: u32, what: &str, scene: &Scene<'_>) -> Found {
    let total = scene.facts().members.as_ref().and_then(|members| members.total);
    let (Some(total), Some((part, record))) = (total, part) else {
        return Found::lacking("members", what).needed(format!("{min_pct}%"));
    };
    Found { records: vec!["members.total".to_owned(), record], ..Found::told(finding, "") }
        .found(format!("{} ({part}/{total})", percent(part, total)))
        .needed(format!("{min_pct}%"))
        .or_missing(|| {
            let least = (u64::from(min_pct) * u64::from(total)).div_ceil(100);
            format!("Còn thiếu {} người ({} < {min_pct}%)", least.saturating_sub(u64::from(part)), percent(part, total))
        })
}

fn holders(title: AwardCode, scene: &Scene<'_>) -> Option<(u32, String)> {
    let titles = scene.facts().members.as_ref()?.titles.as_ref()?;
    titles.get(&title).map(|count| (*count, format!("members.titles.{title}")))
}

/// Puts the share of members with a title into words.
pub(crate) fn title_share(finding: Finding, title: AwardCode, min_pct: u32, scene: &Scene<'_>) -> Found {
    share(finding, holders(title, scene), min_pct, "số cá nhân đạt danh hiệu trong tập thể", scene)
}

/// Puts the share of members who completed their tasks into words.
pub(crate) fn completion_share(finding: Finding, min_pct: u32, scene: &Scene<'_>) -> Found {
    let completed = scene.facts().members.as_ref().and_then(|members| members.completed);
    let part = completed.map(|count| (count, "members.completed".to_owned()));
    share(finding, part, min_pct, "số cá nhân hoàn thành nhiệm vụ trong tập thể", scene)
}

/// Puts how many members hold a title into words.
pub(crate) fn has_member_with(finding: Finding, title: AwardCode, min_count: u32, scene: &Scene<'_>) -> Found {
    match holders(title, scene) {
        None => {
            Found::lacking("members.titles", "số cá nhân đạt danh hiệu trong tập thể").needed(min_count.to_string())
        }
        Some((count, record)) => {
            Found::told(finding, &record).found(count.to_string()).needed(min_count.to_string()).or_missing(|| {
                format!("Còn thiếu {} cá nhân đạt {}", min_count.saturating_sub(count), scene.award_name(title))
            })
        }
    }
}

/// Puts whether a member was disciplined into words.
pub(crate) fn none_disciplined(finding: Finding, from_level: DisciplineLevel, scene: &Scene<'_>) -> Found {
    let Some(levels) = scene.facts().members.as_ref().and_then(|members| members.disciplined.as_ref()) else {
        return Found::lacking("members.disciplined", "có cá nhân nào trong tập thể bị kỷ luật hay không");
    };
    let heavy: Vec<_> = levels.iter().enumerate().filter(|(_, level)| **level >= from_level).collect();
    let found = Found::told(finding, "members.disciplined").found(heavy.len().to_string()).needed("0");
    let records: Vec<_> = heavy.iter().map(|(at, _)| format!("members.disciplined[{at}]")).collect();
    found
        .counted(records)
        .or_missing(|| format!("Có {} cá nhân bị kỷ luật từ mức {} trở lên", heavy.len(), from_level.name_vi()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_cut_not_rounded_so_that_it_never_looks_reached() {
        assert_eq!(percent(6, 10), "60%");
        assert_eq!(percent(2, 3), "66,66%");
        assert_eq!(percent(699, 1_000), "69,9%");
        assert_eq!(percent(69_999, 100_000), "69,99%");
    }
}
