//! Inspectors' keys: made with a passphrase, vouched for by an inspector who has one, taken back.
//!
//! The private half lies in the database locked with the passphrase, which nobody but the inspector knows.
//! [`Unlocked`] is the right to open what was sealed to a key, for as long as the caller holds it. A key that
//! nobody vouched for gets nothing sealed: whoever gives out roles or resets a password wins no report by it.

use kernel::Permission;
use kernel::id::{AccountId, UnitId};

use super::decision::is_kept_out;
use super::model::{Body, Key, KeyId, KeyState, ReportId};
use super::seal::{self, Secret};
use super::{ConductError, store};
use crate::db::Tx;
use crate::identity::queries::Holder;
use crate::{Ctx, Denied, identity, ledger, organization};

/// The least letters of a passphrase: as of a password where there is no second factor.
pub const SHORTEST_PASSPHRASE: usize = 14;

/// An opened key of an inspector; wiped when it is dropped.
#[derive(Clone)]
pub struct Unlocked {
    /// The key.
    pub key: KeyId,
    /// Whose.
    pub account: AccountId,
    secret: Secret,
}

/// Never the key itself.
impl std::fmt::Debug for Unlocked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Unlocked").field("key", &self.key).finish_non_exhaustive()
    }
}

impl Unlocked {
    pub(super) fn unseal(&self, purpose: &str, sealed: &[u8]) -> Option<zeroize::Zeroizing<Vec<u8>>> {
        seal::unseal(&self.secret, purpose, sealed)
    }
}

/// What a box of a report's key is sealed for.
pub(super) fn of_report(id: ReportId) -> String {
    format!("report:{id}")
}

pub(super) fn outer(id: ReportId) -> String {
    format!("identity-first:{id}")
}

pub(super) fn inner(id: ReportId) -> String {
    format!("identity-second:{id}")
}

/// What the boxes of the figures' key are sealed for.
pub(super) const FIGURES: &str = "figures-key";

/// The account that acts, at a page and with the permission: no program and no access token.
pub(super) fn actor(ctx: &Ctx<'_>) -> Result<AccountId, ConductError> {
    ctx.may(Permission::HandleConduct)?;
    let denied = Denied { permission: Permission::HandleConduct };
    ctx.actor.account.filter(|_| ctx.actor.through.is_none()).ok_or(ConductError::Denied(denied))
}

/// Whether the opened key is the actor's own and still trusted.
pub(super) async fn must_hold(ctx: &Ctx<'_>, tx: &mut Tx, unlocked: &Unlocked) -> Result<Key, ConductError> {
    let account = actor(ctx)?;
    let key = store::key(tx, unlocked.key).await?;
    key.filter(|key| key.account == account && unlocked.account == account && key.state == KeyState::Admitted)
        .ok_or(ConductError::Locked)
}

/// Somebody to whom reports are sealed.
pub(super) struct Reader {
    pub key: Key,
    pub holder: Holder,
    pub units: Vec<UnitId>,
}

impl Reader {
    /// Whether a report must stay unknown to this reader.
    pub fn is_kept_out(&self, body: &Body) -> bool {
        is_kept_out(self.holder.person, &self.units, body.subject, &body.concerned)
    }
}

async fn inspector(ctx: &Ctx<'_>, tx: &mut Tx, account: AccountId) -> Result<Option<Holder>, ConductError> {
    Ok(identity::queries::holder(tx, account, Permission::HandleConduct, ctx.today()).await?)
}

/// The inspectors of today whose keys are trusted.
pub(super) async fn readers(ctx: &Ctx<'_>, tx: &mut Tx) -> Result<Vec<Reader>, ConductError> {
    let mut found = Vec::new();
    for key in store::keys(tx).await?.into_iter().filter(|key| key.state == KeyState::Admitted) {
        let Some(holder) = inspector(ctx, tx, key.account).await? else { continue };
        let units = units_of(ctx, tx, holder.person).await?;
        found.push(Reader { key, holder, units });
    }
    Ok(found)
}

/// The units in which somebody holds a post today.
pub(super) async fn units_of(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    person: Option<kernel::id::PersonId>,
) -> Result<Vec<UnitId>, ConductError> {
    let Some(person) = person else { return Ok(Vec::new()) };
    let posts = organization::queries::posts_of(tx, person).await?;
    Ok(posts.into_iter().filter(|post| post.period.contains(ctx.today())).map(|post| post.unit).collect())
}

/// A key as its owner and those who vouch see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyLine {
    /// The key.
    pub key: Key,
    /// Whose.
    pub name: String,
    /// Whether it is the actor's own.
    pub own: bool,
    /// Whether the account holds the permission today.
    pub active: bool,
}

