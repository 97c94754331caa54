//! Proposing somebody: the form of a new nomination, with what the rule book says while it is filled, and a summary
//! drafted from the record.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect};
use kernel::Permission;
use kernel::id::UnitId;
use kernel::numbers::short_date;
use kernel::text::clean_text;
use office::awards::model::CampaignId;
use office::awards::service::{self, NewNomination};
use office::awards::{AwardsError, eligibility, queries};
use office::enterprises;
use office::enterprises::model::{Registered, Standing};
use office::enterprises::queries::Filter;
use office::organization::Recipient;
use office::organization::model::{EnterpriseKind, tax_code};
use office::organization::outsiders::{self, Outsider};
use office::records::{RecordsError, drafting};
use office::{Ctx, organization};
use rules::AwardCode;
use serde::Deserialize;

use super::campaigns::full_shares;
use super::evidence::{self, Behind};
use super::explain::{Explanation, explain_from};
use super::refusal;
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};

/// How many people outside the Office, and how many enterprises, a list to choose from holds; the sentences of
/// [`others`] about what is left out say the number too.
const LISTED: usize = 200;

/// How many letters a summary has at most.
const LONGEST: usize = 3000;

#[derive(Template)]
#[template(path = "awards/new.html")]
struct NewPage {
    frame: Frame,
    form: Form,
    campaign: CampaignId,
    campaign_name: String,
    awards: Vec<Choice>,
    recipients: Vec<Choice>,
    /// What the list of recipients leaves out, in sentences.
    cut: Vec<&'static str>,
    achievements: Vec<Choice>,
    explanation: Option<Explanation>,
    /// What is to be said of the drafted summary; empty when it was not drafted.
    drafted: &'static str,
    /// Shares that are full or overrun.
    full: Vec<String>,
}

/// What was chosen so far.
#[derive(Deserialize, Default)]
pub struct Chosen {
    #[serde(default)]
    hinh_thuc: String,
    #[serde(default)]
    doi_tuong: String,
    #[serde(default)]
    tim: String,
}

/// Whether a summary is drafted with a page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Drafting {
    /// What was sent comes back as it is.
    No,
    /// Once form and recipient are chosen.
    Chosen,
    /// Somebody asked for it.
    Asked,
}

async fn new_page(here: &Here, id: CampaignId, mut form: Form, drafting: Drafting) -> Result<NewPage, Refusal> {
    let ctx = here.ctx();
    let store = |error| Refusal::store(&error);
    let mut tx = ctx.read().await.map_err(store)?;
    let campaign = queries::campaign(&mut tx, id).await.map_err(refusal)?;
    if !campaign.takes(here.visit.today) {
        let why = format!("{}; ngày cuối nhận hồ sơ là {}", campaign.state.name_vi(), short_date(campaign.closes_on));
        return Err(Refusal::conflict(&AwardsError::NotOpen { why }));
    }
    let full = full_shares(&queries::meters(&ctx, &mut tx, &campaign).await.map_err(refusal)?);
    drop(tx);
    let gate = eligibility::gate(&here.house, &campaign);
    let awards = gate.allowed.iter().map(|code| {
        let award = here.house.rules.award(*code);
        Choice::new(code, &award.name_vi).hint(format!("{} · {}", award.decider, gate.citation))
    });
    let awards: Vec<Choice> = awards.collect();
    let chosen = recipient(form.value("doi_tuong"));
    let (recipients, cut) = recipients(here, &form.line("tim"), chosen).await?;
    let mut achievements = Vec::new();
    if let Some((recipient, unit)) = chosen {
        for one in queries::achievements(&ctx, recipient, unit).await.map_err(refusal)? {
            achievements.push(Choice::new(one.id, format!("{} – {}", one.code, one.summary)));
        }
    }
    let award = form.value("hinh_thuc").parse::<AwardCode>().ok();
    let explanation = match (chosen, award) {
        (Some(chosen), Some(award)) => {
            let weighed = queries::preview(&ctx, &campaign, chosen, award).await.map_err(refusal)?;
            let home = evidence::home(here, chosen.0).await?;
            let behind = Behind { facts: Some(&weighed.facts), sources: Some(&weighed.sources), home };
            Some(explain_from(&here.house.rules, &weighed.answer, &behind))
        }
        _ => None,
    };
    let drafted = match (drafting, chosen, &explanation) {
        (Drafting::No, ..) | (Drafting::Chosen, None, _) | (Drafting::Chosen, _, None) => "",
        (Drafting::Asked, None, _) => "Chọn đối tượng trước, rồi bấm lại để soạn từ hồ sơ gốc.",
        (_, Some((recipient, _)), _) => summarise(here, &mut form, recipient, drafting).await?,
    };
    Ok(NewPage {
        frame: here.frame(here.visit.lang.t("Lập hồ sơ đề nghị"), Place::Awards).faulty(!form.is_good()),
        form,
        campaign: id,
        campaign_name: campaign.name,
        awards,
        recipients,
        cut,
        achievements,
        explanation,
        drafted,
        full,
    })
}

