//! Answers of petitions: wordings kept for them, those given back for a decision about many, corrected ones, and what
//! a sender sends later; a petition wrongly taken for another one.

use kernel::numbers::short_date;
use office::StoreError;
use office::petitions::answering::{self, Redacted};
use office::petitions::drafts::MOST_FILES;
use office::petitions::model::{ClockKind, Kind, State, Step};
use office::petitions::obstacles;
use office::petitions::queries::{self, Detail, Filter};
use office::petitions::routing;
use office::petitions::templates::{self, NewTemplate};
use office::petitions::{PetitionId, PetitionsError, intake, public, sender};
use testkit::TODAY;

use crate::petitions::{PDF, SECRET_NAME, Scene, letter, redacted, scene};

/// How a petition is called.
async fn number(stage: &Scene, id: PetitionId) -> String {
    let detail = stage.detail(id).await;
    detail.petition.number(&detail.letter)
}

fn wording(name: &str, words: &str) -> NewTemplate {
    NewTemplate { kind: Kind::Regulation, name: name.to_owned(), words: words.to_owned() }
}

#[tokio::test]
async fn wordings_are_kept_by_who_answers_and_filled_for_who_leads() {
    for house in testkit::houses().await {
        let stage = scene(house).await;
        let (lead, other) = (stage.house.as_actor(&stage.lead), stage.house.as_actor(&stage.other));
        let said = "Kính gửi {người gửi}: vụ việc {số}, ngày {ngày}.";
        let id = templates::keep(&lead, &wording("Đã trả kết quả", said)).await.expect("kept");
        let odd = templates::keep(&lead, &wording("Khác", "Gửi {ten}")).await;
        assert!(matches!(odd, Err(PetitionsError::Missing { field: "loi-mau", .. })), "{odd:?}");
        let twice = templates::keep(&other, &wording("ĐÃ TRẢ kết quả", "x")).await;
        assert!(matches!(twice, Err(PetitionsError::Missing { field: "ten-mau", .. })), "{twice:?}");
        let intake = templates::keep(&stage.house.as_actor(&stage.intake), &wording("Khác", "x")).await;
        assert!(matches!(intake, Err(PetitionsError::Denied(_))), "{intake:?}");
        let (petition, _) = stage.at(State::InProgress).await;
        let filled = templates::fill(&lead, petition, id).await.expect("filled");
        let called = number(&stage, petition).await;
        let expected = format!("Kính gửi {SECRET_NAME}: vụ việc {called}, ngày {}.", short_date(TODAY));
        assert_eq!(filled, expected, "{}", stage.house.engine());
        assert_eq!(stage.detail(petition).await.petition.answer, "", "nothing is kept before it is saved");
        assert!(templates::fill(&other, petition, id).await.is_err(), "another unit's petition");
        templates::change(&other, id, 1, &wording("Đã trả", "Đã có kết quả.")).await.expect("changed");
        let stale = templates::withdraw(&lead, id, 1).await;
        assert!(matches!(stale, Err(PetitionsError::Store(StoreError::Stale { .. }))), "{stale:?}");
        let found = templates::list(&lead, Some(Kind::Regulation)).await.expect("a list");
        assert_eq!((found.len(), found[0].words.as_str(), found[0].version), (1, "Đã có kết quả.", 2));
        assert!(templates::list(&lead, Some(Kind::Obstacle)).await.expect("a list").is_empty());
        templates::withdraw(&lead, id, 2).await.expect("taken away");
        assert!(templates::list(&lead, None).await.expect("a list").is_empty());
    }
}

