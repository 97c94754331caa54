//! My work: what waits for whoever signed in, each with a way there.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use kernel::numbers::short_date;
use kernel::{Permission, Role};
use office::awards::adoptions;
use office::awards::model::{Campaign, NominationState};
use office::awards::progress::{self, Progress};
use office::awards::queries::{self as awards, Nominated};
use office::awards::reevaluation::{self, Changed};
use office::council::model::MeetingState;
use office::council::queries as council;
use office::deadlines::model::{Coming, ComingKind};
use office::deadlines::queries as deadlines;
use office::decisions::amendments;
use office::decisions::model::DecisionState;
use office::decisions::queries as decisions;
use office::identity::queries as accounts;
use office::organization::queries::{self as organization, Filter};
use office::submissions::model::StateKind;
use office::submissions::queries as submissions;

use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, show};

/// One thing that waits.
pub(super) struct Waiting {
    pub tone: &'static str,
    pub word: &'static str,
    pub what: String,
    pub more: String,
    pub url: String,
}

#[derive(Template)]
#[template(path = "home/mine.html")]
struct MinePage {
    frame: Frame,
    work: Arc<Work>,
}

/// What waits, and for whoever runs campaigns what is coming.
struct Work {
    waiting: Vec<Waiting>,
    coming: Option<Vec<ComingLine>>,
}

/// A day that is coming.
struct ComingLine {
    iso: String,
    day: String,
    year: i16,
    kind: &'static str,
    what: String,
    more: String,
    left: String,
    off: String,
    url: String,
}

pub async fn mine(here: Here) -> Answer {
    let work = here.ctx().kept(here.visit.lang.code(), work(&here)).await?;
    Ok(show(&MinePage { frame: here.frame(here.visit.lang.t("Việc của tôi"), Place::Home), work }))
}

async fn work(here: &Here) -> Result<Work, Refusal> {
    let mut waiting = Vec::new();
    let reads = may(here, Permission::ReadNominations);
    let campaigns = if reads || may(here, Permission::RunCampaign) {
        awards::campaigns(&here.ctx()).await.map_err(|error| Refusal::broken(&error))?
    } else {
        Vec::new()
    };
    first_steps(here, &campaigns, &mut waiting).await?;
    super::programmes::waiting(here, &mut waiting).await?;
    super::tasks::waiting(here, &mut waiting).await?;
    super::targets::waiting(here, &mut waiting).await?;
    super::inspections::waiting(here, &mut waiting).await?;
    super::petitions::waiting(here, &mut waiting).await?;
    super::dialogues::waiting(here, &mut waiting).await?;
    super::initiatives::waiting(here, &mut waiting).await?;
    super::newsroom::waiting(here, &mut waiting).await?;
    if reads {
        nominations(here, &campaigns, &mut waiting).await?;
    }
    if may(here, Permission::Vote) {
        meetings(here, &mut waiting).await?;
    }
    if may(here, Permission::SignDecision) {
        drafts(here, &mut waiting).await?;
    }
    if may(here, Permission::RunCampaign) {
        higher_levels(here, &mut waiting).await?;
    }
    if may(here, Permission::KeepFund) {
        super::fund::waiting(here, &mut waiting).await?;
    }
    if may(here, Permission::ConfirmRules) {
        rules(here, &mut waiting).await?;
    }
    let coming = if may(here, Permission::RunCampaign) { Some(coming(here).await?) } else { None };
    Ok(Work { waiting, coming })
}

/// What is coming within a year, for whoever runs campaigns.
async fn coming(here: &Here) -> Result<Vec<ComingLine>, Refusal> {
    let (ctx, l) = (here.ctx(), here.visit.lang);
    let found = deadlines::coming(&ctx).await.map_err(|error| Refusal::broken(&error))?;
    let line = |one: Coming| ComingLine {
        iso: one.on.to_string(),
        day: format!("{:02}/{:02}", one.on.day(), one.on.month()),
        year: one.on.year(),
        kind: l.t(one.kind.name_vi()),
        what: one.what,
        more: one.more,
        left: match ctx.today().until(one.on).map_or(0, |span| span.get_days()) {
            0 => l.t("hôm nay").to_owned(),
            days => format!("{} {days} {}", l.t("còn"), l.t("ngày")),
        },
        off: one.off.unwrap_or_default(),
        url: match (one.campaign, one.kind) {
            (Some(id), ComingKind::Consultation) => format!("/noi-bo/y-kien/{id}"),
            (Some(id), _) => format!("/noi-bo/khen-thuong/{id}"),
            (None, _) => "/noi-bo/can-cu".to_owned(),
        },
    };
    Ok(found.into_iter().map(line).collect())
}

