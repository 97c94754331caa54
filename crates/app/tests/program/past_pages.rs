//! Pages of a past day, and the page of what changed: what is typed into the address, what is sent.

use crate::desk::Desk;
use axum::http::{Request, StatusCode};
use kernel::Role;
use office::awards::service::{self, NewCampaign, NewNomination};
use office::awards::{CampaignId, NominationId};
use office::organization::Recipient;
use office::records;
use rules::AwardCode;
use rules::facts::RatingLevel;
use testkit::{TODAY, TestHouse};

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

/// A nomination that was handed in, and the rating of its nominee corrected since.
async fn scene(role: Role) -> (Desk, CampaignId, NominationId, Recipient) {
    let house = TestHouse::sqlite().await;
    let unit = house.unit("KT", "Phòng Kinh tế").await;
    let hoa = Recipient::Person(house.staff("VP-01", "Lò Thị Hoa", unit).await);
    let ctx = house.program();
    records::service::rate(&ctx, hoa, 2025, RatingLevel::Good, None, None).await.expect("a rating");
    let new = NewCampaign {
        occasion: "annual".to_owned(),
        year: 2026,
        closes_on: TODAY,
        total_share_bp: None,
        leader_share_bp: None,
        worker_share_bp: None,
        form_shares: [].into(),
    };
    let campaign = service::open(&ctx, &new).await.expect("a campaign");
    let new = NewNomination {
        campaign,
        award: AwardCode::GiayKhen,
        recipient: hoa,
        unit,
        achievement: None,
        summary: "Giải quyết 18 kiến nghị của doanh nghiệp".to_owned(),
    };
    let id = service::nominate(&ctx, &new).await.expect("a draft");
    for item in house.rules.dossier(AwardCode::GiayKhen, TODAY) {
        service::attach(&ctx, id, &item.id, "ho-so.pdf", PDF).await.expect("a file that fits");
    }
    service::submit(&ctx, id).await.expect("handed in");
    records::service::rate(&ctx, hoa, 2025, RatingLevel::NotDone, None, None).await.expect("a correction");
    (Desk::in_house(house, role, None).await, campaign, id, hoa)
}

async fn is_sheet(desk: &Desk, address: &str) {
    let (status, bytes) = desk.send(Request::get(address), String::new()).await;
    assert_eq!(status, StatusCode::OK, "{address}");
    assert!(bytes.starts_with(b"PK"), "{address}: a sheet is a ZIP file");
}

