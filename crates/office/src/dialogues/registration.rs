//! A dialogue that is announced to everybody: at what hour it begins, and who asks to take part.
//!
//! Whoever asks gets a code at once, with which questions are sent beforehand, and waits for the office: he is a guest
//! once he is confirmed. His telephone is for who prepares the dialogue and goes when it is over.

use kernel::{Date, Permission};

use super::model::{Applicant, DialogueId, Guest, GuestId, Question, Standing, StateKind, clean_text, line, reasoned};
use super::service::{keep, own, tell};
use super::{DialoguesError, guests, store};
use crate::Ctx;
use crate::keys::fresh_code;

/// So many may wait for one dialogue: a flood of names has an end.
pub const MOST_WAITING: usize = 300;

/// Announces a dialogue: everybody reads day, hour, place and agenda, and may ask to take part until a day.
///
/// # Errors
/// When it is not to come, without an hour, with a day before today or after the dialogue;
/// [`crate::StoreError::Stale`].
pub async fn open(ctx: &Ctx<'_>, id: DialogueId, seen: i64, begins: &str, until: Date) -> Result<(), DialoguesError> {
    ctx.may(Permission::RunDialogues)?;
    let what = "ghi giờ bắt đầu dạng giờ:phút, ví dụ 08:30".to_owned();
    let begins = hour(begins).ok_or(DialoguesError::Missing { field: "gio", what })?;
    let mut tx = ctx.begin().await?;
    let mut one = own(ctx, &mut tx, id).await?;
    one.must_be(&[StateKind::Planned])?;
    if until < ctx.today() || until > one.on {
        let what = "hạn đăng ký từ hôm nay đến ngày tổ chức".to_owned();
        return Err(DialoguesError::Missing { field: "han-dang-ky", what });
    }
    (one.begins, one.register_until, one.version) = (begins, Some(until), seen);
    keep(ctx, &mut tx, &one, "dialogue.announce").await?;
    tx.commit().await?;
    Ok(())
}

/// Takes the announcement back; who asked so far stays.
///
/// # Errors
/// When it is not to come; [`crate::StoreError::Stale`].
pub async fn close(ctx: &Ctx<'_>, id: DialogueId, seen: i64) -> Result<(), DialoguesError> {
    ctx.may(Permission::RunDialogues)?;
    let mut tx = ctx.begin().await?;
    let mut one = own(ctx, &mut tx, id).await?;
    one.must_be(&[StateKind::Planned])?;
    (one.register_until, one.version) = (None, seen);
    keep(ctx, &mut tx, &one, "dialogue.unannounce").await?;
    tx.commit().await?;
    Ok(())
}

/// Who asks to take part.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Application {
    /// The person, or the organisation with its person.
    pub name: String,
    /// The telephone.
    pub phone: String,
    /// A question beforehand; may be empty.
    pub question: String,
}

/// Takes a wish to take part; answers the code, told once.
///
/// # Errors
/// A field that must be mended; when the dialogue is not announced, its day for asking is over, or too many wait.
pub async fn apply(ctx: &Ctx<'_>, id: DialogueId, new: &Application) -> Result<String, DialoguesError> {
    let name = line("ten", &new.name, "ghi họ tên, hoặc tổ chức và người đại diện")?;
    let phone = line("dien-thoai", &new.phone, "ghi số điện thoại để xác nhận")?;
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    if digits < 8 || !phone.chars().all(|one| one.is_ascii_digit() || " +-.()".contains(one)) {
        let what = "ghi số điện thoại bằng chữ số, ví dụ 0912 345 678".to_owned();
        return Err(DialoguesError::Missing { field: "dien-thoai", what });
    }
    let text = clean_text("cau-hoi", &new.question)?;
    let mut tx = ctx.begin().await?;
    let one = store::find(&mut tx, id).await?.ok_or(DialoguesError::Unknown("cuộc đối thoại"))?;
    if one.state != StateKind::Planned || one.register_until.is_none() {
        return Err(DialoguesError::Unknown("cuộc đối thoại"));
    }
    if one.register_until < Some(ctx.today()) {
        let what = "đã hết hạn đăng ký cuộc đối thoại này".to_owned();
        return Err(DialoguesError::Missing { field: "ten", what });
    }
    let waiting = store::applicants(&mut tx, id).await?;
    if waiting.iter().filter(|one| one.guest.standing == Standing::Asked).count() >= MOST_WAITING {
        let what = "đã có quá nhiều người chờ xác nhận; liên hệ trực tiếp cơ quan tổ chức".to_owned();
        return Err(DialoguesError::Missing { field: "ten", what });
    }
    let (applicant, code) = (Guest::new(id, name.clone(), Standing::Asked), fresh_code());
    store::add_applicant(&mut tx, &applicant, &guests::digest(ctx, &code), (&phone, ctx.today())).await?;
    if !text.is_empty() {
        let question = Question::new(id, (Some(applicant.id), name), text, ctx.today(), true);
        store::add_question(&mut tx, &question).await?;
    }
    tell(ctx, &mut tx, &one, "dialogue.apply").await?;
    tx.commit().await?;
    Ok(code)
}

