//! Announced days on real databases: what they move, what they leave, what the ledger keeps.

use jiff::civil::date;
use kernel::calendar::{DayKind, Length};
use kernel::{Actor, Date, Role};
use office::Ctx;
use office::awards::service::NewCampaign;
use office::awards::{CampaignId, adoptions, queries as awards, review, service as campaigns};
use office::calendar::{CalendarError, NewAnnouncement, queries, service};
use office::deadlines::model::ComingKind;
use office::deadlines::{self, DeadlinesError};
use office::ledger::Entry;
use office::ledger::queries::{Filter, search};
use testkit::{TODAY, TestHouse, actor};

/// Ten working days from Monday 23 November 2026, 24 November being a day off.
const LAST: Date = date(2026, 12, 8);
const REASON: &str = "văn bản đã được thay thế";

fn day_off(day: Date) -> NewAnnouncement {
    NewAnnouncement {
        day,
        kind: DayKind::SwapOff,
        name: "Nghỉ hoán đổi".to_owned(),
        document: "99/TB-BNV".to_owned(),
        title: "Về việc hoán đổi ngày làm việc".to_owned(),
        awaited: false,
    }
}

fn admin() -> Actor {
    actor(Role::Admin, None)
}

/// A campaign whose consultation was opened today.
async fn consulted(house: &TestHouse) -> CampaignId {
    let program = house.program();
    adoptions::adopt(&program, "consultation.10_ngay", "Quyết định 1").await.expect("an adoption");
    let new = NewCampaign {
        occasion: "annual".to_owned(),
        year: 2026,
        closes_on: date(2026, 12, 10),
        total_share_bp: None,
        leader_share_bp: None,
        worker_share_bp: None,
        form_shares: [].into(),
    };
    let id = campaigns::open(&program, &new).await.expect("a campaign");
    review::close(&program, id).await.expect("closed");
    review::consult(&program, id).await.expect("a consultation");
    id
}

async fn last_day(ctx: &Ctx<'_>, id: CampaignId) -> Date {
    let mut tx = ctx.read().await.expect("a transaction");
    let period = awards::campaign(&mut tx, id).await.expect("it").consultation.expect("a consultation");
    period.until.and_then(|until| until.yesterday().ok()).expect("a last day")
}

async fn entries(house: &TestHouse, action: &str) -> Vec<Entry> {
    let filter = Filter { action: Some(action.to_owned()), ..Filter::default() };
    search(&house.program(), &filter, 50).await.expect("the ledger")
}

#[tokio::test]
async fn a_day_off_moves_the_open_consultation_and_the_ledger_keeps_both_days() {
    for house in testkit::houses().await {
        let id = consulted(&house).await;
        assert_eq!(last_day(&house.program(), id).await, LAST, "{}", house.engine());
        let admin = admin();
        let ctx = house.as_actor(&admin);
        let seen = deadlines::queries::preview(&ctx, &day_off(date(2026, 12, 2))).await.expect("a preview");
        assert_eq!(seen.moves.iter().map(|one| (one.old, one.new)).collect::<Vec<_>>(), [(LAST, date(2026, 12, 9))]);
        assert_eq!(last_day(&ctx, id).await, LAST, "a preview keeps nothing");
        assert!(ctx.calendar().is_working(date(2026, 12, 2)));

        let (announcement, moves) =
            deadlines::service::declare(&ctx, &day_off(date(2026, 12, 2)), false).await.expect("entered");
        assert_eq!(moves, seen.moves, "{}", house.engine());
        assert_eq!(last_day(&ctx, id).await, date(2026, 12, 9), "{}", house.engine());
        assert!(!ctx.calendar().is_working(date(2026, 12, 2)), "the running house counts with it at once");
        let entry = entries(&house, "campaign.move_consultation").await.pop().expect("an entry");
        let field = |name: &str| entry.fields.get(name).map(String::as_str);
        assert_eq!((field("old_last_day"), field("new_last_day")), (Some("2026-12-08"), Some("2026-12-09")));
        assert_eq!((entry.subject_id, entry.ground.as_deref()), (id.to_string(), Some("99/TB-BNV")));

        let mut tx = house.db.read().await.expect("a transaction");
        let kept = deadlines::queries::moves_of_consultation(&mut tx, id).await.expect("moves");
        assert_eq!(kept.len(), 1);
        let one = &kept[0];
        assert_eq!((one.announcement, one.old, one.new), (announcement, LAST, date(2026, 12, 9)));
        assert_eq!((one.document.as_str(), one.day, one.withdrawal), ("99/TB-BNV", date(2026, 12, 2), false));
    }
}

