//! Letters on their way: what they say, when they go, what happens when the mail server does not take them.

use std::time::Duration;

use kernel::Permission;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::AsyncSmtpTransport;
use lettre::{AsyncTransport as _, Tokio1Executor};

use super::choices::{confirm_token, stop_token};
use super::decision::{self, TRIED_FOR};
use super::model::{Carries, Mail, MailState};
use super::{NoticesError, store};
use crate::{Ctx, House, calendar};

/// How many letters go in one round.
const ROUND: i64 = 50;
/// How long the mail server may take over one letter.
const PATIENCE: Duration = Duration::from_secs(30);

/// The way to the mail server.
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

/// What is wrong with the settings of mail.
#[derive(Debug, thiserror::Error)]
pub enum SettingsFault {
    /// The address of the server.
    #[error("địa chỉ máy chủ thư không đúng: {0}; ví dụ smtps://tai-khoan:mat-khau@thu.coquan.vi-du.vn")]
    Url(String),
    /// The sender.
    #[error("địa chỉ gửi “{0}” không đúng; ví dụ: Thi đua <thidua@coquan.vi-du.vn>")]
    From(String),
}

impl Mailer {
    /// The way to a server: `smtps://user:password@host`, `smtp://host:587?tls=required`, or `smtp://host:25` without
    /// encryption inside a closed network.
    ///
    /// # Errors
    /// When the address or the sender cannot be read; the password is in neither sentence.
    pub fn open(url: &str, from: &str) -> Result<Self, SettingsFault> {
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url);
        let builder = builder.map_err(|error| SettingsFault::Url(without_secret(&error.to_string(), url)))?;
        let from: Mailbox = from.parse().map_err(|_| SettingsFault::From(from.to_owned()))?;
        Ok(Self { transport: builder.timeout(Some(PATIENCE)).build(), from })
    }

    /// Whether the server answers.
    pub async fn answers(&self) -> bool {
        self.transport.test_connection().await.unwrap_or(false)
    }
}

fn without_secret(said: &str, url: &str) -> String {
    said.replace(url, "…")
}

/// What became of a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Round {
    /// Taken by the mail server.
    pub sent: usize,
    /// To be tried again.
    pub waiting: usize,
    /// Given up.
    pub failed: usize,
}

/// Sends what is due, in working hours; a question about an address goes at any hour, because somebody waits for it.
///
/// A letter is taken by one server alone: it is marked as tried, with the hour of its next try, before it goes. So a
/// server that stops in between tries again later, and a letter that was taken is not sent twice.
///
/// # Errors
/// When the actor does not keep the house; what the store says.
pub async fn send_due(ctx: &Ctx<'_>, mailer: &Mailer) -> Result<Round, NoticesError> {
    ctx.may(Permission::KeepHouse)?;
    let now = ctx.now();
    let mut tx = ctx.begin().await?;
    let closing = calendar::queries::closing_hour_in(&mut tx).await?;
    let open = decision::is_open(&ctx.calendar(), now, closing);
    let mut round = Round::default();
    let mut taken = Vec::new();
    for mail in store::due(&mut tx, now, ROUND).await? {
        if !open && mail.carries != Carries::Question {
            continue;
        }
        if now.duration_since(mail.queued_at) > TRIED_FOR {
            let fault = mail.attempts == 0;
            let fault = fault.then(|| "chưa có máy chủ thư trong suốt thời hạn gửi".to_owned());
            store::settle(&mut tx, mail.id, MailState::Failed, None, fault).await?;
            round.failed += 1;
            continue;
        }
        let next = now.checked_add(decision::pause(mail.attempts + 1)).unwrap_or(now);
        if store::take(&mut tx, &mail, next).await? {
            taken.push(mail);
        }
    }
    tx.commit().await?;
    for mail in taken {
        let (state, fault) = match send(ctx.house, mailer, &mail).await {
            Ok(()) => (MailState::Sent, None),
            Err(Fault { last: true, what }) => (MailState::Failed, Some(what)),
            Err(Fault { what, .. }) => (MailState::Queued, Some(what)),
        };
        match state {
            MailState::Sent => round.sent += 1,
            MailState::Queued => round.waiting += 1,
            MailState::Failed | MailState::Dropped => round.failed += 1,
        }
        let mut tx = ctx.begin().await?;
        store::settle(&mut tx, mail.id, state, (state == MailState::Sent).then(|| ctx.now()), fault).await?;
        tx.commit().await?;
    }
    Ok(round)
}

