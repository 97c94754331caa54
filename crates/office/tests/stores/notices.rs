//! Notices on real databases: raised with their change, once, and carried by mail to whoever wants it, also through a
//! mail server that is down for a day.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use futures::future::join;
use jiff::civil::{Date, Time, date, time};
use kernel::id::{AccountId, UnitId};
use kernel::{Actor, Clock, Permission, Role};
use office::newsroom::model::{StoryKind, Text};
use office::newsroom::service as stories;
use office::notices::choices::{self, Choices};
use office::notices::mailing::{self, Mailer, Round};
use office::notices::queries::{self, Queue};
use office::notices::{NewNotice, NoticeKind, NoticesError, To, service};
use office::tasks::model::Content;
use office::tasks::notify::remind;
use office::tasks::service::{self as tasks, NewTask};
use testkit::TestHouse;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;

const FROM: &str = "Thi đua <thidua@coquan.vi-du.vn>";
const ADDRESS: &str = "ban.lo@coquan.vi-du.vn";
/// A Tuesday.
const DAY: Date = date(2026, 11, 25);
const MORNING: Time = time(9, 0, 0, 0);

/// A mail server that keeps what it takes, or refuses every receiver.
struct Post {
    address: SocketAddr,
    taken: Arc<Mutex<Vec<String>>>,
    task: tokio::task::JoinHandle<()>,
}

impl Post {
    async fn opened(at: Option<SocketAddr>, refuses: bool) -> Self {
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        let listener = TcpListener::bind(at.unwrap_or(any)).await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let taken = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&taken);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&kept), refuses));
            }
        });
        Self { address, taken, task }
    }

    fn mailer(&self) -> Mailer {
        Mailer::open(&format!("smtp://{}", self.address), FROM).expect("good settings")
    }

    fn letters(&self) -> Vec<String> {
        self.taken.lock().expect("nobody panicked").clone()
    }
}

impl Drop for Post {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut stream: tokio::net::TcpStream, taken: Arc<Mutex<Vec<String>>>, refuses: bool) {
    let (read, mut write) = stream.split();
    let mut lines = BufReader::new(read).lines();
    let mut letter: Option<String> = None;
    if write.write_all(b"220 thu.vi-du.vn\r\n").await.is_err() {
        return;
    }
    while let Ok(Some(line)) = lines.next_line().await {
        let answer: &[u8] = match &mut letter {
            Some(text) if line == "." => {
                taken.lock().expect("nobody panicked").push(std::mem::take(text));
                letter = None;
                b"250 taken\r\n"
            }
            Some(text) => {
                text.push_str(&line);
                text.push('\n');
                continue;
            }
            None => match line.split(' ').next().unwrap_or_default().to_uppercase().as_str() {
                "RCPT" if refuses => b"550 no such person\r\n",
                "DATA" => {
                    letter = Some(String::new());
                    b"354 go on\r\n"
                }
                "QUIT" => b"221 bye\r\n",
                _ => b"250 good\r\n",
            },
        };
        if write.write_all(answer).await.is_err() {
            return;
        }
    }
}

/// The text of a letter without the transfer encoding of its body.
fn plain(letter: &str) -> String {
    let (head, body) = letter.split_once("\n\n").expect("head and body");
    let body = if head.contains("base64") {
        let packed: String = body.split_whitespace().collect();
        let bytes = data_encoding::BASE64.decode(packed.as_bytes()).expect("base64");
        String::from_utf8(bytes).expect("text")
    } else {
        unquoted(body)
    };
    format!("{}\n\n{body}", head.replace("\n ", " "))
}

/// Quoted-printable undone.
fn unquoted(body: &str) -> String {
    let joined = body.replace("=\n", "");
    let bytes = joined.as_bytes();
    let (mut out, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let hex = (bytes[at] == b'=').then(|| joined.get(at + 1..at + 3)).flatten();
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).expect("text")
}

