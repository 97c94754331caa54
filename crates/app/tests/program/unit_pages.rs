//! A unit on its page: renamed from a day, merged, closed; what was handed in before keeps its words.

use crate::desk::Desk;
use axum::http::StatusCode;
use kernel::Role;
use testkit::TestHouse;

/// The fields of a form that is filled over the unit as the page shows it.
async fn version(desk: &Desk, place: &str) -> String {
    let (_, page) = desk.get(place).await;
    let (_, rest) = page.split_once("name=\"phien-ban\" value=\"").expect("a version");
    rest.split_once('"').expect("a value").0.to_owned()
}

#[tokio::test]
async fn a_unit_is_renamed_from_a_day_and_keeps_the_names_it_bore() {
    let house = TestHouse::sqlite().await;
    let place = format!("/noi-bo/don-vi/{}", house.unit("VX", "Phòng Văn xã").await);
    let desk = Desk::in_house(house, Role::Admin, None).await;
    let version = version(&desk, &place).await;
    let rename = format!("{place}/doi-ten");
    let (status, page) = desk
        .post(&rename, &[("ten-moi", "Phòng Khoa giáo"), ("ngay-doi-ten", "31/02/2026"), ("phien-ban", &version)])
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("value=\"Phòng Khoa giáo\"") && page.contains("31/02/2026"), "the form comes back filled");
    let good = [("ten-moi", "Phòng Khoa giáo"), ("ngay-doi-ten", "01/11/2026"), ("phien-ban", version.as_str())];
    let (status, page) = desk.post(&rename, &good).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    let (_, page) = desk.get(&place).await;
    assert!(
        page.contains("<h1>Phòng Khoa giáo</h1>") && page.contains("Phòng Văn xã") && page.contains("từ 01/11/2026")
    );
    let (status, _) = desk.post(&rename, &good).await;
    assert_eq!(status, StatusCode::CONFLICT, "filled over a unit that has changed since");
}

#[tokio::test]
async fn a_unit_with_people_is_merged_and_one_without_is_closed() {
    let house = TestHouse::sqlite().await;
    let (small, large) = (house.unit("VX", "Phòng Văn xã").await, house.unit("TH", "Phòng Tổng hợp").await);
    house.staff("CB1", "Lò Thị Hoa", small).await;
    let desk = Desk::in_house(house, Role::Admin, None).await;
    let place = format!("/noi-bo/don-vi/{small}");
    let version = version(&desk, &place).await;
    let close = [("ngay-ket-thuc", "01/11/2026"), ("phien-ban", version.as_str())];
    let (status, page) = desk.post(&format!("{place}/ket-thuc"), &close).await;
    assert_eq!((status, page.contains("còn 1 người")), (StatusCode::UNPROCESSABLE_ENTITY, true));
    let (small, large_id) = (small.to_string(), large.to_string());
    let merge =
        |into: &str| [("vao".to_owned(), into.to_owned()), ("ngay-sap-nhap".to_owned(), "01/11/2026".to_owned())];
    for (into, expected) in [(&small, StatusCode::UNPROCESSABLE_ENTITY), (&large_id, StatusCode::SEE_OTHER)] {
        let fields = merge(into);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let (status, page) = desk.post(&format!("{place}/sap-nhap"), &fields).await;
        assert_eq!(status, expected, "{page}");
    }
    let (_, page) = desk.get(&place).await;
    assert!(page.contains("sáp nhập vào Phòng Tổng hợp") && page.contains("31/10/2026"));
    let (_, list) = desk.get(&format!("/noi-bo/con-nguoi?don_vi={large_id}")).await;
    assert!(list.contains("Lò Thị Hoa"), "she goes on in the other unit");
    let empty = desk.house.unit("TM", "Tổ tạm").await;
    let place = format!("/noi-bo/don-vi/{empty}");
    let (status, page) =
        desk.post(&format!("{place}/ket-thuc"), &[("ngay-ket-thuc", "01/11/2026"), ("phien-ban", "1")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
}
