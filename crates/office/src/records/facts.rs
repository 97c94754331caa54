//! What the rule book is asked with: the facts of a recipient on a day, and the records they come from.
//!
//! A list that is left out is *not known*. An empty list is *known to be none*, and so is every gap in a
//! list, which is why a list stands only where its register is complete for the recipient, or where it
//! speaks for itself: an award that is held is held, a hold that runs holds, whatever else is missing.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Date;
use kernel::id::UnitId;
use rules::facts::{self, RatingLevel, Stage};
use rules::{AwardCode, Facts, Group, RecipientKind};
use serde::Serialize;
use uuid::Uuid;

use super::known;
use super::model::{
    Achievement, Completeness, Discipline, Hold, Initiative, InitiativeId, MovementResult, PastAward, Rating, Register,
};
use super::queries::{Record, record_known};
use crate::db::{StoreError, Tx};
use crate::organization::model::{Category, EnterpriseKind, Post, Profile, UnitKind};
use crate::organization::{self, Recipient};

/// For which occasion the facts are asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The day whose posts, units and completeness are read.
    pub on: Date,
    /// What was decided later than this day does not count.
    pub decided_by: Date,
    /// Reads the record as it was known at the end of this day; none reads it as it stands.
    pub known_on: Option<Date>,
    /// The year that is being considered.
    pub year: i16,
    /// At which point of the movement.
    pub stage: Stage,
    /// Who launched the movement, as far as the plan tells.
    pub launchers: Option<Vec<facts::Launcher>>,
    /// Whether each fact is told with the entry it comes from.
    pub with_sources: bool,
}

impl Asked {
    /// What is asked at a stage on a day about that day's year, of a movement without known launchers.
    #[must_use]
    pub fn on(on: Date, stage: Stage) -> Self {
        Self { on, decided_by: on, known_on: None, year: on.year(), stage, launchers: None, with_sources: true }
    }
}

/// One entry of a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Source {
    /// Which register.
    pub register: &'static str,
    /// Which entry.
    pub id: Uuid,
}

/// Facts with the records they come from: `awards[0]` → that entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sourced {
    /// The facts.
    pub facts: Facts,
    /// Where each of them is written.
    pub sources: BTreeMap<String, Source>,
}

impl Sourced {
    fn note(&mut self, asked: &Asked, list: &str, register: Register, ids: impl IntoIterator<Item = Uuid>) {
        if !asked.with_sources {
            return;
        }
        for (at, id) in ids.into_iter().enumerate() {
            self.sources.insert(format!("{list}[{at}]"), Source { register: register.code(), id });
        }
    }
}

/// The registers that are complete for a recipient.
pub(super) struct Known(BTreeMap<Register, Date>);

impl Known {
    /// What is declared of the Office's own people and units; of others nothing is.
    pub(super) fn of(ours: bool, declared: &[Completeness]) -> Self {
        let declared = if ours { declared } else { &[] };
        Self(declared.iter().map(|one| (one.register, one.since)).collect())
    }

    async fn about(tx: &mut Tx, recipient: Recipient, asked: &Asked) -> Result<Self, StoreError> {
        let on = asked.on;
        let ours = match recipient {
            Recipient::Person(id) => organization::queries::is_of_the_office(tx, id, on).await?,
            Recipient::Unit(id) => organization::queries::unit(tx, id, on)
                .await?
                .is_some_and(|unit| unit.kind != UnitKind::Agency && unit.period.contains(on)),
            Recipient::Enterprise(_) => false,
        };
        Ok(Self::of(ours, &known::completeness(tx, asked.known_on).await?))
    }

    fn complete(&self, register: Register, by: Date) -> bool {
        self.0.get(&register).is_some_and(|since| *since <= by)
    }

    /// A list that proves what it holds even when something is missing.
    fn proving<T>(&self, register: Register, by: Date, list: Vec<T>) -> Option<Vec<T>> {
        (!list.is_empty() || self.complete(register, by)).then_some(list)
    }
}

