//! Rows of councils, meetings, motions and ballot boxes.

use kernel::Period;
use kernel::id::{PersonId, UnitId};

use rules::Denominator;

use super::CouncilError;
use super::ballot::{Counter, PublicKey};
use super::model::{
    Choice, Conflict, ConflictKind, Council, CouncilId, Meeting, MeetingId, MeetingState, Member, MemberId, Motion,
    MotionId, Relation, Seat,
};
use crate::awards::model::{CampaignId, NominationId, Outcome};
use crate::db::{Db, Row, StoreError, Tx};
use crate::{sql, values};

fn word<T>(
    table: &'static str,
    column: &'static str,
    row: &Row,
    read: impl Fn(&str) -> Option<T>,
) -> Result<T, StoreError> {
    let what = row.text(column)?;
    read(&what).ok_or(StoreError::Nonsense { table, column, what })
}

fn share_of(code: &str) -> Option<Denominator> {
    [Denominator::AllMembers, Denominator::Present, Denominator::Valid].into_iter().find(|of| of.code() == code)
}

fn count(column: &'static str, value: i64) -> Result<u32, StoreError> {
    u32::try_from(value).map_err(|_| StoreError::Nonsense { table: "motions", column, what: value.to_string() })
}

pub async fn add_council(tx: &mut Tx, council: &Council) -> Result<(), StoreError> {
    let values = values![council.id, &council.name, &council.document, council.term.from, council.term.until];
    tx.run(sql!("add_council"), values).await?;
    Ok(())
}

pub async fn councils(tx: &mut Tx) -> Result<Vec<Council>, StoreError> {
    let rows = tx.all(sql!("councils"), values![]).await?;
    rows.iter()
        .map(|row| {
            Ok(Council {
                id: CouncilId(row.id("id")?),
                name: row.text("name")?,
                document: row.text("document")?,
                term: Period { from: row.day("from_on")?, until: row.day_or_none("until_on")? },
            })
        })
        .collect()
}

pub async fn add_member(
    tx: &mut Tx,
    id: MemberId,
    council: CouncilId,
    person: PersonId,
    seat: Seat,
    position: usize,
) -> Result<(), StoreError> {
    let position = i64::try_from(position).unwrap_or(i64::MAX);
    tx.run(sql!("add_member"), values![id, council, person, seat, position]).await?;
    Ok(())
}

pub async fn members(tx: &mut Tx, council: CouncilId) -> Result<Vec<Member>, StoreError> {
    let rows = tx.all(sql!("members"), values![council]).await?;
    rows.iter()
        .map(|row| {
            Ok(Member {
                id: MemberId(row.id("id")?),
                council,
                person: PersonId(row.id("person")?),
                name: row.text("name")?,
                seat: word("council_members", "role", row, Seat::from_code)?,
            })
        })
        .collect()
}

pub async fn add_relation(tx: &mut Tx, person: PersonId, other: PersonId, kind: &str) -> Result<(), StoreError> {
    tx.run(sql!("add_relation"), values![person, other, kind]).await?;
    Ok(())
}

/// Every stated relation: both people with their names, and what it is.
pub async fn relations(tx: &mut Tx) -> Result<Vec<Relation>, StoreError> {
    let rows = tx.all(sql!("relations"), values![]).await?;
    rows.iter()
        .map(|row| {
            Ok(Relation {
                people: [PersonId(row.id("person")?), PersonId(row.id("other")?)],
                names: [row.text("name")?, row.text("other_name")?],
                kind: row.text("kind")?,
            })
        })
        .collect()
}

pub async fn related(tx: &mut Tx, person: PersonId) -> Result<Vec<PersonId>, StoreError> {
    let rows = tx.all(sql!("related"), values![person]).await?;
    rows.iter().map(|row| Ok(PersonId(row.id("other")?))).collect()
}

pub async fn units_of(tx: &mut Tx, person: PersonId, day: kernel::Date) -> Result<Vec<UnitId>, StoreError> {
    let posts = crate::organization::queries::posts_of(tx, person).await?;
    Ok(posts.into_iter().filter(|post| post.period.contains(day)).map(|post| post.unit).collect())
}

pub async fn add_meeting(tx: &mut Tx, meeting: &Meeting) -> Result<(), StoreError> {
    let values = values![meeting.id, meeting.council, meeting.campaign, meeting.held_on, &meeting.place, meeting.state];
    tx.run(sql!("add_meeting"), values).await?;
    Ok(())
}

pub async fn save_meeting(tx: &mut Tx, meeting: &Meeting) -> Result<(), StoreError> {
    let values = values![meeting.id, meeting.version, meeting.state, meeting.tally_digest.clone()];
    tx.run_fresh("meetings", sql!("save_meeting"), values).await
}

