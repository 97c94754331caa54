//! The record entered by hand: what is typed stands in the registers, what cannot be is sent back filled.

use crate::desk::Desk;
use axum::http::StatusCode;
use kernel::Role;
use office::organization::Recipient;
use office::records::queries::{Asked, record_in, sourced};
use rules::facts::{RatingLevel, Selection, Stage};
use testkit::{TODAY, TestHouse};

/// A field of a form with what is typed into it.
type Field = (&'static str, &'static str);

/// A house with one unit and two people, and the standing body at its desk.
async fn scene() -> (Desk, Recipient, Recipient) {
    let house = TestHouse::sqlite().await;
    let unit = house.unit("KT", "Phòng Kinh tế").await;
    let hoa = house.staff("VP-01", "Lò Thị Hoa", unit).await;
    house.staff("VP-02", "Nguyễn Văn An", unit).await;
    (Desk::in_house(house, Role::Standing, None).await, Recipient::Person(hoa), Recipient::Unit(unit))
}

async fn entered(desk: &Desk, recipient: Recipient, what: &str, fields: &[(&str, &str)]) {
    let (status, text) = desk.post(&format!("/noi-bo/ho-so-goc/{recipient}/{what}"), fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{what}: {text}");
}

#[tokio::test]
async fn every_register_takes_an_entry_and_the_rule_book_is_told_of_it() {
    let (desk, hoa, _) = scene().await;
    let rating = [("xl-nam", "2025"), ("xl-muc", "excellent"), ("xl-ngay", "20/12/2025"), ("xl-van-ban", "BB 12")];
    entered(&desk, hoa, "xep-loai", &rating).await;
    let award = [
        ("kt-hinh-thuc", "cstdcs"),
        ("kt-nam", "2025"),
        ("kt-loai", "merit"),
        ("kt-so", "12/QĐ-VPUB"),
        ("kt-ngay", "25/12/2025"),
    ];
    entered(&desk, hoa, "khen-thuong", &award).await;
    let achievement =
        [("tt-ma", "TT-01"), ("tt-nam", "2026"), ("tt-muc", "II.1"), ("tt-tom-tat", "Giúp 12 hộ lên doanh nghiệp")];
    entered(&desk, hoa, "thanh-tich", &achievement).await;
    let result = [
        ("pt-nam", "2026"),
        ("pt-dip", "annual"),
        ("pt-ket-qua", "outstanding"),
        ("pt-dan-dau", "1"),
        ("pt-van-ban", "Biên bản bình xét 21"),
    ];
    entered(&desk, hoa, "phong-trao", &result).await;
    let initiative =
        [("sk-ma", "SK-01"), ("sk-ten", "Một cửa số"), ("sk-pham-vi", "co_so"), ("sk-dong-tac-gia", "VP-02 40%")];
    entered(&desk, hoa, "sang-kien", &initiative).await;
    let discipline =
        [("kl-muc", "khien_trach"), ("kl-tu", "01/02/2024"), ("kl-het", "01/02/2025"), ("kl-van-ban", "QĐ 3")];
    entered(&desk, hoa, "ky-luat", &discipline).await;
    entered(&desk, hoa, "tam-dung", &[("td-loai", "press"), ("td-tu", "01/11/2026"), ("td-van-ban", "CV 9")]).await;
    let mut tx = desk.house.db.read().await.expect("a transaction");
    let record = record_in(&mut tx, hoa).await.expect("a record");
    drop(tx);
    let (first, hold) = (&record.initiatives[0], &record.holds[0]);
    assert_eq!(first.authors.iter().map(|one| one.share_percent).collect::<Vec<_>>(), [60, 40]);
    let recognition =
        [("cn-ngay", "10/11/2026"), ("cn-pham-vi", "co_so"), ("cn-nhan-rong", "1"), ("cn-van-ban", "QĐ 7")];
    entered(&desk, hoa, &format!("sang-kien/{}", first.id), &recognition).await;
    entered(&desk, hoa, &format!("tam-dung/{}", hold.id), &[("kt-tam-dung", "20/11/2026"), ("kt-ket-luan", "KL 1")])
        .await;
    let mut tx = desk.house.db.read().await.expect("a transaction");
    let facts = sourced(&mut tx, hoa, &Asked::on(TODAY, Stage::Annual)).await.expect("facts").expect("a person").facts;
    drop(tx);
    assert_eq!(facts.ratings.expect("known")[0].level, RatingLevel::Excellent);
    assert_eq!((facts.awards.expect("known").len(), facts.initiatives.expect("known").len()), (1, 1));
    assert_eq!(facts.achievements.expect("known")[0].id, "TT-01");
    let movement = facts.movement.expect("the movement");
    assert_eq!((movement.selected, movement.leads), (Some(Selection::Outstanding), Some(true)));
    assert_eq!((facts.discipline, facts.holds), (None, None), "over, and nobody declared the registers complete");
    for register in ["discipline", "holds"] {
        let fields = [("so", register), ("tu-ngay", "01/01/2020"), ("van-ban", "Đối chiếu hồ sơ giấy")];
        let (status, _) = desk.post("/noi-bo/ho-so-goc", &fields).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{register}");
    }
    let mut tx = desk.house.db.read().await.expect("a transaction");
    let facts = sourced(&mut tx, hoa, &Asked::on(TODAY, Stage::Annual)).await.expect("facts").expect("a person").facts;
    assert_eq!((facts.discipline.map(|list| list.len()), facts.holds.map(|list| list.len())), (Some(1), Some(1)));
    let (status, text) = desk.get(&format!("/noi-bo/ho-so-goc/{hoa}")).await;
    assert_eq!(status, StatusCode::OK);
    for told in ["12/QĐ-VPUB", "SK-01", "TT-01", "khiển trách", "BB 12", "Biên bản bình xét 21"] {
        assert!(text.contains(told), "{told} is not on the page");
    }
    assert!(text.contains("xuất sắc tiêu biểu; dẫn đầu phong trào"));
    let (status, text) = desk.get(&format!("/noi-bo/con-nguoi/{}", hoa.id())).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("2026, hằng năm") && text.contains("Biên bản bình xét 21"), "the person's own page tells it");
}

