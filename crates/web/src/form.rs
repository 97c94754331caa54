//! What was typed: texts in, values or faults by field out. A form with faults comes back filled.

use std::collections::BTreeMap;
use std::str::FromStr;

use axum::extract::{FromRequest, Request};
use axum::response::{IntoResponse, Response};
use kernel::Date;

use crate::page::{Refusal, sentence};

/// A field that must be mended, with a sentence that says how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The field's name, which is also its id on the page.
    pub field: String,
    /// What to do.
    pub what: String,
}

/// The texts of a form and what is wrong with them.
#[derive(Debug, Clone, Default)]
pub struct Form {
    values: BTreeMap<String, Vec<String>>,
    /// What is to be mended, in the order of the fields as they were read.
    pub faults: Vec<Fault>,
}

impl Form {
    /// A form with nothing typed yet.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

    /// A form filled with what is known: `Form::filled([("name", "…")])`.
    #[must_use]
    pub fn filled<'a>(values: impl IntoIterator<Item = (&'a str, String)>) -> Self {
        let mut form = Self::default();
        for (field, value) in values {
            form.values.entry(field.to_owned()).or_default().push(value);
        }
        form
    }

    /// Adds a text, as a multipart form does part by part.
    pub fn put(&mut self, field: &str, value: String) {
        self.values.entry(field.to_owned()).or_default().push(value);
    }

    /// Puts a text in the place of what stands in a field.
    pub fn set(&mut self, field: &str, value: String) {
        self.values.insert(field.to_owned(), vec![value]);
    }

    /// Keeps what was typed under a name of its own too: several forms of a page send the same one.
    pub fn keep_as(&mut self, own: &str, sent: &str) {
        let typed = self.value(sent).to_owned();
        self.set(own, typed);
    }

    /// What stands in a field, as it was typed; empty when nothing does.
    #[must_use]
    pub fn value(&self, field: &str) -> &str {
        self.values.get(field).and_then(|values| values.first()).map_or("", String::as_str)
    }

    /// All that was chosen under one name.
    #[must_use]
    pub fn all(&self, field: &str) -> &[String] {
        self.values.get(field).map_or(&[], Vec::as_slice)
    }

    /// Whether this choice was made under this name.
    #[must_use]
    pub fn chosen(&self, field: &str, choice: &str) -> bool {
        self.all(field).iter().any(|value| value == choice)
    }

    /// The fault of a field; empty when there is none.
    #[must_use]
    pub fn fault(&self, field: &str) -> &str {
        self.faults.iter().find(|fault| fault.field == field).map_or("", |fault| fault.what.as_str())
    }

    /// Says that a field must be mended.
    pub fn refuse(&mut self, field: &str, what: impl Into<String>) {
        self.faults.push(Fault { field: field.to_owned(), what: what.into() });
    }

    /// Whether nothing must be mended.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.faults.is_empty()
    }

    /// One clean line; may be empty.
    #[must_use]
    pub fn line(&self, field: &str) -> String {
        kernel::text::clean_line(self.value(field))
    }

    /// One clean line that must not be empty and not be longer than `longest` letters.
    pub fn required_line(&mut self, field: &str, longest: usize, what: &str) -> String {
        let line = self.line(field);
        if line.is_empty() {
            self.refuse(field, what);
        } else if line.chars().count() > longest {
            self.refuse(field, format!("Rút ngắn còn tối đa {longest} ký tự"));
        }
        line
    }

    /// Clean text of several lines that must not be empty and not be longer than `longest` letters.
    pub fn required_text(&mut self, field: &str, longest: usize, what: &str) -> String {
        let text = kernel::text::clean_text(self.value(field));
        if text.is_empty() {
            self.refuse(field, what);
        } else if text.chars().count() > longest {
            self.refuse(field, format!("Rút ngắn còn tối đa {longest} ký tự"));
        }
        text
    }

    /// A day that must be there, in any of the ways people write days.
    pub fn required_day(&mut self, field: &str, what: &str) -> Option<Date> {
        if self.line(field).is_empty() {
            self.refuse(field, what);
            return None;
        }
        self.day(field)
    }

    /// A day that may be left out.
    pub fn day(&mut self, field: &str) -> Option<Date> {
        let line = self.line(field);
        if line.is_empty() {
            return None;
        }
        match kernel::numbers::parse_date(&line) {
            Ok(day) => Some(day),
            Err(fault) => {
                self.refuse(field, fault.to_string());
                None
            }
        }
    }

    /// A day that is looked at: another one when nothing was typed, or when it cannot be read, which is a fault.
    pub fn day_or(&mut self, field: &str, otherwise: Date) -> Date {
        let typed = self.value(field).trim();
        if typed.is_empty() {
            return otherwise;
        }
        kernel::numbers::parse_date(typed).unwrap_or_else(|fault| {
            self.refuse(field, sentence(&fault));
            otherwise
        })
    }

    /// A choice among ids or codes that must be made.
    pub fn choice<T: FromStr>(&mut self, field: &str, what: &str) -> Option<T> {
        match self.line(field).parse() {
            Ok(value) => Some(value),
            Err(_) => {
                self.refuse(field, what);
                None
            }
        }
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let pairs = axum::extract::RawForm::from_request(request, state).await;
        let bytes = pairs.map_err(|_| Refusal::unreadable().into_response())?.0;
        let mut form = Self::default();
        for (field, value) in form_pairs(&bytes) {
            form.values.entry(field).or_default().push(value);
        }
        Ok(form)
    }
}

/// Decodes `application/x-www-form-urlencoded`.
fn form_pairs(bytes: &[u8]) -> Vec<(String, String)> {
    serde_urlencoded::from_bytes(bytes).unwrap_or_default()
}

/// A choice offered in a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub words: String,
    /// What helps to choose; may be empty.
    pub hint: String,
}

impl Choice {
    /// A choice without a hint.
    #[must_use]
    pub fn new(value: impl std::fmt::Display, words: impl Into<String>) -> Self {
        Self { value: value.to_string(), words: words.into(), hint: String::new() }
    }

    /// The same with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}
