//! Signing in, links and grants.

use kernel::{Actor, Period, Permission, Role};
use office::identity::accounts::{self, NewAccount};
use office::identity::service::{accept, actor_of, first_link, link, sign_in, sign_out};
use office::identity::{IdentityError, Token, queries, tokens};
use testkit::{TODAY, TestHouse};

const PASSWORD: &str = "chè xanh Mộc Châu mùa xuân";

async fn first_admin(house: &TestHouse) -> kernel::id::AccountId {
    let token = first_link(house).await.expect("a house that answers").expect("a house without accounts");
    accept(house, &token, "quan.tri", "Lò Văn Quản", PASSWORD).await.expect("a first administrator")
}

async fn refused(house: &TestHouse, password: &str) -> IdentityError {
    sign_in(house, "quan.tri", password).await.err().expect("a refusal")
}

#[tokio::test]
async fn the_first_link_sets_up_one_administrator_and_is_dead_then() {
    for house in testkit::houses().await {
        let token = first_link(&house).await.expect("an answer").expect("a link");
        accept(&house, &token, "quan.tri", "Lò Văn Quản", PASSWORD).await.expect("set up");
        let again = accept(&house, &token, "quan.tri2", "Ai Đó", PASSWORD).await;
        assert!(matches!(again, Err(IdentityError::DeadLink)), "{}", house.engine());
        assert!(first_link(&house).await.expect("an answer").is_none(), "{}", house.engine());
    }
}

#[tokio::test]
async fn a_session_carries_the_grants_until_it_ends() {
    for house in testkit::houses().await {
        first_admin(&house).await;
        let token = sign_in(&house, " QUAN.TRI ", PASSWORD).await.expect("the right password");
        let actor = actor_of(&house, &token).await.expect("an answer").expect("a session");
        assert!(actor.may(Permission::ManageAccounts, TODAY), "{}", house.engine());
        sign_out(&house.as_actor(&actor), &token).await.expect("signed out");
        assert_eq!(actor_of(&house, &token).await.expect("an answer"), None, "{}", house.engine());
    }
}

#[tokio::test]
async fn the_fifth_wrong_password_locks_the_account_for_the_right_one_too() {
    for house in testkit::houses().await {
        first_admin(&house).await;
        for _ in 0..4 {
            assert!(matches!(refused(&house, "sai").await, IdentityError::WrongPassword), "{}", house.engine());
        }
        assert!(matches!(refused(&house, "sai").await, IdentityError::Locked { .. }), "{}", house.engine());
        assert!(matches!(refused(&house, PASSWORD).await, IdentityError::Locked { .. }), "{}", house.engine());
    }
}

#[tokio::test]
async fn wrong_passwords_at_one_time_are_all_counted() {
    for house in testkit::houses().await {
        first_admin(&house).await;
        futures::future::join_all((0..5).map(|_| sign_in(&house, "quan.tri", "sai"))).await;
        assert!(matches!(refused(&house, PASSWORD).await, IdentityError::Locked { .. }), "{}", house.engine());
    }
}

#[tokio::test]
async fn a_link_for_a_new_account_is_used_once() {
    for house in testkit::houses().await {
        first_admin(&house).await;
        let new = NewAccount { login: "lo.hoa".to_owned(), name: "Lò Thị Hoa".to_owned(), person: None };
        let (id, token) = accounts::open(&house.program(), &new).await.expect("an account");
        assert!(link(&house, &token).await.is_ok());
        assert_eq!(accept(&house, &token, "", "", PASSWORD).await.expect("a password"), id);
        assert!(matches!(accept(&house, &token, "", "", PASSWORD).await, Err(IdentityError::DeadLink)));
        assert!(matches!(link(&house, &Token::received("bịa")).await, Err(IdentityError::DeadLink)));
        assert!(sign_in(&house, "lo.hoa", PASSWORD).await.is_ok(), "{}", house.engine());
    }
}

#[tokio::test]
async fn two_who_use_one_link_at_one_time_do_not_both_succeed() {
    for house in testkit::houses().await {
        let token = first_link(&house).await.expect("an answer").expect("a link");
        let both = futures::future::join(
            accept(&house, &token, "mot", "Người Một", PASSWORD),
            accept(&house, &token, "hai", "Người Hai", PASSWORD),
        );
        let (one, two) = both.await;
        assert!(one.is_ok() != two.is_ok(), "{}: {one:?} {two:?}", house.engine());
    }
}

