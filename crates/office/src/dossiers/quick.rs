//! Plain rows, read at once: what most rows of a long file are.
//!
//! A row is plain when nothing in it needs a closer look: no quotation marks, days in one of two usual forms,
//! known words, no fault. Everything else answers none, and [`Reader::read`] has the say about it. So there is
//! one place that knows the rules, and a test compares the two row by row.

use papers::sheet::{Cell, Row};
use rustc_hash::FxHashMap;

use super::decision::{DayNumber, Terms, WorkingDays};
use super::mapping::{DayForm, Field};
use super::model::{Channel, Facts, Status};
use super::reading::{LONGEST, Reader, channel_of, yes_of};
use kernel::text::clean_line;

/// A name by its number, so that rows carry no texts.
pub type NameId = u32;

/// A plain row; the fields are those of [`Facts`].
#[derive(Debug, Clone, Copy)]
pub struct Plain<'line> {
    /// The code.
    pub code: &'line str,
    /// The unit.
    pub unit: NameId,
    /// The procedure's code, or its name.
    pub procedure: NameId,
    /// The procedure's name.
    pub procedure_name: NameId,
    /// What decides.
    pub terms: Terms,
    /// How it came.
    pub channel: Option<Channel>,
    /// The working days promised.
    pub committed: Option<i64>,
    /// Whether papers were digitised.
    pub input: Option<bool>,
    /// Whether the result was.
    pub result: Option<bool>,
    /// The rating.
    pub rating: Option<i64>,
}

/// Names by number; the first is empty.
#[derive(Debug)]
pub struct Names {
    all: Vec<String>,
    raw: FxHashMap<Box<[u8]>, NameId>,
    clean: FxHashMap<String, NameId>,
}

impl Default for Names {
    fn default() -> Self {
        Self { all: vec![String::new()], raw: FxHashMap::default(), clean: FxHashMap::default() }
    }
}

impl Names {
    /// The name of a number.
    #[must_use]
    pub fn get(&self, id: NameId) -> &str {
        &self.all[id as usize]
    }

    /// The number of a clean name.
    pub fn number(&mut self, name: &str) -> NameId {
        if let Some(id) = self.clean.get(name) {
            return *id;
        }
        let id = u32::try_from(self.all.len()).expect("fewer names than rows");
        self.all.push(name.to_owned());
        self.clean.insert(name.to_owned(), id);
        id
    }

    /// The number of a name as a file writes it; none when it is empty or too long.
    fn read(&mut self, raw: &[u8]) -> Option<NameId> {
        if let Some(id) = self.raw.get(raw) {
            return Some(*id);
        }
        let clean = clean_line(std::str::from_utf8(raw).ok()?);
        if clean.is_empty() || clean.chars().count() > LONGEST {
            return None;
        }
        let id = self.number(&clean);
        self.raw.insert(raw.into(), id);
        Some(id)
    }
}

/// Reads plain rows under one header.
pub struct Quick<'r> {
    reader: &'r Reader,
    days: &'r WorkingDays,
    delimiter: u8,
    today: DayNumber,
    places: Vec<Option<usize>>,
    day_first: bool,
    year_first: bool,
    /// The names that were met.
    pub names: Names,
    statuses: FxHashMap<Box<[u8]>, Status>,
    channels: FxHashMap<Box<[u8]>, Channel>,
    answers: FxHashMap<Box<[u8]>, bool>,
    ends: Vec<usize>,
}

impl<'r> Quick<'r> {
    /// A reader of plain rows beside the one that knows all.
    #[must_use]
    pub fn beside(reader: &'r Reader, days: &'r WorkingDays, delimiter: u8) -> Self {
        let declared = |form: DayForm| reader.mapping.days.contains(&form);
        Self {
            reader,
            days,
            delimiter,
            today: days.number(reader.today),
            places: Field::ALL.iter().map(|field| reader.places.get(field).map(|(place, _)| *place)).collect(),
            day_first: declared(DayForm::DayMonthYear) && !declared(DayForm::MonthDayYear),
            year_first: declared(DayForm::YearMonthDay),
            names: Names::default(),
            statuses: FxHashMap::default(),
            channels: FxHashMap::default(),
            answers: FxHashMap::default(),
            ends: Vec::new(),
        }
    }

