//! The register of enterprises, on pages: the same tax code twice, doubles, support, conversions, bad input.

use crate::desk::{Desk, encoded as form};
use axum::http::{Request, StatusCode};
use kernel::Role;
use testkit::TestHouse;

const LIST: &str = "/noi-bo/doanh-nghiep";

/// The standing body's desk, and the unit for which it records.
async fn desk() -> (Desk, String) {
    let house = TestHouse::sqlite().await;
    let unit = house.unit("KT", "Phòng Kinh tế").await;
    (Desk::in_house(house, Role::Standing, None).await, unit.to_string())
}

/// Takes an entry in; answers the address of its page.
async fn add(desk: &Desk, tax_code: &str, name: &str, kind: &str) -> String {
    let (status, place) = desk.place(LIST, form(&[("ma-so", tax_code), ("ten", name), ("loai", kind)])).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    place
}

#[tokio::test]
async fn the_same_tax_code_twice_leads_to_the_known_entry_and_fills_its_blanks() {
    let (desk, _) = desk().await;
    let known = add(&desk, "5500123456", "Hợp tác xã Xoài", "cooperative").await;
    let again = [("ma-so", "5500.123.456"), ("ten", "HTX xoài <b>"), ("loai", "cooperative"), ("xa", "Xã Yên Châu")];
    let (status, text) = desk.post(LIST, &again).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("Gộp vào hồ sơ đã có") && text.contains(&known), "no prompt to merge");
    assert!(text.contains("HTX xoài &#60;b&#62;") && !text.contains("xoài <b>"), "the form comes back as text");
    let merged = [&again[..], &[("phien-ban", "1")]].concat();
    let (status, place) = desk.place(&format!("{known}/bo-sung"), form(&merged)).await;
    assert_eq!((status, place.as_str()), (StatusCode::SEE_OTHER, known.as_str()));
    let (_, text) = desk.get(&known).await;
    assert!(text.contains("Xã Yên Châu") && text.contains("Hợp tác xã Xoài"), "blanks are filled, the name stays");
    let (_, list) = desk.get(&format!("{LIST}?tim=hop+tac+xa")).await;
    assert!(list.contains("1 hồ sơ trong sổ"), "one entry");
    let (status, _) = desk.post(&format!("{known}/bo-sung"), &merged).await;
    assert_eq!(status, StatusCode::CONFLICT, "what was read has changed");
}

