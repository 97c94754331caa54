//! One petition: what came in, its clocks day by day, its units, what may be done next.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use kernel::calendar::Mark;
use kernel::id::UnitId;
use kernel::numbers::short_date;
use office::petitions::clocks::{Confidence, shipped};
use office::petitions::model::{Correction, Kind, LetterFileId, PetitionId, Step};
use office::petitions::queries::{self, Detail, Similar};
use office::petitions::templates;

use super::inbox::{names, units};
use super::refusal;
use crate::files::attached;
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, show as page};
use crate::say::Lang;

struct DayLine {
    day: String,
    words: String,
    mark: String,
}

struct ClockLine {
    kind: &'static str,
    due: String,
    state: &'static str,
    tone: &'static str,
    ground: String,
    told: bool,
    from: String,
    days: Vec<DayLine>,
}

struct PartLine {
    unit: String,
    role: &'static str,
    due: String,
    late: bool,
    opinion: String,
    answered: String,
    ended: String,
}

struct EventLine {
    what: &'static str,
    when: String,
    who: String,
    words: String,
    shown: bool,
}

struct CorrectionLine {
    on: String,
    one: Correction,
}

/// Which steps have a form on the page.
pub(super) struct Doings {
    sort: bool,
    refuse: bool,
    ask: bool,
    supply: bool,
    assign: bool,
    give_back: bool,
    pass_on: bool,
    hand_over: bool,
    join: bool,
    separate: bool,
    draft: bool,
    opine: bool,
    sign: bool,
    publish: bool,
    split: bool,
    complete: bool,
}

#[derive(Template)]
#[template(path = "petitions/show.html")]
struct ShowPage {
    frame: Frame,
    form: Form,
    id: PetitionId,
    one: Detail,
    number: String,
    received: String,
    signed: String,
    lead: String,
    missing: String,
    clocks: Vec<ClockLine>,
    parts: Vec<PartLine>,
    events: Vec<EventLine>,
    similar: Vec<Similar>,
    may: Doings,
    kinds: Vec<Choice>,
    clauses: Vec<Choice>,
    units: Vec<Choice>,
    /// Wordings for the answer, where it is drafted.
    templates: Vec<Choice>,
    /// What the public version said before it was corrected.
    corrections: Vec<CorrectionLine>,
}

fn doings(one: &Detail) -> Doings {
    let can = |step: Step| step.leads(one.petition.state, one.petition.lead.is_some()).is_some();
    let power = one.powers;
    let handled = one.petition.kind.is_handled_here();
    Doings {
        sort: power.registers && can(Step::Sort),
        refuse: power.registers && can(Step::Refuse),
        ask: (power.registers || power.leads) && can(Step::Ask),
        supply: power.registers && can(Step::Supply),
        assign: power.registers && can(Step::Assign) && handled,
        give_back: power.leads && can(Step::GiveBack),
        pass_on: power.registers && can(Step::PassOn),
        hand_over: power.registers && can(Step::HandOver),
        join: power.registers && can(Step::Join),
        separate: power.registers && can(Step::Separate),
        draft: power.leads && can(Step::Submit),
        opine: power.helps && can(Step::Submit),
        sign: power.signs && can(Step::Sign),
        publish: power.registers && can(Step::Publish),
        split: power.registers && (can(Step::Ask) || can(Step::Supply)) && !one.letter.locked,
        complete: power.registers && one.petition.state.is_open() && !one.letter.locked,
    }
}

fn clock_line(
    (clock, said): &(office::petitions::terms::Clock, kernel::calendar::Explained),
    today: kernel::Date,
) -> ClockLine {
    let (state, tone) = match (clock.open, clock.met_on, clock.is_late(today)) {
        (true, _, true) => ("quá hạn", "bad"),
        (true, _, false) if clock.due.is_none() => ("đang dừng", "neutral"),
        (true, _, false) => ("đang chạy", "warn"),
        (false, Some(_), false) => ("đúng hạn", "ok"),
        (false, Some(_), true) => ("xong, quá hạn", "bad"),
        (false, None, _) => ("đã thôi tính", "neutral"),
    };
    let mark = |mark: Mark| match mark {
        Mark::Counted(many) => format!("ngày thứ {many}"),
        Mark::Off => "nghỉ, không tính".to_owned(),
        Mark::Paused => "dừng, chờ người gửi".to_owned(),
        Mark::PastEnd => "đã đủ ngày, chưa kết thúc được".to_owned(),
        Mark::RolledTo => "kết thúc vào ngày làm việc này".to_owned(),
    };
    ClockLine {
        kind: clock.kind.name_vi(),
        due: clock.due.map(short_date).unwrap_or_default(),
        state,
        tone,
        told: shipped().rule(&clock.rule).is_some_and(|rule| rule.confidence == Confidence::Report),
        ground: clock.ground.clone(),
        from: short_date(clock.from),
        days: said
            .steps
            .iter()
            .map(|step| DayLine { day: short_date(step.day), words: step.words.clone(), mark: mark(step.mark) })
            .collect(),
    }
}