/// The facts of a recipient with their sources; none when there is no such recipient.
///
/// Not among them is what no register holds: good standing, unity, clusters, contributions. Those a
/// person attests, on the record.
///
/// # Errors
/// What the store says.
pub async fn sourced(tx: &mut Tx, recipient: Recipient, asked: &Asked) -> Result<Option<Sourced>, StoreError> {
    let Some(about) = about(tx, recipient, asked.on).await? else { return Ok(None) };
    let known = Known::about(tx, recipient, asked).await?;
    let record = record_known(tx, recipient, asked.known_on).await?;
    let uses = match recipient {
        Recipient::Person(person) => known::initiative_uses(tx, person, asked.known_on).await?,
        Recipient::Unit(_) | Recipient::Enterprise(_) => Vec::new(),
    };
    let mut found = tell(about, &known, record, &uses, asked);
    if let Recipient::Person(person) = recipient {
        let mut led = Vec::new();
        for unit in leads(&organization::queries::posts_of(tx, person).await?, asked.on) {
            led.push(known::ratings(tx, Recipient::Unit(unit), asked.known_on).await?);
        }
        unit_ratings(led, asked, &known, &mut found);
    }
    if let Recipient::Unit(unit) = recipient {
        found.facts.members = Some(members(tx, unit, asked, &known).await?);
    }
    Ok(Some(found))
}

/// The facts that a record holds on the day that is asked for.
pub(super) fn tell(
    about: facts::Recipient,
    known: &Known,
    record: Record,
    uses: &[(InitiativeId, String)],
    asked: &Asked,
) -> Sourced {
    let kind = about.kind;
    let mut found = Sourced { facts: Facts::about(kind), sources: BTreeMap::new() };
    found.facts.recipient = about;
    ratings(record.ratings, asked, known, &mut found);
    awards(record.awards, record.achievements, asked, known, &mut found);
    obstacles(record.disciplines, record.holds, asked, known, &mut found);
    movement(record.results, asked, &mut found);
    if kind == RecipientKind::Person {
        initiatives(record.initiatives, uses, asked, known, &mut found);
    }
    found
}

/// What is known of a person besides the registers.
pub(super) fn about_person(profile: &Profile, posts: &[Post], on: Date) -> facts::Recipient {
    let held: Vec<_> = posts.iter().filter(|post| post.period.contains(on)).collect();
    let groups = match profile.category {
        Category::CongChuc | Category::VienChuc => Some(vec![Group::Official]),
        Category::NguoiLaoDong => Some(vec![Group::Worker]),
        Category::Other => None,
    };
    facts::Recipient {
        kind: RecipientKind::Person,
        groups,
        name: Some(profile.name.clone()),
        female: profile.female,
        leader: (!held.is_empty()).then(|| held.iter().any(|post| post.leader)),
    }
}

async fn about(tx: &mut Tx, recipient: Recipient, on: Date) -> Result<Option<facts::Recipient>, StoreError> {
    let nobody = |kind, name| facts::Recipient { kind, groups: None, name: Some(name), female: None, leader: None };
    Ok(match recipient {
        Recipient::Person(id) => {
            let Some(person) = organization::queries::person(tx, id).await? else { return Ok(None) };
            let posts = organization::queries::posts_of(tx, id).await?;
            Some(about_person(&person.profile, &posts, on))
        }
        Recipient::Unit(id) => {
            organization::queries::unit(tx, id, on).await?.map(|unit| nobody(RecipientKind::Collective, unit.name))
        }
        Recipient::Enterprise(id) => {
            let found = organization::queries::enterprise(tx, id).await?;
            found.and_then(|one| Some(nobody(kind_of(one.entry.kind)?, one.entry.name)))
        }
    })
}

/// The kind of an enterprise as the rule book names it; none for an association, of which the sources of the
/// rule book do not say what it is.
pub(super) fn kind_of(kind: EnterpriseKind) -> Option<RecipientKind> {
    match kind {
        EnterpriseKind::Enterprise => Some(RecipientKind::Enterprise),
        EnterpriseKind::Cooperative => Some(RecipientKind::Cooperative),
        EnterpriseKind::Household => Some(RecipientKind::Household),
        EnterpriseKind::Association => None,
    }
}

