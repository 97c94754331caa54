//! The example: what a newcomer finds, and that it obeys the rules of real work.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use office::awards::model::{CampaignState, NominationState};
use office::awards::queries::Nominated;
use office::council::model::MeetingState;
use office::organization::queries::{Filter, Place};
use office::{awards, council, demo, identity, ledger, organization, records};
use rules::Verdict;
use testkit::{TODAY, TestHouse};

async fn lists(house: &TestHouse) -> BTreeMap<&'static str, Vec<Nominated>> {
    let ctx = house.program();
    let mut found = BTreeMap::new();
    for campaign in awards::queries::campaigns(&ctx).await.expect("campaigns") {
        let mut tx = house.db.read().await.expect("a transaction");
        let list = awards::queries::list(&ctx, &mut tx, campaign.id).await.expect("a list");
        found.insert(campaign.state.code(), list);
    }
    found
}

#[tokio::test]
async fn the_example_holds_an_office_its_people_and_their_record() {
    for house in testkit::houses().await {
        assert!(!demo::is_example(&house).await.expect("an answer"), "{}: nobody is there", house.engine());
        demo::fill(&house).await.expect("an example");
        assert!(demo::is_example(&house).await.expect("an answer"), "{}", house.engine());
        let ctx = house.program();
        let (filter, place) = (Filter { unit: None, text: String::new(), day: TODAY }, Place::beginning());
        let people = organization::queries::people(&ctx, &filter, &place, 1_000).await.expect("people");
        assert_eq!(people.len(), 120, "{}", house.engine());
        let names: BTreeSet<_> = people.iter().map(|line| line.person.profile.name.as_str()).collect();
        let an = people.iter().filter(|line| line.person.profile.name == "Nguyễn Văn An").count();
        assert_eq!((an, names.len()), (2, 119), "two of one name stay apart, and only they share it");
        let groups: BTreeSet<_> = people.iter().filter_map(|line| line.person.profile.ethnic_group.clone()).collect();
        assert!(groups.len() >= 5, "{groups:?}");
        let mut tx = house.db.read().await.expect("a transaction");
        let units = organization::queries::units(&mut tx, TODAY).await.expect("units");
        let renamed = units.iter().find(|unit| unit.code == "KGVX").expect("a renamed unit");
        assert_eq!((units.len(), renamed.name.as_str()), (11, "Phòng Khoa giáo - Văn xã"), "{}", house.engine());
        for line in &people {
            let record = records::queries::record_in(&mut tx, organization::Recipient::Person(line.person.id))
                .await
                .expect("a record");
            assert_eq!(record.ratings.len(), 5, "{}", line.person.profile.name);
        }
    }
}

#[tokio::test]
async fn the_example_shows_nominations_in_every_state_and_with_every_verdict() {
    for house in testkit::houses().await {
        demo::fill(&house).await.expect("an example");
        let lists = lists(&house).await;
        let open = &lists[CampaignState::Open.code()];
        for state in [
            NominationState::Draft,
            NominationState::Submitted,
            NominationState::Returned,
            NominationState::Withdrawn,
            NominationState::Accepted,
        ] {
            assert!(open.iter().any(|one| one.state == state), "{} {}", house.engine(), state.code());
        }
        for verdict in [Verdict::Eligible, Verdict::NotEligible, Verdict::Undetermined] {
            let waiting = |one: &&Nominated| one.state == NominationState::Submitted && one.verdict == Some(verdict);
            assert!(open.iter().find(waiting).is_some(), "{} {}", house.engine(), verdict.code());
        }
        let council = &lists[CampaignState::Council.code()];
        assert_eq!(council.len(), 7, "{}", house.engine());
        assert!(council.iter().all(|one| one.state == NominationState::Accepted), "{}", house.engine());
    }
}

#[tokio::test]
async fn the_draft_of_the_example_needs_only_to_be_handed_in_by_its_head() {
    for house in testkit::houses().await {
        demo::fill(&house).await.expect("an example");
        let token = identity::service::sign_in(&house, "truongphong.kt", demo::PASSWORD).await.expect("signed in");
        let head = identity::service::actor_of(&house, &token).await.expect("an answer").expect("an actor");
        let ctx = house.as_actor(&head);
        let lists = lists(&house).await;
        let drafts = lists[CampaignState::Open.code()].iter().filter(|one| one.state == NominationState::Draft);
        let ready = drafts.clone().find(|one| one.name == "Thào Thị Mỷ").expect("the draft of the walk");
        awards::service::submit(&ctx, ready.id).await.expect("handed in");
    }
}

#[tokio::test]
async fn every_account_of_the_list_signs_in_and_filling_twice_changes_nothing() {
    for house in testkit::houses().await {
        demo::fill(&house).await.expect("an example");
        for (login, _) in demo::ACCOUNTS {
            identity::service::sign_in(&house, login, demo::PASSWORD).await.expect(login);
        }
        let before = ledger::service::verify(&house.db, &house.keys).await.expect("an answer");
        assert!(before.ok && before.entries > 1_000, "{} {before:?}", house.engine());
        demo::fill(&house).await.expect("nothing to do");
        let after = ledger::service::verify(&house.db, &house.keys).await.expect("an answer");
        assert_eq!(before.entries, after.entries, "{}", house.engine());
    }
}

#[tokio::test]
async fn the_council_of_the_example_is_called_for_today_and_its_members_sign_in() {
    for house in testkit::houses().await {
        demo::fill(&house).await.expect("an example");
        let ctx = house.program();
        let councils = council::queries::councils(&ctx).await.expect("councils");
        let [(_, members)] = &councils[..] else { panic!("{} councils", councils.len()) };
        let accounts = identity::queries::list(&ctx).await.expect("accounts");
        for member in members {
            assert!(accounts.iter().any(|(account, _)| account.person == Some(member.person)), "{}", house.engine());
        }
        let meetings = council::queries::meetings(&ctx).await.expect("meetings");
        let told: Vec<_> = meetings.iter().map(|meeting| (meeting.held_on, meeting.state)).collect();
        assert_eq!(told, [(TODAY, MeetingState::Planned)], "{}", house.engine());
    }
}

#[tokio::test]
async fn the_example_can_be_filled_on_any_day_of_the_plan() {
    for day in [date(2026, 6, 1), date(2027, 1, 10), date(2027, 3, 20), date(2028, 6, 1), date(2030, 12, 31)] {
        let mut house = TestHouse::sqlite().await;
        house.stand_on(day);
        demo::fill(&house).await.unwrap_or_else(|error| panic!("{day}: {error}"));
        let lists = lists(&house).await;
        let council = &lists[CampaignState::Council.code()];
        assert!(council.iter().all(|one| one.verdict == Some(Verdict::Eligible)), "{day}");
    }
}
