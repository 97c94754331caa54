//! The ballot: opening the box, casting, opening it again, freezing what was found.

use std::collections::{BTreeMap, BTreeSet};

use data_encoding::HEXLOWER;
use kernel::Permission;
use kernel::numbers::short_date;
use sha2::{Digest as _, Sha256};

use super::ballot::{self, Counter};
use super::model::{
    Choice, Conflict, ConflictKind, Meeting, MeetingId, MeetingState, MemberId, Motion, MotionId, Tally,
};
use super::service::{ballot_rule, compute_conflicts, meeting, seat_of};
use super::store::{self, BallotBox};
use super::{CouncilError, decision};
use crate::awards;
use crate::db::{StoreError, Tx};
use crate::keys::random_bytes;
use crate::{Ctx, ledger};

/// What the tellers bring.
pub struct Tellers<'a> {
    /// The two members.
    pub members: [MemberId; 2],
    /// Their passphrases, never stored.
    pub passphrases: [&'a str; 2],
}

/// Opens the ballot: quorum is there, two tellers seal the box, every counter starts at nothing.
///
/// # Errors
/// Before the day of the meeting, without quorum, with fewer voters on a motion than is safe unless acknowledged, with
/// weak or doubled tellers, when the list is no longer what waits for the council, or when the rule of the vote on one
/// of the awards has lapsed since the call without a successor.
pub async fn open(ctx: &Ctx<'_>, id: MeetingId, tellers: &Tellers<'_>, acknowledged: bool) -> Result<(), CouncilError> {
    ctx.may(Permission::RunCouncil)?;
    let mut tx = ctx.begin().await?;
    let mut meeting = meeting(&mut tx, id).await?;
    meeting.must_be(MeetingState::Planned)?;
    // The law and the conflicts of its day are those of the vote: it is not held before.
    if meeting.held_on > ctx.today() {
        return Err(CouncilError::BeforeItsDay { day: short_date(meeting.held_on) });
    }
    must_have_quorum(ctx, &mut tx, &meeting, Vec::new()).await?;
    let present = store::present(&mut tx, id).await?;
    let [one, two] = tellers.members;
    if one == two || !present.contains(&one) || !present.contains(&two) {
        return Err(CouncilError::Tellers);
    }
    if tellers.passphrases[0] == tellers.passphrases[1] {
        return Err(CouncilError::SamePassphrase);
    }
    let (mut motions, ruled_anew) = agenda(ctx, &mut tx, &meeting).await?;
    let conflicts = store::conflicts(&mut tx, id).await?;
    let own = |one: &Conflict| one.kind == ConflictKind::Itself && tellers.members.contains(&one.member);
    if conflicts.iter().any(own) {
        return Err(CouncilError::TellerNominated);
    }
    let mut small = 0;
    for motion in &mut motions {
        let recused = conflicts.iter().filter(|conflict| conflict.motion == motion.id).count();
        let voters = present
            .iter()
            .filter(|member| !conflicts.iter().any(|one| one.motion == motion.id && one.member == **member))
            .count();
        motion.recused = u32::try_from(recused).unwrap_or(u32::MAX);
        small += usize::from(u32::try_from(voters).unwrap_or(u32::MAX) < decision::FEWEST_VOTERS);
        store::save_motion(&mut tx, motion).await?;
    }
    if small > 0 && !acknowledged {
        return Err(CouncilError::TooFewVoters { motions: small, fewest: decision::FEWEST_VOTERS });
    }
    let (key, secret) = ballot::keys();
    let [first, second] = tellers.passphrases.map(str::to_owned);
    let sealed = blocking(move || ballot::seal(&secret, &first, &second)).await?;
    store::add_box(&mut tx, id, &BallotBox { key, sealed }, tellers.members).await?;
    for motion in &motions {
        for choice in Choice::ALL {
            store::put_counter(&mut tx, motion.id, *choice, Counter::empty(key)).await?;
        }
    }
    for member in present {
        store::put_mark(&mut tx, id, member, false).await?;
    }
    meeting.state = MeetingState::Open;
    store::save_meeting(&mut tx, &meeting).await?;
    let entry = ctx
        .entry("council.open", "meeting", id)
        .set("motions", motions.len())
        .set("small_motions", small)
        .set("ruled_anew", ruled_anew);
    ledger::record(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// The list as it goes into the box: all of it still waits for the council, nobody else votes on it, the conflicts are
/// those of now, and each is voted on as the law of today says. With how many the law has changed since the call.
async fn agenda(ctx: &Ctx<'_>, tx: &mut Tx, meeting: &Meeting) -> Result<(Vec<Motion>, usize), CouncilError> {
    let meetings = store::meetings(tx).await?;
    if meetings.iter().any(|one| one.campaign == meeting.campaign && one.state == MeetingState::Open) {
        return Err(CouncilError::OpenElsewhere);
    }
    let waiting = awards::queries::before_council(ctx, tx, meeting.campaign).await?;
    let members = store::members(tx, meeting.council).await?;
    let confirmed = awards::adoptions::standing(tx).await?.confirmed;
    let mut motions = store::motions(tx, meeting.id).await?;
    let mut ruled_anew = 0;
    for motion in &mut motions {
        let nominated = waiting.iter().find(|one| one.id == motion.nomination);
        let nominated = nominated.ok_or(CouncilError::AgendaChanged { position: motion.position })?;
        compute_conflicts(tx, &members, motion, nominated, meeting.held_on).await?;
        // A meeting called under one act may be held up past its end: the share is that of the day of the vote.
        let ballot = ballot_rule(ctx, nominated.award, ctx.today(), &confirmed)?;
        ruled_anew += usize::from(motion.rest_on(ballot));
    }
    let ids: Vec<_> = motions.iter().map(|motion| motion.nomination).collect();
    awards::reevaluation::pass(ctx, tx, &ids).await?;
    Ok((motions, ruled_anew))
}

/// Key stretching takes long: it does not hold up the threads that answer requests.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.expect("sealing a key does not panic")
}

/// How many are there of how many, and how many are needed; written opinions count as there.
pub(super) async fn quorum(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    meeting: &Meeting,
) -> Result<Option<(u32, u32, u32)>, CouncilError> {
    quorum_with(ctx, tx, meeting, Vec::new()).await
}

/// The same, where these count as there too.
async fn quorum_with(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    meeting: &Meeting,
    more: Vec<MemberId>,
) -> Result<Option<(u32, u32, u32)>, CouncilError> {
    let standing = awards::adoptions::standing(tx).await?;
    let rule = ctx.house.rules.quorum(meeting.held_on, &standing.adopted).filter(|rule| rule.adopted.is_some());
    let Some(rule) = rule else { return Ok(None) };
    let members = store::members(tx, meeting.council).await?;
    let mut there: BTreeSet<MemberId> = more.into_iter().chain(store::present(tx, meeting.id).await?).collect();
    there.extend(store::opinions(tx, meeting.id).await?.into_iter().map(|(_, member, ..)| member));
    let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let whole = small(members.len());
    Ok(Some((small(there.len()), whole, rule.value.present_for_awards.needed(whole))))
}

async fn must_have_quorum(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    meeting: &Meeting,
    more: Vec<MemberId>,
) -> Result<(), CouncilError> {
    let (present, members, needed) = quorum_with(ctx, tx, meeting, more).await?.ok_or(CouncilError::NoQuorumRule)?;
    if present < needed { Err(CouncilError::NoQuorum { present, members, needed }) } else { Ok(()) }
}

/// Casts a ballot: marks the member and, in the same transaction, re-randomises every counter of the box
/// while adding one to those chosen. Motions on which the member has a conflict are re-randomised only,
/// so that the change tells nothing about them either.
///
/// # Errors
/// When the visitor may not vote, has voted, or left a motion without a choice.
pub async fn cast(ctx: &Ctx<'_>, id: MeetingId, choices: &BTreeMap<MotionId, Choice>) -> Result<(), CouncilError> {
    ctx.may(Permission::Vote)?;
    let mut tx = ctx.begin().await?;
    let meeting = meeting(&mut tx, id).await?;
    meeting.must_be(MeetingState::Open)?;
    let member = seat_of(ctx, &mut tx, meeting.council).await?.ok_or(CouncilError::NotAVoter)?.id;
    let key = store::take_box(&mut tx, id).await?.key;
    let present = store::present(&mut tx, id).await?;
    match store::marks(&mut tx, id).await?.into_iter().find(|(one, _)| *one == member) {
        Some((_, true)) => return Err(CouncilError::AlreadyVoted),
        Some(_) if present.contains(&member) => {}
        _ => return Err(CouncilError::NotAVoter),
    }
    must_have_quorum(ctx, &mut tx, &meeting, Vec::new()).await?;
    let motions = store::motions(&mut tx, id).await?;
    let conflicts = store::conflicts(&mut tx, id).await?;
    let recused = |motion: MotionId| conflicts.iter().any(|one| one.motion == motion && one.member == member);
    let open = motions.iter().filter(|motion| !recused(motion.id)).count();
    if motions.iter().any(|motion| !recused(motion.id) && !choices.contains_key(&motion.id)) {
        return Err(CouncilError::Incomplete { motions: open });
    }
    for motion in motions.iter().filter(|motion| choices.get(&motion.id) == Some(&Choice::Lower)) {
        may_be_lower(ctx, &mut tx, motion).await?;
    }
    for motion in &motions {
        let chosen = choices.get(&motion.id).filter(|_| !recused(motion.id));
        for (choice, counter) in store::counters(&mut tx, motion.id).await? {
            let next = counter.next(key, chosen == Some(&choice));
            store::put_counter(&mut tx, motion.id, choice, next).await?;
        }
    }
    store::put_mark(&mut tx, id, member, true).await?;
    ledger::record(&mut tx, ctx.entry("council.cast", "meeting", id)).await?;
    tx.commit().await?;
    Ok(())
}

/// A lower form can be chosen only where there is one.
pub(super) async fn may_be_lower(ctx: &Ctx<'_>, tx: &mut Tx, motion: &Motion) -> Result<(), CouncilError> {
    let nominated = awards::queries::nominated(ctx, tx, motion.nomination).await?;
    match awards::again::has_lower(ctx, tx, &nominated).await? {
        true => Ok(()),
        false => Err(CouncilError::NoLower { position: motion.position }),
    }
}

/// Opens the box with both passphrases, freezes the totals and outcomes of the whole list at once,
/// destroys the key and hands the outcomes to the nominations.
///
/// # Errors
/// A wrong passphrase (nothing is lost), or somebody present who has not voted.
pub async fn close(ctx: &Ctx<'_>, id: MeetingId, passphrases: [&str; 2]) -> Result<(), CouncilError> {
    ctx.may(Permission::RunCouncil)?;
    let mut tx = ctx.begin().await?;
    let mut meeting = meeting(&mut tx, id).await?;
    meeting.must_be(MeetingState::Open)?;
    let sealed = store::take_box(&mut tx, id).await?.sealed;
    let present = store::present(&mut tx, id).await?;
    let marks = store::marks(&mut tx, id).await?;
    let left = marks.iter().filter(|(member, voted)| !voted && present.contains(member)).count();
    if left > 0 {
        return Err(CouncilError::NotAllVoted { left });
    }
    // Who voted was there, also who has left since; who left without voting was not.
    let voted = marks.iter().filter(|(_, voted)| *voted).map(|(member, _)| *member);
    must_have_quorum(ctx, &mut tx, &meeting, voted.collect()).await?;
    let [first, second] = passphrases.map(str::to_owned);
    let secret = blocking(move || ballot::unseal(&sealed, &first, &second)).await?;
    let opinions = store::opinions(&mut tx, id).await?;
    let conflicts = store::conflicts(&mut tx, id).await?;
    let mut motions = store::motions(&mut tx, id).await?;
    let took_part = marks.iter().filter(|(member, voted)| *voted || present.contains(member)).count();
    let took_part = u32::try_from(took_part).unwrap_or(u32::MAX);
    for motion in &mut motions {
        let mut tally = Tally { present: took_part, seal: HEXLOWER.encode(&random_bytes()), ..Tally::default() };
        for (choice, counter) in store::counters(&mut tx, motion.id).await? {
            tally.cast.insert(choice, counter.open(&secret, took_part)?);
        }
        // A member speaks once: who cast a ballot has said it there, and a conflict silences paper too.
        let counts = |who: MemberId| {
            !marks.contains(&(who, true)) && !conflicts.iter().any(|one| one.motion == motion.id && one.member == who)
        };
        for (_, _, choice, _) in opinions.iter().filter(|(of, who, ..)| *of == motion.id && counts(*who)) {
            *tally.written.entry(*choice).or_default() += 1;
        }
        motion.outcome = Some(decision::outcome(motion, &tally));
        motion.tally = Some(tally);
        store::save_motion(&mut tx, motion).await?;
    }
    store::destroy_box(&mut tx, id).await?;
    meeting.state = MeetingState::Closed;
    meeting.tally_digest = Some(digest(&motions, &opinions));
    store::save_meeting(&mut tx, &meeting).await?;
    let ground = format!("Phiên họp {}", meeting.held_on);
    for motion in &motions {
        if let Some(outcome) = motion.outcome {
            awards::outcomes::settle_in(ctx, &mut tx, motion.nomination, (outcome, meeting.held_on), &ground).await?;
        }
    }
    let entry = ctx.entry("council.close", "meeting", id).set("tally_sha256", digest(&motions, &opinions));
    let each: Vec<String> = motions.iter().map(|motion| motion_digest(motion, &opinions)).collect();
    ledger::record(&mut tx, entry.set(EACH, each.join(" "))).await?;
    tx.commit().await?;
    forget(ctx).await;
    Ok(())
}

/// Gives a box up without opening it: a passphrase is lost, or too few members are left. What lies in it is
/// destroyed, nobody has voted, and the meeting is being prepared again. A house restored from a backup has
/// no box, for none goes into a backup: giving it up is the way on.
///
/// # Errors
/// When the ballot is not open.
pub async fn give_up(ctx: &Ctx<'_>, id: MeetingId, reason: &str) -> Result<(), CouncilError> {
    ctx.may(Permission::RunCouncil)?;
    let mut tx = ctx.begin().await?;
    let mut meeting = meeting(&mut tx, id).await?;
    meeting.must_be(MeetingState::Open)?;
    match store::take_box(&mut tx, id).await {
        Ok(_) | Err(CouncilError::NoBox | CouncilError::BrokenBox(_)) => {}
        Err(other) => return Err(other),
    }
    store::destroy_box(&mut tx, id).await?;
    store::drop_marks(&mut tx, id).await?;
    meeting.state = MeetingState::Planned;
    store::save_meeting(&mut tx, &meeting).await?;
    let entry = ctx.entry("council.give_up", "meeting", id).ground(kernel::text::clean_line(reason));
    ledger::record(&mut tx, entry).await?;
    tx.commit().await?;
    forget(ctx).await;
    Ok(())
}

/// What was decided stands, whether or not the engine can tidy up at once; the operator learns of it.
async fn forget(ctx: &Ctx<'_>) {
    if let Err(error) = store::forget(&ctx.house.db).await {
        tracing::warn!(%error, "earlier copies of a destroyed ballot box may lie in the database's files");
    }
}

/// The field of the ledger with a digest for every motion, in the order of the list.
const EACH: &str = "motions_sha256";

/// A written opinion as the store holds it.
type Written = (MotionId, MemberId, Choice, String);

/// A digest over the frozen totals and the written opinions, in the order of the list.
fn digest(motions: &[Motion], opinions: &[Written]) -> String {
    let mut hasher = Sha256::new();
    for motion in motions {
        hasher.update(motion_digest(motion, opinions));
    }
    HEXLOWER.encode(&hasher.finalize())
}

fn motion_digest(motion: &Motion, opinions: &[Written]) -> String {
    let outcome = motion.outcome.map(awards::model::Outcome::code);
    let (rule, people) = ((motion.share_bp, motion.of, &motion.citation), (motion.members, motion.recused));
    let mut written: Vec<_> = opinions.iter().filter(|(of, ..)| *of == motion.id).collect();
    written.sort_by_key(|(_, member, ..)| *member);
    let written: Vec<_> = written.iter().map(|(_, member, choice, document)| (member, choice, document)).collect();
    let frozen = (motion.id, motion.nomination, motion.position, rule, people, &motion.tally, outcome, written);
    HEXLOWER.encode(&Sha256::digest(serde_json::to_vec(&frozen).expect("counts are JSON")))
}

/// Checks that the frozen totals are those whose digests the ledger has.
///
/// # Errors
/// [`CouncilError::Altered`] naming the motion, [`CouncilError::AlteredList`] when motions are missing or
/// the digest on the minutes is another one.
pub async fn verify(tx: &mut Tx, meeting: &Meeting) -> Result<(), CouncilError> {
    let motions = store::motions(tx, meeting.id).await?;
    let opinions = store::opinions(tx, meeting.id).await?;
    let kept = ledger::queries::field(tx, "council.close", &meeting.id.to_string(), EACH).await?.unwrap_or_default();
    let kept: Vec<&str> = kept.split_whitespace().collect();
    if kept.len() != motions.len() {
        return Err(CouncilError::AlteredList);
    }
    for (motion, kept) in motions.iter().zip(kept) {
        if motion_digest(motion, &opinions) != kept {
            return Err(CouncilError::Altered { position: motion.position });
        }
    }
    if meeting.tally_digest.as_ref() != Some(&digest(&motions, &opinions)) {
        return Err(CouncilError::AlteredList);
    }
    Ok(())
}

/// The closed meetings whose frozen totals are not those the ledger knows, in words.
///
/// # Errors
/// What the store says.
pub async fn altered(tx: &mut Tx) -> Result<Vec<String>, StoreError> {
    let mut found = Vec::new();
    for meeting in store::meetings(tx).await?.into_iter().filter(|one| one.state == MeetingState::Closed) {
        match verify(tx, &meeting).await {
            Ok(()) => {}
            Err(CouncilError::Store(error)) => return Err(error),
            Err(other) => found.push(format!("phiên họp ngày {}: {other}", short_date(meeting.held_on))),
        }
    }
    Ok(found)
}
