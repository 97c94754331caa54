//! The ledger: who did what, when, on which ground.

use std::collections::BTreeMap;

use kernel::Permission;
use office::ledger::Entry;
use office::ledger::queries::{self, Filter};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Operation;
use super::answer::{Given, give};
use super::asked::Asked;
use super::page::{List, Paging, bad_cursor};
use crate::doors::{Doors, Need};
use crate::here::Here;
use crate::ledger::refusal;

/// The doors of this file.
pub fn doors(doors: Doors) -> Doors {
    let read = Need::May(Permission::ReadLedger);
    let list = Operation::get("/api/v1/ledger", read, "Nhật ký, mới nhất trước");
    doors.api(list.asks::<LedgerAsked>().gives::<List<OneEntry>>(), show)
}

/// Which entries are asked for.
#[derive(Deserialize, JsonSchema)]
struct LedgerAsked {
    /// Done by this verb: `nomination.submit`.
    action: Option<String>,
    /// Done to this kind of thing.
    subject: Option<String>,
    /// Done to this one.
    subject_id: Option<String>,
    /// The cursor from `next` of the page before.
    #[serde(default)]
    cursor: String,
    /// How many lines at most: 1 to 200, 50 when left out.
    limit: Option<usize>,
}

/// An entry.
#[derive(Serialize, JsonSchema)]
struct OneEntry {
    seq: i64,
    /// When, in RFC 3339.
    at: String,
    account: Option<Uuid>,
    actor: String,
    action: String,
    subject: String,
    subject_id: String,
    ground: Option<String>,
    /// What changed; `via_token` names the access token through which it was done.
    fields: BTreeMap<String, String>,
    /// SHA-256, chained to the entry before.
    hash: String,
}

impl From<Entry> for OneEntry {
    fn from(one: Entry) -> Self {
        Self {
            seq: one.seq,
            at: one.at.to_string(),
            account: one.account.map(|account| account.0),
            actor: one.actor,
            action: one.action,
            subject: one.subject,
            subject_id: one.subject_id,
            ground: one.ground,
            fields: one.fields,
            hash: data_encoding::HEXLOWER.encode(&one.hash),
        }
    }
}

async fn show(here: Here, Asked(asked): Asked<LedgerAsked>) -> Given {
    let paging = Paging { cursor: asked.cursor, limit: asked.limit };
    let limit = paging.limit()?;
    let before = match paging.after()? {
        None => None,
        Some(key) => Some(key.parse().map_err(|_| bad_cursor())?),
    };
    let (action, subject, subject_id) = (asked.action, asked.subject, asked.subject_id);
    let filter = Filter { before, action, subject, subject_id, ..Filter::default() };
    let most = i64::try_from(limit + 1).unwrap_or(i64::MAX);
    let found = queries::search(&here.ctx(), &filter, most).await.map_err(refusal)?;
    give(&List::of(found.into_iter().map(OneEntry::from).collect(), limit, |one: &OneEntry| one.seq.to_string()))
}
