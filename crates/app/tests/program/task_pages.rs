//! Tasks as people meet them: what is typed comes back with its fault, the doer's own acceptance is refused,
//! the calendar under a secret address.

use crate::desk::Desk;
use axum::http::{Request, StatusCode};
use kernel::Role;
use kernel::id::UnitId;
use office::tasks::TaskId;
use office::tasks::queries::{self, Filter};
use office::{demo, identity, ledger};
use testkit::TestHouse;
use web::Door;

async fn desk() -> (Desk, UnitId) {
    let house = TestHouse::sqlite().await;
    let unit = house.unit("KT", "Phòng Kinh tế").await;
    (Desk::in_house(house, Role::Head, Some(unit)).await, unit)
}

async fn only_task(desk: &Desk) -> TaskId {
    let found = queries::list(&desk.house.program(), &Filter::default()).await.expect("a list");
    assert_eq!(found.len(), 1);
    found[0].task.id
}

#[tokio::test]
async fn a_form_with_faults_comes_back_filled_and_nothing_is_assigned() {
    let (desk, unit) = desk().await;
    let unit = unit.to_string();
    let (status, page) = desk.get("/noi-bo/nhiem-vu/moi").await;
    assert_eq!(status, StatusCode::OK, "{page}");
    let good = [
        ("ten", "Họp với doanh nghiệp"),
        ("khoan", "III.1"),
        ("don-vi", &unit),
        ("han", "30/11/2026"),
        ("trong-so", "1"),
    ];
    for (field, bad, says) in [
        ("ten", "", "Nhập tên nhiệm vụ"),
        ("khoan", "", "Chọn khoản của Kế hoạch"),
        ("khoan", "IX.1", "Chọn khoản của Kế hoạch"),
        ("don-vi", "", "Chọn đơn vị chủ trì"),
        ("han", "31/02/2026", "31/02/2026"),
        ("han", "01/11/2026", "Hạn phải từ ngày giao 23/11/2026 trở đi"),
        ("trong-so", "0", "Trọng số phải từ 1 đến 100"),
        ("trong-so", "nhiều", "Trọng số phải từ 1 đến 100"),
    ] {
        let fields: Vec<_> =
            good.iter().map(|(name, value)| (*name, if *name == field { bad } else { value })).collect();
        let (status, page) = desk.post("/noi-bo/nhiem-vu/moi", &fields).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{field}={bad}: {page}");
        assert!(page.contains(says), "{field}={bad}: {says}");
        assert!(field == "ten" || page.contains("Họp với doanh nghiệp"), "what was typed is lost at {field}");
    }
    let found = queries::list(&desk.house.program(), &Filter::default()).await.expect("a list");
    assert!(found.is_empty());
    let (status, _) = desk.post("/noi-bo/nhiem-vu/moi", &good).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    only_task(&desk).await;
}

