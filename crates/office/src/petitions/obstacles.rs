//! Obstacles (vướng mắc): several petitions about the same thing, proposed to who decides, and the decision
//! given back to each sender.

use kernel::numbers::short_date;
use kernel::{Date, Permission};

use super::model::{Letter, Petition, PetitionId, State, Step};
use super::routing::by_number;
use super::service::{LONGEST_TEXT, LONGEST_TITLE, carry_out, line, load, readable, text};
use super::{PetitionsError, obstacle_store as store};
use crate::db::Tx;
use crate::movements::Work;
use crate::words::{ids, words};
use crate::{Ctx, ledger};

ids! {
    /// Several petitions about the same thing.
    ObstacleId,
}

words! {
    /// Where an obstacle stands.
    ObstacleState {
        /// Petitions are gathered.
        Open = "open", "đang tập hợp";
        /// Proposed to who decides.
        Proposed = "proposed", "đã trình";
        /// Decided; every sender has the reply.
        Decided = "decided", "đã có quyết định";
    }
}

impl ObstacleState {
    /// The tone of its tag.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Open => "neutral",
            Self::Proposed => "warn",
            Self::Decided => "ok",
        }
    }
}

/// Several petitions about the same thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obstacle {
    /// Its id.
    pub id: ObstacleId,
    /// What it is about.
    pub title: String,
    /// What stands in the way, and what is proposed.
    pub description: String,
    /// Where it stands.
    pub state: ObstacleState,
    /// The number of the proposal, and its day.
    pub proposal: String,
    /// The day it was proposed.
    pub proposed_on: Option<Date>,
    /// What was decided.
    pub outcome: String,
    /// The number of the decision.
    pub decision: String,
    /// The day it was decided.
    pub decided_on: Option<Date>,
    /// Counts changes, against concurrent edits.
    pub version: i64,
}

/// An obstacle with its petitions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gathered {
    /// The obstacle.
    pub obstacle: Obstacle,
    /// Its petitions with their letters, and whether the decision was given back to the sender.
    pub petitions: Vec<(Petition, Letter, bool)>,
}

impl Gathered {
    /// How many senders have the reply.
    #[must_use]
    pub fn resolved(&self) -> usize {
        self.petitions.iter().filter(|(_, _, answered)| *answered).count()
    }

    /// Why one of its petitions that has no reply gets none of the decision, in words; none while it may still get
    /// one.
    #[must_use]
    pub fn left_out(&self, petition: &Petition) -> Option<&'static str> {
        Some(match petition.state {
            State::Received => "chưa có đơn vị chủ trì",
            State::Waiting if petition.lead.is_none() => "chưa có đơn vị chủ trì",
            State::Waiting | State::InProgress | State::ToSign | State::Reopened => match self.obstacle.state {
                ObstacleState::Open | ObstacleState::Proposed => return None,
                ObstacleState::Decided => "còn chờ trả lời sau khi có quyết định, đơn vị chủ trì trả lời riêng",
            },
            State::Answered | State::Published => "đã được trả lời riêng trước quyết định",
            State::Duplicate => "trùng với vụ việc khác, người gửi đọc trả lời của vụ việc đó",
            closed @ (State::Refused | State::Elsewhere | State::HandedOver | State::Withdrawn) => closed.name_vi(),
        })
    }
}

/// Opens an obstacle.
///
/// # Errors
/// A field that must be mended.
pub async fn open(ctx: &Ctx<'_>, title: &str, description: &str) -> Result<ObstacleId, PetitionsError> {
    ctx.may(Permission::RegisterPetitions)?;
    let one = Obstacle {
        id: ObstacleId::new(),
        title: line("ten-vuong-mac", title, LONGEST_TITLE, "Nhập tên vướng mắc")?,
        description: text("mo-ta", description, LONGEST_TEXT, "Ghi vướng mắc là gì, đề xuất gì")?,
        state: ObstacleState::Open,
        proposal: String::new(),
        proposed_on: None,
        outcome: String::new(),
        decision: String::new(),
        decided_on: None,
        version: 1,
    };
    let mut tx = ctx.begin().await?;
    store::add(&mut tx, &one).await?;
    record(ctx, &mut tx, "petition.open_obstacle", &one, 0).await?;
    tx.commit().await?;
    Ok(one.id)
}

