//! A decision from the passed list to the register, and what becomes of its lines.

mod amended;
mod documents;
pub mod scene;

use crate::ledger::meddle;
use ::papers::certificate::Stock;
use futures::future::join;
use jiff::civil::date;
use kernel::numbers::Dong;
use kernel::{Actor, Role};
use office::awards::model::{NominationState, Outcome};
use office::awards::{AwardsError, again, review};
use office::decisions::amendments::Proposal;
use office::decisions::model::{DecisionState, Exception, LineState};
use office::decisions::queries::{self, Filter};
use office::decisions::{DecisionsError, papers, printing, proof, stocks};
use office::decisions::{exceptions, service};
use office::fund::{self, FundError};
use office::organization::Recipient;
use office::organization::outsiders::{self, OutsiderEntry};
use office::{StoreError, awards, records};
use rules::AwardCode;
use testkit::{TODAY, actor};

use scene::{REASON, scene};

/// An exception that somebody allowed.
fn allowed() -> Exception {
    Exception { reason: REASON.to_owned(), authority: "Chánh Văn phòng".to_owned() }
}

#[tokio::test]
async fn issuing_numbers_registers_and_records_every_line_at_once() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        let campaign = stage.campaign().await;
        let none = stage.draft(campaign).await;
        assert!(matches!(none, Err(DecisionsError::NothingPassed)), "{} {none:?}", house.engine());
        let nomination = stage.passed(campaign, "CB1", "Lò Thị Hoa").await;
        let id = stage.draft(campaign).await.expect("a draft");
        stage.issue(id, 1, "").await.expect("issued");
        let standing = house.as_actor(&stage.standing);
        let (decision, lines) = queries::detail(&standing, id).await.expect("a decision");
        assert_eq!((decision.state, decision.number_text().as_str()), (DecisionState::Issued, "01/QĐ-VPUB"));
        let line = lines.first().expect("a line");
        assert_eq!((line.register, line.state), (Some((2026, 1)), LineState::Valid), "{}", house.engine());
        let state = awards::queries::detail(&standing, nomination).await.expect("it").nomination.state;
        assert_eq!(state, NominationState::Decided, "{}", house.engine());
        let mut tx = house.db.read().await.expect("a transaction");
        let kind = records::queries::recipient_kind(&mut tx, line.recipient).await.expect("a kind").expect("known");
        drop(tx);
        let rule = house.rules.bonus(AwardCode::GiayKhen, kind, TODAY).map(|bonus| bonus.amount);
        let kept = line.money.as_ref().and_then(|money| u64::try_from(money.amount).ok());
        assert_eq!(kept, rule, "{}: what no rule tells is none and never nothing", house.engine());
        let again = stage.issue(id, 2, "").await;
        assert!(matches!(again, Err(DecisionsError::Issued { .. })), "{} {again:?}", house.engine());
    }
}

#[tokio::test]
async fn who_drafted_a_decision_does_not_sign_it() {
    for house in testkit::houses().await {
        let mut stage = scene(&house).await;
        stage.standing.grants.extend(actor(Role::Chief, None).grants);
        let campaign = stage.campaign().await;
        stage.passed(campaign, "CB1", "Lò Thị Hoa").await;
        let id = stage.draft(campaign).await.expect("a draft");
        let said = service::issue(&house.as_actor(&stage.standing), id, 1, TODAY, "").await;
        assert!(matches!(said, Err(DecisionsError::OwnDraft)), "{} {said:?}", house.engine());
    }
}

