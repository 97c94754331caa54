//! The book of the reward fund on its page: written, taken back, refused in place, handed out as a sheet.

use crate::desk::Desk;
use axum::http::{Request, StatusCode};
use kernel::Role;

const BOOK: &str = "/noi-bo/quy-khen-thuong";

fn fields<'a>(kind: &'a str, amount: &'a str, day: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("loai", kind),
        ("so-tien", amount),
        ("ngay", day),
        ("nam", "2026"),
        ("chung-tu", "Phiếu thu PT-01"),
        ("noi-dung", "Kinh phí của năm"),
    ]
}

/// The address of the first entry the book links to.
fn first_entry(page: &str) -> String {
    let (_, rest) = page.split_once("<th scope=\"row\"><a href=\"/noi-bo/quy-khen-thuong/").expect("an entry");
    format!("{BOOK}/{}", rest.split_once('"').expect("an address").0)
}

#[tokio::test]
async fn an_entry_is_written_and_taken_back_on_the_page() {
    let desk = Desk::of(Role::Standing).await;
    let (status, page) = desk.post(BOOK, &fields("budget", "240.000.000 đ", "12/01/2026")).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    let (_, page) = desk.get(BOOK).await;
    assert!(page.contains("Ngân sách cấp") && page.contains("<b>240.000.000 đ</b>") && page.contains("khớp"), "{page}");
    let entry = first_entry(&page);
    let (status, page) = desk.post(&format!("{entry}/dao"), &[("ly-do", "nhầm")]).await;
    assert_eq!((status, page.contains("Ghi rõ lý do, ít nhất 10 ký tự")), (StatusCode::UNPROCESSABLE_ENTITY, true));
    let reason = [("ly-do", "Ghi nhầm chứng từ của đơn vị khác")];
    let (status, _) = desk.post(&format!("{entry}/dao"), &reason).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (status, page) = desk.post(&format!("{entry}/dao"), &reason).await;
    assert_eq!(
        (status, page.contains("đã được đảo bằng bút toán số 2/2026")),
        (StatusCode::UNPROCESSABLE_ENTITY, true)
    );
    let (_, page) = desk.get(BOOK).await;
    assert!(page.contains("-240.000.000 đ") && page.contains("bút toán đảo") && page.contains("<b>0 đ</b>"), "{page}");
    let (_, page) = desk.get(&format!("{BOOK}?ben=expense")).await;
    assert!(page.contains("0 / 2 dòng"), "narrowed to expenses: {page}");
}

#[tokio::test]
async fn what_is_typed_wrong_comes_back_in_its_field() {
    let desk = Desk::of(Role::Standing).await;
    for (kind, amount, day, told) in [
        ("", "1", "12/01/2026", "Chọn loại thu, chi hoặc dự toán"),
        ("budget", "1.5", "12/01/2026", "không phải là số"),
        ("budget", "-5", "12/01/2026", "Số tiền phải lớn hơn 0"),
        ("budget", "99999999999999999999", "12/01/2026", "quá lớn"),
        ("budget", "5", "31/02/2026", "31/02/2026"),
        ("budget", "5", "24/11/2026", "sau hôm nay"),
        ("budget", "5", "12/01/2025", "không thuộc năm 2026"),
        ("recovered", "5", "12/01/2026", "không nhập tay"),
    ] {
        let (status, page) = desk.post(BOOK, &fields(kind, amount, day)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{kind} {amount} {day}");
        assert!(
            page.contains(told) && page.contains("value=\"Phiếu thu PT-01\""),
            "{told}: the form comes back filled"
        );
    }
    let (status, page) = desk.post(&format!("{BOOK}/khoa-so"), &[("nam", "2026")]).await;
    assert_eq!((status, page.contains("Năm 2026 chưa hết")), (StatusCode::UNPROCESSABLE_ENTITY, true), "{page}");
    let (_, page) = desk.get(BOOK).await;
    assert!(page.contains("0 / 0 dòng"), "nothing was written");
    for odd in ["abc", "99999", "-1"] {
        assert_eq!(desk.get(&format!("{BOOK}?nam={odd}")).await.0, StatusCode::OK, "{odd}");
    }
}

#[tokio::test]
async fn what_the_office_sets_needs_its_document_and_the_book_as_it_was_read() {
    let desk = Desk::of(Role::Standing).await;
    let set = format!("{BOOK}/thiet-lap");
    let of = |days: &'static str, share: &'static str, document: &'static str| {
        [("so-ngay", days), ("ty-le", share), ("van-ban", document), ("phien-ban", "0")]
    };
    for bad in [of("abc", "", "QĐ 1"), of("400", "", "QĐ 1"), of("", "120", "QĐ 1"), of("30", "20", " ")] {
        assert_eq!(desk.post(&set, &bad).await.0, StatusCode::UNPROCESSABLE_ENTITY, "{bad:?}");
    }
    assert_eq!(desk.post(&set, &of("30", "20", "Quy chế 1")).await.0, StatusCode::SEE_OTHER);
    assert_eq!(desk.post(&set, &of("31", "20", "Quy chế 1")).await.0, StatusCode::CONFLICT, "written over meanwhile");
    desk.post(BOOK, &fields("budget", "1.000.000", "12/01/2026")).await;
    desk.post(BOOK, &fields("review", "200.001", "12/02/2026")).await;
    let (_, page) = desk.get(BOOK).await;
    assert!(page.contains("20,01%") && page.contains("vượt mức cơ quan đặt ra là") && page.contains("20%"), "{page}");
}

#[tokio::test]
async fn the_book_goes_out_as_a_sheet_with_its_balances() {
    let desk = Desk::of(Role::Standing).await;
    desk.post(BOOK, &fields("budget", "1.000.000", "12/01/2026")).await;
    let (status, bytes) = desk.send(Request::get(format!("{BOOK}/so.xlsx?nam=2026")), String::new()).await;
    assert_eq!(status, StatusCode::OK);
    let mut told = String::new();
    let each = |row: papers::sheet::Row| {
        told.push_str(&format!("{row:?}"));
        std::ops::ControlFlow::Continue(())
    };
    papers::sheet::walk(&bytes, &papers::sheet::Limits::default(), each).expect("a sheet");
    assert!(told.contains("Ngân sách cấp") && told.contains("1/2026") && told.contains("1000000"), "{told}");
}