/// Fills an empty summary with the draft for a recipient, and says what it did. What somebody typed stays; a draft for
/// somebody else that nobody touched does not.
async fn summarise(
    here: &Here,
    form: &mut Form,
    recipient: Recipient,
    drafting: Drafting,
) -> Result<&'static str, Refusal> {
    const DRAFTED: &str =
        "Tóm tắt được soạn từ hồ sơ gốc, mỗi câu ghi căn cứ; hãy đọc lại và sửa cho đúng trước khi lưu.";
    let typed = clean_text(form.value("tom-tat"));
    let other = form.value("soan-cho").parse::<Recipient>().ok().filter(|other| *other != recipient);
    let draft = draft_for(here, recipient).await?;
    let untouched = match other {
        Some(other) if !typed.is_empty() => typed == draft_for(here, other).await?,
        _ => false,
    };
    if typed.is_empty() || untouched {
        let said = if draft.is_empty() {
            "Hồ sơ gốc chưa có nội dung nào trong năm năm gần nhất để soạn tóm tắt."
        } else {
            DRAFTED
        };
        form.set("soan-cho", if draft.is_empty() { String::new() } else { recipient.to_string() });
        form.set("tom-tat", draft);
        return Ok(said);
    }
    Ok(match (typed == draft, other, drafting) {
        (true, ..) => DRAFTED,
        (_, Some(_), _) => {
            "Tóm tắt được soạn từ hồ sơ của đối tượng đã chọn trước; hãy sửa cho đúng đối tượng đang được đề nghị."
        }
        (_, None, Drafting::Asked) => {
            "Ô tóm tắt đang có chữ nên được giữ nguyên; xóa hết chữ rồi bấm lại để soạn từ hồ sơ gốc."
        }
        (_, None, _) => "",
    })
}

/// The draft from a record; empty for whoever may not read it.
async fn draft_for(here: &Here, recipient: Recipient) -> Result<String, Refusal> {
    match drafting::drafted(&here.ctx(), recipient, LONGEST).await {
        Ok(draft) => Ok(clean_text(&draft)),
        Err(RecordsError::UnknownRecipient(_)) => Ok(String::new()),
        Err(error) => Err(crate::records::refusal(&error)),
    }
}