#[tokio::test]
async fn what_cannot_be_entered_comes_back_filled_and_nothing_is_written() {
    let (desk, hoa, unit) = scene().await;
    let before = office::ledger::service::verify(&desk.house.db, &desk.house.keys).await.expect("an answer").entries;
    let cases: [(&str, &[Field], &str); 12] = [
        (
            "phong-trao",
            &[("pt-nam", "2025"), ("pt-dip", "annual"), ("pt-ket-qua", "selected"), ("pt-van-ban", "BB 20")],
            "không thuộc thời gian của phong trào; nhập từ 2026",
        ),
        (
            "phong-trao",
            &[
                ("pt-nam", "2026"),
                ("pt-dip", "annual"),
                ("pt-ket-qua", "none"),
                ("pt-dan-dau", "1"),
                ("pt-van-ban", "BB 20"),
            ],
            "Không được bình xét thì không dẫn đầu phong trào",
        ),
        (
            "phong-trao",
            &[("pt-nam", "2026"), ("pt-dip", "annual"), ("pt-ket-qua", "selected"), ("pt-van-ban", "")],
            r#"id="pt-nam" name="pt-nam" value="2026""#,
        ),
        (
            "phong-trao",
            &[("pt-nam", "2099"), ("pt-dip", "annual"), ("pt-ket-qua", "selected"), ("pt-van-ban", "BB 21")],
            "BB 21",
        ),
        (
            "phong-trao",
            &[("pt-nam", "2026"), ("pt-dip", "none"), ("pt-ket-qua", "selected"), ("pt-van-ban", "BB 22")],
            "BB 22",
        ),
        (
            "xep-loai",
            &[("xl-nam", "2025"), ("xl-muc", "good"), ("xl-ngay", "31/02/2026"), ("xl-van-ban", "x")],
            "31/02/2026",
        ),
        ("xep-loai", &[("xl-nam", "2099"), ("xl-muc", "good"), ("xl-ngay", "01/02/2026"), ("xl-van-ban", "x")], "2099"),
        ("khen-thuong", &[("kt-hinh-thuc", "khong_co"), ("kt-nam", "2025"), ("kt-so", "99/QĐ")], "99/QĐ"),
        (
            "thanh-tich",
            &[("tt-ma", "T1"), ("tt-nam", "2026"), ("tt-muc", "IX.9"), ("tt-tom-tat", "Việc tốt")],
            "Việc tốt",
        ),
        (
            "sang-kien",
            &[("sk-ma", "S1"), ("sk-ten", "T"), ("sk-pham-vi", "co_so"), ("sk-dong-tac-gia", "VP-99 40")],
            "VP-99",
        ),
        (
            "sang-kien",
            &[("sk-ma", "S1"), ("sk-ten", "T"), ("sk-pham-vi", "co_so"), ("sk-dong-tac-gia", "VP-02 120")],
            "VP-02 120",
        ),
        (
            "ky-luat",
            &[("kl-muc", "canh_cao"), ("kl-tu", "02/01/2026"), ("kl-het", "01/01/2026"), ("kl-van-ban", "QĐ 8")],
            "QĐ 8",
        ),
    ];
    for (what, fields, kept) in cases {
        let (status, text) = desk.post(&format!("/noi-bo/ho-so-goc/{hoa}/{what}"), fields).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{what} {kept}");
        assert!(text.contains("error-summary") && text.contains(kept), "{what}: {kept} is lost");
    }
    let (status, _) =
        desk.post(&format!("/noi-bo/ho-so-goc/{unit}/sang-kien"), &[("sk-ma", "S"), ("sk-ten", "T")]).await;
    assert_eq!(status, StatusCode::NOT_FOUND, "a unit has no initiatives of its own");
    let after = office::ledger::service::verify(&desk.house.db, &desk.house.keys).await.expect("an answer").entries;
    assert_eq!(after, before);
}