#[tokio::test]
async fn what_was_wrongly_taken_for_another_is_handled_by_itself_under_the_terms_it_had() {
    for house in testkit::houses().await {
        let stage = scene(house).await;
        let (intake, visitor) = (stage.house.as_actor(&stage.intake), stage.house.as_actor(&stage.visitor));
        let (first, first_code) = stage.at(State::InProgress).await;
        let (second, code) = stage.at(State::Received).await;
        let running = |detail: &Detail| -> Vec<_> {
            let clocks =
                detail.clocks.iter().map(|(clock, _)| clock).filter(|one| one.kind != ClockKind::FirstResponse);
            clocks.map(|one| (one.kind, one.from, one.due, one.open, one.met_on)).collect()
        };
        let before = running(&stage.detail(second).await);
        let called = number(&stage, first).await;
        routing::join(&intake, second, stage.seen(second).await, &called).await.expect("joined");
        assert!(stage.detail(second).await.clocks.iter().all(|(clock, _)| !clock.open));
        for step in [Step::Submit, Step::Sign] {
            stage.step(step, first, &first_code).await.expect("answered");
        }
        let answer =
            async |code: &str| sender::track(&visitor, code).await.expect("a letter").matters[0].answer.clone();
        let first_answer = answer(&first_code).await;
        assert!(first_answer.is_some() && answer(&code).await.is_some(), "both read it");
        let unsaid = routing::separate(&intake, second, stage.seen(second).await, " ").await;
        assert!(matches!(unsaid, Err(PetitionsError::Missing { field: "ly-do-bo-trung", .. })), "{unsaid:?}");
        let stale = routing::separate(&intake, second, 1, "Hai hồ sơ khác nhau").await;
        assert!(matches!(stale, Err(PetitionsError::Store(StoreError::Stale { .. }))), "{stale:?}");
        stage.step(Step::Separate, second, &code).await.expect("taken back");
        assert_eq!(answer(&code).await, None, "an answer of its own is awaited");
        assert_eq!(answer(&first_code).await, first_answer, "the other keeps his");
        let after = stage.detail(second).await;
        assert_eq!(
            (after.petition.state, after.petition.duplicate_of, after.same_as.clone()),
            (State::Received, None, None)
        );
        assert_eq!(running(&after), before, "{}: no new time is given", stage.house.engine());
        let told: Vec<_> = after.events.iter().map(|event| (event.what.as_str(), event.shown)).collect();
        assert!(told.contains(&("join", true)) && told.last() == Some(&("separate", true)), "{told:?}");
        for step in [Step::Assign, Step::Submit, Step::Sign] {
            stage.step(step, second, &code).await.expect("handled by itself");
        }
        assert!(answer(&code).await.is_some());
    }
}

#[tokio::test]
async fn a_decision_about_many_reaches_who_waits_and_who_disagreed_and_names_who_is_left_out() {
    for house in testkit::houses().await {
        let stage = scene(house).await;
        let (intake, chief) = (stage.house.as_actor(&stage.intake), stage.house.as_actor(&stage.chief));
        let visitor = stage.house.as_actor(&stage.visitor);
        let id = obstacles::open(&intake, "Hướng dẫn thuê đất khác nhau", "Đề nghị thống nhất").await.expect("open");
        let ways: [(&[Step], Option<&str>); 5] = [
            (&[Step::Ask], None),
            (&[Step::Submit, Step::Sign, Step::Disagree], None),
            (&[Step::Submit, Step::Sign], Some("đã được trả lời riêng trước quyết định")),
            (&[Step::GiveBack], Some("chưa có đơn vị chủ trì")),
            (&[Step::Withdraw], Some("người gửi đã rút")),
        ];
        let mut gathered = Vec::new();
        for (way, left_out) in ways {
            let (petition, code) = stage.at(State::InProgress).await;
            obstacles::gather(&intake, id, &number(&stage, petition).await).await.expect("gathered");
            for step in way {
                stage.step(*step, petition, &code).await.expect("a step of the way");
            }
            gathered.push((petition, code, left_out));
        }
        obstacles::propose(&intake, id, 1, "31/TTr-VPUB").await.expect("proposed");
        let words = ("812/UBND-KT", "Từ nay chỉ nộp một bộ hồ sơ.");
        assert_eq!(obstacles::decide(&chief, id, 2, words).await.expect("decided"), 2, "{}", stage.house.engine());
        let found = obstacles::detail(&intake, id).await.expect("an obstacle");
        for (petition, code, left_out) in gathered {
            let (one, _, answered) = found.petitions.iter().find(|(one, ..)| one.id == petition).expect("gathered");
            assert_eq!(*answered, left_out.is_none());
            if *answered {
                let tracked = sender::track(&visitor, &code).await.expect("a letter");
                let (answer, document, _) = tracked.matters[0].answer.clone().expect("a reply");
                assert!(answer.contains("một bộ hồ sơ") && document == "812/UBND-KT", "{answer}");
                let detail = stage.detail(petition).await;
                let clock = detail.clocks.iter().rev().find(|(clock, _)| clock.kind == ClockKind::Answer);
                let clock = &clock.expect("a clock").0;
                assert!(!clock.open && clock.was_met_in_time() && clock.due.is_some(), "{clock:?}");
            } else {
                assert_eq!(found.left_out(one), left_out);
            }
        }
    }
}

