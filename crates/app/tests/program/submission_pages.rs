//! What goes to a higher level, on pages: sent, given back, supplemented, passed on, decided.

use crate::desk::Desk;
use axum::http::{Request, StatusCode};
use kernel::{Actor, Role};
use office::awards::model::Outcome;
use office::awards::service::{self as awards, NewCampaign, NewNomination};
use office::awards::{NominationId, review};
use office::identity::accounts::{self, NewAccount};
use office::organization::Recipient;
use rules::AwardCode;
use testkit::{TODAY, TestHouse, actor};

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
const LIST: &str = "/noi-bo/trinh-cap-tren";

/// A house whose council passed Bằng khen of the province for two, and the standing body's desk.
async fn desk() -> (Desk, [NominationId; 2]) {
    let house = TestHouse::sqlite().await;
    let unit = house.unit("KT", "Phòng Kinh tế").await;
    let program = house.program();
    let new = NewAccount { login: "truongphong".to_owned(), name: "Trưởng phòng".to_owned(), person: None };
    let (account, _) = accounts::open(&program, &new).await.expect("an account");
    let head = Actor { account: Some(account), ..actor(Role::Head, Some(unit)) };
    let new = NewCampaign {
        occasion: "so_ket".to_owned(),
        year: 2026,
        closes_on: TODAY,
        total_share_bp: None,
        leader_share_bp: None,
        worker_share_bp: None,
        form_shares: [].into(),
    };
    let campaign = awards::open(&program, &new).await.expect("a campaign");
    let mut passed = Vec::new();
    for (code, name) in [("CB1", "Lò Thị Hoa"), ("CB2", "Quàng Văn Sơn")] {
        let ctx = house.as_actor(&head);
        let new = NewNomination {
            campaign,
            award: AwardCode::BkTinh,
            recipient: Recipient::Person(house.staff(code, name, unit).await),
            unit,
            achievement: None,
            summary: "Giải quyết 18 kiến nghị của doanh nghiệp".to_owned(),
        };
        let id = awards::nominate(&ctx, &new).await.expect("a draft");
        for item in house.rules.dossier(AwardCode::BkTinh, TODAY) {
            awards::attach(&ctx, id, &item.id, "ho-so.pdf", PDF).await.expect("a file that fits");
        }
        awards::submit(&ctx, id).await.expect("handed in");
        review::overrule(&program, id, "verdict", "Lãnh đạo quyết định trình").await.expect("overruled");
        review::accept(&program, id).await.expect("accepted");
        let mut tx = program.begin().await.expect("a transaction");
        office::awards::outcomes::settle_in(
            &program,
            &mut tx,
            id,
            (Outcome::Yes, jiff::civil::date(2026, 1, 5)),
            "Biên bản họp Hội đồng",
        )
        .await
        .expect("passed");
        tx.commit().await.expect("kept");
        passed.push(id);
    }
    let desk = Desk::in_house(house, Role::Standing, None).await;
    (desk, passed.try_into().expect("two"))
}

/// Sends a form that is taken, and answers the page it leads to.
async fn taken(desk: &Desk, path: &str, fields: &[(&str, &str)]) {
    let (status, page) = desk.post(path, fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{path} {page}");
}

/// The only submission's address.
async fn only(desk: &Desk) -> String {
    let (_, page) = desk.get(LIST).await;
    let (_, rows) = page.split_once("<tbody>").expect("a table");
    let (_, rest) = rows.split_once(&format!("href=\"{LIST}/")).expect("a row");
    format!("{LIST}/{}", rest.split_once('"').expect("an address").0)
}

#[tokio::test]
async fn a_submission_is_followed_from_its_sending_to_the_record() {
    let (desk, [one, two]) = desk().await;
    let (_, home) = desk.get("/noi-bo").await;
    assert!(home.contains("2 hồ sơ Hội đồng đã thông qua chờ trình cấp trên"));
    let (one, two) = (one.to_string(), two.to_string());
    let (status, page) = desk.post(LIST, &[("so", "12/TTr-VPUB"), ("ngay", "31/02/2026")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("12/TTr-VPUB") && page.contains("ít nhất một hồ sơ") && page.contains("31/02/2026"));
    let new = [("so", "12/TTr-VPUB"), ("ngay", "02/11/2026"), ("ho-so", &one), ("ho-so", &two)];
    taken(&desk, LIST, &new).await;
    let place = only(&desk).await;
    let (_, page) = desk.get(&place).await;
    assert!(page.contains("Sở Nội vụ, từ 02/11/2026"), "at which level, since when");
    let step = |door: &str| format!("{place}/{door}");
    let back = [("ngay-tra", "05/11/2026"), ("ly-do-tra", "Thiếu biên bản họp Hội đồng")];
    taken(&desk, &step("tra-lai"), &back).await;
    let (_, home) = desk.get("/noi-bo").await;
    assert!(home.contains("Tờ trình số 12/TTr-VPUB") && home.contains("Thiếu biên bản họp Hội đồng"));
    let supplied = [("ngay-bo-sung", "01/11/2026"), ("noi-dung-bo-sung", "Gửi bổ sung biên bản họp")];
    let (status, page) = desk.post(&step("bo-sung"), &supplied).await;
    assert_eq!((status, page.contains("bước trước ghi ngày 05/11/2026")), (StatusCode::UNPROCESSABLE_ENTITY, true));
    let supplied = [("ngay-bo-sung", "12/11/2026"), ("noi-dung-bo-sung", "Gửi bổ sung biên bản họp")];
    taken(&desk, &step("bo-sung"), &supplied).await;
    let (_, page) = desk.get(&place).await;
    assert!(page.contains("Sở Nội vụ, từ 12/11/2026"), "the supplement restarts the level");
    taken(&desk, &step("chuyen"), &[("ngay-chuyen", "13/11/2026")]).await;
    let result = [("so-quyet-dinh", "1801/QĐ-UBND"), ("ngay-quyet-dinh", "16/11/2026")];
    let (status, _) = desk.post(&step("ket-qua"), &result).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "nobody was ticked, nor that it is nobody");
    taken(&desk, &step("ket-qua"), &[&result[..], &[("duoc-khen", one.as_str())]].concat()).await;
    let (_, page) = desk.get(&place).await;
    assert!(page.contains("Quyết định số 1801/QĐ-UBND") && page.contains("không được khen thưởng"));
    let (_, nomination) = desk.get(&format!("/noi-bo/ho-so/{two}")).await;
    assert!(nomination.contains("cấp trên không khen thưởng") && nomination.contains(&place));
    let (status, sheet) =
        desk.send(Request::get(format!("{LIST}/danh-sach.xlsx?tim=lo thi hoa").replace(' ', "+")), String::new()).await;
    assert_eq!((status, &sheet[..2]), (StatusCode::OK, &b"PK"[..]));
    let (status, _) = desk.post(&step("rut"), &[("ly-do-rut", "Không còn cần nữa")]).await;
    assert_eq!(status, StatusCode::CONFLICT, "what was decided is not taken back");
}