/// The rating of each year as it stood on a day: the last revision decided by then.
pub(super) fn standing_ratings(ratings: Vec<Rating>, on: Date) -> BTreeMap<i16, Rating> {
    let decided = ratings.into_iter().filter(|rating| rating.decided_on.is_none_or(|day| day <= on));
    decided.map(|rating| (rating.year, rating)).collect()
}

fn ratings(all: Vec<Rating>, asked: &Asked, known: &Known, found: &mut Sourced) {
    let standing: Vec<_> =
        standing_ratings(all, asked.decided_by).into_values().filter(|rating| rating.year <= asked.year).collect();
    found.note(asked, "ratings", Register::Ratings, standing.iter().map(|rating| rating.id.0));
    let list = standing.into_iter().map(|rating| facts::Rating { year: rating.year, level: rating.level }).collect();
    found.facts.ratings = known.proving(Register::Ratings, asked.on, list);
}

/// The units that somebody leads on a day, by the posts held.
pub(super) fn leads(posts: &[Post], on: Date) -> impl Iterator<Item = UnitId> {
    posts.iter().filter(move |post| post.leader && post.period.contains(on)).map(|post| post.unit)
}

/// The ratings of the units that the recipient leads, one list a unit; nothing for who leads none.
pub(super) fn unit_ratings(led: Vec<Vec<Rating>>, asked: &Asked, known: &Known, found: &mut Sourced) {
    if led.is_empty() {
        return;
    }
    let standing: Vec<Rating> = led
        .into_iter()
        .flat_map(|ratings| standing_ratings(ratings, asked.decided_by).into_values())
        .filter(|rating| rating.year <= asked.year)
        .collect();
    found.note(asked, "unit_ratings", Register::Ratings, standing.iter().map(|rating| rating.id.0));
    let list = standing.into_iter().map(|rating| facts::Rating { year: rating.year, level: rating.level }).collect();
    found.facts.unit_ratings = known.proving(Register::Ratings, asked.on, list);
}

fn awards(all: Vec<PastAward>, achievements: Vec<Achievement>, asked: &Asked, known: &Known, found: &mut Sourced) {
    let held: Vec<_> = all.into_iter().filter(|award| award.held(asked.decided_by)).collect();
    found.note(asked, "awards", Register::Awards, held.iter().map(|award| award.id.0));
    let achievements: Vec<_> = achievements.into_iter().filter(|achievement| achievement.year <= asked.year).collect();
    found.note(asked, "achievements", Register::Achievements, achievements.iter().map(|achievement| achievement.id.0));
    let told = achievements
        .into_iter()
        .map(|achievement| {
            let by = held.iter().filter(|award| award.achievement == Some(achievement.id));
            let by = by.map(|award| format!("{}/{}", award.award, award.year)).collect();
            facts::Achievement { id: achievement.code, rewarded_by: Some(by) }
        })
        .collect();
    let list = held
        .into_iter()
        .map(|award| facts::HeldAward {
            award: award.award,
            year: award.year,
            r#type: Some(award.r#type),
            decided_on: Some(award.decided_on),
        })
        .collect();
    found.facts.awards = known.proving(Register::Awards, asked.on, list);
    found.facts.achievements = known.proving(Register::Achievements, asked.on, told);
}

fn obstacles(
    mut disciplines: Vec<Discipline>,
    mut holds: Vec<Hold>,
    asked: &Asked,
    known: &Known,
    found: &mut Sourced,
) {
    disciplines.retain(|discipline| discipline.period.from <= asked.decided_by);
    let runs = disciplines.iter().any(|discipline| discipline.period.contains(asked.decided_by));
    if runs || known.complete(Register::Discipline, asked.on) {
        found.note(asked, "discipline", Register::Discipline, disciplines.iter().map(|discipline| discipline.id.0));
        let told = disciplines.iter().map(|discipline| facts::Discipline {
            level: discipline.level,
            from: discipline.period.from,
            until: discipline.period.until,
        });
        found.facts.discipline = Some(told.collect());
    }
    holds.retain(|hold| hold.period.from <= asked.decided_by);
    let runs = holds.iter().any(|hold| hold.period.contains(asked.decided_by));
    if runs || known.complete(Register::Holds, asked.on) {
        found.note(asked, "holds", Register::Holds, holds.iter().map(|hold| hold.id.0));
        let told =
            holds.iter().map(|hold| facts::Hold { kind: hold.kind, from: hold.period.from, until: hold.period.until });
        found.facts.holds = Some(told.collect());
    }
}

