//! What waits in the public column, a line a story.

use kernel::Permission;
use office::newsroom::queries::{self, Waiting as Why};

use super::mine::Waiting;
use crate::here::Here;
use crate::page::Refusal;

/// To approve, to correct, given back.
pub(super) async fn waiting(here: &Here, waiting: &mut Vec<Waiting>) -> Result<(), Refusal> {
    if here.ctx().may(Permission::ReadStories).is_err() {
        return Ok(());
    }
    let found = queries::waiting(&here.ctx()).await.map_err(|error| Refusal::broken(&error))?;
    waiting.extend(found.into_iter().map(|(story, why)| {
        let (word, more) = match why {
            Why::Review => ("chờ duyệt", story.written_name.clone()),
            Why::Returned(reason) => ("bị trả lại", reason),
            Why::Correction => ("chờ duyệt đính chính", String::new()),
        };
        Waiting { tone: "warn", word, what: story.text.title, more, url: format!("/noi-bo/chuyen-muc/{}", story.id) }
    }));
    Ok(())
}
