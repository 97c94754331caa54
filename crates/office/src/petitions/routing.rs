//! Sorting and routing: what it is, who leads, who helps, and what does not belong here.

use kernel::id::UnitId;
use kernel::numbers::short_date;
use kernel::{Date, Permission};

use super::model::{ClockKind, EventKind, Kind, Letter, Part, PartId, Petition, PetitionId, State, Step, UnitRole};
use super::service::{
    LONGEST_TEXT, LONGEST_TITLE, carry_out, helping, leads, line, load, readable, takes_in_or_leads, tell,
    tell_in_ledger, text,
};
use super::{PetitionsError, clock_store, notify, store};
use crate::db::{StoreError, Tx};
use crate::{Ctx, organization};

/// Says what kind a petition is, under which clause it is handled, and whether it is complex.
///
/// # Errors
/// A kind that is not handled here, an unknown clause, or where it stands.
pub async fn sort(
    ctx: &Ctx<'_>,
    id: PetitionId,
    seen: i64,
    kind: Kind,
    (clause, complex): (&str, bool),
) -> Result<(), PetitionsError> {
    ctx.may(Permission::RegisterPetitions)?;
    if !kind.is_handled_here() {
        return Err(PetitionsError::missing("loai", "Chọn phản ánh, kiến nghị hoặc vướng mắc của doanh nghiệp"));
    }
    let clause = ctx.house.plan.clause(clause).map(|one| one.id.to_string());
    let clause = clause.ok_or_else(|| PetitionsError::missing("khoan", "Chọn khoản của Kế hoạch"))?;
    let mut tx = ctx.begin().await?;
    let (mut petition, letter) = load(&mut tx, id).await?;
    petition.take(Step::Sort)?;
    (petition.kind, petition.clause, petition.complex, petition.version) = (kind, clause, complex, seen);
    carry_out(ctx, &mut tx, (&petition, &letter), Step::Sort, kind.name_vi(), false).await?;
    tx.commit().await?;
    Ok(())
}

/// Asks the sender for more: the clocks of transfer and answer stand until it comes.
///
/// # Errors
/// Without a question, or where it stands.
pub async fn ask(ctx: &Ctx<'_>, id: PetitionId, seen: i64, question: &str) -> Result<(), PetitionsError> {
    let question = text("cau-hoi", question, LONGEST_TEXT, "Ghi cần người gửi bổ sung những gì")?;
    let mut tx = ctx.begin().await?;
    let (mut petition, letter, _) = readable(ctx, &mut tx, id).await?;
    takes_in_or_leads(ctx, &petition)?;
    petition.take(Step::Ask)?;
    petition.version = seen;
    carry_out(ctx, &mut tx, (&petition, &letter), Step::Ask, &question, true).await?;
    tx.commit().await?;
    Ok(())
}

/// Keeps a supplement that came in by another way than the code: by telephone, on paper.
///
/// # Errors
/// Without words, or where it stands.
pub async fn supply(ctx: &Ctx<'_>, id: PetitionId, seen: i64, words: &str) -> Result<(), PetitionsError> {
    ctx.may(Permission::RegisterPetitions)?;
    let words = text("bo-sung", words, LONGEST_TEXT, "Ghi nội dung người gửi đã bổ sung")?;
    let mut tx = ctx.begin().await?;
    let (mut petition, letter) = load(&mut tx, id).await?;
    petition.take(Step::Supply)?;
    petition.version = seen;
    carry_out(ctx, &mut tx, (&petition, &letter), Step::Supply, &words, true).await?;
    tx.commit().await?;
    Ok(())
}

/// To whom a petition is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// Who leads and answers.
    pub lead: UnitId,
    /// Who gives an opinion, each by a day of its own.
    pub helpers: Vec<(UnitId, Option<Date>)>,
    /// What the units are to know.
    pub words: String,
}

