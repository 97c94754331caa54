//! Values of indicators to approve, and those given back to be mended.

use office::targets::model::State;
use office::targets::queries;

use super::mine::Waiting;
use crate::here::Here;
use crate::page::Refusal;

/// What waits for whoever approves values, and for whoever enters them.
pub(super) async fn waiting(here: &Here, waiting: &mut Vec<Waiting>) -> Result<(), Refusal> {
    let found = queries::waiting(&here.ctx()).await.map_err(crate::targets::refusal)?;
    waiting.extend(found.into_iter().map(|one| {
        let name = one.indicator.definition_for(one.value.period).map(|one| one.counting.name.as_str());
        Waiting {
            tone: one.value.state.tone(),
            word: if one.value.state == State::Pending {
                "số liệu chờ duyệt"
            } else {
                "số liệu bị trả lại"
            },
            what: format!("{} {}", one.indicator.code, name.unwrap_or_default()),
            more: format!("{} · {}", one.unit_name, one.value.period.name_vi()),
            url: crate::targets::cell_url(one.indicator.id, one.value.period, one.value.unit),
        }
    }));
    Ok(())
}
