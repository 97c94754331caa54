//! Dossiers on their pages and in the API: numbers that open their dossiers, days explained, answers, costs.

use crate::desk::Desk;
use axum::http::StatusCode;
use kernel::Role;
use office::dossiers::service;

const ROOM: &str = "/noi-bo/ho-so-tthc";

const FILE: &str = "\
Mã hồ sơ,Mã TTHC,Tên thủ tục,Đơn vị,Trạng thái,Kênh thực hiện,Ngày tiếp nhận,Ngày hẹn trả,Ngày kết thúc,Ngày yêu cầu bổ sung,Ngày tiếp nhận bổ sung,Thời hạn theo quy định
A1,1.1,Cấp phép,Phòng A,10,2,09/02/2026,13/02/2026,11/02/2026,,,5
A2,1.1,Cấp phép,Phòng A,10,2,09/02/2026,13/02/2026,24/02/2026,11/02/2026,23/02/2026,5
A3,1.1,Cấp phép,Phòng A,10,1,09/02/2025,13/02/2025,12/02/2025,,,5
B1,1.1,Cấp phép,Phòng B,4,1,20/11/2026,30/11/2026,,,,
";

async fn desk(role: Role) -> Desk {
    let desk = Desk::of(role).await;
    let file = desk.house.data_dir.join("file.csv");
    std::fs::write(&file, FILE).expect("a file");
    let ctx = desk.house.program();
    let prepared = service::prepare(&ctx, "Mẫu", &file).await.expect("prepared");
    service::begin(&ctx, &prepared).await.expect("begun");
    let done = service::run(&ctx, prepared, &file, false, |_, _| {}).await.expect("an import");
    assert_eq!(done.counts.created, 4);
    desk
}

#[tokio::test]
async fn a_number_opens_its_dossiers_and_the_due_day_is_explained_day_by_day() {
    let desk = desk(Role::Chief).await;
    let (status, page) = desk.get(ROOM).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(page.contains("0 trên 2 đã trả lời"), "{page}");
    let (_, list) = desk.get(&format!("{ROOM}/danh-sach?nam=2026&loai=ended")).await;
    assert!(list.contains("<b>2</b>") && list.contains("A1") && list.contains("A2") && !list.contains("A3"), "{list}");
    let (status, why) = desk.get(&format!("{ROOM}/vi-sao?ma=A2")).await;
    assert_eq!(status, StatusCode::OK, "{why}");
    // Held to 25 February: four days promised, the wait of 12, 13 and 23 February beside them.
    assert!(why.contains("25 tháng 02 năm 2026") && why.contains("tạm dừng"), "{why}");
    assert_eq!(desk.get(&format!("{ROOM}/vi-sao?ma=Z9")).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn years_stand_side_by_side_and_a_part_of_the_set_that_cannot_be_computed_says_why() {
    let desk = desk(Role::Chief).await;
    let (status, page) = desk.get(&format!("{ROOM}/thoi-han?nam=2026")).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(
        page.contains("Trung vị 2025") && page.contains("Trung vị 2026") && page.contains("1.1 Cấp phép"),
        "{page}"
    );
    let (status, page) = desk.get(&format!("{ROOM}/bo-chi-so-766?nam=2026")).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(page.contains("chưa tính được") && page.contains("tệp hồ sơ không có"), "{page}");
}

#[tokio::test]
async fn a_code_answers_once_on_the_public_page_which_says_nothing_of_the_dossier() {
    let mut desk = desk(Role::Standing).await;
    desk.leave();
    let (status, page) = desk.get("/danh-gia-ho-so").await;
    assert_eq!(status, StatusCode::OK, "{page}");
    let (status, page) = desk.post("/danh-gia-ho-so", &[("ma", "A1")]).await;
    assert_eq!((status, page.contains("Chọn một mức")), (StatusCode::UNPROCESSABLE_ENTITY, true));
    let (status, page) = desk.post("/danh-gia-ho-so", &[("ma", "A1"), ("muc", "5")]).await;
    assert_eq!((status, page.contains("Đã ghi nhận")), (StatusCode::OK, true), "{page}");
    let (status, page) = desk.post("/danh-gia-ho-so", &[("ma", "A1"), ("muc", "1")]).await;
    assert_eq!((status, page.contains("đã gửi phiếu")), (StatusCode::UNPROCESSABLE_ENTITY, true), "{page}");
    let unknown = desk.post("/danh-gia-ho-so", &[("ma", "Z9"), ("muc", "1")]).await;
    let at_work = desk.post("/danh-gia-ho-so", &[("ma", "B1"), ("muc", "1")]).await;
    assert_eq!((unknown.0, at_work.0), (StatusCode::UNPROCESSABLE_ENTITY, StatusCode::UNPROCESSABLE_ENTITY));
    assert_eq!(unknown.1.replace("Z9", "B1"), at_work.1, "nobody learns which codes there are");
    assert!(!at_work.1.contains("Phòng B"), "nothing of the dossier is told");
}

#[tokio::test]
async fn costs_are_entered_and_come_back_filled_and_the_formula_waits_for_its_confirmation() {
    let desk = desk(Role::Standing).await;
    let address = format!("{ROOM}/chi-phi/thu-tuc");
    let good = [
        ("ma", "1.1"),
        ("phien-ban", "0"),
        ("thu-nhap", "60.000"),
        ("nguon-thu-nhap", "Niên giám"),
        ("truoc-1-gio", "2"),
        ("truoc-phi", "100.000"),
        ("truoc-lan", "1"),
        ("truoc-doi-tuong", "10"),
        ("sau-1-gio", "0,5"),
        ("sau-lan", "1"),
        ("sau-doi-tuong", "10"),
        ("ly-do", "rà soát theo kế hoạch năm"),
    ];
    let mut bad = good;
    bad[4] = ("truoc-1-gio", "hai giờ");
    let (status, page) = desk.post(&address, &bad).await;
    assert_eq!((status, page.contains("hai giờ")), (StatusCode::UNPROCESSABLE_ENTITY, true), "{page}");
    let (status, page) = desk.post(&address, &good).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    let (_, page) = desk.get(&format!("{address}?ma=1.1")).await;
    // 2 × 60,000 + 100,000 = 220,000 once; ten subjects; after 30,000.
    assert!(page.contains("2.200.000") && page.contains("300.000") && page.contains("1.900.000"), "{page}");
    assert!(page.contains("chưa xác nhận"), "{page}");
    assert_eq!(desk.post(&address, &good).await.0, StatusCode::CONFLICT, "somebody saved since");
    let (status, _) = desk.post(&format!("{ROOM}/chi-phi/cong-thuc"), &[("van-ban", "03/2022/TT-VPCP")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, page) = desk.get(&format!("{ROOM}/chi-phi")).await;
    assert!(page.contains("đã xác nhận") && page.contains("03/2022/TT-VPCP"), "{page}");
}