/// Gives a petition to a unit that leads and others that help; earlier parts end.
///
/// # Errors
/// Before it was sorted, without what the law asks of a sender, for units that do not exist today or twice,
/// for a helper's day after the answer's.
pub async fn assign(ctx: &Ctx<'_>, id: PetitionId, seen: i64, new: &Assignment) -> Result<(), PetitionsError> {
    ctx.may(Permission::RegisterPetitions)?;
    let today = ctx.today();
    let mut tx = ctx.begin().await?;
    let (mut petition, letter) = load(&mut tx, id).await?;
    petition.take(Step::Assign)?;
    if !petition.kind.is_handled_here() {
        return Err(PetitionsError::NotSorted);
    }
    let missing = letter.contact.missing();
    if !missing.is_empty() {
        return Err(PetitionsError::Anonymous { missing });
    }
    let mut names = Vec::new();
    let mut seen_units = Vec::new();
    for unit in std::iter::once(new.lead).chain(new.helpers.iter().map(|(unit, _)| *unit)) {
        let view = organization::queries::unit(&mut tx, unit, today).await?.filter(|one| one.period.contains(today));
        let odd = |what: String| PetitionsError::OddUnit { what };
        let view = view.ok_or_else(|| odd("chọn đơn vị đang hoạt động".to_owned()))?;
        if seen_units.contains(&unit) {
            return Err(odd(format!("{} chỉ giữ một vai trong vụ việc", view.name)));
        }
        seen_units.push(unit);
        names.push(view.name);
    }
    end_parts(&mut tx, id, today).await?;
    (petition.lead, petition.version) = (Some(new.lead), seen);
    let words = match names.split_first() {
        Some((lead, [])) => format!("chủ trì: {lead}"),
        Some((lead, others)) => format!("chủ trì: {lead}; phối hợp: {}", others.join(", ")),
        None => String::new(),
    };
    let note = kernel::text::clean_text(&new.words);
    let words = if note.is_empty() { words } else { format!("{words}. {note}") };
    carry_out(ctx, &mut tx, (&petition, &letter), Step::Assign, &words, false).await?;
    let answer =
        clock_store::clocks(&mut tx, id).await?.into_iter().find(|one| one.open && one.kind == ClockKind::Answer);
    let due = answer.and_then(|clock| clock.due);
    add(&mut tx, id, (new.lead, UnitRole::Lead, None), today).await?;
    notify::given(ctx, &mut tx, (&petition, &letter), new.lead, "giao đơn vị chủ trì trả lời").await?;
    for (unit, day) in &new.helpers {
        if day.is_some_and(|day| day < today || due.is_some_and(|due| due < day)) {
            let due = due.map(|due| format!(" ({})", short_date(due))).unwrap_or_default();
            return Err(PetitionsError::OddDay { due });
        }
        add(&mut tx, id, (*unit, UnitRole::Helps, *day), today).await?;
        notify::given(ctx, &mut tx, (&petition, &letter), *unit, "xin ý kiến phối hợp").await?;
    }
    tx.commit().await?;
    Ok(())
}

async fn add(
    tx: &mut Tx,
    id: PetitionId,
    (unit, role, due_on): (UnitId, UnitRole, Option<Date>),
    asked_on: Date,
) -> Result<(), StoreError> {
    let part = Part {
        id: PartId::new(),
        unit,
        role,
        asked_on,
        due_on,
        opinion: String::new(),
        answered_on: None,
        ended_on: None,
    };
    store::add_part(tx, id, &part).await
}

async fn end_parts(tx: &mut Tx, id: PetitionId, on: Date) -> Result<(), StoreError> {
    for part in store::parts(tx, id).await?.into_iter().filter(|part| part.ended_on.is_none()) {
        store::save_part(tx, &Part { ended_on: Some(on), ..part }).await?;
    }
    Ok(())
}

/// A unit gives its petition back because it is not its own.
///
/// # Errors
/// Without a reason, for a unit that does not lead, or where it stands.
pub async fn give_back(ctx: &Ctx<'_>, id: PetitionId, seen: i64, reason: &str) -> Result<(), PetitionsError> {
    let mut tx = ctx.begin().await?;
    let (mut petition, letter, _) = readable(ctx, &mut tx, id).await?;
    leads(ctx, &petition)?;
    let reason = text("ly-do-tra", reason, LONGEST_TEXT, "Ghi vì sao không thuộc thẩm quyền và nên chuyển đâu")?;
    petition.take(Step::GiveBack)?;
    (petition.lead, petition.version) = (None, seen);
    end_parts(&mut tx, id, ctx.today()).await?;
    carry_out(ctx, &mut tx, (&petition, &letter), Step::GiveBack, &reason, false).await?;
    tx.commit().await?;
    Ok(())
}

