//! What was acknowledged survives a program that is killed in the middle of its work.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use kernel::Actor;
use office::Ctx;
use office::organization::model::{NewUnit, UnitKind};
use office::organization::{queries, units};

/// Names the folder to write in; set only for the program that will be killed.
const FOLDER: &str = "THIDUA_TEST_CRASH_FOLDER";
const ROUNDS: usize = 50;

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

/// Lets a program write until it has acknowledged so much and a moment longer, kills it, and answers
/// everything that it acknowledged.
fn write_and_kill(folder: &Path, least: usize, longer: Duration) -> Vec<String> {
    let this = std::env::current_exe().expect("this test program");
    let mut child = Command::new(this)
        .args(["crash::acknowledged_writes_survive_a_kill", "--exact", "--nocapture"])
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
        let written = tokio::task::spawn_blocking(move || write_and_kill(&path, least, longer));
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
