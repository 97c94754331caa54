//! The minutes: written, amended by who attended, frozen.

use kernel::Permission;

use super::model::{
    Amendment, AmendmentId, AmendmentState, Dialogue, DialogueId, Guest, StateKind, clean_text, needed_text,
};
use super::service::{act, keep, own};
use super::{DialoguesError, guests, paper, store};
use crate::Ctx;
use crate::db::Tx;

/// Writes the draft of the minutes.
///
/// # Errors
/// Before the dialogue was held, after they were frozen; [`crate::StoreError::Stale`].
pub async fn write(ctx: &Ctx<'_>, id: DialogueId, seen: i64, text: &str) -> Result<(), DialoguesError> {
    ctx.may(Permission::RunDialogues)?;
    let text = clean_text("bien-ban", text)?;
    let mut tx = ctx.begin().await?;
    let mut one = own(ctx, &mut tx, id).await?;
    one.must_be(&[StateKind::Held])?;
    (one.minutes, one.version) = (text, seen);
    keep(ctx, &mut tx, &one, "dialogue.write_minutes").await?;
    tx.commit().await?;
    Ok(())
}

/// Proposes a change of the draft, as somebody of the office who was there.
///
/// # Errors
/// [`DialoguesError::NotThere`]; without a draft, after it was frozen, without words.
pub async fn amend(ctx: &Ctx<'_>, id: DialogueId, words: &str) -> Result<AmendmentId, DialoguesError> {
    ctx.may(Permission::ReadDialogues)?;
    let mut tx = ctx.begin().await?;
    let one = store::find(&mut tx, id).await?.ok_or(DialoguesError::Unknown("cuộc đối thoại"))?;
    let guests = store::guests(&mut tx, id).await?;
    let me = guests.into_iter().find(|guest| guest.person.is_some() && guest.person == ctx.actor.person);
    let made = propose(ctx, &mut tx, one, me, words).await?;
    tx.commit().await?;
    Ok(made)
}

/// Proposes a change of the draft, as a guest who holds a code and was there.
///
/// # Errors
/// A code that is unknown; as [`amend`].
pub async fn amend_by_code(ctx: &Ctx<'_>, code: &str, words: &str) -> Result<AmendmentId, DialoguesError> {
    let mut tx = ctx.begin().await?;
    let guest = guests::by_code(ctx, &mut tx, code).await?;
    let one = store::find(&mut tx, guest.dialogue).await?.ok_or(DialoguesError::Unknown("giấy mời"))?;
    let made = propose(ctx, &mut tx, one, Some(guest), words).await?;
    tx.commit().await?;
    Ok(made)
}

async fn propose(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    one: Dialogue,
    guest: Option<Guest>,
    words: &str,
) -> Result<AmendmentId, DialoguesError> {
    one.must_be(&[StateKind::Held])?;
    let guest = guest.filter(|guest| guest.there == Some(true)).ok_or(DialoguesError::NotThere)?;
    if one.minutes.is_empty() {
        return Err(DialoguesError::NoMinutes);
    }
    let amendment = Amendment {
        id: AmendmentId::new(),
        dialogue: one.id,
        guest: guest.id,
        words: needed_text("sua", words, "ghi đoạn cần sửa và sửa thành gì")?,
        on: ctx.today(),
        state: AmendmentState::Open,
        settled: None,
        reply: String::new(),
    };
    store::add_amendment(tx, &amendment).await?;
    // The version moves, so that nobody freezes minutes while an amendment comes in.
    keep(ctx, tx, &one, "dialogue.amend").await?;
    Ok(amendment.id)
}

/// Takes or declines a proposal; what is taken is written into the minutes by hand.
///
/// # Errors
/// When it is answered, or declined without a reason; after the minutes were frozen.
pub async fn settle(
    ctx: &Ctx<'_>,
    id: DialogueId,
    amendment: AmendmentId,
    taken: bool,
    reply: &str,
) -> Result<(), DialoguesError> {
    ctx.may(Permission::RunDialogues)?;
    let mut tx = ctx.begin().await?;
    let one = own(ctx, &mut tx, id).await?;
    one.must_be(&[StateKind::Held])?;
    let found = store::amendments(&mut tx, id).await?.into_iter().find(|one| one.id == amendment);
    let mut found = found.ok_or(DialoguesError::Unknown("đề nghị này"))?;
    found.settle(taken, reply, act(ctx))?;
    store::save_amendment(&mut tx, &found).await?;
    keep(ctx, &mut tx, &one, "dialogue.settle_amendment").await?;
    tx.commit().await?;
    Ok(())
}

/// Freezes the minutes as they were read at `seen`, and keeps the digest of what was frozen.
///
/// # Errors
/// Without minutes, with nobody there, while an amendment waits; [`crate::StoreError::Stale`].
pub async fn freeze(ctx: &Ctx<'_>, id: DialogueId, seen: i64) -> Result<(), DialoguesError> {
    ctx.may(Permission::RunDialogues)?;
    let mut tx = ctx.begin().await?;
    let mut one = own(ctx, &mut tx, id).await?;
    let guests = store::guests(&mut tx, id).await?;
    let there = guests.iter().filter(|guest| guest.there == Some(true)).count();
    let amendments = store::amendments(&mut tx, id).await?;
    let open = amendments.iter().filter(|one| one.state == AmendmentState::Open).count();
    let commitments = store::commitments_of(&mut tx, id).await?;
    let digest = paper::digest(&one, &guests, &commitments);
    one.freeze(act(ctx), digest, there, open)?;
    one.version = seen;
    keep(ctx, &mut tx, &one, "dialogue.freeze").await?;
    tx.commit().await?;
    Ok(())
}
