//! The book of the reward fund: sums, counter-entries, bonuses from decisions, the end of a year.

use futures::future::join;
use jiff::civil::date;
use kernel::numbers::Dong;
use kernel::{Date, Role};
use office::decisions::amendments::Proposal;
use office::decisions::{DecisionsError, Line, service as decisions};
use office::fund::decision::YearBook;
use office::fund::model::{Kind, Settings};
use office::fund::service::{self, NewEntry};
use office::fund::{EntryId, FundError, queries};
use office::{Ctx, StoreError};
use testkit::{TODAY, TestHouse, actor};

use crate::decisions::scene::{Scene, scene};

const REASON: &str = "Ghi nhầm chứng từ của đơn vị khác";

fn entry(kind: Kind, amount: i64, on: Date) -> NewEntry {
    NewEntry {
        kind,
        year: None,
        amount: Dong(amount),
        on,
        document: "Phiếu thu 01".to_owned(),
        words: "Kinh phí của năm".to_owned(),
    }
}

async fn enter(ctx: &Ctx<'_>, kind: Kind, amount: i64, on: Date) -> Result<EntryId, FundError> {
    service::enter(ctx, &entry(kind, amount, on)).await
}

async fn book(ctx: &Ctx<'_>, year: i16) -> YearBook {
    queries::book(ctx, year).await.expect("a book").year
}

/// A decision of a day with one line.
async fn decided(stage: &Scene<'_>, house: &TestHouse, code: &str, number: u32, on: Date) -> Line {
    let campaign = stage.campaign().await;
    stage.passed(campaign, code, "Lò Thị Hoa").await;
    let id = stage.draft(campaign).await.expect("a draft");
    decisions::issue(&house.as_actor(&stage.chief), id, number, on, "").await.expect("issued");
    stage.lines(id).await.remove(0)
}

#[tokio::test]
async fn income_less_expenses_less_balance_is_zero_after_every_kind_of_entry() {
    for house in testkit::houses().await {
        let ctx = house.program();
        for (kind, amount, expected) in [
            (Kind::Opening, 5_000_000, 5_000_000),
            (Kind::Budget, 100_000_000, 105_000_000),
            (Kind::Deduction, 1_000_000, 106_000_000),
            (Kind::Contribution, 500_001, 106_500_001),
            (Kind::Review, 20_000_000, 86_500_001),
            (Kind::Printing, 86_500_001, 0),
            (Kind::Organising, 1, -1),
            (Kind::PlannedBonuses, 70_000_000, -1),
            (Kind::PlannedOrganising, 30_000_000, -1),
        ] {
            enter(&ctx, kind, amount, date(2026, 3, 1)).await.expect("an entry that fits");
            let found = book(&ctx, 2026).await;
            assert_eq!((found.balance, found.difference()), (Dong(expected), Dong(0)), "{} {kind:?}", house.engine());
        }
        let found = book(&ctx, 2026).await;
        assert_eq!((found.rows.len(), found.plan.len()), (7, 2), "{}", house.engine());
        assert_eq!(found.planned, (Dong(70_000_000), Dong(30_000_000)), "{}", house.engine());
        let numbers: Vec<u32> =
            queries::book(&ctx, 2026).await.expect("it").all.entries.iter().map(|one| one.number).collect();
        assert_eq!(numbers, (1..=9).collect::<Vec<_>>(), "{}: numbered without a gap", house.engine());
        let answer = office::ledger::service::verify(&house.db, &house.keys).await.expect("an answer");
        assert_eq!((answer.ok, answer.entries), (true, 9), "{}: one ledger entry each", house.engine());
    }
}

