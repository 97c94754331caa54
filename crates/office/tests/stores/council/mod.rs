//! A council votes: what it decides, and what nobody can find out about it afterwards.

pub mod scene;

use futures::future::join;
use kernel::Actor;
use kernel::id::PersonId;
use office::awards::model::Outcome;
use office::council::model::{Choice, MeetingState, Tally};
use office::council::queries::{self, Item};
use office::council::{CouncilError, minutes, service, tally_sheet, voting};
use office::db::Db;
use office::ledger::queries::Filter;
use office::organization::Recipient;
use office::{StoreError, awards, ledger};
use scene::{PHRASES, scenes};
use sqlx::AssertSqlSafe;

fn said(tally: &Tally) -> Vec<(Choice, u32)> {
    Choice::ALL.iter().map(|choice| (*choice, tally.of(*choice))).filter(|(_, votes)| *votes > 0).collect()
}

#[tokio::test]
async fn a_council_votes_in_secret_and_its_outcome_reaches_the_nominations() {
    for stage in scenes().await {
        let engine = stage.house.engine();
        stage.vote().await;
        let again = stage.cast(3, [Choice::No, Choice::No]).await;
        assert!(matches!(again, Err(CouncilError::AlreadyVoted)), "{engine} {again:?}");
        for visitor in [&stage.standing, &stage.members[0]] {
            let room = stage.seen_by(visitor).await;
            assert!(room.items.iter().all(|item| item.motion.tally.is_none() && item.motion.outcome.is_none()));
            assert!(room.members.iter().all(|(.., voted)| *voted == Some(true)), "who has voted is known");
        }
        let wrong = stage.close([PHRASES[0], "không phải cụm này"]).await;
        assert!(matches!(wrong, Err(CouncilError::WrongSecond)), "{engine} {wrong:?}");
        let wrong = stage.close(["không phải cụm này", PHRASES[1]]).await;
        assert!(matches!(wrong, Err(CouncilError::WrongFirst)), "{engine} {wrong:?}");
        stage.close(PHRASES).await.expect("both are right");

        let room = stage.seen_by(&stage.standing).await;
        assert_eq!(room.meeting.state, MeetingState::Closed, "{engine}");
        let frozen = stage.frozen().await;
        assert_eq!(said(&frozen[0]), [(Choice::Yes, 5), (Choice::No, 1)], "{engine}: the seventh had no say");
        assert_eq!(said(&frozen[1]), [(Choice::Yes, 5), (Choice::Defer, 2)], "{engine}");
        assert_eq!(room.items[0].motion.tally, None, "{engine}: one ballot alone is not shown against the others");
        assert_eq!(room.items[1].motion.tally.as_ref(), Some(&frozen[1]), "{engine}");
        assert!(room.items.iter().all(|item| item.motion.outcome == Some(Outcome::Yes)), "{engine}");
        let paper = minutes::minutes(&stage.house, &room).expect("minutes");
        let text = format!("{:?}", paper.blocks);
        assert!(text.contains("Người kiểm phiếu: Ủy viên 1, Ủy viên 2"), "{text}");
        assert!(text.contains("Không biểu quyết nội dung 1: Ủy viên 7 (cùng đơn vị)"), "{text}");
        let sheet = tally_sheet::tally_sheet(&stage.house, &room).expect("a tally sheet");
        assert_eq!(
            figures(&sheet),
            [["6", "6", "–", "–", "–", "–", "–", "–", "–"], ["7", "7", "7", "5", "0", "0", "2", "0", "0"]]
        );
        let signers: Vec<&str> = sheet.signers.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(signers, ["Ủy viên 1", "Ủy viên 2"], "{engine}");
        let ctx = stage.house.as_actor(&stage.standing);
        let mut tx = stage.house.db.read().await.expect("a transaction");
        let passed = awards::queries::passed(&ctx, &mut tx, stage.campaign).await.expect("a list");
        assert_eq!(passed.len(), 2, "{engine}");
    }
}

/// The figures of a tally sheet, line by line.
fn figures(sheet: &papers::Paper) -> Vec<Vec<String>> {
    let table = sheet.blocks.iter().find_map(|block| match block {
        papers::paper::Block::Table(table) => Some(table),
        _ => None,
    });
    table.expect("a table").rows.iter().map(|row| row[3..].to_vec()).collect()
}

