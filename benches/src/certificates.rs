//! Certificates: our list to PDF/A beside a mail merge of LibreOffice, one PDF a row.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::clock::{self, Taken};
use crate::product;

/// Debian's own Python, which the package python3-uno belongs to.
const PYTHON: &str = "/usr/bin/python3";
const NAMES: [&str; 8] = [
    "Bà Lò Thị Hoa",
    "Ông Nguyễn Văn An",
    "Bà Cà Thị Ánh Tuyết",
    "Ông Giàng A Dơ",
    "Bà Đỗ Thị Ngọc Ưởng",
    "Ông Quàng Văn Thịnh",
    "Bà Hoàng Thị Phương Uyên",
    "Ông Vì Văn Kiệm",
];
const ACHIEVEMENT: &str = "Đã có thành tích xuất sắc trong Phong trào thi đua “Phát triển doanh nghiệp tư nhân, \
                           nâng cao hiệu quả doanh nghiệp nhà nước” năm 2026";

pub fn run(ours: usize, theirs: usize) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let here = ours_alone(folder.path(), ours)?;
    told("thidua", ours, here);
    let office = Command::new("soffice").arg("--version").output().is_ok();
    if !office || !Command::new(PYTHON).args(["-c", "import uno"]).output().is_ok_and(|out| out.status.success()) {
        println!("LibreOffice with its Python is not installed: no comparison");
        return Ok(());
    }
    let there = mail_merge(folder.path(), theirs)?;
    told("LibreOffice", theirs, there);
    let each = |taken: Taken, many: usize| taken.cpu / many as f64;
    println!("ratio by CPU: {:.0} times", each(there, theirs) / each(here, ours));
    Ok(())
}

fn told(who: &str, many: usize, taken: Taken) {
    let each = many as f64;
    println!(
        "{who:<12} {many:>6} certificates  {:>7.2} s wall  {:>7.2} s CPU  {:>8.1} a CPU second",
        taken.wall,
        taken.cpu,
        each / taken.cpu
    );
}

fn ours_alone(folder: &Path, many: usize) -> Result<Taken> {
    let mut list = "Họ và tên;Chức vụ, đơn vị;Thành tích;Mã tra cứu;Địa chỉ tra cứu\n".to_owned();
    for at in 0..many {
        let code = format!("{at:08}-MA");
        list.push_str(&format!(
            "{};Chuyên viên, Phòng Kinh tế;{ACHIEVEMENT};{code};https://thidua.example.vn/xac-minh/{code}\n",
            NAMES[at % NAMES.len()]
        ));
    }
    let file = folder.join("danh-sach.csv");
    fs::write(&file, list)?;
    let out = folder.join("giay-khen");
    let taken = clock::time(
        Command::new(product::program()?)
            .args(["papers", "certificates", "--list"])
            .arg(&file)
            .arg("--out")
            .arg(&out)
            .args(["--authority", "Chánh Văn phòng Ủy ban nhân dân tỉnh Sơn La", "--place", "Sơn La"])
            .args(["--decision-number", "05/QĐ-VPUB", "--decided-on", "2027-01-15"])
            .args(["--capacity", "CHÁNH VĂN PHÒNG", "--signer", "Trần Bình Minh"]),
    )?;
    anyhow::ensure!(fs::read_dir(&out)?.count() == many, "not every certificate was made");
    Ok(taken)
}

fn mail_merge(folder: &Path, many: usize) -> Result<Taken> {
    let mut list = "ten\n".to_owned();
    for at in 0..many {
        list.push_str(&format!("{} {at}\n", NAMES[at % NAMES.len()]));
    }
    fs::write(folder.join("list.csv"), list)?;
    sheet(folder)?;
    fs::write(folder.join("letter.fodt"), letter())?;
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/peers/mail_merge.py");
    let taken = clock::time(Command::new(PYTHON).arg(script).arg(folder))?;
    anyhow::ensure!(fs::read_dir(folder.join("out"))?.count() == many, "not every letter was made");
    Ok(taken)
}

/// The design of the sheet as an office would put it behind a letter: a picture of one of ours.
fn sheet(folder: &Path) -> Result<()> {
    let first = fs::read_dir(folder.join("giay-khen"))?.next().context("no certificate was made")??.path();
    let done = Command::new("pdftoppm")
        .args(["-r", "150", "-png", "-singlefile"])
        .arg(first)
        .arg(folder.join("sheet"))
        .status()
        .context("pdftoppm is not installed (apt install poppler-utils)")?;
    anyhow::ensure!(done.success(), "pdftoppm ended with {done}");
    Ok(())
}

/// The letter that the merge fills: landscape A4, the words of a certificate, centred, over a picture that the merge
/// puts in for SHEET.
fn letter() -> String {
    let name = r#"<text:database-display text:table-name="list" text:table-type="table" text:column-name="ten" text:database-name="names">ten</text:database-display>"#;
    let lines = [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "CHÁNH VĂN PHÒNG ỦY BAN NHÂN DÂN TỈNH SƠN LA",
        "TẶNG",
        "GIẤY KHEN",
        name,
        "Chuyên viên, Phòng Kinh tế",
        ACHIEVEMENT,
        "Sơn La, ngày 15 tháng 01 năm 2027",
        "CHÁNH VĂN PHÒNG",
        "Trần Bình Minh",
    ];
    let paragraphs: String =
        lines.iter().map(|line| format!("<text:p text:style-name=\"P\">{line}</text:p>")).collect();
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="Liberation Serif" style:font-family-generic="roman"/></office:font-face-decls>
<office:automatic-styles><style:style style:name="P" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/><style:text-properties style:font-name="Liberation Serif" fo:font-size="16pt"/></style:style>
<style:style style:name="behind" style:family="graphic"><style:graphic-properties style:run-through="background" style:wrap="run-through"/></style:style>
<style:page-layout style:name="pm"><style:page-layout-properties fo:page-width="297mm" fo:page-height="210mm" style:print-orientation="landscape" fo:margin="20mm"/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm"/></office:master-styles>
<office:body><office:text><draw:frame draw:style-name="behind" text:anchor-type="page" text:anchor-page-number="1" svg:x="0mm" svg:y="0mm" svg:width="297mm" svg:height="210mm"><draw:image draw:mime-type="image/png"><office:binary-data>SHEET</office:binary-data></draw:image></draw:frame>{paragraphs}</office:text></office:body></office:document>"#
    )
}
