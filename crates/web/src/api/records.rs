//! The record: what stands in the registers of a person; ratings and achievements from other programs.

use kernel::id::PersonId;
use kernel::{Date, Permission};
use office::organization::Recipient;
use office::records::service::{self, NewRating};
use office::records::{RecordsError, queries};
use rules::facts::RatingLevel;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Operation;
use super::answer::{Given, give, made};
use super::asked::{Asked, Of, Sent, known_on};
use crate::doors::{Doors, Need};
use crate::form::Fault;
use crate::here::Here;
use crate::page::{Refusal, sentence};
use crate::records::{refusal, unmendable};

/// The doors of this file.
pub fn doors(doors: Doors) -> Doors {
    let manage = Need::May(Permission::ManagePeople);
    let read = Need::May(Permission::ReadPeople);
    let record = Operation::get("/api/v1/people/{person}/record", read, "Hồ sơ thi đua của một người");
    let rate =
        Operation::make("/api/v1/ratings", manage, "Ghi xếp loại một năm theo một văn bản: tất cả hoặc không gì");
    let achieve = Operation::make("/api/v1/achievements", manage, "Ghi một thành tích, gắn với một mục của Kế hoạch");
    doors
        .api(record.asks::<Then>().gives::<Record>(), show)
        .api(rate.takes::<NewRatings>().gives::<Counted>(), rate_all)
        .api(achieve.takes::<NewAchievement>().gives::<Made>(), enter_achievement)
}

/// The day that is asked for.
#[derive(Deserialize, JsonSchema)]
struct Then {
    /// As it was known at the end of this day; now when left out.
    known_on: Option<Date>,
}

/// What the registers hold about a person.
#[derive(Serialize, JsonSchema)]
struct Record {
    ratings: Vec<Rating>,
    awards: Vec<Award>,
    achievements: Vec<Achievement>,
    initiatives: Vec<Initiative>,
    disciplines: Vec<Span>,
    holds: Vec<Span>,
    /// How many entries are older than the history, so that nobody can tell whether they were there on the
    /// day that is asked for; none when it is told as of now.
    undated: Option<usize>,
}

/// A rating; of several revisions of a year the last counts.
#[derive(Serialize, JsonSchema)]
struct Rating {
    year: i16,
    revision: i64,
    level: &'static str,
    decided_on: Option<Date>,
    document: Option<String>,
}

/// An award held.
#[derive(Serialize, JsonSchema)]
struct Award {
    id: Uuid,
    award: String,
    year: i16,
    number: String,
    decided_on: Date,
    revoked_on: Option<Date>,
}

/// An achievement.
#[derive(Serialize, JsonSchema)]
struct Achievement {
    id: Uuid,
    code: String,
    year: i16,
    clause: String,
    summary: String,
}

/// An initiative.
#[derive(Serialize, JsonSchema)]
struct Initiative {
    id: Uuid,
    code: String,
    name: String,
    recognised_on: Option<Date>,
}

/// A discipline or a hold, with the days on which it stands.
#[derive(Serialize, JsonSchema)]
struct Span {
    kind: &'static str,
    from: Date,
    until: Option<Date>,
    document: String,
}

async fn show(here: Here, Of(id): Of<PersonId>, Asked(asked): Asked<Then>) -> Given {
    let (ctx, person) = (here.ctx(), Recipient::Person(id));
    let told = match known_on(&here, asked.known_on)? {
        None => queries::record(&ctx, person).await.map(|found| (found, None)),
        Some(day) => queries::record_then(&ctx, person, day).await.map(|(found, undated)| (found, Some(undated))),
    };
    let (found, undated) = told.map_err(|error| refusal(&error))?;
    let ratings = found.ratings.into_iter().map(|one| Rating {
        year: one.year,
        revision: one.revision,
        level: one.level.code(),
        decided_on: one.decided_on,
        document: one.document,
    });
    let awards = found.awards.into_iter().map(|one| Award {
        id: one.id.0,
        award: one.award.to_string(),
        year: one.year,
        number: one.number,
        decided_on: one.decided_on,
        revoked_on: one.revoked_on,
    });
    let achievements = found.achievements.into_iter().map(|one| Achievement {
        id: one.id.0,
        code: one.code,
        year: one.year,
        clause: one.clause,
        summary: one.summary,
    });
    let initiatives = found.initiatives.into_iter().map(|one| Initiative {
        id: one.id.0,
        code: one.code,
        name: one.name,
        recognised_on: one.recognised_on,
    });
    let span = |kind, period: kernel::Period, document| Span { kind, from: period.from, until: period.until, document };
    let disciplines = found.disciplines.into_iter().map(|one| span(one.level.code(), one.period, one.document));
    let holds = found.holds.into_iter().map(|one| span(one.kind.code(), one.period, one.document));
    give(&Record {
        ratings: ratings.collect(),
        awards: awards.collect(),
        achievements: achievements.collect(),
        initiatives: initiatives.collect(),
        disciplines: disciplines.collect(),
        holds: holds.collect(),
        undated,
    })
}

