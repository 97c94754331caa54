//! The decision and its submission as paper: whose symbol they bear, on what they rest, whom they go to.

use jiff::civil::date;
use kernel::Actor;
use office::decisions::service::{self, NewDecision};
use office::decisions::{papers, queries};
use office::identity::accounts::{self, NewAccount};

use super::scene::scene;

#[tokio::test]
async fn the_papers_of_a_decision_bear_the_symbol_of_whose_they_are_and_name_their_grounds() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        let campaign = stage.campaign().await;
        stage.passed(campaign, "CB1", "Lò Thị Hoa").await;
        let id = stage.draft(campaign).await.expect("a draft");
        let ctx = house.as_actor(&stage.chief);
        let (decision, lines) = queries::detail(&ctx, id).await.expect("a decision");
        let known = papers::background(&ctx, &decision, &lines).await.expect("what the house knows");
        let paper = papers::decision(&house, &decision, &lines, &known);
        assert_eq!(paper.addressees.first().map(String::as_str), Some("Như Điều 3"), "{}", house.engine());
        assert_eq!(paper.issuer.above.as_deref(), Some("Ủy ban nhân dân tỉnh Sơn La"), "{}", house.engine());
        assert_eq!(paper.issuer.name, "Văn phòng", "{}", house.engine());
        let submission = papers::submission(&house, &decision, &lines, &known);
        assert_eq!(submission.number.notation, "TTr-VPUB", "{}: nobody of a unit drew it up", house.engine());
        assert_eq!(submission.signers.len(), 1, "{}", house.engine());
        let last = submission.addressees.last().map(String::as_str);
        assert_eq!((submission.addressees.len(), last), (2, Some("Lưu: VT, TCHCQT, H01b")), "{}", house.engine());

        let met = vec![("Hội đồng Thi đua".to_owned(), date(2026, 11, 5))];
        let leader = Some(("Trưởng phòng".to_owned(), "Hà Văn Đặng".to_owned()));
        let submitter = papers::Submitter { code: "KT".to_owned(), unit: "Phòng Kinh tế".to_owned(), leader };
        let known = papers::Background { minutes: met, submitter: Some(submitter), ..papers::Background::default() };
        let grounds = format!("{:?}", papers::decision(&house, &decision, &lines, &known).blocks);
        assert!(grounds.contains("Căn cứ biên bản họp ngày 05 tháng 11 năm 2026 của Hội đồng Thi đua;"), "{grounds}");
        let plan = "Căn cứ Kế hoạch của Văn phòng UBND tỉnh Sơn La triển khai Phong trào";
        assert!(grounds.contains(plan), "number and day are still blank in the plan: {grounds}");
        let submission = papers::submission(&house, &decision, &lines, &known);
        assert_eq!(submission.number.notation, "TTr-KT", "{}", house.engine());
        assert_eq!(submission.issuer.name, "Phòng Kinh tế", "{}", house.engine());
        let signer = submission.signers.first().expect("who signs");
        assert_eq!((signer.capacity[0].as_str(), signer.name.as_str()), ("TRƯỞNG PHÒNG", "Hà Văn Đặng"));
    }
}

#[tokio::test]
async fn a_draft_says_the_money_of_today_and_leaves_the_day_of_the_decision_blank() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        let campaign = stage.campaign().await;
        stage.passed(campaign, "CB1", "Lò Thị Hoa").await;
        let id = stage.draft(campaign).await.expect("a draft");
        let ctx = house.as_actor(&stage.chief);
        let set = async || {
            let (decision, lines) = queries::detail(&ctx, id).await.expect("a decision");
            let known = papers::background(&ctx, &decision, &lines).await.expect("what the house knows");
            let paper = papers::decision(&house, &decision, &lines, &known);
            let submission = papers::submission(&house, &decision, &lines, &known);
            [format!("{:?}", paper.blocks), format!("{:?}", submission.blocks)]
        };
        let drafts = set().await;
        for draft in &drafts {
            assert!(draft.contains("Tiền thưởng tạm tính theo mức lương cơ sở"), "{} {draft}", house.engine());
            assert!(draft.contains("ngày 23/11/2026"), "{} {draft}", house.engine());
            assert!(!draft.contains("chưa xác định"), "{} {draft}", house.engine());
        }
        let blank = "(Kèm theo Quyết định số …/QĐ-VPUB ngày … tháng … năm …)";
        assert!(drafts[0].contains(blank), "{} {}", house.engine(), drafts[0]);
        stage.issue(id, 1, "").await.expect("issued");
        let issued = set().await;
        assert!(issued.iter().all(|paper| !paper.contains("tạm tính")), "{} {issued:?}", house.engine());
        let dated = "(Kèm theo Quyết định số 01/QĐ-VPUB ngày 23 tháng 11 năm 2026)";
        assert!(issued[0].contains(dated), "{} {}", house.engine(), issued[0]);
    }
}

