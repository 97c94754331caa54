//! After the last day of an act that nothing replaced: what rests on it is refused or asked for still, says which act
//! and which day, and goes on once somebody confirmed the version that ended.

use jiff::civil::date;
use kernel::{Date, Role};
use office::awards::model::Gate;
use office::awards::service::{self as nominations, NewCampaign, NewNomination};
use office::awards::{AwardsError, adoptions, queries, reevaluation};
use office::council::{self, CouncilError};
use office::deadlines;
use office::deadlines::model::ComingKind;
use office::decisions::service as decisions;
use office::decisions::{DecisionsError, queries as issued};
use office::organization::Recipient;
use rules::AwardCode;
use testkit::{TestHouse, actor};

use crate::council::scene::{MEETING_DAY, scenes};
use crate::decisions::scene::{PDF, scene};

/// A month after the last day of Nghị định 152/2025/NĐ-CP.
const AFTER: Date = date(2027, 4, 1);
const ENDED: &str = "Nghị định 152/2025/NĐ-CP áp dụng đến hết ngày 28/02/2027";
const TEXT: &str = "Điều 1. Nội dung tiếp tục áp dụng cho đến khi có văn bản thay thế.";

async fn confirm(house: &TestHouse, rule: &str) {
    let chief = actor(Role::Chief, None);
    let ctx = house.as_actor(&chief);
    adoptions::confirm(&ctx, rule, "2025-07-01", "Công văn 15/BNV ngày 02/3/2027", TEXT).await.expect("confirmed");
}

#[tokio::test]
async fn a_council_is_not_called_on_a_vote_that_no_act_rules_until_somebody_confirms_it() {
    for mut stage in scenes().await {
        let engine = stage.house.engine();
        let chief = actor(Role::Chief, None);
        let ctx = stage.house.as_actor(&chief);
        reevaluation::set_gate(&ctx, Gate::Warn, "Quyết định 3 về xem lại hồ sơ").await.expect("set");
        let council = stage.seen_by(&stage.standing).await.meeting.council;
        assert!(MEETING_DAY < AFTER);
        confirm(&stage.house, "ballot.khong_bat_buoc").await;
        stage.house.stand_on(AFTER);
        let standing = stage.house.as_actor(&stage.standing);
        let said = council::service::call(&standing, council, stage.campaign, AFTER, "Phòng họp").await;
        let words = said.as_ref().err().map(ToString::to_string).unwrap_or_default();
        assert!(matches!(said, Err(CouncilError::BallotLapsed { .. })), "{engine}: confirmed before its end {said:?}");
        assert!(words.contains(ENDED) && words.contains("Căn cứ pháp lý"), "{engine}: {words}");
        confirm(&stage.house, "ballot.khong_bat_buoc").await;
        let standing = stage.house.as_actor(&stage.standing);
        council::service::call(&standing, council, stage.campaign, AFTER, "Phòng họp").await.expect("called");
    }
}

#[tokio::test]
async fn a_vote_held_up_past_the_end_of_its_act_is_not_opened_until_somebody_confirms_the_rule() {
    for mut stage in scenes().await {
        let engine = stage.house.engine();
        let chief = actor(Role::Chief, None);
        let ctx = stage.house.as_actor(&chief);
        reevaluation::set_gate(&ctx, Gate::Warn, "Quyết định 3 về xem lại hồ sơ").await.expect("set");
        stage.attend(&[0, 1, 2, 3, 4, 5, 6]).await;
        let called = stage.seen_by(&stage.standing).await;
        assert!(called.items.iter().all(|item| !item.motion.citation.is_empty()), "{engine}: called while it stood");
        stage.house.stand_on(AFTER);
        let said = stage.open().await;
        let words = said.as_ref().err().map(ToString::to_string).unwrap_or_default();
        assert!(matches!(said, Err(CouncilError::BallotLapsed { .. })), "{engine}: {said:?}");
        assert!(words.contains(ENDED) && words.contains("Căn cứ pháp lý"), "{engine}: {words}");
        confirm(&stage.house, "ballot.khong_bat_buoc").await;
        stage.open().await.expect("opened");
        let opened = stage.seen_by(&stage.standing).await;
        let ways = |room: &council::queries::Room| {
            room.items.iter().map(|item| (item.motion.ballot, item.motion.share_bp, item.motion.of)).collect::<Vec<_>>()
        };
        assert_eq!(ways(&opened), ways(&called), "{engine}: the confirmed rule is the one it was called under");
    }
}

