//! What-if: the same answer for one, for a page and for everybody, on the day that is asked for.

use std::collections::BTreeMap;

use jiff::civil::date;
use kernel::{Permission, Role};
use office::awards::whatif::{self, Asked, Sought, Wanted};
use office::organization::Recipient;
use office::organization::queries::Place;
use office::records::queries::{self as records, everybody, sourced};
use office::{Ctx, awards, demo, organization};
use rules::facts::Stage;
use rules::{AwardCode, RecipientKind, Verdict};
use testkit::{TODAY, actor};

fn asked(stage: Stage) -> Asked {
    Asked {
        stage,
        every_form: false,
        suppose_conduct: false,
        on: TODAY,
        law_on: None,
        known_on: None,
        unit: None,
        text: String::new(),
    }
}

async fn everyone(ctx: &Ctx<'_>, asked: &Asked) -> Vec<whatif::Line> {
    let (counted, lines) = whatif::everybody(ctx, asked, &Wanted::default(), 0..usize::MAX).await.expect("the people");
    assert_eq!(counted, lines.len());
    lines
}

#[tokio::test]
async fn the_facts_of_everybody_are_the_facts_of_each() {
    for house in testkit::houses().await {
        demo::fill(&house).await.expect("an example");
        let mut tx = house.db.read().await.expect("a transaction");
        for (on, known_on) in
            [(TODAY, None), (date(2024, 6, 30), None), (TODAY, Some(date(2026, 6, 30))), (TODAY, Some(TODAY))]
        {
            let asked = records::Asked { known_on, ..records::Asked::on(on, Stage::Annual) };
            let all: Vec<_> = everybody(&mut tx, &asked).await.expect("everybody").collect();
            assert!(all.len() > 100, "{} {}", house.engine(), all.len());
            for one in all {
                let recipient = Recipient::Person(one.person.id);
                let alone = sourced(&mut tx, recipient, &asked).await.expect("facts").expect("a person");
                assert_eq!(one.sourced, alone, "{} {}", house.engine(), one.person.profile.name);
            }
        }
    }
}

#[tokio::test]
async fn a_page_everybody_and_one_say_the_same_of_a_person() {
    for house in testkit::houses().await {
        demo::fill(&house).await.expect("an example");
        let ctx = house.program();
        let asked = Asked { every_form: true, ..asked(Stage::Annual) };
        let page = whatif::people(&ctx, &asked, &Place::beginning(), 1_000).await.expect("people");
        let all = everyone(&ctx, &asked).await;
        let by_id: BTreeMap<_, _> = all.iter().map(|line| (line.recipient.id(), &line.cells)).collect();
        assert_eq!((page.len(), all.len()), (120, 120), "{}", house.engine());
        for line in &page {
            assert_eq!(by_id[&line.recipient.id()], &line.cells, "{} {}", house.engine(), line.name);
            for cell in &line.cells {
                assert!(!cell.why.is_empty(), "{} {}: no reason for {}", house.engine(), line.name, cell.award);
            }
        }
        let (_, results) = whatif::one(&ctx, &asked, page[0].recipient).await.expect("one");
        let verdicts: Vec<_> = results.iter().map(|result| (result.award, result.verdict)).collect();
        let cells: Vec<_> = page[0].cells.iter().map(|cell| (cell.award, cell.verdict)).collect();
        assert_eq!(verdicts, cells, "{}", house.engine());
        let eligible = Wanted::with(Verdict::Eligible);
        let (now, _) = whatif::everybody(&ctx, &asked, &eligible, 0..10).await.expect("some");
        assert!(now == 0, "{}: nobody's good standing is attested yet", house.engine());
        let supposed = Asked { suppose_conduct: true, ..asked.clone() };
        let (then, lines) = whatif::everybody(&ctx, &supposed, &eligible, 0..usize::MAX).await.expect("some");
        assert!(then > 0 && then < 120, "{} {then}", house.engine());
        let whole = everyone(&ctx, &supposed).await;
        for sought in [Sought::Near, Sought::Verdict(Verdict::Eligible), Sought::Verdict(Verdict::NotEligible)] {
            let wanted = Wanted { award: Some(AwardCode::BkTinh), found: Some(sought) };
            let (counted, found) = whatif::everybody(&ctx, &supposed, &wanted, 0..usize::MAX).await.expect("some");
            let kept: Vec<_> = whole.iter().filter(|line| wanted.keeps(line)).cloned().collect();
            assert_eq!((counted, &found), (kept.len(), &kept), "{} {sought:?}", house.engine());
        }
        let (again, part) = whatif::everybody(&ctx, &supposed, &eligible, 1..3).await.expect("a part");
        assert_eq!((again, &part[..]), (then, &lines[1..3.min(lines.len())]), "{}", house.engine());
    }
}

#[tokio::test]
async fn the_occasion_limits_the_forms_and_the_unit_the_people() {
    for house in testkit::houses().await {
        demo::fill(&house).await.expect("an example");
        let ctx = house.program();
        let forms = |stage| asked(stage).forms(&house, RecipientKind::Person);
        assert_eq!(forms(Stage::Annual), [AwardCode::GiayKhen], "{}", house.engine());
        assert!(forms(Stage::TongKet).contains(&AwardCode::Hcld3), "{}", house.engine());
        let mut tx = house.db.read().await.expect("a transaction");
        let units = organization::queries::units(&mut tx, TODAY).await.expect("units");
        drop(tx);
        let unit = units.iter().find(|unit| unit.code == "KT").expect("a unit").id;
        let head = actor(Role::Head, Some(unit));
        let own = house.as_actor(&head);
        let seen = everyone(&own, &asked(Stage::Annual)).await;
        let page = whatif::people(&own, &asked(Stage::Annual), &Place::beginning(), 1_000).await.expect("a page");
        assert_eq!(seen, page, "{}", house.engine());
        let narrowed = Asked { unit: Some(unit), ..asked(Stage::Annual) };
        assert_eq!(everyone(&ctx, &narrowed).await, seen, "{}", house.engine());
        let other = units.iter().find(|unit| unit.code == "NC").map_or(unit, |unit| unit.id);
        let refused = whatif::one(&own, &asked(Stage::Annual), Recipient::Unit(other)).await;
        assert!(refused.is_err(), "{}: another unit's record", house.engine());
        assert_eq!(whatif::units(&own, &asked(Stage::Annual)).await.expect("units").len(), 1, "{}", house.engine());
        let officer = actor(Role::Officer, Some(unit));
        let denied =
            whatif::everybody(&house.as_actor(&officer), &asked(Stage::Annual), &Wanted::default(), 0..1).await;
        let wants =
            matches!(denied, Err(awards::AwardsError::Denied(one)) if one.permission == Permission::ReadNominations);
        assert!(wants, "{} {denied:?}", house.engine());
    }
}
