//! The JSON API as another program meets it: with a token, without one, with a wrong one.

use std::collections::BTreeSet;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use kernel::{Actor, Permission};
use office::identity::{Token, service, tokens};
use office::ledger::queries::Filter;
use office::{demo, ledger};
use serde_json::{Value, json};
use testkit::TestHouse;
use tower::ServiceExt as _;

/// What came back.
struct Said {
    status: StatusCode,
    headers: HeaderMap,
    body: Value,
}

/// A program before the site of the example house, in the name of one of its accounts.
struct Program {
    house: TestHouse,
    site: Router,
    owner: Actor,
    key: Token,
}

impl Program {
    async fn of(login: &str, scope: &[Permission]) -> Self {
        let house = TestHouse::sqlite().await;
        demo::fill(&house).await.expect("an example");
        let session = service::sign_in(&house, login, demo::PASSWORD).await.expect("signed in");
        let owner = service::actor_of(&house, &session).await.expect("an answer").expect("an actor");
        let ctx = house.as_actor(&owner);
        let key = tokens::make(&ctx, "Phần mềm nhân sự", scope, ctx.today()).await.expect("a token");
        let site = web::site(&house.shared());
        Self { house, site, owner, key }
    }

    async fn ask(&self, request: axum::http::request::Builder, body: Option<Value>) -> Said {
        let request = request.header(header::AUTHORIZATION, format!("Bearer {}", self.key.reveal()));
        send(&self.site, request, body).await
    }

    async fn get(&self, path: &str) -> Said {
        self.ask(Request::get(path), None).await
    }

    async fn post(&self, path: &str, body: Value) -> Said {
        self.ask(Request::post(path), Some(body)).await
    }
}

async fn send(site: &Router, request: axum::http::request::Builder, body: Option<Value>) -> Said {
    let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
    let response = site.clone().oneshot(request.body(body).expect("a request")).await.expect("an answer");
    let (status, headers) = (response.status(), response.headers().clone());
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body");
    Said { status, headers, body: serde_json::from_slice(&bytes).unwrap_or(Value::Null) }
}

fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("no {pointer} in {value}"))
}

#[tokio::test]
async fn the_description_has_every_door_of_the_api_and_no_other() {
    let house = TestHouse::sqlite().await;
    let said = send(&web::site(&house.shared()), Request::get("/api/v1/openapi.json"), None).await;
    assert_eq!((said.status, text(&said.body, "/openapi")), (StatusCode::OK, "3.1.0"));
    let doors = web::doors();
    let doors = doors.list().filter(|door| door.path.starts_with("/api"));
    let doors: BTreeSet<_> =
        doors.map(|door| format!("{} {}", door.method.as_str().to_lowercase(), door.path)).collect();
    let mut described = BTreeSet::new();
    for (path, methods) in said.body["paths"].as_object().expect("paths") {
        described.extend(methods.as_object().expect("methods").keys().map(|method| format!("{method} {path}")));
    }
    assert!(doors.len() > 20, "{doors:#?}");
    assert_eq!(doors, described);
    let whole = said.body.to_string();
    for reference in whole.split("\"$ref\":\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(said.body.pointer(reference).is_some(), "{reference} leads nowhere");
    }
}

#[tokio::test]
async fn a_cookie_opens_nothing_and_no_token_is_told_what_to_send() {
    let program = Program::of("truongphong.kt", &[Permission::ReadPlan]).await;
    let session = service::sign_in(&program.house, "truongphong.kt", demo::PASSWORD).await.expect("signed in");
    let cookie = format!("__Host-thidua={}", session.reveal());
    for request in [Request::get("/api/v1/plan"), Request::post("/api/v1/nominations")] {
        let request = request.header(header::COOKIE, &cookie).header("sec-fetch-site", "same-origin");
        let said = send(&program.site, request, Some(json!({}))).await;
        assert_eq!(said.status, StatusCode::UNAUTHORIZED);
        assert_eq!(said.headers[header::CONTENT_TYPE], "application/problem+json");
        assert_eq!(said.headers[header::WWW_AUTHENTICATE], "Bearer");
        assert_eq!((text(&said.body, "/code"), said.body["status"].as_u64()), ("no_token", Some(401)));
    }
}

