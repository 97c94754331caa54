//! The tally sheet of a closed meeting: what the two tellers found in the box, as paper for them to sign.

use kernel::numbers::{long_date, whole};
use papers::Paper;
use papers::paper::{Align, Block, Column, Issuer, Orientation, ParagraphStyle, Signer, Table};

use super::CouncilError;
use super::minutes::{HIDDEN, times, votes};
use super::model::{Choice, MeetingState};
use super::queries::{Item, Room};
use crate::House;

/// The tally sheet (biên bản kiểm phiếu): for each nomination the ballots handed out, returned and valid, the
/// votes by choice and the written opinions apart. What the minutes do not print is not printed here either.
///
/// # Errors
/// When the box was not opened yet.
pub fn tally_sheet(house: &House, room: &Room) -> Result<Paper, CouncilError> {
    room.meeting.must_be(MeetingState::Closed)?;
    let issuer = Issuer { above: Some(house.plan.office.clone()), name: room.council.name.clone() };
    let about = format!("Kiểm phiếu xét khen thưởng {}", long_date(room.meeting.held_on));
    let mut paper = Paper::new(issuer, "BIÊN BẢN", about, room.meeting.held_on);
    house.plan.place().clone_into(&mut paper.place);
    paper.signed_on = Some(room.meeting.held_on);
    paper.orientation = Orientation::Landscape;
    let present = room.members.iter().filter(|(_, here, _)| *here).count();
    paper.blocks.push(Block::Particulars {
        entries: vec![
            ("Thời gian".to_owned(), times(room)),
            ("Địa điểm".to_owned(), room.meeting.place.clone()),
            ("Thành viên Hội đồng".to_owned(), format!("{} người, có mặt {present}", room.members.len())),
            ("Hình thức".to_owned(), "Bỏ phiếu kín; hòm phiếu chỉ mở khi đủ hai người kiểm phiếu".to_owned()),
        ],
    });
    let figure = |header: &str| Column::aligned(header, 1.0, Align::Center);
    let mut columns = vec![figure("TT"), Column::new("Tên", 3.5), Column::new("Hình thức", 3.0)];
    columns.extend(["Phát ra", "Thu về", "Hợp lệ"].map(figure));
    columns.extend(["Đồng ý", "Không", "Thấp hơn", "Để lại", "Trắng"].map(figure));
    columns.push(Column::aligned("Văn bản", 1.2, Align::Center));
    let rows = room.items.iter().map(|item| row(house, room, item)).collect();
    paper.blocks.push(Block::Table(Table { columns, rows, ..Table::default() }));
    let remark = format!(
        "Phát ra, thu về, hợp lệ và số phiếu theo lựa chọn chỉ tính phiếu kín; phiếu trắng không hợp lệ. Cột “Văn bản”: ý \
         kiến bằng văn bản của thành viên không bỏ phiếu kín, đếm riêng. {HIDDEN}"
    );
    paper.blocks.push(Block::styled(remark, ParagraphStyle::Note));
    if let Some(digest) = &room.meeting.tally_digest {
        paper.trace = Some(format!("SHA-256 kết quả kiểm phiếu: {digest}"));
    }
    for teller in room.tellers.into_iter().flatten() {
        let name = room.members.iter().find(|(member, ..)| member.id == teller);
        let name = name.map_or_else(String::new, |(member, ..)| member.name.clone());
        paper.signers.push(Signer { capacity: vec!["NGƯỜI KIỂM PHIẾU".to_owned()], name });
    }
    Ok(paper)
}

/// One nomination: handed out to the members on the list who have a say on it, returned by those who voted.
fn row(house: &House, room: &Room, item: &Item) -> Vec<String> {
    let has_say = |member| !item.conflicts.iter().any(|one| one.member == member);
    let voters = room.members.iter().filter(|(member, ..)| has_say(member.id)).filter_map(|(.., voted)| *voted);
    let (handed, returned) = voters.fold((0, 0), |(all, back), voted| (all + 1, back + i64::from(voted)));
    let mut row = vec![
        whole(item.motion.position),
        item.nominated.name.clone(),
        house.rules.award(item.nominated.award).name_vi.clone(),
        whole(handed),
        whole(returned),
        votes(item, |tally| tally.ballots() - tally.cast.get(&Choice::Blank).copied().unwrap_or(0)),
    ];
    row.extend(Choice::ALL.iter().map(|choice| votes(item, |tally| tally.cast.get(choice).copied().unwrap_or(0))));
    row.push(votes(item, |tally| tally.written.values().sum()));
    row
}
