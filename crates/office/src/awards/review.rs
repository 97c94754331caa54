//! Checking nominations: return, attest, overrule, accept; caps; the consultation.

use std::collections::BTreeSet;

use kernel::id::AccountId;
use kernel::{Period, Permission};

use super::decision::{self, Meter, Standing};
use super::model::{
    AttestationId, Attested, Campaign, CampaignId, CampaignState, Nomination, NominationId, NominationState, Objection,
    ObjectionId, Overrule, Settlement,
};
use super::{AwardsError, adoptions, paperwork, queries, service, store};
use crate::db::Tx;
use crate::notices::{self, NewNotice, NoticeKind, To};
use crate::organization::Recipient;
use crate::{Ctx, calendar, identity, ledger};

/// The least letters of a reason that is kept.
pub const SHORTEST_REASON: usize = 10;

pub(super) fn reasoned(reason: &str) -> Result<String, AwardsError> {
    kernel::text::reason(reason, SHORTEST_REASON).map_err(|short| AwardsError::ShortReason { least: short.least })
}

async fn find(ctx: &Ctx<'_>, tx: &mut Tx, id: NominationId) -> Result<Nomination, AwardsError> {
    let nomination = store::find(tx, id).await?.ok_or(AwardsError::Unknown("hồ sơ"))?;
    ctx.may_in(Permission::ReadNominations, nomination.unit).map_err(|_| AwardsError::Unknown("hồ sơ"))?;
    Ok(nomination)
}

/// What of the ledger makes somebody a hand in a nomination.
const HANDS: [&str; 5] =
    ["nomination.write", "nomination.rewrite", "nomination.attach", "nomination.detach", "nomination.submit"];

/// Nobody checks a nomination that they wrote, changed or handed in under whichever account, nor the one for
/// themselves.
async fn must_be_of_others(ctx: &Ctx<'_>, tx: &mut Tx, nomination: &Nomination) -> Result<(), AwardsError> {
    if ctx.actor.person.is_some_and(|person| nomination.recipient == Recipient::Person(person)) {
        return Err(AwardsError::OwnNomination);
    }
    let entries = ledger::queries::of_subject(tx, "nomination", &nomination.id.to_string()).await?;
    let hands = entries.iter().filter(|entry| HANDS.contains(&entry.action.as_str())).filter_map(|entry| entry.account);
    let hands: BTreeSet<AccountId> = hands.chain(nomination.created_by).collect();
    match identity::queries::is_one_of(ctx, tx, &Vec::from_iter(hands)).await? {
        true => Err(AwardsError::OwnNomination),
        false => Ok(()),
    }
}

/// Gives a nomination back to its unit, with the reason it will read.
///
/// # Errors
/// When the reason is missing, the actor had a hand in it or is the nominee, or the nomination stands elsewhere.
pub async fn give_back(ctx: &Ctx<'_>, id: NominationId, reason: &str) -> Result<(), AwardsError> {
    ctx.may(Permission::RunCampaign)?;
    let reason = reasoned(reason)?;
    let mut tx = ctx.begin().await?;
    let mut nomination = find(ctx, &mut tx, id).await?;
    must_be_of_others(ctx, &mut tx, &nomination).await?;
    nomination.go(NominationState::Returned)?;
    store::save(&mut tx, &nomination).await?;
    store::add_event(&mut tx, id, ctx.now(), ctx.actor.account, "nomination.return", Some(&reason)).await?;
    ledger::record(&mut tx, ctx.entry("nomination.return", "nomination", id)).await?;
    let new = NewNotice {
        kind: NoticeKind::NominationReturned,
        key: format!("nomination-returned/{id}/{}", nomination.version),
        subject: "Hồ sơ đề nghị khen thưởng bị trả lại, kèm lý do".to_owned(),
        url: format!("/noi-bo/ho-so/{id}"),
    };
    notices::service::raise(ctx, &mut tx, &[To::Holding(Permission::Nominate, nomination.unit)], &new).await?;
    tx.commit().await?;
    Ok(())
}

