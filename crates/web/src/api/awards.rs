//! Campaigns and nominations: read with verdict and reasons, written, handed in, taken back.

use std::collections::BTreeMap;

use kernel::id::UnitId;
use kernel::{Date, Permission};
use office::StoreError;
use office::awards::model::{CampaignId, FactSource, Nomination, NominationId};
use office::awards::past;
use office::awards::progress::{self, Progress};
use office::awards::queries::{self, Detail, Nominated};
use office::awards::service::{self, NewNomination};
use office::awards::{AwardsError, Campaign};
use rules::{AwardCode, AwardResult};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::Operation;
use super::answer::{Given, give, give_version, made};
use super::asked::{Asked, Of, Seen, Sent, known_on};
use super::page::{List, Paging, bad_cursor};
use super::records::{RECIPIENT, recipient};
use crate::awards::explain::searched;
use crate::doors::{Doors, Need};
use crate::here::Here;
use crate::page::{Refusal, sentence};

/// The doors of this file.
pub fn doors(doors: Doors) -> Doors {
    let read = Need::May(Permission::ReadNominations);
    let nominate = Need::May(Permission::Nominate);
    let all = Operation::get("/api/v1/campaigns", read, "Các đợt xét khen thưởng");
    let list = Operation::get("/api/v1/campaigns/{campaign}/nominations", read, "Hồ sơ đề nghị của một đợt xét");
    let one = Operation::get("/api/v1/nominations/{nomination}", read, "Một hồ sơ đề nghị, kết luận và lý do");
    let new = Operation::make("/api/v1/nominations", nominate, "Lập hồ sơ đề nghị (bản nháp của đơn vị)");
    let hand = Operation::post("/api/v1/nominations/{nomination}/submit", nominate, "Nộp hồ sơ đề nghị");
    let back = Operation::post("/api/v1/nominations/{nomination}/withdraw", nominate, "Rút hồ sơ đề nghị");
    doors
        .api(all.asks::<Paging>().gives::<List<OneCampaign>>(), campaigns)
        .api(list.asks::<ListAsked>().gives::<List<Line>>(), nominations)
        .api(one.asks::<Days>().gives::<OneNomination>().versioned(), show)
        .api(new.takes::<Written>().gives::<OneNomination>().versioned(), create)
        .api(hand.gives::<OneNomination>().needs_version(), submit)
        .api(back.takes::<Reason>().gives::<OneNomination>().needs_version(), withdraw)
}

/// A campaign.
#[derive(Serialize, JsonSchema)]
struct OneCampaign {
    id: Uuid,
    name: String,
    /// The plan's occasion.
    occasion: String,
    year: i16,
    clause: String,
    /// The last day for nominations.
    closes_on: Date,
    state: &'static str,
    /// How far it has come, told by its last day and its nominations: `open`, `ended`, `closed`, `consultation`,
    /// `council`, `voting`, `passed`, `above`, `partly`, `decided`, `annulled` or `over`.
    progress: &'static str,
    version: i64,
}

impl OneCampaign {
    fn new(one: Campaign, come: Progress) -> Self {
        Self {
            id: one.id.0,
            name: one.name,
            occasion: one.occasion,
            year: one.year,
            clause: one.clause,
            closes_on: one.closes_on,
            state: one.state.code(),
            progress: come.code(),
            version: one.version,
        }
    }
}

/// A nomination in a list.
#[derive(Serialize, JsonSchema)]
struct Line {
    id: Uuid,
    award: String,
    recipient: String,
    /// The name, as it was at submission.
    name: String,
    title: String,
    unit: Uuid,
    unit_name: String,
    state: &'static str,
    /// The day on which the decision that named it was annulled as a whole; none while one stands.
    annulled_on: Option<Date>,
    /// What the rule book said: `eligible`, `not_eligible` or `undetermined`; none for a draft.
    verdict: Option<&'static str>,
}

