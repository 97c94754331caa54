//! The plans that travel with the house: every word of the paper is in the data, and nothing else is.

use std::path::PathBuf;

use kernel::Date;
use office::movements::{Kind, LaunchLevel, PhaseAnswer, Plan, Stage, Work};
use rules::{AwardCode, AwardType};

const SON_LA: &str = "son-la-vpub-2026";

fn movements() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../movements")
}

fn plan(id: &str) -> Plan {
    let path = movements().join(id).join("plan.toml");
    let text = std::fs::read_to_string(&path).expect("a plan stands in its folder");
    Plan::parse(&text, &path.display().to_string())
        .unwrap_or_else(|faults| panic!("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")))
}

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The document of the office, without the marks that its transcription puts around italics.
fn paper() -> String {
    let source = std::fs::read_to_string(movements().join(SON_LA).join("ke-hoach.txt")).expect("the paper is kept");
    folded(&source.replace('*', ""))
}

#[test]
fn the_plan_of_son_la_is_its_paper_word_for_word_with_nothing_left_out_and_nothing_added() {
    let plan = plan(SON_LA);
    assert_eq!(folded(&plan.paragraphs().join(" ")), paper());
}

#[test]
fn every_clause_of_son_la_is_found_on_its_paper() {
    let paper = paper();
    for (_, clause) in plan(SON_LA).walk() {
        assert!(paper.contains(&clause.printed()), "{}", clause.id);
    }
}

#[test]
fn italics_of_the_paper_are_kept_with_their_clause() {
    let source = std::fs::read_to_string(movements().join(SON_LA).join("ke-hoach.txt")).expect("the paper is kept");
    let printed: Vec<&str> = source.split('*').skip(1).step_by(2).collect();
    let plan = plan(SON_LA);
    let kept: Vec<&str> = plan.clauses.iter().flat_map(|clause| &clause.italics).map(String::as_str).collect();
    assert_eq!(kept, printed);
}

#[test]
fn misprints_stand_in_the_text_and_are_named_in_a_note() {
    let plan = plan(SON_LA);
    for (id, misprint) in
        [("II.3", "Giám chi phí"), ("III.4#4", "chuyên đổi số"), ("V.3", "những nhiễu loạn"), ("III.0", "06/01/2025")]
    {
        let clause = plan.clause(id).expect(id);
        assert!(clause.text.contains(misprint), "{id}");
        assert!(clause.notes.iter().any(|note| note.contains(misprint)), "{id}");
    }
}

#[test]
fn paragraphs_cut_by_a_page_break_are_joined() {
    let plan = plan(SON_LA);
    for (id, joined) in
        [("I.2#2", "để kịp thời phát hiện"), ("IV.1.a#2", "tháo gỡ khó khăn"), ("V.3", "cá nhân tiêu biểu xuất sắc")]
    {
        assert!(plan.clause(id).expect(id).text.contains(joined), "{id}");
    }
}

#[test]
fn each_day_of_son_la_is_in_one_phase_or_in_the_gap_of_june_2028() {
    let plan = plan(SON_LA);
    let phase = |on: &str| match plan.phase_on(day(on)) {
        PhaseAnswer::Phase(phase) => phase.id.clone(),
        PhaseAnswer::Uncovered { gap } => format!("gap: {}", gap.note.contains("30/6/2028")),
        PhaseAnswer::Outside => "outside".to_owned(),
    };
    for (on, expected) in [
        ("2025-12-31", "outside"),
        ("2026-01-01", "1"),
        ("2028-06-11", "1"),
        ("2028-06-12", "gap: true"),
        ("2028-06-20", "gap: true"),
        ("2028-06-30", "gap: true"),
        ("2028-07-01", "2"),
        ("2030-12-31", "2"),
        ("2031-01-01", "outside"),
    ] {
        assert_eq!(phase(on), expected, "{on}");
    }
}

#[test]
fn the_occasions_of_son_la_allow_what_the_plan_names_and_no_more() {
    let plan = plan(SON_LA);
    let awards = |id: &str| plan.occasion(id).expect(id).awards.join(" ");
    assert_eq!(awards("annual"), "giay_khen");
    assert_eq!(awards("so_ket"), "bk_ttg bk_tinh giay_khen");
    assert_eq!(awards("tong_ket"), "hcld_1 hcld_2 hcld_3 co_cp bk_ttg co_tinh bk_tinh giay_khen");
    assert!(!plan.occasion("so_ket").expect("so_ket").allows("co_tinh"));
    assert!(plan.occasions.iter().all(|occasion| !occasion.allows("ldtt")), "titles are the law's, not this plan's");
    assert!(plan.occasion("dot_xuat").is_none());
}

