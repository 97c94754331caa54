//! The programme of a unit as a document.

use kernel::numbers::{short_date, whole};
use papers::Paper;
use papers::paper::{Align, Block, Column, Issuer, Mark, Signer, Table};

use super::model::{Edition, State};
use crate::House;
use crate::organization::UnitView;

/// One version of a unit's programme, marked as a draft until it is in force.
#[must_use]
pub fn programme(house: &House, unit: &UnitView, edition: &Edition, approved_by: Option<&str>) -> Paper {
    let issuer = Issuer { above: Some(house.plan.office.clone()), name: unit.name.clone() };
    let about = format!("Thực hiện Phong trào thi đua “{}”", house.movement_name());
    let mut paper = Paper::new(issuer, "CHƯƠNG TRÌNH", about, house.clock.today());
    house.plan.place().clone_into(&mut paper.place);
    if edition.state != State::Approved {
        paper.marks.push(Mark::Draft);
    }
    let content = &edition.content;
    paper.blocks = vec![Block::ground(format!("Căn cứ {} {};", house.plan.form.to_lowercase(), house.plan.title))];
    let parts = [
        ("1. Chủ đề", &content.theme),
        ("2. Nội dung thi đua", &content.contents),
        ("3. Tiêu chí", &content.criteria),
        ("4. Hình thức thi đua", &content.forms),
    ];
    for (heading, text) in parts {
        paper.blocks.push(Block::heading(2, heading));
        paper.blocks.push(Block::paragraph(text.clone()));
    }
    paper.blocks.push(Block::heading(2, "5. Nhiệm vụ và chỉ tiêu"));
    let rows = (1_i64..).zip(&content.lines).map(|(place, line)| {
        vec![
            whole(place),
            line.clause.clone(),
            line.task.clone(),
            line.figure.clone(),
            line.due_on.map(short_date).unwrap_or_default(),
        ]
    });
    paper.blocks.push(Block::Table(Table {
        columns: vec![
            Column::aligned("TT", 1.0, Align::Center),
            Column::new("Khoản của Kế hoạch", 2.0),
            Column::new("Nhiệm vụ", 6.0),
            Column::new("Chỉ tiêu", 3.0),
            Column::new("Hạn", 2.2),
        ],
        rows: rows.collect(),
        ..Table::default()
    }));
    if edition.number > 1 {
        paper.blocks.push(Block::paragraph(format!("Bản sửa đổi số {}.", edition.number)));
    }
    if let Some(name) = approved_by.filter(|_| edition.state == State::Approved) {
        paper.signers = vec![Signer { capacity: vec!["NGƯỜI DUYỆT".to_owned()], name: name.to_owned() }];
    }
    paper
}
