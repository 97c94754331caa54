//! Models for everybody: published while every author consents, without a name that was not consented to.

use kernel::Permission;
use kernel::numbers::short_date;

use super::content::{Author, Effect, Field};
use super::decision::gives_away;
use super::model::{Consent, ConsentId, DecisionKind, Level, Model, StateKind};
use super::service::tell;
use super::{InitiativeId, InitiativesError, library_store as rows, queries, replication_store, store};
use crate::db::{StoreError, Tx};
use crate::{Ctx, ledger};

/// How many models stand on a page.
pub const PAGE: usize = 20;

/// A model as everybody reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicModel {
    /// Its code, which is its address.
    pub code: String,
    /// What was published.
    pub model: Model,
    /// What it is about.
    pub field: Field,
    /// The unit it comes from.
    pub unit: String,
    /// The names that may stand there.
    pub names: Vec<String>,
    /// What it changed.
    pub effects: Vec<Effect>,
    /// Which levels recognised it.
    pub levels: Vec<Level>,
    /// The units that apply it, confirmed by them and not stopped.
    pub adopters: Vec<String>,
}

/// An author with the consent that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consenting {
    /// The place in the list of authors, from 1.
    pub position: i64,
    /// The author.
    pub author: Author,
    /// The consent; none while there is none, or when it was taken back.
    pub consent: Option<Consent>,
    /// Whether the actor may give or take back this consent.
    pub may_change: bool,
    /// Whether the actor is the author.
    pub own: bool,
}

/// The authors with what they consented to. For the pages inside.
pub(super) async fn consenting(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    one: &super::model::Initiative,
) -> Result<Vec<Consenting>, StoreError> {
    let consents = rows::consents(tx, one.id).await?;
    let reviews = ctx.may_in(Permission::ReviewInitiatives, one.unit).is_ok();
    let authors = store::authors(tx, one.id).await?;
    let line = |(position, author): (i64, Author)| {
        let own = author.person.is_some() && author.person == ctx.actor.person && ctx.may(Permission::ReadPlan).is_ok();
        let standing = consents.iter().rev().find(|one| one.position == position && one.withdrawn_on.is_none());
        Consenting { position, consent: standing.cloned(), may_change: own || reviews, own, author }
    };
    Ok((1..).zip(authors).map(line).collect())
}

