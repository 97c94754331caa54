//! What waits for a unit's head or the chief in the room of programmes.

use kernel::numbers::short_date;
use office::programmes::model::Standing;
use office::programmes::queries::{self, Waiting as Found};

use super::mine::Waiting;
use crate::here::Here;
use crate::page::Refusal;

/// Launches to open, programmes to write or approve, covenants to sign.
pub(super) async fn waiting(here: &Here, waiting: &mut Vec<Waiting>) -> Result<(), Refusal> {
    let found = queries::waiting(&here.ctx()).await.map_err(|error| Refusal::broken(&error))?;
    waiting.extend(found.into_iter().map(|one| match one {
        Found::Unopened { launch, unit } => Waiting {
            tone: "warn",
            word: "chưa mở",
            what: launch.title,
            more: format!("{} · {} gửi ngày {}", unit.name, launch.launched_by, short_date(launch.launched_on)),
            url: format!("/noi-bo/phat-dong/{}", launch.id),
        },
        Found::ToWrite { standing, due_on, reminded_on } => {
            let reminded = reminded_on.map(|day| format!(" · được nhắc ngày {}", short_date(day))).unwrap_or_default();
            let returned = standing.standing == Standing::Returned;
            Waiting {
                tone: if standing.late || returned { "bad" } else { "warn" },
                word: if returned {
                    "trả lại"
                } else if standing.late {
                    "quá hạn"
                } else {
                    "chưa gửi"
                },
                what: format!("Chương trình thi đua của {}", standing.unit.name),
                more: format!("hạn gửi {}{reminded}", short_date(due_on)),
                url: format!("/noi-bo/chuong-trinh/{}", standing.unit.id),
            }
        }
        Found::ToApprove { unit } => Waiting {
            tone: "warn",
            word: "chờ duyệt",
            what: format!("Chương trình thi đua của {}", unit.name),
            more: String::new(),
            url: format!("/noi-bo/chuong-trinh/{}", unit.id),
        },
        Found::ToSign { covenant, unit } => Waiting {
            tone: "warn",
            word: "chờ ký",
            what: format!("Giao ước thi đua: {}", covenant.name),
            more: unit.name,
            url: format!("/noi-bo/giao-uoc/{}", covenant.id),
        },
    }));
    Ok(())
}
