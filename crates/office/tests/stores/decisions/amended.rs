//! Corrections, revocations and annulments: proposed by one person, put in force by another.

use crate::ledger::meddle;
use futures::future::join;
use kernel::Role;
use office::awards;
use office::awards::model::NominationState;
use office::decisions::DecisionsError;
use office::decisions::amendments::{self, Proposal};
use office::decisions::model::{AmendmentState, LineId, LineState};
use office::decisions::{papers, queries};
use testkit::{TODAY, actor};

use super::scene::{REASON, scene};

#[tokio::test]
async fn a_revoked_line_is_said_to_be_revoked_everywhere_and_keeps_its_history() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        let line = stage.issued().await;
        let chief = house.as_actor(&stage.chief);
        stage.amend(corrected(line.id, "Lò Thị Hoa Ban", "Phó Trưởng phòng")).await.expect("corrected");
        let seen = stage.verified(&line, None).await;
        assert_eq!((seen.state, seen.name.as_str()), (LineState::Corrected, "Lò Thị Hoa Ban"), "{}", house.engine());
        stage.amend(Proposal::Revoke(line.id)).await.expect("revoked");
        let nomination = line.nomination.expect("a nomination");
        let told = awards::queries::detail(&chief, nomination).await.expect("a nomination");
        assert_eq!(told.nomination.state, NominationState::Revoked, "{}", house.engine());
        assert!(told.events.iter().any(|event| event.verb == "nomination.revoke"), "{}", house.engine());
        let seen = stage.verified(&line, None).await;
        assert_eq!((seen.state, seen.changed_on), (LineState::Revoked, Some(TODAY)), "{}", house.engine());
        let twice = stage.amend(Proposal::Revoke(line.id)).await;
        assert!(matches!(twice, Err(DecisionsError::LineState { .. })), "{} {twice:?}", house.engine());
        let (_, kept, events) = queries::line(&chief, line.id).await.expect("a line");
        let told: Vec<&str> = events.iter().map(|event| event.verb.as_str()).collect();
        assert_eq!((kept.state, told), (LineState::Revoked, vec!["correct", "revoke"]), "{}", house.engine());
    }
}

fn corrected(line: LineId, name: &str, title: &str) -> Proposal {
    Proposal::Correct { line, name: name.to_owned(), title: title.to_owned() }
}

#[tokio::test]
async fn of_two_proposals_for_one_line_at_once_one_waits_for_the_other() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        let line = stage.issued().await;
        let standing = house.as_actor(&stage.standing);
        let correction = amendments::propose(&standing, corrected(line.id, "Lò Thị Hoa Ban", ""), REASON);
        let revocation = amendments::propose(&standing, Proposal::Revoke(line.id), REASON);
        let said = join(correction, revocation).await;
        let kept: Vec<_> = [&said.0, &said.1].into_iter().filter_map(|one| one.as_ref().ok()).collect();
        assert_eq!(kept.len(), 1, "{} {said:?}", house.engine());
        assert_eq!(stage.verified(&line, None).await.state, LineState::Valid, "{}", house.engine());
        let chief = house.as_actor(&stage.chief);
        let both = join(amendments::confirm(&chief, *kept[0]), amendments::confirm(&chief, *kept[0])).await;
        assert_ne!(both.0.is_ok(), both.1.is_ok(), "{} {both:?}", house.engine());
    }
}

