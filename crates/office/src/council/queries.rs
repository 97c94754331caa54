//! What pages show of councils and meetings, with nothing that tells a choice.

use kernel::id::PersonId;
use kernel::numbers::percent;
use kernel::{Date, Permission, Timestamp};
use rules::Denominator;

use super::model::{
    Choice, Conflict, Council, Meeting, MeetingId, MeetingState, Member, MemberId, Motion, MotionId, Relation,
};
use super::service::{meeting, seat_of};
use super::{CouncilError, decision, store, voting};
use crate::awards::model::{CampaignId, NominationId, Outcome};
use crate::awards::queries::Nominated;
use crate::db::{StoreError, Tx};
use crate::organization::Recipient;
use crate::{Ctx, awards, ledger};

/// A motion with its nominee.
#[derive(Debug, Clone)]
pub struct Item {
    /// The motion; without totals for whoever may not learn them.
    pub motion: Motion,
    /// The nominee.
    pub nominated: Nominated,
    /// How many yes votes carry it, and out of how many; none where that would tell totals.
    pub needed: Option<(u32, u32)>,
    /// Who has no say, and why.
    pub conflicts: Vec<Conflict>,
    /// Whether the visitor has a conflict on it.
    pub mine: bool,
    /// Whether numbers may be printed.
    pub numbers: bool,
    /// Whether there is a lower form that the council could name.
    pub may_lower: bool,
}

impl Item {
    /// What carries the motion, in words: “8/10”, or the share where the whole is not known yet.
    #[must_use]
    pub fn asks(&self) -> String {
        let of = self.motion.of.name_vi();
        match (self.needed, self.motion.share_bp) {
            (Some((needed, whole)), _) => format!("{needed}/{whole} {of}"),
            (None, Some(share)) => format!("{} {of}", percent(i64::from(share))),
            (None, None) => format!("quá nửa {of}"),
        }
    }
}

/// What a member who was absent wrote about a motion.
#[derive(Debug, Clone)]
pub struct Opinion {
    /// The motion.
    pub motion: MotionId,
    /// Who wrote.
    pub member: MemberId,
    /// What it says; none before the box is opened, and none for whoever has a conflict on the motion.
    pub choice: Option<Choice>,
    /// The signed paper.
    pub document: String,
}

/// A meeting with all that may be shown.
#[derive(Debug, Clone)]
pub struct Room {
    /// The meeting.
    pub meeting: Meeting,
    /// Its council.
    pub council: Council,
    /// Members with whether they are present and whether they have voted (none when not on the list).
    pub members: Vec<(Member, bool, Option<bool>)>,
    /// The list.
    pub items: Vec<Item>,
    /// Present, all, needed; none when no rule was adopted.
    pub quorum: Option<(u32, u32, u32)>,
    /// The tellers.
    pub tellers: Option<[MemberId; 2]>,
    /// Written opinions, listed apart.
    pub opinions: Vec<Opinion>,
    /// The visitor's own seat.
    pub seat: Option<Member>,
    /// When the ballot was opened and when it was counted, by the ledger; none before that.
    pub ballot_times: Option<(Timestamp, Timestamp)>,
}

/// All councils with their members.
///
/// # Errors
/// When the actor may neither run councils nor read minutes.
pub async fn councils(ctx: &Ctx<'_>) -> Result<Vec<(Council, Vec<Member>)>, CouncilError> {
    ctx.may(Permission::ReadMinutes)?;
    let mut tx = ctx.read().await?;
    let mut found = Vec::new();
    for council in store::councils(&mut tx).await? {
        let members = store::members(&mut tx, council.id).await?;
        found.push((council, members));
    }
    Ok(found)
}

/// All meetings, the newest first.
///
/// # Errors
/// As [`councils`].
pub async fn meetings(ctx: &Ctx<'_>) -> Result<Vec<Meeting>, CouncilError> {
    ctx.may(Permission::ReadMinutes)?;
    let mut tx = ctx.read().await?;
    Ok(store::meetings(&mut tx).await?)
}

/// The minutes by which a campaign's nominations were voted on: name of the council and day, the oldest first.
///
/// # Errors
/// What the store says.
pub async fn minutes_of(
    tx: &mut Tx,
    campaign: CampaignId,
    nominations: &[NominationId],
) -> Result<Vec<(String, Date)>, StoreError> {
    let councils = store::councils(tx).await?;
    let mut found = Vec::new();
    let held = store::meetings(tx).await?.into_iter().filter(|one| one.campaign == campaign);
    for meeting in held.filter(|one| one.state == MeetingState::Closed) {
        let passed = |motion: &Motion| motion.outcome == Some(Outcome::Yes) && nominations.contains(&motion.nomination);
        if store::motions(tx, meeting.id).await?.iter().any(passed) {
            let council = councils.iter().find(|one| one.id == meeting.council);
            found.extend(council.map(|council| (council.name.clone(), meeting.held_on)));
        }
    }
    found.sort_by_key(|(_, day)| *day);
    Ok(found)
}

