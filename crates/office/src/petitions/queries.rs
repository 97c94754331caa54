//! The inbox, one petition in full, those like it; how many hang on a clause.

use std::collections::{BTreeMap, BTreeSet};

use kernel::calendar::Explained;
use kernel::id::UnitId;
use kernel::text::{PATTERNS, Wanted};
use kernel::{Date, Period, Permission};

use super::decision::{COMPARED, Runs, most_alike};
use super::inbox_store::Slice;
use super::model::{
    Channel, ClockKind, Contact, Correction, Event, EventId, Kind, Letter, LetterFile, LetterFileId, Part, Petition,
    PetitionId, Publication, State,
};
use super::service::{Settings, helping, leads, may_read, readable};
use super::terms::Clock;
use super::{PetitionsError, clock_store, inbox_store, publication_store, store};
use crate::Ctx;
use crate::db::{StoreError, Tx};
use crate::organization::{self, EnterpriseId};

/// What of the inbox is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words of number, sender, tax code, title or content in any order, with or without diacritics.
    pub text: String,
    /// Where it stands.
    pub state: Option<State>,
    /// What it is.
    pub kind: Option<Kind>,
    /// How it came in.
    pub channel: Option<Channel>,
    /// Who leads.
    pub lead: Option<UnitId>,
    /// The clause it hangs on; empty for any.
    pub clause: String,
    /// Only those of which a term lapsed.
    pub late: bool,
    /// Only those that still need an answer.
    pub open: bool,
}

/// A line of the inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The petition.
    pub petition: Petition,
    /// Its letter; without words and names when it is locked.
    pub letter: Letter,
    /// The term that ends next, or the one that lapsed, with its last day.
    pub next: Option<(ClockKind, Date)>,
    /// Whether a term lapsed.
    pub late: bool,
    /// How many working days it has waited for its answer; none for what was closed without one.
    pub waited: Option<i64>,
}

impl Line {
    fn of(ctx: &Ctx<'_>, petition: Petition, letter: Letter, next: Option<(ClockKind, Date)>) -> Self {
        let today = ctx.today();
        let until = if petition.state.is_open() { Some(today) } else { petition.signed_on };
        let waited = until.map(|until| ctx.calendar().working_days_between(letter.counts_from, until).max(0));
        let late = next.is_some_and(|(_, due)| due < today);
        Self { petition, letter: seen_by(ctx, letter), next, late, waited }
    }
}

/// A page of the inbox.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inbox {
    /// Its lines.
    pub lines: Vec<Line>,
    /// After which place the next page begins; none when nothing follows.
    pub next: Option<String>,
}

/// How many lines a page of the inbox holds.
pub const PAGE: usize = 50;

/// The petitions that the actor may read and that fit: those that need an answer first by their due day, then the
/// newest; a page that begins after `after`, empty for the first one.
///
/// # Errors
/// When the actor may read none.
pub async fn inbox(ctx: &Ctx<'_>, filter: &Filter, after: &str) -> Result<Inbox, PetitionsError> {
    ctx.may(Permission::ReadPetitions)?;
    let mut tx = ctx.read().await?;
    let mut slice = Slice {
        after: after.to_owned(),
        patterns: wanted(&filter.text),
        state: filter.state.map_or("", State::code),
        kind: filter.kind.map_or("", Kind::code),
        channel: filter.channel.map_or("", Channel::code),
        lead: filter.lead,
        due_before: if filter.late { ctx.today().to_string() } else { String::new() },
        open: filter.open,
        part_of: None,
        clause: filter.clause.clone(),
        limit: i64::try_from(PAGE).unwrap_or(i64::MAX).saturating_add(1),
    };
    let mut found = match ctx.actor.units_for(Permission::ReadPetitions, ctx.today()) {
        None => inbox_store::inbox(&mut tx, &slice).await?,
        Some(units) => {
            // One after the other, so that each is one question with one unit; several may take part in one petition.
            let mut placed = BTreeMap::new();
            for unit in units {
                slice.part_of = Some(unit);
                placed.extend(inbox_store::inbox(&mut tx, &slice).await?.into_iter().map(|one| (one.key.clone(), one)));
            }
            placed.into_values().collect()
        }
    };
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let next = found.last().filter(|_| more).map(|last| last.key.clone());
    let lines = found.into_iter().map(|one| Line::of(ctx, one.petition, one.letter, one.next)).collect();
    Ok(Inbox { lines, next })
}

