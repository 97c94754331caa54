//! Tasks that wait for somebody: one's own to do, and those of others to accept.

use kernel::numbers::short_date;
use office::tasks::model::{StateKind, Task};
use office::tasks::queries::{self, Waiting as Found};

use super::mine::Waiting;
use crate::here::Here;
use crate::page::Refusal;

/// One's own tasks that were given back, are late or due soon; what waits for one's acceptance.
pub(super) async fn waiting(here: &Here, waiting: &mut Vec<Waiting>) -> Result<(), Refusal> {
    let found = queries::waiting(&here.ctx()).await.map_err(crate::tasks::refusal)?;
    let today = here.visit.today;
    let url = |task: &Task| format!("/noi-bo/nhiem-vu/{}", task.id);
    waiting.extend(found.into_iter().map(|one| match one {
        Found::ToAccept { task } => Waiting {
            tone: "warn",
            word: "chờ nghiệm thu",
            url: url(&task),
            more: format!("{} · khoản {}", task.code, task.content.clause),
            what: task.content.title,
        },
        Found::ToDo { task, working_days } => {
            let (returned, late) = (task.state.kind() == StateKind::Returned, task.is_late(today));
            let left = match working_days {
                0 => "hạn hôm nay".to_owned(),
                days if days > 0 => format!("hạn {}, còn {days} ngày làm việc", short_date(task.due_on)),
                days => format!("hạn {}, quá {} ngày làm việc", short_date(task.due_on), -days),
            };
            Waiting {
                tone: if returned || late { "bad" } else { "warn" },
                word: if returned {
                    "trả lại"
                } else if late {
                    "quá hạn"
                } else {
                    "sắp đến hạn"
                },
                url: url(&task),
                more: format!("{} · {left}", task.code),
                what: task.content.title,
            }
        }
    }));
    Ok(())
}
