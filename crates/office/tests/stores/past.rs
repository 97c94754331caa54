//! A past day asked for later is the same as what was frozen on that day.

use jiff::civil::date;
use kernel::{Date, Period};
use office::awards::past::{self, Days};
use office::awards::{AwardsError, reevaluation, review};
use office::decisions::amendments::{self, Proposal};
use office::decisions::queries::Filter;
use office::records::model::{Completeness, NewPastAward, Register};
use office::records::queries::{Asked, record_in, record_known, sourced};
use office::records::{holds, initiatives, service};
use office::{awards, decisions, organization::Recipient};
use rules::facts::{DisciplineLevel, HoldKind, RatingLevel, Scope, Selection, Stage};
use rules::{AwardCode, AwardType};
use testkit::{TODAY, TestHouse};

use super::awards::scene;
use super::decisions::scene::scene as office_of_decisions;

const LATER: Date = date(2026, 12, 1);

async fn award(house: &TestHouse, recipient: Recipient, award: AwardCode, number: &str) {
    let new = NewPastAward {
        recipient,
        award,
        year: 2025,
        r#type: AwardType::Merit,
        number: number.to_owned(),
        decided_on: date(2025, 12, 20),
        achievement: None,
        decision_line: None,
    };
    service::enter_award(&house.program(), new).await.expect("an award");
}

#[tokio::test]
async fn a_record_of_a_past_day_is_the_one_that_was_frozen_then() {
    for mut house in testkit::houses().await {
        let unit = house.unit("KT", "Phòng Kinh tế").await;
        let person = house.staff("CB1", "Lò Thị Hoa", unit).await;
        let of = Recipient::Person(person);
        let (initiative, hold, frozen, facts) = {
            let ctx = house.program();
            service::rate(&ctx, of, 2025, RatingLevel::Good, None, None).await.expect("a rating");
            award(&house, of, AwardCode::Ldtt, "01").await;
            award(&house, of, AwardCode::Cstdcs, "02").await;
            let new = initiatives::NewInitiative {
                code: "SK-01".to_owned(),
                name: "Rút ngắn đường đi của hồ sơ".to_owned(),
                scope: Scope::ALL[0],
                authors: vec![office::records::model::Author { person, share_percent: 100 }],
            };
            let initiative = initiatives::enter(&ctx, new).await.expect("an initiative");
            let hold = holds::hold(&ctx, of, HoldKind::ALL[0], date(2026, 6, 1), "Thông báo 4").await.expect("a hold");
            let selected = (Selection::Selected, false);
            service::enter_result(&ctx, of, (Stage::Annual, 2026), selected, "Biên bản").await.expect("a result");
            let declared =
                |register| Completeness { register, since: date(2020, 1, 1), document: "Rà soát".to_owned() };
            service::declare_complete(&ctx, declared(Register::Ratings)).await.expect("a declaration");
            let mut tx = house.db.read().await.expect("a transaction");
            let frozen = record_in(&mut tx, of).await.expect("a record");
            let facts = sourced(&mut tx, of, &Asked::on(TODAY, Stage::Annual)).await.expect("facts").expect("a person");
            (initiative, hold, frozen, facts)
        };
        house.stand_on(LATER);
        let ctx = house.program();
        service::rate(&ctx, of, 2025, RatingLevel::Done, None, None).await.expect("a correction");
        service::revoke_award(&ctx, frozen.awards[0].id, date(2026, 1, 5), "Quyết định thu hồi 8")
            .await
            .expect("revoked");
        award(&house, of, AwardCode::Cstdt, "03").await;
        let (day, scope) = (date(2026, 11, 1), Scope::ALL[1]);
        initiatives::recognise(&ctx, initiative, day, scope, Some(true), "Quyết định 9").await.expect("recognised");
        holds::release(&ctx, hold, date(2026, 11, 2), "Kết luận 5").await.expect("released");
        holds::discipline(&ctx, of, DisciplineLevel::ALL[0], Period::since(date(2026, 5, 1)), "Quyết định 3")
            .await
            .expect("a discipline");
        let other = (Selection::Selected, true);
        service::enter_result(&ctx, of, (Stage::Annual, 2026), other, "Biên bản sửa").await.expect("a correction");
        service::enter_achievement(&ctx, of, "TT-01", 2025, "II.3", "Hồ sơ đúng hạn").await.expect("an achievement");
        let declared = Completeness { register: Register::Awards, since: date(2019, 1, 1), document: "2".to_owned() };
        service::declare_complete(&ctx, declared).await.expect("a declaration");
        let wider = Completeness { register: Register::Ratings, since: date(2026, 12, 1), document: "3".to_owned() };
        service::declare_complete(&ctx, wider).await.expect("a declaration");

        let mut tx = house.db.read().await.expect("a transaction");
        let now = record_in(&mut tx, of).await.expect("a record");
        assert_ne!(now, frozen, "{}", house.engine());
        let then = record_known(&mut tx, of, Some(TODAY)).await.expect("a record");
        assert_eq!(then, frozen, "{}", house.engine());
        assert_eq!(record_known(&mut tx, of, Some(LATER)).await.expect("a record"), now, "{}", house.engine());
        let before = record_known(&mut tx, of, Some(date(2026, 11, 22))).await.expect("a record");
        assert_eq!(before, office::records::queries::Record::default(), "nothing had been entered");
        let asked = Asked { known_on: Some(TODAY), ..Asked::on(TODAY, Stage::Annual) };
        let told = sourced(&mut tx, of, &asked).await.expect("facts").expect("a person");
        assert_eq!(told, facts, "{}: the same facts from the same entries", house.engine());
        let (_, undated) = office::records::queries::record_then(&ctx, of, TODAY).await.expect("a record");
        assert_eq!(undated, 0, "every entry knows when it was made");
    }
}