#[tokio::test]
async fn a_form_with_faults_comes_back_filled() {
    let (desk, _) = desk().await;
    for (fields, words) in [
        (&[("ma-so", "55OO123456"), ("ten", "Công ty"), ("loai", "enterprise")][..], "chưa đúng dạng"),
        (&[("ma-so", "5500123456"), ("ten", " "), ("loai", "enterprise")][..], "Nhập tên"),
        (&[("ma-so", "5500123456"), ("ten", "Công ty"), ("loai", "tap-doan")][..], "Chọn loại"),
        (
            &[("ma-so", "5500123456"), ("ten", "Hộ"), ("loai", "household"), ("quy-mo", "large")][..],
            "chỉ doanh nghiệp có quy mô",
        ),
    ] {
        let (status, text) = desk.post(LIST, fields).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{words}");
        let words = words.to_lowercase();
        assert!(text.to_lowercase().contains(&words) && text.contains(fields[0].1), "{words}");
    }
    let long = "x".repeat(100_000);
    let (status, _) = desk.post(LIST, &[("ten", &long), ("loai", "enterprise")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let (status, text) = desk.get(&format!("{LIST}/viec?tu-ngay=31/02/2026")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{text}");
}

#[tokio::test]
async fn doubles_are_seen_side_by_side_merged_and_parted() {
    let (desk, _) = desk().await;
    let stays = add(&desk, "5500900203", "Hợp tác xã Mận hậu", "cooperative").await;
    let double = add(&desk, "", "hợp tác xã mận hậu", "cooperative").await;
    let (_, list) = desk.get(LIST).await;
    assert!(list.contains("Có thể trùng"), "the same name is suspected");
    let id = |page: &str| page.rsplit('/').next().expect("an id").to_owned();
    let (status, text) = desk.get(&format!("{stays}/gop?voi={}", id(&double))).await;
    assert!(status.is_success() && text.contains("Hồ sơ giữ lại"), "{status}");
    let unchosen = [("voi", id(&double)), ("phien-ban", "1".to_owned()), ("phien-ban-kia", "1".to_owned())];
    let fields: Vec<_> = unchosen.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let (status, text) = desk.post(&format!("{stays}/gop"), &fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{text}");
    let kept = id(&stays);
    let chosen = [&fields[..], &[("giu", kept.as_str())]].concat();
    let (status, place) = desk.place(&format!("{stays}/gop"), form(&chosen)).await;
    assert_eq!((status, place.as_str()), (StatusCode::SEE_OTHER, stays.as_str()));
    let (status, _) = desk.get(&double).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "the double leads to the entry that stays");
    let foreign = add(&desk, "5500900101", "Công ty", "enterprise").await;
    let (status, _) = desk.post(&format!("{foreign}/tach"), &[("ho-so", &id(&double)), ("phien-ban", "2")]).await;
    assert_eq!(status, StatusCode::NOT_FOUND, "not a double of that one");
    let (status, place) =
        desk.place(&format!("{stays}/tach"), form(&[("ho-so", &id(&double)), ("phien-ban", "2")])).await;
    assert_eq!((status, place.as_str()), (StatusCode::SEE_OTHER, double.as_str()));
}

#[tokio::test]
async fn support_and_conversions_are_recorded_counted_and_withdrawn() {
    let (desk, unit) = desk().await;
    let household = add(&desk, "5500900301", "Hộ Thêu Piêu", "household").await;
    let help = [
        ("loai-ho-tro", "startup"),
        ("ho-tro", "Hướng dẫn hồ sơ"),
        ("ngay-ho-tro", "20/11/2026"),
        ("khoan-ho-tro", "III.4"),
        ("don-vi-ho-tro", &unit),
    ];
    let address = format!("{household}/ho-tro");
    let (status, text) = desk.post(&address, &help[..4]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("Hướng dẫn hồ sơ") && text.contains("Chọn đơn vị đã làm"));
    let (status, _) = desk.place(&address, form(&help)).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (status, text) = desk.post(&address, &help).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "the same twice");
    assert!(text.contains("mỗi việc ghi một lần"));
    let becomes = [
        ("ma-so-moi", "5500900401"),
        ("ten-moi", "Công ty TNHH Thêu Piêu"),
        ("ngay-chuyen", "21/11/2026"),
        ("khoan-chuyen", "III.4"),
        ("don-vi-chuyen", &unit),
    ];
    let address = format!("{household}/thanh-doanh-nghiep");
    let (status, _) = desk.place(&address, form(&becomes)).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (status, text) = desk.post(&address, &becomes).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "counted once");
    assert!(text.contains("mỗi việc ghi một lần"));
    let (_, text) = desk.get(&format!("{LIST}/viec")).await;
    assert!(text.contains("<dt>hộ kinh doanh thành doanh nghiệp</dt><dd>1</dd>"), "{text}");
    let (_, list) = desk.get(&format!("{LIST}?loai=household")).await;
    assert!(list.contains("0 hồ sơ trong sổ"), "no household any more");
    let (_, plan) = desk.get("/noi-bo/ke-hoach").await;
    assert!(plan.contains("việc với doanh nghiệp, HTX, hộ"), "the clause shows it");
    let (_, ledger) = desk.get("/noi-bo/nhat-ky").await;
    assert!(!ledger.contains("Hộ Thêu Piêu"), "no name in the ledger");
}

#[tokio::test]
async fn a_sheet_that_is_none_is_refused_and_the_template_is_handed_out() {
    let (desk, _) = desk().await;
    let (status, bytes) = desk.send(Request::get(format!("{LIST}/mau.xlsx")), String::new()).await;
    assert!(status.is_success() && bytes.starts_with(b"PK"));
    let body = "--x\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"a.xlsx\"\r\n\r\nMZ\u{0}\r\n--x--\r\n";
    let (status, bytes) = desk.upload(&format!("{LIST}/nhap"), "x", body.to_owned()).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{}", String::from_utf8_lossy(&bytes));
    let csv = "Mã số thuế;Tên;Loại\n550;Công ty;Doanh nghiệp\n";
    let body = format!(
        "--x\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"a.csv\"\r\n\r\n{csv}\r\n--x\r\nContent-Disposition: form-data; name=\"thu\"\r\n\r\nco\r\n--x--\r\n"
    );
    let (status, bytes) = desk.upload(&format!("{LIST}/nhap"), "x", body).await;
    let text = String::from_utf8_lossy(&bytes);
    assert!(status.is_success() && text.contains("Mã số thuế gồm 10 chữ số"), "{status} {text}");
}