#[tokio::test]
async fn money_that_no_act_rules_is_told_as_unknown_and_stops_the_decision_until_each_rule_is_confirmed() {
    for mut house in testkit::houses().await {
        let (id, chief) = {
            let stage = scene(&house).await;
            let campaign = stage.campaign().await;
            stage.passed(campaign, "CB1", "Lò Thị Hoa").await;
            (stage.draft(campaign).await.expect("a draft"), stage.chief)
        };
        house.stand_on(AFTER);
        let said = decisions::issue(&house.as_actor(&chief), id, 1, AFTER, "").await;
        let words = said.as_ref().err().map(ToString::to_string).unwrap_or_default();
        assert!(matches!(said, Err(DecisionsError::MoneyLapsed { .. })), "{}: {said:?}", house.engine());
        assert!(words.contains("chưa xác định") && words.contains(ENDED), "{}: {words}", house.engine());
        confirm(&house, "bonus.giay_khen").await;
        let half = decisions::issue(&house.as_actor(&chief), id, 1, AFTER, "").await;
        let still = matches!(&half, Err(DecisionsError::MoneyLapsed { why, .. }) if why.contains("Nguyên tắc"));
        assert!(still, "{}: the principles ended too {half:?}", house.engine());
        confirm(&house, "bonus_principles").await;
        decisions::issue(&house.as_actor(&chief), id, 1, AFTER, "").await.expect("issued");
        let (_, lines) = issued::detail(&house.as_actor(&chief), id).await.expect("a decision");
        let money = lines[0].money.as_ref().map(|money| money.amount);
        assert_eq!(money, Some(760_000), "{}", house.engine());
    }
}

#[tokio::test]
async fn the_last_list_of_papers_is_asked_for_still_and_says_that_it_lapsed() {
    for mut house in testkit::houses().await {
        let (unit, head, standing) = {
            let stage = scene(&house).await;
            (stage.unit, stage.head, stage.standing)
        };
        let person = house.staff("CB1", "Lò Thị Hoa", unit).await;
        house.stand_on(AFTER);
        let new = NewCampaign {
            occasion: "so_ket".to_owned(),
            year: 2026,
            closes_on: date(2027, 4, 30),
            total_share_bp: None,
            leader_share_bp: None,
            worker_share_bp: None,
            form_shares: [].into(),
        };
        let campaign = nominations::open(&house.as_actor(&standing), &new).await.expect("a campaign");
        let asked = NewNomination {
            campaign,
            award: AwardCode::BkTtg,
            recipient: Recipient::Person(person),
            unit,
            achievement: None,
            summary: "Giải quyết 18 kiến nghị của doanh nghiệp".to_owned(),
        };
        let ctx = house.as_actor(&head);
        let id = nominations::nominate(&ctx, &asked).await.expect("a draft");
        let bare = nominations::submit(&ctx, id).await;
        assert!(matches!(bare, Err(AwardsError::MissingPapers { .. })), "{}: {bare:?}", house.engine());
        let items = queries::detail(&ctx, id).await.expect("a draft").items;
        assert!(items.len() > 3, "{}: the last list there was {items:?}", house.engine());
        let lapsed = items.iter().all(|item| item.citation.contains("hết hiệu lực, chưa có văn bản thay"));
        assert!(lapsed, "{}: {items:?}", house.engine());
        for item in items.iter().filter(|item| item.mandatory) {
            nominations::attach(&ctx, id, &item.id, "ho-so.pdf", PDF).await.expect("taken");
        }
        nominations::submit(&ctx, id).await.expect("handed in");
        confirm(&house, "dossier.bk_ttg").await;
        let items = queries::detail(&house.as_actor(&head), id).await.expect("it").items;
        let clean = items.iter().all(|item| !item.citation.contains("hết hiệu lực"));
        assert!(clean, "{}: confirmed {items:?}", house.engine());
    }
}

#[tokio::test]
async fn a_day_of_the_year_whose_act_ended_stays_on_the_list_of_what_is_coming_and_says_so() {
    for mut house in testkit::houses().await {
        house.stand_on(AFTER);
        let standing = actor(Role::Standing, None);
        let coming = deadlines::queries::coming(&house.as_actor(&standing)).await.expect("a list");
        let flag = coming.iter().find(|one| one.kind == ComingKind::Submission && one.on == date(2027, 6, 30));
        let flag = flag.expect("the flag of the Government");
        assert!(flag.more.contains(ENDED), "{}: {flag:?}", house.engine());
        confirm(&house, "deadline.co_cp_hang_nam").await;
        let coming = deadlines::queries::coming(&house.as_actor(&standing)).await.expect("a list");
        let flag = coming.iter().find(|one| one.on == date(2027, 6, 30)).expect("it stays");
        assert!(!flag.more.contains("hết hiệu lực"), "{}: {flag:?}", house.engine());
    }
}
