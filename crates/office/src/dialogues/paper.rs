//! The minutes as paper, and the digest of what was frozen.

use std::collections::BTreeMap;

use kernel::id::UnitId;
use kernel::numbers::{long_date, short_date, whole};
use papers::Paper;
use papers::paper::{Align, Block, Column, Issuer, Mark, Signer, Table};
use sha2::{Digest as _, Sha256};

use super::DialoguesError;
use super::model::{Commitment, Dialogue, Guest, Item, StateKind};
use crate::House;

/// The digest of minutes, of who was there and of what was promised: SHA-256 in hex.
pub(super) fn digest(one: &Dialogue, guests: &[Guest], commitments: &[Commitment]) -> String {
    let mut hasher = Sha256::new();
    let mut add = |text: &str| {
        hasher.update(text.len().to_le_bytes());
        hasher.update(text.as_bytes());
    };
    for text in [one.title.as_str(), one.place.as_str(), &one.on.to_string(), one.minutes.as_str()] {
        add(text);
    }
    for guest in guests {
        add(&guest.name);
        add(if guest.there == Some(true) { "1" } else { "0" });
    }
    for commitment in commitments {
        for text in [commitment.what.as_str(), &commitment.unit.to_string(), &commitment.due_on.to_string()] {
            add(text);
        }
    }
    data_encoding::HEXLOWER.encode(&hasher.finalize())
}

/// The minutes of a dialogue that was held: a draft until they are frozen.
///
/// # Errors
/// Before it was held, without minutes.
pub fn minutes(
    house: &House,
    one: &Dialogue,
    agenda: &[Item],
    guests: &[Guest],
    commitments: &[Commitment],
    units: &BTreeMap<UnitId, String>,
) -> Result<Paper, DialoguesError> {
    one.must_be(&[StateKind::Held, StateKind::Frozen])?;
    if one.minutes.is_empty() {
        return Err(DialoguesError::NoMinutes);
    }
    let issuer = Issuer { above: None, name: house.plan.office.clone() };
    let mut paper = Paper::new(issuer, "BIÊN BẢN", one.title.clone(), one.on);
    match &one.frozen {
        Some((act, digest)) => {
            paper.signed_on = Some(act.on);
            paper.trace = Some(format!("SHA-256 nội dung đã chốt: {digest}"));
        }
        None => paper.marks.push(Mark::Draft),
    }
    let line = |text: String| Block::paragraph(text);
    let listed = |names: Vec<&str>| if names.is_empty() { "không".to_owned() } else { names.join("; ") };
    let of = |there: bool| guests.iter().filter(move |guest| (guest.there == Some(true)) == there);
    paper.blocks.push(line(format!("Thời gian: {}.", long_date(one.on))));
    paper.blocks.push(line(format!("Địa điểm: {}.", one.place)));
    paper.blocks.push(line(format!("Có mặt: {}.", listed(of(true).map(|guest| guest.name.as_str()).collect()))));
    paper.blocks.push(line(format!("Vắng mặt: {}.", listed(of(false).map(|guest| guest.name.as_str()).collect()))));
    if !agenda.is_empty() {
        paper.blocks.push(Block::Heading { level: 2, text: "Chương trình".to_owned() });
        paper.blocks.extend((1..).zip(agenda).map(|(number, item)| line(format!("{number}. {}", item.what))));
    }
    paper.blocks.push(Block::Heading { level: 2, text: "Nội dung".to_owned() });
    paper.blocks.extend(one.minutes.split("\n\n").map(|part| line(part.to_owned())));
    if !commitments.is_empty() {
        paper.blocks.push(Block::Heading { level: 2, text: "Cam kết".to_owned() });
        let columns = vec![
            Column::aligned("TT", 1.0, Align::Center),
            Column::new("Nội dung cam kết", 5.0),
            Column::new("Đơn vị chịu trách nhiệm", 3.0),
            Column::aligned("Hạn", 1.6, Align::Center),
        ];
        let rows = (1_i64..).zip(commitments).map(|(number, one)| {
            let unit = units.get(&one.unit).cloned().unwrap_or_default();
            vec![whole(number), one.what.clone(), unit, short_date(one.due_on)]
        });
        paper.blocks.push(Block::Table(Table { columns, rows: rows.collect(), ..Table::default() }));
    }
    for capacity in ["THƯ KÝ", "CHỦ TRÌ"] {
        paper.signers.push(Signer { capacity: vec![capacity.to_owned()], name: String::new() });
    }
    Ok(paper)
}
