//! What verification sees of a ledger that somebody meddled with.

use kernel::clock::instant_of;
use office::db::Db;
use office::ledger::queries;
use office::ledger::service::{checkpoint, mark, verify};
use sqlx::{AssertSqlSafe, Executor as _};
use testkit::{TODAY, TestHouse};

async fn five_entries(house: &TestHouse) {
    for code in ["A", "B", "C", "D", "E"] {
        house.unit(code, &format!("Phòng {code}")).await;
    }
}

/// What somebody with the database's password does behind our back.
pub async fn meddle(house: &TestHouse, statement: &str) {
    let done = match &house.db {
        Db::Sqlite { pool, .. } => pool.execute(AssertSqlSafe(statement)).await.map(drop),
        Db::Postgres { pool, .. } => pool.execute(AssertSqlSafe(statement)).await.map(drop),
    };
    done.expect("a statement that runs");
}

async fn first_broken(house: &TestHouse) -> Option<i64> {
    verify(&house.db, &house.keys).await.expect("an answer").first_broken
}

#[tokio::test]
async fn an_untouched_ledger_holds() {
    for house in testkit::houses().await {
        five_entries(&house).await;
        assert!(checkpoint(&house.db, &house.clock, &house.keys).await.expect("a checkpoint"));
        assert!(!checkpoint(&house.db, &house.clock, &house.keys).await.expect("no second one that day"));
        let answer = verify(&house.db, &house.keys).await.expect("an answer");
        assert_eq!((answer.ok, answer.entries), (true, 5), "{}", house.engine());
    }
}

#[tokio::test]
async fn an_edited_entry_is_named() {
    for house in testkit::houses().await {
        five_entries(&house).await;
        meddle(&house, "update ledger_entries set action = 'organization.close_unit' where seq = 3").await;
        assert_eq!(first_broken(&house).await, Some(3), "{}", house.engine());
    }
}

#[tokio::test]
async fn a_deleted_entry_is_named() {
    for house in testkit::houses().await {
        five_entries(&house).await;
        meddle(&house, "delete from ledger_entries where seq = 2").await;
        assert_eq!(first_broken(&house).await, Some(2), "{}", house.engine());
    }
}

#[tokio::test]
async fn two_entries_that_changed_places_are_named() {
    for house in testkit::houses().await {
        five_entries(&house).await;
        for swap in ["seq = 9 where seq = 2", "seq = 2 where seq = 3", "seq = 3 where seq = 9"] {
            meddle(&house, &format!("update ledger_entries set {swap}")).await;
        }
        assert_eq!(first_broken(&house).await, Some(2), "{}", house.engine());
    }
}

#[tokio::test]
async fn a_cut_end_is_named_by_the_head() {
    for house in testkit::houses().await {
        five_entries(&house).await;
        meddle(&house, "delete from ledger_entries where seq = 5").await;
        assert_eq!(first_broken(&house).await, Some(5), "{}", house.engine());
    }
}

#[tokio::test]
async fn a_cut_end_whose_head_was_moved_back_is_named_by_the_signed_checkpoint() {
    for house in testkit::houses().await {
        five_entries(&house).await;
        checkpoint(&house.db, &house.clock, &house.keys).await.expect("a checkpoint");
        meddle(&house, "delete from ledger_entries where seq = 5").await;
        meddle(
            &house,
            "update ledger_head set seq = 4, hash = (select hash from ledger_entries where seq = 4) where id = 1",
        )
        .await;
        assert_eq!(first_broken(&house).await, Some(5), "{}", house.engine());
    }
}

/// The end cut off, the day's checkpoints with it, the head moved back to `seq`.
async fn cut_to(house: &TestHouse, seq: i64) {
    meddle(house, "delete from ledger_checkpoints").await;
    meddle(house, &format!("delete from ledger_entries where seq > {seq}")).await;
    let head = format!("(select hash from ledger_entries where seq = {seq})");
    meddle(house, &format!("update ledger_head set seq = {seq}, hash = {head} where id = 1")).await;
}

#[tokio::test]
async fn a_cut_end_is_named_without_any_checkpoint_and_stays_named_when_work_goes_on() {
    for house in testkit::houses().await {
        five_entries(&house).await;
        cut_to(&house, 3).await;
        assert_eq!(first_broken(&house).await, Some(4), "{}", house.engine());
        house.unit("F", "Phòng F").await;
        let found = verify(&house.db, &house.keys).await.expect("an answer");
        assert_eq!((found.ok, found.first_broken), (false, Some(5)), "{}", house.engine());
        checkpoint(&house.db, &house.clock, &house.keys).await.expect("a checkpoint");
        assert!(first_broken(&house).await.is_some(), "a checkpoint signs no cut end away: {}", house.engine());
    }
}

#[tokio::test]
async fn an_older_head_with_its_own_signature_is_named_by_the_mark_beside_the_keys() {
    for house in testkit::houses().await {
        five_entries(&house).await;
        meddle(&house, "create table kept as select * from ledger_head").await;
        house.unit("F", "Phòng F").await;
        mark(&house.db, &house.keys).await.expect("a mark");
        cut_to(&house, 5).await;
        meddle(&house, "update ledger_head set signature = (select signature from kept)").await;
        assert_eq!(first_broken(&house).await, Some(6), "{}", house.engine());
        for code in ["G", "H", "I"] {
            house.unit(code, &format!("Phòng {code}")).await;
            mark(&house.db, &house.keys).await.expect("an answer");
            assert_eq!(first_broken(&house).await, Some(6), "another entry in its place: {}", house.engine());
        }
    }
}