impl From<&Nominated> for Line {
    fn from(one: &Nominated) -> Self {
        Self {
            id: one.id.0,
            award: one.award.to_string(),
            recipient: one.recipient.to_string(),
            name: one.name.clone(),
            title: one.title.clone(),
            unit: one.unit.0,
            unit_name: one.unit_name.clone(),
            state: one.state.code(),
            annulled_on: one.annulled_on,
            verdict: one.verdict.map(rules::Verdict::code),
        }
    }
}

/// A nomination with its verdict and the reasons.
#[derive(Serialize, JsonSchema)]
struct OneNomination {
    #[serde(flatten)]
    line: Line,
    campaign: Uuid,
    summary: String,
    achievement: Option<Uuid>,
    submitted_on: Option<Date>,
    version: i64,
    /// What the rule book answers: frozen once handed in, live before. As `thidua rules evaluate` prints it.
    /// None when it was not kept on the day that is asked for.
    explanation: Option<Value>,
    /// What each verdict of the explanation rests on, rule by rule.
    evidence: Vec<Evidence>,
    /// What the dossier must hold, and whether a file is there: of now.
    papers: Vec<Paper>,
    /// Which days it is told of; none for now.
    as_of: Option<AsOf>,
}

/// What one rule was read against.
#[derive(Serialize, JsonSchema)]
struct Evidence {
    /// The guard or standard, as `explanation` names it.
    rule: String,
    /// The kind of the standard's condition; none for a guard.
    condition: Option<String>,
    /// What it said: `clear`, `blocked`, `met`, `not_met` or `unknown`.
    verdict: &'static str,
    /// The entries that were read.
    records: Vec<EvidenceRecord>,
    /// What was searched, in a sentence.
    words: String,
}

/// A fact that was read.
#[derive(Serialize, JsonSchema)]
struct EvidenceRecord {
    /// The fact, as `explanation` names it: `ratings[0]`; a key without a number is the whole of it.
    fact: String,
    /// The register that holds the entry; none for what no register holds.
    register: Option<String>,
    /// The entry's id in that register.
    entry: Option<Uuid>,
}

/// What each verdict of an answer rests on.
fn evidence(answer: &AwardResult, sources: &BTreeMap<String, FactSource>) -> Vec<Evidence> {
    let record = |fact: &String| {
        let source = sources.get(fact);
        EvidenceRecord {
            fact: fact.clone(),
            register: source.map(|source| source.register.clone()),
            entry: source.map(|source| source.id),
        }
    };
    let guards = answer.guards.iter().map(|guard| {
        let read = if guard.records.is_empty() { &guard.searched } else { &guard.records };
        Evidence {
            rule: guard.id.clone(),
            condition: None,
            verdict: guard.verdict.code(),
            records: read.iter().map(record).collect(),
            words: guard.reason.clone().unwrap_or_else(|| searched(read)),
        }
    });
    let standards = answer.standards.iter().flat_map(|standard| {
        standard.conditions.iter().map(move |one| Evidence {
            rule: standard.id.clone(),
            condition: Some(one.kind.clone()),
            verdict: one.verdict.code(),
            records: one.records.iter().map(record).collect(),
            words: one.missing.clone().unwrap_or_else(|| searched(&one.records)),
        })
    });
    guards.chain(standards).collect()
}

/// The days of which something is told.
#[derive(Serialize, JsonSchema)]
struct AsOf {
    /// As it stood at the end of this day.
    known_on: Option<Date>,
    /// The day whose law was applied.
    law_on: Date,
    /// The day on which the answer was frozen; none when it was computed for this question.
    frozen_on: Option<Date>,
}

/// The days that are asked for.
#[derive(Deserialize, JsonSchema)]
struct Days {
    /// As it stood at the end of this day; now when left out.
    known_on: Option<Date>,
    /// By the law of this day; by the law of the nomination's own when left out.
    law_on: Option<Date>,
}

