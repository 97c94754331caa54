//! What pages show of councils and meetings, with nothing that tells a choice.

use kernel::Permission;
use kernel::numbers::percent;
use rules::Denominator;

use super::model::{
    Choice, Conflict, Council, Meeting, MeetingId, MeetingState, Member, MemberId, Motion, MotionId, Relation,
};
use super::service::{meeting, seat_of};
use super::{CouncilError, decision, store, voting};
use crate::awards::queries::Nominated;
use crate::{Ctx, awards};

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
    let mut items = Vec::new();
    for mut motion in store::motions(&mut tx, id).await? {
        let conflicts: Vec<Conflict> = all.iter().filter(|one| one.motion == motion.id).cloned().collect();
        let mine = seat.as_ref().is_some_and(|seat| conflicts.iter().any(|one| one.member == seat.id));
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
        let nominated = awards::queries::nominated(ctx, &mut tx, motion.nomination).await?;
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
        meeting,
    })
}
