//! One dialogue: agenda with what is still owed, guests, questions, minutes, promises, the published result.

use askama::Template;
use axum::extract::Path;
use kernel::Permission;
use kernel::id::UnitId;
use kernel::numbers::short_date;
use office::dialogues::model::{AmendmentState, Applicant, Guest, Standing, StateKind};
use office::dialogues::queries::{self, Detail};
use office::dialogues::{AmendmentId, DialogueId, GuestId, ItemId, QuestionId};

use super::list::Promise;
use super::refusal;
use crate::files::{DOCX, PDF, hand_out_paper};
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, show as page};

struct Invited {
    id: GuestId,
    name: String,
    is_office: bool,
    there: Option<bool>,
}

/// Somebody who asked to take part.
struct Applied {
    id: GuestId,
    name: String,
    phone: String,
    on: String,
    standing: Standing,
    reply: String,
    /// The field of the reason for declining.
    field: String,
}

struct Asked {
    id: QuestionId,
    asker: String,
    text: String,
    on: String,
    by_code: bool,
    petition: Option<String>,
    locked: bool,
    /// To whom a locked one was handed over, by which document.
    handed_over: String,
    field: String,
    agency_field: String,
    document_field: String,
}

struct Proposed {
    id: AmendmentId,
    by: String,
    words: String,
    on: String,
    state: AmendmentState,
    /// Who answered, when, in which words.
    settled: String,
    field: String,
}

#[derive(Template)]
#[template(path = "dialogues/show.html")]
pub struct ShowPage {
    frame: Frame,
    form: Form,
    id: DialogueId,
    version: i64,
    clause: String,
    unit: String,
    on: String,
    place: String,
    state: StateKind,
    reason: String,
    agenda: Vec<(ItemId, String)>,
    pending: Vec<Promise>,
    guests: Vec<Invited>,
    applicants: Vec<Applied>,
    /// Until when everybody may ask to take part; empty when it is not announced.
    register_until: String,
    begins: String,
    questions: Vec<Asked>,
    minutes: Vec<String>,
    frozen: String,
    digest: String,
    amendments: Vec<Proposed>,
    promises: Vec<Promise>,
    published: Option<(String, String)>,
    runs: bool,
    registers: bool,
    may_amend: bool,
    people: Vec<Choice>,
    given_to: Vec<Choice>,
    guest_choices: Vec<Choice>,
    /// A code that is told once, with the name of the guest.
    told: Option<(String, String)>,
}

/// The texts of the form for the minutes and the publication, where nothing was typed.
fn filled(form: &mut Form, found: &Detail) {
    if form.is_good() {
        form.put("bien-ban", found.dialogue.minutes.clone());
        form.put("ket-qua", found.dialogue.published.as_ref().map(|one| one.text.clone()).unwrap_or_default());
        form.put("ngay", short_date(found.dialogue.on));
        form.put("dia-diem", found.dialogue.place.clone());
        form.put("gio", found.dialogue.begins.clone());
        form.put("han-dang-ky", found.dialogue.register_until.map(short_date).unwrap_or_default());
    }
}

fn questions(found: &Detail) -> Vec<Asked> {
    let question = |one: &office::dialogues::model::Question| Asked {
        id: one.id,
        asker: one.asker.clone(),
        text: one.text.clone(),
        on: short_date(one.on),
        by_code: one.by_code,
        // A petition that is locked has no page.
        petition: one.petition.filter(|_| !one.locked).map(|id| format!("/noi-bo/kien-nghi/{id}")),
        locked: one.locked,
        handed_over: match &one.handed_over {
            (agency, _) if agency.is_empty() => String::new(),
            (agency, document) => format!("{agency}, {document}"),
        },
        field: format!("tieu-de-{}", one.id),
        agency_field: format!("noi-nhan-{}", one.id),
        document_field: format!("van-ban-{}", one.id),
    };
    found.questions.iter().map(question).collect()
}

fn applicants(found: &Detail) -> Vec<Applied> {
    let applicant = |one: &Applicant| Applied {
        id: one.guest.id,
        name: one.guest.name.clone(),
        phone: one.phone.clone(),
        on: short_date(one.on),
        standing: one.guest.standing,
        reply: one.guest.reply.clone(),
        field: format!("vi-sao-{}", one.guest.id),
    };
    found.applicants.iter().map(applicant).collect()
}