#[tokio::test]
async fn nobody_puts_in_force_what_the_same_person_proposed_and_a_refusal_keeps_its_reason() {
    for house in testkit::houses().await {
        let mut stage = scene(&house).await;
        let line = stage.issued().await;
        stage.standing.grants.extend(actor(Role::Chief, None).grants);
        let standing = house.as_actor(&stage.standing);
        let id = amendments::propose(&standing, Proposal::Annul(line.decision), REASON).await.expect("proposed");
        let own = amendments::confirm(&standing, id).await;
        meddle(&house, "update amendments set reason = 'Lý do khác hẳn'").await;
        let other = amendments::confirm(&house.as_actor(&stage.chief), id).await;
        assert!(matches!(other, Err(DecisionsError::AmendmentState { .. })), "{} {other:?}", house.engine());
        assert!(matches!(own, Err(DecisionsError::OwnProposal)), "{} {own:?}", house.engine());
        let silent = amendments::refuse(&standing, id, "không").await;
        assert!(matches!(silent, Err(DecisionsError::ShortReason { .. })), "{} {silent:?}", house.engine());
        amendments::refuse(&standing, id, "Rút để bổ sung căn cứ").await.expect("taken back");
        let late = amendments::confirm(&house.as_actor(&stage.chief), id).await;
        assert!(matches!(late, Err(DecisionsError::AmendmentState { .. })), "{} {late:?}", house.engine());
        let kept = amendments::of_decision(&standing, line.decision).await.expect("a list");
        let told: Vec<_> = kept.iter().map(|one| (one.state, one.answer.as_deref())).collect();
        assert_eq!(told, [(AmendmentState::Refused, Some("Rút để bổ sung căn cứ"))], "{}", house.engine());
        let head = amendments::refuse(&house.as_actor(&stage.head), id, REASON).await;
        assert!(head.is_err(), "{} {head:?}", house.engine());
    }
}

#[tokio::test]
async fn an_annulled_decision_revokes_every_line_and_still_reads_as_it_was_signed() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        let campaign = stage.campaign().await;
        stage.passed(campaign, "CB1", "Lò Thị Hoa").await;
        stage.passed(campaign, "CB2", "Giàng A Chu").await;
        let id = stage.draft(campaign).await.expect("a draft");
        stage.issue(id, 1, "").await.expect("issued");
        let chief = house.as_actor(&stage.chief);
        let paper = async || {
            let (decision, lines) = queries::detail(&chief, id).await.expect("a decision");
            let background = papers::background(&chief, &decision, &lines).await.expect("what the house knows");
            format!("{:?}", papers::decision(&house, &decision, &lines, &background))
        };
        let signed = paper().await;
        let first = stage.lines(id).await.remove(0);
        stage.amend(corrected(first.id, "Lò Thị Hoa Ban", "")).await.expect("corrected");
        stage.amend(Proposal::Annul(id)).await.expect("annulled");
        assert_eq!(paper().await, signed, "{}: what was signed does not change", house.engine());
        assert!(signed.contains("Lò Thị Hoa") && signed.contains("Giàng A Chu"), "{}", house.engine());
        let (decision, lines) = queries::detail(&chief, id).await.expect("a decision");
        assert_eq!(decision.annulled_on, Some(TODAY), "{}", house.engine());
        let nomination = lines[0].nomination.expect("a nomination");
        let told = awards::queries::detail(&chief, nomination).await.expect("a nomination").nomination;
        assert_eq!((told.state, told.annulled_on), (NominationState::Annulled, Some(TODAY)), "{}", house.engine());
        assert!(lines.iter().all(|line| line.state == LineState::Revoked), "{} {lines:?}", house.engine());
        assert!(lines.iter().all(|line| line.state_words() == "đã hủy bỏ"), "{} {lines:?}", house.engine());
        let (.., events) = queries::line(&chief, first.id).await.expect("a line");
        assert_eq!(events.last().map(|event| event.became.as_str()), Some("đã hủy bỏ"), "{}", house.engine());
        for line in &lines {
            let told = stage.verified(line, None).await;
            let told = (told.state, told.annulled_on, told.intact);
            assert_eq!(told, (LineState::Revoked, Some(TODAY), true), "{}", house.engine());
        }
        let dots =
            amendments::propose(&house.as_actor(&stage.standing), Proposal::Annul(id), ". . . . . . . . . .").await;
        assert!(matches!(dots, Err(DecisionsError::ShortReason { .. })), "{} {dots:?}", house.engine());
        let again = stage.amend(Proposal::Annul(id)).await;
        assert!(matches!(again, Err(DecisionsError::LineState { .. })), "{} {again:?}", house.engine());
        let mut tx = house.db.read().await.expect("a transaction");
        let altered = office::audit::altered(&mut tx, &house.keys).await.expect("an answer");
        assert_eq!(altered, Vec::<String>::new(), "{}", house.engine());
        drop(tx);
        let anew = stage.draft(campaign).await.expect("a new decision, for exceptions");
        assert!(stage.lines(anew).await.is_empty(), "{}", house.engine());
    }
}