#[tokio::test]
async fn a_number_is_given_once_and_a_gap_is_explained() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        stage.issued().await;
        let campaign = stage.campaign().await;
        stage.passed(campaign, "CB2", "Giàng A Chu").await;
        let id = stage.draft(campaign).await.expect("a draft");
        let taken = stage.issue(id, 1, "").await;
        assert!(matches!(taken, Err(DecisionsError::NumberTaken { next: 2, .. })), "{} {taken:?}", house.engine());
        let gap = stage.issue(id, 4, "").await;
        assert!(matches!(gap, Err(DecisionsError::GapWithoutReason { next: 2, .. })), "{} {gap:?}", house.engine());
        stage.issue(id, 4, REASON).await.expect("issued");
        let (decision, lines) = queries::detail(&house.as_actor(&stage.chief), id).await.expect("a decision");
        assert_eq!(decision.gap_reason.as_deref(), Some(REASON), "{}", house.engine());
        assert_eq!(lines.first().and_then(|line| line.register), Some((2026, 2)), "{}", house.engine());
    }
}

#[tokio::test]
async fn of_two_clerks_who_give_one_number_at_once_exactly_one_wins() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        let (one, other) = (stage.campaign().await, stage.campaign().await);
        stage.passed(one, "CB1", "Lò Thị Hoa").await;
        stage.passed(other, "CB2", "Giàng A Chu").await;
        let drafts = (stage.draft(one).await.expect("a draft"), stage.draft(other).await.expect("a draft"));
        let said = join(stage.issue(drafts.0, 1, ""), stage.issue(drafts.1, 1, "")).await;
        let lost: Vec<_> = [said.0, said.1].into_iter().filter_map(Result::err).collect();
        let one_lost = matches!(lost.as_slice(), [DecisionsError::NumberTaken { number: 1, .. }]);
        assert!(one_lost, "{} {lost:?}", house.engine());
        let found = queries::register(&house.program(), &Filter::default()).await.expect("a register");
        assert_eq!(found.len(), 1, "{}", house.engine());
    }
}

#[tokio::test]
async fn a_draft_that_differs_from_the_passed_list_is_drawn_up_again_and_keeps_its_exceptions() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        let campaign = stage.campaign().await;
        stage.passed(campaign, "CB1", "Lò Thị Hoa").await;
        let id = stage.draft(campaign).await.expect("a draft");
        let ctx = house.as_actor(&stage.standing);
        let guest = Recipient::Person(house.staff("CB3", "Quàng Văn Ngoại", stage.unit).await);
        let silent = Exception { reason: String::new(), authority: String::new() };
        let said = exceptions::add(&ctx, id, guest, AwardCode::GiayKhen, silent).await.map(|_| ());
        assert!(matches!(said, Err(DecisionsError::ShortReason { .. })), "{} {said:?}", house.engine());
        let higher = exceptions::add(&ctx, id, guest, AwardCode::BkTtg, allowed()).await;
        assert!(matches!(higher, Err(DecisionsError::NotOurs { .. })), "{} {higher:?}", house.engine());
        exceptions::add(&ctx, id, guest, AwardCode::GiayKhen, allowed()).await.expect("an exception");
        let twice = exceptions::add(&ctx, id, guest, AwardCode::GiayKhen, allowed()).await;
        assert!(matches!(twice, Err(DecisionsError::Twice { .. })), "{} {twice:?}", house.engine());
        stage.passed(campaign, "CB2", "Giàng A Chu").await;
        let said = stage.issue(id, 1, "").await;
        let Err(DecisionsError::ListDiffers { names }) = said else { panic!("{} {said:?}", house.engine()) };
        assert_eq!(names, "Giàng A Chu", "{}", house.engine());
        service::redraft(&ctx, id).await.expect("drawn up again");
        let lines = stage.lines(id).await;
        let places: Vec<i64> = lines.iter().map(|line| line.position).collect();
        assert_eq!(places, [1, 2, 3], "{}", house.engine());
        assert_eq!(lines.last().map(|line| line.name.as_str()), Some("Quàng Văn Ngoại"), "{}", house.engine());
        let (passed, mistaken) = (lines[0].id, lines[2].id);
        assert!(!lines[2].unit_name.is_empty(), "the unit stands under the name on {}", house.engine());
        let firm = exceptions::drop(&ctx, id, passed).await;
        assert!(matches!(firm, Err(DecisionsError::Unknown(_))), "the council passed it: {firm:?}");
        exceptions::drop(&ctx, id, mistaken).await.expect("taken out");
        assert_eq!(stage.lines(id).await.len(), 2, "{}", house.engine());
        stage.issue(id, 1, "").await.expect("issued");
        let late = exceptions::drop(&ctx, id, mistaken).await;
        assert!(matches!(late, Err(DecisionsError::Issued { .. })), "{} {late:?}", house.engine());
    }
}