struct Scene {
    reader: Actor,
    unit: UnitId,
}

async fn scene(house: &mut TestHouse) -> Scene {
    house.clock = Clock::standing_at(DAY, MORNING);
    let unit = house.unit("KT", "Phòng Kinh tế").await;
    Scene { reader: house.staff_account("VP018", Role::Officer, unit, None).await, unit }
}

fn account(actor: &Actor) -> AccountId {
    actor.account.expect("an account")
}

fn new(kind: NoticeKind, key: &str) -> NewNotice {
    NewNotice {
        kind,
        key: key.to_owned(),
        subject: "Nhiệm vụ NV-1: chuyện của chị Lò Thị Ban".to_owned(),
        url: "/noi-bo/nhiem-vu".to_owned(),
    }
}

async fn raise(house: &TestHouse, to: To, kind: NoticeKind, key: &str) {
    let program = house.program();
    let mut tx = program.begin().await.expect("a transaction");
    service::raise(&program, &mut tx, &[to], &new(kind, key)).await.expect("raised");
    tx.commit().await.expect("kept");
}

/// Enters and confirms an address, with the question taken by a mail server.
async fn confirmed(house: &TestHouse, reader: &Actor) {
    let post = Post::opened(None, false).await;
    let ctx = house.as_actor(reader);
    choices::set_address(&ctx, ADDRESS).await.expect("an address");
    send(house, &post.mailer()).await;
    let letter = plain(&post.letters()[0]);
    let token = letter.split("/thong-bao/xac-nhan/").nth(1).and_then(|rest| rest.split_whitespace().next());
    let visitor = Actor::visitor();
    choices::confirm(&house.as_actor(&visitor), token.expect("a link")).await.expect("confirmed");
}

async fn send(house: &TestHouse, mailer: &Mailer) -> Round {
    mailing::send_due(&house.program(), mailer).await.expect("a round")
}

async fn queue(house: &TestHouse) -> Queue {
    queries::queue(&mut house.db.read().await.expect("a transaction")).await.expect("an answer")
}

async fn subjects(house: &TestHouse, actor: &Actor) -> Vec<String> {
    let found = queries::mine(&house.as_actor(actor), 0).await.expect("an answer").0;
    found.into_iter().map(|notice| notice.subject).collect()
}

#[tokio::test]
async fn a_notice_comes_once_with_its_change_and_not_to_who_caused_it() {
    for mut house in testkit::houses().await {
        let scene = scene(&mut house).await;
        let to = To::Account(account(&scene.reader));
        {
            let program = house.program();
            let mut tx = program.begin().await.expect("a transaction");
            service::raise(&program, &mut tx, &[to], &new(NoticeKind::TaskAssigned, "a")).await.expect("raised");
        }
        assert!(subjects(&house, &scene.reader).await.is_empty(), "the change was not kept, so neither was the notice");
        for _ in 0..2 {
            raise(&house, to, NoticeKind::TaskAssigned, "a").await;
        }
        assert_eq!(subjects(&house, &scene.reader).await.len(), 1);
        let own = house.as_actor(&scene.reader);
        let mut tx = own.begin().await.expect("a transaction");
        service::raise(&own, &mut tx, &[to], &new(NoticeKind::TaskAssigned, "b")).await.expect("raised");
        tx.commit().await.expect("kept");
        assert_eq!(subjects(&house, &scene.reader).await.len(), 1, "nobody is told of what he did himself");
        assert_eq!(queue(&house).await, Queue::default(), "no address, no letter");

        let (found, _) = queries::mine(&own, 0).await.expect("an answer");
        let other = house.account("khac", Role::Officer, None).await;
        assert!(matches!(service::open(&house.as_actor(&other), found[0].id).await, Err(NoticesError::Unknown(_))));
        assert_eq!(service::open(&own, found[0].id).await.expect("own"), "/noi-bo/nhiem-vu");
        assert_eq!(queries::unread(&house.db, account(&scene.reader)).await.expect("a number"), 0);
    }
}

