//! Papers of each kind that the office writes.

use jiff::civil::date;
use papers::paper::{
    Align, Block, Column, Group, Issuer, Mark, Number, Orientation, Paper, ParagraphStyle, Signer, Table,
};

fn office() -> Issuer {
    Issuer { above: Some("ỦY BAN NHÂN DÂN TỈNH SƠN LA".into()), name: "VĂN PHÒNG".into() }
}

fn signer(capacity: &[&str], name: &str) -> Signer {
    Signer { capacity: capacity.iter().map(|line| (*line).to_owned()).collect(), name: name.into() }
}

/// A decision with a list of ninety names as its annex.
pub fn decision() -> Paper {
    let mut paper = Paper::new(office(), "QUYẾT ĐỊNH", "Về việc tặng Giấy khen năm 2026", date(2027, 2, 5));
    paper.number = Number { value: Some(5), notation: "QĐ-VPUB".into() };
    paper.place = "Sơn La".into();
    paper.signed_on = Some(date(2027, 2, 5));
    paper.marks = vec![Mark::Draft];
    paper.blocks = vec![
        Block::styled("CHÁNH VĂN PHÒNG ỦY BAN NHÂN DÂN TỈNH SƠN LA", ParagraphStyle::Centered),
        Block::ground("Căn cứ Luật Thi đua, khen thưởng;"),
        Block::Operative { text: "QUYẾT ĐỊNH:".into() },
        Block::article(1, "Tặng Giấy khen cho các cá nhân có tên trong danh sách kèm theo."),
        Block::heading(3, "Một mục sâu"),
        Block::paragraph("#set text(red) $x^2$ *không phải mã* \\ @nhãn <b>&amp;</b>"),
        Block::List { ordered: true, items: vec!["Điểm thứ nhất".into(), "Điểm thứ hai".into()] },
        Block::Annex { number: "Phụ lục I".into(), title: "DANH SÁCH".into(), reference: "(Kèm theo)".into() },
        Block::Table(Table {
            caption: Some("Cá nhân".into()),
            columns: vec![
                Column::aligned("STT", 0.6, Align::Center),
                Column::new("Họ và tên", 3.0),
                Column::aligned("Đồng ý", 1.0, Align::Right),
                Column::aligned("Tỷ lệ", 1.0, Align::Right),
            ],
            groups: vec![Group { header: String::new(), span: 2 }, Group { header: "Kết quả".into(), span: 2 }],
            rows: (1..=90)
                .map(|row| vec![row.to_string(), format!("Đỗ Thị Ánh {row}"), "12".into(), "100%".into()])
                .collect(),
            totals: vec![vec![String::new(), "Cộng".into(), "1080".into(), "100%".into()]],
        }),
    ];
    paper.addressees = vec!["Như Điều 3".into(), "Lưu: VT".into()];
    paper.signers = vec![signer(&["KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"], "Nguyễn Thị Ánh Nguyệt")];
    paper.trace = Some("Mã tra cứu 7K3M-P2QX".into());
    paper
}

/// Minutes with two signatures.
pub fn minutes() -> Paper {
    let mut paper = Paper::new(office(), "BIÊN BẢN", "Họp Hội đồng Thi đua - Khen thưởng", date(2027, 1, 15));
    paper.number = Number { value: Some(12), notation: "BB-HĐTĐKT".into() };
    paper.place = "Sơn La".into();
    paper.signed_on = Some(date(2027, 1, 15));
    paper.blocks = vec![
        Block::Particulars {
            entries: vec![("Thời gian".into(), "8 giờ 00".into()), ("Chủ trì".into(), "Ông Nguyễn Văn Đạt".into())],
        },
        Block::heading(2, "I. Nội dung"),
        Block::paragraph("Hội đồng thảo luận và bỏ phiếu kín."),
    ];
    paper.signers = vec![signer(&["THƯ KÝ"], "Lò Thị Mai"), signer(&["CHỦ TỌA"], "Nguyễn Văn Đạt")];
    paper.addressees = vec!["Thành viên Hội đồng".into()];
    paper
}

/// A submission to a higher authority.
pub fn submission() -> Paper {
    let mut paper = Paper::new(office(), "TỜ TRÌNH", "Về việc đề nghị tặng Bằng khen", date(2027, 3, 2));
    paper.number = Number { value: Some(34), notation: "TTr-VPUB".into() };
    paper.place = "Sơn La".into();
    paper.salutation = vec!["Chủ tịch Ủy ban nhân dân tỉnh".into(), "Sở Nội vụ".into()];
    paper.blocks = vec![Block::paragraph("Kính trình xem xét, quyết định./.")];
    paper.addressees = vec!["Như trên".into(), "Lưu: VT".into()];
    paper.signers = vec![signer(&["CHÁNH VĂN PHÒNG"], "Nguyễn Văn Đạt")];
    paper
}

/// A tally sheet on its side, signed by three tellers.
pub fn tally() -> Paper {
    let mut paper = Paper::new(office(), "BIÊN BẢN KIỂM PHIẾU", "Xét tặng Giấy khen năm 2026", date(2027, 1, 15));
    paper.orientation = Orientation::Landscape;
    paper.blocks = vec![Block::Table(Table {
        columns: vec![Column::new("Đối tượng", 3.0), Column::aligned("Phiếu đồng ý", 1.0, Align::Right)],
        rows: vec![vec!["Phòng Hành chính".into(), "9".into()]],
        ..Table::default()
    })];
    paper.signers = vec![signer(&["TRƯỞNG BAN KIỂM PHIẾU"], "A"), signer(&["ỦY VIÊN"], "B"), signer(&["ỦY VIÊN"], "C")];
    paper
}
