//! Works and their reach: initiatives, scientific works, achievements, contributions.

use jiff::civil::Date;

use super::{Count, Found, Scene};
use crate::answer::Finding;
use crate::facts::{ContributionField, ImpactMode, Initiative, Scope};
use crate::guard::referred;

/// Whether a day on which something was recognised or accepted counts.
fn day_counts(day: Option<Date>, within: bool, scene: &Scene<'_>) -> Finding {
    let Some(day) = day else { return Finding::Unknown };
    let past = day <= scene.on();
    let after_discipline = scene.counts_from.is_none_or(|from| day >= from);
    let inside = match scene.window {
        _ if !within => Finding::Met,
        None if scene.facts().ratings.is_none() => Finding::Unknown,
        window => Finding::of(Some(window.is_some_and(|window| window.holds(day.year())))),
    };
    Finding::of(Some(past && after_discipline)).and(inside)
}

/// Whether an initiative may still be used: once for an award, never for a title and a form both.
///
/// Whether one initiative may serve several titles is disputed, so that stays open.
fn free(initiative: &Initiative, scene: &Scene<'_>) -> Finding {
    let Some(used_for) = &initiative.used_for else { return Finding::Unknown };
    let for_title = scene.for_title();
    used_for.iter().fold(Finding::Met, |all, name| {
        let title = referred(name).is_some_and(|award| scene.book.award(award).kind.is_title());
        all.and(if for_title && title { Finding::Unknown } else { Finding::NotMet })
    })
}

/// Weighs recognised initiatives.
pub(crate) fn initiatives(count: usize, scope: Scope, replicable: bool, within: bool, scene: &Scene<'_>) -> Found {
    let Some(list) = &scene.facts().initiatives else {
        return Found::lacking("initiatives", "các sáng kiến được công nhận").needed(count.to_string());
    };
    let mut counted = Count::default();
    for (at, initiative) in list.iter().enumerate() {
        let reach = Finding::of(initiative.scope.map(|own| own.covers(scope)));
        let spreads = if replicable { Finding::of(initiative.replicable) } else { Finding::Met };
        let day = day_counts(initiative.recognised_on, within, scene);
        counted.take(reach.and(spreads).and(day).and(free(initiative, scene)), format!("initiatives[{at}]"));
    }
    told(counted, count, "sáng kiến còn được dùng làm căn cứ", "phạm vi, ngày công nhận, việc đã dùng của sáng kiến")
}

/// Weighs accepted scientific works.
pub(crate) fn science_works(count: usize, scope: Scope, within: bool, scene: &Scene<'_>) -> Found {
    let Some(list) = &scene.facts().science_works else {
        return Found::lacking("science_works", "các đề tài, đề án, công trình đã nghiệm thu")
            .needed(count.to_string());
    };
    let mut counted = Count::default();
    for (at, work) in list.iter().enumerate() {
        let reach = Finding::of(work.scope.map(|own| own.covers(scope)));
        let day = day_counts(work.accepted_on, within, scene);
        counted.take(reach.and(day), format!("science_works[{at}]"));
    }
    told(counted, count, "đề tài, đề án, công trình đã nghiệm thu", "phạm vi, ngày nghiệm thu")
}

fn told(counted: Count, needed: usize, what: &str, open: &str) -> Found {
    let finding = counted.reaches(needed);
    let shown = if finding == Finding::Unknown { counted.at_most } else { counted.sure };
    let lacking = needed.saturating_sub(counted.sure);
    Found { records: counted.records, ..Found::told(finding, "") }
        .found(shown.to_string())
        .needed(needed.to_string())
        .or_missing(|| match finding {
            Finding::Unknown => format!("Chưa biết đủ {open}"),
            _ => format!("Còn thiếu {lacking} {what}"),
        })
}

/// An undated fact after a discipline: nobody can tell on which side of it the achievement lies.
fn undated(found: Found, scene: &Scene<'_>) -> Found {
    match scene.counts_from {
        Some(from) if found.finding == Finding::Met => Found {
            finding: Finding::Unknown,
            missing: Some(format!("Chưa biết thành tích lập trước hay sau ngày {from} (hết thời hạn kỷ luật)")),
            ..found
        },
        _ => found,
    }
}

/// Weighs the reach of achievements.
pub(crate) fn impact(modes: &[ImpactMode], scope: Scope, scene: &Scene<'_>) -> Found {
    let Some(list) = &scene.facts().impact else {
        return Found::lacking("impact", "phạm vi ảnh hưởng của thành tích");
    };
    let mut counted = Count::default();
    for (at, entry) in list.iter().enumerate() {
        let fits = modes.contains(&entry.mode) && entry.scope.covers(scope);
        counted.take(Finding::of(Some(fits)), format!("impact[{at}]"));
    }
    undated(told(counted, 1, "thành tích có phạm vi ảnh hưởng như yêu cầu", "thành tích"), scene)
}

/// Weighs contributions.
pub(crate) fn contribution(fields: &[ContributionField], scope: Scope, scene: &Scene<'_>) -> Found {
    let Some(list) = &scene.facts().contributions else {
        return Found::lacking("contributions", "các đóng góp");
    };
    let mut counted = Count::default();
    for (at, entry) in list.iter().enumerate() {
        let fits = fields.contains(&entry.field) && entry.scope.covers(scope);
        counted.take(Finding::of(Some(fits)), format!("contributions[{at}]"));
    }
    undated(told(counted, 1, "đóng góp trong phạm vi như yêu cầu", "đóng góp"), scene)
}

/// Weighs how long a production model has been kept.
pub(crate) fn production_model(min_years: u16, scene: &Scene<'_>) -> Found {
    match scene.facts().production_model_years {
        None => Found::lacking("production_model_years", "mô hình sản xuất đã giữ bao nhiêu năm"),
        Some(years) => Found::told(Finding::of(Some(years >= min_years)), "production_model_years")
            .found(format!("{years} năm"))
            .needed(format!("{min_years} năm"))
            .or_missing(|| format!("Còn thiếu {} năm", min_years.saturating_sub(years))),
    }
}