    /// Reads a line without its end; none when it needs a closer look.
    pub fn read<'line>(&mut self, line: &'line [u8]) -> Option<Plain<'line>> {
        self.ends.clear();
        self.ends.extend(memchr::memchr_iter(self.delimiter, line));
        self.ends.push(line.len());
        let code = self.cell(line, Field::Code);
        if code.is_empty() || code.len() > LONGEST || !code.iter().all(u8::is_ascii_graphic) {
            return None;
        }
        let unit = self.cell(line, Field::Unit);
        let unit = self.names.read(unit)?;
        let name = self.cell(line, Field::ProcedureName);
        let procedure_name = if name.is_empty() { 0 } else { self.names.read(name)? };
        let procedure = self.cell(line, Field::Procedure);
        let procedure = if procedure.is_empty() { procedure_name } else { self.names.read(procedure)? };
        let status = self.status(self.cell(line, Field::Status))?;
        let received = self.day(line, Field::ReceivedOn)??;
        let (ended, returned) = (self.day(line, Field::FinishedOn)?, self.day(line, Field::ReturnedOn)?);
        let finished = ended.or(returned).filter(|_| status.is_over());
        let (asked, supplied) = (self.day(line, Field::AskedOn)?, self.day(line, Field::SuppliedOn)?);
        let supplements = self.whole(line, Field::Supplements, 0, 99)?.unwrap_or(i64::from(asked.is_some()));
        let faulty = procedure == 0
            || received > self.today
            || (status.is_over() && finished.is_none())
            || finished.is_some_and(|finished| finished < received)
            || supplied.is_some_and(|supplied| asked.is_none_or(|asked| supplied < asked));
        if faulty {
            return None;
        }
        let terms = Terms {
            status,
            received,
            due: self.day(line, Field::DueOn)?,
            finished,
            asked,
            supplied,
            supplements,
            legal: self.whole(line, Field::LegalDays, 1, 3650)?,
            due_has_waiting: self.reader.mapping.due_has_waiting,
        };
        Some(Plain {
            code: std::str::from_utf8(code).ok()?,
            unit,
            procedure,
            procedure_name,
            terms,
            channel: self.channel(self.cell(line, Field::Channel))?,
            committed: self.whole(line, Field::CommittedDays, 1, 3650)?,
            input: self.yes(self.cell(line, Field::InputDigitised))?,
            result: self.yes(self.cell(line, Field::ResultDigitised))?,
            rating: self.whole(line, Field::Rating, 1, 5)?,
        })
    }

    /// What a plain row says, as every other row says it.
    #[must_use]
    pub fn facts(&self, plain: &Plain<'_>) -> Facts {
        let name = |id: NameId| self.names.get(id).to_owned();
        let day = |number: Option<DayNumber>| number.map(|number| self.days.date(number));
        let Terms { status, received, due, finished, asked, supplied, supplements, legal, .. } = plain.terms;
        Facts {
            code: plain.code.to_owned(),
            unit: name(plain.unit),
            procedure: name(plain.procedure),
            procedure_name: name(plain.procedure_name),
            status,
            channel: plain.channel,
            received_on: self.days.date(received),
            due_on: day(due),
            finished_on: day(finished),
            asked_on: day(asked),
            supplied_on: day(supplied),
            supplements,
            legal_days: legal,
            committed_days: plain.committed,
            input_digitised: plain.input,
            result_digitised: plain.result,
            rating: plain.rating,
        }
    }

    fn cell<'line>(&self, line: &'line [u8], field: Field) -> &'line [u8] {
        let Some(place) = self.places[field as usize] else { return b"" };
        let Some(end) = self.ends.get(place) else { return b"" };
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before] + 1);
        &line[start..*end]
    }

    /// A day, or no day; none when it is not written in a usual form.
    fn day(&self, line: &[u8], field: Field) -> Option<Option<DayNumber>> {
        let raw = self.cell(line, field);
        if raw.is_empty() {
            return Some(None);
        }
        let [a, b, c, d, e, f, g, h, i, j] = *raw else { return None };
        let apart = |one: u8, other: u8| one == other && matches!(one, b'/' | b'-' | b'.');
        let (year, month, day) = if self.day_first && apart(c, f) {
            (figures([g, h, i, j])?, figures([d, e])?, figures([a, b])?)
        } else if self.year_first && apart(e, h) {
            (figures([a, b, c, d])?, figures([f, g])?, figures([i, j])?)
        } else {
            return None;
        };
        self.days.number_of(year, month, day).map(Some)
    }

    /// A number, or no number; none when it is not plain figures within a range.
    fn whole(&self, line: &[u8], field: Field, from: i64, upto: i64) -> Option<Option<i64>> {
        let raw = self.cell(line, field);
        if raw.is_empty() {
            return Some(None);
        }
        if raw.len() > 4 || !raw.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let number = raw.iter().fold(0, |number, figure| number * 10 + i64::from(figure - b'0'));
        (from..=upto).contains(&number).then_some(Some(number))
    }

    fn status(&mut self, raw: &[u8]) -> Option<Status> {
        if let Some(status) = self.statuses.get(raw) {
            return Some(*status);
        }
        let status = self.reader.status_of(&clean_line(std::str::from_utf8(raw).ok()?))?;
        self.statuses.insert(raw.into(), status);
        Some(status)
    }

    fn channel(&mut self, raw: &[u8]) -> Option<Option<Channel>> {
        if raw.is_empty() {
            return Some(None);
        }
        if let Some(channel) = self.channels.get(raw) {
            return Some(Some(*channel));
        }
        let channel = channel_of(&clean_line(std::str::from_utf8(raw).ok()?))?;
        self.channels.insert(raw.into(), channel);
        Some(Some(channel))
    }

    fn yes(&mut self, raw: &[u8]) -> Option<Option<bool>> {
        if raw.is_empty() {
            return Some(None);
        }
        if let Some(yes) = self.answers.get(raw) {
            return Some(Some(*yes));
        }
        let yes = yes_of(&clean_line(std::str::from_utf8(raw).ok()?))?;
        self.answers.insert(raw.into(), yes);
        Some(Some(yes))
    }
}

