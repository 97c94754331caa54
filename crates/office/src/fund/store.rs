//! Rows of the book, its closed years and its settings.

use kernel::id::AccountId;
use kernel::numbers::Dong;

use super::model::{Closing, Entry, EntryId, Kind, Settings, Sums};
use crate::db::{Row, StoreError, Tx};
use crate::decisions::LineId;
use crate::{sql, values};

fn small<T: TryFrom<i64>>(table: &'static str, column: &'static str, number: i64) -> Result<T, StoreError> {
    T::try_from(number).map_err(|_| StoreError::Nonsense { table, column, what: number.to_string() })
}

/// Takes the book: until this transaction is over nobody else writes into it.
pub async fn take(tx: &mut Tx) -> Result<(), StoreError> {
    tx.run_fresh("fund_book", sql!("take_book"), values![]).await
}

pub async fn settings(tx: &mut Tx) -> Result<Settings, StoreError> {
    let row = tx.first(sql!("book"), values![]).await?.ok_or(StoreError::Stale { table: "fund_book" })?;
    Ok(Settings {
        remind_days: row.int_or_none("remind_days")?,
        organising_share_bp: row.int_or_none("organising_share_bp")?,
        document: row.text_or_none("document")?,
        version: row.int("version")?,
    })
}

pub async fn save_settings(tx: &mut Tx, one: &Settings) -> Result<(), StoreError> {
    let values = values![one.version, one.remind_days, one.organising_share_bp, one.document.clone()];
    tx.run_fresh("fund_book", sql!("save_settings"), values).await
}

pub async fn add(tx: &mut Tx, one: &Entry) -> Result<(), StoreError> {
    let values = values![
        one.id,
        one.year,
        one.number,
        one.kind,
        one.amount.0,
        one.on,
        &one.document,
        &one.words,
        one.line.map(|line| line.0),
        one.reverses.map(|entry| entry.0),
        one.at,
        one.account,
    ];
    tx.run(sql!("add"), values).await?;
    Ok(())
}

pub async fn last_number(tx: &mut Tx, year: i16) -> Result<u32, StoreError> {
    let row = tx.first(sql!("last_number"), values![year]).await?;
    row.map_or(Ok(0), |row| small("fund_entries", "number", row.int("number")?))
}

pub async fn list(tx: &mut Tx) -> Result<Vec<Entry>, StoreError> {
    tx.all(sql!("list"), values![]).await?.iter().map(entry_from).collect()
}

fn entry_from(row: &Row) -> Result<Entry, StoreError> {
    const TABLE: &str = "fund_entries";
    Ok(Entry {
        id: EntryId(row.id("id")?),
        year: small(TABLE, "year", row.int("year")?)?,
        number: small(TABLE, "number", row.int("number")?)?,
        kind: row.word(TABLE, "kind", Kind::from_code)?,
        amount: Dong(row.int("amount")?),
        on: row.day("happened_on")?,
        document: row.text("document")?,
        words: row.text("words")?,
        line: row.id_or_none("line")?.map(LineId),
        reverses: row.id_or_none("reverses")?.map(EntryId),
        at: row.at("recorded_at")?,
        account: row.id_or_none("account")?.map(AccountId),
    })
}

pub async fn years(tx: &mut Tx) -> Result<Vec<Closing>, StoreError> {
    let rows = tx.all(sql!("years"), values![]).await?;
    rows.iter()
        .map(|row| {
            Ok(Closing {
                year: small("fund_years", "year", row.int("year")?)?,
                on: row.day("closed_on")?,
                by: row.id_or_none("closed_by")?.map(AccountId),
                sums: Sums {
                    opening: Dong(row.int("opening")?),
                    income: Dong(row.int("income")?),
                    bonuses: Dong(row.int("bonuses")?),
                    expenses: Dong(row.int("expenses")?),
                },
                balance: Dong(row.int("balance")?),
            })
        })
        .collect()
}

pub async fn add_year(tx: &mut Tx, one: &Closing) -> Result<(), StoreError> {
    let Sums { opening, income, bonuses, expenses } = one.sums;
    let values = values![one.year, one.on, one.by, opening.0, income.0, bonuses.0, expenses.0, one.balance.0];
    tx.run(sql!("add_year"), values).await?;
    Ok(())
}
