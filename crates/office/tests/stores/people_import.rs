//! People from a sheet: what is taken, what is refused and why, and that the same file changes nothing twice.

use jiff::civil::date;
use kernel::Role;
use office::import::{Manner, Outcome};
use office::organization::import::{people, people_template};
use office::organization::queries::{self, Filter, Place};
use office::organization::{OrganizationError, export};
use papers::sheet::{Cell, Limits, NewColumn, NewSheet, Sheet, SheetError, xlsx};
use testkit::{TODAY, TestHouse, actor};

const HEADERS: &str = "Mã cán bộ;Họ và tên;Ngày sinh;Giới tính;Đối tượng;Đơn vị;Chức vụ";
const ALL: Manner = Manner { dry_run: false, accept_good_rows: false };

fn file(rows: &[&str]) -> Vec<u8> {
    [&[HEADERS], rows].concat().join("\n").into_bytes()
}

async fn bring(house: &TestHouse, rows: &[&str]) -> Outcome {
    people(&house.program(), &file(rows), ALL).await.expect("a sheet with the right columns")
}

fn counts(outcome: &Outcome) -> (usize, usize, usize, usize) {
    (outcome.created, outcome.updated, outcome.unchanged, outcome.faults.len())
}

async fn everybody(house: &TestHouse) -> Vec<queries::PersonLine> {
    let filter = Filter { unit: None, text: String::new(), day: TODAY };
    queries::people(&house.program(), &filter, &Place::beginning(), 10_000).await.expect("people")
}

async fn furnished() -> Vec<TestHouse> {
    let houses = testkit::houses().await;
    for house in &houses {
        house.unit("KT", "Phòng Kinh tế").await;
        house.unit("NC", "Phòng Nội chính").await;
    }
    houses
}

const AN: &str = "CB1;Nguyễn Văn An;05/02/1980;Nam;Công chức;KT;Trưởng phòng";
const BINH: &str = "CB2;Trần Thị Bình;1985-03-08;Nữ;Viên chức;phong noi chinh;Chuyên viên";

#[tokio::test]
async fn the_same_file_twice_changes_nothing() {
    for house in furnished().await {
        assert_eq!(counts(&bring(&house, &[AN, BINH]).await), (2, 0, 0, 0), "{}", house.engine());
        let before = everybody(&house).await;
        assert_eq!(counts(&bring(&house, &[AN, BINH]).await), (0, 0, 2, 0), "{}", house.engine());
        assert_eq!(everybody(&house).await, before, "{}", house.engine());
        let an = &before[0];
        assert_eq!(an.person.profile.born_on, Some(date(1980, 2, 5)));
        assert_eq!(an.unit_code.as_deref(), Some("KT"));
        assert!(an.post.as_ref().is_some_and(|post| post.leader), "a head leads");
        assert_eq!(before[1].person.profile.female, Some(true));
        assert_eq!(before[1].unit_code.as_deref(), Some("NC"));
    }
}

#[tokio::test]
async fn a_dry_run_tells_and_writes_nothing() {
    for house in furnished().await {
        let manner = Manner { dry_run: true, accept_good_rows: false };
        let outcome = people(&house.program(), &file(&[AN, BINH]), manner).await.expect("an answer");
        assert_eq!(counts(&outcome), (2, 0, 0, 0), "{}", house.engine());
        assert!(everybody(&house).await.is_empty(), "{}", house.engine());
        let answer = office::ledger::service::verify(&house.db, &house.keys).await.expect("an answer");
        assert_eq!(answer.entries, 2, "{}: the two units only", house.engine());
    }
}

#[tokio::test]
async fn a_fault_is_named_by_row_and_column_and_keeps_everything_out() {
    for house in furnished().await {
        let rows = [AN, "CB3;Lò Văn Ba;31/02/1980;Nam;Công chức;KT;", ";Vì Thị Tư;;Khác;Giáo sư;XYZ;"];
        let outcome = bring(&house, &rows).await;
        let found: Vec<_> = outcome.faults.iter().map(|fault| (fault.row, fault.column.as_str())).collect();
        let expected = [(3, "Ngày sinh"), (4, "Mã cán bộ"), (4, "Giới tính"), (4, "Đối tượng"), (4, "Đơn vị")];
        assert_eq!(found, expected, "{}", house.engine());
        let first = &outcome.faults[0];
        assert_eq!(first.value, "31/02/1980");
        assert_eq!(first.what, "Tháng 2 năm 1980 không có ngày 31; ngày cuối tháng là 29.");
        assert_eq!((outcome.created, everybody(&house).await.len()), (0, 0), "{}", house.engine());
    }
}

