//! Pure answers: thresholds, conflicts, what may be printed.

use kernel::id::{PersonId, UnitId};

use rules::Denominator;

use super::model::{Choice, ConflictKind, Motion, Tally};
use crate::awards::model::Outcome;
use crate::organization::Recipient;

/// A motion with fewer ballots than this is printed without numbers, and warned of before opening.
pub const FEWEST_VOTERS: u32 = 4;

/// What the share is a share of, in people or votes. Members with a conflict stay in all of these but the
/// votes: that somebody may not vote makes it no easier to pass.
#[must_use]
pub fn denominator(motion: &Motion, tally: &Tally) -> u32 {
    match motion.of {
        Denominator::AllMembers => motion.members,
        Denominator::Present => tally.present,
        Denominator::Valid => tally.valid(),
    }
}

/// Whether the votes carry the motion: a share where the law asks for one, else a majority. The exact
/// boundary of a share carries; half is no majority.
#[must_use]
pub fn carries(motion: &Motion, tally: &Tally) -> bool {
    let (yes, whole) = (tally.of(Choice::Yes), denominator(motion, tally));
    match motion.share_bp {
        Some(share) => rules::passes(yes, share, whole),
        None => rules::vote::has_majority(yes, whole),
    }
}

/// How many yes votes out of a whole carry the motion.
#[must_use]
pub fn needed(motion: &Motion, whole: u32) -> u32 {
    match motion.share_bp {
        Some(share) => rules::votes_needed(share, whole),
        None => whole / 2 + 1,
    }
}

/// What the council made of a motion: yes when it carries; else what a majority chose, if it chose one
/// thing; else no.
#[must_use]
pub fn outcome(motion: &Motion, tally: &Tally) -> Outcome {
    let majority = |choice| rules::vote::has_majority(tally.of(choice), denominator(motion, tally));
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

/// The fewest ballots that differ from the others where numbers are printed. With one, a missing number would say
/// "all chose the same" by itself; so it may as well mean that one did not.
pub const FEWEST_DISSENTING: u32 = 2;

/// Whether numbers may be printed: not when few ballots were cast or nearly all say the same, for then they tell
/// choices. Written opinions hide nobody: they are signed, and whoever takes them off has the ballots.
#[must_use]
pub fn prints_numbers(tally: &Tally) -> bool {
    tally.ballots() >= FEWEST_VOTERS && tally.dissenting() >= FEWEST_DISSENTING
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
            of: Denominator::AllMembers,
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
        assert_eq!(needed(&motion, 10), 8);
    }

    #[test]
    fn the_same_ballots_under_three_denominators_give_three_documented_outcomes() {
        let mut votes = tally(&[(Choice::Yes, 6), (Choice::No, 1), (Choice::Blank, 1)]);
        votes.present = 8;
        let under = |of, share| outcome(&Motion { of, ..motion(Some(share), 10) }, &votes);
        assert_eq!(under(Denominator::AllMembers, 6000), Outcome::Yes, "6 of 10");
        assert_eq!(under(Denominator::AllMembers, 6001), Outcome::No);
        assert_eq!(under(Denominator::Present, 7500), Outcome::Yes, "6 of 8");
        assert_eq!(under(Denominator::Present, 7501), Outcome::No);
        assert_eq!(under(Denominator::Valid, 8571), Outcome::Yes, "6 of 7");
        assert_eq!(under(Denominator::Valid, 8572), Outcome::No);
    }

    #[test]
    fn a_motion_takes_the_share_of_a_new_rule_and_tells_that_it_did() {
        let rule = |needed: bool| rules::Ballot {
            needed,
            share_bp: needed.then_some(9000),
            of: Some(Denominator::AllMembers),
            citation: "NĐ mới".to_owned(),
        };
        let mut motion = motion(Some(8000), 10);
        assert!(motion.rest_on(Some(rule(true))));
        assert_eq!((motion.ballot, motion.share_bp, motion.citation.as_str()), (true, Some(9000), "NĐ mới"));
        assert!(!motion.rest_on(Some(rule(true))), "the same rule changes nothing");
        assert!(motion.rest_on(Some(rule(false))));
        assert_eq!((motion.ballot, motion.share_bp), (false, None));
        assert!(motion.rest_on(None));
        assert!(motion.citation.contains("đa số thành viên"), "{}", motion.citation);
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
        assert!(!prints_numbers(&tally(&[(Choice::Yes, 6), (Choice::No, 1)])), "a dash must not tell that all agreed");
        assert!(prints_numbers(&tally(&[(Choice::Yes, 5), (Choice::No, 2)])));
        assert!(prints_numbers(&tally(&[(Choice::Yes, 5), (Choice::No, 1), (Choice::Blank, 1)])));
        let mut few = tally(&[(Choice::Yes, 2), (Choice::No, 1)]);
        few.written.insert(Choice::Yes, 3);
        assert!(!prints_numbers(&few), "whoever takes the signed opinions off has three ballots");
        let mut same = tally(&[(Choice::Yes, 6), (Choice::No, 0)]);
        same.written.insert(Choice::No, 1);
        assert!(!prints_numbers(&same), "a signed opinion against does not hide six ballots for");
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