fn amendments(found: &Detail) -> Vec<Proposed> {
    let name = |id: GuestId| found.guests.iter().find(|guest: &&Guest| guest.id == id).map(|guest| guest.name.clone());
    let amendment = |one: &office::dialogues::model::Amendment| Proposed {
        id: one.id,
        by: name(one.guest).unwrap_or_default(),
        words: one.words.clone(),
        on: short_date(one.on),
        state: one.state,
        settled: one
            .settled
            .as_ref()
            .map(|act| format!("{}, {} {}", short_date(act.on), act.name, one.reply))
            .unwrap_or_default(),
        field: format!("tra-loi-{}", one.id),
    };
    found.amendments.iter().map(amendment).collect()
}

/// The page, with a form as it was sent, and a code that is told once.
pub async fn show_page(
    here: &Here,
    id: DialogueId,
    mut form: Form,
    told: Option<(String, String)>,
) -> Result<ShowPage, Refusal> {
    let (ctx, today) = (here.ctx(), here.visit.today);
    let found = queries::detail(&ctx, id).await.map_err(refusal)?;
    filled(&mut form, &found);
    let one = &found.dialogue;
    let unit = |id: UnitId| found.units.get(&id).cloned().unwrap_or_default();
    let (people, given_to) = if found.runs {
        (queries::people(&ctx).await.map_err(refusal)?, queries::units(&ctx).await.map_err(refusal)?.1)
    } else {
        (Vec::new(), Vec::new())
    };
    let promise = |followed: &office::dialogues::commitments::Followed| {
        Promise::of(followed, unit(followed.commitment.unit), today)
    };
    let drafted = one.state == StateKind::Held && !one.minutes.is_empty();
    Ok(ShowPage {
        frame: here.frame(&one.title, Place::Dialogues).faulty(!form.is_good()),
        form,
        id,
        version: one.version,
        clause: one.clause.clone(),
        unit: unit(one.unit),
        on: short_date(one.on),
        place: one.place.clone(),
        state: one.state,
        reason: one.reason.clone(),
        agenda: found.agenda.iter().map(|item| (item.id, item.what.clone())).collect(),
        pending: found.pending.iter().map(promise).collect(),
        guests: found
            .guests
            .iter()
            .map(|guest| Invited {
                id: guest.id,
                name: guest.name.clone(),
                is_office: guest.person.is_some(),
                there: guest.there,
            })
            .collect(),
        applicants: applicants(&found),
        register_until: one.register_until.map(short_date).unwrap_or_default(),
        begins: one.begins.clone(),
        questions: questions(&found),
        minutes: one.minutes.split("\n\n").filter(|part| !part.is_empty()).map(str::to_owned).collect(),
        frozen: one.frozen.as_ref().map(|(act, _)| format!("{}, {}", short_date(act.on), act.name)).unwrap_or_default(),
        digest: one.frozen.as_ref().map(|(_, digest)| digest.clone()).unwrap_or_default(),
        amendments: amendments(&found),
        promises: found.commitments.iter().map(promise).collect(),
        published: one.published.as_ref().map(|one| (short_date(one.act.on), one.text.clone())),
        runs: found.runs,
        registers: ctx.may(Permission::RegisterPetitions).is_ok(),
        may_amend: found.was_there && drafted,
        people: people.into_iter().map(|(id, name)| Choice::new(id, name)).collect(),
        given_to: given_to.iter().map(|unit| Choice::new(unit.id, &unit.name)).collect(),
        guest_choices: found.guests.iter().map(|guest| Choice::new(guest.id, guest.name.clone())).collect(),
        told,
    })
}

pub async fn show(here: Here, Path(id): Path<DialogueId>) -> Answer {
    Ok(page(&show_page(&here, id, Form::empty(), None).await?))
}

pub async fn minutes_pdf(here: Here, Path(id): Path<DialogueId>) -> Answer {
    let paper = queries::minutes(&here.ctx(), id).await.map_err(refusal)?;
    let bytes = papers::pdf(&paper).map_err(|error| Refusal::broken(&error))?;
    hand_out_paper(&here, (PDF, "bien-ban-doi-thoai.pdf"), id, bytes).await
}

pub async fn minutes_docx(here: Here, Path(id): Path<DialogueId>) -> Answer {
    let paper = queries::minutes(&here.ctx(), id).await.map_err(refusal)?;
    let bytes = papers::docx(&paper).map_err(|error| Refusal::broken(&error))?;
    hand_out_paper(&here, (DOCX, "bien-ban-doi-thoai.docx"), id, bytes).await
}