#[tokio::test]
async fn a_published_answer_is_corrected_and_what_it_said_is_kept_inside() {
    for house in testkit::houses().await {
        let stage = scene(house).await;
        let (intake, visitor) = (stage.house.as_actor(&stage.intake), stage.house.as_actor(&stage.visitor));
        let (id, code) = stage.at(State::Published).await;
        let signed = stage.detail(id).await.petition.answer;
        let seen = stage.seen(id).await;
        let new = Redacted { answer: "Hồ sơ đã có kết quả tại Trung tâm.".to_owned(), ..redacted() };
        let same = answering::correct(&intake, id, seen, &redacted(), "Ghi thiếu nơi trả").await;
        assert!(matches!(same, Err(PetitionsError::Missing { field: "dc-tra-loi", .. })), "{same:?}");
        let named = answering::correct(&intake, id, seen, &new, &format!("{SECRET_NAME} yêu cầu")).await;
        assert!(matches!(named, Err(PetitionsError::GivesAway { field: "ly-do-dinh-chinh", .. })), "{named:?}");
        let lead = answering::correct(&stage.house.as_actor(&stage.lead), id, seen, &new, "Ghi thiếu nơi trả").await;
        assert!(matches!(lead, Err(PetitionsError::Denied(_))), "{lead:?}");
        answering::correct(&intake, id, seen, &new, "Ghi thiếu nơi trả").await.expect("corrected");
        let again = answering::correct(&intake, id, seen, &redacted(), "Bản cũ").await;
        assert!(matches!(again, Err(PetitionsError::Store(StoreError::Stale { .. }))), "{again:?}");
        let (published, corrections) = public::published_one(&visitor, id).await.expect("published");
        assert_eq!(published.answer, new.answer);
        assert_eq!(corrections, [(TODAY, "Ghi thiếu nơi trả".to_owned())], "{}", stage.house.engine());
        let detail = stage.detail(id).await;
        assert_eq!(detail.corrections.len(), 1);
        assert_eq!(detail.corrections[0].answer, redacted().answer, "what it said is kept");
        assert_eq!(
            (detail.petition.answer, detail.petition.state),
            (signed, State::Published),
            "what was signed stays"
        );
        let (found, _) = public::published(&visitor, "trung tam", 0).await.expect("an answer");
        assert_eq!(found.len(), 1, "found by its new words");
        let tracked = sender::track(&visitor, &code).await.expect("a letter");
        assert!(tracked.matters[0].events.iter().any(|event| event.what == "correct"), "the sender is told");
        let (unpublished, _) = stage.at(State::Answered).await;
        let seen = stage.seen(unpublished).await;
        let early = answering::correct(&intake, unpublished, seen, &new, "Ghi thiếu nơi trả").await;
        assert!(matches!(early, Err(PetitionsError::Unknown(_))), "{early:?}");
    }
}

