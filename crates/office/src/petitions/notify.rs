//! Whom a petition tells: the units it is given to, and, before and after its last day, who answers and who leads.
//! A notice holds its number, never a name or a word of the letter.

use kernel::Permission;
use kernel::id::UnitId;
use kernel::numbers::short_date;

use super::model::{ClockKind, Letter, Petition};
use super::terms::Clock;
use super::{PetitionsError, clock_store, store};
use crate::Ctx;
use crate::db::{StoreError, Tx};
use crate::notices::{NewNotice, NoticeKind, To, service};

/// In how many working days a petition is due when who answers it is told. A setting of ours: docs/decisions/0040.
pub const TOLD_BEFORE: i64 = 2;

fn url(petition: &Petition) -> String {
    format!("/noi-bo/kien-nghi/{}", petition.id)
}

/// Tells a unit that a petition was given to it: to answer, or for an opinion.
pub(super) async fn given(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    (petition, letter): (&Petition, &Letter),
    unit: UnitId,
    what: &str,
) -> Result<(), StoreError> {
    let new = NewNotice {
        kind: NoticeKind::PetitionAssigned,
        key: format!("petition-given/{}/{unit}/{}", petition.id, petition.version),
        subject: format!("Kiến nghị {}: {what}", petition.number(letter)),
        url: url(petition),
    };
    service::raise(ctx, tx, &[To::Holding(Permission::AnswerPetitions, unit)], &new).await
}

/// Tells who handles a petition that its sender did something about it.
pub(super) async fn from_sender(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    (petition, letter): (&Petition, &Letter),
    what: &str,
) -> Result<(), StoreError> {
    let new = NewNotice {
        kind: NoticeKind::PetitionAssigned,
        key: format!("petition-sender/{}/{}", petition.id, petition.version),
        subject: format!("Kiến nghị {}: {what}", petition.number(letter)),
        url: url(petition),
    };
    service::raise(ctx, tx, &handlers(petition), &new).await
}

/// Tells who handles a petition, and who leads the Office, that a last day went by.
pub(super) async fn lapsed(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    (petition, letter): (&Petition, &Letter),
    clock: &Clock,
) -> Result<(), StoreError> {
    let mut to = who_ends(petition, clock);
    to.push(To::Office(Permission::SignPetitions));
    let new = due(petition, letter, clock, "quá hạn");
    service::raise(ctx, tx, &to, &new).await
}

/// The unit that answers; before one does, who takes petitions in.
fn handlers(petition: &Petition) -> Vec<To> {
    vec![
        petition
            .lead
            .map_or(To::Office(Permission::RegisterPetitions), |unit| To::Holding(Permission::AnswerPetitions, unit)),
    ]
}

/// Who does what a clock waits for: who takes petitions in publishes their answers, whoever gave them.
fn who_ends(petition: &Petition, clock: &Clock) -> Vec<To> {
    match clock.kind {
        ClockKind::Publication => vec![To::Office(Permission::RegisterPetitions)],
        _ => handlers(petition),
    }
}

fn due(petition: &Petition, letter: &Letter, clock: &Clock, what: &str) -> NewNotice {
    let day = clock.due.map(short_date).unwrap_or_default();
    NewNotice {
        kind: NoticeKind::PetitionDue,
        key: format!("petition-due/{}/{day}/{what}", clock.id),
        subject: format!("Kiến nghị {} {what} {day}: {}", petition.number(letter), clock.kind.name_vi()),
        url: url(petition),
    }
}

/// Tells who handles them of petitions that are due soon, once for each last day; nobody on a day off.
///
/// # Errors
/// When the actor does not take petitions in; what the store says.
pub async fn remind(ctx: &Ctx<'_>) -> Result<(), PetitionsError> {
    ctx.may(Permission::RegisterPetitions)?;
    let (today, calendar) = (ctx.today(), ctx.calendar());
    if !calendar.is_working(today) {
        return Ok(());
    }
    let mut tx = ctx.begin().await?;
    for (petition, letter) in store::petitions(&mut tx, true).await? {
        for clock in clock_store::clocks(&mut tx, petition.id).await? {
            let soon = |day| day >= today && calendar.working_days_between(today, day) <= TOLD_BEFORE;
            if clock.open && clock.due.is_some_and(soon) {
                let new = due(&petition, &letter, &clock, "sắp đến hạn");
                service::raise(ctx, &mut tx, &who_ends(&petition, &clock), &new).await?;
            }
        }
    }
    tx.commit().await?;
    Ok(())
}