#[tokio::test]
async fn for_whom_the_council_names_a_lower_form_that_form_is_weighed_and_voted_on_anew() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        let campaign = stage.campaign_at("so_ket").await;
        let standing = house.as_actor(&stage.standing);
        let id = stage.handed_in(campaign, AwardCode::BkTinh, ("CB1", "Lò Thị Hoa")).await;
        let early = again::bring_up(&standing, id, AwardCode::GiayKhen, REASON).await;
        assert!(matches!(early, Err(AwardsError::NominationState { .. })), "{} {early:?}", house.engine());
        meddle(&house, "update nominations set state = 'accepted'").await;
        stage.settle(id, Outcome::Lower).await;
        let offered: Vec<_> =
            again::choices(&standing, id).await.expect("forms").into_iter().map(|(award, _)| award).collect();
        assert_eq!(offered, [AwardCode::GiayKhen], "{}", house.engine());
        let higher = again::bring_up(&standing, id, AwardCode::BkTtg, REASON).await;
        assert!(matches!(higher, Err(AwardsError::NotLower { .. })), "{} {higher:?}", house.engine());
        let head = again::bring_up(&house.as_actor(&stage.head), id, AwardCode::GiayKhen, REASON).await;
        assert!(matches!(head, Err(AwardsError::Denied(_))), "{} {head:?}", house.engine());
        again::bring_up(&standing, id, AwardCode::GiayKhen, REASON).await.expect("up again");
        let seen = awards::queries::detail(&standing, id).await.expect("it").nomination;
        let stands = (seen.state, seen.award, seen.outcome);
        assert_eq!(stands, (NominationState::Submitted, AwardCode::GiayKhen, None), "{}", house.engine());
        let (verdict, asked) = (seen.verdict, seen.answer.expect("an answer").award);
        assert_eq!(asked, AwardCode::GiayKhen, "{} {verdict:?}", house.engine());
        assert!(again::choices(&standing, id).await.expect("forms").is_empty(), "{}", house.engine());
        meddle(&house, "update nominations set state = 'accepted'").await;
        stage.settle(id, Outcome::Defer).await;
        again::bring_up(&standing, id, AwardCode::GiayKhen, REASON).await.expect("what was put off comes up again");
    }
}

#[tokio::test]
async fn who_added_an_exception_does_not_sign_nor_does_the_same_person_under_another_account() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        let campaign = stage.campaign().await;
        stage.passed(campaign, "CB1", "Lò Thị Hoa").await;
        let id = stage.draft(campaign).await.expect("a draft");
        let mut both = house.staff_account("CB8", Role::Standing, stage.unit, None).await;
        both.grants.extend(actor(Role::Chief, None).grants);
        let guest = Recipient::Person(house.staff("CB3", "Quàng Văn Ngoại", stage.unit).await);
        let ctx = house.as_actor(&both);
        let oneself = Recipient::Person(both.person.expect("a person"));
        let own = exceptions::add(&ctx, id, oneself, AwardCode::GiayKhen, allowed()).await;
        assert!(matches!(own, Err(DecisionsError::OwnException)), "{} {own:?}", house.engine());
        exceptions::add(&ctx, id, guest, AwardCode::GiayKhen, allowed()).await.expect("an exception");
        let own = service::issue(&ctx, id, 1, TODAY, "").await;
        assert!(matches!(own, Err(DecisionsError::OwnDraft)), "{} {own:?}", house.engine());
        let mut second = house.account("taikhoanhai", Role::Chief, None).await;
        second.person = both.person;
        let same = service::issue(&house.as_actor(&second), id, 1, TODAY, "").await;
        assert!(matches!(same, Err(DecisionsError::OwnDraft)), "{} {same:?}", house.engine());
        second.person = None;
        second.name.clone_from(&both.name);
        let named = service::issue(&house.as_actor(&second), id, 1, TODAY, "").await;
        assert!(matches!(named, Err(DecisionsError::OwnDraft)), "nobody known, the same name: {named:?}");
        stage.issue(id, 1, "").await.expect("somebody else signs");
    }
}