/// Adds a petition that is being handled, by its number.
///
/// # Errors
/// An unknown number, a petition that no unit has or that belongs to an obstacle already, or once it was proposed.
pub async fn gather(ctx: &Ctx<'_>, id: ObstacleId, number: &str) -> Result<(), PetitionsError> {
    ctx.may(Permission::RegisterPetitions)?;
    let mut tx = ctx.begin().await?;
    let one = found(&mut tx, id).await?;
    must_be(&one, ObstacleState::Open)?;
    let petition = by_number(&mut tx, number).await?.filter(may_be_settled);
    let petition = petition.ok_or_else(|| {
        PetitionsError::missing("so-vu-viec", "Ghi số của vụ việc đang được một đơn vị xử lý, ví dụ 12/2026")
    })?;
    match store::gather(&mut tx, id, petition.id).await {
        Err(crate::StoreError::Duplicate { .. }) => {
            return Err(PetitionsError::missing("so-vu-viec", "Vụ việc này đã thuộc một vướng mắc"));
        }
        other => other?,
    }
    let many = store::gathered(&mut tx, id).await?.len();
    record(ctx, &mut tx, "petition.gather", &one, many).await?;
    tx.commit().await?;
    Ok(())
}

/// Keeps the number under which the obstacle was proposed to who decides.
///
/// # Errors
/// Without a number or petitions, or a second time.
pub async fn propose(ctx: &Ctx<'_>, id: ObstacleId, seen: i64, number: &str) -> Result<(), PetitionsError> {
    ctx.may(Permission::RegisterPetitions)?;
    let proposal = line("so-to-trinh", number, 60, "Nhập số tờ trình, ví dụ 31/TTr-VPUB")?;
    let mut tx = ctx.begin().await?;
    let one = found(&mut tx, id).await?;
    must_be(&one, ObstacleState::Open)?;
    let many = store::gathered(&mut tx, id).await?.len();
    if many == 0 {
        return Err(PetitionsError::missing("so-to-trinh", "Thêm ít nhất một vụ việc trước khi trình"));
    }
    let one =
        Obstacle { state: ObstacleState::Proposed, proposal, proposed_on: Some(ctx.today()), version: seen, ..one };
    store::save(&mut tx, &one).await?;
    record(ctx, &mut tx, "petition.propose", &one, many).await?;
    tx.commit().await?;
    Ok(())
}

/// Records what was decided and gives it back: every petition that still waits for an answer and has a unit is
/// answered with a text that quotes the decision, and signed under its number; [`Gathered::left_out`] says of the others why
/// not. Answers how many senders have it.
///
/// # Errors
/// Without number or outcome, before it was proposed, or a second time.
pub async fn decide(
    ctx: &Ctx<'_>,
    id: ObstacleId,
    seen: i64,
    (number, outcome): (&str, &str),
) -> Result<usize, PetitionsError> {
    ctx.may(Permission::SignPetitions)?;
    let number = line("so-quyet-dinh", number, 60, "Nhập số văn bản quyết định")?;
    let outcome = text("ket-qua", outcome, LONGEST_TEXT, "Ghi nội dung quyết định, người gửi đọc được")?;
    let mut tx = ctx.begin().await?;
    let one = found(&mut tx, id).await?;
    must_be(&one, ObstacleState::Proposed)?;
    let today = ctx.today();
    let mut resolved = 0;
    for (petition, answered) in store::gathered(&mut tx, id).await? {
        if !answered && reply(ctx, &mut tx, petition, &one.title, (&number, &outcome)).await? {
            store::answered(&mut tx, petition).await?;
            resolved += 1;
        }
    }
    let one = Obstacle {
        state: ObstacleState::Decided,
        outcome,
        decision: number,
        decided_on: Some(today),
        version: seen,
        ..one
    };
    store::save(&mut tx, &one).await?;
    record(ctx, &mut tx, "petition.decide_obstacle", &one, resolved).await?;
    tx.commit().await?;
    Ok(resolved)
}

