//! People outside the Office: kept apart from staff, nominated by any unit, with a record that knows nothing yet.

use jiff::civil::date;
use kernel::Role;
use office::StoreError;
use office::organization::outsiders::{self, OutsiderEntry};
use office::organization::queries::{self, Filter, Place};
use office::organization::{OrganizationError, Recipient};
use office::records::facts::{self, Asked};
use office::records::model::{Completeness, Register};
use office::{ledger, records};
use rules::facts::Stage;
use testkit::TODAY;

fn entry(born_year: Option<i16>, place: &str) -> OutsiderEntry {
    OutsiderEntry {
        name: "Lò Văn An".to_owned(),
        born_year,
        occupation: "Nông dân".to_owned(),
        place: place.to_owned(),
    }
}

#[tokio::test]
async fn who_is_outside_is_found_there_and_not_among_the_staff() {
    for house in testkit::houses().await {
        let unit = house.unit("KT", "Phòng Kinh tế").await;
        let staff = house.staff("CB1", "Lò Văn An", unit).await;
        let ctx = house.program();
        let first = outsiders::add(&ctx, entry(Some(1980), "bản Bó")).await.expect("added");
        let again = outsiders::add(&ctx, entry(Some(1980), "Bản  Bó")).await;
        assert!(matches!(again, Err(OrganizationError::OutsiderKnown { existing, .. }) if existing == first));
        let unsure = outsiders::add(&ctx, entry(None, "bản Bó")).await;
        assert!(matches!(unsure, Err(OrganizationError::OutsiderKnown { .. })), "no year tells the two apart");
        let second = outsiders::add(&ctx, entry(Some(1991), "bản Bó")).await.expect("somebody else");
        let found = outsiders::list(&ctx, "an lo", 10).await.expect("a list");
        let found: Vec<_> = found.into_iter().map(|one| one.id).collect();
        assert!(found.contains(&first) && found.contains(&second) && found.len() == 2, "{}", house.engine());
        assert!(outsiders::list(&ctx, "Giàng", 10).await.expect("a list").is_empty());
        let filter = Filter { unit: None, text: "lo van an".to_owned(), day: TODAY };
        let people = queries::people(&ctx, &filter, &Place::beginning(), 10).await.expect("people");
        assert_eq!(people.iter().map(|line| line.person.id).collect::<Vec<_>>(), [staff], "{}", house.engine());
        let mut tx = house.db.read().await.expect("a transaction");
        assert_eq!(queries::staff(&mut tx, TODAY).await.expect("staff").len(), 1, "{}", house.engine());
        for (person, expected) in [(first, "Nông dân, bản Bó"), (staff, "Chuyên viên")] {
            let station = queries::post_of(&mut tx, person, TODAY).await.expect("an answer").expect("a station");
            assert_eq!(station.title, expected, "{}", house.engine());
            assert_eq!(station.unit.is_some(), person == staff, "{}", house.engine());
        }
        drop(tx);
        house.appoint(second, unit, "Chuyên viên", false).await;
        let found = outsiders::list(&ctx, "", 10).await.expect("a list");
        assert_eq!(found.iter().map(|one| one.id).collect::<Vec<_>>(), [first], "whoever came to the Office is staff");
    }
}

#[tokio::test]
async fn an_edit_that_did_not_see_the_last_one_is_refused() {
    for house in testkit::houses().await {
        let ctx = house.program();
        let id = outsiders::add(&ctx, entry(None, "bản Bó")).await.expect("added");
        outsiders::edit(&ctx, id, 1, entry(Some(1981), "bản Bó")).await.expect("changed");
        let stale = outsiders::edit(&ctx, id, 1, entry(Some(1982), "bản Bó")).await;
        assert!(matches!(stale, Err(OrganizationError::Store(StoreError::Stale { .. }))), "{}", house.engine());
        let kept = outsiders::list(&ctx, "", 10).await.expect("a list").remove(0);
        assert_eq!((kept.version, kept.entry.born_year), (2, Some(1981)), "{}", house.engine());
        let mut tx = house.db.read().await.expect("a transaction");
        let told = ledger::queries::of_subject(&mut tx, "person", &id.to_string()).await.expect("entries");
        let verbs: Vec<_> = told.iter().map(|one| one.action.as_str()).collect();
        assert_eq!(verbs, ["organization.edit_outsider", "organization.add_outsider"], "{}", house.engine());
        assert!(!told.iter().any(|one| one.fields.values().any(|value| value.contains("An"))), "no name");
        drop(tx);
        let staff = house.person("CB1", "Quàng Văn Sơn").await;
        let other = outsiders::edit(&ctx, staff, 1, entry(None, "bản Bó")).await;
        assert!(matches!(other, Err(OrganizationError::UnknownPerson(_))), "{}", house.engine());
    }
}

#[tokio::test]
async fn nothing_is_known_of_an_outsider_that_nobody_entered() {
    for house in testkit::houses().await {
        let unit = house.unit("KT", "Phòng Kinh tế").await;
        let ctx = house.program();
        for register in Register::ALL {
            let since = date(2020, 1, 1);
            let declared = Completeness { register: *register, since, document: "Biên bản".to_owned() };
            records::service::declare_complete(&ctx, declared).await.expect("a declaration");
        }
        let id = outsiders::add(&ctx, entry(None, "bản Bó")).await.expect("added");
        let mut tx = house.db.read().await.expect("a transaction");
        let asked = Asked::on(TODAY, Stage::Annual);
        let found = facts::sourced(&mut tx, Recipient::Person(id), &asked).await.expect("an answer").expect("facts");
        drop(tx);
        assert_eq!((found.facts.recipient.leader, found.facts.recipient.groups), (None, None), "{}", house.engine());
        assert!(found.facts.ratings.is_none() && found.facts.awards.is_none(), "{}: not proven empty", house.engine());
        let head = house.account("truongphong", Role::Head, Some(unit)).await;
        let record = records::queries::record(&house.as_actor(&head), Recipient::Person(id)).await;
        assert!(record.expect("any unit may see it").awards.is_empty(), "{}: empty and valid", house.engine());
    }
}