/// Confirms who asked to take part: he is a guest from now on.
///
/// # Errors
/// When the dialogue is not to come, or he does not wait.
pub async fn confirm(ctx: &Ctx<'_>, id: DialogueId, guest: GuestId) -> Result<(), DialoguesError> {
    settle(ctx, id, guest, Standing::Invited, "").await
}

/// Declines who asked to take part, with the reason, which he reads with his code; his telephone goes at once.
///
/// # Errors
/// Without a reason, when the dialogue is not to come, or he does not wait.
pub async fn decline(ctx: &Ctx<'_>, id: DialogueId, guest: GuestId, reason: &str) -> Result<(), DialoguesError> {
    let reason = reasoned("tra-loi", reason)?;
    settle(ctx, id, guest, Standing::Declined, &reason).await
}

async fn settle(
    ctx: &Ctx<'_>,
    id: DialogueId,
    guest: GuestId,
    standing: Standing,
    reply: &str,
) -> Result<(), DialoguesError> {
    ctx.may(Permission::RunDialogues)?;
    let mut tx = ctx.begin().await?;
    let one = own(ctx, &mut tx, id).await?;
    one.must_be(&[StateKind::Planned])?;
    let waits = |one: &Applicant| one.guest.id == guest && one.guest.standing == Standing::Asked;
    let found = store::applicants(&mut tx, id).await?.into_iter().find(waits);
    let found = found.ok_or(DialoguesError::Unknown("người đăng ký"))?;
    let phone = if standing == Standing::Invited { found.phone } else { String::new() };
    store::settle_applicant(&mut tx, guest, standing, (reply, &phone)).await?;
    let action = if standing == Standing::Invited { "dialogue.confirm" } else { "dialogue.decline" };
    keep(ctx, &mut tx, &one, action).await?;
    tx.commit().await?;
    Ok(())
}

/// An hour as it is typed, in one spelling: `8h30`, `8:30` and `08:30` are `08:30`, `8h` is `08:00`.
fn hour(typed: &str) -> Option<String> {
    let typed = kernel::text::clean_line(typed).to_lowercase();
    let (hour, minute) = typed.split_once([':', 'h'])?;
    let minute = if minute.is_empty() { "00" } else { minute };
    let figures = |text: &str| text.len() <= 2 && text.bytes().all(|one| one.is_ascii_digit());
    if !figures(hour) || minute.len() != 2 || !figures(minute) {
        return None;
    }
    let (hour, minute) = (hour.parse::<u8>().ok()?, minute.parse::<u8>().ok()?);
    (hour < 24 && minute < 60).then(|| format!("{hour:02}:{minute:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_has_one_spelling() {
        for (typed, kept) in [("8h30", "08:30"), (" 08:30 ", "08:30"), ("8H", "08:00"), ("13:05", "13:05")] {
            assert_eq!(hour(typed).as_deref(), Some(kept), "{typed}");
        }
        for odd in ["", "8", "24:00", "8:3", "8:60", "h30", "8h30 sáng", "-1:00", "8:+3"] {
            assert_eq!(hour(odd), None, "{odd}");
        }
    }
}
