//! What was acknowledged survives a program that is killed in the middle of its work.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use kernel::{Actor, Clock};
use office::db::Db;
use office::keys::Keys;
use office::organization::model::{NewUnit, UnitKind};
use office::organization::{queries, units};
use office::{Ctx, House};

/// Names the folder to write in; set only for the program that will be killed.
const FOLDER: &str = "THIDUA_TEST_CRASH_FOLDER";
const ROUNDS: u64 = 50;

async fn open(folder: &Path) -> House {
    House {
        db: Db::open_sqlite(&folder.join("thidua.db")).await.expect("the file opens after a crash"),
        clock: Clock::standing_on(testkit::TODAY),
        keys: Keys::open(folder).expect("keys"),
        data_dir: folder.to_owned(),
        plan: testkit::shipped::plan(),
        demo: false,
        public_url: String::new(),
    }
}

/// Adds units without end, and says which of them the store has acknowledged.
async fn write_until_killed(folder: PathBuf) {
    let house = open(&folder).await;
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

/// Lets a program write for a moment, kills it, and answers what was acknowledged.
fn write_and_kill(folder: &Path, after: Duration) -> Vec<String> {
    let this = std::env::current_exe().expect("this test program");
    let mut child = Command::new(this)
        .args(["crash::acknowledged_writes_survive_a_kill", "--exact", "--nocapture"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("this program again");
    let out = BufReader::new(child.stdout.take().expect("its output"));
    let listening = std::thread::spawn(move || {
        let lines = out.lines().map_while(Result::ok);
        lines.filter_map(|line| line.strip_prefix("ghi ").map(str::to_uppercase)).collect::<Vec<_>>()
    });
    std::thread::sleep(after);
    child.kill().expect("it still runs");
    child.wait().expect("it ends");
    listening.join().expect("what it said")
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
        let after = Duration::from_millis(60 + round * 7 % 90);
        let written = tokio::task::spawn_blocking(move || write_and_kill(&path, after));
        acknowledged.extend(written.await.expect("a round"));
        let house = open(folder.path()).await;
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