/// Whom the visitor may nominate: the people of the own units and the units themselves, then whoever fits the text
/// among people outside the Office and enterprises; with what is left out. Who is chosen already stays in the list.
async fn recipients(
    here: &Here,
    text: &str,
    chosen: Option<(Recipient, UnitId)>,
) -> Result<(Vec<Choice>, Vec<&'static str>), Refusal> {
    let ctx = here.ctx();
    let store = |error| Refusal::store(&error);
    let mut tx = ctx.read().await.map_err(store)?;
    let units = nominating(here, &mut tx).await?;
    let (mut recipients, mut cut) = (Vec::new(), Vec::new());
    for unit in &units {
        for member in organization::queries::members(&mut tx, unit.id, ctx.today()).await.map_err(store)? {
            let words = format!("{} – {}, {}", member.person.profile.told_apart(), member.post.title, unit.name);
            recipients.push(Choice::new(format!("{}@{}", Recipient::Person(member.person.id), unit.id), words));
        }
        recipients
            .push(Choice::new(format!("{}@{}", Recipient::Unit(unit.id), unit.id), format!("Tập thể {}", unit.name)));
    }
    let Some(unit) = units.first() else { return Ok((recipients, cut)) };
    let (found, left) = others(&ctx, tx, text).await?;
    cut.extend(left);
    let choice = |(recipient, words): (Recipient, String)| Choice::new(format!("{recipient}@{}", unit.id), words);
    recipients.extend(found.into_iter().map(choice));
    if let Some((recipient, unit)) = chosen
        && recipients.iter().all(|one| one.value != format!("{recipient}@{unit}"))
        && let Some((_, words)) = left_out(&ctx, recipient).await?
    {
        recipients.push(Choice::new(format!("{recipient}@{unit}"), words));
    }
    Ok((recipients, cut))
}

/// Who stands outside the Office and fits the text: people, then enterprises, cooperatives and households at work;
/// each with words to choose by, and what is left out in sentences.
pub(crate) async fn others(
    ctx: &Ctx<'_>,
    mut tx: office::db::Tx,
    text: &str,
) -> Result<(Vec<(Recipient, String)>, Vec<&'static str>), Refusal> {
    let mut cut = Vec::new();
    let mut people = outside(ctx, &mut tx, text).await?;
    drop(tx);
    if people.len() > LISTED {
        people.truncate(LISTED);
        cut.push("Danh sách người ngoài Văn phòng chỉ hiện 200 người đầu; gõ tên rồi bấm Tìm để thu hẹp.");
    }
    let mut enterprises = enterprises_at_work(ctx, text).await?;
    if enterprises.len() > LISTED {
        enterprises.truncate(LISTED);
        cut.push(
            "Danh sách doanh nghiệp, hợp tác xã, hộ chỉ hiện 200 mục đầu; gõ tên hoặc mã số thuế rồi bấm Tìm để thu hẹp.",
        );
    }
    enterprises.retain(|one| one.identity.entry.kind != EnterpriseKind::Association);
    if !text.is_empty() && people.is_empty() && enterprises.is_empty() {
        cut.push("Không có người ngoài Văn phòng, doanh nghiệp, hợp tác xã hoặc hộ nào khớp.");
    }
    Ok((people.iter().map(outsider).chain(enterprises.iter().map(enterprise)).collect(), cut))
}

fn outsider(one: &Outsider) -> (Recipient, String) {
    (Recipient::Person(one.id), format!("{} – người ngoài Văn phòng", one.entry.told_apart()))
}

fn enterprise(one: &Registered) -> (Recipient, String) {
    let entry = &one.identity.entry;
    let tax = entry.tax_code.as_deref().unwrap_or("chưa có mã số thuế");
    (Recipient::Enterprise(one.id()), format!("{} – {} ({tax})", entry.name, entry.kind.name_vi()))
}

/// Who was chosen before the list was narrowed, with words; none for whom the visitor may not read.
pub(crate) async fn left_out(ctx: &Ctx<'_>, recipient: Recipient) -> Result<Option<(Recipient, String)>, Refusal> {
    match recipient {
        Recipient::Person(person) if ctx.may(Permission::ReadPeople).is_ok() => {
            let store = |error| Refusal::store(&error);
            let mut tx = ctx.read().await.map_err(store)?;
            let found = organization::queries::outsider(&mut tx, person, ctx.today()).await.map_err(store)?;
            Ok(found.as_ref().map(outsider))
        }
        Recipient::Enterprise(id) if ctx.may(Permission::ReadEnterprises).is_ok() => {
            let found = enterprises::queries::entry(ctx, id).await.map_err(crate::enterprises::refusal)?;
            Ok(Some(enterprise(&found)))
        }
        _ => Ok(None),
    }
}

