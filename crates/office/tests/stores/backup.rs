//! A house goes into a backup and comes back whole, on the same engine and on the other.

use std::path::Path;

use kernel::Actor;
use office::backup::create::{Source, create};
use office::backup::restore::{Restored, Target, restore};
use office::backup::verify::verify;
use office::backup::{BackupError, Manifest};
use office::council::model::MeetingState;
use office::council::{CouncilError, voting};
use office::db::Db;
use office::keys::Keys;
use office::{House, attachments, demo, ledger};
use testkit::{FreshDatabase, TestHouse, empty_databases};

use super::council::scene::scenes;

async fn back_up(house: &House, file: &Path) -> Manifest {
    let source = Source { db: &house.db, data_dir: &house.data_dir, with_keys: true, now: house.clock.now() };
    create(source, file).await.expect("a backup")
}

async fn bring_back(file: &Path, folder: &Path, database: Option<&FreshDatabase>) -> Result<Restored, BackupError> {
    let target = Target { data_dir: folder, database_url: database.map(FreshDatabase::url), keys: None };
    restore(file, target).await
}

async fn restored(folder: &Path, database: Option<&FreshDatabase>) -> Db {
    match database {
        Some(fresh) => Db::open_postgres(fresh.url()).await.expect("the restored database"),
        None => Db::open_sqlite(&folder.join("thidua.sqlite")).await.expect("the restored file"),
    }
}

/// Puts other bytes in the place of one.
fn spoil(file: &Path, at: usize) {
    let mut bytes = std::fs::read(file).expect("a file");
    bytes[at] ^= 0x55;
    std::fs::write(file, bytes).expect("a file");
}

#[tokio::test]
async fn a_house_comes_back_the_same_on_either_engine() {
    for house in testkit::houses().await {
        demo::fill(&house).await.expect("an example");
        ledger::service::checkpoint(&house.db, &house.clock, &house.keys).await.expect("a signed day");
        let desk = tempfile::tempdir().expect("a folder");
        let file = desk.path().join("a.zip");
        let manifest = back_up(&house, &file).await;
        let report = verify(&file).expect("a backup");
        assert_eq!((report.faults.clone(), report.ledger.ok), (vec![], true), "{}", house.engine());
        for database in empty_databases().await {
            let folder = desk.path().join(if database.is_some() { "postgres" } else { "sqlite" });
            let came = bring_back(&file, &folder, database.as_ref()).await.expect("a house");
            assert!(came.ledger.ok && came.ledger.entries == manifest.ledger.entries && came.files > 0);
            let db = restored(&folder, database.as_ref()).await;
            let keys = Keys::read(&folder.join("keys")).expect("the keys");
            let source = Source { db: &db, data_dir: &folder, with_keys: true, now: house.clock.now() };
            let again = create(source, &folder.join("b.zip")).await.expect("a second backup");
            assert_eq!(again.parts, manifest.parts, "{}: every part has the digest it had", house.engine());
            assert_eq!((&again.ledger, keys.public_hex()), (&manifest.ledger, house.keys.public_hex()));
            db.close().await;
        }
    }
}

#[tokio::test]
async fn any_changed_byte_is_found_and_its_part_named() {
    let house = TestHouse::sqlite().await;
    house.unit("TC", "Phòng Tổ chức").await;
    let desk = tempfile::tempdir().expect("a folder");
    let whole = desk.path().join("a.zip");
    back_up(&house, &whole).await;
    let length = usize::try_from(std::fs::metadata(&whole).expect("a file").len()).expect("a small file");
    let spoilt = desk.path().join("b.zip");
    for at in (0..length).step_by(7) {
        std::fs::copy(&whole, &spoilt).expect("a copy");
        spoil(&spoilt, at);
        match verify(&spoilt) {
            Ok(report) => assert!(!report.faults.is_empty(), "byte {at} of {length} was not missed"),
            Err(BackupError::Unreadable { .. }) => {}
            Err(other) => panic!("byte {at}: {other}"),
        }
    }
    std::fs::copy(&whole, &spoilt).expect("a copy");
    let bytes = std::fs::read(&whole).expect("a file");
    let at = bytes.windows(18).position(|part| part == b"tables/units.jsonl").expect("the table of units");
    spoil(&spoilt, at + 18 + 30);
    let faults = verify(&spoilt).expect("still a backup").faults;
    assert!(faults.iter().any(|fault| fault.part == "tables/units.jsonl"), "{faults:?}");
    let refused = bring_back(&spoilt, &desk.path().join("new"), None).await;
    assert!(matches!(refused, Err(BackupError::Damaged(_))), "{refused:?}");
    assert!(!desk.path().join("new").exists(), "nothing was begun");
}

#[tokio::test]
async fn nothing_is_restored_over_what_is_there() {
    for house in testkit::houses().await {
        house.unit("TC", "Phòng Tổ chức").await;
        let desk = tempfile::tempdir().expect("a folder");
        let file = desk.path().join("a.zip");
        back_up(&house, &file).await;
        let over = bring_back(&file, &house.data_dir, None).await;
        assert!(matches!(over, Err(BackupError::FolderInUse { .. })), "{over:?}");
        let twice = Source { db: &house.db, data_dir: &house.data_dir, with_keys: true, now: house.clock.now() };
        assert!(matches!(create(twice, &file).await, Err(BackupError::Exists(_))));
        for database in empty_databases().await.iter().flatten() {
            bring_back(&file, &desk.path().join("first"), Some(database)).await.expect("a house");
            let second = desk.path().join("second");
            let over = bring_back(&file, &second, Some(database)).await;
            assert!(matches!(over, Err(BackupError::DatabaseInUse(_))), "{over:?}");
            assert_eq!(std::fs::read_dir(&second).expect("a folder").count(), 0, "nothing is left behind");
        }
    }
}

