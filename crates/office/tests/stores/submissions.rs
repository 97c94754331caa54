//! What goes to a higher level: sent, asked for a supplement, passed on, decided; each once.

use futures::future::join;
use jiff::civil::date;
use kernel::id::UnitId;
use kernel::{Actor, Role};
use office::awards::model::{NominationState, Outcome};
use office::awards::service::{NewCampaign, NewNomination};
use office::awards::{CampaignId, NominationId, review};
use office::decisions::DecisionsError;
use office::decisions::service::NewDecision;
use office::organization::Recipient;
use office::submissions::model::{LineOutcome, State, StateKind, StepKind};
use office::submissions::queries::{self, Detail, Filter};
use office::submissions::service::{self, NewResult, NewSubmission};
use office::submissions::{SubmissionId, SubmissionsError};
use office::{awards, records};
use rules::AwardCode;
use testkit::{TODAY, TestHouse, actor};

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
const REASON: &str = "Thiếu biên bản họp của Hội đồng";
const LEVELS: [&str; 2] = ["Sở Nội vụ", "Chủ tịch UBND tỉnh"];

/// A house whose council passes whom the test names, at the mid-term review.
struct Scene<'a> {
    house: &'a TestHouse,
    unit: UnitId,
    head: Actor,
    standing: Actor,
    chief: Actor,
    campaign: CampaignId,
}

async fn scene(house: &TestHouse) -> Scene<'_> {
    let unit = house.unit("KT", "Phòng Kinh tế").await;
    let head = house.account("truongphong", Role::Head, Some(unit)).await;
    let standing = house.account("thuongtruc", Role::Standing, None).await;
    let chief = house.account("chanhvp", Role::Chief, None).await;
    let new = NewCampaign {
        occasion: "so_ket".to_owned(),
        year: 2026,
        closes_on: date(2026, 12, 10),
        total_share_bp: None,
        leader_share_bp: None,
        worker_share_bp: None,
        form_shares: [].into(),
    };
    let campaign = awards::service::open(&house.as_actor(&standing), &new).await.expect("a campaign");
    Scene { house, unit, head, standing, chief, campaign }
}

impl Scene<'_> {
    async fn passed(&self, code: &str, name: &str, award: AwardCode) -> NominationId {
        let (program, ctx) = (self.house.program(), self.house.as_actor(&self.head));
        let new = NewNomination {
            campaign: self.campaign,
            award,
            recipient: Recipient::Person(self.house.staff(code, name, self.unit).await),
            unit: self.unit,
            achievement: None,
            summary: "Giải quyết 18 kiến nghị của doanh nghiệp".to_owned(),
        };
        let id = awards::service::nominate(&ctx, &new).await.expect("a draft");
        for item in self.house.rules.dossier(award, TODAY) {
            awards::service::attach(&ctx, id, &item.id, "ho-so.pdf", PDF).await.expect("a file that fits");
        }
        awards::service::submit(&ctx, id).await.expect("handed in");
        let chief = self.house.as_actor(&self.chief);
        review::overrule(&chief, id, "verdict", "Lãnh đạo quyết định trình").await.expect("overruled");
        review::accept(&self.house.as_actor(&self.standing), id).await.expect("accepted");
        let mut tx = program.begin().await.expect("a transaction");
        awards::outcomes::settle_in(
            &program,
            &mut tx,
            id,
            (Outcome::Yes, jiff::civil::date(2026, 1, 5)),
            "Biên bản họp Hội đồng",
        )
        .await
        .expect("passed");
        tx.commit().await.expect("kept");
        id
    }

    async fn send(&self, number: &str, nominations: &[NominationId]) -> Result<SubmissionId, SubmissionsError> {
        let new = NewSubmission {
            number: number.to_owned(),
            signed_on: date(2026, 11, 2),
            nominations: nominations.to_vec(),
        };
        service::send(&self.house.as_actor(&self.standing), &new).await
    }

    async fn detail(&self, id: SubmissionId) -> Detail {
        queries::detail(&self.house.as_actor(&self.standing), id).await.expect("a submission")
    }

    /// Passes it on to who decides.
    async fn to_the_top(&self, id: SubmissionId) {
        let ctx = self.house.as_actor(&self.standing);
        service::pass_on(&ctx, id, date(2026, 11, 9), "").await.expect("passed on");
    }

    async fn result(&self, id: SubmissionId, granted: &[NominationId]) -> Result<(), SubmissionsError> {
        let result =
            NewResult { number: "1801/QĐ-UBND".to_owned(), on: date(2026, 11, 16), granted: granted.to_vec() };
        service::decide(&self.house.as_actor(&self.standing), id, &result).await
    }

    async fn state(&self, id: NominationId) -> NominationState {
        awards::queries::detail(&self.house.as_actor(&self.standing), id).await.expect("a nomination").nomination.state
    }
}

