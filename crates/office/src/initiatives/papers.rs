//! An extract of an initiative as a document: what it is, who has which share, what was decided about it.

use kernel::numbers::{decimal, percent, short_date, whole};
use papers::Paper;
use papers::paper::{Align, Block, Column, Issuer, Mark, Table};

use super::content::{Effect, PLACES};
use super::model::StateKind;
use super::queries::Detail;
use crate::House;

/// A measured value; three dots where nobody measured.
fn value(value: Option<i64>) -> String {
    value.map_or_else(|| "…".to_owned(), |value| decimal(value, PLACES))
}

fn effect_row(effect: &Effect) -> Vec<String> {
    vec![
        effect.figure.clone(),
        effect.measure.clone(),
        value(effect.before),
        value(effect.after),
        effect.source.clone(),
    ]
}

/// The extract, marked as a draft until the initiative is recognised.
#[must_use]
pub fn extract(house: &House, detail: &Detail) -> Paper {
    let (one, content) = (&detail.initiative, &detail.edition.content);
    let issuer = Issuer { above: Some(house.plan.office.clone()), name: detail.unit_name.clone() };
    let about = format!("Sáng kiến “{}” ({})", one.name, one.code);
    let mut paper = Paper::new(issuer, "TRÍCH HỒ SƠ SÁNG KIẾN", about, house.clock.today());
    house.plan.place().clone_into(&mut paper.place);
    if one.state != StateKind::Recognised {
        paper.marks.push(Mark::Draft);
    }
    let mut blocks = vec![
        Block::paragraph(format!("Lĩnh vực: {}. Khoản của Kế hoạch: {}.", content.field.name_vi(), one.clause)),
        Block::paragraph(match content.first_applied_on {
            Some(day) => format!("Áp dụng lần đầu: {}.", short_date(day)),
            None => "Chưa áp dụng.".to_owned(),
        }),
        Block::heading(2, "1. Tác giả và tỷ lệ đóng góp"),
        Block::Table(Table {
            columns: vec![
                Column::aligned("TT", 1.0, Align::Center),
                Column::new("Họ và tên", 5.0),
                Column::new("Nơi công tác (người ngoài cơ quan)", 6.0),
                Column::aligned("Tỷ lệ", 2.0, Align::Right),
            ],
            rows: (1_i64..)
                .zip(&content.authors)
                .map(|(place, one)| vec![whole(place), one.name.clone(), one.workplace.clone(), percent(one.share)])
                .collect(),
            ..Table::default()
        }),
        Block::heading(2, "2. Tình trạng trước khi có sáng kiến"),
    ];
    blocks.extend(content.problem.lines().filter(|line| !line.is_empty()).map(Block::paragraph));
    blocks.push(Block::heading(2, "3. Giải pháp"));
    blocks.extend(content.solution.lines().filter(|line| !line.is_empty()).map(Block::paragraph));
    blocks.push(Block::heading(2, "4. Hiệu quả"));
    blocks.push(Block::Table(Table {
        columns: vec![
            Column::new("Chỉ số", 5.0),
            Column::new("Đơn vị tính", 2.4),
            Column::aligned("Trước", 2.0, Align::Right),
            Column::aligned("Sau", 2.0, Align::Right),
            Column::new("Nguồn số liệu", 4.0),
        ],
        rows: content.effects.iter().map(effect_row).collect(),
        ..Table::default()
    }));
    blocks.push(Block::heading(2, "5. Quyết định"));
    if detail.decisions.is_empty() {
        blocks.push(Block::paragraph("Chưa có quyết định công nhận."));
    }
    for decision in &detail.decisions {
        let reach = match (decision.scope, decision.replicable) {
            (Some(scope), Some(true)) => format!(": {}, có khả năng nhân rộng", scope.name_vi()),
            (Some(scope), Some(false)) => format!(": {}, không có khả năng nhân rộng", scope.name_vi()),
            (Some(scope), None) => format!(": {}", scope.name_vi()),
            (None, _) => String::new(),
        };
        let what = format!("{} ({}){reach}", decision.kind.name_vi(), decision.level.name_vi());
        blocks.push(Block::paragraph(format!("{} của {}, {what}.", decision.cited(), decision.issuer)));
    }
    if detail.adopters > 0 {
        blocks.push(Block::paragraph(format!("Số đơn vị áp dụng đã xác nhận: {}.", detail.adopters)));
    }
    paper.blocks = blocks;
    paper
}
