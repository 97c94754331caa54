//! Local rules that the Office adopted, and rule versions that a person compared with the text in force.
//!
//! A real start has nothing adopted and nothing confirmed; then the rule book says *chưa xác định*.

use kernel::{Date, Permission};
use rules::{Adoption, Confirmation, RuleBook, RuleState, RuleText, Status, VersionText};

use super::model::{AdoptionId, ConfirmationId};
use super::{AwardsError, eligibility, paperwork};
use crate::db::Tx;
use crate::history::{self, Subject};
use crate::{Ctx, StoreError, ledger};

fn subject(kind: &'static str, id: uuid::Uuid) -> Subject {
    Subject { kind, entry: id, owner: id }
}

/// What was adopted and confirmed, as the rule book wants to know it.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// The local rules in force here.
    pub adopted: Vec<Adoption>,
    /// The confirmed rule versions.
    pub confirmed: Vec<Confirmation>,
}

/// All that stands adopted and confirmed.
///
/// # Errors
/// What the store says.
pub async fn standing(tx: &mut Tx) -> Result<Standing, StoreError> {
    Ok(Standing {
        adopted: paperwork::adoptions(tx).await?.into_iter().map(|(_, adoption)| adoption).collect(),
        confirmed: paperwork::confirmations(tx).await?.into_iter().map(|(_, confirmation)| confirmation).collect(),
    })
}

/// All that stood adopted and confirmed at the end of a day; none asks as it stands.
///
/// # Errors
/// What the store says.
pub async fn known(tx: &mut Tx, known_on: Option<Date>) -> Result<Standing, StoreError> {
    let Some(day) = known_on else { return standing(tx).await };
    let stands = |on: Date, until: Option<Date>| on <= day && until.is_none_or(|until| day < until);
    let adopted = paperwork::adoptions_ever(tx).await?.into_iter();
    let confirmed = paperwork::confirmations_ever(tx).await?.into_iter();
    Ok(Standing {
        adopted: adopted.filter(|one| stands(one.what.on, one.withdrawn_on)).map(|one| one.what).collect(),
        confirmed: confirmed.filter(|one| stands(one.what.on, one.withdrawn_on)).map(|one| one.what).collect(),
    })
}

/// A rule version that a person must compare with the text in force before answers rest on it.
#[derive(Debug, Clone, Copy)]
pub struct Waits<'a> {
    /// The rule.
    pub rule: &'a RuleText,
    /// The version that speaks on the day, or the last one there was.
    pub version: &'a VersionText,
    /// Whether that version has ended and nothing follows it.
    pub lapsed: bool,
}

/// What waits for a confirmation on a day: what is counted as waiting, and may be confirmed, is this and nothing
/// else. Not among it is what no confirmation makes stand: a rule whose text was not read, and a local rule that
/// nobody adopted.
#[must_use]
pub fn waiting<'a>(book: &'a RuleBook, on: Date, standing: &Standing) -> Vec<Waits<'a>> {
    let waits = |rule: &'a RuleText| {
        let state = rule.state(on, &standing.adopted, &standing.confirmed);
        let version = rule.nearest(on).filter(|_| state.needs_another_look())?;
        let basis = &version.basis;
        let adopted = |one: &Adoption| Some(&one.template) == basis.template.as_ref();
        let stands = match basis.status {
            Status::Encodable => true,
            Status::LocalRuleNeeded => standing.adopted.iter().any(adopted),
            Status::NeedsText => false,
        };
        stands.then_some(Waits { rule, version, lapsed: state == RuleState::RunOut })
    };
    book.texts().iter().filter_map(waits).collect()
}

/// All that stands adopted and confirmed, for whoever may read the rules.
///
/// # Errors
/// When the actor may not.
pub async fn read(ctx: &Ctx<'_>) -> Result<Standing, AwardsError> {
    ctx.may(Permission::ReadRules)?;
    let mut tx = ctx.read().await?;
    Ok(standing(&mut tx).await?)
}

/// The list for the page, with ids to withdraw by.
///
/// # Errors
/// When the actor may not read the rules.
pub async fn list(
    ctx: &Ctx<'_>,
) -> Result<(Vec<(AdoptionId, Adoption)>, Vec<(ConfirmationId, Confirmation)>), AwardsError> {
    ctx.may(Permission::ReadRules)?;
    let mut tx = ctx.read().await?;
    Ok((paperwork::adoptions(&mut tx).await?, paperwork::confirmations(&mut tx).await?))
}