/// Every stated relation.
///
/// # Errors
/// When the actor may not run councils.
pub async fn relations(ctx: &Ctx<'_>) -> Result<Vec<Relation>, CouncilError> {
    ctx.may(Permission::RunCouncil)?;
    let mut tx = ctx.read().await?;
    Ok(store::relations(&mut tx).await?)
}

/// A meeting as the visitor may see it: before the box is opened nobody sees totals; after it, nobody
/// with a conflict sees those of that motion.
///
/// # Errors
/// When there is no such meeting.
pub async fn room(ctx: &Ctx<'_>, id: MeetingId) -> Result<Room, CouncilError> {
    ctx.may(Permission::ReadMinutes)?;
    let mut tx = ctx.read().await?;
    let meeting = meeting(&mut tx, id).await?;
    let council = store::councils(&mut tx).await?.into_iter().find(|one| one.id == meeting.council);
    let council = council.ok_or(CouncilError::Unknown("Hội đồng"))?;
    if meeting.state == MeetingState::Closed {
        voting::verify(&mut tx, &meeting).await?;
    }
    let seat = seat_of(ctx, &mut tx, meeting.council).await?;
    let present = store::present(&mut tx, id).await?;
    let marks = store::marks(&mut tx, id).await?;
    let all = store::conflicts(&mut tx, id).await?;
    let own = own_people(ctx, &mut tx).await?;
    let mut items = Vec::new();
    for mut motion in store::motions(&mut tx, id).await? {
        let conflicts: Vec<Conflict> = all.iter().filter(|one| one.motion == motion.id).cloned().collect();
        let nominated = awards::queries::nominated(ctx, &mut tx, motion.nomination).await?;
        let mine = match &seat {
            Some(seat) => conflicts.iter().any(|one| one.member == seat.id),
            None => concerns(&nominated, &own),
        };
        let numbers = motion.tally.as_ref().is_some_and(decision::prints_numbers);
        let whole = match (motion.of, &motion.tally) {
            (Denominator::AllMembers, _) => Some(motion.members),
            (Denominator::Present, Some(tally)) => Some(tally.present),
            (Denominator::Valid, Some(tally)) if numbers && !mine => Some(tally.valid()),
            _ => None,
        };
        let needed = whole.map(|whole| (decision::needed(&motion, whole), whole));
        if mine || !numbers {
            motion.tally = None;
        }
        let may_lower = awards::again::has_lower(ctx, &mut tx, &nominated).await?;
        items.push(Item { needed, motion, nominated, conflicts, mine, numbers, may_lower });
    }
    let closed = meeting.state == MeetingState::Closed;
    let opinions = store::opinions(&mut tx, id).await?.into_iter().map(|(motion, member, choice, document)| {
        let mine = items.iter().any(|item| item.motion.id == motion && item.mine);
        Opinion { motion, member, choice: Some(choice).filter(|_| closed && !mine), document }
    });
    let opinions = opinions.collect();
    let members = store::members(&mut tx, meeting.council).await?;
    let members = members.into_iter().map(|member| {
        let voted = marks.iter().find(|(id, _)| *id == member.id).map(|(_, voted)| *voted);
        let here = present.contains(&member.id);
        (member, here, voted)
    });
    Ok(Room {
        council,
        members: members.collect(),
        items,
        quorum: voting::quorum(ctx, &mut tx, &meeting).await?,
        tellers: store::tellers(&mut tx, id).await?,
        opinions,
        seat,
        ballot_times: ballot_times(&mut tx, &meeting).await?,
        meeting,
    })
}

/// Whom the visitor decides nothing about without a seat either: themselves and whom they have a stated relation to.
pub(super) async fn own_people(ctx: &Ctx<'_>, tx: &mut Tx) -> Result<Vec<PersonId>, StoreError> {
    let Some(person) = ctx.actor.person else { return Ok(Vec::new()) };
    let mut people = store::related(tx, person).await?;
    people.push(person);
    Ok(people)
}

/// Whether a nomination is for one of these people.
pub(super) fn concerns(nominated: &Nominated, people: &[PersonId]) -> bool {
    matches!(nominated.recipient, Recipient::Person(person) if people.contains(&person))
}

/// When the box of a counted meeting was opened to the voters and when it was counted. Only the last ballot counts: a
/// box that was given up tells nothing.
async fn ballot_times(tx: &mut Tx, meeting: &Meeting) -> Result<Option<(Timestamp, Timestamp)>, StoreError> {
    if meeting.state != MeetingState::Closed {
        return Ok(None);
    }
    let entries = ledger::queries::of_subject(tx, "meeting", &meeting.id.to_string()).await?;
    let last = |action: &str| entries.iter().find(|entry| entry.action == action).map(|entry| entry.at);
    Ok(last("council.open").zip(last("council.close")))
}