#[tokio::test]
async fn an_entry_is_taken_back_once_by_one_that_names_it_and_nothing_is_lost() {
    for house in testkit::houses().await {
        let ctx = house.program();
        let wrong = enter(&ctx, Kind::Budget, 10_000_000, date(2026, 3, 1)).await.expect("an entry");
        let short = service::reverse(&ctx, wrong, "nhầm").await;
        assert!(matches!(short, Err(FundError::ShortReason { .. })), "{} {short:?}", house.engine());
        let (one, other) = join(service::reverse(&ctx, wrong, REASON), service::reverse(&ctx, wrong, REASON)).await;
        let lost =
            [&one, &other].into_iter().filter(|said| matches!(said, Err(FundError::AlreadyReversed { .. }))).count();
        assert_eq!(lost, 1, "{} {one:?} {other:?}", house.engine());
        let counter = one.or(other).expect("one of them");
        let detail = queries::detail(&ctx, counter).await.expect("an entry");
        assert_eq!(detail.entry.amount, Dong(-10_000_000), "{}", house.engine());
        assert_eq!(detail.reverses.map(|one| one.id), Some(wrong), "{}", house.engine());
        let again = service::reverse(&ctx, counter, REASON).await;
        assert!(matches!(again, Err(FundError::IsReversal { .. })), "{} {again:?}", house.engine());
        let found = book(&ctx, 2026).await;
        assert_eq!((found.balance, found.difference(), found.rows.len()), (Dong(0), Dong(0), 2), "{}", house.engine());
        let unknown = service::reverse(&ctx, EntryId::new(), REASON).await;
        assert!(matches!(unknown, Err(FundError::Unknown(_))), "{} {unknown:?}", house.engine());
    }
}

#[tokio::test]
async fn what_cannot_stand_in_the_book_is_refused_with_what_to_do() {
    for house in testkit::houses().await {
        let ctx = house.program();
        let day = date(2026, 3, 1);
        for amount in [0, -5, 1_000_000_000_001] {
            let said = enter(&ctx, Kind::Budget, amount, day).await;
            assert!(matches!(said, Err(FundError::OddAmount { .. })), "{} {amount} {said:?}", house.engine());
        }
        let said = enter(&ctx, Kind::Budget, 1, date(2026, 11, 24)).await;
        assert!(matches!(said, Err(FundError::OddDay { .. })), "{} tomorrow {said:?}", house.engine());
        let said = enter(&ctx, Kind::Recovered, 1, day).await;
        assert!(matches!(said, Err(FundError::NotTyped { .. })), "{} {said:?}", house.engine());
        let said = service::enter(&ctx, &NewEntry { document: " ".to_owned(), ..entry(Kind::Budget, 1, day) }).await;
        assert!(matches!(said, Err(FundError::DocumentMissing)), "{} {said:?}", house.engine());
        let said = service::enter(&ctx, &NewEntry { words: " ".to_owned(), ..entry(Kind::Budget, 1, day) }).await;
        assert!(matches!(said, Err(FundError::WordsMissing)), "{} {said:?}", house.engine());
        let of = |kind, year| NewEntry { year: Some(year), ..entry(kind, 1, day) };
        let said = service::enter(&ctx, &of(Kind::Budget, 2027)).await;
        assert!(matches!(said, Err(FundError::OtherYear { year: 2027, .. })), "{} {said:?}", house.engine());
        for year in [2025, 2028] {
            let said = service::enter(&ctx, &of(Kind::PlannedBonuses, year)).await;
            assert!(matches!(said, Err(FundError::OddPlanYear { .. })), "{} {year} {said:?}", house.engine());
        }
        service::enter(&ctx, &of(Kind::PlannedBonuses, 2027)).await.expect("a plan for the next year");
        let opened = enter(&ctx, Kind::Opening, 7, day).await.expect("the first balance");
        let said = enter(&ctx, Kind::Opening, 7, day).await;
        assert!(matches!(said, Err(FundError::OpeningTwice { year: 2026 })), "{} {said:?}", house.engine());
        let said = enter(&ctx, Kind::Budget, 7, date(2025, 12, 31)).await;
        assert!(matches!(said, Err(FundError::BeforeBook { first: 2026, .. })), "{} {said:?}", house.engine());
        service::reverse(&ctx, opened, REASON).await.expect("taken back");
        enter(&ctx, Kind::Budget, 7, date(2025, 12, 31)).await.expect("the book begins earlier now");
        let said = enter(&ctx, Kind::Opening, 7, day).await;
        assert!(matches!(said, Err(FundError::OpeningLate { first: 2025 })), "{} {said:?}", house.engine());
    }
}

