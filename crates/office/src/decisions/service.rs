//! Drafting and issuing decisions.

use std::collections::BTreeSet;

use kernel::numbers::short_date;
use kernel::{Date, Permission};
use rules::Confirmation;

use super::model::{Decision, DecisionId, DecisionState, Line, Money};
use super::past::printed;
use super::{DecisionsError, proof, store};
use crate::awards;
use crate::awards::model::CampaignId;
use crate::awards::queries::Nominated;
use crate::db::{StoreError, Tx};
use crate::organization::Recipient;
use crate::records;
use crate::records::model::{AchievementId, NewPastAward};
use crate::{Ctx, history, identity, ledger};

/// The least letters of a reason that is kept.
pub const SHORTEST_REASON: usize = 10;

/// A decision about to be drafted.
#[derive(Debug, Clone)]
pub struct NewDecision {
    /// The campaign whose passed list it takes.
    pub campaign: CampaignId,
    /// The series its number will run in.
    pub series: String,
    /// Where it will be signed.
    pub place: String,
    /// The post of who will sign.
    pub capacity: String,
    /// The name of who will sign.
    pub signer: String,
}

pub(super) fn reasoned(reason: &str) -> Result<String, DecisionsError> {
    kernel::text::reason(reason, SHORTEST_REASON).map_err(|short| DecisionsError::ShortReason { least: short.least })
}

pub(super) async fn find(tx: &mut Tx, id: DecisionId) -> Result<Decision, DecisionsError> {
    store::find(tx, id).await?.ok_or(DecisionsError::Unknown("quyết định"))
}

