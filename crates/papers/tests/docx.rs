//! A DOCX opened part by part, as a word processor would.

mod shelf;

use std::io::{Cursor, Read};

use papers::Paper;
use papers::paper::{Block, Issuer};
use shelf::{decision, minutes, submission, tally};

fn parts(paper: &Paper) -> Vec<(String, String)> {
    let mut container = zip::ZipArchive::new(Cursor::new(papers::docx(paper).unwrap())).expect("a zip that opens");
    (0..container.len())
        .map(|index| {
            let mut file = container.by_index(index).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            (file.name().unwrap().into_owned(), text)
        })
        .collect()
}

fn document(paper: &Paper) -> String {
    parts(paper).into_iter().find(|(name, _)| name == "word/document.xml").unwrap().1
}

/// What a reader sees, without the markup.
fn words(xml: &str) -> String {
    let document = roxmltree::Document::parse(xml).unwrap();
    document.descendants().filter_map(|node| (node.tag_name().name() == "t").then(|| node.text())?).collect()
}

#[test]
fn every_part_of_every_paper_is_well_formed() {
    for paper in [decision(), minutes(), submission(), tally()] {
        let parts = parts(&paper);
        assert_eq!(parts.len(), 9);
        for (name, text) in parts {
            roxmltree::Document::parse(&text).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        }
    }
}

#[test]
fn the_words_are_those_of_the_paper() {
    let text = words(&document(&decision()));
    for part in [
        "QUYẾT ĐỊNH",
        "Số: 05/QĐ-VPUB",
        "Sơn La, ngày 05 tháng 02 năm 2027",
        "Điều 1. ",
        "Đỗ Thị Ánh 90",
        "- Lưu: VT.",
        "DỰ THẢO",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(words(&document(&submission())).contains("Kính gửi:"));
    assert!(words(&document(&minutes())).contains("CHỦ TỌA"));
}

#[test]
fn issuer_and_agency_above_stand_in_capitals_at_the_head() {
    let mut paper = decision();
    paper.issuer = Issuer {
        above: Some("Ủy ban nhân dân tỉnh Sơn La".into()),
        name: "Văn phòng ứng dụng đổi mới".into(),
    };
    let text = words(&document(&paper));
    assert!(text.starts_with("ỦY BAN NHÂN DÂN TỈNH SƠN LAVĂN PHÒNG ỨNG DỤNG ĐỔI MỚI"), "{text}");
}

#[test]
fn markup_in_the_data_stays_text() {
    let text = words(&document(&decision()));
    assert!(text.contains("<b>&amp;</b>"), "{text}");
    let mut paper = minutes();
    paper.blocks = vec![Block::paragraph("{{ issuer }} {% raw %} \u{1}\u{b}")];
    assert!(words(&document(&paper)).contains("{{ issuer }} {% raw %} "));
}

#[test]
fn the_sheet_is_a4_with_the_margins_of_the_decree() {
    let xml = document(&decision());
    let document = roxmltree::Document::parse(&xml).unwrap();
    let find = |name: &str| document.descendants().find(|node| node.tag_name().name() == name).unwrap();
    let millimetres = |name: &str, attribute: &str| {
        let node = find(name);
        let twips = node.attributes().find(|it| it.name() == attribute).unwrap().value().parse::<f64>().unwrap();
        (twips * 25.4 / 1440.0).round()
    };
    assert_eq!((millimetres("pgSz", "w"), millimetres("pgSz", "h")), (210.0, 297.0));
    let margins = ["top", "right", "bottom", "left"].map(|side| millimetres("pgMar", side));
    assert_eq!(margins, [20.0, 20.0, 20.0, 30.0]);
    assert!(document.descendants().any(|node| node.tag_name().name() == "titlePg"), "page 1 carries no number");
}

#[test]
fn the_header_rows_of_a_table_repeat_and_its_columns_fill_the_width() {
    let xml = document(&decision());
    assert_eq!(xml.matches("<w:tblHeader/>").count(), 2);
    let document = roxmltree::Document::parse(&xml).unwrap();
    let grids = document.descendants().filter(|node| node.tag_name().name() == "tblGrid");
    for grid in grids {
        let whole: i64 = grid
            .children()
            .filter_map(|column| column.attributes().next().map(|width| width.value().parse::<i64>().unwrap()))
            .sum();
        assert!((whole - 9071).abs() <= 3, "{whole}");
    }
}

#[test]
fn an_annex_begins_a_section_that_counts_its_own_pages() {
    assert_eq!(document(&decision()).matches("<w:pgNumType w:start=\"1\"/>").count(), 2);
    assert_eq!(document(&minutes()).matches("<w:pgNumType w:start=\"1\"/>").count(), 1);
}

#[test]
fn a_wide_paper_lies_on_its_side() {
    assert!(document(&tally()).contains("w:orient=\"landscape\""));
}