#[tokio::test]
async fn a_list_and_a_verdict_of_a_past_day_are_those_that_were_frozen_then() {
    for mut house in testkit::houses().await {
        let (campaign, id, standing, head, chief, nominee, list, answer) = {
            let stage = scene(&house, None).await;
            let id = stage.submitted().await;
            let ctx = house.as_actor(&stage.standing);
            review::attest(&ctx, id, awards::eligibility::GOOD_STANDING, "Biên bản họp đơn vị").await.expect("signed");
            let mut tx = ctx.read().await.expect("a transaction");
            let list = awards::queries::list(&ctx, &mut tx, stage.campaign).await.expect("a list");
            drop(tx);
            let answer = awards::queries::detail(&ctx, id).await.expect("a nomination").answer;
            let (standing, head, chief) = (stage.standing.clone(), stage.head.clone(), stage.chief.clone());
            (stage.campaign, id, standing, head, chief, Recipient::Person(stage.nominee), list, answer)
        };
        house.stand_on(LATER);
        let ctx = house.as_actor(&standing);
        let program = house.program();
        service::rate(&program, nominee, 2025, RatingLevel::NotDone, None, None).await.expect("a correction");
        let hold = holds::hold(&program, nominee, HoldKind::ALL[0], date(2026, 6, 1), "Thông báo 4").await;
        hold.expect("a hold entered late");
        let (adopted, _) = awards::adoptions::list(&house.as_actor(&chief)).await.expect("adoptions");
        awards::adoptions::withdraw(&house.as_actor(&chief), adopted[0].0).await.expect("withdrawn");
        let seen = reevaluation::of_nomination(&ctx, id).await.expect("a comparison").expect("a change").seen;
        reevaluation::evaluate(&ctx, campaign, &[(id, seen)]).await.expect("evaluated again");
        review::give_back(&ctx, id, "Bổ sung số liệu trước khi nộp lại").await.expect("given back");
        let version = awards::queries::detail(&ctx, id).await.expect("a nomination").nomination.version;
        awards::service::rewrite(&house.as_actor(&head), id, version, "Tóm tắt khác", None).await.expect("rewritten");

        let mut tx = ctx.read().await.expect("a transaction");
        let then = past::list(&ctx, &mut tx, campaign, TODAY).await.expect("a list");
        assert_eq!((then.lines, then.unkept), (list, 0), "{}", house.engine());
        let earlier = past::list(&ctx, &mut tx, campaign, date(2026, 11, 22)).await.expect("a list");
        assert_eq!(earlier.lines, [], "{}: nothing had been written", house.engine());
        drop(tx);
        let frozen = past::verdict(&ctx, id, Days { known_on: Some(TODAY), law_on: None }).await.expect("a verdict");
        assert_eq!((frozen.answer.as_ref(), frozen.frozen_on), (Some(&answer), Some(TODAY)), "{}", house.engine());
        let asked = Days { known_on: Some(TODAY), law_on: Some(TODAY) };
        let computed = past::verdict(&ctx, id, asked).await.expect("a verdict");
        // Kept answers leave out what only a page needs; what is kept is compared.
        let kept = |answer: &rules::AwardResult| serde_json::to_value(answer).expect("an answer is JSON");
        let same = computed.answer.as_ref().map(kept) == Some(kept(&answer));
        assert!(same, "{}: the same from what was known", house.engine());
        assert_eq!(computed.frozen_on, None);
        let now = past::verdict(&ctx, id, Days { known_on: None, law_on: Some(TODAY) }).await.expect("a verdict");
        assert_ne!(now.answer.as_ref(), Some(&answer), "{}: what is known now says otherwise", house.engine());
        let early = past::verdict(&ctx, id, Days { known_on: Some(date(2026, 11, 22)), law_on: None }).await;
        assert!(matches!(early, Err(AwardsError::NotThereYet { .. })), "{early:?}");
        let old_law = Days { known_on: Some(TODAY), law_on: Some(date(2015, 1, 1)) };
        let uncovered = past::verdict(&ctx, id, old_law).await.expect("an answer").answer.expect("computed");
        assert_ne!(uncovered.verdict, rules::Verdict::Eligible, "no rule covers that day");
    }
}

