//! Lines of issued decisions: certificates, corrections, revocation, money.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use kernel::Permission;
use kernel::numbers::short_date;
use office::decisions::model::{Decision, DecisionId, Line, LineEvent, LineId, LineState};
use office::decisions::{DecisionsError, papers as documents, printing, proof, queries, stocks};
use office::fund::{self, FundError};
use papers::sheet::Cell;

use super::{amendments, refusal};
use crate::files::{PDF, hand_out, hand_out_paper};
use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};
use crate::xlsx::{sheet, text};

#[derive(Template)]
#[template(path = "decisions/line.html")]
pub(super) struct LinePage {
    frame: Frame,
    form: Form,
    decision: Decision,
    line: Line,
    award: String,
    number: String,
    day: String,
    money: String,
    money_ground: String,
    paid: String,
    register: String,
    verify: String,
    /// Day, what was done in words, and the rest.
    events: Vec<(String, &'static str, LineEvent)>,
    amendments: Vec<amendments::Row>,
    may_print: bool,
    may_propose: bool,
    may_pay: bool,
}

/// What was done to a line, in words.
fn done(line: &Line, event: &LineEvent) -> &'static str {
    match event.verb.as_str() {
        "correct" => "Đính chính",
        "revoke" if line.annulled_on == Some(event.on) => "Hủy bỏ quyết định",
        "revoke" => "Thu hồi",
        _ => "Chi tiền thưởng",
    }
}

pub(super) async fn line_page(here: &Here, id: LineId, form: Form) -> Result<LinePage, Refusal> {
    let ctx = here.ctx();
    let (decision, line, events) = queries::line(&ctx, id).await.map_err(refusal)?;
    let alive = line.code.is_some() && line.state != LineState::Revoked;
    let mut tx = ctx.read().await.map_err(|error| Refusal::store(&error))?;
    let may_print = alive && printing::may_print(&ctx, &mut tx, &line).await.is_ok();
    drop(tx);
    let form = if form.value("ten").is_empty() && form.is_good() {
        Form::filled([("ten", line.name.clone()), ("chuc-vu", line.title.clone())])
    } else {
        form
    };
    Ok(LinePage {
        frame: here.frame(&line.name, Place::Register).faulty(!form.is_good()),
        form,
        award: here.house.rules.award(line.award).name_vi.clone(),
        number: decision.number_text(),
        day: decision.issued_on.map(short_date).unwrap_or_default(),
        money: documents::money_words(&line),
        money_ground: line
            .money
            .as_ref()
            .map(|money| format!("{} × {}; {}", money.multiple, kernel::numbers::Dong(money.base), money.citation))
            .unwrap_or_default(),
        paid: line.paid_on.map(short_date).unwrap_or_default(),
        register: line.register.map(|(year, number)| format!("{number:03}/{year}")).unwrap_or_default(),
        verify: line.code.as_ref().map(|code| proof::address(&here.house, code)).unwrap_or_default(),
        events: events.into_iter().map(|event| (short_date(event.on), done(&line, &event), event)).collect(),
        amendments: amendments::rows(here, decision.id, Some(id), std::slice::from_ref(&line)).await?,
        may_print,
        may_propose: alive && ctx.may(Permission::DraftDecision).is_ok(),
        may_pay: alive && line.paid_on.is_none() && line.money.is_some() && ctx.may(Permission::KeepFund).is_ok(),
        decision,
        line,
    })
}

pub async fn show(here: Here, Path(id): Path<LineId>) -> Answer {
    Ok(page(&line_page(&here, id, Form::empty()).await?))
}

pub async fn pay(here: Here, Path(id): Path<LineId>, mut form: Form) -> Answer {
    let ctx = here.ctx();
    let on = form.day_or("ngay-chi", ctx.today());
    if !form.is_good() {
        return Ok(mend(&line_page(&here, id, form).await?));
    }
    match fund::service::pay(&ctx, id, on).await {
        Ok(()) => Ok(Redirect::to(&format!("/noi-bo/dong/{id}")).into_response()),
        Err(
            error @ (FundError::YearClosed { .. }
            | FundError::BeforeBook { .. }
            | FundError::Decisions(DecisionsError::OddPayDay { .. } | DecisionsError::LineState { .. })),
        ) => {
            form.refuse("ngay-chi", sentence(&error));
            Ok(mend(&line_page(&here, id, form).await?))
        }
        Err(error) => Err(crate::fund::refusal(error)),
    }
}

