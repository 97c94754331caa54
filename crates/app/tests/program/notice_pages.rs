//! Notices from outside: the list, the address, links in letters that work without signing in.

use crate::desk::Desk;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use kernel::Role;
use office::notices::{NewNotice, NoticeKind, To, choices, service};
use tower::ServiceExt as _;

/// A desk whose visitor has one notice.
async fn desk() -> (Desk, kernel::id::AccountId) {
    let desk = Desk::of(Role::Officer).await;
    let program = desk.house.program();
    let accounts = office::identity::queries::list(&program).await.expect("accounts");
    let account = accounts.iter().find(|(one, _)| one.login == "o.ban.nay").expect("the visitor's").0.id;
    let new = NewNotice {
        kind: NoticeKind::TaskAssigned,
        key: "a".to_owned(),
        subject: "Nhiệm vụ được giao: <b>NV-1</b>".to_owned(),
        url: "/noi-bo/nhiem-vu".to_owned(),
    };
    let mut tx = program.begin().await.expect("a transaction");
    service::raise(&program, &mut tx, &[To::Account(account)], &new).await.expect("raised");
    tx.commit().await.expect("kept");
    (desk, account)
}

#[tokio::test]
async fn a_notice_is_counted_on_every_page_until_it_is_opened() {
    let (desk, _) = desk().await;
    let (_, page) = desk.get("/noi-bo").await;
    assert!(page.contains("class=\"count\">1"), "{page}");
    let (status, page) = desk.get("/noi-bo/thong-bao").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("&lt;b&gt;NV-1") || page.contains("&#60;b&#62;NV-1"), "{page}");
    let action = page.split("action=\"").find_map(|rest| rest.split('"').next().filter(|to| to.ends_with("/mo")));
    let (status, place) = desk.place(action.expect("a button"), String::new()).await;
    assert_eq!((status, place.as_str()), (StatusCode::SEE_OTHER, "/noi-bo/nhiem-vu"));
    let (_, page) = desk.get("/noi-bo").await;
    assert!(!page.contains("class=\"count\""));
    let (status, _) = desk.post("/noi-bo/thong-bao/da-doc", &[]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_odd_address_comes_back_with_its_fault_and_a_good_one_waits_to_be_confirmed() {
    let (desk, account) = desk().await;
    let (status, page) = desk.post("/noi-bo/thong-bao/tuy-chon", &[("dia-chi", "ban@"), ("loai", "task_due")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("value=\"ban@\"") && page.contains("không đúng"), "{page}");
    let address = "ban@coquan.vi-du.vn";
    let (status, _) = desk.post("/noi-bo/thong-bao/tuy-chon", &[("dia-chi", address), ("loai", "task_due")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, page) = desk.get("/noi-bo/thong-bao/tuy-chon").await;
    assert!(page.contains("mở liên kết trong thư"));
    // Looking at the link changes nothing: programs that check mail do so.
    let link = format!("/thong-bao/xac-nhan/{}", choices::confirm_token(&desk.house, account, address));
    let (status, _) = desk.get(&link).await;
    assert_eq!(status, StatusCode::OK);
    let (_, page) = desk.get("/noi-bo/thong-bao/tuy-chon").await;
    assert!(page.contains("mở liên kết trong thư"));
    let (status, _) = desk.post(&link, &[]).await;
    assert_eq!(status, StatusCode::OK);
    let (_, page) = desk.get("/noi-bo/thong-bao/tuy-chon").await;
    assert!(page.contains("đã xác nhận"));
}

#[tokio::test]
async fn mail_is_stopped_by_a_link_without_signing_in_also_by_a_mail_program_of_another_site() {
    let (mut desk, account) = desk().await;
    let link = format!("/thong-bao/ngung/{}", choices::stop_token(&desk.house, account, Some(NoticeKind::TaskDue)));
    desk.leave();
    let (status, page) = desk.get(&link).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Ngừng thư loại này") && page.contains("Ngừng mọi thư thông báo"));
    assert_eq!(desk.get(&format!("{link}x")).await.0, StatusCode::NOT_FOUND);
    // One press in a mail program: no page of ours before it (RFC 8058).
    let site = web::site(&desk.house.shared());
    let request = Request::post(&link)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from("List-Unsubscribe=One-Click"))
        .expect("a request");
    assert_eq!(site.clone().oneshot(request).await.expect("an answer").status(), StatusCode::OK);
    let silent = |of: choices::Choices| of.silent;
    let actor = kernel::Actor { account: Some(account), ..kernel::Actor::visitor() };
    let mine = async || choices::mine(&desk.house.as_actor(&actor)).await;
    assert_eq!(silent(mine().await.expect("an answer")), [NoticeKind::TaskDue]);
    let (status, page) = desk.post(&link, &[("tat-ca", "co")]).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Không có thư thông báo nào được gửi nữa."));
    assert_eq!(silent(mine().await.expect("an answer")).len(), NoticeKind::ALL.len());
    // Every other form of another site is still refused.
    let foreign = Request::post("/noi-bo/thong-bao/da-doc").body(Body::empty()).expect("a request");
    assert_eq!(site.oneshot(foreign).await.expect("an answer").status(), StatusCode::FORBIDDEN);
}
