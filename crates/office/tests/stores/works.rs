//! The initiatives that nominations rest on: each serves a person once, and a second use names the first.

use jiff::civil::date;
use office::awards::eligibility::GOOD_STANDING;
use office::awards::model::Outcome;
use office::awards::service::{self, NewCampaign, NewNomination};
use office::awards::works::{self, Work};
use office::awards::{AwardsError, outcomes, queries, review};
use office::records::model::{Author, InitiativeId};
use office::records::{self, RecordsError, initiatives};
use rules::facts::Scope;
use testkit::TestHouse;

use super::awards::{Scene, scene};

/// An initiative of the nominee, recognised or pending.
async fn initiative(scene: &Scene<'_>, code: &str, recognised: bool) -> InitiativeId {
    let ctx = scene.house.program();
    let new = initiatives::NewInitiative {
        code: code.to_owned(),
        name: format!("Cách làm {code}"),
        scope: Scope::CoSo,
        authors: vec![Author { person: scene.nominee, share_percent: 100 }],
    };
    let id = initiatives::enter(&ctx, new).await.expect("an entry");
    if recognised {
        initiatives::recognise(&ctx, id, date(2026, 6, 1), Scope::CoSo, None, "QĐ 5").await.expect("recognised");
    }
    id
}

fn taken(done: Result<(), AwardsError>) -> String {
    match done {
        Err(AwardsError::Records(RecordsError::AlreadyUsed { first, .. })) => first,
        other => panic!("a second use was taken: {other:?}"),
    }
}

async fn works_of(scene: &Scene<'_>, id: office::awards::NominationId) -> Vec<Work> {
    let ctx = scene.house.as_actor(&scene.standing);
    let nomination = queries::detail(&ctx, id).await.expect("a nomination").nomination;
    works::of_nominee(&ctx, &nomination).await.expect("a list")
}

/// What the records say that the nominee's initiatives served.
async fn served(house: &TestHouse, scene: &Scene<'_>) -> Vec<Vec<String>> {
    let mut tx = house.db.read().await.expect("a transaction");
    let found = records::queries::initiatives_of(&mut tx, scene.nominee).await.expect("a list");
    found.into_iter().map(|(_, uses)| uses).collect()
}

#[tokio::test]
async fn an_initiative_serves_once_and_a_second_use_names_the_first() {
    for house in testkit::houses().await {
        let scene = scene(&house, None).await;
        let head = house.as_actor(&scene.head);
        let (used, pending) = (initiative(&scene, "SK-1", true).await, initiative(&scene, "SK-2", false).await);
        let first = scene.nominate(&scene.asked()).await.expect("a draft");
        let early = works::choose(&head, first, pending).await;
        assert!(
            matches!(early, Err(AwardsError::Records(RecordsError::NotRecognised { .. }))),
            "{}: {early:?}",
            house.engine()
        );
        let strange = works::choose(&head, first, InitiativeId::new()).await;
        assert!(matches!(strange, Err(AwardsError::Unknown(_))), "{strange:?}");
        works::choose(&head, first, used).await.expect("recognised and free");
        assert_eq!(works_of(&scene, first).await.iter().map(|one| one.chosen).collect::<Vec<_>>(), [true]);

        // Another campaign of the same year, another nomination of the same person: it is taken.
        let second_campaign = NewCampaign {
            occasion: "annual".to_owned(),
            year: 2027,
            closes_on: date(2027, 12, 20),
            total_share_bp: None,
            leader_share_bp: None,
            worker_share_bp: None,
            form_shares: [].into(),
        };
        let standing = house.as_actor(&scene.standing);
        let campaign = service::open(&standing, &second_campaign).await.expect("a campaign");
        let asked = NewNomination { campaign, ..scene.asked() };
        let second = scene.nominate(&asked).await.expect("a draft");
        assert_eq!(
            taken(works::choose(&head, second, used).await),
            "hồ sơ đề nghị Giấy khen của Chánh Văn phòng Ủy ban nhân dân tỉnh năm 2026"
        );

        // The first nomination becomes an award: the record says what it served, and so does the refusal.
        scene.attach_all(first).await;
        service::submit(&head, first).await.expect("handed in");
        let late = works::let_go(&head, first, used).await;
        assert!(matches!(late, Err(AwardsError::HandedIn { .. })), "{late:?}");
        review::attest(&standing, first, GOOD_STANDING, "Biên bản họp đơn vị").await.expect("a statement");
        review::accept(&standing, first).await.expect("accepted");
        let ctx = house.program();
        let mut tx = house.db.begin().await.expect("a transaction");
        outcomes::settle_in(&ctx, &mut tx, first, (Outcome::Yes, testkit::TODAY), "Biên bản").await.expect("passed");
        outcomes::decided_in(&ctx, &mut tx, first).await.expect("decided");
        tx.commit().await.expect("kept");
        assert_eq!(served(&house, &scene).await, [vec!["giay_khen/2026".to_owned()], vec![]], "{}", house.engine());
        assert_eq!(
            taken(works::choose(&head, second, used).await),
            "Giấy khen của Chánh Văn phòng Ủy ban nhân dân tỉnh năm 2026",
            "{}",
            house.engine()
        );
        let shown = works_of(&scene, second).await;
        assert_eq!(shown[0].taken, "Giấy khen của Chánh Văn phòng Ủy ban nhân dân tỉnh năm 2026");
        let said = works::choose(&head, second, used).await.expect_err("used").to_string();
        assert!(
            said.contains("SK-1") && said.contains("Giấy khen của Chánh Văn phòng Ủy ban nhân dân tỉnh năm 2026"),
            "{said}"
        );
    }
}

#[tokio::test]
async fn what_a_withdrawn_nomination_had_chosen_is_free_again() {
    for house in testkit::houses().await {
        let scene = scene(&house, None).await;
        let head = house.as_actor(&scene.head);
        let used = initiative(&scene, "SK-1", true).await;
        let first = scene.nominate(&scene.asked()).await.expect("a draft");
        works::choose(&head, first, used).await.expect("free");
        works::let_go(&head, first, used).await.expect("still a draft");
        works::choose(&head, first, used).await.expect("free again");
        service::withdraw(&head, first, "Để lại năm sau xét").await.expect("withdrawn");
        let second = scene.nominate(&scene.asked()).await.expect("a draft");
        works::choose(&head, second, used).await.expect("nobody else holds it");
        assert!(works_of(&scene, second).await[0].chosen, "{}", house.engine());
    }
}
