//! Petitions on pages: sent without an account, followed by code, kept from whom they are not for; and what
//! an attacker would try.

use crate::desk::{Desk, encoded};
use axum::http::{Request, StatusCode};
use kernel::Role;
use office::petitions::model::{Channel, Contact, Kind, SenderKind};
use office::petitions::routing::{self, Assignment};
use office::petitions::{intake, intake::NewLetter, queries};
use testkit::{TestHouse, actor};

const INBOX: &str = "/noi-bo/kien-nghi";
const HTML: &str = "<script>alert(1)</script>";

/// Where a form leads; the form must be taken.
async fn leads(desk: &Desk, path: &str, fields: &[(&str, &str)]) -> String {
    let (status, place) = desk.place(path, encoded(fields)).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{path}");
    place
}

/// A file sent as a browser sends it.
async fn upload(desk: &Desk, path: &str, name: &str, bytes: &str) -> (StatusCode, String) {
    upload_with(desk, path, (name, bytes), &[]).await
}

/// A file sent with other fields; a browser sends one without name and bytes when none was chosen.
async fn upload_with(desk: &Desk, path: &str, (name, bytes): (&str, &str), fields: &[&str]) -> (StatusCode, String) {
    let edge = "----thidua";
    let mut body =
        format!("--{edge}\r\ncontent-disposition: form-data; name=\"tep\"; filename=\"{name}\"\r\n\r\n{bytes}\r\n");
    for field in fields {
        body.push_str(&format!("--{edge}\r\ncontent-disposition: form-data; name=\"{field}\"\r\n\r\n1\r\n"));
    }
    body.push_str(&format!("--{edge}--\r\n"));
    let (status, page) = desk.upload(path, edge, body).await;
    (status, String::from_utf8_lossy(&page).into_owned())
}

fn sender(name: &str) -> [(&str, &str); 6] {
    [
        ("loai", "enterprise"),
        ("ten", name),
        ("ma-so-thue", ""),
        ("dia-chi", "Phường Mộc Châu"),
        ("dien-thoai", "0912 345 678"),
        ("thu", "che@vidu.vn"),
    ]
}

#[tokio::test]
async fn a_letter_is_written_in_four_steps_and_followed_by_its_code() {
    let desk = Desk::outside(TestHouse::sqlite().await);
    let first = leads(&desk, "/phan-anh/gui", &[]).await;
    let draft = first.strip_suffix("/1").expect("the first step").to_owned();
    let at = |step: &str| format!("{draft}/{step}");
    let (status, _) = desk.get(&at("4")).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "nobody reviews what is not written");
    let (status, page) = desk.post(&at("1"), &sender("")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Nhập họ tên hoặc tên tổ chức") && page.contains("0912 345 678"), "it comes back filled");
    assert_eq!(leads(&desk, &at("1"), &sender(HTML)).await, at("2"));
    let long = "a".repeat(100_000);
    let (status, page) = desk.post(&at("2"), &[("tieu-de", "Chậm trả"), ("noi-dung", &long)]).await;
    assert_eq!((status, page.contains("tối đa 10000 ký tự")), (StatusCode::UNPROCESSABLE_ENTITY, true));
    let words = [("tieu-de", HTML), ("noi-dung", "Cha\u{323}\u{302}m\u{202E} <b>trả</b> kết quả")];
    assert_eq!(leads(&desk, &at("2"), &words).await, at("3"));
    for (name, bytes) in [("anh.jpg", "MZ\u{0}\u{3}"), ("a.png", "<svg><script/></svg>"), ("b.pdf", "")] {
        let (status, page) = upload(&desk, &at("tep"), name, bytes).await;
        assert_eq!((status, page.contains("không nhận được")), (StatusCode::UNPROCESSABLE_ENTITY, true), "{name}");
    }
    let (status, _) = upload(&desk, &at("tep"), "lon.pdf", &"%PDF".repeat(30 * 1024 * 256)).await;
    assert!(status.is_client_error(), "thirty megabytes: {status}");
    let (status, _) = upload(&desk, &at("tep"), "ho-so.pdf", "%PDF-1.7\n%%EOF\n").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (status, page) = upload_with(&desk, &at("tep"), ("c.exe", "MZ"), &["an-ten"]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("value=\"1\" checked"), "a refused file does not lose the choice beside it: {page}");
    let (status, _) = upload_with(&desk, &at("tep"), ("anh.pdf", "%PDF-1.7\n%%EOF\n"), &["an-ten", "xong"]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "a chosen file is kept by either button");
    let (_, page) = desk.get(&at("3")).await;
    assert!(page.contains("value=\"1\" checked") && page.contains("anh.pdf"), "{page}");
    let (status, _) = upload_with(&desk, &at("tep"), ("", ""), &["an-ten", "xong"]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "and none need be chosen");
    let (_, page) = desk.get(&at("4")).await;
    assert!(page.contains("không công khai tên"), "{page}");
    assert!(page.contains("ho-so.pdf") && page.contains("Chậm &#60;b&#62;trả") && !page.contains(HTML), "{page}");
    let sent = leads(&desk, &at("xong"), &[]).await;
    let (status, page) = desk.get(&sent).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Đã nhận đơn của bạn") && page.contains("<svg class=\"qr\""));
    for secret in ["0912", "che@vidu.vn", "Phường Mộc Châu", HTML] {
        assert!(!page.contains(secret), "the page of a code shows no {secret}");
    }
    assert_eq!(desk.get(&at("4")).await.0, StatusCode::NOT_FOUND, "the draft is gone");
    let code = sent.strip_prefix("/phan-anh/tra-cuu/").expect("a code").strip_suffix("?moi=1").expect("fresh");
    let typed = code.to_lowercase().replace('-', " ");
    let found = leads(&desk, "/phan-anh/tra-cuu", &[("ma", &typed)]).await;
    assert_eq!(desk.get(&found).await.0, StatusCode::OK, "a code is found however it is typed");
}

