//! What is wrong with a plan file is said by line, all of it at once.

use office::movements::Plan;

const SOUND: &str = r#"
id = "thu"
office = "Văn phòng Thử"
form = "KẾ HOẠCH"
title = "Thử"
number = "1/KH"
place_and_date = "Thử, ngày 01 tháng 01 năm 2026"
recipients = ["Lưu: VT"]
[signer]
post = "CHÁNH VĂN PHÒNG"
name = "Người Ký"
[period]
from = 2026-01-01
until = 2027-01-01
[[phases]]
id = "1"
name = "Giai đoạn 1"
clause = "I.1"
from = 2026-01-01
until = 2027-01-01
[[occasions]]
id = "annual"
name = "Hằng năm"
clause = "I.2"
awards = ["giay_khen"]
[[clauses]]
id = "I"
kind = "section"
text = "CHUNG"
[[clauses]]
id = "I.1"
kind = "phase"
text = "Cả năm 2026."
[[clauses]]
id = "I.2"
kind = "award_form"
text = "Giấy khen."
"#;

/// The faults of the sound plan after one change, as `line code`.
fn faults_after(from: &str, to: &str) -> Vec<String> {
    assert!(SOUND.contains(from), "{from}");
    let text = SOUND.replacen(from, to, 1);
    match Plan::parse(&text, "thu.toml") {
        Ok(_) => Vec::new(),
        Err(faults) => faults.iter().map(|fault| format!("{} {}", fault.line, fault.fault.code())).collect(),
    }
}

#[track_caller]
fn check(from: &str, to: &str, expected: &[&str]) {
    assert_eq!(faults_after(from, to), expected);
}

#[test]
fn a_sound_plan_has_no_faults() {
    check("Thử", "Thử", &[]);
}

#[test]
fn a_clause_id_used_twice_is_named_with_the_line_of_the_second() {
    check("id = \"I.2\"", "id = \"I.1\"", &["24 unknown_reference", "35 duplicate"]);
}

#[test]
fn a_clause_without_its_parent_is_refused() {
    check("id = \"I.2\"", "id = \"II.1\"", &["24 unknown_reference", "35 unknown_parent"]);
}

#[test]
fn a_clause_away_from_its_parent_is_refused() {
    check(
        "id = \"I.1\"\nkind = \"phase\"\ntext = \"Cả năm 2026.\"",
        "id = \"II\"\nkind = \"section\"\ntext = \"KHÁC\"",
        &["18 unknown_reference", "35 out_of_place"],
    );
}

#[test]
fn a_number_that_skips_one_is_refused() {
    check("id = \"I.2\"", "id = \"I.3\"", &["24 unknown_reference", "35 out_of_order"]);
}

#[test]
fn a_clause_id_that_is_no_numbering_is_refused() {
    check("id = \"I.2\"", "id = \"khoan-2\"", &["24 unknown_reference", "35 bad_clause_id"]);
}

#[test]
fn phases_that_share_days_are_refused() {
    check(
        "[[occasions]]",
        "[[phases]]\nid = \"2\"\nname = \"Hai\"\nclause = \"I.1\"\nfrom = 2026-12-31\nuntil = 2027-01-01\n[[occasions]]",
        &["22 overlap"],
    );
}

#[test]
fn days_in_no_phase_must_be_declared_as_a_gap() {
    check(
        "from = 2026-01-01\nuntil = 2027-01-01\n[[occasions]]",
        "from = 2026-01-01\nuntil = 2026-12-01\n[[occasions]]",
        &["12 uncovered"],
    );
    check(
        "from = 2026-01-01\nuntil = 2027-01-01\n[[occasions]]",
        "from = 2026-01-01\nuntil = 2026-12-01\n[[gaps]]\nfrom = 2026-12-01\nuntil = 2027-01-01\nnote = \"trống\"\n[[occasions]]",
        &[],
    );
}

#[test]
fn a_phase_beyond_the_movement_is_refused() {
    check(
        "until = 2027-01-01\n[[occasions]]",
        "until = 2027-02-01\n[[occasions]]",
        &["12 uncovered", "16 beyond_period"],
    );
}