#[tokio::test]
async fn quorum_is_asked_at_opening_and_again_when_somebody_leaves() {
    for stage in scenes().await {
        stage.attend(&[0, 1, 2, 3, 4]).await;
        let few = stage.open().await;
        let wanted = matches!(few, Err(CouncilError::NoQuorum { present: 5, members: 7, needed: 6 }));
        assert!(wanted, "{} {few:?}", stage.house.engine());
        stage.attend(&[0, 1, 2, 3, 4, 5]).await;
        stage.open().await.expect("six of seven are four fifths");
        stage.attend(&[0, 1, 2, 3, 4]).await;
        let left = stage.cast(0, [Choice::Yes, Choice::Yes]).await;
        assert!(matches!(left, Err(CouncilError::NoQuorum { present: 5, .. })), "{} {left:?}", stage.house.engine());
        stage.attend(&[0, 1, 2, 3, 4, 6]).await;
        stage.cast(0, [Choice::Yes, Choice::Yes]).await.expect("six again");
        stage.cast(6, [Choice::Yes, Choice::Yes]).await.expect("who comes late is on the list");
        let absent = stage.cast(5, [Choice::Yes, Choice::Yes]).await;
        assert!(matches!(absent, Err(CouncilError::NotAVoter)), "{} {absent:?}", stage.house.engine());
    }
}

#[tokio::test]
async fn a_box_of_too_few_is_not_counted_and_who_voted_before_leaving_was_there() {
    for stage in scenes().await {
        stage.attend(&[0, 1, 2, 3, 4, 5, 6]).await;
        stage.open().await.expect("open");
        for member in 0..5 {
            stage.cast(member, [Choice::Yes, Choice::Yes]).await.expect("cast");
        }
        stage.attend(&[0, 1, 2, 3, 4]).await;
        let said = stage.close(PHRASES).await;
        assert!(matches!(said, Err(CouncilError::NoQuorum { present: 5, .. })), "{} {said:?}", stage.house.engine());
        stage.attend(&[0, 1, 2, 3, 4, 5]).await;
        stage.cast(5, [Choice::Yes, Choice::Yes]).await.expect("cast");
        stage.attend(&[0, 1, 2, 3, 4]).await;
        stage.close(PHRASES).await.expect("six took part");
    }
}

#[tokio::test]
async fn whoever_has_a_conflict_learns_no_total_and_cannot_write_for_others() {
    for stage in scenes().await {
        let seats = stage.seats().await;
        let motions = stage.motions().await;
        let seventh = Actor {
            grants: [stage.members[6].grants.clone(), stage.standing.grants.clone()].concat(),
            ..stage.members[6].clone()
        };
        let ctx = stage.house.as_actor(&seventh);
        let own = service::write_opinion(&ctx, stage.meeting, motions[0], seats[5], Choice::Yes, "Phiếu 1").await;
        assert!(matches!(own, Err(CouncilError::OwnMatter)), "{} {own:?}", stage.house.engine());
        stage.vote().await;
        stage.close(PHRASES).await.expect("closed");
        let room = stage.seen_by(&seventh).await;
        assert!(room.items[0].mine && room.items[0].motion.tally.is_none(), "{}", stage.house.engine());
        assert!(room.items[1].motion.tally.is_some(), "{}", stage.house.engine());
        let printed = format!("{:?}", minutes::minutes(&stage.house, &room).expect("minutes"));
        let sheet = tally_sheet::tally_sheet(&stage.house, &room).expect("a tally sheet");
        assert_eq!(figures(&sheet)[0], ["6", "6", "–", "–", "–", "–", "–", "–", "–"], "no choice of the own matter");
        let seal = &stage.frozen().await[0].seal;
        assert!(seal.len() == 64 && !printed.contains(seal.as_str()), "the digest cannot be tried out");
    }
}