#[tokio::test]
async fn good_rows_are_taken_when_they_are_asked_for() {
    for house in furnished().await {
        let manner = Manner { dry_run: false, accept_good_rows: true };
        let rows = file(&[AN, "CB3;Lò Văn Ba;31/02/1980;Nam;Công chức;KT;", BINH]);
        let outcome = people(&house.program(), &rows, manner).await.expect("an answer");
        assert_eq!(counts(&outcome), (2, 0, 0, 1), "{}", house.engine());
        assert_eq!(everybody(&house).await.len(), 2, "{}", house.engine());
    }
}

#[tokio::test]
async fn two_people_of_one_name_stay_apart_and_one_code_twice_is_a_fault() {
    for house in furnished().await {
        let twins = ["CB1;Nguyễn Văn An;;;;KT;", "CB2;Nguyễn Văn An;;;;KT;"];
        assert_eq!(counts(&bring(&house, &twins).await), (2, 0, 0, 0), "{}", house.engine());
        let twice = ["CB3;Lò Văn Ba;;;;KT;", "cb3;Lò Văn Bốn;;;;KT;"];
        let outcome = bring(&house, &twice).await;
        assert_eq!(outcome.faults.len(), 1, "{}", house.engine());
        assert_eq!((outcome.faults[0].row, outcome.faults[0].column.as_str()), (3, "Mã cán bộ"));
        assert!(outcome.faults[0].what.contains("dòng 2"), "{}", outcome.faults[0].what);
    }
}

#[tokio::test]
async fn a_name_of_loose_marks_is_the_same_name() {
    for house in furnished().await {
        bring(&house, &["CB1;Nguyễn Văn Ân;;;;;"]).await;
        let loose = "CB1;Nguye\u{302}\u{303}n Va\u{306}n A\u{302}n;;;;;";
        assert_eq!(counts(&bring(&house, &[loose]).await), (0, 0, 1, 0), "{}", house.engine());
    }
}

#[tokio::test]
async fn what_a_row_leaves_blank_stays_and_what_it_says_changes() {
    for house in furnished().await {
        bring(&house, &[AN]).await;
        let outcome = bring(&house, &["CB1;Nguyễn Văn Ân;;;;KT;Phó Trưởng phòng"]).await;
        assert_eq!(counts(&outcome), (0, 1, 0, 0), "{}", house.engine());
        let [line] = &everybody(&house).await[..] else { panic!("one person") };
        assert_eq!(line.person.profile.name, "Nguyễn Văn Ân");
        assert_eq!(line.person.profile.born_on, Some(date(1980, 2, 5)), "{}", house.engine());
        assert_eq!(line.post.as_ref().map(|post| post.title.as_str()), Some("Phó Trưởng phòng"));
    }
}

#[tokio::test]
async fn another_unit_moves_the_person_from_the_day_given() {
    for house in furnished().await {
        let unit = async |code: &str| {
            let mut tx = house.db.read().await.expect("a transaction");
            let unit = queries::unit_by_code(&mut tx, code, TODAY).await.expect("an answer");
            unit.expect("a unit").id
        };
        let (kt, nc) = (unit("KT").await, unit("NC").await);
        let an = house.staff("CB1", "Nguyễn Văn An", kt).await;
        let csv = "Mã cán bộ,Họ và tên,Đơn vị,Chức vụ,Từ ngày\nCB1,Nguyễn Văn An,NC,Chuyên viên,01/07/2026\n";
        let outcome = people(&house.program(), csv.as_bytes(), ALL).await.expect("an answer");
        assert_eq!(counts(&outcome), (0, 1, 0, 0), "{}", house.engine());
        let mut tx = house.db.read().await.expect("a transaction");
        let before = queries::post_of(&mut tx, an, date(2026, 6, 30)).await.expect("an answer").expect("a post");
        let after = queries::post_of(&mut tx, an, date(2026, 7, 1)).await.expect("an answer").expect("a post");
        assert_eq!((before.unit, after.unit), (Some(kt), Some(nc)), "{}", house.engine());
        drop(tx);
        let too_early = "Mã cán bộ,Họ và tên,Đơn vị,Từ ngày\nCB1,Nguyễn Văn An,KT,01/07/2026\n";
        let outcome = people(&house.program(), too_early.as_bytes(), ALL).await.expect("an answer");
        assert_eq!(outcome.faults[0].column, "Từ ngày", "{}", house.engine());
    }
}

