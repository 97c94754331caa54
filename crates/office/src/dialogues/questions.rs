//! Questions, beforehand and at the dialogue; a question that becomes a petition, and one that is an accusation.

use kernel::Permission;

use super::model::{DialogueId, GuestId, Question, QuestionId, Standing, StateKind, line, needed_text};
use super::service::{keep, own, tell};
use super::{DialoguesError, guests, store};
use crate::db::Tx;
use crate::organization::model::EnterpriseKind;
use crate::petitions::intake::{self, NewLetter};
use crate::petitions::model::{Channel, Contact, PetitionId, SenderKind};
use crate::{Ctx, organization, petitions};

/// How many questions one guest sends with the code.
pub const MOST_BY_CODE: usize = 10;

/// Enters a question that the office was told: of a guest, or of somebody by name.
///
/// # Errors
/// After the minutes were frozen, without words or a name.
pub async fn enter(
    ctx: &Ctx<'_>,
    id: DialogueId,
    guest: Option<GuestId>,
    asker: &str,
    text: &str,
) -> Result<QuestionId, DialoguesError> {
    ctx.may(Permission::RunDialogues)?;
    let text = needed_text("cau-hoi", text, "ghi câu hỏi")?;
    let mut tx = ctx.begin().await?;
    let one = own(ctx, &mut tx, id).await?;
    one.must_be(&[StateKind::Planned, StateKind::Held])?;
    let asker = match guest {
        Some(guest) => guests::find(&mut tx, id, guest).await?.name,
        None => line("nguoi-hoi", asker, "chọn người được mời, hoặc ghi tên người hỏi")?,
    };
    let question = Question::new(id, (guest, asker), text, ctx.today(), false);
    store::add_question(&mut tx, &question).await?;
    keep(ctx, &mut tx, &one, "dialogue.ask").await?;
    tx.commit().await?;
    Ok(question.id)
}

/// Takes the question of a guest who holds a code, before the dialogue.
///
/// # Errors
/// A code that is unknown, a dialogue that is not to come, too many questions, without words.
pub async fn ask(ctx: &Ctx<'_>, code: &str, text: &str) -> Result<(), DialoguesError> {
    let text = needed_text("cau-hoi", text, "ghi câu hỏi")?;
    let mut tx = ctx.begin().await?;
    let guest = guests::by_code(ctx, &mut tx, code).await?;
    let one = store::find(&mut tx, guest.dialogue).await?.ok_or(DialoguesError::Unknown("giấy mời"))?;
    one.must_be(&[StateKind::Planned])?;
    if guest.standing == Standing::Declined {
        let what = "đăng ký tham dự không được xác nhận; xin gửi phản ánh, kiến nghị qua cổng".to_owned();
        return Err(DialoguesError::Missing { field: "cau-hoi", what });
    }
    let earlier = store::questions(&mut tx, one.id).await?;
    let mine = earlier.iter().filter(|question| question.guest == Some(guest.id) && question.by_code);
    if mine.count() >= MOST_BY_CODE {
        let what = format!("đã gửi {MOST_BY_CODE} câu hỏi; các câu khác xin hỏi tại cuộc đối thoại");
        return Err(DialoguesError::Missing { field: "cau-hoi", what });
    }
    let question = Question::new(one.id, (Some(guest.id), guest.name), text, ctx.today(), true);
    store::add_question(&mut tx, &question).await?;
    keep(ctx, &mut tx, &one, "dialogue.ask").await?;
    tx.commit().await?;
    Ok(())
}

