//! Decisions: the list, a draft, issuing, the documents.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::Permission;
use kernel::numbers::short_date;
use office::decisions::model::{BonusSums, Decision, DecisionId, DecisionState, Line};
use office::decisions::papers::{self as documents, Background};
use office::decisions::service::{self, NewDecision};
use office::decisions::{DecisionsError, printing, queries};
use office::identity;

use super::{amendments, exceptions, refusal};
use crate::files::{DOCX, PDF, hand_out_paper};
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};

struct DecisionRow {
    id: DecisionId,
    number: String,
    day: String,
    issued: bool,
    annulled: bool,
}

#[derive(Template)]
#[template(path = "decisions/list.html")]
struct ListPage {
    frame: Frame,
    form: Form,
    rows: Vec<DecisionRow>,
    campaigns: Vec<Choice>,
    may_draft: bool,
}

/// Who will most likely sign: the only one who may, else the signer of the plan.
async fn signer(here: &Here) -> Result<String, Refusal> {
    let store = |error| Refusal::store(&error);
    let mut tx = here.ctx().read().await.map_err(store)?;
    let may = identity::queries::holders(&mut tx, Permission::SignDecision, None, here.visit.today).await;
    let names = identity::queries::names_in(&mut tx).await.map_err(store)?;
    let only = match may.map_err(store)?.as_slice() {
        [only] => names.get(only).cloned(),
        _ => None,
    };
    Ok(only.unwrap_or_else(|| here.house.plan.signer.name.clone()))
}

async fn list_page(here: &Here, form: Form) -> Result<ListPage, Refusal> {
    let ctx = here.ctx();
    let found = queries::list(&ctx).await.map_err(refusal)?;
    let may_draft = ctx.may(Permission::DraftDecision).is_ok();
    let campaigns = match may_draft {
        false => Vec::new(),
        true => queries::to_draft(&ctx).await.map_err(refusal)?,
    };
    Ok(ListPage {
        frame: here.frame(here.visit.lang.t("Quyết định"), Place::Decisions).faulty(!form.is_good()),
        form: if form.value("series").is_empty() && form.is_good() {
            Form::filled([
                ("series", here.house.plan.sign("QĐ")),
                ("noi", here.house.plan.place().to_owned()),
                ("chuc-vu", here.house.plan.signer.post.clone()),
                ("nguoi-ky", signer(here).await?),
            ])
        } else {
            form
        },
        rows: found
            .into_iter()
            .map(|one| DecisionRow {
                id: one.id,
                number: one.number_text(),
                day: one.issued_on.map(short_date).unwrap_or_default(),
                issued: one.state == DecisionState::Issued,
                annulled: one.annulled_on.is_some(),
            })
            .collect(),
        campaigns: campaigns
            .into_iter()
            .map(|(campaign, passed)| {
                let words = here.visit.lang.t("hồ sơ Hội đồng đã thông qua");
                Choice::new(campaign.id, format!("{} ({passed} {words})", campaign.name))
            })
            .collect(),
        may_draft,
    })
}

pub async fn list(here: Here) -> Answer {
    Ok(page(&list_page(&here, Form::empty()).await?))
}

pub async fn create(here: Here, mut form: Form) -> Answer {
    let campaign = form.choice("dot", "Chọn đợt xét");
    let series = form.required_line("series", 40, "Nhập ký hiệu, ví dụ QĐ-VPUB");
    let place = form.required_line("noi", 60, "Nhập nơi ban hành");
    let capacity = form.required_line("chuc-vu", 200, "Nhập chức vụ người ký");
    let signer = form.required_line("nguoi-ky", 100, "Nhập họ tên người ký");
    let Some(campaign) = campaign.filter(|_| form.is_good()) else {
        return Ok(mend(&list_page(&here, form).await?));
    };
    match service::draft(&here.ctx(), &NewDecision { campaign, series, place, capacity, signer }).await {
        Ok(id) => Ok(back(id)),
        Err(error @ DecisionsError::NothingPassed) => {
            form.refuse("dot", sentence(&error));
            Ok(mend(&list_page(&here, form).await?))
        }
        Err(error) => Err(refusal(error)),
    }
}

struct LineRow {
    line: Line,
    award: String,
    money: String,
    register: String,
}

#[derive(Template)]
#[template(path = "decisions/show.html")]
pub(super) struct ShowPage {
    frame: Frame,
    form: Form,
    decision: Decision,
    day: String,
    rows: Vec<LineRow>,
    sums: BonusSums,
    issued: bool,
    next: u32,
    annulled: String,
    /// Whether there is a certificate that the visitor may print.
    may_print: bool,
    amendments: Vec<amendments::Row>,
    may_annul: bool,
    may_draft: bool,
    may_sign: bool,
    recipients: Vec<Choice>,
    /// What the list of recipients leaves out, in sentences.
    cut: Vec<&'static str>,
    awards: Vec<Choice>,
}

