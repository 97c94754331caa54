//! A nomination: written, handed in, checked, explained.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::Permission;
use kernel::numbers::short_date;
use office::awards::model::{Campaign, CampaignState, Nomination, NominationId, NominationState};
use office::awards::queries::{self, Detail};
use office::awards::service;
use office::awards::{AwardsError, reevaluation, review, works};
use office::identity;
use office::organization::Recipient;
use office::records::model::InitiativeId;
use office::submissions::{self, model::StateKind};

use super::again;
use super::campaigns::full_shares;
use super::evidence::{self, Behind};
use super::explain::{Explanation, explain_from};
use super::reevaluation::CauseLine;
use super::refusal;
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence};
use crate::submissions::{stands, waits};
use crate::then::{Then, Typed};

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
    may_give_back: bool,
    may_attest: bool,
    /// What the chief may decide otherwise; none where it is not the visitor's to decide, or not now.
    exceptions: Vec<Choice>,
    /// The statements that settle what is unknown, with their conditions.
    statements: Vec<(String, String)>,
    /// The nominee's achievements, of which one may be named; none while it cannot be changed.
    achievements: Vec<Choice>,
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

/// Whether it is accepted while its campaign still weighs the shares: it may be given back or let in over one.
fn counts_in_caps(one: &Nomination, campaign: &Campaign) -> bool {
    let weighing = matches!(campaign.state, CampaignState::Open | CampaignState::Closed);
    one.state == NominationState::Accepted && weighing
}

/// What the chief may decide otherwise: a verdict while it is checked, a share also once it is accepted.
fn exceptions(here: &Here, waiting: bool, counted: bool) -> Vec<Choice> {
    let l = here.visit.lang;
    let verdict = Choice::new("verdict", l.t("Quyết định khác kết luận"));
    let cap = Choice::new("cap", l.t("Cho phép vượt tỷ lệ"));
    let mut offered = Vec::new();
    offered.extend(waiting.then_some(verdict));
    offered.extend((waiting || counted).then_some(cap));
    offered
}

