//! Targets as people and programs meet them: what is typed comes back with its fault, two people at one cell, locks
//! that hold at the page and the API, other units' values.

use crate::desk::Desk;
use axum::http::{Request, StatusCode};
use kernel::Role;
use kernel::id::UnitId;
use office::targets::entry::{self, NewValue};
use office::targets::model::State;
use office::targets::{Amount, IndicatorId, ReportPeriod, queries, service};
use office::{demo, ledger};
use testkit::TestHouse;
use web::Door;

/// A desk in a house with a unit and the plan's indicators.
async fn desk(role: Role, own: bool) -> (Desk, UnitId, IndicatorId) {
    let house = TestHouse::sqlite().await;
    let unit = house.unit("KT", "Phòng Kinh tế").await;
    service::adopt(&house.program()).await.expect("the plan's indicators");
    let desk = Desk::in_house(house, role, own.then_some(unit)).await;
    let all = queries::all(&desk.house.program()).await.expect("a list");
    let id = all.iter().find(|one| one.code == "CT4.4").expect("one that units enter").id;
    (desk, unit, id)
}

fn cell(id: IndicatorId, unit: UnitId, period: &str) -> String {
    format!("/noi-bo/chi-tieu/{id}/nhap?ky={period}&don-vi={unit}")
}

#[tokio::test]
async fn a_value_with_faults_comes_back_filled_and_nothing_is_kept() {
    let (desk, unit, id) = desk(Role::Head, true).await;
    let (status, page) = desk.get(&cell(id, unit, "2026-Q1")).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    let unit_text = unit.to_string();
    let path = format!("/noi-bo/chi-tieu/{id}/nhap");
    for (typed, says) in [
        ("", "Nhập số liệu"),
        ("mười", "không phải là số"),
        ("1.5", "không phải là số"),
        ("1,5", "quá nhiều chữ số thập phân"),
        ("-1", "từ 0 quy trình trở lên"),
    ] {
        let fields = [
            ("ky", "2026-Q1"),
            ("don-vi", unit_text.as_str()),
            ("phien-ban", "0"),
            ("so-lieu", typed),
            ("giai-trinh", "đã đếm lại"),
        ];
        let (status, page) = desk.post(&path, &fields).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}: {page}");
        assert!(page.contains(says), "{typed}: {says} {page}");
        assert!(page.contains("đã đếm lại"), "what was typed is lost");
    }
    assert!(queries::values(&desk.house.program(), id).await.expect("a list").is_empty());
    for strange in ["2026-Q9", "2026", "2031-Q1", "2026-01"] {
        assert_eq!(desk.get(&cell(id, unit, strange)).await.0, StatusCode::NOT_FOUND, "{strange}");
    }
}

#[tokio::test]
async fn the_second_of_two_sees_both_values_and_chooses() {
    let (desk, unit, id) = desk(Role::Head, true).await;
    let unit_text = unit.to_string();
    let path = format!("/noi-bo/chi-tieu/{id}/nhap");
    let send = |version: &'static str, number: &'static str| {
        let (desk, path, unit) = (&desk, path.clone(), unit_text.clone());
        async move {
            let fields = [("ky", "2026-Q1"), ("don-vi", unit.as_str()), ("phien-ban", version), ("so-lieu", number)];
            desk.post(&path, &fields).await
        }
    };
    assert_eq!(send("0", "12").await.0, StatusCode::SEE_OTHER);
    let (status, page) = send("0", "13").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("12 quy trình") && page.contains("13 quy trình"), "{page}");
    assert!(page.contains("name=\"phien-ban\" value=\"1\""), "keeping one's own is one press away");
    let kept = queries::values(&desk.house.program(), id).await.expect("a list");
    assert_eq!(kept[0].amount, Some(Amount(120_000)), "nobody silently wins");
    assert_eq!(send("1", "13").await.0, StatusCode::SEE_OTHER);
    let kept = queries::values(&desk.house.program(), id).await.expect("a list");
    assert_eq!(kept[0].amount, Some(Amount(130_000)));
}

