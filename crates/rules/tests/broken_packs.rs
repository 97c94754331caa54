//! Packs broken on purpose: each fault is told with its file, its line and what to do.

mod shipped;

use jiff::civil::date;
use rules::{PackFault, RuleBook};

const D1: &str = "awards/bk_tinh.ca_nhan.d1.rule.toml";

/// The packs with a change in one file.
fn with(path: &str, change: impl Fn(&str) -> String) -> Vec<(String, String)> {
    let mut files = shipped::files();
    let file = files.iter_mut().find(|(name, _)| name == path).expect("a file that ships");
    file.1 = change(&file.1);
    files
}

/// The faults of a pack that does not read.
fn refused(files: Vec<(String, String)>) -> Vec<PackFault> {
    RuleBook::from_files(files).expect_err("a broken pack")
}

/// Exactly one fault, in this file, on this line, with these words.
fn told(faults: &[PackFault], file: &str, line: usize, words: &str) {
    let all = shipped::lines(faults);
    assert_eq!(faults.len(), 1, "{all}");
    assert_eq!((faults[0].file.as_str(), faults[0].line), (file, line), "{all}");
    assert!(faults[0].what.contains(words), "{all}");
}

fn replaced(path: &str, old: &str, new: &str) -> Vec<(String, String)> {
    with(path, |text| {
        assert!(text.contains(old), "{old} is in {path}");
        text.replacen(old, new, 1)
    })
}

#[test]
fn a_key_that_no_rule_has() {
    let faults = refused(replaced(D1, "confidence = \"text\"", "confidence = \"text\"\nconfidense = \"text\""));
    told(&faults, D1, 13, "confidense");
}

#[test]
fn a_condition_outside_the_vocabulary() {
    let faults = refused(replaced(D1, "kind = \"prior_award\"", "kind = \"prior_prize\""));
    told(&faults, D1, faults[0].line, "prior_prize");
    assert!(faults[0].line >= 18, "the line is near the condition: {}", faults[0].line);
}

#[test]
fn an_award_code_that_does_not_exist() {
    let faults = refused(replaced(D1, "award = \"cstdcs\"", "award = \"cstdxx\""));
    told(&faults, D1, faults[0].line, "cstdxx");
}

#[test]
fn a_day_that_is_in_no_calendar() {
    let faults = refused(replaced(D1, "from = 2024-01-01", "from = 2024-02-31"));
    assert_eq!((faults.len(), faults[0].line), (1, 9), "{}", shipped::lines(&faults));
}

#[test]
fn a_version_that_ends_before_it_begins() {
    let faults = refused(replaced(D1, "from = 2024-01-01", "from = 2024-01-01\nuntil = 2024-01-01"));
    told(&faults, D1, 8, "until");
}

#[test]
fn versions_that_overlap() {
    let files = with(D1, |text| {
        let version = &text[text.find("[[version]]").expect("a version")..];
        format!("{text}\n{}", version.replace("2024-01-01", "2026-01-01"))
    });
    let faults = refused(files);
    told(&faults, D1, faults[0].line, "2024-01-01 còn hiệu lực khi phiên bản từ 2026-01-01");
    assert!(faults[0].line > 20, "the second version is meant: {}", faults[0].line);
}

#[test]
fn an_instrument_that_nobody_declared() {
    let faults = refused(replaced(D1, "instrument = \"L22\"", "instrument = \"L99\""));
    told(&faults, D1, 8, "“L99” chưa được khai báo");
}

#[test]
fn a_citation_of_another_instrument() {
    let faults = refused(replaced(D1, "Luật 06/2022/QH15 Điều 74", "Luật 15/2003/QH11 Điều 74"));
    told(&faults, D1, 8, "Luật 06/2022/QH15");
}

#[test]
fn two_rules_with_one_name() {
    let mut files = shipped::files();
    let text = files.iter().find(|(name, _)| name == D1).expect("d1").1.clone();
    files.push(("guards/bk_tinh.ca_nhan.d1.rule.toml".to_owned(), text));
    told(&refused(files), "guards/bk_tinh.ca_nhan.d1.rule.toml", 2, "đã dùng");
}

