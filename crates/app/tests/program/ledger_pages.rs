//! The ledger's page: what was done in words, and how the list is narrowed.

use axum::http::StatusCode;
use kernel::{Date, Role};
use office::organization::model::{NewUnit, UnitKind};
use office::organization::units;

use crate::desk::Desk;

const PAGE: &str = "/noi-bo/nhat-ky";

/// An inspector in a house where a unit was added and renamed.
async fn desk() -> Desk {
    let desk = Desk::of(Role::Inspector).await;
    let program = desk.house.program();
    let new = NewUnit {
        code: "KT".to_owned(),
        name: "Phòng Kinh tế".to_owned(),
        kind: UnitKind::Division,
        from: Date::constant(2026, 1, 1),
        position: 1,
        document: None,
    };
    units::add(&program, &new).await.expect("a unit");
    desk
}

#[tokio::test]
async fn an_entry_says_what_was_done_in_words_and_its_code_only_in_the_details() {
    let (status, text) = desk().await.get(PAGE).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("<td>Thêm đơn vị</td><td>Đơn vị "), "{text}");
    assert!(text.contains("<dt>Mã việc</dt><dd>organization.add_unit</dd>"));
    assert!(!text.contains("<small>organization"));
    assert_eq!(text.matches(">organization.add_unit<").count(), 1, "nowhere but in the details");
}

#[tokio::test]
async fn the_list_is_narrowed_by_words_that_send_codes() {
    let desk = desk().await;
    let (_, text) = desk.get(PAGE).await;
    assert!(text.contains(r#"<optgroup label="Tổ chức, con người">"#));
    assert!(text.contains(r#"<option value="organization.add_unit">Thêm đơn vị</option>"#));
    assert!(text.contains(r#"<option value="unit">Đơn vị</option>"#));
    assert!(!text.contains(r#"<option value="conduct."#), "what is never shown is not offered");
    let (_, text) = desk.get(&format!("{PAGE}?viec=organization.add_unit&doi_tuong=unit")).await;
    assert!(text.contains(r#"<option value="organization.add_unit" selected>Thêm đơn vị</option>"#));
    assert!(text.contains(r#"<option value="unit" selected>Đơn vị</option>"#));
    assert!(text.contains("<td>Thêm đơn vị</td>") && !text.contains("<td>Đăng nhập</td>"), "{text}");
    let (_, text) = desk.get(&format!("{PAGE}?viec=identity.sign_in")).await;
    assert!(text.contains("<td>Đăng nhập</td>") && !text.contains("<td>Thêm đơn vị</td>"));
}

#[tokio::test]
async fn a_code_of_an_address_that_nobody_offers_stays_chosen() {
    let (status, text) = desk().await.get(&format!("{PAGE}?viec=moon.land&doi_tuong=moon")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains(r#"<option value="moon.land" selected>moon.land</option>"#));
    assert!(text.contains(r#"<option value="moon" selected>moon</option>"#));
    assert!(text.contains("Không có mục nào khớp."));
}

#[tokio::test]
async fn the_list_is_narrowed_to_days_and_to_one_thing_and_a_day_that_is_none_comes_back() {
    let desk = desk().await;
    let (_, text) = desk.get(PAGE).await;
    let link = text.split("ma=").nth(1).and_then(|rest| rest.split('"').next()).expect("a link to one thing");
    let (status, one) = desk.get(&format!("{PAGE}?ma={link}")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(one.contains(&format!(r#"name="ma" value="{link}""#)), "what was asked for stays: {one}");
    let today = kernel::numbers::short_date(testkit::TODAY);
    let tomorrow = kernel::numbers::short_date(testkit::TODAY.tomorrow().expect("a day"));
    let (_, found) = desk.get(&format!("{PAGE}?tu={today}&den={today}")).await;
    assert!(found.contains("<td>Thêm đơn vị</td>"), "{found}");
    let (_, found) = desk.get(&format!("{PAGE}?tu={tomorrow}")).await;
    assert!(found.contains("Không có mục nào khớp."), "{found}");
    let (_, found) = desk.get(&format!("{PAGE}?ma=khong-co")).await;
    assert!(found.contains("Không có mục nào khớp."), "{found}");
    let (status, found) = desk.get(&format!("{PAGE}?tu=31/02/2026")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(found.contains("không có ngày 31") && found.contains(r#"value="31/02/2026""#), "{found}");
}