/// States, on a document, what the record does not know; the rule book is asked again.
///
/// # Errors
/// When the document is not named, the actor had a hand in it or is the nominee, or it is not under review.
pub async fn attest(
    ctx: &Ctx<'_>,
    id: NominationId,
    statement: &str,
    document: &str,
) -> Result<AttestationId, AwardsError> {
    ctx.may(Permission::Attest)?;
    let document = reasoned(document)?;
    let mut tx = ctx.begin().await?;
    let mut nomination = find(ctx, &mut tx, id).await?;
    must_be_of_others(ctx, &mut tx, &nomination).await?;
    let attested = Attested {
        id: AttestationId::new(),
        statement: statement.to_owned(),
        document,
        account: ctx.actor.account,
        on: ctx.today(),
    };
    paperwork::add_attestation(&mut tx, id, &attested).await?;
    if nomination.state == NominationState::Submitted {
        ask_again(ctx, &mut tx, &mut nomination, "attest").await?;
    }
    store::add_event(&mut tx, id, ctx.now(), ctx.actor.account, "nomination.attest", Some(statement)).await?;
    let entry = ctx.entry("nomination.attest", "nomination", id).set("attestation", attested.id);
    ledger::record(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(attested.id)
}

async fn ask_again(ctx: &Ctx<'_>, tx: &mut Tx, nomination: &mut Nomination, cause: &str) -> Result<(), AwardsError> {
    let campaign = store::campaign(tx, nomination.campaign).await?.ok_or(AwardsError::Unknown("đợt xét"))?;
    let files = store::files(tx, nomination.id).await?;
    let (verdict, digest) = (nomination.verdict, nomination.facts_digest.clone());
    service::freeze(ctx, tx, &campaign, nomination, &files).await?;
    store::save(tx, nomination).await?;
    if (verdict, digest) != (nomination.verdict, nomination.facts_digest.clone()) {
        store::add_version(tx, nomination, ctx.now(), cause).await?;
    }
    Ok(())
}

/// Decides against a verdict (`verdict`) or lets a nomination in over a cap (`cap`), with a reason that
/// the register shows.
///
/// # Errors
/// When the reason is missing, or the actor had a hand in it or is the nominee.
pub async fn overrule(ctx: &Ctx<'_>, id: NominationId, kind: &str, reason: &str) -> Result<(), AwardsError> {
    ctx.may(Permission::Overrule)?;
    let reason = reasoned(reason)?;
    let kind =
        ["verdict", "cap"].into_iter().find(|known| *known == kind).ok_or(AwardsError::Unknown("loại ngoại lệ"))?;
    let mut tx = ctx.begin().await?;
    let nomination = find(ctx, &mut tx, id).await?;
    must_be_of_others(ctx, &mut tx, &nomination).await?;
    let overrule =
        Overrule { kind: kind.to_owned(), reason: reason.clone(), account: ctx.actor.account, on: ctx.today() };
    paperwork::add_overrule(&mut tx, id, &overrule).await?;
    store::add_event(&mut tx, id, ctx.now(), ctx.actor.account, "nomination.overrule", Some(&reason)).await?;
    ledger::record(&mut tx, ctx.entry("nomination.overrule", "nomination", id).set("kind", kind)).await?;
    tx.commit().await?;
    Ok(())
}

/// Accepts a nomination for the council: eligible by the rule book, or decided otherwise by the chief.
///
/// # Errors
/// When it is neither, or the actor had a hand in it or is the nominee.
pub async fn accept(ctx: &Ctx<'_>, id: NominationId) -> Result<(), AwardsError> {
    ctx.may(Permission::RunCampaign)?;
    let mut tx = ctx.begin().await?;
    let mut nomination = find(ctx, &mut tx, id).await?;
    must_be_of_others(ctx, &mut tx, &nomination).await?;
    ask_again(ctx, &mut tx, &mut nomination, "accept").await?;
    nomination.version += 1;
    let overruled = paperwork::overrules(&mut tx, id).await?.iter().any(|one| one.kind == "verdict");
    let standing = nomination.answer.as_ref().map(decision::standing);
    match standing {
        Some(Standing::NotEligible(reason)) if !overruled => return Err(AwardsError::NotEligible { reason }),
        Some(Standing::Undetermined(reason)) if !overruled => return Err(AwardsError::Undetermined { reason }),
        _ => {}
    }
    nomination.go(NominationState::Accepted)?;
    store::save(&mut tx, &nomination).await?;
    store::add_event(&mut tx, id, ctx.now(), ctx.actor.account, "nomination.accept", None).await?;
    ledger::record(&mut tx, ctx.entry("nomination.accept", "nomination", id).set("overruled", overruled)).await?;
    tx.commit().await?;
    Ok(())
}

/// Closes a campaign for nominations: caps must hold, but for those the chief let in. What was not handed in is left
/// out of it.
///
/// # Errors
/// [`AwardsError::OverCap`] with the numbers.
pub async fn close(ctx: &Ctx<'_>, id: CampaignId) -> Result<(), AwardsError> {
    close_with(ctx, id, None).await
}

/// As [`close`], by somebody who has to know how many nominations are left out, because nobody handed them in.
///
/// # Errors
/// [`AwardsError::NotHandedIn`] when there are some, and not as many as were agreed to; as [`close`].
pub async fn close_leaving(ctx: &Ctx<'_>, id: CampaignId, agreed: usize) -> Result<(), AwardsError> {
    close_with(ctx, id, Some(agreed)).await
}

async fn close_with(ctx: &Ctx<'_>, id: CampaignId, agreed: Option<usize>) -> Result<(), AwardsError> {
    ctx.may(Permission::RunCampaign)?;
    let mut tx = ctx.begin().await?;
    let mut campaign = campaign(&mut tx, id).await?;
    let left = store::of_campaign(&mut tx, id).await?.iter().filter(|one| one.is_editable()).count();
    if left > 0 && agreed.is_some_and(|agreed| agreed != left) && campaign.state == CampaignState::Open {
        return Err(AwardsError::NotHandedIn { left });
    }
    let over: Vec<String> = queries::meters(ctx, &mut tx, &campaign)
        .await?
        .iter()
        .filter(|meter| meter.is_over())
        .map(Meter::numbers)
        .collect();
    if !over.is_empty() {
        return Err(AwardsError::OverCap { what: over.join("; ") });
    }
    campaign.go(CampaignState::Closed)?;
    save(ctx, &mut tx, &campaign, "campaign.close").await?;
    tx.commit().await?;
    Ok(())
}

/// Opens the consultation: from tomorrow, for as many working days as the adopted rule says.
///
/// # Errors
/// When dossiers are not checked yet, or no rule says how long.
pub async fn consult(ctx: &Ctx<'_>, id: CampaignId) -> Result<Period, AwardsError> {
    ctx.may(Permission::RunCampaign)?;
    let mut tx = ctx.begin().await?;
    let mut campaign = campaign(&mut tx, id).await?;
    let nominations = store::of_campaign(&mut tx, id).await?;
    let left = nominations.iter().filter(|one| one.state == NominationState::Submitted).count();
    if left > 0 {
        return Err(AwardsError::NotChecked { left });
    }
    let standing = adoptions::standing(&mut tx).await?;
    let rule = ctx.house.rules.consultation_days(ctx.today(), &standing.adopted);
    let rule = rule.filter(|rule| rule.adopted.is_some()).ok_or(AwardsError::NoConsultationRule)?;
    let calendar = calendar::queries::hold(ctx, &mut tx).await?;
    let last = calendar.add_working_days(ctx.today(), rule.value).due;
    let period = Period { from: ctx.today(), until: last.tomorrow().ok() };
    campaign.go(CampaignState::Consultation)?;
    campaign.consultation = Some(period);
    campaign.consultation_days = Some(rule.value);
    campaign.consultation_ground = Some(rule.citation);
    save(ctx, &mut tx, &campaign, "campaign.consult").await?;
    tx.commit().await?;
    Ok(period)
}

/// Raises an objection while the consultation runs.
///
/// # Errors
/// When it does not run, or the statement is too short.
pub async fn object(ctx: &Ctx<'_>, nomination: NominationId, statement: &str) -> Result<ObjectionId, AwardsError> {
    ctx.may(Permission::Object)?;
    let statement = reasoned(statement)?;
    let mut tx = ctx.begin().await?;
    let found = store::find(&mut tx, nomination).await?.ok_or(AwardsError::Unknown("hồ sơ"))?;
    let campaign = campaign(&mut tx, found.campaign).await?;
    if !campaign.hears(ctx.today()) || found.state != NominationState::Accepted {
        let until = campaign.consultation.and_then(|period| period.until).and_then(|until| until.yesterday().ok());
        return Err(AwardsError::NoOpinions { until: until.filter(|last| *last < ctx.today()) });
    }
    let known = paperwork::objections_of(&mut tx, found.campaign).await?;
    let same =
        |one: &Objection| (one.nomination, one.account, &one.statement) == (nomination, ctx.actor.account, &statement);
    if known.iter().any(|one| same(one) && one.settled.is_none()) {
        return Err(AwardsError::ObjectionKnown);
    }
    let objection = Objection {
        id: ObjectionId::new(),
        nomination,
        account: ctx.actor.account,
        statement,
        raised_on: ctx.today(),
        settled: None,
    };
    paperwork::add_objection(&mut tx, &objection).await?;
    ledger::record(&mut tx, ctx.entry("nomination.object", "nomination", nomination).set("objection", objection.id))
        .await?;
    tx.commit().await?;
    Ok(objection.id)
}

/// Settles an objection; one that is right sends the nomination back to its unit.
///
/// # Errors
/// When the words are missing or it was settled before.
pub async fn settle(
    ctx: &Ctx<'_>,
    campaign: CampaignId,
    id: ObjectionId,
    words: &str,
    upheld: bool,
) -> Result<(), AwardsError> {
    ctx.may(Permission::RunCampaign)?;
    let words = reasoned(words)?;
    let mut tx = ctx.begin().await?;
    let objections = paperwork::objections_of(&mut tx, campaign).await?;
    let objection = objections.into_iter().find(|one| one.id == id).ok_or(AwardsError::Unknown("ý kiến"))?;
    let settlement = Settlement { on: ctx.today(), words: words.clone(), upheld };
    paperwork::settle_objection(&mut tx, id, ctx.actor.account, &settlement).await?;
    if upheld {
        let mut nomination = find(ctx, &mut tx, objection.nomination).await?;
        nomination.go(NominationState::Returned)?;
        store::save(&mut tx, &nomination).await?;
        let (at, by) = (ctx.now(), ctx.actor.account);
        store::add_event(&mut tx, nomination.id, at, by, "nomination.return", Some(&words)).await?;
    }
    let entry = ctx.entry("objection.settle", "objection", id).set("upheld", upheld);
    ledger::record(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Hands the accepted list to the council: the consultation is over and every objection settled.
///
/// # Errors
/// [`AwardsError::ConsultationOpen`] with the last day or the number of open objections.
pub async fn to_council(ctx: &Ctx<'_>, id: CampaignId) -> Result<(), AwardsError> {
    ctx.may(Permission::RunCampaign)?;
    let mut tx = ctx.begin().await?;
    let mut campaign = campaign(&mut tx, id).await?;
    if let Some(period) = campaign.consultation
        && period.contains(ctx.today())
    {
        let last = period.until.and_then(|until| until.yesterday().ok()).map(kernel::numbers::short_date);
        let why = format!("thời gian lấy ý kiến kéo dài đến hết ngày {}", last.unwrap_or_default());
        return Err(AwardsError::ConsultationOpen { why });
    }
    let open = paperwork::objections_of(&mut tx, id).await?.iter().filter(|one| one.settled.is_none()).count();
    if open > 0 {
        return Err(AwardsError::ConsultationOpen { why: format!("còn {open} ý kiến chưa giải quyết") });
    }
    campaign.go(CampaignState::Council)?;
    save(ctx, &mut tx, &campaign, "campaign.to_council").await?;
    tx.commit().await?;
    Ok(())
}

async fn campaign(tx: &mut Tx, id: CampaignId) -> Result<Campaign, AwardsError> {
    store::campaign(tx, id).await?.ok_or(AwardsError::Unknown("đợt xét"))
}

async fn save(ctx: &Ctx<'_>, tx: &mut Tx, campaign: &Campaign, verb: &'static str) -> Result<(), AwardsError> {
    store::save_campaign(tx, campaign).await?;
    let entry = ctx.entry(verb, "campaign", campaign.id).ground(&campaign.clause).set("state", campaign.state.code());
    Ok(ledger::record(tx, entry).await?)
}
