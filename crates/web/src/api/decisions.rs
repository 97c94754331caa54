//! Decisions, the register of awards, the verification of a certificate.

use kernel::{Date, Permission};
use office::decisions::past;
use office::decisions::queries::{self, Filter};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Operation;
use super::answer::{Given, give};
use super::asked::{Asked, Of, known_on};
use super::page::{List, Paging};
use crate::decisions::refusal;
use crate::doors::{Doors, Need};
use crate::here::Here;
use crate::page::Refusal;

/// The doors of this file.
pub fn doors(doors: Doors) -> Doors {
    let read = Need::May(Permission::ReadDecisions);
    let all = Operation::get("/api/v1/decisions", read, "Các quyết định khen thưởng");
    let book = Operation::get("/api/v1/awards", read, "Sổ khen thưởng, theo số vào sổ");
    let check = Operation::get("/api/v1/verification/{code}", Need::Public, "Xác minh mã trên giấy khen");
    doors
        .api(all.asks::<Paging>().gives::<List<OneDecision>>(), list)
        .api(book.asks::<RegisterAsked>().gives::<List<Registered>>(), register)
        .api(check.asks::<Signed>().gives::<Verified>(), verify)
        .paced()
}

/// A decision.
#[derive(Serialize, JsonSchema)]
struct OneDecision {
    id: Uuid,
    /// The number with its notation.
    number: String,
    state: &'static str,
    campaign: Uuid,
    issued_on: Option<Date>,
    signer: String,
    version: i64,
}

async fn list(here: Here, Asked(paging): Asked<Paging>) -> Given {
    let all = queries::list(&here.ctx()).await.map_err(refusal)?;
    let all = all.into_iter().map(|one| OneDecision {
        id: one.id.0,
        number: one.number_text(),
        state: one.state.code(),
        campaign: one.campaign.0,
        issued_on: one.issued_on,
        signer: one.signer,
        version: one.version,
    });
    give(&List::from_all(all.collect(), &paging, |one: &OneDecision| one.id.to_string())?)
}

/// Which lines of the register are asked for.
#[derive(Deserialize, JsonSchema)]
struct RegisterAsked {
    /// Registered in this year.
    year: Option<i16>,
    /// Whose name or decision number holds this.
    #[serde(default)]
    text: String,
    /// Of this award.
    award: Option<String>,
    /// As it stood at the end of this day; now when left out.
    known_on: Option<Date>,
    /// The cursor from `next` of the page before.
    #[serde(default)]
    cursor: String,
    /// How many lines at most: 1 to 200, 50 when left out.
    limit: Option<usize>,
}

/// A line of the register of awards.
#[derive(Serialize, JsonSchema)]
struct Registered {
    id: Uuid,
    /// The year of the register.
    year: Option<i16>,
    /// The number in it.
    position: Option<u32>,
    name: String,
    title: String,
    unit_name: String,
    recipient: String,
    award: String,
    state: &'static str,
    decision: String,
    issued_on: Option<Date>,
}

async fn register(here: Here, Asked(asked): Asked<RegisterAsked>) -> Given {
    let award = match asked.award.as_deref() {
        None => None,
        Some(code) => {
            Some(code.parse().map_err(|_| Refusal::bad_query("Không có hình thức khen thưởng mang mã này."))?)
        }
    };
    let filter = Filter { text: asked.text, year: asked.year, award, unit: String::new() };
    let found = match known_on(&here, asked.known_on)? {
        None => queries::register(&here.ctx(), &filter).await.map_err(refusal)?,
        Some(day) => past::register(&here.ctx(), &filter, day).await.map_err(refusal)?.0,
    };
    let all = found.into_iter().map(|(line, decision, issued_on)| Registered {
        id: line.id.0,
        year: line.register.map(|(year, _)| year),
        position: line.register.map(|(_, position)| position),
        name: line.name,
        title: line.title,
        unit_name: line.unit_name,
        recipient: line.recipient.to_string(),
        award: line.award.to_string(),
        state: line.state.code(),
        decision,
        issued_on,
    });
    // Numbers are given out in their order, so a line that is added stands behind all others of its year.
    let key = |one: &Registered| {
        format!("{:05} {:010} {}", one.year.unwrap_or_default(), one.position.unwrap_or_default(), one.id)
    };
    give(&List::from_all(all.collect(), &Paging { cursor: asked.cursor, limit: asked.limit }, key)?)
}

/// The signature in a QR code's address.
#[derive(Deserialize, JsonSchema)]
struct Signed {
    k: Option<String>,
}

/// What anybody may learn of a certificate.
#[derive(Serialize, JsonSchema)]
struct Verified {
    /// `valid`, `corrected` or `revoked`.
    state: &'static str,
    name: String,
    award: String,
    number: String,
    issued_on: Option<Date>,
    changed_on: Option<Date>,
    /// The day since which the whole decision is annulled.
    annulled_on: Option<Date>,
    /// Whether the register still says what was signed, corrected or revoked: where it does not, nothing here is
    /// confirmed.
    intact: bool,
    /// Whether the signature that came with the code is ours; none when none came.
    signed: Option<bool>,
}

async fn verify(here: Here, Of(code): Of<String>, Asked(asked): Asked<Signed>) -> Given {
    let found = queries::verify(&here.house, &code, asked.k.as_deref()).await.map_err(refusal)?;
    let one = found.ok_or_else(Refusal::not_found)?;
    give(&Verified {
        state: one.state.code(),
        name: one.name,
        award: one.award,
        number: one.number,
        issued_on: one.issued_on,
        changed_on: one.changed_on,
        annulled_on: one.annulled_on,
        intact: one.intact,
        signed: one.signed,
    })
}
