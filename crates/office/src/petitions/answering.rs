//! The answer: drafted by who leads, signed by somebody else, published without what gives the sender away.

use kernel::Permission;

use super::decision::gives_anybody_away;
use super::model::{Correction, EventKind, Letter, PetitionId, Publication, State, Step};
use super::service::{LONGEST_TEXT, LONGEST_TITLE, carry_out, leads, line, load, readable, tell, tell_in_ledger, text};
use super::{PetitionsError, publication_store, store};
use crate::Ctx;

/// Keeps the draft of an answer.
///
/// # Errors
/// For a unit that does not lead, too long a text, or when it is not being handled.
pub async fn draft(ctx: &Ctx<'_>, id: PetitionId, seen: i64, answer: &str) -> Result<(), PetitionsError> {
    let mut tx = ctx.begin().await?;
    let (mut petition, letter, _) = readable(ctx, &mut tx, id).await?;
    leads(ctx, &petition)?;
    if petition.state != State::InProgress {
        return Err(PetitionsError::NotNow { step: Step::Submit, state: petition.state });
    }
    petition.answer = text("tra-loi", answer, LONGEST_TEXT, "Soạn nội dung trả lời")?;
    petition.version = seen;
    store::save_petition(&mut tx, &petition).await?;
    tell_in_ledger(ctx, &mut tx, "petition.draft_answer", &petition, &letter).await?;
    tx.commit().await?;
    Ok(())
}

/// Hands the answer in for signature.
///
/// # Errors
/// Without an answer, for a unit that does not lead, or where it stands.
pub async fn submit(ctx: &Ctx<'_>, id: PetitionId, seen: i64) -> Result<(), PetitionsError> {
    let mut tx = ctx.begin().await?;
    let (mut petition, letter, _) = readable(ctx, &mut tx, id).await?;
    leads(ctx, &petition)?;
    petition.take(Step::Submit)?;
    if petition.answer.is_empty() {
        return Err(PetitionsError::NoAnswer);
    }
    (petition.answered_by, petition.version) = (ctx.actor.account, seen);
    carry_out(ctx, &mut tx, (&petition, &letter), Step::Submit, "", false).await?;
    tx.commit().await?;
    Ok(())
}

/// Sends a draft back to who leads.
///
/// # Errors
/// Without a reason, or where it stands.
pub async fn send_back(ctx: &Ctx<'_>, id: PetitionId, seen: i64, reason: &str) -> Result<(), PetitionsError> {
    ctx.may(Permission::SignPetitions)?;
    let reason = text("ly-do-tra-du-thao", reason, LONGEST_TEXT, "Ghi cần sửa gì trong dự thảo")?;
    let mut tx = ctx.begin().await?;
    let (mut petition, letter) = load(&mut tx, id).await?;
    petition.take(Step::SendBack)?;
    petition.version = seen;
    carry_out(ctx, &mut tx, (&petition, &letter), Step::SendBack, &reason, false).await?;
    tx.commit().await?;
    Ok(())
}

/// Signs an answer under its number; the sender reads it from now on.
///
/// # Errors
/// Without a number, by who handed it in, or where it stands.
pub async fn sign(ctx: &Ctx<'_>, id: PetitionId, seen: i64, number: &str) -> Result<(), PetitionsError> {
    ctx.may(Permission::SignPetitions)?;
    let number = line("so-van-ban", number, 60, "Nhập số văn bản trả lời, ví dụ 215/VPUB-KT")?;
    let mut tx = ctx.begin().await?;
    let (mut petition, letter) = load(&mut tx, id).await?;
    petition.take(Step::Sign)?;
    if ctx.actor.account.is_some() && petition.answered_by == ctx.actor.account {
        return Err(PetitionsError::OwnAnswer);
    }
    petition.answer_number.clone_from(&number);
    (petition.signed_on, petition.signer, petition.version) = (Some(ctx.today()), ctx.actor.name.clone(), seen);
    // A new answer is rated anew.
    (petition.rating, petition.rating_words) = (None, String::new());
    carry_out(ctx, &mut tx, (&petition, &letter), Step::Sign, &number, true).await?;
    tx.commit().await?;
    Ok(())
}

/// What the public is to read of a petition.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Redacted {
    /// The title.
    pub title: String,
    /// What it says.
    pub content: String,
    /// The answer.
    pub answer: String,
}