/// Keeps the opinion of a unit that helps.
///
/// # Errors
/// Without words, for a unit that does not help, or when the petition is not being handled.
pub async fn opine(ctx: &Ctx<'_>, id: PetitionId, opinion: &str) -> Result<(), PetitionsError> {
    let mut tx = ctx.begin().await?;
    let (petition, letter, parts) = readable(ctx, &mut tx, id).await?;
    let denied = crate::Denied { permission: Permission::AnswerPetitions };
    let unit = helping(ctx, &parts).ok_or(denied)?;
    let opinion = text("y-kien", opinion, LONGEST_TEXT, "Ghi ý kiến của đơn vị")?;
    if petition.state != State::InProgress {
        return Err(PetitionsError::NotNow { step: Step::Submit, state: petition.state });
    }
    let mine = |part: &&Part| part.unit == unit && part.role == UnitRole::Helps && part.ended_on.is_none();
    let part = parts.iter().find(mine).cloned().ok_or(denied)?;
    let answered_on = Some(part.answered_on.unwrap_or(ctx.today()));
    store::save_part(&mut tx, &Part { opinion: opinion.clone(), answered_on, ..part }).await?;
    tell(ctx, &mut tx, &petition, EventKind::Opinion.code(), &opinion, false).await?;
    tell_in_ledger(ctx, &mut tx, "petition.opine", &petition, &letter).await?;
    tx.commit().await?;
    Ok(())
}

/// Where a petition goes that is not answered here, and by which document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Passage {
    /// The agency.
    pub agency: String,
    /// The number of the document.
    pub document: String,
    /// Why.
    pub reason: String,
}

/// Passes a petition on to the agency it belongs to; the sender reads where and why.
///
/// # Errors
/// Without agency or reason, or where it stands.
pub async fn pass_on(ctx: &Ctx<'_>, id: PetitionId, seen: i64, to: &Passage) -> Result<(), PetitionsError> {
    ctx.may(Permission::RegisterPetitions)?;
    let agency = line("co-quan", &to.agency, LONGEST_TITLE, "Nhập cơ quan có thẩm quyền")?;
    let reason = text("ly-do-chuyen", &to.reason, LONGEST_TEXT, "Ghi vì sao thuộc cơ quan đó")?;
    let mut tx = ctx.begin().await?;
    let (mut petition, letter) = load(&mut tx, id).await?;
    petition.take(Step::PassOn)?;
    let words = format!("{agency}. {reason}");
    (petition.agency, petition.document, petition.version) = (agency, kernel::text::clean_line(&to.document), seen);
    carry_out(ctx, &mut tx, (&petition, &letter), Step::PassOn, &words, true).await?;
    tx.commit().await?;
    Ok(())
}

