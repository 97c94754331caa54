//! What the shipped packs say of vote, papers, money and time limits after the decree ended without a successor.

mod shipped;

use jiff::civil::{Date, date};
use rules::{AwardCode, Confirmation, Facts, Question, RecipientKind};

const LAST: Date = date(2027, 2, 28);
const FIRST_AFTER: Date = date(2027, 3, 1);
const DECREE: &str = "Nghị định 152/2025/NĐ-CP áp dụng đến hết ngày 28/02/2027";

fn confirmation(rule: &str, on: Date) -> Confirmation {
    let (document, by) = ("Công văn 15/BNV".to_owned(), "Lò Thị Mai".to_owned());
    Confirmation { rule: rule.to_owned(), version: "2025-07-01".to_owned(), document, by, on }
}

#[test]
fn a_vote_stands_on_its_last_day_lapses_on_the_next_and_stands_again_once_it_is_confirmed_since() {
    let book = shipped::book();
    let ballot = |on, confirmed: &[Confirmation]| {
        book.ballot_on(AwardCode::Cstdcs, on, confirmed).expect("a rule has spoken").standing()
    };
    assert_eq!(ballot(LAST, &[]).expect("in force").share_bp, Some(8_000));
    let lapsed = ballot(FIRST_AFTER, &[]).expect_err("nothing follows");
    assert!(lapsed[0].to_string().contains(DECREE), "{}", lapsed[0]);
    assert!(ballot(FIRST_AFTER, &[confirmation("ballot.co_so", LAST)]).is_err(), "confirmed before it ended");
    assert!(ballot(FIRST_AFTER, &[confirmation("ballot.cap_tinh", FIRST_AFTER)]).is_err(), "another rule");
    assert!(ballot(FIRST_AFTER, &[confirmation("ballot.co_so", FIRST_AFTER)]).is_ok());
    assert!(book.ballot_on(AwardCode::Cstdcs, date(2023, 12, 31), &[]).is_none(), "no rule had spoken yet");
}

#[test]
fn the_last_list_of_papers_is_kept_with_the_end_of_its_act_in_every_citation() {
    let book = shipped::book();
    let before = book.checklist(AwardCode::BkTtg, LAST, &[]);
    let after = book.checklist(AwardCode::BkTtg, FIRST_AFTER, &[]);
    let ids = |items: &[rules::DossierItem]| items.iter().map(|item| item.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&before), ids(&after));
    assert!(before.iter().all(|item| !item.citation.contains("hết hiệu lực")), "{before:?}");
    assert!(after.iter().all(|item| item.citation.contains(DECREE)), "{after:?}");
    let law = book.checklist(AwardCode::GiayKhen, FIRST_AFTER, &[]);
    assert!(law.iter().all(|item| !item.citation.contains("hết hiệu lực")), "what the law itself asks for stands");
}

#[test]
fn money_lapses_with_each_rule_it_is_made_of() {
    let book = shipped::book();
    let bonus = |confirmed: &[Confirmation]| {
        book.bonus_on(AwardCode::GiayKhen, RecipientKind::Person, FIRST_AFTER, confirmed).expect("spoken of")
    };
    let named =
        |confirmed: &[Confirmation]| bonus(confirmed).lapsed.into_iter().map(|one| one.rule).collect::<Vec<_>>();
    assert_eq!(named(&[]), ["bonus.giay_khen", "bonus_principles"]);
    let rows = confirmation("bonus.giay_khen", FIRST_AFTER);
    assert_eq!(named(std::slice::from_ref(&rows)), ["bonus_principles"]);
    let both = [rows, confirmation("bonus_principles", FIRST_AFTER)];
    assert_eq!(bonus(&both).standing().expect("both stand again").amount, 760_000);
}

#[test]
fn a_time_limit_that_lapsed_is_still_told() {
    let found = shipped::book().deadlines_on(AwardCode::CoCp, FIRST_AFTER, &[]);
    let flag = found.iter().find(|one| one.says.id == "deadline.co_cp_hang_nam").expect("not gone");
    assert!(flag.why().contains(DECREE), "{}", flag.why());
    let stands = found.iter().find(|one| one.says.id == "deadline.bnv_trinh").expect("of another act");
    assert!(stands.lapsed.is_empty(), "{}", stands.why());
}

#[test]
fn an_answer_after_the_end_names_what_lapsed_and_gives_no_share_and_no_sum() {
    let (book, facts) = (shipped::book(), Facts::parse(r#"{"recipient": {"kind": "person"}}"#).expect("facts"));
    let ask = |on, confirmed: &[Confirmation]| {
        let question =
            Question { awards: &[AwardCode::Cstdcs], confirmations: confirmed, ..Question::about(&facts, on) };
        book.evaluate(&question).results.remove(0)
    };
    let before = ask(LAST, &[]);
    assert!(before.lapsed.is_empty() && before.ballot.is_some() && before.bonus.is_some(), "{:?}", before.lapsed);
    let after = ask(FIRST_AFTER, &[]);
    assert!(after.ballot.is_none() && after.bonus.is_none());
    assert_eq!(after.lapsed.len(), 3, "vote, multiples, principles: {:?}", after.lapsed);
    assert!(after.lapsed.iter().all(|said| said.contains(DECREE)), "{:?}", after.lapsed);
    let confirmed = ask(FIRST_AFTER, &[confirmation("ballot.co_so", FIRST_AFTER)]);
    assert!(confirmed.ballot.is_some() && confirmed.lapsed.len() == 2, "{:?}", confirmed.lapsed);
}

#[test]
fn how_sure_a_sum_and_a_share_are_goes_with_their_citation() {
    let book = shipped::book();
    let day = date(2026, 9, 30);
    let bonus = |award, kind| book.bonus(award, kind, day).expect("money");
    let remembered = bonus(AwardCode::BkTinh, RecipientKind::Person);
    assert!(remembered.citation.contains("[chưa đọc được văn bản]"), "{}", remembered.citation);
    assert_eq!(remembered.confidence, rules::Confidence::Memory);
    let read = bonus(AwardCode::Cstdt, RecipientKind::Person);
    assert!(!read.citation.contains('['), "{}", read.citation);
    let household = bonus(AwardCode::GiayKhen, RecipientKind::Household);
    assert!(household.citation.contains("(hộ gia đình) [theo nguồn thuật lại]"), "{}", household.citation);
    let ballot = book.ballot(AwardCode::Cstdcs, day).expect("a rule");
    assert!(ballot.citation.contains("[suy ra từ văn bản đã đọc]"), "{}", ballot.citation);
}

#[test]
fn the_order_of_rounding_and_household_factor_is_changed_in_the_pack_alone() {
    let mut files = shipped::files();
    let principles = files.iter_mut().find(|(name, _)| name == "decisions/bonus_principles.rule.toml");
    let text = &mut principles.expect("the principles").1;
    *text = text.replacen("\"after_factor\"", "\"before_factor\"", 1);
    let book = rules::RuleBook::from_files(files).expect("packs that read");
    let amount = |book: &rules::RuleBook| {
        let day = date(2026, 6, 30);
        book.bonus(AwardCode::GiayKhen, RecipientKind::Household, day).expect("money").amount
    };
    assert_eq!((amount(&shipped::book()), amount(&book)), (1_060_000, 1_070_000));
}
