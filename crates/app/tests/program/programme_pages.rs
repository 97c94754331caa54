//! Programmes as people meet them: what is typed comes back with its fault, what is under review is shut.

use crate::desk::{Desk, SECRET};
use axum::http::{Request, StatusCode};
use kernel::id::UnitId;
use kernel::{Period, Role};
use office::identity::accounts::{self, NewAccount};
use testkit::TestHouse;

const TEXTS: [(&str, &str); 4] = [
    ("chu-de", "Đồng hành cùng doanh nghiệp"),
    ("noi-dung", "Mỗi tháng một việc mới"),
    ("tieu-chi", "Đúng hạn"),
    ("hinh-thuc", "Thi đua thường xuyên"),
];

async fn desk() -> (Desk, UnitId) {
    let house = TestHouse::sqlite().await;
    let unit = house.unit("KT", "Phòng Kinh tế").await;
    let program = house.program();
    let hash = accounts::hash(SECRET).await.expect("long enough");
    for (login, role) in [("chanhvp", Role::Chief), ("thuongtruc", Role::Standing), ("canbo", Role::Officer)] {
        let person = house.person_for(role, login).await;
        let new = NewAccount { login: login.to_owned(), name: role.name_vi().to_owned(), person };
        let id = accounts::open_with_password(&program, &new, hash.clone()).await.expect("a free login");
        accounts::grant(&program, id, role, None, Period::since(program.today())).await.expect("a grant");
    }
    (Desk::in_house(house, Role::Head, Some(unit)).await, unit)
}

#[tokio::test]
async fn a_programme_is_written_handed_in_returned_and_approved_on_its_pages() {
    let (mut desk, unit) = desk().await;
    let page = format!("/noi-bo/chuong-trinh/{unit}");
    let write = format!("{page}/soan");
    let seen = ("phien-ban", "0");
    let (status, text) = desk.post(&write, &[&TEXTS[..], &[seen, ("viec-1", "Rút ngắn thời gian")]].concat()).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        text.contains("chọn khoản của Kế hoạch") || text.contains("Dòng 1: chọn khoản"),
        "the fault names the clause"
    );
    assert!(text.contains("Rút ngắn thời gian"), "what was typed comes back");
    let (status, _) = desk.post(&write, &[&TEXTS[..1], &[seen]].concat()).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "a draft may lack much");
    let (status, text) = desk.post(&format!("{page}/gui"), &[]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("Còn thiếu: nội dung; tiêu chí"), "it says what is missing");
    let line = [("phien-ban", "1"), ("khoan-2", "II.1"), ("viec-2", "Rút ngắn thời gian"), ("han-2", "31/12/2026")];
    let (status, _) = desk.post(&write, &[&TEXTS[..], &line].concat()).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (status, _) = desk.post(&format!("{page}/gui"), &[]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    for shut in [desk.get(&write).await.0, desk.post(&write, &[&TEXTS[..], &line].concat()).await.0] {
        assert_eq!(shut, StatusCode::FORBIDDEN, "nobody edits what is under review");
    }

    desk.enter("chanhvp").await;
    let (_, home) = desk.get("/noi-bo").await;
    assert!(home.contains("Chương trình thi đua của Phòng Kinh tế"), "it waits for the chief");
    let (status, text) = desk.post(&format!("{page}/tra-lai"), &[("ly-do", "")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("ít nhất 20 ký tự"));
    let reason = "Bổ sung chỉ tiêu có số liệu cho nhiệm vụ";
    assert_eq!(desk.post(&format!("{page}/tra-lai"), &[("ly-do", reason)]).await.0, StatusCode::SEE_OTHER);

    desk.enter("o.ban.nay").await;
    assert!(desk.get(&page).await.1.contains(reason), "its writer reads why");
    assert_eq!(desk.post(&format!("{page}/gui"), &[]).await.0, StatusCode::SEE_OTHER);
    desk.enter("chanhvp").await;
    let stale = desk.post(&format!("{page}/duyet"), &[("phien-ban", "1")]).await;
    assert_eq!(stale.0, StatusCode::CONFLICT, "it changed since it was read");
    let (_, text) = desk.get(&page).await;
    let version = text.split("name=\"phien-ban\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let version = version.expect("the version under the button");
    assert_eq!(desk.post(&format!("{page}/duyet"), &[("phien-ban", version)]).await.0, StatusCode::SEE_OTHER);
    let (_, text) = desk.get("/noi-bo/chuong-trinh").await;
    assert!(text.contains("<b>100%</b>: 1 / 1"), "the target is met");
    let (status, pdf) = desk.send(Request::get(format!("{page}/ban/1/chuong-trinh.pdf")), String::new()).await;
    assert_eq!((status, &pdf[..5]), (StatusCode::OK, &b"%PDF-"[..]));
    let (status, sheet) = desk.send(Request::get("/noi-bo/chuong-trinh/danh-sach.xlsx"), String::new()).await;
    assert_eq!((status, &sheet[..2]), (StatusCode::OK, &b"PK"[..]));
}

#[tokio::test]
async fn a_launch_is_opened_by_its_page_and_a_stranger_finds_no_programme() {
    let (mut desk, unit) = desk().await;
    desk.enter("thuongtruc").await;
    let launch = [("tieu-de", "Phát động"), ("noi-dung", "Xây dựng chương trình")];
    let (status, text) = desk.post("/noi-bo/phat-dong", &[&launch[..], &[("han", "01/01/2020")]].concat()).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("Hạn gửi chương trình phải từ hôm nay"));
    let (status, _) = desk.post("/noi-bo/phat-dong", &[&launch[..], &[("han", "15/12/2026")]].concat()).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, list) = desk.get("/noi-bo/phat-dong").await;
    let path = list.split("href=\"/noi-bo/phat-dong/").nth(1).and_then(|rest| rest.split('"').next());
    let path = format!("/noi-bo/phat-dong/{}", path.expect("a launch"));
    assert!(desk.get(&path).await.1.contains("đã nhận, chưa mở"));
    let remind = format!("{path}/nhac");
    let to = [("don-vi", unit.to_string())];
    let to: Vec<(&str, &str)> = to.iter().map(|(field, value)| (*field, value.as_str())).collect();
    assert_eq!(desk.post(&remind, &to).await.0, StatusCode::SEE_OTHER);
    assert_eq!(desk.post(&remind, &to).await.0, StatusCode::CONFLICT, "once a day");

    desk.enter("o.ban.nay").await;
    let (_, home) = desk.get("/noi-bo").await;
    assert!(home.contains("được nhắc ngày"), "the reminder stands on the head's first page");
    assert_eq!(desk.get(&path).await.0, StatusCode::OK);
    desk.enter("thuongtruc").await;
    assert!(desk.get(&path).await.1.contains("1 / 1"), "opened by looking at it");

    desk.enter("canbo").await;
    assert_eq!(desk.get(&format!("/noi-bo/chuong-trinh/{unit}")).await.0, StatusCode::NOT_FOUND);
    assert_eq!(desk.get(&format!("/noi-bo/chuong-trinh/{unit}/ban/1/chuong-trinh.pdf")).await.0, StatusCode::NOT_FOUND);
    assert_eq!(desk.post(&format!("/noi-bo/chuong-trinh/{unit}/duyet"), &[]).await.0, StatusCode::FORBIDDEN);
    let (_, list) = desk.get("/noi-bo/chuong-trinh").await;
    assert!(!list.contains("Phòng Kinh tế"), "numbers only");
    assert_eq!(desk.get("/noi-bo/chuong-trinh?ngay=32/13/2026").await.0, StatusCode::UNPROCESSABLE_ENTITY);
}