/// The achievements a nomination may rest on; none when the nominee left the unit that nominates.
async fn achievements(here: &Here, one: &Nomination) -> Result<Vec<Choice>, Refusal> {
    match queries::achievements(&here.ctx(), one.recipient, one.unit).await {
        Ok(found) => {
            Ok(found.iter().map(|one| Choice::new(one.id, format!("{} – {}", one.code, one.summary))).collect())
        }
        Err(AwardsError::OtherUnit | AwardsError::Unknown(_)) => Ok(Vec::new()),
        Err(error) => Err(refusal(error)),
    }
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
    let mut form = form;
    if form.value("tom-tat").is_empty() && form.is_good() {
        form.set("tom-tat", one.summary.clone());
        form.set("thanh-tich", one.achievement.map(|id| id.to_string()).unwrap_or_default());
    }
    let sent = submissions::queries::of_nomination(&ctx, id).await.map_err(crate::submissions::refusal)?;
    let waiting = one.state == NominationState::Submitted;
    let counted = counts_in_caps(one, &detail.campaign);
    let editable = one.is_editable() && own;
    let home = evidence::home(here, one.recipient).await?;
    let behind = Behind { facts: detail.facts.as_ref(), sources: Some(&detail.sources), home };
    let explanation = explain_from(&here.house.rules, &detail.answer, &behind);
    let found = works::of_nominee(&ctx, one).await.map_err(refusal)?;
    let works_open = counts_initiative(&detail.answer) && !found.iter().any(|work| work.chosen);
    let since = reevaluation::of_nomination(&ctx, id).await.map_err(refusal)?;
    let turned = since.as_ref().filter(|one| one.was != Some(one.now)).map(|one| one.now.name_vi());
    Ok(ShowPage {
        frame: here.frame(&detail.line.name, Place::Awards).faulty(!form.is_good()),
        form,
        award: here.house.rules.award(one.award).name_vi.clone(),
        law_day: short_date(one.submitted_on.unwrap_or_else(|| ctx.today())),
        statements: explanation.statements(),
        explanation,
        achievements: if editable { achievements(here, one).await? } else { Vec::new() },
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
        editable,
        closed: match one.state == NominationState::Returned || detail.campaign.takes(here.visit.today) {
            true => String::new(),
            false => short_date(detail.campaign.closes_on),
        },
        may_nominate: own
            && matches!(one.state, NominationState::Draft | NominationState::Returned | NominationState::Submitted),
        may_check: waiting && ctx.may(Permission::RunCampaign).is_ok(),
        may_give_back: (waiting || counted) && ctx.may(Permission::RunCampaign).is_ok(),
        may_attest: waiting && ctx.may(Permission::Attest).is_ok(),
        exceptions: match ctx.may(Permission::Overrule) {
            Ok(()) => exceptions(here, waiting, counted),
            Err(_) => Vec::new(),
        },
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
    let ctx = here.ctx();
    // A form that offers no achievements says nothing about the one that is named.
    let achievement = match form.all("thanh-tich").first().map(String::as_str) {
        None => queries::detail(&ctx, id).await.map_err(refusal)?.nomination.achievement,
        Some("") => None,
        Some(_) => form.choice("thanh-tich", "Chọn thành tích trong danh sách"),
    };
    if !form.is_good() {
        return Ok(mend(&show_page(&here, id, form, String::new()).await?));
    }
    match service::rewrite(&ctx, id, version, &summary, achievement).await {
        Err(error @ (AwardsError::SameAchievement { .. } | AwardsError::SameForm { .. })) => {
            form.refuse("thanh-tich", sentence(&error));
            Ok(mend(&show_page(&here, id, form, String::new()).await?))
        }
        done => answered_filled(&here, id, form, done).await,
    }
}

pub async fn submit(here: Here, Path(id): Path<NominationId>) -> Answer {
    answered(&here, id, service::submit(&here.ctx(), id).await).await
}

pub async fn withdraw(here: Here, Path(id): Path<NominationId>, mut form: Form) -> Answer {
    form.keep_as("ly-do-rut", "ly-do");
    let done = service::withdraw(&here.ctx(), id, &form.line("ly-do")).await;
    answered_filled(&here, id, form, done).await
}

pub async fn give_back(here: Here, Path(id): Path<NominationId>, mut form: Form) -> Answer {
    form.keep_as("ly-do-tra", "ly-do");
    let done = review::give_back(&here.ctx(), id, form.value("ly-do")).await;
    answered_filled(&here, id, form, done).await
}

pub async fn attest(here: Here, Path(id): Path<NominationId>, mut form: Form) -> Answer {
    let done = review::attest(&here.ctx(), id, form.value("noi-dung"), form.value("van-ban")).await;
    let statement = form.value("noi-dung").to_owned();
    form.keep_as(&statement, "van-ban");
    answered_filled(&here, id, form, done.map(|_| ())).await
}

pub async fn overrule(here: Here, Path(id): Path<NominationId>, mut form: Form) -> Answer {
    form.keep_as("ly-do-ngoai-le", "ly-do");
    let done = review::overrule(&here.ctx(), id, form.value("loai"), form.value("ly-do")).await;
    answered_filled(&here, id, form, done).await
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
    answered_filled(here, id, Form::empty(), done).await
}

/// The same, with what was typed still in its place.
pub(super) async fn answered_filled(
    here: &Here,
    id: NominationId,
    form: Form,
    done: Result<(), AwardsError>,
) -> Result<Response, Refusal> {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/noi-bo/ho-so/{id}")).into_response()),
        Err(error @ (AwardsError::Denied(_) | AwardsError::Store(_) | AwardsError::Unknown(_))) => Err(refusal(error)),
        Err(error) => Ok(mend(&show_page(here, id, form, sentence(&error)).await?)),
    }
}