/// All keys that were not taken back, and those that were.
///
/// # Errors
/// When the actor may not handle reports.
pub async fn keys(ctx: &Ctx<'_>) -> Result<Vec<KeyLine>, ConductError> {
    let account = actor(ctx)?;
    let names = identity::queries::names(ctx).await?;
    let mut tx = ctx.read().await?;
    let mut lines = Vec::new();
    for key in store::keys(&mut tx).await? {
        let name = names.get(&key.account).cloned().unwrap_or_default();
        let active = inspector(ctx, &mut tx, key.account).await?.is_some();
        lines.push(KeyLine { name, own: key.account == account, active, key });
    }
    Ok(lines)
}

/// How many people may read reports today: what the door tells a reporter.
///
/// # Errors
/// What the store says.
pub async fn count_readers(ctx: &Ctx<'_>) -> Result<usize, ConductError> {
    let mut tx = ctx.read().await?;
    Ok(readers(ctx, &mut tx).await?.len())
}

async fn on_worker<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.expect("deriving a key does not panic")
}

fn long_enough(phrase: &str) -> Result<(), ConductError> {
    let least = SHORTEST_PASSPHRASE;
    if phrase.chars().count() < least { Err(ConductError::ShortPassphrase { least }) } else { Ok(()) }
}

async fn own_key(ctx: &Ctx<'_>, tx: &mut Tx) -> Result<Option<Key>, ConductError> {
    let account = actor(ctx)?;
    Ok(store::keys(tx).await?.into_iter().find(|key| key.account == account && key.state != KeyState::Retired))
}

/// Makes the actor's key. The first of a house, and the first after nobody has one, is trusted at once; any other
/// waits until an inspector vouches for it.
///
/// # Errors
/// A short passphrase, or a key that is there already.
pub async fn make(ctx: &Ctx<'_>, phrase: &str) -> Result<KeyId, ConductError> {
    let account = actor(ctx)?;
    long_enough(phrase)?;
    let (secret, phrase) = (seal::fresh(), zeroize::Zeroizing::new(phrase.to_owned()));
    let public = secret.public();
    let private_box = on_worker(move || seal::lock_with(&phrase, &secret)).await;
    let mut tx = ctx.begin().await?;
    if own_key(ctx, &mut tx).await?.is_some() {
        return Err(ConductError::HasKey);
    }
    let first = readers(ctx, &mut tx).await?.is_empty();
    let state = if first { KeyState::Admitted } else { KeyState::Waiting };
    let key = Key { id: KeyId::new(), account, public, private_box, state, made_on: ctx.today(), version: 1 };
    store::add_key(&mut tx, &key).await?;
    if first {
        let figures = seal::fresh();
        store::put_figures_key(&mut tx, &figures.public()).await?;
        store::put_figures_box(&mut tx, key.id, seal::seal(&key.public, FIGURES, figures.as_bytes())).await?;
    }
    tell(ctx, &mut tx, "conduct.make_key", &key).await?;
    tx.commit().await?;
    Ok(key.id)
}

/// Opens the actor's key.
///
/// # Errors
/// Without a trusted key, or a wrong passphrase.
pub async fn unlock(ctx: &Ctx<'_>, phrase: &str) -> Result<Unlocked, ConductError> {
    let account = actor(ctx)?;
    let mut tx = ctx.read().await?;
    let key = own_key(ctx, &mut tx).await?.ok_or(ConductError::OddKey("tài khoản này chưa có khóa"))?;
    drop(tx);
    if key.state != KeyState::Admitted {
        return Err(ConductError::OddKey("khóa này chưa được người kiểm tra khác xác nhận"));
    }
    let secret = opened(&key, phrase).await?;
    Ok(Unlocked { key: key.id, account, secret })
}

async fn opened(key: &Key, phrase: &str) -> Result<Secret, ConductError> {
    let (locked, phrase) = (key.private_box.clone(), zeroize::Zeroizing::new(phrase.to_owned()));
    on_worker(move || seal::unlock_with(&phrase, &locked)).await.ok_or(ConductError::WrongPassphrase)
}

/// Changes the passphrase of the actor's key.
///
/// # Errors
/// A wrong or a short passphrase.
pub async fn rephrase(ctx: &Ctx<'_>, old: &str, new: &str) -> Result<(), ConductError> {
    actor(ctx)?;
    long_enough(new)?;
    let mut tx = ctx.read().await?;
    let mut key = own_key(ctx, &mut tx).await?.ok_or(ConductError::OddKey("tài khoản này chưa có khóa"))?;
    drop(tx);
    let (secret, phrase) = (opened(&key, old).await?, zeroize::Zeroizing::new(new.to_owned()));
    key.private_box = on_worker(move || seal::lock_with(&phrase, &secret)).await;
    let mut tx = ctx.begin().await?;
    store::save_key(&mut tx, &key).await?;
    tell(ctx, &mut tx, "conduct.rephrase_key", &key).await?;
    tx.commit().await?;
    Ok(())
}

