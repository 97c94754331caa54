//! Models on real databases: who confirms what was taken over, and what is public while everybody consents.

use jiff::civil::date;
use kernel::{Actor, Role};
use office::initiatives::content::{Author, Content};
use office::initiatives::decision::Reach;
use office::initiatives::library::{self, NewModel};
use office::initiatives::model::ReplicationState;
use office::initiatives::queries::{self, Waiting};
use office::initiatives::replication::{self};
use office::initiatives::settings::{self, Setting};
use office::initiatives::{InitiativesError, counts};
use testkit::TODAY;

use super::initiatives::{PNG, PROBLEM, REASON, SOLUTION, author, scene, taken_over};

#[tokio::test]
async fn the_adopter_confirms_and_nobody_else_and_only_what_runs_is_counted() {
    for house in testkit::houses().await {
        let scene = scene(&house).await;
        let (head, other) = (house.as_actor(&scene.head), house.as_actor(&scene.other));
        let id = scene.recognised(scene.content()).await;
        let own = replication::report(&head, id, taken_over(scene.kt)).await;
        assert!(matches!(own, Err(InitiativesError::SameUnit)), "{own:?}");
        let one = scene.replicated(id, scene.nc).await;
        let again = replication::report(&head, id, taken_over(scene.nc)).await;
        assert!(matches!(again, Err(InitiativesError::Fault { field: "don-vi-ap-dung", .. })), "{again:?}");
        replication::attach(&other, one, "anh.png", PNG).await.expect("evidence");

        // The origin, the standing body and an author who heads the adopter confirm nothing.
        let by_origin = replication::confirm(&head, one, 2, "Đúng").await;
        assert!(matches!(by_origin, Err(InitiativesError::NotAdopter)), "{by_origin:?}");
        let by_standing = replication::confirm(&house.as_actor(&scene.standing), one, 2, "Đúng").await;
        assert!(matches!(by_standing, Err(InitiativesError::Denied(_))), "{by_standing:?}");
        let both =
            Actor { grants: [scene.head.grants.clone(), scene.other.grants.clone()].concat(), ..scene.other.clone() };
        let by_both = replication::confirm(&house.as_actor(&both), one, 2, "Đúng").await;
        assert!(matches!(by_both, Err(InitiativesError::NotAdopter)), "{by_both:?}");
        let moved = Actor { person: scene.author.person, ..scene.other.clone() };
        let by_author = replication::confirm(&house.as_actor(&moved), one, 2, "Đúng").await;
        assert!(matches!(by_author, Err(InitiativesError::NotAdopter)), "{by_author:?}");

        let adopters = async || queries::detail(&head, id).await.expect("a page").adopters;
        assert_eq!(adopters().await, 0, "{}: entered only", house.engine());
        assert!(matches!(&queries::waiting(&other).await.expect("a list")[..], [Waiting::ToConfirm(..)]));
        replication::confirm(&other, one, 2, "Đúng như vậy").await.expect("the adopter");
        assert_eq!(adopters().await, 1, "{}", house.engine());
        let mut tx = house.db.read().await.expect("a transaction");
        let counted = counts::of_year(&mut tx, 2026, TODAY).await.expect("counts");
        assert_eq!(counted.replicated.get(&scene.kt), Some(&1), "{}", house.engine());
        assert_eq!(counted.recognised.get(&scene.kt), Some(&1), "{}", house.engine());
        drop(tx);

        let bare = replication::stop(&other, one, 3, TODAY, "").await;
        assert!(matches!(bare, Err(InitiativesError::Fault { field: "ly-do", .. })), "{bare:?}");
        let early = replication::stop(&other, one, 3, date(2026, 8, 1), REASON).await;
        assert!(matches!(early, Err(InitiativesError::Fault { field: "ngay-ngung", .. })), "{early:?}");
        replication::stop(&other, one, 3, TODAY, REASON).await.expect("stopped");
        assert_eq!(adopters().await, 0, "{}: stopped", house.engine());
        let shown = queries::detail(&head, id).await.expect("a page").replications.remove(0).replication;
        assert_eq!((shown.state, shown.stopped.map(|act| act.on)), (ReplicationState::Stopped, Some(TODAY)));
        let mut tx = house.db.read().await.expect("a transaction");
        assert!(counts::of_year(&mut tx, 2026, TODAY).await.expect("counts").replicated.is_empty());
    }
}