#[tokio::test]
async fn a_supplement_begins_the_days_at_its_level_anew() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        let one = stage.passed("CB1", "Lò Thị Hoa", AwardCode::BkTinh).await;
        let ctx = house.as_actor(&stage.standing);
        assert_eq!(queries::to_send(&ctx).await.expect("a list").len(), 1, "{}", house.engine());
        let early = NewSubmission { number: "11".to_owned(), signed_on: date(2026, 1, 2), nominations: vec![one] };
        let early = service::send(&ctx, &early).await;
        assert!(matches!(early, Err(SubmissionsError::BeforeTheVote { .. })), "{} {early:?}", house.engine());
        let id = stage.send("12/TTr-VPUB", &[one]).await.expect("sent");
        assert!(queries::to_send(&ctx).await.expect("a list").is_empty(), "{}", house.engine());
        let sent = stage.detail(id).await.sent;
        assert_eq!(sent.submission.route, LEVELS, "{}", house.engine());
        let waited = house.calendar.current().working_days_between(date(2026, 11, 2), TODAY);
        assert_eq!((sent.submission.at(), sent.waits), (LEVELS[0], Some(waited)), "{}", house.engine());
        service::give_back(&ctx, id, date(2026, 11, 5), REASON).await.expect("given back");
        let state = stage.detail(id).await.sent.submission.state;
        assert_eq!(state, State::Returned { reason: REASON.to_owned() }, "{}", house.engine());
        service::supply(&ctx, id, date(2026, 11, 12), "Gửi bổ sung biên bản họp").await.expect("supplied");
        let Detail { sent, steps, .. } = stage.detail(id).await;
        assert_eq!((sent.submission.at(), sent.submission.since), (LEVELS[0], date(2026, 11, 12)));
        assert!(sent.waits.expect("it waits") < waited, "{}", house.engine());
        let steps: Vec<_> = steps.iter().map(|step| (step.kind, step.on)).collect();
        let expected = [
            (StepKind::Sent, date(2026, 11, 2)),
            (StepKind::GivenBack, date(2026, 11, 5)),
            (StepKind::Supplied, date(2026, 11, 12)),
        ];
        assert_eq!(steps, expected, "{}", house.engine());
    }
}

#[tokio::test]
async fn what_the_top_grants_enters_the_record_and_the_rest_does_not() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        let given = stage.passed("CB1", "Lò Thị Hoa", AwardCode::BkTinh).await;
        let not = stage.passed("CB2", "Quàng Văn Sơn", AwardCode::BkTinh).await;
        let id = stage.send("12/TTr-VPUB", &[given, not]).await.expect("sent");
        let early = stage.result(id, &[given]).await;
        assert!(matches!(early, Err(SubmissionsError::NotThere { .. })), "{} {early:?}", house.engine());
        stage.to_the_top(id).await;
        let stranger = stage.result(id, &[NominationId::new()]).await;
        assert!(matches!(stranger, Err(SubmissionsError::Unknown(_))), "{} {stranger:?}", house.engine());
        stage.result(id, &[given]).await.expect("decided");
        let states = (stage.state(given).await, stage.state(not).await);
        assert_eq!(states, (NominationState::Decided, NominationState::NotGranted), "{}", house.engine());
        let sent = stage.detail(id).await.sent;
        let outcomes: Vec<_> = sent.lines.iter().map(|line| line.outcome).collect();
        assert_eq!(outcomes, [Some(LineOutcome::Granted), Some(LineOutcome::NotGranted)], "{}", house.engine());
        assert_eq!(sent.waits, None, "{}", house.engine());
        let mut held = Vec::new();
        for line in &sent.lines {
            let record = records::queries::record(&house.program(), line.nominated.recipient).await.expect("a record");
            held.push(record.awards.iter().map(|award| (award.award, award.number.clone())).collect::<Vec<_>>());
        }
        let given = vec![(AwardCode::BkTinh, "1801/QĐ-UBND".to_owned())];
        assert_eq!(held, [given, Vec::new()], "{}", house.engine());
    }
}