#[tokio::test]
async fn a_change_is_marked_explained_and_evaluated_again_as_it_was_seen() {
    let (desk, campaign, id, _) = scene(Role::Standing).await;
    let words = "Xếp loại năm 2025 của Lò Thị Hoa được sửa";
    let (_, home) = desk.get("/noi-bo").await;
    assert!(home.contains("1 hồ sơ thay đổi từ lần đánh giá gần nhất"), "{home}");
    let (_, list) = desk.get(&format!("/noi-bo/khen-thuong/{campaign}")).await;
    assert!(list.contains("đã thay đổi"), "{list}");
    let (_, shown) = desk.get(&format!("/noi-bo/ho-so/{id}")).await;
    assert!(shown.contains(words), "{shown}");
    let address = format!("/noi-bo/khen-thuong/{campaign}/thay-doi");
    let (status, shown) = desk.get(&address).await;
    assert_eq!(status, StatusCode::OK);
    assert!(shown.contains("1 hồ sơ đổi vì xếp loại năm 2025 của Lò Thị Hoa được sửa"), "{shown}");
    let seen = shown.split(&format!("value=\"{id}:")).nth(1).and_then(|rest| rest.split('"').next()).expect("seen");

    let again = format!("/noi-bo/khen-thuong/{campaign}/xet-lai");
    let (status, none) = desk.post(&again, &[]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.contains("ít nhất một hồ sơ"), "{none}");
    let (status, stale) = desk.post(&again, &[("ho-so", &format!("{id}:0000"))]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(stale.contains("Dữ liệu vừa thay đổi thêm"), "{stale}");
    let (status, done) = desk.post(&again, &[("ho-so", &format!("{id}:{seen}"))]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{done}");
    let (_, shown) = desk.get(&address).await;
    assert!(shown.contains("Không hồ sơ nào thay đổi từ lần đánh giá gần nhất."), "{shown}");
    is_sheet(&desk, &format!("{address}.xlsx")).await;
}

#[tokio::test]
async fn a_day_that_cannot_be_read_or_has_not_come_is_refused_and_a_past_one_is_kept_in_the_links() {
    let (desk, campaign, id, hoa) = scene(Role::Standing).await;
    let person = format!("/noi-bo/con-nguoi/{}", hoa.id());
    let pages = [
        format!("/noi-bo/khen-thuong/{campaign}"),
        format!("/noi-bo/ho-so/{id}"),
        person,
        "/noi-bo/so-khen-thuong".into(),
    ];
    for address in &pages {
        for bad in ["hom-qua", "31/02/2026", "01/01/2100"] {
            let (status, text) = desk.get(&format!("{address}?tinh-den={bad}")).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{address} {bad}: {text}");
        }
        let (status, text) = desk.get(&format!("{address}?tinh-den={TODAY}")).await;
        assert_eq!(status, StatusCode::OK, "{address}");
        assert!(text.contains("Như đã ghi nhận đến hết ngày 23/11/2026"), "{address}: {text}");
        assert!(text.contains("Về hiện tại"), "{address}");
    }
    let (_, list) = desk.get(&format!("{}?tinh-den={TODAY}&luat-ngay=2026-06-01", pages[0])).await;
    let days = "tinh-den=2026-11-23&#38;luat-ngay=2026-06-01";
    assert!(list.contains(&format!("/noi-bo/ho-so/{id}?{days}")), "{list}");
    assert!(list.contains(&format!("danh-sach.xlsx?{days}")), "{list}");
    assert!(!list.contains("/chot\""), "nothing is done on a past day: {list}");
    let (_, before) = desk.get(&format!("{}?tinh-den=2026-11-22", pages[0])).await;
    assert!(before.contains("Không có hồ sơ nào khớp."), "{before}");
    let (status, _) = desk.get(&format!("{}?tinh-den=2026-11-22", pages[1])).await;
    assert_eq!(status, StatusCode::CONFLICT, "it had not been written yet");
    for sheet in [format!("{}/danh-sach.xlsx?{}", pages[0], "tinh-den=2026-11-23"), format!("{}/so.xlsx", pages[3])] {
        is_sheet(&desk, &sheet).await;
    }
}

#[tokio::test]
async fn how_an_unseen_change_is_treated_is_the_leadership_s_to_set_by_a_document() {
    let (desk, campaign, ..) = scene(Role::Standing).await;
    let address = format!("/noi-bo/khen-thuong/{campaign}/thay-doi/cach");
    let (status, _) = desk.post(&address, &[("cach", "warn"), ("van-ban", "Ý kiến chỉ đạo số 7")]).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let (chief, campaign, ..) = scene(Role::Chief).await;
    let address = format!("/noi-bo/khen-thuong/{campaign}/thay-doi/cach");
    for wrong in [[("cach", ""), ("van-ban", "Ý kiến chỉ đạo số 7")], [("cach", "warn"), ("van-ban", "x")]] {
        let (status, text) = chief.post(&address, &wrong).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{text}");
    }
    let (status, text) = chief.post(&address, &[("cach", "warn"), ("van-ban", "Ý kiến chỉ đạo số 7")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{text}");
    let (_, shown) = chief.get(&format!("/noi-bo/khen-thuong/{campaign}/thay-doi")).await;
    assert!(shown.contains("chỉ cảnh báo") && shown.contains("Ý kiến chỉ đạo số 7"), "{shown}");
}

#[tokio::test]
async fn what_if_is_asked_as_of_a_past_day_and_by_the_law_of_a_chosen_day() {
    let (desk, _, _, hoa) = scene(Role::Standing).await;
    let page = "/noi-bo/xet-thu?dip=annual";
    for bad in ["hom-qua", "31/02/2026", "01/01/2100"] {
        let (status, text) = desk.get(&format!("{page}&tinh-den={bad}")).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{bad}: {text}");
    }
    for asked in [String::new(), "&ket_qua=khong".to_owned(), "&ket_qua=chua-ro".to_owned()] {
        let (status, text) = desk.get(&format!("{page}{asked}&tinh-den={TODAY}&luat-ngay=2026-06-01")).await;
        assert_eq!(status, StatusCode::OK, "{asked}");
        assert!(text.contains("Như đã ghi nhận đến hết ngày 23/11/2026"), "{asked}: {text}");
        assert!(text.contains("Theo pháp luật có hiệu lực ngày 01/06/2026"), "{asked}: {text}");
        assert!(text.contains("không lưu lúc nhập"), "{asked}: {text}");
        assert!(text.contains("name=\"tinh-den\" value=\"2026-11-23\""), "the filters keep the day: {text}");
    }
    let one = format!("/noi-bo/xet-thu/{hoa}?dip=annual");
    let (_, now) = desk.get(&one).await;
    assert!(now.contains("năm 2025: không hoàn thành nhiệm vụ"), "{now}");
    // What was corrected on the day itself had not been entered the day before.
    let (status, before) = desk.get(&format!("{one}&tinh-den=2026-11-22")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(before.contains("pháp luật ngày") && !before.contains("năm 2025: không hoàn thành nhiệm vụ"), "{before}");
    is_sheet(&desk, &format!("/noi-bo/xet-thu/bang.xlsx?dip=annual&tinh-den={TODAY}")).await;
}
