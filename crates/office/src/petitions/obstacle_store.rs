//! Rows of obstacles.

use super::model::PetitionId;
use super::obstacles::{Obstacle, ObstacleId, ObstacleState};
use crate::db::{Row, StoreError, Tx};
use crate::{sql, values};

pub async fn add(tx: &mut Tx, one: &Obstacle) -> Result<(), StoreError> {
    tx.run(sql!("add_obstacle"), values![one.id, &one.title, &one.description, one.state]).await?;
    Ok(())
}

pub async fn save(tx: &mut Tx, one: &Obstacle) -> Result<(), StoreError> {
    let values = values![
        one.id,
        one.version,
        one.state,
        &one.proposal,
        one.proposed_on,
        &one.outcome,
        &one.decision,
        one.decided_on,
    ];
    tx.run_fresh("obstacles", sql!("save_obstacle"), values).await
}

pub async fn find(tx: &mut Tx, id: ObstacleId) -> Result<Option<Obstacle>, StoreError> {
    tx.first(sql!("obstacle"), values![id]).await?.as_ref().map(from).transpose()
}

pub async fn all(tx: &mut Tx) -> Result<Vec<Obstacle>, StoreError> {
    tx.all(sql!("obstacles"), values![]).await?.iter().map(from).collect()
}

fn from(row: &Row) -> Result<Obstacle, StoreError> {
    Ok(Obstacle {
        id: ObstacleId(row.id("id")?),
        title: row.text("title")?,
        description: row.text("description")?,
        state: row.word("obstacles", "state", ObstacleState::from_code)?,
        proposal: row.text("proposal")?,
        proposed_on: row.day_or_none("proposed_on")?,
        outcome: row.text("outcome")?,
        decision: row.text("decision")?,
        decided_on: row.day_or_none("decided_on")?,
        version: row.int("version")?,
    })
}

pub async fn gather(tx: &mut Tx, obstacle: ObstacleId, petition: PetitionId) -> Result<(), StoreError> {
    tx.run(sql!("gather"), values![petition, obstacle]).await?;
    Ok(())
}

/// The petitions of an obstacle, and whether the decision was given back to the sender.
pub async fn gathered(tx: &mut Tx, obstacle: ObstacleId) -> Result<Vec<(PetitionId, bool)>, StoreError> {
    let rows = tx.all(sql!("gathered"), values![obstacle]).await?;
    rows.iter().map(|row| Ok((PetitionId(row.id("petition")?), row.bool("answered")?))).collect()
}

pub async fn answered(tx: &mut Tx, petition: PetitionId) -> Result<(), StoreError> {
    tx.run(sql!("obstacle_answered"), values![petition]).await?;
    Ok(())
}
