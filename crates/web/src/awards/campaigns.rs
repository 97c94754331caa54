//! Campaigns: the list, one of them with its meters, and the steps it goes through.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect};
use kernel::Permission;
use kernel::numbers::short_date;
use office::awards::model::{Campaign, CampaignId, CampaignState, NominationId, NominationState};
use office::awards::past::{self, Days};
use office::awards::progress::{self, Progress};
use office::awards::queries::{self, Nominated};
use office::awards::service::{self, NewCampaign};
use office::awards::{AwardsError, reevaluation, review};
use office::movements::Occasion;
use rules::{AwardCode, RecipientKind};
use serde::Deserialize;

use super::explain::verdict_tone;
use super::meters::MeterLine;
pub(super) use super::meters::full_shares;
use super::refusal;
use crate::calendar::{self, MoveLine};
use crate::files::hand_out;
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};
use crate::then::{Then, Typed};
use crate::urls;
use crate::xlsx::{self, text};

struct CampaignLine {
    id: CampaignId,
    name: String,
    state: CampaignState,
    progress: Progress,
    /// Until when nominations are taken, or that they were taken until then.
    closes: String,
    clause: String,
}

impl CampaignLine {
    fn new(here: &Here, campaign: Campaign, progress: Progress) -> Self {
        let l = here.visit.lang;
        let until = match progress {
            Progress::Open => l.t("Nhận hồ sơ đến hết ngày"),
            _ => l.t("Ngày cuối nhận hồ sơ là"),
        };
        Self {
            id: campaign.id,
            name: campaign.name,
            state: campaign.state,
            progress,
            closes: format!("{until} {}", short_date(campaign.closes_on)),
            clause: campaign.clause,
        }
    }
}

#[derive(Template)]
#[template(path = "awards/campaigns.html")]
struct CampaignsPage {
    frame: Frame,
    form: Form,
    campaigns: Vec<CampaignLine>,
    occasions: Vec<Choice>,
    may_open: bool,
    catalogue: Vec<Catalogued>,
    /// The forms that may have a share of their own: the field, and the form's name.
    shares: Vec<(String, String)>,
}

/// An award of the plan with the way a dossier goes.
struct Catalogued {
    occasion: String,
    clause: String,
    awards: Vec<(String, String)>,
}

async fn campaigns_page(here: &Here, form: Form) -> Result<CampaignsPage, Refusal> {
    let ctx = here.ctx();
    let campaigns = queries::campaigns(&ctx).await.map_err(refusal)?;
    let mut tx = ctx.read().await.map_err(|error| Refusal::store(&error))?;
    let come = progress::of(&ctx, &mut tx, &campaigns).await.map_err(refusal)?;
    drop(tx);
    let plan = &here.house.plan;
    let route = |code: &String| {
        let award = here.house.rules.award(code.parse().ok()?);
        Some((award.name_vi.clone(), way(here, award)))
    };
    let catalogue = plan.occasions.iter().map(|occasion| Catalogued {
        occasion: occasion.name.clone(),
        clause: occasion.clause.to_string(),
        awards: occasion.awards.iter().filter_map(route).collect(),
    });
    let field = |award: AwardCode| (share_field(award), here.house.rules.award(award).name_vi.clone());
    Ok(CampaignsPage {
        shares: forms_for_persons(here).into_iter().map(field).collect(),
        catalogue: catalogue.collect(),
        frame: here.frame(here.visit.lang.t("Xét khen thưởng"), Place::Awards).faulty(!form.is_good()),
        form,
        campaigns: campaigns
            .into_iter()
            .filter_map(|one| Some((come.get(&one.id).copied()?, one)))
            .map(|(come, one)| CampaignLine::new(here, one, come))
            .collect(),
        occasions: plan.occasions.iter().map(|one| Choice::new(one.id.code(), &one.name)).collect(),
        may_open: ctx.may(Permission::RunCampaign).is_ok(),
    })
}

/// The field in which the share of a form is typed.
fn share_field(award: AwardCode) -> String {
    format!("ty-le-{}", award.code().replace('_', "-"))
}

/// The forms of all occasions that may go to a person, in the order of the rules.
fn forms_for_persons(here: &Here) -> Vec<AwardCode> {
    let given: BTreeSet<AwardCode> =
        here.house.plan.occasions.iter().flat_map(Occasion::codes).filter_map(|code| code.parse().ok()).collect();
    let to_persons = |award: &AwardCode| here.house.rules.award(*award).recipients.contains(&RecipientKind::Person);
    given.into_iter().filter(to_persons).collect()
}