#[tokio::test]
async fn nothing_goes_to_an_address_that_its_owner_did_not_confirm() {
    for mut house in testkit::houses().await {
        let scene = scene(&mut house).await;
        let ctx = house.as_actor(&scene.reader);
        let to = To::Account(account(&scene.reader));
        assert!(matches!(choices::set_address(&ctx, "ban@x\r\nBcc: a@b.vn").await, Err(NoticesError::OddAddress)));
        choices::set_address(&ctx, ADDRESS).await.expect("an address");
        raise(&house, to, NoticeKind::TaskAssigned, "a").await;
        let post = Post::opened(None, false).await;
        assert_eq!(send(&house, &post.mailer()).await.sent, 1, "the question alone");
        // The link of another house, or of another address, confirms nothing.
        let visitor = Actor::visitor();
        let forged = format!("{}.{}", account(&scene.reader), "A".repeat(86));
        let refused = choices::confirm(&house.as_actor(&visitor), &forged).await;
        assert!(matches!(refused, Err(NoticesError::OddLink)), "{refused:?}");
        let letter = plain(&post.letters()[0]);
        let link = letter.split("/thong-bao/xac-nhan/").nth(1).expect("a link").split_whitespace().next().expect("it");
        choices::set_address(&ctx, "khac@coquan.vi-du.vn").await.expect("another address");
        let late = choices::confirm(&house.as_actor(&visitor), link).await;
        assert!(matches!(late, Err(NoticesError::OddLink)), "{late:?}");
        choices::set_address(&ctx, " ").await.expect("none");
        assert_eq!(choices::mine(&ctx).await.expect("an answer"), Choices::default());
    }
}

#[tokio::test]
async fn a_letter_says_that_something_waits_and_how_to_stop_it_and_names_nobody() {
    for mut house in testkit::houses().await {
        let scene = scene(&mut house).await;
        confirmed(&house, &scene.reader).await;
        raise(&house, To::Account(account(&scene.reader)), NoticeKind::TaskAssigned, "a").await;
        let post = Post::opened(None, false).await;
        assert_eq!(send(&house, &post.mailer()).await, Round { sent: 1, waiting: 0, failed: 0 });
        let letters = post.letters();
        let letter = plain(&letters[0]);
        assert!(!letter.contains("Ban") && !letter.contains("NV-1"), "{letter}");
        assert!(letter.contains("Nhiệm vụ được giao") && letter.contains("/noi-bo/thong-bao"), "{letter}");
        let head = letter.split("\n\n").next().expect("a head");
        for line in ["List-Unsubscribe: <https://", "List-Unsubscribe-Post: List-Unsubscribe=One-Click"] {
            assert!(head.contains(line), "{line}: {head}");
        }
        assert!(head.contains("Auto-Submitted: auto-generated") && head.contains("Message-ID: <"), "{head}");
        assert_eq!(send(&house, &post.mailer()).await, Round::default(), "it goes once");
    }
}

#[tokio::test]
async fn a_mail_server_that_is_down_for_a_day_loses_nothing_and_sends_once() {
    for mut house in testkit::houses().await {
        let scene = scene(&mut house).await;
        confirmed(&house, &scene.reader).await;
        let to = To::Account(account(&scene.reader));
        for key in ["a", "b", "c"] {
            raise(&house, to, NoticeKind::TaskAssigned, key).await;
        }
        let port = {
            let post = Post::opened(None, false).await;
            post.address
        };
        // Down: every try is counted, and the next one waits longer.
        let mailer = Mailer::open(&format!("smtp://{port}"), FROM).expect("good settings");
        for minutes in [1, 3, 9, 30] {
            house.clock = Clock::standing_at(DAY, MORNING.saturating_add(jiff::SignedDuration::from_mins(minutes)));
            assert_eq!(send(&house, &mailer).await, Round { sent: 0, waiting: 3, failed: 0 }, "after {minutes}");
            assert_eq!(send(&house, &mailer).await, Round::default(), "not at once again");
        }
        assert_eq!(queue(&house).await.queued, 3);
        // The next day it is back: at night nothing goes, in the morning each letter once.
        let post = Post::opened(Some(port), false).await;
        house.clock = Clock::standing_at(date(2026, 11, 26), time(6, 0, 0, 0));
        assert_eq!(send(&house, &mailer).await, Round::default(), "quiet hours");
        house.clock = Clock::standing_at(date(2026, 11, 26), MORNING);
        let (one, other) = join(send(&house, &mailer), send(&house, &mailer)).await;
        assert_eq!(one.sent + other.sent, 3, "two servers share the work");
        assert_eq!(send(&house, &mailer).await, Round::default());
        assert_eq!(post.letters().len(), 3);
        assert_eq!(queue(&house).await, Queue::default());
    }
}

