//! A campaign with shares of its own: typed on its form, mended when they cannot be, shown as meters.

use axum::http::StatusCode;
use kernel::Role;

use crate::desk::Desk;

const PAGE: &str = "/noi-bo/khen-thuong";

fn sent<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    [&[("dip", "annual"), ("nam", "2026"), ("han", "10/12/2026")], more].concat()
}

#[tokio::test]
async fn shares_of_forms_and_of_direct_workers_are_typed_and_shown_with_their_rounding() {
    let desk = Desk::of(Role::Standing).await;
    let (_, text) = desk.get(PAGE).await;
    for field in ["ty-le-truc-tiep", "ty-le-giay-khen", "ty-le-bk-tinh"] {
        assert!(text.contains(&format!("id=\"{field}\"")), "{field}");
    }
    assert!(!text.contains("id=\"ty-le-co-tinh\""), "a flag goes to no person");
    for (field, typed, said) in [
        ("ty-le-giay-khen", "nhiều", "Nhập tỷ lệ từ 0 đến 100"),
        ("ty-le-truc-tiep", "101", "Nhập tỷ lệ từ 0 đến 100"),
        ("ty-le-bk-tinh", "5", "không xét ở dịp này"),
    ] {
        let (status, text) = desk.post(PAGE, &sent(&[(field, typed)])).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(text.contains(said) && text.contains(&format!("href=\"#{field}\"")), "{field}: {text}");
        assert!(text.contains(&format!("value=\"{typed}\"")), "{field}: the form comes back filled");
    }
    let body = "dip=annual&nam=2026&han=10%2F12%2F2026&ty-le-giay-khen=12%2C5&ty-le-truc-tiep=60";
    let (status, place) = desk.place(PAGE, body.to_owned()).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, text) = desk.get(&place).await;
    for words in ["cá nhân được đề nghị trên tổng số người", "12,5", "làm tròn xuống", "ít nhất 60", "làm tròn lên"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
}