pub async fn certificate(here: Here, Path(id): Path<LineId>) -> Answer {
    let ctx = here.ctx();
    let (decision, line, _) = queries::line(&ctx, id).await.map_err(refusal)?;
    if line.state == LineState::Revoked {
        return Err(Refusal::conflict(&format!("giấy khen này {}, không in lại", line.state_words())));
    }
    let certificate = documents::certificate(&here.house, &decision, &line).ok_or_else(Refusal::not_found)?;
    let mut tx = ctx.read().await.map_err(|error| Refusal::store(&error))?;
    printing::may_print(&ctx, &mut tx, &line).await.map_err(refusal)?;
    let stock = stocks::of_award(&mut tx, line.award).await.map_err(refusal)?;
    drop(tx);
    let bytes = papers::certificate::certificate(&certificate, &stock).map_err(|error| Refusal::broken(&error))?;
    hand_out_paper(&here, (PDF, "giay-khen.pdf"), id, bytes).await
}

pub async fn certificates(here: Here, Path(id): Path<DecisionId>) -> Answer {
    let ctx = here.ctx();
    let (decision, lines) = queries::detail(&ctx, id).await.map_err(refusal)?;
    let mut tx = ctx.read().await.map_err(|error| Refusal::store(&error))?;
    let lines = printing::printable(&ctx, &mut tx, lines).await.map_err(refusal)?;
    let mut pages = Vec::new();
    for line in lines.iter().filter(|line| line.state != LineState::Revoked) {
        let Some(certificate) = documents::certificate(&here.house, &decision, line) else { continue };
        pages.push((certificate, stocks::of_award(&mut tx, line.award).await.map_err(refusal)?));
    }
    drop(tx);
    if pages.is_empty() {
        return Err(refusal(DecisionsError::NotIssued));
    }
    let made = tokio::task::spawn_blocking(move || papers::certificate::certificates(&pages)).await;
    let bytes = made.map_err(|error| Refusal::broken(&error))?.map_err(|error| Refusal::broken(&error))?;
    hand_out_paper(&here, (PDF, "giay-khen.pdf"), id, bytes).await
}

pub async fn bonus_sheet(here: Here, Path(id): Path<DecisionId>) -> Answer {
    let (decision, lines) = queries::detail(&here.ctx(), id).await.map_err(refusal)?;
    let headers = [
        ("TT", 6.0),
        ("Họ và tên", 28.0),
        ("Đơn vị", 32.0),
        ("Hình thức", 32.0),
        ("Hệ số", 12.0),
        ("Lương cơ sở", 14.0),
        ("Tiền thưởng", 14.0),
        ("Đã chi ngày", 14.0),
        ("Trạng thái", 16.0),
        ("Căn cứ", 60.0),
    ];
    #[allow(clippy::cast_precision_loss, reason = "đồng amounts and places are far below 2^53")]
    let number = |value: i64| Cell::Number(value as f64);
    let rows = lines.iter().map(|line| {
        let money = line.money.as_ref();
        vec![
            number(line.position),
            text(&line.name),
            text(&line.unit_name),
            text(&here.house.rules.award(line.award).name_vi),
            text(money.map_or("chưa xác định", |money| &money.multiple)),
            money.map_or(Cell::Empty, |money| number(money.base)),
            money.map_or(Cell::Empty, |money| number(money.amount)),
            line.paid_on.map_or(Cell::Empty, Cell::Day),
            text(line.state_words()),
            text(money.map_or("", |money| &money.citation)),
        ]
    });
    let name = format!("QĐ {}", decision.number_text().replace('/', "-"));
    let sheet = sheet(&name, &headers, rows.collect());
    let bytes = papers::sheet::xlsx(&[sheet]).map_err(|error| Refusal::broken(&error))?;
    hand_out(&here, "tien-thuong.xlsx", bytes).await
}
