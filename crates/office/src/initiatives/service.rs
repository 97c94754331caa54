//! Writing an initiative, showing evidence, handing it in, taking it back.

use kernel::Permission;
use kernel::id::UnitId;

use super::content::Content;
use super::model::{Act, Initiative, InitiativeFile, InitiativeFileId, Purpose, ReplicationId, StateKind, is_author};
use super::{InitiativeId, InitiativesError, likeness, queries, store};
use crate::db::Tx;
use crate::organization::model::UnitKind;
use crate::{Ctx, Denied, attachments, ledger, organization, records};

/// Begins an initiative.
///
/// # Errors
/// What must be written otherwise, by its field; shares that make no whole; in a unit that is not the actor's.
pub async fn write(ctx: &Ctx<'_>, content: Content) -> Result<InitiativeId, InitiativesError> {
    ctx.may(Permission::WriteInitiatives)?;
    let mut tx = ctx.begin().await?;
    let content = checked(ctx, &mut tx, content).await?;
    let one = Initiative {
        id: InitiativeId::new(),
        code: next_code(ctx, &mut tx).await?,
        name: content.name.clone(),
        unit: content.unit,
        clause: content.clause.clone(),
        field: content.field,
        edition: 1,
        state: StateKind::Draft,
        settled: None,
        written_by: ctx.actor.account,
        written_on: ctx.today(),
        submitted_on: None,
        version: 1,
    };
    store::add(&mut tx, &one).await?;
    keep_content(ctx, &mut tx, &one, &content).await?;
    tell(ctx, &mut tx, &one, "initiative.write").await?;
    tx.commit().await?;
    Ok(one.id)
}

/// Writes an initiative anew: a new edition; the earlier ones stay readable.
///
/// # Errors
/// As [`write()`]; while it is handed in, under review or settled; when it changed since it was read.
pub async fn edit(ctx: &Ctx<'_>, id: InitiativeId, seen: i64, content: Content) -> Result<(), InitiativesError> {
    ctx.may(Permission::WriteInitiatives)?;
    let mut tx = ctx.begin().await?;
    let mut one = must_write(ctx, &mut tx, id).await?;
    let content = checked(ctx, &mut tx, content).await?;
    one.rewrite(&content)?;
    one.version = seen;
    store::save(&mut tx, &one).await?;
    keep_content(ctx, &mut tx, &one, &content).await?;
    tell(ctx, &mut tx, &one, "initiative.edit").await?;
    tx.commit().await?;
    Ok(())
}

/// Attaches a file that shows what the authors say.
///
/// # Errors
/// When the file is not taken, or the initiative is handed in.
pub async fn attach(
    ctx: &Ctx<'_>,
    id: InitiativeId,
    name: &str,
    bytes: &[u8],
) -> Result<InitiativeFileId, InitiativesError> {
    ctx.may(Permission::WriteInitiatives)?;
    let mut tx = ctx.begin().await?;
    let one = must_write(ctx, &mut tx, id).await?;
    one.must_be(&[StateKind::Draft, StateKind::Returned])?;
    store::touch(&mut tx, &one).await?;
    let file = keep_file(ctx, &mut tx, id, (Purpose::Evidence, None), name, bytes).await?;
    tell(ctx, &mut tx, &one, "initiative.attach").await?;
    tx.commit().await?;
    Ok(file)
}

/// Hands an initiative in.
///
/// # Errors
/// When it is not open, tells no effect, or changed since it was read.
pub async fn submit(ctx: &Ctx<'_>, id: InitiativeId, seen: i64) -> Result<(), InitiativesError> {
    ctx.may(Permission::WriteInitiatives)?;
    let mut tx = ctx.begin().await?;
    let mut one = must_write(ctx, &mut tx, id).await?;
    let edition = queries::must_edition(&mut tx, &one).await?;
    edition.content.check(ctx.today())?;
    if edition.content.effects.is_empty() {
        return Err(InitiativesError::fault("hieu-qua", "Ghi ít nhất một chỉ số hiệu quả trước khi nộp"));
    }
    one.submit(ctx.today())?;
    one.version = seen;
    store::save(&mut tx, &one).await?;
    store::submit_edition(&mut tx, &one, ctx.today()).await?;
    // What was recognised or typed in since the last edition is compared too.
    likeness::compare_in(&mut tx, id, &edition.content).await?;
    tell(ctx, &mut tx, &one, "initiative.submit").await?;
    tx.commit().await?;
    Ok(())
}

/// Takes an initiative back, with a reason.
///
/// # Errors
/// When it is settled, or without a reason.
pub async fn withdraw(ctx: &Ctx<'_>, id: InitiativeId, seen: i64, words: &str) -> Result<(), InitiativesError> {
    ctx.may(Permission::WriteInitiatives)?;
    let mut tx = ctx.begin().await?;
    let mut one = must_write(ctx, &mut tx, id).await?;
    one.withdraw(act(ctx, words))?;
    one.version = seen;
    store::save(&mut tx, &one).await?;
    tell(ctx, &mut tx, &one, "initiative.withdraw").await?;
    tx.commit().await?;
    Ok(())
}

