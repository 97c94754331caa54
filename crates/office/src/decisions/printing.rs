//! Who prints a certificate: who drafts or signs decisions, who heads the recipient's unit, and the recipient.

use kernel::Permission;

use super::DecisionsError;
use super::model::Line;
use crate::Ctx;
use crate::db::Tx;
use crate::organization::{self, Recipient};

/// Whether the actor may print the certificate of a line.
///
/// # Errors
/// [`DecisionsError::Denied`] when the actor is none of those; what the store says.
pub async fn may_print(ctx: &Ctx<'_>, tx: &mut Tx, line: &Line) -> Result<(), DecisionsError> {
    if ctx.may(Permission::SignDecision).is_ok() {
        return Ok(());
    }
    let heads = |unit| ctx.may_in(Permission::Nominate, unit).is_ok();
    let concerned = match line.recipient {
        Recipient::Unit(unit) => heads(unit),
        Recipient::Person(person) => {
            let posts = organization::queries::posts_of(tx, person).await?;
            let mut today = posts.iter().filter(|post| post.period.contains(ctx.today()));
            ctx.actor.person == Some(person) || today.any(|post| heads(post.unit))
        }
        Recipient::Enterprise(_) => false,
    };
    if concerned { Ok(()) } else { Ok(ctx.may(Permission::DraftDecision)?) }
}

/// The lines whose certificates the actor may print.
///
/// # Errors
/// [`DecisionsError::Denied`] when there are lines and the actor may print none of them; what the store says.
pub async fn printable(ctx: &Ctx<'_>, tx: &mut Tx, lines: Vec<Line>) -> Result<Vec<Line>, DecisionsError> {
    let (mut found, mut denied) = (Vec::new(), None);
    for line in lines {
        match may_print(ctx, tx, &line).await {
            Ok(()) => found.push(line),
            Err(error @ DecisionsError::Denied(_)) => denied = Some(error),
            Err(error) => return Err(error),
        }
    }
    match denied.filter(|_| found.is_empty()) {
        Some(error) => Err(error),
        None => Ok(found),
    }
}