/// The patterns of what was typed to find petitions. A whole number (`12/2026`) stands at the beginning of a key and
/// asks for this letter alone; words may stand anywhere, in any order.
fn wanted(text: &str) -> [String; PATTERNS] {
    let mut patterns = Wanted::of(text).patterns();
    let parts: Vec<&str> = text.trim().split(['/', '-']).collect();
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|one| one.is_ascii_digit());
    if let [number, year, ..] = parts[..]
        && parts.len() <= 3
        && year.len() == 4
        && parts.iter().all(is_number)
    {
        let number = number.trim_start_matches('0');
        let place = parts.get(2).filter(|place| **place != "1").map(|place| format!(" {place}")).unwrap_or_default();
        patterns = std::array::from_fn(|_| "%".to_owned());
        patterns[0] = format!(" {number} {year}{place} %");
    }
    patterns
}

/// All petitions that the actor may read, each with the units that take part; `running`: only what still waits for
/// somebody is read at all.
pub(super) async fn lines(ctx: &Ctx<'_>, running: bool) -> Result<Vec<(Line, Vec<Part>)>, PetitionsError> {
    ctx.may(Permission::ReadPetitions)?;
    let mut tx = ctx.read().await?;
    let mut clocks: BTreeMap<PetitionId, Vec<Clock>> = BTreeMap::new();
    for clock in clock_store::all_clocks(&mut tx, true).await? {
        clocks.entry(clock.petition).or_default().push(clock);
    }
    let mut parts: BTreeMap<PetitionId, Vec<Part>> = BTreeMap::new();
    for (id, part) in store::standing_parts(&mut tx).await? {
        parts.entry(id).or_default().push(part);
    }
    let mut found = Vec::new();
    for (petition, letter) in store::petitions(&mut tx, running).await? {
        let own = parts.remove(&petition.id).unwrap_or_default();
        let clocks = clocks.remove(&petition.id).unwrap_or_default();
        let open = clocks.iter().filter(|one| one.open);
        let next = open.filter_map(|one| one.due.map(|due| (one.kind, due))).min_by_key(|(_, due)| *due);
        if may_read(ctx, &own) {
            found.push((Line::of(ctx, petition, letter, next), own));
        }
    }
    Ok(found)
}

/// The petitions of an enterprise that the actor may read, the newest first: of letters that name one of its
/// entries, or bear one of its tax codes though they came in before it was registered.
///
/// # Errors
/// When the actor may read none.
pub async fn of_enterprise(
    ctx: &Ctx<'_>,
    entries: &[EnterpriseId],
    tax_codes: &[String],
) -> Result<Vec<Line>, PetitionsError> {
    let mut found: Vec<Line> = lines(ctx, false).await?.into_iter().map(|(line, _)| line).collect();
    found.retain(|line| {
        let code = organization::model::tax_code(&line.letter.contact.tax_code);
        let bears = code.is_some_and(|code| tax_codes.contains(&code));
        !line.letter.locked && (bears || line.letter.enterprise.is_some_and(|id| entries.contains(&id)))
    });
    found.sort_by_key(|line| std::cmp::Reverse((line.letter.year, line.letter.number, line.petition.place)));
    Ok(found)
}

/// A letter as somebody of the office may read it: nobody reads a locked one, and how to reach the sender is
/// for who takes in and who answers.
pub(super) fn seen_by(ctx: &Ctx<'_>, letter: Letter) -> Letter {
    if letter.locked {
        let contact = Contact::default();
        return Letter { contact, title: String::new(), content: String::new(), ..letter };
    }
    if ctx.may(Permission::RegisterPetitions).is_ok() || ctx.may(Permission::AnswerPetitions).is_ok() {
        return letter;
    }
    let contact = Contact { phone: String::new(), email: String::new(), ..letter.contact };
    Letter { contact, ..letter }
}

/// How many accusations were handed over; all that can still be read of them.
///
/// # Errors
/// When the actor does not take petitions in.
pub async fn accusations(ctx: &Ctx<'_>) -> Result<i64, PetitionsError> {
    ctx.may(Permission::RegisterPetitions)?;
    Ok(store::accusations(&mut ctx.read().await?).await?)
}

