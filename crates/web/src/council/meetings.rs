//! Councils and their meetings.

use askama::Template;
use axum::response::{IntoResponse, Redirect};
use kernel::id::PersonId;
use kernel::numbers::short_date;
use kernel::{Period, Permission};
use office::council::model::{Council, CouncilId, Meeting, Member, Relation, Seat};
use office::council::{CouncilError, queries, service};
use office::organization;

use super::refusal;
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};

struct MeetingLine {
    meeting: Meeting,
    day: String,
    name: String,
}

#[derive(Template)]
#[template(path = "council/meetings.html")]
struct MeetingsPage {
    frame: Frame,
    form: Form,
    councils: Vec<(Council, String, Vec<Member>)>,
    meetings: Vec<MeetingLine>,
    people: Vec<Choice>,
    council_choices: Vec<Choice>,
    campaigns: Vec<Choice>,
    relations: Vec<Relation>,
    may_run: bool,
}

/// Since when a council stands, and until when.
fn term(here: &Here, council: &Council) -> String {
    let l = here.visit.lang;
    let from = format!("{} {}", l.t("từ"), short_date(council.term.from));
    match council.term.until {
        Some(until) => format!("{from}, {} {}", l.t("đến trước"), short_date(until)),
        None => from,
    }
}

async fn meetings_page(here: &Here, form: Form) -> Result<MeetingsPage, Refusal> {
    let ctx = here.ctx();
    let councils = queries::councils(&ctx).await.map_err(refusal)?;
    let meetings = queries::meetings(&ctx).await.map_err(refusal)?;
    let may_run = ctx.may(Permission::RunCouncil).is_ok();
    let mut people = Vec::new();
    let mut campaigns = Vec::new();
    let mut relations = Vec::new();
    if may_run {
        relations = queries::relations(&ctx).await.map_err(refusal)?;
        let mut tx = ctx.read().await.map_err(|error| Refusal::store(&error))?;
        let units = organization::queries::units(&mut tx, ctx.today()).await.map_err(|error| Refusal::store(&error))?;
        for unit in units {
            let members = organization::queries::members(&mut tx, unit.id, ctx.today()).await;
            for member in members.map_err(|error| Refusal::store(&error))? {
                let words = format!("{} – {}, {}", member.person.profile.told_apart(), member.post.title, unit.name);
                people.push(Choice::new(member.person.id, words));
            }
        }
        let all = office::awards::queries::campaigns(&ctx).await.map_err(|error| Refusal::conflict(&error))?;
        campaigns = all
            .into_iter()
            .map(|one| {
                Choice::new(
                    one.id,
                    format!("{} ({}, hạn {})", one.name, one.state.name_vi(), short_date(one.closes_on)),
                )
            })
            .collect();
    }
    let meetings = meetings.into_iter().map(|meeting| MeetingLine {
        day: short_date(meeting.held_on),
        name: councils
            .iter()
            .find(|(one, _)| one.id == meeting.council)
            .map_or_else(String::new, |(one, _)| one.name.clone()),
        meeting,
    });
    Ok(MeetingsPage {
        frame: here.frame(here.visit.lang.t("Hội đồng"), Place::Council).faulty(!form.is_good()),
        form,
        meetings: meetings.collect(),
        council_choices: councils.iter().map(|(one, _)| Choice::new(one.id, &one.name)).collect(),
        councils: councils
            .into_iter()
            .map(|(one, members)| {
                let since = term(here, &one);
                (one, since, members)
            })
            .collect(),
        people,
        campaigns,
        relations,
        may_run,
    })
}

pub async fn list(here: Here) -> Answer {
    Ok(page(&meetings_page(&here, Form::empty()).await?))
}

