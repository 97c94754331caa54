//! A nomination: written, handed in, checked, explained.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use kernel::Permission;
use kernel::id::UnitId;
use kernel::numbers::short_date;
use office::awards::model::{CampaignId, Nomination, NominationId, NominationState};
use office::awards::queries::{self, Detail};
use office::awards::service::{self, NewNomination};
use office::awards::{AwardsError, eligibility, reevaluation, review, works};
use office::enterprises;
use office::enterprises::model::{Registered, Standing};
use office::enterprises::queries::Filter;
use office::organization::Recipient;
use office::organization::model::EnterpriseKind;
use office::organization::outsiders::{self, Outsider};
use office::records::model::InitiativeId;
use office::submissions::{self, model::StateKind};
use office::{Ctx, identity, organization};
use rules::AwardCode;
use serde::Deserialize;

use super::again;
use super::campaigns::full_shares;
use super::explain::{Explanation, explain};
use super::reevaluation::CauseLine;
use super::refusal;
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};
use crate::submissions::{stands, waits};
use crate::then::{Then, Typed};

/// How many people outside the Office the list of the form holds.
const OUTSIDE: i64 = 200;

#[derive(Template)]
#[template(path = "awards/new.html")]
struct NewPage {
    frame: Frame,
    form: Form,
    campaign: CampaignId,
    campaign_name: String,
    awards: Vec<Choice>,
    recipients: Vec<Choice>,
    achievements: Vec<Choice>,
    explanation: Option<Explanation>,
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
}

async fn new_page(here: &Here, id: CampaignId, form: Form) -> Result<NewPage, Refusal> {
    let ctx = here.ctx();
    let store = |error| Refusal::store(&error);
    let mut tx = ctx.read().await.map_err(store)?;
    let campaign = queries::campaign(&mut tx, id).await.map_err(refusal)?;
    if !campaign.takes(here.visit.today) {
        let why = format!("{}; ngày cuối nhận hồ sơ là {}", campaign.state.name_vi(), short_date(campaign.closes_on));
        return Err(Refusal::conflict(&AwardsError::NotOpen { why }));
    }
    let full = full_shares(&queries::meters(&ctx, &mut tx, &campaign).await.map_err(refusal)?);
    let gate = eligibility::gate(&here.house, &campaign);
    let awards = gate.allowed.iter().map(|code| {
        let award = here.house.rules.award(*code);
        Choice::new(code, &award.name_vi).hint(format!("{} · {}", award.decider, gate.citation))
    });
    let awards: Vec<Choice> = awards.collect();
    let units = nominating(here, &mut tx).await?;
    let mut recipients = Vec::new();
    for unit in &units {
        for member in organization::queries::members(&mut tx, unit.id, ctx.today()).await.map_err(store)? {
            let words = format!("{} – {}, {}", member.person.profile.told_apart(), member.post.title, unit.name);
            recipients.push(Choice::new(format!("{}@{}", Recipient::Person(member.person.id), unit.id), words));
        }
        recipients
            .push(Choice::new(format!("{}@{}", Recipient::Unit(unit.id), unit.id), format!("Tập thể {}", unit.name)));
    }
    if let Some(unit) = units.first() {
        for one in outside(&ctx, &mut tx).await? {
            let words = format!("{} – người ngoài Văn phòng", one.entry.told_apart());
            recipients.push(Choice::new(format!("{}@{}", Recipient::Person(one.id), unit.id), words));
        }
        for one in enterprises_at_work(here).await? {
            let entry = &one.identity.entry;
            let tax = entry.tax_code.as_deref().unwrap_or("chưa có mã số thuế");
            let words = format!("{} – {} ({tax})", entry.name, entry.kind.name_vi());
            recipients.push(Choice::new(format!("{}@{}", Recipient::Enterprise(one.id()), unit.id), words));
        }
    }
    let chosen = recipient(form.value("doi_tuong"));
    let mut achievements = Vec::new();
    drop(tx);
    if let Some((recipient, unit)) = chosen {
        for one in queries::achievements(&ctx, recipient, unit).await.map_err(refusal)? {
            achievements.push(Choice::new(one.id, format!("{} – {}", one.code, one.summary)));
        }
    }
    let award = form.value("hinh_thuc").parse::<AwardCode>().ok();
    let explanation = match (chosen, award) {
        (Some(chosen), Some(award)) => {
            let answer = queries::preview(&ctx, &campaign, chosen, award).await.map_err(refusal)?;
            Some(explain(&here.house.rules, &answer))
        }
        _ => None,
    };
    Ok(NewPage {
        frame: here.frame(here.visit.lang.t("Lập hồ sơ đề nghị"), Place::Awards).faulty(!form.is_good()),
        form,
        campaign: id,
        campaign_name: campaign.name,
        awards,
        recipients,
        achievements,
        explanation,
        full,
    })
}