#[test]
fn a_name_that_is_not_the_files() {
    let faults = refused(replaced(D1, "id = \"bk_tinh.ca_nhan.d1\"", "id = \"bk_tinh.ca_nhan.dx\""));
    told(&faults, D1, 2, "phải trùng tên tệp");
}

#[test]
fn a_standard_without_conditions() {
    let faults = refused(with(D1, |text| text[..text.find("\n[[version.condition]]").expect("conditions")].to_owned()));
    told(&faults, D1, 8, "[[version.condition]]");
}

#[test]
fn a_body_that_belongs_to_another_subject() {
    let faults = refused(replaced(D1, "status = \"encodable\"", "status = \"encodable\"\nworking_days = 10"));
    told(&faults, D1, 8, "working_days");
}

#[test]
fn an_award_missing_in_the_catalogue() {
    let faults = refused(with("awards/catalogue.toml", |text| {
        let first = text.find("[[award]]").expect("awards");
        let second = first + 9 + text[first + 9..].find("[[award]]").expect("two awards");
        format!("{}{}", &text[..first], &text[second..])
    }));
    told(&faults, "awards/catalogue.toml", 1, "“ldtt”");
}

#[test]
fn an_unread_text_that_pretends_to_be_encoded() {
    let path = "awards/hcld_2.all.rule.toml";
    told(&refused(replaced(path, "status = \"needs_text\"", "status = \"encodable\"")), path, 8, "needs_text");
}

/// What the check says of packs that read.
fn checked(files: Vec<(String, String)>) -> Vec<PackFault> {
    let book = RuleBook::from_files(files).unwrap_or_else(|faults| panic!("{}", shipped::lines(&faults)));
    book.check(date(2026, 8, 1))
}

#[test]
fn a_gap_between_versions_is_found() {
    let path = "decisions/base_salary.rule.toml";
    let faults = checked(replaced(path, "until = 2024-07-01", "until = 2024-06-01"));
    told(&faults, path, 14, "từ 2024-06-01 đến trước 2024-07-01");
}

#[test]
fn a_version_that_outlives_its_instrument_is_found() {
    let path = "guards/hold.rule.toml";
    let faults = checked(replaced(path, "until = 2027-03-01", "until = 2028-01-01"));
    told(&faults, path, faults[0].line, "Nghị định 152/2025/NĐ-CP đã hết hiệu lực");
}

#[test]
fn a_version_older_than_its_instrument_is_found() {
    let faults = checked(replaced(D1, "from = 2024-01-01", "from = 2023-12-31"));
    told(&faults, D1, 8, "trước khi Luật 06/2022/QH15 có hiệu lực");
}

#[test]
fn a_standard_about_no_award_is_found() {
    let faults = checked(replaced(D1, "awards = [\"bk_tinh\"]", "awards = []"));
    told(&faults, D1, 1, "không nói cho hình thức nào");
}

#[test]
fn a_rule_without_cases_is_found() {
    let mut files = shipped::files();
    files.retain(|(name, _)| name != "awards/bk_tinh.ca_nhan.d1.cases.toml");
    told(&checked(files), D1, 1, "chưa có trường hợp thử");
}

#[test]
fn cases_of_a_rule_that_is_not_there_are_found() {
    let mut files = shipped::files();
    files.retain(|(name, _)| name != D1);
    told(&checked(files), "awards/bk_tinh.ca_nhan.d1.cases.toml", 1, "không có quy tắc đó");
}

#[test]
fn every_broken_file_is_told_at_once() {
    let mut files = replaced(D1, "instrument = \"L22\"", "instrument = \"L99\"");
    let other = files.iter_mut().find(|(name, _)| name == "guards/hold.rule.toml").expect("hold");
    other.1 = other.1.replacen("kind = \"hold\"", "kind = \"halt\"", 1);
    let faults = refused(files);
    let named: Vec<_> = faults.iter().map(|fault| fault.file.as_str()).collect();
    assert_eq!(named, [D1, "guards/hold.rule.toml"], "{}", shipped::lines(&faults));
}