#[tokio::test]
async fn a_letter_sent_too_early_says_what_is_missing() {
    let desk = Desk::outside(TestHouse::sqlite().await);
    let first = leads(&desk, "/phan-anh/gui", &[]).await;
    let draft = first.strip_suffix("/1").expect("the first step").to_owned();
    let (status, page) = desk.post(&format!("{draft}/xong"), &[]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Chọn bạn gửi với tư cách nào"), "{page}");
    leads(&desk, &first, &sender("Vì Văn Mới")).await;
    let (status, page) = desk.post(&format!("{draft}/xong"), &[]).await;
    assert_eq!((status, page.contains("Nhập tiêu đề")), (StatusCode::UNPROCESSABLE_ENTITY, true), "{page}");
}

#[tokio::test]
async fn twenty_wrong_codes_are_too_many() {
    let desk = Desk::outside(TestHouse::sqlite().await);
    let mut answers = Vec::new();
    for _ in 0..20 {
        answers.push(desk.get("/phan-anh/tra-cuu/AAAA-BBBB-CCCC-DDDD-EEEE-FFFF").await.0);
    }
    assert_eq!(answers[0], StatusCode::NOT_FOUND);
    assert_eq!(answers[19], StatusCode::TOO_MANY_REQUESTS, "{answers:?}");
    let (status, _) = desk.get("/phan-anh").await;
    assert_eq!(status, StatusCode::OK, "who guesses still reads");
}

fn letter(title: &str) -> NewLetter {
    NewLetter {
        channel: Channel::Counter,
        sender_kind: SenderKind::Person,
        contact: Contact {
            name: "Vì Văn Mới".to_owned(),
            address: "Xã Mường La".to_owned(),
            phone: "0987 654 321".to_owned(),
            ..Contact::default()
        },
        people: 1,
        hide_name: true,
        title: title.to_owned(),
        content: "Giấy hẹn để trống ngày trả kết quả.".to_owned(),
        received_on: None,
    }
}

#[tokio::test]
async fn a_unit_that_guesses_another_units_petition_finds_nothing() {
    let house = TestHouse::sqlite().await;
    let (own, other) = (house.unit("KT", "Phòng Kinh tế").await, house.unit("NC", "Phòng Nội chính").await);
    let clerk = actor(Role::Intake, None);
    let ctx = house.as_actor(&clerk);
    let mut ids = Vec::new();
    for unit in [own, other] {
        let (id, _) = intake::register(&ctx, letter("Giấy hẹn"), None).await.expect("a letter");
        routing::sort(&ctx, id, 1, Kind::Regulation, ("III.4", false)).await.expect("sorted");
        let new = Assignment { lead: unit, helpers: Vec::new(), words: String::new() };
        routing::assign(&ctx, id, 2, &new).await.expect("assigned");
        ids.push(id);
    }
    let desk = Desk::in_house(house, Role::Liaison, Some(own)).await;
    assert_eq!(desk.get(&format!("{INBOX}/{}", ids[0])).await.0, StatusCode::OK);
    assert_eq!(desk.get(&format!("{INBOX}/{}", ids[1])).await.0, StatusCode::NOT_FOUND);
    for door in ["du-thao", "trinh", "tra-lai", "y-kien", "hoi"] {
        let text = [("ban", "3"), ("tra-loi", "x"), ("ly-do-tra", "x"), ("y-kien", "x"), ("cau-hoi", "x")];
        let (status, _) = desk.post(&format!("{INBOX}/{}/{door}", ids[1]), &text).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{door}");
    }
    let (_, page) = desk.get(INBOX).await;
    assert!(page.contains(&ids[0].to_string()) && !page.contains(&ids[1].to_string()));
}

#[tokio::test]
async fn a_hidden_name_is_in_no_public_page_and_in_the_register_of_who_takes_in() {
    let house = TestHouse::sqlite().await;
    let unit = house.unit("KT", "Phòng Kinh tế").await;
    let mut desk = Desk::in_house(house, Role::Intake, None).await;
    let (status, _) = desk.get(&format!("{INBOX}/moi")).await;
    assert_eq!(status, StatusCode::OK);
    let clerk = actor(Role::Intake, None);
    let (id, code) = {
        let ctx = desk.house.as_actor(&clerk);
        intake::register(&ctx, letter("Giấy hẹn không ghi ngày"), None).await.expect("a letter")
    };
    let at = |door: &str| format!("{INBOX}/{id}/{door}");
    let sorted = [("ban", "1"), ("loai", "regulation"), ("khoan", "III.4")];
    leads(&desk, &at("phan-loai"), &sorted).await;
    let (status, page) = desk.post(&at("giao"), &[("ban", "2"), ("don-vi", "")]).await;
    assert_eq!((status, page.contains("Chọn đơn vị chủ trì")), (StatusCode::UNPROCESSABLE_ENTITY, true));
    leads(&desk, &at("giao"), &[("ban", "2"), ("don-vi", &unit.to_string())]).await;
    let program = desk.house.program();
    let seen = async || queries::detail(&program, id).await.expect("a petition").petition.version;
    office::petitions::answering::draft(&program, id, seen().await, "Đã chấn chỉnh bộ phận một cửa.").await.expect("x");
    office::petitions::answering::submit(&program, id, seen().await).await.expect("handed in");
    office::petitions::answering::sign(&program, id, seen().await, "215/VPUB-KT").await.expect("signed");
    let version = seen().await.to_string();
    let told = [
        ("ban", version.as_str()),
        ("ck-tieu-de", "Giấy hẹn không ghi ngày"),
        ("ck-noi-dung", "Vì Văn Mới nói giấy hẹn để trống."),
        ("ck-tra-loi", "Đã chấn chỉnh."),
    ];
    let (status, page) = desk.post(&at("cong-khai"), &told).await;
    assert_eq!((status, page.contains("tên người gửi")), (StatusCode::UNPROCESSABLE_ENTITY, true));
    let covered = [told[0], told[1], ("ck-noi-dung", "Người dân nói giấy hẹn để trống."), told[3]];
    leads(&desk, &at("cong-khai"), &covered).await;
    let (status, sheet) = desk.send(Request::get(format!("{INBOX}/so-tiep-nhan.xlsx")), String::new()).await;
    assert_eq!((status, &sheet[..2]), (StatusCode::OK, &b"PK"[..]));
    let (status, printed) = desk.send(Request::get(format!("{INBOX}/so-tiep-nhan.pdf")), String::new()).await;
    assert_eq!((status, &printed[..5]), (StatusCode::OK, &b"%PDF-"[..]));
    let (_, inside) = desk.get(&format!("{INBOX}/{id}")).await;
    assert!(inside.contains("Vì Văn Mới") && inside.contains("0987 654 321"), "the original is kept");
    desk.leave();
    let pages = [
        "/phan-anh".to_owned(),
        "/phan-anh/da-tra-loi?tim=giay+hen".to_owned(),
        format!("/phan-anh/da-tra-loi/{id}"),
        format!("/phan-anh/tra-cuu/{code}"),
    ];
    for public in &pages {
        let (status, page) = desk.get(public).await;
        assert_eq!(status, StatusCode::OK, "{public}");
        assert!(page.contains("Giấy hẹn không ghi ngày"), "{public}");
        for secret in ["Vì Văn Mới", "0987", "Mường La"] {
            assert!(!page.contains(secret), "{public} shows {secret}");
        }
    }
}

/// What stands in a field of several lines.
fn area<'a>(page: &'a str, name: &str) -> &'a str {
    let (_, rest) = page.split_once(&format!("<textarea id=\"{name}\"")).expect("the field");
    rest.split_once('>').and_then(|(_, rest)| rest.split_once("</textarea>")).expect("its text").0
}

