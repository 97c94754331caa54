//! Somebody at a desk with the site before them: pages asked for and forms sent, without a socket.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use kernel::{Period, Role};
use office::identity::{Token, accounts, service};
use testkit::TestHouse;
use tower::ServiceExt as _;

/// The password of everybody at a desk.
pub const SECRET: &str = "trà xanh trên cao nguyên";

/// A house, its site, and somebody who signed in.
pub struct Desk {
    pub house: TestHouse,
    site: axum::Router,
    token: Token,
}

impl Desk {
    /// An empty house and somebody who holds a role for the whole Office.
    pub async fn of(role: Role) -> Self {
        Self::in_house(TestHouse::sqlite().await, role).await
    }

    /// Somebody who holds a role in a house that is furnished already.
    pub async fn in_house(house: TestHouse, role: Role) -> Self {
        let program = house.program();
        let hash = accounts::hash(SECRET).await.expect("long enough");
        let name = role.name_vi().to_owned();
        let new = accounts::NewAccount { login: "o.ban.nay".to_owned(), name, person: None };
        let account = accounts::open_with_password(&program, &new, hash).await.expect("a free login");
        accounts::grant(&program, account, role, None, Period::since(program.today())).await.expect("a grant");
        let token = service::sign_in(&house, "o.ban.nay", SECRET).await.expect("the right password");
        let site = web::site(&house.shared());
        Self { house, site, token }
    }

    /// Asks for a page.
    pub async fn get(&self, path: &str) -> (StatusCode, String) {
        let (status, bytes) = self.send(Request::get(path), String::new()).await;
        (status, String::from_utf8(bytes).expect("text"))
    }

    /// Sends a form with these fields.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> (StatusCode, String) {
        let pairs =
            fields.iter().map(|(name, value)| format!("{}={}", web::urls::encode(name), web::urls::encode(value)));
        let (status, bytes) = self.send(Request::post(path), pairs.collect::<Vec<_>>().join("&")).await;
        (status, String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Sends a request with a body that is encoded already.
    pub async fn send(&self, request: axum::http::request::Builder, body: String) -> (StatusCode, Vec<u8>) {
        let request = request
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, format!("__Host-thidua={}", self.token.reveal()))
            .body(Body::from(body))
            .expect("a request");
        let response = self.site.clone().oneshot(request).await.expect("an answer");
        let status = response.status();
        (status, axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body").to_vec())
    }
}