#[tokio::test]
async fn a_claim_over_the_province_with_too_few_adopters_is_flagged_by_a_set_number() {
    for house in testkit::houses().await {
        let scene = scene(&house).await;
        let (head, standing) = (house.as_actor(&scene.head), house.as_actor(&scene.standing));
        let id = scene.recognised(scene.content()).await;
        let third = house.unit("TT", "Trung tâm Thông tin").await;
        let third_head = house.staff_account("VP031", Role::Head, third, Some(third)).await;
        for (unit, adopter) in [(scene.nc, &scene.other), (third, &third_head)] {
            let one = scene.replicated(id, unit).await;
            replication::confirm(&house.as_actor(adopter), one, 1, "Đúng").await.expect("the adopter");
        }
        let reach = async || queries::detail(&head, id).await.expect("a page").reach;
        assert_eq!(reach().await, Reach::NotKnown, "{}: nobody set a number", house.engine());
        let bare = settings::set(&standing, Setting::ProvinceAdopters, 3, "").await;
        assert!(matches!(bare, Err(InitiativesError::Fault { field: "can-cu", .. })), "{bare:?}");
        let by_head = settings::set(&head, Setting::ProvinceAdopters, 3, "Quy chế sáng kiến").await;
        assert!(matches!(by_head, Err(InitiativesError::Denied(_))), "{by_head:?}");
        settings::set(&standing, Setting::ProvinceAdopters, 3, "Quy chế sáng kiến số 5").await.expect("set");
        assert_eq!(reach().await, Reach::Short { adopters: 2, needed: 3 }, "{}", house.engine());
        settings::set(&standing, Setting::ProvinceAdopters, 2, "Quy chế sáng kiến số 6").await.expect("set");
        assert_eq!(reach().await, Reach::BorneOut { adopters: 2, needed: 2 }, "{}", house.engine());
        let ground = queries::detail(&head, id).await.expect("a page").reach_ground;
        assert_eq!(ground, "Quy chế sáng kiến số 6");
    }
}

#[tokio::test]
async fn a_model_is_public_while_every_author_consents_and_hidden_the_moment_one_does_not() {
    for house in testkit::houses().await {
        let scene = scene(&house).await;
        let standing = house.as_actor(&scene.standing);
        let outside = Author {
            person: None,
            name: "Lò Văn Ba".to_owned(),
            workplace: "Trung tâm Tin học".to_owned(),
            share: 4_000,
        };
        let authors = vec![author(scene.author.person, 6_000), outside];
        let id = scene.recognised(Content { authors, ..scene.content() }).await;
        let model = |solution: &str| NewModel {
            title: "Phiếu hẹn có mã tra cứu".to_owned(),
            problem: PROBLEM.to_owned(),
            solution: solution.to_owned(),
        };
        let none = library::publish(&standing, id, 0, model(SOLUTION)).await;
        assert!(matches!(none, Err(InitiativesError::Consent { missing: 2 })), "{none:?}");
        library::consent(&house.as_actor(&scene.author), id, 1, true, "").await.expect("the own consent");
        let foreign = library::consent(&house.as_actor(&scene.author), id, 2, false, "Phiếu").await;
        assert!(matches!(foreign, Err(InitiativesError::Unknown(_))), "{foreign:?}");
        let bare = library::consent(&standing, id, 2, false, "").await;
        assert!(matches!(bare, Err(InitiativesError::Fault { field: "van-ban", .. })), "{bare:?}");
        library::consent(&standing, id, 2, false, "Phiếu đồng ý ngày 3/6/2026").await.expect("on paper");
        let named = library::publish(&standing, id, 0, model("Ông lò văn ba viết phần mềm.")).await;
        assert!(matches!(named, Err(InitiativesError::Names { .. })), "{named:?}");
        library::publish(&standing, id, 0, model(SOLUTION)).await.expect("public");

        let visitor = Actor::visitor();
        let outside = house.as_actor(&visitor);
        let shown = library::model(&outside, "SK-2026-001").await.expect("public");
        assert_eq!(shown.names, ["Người VP014"], "{}: the other did not consent to be named", house.engine());
        let found = async |text: &str| library::models(&outside, text, 0).await.expect("a list").0.len();
        assert_eq!((found("phieu hen").await, found("QUÉT MÃ").await, found("dự án").await), (1, 1, 0));
        library::withdraw_consent(&house.as_actor(&scene.author), id, 1).await.expect("taken back");
        let hidden = library::model(&outside, "SK-2026-001").await;
        assert!(matches!(hidden, Err(InitiativesError::Unknown(_))), "{}: {hidden:?}", house.engine());
        assert_eq!(found("phieu hen").await, 0, "{}", house.engine());
        library::consent(&house.as_actor(&scene.author), id, 1, false, "").await.expect("again, without the name");
        assert!(library::model(&outside, "SK-2026-001").await.expect("public again").names.is_empty());
        library::hide(&standing, id, 1).await.expect("taken down");
        assert_eq!(found("").await, 0, "{}", house.engine());
    }
}
