//! What happens to dossiers after they came in: days that move, years side by side, answers, costs.

use jiff::civil::date;
use kernel::calendar::DayKind;
use kernel::{Date, Role};
use office::calendar::NewAnnouncement;
use office::deadlines::{queries as deadlines, service as announcing};
use office::dossiers::costs::{self, Case, Inputs, Step};
use office::dossiers::model::{Class, Import};
use office::dossiers::queries::{self, By, Filter, Group};
use office::dossiers::{DossiersError, answers, service};
use office::ledger::queries as ledger;
use testkit::{TestHouse, actor};

async fn bring_in(house: &TestHouse, text: &str) -> Import {
    let file = house.data_dir.join("dossiers.csv");
    std::fs::write(&file, text).expect("a file");
    let ctx = house.program();
    let prepared = service::prepare(&ctx, "Mẫu", &file).await.expect("prepared");
    service::begin(&ctx, &prepared).await.expect("begun");
    service::run(&ctx, prepared, &file, false, |_, _| {}).await.expect("an import")
}

async fn held(house: &TestHouse, code: &str) -> (Class, Option<Date>, usize) {
    let (dossier, moves) = queries::dossier(&house.program(), code).await.expect("a dossier");
    (dossier.judged.class, dossier.judged.held_to, moves.len())
}

const AT_WORK: &str = "\
Mã hồ sơ,Mã TTHC,Đơn vị,Trạng thái,Ngày tiếp nhận,Ngày hẹn trả,Ngày kết thúc,Thời hạn theo quy định
O1,1.1,Phòng A,4,20/11/2026,30/11/2026,,
O2,1.1,Phòng A,4,20/11/2026,,,3
O3,1.1,Phòng A,4,20/11/2026,25/11/2026,,
C1,1.1,Phòng A,10,16/11/2026,27/11/2026,20/11/2026,
";

/// 24 November is off. From the 20th five working days end on the 30th (23, 25, 26, 27, 30), three on the 26th;
/// with the 26th off they end on 1 December and on the 27th.
#[tokio::test]
async fn an_announced_day_off_moves_dossiers_at_work_alone_and_its_withdrawal_moves_them_back() {
    for house in testkit::houses().await {
        let ctx = house.program();
        bring_in(&house, AT_WORK).await;
        assert_eq!(held(&house, "O1").await, (Class::Open, Some(date(2026, 11, 30)), 0), "{}", house.engine());
        assert_eq!(held(&house, "O2").await, (Class::Open, Some(date(2026, 11, 26)), 0));
        let new = NewAnnouncement {
            day: date(2026, 11, 26),
            kind: DayKind::SwapOff,
            name: "Nghỉ hoán đổi".to_owned(),
            document: "99/TB-VP".to_owned(),
            title: "Thông báo".to_owned(),
            awaited: false,
        };
        let preview = deadlines::preview(&ctx, &new).await.expect("a preview");
        assert_eq!(preview.dossiers, 2);
        let (id, _) = announcing::declare(&ctx, &new, false).await.expect("declared");
        assert_eq!(held(&house, "O1").await, (Class::Open, Some(date(2026, 12, 1)), 1), "{}", house.engine());
        assert_eq!(held(&house, "O2").await, (Class::Open, Some(date(2026, 11, 27)), 1));
        assert_eq!(held(&house, "O3").await, (Class::Open, Some(date(2026, 11, 25)), 0));
        assert_eq!(held(&house, "C1").await, (Class::Before, Some(date(2026, 11, 27)), 0), "what is done stays");
        let (_, moves) = queries::dossier(&ctx, "O1").await.expect("a dossier");
        assert_eq!((moves[0].old, moves[0].new), (date(2026, 11, 30), date(2026, 12, 1)));
        let filter = ledger::Filter { action: Some("dossiers.move_due_days".to_owned()), ..ledger::Filter::default() };
        let entries = ledger::search(&ctx, &filter, 10).await.expect("the ledger");
        assert_eq!((entries.len(), entries[0].fields["many"].as_str()), (1, "2"));

        // The same file again takes nothing back; a later one is held to the day that was moved.
        assert_eq!(bring_in(&house, AT_WORK).await.counts.unchanged, 4);
        assert_eq!(held(&house, "O1").await.1, Some(date(2026, 12, 1)));
        let later = AT_WORK
            .replace("O1,1.1,Phòng A,4,20/11/2026,30/11/2026,,", "O1,1.1,Phòng A,10,20/11/2026,30/11/2026,01/12/2026,");
        assert_eq!(bring_in(&house, &later).await.counts.updated, 1);
        assert_eq!(held(&house, "O1").await.0, Class::OnTime, "{}", house.engine());

        announcing::withdraw(&ctx, id, "nhập nhầm ngày của thông báo").await.expect("withdrawn");
        assert_eq!(held(&house, "O2").await, (Class::Open, Some(date(2026, 11, 26)), 2), "{}", house.engine());
        assert_eq!(held(&house, "O1").await.0, Class::OnTime, "what is done stays");
        let told = queries::figures(&ctx, &Filter::default(), By::default()).await.expect("figures");
        let figures = &told[&Group::default()];
        assert_eq!((figures.open, figures.on_time, figures.before), (2, 1, 1), "the counts moved along");
    }
}

