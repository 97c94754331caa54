//! The register from a sheet and out to one: faults by row and column, the same file twice, formulas as text.

use office::enterprises::queries::{self, Filter};
use office::enterprises::{EnterprisesError, export, import, merging, service};
use office::import::{Manner, Outcome};
use office::organization::model::EnterpriseKind;
use office::organization::queries::Place;
use papers::sheet::{Cell, Limits, NewColumn, NewSheet, Sheet, xlsx};
use testkit::{TODAY, TestHouse};

use super::enterprises::entry;

const HEADERS: [&str; 6] = ["Mã số thuế", "Tên", "Loại", "Quy mô", "Ngành, lĩnh vực", "Xã, phường"];

fn file(rows: &[[&str; 6]]) -> Vec<u8> {
    let columns = HEADERS.map(|header| NewColumn::new(header, 20.0));
    let mut sheet = NewSheet::new("Danh sách", columns.into());
    sheet.rows = rows
        .iter()
        .map(|row| row.iter().map(|text| if text.is_empty() { Cell::Empty } else { Cell::Text((*text).to_owned()) }))
        .map(Iterator::collect)
        .collect();
    xlsx(&[sheet]).expect("a sheet")
}

async fn bring_in(house: &TestHouse, file: &[u8], dry_run: bool) -> Outcome {
    let manner = Manner { dry_run, accept_good_rows: false };
    import::entries(&house.program(), file, manner).await.expect("a sheet")
}

async fn how_many(house: &TestHouse) -> usize {
    let (ctx, all) = (house.program(), Filter::all(TODAY));
    queries::list(&ctx, &all, &Place::beginning(), 100).await.expect("a list").len()
}

#[tokio::test]
async fn a_sheet_is_tried_brought_in_and_changes_nothing_the_second_time() {
    let sheet = file(&[
        ["5500900101", "Công ty TNHH Chè Mộc Sương", "Doanh nghiệp", "Nhỏ", "Chế biến chè", "Phường Mộc Châu"],
        ["5500900201", "HTX Xoài Nậm Xanh", "htx", "", "", "Xã Yên Châu"],
        ["5500 900 301", "Hộ Thêu Piêu", "Hộ kinh doanh", "", "", ""],
    ]);
    for house in testkit::houses().await {
        let tried = bring_in(&house, &sheet, true).await;
        assert_eq!((tried.created, tried.faults.len()), (3, 0), "{:?}", tried.faults);
        assert_eq!(how_many(&house).await, 0, "a trial writes nothing");
        assert_eq!(bring_in(&house, &sheet, false).await.created, 3);
        let again = bring_in(&house, &sheet, false).await;
        assert_eq!((again.created, again.updated, again.unchanged), (0, 0, 3), "{}", house.engine());
        let more = file(&[["5500900201", "HTX Xoài Nậm Xanh", "HTX", "", "Trồng xoài", ""]]);
        let more = bring_in(&house, &more, false).await;
        assert_eq!((more.updated, how_many(&house).await), (1, 3), "{}", house.engine());
    }
}

#[tokio::test]
async fn faults_name_row_and_column_and_nothing_is_written() {
    let sheet = file(&[
        ["0550090010", "Công ty đúng", "Doanh nghiệp", "", "", ""],
        ["550090010", "Thiếu một số", "Doanh nghiệp", "", "", ""],
        ["5500900102", "", "Doanh nghiệp", "", "", ""],
        ["5500900103", "Công ty", "Tập đoàn", "", "", ""],
        ["5500900104", "HTX có quy mô", "Hợp tác xã", "Lớn", "", ""],
        ["0550090010", "Công ty lặp", "Doanh nghiệp", "", "", ""],
        ["5500900105", "Không loại", "", "", "", ""],
    ]);
    for house in testkit::houses().await {
        let found = bring_in(&house, &sheet, false).await;
        let at: Vec<_> = found.faults.iter().map(|fault| (fault.row, fault.column.as_str())).collect();
        let expected = [(3, "Mã số thuế"), (4, "Tên"), (5, "Loại"), (6, "Quy mô"), (7, "Mã số thuế"), (8, "Loại")];
        assert_eq!(at, expected, "{}", house.engine());
        assert_eq!((found.created, how_many(&house).await), (0, 0));
        let broken = import::entries(&house.program(), b"not a sheet at all \x00", Manner::default()).await;
        assert!(matches!(broken, Err(EnterprisesError::Sheet(_))), "{broken:?}");
    }
}

#[tokio::test]
async fn a_sheet_changes_no_kind_silently_and_follows_doubles() {
    for house in testkit::houses().await {
        let ctx = house.program();
        let new = |code, name, kind| service::register(&ctx, entry(code, name, kind));
        new("5500900301", "Hộ Thêu Piêu", EnterpriseKind::Household).await.expect("an entry");
        let stays = new("5500900201", "HTX Xoài", EnterpriseKind::Cooperative).await.expect("an entry");
        let double = new("5500900202", "HTX Xoài Xanh", EnterpriseKind::Cooperative).await.expect("an entry");
        merging::merge(&ctx, (double, 1), (stays, 1)).await.expect("merged");
        let kind = file(&[["5500900301", "Hộ Thêu Piêu", "Doanh nghiệp", "", "", ""]]);
        let kind = bring_in(&house, &kind, false).await;
        assert_eq!(kind.faults.iter().map(|fault| fault.column.as_str()).collect::<Vec<_>>(), ["Loại"]);
        let merged = file(&[["5500900202", "HTX Xoài Xanh", "Hợp tác xã", "", "", ""]]);
        let merged = bring_in(&house, &merged, false).await;
        assert_eq!((merged.unchanged, merged.created), (1, 0), "{}", house.engine());
    }
}

#[tokio::test]
async fn what_looks_like_a_formula_leaves_as_text_and_comes_back_the_same() {
    for house in testkit::houses().await {
        let ctx = house.program();
        let name = "=HYPERLINK(\"http://xấu.example\";\"Công ty\")";
        service::register(&ctx, entry("5500900101", name, EnterpriseKind::Enterprise)).await.expect("an entry");
        let sheet = export::entries(&ctx, &Filter::all(TODAY)).await.expect("a sheet");
        let read = Sheet::read(&sheet, &Limits::default()).expect("a sheet");
        assert_eq!(read.rows[1].cells[1], Cell::Text(name.to_owned()), "{}", house.engine());
        let back = bring_in(&house, &sheet, false).await;
        assert_eq!((back.unchanged, back.faults.len()), (1, 0), "{:?}", back.faults);
        let template = import::empty_sheet().expect("a template");
        let empty = bring_in(&house, &template, false).await;
        assert_eq!((empty.created, empty.faults.len()), (0, 0), "{:?}", empty.faults);
    }
}