/// What a house without units, people or a campaign needs next, in that order.
async fn first_steps(here: &Here, campaigns: &[Campaign], waiting: &mut Vec<Waiting>) -> Result<(), Refusal> {
    let step = |what: &str, more: &str, url: &str| Waiting {
        tone: "warn",
        word: "bước đầu",
        what: what.to_owned(),
        more: more.to_owned(),
        url: url.to_owned(),
    };
    let ctx = here.ctx();
    // Where a campaign runs, there are units and people.
    if may(here, Permission::ManagePeople) && campaigns.is_empty() {
        let mut tx = ctx.read().await.map_err(|error| Refusal::store(&error))?;
        let units = organization::units(&mut tx, ctx.today()).await.map_err(|error| Refusal::store(&error))?;
        drop(tx);
        if units.is_empty() {
            let more = "Mỗi đơn vị có một mã; cán bộ, hồ sơ và quyền đều gắn với đơn vị";
            waiting.push(step("Thêm các đơn vị", more, "/noi-bo/don-vi"));
            return Ok(());
        }
        let filter = Filter { unit: None, text: String::new(), day: ctx.today() };
        let first = organization::people(&ctx, &filter, &organization::Place::beginning(), 1).await;
        if first.map_err(|error| Refusal::broken(&error))?.is_empty() {
            let more = "Tải tệp mẫu, điền, thử rồi nhập";
            waiting.push(step("Nhập danh sách cán bộ", more, "/noi-bo/con-nguoi/nhap"));
            return Ok(());
        }
    }
    if may(here, Permission::ManageAccounts) {
        let found = accounts::list(&ctx).await.map_err(|error| Refusal::broken(&error))?;
        if found.len() < 2 {
            let more = "Cấp vai trò Thường trực thi đua và Lãnh đạo trước; mỗi người nhận một liên kết dùng một lần";
            waiting.push(step("Mở tài khoản cho mọi người", more, "/noi-bo/tai-khoan"));
        }
    }
    if may(here, Permission::RunCampaign) && campaigns.is_empty() {
        let more = "Trước đó: thông qua và xác nhận các quy định ở trang Căn cứ pháp lý";
        waiting.push(step("Mở đợt xét đầu tiên", more, "/noi-bo/khen-thuong"));
    }
    Ok(())
}

fn may(here: &Here, permission: Permission) -> bool {
    here.ctx().may(permission).is_ok()
}

/// Campaigns by their state, and the nominations in them that wait for this visitor.
async fn nominations(here: &Here, campaigns: &[Campaign], waiting: &mut Vec<Waiting>) -> Result<(), Refusal> {
    let ctx = here.ctx();
    let (writes, runs, overrules) =
        (may(here, Permission::Nominate), may(here, Permission::RunCampaign), may(here, Permission::Overrule));
    let mut states = Vec::new();
    states.extend(writes.then_some([NominationState::Draft, NominationState::Returned]).into_iter().flatten());
    states.extend(overrules.then_some(NominationState::Submitted));
    let found = awards::in_states(&ctx, &states).await.map_err(|error| Refusal::broken(&error))?;
    let to_check = match runs {
        true => awards::to_check(&ctx).await.map_err(|error| Refusal::broken(&error))?,
        false => BTreeMap::new(),
    };
    let mut tx = ctx.read().await.map_err(|error| Refusal::store(&error))?;
    let come = progress::of(&ctx, &mut tx, campaigns).await.map_err(|error| Refusal::broken(&error))?;
    drop(tx);
    for campaign in campaigns {
        let Some(come) = come.get(&campaign.id).copied().filter(|come| !come.is_over()) else { continue };
        let here_in = found.iter().filter(|one| one.campaign == campaign.id);
        if writes {
            waiting.extend(here_in.clone().filter_map(|one| own(here, campaign, one)));
        }
        if runs {
            waiting.push(running(campaign, come, to_check.get(&campaign.id).copied().unwrap_or_default()));
            let changed = reevaluation::touched(&ctx, campaign.id).await;
            waiting.extend(altered(campaign, &changed.map_err(|error| Refusal::broken(&error))?));
        }
        if overrules {
            waiting.extend(here_in.filter_map(|one| undecided(campaign, one)));
        }
    }
    Ok(())
}

