//! What was acknowledged survives a program that is killed in the middle of its work.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use kernel::{Actor, Clock, Role};
use office::council::model::Choice;
use office::council::{CouncilError, MeetingId, queries as council, voting};
use office::db::Db;
use office::import::Manner;
use office::organization::model::{NewUnit, UnitKind};
use office::organization::queries::{Filter, Place};
use office::organization::{import, queries, units};
use office::{Ctx, House};

use crate::council::scene::{MEETING_DAY, PHRASES, Scene, scenes};

/// Names the folder to write in; set only for the program that will be killed.
const FOLDER: &str = "THIDUA_TEST_CRASH_FOLDER";
/// The address of its database on a server, for the same program; unset on SQLite.
const DATABASE: &str = "THIDUA_TEST_CRASH_DATABASE";
/// Which meeting votes and who its members are, for the program that casts.
const MEETING: &str = "THIDUA_TEST_CRASH_MEETING";
const MEMBERS: &str = "THIDUA_TEST_CRASH_MEMBERS";
const ROUNDS: usize = 50;

/// Rows of each file that is being imported when the program is killed.
const ROWS: usize = 40;

/// The house that the program to be killed works in.
async fn its_house(folder: &Path) -> House {
    match std::env::var(DATABASE) {
        Ok(url) => testkit::house_over(Db::open_postgres(&url).await.expect("the test's server"), folder),
        Err(_) => testkit::house_in(folder).await,
    }
}

/// Adds units without end, and says which of them the store has acknowledged.
async fn write_until_killed(folder: PathBuf) {
    let house = its_house(&folder).await;
    let actor = Actor::program("kiểm thử");
    let ctx = Ctx::new(&house, &actor);
    loop {
        let code = uuid::Uuid::now_v7().simple().to_string();
        let name = format!("Phòng {code}");
        let kind = UnitKind::Division;
        let new = NewUnit { code: code.clone(), name, kind, from: testkit::TODAY, position: 0, document: None };
        units::add(&ctx, &new).await.expect("a unit that fits");
        say(&code);
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
        say(&file);
    }
}

/// Starts this program again for one test, with what that test is told.
fn again(test: &str, folder: &Path, told: &[(&str, &str)]) -> Child {
    let this = std::env::current_exe().expect("this test program");
    Command::new(this)
        .args([&format!("crash::{test}"), "--exact", "--nocapture"])
        .env(FOLDER, folder)
        .envs(told.iter().copied())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("this program again")
}

/// Lets a program work until it has acknowledged so much and a moment longer, kills it, and answers
/// everything that it acknowledged.
fn kill(mut child: Child, least: usize, longer: Duration) -> Vec<String> {
    let out = BufReader::new(child.stdout.take().expect("its output"));
    let mut said =
        out.lines().map_while(Result::ok).filter_map(|line| line.strip_prefix("ghi ").map(str::to_uppercase));
    let mut acknowledged: Vec<_> = said.by_ref().take(least).collect();
    std::thread::sleep(longer);
    // It may have done all there was to do.
    child.kill().ok();
    child.wait().expect("it ends");
    acknowledged.extend(said);
    acknowledged
}

fn say(what: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\nghi {what}").and_then(|()| out.flush()).expect("somebody who listens");
}

/// How many entries the ledger has and which units there are, once a server has dropped the connection of the
/// program that was killed: what it had begun to commit may come a moment after the kill.
async fn settled(house: &testkit::TestHouse) -> (usize, BTreeSet<String>) {
    let mut patience = if house.database_url().is_some() { 200 } else { 0 };
    loop {
        let answer = office::ledger::service::verify(&house.db, &house.keys).await.expect("an answer");
        assert!(answer.ok, "{}: {answer:?}", house.engine());
        let mut tx = house.db.read().await.expect("a transaction");
        let units = queries::units(&mut tx, testkit::TODAY).await.expect("units");
        let (entries, there) = (usize::try_from(answer.entries).expect("few"), units.into_iter().map(|unit| unit.code));
        let there: BTreeSet<String> = there.collect();
        if entries == there.len() || patience == 0 {
            return (entries, there);
        }
        patience -= 1;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn acknowledged_writes_survive_a_kill() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        return write_until_killed(folder.into()).await;
    }
    for house in testkit::houses().await {
        let rounds = if house.database_url().is_some() { ROUNDS / 2 } else { ROUNDS };
        let mut acknowledged = Vec::new();
        for round in 0..rounds {
            // Every fifth program is killed while it is still opening its house.
            let least = if round % 5 == 4 { 0 } else { 1 + round % 7 };
            let longer = Duration::from_millis(round as u64 * 37 % 23);
            let told: Vec<_> = house.database_url().map(|url| (DATABASE, url)).into_iter().collect();
            let child = again("acknowledged_writes_survive_a_kill", &house.data_dir, &told);
            let written = tokio::task::spawn_blocking(move || kill(child, least, longer));
            acknowledged.extend(written.await.expect("a round"));
            let (entries, there) = settled(&house).await;
            let lost: Vec<_> = acknowledged.iter().filter(|code| !there.contains(code.as_str())).collect();
            assert!(lost.is_empty(), "{} round {round} lost {lost:?}", house.engine());
            assert_eq!(there.len(), entries, "{} round {round}: a unit without its entry", house.engine());
        }
        let many = acknowledged.len();
        assert!(many > rounds * 2, "{}: only {many} writes were acknowledged: nothing was tried", house.engine());
    }
}