/// Answers one petition with the decision; not one that was answered or closed, or that no unit has.
async fn reply(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    id: PetitionId,
    title: &str,
    (number, outcome): (&str, &str),
) -> Result<bool, PetitionsError> {
    let (mut petition, letter) = match load(tx, id).await {
        Err(PetitionsError::Unknown(_)) => return Ok(false),
        other => other?,
    };
    if !may_be_settled(&petition) {
        return Ok(false);
    }
    petition.take(Step::Settle)?;
    petition.answered_by = None;
    let on = short_date(ctx.today());
    petition.answer = format!("Về vướng mắc “{title}”: theo văn bản số {number} ngày {on}:\n{outcome}");
    (petition.answer_number, petition.signed_on) = (number.to_owned(), Some(ctx.today()));
    petition.signer.clone_from(&ctx.actor.name);
    (petition.rating, petition.rating_words) = (None, String::new());
    carry_out(ctx, tx, (&petition, &letter), Step::Settle, number, true).await?;
    Ok(true)
}

fn may_be_settled(petition: &Petition) -> bool {
    Step::Settle.leads(petition.state, petition.lead.is_some()).is_some()
}

/// The obstacles, the newest first, each with the petitions that the actor may read; one of which the actor
/// may read no petition is not among them.
///
/// # Errors
/// When the actor may read no petitions.
pub async fn list(ctx: &Ctx<'_>) -> Result<Vec<Gathered>, PetitionsError> {
    ctx.may(Permission::ReadPetitions)?;
    let mut tx = ctx.read().await?;
    let mut all = Vec::new();
    for obstacle in store::all(&mut tx).await? {
        all.extend(with_petitions(ctx, &mut tx, obstacle).await?);
    }
    Ok(all)
}

/// One obstacle with the petitions that the actor may read.
///
/// # Errors
/// [`PetitionsError::Unknown`] also for one of which the actor may read no petition.
pub async fn detail(ctx: &Ctx<'_>, id: ObstacleId) -> Result<Gathered, PetitionsError> {
    ctx.may(Permission::ReadPetitions)?;
    let mut tx = ctx.read().await?;
    let obstacle = found(&mut tx, id).await?;
    with_petitions(ctx, &mut tx, obstacle).await?.ok_or(PetitionsError::Unknown("vướng mắc"))
}

async fn with_petitions(ctx: &Ctx<'_>, tx: &mut Tx, obstacle: Obstacle) -> Result<Option<Gathered>, PetitionsError> {
    let mut petitions = Vec::new();
    for (id, answered) in store::gathered(tx, obstacle.id).await? {
        // An accusation is found by nobody, another unit's petition not by this actor.
        match readable(ctx, tx, id).await {
            Ok((petition, letter, _)) => petitions.push((petition, letter, answered)),
            Err(PetitionsError::Unknown(_)) => {}
            Err(error) => return Err(error),
        }
    }
    let all = ctx.actor.units_for(Permission::ReadPetitions, ctx.today()).is_none();
    Ok((all || !petitions.is_empty()).then_some(Gathered { obstacle, petitions }))
}

async fn found(tx: &mut Tx, id: ObstacleId) -> Result<Obstacle, PetitionsError> {
    store::find(tx, id).await?.ok_or(PetitionsError::Unknown("vướng mắc"))
}

fn must_be(one: &Obstacle, state: ObstacleState) -> Result<(), PetitionsError> {
    if one.state == state { Ok(()) } else { Err(PetitionsError::ObstacleNow { is: one.state }) }
}

async fn record(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    action: &'static str,
    one: &Obstacle,
    many: usize,
) -> Result<(), PetitionsError> {
    let entry = ctx.entry_of(Work::Petitions, action, "obstacle", one.id).set("petitions", many);
    Ok(ledger::record(tx, entry.set("state", one.state.code())).await?)
}