/// Cleans and checks what was written, with what must be looked up.
async fn checked(ctx: &Ctx<'_>, tx: &mut Tx, mut content: Content) -> Result<Content, InitiativesError> {
    use kernel::text::{clean_line, clean_text};
    content.name = clean_line(&content.name);
    content.problem = clean_text(&content.problem);
    content.solution = clean_text(&content.solution);
    for effect in &mut content.effects {
        effect.figure = clean_line(&effect.figure);
        effect.measure = clean_line(&effect.measure);
        effect.source = clean_line(&effect.source);
    }
    for author in &mut content.authors {
        author.name = kernel::text::fold_person_name(&author.name);
        author.workplace = clean_line(&author.workplace);
        if let Some(person) = author.person {
            let known = organization::queries::person(tx, person).await?;
            let known = known.ok_or_else(|| InitiativesError::fault("tac-gia", "Không có cán bộ này"))?;
            (author.name, author.workplace) = (known.profile.name, String::new());
        }
    }
    content.check(ctx.today())?;
    must_stand(ctx, tx, content.unit).await?;
    if ctx.house.plan.clause(&content.clause).is_none() {
        return Err(InitiativesError::fault("khoan", "Chọn khoản của Kế hoạch mà sáng kiến gắn với"));
    }
    if content.authors.iter().all(|author| author.person.is_none()) {
        return Err(InitiativesError::fault("tac-gia", "Ít nhất một tác giả là người của cơ quan, ghi bằng mã cán bộ"));
    }
    ctx.may_in(Permission::WriteInitiatives, content.unit)
        .map_err(|_| InitiativesError::fault("don-vi", "Chọn đơn vị của bạn"))?;
    // Whoever writes for others does so as the unit's head or as a reviewer.
    if ctx.may_in(Permission::ReadInitiatives, content.unit).is_err() {
        if !is_author(&content.authors, ctx.actor.person) {
            return Err(InitiativesError::fault("tac-gia", "Bạn phải là một trong các tác giả"));
        }
        let mut works_there = false;
        for person in content.authors.iter().filter_map(|author| author.person) {
            let posts = organization::queries::posts_of(tx, person).await?;
            works_there |= posts.iter().any(|post| post.unit == content.unit && post.period.contains(ctx.today()));
        }
        if !works_there {
            return Err(InitiativesError::fault("don-vi", "Chọn đơn vị mà một tác giả đang làm việc"));
        }
    }
    Ok(content)
}

/// A unit of the office that stands today.
async fn must_stand(ctx: &Ctx<'_>, tx: &mut Tx, unit: UnitId) -> Result<(), InitiativesError> {
    let view = organization::queries::unit(tx, unit, ctx.today()).await?;
    let stands = view.is_some_and(|unit| unit.period.contains(ctx.today()) && unit.kind != UnitKind::Agency);
    if stands {
        Ok(())
    } else {
        Err(InitiativesError::fault("don-vi", "Chọn đơn vị đang hoạt động của cơ quan"))
    }
}

/// The next free code of the year, here and in the records.
async fn next_code(ctx: &Ctx<'_>, tx: &mut Tx) -> Result<String, InitiativesError> {
    let beginning = format!("SK-{}-", ctx.today().year());
    let mut number = store::count_codes(tx, &beginning).await? + 1;
    loop {
        let code = format!("{beginning}{number:03}");
        let taken = store::find_by_code(tx, &code).await?.is_some()
            || records::queries::initiative_by_code(tx, &code).await?.is_some();
        if !taken {
            return Ok(code);
        }
        number += 1;
    }
}

async fn keep_content(ctx: &Ctx<'_>, tx: &mut Tx, one: &Initiative, content: &Content) -> Result<(), InitiativesError> {
    store::put_authors(tx, one.id, &content.authors).await?;
    store::add_edition(tx, one, content, ctx.now(), &ctx.actor.name).await?;
    Ok(likeness::compare_in(tx, one.id, content).await?)
}

/// Keeps a file of an initiative, inside the transaction that attaches it.
pub(super) async fn keep_file(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    id: InitiativeId,
    (purpose, replication): (Purpose, Option<ReplicationId>),
    name: &str,
    bytes: &[u8],
) -> Result<InitiativeFileId, InitiativesError> {
    let name = kernel::text::clean_line(name);
    let kept = attachments::keep(ctx.house, &name, bytes)
        .map_err(|error| InitiativesError::BadFile { name: name.clone(), why: error.to_string() })?;
    let file = InitiativeFile {
        id: InitiativeFileId::new(),
        purpose,
        replication,
        name,
        digest: kept.digest,
        size: kept.size,
        media_type: kept.media_type.to_owned(),
        at: ctx.now(),
        by: ctx.actor.name.clone(),
    };
    store::add_file(tx, id, &file).await?;
    Ok(file.id)
}

/// An initiative that the actor may write: as an author, as who began it, or as the head of its unit.
async fn must_write(ctx: &Ctx<'_>, tx: &mut Tx, id: InitiativeId) -> Result<Initiative, InitiativesError> {
    let one = queries::seen(ctx, tx, id).await?;
    if queries::may_write(ctx, &one, &store::authors(tx, id).await?) {
        Ok(one)
    } else {
        Err(Denied { permission: Permission::WriteInitiatives }.into())
    }
}

pub(super) fn act(ctx: &Ctx<'_>, words: &str) -> Act {
    Act { on: ctx.today(), name: ctx.actor.name.clone(), words: kernel::text::clean_text(words) }
}

/// Keeps in the ledger what was done: code, unit and edition, never a name or a word of what is written.
pub(super) async fn tell(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    one: &Initiative,
    action: &'static str,
) -> Result<(), InitiativesError> {
    let entry = ctx.entry(action, "initiative", one.id).ground(&one.clause).set("unit", one.unit);
    ledger::record(tx, entry.set("code", &one.code).set("edition", one.edition)).await?;
    Ok(())
}