#[tokio::test]
async fn an_exception_names_an_enterprise_and_somebody_outside_and_both_are_issued() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        let campaign = stage.campaign().await;
        stage.passed(campaign, "CB1", "Lò Thị Hoa").await;
        let id = stage.draft(campaign).await.expect("a draft");
        let ctx = house.as_actor(&stage.standing);
        let tea = Recipient::Enterprise(house.enterprise("5500123456", "Công ty Chè Mộc Châu").await);
        let entry = OutsiderEntry {
            name: "Lò Văn An".to_owned(),
            born_year: Some(1980),
            occupation: "Nông dân".to_owned(),
            place: "bản Mường, xã Chiềng Mung".to_owned(),
        };
        let farmer = Recipient::Person(outsiders::add(&ctx, entry).await.expect("a person outside"));
        let title = exceptions::add(&ctx, id, tea, AwardCode::Ldtt, allowed()).await;
        assert!(matches!(title, Err(DecisionsError::NotFor { .. })), "{} {title:?}", house.engine());
        for recipient in [tea, farmer] {
            exceptions::add(&ctx, id, recipient, AwardCode::GiayKhen, allowed()).await.expect("an exception");
        }
        stage.issue(id, 1, "").await.expect("issued");
        let lines = stage.lines(id).await;
        let named: Vec<_> = lines.iter().map(|line| (line.name.as_str(), line.past_award.is_some())).collect();
        let expected = [("Lò Thị Hoa", true), ("Công ty Chè Mộc Châu", true), ("Lò Văn An", true)];
        assert_eq!(named, expected, "{}", house.engine());
    }
}

#[tokio::test]
async fn a_decision_is_not_older_than_the_vote_nor_than_the_number_before_it() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        let campaign = stage.campaign().await;
        stage.passed(campaign, "CB1", "Lò Thị Hoa").await;
        let id = stage.draft(campaign).await.expect("a draft");
        let chief = house.as_actor(&stage.chief);
        let on = |id, number, day| service::issue(&chief, id, number, day, "");
        let early = on(id, 1, date(2026, 11, 22)).await;
        let Err(DecisionsError::TooEarly { than, .. }) = early else { panic!("{} {early:?}", house.engine()) };
        assert_eq!(than, "23/11/2026", "{}", house.engine());
        on(id, 1, TODAY).await.expect("issued");
        meddle(&house, "update nominations set settled_on = null").await;
        let other = stage.campaign().await;
        stage.passed(other, "CB2", "Giàng A Chu").await;
        let next = stage.draft(other).await.expect("a draft");
        meddle(&house, "update nominations set settled_on = null").await;
        let before = on(next, 2, date(2026, 11, 20)).await;
        assert!(matches!(before, Err(DecisionsError::TooEarly { .. })), "{} {before:?}", house.engine());
    }
}