#[tokio::test]
async fn an_open_ballot_is_in_no_backup_and_is_held_again() {
    for stage in scenes().await {
        stage.attend(&[0, 1, 2, 3, 4, 5, 6]).await;
        stage.open().await.expect("an open ballot");
        let seats = [office::council::model::Choice::Yes; 2];
        stage.cast(0, seats).await.expect("a ballot");
        let desk = tempfile::tempdir().expect("a folder");
        let file = desk.path().join("a.zip");
        let manifest = back_up(&stage.house, &file).await;
        assert_eq!(manifest.open_ballots, 1);
        let ballots = manifest.parts.iter().filter(|part| part.name.contains("ballot")).count();
        assert_eq!(ballots, 0, "neither box nor counters nor who has voted");
        let folder = desk.path().join("new");
        bring_back(&file, &folder, None).await.expect("a house");
        let house = testkit::house_over(restored(&folder, None).await, &folder);
        let program = Actor::program("kiểm thử");
        let ctx = office::Ctx::new(&house, &program);
        let room = office::council::queries::room(&ctx, stage.meeting).await.expect("a room");
        assert_eq!(room.meeting.state, MeetingState::Open);
        let closed = voting::close(&ctx, stage.meeting, ["cụm mật khẩu một", "cụm mật khẩu hai"]).await;
        assert!(matches!(closed, Err(CouncilError::NoBox)), "no box, and a way on: {closed:?}");
        voting::give_up(&ctx, stage.meeting, "Khôi phục từ bản sao lưu").await.expect("a way on");
        let room = office::council::queries::room(&ctx, stage.meeting).await.expect("a room");
        assert_eq!(room.meeting.state, MeetingState::Planned);
    }
}

#[tokio::test]
async fn a_backup_of_an_older_structure_is_brought_up_to_date() {
    let desk = tempfile::tempdir().expect("a folder");
    let old = desk.path().join("old");
    std::fs::create_dir(&old).expect("a folder");
    Keys::open(&old).expect("keys");
    let db = Db::make_sqlite(&old.join("thidua.sqlite"), 7).await.expect("an older house");
    let file = desk.path().join("a.zip");
    let now = kernel::Clock::standing_on(testkit::TODAY).now();
    let manifest = create(Source { db: &db, data_dir: &old, with_keys: true, now }, &file).await.expect("a backup");
    assert_eq!(manifest.schema, 7);
    for database in empty_databases().await {
        let folder = desk.path().join(if database.is_some() { "postgres" } else { "sqlite" });
        bring_back(&file, &folder, database.as_ref()).await.expect("a house");
        let db = match &database {
            Some(fresh) => Db::look_postgres(fresh.url()).await,
            None => Db::look_sqlite(&folder.join("thidua.sqlite")).await,
        };
        let mut tx = db.as_ref().expect("a database").read().await.expect("a transaction");
        assert_eq!(tx.schema().await.expect("a version"), Some(office::db::newest_schema()));
    }
}

#[tokio::test]
async fn a_backup_without_keys_asks_for_those_of_its_house() {
    let house = TestHouse::sqlite().await;
    house.unit("TC", "Phòng Tổ chức").await;
    let desk = tempfile::tempdir().expect("a folder");
    let file = desk.path().join("a.zip");
    let source = Source { db: &house.db, data_dir: &house.data_dir, with_keys: false, now: house.clock.now() };
    let manifest = create(source, &file).await.expect("a backup");
    assert!(manifest.parts.iter().all(|part| !part.name.starts_with("keys/")));
    let new = desk.path().join("new");
    assert!(matches!(bring_back(&file, &new, None).await, Err(BackupError::NoKeys)));
    let other = desk.path().join("other");
    std::fs::create_dir(&other).expect("a folder");
    Keys::open(&other).expect("keys");
    let (foreign, own) = (other.join("keys"), house.data_dir.join("keys"));
    let target = |keys| Target { data_dir: &new, database_url: None, keys: Some(keys) };
    assert!(matches!(restore(&file, target(&foreign)).await, Err(BackupError::ForeignKeys(_))));
    restore(&file, target(&own)).await.expect("a house");
}

#[tokio::test]
async fn a_lost_attachment_is_told_and_the_rest_still_comes_back() {
    let house = TestHouse::sqlite().await;
    demo::fill(&house).await.expect("an example");
    let desk = tempfile::tempdir().expect("a folder");
    let all = back_up(&house, &desk.path().join("all.zip")).await;
    let name = all.parts.iter().find_map(|part| part.name.strip_prefix("files/")).expect("an attachment");
    std::fs::remove_file(attachments::place(&house.data_dir, name)).expect("it was there");
    let file = desk.path().join("less.zip");
    let less = back_up(&house, &file).await;
    assert!(less.faults.len() == 1 && less.faults[0].contains(name), "{:?}", less.faults);
    assert!(verify(&file).expect("a backup").faults.is_empty(), "the backup itself is sound");
    bring_back(&file, &desk.path().join("new"), None).await.expect("a house");
}

#[tokio::test]
async fn what_an_interrupted_command_left_is_swept_away() {
    let house = TestHouse::sqlite().await;
    let desk = tempfile::tempdir().expect("a folder");
    let left = desk.path().join(".hom-qua.zip.thidua-part");
    std::fs::write(&left, b"half").expect("a file");
    let lost = Source { db: &house.db, data_dir: Path::new("/khong-co"), with_keys: true, now: house.clock.now() };
    create(lost, &desk.path().join("a.zip")).await.expect_err("there are no keys");
    assert_eq!(std::fs::read_dir(desk.path()).expect("a folder").count(), 0, "neither half file is there");
}
