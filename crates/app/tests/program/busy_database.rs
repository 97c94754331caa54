//! A database that another writer holds: who only reads is served, and who writes is told to try again.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use jiff::SignedDuration;
use kernel::clock::civil_of;
use kernel::{Clock, Role};
use office::db::Db;
use office::identity::service;
use testkit::{TODAY, TestHouse};
use tower::ServiceExt as _;

use crate::desk::{Desk, SECRET, encoded};

async fn answer(site: &axum::Router, request: Request<Body>) -> (StatusCode, String) {
    let response = site.clone().oneshot(request).await.expect("an answer");
    let status = response.status();
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body");
    (status, String::from_utf8_lossy(&bytes).into_owned())
}

#[tokio::test]
async fn a_page_is_served_and_a_form_says_to_try_again_while_another_writer_holds_the_database() {
    let desk = Desk::in_house(TestHouse::sqlite().await, Role::Admin, None).await;
    let token = service::sign_in(&desk.house, "o.ban.nay", SECRET).await.expect("the right password");
    // Five minutes later the session is to be marked as seen, which nobody can do now.
    let mut later = desk.house.neighbour();
    let now = civil_of(desk.house.clock.now() + SignedDuration::from_mins(5));
    later.clock = Clock::standing_at(TODAY, now.time());
    let site = web::site(&Arc::new(later));
    let Db::Sqlite { file, .. } = &desk.house.db else { panic!("an SQLite house") };
    let other = Db::look_sqlite(file).await.expect("the same file");
    let held = other.begin().await.expect("the writer's place");

    let cookie = format!("__Host-thidua={}", token.reveal());
    let asked = Request::get("/noi-bo/don-vi").header(header::COOKIE, &cookie).body(Body::empty()).expect("a request");
    let unit = [("ten", "Phòng Kinh tế"), ("ma", "KT"), ("loai", "division"), ("tu-ngay", "01/01/2026")];
    let sent = Request::post("/noi-bo/don-vi")
        .header(header::COOKIE, &cookie)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(encoded(&unit)))
        .expect("a request");
    let ((read, page), (written, refusal)) = tokio::join!(answer(&site, asked), answer(&site, sent));
    assert_eq!(read, StatusCode::OK, "{page}");
    assert_eq!(written, StatusCode::SERVICE_UNAVAILABLE, "{refusal}");
    assert!(refusal.contains("đang bận; hãy thử lại"), "{refusal}");
    drop(held);
}
