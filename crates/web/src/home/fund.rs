//! What waits for whoever keeps the book of the reward fund.

use kernel::numbers::Dong;
use office::fund::queries;

use super::mine::Waiting;
use crate::here::Here;
use crate::page::Refusal;

/// Bonuses to be asked back, and a year that stands open for longer than the office set.
pub(super) async fn waiting(here: &Here, waiting: &mut Vec<Waiting>) -> Result<(), Refusal> {
    let found = queries::waiting(&here.ctx()).await.map_err(|error| Refusal::broken(&error))?;
    if !found.to_claim.is_empty() {
        let sum: Dong = found.to_claim.iter().map(|one| one.amount).sum();
        waiting.push(Waiting {
            tone: "bad",
            word: "phải thu hồi",
            what: format!("{sum} tiền thưởng phải thu hồi"),
            more: found.to_claim.into_iter().map(|one| one.name).collect::<Vec<_>>().join("; "),
            url: "/noi-bo/quy-khen-thuong".to_owned(),
        });
    }
    if let Some(year) = found.left_open {
        waiting.push(Waiting {
            tone: "warn",
            word: "chưa khóa sổ",
            what: format!("Sổ quỹ khen thưởng năm {year}"),
            more: "Đối chiếu với chứng từ rồi khóa; số dư chuyển sang năm sau".to_owned(),
            url: format!("/noi-bo/quy-khen-thuong?nam={year}"),
        });
    }
    Ok(())
}
