//! Files as offices send them: long, odd, twice, in another encoding; and figures without a database.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use office::dossiers::counting::{How, figures_of};
use office::dossiers::decision::WorkingDays;
use office::dossiers::mapping::{DayForm, Mapping};
use office::dossiers::model::{Counts, Import};
use office::dossiers::queries::{self, By, Filter, Group, Kind};
use office::dossiers::{DossiersError, sample, service};
use papers::sheet::Encoding;
use testkit::{TODAY, TestHouse};

const UNIT_AND_MONTH: By = By { unit: true, month: true, year: false, procedure: false };

fn written(house: &TestHouse, name: &str, bytes: &[u8]) -> PathBuf {
    let file = house.data_dir.join(name);
    std::fs::write(&file, bytes).expect("a file");
    file
}

async fn bring_in(house: &TestHouse, source: &str, file: &Path) -> Result<Import, DossiersError> {
    let ctx = house.program();
    let prepared = service::prepare(&ctx, source, file).await?;
    service::begin(&ctx, &prepared).await?;
    service::run(&ctx, prepared, file, false, |_, _| {}).await
}

fn sample_of(house: &TestHouse, rows: u64, seed: u64) -> String {
    let days = WorkingDays::of(&house.program().calendar());
    let mut text = Vec::new();
    sample::write(&mut text, rows, seed, &days, TODAY, 1).expect("a sample");
    text.flush().expect("written");
    String::from_utf8(text).expect("text")
}

fn how<'a>(mapping: &'a Arc<Mapping>, days: &'a WorkingDays, by: By) -> How<'a> {
    How { mapping, days, by, today: TODAY, threads: 2 }
}

#[tokio::test]
async fn figures_of_a_file_are_those_of_its_import() {
    for house in testkit::houses().await {
        let file = written(&house, "one.csv", sample_of(&house, 12_000, 3).as_bytes());
        let (mapping, days) = (Arc::new(Mapping::default()), WorkingDays::of(&house.program().calendar()));
        bring_in(&house, "Mẫu", &file).await.expect("an import");
        for by in [
            By::default(),
            UNIT_AND_MONTH,
            By { procedure: true, year: true, ..By::default() },
            By { unit: true, procedure: true, ..By::default() },
        ] {
            let told = figures_of(&file, how(&mapping, &days, by)).expect("figures");
            let kept = queries::figures(&house.program(), &Filter::default(), by).await.expect("figures");
            assert_eq!((told.rows, told.rejected), (12_000, 0));
            assert_eq!(told.figures, kept, "{by:?} on {}", house.engine());
        }
    }
}

#[tokio::test]
async fn a_long_file_with_three_faulty_rows_leaves_out_just_these_and_a_code_that_stands_twice_counts_once() {
    for house in testkit::houses().await {
        let text = sample_of(&house, 20_000, 4);
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let broken = |line: &str, place: usize, value: &str| {
            let mut cells: Vec<&str> = line.split(',').collect();
            cells[place] = value;
            cells.join(",")
        };
        lines[9] = broken(&lines[9], 6, "hôm qua");
        lines[10_000] = broken(&lines[10_000], 4, "Đang bay");
        lines[19_999] = lines[19_998].clone();
        let file = written(&house, "long.csv", lines.join("\n").as_bytes());
        let import = bring_in(&house, "Mẫu", &file).await.expect("an import");
        let expected = Counts { rows: 20_000, created: 19_997, updated: 0, unchanged: 0, rejected: 3 };
        assert_eq!(import.counts, expected, "{}", house.engine());
        let (_, _, faults) = queries::import(&house.program(), import.id, 10).await.expect("it");
        assert_eq!(faults.iter().map(|fault| fault.row).collect::<Vec<_>>(), [10, 10_001, 20_000]);
        let (mapping, days) = (Arc::new(Mapping::default()), WorkingDays::of(&house.program().calendar()));
        let told = figures_of(&file, how(&mapping, &days, UNIT_AND_MONTH)).expect("figures");
        assert_eq!((told.rows, told.rejected), (20_000, 3));
        assert_eq!(told.faults.iter().map(|fault| fault.row).collect::<Vec<_>>(), [10, 10_001, 20_000]);
        let kept = queries::figures(&house.program(), &Filter::default(), UNIT_AND_MONTH).await.expect("figures");
        assert_eq!(told.figures, kept, "{}", house.engine());
        let again = bring_in(&house, "Mẫu", &file).await.expect("again");
        let expected = Counts { rows: 20_000, created: 0, updated: 0, unchanged: 19_997, rejected: 3 };
        assert_eq!(again.counts, expected, "the same file twice on {}", house.engine());
        let after = queries::figures(&house.program(), &Filter::default(), UNIT_AND_MONTH).await.expect("figures");
        assert_eq!(after, kept, "the same file twice changes no figure");
    }
}

#[tokio::test]
async fn a_file_in_an_old_encoding_is_refused_and_read_once_the_source_says_so() {
    let house = testkit::houses().await.remove(0);
    // "Mã hồ sơ;Mã TTHC;Đơn vị;Trạng thái;Ngày tiếp nhận" in the Vietnamese page of old Windows.
    let old: &[u8] =
        b"M\xE3 h\xF4\xCC s\xF5;M\xE3 TTHC;\xD0\xF5n vi\xF2;Tra\xF2ng th\xE1i;Ng\xE0y ti\xEA\xECp nh\xE2\xF2n\n\
        A1;1.1;Ph\xF2ng A;4;09/02/2026\n";
    let file = written(&house, "old.csv", old);
    let (mapping, days) = (Arc::new(Mapping::default()), WorkingDays::of(&house.program().calendar()));
    let refused = bring_in(&house, "Cũ", &file).await;
    assert!(matches!(refused, Err(DossiersError::Sheet(_))), "{refused:?}");
    assert!(matches!(figures_of(&file, how(&mapping, &days, By::default())), Err(DossiersError::Sheet(_))));
    let told = Mapping { encoding: Encoding::Windows1258, ..Mapping::default() };
    service::save_mapping(&house.program(), "Cũ", &told).await.expect("saved");
    let import = bring_in(&house, "Cũ", &file).await.expect("an import");
    assert_eq!((import.counts.created, import.counts.rejected), (1, 0));
    let told = figures_of(&file, how(&Arc::new(told), &days, By { unit: true, ..By::default() })).expect("figures");
    assert_eq!(told.figures.len(), 1);
}