/// Makes a question a petition, taken in as said at a dialogue; answers it and the receipt code, told once.
///
/// # Errors
/// When it became one before, or the petition is not taken in.
pub async fn petition(
    ctx: &Ctx<'_>,
    id: DialogueId,
    question: QuestionId,
    title: &str,
) -> Result<(PetitionId, String), DialoguesError> {
    ctx.may(Permission::RegisterPetitions)?;
    let arrival = intake::arrival(ctx, None).await?;
    let mut tx = ctx.begin().await?;
    let one = store::find(&mut tx, id).await?.ok_or(DialoguesError::Unknown("cuộc đối thoại"))?;
    let mut found = open(&mut tx, id, question).await?;
    let mut contact = Contact { name: found.asker.clone(), ..Contact::default() };
    let mut sender_kind = SenderKind::Person;
    if let Some(guest) = found.guest {
        let guest = guests::find(&mut tx, id, guest).await?;
        if let Some(enterprise) = guest.enterprise
            && let Some(enterprise) = organization::queries::enterprise(&mut tx, enterprise).await?
        {
            contact.tax_code = enterprise.entry.tax_code.unwrap_or_default();
            sender_kind = match enterprise.entry.kind {
                EnterpriseKind::Enterprise => SenderKind::Enterprise,
                EnterpriseKind::Cooperative => SenderKind::Cooperative,
                EnterpriseKind::Household => SenderKind::Household,
                EnterpriseKind::Association => SenderKind::Association,
            };
        }
    }
    let letter = NewLetter {
        channel: Channel::Dialogue,
        sender_kind,
        contact,
        people: 1,
        hide_name: false,
        title: title.to_owned(),
        content: found.text.clone(),
        received_on: None,
    };
    let (made, code) = intake::register_in(ctx, &mut tx, letter, arrival).await?;
    found.petition = Some(made);
    store::save_question(&mut tx, &found).await?;
    tell(ctx, &mut tx, &one, "dialogue.petition").await?;
    tx.commit().await?;
    Ok((made, code))
}

/// A question that is neither locked nor a petition yet.
async fn open(tx: &mut Tx, id: DialogueId, question: QuestionId) -> Result<Question, DialoguesError> {
    let found = store::questions(tx, id).await?.into_iter().find(|one| one.id == question && !one.locked);
    let found = found.ok_or(DialoguesError::Unknown("câu hỏi này"))?;
    if found.petition.is_some() { Err(DialoguesError::Petitioned) } else { Ok(found) }
}

/// Keeps that a question is an accusation and was handed over, as a petition is: nobody reads it or who asked it any
/// more. One that became a petition is handed over there, and locked with it.
///
/// # Errors
/// Without agency or document; when it became a petition or was locked before.
pub async fn hand_over(
    ctx: &Ctx<'_>,
    id: DialogueId,
    question: QuestionId,
    (agency, document): (&str, &str),
) -> Result<(), DialoguesError> {
    ctx.may(Permission::RegisterPetitions)?;
    let agency = line("noi-nhan", agency, "nhập cơ quan nhận đơn")?;
    let document = line("van-ban", document, "nhập số văn bản hoặc phiếu chuyển đơn")?;
    let mut tx = ctx.begin().await?;
    let one = store::find(&mut tx, id).await?.ok_or(DialoguesError::Unknown("cuộc đối thoại"))?;
    let found = open(&mut tx, id, question).await?;
    store::lock_question(&mut tx, &Question { locked: true, handed_over: (agency, document), ..found }).await?;
    tell(ctx, &mut tx, &one, "dialogue.hand_over").await?;
    tx.commit().await?;
    Ok(())
}

/// The questions of a dialogue, or of one guest of it, as they may be read: of one that is an accusation, or became
/// a petition that is, neither the words nor who asked it.
pub(super) async fn readable(
    tx: &mut Tx,
    id: DialogueId,
    of: Option<GuestId>,
) -> Result<Vec<Question>, DialoguesError> {
    let mut found = store::questions(tx, id).await?;
    found.retain(|one| of.is_none() || one.guest == of);
    for one in &mut found {
        if let Some(petition) = one.petition {
            one.locked |= petitions::queries::is_locked(tx, petition).await?;
        }
        if one.locked {
            (one.guest, one.asker, one.text) = (None, String::new(), String::new());
        }
    }
    Ok(found)
}
