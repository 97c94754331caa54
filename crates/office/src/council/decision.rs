//! Pure answers: thresholds, conflicts, what may be printed.

use kernel::id::{PersonId, UnitId};

use super::model::{Choice, ConflictKind, Motion, Tally};
use crate::awards::model::Outcome;
use crate::organization::Recipient;

/// A motion with fewer voters than this is printed without numbers, and warned of before opening.
pub const FEWEST_VOTERS: u32 = 4;

/// Whether the votes carry the motion: a share of all members where the law asks for one, else a
/// majority of all members. The exact boundary of a share carries; half does not.
#[must_use]
pub fn carries(motion: &Motion, tally: &Tally) -> bool {
    let yes = tally.of(Choice::Yes);
    match motion.share_bp {
        Some(share) => rules::passes(yes, share, motion.members),
        None => rules::vote::has_majority(yes, motion.members),
    }
}

/// How many yes votes carry the motion.
#[must_use]
pub fn needed(motion: &Motion) -> u32 {
    match motion.share_bp {
        Some(share) => rules::votes_needed(share, motion.members),
        None => motion.members / 2 + 1,
    }
}

/// What the council made of a motion: yes when it carries; else what a majority of all members chose,
/// if they chose one thing; else no.
#[must_use]
pub fn outcome(motion: &Motion, tally: &Tally) -> Outcome {
    let majority = |choice| rules::vote::has_majority(tally.of(choice), motion.members);
    if carries(motion, tally) {
        Outcome::Yes
    } else if majority(Choice::Lower) {
        Outcome::Lower
    } else if majority(Choice::Defer) {
        Outcome::Defer
    } else {
        Outcome::No
    }
}

/// Whether numbers may be printed: not when few voted or all said the same, for then they tell choices.
#[must_use]
pub fn prints_numbers(tally: &Tally) -> bool {
    tally.all() >= FEWEST_VOTERS && !tally.is_unanimous()
}

/// Why a member has no say on a nomination, as far as the record tells. Never by a name.
#[must_use]
pub fn conflict(
    member: PersonId,
    member_units: &[UnitId],
    related: &[PersonId],
    nominee: Recipient,
    nominating: UnitId,
) -> Option<ConflictKind> {
    match nominee {
        Recipient::Person(person) if person == member => Some(ConflictKind::Itself),
        Recipient::Person(person) if related.contains(&person) => Some(ConflictKind::Relation),
        Recipient::Unit(unit) if member_units.contains(&unit) => Some(ConflictKind::SameUnit),
        Recipient::Person(_) if member_units.contains(&nominating) => Some(ConflictKind::SameUnit),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::model::{MeetingId, MotionId};
    use super::*;
    use crate::awards::model::NominationId;

    fn motion(share_bp: Option<u32>, members: u32) -> Motion {
        Motion {
            id: MotionId::new(),
            meeting: MeetingId::new(),
            nomination: NominationId::new(),
            position: 1,
            ballot: share_bp.is_some(),
            share_bp,
            citation: "NĐ".to_owned(),
            members,
            recused: 0,
            tally: None,
            outcome: None,
        }
    }

    fn tally(votes: &[(Choice, u32)]) -> Tally {
        Tally { cast: votes.iter().copied().collect(), ..Tally::default() }
    }

    #[test]
    fn the_exact_share_of_all_members_carries() {
        let motion = motion(Some(8000), 10);
        assert_eq!(outcome(&motion, &tally(&[(Choice::Yes, 8)])), Outcome::Yes);
        assert_eq!(outcome(&motion, &tally(&[(Choice::Yes, 7), (Choice::No, 3)])), Outcome::No);
        assert_eq!(needed(&motion), 8);
    }

    #[test]
    fn half_of_all_members_is_no_majority() {
        let motion = motion(None, 8);
        assert_eq!(outcome(&motion, &tally(&[(Choice::Yes, 4), (Choice::No, 4)])), Outcome::No);
        assert_eq!(outcome(&motion, &tally(&[(Choice::Yes, 5)])), Outcome::Yes);
    }

    #[test]
    fn a_written_opinion_counts_beside_the_ballots() {
        let mut votes = tally(&[(Choice::Yes, 4), (Choice::No, 1)]);
        votes.written.insert(Choice::Yes, 1);
        assert_eq!(outcome(&motion(None, 9), &votes), Outcome::Yes);
    }

    #[test]
    fn a_majority_for_a_lower_award_or_for_later_is_an_outcome_of_its_own() {
        let votes = tally(&[(Choice::Lower, 5), (Choice::Yes, 3)]);
        assert_eq!(outcome(&motion(None, 8), &votes), Outcome::Lower);
        let votes = tally(&[(Choice::Defer, 5), (Choice::Yes, 3)]);
        assert_eq!(outcome(&motion(None, 8), &votes), Outcome::Defer);
    }

    #[test]
    fn numbers_that_would_tell_choices_are_not_printed() {
        assert!(!prints_numbers(&tally(&[(Choice::Yes, 3)])));
        assert!(!prints_numbers(&tally(&[(Choice::Yes, 7)])));
        assert!(!prints_numbers(&tally(&[(Choice::Yes, 2), (Choice::No, 1)])));
        assert!(prints_numbers(&tally(&[(Choice::Yes, 6), (Choice::No, 1)])));
    }

    #[test]
    fn a_member_is_in_conflict_over_self_unit_and_stated_relation_only() {
        let (member, other, unit) = (PersonId::new(), PersonId::new(), UnitId::new());
        let about = |nominee, nominating| conflict(member, &[unit], &[other], nominee, nominating);
        assert_eq!(about(Recipient::Person(member), UnitId::new()), Some(ConflictKind::Itself));
        assert_eq!(about(Recipient::Person(other), UnitId::new()), Some(ConflictKind::Relation));
        assert_eq!(about(Recipient::Person(PersonId::new()), unit), Some(ConflictKind::SameUnit));
        assert_eq!(about(Recipient::Unit(unit), unit), Some(ConflictKind::SameUnit));
        assert_eq!(about(Recipient::Person(PersonId::new()), UnitId::new()), None);
    }
}