pub async fn create(here: Here, mut form: Form) -> Answer {
    let name = form.required_line("ten", 200, "Nhập tên Hội đồng");
    let document = form.required_line("quyet-dinh", 300, "Nhập số, ngày quyết định thành lập");
    let from = form.required_day("tu-ngay", "Nhập ngày bắt đầu nhiệm kỳ");
    let last = form.day("den-ngay");
    let chair = form.choice::<PersonId>("chu-tich", "Chọn Chủ tịch Hội đồng");
    let mut members: Vec<(PersonId, Seat)> = chair.into_iter().map(|id| (id, Seat::Chair)).collect();
    for (field, seat) in [("pho-chu-tich", Seat::Vice), ("thu-ky", Seat::Secretary)] {
        let Ok(id) = form.line(field).parse::<PersonId>() else { continue };
        if members.iter().any(|(one, _)| *one == id) {
            form.refuse(field, "Mỗi người giữ một vai trong Hội đồng");
        }
        members.push((id, seat));
    }
    for id in form.all("uy-vien").iter().filter_map(|id| id.parse::<PersonId>().ok()) {
        if !members.iter().any(|(one, _)| *one == id) {
            members.push((id, Seat::Member));
        }
    }
    let term = from.map(|from| Period::try_new(from, last.and_then(|last| last.tomorrow().ok())));
    if let Some(Err(error)) = &term {
        form.refuse("den-ngay", sentence(error));
    }
    let Some(Ok(term)) = term.filter(|_| form.is_good()) else { return Ok(mend(&meetings_page(&here, form).await?)) };
    match service::set_up(&here.ctx(), &name, &document, term, &members).await {
        Ok(_) => Ok(Redirect::to("/noi-bo/hoi-dong").into_response()),
        Err(error @ CouncilError::TooFewMembers) => {
            form.refuse("uy-vien", sentence(&error));
            Ok(mend(&meetings_page(&here, form).await?))
        }
        Err(error) => Err(refusal(error)),
    }
}

pub async fn call(here: Here, mut form: Form) -> Answer {
    let council = form.choice::<CouncilId>("hoi-dong", "Chọn Hội đồng");
    let campaign = form.choice("dot", "Chọn đợt xét");
    let day = form.required_day("ngay", "Nhập ngày họp");
    let place = form.required_line("dia-diem", 200, "Nhập địa điểm họp");
    let (Some(council), Some(campaign), Some(day), true) = (council, campaign, day, form.is_good()) else {
        return Ok(mend(&meetings_page(&here, form).await?));
    };
    match service::call(&here.ctx(), council, campaign, day, &place).await {
        Ok(id) => Ok(Redirect::to(&format!("/noi-bo/hoi-dong/phien/{id}")).into_response()),
        Err(error @ (CouncilError::EmptyAgenda | CouncilError::CampaignNotReady | CouncilError::Awards(_))) => {
            form.refuse("dot", sentence(&error));
            Ok(mend(&meetings_page(&here, form).await?))
        }
        Err(error @ (CouncilError::OutsideTerm | CouncilError::BallotLapsed { .. })) => {
            form.refuse("ngay", sentence(&error));
            Ok(mend(&meetings_page(&here, form).await?))
        }
        Err(error) => Err(refusal(error)),
    }
}

pub async fn relate(here: Here, mut form: Form) -> Answer {
    let person = form.choice::<PersonId>("nguoi", "Chọn người thứ nhất");
    let other = form.choice::<PersonId>("nguoi-kia", "Chọn người thứ hai");
    let kind = form.required_line("quan-he", 100, "Ghi quan hệ giữa hai người");
    if person.is_some() && person == other {
        form.refuse("nguoi-kia", "Chọn hai người khác nhau".to_owned());
    }
    let (Some(person), Some(other), true) = (person, other, form.is_good()) else {
        return Ok(mend(&meetings_page(&here, form).await?));
    };
    service::state_relation(&here.ctx(), person, other, &kind).await.map_err(refusal)?;
    Ok(Redirect::to("/noi-bo/hoi-dong").into_response())
}
