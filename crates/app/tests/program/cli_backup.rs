//! `thidua backup` and `thidua doctor` as a shell sees them: what they print, and how they end.

use serde_json::{Value, json};

use crate::shell::{answer, new_house, thidua};

fn state(answer: &Value, id: &str) -> String {
    let checks = answer["checks"].as_array().expect("checks");
    let found = checks.iter().find(|check| check["id"] == id).unwrap_or_else(|| panic!("no {id} in {answer}"));
    found["state"].as_str().expect("a state").to_owned()
}

/// A house with one person in it.
fn house() -> tempfile::TempDir {
    let folder = new_house();
    std::fs::write(folder.path().join("people.csv"), "Mã cán bộ;Họ và tên\nA1;Lò Văn A\n").expect("a file");
    assert!(thidua(folder.path(), &["people", "import", "people.csv"]).status.success());
    folder
}

#[test]
fn a_house_goes_out_and_comes_back_by_command() {
    let folder = house();
    let made = thidua(folder.path(), &["backup", "create", "a.zip", "--format", "json"]);
    assert_eq!(made.status.code(), Some(0), "{}", String::from_utf8_lossy(&made.stderr));
    let entries = answer(&made)["ledger"]["entries"].clone();
    assert_eq!((entries.as_i64() > Some(0), &answer(&made)["has_keys"]), (true, &json!(true)));
    let checked = thidua(folder.path(), &["backup", "verify", "a.zip", "--format", "json"]);
    let found = answer(&checked);
    assert_eq!((checked.status.code(), &found["ok"], &found["faults"]), (Some(0), &json!(true), &json!([])));
    assert_eq!(found["ledger"]["first_broken"], Value::Null);
    let restored = thidua(folder.path(), &["backup", "restore", "a.zip", "--data", "new", "--format", "json"]);
    assert_eq!((restored.status.code(), &answer(&restored)["ledger"]["entries"]), (Some(0), &entries));
    let people = thidua(folder.path(), &["people", "import", "people.csv", "--data", "new", "--format", "json"]);
    assert_eq!(answer(&people)["unchanged"], json!(1), "the person is there");
    let again = thidua(folder.path(), &["backup", "restore", "a.zip", "--data", "new"]);
    assert_eq!(again.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&again.stderr).contains("không trống"));
}

#[test]
fn a_changed_byte_and_a_cut_file_are_no() {
    let folder = house();
    assert!(thidua(folder.path(), &["backup", "create", "a.zip"]).status.success());
    let mut bytes = std::fs::read(folder.path().join("a.zip")).expect("a file");
    let name = b"tables/people.jsonl";
    let at = bytes.windows(name.len()).position(|part| part == name).expect("the table") + name.len() + 30;
    bytes[at] ^= 1;
    std::fs::write(folder.path().join("b.zip"), &bytes).expect("a file");
    let checked = thidua(folder.path(), &["backup", "verify", "b.zip", "--format", "json"]);
    assert_eq!((checked.status.code(), &answer(&checked)["ok"]), (Some(1), &json!(false)));
    assert_eq!(answer(&checked)["faults"][0]["part"], "tables/people.jsonl");
    std::fs::write(folder.path().join("c.zip"), &bytes[..bytes.len() / 2]).expect("a file");
    let cut = thidua(folder.path(), &["backup", "verify", "c.zip"]);
    assert_eq!((cut.status.code(), cut.stdout.is_empty(), cut.stderr.is_empty()), (Some(1), true, false));
}

#[test]
fn a_link_is_only_for_an_account_that_is_there() {
    let folder = house();
    let nobody = thidua(folder.path(), &["accounts", "link", "quantri"]);
    assert_eq!((nobody.status.code(), nobody.stdout.is_empty()), (Some(1), true));
    let nowhere = thidua(folder.path(), &["accounts", "link", "quantri", "--data", "khong-co"]);
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(!folder.path().join("khong-co").exists(), "no house is made on the way");
}

#[test]
fn a_house_with_a_past_is_not_given_new_keys() {
    let folder = house();
    let key = folder.path().join("data/keys/signing.key");
    std::fs::remove_file(&key).expect("it was there");
    let import = thidua(folder.path(), &["people", "import", "people.csv"]);
    assert_eq!(import.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&import.stderr).contains("mất tệp khóa"));
    assert!(!key.exists());
}

#[test]
fn there_is_no_backup_of_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let made = thidua(folder.path(), &["backup", "create", "a.zip"]);
    assert_eq!(made.status.code(), Some(1));
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0, "nothing is made on the way");
}