/// Hands a complaint or an accusation over to its own procedure. An accusation is locked away afterwards:
/// nobody finds or reads it here any more, nor the letter it came in with.
///
/// # Errors
/// Another kind, no agency or document, or where it stands.
pub async fn hand_over(
    ctx: &Ctx<'_>,
    id: PetitionId,
    seen: i64,
    kind: Kind,
    to: &Passage,
) -> Result<(), PetitionsError> {
    ctx.may(Permission::RegisterPetitions)?;
    if !matches!(kind, Kind::Complaint | Kind::Accusation) {
        return Err(PetitionsError::missing("thu-tuc", "Chọn khiếu nại hoặc tố cáo"));
    }
    let agency = line("noi-nhan", &to.agency, LONGEST_TITLE, "Nhập cơ quan nhận đơn")?;
    let document = line("van-ban", &to.document, 60, "Nhập số văn bản hoặc phiếu chuyển đơn")?;
    let mut tx = ctx.begin().await?;
    let (mut petition, mut letter) = load(&mut tx, id).await?;
    petition.take(Step::HandOver)?;
    end_parts(&mut tx, id, ctx.today()).await?;
    (petition.kind, petition.version) = (kind, seen);
    if kind == Kind::Accusation {
        petition.search_key = String::new();
        letter.locked = true;
        store::save_letter(&mut tx, &letter).await?;
        letter.version += 1;
        silence_others(&mut tx, &petition, &letter).await?;
        carry_out(ctx, &mut tx, (&petition, &letter), Step::HandOver, "", true).await?;
        store::silence_events(&mut tx, id).await?;
    } else {
        let words = format!("{agency}. {}", kernel::text::clean_text(&to.reason));
        (petition.agency, petition.document) = (agency, document);
        carry_out(ctx, &mut tx, (&petition, &letter), Step::HandOver, words.trim_end_matches(". "), true).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The first matter of a letter bears the words of the whole letter: where one of the others is an
/// accusation, these words are found by nobody either.
async fn silence_others(tx: &mut Tx, accusation: &Petition, letter: &Letter) -> Result<(), PetitionsError> {
    for mut other in store::of_letter(tx, letter.id).await? {
        if other.id != accusation.id && other.content == letter.content {
            other.content = String::new();
            other.search_key = kernel::text::search_key(&format!("{} {}", other.number(letter), other.title));
            store::save_petition(tx, &other).await?;
        }
    }
    Ok(())
}

/// Says that a petition is the same as another, by the other's number; the sender keeps an answer of his own:
/// the other's, once it is signed.
///
/// # Errors
/// Without another one that is or was handled here, or where it stands.
pub async fn join(ctx: &Ctx<'_>, id: PetitionId, seen: i64, number: &str) -> Result<(), PetitionsError> {
    ctx.may(Permission::RegisterPetitions)?;
    let mut tx = ctx.begin().await?;
    let (mut petition, letter) = load(&mut tx, id).await?;
    petition.take(Step::Join)?;
    let target = by_number(&mut tx, number).await?.ok_or(PetitionsError::NoTarget)?;
    let odd = matches!(
        target.state,
        State::Refused | State::Withdrawn | State::Duplicate | State::HandedOver | State::Elsewhere
    );
    if target.id == id || odd {
        return Err(PetitionsError::NoTarget);
    }
    end_parts(&mut tx, id, ctx.today()).await?;
    (petition.duplicate_of, petition.version) = (Some(target.id), seen);
    let words = format!("cùng nội dung với vụ việc {}", number.trim());
    carry_out(ctx, &mut tx, (&petition, &letter), Step::Join, &words, true).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes back that a petition is the same as another: it is handled by itself again, under the terms it had, and its
/// sender gets an answer of his own. What was said before stays in the history.
///
/// # Errors
/// Without a reason, or when it was not marked so.
pub async fn separate(ctx: &Ctx<'_>, id: PetitionId, seen: i64, reason: &str) -> Result<(), PetitionsError> {
    ctx.may(Permission::RegisterPetitions)?;
    let reason = text("ly-do-bo-trung", reason, LONGEST_TEXT, "Ghi vì sao không trùng, người gửi đọc được")?;
    let mut tx = ctx.begin().await?;
    let (mut petition, letter) = load(&mut tx, id).await?;
    petition.take(Step::Separate)?;
    (petition.duplicate_of, petition.lead, petition.version) = (None, None, seen);
    carry_out(ctx, &mut tx, (&petition, &letter), Step::Separate, &reason, true).await?;
    tx.commit().await?;
    Ok(())
}

/// The petition that is called `12/2026` or `12/2026-2`; none for an accusation.
pub(super) async fn by_number(tx: &mut Tx, text: &str) -> Result<Option<Petition>, StoreError> {
    let (letter, place) = text.trim().split_once('-').unwrap_or((text.trim(), "1"));
    let Some((number, year)) = letter.split_once('/') else { return Ok(None) };
    let read = (number.trim().parse::<i64>(), year.trim().parse::<i16>(), place.trim().parse::<i64>());
    let (Ok(number), Ok(year), Ok(place)) = read else { return Ok(None) };
    let Some(letter) = store::letter_by_number(tx, year, number).await? else { return Ok(None) };
    let found = store::of_letter(tx, letter.id).await?;
    Ok(found.into_iter().find(|one| one.place == place && one.kind != Kind::Accusation))
}
