//! People outside the Office on pages: added, mended, told apart from staff, nominated by a unit.

use crate::desk::{Desk, SECRET};
use axum::http::StatusCode;
use kernel::{Period, Role};
use office::awards::service::{self as awards, NewCampaign};
use office::identity::accounts::{self, NewAccount};
use testkit::{TODAY, TestHouse};

const PAGE: &str = "/noi-bo/con-nguoi/ngoai-van-phong";

fn fields<'a>(name: &'a str, year: &'a str, occupation: &'a str, place: &'a str) -> [(&'a str, &'a str); 4] {
    [("ho-ten", name), ("nam-sinh", year), ("nghe-nghiep", occupation), ("noi-o", place)]
}

#[tokio::test]
async fn a_person_outside_the_office_is_added_told_apart_and_nominated() {
    let house = TestHouse::sqlite().await;
    let unit = house.unit("KT", "Phòng Kinh tế").await;
    house.staff("CB1", "Lò Văn An", unit).await;
    let new = NewCampaign {
        occasion: "annual".to_owned(),
        year: 2026,
        closes_on: TODAY,
        total_share_bp: None,
        leader_share_bp: None,
        worker_share_bp: None,
        form_shares: [].into(),
    };
    let campaign = awards::open(&house.program(), &new).await.expect("a campaign");
    let program = house.program();
    let hash = accounts::hash(SECRET).await.expect("long enough");
    let new = NewAccount { login: "truongphong".to_owned(), name: "Trưởng phòng".to_owned(), person: None };
    let head = accounts::open_with_password(&program, &new, hash).await.expect("a free login");
    accounts::grant(&program, head, Role::Head, Some(unit), Period::since(TODAY)).await.expect("a grant");
    let mut desk = Desk::in_house(house, Role::Admin, None).await;
    for (sent, said) in [
        (fields("", "1980", "Nông dân", "bản Bó"), "Nhập họ và tên"),
        (fields("Lò Văn An", "80", "Nông dân", "bản Bó"), "năm sinh 80 chưa đúng"),
        (fields("Lò Văn An", "tám mươi", "Nông dân", "bản Bó"), "Nhập năm sinh bằng bốn chữ số"),
        (fields("Lò Văn An", "1980", "Nông dân", ""), "Ghi nơi ở hoặc nơi làm việc"),
    ] {
        let (status, text) = desk.post(PAGE, &sent).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        assert!(text.to_lowercase().contains(&said.to_lowercase()), "{said}: {text}");
        assert!(text.contains("value=\"Nông dân\""), "the form comes back filled");
    }
    let sent = fields("Lò Văn An", "1980", "Nông dân", "bản Bó");
    let body = "ho-ten=L%C3%B2+V%C4%83n+An&nam-sinh=1980&nghe-nghiep=N%C3%B4ng+d%C3%A2n&noi-o=b%E1%BA%A3n+B%C3%B3";
    let (status, place) = desk.place(PAGE, body.to_owned()).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (status, text) = desk.post(PAGE, &sent).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("đã có trong sổ"), "{text}");
    let (_, text) = desk.get(&place).await;
    assert!(text.contains("Người ngoài Văn phòng · Năm sinh 1980 · Nông dân, bản Bó"), "{text}");
    let id = place.rsplit('/').next().expect("an id").to_owned();
    let (_, text) = desk.get("/noi-bo/con-nguoi?tim=lo+van+an").await;
    assert!(text.contains("CB1") && !text.contains(&id), "not on the list of staff: {text}");
    let (status, text) = desk.get(&format!("{place}/ngoai-van-phong")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("value=\"1980\"") && text.contains("value=\"bản Bó\""), "{text}");
    let mut sent = fields("Lò Văn An", "1981", "Nông dân", "bản Bó").to_vec();
    sent.push(("phien-ban", "1"));
    let (status, text) = desk.post(&format!("{place}/ngoai-van-phong"), &sent).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{text}");

    desk.enter("truongphong").await;
    let (_, text) = desk.get(PAGE).await;
    assert!(text.contains("Lò Văn An") && !text.contains("Thêm người ngoài Văn phòng"), "read, not changed");
    let form = format!("/noi-bo/khen-thuong/{campaign}/de-nghi");
    let (_, text) = desk.get(&form).await;
    assert!(text.contains("Lò Văn An (CB1) – Chuyên viên, Phòng Kinh tế"), "{text}");
    assert!(text.contains("Lò Văn An (sinh năm 1981; Nông dân, bản Bó) – người ngoài Văn phòng"), "{text}");
    let whom = format!("person:{id}@{unit}");
    let sent = [("hinh_thuc", "giay_khen"), ("doi_tuong", whom.as_str()), ("tom-tat", "Hiến 200 m² đất làm đường")];
    let (status, text) = desk.post(&form, &sent).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{text}");
    let (_, text) = desk.get(&format!("/noi-bo/khen-thuong/{campaign}")).await;
    assert!(text.contains("Lò Văn An"), "{text}");
}
