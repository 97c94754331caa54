//! Files of dossiers on real databases: what is kept, what is refused, what a number counts.

use std::io::Write as _;

use jiff::civil::date;
use kernel::Role;
use kernel::text::nfc;
use office::dossiers::decision::WorkingDays;
use office::dossiers::mapping::{DayForm, Mapping};
use office::dossiers::model::{Class, Counts, Import, ImportState, Status};
use office::dossiers::queries::{By, Filter, Group, Kind};
use office::dossiers::{DossiersError, queries, sample, service};
use office::ledger::queries as ledger;
use testkit::{TODAY, TestHouse, actor};

/// Twelve dossiers around Tết 2026 (16 to 20 February off, Saturday 10 January worked for 2 January), with what
/// a person counts with the calendar in hand: class, and working days without the time of waiting.
pub const TWELVE: &str = "\
Mã hồ sơ,Mã TTHC,Tên thủ tục,Đơn vị xử lý,Chủ hồ sơ,Số điện thoại,Trạng thái,Kênh thực hiện,Ngày tiếp nhận,Ngày hẹn trả,Ngày kết thúc,Ngày yêu cầu bổ sung,Ngày tiếp nhận bổ sung,Số lần bổ sung,Thời hạn theo quy định,Số hóa hồ sơ,Kết quả điện tử,Mức hài lòng,Ghi nội bộ
H01,1.1,Cấp phép,Phòng A,Nguyễn Văn Kín,0912000000,10,2,09/02/2026,13/02/2026,11/02/2026,,,,5,1,1,5,x
H02,1.1,Cấp phép,Phòng A,Nguyễn Văn Kín,0912000000,10,2,09/02/2026,13/02/2026,13/02/2026,,,,5,1,1,4,x
H03,1.1,Cấp phép,Phòng A,Nguyễn Văn Kín,0912000000,10,2,12/02/2026,24/02/2026,23/02/2026,,,,5,1,0,,x
H04,1.1,Cấp phép,Phòng A,Nguyễn Văn Kín,0912000000,10,2,12/02/2026,23/02/2026,24/02/2026,,,,5,0,0,,x
H05,1.1,Cấp phép,Phòng A,Nguyễn Văn Kín,0912000000,10,2,09/02/2026,13/02/2026,24/02/2026,11/02/2026,23/02/2026,1,5,0,1,,x
H06,1.1,Cấp phép,Phòng A,Nguyễn Văn Kín,0912000000,10,2,09/02/2026,27/02/2026,25/02/2026,10/02/2026,11/02/2026,2,5,1,0,,x
H07,1.1,Cấp phép,Phòng B,Nguyễn Văn Kín,0912000000,10,2,08/01/2026,10/01/2026,10/01/2026,,,,5,1,1,,x
H08,1.1,Cấp phép,Phòng B,Nguyễn Văn Kín,0912000000,10,1,08/01/2026,12/01/2026,10/01/2026,,,,5,1,0,,x
H09,1.1,Cấp phép,Phòng B,Nguyễn Văn Kín,0912000000,10,1,31/12/2025,,09/01/2026,,,,5,0,1,,x
H10,1.1,Cấp phép,Phòng B,Nguyễn Văn Kín,0912000000,4,1,10/02/2026,20/02/2026,,,,,5,0,,,x
H11,1.1,Cấp phép,Phòng B,Nguyễn Văn Kín,0912000000,5,,10/02/2026,25/02/2026,,12/02/2026,,1,5,,,,x
H12,1.1,Cấp phép,Phòng B,Nguyễn Văn Kín,0912000000,3,2,10/02/2026,,,,,,5,,,,x
";

const CLASSES: [(&str, Class, Option<i64>); 12] = [
    ("H01", Class::Before, Some(2)),  // 10, 11 February
    ("H02", Class::OnTime, Some(4)),  // 10, 11, 12, 13
    ("H03", Class::Before, Some(2)),  // 13, 23: the week of Tết is off; due the next working day
    ("H04", Class::Overdue, Some(3)), // 13, 23, 24; due on the 23rd
    ("H05", Class::Before, Some(3)),  // six days less three of waiting (12, 13, 23); held to 25 February
    ("H06", Class::Overdue, Some(6)), // asked twice; seven days less one
    ("H07", Class::OnTime, Some(2)),  // 9 January and the make-up Saturday
    ("H08", Class::Before, Some(2)),  // done on that Saturday, due on Monday
    ("H09", Class::OnTime, Some(5)),  // no promise: five days of the law, 5 to 9 January
    ("H10", Class::Open, None),
    ("H11", Class::Waiting, None),
    ("H12", Class::Outside, None),
];

