//! Under which type an award enters the record: a title for merit, a form of the plan as its movement.

use office::awards::model::Outcome;
use office::awards::review;
use office::movements::Plan;
use office::records;
use rules::{AwardCode, AwardType};

use crate::decisions::scene::{REASON, scene};

fn library() -> Plan {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../movements/vi-du-thu-vien/plan.toml");
    Plan::parse(&std::fs::read_to_string(path).expect("the second movement"), path).expect("a plan")
}

#[tokio::test]
async fn a_title_that_the_office_gives_beside_its_plan_counts_as_merit_and_a_form_of_the_plan_as_thematic() {
    for mut house in testkit::houses().await {
        house.plan = library();
        let stage = scene(&house).await;
        let campaign = stage.campaign().await;
        let (chief, standing) = (house.as_actor(&stage.chief), house.as_actor(&stage.standing));
        let title = stage.handed_in(campaign, AwardCode::Cstdcs, ("CB1", "Lò Thị Hoa")).await;
        let form = stage.handed_in(campaign, AwardCode::GiayKhen, ("CB2", "Giàng A Chu")).await;
        for one in [title, form] {
            review::overrule(&chief, one, "verdict", REASON).await.expect("overruled");
            review::accept(&standing, one).await.expect("accepted");
            stage.settle(one, Outcome::Yes).await;
        }
        let id = stage.draft(campaign).await.expect("a draft");
        stage.issue(id, 1, "").await.expect("issued");
        let mut types = Vec::new();
        for line in stage.lines(id).await {
            let record = records::queries::record(&house.program(), line.recipient).await.expect("a record");
            types.extend(record.awards.iter().map(|award| (award.award, award.r#type)));
        }
        types.sort();
        let expected = [(AwardCode::Cstdcs, AwardType::Merit), (AwardCode::GiayKhen, AwardType::Thematic)];
        assert_eq!(types, expected, "{}", house.engine());
    }
}