#[tokio::test]
async fn a_row_changed_past_the_program_is_not_issued_not_verified_and_named() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        let campaign = stage.campaign().await;
        stage.passed(campaign, "CB1", "Lò Thị Hoa").await;
        let id = stage.draft(campaign).await.expect("a draft");
        meddle(&house, "update decision_lines set name = 'Kẻ Lạ Mặt'").await;
        let said = stage.issue(id, 1, "").await;
        assert!(matches!(said, Err(DecisionsError::NotAsDrafted { .. })), "{} {said:?}", house.engine());
        service::redraft(&house.as_actor(&stage.standing), id).await.expect("drawn up again");
        let signer = "update decisions set signer = ";
        meddle(&house, &format!("{signer}'Kẻ Lạ Mặt'")).await;
        let said = stage.issue(id, 1, "").await;
        assert!(matches!(said, Err(DecisionsError::NotAsDrafted { .. })), "{} {said:?}", house.engine());
        meddle(&house, &format!("{signer}'Cầm Văn Thử'")).await;
        let ctx = house.as_actor(&stage.standing);
        let guest = Recipient::Person(house.staff("CB3", "Quàng Văn Ngoại", stage.unit).await);
        exceptions::add(&ctx, id, guest, AwardCode::GiayKhen, allowed()).await.expect("an exception");
        meddle(&house, "update decision_lines set name = 'Kẻ Lạ Mặt' where name = 'Quàng Văn Ngoại'").await;
        let said = stage.issue(id, 1, "").await;
        assert!(matches!(said, Err(DecisionsError::NotAsDrafted { .. })), "{} {said:?}", house.engine());
        meddle(&house, "delete from decision_lines where name = 'Kẻ Lạ Mặt'").await;
        stage.issue(id, 1, "").await.expect("issued");
        let line = stage.lines(id).await.remove(0);
        assert!(stage.verified(&line, None).await.intact, "{}", house.engine());
        let altered = async || {
            let mut tx = house.db.read().await.expect("a transaction");
            office::audit::altered(&mut tx, &house.keys).await.expect("an answer")
        };
        for change in
            ["award = 'bk_tinh'", "award = 'giay_khen', year = year - 1", "year = year + 1, revoked_on = decided_on"]
        {
            meddle(&house, &format!("update past_awards set {change} where decision_line is not null")).await;
            let found = altered().await;
            assert!(found.len() == 1 && found[0].contains("Lò Thị Hoa"), "{} {found:?}", house.engine());
        }
        meddle(&house, "update past_awards set revoked_on = null").await;
        assert_eq!(altered().await, Vec::<String>::new(), "{}", house.engine());
        for change in ["name = 'Kẻ Lạ Mặt'", "name = 'Lò Thị Hoa', state = 'revoked'", "state = 'valid', title = 'Vua'"]
        {
            meddle(&house, &format!("update decision_lines set {change}")).await;
            assert!(!stage.verified(&line, None).await.intact, "{} {change}", house.engine());
            let found = altered().await;
            assert!(found.len() == 1 && found[0].contains("01/QĐ-VPUB"), "{} {found:?}", house.engine());
        }
        meddle(&house, "update decisions set number = null, state = 'draft'").await;
        assert_eq!(altered().await.len(), 1, "{}: a decision that was taken back by hand", house.engine());
        meddle(&house, "delete from decision_lines").await;
        assert_eq!(altered().await.len(), 1, "{}: an award that vanished", house.engine());
    }
}

