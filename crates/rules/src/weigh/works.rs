//! Works and their reach: initiatives, scientific works, achievements, contributions.

use super::{Count, Found, Scene};
use crate::answer::Finding;
use crate::facts::{ContributionField, ImpactMode, Scope};
use crate::lean::brief::Work;
use crate::lean::clause::Clause;
use crate::lean::judge;

/// Puts recognised initiatives into words.
pub(crate) fn initiatives(finding: Finding, count: usize, clause: &Clause, scene: &Scene<'_>) -> Found {
    let Some(list) = &scene.brief().initiatives else {
        return Found::lacking("initiatives", "các sáng kiến được công nhận").needed(count.to_string());
    };
    let counted = counted(list, "initiatives", clause, scene);
    let words = ("sáng kiến còn được dùng làm căn cứ", "phạm vi, ngày công nhận, việc đã dùng của sáng kiến");
    told(finding, "initiatives", counted, count, words)
}

/// Puts accepted scientific works into words.
pub(crate) fn science_works(finding: Finding, count: usize, clause: &Clause, scene: &Scene<'_>) -> Found {
    let Some(list) = &scene.brief().works else {
        return Found::lacking("science_works", "các đề tài, đề án, công trình đã nghiệm thu")
            .needed(count.to_string());
    };
    let counted = counted(list, "science_works", clause, scene);
    let words = ("đề tài, đề án, công trình đã nghiệm thu", "phạm vi, ngày nghiệm thu");
    told(finding, "science_works", counted, count, words)
}

fn counted(list: &[Work], key: &str, clause: &Clause, scene: &Scene<'_>) -> Count {
    let mut counted = Count::default();
    for (at, work) in list.iter().enumerate() {
        counted.take(judge::work_counts(work, &clause.ask, &scene.view), format!("{key}[{at}]"));
    }
    counted
}

fn told(finding: Finding, key: &str, counted: Count, needed: usize, (what, open): (&str, &str)) -> Found {
    let shown = if finding == Finding::Unknown { counted.at_most } else { counted.sure };
    let lacking = needed.saturating_sub(counted.sure);
    Found::told(finding, key).counted(counted.records).found(shown.to_string()).needed(needed.to_string()).or_missing(
        || match finding {
            Finding::Unknown => format!("Chưa biết đủ {open}"),
            _ => format!("Còn thiếu {lacking} {what}"),
        },
    )
}

/// An undated fact after a discipline: nobody can tell on which side of it the achievement lies.
fn undated(found: Found, scene: &Scene<'_>) -> Found {
    match scene.brief().counts_from {
        Some(from) if found.finding == Finding::Unknown => Found {
            missing: Some(format!("Chưa biết thành tích lập trước hay sau ngày {from} (hết thời hạn kỷ luật)")),
            ..found
        },
        _ => found,
    }
}

/// Puts the reach of achievements into words.
pub(crate) fn impact(finding: Finding, modes: &[ImpactMode], scope: Scope, scene: &Scene<'_>) -> Found {
    let Some(list) = &scene.facts().impact else {
        return Found::lacking("impact", "phạm vi ảnh hưởng của thành tích");
    };
    let mut counted = Count::default();
    for (at, entry) in list.iter().enumerate() {
        let fits = modes.contains(&entry.mode) && entry.scope.covers(scope);
        counted.take(Finding::of(Some(fits)), format!("impact[{at}]"));
    }
    let words = ("thành tích có phạm vi ảnh hưởng như yêu cầu", "thành tích");
    undated(told(finding, "impact", counted, 1, words), scene)
}

/// Puts contributions into words.
pub(crate) fn contribution(finding: Finding, fields: &[ContributionField], scope: Scope, scene: &Scene<'_>) -> Found {
    let Some(list) = &scene.facts().contributions else {
        return Found::lacking("contributions", "các đóng góp");
    };
    let mut counted = Count::default();
    for (at, entry) in list.iter().enumerate() {
        let fits = fields.contains(&entry.field) && entry.scope.covers(scope);
        counted.take(Finding::of(Some(fits)), format!("contributions[{at}]"));
    }
    let words = ("đóng góp trong phạm vi như yêu cầu", "đóng góp");
    undated(told(finding, "contributions", counted, 1, words), scene)
}

/// Puts how long a production model has been kept into words.
pub(crate) fn production_model(finding: Finding, min_years: u16, scene: &Scene<'_>) -> Found {
    match scene.facts().production_model_years {
        None => Found::lacking("production_model_years", "mô hình sản xuất đã giữ bao nhiêu năm"),
        Some(years) => Found::told(finding, "production_model_years")
            .found(format!("{years} năm"))
            .needed(format!("{min_years} năm"))
            .or_missing(|| format!("Còn thiếu {} năm", min_years.saturating_sub(years))),
    }
}