/// A nomination that its unit must still hand in.
fn own(here: &Here, campaign: &Campaign, one: &Nominated) -> Option<Waiting> {
    let mine = here.ctx().may_in(Permission::Nominate, one.unit).is_ok();
    let waits = matches!(one.state, NominationState::Draft | NominationState::Returned);
    (mine && waits).then(|| Waiting {
        tone: one.state.tone(),
        word: one.state.name_vi(),
        what: one.name.clone(),
        more: match campaign.takes(here.visit.today) {
            true => format!("{} · hạn nộp {}", campaign.name, short_date(campaign.closes_on)),
            false => format!("{} · hết nhận hồ sơ, ngày cuối là {}", campaign.name, short_date(campaign.closes_on)),
        },
        url: format!("/noi-bo/ho-so/{}", one.id),
    })
}

/// A nomination about which the rule book did not say yes, for whoever may decide otherwise.
fn undecided(campaign: &Campaign, one: &Nominated) -> Option<Waiting> {
    let doubted = |said: &rules::Verdict| matches!(said, rules::Verdict::NotEligible | rules::Verdict::Undetermined);
    let verdict = one.verdict.filter(doubted)?;
    (one.state == NominationState::Submitted).then(|| Waiting {
        tone: "warn",
        word: "cần quyết định",
        what: one.name.clone(),
        more: format!("{} · {}", verdict.name_vi(), campaign.name),
        url: format!("/noi-bo/ho-so/{}", one.id),
    })
}

/// A campaign for whoever runs it, with how many nominations were handed in and not checked yet.
fn running(campaign: &Campaign, come: Progress, to_check: i64) -> Waiting {
    let until = match come {
        Progress::Open => "nhận hồ sơ đến hết",
        _ => "ngày cuối nhận hồ sơ là",
    };
    Waiting {
        tone: come.tone(),
        word: come.name_vi(),
        what: campaign.name.clone(),
        more: format!("{to_check} hồ sơ chờ kiểm tra · {until} {}", short_date(campaign.closes_on)),
        url: format!("/noi-bo/khen-thuong/{}?trang_thai={}", campaign.id, NominationState::Submitted.code()),
    }
}

/// A campaign in which facts or verdicts changed since they were frozen, and the cause that touched most.
fn altered(campaign: &Campaign, changed: &[Changed]) -> Option<Waiting> {
    let groups = reevaluation::grouped(changed);
    let first = groups.first()?;
    Some(Waiting {
        tone: "warn",
        word: "đã thay đổi",
        what: format!("{} hồ sơ thay đổi từ lần đánh giá gần nhất", changed.len()),
        more: format!("{} hồ sơ đổi vì {} · {}", first.nominations.len(), first.cause.words, campaign.name),
        url: format!("/noi-bo/khen-thuong/{}/thay-doi", campaign.id),
    })
}

/// Meetings whose ballot is open.
async fn meetings(here: &Here, waiting: &mut Vec<Waiting>) -> Result<(), Refusal> {
    if !here.visit.actor.is(Role::Member, here.visit.today) {
        return Ok(());
    }
    let found = council::meetings(&here.ctx()).await.map_err(|error| Refusal::broken(&error))?;
    waiting.extend(found.into_iter().filter(|one| one.state == MeetingState::Open).map(|one| Waiting {
        tone: "warn",
        word: one.state.name_vi(),
        what: format!("Phiên họp ngày {}", short_date(one.held_on)),
        more: one.place,
        url: format!("/noi-bo/hoi-dong/phieu/{}", one.id),
    }));
    Ok(())
}