pub async fn meeting(tx: &mut Tx, id: MeetingId) -> Result<Option<Meeting>, StoreError> {
    tx.first(sql!("meeting"), values![id]).await?.as_ref().map(meeting_from).transpose()
}

pub async fn meetings(tx: &mut Tx) -> Result<Vec<Meeting>, StoreError> {
    tx.all(sql!("meetings"), values![]).await?.iter().map(meeting_from).collect()
}

fn meeting_from(row: &Row) -> Result<Meeting, StoreError> {
    Ok(Meeting {
        id: MeetingId(row.id("id")?),
        council: CouncilId(row.id("council")?),
        campaign: CampaignId(row.id("campaign")?),
        held_on: row.day("held_on")?,
        place: row.text("place")?,
        state: word("meetings", "state", row, MeetingState::from_code)?,
        tally_digest: row.text_or_none("tally_digest")?,
        version: row.int("version")?,
    })
}

pub async fn put_attendance(
    tx: &mut Tx,
    meeting: MeetingId,
    member: MemberId,
    present: bool,
) -> Result<(), StoreError> {
    tx.run(sql!("put_attendance"), values![meeting, member, present]).await?;
    Ok(())
}

pub async fn present(tx: &mut Tx, meeting: MeetingId) -> Result<Vec<MemberId>, StoreError> {
    let rows = tx.all(sql!("present"), values![meeting]).await?;
    rows.iter().map(|row| Ok(MemberId(row.id("member")?))).collect()
}

pub async fn add_motion(tx: &mut Tx, motion: &Motion) -> Result<(), StoreError> {
    let values = values![
        motion.id,
        motion.meeting,
        motion.nomination,
        motion.position,
        motion.ballot,
        motion.share_bp,
        motion.of.code(),
        &motion.citation,
        motion.members,
        motion.recused,
    ];
    tx.run(sql!("add_motion"), values).await?;
    Ok(())
}

pub async fn save_motion(tx: &mut Tx, motion: &Motion) -> Result<(), StoreError> {
    let tally = motion.tally.as_ref().map(|tally| serde_json::to_string(tally).expect("counts are JSON"));
    let values = values![
        motion.id,
        motion.members,
        motion.recused,
        tally,
        motion.outcome.map(Outcome::code),
        motion.ballot,
        motion.share_bp,
        motion.of.code(),
        &motion.citation,
    ];
    tx.run(sql!("save_motion"), values).await?;
    Ok(())
}

pub async fn motions(tx: &mut Tx, meeting: MeetingId) -> Result<Vec<Motion>, StoreError> {
    let rows = tx.all(sql!("motions"), values![meeting]).await?;
    rows.iter()
        .map(|row| {
            let tally = row.text_or_none("tally")?.map(|text| serde_json::from_str(&text)).transpose();
            let outcome = match row.text_or_none("outcome")? {
                None => None,
                Some(_) => Some(word("motions", "outcome", row, Outcome::from_code)?),
            };
            Ok(Motion {
                id: MotionId(row.id("id")?),
                meeting,
                nomination: NominationId(row.id("nomination")?),
                position: row.int("position")?,
                ballot: row.bool("ballot")?,
                share_bp: row.int_or_none("share_bp")?.map(|share| count("share_bp", share)).transpose()?,
                of: word("motions", "share_of", row, share_of)?,
                citation: row.text("citation")?,
                members: count("members", row.int("members")?)?,
                recused: count("recused", row.int("recused")?)?,
                tally: tally.map_err(|error| StoreError::Nonsense {
                    table: "motions",
                    column: "tally",
                    what: error.to_string(),
                })?,
                outcome,
            })
        })
        .collect()
}

pub async fn add_conflict(tx: &mut Tx, conflict: &Conflict) -> Result<(), StoreError> {
    let values = values![conflict.motion, conflict.member, conflict.kind, &conflict.statement];
    tx.run(sql!("add_conflict"), values).await?;
    Ok(())
}

pub async fn conflicts(tx: &mut Tx, meeting: MeetingId) -> Result<Vec<Conflict>, StoreError> {
    let rows = tx.all(sql!("conflicts"), values![meeting]).await?;
    rows.iter()
        .map(|row| {
            Ok(Conflict {
                motion: MotionId(row.id("motion")?),
                member: MemberId(row.id("member")?),
                kind: word("conflicts", "kind", row, ConflictKind::from_code)?,
                statement: row.text("statement")?,
            })
        })
        .collect()
}

/// A ballot box as it is kept.
pub struct BallotBox {
    pub key: PublicKey,
    pub sealed: Vec<u8>,
}

