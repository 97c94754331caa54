//! Rules that wait for a person: which they are, what a confirmation leaves behind, as of which day it counts.

use jiff::civil::date;
use kernel::Date;
use office::awards::adoptions::{self, Standing};
use office::awards::whatif::{self, Asked};
use office::organization::Recipient;
use office::{Ctx, ledger};
use rules::facts::Stage;
use rules::{Confidence, RuleState};
use sha2::{Digest as _, Sha256};
use testkit::{TODAY, TestHouse};

const TEXT: &str = "Điều 1. Nguyên văn ví dụ.\nKhoản 2. Dòng thứ hai.";

/// What waits on a day, each as rule, version, whether it has lapsed, and how it stands.
async fn waiting(ctx: &Ctx<'_>, on: Date) -> Vec<(String, String, bool)> {
    let standing: Standing = adoptions::read(ctx).await.expect("what stands");
    let found = adoptions::waiting(&ctx.house.rules, on, &standing);
    for one in &found {
        let state = one.rule.state(on, &standing.adopted, &standing.confirmed);
        let expected = if one.lapsed { RuleState::RunOut } else { RuleState::NeedsReview };
        assert_eq!(state, expected, "{}", one.rule.id);
    }
    found.iter().map(|one| (one.rule.id.clone(), one.version.basis.version(), one.lapsed)).collect()
}

async fn confirm(ctx: &Ctx<'_>, (rule, version, _): &(String, String, bool)) {
    adoptions::confirm(ctx, rule, version, "Công báo 12", TEXT).await.expect("a confirmation");
}

#[tokio::test]
async fn a_text_that_nobody_read_waits_before_its_day_of_review_too_and_everything_that_waits_can_be_confirmed() {
    for house in testkit::houses().await {
        let ctx = house.program();
        let before = waiting(&ctx, date(2026, 9, 30)).await;
        let unread = before.iter().find(|(rule, ..)| rule == "hcld_3.ca_nhan.e").expect("it waits by its confidence");
        let text = house.rules.text(&unread.0).expect("a rule");
        let basis = &text.on(date(2026, 9, 30)).expect("a version").basis;
        assert_ne!(basis.confidence, Confidence::Text, "{}", house.engine());
        assert!(basis.review_from.is_none_or(|day| day > date(2026, 9, 30)), "its day of review has not come");
        for one in &before {
            confirm(&ctx, one).await;
        }
        assert_eq!(waiting(&ctx, date(2026, 9, 30)).await, [], "{}", house.engine());
        let now = waiting(&ctx, TODAY).await;
        assert!(now.iter().all(|one| !before.contains(one)), "{}: {now:?}", house.engine());
        for one in &now {
            confirm(&ctx, one).await;
        }
        assert_eq!(waiting(&ctx, TODAY).await, [], "{}", house.engine());
    }
}

#[tokio::test]
async fn a_rule_that_ran_out_waits_until_it_is_confirmed_after_its_last_day() {
    for mut house in testkit::houses().await {
        let after = date(2027, 3, 1);
        let early = waiting(&house.program(), after).await;
        let guard = early.iter().find(|(rule, ..)| rule == "discipline").expect("the guard has lapsed").clone();
        assert!(guard.2, "{}: nothing follows it", house.engine());
        confirm(&house.program(), &guard).await;
        assert_eq!(waiting(&house.program(), after).await, early, "{}: confirmed too early", house.engine());
        house.stand_on(after);
        confirm(&house.program(), &guard).await;
        let left = waiting(&house.program(), after).await;
        assert_eq!(left.len(), early.len() - 1, "{}", house.engine());
        assert!(!left.contains(&guard), "{}", house.engine());
    }
}

#[tokio::test]
async fn the_text_that_was_pasted_is_kept_with_a_digest_in_the_ledger() {
    for house in testkit::houses().await {
        let ctx = house.program();
        let one = waiting(&ctx, TODAY).await.swap_remove(0);
        confirm(&ctx, &one).await;
        let kept = adoptions::confirmed_of(&ctx, &one.0).await.expect("confirmations");
        let [first] = kept.as_slice() else { panic!("{kept:?}") };
        assert_eq!((first.article_text.as_str(), first.withdrawn_on), (TEXT, None), "{}", house.engine());
        assert_eq!(first.digest, data_encoding::HEXLOWER.encode(&Sha256::digest(TEXT.as_bytes())));
        let mut tx = house.db.read().await.expect("a transaction");
        let told = ledger::queries::field(&mut tx, "rules.confirm", &first.id.to_string(), "text_digest").await;
        drop(tx);
        assert_eq!(told.expect("an entry").as_deref(), Some(first.digest.as_str()), "{}", house.engine());
        adoptions::unconfirm(&ctx, first.id).await.expect("withdrawn");
        let kept = adoptions::confirmed_of(&ctx, &one.0).await.expect("confirmations");
        assert_eq!(kept[0].withdrawn_on, Some(TODAY), "{}: it stays to be read", house.engine());
    }
}

/// One person weighed for every form as it was known at the end of a day.
async fn weighed(house: &TestHouse, recipient: Recipient, known_on: Option<Date>) -> Vec<rules::AwardResult> {
    let asked = Asked {
        stage: Stage::TongKet,
        every_form: true,
        suppose_conduct: false,
        on: TODAY,
        law_on: None,
        known_on,
        unit: None,
        text: String::new(),
    };
    whatif::one(&house.program(), &asked, recipient).await.expect("an answer").1
}

#[tokio::test]
async fn a_confirmation_of_today_does_not_count_for_a_matrix_of_yesterday() {
    for mut house in testkit::houses().await {
        let unit = house.unit("KT", "Phòng Kinh tế").await;
        let person = Recipient::Person(house.staff("CB1", "Lò Thị Hoa", unit).await);
        let tomorrow = TODAY.tomorrow().expect("a day");
        house.stand_on(tomorrow);
        let before = weighed(&house, person, None).await;
        assert!(before.iter().any(|one| one.review.needed), "{}: some rules wait", house.engine());
        for one in waiting(&house.program(), TODAY).await {
            confirm(&house.program(), &one).await;
        }
        let yesterday = weighed(&house, person, Some(TODAY)).await;
        let now = weighed(&house, person, Some(tomorrow)).await;
        let needed = |all: &[rules::AwardResult]| all.iter().map(|one| one.review.needed).collect::<Vec<_>>();
        assert_eq!(needed(&yesterday), needed(&before), "{}: as it stood yesterday", house.engine());
        assert_ne!(needed(&now), needed(&before), "{}", house.engine());
    }
}