/// The people outside the Office who may be nominated, by name; none for whoever may not read people.
async fn outside(ctx: &Ctx<'_>, tx: &mut office::db::Tx) -> Result<Vec<Outsider>, Refusal> {
    if ctx.may(Permission::ReadPeople).is_err() {
        return Ok(Vec::new());
    }
    outsiders::list_in(ctx, tx, "", OUTSIDE).await.map_err(crate::organization::refusal)
}

/// The enterprises, cooperatives and households at work that may be nominated, by name.
async fn enterprises_at_work(here: &Here) -> Result<Vec<Registered>, Refusal> {
    let ctx = here.ctx();
    if ctx.may(Permission::ReadEnterprises).is_err() {
        return Ok(Vec::new());
    }
    let filter = Filter { standing: Some(Standing::Active), ..Filter::all(ctx.today()) };
    let start = organization::queries::Place::beginning();
    let found = enterprises::queries::list(&ctx, &filter, &start, 200).await;
    let mut found = found.map_err(crate::enterprises::refusal)?;
    found.retain(|one| one.identity.entry.kind != EnterpriseKind::Association);
    Ok(found)
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
    let form = Form::filled([("hinh_thuc", chosen.hinh_thuc), ("doi_tuong", chosen.doi_tuong)]);
    Ok(page(&new_page(&here, id, form).await?))
}

pub async fn create(here: Here, Path(id): Path<CampaignId>, mut form: Form) -> Answer {
    let award = form.choice::<AwardCode>("hinh_thuc", "Chọn hình thức khen thưởng");
    let chosen = recipient(form.value("doi_tuong"));
    if chosen.is_none() {
        form.refuse("doi_tuong", "Chọn người, tập thể hoặc doanh nghiệp trong danh sách");
    }
    if form.chosen("xem", "1") {
        form.faults.clear();
        return Ok(page(&new_page(&here, id, form).await?));
    }
    let summary = form.required_text("tom-tat", 3000, "Ghi tóm tắt thành tích");
    let achievement = form.line("thanh-tich").parse().ok();
    let (Some(award), Some((recipient, unit)), true) = (award, chosen, form.is_good()) else {
        return Ok(mend(&new_page(&here, id, form).await?));
    };
    let new = NewNomination { campaign: id, award, recipient, unit, achievement, summary };
    match service::nominate(&here.ctx(), &new).await {
        Ok(id) => Ok(Redirect::to(&format!("/noi-bo/ho-so/{id}")).into_response()),
        Err(error @ AwardsError::FormNotAllowed { .. }) => {
            form.refuse("hinh_thuc", sentence(&error));
            Ok(mend(&new_page(&here, id, form).await?))
        }
        Err(error @ (AwardsError::SameAchievement { .. } | AwardsError::SameForm { .. } | AwardsError::OtherUnit)) => {
            form.refuse("doi_tuong", sentence(&error));
            Ok(mend(&new_page(&here, id, form).await?))
        }
        Err(error) => Err(refusal(error)),
    }
}

struct EventLine {
    when: String,
    who: String,
    what: &'static str,
    reason: String,
}

struct Change {
    what: &'static str,
    before: String,
    after: String,
}

struct FileLine {
    url: String,
    drop_url: String,
    name: String,
    size: String,
}

struct ItemLine {
    id: String,
    words: String,
    mandatory: bool,
    citation: String,
    files: Vec<FileLine>,
}

