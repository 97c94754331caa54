//! What a rule still says after its last version ended and nothing followed: that it lapsed, never silence.
//!
//! A guard or a standard in this state answers *chưa xác định* by itself. The rules that are only asked for a
//! number or a list (the vote, the papers, the money, the time limits) say here that they lapsed; who may confirm
//! rules lets them stand again by confirming the version that ended, on a day since its end.

use std::collections::BTreeSet;
use std::fmt;

use jiff::civil::Date;
use kernel::numbers::short_date;
use serde::Serialize;

use crate::award::{AwardCode, RecipientKind};
use crate::book::RuleBook;
use crate::money::Bonus;
use crate::pack::file::{BallotRow, DeadlineRow, MultipleRow};
use crate::pack::{Rule, Version};
use crate::procedure::{Confirmation, Deadline, DossierItem};
use crate::standing;
use crate::vote::Ballot;

/// A rule whose last version has ended without a successor, and that nobody confirmed since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lapse {
    /// The rule.
    pub rule: String,
    /// Its last version: the first day of it.
    pub version: String,
    /// What the rule is about.
    pub title_vi: String,
    /// The act it stood on, as citations write it.
    pub act: String,
    /// The last day on which it held.
    pub last_day: Date,
}

impl fmt::Display for Lapse {
    /// The state of the rule in a sentence without a full stop: which act, its last day.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { title_vi, act, last_day, .. } = self;
        let day = short_date(*last_day);
        write!(f, "“{title_vi}”: {act} áp dụng đến hết ngày {day}, hết hiệu lực, chưa có văn bản thay")
    }
}

/// What lets work go on that rests on a lapsed rule, in a sentence without a full stop.
pub const WHAT_TO_DO: &str =
    "nạp bộ quy tắc theo văn bản thay thế, hoặc người có thẩm quyền xác nhận quy tắc ở trang Căn cứ pháp lý";

/// What rules say of a question on a day, and which of them have lapsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken<T> {
    /// What they say; what they said last, where one has lapsed.
    pub says: T,
    /// The rules that have lapsed; empty where all stand.
    pub lapsed: Vec<Lapse>,
}

impl<T> Spoken<T> {
    /// What stands.
    ///
    /// # Errors
    /// The rules that have lapsed, where one has.
    pub fn standing(self) -> Result<T, Vec<Lapse>> {
        if self.lapsed.is_empty() { Ok(self.says) } else { Err(self.lapsed) }
    }

    /// Why it does not stand, in one sentence without a full stop; empty where it does.
    #[must_use]
    pub fn why(&self) -> String {
        self.lapsed.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    }
}

/// The version that speaks, and its lapse.
struct Found<'a, B> {
    version: &'a Version<B>,
    rule: &'a Rule<B>,
    lapse: Option<Lapse>,
}

impl RuleBook {
    /// Whether and how the council votes on an award; none when no rule has spoken of it by that day.
    #[must_use]
    pub fn ballot_on(&self, code: AwardCode, on: Date, confirmed: &[Confirmation]) -> Option<Spoken<Ballot>> {
        let Found { version, lapse, .. } = self.last_word(&self.ballots, Some(code), on, confirmed)?;
        let BallotRow { needed, share_bp, of } = version.body.clone();
        let citation = version.basis.cited();
        let ballot = Ballot { needed, share_bp, of, citation };
        Some(Spoken { says: ballot, lapsed: lapse.into_iter().collect() })
    }

    /// The papers of the dossier for an award; none when no rule has spoken of it by that day.
    #[must_use]
    pub fn dossier_on(
        &self,
        code: AwardCode,
        on: Date,
        confirmed: &[Confirmation],
    ) -> Option<Spoken<Vec<DossierItem>>> {
        let Found { version, lapse, .. } = self.last_word(&self.dossiers, Some(code), on, confirmed)?;
        Some(Spoken { says: version.body.clone(), lapsed: lapse.into_iter().collect() })
    }

    /// The papers to ask for on a day, lapsed or not: a lapsed list is asked for still, and each of its citations
    /// says that it lapsed. Empty when no rule has spoken of it by that day.
    #[must_use]
    pub fn checklist(&self, code: AwardCode, on: Date, confirmed: &[Confirmation]) -> Vec<DossierItem> {
        let Some(spoken) = self.dossier_on(code, on, confirmed) else { return Vec::new() };
        let mut items = spoken.says;
        for (item, lapse) in items.iter_mut().flat_map(|item| spoken.lapsed.first().map(|lapse| (item, lapse))) {
            item.citation = format!("{}; {}", item.citation, ended(lapse));
        }
        items
    }

    /// The time limits for an award, with those that have lapsed.
    #[must_use]
    pub fn deadlines_on(&self, code: AwardCode, on: Date, confirmed: &[Confirmation]) -> Vec<Spoken<Deadline>> {
        let concerning = self.deadlines.iter().filter(|rule| rule.concerns(code));
        concerning
            .filter_map(|rule| {
                let Found { version, rule, lapse } =
                    self.last_word(std::slice::from_ref(rule), Some(code), on, confirmed)?;
                let row: &DeadlineRow = &version.body;
                let deadline = Deadline {
                    id: rule.id.clone(),
                    awards: rule.awards.clone(),
                    text_vi: row.text_vi.clone(),
                    working_days: row.working_days,
                    from_event: row.from_event.clone(),
                    month_day: row.month.zip(row.day),
                    years_after: row.years_after.unwrap_or(0),
                    citation: version.basis.citation.clone(),
                };
                Some(Spoken { says: deadline, lapsed: lapse.into_iter().collect() })
            })
            .collect()
    }

