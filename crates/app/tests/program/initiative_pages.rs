//! Initiatives on pages: written with shares that make a whole, decided on, taken over, public; kept from whom
//! they are not for.

use crate::desk::Desk;
use axum::http::{Method, Request, StatusCode};
use kernel::Role;
use office::demo;
use office::initiatives::model::StateKind;
use office::initiatives::queries::{self, Filter};
use office::initiatives::{InitiativeId, library};
use testkit::TestHouse;
use web::Door;

const LIST: &str = "/noi-bo/sang-kien";
const REASON: &str = "Hai nơi khác nhau về cách làm";

/// The example house with somebody of a role for a unit at the desk.
async fn desk(role: Role, unit: Option<&str>) -> Desk {
    let house = TestHouse::sqlite().await;
    demo::fill(&house).await.expect("an example");
    let mut tx = house.db.read().await.expect("a transaction");
    let units = office::organization::queries::units(&mut tx, house.clock.today()).await.expect("units");
    drop(tx);
    let unit = unit.map(|code| units.iter().find(|one| one.code == code).expect("a unit of the example").id);
    Desk::in_house(house, role, unit).await
}

/// The initiatives of the example in a state.
async fn in_state(desk: &Desk, state: StateKind) -> Vec<queries::Listed> {
    let filter = Filter { state: Some(state), ..Filter::default() };
    queries::list(&desk.house.program(), &filter, None).await.expect("a list").0
}

/// The fields of a form that writes an initiative of the unit KT, with these lines of authors.
fn fields(unit: &str, authors: &[(&str, &str, &str)]) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = [
        ("ten", "Sổ tay trả lời điện thoại <script>alert(1)</script>"),
        ("don-vi", unit),
        ("khoan", "II.6"),
        ("linh-vuc", "enterprises"),
        ("van-de", "Mỗi người trả lời một cách."),
        ("giai-phap", "Một sổ tay dùng chung, sửa mỗi tháng."),
        ("ngay-ap-dung", "01/03/2026"),
        ("pham-vi", "co_so"),
        ("hq-chi-so", "Cuộc gọi lại mỗi tuần"),
        ("hq-don-vi", "cuộc"),
        ("hq-truoc", "24"),
        ("hq-sau", "7,5"),
        ("hq-nguon", "Sổ trực"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec();
    for (who, workplace, share) in authors {
        for (name, value) in [("tg-nguoi", who), ("tg-noi", workplace), ("tg-ty-le", share)] {
            fields.push((name.to_owned(), (*value).to_owned()));
        }
    }
    fields
}

async fn send(desk: &Desk, path: &str, fields: &[(String, String)]) -> (StatusCode, String) {
    let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    desk.post(path, &pairs).await
}

#[tokio::test]
async fn shares_of_99_and_101_come_back_with_the_sentence_and_the_lines_filled() {
    let desk = desk(Role::Head, Some("KT")).await;
    let unit = {
        let ctx = desk.house.program();
        let units = queries::units(&ctx).await.expect("units");
        units.iter().find(|one| one.code == "KT").expect("a unit").id.to_string()
    };
    for (second, sum) in [("39", "99%"), ("41", "101%")] {
        let authors = [("VP018", "", "60"), ("Lò Văn Ngoài", "Xã Mường Bú", second)];
        let (status, page) = send(&desk, &format!("{LIST}/moi"), &fields(&unit, &authors)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains(&format!("cộng lại là {sum}, phải đúng 100%")), "{sum}");
        assert!(page.contains("Xã Mường Bú") && page.contains("Sổ tay trả lời"), "the form is filled");
    }
    let nobody = [("VP999", "", "100")];
    let (status, page) = send(&desk, &format!("{LIST}/moi"), &fields(&unit, &nobody)).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("không có mã cán bộ “VP999”"));
    let (status, place) = {
        let all = fields(&unit, &[("VP018", "", "100")]);
        let pairs = all.iter().map(|(name, value)| format!("{}={}", web::urls::encode(name), web::urls::encode(value)));
        desk.place(&format!("{LIST}/moi"), pairs.collect::<Vec<_>>().join("&")).await
    };
    assert_eq!(status, StatusCode::SEE_OTHER, "a single author has it all");
    let (status, page) = desk.get(&place).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("100%") && page.contains("7,5") && !page.contains("<script>alert"), "{page}");
    let (status, bytes) = desk.send(Request::get(format!("{place}/trich.pdf")), String::new()).await;
    assert!(status == StatusCode::OK && bytes.starts_with(b"%PDF"));
    let (status, bytes) = desk.send(Request::get(format!("{LIST}/danh-sach.xlsx")), String::new()).await;
    assert!(status == StatusCode::OK && bytes.starts_with(b"PK"));
}