/// Ratings of a year by one document.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewRatings {
    year: i16,
    /// The day of the document.
    decided_on: Date,
    document: String,
    ratings: Vec<NewLevel>,
}

/// The level of one person, unit or enterprise.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewLevel {
    /// `person:ID`, `unit:ID` or `enterprise:ID`.
    recipient: String,
    level: String,
}

/// How many were written.
#[derive(Serialize, JsonSchema)]
struct Counted {
    count: usize,
}

async fn rate_all(here: Here, Sent(sent): Sent<NewRatings>) -> Given {
    let mut faults = Vec::new();
    let mut fault = |field: String, what: &str| faults.push(Fault { field, what: what.to_owned() });
    let mut ratings = Vec::new();
    for (place, one) in sent.ratings.iter().enumerate() {
        match (recipient(&one.recipient), RatingLevel::from_code(&one.level)) {
            (Some(recipient), Some(level)) => ratings.push(NewRating { recipient, level }),
            (found, level) => {
                if found.is_none() {
                    fault(format!("/ratings/{place}/recipient"), RECIPIENT);
                }
                if level.is_none() {
                    fault(format!("/ratings/{place}/level"), "Không có mức xếp loại này.");
                }
            }
        }
    }
    if sent.ratings.is_empty() {
        fault("/ratings".to_owned(), "Gửi ít nhất một kết quả xếp loại.");
    }
    if !faults.is_empty() {
        return Err(Refusal::fields(faults));
    }
    service::rate_all(&here.ctx(), sent.year, sent.decided_on, &sent.document, &ratings).await.map_err(said)?;
    made(&Counted { count: ratings.len() }, None, None)
}

/// An achievement to be entered.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewAchievement {
    /// `person:ID`, `unit:ID` or `enterprise:ID`.
    recipient: String,
    /// A code of its own: `TT-2026-01`.
    code: String,
    year: i16,
    /// The clause of the plan: `II.3`.
    clause: String,
    summary: String,
}

/// What was made.
#[derive(Serialize, JsonSchema)]
struct Made {
    id: Uuid,
}

async fn enter_achievement(here: Here, Sent(sent): Sent<NewAchievement>) -> Given {
    let Some(recipient) = recipient(&sent.recipient) else { return Err(Refusal::field("/recipient", RECIPIENT)) };
    if here.house.plan.clause(&sent.clause).is_none() {
        return Err(Refusal::field("/clause", "Kế hoạch không có mục này."));
    }
    for (pointer, text, most) in [("/code", &sent.code, 40), ("/summary", &sent.summary, 2_000)] {
        if text.chars().count() > most {
            return Err(Refusal::field(pointer, format!("Rút ngắn còn tối đa {most} ký tự")));
        }
    }
    let entered =
        service::enter_achievement(&here.ctx(), recipient, &sent.code, sent.year, &sent.clause, &sent.summary).await;
    made(&Made { id: entered.map_err(said)?.0 }, None, None)
}

/// What is said of a recipient that cannot be read.
pub const RECIPIENT: &str = "Ghi người hoặc tập thể dạng person:ID, unit:ID hoặc enterprise:ID.";

/// Reads a recipient.
pub fn recipient(text: &str) -> Option<Recipient> {
    text.parse().ok()
}

/// What the room said, at the field that the program can mend.
#[expect(clippy::needless_pass_by_value, reason = "the last word of a `map_err`")]
fn said(error: RecordsError) -> Refusal {
    let field = match &error {
        RecordsError::Missing { what } if *what == "mã thành tích" => "/code",
        RecordsError::Missing { what } if *what == "tóm tắt thành tích" => "/summary",
        RecordsError::Missing { .. } => "/document",
        RecordsError::OddYear { .. } => "/year",
        RecordsError::NotYet { .. } => "/decided_on",
        RecordsError::AchievementCodeTaken { .. } => "/code",
        _ => "",
    };
    match unmendable(&error) {
        Some(refusal) => refusal,
        None if field.is_empty() => Refusal::conflict(&error).because(&error),
        None => Refusal::field(field, sentence(&error)).because(&error),
    }
}