#[test]
fn a_period_that_ends_before_it_begins_is_refused() {
    check("until = 2027-01-01\n[[phases]]", "until = 2025-01-01\n[[phases]]", &["12 empty_period"]);
}

#[test]
fn a_mistyped_day_of_a_phase_is_not_told_again_as_uncovered_days() {
    check("until = 2027-01-01\n[[occasions]]", "until = \"hết năm\"\n[[occasions]]", &["20 wrong_type"]);
}

#[test]
fn a_review_outside_its_phase_is_refused() {
    check(
        "until = 2027-01-01\n[[occasions]]",
        "until = 2027-01-01\nreview = { kind = \"so_ket\", due = 2027-01-01 }\n[[occasions]]",
        &["16 review_outside_phase"],
    );
}

#[test]
fn an_award_code_of_the_wrong_shape_is_refused() {
    check("[\"giay_khen\"]", "[\"Giấy khen\", \"bk_tinh\"]", &["25 bad_award_code"]);
    check("[\"giay_khen\"]", "[\"giay_khen\", \"giay_khen\"]", &["25 duplicate"]);
}

#[test]
fn unknown_keys_and_words_are_named() {
    check("number = ", "nubmer = ", &["1 missing_key", "6 unknown_key"]);
    check("kind = \"phase\"", "kind = \"giai doan\"\nmau = 1", &["32 unknown_word", "33 unknown_key"]);
    check("id = \"annual\"", "id = \"dot_xuat\"", &["22 unknown_word"]);
}

#[test]
fn a_unit_that_the_plan_does_not_list_is_named() {
    check("text = \"Giấy khen.\"", "text = \"Giấy khen.\"\nresponsible = [\"ai_do\"]", &["38 unknown_reference"]);
}

#[test]
fn a_work_is_done_under_a_clause_that_the_plan_has() {
    let works = |lines: &str| format!("[works]\n{lines}\n[[occasions]]\nid = \"annual\"");
    let from = "[[occasions]]\nid = \"annual\"";
    check(from, &works("petitions = \"I.1\""), &[]);
    check(from, &works("petitions = \"I.9\""), &["22 unknown_reference"]);
    check(from, &works("letters = \"I.1\""), &["22 unknown_key"]);
}

#[test]
fn texts_are_folded_and_never_empty() {
    check("\"Giấy khen.\"", "\"Giấy  khen.\"", &["37 loose_space"]);
    check("\"Giấy khen.\"", "\" \"", &["37 empty_text"]);
    check("\"Giấy khen.\"", "7", &["37 wrong_type"]);
    check("\"Giấy khen.\"", "\"Gia\u{302}\u{301}y khen.\"", &["37 decomposed"]);
}

#[test]
fn a_day_written_as_words_is_refused() {
    check(
        "from = 2026-01-01\nuntil = 2027-01-01\n[[phases]]",
        "from = \"2026-01-01\"\nuntil = 2027-01-01\n[[phases]]",
        &["13 wrong_type"],
    );
}

#[test]
fn a_file_that_is_no_toml_is_named_by_line() {
    assert!(faults_after("[period]", "[period").iter().all(|fault| fault.starts_with("12 syntax")));
    assert!(!faults_after("[period]", "[period").is_empty());
}

#[test]
fn several_faults_are_told_at_once_in_the_order_of_the_file() {
    let text = SOUND.replace("kind = \"section\"", "kind = \"?\"").replace("[\"giay_khen\"]", "[\"?\"]");
    let faults = Plan::parse(&text, "thu.toml").expect_err("two faults");
    assert_eq!(faults.len(), 2);
    assert!(faults[0].to_string().starts_with("thu.toml:25:11: “?” không phải mã khen thưởng"), "{}", faults[0]);
    assert!(faults[1].to_string().starts_with("thu.toml:28:8: “kind” không có giá trị “?”"), "{}", faults[1]);
}

#[test]
fn a_file_in_another_encoding_is_named_by_its_first_strange_byte() {
    let faults = Plan::from_bytes(b"id = \"x\"\ntitle = \"K\xca\"\n", "thu.toml").expect_err("no UTF-8");
    assert_eq!((faults[0].line, faults[0].column, faults[0].fault.code()), (2, 11, "not_utf8"));
}