fn movement(results: Vec<MovementResult>, asked: &Asked, found: &mut Sourced) {
    let result = results.into_iter().find(|result| result.stage == asked.stage && result.year == asked.year);
    if let Some(result) = result.as_ref().filter(|_| asked.with_sources) {
        for fact in ["movement.selected", "movement.leads"] {
            let source = Source { register: "movement_results", id: result.id.0 };
            found.sources.insert(fact.to_owned(), source);
        }
    }
    found.facts.movement = Some(facts::Movement {
        launchers: asked.launchers.clone(),
        stage: Some(asked.stage),
        selected: result.as_ref().map(|result| result.quality),
        leads: result.as_ref().map(|result| result.leads),
    });
}

fn initiatives(
    mut recognised: Vec<Initiative>,
    uses: &[(InitiativeId, String)],
    asked: &Asked,
    known: &Known,
    found: &mut Sourced,
) {
    recognised.retain(|initiative| initiative.recognised(asked.decided_by));
    found.note(asked, "initiatives", Register::Initiatives, recognised.iter().map(|initiative| initiative.id.0));
    let list = recognised
        .into_iter()
        .map(|initiative| {
            let served = uses.iter().filter(|(used, _)| *used == initiative.id);
            let (scope, replicable) = initiative.reach(asked.decided_by);
            facts::Initiative {
                id: initiative.code,
                recognised_on: initiative.recognised_on,
                scope: Some(scope),
                replicable,
                used_for: Some(served.map(|(_, served)| served.clone()).collect()),
            }
        })
        .collect();
    found.facts.initiatives = known.proving(Register::Initiatives, asked.on, list);
}

/// Titles that a person may hold, of which a collective's members are counted.
const TITLES: [AwardCode; 4] = [AwardCode::Ldtt, AwardCode::Cstdcs, AwardCode::Cstdt, AwardCode::Cstdtq];

/// The members of a collective, counted from their own records: nothing of it is typed.
async fn members(tx: &mut Tx, unit: UnitId, asked: &Asked, known: &Known) -> Result<facts::Members, StoreError> {
    let people: BTreeSet<_> =
        organization::queries::members(tx, unit, asked.on).await?.into_iter().map(|member| member.person.id).collect();
    let (mut rated, mut completed) = (0, 0);
    let mut titles: BTreeMap<AwardCode, u32> = BTreeMap::new();
    let mut disciplined = Vec::new();
    for person in &people {
        let person = Recipient::Person(*person);
        if let Some(rating) =
            standing_ratings(known::ratings(tx, person, asked.known_on).await?, asked.decided_by).get(&asked.year)
        {
            rated += 1;
            completed += u32::from(rating.level.at_least(RatingLevel::Done));
        }
        let awards = known::awards(tx, person, asked.known_on).await?;
        let of_the_year = awards.iter().filter(|award| award.year == asked.year && award.held(asked.decided_by));
        for title in of_the_year.map(|award| award.award).collect::<BTreeSet<_>>() {
            *titles.entry(title).or_default() += 1;
        }
        let disciplines = known::disciplines(tx, person, asked.known_on).await?;
        let of_the_year = disciplines.iter().filter(|one| one.period.from.year() == asked.year);
        disciplined.extend(of_the_year.filter(|one| one.period.from <= asked.decided_by).map(|one| one.level));
    }
    let year_began = jiff::civil::date(asked.year, 1, 1);
    if known.complete(Register::Awards, year_began) {
        for title in TITLES {
            titles.entry(title).or_default();
        }
    }
    let total = u32::try_from(people.len()).unwrap_or(u32::MAX);
    Ok(facts::Members {
        total: Some(total),
        completed: (rated == total || known.complete(Register::Ratings, year_began)).then_some(completed),
        titles: (!titles.is_empty()).then_some(titles),
        disciplined: known.complete(Register::Discipline, year_began).then_some(disciplined),
    })
}