#[tokio::test]
async fn a_rate_that_changes_in_mid_year_applies_by_the_day_of_the_decision() {
    for house in testkit::houses().await {
        let mut stage = scene(&house).await;
        stage.met = date(2026, 1, 5);
        let before = decided(&stage, &house, "CB1", 1, date(2026, 6, 30)).await;
        let after = decided(&stage, &house, "CB2", 2, date(2026, 7, 1)).await;
        let ctx = house.as_actor(&stage.standing);
        enter(&ctx, Kind::Budget, 50_000_000, date(2026, 1, 15)).await.expect("an entry");
        // Both are paid on one day: the day of payment moves no rate.
        for line in [&before, &after] {
            service::pay(&ctx, line.id, TODAY).await.expect("paid");
        }
        let found = queries::book(&ctx, 2026).await.expect("a book");
        let shares = found.all.by_decision(2026);
        let bases: Vec<i64> = shares.iter().map(|share| share.base.0).collect();
        let salary = |day| house.rules.base_salary(day).map(|(base, _)| i64::try_from(base).expect("small"));
        assert_eq!(
            bases,
            [salary(date(2026, 6, 30)).expect("a base"), salary(date(2026, 7, 1)).expect("a base")],
            "{}",
            house.engine()
        );
        assert!(bases[0] < bases[1], "{} {bases:?}", house.engine());
        let cited = |at: usize| shares[at].citations.iter().cloned().collect::<String>();
        assert!(cited(0).contains("73/2024") && cited(1).contains("161/2026"), "{} {}", cited(0), cited(1));
        let sum: i64 = [&before, &after].iter().filter_map(|line| line.money.as_ref()).map(|money| money.amount).sum();
        assert_eq!(found.year.sums.bonuses, Dong(sum), "{}", house.engine());
        assert_eq!(found.year.balance, Dong(50_000_000 - sum), "{}", house.engine());
        assert_eq!(found.year.difference(), Dong(0), "{}", house.engine());
        let forms = found.all.by_award(2026);
        let form = forms.values().next().expect("one form");
        assert_eq!(
            (forms.len(), form.lines, form.planned, form.open()),
            (1, 2, Dong(sum), Dong(0)),
            "{}",
            house.engine()
        );
    }
}

