//! Nominations whose facts or verdict changed since they were frozen: found, explained, evaluated again.

use jiff::civil::date;
use kernel::Period;
use office::awards::model::{Gate, NominationState};
use office::awards::reevaluation::{self, Changed};
use office::awards::service::{self, NewNomination};
use office::awards::{AwardsError, NominationId, adoptions, queries, review};
use office::council::CouncilError;
use office::organization::Recipient;
use office::{StoreError, records};
use rules::Verdict;
use rules::facts::{DisciplineLevel, HoldKind, RatingLevel};
use testkit::TODAY;

use super::awards::{Scene, scene};
use super::council::scene as council;

const CORRECTED: &str = "Quyết định 15 về sửa kết quả xếp loại";

/// What changed; what the pages that are opened often say is the same.
async fn changed(stage: &Scene<'_>) -> Vec<Changed> {
    let ctx = stage.house.as_actor(&stage.standing);
    let all = reevaluation::of_campaign(&ctx, stage.campaign).await.expect("a comparison");
    assert_eq!(reevaluation::touched(&ctx, stage.campaign).await.expect("a comparison"), all);
    all
}

async fn submit(stage: &Scene<'_>, recipient: Recipient) -> NominationId {
    let new = NewNomination { recipient, ..stage.asked() };
    let id = stage.nominate(&new).await.expect("a draft");
    stage.attach_all(id).await;
    service::submit(&stage.house.as_actor(&stage.head), id).await.expect("handed in");
    id
}

fn all(changed: &[Changed]) -> Vec<(NominationId, String)> {
    changed.iter().filter(|one| one.is_open()).map(|one| (one.line.id, one.seen.clone())).collect()
}

#[tokio::test]
async fn a_corrected_rating_of_a_unit_is_named_once_for_all_nominations_it_touches() {
    for house in testkit::houses().await {
        let stage = scene(&house, None).await;
        let ctx = house.program();
        let unit = Recipient::Unit(stage.unit);
        let rate = |level| records::service::rate(&ctx, unit, 2025, level, Some(TODAY), Some(CORRECTED));
        rate(RatingLevel::Good).await.expect("a rating");
        let leader = Recipient::Person(house.leader("LD1", "Vì Văn Thịnh", stage.unit).await);
        let (of_leader, of_unit) = (submit(&stage, leader).await, submit(&stage, unit).await);
        stage.submitted().await;
        assert_eq!(changed(&stage).await, [], "{}: nothing changed yet", house.engine());

        rate(RatingLevel::NotDone).await.expect("a correction");
        let found = changed(&stage).await;
        let touched: Vec<_> = found.iter().map(|one| one.line.id).collect();
        assert_eq!(touched, [of_leader, of_unit], "{}", house.engine());
        let groups = reevaluation::grouped(&found);
        let [group] = groups.as_slice() else { panic!("{groups:?}") };
        assert_eq!(group.cause.words, "xếp loại năm 2025 của Phòng Kinh tế được sửa");
        assert_eq!(group.cause.before.as_deref(), Some(RatingLevel::Good.name_vi()));
        assert_eq!(group.cause.after.as_deref(), Some(RatingLevel::NotDone.name_vi()));
        assert_eq!((group.cause.on, group.cause.by.as_deref()), (Some(TODAY), Some("Hệ thống")));
        assert_eq!(group.nominations.len(), 2);
    }
}

#[tokio::test]
async fn what_is_evaluated_again_is_what_was_seen_and_the_old_version_stays() {
    for house in testkit::houses().await {
        let stage = scene(&house, None).await;
        let id = stage.accepted().await;
        let ctx = house.as_actor(&stage.standing);
        let none = reevaluation::evaluate(&ctx, stage.campaign, &[]).await;
        assert!(matches!(none, Err(AwardsError::NothingToEvaluate)), "{none:?}");
        let nominee = Recipient::Person(stage.nominee);
        let document = "Quyết định kỷ luật số 3";
        let period = Period { from: TODAY, until: Some(date(2027, 11, 23)) };
        records::holds::discipline(&house.program(), nominee, DisciplineLevel::ALL[0], period, document)
            .await
            .expect("a discipline");
        let found = changed(&stage).await;
        let [one] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((one.was, one.now), (Some(Verdict::Eligible), Verdict::NotEligible));
        assert!(one.causes[0].words.ends_with("của Lò Thị Hoa được thêm"), "{:?}", one.causes);
        let seen = all(&found);

        // Somebody enters more before the list is sent: what was seen is no longer what would be frozen.
        records::holds::hold(&house.program(), nominee, HoldKind::ALL[0], TODAY, "Thông báo 4").await.expect("a hold");
        let late = reevaluation::evaluate(&ctx, stage.campaign, &seen).await;
        assert!(matches!(late, Err(AwardsError::Store(StoreError::Stale { .. }))), "{late:?}");
        let seen = all(&changed(&stage).await);
        assert_eq!(reevaluation::evaluate(&ctx, stage.campaign, &seen).await.expect("evaluated"), 1);

        // Not eligible any more: it waits to be checked again and cannot be accepted as it is.
        assert_eq!(stage.stands(id).await, (NominationState::Submitted, Some(Verdict::NotEligible)));
        let again = review::accept(&ctx, id).await;
        assert!(matches!(again, Err(AwardsError::NotEligible { .. })), "{again:?}");
        assert_eq!(changed(&stage).await, [], "nothing is unseen");
        let detail = queries::detail(&ctx, id).await.expect("a nomination");
        let last = detail.events.last().expect("events");
        assert_eq!(last.verb, "nomination.evaluate");
        assert_eq!(last.reason.as_deref(), Some("đủ điều kiện → không đủ điều kiện; chờ kiểm tra lại"));
        assert_eq!(detail.versions.len(), 1, "the unit handed in once");
    }
}