#[tokio::test]
async fn a_withdrawn_entry_gives_the_days_back_and_stays_on_record() {
    for house in testkit::houses().await {
        let id = consulted(&house).await;
        let admin = admin();
        let ctx = house.as_actor(&admin);
        let (entry, _) = deadlines::service::declare(&ctx, &day_off(date(2026, 12, 2)), false).await.expect("entered");
        let short = deadlines::service::withdraw(&ctx, entry, "nhầm").await;
        assert!(matches!(short, Err(DeadlinesError::Calendar(CalendarError::ShortReason { .. }))), "{short:?}");
        let moves = deadlines::service::withdraw(&ctx, entry, REASON).await.expect("withdrawn");
        assert_eq!((moves[0].old, moves[0].new), (date(2026, 12, 9), LAST), "{}", house.engine());
        assert_eq!(last_day(&ctx, id).await, LAST);
        assert!(ctx.calendar().is_working(date(2026, 12, 2)));
        let again = deadlines::service::withdraw(&ctx, entry, REASON).await;
        assert!(matches!(again, Err(DeadlinesError::Calendar(CalendarError::Withdrawn))), "{again:?}");
        let kept = queries::list(&ctx).await.expect("a list");
        assert_eq!(kept[0].withdrawn.as_ref().map(|(_, why)| why.as_str()), Some(REASON), "{}", house.engine());
        assert_eq!(entries(&house, "campaign.move_consultation").await.len(), 2);
        deadlines::service::declare(&ctx, &day_off(date(2026, 12, 2)), false).await.expect("the day is free again");
    }
}

#[tokio::test]
async fn a_consultation_that_is_over_keeps_its_days() {
    for mut house in testkit::houses().await {
        let gone_on = consulted(&house).await;
        house.stand_on(date(2026, 12, 9));
        review::to_council(&house.program(), gone_on).await.expect("before the council");
        house.stand_on(TODAY);
        let run_out = consulted(&house).await;
        house.stand_on(date(2026, 12, 9));
        let admin = admin();
        let ctx = house.as_actor(&admin);
        let day = day_off(date(2026, 12, 2));
        let unknowing = deadlines::service::declare(&ctx, &day, false).await;
        assert!(matches!(unknowing, Err(DeadlinesError::Calendar(CalendarError::Past { .. }))), "{unknowing:?}");
        assert!(queries::list(&ctx).await.expect("a list").is_empty(), "{}: nothing was kept", house.engine());
        let seen = deadlines::queries::preview(&ctx, &day).await.expect("a preview");
        assert_eq!((seen.moves.len(), seen.over.len()), (0, 2), "{}", house.engine());
        let (_, moves) = deadlines::service::declare(&ctx, &day, true).await.expect("entered");
        assert!(moves.is_empty(), "{} {moves:?}", house.engine());
        for id in [gone_on, run_out] {
            assert_eq!(last_day(&ctx, id).await, LAST, "{}", house.engine());
        }
        assert!(entries(&house, "campaign.move_consultation").await.is_empty());
    }
}

