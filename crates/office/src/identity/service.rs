//! Signing in and out, one-time links.

use kernel::id::AccountId;
use kernel::{Actor, Period, Role, Timestamp};

use super::model::{GrantId, IDLE, LINK_LIFE, LONGEST_SESSION, Token};
use super::{Account, IdentityError, password, store};
use crate::db::StoreError;
use crate::ledger;
use crate::{Ctx, House};

/// Signs in; answers the token of the new session.
///
/// # Errors
/// [`IdentityError::WrongPassword`] and [`IdentityError::Locked`].
pub async fn sign_in(house: &House, login: &str, secret: &str) -> Result<Token, IdentityError> {
    let (now, today) = (house.clock.now(), house.clock.today());
    let found = {
        let mut tx = house.db.read().await?;
        store::by_login(&mut tx, login.trim().to_lowercase().as_str()).await?
    };
    let hash =
        found.as_ref().filter(|account| !account.stopped(today)).and_then(|account| account.password_hash.clone());
    let locked = found.as_ref().and_then(|account| account.locked(now));
    let fits = password::fits(secret.to_owned(), hash).await;
    let Some(account) = found else { return Err(IdentityError::WrongPassword) };
    if let Some(until) = locked {
        return Err(IdentityError::Locked { until });
    }
    let mut tx = house.db.begin().await?;
    let mut account = store::take(&mut tx, account.id).await?.ok_or(IdentityError::Unknown)?;
    let actor = Actor { account: Some(account.id), name: account.name.clone(), ..Actor::visitor() };
    let ctx = Ctx::new(house, &actor);
    if !fits {
        account.fail(now);
        store::save_failures(&mut tx, &account).await?;
        let entry = ctx.entry("identity.refuse", "account", account.id).set("locked", account.locked(now).is_some());
        ledger::record(&mut tx, entry).await?;
        tx.commit().await?;
        return Err(account.locked(now).map_or(IdentityError::WrongPassword, |until| IdentityError::Locked { until }));
    }
    account.failures = 0;
    account.locked_until = None;
    store::save_failures(&mut tx, &account).await?;
    let token = Token::fresh();
    store::add_session(&mut tx, &token.hash(), account.id, now).await?;
    ledger::record(&mut tx, ctx.entry("identity.sign_in", "account", account.id)).await?;
    tx.commit().await?;
    Ok(token)
}

