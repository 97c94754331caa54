//! What waits in the room of petitions, a line a kind.

use office::petitions::figures;

use super::mine::Waiting;
use crate::here::Here;
use crate::page::Refusal;

/// To assign, to answer, to give an opinion on, to sign, to publish; and what is overdue.
pub(super) async fn waiting(here: &Here, waiting: &mut Vec<Waiting>) -> Result<(), Refusal> {
    let found = figures::waiting(&here.ctx()).await.map_err(|error| Refusal::broken(&error))?;
    let l = here.visit.lang;
    let lines = [
        (found.late, "bad", "quá hạn", "kiến nghị quá hạn", "loc=qua-han"),
        (found.to_route, "warn", "chờ giao", "kiến nghị chờ phân loại, giao xử lý", "trang_thai=received"),
        (found.to_answer, "warn", "chờ trả lời", "kiến nghị chờ đơn vị trả lời", "trang_thai=in_progress"),
        (found.to_opine, "warn", "chờ ý kiến", "kiến nghị chờ ý kiến phối hợp", "trang_thai=in_progress"),
        (found.to_sign, "warn", "chờ ký", "trả lời kiến nghị chờ ký", "trang_thai=to_sign"),
        (found.to_publish, "warn", "chờ công khai", "trả lời kiến nghị chờ công khai", "trang_thai=answered"),
    ];
    waiting.extend(lines.into_iter().filter(|(many, ..)| *many > 0).map(|(many, tone, word, what, query)| Waiting {
        tone,
        word,
        what: format!("{many} {}", l.t(what)),
        more: String::new(),
        url: format!("/noi-bo/kien-nghi?{query}"),
    }));
    Ok(())
}