#[tokio::test]
async fn what_a_deputy_signs_is_signed_for_the_head_and_the_award_is_the_heads() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        let campaign = stage.campaign().await;
        stage.passed(campaign, "CB1", "Lò Thị Hoa").await;
        let new = NewDecision {
            campaign,
            series: "QĐ-VPUB".to_owned(),
            place: "Sơn La".to_owned(),
            capacity: "Phó Chánh Văn phòng".to_owned(),
            signer: "Hà Văn Phó".to_owned(),
        };
        let id = service::draft(&house.as_actor(&stage.standing), &new).await.expect("a draft");
        stage.issue(id, 1, "").await.expect("issued");
        let (decision, lines) = queries::detail(&house.as_actor(&stage.chief), id).await.expect("a decision");
        let deputy = ["KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"];
        let leader = Some(("Phó Trưởng phòng".to_owned(), "Lò Văn Phó".to_owned()));
        let submitter = papers::Submitter { code: "KT".to_owned(), unit: "Phòng Kinh tế".to_owned(), leader };
        let known = papers::Background { submitter: Some(submitter), ..papers::Background::default() };
        assert_eq!(papers::decision(&house, &decision, &lines, &known).signers[0].capacity, deputy);
        let submission = papers::submission(&house, &decision, &lines, &known);
        assert_eq!(submission.signers[0].capacity, ["KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG"]);
        let certificate = papers::certificate(&house, &decision, &lines[0]).expect("an issued line");
        assert_eq!(certificate.signer.capacity, deputy, "{}", house.engine());
        let head = "CHÁNH VĂN PHÒNG ỦY BAN NHÂN DÂN TỈNH SƠN LA";
        assert_eq!(certificate.authority, head, "{}", house.engine());
    }
}

#[tokio::test]
async fn a_submission_goes_by_the_unit_of_whoever_drew_the_decision_up() {
    for house in testkit::houses().await {
        let mut stage = scene(&house).await;
        let clerk = house.staff("CB7", "Lò Văn Soạn", stage.unit).await;
        let leader = house.person("CB6", "Cà Văn Trưởng").await;
        house.appoint(leader, stage.unit, "Trưởng phòng", true).await;
        let new = NewAccount { login: "soan".to_owned(), name: "Lò Văn Soạn".to_owned(), person: Some(clerk) };
        let (account, _) = accounts::open(&house.program(), &new).await.expect("an account");
        let campaign = stage.campaign().await;
        stage.passed(campaign, "CB1", "Lò Thị Hoa").await;
        stage.standing = Actor { account: Some(account), person: Some(clerk), name: new.name, ..stage.standing };
        let id = stage.draft(campaign).await.expect("a draft");
        let ctx = house.as_actor(&stage.chief);
        let (decision, lines) = queries::detail(&ctx, id).await.expect("a decision");
        let known = papers::background(&ctx, &decision, &lines).await.expect("what the house knows");
        let leader = Some(("Trưởng phòng".to_owned(), "Cà Văn Trưởng".to_owned()));
        let (code, unit) = ("KT".to_owned(), "Phòng Kinh tế".to_owned());
        assert_eq!(known.submitter, Some(papers::Submitter { code, unit, leader }), "{}", house.engine());
    }
}
