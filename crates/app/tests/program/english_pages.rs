//! The English screen tells faults and refusals in English, though rooms say them in Vietnamese.

use crate::desk::{Desk, encoded};
use axum::http::request::Builder;
use axum::http::{Request, StatusCode, header};
use kernel::Role;
use office::tasks::queries::{self, Filter};
use testkit::TestHouse;

async fn ask(desk: &Desk, request: Builder, fields: &[(&str, &str)]) -> (StatusCode, String) {
    let (status, bytes) = desk.send(request.header(header::COOKIE, "ngon-ngu=en"), encoded(fields)).await;
    (status, String::from_utf8(bytes).expect("text"))
}

/// The part of a page between a beginning and the next end, which must be in English.
fn english<'a>(page: &'a str, beginning: &str, end: &str) -> &'a str {
    let part = page.split_once(beginning).and_then(|(_, rest)| rest.split_once(end)).map(|(part, _)| part);
    let part = part.unwrap_or_else(|| panic!("no {beginning}: {page}"));
    assert!(!part.chars().any(|letter| letter.is_alphabetic() && !letter.is_ascii()), "Vietnamese letters: {part}");
    part
}

#[tokio::test]
async fn a_form_with_faults_comes_back_with_them_in_english() {
    let house = TestHouse::sqlite().await;
    let unit = house.unit("KT", "Phòng Kinh tế").await;
    let desk = Desk::in_house(house, Role::Head, Some(unit)).await;
    let unit = unit.to_string();
    let good = [("ten", "Meeting"), ("khoan", "III.1"), ("don-vi", &unit), ("han", "30/11/2026"), ("trong-so", "1")];
    for (field, bad, says) in [
        ("ten", "", "Enter the name of the task"),
        ("don-vi", "", "Choose the leading unit"),
        ("han", "31/02/2026", "onth 2 of 2026 has no day 31; its last day is 28"),
        ("han", "01/11/2026", "The due day must be 23/11/2026, the day it was assigned, or later"),
        ("trong-so", "0", "The weight must be from 1 to 100"),
    ] {
        let fields: Vec<_> =
            good.iter().map(|(name, value)| (*name, if *name == field { bad } else { value })).collect();
        let (status, page) = ask(&desk, Request::post("/noi-bo/nhiem-vu/moi"), &fields).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{field}={bad}");
        let above = english(&page, "<div class=\"error-summary\"", "</ul>");
        assert!(above.contains(says), "{field}={bad}: {above}");
        let beside = english(&page, &format!("id=\"{field}-e\">"), "</p>");
        assert!(beside.contains("Error: </span>") && beside.contains(says), "{field}={bad}: {beside}");
    }
}

#[tokio::test]
async fn a_refusal_is_told_in_english() {
    let house = TestHouse::sqlite().await;
    let unit = house.unit("KT", "Phòng Kinh tế").await;
    let desk = Desk::in_house(house, Role::Head, Some(unit)).await;
    let head = |page: &str| english(page, "<div class=\"page-head\">", "</div>").to_owned();

    let (status, page) = ask(&desk, Request::get("/noi-bo/khong-co-trang-nay"), &[]).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(head(&page).contains("The address may be mistyped"), "{}", head(&page));

    let unit = unit.to_string();
    let fields = [("ten", "Họp"), ("khoan", "III.1"), ("don-vi", &*unit), ("han", "30/11/2026"), ("trong-so", "1")];
    assert_eq!(desk.post("/noi-bo/nhiem-vu/moi", &fields).await.0, StatusCode::SEE_OTHER);
    let tasks = queries::list(&desk.house.program(), &Filter::default()).await.expect("a list");
    let report = format!("/noi-bo/nhiem-vu/{}/bao-cao", tasks[0].task.id);
    let stale = [("phien-ban", "7"), ("ket-qua", "Biên bản số 3, lưu văn thư")];
    let (status, page) = ask(&desk, Request::post(&report), &stale).await;
    assert_eq!(status, StatusCode::CONFLICT);
    let told = head(&page);
    assert!(told.contains("Somebody else has just changed this; load the page again and repeat."), "{told}");
    let (_, page) = desk.post(&report, &stale).await;
    assert!(page.contains("Nội dung này vừa được người khác sửa"), "the Vietnamese screen says it as it came");

    let liaison = Desk::of(Role::Liaison).await;
    let (status, page) = ask(&liaison, Request::get("/noi-bo/luat"), &[]).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let told = head(&page);
    assert!(told.contains("You do not have the permission “"), "{told}");
}