/// What the actor may do with a petition now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "four answers that are independent of each other")]
pub struct Powers {
    /// Sort, route, publish.
    pub registers: bool,
    /// Answer for the unit that leads.
    pub leads: bool,
    /// Give an opinion for a unit that helps.
    pub helps: bool,
    /// Sign or send back.
    pub signs: bool,
}

/// A petition in full.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// The petition.
    pub petition: Petition,
    /// Its letter, as the actor may read it.
    pub letter: Letter,
    /// The files of the letter and of what its sender sent later about this matter, each of these with the event it
    /// came with; none of a locked letter.
    pub files: Vec<(LetterFile, Option<EventId>)>,
    /// The other matters of the letter, by id and number.
    pub siblings: Vec<(PetitionId, String)>,
    /// Its units, earlier ones among them.
    pub parts: Vec<Part>,
    /// Its clocks, each explained day by day.
    pub clocks: Vec<(Clock, Explained)>,
    /// What happened, oldest first.
    pub events: Vec<Event>,
    /// What the public reads of it.
    pub publication: Option<Publication>,
    /// What that said before it was corrected, oldest first.
    pub corrections: Vec<Correction>,
    /// What the actor may do.
    pub powers: Powers,
    /// The number of the petition it is the same as.
    pub same_as: Option<(PetitionId, String)>,
}

/// A petition in full, for somebody who may read it.
///
/// # Errors
/// [`PetitionsError::Unknown`] also for one that the actor may not read, and for an accusation.
pub async fn detail(ctx: &Ctx<'_>, id: PetitionId) -> Result<Detail, PetitionsError> {
    let mut tx = ctx.read().await?;
    let (petition, letter, parts) = readable(ctx, &mut tx, id).await?;
    let events = store::events(&mut tx, id).await?;
    let mut files = if letter.locked { Vec::new() } else { store::letter_files(&mut tx, letter.id).await? };
    // What came with a supplement to another matter of the letter is for who handles that one.
    files.retain(|(_, event)| event.is_none_or(|event| events.iter().any(|one| one.id == event)));
    let calendar = ctx.calendar();
    let pauses = clock_store::pauses(&mut tx, id).await?;
    let clocks = clock_store::clocks(&mut tx, id).await?;
    let same_as = match petition.duplicate_of {
        Some(other) => {
            super::service::load(&mut tx, other).await.ok().map(|(one, letter)| (other, one.number(&letter)))
        }
        None => None,
    };
    let powers = Powers {
        registers: ctx.may(Permission::RegisterPetitions).is_ok(),
        leads: leads(ctx, &petition).is_ok(),
        helps: helping(ctx, &parts).is_some(),
        signs: ctx.may(Permission::SignPetitions).is_ok(),
    };
    let siblings = if powers.registers {
        let all = store::of_letter(&mut tx, letter.id).await?;
        let others = all.into_iter().filter(|one| one.id != id && one.kind != Kind::Accusation);
        others.map(|one| (one.id, one.number(&letter))).collect()
    } else {
        Vec::new()
    };
    let mut letter = seen_by(ctx, letter);
    if !powers.registers && !powers.leads {
        (letter.contact.phone, letter.contact.email) = (String::new(), String::new());
    }
    Ok(Detail {
        files,
        siblings,
        clocks: clocks.into_iter().map(|clock| (explained(&calendar, &clock, &pauses), clock)).map(swap).collect(),
        events,
        publication: publication_store::publication(&mut tx, id).await?,
        corrections: publication_store::corrections(&mut tx, id).await?,
        powers,
        same_as,
        petition,
        letter,
        parts,
    })
}

fn explained(calendar: &kernel::calendar::WorkCalendar, clock: &Clock, pauses: &[Period]) -> Explained {
    calendar.explain(&clock.term(pauses))
}

fn swap<A, B>((one, other): (A, B)) -> (B, A) {
    (other, one)
}