fn figures<const N: usize>(text: [u8; N]) -> Option<i32> {
    let plain = text.iter().all(u8::is_ascii_digit);
    plain.then(|| text.iter().fold(0, |number, figure| number * 10 + i32::from(figure - b'0')))
}

/// A line as a row for the closer look; none when nothing stands in it.
#[must_use]
pub fn row_of(line: &[u8], delimiter: u8, number: u32) -> Option<Row> {
    let cell = |raw: &[u8]| {
        let text = String::from_utf8_lossy(raw);
        if text.trim().is_empty() { Cell::Empty } else { Cell::Text(text.into_owned()) }
    };
    let cells: Vec<Cell> = line.split(|byte| *byte == delimiter).map(cell).collect();
    (!cells.iter().all(Cell::is_blank)).then_some(Row { number, cells })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::civil::date;
    use kernel::calendar::WorkCalendar;

    use super::super::mapping::Mapping;
    use super::super::sample;
    use super::*;

    #[test]
    fn a_plain_row_says_what_the_closer_look_says_and_a_doubtful_one_is_left_to_it() {
        let calendar = WorkCalendar::parse(include_str!("../../../../calendars/vn.csv")).expect("the calendar");
        let days = WorkingDays::of(&calendar);
        let today = date(2026, 11, 23);
        let mut text = Vec::new();
        sample::write(&mut text, 3_000, 11, &days, today, 2).expect("a sample");
        let text = String::from_utf8(text).expect("text");
        let mut lines: Vec<&str> = text.lines().collect();
        let header = lines.remove(0);
        let reader =
            Reader::under(&Arc::new(Mapping::default()), &row_of(header.as_bytes(), b',', 1).expect("a header"), today);
        let reader = reader.expect("the header of a sample");
        let mut quick = Quick::beside(&reader, &days, b',');
        let mut check = |line: &str| {
            let Some(found) = quick.read(line.as_bytes()) else { return false };
            let facts = quick.facts(&found);
            let row = row_of(line.as_bytes(), b',', 2).expect("a row");
            assert_eq!(reader.read(&row).as_ref(), Ok(&facts), "{line}");
            true
        };
        assert!(lines.iter().all(|line| check(line)), "every row of a sample is plain");
        // What people write otherwise, field by field: either told alike or not told at all.
        let odd = [
            "",
            " ",
            "29/02/2026",
            "2/3/2026",
            "2026-03-02",
            "02.03.2026",
            "02/03/26",
            "20260302",
            "99/99/9999",
            "31/12/2059",
            "01/01/1999",
            "Có",
            "có",
            "x",
            "0",
            "6",
            "-1",
            "1,5",
            "Đang bay",
            "4",
            "TRUC TUYEN",
            "abc def",
            "Ｈ１",
            "\u{a0}",
            "10000",
        ];
        let cells: Vec<&str> = lines[0].split(',').collect();
        for place in 0..cells.len() {
            for value in odd {
                let mut changed = cells.clone();
                changed[place] = value;
                check(&changed.join(","));
            }
        }
        check(&cells[..3].join(","));
        check(&format!("{},,,more", lines[0]));
    }
}
