//! A first text of what somebody achieved, drafted from the record: plain sentences, each with its source.
//!
//! It says what the registers hold and nothing more: no praise and no conclusion. Disciplines and holds are no
//! achievements and stay out of it. Whoever writes the summary reads the draft and changes it.

use kernel::Date;
use kernel::numbers::short_date;
use kernel::text::{clean_line, search_key};
use rules::AwardCode;

use super::RecordsError;
use super::model::{Achievement, Initiative, PastAward, Rating};
use super::queries::{self, Record};
use crate::Ctx;
use crate::organization::Recipient;

/// How many years a draft tells of: the year of the day and those before it.
pub const YEARS: i16 = 5;

/// What stands where the register holds no document.
const NO_DOCUMENT: &str = "hồ sơ gốc chưa ghi văn bản";

/// The draft of a recipient's achievements, of at most `longest` letters; empty when the record holds nothing of
/// the years it tells of.
///
/// # Errors
/// [`RecordsError::UnknownRecipient`] also when the actor may not read the record.
pub async fn drafted(ctx: &Ctx<'_>, recipient: Recipient, longest: usize) -> Result<String, RecordsError> {
    let record = queries::record(ctx, recipient).await?;
    let award = |code: AwardCode| {
        let award = ctx.house.rules.award(code);
        format!("{} {}", award.kind.form(), award.name_vi)
    };
    Ok(draft(&record, ctx.today(), longest, award))
}

/// The sentences of a record as it stands on a day, a line each: achievements, initiatives, ratings, awards, each the
/// newest first. What would make it longer than `longest` letters is left out from the end and counted.
#[must_use]
pub fn draft(record: &Record, on: Date, longest: usize, award: impl Fn(AwardCode) -> String) -> String {
    let told = |year: i16| year <= on.year() && year > on.year() - YEARS;
    let mut lines = Vec::new();

    let mut achievements: Vec<&Achievement> = record.achievements.iter().filter(|one| told(one.year)).collect();
    achievements.sort_by_key(|one| std::cmp::Reverse(one.year));
    lines.extend(achievements.into_iter().map(achievement));

    let recognised = |one: &Initiative| one.recognised_on.filter(|day| *day <= on && told(day.year()));
    let mut initiatives: Vec<(Date, &Initiative)> =
        record.initiatives.iter().filter_map(|one| Some((recognised(one)?, one))).collect();
    initiatives.sort_by_key(|(day, _)| std::cmp::Reverse(*day));
    lines.extend(initiatives.into_iter().map(|(day, one)| initiative(one, day, on)));

    lines.extend(record.ratings_on(on).iter().filter(|one| told(one.year)).map(rating));

    let mut awards: Vec<&PastAward> = record.awards.iter().filter(|one| told(one.year) && one.held(on)).collect();
    awards.sort_by_key(|one| std::cmp::Reverse((one.year, one.decided_on)));
    lines.extend(awards.into_iter().map(|one| held(one, &award(one.award))));

    within(longest, &lines)
}

fn achievement(one: &Achievement) -> String {
    let summary = clean_line(&one.summary);
    let summary = summary.trim_end_matches('.');
    format!("Thành tích {} năm {} (khoản {} của kế hoạch): {summary}.", one.code, one.year, one.clause)
}

fn initiative(one: &Initiative, recognised_on: Date, on: Date) -> String {
    let (scope, _) = one.reach(on);
    let (code, name, scope) = (&one.code, &one.name, scope.name_vi());
    let recognised = cited(one.document.as_deref(), Some(recognised_on));
    match one.scope_on.filter(|day| *day <= on) {
        Some(day) => {
            let widened = cited(one.scope_document.as_deref(), Some(day));
            format!("Sáng kiến {code} “{name}” được công nhận ({recognised}), phạm vi {scope} ({widened}).")
        }
        None => format!("Sáng kiến {code} “{name}” được công nhận, phạm vi {scope} ({recognised})."),
    }
}

fn rating(one: &Rating) -> String {
    let source = cited(one.document.as_deref(), one.decided_on);
    format!("Năm {}: xếp loại {} ({source}).", one.year, one.level.name_vi())
}

