//! Dialogues whose day has come, whose minutes are not frozen, and when the next one is due.

use jiff::ToSpan as _;
use kernel::Permission;
use kernel::numbers::short_date;
use office::dialogues::model::StateKind;
use office::dialogues::queries;

use super::mine::Waiting;
use crate::here::Here;
use crate::page::Refusal;

/// From how many days before the next dialogue is due it is told.
const DAYS_AHEAD: i64 = 30;

/// What waits for whoever runs dialogues.
pub(super) async fn waiting(here: &Here, waiting: &mut Vec<Waiting>) -> Result<(), Refusal> {
    let ctx = here.ctx();
    if ctx.may(Permission::RunDialogues).is_err() {
        return Ok(());
    }
    let today = here.visit.today;
    let found = queries::overview(&ctx).await.map_err(crate::dialogues::refusal)?;
    let own = found.dialogues.into_iter().filter(|one| ctx.may_in(Permission::RunDialogues, one.unit).is_ok());
    waiting.extend(own.filter_map(|one| {
        let word = match one.state {
            StateKind::Planned if one.on <= today => "chờ ghi nhận",
            StateKind::Held => "chờ chốt biên bản",
            _ => return None,
        };
        let url = format!("/noi-bo/doi-thoai/{}", one.id);
        Some(Waiting {
            tone: "warn", word, more: format!("đối thoại {}", short_date(one.on)), url, what: one.title
        })
    }));
    let soon = today.saturating_add(DAYS_AHEAD.days());
    if let Some(by) = found.next_by.filter(|by| *by <= soon) {
        let (tone, word) = if by < today { ("bad", "quá hạn") } else { ("warn", "sắp đến hạn") };
        waiting.push(Waiting {
            tone,
            word,
            what: here.visit.lang.t("Tổ chức cuộc đối thoại tiếp theo").to_owned(),
            more: format!("hạn {}", short_date(by)),
            url: "/noi-bo/doi-thoai".to_owned(),
        });
    }
    Ok(())
}
