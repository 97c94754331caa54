//! The formulas over the record, each read live from its room.
//!
//! A room that keeps its past answers for any day (programmes, tasks, inspections, the registers by their days of
//! decision); petitions and dossiers are told as they stand now, and a past day is then not answered.

use std::collections::BTreeMap;

use kernel::id::UnitId;
use kernel::{Date, Period};
use rules::facts::RatingLevel;

use super::figures::{Line, Parts};
use super::{Measure, TargetsError};
use crate::db::Tx;
use crate::dossiers::figures::{Figures, Share};
use crate::dossiers::queries::{By, Filter};
use crate::programmes::decision::UnitStanding;
use crate::{House, dossiers, inspections, organization, petitions, programmes, records, tasks};

/// What a formula answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// The breakdown.
    Lines(Vec<Line>),
    /// The room does not keep its past.
    NotThen,
    /// The period had not begun.
    NotYet,
}

/// Reads formulas as the house stood on a day; what several of them need is read once.
pub struct Reader<'a> {
    house: &'a House,
    day: Date,
    /// The first month of which dossiers are counted.
    since: String,
    names: BTreeMap<UnitId, String>,
    standings: BTreeMap<Date, Vec<UnitStanding>>,
    tasks: BTreeMap<Date, BTreeMap<UnitId, tasks::decision::Count>>,
    dossiers: Option<BTreeMap<(String, String), Figures>>,
}

impl<'a> Reader<'a> {
    /// A reader for a day, of figures from a year on.
    ///
    /// # Errors
    /// What the store says.
    pub async fn new(house: &'a House, tx: &mut Tx, day: Date, first_year: i16) -> Result<Self, TargetsError> {
        let units = organization::queries::units(tx, day).await?;
        Ok(Self {
            house,
            day,
            since: format!("{first_year:04}-01"),
            names: units.into_iter().map(|unit| (unit.id, unit.name)).collect(),
            standings: BTreeMap::new(),
            tasks: BTreeMap::new(),
            dossiers: None,
        })
    }

    /// The day.
    #[must_use]
    pub fn day(&self) -> Date {
        self.day
    }

    fn is_past(&self) -> bool {
        self.day < self.house.clock.today()
    }

    /// The units that took part at the end of a period, or on the day where that is not over.
    ///
    /// # Errors
    /// What the store says.
    pub async fn participants(&mut self, tx: &mut Tx, days: Period) -> Result<Vec<(UnitId, String)>, TargetsError> {
        let found = self.standings(tx, self.last(days)).await?;
        Ok(found.iter().map(|one| (one.unit.id, one.unit.name.clone())).collect())
    }

    fn last(&self, days: Period) -> Date {
        let last = days.until.and_then(|until| until.yesterday().ok());
        last.map_or(self.day, |last| last.min(self.day))
    }

    async fn standings(&mut self, tx: &mut Tx, day: Date) -> Result<&Vec<UnitStanding>, TargetsError> {
        if let std::collections::btree_map::Entry::Vacant(e) = self.standings.entry(day) {
            let found = programmes::queries::standings_in(tx, day).await?;
            e.insert(found);
        }
        Ok(&self.standings[&day])
    }

    /// The name of a unit, also of one that is no more.
    ///
    /// # Errors
    /// What the store says.
    pub async fn name(&mut self, tx: &mut Tx, unit: UnitId) -> Result<String, TargetsError> {
        if !self.names.contains_key(&unit) {
            let view = organization::queries::unit(tx, unit, self.day).await?;
            self.names.insert(unit, view.map(|unit| unit.name).unwrap_or_default());
        }
        Ok(self.names[&unit].clone())
    }