#[tokio::test]
async fn a_login_is_taken_once() {
    for house in testkit::houses().await {
        first_admin(&house).await;
        let new = NewAccount { login: "Quan.Tri".to_owned(), name: "Người khác".to_owned(), person: None };
        let refused = accounts::open(&house.program(), &new).await;
        assert!(matches!(refused, Err(IdentityError::LoginTaken { .. })), "{}", house.engine());
    }
}

#[tokio::test]
async fn the_last_administrator_stays() {
    for house in testkit::houses().await {
        let admin = first_admin(&house).await;
        let refused = accounts::stop(&house.program(), admin).await;
        assert!(matches!(refused, Err(IdentityError::LastAdmin)), "{}", house.engine());
        let new = NewAccount { login: "hai".to_owned(), name: "Quản trị hai".to_owned(), person: None };
        let (second, token) = accounts::open(&house.program(), &new).await.expect("an account");
        accept(&house, &token, "", "", PASSWORD).await.expect("a password");
        let period = Period::since(TODAY);
        accounts::grant(&house.program(), second, Role::Admin, None, period).await.expect("a role");
        let session = sign_in(&house, "quan.tri", PASSWORD).await.expect("signed in");
        accounts::stop(&house.program(), admin).await.expect("no longer the last");
        assert_eq!(actor_of(&house, &session).await.expect("an answer"), None, "{}", house.engine());
    }
}

#[tokio::test]
async fn nobody_without_the_permission_opens_accounts() {
    for house in testkit::houses().await {
        let standing = testkit::actor(Role::Standing, None);
        for actor in [standing, Actor::visitor()] {
            let new = NewAccount { login: "an".to_owned(), name: "An".to_owned(), person: None };
            let refused = accounts::open(&house.as_actor(&actor), &new).await;
            assert!(matches!(refused, Err(IdentityError::Denied(_))), "{}", house.engine());
        }
    }
}

#[tokio::test]
async fn a_token_opens_nothing_after_its_last_day_or_once_the_account_was_stopped() {
    for mut house in testkit::houses().await {
        let admin = first_admin(&house).await;
        let actor = actor_of(&house, &sign_in(&house, "quan.tri", PASSWORD).await.expect("signed in")).await;
        let actor = actor.expect("an answer").expect("a session");
        let ctx = house.as_actor(&actor);
        let scope = [Permission::ReadPeople, Permission::ManageAccounts];
        let secret = tokens::make(&ctx, " Nhân  sự ", &scope, TODAY).await.expect("a token");
        let twice = tokens::make(&ctx, "Nhân sự", &scope, TODAY).await;
        assert!(matches!(twice, Err(IdentityError::TokenNameTaken { .. })), "{}", house.engine());
        let far = TODAY.saturating_add(jiff::Span::new().days(367));
        for day in [TODAY.yesterday().expect("a day"), far] {
            let odd = tokens::make(&ctx, "Khác", &scope, day).await;
            assert!(matches!(odd, Err(IdentityError::TokenDay { .. })), "{} {day}", house.engine());
        }
        let through = tokens::actor_of(&house, &secret).await.expect("an answer").expect("its owner");
        assert_eq!(through.account, Some(admin), "{}", house.engine());
        assert!(!through.may(Permission::KeepHouse, TODAY), "{}", house.engine());
        let child = tokens::make(&house.as_actor(&through), "Con", &scope, TODAY).await;
        assert!(child.is_err(), "{}: a token makes no tokens", house.engine());
        let kept = tokens::mine(&ctx).await.expect("a list").remove(0);
        assert_eq!((kept.name.as_str(), kept.used_on), ("Nhân sự", Some(TODAY)), "{}", house.engine());
        house.stand_on(TODAY.tomorrow().expect("a day"));
        assert_eq!(tokens::actor_of(&house, &secret).await.expect("an answer"), None, "{}", house.engine());
    }
}

