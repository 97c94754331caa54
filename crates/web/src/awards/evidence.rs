//! The records behind an answer: what each of them was, in short words, and where it can be read.

use std::collections::BTreeMap;

use kernel::Permission;
use kernel::numbers::short_date;
use office::awards::model::FactSource;
use office::organization::{self, Recipient};
use rules::{AwardCode, Facts, RuleBook};

use super::explain::place;
use crate::here::Here;
use crate::page::Refusal;

/// A record that an answer read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordLine {
    /// What it is.
    pub words: String,
    /// The page of whom it belongs to; empty where there is none, or none that the visitor may open.
    pub url: String,
}

/// What an answer was read from.
#[derive(Default)]
pub struct Behind<'a> {
    /// The facts; none where they were not kept.
    pub facts: Option<&'a Facts>,
    /// Where each of them is written.
    pub sources: Option<&'a BTreeMap<String, FactSource>>,
    /// The page with the recipient's record; none when the visitor may not open it.
    pub home: Option<String>,
}

impl Behind<'_> {
    /// The lines of what was read: each entry by its words, a register without one that counted by its name.
    pub fn lines(&self, rules: &RuleBook, read: &[String]) -> Vec<RecordLine> {
        self.told(read, &|award| rules.award(award).name_vi.clone())
    }

    fn told(&self, read: &[String], named: &dyn Fn(AwardCode) -> String) -> Vec<RecordLine> {
        let mut lines: Vec<RecordLine> = Vec::new();
        for fact in read.iter().filter(|fact| !fact.is_empty()) {
            let words = self.facts.and_then(|facts| entry(facts, fact, named)).unwrap_or_else(|| {
                let key = fact.split_once('[').map_or(fact.as_str(), |(key, _)| key);
                place(key).to_owned()
            });
            let line = RecordLine { words, url: self.url(fact) };
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        lines
    }

    /// The recipient's own entries stand on their page; statements stand with the nomination, the ratings of a unit
    /// with the unit.
    fn url(&self, fact: &str) -> String {
        let source = self.sources.and_then(|sources| sources.get(fact));
        let own = source.is_some_and(|source| source.register != "attestations") && !fact.starts_with("unit_");
        self.home.clone().filter(|_| own).unwrap_or_default()
    }
}

/// An entry in short words; none for what is no entry of a list.
fn entry(facts: &Facts, fact: &str, named: &dyn Fn(AwardCode) -> String) -> Option<String> {
    let (key, rest) = fact.split_once('[')?;
    let at: usize = rest.strip_suffix(']')?.parse().ok()?;
    Some(match key {
        "ratings" => {
            let one = facts.ratings.as_ref()?.get(at)?;
            format!("xếp loại năm {}: {}", one.year, one.level.name_vi())
        }
        "unit_ratings" => {
            let one = facts.unit_ratings.as_ref()?.get(at)?;
            format!("xếp loại của đơn vị năm {}: {}", one.year, one.level.name_vi())
        }
        "awards" => {
            let one = facts.awards.as_ref()?.get(at)?;
            let name = named(one.award);
            let decided = one.decided_on.map(|day| format!(", quyết định ngày {}", short_date(day)));
            format!("{name} năm {}{}", one.year, decided.unwrap_or_default())
        }
        "initiatives" => format!("sáng kiến {}", facts.initiatives.as_ref()?.get(at)?.id),
        "science_works" => format!("đề tài {}", facts.science_works.as_ref()?.get(at)?.id),
        "achievements" => format!("thành tích {}", facts.achievements.as_ref()?.get(at)?.id),
        "nominated_for" => format!("thành tích {}", facts.nominated_for.as_ref()?.get(at)?),
        "criteria" => {
            let one = facts.criteria.as_ref()?.get(at)?;
            format!("điểm {} năm {}", one.criterion, one.year)
        }
        "discipline" => {
            let one = facts.discipline.as_ref()?.get(at)?;
            format!("kỷ luật {} từ ngày {}", one.level.name_vi(), short_date(one.from))
        }
        "holds" => format!("tạm dừng xét từ ngày {}", short_date(facts.holds.as_ref()?.get(at)?.from)),
        "attestations" => {
            let one = facts.attestations.as_ref()?.get(at)?;
            format!("xác nhận ngày {} theo {}", short_date(one.on), one.by)
        }
        _ => return None,
    })
}

