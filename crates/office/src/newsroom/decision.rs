//! Pure answers: a story's address, what must not stand in its text, whose consent is missing, a first text from the
//! facts of a decision.

use kernel::numbers::short_date;
use kernel::text::{personal_traces, search_key};

use super::NewsroomError;
use super::model::{LONGEST_BODY, LONGEST_SUMMARY, LONGEST_TITLE, StoryId, StoryKind, Subject, Text};
use crate::decisions::model::{Decision, Line, LineState};
use crate::organization::Recipient;

/// The most letters of a title in an address.
const SLUG_LENGTH: usize = 60;

/// The address of a story: its title without diacritics, and letters that make it the only one.
#[must_use]
pub fn slug(title: &str, id: StoryId) -> String {
    let mut words = String::new();
    for word in search_key(title).split(' ').filter(|word| word.is_ascii() && !word.is_empty()) {
        if words.len() + word.len() > SLUG_LENGTH {
            break;
        }
        words.push_str(word);
        words.push('-');
    }
    let unique = id.0.simple().to_string();
    format!("{words}{}", &unique[unique.len() - 8..])
}

/// The text as it is kept: clean, whole, not too long, without personal data.
///
/// # Errors
/// With the field that must be mended.
pub fn checked(text: &Text) -> Result<Text, NewsroomError> {
    let clean = Text {
        title: kernel::text::clean_line(&text.title),
        summary: kernel::text::clean_line(&text.summary),
        body: kernel::text::clean_text(&text.body),
    };
    let fields = [
        ("tieu-de", &clean.title, LONGEST_TITLE, "nhập tiêu đề"),
        ("tom-tat", &clean.summary, LONGEST_SUMMARY, "nhập tóm tắt"),
        ("noi-dung", &clean.body, LONGEST_BODY, "nhập nội dung bài"),
    ];
    for (field, words, longest, missing) in fields {
        if words.is_empty() {
            return Err(NewsroomError::Missing { field, what: missing });
        }
        if words.chars().count() > longest {
            return Err(NewsroomError::TooLong { field, longest });
        }
        gives_nothing_away(field, words)?;
    }
    Ok(clean)
}

/// Requires that no personal data stand in a text that everybody will read.
///
/// # Errors
/// [`NewsroomError::GivesAway`] with what stands there.
pub fn gives_nothing_away(field: &'static str, text: &str) -> Result<(), NewsroomError> {
    let what = personal_traces(text);
    if what.is_empty() { Ok(()) } else { Err(NewsroomError::GivesAway { field, what }) }
}

/// Requires that everybody a story is about has agreed on record, and that whom it names is among them.
///
/// The list of an issued decision is public by itself; a story that tells of somebody is not. So in a story of
/// exemplary people or a model, a person of the decision whom the text names must be among its people.
///
/// # Errors
/// With the names.
pub fn may_be_shown(kind: StoryKind, text: &Text, subjects: &[Subject], awarded: &[Line]) -> Result<(), NewsroomError> {
    let names: Vec<String> = subjects.iter().filter(|one| !one.agrees()).map(|one| one.name.clone()).collect();
    if !names.is_empty() {
        return Err(NewsroomError::NoConsent { names });
    }
    if kind == StoryKind::News {
        return Ok(());
    }
    if kind == StoryKind::Exemplar && subjects.is_empty() {
        return Err(NewsroomError::NoSubject);
    }
    let said = format!(" {} ", search_key(&format!("{} {} {}", text.title, text.summary, text.body)));
    let listed: Vec<String> = subjects.iter().map(|one| search_key(&one.name)).collect();
    let mut names: Vec<String> = awarded
        .iter()
        .filter(|line| matches!(line.recipient, Recipient::Person(_)))
        .filter(|line| {
            let name = search_key(&line.name);
            said.contains(&format!(" {name} ")) && !listed.contains(&name)
        })
        .map(|line| line.name.clone())
        .collect();
    names.dedup();
    if names.is_empty() { Ok(()) } else { Err(NewsroomError::Unlisted { names }) }
}