/// Drafts a decision from exactly the list the council passed.
///
/// # Errors
/// [`DecisionsError::NothingPassed`].
pub async fn draft(ctx: &Ctx<'_>, new: &NewDecision) -> Result<DecisionId, DecisionsError> {
    ctx.may(Permission::DraftDecision)?;
    let mut tx = ctx.begin().await?;
    let passed = once_each(awards::queries::passed(ctx, &mut tx, new.campaign).await?);
    // Whom an annulled decision named may be awarded after all, each as an exception in a new one.
    if passed.is_empty() && !store::annulled_campaigns(&mut tx).await?.contains(&new.campaign) {
        return Err(DecisionsError::NothingPassed);
    }
    let decision = Decision {
        id: DecisionId::new(),
        series: new.series.clone(),
        year: ctx.today().year(),
        number: None,
        campaign: new.campaign,
        state: DecisionState::Draft,
        place: new.place.clone(),
        issued_on: None,
        capacity: new.capacity.clone(),
        signer: new.signer.clone(),
        gap_reason: None,
        created_by: ctx.actor.account,
        annulled_on: None,
        version: 1,
    };
    store::add(&mut tx, &decision).await?;
    worked_on(ctx, &mut tx, decision.id).await?;
    put_lines(ctx, &mut tx, &decision, &passed).await?;
    let entry = ctx.entry("decision.draft", "decision", decision.id).set("lines", passed.len());
    ledger::record(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(decision.id)
}

/// Takes the passed list anew into a draft; exceptions stay, behind the list.
///
/// # Errors
/// When it was issued, or somebody else works on it at the same time.
pub async fn redraft(ctx: &Ctx<'_>, id: DecisionId) -> Result<(), DecisionsError> {
    ctx.may(Permission::DraftDecision)?;
    let mut tx = ctx.begin().await?;
    let decision = draft_at_work(ctx, &mut tx, id).await?;
    store::drop_lines(&mut tx, id).await?;
    let exceptions = store::lines(&mut tx, id).await?;
    let passed = once_each(awards::queries::passed(ctx, &mut tx, decision.campaign).await?);
    put_lines(ctx, &mut tx, &decision, &passed).await?;
    for (position, line) in (1..).skip(passed.len()).zip(exceptions) {
        store::place_line(&mut tx, line.id, position).await?;
    }
    ledger::record(&mut tx, ctx.entry("decision.redraft", "decision", id).set("lines", passed.len())).await?;
    tx.commit().await?;
    Ok(())
}

/// Nobody stands twice with one form in one decision: what a second achievement earned waits for the next one.
fn once_each(passed: Vec<Nominated>) -> Vec<Nominated> {
    let mut seen = BTreeSet::new();
    passed.into_iter().filter(|one| seen.insert((one.recipient, one.award))).collect()
}

async fn put_lines(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    decision: &Decision,
    passed: &[Nominated],
) -> Result<(), DecisionsError> {
    for (position, one) in (1..).zip(passed) {
        let whom = (one.recipient, one.award);
        let line = Line {
            nomination: Some(one.id),
            title: one.title.clone(),
            unit_name: one.own_unit.clone(),
            leader: one.leader,
            overruled: awards::queries::overruled(tx, one.id).await?,
            ..Line::drafted(decision.id, position, whom, one.name.clone(), achievement(ctx))
        };
        store::add_line(tx, &line).await?;
        proof::record_content(ctx, tx, decision, &line).await?;
    }
    Ok(())
}

pub(super) fn achievement(ctx: &Ctx<'_>) -> String {
    format!("Đã có thành tích xuất sắc trong Phong trào thi đua “{}”", ctx.house.movement_name())
}

/// Issues a decision under a number and a day, in one transaction: the list must still be the one the
/// council passed; nominations, award records, register numbers, codes and money follow.
///
/// # Errors
/// When the drafter signs, the number is taken or leaves a gap without reason, the day cannot be, the
/// list differs, or the rule of the money has lapsed by that day without a successor.
pub async fn issue(
    ctx: &Ctx<'_>,
    id: DecisionId,
    number: u32,
    day: Date,
    gap_reason: &str,
) -> Result<(), DecisionsError> {
    ctx.may(Permission::SignDecision)?;
    let mut tx = ctx.begin().await?;
    let mut decision = find(&mut tx, id).await?;
    decision.must_be_draft()?;
    let hands = store::hands(&mut tx, id).await?;
    if identity::queries::is_one_of(ctx, &mut tx, &hands).await? {
        return Err(DecisionsError::OwnDraft);
    }
    if day > ctx.today() || day.year() < decision.year {
        return Err(DecisionsError::OddDay { day: short_date(day) });
    }
    let mut lines = store::lines(&mut tx, id).await?;
    let own = ctx.actor.person.map(Recipient::Person);
    if lines.iter().any(|line| line.exception.is_some() && Some(line.recipient) == own) {
        return Err(DecisionsError::OwnException);
    }
    as_drafted(ctx, &mut tx, &decision, &lines).await?;
    decision.year = day.year();
    take_number(&mut tx, &mut decision, number, gap_reason).await?;
    if lines.is_empty() {
        return Err(DecisionsError::NothingPassed);
    }
    in_order(&mut tx, &decision, &lines, day).await?;
    decision.state = DecisionState::Issued;
    decision.issued_on = Some(day);
    same_list(ctx, &mut tx, &decision, &lines).await?;
    match store::save(&mut tx, &decision).await {
        Err(StoreError::Duplicate { .. }) => {
            return Err(DecisionsError::NumberTaken { number, year: decision.year, next: number + 1 });
        }
        other => other?,
    }
    let confirmed = awards::adoptions::standing(&mut tx).await?.confirmed;
    let mut register = store::last_register_number(&mut tx, decision.year).await?;
    for line in &mut lines {
        register += 1;
        line.register = Some((decision.year, register));
        line.code = Some(proof::fresh_code());
        line.money = money(ctx, &mut tx, line, (day, &confirmed)).await?;
        line.past_award = Some(record_award(ctx, &mut tx, &decision, line, day).await?);
        line.signed = Some((line.name.clone(), line.title.clone()));
        store::save_line(&mut tx, line).await?;
        proof::record_content(ctx, &mut tx, &decision, line).await?;
        history::entered(ctx, &mut tx, printed(line)).await?;
        if let Some(nomination) = line.nomination {
            awards::outcomes::decided_in(ctx, &mut tx, nomination).await?;
        }
    }
    let entry = ctx.entry("decision.issue", "decision", id).set("number", decision.number_text());
    ledger::record(&mut tx, entry.set("day", day).set("lines", lines.len())).await?;
    tx.commit().await?;
    Ok(())
}

/// A draft whose lines the actor is about to change: kept as another version, so that whoever issues it meanwhile is
/// not left with lines that are gone.
pub(super) async fn draft_at_work(ctx: &Ctx<'_>, tx: &mut Tx, id: DecisionId) -> Result<Decision, DecisionsError> {
    let decision = find(tx, id).await?;
    decision.must_be_draft()?;
    store::save(tx, &decision).await?;
    worked_on(ctx, tx, id).await?;
    Ok(decision)
}

/// Keeps that the actor worked on a draft.
async fn worked_on(ctx: &Ctx<'_>, tx: &mut Tx, id: DecisionId) -> Result<(), StoreError> {
    match ctx.actor.account {
        Some(account) => store::add_hand(tx, id, account).await,
        None => Ok(()),
    }
}

/// The lines say what was drafted, by the ledger's word.
async fn as_drafted(ctx: &Ctx<'_>, tx: &mut Tx, decision: &Decision, lines: &[Line]) -> Result<(), DecisionsError> {
    let mut names = Vec::new();
    for line in lines {
        if !proof::is_intact(&ctx.house.keys, tx, decision, line).await? {
            names.push(line.name.as_str());
        }
    }
    if names.is_empty() { Ok(()) } else { Err(DecisionsError::NotAsDrafted { names: names.join(", ") }) }
}

/// A decision is not older than the council's vote on anybody in it, nor than the decision numbered before it.
async fn in_order(tx: &mut Tx, decision: &Decision, lines: &[Line], day: Date) -> Result<(), DecisionsError> {
    let early = |than: Date, what| DecisionsError::TooEarly { day: short_date(day), than: short_date(than), what };
    if let Some(last) = store::last_day(tx, &decision.series, decision.year).await?.filter(|last| *last > day) {
        return Err(early(last, "quyết định mang số trước"));
    }
    let nominations: Vec<_> = lines.iter().filter_map(|line| line.nomination).collect();
    let settled = awards::queries::last_settled(tx, &nominations).await?;
    match settled.filter(|met| *met > day) {
        Some(met) => Err(early(met, "phiên họp Hội đồng đã thông qua danh sách")),
        None => Ok(()),
    }
}

async fn take_number(
    tx: &mut Tx,
    decision: &mut Decision,
    number: u32,
    gap_reason: &str,
) -> Result<(), DecisionsError> {
    let next = store::last_number(tx, &decision.series, decision.year).await? + 1;
    if number < next {
        return Err(DecisionsError::NumberTaken { number, year: decision.year, next });
    }
    if number > next {
        let reason = reasoned(gap_reason).map_err(|_| DecisionsError::GapWithoutReason { number, next })?;
        decision.gap_reason = Some(reason);
    }
    decision.number = Some(number);
    Ok(())
}

async fn same_list(ctx: &Ctx<'_>, tx: &mut Tx, decision: &Decision, lines: &[Line]) -> Result<(), DecisionsError> {
    let passed = once_each(awards::queries::passed(ctx, tx, decision.campaign).await?);
    let missing = passed.iter().filter(|one| !lines.iter().any(|line| line.nomination == Some(one.id)));
    let extra = lines
        .iter()
        .filter(|line| line.nomination.map_or(line.exception.is_none(), |id| !passed.iter().any(|one| one.id == id)));
    // What a line will print is what the council saw; who changed it behind the program's back is told.
    let changed = lines.iter().filter(|line| {
        let of = |one: &&Nominated| Some(one.id) == line.nomination;
        passed.iter().find(of).is_some_and(|one| {
            (&one.name, &one.title, &one.own_unit, one.award, one.recipient)
                != (&line.name, &line.title, &line.unit_name, line.award, line.recipient)
        })
    });
    let extra = extra.chain(changed).map(|line| line.name.as_str());
    let names: Vec<&str> = missing.map(|one| one.name.as_str()).chain(extra).collect();
    if names.is_empty() { Ok(()) } else { Err(DecisionsError::ListDiffers { names: names.join(", ") }) }
}

/// The money of a line by the law of the day of the decision and what is confirmed of it; none where the rules give this recipient none.
///
/// # Errors
/// [`DecisionsError::MoneyLapsed`] where the rule ended without a successor: an amount nobody knows is not none.
pub(super) async fn money(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    line: &Line,
    (day, confirmed): (Date, &[Confirmation]),
) -> Result<Option<Money>, DecisionsError> {
    let Some(kind) = records::queries::recipient_kind(tx, line.recipient).await? else { return Ok(None) };
    let Some(spoken) = ctx.house.rules.bonus_on(line.award, kind, day, confirmed) else { return Ok(None) };
    if !spoken.lapsed.is_empty() {
        let award = ctx.house.rules.award(line.award).name_vi.clone();
        return Err(DecisionsError::MoneyLapsed { award, why: spoken.why() });
    }
    let bonus = spoken.says;
    let whole = |amount: u64| i64::try_from(amount).unwrap_or(i64::MAX);
    Ok(Some(Money {
        multiple: bonus.multiple.to_string().replace('.', ","),
        base: whole(bonus.base),
        amount: whole(bonus.amount),
        citation: bonus.citation,
    }))
}

async fn record_award(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    decision: &Decision,
    line: &Line,
    day: Date,
) -> Result<records::model::PastAwardId, DecisionsError> {
    let campaign = awards::queries::campaign(tx, decision.campaign).await?;
    let achievement = match line.nomination {
        Some(id) => awards::queries::achievement(tx, id).await?.map(AchievementId),
        None => None,
    };
    let new = NewPastAward {
        recipient: line.recipient,
        award: line.award,
        year: campaign.year,
        r#type: awards::queries::type_of(ctx, &campaign, line.award),
        number: decision.number_text(),
        decided_on: day,
        achievement,
        decision_line: Some(line.id.0),
    };
    Ok(records::service::enter_award_in(ctx, tx, new).await?)
}
