//! A person's page: posts taken up and left by hand, each fault at its field with what was typed.

use crate::desk::Desk;
use axum::http::StatusCode;
use kernel::Role;
use testkit::TestHouse;

/// The first choice of a list that is not "none".
fn first_choice<'a>(page: &'a str, field: &str) -> &'a str {
    let (_, list) = page.split_once(&format!("<select id=\"{field}\"")).expect("a list");
    let (_, rest) = list.split_once("<option value=\"\">").expect("no choice made");
    let (_, rest) = rest.split_once("<option value=\"").expect("a choice");
    rest.split_once('"').expect("a value").0
}

#[tokio::test]
async fn a_post_is_taken_up_and_left_by_hand() {
    let house = TestHouse::sqlite().await;
    let (kt, nc) = (house.unit("KT", "Phòng Kinh tế").await, house.unit("NC", "Phòng Nội chính").await);
    let place = format!("/noi-bo/con-nguoi/{}", house.staff("CB1", "Lò Thị Hoa", kt).await);
    let other = format!("/noi-bo/con-nguoi/{}", house.staff("CB2", "Quàng Văn Sơn", kt).await);
    let desk = Desk::in_house(house, Role::Admin, None).await;
    let (kt, nc) = (kt.to_string(), nc.to_string());
    let post = |unit: &str, from: &str, last: &str| {
        [("don-vi", unit), ("chuc-danh", "Phó Trưởng phòng"), ("tu-ngay", from), ("den-het-ngay", last)]
            .map(|(field, value)| (field.to_owned(), value.to_owned()))
    };
    let take_up = format!("{place}/vi-tri");
    for (unit, from, last, said) in [
        ("", "01/11/2026", "", "Chọn đơn vị"),
        (nc.as_str(), "31/02/2026", "", "31/02/2026"),
        (nc.as_str(), "01/11/2026", "30/10/2026", "trước khi bắt đầu (01/11/2026)"),
        (nc.as_str(), "01/11/2019", "", "không hoạt động vào ngày 01/11/2019"),
        (kt.as_str(), "01/11/2026", "", "giữ vị trí “Chuyên viên” ở đơn vị ấy từ ngày 01/01/2020"),
    ] {
        let fields = post(unit, from, last);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let (status, page) = desk.post(&take_up, &fields).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        assert!(page.contains(said), "{said}: {page}");
        assert!(page.contains("value=\"Phó Trưởng phòng\""), "the form comes back filled");
    }
    let fields = post(&nc, "01/11/2026", "31/12/2026");
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let (status, page) = desk.post(&take_up, &fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    let (_, page) = desk.get(&place).await;
    assert!(page.contains("01/11/2026 – 31/12/2026") && page.contains("Phòng Nội chính"), "{page}");

    let leave = format!("{place}/thoi-giu");
    let held = first_choice(&page, "vi-tri").to_owned();
    let (_, page) = desk.get(&other).await;
    let of_another = first_choice(&page, "vi-tri").to_owned();
    let (status, _) = desk.post(&leave, &[("vi-tri", &of_another), ("thoi-tu-ngay", "01/11/2026")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "somebody else's post");
    let (status, page) = desk.post(&leave, &[("vi-tri", &held), ("thoi-tu-ngay", "01/01/2020")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "left before it was held: {page}");
    let (status, page) = desk.post(&leave, &[("vi-tri", &held), ("thoi-tu-ngay", "01/11/2026")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    let (_, page) = desk.get(&place).await;
    assert!(page.contains("01/01/2020 – 31/10/2026"), "{page}");
}