#[tokio::test]
async fn the_list_is_found_with_or_without_diacritics_and_shows_what_was_typed_by_hand() {
    let desk = desk(Role::Standing, None).await;
    for text in ["phân luồng", "phan luong", "PHAN LUONG"] {
        let (status, page) = desk.get(&format!("{LIST}?tim={}", web::urls::encode(text))).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("Bảng phân luồng kiến nghị dùng chung"), "{text}");
    }
    let (_, page) = desk.get(LIST).await;
    assert!(page.contains("Ghi tay trong hồ sơ gốc") && page.contains("SK-03"));
    let (status, page) = desk.get(&format!("{LIST}/xet")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Phiếu hẹn có mã tra cứu tại quầy Một cửa") && page.contains("chưa kết luận"));
    let (status, page) = desk.get("/noi-bo").await;
    assert!(status == StatusCode::OK && page.contains("chờ xét"));
}

#[tokio::test]
async fn a_reviewer_decides_on_what_looks_alike_before_recognising_and_the_two_decisions_stand_apart() {
    let desk = desk(Role::Standing, None).await;
    let one = in_state(&desk, StateKind::Review).await.remove(0).initiative;
    let here = format!("{LIST}/{}", one.id);
    let (_, page) = desk.get(&here).await;
    assert!(page.contains("SK-03") && page.contains("tên giống"), "the entry typed by hand is shown");
    let alike = office::initiatives::likeness::alike(&desk.house.program(), one.id).await.expect("a list");
    let edge = "----thidua";
    let decision = |prefix: &str, number: &str, more: &[(&str, &str)]| {
        let version = [("phien-ban", "3")];
        let own = [("cap", "co_so"), ("so", number), ("ngay", "20/11/2026"), ("nguoi-ky", "Chánh Văn phòng")];
        let own = own.map(|(name, value)| (format!("{prefix}-{name}"), value));
        let all = own.iter().map(|(name, value)| (name.as_str(), *value)).chain(version).chain(more.iter().copied());
        let parts = all.map(|(name, value)| {
            format!("--{edge}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        });
        parts.collect::<String>() + &format!("--{edge}--\r\n")
    };
    let (status, page) = desk.upload(&format!("{here}/cong-nhan"), edge, decision("cn", "15/QĐ-VP", &[])).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(String::from_utf8_lossy(&page).contains("chưa có kết luận trùng hay không trùng"));
    for other in &alike {
        let field = format!("ly-do-{}", other.id);
        let form = [("ket-luan", "distinct"), (field.as_str(), REASON)];
        let (status, _) = desk.post(&format!("{here}/giong/{}", other.id), &form).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
    }
    let (status, _) = desk.upload(&format!("{here}/cong-nhan"), edge, decision("cn", "15/QĐ-VP", &[])).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let reach = [("pv-pham-vi", "tinh"), ("pv-nhan-rong", "co"), ("phien-ban", "4")];
    let body = decision("pv", "15/QĐ-VP", &reach).replace("\r\n\r\n3\r\n", "\r\n\r\n4\r\n");
    let (status, page) = desk.upload(&format!("{here}/pham-vi"), edge, body.clone()).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(String::from_utf8_lossy(&page).contains("là hai quyết định riêng"));
    let body = body.replace("15/QĐ-VP", "77/QĐ-UBND");
    assert_eq!(desk.upload(&format!("{here}/pham-vi"), edge, body).await.0, StatusCode::SEE_OTHER);
    let (_, page) = desk.get(&here).await;
    assert!(page.contains("15/QĐ-VP") && page.contains("77/QĐ-UBND"));
    // The plan shows what hangs on the clause.
    let (status, page) = desk.get("/noi-bo/ke-hoach/ma-tran").await;
    assert!(status == StatusCode::OK && page.contains("sáng kiến"));
}

#[tokio::test]
async fn a_claim_with_two_adopters_is_flagged_and_the_adopter_alone_confirms() {
    let desk = desk(Role::Head, Some("NC")).await;
    let one = in_state(&desk, StateKind::Recognised).await.remove(0).initiative;
    let (_, page) = desk.get(&format!("{LIST}/{}", one.id)).await;
    assert!(page.contains("nhưng mới có 2 đơn vị áp dụng đã xác nhận; cần ít nhất 3"), "{page}");
    let (status, page) = desk.get("/noi-bo/sang-kien/ap-dung").await;
    assert!(status == StatusCode::OK && page.contains("Xác nhận đang áp dụng"));
    let detail = queries::detail(&desk.house.program(), one.id).await.expect("a page");
    let waiting = detail.replications.iter().find(|line| line.replication.answered.is_none()).expect("one waits");
    let path = format!("/noi-bo/ap-dung/{}", waiting.replication.id);
    let (status, page) = desk.post(&format!("{path}/khong-dung"), &[("phien-ban", "1")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Ghi rõ lý do"));
    // Another unit's taking over is not this unit's to answer for.
    let other = detail.replications.iter().find(|line| line.replication.unit != waiting.replication.unit);
    let other = format!("/noi-bo/ap-dung/{}/ngung", other.expect("another").replication.id);
    let day = format!("ngay-ngung-{}", detail.replications[0].replication.id);
    let (status, _) = desk.post(&other, &[("phien-ban", "2"), (day.as_str(), "20/11/2026")]).await;
    assert!(
        matches!(status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND | StatusCode::UNPROCESSABLE_ENTITY),
        "{status}"
    );
    assert_eq!(desk.post(&format!("{path}/xac-nhan"), &[("phien-ban", "1")]).await.0, StatusCode::SEE_OTHER);
    let (_, page) = desk.get(&format!("{LIST}/{}", one.id)).await;
    assert!(page.contains("3/3 đơn vị áp dụng đã xác nhận"), "{page}");
}

#[tokio::test]
async fn a_model_is_read_without_an_account_until_an_author_withdraws() {
    let mut desk = desk(Role::Standing, None).await;
    let one = in_state(&desk, StateKind::Recognised).await.remove(0).initiative;
    let path = format!("/mo-hinh/{}", one.code);
    let (status, page) = desk.get(&format!("{LIST}/{}", one.id)).await;
    assert!(status == StatusCode::OK && page.contains(&path));
    desk.leave();
    let (status, page) = desk.get("/mo-hinh?tim=phan+luong").await;
    assert!(status == StatusCode::OK && page.contains(&path), "{page}");
    let (status, page) = desk.get(&path).await;
    assert!(status == StatusCode::OK && page.contains("Tác giả đồng ý nêu tên"));
    library::withdraw_consent(&desk.house.program(), one.id, 1).await.expect("taken back");
    assert_eq!(desk.get(&path).await.0, StatusCode::NOT_FOUND);
    assert!(!desk.get("/mo-hinh").await.1.contains(&path));
    assert_eq!(desk.get("/mo-hinh/SK-0000-000").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn no_door_of_a_pending_initiative_opens_for_another_unit_and_nothing_is_written() {
    let desk = desk(Role::Head, Some("TH")).await;
    let mut pending: Vec<InitiativeId> = Vec::new();
    for state in [StateKind::Draft, StateKind::Review, StateKind::Returned] {
        pending.extend(in_state(&desk, state).await.into_iter().map(|one| one.initiative.id));
    }
    assert_eq!(pending.len(), 3, "the example has a draft, one under review and one given back");
    let (_, list) = desk.get(LIST).await;
    let (_, sheet) = desk.send(Request::get(format!("{LIST}/danh-sach.xlsx")), String::new()).await;
    let sheet = papers::sheet::Sheet::read(&sheet, &papers::sheet::Limits::default()).expect("a sheet");
    let sheet = format!("{sheet:?}");
    let entries =
        async || office::ledger::service::verify(&desk.house.db, &desk.house.keys).await.expect("a chain").entries;
    let before = entries().await;
    let doors: Vec<Door> = web::doors().list().filter(|door| door.path.contains("{initiative}")).cloned().collect();
    assert!(doors.len() > 15, "{}", doors.len());
    for id in &pending {
        let one = queries::detail(&desk.house.program(), *id).await.expect("a page").initiative;
        assert!(!list.contains(&id.to_string()) && !list.contains(&one.name), "{}", one.name);
        assert!(!sheet.contains(&one.name), "{}", one.name);
        for door in doors.iter().filter(|door| !door.path.contains("{nomination}")) {
            let path = door.path.replace("{initiative}", &id.to_string()).replace("{edition}", "1");
            let path = path.replace("{file}", &id.to_string()).replace("{other}", &id.to_string());
            let body = "phien-ban=3&ly-do-rut=M%E1%BB%99t+l%C3%BD+do+%C4%91%E1%BB%A7+d%C3%A0i&tac-gia-so=1";
            let request = Request::builder().method(door.method.clone()).uri(&path);
            let body = if door.method == Method::GET { "" } else { body };
            let (status, bytes) = desk.send(request, body.to_owned()).await;
            let text = String::from_utf8_lossy(&bytes);
            let refused = matches!(status, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN | StatusCode::BAD_REQUEST);
            assert!(refused && !text.contains(&one.name), "{} {path}: {status}", door.method);
        }
    }
    assert_eq!(entries().await, before, "something was written");
}
