//! What a unit's head, or somebody with a narrower grant, can learn of other units: nothing, with their real
//! ids in every place an id can stand, in lists, in search and in exports.

use crate::desk::Desk;
use axum::http::{Method, Request, StatusCode};
use kernel::id::UnitId;
use office::awards::queries::Nominated;
use office::organization::queries::{Filter, PersonLine, Place};
use office::{awards, enterprises, ledger, organization};
use papers::sheet::{Limits, Sheet};
use web::Door;

/// The example house, and the head of one unit of it at the desk.
struct Scene {
    desk: Desk,
    own: UnitId,
}

impl Scene {
    async fn new() -> Self {
        let (desk, own) = Desk::of_example_head().await;
        Self { desk, own }
    }

    async fn send(&self, method: Method, path: &str, body: &str) -> (StatusCode, Vec<u8>) {
        self.desk.send(Request::builder().method(method).uri(path), body.to_owned()).await
    }

    /// People of other units, whose names nobody in the own unit bears.
    async fn strangers(&self) -> Vec<PersonLine> {
        let ctx = self.desk.house.program();
        let filter = |unit| Filter { unit, text: String::new(), day: ctx.today() };
        let everybody = organization::queries::people(&ctx, &filter(None), &Place::beginning(), 1_000).await;
        let own = organization::queries::people(&ctx, &filter(Some(self.own)), &Place::beginning(), 1_000).await;
        let own = own.expect("people");
        let familiar = |line: &PersonLine| own.iter().any(|one| one.person.profile.name == line.person.profile.name);
        everybody.expect("people").into_iter().filter(|line| !familiar(line)).collect()
    }

    /// The nominations of other units.
    async fn foreign(&self) -> Vec<(awards::model::CampaignId, Nominated)> {
        let ctx = self.desk.house.program();
        let mut found = Vec::new();
        for campaign in awards::queries::campaigns(&ctx).await.expect("campaigns") {
            let mut tx = ctx.read().await.expect("a transaction");
            let list = awards::queries::list(&ctx, &mut tx, campaign.id).await.expect("a list");
            found.extend(list.into_iter().filter(|one| one.unit != self.own).map(|one| (campaign.id, one)));
        }
        found
    }

    async fn entries(&self) -> i64 {
        ledger::service::verify(&self.desk.house.db, &self.desk.house.keys).await.expect("an answer").entries
    }
}