/// Ends a session.
///
/// # Errors
/// What the store says.
pub async fn sign_out(ctx: &Ctx<'_>, token: &Token) -> Result<(), IdentityError> {
    let mut tx = ctx.begin().await?;
    store::end_session(&mut tx, &token.hash()).await?;
    if let Some(account) = ctx.actor.account {
        ledger::record(&mut tx, ctx.entry("identity.sign_out", "account", account)).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Who holds this session: the actor with all grants; none when it is unknown, idle for too long, or
/// the account was stopped. Marks the session as seen, once a minute at most.
///
/// # Errors
/// What the store says.
pub async fn actor_of(house: &House, token: &Token) -> Result<Option<Actor>, IdentityError> {
    let now = house.clock.now();
    let Some(session) = store::session(&house.db, &token.hash()).await? else { return Ok(None) };
    if now.duration_since(session.seen_at) > IDLE || now.duration_since(session.began_at) > LONGEST_SESSION {
        return Ok(None);
    }
    if session.stopped_on.is_some_and(|day| day <= house.clock.today()) {
        return Ok(None);
    }
    if now.duration_since(session.seen_at) > jiff::SignedDuration::from_mins(1) {
        // Who only reads is served also while another writer holds the database or the disk is full; whoever writes
        // hears of it then. The session lives on by its older mark and is marked by the next request.
        match mark_seen(house, token, now).await {
            Err(error @ (StoreError::Busy | StoreError::Full)) => {
                tracing::warn!(%error, "a session could not be marked as seen");
            }
            other => other?,
        }
    }
    Ok(Some(Actor {
        account: Some(session.account),
        person: session.person,
        name: session.name,
        grants: session.grants,
        program: false,
        through: None,
    }))
}

async fn mark_seen(house: &House, token: &Token, now: Timestamp) -> Result<(), StoreError> {
    let mut tx = house.db.begin().await?;
    store::mark_seen(&mut tx, &token.hash(), now).await?;
    tx.commit().await
}

/// A one-time link by which the first administrator sets up the house; none once an account exists.
///
/// # Errors
/// What the store says.
pub async fn first_link(house: &House) -> Result<Option<Token>, IdentityError> {
    let mut tx = house.db.begin().await?;
    if store::count(&mut tx).await? > 0 {
        return Ok(None);
    }
    let token = Token::fresh();
    store::drop_setup_links(&mut tx).await?;
    store::add_link(&mut tx, &token.hash(), None, house.clock.now() + LINK_LIFE).await?;
    tx.commit().await?;
    Ok(Some(token))
}

/// What a one-time link is good for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// Setting up the first administrator.
    SetUp,
    /// Choosing the password of this account.
    Choose(Box<Account>),
}

/// Looks at a link without using it.
///
/// # Errors
/// [`IdentityError::DeadLink`].
pub async fn link(house: &House, token: &Token) -> Result<Link, IdentityError> {
    let mut tx = house.db.read().await?;
    open_link(house, &mut tx, token).await
}

async fn open_link(house: &House, tx: &mut crate::db::Tx, token: &Token) -> Result<Link, IdentityError> {
    let (account, expires_at) = store::link(tx, &token.hash()).await?.ok_or(IdentityError::DeadLink)?;
    if house.clock.now() >= expires_at {
        return Err(IdentityError::DeadLink);
    }
    match account {
        None => Ok(Link::SetUp),
        Some(id) => Ok(Link::Choose(Box::new(store::find(tx, id).await?.ok_or(IdentityError::DeadLink)?))),
    }
}

/// Uses a link: sets the password of its account; for the set-up link, makes the first administrator
/// under the login and name given. The link is dead afterwards.
///
/// # Errors
/// A dead link, a weak password, an odd login.
pub async fn accept(
    house: &House,
    token: &Token,
    login: &str,
    name: &str,
    secret: &str,
) -> Result<AccountId, IdentityError> {
    let seen = link(house, token).await?;
    let login = match &seen {
        Link::SetUp => Account::parse_login(login)?,
        Link::Choose(account) => account.login.clone(),
    };
    password::check(secret, &login)?;
    let hash = password::hash(secret.to_owned()).await;
    let mut tx = house.db.begin().await?;
    let actor = Actor::visitor();
    let ctx = Ctx::new(house, &actor);
    let id = match open_link(house, &mut tx, token).await? {
        Link::SetUp => {
            let account = Account {
                id: AccountId::new(),
                login,
                name: kernel::text::clean_line(name),
                person: None,
                password_hash: Some(hash),
                failures: 0,
                locked_until: None,
                stopped_on: None,
                version: 1,
            };
            store::add(&mut tx, &account).await?;
            let grant = kernel::Grant { role: Role::Admin, unit: None, period: Period::since(ctx.today()) };
            store::add_grant(&mut tx, GrantId::new(), account.id, &grant).await?;
            account.id
        }
        Link::Choose(mut account) => {
            account.password_hash = Some(hash);
            account.failures = 0;
            account.locked_until = None;
            store::save(&mut tx, &account).await?;
            store::end_sessions(&mut tx, account.id).await?;
            account.id
        }
    };
    if !store::end_link(&mut tx, &token.hash()).await? {
        return Err(IdentityError::DeadLink);
    }
    ledger::record(&mut tx, ctx.entry("identity.set_password", "account", id)).await?;
    tx.commit().await?;
    Ok(id)
}
