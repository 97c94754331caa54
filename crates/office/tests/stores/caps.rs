//! The caps of a campaign: for single forms, for leaders, and the least share of direct workers.

use jiff::civil::date;
use kernel::Role;
use kernel::id::UnitId;
use office::awards::decision::{Bound, Meter};
use office::awards::service::{self, NewCampaign, NewNomination};
use office::awards::{AwardsError, CampaignId, NominationId, adoptions, queries, review};
use office::organization::Recipient;
use rules::AwardCode;
use testkit::{TestHouse, actor};

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
const REASON: &str = "Năm nay hai phòng sáp nhập thành một";

fn asked(occasion: &str) -> NewCampaign {
    NewCampaign {
        occasion: occasion.to_owned(),
        year: 2026,
        closes_on: date(2026, 12, 10),
        total_share_bp: None,
        leader_share_bp: None,
        worker_share_bp: None,
        form_shares: [].into(),
    }
}

/// A nomination that was handed in.
async fn handed_in(
    house: &TestHouse,
    campaign: CampaignId,
    unit: UnitId,
    award: AwardCode,
    of: Recipient,
) -> NominationId {
    let new = NewNomination {
        campaign,
        award,
        recipient: of,
        unit,
        achievement: None,
        summary: "Giải quyết 18 kiến nghị của doanh nghiệp".to_owned(),
    };
    let ctx = house.program();
    let id = service::nominate(&ctx, &new).await.expect("a draft");
    for item in house.rules.dossier(award, testkit::TODAY) {
        service::attach(&ctx, id, &item.id, "ho-so.pdf", PDF).await.expect("a file that fits");
    }
    service::submit(&ctx, id).await.expect("handed in");
    id
}

async fn meters(house: &TestHouse, campaign: CampaignId) -> Vec<Meter> {
    let ctx = house.program();
    let mut tx = house.db.read().await.expect("a transaction");
    let campaign = queries::campaign(&mut tx, campaign).await.expect("a campaign");
    queries::meters(&ctx, &mut tx, &campaign).await.expect("meters")
}

#[tokio::test]
async fn a_form_has_a_cap_of_its_own_that_other_forms_do_not_fill() {
    for house in testkit::houses().await {
        let unit = house.unit("KT", "Phòng Kinh tế").await;
        let mut people = Vec::new();
        for number in 1..=10 {
            people.push(Recipient::Person(house.staff(&format!("CB{number}"), "Lò Thị Hoa", unit).await));
        }
        let shares = [(AwardCode::GiayKhen, 1_900)].into();
        let new = NewCampaign { form_shares: shares, ..asked("so_ket") };
        let campaign = service::open(&house.program(), &new).await.expect("a campaign");
        handed_in(&house, campaign, unit, AwardCode::BkTinh, people[0]).await;
        let certificate = |at: usize| handed_in(&house, campaign, unit, AwardCode::GiayKhen, people[at]);
        certificate(1).await;
        let found = meters(&house, campaign).await;
        let [meter] = found.as_slice() else { panic!("{}: {found:?}", house.engine()) };
        assert_eq!((meter.used, meter.cap.limit(), meter.cap.whole), (1, 1, 10), "{}: rounded down", house.engine());
        assert!(meter.is_full() && !meter.is_over(), "{}: the next one is one too many", house.engine());
        assert!(meter.cap.what.contains("Giấy khen"), "{}", meter.cap.what);
        let last = certificate(2).await;
        let said = review::close(&house.program(), campaign).await;
        assert!(matches!(said, Err(AwardsError::OverCap { .. })), "{}: {said:?}", house.engine());
        let chief = house.account("chanhvp", Role::Chief, None).await;
        review::overrule(&house.as_actor(&chief), last, "cap", REASON).await.expect("an exception");
        review::close(&house.program(), campaign).await.expect("closed");
    }
}

