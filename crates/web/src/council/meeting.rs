//! A meeting: attendance, conflicts, opening the ballot, counting, minutes.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use kernel::Permission;
use kernel::numbers::long_date;
use office::House;
use office::council::model::{Choice as Vote, MeetingId, MeetingState, MemberId, MotionId};
use office::council::queries::{self, Item, Room};
use office::council::voting::{self, Tellers};
use office::council::{CouncilError, minutes, service, tally_sheet};
use papers::{Paper, PaperError};

use super::refusal;
use crate::files::{DOCX, PDF, hand_out_paper};
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};

struct ItemLine {
    item: Item,
    award: String,
    conflicts: String,
    tally: String,
    opinions: String,
}

#[derive(Template)]
#[template(path = "council/meeting.html")]
pub(super) struct MeetingPage {
    frame: Frame,
    form: Form,
    room: Room,
    day: String,
    items: Vec<ItemLine>,
    quorum: String,
    quorum_met: bool,
    members: Vec<Choice>,
    motions: Vec<Choice>,
    votes: Vec<Choice>,
    cast: usize,
    voters: usize,
    may_run: bool,
    may_vote: bool,
    planned: bool,
    open: bool,
    closed: bool,
}

pub(super) async fn meeting_page(here: &Here, id: MeetingId, form: Form) -> Result<MeetingPage, Refusal> {
    let ctx = here.ctx();
    let room = queries::room(&ctx, id).await.map_err(refusal)?;
    let name = |id: MemberId| {
        room.members.iter().find(|(member, ..)| member.id == id).map_or("", |(member, ..)| member.name.as_str())
    };
    let items = room.items.iter().map(|item| ItemLine {
        award: here.house.rules.award(item.nominated.award).name_vi.clone(),
        conflicts: item
            .conflicts
            .iter()
            .map(|one| format!("{} ({})", name(one.member), one.statement))
            .collect::<Vec<_>>()
            .join("; "),
        tally: tally(item),
        opinions: room
            .opinions
            .iter()
            .filter(|one| one.motion == item.motion.id)
            .map(|one| match one.choice {
                Some(vote) => format!("{}: {}", name(one.member), vote.name_vi()),
                None => name(one.member).to_owned(),
            })
            .collect::<Vec<_>>()
            .join("; "),
        item: item.clone(),
    });
    let items: Vec<ItemLine> = items.collect();
    let quorum = match room.quorum {
        None => "chưa có quy định được thông qua".to_owned(),
        Some((there, all, needed)) => format!("{there} / {all} thành viên, cần {needed}"),
    };
    let state = room.meeting.state;
    let seated = room.seat.as_ref().map(|seat| seat.id);
    Ok(MeetingPage {
        frame: here.frame(&room.council.name, Place::Council).faulty(!form.is_good()),
        day: long_date(room.meeting.held_on),
        items,
        quorum,
        quorum_met: room.quorum.is_some_and(|(there, _, needed)| there >= needed),
        members: room.members.iter().map(|(member, ..)| Choice::new(member.id, &member.name)).collect(),
        motions: room
            .items
            .iter()
            .map(|item| Choice::new(item.motion.id, format!("{}. {}", item.motion.position, item.nominated.name)))
            .collect(),
        votes: Vote::ALL.iter().map(|vote| Choice::new(vote.code(), vote.name_vi())).collect(),
        cast: room.members.iter().filter(|(.., voted)| *voted == Some(true)).count(),
        voters: room.members.iter().filter(|(.., voted)| voted.is_some()).count(),
        may_run: ctx.may(Permission::RunCouncil).is_ok(),
        may_vote: room
            .members
            .iter()
            .any(|(member, here, voted)| Some(member.id) == seated && *here && *voted == Some(false)),
        planned: state == MeetingState::Planned,
        open: state == MeetingState::Open,
        closed: state == MeetingState::Closed,
        form,
        room,
    })
}

fn tally(item: &Item) -> String {
    match (&item.motion.tally, item.mine) {
        (_, true) => "bạn có xung đột lợi ích: không xem số phiếu".to_owned(),
        (None, _) => "không in số phiếu để giữ kín lựa chọn".to_owned(),
        (Some(tally), _) => {
            let words = Vote::ALL.iter().filter(|vote| tally.of(**vote) > 0);
            let words: Vec<String> = words.map(|vote| format!("{} {}", vote.name_vi(), tally.of(*vote))).collect();
            words.join(" · ")
        }
    }
}

pub async fn show(here: Here, Path(id): Path<MeetingId>) -> Answer {
    Ok(page(&meeting_page(&here, id, Form::empty()).await?))
}

pub async fn attend(here: Here, Path(id): Path<MeetingId>, form: Form) -> Answer {
    let present: Vec<MemberId> = form.all("co-mat").iter().filter_map(|id| id.parse().ok()).collect();
    answered(&here, id, form, "co-mat", service::attend(&here.ctx(), id, &present).await).await
}