async fn bring_in(house: &TestHouse, source: &str, bytes: &[u8]) -> Result<Import, DossiersError> {
    let file = house.data_dir.join(format!("{}.csv", bytes.len()));
    std::fs::write(&file, bytes).expect("a file");
    let ctx = house.program();
    let prepared = service::prepare(&ctx, source, &file).await?;
    service::begin(&ctx, &prepared).await?;
    service::run(&ctx, prepared, &file, false, |_, _| {}).await
}

fn counts(rows: i64, created: i64, updated: i64, unchanged: i64, rejected: i64) -> Counts {
    Counts { rows, created, updated, unchanged, rejected }
}

async fn all(house: &TestHouse, kind: Option<Kind>) -> Vec<String> {
    let filter = Filter { kind, ..Filter::default() };
    let (found, many) = queries::list(&house.program(), &filter, "", 5_000).await.expect("a list");
    assert_eq!(i64::try_from(found.len()).expect("few"), many, "the list is as long as it says");
    found.into_iter().map(|one| one.facts.code).collect()
}

#[tokio::test]
async fn twelve_dossiers_around_tet_have_the_classes_and_days_of_the_calendar() {
    for house in testkit::houses().await {
        let import = bring_in(&house, "iGate", TWELVE.as_bytes()).await.expect("an import");
        assert_eq!(import.counts, counts(12, 12, 0, 0, 0), "{}", house.engine());
        assert_eq!(import.dropped_columns, ["Chủ hồ sơ", "Số điện thoại"]);
        assert_eq!(import.unknown_columns, ["Ghi nội bộ"]);
        let (found, _) = queries::list(&house.program(), &Filter::default(), "", 50).await.expect("a list");
        let judged: Vec<_> =
            found.iter().map(|one| (one.facts.code.as_str(), one.judged.class, one.judged.days)).collect();
        assert_eq!(judged, CLASSES, "{}", house.engine());

        let told = queries::figures(&house.program(), &Filter::default(), By::default()).await.expect("figures");
        let figures = &told[&Group::default()];
        let [before, on_time, overdue] = [figures.before, figures.on_time, figures.overdue];
        assert_eq!((before, on_time, overdue, figures.open_late, figures.waiting, figures.outside), (4, 3, 2, 1, 1, 1));
        // Days 2 2 2 2 3 3 4 5 6: the median of nine is the fifth, nine tenths is the ninth.
        assert_eq!((figures.days.median_doubled(), figures.days.ninth_decile()), (Some(6), Some(6)));
        assert_eq!((figures.in_time().part, figures.in_time().whole), (7, 10));
        assert_eq!((figures.online.part, figures.online.whole), (7, 10));
        assert_eq!((figures.input.part, figures.input.whole), (6, 10));
        assert_eq!((figures.result.part, figures.result.whole), (5, 9));
        assert_eq!((figures.response().part, figures.response().whole), (2, 9));
        assert_eq!(figures.ratings.mean_hundredths(), Some(450));

        // An even count: of Phòng B's 2 2 5 it is odd, of Phòng A's 2 2 3 3 4 6 the mean of the middle two.
        let by = By { unit: true, ..By::default() };
        let by_unit = queries::figures(&house.program(), &Filter::default(), by).await.expect("figures");
        let of = |unit: &str| by_unit[&Group { unit: unit.to_owned(), ..Group::default() }].days.median_doubled();
        assert_eq!((of("Phòng A"), of("Phòng B")), (Some(6), Some(4)));
    }
}

#[tokio::test]
async fn every_number_counts_what_its_list_shows() {
    for house in testkit::houses().await {
        bring_in(&house, "iGate", TWELVE.as_bytes()).await.expect("an import");
        let told = queries::figures(&house.program(), &Filter::default(), By::default()).await.expect("figures");
        let figures = &told[&Group::default()];
        for kind in Kind::ALL {
            let number = kind.count(figures);
            let listed = all(&house, Some(*kind)).await.len();
            assert_eq!(i64::try_from(listed).expect("few"), number, "{} on {}", kind.code(), house.engine());
        }
    }
}