/// The page with the record of a recipient; none when the visitor may not open it.
pub async fn home(here: &Here, recipient: Recipient) -> Result<Option<String>, Refusal> {
    let ctx = here.ctx();
    let Recipient::Person(person) = recipient else {
        return Ok(ctx.may(Permission::ManagePeople).is_ok().then(|| format!("/noi-bo/ho-so-goc/{recipient}")));
    };
    if ctx.may(Permission::ReadPeople).is_err() {
        return Ok(None);
    }
    let store = |error| Refusal::store(&error);
    let mut tx = ctx.read().await.map_err(store)?;
    let seen = organization::queries::may_see_recipient(&ctx, &mut tx, recipient).await.map_err(store)?;
    Ok(seen.then(|| format!("/noi-bo/con-nguoi/{person}")))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use rules::RecipientKind;
    use rules::facts::{Attestation, HeldAward, Rating, RatingLevel};

    use super::*;

    fn told() -> Facts {
        let mut facts = Facts::about(RecipientKind::Person);
        facts.ratings = Some(vec![Rating { year: 2025, level: RatingLevel::Good }]);
        let decided_on = Some(date(2024, 12, 20));
        facts.awards = Some(vec![HeldAward { award: AwardCode::GiayKhen, year: 2024, r#type: None, decided_on }]);
        facts.attestations = Some(vec![Attestation {
            text_vi: "Nội bộ đoàn kết".to_owned(),
            by: "Biên bản 3".to_owned(),
            on: date(2026, 11, 20),
        }]);
        facts
    }

    fn source(register: &str) -> FactSource {
        FactSource { register: register.to_owned(), id: uuid::Uuid::from_u128(1) }
    }

    fn named(_: AwardCode) -> String {
        "Giấy khen".to_owned()
    }

    #[test]
    fn an_entry_has_its_words_and_the_page_of_whom_it_belongs_to() {
        let facts = told();
        let sources = BTreeMap::from([
            ("ratings[0]".to_owned(), source("ratings")),
            ("awards[0]".to_owned(), source("awards")),
            ("attestations[0]".to_owned(), source("attestations")),
        ]);
        let home = Some("/noi-bo/con-nguoi/1".to_owned());
        let behind = Behind { facts: Some(&facts), sources: Some(&sources), home };
        let read = ["ratings[0]", "awards[0]", "attestations[0]", "initiatives"].map(str::to_owned);
        let lines = behind.told(&read, &named);
        let told: Vec<_> = lines.iter().map(|line| (line.words.as_str(), line.url.as_str())).collect();
        let wanted = [
            ("xếp loại năm 2025: hoàn thành tốt nhiệm vụ", "/noi-bo/con-nguoi/1"),
            ("Giấy khen năm 2024, quyết định ngày 20/12/2024", "/noi-bo/con-nguoi/1"),
            ("xác nhận ngày 20/11/2026 theo Biên bản 3", ""),
            ("sổ sáng kiến", ""),
        ];
        assert_eq!(told, wanted);
        let closed = Behind { home: None, ..behind };
        assert!(closed.told(&read, &named).iter().all(|line| line.url.is_empty()), "no page that may not be opened");
    }

    #[test]
    fn an_answer_whose_facts_were_not_kept_names_each_register_once() {
        let read = ["ratings[0]", "ratings[1]"].map(str::to_owned);
        let words: Vec<_> = Behind::default().told(&read, &named).into_iter().map(|line| line.words).collect();
        assert_eq!(words, ["sổ kết quả xếp loại hằng năm"]);
    }
}