#[tokio::test]
async fn a_day_is_entered_once_and_by_the_administrator_only() {
    for house in testkit::houses().await {
        let admin = admin();
        let ctx = house.as_actor(&admin);
        deadlines::service::declare(&ctx, &day_off(date(2026, 12, 2)), false).await.expect("entered");
        let twice = deadlines::service::declare(&ctx, &day_off(date(2026, 12, 2)), false).await;
        assert!(matches!(twice, Err(DeadlinesError::Calendar(CalendarError::DeclaredTwice { .. }))), "{twice:?}");
        for role in Role::ALL.iter().filter(|role| **role != Role::Admin) {
            let other = actor(*role, None);
            let ctx = house.as_actor(&other);
            let said = deadlines::service::declare(&ctx, &day_off(date(2026, 12, 3)), false).await.map(drop);
            assert!(matches!(said, Err(DeadlinesError::Calendar(CalendarError::Denied(_)))), "{role:?} {said:?}");
        }
        assert_eq!(queries::list(&ctx).await.expect("a list").len(), 1, "{}", house.engine());
        assert_eq!(entries(&house, "calendar.declare").await.len(), 1);
    }
}

#[tokio::test]
async fn another_program_over_the_same_database_counts_with_the_new_day() {
    for house in testkit::houses().await {
        let (there, admin) = (house.neighbour(), admin());
        let program = Actor::program("tiến trình khác");
        let elsewhere = Ctx::new(&there, &program);
        deadlines::service::declare(&house.as_actor(&admin), &day_off(date(2026, 12, 2)), false)
            .await
            .expect("entered");
        assert!(elsewhere.calendar().is_working(date(2026, 12, 2)), "it has not looked yet");

        // A due day that is kept is counted with what the database holds, whether the program looked or not.
        let mut tx = elsewhere.begin().await.expect("a transaction");
        let held = queries::hold(&elsewhere, &mut tx).await.expect("a calendar");
        assert!(!held.is_working(date(2026, 12, 2)), "{}", house.engine());
        drop(tx);

        deadlines::service::declare(&house.as_actor(&admin), &day_off(date(2026, 12, 3)), false)
            .await
            .expect("entered");
        service::keep_up(&there).await.expect("a look");
        assert!(!elsewhere.calendar().is_working(date(2026, 12, 3)), "{}", house.engine());
        let afresh = house.neighbour();
        service::refresh(&afresh).await.expect("a start");
        assert_eq!(afresh.calendar.current().add_working_days(TODAY, 10).due, date(2026, 12, 10));
    }
}

#[tokio::test]
async fn an_announcement_waits_for_a_consultation_that_is_being_opened() {
    for house in testkit::houses().await {
        let (program, admin) = (house.program(), admin());
        let id = consulted(&house).await;
        // Somebody opens a consultation and has not committed: the day that comes in between must not be missed.
        let mut opening = program.begin().await.expect("a transaction");
        queries::hold(&program, &mut opening).await.expect("a calendar");
        let ctx = house.as_actor(&admin);
        let day = day_off(date(2026, 12, 2));
        let mut entering = Box::pin(deadlines::service::declare(&ctx, &day, false));
        let soon = tokio::time::timeout(std::time::Duration::from_millis(300), &mut entering).await;
        assert!(soon.is_err(), "{}: it did not wait", house.engine());
        drop(opening);
        entering.await.expect("entered once the other is done");
        assert_eq!(last_day(&ctx, id).await, date(2026, 12, 9), "{}", house.engine());
    }
}

#[tokio::test]
async fn a_term_opened_before_its_length_was_kept_is_counted_back() {
    for house in testkit::houses().await {
        let id = consulted(&house).await;
        let forget = office::db::Sql::shared("update campaigns set consultation_days = null");
        house.db.run_alone(forget).await.expect("an older row");
        let admin = admin();
        let ctx = house.as_actor(&admin);
        deadlines::service::declare(&ctx, &day_off(date(2026, 12, 2)), false).await.expect("entered");
        assert_eq!(last_day(&ctx, id).await, date(2026, 12, 9), "{}", house.engine());
    }
}