pub(super) async fn show_page(here: &Here, id: DecisionId, form: Form) -> Result<ShowPage, Refusal> {
    let ctx = here.ctx();
    let (decision, lines) = queries::detail(&ctx, id).await.map_err(refusal)?;
    let issued = decision.state == DecisionState::Issued;
    let may_draft = !issued && ctx.may(Permission::DraftDecision).is_ok();
    let mut tx = ctx.read().await.map_err(|error| Refusal::store(&error))?;
    let next = queries::next_number(&mut tx, &decision).await.map_err(refusal)?;
    let printable = printing::printable(&ctx, &mut tx, lines.clone()).await;
    let may_print = issued && decision.annulled_on.is_none() && printable.is_ok_and(|lines| !lines.is_empty());
    drop(tx);
    let (recipients, cut) = if may_draft { exceptions::recipients(here, &form).await? } else { Default::default() };
    let sums = BonusSums::of(&lines);
    let amendments = amendments::rows(here, id, None, &lines).await?;
    let rows = lines.into_iter().map(|line| LineRow {
        award: here.house.rules.award(line.award).name_vi.clone(),
        money: if issued { documents::money_words(&line) } else { String::new() },
        register: line.register_text().unwrap_or_default(),
        line,
    });
    Ok(ShowPage {
        frame: here
            .frame(&format!("{} {}", here.visit.lang.t("Quyết định số"), decision.number_text()), Place::Decisions)
            .faulty(!form.is_good()),
        day: decision.issued_on.map(short_date).unwrap_or_default(),
        rows: rows.collect(),
        sums,
        issued,
        next,
        annulled: decision.annulled_on.map(short_date).unwrap_or_default(),
        may_print,
        amendments,
        may_annul: issued && decision.annulled_on.is_none() && ctx.may(Permission::DraftDecision).is_ok(),
        may_draft,
        may_sign: !issued && ctx.may(Permission::SignDecision).is_ok(),
        recipients,
        cut,
        awards: here
            .house
            .rules
            .awards()
            .filter(|award| award.level == rules::Level::Office)
            .map(|award| Choice::new(award.code, &award.name_vi))
            .collect(),
        form,
        decision,
    })
}

pub async fn show(here: Here, Path(id): Path<DecisionId>) -> Answer {
    Ok(page(&show_page(&here, id, Form::empty()).await?))
}

pub(super) fn back(id: DecisionId) -> Response {
    Redirect::to(&format!("/noi-bo/quyet-dinh/{id}")).into_response()
}

pub async fn redraft(here: Here, Path(id): Path<DecisionId>) -> Answer {
    service::redraft(&here.ctx(), id).await.map_err(refusal)?;
    Ok(back(id))
}

pub async fn issue(here: Here, Path(id): Path<DecisionId>, mut form: Form) -> Answer {
    let number = form.choice::<u32>("so", "Nhập số quyết định").filter(|number| *number > 0);
    let day = form.required_day("ngay", "Nhập ngày ký");
    let (Some(number), Some(day), true) = (number, day, form.is_good()) else {
        if form.is_good() {
            form.refuse("so", "Số quyết định bắt đầu từ 1");
        }
        return Ok(mend(&show_page(&here, id, form).await?));
    };
    let done = service::issue(&here.ctx(), id, number, day, form.value("ly-do-bo-so")).await;
    let field = match &done {
        Ok(()) => return Ok(back(id)),
        Err(DecisionsError::NumberTaken { .. }) => "so",
        Err(DecisionsError::GapWithoutReason { .. }) => "ly-do-bo-so",
        Err(DecisionsError::OddDay { .. } | DecisionsError::TooEarly { .. } | DecisionsError::MoneyLapsed { .. }) => {
            "ngay"
        }
        Err(
            DecisionsError::OwnDraft
            | DecisionsError::NothingPassed
            | DecisionsError::ListDiffers { .. }
            | DecisionsError::NotAsDrafted { .. }
            | DecisionsError::OwnException
            | DecisionsError::Awards(_),
        ) => "so",
        Err(_) => return Err(done.err().map_or_else(Refusal::not_found, refusal)),
    };
    if let Err(error) = done {
        form.refuse(field, sentence(&error));
    }
    Ok(mend(&show_page(&here, id, form).await?))
}

type Render = fn(&papers::Paper) -> Result<Vec<u8>, papers::PaperError>;
type Document = fn(&office::House, &Decision, &[Line], &Background) -> papers::Paper;

async fn document(
    here: &Here,
    id: DecisionId,
    build: Document,
    render: Render,
    kind: &'static str,
    name: &'static str,
) -> Answer {
    let ctx = here.ctx();
    let (decision, lines) = queries::detail(&ctx, id).await.map_err(refusal)?;
    let background = documents::background(&ctx, &decision, &lines).await.map_err(refusal)?;
    let paper = build(&here.house, &decision, &lines, &background);
    let bytes = render(&paper).map_err(|error| Refusal::broken(&error))?;
    hand_out_paper(here, (kind, name), id, bytes).await
}

pub async fn decision_pdf(here: Here, Path(id): Path<DecisionId>) -> Answer {
    document(&here, id, documents::decision, papers::pdf, PDF, "quyet-dinh.pdf").await
}

pub async fn decision_docx(here: Here, Path(id): Path<DecisionId>) -> Answer {
    document(&here, id, documents::decision, papers::docx, DOCX, "quyet-dinh.docx").await
}

pub async fn submission_pdf(here: Here, Path(id): Path<DecisionId>) -> Answer {
    document(&here, id, documents::submission, papers::pdf, PDF, "to-trinh.pdf").await
}

pub async fn submission_docx(here: Here, Path(id): Path<DecisionId>) -> Answer {
    document(&here, id, documents::submission, papers::docx, DOCX, "to-trinh.docx").await
}
