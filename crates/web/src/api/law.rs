//! The law as data: rules in force, one award explained, facts evaluated as `thidua rules evaluate` does.

use kernel::{Date, Permission};
use office::awards::plan_gate::PlanOccasions;
use rules::{AwardCode, Facts, Question};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Operation;
use super::answer::{Given, give};
use super::asked::{Asked, Of, Sent};
use crate::doors::{Doors, Need};
use crate::here::Here;
use crate::page::{Refusal, sentence};

/// The doors of this file.
pub fn doors(doors: Doors) -> Doors {
    let read = Need::May(Permission::ReadRules);
    let all = Operation::get("/api/v1/rules", read, "Các quy tắc có hiệu lực trong một ngày");
    let one = Operation::get("/api/v1/rules/{award}", read, "Tiêu chuẩn, hồ sơ, thủ tục của một hình thức");
    let ask = Operation::post("/api/v1/rules/evaluate", read, "Xét điều kiện theo dữ kiện và pháp luật của một ngày");
    doors
        .api(all.asks::<OnDay>().gives::<InForce>(), list)
        .api(one.asks::<OnDay>().gives::<Map<String, Value>>(), explain)
        .api(ask.takes::<Evaluated>().gives::<Map<String, Value>>(), evaluate)
}

/// A day whose law is asked for.
#[derive(Deserialize, JsonSchema)]
struct OnDay {
    /// Today when left out.
    on: Option<Date>,
}

/// The rules of a day, as `thidua rules list` prints them.
#[derive(Serialize, JsonSchema)]
struct InForce {
    on: Date,
    rules: Vec<Value>,
}

async fn list(here: Here, Asked(asked): Asked<OnDay>) -> Given {
    let on = asked.on.unwrap_or(here.visit.today);
    let rules = here.house.rules.rules(on);
    let rules: Result<_, _> = rules.iter().map(serde_json::to_value).collect();
    give(&InForce { on, rules: rules.map_err(|error| Refusal::broken(&error))? })
}

async fn explain(here: Here, Of(award): Of<String>, Asked(asked): Asked<OnDay>) -> Given {
    let award: AwardCode = award.parse().map_err(|_| Refusal::not_found())?;
    give(&here.house.rules.explain(award, asked.on.unwrap_or(here.visit.today)))
}

/// Facts to be evaluated, in the shape of `thidua rules evaluate --facts`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Evaluated {
    /// What is known; a key that is left out is unknown, an empty list is none.
    facts: Map<String, Value>,
    /// The day whose law is applied.
    on: Date,
    /// The award codes asked for; all when left out.
    #[serde(default)]
    awards: Vec<String>,
    /// A plan, in the shape of a plan file or of `/api/v1/plan`: only what its `occasions` allow at the stage of the
    /// facts is eligible, as with `--plan`; no gate when left out.
    #[serde(default)]
    plan: Option<Map<String, Value>>,
}

async fn evaluate(here: Here, Sent(sent): Sent<Evaluated>) -> Given {
    let facts = Facts::parse(&Value::Object(sent.facts).to_string());
    let facts = facts.map_err(|fault| Refusal::field("/facts", sentence(&fault.what)))?;
    let mut awards = Vec::new();
    for (place, code) in sent.awards.iter().enumerate() {
        match code.parse::<AwardCode>() {
            Ok(award) => awards.push(award),
            Err(_) => {
                let what = "Không có hình thức khen thưởng mang mã này.";
                return Err(Refusal::field(&format!("/awards/{place}"), what));
            }
        }
    }
    let plan = sent.plan.map(|plan| serde_json::from_value::<PlanOccasions>(Value::Object(plan))).transpose();
    let plan = plan.map_err(|fault| Refusal::field("/plan", format!("Không đọc được kế hoạch: {fault}.")))?;
    let gate = plan.map(|plan| plan.gate(&facts));
    let question = Question { awards: &awards, plan_gate: gate.as_ref(), ..Question::about(&facts, sent.on) };
    give(&here.house.rules.evaluate(&question))
}