#[tokio::test]
async fn an_approved_value_is_locked_at_the_page_and_at_the_api() {
    let (desk, unit, id) = desk(Role::Head, true).await;
    let program = desk.house.program();
    let period: ReportPeriod = "2026-Q1".parse().expect("a period");
    let new = NewValue {
        indicator: id,
        unit: Some(unit),
        period,
        amount: Some(Amount(120_000)),
        level: None,
        narrative: String::new(),
        remark: String::new(),
        follow_up: false,
        seen: 0,
    };
    let value = entry::save(&program, &new).await.expect("a value");
    entry::submit(&program, value, 1).await.expect("handed in");
    entry::approve(&program, value, 2).await.expect("approved");
    let unit_text = unit.to_string();
    let fields = [("ky", "2026-Q1"), ("don-vi", unit_text.as_str()), ("phien-ban", "3"), ("so-lieu", "99")];
    let (status, page) = desk.post(&format!("/noi-bo/chi-tieu/{id}/nhap"), &fields).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("kiểm thử") && page.contains("đã khóa"), "who approved it is told: {page}");
    let body = r#"{"amount":"99"}"#.to_owned();
    let (status, answer) = desk.send(Request::post(format!("/api/v1/indicator-values/{value}")), body).await;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    assert_eq!(status, StatusCode::CONFLICT, "{answer}");
    assert!(answer.contains("\"code\":\"locked\""), "{answer}");
    let body = r#"{"reason":"Nhập nhầm một chữ số"}"#.to_owned();
    let (status, answer) = desk.send(Request::post(format!("/api/v1/indicator-values/{value}/reopen")), body).await;
    assert_eq!(status, StatusCode::FORBIDDEN, "{}", String::from_utf8_lossy(&answer));
    let (_, kept) = queries::value(&program, value).await.expect("a value");
    assert_eq!((kept.state, kept.amount), (State::Approved, Some(Amount(120_000))));
    let (status, page) = desk.get(&cell(id, unit, "2026-Q1")).await;
    assert!(status == StatusCode::OK && !page.contains("name=\"so-lieu\""), "there is no field to type into");
}

#[tokio::test]
async fn a_new_indicator_says_what_is_wrong_and_begins_without_a_status() {
    let (desk, _, _) = desk(Role::Standing, false).await;
    let (status, page) = desk.get("/noi-bo/chi-tieu/moi").await;
    assert_eq!(status, StatusCode::OK, "{page}");
    let good = [
        ("ma", "CT4.9"),
        ("khoan", "II.4"),
        ("ten", "Số dịch vụ dùng chung"),
        ("don-vi-tinh", "dịch vụ"),
        ("loai", "quantitative"),
        ("chieu", "higher"),
        ("cach-dem", "periodic"),
        ("nhip", "quarter"),
        ("pham-vi", "office"),
        ("gop", "sum"),
        ("cong-thuc", ""),
        ("thap-phan", "0"),
        ("nguon", "Báo cáo của Trung tâm Thông tin"),
    ];
    for (field, bad, says) in [
        ("ma", "CT4.4", "đã có"),
        ("ma", "Chỉ tiêu", "Mã gồm chữ cái"),
        ("khoan", "III.1", "Chọn chỉ tiêu của Kế hoạch"),
        ("ten", "", "Nhập tên chỉ số"),
        ("loai", "other", "Chọn trong danh sách"),
        ("thap-phan", "9", "từ 0 đến 4"),
        ("nho-nhat", "1.5", "không phải là số"),
        ("moc-2030", "90", "Ghi văn bản giao các mốc"),
        ("gia-tri-goc", "90", "Nhập năm của giá trị gốc"),
        ("cong-thuc", "tasks_done", "Công thức đếm thì cộng lại"),
    ] {
        let mut fields: Vec<_> = good.iter().copied().filter(|(name, _)| *name != field).collect();
        fields.push((field, bad));
        let (status, page) = desk.post("/noi-bo/chi-tieu", &fields).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{field}={bad}: {page}");
        assert!(page.contains(says), "{field}={bad}: {says}");
        assert!(page.contains("Báo cáo của Trung tâm Thông tin"), "what was typed is lost at {field}");
    }
    let (status, _) = desk.post("/noi-bo/chi-tieu", &good).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let all = queries::all(&desk.house.program()).await.expect("a list");
    let id = all.iter().find(|one| one.code == "CT4.9").expect("it was defined").id;
    let (_, page) = desk.get(&format!("/noi-bo/chi-tieu/{id}")).await;
    assert!(page.contains("chưa tính được") && page.contains("Chưa có giá trị gốc"), "{page}");
    assert!(!page.contains("<b>0 dịch vụ"), "no data is not zero");
}