pub async fn add_box(
    tx: &mut Tx,
    meeting: MeetingId,
    ballot_box: &BallotBox,
    tellers: [MemberId; 2],
) -> Result<(), StoreError> {
    let values = values![meeting, ballot_box.key.to_bytes(), ballot_box.sealed.clone(), tellers[0], tellers[1]];
    tx.run(sql!("add_box"), values).await?;
    tx.run(sql!("save_tellers"), values![meeting, tellers[0], tellers[1]]).await?;
    Ok(())
}

/// Takes the box for writing: other voters wait until this transaction ends.
pub async fn take_box(tx: &mut Tx, meeting: MeetingId) -> Result<BallotBox, CouncilError> {
    let row = tx.first(sql!("take_box.sqlite", "take_box.postgres"), values![meeting]).await?;
    let row = row.ok_or(CouncilError::NoBox)?;
    Ok(BallotBox { key: PublicKey::from_bytes(&row.bytes("public_key")?)?, sealed: row.bytes("sealed_key")? })
}

pub async fn tellers(tx: &mut Tx, meeting: MeetingId) -> Result<Option<[MemberId; 2]>, StoreError> {
    let row = tx.first(sql!("tellers"), values![meeting]).await?;
    row.map(|row| Ok([MemberId(row.id("teller_one")?), MemberId(row.id("teller_two")?)])).transpose()
}

pub async fn put_counter(tx: &mut Tx, motion: MotionId, choice: Choice, counter: Counter) -> Result<(), StoreError> {
    let (first, second) = counter.to_bytes();
    tx.run(sql!("put_counter"), values![motion, choice, first, second]).await?;
    Ok(())
}

pub async fn counters(tx: &mut Tx, motion: MotionId) -> Result<Vec<(Choice, Counter)>, CouncilError> {
    let rows = tx.all(sql!("counters"), values![motion]).await?;
    rows.iter()
        .map(|row| {
            let choice = word("ballot_counters", "choice", row, Choice::from_code)?;
            Ok((choice, Counter::from_bytes(&row.bytes("first")?, &row.bytes("second")?)?))
        })
        .collect()
}

pub async fn put_mark(tx: &mut Tx, meeting: MeetingId, member: MemberId, voted: bool) -> Result<(), StoreError> {
    tx.run(sql!("put_mark"), values![meeting, member, voted]).await?;
    Ok(())
}

/// The members who may vote, and whether they did.
pub async fn marks(tx: &mut Tx, meeting: MeetingId) -> Result<Vec<(MemberId, bool)>, StoreError> {
    let rows = tx.all(sql!("marks"), values![meeting]).await?;
    rows.iter().map(|row| Ok((MemberId(row.id("member")?), row.bool("voted")?))).collect()
}

/// Forgets who voted: for a box that is given up, so that all vote anew.
pub async fn drop_marks(tx: &mut Tx, meeting: MeetingId) -> Result<(), StoreError> {
    tx.run(sql!("drop_marks"), values![meeting]).await?;
    Ok(())
}

pub async fn put_opinion(
    tx: &mut Tx,
    motion: MotionId,
    member: MemberId,
    choice: Choice,
    document: &str,
) -> Result<(), StoreError> {
    tx.run(sql!("put_opinion"), values![motion, member, choice, document]).await?;
    Ok(())
}

pub async fn opinions(
    tx: &mut Tx,
    meeting: MeetingId,
) -> Result<Vec<(MotionId, MemberId, Choice, String)>, StoreError> {
    let rows = tx.all(sql!("opinions"), values![meeting]).await?;
    rows.iter()
        .map(|row| {
            let choice = word("written_opinions", "choice", row, Choice::from_code)?;
            Ok((MotionId(row.id("motion")?), MemberId(row.id("member")?), choice, row.text("document")?))
        })
        .collect()
}

/// Destroys the box: the key and the counters are overwritten, then deleted.
pub async fn destroy_box(tx: &mut Tx, meeting: MeetingId) -> Result<(), StoreError> {
    let nothing = vec![0u8; 1];
    tx.run(sql!("blank_box"), values![meeting, nothing.clone()]).await?;
    tx.run(sql!("blank_counters"), values![meeting, nothing]).await?;
    tx.run(sql!("drop_counters"), values![meeting]).await?;
    tx.run(sql!("drop_box"), values![meeting]).await?;
    Ok(())
}

/// Leaves no earlier copy of a destroyed box in the database's own files.
pub async fn forget(db: &Db) -> Result<(), StoreError> {
    db.run_alone(sql!("forget.sqlite", "forget.postgres")).await
}
