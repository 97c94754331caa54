//! Reads `indicators.toml` against its plan: every fault with its line, as with the plan itself.

use std::collections::BTreeMap;

use super::error::{Fault, PlanFault};
use super::indicators::{
    Accumulation, Amount, Baseline, Counting, DECIMALS, Direction, Frequency, Measure, Nature, PlannedIndicator,
    RollUp, Scope,
};
use super::model::Plan;
use super::plan_table::{Faults, Placed, Table};

impl Plan {
    /// Takes in the indicators that lie beside the plan; `file` is the name in messages.
    ///
    /// # Errors
    /// Every fault of the file: an unknown clause, a code used twice, a path outside the movement's years…
    pub fn add_indicators(&mut self, bytes: &[u8], file: &str) -> Result<(), Vec<PlanFault>> {
        let text = super::plan_file::utf8(bytes, file)?;
        let root = super::plan_file::root(text, file)?;
        let mut faults = Faults::new(file, text);
        let mut root = Table::new("tệp chỉ tiêu".to_owned(), 0, root.get_ref());
        let found = read_all(self, root.tables("indicators", &mut faults), &mut faults);
        root.close(&mut faults);
        if !faults.is_empty() {
            return Err(faults.in_order());
        }
        self.indicators = found;
        Ok(())
    }
}

fn read_all<'t>(plan: &Plan, tables: Vec<Table<'t>>, faults: &mut Faults<'t>) -> Vec<PlannedIndicator> {
    let mut found: Vec<Placed<PlannedIndicator>> = Vec::new();
    for mut table in tables {
        let code = table.text("code", faults);
        if let Some(first) = found.iter().find(|one| one.value.code == code.value) {
            let first = faults.line(first.at);
            faults.add(code.at, Fault::Duplicate { what: "chỉ tiêu", id: code.value.clone(), first });
        }
        let shaped = code.value.chars().all(|one| one.is_ascii_alphanumeric() || matches!(one, '.' | '-'));
        if !shaped {
            faults.add(code.at, Fault::BadIndicatorCode { code: code.value.clone() });
        }
        let clause = table.text("clause", faults);
        let known = plan.clauses.iter().find(|one| one.id.as_str() == clause.value);
        if known.is_none() {
            faults.add(clause.at, Fault::UnknownReference { what: "khoản", id: clause.value });
        }
        let counting = read_counting(&mut table, faults);
        let baseline = table.table_if_any("baseline", faults).and_then(|table| read_baseline(plan, table, faults));
        let path = table.table_if_any("path", faults).map(|table| read_path(plan, table, faults)).unwrap_or_default();
        let path_source = table.text_if_any("path_source", faults).map(|one| one.value).unwrap_or_default();
        if !path.is_empty() && path_source.is_empty() {
            faults.add(table.at(), Fault::MissingKey { table: format!("chỉ tiêu {}", code.value), key: "path_source" });
        }
        table.close(faults);
        if let (Some(clause), Some(counting)) = (known, counting) {
            let clause = clause.id.clone();
            let one = PlannedIndicator { code: code.value, clause, counting, baseline, path, path_source };
            found.push(Placed { value: one, at: code.at });
        }
    }
    found.into_iter().map(|one| one.value).collect()
}

fn read_counting<'t>(table: &mut Table<'t>, faults: &mut Faults<'t>) -> Option<Counting> {
    let name = table.text("name", faults).value;
    let measured_in = table.text("measured_in", faults).value;
    let method = table.text("method", faults).value;
    let nature = word(table, "nature", Nature::ALL, Nature::code, faults);
    let direction = word(table, "direction", Direction::ALL, Direction::code, faults);
    let accumulation = word(table, "accumulation", Accumulation::ALL, Accumulation::code, faults);
    let frequency = word(table, "frequency", Frequency::ALL, Frequency::code, faults);
    let scope = word(table, "scope", Scope::ALL, Scope::code, faults);
    let roll_up = word(table, "roll_up", RollUp::ALL, RollUp::code, faults);
    let measure = match table.text_if_any("measure", faults) {
        None => None,
        Some(given) => Some(chosen("measure", &given, Measure::ALL, Measure::code, faults)?),
    };
    let places = table.text_if_any("places", faults).map(|given| (given.at, given.value.parse().ok()));
    let places = match places {
        None => 2,
        Some((_, Some(places))) if places <= DECIMALS => places,
        Some((at, _)) => {
            faults.add(at, Fault::WrongType { key: "places", expected: "số chữ số thập phân từ \"0\" đến \"4\"" });
            return None;
        }
    };
    let least = table.text_if_any("least", faults).and_then(|given| amount("least", &given, faults));
    let most = table.text_if_any("most", faults).and_then(|given| amount("most", &given, faults));
    Some(Counting {
        name,
        measured_in,
        nature: nature?,
        direction: direction?,
        accumulation: accumulation?,
        frequency: frequency?,
        scope: scope?,
        roll_up: roll_up?,
        measure,
        places,
        least,
        most,
        method,
    })
}

fn read_baseline<'t>(plan: &Plan, mut table: Table<'t>, faults: &mut Faults<'t>) -> Option<Baseline> {
    let year = table.text("year", faults);
    let given = table.text("amount", faults);
    let source = table.text("source", faults).value;
    table.close(faults);
    let read = year.value.parse::<i16>().ok().filter(|year| (2000..=plan.last_year()).contains(year));
    if read.is_none() {
        faults.add(year.at, Fault::WrongType { key: "year", expected: "một năm trong ngoặc kép, không sau năm cuối" });
    }
    Some(Baseline { year: read?, amount: amount("amount", &given, faults)?, source })
}

fn read_path<'t>(plan: &Plan, table: Table<'t>, faults: &mut Faults<'t>) -> BTreeMap<i16, Amount> {
    let mut path = BTreeMap::new();
    for (key, given) in table.rest(faults) {
        match key.value.parse::<i16>().ok().filter(|year| plan.years().contains(year)) {
            Some(year) => path.extend(amount("path", &given, faults).map(|amount| (year, amount))),
            None => faults
                .add(key.at, Fault::PathOutside { year: key.value, from: plan.first_year(), to: plan.last_year() }),
        }
    }
    path
}

fn amount(key: &'static str, given: &Placed<String>, faults: &mut Faults<'_>) -> Option<Amount> {
    let read = Amount::parse(&given.value, DECIMALS).ok();
    if read.is_none() {
        faults.add(given.at, Fault::WrongType { key, expected: "một số trong ngoặc kép, viết như \"1.234,5\"" });
    }
    read
}

fn word<'t, T: Copy>(
    table: &mut Table<'t>,
    key: &'static str,
    all: &[T],
    code: fn(T) -> &'static str,
    faults: &mut Faults<'t>,
) -> Option<T> {
    let given = table.text(key, faults);
    chosen(key, &given, all, code, faults)
}

fn chosen<T: Copy>(
    key: &'static str,
    given: &Placed<String>,
    all: &[T],
    code: fn(T) -> &'static str,
    faults: &mut Faults<'_>,
) -> Option<T> {
    let found = all.iter().copied().find(|one| code(*one) == given.value);
    if found.is_none() && !given.value.is_empty() {
        let known = all.iter().map(|one| code(*one)).collect::<Vec<_>>().join(", ");
        faults.add(given.at, Fault::UnknownWord { key, value: given.value.clone(), known });
    }
    found
}