#[tokio::test]
async fn a_share_for_a_form_that_the_occasion_does_not_give_is_refused() {
    for house in testkit::houses().await {
        let new = NewCampaign { form_shares: [(AwardCode::BkTinh, 1_000)].into(), ..asked("annual") };
        let said = service::open(&house.program(), &new).await;
        assert!(matches!(said, Err(AwardsError::FormNotAllowed { .. })), "{}: {said:?}", house.engine());
    }
}

#[tokio::test]
async fn too_few_direct_workers_are_warned_of_and_stop_the_closing_until_the_chief_lets_a_leader_in() {
    for house in testkit::houses().await {
        let unit = house.unit("KT", "Phòng Kinh tế").await;
        let new = NewCampaign { worker_share_bp: Some(6_000), ..asked("annual") };
        let campaign = service::open(&house.program(), &new).await.expect("a campaign");
        for code in ["CB1", "CB2"] {
            let of = Recipient::Person(house.staff(code, "Lò Thị Hoa", unit).await);
            handed_in(&house, campaign, unit, AwardCode::GiayKhen, of).await;
        }
        let leader = async |code: &str| {
            let of = Recipient::Person(house.leader(code, "Giàng A Chu", unit).await);
            handed_in(&house, campaign, unit, AwardCode::GiayKhen, of).await
        };
        leader("TP1").await;
        let found = meters(&house, campaign).await;
        let [meter] = found.as_slice() else { panic!("{}: {found:?}", house.engine()) };
        assert_eq!(meter.cap.bound, Bound::Least);
        assert_eq!((meter.used, meter.cap.limit()), (2, 2), "{}: six tenths of three, rounded up", house.engine());
        assert!(meter.is_full() && !meter.is_over(), "{}: one leader more is too many", house.engine());
        let last = leader("TP2").await;
        let said = review::close(&house.program(), campaign).await;
        let words = said.as_ref().err().map(ToString::to_string).unwrap_or_default();
        assert!(matches!(said, Err(AwardsError::OverCap { .. })), "{}: {said:?}", house.engine());
        assert!(words.contains("2, cần ít nhất 3"), "{}: {words}", house.engine());
        let chief = house.account("chanhvp", Role::Chief, None).await;
        review::overrule(&house.as_actor(&chief), last, "cap", REASON).await.expect("an exception");
        review::close(&house.program(), campaign).await.expect("closed");
    }
}

#[tokio::test]
async fn a_share_that_the_adopted_rule_names_binds_beside_those_of_the_campaign() {
    for mut house in testkit::houses().await {
        let mut files = testkit::shipped::packs();
        let caps = files.iter_mut().find(|(name, _)| name.ends_with("awards/caps.rule.toml")).expect("caps");
        caps.1 += "\n[[version.cap]]\nof = \"total\"\naward = \"giay_khen\"\nbasis = \"staff\"\nshare_bp = 5000\n\
            rounding_vi = \"Làm tròn xuống\"\n";
        house.rules = rules::RuleBook::from_files(files).expect("packs that read");
        let unit = house.unit("KT", "Phòng Kinh tế").await;
        let of = Recipient::Person(house.staff("CB1", "Lò Thị Hoa", unit).await);
        let campaign = service::open(&house.program(), &asked("annual")).await.expect("a campaign");
        handed_in(&house, campaign, unit, AwardCode::GiayKhen, of).await;
        assert!(meters(&house, campaign).await.is_empty(), "{}: nobody adopted it", house.engine());
        let chief = actor(Role::Chief, None);
        adoptions::adopt(&house.as_actor(&chief), "caps.dot_xet", "Quyết định 7").await.expect("adopted");
        let found = meters(&house, campaign).await;
        let [meter] = found.as_slice() else { panic!("{}: {found:?}", house.engine()) };
        assert!(meter.is_over() && meter.cap.limit() == 0, "{}: half of one is nobody {meter:?}", house.engine());
        assert!(meter.cap.citation.contains("Quyết định 7"), "{}", meter.cap.citation);
    }
}