#[tokio::test]
async fn files_come_with_a_supplement_and_a_disagreement_through_the_same_door() {
    for house in testkit::houses().await {
        let stage = scene(house).await;
        let (intake, visitor) = (stage.house.as_actor(&stage.intake), stage.house.as_actor(&stage.visitor));
        let (id, code) = stage.at(State::Waiting).await;
        let other = intake::split(&intake, id, "Phần khác", "Đề nghị công khai lịch tiếp.").await.expect("split");
        let program = &b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff"[..];
        let odd = sender::supply(&visitor, &code, id, "Bổ sung", &[("a.pdf", PDF), ("anh.jpg", program)]).await;
        assert!(matches!(odd, Err(PetitionsError::BadFile { .. })), "{odd:?}");
        let many = vec![("a.pdf", PDF); MOST_FILES + 1];
        let many = sender::supply(&visitor, &code, id, "Bổ sung", &many).await;
        assert!(matches!(many, Err(PetitionsError::TooManyFiles { most: MOST_FILES })), "{many:?}");
        assert_eq!(stage.state(id).await, State::Waiting, "nothing of it was kept");
        let strange = sender::supply(&visitor, "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF", id, "Bổ sung", &[("a.pdf", PDF)]).await;
        assert!(matches!(strange, Err(PetitionsError::Unknown(_))), "{strange:?}");
        let files = [("ho-so.pdf", PDF), ("giay-hen.pdf", PDF)];
        sender::supply(&visitor, &code, id, "Bổ sung", &files).await.expect("supplied");
        let detail = stage.detail(id).await;
        let supplied = detail.events.iter().find(|event| event.what == "supply").expect("an event").id;
        let kept: Vec<_> = detail.files.iter().map(|(file, event)| (file.name.as_str(), *event)).collect();
        assert_eq!(kept, [("ho-so.pdf", Some(supplied)), ("giay-hen.pdf", Some(supplied))], "{}", stage.house.engine());
        assert!(queries::file(&intake, id, detail.files[0].0.id).await.is_ok());
        assert!(stage.detail(other).await.files.is_empty(), "who handles another matter does not read them");
        let tracked = sender::track(&visitor, &code).await.expect("a letter");
        assert_eq!(tracked.matters[0].files.len(), 2);
        let (answered, code) = stage.at(State::Answered).await;
        let late = sender::supply(&visitor, &code, answered, "Bổ sung", &[("a.pdf", PDF)]).await;
        assert!(matches!(late, Err(PetitionsError::NotNow { .. })), "{late:?}");
        sender::disagree(&visitor, &code, answered, "Chưa rõ", &[("anh.pdf", PDF)]).await.expect("open again");
        assert_eq!(stage.detail(answered).await.files.len(), 1);
    }
}

#[tokio::test]
async fn petitions_are_found_by_words_in_any_order_and_by_their_whole_number() {
    for house in testkit::houses().await {
        let stage = scene(house).await;
        let intake = stage.house.as_actor(&stage.intake);
        for at in 1..=12 {
            intake::register(&intake, letter(&format!("Chậm trả lần {at}")), None).await.expect("a letter");
        }
        let found = async |text: &str| {
            let filter = Filter { text: text.to_owned(), ..Filter::default() };
            queries::inbox(&intake, &filter, "").await.expect("an inbox").lines.len()
        };
        assert_eq!((found("1/2026").await, found("12/2026").await), (1, 1), "{}", stage.house.engine());
        assert_eq!(found("lần cham").await, 12, "in any order, with or without diacritics");
        assert_eq!(found("SƯƠNG trả mộc").await, 12, "of the sender and of the title");
        assert_eq!(found("ham tra").await, 0, "a word is found from its beginning");
    }
}

#[tokio::test]
async fn how_many_like_it_are_handled_is_told_and_what_was_not_sorted_is_not_counted() {
    for house in testkit::houses().await {
        let stage = scene(house).await;
        let visitor = stage.house.as_actor(&stage.visitor);
        let like = letter("Chậm trả kết quả cấp phép");
        let counted = async || public::similar_handled(&visitor, &like.title, &like.content).await.expect("a count");
        stage.received().await;
        assert_eq!(counted().await, 0, "it may be an accusation");
        stage.at(State::InProgress).await;
        stage.at(State::Received).await;
        stage.at(State::Answered).await;
        assert_eq!(counted().await, 2, "{}: what still needs an answer", stage.house.engine());
        let other = public::similar_handled(&visitor, "Đề nghị mở lớp tập huấn", "thương mại điện tử").await;
        assert_eq!(other.expect("a count"), 0);
    }
}