#[tokio::test]
async fn whoever_tries_tokens_without_end_must_wait_and_the_right_one_need_not() {
    let program = Program::of("truongphong.kt", &[Permission::ReadPlan]).await;
    let mut answers = Vec::new();
    for guess in 0..70 {
        let request = Request::get("/api/v1/plan").header(header::AUTHORIZATION, format!("Bearer thidua_{guess}"));
        answers.push(send(&program.site, request, None).await);
    }
    assert_eq!(answers[0].status, StatusCode::UNAUTHORIZED);
    let last = answers.last().expect("seventy answers");
    assert_eq!((last.status, text(&last.body, "/code")), (StatusCode::TOO_MANY_REQUESTS, "too_often"));
    assert!(last.headers.contains_key(header::RETRY_AFTER), "it says when to come back");
    assert_eq!(program.get("/api/v1/plan").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_token_does_what_its_scope_says_until_it_is_withdrawn_or_over() {
    let mut program = Program::of("truongphong.kt", &[Permission::ReadPlan]).await;
    assert_eq!(program.get("/api/v1/plan").await.status, StatusCode::OK);
    let denied = program.get("/api/v1/people").await;
    assert_eq!((denied.status, text(&denied.body, "/code")), (StatusCode::FORBIDDEN, "denied"));
    let me = program.get("/api/v1/me").await.body;
    assert_eq!(text(&me, "/token"), "Phần mềm nhân sự");
    assert_eq!(me["permissions"].as_array().expect("a list").len(), 1);

    let ctx = program.house.as_actor(&program.owner);
    let wider = tokens::make(&ctx, "Rộng hơn", &[Permission::SignDecision], ctx.today()).await;
    assert!(wider.is_err(), "a head signs no decision, and no token of his does");
    let used = tokens::mine(&ctx).await.expect("a list")[0].clone();
    assert_eq!(used.used_on, Some(ctx.today()));
    tokens::withdraw(&ctx, used.id).await.expect("withdrawn");
    assert_eq!(program.get("/api/v1/plan").await.status, StatusCode::UNAUTHORIZED);

    program.key = tokens::make(&ctx, "Một ngày", &[Permission::ReadPlan], ctx.today()).await.expect("a token");
    assert_eq!(program.get("/api/v1/plan").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_nomination_is_handed_in_only_as_it_was_seen_and_the_ledger_names_the_token() {
    let program = Program::of("truongphong.kt", &[Permission::Nominate, Permission::ReadNominations]).await;
    let campaigns = program.get("/api/v1/campaigns").await.body;
    let open = campaigns["items"].as_array().expect("campaigns").iter().find(|one| one["state"] == "open");
    let campaign = text(open.expect("an open campaign"), "/id");
    let list = program.get(&format!("/api/v1/campaigns/{campaign}/nominations")).await.body;
    let ready = list["items"].as_array().expect("nominations").iter().find(|one| one["name"] == "Thào Thị Mỷ");
    let path = format!("/api/v1/nominations/{}", text(ready.expect("the draft"), "/id"));

    let seen = program.get(&path).await;
    let etag = seen.headers[header::ETAG].to_str().expect("a version").to_owned();
    assert!(seen.body["explanation"]["standards"].as_array().is_some_and(|all| !all.is_empty()), "{}", seen.body);
    let submit = format!("{path}/submit");
    let blind = program.ask(Request::post(&submit), None).await;
    assert_eq!((blind.status, text(&blind.body, "/code")), (StatusCode::PRECONDITION_REQUIRED, "version_needed"));
    let old = program.ask(Request::post(&submit).header(header::IF_MATCH, "\"999\""), None).await;
    assert_eq!((old.status, text(&old.body, "/code")), (StatusCode::PRECONDITION_FAILED, "stale"));
    let done = program.ask(Request::post(&submit).header(header::IF_MATCH, &etag), None).await;
    assert_eq!((done.status, text(&done.body, "/state")), (StatusCode::OK, "submitted"), "{}", done.body);
    assert_ne!(done.headers[header::ETAG], etag.as_str(), "the version went on");

    let ctx = program.house.program();
    let filter = Filter { action: Some("nomination.submit".to_owned()), ..Filter::default() };
    let entry = ledger::queries::search(&ctx, &filter, 1).await.expect("the ledger").remove(0);
    assert_eq!(entry.fields["via_token"], "Phần mềm nhân sự");
    assert_eq!(entry.account, program.owner.account);

    let again = program.ask(Request::post(&submit).header(header::IF_MATCH, &done.headers[header::ETAG]), None).await;
    assert_eq!((again.status, text(&again.body, "/code")), (StatusCode::CONFLICT, "nomination_state"));
    let back = Request::post(format!("{path}/withdraw")).header(header::IF_MATCH, &done.headers[header::ETAG]);
    let back = program.ask(back, Some(json!({ "reason": "Nộp nhầm đợt" }))).await;
    assert_eq!((back.status, text(&back.body, "/state")), (StatusCode::OK, "withdrawn"), "{}", back.body);
}

#[tokio::test]
async fn a_nomination_with_a_fault_says_which_field_and_writes_nothing() {
    let program = Program::of("truongphong.kt", &[Permission::Nominate, Permission::ReadNominations]).await;
    let campaigns = program.get("/api/v1/campaigns").await.body;
    let open = campaigns["items"].as_array().expect("campaigns").iter().find(|one| one["state"] == "open");
    let campaign = text(open.expect("a campaign that takes nominations"), "/id").to_owned();
    let unit = program.owner.units_for(Permission::Nominate, program.house.clock.today()).expect("one unit")[0];
    let good = json!({
        "campaign": campaign, "award": "giay_khen", "unit": unit, "summary": "Hoàn thành tốt",
        "recipient": format!("unit:{unit}"),
    });
    let before = ledger::service::verify(&program.house.db, &program.house.keys).await.expect("an answer").entries;
    let with = |field: &str, value: Value| {
        let mut body = good.clone();
        body[field] = value;
        body
    };
    for (body, pointer) in [
        (with("award", json!("huy_chuong")), "/award"),
        (with("recipient", json!("ai đó")), "/recipient"),
        (with("summary", json!("  ")), "/summary"),
        (with("unit", json!(7)), "/unit"),
        (with("lạ", json!(1)), "/lạ"),
        (with("recipient", json!(format!("unit:{}", uuid::Uuid::new_v4()))), "/recipient"),
    ] {
        let said = program.post("/api/v1/nominations", body.clone()).await;
        assert_eq!(said.status, StatusCode::UNPROCESSABLE_ENTITY, "{body} {}", said.body);
        assert_eq!(text(&said.body, "/errors/0/pointer"), pointer, "{}", said.body);
    }
    let foreign = with("unit", json!(uuid::Uuid::new_v4()));
    assert_eq!(program.post("/api/v1/nominations", foreign).await.status, StatusCode::FORBIDDEN);
    let broken =
        Request::post("/api/v1/nominations").header(header::AUTHORIZATION, format!("Bearer {}", program.key.reveal()));
    let broken =
        program.site.clone().oneshot(broken.body(Body::from("{")).expect("a request")).await.expect("an answer");
    assert_eq!(broken.status(), StatusCode::BAD_REQUEST);
    let after = ledger::service::verify(&program.house.db, &program.house.keys).await.expect("an answer").entries;
    assert_eq!(before, after, "something was written");
}

#[tokio::test]
async fn pages_of_a_list_together_hold_every_line_once() {
    let program = Program::of("thuongtruc", &[Permission::ReadPeople]).await;
    let whole = program.get("/api/v1/people?limit=200").await.body;
    let mut next = String::new();
    let mut found = Vec::new();
    loop {
        let page = program.get(&format!("/api/v1/people?limit=37&cursor={next}")).await.body;
        found.extend(page["items"].as_array().expect("lines").clone());
        match page["next"].as_str() {
            Some(cursor) => cursor.clone_into(&mut next),
            None => break,
        }
    }
    let first: Vec<Value> = found.iter().take(200).cloned().collect();
    assert_eq!(Value::from(first), whole["items"]);
    let ids: BTreeSet<_> = found.iter().map(|one| text(one, "/id")).collect();
    assert!(ids.len() > 100 && ids.len() == found.len(), "{} of {}", ids.len(), found.len());
    for odd in ["limit=0", "limit=201", "limit=x", "cursor=*"] {
        let said = program.get(&format!("/api/v1/people?{odd}")).await;
        assert_eq!((said.status, text(&said.body, "/code")), (StatusCode::BAD_REQUEST, "bad_query"), "{odd}");
    }
}

#[tokio::test]
async fn ratings_of_a_document_are_written_all_or_none() {
    let program = Program::of("thuongtruc", &[Permission::ReadPeople, Permission::ManagePeople]).await;
    let people = program.get("/api/v1/people?limit=2").await.body;
    let (one, other) = (text(&people, "/items/0/id").to_owned(), text(&people, "/items/1/id").to_owned());
    let record = format!("/api/v1/people/{one}/record");
    let before = program.get(&record).await.body["ratings"].as_array().expect("ratings").len();
    let sent = |second: &str| {
        let ratings = json!([
            { "recipient": format!("person:{one}"), "level": "excellent" },
            { "recipient": second, "level": "good" },
        ]);
        json!({ "year": 2025, "decided_on": "2025-12-20", "document": "QĐ 99/QĐ-VPUB", "ratings": ratings })
    };
    let unread = program.post("/api/v1/ratings", sent("ai đó")).await;
    assert_eq!(text(&unread.body, "/errors/0/pointer"), "/ratings/1/recipient");
    let unknown = program.post("/api/v1/ratings", sent(&format!("person:{}", uuid::Uuid::new_v4()))).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND, "{}", unknown.body);
    assert_eq!(program.get(&record).await.body["ratings"].as_array().expect("ratings").len(), before);
    let done = program.post("/api/v1/ratings", sent(&format!("person:{other}"))).await;
    assert_eq!((done.status, done.body["count"].as_u64()), (StatusCode::CREATED, Some(2)), "{}", done.body);
    assert_eq!(program.get(&record).await.body["ratings"].as_array().expect("ratings").len(), before + 1);
}

#[tokio::test]
async fn an_achievement_hangs_on_a_clause_of_the_plan() {
    let program = Program::of("thuongtruc", &[Permission::ReadPeople, Permission::ManagePeople]).await;
    let people = program.get("/api/v1/people?limit=1").await.body;
    let one = text(&people, "/items/0/id").to_owned();
    let sent = |code: &str, clause: &str| json!({ "recipient": format!("person:{one}"), "code": code, "year": 2026, "clause": clause, "summary": "Rút ngắn hồ sơ" });
    let nowhere = program.post("/api/v1/achievements", sent("TT-API-1", "XX.9")).await;
    assert_eq!(text(&nowhere.body, "/errors/0/pointer"), "/clause");
    let done = program.post("/api/v1/achievements", sent("TT-API-1", "II.3")).await;
    assert_eq!(done.status, StatusCode::CREATED, "{}", done.body);
    let twice = program.post("/api/v1/achievements", sent("TT-API-1", "II.3")).await;
    assert_eq!(
        (text(&twice.body, "/code"), text(&twice.body, "/errors/0/pointer")),
        ("achievement_code_taken", "/code")
    );
}

#[tokio::test]
async fn facts_are_evaluated_as_on_the_command_line() {
    let program = Program::of("kiemtra", &[Permission::ReadRules, Permission::ReadLedger]).await;
    let sent = json!({ "facts": { "recipient": { "kind": "person" } }, "on": "2026-06-01", "awards": ["giay_khen"] });
    let said = program.post("/api/v1/rules/evaluate", sent).await;
    assert_eq!(said.status, StatusCode::OK, "{}", said.body);
    let facts = rules::Facts::parse(r#"{"recipient":{"kind":"person"}}"#).expect("facts");
    let awards = ["giay_khen".parse().expect("an award")];
    let question = rules::Question { awards: &awards, ..rules::Question::about(&facts, jiff::civil::date(2026, 6, 1)) };
    assert_eq!(said.body, serde_json::to_value(program.house.rules.evaluate(&question)).expect("an answer"));
    let odd = program.post("/api/v1/rules/evaluate", json!({ "facts": { "la": 1 }, "on": "2026-06-01" })).await;
    assert_eq!(text(&odd.body, "/errors/0/pointer"), "/facts");
    let facts = json!({ "recipient": { "kind": "person" }, "movement": { "stage": "annual" } });
    let gated = |occasions: serde_json::Value| json!({ "facts": facts, "on": "2026-06-01", "awards": ["bk_tinh"], "plan": { "id": "ke-hoach", "occasions": occasions } });
    let annual =
        |awards: &[&str]| json!([{ "id": "annual", "name": "Hằng năm", "clause": "IV.3.a", "awards": awards }]);
    let verdict_of_gate = |body: &serde_json::Value| {
        let guards = body["results"][0]["guards"].as_array().expect("guards");
        let plan = guards.iter().find(|guard| guard["id"] == "plan").expect("the gate of the plan");
        (plan["verdict"].clone(), plan["citation"].clone())
    };
    let narrow = program.post("/api/v1/rules/evaluate", gated(annual(&["giay_khen"]))).await;
    assert_eq!(narrow.status, StatusCode::OK, "{}", narrow.body);
    assert_eq!(verdict_of_gate(&narrow.body), (json!("blocked"), json!("Kế hoạch, mục IV.3.a")));
    assert_eq!(narrow.body["results"][0]["verdict"], "not_eligible");
    let wide = program.post("/api/v1/rules/evaluate", gated(annual(&["giay_khen", "bk_tinh"]))).await;
    assert_eq!(verdict_of_gate(&wide.body).0, "clear");
    let strange = program.post("/api/v1/rules/evaluate", gated(annual(&["khong_co"]))).await;
    assert_eq!(text(&strange.body, "/errors/0/pointer"), "/plan");
    let ledger = program.get("/api/v1/ledger?limit=3").await.body;
    let newest = ledger["items"][0]["seq"].as_i64().expect("a place");
    let older = program.get(&format!("/api/v1/ledger?limit=3&cursor={}", text(&ledger, "/next"))).await.body;
    assert_eq!(older["items"][0]["seq"].as_i64(), Some(newest - 3));
}

#[tokio::test]
async fn lists_a_verdict_and_a_record_are_told_as_of_a_past_day_by_the_law_of_a_chosen_day() {
    let scope = [Permission::ReadNominations, Permission::ReadDecisions, Permission::ReadPeople];
    let program = Program::of("thuongtruc", &scope).await;
    let today = program.house.clock.today();
    let campaigns = program.get("/api/v1/campaigns").await;
    let campaign = text(&campaigns.body, "/items/0/id").to_owned();
    let list = format!("/api/v1/campaigns/{campaign}/nominations");
    let now = program.get(&format!("{list}?limit=200")).await;
    let then = program.get(&format!("{list}?limit=200&known_on={today}")).await;
    assert_eq!(then.status, StatusCode::OK, "{}", then.body);
    let ids = |said: &Said| -> BTreeSet<String> {
        said.body["items"].as_array().expect("lines").iter().map(|one| text(one, "/id").to_owned()).collect()
    };
    assert_eq!(ids(&then), ids(&now));
    let never = program.get(&format!("{list}?known_on=2020-01-01")).await;
    assert!(never.body["items"].as_array().is_some_and(Vec::is_empty), "{}", never.body);
    let ones = now.body["items"].as_array().expect("lines");
    let id = ones.iter().find(|one| one["verdict"].is_string()).map(|one| text(one, "/id")).expect("one handed in");
    let one = format!("/api/v1/nominations/{id}");
    let plain = program.get(&one).await;
    assert_eq!(plain.body["as_of"], Value::Null);
    let past = program.get(&format!("{one}?known_on={today}&law_on=2026-09-30")).await;
    assert_eq!(past.status, StatusCode::OK, "{}", past.body);
    assert_eq!(text(&past.body, "/as_of/law_on"), "2026-09-30");
    assert_eq!(text(&past.body, "/explanation/award"), text(&plain.body, "/award"));
    assert_eq!(past.body["as_of"]["frozen_on"], Value::Null, "computed for this question");
    let early = program.get(&format!("{one}?known_on=2020-01-01")).await;
    assert_eq!(early.status, StatusCode::CONFLICT, "{}", early.body);
    let person = ones.iter().find_map(|one| text(one, "/recipient").strip_prefix("person:")).expect("a person");
    let record = format!("/api/v1/people/{person}/record");
    assert_eq!(program.get(&record).await.body["undated"], Value::Null);
    let past = program.get(&format!("{record}?known_on={today}")).await;
    assert!(past.body["undated"].is_u64(), "{}", past.body);
    let register = program.get(&format!("/api/v1/awards?known_on={today}")).await;
    assert_eq!(register.status, StatusCode::OK, "{}", register.body);
    for path in [list, one, record, "/api/v1/awards".to_owned()] {
        for bad in ["2999-01-01", "hom-qua"] {
            let said = program.get(&format!("{path}?known_on={bad}")).await;
            assert_eq!(said.status, StatusCode::BAD_REQUEST, "{path} {bad} {}", said.body);
        }
    }
}

#[tokio::test]
async fn problems_speak_english_to_whoever_asks_for_it() {
    let program = Program::of("truongphong.kt", &[Permission::ReadPlan]).await;
    let english =
        program.ask(Request::get("/api/v1/nothing").header(header::ACCEPT_LANGUAGE, "en-GB,vi;q=0.3"), None).await;
    assert_eq!((english.status, text(&english.body, "/title")), (StatusCode::NOT_FOUND, "Page not found"));
    let vietnamese = program.get("/api/v1/nothing").await;
    assert_eq!(text(&vietnamese.body, "/title"), "Không tìm thấy trang");
    assert_eq!(vietnamese.headers[header::CONTENT_TYPE], "application/problem+json");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_examples_of_the_guide_run_as_they_stand() {
    let guide =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/guide/api.md")).expect("the guide");
    let examples: Vec<&str> = guide.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(examples.len() >= 5, "{}", examples.len());
    let scope = [
        Permission::ReadPlan,
        Permission::ReadRules,
        Permission::ReadPeople,
        Permission::ReadNominations,
        Permission::Nominate,
    ];
    let program = Program::of("truongphong.kt", &scope).await;
    let campaigns = program.get("/api/v1/campaigns").await.body;
    let open =
        campaigns["items"].as_array().expect("campaigns").iter().find(|one| one["state"] == "open").expect("open");
    let list = program.get(&format!("/api/v1/campaigns/{}/nominations", text(open, "/id"))).await.body;
    let ready =
        list["items"].as_array().expect("lines").iter().find(|one| one["name"] == "Thào Thị Mỷ").expect("a draft");
    let seen = program.get(&format!("/api/v1/nominations/{}", text(ready, "/id"))).await;
    let socket = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}", socket.local_addr().expect("an address"));
    tokio::spawn(axum::serve(socket, program.site.clone()).into_future());
    for example in examples {
        let mut shell = tokio::process::Command::new("sh");
        shell.arg("-euc").arg(example).env("THIDUA", &address).env("KHOA", program.key.reveal());
        shell.env("DOT_XET", text(open, "/id")).env("HO_SO", text(ready, "/id"));
        shell.env("PHIEN_BAN", seen.headers[header::ETAG].to_str().expect("a version"));
        let done = shell.output().await.expect("a shell");
        let (out, err) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        assert!(done.status.success() && out.starts_with('{'), "{example}\n{out}\n{err}");
    }
}