/// The whole way of a form from the unit to who decides, as the catalogue of the rules holds it.
fn way(here: &Here, award: &rules::AwardInfo) -> String {
    let unknown = here.visit.lang.t("chưa xác định");
    let mut levels: Vec<&str> = award.route.iter().map(String::as_str).collect();
    if levels.last() != Some(&award.decider.as_str()) {
        levels.extend([unknown, award.decider.as_str()]);
    }
    levels.join(" → ")
}

pub async fn list(here: Here) -> Answer {
    Ok(page(&campaigns_page(&here, Form::empty()).await?))
}

pub async fn create(here: Here, mut form: Form) -> Answer {
    let occasion = form.required_line("dip", 40, "Chọn dịp khen thưởng");
    let year = form.choice::<i16>("nam", "Nhập năm bằng bốn chữ số").unwrap_or_default();
    let closes_on = form.required_day("han", "Nhập ngày cuối nhận hồ sơ");
    let total = share(&mut form, "ty-le");
    let leaders = share(&mut form, "ty-le-lanh-dao");
    let workers = share(&mut form, "ty-le-truc-tiep");
    let forms = forms_for_persons(&here);
    let form_shares: BTreeMap<AwardCode, u32> =
        forms.into_iter().filter_map(|award| Some((award, share(&mut form, &share_field(award))?))).collect();
    let Some(closes_on) = closes_on.filter(|_| form.is_good()) else {
        return Ok(mend(&campaigns_page(&here, form).await?));
    };
    let new = NewCampaign {
        occasion,
        year,
        closes_on,
        total_share_bp: total,
        leader_share_bp: leaders,
        worker_share_bp: workers,
        form_shares,
    };
    let id = match service::open(&here.ctx(), &new).await {
        Ok(id) => id,
        Err(error @ AwardsError::OddYear { .. }) => {
            form.refuse("nam", sentence(&error));
            return Ok(mend(&campaigns_page(&here, form).await?));
        }
        Err(error @ AwardsError::FormNotAllowed { .. }) => {
            let allowed = here.house.plan.occasion(&new.occasion);
            let given = |award: &&AwardCode| allowed.is_some_and(|one| one.codes().any(|code| code == award.code()));
            for award in new.form_shares.keys().filter(|award| !given(award)) {
                form.refuse(&share_field(*award), sentence(&error));
            }
            return Ok(mend(&campaigns_page(&here, form).await?));
        }
        Err(error @ (AwardsError::DeadlinePast { .. } | AwardsError::YearAhead { .. })) => {
            form.refuse("han", sentence(&error));
            return Ok(mend(&campaigns_page(&here, form).await?));
        }
        Err(error) => return Err(refusal(error)),
    };
    Ok(Redirect::to(&format!("/noi-bo/khen-thuong/{id}")).into_response())
}

/// A share typed as a percentage, kept in basis points.
fn share(form: &mut Form, field: &str) -> Option<u32> {
    let line = form.line(field);
    if line.is_empty() {
        return None;
    }
    let share = kernel::numbers::parse_decimal(line.trim_end_matches('%').trim(), 2);
    match share.ok().and_then(|bp| u32::try_from(bp).ok()).filter(|bp| *bp <= 10_000) {
        Some(bp) => Some(bp),
        None => {
            form.refuse(field, "Nhập tỷ lệ từ 0 đến 100, ví dụ 12,5");
            None
        }
    }
}

/// What the list is narrowed to.
#[derive(Deserialize, Default)]
pub struct Filter {
    #[serde(default)]
    trang_thai: String,
    #[serde(default)]
    don_vi: String,
    #[serde(default)]
    tim: String,
}

struct NominationLine {
    one: Nominated,
    award: String,
    verdict: &'static str,
    tone: &'static str,
    /// Whether facts or verdict changed since it was frozen.
    changed: bool,
    /// The day on which its decision was annulled; empty while one stands.
    annulled: String,
}

#[derive(Template)]
#[template(path = "awards/campaign.html")]
struct CampaignPage {
    frame: Frame,
    campaign: CampaignLine,
    consultation: String,
    lines: Vec<NominationLine>,
    total: usize,
    meters: Vec<MeterLine>,
    states: Vec<Choice>,
    units: Vec<Choice>,
    form: Form,
    /// What was sent to close the campaign.
    closing: Form,
    /// How many nominations were not handed in.
    drafts: usize,
    may_run: bool,
    may_nominate: bool,
    may_object: bool,
    changed: usize,
    moves: Vec<MoveLine>,
    then: Then,
    sheet: String,
}

