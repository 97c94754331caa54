//! Why a dossier is held to its day: each day counted, stepped over or waited, and how the day moved.

use askama::Template;
use axum::extract::Query;
use kernel::Period;
use kernel::calendar::{Length, Term};
use kernel::numbers::short_date;
use office::dossiers::decision::{Terms, WorkingDays};
use office::dossiers::model::DueMove;
use office::dossiers::queries;
use serde::Deserialize;

use super::refusal;
use crate::calendar::explained::{ExplainedView, full_day};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, show as page};

/// Which dossier.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Which {
    ma: String,
}

/// A move of the day, in words.
struct MoveLine {
    old: String,
    new: String,
    document: String,
    day: String,
    withdrawal: bool,
    on: String,
}

#[derive(Template)]
#[template(path = "dossiers/why.html")]
struct WhyPage {
    frame: Frame,
    code: String,
    facts: Vec<(&'static str, String)>,
    /// From what the term is counted.
    ground: &'static str,
    explained: Option<ExplainedView>,
    /// The day it is held to, when counting with the calendar of today gives another one.
    kept: String,
    moves: Vec<MoveLine>,
    over: bool,
}

pub async fn show(here: Here, Query(which): Query<Which>) -> Answer {
    let (ctx, l) = (here.ctx(), here.visit.lang);
    let (dossier, moves) = queries::dossier(&ctx, &which.ma).await.map_err(|error| refusal(&error))?;
    let (facts, judged) = (&dossier.facts, dossier.judged);
    let calendar = ctx.calendar();
    let days = WorkingDays::of(&calendar);
    let terms = Terms::of(&days, facts, dossier.due_has_waiting);
    let allowed = judged.held_to.map(|held| terms.allowed(&days, days.number(held)));
    let length = allowed.and_then(|allowed| u32::try_from(allowed).ok()).map(Length::WorkingDays);
    let pauses = match (facts.asked_on, facts.supplied_on) {
        (Some(asked), Some(supplied)) if supplied > asked => {
            let after = |day: kernel::Date| day.tomorrow().unwrap_or(day);
            vec![Period { from: after(asked), until: Some(after(supplied)) }]
        }
        _ => Vec::new(),
    };
    let told = length.map(|length| {
        let explained = calendar.explain(&Term { from: facts.received_on, length, pauses });
        (explained.due, ExplainedView::of(l, facts.received_on, length, &explained))
    });
    let (counted, explained) = told.map_or((None, None), |(due, view)| (due, Some(view)));
    let kept = judged.held_to.filter(|held| counted != Some(*held));
    let day = |day: Option<kernel::Date>| day.map(short_date).unwrap_or_default();
    let shown = [
        ("Đơn vị", facts.unit.clone()),
        ("Thủ tục", facts.procedure.clone()),
        ("Trạng thái", l.t(facts.status.name_vi()).to_owned()),
        ("Kết quả", l.t(judged.class.name_vi()).to_owned()),
        ("Ngày tiếp nhận", short_date(facts.received_on)),
        ("Ngày hẹn trả trong tệp", day(facts.due_on)),
        ("Ngày yêu cầu bổ sung", day(facts.asked_on)),
        ("Ngày đã bổ sung", day(facts.supplied_on)),
        ("Ngày xử lý xong", day(facts.finished_on)),
        ("Nguồn", dossier.source.clone()),
    ];
    let moved = |one: DueMove| MoveLine {
        old: short_date(one.old),
        new: short_date(one.new),
        document: one.document,
        day: format!("{}, {}", short_date(one.day), one.name),
        withdrawal: one.withdrawal,
        on: short_date(kernel::clock::day_of(one.at)),
    };
    Ok(page(&WhyPage {
        frame: here.frame(l.t("Vì sao là ngày này"), Place::Dossiers),
        ground: match (facts.due_on, facts.legal_days) {
            (Some(_), _) => "Đếm đến ngày hẹn trả ghi trong tệp, cộng thời gian chờ bổ sung giấy tờ.",
            (None, Some(_)) => "Tệp không có ngày hẹn trả: đếm theo thời hạn luật từ ngày tiếp nhận.",
            (None, None) => "Không có ngày hẹn trả và không biết thời hạn luật, nên chưa xác định hạn.",
        },
        kept: kept.map(|held| full_day(l, held)).unwrap_or_default(),
        code: facts.code.clone(),
        facts: shown.into_iter().filter(|(_, value)| !value.is_empty()).collect(),
        explained,
        moves: moves.into_iter().map(moved).collect(),
        over: facts.finished_on.is_some(),
    }))
}