#[tokio::test]
async fn whoever_reported_a_task_is_refused_at_its_acceptance_and_told_why() {
    let (desk, unit) = desk().await;
    let unit = unit.to_string();
    let fields = [("ten", "Họp"), ("khoan", "III.1"), ("don-vi", &*unit), ("han", "30/11/2026"), ("trong-so", "1")];
    desk.post("/noi-bo/nhiem-vu/moi", &fields).await;
    let path = format!("/noi-bo/nhiem-vu/{}", only_task(&desk).await);
    let moved = desk
        .post(&format!("{path}/doi-han"), &[("phien-ban", "1"), ("han-moi", "01/12/2026"), ("ly-do-han", "bận")])
        .await;
    assert_eq!(moved.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(moved.1.contains("Ghi rõ lý do") && moved.1.contains("bận"), "the words come back");
    let bare = desk.post(&format!("{path}/bao-cao"), &[("phien-ban", "1"), ("ket-qua", "xong")]).await;
    assert_eq!(bare.0, StatusCode::UNPROCESSABLE_ENTITY, "no evidence");
    let words = "Biên bản số 3, lưu văn thư";
    let stale = desk.post(&format!("{path}/bao-cao"), &[("phien-ban", "7"), ("ket-qua", words)]).await;
    assert_eq!(stale.0, StatusCode::CONFLICT, "another version was read");
    let done = desk.post(&format!("{path}/bao-cao"), &[("phien-ban", "1"), ("ket-qua", words)]).await;
    assert_eq!(done.0, StatusCode::SEE_OTHER);
    let (_, page) = desk.get(&path).await;
    assert!(page.contains("nên không nghiệm thu được"), "the page offers no button and says why");
    let (status, page) = desk.post(&format!("{path}/nghiem-thu"), &[("phien-ban", "2")]).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(page.contains("không được tự nghiệm thu"), "{page}");
}

#[tokio::test]
async fn the_list_the_board_and_the_sheet_stand_as_on_a_past_day_and_say_what_is_of_today() {
    let (desk, unit) = desk().await;
    let unit = unit.to_string();
    let fields =
        [("ten", "Họp giao ban"), ("khoan", "III.1"), ("don-vi", &*unit), ("han", "30/11/2026"), ("trong-so", "1")];
    assert_eq!(desk.post("/noi-bo/nhiem-vu/moi", &fields).await.0, StatusCode::SEE_OTHER);
    for path in ["/noi-bo/nhiem-vu", "/noi-bo/nhiem-vu/bang"] {
        let (_, now) = desk.get(path).await;
        assert!(now.contains("Họp giao ban") && now.contains("Xem như ở một ngày đã qua"), "{now}");
        let (status, today) = desk.get(&format!("{path}?tinh-den=2026-11-23&don_vi={unit}")).await;
        assert_eq!(status, StatusCode::OK, "{today}");
        assert!(today.contains("Họp giao ban") && today.contains("Như đã ghi nhận đến hết ngày 23/11/2026"), "{today}");
        assert!(today.contains("tên, trọng số, đơn vị và người thực hiện là của hôm nay"), "{today}");
        assert!(today.contains("name=\"tinh-den\" value=\"2026-11-23\""), "the filters keep the day: {today}");
        assert!(!today.contains("/noi-bo/nhiem-vu/moi"), "nothing is assigned on a past day: {today}");
        let (_, before) = desk.get(&format!("{path}?tinh-den=2026-11-22")).await;
        assert!(!before.contains("Họp giao ban"), "it was not assigned yet: {before}");
    }
    for path in ["/noi-bo/nhiem-vu", "/noi-bo/nhiem-vu/bang", "/noi-bo/nhiem-vu/danh-sach.xlsx"] {
        for bad in ["hom-qua", "31/02/2026", "01/01/2100"] {
            let (status, _) = desk.get(&format!("{path}?tinh-den={bad}")).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{path} {bad}");
        }
    }
    let (status, _) = desk.page("/noi-bo/nhiem-vu/danh-sach.xlsx?tinh-den=2026-11-23").await;
    assert_eq!(status, StatusCode::OK);
}

#[tokio::test]
async fn no_door_of_a_task_opens_with_another_units_id_and_nothing_is_written() {
    let (desk, own) = Desk::of_example_head().await;
    let all = queries::list(&desk.house.program(), &Filter::default()).await.expect("a list");
    let foreign: Vec<_> = all.iter().filter(|one| one.task.unit != own).collect();
    assert!(foreign.len() > 5, "the example has tasks of other units");
    let before = ledger::service::verify(&desk.house.db, &desk.house.keys).await.expect("a chain").entries;
    let doors: Vec<Door> = web::doors().list().filter(|door| door.path.contains("{task}")).cloned().collect();
    assert!(doors.len() > 8, "{}", doors.len());
    let mut wrong = Vec::new();
    for one in &foreign {
        for door in &doors {
            let path =
                door.path.replace("{task}", &one.task.id.to_string()).replace("{file}", &one.task.id.to_string());
            let body = "phien-ban=1&ten=X&khoan=III.1&trong-so=1&han-moi=31%2F12%2F2026&chu-ky=month&ly-do-han=M%E1%BB%99t+l%C3%BD+do+d%C3%A0i&ly-do-huy=M%E1%BB%99t+l%C3%BD+do+d%C3%A0i&ket-qua=M%E1%BB%99t+l%E1%BB%9Di+d%C3%A0i";
            let (status, bytes) =
                desk.send(Request::builder().method(door.method.clone()).uri(&path), body.to_owned()).await;
            let refused = matches!(status, StatusCode::NOT_FOUND | StatusCode::BAD_REQUEST);
            if !refused || String::from_utf8_lossy(&bytes).contains(&one.task.content.title) {
                wrong.push(format!("{} {path}: {status}", door.method));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    for path in ["/noi-bo/nhiem-vu", "/noi-bo/nhiem-vu/bang", "/noi-bo/nhiem-vu/thang"] {
        let (status, text) = desk.get(path).await;
        assert_eq!(status, StatusCode::OK);
        for one in &foreign {
            assert!(!text.contains(&one.task.id.to_string()), "{} is on {path}", one.task.code);
        }
    }
    let after = ledger::service::verify(&desk.house.db, &desk.house.keys).await.expect("a chain").entries;
    assert_eq!(before, after, "something was written");
}

#[tokio::test]
async fn the_calendar_opens_to_its_address_alone_and_shuts_when_it_is_withdrawn() {
    let house = TestHouse::sqlite().await;
    demo::fill(&house).await.expect("an example");
    let token = identity::service::sign_in(&house, "canbo.kt", demo::PASSWORD).await.expect("the right password");
    let actor = identity::service::actor_of(&house, &token).await.expect("an answer").expect("a session");
    let secret = office::tasks::feed::make(&house.as_actor(&actor)).await.expect("an address");
    let desk = Desk::outside(house);
    let path = format!("/lich-viec/{}/nhiem-vu.ics", secret.reveal());
    let (status, text) = desk.get(&path).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"), "{text}");
    assert_eq!(text.matches("BEGIN:VEVENT").count(), 2, "open tasks of one person: {text}");
    assert!(!text.contains("NC-01"), "nothing of others");
    assert_eq!(desk.get("/lich-viec/khong-co/nhiem-vu.ics").await.0, StatusCode::NOT_FOUND);
    office::tasks::feed::withdraw(&desk.house.as_actor(&actor)).await.expect("there is one");
    assert_eq!(desk.get(&path).await.0, StatusCode::NOT_FOUND);
}