#[cfg(unix)]
#[test]
fn a_backup_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = house();
    assert!(thidua(folder.path(), &["backup", "create", "a.zip"]).status.success());
    assert!(thidua(folder.path(), &["backup", "restore", "a.zip", "--data", "new"]).status.success());
    let mode = |name: &str| std::fs::metadata(folder.path().join(name)).expect("there").permissions().mode() & 0o777;
    assert_eq!((mode("a.zip"), mode("new/keys/signing.key"), mode("new"), mode("data")), (0o600, 0o600, 0o700, 0o700));
}

#[test]
fn the_doctor_finds_a_sound_house_sound() {
    let folder = house();
    let looked = thidua(folder.path(), &["doctor", "--format", "json"]);
    let found = answer(&looked);
    assert_eq!(looked.status.code(), Some(0), "{found}");
    assert_eq!(found["ok"], json!(true));
    for id in ["data", "keys", "database", "schema", "ledger", "attachments", "letters", "fonts", "port"] {
        assert_eq!(state(&found, id), "ok", "{found}");
    }
    for id in ["disk", "clock", "rules", "calendar"] {
        assert_ne!(state(&found, id), "broken", "{found}");
    }
    assert_eq!(state(&found, "mail"), "warn", "no mail server is named: {found}");
    let checks = found["checks"].as_array().expect("checks");
    assert!(checks.iter().all(|check| check["todo"].is_null() == (check["state"] == "ok")), "{found}");
}

#[test]
fn the_doctor_tells_what_is_missing_from_what_is_broken() {
    let folder = tempfile::tempdir().expect("a folder");
    let looked = thidua(folder.path(), &["doctor", "--format", "json"]);
    assert_eq!((looked.status.code(), state(&answer(&looked), "data")), (Some(1), "fail".to_owned()));
    assert!(!folder.path().join("data").exists(), "looking makes nothing");

    let folder = house();
    std::fs::write(folder.path().join("data/keys/signing.key"), "not a key").expect("a file");
    let looked = thidua(folder.path(), &["doctor", "--format", "json"]);
    assert_eq!((looked.status.code(), state(&answer(&looked), "keys")), (Some(3), "broken".to_owned()));

    // A restored house has nothing in its write-ahead log: all of it is in the file that is spoilt here.
    let folder = house();
    assert!(thidua(folder.path(), &["backup", "create", "a.zip"]).status.success());
    assert!(thidua(folder.path(), &["backup", "restore", "a.zip", "--data", "new"]).status.success());
    let file = folder.path().join("new/thidua.sqlite");
    let mut bytes = std::fs::read(&file).expect("a file");
    bytes[4096..].fill(7);
    std::fs::write(&file, bytes).expect("a file");
    let looked = thidua(folder.path(), &["doctor", "--data", "new", "--format", "json"]);
    assert_eq!((looked.status.code(), state(&answer(&looked), "database")), (Some(3), "broken".to_owned()));
}

#[test]
fn the_doctor_asks_the_mail_server_and_never_prints_its_password() {
    let folder = house();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let free = taken.local_addr().expect("an address");
    drop(taken);
    let url = format!("smtp://thidua:mat-khau-bi-mat@{free}");
    let asked = |from: &[&str]| {
        let mut words = vec!["doctor", "--format", "json", "--smtp-url", &url];
        words.extend(from);
        thidua(folder.path(), &words)
    };
    let found = answer(&asked(&["--mail-from", "Thi đua <thidua@coquan.vi-du.vn>"]));
    assert_eq!(state(&found, "mail"), "warn", "nobody answers there: {found}");
    for from in [&["--mail-from", "không phải địa chỉ"][..], &[]] {
        let found = answer(&asked(from));
        assert_eq!(state(&found, "mail"), "fail", "{found}");
        assert!(!found.to_string().contains("mat-khau-bi-mat"), "{found}");
    }
}

#[cfg(unix)]
#[test]
fn the_doctor_sees_a_key_that_others_may_read_and_a_port_that_is_taken() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = house();
    let key = folder.path().join("data/keys/salt.key");
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).expect("a file of ours");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    // Answers nothing of ours and hangs up.
    let other = std::thread::spawn(move || drop(taken.accept()));
    let looked = thidua(folder.path(), &["doctor", "--listen", &address, "--format", "json"]);
    let found = answer(&looked);
    assert_eq!((state(&found, "keys"), state(&found, "port")), ("fail".to_owned(), "fail".to_owned()), "{found}");
    assert_eq!(looked.status.code(), Some(1));
    other.join().expect("it ends");
}
