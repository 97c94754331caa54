//! `thidua plan` as a shell sees it.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

const SON_LA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../movements/son-la-vpub-2026/plan.toml");

fn thidua(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_thidua")).args(arguments).output().expect("the binary runs")
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn written(folder: &Path, plan: &str) -> String {
    let file = folder.join("plan.toml");
    std::fs::write(&file, plan).expect("a folder of our own");
    file.display().to_string()
}

#[test]
fn the_plan_that_travels_in_the_binary_is_the_one_in_the_folder() {
    let carried = thidua(&["plan", "show", "--format", "json"]);
    assert_eq!(carried.status.code(), Some(0));
    assert_eq!(json(&carried), json(&thidua(&["plan", "show", SON_LA, "--format", "json"])));
}

#[test]
fn the_json_of_a_plan_keeps_its_contract() {
    let plan = json(&thidua(&["plan", "show", "--format", "json"]));
    assert_eq!(plan["id"], "son-la-vpub-2026");
    assert_eq!(plan["number"], "/KH-VPUB");
    assert_eq!(plan["basis"][0]["date"], "2026-05-14");
    assert_eq!(plan["launchers"][0]["level"], "van_phong");
    assert_eq!(plan["phases"][0]["from"], "2026-01-01");
    assert_eq!(plan["phases"][0]["until"], "2028-06-12");
    assert_eq!(plan["phases"][0]["review"]["kind"], "so_ket");
    assert_eq!(plan["phases"][0]["review"]["due"], "2028-06-11");
    assert_eq!(plan["gaps"][0]["from"], "2028-06-12");
    assert_eq!(plan["gaps"][0]["until"], "2028-07-01");
    let clauses = plan["clauses"].as_array().expect("a list");
    assert_eq!(clauses.len(), 55);
    let target = clauses.iter().find(|clause| clause["id"] == "II.3").expect("II.3");
    assert_eq!(target["parent"], "II");
    assert_eq!(target["kind"], "target");
    assert!(target["text"].as_str().expect("text").contains("Giám chi phí"));
    assert_eq!(target["notes"].as_array().expect("a list").len(), 1);
    let duty = clauses.iter().find(|clause| clause["id"] == "VI.2#3").expect("VI.2#3");
    assert_eq!(duty["responsible"][0], "Trung tâm Thông tin");
    let midterm = plan["occasions"].as_array().expect("a list").iter().find(|occasion| occasion["id"] == "so_ket");
    assert_eq!(midterm.expect("so_ket")["awards"], serde_json::json!(["bk_ttg", "bk_tinh", "giay_khen"]));
}

#[test]
fn the_plan_reads_like_its_paper() {
    let page = text(&thidua(&["plan", "show"]));
    let lines: Vec<&str> = page.lines().map(str::trim).collect();
    for line in [
        "KẾ HOẠCH",
        "II. CHỈ TIÊU PHẤN ĐẤU ĐẾN HẾT NĂM 2030",
        "a) Đối với tập thể Văn phòng, tập thể phòng, đơn vị trực thuộc Văn phòng",
        "- Lưu: VT, TCHCQT, H01b.",
        "Trần Bình Minh",
    ] {
        assert!(lines.contains(&line), "{line}");
    }
    assert!(page.contains("Không thuộc giai đoạn nào: từ 12/06/2028 đến hết 30/06/2028"));
}

#[test]
fn a_sound_plan_passes_the_check() {
    let output = thidua(&["plan", "check", SON_LA, "--format", "json"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(json(&output)["ok"], true);
}

#[test]
fn a_faulty_plan_is_told_by_line_and_the_answer_is_no() {
    let folder = tempfile::tempdir().expect("a folder of our own");
    let sound = std::fs::read_to_string(SON_LA).expect("the plan of Sơn La");
    let faulty = sound.replacen("id = \"II.4\"", "id = \"II.3\"", 1);
    let line = faulty.lines().collect::<Vec<_>>().iter().rposition(|line| *line == "id = \"II.3\"").expect("II.3") + 1;
    let file = written(folder.path(), &faulty);

    let output = thidua(&["plan", "check", &file, "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let answer = json(&output);
    assert_eq!(answer["ok"], false);
    assert_eq!(answer["faults"][0]["line"], line);
    assert_eq!(answer["faults"][0]["code"], "duplicate");

    let spoken = thidua(&["plan", "check", &file]);
    assert_eq!(spoken.status.code(), Some(1));
    assert!(text(&spoken).starts_with(&format!("{file}:{line}:")), "{}", text(&spoken));
    assert_eq!(thidua(&["plan", "show", &file]).status.code(), Some(1));
}

#[test]
fn a_file_that_is_not_there_is_wrong_use() {
    let output = thidua(&["plan", "check", "/khong/co/plan.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("/khong/co/plan.toml"));
}

#[test]
fn the_indicators_beside_a_plan_are_checked_with_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = written(folder.path(), &std::fs::read_to_string(SON_LA).expect("the plan"));
    let sheet = std::fs::read_to_string(SON_LA.replace("plan.toml", "indicators.toml")).expect("the indicators");
    let check = |sheet: &str| {
        std::fs::write(folder.path().join("indicators.toml"), sheet).expect("a folder of our own");
        thidua(&["plan", "check", &plan, "--format", "json"])
    };
    assert_eq!(check(&sheet).status.code(), Some(0));
    for (is, becomes, code) in [
        ("clause = \"II.1\"", "clause = \"II.9\"", "unknown_reference"),
        ("code = \"CT1.2\"", "code = \"CT1.1\"", "duplicate"),
        ("code = \"CT1.2\"", "code = \"Chỉ tiêu 2\"", "bad_indicator_code"),
        ("2030 = \"100\"", "2031 = \"100\"", "path_outside"),
        ("measure = \"tasks_on_time\"", "measure = \"tasks_by_feeling\"", "unknown_word"),
        ("2026 = \"100\"", "2026 = \"100.5\"", "wrong_type"),
    ] {
        let said = check(&sheet.replacen(is, becomes, 1));
        assert_eq!(said.status.code(), Some(1), "{becomes}");
        let said = json(&said);
        assert_eq!(said["faults"][0]["code"], code, "{said}");
        assert!(said["faults"][0]["line"].as_u64().is_some_and(|line| line > 4), "{said}");
        assert!(said["file"].as_str().is_some_and(|file| file.ends_with("indicators.toml")), "{said}");
    }
}
