//! The sign-in page, the one-time link, the language switch.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use kernel::Timestamp;
use office::identity::service::Link;
use office::identity::{IdentityError, Token, service};
use serde::Deserialize;

use super::refusal;
use crate::form::Form;
use crate::gate::{LANGUAGE_COOKIE, session_cookie};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, mend, sentence, show};
use crate::urls;

#[derive(Template)]
#[template(path = "identity/sign_in.html")]
struct SignInPage {
    frame: Frame,
    form: Form,
    next: String,
    demo: bool,
}

#[derive(Template)]
#[template(path = "identity/link.html")]
struct LinkPage {
    frame: Frame,
    form: Form,
    first: bool,
    login: String,
}

#[derive(Template)]
#[template(path = "identity/dead_link.html")]
struct DeadLinkPage {
    frame: Frame,
}

/// Where to go afterwards.
#[derive(Deserialize)]
pub struct Next {
    tiep: Option<String>,
}

pub async fn new(here: Here, Query(next): Query<Next>) -> Answer {
    if here.visit.actor.account.is_some() {
        return Ok(Redirect::to("/noi-bo").into_response());
    }
    Ok(show(&page(&here, Form::empty(), next.tiep.as_deref().unwrap_or("/noi-bo"))))
}

fn page(here: &Here, form: Form, next: &str) -> SignInPage {
    let frame = here.frame(here.visit.lang.t("Đăng nhập"), Place::None).faulty(!form.is_good());
    SignInPage { frame, form, next: urls::inside(next).to_owned(), demo: here.visit.demo }
}

pub async fn create(here: Here, jar: CookieJar, mut form: Form) -> Answer {
    let login = form.required_line("ten-dang-nhap", 100, "Nhập tên đăng nhập");
    let next = urls::inside(form.value("tiep")).to_owned();
    if form.value("mat-khau").is_empty() {
        form.refuse("mat-khau", "Nhập mật khẩu");
    }
    if !form.is_good() {
        return Ok(mend(&page(&here, form, &next)));
    }
    match service::sign_in(&here.house, &login, form.value("mat-khau")).await {
        Ok(token) => Ok((jar.add(session(&here, &token)), Redirect::to(&next)).into_response()),
        Err(IdentityError::Store(error)) => Err(refusal(&IdentityError::Store(error))),
        Err(IdentityError::Locked { until }) => {
            form.refuse(
                "ten-dang-nhap",
                format!("Tài khoản tạm khóa do nhập sai nhiều lần; thử lại sau {}", hour(until)),
            );
            Ok(mend(&page(&here, form, &next)))
        }
        Err(error) => {
            form.refuse("ten-dang-nhap", sentence(&error));
            Ok(mend(&page(&here, form, &next)))
        }
    }
}

fn hour(at: Timestamp) -> String {
    at.to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(7))).strftime("%H:%M").to_string()
}

fn session(here: &Here, token: &Token) -> Cookie<'static> {
    Cookie::build((session_cookie(&here.house), token.reveal().to_owned()))
        .path("/")
        .http_only(true)
        .secure(here.house.public_url.starts_with("https://"))
        .same_site(SameSite::Strict)
        .build()
}

pub async fn end(here: Here, jar: CookieJar) -> Answer {
    if let Some(token) = &here.visit.token {
        service::sign_out(&here.ctx(), token).await.map_err(|error| refusal(&error))?;
    }
    let gone = Cookie::build(session_cookie(&here.house)).path("/").build();
    Ok((jar.remove(gone), Redirect::to("/dang-nhap")).into_response())
}

pub async fn link(here: Here, Path(token): Path<String>) -> Answer {
    match service::link(&here.house, &Token::received(&token)).await {
        Ok(link) => Ok(show(&link_page(&here, Form::empty(), &link))),
        Err(IdentityError::DeadLink) => Ok(dead_link(&here)),
        Err(error) => Err(refusal(&error)),
    }
}

fn dead_link(here: &Here) -> Response {
    mend(&DeadLinkPage { frame: here.frame(here.visit.lang.t("Liên kết không còn dùng được"), Place::None) })
}

fn link_page(here: &Here, form: Form, link: &Link) -> LinkPage {
    let (first, login) = match link {
        Link::SetUp => (true, String::new()),
        Link::Choose(account) => (false, account.login.clone()),
    };
    let title = if first { "Thiết lập hệ thống" } else { "Chọn mật khẩu" };
    LinkPage { frame: here.frame(here.visit.lang.t(title), Place::None).faulty(!form.is_good()), form, first, login }
}

pub async fn accept(here: Here, Path(token): Path<String>, mut form: Form) -> Answer {
    let token = Token::received(&token);
    let link = match service::link(&here.house, &token).await {
        Ok(link) => link,
        Err(IdentityError::DeadLink) => return Ok(dead_link(&here)),
        Err(error) => return Err(refusal(&error)),
    };
    let (mut login, mut name) = (String::new(), String::new());
    if link == Link::SetUp {
        login = form.required_line("ten-dang-nhap", 40, "Nhập tên đăng nhập");
        name = form.required_line("ho-ten", 100, "Nhập họ và tên");
    }
    if form.value("mat-khau") != form.value("nhap-lai") {
        form.refuse("nhap-lai", "Hai lần nhập mật khẩu chưa giống nhau");
    }
    if !form.is_good() {
        return Ok(mend(&link_page(&here, form, &link)));
    }
    match service::accept(&here.house, &token, &login, &name, form.value("mat-khau")).await {
        Ok(_) => Ok(Redirect::to("/dang-nhap").into_response()),
        Err(IdentityError::DeadLink) => Ok(dead_link(&here)),
        Err(error @ (IdentityError::ShortPassword | IdentityError::WeakPassword)) => {
            form.refuse("mat-khau", sentence(&error));
            Ok(mend(&link_page(&here, form, &link)))
        }
        Err(error @ IdentityError::OddLogin) => {
            form.refuse("ten-dang-nhap", sentence(&error));
            Ok(mend(&link_page(&here, form, &link)))
        }
        Err(error) => Err(refusal(&error)),
    }
}

pub async fn language(Path(code): Path<String>, Query(next): Query<Next>, jar: CookieJar) -> Response {
    let cookie =
        Cookie::build((LANGUAGE_COOKIE, if code == "en" { "en" } else { "vi" })).path("/").same_site(SameSite::Lax);
    let next = urls::inside(next.tiep.as_deref().unwrap_or("/")).to_owned();
    (jar.add(cookie.build()), Redirect::to(&next)).into_response()
}