#[tokio::test]
async fn an_award_that_stands_in_the_record_already_stops_the_whole_result() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        let one = stage.passed("CB1", "Lò Thị Hoa", AwardCode::BkTinh).await;
        let two = stage.passed("CB2", "Quàng Văn Sơn", AwardCode::BkTinh).await;
        let id = stage.send("12/TTr-VPUB", &[one, two]).await.expect("sent");
        stage.to_the_top(id).await;
        let recipient = stage.detail(id).await.sent.lines[1].nominated.recipient;
        let known = records::model::NewPastAward {
            recipient,
            award: AwardCode::BkTinh,
            year: 2026,
            r#type: rules::AwardType::Thematic,
            number: "1801/QĐ-UBND".to_owned(),
            decided_on: date(2026, 11, 16),
            achievement: None,
            decision_line: None,
        };
        records::service::enter_award(&house.program(), known).await.expect("entered by hand");
        let said = stage.result(id, &[one, two]).await;
        assert!(matches!(&said, Err(SubmissionsError::Records { name, .. }) if name == "Quàng Văn Sơn"), "{said:?}");
        assert_eq!(stage.state(one).await, NominationState::Passed, "{}: nothing was kept", house.engine());
        assert_eq!(stage.detail(id).await.sent.submission.state, State::AtLevel, "{}", house.engine());
    }
}

#[tokio::test]
async fn a_nomination_goes_up_once_even_when_two_clerks_send_it() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        let one = stage.passed("CB1", "Lò Thị Hoa", AwardCode::BkTinh).await;
        let alone = [one];
        let (first, second) = join(stage.send("12/TTr-VPUB", &alone), stage.send("13/TTr-VPUB", &alone)).await;
        let refused = [&first, &second].into_iter().filter(|sent| sent.is_err()).count();
        assert_eq!(refused, 1, "{} {first:?} {second:?}", house.engine());
        let id = first.or(second).expect("one was sent");
        let ctx = house.as_actor(&stage.standing);
        let again = stage.send("14/TTr-VPUB", &[one]).await;
        assert!(matches!(again, Err(SubmissionsError::NotToSend { .. })), "{} {again:?}", house.engine());
        service::withdraw(&ctx, id, "Bổ sung thêm người vào tờ trình").await.expect("withdrawn");
        stage.send("14/TTr-VPUB", &[one]).await.expect("what was taken back may go again");
    }
}

#[tokio::test]
async fn two_clerks_who_record_a_result_at_once_give_one_award() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        let one = stage.passed("CB1", "Lò Thị Hoa", AwardCode::BkTinh).await;
        let id = stage.send("12/TTr-VPUB", &[one]).await.expect("sent");
        stage.to_the_top(id).await;
        let granted = [one];
        let (first, second) = join(stage.result(id, &granted), stage.result(id, &granted)).await;
        assert_eq!([&first, &second].into_iter().filter(|done| done.is_ok()).count(), 1, "{first:?} {second:?}");
        let recipient = stage.detail(id).await.sent.lines[0].nominated.recipient;
        let record = records::queries::record(&house.program(), recipient).await.expect("a record");
        assert_eq!(record.awards.len(), 1, "{}", house.engine());
    }
}

#[tokio::test]
async fn what_cannot_go_up_is_refused_with_its_name() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        let own = stage.passed("CB1", "Lò Thị Hoa", AwardCode::GiayKhen).await;
        let province = stage.passed("CB2", "Quàng Văn Sơn", AwardCode::BkTinh).await;
        let government = stage.passed("CB3", "Cà Thị Mai", AwardCode::BkTtg).await;
        let said = stage.send("12/TTr-VPUB", &[own]).await;
        assert!(matches!(&said, Err(SubmissionsError::NotToSend { name, .. }) if name == "Lò Thị Hoa"), "{said:?}");
        let said = stage.send("12/TTr-VPUB", &[province, government]).await;
        assert!(matches!(said, Err(SubmissionsError::DifferentRoutes { .. })), "{} {said:?}", house.engine());
        let said = stage.send("12/TTr-VPUB", &[]).await;
        assert!(matches!(said, Err(SubmissionsError::Nobody)), "{} {said:?}", house.engine());
        stage.send("12/TTr-VPUB", &[province]).await.expect("sent");
        let said = stage.send("12/TTr-VPUB", &[government]).await;
        assert!(matches!(said, Err(SubmissionsError::NumberTaken { .. })), "{} {said:?}", house.engine());
        let ctx = house.as_actor(&stage.head);
        let new = NewSubmission { number: "15".to_owned(), signed_on: TODAY, nominations: vec![government] };
        let said = service::send(&ctx, &new).await;
        assert!(matches!(said, Err(SubmissionsError::Denied(_))), "{} {said:?}", house.engine());
    }
}

#[tokio::test]
async fn a_decision_of_the_office_leaves_out_what_a_higher_level_decides() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        stage.passed("CB2", "Quàng Văn Sơn", AwardCode::BkTinh).await;
        let new = NewDecision {
            campaign: stage.campaign,
            series: "QĐ-VPUB".to_owned(),
            place: "Sơn La".to_owned(),
            capacity: "Chánh Văn phòng".to_owned(),
            signer: "Cầm Văn Thử".to_owned(),
        };
        let said = office::decisions::service::draft(&house.as_actor(&stage.standing), &new).await;
        assert!(matches!(said, Err(DecisionsError::NothingPassed)), "{} {said:?}", house.engine());
    }
}