/// Decisions that wait for a signature, and changes of issued ones that somebody else proposed.
async fn drafts(here: &Here, waiting: &mut Vec<Waiting>) -> Result<(), Refusal> {
    let proposed = amendments::all_waiting(&here.ctx()).await.map_err(|error| Refusal::broken(&error))?;
    let foreign = proposed.into_iter().filter(|(one, _)| one.proposed_by != here.visit.actor.account);
    waiting.extend(foreign.map(|(one, decision)| Waiting {
        tone: "warn",
        word: "chờ duyệt",
        what: format!("Đề nghị {} – Quyết định số {}", one.kind.name_vi(), decision.number_text()),
        more: one.reason,
        url: format!("/noi-bo/quyet-dinh/{}", decision.id),
    }));
    let found = decisions::list(&here.ctx()).await.map_err(|error| Refusal::broken(&error))?;
    waiting.extend(found.into_iter().filter(|one| one.state == DecisionState::Draft).map(|one| Waiting {
        tone: "warn",
        word: "chờ ký",
        what: format!("Dự thảo quyết định …/{} năm {}", one.series, one.year),
        more: format!("{} {}", one.capacity, one.signer),
        url: format!("/noi-bo/quyet-dinh/{}", one.id),
    }));
    Ok(())
}

/// What a higher level gave back to supplement, and what the council passed and nobody has sent there.
async fn higher_levels(here: &Here, waiting: &mut Vec<Waiting>) -> Result<(), Refusal> {
    let ctx = here.ctx();
    let returned = submissions::Filter { state: Some(StateKind::Returned), ..submissions::Filter::default() };
    let returned = submissions::list(&ctx, &returned).await.map_err(|error| Refusal::broken(&error))?;
    waiting.extend(returned.into_iter().map(|sent| Waiting {
        tone: StateKind::Returned.tone(),
        word: StateKind::Returned.name_vi(),
        what: format!("Tờ trình số {}", sent.submission.number),
        more: format!("{} · {}", sent.submission.at(), sent.submission.state.reason().unwrap_or_default()),
        url: format!("/noi-bo/trinh-cap-tren/{}", sent.submission.id),
    }));
    let passed = submissions::to_send(&ctx).await.map_err(|error| Refusal::broken(&error))?;
    if !passed.is_empty() {
        waiting.push(Waiting {
            tone: "warn",
            word: "chờ trình",
            what: format!("{} hồ sơ Hội đồng đã thông qua chờ trình cấp trên", passed.len()),
            more: some_of(&passed.into_iter().map(|one| one.name).collect::<Vec<_>>()),
            url: "/noi-bo/trinh-cap-tren".to_owned(),
        });
    }
    Ok(())
}

/// Rules that are about to lose their ground, and those that wait for a confirmation: one line each, or a list of
/// twenty would bury the day's work.
async fn rules(here: &Here, waiting: &mut Vec<Waiting>) -> Result<(), Refusal> {
    let book = &here.house.rules;
    let today = here.visit.today;
    let standing = adoptions::read(&here.ctx()).await.map_err(|error| Refusal::broken(&error))?;
    let waits = adoptions::waiting(book, today, &standing);
    waiting.extend(crate::law::attention(book, today, &waits).into_iter().map(|(act, rules)| Waiting {
        tone: "warn",
        word: "căn cứ cần xem lại",
        what: format!("{act}: {} quy tắc chưa có bản kế tiếp", rules.len()),
        more: some_of(&rules),
        url: "/noi-bo/luat/van-ban".to_owned(),
    }));
    let due: Vec<String> = waits.iter().map(|one| one.rule.title_vi.clone()).collect();
    if !due.is_empty() {
        waiting.push(Waiting {
            tone: "warn",
            word: "căn cứ cần xem lại",
            what: format!("{} quy tắc cần đối chiếu với văn bản", due.len()),
            more: some_of(&due),
            url: "/noi-bo/can-cu#cho-xac-nhan".to_owned(),
        });
    }
    Ok(())
}

/// The first of some titles, and how many more there are.
fn some_of(titles: &[String]) -> String {
    const SHOWN: usize = 3;
    let different: std::collections::BTreeSet<&str> = titles.iter().map(String::as_str).collect();
    let first = different.iter().take(SHOWN).copied().collect::<Vec<_>>().join("; ");
    match titles.iter().filter(|title| !different.iter().take(SHOWN).any(|shown| shown == title)).count() {
        0 => first,
        more => format!("{first} và {more} mục khác"),
    }
}
