//! A submission: where it lies, and what may follow.

use kernel::id::AccountId;
use kernel::numbers::short_date;
use kernel::{Date, Timestamp};
use rules::{AwardCode, Level, RuleBook};

use super::SubmissionsError;
use crate::awards::NominationId;
use crate::words::{ids, words};

ids! {
    /// A submission.
    SubmissionId,
    /// A file of a submission.
    SubmissionFileId,
}

words! {
    /// The kinds of [`State`], for lists.
    StateKind {
        /// It waits at a level.
        AtLevel = "at_level", "đang ở cấp xét";
        /// A level asked for a supplement.
        Returned = "returned", "bị trả để bổ sung";
        /// The last level decided.
        Decided = "decided", "đã có kết quả";
        /// A level refused it.
        Refused = "refused", "không được chấp nhận";
        /// The office took it back.
        Withdrawn = "withdrawn", "đã rút";
    }
}

impl StateKind {
    /// How it is coloured: ok, warn, bad, neutral.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::AtLevel | Self::Withdrawn => "neutral",
            Self::Returned => "warn",
            Self::Decided => "ok",
            Self::Refused => "bad",
        }
    }
}

/// How a submission stands; each state with what is known in it alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// It waits at its level.
    AtLevel,
    /// Its level asked for a supplement.
    Returned {
        /// What is asked for.
        reason: String,
    },
    /// The last level decided.
    Decided {
        /// The decision's number.
        number: String,
        /// Its day.
        on: Date,
    },
    /// Its level refused it.
    Refused {
        /// Why.
        reason: String,
    },
    /// The office took it back.
    Withdrawn {
        /// Why.
        reason: String,
    },
}

impl State {
    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> StateKind {
        match self {
            Self::AtLevel => StateKind::AtLevel,
            Self::Returned { .. } => StateKind::Returned,
            Self::Decided { .. } => StateKind::Decided,
            Self::Refused { .. } => StateKind::Refused,
            Self::Withdrawn { .. } => StateKind::Withdrawn,
        }
    }

    /// Why it stands so, where a reason belongs to it.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Returned { reason } | Self::Refused { reason } | Self::Withdrawn { reason } => Some(reason),
            Self::AtLevel | Self::Decided { .. } => None,
        }
    }
}

impl State {
    /// Leaves out the words that somebody wrote, for who may not read them.
    pub fn keep_silent(&mut self) {
        match self {
            Self::Returned { reason } | Self::Refused { reason } | Self::Withdrawn { reason } => reason.clear(),
            Self::AtLevel | Self::Decided { .. } => {}
        }
    }
}

/// A *tờ trình* on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// Its id.
    pub id: SubmissionId,
    /// The number of the *tờ trình*, as it is written: `12/TTr-VPUB`.
    pub number: String,
    /// The day it was signed.
    pub signed_on: Date,
    /// The levels above the office, in order; the last one decides.
    pub route: Vec<String>,
    /// At which of them it lies, counted from 0.
    pub level: usize,
    /// How it stands.
    pub state: State,
    /// Since when it stands so.
    pub since: Date,
    /// Who recorded it.
    pub created_by: Option<AccountId>,
    /// Counts changes.
    pub version: i64,
}

impl Submission {
    /// The level at which it lies or ended.
    #[must_use]
    pub fn at(&self) -> &str {
        self.route.get(self.level).map_or("", String::as_str)
    }

    /// The level it would be passed on to; none at the end of the route.
    #[must_use]
    pub fn next(&self) -> Option<&str> {
        self.route.get(self.level + 1).map(String::as_str)
    }

