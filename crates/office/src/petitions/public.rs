//! What everybody reads: published answers with search, those like a letter about to be sent, counts.

use kernel::Date;

use super::decision::{ALIKE, COMPARED, Runs, most_alike};
use super::model::{PetitionId, Publication, State};
use super::queries::Similar;
use super::{PetitionsError, publication_store, store};
use crate::Ctx;

/// Published answers like what somebody is about to send, of the [`COMPARED`] newest.
///
/// # Errors
/// What the store says.
pub async fn similar_published(ctx: &Ctx<'_>, title: &str, content: &str) -> Result<Vec<Similar>, PetitionsError> {
    let newest = publication_store::newest(&mut ctx.read().await?, COMPARED).await?;
    let found = most_alike(&Runs::of(title, content), newest.into_iter());
    let similar =
        |(likeness, id, title)| Similar { id, number: String::new(), likeness, title, state: State::Published };
    Ok(found.into_iter().map(similar).collect())
}

/// What the public reads about all petitions together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PublicCounts {
    /// How many came in.
    pub received: usize,
    /// How many still wait for an answer.
    pub open: usize,
    /// How many were answered.
    pub answered: usize,
    /// How many published answers were hidden again.
    pub hidden: usize,
}

/// The counts for the public; titles of what was hidden are not among them.
///
/// # Errors
/// What the store says.
pub async fn public_counts(ctx: &Ctx<'_>) -> Result<PublicCounts, PetitionsError> {
    let mut tx = ctx.read().await?;
    let all = store::count_by_state(&mut tx).await?;
    let of = |fits: fn(State) -> bool| {
        let state = |code: &str| State::from_code(code).is_some_and(fits);
        all.iter().filter(|(code, _)| state(code)).map(|(_, many)| many).sum()
    };
    Ok(PublicCounts {
        received: of(|_| true),
        open: of(State::is_open),
        answered: of(|one| matches!(one, State::Answered | State::Published)),
        hidden: publication_store::hidden(&mut tx).await?,
    })
}

/// How many published answers a page holds.
pub const PAGE: i64 = 20;

/// Published answers that hold all the words, in any order, page by page from 0, and whether more follow.
///
/// # Errors
/// What the store says.
pub async fn published(ctx: &Ctx<'_>, text: &str, page: i64) -> Result<(Vec<Publication>, bool), PetitionsError> {
    let mut tx = ctx.read().await?;
    let patterns = kernel::text::Wanted::of(text).patterns();
    let mut found = publication_store::published(&mut tx, patterns, page.clamp(0, 100_000) * PAGE, PAGE + 1).await?;
    let size = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = found.len() > size;
    found.truncate(size);
    Ok((found, more))
}

/// One published answer, with when it was corrected and why; what it said before is not for the public.
///
/// # Errors
/// When there is none, or it was hidden.
pub async fn published_one(
    ctx: &Ctx<'_>,
    id: PetitionId,
) -> Result<(Publication, Vec<(Date, String)>), PetitionsError> {
    let mut tx = ctx.read().await?;
    let found = publication_store::publication(&mut tx, id).await?.filter(|one| !one.hidden);
    let found = found.ok_or(PetitionsError::Unknown("trả lời đã công khai"))?;
    let corrections = publication_store::corrections(&mut tx, id).await?;
    Ok((found, corrections.into_iter().map(|one| (one.corrected_on, one.reason)).collect()))
}

/// How many petitions like what somebody is about to send are being handled, of the [`COMPARED`] newest. What was
/// not sorted yet is not counted: it may be an accusation. Of those counted nothing else is told.
///
/// # Errors
/// What the store says.
pub async fn similar_handled(ctx: &Ctx<'_>, title: &str, content: &str) -> Result<usize, PetitionsError> {
    let newest = store::newest_handled(&mut ctx.read().await?, COMPARED).await?;
    let own = Runs::of(title, content);
    let alike = |(title, content): &(String, String)| own.likeness(&Runs::of(title, content)) >= ALIKE;
    Ok(newest.iter().filter(|one| alike(one)).count())
}
