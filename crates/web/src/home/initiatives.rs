//! Initiatives given back, handed in, and what a unit is to confirm.

use kernel::numbers::short_date;
use office::initiatives::model::StateKind;
use office::initiatives::queries::{self, Waiting as Found};

use super::mine::Waiting;
use crate::here::Here;
use crate::page::Refusal;

/// What waits for an author, for whoever reviews, for an adopter.
pub(super) async fn waiting(here: &Here, waiting: &mut Vec<Waiting>) -> Result<(), Refusal> {
    let found = queries::waiting(&here.ctx()).await.map_err(crate::initiatives::refusal)?;
    waiting.extend(found.into_iter().map(|one| match one {
        Found::Returned(one) => Waiting {
            tone: StateKind::Returned.tone(),
            word: StateKind::Returned.name_vi(),
            more: one.settled.map(|act| format!("sáng kiến {} · {}", one.code, act.words)).unwrap_or_default(),
            url: format!("/noi-bo/sang-kien/{}", one.id),
            what: one.name,
        },
        Found::ToReview(one) => Waiting {
            tone: "warn",
            word: "chờ xét",
            more: format!("sáng kiến {} · nộp {}", one.code, one.submitted_on.map(short_date).unwrap_or_default()),
            url: format!("/noi-bo/sang-kien/{}", one.id),
            what: one.name,
        },
        Found::ToConfirm(one, name) => Waiting {
            tone: "warn",
            word: "chờ xác nhận",
            more: format!("đơn vị bạn được ghi là áp dụng từ {}", short_date(one.started_on)),
            url: "/noi-bo/sang-kien/ap-dung".to_owned(),
            what: name,
        },
    }));
    Ok(())
}
