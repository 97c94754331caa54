//! Awards of earlier years from a sheet.

use jiff::civil::date;
use kernel::Role;
use office::import::{Manner, Outcome};
use office::organization::Recipient;
use office::records::import::{awards, awards_template};
use office::records::model::NewPastAward;
use office::records::{RecordsError, queries, service};
use rules::{AwardCode, AwardType};
use testkit::{TestHouse, actor};

const HEADERS: &str = "Mã cán bộ;Mã đơn vị;Mã số thuế;Danh hiệu;Năm;Loại hình;Số QĐ;Ngày QĐ";
const ALL: Manner = Manner { dry_run: false, accept_good_rows: false };

async fn bring(house: &TestHouse, rows: &[&str]) -> Outcome {
    let file = [&[HEADERS], rows].concat().join("\n");
    awards(&house.program(), file.as_bytes(), ALL).await.expect("a sheet with the right columns")
}

fn counts(outcome: &Outcome) -> (usize, usize, usize, usize) {
    (outcome.created, outcome.updated, outcome.unchanged, outcome.faults.len())
}

#[tokio::test]
async fn awards_of_people_units_and_enterprises_come_in_once() {
    for house in testkit::houses().await {
        let unit = house.unit("KT", "Phòng Kinh tế").await;
        let an = house.staff("CB1", "Nguyễn Văn An", unit).await;
        house.enterprise("5500123456", "Công ty Chè Mộc Châu").await;
        let rows = [
            "CB1;;;Chiến sĩ thi đua cơ sở;2024;;10/QĐ-VPUB;20/12/2024",
            "CB1;;;lđtt;2025;;11/QĐ-VPUB;20/12/2025",
            ";kt;;ttldtt;2025;;12/QĐ-VPUB;20/12/2025",
            ";;5500 123 456;Giấy khen;2025;Đột xuất;13/QĐ-VPUB;2025-12-20",
        ];
        let first = bring(&house, &rows).await;
        assert_eq!(counts(&first), (4, 0, 0, 0), "{}: {:?}", house.engine(), first.faults);
        assert_eq!(counts(&bring(&house, &rows).await), (0, 0, 4, 0), "{}", house.engine());
        let record = queries::record(&house.program(), Recipient::Person(an)).await.expect("a record");
        let held: Vec<_> = record.awards.iter().map(|award| (award.award, award.year, award.r#type)).collect();
        let merit = AwardType::Merit;
        assert_eq!(held, [(AwardCode::Cstdcs, 2024, merit), (AwardCode::Ldtt, 2025, merit)], "{}", house.engine());
    }
}

#[tokio::test]
async fn a_flag_without_its_type_is_asked_for_it_because_a_year_and_a_theme_both_give_one() {
    for house in testkit::houses().await {
        house.unit("KT", "Phòng Kinh tế").await;
        let outcome = bring(&house, &[";KT;;Cờ thi đua của tỉnh;2025;;15/QĐ-UBND;20/12/2025"]).await;
        let found: Vec<_> = outcome.faults.iter().map(|fault| fault.column.as_str()).collect();
        assert_eq!((outcome.created, found), (0, vec!["Loại hình khen thưởng"]), "{}", house.engine());
        let typed = bring(&house, &[";KT;;Cờ thi đua của tỉnh;2025;Chuyên đề;15/QĐ-UBND;20/12/2025"]).await;
        assert_eq!(counts(&typed), (1, 0, 0, 0), "{}: {:?}", house.engine(), typed.faults);
    }
}

#[tokio::test]
async fn every_fault_of_a_row_is_named_and_nothing_comes_in() {
    for house in testkit::houses().await {
        let unit = house.unit("KT", "Phòng Kinh tế").await;
        let an = house.staff("CB1", "Nguyễn Văn An", unit).await;
        let rows = [
            "CB1;;;Chiến sĩ thi đua cơ sở;2024;;10/QĐ-VPUB;20/12/2024",
            "CB9;;;ldtt;2024;;10/QĐ-VPUB;20/12/2024",
            "CB1;KT;;ldtt;2024;;10/QĐ-VPUB;20/12/2024",
            "CB1;;;Huy hiệu;2030;;;31/02/2024",
            "CB1;;;ttldtt;2024;;10/QĐ-VPUB;20/12/2024",
            "CB1;;;Giấy khen;2024;;14/QĐ-VPUB;20/12/2030",
            "CB1;;;cstdcs;2024;;10/QĐ-VPUB;20/12/2024",
            "CB9;;;Huy hiệu;2030;;;20/12/2024",
        ];
        let outcome = bring(&house, &rows).await;
        let found: Vec<_> = outcome.faults.iter().map(|fault| (fault.row, fault.column.as_str())).collect();
        let expected = [
            (3, "Mã cán bộ"),
            (4, "Mã cán bộ"),
            (5, "Hình thức khen thưởng"),
            (5, "Năm"),
            (5, "Số quyết định"),
            (5, "Ngày quyết định"),
            (6, "Hình thức khen thưởng"),
            (7, "Ngày quyết định"),
            (7, "Loại hình khen thưởng"),
            (8, "Số quyết định"),
            (9, "Mã cán bộ"),
            (9, "Hình thức khen thưởng"),
            (9, "Năm"),
            (9, "Số quyết định"),
        ];
        assert_eq!(found, expected, "{}: {:#?}", house.engine(), outcome.faults);
        let record = queries::record(&house.program(), Recipient::Person(an)).await.expect("a record");
        assert!(record.awards.is_empty(), "{}", house.engine());
    }
}

#[tokio::test]
async fn a_corrected_day_updates_what_was_imported_but_not_what_was_issued_here() {
    for house in testkit::houses().await {
        let unit = house.unit("KT", "Phòng Kinh tế").await;
        let an = Recipient::Person(house.staff("CB1", "Nguyễn Văn An", unit).await);
        bring(&house, &["CB1;;;cstdcs;2024;;10/QĐ-VPUB;20/12/2024"]).await;
        let outcome = bring(&house, &["CB1;;;cstdcs;2024;;10/QĐ-VPUB;21/12/2024"]).await;
        assert_eq!(counts(&outcome), (0, 1, 0, 0), "{}", house.engine());
        let record = queries::record(&house.program(), an).await.expect("a record");
        assert_eq!(record.awards[0].decided_on, date(2024, 12, 21), "{}", house.engine());
        let issued = NewPastAward {
            recipient: an,
            award: AwardCode::Ldtt,
            year: 2025,
            r#type: AwardType::Merit,
            number: "11/QĐ-VPUB".to_owned(),
            decided_on: date(2025, 12, 20),
            achievement: None,
            decision_line: Some(uuid::Uuid::now_v7()),
        };
        service::enter_award(&house.program(), issued).await.expect("an award");
        let outcome = bring(&house, &["CB1;;;ldtt;2025;;11/QĐ-VPUB;25/12/2025"]).await;
        assert_eq!(counts(&outcome), (0, 0, 0, 1), "{}", house.engine());
        assert!(outcome.faults[0].what.contains("đính chính"), "{}", outcome.faults[0].what);
    }
}

#[tokio::test]
async fn the_award_template_has_the_headers_that_the_import_finds() {
    let house = TestHouse::sqlite().await;
    let template = awards_template().expect("a template");
    assert_eq!(awards(&house.program(), &template, ALL).await.expect("all columns are found"), Outcome::default());
    let head = actor(Role::Head, None);
    let refused = awards(&house.as_actor(&head), &template, ALL).await;
    assert!(matches!(refused, Err(RecordsError::Denied(_))));
}