/// A file of a letter, for somebody who may read the petition.
///
/// # Errors
/// [`PetitionsError::Unknown`] for a file of another letter, or of one that is locked.
pub async fn file(ctx: &Ctx<'_>, id: PetitionId, file: LetterFileId) -> Result<LetterFile, PetitionsError> {
    let found = detail(ctx, id).await?.files.into_iter().map(|(one, _)| one).find(|one| one.id == file);
    found.ok_or(PetitionsError::Unknown("tệp"))
}

/// A petition that is like another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Similar {
    /// Which one.
    pub id: PetitionId,
    /// Its number; empty for the public.
    pub number: String,
    /// Its title, as the reader may know it.
    pub title: String,
    /// Where it stands.
    pub state: State,
    /// How alike, in hundredths.
    pub likeness: usize,
}

/// Petitions like this one, the most alike first, of the [`COMPARED`] newest.
///
/// # Errors
/// When the actor does not take petitions in, or there is no such petition.
pub async fn similar(ctx: &Ctx<'_>, id: PetitionId) -> Result<Vec<Similar>, PetitionsError> {
    ctx.may(Permission::RegisterPetitions)?;
    let mut tx = ctx.read().await?;
    let (one, _) = super::service::load(&mut tx, id).await?;
    let newest = store::newest(&mut tx, COMPARED).await?.into_iter().filter(|(other, ..)| *other != id);
    let mut found = Vec::new();
    for (likeness, other, title) in most_alike(&Runs::of(&one.title, &one.content), newest) {
        let (petition, letter) = super::service::load(&mut tx, other).await?;
        found.push(Similar { id: other, number: petition.number(&letter), title, state: petition.state, likeness });
    }
    Ok(found)
}

/// What the office has set for senders.
///
/// # Errors
/// What the store says.
pub async fn settings(ctx: &Ctx<'_>) -> Result<Settings, PetitionsError> {
    let store::Settings { disagree_days, disagree_times, draft_days, .. } =
        store::settings(&mut ctx.read().await?).await?;
    Ok(Settings { disagree_days, disagree_times, draft_days })
}

/// Whether nobody reads the words of a petition any more: it, or another matter of its letter, is an accusation.
///
/// # Errors
/// What the store says.
pub async fn is_locked(tx: &mut Tx, id: PetitionId) -> Result<bool, StoreError> {
    let Some(petition) = store::petition(tx, id).await? else { return Ok(false) };
    let letter = store::letter(tx, petition.letter).await?;
    Ok(petition.kind == Kind::Accusation || letter.is_some_and(|letter| letter.locked))
}

/// How many petitions hang on each clause, for the plan; accusations are not among them.
///
/// # Errors
/// What the store says.
pub async fn count_by_clause(tx: &mut Tx) -> Result<Vec<(String, usize)>, StoreError> {
    store::count_by_clause(tx).await
}

/// How many petitions on a clause the actor finds in the inbox.
///
/// # Errors
/// When the actor may read none.
pub async fn many_on(ctx: &Ctx<'_>, clause: &str) -> Result<usize, PetitionsError> {
    ctx.may(Permission::ReadPetitions)?;
    let mut tx = ctx.read().await?;
    let Some(units) = ctx.actor.units_for(Permission::ReadPetitions, ctx.today()) else {
        let counts = store::count_by_clause(&mut tx).await?;
        return Ok(counts.into_iter().find(|(of, _)| of == clause).map_or(0, |(_, many)| many));
    };
    let mut found = BTreeSet::new();
    for unit in units {
        found.extend(inbox_store::ids_on_clause(&mut tx, clause, unit).await?);
    }
    Ok(found.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patterns(text: &str) -> Vec<String> {
        wanted(text).into_iter().filter(|one| one != "%").collect()
    }

    #[test]
    fn a_whole_number_asks_for_one_letter_and_words_for_any_order() {
        assert_eq!(patterns("12/2026"), [" 12 2026 %"]);
        assert_eq!(patterns(" 12/2026-2 "), [" 12 2026 2 %"]);
        assert_eq!(patterns("12/2026-1"), [" 12 2026 %"]);
        for words in ["12/2", "12/20266", "12/2026-", "12-2026-1-1", "12 2026"] {
            assert!(patterns(words).iter().all(|pattern| pattern.starts_with("% ")), "{words}");
        }
        assert_eq!(patterns("giấy Chậm"), ["% giay%", "% cham%"]);
    }
}