/// A first text from the facts of an issued decision: number, day, forms and how many. The names stand in the table
/// under every story of a decision, as the decision has them.
#[must_use]
pub fn first_text(decision: &Decision, lines: &[Line], office: &str, award_name: impl Fn(&Line) -> String) -> Text {
    let standing: Vec<&Line> = lines.iter().filter(|line| line.state != LineState::Revoked).collect();
    let people = standing.iter().filter(|line| matches!(line.recipient, Recipient::Person(_))).count();
    let others = standing.len() - people;
    let whom = match (others, people) {
        (0, people) => format!("{people} cá nhân"),
        (others, 0) => format!("{others} tập thể"),
        (others, people) => format!("{others} tập thể và {people} cá nhân"),
    };
    let day = decision.issued_on.map(short_date).unwrap_or_default();
    let mut forms: Vec<(String, usize)> = Vec::new();
    for line in &standing {
        let name = award_name(line);
        match forms.iter_mut().find(|(form, _)| *form == name) {
            Some((_, many)) => *many += 1,
            None => forms.push((name, 1)),
        }
    }
    let list = forms.iter().map(|(form, many)| format!("- {form}: {many}")).collect::<Vec<_>>().join("\n");
    Text {
        title: format!("Khen thưởng {whom} theo Quyết định số {}", decision.number_text()),
        summary: format!("Ngày {day}, {office} ban hành Quyết định số {} khen thưởng {whom}.", decision.number_text()),
        body: format!(
            "Ngày {day}, {} ký Quyết định số {} về việc khen thưởng.\n\n{list}\n\nDanh sách và liên kết xác minh từng \
             giấy khen ở cuối bài.",
            decision.capacity,
            decision.number_text()
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::newsroom::model::SubjectId;

    fn text(body: &str) -> Text {
        Text {
            title: "Người giữ chè".to_owned(), summary: "Chuyện một tổ.".to_owned(), body: body.to_owned()
        }
    }

    #[test]
    fn an_address_is_plain_letters_and_its_own() {
        let (one, other) = (StoryId::new(), StoryId::new());
        let title = "Tổ công tác “3 không” ở Mộc Châu: rút ngắn từ 15 xuống 7 ngày làm việc cho hộ kinh doanh";
        let made = slug(title, one);
        assert!(made.starts_with("to-cong-tac-3-khong-o-moc-chau-rut-ngan-"), "{made}");
        assert!(made.len() <= SLUG_LENGTH + 10 && made.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
        assert_ne!(made, slug(title, other));
        assert_eq!(slug("!!!", one).len(), 8);
    }

    #[test]
    fn a_text_with_a_telephone_number_is_refused_at_its_field() {
        let fault = checked(&text("Gọi 0912 345 678.")).expect_err("a number");
        assert_eq!(fault.field(), Some("noi-dung"));
        assert!(matches!(checked(&text(" \n ")), Err(NewsroomError::Missing { field: "noi-dung", .. })));
        let long = "a".repeat(LONGEST_BODY + 1);
        assert!(matches!(checked(&text(&long)), Err(NewsroomError::TooLong { .. })));
        assert!(checked(&text("Quyết định 05/QĐ-VPUB ngày 30/11/2026.")).is_ok());
    }

    #[test]
    fn a_story_about_nobody_or_about_who_has_not_agreed_is_not_shown() {
        let subject = |is_person| Subject {
            id: SubjectId::new(),
            name: "Lò Thị Ban".to_owned(),
            person: None,
            is_person,
            consent: None,
            withdrawn: None,
        };
        let said = text("Chuyện của chị Ban.");
        let shown = |kind, subjects: &[Subject]| may_be_shown(kind, &said, subjects, &[]);
        assert!(matches!(shown(StoryKind::Exemplar, &[]), Err(NewsroomError::NoSubject)));
        assert!(matches!(shown(StoryKind::Exemplar, &[subject(true)]), Err(NewsroomError::NoConsent { .. })));
        assert!(matches!(shown(StoryKind::News, &[subject(true)]), Err(NewsroomError::NoConsent { .. })));
        assert!(shown(StoryKind::Exemplar, &[subject(false)]).is_ok());
        assert!(shown(StoryKind::News, &[]).is_ok() && shown(StoryKind::Model, &[]).is_ok());
    }
}
