//! The legal bases as the standing body works with them: what waits and is confirmed, the text that was pasted, who
//! launched the movement.

use axum::http::StatusCode;
use jiff::civil::date;
use kernel::{Date, Role};
use office::awards::adoptions;
use testkit::TestHouse;

use crate::desk::Desk;

const BASES: &str = "/noi-bo/can-cu";
const LAUNCHING: &str = "/noi-bo/can-cu/phat-dong";

async fn standing_body_on(day: Date) -> Desk {
    let mut house = TestHouse::narrow().await;
    house.stand_on(day);
    Desk::in_house(house, Role::Standing, None).await
}

/// How many rules the home page counts as waiting; zero when it says nothing.
async fn counted(desk: &Desk) -> usize {
    let (status, home) = desk.get("/noi-bo").await;
    assert_eq!(status, StatusCode::OK);
    let Some((before, _)) = home.split_once(" quy tắc cần đối chiếu với văn bản") else { return 0 };
    let number = before.rsplit(|letter: char| !letter.is_ascii_digit()).next().expect("a number");
    number.parse().expect("a number")
}

/// How many rules the page of the bases lets one confirm.
async fn offered(desk: &Desk) -> usize {
    let (status, page) = desk.get(BASES).await;
    assert_eq!(status, StatusCode::OK);
    page.matches(r#"name="quy-tac""#).count()
}

/// The first rule of a kind that waits, with its version.
async fn first(desk: &Desk, subject: &str) -> (String, String) {
    let ctx = desk.house.program();
    let standing = adoptions::read(&ctx).await.expect("what stands");
    let found = adoptions::waiting(&desk.house.rules, ctx.today(), &standing);
    let one = found.iter().find(|one| one.rule.subject == subject).expect("one of this kind waits");
    (one.rule.id.clone(), one.version.basis.version())
}

async fn confirm(desk: &Desk, (rule, version): &(String, String), text: &str) -> (StatusCode, String) {
    let (document, article) = (format!("van-ban-{rule}"), format!("dieu-{rule}"));
    let fields = [
        ("quy-tac", rule.as_str()),
        ("phien-ban", version.as_str()),
        (document.as_str(), "Công báo số 12 năm 2026"),
        (article.as_str(), text),
    ];
    desk.post(&format!("{BASES}/xac-nhan"), &fields).await
}

#[tokio::test]
async fn what_the_home_page_counts_can_be_confirmed_and_then_is_counted_no_more() {
    let cases = [
        (date(2026, 9, 30), "bonus"),
        (date(2026, 11, 23), "standard"),
        (date(2027, 3, 2), "guard"),
        (date(2027, 3, 2), "bonus"),
    ];
    for (day, subject) in cases {
        let desk = standing_body_on(day).await;
        let before = counted(&desk).await;
        assert!(before > 0, "{day}: something waits");
        assert_eq!(offered(&desk).await, before, "{day}: what is counted can be confirmed, and nothing else");
        let one = first(&desk, subject).await;
        let (status, text) = confirm(&desk, &one, "Điều 1. Nguyên văn").await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{day} {one:?}: {text}");
        assert_eq!((counted(&desk).await, offered(&desk).await), (before - 1, before - 1), "{day} {one:?}");
        let (_, page) = desk.get(BASES).await;
        assert!(page.contains("Công báo số 12 năm 2026"), "{day} {one:?}: it stands there to be withdrawn");
    }
}

#[tokio::test]
async fn a_confirmation_without_its_text_comes_back_filled_and_opened() {
    let desk = standing_body_on(date(2026, 11, 23)).await;
    let one = first(&desk, "standard").await;
    let before = offered(&desk).await;
    let (status, page) = confirm(&desk, &one, "  ").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains(r#"value="Công báo số 12 năm 2026""#), "what was typed is lost");
    assert_eq!(page.matches(r#"<details class="base" open>"#).count(), 1, "the form with the fault stands open");
    assert_eq!(offered(&desk).await, before);
}

#[tokio::test]
async fn the_page_of_a_rule_shows_the_text_that_was_confirmed_with_who_when_and_its_digest() {
    let desk = standing_body_on(date(2026, 11, 23)).await;
    let one = first(&desk, "standard").await;
    let (status, text) = confirm(&desk, &one, "Điều 74. Nguyên văn được dán\nKhoản 1 <b>điểm a</b>").await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{text}");
    let ctx = desk.house.program();
    let kept = adoptions::confirmed_of(&ctx, &one.0).await.expect("confirmations").swap_remove(0);
    let address = format!("/noi-bo/luat/{}", one.0);
    let (status, page) = desk.get(&address).await;
    assert_eq!(status, StatusCode::OK);
    for said in ["Điều 74. Nguyên văn được dán", "Công báo số 12 năm 2026", "23/11/2026", kept.digest.as_str()]
    {
        assert!(page.contains(said), "{said}");
    }
    assert!(!page.contains("<b>điểm a</b>"), "pasted text is text");
    let (status, _) = desk.post(&format!("{BASES}/xac-nhan/{}/thu-hoi", kept.id), &[]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, page) = desk.get(&address).await;
    assert!(page.contains("Thu hồi ngày 23/11/2026") && page.contains("Điều 74. Nguyên văn được dán"), "{page}");
}

#[tokio::test]
async fn who_launched_the_movement_is_recorded_with_its_document_and_withdrawn_again() {
    let desk = standing_body_on(date(2026, 11, 23)).await;
    let (status, page) = desk.get(LAUNCHING).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Kế hoạch còn để ngỏ cấp phát động"), "the plan does not settle it");
    let bad =
        [("cap", "tinh"), ("nam-tinh", "năm năm"), ("van-ban", "Công văn 88/SNV-TĐKT"), ("ngay-van-ban", "20/11/2026")];
    let (status, page) = desk.post(LAUNCHING, &bad).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains(r#"value="năm năm""#) && page.contains(r#"value="Công văn 88/SNV-TĐKT""#), "lost");
    let beside = [("cap", "van_phong"), ("nam-tinh", "5"), ("van-ban", "Công văn 88"), ("ngay-van-ban", "20/11/2026")];
    let (status, page) = desk.post(LAUNCHING, &beside).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "years of a level that is not ticked");
    assert!(page.contains("chưa được đánh dấu: đánh dấu cấp này hoặc xóa") && page.contains(r#"value="5""#), "{page}");
    let (status, _) = desk.post(LAUNCHING, &[("van-ban", "Công văn 88"), ("ngay-van-ban", "20/11/2026")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "no level");

    let good = [
        ("cap", "van_phong"),
        ("cap", "tinh"),
        ("tu-tinh", "14/05/2026"),
        ("nam-tinh", "5"),
        ("van-ban", "Công văn 88/SNV-TĐKT"),
        ("ngay-van-ban", "20/11/2026"),
    ];
    let (status, text) = desk.post(LAUNCHING, &good).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{text}");
    let (_, page) = desk.get(LAUNCHING).await;
    for said in ["Công văn 88/SNV-TĐKT, 20/11/2026", "tỉnh từ 14/05/2026; thời gian được xác định: 5 năm"]
    {
        assert!(page.contains(said), "{said}");
    }
    assert!(!page.contains("Kế hoạch còn để ngỏ cấp phát động"));
    let (status, page) = desk.post(LAUNCHING, &good).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "one stands already");
    assert!(page.contains("thu hồi trước khi ghi văn bản khác"), "{page}");

    let ctx = desk.house.program();
    let id = office::awards::launching::list(&ctx).await.expect("decisions").swap_remove(0).id;
    let (status, _) = desk.post(&format!("{LAUNCHING}/{id}/thu-hoi"), &[]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, page) = desk.get(LAUNCHING).await;
    assert!(page.contains("Thu hồi ngày") && page.contains("Kế hoạch còn để ngỏ cấp phát động"));
}