#[tokio::test]
async fn the_register_of_a_past_day_holds_the_names_and_states_of_that_day() {
    for mut house in testkit::houses().await {
        let (line, standing, chief, register) = {
            let stage = office_of_decisions(&house).await;
            let line = stage.issued().await;
            let ctx = house.as_actor(&stage.chief);
            let register = decisions::queries::register(&ctx, &Filter::default()).await.expect("a register");
            (line, stage.standing.clone(), stage.chief.clone(), register)
        };
        house.stand_on(LATER);
        let ctx = house.as_actor(&chief);
        let reason = "Công văn 12/VP ngày 20/11/2026";
        let right = ("Lò Thị Hoà".to_owned(), "Chuyên viên chính".to_owned());
        let proposal = Proposal::Correct { line: line.id, name: right.0, title: right.1 };
        let id = amendments::propose(&house.as_actor(&standing), proposal, reason).await.expect("proposed");
        amendments::confirm(&ctx, id).await.expect("corrected");
        house.stand_on(date(2026, 12, 2));
        let ctx = house.as_actor(&chief);
        let revocation = Proposal::Revoke(line.id);
        let id = amendments::propose(&house.as_actor(&standing), revocation, reason).await.expect("proposed");
        amendments::confirm(&ctx, id).await.expect("revoked");
        let all = Filter::default();
        let on = |day| decisions::past::register(&ctx, &all, day);
        assert_eq!(on(TODAY).await.expect("a register"), (register, 0), "{}", house.engine());
        let (corrected, _) = on(LATER).await.expect("a register");
        assert_eq!(corrected[0].0.name, "Lò Thị Hoà");
        assert_eq!(corrected[0].0.state, decisions::model::LineState::Corrected);
        let (revoked, _) = on(date(2026, 12, 2)).await.expect("a register");
        assert_eq!(revoked[0].0.state, decisions::model::LineState::Revoked);
        assert_eq!(on(date(2026, 11, 22)).await.expect("a register"), (Vec::new(), 0));
        let named = Filter { text: "Hoà".to_owned(), ..Filter::default() };
        let found = decisions::past::register(&ctx, &named, TODAY).await.expect("a register").0;
        assert_eq!(found.len(), 1, "searching folds diacritics");
    }
}
