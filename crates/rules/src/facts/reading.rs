//! Facts from JSON, and what is wrong with them.

use std::collections::BTreeMap;

use super::Facts;

/// Facts that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("dòng {line}, cột {column}: {what}")]
pub struct FactsFault {
    /// The line, counted from one.
    pub line: usize,
    /// The column, counted from one.
    pub column: usize,
    /// What is wrong and what to do.
    pub what: String,
}

impl Facts {
    /// Reads the facts of the contract from JSON.
    ///
    /// # Errors
    /// [`FactsFault`] with the place and the name of the key or value that the contract does not know.
    pub fn parse(json: &str) -> Result<Self, FactsFault> {
        let facts: Self = serde_json::from_str(json).map_err(|error| FactsFault {
            line: error.line(),
            column: error.column(),
            what: in_vietnamese(&error.to_string()),
        })?;
        match facts.contradiction() {
            None => Ok(facts),
            Some(what) => {
                let (line, column) = place_of(json, &what);
                Err(FactsFault { line, column, what })
            }
        }
    }

    /// What in the facts contradicts itself; none when nothing does.
    #[must_use]
    pub fn contradiction(&self) -> Option<String> {
        let mut years = BTreeMap::new();
        for rating in self.ratings.iter().flatten() {
            if years.insert(rating.year, rating.level).is_some_and(|level| level != rating.level) {
                return Some(format!(
                    "ratings: năm {} có hai xếp loại khác nhau; chỉ giữ bản đang có hiệu lực",
                    rating.year
                ));
            }
        }
        let spans = self.discipline.iter().flatten().map(|one| ("discipline", one.from, one.until));
        let holds = self.holds.iter().flatten().map(|one| ("holds", one.from, one.until));
        for (key, from, until) in spans.chain(holds) {
            if until.is_some_and(|until| until < from) {
                return Some(format!("{key}: until phải sau from ({from})"));
            }
        }
        let members = self.members.as_ref()?;
        let total = members.total?;
        let more = members.titles.iter().flatten().find(|(_, count)| **count > total);
        if let Some((title, count)) = more {
            return Some(format!("members.titles.{title}: {count} người, nhiều hơn members.total ({total})"));
        }
        let completed = members.completed.filter(|count| *count > total)?;
        Some(format!("members.completed: {completed} người, nhiều hơn members.total ({total})"))
    }
}

/// Line and column of the key that a contradiction names first.
fn place_of(json: &str, what: &str) -> (usize, usize) {
    let key = what.split([':', '.']).next().unwrap_or_default();
    let before = json.find(&format!("\"{key}\"")).map_or("", |at| &json[..at]);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

/// The reader's words about a fault, in the user's language.
fn in_vietnamese(error: &str) -> String {
    let named = error.split('`').nth(1).unwrap_or_default();
    if error.starts_with("unknown field") {
        format!("khoá “{named}” không có trong hợp đồng dữ kiện; sửa tên khoá hoặc bỏ đi")
    } else if error.starts_with("unknown variant") {
        let allowed = error.split_once("expected").map_or("", |(_, rest)| rest);
        let allowed = allowed.split(" at line").next().unwrap_or("").trim().trim_start_matches("one of ");
        format!("giá trị “{named}” không được chấp nhận; các giá trị: {allowed}")
    } else if error.starts_with("missing field") {
        format!("thiếu khoá “{named}”")
    } else if error.starts_with("duplicate field") {
        format!("khoá “{named}” viết hai lần; chỉ giữ một")
    } else if error.starts_with("parsed date is not valid") {
        "không có ngày này trong lịch; viết ngày có thật theo mẫu năm-tháng-ngày, ví dụ 2026-02-28".to_owned()
    } else if error.starts_with("EOF while parsing") {
        "dữ kiện dừng giữa chừng; cần một đối tượng JSON đủ ngoặc".to_owned()
    } else {
        format!("không đọc được dữ kiện: {error}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::award::RecipientKind;

    fn fault(json: &str) -> String {
        Facts::parse(json).expect_err("faulty facts").to_string()
    }

    #[test]
    fn a_key_that_the_contract_does_not_know_is_refused_by_name_and_place() {
        let said = fault("{\"recipient\":{\"kind\":\"person\"},\n \"good_standng\":true}");
        assert!(said.contains("“good_standng”") && said.contains("dòng 2"), "{said}");
        assert!(fault("{\"recipient\":{\"kind\":\"person\",\"nme\":\"A\"}}").contains("“nme”"));
    }

    #[test]
    fn a_value_that_is_no_word_of_the_contract_is_refused_with_the_words_there_are() {
        let said = fault("{\"recipient\":{\"kind\":\"robot\"}}");
        assert!(said.contains("“robot”") && said.contains("household"), "{said}");
    }

    #[test]
    fn a_day_that_no_calendar_has_and_a_key_written_twice_are_refused_in_plain_words() {
        let awards = r#""awards":[{"award":"ldtt","year":2025,"type":"merit","decided_on":"2025-02-30"}]"#;
        let said = fault(&format!("{{\"recipient\":{{\"kind\":\"person\"}},{awards}}}"));
        assert!(said.contains("không có ngày này"), "{said}");
        let said = fault(r#"{"recipient":{"kind":"person"},"good_standing":true,"good_standing":false}"#);
        assert!(said.contains("“good_standing” viết hai lần"), "{said}");
        assert!(fault("").contains("dừng giữa chừng"));
    }

    #[test]
    fn facts_that_contradict_each_other_are_refused_with_their_place() {
        let discipline = r#""discipline":[{"level":"khien_trach","from":"2026-02-01","until":"2025-02-01"}]"#;
        let said = fault(&format!("{{\"recipient\":{{\"kind\":\"person\"}},\n {discipline}}}"));
        assert!(said.starts_with("dòng 2, cột 2: discipline"), "{said}");
    }

    #[test]
    fn more_members_with_a_title_than_members_are_refused() {
        let said =
            fault("{\"recipient\":{\"kind\":\"collective\"},\"members\":{\"total\":10,\"titles\":{\"ldtt\":11}}}");
        assert!(said.contains("members.titles.ldtt"), "{said}");
    }

    #[test]
    fn two_ratings_of_one_year_are_refused() {
        let said = fault(
            "{\"recipient\":{\"kind\":\"person\"},\"ratings\":[{\"year\":2025,\"level\":\"good\"},{\"year\":2025,\"level\":\"done\"}]}",
        );
        assert!(said.contains("2025"), "{said}");
    }

    #[test]
    fn what_is_not_known_stays_away_from_what_is_written() {
        let facts = Facts::about(RecipientKind::Person);
        assert_eq!(serde_json::to_string(&facts).expect("json"), r#"{"recipient":{"kind":"person"}}"#);
    }
}
