//! The register of received citizens as the law lays it out (Mẫu 03/TCD of NĐ 154/2026/NĐ-CP): its columns, its rows,
//! and the sheet that is printed, signed and kept.

use std::collections::BTreeMap;

use kernel::id::UnitId;
use kernel::numbers::short_date;
use papers::Paper;
use papers::paper::{Align, Block, Column, Issuer, Orientation, ParagraphStyle, Table};

use super::figures::RegisterLine;
use crate::House;

/// A column of the register.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Head {
    /// What stands above it.
    pub title: &'static str,
    /// Its width on a sheet of a workbook, in letters.
    pub letters: f64,
    /// Its share of the width on paper: of some 265 that the page has, near a millimetre each.
    pub share: f32,
}

const fn head(title: &'static str, letters: f64, share: f32) -> Head {
    Head { title, letters, share }
}

/// The columns in their order.
pub const COLUMNS: [Head; 13] = [
    head("STT", 6.0, 13.0),
    head("Ngày tiếp", 12.0, 24.0),
    head("Họ tên, địa chỉ", 40.0, 28.0),
    head("Căn cước, hộ chiếu", 16.0, 18.0),
    head("Nội dung", 48.0, 32.0),
    head("Loại đơn", 22.0, 17.0),
    head("Số người cùng nội dung", 12.0, 15.0),
    head("Cơ quan đã giải quyết", 28.0, 19.0),
    head("Thuộc thẩm quyền", 14.0, 17.0),
    head("Hướng dẫn", 40.0, 20.0),
    head("Cơ quan thụ lý", 32.0, 18.0),
    head("Theo dõi kết quả", 28.0, 26.0),
    head("Ghi chú", 28.0, 20.0),
];

/// A row of the register, column by column. No number of an identity paper is kept here: who receives citizens
/// writes it on the printed sheet.
#[must_use]
pub fn row(place: i64, one: &RegisterLine, units: &BTreeMap<UnitId, String>) -> [String; 13] {
    [
        place.to_string(),
        short_date(one.received_on),
        one.sender.clone(),
        String::new(),
        one.title.clone(),
        one.kind.name_vi().to_owned(),
        one.people.to_string(),
        one.agency.clone(),
        one.is_ours.map_or("", |ours| if ours { "thuộc" } else { "không thuộc" }).to_owned(),
        one.guidance.clone(),
        one.lead.and_then(|unit| units.get(&unit).cloned()).unwrap_or_default(),
        one.outcome.clone(),
        format!("số {}, {}, {}", one.number, one.sender_kind.name_vi(), one.channel.name_vi()),
    ]
}

/// The register of a year as paper: A4 across, the heads of the columns on every page.
#[must_use]
pub fn register(house: &House, year: i16, lines: &[RegisterLine], units: &BTreeMap<UnitId, String>) -> Paper {
    let issuer = Issuer { above: None, name: house.plan.office.clone() };
    let mut paper = Paper::new(issuer, "SỔ TIẾP CÔNG DÂN", format!("Năm {year}"), house.clock.today());
    house.plan.place().clone_into(&mut paper.place);
    paper.orientation = Orientation::Landscape;
    let column = |one: Head| match one.title {
        "STT" | "Ngày tiếp" | "Số người cùng nội dung" => {
            Column::aligned(one.title, one.share, Align::Center)
        }
        title => Column::new(title, one.share),
    };
    let columns = COLUMNS.into_iter().map(column).collect();
    let rows = (1..).zip(lines).map(|(place, line)| row(place, line, units).to_vec()).collect();
    paper.blocks.push(Block::Table(Table { columns, rows, ..Table::default() }));
    let remark = "Các cột theo Mẫu 03/TCD, Nghị định 154/2026/NĐ-CP. Cột “Căn cước, hộ chiếu” ghi tay khi tiếp; hệ thống \
                  không lưu số giấy tờ.";
    paper.blocks.push(Block::styled(remark, ParagraphStyle::Note));
    paper
}
