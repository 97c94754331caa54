//! How a rule stands on a day: in force and relied on, or waiting for a person, or not covered at all.

use jiff::civil::Date;

use crate::answer::Waiting;
use crate::evaluate::Question;
use crate::pack::{Confidence, Rule, Status, Version};

/// A rule's version for a day, with what it waits for.
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
pub(crate) fn of<'a, B>(rule: &'a Rule<B>, question: &Question<'_>) -> Option<Standing<'a, B>> {
    let on = question.on;
    let version = rule.on(on).or_else(|| rule.last_before(on))?;
    let basis = &version.basis;
    let wait = |reason: String, template: Option<String>| Waiting {
        rule: rule.id.clone(),
        version: basis.version(),
        template,
        reason,
    };
    let confirmed = |not_before: Option<Date>| {
        question.confirmations.iter().find(|confirmation| {
            confirmation.rule == rule.id
                && confirmation.version == basis.version()
                && not_before.is_none_or(|day| confirmation.on >= day)
        })
    };
    if let Some(until) = basis.period.until.filter(|until| *until <= on) {
        return Some(match confirmed(Some(until)) {
            Some(by) => Standing { version, waiting: None, confirmed_by: Some(by.by.clone()) },
            None => {
                let reason =
                    format!("{} hết hiệu lực từ ngày {until}; bộ quy tắc chưa có văn bản thay thế", basis.citation);
                Standing { version, waiting: Some(wait(reason, None)), confirmed_by: None }
            }
        });
    }
    let adoption = basis.template.as_ref().and_then(|template| {
        question
            .adopted
            .iter()
            .filter(|adoption| &adoption.template == template && adoption.on <= on)
            .max_by_key(|adoption| adoption.on)
    });
    if basis.status == Status::LocalRuleNeeded && adoption.is_none() {
        let reason = format!(
            "Tiêu chuẩn này do địa phương quy định; mẫu “{}” chỉ được tính khi có văn bản áp dụng",
            basis.template.as_deref().unwrap_or(&rule.id)
        );
        return Some(Standing { version, waiting: Some(wait(reason, basis.template.clone())), confirmed_by: None });
    }
    let due = basis.review_from.filter(|day| *day <= on);
    let unread = basis.status == Status::Encodable && basis.confidence != Confidence::Text;
    let adopted_since = adoption.filter(|adoption| due.is_some_and(|day| adoption.on >= day));
    if due.is_none() && !unread {
        return Some(Standing { version, waiting: None, confirmed_by: None });
    }
    if let Some(by) = confirmed(due).map(|by| &by.by).or_else(|| adopted_since.map(|adoption| &adoption.by)) {
        return Some(Standing { version, waiting: None, confirmed_by: Some(by.clone()) });
    }
    let why = basis.review_reason.clone().unwrap_or_else(|| "chưa đọc trực tiếp văn bản".to_owned());
    let reason = match due {
        Some(day) => format!("Từ ngày {day} phải có người xác nhận quy tắc với văn bản: {why}"),
        None => format!("Phải có người xác nhận quy tắc với văn bản: {why}"),
    };
    Some(Standing { version, waiting: Some(wait(reason, None)), confirmed_by: None })
}