#[tokio::test]
async fn days_in_five_forms_are_read_as_declared_and_an_undeclared_one_is_a_fault_not_a_zero() {
    let house = testkit::houses().await.remove(0);
    let header = "Mã hồ sơ,Mã TTHC,Đơn vị,Trạng thái,Ngày tiếp nhận\n";
    let row = |code: &str, day: &str| format!("{code},1.1,Phòng A,4,{day}\n");
    let days = ["25/02/2026", "2026-02-25", "20260225", "25.2.2026 08:30", "25/02/26"];
    let text: String = (1..).zip(days).map(|(number, day)| row(&format!("A{number}"), day)).collect();
    let file = written(&house, "days.csv", format!("{header}{text}").as_bytes());
    let import = bring_in(&house, "Ngày", &file).await.expect("an import");
    assert_eq!((import.counts.created, import.counts.rejected), (4, 1), "two figures for a year were not declared");
    let mut told = Mapping::default();
    told.days.push(DayForm::ShortYear);
    service::save_mapping(&house.program(), "Ngày", &told).await.expect("saved");
    let import = bring_in(&house, "Ngày", &file).await.expect("an import");
    assert_eq!((import.counts.created, import.counts.unchanged, import.counts.rejected), (1, 4, 0));
    let filter = Filter { from: "2026-02".to_owned(), until: "2026-02".to_owned(), ..Filter::default() };
    let (_, many) = queries::list(&house.program(), &filter, "", 10).await.expect("a list");
    assert_eq!(many, 5);
}

#[tokio::test]
async fn a_unit_merged_in_mid_year_keeps_its_past_and_takes_over_what_the_source_renames() {
    for house in testkit::houses().await {
        let header = "Mã hồ sơ,Mã TTHC,Đơn vị,Trạng thái,Ngày tiếp nhận,Ngày hẹn trả,Ngày kết thúc\n";
        let row = |code: &str, unit: &str, month: u8| {
            format!("{code},1.1,{unit},10,02/{month:02}/2026,10/{month:02}/2026,09/{month:02}/2026\n")
        };
        let before = row("A1", "Phòng Cũ", 3) + &row("A2", "Phòng Cũ", 6) + &row("B1", "Phòng Mới", 6);
        let file = written(&house, "first.csv", format!("{header}{before}").as_bytes());
        bring_in(&house, "Mẫu", &file).await.expect("an import");
        // From July on the source writes the new unit, also for a dossier of June that it carries on.
        let after = row("A2", "Phòng Mới", 6) + &row("C1", "Phòng Mới", 7);
        let file = written(&house, "second.csv", format!("{header}{after}").as_bytes());
        let import = bring_in(&house, "Mẫu", &file).await.expect("an import");
        assert_eq!((import.counts.created, import.counts.updated), (1, 1), "{}", house.engine());
        let told = queries::figures(&house.program(), &Filter::default(), UNIT_AND_MONTH).await.expect("figures");
        let of = |unit: &str, month: &str| {
            let group = Group { unit: unit.to_owned(), month: month.to_owned(), ..Group::default() };
            told.get(&group).map(office::dossiers::figures::Figures::accepted)
        };
        assert_eq!((of("Phòng Cũ", "2026-03"), of("Phòng Cũ", "2026-06")), (Some(1), None), "{}", house.engine());
        assert_eq!((of("Phòng Mới", "2026-06"), of("Phòng Mới", "2026-07")), (Some(2), Some(1)));
        assert_eq!(of("Phòng Cũ", "2026-07"), None, "no data is no zero");
        let all = queries::figures(&house.program(), &Filter::default(), By::default()).await.expect("figures");
        assert_eq!(all[&Group::default()].accepted(), 4, "the parts make the whole");
    }
}

#[tokio::test]
async fn every_number_of_every_unit_month_and_procedure_opens_as_many_dossiers() {
    for house in testkit::houses().await {
        let file = written(&house, "all.csv", sample_of(&house, 700, 5).as_bytes());
        bring_in(&house, "Mẫu", &file).await.expect("an import");
        let ctx = house.program();
        for by in [UNIT_AND_MONTH, By { procedure: true, ..By::default() }] {
            let told = queries::figures(&ctx, &Filter::default(), by).await.expect("figures");
            for (group, figures) in told.iter().step_by(5) {
                for kind in Kind::ALL {
                    let filter = Filter {
                        from: group.month.clone(),
                        until: group.month.clone(),
                        unit: group.unit.clone(),
                        procedure: group.procedure.clone(),
                        kind: Some(*kind),
                    };
                    let (found, many) = queries::list(&ctx, &filter, "", 1_000).await.expect("a list");
                    let listed = i64::try_from(found.len()).expect("few");
                    assert_eq!((listed, many), (kind.count(figures), kind.count(figures)), "{group:?} {}", kind.code());
                }
            }
        }
    }
}
