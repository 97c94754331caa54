//! The legal bases: what was adopted as the Office's own rule, what a person confirmed, what waits.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::Permission;
use kernel::numbers::short_date;
use office::awards::AwardsError;
use office::awards::adoptions::{self, Standing};
use office::awards::model::{AdoptionId, ConfirmationId};
use rules::{Confirmation, RuleText, VersionText};

use super::refusal;
use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};

struct LocalTemplate {
    name: String,
    /// Titles, each with a rule that bears it.
    rules: BTreeMap<String, String>,
    adopted: Option<(AdoptionId, String, String)>,
}

struct RuleRow {
    id: String,
    title: String,
    version: String,
    citation: String,
    days: String,
    confidence: &'static str,
    note: String,
    /// Whether its last version has ended and nothing follows it.
    lapsed: bool,
    /// What was confirmed about this version: the document, and who with the day.
    confirmed: Vec<(ConfirmationId, String, String)>,
    /// The names of the fields in which the document and the text are typed.
    document_field: String,
    text_field: String,
}

impl RuleRow {
    fn new(rule: &RuleText, version: &VersionText, lapsed: bool, confirmed: &[(ConfirmationId, Confirmation)]) -> Self {
        let basis = &version.basis;
        let of_it = |one: &&(ConfirmationId, Confirmation)| one.1.rule == rule.id && one.1.version == basis.version();
        let said = |(id, one): &(ConfirmationId, Confirmation)| {
            (*id, one.document.clone(), format!("{}, {}", one.by, short_date(one.on)))
        };
        Self {
            id: rule.id.clone(),
            title: rule.title_vi.clone(),
            version: basis.version(),
            citation: basis.citation.clone(),
            days: crate::law::days_of(basis),
            confidence: basis.confidence.name_vi(),
            note: basis.note.clone().unwrap_or_default(),
            lapsed,
            confirmed: confirmed.iter().filter(of_it).map(said).collect(),
            document_field: format!("van-ban-{}", rule.id),
            text_field: format!("dieu-{}", rule.id),
        }
    }
}

#[derive(Template)]
#[template(path = "awards/bases.html")]
struct BasesPage {
    frame: Frame,
    form: Form,
    templates: Vec<LocalTemplate>,
    /// What waits for a confirmation, and is counted as such on the home page.
    waiting: Vec<RuleRow>,
    /// The rest of what the law says today.
    rules: Vec<RuleRow>,
    may_confirm: bool,
}

async fn bases_page(here: &Here, form: Form) -> Result<BasesPage, Refusal> {
    let ctx = here.ctx();
    let (adopted, confirmed) = adoptions::list(&ctx).await.map_err(refusal)?;
    let today = ctx.today();
    let book = &here.house.rules;
    let title = |id: &String| {
        let found = book.texts().iter().find(|rule| rule.id == *id);
        found.map_or_else(|| id.clone(), |rule| rule.title_vi.clone())
    };
    let templates = book.templates(today).into_iter().map(|(name, rules)| LocalTemplate {
        rules: rules.iter().map(|id| (title(id), id.clone())).collect(),
        adopted: adopted
            .iter()
            .find(|(_, one)| one.template == name)
            .map(|(id, one)| (*id, one.document.clone(), format!("{}, {}", one.by, short_date(one.on)))),
        name,
    });
    let templates: Vec<LocalTemplate> = templates.collect();
    let standing = Standing {
        adopted: adopted.iter().map(|(_, one)| one.clone()).collect(),
        confirmed: confirmed.iter().map(|(_, one)| one.clone()).collect(),
    };
    let waits = adoptions::waiting(book, today, &standing);
    let waiting = waits.iter().map(|one| RuleRow::new(one.rule, one.version, one.lapsed, &confirmed)).collect();
    let others = book.texts().iter().filter(|rule| !waits.iter().any(|one| one.rule.id == rule.id));
    let others = others.filter_map(|rule| {
        let version = rule.nearest(today).filter(|one| one.basis.period.from <= today)?;
        let row = RuleRow::new(rule, version, false, &confirmed);
        // A local rule has its place among the templates, unless somebody compared it with its text.
        (version.basis.template.is_none() || !row.confirmed.is_empty()).then_some(row)
    });
    Ok(BasesPage {
        waiting,
        rules: others.collect(),
        frame: here.frame(here.visit.lang.t("Căn cứ pháp lý"), Place::Awards).faulty(!form.is_good()),
        form,
        templates,
        may_confirm: ctx.may(Permission::ConfirmRules).is_ok(),
    })
}

/// Back to the bases, or the form again, filled, with what the world says at its field.
async fn answered(here: &Here, mut form: Form, field: &str, said: Result<(), AwardsError>) -> Answer {
    match said {
        Ok(()) => Ok(done()),
        Err(error @ (AwardsError::Denied(_) | AwardsError::Store(_) | AwardsError::Unknown(_))) => Err(refusal(error)),
        Err(error) => {
            form.refuse(field, sentence(&error));
            Ok(mend(&bases_page(here, form).await?))
        }
    }
}

fn done() -> Response {
    Redirect::to("/noi-bo/can-cu").into_response()
}

pub async fn list(here: Here) -> Answer {
    Ok(page(&bases_page(&here, Form::empty()).await?))
}

pub async fn adopt(here: Here, mut form: Form) -> Answer {
    let template = form.line("mau");
    let field = format!("van-ban-{template}");
    let document = form.required_line(&field, 300, "Ghi số, ngày của văn bản thông qua");
    if !form.is_good() {
        return Ok(mend(&bases_page(&here, form).await?));
    }
    let adopted = adoptions::adopt(&here.ctx(), &template, &document).await.map(|_| ());
    answered(&here, form, &field, adopted).await
}

pub async fn withdraw(here: Here, Path(id): Path<AdoptionId>) -> Answer {
    adoptions::withdraw(&here.ctx(), id).await.map_err(refusal)?;
    Ok(done())
}

pub async fn confirm(here: Here, mut form: Form) -> Answer {
    let (rule, version) = (form.line("quy-tac"), form.line("phien-ban"));
    let document = form.required_line(&format!("van-ban-{rule}"), 300, "Ghi văn bản đã đối chiếu");
    let text = form.required_text(&format!("dieu-{rule}"), 20_000, "Dán nguyên văn điều, khoản đã đối chiếu");
    if !form.is_good() {
        return Ok(mend(&bases_page(&here, form).await?));
    }
    let confirmed = adoptions::confirm(&here.ctx(), &rule, &version, &document, &text).await.map(|_| ());
    answered(&here, form, &format!("van-ban-{rule}"), confirmed).await
}

pub async fn unconfirm(here: Here, Path(id): Path<ConfirmationId>) -> Answer {
    adoptions::unconfirm(&here.ctx(), id).await.map_err(refusal)?;
    Ok(done())
}
