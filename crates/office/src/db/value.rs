//! What a query is given.

use jiff_sqlx::ToSqlx;
use kernel::{Date, Timestamp};
use sqlx::query::Query;
use sqlx::{Postgres, Sqlite};
use uuid::Uuid;

/// A value for `$n`, with its type even when it is null.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Text.
    Text(Option<String>),
    /// A word of the program's own.
    Word(&'static str),
    /// A whole number.
    Int(Option<i64>),
    /// Yes or no.
    Bool(Option<bool>),
    /// Bytes.
    Bytes(Option<Vec<u8>>),
    /// An id.
    Id(Option<Uuid>),
    /// A civil day.
    Day(Option<Date>),
    /// An instant, kept in microseconds.
    At(Option<Timestamp>),
}

/// Fixed width, so that text sorts as time does on SQLite.
const INSTANT: &str = "%Y-%m-%dT%H:%M:%S.%6fZ";

pub(super) fn instant_text(at: Timestamp) -> String {
    at.strftime(INSTANT).to_string()
}

/// `2026-02-05`.
fn day_text(day: Date) -> String {
    let (year, month, day) = (day.year().unsigned_abs(), day.month().unsigned_abs(), day.day().unsigned_abs());
    let mut text = String::with_capacity(10);
    let figures = [year / 1000, year / 100, year / 10, year].map(|figure| u8::try_from(figure % 10).unwrap_or(0));
    let figures = figures.into_iter().chain([month / 10, month % 10, day / 10, day % 10]);
    for (place, figure) in figures.enumerate() {
        if place == 4 || place == 6 {
            text.push('-');
        }
        text.push(char::from(b'0' + figure));
    }
    text
}

type SqliteQuery<'q> = Query<'q, Sqlite, <Sqlite as sqlx::Database>::Arguments>;
type PostgresQuery<'q> = Query<'q, Postgres, <Postgres as sqlx::Database>::Arguments>;

impl Value {
    pub(super) fn bind_sqlite(self, query: SqliteQuery<'_>) -> SqliteQuery<'_> {
        match self {
            Self::Text(value) => query.bind(value),
            Self::Word(value) => query.bind(value),
            Self::Int(value) => query.bind(value),
            Self::Bool(value) => query.bind(value),
            Self::Bytes(value) => query.bind(value),
            Self::Id(value) => query.bind(value),
            Self::Day(value) => query.bind(value.map(day_text)),
            Self::At(value) => query.bind(value.map(instant_text)),
        }
    }

    pub(super) fn bind_postgres(self, query: PostgresQuery<'_>) -> PostgresQuery<'_> {
        match self {
            Self::Text(value) => query.bind(value),
            Self::Word(value) => query.bind(value),
            Self::Int(value) => query.bind(value),
            Self::Bool(value) => query.bind(value),
            Self::Bytes(value) => query.bind(value),
            Self::Id(value) => query.bind(value),
            Self::Day(value) => query.bind(value.map(ToSqlx::to_sqlx)),
            Self::At(value) => query.bind(value.map(ToSqlx::to_sqlx)),
        }
    }
}

macro_rules! from {
    ($($source:ty => $variant:ident: $convert:expr;)+) => {$(
        impl From<$source> for Value {
            fn from(value: $source) -> Self { Self::$variant(Some($convert(value))) }
        }
        impl From<Option<$source>> for Value {
            fn from(value: Option<$source>) -> Self { Self::$variant(value.map($convert)) }
        }
    )+};
}

from! {
    String => Text: std::convert::identity;
    &str => Text: str::to_owned;
    &String => Text: String::to_owned;
    i64 => Int: std::convert::identity;
    i32 => Int: i64::from;
    i16 => Int: i64::from;
    u32 => Int: i64::from;
    bool => Bool: std::convert::identity;
    Vec<u8> => Bytes: std::convert::identity;
    &[u8] => Bytes: <[u8]>::to_vec;
    [u8; 32] => Bytes: |bytes: [u8; 32]| bytes.to_vec();
    Uuid => Id: std::convert::identity;
    kernel::id::PersonId => Id: Uuid::from;
    kernel::id::UnitId => Id: Uuid::from;
    kernel::id::AccountId => Id: Uuid::from;
    Date => Day: std::convert::identity;
    Timestamp => At: std::convert::identity;
}
