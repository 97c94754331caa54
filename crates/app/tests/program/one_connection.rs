//! Every page that somebody of the example reaches by links, in a house with a single connection: a page that asks for
//! a second while it holds one would stop a house as soon as enough people ask for it at once.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use office::demo;
use scraper::{Html, Selector};
use testkit::TestHouse;

use crate::desk::Desk;

/// What tells one record from another, left out.
fn kind(path: &str) -> String {
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let parts = path.split('/').map(|part| if uuid::Uuid::parse_str(part).is_ok() { "{id}" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

fn links(page: &str) -> Vec<String> {
    let anchors = Selector::parse("a[href^='/']").expect("a selector");
    let page = Html::parse_document(page);
    page.select(&anchors).filter_map(|link| link.attr("href")).map(str::to_owned).collect()
}

#[tokio::test]
async fn no_page_asks_for_a_second_connection_while_it_holds_one() {
    let house = TestHouse::narrow().await;
    demo::fill(&house).await.expect("an example");
    let mut desk = Desk::outside(house);
    let (mut faults, mut pages) = (BTreeSet::new(), 0);
    for login in ["", "thuongtruc", "truongphong.kt", "chanhvp", "uyvien1", "kiemtra", "tiepnhan", "bientap", "quantri"]
    {
        desk.leave();
        if !login.is_empty() {
            desk.enter_with(login, demo::PASSWORD).await;
        }
        let (mut waiting, mut opened) = (vec!["/".to_owned(), "/noi-bo".to_owned()], BTreeSet::new());
        while let Some(path) = waiting.pop() {
            if path.starts_with("/ngon-ngu") || !opened.insert(kind(&path)) {
                continue;
            }
            let (status, page) = desk.page(&path).await;
            pages += 1;
            if status.is_server_error() {
                faults.insert(format!("{}: {status}", kind(&path)));
            } else if status == StatusCode::OK {
                waiting.extend(links(&page));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(pages > 300, "{pages} pages were reached");
}
