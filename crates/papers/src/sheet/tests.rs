use std::io::{Cursor, Write};
use std::ops::ControlFlow;

use jiff::civil::date;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{Cell, ColumnName, Kind, Limits, NewColumn, NewSheet, Sheet, SheetError, Table, csv, walk, xlsx};

const PEOPLE: [ColumnName; 3] = [
    ColumnName::required("Họ và tên", &["Họ tên", "Tên cán bộ"]),
    ColumnName::required("Ngày sinh", &["Sinh ngày"]),
    ColumnName::optional("Phòng", &["Đơn vị"]),
];

fn people() -> NewSheet {
    let columns = vec![
        NewColumn::figures("STT", 6.0, Kind::Whole),
        NewColumn::new("NGÀY SINH (*)", 14.0),
        NewColumn::new("Ho ten", 30.0),
    ];
    let mut sheet = NewSheet::new("Cán bộ/2026", columns);
    sheet.title = vec!["DANH SÁCH CÁN BỘ".into()];
    sheet.rows = vec![
        vec![Cell::Number(1.0), Cell::Day(date(1980, 2, 29)), Cell::Text("Đỗ Thị Ánh".into())],
        vec![Cell::Number(2.0), Cell::Text("31/02/1980".into()), Cell::Text("=HYPERLINK(\"http://x\")".into())],
    ];
    sheet
}

fn read(bytes: &[u8]) -> Result<Sheet, SheetError> {
    Sheet::read(bytes, &Limits::default())
}

fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut container = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        container.start_file(*name, SimpleFileOptions::default()).unwrap();
        container.write_all(content).unwrap();
    }
    container.finish().unwrap().into_inner()
}

#[test]
fn what_is_written_as_xlsx_is_read_back_with_its_types() {
    let sheet = read(&xlsx(&[people()]).unwrap()).unwrap();
    assert_eq!(sheet.name, "Cán bộ-2026");
    assert_eq!(sheet.rows[2].number, 3);
    assert_eq!(sheet.rows[2].cells, [Cell::Number(1.0), Cell::Day(date(1980, 2, 29)), Cell::Text("Đỗ Thị Ánh".into())]);
}

#[test]
fn columns_are_found_below_a_title_whatever_their_order_and_spelling() {
    let sheet = read(&xlsx(&[people()]).unwrap()).unwrap();
    let table = Table::find(&sheet, &PEOPLE).unwrap();
    let rows: Vec<_> = table.rows().collect();
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0].text("Họ và tên").as_deref(), Some("Đỗ Thị Ánh"));
    assert_eq!(rows[0].cell("Ngày sinh").day(), Some(date(1980, 2, 29)));
    assert_eq!(rows[0].text("Phòng"), None);
    assert!(!table.has("Phòng"));
    let fault = rows[1].fault("Ngày sinh", "Ngày không có trong lịch.");
    assert_eq!((fault.row, fault.letters.as_str(), fault.value.as_str()), (4, "B", "31/02/1980"));
}

#[test]
fn a_missing_column_is_named_with_those_that_were_found() {
    let sheet = read("Họ tên,Phòng\nĐỗ Thị Ánh,Hành chính\n".as_bytes()).unwrap();
    let refused = Table::find(&sheet, &PEOPLE).unwrap_err();
    assert_eq!(refused.to_string(), "Thiếu cột: Ngày sinh. Các cột tìm thấy: Họ tên, Phòng.");
}

#[test]
fn one_column_under_two_names_is_refused() {
    let sheet = read("Họ tên,Ngày sinh,Họ và tên\na,b,c\n".as_bytes()).unwrap();
    let refused = Table::find(&sheet, &PEOPLE).unwrap_err();
    assert!(matches!(&refused, SheetError::DoubleColumn { first, second, .. } if first == "A" && second == "C"));
}

#[test]
fn text_that_looks_like_a_formula_is_a_string_cell_in_xlsx() {
    let bytes = xlsx(&[people()]).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let sheet = std::io::read_to_string(archive.by_name("xl/worksheets/sheet1.xml").unwrap()).unwrap();
    assert!(!sheet.contains("<f>"), "{sheet}");
    let strings = std::io::read_to_string(archive.by_name("xl/sharedStrings.xml").unwrap()).unwrap();
    assert!(strings.contains("=HYPERLINK"), "{strings}");
}

#[test]
fn text_that_looks_like_a_formula_takes_an_apostrophe_in_csv() {
    let mut sheet = NewSheet::new("x", vec![NewColumn::new("a", 9.0)]);
    for text in ["=1+1", "+84 912", "-1", "@SUM(A1)", " =1", "\t=1", "Đỗ - Ánh"] {
        sheet.rows.push(vec![Cell::Text(text.into())]);
    }
    sheet.rows.push(vec![Cell::Number(-1.0)]);
    let text = String::from_utf8(csv(&sheet)).unwrap();
    assert_eq!(text, "\u{feff}a\r\n'=1+1\r\n'+84 912\r\n'-1\r\n'@SUM(A1)\r\n' =1\r\n\"'\t=1\"\r\nĐỗ - Ánh\r\n-1\r\n");
}