/// Notes that an author consents that the model is made public: by the author's own account, or by a reviewer
/// from what the author signed.
///
/// # Errors
/// When it is not the actor's to note, without a document, or there is a consent already.
pub async fn consent(
    ctx: &Ctx<'_>,
    id: InitiativeId,
    position: i64,
    named: bool,
    document: &str,
) -> Result<(), InitiativesError> {
    ctx.may(Permission::ReadPlan)?;
    let mut tx = ctx.begin().await?;
    let one = queries::seen(ctx, &mut tx, id).await?;
    one.must_be(&[StateKind::Recognised])?;
    let line = consenting(ctx, &mut tx, &one).await?.into_iter().find(|line| line.position == position);
    let line = line.filter(|line| line.may_change).ok_or(InitiativesError::Unknown("tác giả"))?;
    if line.consent.is_some() {
        return Err(InitiativesError::fault("van-ban", "Tác giả này đã đồng ý; rút đồng ý trước khi ghi lại"));
    }
    let typed = kernel::text::clean_line(document);
    let document = match (line.own, typed.is_empty()) {
        (true, _) => format!("Tự xác nhận bằng tài khoản ngày {}", short_date(ctx.today())),
        (false, false) => typed,
        (false, true) => {
            return Err(InitiativesError::fault("van-ban", "Ghi văn bản mà tác giả đã ký đồng ý"));
        }
    };
    let consent =
        Consent { id: ConsentId::new(), position, named, document, given_on: ctx.today(), withdrawn_on: None };
    rows::add_consent(&mut tx, id, &consent, &ctx.actor.name).await?;
    let entry = ctx.entry("model.consent", "initiative", id).ground(&one.clause).set("position", position);
    ledger::record(&mut tx, entry.set("named", named)).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a consent back; the model is hidden from that moment.
///
/// # Errors
/// When it is not the actor's to take back, or there is none.
pub async fn withdraw_consent(ctx: &Ctx<'_>, id: InitiativeId, position: i64) -> Result<(), InitiativesError> {
    ctx.may(Permission::ReadPlan)?;
    let mut tx = ctx.begin().await?;
    let one = queries::seen(ctx, &mut tx, id).await?;
    let line = consenting(ctx, &mut tx, &one).await?.into_iter().find(|line| line.position == position);
    let line = line.filter(|line| line.may_change).ok_or(InitiativesError::Unknown("tác giả"))?;
    let consent = line.consent.ok_or(InitiativesError::Unknown("đồng ý"))?;
    rows::withdraw_consent(&mut tx, consent.id, ctx.today(), &ctx.actor.name).await?;
    let entry = ctx.entry("model.withdraw_consent", "initiative", id).ground(&one.clause).set("position", position);
    ledger::record(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// What is about to be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewModel {
    /// What it is called.
    pub title: String,
    /// What was wrong.
    pub problem: String,
    /// What is done instead.
    pub solution: String,
}

/// Publishes a model, or publishes it anew. `seen` is 0 where it was never published.
///
/// # Errors
/// When the initiative is not recognised, an author does not consent, or the text gives away a name that was
/// not consented to, a telephone number or an address of mail.
pub async fn publish(ctx: &Ctx<'_>, id: InitiativeId, seen: i64, new: NewModel) -> Result<(), InitiativesError> {
    ctx.may(Permission::ReviewInitiatives)?;
    let mut tx = ctx.begin().await?;
    let one = queries::seen(ctx, &mut tx, id).await?;
    ctx.may_in(Permission::ReviewInitiatives, one.unit).map_err(|_| InitiativesError::Unknown("sáng kiến"))?;
    one.must_be(&[StateKind::Recognised])?;
    let authors = consenting(ctx, &mut tx, &one).await?;
    let missing = authors.iter().filter(|line| line.consent.is_none()).count();
    if missing > 0 {
        return Err(InitiativesError::Consent { missing });
    }
    let model = Model {
        initiative: id,
        title: kernel::text::clean_line(&new.title),
        problem: kernel::text::clean_text(&new.problem),
        solution: kernel::text::clean_text(&new.solution),
        published_on: ctx.today(),
        hidden_on: None,
        version: seen,
    };
    for (field, text, most) in
        [("tieu-de", &model.title, 300), ("van-de", &model.problem, 10_000), ("giai-phap", &model.solution, 20_000)]
    {
        if text.is_empty() || text.chars().count() > most {
            return Err(InitiativesError::fault(field, format!("Ghi nội dung, tối đa {most} ký tự")));
        }
    }
    let hidden = authors.iter().filter(|line| line.consent.as_ref().is_some_and(|consent| !consent.named));
    let hidden: Vec<&str> = hidden.map(|line| line.author.name.as_str()).collect();
    let whole = format!("{}\n{}\n{}", model.title, model.problem, model.solution);
    if let Some(name) = gives_away(&whole, &hidden) {
        return Err(InitiativesError::Names { name });
    }
    if seen == 0 {
        rows::add_model(&mut tx, &model).await?;
    } else {
        rows::save_model(&mut tx, &model).await?;
    }
    tell(ctx, &mut tx, &one, "model.publish").await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a model down.
///
/// # Errors
/// When it is not public, or changed since it was read.
pub async fn hide(ctx: &Ctx<'_>, id: InitiativeId, seen: i64) -> Result<(), InitiativesError> {
    ctx.may(Permission::ReviewInitiatives)?;
    let mut tx = ctx.begin().await?;
    let one = queries::seen(ctx, &mut tx, id).await?;
    ctx.may_in(Permission::ReviewInitiatives, one.unit).map_err(|_| InitiativesError::Unknown("sáng kiến"))?;
    let model = rows::model(&mut tx, id).await?.filter(|model| model.hidden_on.is_none());
    let model = model.ok_or(InitiativesError::Unknown("mô hình đang công khai"))?;
    rows::save_model(&mut tx, &Model { hidden_on: Some(ctx.today()), version: seen, ..model }).await?;
    tell(ctx, &mut tx, &one, "model.hide").await?;
    tx.commit().await?;
    Ok(())
}

/// The models of a page for everybody, found by a text with or without diacritics, and whether there are more.
///
/// # Errors
/// What the store says.
pub async fn models(ctx: &Ctx<'_>, text: &str, place: i64) -> Result<(Vec<PublicModel>, bool), InitiativesError> {
    let mut tx = ctx.read().await?;
    let size = i64::try_from(PAGE).unwrap_or(i64::MAX);
    let skip = place.clamp(0, 100_000) * size;
    let mut found = Vec::new();
    for model in rows::shown(&mut tx, text, size + 1, skip).await? {
        found.extend(told(ctx, &mut tx, model).await?);
    }
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    Ok((found, more))
}

/// One model for everybody, by its code.
///
/// # Errors
/// [`InitiativesError::Unknown`] also for one that is hidden or to which an author does not consent.
pub async fn model(ctx: &Ctx<'_>, code: &str) -> Result<PublicModel, InitiativesError> {
    let unknown = || InitiativesError::Unknown("mô hình");
    let mut tx = ctx.read().await?;
    let one = store::find_by_code(&mut tx, &kernel::text::clean_line(code)).await?.ok_or_else(unknown)?;
    let model = rows::model(&mut tx, one.id).await?.filter(|model| model.hidden_on.is_none()).ok_or_else(unknown)?;
    let consents = consenting(ctx, &mut tx, &one).await?;
    if one.state != StateKind::Recognised || consents.iter().any(|line| line.consent.is_none()) {
        return Err(unknown());
    }
    told(ctx, &mut tx, model).await?.ok_or_else(unknown)
}

async fn told(ctx: &Ctx<'_>, tx: &mut Tx, model: Model) -> Result<Option<PublicModel>, StoreError> {
    let Some(one) = store::find(tx, model.initiative).await? else { return Ok(None) };
    let named = consenting(ctx, tx, &one).await?.into_iter();
    let named = named.filter(|line| line.consent.as_ref().is_some_and(|consent| consent.named));
    let effects = queries::must_edition(tx, &one).await?.content.effects;
    let mut adopters = Vec::new();
    for replication in replication_store::of(tx, one.id).await?.into_iter().filter(|one| one.counts(ctx.today())) {
        adopters.push(queries::unit_name(ctx, tx, replication.unit).await?);
    }
    let decisions = store::decisions(tx, one.id).await?.into_iter();
    Ok(Some(PublicModel {
        unit: queries::unit_name(ctx, tx, one.unit).await?,
        names: named.map(|line| line.author.name).collect(),
        effects,
        levels: decisions.filter(|one| one.kind == DecisionKind::Recognition).map(|one| one.level).collect(),
        adopters,
        code: one.code,
        field: one.field,
        model,
    }))
}
