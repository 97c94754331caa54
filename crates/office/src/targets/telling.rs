//! Tells the figures of indicators: of a period, of a year, where an indicator stands, as of a day.

use std::collections::BTreeMap;

use kernel::Date;
use kernel::id::UnitId;

use super::figures::{Figure, Line, year_of};
use super::measures::{Reader, Reading};
use super::model::{Definition, Event, Indicator, IndicatorId, State, Value, ValueId};
use super::progress::{At, Inputs, Progress, progress};
use super::queries::YearLine;
use super::{Amount, ReportPeriod, RollUp, Scope, TargetsError, store};
use crate::Ctx;
use crate::db::Tx;

/// A figure with what must be said of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// The figure.
    pub figure: Figure,
    /// Why there is none, where that is not for want of reports; empty otherwise.
    pub note: &'static str,
    /// Of a year that is entered: how many values of periods that are over have not been reported.
    pub gaps: usize,
}

/// Tells figures of indicators as they stood at the end of a day.
pub struct Teller<'a> {
    pub(super) reader: Reader<'a>,
    values: BTreeMap<IndicatorId, Vec<Value>>,
}

impl<'a> Teller<'a> {
    /// Of one indicator, over all years, as it stands now.
    pub(super) async fn of(ctx: &Ctx<'a>, tx: &mut Tx, indicator: &Indicator) -> Result<Self, TargetsError> {
        let reader = Reader::new(ctx.house, tx, ctx.today(), ctx.house.plan.first_year()).await?;
        let values = BTreeMap::from([(indicator.id, store::values_of(tx, indicator.id).await?)]);
        Ok(Self { reader, values })
    }

    /// Of all indicators, in the years from one on, as they stood on a day.
    pub(super) async fn of_all(ctx: &Ctx<'a>, tx: &mut Tx, day: Date, first_year: i16) -> Result<Self, TargetsError> {
        let reader = Reader::new(ctx.house, tx, day, first_year).await?;
        let mut all = store::values(tx, ctx.house.plan.first_year(), day.year()).await?;
        if day < ctx.today() {
            all = as_they_stood(all, &store::events_until(tx, day).await?);
        }
        let mut values: BTreeMap<IndicatorId, Vec<Value>> = BTreeMap::new();
        for value in all {
            values.entry(value.indicator).or_default().push(value);
        }
        Ok(Self { reader, values })
    }

    /// The figure of a period.
    pub(super) async fn period(
        &mut self,
        tx: &mut Tx,
        indicator: &Indicator,
        period: ReportPeriod,
    ) -> Result<Told, TargetsError> {
        let Some(definition) = indicator.definition_for(period) else { return Ok(Told::default()) };
        if let Some(measure) = definition.counting.measure {
            let reading = self.reader.read(tx, measure, period.days()).await?;
            return Ok(told(definition, reading));
        }
        let cells = |unit: Option<UnitId>, values: &[Value]| -> Option<Value> {
            values.iter().find(|value| value.period == period && value.unit == unit).cloned()
        };
        let mut lines = Vec::new();
        for (unit, name) in self.reporters(tx, indicator, definition, period).await? {
            let found = self.values.get(&indicator.id).and_then(|values| cells(unit, values));
            lines.push(Line {
                unit,
                name,
                amount: found.as_ref().and_then(|value| value.amount),
                parts: None,
                level: found.as_ref().and_then(|value| value.level),
                state: found.as_ref().map(|value| value.state),
                value: found.map(|value| value.id),
            });
        }
        let how = &definition.counting;
        Ok(Told { figure: Figure::of(how.nature, how.roll_up, lines), note: "", gaps: 0 })
    }

