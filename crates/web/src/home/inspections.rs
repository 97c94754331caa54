//! Findings to mend or to close, and visits whose day has come.

use kernel::numbers::short_date;
use office::inspections::queries::{self, Waiting as Found};

use super::mine::Waiting;
use crate::here::Here;
use crate::page::Refusal;

/// What waits for a unit's head, for whoever answers for a finding, for an inspector.
pub(super) async fn waiting(here: &Here, waiting: &mut Vec<Waiting>) -> Result<(), Refusal> {
    let found = queries::waiting(&here.ctx()).await.map_err(crate::inspections::refusal)?;
    let today = here.visit.today;
    waiting.extend(found.into_iter().map(|one| match one {
        Found::ToMend(finding) => {
            let overdue = finding.days_overdue(today);
            let left = overdue.map(|days| format!(", quá {days} ngày")).unwrap_or_default();
            Waiting {
                tone: if overdue.is_some() { "bad" } else { "warn" },
                word: if overdue.is_some() { "quá hạn" } else { "phải khắc phục" },
                more: format!("kết luận kiểm tra · hạn {}{left}", short_date(finding.due_on)),
                url: format!("/noi-bo/kiem-tra/{}", finding.inspection),
                what: finding.what,
            }
        }
        Found::ToClose(finding) => Waiting {
            tone: "warn",
            word: "chờ xác nhận",
            more: format!("đã có minh chứng khắc phục · hạn {}", short_date(finding.due_on)),
            url: format!("/noi-bo/kiem-tra/{}", finding.inspection),
            what: finding.what,
        },
        Found::ToHold(one) => Waiting {
            tone: "warn",
            word: "đến ngày kiểm tra",
            more: format!("theo kế hoạch ngày {}", short_date(one.planned_on)),
            url: format!("/noi-bo/kiem-tra/{}", one.id),
            what: one.subject,
        },
    }));
    Ok(())
}
