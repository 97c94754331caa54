//! Codes on certificates: random, so that none can be guessed, and signed, so that none can be made up;
//! what an issued line says is known to the ledger.

use data_encoding::BASE64URL_NOPAD;

use super::model::{Amendment, Decision, DecisionState, Line, LineId, LineState};
use super::store;
use crate::db::{StoreError, Tx};
use crate::keys::Keys;
pub use crate::keys::{fresh_code, tidy_code};
use crate::{Ctx, House, awards, ledger, records};

fn message(code: &str) -> Vec<u8> {
    format!("thidua-certificate-1\n{code}\n").into_bytes()
}

/// The address in the QR code: the public page of the code, with the house's signature over it.
#[must_use]
pub fn address(house: &House, code: &str) -> String {
    let signature = BASE64URL_NOPAD.encode(&house.keys.sign(&message(code)));
    format!("{}/xac-minh/{code}?k={signature}", house.public_url)
}

/// Whether a signature over a code is ours.
#[must_use]
pub fn is_ours(house: &House, code: &str, signature: &str) -> bool {
    BASE64URL_NOPAD.decode(signature.as_bytes()).is_ok_and(|signature| house.keys.is_ours(&message(code), &signature))
}

/// Under which verb the ledger keeps what an issued line says, and what a line of a draft does.
const ISSUED: &str = "decision.line";
const DRAFTED: &str = "decision.draft_line";

fn verb(decision: &Decision) -> &'static str {
    match decision.state {
        DecisionState::Draft => DRAFTED,
        DecisionState::Issued => ISSUED,
    }
}

/// A salted digest of all that a line says to anybody: who changes it past the program changes this.
fn content(keys: &Keys, decision: &Decision, line: &Line) -> String {
    let said = [
        line.code.clone().unwrap_or_default(),
        decision.number_text(),
        decision.issued_on.map(|day| day.to_string()).unwrap_or_default(),
        decision.signer.clone(),
        line.register.map(|(year, number)| format!("{number}/{year}")).unwrap_or_default(),
        line.recipient.to_string(),
        line.name.clone(),
        line.title.clone(),
        line.unit_name.clone(),
        line.award.code().to_owned(),
        line.achievement.clone(),
        format!("{:?}", line.money),
        line.state.code().to_owned(),
    ];
    let text = |of: Option<&str>| of.map(str::to_owned);
    let day = |of: Option<kernel::Date>| of.map(|day| day.to_string());
    let more = [
        text(Some(decision.state.code())),
        text(Some(&decision.capacity)),
        text(Some(&decision.place)),
        day(decision.annulled_on),
        line.nomination.map(|id| id.to_string()),
        text(line.exception.as_ref().map(|one| one.reason.as_str())),
        text(line.exception.as_ref().map(|one| one.authority.as_str())),
        text(line.overruled.as_deref()),
        text(line.signed.as_ref().map(|(name, _)| name.as_str())),
        text(line.signed.as_ref().map(|(_, title)| title.as_str())),
        day(line.paid_on),
    ];
    let said = (said, more);
    keys.digest(&serde_json::to_string(&said).expect("texts are JSON"))
}

/// Writes into the ledger what a line says from now on, inside the transaction that changes it.
pub(super) async fn record_content(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    decision: &Decision,
    line: &Line,
) -> Result<(), StoreError> {
    let entry = ctx.entry(verb(decision), "decision_line", line.id).set("state", line.state.code());
    ledger::record(tx, entry.set("content", content(&ctx.house.keys, decision, line))).await
}

/// Whether a line says what the ledger knows of it.
///
/// # Errors
/// What the store says.
pub async fn is_intact(keys: &Keys, tx: &mut Tx, decision: &Decision, line: &Line) -> Result<bool, StoreError> {
    let known = ledger::queries::field(tx, verb(decision), &line.id.to_string(), "content").await?;
    Ok(known == Some(content(keys, decision, line)))
}

/// The issued lines that say something else than the ledger knows, in words.
///
/// # Errors
/// What the store says.
pub async fn altered(tx: &mut Tx, keys: &Keys) -> Result<Vec<String>, StoreError> {
    let mut found = Vec::new();
    let known = ledger::queries::subjects(tx, ISSUED).await?;
    for id in &known {
        let Some(line) = id.parse().ok().map(LineId) else { continue };
        let Some(line) = store::line(tx, line).await? else {
            found.push(format!("một dòng đã ban hành không còn trong sổ (mã {id})"));
            continue;
        };
        let decision = store::find(tx, line.decision).await?;
        let holds = match &decision {
            Some(decision) if decision.state == DecisionState::Issued => is_intact(keys, tx, decision, &line).await?,
            _ => false,
        };
        let number = decision.as_ref().map(Decision::number_text).unwrap_or_default();
        if !holds {
            found.push(format!("dòng {} của Quyết định số {number} khác với nhật ký", line.position));
        } else if !in_the_record(tx, decision.as_ref(), &line).await? {
            let name = &line.name;
            found.push(format!("hồ sơ khen thưởng của “{name}” khác với Quyết định số {number}"));
        }
    }
    for line in store::register(tx).await?.iter().filter(|line| !known.contains(&line.id.to_string())) {
        found.push(format!("“{}” trong sổ khen thưởng không có trong nhật ký", line.name));
    }
    Ok(found)
}

/// Whether the recipient's own record holds the award as an issued line gave it.
async fn in_the_record(tx: &mut Tx, decision: Option<&Decision>, line: &Line) -> Result<bool, StoreError> {
    let Some(id) = line.past_award else { return Ok(false) };
    let kept = records::queries::award(tx, id).await?;
    let year = match decision {
        Some(decision) => awards::queries::year_of(tx, decision.campaign).await?,
        None => None,
    };
    Ok(kept.is_some_and(|kept| {
        (kept.recipient, kept.award) == (line.recipient, line.award)
            && Some(kept.year) == year
            && Some(kept.decided_on) == decision.and_then(|decision| decision.issued_on)
            && decision.is_some_and(|decision| decision.number_text() == kept.number)
            && kept.revoked_on.is_some() == (line.state == LineState::Revoked)
    }))
}

/// A salted digest of what a proposed change says.
pub(super) fn of_amendment(keys: &Keys, one: &Amendment) -> String {
    let said = (one.decision, one.line, one.kind.code(), &one.name, &one.title, &one.reason);
    keys.digest(&format!("{said:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_again_however_it_is_typed() {
        let code = fresh_code();
        assert_eq!(code.len(), 29);
        assert_eq!(tidy_code(&code.to_lowercase()), Some(code.clone()));
        assert_eq!(tidy_code(&code.replace('-', " ")), Some(code.clone()));
        assert_eq!(tidy_code(&code[..20]), None);
    }

    #[test]
    fn letters_that_look_alike_are_read_as_one() {
        assert_eq!(tidy_code("OOOO-IIII-LLLL-0000-1111-2222"), Some("0000-1111-1111-0000-1111-2222".to_owned()));
    }

    #[test]
    fn no_two_codes_are_alike() {
        let codes: std::collections::BTreeSet<String> = (0..1000).map(|_| fresh_code()).collect();
        assert_eq!(codes.len(), 1000);
    }
}
