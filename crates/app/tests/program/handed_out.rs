//! Papers and sheets that leave the house: each stands in the ledger with what it is about, its size and its digest.

use axum::http::{Request, StatusCode};
use jiff::civil::date;
use kernel::Role;
use office::awards::eligibility::GOOD_STANDING;
use office::awards::model::Outcome;
use office::awards::service::{self, NewCampaign, NewNomination};
use office::awards::{adoptions, outcomes, review};
use office::decisions::service::NewDecision;
use office::decisions::{self, DecisionId};
use office::ledger::queries::{self, Filter};
use office::organization::Recipient;
use office::records;
use office::records::model::{Completeness, Register};
use rules::AwardCode;
use rules::facts::{RatingLevel, Selection, Stage};
use testkit::{TODAY, TestHouse};

use crate::desk::Desk;

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
const DOCUMENT: &str = "Biên bản họp đơn vị ngày 20/11/2026";

/// A draft with one line that the council passed.
async fn drafted(house: &TestHouse) -> DecisionId {
    let (ctx, chief) = (house.program(), house.account("chanhvp", Role::Chief, None).await);
    for register in Register::ALL {
        let declared =
            Completeness { register: *register, since: date(2020, 1, 1), document: "Biên bản rà soát".to_owned() };
        records::service::declare_complete(&ctx, declared).await.expect("a declaration");
    }
    for template in ["giay_khen.bac_ninh", "consultation.10_ngay"] {
        adoptions::adopt(&house.as_actor(&chief), template, "Quyết định 1").await.expect("an adoption");
    }
    let unit = house.unit("KT", "Phòng Kinh tế").await;
    let recipient = Recipient::Person(house.staff("CB1", "Lò Thị Hoa", unit).await);
    records::service::rate(&ctx, recipient, 2025, RatingLevel::Good, None, None).await.expect("a rating");
    let selected = (Selection::Selected, false);
    records::service::enter_result(&ctx, recipient, (Stage::Annual, 2026), selected, "Biên bản")
        .await
        .expect("a result");
    let new = NewCampaign {
        occasion: "annual".to_owned(),
        year: 2026,
        closes_on: date(2026, 12, 10),
        total_share_bp: None,
        leader_share_bp: None,
        worker_share_bp: None,
        form_shares: [].into(),
    };
    let campaign = service::open(&ctx, &new).await.expect("a campaign");
    let (award, summary) = (AwardCode::GiayKhen, "Giải quyết 18 kiến nghị của doanh nghiệp".to_owned());
    let new = NewNomination { campaign, award, recipient, unit, achievement: None, summary };
    let id = service::nominate(&ctx, &new).await.expect("a draft");
    for item in house.rules.dossier(award, TODAY) {
        service::attach(&ctx, id, &item.id, "ho-so.pdf", PDF).await.expect("a file that fits");
    }
    service::submit(&ctx, id).await.expect("handed in");
    review::attest(&ctx, id, GOOD_STANDING, DOCUMENT).await.expect("a statement");
    review::accept(&ctx, id).await.expect("accepted");
    let mut tx = ctx.begin().await.expect("a transaction");
    outcomes::settle_in(&ctx, &mut tx, id, (Outcome::Yes, TODAY), "Biên bản họp Hội đồng").await.expect("settled");
    tx.commit().await.expect("kept");
    let new = NewDecision {
        campaign,
        series: "QĐ-VPUB".to_owned(),
        place: "Sơn La".to_owned(),
        capacity: "Chánh Văn phòng".to_owned(),
        signer: "Cầm Văn Thử".to_owned(),
    };
    decisions::service::draft(&ctx, &new).await.expect("a draft")
}

#[tokio::test]
async fn an_exception_names_an_enterprise_that_is_looked_for_and_what_was_typed_stays() {
    let house = TestHouse::narrow().await;
    let id = drafted(&house).await;
    let tea = Recipient::Enterprise(house.enterprise("5500123456", "Công ty Chè Mộc Châu").await).to_string();
    house.enterprise("5500654321", "Xưởng Nấm Sơn La").await;
    let desk = Desk::in_house(house, Role::Standing, None).await;
    let (page, typed) = (format!("/noi-bo/quyet-dinh/{id}/ngoai-le"), "Đã giúp hai mươi hộ trồng chè");
    let (status, found) = desk.post(&page, &[("tim", "chè"), ("tim-kiem", "1"), ("ly-do", typed)]).await;
    assert_eq!(status, StatusCode::OK, "{found}");
    assert!(found.contains("Công ty Chè Mộc Châu") && !found.contains("Xưởng Nấm Sơn La"), "{found}");
    assert!(found.contains(typed), "{found}");
    let asked = |award: &'static str| {
        [("doi-tuong", tea.as_str()), ("hinh-thuc", award), ("ly-do", typed), ("tham-quyen", "Chánh Văn phòng, 20/11")]
    };
    let (status, said) = desk.post(&page, &asked("ldtt")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
    assert!(said.contains("Lao động tiên tiến không tặng cho") && said.contains(typed), "{said}");
    let (status, said) = desk.post(&page, &asked("giay_khen")).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{said}");
    let (_, shown) = desk.get(&format!("/noi-bo/quyet-dinh/{id}")).await;
    assert!(shown.contains("Công ty Chè Mộc Châu") && shown.contains("ngoại lệ"), "{shown}");
}

#[tokio::test]
async fn what_leaves_the_house_stands_in_the_ledger() {
    let house = TestHouse::narrow().await;
    let id = drafted(&house).await;
    let desk = Desk::in_house(house, Role::Standing, None).await;
    let page = format!("/noi-bo/quyet-dinh/{id}");
    let (_, shown) = desk.get(&page).await;
    let (about, of) = (Some(id.to_string()), |name: &str| format!("{page}/{name}"));
    let sheet = "/noi-bo/xet-thu/bang.xlsx?dip=annual".to_owned();
    for (name, address, about, begins) in [
        ("quyet-dinh.pdf", of("quyet-dinh.pdf"), &about, &b"%PDF-"[..]),
        ("quyet-dinh.docx", of("quyet-dinh.docx"), &about, b"PK"),
        ("to-trinh.pdf", of("to-trinh.pdf"), &about, b"%PDF-"),
        ("to-trinh.docx", of("to-trinh.docx"), &about, b"PK"),
        ("xet-thu.xlsx", sheet, &None, b"PK"),
    ] {
        assert!(about.is_none() || shown.contains(&address), "{address} has a link on the page of the decision");
        let (status, bytes) = desk.send(Request::get(&address), String::new()).await;
        assert_eq!(status, StatusCode::OK, "{address}");
        assert!(bytes.starts_with(begins), "{address}");
        let (action, subject_id) = (Some("ledger.export".to_owned()), Some(name.to_owned()));
        let filter = Filter { action, subject_id, ..Filter::default() };
        let found = queries::search(&desk.house.program(), &filter, 9).await.expect("the ledger");
        let [entry] = found.as_slice() else { panic!("{name}: {found:?}") };
        assert_eq!(entry.fields.get("bytes"), Some(&bytes.len().to_string()), "{name}");
        assert_eq!(entry.fields.get("of"), about.as_ref(), "{name}");
        assert_eq!(entry.fields.get("sha256").map(String::len), Some(64), "{name}");
        assert!(entry.account.is_some(), "{name}: who took it");
    }
}