#[tokio::test]
async fn a_move_that_lies_ahead_is_planned_once() {
    for house in furnished().await {
        bring(&house, &["CB1;Nguyễn Văn An;;;;KT;"]).await;
        let ahead = "Mã cán bộ,Họ và tên,Đơn vị,Từ ngày\nCB1,Nguyễn Văn An,NC,01/01/2027\n".as_bytes();
        let first = people(&house.program(), ahead, ALL).await.expect("an answer");
        assert_eq!(counts(&first), (0, 1, 0, 0), "{}: {:?}", house.engine(), first.faults);
        assert_eq!(everybody(&house).await[0].unit_code.as_deref(), Some("KT"), "{}", house.engine());
        let second = people(&house.program(), ahead, ALL).await.expect("an answer");
        assert_eq!(counts(&second), (0, 0, 1, 0), "{}: {:?}", house.engine(), second.faults);
    }
}

#[tokio::test]
async fn what_was_exported_comes_in_again_unchanged() {
    for house in furnished().await {
        bring(&house, &[AN, BINH, "CB3;=cmd|'/c calc'!A1;;;;KT;"]).await;
        let exported = export::people(&house.program(), None).await.expect("a sheet");
        let sheet = Sheet::read(&exported, &Limits::default()).expect("a sheet that reads");
        let cells: Vec<_> = sheet.rows.iter().flat_map(|row| row.cells.clone()).collect();
        assert!(cells.contains(&Cell::Text("=cmd|'/c calc'!A1".to_owned())), "text stays text: {cells:?}");
        let outcome = people(&house.program(), &exported, ALL).await.expect("an answer");
        assert_eq!(counts(&outcome), (0, 0, 3, 0), "{}: {:?}", house.engine(), outcome.faults);
    }
}

#[tokio::test]
async fn the_template_has_the_headers_that_the_import_finds() {
    let template = people_template().expect("a template");
    let house = TestHouse::sqlite().await;
    let outcome = people(&house.program(), &template, ALL).await.expect("all columns are found");
    assert_eq!(outcome, Outcome::default());
}

#[tokio::test]
async fn a_sheet_without_the_columns_and_a_file_that_is_no_sheet_are_refused() {
    let house = TestHouse::sqlite().await;
    let other = xlsx(&[NewSheet::new("Khác", vec![NewColumn::new("Họ và tên", 20.0)])]).expect("a sheet");
    let refused = people(&house.program(), &other, ALL).await;
    let Err(OrganizationError::Sheet(SheetError::MissingColumns { missing, .. })) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(missing, ["Mã cán bộ"]);
    let refused = people(&house.program(), b"%PDF-1.7", ALL).await;
    assert!(matches!(refused, Err(OrganizationError::Sheet(SheetError::NotASheet { .. }))));
}

#[tokio::test]
async fn only_who_manages_people_imports_them() {
    let house = TestHouse::sqlite().await;
    let head = actor(Role::Head, None);
    let refused = people(&house.as_actor(&head), &file(&[AN]), ALL).await;
    assert!(matches!(refused, Err(OrganizationError::Denied(_))));
}

#[tokio::test]
async fn thousands_of_rows_come_in_one_transaction() {
    for house in furnished().await {
        let rows: Vec<_> = (0..3_000).map(|at| format!("CB{at};Nguyễn Văn An {at};;;;KT;Chuyên viên")).collect();
        let rows: Vec<_> = rows.iter().map(String::as_str).collect();
        assert_eq!(counts(&bring(&house, &rows).await), (3_000, 0, 0, 0), "{}", house.engine());
        assert_eq!(counts(&bring(&house, &rows).await), (0, 0, 3_000, 0), "{}", house.engine());
    }
}
