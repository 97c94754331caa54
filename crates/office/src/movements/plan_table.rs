//! One TOML table at a time, read key by key: what is missing, mistyped or unknown is kept as a fault with its line.

use jiff::civil;
use kernel::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::{Fault, PlanFault};

/// The faults of one file, and where its lines begin.
pub(super) struct Faults<'t> {
    file: &'t str,
    text: &'t str,
    found: Vec<(usize, Fault)>,
}

/// A value with its place in the file.
#[derive(Debug, Clone)]
pub(super) struct Placed<T> {
    pub value: T,
    pub at: usize,
}

/// A table being read. Close it when all its keys have been asked for.
pub(super) struct Table<'t> {
    name: String,
    at: usize,
    entries: &'t DeTable<'t>,
    asked: Vec<&'static str>,
}

impl<'t> Faults<'t> {
    pub fn new(file: &'t str, text: &'t str) -> Self {
        Self { file, text, found: Vec::new() }
    }

    /// Keeps a fault found at this byte.
    pub fn add(&mut self, at: usize, fault: impl Into<Fault>) {
        self.found.push((at, fault.into()));
    }

    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The line of this byte, from 1.
    pub fn line(&self, at: usize) -> usize {
        self.text[..self.floor(at)].matches('\n').count() + 1
    }

    /// All faults in the order of the file.
    pub fn in_order(mut self) -> Vec<PlanFault> {
        let mut found = std::mem::take(&mut self.found);
        found.sort_by_key(|(at, _)| *at);
        found
            .into_iter()
            .map(|(at, fault)| {
                let before = &self.text[..self.floor(at)];
                let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
                PlanFault { file: self.file.to_owned(), line: self.line(at), column, fault }
            })
            .collect()
    }

    /// The nearest start of a character at or before this byte.
    fn floor(&self, at: usize) -> usize {
        self.text.floor_char_boundary(at.min(self.text.len()))
    }
}

impl<'t> Table<'t> {
    pub fn new(name: String, at: usize, entries: &'t DeTable<'t>) -> Self {
        Self { name, at, entries, asked: Vec::new() }
    }

    /// Where the table stands.
    pub fn at(&self) -> usize {
        self.at
    }

    /// A text that must be there; empty, with a fault, when it is not.
    pub fn text(&mut self, key: &'static str, faults: &mut Faults<'t>) -> Placed<String> {
        match self.required(key, faults) {
            Some(value) => as_text(key, value, faults),
            None => Placed { value: String::new(), at: self.at },
        }
    }

    /// A text that may be there.
    pub fn text_if_any(&mut self, key: &'static str, faults: &mut Faults<'t>) -> Option<Placed<String>> {
        self.find(key).map(|value| as_text(key, value, faults))
    }

    /// A list of texts; none when the key is absent.
    pub fn texts(&mut self, key: &'static str, faults: &mut Faults<'t>) -> Vec<Placed<String>> {
        let Some(value) = self.find(key) else { return Vec::new() };
        match value.get_ref() {
            DeValue::Array(items) => items.iter().map(|item| as_text(key, item, faults)).collect(),
            _ => {
                faults.add(value.span().start, Fault::WrongType { key, expected: "danh sách chữ trong ngoặc vuông" });
                Vec::new()
            }
        }
    }

    /// A day that must be there.
    pub fn day(&mut self, key: &'static str, faults: &mut Faults<'t>) -> Option<Date> {
        self.required(key, faults).and_then(|value| as_day(key, value, faults))
    }

    /// A day that may be there.
    pub fn day_if_any(&mut self, key: &'static str, faults: &mut Faults<'t>) -> Option<Date> {
        self.find(key).and_then(|value| as_day(key, value, faults))
    }

    /// Yes or no; no when the key is absent.
    pub fn flag(&mut self, key: &'static str, faults: &mut Faults<'t>) -> bool {
        match self.find(key).map(|value| (value.get_ref(), value.span().start)) {
            None => false,
            Some((DeValue::Boolean(flag), _)) => *flag,
            Some((_, at)) => {
                faults.add(at, Fault::WrongType { key, expected: "true hoặc false" });
                false
            }
        }
    }

