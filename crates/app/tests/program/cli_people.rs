//! `thidua people` as a shell sees it: what it prints, and how it ends.

use office::identity::accounts::{self, NewAccount};
use serde_json::{Value, json};

use crate::shell::{answer, new_house, thidua};

const TWO: &str = "Mã cán bộ;Họ và tên;Ngày sinh\nA1;Lò Văn A;31/02/1980\nA2;Lò Thị B;01/02/1980\n";

fn folder_with(text: &str) -> tempfile::TempDir {
    let folder = new_house();
    std::fs::write(folder.path().join("people.csv"), text).expect("a file");
    folder
}

#[test]
fn a_sheet_with_a_fault_is_refused_whole_with_row_and_column() {
    let folder = folder_with(TWO);
    let output = thidua(folder.path(), &["people", "import", "people.csv", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let what = "Tháng 2 năm 1980 không có ngày 31; ngày cuối tháng là 29.";
    let fault = json!({ "row": 2, "column": "Ngày sinh", "value": "31/02/1980", "what": what });
    assert_eq!(answer(&output), json!({ "created": 0, "updated": 0, "unchanged": 0, "faults": [fault] }));
}

#[test]
fn good_rows_are_taken_on_request_and_a_second_time_change_nothing() {
    let folder = folder_with(TWO);
    let import = ["people", "import", "people.csv", "--accept-good-rows", "--format", "json"];
    let first = answer(&thidua(folder.path(), &import));
    assert_eq!((&first["created"], &first["unchanged"]), (&json!(1), &json!(0)));
    let second = answer(&thidua(folder.path(), &import));
    assert_eq!((&second["created"], &second["unchanged"]), (&json!(0), &json!(1)));
}

#[test]
fn a_dry_run_leaves_everything_new() {
    let folder = folder_with("Mã cán bộ;Họ và tên\nA1;Lò Văn A\n");
    for _ in 0..2 {
        let output = thidua(folder.path(), &["people", "import", "people.csv", "--dry-run", "--format", "json"]);
        assert_eq!((output.status.code(), &answer(&output)["created"]), (Some(0), &json!(1)));
    }
}

#[test]
fn a_file_without_the_columns_is_one_fault_and_a_missing_file_is_wrong_use() {
    let folder = folder_with("Họ và tên\nLò Văn A\n");
    let output = thidua(folder.path(), &["people", "import", "people.csv", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let answer = answer(&output);
    assert_eq!(answer["faults"][0]["row"], Value::Null);
    assert!(answer["faults"][0]["what"].as_str().is_some_and(|what| what.contains("Mã cán bộ")), "{answer}");
    let output = thidua(folder.path(), &["people", "import", "khong-co.csv"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn the_template_and_an_export_can_be_imported() {
    let folder = folder_with("Mã cán bộ;Họ và tên\nA1;Lò Văn A\n");
    assert!(thidua(folder.path(), &["people", "import", "people.csv"]).status.success());
    assert!(thidua(folder.path(), &["people", "template", "mau.xlsx"]).status.success());
    assert!(thidua(folder.path(), &["people", "export", "ra.xlsx"]).status.success());
    let template = thidua(folder.path(), &["people", "import", "mau.xlsx", "--format", "json"]);
    assert_eq!(answer(&template)["faults"], json!([]));
    let exported = thidua(folder.path(), &["people", "import", "ra.xlsx", "--format", "json"]);
    assert_eq!(answer(&exported)["unchanged"], json!(1));
}

#[test]
fn awards_of_earlier_years_come_in_by_staff_code() {
    let folder = folder_with("Mã cán bộ;Họ và tên\nA1;Lò Văn A\n");
    assert!(thidua(folder.path(), &["people", "import", "people.csv"]).status.success());
    let rows = "Mã cán bộ;Danh hiệu;Năm;Số QĐ;Ngày QĐ\nA1;Lao động tiên tiến;2024;9/QĐ-VPUB;20/12/2024\n";
    std::fs::write(folder.path().join("awards.csv"), rows).expect("a file");
    let output = thidua(folder.path(), &["people", "import-awards", "awards.csv", "--format", "json"]);
    assert_eq!(answer(&output), json!({ "created": 1, "updated": 0, "unchanged": 0, "faults": [] }));
}

#[test]
fn a_list_that_is_taken_out_stands_in_the_ledger() {
    let folder = folder_with("Mã cán bộ;Họ và tên\nA1;Lò Văn A\n");
    assert!(thidua(folder.path(), &["people", "import", "people.csv"]).status.success());
    let entries = || answer(&thidua(folder.path(), &["ledger", "verify", "--format", "json"]))["entries"].clone();
    let before = entries().as_i64().expect("a number");
    assert!(thidua(folder.path(), &["people", "export", "ra.xlsx"]).status.success());
    assert_eq!(entries(), json!(before + 1));
}

#[test]
fn no_command_makes_a_house_in_a_folder_that_was_mistyped() {
    let folder = folder_with("Mã cán bộ;Họ và tên\nA1;Lò Văn A\n");
    let nowhere = ["--data", "nham"];
    for command in [
        &["ledger", "verify"][..],
        &["ledger", "seal"],
        &["people", "import", "people.csv"],
        &["people", "import-awards", "people.csv"],
        &["people", "export", "ra.xlsx"],
        &["dossiers", "import", "people.csv", "--rejected", "bo.csv"],
        &["dossiers", "figures"],
        &["dossiers", "figures", "--file", "people.csv", "--source", "Nguồn"],
        &["accounts", "link", "quantri"],
        &["calendar", "deadline", "--from", "2026-02-13", "--days", "2"],
    ] {
        let output = thidua(folder.path(), &[command, &nowhere].concat());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), output.stdout.is_empty()), (Some(2), true), "{command:?} {said}");
        assert!(said.contains("Không có cơ sở dữ liệu trong nham"), "{command:?} {said}");
        assert!(!folder.path().join("nham").exists(), "{command:?} made a folder");
    }
    assert!(!folder.path().join("ra.xlsx").exists() && !folder.path().join("bo.csv").exists(), "nothing is begun");
}

#[tokio::test]
async fn a_clock_stands_still_for_invented_people_only() {
    let folder = tempfile::tempdir().expect("a folder");
    let house = testkit::house_in(folder.path()).await;
    let program = kernel::Actor::program("kiểm thử");
    let new = NewAccount { login: "lovana".to_owned(), name: "Lò Văn A".to_owned(), person: None };
    accounts::open(&office::Ctx::new(&house, &program), &new).await.expect("an account of somebody real");
    assert!(!office::demo::is_example(&house).await.expect("an answer"));
    house.db.close().await;
    std::fs::create_dir(folder.path().join("data")).expect("a folder");
    for (from, to) in [("thidua.db", "data/thidua.sqlite"), ("keys", "data/keys")] {
        std::fs::rename(folder.path().join(from), folder.path().join(to)).expect("it moves");
    }
    for words in [&["serve", "--today", "2028-06-01"][..], &["serve", "--demo", "--today", "2028-06-01"]] {
        let output = thidua(folder.path(), words);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), output.stdout.is_empty()), (Some(2), true), "{words:?} {said}");
        assert!(said.contains("--today chỉ dùng được"), "{said}");
    }
}