    /// The money of an award decided on a day; none when no rule has spoken of it by that day, or not of the
    /// recipient.
    ///
    /// A household gets the person's multiple times the factor of the principles. Whether the product or already
    /// the person's amount is rounded up is theirs to say too.
    #[must_use]
    pub fn bonus_on(
        &self,
        code: AwardCode,
        kind: RecipientKind,
        on: Date,
        confirmed: &[Confirmation],
    ) -> Option<Spoken<Bonus>> {
        let salary = self.last_word(&self.base_salaries, None, on, confirmed)?;
        let principles = self.last_word(&self.bonus_principles, None, on, confirmed)?;
        let rows = self.last_word(&self.bonuses, Some(code), on, confirmed)?;
        let row = |kind| rows.version.body.iter().find(|row: &&MultipleRow| row.recipient == kind);
        let (rule, base) = (&principles.version.body, salary.version.body);
        let (row, household) = match row(kind) {
            Some(row) => (row, false),
            None if kind == RecipientKind::Household => (row(RecipientKind::Person)?, true),
            None => return None,
        };
        let multiple = if household { row.multiple.times(rule.household_factor)? } else { row.multiple };
        let amount = if household {
            rule.household_rounding.amount(row.multiple, rule.household_factor, base, rule.round_up_to)?
        } else {
            multiple.of(base, rule.round_up_to)
        };
        let basis = &principles.version.basis;
        let person_to_household = rule.household_confidence.cite(&rule.household_citation);
        let clauses: Vec<String> = [
            Some(row.confidence.cite(&row.citation)),
            household.then_some(person_to_household),
            Some(basis.cited()),
            Some(salary.version.basis.cited()),
        ]
        .into_iter()
        .flatten()
        .collect();
        let sources = [Some(row.confidence), household.then_some(rule.household_confidence), Some(basis.confidence)];
        let sources = sources.into_iter().flatten().chain([salary.version.basis.confidence]);
        let bonus = Bonus {
            multiple,
            base,
            amount,
            citation: clauses.join("; "),
            confidence: sources.max().unwrap_or(row.confidence),
        };
        let lapsed = [rows.lapse, principles.lapse, salary.lapse].into_iter().flatten().collect();
        Some(Spoken { says: bonus, lapsed })
    }

    /// What has lapsed of the rules that go with an award for a kind of recipient, each once.
    #[must_use]
    pub fn lapses(&self, code: AwardCode, kind: RecipientKind, on: Date, confirmed: &[Confirmation]) -> Vec<Lapse> {
        let ballot = self.ballot_on(code, on, confirmed).map(|one| one.lapsed);
        let dossier = self.dossier_on(code, on, confirmed).map(|one| one.lapsed);
        let bonus = self.bonus_on(code, kind, on, confirmed).map(|one| one.lapsed);
        [ballot, dossier, bonus].into_iter().flatten().flatten().collect()
    }

    /// What has lapsed of all rules that go with an award, whoever gets it, each once.
    pub(crate) fn every_lapse(&self, code: AwardCode, on: Date) -> Vec<Lapse> {
        let mut all: Vec<Lapse> =
            RecipientKind::ALL.iter().flat_map(|kind| self.lapses(code, *kind, on, &[])).collect();
        all.extend(self.deadlines_on(code, on, &[]).into_iter().flat_map(|one| one.lapsed));
        let mut seen = BTreeSet::new();
        all.retain(|lapse| seen.insert(lapse.rule.clone()));
        all
    }

    /// The version in force that concerns an award; else the one that ended last, with its lapse unless somebody
    /// confirmed it since. None when none had begun by that day.
    fn last_word<'a, B>(
        &self,
        rules: &'a [Rule<B>],
        code: Option<AwardCode>,
        on: Date,
        confirmed: &[Confirmation],
    ) -> Option<Found<'a, B>> {
        let concerning = || rules.iter().filter(|rule| code.is_none_or(|code| rule.concerns(code)));
        if let Some((rule, version)) = concerning().find_map(|rule| Some((rule, rule.on(on)?))) {
            return Some(Found { version, rule, lapse: None });
        }
        let ended = concerning().filter_map(|rule| Some((rule, rule.last_before(on)?)));
        let (rule, version) = ended.max_by_key(|(_, version)| version.basis.period.until)?;
        let basis = &version.basis;
        let (waiting, _) = standing::of_basis(&rule.id, basis, on, &[], confirmed);
        let last_day = basis.period.until.and_then(|until| until.yesterday().ok());
        let lapse = waiting.zip(last_day).map(|(_, last_day)| Lapse {
            rule: rule.id.clone(),
            version: basis.version(),
            title_vi: rule.title_vi.clone(),
            act: self.instruments.get(&basis.instrument).map_or(&basis.instrument, |act| &act.number).clone(),
            last_day,
        });
        Some(Found { version, rule, lapse })
    }
}

fn ended(lapse: &Lapse) -> String {
    format!("hết hiệu lực, chưa có văn bản thay ({} áp dụng đến hết ngày {})", lapse.act, short_date(lapse.last_day))
}