/// The people outside the Office who fit the text, by name, one more than is listed; none for whoever may not read
/// people.
async fn outside(ctx: &Ctx<'_>, tx: &mut office::db::Tx, text: &str) -> Result<Vec<Outsider>, Refusal> {
    if ctx.may(Permission::ReadPeople).is_err() {
        return Ok(Vec::new());
    }
    let limit = i64::try_from(LISTED + 1).unwrap_or(i64::MAX);
    outsiders::list_in(ctx, tx, text, limit).await.map_err(crate::organization::refusal)
}

/// The enterprises, cooperatives and households at work that fit the text, by name, one more than is listed.
async fn enterprises_at_work(ctx: &Ctx<'_>, text: &str) -> Result<Vec<Registered>, Refusal> {
    if ctx.may(Permission::ReadEnterprises).is_err() {
        return Ok(Vec::new());
    }
    // A whole tax code is asked for as it is kept, however it was typed.
    let text = tax_code(text).unwrap_or_else(|| text.to_owned());
    let filter = Filter { text, standing: Some(Standing::Active), ..Filter::all(ctx.today()) };
    let start = organization::queries::Place::beginning();
    let found = enterprises::queries::list(ctx, &filter, &start, LISTED + 1).await;
    found.map_err(crate::enterprises::refusal)
}

/// The units the visitor may nominate for, as they stand today.
async fn nominating(here: &Here, tx: &mut office::db::Tx) -> Result<Vec<organization::model::UnitView>, Refusal> {
    let ctx = here.ctx();
    let all = organization::queries::units(tx, ctx.today()).await.map_err(|error| Refusal::store(&error))?;
    let mine = ctx.actor.units_for(Permission::Nominate, ctx.today());
    Ok(all.into_iter().filter(|unit| mine.as_ref().is_none_or(|mine| mine.contains(&unit.id))).collect())
}

/// Reads `person:…@unit`.
fn recipient(text: &str) -> Option<(Recipient, UnitId)> {
    let (recipient, unit) = text.split_once('@')?;
    Some((recipient.parse().ok()?, unit.parse().ok()?))
}

pub async fn new(here: Here, Path(id): Path<CampaignId>, Query(chosen): Query<Chosen>) -> Answer {
    let form = Form::filled([("hinh_thuc", chosen.hinh_thuc), ("doi_tuong", chosen.doi_tuong), ("tim", chosen.tim)]);
    Ok(page(&new_page(&here, id, form, Drafting::Chosen).await?))
}

pub async fn create(here: Here, Path(id): Path<CampaignId>, mut form: Form) -> Answer {
    let award = form.choice::<AwardCode>("hinh_thuc", "Chọn hình thức khen thưởng");
    let chosen = recipient(form.value("doi_tuong"));
    if chosen.is_none() {
        form.refuse("doi_tuong", "Chọn người, tập thể hoặc doanh nghiệp trong danh sách");
    }
    for (button, drafting) in [("xem", Drafting::Chosen), ("soan", Drafting::Asked)] {
        if form.chosen(button, "1") {
            form.faults.clear();
            return Ok(page(&new_page(&here, id, form, drafting).await?));
        }
    }
    let summary = form.required_text("tom-tat", LONGEST, "Ghi tóm tắt thành tích");
    let achievement = form.line("thanh-tich").parse().ok();
    let (Some(award), Some((recipient, unit)), true) = (award, chosen, form.is_good()) else {
        return Ok(mend(&new_page(&here, id, form, Drafting::No).await?));
    };
    let new = NewNomination { campaign: id, award, recipient, unit, achievement, summary };
    match service::nominate(&here.ctx(), &new).await {
        Ok(id) => Ok(Redirect::to(&format!("/noi-bo/ho-so/{id}")).into_response()),
        Err(error @ AwardsError::FormNotAllowed { .. }) => {
            form.refuse("hinh_thuc", sentence(&error));
            Ok(mend(&new_page(&here, id, form, Drafting::No).await?))
        }
        Err(error @ (AwardsError::SameAchievement { .. } | AwardsError::SameForm { .. } | AwardsError::OtherUnit)) => {
            form.refuse("doi_tuong", sentence(&error));
            Ok(mend(&new_page(&here, id, form, Drafting::No).await?))
        }
        Err(error) => Err(refusal(error)),
    }
}