#[tokio::test]
async fn a_certificate_is_known_by_its_code_and_ours_by_its_signature() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        let line = stage.issued().await;
        let address = proof::address(&house, line.code.as_deref().expect("a code"));
        let signature = address.split_once("?k=").expect("a signature").1;
        assert_eq!(stage.verified(&line, Some(signature)).await.signed, Some(true), "{}", house.engine());
        let foreign = signature.chars().rev().collect::<String>();
        assert_eq!(stage.verified(&line, Some(&foreign)).await.signed, Some(false), "{}", house.engine());
        let unknown = queries::verify(&house, &proof::fresh_code(), None).await.expect("an answer");
        assert_eq!(unknown, None, "{}", house.engine());
        let asked = |text: &str| Filter { text: text.to_owned(), ..Filter::default() };
        for (text, hits) in [
            ("lo thi hoa", 1),
            ("Lò Thị Hoa", 1),
            ("01/QĐ-VPUB", 1),
            ("Quyết định số 01", 1),
            ("số 1", 1),
            ("Hoa Lò 01/QĐ-VPUB", 1),
            ("lo thi hoa qd 001", 1),
            ("001/2026", 1),
            ("002/2026", 0),
            ("Quyết định số 10", 0),
            ("Lò Thị Hoa 02/QĐ-VPUB", 0),
            ("Giàng 01/QĐ-VPUB", 0),
            ("Giàng", 0),
        ] {
            let found = queries::register(&house.program(), &asked(text)).await.expect("a register");
            assert_eq!(found.len(), hits, "{} {text}", house.engine());
        }
        for (unit, hits) in [(line.unit_name.to_uppercase().as_str(), 1), ("Phòng không có thật", 0)] {
            let asked = Filter { unit: unit.to_owned(), ..Filter::default() };
            let found = queries::register(&house.program(), &asked).await.expect("a register");
            assert_eq!(found.len(), hits, "{} {unit}", house.engine());
        }
    }
}

#[tokio::test]
async fn a_person_outside_the_office_comes_to_decision_certificate_and_register() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        house.staff("CB9", "Lò Văn An", stage.unit).await;
        let entry = OutsiderEntry {
            name: "Lò Văn An".to_owned(),
            born_year: Some(1980),
            occupation: "Nông dân".to_owned(),
            place: "bản Bó".to_owned(),
        };
        let recipient = Recipient::Person(outsiders::add(&house.program(), entry).await.expect("added"));
        let campaign = stage.campaign().await;
        let id = stage.handed_in_for(campaign, AwardCode::GiayKhen, recipient).await;
        review::overrule(&house.program(), id, "verdict", REASON).await.expect("overruled");
        review::accept(&house.as_actor(&stage.standing), id).await.expect("accepted");
        stage.settle(id, Outcome::Yes).await;
        let id = stage.draft(campaign).await.expect("a draft");
        stage.issue(id, 1, "").await.expect("issued");
        let line = stage.lines(id).await.remove(0);
        assert_eq!((line.recipient, line.title.as_str()), (recipient, "Nông dân, bản Bó"), "{}", house.engine());
        assert!(!line.leader, "{}", house.engine());
        let (decision, _) = queries::detail(&house.program(), id).await.expect("a decision");
        let paper = papers::certificate(&house, &decision, &line).expect("a certificate");
        assert_eq!(paper.recipient, "Lò Văn An");
        assert!(paper.recipient_lines.contains(&"Nông dân, bản Bó".to_owned()), "{:?}", paper.recipient_lines);
        let asked = Filter { text: "lo van an so 01".to_owned(), ..Filter::default() };
        let found = queries::register(&house.program(), &asked).await.expect("a register");
        assert_eq!(
            found.iter().map(|(line, ..)| line.recipient).collect::<Vec<_>>(),
            [recipient],
            "{}",
            house.engine()
        );
    }
}

#[tokio::test]
async fn money_is_paid_once_and_asked_back_when_the_line_is_revoked() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        let line = stage.issued().await;
        let (standing, chief) = (house.as_actor(&stage.standing), house.as_actor(&stage.chief));
        fund::service::pay(&standing, line.id, TODAY).await.expect("paid");
        let sums = stage.sums(&line).await;
        assert!(sums.paid > Dong(0) && sums.paid + sums.open == sums.planned, "{} {sums:?}", house.engine());
        let twice = fund::service::pay(&standing, line.id, TODAY).await;
        let refused = matches!(twice, Err(FundError::Decisions(DecisionsError::LineState { .. })));
        assert!(refused, "{} {twice:?}", house.engine());
        stage.amend(Proposal::Revoke(line.id)).await.expect("revoked");
        let (_, _, events) = queries::line(&chief, line.id).await.expect("a line");
        let told = events.last().map(|event| event.became.clone()).unwrap_or_default();
        assert!(told.contains("thu hồi tiền thưởng"), "{} {told}", house.engine());
        let after = stage.sums(&line).await;
        assert_eq!((after.paid, after.to_claim), (Dong(0), sums.paid), "{}", house.engine());
    }
}