/// What stands in the forms before anybody typed.
fn prefill(form: &mut Form, one: &Detail) {
    let (petition, contact) = (&one.petition, &one.letter.contact);
    let publication = one.publication.as_ref();
    let known = [
        ("loai", petition.kind.code().to_owned()),
        ("khoan", petition.clause.clone()),
        ("phuc-tap", if petition.complex { "1".to_owned() } else { String::new() }),
        ("tra-loi", petition.answer.clone()),
        ("ck-tieu-de", publication.map_or(&petition.title, |one| &one.title).clone()),
        ("ck-noi-dung", publication.map_or(&petition.content, |one| &one.content).clone()),
        ("ck-tra-loi", petition.answer.clone()),
        ("dc-tieu-de", publication.map(|one| one.title.clone()).unwrap_or_default()),
        ("dc-noi-dung", publication.map(|one| one.content.clone()).unwrap_or_default()),
        ("dc-tra-loi", publication.map(|one| one.answer.clone()).unwrap_or_default()),
        ("ten", contact.name.clone()),
        ("dia-chi", contact.address.clone()),
        ("dien-thoai", contact.phone.clone()),
        ("thu", contact.email.clone()),
        ("ma-so-thue", contact.tax_code.clone()),
    ];
    for (field, value) in known {
        if form.all(field).is_empty() {
            form.put(field, value);
        }
    }
}

pub(super) async fn show_page(here: &Here, id: PetitionId, mut form: Form) -> Result<impl Template + use<>, Refusal> {
    let (ctx, l) = (here.ctx(), here.visit.lang);
    let one = queries::detail(&ctx, id).await.map_err(refusal)?;
    let units = units(&ctx).await?;
    let names: BTreeMap<UnitId, String> = names(&units);
    let name = |unit: UnitId| names.get(&unit).cloned().unwrap_or_default();
    let similar = if one.powers.registers && one.petition.state.is_open() {
        queries::similar(&ctx, id).await.map_err(refusal)?
    } else {
        Vec::new()
    };
    let may = doings(&one);
    let templates = if may.draft { choices(&ctx, one.petition.kind).await? } else { Vec::new() };
    let today = ctx.today();
    let complete = form.is_good();
    prefill(&mut form, &one);
    Ok(ShowPage {
        frame: here.frame(&one.petition.title, Place::Petitions).faulty(!complete),
        id,
        number: one.petition.number(&one.letter),
        received: short_date(one.letter.received_on),
        signed: one.petition.signed_on.map(short_date).unwrap_or_default(),
        lead: one.petition.lead.map(name).unwrap_or_default(),
        missing: if one.letter.locked { String::new() } else { lacks(&one) },
        clocks: one.clocks.iter().map(|clock| clock_line(clock, today)).collect(),
        parts: one
            .parts
            .iter()
            .map(|part| PartLine {
                unit: name(part.unit),
                role: part.role.name_vi(),
                due: part.due_on.map(short_date).unwrap_or_default(),
                late: part.is_late(today),
                opinion: part.opinion.clone(),
                answered: part.answered_on.map(short_date).unwrap_or_default(),
                ended: part.ended_on.map(short_date).unwrap_or_default(),
            })
            .collect(),
        events: one
            .events
            .iter()
            .map(|event| EventLine {
                what: event.what_vi(),
                when: short_date(event.on),
                who: event.name.clone(),
                words: event.words.clone(),
                shown: event.shown,
            })
            .collect(),
        similar,
        may,
        templates,
        corrections: one
            .corrections
            .iter()
            .map(|one| CorrectionLine { on: short_date(one.corrected_on), one: one.clone() })
            .collect(),
        kinds: handled_kinds(l),
        clauses: here
            .house
            .plan
            .clauses
            .iter()
            .map(|clause| Choice::new(&clause.id, format!("{} {:.80}", clause.id, clause.text)))
            .collect(),
        units: units.iter().map(|unit| Choice::new(unit.id, &unit.name)).collect(),
        form,
        one,
    })
}

/// The kinds that are handled in this room, to choose from.
pub(super) fn handled_kinds(l: Lang) -> Vec<Choice> {
    let handled = Kind::ALL.iter().filter(|kind| kind.is_handled_here());
    handled.map(|kind| Choice::new(kind.code(), l.t(kind.name_vi()))).collect()
}

/// The wordings for a kind.
async fn choices(ctx: &office::Ctx<'_>, kind: Kind) -> Result<Vec<Choice>, Refusal> {
    let found = templates::list(ctx, Some(kind)).await.map_err(refusal)?;
    Ok(found.iter().map(|one| Choice::new(one.id, &one.name)).collect())
}

/// What the law asks of a sender and is missing, for who takes in.
fn lacks(one: &Detail) -> String {
    if one.powers.registers { one.letter.contact.missing().join(", ") } else { String::new() }
}

pub async fn show(here: Here, Path(id): Path<PetitionId>) -> Answer {
    Ok(page(&show_page(&here, id, Form::empty()).await?))
}

pub async fn download(here: Here, Path((id, file)): Path<(PetitionId, LetterFileId)>) -> Answer {
    let file = queries::file(&here.ctx(), id, file).await.map_err(refusal)?;
    attached(&here, &file.digest, &file.name, file.media_type)
}