#[tokio::test]
async fn who_keeps_the_server_signs_a_ledger_that_was_put_back_and_the_ledger_tells_of_it() {
    for house in testkit::houses().await {
        five_entries(&house).await;
        checkpoint(&house.db, &house.clock, &house.keys).await.expect("a mark");
        cut_to(&house, 3).await;
        let sealed = office::ledger::service::seal(&house.db, &house.clock, &house.keys).await.expect("an answer");
        assert_eq!((sealed.ok, sealed.entries), (true, 3), "{}", house.engine());
        house.unit("F", "Phòng F").await;
        let found = verify(&house.db, &house.keys).await.expect("an answer");
        assert_eq!((found.ok, found.entries), (true, 5), "{}", house.engine());
        meddle(&house, "delete from ledger_entries where seq = 2").await;
        let sealed = office::ledger::service::seal(&house.db, &house.clock, &house.keys).await.expect("an answer");
        assert_eq!(sealed.first_broken, Some(2), "no broken chain is signed: {}", house.engine());
    }
}

#[tokio::test]
async fn a_checkpoint_that_another_key_signed_is_named() {
    for mut house in testkit::houses().await {
        five_entries(&house).await;
        checkpoint(&house.db, &house.clock, &house.keys).await.expect("a checkpoint");
        let elsewhere = tempfile::tempdir().expect("a folder");
        house.keys = office::keys::Keys::open(elsewhere.path()).expect("other keys");
        assert_eq!(first_broken(&house).await, Some(5), "{}", house.engine());
    }
}

#[tokio::test]
async fn writers_at_one_time_leave_one_chain_without_gaps() {
    for house in testkit::houses().await {
        let writing = (0..8).map(|at| {
            let house = &house;
            async move { house.unit(&format!("P{at}"), &format!("Phòng {at}")).await }
        });
        futures::future::join_all(writing).await;
        let answer = verify(&house.db, &house.keys).await.expect("an answer");
        assert_eq!((answer.ok, answer.entries), (true, 8), "{}", house.engine());
    }
}

#[tokio::test]
async fn a_change_that_fails_leaves_no_entry() {
    for house in testkit::houses().await {
        house.unit("KT", "Phòng Kinh tế").await;
        let refused = {
            let new = office::organization::model::NewUnit {
                code: "kt".to_owned(),
                name: "Phòng Kinh tế tổng hợp".to_owned(),
                kind: office::organization::model::UnitKind::Division,
                from: testkit::TODAY,
                position: 1,
                document: None,
            };
            office::organization::units::add(&house.program(), &new).await
        };
        assert!(refused.is_err());
        assert_eq!(verify(&house.db, &house.keys).await.expect("an answer").entries, 1, "{}", house.engine());
    }
}

#[tokio::test]
async fn an_entry_that_cannot_be_read_is_named_and_the_list_is_still_shown() {
    for house in testkit::houses().await {
        five_entries(&house).await;
        meddle(&house, "create table kept_entries as select * from ledger_entries").await;
        let sqlite = matches!(house.db, Db::Sqlite { .. });
        let short = if sqlite { "x'0102'" } else { "'\\x0102'::bytea" };
        let mut spoilt = vec![
            "fields = 'không phải JSON'".to_owned(),
            "fields = '[1]'".to_owned(),
            format!("hash = {short}"),
            format!("previous = {short}"),
        ];
        match sqlite {
            true => {
                spoilt.extend(["at = 'hôm qua'", "account = x'01'", "action = cast(x'ff' as text)"].map(str::to_owned))
            }
            false => spoilt.push("at = 'infinity'".to_owned()),
        }
        for set in spoilt {
            meddle(&house, &format!("update ledger_entries set {set} where seq = 3")).await;
            let found = verify(&house.db, &house.keys).await.expect("an answer");
            assert_eq!((found.ok, found.first_broken), (false, Some(3)), "{} {set}", house.engine());
            let listed = queries::listed(&house.program(), &queries::Filter::default(), 9).await.expect("a list");
            let places: Vec<_> =
                listed.iter().map(|row| row.as_ref().map_or_else(|row| -row.seq, |row| row.seq)).collect();
            assert_eq!(places, [5, 4, -3, 2, 1], "{} {set}", house.engine());
            meddle(&house, "delete from ledger_entries where seq = 3").await;
            meddle(&house, "insert into ledger_entries select * from kept_entries where seq = 3").await;
            assert_eq!(first_broken(&house).await, None, "{} {set} was put right", house.engine());
        }
        meddle(&house, &format!("update ledger_head set hash = {short} where id = 1")).await;
        assert_eq!(first_broken(&house).await, Some(6), "{}", house.engine());
    }
}

#[tokio::test]
async fn the_list_is_narrowed_to_days() {
    for mut house in testkit::houses().await {
        house.unit("A", "Phòng Kinh tế").await;
        let next = TODAY.tomorrow().expect("a day");
        house.stand_on(next);
        house.unit("B", "Phòng Nội chính").await;
        let midnight = jiff::civil::time(0, 0, 0, 0);
        let (first, second) = (Some(instant_of(TODAY, midnight)), Some(instant_of(next, midnight)));
        let found = async |from, until| {
            let filter = queries::Filter { from, until, ..queries::Filter::default() };
            let entries = queries::search(&house.program(), &filter, 9).await.expect("a list");
            entries.iter().map(|entry| entry.seq).collect::<Vec<_>>()
        };
        assert_eq!(found(None, second).await, [1], "{}", house.engine());
        assert_eq!(found(second, None).await, [2], "{}", house.engine());
        assert_eq!(found(first, None).await, [2, 1], "{}", house.engine());
    }
}
