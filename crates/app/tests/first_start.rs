//! A house on its first day: what it asks for, in which order, and that every step has a door.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use office::House;
use office::identity::{Token, queries, service};
use office::organization;
use testkit::{TODAY, TestHouse};
use tower::ServiceExt as _;

const SECRET: &str = "trà xanh trên cao nguyên";

struct Desk {
    house: TestHouse,
    site: axum::Router,
    token: Token,
}

impl Desk {
    /// The first administrator came in through the set-up link.
    async fn new() -> Self {
        let house = TestHouse::sqlite().await;
        let link = service::first_link(&house).await.expect("a link").expect("nobody is there yet");
        let site = web::site(&house.shared());
        let body = format!(
            "ho-ten=Qu%E1%BA%A3n+tr%E1%BB%8B&ten-dang-nhap=quantri&mat-khau={0}&nhap-lai={0}",
            web::urls::encode(SECRET)
        );
        let set_up = posted(&site, &format!("/thiet-lap/{}", link.reveal()), body, None).await;
        assert!(set_up.0.is_redirection(), "{} {}", set_up.0, set_up.1);
        let token = service::sign_in(&house, "quantri", SECRET).await.expect("the password of the link");
        Self { house, site, token }
    }

    async fn get(&self, path: &str) -> String {
        let request = Request::get(path).header(header::COOKIE, cookie(&self.token));
        let request = request.body(Body::empty()).expect("a request");
        let response = self.site.clone().oneshot(request).await.expect("an answer");
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        text(response).await
    }

    async fn post(&self, path: &str, pairs: &[(&str, &str)]) -> (StatusCode, String) {
        let encoded = pairs.iter().map(|(name, value)| format!("{name}={}", web::urls::encode(value)));
        posted(&self.site, path, encoded.collect::<Vec<_>>().join("&"), Some(&self.token)).await
    }
}

fn cookie(token: &Token) -> String {
    format!("__Host-thidua={}", token.reveal())
}

async fn text(response: axum::response::Response) -> String {
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body");
    String::from_utf8(bytes.to_vec()).expect("text")
}

async fn posted(site: &axum::Router, path: &str, body: String, token: Option<&Token>) -> (StatusCode, String) {
    let mut request = Request::post(path)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .extension(axum::extract::ConnectInfo(std::net::SocketAddr::from(([127, 0, 0, 1], 1))));
    if let Some(token) = token {
        request = request.header(header::COOKIE, cookie(token));
    }
    let response = site.clone().oneshot(request.body(Body::from(body)).expect("a request")).await.expect("an answer");
    (response.status(), text(response).await)
}

async fn units(house: &House) -> Vec<String> {
    let mut tx = house.db.read().await.expect("a transaction");
    let units = organization::queries::units(&mut tx, TODAY).await.expect("units");
    units.into_iter().map(|unit| unit.code).collect()
}

#[tokio::test]
async fn an_empty_house_leads_its_first_administrator_from_step_to_step() {
    let desk = Desk::new().await;
    let home = desk.get("/noi-bo").await;
    assert!(home.contains("Thêm các đơn vị") && !home.contains("Nhập danh sách cán bộ"), "units come first");
    let people = desk.get("/noi-bo/con-nguoi").await;
    assert!(people.contains("Chưa có cán bộ nào"), "an empty list says so, not that nothing matches");
    let unit = [("ten", "Phòng Kinh tế"), ("ma", "KT"), ("loai", "division"), ("tu-ngay", "01/01/2026")];
    assert!(desk.post("/noi-bo/don-vi", &unit).await.0.is_redirection());
    assert_eq!(units(&desk.house).await, ["KT"]);
    assert!(desk.get("/noi-bo").await.contains("Nhập danh sách cán bộ"), "then people");
    desk.house.person("A1", "Lò Văn A").await;
    assert!(desk.get("/noi-bo").await.contains("Mở tài khoản cho mọi người"), "then accounts");
    let account = [("ho-ten", "Lò Văn A"), ("ten-dang-nhap", "lovana"), ("ma-can-bo", "A1")];
    assert_eq!(desk.post("/noi-bo/tai-khoan", &account).await.0, StatusCode::OK);
    let accounts = queries::list(&desk.house.program()).await.expect("accounts");
    let opened = accounts.iter().find(|(account, _)| account.login == "lovana").expect("the new account");
    assert!(opened.0.person.is_some(), "the account belongs to a person, who can vote");
    assert!(!desk.get("/noi-bo").await.contains("bước đầu"), "the administrator's first steps are done");
}

#[tokio::test]
async fn a_unit_that_does_not_fit_comes_back_with_what_to_mend() {
    let desk = Desk::new().await;
    let fine = [("ten", "Phòng Kinh tế"), ("ma", "KT"), ("loai", "division"), ("tu-ngay", "01/01/2026")];
    assert!(desk.post("/noi-bo/don-vi", &fine).await.0.is_redirection());
    for (field, value, what) in [
        ("ten", " ", "Nhập tên đơn vị"),
        ("ma", "", "Nhập mã đơn vị"),
        ("ma", "kt", "mã đơn vị “KT” đã có; chọn mã khác"),
        ("loai", "castle", "Chọn loại đơn vị trong danh sách"),
        ("tu-ngay", "31/02/2026", "không có ngày 31"),
        ("tu-ngay", "01/01/2099", "nhập ngày không sau hôm nay"),
    ] {
        let typed = fine.map(|(name, was)| if name == field { (name, value) } else { (name, was) });
        let (status, page) = desk.post("/noi-bo/don-vi", &typed).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{field}={value}");
        assert!(page.to_lowercase().contains(&what.to_lowercase()), "{what} is not said for {field}={value}");
        assert!(field == "ten" || page.contains("Phòng Kinh tế"), "what was typed is kept");
    }
    assert_eq!(units(&desk.house).await, ["KT"]);
}

#[tokio::test]
async fn an_account_for_a_staff_code_that_nobody_has_is_refused() {
    let desk = Desk::new().await;
    let account = [("ho-ten", "Lò Văn A"), ("ten-dang-nhap", "lovana"), ("ma-can-bo", "B9")];
    let (status, page) = desk.post("/noi-bo/tai-khoan", &account).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Không có cán bộ mang mã này"));
    assert_eq!(queries::list(&desk.house.program()).await.expect("accounts").len(), 1);
}