#[tokio::test]
async fn no_door_of_a_nomination_opens_with_another_units_id_and_nothing_is_written() {
    let scene = Scene::new().await;
    let foreign = scene.foreign().await;
    assert!(foreign.len() > 5, "the example has nominations of other units");
    let before = scene.entries().await;
    let doors: Vec<Door> = web::doors().list().filter(|door| door.path.contains("{nomination}")).cloned().collect();
    assert!(doors.len() > 8, "{}", doors.len());
    let mut wrong = Vec::new();
    for (_, one) in &foreign {
        for door in &doors {
            let path = door.path.replace("{nomination}", &one.id.to_string()).replace("{file}", &one.id.to_string());
            let form =
                "version=1&tom-tat=C%C3%B3+th%C3%A0nh+t%C3%ADch&ly-do=M%E1%BB%99t+l%C3%BD+do+%C4%91%E1%BB%A7+d%C3%A0i";
            let json = r#"{"reason":"Một lý do đủ dài"}"#;
            let body = if path.starts_with("/api/") { json } else { form };
            let (status, bytes) = scene.send(door.method.clone(), &path, body).await;
            let text = String::from_utf8_lossy(&bytes);
            let refused = matches!(status, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN | StatusCode::BAD_REQUEST);
            if !refused || text.contains(&one.name) {
                wrong.push(format!("{} {path}: {status}", door.method));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(scene.entries().await, before, "something was written");
}

#[tokio::test]
async fn a_person_of_another_unit_is_found_on_no_page_in_no_search_and_in_no_sheet() {
    let scene = Scene::new().await;
    let strangers = scene.strangers().await;
    assert!(strangers.len() > 80, "{}", strangers.len());
    let (status, sheet) = scene.send(Method::GET, "/noi-bo/con-nguoi/xuat.xlsx", "").await;
    assert_eq!(status, StatusCode::OK);
    let sheet = Sheet::read(&sheet, &Limits::default()).expect("a sheet");
    let sheet = format!("{sheet:?}");
    let (_, list) = scene.desk.get("/noi-bo/con-nguoi").await;
    for line in strangers.iter().step_by(7) {
        let (id, name) = (line.person.id, &line.person.profile.name);
        assert_eq!(scene.desk.get(&format!("/noi-bo/con-nguoi/{id}")).await.0, StatusCode::NOT_FOUND, "{name}");
        let search = format!("/noi-bo/con-nguoi?tim={}", web::urls::encode(name));
        let (_, found) = scene.desk.get(&search).await;
        assert!(!found.contains(&id.to_string()), "{name} is found by search");
        assert!(!list.contains(&id.to_string()), "{name} is in the list");
        assert!(!sheet.contains(name.as_str()), "{name} is in the sheet");
        for path in [format!("/api/v1/people/{id}"), format!("/api/v1/people/{id}/record")] {
            assert_eq!(scene.desk.get(&path).await.0, StatusCode::NOT_FOUND, "{name} {path}");
        }
        let (status, found) = scene.desk.get(&format!("/api/v1/people?text={}", web::urls::encode(name))).await;
        assert_eq!(status, StatusCode::OK);
        assert!(!found.contains(&id.to_string()), "{name} is found through the API");
    }
}

#[tokio::test]
async fn a_person_of_another_unit_cannot_be_looked_at_through_the_form_of_a_nomination() {
    let scene = Scene::new().await;
    let (campaign, _) = scene.foreign().await.into_iter().next().expect("a campaign");
    let before = scene.entries().await;
    for line in scene.strangers().await.iter().step_by(11) {
        let recipient = organization::Recipient::Person(line.person.id);
        let chosen = web::urls::encode(&format!("{recipient}@{}", scene.own));
        let path = format!("/noi-bo/khen-thuong/{campaign}/de-nghi");
        let query = format!("doi_tuong={chosen}&hinh_thuc=giay_khen");
        let (status, text) = scene.desk.get(&format!("{path}?{query}")).await;
        assert!(!status.is_success() && !text.contains(&line.person.profile.name), "{status} {text}");
        let (status, _) = scene.send(Method::POST, &path, &format!("{query}&tom-tat=Th%C3%A0nh+t%C3%ADch")).await;
        assert!(!status.is_success() && !status.is_redirection(), "{status}");
    }
    assert_eq!(scene.entries().await, before, "something was written");
}

#[tokio::test]
async fn a_campaigns_page_names_no_nominee_of_another_unit() {
    let scene = Scene::new().await;
    for (campaign, one) in scene.foreign().await {
        let (status, text) = scene.desk.get(&format!("/noi-bo/khen-thuong/{campaign}")).await;
        assert_eq!(status, StatusCode::OK);
        assert!(!text.contains(&one.id.to_string()), "{} is shown", one.name);
        let (status, text) = scene.desk.get(&format!("/api/v1/campaigns/{campaign}/nominations?limit=200")).await;
        assert_eq!(status, StatusCode::OK);
        assert!(!text.contains(&one.id.to_string()), "{} is in the API's list", one.name);
    }
}

#[tokio::test]
async fn what_another_unit_did_for_an_enterprise_is_withdrawn_by_no_other_unit() {
    let scene = Scene::new().await;
    let ctx = scene.desk.house.program();
    let found = enterprises::queries::overview(&ctx, &enterprises::queries::Events::default()).await;
    let foreign: Vec<_> =
        found.expect("an overview").supports.into_iter().filter(|one| one.record.unit != scene.own).collect();
    assert!(!foreign.is_empty(), "the example has support of other units");
    let before = scene.entries().await;
    for one in &foreign {
        let page = format!("/noi-bo/doanh-nghiep/{}", one.enterprise);
        let why = web::urls::encode("Một lý do đủ dài");
        let body = format!("phien-ban={}&ly-do-rut-{}={why}", one.record.version, one.id);
        let (status, _) = scene.send(Method::POST, &format!("{page}/ho-tro/{}/rut", one.id), &body).await;
        assert_eq!(status, StatusCode::FORBIDDEN);
        let unit = one.record.unit;
        let body =
            format!("loai-ho-tro=green&ho-tro=X&ngay-ho-tro=20%2F11%2F2026&khoan-ho-tro=III.4&don-vi-ho-tro={unit}");
        let (status, _) = scene.send(Method::POST, &format!("{page}/ho-tro"), &body).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "recorded in another unit's name");
    }
    assert_eq!(scene.entries().await, before, "something was written");
}

#[tokio::test]
async fn a_head_runs_no_dialogue_whatever_its_id() {
    let scene = Scene::new().await;
    let ctx = scene.desk.house.program();
    let dialogues = office::dialogues::queries::overview(&ctx).await.expect("dialogues").dialogues;
    assert!(dialogues.len() > 1, "the example has dialogues");
    let before = scene.entries().await;
    let doors: Vec<Door> = web::doors()
        .list()
        .filter(|door| door.path.starts_with("/noi-bo/doi-thoai/{dialogue}") && door.method == Method::POST)
        .cloned()
        .collect();
    assert!(doors.len() > 12, "{}", doors.len());
    for one in &dialogues {
        for door in &doors {
            let id = one.id.to_string();
            let parts = door.path.split('/').map(|part| if part.starts_with('{') { id.as_str() } else { part });
            let path = parts.collect::<Vec<_>>().join("/");
            let (status, _) = scene.send(Method::POST, &path, "phien-ban=1&sua=S%E1%BB%ADa").await;
            let refused = matches!(status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND | StatusCode::CONFLICT);
            assert!(refused, "{path}: {status}");
        }
    }
    assert_eq!(scene.entries().await, before, "something was written");
}