#[tokio::test]
async fn a_letter_refused_for_good_or_tried_too_long_is_given_up_and_a_day_off_is_quiet() {
    for mut house in testkit::houses().await {
        let scene = scene(&mut house).await;
        confirmed(&house, &scene.reader).await;
        let to = To::Account(account(&scene.reader));
        raise(&house, to, NoticeKind::TaskAssigned, "a").await;
        house.clock = Clock::standing_at(date(2026, 11, 29), MORNING);
        let post = Post::opened(None, true).await;
        assert_eq!(send(&house, &post.mailer()).await, Round::default(), "a Sunday");
        house.clock = Clock::standing_at(date(2026, 11, 30), MORNING);
        assert_eq!(send(&house, &post.mailer()).await, Round { sent: 0, waiting: 0, failed: 1 });
        raise(&house, to, NoticeKind::TaskAssigned, "b").await;
        house.clock = Clock::standing_at(date(2026, 12, 15), MORNING);
        assert_eq!(send(&house, &post.mailer()).await, Round { sent: 0, waiting: 0, failed: 1 });
        assert_eq!(queue(&house).await, Queue { queued: 0, failed: 2, oldest: None });
    }
}

#[tokio::test]
async fn a_link_stops_mail_of_one_kind_or_all_without_signing_in_and_drops_what_waits() {
    for mut house in testkit::houses().await {
        let scene = scene(&mut house).await;
        confirmed(&house, &scene.reader).await;
        let (to, id) = (To::Account(account(&scene.reader)), account(&scene.reader));
        for (kind, key) in [(NoticeKind::TaskAssigned, "a"), (NoticeKind::TaskDue, "b")] {
            raise(&house, to, kind, key).await;
        }
        let visitor = Actor::visitor();
        let visit = house.as_actor(&visitor);
        let link = choices::stop_token(&house, id, Some(NoticeKind::TaskAssigned));
        let bent = link.replace("task_assigned", "task_due");
        for forged in [bent.as_str(), "", "a.b.c", &link[..link.len() - 1]] {
            assert!(matches!(choices::stop(&visit, forged, false).await, Err(NoticesError::OddLink)), "{forged}");
        }
        for _ in 0..2 {
            assert_eq!(choices::stop(&visit, &link, false).await.expect("ours"), Some(NoticeKind::TaskAssigned));
        }
        assert_eq!(queue(&house).await.queued, 1, "what waits of that kind is dropped");
        raise(&house, to, NoticeKind::TaskAssigned, "c").await;
        assert_eq!(queue(&house).await.queued, 1);
        assert_eq!(subjects(&house, &scene.reader).await.len(), 3, "in the house everything still stands");
        assert_eq!(choices::stop(&visit, &link, true).await.expect("ours"), None);
        assert_eq!(queue(&house).await.queued, 0);
        let own = house.as_actor(&scene.reader);
        assert_eq!(choices::mine(&own).await.expect("an answer").silent.len(), NoticeKind::ALL.len());
        choices::choose(&own, &[NoticeKind::TaskDue]).await.expect("chosen");
        raise(&house, to, NoticeKind::TaskAssigned, "d").await;
        raise(&house, to, NoticeKind::TaskDue, "e").await;
        assert_eq!(queue(&house).await.queued, 1);
    }
}

