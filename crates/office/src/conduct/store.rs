//! Rows of keys, reports and their boxes.

use kernel::Date;
use kernel::id::AccountId;

use super::model::{
    Key, KeyId, KeyState, MessageId, Report, ReportFileId, ReportId, Settings, State, Unveiling, UnveilingId,
    UnveilingState,
};
use super::seal::Public;
use crate::db::{Row, StoreError, Tx};
use crate::{sql, values};

pub async fn settings(tx: &mut Tx) -> Result<Settings, StoreError> {
    let row = tx.first(sql!("settings"), values![]).await?.ok_or_else(|| StoreError::Nonsense {
        table: "conduct_settings",
        column: "id",
        what: "trống".to_owned(),
    })?;
    Ok(Settings {
        small_cell: row.int("small_cell")?,
        small_unit: row.int("small_unit")?,
        keep_months: row.int("keep_months")?,
        ground: row.text("ground")?,
        set_by: row.text("set_by")?,
        set_on: row.day_or_none("set_on")?,
        version: row.int("version")?,
    })
}

pub async fn save_settings(tx: &mut Tx, new: &Settings) -> Result<(), StoreError> {
    let Settings { small_cell, small_unit, keep_months, ground, set_by, set_on, version } = new;
    let values = values![*version, *small_cell, *small_unit, *keep_months, ground, set_by, *set_on];
    tx.run_fresh("conduct_settings", sql!("save_settings"), values).await
}

fn public(row: &Row, table: &'static str) -> Result<Public, StoreError> {
    let bytes = row.bytes("public_key")?;
    let odd = |_| StoreError::Nonsense { table, column: "public_key", what: "không đủ 32 byte".to_owned() };
    Ok(Public(bytes.as_slice().try_into().map_err(odd)?))
}

fn key_of(row: &Row) -> Result<Key, StoreError> {
    Ok(Key {
        id: KeyId(row.id("id")?),
        account: AccountId(row.id("account")?),
        public: public(row, "conduct_keys")?,
        private_box: row.bytes("private_box")?,
        state: row.word("conduct_keys", "state", KeyState::from_code)?,
        made_on: row.day("made_on")?,
        version: row.int("version")?,
    })
}

pub async fn keys(tx: &mut Tx) -> Result<Vec<Key>, StoreError> {
    tx.all(sql!("keys"), values![]).await?.iter().map(key_of).collect()
}

pub async fn key(tx: &mut Tx, id: KeyId) -> Result<Option<Key>, StoreError> {
    tx.first(sql!("key"), values![id]).await?.as_ref().map(key_of).transpose()
}

pub async fn add_key(tx: &mut Tx, key: &Key) -> Result<(), StoreError> {
    let values = values![key.id, key.account, key.public.0, key.private_box.clone(), key.state, key.made_on];
    tx.run(sql!("add_key"), values).await?;
    Ok(())
}

pub async fn save_key(tx: &mut Tx, key: &Key) -> Result<(), StoreError> {
    let values = values![key.id, key.version, key.private_box.clone(), key.state];
    tx.run_fresh("conduct_keys", sql!("save_key"), values).await
}

/// Takes away everything that was sealed to a key.
pub async fn drop_boxes_of(tx: &mut Tx, key: KeyId) -> Result<(), StoreError> {
    for sql in [sql!("drop_figures_box"), sql!("drop_boxes_of"), sql!("drop_identity_boxes_of"), sql!("drop_halves_of")]
    {
        tx.run(sql, values![key]).await?;
    }
    Ok(())
}

pub async fn figures_key(tx: &mut Tx) -> Result<Option<Public>, StoreError> {
    let row = tx.first(sql!("figures_key"), values![]).await?;
    row.as_ref().map(|row| public(row, "conduct_figures_key")).transpose()
}

pub async fn put_figures_key(tx: &mut Tx, key: &Public) -> Result<(), StoreError> {
    tx.run(sql!("put_figures_key"), values![key.0]).await?;
    Ok(())
}

pub async fn figures_box(tx: &mut Tx, holder: KeyId) -> Result<Option<Vec<u8>>, StoreError> {
    tx.first(sql!("figures_box"), values![holder]).await?.map(|row| row.bytes("box")).transpose()
}

pub async fn put_figures_box(tx: &mut Tx, holder: KeyId, sealed: Vec<u8>) -> Result<(), StoreError> {
    tx.run(sql!("put_figures_box"), values![holder, sealed]).await?;
    Ok(())
}

