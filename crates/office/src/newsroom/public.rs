//! What everybody reads: the column with search, one story, what became of one that is gone, the feed, the sitemap.

use kernel::{Date, Timestamp, clock};

use super::model::{Correction, Picture, StateKind, Story, StoryKind, Subject};
use super::service::issued;
use super::{NewsroomError, store};
use crate::db::{StoreError, Tx};
use crate::decisions::model::{Decision, Line};
use crate::{Ctx, records};

/// How many stories a page of the column holds.
pub const PAGE: i64 = 12;
/// How many stories the feed holds.
pub const FEED: i64 = 30;
/// How many stories the sitemap holds at most; its format allows 50,000 addresses.
const SITEMAP: i64 = 40_000;

/// A story in the list of the column.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The story.
    pub story: Story,
    /// Its first picture.
    pub picture: Option<Picture>,
    /// When it was corrected last.
    pub corrected_at: Option<Timestamp>,
}

impl Listed {
    /// When it changed last for its readers.
    #[must_use]
    pub fn changed_at(&self) -> Timestamp {
        self.corrected_at.or(self.story.publish_at).unwrap_or(self.story.written_at)
    }
}

/// The column, the newest first, page by page from 0, and whether more follow; with text, what holds it.
///
/// # Errors
/// What the store says.
pub async fn column(
    ctx: &Ctx<'_>,
    text: &str,
    kind: Option<StoryKind>,
    page: i64,
) -> Result<(Vec<Listed>, bool), NewsroomError> {
    let mut tx = ctx.read().await?;
    let skip = page.clamp(0, 100_000) * PAGE;
    let mut found = listed(ctx, &mut tx, text, kind, (skip, PAGE + 1)).await?;
    let size = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = found.len() > size;
    found.truncate(size);
    Ok((found, more))
}

/// The newest stories, for the feed and the front page.
///
/// # Errors
/// What the store says.
pub async fn newest(ctx: &Ctx<'_>, many: i64) -> Result<Vec<Listed>, NewsroomError> {
    let mut tx = ctx.read().await?;
    listed(ctx, &mut tx, "", None, (0, many)).await
}

/// The address and last change of every story that is shown.
///
/// # Errors
/// What the store says.
pub async fn addresses(ctx: &Ctx<'_>) -> Result<Vec<(String, Date)>, NewsroomError> {
    let mut tx = ctx.read().await?;
    let corrected = store::corrected_at(&mut tx).await?;
    let found = store::public(&mut tx, ctx.now(), "%", None, 0, SITEMAP).await?;
    let address = |story: Story| {
        let changed = corrected.get(&story.id).copied().or(story.publish_at).unwrap_or(story.written_at);
        (story.slug, clock::day_of(changed))
    };
    Ok(found.into_iter().map(address).collect())
}

async fn listed(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    text: &str,
    kind: Option<StoryKind>,
    (skip, limit): (i64, i64),
) -> Result<Vec<Listed>, NewsroomError> {
    let pattern = kernel::text::Wanted::of(text).pattern();
    let corrected = store::corrected_at(tx).await?;
    let mut found = Vec::new();
    for story in store::public(tx, ctx.now(), &pattern, kind, skip, limit).await? {
        let picture = store::pictures(tx, story.id).await?.into_iter().next();
        found.push(Listed { corrected_at: corrected.get(&story.id).copied(), picture, story });
    }
    Ok(found)
}

/// A story as everybody reads it.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The story.
    pub story: Story,
    /// Its pictures.
    pub pictures: Vec<Picture>,
    /// Its approved corrections, the oldest first.
    pub corrections: Vec<Correction>,
    /// The decision it rests on, with its lines as they stand now.
    pub awarded: Option<(Decision, Vec<Line>)>,
    /// The code and name of the initiative it tells of.
    pub initiative: Option<(String, String)>,
}

/// What stands at an address of the column.
#[derive(Debug, Clone)]
pub enum Found {
    /// A story.
    Shown(Box<Shown>),
    /// One that was there: since when it is not, and the note, empty where none may be given.
    Gone {
        /// Since which day.
        since: Option<Date>,
        /// Why, in the words of who withdrew it.
        note: String,
    },
}

/// What stands at an address; an archived story too.
///
/// # Errors
/// When nothing ever stood there.
pub async fn find(ctx: &Ctx<'_>, slug: &str) -> Result<Found, NewsroomError> {
    let unknown = || NewsroomError::Unknown("bài viết");
    let mut tx = ctx.read().await?;
    let story = store::find_by_slug(&mut tx, slug).await?.ok_or_else(unknown)?;
    if story.state == StateKind::Withdrawn {
        let settled = story.settled.clone().ok_or_else(unknown)?;
        // Withdrawn before its hour, nobody has seen it.
        let was_out = story.publish_at.is_some_and(|at| at <= settled.at);
        let gone = Found::Gone { since: Some(clock::day_of(settled.at)), note: settled.words };
        return if was_out { Ok(gone) } else { Err(unknown()) };
    }
    if !story.is_out(ctx.now()) {
        return Err(unknown());
    }
    if !agreed(&mut tx, &story).await? {
        // Why is that person's own business.
        return Ok(Found::Gone { since: None, note: String::new() });
    }
    let mut corrections = store::corrections(&mut tx, story.id).await?;
    corrections.retain(|one| one.approved.is_some());
    Ok(Found::Shown(Box::new(Shown {
        pictures: store::pictures(&mut tx, story.id).await?,
        corrections,
        awarded: match story.decision {
            Some(id) => Some(issued(&mut tx, id).await?),
            None => None,
        },
        initiative: match story.initiative {
            Some(id) => records::queries::initiative(&mut tx, id).await?.map(|one| (one.code, one.name)),
            None => None,
        },
        story,
    })))
}

async fn agreed(tx: &mut Tx, story: &Story) -> Result<bool, StoreError> {
    Ok(store::subjects(tx, story.id).await?.iter().all(Subject::agrees))
}

/// Whether everybody may read a story now.
pub(super) async fn is_shown(ctx: &Ctx<'_>, tx: &mut Tx, story: &Story) -> Result<bool, StoreError> {
    Ok(story.is_out(ctx.now()) && agreed(tx, story).await?)
}