/// Vouches for the key of another inspector: what the actor can open, and what does not concern the other, is
/// sealed to it as well.
///
/// # Errors
/// For one's own key, or one that does not wait.
pub async fn admit(ctx: &Ctx<'_>, unlocked: &Unlocked, id: KeyId) -> Result<(), ConductError> {
    let mut tx = ctx.begin().await?;
    must_hold(ctx, &mut tx, unlocked).await?;
    let mut key = store::key(&mut tx, id).await?.ok_or(ConductError::Unknown("khóa"))?;
    if key.account == unlocked.account || key.state != KeyState::Waiting {
        return Err(ConductError::OddKey("chỉ xác nhận được khóa đang chờ của người khác"));
    }
    let Some(holder) = inspector(ctx, &mut tx, key.account).await? else {
        return Err(ConductError::OddKey("chủ khóa không còn nhiệm vụ kiểm tra"));
    };
    let units = units_of(ctx, &mut tx, holder.person).await?;
    key.state = KeyState::Admitted;
    store::save_key(&mut tx, &key).await?;
    let reader = Reader { key, holder, units };
    if let Some(sealed) = store::figures_box(&mut tx, unlocked.key).await? {
        let figures = unlocked.unseal(FIGURES, &sealed).ok_or(ConductError::BrokenBox)?;
        store::put_figures_box(&mut tx, reader.key.id, seal::seal(&reader.key.public, FIGURES, &figures)).await?;
    }
    for report in store::all(&mut tx).await?.into_iter().filter(|one| one.erased_on.is_none()) {
        seal_again(&mut tx, unlocked, &reader, &report).await?;
    }
    tell(ctx, &mut tx, "conduct.admit_key", &reader.key).await?;
    tx.commit().await?;
    Ok(())
}

/// Seals one report to a newcomer: a decoy where the newcomer must not know of it, or the actor cannot open it.
async fn seal_again(
    tx: &mut Tx,
    unlocked: &Unlocked,
    to: &Reader,
    report: &super::model::Report,
) -> Result<(), ConductError> {
    let id = report.id;
    let sealed = store::report_box(tx, id, unlocked.key).await?;
    let key = sealed.and_then(|sealed| unlocked.unseal(&of_report(id), &sealed));
    let key = key.and_then(|bytes| Secret::from_slice(&bytes));
    let body = key.as_ref().and_then(|key| super::service::body_of(report, key).ok());
    let known = key.filter(|_| body.is_some_and(|body| !to.is_kept_out(&body)));
    let fresh = match &known {
        Some(key) => seal::seal(&to.key.public, &of_report(id), key.as_bytes()),
        None => seal::decoy(&of_report(id), seal::fresh().as_bytes()),
    };
    store::put_box(tx, id, to.key.id, fresh).await?;
    // The newcomer may stand where the actor stands: the first of two. The second opens with a key of their own.
    for (first, second, sealed) in store::identity_boxes(tx, id).await? {
        if first != unlocked.key || second == to.key.id {
            continue;
        }
        let rest = known.as_ref().and_then(|_| unlocked.unseal(&outer(id), &sealed));
        let fresh = match rest {
            Some(rest) => seal::seal(&to.key.public, &outer(id), &rest),
            None => seal::decoy(&outer(id), &seal::decoy(&inner(id), seal::fresh().as_bytes())),
        };
        store::put_identity_box(tx, id, (to.key.id, second), fresh).await?;
    }
    Ok(())
}

/// Takes a key back: one's own, or with an opened key that of another, so of somebody who left. What was sealed
/// to it goes.
///
/// # Errors
/// For another's key without an opened one of one's own; a key that was taken back.
pub async fn retire(ctx: &Ctx<'_>, unlocked: Option<&Unlocked>, id: KeyId) -> Result<(), ConductError> {
    let account = actor(ctx)?;
    let mut tx = ctx.begin().await?;
    let mut key = store::key(&mut tx, id).await?.ok_or(ConductError::Unknown("khóa"))?;
    if key.account != account {
        must_hold(ctx, &mut tx, unlocked.ok_or(ConductError::Locked)?).await?;
    }
    if key.state == KeyState::Retired {
        return Err(ConductError::OddKey("khóa này đã thu hồi"));
    }
    key.state = KeyState::Retired;
    store::save_key(&mut tx, &key).await?;
    store::drop_boxes_of(&mut tx, key.id).await?;
    tell(ctx, &mut tx, "conduct.retire_key", &key).await?;
    tx.commit().await?;
    Ok(())
}

async fn tell(ctx: &Ctx<'_>, tx: &mut Tx, action: &'static str, key: &Key) -> Result<(), ConductError> {
    let entry = ctx.entry(action, "conduct_key", key.id).set("account", key.account).set("state", key.state.code());
    Ok(ledger::record(tx, entry.set("fingerprint", key.fingerprint())).await?)
}
