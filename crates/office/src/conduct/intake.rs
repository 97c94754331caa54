//! The door: a report is taken in from whoever sends it, without account, and sealed before it is kept.
//!
//! Nothing of the visit enters: the actor of every entry is a visitor, whoever is signed in. The form carries
//! the receipt code that it will have, so that the same form sent twice is one report.

use kernel::Actor;
use kernel::id::{PersonId, UnitId};

use super::decision::{Named, Somebody, concerned};
use super::keyring::{Reader, inner, of_report, outer, readers};
use super::model::{
    Body, FileHead, Identity, LONGEST_LINE, LONGEST_TEXT, MOST_FILES, Report, ReportFileId, ReportId, State,
};
use super::seal::{self, Secret};
use super::{ConductError, store};
use crate::db::Tx;
use crate::keys::{fresh_code, tidy_code};
use crate::movements::Work;
use crate::organization::model::UnitKind;
use crate::{Ctx, House, StoreError, attachments, ledger, organization};

/// A report as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewReport {
    /// What happened.
    pub what: String,
    /// Who did it, in free words.
    pub who: String,
    /// The unit that was chosen.
    pub unit: Option<UnitId>,
    /// When, in free words.
    pub when: String,
    /// The reporter's name; empty for who gives none.
    pub name: String,
    /// How to reach them; empty for who gives none.
    pub contact: String,
}

/// A file as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// What the sender calls it.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// What a form carries: the receipt code of the report that it will be, and our mark on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// The code.
    pub code: String,
    /// Proves that we handed it out.
    pub mark: String,
}

impl Slip {
    /// A fresh one.
    #[must_use]
    pub fn fresh(house: &House) -> Self {
        let code = fresh_code();
        Self { mark: house.keys.digest(&format!("conduct-form:{code}")), code }
    }

    /// One that came back with a form; none for what was not handed out here.
    #[must_use]
    pub fn received(house: &House, code: &str, mark: &str) -> Option<Self> {
        let code = tidy_code(code)?;
        let ours = house.keys.digest(&format!("conduct-form:{code}"));
        (ours == mark).then_some(Self { code, mark: ours })
    }
}

/// What is kept of a receipt code: a digest with a salt that does not lie in the database.
pub(super) fn digest(house: &House, code: &str) -> String {
    house.keys.digest(&format!("conduct-code:{code}"))
}

/// The units that may be chosen: those of the Office, not the Office as a whole, which is nobody's own unit.
///
/// # Errors
/// What the store says.
pub async fn units(ctx: &Ctx<'_>) -> Result<Vec<(UnitId, String)>, ConductError> {
    let mut tx = ctx.read().await?;
    let units = organization::queries::units(&mut tx, ctx.today()).await?.into_iter();
    Ok(units.filter(|unit| is_own(unit.kind)).map(|unit| (unit.id, unit.name)).collect())
}

/// Whether a unit of this kind is one of the Office's own.
pub(super) fn is_own(kind: UnitKind) -> bool {
    matches!(kind, UnitKind::Division | UnitKind::Subordinate)
}

fn text(field: &'static str, typed: &str, most: usize) -> Result<String, ConductError> {
    let text = kernel::text::clean_text(typed);
    if text.chars().count() > most { Err(ConductError::TooLong { field, most }) } else { Ok(text) }
}

/// Takes a report in. The same slip a second time is the same report: nothing is kept, and no error.
///
/// # Errors
/// A field that must be mended; nobody could read it without being concerned.
pub async fn send(house: &House, slip: &Slip, new: &NewReport, files: &[NewFile]) -> Result<(), ConductError> {
    let visitor = Actor::visitor();
    let ctx = Ctx::new(house, &visitor);
    let what = text("viec", &new.what, LONGEST_TEXT)?;
    if what.is_empty() {
        return Err(ConductError::missing("viec", "Kể việc đã xảy ra"));
    }
    let who = text("ai", &new.who, LONGEST_LINE)?;
    if who.is_empty() && new.unit.is_none() {
        return Err(ConductError::missing("ai", "Ghi tên, chức danh hoặc mô tả người đó, hoặc chọn đơn vị bên dưới"));
    }
    let when = text("khi-nao", &new.when, LONGEST_LINE)?;
    let identity = Identity {
        name: text("ho-ten", &new.name, LONGEST_LINE)?,
        contact: text("lien-he", &new.contact, LONGEST_LINE)?,
    };
    let heads = heads(files)?;
    let mut tx = ctx.begin().await?;
    let code_digest = digest(house, &slip.code);
    if store::by_code(&mut tx, &code_digest).await?.is_some() {
        return Ok(());
    }
    let (units, people) = concerned_today(&ctx, &mut tx, &[&who, &what], new.unit).await?;
    let named = !identity.name.is_empty() || !identity.contact.is_empty();
    let body =
        Body { what, who, unit: new.unit, when, named, subject: None, concerned: units.clone(), conclusion: None };
    let readers = readers(&ctx, &mut tx).await?;
    let kept_out =
        |one: &Reader| one.is_kept_out(&body) || one.holder.person.is_some_and(|person| people.contains(&person));
    let open = readers.iter().filter(|one| !kept_out(one)).count();
    if open == 0 {
        return Err(ConductError::NobodyToRead);
    }
    if named && open < 2 {
        return Err(ConductError::NobodyToKeep);
    }
    let figures = store::figures_key(&mut tx).await?.ok_or(ConductError::NobodyToRead)?;
    let (id, key, identity_key) = (ReportId::random(), seal::fresh(), seal::fresh());
    let report = Report {
        id,
        code_digest,
        state: State::Received,
        received_on: ctx.today(),
        closed_on: None,
        code_box: seal::lock(&seal::key_of_code(&slip.code), &of_report(id), key.as_bytes()),
        body_box: super::service::body_box(id, &key, &body)?,
        identity_box: seal::lock(&identity_key, &identity_purpose(id), &serde_json::to_vec(&identity)?),
        unit_box: unit_box(&figures, body.unit),
        outcome_box: None,
        erased_on: None,
        version: 1,
    };
    match store::add(&mut tx, &report).await {
        // The same form, sent twice at once.
        Err(StoreError::Duplicate { .. }) => return Ok(()),
        other => other?,
    }
    for one in &readers {
        let sealed = if kept_out(one) {
            seal::decoy(&of_report(id), key.as_bytes())
        } else {
            seal::seal(&one.key.public, &of_report(id), key.as_bytes())
        };
        store::put_box(&mut tx, id, one.key.id, sealed).await?;
    }
    seal_identity(&mut tx, id, &identity_key, &readers, kept_out).await?;
    for (place, (head, file)) in (1_i64..).zip(heads.iter().zip(files)) {
        let file_id = ReportFileId::random();
        let boxes = (
            seal::lock(&key, &format!("head:{file_id}"), &serde_json::to_vec(head)?),
            seal::lock(&key, &format!("file:{file_id}"), &file.bytes),
        );
        store::add_file(&mut tx, id, file_id, place, boxes).await?;
    }
    ledger::record(&mut tx, ctx.entry_of(Work::Conduct, "conduct.receive", "conduct_report", id)).await?;
    tx.commit().await?;
    Ok(())
}