#[tokio::test]
async fn another_units_values_open_nothing_and_are_on_no_page() {
    let (desk, own) = Desk::of_example_head().await;
    let program = desk.house.program();
    let id = queries::all(&program).await.expect("a list").iter().find(|one| one.code == "CT4.4").expect("it").id;
    let values = queries::values(&program, id).await.expect("values");
    let foreign: Vec<_> = values.into_iter().filter(|value| value.unit != Some(own)).collect();
    assert!(foreign.len() > 10, "the example has values of other units");
    let before = ledger::service::verify(&desk.house.db, &desk.house.keys).await.expect("a chain").entries;
    let doors: Vec<Door> = web::doors().list().filter(|door| door.path.contains("{value}")).cloned().collect();
    assert!(doors.len() > 10, "{}", doors.len());
    let mut wrong = Vec::new();
    for one in &foreign {
        for door in &doors {
            let path = door.path.replace("{value}", &one.id.to_string()).replace("{file}", &one.id.to_string());
            let form = "phien-ban=1&ly-do-tra=M%E1%BB%99t+l%C3%BD+do+d%C3%A0i&ly-do-mo=M%E1%BB%99t+l%C3%BD+do+d%C3%A0i&danh-dau=co";
            let body = match path.starts_with("/api/") {
                true if path.ends_with("/return") || path.ends_with("/reopen") => r#"{"reason":"Một lý do đủ dài"}"#,
                true => r#"{"amount":"1"}"#,
                false => form,
            };
            let request = Request::builder().method(door.method.clone()).uri(&path);
            let (status, _) = desk.send(request, body.to_owned()).await;
            let refused = [StatusCode::NOT_FOUND, StatusCode::FORBIDDEN, StatusCode::BAD_REQUEST].contains(&status);
            if !refused {
                wrong.push(format!("{} {path}: {status}", door.method));
            }
        }
        let unit = one.unit.map(|unit| unit.to_string()).unwrap_or_default();
        let path = format!("/noi-bo/chi-tieu/{id}/nhap?ky={}&don-vi={unit}", one.period);
        if desk.get(&path).await.0 != StatusCode::NOT_FOUND {
            wrong.push(path);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    for path in [format!("/noi-bo/chi-tieu/{id}"), format!("/api/v1/indicators/{id}/values?limit=200")] {
        let (status, text) = desk.get(&path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        for one in &foreign {
            let unit = one.unit.map(|unit| unit.to_string()).unwrap_or_default();
            assert!(!text.contains(&one.id.to_string()) && !text.contains(&unit), "{path} shows {unit}");
        }
    }
    let after = ledger::service::verify(&desk.house.db, &desk.house.keys).await.expect("a chain").entries;
    assert_eq!(before, after, "something was written");
}

#[tokio::test]
async fn the_chiefs_page_and_the_plan_show_the_seven_targets_with_their_state() {
    let house = TestHouse::sqlite().await;
    demo::fill(&house).await.expect("an example");
    let desk = Desk::in_house(house, Role::Chief, None).await;
    let (status, page) = desk.get("/noi-bo/tong-quan").await;
    assert_eq!(status, StatusCode::OK, "{page}");
    for clause in ["II.1", "II.2", "II.3", "II.4", "II.5", "II.6", "II.7"] {
        assert!(page.contains(&format!("/noi-bo/ke-hoach/muc/{clause}\"")), "{clause}");
    }
    assert!(page.contains("chưa tính được"), "no baseline, no status");
    assert!(!page.contains("style="), "the policy forbids styles");
    let (status, page) = desk.get("/noi-bo/tong-quan?tinh-den=01/06/2026").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("không lưu lại số liệu của ngày đã qua") || page.contains("01/06/2026"), "{page}");
    let (status, page) = desk.get("/noi-bo/ke-hoach").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("CT3.1") && page.contains("Nhiệm vụ đã xong"), "the plan lives");
    let (status, page) = desk.get("/noi-bo/chi-tieu").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("đã báo cáo"), "{page}");
    let all = queries::all(&desk.house.program()).await.expect("a list");
    for one in &all {
        let (status, page) = desk.get(&format!("/noi-bo/chi-tieu/{}", one.id)).await;
        assert_eq!(status, StatusCode::OK, "{}", one.code);
        assert!(!page.contains("style="), "{}", one.code);
    }
}
