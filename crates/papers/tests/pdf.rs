//! Papers read back with somebody else's PDF reader.

mod shelf;

use lopdf::Document;
use papers::PaperError;
use papers::paper::{Block, Column, Number, Table};

use shelf::{decision, minutes, submission, tally};

fn read(bytes: &[u8]) -> (Document, String) {
    let document = Document::load_mem(bytes).expect("a PDF that opens");
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    let text = document.extract_text(&pages).expect("text that can be read back");
    (document, text)
}

/// Text without spaces and line ends, which a reader puts back as it likes.
fn packed(text: &str) -> String {
    text.split_whitespace().collect()
}

fn metadata(document: &Document) -> String {
    let catalog = document.catalog().unwrap();
    let reference = catalog.get(b"Metadata").unwrap().as_reference().unwrap();
    let stream = document.get_object(reference).unwrap().as_stream().unwrap();
    let bytes = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
    String::from_utf8(bytes).unwrap()
}

#[test]
fn the_vietnamese_of_a_decision_is_read_back_letter_by_letter() {
    let (_, text) = read(&papers::pdf(&decision()).unwrap());
    for words in [
        "QUYẾT ĐỊNH",
        "Số: 05/QĐ-VPUB",
        "Sơn La, ngày 05 tháng 02 năm 2027",
        "Điều 1.",
        "Đỗ Thị Ánh 89",
        "KT. CHÁNH VĂN PHÒNG",
    ] {
        assert!(packed(&text).contains(&packed(words)), "{words} in {text}");
    }
}

#[test]
fn the_metadata_say_archive_part_two_accessible_and_vietnamese() {
    let (document, _) = read(&papers::pdf(&decision()).unwrap());
    let metadata = metadata(&document);
    assert!(metadata.contains("<pdfaid:part>2</pdfaid:part>"), "{metadata}");
    assert!(metadata.contains("<pdfaid:conformance>A</pdfaid:conformance>"), "{metadata}");
    assert!(metadata.contains("<pdfuaid:part>1</pdfuaid:part>"), "{metadata}");
    assert!(metadata.contains("QUYẾT ĐỊNH Về việc tặng Giấy khen năm 2026"), "{metadata}");
    let language = document.catalog().unwrap().get(b"Lang").unwrap().as_str().unwrap();
    assert_eq!(language, b"vi");
}

#[test]
fn a_table_repeats_its_header_on_every_page() {
    let (document, text) = read(&papers::pdf(&decision()).unwrap());
    let pages = document.get_pages().len();
    assert!(pages >= 4, "{pages} pages");
    assert_eq!(packed(&text).matches("Họvàtên").count(), pages - 1);
}

#[test]
fn template_marks_in_the_data_are_printed_as_they_are() {
    let (_, text) = read(&papers::pdf(&decision()).unwrap());
    assert!(packed(&text).contains(&packed("#set text(red) $x^2$ *không phải mã*")), "{text}");
}

#[test]
fn decomposed_letters_come_out_composed() {
    let mut paper = decision();
    paper.blocks = vec![Block::paragraph("Nguye\u{302}\u{303}n Thi\u{323} A\u{301}nh")];
    let (_, text) = read(&papers::pdf(&paper).unwrap());
    assert!(packed(&text).contains("NguyễnThịÁnh"), "{text}");
}

#[test]
fn minutes_a_submission_and_a_tally_sheet_can_be_set() {
    for (paper, words) in [
        (minutes(), ["BIÊN BẢN", "THƯ KÝ", "CHỦ TỌA"]),
        (submission(), ["TỜ TRÌNH", "Kính gửi: - Chủ tịch Ủy ban nhân dân tỉnh - Sở Nội vụ", "Lưu: VT"]),
        (tally(), ["BIÊN BẢN KIỂM PHIẾU", "TRƯỞNG BAN KIỂM PHIẾU", "Phiếu đồng ý"]),
    ] {
        let (_, text) = read(&papers::pdf(&paper).unwrap());
        for word in words {
            assert!(packed(&text).contains(&packed(word)), "{word} in {text}");
        }
    }
}

#[test]
fn a_draft_without_number_and_day_leaves_room_for_both() {
    let mut paper = decision();
    paper.number = Number { value: None, notation: "QĐ-VPUB".into() };
    paper.signed_on = None;
    let (_, text) = read(&papers::pdf(&paper).unwrap());
    assert!(packed(&text).contains("Số:/QĐ-VPUB"), "{text}");
    assert!(packed(&text).contains("ngày…tháng…năm…"), "{text}");
    assert!(packed(&text).contains("DỰTHẢO"), "{text}");
}

#[test]
fn a_row_with_too_few_cells_is_refused_before_layout() {
    let mut paper = decision();
    paper.blocks = vec![Block::Table(Table {
        columns: vec![Column::new("Họ và tên", 1.0), Column::new("Phòng", 1.0)],
        rows: vec![vec!["a".into(), "b".into()], vec!["a".into()]],
        ..Table::default()
    })];
    let refused = papers::pdf(&paper).unwrap_err();
    assert!(matches!(refused, PaperError::RaggedRow { table: 1, row: 2, found: 1, expected: 2 }), "{refused}");
    assert_eq!(refused.to_string(), "bảng 1, dòng 2: có 1 ô, bảng có 2 cột");
}

#[test]
fn the_same_paper_gives_the_same_bytes() {
    assert_eq!(papers::pdf(&decision()).unwrap(), papers::pdf(&decision()).unwrap());
}