fn held(one: &PastAward, award: &str) -> String {
    let number = clean_line(&one.number);
    // A number that was entered with its introduction does not get a second one.
    let introduced = search_key(&number).starts_with("quyet dinh");
    let document = if introduced { number } else { format!("Quyết định số {number}") };
    format!("Năm {}: được tặng {award} ({}).", one.year, cited(Some(&document), Some(one.decided_on)))
}

/// A source in words: the document and its day, as far as the register holds them.
fn cited(document: Option<&str>, on: Option<Date>) -> String {
    let document = document.map(clean_line).filter(|document| !document.is_empty());
    match (document, on.map(short_date)) {
        (Some(document), Some(day)) if document.contains(&day) => document,
        (Some(document), Some(day)) => format!("{document}, ngày {day}"),
        (Some(document), None) => document,
        (None, Some(day)) => format!("ngày {day}; {NO_DOCUMENT}"),
        (None, None) => NO_DOCUMENT.to_owned(),
    }
}

/// As many lines from the first on as fit, with the number of those that do not.
fn within(longest: usize, lines: &[String]) -> String {
    for kept in (1..=lines.len()).rev() {
        let told = lines[..kept].join("\n");
        let text = match lines.len() - kept {
            0 => told,
            left => format!("{told}\nHồ sơ gốc còn {left} mục khác trong năm năm gần nhất."),
        };
        if text.chars().count() <= longest {
            return text;
        }
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kernel::Period;
    use kernel::id::PersonId;
    use rules::AwardType;
    use rules::facts::{DisciplineLevel, HoldKind, RatingLevel, Scope};

    use super::*;
    use crate::records::model::{
        AchievementId, Discipline, DisciplineId, Hold, HoldId, InitiativeId, PastAwardId, RatingId,
    };

    const TODAY: Date = date(2026, 11, 23);

    fn who() -> Recipient {
        Recipient::Person(PersonId::new())
    }

    fn told(record: &Record) -> String {
        draft(record, TODAY, 3000, |_| "hình thức Giấy khen".to_owned())
    }

    fn rated(year: i16, revision: i64, document: Option<&str>, decided_on: Option<Date>) -> Rating {
        let document = document.map(str::to_owned);
        Rating { id: RatingId::new(), recipient: who(), year, revision, level: RatingLevel::Good, decided_on, document }
    }

    fn praised(year: i16, number: &str, revoked_on: Option<Date>) -> PastAward {
        PastAward {
            id: PastAwardId::new(),
            recipient: who(),
            award: AwardCode::GiayKhen,
            year,
            r#type: AwardType::Merit,
            number: number.to_owned(),
            decided_on: date(year, 12, 20),
            achievement: None,
            decision_line: None,
            revoked_on,
        }
    }

    fn idea(recognised_on: Option<Date>) -> Initiative {
        Initiative {
            id: InitiativeId::new(),
            code: "SK-2026-01".to_owned(),
            name: "Một cửa số".to_owned(),
            scope: Scope::CoSo,
            replicable: None,
            recognised_on,
            document: Some("Quyết định số 5/QĐ-VP".to_owned()),
            scope_on: None,
            scope_document: None,
            authors: Vec::new(),
            version: 1,
        }
    }

    #[test]
    fn every_sentence_names_its_source() {
        let record = Record {
            ratings: vec![rated(2025, 1, Some("Thông báo số 8/TB-VP"), Some(date(2025, 12, 15)))],
            awards: vec![praised(2024, "15/QĐ-VP", None)],
            initiatives: vec![idea(Some(date(2026, 3, 2)))],
            achievements: vec![Achievement {
                id: AchievementId::new(),
                recipient: who(),
                code: "TT-2026-01".to_owned(),
                year: 2026,
                clause: "II.3".to_owned(),
                summary: "Giải quyết 18 kiến nghị.".to_owned(),
            }],
            ..Record::default()
        };
        let wanted = "Thành tích TT-2026-01 năm 2026 (khoản II.3 của kế hoạch): Giải quyết 18 kiến nghị.\n\
            Sáng kiến SK-2026-01 “Một cửa số” được công nhận, phạm vi cơ sở (Quyết định số 5/QĐ-VP, ngày 02/03/2026).\n\
            Năm 2025: xếp loại hoàn thành tốt nhiệm vụ (Thông báo số 8/TB-VP, ngày 15/12/2025).\n\
            Năm 2024: được tặng hình thức Giấy khen (Quyết định số 15/QĐ-VP, ngày 20/12/2024).";
        assert_eq!(told(&record), wanted);
    }

    #[test]
    fn nothing_is_said_of_disciplines_and_holds() {
        let period = Period::since(date(2026, 1, 1));
        let document = "Quyết định kỷ luật 3".to_owned();
        let record = Record {
            disciplines: vec![Discipline {
                id: DisciplineId::new(),
                recipient: who(),
                level: DisciplineLevel::CanhCao,
                period,
                document: document.clone(),
            }],
            holds: vec![Hold {
                id: HoldId::new(),
                recipient: who(),
                kind: HoldKind::Investigation,
                period,
                document,
                released_by: None,
            }],
            ..Record::default()
        };
        assert_eq!(told(&record), "");
    }

    #[test]
    fn what_is_not_recognised_revoked_or_older_than_five_years_is_left_out() {
        let record = Record {
            ratings: vec![rated(2021, 1, None, None), rated(2022, 1, None, None)],
            awards: vec![praised(2021, "1", None), praised(2025, "2", Some(date(2026, 5, 1)))],
            initiatives: vec![idea(None), idea(Some(date(2026, 11, 24)))],
            ..Record::default()
        };
        assert_eq!(told(&record), "Năm 2022: xếp loại hoàn thành tốt nhiệm vụ (hồ sơ gốc chưa ghi văn bản).");
    }

    #[test]
    fn a_corrected_rating_is_told_once_as_it_stands() {
        let record = Record {
            ratings: vec![
                rated(2025, 1, Some("QĐ 1"), Some(date(2025, 12, 15))),
                rated(2025, 2, Some("QĐ 2 ngày 01/03/2026"), Some(date(2026, 3, 1))),
            ],
            ..Record::default()
        };
        assert_eq!(told(&record), "Năm 2025: xếp loại hoàn thành tốt nhiệm vụ (QĐ 2 ngày 01/03/2026).");
    }

    #[test]
    fn a_reach_decided_apart_names_both_decisions_and_only_once_it_is_decided() {
        let mut wide = idea(Some(date(2026, 3, 2)));
        wide.widen(date(2026, 6, 1), Scope::Tinh, Some(true), "Quyết định số 70/QĐ-UBND").expect("recognised");
        let record = Record { initiatives: vec![wide], ..Record::default() };
        let told = |on| draft(&record, on, 3000, |_| String::new());
        assert!(told(date(2026, 5, 31)).contains("phạm vi cơ sở (Quyết định số 5/QĐ-VP, ngày 02/03/2026)"));
        let later = told(TODAY);
        assert!(later.contains("được công nhận (Quyết định số 5/QĐ-VP, ngày 02/03/2026)"), "{later}");
        assert!(later.contains("tỉnh (Quyết định số 70/QĐ-UBND, ngày 01/06/2026)"), "{later}");
    }

    #[test]
    fn a_number_entered_as_a_decision_is_not_called_one_twice() {
        let record = Record { awards: vec![praised(2025, "Quyết định 12/QĐ-VP", None)], ..Record::default() };
        assert_eq!(told(&record), "Năm 2025: được tặng hình thức Giấy khen (Quyết định 12/QĐ-VP, ngày 20/12/2025).");
    }

    #[test]
    fn what_does_not_fit_is_left_out_in_whole_sentences_and_counted() {
        let record = Record { awards: vec![praised(2025, "1", None), praised(2024, "2", None)], ..Record::default() };
        let short = draft(&record, TODAY, 130, |_| "hình thức Giấy khen".to_owned());
        let wanted = "Năm 2025: được tặng hình thức Giấy khen (Quyết định số 1, ngày 20/12/2025).\n\
            Hồ sơ gốc còn 1 mục khác trong năm năm gần nhất.";
        assert_eq!(short, wanted);
        assert_eq!(draft(&record, TODAY, 20, |_| String::new()), "");
    }
}