#[tokio::test]
async fn who_has_no_seat_and_is_nominated_or_related_learns_no_total_and_writes_nothing_down() {
    for stage in scenes().await {
        let (seats, motions) = (stage.seats().await, stage.motions().await);
        let nominee = |item: &Item| match item.nominated.recipient {
            Recipient::Person(person) => person,
            other => panic!("a person is nominated, not {other:?}"),
        };
        let items = stage.seen_by(&stage.standing).await.items;
        let (first, second) = (nominee(&items[0]), nominee(&items[1]));
        let related = stage.house.person("QH1", "Người Quan Hệ").await;
        let ctx = stage.house.as_actor(&stage.standing);
        service::state_relation(&ctx, second, related, "vợ chồng").await.expect("stated");
        let of = |person: PersonId| Actor { person: Some(person), ..stage.standing.clone() };
        for (who, own, other) in [(of(first), 0, 1), (of(related), 1, 0)] {
            let ctx = stage.house.as_actor(&who);
            let said =
                service::write_opinion(&ctx, stage.meeting, motions[own], seats[5], Choice::Yes, "Phiếu 1").await;
            assert!(matches!(said, Err(CouncilError::OwnMatter)), "{} {said:?}", stage.house.engine());
            let said =
                service::write_opinion(&ctx, stage.meeting, motions[other], seats[5], Choice::Yes, "Phiếu 1").await;
            said.expect("of the other motion");
        }
        stage.vote().await;
        stage.close(PHRASES).await.expect("closed");
        for (who, own) in [(of(first), 0), (of(related), 1)] {
            let room = stage.seen_by(&who).await;
            assert!(room.items[own].mine && room.items[own].motion.tally.is_none(), "{} {own}", stage.house.engine());
            assert!(!room.items[1 - own].mine, "{} {own}", stage.house.engine());
            let mine: Vec<_> = room.opinions.iter().filter(|one| one.motion == motions[own]).collect();
            assert!(mine.iter().all(|one| one.choice.is_none()), "{} {mine:?}", stage.house.engine());
            let sheet = tally_sheet::tally_sheet(&stage.house, &room).expect("a tally sheet");
            assert!(figures(&sheet)[own][2..].iter().all(|votes| votes == "–"), "{}", stage.house.engine());
        }
    }
}

#[tokio::test]
async fn no_ballot_is_opened_before_the_day_of_the_meeting_and_the_minutes_say_when_it_was() {
    for mut stage in scenes().await {
        stage.attend(&[0, 1, 2, 3, 4, 5, 6]).await;
        stage.house.stand_on(scene::MEETING_DAY.yesterday().expect("a day"));
        let early = stage.open().await;
        let wanted = matches!(&early, Err(CouncilError::BeforeItsDay { day }) if day == "09/12/2026");
        assert!(wanted, "{} {early:?}", stage.house.engine());
        stage.house.stand_on(scene::MEETING_DAY);
        stage.vote().await;
        assert_eq!(stage.seen_by(&stage.standing).await.ballot_times, None, "{}", stage.house.engine());
        stage.close(PHRASES).await.expect("closed");
        let room = stage.seen_by(&stage.standing).await;
        let (opened, counted) = room.ballot_times.expect("both are in the ledger");
        assert!(opened <= counted, "{}", stage.house.engine());
        let paper = minutes::minutes(&stage.house, &room).expect("minutes");
        let text = format!("{:?}", paper.blocks);
        assert!(text.contains("Thời gian: ngày 09 tháng 12 năm 2026; bỏ phiếu từ "), "{text}");
        assert_eq!(paper.place, "Sơn La", "{}", stage.house.engine());
        let mut tx = stage.house.db.read().await.expect("a transaction");
        let nominations: Vec<_> = room.items.iter().map(|item| item.motion.nomination).collect();
        let held = queries::minutes_of(&mut tx, stage.campaign, &nominations).await.expect("minutes");
        assert_eq!(held, [("Hội đồng".to_owned(), scene::MEETING_DAY)], "{}", stage.house.engine());
    }
}