    /// Whether somebody still has it in hand: a level, or the office with a supplement to make.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.state, State::AtLevel | State::Returned { .. })
    }

    /// Its level asks for a supplement.
    ///
    /// # Errors
    /// When it does not lie there, or the day cannot be.
    pub fn give_back(&mut self, on: Date, today: Date, reason: String) -> Result<(), SubmissionsError> {
        self.lies_at_a_level()?;
        self.turn(State::Returned { reason }, on, today)
    }

    /// The supplement was sent: the same level has it anew, and its time begins anew.
    ///
    /// # Errors
    /// When no supplement was asked for, or the day cannot be.
    pub fn supply(&mut self, on: Date, today: Date) -> Result<(), SubmissionsError> {
        if !matches!(self.state, State::Returned { .. }) {
            return Err(self.odd("bổ sung"));
        }
        self.turn(State::AtLevel, on, today)
    }

    /// Its level passes it on.
    ///
    /// # Errors
    /// At the end of the route, when it does not lie at a level, or the day cannot be.
    pub fn pass_on(&mut self, on: Date, today: Date) -> Result<(), SubmissionsError> {
        self.lies_at_a_level()?;
        if self.next().is_none() {
            return Err(SubmissionsError::LastLevel { level: self.at().to_owned() });
        }
        self.turn(State::AtLevel, on, today)?;
        self.level += 1;
        Ok(())
    }

    /// The last level decided.
    ///
    /// # Errors
    /// Before the end of the route, when it does not lie at a level, or the day cannot be.
    pub fn decide(&mut self, number: String, on: Date, today: Date) -> Result<(), SubmissionsError> {
        self.lies_at_a_level()?;
        if let Some(next) = self.next() {
            return Err(SubmissionsError::NotThere { at: self.at().to_owned(), next: next.to_owned() });
        }
        self.turn(State::Decided { number, on }, on, today)
    }

    /// Its level refused it.
    ///
    /// # Errors
    /// When it does not lie at a level, or the day cannot be.
    pub fn refuse(&mut self, on: Date, today: Date, reason: String) -> Result<(), SubmissionsError> {
        self.lies_at_a_level()?;
        self.turn(State::Refused { reason }, on, today)
    }

    /// The office takes it back.
    ///
    /// # Errors
    /// When it is over.
    pub fn withdraw(&mut self, today: Date, reason: String) -> Result<(), SubmissionsError> {
        if !self.is_open() {
            return Err(self.odd("rút"));
        }
        self.turn(State::Withdrawn { reason }, today, today)
    }

    fn lies_at_a_level(&self) -> Result<(), SubmissionsError> {
        if matches!(self.state, State::AtLevel) { Ok(()) } else { Err(self.odd("ghi bước này")) }
    }

    fn odd(&self, wanted: &'static str) -> SubmissionsError {
        SubmissionsError::State { number: self.number.clone(), is: self.state.kind(), wanted }
    }

    fn turn(&mut self, to: State, on: Date, today: Date) -> Result<(), SubmissionsError> {
        if on < self.since || on > today {
            let (since, today) = (short_date(self.since), short_date(today));
            return Err(SubmissionsError::OddDay { day: short_date(on), since, today });
        }
        (self.state, self.since) = (to, on);
        Ok(())
    }
}

/// The levels above the office that a form passes, the one that decides last; none for a form that the
/// office itself decides.
#[must_use]
pub fn route_above(book: &RuleBook, award: AwardCode) -> Vec<String> {
    let info = book.award(award);
    if info.level == Level::Office {
        return Vec::new();
    }
    let own = book.awards().find(|one| one.level == Level::Office).map(|one| one.decider.as_str());
    let above = info.route.iter().rposition(|level| Some(level.as_str()) == own).map_or(0, |at| at + 1);
    info.route[above..].to_vec()
}

words! {
    /// What became of one nomination of a submission.
    LineOutcome {
        /// The award was given.
        Granted = "granted", "được khen thưởng";
        /// It was not.
        NotGranted = "not_granted", "không được khen thưởng";
    }
}

/// A nomination of a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Carried {
    /// The nomination.
    pub nomination: NominationId,
    /// What became of it; none while it is on its way, or when the submission was withdrawn.
    pub outcome: Option<LineOutcome>,
}

words! {
    /// A step on the way.
    StepKind {
        /// Sent to the first level.
        Sent = "sent", "trình";
        /// A supplement was asked for.
        GivenBack = "given_back", "trả để bổ sung";
        /// The supplement was sent.
        Supplied = "supplied", "đã bổ sung";
        /// Passed on to the next level.
        PassedOn = "passed_on", "chuyển lên";
        /// Decided.
        Decided = "decided", "quyết định";
        /// Refused.
        Refused = "refused", "không chấp nhận";
        /// Taken back.
        Withdrawn = "withdrawn", "rút";
    }
}