/// Why a letter did not go.
struct Fault {
    /// Trying again changes nothing.
    last: bool,
    /// What the server said.
    what: String,
}

async fn send(house: &House, mailer: &Mailer, mail: &Mail) -> Result<(), Fault> {
    let message = written(house, mailer, mail).map_err(|what| Fault { last: true, what })?;
    match mailer.transport.send(message).await {
        Ok(_) => Ok(()),
        Err(error) => Err(Fault { last: error.is_permanent(), what: error.to_string() }),
    }
}

/// What a letter says: that something waits, of which kind, and where; no name, no number, no content.
fn written(house: &House, mailer: &Mailer, mail: &Mail) -> Result<Message, String> {
    let base = house.public_url.trim_end_matches('/');
    let office = &house.plan.office;
    let to: Mailbox = mail.address.parse().map_err(|_| "địa chỉ nhận không đúng".to_owned())?;
    let host = mailer.from.email.domain();
    let builder = Message::builder()
        .from(mailer.from.clone())
        .to(to)
        .message_id(Some(format!("<{}@{host}>", mail.id)))
        .header(AutoSubmitted)
        .header(ContentType::TEXT_PLAIN);
    let built = match mail.carries {
        Carries::Question => {
            let link = format!("{base}/thong-bao/xac-nhan/{}", confirm_token(house, mail.account, &mail.address));
            builder.subject("Thi Đua: xác nhận địa chỉ nhận thông báo").body(format!(
                "Địa chỉ này vừa được nhập để nhận thông báo của hệ thống Thi Đua, {office}.\n\nNếu đúng là bạn, mở liên \
                 kết sau để xác nhận:\n{link}\n\nNếu không phải, bỏ qua thư này: sẽ không có thư nào khác được gửi.\n"
            ))
        }
        Carries::Notice(kind) => {
            let stop = format!("{base}/thong-bao/ngung/{}", stop_token(house, mail.account, Some(kind)));
            builder
                .header(ListUnsubscribe(format!("<{stop}>")))
                .header(ListUnsubscribePost)
                .subject(format!("Thi Đua: {}", kind.name_vi()))
                .body(format!(
                    "Có thông báo mới: {}.\n\nĐăng nhập để xem:\n{base}/noi-bo/thong-bao\n\n{office}\n\n--\nKhông muốn \
                     nhận thư loại này, hoặc mọi thư: {stop}\n",
                    kind.name_vi()
                ))
        }
    };
    built.map_err(|error| error.to_string())
}

/// Says that no person wrote the letter, so that none answers by itself (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

/// Where mail of this kind is stopped (RFC 2369).
#[derive(Clone)]
struct ListUnsubscribe(String);

/// That one press of a button stops it (RFC 8058).
#[derive(Clone)]
struct ListUnsubscribePost;

type Unread = Box<dyn std::error::Error + Send + Sync>;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }
    fn parse(_: &str) -> Result<Self, Unread> {
        Ok(Self)
    }
    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

impl Header for ListUnsubscribe {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe")
    }
    fn parse(value: &str) -> Result<Self, Unread> {
        Ok(Self(value.to_owned()))
    }
    fn display(&self) -> HeaderValue {
        // The address is plain letters that we made: it needs no encoding, and must not be broken over lines.
        HeaderValue::dangerous_new_pre_encoded(Self::name(), self.0.clone(), self.0.clone())
    }
}

impl Header for ListUnsubscribePost {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe-Post")
    }
    fn parse(_: &str) -> Result<Self, Unread> {
        Ok(Self)
    }
    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "List-Unsubscribe=One-Click".to_owned())
    }
}