#[tokio::test]
async fn a_member_who_wrote_and_then_came_speaks_once() {
    for stage in scenes().await {
        let (seats, motions) = (stage.seats().await, stage.motions().await);
        let ctx = stage.house.as_actor(&stage.standing);
        for at in [4, 5] {
            for motion in &motions {
                let done = service::write_opinion(&ctx, stage.meeting, *motion, seats[at], Choice::No, "Phiếu 5").await;
                done.expect("an opinion");
            }
        }
        stage.attend(&[0, 1, 2, 3]).await;
        let room = stage.seen_by(&stage.standing).await;
        assert!(room.opinions.len() == 4 && room.opinions.iter().all(|one| one.choice.is_none()));
        stage.open().await.expect("four there and two on paper are six");
        stage.attend(&[0, 1, 2, 3, 4]).await;
        for member in 0..5 {
            let first = if member == 0 { Choice::Blank } else { Choice::Yes };
            stage.cast(member, [first, Choice::Yes]).await.expect("cast");
        }
        stage.attend(&[0, 1, 2, 3]).await;
        stage.close(PHRASES).await.expect("closed");
        let room = stage.seen_by(&stage.standing).await;
        let votes = [(Choice::Yes, 4), (Choice::No, 1), (Choice::Blank, 1)];
        assert_eq!(said(&stage.frozen().await[0]), votes, "{}: the fifth voted and left", stage.house.engine());
        assert!(room.items[1].motion.tally.is_none(), "five ballots that say the same are not shown");
        assert_eq!(room.items[1].motion.outcome, Some(Outcome::Yes), "{}", stage.house.engine());
    }
}

#[tokio::test]
async fn tellers_are_two_with_a_phrase_each_and_no_lower_form_is_chosen_where_there_is_none() {
    for stage in scenes().await {
        stage.attend(&[0, 1, 2, 3, 4, 5, 6]).await;
        let (seats, ctx) = (stage.seats().await, stage.house.as_actor(&stage.standing));
        let tellers = voting::Tellers { members: [seats[0], seats[1]], passphrases: [PHRASES[0], PHRASES[0]] };
        let said = voting::open(&ctx, stage.meeting, &tellers, false).await;
        assert!(matches!(said, Err(CouncilError::SamePassphrase)), "{} {said:?}", stage.house.engine());
        stage.open().await.expect("open");
        let room = stage.seen_by(&stage.members[0]).await;
        assert!(room.items.iter().all(|item| !item.may_lower), "nothing is lower than a Giấy khen");
        let said = stage.cast(0, [Choice::Yes, Choice::Lower]).await;
        assert!(matches!(said, Err(CouncilError::NoLower { position: 2 })), "{} {said:?}", stage.house.engine());
        stage.cast(0, [Choice::Yes, Choice::No]).await.expect("nothing was cast before");
    }
}

#[tokio::test]
async fn every_half_of_every_counter_changes_with_every_ballot() {
    for stage in scenes().await {
        stage.attend(&[0, 1, 2, 3, 4, 5, 6]).await;
        stage.open().await.expect("open");
        let mut before = stage.halves().await;
        assert_eq!(before.len(), 2 * 2 * Choice::ALL.len(), "{}", stage.house.engine());
        for (member, choice) in [(6, Choice::Yes), (0, Choice::No), (1, Choice::Blank)] {
            stage.cast(member, [choice, Choice::No]).await.expect("cast");
            let after = stage.halves().await;
            for (at, (old, new)) in before.iter().zip(&after).enumerate() {
                assert_ne!(old, new, "{} counter {at} after member {member}", stage.house.engine());
            }
            before = after;
        }
    }
}

#[tokio::test]
async fn nothing_that_is_left_after_closing_tells_who_chose_what() {
    for stage in scenes().await {
        stage.vote().await;
        let secrets = [stage.halves().await, stage.rows("select sealed_key from ballot_boxes").await].concat();
        let during: Vec<Vec<u8>> = stage.rows("select sealed_key from ballot_boxes").await;
        assert_eq!(during.len(), 1, "{}", stage.house.engine());
        stage.close(PHRASES).await.expect("closed");
        assert!(stage.halves().await.is_empty(), "{}", stage.house.engine());
        assert!(
            stage.rows::<Vec<u8>>("select sealed_key from ballot_boxes").await.is_empty(),
            "{}",
            stage.house.engine()
        );
        let filter = Filter { action: Some("council.cast".to_owned()), ..Filter::default() };
        let entries = ledger::queries::search(&stage.house.program(), &filter, 100).await.expect("entries");
        assert_eq!(entries.len(), 7, "{}", stage.house.engine());
        for entry in &entries {
            assert!(entry.fields.is_empty() && entry.ground.is_none(), "{} {entry:?}", stage.house.engine());
        }
        if let Db::Sqlite { file, .. } = &stage.house.db {
            for name in ["thidua.db", "thidua.db-wal"] {
                let bytes = std::fs::read(file.with_file_name(name)).unwrap_or_default();
                let left = |secret: &&Vec<u8>| bytes.windows(secret.len()).any(|part| part == secret.as_slice());
                assert_eq!(secrets.iter().filter(left).count(), 0, "copies of the box lie in {name}");
            }
        }
    }
}