#[tokio::test]
async fn a_closed_year_takes_nothing_more_and_says_where_it_goes() {
    for mut house in testkit::houses().await {
        let (line, standing) = {
            let mut stage = scene(&house).await;
            stage.met = date(2026, 1, 5);
            let line = decided(&stage, &house, "CB1", 1, date(2026, 12, 1).min(TODAY)).await;
            (line, stage.standing.clone())
        };
        let ctx = house.as_actor(&standing);
        enter(&ctx, Kind::Opening, 3_000_000, date(2026, 1, 2)).await.expect("an entry");
        let spent = enter(&ctx, Kind::Review, 1_000_000, TODAY).await.expect("an entry");
        let early = service::close(&ctx, 2026).await;
        assert!(matches!(early, Err(FundError::YearRuns { year: 2026, next: 2027 })), "{} {early:?}", house.engine());
        house.stand_on(date(2027, 1, 20));
        let ctx = house.as_actor(&standing);
        assert_eq!(queries::waiting(&ctx).await.expect("it").left_open, None, "{}: nothing was set", house.engine());
        let version = queries::book(&ctx, 2026).await.expect("a book").settings.version;
        let settings = Settings {
            remind_days: Some(19),
            organising_share_bp: Some(2_000),
            document: Some("Quy chế 1".to_owned()),
            version,
        };
        service::set(&ctx, &settings).await.expect("set");
        let twice = service::set(&ctx, &settings).await;
        assert!(matches!(twice, Err(FundError::Store(StoreError::Stale { .. }))), "{} {twice:?}", house.engine());
        assert_eq!(queries::waiting(&ctx).await.expect("it").left_open, Some(2026), "{}", house.engine());
        enter(&ctx, Kind::Printing, 500_000, date(2026, 12, 31)).await.expect("the year is over and stands open");
        let (one, other) = join(service::close(&ctx, 2026), service::close(&ctx, 2026)).await;
        let closed = [&one, &other].into_iter().filter(|said| said.is_ok()).count();
        assert_eq!(closed, 1, "{} {one:?} {other:?}", house.engine());
        assert_eq!(queries::waiting(&ctx).await.expect("it").left_open, None, "{}", house.engine());
        let late = enter(&ctx, Kind::Printing, 1, date(2026, 12, 31)).await;
        let told = late.as_ref().err().map(ToString::to_string).unwrap_or_default();
        assert!(matches!(late, Err(FundError::YearClosed { goes_to: 2027, .. })), "{} {told}", house.engine());
        assert!(told.contains("ghi vào sổ năm 2027"), "{told}");
        let paid = service::pay(&ctx, line.id, date(2026, 12, 31)).await;
        assert!(matches!(paid, Err(FundError::YearClosed { .. })), "{} {paid:?}", house.engine());
        service::pay(&ctx, line.id, date(2027, 1, 20)).await.expect("paid this year");
        let counter = service::reverse(&ctx, spent, REASON).await.expect("taken back");
        let counter = queries::detail(&ctx, counter).await.expect("an entry").entry;
        assert_eq!((counter.year, counter.on), (2027, date(2027, 1, 20)), "{}", house.engine());
        let (old, new) = (book(&ctx, 2026).await, book(&ctx, 2027).await);
        let bonus = line.money.expect("money").amount;
        assert_eq!((old.balance, old.difference()), (Dong(1_500_000), Dong(0)), "{}", house.engine());
        assert_eq!(new.sums.opening, old.balance, "{}", house.engine());
        assert_eq!((new.balance, new.difference()), (Dong(2_500_000 - bonus), Dong(0)), "{}", house.engine());
        let opening = enter(&ctx, Kind::Opening, 1, date(2027, 1, 2)).await;
        assert!(matches!(opening, Err(FundError::OpeningTwice { .. })), "{} {opening:?}", house.engine());
    }
}

#[tokio::test]
async fn an_entry_and_the_end_of_its_year_at_once_never_lose_a_dong() {
    for mut house in testkit::houses().await {
        enter(&house.program(), Kind::Budget, 1_000_000, date(2026, 5, 1)).await.expect("an entry");
        house.stand_on(date(2027, 1, 20));
        let ctx = house.program();
        let (written, closed) =
            join(enter(&ctx, Kind::Review, 300_000, date(2026, 12, 31)), service::close(&ctx, 2026)).await;
        closed.expect("closed");
        let kept = book(&ctx, 2026).await;
        let expected = match &written {
            Ok(_) => 700_000,
            Err(FundError::YearClosed { .. }) => 1_000_000,
            Err(other) => panic!("{} {other:?}", house.engine()),
        };
        assert_eq!((kept.balance, kept.difference()), (Dong(expected), Dong(0)), "{} {written:?}", house.engine());
    }
}

