//! Reports of conduct on pages: sent without an account, talked about by code, opened behind a key; what the log
//! and the sessions keep of it, what an attacker would try, and that nobody of the unit sees a difference.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Once;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use kernel::Role;
use office::conduct::keyring;
use office::identity::service;
use office::{demo, organization};
use papers::sheet::{Limits, Sheet};
use testkit::TestHouse;
use tower::ServiceExt as _;
use tracing_subscriber::filter::dynamic_filter_fn;
use tracing_subscriber::{Layer as _, layer::SubscriberExt as _, util::SubscriberInitExt as _};
use web::Need;

const HTML: &str = "<script>alert(1)</script>";
const EDGE: &str = "----thidua";
const ADDRESS: &str = "198.51.100.77";
const AGENT: &str = "TrinhDuyetRieng/7.7";

/// A browser before the site, with an address and a name of its own.
struct Browser {
    site: axum::Router,
    cookie: Option<String>,
}

impl Browser {
    fn before(house: &TestHouse) -> Self {
        Self { site: web::site(&house.shared()), cookie: None }
    }

    async fn of(house: &TestHouse, login: &str) -> Self {
        let token = service::sign_in(house, login, demo::PASSWORD).await.expect("the password of the example");
        Self { cookie: Some(format!("__Host-thidua={}", token.reveal())), ..Self::before(house) }
    }