    /// Asks a formula for a period.
    ///
    /// # Errors
    /// What the rooms say.
    pub async fn read(&mut self, tx: &mut Tx, measure: Measure, days: Period) -> Result<Reading, TargetsError> {
        use Measure as M;
        if days.from > self.day {
            return Ok(Reading::NotYet);
        }
        let last = self.last(days);
        Ok(match measure {
            M::ProgrammeCoverage => {
                let found = self.standings(tx, last).await?;
                let line = |one: &UnitStanding| {
                    told(Some(one.unit.id), &one.unit.name, i64::from(one.in_force.is_some()), Some(1), 100)
                };
                Reading::Lines(found.iter().map(line).collect())
            }
            M::TasksDone | M::TasksOnTime => {
                let counts = self.tasks_on(tx, last).await?;
                let parts = counts.into_iter().map(|(unit, count)| {
                    let whole = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
                    let (done, late) = (whole(count.done), whole(count.done_late));
                    match measure {
                        M::TasksDone => (unit, done, done + whole(count.open)),
                        _ => (unit, done - late, done + whole(count.late)),
                    }
                });
                self.by_unit(tx, days, parts.collect()).await?
            }
            M::FindingsClosed => {
                let mut counts: BTreeMap<UnitId, (i64, i64)> = BTreeMap::new();
                for ((_, unit), count) in inspections::queries::stood_on(tx, last).await? {
                    let one = counts.entry(unit).or_default();
                    let closed = i64::try_from(count.closed).unwrap_or(i64::MAX);
                    one.0 += closed;
                    one.1 += closed + i64::try_from(count.open).unwrap_or(i64::MAX);
                }
                let parts = counts.into_iter().map(|(unit, (part, whole))| (unit, part, whole)).collect();
                self.by_unit(tx, days, parts).await?
            }
            M::PetitionsInTime if self.is_past() => Reading::NotThen,
            M::PetitionsInTime => {
                let found = petitions::figures::figures(self.house, tx, days).await;
                let found = found.map_err(|error| TargetsError::Elsewhere(error.to_string()))?;
                let mut counts: BTreeMap<UnitId, (i64, i64)> = BTreeMap::new();
                for ((_, unit), figures) in found {
                    let one = counts.entry(unit).or_default();
                    let in_time = i64::try_from(figures.answered_in_time).unwrap_or(i64::MAX);
                    one.0 += in_time;
                    one.1 += in_time + i64::try_from(figures.late).unwrap_or(i64::MAX);
                }
                // Only units that lead petitions are asked for them.
                let mut lines = Vec::new();
                for (unit, (part, whole)) in counts {
                    lines.push(told(Some(unit), &self.name(tx, unit).await?, part, Some(whole), 100));
                }
                Reading::Lines(lines)
            }
            M::DossiersInTime
            | M::DossiersDays
            | M::DossiersOnline
            | M::DossiersInput
            | M::DossiersResult
            | M::DossiersRating => {
                if self.is_past() {
                    return Ok(Reading::NotThen);
                }
                self.of_dossiers(tx, measure, days).await?
            }
            M::StaffWithoutDiscipline => {
                let staff = organization::queries::staff(tx, last).await?;
                let disciplined = records::tallies::disciplined(tx, days.from, last).await?;
                let count = |many: usize| i64::try_from(many).unwrap_or(i64::MAX);
                let with = staff.iter().filter(|person| disciplined.contains(&person.id)).count();
                let (part, whole) = (count(staff.len() - with), count(staff.len()));
                Reading::Lines(vec![told(None, "Cả Văn phòng", part, Some(whole), 100)])
            }
            M::AwardsGiven => {
                let found = records::tallies::awards_decided(tx, days.from, last).await?;
                let many = |kind: &str| found.iter().find(|(one, _)| one == kind).map_or(0, |(_, many)| *many);
                let kinds = [("unit", "Tập thể"), ("person", "Cá nhân"), ("enterprise", "Doanh nghiệp, HTX, hộ")];
                Reading::Lines(kinds.map(|(kind, name)| told(None, name, many(kind), None, 1)).to_vec())
            }
            M::InitiativesRecognised => {
                let found = records::tallies::initiatives_recognised(tx, days.from, last).await?;
                let name = |code: &str| rules::facts::Scope::from_code(code).map_or("khác", |scope| scope.name_vi());
                let mut lines: Vec<Line> =
                    found.iter().map(|(code, many)| told(None, name(code), *many, None, 1)).collect();
                if lines.is_empty() {
                    lines.push(told(None, "Cả Văn phòng", 0, None, 1));
                }
                Reading::Lines(lines)
            }
            M::UnitsRatedWell => rated(tx, "unit", days.from.year(), last).await?,
            M::PeopleRatedWell => rated(tx, "person", days.from.year(), last).await?,
        })
    }

