//! Rows of entries.

use std::collections::BTreeMap;

use kernel::text::{Wanted, search_key};

use super::decision::Roots;
use super::model::{Profile, Registered, Size, Standing};
use super::queries::{Count, Filter, Suspects};
use crate::db::{Row, StoreError, Tx};
use crate::organization::EnterpriseId;
use crate::organization::model::EnterpriseKind;
use crate::organization::queries::{Place, enterprise_of};
use crate::{sql, values};

pub async fn put_profile(tx: &mut Tx, id: EnterpriseId, profile: &Profile) -> Result<(), StoreError> {
    let Profile { size, sector, ended } = profile;
    let values = values![
        id,
        size.map(|size| size.code().to_owned()),
        sector,
        search_key(sector),
        ended.as_ref().map(|(on, _)| *on),
        ended.as_ref().map(|(_, why)| why.clone()).unwrap_or_default(),
    ];
    tx.run(sql!("put_profile"), values).await?;
    Ok(())
}

/// An entry, merged or not.
pub async fn entry(tx: &mut Tx, id: EnterpriseId) -> Result<Option<Registered>, StoreError> {
    tx.first(sql!("entry"), values![id]).await?.as_ref().map(registered).transpose()
}

/// Every entry that stands for itself, by name.
pub async fn every_entry(tx: &mut Tx) -> Result<Vec<Registered>, StoreError> {
    tx.all(sql!("every_entry"), values![]).await?.iter().map(registered).collect()
}

/// Entries that fit, by name, after a place.
pub async fn entries(tx: &mut Tx, filter: &Filter, after: &Place, limit: usize) -> Result<Vec<Registered>, StoreError> {
    let mut values = asked(filter);
    values.extend(values![
        filter.kind.map(|kind| kind.code().to_owned()),
        filter.size.map(|size| size.code().to_owned()),
        filter.standing.map(|standing| standing.code().to_owned()),
        &after.key,
        after.id,
        i64::try_from(limit).unwrap_or(i64::MAX),
    ]);
    tx.all(sql!("entries"), values).await?.iter().map(registered).collect()
}

/// How many entries of each kind, size and standing fit the text and commune that are asked for.
pub async fn counts(tx: &mut Tx, filter: &Filter) -> Result<Vec<Count>, StoreError> {
    let count = |row: &Row| {
        let many = row.int("many")?;
        let odd = |_| StoreError::Nonsense { table: "counts", column: "many", what: many.to_string() };
        Ok(Count {
            kind: row.word("enterprises", "kind", EnterpriseKind::from_code)?,
            size: size_of(row, "size")?,
            standing: row.word("enterprises", "standing", Standing::from_code)?,
            many: usize::try_from(many).map_err(odd)?,
        })
    };
    tx.all(sql!("counts"), asked(filter)).await?.iter().map(count).collect()
}

/// The values of the part that lists and counts share.
fn asked(filter: &Filter) -> Vec<crate::db::Value> {
    let digits: String = filter.text.chars().filter(|letter| letter.is_ascii_digit() || *letter == '-').collect();
    let tax_code = (digits.len() >= 3).then(|| format!("{digits}%"));
    values![filter.day, Wanted::of(&filter.text).pattern(), tax_code, filter.commune.clone()]
}

pub async fn communes(tx: &mut Tx) -> Result<Vec<String>, StoreError> {
    tx.all(sql!("communes"), values![]).await?.iter().map(|row| row.text("commune")).collect()
}

/// Pairs of entries of one kind with the same name.
pub async fn suspects(tx: &mut Tx, limit: i64) -> Result<Vec<Suspects>, StoreError> {
    let pair = |row: &Row| {
        Ok(Suspects {
            one: (EnterpriseId(row.id("one")?), row.text("one_name")?, row.text_or_none("one_code")?),
            other: (EnterpriseId(row.id("other")?), row.text("other_name")?, row.text_or_none("other_code")?),
        })
    };
    tx.all(sql!("suspects"), values![limit]).await?.iter().map(pair).collect()
}

/// By which entry each double is counted.
pub async fn roots(tx: &mut Tx) -> Result<Roots, StoreError> {
    let mut roots = Roots::new();
    for row in tx.all(sql!("roots"), values![]).await? {
        if let Some(into) = row.id_or_none("merged_into")? {
            roots.insert(EnterpriseId(row.id("id")?), EnterpriseId(into));
        }
    }
    Ok(roots)
}

/// The entry that stands for each, with its name.
pub async fn names(tx: &mut Tx) -> Result<BTreeMap<EnterpriseId, (EnterpriseId, String)>, StoreError> {
    let rows = tx.all(sql!("names"), values![]).await?;
    let mut names = BTreeMap::new();
    for row in &rows {
        names.insert(EnterpriseId(row.id("id")?), row.text("name")?);
    }
    let mut found = BTreeMap::new();
    for row in &rows {
        let id = EnterpriseId(row.id("id")?);
        let stays = row.id_or_none("merged_into")?.map_or(id, EnterpriseId);
        found.insert(id, (stays, names.get(&stays).cloned().unwrap_or_default()));
    }
    Ok(found)
}

fn registered(row: &Row) -> Result<Registered, StoreError> {
    let ended = match row.day_or_none("ended_on")? {
        Some(on) => Some((on, row.text_or_none("ended_why")?.unwrap_or_default())),
        None => None,
    };
    Ok(Registered {
        identity: enterprise_of(row)?,
        profile: Profile {
            size: size_of(row, "size")?,
            sector: row.text_or_none("sector")?.unwrap_or_default(),
            ended,
        },
        converted_on: row.day_or_none("converted_on")?,
    })
}

/// A size that may be missing.
pub fn size_of(row: &Row, column: &'static str) -> Result<Option<Size>, StoreError> {
    match row.text_or_none(column)? {
        None => Ok(None),
        Some(code) => {
            let odd = || StoreError::Nonsense { table: "enterprises", column, what: code.clone() };
            Size::from_code(&code).map(Some).ok_or_else(odd)
        }
    }
}