#[tokio::test]
async fn the_same_file_twice_changes_nothing_and_a_later_one_updates() {
    for house in testkit::houses().await {
        bring_in(&house, "iGate", TWELVE.as_bytes()).await.expect("an import");
        let again = bring_in(&house, "iGate", TWELVE.as_bytes()).await.expect("again");
        assert_eq!(again.counts, counts(12, 0, 0, 12, 0), "{}", house.engine());
        let later = TWELVE.replace("4,1,10/02/2026,20/02/2026,,", "10,1,10/02/2026,20/02/2026,26/02/2026,");
        let later = bring_in(&house, "iGate", later.as_bytes()).await.expect("a later file");
        assert_eq!(later.counts, counts(12, 0, 1, 11, 0), "{}", house.engine());
        let told = queries::figures(&house.program(), &Filter::default(), By::default()).await.expect("figures");
        let figures = &told[&Group::default()];
        assert_eq!((figures.overdue, figures.open_late), (3, 0), "{}", house.engine());
        assert_eq!(all(&house, Some(Kind::Overdue)).await, ["H04", "H06", "H10"]);
        let filter = ledger::Filter { action: Some("dossiers.import".to_owned()), ..ledger::Filter::default() };
        let entries = ledger::search(&house.program(), &filter, 10).await.expect("the ledger");
        let digests: Vec<_> = entries.iter().map(|entry| entry.fields["file"].len()).collect();
        assert_eq!(digests, [64, 64, 64]);
    }
}

#[tokio::test]
async fn faulty_rows_are_left_out_with_row_column_and_reason() {
    for house in testkit::houses().await {
        let text = "\
Số liệu tháng 2\n\
Số hồ sơ;Tên thủ tục;Đơn vị;Trạng thái;Ngày tiếp nhận;Ngày kết thúc\n\
A1;Cấp phép;Phòng A;Đã trả kết quả;2026-02-09;11/02/2026\n\
A2;Cấp phép;Phòng A;Đang bay;09/02/2026;\n\
A3;Cấp phép;Phòng A;Đang xử lý;hôm qua;\n\
A1;Cấp phép;Phòng A;Đang xử lý;09/02/2026;\n\
;Cấp phép;;Đang xử lý;09/02/2026;\n\
A4;Cấp phép;Phòng A;Đã trả kết quả;09/02/2026;01/02/2026\n\
A5;Cấp phép;Phòng A;Đã xử lý xong;09/02/2026;\n\
A6;Cấp phép;Phòng A;Đang xử lý;09/02/2027;\n";
        let import = bring_in(&house, "Khác", text.as_bytes()).await.expect("an import");
        assert_eq!(import.counts, counts(8, 1, 0, 0, 7), "{}", house.engine());
        let (kept, _, faults) = queries::import(&house.program(), import.id, 50).await.expect("it");
        assert_eq!((kept.state, kept.counts), (ImportState::Done, import.counts));
        let places: Vec<_> = faults.iter().map(|fault| (fault.row, fault.column.as_str())).collect();
        let expected = [
            (4, "Trạng thái"),
            (5, "Ngày tiếp nhận"),
            (6, "Số hồ sơ"),
            (7, "Số hồ sơ"),
            (7, "Đơn vị"),
            (8, "Ngày tiếp nhận"),
            (9, "Trạng thái"),
            (10, "Ngày tiếp nhận"),
        ];
        assert_eq!(places, expected, "{}", house.engine());
        // No limit is known: neither on time nor late.
        assert_eq!(all(&house, Some(Kind::Unknown)).await, ["A1"]);
    }
}

