//! The plan at work as another program meets it: tasks, programmes, launches, covenants, inspections, dossiers in.

use crate::desk::{Desk, SECRET};
use axum::http::request::Builder;
use axum::http::{Request, StatusCode, header};
use kernel::id::UnitId;
use kernel::{Period, Role};
use office::identity::accounts::{self, NewAccount};
use office::{demo, programmes, tasks};
use serde_json::{Value, json};
use testkit::{TODAY, TestHouse};

async fn ask(desk: &Desk, request: Builder, body: String) -> (StatusCode, Value) {
    let (status, bytes) = desk.send(request, body).await;
    (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
}

async fn get(desk: &Desk, path: &str) -> Value {
    let (status, body) = ask(desk, Request::get(path), String::new()).await;
    assert_eq!(status, StatusCode::OK, "{path}: {body}");
    body
}

/// Sends a change of what was read in this version.
async fn post(desk: &Desk, path: &str, version: &Value, body: Value) -> (StatusCode, Value) {
    let request = Request::post(path).header(header::IF_MATCH, format!("\"{version}\""));
    ask(desk, request, body.to_string()).await
}

/// The code of a problem and the field it names first.
fn problem(body: &Value) -> (&str, &str) {
    let field = body.pointer("/errors/0/pointer").and_then(Value::as_str).unwrap_or_default();
    (body["code"].as_str().unwrap_or_default(), field)
}

fn items(body: &Value) -> &[Value] {
    body["items"].as_array().expect("a list")
}

/// A house with one unit, its head before it, and a chief who may come.
async fn desk() -> (Desk, UnitId) {
    let house = TestHouse::sqlite().await;
    let unit = house.unit("KT", "Phòng Kinh tế").await;
    let program = house.program();
    let hash = accounts::hash(SECRET).await.expect("long enough");
    let person = house.person_for(Role::Chief, "chanhvp").await;
    let new = NewAccount { login: "chanhvp".to_owned(), name: "Chánh Văn phòng".to_owned(), person };
    let id = accounts::open_with_password(&program, &new, hash).await.expect("a free login");
    accounts::grant(&program, id, Role::Chief, None, Period::since(program.today())).await.expect("a grant");
    (Desk::in_house(house, Role::Head, Some(unit)).await, unit)
}

#[tokio::test]
async fn a_task_goes_from_assignment_to_acceptance_by_another_and_never_by_its_doer() {
    let (mut desk, unit) = desk().await;
    let good = json!({ "clause": "III.1", "title": "Họp với doanh nghiệp", "unit": unit, "due_on": "2026-11-30" });
    let none = json!(0);
    for (field, value, status, says) in [
        ("clause", json!("IX.1"), StatusCode::UNPROCESSABLE_ENTITY, ("no_clause", "/clause")),
        ("title", json!(" "), StatusCode::UNPROCESSABLE_ENTITY, ("no_title", "/title")),
        ("weight", json!(101), StatusCode::UNPROCESSABLE_ENTITY, ("odd_weight", "/weight")),
        ("due_on", json!("2026-11-01"), StatusCode::UNPROCESSABLE_ENTITY, ("due_before", "/due_on")),
        ("unit", json!(uuid::Uuid::new_v4()), StatusCode::FORBIDDEN, ("denied", "")),
    ] {
        let mut bad = good.clone();
        bad[field] = value;
        let (was, body) = post(&desk, "/api/v1/tasks", &none, bad).await;
        assert_eq!((was, problem(&body)), (status, says), "{field}: {body}");
    }
    let (status, made) = post(&desk, "/api/v1/tasks", &none, good).await;
    assert_eq!((status, &made["state"]), (StatusCode::CREATED, &json!("open")), "{made}");
    let path = format!("/api/v1/tasks/{}", made["id"].as_str().expect("an id"));

    let due = format!("{path}/due");
    let bare = json!({ "due_on": "2026-12-10", "reason": "bận" });
    let (status, body) = post(&desk, &due, &made["version"], bare).await;
    assert_eq!((status, problem(&body)), (StatusCode::UNPROCESSABLE_ENTITY, ("short_reason", "/reason")));
    let reasoned = json!({ "due_on": "2026-12-10", "reason": "Chờ hướng dẫn của tỉnh" });
    let (status, moved) = post(&desk, &due, &made["version"], reasoned).await;
    assert_eq!(status, StatusCode::OK, "{moved}");
    let days = (moved["first_due_on"].as_str(), moved["due_on"].as_str());
    assert_eq!(days, (Some("2026-11-30"), Some("2026-12-10")), "the first day stays");

    let report = format!("{path}/report");
    let (status, body) = post(&desk, &report, &moved["version"], json!({ "words": "xong" })).await;
    assert_eq!((status, problem(&body)), (StatusCode::UNPROCESSABLE_ENTITY, ("no_evidence", "/words")));
    let words = json!({ "words": "Biên bản số 3, lưu văn thư" });
    let (status, body) = post(&desk, &report, &json!(99), words.clone()).await;
    assert_eq!((status, problem(&body).0), (StatusCode::PRECONDITION_FAILED, "stale"), "{body}");
    let (status, done) = post(&desk, &report, &moved["version"], words).await;
    assert_eq!((status, &done["state"]), (StatusCode::OK, &json!("reported")), "{done}");

    let accept = format!("{path}/accept");
    let (status, body) = post(&desk, &accept, &done["version"], Value::Null).await;
    assert_eq!((status, problem(&body).0), (StatusCode::FORBIDDEN, "own_work"), "{body}");
    assert!(body["detail"].as_str().is_some_and(|detail| detail.contains("không được tự nghiệm thu")), "{body}");
    desk.enter("chanhvp").await;
    let (status, accepted) = post(&desk, &accept, &done["version"], Value::Null).await;
    assert_eq!((status, &accepted["state"]), (StatusCode::OK, &json!("accepted")), "{accepted}");
    assert_eq!(accepted["days_early"], json!(7), "against the first due day");
    assert_eq!(accepted["days_early_by_moved"], json!(17));
    let kinds: Vec<_> = accepted["history"].as_array().expect("a history").iter().map(|one| &one["kind"]).collect();
    assert_eq!(kinds, ["assigned", "due_moved", "reported", "accepted"]);
    let (status, body) = post(&desk, &accept, &accepted["version"], Value::Null).await;
    assert_eq!((status, problem(&body).0), (StatusCode::CONFLICT, "state"), "{body}");
}

#[tokio::test]
async fn the_list_of_tasks_is_filtered_paged_and_told_as_of_a_past_day() {
    let (desk, own) = Desk::of_example_head().await;
    let all = get(&desk, "/api/v1/tasks?limit=200").await;
    let ids: Vec<&Value> = items(&all).iter().map(|one| &one["id"]).collect();
    let program = desk.house.program();
    let seen = tasks::queries::list(&program, &tasks::queries::Filter::default()).await.expect("a list");
    let foreign = seen.iter().filter(|one| one.task.unit != own && one.task.content.coordinating.is_empty());
    let shown: Vec<_> = foreign.filter(|one| ids.contains(&&json!(one.task.id))).map(|one| &one.task.code).collect();
    assert!(shown.is_empty(), "tasks of other units: {shown:?}");
    assert!(ids.len() >= 4 && all["undated"].is_null(), "{all}");

    let (mut found, mut next) = (Vec::new(), String::new());
    loop {
        let page = get(&desk, &format!("/api/v1/tasks?limit=2&cursor={next}")).await;
        found.extend(items(&page).to_vec());
        match page["next"].as_str() {
            Some(cursor) => cursor.clone_into(&mut next),
            None => break,
        }
    }
    assert_eq!(json!(found), all["items"], "the pages together are the list");

    let accepted = get(&desk, "/api/v1/tasks?state=accepted").await;
    assert!(!items(&accepted).is_empty() && items(&accepted).iter().all(|one| one["state"] == "accepted"));
    let done = &items(&accepted)[0];
    let (assigned, done_on) = (done["assigned_on"].as_str().expect("a day"), done["done_on"].as_str().expect("a day"));
    assert!(assigned < done_on, "{done}");
    let then = get(&desk, &format!("/api/v1/tasks?limit=200&known_on={assigned}")).await;
    let stood = items(&then).iter().find(|one| one["id"] == done["id"]).expect("it was assigned on that day");
    assert_eq!((&stood["state"], &stood["done_on"]), (&json!("open"), &Value::Null), "not as it stands now");
    assert_eq!(then["undated"], json!(0));
    let never = get(&desk, "/api/v1/tasks?known_on=2020-01-01").await;
    assert!(items(&never).is_empty());
    for bad in ["state=xong", "known_on=2999-01-01", "known_on=hom-qua", "limit=0", "cursor=*"] {
        let (status, body) = ask(&desk, Request::get(format!("/api/v1/tasks?{bad}")), String::new()).await;
        assert_eq!((status, problem(&body).0), (StatusCode::BAD_REQUEST, "bad_query"), "{bad}");
    }
}

#[tokio::test]
async fn the_coverage_names_the_missing_units_and_a_head_reads_the_own_programme_alone() {
    let (mut desk, own) = Desk::of_example_head().await;
    let covered = get(&desk, "/api/v1/programmes/coverage").await;
    let expected = programmes::queries::coverage(&desk.house.program(), TODAY).await.expect("a coverage");
    let names: Vec<&str> =
        covered["missing"].as_array().expect("units").iter().filter_map(|one| one["name"].as_str()).collect();
    let missing: Vec<&str> = expected.missing.iter().map(|unit| unit.name.as_str()).collect();
    assert!(!missing.is_empty() && names == missing, "{covered}");
    assert_eq!((&covered["units"], &covered["approved"]), (&json!(expected.of), &json!(expected.approved)));
    let counts = covered["standings"].as_array().expect("counts").iter().filter_map(|one| one["count"].as_u64());
    assert_eq!(json!(counts.sum::<u64>()), covered["units"], "they add up");
    let before = get(&desk, "/api/v1/programmes/coverage?known_on=2020-01-01").await;
    assert_eq!(before["approved"], json!(0));

    let list = get(&desk, "/api/v1/programmes").await;
    let units: Vec<&Value> = items(&list).iter().map(|one| &one["unit"]["id"]).collect();
    assert_eq!(units, [&json!(own)], "the own unit alone");
    let path = format!("/api/v1/programmes/{own}");
    let one = get(&desk, &path).await;
    assert_eq!(one["versions"][0]["state"], "approved");
    let history: Vec<&Value> = one["history"].as_array().expect("a history").iter().map(|one| &one["state"]).collect();
    assert!(history.ends_with(&[&json!("submitted"), &json!("approved")]), "{one}");
    assert_eq!(get(&desk, &format!("{path}/versions/1")).await["changed"], Value::Null);
    let other = expected.missing.iter().find(|unit| unit.id != own).expect("another unit").id;
    for strange in [format!("{path}/versions/9"), format!("/api/v1/programmes/{other}")] {
        let (status, _) = ask(&desk, Request::get(&strange), String::new()).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{strange}");
    }
    desk.enter_with("chanhvp", demo::PASSWORD).await;
    let all = get(&desk, "/api/v1/programmes?limit=200").await;
    assert_eq!(items(&all).len(), expected.of);
}

#[tokio::test]
async fn a_launch_says_who_opened_it_and_a_covenant_who_signed() {
    let (mut desk, own) = Desk::of_example_head().await;
    let launches = get(&desk, "/api/v1/launches").await;
    let path = format!("/api/v1/launches/{}", items(&launches)[0]["id"].as_str().expect("an id"));
    let receipts = get(&desk, &path).await["receipts"].clone();
    let receipts = receipts.as_array().expect("receipts");
    assert_eq!(receipts.iter().map(|one| &one["unit"]).collect::<Vec<_>>(), [&json!(own)]);
    assert!(receipts[0]["opened_at"].is_string() && receipts[0]["opened_by"].is_string(), "{receipts:?}");
    desk.enter_with("chanhvp", demo::PASSWORD).await;
    let whole = get(&desk, &path).await;
    let unopened = whole["receipts"].as_array().expect("receipts").iter().filter(|one| one["opened_at"].is_null());
    assert!(unopened.count() >= 1, "one unit of the example did not open it: {whole}");

    let covenants = get(&desk, "/api/v1/covenants").await;
    let one = &items(&covenants)[0];
    assert_eq!((&one["units"], &one["signed"]), (&json!(3), &json!(2)), "{one}");
    let one = get(&desk, &format!("/api/v1/covenants/{}", one["id"].as_str().expect("an id"))).await;
    let newest = &one["versions"][0];
    assert_eq!((&newest["locked_at"], &newest["targets"][0]["clause"]), (&Value::Null, &json!("II.1")), "{one}");
    let signed = newest["signatures"].as_array().expect("signatures").iter().filter(|one| one["signed_by"].is_string());
    assert_eq!(signed.count(), 2);
}

#[tokio::test]
async fn findings_are_listed_for_who_may_know_of_them_by_their_last_day() {
    let (mut desk, _) = Desk::of_example_head().await;
    for path in ["/api/v1/inspections", "/api/v1/findings"] {
        assert!(items(&get(&desk, path).await).is_empty(), "{path}: visits to other units");
    }
    desk.enter_with("kiemtra", demo::PASSWORD).await;
    let visits = get(&desk, "/api/v1/inspections?state=held").await;
    let visit = &items(&visits)[0];
    assert_eq!((&visit["findings"], &visit["open"]), (&json!(2), &json!(1)), "{visit}");
    let path = format!("/api/v1/inspections/{}", visit["id"].as_str().expect("an id"));
    let one = get(&desk, &path).await;
    let found = one["found"].as_array().expect("findings");
    let closed: Vec<&Value> = found.iter().filter(|one| one["closed_on"].is_string()).collect();
    assert_eq!((closed.len(), &closed[0]["evidence"]), (1, &json!(["bang-tin.png"])), "{one}");
    let open = get(&desk, "/api/v1/findings?open=true").await;
    assert_eq!(items(&open).len(), 1, "{open}");
    let unit = items(&open)[0]["unit"].as_str().expect("a unit").to_owned();
    assert_eq!(items(&get(&desk, &format!("/api/v1/findings?unit={unit}")).await).len(), 2);
    let overdue = get(&desk, "/api/v1/findings?overdue=true").await;
    let late = items(&open).iter().filter(|one| one["days_overdue"].is_i64()).count();
    assert_eq!(items(&overdue).len(), late);
    desk.enter_with("truongphong.kt", demo::PASSWORD).await;
    let (status, _) = ask(&desk, Request::get(&path), String::new()).await;
    assert_eq!(status, StatusCode::NOT_FOUND, "a visit to another unit");
}

const FILE: &str = "\
Mã hồ sơ,Mã TTHC,Tên thủ tục,Đơn vị,Trạng thái,Kênh thực hiện,Ngày tiếp nhận,Ngày hẹn trả,Ngày kết thúc
A1,1.1,Cấp phép,Phòng A,10,2,09/02/2026,13/02/2026,11/02/2026
A2,1.1,Cấp phép,Phòng A,10,2,09/02/2026,13/02/2026,24/02/2026
A3,1.1,Cấp phép,Phòng A,lạ,2,09/02/2026,13/02/2026,24/02/2026
";

#[tokio::test]
async fn a_file_of_dossiers_is_tried_kept_and_known_again() {
    let desk = Desk::of(Role::Standing).await;
    let imports = "/api/v1/dossiers/imports?source=M%E1%BB%99t+c%E1%BB%ADa";
    let csv = |path: &str| Request::post(path).header(header::CONTENT_TYPE, "text/csv");
    let counts = |body: &Value| {
        let count = |name: &str| body["counts"][name].as_i64().unwrap_or(-1);
        [count("rows"), count("created"), count("unchanged"), count("rejected")]
    };
    let (status, tried) = ask(&desk, csv(&format!("{imports}&dry_run=true")), FILE.to_owned()).await;
    assert_eq!((status, counts(&tried)), (StatusCode::OK, [3, 2, 0, 1]), "{tried}");
    assert_eq!((&tried["id"], &tried["rejected"][0]["row"]), (&Value::Null, &json!(4)), "{tried}");
    assert_eq!(get(&desk, "/api/v1/dossiers").await["count"], json!(0), "a trial keeps nothing");

    let edge = "ranh-gioi";
    let form = format!(
        "--{edge}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n{FILE}\r\n--{edge}--\r\n"
    );
    let kind = format!("multipart/form-data; boundary={edge}");
    let (status, kept) = ask(&desk, Request::post(imports).header(header::CONTENT_TYPE, kind), form).await;
    assert_eq!((status, counts(&kept)), (StatusCode::OK, [3, 2, 0, 1]), "{kept}");
    assert_eq!((&kept["state"], &kept["source"]), (&json!("done"), &json!("Một cửa")), "{kept}");
    assert_eq!(get(&desk, "/api/v1/dossiers").await["count"], json!(2));
    let id = kept["id"].as_str().expect("an id");
    let again = get(&desk, &format!("/api/v1/dossiers/imports/{id}")).await;
    assert_eq!((&again["counts"], &again["rejected"]), (&kept["counts"], &kept["rejected"]));
    let (_, same) = ask(&desk, csv(imports), FILE.to_owned()).await;
    assert_eq!(counts(&same), [3, 0, 2, 1], "the same file once more: {same}");

    for (body, code) in [("", "invalid"), ("a,b\n1,2\n", "no_header")] {
        let (status, body) = ask(&desk, csv(imports), body.to_owned()).await;
        assert_eq!((status, problem(&body)), (StatusCode::UNPROCESSABLE_ENTITY, (code, "/file")), "{body}");
    }
    let (status, _) = ask(&desk, csv("/api/v1/dossiers/imports"), FILE.to_owned()).await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "no source");
    let chief = Desk::of(Role::Chief).await;
    let (status, _) = ask(&chief, csv(imports), FILE.to_owned()).await;
    assert_eq!(status, StatusCode::FORBIDDEN, "who reads figures brings nothing in");
}