#[tokio::test]
async fn a_unit_is_rated_on_one_page_and_only_what_changed_is_written() {
    let (desk, hoa, unit) = scene().await;
    let unit_id = unit.id().to_string();
    let (unit_field, hoa_field) = (format!("muc-{unit}"), format!("muc-{hoa}"));
    let mut fields = vec![
        ("don_vi", unit_id.as_str()),
        ("nam", "2026"),
        ("ngay", "20/11/2026"),
        ("van-ban", "BB 5"),
        (unit_field.as_str(), "excellent"),
        (hoa_field.as_str(), "good"),
    ];
    let (status, text) = desk.post("/noi-bo/ho-so-goc/xep-loai", &fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{text}");
    let ratings = async |recipient| {
        let mut tx = desk.house.db.read().await.expect("a transaction");
        let record = record_in(&mut tx, recipient).await.expect("a record");
        record.ratings.iter().map(|one| (one.revision, one.level)).collect::<Vec<_>>()
    };
    assert_eq!(ratings(hoa).await, [(1, RatingLevel::Good)]);
    fields[5].1 = "excellent";
    assert_eq!(desk.post("/noi-bo/ho-so-goc/xep-loai", &fields).await.0, StatusCode::SEE_OTHER);
    assert_eq!(ratings(hoa).await, [(1, RatingLevel::Good), (2, RatingLevel::Excellent)]);
    assert_eq!(ratings(unit).await, [(1, RatingLevel::Excellent)], "unchanged, so not written again");
    fields[3].1 = "";
    let (status, text) = desk.post("/noi-bo/ho-so-goc/xep-loai", &fields).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && text.contains("van-ban"), "{status}");
}