#[tokio::test]
async fn years_are_closed_one_after_the_other() {
    for mut house in testkit::houses().await {
        enter(&house.program(), Kind::Budget, 1_000_000, date(2025, 5, 1)).await.expect("an entry");
        house.stand_on(date(2028, 1, 20));
        let ctx = house.program();
        let said = service::close(&ctx, 2024).await;
        assert!(matches!(said, Err(FundError::NoBook { year: 2024 })), "{} {said:?}", house.engine());
        let said = service::close(&ctx, 2027).await;
        assert!(matches!(said, Err(FundError::EarlierOpen { year: 2025 })), "{} {said:?}", house.engine());
        for year in [2025, 2026, 2027] {
            service::close(&ctx, year).await.expect("in order");
        }
        assert_eq!(book(&ctx, 2028).await.sums.opening, Dong(1_000_000), "{}", house.engine());
        let said = enter(&ctx, Kind::Budget, 1, date(2025, 1, 1)).await;
        assert!(matches!(said, Err(FundError::YearClosed { goes_to: 2028, .. })), "{} {said:?}", house.engine());
        let said = enter(&ctx, Kind::Budget, 1, date(2024, 1, 1)).await;
        assert!(matches!(said, Err(FundError::BeforeBook { first: 2025, .. })), "{} {said:?}", house.engine());
    }
}

#[tokio::test]
async fn a_bonus_of_a_revoked_award_comes_back_once() {
    for house in testkit::houses().await {
        let mut stage = scene(&house).await;
        stage.met = date(2026, 1, 5);
        let line = decided(&stage, &house, "CB1", 1, date(2026, 7, 1)).await;
        let ctx = house.as_actor(&stage.standing);
        enter(&ctx, Kind::Budget, 9_000_000, date(2026, 1, 15)).await.expect("an entry");
        for day in [date(2026, 6, 30), date(2026, 11, 24)] {
            let said = service::pay(&ctx, line.id, day).await;
            let odd = matches!(said, Err(FundError::Decisions(DecisionsError::OddPayDay { .. })));
            assert!(odd, "{} {day} {said:?}", house.engine());
        }
        service::pay(&ctx, line.id, date(2026, 8, 3)).await.expect("paid");
        let early = service::recover(&ctx, line.id, TODAY, "PT-01").await;
        assert!(matches!(early, Err(FundError::NothingToClaim)), "{} {early:?}", house.engine());
        stage.amend(Proposal::Revoke(line.id)).await.expect("revoked");
        assert_eq!(queries::waiting(&ctx).await.expect("it").to_claim.len(), 1, "{}", house.engine());
        let before = service::recover(&ctx, line.id, date(2026, 8, 2), "PT-01").await;
        assert!(matches!(before, Err(FundError::NothingToClaim)), "{}: before it was paid {before:?}", house.engine());
        let back = |document| service::recover(&ctx, line.id, TODAY, document);
        let (one, other) = join(back("PT-01"), back("PT-02")).await;
        assert_eq!(usize::from(one.is_ok()) + usize::from(other.is_ok()), 1, "{} {one:?} {other:?}", house.engine());
        let found = book(&ctx, 2026).await;
        assert_eq!((found.balance, found.difference()), (Dong(9_000_000), Dong(0)), "{}", house.engine());
        assert!(queries::waiting(&ctx).await.expect("it").to_claim.is_empty(), "{}", house.engine());
        service::reverse(&ctx, one.or(other).expect("one of them"), REASON).await.expect("taken back");
        assert_eq!(queries::waiting(&ctx).await.expect("it").to_claim.len(), 1, "{}: asked again", house.engine());
        service::recover(&ctx, line.id, TODAY, "PT-03").await.expect("it came back after all");
    }
}

#[tokio::test]
async fn who_signs_reads_the_book_and_who_keeps_it_writes() {
    for house in testkit::houses().await {
        let (chief, head) = (actor(Role::Chief, None), actor(Role::Head, None));
        let written = enter(&house.as_actor(&chief), Kind::Budget, 1, TODAY).await;
        assert!(matches!(written, Err(FundError::Denied(_))), "{} {written:?}", house.engine());
        queries::book(&house.as_actor(&chief), 2026).await.expect("the chief reads");
        let read = queries::book(&house.as_actor(&head), 2026).await;
        assert!(matches!(read, Err(FundError::Denied(_))), "{}", house.engine());
    }
}