/// A confirmation of a rule, standing or withdrawn, with the text it was made with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmed {
    /// Its id.
    pub id: ConfirmationId,
    /// Which version, by whom, on which document and day.
    pub what: Confirmation,
    /// The day it was withdrawn; none while it stands.
    pub withdrawn_on: Option<Date>,
    /// The articles as they were pasted.
    pub article_text: String,
    /// The digest of that text which the ledger keeps.
    pub digest: String,
}

/// Every confirmation of a rule there ever was, oldest first.
///
/// # Errors
/// When the actor may not read the rules.
pub async fn confirmed_of(ctx: &Ctx<'_>, rule: &str) -> Result<Vec<Confirmed>, AwardsError> {
    ctx.may(Permission::ReadRules)?;
    let mut tx = ctx.read().await?;
    let all = paperwork::confirmations_of_rule(&mut tx, rule).await?.into_iter();
    let told = all.map(|paperwork::WithText { ever, article_text }| Confirmed {
        id: ever.id,
        what: ever.what,
        withdrawn_on: ever.withdrawn_on,
        digest: eligibility::hex(article_text.as_bytes()),
        article_text,
    });
    Ok(told.collect())
}

/// Adopts a template as the Office's own rule, with the document in hand.
///
/// # Errors
/// When there is no such template.
pub async fn adopt(ctx: &Ctx<'_>, template: &str, document: &str) -> Result<AdoptionId, AwardsError> {
    ctx.may(Permission::ConfirmRules)?;
    if !ctx.house.rules.templates(ctx.today()).contains_key(template) {
        return Err(AwardsError::NothingToConfirm { what: template.to_owned() });
    }
    let mut tx = ctx.begin().await?;
    let id = paperwork::add_adoption(&mut tx, template, document, ctx.actor.account, ctx.today()).await?;
    history::entered(ctx, &mut tx, subject("adoptions", id.0)).await?;
    let entry = ctx.entry("rules.adopt", "adoption", id).set("template", template).ground(document);
    ledger::record(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(id)
}

/// Withdraws an adoption; from then on the rule is a mere template again.
///
/// # Errors
/// When it does not stand.
pub async fn withdraw(ctx: &Ctx<'_>, id: AdoptionId) -> Result<(), AwardsError> {
    ctx.may(Permission::ConfirmRules)?;
    let mut tx = ctx.begin().await?;
    paperwork::withdraw_adoption(&mut tx, id, ctx.today()).await?;
    history::changed(ctx, &mut tx, subject("adoptions", id.0), "withdraw", &id).await?;
    ledger::record(&mut tx, ctx.entry("rules.withdraw_adoption", "adoption", id)).await?;
    tx.commit().await?;
    Ok(())
}

/// Confirms a rule version against the text in force, which is pasted.
///
/// # Errors
/// When there is no such rule version.
pub async fn confirm(
    ctx: &Ctx<'_>,
    rule: &str,
    version: &str,
    document: &str,
    article_text: &str,
) -> Result<ConfirmationId, AwardsError> {
    ctx.may(Permission::ConfirmRules)?;
    if !ctx.house.rules.versions(rule).iter().any(|line| line.version == version) {
        return Err(AwardsError::NothingToConfirm { what: format!("{rule} ({version})") });
    }
    let confirmation = Confirmation {
        rule: rule.to_owned(),
        version: version.to_owned(),
        document: document.to_owned(),
        by: ctx.actor.name.clone(),
        on: ctx.today(),
    };
    let mut tx = ctx.begin().await?;
    let id = paperwork::add_confirmation(&mut tx, &confirmation, article_text, ctx.actor.account).await?;
    history::entered(ctx, &mut tx, subject("confirmations", id.0)).await?;
    let entry = ctx.entry("rules.confirm", "confirmation", id).set("rule", rule).set("version", version);
    let entry = entry.set("text_digest", eligibility::hex(article_text.as_bytes())).ground(document);
    ledger::record(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(id)
}

/// Withdraws a confirmation; from then on the rule waits again.
///
/// # Errors
/// When it does not stand.
pub async fn unconfirm(ctx: &Ctx<'_>, id: ConfirmationId) -> Result<(), AwardsError> {
    ctx.may(Permission::ConfirmRules)?;
    let mut tx = ctx.begin().await?;
    paperwork::withdraw_confirmation(&mut tx, id, ctx.today()).await?;
    history::changed(ctx, &mut tx, subject("confirmations", id.0), "withdraw", &id).await?;
    ledger::record(&mut tx, ctx.entry("rules.withdraw_confirmation", "confirmation", id)).await?;
    tx.commit().await?;
    Ok(())
}
