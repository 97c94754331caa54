//! Stories, their states, whom they are about, their pictures and corrections.

use kernel::id::{AccountId, PersonId};
use kernel::{Date, Timestamp};

use super::NewsroomError;
use crate::decisions::model::DecisionId;
use crate::records::model::InitiativeId;
use crate::words::{ids, words};

ids! {
    /// A story of the column.
    StoryId,
    /// Somebody that a story is about.
    SubjectId,
    /// A picture of a story.
    PictureId,
    /// A correction of a story.
    CorrectionId,
    /// A step of a story's history.
    StepId,
}

/// The least letters of a reason or a note.
pub const SHORTEST_WORDS: usize = 10;
/// The most letters of a title.
pub const LONGEST_TITLE: usize = 160;
/// The most letters of a summary.
pub const LONGEST_SUMMARY: usize = 400;
/// The most letters of a text.
pub const LONGEST_BODY: usize = 20_000;

words! {
    /// What a story is.
    StoryKind {
        /// News of an award.
        News = "news", "Tin khen thưởng";
        /// About an exemplary collective or person.
        Exemplar = "exemplar", "Gương điển hình";
        /// About a way of working that others can take over.
        Model = "model", "Mô hình, cách làm hay";
    }
}

words! {
    /// Where a story stands.
    StateKind {
        /// Being written.
        Draft = "draft", "đang soạn";
        /// Waits for somebody else's approval.
        Review = "review", "chờ duyệt";
        /// Approved for an hour to come.
        Scheduled = "scheduled", "đã hẹn giờ đăng";
        /// In the column.
        Published = "published", "đã đăng";
        /// Taken back: its address says so.
        Withdrawn = "withdrawn", "đã gỡ";
        /// Out of the lists, still at its address.
        Archived = "archived", "đã lưu trữ";
    }
}

impl StateKind {
    /// The tone of its tag.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Draft | Self::Archived => "neutral",
            Self::Review | Self::Scheduled => "warn",
            Self::Published => "ok",
            Self::Withdrawn => "bad",
        }
    }
}

/// What a story says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// Its title.
    pub title: String,
    /// What it is about in two sentences.
    pub summary: String,
    /// The text, in the plain marks of CommonMark; HTML in it counts as letters.
    pub body: String,
}

/// Something done by somebody, with words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// When.
    pub at: Timestamp,
    /// The name of who did it.
    pub name: String,
    /// What was said.
    pub words: String,
}

/// A story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// Its id.
    pub id: StoryId,
    /// Its place in addresses; never changes.
    pub slug: String,
    /// What it is.
    pub kind: StoryKind,
    /// What it says.
    pub text: Text,
    /// The clause that it hangs on.
    pub clause: String,
    /// The decision it rests on.
    pub decision: Option<DecisionId>,
    /// The initiative it tells of.
    pub initiative: Option<InitiativeId>,
    /// Where it stands.
    pub state: StateKind,
    /// Who began it.
    pub written_by: Option<AccountId>,
    /// The name of who began it.
    pub written_name: String,
    /// When it was begun.
    pub written_at: Timestamp,
    /// The name of who approved it.
    pub reviewed_name: Option<String>,
    /// When it is in the column: at an hour to come, or since then.
    pub publish_at: Option<Timestamp>,
    /// When, by whom and with which note it was withdrawn or archived.
    pub settled: Option<Act>,
    /// Counts changes, against concurrent edits.
    pub version: i64,
}

impl Story {
    /// Whether it is in one of these states.
    ///
    /// # Errors
    /// [`NewsroomError::State`] when it is not.
    pub fn must_be(&self, states: &[StateKind]) -> Result<(), NewsroomError> {
        if states.contains(&self.state) { Ok(()) } else { Err(NewsroomError::State { is: self.state }) }
    }

    /// Gives it to somebody else to read.
    ///
    /// # Errors
    /// When it is not being written.
    pub fn submit(&mut self) -> Result<(), NewsroomError> {
        self.must_be(&[StateKind::Draft])?;
        self.state = StateKind::Review;
        Ok(())
    }

    /// Gives it back to who writes; from an hour to come it can be called back too.
    ///
    /// # Errors
    /// When it does not wait, or without a reason.
    pub fn give_back(&mut self, reason: &str) -> Result<(), NewsroomError> {
        self.must_be(&[StateKind::Review, StateKind::Scheduled])?;
        worded(reason)?;
        self.state = StateKind::Draft;
        self.publish_at = None;
        self.reviewed_name = None;
        Ok(())
    }