fn report_of(row: &Row) -> Result<Report, StoreError> {
    Ok(Report {
        id: ReportId(row.id("id")?),
        code_digest: row.text("code_digest")?,
        state: row.word("conduct_reports", "state", State::from_code)?,
        received_on: row.day("received_on")?,
        closed_on: row.day_or_none("closed_on")?,
        code_box: row.bytes("code_box")?,
        body_box: row.bytes("body_box")?,
        identity_box: row.bytes("identity_box")?,
        unit_box: row.bytes("unit_box")?,
        outcome_box: row.bytes_or_none("outcome_box")?,
        erased_on: row.day_or_none("erased_on")?,
        version: row.int("version")?,
    })
}

pub async fn all(tx: &mut Tx) -> Result<Vec<Report>, StoreError> {
    tx.all(sql!("all"), values![]).await?.iter().map(report_of).collect()
}

pub async fn find(tx: &mut Tx, id: ReportId) -> Result<Option<Report>, StoreError> {
    tx.first(sql!("find"), values![id]).await?.as_ref().map(report_of).transpose()
}

pub async fn by_code(tx: &mut Tx, digest: &str) -> Result<Option<Report>, StoreError> {
    tx.first(sql!("by_code"), values![digest]).await?.as_ref().map(report_of).transpose()
}

pub async fn add(tx: &mut Tx, one: &Report) -> Result<(), StoreError> {
    let values = values![
        one.id,
        &one.code_digest,
        one.state,
        one.received_on,
        one.code_box.clone(),
        one.body_box.clone(),
        one.identity_box.clone(),
        one.unit_box.clone(),
    ];
    tx.run(sql!("add"), values).await?;
    Ok(())
}

/// Keeps a report over the one that was read.
pub async fn save(tx: &mut Tx, one: &Report) -> Result<(), StoreError> {
    let values = values![
        one.id,
        one.version,
        one.state,
        one.closed_on,
        one.body_box.clone(),
        one.unit_box.clone(),
        one.outcome_box.clone(),
    ];
    tx.run_fresh("conduct_reports", sql!("save"), values).await
}

/// Reports that were closed on this day or before and still have their content.
pub async fn due_to_erase(tx: &mut Tx, until: Date) -> Result<Vec<ReportId>, StoreError> {
    let rows = tx.all(sql!("due_to_erase"), values![until]).await?;
    rows.iter().map(|row| Ok(ReportId(row.id("id")?))).collect()
}

/// Takes away what a report says, with everything that hangs on it; state, days and figures stay.
pub async fn erase(tx: &mut Tx, id: ReportId, on: Date) -> Result<(), StoreError> {
    for sql in [
        sql!("drop_halves_of_report"),
        sql!("drop_unveilings"),
        sql!("drop_files"),
        sql!("drop_messages"),
        sql!("drop_identity_boxes"),
        sql!("drop_boxes"),
    ] {
        tx.run(sql, values![id]).await?;
    }
    tx.run_fresh("conduct_reports", sql!("erase"), values![id, Vec::<u8>::new(), on]).await
}

pub async fn put_box(tx: &mut Tx, report: ReportId, holder: KeyId, sealed: Vec<u8>) -> Result<(), StoreError> {
    tx.run(sql!("put_box"), values![report, holder, sealed]).await?;
    Ok(())
}

pub async fn report_box(tx: &mut Tx, report: ReportId, holder: KeyId) -> Result<Option<Vec<u8>>, StoreError> {
    tx.first(sql!("box"), values![report, holder]).await?.map(|row| row.bytes("box")).transpose()
}

pub async fn put_identity_box(
    tx: &mut Tx,
    report: ReportId,
    (first, second): (KeyId, KeyId),
    sealed: Vec<u8>,
) -> Result<(), StoreError> {
    tx.run(sql!("put_identity_box"), values![report, first, second, sealed]).await?;
    Ok(())
}

/// The boxes of the identity's key: who opens first, who opens second, the box.
pub async fn identity_boxes(tx: &mut Tx, report: ReportId) -> Result<Vec<(KeyId, KeyId, Vec<u8>)>, StoreError> {
    let rows = tx.all(sql!("identity_boxes"), values![report]).await?;
    let one = |row: &Row| Ok((KeyId(row.id("first_holder")?), KeyId(row.id("second_holder")?), row.bytes("box")?));
    rows.iter().map(one).collect()
}

/// A message as it is kept.
pub struct SealedMessage {
    pub id: MessageId,
    pub from_reporter: bool,
    pub on: Date,
    pub words_box: Vec<u8>,
}