#[tokio::test]
async fn a_wording_is_filled_after_what_was_typed_and_mended_before_it_is_saved() {
    let house = TestHouse::sqlite().await;
    let unit = house.unit("KT", "Phòng Kinh tế").await;
    let clerk = actor(Role::Intake, None);
    let ctx = house.as_actor(&clerk);
    let (id, _) = intake::register(&ctx, letter("Giấy hẹn"), None).await.expect("a letter");
    routing::sort(&ctx, id, 1, Kind::Regulation, ("III.4", false)).await.expect("sorted");
    let new = Assignment { lead: unit, helpers: Vec::new(), words: String::new() };
    routing::assign(&ctx, id, 2, &new).await.expect("assigned");
    let desk = Desk::in_house(house, Role::Head, Some(unit)).await;
    let wordings = "/noi-bo/mau-tra-loi";
    let odd = [("loai-mau", "regulation"), ("ten-mau", "Đã trả kết quả"), ("loi-mau", "Gửi {ten}")];
    let (status, page) = desk.post(wordings, &odd).await;
    assert_eq!((status, page.contains("Không có chỗ điền {ten}")), (StatusCode::UNPROCESSABLE_ENTITY, true), "{page}");
    assert_eq!(area(&page, "loi-mau"), "Gửi {ten}", "it comes back as it was typed");
    let good = [odd[0], odd[1], ("loi-mau", "Gửi {người gửi}: vụ việc {số} đã có kết quả.")];
    leads(&desk, wordings, &good).await;
    let at = |door: &str| format!("{INBOX}/{id}/{door}");
    let (status, page) = desk.post(&at("mau"), &[("ban", "3"), ("tra-loi", "Lời tự soạn.")]).await;
    assert_eq!((status, page.contains("Chọn mẫu trả lời trong danh sách")), (StatusCode::UNPROCESSABLE_ENTITY, true));
    assert_eq!(area(&page, "tra-loi"), "Lời tự soạn.");
    let (_, rest) = page.split_once("<select id=\"mau\"").expect("a list of wordings");
    let template = rest.split("value=\"").nth(2).and_then(|rest| rest.split('"').next()).expect("the wording");
    let typed = [("ban", "3"), ("tra-loi", "Lời tự soạn."), ("mau", template)];
    let (status, page) = desk.post(&at("mau"), &typed).await;
    assert_eq!(status, StatusCode::OK);
    let filled = "Lời tự soạn.\n\nGửi Vì Văn Mới: vụ việc 1/2026 đã có kết quả.";
    assert_eq!(area(&page, "tra-loi"), filled);
    let (_, page) = desk.get(&format!("{INBOX}/{id}")).await;
    assert_eq!(area(&page, "tra-loi"), "", "nothing is kept before it is saved");
    leads(&desk, &at("du-thao"), &[("ban", "3"), ("tra-loi", filled)]).await;
    let (_, page) = desk.get(&format!("{INBOX}/{id}")).await;
    assert_eq!(area(&page, "tra-loi"), filled);
}