    /// The figure of a year: of each unit by its periods, then together.
    pub(super) async fn year(&mut self, tx: &mut Tx, indicator: &Indicator, year: i16) -> Result<Told, TargetsError> {
        let whole = ReportPeriod::year(year);
        let Some(definition) = indicator.definition_for(whole) else { return Ok(Told::default()) };
        let how = &definition.counting;
        if let Some(measure) = how.measure {
            let reading = self.reader.read(tx, measure, whole.days()).await?;
            return Ok(told(definition, reading));
        }
        let (mut lines, mut gaps) = (Vec::new(), 0);
        let over = ReportPeriod::all_of(how.frequency, year)
            .filter(|period| period.until() <= next(self.reader.day()))
            .count();
        for (unit, name) in self.reporters(tx, indicator, definition, whole).await? {
            let own: Vec<&Value> = self
                .values
                .get(&indicator.id)
                .into_iter()
                .flatten()
                .filter(|value| value.unit == unit && value.period.year == year)
                .collect();
            let reported: Vec<&Value> = own.iter().copied().filter(|value| value.state.is_reported()).collect();
            let ended = reported.iter().filter(|value| value.period.until() <= next(self.reader.day())).count();
            gaps += over.saturating_sub(ended);
            let amounts: Vec<Amount> = reported.iter().filter_map(|value| value.amount).collect();
            let state = match reported.iter().all(|value| value.state == State::Approved) {
                _ if reported.is_empty() => own.last().map(|value| value.state),
                true => Some(State::Approved),
                false => Some(State::Pending),
            };
            lines.push(Line {
                unit,
                name,
                amount: year_of(how.accumulation, how.roll_up, &amounts),
                parts: None,
                level: reported.last().and_then(|value| value.level),
                state,
                value: reported.last().map(|value| value.id),
            });
        }
        Ok(Told { figure: Figure::of(how.nature, how.roll_up, lines), note: "", gaps })
    }

    /// Who reports in a period: the units that take part at its end, and those that had a value in it.
    pub(super) async fn reporters(
        &mut self,
        tx: &mut Tx,
        indicator: &Indicator,
        definition: &Definition,
        period: ReportPeriod,
    ) -> Result<Vec<(Option<UnitId>, String)>, TargetsError> {
        if definition.counting.scope == Scope::Office {
            return Ok(vec![(None, "Cả Văn phòng".to_owned())]);
        }
        if period.from() > self.reader.day() {
            return Ok(Vec::new());
        }
        let mut found: Vec<(Option<UnitId>, String)> = Vec::new();
        for (unit, name) in self.reader.participants(tx, period.days()).await? {
            found.push((Some(unit), name));
        }
        let days = period.days();
        let others: Vec<UnitId> = self
            .values
            .get(&indicator.id)
            .into_iter()
            .flatten()
            .filter(|value| days.contains(value.period.from()))
            .filter_map(|value| value.unit)
            .collect();
        for unit in others {
            if !found.iter().any(|(one, _)| *one == Some(unit)) {
                found.push((Some(unit), self.reader.name(tx, unit).await?));
            }
        }
        Ok(found)
    }

    /// Where an indicator stands on the way to the last year, from the years told.
    pub(super) fn progress(&self, indicator: &Indicator, years: &[YearLine], last_year: i16) -> Progress {
        let definition = indicator.current(self.reader.day());
        let how = &definition.counting;
        // A sum of half a year says nothing against one of a whole year.
        let fits = |line: &&YearLine| {
            how.roll_up == RollUp::Mean || ReportPeriod::year(line.year).until() <= next(self.reader.day())
        };
        let current = years.iter().rev().filter(fits).find_map(|line| {
            let amount = line.told.figure.total?;
            Some(At { year: line.year, amount })
        });
        progress(Inputs {
            base: indicator.baseline.as_ref().map(|base| At { year: base.year, amount: base.amount }),
            current,
            target: indicator.path.get(&last_year).map(|amount| At { year: last_year, amount: *amount }),
            direction: how.direction,
        })
    }
}

pub(super) fn next(day: Date) -> Date {
    day.tomorrow().unwrap_or(day)
}

fn told(definition: &Definition, reading: Reading) -> Told {
    let how = &definition.counting;
    match reading {
        Reading::Lines(lines) => Told { figure: Figure::of(how.nature, how.roll_up, lines), note: "", gaps: 0 },
        Reading::NotThen => {
            Told {
                figure: Figure::default(), note: "phần dữ liệu này không lưu lại số liệu của ngày đã qua", gaps: 0
            }
        }
        Reading::NotYet => Told::default(),
    }
}

/// Values as the events until a day left them; those without any were not there.
fn as_they_stood(values: Vec<Value>, events: &[Event]) -> Vec<Value> {
    let mut last: BTreeMap<ValueId, &Event> = BTreeMap::new();
    for event in events {
        last.insert(event.value, event);
    }
    let stood = |value: Value| {
        let event = last.get(&value.id)?;
        Some(Value { amount: event.amount, level: event.level, state: event.state, ..value })
    };
    values.into_iter().filter_map(stood).collect()
}
