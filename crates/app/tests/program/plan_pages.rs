//! The plan as its readers meet it: a page a clause with what hangs on it, filters by phase and unit, the chief's
//! page over all of it, the same for other programs.

use axum::http::StatusCode;
use jiff::civil::date;
use kernel::id::UnitId;
use kernel::{Date, Role};
use office::demo::{self, PASSWORD};
use office::tasks::TaskId;
use office::tasks::changes::move_due;
use office::tasks::model::Content;
use office::tasks::service::{NewTask, assign};
use testkit::TestHouse;
use web::urls::encode;

use crate::desk::Desk;

fn address(clause: &str) -> String {
    format!("/noi-bo/ke-hoach/muc/{}", encode(clause))
}

async fn task(house: &TestHouse, unit: UnitId, clause: &str, title: &str, due_on: Date) -> TaskId {
    let content = Content { clause: clause.to_owned(), title: title.to_owned(), weight: 1, ..Content::default() };
    let new = NewTask { code: String::new(), unit, parent: None, due_on, content };
    assign(&house.program(), &new).await.expect("a task")
}

/// Whether the document shows a clause.
fn shows(page: &str, clause: &str) -> bool {
    page.contains(&format!("<li id=\"{clause}\" "))
}

#[tokio::test]
async fn each_clause_has_a_page_with_its_words_and_what_hangs_on_it() {
    let house = TestHouse::sqlite().await;
    demo::fill(&house).await.expect("an example");
    let desk = Desk::in_house(house, Role::Chief, None).await;
    let (_, document) = desk.get("/noi-bo/ke-hoach").await;
    for clause in ["II.3", "III.1", "III.4#1", "IV.3.a", "VI.1#1"] {
        let (status, page) = desk.get(&address(clause)).await;
        assert_eq!(status, StatusCode::OK, "{clause}: {page}");
        let words = desk.house.plan.clause(clause).expect("a clause of the plan").text.clone();
        let first: String = words.split_whitespace().take(3).collect::<Vec<_>>().join(" ");
        assert!(page.contains(&first), "{clause} is not word for word: {page}");
        assert!(page.contains("Chịu trách nhiệm") && page.contains("Nhiệm vụ"), "{clause}: {page}");
        assert!(
            document.contains(&format!("href=\"{}\"", address(clause))),
            "{clause} cannot be reached from the plan"
        );
    }
    let (_, page) = desk.get(&address("IV.3.a")).await;
    assert!(page.contains("href=\"/noi-bo/khen-thuong/"), "the campaigns of the clause are named: {page}");
    let (_, matrix) = desk.get("/noi-bo/ke-hoach/ma-tran").await;
    assert!(matrix.contains(&format!("{}#ngan-1\"", address("IV.3.a"))), "a number leads to what it counts");
    let (status, _) = desk.get(&address("IX.9")).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_clause_shows_of_each_room_only_what_its_reader_may_read_there() {
    let house = TestHouse::sqlite().await;
    demo::fill(&house).await.expect("an example");
    let mut tx = house.db.read().await.expect("a transaction");
    let counts = office::petitions::queries::count_by_clause(&mut tx).await.expect("numbers");
    drop(tx);
    let (clause, many) = counts.first().cloned().expect("the example has petitions on a clause");
    let inbox = format!("/noi-bo/kien-nghi?khoan={}", encode(&clause));
    let mut desk = Desk::outside(house);
    desk.enter_with("chanhvp", PASSWORD).await;
    let (_, page) = desk.get(&address(&clause)).await;
    assert!(page.contains(&format!("href=\"{inbox}\"")), "{page}");
    let (status, list) = desk.get(&inbox).await;
    assert_eq!(status, StatusCode::OK);
    let shown = list.matches("<th scope=\"row\" class=\"nw\"><a href=\"/noi-bo/kien-nghi/").count();
    assert_eq!(shown, many.min(50), "the inbox shows those of {clause} alone");
    let (_, other) = desk.get("/noi-bo/kien-nghi?khoan=I.1").await;
    assert!(other.contains("Không có vụ việc nào khớp."), "the inbox is not narrowed: {other}");
    const COLUMN: &str = "<th scope=\"col\" class=\"num\">phản ánh, kiến nghị</th>";
    let (_, matrix) = desk.get("/noi-bo/ke-hoach/ma-tran").await;
    assert!(page.contains("Phản ánh, kiến nghị <small>(") && matrix.contains(COLUMN), "{page}");
    // A member of the council reads the plan, and no letter.
    desk.enter_with("uyvien1", PASSWORD).await;
    let (status, page) = desk.get(&address(&clause)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(!page.contains("/noi-bo/kien-nghi"), "{page}");
    assert!(page.contains("Tài khoản này không được xem danh sách."), "{page}");
    assert!(!page.contains("Phản ánh, kiến nghị <small>("), "not even how many: {page}");
    let (_, matrix) = desk.get("/noi-bo/ke-hoach/ma-tran").await;
    assert!(!matrix.contains(COLUMN) && matrix.contains(">nhiệm vụ</th>"), "{matrix}");
    let (_, document) = desk.get("/noi-bo/ke-hoach").await;
    assert!(!document.contains("phản ánh, kiến nghị</a>"), "{document}");
}

#[tokio::test]
async fn a_phase_or_a_unit_that_the_plan_does_not_know_is_said_to_be_unknown() {
    let desk = Desk::of(Role::Chief).await;
    let (status, page) = desk.get("/noi-bo/ke-hoach?giai_doan=9").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Kế hoạch không có giai đoạn “9”") && page.contains("error-summary"), "{page}");
    let (status, page) = desk.get("/noi-bo/ke-hoach?don_vi=khong-co").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Không có đơn vị này; chọn trong danh sách"), "{page}");
    assert_eq!(desk.get("/noi-bo/ke-hoach?giai_doan=1").await.0, StatusCode::OK);
}

#[tokio::test]
async fn what_other_units_do_for_a_clause_is_counted_and_not_named() {
    let house = TestHouse::sqlite().await;
    let (own, other) = (house.unit("KT", "Phòng Kinh tế").await, house.unit("NC", "Phòng Nội chính").await);
    task(&house, own, "III.1", "Gặp mặt doanh nghiệp", date(2026, 12, 10)).await;
    task(&house, other, "III.1", "Rà soát nội bộ", date(2026, 12, 11)).await;
    let desk = Desk::in_house(house, Role::Head, Some(own)).await;
    let (_, page) = desk.get(&address("III.1")).await;
    assert!(page.contains("Gặp mặt doanh nghiệp") && page.contains("10/12/2026"), "{page}");
    assert!(!page.contains("Rà soát nội bộ"), "{page}");
    assert!(page.contains("1 mục khác ngoài phạm vi tài khoản này được xem."), "{page}");
}

#[tokio::test]
async fn the_plan_is_narrowed_to_the_work_of_a_phase_and_of_a_unit_under_its_headings() {
    let house = TestHouse::sqlite().await;
    let (own, other) = (house.unit("KT", "Phòng Kinh tế").await, house.unit("NC", "Phòng Nội chính").await);
    task(&house, own, "III.2", "Việc của giai đoạn đầu", date(2026, 12, 1)).await;
    task(&house, other, "III.3", "Việc của giai đoạn sau", date(2029, 1, 15)).await;
    let desk = Desk::in_house(house, Role::Chief, None).await;
    let (_, page) = desk.get("/noi-bo/ke-hoach?giai_doan=1").await;
    for clause in ["III", "III.2", "VI", "VI.1", "VI.1#1"] {
        assert!(shows(&page, clause), "{clause} is missing from the first phase");
    }
    for clause in ["III.1", "III.3", "VI.1#2"] {
        assert!(!shows(&page, clause), "{clause} is no work of the first phase");
    }
    let (_, page) = desk.get(&format!("/noi-bo/ke-hoach?don_vi={own}")).await;
    assert!(shows(&page, "III") && shows(&page, "III.2") && !shows(&page, "III.3"), "{page}");
    assert!(page.contains(">Phòng Nội chính</option>"), "the units of the house are offered");
    let (_, page) = desk.get(&format!("/noi-bo/ke-hoach?don_vi={own}&giai_doan=2")).await;
    assert!(!shows(&page, "III.2"), "its work is in the first phase alone");
    let (_, page) = desk.get(&format!("/noi-bo/ke-hoach?don_vi={other}&giai_doan=2")).await;
    assert!(shows(&page, "III.3"), "{page}");
}

#[tokio::test]
async fn a_task_is_late_in_its_cell_and_in_the_list_by_the_same_rule_and_of_the_day_looked_at() {
    let mut house = TestHouse::sqlite().await;
    let unit = house.unit("KT", "Phòng Kinh tế").await;
    let id = task(&house, unit, "III.1", "Gặp mặt doanh nghiệp", date(2026, 11, 25)).await;
    move_due(&house.program(), id, 1, date(2026, 12, 20), "Chờ lịch của tỉnh").await.expect("moved");
    house.stand_on(date(2026, 12, 1));
    let desk = Desk::in_house(house, Role::Chief, None).await;
    let (status, page) = desk.get("/noi-bo/tong-quan").await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(page.contains("Nhiệm vụ quá hạn theo hạn giao lần đầu: <b>1</b>"), "{page}");
    assert!(page.contains("1 quá hạn"), "the cell of III.1 says so too: {page}");
    assert!(page.contains("Hạn 25/11/2026 · đổi thành 20/12/2026"), "{page}");
    let (_, page) = desk.get("/noi-bo/tong-quan?tinh-den=24/11/2026").await;
    assert!(page.contains("Quá hạn đến hết ngày 24/11/2026"), "{page}");
    assert!(page.contains("Nhiệm vụ quá hạn theo hạn giao lần đầu: <b>0</b>"), "{page}");
    assert!(!page.contains("1 quá hạn"), "{page}");
    assert!(page.contains("Bảy ngày qua tính đến hôm nay 01/12/2026"), "{page}");
}

#[tokio::test]
async fn a_phase_without_a_year_chooses_the_year_of_the_chiefs_page() {
    let mut house = TestHouse::sqlite().await;
    house.stand_on(date(2029, 3, 1));
    let desk = Desk::in_house(house, Role::Chief, None).await;
    let (_, page) = desk.get("/noi-bo/tong-quan?nam=&giai_doan=1&don_vi=").await;
    assert!(page.contains("<small>2028</small>"), "the last year of the first phase: {page}");
    assert!(!page.contains("value=\"2028\" selected"), "the year stays with the phase");
    let (_, page) = desk.get("/noi-bo/tong-quan?nam=2027&giai_doan=1&don_vi=").await;
    assert!(page.contains("<small>2027</small>") && page.contains("value=\"2027\" selected"), "{page}");
}

#[tokio::test]
async fn programs_read_the_phases_their_gap_and_how_much_hangs_on_each_clause() {
    let house = TestHouse::sqlite().await;
    let unit = house.unit("KT", "Phòng Kinh tế").await;
    task(&house, unit, "III.1", "Gặp mặt doanh nghiệp", date(2026, 12, 10)).await;
    let desk = Desk::in_house(house, Role::Chief, None).await;
    let (status, answer) = desk.get("/api/v1/plan").await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    let answer: serde_json::Value = serde_json::from_str(&answer).expect("JSON");
    let plan = &desk.house.plan;
    assert_eq!(answer["phases"].as_array().expect("phases").len(), plan.phases.len());
    assert_eq!(answer["phases"][0]["from"], plan.phases[0].period.from.to_string());
    assert_eq!(answer["gaps"][0]["from"], plan.gaps[0].period.from.to_string());
    let clauses = answer["clauses"].as_array().expect("clauses");
    let tasks_on = |id: &str| {
        clauses.iter().find(|one| one["id"] == id).map(|one| one["hanging"]["tasks"].clone()).expect("the clause")
    };
    assert_eq!((tasks_on("III.1"), tasks_on("III.2")), (1.into(), 0.into()));
}