    /// Approves it: for now, or for an hour to come.
    ///
    /// # Errors
    /// When it does not wait for approval, or the hour is over.
    pub fn approve(&mut self, name: &str, at: Option<Timestamp>, now: Timestamp) -> Result<(), NewsroomError> {
        self.must_be(&[StateKind::Review])?;
        if at.is_some_and(|at| at <= now) {
            return Err(NewsroomError::PastHour);
        }
        self.state = if at.is_some() { StateKind::Scheduled } else { StateKind::Published };
        self.publish_at = Some(at.unwrap_or(now));
        self.reviewed_name = Some(name.to_owned());
        Ok(())
    }

    /// Whether its hour has come.
    #[must_use]
    pub fn is_out(&self, now: Timestamp) -> bool {
        let shown = matches!(self.state, StateKind::Scheduled | StateKind::Published | StateKind::Archived);
        shown && self.publish_at.is_some_and(|at| at <= now)
    }

    /// Takes it back, with a note that its address shows.
    ///
    /// # Errors
    /// When it is not out, or without a note.
    pub fn withdraw(&mut self, act: Act) -> Result<(), NewsroomError> {
        self.must_be(&[StateKind::Scheduled, StateKind::Published, StateKind::Archived])?;
        worded(&act.words)?;
        self.state = StateKind::Withdrawn;
        self.settled = Some(act);
        Ok(())
    }

    /// Takes it out of the lists; its address still answers.
    ///
    /// # Errors
    /// When it is not published.
    pub fn archive(&mut self, act: Act) -> Result<(), NewsroomError> {
        self.must_be(&[StateKind::Published])?;
        self.state = StateKind::Archived;
        self.settled = Some(act);
        Ok(())
    }
}

/// Requires words that say something.
///
/// # Errors
/// [`NewsroomError::ShortWords`].
pub fn worded(words: &str) -> Result<(), NewsroomError> {
    if words.chars().count() < SHORTEST_WORDS {
        return Err(NewsroomError::ShortWords { least: SHORTEST_WORDS });
    }
    Ok(())
}

/// A consent on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// The day it was given.
    pub on: Date,
    /// The document that shows it, or how it was given.
    pub how: String,
    /// Who recorded it.
    pub recorded_name: String,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// The file that shows it: name, digest, media type.
    pub file: Option<(String, String, String)>,
}

/// Somebody that a story is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// Its id.
    pub id: SubjectId,
    /// The name as the story has it.
    pub name: String,
    /// The person of the house, where it is one.
    pub person: Option<PersonId>,
    /// A person; otherwise a collective, which needs no consent.
    pub is_person: bool,
    /// The consent, where it was recorded.
    pub consent: Option<Consent>,
    /// When, by whom and why the consent was taken back.
    pub withdrawn: Option<Act>,
}

impl Subject {
    /// Whether the story may be shown as far as this one is concerned.
    #[must_use]
    pub fn agrees(&self) -> bool {
        !self.is_person || (self.consent.is_some() && self.withdrawn.is_none())
    }
}

/// A size in which a picture is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureFile {
    /// Its width in pixels.
    pub width: i64,
    /// Its height in pixels.
    pub height: i64,
    /// Its size in bytes.
    pub size: i64,
    /// SHA-256 of its bytes.
    pub digest: String,
    /// What it is.
    pub media_type: String,
}

/// A picture of a story, in its sizes, the smallest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its id.
    pub id: PictureId,
    /// What it shows, in words.
    pub alt: String,
    /// Its sizes.
    pub files: Vec<PictureFile>,
}

/// A correction: proposed by one, approved by another, with the text as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Its id.
    pub id: CorrectionId,
    /// What everybody reads about it.
    pub note: String,
    /// The text as it is to be.
    pub text: Text,
    /// Who proposed it.
    pub proposed_by: Option<AccountId>,
    /// The name of who proposed it.
    pub proposed_name: String,
    /// When it was proposed.
    pub proposed_at: Timestamp,
    /// Who approved it and when; none while it waits.
    pub approved: Option<(String, Timestamp)>,
    /// The text as it was before.
    pub was: Option<Text>,
}