#[tokio::test]
async fn a_mapping_is_kept_by_version_and_read_by_the_next_import() {
    for house in testkit::houses().await {
        let mut mapping = Mapping { days: vec![DayForm::MonthDayYear], ..Mapping::default() };
        mapping.statuses.insert("Đang bay".to_owned(), Status::Open);
        let ctx = house.program();
        assert_eq!(service::save_mapping(&ctx, "Bộ", &mapping).await.expect("saved"), 1);
        assert_eq!(service::save_mapping(&ctx, "Bộ", &mapping).await.expect("the same"), 1);
        mapping.due_has_waiting = true;
        assert_eq!(service::save_mapping(&ctx, "Bộ", &mapping).await.expect("another"), 2);
        assert_eq!(queries::mapping(&ctx, "Bộ").await.expect("it"), (2, mapping.clone()), "{}", house.engine());
        mapping.statuses.clear();
        let poor = service::save_mapping(&ctx, "Bộ", &mapping).await;
        assert!(matches!(poor, Err(DossiersError::PoorMapping { .. })), "{poor:?}");
        let text = "Mã hồ sơ\tMã TTHC\tĐơn vị\tTrạng thái\tNgày tiếp nhận\nB1\t1.1\tPhòng A\tĐANG BAY\t2/9/2026\n";
        let import = bring_in(&house, "Bộ", text.as_bytes()).await.expect("an import");
        assert_eq!((import.mapping_version, import.counts), (2, counts(1, 1, 0, 0, 0)), "{}", house.engine());
        let (found, _) = queries::list(&ctx, &Filter::default(), "", 9).await.expect("a list");
        assert_eq!(found[0].facts.received_on, date(2026, 2, 9));
    }
}

#[tokio::test]
async fn a_file_without_the_columns_or_in_another_encoding_keeps_nothing() {
    for house in testkit::houses().await {
        let strange = bring_in(&house, "Lạ", "Cột một,Cột hai\n1,2\n".as_bytes()).await;
        assert!(
            matches!(&strange, Err(DossiersError::NoHeader { missing }) if nfc(missing).contains("Mã hồ sơ")),
            "{strange:?}"
        );
        let old = bring_in(&house, "Lạ", b"M\xE3 h\xF4\xCC s\xF5,x\nA,b\n").await;
        assert!(matches!(old, Err(DossiersError::Sheet(_))), "{old:?}");
        assert_eq!(all(&house, None).await.len(), 0, "{}", house.engine());
        let imports = queries::imports(&house.program()).await.expect("imports");
        assert!(imports.iter().all(|(one, _)| one.state == ImportState::Failed && !one.why.is_empty()));
        let officer = actor(Role::Officer, None);
        let refused = queries::figures(&house.as_actor(&officer), &Filter::default(), By::default()).await;
        assert!(matches!(refused, Err(DossiersError::Denied(_))));
    }
}

#[tokio::test]
async fn a_stop_in_the_middle_leaves_whole_batches_that_a_second_run_completes() {
    for house in testkit::houses().await {
        let file = house.data_dir.join("many.csv");
        let mut out = std::fs::File::create(&file).expect("a file");
        let days = WorkingDays::of(&house.program().calendar());
        sample::write(&mut out, 4_500, 7, &days, TODAY, 1).expect("a sample");
        out.flush().expect("written");
        let ctx = house.program();
        let mut prepared = service::prepare(&ctx, "Mẫu", &file).await.expect("prepared");
        prepared.batch = 2_000;
        service::begin(&ctx, &prepared).await.expect("begun");
        let id = prepared.import.id;
        let (sender, receiver) = tokio::sync::oneshot::channel::<()>();
        let mut sender = Some(sender);
        // The import is dropped where it stands after its first batch, as a stop of the program would.
        tokio::select! {
            biased;
            _ = receiver => {}
            done = service::run(&ctx, prepared, &file, false, |_, _| { if let Some(sender) = sender.take() { sender.send(()).expect("heard"); } }) => {
                panic!("it ended before it was stopped: {done:?}");
            }
        }
        let (cut, _, _) = queries::import(&ctx, id, 1).await.expect("it");
        let kept = all(&house, None).await.len();
        assert_eq!((cut.state, kept), (ImportState::Running, usize::try_from(cut.counts.created).expect("few")));
        assert!((1_000..4_000).contains(&kept), "{kept} on {}", house.engine());
        let prepared = service::prepare(&ctx, "Mẫu", &file).await.expect("prepared");
        service::begin(&ctx, &prepared).await.expect("begun");
        let done = service::run(&ctx, prepared, &file, false, |_, _| {}).await.expect("the whole file");
        let known = i64::try_from(kept).expect("few");
        assert_eq!(done.counts, counts(4_500, 4_500 - known, 0, known, 0), "{}", house.engine());
        let told = queries::figures(&ctx, &Filter::default(), By::default()).await.expect("figures");
        assert_eq!(told[&Group::default()].accepted(), 4_500, "the tallies count each dossier once");
    }
}