/// Ended in 2026 after 2 2 2 2 3 3 4 6 working days (over Tết, with a wait and a Saturday that was worked, see
/// the twelve): the median of eight is 2.5, nine tenths of eight is the eighth. In 2025 one, after 5.
#[tokio::test]
async fn a_year_stands_beside_the_one_before_with_its_own_median_and_ninth_decile() {
    for house in testkit::houses().await {
        bring_in(&house, super::dossiers::TWELVE).await;
        let told = queries::spans(&house.program(), &Filter::default()).await.expect("spans");
        let of = |year: &str| told["1.1"][year];
        let (last, this) = (of("2025"), of("2026"));
        assert_eq!((this.ended, this.median_doubled, this.p90), (8, Some(5), Some(6)), "{}", house.engine());
        assert_eq!((last.ended, last.median_doubled, last.p90), (1, Some(10), Some(5)));
        assert_eq!((this.legal_doubled, this.committed_doubled, this.shortened()), (Some(10), None, Some(5_000)));
        let mut tx = house.program().read().await.expect("a transaction");
        let shares = queries::shares_of_year(&mut tx, 2026, testkit::TODAY).await.expect("shares");
        assert_eq!((shares[""].in_time.part, shares[""].in_time.whole), (6, 9));
        assert_eq!((shares["Phòng B"].online.part, shares["Phòng B"].online.whole), (1, 3));
        assert!(queries::shares_of_year(&mut tx, 2024, testkit::TODAY).await.expect("shares").is_empty());
    }
}

