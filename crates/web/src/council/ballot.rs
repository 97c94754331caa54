//! A member's own sheet: choose, check, cast. The receipt says that a ballot was cast, not what it says.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use office::council::model::{Choice as Vote, MeetingId, MotionId};
use office::council::queries::{self, Item};
use office::council::{CouncilError, service, voting};

use super::meeting::{answered, meeting_page};
use super::refusal;
use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};

struct SheetLine {
    item: Item,
    award: String,
    field: String,
    chosen: String,
}

#[derive(Template)]
#[template(path = "council/ballot.html")]
struct BallotPage {
    frame: Frame,
    form: Form,
    meeting: MeetingId,
    lines: Vec<SheetLine>,
    votes: Vec<(&'static str, &'static str)>,
    checking: bool,
    voted: bool,
    open: bool,
}

async fn ballot_page(here: &Here, id: MeetingId, form: Form, checking: bool) -> Result<BallotPage, Refusal> {
    let room = queries::room(&here.ctx(), id).await.map_err(refusal)?;
    let seat = room.seat.as_ref().ok_or_else(Refusal::not_found)?;
    let mine = room.members.iter().find(|(member, ..)| member.id == seat.id);
    let voted = mine.and_then(|(.., voted)| *voted);
    let lines = room.items.iter().map(|item| {
        let field = format!("noi-dung-{}", item.motion.id);
        SheetLine {
            award: here.house.rules.award(item.nominated.award).name_vi.clone(),
            chosen: Vote::from_code(form.value(&field)).map_or("", Vote::name_vi).to_owned(),
            field,
            item: item.clone(),
        }
    });
    Ok(BallotPage {
        lines: lines.collect(),
        frame: here.frame(here.visit.lang.t("Phiếu bầu"), Place::Council).faulty(!form.is_good()),
        form,
        meeting: id,
        votes: Vote::ALL.iter().map(|vote| (vote.code(), vote.name_vi())).collect(),
        checking,
        voted: voted == Some(true),
        open: voted == Some(false) && mine.is_some_and(|(_, here, _)| *here),
    })
}

pub async fn show(here: Here, Path(id): Path<MeetingId>) -> Answer {
    Ok(page(&ballot_page(&here, id, Form::empty(), false).await?))
}

pub async fn cast(here: Here, Path(id): Path<MeetingId>, mut form: Form) -> Answer {
    let shown = ballot_page(&here, id, form.clone(), true).await?;
    for line in shown.lines.iter().filter(|line| !line.item.mine && line.chosen.is_empty()) {
        form.refuse(
            &line.field,
            format!("Chọn ý kiến cho nội dung {}: {}", line.item.motion.position, line.item.nominated.name),
        );
    }
    if !form.is_good() || form.chosen("sua", "1") {
        let page = ballot_page(&here, id, form, false).await?;
        return Ok(mend(&page));
    }
    if !form.chosen("bo", "1") {
        return Ok(page(&shown));
    }
    let choices: BTreeMap<MotionId, Vote> = shown
        .lines
        .iter()
        .filter_map(|line| Some((line.item.motion.id, Vote::from_code(form.value(&line.field))?)))
        .collect();
    match voting::cast(&here.ctx(), id, &choices).await {
        Ok(()) => Ok(Redirect::to(&format!("/noi-bo/hoi-dong/phieu/{id}")).into_response()),
        Err(
            error @ (CouncilError::Denied(_)
            | CouncilError::Store(_)
            | CouncilError::Unknown(_)
            | CouncilError::BrokenBox(_)),
        ) => Err(refusal(error)),
        Err(error) => {
            form.refuse("phieu", sentence(&error));
            Ok(mend(&ballot_page(&here, id, form, false).await?))
        }
    }
}

pub async fn declare(here: Here, Path(id): Path<MeetingId>, mut form: Form) -> Answer {
    // Another form of the page sends the same names.
    form.keep_as("xd-noi-dung", "noi-dung");
    form.keep_as("xd-ly-do", "ly-do");
    let motion = form.choice::<MotionId>("xd-noi-dung", "Chọn nội dung");
    let statement = form.required_line("xd-ly-do", 300, "Ghi lý do có xung đột lợi ích");
    let Some(motion) = motion.filter(|_| form.is_good()) else {
        return Ok(mend(&meeting_page(&here, id, form).await?));
    };
    let done = service::declare(&here.ctx(), id, motion, &statement).await;
    answered(&here, id, form, "xd-ly-do", done).await
}