/// The choices of a member, the same whenever he votes.
fn choices(member: usize) -> [Choice; 2] {
    [if member == 0 { Choice::No } else { Choice::Yes }, if member < 2 { Choice::Defer } else { Choice::Yes }]
}

/// Casts for every member who has not voted, and says which casts were acknowledged.
async fn cast_until_killed(folder: PathBuf) {
    let mut house = its_house(&folder).await;
    house.clock = Clock::standing_on(MEETING_DAY);
    let id: MeetingId = std::env::var(MEETING).expect("a meeting").parse().expect("an id");
    let members = std::env::var(MEMBERS).expect("the members");
    let members: Vec<Actor> = members
        .split(' ')
        .map(|member| {
            let (account, person) = member.split_once('/').expect("an account and a person");
            let (account, person) = (account.parse().expect("an id"), person.parse().expect("an id"));
            Actor { account: Some(account), person: Some(person), ..testkit::actor(Role::Member, None) }
        })
        .collect();
    for (at, member) in members.iter().enumerate() {
        let ctx = Ctx::new(&house, member);
        let motions = council::room(&ctx, id).await.expect("the meeting").items;
        let sheet = motions.iter().map(|item| item.motion.id).zip(choices(at)).collect();
        match voting::cast(&ctx, id, &sheet).await {
            Ok(()) => say(&at.to_string()),
            Err(CouncilError::AlreadyVoted) => {}
            Err(other) => panic!("{other}"),
        }
    }
}

/// Who has voted, by the place of the member.
async fn voted(stage: &Scene) -> Vec<usize> {
    let room = stage.seen_by(&stage.standing).await;
    let marks = room.members.iter().enumerate().filter(|(_, (.., voted))| *voted == Some(true));
    marks.map(|(at, _)| at).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ballot_whose_program_is_killed_is_counted_once_or_not_at_all() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        return cast_until_killed(folder.into()).await;
    }
    for stage in scenes().await {
        let house = &stage.house;
        stage.attend(&[0, 1, 2, 3, 4, 5, 6]).await;
        stage.open().await.expect("open");
        let ids =
            |member: &Actor| format!("{}/{}", member.account.expect("an account"), member.person.expect("a person"));
        let members = stage.members.iter().map(ids).collect::<Vec<_>>().join(" ");
        let meeting = stage.meeting.to_string();
        let mut told = vec![(MEETING, meeting.as_str()), (MEMBERS, members.as_str())];
        told.extend(house.database_url().map(|url| (DATABASE, url)));
        let (mut acknowledged, mut killed) = (Vec::<usize>::new(), 0_usize);
        while voted(&stage).await.len() < stage.members.len() {
            assert!(killed < 60, "{}: no ballot came through", house.engine());
            let name = "a_ballot_whose_program_is_killed_is_counted_once_or_not_at_all";
            let child = again(name, &house.data_dir, &told);
            // From the middle of opening the house to the middle of the next cast.
            let (least, longer) = (killed % 2, Duration::from_millis(killed as u64 * 13 % 41));
            let round = tokio::task::spawn_blocking(move || kill(child, least, longer));
            let round = round.await.expect("a round");
            acknowledged.extend(round.iter().map(|at| at.parse::<usize>().expect("a place")));
            killed += 1;
            let marked = voted(&stage).await;
            let lost: Vec<&usize> = acknowledged.iter().filter(|at| !marked.contains(at)).collect();
            assert!(lost.is_empty(), "{} lost the ballots of {lost:?}", house.engine());
        }
        assert!(killed > 1, "{}: nothing was killed", house.engine());
        stage.close(PHRASES).await.expect("closed");
        let frozen = stage.frozen().await;
        let said = frozen.iter().map(|tally| [Choice::Yes, Choice::No, Choice::Defer].map(|choice| tally.of(choice)));
        assert_eq!(
            said.collect::<Vec<_>>(),
            [[5, 1, 0], [5, 0, 2]],
            "{}: a ballot twice or not at all",
            house.engine()
        );
        let answer = office::ledger::service::verify(&house.db, &house.keys).await.expect("an answer");
        assert!(answer.ok, "{} {answer:?}", house.engine());
    }
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
        let child = again(name, &path, &[]);
        let written = tokio::task::spawn_blocking(move || kill(child, round % 3, longer));
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
