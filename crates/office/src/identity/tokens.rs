//! Access tokens: by one of them a program asks in the name of an account, for less than the account may do.
//!
//! A token is shown once; only a digest keyed with the house's own salt is kept, so neither a copy of the
//! database nor a list of digests opens anything. It acts with the roles its owner holds at the moment of
//! each request, narrowed by its scope: a role that ended has ended for the token too.

use kernel::id::AccountId;
use kernel::permission::Through;
use kernel::{Actor, Date, Permission};

use super::model::Token;
use super::{IdentityError, store};
use crate::db::StoreError;
use crate::words::ids;
use crate::{Ctx, House, ledger};

ids! {
    /// An access token.
    AccessTokenId,
}

/// The letters a token's name may have.
pub const LONGEST_NAME: usize = 60;
/// How many days ahead a token's last day may lie. Why: docs/decisions/0026.
pub const LONGEST_LIFE_DAYS: i32 = 366;
/// What every token begins with, so that one that got lost in a text is found by searching for it.
pub const MARK: &str = "thidua_";

/// An access token as it is kept: everything but the secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessToken {
    /// Its id.
    pub id: AccessTokenId,
    /// In whose name it asks.
    pub account: AccountId,
    /// What its owner called it.
    pub name: String,
    /// What it may be used for, as far as its owner may.
    pub scope: Vec<Permission>,
    /// The day it was made.
    pub made_on: Date,
    /// The last day on which it opens anything.
    pub last_on: Date,
    /// The last day on which it was used.
    pub used_on: Option<Date>,
    /// The day it was withdrawn.
    pub withdrawn_on: Option<Date>,
}

impl AccessToken {
    /// Whether it opens anything on a day.
    #[must_use]
    pub fn is_live(&self, today: Date) -> bool {
        self.withdrawn_on.is_none() && today <= self.last_on
    }
}

/// Makes a token of the actor's own; answers the secret, which is shown once and kept nowhere.
///
/// # Errors
/// A name that is missing or taken, a scope that is empty or wider than what the actor may, a last day that
/// is over or too far off. A token makes no tokens.
pub async fn make(ctx: &Ctx<'_>, name: &str, scope: &[Permission], last_on: Date) -> Result<Token, IdentityError> {
    let account = ctx.actor.account.filter(|_| ctx.actor.through.is_none()).ok_or(IdentityError::Unknown)?;
    let name = kernel::text::clean_line(name);
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        return Err(IdentityError::TokenName);
    }
    if scope.is_empty() || scope.iter().any(|permission| ctx.may(*permission).is_err()) {
        return Err(IdentityError::TokenScope);
    }
    let latest = ctx.today().saturating_add(jiff::Span::new().days(LONGEST_LIFE_DAYS));
    if last_on < ctx.today() || latest < last_on {
        return Err(IdentityError::TokenDay { latest });
    }
    let mut tx = ctx.begin().await?;
    // Two forms of one owner at a time wait for each other here, so that names stay apart.
    store::take(&mut tx, account).await?.ok_or(IdentityError::Unknown)?;
    let known = store::tokens_of(&mut tx, account).await?;
    if known.iter().any(|one| one.is_live(ctx.today()) && one.name == name) {
        return Err(IdentityError::TokenNameTaken { name });
    }
    let secret = Token::received(&format!("{MARK}{}", Token::fresh().reveal()));
    let token = AccessToken {
        id: AccessTokenId::new(),
        account,
        name,
        scope: scope.to_vec(),
        made_on: ctx.today(),
        last_on,
        used_on: None,
        withdrawn_on: None,
    };
    store::add_token(&mut tx, &token, &digest(ctx.house, &secret)).await?;
    let entry = ctx.entry("identity.make_token", "access_token", token.id).set("name", &token.name);
    ledger::record(&mut tx, entry.set("scope", store::scope_text(&token.scope)).set("last_on", last_on)).await?;
    tx.commit().await?;
    Ok(secret)
}

