//! A house on its first day: what it asks for, in which order, and that every step has a door.

use crate::desk::{Desk, SECRET};
use axum::http::StatusCode;
use office::House;
use office::identity::{queries, service};
use office::organization;
use testkit::{TODAY, TestHouse};

/// The first administrator came in through the set-up link.
async fn first_desk() -> Desk {
    let mut desk = Desk::outside(TestHouse::sqlite().await);
    let link = service::first_link(&desk.house).await.expect("a link").expect("nobody is there yet");
    let typed = [("ho-ten", "Quản trị"), ("ten-dang-nhap", "quantri"), ("mat-khau", SECRET), ("nhap-lai", SECRET)];
    let set_up = desk.post(&format!("/thiet-lap/{}", link.reveal()), &typed).await;
    assert!(set_up.0.is_redirection(), "{} {}", set_up.0, set_up.1);
    desk.enter("quantri").await;
    desk
}

async fn read(desk: &Desk, path: &str) -> String {
    let (status, text) = desk.get(path).await;
    assert_eq!(status, StatusCode::OK, "{path}");
    text
}

async fn units(house: &House) -> Vec<String> {
    let mut tx = house.db.read().await.expect("a transaction");
    let units = organization::queries::units(&mut tx, TODAY).await.expect("units");
    units.into_iter().map(|unit| unit.code).collect()
}

#[tokio::test]
async fn an_empty_house_leads_its_first_administrator_from_step_to_step() {
    let desk = first_desk().await;
    let home = read(&desk, "/noi-bo").await;
    assert!(home.contains("Thêm các đơn vị") && !home.contains("Nhập danh sách cán bộ"), "units come first");
    let people = read(&desk, "/noi-bo/con-nguoi").await;
    assert!(people.contains("Chưa có cán bộ nào"), "an empty list says so, not that nothing matches");
    let unit = [("ten", "Phòng Kinh tế"), ("ma", "KT"), ("loai", "division"), ("tu-ngay", "01/01/2026")];
    assert!(desk.post("/noi-bo/don-vi", &unit).await.0.is_redirection());
    assert_eq!(units(&desk.house).await, ["KT"]);
    assert!(read(&desk, "/noi-bo").await.contains("Nhập danh sách cán bộ"), "then people");
    desk.house.person("A1", "Lò Văn A").await;
    assert!(read(&desk, "/noi-bo").await.contains("Mở tài khoản cho mọi người"), "then accounts");
    let account = [("ho-ten", "Lò Văn A"), ("ten-dang-nhap", "lovana"), ("ma-can-bo", "A1")];
    assert_eq!(desk.post("/noi-bo/tai-khoan", &account).await.0, StatusCode::OK);
    let accounts = queries::list(&desk.house.program()).await.expect("accounts");
    let opened = accounts.iter().find(|(account, _)| account.login == "lovana").expect("the new account");
    assert!(opened.0.person.is_some(), "the account belongs to a person, who can vote");
    assert!(!read(&desk, "/noi-bo").await.contains("bước đầu"), "the administrator's first steps are done");
}

#[tokio::test]
async fn a_unit_that_does_not_fit_comes_back_with_what_to_mend() {
    let desk = first_desk().await;
    let fine = [("ten", "Phòng Kinh tế"), ("ma", "KT"), ("loai", "division"), ("tu-ngay", "01/01/2026")];
    assert!(desk.post("/noi-bo/don-vi", &fine).await.0.is_redirection());
    for (field, value, what) in [
        ("ten", " ", "Nhập tên đơn vị"),
        ("ma", "", "Nhập mã đơn vị"),
        ("ma", "kt", "mã đơn vị “KT” đã có; chọn mã khác"),
        ("loai", "castle", "Chọn loại đơn vị trong danh sách"),
        ("tu-ngay", "31/02/2026", "không có ngày 31"),
        ("tu-ngay", "01/01/2099", "nhập ngày không sau hôm nay"),
    ] {
        let typed = fine.map(|(name, was)| if name == field { (name, value) } else { (name, was) });
        let (status, page) = desk.post("/noi-bo/don-vi", &typed).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{field}={value}");
        assert!(page.to_lowercase().contains(&what.to_lowercase()), "{what} is not said for {field}={value}");
        assert!(field == "ten" || page.contains("Phòng Kinh tế"), "what was typed is kept");
    }
    assert_eq!(units(&desk.house).await, ["KT"]);
}

