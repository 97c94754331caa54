//! Which initiatives look like another one, and what a person decided about that.
//!
//! Pairs are found when an initiative is written or handed in and kept, so that a page reads them without
//! looking through anything. What a person decides stays with the pair, whatever is found later, until it is
//! taken back.

use kernel::Permission;

use super::content::Content;
use super::deciding::must_review;
use super::likeness_store::{self as rows, Pair};
use super::model::{Initiative, Judged, Judgement, StateKind, worded};
use super::similarity::{FLOOR, Signature, of_names, of_texts};
use super::{InitiativeId, InitiativesError, queries, settings, store};
use crate::db::{StoreError, Tx};
use crate::{Ctx, ledger, records};

/// An initiative that looks like another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alike {
    /// Which.
    pub id: InitiativeId,
    /// Its code.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// Where it stands; none for one that was typed into the records by hand.
    pub state: Option<StateKind>,
    /// Whether it was there before the one that is looked at.
    pub earlier: bool,
    /// How alike the names are, in hundredths.
    pub names: i64,
    /// How alike the texts are, in hundredths; 0 where only a name is known.
    pub texts: i64,
    /// What a person decided; none while nobody did, or when it was taken back.
    pub judged: Option<Judged>,
    /// Whether the actor may open its page.
    pub readable: bool,
}

impl Alike {
    /// The greater of the two, by which the threshold is measured.
    #[must_use]
    pub fn score(&self) -> i64 {
        self.names.max(self.texts)
    }
}

fn text_of(content: &Content) -> String {
    format!("{}\n{}", content.problem, content.solution)
}

/// Looks for what is like an initiative and keeps the pairs, inside the transaction that writes it.
///
/// Only signatures are read; the texts of the few that may be alike are compared exactly.
pub(super) async fn compare_in(tx: &mut Tx, id: InitiativeId, content: &Content) -> Result<(), StoreError> {
    let text = text_of(content);
    let own = Signature::of(&content.name, Some(&text));
    let mut signatures = rows::signatures(tx).await?;
    let by_hand = records::queries::named_initiatives(tx).await?;
    for (entry, _, name) in &by_hand {
        if !signatures.contains_key(entry) && *entry != id {
            let signature = Signature::of(name, None);
            rows::put_signature(tx, *entry, &signature).await?;
            signatures.insert(*entry, signature);
        }
    }
    rows::put_signature(tx, id, &own).await?;
    let mut pairs = Vec::new();
    for (other, signature) in &signatures {
        if *other == id || !own.may_be_like(signature) {
            continue;
        }
        let pair = match store::find(tx, *other).await? {
            Some(one) => {
                let edition = queries::must_edition(tx, &one).await?;
                let texts = of_texts(&text, &text_of(&edition.content));
                Pair { other: *other, names: of_names(&content.name, &one.name), texts }
            }
            None => {
                let name = by_hand.iter().find(|(entry, _, _)| entry == other).map(|(_, _, name)| name);
                Pair { other: *other, names: name.map_or(0, |name| of_names(&content.name, name)), texts: 0 }
            }
        };
        if pair.names.max(pair.texts) >= FLOOR {
            pairs.push(pair);
        }
    }
    rows::put_pairs(tx, id, &pairs).await
}

/// What looks like an initiative, the most alike first: from the threshold on, and whatever was decided on.
///
/// # Errors
/// [`InitiativesError::Unknown`] also for one that the actor may not know of.
pub async fn alike(ctx: &Ctx<'_>, id: InitiativeId) -> Result<Vec<Alike>, InitiativesError> {
    ctx.may(Permission::ReadPlan)?;
    let mut tx = ctx.read().await?;
    let one = queries::seen(ctx, &mut tx, id).await?;
    let reviews = ctx.may_in(Permission::ReviewInitiatives, one.unit).is_ok();
    let mut found = all(ctx, &mut tx, &one).await?;
    // Of what an author may not read he learns that it is there, not what it is called.
    for other in found.iter_mut().filter(|other| !reviews && !other.readable) {
        other.name = String::new();
    }
    Ok(found)
}

