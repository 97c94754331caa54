//! The minutes of a closed meeting, as paper.

use kernel::Timestamp;
use kernel::clock::civil_of;
use kernel::numbers::{long_date, whole};
use papers::Paper;
use papers::paper::{Align, Block, Column, Issuer, Orientation, Signer, Table};

use super::CouncilError;
use super::model::{Choice, MeetingState, MemberId, Seat, Tally};
use super::queries::{Item, Room};
use crate::House;
use crate::awards::model::Outcome;

/// What the dash in place of a number means.
pub(super) const HIDDEN: &str = "Dấu “–”: không in số phiếu, vì ít người bỏ phiếu hoặc gần như mọi phiếu giống nhau (khác \
                                 không quá một phiếu) sẽ làm lộ lựa chọn, hoặc vì người đọc có xung đột lợi ích ở nội \
                                 dung đó.";

/// The minutes of a meeting with what came of each nomination, signed by the secretary and whoever presided.
/// Numbers that would tell choices are not printed, nor those of motions on which the reader has a conflict.
///
/// # Errors
/// When the box was not opened yet.
pub fn minutes(house: &House, room: &Room) -> Result<Paper, CouncilError> {
    room.meeting.must_be(MeetingState::Closed)?;
    let issuer = Issuer { above: Some(house.plan.office.clone()), name: room.council.name.clone() };
    let about = format!("Họp xét khen thưởng ngày {}", long_date(room.meeting.held_on).trim_start_matches("ngày "));
    let mut paper = Paper::new(issuer, "BIÊN BẢN", about, room.meeting.held_on);
    house.plan.place().clone_into(&mut paper.place);
    paper.signed_on = Some(room.meeting.held_on);
    paper.orientation = Orientation::Landscape;
    let present: Vec<&str> =
        room.members.iter().filter(|(_, here, _)| *here).map(|(member, ..)| member.name.as_str()).collect();
    let absent: Vec<&str> =
        room.members.iter().filter(|(_, here, _)| !*here).map(|(member, ..)| member.name.as_str()).collect();
    let listed = |names: &[&str]| if names.is_empty() { "không".to_owned() } else { names.join(", ") };
    let line = |text: String| Block::paragraph(text);
    paper.blocks.push(line(format!("Thành lập theo: {}.", room.council.document)));
    paper.blocks.push(line(format!("Thời gian: {}.", times(room))));
    paper.blocks.push(line(format!("Địa điểm: {}.", room.meeting.place)));
    paper.blocks.push(line(format!("Có mặt ({}/{}): {}.", present.len(), room.members.len(), listed(&present))));
    paper.blocks.push(line(format!("Vắng mặt: {}.", listed(&absent))));
    if let Some((there, all, needed)) = room.quorum {
        paper.blocks.push(line(format!("Số thành viên cần có: {needed} trên {all}; thực tế {there}.")));
    }
    let tellers = room.members.iter().filter(|(member, ..)| room.tellers.is_some_and(|two| two.contains(&member.id)));
    let tellers: Vec<&str> = tellers.map(|(member, ..)| member.name.as_str()).collect();
    if !tellers.is_empty() {
        paper.blocks.push(line(format!("Người kiểm phiếu: {}.", tellers.join(", "))));
    }
    let name = |id: MemberId| {
        room.members.iter().find(|(member, ..)| member.id == id).map_or("", |(member, ..)| member.name.as_str())
    };
    for item in &room.items {
        let recused = item.conflicts.iter().map(|one| format!("{} ({})", name(one.member), one.statement));
        let recused: Vec<String> = recused.collect();
        if !recused.is_empty() {
            let names = recused.join("; ");
            paper.blocks.push(line(format!("Không biểu quyết nội dung {}: {names}.", item.motion.position)));
        }
        let written = room
            .opinions
            .iter()
            .filter(|one| one.motion == item.motion.id)
            .filter_map(|one| Some(format!("{}: {} ({})", name(one.member), one.choice?.name_vi(), one.document)));
        let written: Vec<String> = written.collect();
        if !written.is_empty() {
            let said = written.join("; ");
            paper.blocks.push(line(format!("Ý kiến bằng văn bản về nội dung {}: {said}.", item.motion.position)));
        }
    }
    let rows = room.items.iter().map(|item| {
        let mut row = vec![
            whole(item.motion.position),
            item.nominated.name.clone(),
            house.rules.award(item.nominated.award).name_vi.clone(),
        ];
        row.extend(Choice::ALL.iter().map(|choice| votes(item, |tally| tally.of(*choice))));
        row.extend([item.asks(), item.motion.outcome.map_or("", Outcome::name_vi).to_owned()]);
        row
    });
    let rows = rows.collect();
    let figure = |header: &str| Column::aligned(header, 1.0, Align::Center);
    let columns = vec![
        figure("TT"),
        Column::new("Tên", 3.5),
        Column::new("Hình thức", 3.0),
        figure("Đồng ý"),
        figure("Không"),
        figure("Thấp hơn"),
        figure("Để lại"),
        figure("Trắng"),
        Column::aligned("Cần", 1.6, Align::Center),
        Column::new("Kết quả", 2.0),
    ];
    paper.blocks.push(Block::Table(Table { columns, rows, ..Table::default() }));
    paper
        .blocks
        .push(line(format!("{HIDDEN} Ý kiến bằng văn bản của thành viên không bỏ phiếu kín đã cộng trong các cột.")));
    if let Some(digest) = &room.meeting.tally_digest {
        paper.trace = Some(format!("SHA-256 kết quả kiểm phiếu: {digest}"));
    }
    let of_seat = |seat| room.members.iter().find(|(member, here, _)| *here && member.seat == seat);
    let presided = [Seat::Chair, Seat::Vice].into_iter().find_map(of_seat);
    for (capacity, found) in [("THƯ KÝ", of_seat(Seat::Secretary)), ("CHỦ TRÌ", presided)] {
        let name = found.map_or_else(String::new, |(member, ..)| member.name.clone());
        paper.signers.push(Signer { capacity: vec![capacity.to_owned()], name });
    }
    Ok(paper)
}

/// A number of votes on a motion, or the dash where it is not printed.
pub(super) fn votes(item: &Item, of: impl Fn(&Tally) -> u32) -> String {
    item.motion.tally.as_ref().map_or_else(|| "–".to_owned(), |tally| whole(i64::from(of(tally))))
}

/// The day of a meeting, with the hours that the house knows of it: those of its ballot.
pub(super) fn times(room: &Room) -> String {
    let day = long_date(room.meeting.held_on);
    let at = |instant: Timestamp| {
        let local = civil_of(instant);
        let hour = format!("{:02} giờ {:02} phút", local.hour(), local.minute());
        if local.date() == room.meeting.held_on { hour } else { format!("{hour} {}", long_date(local.date())) }
    };
    match room.ballot_times {
        Some((opened, counted)) => format!("{day}; bỏ phiếu từ {}, kiểm phiếu lúc {}", at(opened), at(counted)),
        None => day,
    }
}