#[tokio::test]
async fn a_task_tells_its_doers_when_it_is_assigned_returned_and_due_each_once() {
    for mut house in testkit::houses().await {
        let scene = scene(&mut house).await;
        let head = house.staff_account("VP010", Role::Head, scene.unit, Some(scene.unit)).await;
        let new = NewTask {
            code: "NV-1".to_owned(),
            unit: scene.unit,
            parent: None,
            due_on: date(2026, 12, 14),
            content: Content {
                clause: "III.1".to_owned(),
                title: "Rà soát".to_owned(),
                weight: 1,
                doers: scene.reader.person.into_iter().collect(),
                ..Content::default()
            },
        };
        let id = tasks::assign(&house.as_actor(&head), &new).await.expect("a task");
        assert_eq!(subjects(&house, &scene.reader).await.len(), 1);
        remind(&house.program()).await.expect("reminded");
        assert_eq!(subjects(&house, &scene.reader).await.len(), 1, "far from due");
        tasks::report(&house.as_actor(&scene.reader), id, 1, "Báo cáo số 12/BC-KT").await.expect("reported");
        tasks::give_back(&house.as_actor(&head), id, 2, "Thiếu số liệu quý ba").await.expect("given back");
        assert!(subjects(&house, &scene.reader).await[0].starts_with("Nhiệm vụ bị trả lại: NV-1"));
        for day in [date(2026, 12, 10), date(2026, 12, 11), date(2026, 12, 15), date(2026, 12, 16)] {
            house.clock = Clock::standing_at(day, MORNING);
            remind(&house.program()).await.expect("reminded");
        }
        let found = subjects(&house, &scene.reader).await;
        assert_eq!(found.len(), 4, "{found:?}");
        assert!(found[1].starts_with("Nhiệm vụ sắp đến hạn 14/12/2026") && found[0].starts_with("Nhiệm vụ quá hạn"));
        assert!(subjects(&house, &head).await.is_empty());
    }
}

#[tokio::test]
async fn a_unit_is_told_through_who_holds_the_permission_there_and_a_writer_of_a_returned_story() {
    for mut house in testkit::houses().await {
        let scene = scene(&mut house).await;
        let other = house.unit("NC", "Phòng Nội chính").await;
        let head = house.account("truongphong", Role::Head, Some(scene.unit)).await;
        let stranger = house.account("truongphong2", Role::Head, Some(other)).await;
        house.grant(&head, Role::Head, Some(scene.unit)).await;
        house.grant(&stranger, Role::Head, Some(other)).await;
        raise(&house, To::Holding(Permission::Nominate, scene.unit), NoticeKind::NominationReturned, "a").await;
        assert_eq!(subjects(&house, &head).await.len(), 1);
        assert!(subjects(&house, &stranger).await.is_empty() && subjects(&house, &scene.reader).await.is_empty());

        let (writer, reviewer) =
            (house.account("bientap", Role::Editor, None).await, house.account("duyet", Role::Chief, None).await);
        let new = stories::NewStory {
            kind: StoryKind::News,
            text: Text { title: "Tin".to_owned(), summary: "Tin.".to_owned(), body: "Tin.".to_owned() },
            clause: "VI.2".to_owned(),
            decision: None,
            initiative: None,
        };
        let id = stories::write(&house.as_actor(&writer), new).await.expect("a draft");
        stories::submit(&house.as_actor(&writer), id, 1).await.expect("given");
        stories::give_back(&house.as_actor(&reviewer), id, 2, "Tiêu đề còn chung").await.expect("given back");
        assert_eq!(subjects(&house, &writer).await, ["Bài bị trả lại: Tin"]);
    }
}