/// The nominations that the filter lets through, as they stand or stood, and how many there are in all.
async fn nomination_lines(here: &Here, id: CampaignId, filter: &Filter, then: &mut Then) -> Result<Listed, Refusal> {
    let (ctx, l) = (here.ctx(), here.visit.lang);
    let mut tx = ctx.read().await.map_err(|error| Refusal::store(&error))?;
    let mut all = match then.known_on {
        None => queries::list(&ctx, &mut tx, id).await.map_err(refusal)?,
        Some(day) => {
            let past = past::list(&ctx, &mut tx, id, day).await.map_err(refusal)?;
            then.note(past.unkept, l.t("hồ sơ không lưu kết luận của ngày ấy"));
            past.lines
        }
    };
    drop(tx);
    if then.law_on.is_some() {
        let days = Days { known_on: then.known_on, law_on: then.law_on };
        for one in &mut all {
            one.verdict = past::verdict(&ctx, one.id, days).await.map_err(refusal)?.answer.map(|answer| answer.verdict);
        }
        then.notes.push(l.t("Kết luận được tính lại theo luật của ngày đã chọn, không thay bản đã chốt").to_owned());
    }
    let changed: BTreeSet<NominationId> = if then.is_past() {
        BTreeSet::new()
    } else {
        reevaluation::touched(&ctx, id).await.map_err(refusal)?.into_iter().map(|one| one.line.id).collect()
    };
    let mut units: Vec<Choice> = Vec::new();
    for one in &all {
        if !units.iter().any(|unit| unit.value == one.unit.to_string()) {
            units.push(Choice::new(one.unit, &one.unit_name));
        }
    }
    let wanted = kernel::text::Wanted::of(&filter.tim);
    let total = all.len();
    let open = |one: &&Nominated| matches!(one.state, NominationState::Draft | NominationState::Returned);
    let drafts = all.iter().filter(open).count();
    let lines = all
        .into_iter()
        .filter(|one| filter.trang_thai.is_empty() || one.state.code() == filter.trang_thai)
        .filter(|one| filter.don_vi.is_empty() || one.unit.to_string() == filter.don_vi)
        .filter(|one| wanted.is_in(&one.name))
        .map(|one| NominationLine {
            annulled: one.annulled_on.map(short_date).unwrap_or_default(),
            award: here.house.rules.award(one.award).name_vi.clone(),
            verdict: one.verdict.map_or("", |verdict| verdict.name_vi()),
            tone: verdict_tone(one.verdict),
            changed: changed.contains(&one.id),
            one,
        });
    Ok(Listed { lines: lines.collect(), total, drafts, units, changed: changed.len() })
}

/// What a list of nominations holds.
struct Listed {
    lines: Vec<NominationLine>,
    total: usize,
    drafts: usize,
    units: Vec<Choice>,
    changed: usize,
}

async fn campaign_page(
    here: &Here,
    id: CampaignId,
    filter: &Filter,
    mut then: Then,
    closing: Form,
) -> Result<CampaignPage, Refusal> {
    let ctx = here.ctx();
    let mut tx = ctx.read().await.map_err(|error| Refusal::store(&error))?;
    let campaign = queries::campaign(&mut tx, id).await.map_err(refusal)?;
    let come = progress::of(&ctx, &mut tx, std::slice::from_ref(&campaign)).await.map_err(refusal)?;
    let come = come.get(&id).copied().ok_or_else(Refusal::not_found)?;
    let meters =
        if then.is_past() { Vec::new() } else { queries::meters(&ctx, &mut tx, &campaign).await.map_err(refusal)? };
    drop(tx);
    let listed = nomination_lines(here, id, filter, &mut then).await?;
    then.rest = filter.rest();
    let now = !then.is_past();
    let meters = meters.into_iter().map(MeterLine::new);
    let form = Form::filled([
        ("trang_thai", filter.trang_thai.clone()),
        ("don_vi", filter.don_vi.clone()),
        ("tim", filter.tim.clone()),
    ]);
    let consultation = campaign.consultation.map(|period| {
        let last = period.until.and_then(|until| until.yesterday().ok()).unwrap_or(period.from);
        format!("{} – {}", short_date(period.from), short_date(last))
    });
    Ok(CampaignPage {
        frame: here.frame(&campaign.name, Place::Awards).faulty(!closing.is_good()),
        closing,
        drafts: listed.drafts,
        consultation: consultation.unwrap_or_default(),
        lines: listed.lines,
        total: listed.total,
        meters: meters.collect(),
        states: NominationState::ALL.iter().map(|state| Choice::new(state.code(), state.name_vi())).collect(),
        units: listed.units,
        form,
        may_run: now && ctx.may(Permission::RunCampaign).is_ok(),
        may_nominate: now && ctx.may(Permission::Nominate).is_ok() && come == Progress::Open,
        may_object: now && campaign.state == CampaignState::Consultation,
        changed: listed.changed,
        sheet: sheet_url(id, filter, &then),
        then,
        moves: calendar::of_consultation(&ctx, id).await?,
        campaign: CampaignLine::new(here, campaign, come),
    })
}