#[derive(Template)]
#[template(path = "awards/show.html")]
pub(super) struct ShowPage {
    frame: Frame,
    form: Form,
    one: Nomination,
    name: String,
    title: String,
    unit_name: String,
    award: String,
    campaign_name: String,
    law_day: String,
    explanation: Explanation,
    items: Vec<ItemLine>,
    attested: Vec<(String, String, String)>,
    overrules: Vec<(String, String)>,
    events: Vec<EventLine>,
    changes: Vec<Change>,
    /// Where it lies above the office: the address, the words, how it stands.
    sent: Vec<(String, String, StateKind)>,
    editable: bool,
    /// The last day for handing in, once it is over.
    closed: String,
    may_nominate: bool,
    may_check: bool,
    may_attest: bool,
    may_overrule: bool,
    /// Why facts or verdict changed since it was frozen.
    changed: Vec<CauseLine>,
    /// The verdict of now, where it differs.
    turned: String,
    refused: String,
    then: Then,
    works: Vec<WorkLine>,
    /// Shares that are full or overrun, while the nomination may still come in.
    full: Vec<String>,
    /// The forms it may come up for again, with the rule book's word on each.
    again: Vec<Choice>,
    /// Whether the verdict counts an initiative and none is chosen.
    works_open: bool,
}

/// A recognised initiative of the nominee.
struct WorkLine {
    id: InitiativeId,
    name: String,
    chosen: bool,
    taken: String,
}

/// Whether a condition on initiatives is met by one of the record.
fn counts_initiative(answer: &rules::AwardResult) -> bool {
    let all = answer.standards.iter().flat_map(|standard| &standard.conditions);
    all.flat_map(|one| one.of.iter().chain([one]))
        .any(|one| one.kind == "initiative" && one.verdict == rules::Finding::Met)
}

pub(super) async fn show_page(here: &Here, id: NominationId, form: Form, refused: String) -> Result<ShowPage, Refusal> {
    let ctx = here.ctx();
    let detail = queries::detail(&ctx, id).await.map_err(refusal)?;
    let names = identity::queries::names(&ctx).await.map_err(|error| Refusal::broken(&error))?;
    let events = detail.events.iter().map(|event| EventLine {
        when: kernel::clock::day_of(event.at).strftime("%d/%m/%Y").to_string(),
        who: event.account.and_then(|id| names.get(&id).cloned()).unwrap_or_else(|| "Hệ thống".to_owned()),
        what: verb(&event.verb),
        reason: event.reason.clone().unwrap_or_default(),
    });
    let events: Vec<EventLine> = events.collect();
    let one = &detail.nomination;
    let own = ctx.may_in(Permission::Nominate, one.unit).is_ok();
    let form = if form.value("tom-tat").is_empty() && form.is_good() {
        Form::filled([("tom-tat", one.summary.clone())])
    } else {
        form
    };
    let sent = submissions::queries::of_nomination(&ctx, id).await.map_err(crate::submissions::refusal)?;
    let waiting = one.state == NominationState::Submitted;
    let found = works::of_nominee(&ctx, one).await.map_err(refusal)?;
    let works_open = counts_initiative(&detail.answer) && !found.iter().any(|work| work.chosen);
    let since = reevaluation::of_nomination(&ctx, id).await.map_err(refusal)?;
    let turned = since.as_ref().filter(|one| one.was != Some(one.now)).map(|one| one.now.name_vi());
    Ok(ShowPage {
        frame: here.frame(&detail.line.name, Place::Awards).faulty(!form.is_good()),
        form,
        award: here.house.rules.award(one.award).name_vi.clone(),
        law_day: short_date(one.submitted_on.unwrap_or_else(|| ctx.today())),
        explanation: explain(&here.house.rules, &detail.answer),
        items: items(&detail),
        attested: detail
            .attested
            .iter()
            .map(|one| (one.statement.clone(), one.document.clone(), short_date(one.on)))
            .collect(),
        overrules: detail
            .overrules
            .iter()
            .map(|one| (if one.kind == "cap" { "Vượt tỷ lệ" } else { "Khác kết luận" }.to_owned(), one.reason.clone()))
            .collect(),
        events,
        changes: changes(&detail),
        sent: sent
            .iter()
            .map(|sent| {
                let (l, one) = (here.visit.lang, &sent.submission);
                let words = [stands(l, one), waits(l, sent)].join(" · ");
                (format!("/noi-bo/trinh-cap-tren/{}", one.id), format!("{}: {words}", one.number), one.state.kind())
            })
            .collect(),
        editable: one.is_editable() && own,
        closed: match one.state == NominationState::Returned || detail.campaign.takes(here.visit.today) {
            true => String::new(),
            false => short_date(detail.campaign.closes_on),
        },
        may_nominate: own
            && matches!(one.state, NominationState::Draft | NominationState::Returned | NominationState::Submitted),
        may_check: waiting && ctx.may(Permission::RunCampaign).is_ok(),
        may_attest: waiting && ctx.may(Permission::Attest).is_ok(),
        may_overrule: waiting && ctx.may(Permission::Overrule).is_ok(),
        changed: since.iter().flat_map(|one| &one.causes).map(|one| CauseLine::new(here.visit.lang, one)).collect(),
        turned: turned.unwrap_or_default().to_owned(),
        refused,
        works: found
            .into_iter()
            .map(|work| WorkLine {
                id: work.initiative.id,
                name: format!("{} – {}", work.initiative.code, work.initiative.name),
                chosen: work.chosen,
                taken: work.taken,
            })
            .collect(),
        works_open,
        full: overrun(here, &detail).await?,
        again: again::choices(here, one).await?,
        then: Typed::default().read(here, format!("/noi-bo/ho-so/{id}"), true),
        name: detail.line.name,
        title: detail.line.title,
        unit_name: detail.line.unit_name,
        campaign_name: detail.campaign.name,
        one: detail.nomination,
    })
}