#[test]
fn a_number_under_which_a_condition_could_never_fail_or_never_hold() {
    for (path, old, new, words) in [
        (D1, "count = 2", "count = 0", "từ 1 trở lên"),
        ("awards/ttldtt.rule.toml", "min_pct = 70", "min_pct = 170", "từ 1 đến 100"),
        ("awards/ttldtt.rule.toml", "min_pct = 70", "min_pct = 0", "từ 1 đến 100"),
        ("awards/bk_tinh.ca_nhan.b.rule.toml", "modes = [\"many\", \"sudden\"]", "modes = []", "danh sách rỗng"),
    ] {
        let faults = refused(replaced(path, old, new));
        told(&faults, path, 8, words);
    }
}

#[test]
fn a_number_in_quotes_is_said_in_the_language_of_the_packs() {
    let faults = refused(replaced(D1, "count = 2", "count = \"2\""));
    told(&faults, D1, faults[0].line, "phải là một số nguyên không âm");
}

#[test]
fn a_case_with_a_fact_that_nobody_knows() {
    const CASES: &str = "awards/bk_tinh.ca_nhan.d1.cases.toml";
    let files = replaced(CASES, "good_standing", "good_standng");
    let book = RuleBook::from_files(files).expect("the rules read");
    let faults = book.check(date(2026, 8, 1));
    assert!(!faults.is_empty() && faults.iter().all(|fault| fault.file == CASES && fault.line > 1), "{faults:?}");
    assert!(faults[0].what.contains("good_standng"), "{}", faults[0]);
}

#[test]
fn a_standard_that_is_named_after_another_award() {
    let files = replaced(D1, "awards = [\"bk_tinh\"]", "awards = [\"giay_khen\"]");
    let faults = RuleBook::from_files(files).expect("the rules read").check(date(2026, 8, 1));
    told(&faults, D1, 1, "bk_tinh");
}

#[test]
fn a_paper_a_multiple_or_the_catalogue_that_cites_an_act_nobody_declared() {
    const PAPERS: &str = "awards/dossier.ldtt.rule.toml";
    const MONEY: &str = "decisions/bonus.cstdt.rule.toml";
    for (path, old, line) in [
        (PAPERS, "citation = \"Luật 06/2022/QH15 Điều 84 khoản 1\"\n\n[[version.item]]\nid = \"bao_cao", 6),
        (MONEY, "citation = \"Nghị định 152/2025/NĐ-CP Điều 50 khoản 1 điểm b\"", 6),
    ] {
        let number = if path == PAPERS { "Luật 06/2022/QH15" } else { "Nghị định 152/2025/NĐ-CP" };
        let faults = refused(replaced(path, old, &old.replacen(number, "Thông tư 99/2025/TT-BNV", 1)));
        told(&faults, path, line, "“Thông tư 99/2025/TT-BNV” nhưng văn bản ấy chưa được khai báo");
    }
    let faults = refused(replaced("awards/catalogue.toml", "Luật 06/2022/QH15 Điều 24", "Luật 6/2022/QH15 Điều 24"));
    told(&faults, "awards/catalogue.toml", 1, "“Luật 6/2022/QH15”");
}

#[test]
fn a_second_act_of_a_citation_that_has_ended_or_has_not_begun() {
    let ended = replaced(D1, "Luật 06/2022/QH15 Điều 74", "Nghị định 98/2023/NĐ-CP Điều 1; Luật 06/2022/QH15 Điều 74");
    told(&refused(ended), D1, 8, "Nghị định 98/2023/NĐ-CP, hết hiệu lực từ 2025-07-01");
    let early = replaced(D1, "Luật 06/2022/QH15 Điều 74", "Luật 06/2026/QH16 Điều 1; Luật 06/2022/QH15 Điều 74");
    told(&refused(early), D1, 8, "có hiệu lực từ 2026-10-01, trong khi phiên bản bắt đầu 2024-01-01");
    let unsaid = replaced("council/ballot.co_so.rule.toml", "derived_from = \"ND98\"\n", "");
    assert!(shipped::lines(&refused(unsaid)).contains("derived_from"), "presumed to stand on, and it says so");
}