#[tokio::test]
async fn an_altered_total_is_found_and_named() {
    for stage in scenes().await {
        stage.vote().await;
        stage.close(PHRASES).await.expect("closed");
        let sql =
            AssertSqlSafe(r#"update motions set tally = replace(tally, '"defer":2', '"defer":1') where position = 2"#);
        match &stage.house.db {
            Db::Sqlite { pool, .. } => assert_eq!(sqlx::query(sql).execute(pool).await.expect("it").rows_affected(), 1),
            Db::Postgres { pool, .. } => {
                assert_eq!(sqlx::query(sql).execute(pool).await.expect("it").rows_affected(), 1)
            }
        }
        let said = queries::room(&stage.house.as_actor(&stage.standing), stage.meeting).await;
        assert!(matches!(said, Err(CouncilError::Altered { position: 2 })), "{} {said:?}", stage.house.engine());
    }
}

#[tokio::test]
async fn a_ballot_that_is_sent_twice_at_once_counts_once() {
    for stage in scenes().await {
        stage.attend(&[0, 1, 2, 3, 4, 5, 6]).await;
        stage.open().await.expect("open");
        let sheet = [Choice::No, Choice::No];
        let (one, two) = join(stage.cast(0, sheet), stage.cast(0, sheet)).await;
        let refused = [one, two].into_iter().filter_map(Result::err).collect::<Vec<_>>();
        let fits = |error: &CouncilError| {
            matches!(
                error,
                CouncilError::AlreadyVoted | CouncilError::Store(StoreError::Busy | StoreError::Stale { .. })
            )
        };
        assert!(refused.len() == 1 && refused.iter().all(fits), "{} {refused:?}", stage.house.engine());
        for member in 1..7 {
            stage.cast(member, [Choice::Yes, Choice::Yes]).await.expect("cast");
        }
        stage.close(PHRASES).await.expect("closed");
        assert_eq!(said(&stage.frozen().await[1]), [(Choice::Yes, 6), (Choice::No, 1)], "{}", stage.house.engine());
    }
}

#[tokio::test]
async fn a_box_that_cannot_be_opened_is_given_up_and_all_vote_anew() {
    for stage in scenes().await {
        stage.vote().await;
        let ctx = stage.house.as_actor(&stage.standing);
        voting::give_up(&ctx, stage.meeting, "Mất cụm mật khẩu").await.expect("given up");
        assert!(stage.halves().await.is_empty(), "{}", stage.house.engine());
        let room = stage.seen_by(&stage.standing).await;
        assert_eq!(room.meeting.state, MeetingState::Planned, "{}", stage.house.engine());
        assert!(room.members.iter().all(|(.., voted)| voted.is_none()), "{}", stage.house.engine());
        let (one, other) = (stage.members[5].person.expect("a person"), nominee(&room.items[1]));
        service::state_relation(&ctx, one, other, "anh em ruột").await.expect("stated");
        stage.vote().await;
        stage.close(PHRASES).await.expect("closed");
        let votes = [(Choice::Yes, 4), (Choice::Defer, 2)];
        assert_eq!(said(&stage.frozen().await[1]), votes, "{}: a relation stated later counts", stage.house.engine());
    }
}

fn nominee(item: &Item) -> PersonId {
    match item.nominated.recipient {
        Recipient::Person(person) => person,
        other => panic!("{other:?} is no person"),
    }
}
