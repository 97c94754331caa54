//! `thidua rules` as a shell sees it.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

const SON_LA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../movements/son-la-vpub-2026/plan.toml");
const PACKS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rulepacks");

fn thidua(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_thidua")).args(arguments).output().expect("the binary runs")
}

fn json_of(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// A leader of the mid-term review, with nothing against the nomination.
fn facts() -> Value {
    json!({
        "recipient": {"kind": "person", "groups": ["official"], "name": "Lò Thị Mai"},
        "good_standing": true, "ratings": [{"year": 2025, "level": "good"}], "awards": [],
        "movement": {"launchers": [{"level": "tinh", "from": "2026-05-14", "until": "2030-12-31", "thematic": true}],
                     "stage": "annual", "selected": "excellent", "leads": false},
        "discipline": [], "holds": [], "achievements": [], "nominated_for": []
    })
}

fn evaluate(facts: &Value, more: &[&str]) -> Output {
    let arguments = [&["rules", "evaluate", "--facts", "-", "--on", "2026-09-30", "--format", "json"], more].concat();
    let mut child = Command::new(env!("CARGO_BIN_EXE_thidua"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    child.stdin.take().expect("a pipe").write_all(facts.to_string().as_bytes()).expect("it reads");
    child.wait_with_output().expect("it ends")
}

#[test]
fn facts_from_the_standard_input_give_an_answer_with_its_clause() {
    let output = evaluate(&facts(), &["--award", "bk_tinh"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output.stderr));
    let answer = json_of(&output);
    assert_eq!(answer["on"], "2026-09-30");
    assert_eq!(answer["results"].as_array().expect("a list").len(), 1);
    assert_eq!(answer["results"][0]["verdict"], "eligible");
    assert_eq!(answer["results"][0]["standards"][0]["citation"], "Luật 06/2022/QH15 Điều 74 khoản 1 điểm a");
}

#[test]
fn the_plan_narrows_what_the_law_allows_and_says_so() {
    let result = json_of(&evaluate(&facts(), &["--award", "bk_tinh", "--plan", SON_LA]))["results"][0].clone();
    assert_eq!(result["verdict"], "not_eligible");
    let plan = result["guards"].as_array().expect("a list").iter().find(|guard| guard["id"] == "plan").expect("a gate");
    assert_eq!(plan["verdict"], "blocked");
    assert_eq!(plan["citation"], "Kế hoạch, mục IV.3.a");
    let mut midterm = facts();
    midterm["movement"]["stage"] = json!("so_ket");
    let allowed = json_of(&evaluate(&midterm, &["--award", "bk_tinh", "--plan", SON_LA]));
    assert_eq!(allowed["results"][0]["verdict"], "eligible");
}

#[test]
fn an_unknown_key_is_an_answer_of_one_that_names_it() {
    let mut faulty = facts();
    faulty["good_standng"] = json!(true);
    let output = evaluate(&faulty, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output.stderr).contains("“good_standng”"), "{}", said(&output.stderr));
}

#[test]
fn an_award_code_that_does_not_exist_is_wrong_use() {
    assert_eq!(evaluate(&facts(), &["--award", "bk_huyen"]).status.code(), Some(2));
}

#[test]
fn a_file_that_is_not_there_is_wrong_use() {
    let output = thidua(&["rules", "evaluate", "--facts", "/khong/co.json", "--on", "2026-09-30"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output.stderr).contains("/khong/co.json"));
    assert_eq!(thidua(&["rules", "check", "--packs", "/khong/co"]).status.code(), Some(2));
}

#[test]
fn the_packs_that_travel_in_the_binary_hold_their_cases() {
    let report = json_of(&thidua(&["rules", "test", "--format", "json"]));
    assert_eq!(report["failures"], json!([]));
    assert_eq!(report, json_of(&thidua(&["rules", "test", "--format", "json", "--packs", PACKS])));
}

#[test]
fn the_check_says_no_from_the_day_the_decree_has_ended() {
    let before = thidua(&["rules", "check", "--on", "2027-02-28", "--format", "json"]);
    assert_eq!((before.status.code(), json_of(&before)["ok"].clone()), (Some(0), json!(true)));
    let after = thidua(&["rules", "check", "--on", "2027-03-01"]);
    assert_eq!(after.status.code(), Some(1));
    assert!(said(&after.stdout).contains("guards/hold.rule.toml"));
}

#[test]
fn a_broken_pack_is_told_with_file_and_line() {
    let folder = tempfile::tempdir().expect("a folder of our own");
    let broken = folder.path().join("awards");
    std::fs::create_dir(&broken).expect("a folder");
    std::fs::write(broken.join("x.rule.toml"), "subject = \"standard\"\nid = 7\n").expect("a file");
    let packs = Path::new(folder.path()).display().to_string();
    let output = thidua(&["rules", "check", "--packs", &packs]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output.stdout).contains("x.rule.toml:2: lỗi"), "{}", said(&output.stdout));
}

#[test]
fn a_rule_is_explained_in_sentences_and_listed_by_day() {
    let explained = said(&thidua(&["rules", "explain", "cstdcs", "--on", "2026-09-30"]).stdout);
    assert!(explained.contains("Đạt tiêu chuẩn Lao động tiên tiến"), "{explained}");
    assert!(explained.contains("từ 80% tổng số thành viên Hội đồng"), "{explained}");
    let listed = said(&thidua(&["rules", "list", "--on", "2026-09-30"]).stdout);
    assert!(listed.lines().any(|line| line.starts_with("bk_tinh.ca_nhan.d1\t")), "{listed}");
}

#[test]
fn broken_packs_keep_the_house_shut_and_say_file_and_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let packs = folder.path().join("packs");
    std::fs::create_dir_all(packs.join("decisions")).expect("a folder");
    std::fs::write(packs.join("decisions/x.rule.toml"), "subject = \"base_salary\"\nid = \"x\"\nwrong = 1\n")
        .expect("written");
    let data = folder.path().join("data");
    let (packs, data) = (packs.display().to_string(), data.display().to_string());
    let output = thidua(&["serve", "--data", &data, "--listen", "127.0.0.1:0", "--rules", &packs]);
    assert!(!output.status.success());
    let told = said(&output.stderr);
    assert!(told.contains("decisions/x.rule.toml:3"), "{told}");
}
