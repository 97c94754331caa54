//! The form of a certificate's stock: what is typed is printed there, what does not fit comes back filled.

use crate::desk::Desk;
use axum::http::{Request, StatusCode};
use kernel::Role;
use scraper::{Html, Selector};

const PAGE: &str = "/noi-bo/phoi-giay-khen/giay_khen";

async fn read(desk: &Desk, path: &str) -> Html {
    let (status, text) = desk.get(path).await;
    assert_eq!(status, StatusCode::OK, "{path}");
    Html::parse_document(&text)
}

/// The first form of a page as a browser would send it, with some fields typed over.
fn filled(page: &Html, typed: &[(&str, &str)]) -> String {
    let inputs = Selector::parse("form[action*='phoi-giay-khen'] input[name]").expect("a selector");
    let mut pairs = Vec::new();
    for input in page.select(&inputs) {
        let value = |name: &str| input.value().attr(name);
        let box_unticked = matches!(value("type"), Some("checkbox" | "radio")) && value("checked").is_none();
        let name = value("name").expect("a name");
        if box_unticked || pairs.iter().any(|(sent, _)| sent == name) {
            continue;
        }
        let typed = typed.iter().find(|(field, _)| *field == name).map(|(_, typed)| *typed);
        pairs.push((name.to_owned(), typed.or(value("value")).unwrap_or_default().to_owned()));
    }
    let encoded = pairs.iter().map(|(name, value)| format!("{}={}", web::urls::encode(name), web::urls::encode(value)));
    encoded.collect::<Vec<_>>().join("&")
}

fn value(page: &Html, field: &str) -> String {
    let inputs = Selector::parse("input").expect("a selector");
    let found = page.select(&inputs).find(|input| input.value().attr("id") == Some(field)).expect("the field");
    found.value().attr("value").unwrap_or_default().to_owned()
}

#[tokio::test]
async fn measures_are_tried_on_paper_kept_and_given_up() {
    let desk = Desk::of(Role::Standing).await;
    let page = read(&desk, &format!("{PAGE}?mau=phoi")).await;
    let body = filled(&page, &[("shift.right", "1,5"), ("recipient.baseline", "112,4")]);
    let (status, pdf) = desk.send(Request::post(format!("{PAGE}/xem-thu")), body.clone()).await;
    assert_eq!((status, &pdf[..5]), (StatusCode::OK, &b"%PDF-"[..]));
    assert_eq!(value(&read(&desk, PAGE).await, "shift.right"), "0", "trying keeps nothing");
    let (status, _) = desk.send(Request::post(PAGE), body.clone()).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let kept = read(&desk, PAGE).await;
    assert_eq!((value(&kept, "shift.right"), value(&kept, "recipient.baseline")), ("1,5".into(), "112,4".into()));
    let (status, _) = desk.send(Request::post(PAGE), body).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "somebody measured in between");
    let (status, _) = desk.send(Request::post(format!("{PAGE}/mau-goc")), "phien-ban=1".to_owned()).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(value(&read(&desk, PAGE).await, "shift.right"), "0");
}

#[tokio::test]
async fn what_cannot_be_printed_comes_back_filled_with_where_it_is() {
    let desk = Desk::of(Role::Standing).await;
    let page = read(&desk, PAGE).await;
    for (field, typed) in
        [("recipient.width", "290"), ("recipient.x", "ba mươi"), ("sheet.width", ""), ("qr.size", "2")]
    {
        let (status, bytes) = desk.send(Request::post(PAGE), filled(&page, &[(field, typed)])).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        let back = Html::parse_document(&String::from_utf8(bytes).expect("text"));
        assert_eq!(value(&back, field), typed);
        let links = Selector::parse(".error-summary a").expect("a selector");
        let named = back.select(&links).any(|link| link.value().attr("href") == Some(format!("#{field}").as_str()));
        assert!(named, "{field} is not named");
    }
    let (status, _) = desk.send(Request::get("/noi-bo/phoi-giay-khen/bk_tinh"), String::new()).await;
    assert_eq!(status, StatusCode::NOT_FOUND, "the province prints its own");
}