/// A step in a story's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Who did it.
    pub by: Option<AccountId>,
    /// What was done.
    pub verb: StepVerb,
    /// When, by whom, with which words.
    pub act: Act,
}

words! {
    /// What was done with a story.
    StepVerb {
        /// Begun.
        Write = "write", "Soạn bài";
        /// Changed.
        Edit = "edit", "Sửa bài";
        /// Given to be approved.
        Submit = "submit", "Gửi duyệt";
        /// Given back.
        Return = "return", "Trả lại";
        /// Approved.
        Approve = "approve", "Duyệt";
        /// Came out at its hour.
        Publish = "publish", "Đăng theo giờ đã hẹn";
        /// A correction was proposed.
        ProposeCorrection = "propose_correction", "Đề nghị đính chính";
        /// A correction was approved.
        Correct = "correct", "Đính chính";
        /// Taken back.
        Withdraw = "withdraw", "Gỡ bài";
        /// Archived.
        Archive = "archive", "Lưu trữ";
    }
}

impl StepVerb {
    /// Whether it makes somebody an author of the text.
    #[must_use]
    pub fn writes(self) -> bool {
        matches!(self, Self::Write | Self::Edit | Self::Submit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    fn story(state: StateKind) -> Story {
        Story {
            id: StoryId::new(),
            slug: "a".to_owned(),
            kind: StoryKind::News,
            text: Text::default(),
            clause: "VI.2".to_owned(),
            decision: None,
            initiative: None,
            state,
            written_by: None,
            written_name: "Biên tập".to_owned(),
            written_at: at("2026-11-30T00:00:00Z"),
            reviewed_name: None,
            publish_at: None,
            settled: None,
            version: 1,
        }
    }

    #[test]
    fn every_step_is_possible_from_its_states_only() {
        let now = at("2026-11-30T00:00:00Z");
        let act = || Act { at: now, name: "Biên tập".to_owned(), words: "sai số quyết định".to_owned() };
        for state in StateKind::ALL {
            let from = |allowed: &[StateKind]| allowed.contains(state);
            let can = |step: &dyn Fn(&mut Story) -> Result<(), NewsroomError>| step(&mut story(*state)).is_ok();
            use StateKind::{Archived, Draft, Published, Review, Scheduled};
            assert_eq!(can(&|one| one.submit()), from(&[Draft]), "{state:?}");
            assert_eq!(can(&|one| one.give_back("sai số quyết định")), from(&[Review, Scheduled]), "{state:?}");
            assert_eq!(can(&|one| one.approve("Duyệt", None, now)), from(&[Review]), "{state:?}");
            assert_eq!(can(&|one| one.withdraw(act())), from(&[Scheduled, Published, Archived]), "{state:?}");
            assert_eq!(can(&|one| one.archive(act())), from(&[Published]), "{state:?}");
        }
    }

    #[test]
    fn a_story_for_an_hour_to_come_is_out_from_that_hour_on() {
        let (now, hour) = (at("2026-11-30T00:00:00Z"), at("2026-12-01T00:00:00Z"));
        let mut one = story(StateKind::Review);
        assert!(matches!(one.approve("Duyệt", Some(now), now), Err(NewsroomError::PastHour)));
        one.approve("Duyệt", Some(hour), now).expect("it waits for approval");
        assert_eq!(one.state, StateKind::Scheduled);
        assert!(!one.is_out(now) && one.is_out(hour));
    }

    #[test]
    fn a_person_agrees_on_record_until_the_consent_is_taken_back_a_collective_needs_none() {
        let now = at("2026-11-30T00:00:00Z");
        let mut one = Subject {
            id: SubjectId::new(),
            name: "Lò Thị Ban".to_owned(),
            person: None,
            is_person: true,
            consent: None,
            withdrawn: None,
        };
        assert!(!one.agrees());
        one.consent = Some(Consent {
            on: jiff::civil::date(2026, 11, 1),
            how: "Giấy đồng ý".to_owned(),
            recorded_name: "Biên tập".to_owned(),
            recorded_at: now,
            file: None,
        });
        assert!(one.agrees());
        one.withdrawn = Some(Act { at: now, name: "Ban".to_owned(), words: String::new() });
        assert!(!one.agrees());
        assert!(Subject { is_person: false, consent: None, withdrawn: None, ..one }.agrees());
    }
}