/// Adds a message at its place; a place that is taken is [`StoreError::Duplicate`].
pub async fn add_message(tx: &mut Tx, report: ReportId, place: i64, message: &SealedMessage) -> Result<(), StoreError> {
    let SealedMessage { id, from_reporter, on, words_box } = message;
    tx.run(sql!("add_message"), values![*id, report, place, *from_reporter, *on, words_box.clone()]).await?;
    Ok(())
}

pub async fn messages(tx: &mut Tx, report: ReportId) -> Result<Vec<SealedMessage>, StoreError> {
    let one = |row: &Row| {
        Ok(SealedMessage {
            id: MessageId(row.id("id")?),
            from_reporter: row.bool("from_reporter")?,
            on: row.day("written_on")?,
            words_box: row.bytes("box")?,
        })
    };
    tx.all(sql!("messages"), values![report]).await?.iter().map(one).collect()
}

pub async fn add_file(
    tx: &mut Tx,
    report: ReportId,
    id: ReportFileId,
    place: i64,
    (head_box, bytes_box): (Vec<u8>, Vec<u8>),
) -> Result<(), StoreError> {
    tx.run(sql!("add_file"), values![id, report, place, head_box, bytes_box]).await?;
    Ok(())
}

pub async fn files(tx: &mut Tx, report: ReportId) -> Result<Vec<(ReportFileId, Vec<u8>)>, StoreError> {
    let rows = tx.all(sql!("files"), values![report]).await?;
    rows.iter().map(|row| Ok((ReportFileId(row.id("id")?), row.bytes("head_box")?))).collect()
}

pub async fn file(tx: &mut Tx, report: ReportId, id: ReportFileId) -> Result<Option<(Vec<u8>, Vec<u8>)>, StoreError> {
    let row = tx.first(sql!("file"), values![report, id]).await?;
    row.map(|row| Ok((row.bytes("head_box")?, row.bytes("box")?))).transpose()
}

pub async fn add_unveiling(tx: &mut Tx, one: &Unveiling) -> Result<(), StoreError> {
    let values = values![one.id, one.report, one.asker, one.asked_on, one.reason_box.clone(), one.state];
    tx.run(sql!("add_unveiling"), values).await?;
    Ok(())
}

pub async fn unveilings(tx: &mut Tx, report: ReportId) -> Result<Vec<Unveiling>, StoreError> {
    let one = |row: &Row| {
        Ok(Unveiling {
            id: UnveilingId(row.id("id")?),
            report: ReportId(row.id("report")?),
            asker: KeyId(row.id("asker")?),
            asked_on: row.day("asked_on")?,
            reason_box: row.bytes("reason_box")?,
            state: row.word("conduct_unveilings", "state", UnveilingState::from_code)?,
            second: row.id_or_none("second_holder")?.map(KeyId),
            settled_on: row.day_or_none("settled_on")?,
            asker_box: row.bytes_or_none("asker_box")?,
            second_box: row.bytes_or_none("second_box")?,
            version: row.int("version")?,
        })
    };
    tx.all(sql!("unveilings"), values![report]).await?.iter().map(one).collect()
}

/// Keeps what became of a request; nobody else may settle it any more.
pub async fn settle_unveiling(tx: &mut Tx, one: &Unveiling) -> Result<(), StoreError> {
    let second = one.second.map(|key| key.0);
    let values =
        values![one.id, one.version, one.state, second, one.settled_on, one.asker_box.clone(), one.second_box.clone(),];
    tx.run_fresh("conduct_unveilings", sql!("save_unveiling"), values).await?;
    tx.run(sql!("drop_halves"), values![one.id]).await?;
    Ok(())
}

pub async fn add_half(tx: &mut Tx, of: UnveilingId, holder: KeyId, sealed: &[u8]) -> Result<(), StoreError> {
    tx.run(sql!("add_half"), values![of, holder, sealed]).await?;
    Ok(())
}

pub async fn half(tx: &mut Tx, of: UnveilingId, holder: KeyId) -> Result<Option<Vec<u8>>, StoreError> {
    tx.first(sql!("half"), values![of, holder]).await?.map(|row| row.bytes("box")).transpose()
}

pub async fn add_publication(tx: &mut Tx, year: i16, content: &str, on: Date) -> Result<(), StoreError> {
    tx.run(sql!("add_publication"), values![year, content, on]).await?;
    Ok(())
}

pub async fn publications(tx: &mut Tx) -> Result<Vec<(i64, String, Date)>, StoreError> {
    let rows = tx.all(sql!("publications"), values![]).await?;
    rows.iter().map(|row| Ok((row.int("year")?, row.text("content")?, row.day("published_on")?))).collect()
}