#[test]
fn csv_is_read_with_its_mark_separator_quotes_and_row_numbers() {
    let sheet = read("\u{feff}Tên;Ghi chú\r\n\r\n\"Đỗ; Ánh\";\"hai\ndòng\"\r\nBình;x".as_bytes()).unwrap();
    let numbers: Vec<u32> = sheet.rows.iter().map(|row| row.number).collect();
    assert_eq!(numbers, [1, 3, 4]);
    assert_eq!(sheet.rows[1].cells, [Cell::Text("Đỗ; Ánh".into()), Cell::Text("hai\ndòng".into())]);
}

#[test]
fn csv_of_another_code_page_is_refused_with_its_row() {
    let refused = read(b"T\xEAn,Ph\xF2ng\n").unwrap_err();
    assert!(matches!(refused, SheetError::NotUtf8 { row: 1 }), "{refused}");
}

#[test]
fn utf16_text_from_excel_is_read() {
    let bytes: Vec<u8> = "\u{feff}Tên\tPhòng\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(read(&bytes).unwrap().rows[0].cells[1], Cell::Text("Phòng".into()));
}

#[test]
fn a_pdf_under_the_name_of_a_sheet_is_refused_for_what_it_is() {
    let refused = read(b"%PDF-1.7\n...").unwrap_err();
    assert!(refused.to_string().starts_with("Đây là tệp PDF, không phải bảng tính."), "{refused}");
    assert!(matches!(read(b"\xD0\xCF\x11\xE0\xA1\xB1"), Err(SheetError::NotASheet { .. })));
    assert!(matches!(read(b"\x00\x01\x02"), Err(SheetError::NotASheet { .. })));
    assert!(matches!(read(b""), Err(SheetError::Empty)));
}

#[test]
fn a_word_file_or_a_plain_zip_is_refused() {
    assert!(matches!(
        read(&packed(&[("word/document.xml", b"<x/>")])),
        Err(SheetError::NotASheet { what: "tệp Word" })
    ));
    assert!(matches!(read(&packed(&[("a.txt", b"x")])), Err(SheetError::NotASheet { what: "tệp nén" })));
    assert!(matches!(read(b"PK\x03\x04 broken"), Err(SheetError::Damaged { .. })));
}

#[test]
fn a_workbook_with_macros_is_refused() {
    let bytes = packed(&[("xl/workbook.xml", b"<x/>"), ("xl/vbaProject.bin", b"x")]);
    assert!(matches!(read(&bytes), Err(SheetError::Macros)));
    assert!(crate::container(&bytes).is_some_and(|found| found.macros));
    let plain = crate::container(&packed(&[("docProps/app.xml", b"<x/>"), ("xl/workbook.xml", b"<x/>")]));
    assert!(plain.is_some_and(|found| !found.macros && found.media_type.ends_with("spreadsheetml.sheet")));
    assert_eq!((crate::container(b"%PDF-1.7"), crate::container(&packed(&[("a.txt", b"x")]))), (None, None));
}

#[test]
fn a_zip_bomb_is_refused_before_it_is_interpreted() {
    let zeroes = vec![b' '; 3 << 20];
    let bytes = packed(&[("xl/workbook.xml", b"<x/>"), ("xl/worksheets/sheet1.xml", &zeroes)]);
    assert!(bytes.len() < 20_000);
    let limits = Limits { unpacked: 1 << 20, ..Limits::default() };
    assert!(matches!(Sheet::read(&bytes, &limits), Err(SheetError::UnpacksTooLarge { .. })));
}

#[test]
fn files_rows_and_columns_have_their_limits() {
    let small = Limits { bytes: 100, rows: 2, columns: 3, ..Limits::default() };
    assert!(matches!(Sheet::read(&[b'a'; 101], &small), Err(SheetError::TooLarge { bytes: 101, limit: 100 })));
    assert!(matches!(Sheet::read(b"a\nb\nc\n", &small), Err(SheetError::TooManyRows { limit: 2 })));
    assert!(matches!(Sheet::read(b"a\n1,2,3,4\n", &small), Err(SheetError::TooManyColumns { row: 2, limit: 3 })));
    let workbook = xlsx(&[people()]).unwrap();
    let few = Limits { rows: 2, ..Limits::default() };
    assert!(matches!(Sheet::read(&workbook, &few), Err(SheetError::TooManyRows { limit: 2 })));
    let narrow = Limits { columns: 2, ..Limits::default() };
    assert!(matches!(Sheet::read(&workbook, &narrow), Err(SheetError::TooManyColumns { row: 2, limit: 2 })));
}

#[test]
fn walking_stops_when_told() {
    let mut seen = Vec::new();
    walk(b"a\nb\nc\n", &Limits::default(), |row| {
        seen.push(row.number);
        if row.number == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })
    .unwrap();
    assert_eq!(seen, [1, 2]);
}