#[tokio::test]
async fn an_account_for_a_staff_code_that_nobody_has_is_refused() {
    let desk = first_desk().await;
    let account = [("ho-ten", "Lò Văn A"), ("ten-dang-nhap", "lovana"), ("ma-can-bo", "B9")];
    let (status, page) = desk.post("/noi-bo/tai-khoan", &account).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Không có cán bộ mang mã này"));
    assert_eq!(queries::list(&desk.house.program()).await.expect("accounts").len(), 1);
}

#[tokio::test]
async fn what_is_wrong_about_an_account_stands_in_its_own_form() {
    let desk = first_desk().await;
    desk.house.person("A1", "Lò Văn A").await;
    let unit = desk.house.unit("KT", "Phòng Kinh tế").await.to_string();
    let account = [("ho-ten", "Lò Văn A"), ("ten-dang-nhap", "lovana")];
    assert_eq!(desk.post("/noi-bo/tai-khoan", &account).await.0, StatusCode::OK);
    let accounts = queries::list(&desk.house.program()).await.expect("accounts");
    let id = accounts.iter().find(|(account, _)| account.login == "lovana").expect("the new account").0.id;
    let [role, of, who] = ["vai-tro", "don-vi", "nguoi"].map(|field| format!("{field}-{id}"));
    let [role, of, who] = [role.as_str(), of.as_str(), who.as_str()];
    let (grant, bind) = (format!("/noi-bo/tai-khoan/{id}/vai-tro"), format!("/noi-bo/tai-khoan/{id}/nguoi"));
    let refused = async |path: &str, typed: &[(&str, &str)], field: &str, what: &str| {
        let (status, page) = desk.post(path, typed).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{typed:?}");
        assert!(page.contains(what) && page.contains(&format!("href=\"#{field}\"")), "{typed:?} {page}");
        assert!(page.contains(&format!("id=\"{field}\"")), "the summary leads somewhere: {typed:?}");
    };
    refused(&grant, &[(role, "chief"), (of, "")], role, "ghi mã cán bộ").await;
    refused(&grant, &[(role, "member"), (of, "")], role, "ghi mã cán bộ").await;
    refused(&grant, &[(role, "head"), (of, "")], of, "chọn đơn vị đó").await;
    refused(&grant, &[(role, "khong-co"), (of, "")], role, "Chọn vai trò").await;
    refused(&bind, &[(who, "SAI999")], who, "Không có cán bộ mang mã này").await;
    refused(&bind, &[(who, "")], who, "Nhập mã cán bộ").await;
    assert!(desk.post(&bind, &[(who, "A1")]).await.0.is_redirection());
    assert_eq!(desk.post(&bind, &[(who, "A1")]).await.0, StatusCode::CONFLICT, "it is said once");
    let second = [("ho-ten", "Lò Văn A"), ("ten-dang-nhap", "lovana.hai"), ("ma-can-bo", "A1")];
    refused("/noi-bo/tai-khoan", &second, "ma-can-bo", "mỗi người một tài khoản").await;
    assert!(desk.post(&grant, &[(role, "chief"), (of, "")]).await.0.is_redirection());
    assert!(desk.post(&grant, &[(role, "head"), (of, unit.as_str())]).await.0.is_redirection());
    assert!(read(&desk, "/noi-bo/tai-khoan").await.contains("Phòng Kinh tế · không thời hạn"));
}