#[tokio::test]
async fn the_closing_hour_is_kept_with_its_document() {
    for house in testkit::houses().await {
        let admin = admin();
        let ctx = house.as_actor(&admin);
        assert_eq!(queries::closing_hour(&ctx).await.expect("none"), None);
        let hour = jiff::civil::time(16, 30, 0, 0);
        service::set_closing_hour(&ctx, Some(hour), "Quyết định 12/QĐ-VP").await.expect("set");
        let kept = queries::closing_hour(&ctx).await.expect("one");
        assert_eq!(kept, Some((hour, "Quyết định 12/QĐ-VP".to_owned())), "{}", house.engine());
        service::set_closing_hour(&ctx, None, "Quyết định 13/QĐ-VP").await.expect("taken away");
        assert_eq!(queries::closing_hour(&ctx).await.expect("none"), None, "{}", house.engine());
        let standing = actor(Role::Standing, None);
        let said = service::set_closing_hour(&house.as_actor(&standing), Some(hour), "Quyết định 12/QĐ-VP").await;
        assert!(matches!(said, Err(CalendarError::Denied(_))), "{said:?}");
    }
}

#[tokio::test]
async fn what_is_coming_names_consultations_submissions_and_instruments_in_order() {
    for house in testkit::houses().await {
        let id = consulted(&house).await;
        let standing = actor(Role::Standing, None);
        let coming = deadlines::queries::coming(&house.as_actor(&standing)).await.expect("a list");
        assert!(coming.is_sorted_by_key(|one| one.on), "{coming:?}");
        let first = &coming[0];
        assert_eq!((first.on, first.kind, first.campaign), (LAST, ComingKind::Consultation, Some(id)));
        let days = |kind| coming.iter().filter(|one| one.kind == kind).map(|one| one.on).collect::<Vec<_>>();
        assert_eq!(days(ComingKind::InstrumentEnds), [date(2027, 3, 1)], "{}", house.engine());
        // The national title has a day of the year too, but this plan awards it at no occasion.
        assert_eq!(days(ComingKind::Submission), [date(2027, 6, 30)], "{}", house.engine());
        let june = coming.iter().find(|one| one.on == date(2027, 6, 30)).expect("the flag of the Government");
        assert!(june.more.contains("chờ văn bản thay thế"), "{june:?}");
        let officer = actor(Role::Officer, None);
        let said = deadlines::queries::coming(&house.as_actor(&officer)).await.map(drop);
        assert!(matches!(said, Err(DeadlinesError::Denied(_))), "{said:?}");
    }
}

#[tokio::test]
async fn a_calendar_read_from_the_database_counts_as_it_did_when_entered() {
    for house in testkit::houses().await {
        let admin = admin();
        let ctx = house.as_actor(&admin);
        let days = [
            NewAnnouncement { kind: DayKind::SwapWork, ..day_off(date(2026, 12, 12)) },
            day_off(date(2026, 12, 14)),
            NewAnnouncement { kind: DayKind::MorningOnly, awaited: true, ..day_off(date(2026, 12, 16)) },
        ];
        for day in &days {
            deadlines::service::declare(&ctx, day, false).await.expect("entered");
        }
        let afresh = house.neighbour();
        service::refresh(&afresh).await.expect("a start");
        let (here, there) = (ctx.calendar(), afresh.calendar.current());
        assert_eq!(here.days_of(2026), there.days_of(2026), "{}", house.engine());
        for many in 1..20 {
            let length = Length::WorkingDays(many);
            assert_eq!(here.deadline(date(2026, 12, 10), length), there.deadline(date(2026, 12, 10), length));
        }
        assert_eq!(there.deadline(date(2026, 12, 11), Length::WorkingDays(2)).due, date(2026, 12, 15));
    }
}
