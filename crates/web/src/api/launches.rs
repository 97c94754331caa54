//! Launches with who received and opened them, covenants with their versions and signatures. Reading through the
//! API opens a launch for no unit: only its page does.

use kernel::{Date, Permission, Timestamp};
use office::programmes::model::{CovenantEdition, CovenantId, Launch, LaunchId};
use office::programmes::queries::{self, CovenantDetail, ReceiptLine};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::Operation;
use super::answer::{Given, give};
use super::asked::{Asked, Of};
use super::page::{List, Paging};
use super::programmes::said;
use crate::doors::{Doors, Need};
use crate::here::Here;

/// The doors of this file.
pub fn doors(doors: Doors) -> Doors {
    let read = Need::May(Permission::ReadPlan);
    let all = Operation::get("/api/v1/launches", read, "Các đợt phát động");
    let one = Operation::get("/api/v1/launches/{launch}", read, "Một đợt phát động: đơn vị nào đã nhận, đã mở");
    let covenants = Operation::get("/api/v1/covenants", read, "Các giao ước thi đua");
    let covenant = Operation::get("/api/v1/covenants/{covenant}", read, "Một giao ước: các bản, ai đã ký");
    doors
        .api(all.asks::<Paging>().gives::<List<OneLaunch>>(), list)
        .api(one.gives::<LaunchView>(), show)
        .api(covenants.asks::<Paging>().gives::<List<OneCovenant>>(), list_covenants)
        .api(covenant.gives::<CovenantView>(), show_covenant)
}

/// A launch: the plan sent to the units.
#[derive(Serialize, JsonSchema)]
struct OneLaunch {
    id: Uuid,
    title: String,
    message: String,
    launched_on: Date,
    #[schemars(with = "String")]
    launched_at: Timestamp,
    launched_by: String,
    /// The last day for handing in a programme.
    due_on: Date,
}

impl From<&Launch> for OneLaunch {
    fn from(one: &Launch) -> Self {
        Self {
            id: one.id.0,
            title: one.title.clone(),
            message: one.message.clone(),
            launched_on: one.launched_on,
            launched_at: one.launched_at,
            launched_by: one.launched_by.clone(),
            due_on: one.due_on,
        }
    }
}

async fn list(here: Here, Asked(paging): Asked<Paging>) -> Given {
    let found = queries::launches(&here.ctx()).await.map_err(said)?;
    let key = |one: &OneLaunch| format!("{} {}", one.launched_on, one.id);
    give(&List::from_all(found.iter().map(OneLaunch::from).collect(), &paging, key)?)
}

/// A launch with its receipts.
#[derive(Serialize, JsonSchema)]
struct LaunchView {
    #[serde(flatten)]
    launch: OneLaunch,
    /// The units that received it, as far as the owner of the token may read their programmes.
    receipts: Vec<OneReceipt>,
}

/// That a launch came to a unit.
#[derive(Serialize, JsonSchema)]
struct OneReceipt {
    unit: Uuid,
    unit_name: String,
    /// When it was opened first, and by whom; none until then.
    #[schemars(with = "Option<String>")]
    opened_at: Option<Timestamp>,
    opened_by: Option<String>,
    /// The days on which the unit was reminded, the newest first.
    reminded: Vec<Date>,
    /// Where its programme stands; none for a unit that takes no part any more.
    standing: Option<&'static str>,
}

impl From<ReceiptLine> for OneReceipt {
    fn from(one: ReceiptLine) -> Self {
        let (opened_at, opened_by) = one.receipt.opened.unzip();
        Self {
            unit: one.unit.id.0,
            unit_name: one.unit.name,
            opened_at,
            opened_by,
            reminded: one.reminded,
            standing: one.standing.map(|standing| standing.code()),
        }
    }
}

async fn show(here: Here, Of(id): Of<LaunchId>) -> Given {
    let (launch, receipts) = queries::launch(&here.ctx(), id).await.map_err(said)?;
    let receipts = receipts.into_iter().map(OneReceipt::from).collect();
    give(&LaunchView { launch: OneLaunch::from(&launch), receipts })
}

/// A covenant of a cluster of units.
#[derive(Serialize, JsonSchema)]
struct OneCovenant {
    id: Uuid,
    /// The name of the cluster.
    name: String,
    /// The newest version.
    number: i64,
    drawn_up_on: Option<Date>,
    /// How many units sign the newest version, and how many have.
    units: usize,
    signed: usize,
}

impl From<&CovenantDetail> for OneCovenant {
    fn from((covenant, editions): &CovenantDetail) -> Self {
        let newest = editions.last();
        let signatures = newest.map_or(&[][..], |one| one.signatures.as_slice());
        Self {
            id: covenant.id.0,
            name: covenant.name.clone(),
            number: newest.map_or(0, |one| one.number),
            drawn_up_on: newest.map(|one| one.drawn_up_on),
            units: signatures.len(),
            signed: signatures.iter().filter(|one| one.signed.is_some()).count(),
        }
    }
}

async fn list_covenants(here: Here, Asked(paging): Asked<Paging>) -> Given {
    let found = queries::covenants(&here.ctx()).await.map_err(said)?;
    let key = |one: &OneCovenant| one.id.to_string();
    give(&List::from_all(found.iter().map(OneCovenant::from).collect(), &paging, key)?)
}

/// A covenant with its versions.
#[derive(Serialize, JsonSchema)]
struct CovenantView {
    id: Uuid,
    name: String,
    /// Oldest first; the older ones stay as they were signed.
    versions: Vec<OneCovenantEdition>,
}

/// One version of a covenant.
#[derive(Serialize, JsonSchema)]
struct OneCovenantEdition {
    number: i64,
    text: String,
    targets: Vec<OneCovenantTarget>,
    drawn_up_on: Date,
    /// When the last unit signed; none until then.
    #[schemars(with = "Option<String>")]
    locked_at: Option<Timestamp>,
    signatures: Vec<OneSignature>,
}

/// A target of a covenant.
#[derive(Serialize, JsonSchema)]
struct OneCovenantTarget {
    clause: String,
    what: String,
    figure: String,
}

/// A unit's place under a covenant.
#[derive(Serialize, JsonSchema)]
struct OneSignature {
    unit: Uuid,
    unit_name: String,
    #[schemars(with = "Option<String>")]
    signed_at: Option<Timestamp>,
    signed_by: Option<String>,
}

async fn show_covenant(here: Here, Of(id): Of<CovenantId>) -> Given {
    let ((covenant, editions), units) = queries::covenant(&here.ctx(), id).await.map_err(said)?;
    let name = |unit| units.iter().find(|one| one.id == unit).map(|one| one.name.clone()).unwrap_or_default();
    let edition = |one: CovenantEdition| OneCovenantEdition {
        number: one.number,
        text: one.content.text,
        targets: one
            .content
            .targets
            .into_iter()
            .map(|one| OneCovenantTarget { clause: one.clause, what: one.what, figure: one.figure })
            .collect(),
        drawn_up_on: one.drawn_up_on,
        locked_at: one.locked_at,
        signatures: one
            .signatures
            .into_iter()
            .map(|one| {
                let (signed_at, signed_by) = one.signed.unzip();
                OneSignature { unit: one.unit.0, unit_name: name(one.unit), signed_at, signed_by }
            })
            .collect(),
    };
    give(&CovenantView {
        id: covenant.id.0,
        name: covenant.name,
        versions: editions.into_iter().map(edition).collect(),
    })
}