async fn all(ctx: &Ctx<'_>, tx: &mut Tx, one: &Initiative) -> Result<Vec<Alike>, InitiativesError> {
    let threshold = settings::current(tx).await?.similarity;
    let mut judgements = rows::judgements(tx, one.id).await?;
    let mut found = Vec::new();
    for pair in rows::pairs(tx, one.id).await? {
        let judged = judgements.remove(&pair.other).filter(|one| one.judgement != Judgement::Reopened);
        if pair.names.max(pair.texts) < threshold && judged.is_none() {
            continue;
        }
        let alike = match store::find(tx, pair.other).await? {
            // What is still being written by others, or was taken back, is nobody's past initiative.
            Some(other) if matches!(other.state, StateKind::Draft | StateKind::Withdrawn) && judged.is_none() => {
                continue;
            }
            Some(other) => Alike {
                id: other.id,
                readable: queries::sees(ctx, tx, &other).await?,
                code: other.code,
                name: other.name,
                state: Some(other.state),
                earlier: (other.written_on, other.id) < (one.written_on, one.id),
                names: pair.names,
                texts: pair.texts,
                judged,
            },
            None => {
                let Some(entry) = records::queries::initiative(tx, pair.other).await? else { continue };
                Alike {
                    id: entry.id,
                    code: entry.code,
                    name: entry.name,
                    state: None,
                    earlier: true,
                    names: pair.names,
                    texts: pair.texts,
                    judged,
                    readable: false,
                }
            }
        };
        found.push(alike);
    }
    found.sort_by_key(|one| (std::cmp::Reverse(one.score()), one.code.clone()));
    Ok(found)
}

/// Whether everything earlier that looks the same was decided on, and nothing was found to be the same.
///
/// # Errors
/// A sentence that says what is to be decided first.
pub(super) async fn must_be_settled(ctx: &Ctx<'_>, tx: &mut Tx, one: &Initiative) -> Result<(), InitiativesError> {
    let earlier: Vec<Alike> = all(ctx, tx, one).await?.into_iter().filter(|other| other.earlier).collect();
    let same = |other: &&Alike| other.judged.as_ref().is_some_and(|one| one.judgement == Judgement::Duplicate);
    if let Some(other) = earlier.iter().find(same) {
        return Err(InitiativesError::fault(
            "giong",
            format!("Đã kết luận trùng với {}; không công nhận khi kết luận này còn hiệu lực", other.code),
        ));
    }
    match earlier.iter().filter(|other| other.judged.is_none()).count() {
        0 => Ok(()),
        open => Err(InitiativesError::fault(
            "giong",
            format!("Còn {open} sáng kiến trước giống sáng kiến này chưa có kết luận trùng hay không trùng"),
        )),
    }
}

/// Decides whether two initiatives are the same, or takes an earlier answer back.
///
/// # Errors
/// When they do not look alike, one is the actor's own, nothing is to be taken back, or without a reason.
pub async fn judge(
    ctx: &Ctx<'_>,
    id: InitiativeId,
    other: InitiativeId,
    judgement: Judgement,
    words: &str,
) -> Result<(), InitiativesError> {
    ctx.may(Permission::ReviewInitiatives)?;
    let mut tx = ctx.begin().await?;
    let one = must_review(ctx, &mut tx, id).await?;
    let found = all(ctx, &mut tx, &one).await?.into_iter().find(|pair| pair.id == other);
    let found = found.ok_or(InitiativesError::Unknown("cặp sáng kiến giống nhau"))?;
    if judgement == Judgement::Reopened && found.judged.is_none() {
        return Err(InitiativesError::fault("ly-do", "Chưa có kết luận nào để xem xét lại"));
    }
    let words = kernel::text::clean_text(words);
    worded(&words)?;
    rows::add_judgement(ctx, &mut tx, (id, other), judgement, &words).await?;
    let entry = ctx.entry("initiative.judge", "initiative", id).ground(&one.clause).set("other", other);
    ledger::record(&mut tx, entry.set("judgement", judgement.code())).await?;
    tx.commit().await?;
    Ok(())
}