/// Which page of a campaign's nominations, and as it stood on which day.
#[derive(Deserialize, JsonSchema)]
struct ListAsked {
    /// As they stood at the end of this day; now when left out.
    known_on: Option<Date>,
    /// The cursor from `next` of the page before.
    #[serde(default)]
    cursor: String,
    /// How many lines at most: 1 to 200, 50 when left out.
    limit: Option<usize>,
}

/// An item of the dossier.
#[derive(Serialize, JsonSchema)]
struct Paper {
    item: String,
    words: String,
    mandatory: bool,
    present: bool,
}

async fn campaigns(here: Here, Asked(paging): Asked<Paging>) -> Given {
    let ctx = here.ctx();
    let all = queries::campaigns(&ctx).await.map_err(said)?;
    let mut tx = ctx.read().await.map_err(|error| Refusal::store(&error))?;
    let come = progress::of(&ctx, &mut tx, &all).await.map_err(said)?;
    let known = all.into_iter().filter_map(|one| Some((come.get(&one.id).copied()?, one)));
    let all = known.map(|(come, one)| OneCampaign::new(one, come)).collect();
    give(&List::from_all(all, &paging, |one: &OneCampaign| one.id.to_string())?)
}

async fn nominations(here: Here, Of(id): Of<CampaignId>, Asked(asked): Asked<ListAsked>) -> Given {
    let ctx = here.ctx();
    let known_on = known_on(&here, asked.known_on)?;
    let paging = Paging { cursor: asked.cursor, limit: asked.limit };
    let limit = paging.limit()?;
    let after = match paging.after()? {
        None => None,
        Some(key) => Some(key.parse::<NominationId>().map_err(|_| bad_cursor())?),
    };
    let mut tx = ctx.read().await.map_err(|error| Refusal::store(&error))?;
    queries::campaign(&mut tx, id).await.map_err(said)?;
    if let Some(day) = known_on {
        let then = past::list(&ctx, &mut tx, id, day).await.map_err(said)?;
        let all = then.lines.iter().map(Line::from).collect();
        return give(&List::from_all(all, &paging, |one: &Line| one.id.to_string())?);
    }
    let lines = queries::list_after(&ctx, &mut tx, id, after, limit + 1).await.map_err(said)?;
    give(&List::of(lines.iter().map(Line::from).collect(), limit, |one: &Line| one.id.to_string()))
}

/// A nomination as it can be read now.
async fn read(here: &Here, id: NominationId) -> Result<(OneNomination, i64), Refusal> {
    let Detail { nomination, line, answer, sources, items, files, .. } =
        queries::detail(&here.ctx(), id).await.map_err(said)?;
    let Nomination { campaign, summary, achievement, submitted_on, version, .. } = nomination;
    let paper = |one: rules::DossierItem| Paper {
        present: files.iter().any(|file| file.item == one.id),
        item: one.id,
        words: one.text_vi,
        mandatory: one.mandatory,
    };
    let one = OneNomination {
        line: Line::from(&line),
        campaign: campaign.0,
        summary,
        achievement,
        submitted_on,
        version,
        evidence: evidence(&answer, &sources),
        explanation: Some(serde_json::to_value(&answer).map_err(|error| Refusal::broken(&error))?),
        papers: items.into_iter().map(paper).collect(),
        as_of: None,
    };
    Ok((one, version))
}

async fn show(here: Here, Of(id): Of<NominationId>, Asked(days): Asked<Days>) -> Given {
    let known_on = known_on(&here, days.known_on)?;
    let (mut one, version) = read(&here, id).await?;
    if known_on.is_some() || days.law_on.is_some() {
        let days = past::Days { known_on, law_on: days.law_on };
        let then = past::verdict(&here.ctx(), id, days).await.map_err(said)?;
        one.line = Line::from(&then.line);
        one.line.verdict = then.answer.as_ref().map(|answer| answer.verdict.code());
        one.summary = then.summary;
        one.submitted_on = one.submitted_on.filter(|on| known_on.is_none_or(|day| *on <= day));
        one.evidence = then.answer.as_ref().map(|answer| evidence(answer, &then.sources)).unwrap_or_default();
        one.explanation =
            then.answer.as_ref().map(serde_json::to_value).transpose().map_err(|e| Refusal::broken(&e))?;
        one.as_of = Some(AsOf { known_on, law_on: then.law_on, frozen_on: then.frozen_on });
    }
    give_version(&one, version)
}