/// The shares that are full or overrun, for a person whose nomination is not settled yet.
async fn overrun(here: &Here, detail: &Detail) -> Result<Vec<String>, Refusal> {
    use NominationState as S;
    let comes = matches!(detail.nomination.state, S::Draft | S::Returned | S::Submitted | S::Accepted);
    if !comes || !matches!(detail.nomination.recipient, Recipient::Person(_)) {
        return Ok(Vec::new());
    }
    let ctx = here.ctx();
    let mut tx = ctx.read().await.map_err(|error| Refusal::store(&error))?;
    Ok(full_shares(&queries::meters(&ctx, &mut tx, &detail.campaign).await.map_err(refusal)?))
}

fn items(detail: &Detail) -> Vec<ItemLine> {
    let id = detail.nomination.id;
    let files = |item: &str| {
        let of_item = detail.files.iter().filter(|file| file.item == item);
        let line = |file: &office::awards::model::DossierFile| FileLine {
            url: format!("/noi-bo/ho-so/{id}/tep/{}", file.id),
            drop_url: format!("/noi-bo/ho-so/{id}/tep/{}/bo", file.id),
            name: file.name.clone(),
            size: format!("{} KB", kernel::numbers::whole((file.size + 1023) / 1024)),
        };
        of_item.map(line).collect()
    };
    detail
        .items
        .iter()
        .map(|item| ItemLine {
            files: files(&item.id),
            id: item.id.clone(),
            words: item.text_vi.clone(),
            mandatory: item.mandatory,
            citation: item.citation.clone(),
        })
        .collect()
}

/// What the last submission changed against the one before.
fn changes(detail: &Detail) -> Vec<Change> {
    let [.., before, after] = detail.versions.as_slice() else { return Vec::new() };
    // A file that was replaced under its name is another one: its digest tells them apart.
    let files = |of: &office::awards::model::Snapshot, other: &office::awards::model::Snapshot| {
        let words = of.files.iter().map(|(item, name, digest)| {
            let replaced = other.files.iter().any(|one| (&one.0, &one.1) == (item, name) && one.2 != *digest)
                && !other.files.iter().any(|one| one.2 == *digest);
            if replaced { format!("{name} (SHA-256 {}…)", &digest[..12.min(digest.len())]) } else { name.clone() }
        });
        words.collect::<Vec<_>>().join(", ")
    };
    let mut changes = Vec::new();
    let mut note = |what, before: String, after: String| {
        if before != after {
            changes.push(Change { what, before, after });
        }
    };
    note("Tóm tắt thành tích", before.summary.clone(), after.summary.clone());
    note("Tên", before.name.clone(), after.name.clone());
    note("Chức vụ", before.title.clone(), after.title.clone());
    note("Đơn vị", before.unit_name.clone(), after.unit_name.clone());
    note("Thành tích", before.achievement.clone().unwrap_or_default(), after.achievement.clone().unwrap_or_default());
    note("Tệp", files(before, after), files(after, before));
    changes
}