#[tokio::test]
async fn a_sender_adds_files_to_a_supplement_and_a_refused_one_loses_no_word() {
    let house = TestHouse::sqlite().await;
    let clerk = actor(Role::Intake, None);
    let ctx = house.as_actor(&clerk);
    let (id, code) = intake::register(&ctx, letter("Giấy hẹn"), None).await.expect("a letter");
    routing::ask(&ctx, id, 1, "Nộp ở đâu?").await.expect("asked");
    let desk = Desk::outside(house);
    let door = format!("/phan-anh/tra-cuu/{code}/{id}/bo-sung");
    let edge = "----thidua";
    let sent = |files: &[(&str, &str)]| {
        let mut body = format!("--{edge}\r\ncontent-disposition: form-data; name=\"bo-sung\"\r\n\r\nNộp ở xã.\r\n");
        for (name, bytes) in files {
            let head = format!("content-disposition: form-data; name=\"tep\"; filename=\"{name}\"");
            body.push_str(&format!("--{edge}\r\n{head}\r\n\r\n{bytes}\r\n"));
        }
        body + &format!("--{edge}--\r\n")
    };
    let pdf = "%PDF-1.7\n%%EOF\n";
    let (status, page) = desk.upload(&door, edge, sent(&[("a.pdf", pdf), ("anh.jpg", "MZ")])).await;
    let page = String::from_utf8_lossy(&page).into_owned();
    assert_eq!((status, page.contains("không nhận được")), (StatusCode::UNPROCESSABLE_ENTITY, true), "{page}");
    assert_eq!(area(&page, "bo-sung"), "Nộp ở xã.");
    let (status, _) = desk.upload(&door, edge, sent(&[("a.pdf", pdf), ("b.pdf", pdf)])).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, page) = desk.get(&format!("/phan-anh/tra-cuu/{code}")).await;
    assert!(page.contains("a.pdf, b.pdf"), "{page}");
}

