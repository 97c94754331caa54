//! Every door × every visitor: who lacks the permission is refused, who holds it gets past the guard, and
//! an id that is not his opens nothing.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use kernel::{Period, Role};
use office::identity::accounts::{self, NewAccount};
use office::identity::{Token, service, tokens};
use testkit::TestHouse;
use tower::ServiceExt as _;
use web::{Door, Need};

const SECRET: &str = "trà xanh trên cao nguyên";

/// Somebody before the doors: with a role, a session and an access token for all that the role may, or with
/// none of them.
#[derive(Default)]
struct Visitor {
    role: Option<Role>,
    session: Option<Token>,
    key: Option<Token>,
}

/// One signed-in visitor a role, and one who did not sign in.
async fn visitors(house: &TestHouse) -> BTreeMap<&'static str, Visitor> {
    let program = house.program();
    let hash = accounts::hash(SECRET).await.expect("long enough");
    let mut visitors = BTreeMap::from([("visitor", Visitor::default())]);
    for role in Role::ALL {
        let person = house.person_for(*role, role.code()).await;
        let new = NewAccount { login: role.code().to_owned(), name: role.name_vi().to_owned(), person };
        let account = accounts::open_with_password(&program, &new, hash.clone()).await.expect("a free login");
        accounts::grant(&program, account, *role, None, Period::since(program.today())).await.expect("an account");
        let session = service::sign_in(house, role.code(), SECRET).await.expect("the right password");
        let actor = service::actor_of(house, &session).await.expect("an answer").expect("a session");
        let ctx = house.as_actor(&actor);
        let key = match role.permissions() {
            [] => None,
            scope => Some(tokens::make(&ctx, "Kiểm thử", scope, ctx.today()).await.expect("a token")),
        };
        visitors.insert(role.code(), Visitor { role: Some(*role), session: Some(session), key });
    }
    visitors
}

/// The address of a door with an id that nobody has in every place an id can stand.
fn address(door: &Door) -> String {
    let stranger = uuid::Uuid::new_v4().to_string();
    let parts = door.path.split('/').map(|part| if part.starts_with('{') { stranger.as_str() } else { part });
    parts.collect::<Vec<_>>().join("/")
}

fn is_api(door: &Door) -> bool {
    door.path.starts_with("/api/")
}

async fn knock(site: &axum::Router, door: &Door, visitor: &Visitor) -> StatusCode {
    let mut request =
        Request::builder().method(door.method.clone()).uri(address(door)).header("sec-fetch-site", "same-origin");
    if door.method == Method::POST {
        request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    }
    if let Some(key) = visitor.key.as_ref().filter(|_| is_api(door)) {
        request = request.header(header::AUTHORIZATION, format!("Bearer {}", key.reveal()));
    }
    if let Some(token) = &visitor.session {
        request = request.header(header::COOKIE, format!("__Host-thidua={}", token.reveal()));
    }
    let request = request.body(Body::empty()).expect("a request");
    site.clone().oneshot(request).await.expect("the site answers").status()
}

#[tokio::test]
async fn no_door_opens_without_its_permission_and_none_breaks_on_a_strange_id() {
    let house = TestHouse::sqlite().await;
    let visitors = visitors(&house).await;
    let today = house.clock.today();
    let site = web::site(&house.shared());
    let doors: Vec<Door> = web::doors().list().cloned().collect();
    assert!(doors.len() > 60, "only {} doors: the walk misses some", doors.len());
    let mut wrong = Vec::new();
    for (name, visitor) in &visitors {
        for door in doors.iter().filter(|door| door.path != "/dang-xuat") {
            let status = knock(&site, door, visitor).await;
            // A session is nobody at a door of the API.
            let role = visitor.role.filter(|_| !is_api(door) || visitor.key.is_some());
            let allowed = match (door.need, role) {
                (Need::Public, _) | (Need::SignedIn, Some(_)) => true,
                (Need::May(permission), Some(role)) => role.permissions().contains(&permission),
                (Need::SignedIn | Need::May(_), None) => false,
            };
            let fits = match (allowed, role) {
                (true, _) => {
                    !matches!(status, StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED) && !status.is_server_error()
                }
                (false, None) if is_api(door) => status == StatusCode::UNAUTHORIZED,
                (false, None) => status == StatusCode::SEE_OTHER,
                (false, Some(_)) => status == StatusCode::FORBIDDEN,
            };
            if !fits {
                wrong.push(format!("{name} {} {}: {status} on {today}", door.method, door.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn a_form_from_another_site_is_refused_before_anybody_is_asked_who_they_are() {
    let house = TestHouse::sqlite().await;
    let site = web::site(&house.shared());
    let request =
        Request::post("/dang-nhap").header("sec-fetch-site", "cross-site").body(Body::empty()).expect("a request");
    assert_eq!(site.oneshot(request).await.expect("an answer").status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn whoever_tries_codes_without_end_must_wait() {
    let house = TestHouse::sqlite().await;
    let site = web::site(&house.shared());
    let mut answers = Vec::new();
    for _ in 0..70 {
        let request = Request::get("/xac-minh/AAAA-BBBB-CCCC").body(Body::empty()).expect("a request");
        answers.push(site.clone().oneshot(request).await.expect("an answer"));
    }
    assert_eq!(answers[0].status(), StatusCode::NOT_FOUND);
    let last = answers.last().expect("seventy answers");
    assert_eq!(last.status(), StatusCode::TOO_MANY_REQUESTS);
    assert!(last.headers().contains_key(header::RETRY_AFTER), "it says when to come back");
    let elsewhere = Request::get("/dang-nhap").body(Body::empty()).expect("a request");
    assert_eq!(site.oneshot(elsewhere).await.expect("an answer").status(), StatusCode::OK);
}

#[test]
fn every_public_door_that_takes_a_secret_is_paced() {
    let doors = web::doors();
    let open = doors.list().filter(|door| door.need == Need::Public && !door.paced).map(|door| door.path);
    assert_eq!(
        open.collect::<Vec<_>>(),
        [
            "/",
            "/song",
            "/dang-nhap",
            "/ngon-ngu/{code}",
            "/xac-minh",
            "/phan-anh",
            "/phan-anh/gui",
            "/phan-anh/tra-cuu",
            "/phan-anh/tra-cuu",
            "/phan-anh/da-tra-loi",
            "/phan-anh/da-tra-loi/{petition}",
            "/doi-thoai",
            "/doi-thoai/{dialogue}",
            "/hanh-vi",
            "/hanh-vi/gui",
            "/hanh-vi/theo-doi",
            "/hanh-vi/so-lieu",
            "/hanh-vi/so-lieu.csv",
            "/mo-hinh",
            "/mo-hinh/{code}",
            "/thong-tin-khen-thuong",
            "/thong-tin-khen-thuong/atom.xml",
            "/thong-tin-khen-thuong/anh/{picture}/{width}",
            "/thong-tin-khen-thuong/{slug}",
            "/sitemap.xml",
            "/robots.txt",
            "/du-lieu-mo",
            "/du-lieu-mo/khen-thuong.csv",
            "/du-lieu-mo/khen-thuong.json",
            "/du-lieu-mo/so-lieu.csv",
            "/du-lieu-mo/so-lieu.json",
            "/api/v1/openapi.json",
            "/tai-lieu-api"
        ]
    );
}