/// Withdraws a token at once: one's own, or another's by whoever manages accounts.
///
/// # Errors
/// [`IdentityError::UnknownToken`] also when it is another's, or was withdrawn before.
pub async fn withdraw(ctx: &Ctx<'_>, id: AccessTokenId) -> Result<(), IdentityError> {
    let mut tx = ctx.begin().await?;
    let token = store::token_by_id(&mut tx, id).await?.ok_or(IdentityError::UnknownToken)?;
    if ctx.actor.account != Some(token.account) {
        ctx.may(Permission::ManageAccounts).map_err(|_| IdentityError::UnknownToken)?;
    }
    if !store::withdraw_token(&mut tx, id, ctx.today()).await? {
        return Err(IdentityError::UnknownToken);
    }
    let entry = ctx.entry("identity.withdraw_token", "access_token", id).set("name", &token.name);
    ledger::record(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// The actor's own tokens, the newest first.
///
/// # Errors
/// What the store says.
pub async fn mine(ctx: &Ctx<'_>) -> Result<Vec<AccessToken>, IdentityError> {
    let Some(account) = ctx.actor.account else { return Ok(Vec::new()) };
    let mut tx = ctx.read().await?;
    Ok(store::tokens_of(&mut tx, account).await?)
}

/// The live tokens of everybody else, the newest first, each with the name of its owner.
///
/// # Errors
/// When the actor may not manage accounts.
pub async fn of_others(ctx: &Ctx<'_>) -> Result<Vec<(AccessToken, String)>, IdentityError> {
    ctx.may(Permission::ManageAccounts)?;
    let names = super::queries::names(ctx).await?;
    let mut tx = ctx.read().await?;
    let all = store::tokens(&mut tx).await?.into_iter();
    let live = all.filter(|one| ctx.actor.account != Some(one.account) && one.is_live(ctx.today()));
    Ok(live
        .map(|one| (names.get(&one.account).cloned().unwrap_or_default(), one))
        .map(|(name, one)| (one, name))
        .collect())
}

/// Who asks by this token: its owner with all grants, narrowed by its scope; none when it is unknown,
/// withdrawn or over, or the account was stopped. Marks it as used, once a day.
///
/// # Errors
/// What the store says.
pub async fn actor_of(house: &House, secret: &Token) -> Result<Option<Actor>, IdentityError> {
    let today = house.clock.today();
    let mut tx = house.db.read().await?;
    let Some(token) = store::token(&mut tx, &digest(house, secret)).await? else { return Ok(None) };
    let account = store::find(&mut tx, token.account).await?;
    let Some(account) = account.filter(|account| token.is_live(today) && !account.stopped(today)) else {
        return Ok(None);
    };
    let grants = store::grants(&mut tx, account.id).await?.into_iter().map(|(_, grant)| grant).collect();
    drop(tx);
    if token.used_on != Some(today) {
        // As with sessions: who only reads is served also while nothing can be written.
        match mark_used(house, token.id, today).await {
            Err(error @ (StoreError::Busy | StoreError::Full)) => {
                tracing::warn!(%error, "a token could not be marked as used");
            }
            other => other?,
        }
    }
    Ok(Some(Actor {
        account: Some(account.id),
        person: account.person,
        name: account.name,
        grants,
        program: false,
        through: Some(Through { name: token.name, scope: token.scope }),
    }))
}

async fn mark_used(house: &House, id: AccessTokenId, today: Date) -> Result<(), StoreError> {
    let mut tx = house.db.begin().await?;
    store::use_token(&mut tx, id, today).await?;
    tx.commit().await
}

/// What is kept of the secret: a digest keyed with the house's salt, apart from all other digests.
fn digest(house: &House, secret: &Token) -> String {
    house.keys.digest(&format!("thidua-access-token-1\n{}", secret.reveal()))
}