#[tokio::test]
async fn a_letter_beyond_the_pace_is_kept_with_a_place_in_the_queue() {
    let desk = Desk::outside(TestHouse::sqlite().await);
    let first = leads(&desk, "/phan-anh/gui", &[]).await;
    let draft = first.strip_suffix("/1").expect("the first step").to_owned();
    let at = |step: &str| format!("{draft}/{step}");
    leads(&desk, &at("1"), &sender("Vì Văn Mới")).await;
    leads(&desk, &at("2"), &[("tieu-de", "Chậm trả"), ("noi-dung", "Giấy hẹn để trống ngày.")]).await;
    // So many come before it that its turn is most of a minute away, however slow the machine is.
    for other in 0..80 {
        assert_eq!(desk.post(&format!("/phan-anh/gui/khong-co-{other}/xong"), &[]).await.0, StatusCode::NOT_FOUND);
    }
    for _ in 0..2 {
        let (status, page) = desk.post(&at("xong"), &[]).await;
        assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
        assert!(page.contains("Số giây phải chờ") && page.contains(&format!("action=\"{}\"", at("xong"))), "{page}");
    }
    let (status, page) = desk.get(&at("4")).await;
    assert_eq!((status, page.contains("Giấy hẹn để trống ngày.")), (StatusCode::OK, true), "nothing of it is lost");
    for other in 80..200 {
        desk.post(&format!("/phan-anh/gui/khong-co-{other}/xong"), &[]).await;
    }
    let second = leads(&desk, "/phan-anh/gui", &[]).await;
    let second = second.strip_suffix("/1").expect("the first step");
    let (status, page) = desk.post(&format!("{second}/xong"), &[]).await;
    assert_eq!((status, page.contains("đủ số đơn của một ngày")), (StatusCode::TOO_MANY_REQUESTS, true), "{page}");
    assert_eq!(desk.get("/phan-anh").await.0, StatusCode::OK, "who sends too much still reads");
}
