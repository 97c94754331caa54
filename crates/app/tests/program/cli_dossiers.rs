//! `thidua dossiers` as a shell sees it: what it prints, and how it ends.

use serde_json::json;

use crate::shell::{answer, new_house, thidua};

const THREE: &str = "\
Mã hồ sơ,Mã TTHC,Đơn vị,Chủ hồ sơ,Trạng thái,Ngày tiếp nhận,Ngày hẹn trả,Ngày kết thúc,Ghi nội bộ
A1,1.1,Phòng A,Lò Thị Kín,Đã trả kết quả,09/02/2026,13/02/2026,11/02/2026,x
A2,1.1,Phòng A,Lò Thị Kín,Đã trả kết quả,09/02/2026,11/02/2026,13/02/2026,x
A3,1.1,Phòng A,Lò Thị Kín,Đang bay,09/02/2026,13/02/2026,,x
";

#[test]
fn a_file_is_brought_in_without_its_faulty_row_and_told_as_figures() {
    let folder = new_house();
    std::fs::write(folder.path().join("file.csv"), THREE).expect("a file");
    let import = ["dossiers", "import", "file.csv", "--rejected", "out.csv", "--format", "json"];
    let output = thidua(folder.path(), &import);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let first = answer(&output);
    assert_eq!((&first["rows"], &first["created"], &first["rejected"]), (&json!(3), &json!(2), &json!(1)));
    assert_eq!((&first["dropped_columns"], &first["unknown_columns"]), (&json!(["Chủ hồ sơ"]), &json!(["Ghi nội bộ"])));
    let place = (&first["faults"][0]["row"], &first["faults"][0]["column"], &first["faults"][0]["value"]);
    assert_eq!(place, (&json!(4), &json!("Trạng thái"), &json!("Đang bay")));
    let rejected = std::fs::read_to_string(folder.path().join("out.csv")).expect("the rows left out");
    assert!(
        rejected.lines().nth(1).is_some_and(|line| line.starts_with("4,\"Trạng thái\",\"Đang bay\",")),
        "{rejected}"
    );
    let second = answer(&thidua(folder.path(), &import));
    assert_eq!((&second["created"], &second["unchanged"]), (&json!(0), &json!(2)));

    let figures = answer(&thidua(folder.path(), &["dossiers", "figures", "--by", "unit,month", "--format", "json"]));
    let line = &figures[0];
    assert_eq!((&line["unit"], &line["month"]), (&json!("Phòng A"), &json!("2026-02")));
    assert_eq!((&line["before"], &line["overdue"], &line["median_days"]), (&json!(1), &json!(1), &json!(3.0)));
    assert_eq!(line["in_time"], json!({ "part": 1, "whole": 2, "percent": 50.0 }));
    assert_eq!(line["online"], json!({ "part": 0, "whole": 0, "percent": null }), "no data is not zero");
    let kept = std::fs::read(folder.path().join("data/thidua.sqlite")).expect("the database");
    let citizen = "Lò Thị Kín".as_bytes();
    assert!(!kept.windows(citizen.len()).any(|window| window == citizen), "no citizen is kept");
}

#[test]
fn a_trial_keeps_nothing_and_one_seed_gives_one_file() {
    let folder = new_house();
    for name in ["one.csv", "two.csv"] {
        let made = thidua(folder.path(), &["dossiers", "sample", name, "--rows", "200", "--seed", "5"]);
        assert_eq!(made.status.code(), Some(0));
    }
    let read = |name: &str| std::fs::read(folder.path().join(name)).expect("a file");
    assert_eq!(read("one.csv"), read("two.csv"));
    let tried = thidua(folder.path(), &["dossiers", "import", "one.csv", "--dry-run", "--format", "json"]);
    assert_eq!(answer(&tried)["created"], json!(200), "every invented row is a good one");
    let figures = answer(&thidua(folder.path(), &["dossiers", "figures", "--format", "json"]));
    assert_eq!(figures, json!([]));
}

#[test]
fn a_file_that_is_not_there_is_wrong_use() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(thidua(folder.path(), &["dossiers", "import", "nowhere.csv"]).status.code(), Some(2));
}

#[test]
fn figures_of_a_file_need_no_database_and_name_its_faulty_rows() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("file.csv"), THREE).expect("a file");
    let asked = ["dossiers", "figures", "--file", "file.csv", "--by", "unit,month", "--format", "json"];
    let output = thidua(folder.path(), &asked);
    assert_eq!(output.status.code(), Some(1), "a row is faulty");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("Dòng 4, cột Trạng thái “Đang bay”"), "{told}");
    let line = &answer(&output)[0];
    assert_eq!((&line["unit"], &line["before"], &line["overdue"]), (&json!("Phòng A"), &json!(1), &json!(1)));
    assert!(!folder.path().join("data").exists(), "no house was made");
    std::fs::write(folder.path().join("strange.csv"), "x,y\n1,2\n").expect("a file");
    assert_eq!(thidua(folder.path(), &["dossiers", "figures", "--file", "strange.csv"]).status.code(), Some(1));
    assert_eq!(thidua(folder.path(), &["dossiers", "figures", "--file", "nowhere.csv"]).status.code(), Some(2));
}
