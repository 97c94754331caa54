use jiff::civil::date;
use typst::layout::{Frame, FrameItem, Point};

use super::{Certificate, Field, Form, Stock, Verification, certificate, certificates, layout};
use crate::error::PaperError;
use crate::paper::Signer;
use crate::typesetting::{self, Template};

fn merit() -> Certificate {
    Certificate {
        form: Form::GiayKhen,
        authority: "CHÁNH VĂN PHÒNG ỦY BAN NHÂN DÂN TỈNH SƠN LA".into(),
        title: None,
        recipient: "Bà Đỗ Thị Ánh".into(),
        recipient_lines: vec!["Chuyên viên, Phòng Kiểm soát thủ tục hành chính".into()],
        achievement: "Đã có thành tích xuất sắc trong phong trào thi đua năm 2026".into(),
        decision_number: Some("05/QĐ-VPUB".into()),
        decided_on: date(2027, 2, 5),
        place: "Sơn La".into(),
        issued_on: date(2027, 2, 5),
        signer: Signer { capacity: vec!["CHÁNH VĂN PHÒNG".into()], name: "Nguyễn Văn Đạt".into() },
        verification: Some(Verification {
            code: "7K3M-P2QX".into(),
            url: "https://thidua.example/tra-cuu/7K3MP2QX".into(),
        }),
        register_number: Some("12/2027".into()),
    }
}

/// Every text of the first page with the place of its base line, in millimetres.
fn placed(list: &[(Certificate, Stock)]) -> Vec<(String, f64, f64, f64)> {
    let data = layout::document(list.iter().map(|(certificate, stock)| (certificate, stock))).unwrap();
    let document = typesetting::set(Template::Certificates, data).unwrap();
    let mut found = Vec::new();
    collect(&document.pages()[0].frame, Point::zero(), &mut found);
    found
}

fn collect(frame: &Frame, origin: Point, found: &mut Vec<(String, f64, f64, f64)>) {
    for (at, item) in frame.items() {
        let at = origin + *at;
        match item {
            FrameItem::Group(group) => collect(&group.frame, at, found),
            FrameItem::Text(text) => {
                found.push((text.text.to_string(), at.x.to_mm(), at.y.to_mm(), text.width().to_mm()));
            }
            _ => {}
        }
    }
}

#[test]
fn words_on_preprinted_stock_stand_within_a_millimetre_of_their_measured_places() {
    let mut stock = Stock::preprinted_a4();
    stock.shift_right = 1.5;
    stock.shift_down = -2.0;
    let found = placed(&[(merit(), stock.clone())]);
    for field in [Field::Recipient, Field::Achievement, Field::Register, Field::Dateline, Field::Signer] {
        let words = merit().words(field).unwrap();
        let spot = &stock.spots[&field];
        let (_, x, y, width) = found.iter().find(|(text, ..)| *text == words).unwrap_or_else(|| panic!("{words}"));
        assert!((y - (spot.baseline - 2.0)).abs() < 0.1, "{words}: base line at {y}");
        match spot.align {
            crate::paper::Align::Left => assert!((x - (spot.x + 1.5)).abs() < 0.1, "{words}: begins at {x}"),
            _ => {
                let middle = x + width / 2.0;
                assert!((middle - (spot.x + 1.5 + spot.width / 2.0)).abs() < 0.5, "{words}: middle at {middle}");
            }
        }
    }
}

#[test]
fn a_very_long_name_reaches_no_other_words_on_one_line_or_on_two() {
    for lines in [1, 2, 6] {
        let mut stock = Stock::preprinted_a4();
        stock.spots.get_mut(&Field::Recipient).unwrap().lines = lines;
        let name = "Công ty trách nhiệm hữu hạn một thành viên Thương mại và Dịch vụ du lịch sinh thái, nghỉ dưỡng";
        let name = format!("{name} cộng đồng các dân tộc vùng cao Mộc Châu – Vân Hồ Sơn La");
        let long = Certificate { recipient: name.clone(), ..merit() };
        let found = placed(&[(long, stock.clone())]);
        let (spot, next) = (&stock.spots[&Field::Recipient], stock.spots[&Field::RecipientLines].baseline);
        let its: Vec<_> = found.iter().filter(|(text, ..)| name.contains(text.as_str()) && text.len() > 20).collect();
        let told: Vec<&str> = its.iter().map(|(text, ..)| text.as_str()).collect();
        assert_eq!(told.join(" "), name, "every word is there");
        for (text, x, y, width) in its {
            assert!(*width <= spot.width + 0.1 && *x >= spot.x - 0.1, "{lines}: {text}");
            assert!(*y < next - 4.5, "{lines}: {text} stands at {y}, the next line at {next}");
        }
    }
}