#[tokio::test]
async fn measures_of_a_stock_are_kept_by_whoever_saw_the_last_ones() {
    for house in testkit::houses().await {
        let ctx = house.program();
        let award = AwardCode::GiayKhen;
        let first = stocks::find(&ctx, award).await.expect("a stock");
        assert_eq!((first.version, &first.stock), (0, &Stock::a4()), "{}", house.engine());
        let mut stock = Stock::preprinted_a4();
        stock.shift_right = 1.5;
        stocks::put(&ctx, award, 0, &stock).await.expect("kept");
        let unseen = stocks::put(&ctx, award, 0, &Stock::a4()).await;
        assert!(
            matches!(unseen, Err(DecisionsError::Store(StoreError::Stale { .. }))),
            "{} {unseen:?}",
            house.engine()
        );
        let kept = stocks::find(&ctx, award).await.expect("a stock");
        assert_eq!((kept.version, &kept.stock), (1, &stock), "{}", house.engine());
        stock.width = 20.0;
        let small = stocks::put(&ctx, award, 1, &stock).await;
        assert!(matches!(small, Err(DecisionsError::Misplaced(_))), "{} {small:?}", house.engine());
        assert!(stocks::drop(&ctx, award, 2).await.is_err(), "{}: a version nobody has", house.engine());
        stocks::drop(&ctx, award, 1).await.expect("our design again");
        assert_eq!(stocks::find(&ctx, award).await.expect("a stock"), first, "{}", house.engine());
        let answer = office::ledger::service::verify(&house.db, &house.keys).await.expect("an answer");
        assert_eq!((answer.ok, answer.entries), (true, 2), "{}: one entry a change", house.engine());
    }
}

#[tokio::test]
async fn a_certificate_is_printed_by_who_drafts_or_signs_the_head_of_the_unit_and_the_recipient() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        let campaign = stage.campaign().await;
        stage.passed(campaign, "CB1", "Lò Thị Hoa").await;
        stage.passed(campaign, "CB2", "Giàng A Chu").await;
        let id = stage.draft(campaign).await.expect("a draft");
        stage.issue(id, 1, "").await.expect("issued");
        let lines = stage.lines(id).await;
        let own = lines.iter().find(|line| line.name == "Lò Thị Hoa").expect("her line");
        let Recipient::Person(person) = own.recipient else { panic!("{:?}", own.recipient) };
        let recipient = Actor { person: Some(person), ..house.account("lohoa", Role::Officer, None).await };
        let officer = house.account("canbo", Role::Officer, None).await;
        let other = house.unit("NC", "Phòng Nội chính").await;
        let other_head = house.account("truongphong.nc", Role::Head, Some(other)).await;
        let house = &house;
        let printed = async |actor: &Actor| {
            let ctx = house.as_actor(actor);
            let mut tx = house.db.read().await.expect("a transaction");
            match printing::printable(&ctx, &mut tx, lines.clone()).await {
                Ok(found) => found.iter().map(|line| line.name.clone()).collect(),
                Err(DecisionsError::Denied(_)) => Vec::new(),
                Err(error) => panic!("{error}"),
            }
        };
        for all in [&stage.standing, &stage.chief, &stage.head] {
            assert_eq!(printed(all).await.len(), 2, "{}", house.engine());
        }
        assert_eq!(printed(&recipient).await, ["Lò Thị Hoa"], "{}", house.engine());
        assert!(printed(&officer).await.is_empty(), "{}", house.engine());
        assert!(printed(&other_head).await.is_empty(), "{}", house.engine());
    }
}