/// A step that was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What happened.
    pub kind: StepKind,
    /// On which day.
    pub on: Date,
    /// At which level, after it.
    pub level: String,
    /// A reason, a number, what was sent; empty where nothing is to say.
    pub words: String,
    /// When it was recorded.
    pub at: Timestamp,
    /// Who recorded it.
    pub account: Option<AccountId>,
}

/// A file of a submission: the *tờ trình*, a supplement, the decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubmissionFile {
    /// Its id.
    pub id: SubmissionFileId,
    /// Its name as it was uploaded.
    pub name: String,
    /// SHA-256 of its content, by which it is kept.
    pub digest: String,
    /// Its size in bytes.
    pub size: i64,
    /// What it is, by its first bytes.
    pub media_type: String,
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 23);

    fn sent() -> Submission {
        Submission {
            id: SubmissionId::new(),
            number: "12/TTr-VPUB".to_owned(),
            signed_on: date(2026, 11, 2),
            route: ["Sở Nội vụ", "Chủ tịch UBND tỉnh"].map(str::to_owned).to_vec(),
            level: 0,
            state: State::AtLevel,
            since: date(2026, 11, 2),
            created_by: None,
            version: 1,
        }
    }

    #[test]
    fn a_supplement_begins_the_time_of_the_same_level_anew() {
        let mut one = sent();
        one.give_back(date(2026, 11, 5), TODAY, "Thiếu biên bản".to_owned()).expect("given back");
        one.supply(date(2026, 11, 9), TODAY).expect("supplied");
        assert_eq!((one.at(), one.since, one.state.clone()), ("Sở Nội vụ", date(2026, 11, 9), State::AtLevel));
    }

    #[test]
    fn only_the_last_level_decides_and_nobody_is_above_it() {
        let mut one = sent();
        let early = one.decide("1/QĐ-UBND".to_owned(), date(2026, 11, 5), TODAY);
        assert!(matches!(early, Err(SubmissionsError::NotThere { .. })), "{early:?}");
        one.pass_on(date(2026, 11, 5), TODAY).expect("passed on");
        assert_eq!(one.at(), "Chủ tịch UBND tỉnh");
        let further = one.pass_on(date(2026, 11, 6), TODAY);
        assert!(matches!(further, Err(SubmissionsError::LastLevel { .. })), "{further:?}");
        one.decide("1/QĐ-UBND".to_owned(), date(2026, 11, 6), TODAY).expect("decided");
        assert!(!one.is_open());
    }

    #[test]
    fn a_day_before_the_last_step_or_after_today_is_refused() {
        for day in [date(2026, 11, 1), date(2026, 11, 24)] {
            let said = sent().pass_on(day, TODAY);
            assert!(matches!(said, Err(SubmissionsError::OddDay { .. })), "{day} {said:?}");
        }
        sent().pass_on(date(2026, 11, 2), TODAY).expect("the very day is a day");
    }

    #[test]
    fn every_step_is_refused_where_it_does_not_follow() {
        type Do = fn(&mut Submission) -> Result<(), SubmissionsError>;
        let steps: [(&str, Do); 5] = [
            ("give back", |one| one.give_back(TODAY, TODAY, String::new())),
            ("supply", |one| one.supply(TODAY, TODAY)),
            ("pass on", |one| one.pass_on(TODAY, TODAY)),
            ("refuse", |one| one.refuse(TODAY, TODAY, String::new())),
            ("withdraw", |one| one.withdraw(TODAY, String::new())),
        ];
        let states = [
            (State::AtLevel, "give back, pass on, refuse, withdraw"),
            (State::Returned { reason: String::new() }, "supply, withdraw"),
            (State::Decided { number: String::new(), on: TODAY }, ""),
            (State::Refused { reason: String::new() }, ""),
            (State::Withdrawn { reason: String::new() }, ""),
        ];
        for (state, expected) in states {
            let open =
                steps.iter().filter(|(_, step)| step(&mut Submission { state: state.clone(), ..sent() }).is_ok());
            let open: Vec<_> = open.map(|(name, _)| *name).collect();
            assert_eq!(open.join(", "), expected, "{state:?}");
        }
    }
}
