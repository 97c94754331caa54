//! How a rule stands on a day: in force and relied on, or waiting for a person, or not covered at all.

use jiff::civil::Date;
use kernel::numbers::short_date;

use crate::answer::Waiting;
use crate::pack::{Basis, Confidence, Rule, Status, Version};
use crate::procedure::{Adoption, Confirmation};

/// A rule's version for a day, with what it waits for.
#[derive(Debug)]
pub(crate) struct Standing<'a, B> {
    pub version: &'a Version<B>,
    /// Why the version is not relied on yet.
    pub waiting: Option<Waiting>,
    /// Who made it stand, where a person had to.
    pub confirmed_by: Option<String>,
}

/// The version for the day; none before the first one.
///
/// When the last version has run out without a successor it is shown, but waits.
pub(crate) fn of<'a, B>(
    rule: &'a Rule<B>,
    on: Date,
    adopted: &[Adoption],
    confirmations: &[Confirmation],
) -> Option<Standing<'a, B>> {
    let version = rule.on(on).or_else(|| rule.last_before(on))?;
    let (waiting, confirmed_by) = of_basis(&rule.id, &version.basis, on, adopted, confirmations);
    Some(Standing { version, waiting, confirmed_by })
}

/// Why a version is not relied on yet, or who made it stand where a person had to.
pub(crate) fn of_basis(
    rule: &str,
    basis: &Basis,
    on: Date,
    adopted: &[Adoption],
    confirmations: &[Confirmation],
) -> (Option<Waiting>, Option<String>) {
    let wait = |reason: String, template: Option<String>| {
        (Some(Waiting { rule: rule.to_owned(), version: basis.version(), template, reason }), None)
    };
    let confirmed = |not_before: Option<Date>| {
        confirmations.iter().find(|confirmation| {
            confirmation.rule == rule
                && confirmation.version == basis.version()
                && not_before.is_none_or(|day| confirmation.on >= day)
        })
    };
    if let Some(until) = basis.period.until.filter(|until| *until <= on) {
        let reason = format!(
            "{} hết hiệu lực từ ngày {}; bộ quy tắc chưa có văn bản thay thế",
            basis.citation,
            short_date(until)
        );
        return confirmed(Some(until)).map_or_else(|| wait(reason, None), |by| (None, Some(by.by.clone())));
    }
    let adoption = basis.template.as_ref().and_then(|template| {
        adopted
            .iter()
            .filter(|adoption| &adoption.template == template && adoption.on <= on)
            .max_by_key(|adoption| adoption.on)
    });
    if basis.status == Status::LocalRuleNeeded && adoption.is_none() {
        let reason = format!(
            "Tiêu chuẩn này do địa phương quy định; mẫu “{}” chỉ được tính khi có văn bản áp dụng",
            basis.template.as_deref().unwrap_or(rule)
        );
        return wait(reason, basis.template.clone());
    }
    let due = basis.review_from.filter(|day| *day <= on);
    let unread = basis.status == Status::Encodable && basis.confidence != Confidence::Text;
    let adopted_since = adoption.filter(|adoption| due.is_some_and(|day| adoption.on >= day));
    if due.is_none() && !unread {
        return (None, None);
    }
    if let Some(by) = confirmed(due).map(|by| &by.by).or_else(|| adopted_since.map(|adoption| &adoption.by)) {
        return (None, Some(by.clone()));
    }
    let why = basis.review_reason.clone().unwrap_or_else(|| "chưa đọc trực tiếp văn bản".to_owned());
    let reason = match due {
        Some(day) => format!("Từ ngày {} phải có người xác nhận quy tắc với văn bản: {why}", short_date(day)),
        None => format!("Phải có người xác nhận quy tắc với văn bản: {why}"),
    };
    wait(reason, None)
}