#[tokio::test]
async fn who_drafts_or_signs_is_a_known_person() {
    for house in testkit::houses().await {
        first_admin(&house).await;
        let program = house.program();
        let new = NewAccount { login: "ky".to_owned(), name: "Người ký".to_owned(), person: None };
        let (account, _) = accounts::open(&program, &new).await.expect("a free login");
        let sign = async || accounts::grant(&program, account, Role::Chief, None, Period::since(TODAY)).await;
        assert!(matches!(sign().await, Err(IdentityError::NoPerson)));
        let vote = accounts::grant(&program, account, Role::Member, None, Period::since(TODAY)).await;
        assert!(matches!(vote, Err(IdentityError::NoPerson)), "a seat in the council is a person's");
        accounts::grant(&program, account, Role::Inspector, None, Period::since(TODAY)).await.expect("asks for nobody");
        let (an, binh) = (house.person("A", "Lò Văn An").await, house.person("B", "Lò Văn Bình").await);
        accounts::bind(&program, account, an).await.expect("nobody stood behind it");
        assert!(matches!(accounts::bind(&program, account, binh).await, Err(IdentityError::HasPerson)));
        sign().await.expect("a known person");
        let mut tx = house.db.read().await.expect("a transaction");
        assert_eq!(queries::person_of(&mut tx, account, TODAY).await.expect("an answer"), Some(an));
    }
}

#[tokio::test]
async fn a_person_has_one_account_in_use_and_a_stopped_one_does_not_count() {
    for house in testkit::houses().await {
        first_admin(&house).await;
        let program = house.program();
        let an = house.person("A", "Lò Văn An").await;
        let new = |login: &str, person| NewAccount { login: login.to_owned(), name: "Lò Văn An".to_owned(), person };
        let (first, _) = accounts::open(&program, &new("an", Some(an))).await.expect("the first");
        let second = accounts::open(&program, &new("an.hai", Some(an))).await.err().expect("a refusal");
        assert!(second.to_string().contains("“an” (Lò Văn An)"), "{}: {second}", house.engine());
        let (unbound, _) = accounts::open(&program, &new("an.ba", None)).await.expect("nobody known");
        let bound = accounts::bind(&program, unbound, an).await;
        assert!(matches!(bound, Err(IdentityError::PersonHasAccount { .. })), "{}: {bound:?}", house.engine());
        accounts::stop(&program, first).await.expect("stopped");
        accounts::bind(&program, unbound, an).await.expect("the old one does not count");
    }
}

#[tokio::test]
async fn another_withdraws_a_token_only_when_it_manages_accounts() {
    for house in testkit::houses().await {
        first_admin(&house).await;
        let hash = accounts::hash(PASSWORD).await.expect("long enough");
        let new = NewAccount { login: "hoa".to_owned(), name: "Lò Thị Hoa".to_owned(), person: None };
        let program = house.program();
        let hoa = accounts::open_with_password(&program, &new, hash).await.expect("a free login");
        accounts::grant(&program, hoa, Role::Officer, None, Period::since(TODAY)).await.expect("a grant");
        let sign = async |login: &str| {
            let token = sign_in(&house, login, PASSWORD).await.expect("signed in");
            actor_of(&house, &token).await.expect("an answer").expect("a session")
        };
        let (admin, hoa) = (sign("quan.tri").await, sign("hoa").await);
        let (admin, hoa) = (house.as_actor(&admin), house.as_actor(&hoa));
        let of_admin = tokens::make(&admin, "Sao lưu", &[Permission::ReadPeople], TODAY).await.expect("a token");
        let of_hoa = tokens::make(&hoa, "Bảng tin", &[Permission::ReadPlan], TODAY).await.expect("a token");
        let admins = tokens::mine(&admin).await.expect("a list").remove(0);
        let foreign = tokens::withdraw(&hoa, admins.id).await;
        assert!(matches!(foreign, Err(IdentityError::UnknownToken)), "{}", house.engine());
        let (seen, owner) = tokens::of_others(&admin).await.expect("a list").remove(0);
        assert_eq!(owner, "Lò Thị Hoa", "{}", house.engine());
        tokens::withdraw(&admin, seen.id).await.expect("withdrawn");
        assert!(tokens::withdraw(&admin, seen.id).await.is_err(), "{}: once only", house.engine());
        assert_eq!(tokens::actor_of(&house, &of_hoa).await.expect("an answer"), None, "{}", house.engine());
        assert!(tokens::actor_of(&house, &of_admin).await.expect("an answer").is_some(), "{}", house.engine());
    }
}