#[tokio::test]
async fn a_hold_entered_later_stands_in_the_way_and_its_release_frees_again() {
    for mut house in testkit::houses().await {
        let (campaign, id, standing, nominee) = {
            let stage = scene(&house, None).await;
            (stage.campaign, stage.accepted().await, stage.standing.clone(), Recipient::Person(stage.nominee))
        };
        house.stand_on(date(2026, 12, 1));
        let ctx = house.as_actor(&standing);
        let since = date(2026, 11, 28);
        let hold = records::holds::hold(&house.program(), nominee, HoldKind::ALL[0], since, "Thông báo 4").await;
        let hold = hold.expect("a hold");
        let found = reevaluation::of_nomination(&ctx, id).await.expect("a comparison").expect("a change");
        assert_eq!(found.now, Verdict::NotEligible, "{}: handed in before the hold began", house.engine());
        let released = date(2026, 12, 1);
        records::holds::release(&house.program(), hold, released, "Kết luận 5").await.expect("released");
        let found = reevaluation::of_nomination(&ctx, id).await.expect("a comparison").expect("a change of facts");
        assert_eq!((found.was, found.now), (Some(Verdict::Eligible), Verdict::Eligible));
        assert!(found.causes[0].words.starts_with("tạm dừng xét"), "{:?}", found.causes);
        let all = [(id, found.seen.clone())];
        assert_eq!(reevaluation::evaluate(&ctx, campaign, &all).await.expect("evaluated"), 0);
        assert_eq!(reevaluation::of_nomination(&ctx, id).await.expect("a comparison"), None);
    }
}

#[tokio::test]
async fn a_withdrawn_adoption_is_named_with_who_withdrew_it() {
    for house in testkit::houses().await {
        let stage = scene(&house, None).await;
        stage.accepted().await;
        let chief = house.as_actor(&stage.chief);
        let (adopted, _) = adoptions::list(&chief).await.expect("adoptions");
        let (id, _) = adopted.iter().find(|(_, one)| one.template == "giay_khen.bac_ninh").expect("the adoption");
        adoptions::withdraw(&chief, *id).await.expect("withdrawn");
        let found = changed(&stage).await;
        let [one] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((one.was, one.now), (Some(Verdict::Eligible), Verdict::Undetermined));
        let cause = one.causes.iter().find(|cause| cause.entry == Some(id.0)).expect("the adoption is the cause");
        assert!(cause.words.ends_with("thôi là quy định của Văn phòng"), "{cause:?}");
        assert_eq!((cause.on, cause.by.as_deref()), (Some(TODAY), Some("chanhvp")));

        adoptions::adopt(&chief, "giay_khen.bac_ninh", "Quyết định 9").await.expect("adopted again");
        assert_eq!(changed(&stage).await, [], "{}: it stands as it was frozen", house.engine());
    }
}

#[tokio::test]
async fn the_council_takes_up_no_nomination_with_an_unseen_change_unless_a_warning_is_enough() {
    for stage in council::scenes().await {
        stage.attend(&[0, 1, 2, 3, 4, 5, 6]).await;
        let ctx = stage.house.as_actor(&stage.standing);
        let all = {
            let mut tx = ctx.read().await.expect("a transaction");
            queries::before_council(&ctx, &mut tx, stage.campaign).await.expect("a list")
        };
        let first = all[0].recipient;
        records::service::rate(&stage.house.program(), first, 2025, RatingLevel::Done, None, None)
            .await
            .expect("a correction");
        let refused = stage.open().await;
        let names = match refused {
            Err(CouncilError::Awards(AwardsError::UnseenChanges { many: 1, names })) => names,
            other => panic!("{}: {other:?}", stage.house.engine()),
        };
        assert_eq!(names, all[0].name);
        let mine = reevaluation::set_gate(&ctx, Gate::Warn, "Ý kiến chỉ đạo số 7").await;
        assert!(matches!(mine, Err(AwardsError::Denied(_))), "{mine:?}");
        let program = stage.house.program();
        let short = reevaluation::set_gate(&program, Gate::Warn, "  ").await;
        assert!(matches!(short, Err(AwardsError::ShortReason { .. })), "{short:?}");
        reevaluation::set_gate(&program, Gate::Warn, "Ý kiến chỉ đạo số 7").await.expect("set");
        stage.open().await.expect("a warning is enough");
    }
}

#[tokio::test]
async fn a_nomination_of_another_campaign_or_state_is_not_evaluated() {
    for house in testkit::houses().await {
        let stage = scene(&house, None).await;
        let draft = stage.nominate(&stage.asked()).await.expect("a draft");
        let ctx = house.as_actor(&stage.standing);
        let refused = reevaluation::evaluate(&ctx, stage.campaign, &[(draft, String::new())]).await;
        assert!(matches!(refused, Err(AwardsError::NominationState { .. })), "{refused:?}");
        let unknown = reevaluation::evaluate(&ctx, stage.campaign, &[(NominationId::new(), String::new())]).await;
        assert!(matches!(unknown, Err(AwardsError::Unknown(_))), "{unknown:?}");
        let head = house.as_actor(&stage.head);
        let refused = reevaluation::evaluate(&head, stage.campaign, &[(draft, String::new())]).await;
        assert!(matches!(refused, Err(AwardsError::Denied(_))), "{refused:?}");
    }
}
