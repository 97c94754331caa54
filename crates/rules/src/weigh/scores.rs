//! Points by criterion: the least that a title asks of one criterion, or of all together.

use super::{Found, Scene};
use crate::answer::Finding;
use crate::facts::Points;
use crate::lean::brief;
use crate::lean::clause::{Ask, Clause};
use crate::lean::judge;

/// Puts the points of a criterion, or of all together, into words.
pub(crate) fn criterion(
    finding: Finding,
    criterion: Option<&str>,
    min: Points,
    clause: &Clause,
    scene: &Scene<'_>,
) -> Found {
    let what = criterion.map_or_else(|| "tổng điểm các tiêu chí".to_owned(), |name| format!("điểm tiêu chí {name}"));
    let Ask::Score(slot, _) = &clause.ask else { return Found::lacking("criteria", &what) };
    let (facts, this) = (scene.facts(), scene.this());
    let Some(year) = brief::scored_year(facts, this) else {
        let missing = match &facts.criteria {
            None => format!("Chưa biết {what}: hồ sơ chưa có mục criteria"),
            Some(_) => format!("Chưa biết {what}: chưa chấm điểm năm {} hoặc {this}", this - 1),
        };
        return Found { missing: Some(missing), ..Found::lacking("criteria", &what) }.needed(min.words());
    };
    let own = |name: &str| criterion.is_none_or(|wanted| wanted == name);
    let entries = facts.criteria.iter().flatten().enumerate();
    let counted = entries.filter(|(_, one)| one.year == year && own(&one.criterion));
    let records: Vec<_> = counted.map(|(at, _)| format!("criteria[{at}]")).collect();
    let Some(points) = judge::points(*slot, scene.brief()) else {
        let missing = format!("Chưa biết {what}: năm {year} chưa chấm tiêu chí này");
        return Found { missing: Some(missing), ..Found::lacking("criteria", &what) }.needed(min.words());
    };
    Found::told(finding, "criteria")
        .counted(records)
        .found(format!("{} (năm {year})", points.words()))
        .needed(min.words())
        .or_missing(|| format!("Năm {year} {what} là {}, cần ít nhất {}", points.words(), min.words()))
}