    async fn tasks_on(
        &mut self,
        tx: &mut Tx,
        day: Date,
    ) -> Result<BTreeMap<UnitId, tasks::decision::Count>, TargetsError> {
        if let std::collections::btree_map::Entry::Vacant(e) = self.tasks.entry(day) {
            let mut by_unit: BTreeMap<UnitId, tasks::decision::Count> = BTreeMap::new();
            for ((_, unit), count) in tasks::queries::stood_on(tx, day).await? {
                let one = by_unit.entry(unit).or_default();
                *one = one.and(count);
            }
            e.insert(by_unit);
        }
        Ok(self.tasks[&day].clone())
    }

    /// A line for every unit that takes part, and for others that have something.
    async fn by_unit(
        &mut self,
        tx: &mut Tx,
        days: Period,
        parts: Vec<(UnitId, i64, i64)>,
    ) -> Result<Reading, TargetsError> {
        let mut lines = Vec::new();
        let units = self.participants(tx, days).await?;
        for (unit, name) in &units {
            let (part, whole) =
                parts.iter().find(|(one, ..)| one == unit).map_or((0, 0), |(_, part, whole)| (*part, *whole));
            lines.push(told(Some(*unit), name, part, Some(whole), 100));
        }
        for (unit, part, whole) in parts {
            if whole > 0 && !units.iter().any(|(one, _)| *one == unit) {
                lines.push(told(Some(unit), &self.name(tx, unit).await?, part, Some(whole), 100));
            }
        }
        Ok(Reading::Lines(lines))
    }

    async fn of_dossiers(&mut self, tx: &mut Tx, measure: Measure, days: Period) -> Result<Reading, TargetsError> {
        let month = |day: Date| format!("{:04}-{:02}", day.year(), day.month());
        if self.dossiers.is_none() {
            let filter = Filter { from: self.since.clone(), until: month(self.day), ..Filter::default() };
            let by = By { unit: true, month: true, ..By::default() };
            let found = dossiers::queries::figures_in(tx, &filter, by, self.day).await?;
            let keyed = found.into_iter().map(|(group, figures)| ((group.unit, group.month), figures));
            self.dossiers = Some(keyed.collect());
        }
        let (first, last) = (month(days.from), month(self.last(days)));
        let mut by_unit: BTreeMap<String, Parts> = BTreeMap::new();
        for ((unit, at), figures) in self.dossiers.iter().flatten() {
            if *at < first || *at > last {
                continue;
            }
            let parts = dossier_parts(measure, figures);
            by_unit.entry(unit.clone()).and_modify(|sum| *sum = sum.and(parts)).or_insert(parts);
        }
        // A one-stop system names units in words; one that is named as here is this unit.
        let keys: BTreeMap<String, UnitId> =
            self.names.iter().map(|(id, name)| (kernel::text::search_key(name), *id)).collect();
        let line = |(unit, parts): (String, Parts)| {
            let name = if unit.is_empty() { "Không ghi đơn vị".to_owned() } else { unit };
            let known = keys.get(&kernel::text::search_key(&name)).copied();
            told(known, &name, parts.part, parts.whole, parts.per)
        };
        Ok(Reading::Lines(by_unit.into_iter().map(line).collect()))
    }
}

fn dossier_parts(measure: Measure, figures: &Figures) -> Parts {
    let share = |share: Share| Parts { part: share.part, whole: Some(share.whole), per: 100 };
    let mean = |sum: i64, count: i64| Parts { part: sum, whole: Some(count), per: 1 };
    match measure {
        Measure::DossiersDays => mean(figures.days.sum(), figures.days.count()),
        Measure::DossiersRating => mean(figures.ratings.sum(), figures.ratings.count()),
        Measure::DossiersOnline => share(figures.online),
        Measure::DossiersInput => share(figures.input),
        Measure::DossiersResult => share(figures.result),
        _ => share(figures.in_time()),
    }
}

async fn rated(tx: &mut Tx, subject: &str, year: i16, day: Date) -> Result<Reading, TargetsError> {
    let found = records::tallies::ratings_of_year(tx, subject, year, day).await?;
    let line = |(level, many): (&RatingLevel, &i64)| {
        let well = level.at_least(RatingLevel::Good);
        told(None, level.name_vi(), if well { *many } else { 0 }, Some(*many), 100)
    };
    Ok(Reading::Lines(found.iter().map(line).collect()))
}

fn told(unit: Option<UnitId>, name: &str, part: i64, whole: Option<i64>, per: i64) -> Line {
    let parts = Parts { part, whole, per };
    let amount = parts.amount();
    Line { unit, name: name.to_owned(), amount, parts: Some(parts), level: None, state: None, value: None }
}