#[test]
fn words_that_were_not_compared_do_not_call_themselves_read() {
    let path = "council/ballot.co_so.rule.toml";
    let faults = refused(replaced(path, "confidence = \"derived\"", "confidence = \"text\""));
    told(&faults, path, faults[0].line, "confidence không thể là text");
}

#[test]
fn a_catalogue_that_cites_an_act_that_has_ended_is_found() {
    let files = replaced("awards/catalogue.toml", "Luật 06/2022/QH15 Điều 24", "Nghị định 98/2023/NĐ-CP Điều 24");
    told(&checked(files), "awards/catalogue.toml", 1, "danh mục nêu Nghị định 98/2023/NĐ-CP");
}

#[test]
fn two_files_that_rule_the_same_for_one_award_are_found() {
    for (path, id) in [
        ("council/ballot.co_so.rule.toml", "ballot.co_so"),
        ("decisions/base_salary.rule.toml", "base_salary"),
        ("awards/dossier.ldtt.rule.toml", "dossier.ldtt"),
        ("decisions/bonus.ldtt.rule.toml", "bonus.ldtt"),
    ] {
        let second = format!("{id}.nua");
        let mut files = shipped::files();
        for ending in ["rule", "cases"] {
            let from = path.replace(".rule.", &format!(".{ending}."));
            let text = files.iter().find(|(name, _)| *name == from).expect("a file that ships").1.clone();
            let named = |id: &str| [format!("id = \"{id}\""), format!("rule = \"{id}\"")];
            let text = named(id).iter().zip(named(&second)).fold(text, |text, (old, new)| text.replacen(old, &new, 1));
            files.push((from.replace(id, &second), text));
        }
        let faults = checked(files);
        assert!(!faults.is_empty(), "{id}");
        let of_both = |fault: &PackFault| fault.what.contains(id) && fault.what.contains("giữ một tệp");
        assert!(faults.iter().all(of_both), "{id}: {}", shipped::lines(&faults));
    }
}

#[test]
fn a_day_of_the_year_that_is_in_no_calendar_and_a_month_without_a_day() {
    let path = "awards/deadline.cstdtq.rule.toml";
    for (old, new, words) in [
        ("month = 12\nday = 31", "month = 2\nday = 30", "không phải một ngày có trên lịch"),
        ("month = 12\nday = 31", "month = 2\nday = 29", "mọi năm"),
        ("month = 12\nday = 31", "month = 12", "month và day phải đi cùng nhau"),
        ("month = 12\nday = 31", "day = 31", "month và day phải đi cùng nhau"),
        ("month = 12\nday = 31\n", "", "years_after chỉ có nghĩa"),
    ] {
        told(&refused(replaced(path, old, new)), path, 6, words);
    }
    let path = "awards/deadline.bnv_trinh.rule.toml";
    let faults = refused(replaced(path, "from_event = \"full_dossier_received\"\n", ""));
    told(&faults, path, 6, "working_days và from_event");
}

#[test]
fn a_guard_that_went_missing_together_with_its_cases_is_found() {
    for kind in ["hold", "discipline", "same_achievement", "thematic_basis"] {
        let mut files = shipped::files();
        files.retain(|(name, _)| !name.starts_with(&format!("guards/{kind}.")));
        told(&checked(files), &format!("guards/{kind}.rule.toml"), 1, "mọi người đều qua");
    }
    for (folder, words) in [("awards/dossier.ldtt.", "thành phần hồ sơ"), ("awards/cstdcs.", "không có tiêu chuẩn")]
    {
        let mut files = shipped::files();
        files.retain(|(name, _)| !name.starts_with(folder));
        told(&checked(files), "awards/catalogue.toml", 1, words);
    }
}