fn verb(verb: &str) -> &'static str {
    match verb {
        "nomination.write" => "Lập hồ sơ",
        "nomination.submit" => "Nộp hồ sơ",
        "nomination.withdraw" => "Rút hồ sơ",
        "nomination.return" => "Trả lại để sửa",
        "nomination.attest" => "Xác nhận nội dung",
        "nomination.overrule" => "Quyết định ngoại lệ",
        "nomination.accept" => "Duyệt đủ hồ sơ",
        "nomination.evaluate" => "Đánh giá lại",
        "nomination.settle" => "Kết quả của Hội đồng",
        "nomination.send" => "Trình cấp trên",
        "nomination.not_granted" => "Cấp trên không khen thưởng",
        "nomination.decide" => "Có quyết định",
        "nomination.lower" => "Xét hình thức thấp hơn",
        "nomination.annul" => "Quyết định bị hủy bỏ",
        "nomination.revoke" => "Thu hồi khen thưởng",
        "nomination.resume" => "Đưa ra xét lại",
        _ => "Thay đổi",
    }
}

/// The page of a nomination as it stands, with the days that were typed for a past one.
pub(super) async fn page_of(here: &Here, id: NominationId, then: Then) -> Result<ShowPage, Refusal> {
    let shown = show_page(here, id, Form::empty(), String::new()).await?;
    Ok(ShowPage { then, ..shown })
}

pub async fn update(here: Here, Path(id): Path<NominationId>, mut form: Form) -> Answer {
    let summary = form.required_text("tom-tat", 3000, "Ghi tóm tắt thành tích");
    let version = form.choice("phien-ban", "Tải lại trang rồi sửa").unwrap_or_default();
    if !form.is_good() {
        return Ok(mend(&show_page(&here, id, form, String::new()).await?));
    }
    let ctx = here.ctx();
    let detail = queries::detail(&ctx, id).await.map_err(refusal)?;
    let achievement = detail.nomination.achievement;
    answered(&here, id, service::rewrite(&ctx, id, version, &summary, achievement).await).await
}

pub async fn submit(here: Here, Path(id): Path<NominationId>) -> Answer {
    answered(&here, id, service::submit(&here.ctx(), id).await).await
}

pub async fn withdraw(here: Here, Path(id): Path<NominationId>, form: Form) -> Answer {
    answered(&here, id, service::withdraw(&here.ctx(), id, &form.line("ly-do")).await).await
}

pub async fn give_back(here: Here, Path(id): Path<NominationId>, form: Form) -> Answer {
    answered(&here, id, review::give_back(&here.ctx(), id, form.value("ly-do")).await).await
}

pub async fn attest(here: Here, Path(id): Path<NominationId>, form: Form) -> Answer {
    let done = review::attest(&here.ctx(), id, form.value("noi-dung"), form.value("van-ban")).await;
    answered(&here, id, done.map(|_| ())).await
}

pub async fn overrule(here: Here, Path(id): Path<NominationId>, form: Form) -> Answer {
    answered(&here, id, review::overrule(&here.ctx(), id, form.value("loai"), form.value("ly-do")).await).await
}

pub async fn choose(here: Here, Path((id, initiative)): Path<(NominationId, InitiativeId)>) -> Answer {
    answered(&here, id, works::choose(&here.ctx(), id, initiative).await).await
}

pub async fn let_go(here: Here, Path((id, initiative)): Path<(NominationId, InitiativeId)>) -> Answer {
    answered(&here, id, works::let_go(&here.ctx(), id, initiative).await).await
}

pub async fn accept(here: Here, Path(id): Path<NominationId>) -> Answer {
    answered(&here, id, review::accept(&here.ctx(), id).await).await
}

/// Back to the nomination; a no of the world is said on its page.
pub(super) async fn answered(
    here: &Here,
    id: NominationId,
    done: Result<(), AwardsError>,
) -> Result<Response, Refusal> {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/noi-bo/ho-so/{id}")).into_response()),
        Err(error @ (AwardsError::Denied(_) | AwardsError::Store(_) | AwardsError::Unknown(_))) => Err(refusal(error)),
        Err(error) => Ok(mend(&show_page(here, id, Form::empty(), sentence(&error)).await?)),
    }
}
