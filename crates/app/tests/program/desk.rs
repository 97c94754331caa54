//! Somebody at a desk with the site before them: pages asked for and forms sent, without a socket.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use kernel::id::UnitId;
use kernel::{Period, Permission, Role};
use office::Ctx;
use office::identity::{Token, accounts, service, tokens};
use testkit::TestHouse;
use tower::ServiceExt as _;

/// The password of everybody at a desk.
pub const SECRET: &str = "trà xanh trên cao nguyên";

/// How a browser encodes a form.
const FORM: &str = "application/x-www-form-urlencoded";

/// A house, its site, and somebody before it.
pub struct Desk {
    pub house: TestHouse,
    site: axum::Router,
    token: Option<Token>,
    key: Option<Token>,
}

impl Desk {
    /// An empty house and somebody who holds a role for the whole Office.
    pub async fn of(role: Role) -> Self {
        Self::in_house(TestHouse::narrow().await, role, None).await
    }

    /// Somebody who holds a role, for a unit or the whole Office, in a house that is furnished already.
    pub async fn in_house(house: TestHouse, role: Role, unit: Option<UnitId>) -> Self {
        let program = house.program();
        let hash = accounts::hash(SECRET).await.expect("long enough");
        let name = role.name_vi().to_owned();
        let person = house.person_for(role, "o.ban.nay").await;
        let new = accounts::NewAccount { login: "o.ban.nay".to_owned(), name, person };
        let account = accounts::open_with_password(&program, &new, hash).await.expect("a free login");
        accounts::grant(&program, account, role, unit, Period::since(program.today())).await.expect("a grant");
        let mut desk = Self::outside(house);
        desk.enter("o.ban.nay").await;
        desk
    }

    /// Somebody who did not sign in.
    pub fn outside(house: TestHouse) -> Self {
        let site = web::site(&house.shared());
        Self { house, site, token: None, key: None }
    }

    /// The example house, and the head of Phòng Kinh tế before it; its unit.
    pub async fn of_example_head() -> (Self, UnitId) {
        let house = TestHouse::sqlite().await;
        office::demo::fill(&house).await.expect("an example");
        let mut tx = house.db.read().await.expect("a transaction");
        let units = office::organization::queries::units(&mut tx, house.clock.today()).await.expect("units");
        drop(tx);
        let own = units.iter().find(|unit| unit.code == "KT").expect("the unit of the example").id;
        (Self::in_house(house, Role::Head, Some(own)).await, own)
    }

    /// Signs in with the password of everybody.
    pub async fn enter(&mut self, login: &str) {
        self.enter_with(login, SECRET).await;
    }

    /// Signs in with another password.
    pub async fn enter_with(&mut self, login: &str, password: &str) {
        let token = service::sign_in(&self.house, login, password).await.expect("the right password");
        let actor = service::actor_of(&self.house, &token).await.expect("an answer").expect("a session");
        self.token = Some(token);
        self.key = key(&Ctx::new(&self.house, &actor)).await;
    }

    /// Asks for a page.
    pub async fn get(&self, path: &str) -> (StatusCode, String) {
        let (status, bytes) = self.send(Request::get(path), String::new()).await;
        (status, String::from_utf8(bytes).expect("text"))
    }

    /// Asks for what may be a file; its bytes as letters.
    pub async fn page(&self, path: &str) -> (StatusCode, String) {
        let (status, bytes) = self.send(Request::get(path), String::new()).await;
        (status, String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Sends a form with these fields.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> (StatusCode, String) {
        let (status, bytes) = self.send(Request::post(path), encoded(fields)).await;
        (status, String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Signs out: the desk is a visitor's from now on.
    pub fn leave(&mut self) {
        (self.token, self.key) = (None, None);
    }

    /// Sends a form that is encoded already; answers where it leads.
    pub async fn place(&self, path: &str, body: String) -> (StatusCode, String) {
        let request = self.signed(Request::post(path)).header(header::CONTENT_TYPE, FORM);
        let response = self.site.clone().oneshot(request.body(Body::from(body)).expect("a request")).await;
        let response = response.expect("an answer");
        let place = response.headers().get(header::LOCATION).and_then(|place| place.to_str().ok());
        (response.status(), place.unwrap_or_default().to_owned())
    }

    /// Sends a form with a file, its parts told apart by `edge`.
    pub async fn upload(&self, path: &str, edge: &str, body: String) -> (StatusCode, Vec<u8>) {
        let kind = format!("multipart/form-data; boundary={edge}");
        let request = self.signed(Request::post(path)).header(header::CONTENT_TYPE, kind);
        let response = self.site.clone().oneshot(request.body(Body::from(body)).expect("a request")).await;
        let response = response.expect("an answer");
        let status = response.status();
        (status, axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body").to_vec())
    }

    /// A request from our own page, with the session where there is one.
    fn signed(&self, request: axum::http::request::Builder) -> axum::http::request::Builder {
        let request = request.header("sec-fetch-site", "same-origin");
        match &self.token {
            Some(token) => request.header(header::COOKIE, format!("__Host-thidua={}", token.reveal())),
            None => request,
        }
    }

    /// Sends a request with a body that is encoded already.
    pub async fn send(&self, request: axum::http::request::Builder, body: String) -> (StatusCode, Vec<u8>) {
        let api = request.uri_ref().is_some_and(|uri| uri.path().starts_with("/api/"));
        let mut request = request.header("sec-fetch-site", "same-origin");
        if api {
            request = request.header(header::CONTENT_TYPE, "application/json").header(header::IF_MATCH, "\"1\"");
            if let Some(key) = &self.key {
                request = request.header(header::AUTHORIZATION, format!("Bearer {}", key.reveal()));
            }
        } else {
            request = request.header(header::CONTENT_TYPE, FORM);
            if let Some(token) = &self.token {
                request = request.header(header::COOKIE, format!("__Host-thidua={}", token.reveal()));
            }
        }
        let request = request.body(Body::from(body)).expect("a request");
        let response = self.site.clone().oneshot(request).await.expect("an answer");
        let status = response.status();
        (status, axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body").to_vec())
    }
}

/// These fields as a browser encodes a form.
pub fn encoded(fields: &[(&str, &str)]) -> String {
    let pairs = fields.iter().map(|(name, value)| format!("{}={}", web::urls::encode(name), web::urls::encode(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// An access token for all that somebody may do today; none for who may do nothing.
pub async fn key(ctx: &Ctx<'_>) -> Option<Token> {
    let scope: Vec<_> = Permission::ALL.iter().copied().filter(|one| ctx.may(*one).is_ok()).collect();
    tokens::make(ctx, "Phần mềm kiểm thử", &scope, ctx.today()).await.ok()
}