/// A nomination to be written.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Written {
    campaign: Uuid,
    /// The award's code: `giay_khen`.
    award: String,
    /// `person:ID`, `unit:ID` or `enterprise:ID`.
    recipient: String,
    /// The unit that nominates.
    unit: Uuid,
    /// The achievement in the recipient's record that it rests on.
    achievement: Option<Uuid>,
    summary: String,
}

async fn create(here: Here, Sent(sent): Sent<Written>) -> Given {
    let Ok(award) = sent.award.parse::<AwardCode>() else {
        return Err(Refusal::field("/award", "Không có hình thức khen thưởng mang mã này."));
    };
    let Some(recipient) = recipient(&sent.recipient) else { return Err(Refusal::field("/recipient", RECIPIENT)) };
    let summary = kernel::text::clean_text(&sent.summary);
    if summary.is_empty() || summary.chars().count() > 3_000 {
        return Err(Refusal::field("/summary", "Ghi tóm tắt thành tích, tối đa 3000 ký tự."));
    }
    let (campaign, unit) = (CampaignId(sent.campaign), UnitId(sent.unit));
    let new = NewNomination { campaign, award, recipient, unit, achievement: sent.achievement, summary };
    let id = service::nominate(&here.ctx(), &new).await.map_err(said)?;
    let place = Some(format!("/api/v1/nominations/{id}"));
    let (one, version) = match read(&here, id).await {
        Ok(read) => read,
        // A token may write without being able to read: then the id is all it is told.
        Err(_) => return made(&serde_json::json!({ "id": id }), place, None),
    };
    made(&one, place, Some(version))
}

async fn submit(here: Here, Of(id): Of<NominationId>, Seen(version): Seen) -> Given {
    service::submit_as_seen(&here.ctx(), id, Some(version)).await.map_err(said)?;
    after(&here, id).await
}

/// Why a nomination is taken back.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Reason {
    reason: String,
}

async fn withdraw(here: Here, Of(id): Of<NominationId>, Seen(version): Seen, Sent(sent): Sent<Reason>) -> Given {
    let reason = kernel::text::clean_text(&sent.reason);
    if reason.is_empty() || reason.chars().count() > 1_000 {
        return Err(Refusal::field("/reason", "Ghi lý do rút hồ sơ, tối đa 1000 ký tự."));
    }
    service::withdraw_as_seen(&here.ctx(), id, &reason, Some(version)).await.map_err(said)?;
    after(&here, id).await
}

/// What a change made of a nomination, as far as the token may read it.
async fn after(here: &Here, id: NominationId) -> Given {
    match read(here, id).await {
        Ok((one, version)) => give_version(&one, version),
        Err(_) => give(&serde_json::json!({ "id": id })),
    }
}

/// What the room said, at the field that the program can mend.
fn said(error: AwardsError) -> Refusal {
    match &error {
        AwardsError::Store(StoreError::Stale { .. }) => Refusal::stale(),
        AwardsError::FormNotAllowed { .. } => Refusal::field("/award", sentence(&error)).because(&error),
        AwardsError::SameAchievement { .. } | AwardsError::SameForm { .. } | AwardsError::OtherUnit => {
            Refusal::field("/recipient", sentence(&error)).because(&error)
        }
        // To a program it is the same whether the state or the earlier submission is named.
        AwardsError::HandedIn { .. } => Refusal::conflict(&error).because(&Word("NominationState".to_owned())),
        AwardsError::NotOpen { .. } => Refusal::conflict(&error).because(&error),
        _ => {
            let word = format!("{error:?}");
            crate::awards::refusal(error).because(&Word(word))
        }
    }
}

/// A reason that was put into words already.
struct Word(String);

impl std::fmt::Debug for Word {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