    /// A table that must be there.
    pub fn table(&mut self, key: &'static str, faults: &mut Faults<'t>) -> Option<Table<'t>> {
        let value = self.required(key, faults)?;
        as_table(key, format!("[{key}]"), value, faults)
    }

    /// A table that may be there.
    pub fn table_if_any(&mut self, key: &'static str, faults: &mut Faults<'t>) -> Option<Table<'t>> {
        let value = self.find(key)?;
        as_table(key, format!("“{key}”"), value, faults)
    }

    /// The tables written `[[key]]`; none when the key is absent.
    pub fn tables(&mut self, key: &'static str, faults: &mut Faults<'t>) -> Vec<Table<'t>> {
        let Some(value) = self.find(key) else { return Vec::new() };
        match value.get_ref() {
            DeValue::Array(items) => (1..)
                .zip(items.iter())
                .filter_map(|(place, item)| as_table(key, format!("[[{key}]] thứ {place}"), item, faults))
                .collect(),
            _ => {
                faults.add(value.span().start, Fault::WrongType { key, expected: "các bảng [[…]]" });
                Vec::new()
            }
        }
    }

    /// Every key that was not asked for, with its text: of a table whose keys are values.
    pub fn rest(self, faults: &mut Faults<'t>) -> Vec<(Placed<String>, Placed<String>)> {
        let entries = self.entries.iter().filter(|(key, _)| !self.asked.contains(&key.get_ref().as_ref()));
        entries
            .map(|(key, value)| {
                let key = Placed { value: key.get_ref().to_string(), at: key.span().start };
                (key, as_text("path", value, faults))
            })
            .collect()
    }

    /// Names every key that nobody asked for.
    pub fn close(self, faults: &mut Faults<'t>) {
        for key in self.entries.keys() {
            if !self.asked.contains(&key.get_ref().as_ref()) {
                faults.add(
                    key.span().start,
                    Fault::UnknownKey {
                        table: self.name.clone(),
                        key: key.get_ref().to_string(),
                        known: self.asked.join(", "),
                    },
                );
            }
        }
    }

    fn find(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.asked.push(key);
        self.entries.get(key)
    }

    fn required(&mut self, key: &'static str, faults: &mut Faults<'t>) -> Option<&'t Spanned<DeValue<'t>>> {
        let found = self.find(key);
        if found.is_none() {
            faults.add(self.at, Fault::MissingKey { table: self.name.clone(), key });
        }
        found
    }
}

fn as_text(key: &'static str, value: &Spanned<DeValue<'_>>, faults: &mut Faults<'_>) -> Placed<String> {
    let at = value.span().start;
    let text = match value.get_ref() {
        DeValue::String(text) => text.to_string(),
        _ => {
            faults.add(at, Fault::WrongType { key, expected: "chữ trong ngoặc kép" });
            return Placed { value: String::new(), at };
        }
    };
    if text.trim().is_empty() {
        faults.add(at, Fault::EmptyText { key });
    } else if text.split_whitespace().collect::<Vec<_>>().join(" ") != text {
        faults.add(at, Fault::LooseSpace { key });
    } else if kernel::text::nfc(&text) != text {
        faults.add(at, Fault::Decomposed { key });
    }
    Placed { value: text, at }
}

fn as_day(key: &'static str, value: &Spanned<DeValue<'_>>, faults: &mut Faults<'_>) -> Option<Date> {
    let day = match value.get_ref() {
        DeValue::Datetime(moment) if moment.time.is_none() && moment.offset.is_none() => moment.date.and_then(|date| {
            let month = i8::try_from(date.month).ok()?;
            civil::Date::new(i16::try_from(date.year).ok()?, month, i8::try_from(date.day).ok()?).ok()
        }),
        _ => None,
    };
    if day.is_none() {
        faults.add(
            value.span().start,
            Fault::WrongType {
                key, expected: "một ngày dạng 2026-05-14, không có ngoặc kép, không có giờ"
            },
        );
    }
    day
}

fn as_table<'t>(
    key: &'static str,
    name: String,
    value: &'t Spanned<DeValue<'t>>,
    faults: &mut Faults<'t>,
) -> Option<Table<'t>> {
    let at = value.span().start;
    match value.get_ref() {
        DeValue::Table(entries) => Some(Table::new(name, at, entries)),
        _ => {
            faults.add(at, Fault::WrongType { key, expected: "một bảng" });
            None
        }
    }
}