impl Filter {
    /// What is filled in, for addresses that lead on.
    fn rest(&self) -> Vec<(&'static str, String)> {
        let all = [("trang_thai", &self.trang_thai), ("don_vi", &self.don_vi), ("tim", &self.tim)];
        all.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name, value.clone())).collect()
    }
}

/// The same lines as a sheet.
fn sheet_url(id: CampaignId, filter: &Filter, then: &Then) -> String {
    let rest = filter.rest().into_iter().map(|(name, value)| format!("{name}={}", urls::encode(&value)));
    let asked: Vec<_> = rest.chain(Some(then.days()).filter(|days| !days.is_empty())).collect();
    let path = format!("/noi-bo/khen-thuong/{id}/danh-sach.xlsx");
    if asked.is_empty() { path } else { format!("{path}?{}", asked.join("&")) }
}

fn asked_of(here: &Here, id: CampaignId, typed: &Typed) -> Then {
    typed.read(here, format!("/noi-bo/khen-thuong/{id}"), true)
}

pub async fn show(
    here: Here,
    Path(id): Path<CampaignId>,
    Query(filter): Query<Filter>,
    Query(typed): Query<Typed>,
) -> Answer {
    let then = asked_of(&here, id, &typed);
    let good = then.form.is_good();
    let shown = campaign_page(&here, id, &filter, then, Form::empty()).await?;
    Ok(if good { page(&shown) } else { mend(&shown) })
}

pub async fn sheet(
    here: Here,
    Path(id): Path<CampaignId>,
    Query(filter): Query<Filter>,
    Query(typed): Query<Typed>,
) -> Answer {
    let mut then = asked_of(&here, id, &typed);
    if !then.form.is_good() {
        return Ok(mend(&campaign_page(&here, id, &filter, then, Form::empty()).await?));
    }
    let name = {
        let mut tx = here.ctx().read().await.map_err(|error| Refusal::store(&error))?;
        queries::campaign(&mut tx, id).await.map_err(refusal)?.name
    };
    let listed = nomination_lines(&here, id, &filter, &mut then).await?;
    let headers = [
        ("Họ và tên, tập thể", 28.0),
        ("Chức vụ", 24.0),
        ("Đơn vị", 32.0),
        ("Hình thức", 28.0),
        ("Trạng thái", 20.0),
        ("Kết luận", 20.0),
        ("Thay đổi từ lần đánh giá gần nhất", 18.0),
        ("Tóm tắt thành tích", 60.0),
    ];
    let rows = listed.lines.iter().map(|line| {
        vec![
            text(&line.one.name),
            text(&line.one.title),
            text(&line.one.unit_name),
            text(&line.award),
            text(&[line.one.state.name_vi(), &line.annulled].join(" ")),
            text(line.verdict),
            text(if line.changed { "đã thay đổi" } else { "" }),
            text(&line.one.summary),
        ]
    });
    let mut made = xlsx::sheet("Hồ sơ đề nghị", &headers, rows.collect());
    made.title = std::iter::once(name).chain(then.title()).collect();
    let bytes = papers::sheet::xlsx(&[made]).map_err(|error| Refusal::broken(&error))?;
    hand_out(&here, "ho-so-de-nghi.xlsx", bytes).await
}

/// Closes it; who leaves nominations out that were not handed in ticks how many they are.
pub async fn close(here: Here, Path(id): Path<CampaignId>, mut form: Form) -> Answer {
    let agreed = form.value("bo-lai").parse().unwrap_or(0);
    match review::close_leaving(&here.ctx(), id, agreed).await {
        Ok(()) => Ok(back(id)),
        Err(error @ AwardsError::NotHandedIn { .. }) => {
            form.refuse("bo-lai", sentence(&error));
            let then = asked_of(&here, id, &Typed::default());
            Ok(mend(&campaign_page(&here, id, &Filter::default(), then, form).await?))
        }
        Err(error) => Err(refusal(error)),
    }
}

pub async fn consult(here: Here, Path(id): Path<CampaignId>) -> Answer {
    review::consult(&here.ctx(), id).await.map_err(refusal)?;
    Ok(back(id))
}

pub async fn to_council(here: Here, Path(id): Path<CampaignId>) -> Answer {
    review::to_council(&here.ctx(), id).await.map_err(refusal)?;
    Ok(back(id))
}

fn back(id: CampaignId) -> axum::response::Response {
    Redirect::to(&format!("/noi-bo/khen-thuong/{id}")).into_response()
}