    async fn send(&self, method: Method, path: &str, kind: &str, body: Vec<u8>) -> (StatusCode, Vec<u8>) {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("sec-fetch-site", "same-origin")
            .header("x-forwarded-for", ADDRESS)
            .header(header::USER_AGENT, AGENT);
        if !kind.is_empty() {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        let request = request.body(Body::from(body)).expect("a request");
        let response = self.site.clone().oneshot(request).await.expect("an answer");
        let status = response.status();
        (status, axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body").to_vec())
    }

    async fn get(&self, path: &str) -> (StatusCode, String) {
        let (status, bytes) = self.send(Method::GET, path, "", Vec::new()).await;
        (status, String::from_utf8_lossy(&bytes).into_owned())
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> (StatusCode, String) {
        let body = crate::desk::encoded(fields).into_bytes();
        let (status, bytes) = self.send(Method::POST, path, "application/x-www-form-urlencoded", body).await;
        (status, String::from_utf8_lossy(&bytes).into_owned())
    }

    /// A form as a browser sends it with files.
    async fn report(&self, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> (StatusCode, String) {
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(
                format!("--{EDGE}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
            );
        }
        for (name, bytes) in files {
            let head = format!("--{EDGE}\r\ncontent-disposition: form-data; name=\"tep\"; filename=\"{name}\"\r\n\r\n");
            body.extend(head.bytes());
            body.extend_from_slice(bytes);
            body.extend(b"\r\n");
        }
        body.extend(format!("--{EDGE}--\r\n").bytes());
        let kind = format!("multipart/form-data; boundary={EDGE}");
        let (status, bytes) = self.send(Method::POST, "/hanh-vi/gui", &kind, body).await;
        (status, String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Code and mark of a fresh form.
    async fn slip(&self) -> (String, String) {
        let (status, page) = self.get("/hanh-vi/gui").await;
        assert_eq!(status, StatusCode::OK);
        (hidden(&page, "ma"), hidden(&page, "dau"))
    }
}

/// The value of a hidden field.
fn hidden(page: &str, name: &str) -> String {
    let page = scraper::Html::parse_document(page);
    let field = scraper::Selector::parse(&format!("input[type=hidden][name={name}]")).expect("a selector");
    page.select(&field).next().and_then(|field| field.value().attr("value")).unwrap_or_default().to_owned()
}

thread_local! {
    /// What was logged on this thread since it listens, at the finest level.
    static HEARD: RefCell<Option<Vec<u8>>> = const { RefCell::new(None) };
}

/// Writes where the thread of the test listens.
struct Log;

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        HEARD.with_borrow_mut(|heard| heard.iter_mut().for_each(|heard| heard.extend_from_slice(bytes)));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Listens to the log of this thread. One subscriber serves the whole program: with one a test, what another test's
/// end switches off is heard by nobody.
fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let listens = dynamic_filter_fn(|of, _| {
            // What the test itself reads pages with is no part of the program.
            let read_with = ["html5ever", "selectors"];
            !read_with.iter().any(|one| of.target().starts_with(one)) && HEARD.with_borrow(Option::is_some)
        });
        let lines = tracing_subscriber::fmt::layer().with_writer(|| Log).with_filter(listens);
        tracing_subscriber::registry().with(lines).init();
    });
    HEARD.set(Some(Vec::new()));
}

async fn example() -> TestHouse {
    let house = TestHouse::sqlite().await;
    demo::fill(&house).await.expect("an example");
    house
}

#[tokio::test]
async fn a_report_is_sent_followed_and_answered_and_neither_log_nor_file_keeps_who_came() {
    let house = example().await;
    listen();
    let browser = Browser::before(&house);
    let (code, mark) = browser.slip().await;
    let fields = [
        ("ma", code.as_str()),
        ("dau", mark.as_str()),
        ("viec", "Đòi tiền nước <b>ba lần</b> Cha\u{323}\u{302}m\u{202E} trả"),
        ("ai", HTML),
        ("don-vi", ""),
        ("khi-nao", HTML),
        ("ho-ten", "Lường Thị Giấu"),
        ("lien-he", "0966 555 444"),
    ];
    let (status, page) = browser.report(&fields, &[("vet.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDRdau-vet")]).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(page.contains(&code) && page.contains("chỉ hiện một lần"));
    // The page reloaded: the same report.
    let (status, again) = browser.report(&fields, &[]).await;
    assert_eq!((status, again.contains(&code)), (StatusCode::OK, true));

    let inspector = Browser::of(&house, "kiemtra").await;
    let (_, page) = inspector.get("/noi-bo/hanh-vi").await;
    assert!(page.contains("Mở khóa") && !page.contains("/noi-bo/hanh-vi/0"), "nothing without the passphrase");
    let (status, page) = inspector.post("/noi-bo/hanh-vi/mo-khoa", &[("cum-mat-khau", "sai cụm mật khẩu")]).await;
    assert_eq!((status, page.contains("Cụm mật khẩu không đúng")), (StatusCode::UNPROCESSABLE_ENTITY, true));
    let (status, _) = inspector.post("/noi-bo/hanh-vi/mo-khoa", &[("cum-mat-khau", demo::PASSWORD)]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, page) = inspector.get("/noi-bo/hanh-vi").await;
    assert_eq!(page.matches("Đòi tiền nước").count(), 1, "the form sent twice is one report");
    let place = page.split("Đòi tiền nước").next().and_then(|before| before.rsplit("href=\"").next());
    let place = place.and_then(|rest| rest.split('"').next()).expect("its address").to_owned();
    let (status, page) = inspector.get(&place).await;
    assert_eq!(status, StatusCode::OK);
    assert!(!page.contains(HTML) && page.contains("&#60;script&#62;") && page.contains("Chậm"), "{page}");
    assert!(!page.contains("Lường Thị Giấu") && !page.contains("0966"), "the identity is sealed apart");
    let file = page.split("/tep/").nth(1).and_then(|rest| rest.split('"').next()).expect("a file").to_owned();
    let (status, bytes) = inspector.send(Method::GET, &format!("{place}/tep/{file}"), "", Vec::new()).await;
    assert_eq!((status, &bytes[..4]), (StatusCode::OK, &b"\x89PNG"[..]));
    let step = async |door: &str, fields: &[(&str, &str)]| {
        let version = hidden(&inspector.get(&place).await.1, "phien-ban");
        let fields: Vec<_> = fields.iter().copied().chain([("phien-ban", version.as_str())]).collect();
        inspector.post(&format!("{place}/{door}"), &fields).await
    };
    assert_eq!(step("nhan", &[]).await.0, StatusCode::SEE_OTHER);
    let (status, page) = step("hoi", &[("cau-hoi", "gì")]).await;
    assert_eq!((status, page.contains("ít nhất 10 ký tự")), (StatusCode::UNPROCESSABLE_ENTITY, true));
    assert_eq!(step("hoi", &[("cau-hoi", "Bạn nhớ số phiếu hẹn không?")]).await.0, StatusCode::SEE_OTHER);

    let (status, page) = browser.post("/hanh-vi/theo-doi", &[("ma", &code.to_lowercase())]).await;
    assert_eq!((status, page.contains("số phiếu hẹn")), (StatusCode::OK, true));
    assert!(!page.contains("Đòi tiền nước") && !page.contains("Phạm Thu Trang"), "neither the report nor a name");
    let seen = hidden(&page, "so");
    let words = [("ma", code.as_str()), ("so", seen.as_str()), ("noi-dung", "Phiếu số 77 ạ")];
    assert_eq!(browser.post("/hanh-vi/theo-doi/viet", &words).await.0, StatusCode::OK);
    let (status, page) = browser.post("/hanh-vi/theo-doi/viet", &words).await;
    assert_eq!((status, page.matches("Phiếu số 77").count()), (StatusCode::UNPROCESSABLE_ENTITY, 2), "{page}");
    let long = "a".repeat(100_000);
    let (status, _) = browser.post("/hanh-vi/theo-doi/viet", &[("ma", &code), ("so", "2"), ("noi-dung", &long)]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let (_, page) = inspector.get(&place).await;
    assert!(page.contains("Phiếu số 77"));

    let (status, page) = step("danh-tinh", &[("ly-do", "Cần gặp để đối chiếu phiếu")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    let (_, page) = inspector.get(&place).await;
    let agree = page.split("/danh-tinh/").nth(1).is_some();
    assert!(!agree, "who asked is not offered to agree");
    let second = Browser::of(&house, "kiemtra2").await;
    second.post("/noi-bo/hanh-vi/mo-khoa", &[("cum-mat-khau", demo::PASSWORD)]).await;
    let (_, page) = second.get(&place).await;
    let request =
        page.split("/danh-tinh/").nth(1).and_then(|rest| rest.split('/').next()).expect("to agree").to_owned();
    let alone = inspector.post(&format!("{place}/danh-tinh/{request}/dong-y"), &[]).await;
    assert_eq!(alone.0, StatusCode::FORBIDDEN, "alone");
    assert_eq!(second.post(&format!("{place}/danh-tinh/{request}/dong-y"), &[]).await.0, StatusCode::SEE_OTHER);
    let (_, page) = inspector.get(&place).await;
    assert!(page.contains("Lường Thị Giấu") && page.contains("Đồng ý mở danh tính"), "shown, and in its ledger");
    let log = HEARD.take().expect("the log");
    let log = String::from_utf8_lossy(&log).into_owned();
    assert!(log.contains("/hanh-vi/gui"), "the log listens");
    let mut kept = log;
    for name in ["thidua.db", "thidua.db-wal"] {
        kept.push_str(&String::from_utf8_lossy(&std::fs::read(house.data_dir.join(name)).unwrap_or_default()));
    }
    let plain = code.replace('-', "");
    let secrets = [
        ADDRESS,
        AGENT,
        code.as_str(),
        plain.as_str(),
        "Đòi tiền nước",
        "Lường Thị Giấu",
        "0966 555 444",
        "dau-vet",
        "vet.png",
        "số phiếu hẹn",
        "Phiếu số 77",
        "đối chiếu phiếu",
        "sai cụm mật khẩu",
    ];
    for secret in secrets {
        let line = kept.lines().find(|line| line.contains(secret)).unwrap_or_default();
        assert!(!kept.contains(secret), "“{secret}” was kept: {line}");
    }
}

#[tokio::test]
async fn what_an_attacker_sends_to_the_door_is_refused() {
    let house = example().await;
    let browser = Browser::before(&house);
    let (code, mark) = browser.slip().await;
    let base = [("ma", code.as_str()), ("dau", mark.as_str()), ("viec", "Một việc"), ("ai", "một người")];
    let with = |field: &'static str, value: &'static str| {
        base.iter().map(|(name, old)| (*name, if *name == field { value } else { *old })).collect::<Vec<_>>()
    };
    let (status, page) = browser.report(&with("viec", ""), &[]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Kể việc đã xảy ra") && page.contains("một người"), "it comes back filled");
    assert_eq!(hidden(&page, "ma"), code, "with the same code");
    let (status, page) = browser.report(&with("dau", "00"), &[]).await;
    assert_eq!((status, page.contains("Biểu mẫu đã cũ")), (StatusCode::UNPROCESSABLE_ENTITY, true));
    let own = [("ma", "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA"), ("dau", mark.as_str()), base[2], base[3]];
    assert_eq!(browser.report(&own, &[]).await.0, StatusCode::UNPROCESSABLE_ENTITY, "a code of one's own choice");
    for (name, bytes) in [("anh.jpg", &b"MZ\x90\x00"[..]), ("a.png", b"<svg><script/></svg>"), ("b.pdf", b"")] {
        let (status, page) = browser.report(&base, &[(name, bytes)]).await;
        assert_eq!((status, page.contains("không nhận được")), (StatusCode::UNPROCESSABLE_ENTITY, true), "{name}");
    }
    let large = vec![b'%'; 30 * 1024 * 1024];
    let (status, _) = browser.report(&base, &[("lon.pdf", &large)]).await;
    assert!(status.is_client_error(), "thirty megabytes: {status}");
    // What fits is taken: five megabytes are more than a library would take by itself.
    let png = [&b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"[..], &vec![0; 5 * 1024 * 1024]].concat();
    let (status, page) = browser.report(&base, &[("to.png", &png)]).await;
    assert_eq!((status, page.contains(&code)), (StatusCode::OK, true), "five megabytes");
}

#[tokio::test]
async fn codes_and_passphrases_cannot_be_tried_without_end() {
    let house = example().await;
    let browser = Browser::before(&house);
    let mut answers = Vec::new();
    for _ in 0..20 {
        let typed = [("ma", "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF")];
        answers.push(browser.post("/hanh-vi/theo-doi", &typed).await.0);
    }
    assert_eq!((answers[0], answers[19]), (StatusCode::NOT_FOUND, StatusCode::TOO_MANY_REQUESTS), "{answers:?}");
    assert_eq!(browser.get("/hanh-vi").await.0, StatusCode::OK, "who guesses still reads");
    let inspector = Browser::of(&house, "kiemtra").await;
    let mut answers = Vec::new();
    for _ in 0..14 {
        answers.push(inspector.post("/noi-bo/hanh-vi/mo-khoa", &[("cum-mat-khau", "sai")]).await.0);
    }
    assert!(answers.contains(&StatusCode::TOO_MANY_REQUESTS), "{answers:?}");
}

#[tokio::test]
async fn the_door_looks_at_no_session() {
    let house = example().await;
    let official = Browser::of(&house, "canbo.kt").await;
    for path in ["/hanh-vi", "/hanh-vi/gui", "/hanh-vi/theo-doi", "/hanh-vi/so-lieu"] {
        let (status, page) = official.get(path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        assert!(!page.contains("Thào Thị Mỷ"), "{path} names who is signed in");
    }
    let (code, mark) = official.slip().await;
    let fields = [("ma", code.as_str()), ("dau", mark.as_str()), ("viec", "Một việc"), ("ai", "một người")];
    assert_eq!(official.report(&fields, &[]).await.0, StatusCode::OK);
    let inspector = service::sign_in(&house, "kiemtra", demo::PASSWORD).await.expect("a session");
    let actor = service::actor_of(&house, &inspector).await.expect("an answer").expect("a session");
    let inside = house.as_actor(&actor);
    let key = keyring::unlock(&inside, demo::PASSWORD).await.expect("opened");
    let list = office::conduct::queries::list(&inside, &key, None).await.expect("a list");
    let own = list.iter().find(|line| line.begins == "Một việc").expect("the report");
    let entries = office::conduct::queries::detail(&inside, &key, own.id).await.expect("a report").entries;
    assert!(entries.iter().all(|(entry, _)| entry.account.is_none() && entry.actor == "visitor"), "{entries:?}");
}

/// Every page and every export without an id in its address, as somebody sees it.
async fn seen(browser: &Browser, extra: &[String]) -> BTreeMap<String, String> {
    let doors = web::doors();
    let plain = doors.list().filter(|door| door.method == Method::GET && !door.path.contains('{'));
    // The form of the door is another one every time: it carries a fresh code.
    let paths = plain.filter(|door| door.path != "/hanh-vi/gui" && !door.path.starts_with("/api/"));
    let mut all = BTreeMap::new();
    for path in paths.map(|door| door.path.to_owned()).chain(extra.iter().cloned()) {
        let (status, bytes) = browser.send(Method::GET, &path, "", Vec::new()).await;
        let text = if path == "/noi-bo/nhat-ky" {
            // The looks themselves stand there: a sheet that was handed out is an entry.
            String::from_utf8_lossy(&bytes).matches("conduct").count().to_string()
        } else if bytes.starts_with(b"PK") {
            format!("{:?}", Sheet::read(&bytes, &Limits::default()).map_err(|error| error.to_string()))
        } else {
            // Open data name the instant at which they were asked for.
            let text = String::from_utf8_lossy(&bytes);
            text.lines().filter(|line| !line.contains("\"as_of\"")).collect::<Vec<_>>().join("\n")
        };
        all.insert(path, format!("{status} {text}"));
    }
    all
}

#[tokio::test]
async fn nothing_changes_for_whom_a_report_concerns() {
    let house = example().await;
    // The head of the unit is named, who also takes petitions in; an inspector works in that unit.
    let logins = ["tiepnhan", "kiemtra", "quantri", "chanhvp", "thuongtruc", "canbo.kt", "bientap", "uyvien4"];
    let mut tx = house.db.read().await.expect("a transaction");
    let units = organization::queries::units(&mut tx, house.clock.today()).await.expect("units");
    drop(tx);
    let unit = units.iter().find(|unit| unit.code == "BTCD").expect("the unit");
    let name = web::urls::encode("Vàng A Sáu");
    let extra = [
        format!("/noi-bo/con-nguoi?tim={name}"),
        format!("/noi-bo/kien-nghi?tim={name}"),
        format!("/phan-anh/da-tra-loi?tim={name}"),
        format!("/noi-bo/don-vi/{}", unit.id),
        "/noi-bo/nhat-ky?viec=conduct.receive&doi_tuong=&tai_khoan=".to_owned(),
        "/noi-bo/nhat-ky?doi_tuong=conduct_report".to_owned(),
    ];
    let mut browsers = BTreeMap::new();
    for login in logins {
        let browser = Browser::of(&house, login).await;
        if login == "kiemtra" {
            browser.post("/noi-bo/hanh-vi/mo-khoa", &[("cum-mat-khau", demo::PASSWORD)]).await;
        }
        browsers.insert(login, browser);
    }
    let visitor = Browser::before(&house);
    let mut before = BTreeMap::new();
    for (login, browser) in &browsers {
        // Once for what the first look itself changes: a plan that was opened.
        seen(browser, &extra).await;
        before.insert(*login, seen(browser, &extra).await);
    }
    let outside = seen(&visitor, &extra).await;
    assert!(outside.len() > 50, "{} pages", outside.len());
    let (code, mark) = visitor.slip().await;
    let fields = [
        ("ma", code.as_str()),
        ("dau", mark.as_str()),
        ("viec", "Bắt chờ cả buổi rồi hẹn hôm khác"),
        ("ai", "ông Vàng A Sáu, Ban Tiếp công dân"),
    ];
    assert_eq!(visitor.report(&fields, &[]).await.0, StatusCode::OK);
    for (login, browser) in &browsers {
        let after = seen(browser, &extra).await;
        for (path, page) in &before[login] {
            assert_eq!(page, &after[path], "{login} sees a difference at {path}");
        }
    }
    assert_eq!(outside, seen(&visitor, &extra).await, "the public sees a difference");
    // The other inspector sees it, so there was something to see.
    let other = Browser::of(&house, "kiemtra2").await;
    other.post("/noi-bo/hanh-vi/mo-khoa", &[("cum-mat-khau", demo::PASSWORD)]).await;
    assert!(other.get("/noi-bo/hanh-vi").await.1.contains("Bắt chờ cả buổi"));
}

#[test]
fn only_an_inspector_passes_the_doors_inside() {
    let doors = web::doors();
    let inside: Vec<_> = doors.list().filter(|door| door.path.starts_with("/noi-bo/hanh-vi")).collect();
    assert!(inside.len() > 15, "{}", inside.len());
    for door in inside {
        let Need::May(permission) = door.need else { panic!("{} needs no permission", door.path) };
        let may: Vec<_> = Role::ALL.iter().filter(|role| role.permissions().contains(&permission)).collect();
        assert_eq!(may, [&Role::Inspector], "{}", door.path);
    }
}