pub(super) fn identity_purpose(id: ReportId) -> String {
    format!("identity:{id}")
}

/// The unit for the figures; nothing where none is known.
pub(super) fn unit_box(figures: &seal::Public, unit: Option<UnitId>) -> Vec<u8> {
    seal::seal(figures, "unit", unit.map(|unit| unit.to_string()).unwrap_or_default().as_bytes())
}

/// Whom the words concern, by the units and people of today.
pub(super) async fn concerned_today(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    words: &[&str],
    unit: Option<UnitId>,
) -> Result<(Vec<UnitId>, Vec<PersonId>), ConductError> {
    let units = organization::queries::units(tx, ctx.today()).await?;
    if let Some(chosen) = unit
        && !units.iter().any(|one| one.id == chosen && is_own(one.kind))
    {
        return Err(ConductError::missing("don-vi", "Chọn đơn vị trong danh sách"));
    }
    // The Office itself is named in every second report; it stands for nobody's own unit unless it is chosen.
    let divisions = units.into_iter().filter(|one| one.kind != UnitKind::Office);
    let named: Vec<Named> = divisions.map(|one| Named { unit: one.id, name: one.name }).collect();
    let mut posts = organization::queries::posts_from(tx, ctx.today()).await?;
    posts.retain(|post| post.period.contains(ctx.today()));
    let of = |person: PersonId| -> Vec<UnitId> {
        posts.iter().filter(|post| post.person == person).map(|post| post.unit).collect()
    };
    let staff = organization::queries::staff(tx, ctx.today()).await?.into_iter();
    let staff: Vec<Somebody> =
        staff.map(|one| Somebody { person: one.id, units: of(one.id), name: one.profile.name }).collect();
    let (units, people) = concerned(words, unit, &named, &staff);
    Ok((units.into_iter().collect(), people.into_iter().collect()))
}

/// Seals the identity's key to every ordered pair: the first opens the outer box, the second what was in it. Pairs
/// with somebody who is kept out get decoys of the same size.
async fn seal_identity(
    tx: &mut Tx,
    id: ReportId,
    key: &Secret,
    readers: &[Reader],
    kept_out: impl Fn(&Reader) -> bool,
) -> Result<(), ConductError> {
    for first in readers {
        for second in readers.iter().filter(|one| one.key.id != first.key.id) {
            let sealed = if kept_out(first) || kept_out(second) {
                seal::decoy(&outer(id), &seal::decoy(&inner(id), key.as_bytes()))
            } else {
                let within = seal::seal(&second.key.public, &inner(id), key.as_bytes());
                seal::seal(&first.key.public, &outer(id), &within)
            };
            store::put_identity_box(tx, id, (first.key.id, second.key.id), sealed).await?;
        }
    }
    Ok(())
}

fn heads(files: &[NewFile]) -> Result<Vec<FileHead>, ConductError> {
    if files.len() > MOST_FILES {
        return Err(ConductError::TooManyFiles { most: MOST_FILES });
    }
    let head = |file: &NewFile| {
        let media_type = attachments::recognise(&file.name, &file.bytes);
        let media_type = media_type.map_err(|error| ConductError::file(&file.name, &error))?;
        let name = kernel::text::clean_line(&file.name).chars().take(LONGEST_LINE).collect();
        Ok(FileHead { name, media_type: media_type.to_owned() })
    };
    files.iter().map(head).collect()
}