#[tokio::test]
async fn a_receipt_code_answers_once_and_the_response_rate_stands_beside_the_score() {
    for house in testkit::houses().await {
        let header = "Mã hồ sơ,Mã TTHC,Đơn vị,Trạng thái,Ngày tiếp nhận,Ngày hẹn trả,Ngày kết thúc\n";
        let done = |number: u32| format!("D{number},1.1,Phòng A,10,09/02/2026,13/02/2026,12/02/2026\n");
        let text: String = (0..100).map(done).collect();
        let text = format!("{header}{text}X1,1.1,Phòng A,4,20/11/2026,30/11/2026,\n");
        bring_in(&house, &text).await;
        let ctx = house.program();
        for (code, level) in [("D1", 5), ("D2", 4), (" D3 ", 3)] {
            answers::answer(&ctx, code, level).await.expect("taken");
        }
        let twice = answers::answer(&ctx, "D1", 1).await;
        assert!(matches!(twice, Err(DossiersError::AnsweredBefore)), "{twice:?} on {}", house.engine());
        for (code, level) in [("X1", 5), ("D999", 5)] {
            let refused = answers::answer(&ctx, code, level).await;
            assert!(matches!(refused, Err(DossiersError::NotToBeAnswered)), "{refused:?}");
        }
        assert!(matches!(answers::answer(&ctx, "D4", 6).await, Err(DossiersError::OddAnswer)));
        let told = queries::figures(&ctx, &Filter::default(), By::default()).await.expect("figures");
        let answered = told[&Group::default()].answered();
        assert_eq!((answered.part, answered.whole, answered.basis_points()), (3, 100, Some(300)));
        assert_eq!(told[&Group::default()].answers.mean_hundredths(), Some(400));
        // Later files keep the answers, also when the unit has another name.
        let renamed = text.replace("Phòng A", "Phòng B");
        assert_eq!(bring_in(&house, &renamed).await.counts.updated, 101, "{}", house.engine());
        let by = By { unit: true, ..By::default() };
        let told = queries::figures(&ctx, &Filter::default(), by).await.expect("figures");
        assert_eq!(told.len(), 1, "nothing is left of the old name");
        let group = Group { unit: "Phòng B".to_owned(), ..Group::default() };
        assert_eq!(told[&group].answered().part, 3, "{}", house.engine());
    }
}

#[tokio::test]
async fn costs_are_kept_by_version_with_all_inputs_and_the_formula_is_confirmed_on_the_record() {
    for house in testkit::houses().await {
        bring_in(&house, super::dossiers::TWELVE).await;
        let ctx = house.program();
        let case =
            |hours| Case { steps: vec![Step { hours, travel: 0, services: 0 }; 4], fees: 0, times: 1, subjects: 10 };
        let mut inputs = Inputs {
            formula: 1,
            income: 60_000,
            income_source: "Số liệu của Văn phòng".to_owned(),
            before: case(200),
            after: case(50),
        };
        let why = "rà soát theo kế hoạch năm";
        assert_eq!(costs::save(&ctx, "1.1", 0, &inputs, why).await.expect("saved"), 1);
        assert_eq!(costs::save(&ctx, "1.1", 1, &inputs, why).await.expect("the same"), 1);
        inputs.after = case(25);
        let stale = costs::save(&ctx, "1.1", 0, &inputs, why).await;
        assert!(matches!(stale, Err(DossiersError::CostsChanged)), "{stale:?}");
        assert_eq!(costs::save(&ctx, "1.1", 1, &inputs, why).await.expect("another"), 2);
        let versions = costs::of_procedure(&ctx, "1.1").await.expect("versions");
        assert_eq!(versions.iter().map(|saved| saved.version).collect::<Vec<_>>(), [2, 1], "{}", house.engine());
        assert_eq!(versions[1].inputs.after, case(50), "the first version stays as it was");
        let outcome = costs::shipped().outcome(&versions[0].inputs);
        assert_eq!((outcome.once, outcome.saved), ([480_000, 60_000], 4_200_000));
        let unknown = costs::save(&ctx, "9.9", 0, &inputs, why).await;
        assert!(matches!(unknown, Err(DossiersError::UnknownProcedure)));
        inputs.income = -1;
        assert!(matches!(costs::save(&ctx, "1.1", 2, &inputs, why).await, Err(DossiersError::OddCost(_))));
        assert_eq!(costs::confirmed(&ctx).await.expect("an answer"), None);
        let officer = actor(Role::Officer, None);
        let refused = costs::confirm(&house.as_actor(&officer), "03/2022/TT-VPCP").await;
        assert!(matches!(refused, Err(DossiersError::Denied(_))));
        costs::confirm(&ctx, "03/2022/TT-VPCP").await.expect("confirmed");
        assert!(
            costs::confirmed(&ctx).await.expect("an answer").is_some_and(|(document, _)| document.contains("03/2022"))
        );
    }
}
