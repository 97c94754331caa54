//! Awards of earlier years brought in by a sheet through the page: tried first, faults by row and column, written
//! once, the ledger told.

use axum::http::{Request, StatusCode};
use kernel::Role;
use office::ledger;
use office::organization::Recipient;
use office::records::queries::record_in;
use testkit::TestHouse;

use crate::desk::Desk;

const PAGE: &str = "/noi-bo/ho-so-goc/khen-thuong";
const HEAD: &str = "Mã cán bộ;Danh hiệu;Năm;Số QĐ;Ngày QĐ\n";

async fn sent(desk: &Desk, rows: &str, trial: bool) -> (StatusCode, String) {
    let trial = if trial { "\r\n--x\r\nContent-Disposition: form-data; name=\"thu\"\r\n\r\nco" } else { "" };
    let body = format!(
        "--x\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"a.csv\"\r\n\r\n{HEAD}{rows}{trial}\r\n--x--\r\n"
    );
    let (status, bytes) = desk.upload(&format!("{PAGE}/nhap"), "x", body).await;
    (status, String::from_utf8_lossy(&bytes).into_owned())
}

#[tokio::test]
async fn awards_are_tried_then_written_once_and_the_ledger_knows_the_sheet() {
    let house = TestHouse::sqlite().await;
    let unit = house.unit("KT", "Phòng Kinh tế").await;
    let hoa = Recipient::Person(house.staff("VP-01", "Lò Thị Hoa", unit).await);
    let desk = Desk::in_house(house, Role::Standing, None).await;
    let held = async || {
        let mut tx = desk.house.db.read().await.expect("a transaction");
        record_in(&mut tx, hoa).await.expect("a record").awards.len()
    };
    let (status, page) = desk.get("/noi-bo/ho-so-goc").await;
    assert!(status.is_success() && page.contains(&format!("{PAGE}/nhap")), "the registers lead there: {page}");
    let (status, page) = desk.get(&format!("{PAGE}/nhap")).await;
    assert!(status.is_success() && page.contains(&format!("{PAGE}/mau.xlsx")), "{page}");
    let (status, template) = desk.send(Request::get(format!("{PAGE}/mau.xlsx")), String::new()).await;
    assert!(status.is_success() && template.starts_with(b"PK"));

    let row = "VP-01;Lao động tiên tiến;2024;9/QĐ-VPUB;20/12/2024\n";
    let (status, page) = sent(&desk, row, true).await;
    assert!(status.is_success() && page.contains("Kiểm tra thử, chưa ghi"), "{page}");
    assert_eq!(held().await, 0, "a trial writes nothing");
    let (_, page) = sent(&desk, row, false).await;
    assert!(page.contains("Đã nhập") && page.contains("1 thêm mới"), "{page}");
    let (_, page) = sent(&desk, row, false).await;
    assert!(page.contains("1 không đổi"), "{page}");
    assert_eq!(held().await, 1, "the same sheet twice is one award");
    let mut tx = desk.house.db.read().await.expect("a transaction");
    let counts = ledger::queries::counts_since(&mut tx, kernel::Timestamp::MIN).await.expect("numbers");
    drop(tx);
    let imports = counts.iter().find(|(action, _)| action == "records.import_awards").map(|(_, many)| *many);
    assert_eq!(imports, Some(2), "each sheet that was brought in is an entry, a trial is none");
}

#[tokio::test]
async fn each_fault_is_named_by_row_and_column_and_nothing_is_written() {
    let house = TestHouse::sqlite().await;
    let unit = house.unit("KT", "Phòng Kinh tế").await;
    let hoa = Recipient::Person(house.staff("VP-01", "Lò Thị Hoa", unit).await);
    let desk = Desk::in_house(house, Role::Standing, None).await;
    let rows = "VP-01;Lao động tiên tiến;2024;9/QĐ-VPUB;20/12/2024\n\
        VP-01;Lao động tiên tiến;2023;8/QĐ-VPUB;31/02/2023\n\
        VP-99;Lao động tiên tiến;2023;8/QĐ-VPUB;20/12/2023\n";
    let (status, page) = sent(&desk, rows, false).await;
    assert!(status.is_success() && page.contains("Chưa ghi gì vì còn lỗi"), "{page}");
    assert!(page.contains("class=\"num\">3</th><td>Ngày quyết định"), "the cell of row 3: {page}");
    assert!(page.contains("31/02/2023") && page.contains("VP-99"), "what was typed is shown: {page}");
    assert!(page.contains("Không có mã này trong hệ thống"), "{page}");
    let mut tx = desk.house.db.read().await.expect("a transaction");
    assert!(record_in(&mut tx, hoa).await.expect("a record").awards.is_empty());
    drop(tx);
    let (status, page) = desk.post(&format!("{PAGE}/nhap"), &[]).await;
    assert!(status.is_client_error(), "a form without a file is no sheet: {page}");
    let none = "--x\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"\"\r\n\r\n\r\n--x--\r\n";
    let (status, page) = desk.upload(&format!("{PAGE}/nhap"), "x", none.to_owned()).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(String::from_utf8_lossy(&page).contains("Chọn tệp .xlsx hoặc .csv"));
}
