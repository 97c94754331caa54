//! Facts from JSON, and what is wrong with them.

use std::collections::{BTreeMap, BTreeSet};

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
        let reader = &mut serde_json::Deserializer::from_str(json);
        let read = serde_path_to_error::deserialize(&mut *reader).map_err(|error| {
            let path = error.path().to_string();
            (path, error.into_inner())
        });
        let read = read.and_then(|facts: Self| reader.end().map(|()| facts).map_err(|error| (".".to_owned(), error)));
        let facts = read.map_err(|(path, error)| FactsFault {
            line: error.line(),
            column: error.column(),
            what: in_vietnamese(&path, &error.to_string()),
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
        let mut scored = BTreeSet::new();
        for score in self.criteria.iter().flatten() {
            if !scored.insert((score.year, &score.criterion)) {
                return Some(format!(
                    "criteria: tiêu chí {} có hai điểm của năm {}; chỉ giữ điểm đang có hiệu lực",
                    score.criterion, score.year
                ));
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

/// The reader's words about a fault at a path, in the user's language.
fn in_vietnamese(path: &str, error: &str) -> String {
    let named = error.split('`').nth(1).unwrap_or_default();
    let error = error.split(" at line").next().unwrap_or(error);
    if error.starts_with("unknown field") {
        format!("khoá “{named}” không có trong hợp đồng dữ kiện; sửa tên khoá hoặc bỏ đi")
    } else if error.starts_with("unknown variant") {
        let allowed = error.split_once("expected").map_or("", |(_, rest)| rest).trim().trim_start_matches("one of ");
        format!("giá trị “{named}” không được chấp nhận; các giá trị: {allowed}")
    } else if error.starts_with("missing field") {
        format!("thiếu khoá “{named}”")
    } else if error.starts_with("duplicate field") {
        format!("khoá “{named}” viết hai lần; chỉ giữ một")
    } else if error.starts_with("parsed date is not valid") {
        "không có ngày này trong lịch; viết ngày có thật theo mẫu năm-tháng-ngày, ví dụ 2026-02-28".to_owned()
    } else if error.starts_with("EOF while parsing") {
        "dữ kiện dừng giữa chừng; cần một đối tượng JSON đủ ngoặc".to_owned()
    } else if error.starts_with("trailing characters") {
        "có chữ thừa sau đối tượng JSON; bỏ phần thừa".to_owned()
    } else if error.contains("thập phân") {
        format!("khoá “{path}”: {error}")
    } else if let Some((_, wanted)) = error.split_once(", expected ").filter(|_| error.starts_with("invalid ")) {
        let place = if path == "." { "dữ kiện".to_owned() } else { format!("khoá “{path}”") };
        format!("{place} phải là {}", shape(wanted))
    } else {
        format!("đây không phải JSON đúng cú pháp; xem lại dấu ngoặc, dấu phẩy và dấu nháy ({error})")
    }
}

/// The shape that the reader expected, named as whoever writes facts calls it.
fn shape(wanted: &str) -> &'static str {
    match wanted {
        "a sequence" => "một danh sách [ ]",
        "a map" => "một đối tượng { }",
        "a boolean" => "true hoặc false",
        "a string" | "a character" | "str" => "chữ trong dấu nháy",
        "i8" | "i16" | "i32" | "i64" | "isize" => "một số nguyên, không có dấu nháy",
        "u8" | "u16" | "u32" | "u64" | "usize" => "một số nguyên không âm, không có dấu nháy",
        _ if wanted.starts_with("struct ") => "một đối tượng { }",
        _ if wanted.starts_with("a string") || wanted.contains("date") => {
            "một ngày, viết năm-tháng-ngày trong dấu nháy"
        }
        _ => "kiểu khác; xem hợp đồng dữ kiện",
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
    fn a_value_of_another_shape_is_refused_with_its_key_and_the_shape_it_must_have() {
        let of = |rest: &str| fault(&format!(r#"{{"recipient":{{"kind":"person"}},{rest}}}"#));
        for (facts, key, shape) in [
            (r#""ratings":{"year":2025}"#, "“ratings”", "danh sách"),
            (r#""ratings":[{"year":"2025","level":"good"}]"#, "“ratings[0].year”", "số nguyên, không có dấu nháy"),
            (r#""awards":[1]"#, "“awards[0]”", "đối tượng"),
            (r#""good_standing":"yes""#, "“good_standing”", "true hoặc false"),
            (r#""members":{"total":-3}"#, "“members.total”", "số nguyên không âm"),
        ] {
            let said = of(facts);
            assert!(said.contains(key) && said.contains(shape) && !said.contains("expected"), "{said}");
        }
        for (facts, wanted) in
            [("\"x\"", "dữ kiện phải là một đối tượng"), ("{} {}", "khoá “recipient”"), ("{,}", "cú pháp")]
        {
            assert!(fault(facts).contains(wanted), "{}", fault(facts));
        }
        assert!(fault(r#"{"recipient":{"kind":"person"}} x"#).contains("chữ thừa"));
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
