//! Rows of notices, addresses, silences and letters.

use kernel::Timestamp;
use kernel::id::AccountId;

use super::model::{Address, Carries, Mail, MailId, MailState, Notice, NoticeId, NoticeKind};
use crate::db::{Db, Row, StoreError, Tx};
use crate::{sql, values};

fn notice_from(row: &Row) -> Result<Notice, StoreError> {
    Ok(Notice {
        id: NoticeId(row.id("id")?),
        account: AccountId(row.id("account")?),
        kind: row.word("notices", "kind", NoticeKind::from_code)?,
        subject: row.text("subject")?,
        url: row.text("url")?,
        raised_at: row.at("raised_at")?,
        read_at: row.at_or_none("read_at")?,
    })
}

/// Keeps a notice; answers whether it is new under its key.
pub async fn add(tx: &mut Tx, one: &Notice, key: &str) -> Result<bool, StoreError> {
    let values = values![one.id, one.account, one.kind, key, &one.subject, &one.url, one.raised_at];
    Ok(tx.run(sql!("add"), values).await? > 0)
}

pub async fn find(tx: &mut Tx, id: NoticeId) -> Result<Option<Notice>, StoreError> {
    tx.first(sql!("find"), values![id]).await?.as_ref().map(notice_from).transpose()
}

pub async fn of_account(tx: &mut Tx, account: AccountId, skip: i64, limit: i64) -> Result<Vec<Notice>, StoreError> {
    tx.all(sql!("of_account"), values![account, skip, limit]).await?.iter().map(notice_from).collect()
}

pub async fn unread(db: &Db, account: AccountId) -> Result<i64, StoreError> {
    db.all(sql!("unread"), values![account]).await?.first().map_or(Ok(0), |row| row.int("many"))
}

/// Marks one notice of an account as read, or all.
pub async fn mark_read(tx: &mut Tx, account: AccountId, id: Option<NoticeId>, at: Timestamp) -> Result<(), StoreError> {
    match id {
        Some(id) => tx.run(sql!("mark_read"), values![id, account, at]).await?,
        None => tx.run(sql!("mark_all_read"), values![account, at]).await?,
    };
    Ok(())
}

pub async fn address(tx: &mut Tx, account: AccountId) -> Result<Option<Address>, StoreError> {
    let row = tx.first(sql!("address"), values![account]).await?;
    let address =
        |row: &Row| Ok(Address { address: row.text("address")?, confirmed_at: row.at_or_none("confirmed_at")? });
    row.as_ref().map(address).transpose()
}

pub async fn put_address(tx: &mut Tx, account: AccountId, address: &str, at: Timestamp) -> Result<(), StoreError> {
    tx.run(sql!("put_address"), values![account, address, at]).await?;
    Ok(())
}

pub async fn confirm_address(tx: &mut Tx, account: AccountId, at: Timestamp) -> Result<(), StoreError> {
    tx.run(sql!("confirm_address"), values![account, at]).await?;
    Ok(())
}

pub async fn drop_address(tx: &mut Tx, account: AccountId) -> Result<(), StoreError> {
    tx.run(sql!("drop_address"), values![account]).await?;
    Ok(())
}

pub async fn silences(tx: &mut Tx, account: AccountId) -> Result<Vec<NoticeKind>, StoreError> {
    let rows = tx.all(sql!("silences"), values![account]).await?;
    rows.iter().map(|row| row.word("notice_silences", "kind", NoticeKind::from_code)).collect()
}

/// Stops a kind from coming by mail and drops what waits of it, or lets it come again.
pub async fn silence(tx: &mut Tx, account: AccountId, kind: NoticeKind, silent: bool) -> Result<(), StoreError> {
    if silent {
        tx.run(sql!("silence"), values![account, kind]).await?;
        drop_queued(tx, account, Some(kind)).await
    } else {
        tx.run(sql!("unsilence"), values![account, kind]).await?;
        Ok(())
    }
}

/// Drops letters that wait for an account: of one kind, or all.
pub async fn drop_queued(tx: &mut Tx, account: AccountId, kind: Option<NoticeKind>) -> Result<(), StoreError> {
    tx.run(sql!("drop_queued"), values![account, kind.map_or("", NoticeKind::code)]).await?;
    Ok(())
}

pub async fn queue(
    tx: &mut Tx,
    account: AccountId,
    notice: Option<NoticeId>,
    address: &str,
    at: Timestamp,
) -> Result<(), StoreError> {
    let notice = notice.map(|id| id.0);
    tx.run(sql!("queue"), values![MailId::new(), account, notice, address, at]).await?;
    Ok(())
}

/// Letters whose hour has come, questions first, then the oldest.
pub async fn due(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<Mail>, StoreError> {
    let mail = |row: &Row| {
        let kind = match row.text_or_none("kind")? {
            None => None,
            Some(_) => Some(row.word("notices", "kind", NoticeKind::from_code)?),
        };
        Ok(Mail {
            id: MailId(row.id("id")?),
            account: AccountId(row.id("account")?),
            carries: kind.map_or(Carries::Question, Carries::Notice),
            address: row.text("address")?,
            attempts: row.int("attempts")?,
            queued_at: row.at("queued_at")?,
        })
    };
    tx.all(sql!("due"), values![now, limit]).await?.iter().map(mail).collect()
}

/// Takes a letter to be sent, until its next try; answers false when another took it first.
pub async fn take(tx: &mut Tx, one: &Mail, next_at: Timestamp) -> Result<bool, StoreError> {
    Ok(tx.run(sql!("take"), values![one.id, one.attempts, next_at]).await? > 0)
}

pub async fn settle(
    tx: &mut Tx,
    id: MailId,
    state: MailState,
    sent_at: Option<Timestamp>,
    fault: Option<String>,
) -> Result<(), StoreError> {
    tx.run(sql!("settle"), values![id, state, sent_at, fault]).await?;
    Ok(())
}

pub async fn count_mails(tx: &mut Tx) -> Result<Vec<(String, usize)>, StoreError> {
    tx.counts(sql!("count_mails"), "state", "many").await
}

pub async fn oldest_queued(tx: &mut Tx) -> Result<Option<Timestamp>, StoreError> {
    tx.first(sql!("oldest_queued"), values![]).await?.map_or(Ok(None), |row| row.at_or_none("oldest"))
}
