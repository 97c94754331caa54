//! The summary of achievements that is drafted from a record, and who may have it.

use jiff::civil::date;
use kernel::Role;
use office::organization::Recipient;
use office::records::drafting::drafted;
use office::records::model::NewPastAward;
use office::records::{RecordsError, service};
use rules::facts::RatingLevel;
use rules::{AwardCode, AwardType};

#[tokio::test]
async fn a_draft_tells_the_record_to_whoever_may_read_it_and_to_nobody_else() {
    for house in testkit::houses().await {
        let unit = house.unit("KT", "Phòng Kinh tế").await;
        let other = house.unit("NC", "Phòng Nội chính").await;
        let hoa = Recipient::Person(house.staff("CB1", "Lò Thị Hoa", unit).await);
        let ctx = house.program();
        let document = Some("Thông báo 8");
        service::rate(&ctx, hoa, 2025, RatingLevel::Good, Some(date(2025, 12, 15)), document).await.expect("a rating");
        let new = NewPastAward {
            recipient: hoa,
            award: AwardCode::Ldtt,
            year: 2025,
            r#type: AwardType::Merit,
            number: "15/QĐ-VP".to_owned(),
            decided_on: date(2025, 12, 20),
            achievement: None,
            decision_line: None,
        };
        service::enter_award(&ctx, new).await.expect("an award");
        let wanted = "Năm 2025: xếp loại hoàn thành tốt nhiệm vụ (Thông báo 8, ngày 15/12/2025).\n\
            Năm 2025: được tặng danh hiệu Lao động tiên tiến (Quyết định số 15/QĐ-VP, ngày 20/12/2025).";
        let head = house.account("truongphong.kt", Role::Head, Some(unit)).await;
        let told = drafted(&house.as_actor(&head), hoa, 3000).await.expect("a draft");
        assert_eq!(told, wanted, "{}", house.engine());
        let stranger = house.account("truongphong.nc", Role::Head, Some(other)).await;
        let said = drafted(&house.as_actor(&stranger), hoa, 3000).await;
        assert!(matches!(said, Err(RecordsError::UnknownRecipient(_))), "{} {said:?}", house.engine());
    }
}