#[tokio::test]
async fn a_head_sees_his_own_units_part_and_nothing_of_another() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        let one = stage.passed("CB1", "Lò Thị Hoa", AwardCode::BkTinh).await;
        let id = stage.send("12/TTr-VPUB", &[one]).await.expect("sent");
        let own = house.as_actor(&stage.head);
        let filter = |state| Filter { state, text: "lo thi hoa".to_owned(), ..Filter::default() };
        assert_eq!(queries::list(&own, &filter(Some(StateKind::AtLevel))).await.expect("a list").len(), 1);
        assert!(queries::list(&own, &filter(Some(StateKind::Decided))).await.expect("a list").is_empty());
        let elsewhere = house.unit("TH", "Phòng Tổng hợp").await;
        let other = actor(Role::Head, Some(elsewhere));
        let other = house.as_actor(&other);
        assert!(queries::list(&other, &Filter::default()).await.expect("a list").is_empty(), "{}", house.engine());
        let said = queries::detail(&other, id).await;
        assert!(matches!(said, Err(SubmissionsError::Unknown(_))), "{}", house.engine());
        assert!(queries::of_nomination(&other, one).await.expect("a list").is_empty(), "{}", house.engine());
    }
}

#[tokio::test]
async fn who_sees_a_part_of_a_submission_reads_neither_its_files_nor_its_reasons() {
    for house in testkit::houses().await {
        let mut stage = scene(&house).await;
        let own = stage.passed("CB1", "Lò Thị Hoa", AwardCode::BkTinh).await;
        let first = house.as_actor(&stage.head).actor.clone();
        let elsewhere = house.unit("TH", "Phòng Tổng hợp").await;
        stage.head = house.account("truongphong.th", Role::Head, Some(elsewhere)).await;
        stage.unit = elsewhere;
        let other = stage.passed("CB2", "Quàng Văn Sơn", AwardCode::BkTinh).await;
        let id = stage.send("12/TTr-VPUB", &[own, other]).await.expect("sent");
        let ctx = house.as_actor(&stage.standing);
        let file = service::attach(&ctx, id, "to-trinh.pdf", PDF).await.expect("a file that fits");
        let reason = "Quàng Văn Sơn thiếu xác nhận của cấp ủy";
        service::give_back(&ctx, id, date(2026, 11, 5), reason).await.expect("given back");
        let head = house.as_actor(&first);
        let part = queries::detail(&head, id).await.expect("his own part");
        assert!(!format!("{part:?}").contains("Quàng Văn Sơn"), "{} {part:?}", house.engine());
        assert_eq!((part.sent.lines.len(), part.files.len()), (1, 0), "{}", house.engine());
        let said = service::file(&head, id, file).await;
        assert!(matches!(said, Err(SubmissionsError::Unknown(_))), "{}", house.engine());
        let named = queries::list(&head, &Filter { text: "quang van son".to_owned(), ..Filter::default() }).await;
        assert!(named.expect("a list").is_empty(), "{}: found by another's name", house.engine());
        assert_eq!(stage.detail(id).await.files.len(), 1, "{}: the standing body sees the whole", house.engine());
    }
}

#[tokio::test]
async fn a_refusal_ends_the_way_of_everybody_on_it() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        let one = stage.passed("CB1", "Lò Thị Hoa", AwardCode::BkTinh).await;
        let id = stage.send("12/TTr-VPUB", &[one]).await.expect("sent");
        let ctx = house.as_actor(&stage.standing);
        let said = service::refuse(&ctx, id, date(2026, 11, 9), "ừ").await;
        assert!(matches!(said, Err(SubmissionsError::ShortReason { .. })), "{} {said:?}", house.engine());
        service::refuse(&ctx, id, date(2026, 11, 9), "Chưa đủ tiêu chuẩn theo quy định").await.expect("refused");
        assert_eq!(stage.state(one).await, NominationState::NotGranted, "{}", house.engine());
        let late = service::pass_on(&ctx, id, date(2026, 11, 10), "").await;
        assert!(matches!(late, Err(SubmissionsError::State { .. })), "{} {late:?}", house.engine());
        let file = service::attach(&ctx, id, "thong-bao.pdf", PDF).await.expect("a file that fits");
        assert_eq!(service::file(&ctx, id, file).await.expect("the file").name, "thong-bao.pdf");
        let bad = service::attach(&ctx, id, "thong-bao.pdf", b"MZ").await;
        assert!(matches!(bad, Err(SubmissionsError::BadFile { .. })), "{} {bad:?}", house.engine());
    }
}