#[test]
fn the_seven_targets_stand_below_their_heading() {
    let plan = plan(SON_LA);
    let targets: Vec<&str> = plan.of_kind(Kind::Target).map(|clause| clause.id.as_str()).collect();
    assert_eq!(targets, ["II.1", "II.2", "II.3", "II.4", "II.5", "II.6", "II.7"]);
    assert_eq!(plan.children("II").count(), 7);
    assert_eq!(plan.children("III.4").count(), 6);
    let sections: Vec<&str> = plan.sections().map(|clause| clause.id.as_str()).collect();
    assert_eq!(sections, ["0", "I", "II", "III", "IV", "V", "VI"]);
}

#[test]
fn duties_name_the_unit_that_answers_for_them() {
    let plan = plan(SON_LA);
    let responsible = |id: &str| plan.clause(id).expect(id).responsible[0].name.clone();
    assert_eq!(responsible("VI.2#2"), "Phòng Tổ chức - Hành chính - Quản trị");
    assert_eq!(responsible("VI.2#3"), "Trung tâm Thông tin");
}

#[test]
fn another_office_runs_its_own_movement_from_its_own_file() {
    let plan = plan("vi-du-thu-vien");
    assert!(plan.invented);
    assert_eq!(plan.phases.len(), 3);
    assert!(plan.gaps.is_empty());
    assert!(matches!(plan.phase_on(day("2027-07-01")), PhaseAnswer::Phase(phase) if phase.id == "tang-toc"));
    assert!(plan.occasion("so_ket").is_none(), "this plan gives no awards at its review");
    assert!(plan.occasion("annual").expect("annual").allows("ldtt"), "the office considers the title beside the plan");
}

#[test]
fn an_award_is_of_the_type_of_its_movement_unless_it_is_a_title_or_the_plan_declares_another() {
    let path = movements().join("vi-du-thu-vien").join("plan.toml");
    let text = std::fs::read_to_string(&path).expect("a plan stands in its folder");
    let book = testkit::shipped::rules();
    let types = |plan: &Plan, codes: &[AwardCode]| -> Vec<AwardType> {
        let occasion = plan.occasion("annual").expect("annual");
        codes.iter().map(|code| occasion.type_of(book.award(*code))).collect()
    };
    let asked = [AwardCode::GiayKhen, AwardCode::Ldtt, AwardCode::Cstdcs, AwardCode::CoTinh];
    let library = plan("vi-du-thu-vien");
    let (merit, thematic) = (AwardType::Merit, AwardType::Thematic);
    assert_eq!(types(&library, &asked), [thematic, merit, merit, merit], "beside the plan it is the law alone");
    let declared = text.replacen("also = [\"ldtt\", \"cstdcs\"]", "also = [\"ldtt\"]\ntype = \"merit\"", 1);
    let declared = Plan::parse(&declared, "plan.toml").expect("a plan");
    assert_eq!(types(&declared, &asked[..2]), [merit, merit]);
    let wrong = text.replacen("also = [\"ldtt\", \"cstdcs\"]", "type = \"yearly\"", 1);
    let faults = Plan::parse(&wrong, "plan.toml").expect_err("no such type");
    assert!(faults.iter().any(|fault| fault.to_string().contains("yearly")), "{faults:?}");
    let son_la = plan(SON_LA);
    let last = son_la.occasion("tong_ket").expect("the last occasion");
    assert_eq!(last.type_of(book.award(AwardCode::CoTinh)), thematic, "a flag of this movement is for its theme");
}

#[test]
fn each_plan_says_itself_under_which_clause_a_work_is_done_or_says_nothing() {
    let son_la = plan("son-la-vpub-2026");
    assert_eq!(son_la.ground_of(Work::Petitions), "Khoản III.4");
    assert_eq!(Work::ALL.map(|work| son_la.clause_of(work)), ["VI.2#1", "II.3", "III.4", "V.3", "II.6"]);
    let library = plan("vi-du-thu-vien");
    assert_eq!(Work::ALL.map(|work| library.clause_of(work)), [""; 5]);
    assert_eq!(library.ground_of(Work::Conduct), "");
}

#[test]
fn the_movement_that_opens_by_default_is_one_of_the_folders() {
    let id = std::fs::read_to_string(movements().join("default.txt")).expect("a default is named");
    assert_eq!(plan(id.trim()).id, id.trim());
}

#[test]
fn the_glossary_explains_every_word_of_a_plan() {
    let path = movements().join("../docs/GLOSSARY.md");
    let glossary = std::fs::read_to_string(path).expect("the glossary is kept");
    let mut words: Vec<String> = plan(SON_LA).occasions.iter().flat_map(|occasion| occasion.awards.clone()).collect();
    words.extend(Stage::ALL.map(|stage| stage.code().to_owned()));
    words.extend(LaunchLevel::ALL.map(|level| level.code().to_owned()));
    for word in words {
        assert!(glossary.contains(&format!("`{word}`")), "{word}");
    }
    for (_, code, name) in Kind::ALL {
        assert!(glossary.contains(&format!("| `{code}` | {name} |")), "{code}");
    }
}