pub async fn opinion(here: Here, Path(id): Path<MeetingId>, mut form: Form) -> Answer {
    let member = form.choice::<MemberId>("thanh-vien", "Chọn thành viên vắng mặt");
    let motion = form.choice::<MotionId>("noi-dung", "Chọn nội dung");
    let vote = Vote::from_code(form.value("lua-chon"));
    let document = form.required_line("van-ban", 200, "Ghi số, ngày phiếu ý kiến");
    let (Some(member), Some(motion), Some(vote), true) = (member, motion, vote, form.is_good()) else {
        return Ok(mend(&meeting_page(&here, id, form).await?));
    };
    let done = service::write_opinion(&here.ctx(), id, motion, member, vote, &document).await;
    answered(&here, id, form, "thanh-vien", done).await
}

pub async fn open(here: Here, Path(id): Path<MeetingId>, mut form: Form) -> Answer {
    let one = form.choice::<MemberId>("kiem-phieu-1", "Chọn người kiểm phiếu thứ nhất");
    let two = form.choice::<MemberId>("kiem-phieu-2", "Chọn người kiểm phiếu thứ hai");
    let (Some(one), Some(two)) = (one, two) else { return Ok(mend(&meeting_page(&here, id, form).await?)) };
    let passphrases = [form.value("cum-mat-khau-1"), form.value("cum-mat-khau-2")];
    let tellers = Tellers { members: [one, two], passphrases };
    let done = voting::open(&here.ctx(), id, &tellers, form.chosen("da-biet", "1")).await;
    answered(&here, id, form, "kiem-phieu-1", done).await
}

pub async fn close(here: Here, Path(id): Path<MeetingId>, form: Form) -> Answer {
    let done = voting::close(&here.ctx(), id, [form.value("cum-mat-khau-1"), form.value("cum-mat-khau-2")]).await;
    answered(&here, id, form, "cum-mat-khau-1", done).await
}

pub async fn give_up(here: Here, Path(id): Path<MeetingId>, mut form: Form) -> Answer {
    let reason = form.required_line("ly-do-huy", 300, "Ghi lý do hủy phiếu");
    if !form.is_good() {
        return Ok(mend(&meeting_page(&here, id, form).await?));
    }
    let done = voting::give_up(&here.ctx(), id, &reason).await;
    answered(&here, id, form, "ly-do-huy", done).await
}

/// Back to the meeting, or its page again, filled, with what the world says at a field.
pub(super) async fn answered(
    here: &Here,
    id: MeetingId,
    mut form: Form,
    field: &str,
    done: Result<(), CouncilError>,
) -> Answer {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/noi-bo/hoi-dong/phien/{id}")).into_response()),
        Err(
            error @ (CouncilError::Denied(_)
            | CouncilError::Store(_)
            | CouncilError::Unknown(_)
            | CouncilError::BrokenBox(_)),
        ) => Err(refusal(error)),
        Err(error) => {
            form.refuse(field, sentence(&error));
            Ok(mend(&meeting_page(here, id, form).await?))
        }
    }
}

pub async fn minutes_pdf(here: Here, Path(id): Path<MeetingId>) -> Answer {
    paper_of(&here, id, minutes::minutes, (PDF, "bien-ban.pdf", papers::pdf)).await
}

pub async fn minutes_docx(here: Here, Path(id): Path<MeetingId>) -> Answer {
    paper_of(&here, id, minutes::minutes, (DOCX, "bien-ban.docx", papers::docx)).await
}

pub async fn tally_sheet_pdf(here: Here, Path(id): Path<MeetingId>) -> Answer {
    paper_of(&here, id, tally_sheet::tally_sheet, (PDF, "bien-ban-kiem-phieu.pdf", papers::pdf)).await
}

pub async fn tally_sheet_docx(here: Here, Path(id): Path<MeetingId>) -> Answer {
    paper_of(&here, id, tally_sheet::tally_sheet, (DOCX, "bien-ban-kiem-phieu.docx", papers::docx)).await
}

type Draw = fn(&House, &Room) -> Result<Paper, CouncilError>;
type Render = fn(&Paper) -> Result<Vec<u8>, PaperError>;

async fn paper_of(
    here: &Here,
    id: MeetingId,
    draw: Draw,
    (kind, name, render): (&'static str, &'static str, Render),
) -> Answer {
    let room = queries::room(&here.ctx(), id).await.map_err(refusal)?;
    let paper = draw(&here.house, &room).map_err(refusal)?;
    let bytes = render(&paper).map_err(|error| Refusal::broken(&error))?;
    hand_out_paper(here, (kind, name), id, bytes).await
}
