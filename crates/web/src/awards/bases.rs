//! The legal bases: what was adopted as the Office's own rule, what a person confirmed, what waits.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::Permission;
use kernel::numbers::short_date;
use office::awards::adoptions;
use office::awards::model::{AdoptionId, ConfirmationId};
use rules::RuleLine;

use super::refusal;
use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, show as page};

struct LocalTemplate {
    name: String,
    /// Titles, each with a rule that bears it.
    rules: BTreeMap<String, String>,
    adopted: Option<(AdoptionId, String, String)>,
}

struct RuleRow {
    line: RuleLine,
    days: String,
    waits: bool,
    confirmed: Option<(ConfirmationId, String, String)>,
}

#[derive(Template)]
#[template(path = "awards/bases.html")]
struct BasesPage {
    frame: Frame,
    form: Form,
    templates: Vec<LocalTemplate>,
    rules: Vec<RuleRow>,
    may_confirm: bool,
}

async fn bases_page(here: &Here, form: Form) -> Result<BasesPage, Refusal> {
    let ctx = here.ctx();
    let (adopted, confirmed) = adoptions::list(&ctx).await.map_err(refusal)?;
    let today = ctx.today();
    let lines = here.house.rules.rules(today);
    let title =
        |id: &String| lines.iter().find(|line| line.id == *id).map_or_else(|| id.clone(), |line| line.title_vi.clone());
    let templates = here.house.rules.templates(today).into_iter().map(|(name, rules)| LocalTemplate {
        rules: rules.iter().map(|id| (title(id), id.clone())).collect(),
        adopted: adopted
            .iter()
            .find(|(_, one)| one.template == name)
            .map(|(id, one)| (*id, one.document.clone(), format!("{}, {}", one.by, short_date(one.on)))),
        name,
    });
    let templates: Vec<LocalTemplate> = templates.collect();
    let rules = lines.into_iter().filter(|line| line.template.is_none()).map(|line| RuleRow {
        days: match line.until {
            Some(until) => format!("{} – {}", short_date(line.from), short_date(until.yesterday().unwrap_or(until))),
            None => format!("từ {}", short_date(line.from)),
        },
        waits: line.review_from.is_some_and(|from| from <= today),
        confirmed: confirmed
            .iter()
            .find(|(_, one)| one.rule == line.id && one.version == line.version)
            .map(|(id, one)| (*id, one.document.clone(), format!("{}, {}", one.by, short_date(one.on)))),
        line,
    });
    Ok(BasesPage {
        rules: rules.collect(),
        frame: here.frame(here.visit.lang.t("Căn cứ pháp lý"), Place::Awards).faulty(!form.is_good()),
        form,
        templates,
        may_confirm: ctx.may(Permission::ConfirmRules).is_ok(),
    })
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
    adoptions::adopt(&here.ctx(), &template, &document).await.map_err(refusal)?;
    Ok(done())
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
    adoptions::confirm(&here.ctx(), &rule, &version, &document, &text).await.map_err(refusal)?;
    Ok(done())
}

pub async fn unconfirm(here: Here, Path(id): Path<ConfirmationId>) -> Answer {
    adoptions::unconfirm(&here.ctx(), id).await.map_err(refusal)?;
    Ok(done())
}