#[test]
fn preprinted_stock_gets_no_words_that_it_already_has() {
    let texts: Vec<String> = placed(&[(merit(), Stock::preprinted_a4())]).into_iter().map(|found| found.0).collect();
    assert!(texts.iter().all(|text| !text.contains("GIẤY KHEN") && !text.contains("CỘNG HÒA")), "{texts:?}");
    assert!(texts.contains(&"Bà Đỗ Thị Ánh".to_owned()));
}

#[test]
fn a_very_long_name_stays_inside_its_box() {
    let mut long = merit();
    long.recipient =
        "Tập thể cán bộ, công chức, viên chức và người lao động Trung tâm Phục vụ hành chính công tỉnh Sơn La".into();
    let spot = Stock::a4().spots[&Field::Recipient].clone();
    let found = placed(&[(long.clone(), Stock::a4())]);
    let name: Vec<_> = found.iter().filter(|(text, ..)| long.recipient.contains(text.as_str())).collect();
    let joined = name.iter().map(|(text, ..)| text.as_str()).collect::<Vec<_>>().join(" ");
    assert_eq!(joined, long.recipient);
    for (text, x, _, width) in name {
        assert!(*x >= spot.x - 0.1 && x + width <= spot.x + spot.width + 0.1, "{text} from {x}, {width} wide");
    }
}

#[test]
fn the_design_puts_nothing_outside_the_sheet_or_over_other_words() {
    let mut found = placed(&[(merit(), Stock::a4())]);
    found.sort_by(|a, b| a.2.total_cmp(&b.2));
    for (text, x, y, width) in &found {
        assert!(*x > 18.0 && x + width < 279.0 && *y > 18.0 && *y < 192.0, "{text} at {x}, {y}");
    }
}

#[test]
fn a_bundle_has_one_page_for_each_certificate() {
    let list: Vec<_> = (1..=3)
        .map(|number| (Certificate { recipient: format!("Ông Người {number}"), ..merit() }, Stock::a4()))
        .collect();
    let pdf = lopdf::Document::load_mem(&certificates(&list).unwrap()).unwrap();
    assert_eq!(pdf.get_pages().len(), 3);
}

#[test]
fn five_hundred_certificates_are_one_job() {
    let list: Vec<_> = (1..=500)
        .map(|number| (Certificate { recipient: format!("Bà Đỗ Thị {number}"), ..merit() }, Stock::preprinted_a4()))
        .collect();
    let pdf = lopdf::Document::load_mem(&certificates(&list).unwrap()).unwrap();
    assert_eq!(pdf.get_pages().len(), 500);
}

#[test]
fn the_qr_code_has_words_for_those_who_cannot_see_it() {
    let data = layout::document(std::iter::once((&merit(), &Stock::a4()))).unwrap();
    assert!(data.contains("Mã QR tra cứu giấy này tại https://thidua.example/tra-cuu/7K3MP2QX"));
}

#[test]
fn a_certificate_without_a_name_is_refused_with_its_place_in_the_list() {
    let nameless = Certificate { recipient: "  ".into(), ..merit() };
    let refused = certificates(&[(merit(), Stock::a4()), (nameless, Stock::a4())]).unwrap_err();
    assert!(matches!(refused, PaperError::Incomplete { index: 2, .. }), "{refused}");
}

#[test]
fn an_address_that_no_qr_code_can_hold_is_refused() {
    let mut long = merit();
    long.verification = Some(Verification { code: "X".into(), url: "x".repeat(4000) });
    assert!(matches!(certificate(&long, &Stock::a4()), Err(PaperError::AddressTooLong { length: 4000 })));
}

#[test]
fn a_stock_survives_being_kept_as_json() {
    let kept = serde_json::to_string(&Stock::a4()).unwrap();
    assert_eq!(serde_json::from_str::<Stock>(&kept).unwrap(), Stock::a4());
}

#[test]
fn a_certificate_is_an_archive_file_whose_words_are_read_back() {
    let document = lopdf::Document::load_mem(&certificate(&merit(), &Stock::a4()).unwrap()).unwrap();
    let metadata = document.catalog().unwrap().get(b"Metadata").unwrap().as_reference().unwrap();
    let stream = document.get_object(metadata).unwrap().as_stream().unwrap();
    let xmp = String::from_utf8(stream.decompressed_content().unwrap_or_else(|_| stream.content.clone())).unwrap();
    assert!(xmp.contains("<pdfaid:part>2</pdfaid:part>"), "{xmp}");
    assert!(xmp.contains("GIẤY KHEN - Bà Đỗ Thị Ánh"), "{xmp}");
    let text: String = document.extract_text(&[1]).unwrap().split_whitespace().collect();
    for field in [Field::Recipient, Field::Achievement, Field::Signer, Field::Code] {
        let words: String = merit().words(field).unwrap().split_whitespace().collect();
        assert!(text.contains(&words), "{words} in {text}");
    }
}