impl Redacted {
    /// The same as it may be kept; `fields` are the form's for title, content and answer.
    fn clean(&self, [title, content, answer]: [&'static str; 3]) -> Result<Self, PetitionsError> {
        Ok(Self {
            title: line(title, &self.title, LONGEST_TITLE, "Nhập tiêu đề công khai")?,
            content: text(content, &self.content, LONGEST_TEXT, "Nhập nội dung công khai")?,
            answer: text(answer, &self.answer, LONGEST_TEXT, "Nhập phần trả lời công khai")?,
        })
    }
}

/// Publishes an answer in a redacted wording; the original stays as it is for who may read it.
///
/// # Errors
/// When a text is missing, or still gives the sender or anybody else away.
pub async fn publish(ctx: &Ctx<'_>, id: PetitionId, seen: i64, words: &Redacted) -> Result<(), PetitionsError> {
    ctx.may(Permission::RegisterPetitions)?;
    let fields = ["ck-tieu-de", "ck-noi-dung", "ck-tra-loi"];
    let Redacted { title, content, answer } = words.clean(fields)?;
    let mut tx = ctx.begin().await?;
    let (mut petition, letter) = load(&mut tx, id).await?;
    petition.take(Step::Publish)?;
    for (field, text) in fields.into_iter().zip([&title, &content, &answer]) {
        tells_nobody(field, text, &letter)?;
    }
    petition.version = seen;
    let one = Publication {
        petition: id,
        sender_name: letter.public_name(),
        redacted_by: ctx.actor.name.clone(),
        published_on: ctx.today(),
        hidden: false,
        hidden_why: String::new(),
        hidden_by: String::new(),
        title,
        content,
        answer,
    };
    publication_store::put_publication(&mut tx, &one, &key(&one), ctx.now()).await?;
    carry_out(ctx, &mut tx, (&petition, &letter), Step::Publish, "", true).await?;
    tx.commit().await?;
    Ok(())
}

/// The key by which the public finds it.
fn key(one: &Publication) -> String {
    kernel::text::search_key(&format!("{} {} {}", one.title, one.content, one.answer))
}

/// Refuses a text for the public that tells who somebody is.
fn tells_nobody(field: &'static str, text: &str, letter: &Letter) -> Result<(), PetitionsError> {
    let what = gives_anybody_away(text, &letter.contact, letter.hide_name);
    if what.is_empty() { Ok(()) } else { Err(PetitionsError::GivesAway { field, what }) }
}

/// Corrects what the public reads of an answer. What it said before is kept inside; the public reads that it was
/// corrected, when and why. The signed answer itself stays as it is.
///
/// # Errors
/// When nothing is changed, a text or the reason is missing or gives somebody away, or nothing was published.
pub async fn correct(
    ctx: &Ctx<'_>,
    id: PetitionId,
    seen: i64,
    words: &Redacted,
    reason: &str,
) -> Result<(), PetitionsError> {
    ctx.may(Permission::RegisterPetitions)?;
    let fields = ["dc-tieu-de", "dc-noi-dung", "dc-tra-loi"];
    let Redacted { title, content, answer } = words.clean(fields)?;
    let reason = text("ly-do-dinh-chinh", reason, LONGEST_TEXT, "Ghi đính chính điều gì, vì sao; công chúng đọc được")?;
    let mut tx = ctx.begin().await?;
    let (mut petition, letter) = load(&mut tx, id).await?;
    let was =
        publication_store::publication(&mut tx, id).await?.ok_or(PetitionsError::Unknown("trả lời đã công khai"))?;
    for (field, text) in fields.into_iter().zip([&title, &content, &answer]) {
        tells_nobody(field, text, &letter)?;
    }
    tells_nobody("ly-do-dinh-chinh", &reason, &letter)?;
    if (&was.title, &was.content, &was.answer) == (&title, &content, &answer) {
        return Err(PetitionsError::missing("dc-tra-loi", "Sửa ít nhất một chỗ trong bản công khai"));
    }
    let former = Correction {
        title: was.title.clone(),
        content: was.content.clone(),
        answer: was.answer.clone(),
        reason: reason.clone(),
        corrected_by: ctx.actor.name.clone(),
        corrected_on: ctx.today(),
    };
    publication_store::add_correction(&mut tx, id, &former, (ctx.actor.account, ctx.now())).await?;
    let one = Publication { title, content, answer, ..was };
    publication_store::correct(&mut tx, &one, &key(&one)).await?;
    petition.version = seen;
    store::save_petition(&mut tx, &petition).await?;
    tell(ctx, &mut tx, &petition, EventKind::Correct.code(), &reason, true).await?;
    tell_in_ledger(ctx, &mut tx, "petition.correct", &petition, &letter).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a published answer from the public's eyes, with a reason, or shows it again. The public reads how
/// many were hidden, and nothing else of them.
///
/// # Errors
/// Without a reason, or when it was not published.
pub async fn moderate(ctx: &Ctx<'_>, id: PetitionId, hide: bool, reason: &str) -> Result<(), PetitionsError> {
    ctx.may(Permission::RegisterPetitions)?;
    let reason = text("ly-do-an", reason, LONGEST_TEXT, "Ghi lý do")?;
    let mut tx = ctx.begin().await?;
    let (petition, letter) = load(&mut tx, id).await?;
    let one =
        publication_store::publication(&mut tx, id).await?.ok_or(PetitionsError::Unknown("trả lời đã công khai"))?;
    let hidden_by = ctx.actor.name.clone();
    let one = Publication { hidden: hide, hidden_why: reason.clone(), hidden_by, ..one };
    publication_store::moderate(&mut tx, &one, ctx.now()).await?;
    tell(ctx, &mut tx, &petition, EventKind::Moderate.code(), &reason, false).await?;
    let action = if hide { "petition.hide" } else { "petition.show" };
    tell_in_ledger(ctx, &mut tx, action, &petition, &letter).await?;
    tx.commit().await?;
    Ok(())
}
