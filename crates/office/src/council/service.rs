//! Councils and the preparation of their meetings.

use kernel::id::PersonId;
use kernel::numbers::short_date;
use kernel::{Date, Period, Permission};
use rules::{AwardCode, Ballot, Confirmation, Denominator};

use super::model::{
    Choice, Conflict, ConflictKind, Council, CouncilId, Meeting, MeetingId, MeetingState, Member, MemberId, Motion,
    MotionId, Seat,
};
use super::{CouncilError, decision, queries, store};
use crate::awards;
use crate::awards::model::{CampaignId, CampaignState};
use crate::db::Tx;
use crate::notices::{self, NewNotice, NoticeKind, To};
use crate::{Ctx, ledger};

/// Sets up a council by a decision.
///
/// # Errors
/// [`CouncilError::TooFewMembers`] without a chair or with fewer than three members.
pub async fn set_up(
    ctx: &Ctx<'_>,
    name: &str,
    document: &str,
    term: Period,
    members: &[(PersonId, Seat)],
) -> Result<CouncilId, CouncilError> {
    ctx.may(Permission::RunCouncil)?;
    if members.len() < 3 || members.iter().filter(|(_, seat)| *seat == Seat::Chair).count() != 1 {
        return Err(CouncilError::TooFewMembers);
    }
    let council = Council { id: CouncilId::new(), name: name.to_owned(), document: document.to_owned(), term };
    let mut tx = ctx.begin().await?;
    store::add_council(&mut tx, &council).await?;
    for (position, (person, seat)) in members.iter().enumerate() {
        store::add_member(&mut tx, MemberId::new(), council.id, *person, *seat, position).await?;
    }
    let entry = ctx.entry("council.set_up", "council", council.id).ground(document).set("members", members.len());
    ledger::record(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(council.id)
}

/// States a relation between two people, so that neither has a say on the other.
///
/// # Errors
/// What the store says.
pub async fn state_relation(ctx: &Ctx<'_>, person: PersonId, other: PersonId, kind: &str) -> Result<(), CouncilError> {
    ctx.may(Permission::RunCouncil)?;
    let mut tx = ctx.begin().await?;
    store::add_relation(&mut tx, person, other, kind).await?;
    ledger::record(&mut tx, ctx.entry("council.state_relation", "person", person).set("other", other)).await?;
    tx.commit().await?;
    Ok(())
}

/// Calls a meeting about the accepted nominations of a campaign; computes who has a conflict.
///
/// # Errors
/// When there is no such council, its term does not cover the day, there is nothing to consider, or the rule of the
/// vote on one of the awards has lapsed by that day without a successor.
pub async fn call(
    ctx: &Ctx<'_>,
    council: CouncilId,
    campaign: CampaignId,
    held_on: Date,
    place: &str,
) -> Result<MeetingId, CouncilError> {
    ctx.may(Permission::RunCouncil)?;
    let mut tx = ctx.begin().await?;
    let found = store::councils(&mut tx).await?.into_iter().find(|one| one.id == council);
    if !found.ok_or(CouncilError::Unknown("Hội đồng"))?.term.contains(held_on) {
        return Err(CouncilError::OutsideTerm);
    }
    let members = store::members(&mut tx, council).await?;
    if awards::queries::campaign(&mut tx, campaign).await?.state != CampaignState::Council {
        return Err(CouncilError::CampaignNotReady);
    }
    let nominated = awards::queries::before_council(ctx, &mut tx, campaign).await?;
    if nominated.is_empty() {
        return Err(CouncilError::EmptyAgenda);
    }
    let ids: Vec<_> = nominated.iter().map(|one| one.id).collect();
    awards::reevaluation::pass(ctx, &mut tx, &ids).await?;
    let meeting = Meeting {
        id: MeetingId::new(),
        council,
        campaign,
        held_on,
        place: place.to_owned(),
        state: MeetingState::Planned,
        tally_digest: None,
        version: 1,
    };
    store::add_meeting(&mut tx, &meeting).await?;
    let confirmed = awards::adoptions::standing(&mut tx).await?.confirmed;
    for (position, one) in (1..).zip(&nominated) {
        let ballot = ballot_rule(ctx, one.award, held_on, &confirmed)?;
        let mut motion = Motion {
            id: MotionId::new(),
            meeting: meeting.id,
            nomination: one.id,
            position,
            ballot: false,
            share_bp: None,
            of: Denominator::AllMembers,
            citation: String::new(),
            members: u32::try_from(members.len()).unwrap_or(u32::MAX),
            recused: 0,
            tally: None,
            outcome: None,
        };
        motion.rest_on(ballot);
        store::add_motion(&mut tx, &motion).await?;
        compute_conflicts(&mut tx, &members, &motion, one, held_on).await?;
    }
    for member in &members {
        store::put_attendance(&mut tx, meeting.id, member.id, false).await?;
    }
    let entry = ctx.entry("council.call", "meeting", meeting.id).set("motions", nominated.len());
    ledger::record(&mut tx, entry).await?;
    let new = NewNotice {
        kind: NoticeKind::Meeting,
        key: format!("meeting/{}", meeting.id),
        subject: format!("Phiên họp Hội đồng ngày {}, {}", short_date(held_on), meeting.place),
        url: format!("/noi-bo/hoi-dong/phieu/{}", meeting.id),
    };
    let seats: Vec<To> = members.iter().map(|member| To::Person(member.person)).collect();
    notices::service::raise(ctx, &mut tx, &seats, &new).await?;
    tx.commit().await?;
    Ok(meeting.id)
}

/// How the law of a day has the council vote on an award; none where no rule ever spoke of it.
///
/// A rule that ended without a successor is not passed over: nobody knows by what share its successor carries.
pub(super) fn ballot_rule(
    ctx: &Ctx<'_>,
    award: AwardCode,
    day: Date,
    confirmed: &[Confirmation],
) -> Result<Option<Ballot>, CouncilError> {
    match ctx.house.rules.ballot_on(award, day, confirmed) {
        Some(spoken) if !spoken.lapsed.is_empty() => {
            let award = ctx.house.rules.award(award).name_vi.clone();
            Err(CouncilError::BallotLapsed { award, why: spoken.why() })
        }
        spoken => Ok(spoken.map(|spoken| spoken.says)),
    }
}

/// Notes who has no say on a motion, as far as the record tells on that day.
pub(super) async fn compute_conflicts(
    tx: &mut Tx,
    members: &[Member],
    motion: &Motion,
    nominated: &awards::queries::Nominated,
    day: Date,
) -> Result<(), CouncilError> {
    for member in members {
        let units = store::units_of(tx, member.person, day).await?;
        let related = store::related(tx, member.person).await?;
        if let Some(kind) = decision::conflict(member.person, &units, &related, nominated.recipient, nominated.unit) {
            let statement = kind.name_vi().to_owned();
            store::add_conflict(tx, &Conflict { motion: motion.id, member: member.id, kind, statement }).await?;
        }
    }
    Ok(())
}

pub(super) async fn meeting(tx: &mut Tx, id: MeetingId) -> Result<Meeting, CouncilError> {
    store::meeting(tx, id).await?.ok_or(CouncilError::Unknown("phiên họp"))
}

/// The seat of the visitor in the council that meets.
pub(super) async fn seat_of(ctx: &Ctx<'_>, tx: &mut Tx, council: CouncilId) -> Result<Option<Member>, CouncilError> {
    let Some(person) = ctx.actor.person else { return Ok(None) };
    Ok(store::members(tx, council).await?.into_iter().find(|member| member.person == person))
}

/// Records who is present. Whoever leaves while the ballot is open cannot vote until back; whoever comes
/// late is put on the list of voters.
///
/// # Errors
/// When the meeting is over.
pub async fn attend(ctx: &Ctx<'_>, id: MeetingId, present: &[MemberId]) -> Result<(), CouncilError> {
    ctx.may(Permission::RunCouncil)?;
    let mut tx = ctx.begin().await?;
    let meeting = meeting(&mut tx, id).await?;
    if meeting.state == MeetingState::Closed {
        meeting.must_be(MeetingState::Open)?;
    }
    let voters = store::marks(&mut tx, id).await?;
    for member in store::members(&mut tx, meeting.council).await? {
        let here = present.contains(&member.id);
        store::put_attendance(&mut tx, id, member.id, here).await?;
        let listed = voters.iter().any(|(one, _)| *one == member.id);
        if here && !listed && meeting.state == MeetingState::Open {
            store::put_mark(&mut tx, id, member.id, false).await?;
        }
    }
    ledger::record(&mut tx, ctx.entry("council.attend", "meeting", id).set("present", present.len())).await?;
    tx.commit().await?;
    Ok(())
}

/// A member declares a conflict on a motion.
///
/// # Errors
/// When the visitor is no member, or the ballot is open already.
pub async fn declare(ctx: &Ctx<'_>, id: MeetingId, motion: MotionId, statement: &str) -> Result<(), CouncilError> {
    ctx.may(Permission::Vote)?;
    let mut tx = ctx.begin().await?;
    let meeting = meeting(&mut tx, id).await?;
    meeting.must_be(MeetingState::Planned)?;
    let member = seat_of(ctx, &mut tx, meeting.council).await?.ok_or(CouncilError::NotAVoter)?;
    if !store::motions(&mut tx, id).await?.iter().any(|one| one.id == motion) {
        return Err(CouncilError::Unknown("nội dung"));
    }
    let statement = kernel::text::clean_line(statement);
    let conflict = Conflict { motion, member: member.id, kind: ConflictKind::Declared, statement };
    store::add_conflict(&mut tx, &conflict).await?;
    ledger::record(&mut tx, ctx.entry("council.declare", "motion", motion).set("member", member.id)).await?;
    tx.commit().await?;
    Ok(())
}

/// Records the written opinion of a member who is absent; it is signed, so it is not secret.
///
/// # Errors
/// When the member is present or has a conflict, when whoever writes it down has one, or when the meeting
/// is past its preparation.
pub async fn write_opinion(
    ctx: &Ctx<'_>,
    id: MeetingId,
    motion: MotionId,
    member: MemberId,
    choice: Choice,
    document: &str,
) -> Result<(), CouncilError> {
    ctx.may(Permission::RunCouncil)?;
    let mut tx = ctx.begin().await?;
    let meeting = meeting(&mut tx, id).await?;
    meeting.must_be(MeetingState::Planned)?;
    let conflicts = store::conflicts(&mut tx, id).await?;
    let has_conflict = |who: MemberId| conflicts.iter().any(|one| one.member == who && one.motion == motion);
    let motions = store::motions(&mut tx, id).await?;
    let on_list = motions.iter().find(|one| one.id == motion).ok_or(CouncilError::NotAVoter)?;
    let own_matter = match seat_of(ctx, &mut tx, meeting.council).await? {
        Some(seat) => has_conflict(seat.id),
        None => {
            let nominated = awards::queries::nominated(ctx, &mut tx, on_list.nomination).await?;
            queries::concerns(&nominated, &queries::own_people(ctx, &mut tx).await?)
        }
    };
    if own_matter {
        return Err(CouncilError::OwnMatter);
    }
    let members = store::members(&mut tx, meeting.council).await?;
    let known = members.iter().any(|one| one.id == member);
    let here = store::present(&mut tx, id).await?.contains(&member);
    if has_conflict(member) || here || !known {
        return Err(CouncilError::NotAVoter);
    }
    if choice == Choice::Lower {
        super::voting::may_be_lower(ctx, &mut tx, on_list).await?;
    }
    store::put_opinion(&mut tx, motion, member, choice, document).await?;
    ledger::record(&mut tx, ctx.entry("council.write_opinion", "motion", motion).set("member", member)).await?;
    tx.commit().await?;
    Ok(())
}
