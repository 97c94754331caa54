//! What was acknowledged survives a program that is killed in the middle of its work.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use kernel::Actor;
use office::Ctx;
use office::import::Manner;
use office::organization::model::{NewUnit, UnitKind};
use office::organization::queries::{Filter, Place};
use office::organization::{import, queries, units};

/// Names the folder to write in; set only for the program that will be killed.
const FOLDER: &str = "THIDUA_TEST_CRASH_FOLDER";
const ROUNDS: usize = 50;

/// Rows of each file that is being imported when the program is killed.
const ROWS: usize = 40;

/// Adds units without end, and says which of them the store has acknowledged.
async fn write_until_killed(folder: PathBuf) {
    let house = testkit::house_in(&folder).await;
    let actor = Actor::program("kiểm thử");
    let ctx = Ctx::new(&house, &actor);
    loop {
        let code = uuid::Uuid::now_v7().simple().to_string();
        let name = format!("Phòng {code}");
        let kind = UnitKind::Division;
        let new = NewUnit { code: code.clone(), name, kind, from: testkit::TODAY, position: 0, document: None };
        units::add(&ctx, &new).await.expect("a unit that fits");
        let mut out = std::io::stdout().lock();
        writeln!(out, "\nghi {code}").and_then(|()| out.flush()).expect("somebody who listens");
    }
}

/// Brings in one file of people after another without end, and says which were acknowledged.
async fn import_until_killed(folder: PathBuf) {
    let house = testkit::house_in(&folder).await;
    let actor = Actor::program("kiểm thử");
    let ctx = Ctx::new(&house, &actor);
    loop {
        let file = uuid::Uuid::now_v7().simple().to_string();
        let mut sheet = "Mã cán bộ;Họ và tên\n".to_owned();
        for row in 0..ROWS {
            sheet.push_str(&format!("{file}-{row};Lò Văn {row}\n"));
        }
        let manner = Manner { dry_run: false, accept_good_rows: false };
        let outcome = import::people(&ctx, sheet.as_bytes(), manner).await.expect("a sheet with the right columns");
        assert_eq!(outcome.created, ROWS);
        let mut out = std::io::stdout().lock();
        writeln!(out, "\nghi {file}").and_then(|()| out.flush()).expect("somebody who listens");
    }
}

/// Lets a program write until it has acknowledged so much and a moment longer, kills it, and answers
/// everything that it acknowledged.
fn write_and_kill(test: &str, folder: &Path, least: usize, longer: Duration) -> Vec<String> {
    let this = std::env::current_exe().expect("this test program");
    let mut child = Command::new(this)
        .args([&format!("crash::{test}"), "--exact", "--nocapture"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("this program again");
    let out = BufReader::new(child.stdout.take().expect("its output"));
    let mut said =
        out.lines().map_while(Result::ok).filter_map(|line| line.strip_prefix("ghi ").map(str::to_uppercase));
    let mut acknowledged: Vec<_> = said.by_ref().take(least).collect();
    std::thread::sleep(longer);
    child.kill().expect("it still runs");
    child.wait().expect("it ends");
    acknowledged.extend(said);
    acknowledged
}

#[tokio::test(flavor = "multi_thread")]
async fn acknowledged_writes_survive_a_kill() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        return write_until_killed(folder.into()).await;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let mut acknowledged = Vec::new();
    for round in 0..ROUNDS {
        let path = folder.path().to_owned();
        // Every fifth program is killed while it is still opening its house.
        let least = if round % 5 == 4 { 0 } else { 1 + round % 7 };
        let longer = Duration::from_millis(round as u64 * 37 % 23);
        let written = tokio::task::spawn_blocking(move || {
            write_and_kill("acknowledged_writes_survive_a_kill", &path, least, longer)
        });
        acknowledged.extend(written.await.expect("a round"));
        let house = testkit::house_in(folder.path()).await;
        let answer = office::ledger::service::verify(&house.db, &house.keys).await.expect("an answer");
        assert!(answer.ok, "round {round}: {answer:?}");
        let mut tx = house.db.read().await.expect("a transaction");
        let units = queries::units(&mut tx, testkit::TODAY).await.expect("units");
        let there: std::collections::BTreeSet<_> = units.iter().map(|unit| unit.code.as_str()).collect();
        let lost: Vec<_> = acknowledged.iter().filter(|code| !there.contains(code.as_str())).collect();
        assert!(lost.is_empty(), "round {round} lost {lost:?}");
        assert_eq!(i64::try_from(units.len()).expect("few"), answer.entries, "a unit without its entry");
        drop(tx);
        house.db.close().await;
    }
    assert!(acknowledged.len() > 100, "only {} writes were acknowledged: nothing was tried", acknowledged.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_was_being_imported_is_there_as_a_whole_or_not_at_all() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        return import_until_killed(folder.into()).await;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let mut acknowledged = Vec::new();
    for round in 0..10 {
        let path = folder.path().to_owned();
        let longer = Duration::from_millis(round as u64 * 11);
        let name = "a_file_that_was_being_imported_is_there_as_a_whole_or_not_at_all";
        let written = tokio::task::spawn_blocking(move || write_and_kill(name, &path, round % 3, longer));
        acknowledged.extend(written.await.expect("a round"));
        let house = testkit::house_in(folder.path()).await;
        let answer = office::ledger::service::verify(&house.db, &house.keys).await.expect("an answer");
        assert!(answer.ok, "round {round}: {answer:?}");
        let actor = Actor::program("kiểm thử");
        let filter = Filter { unit: None, text: String::new(), day: testkit::TODAY };
        let people = queries::people(&Ctx::new(&house, &actor), &filter, &Place::beginning(), 1_000_000).await;
        let mut files = std::collections::BTreeMap::new();
        for line in people.expect("people") {
            let code = line.person.profile.staff_code.expect("a code from the file");
            let file = code.split_once('-').expect("a file and a row").0.to_owned();
            *files.entry(file).or_insert(0) += 1;
        }
        assert!(files.values().all(|rows| *rows == ROWS), "round {round}: a part of a file: {files:?}");
        let lost: Vec<_> = acknowledged.iter().filter(|file| !files.contains_key(*file)).collect();
        assert!(lost.is_empty(), "round {round} lost {lost:?}");
        house.db.close().await;
    }
    assert!(acknowledged.len() > 5, "only {} files were acknowledged", acknowledged.len());
}
