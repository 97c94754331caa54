//! Inspections on real databases: from the plan of a visit to the last finding that was mended, who knows of
//! what, and what happens when two act at once.

use futures::future::join;
use jiff::civil::date;
use kernel::id::UnitId;
use kernel::{Actor, Role};
use office::inspections::model::{Count, StateKind};
use office::inspections::queries::{self, Waiting};
use office::inspections::service::{self, NewFinding, NewInspection};
use office::inspections::{FindingId, InspectionId, InspectionsError};
use office::{StoreError, ledger};
use testkit::{TODAY, TestHouse};

const WORDS: &str = "Đơn vị làm đúng quy định, còn một điểm";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR";

struct Scene<'a> {
    house: &'a TestHouse,
    kt: UnitId,
    nc: UnitId,
    inspector: Actor,
    head: Actor,
    other: Actor,
}

async fn scene(house: &TestHouse) -> Scene<'_> {
    let kt = house.unit("KT", "Phòng Kinh tế").await;
    let nc = house.unit("NC", "Phòng Nội chính").await;
    Scene {
        house,
        kt,
        nc,
        inspector: house.staff_account("VP014", Role::Inspector, nc, None).await,
        head: house.staff_account("VP010", Role::Head, kt, Some(kt)).await,
        other: house.staff_account("VP006", Role::Head, nc, Some(nc)).await,
    }
}

impl Scene<'_> {
    fn new_visit(&self) -> NewInspection {
        NewInspection {
            subject: "Việc tổ chức Phong trào".to_owned(),
            clause: "I.2".to_owned(),
            unit: self.kt,
            planned_on: TODAY,
            inspectors: self.inspector.person.into_iter().collect(),
        }
    }

    async fn held(&self) -> InspectionId {
        let ctx = self.house.as_actor(&self.inspector);
        let id = service::plan(&ctx, &self.new_visit()).await.expect("a visit");
        service::hold(&ctx, id, 1, TODAY, WORDS).await.expect("held");
        id
    }

    async fn found(&self, visit: InspectionId, person: Option<&Actor>) -> FindingId {
        let new = NewFinding {
            what: "Chưa niêm yết".to_owned(),
            unit: self.kt,
            person: person.and_then(|one| one.person),
            due_on: date(2026, 11, 30),
        };
        service::find(&self.house.as_actor(&self.inspector), visit, &new).await.expect("a finding")
    }
}

#[tokio::test]
async fn a_visit_is_planned_held_and_its_finding_closed_with_evidence() {
    for house in testkit::houses().await {
        let scene = scene(&house).await;
        let ctx = house.as_actor(&scene.inspector);
        let refused = |new: NewInspection| async move { service::plan(&ctx, &new).await.expect_err("a fault") };
        let fault = refused(NewInspection { clause: "IX.1".to_owned(), ..scene.new_visit() }).await;
        assert!(matches!(fault, InspectionsError::NoClause), "{fault:?}");
        let fault = refused(NewInspection { inspectors: Vec::new(), ..scene.new_visit() }).await;
        assert!(matches!(fault, InspectionsError::NoInspector), "{fault:?}");
        let fault = refused(NewInspection { planned_on: date(2026, 1, 1), ..scene.new_visit() }).await;
        assert!(matches!(fault, InspectionsError::TooEarly { .. }), "{fault:?}");

        let id = service::plan(&ctx, &scene.new_visit()).await.expect("a visit");
        assert!(matches!(&queries::waiting(&ctx).await.expect("a list")[..], [Waiting::ToHold(_)]));
        let new = NewFinding { what: "Sớm quá".to_owned(), unit: scene.kt, person: None, due_on: TODAY };
        let early = service::find(&ctx, id, &new).await;
        assert!(matches!(early, Err(InspectionsError::State { is: StateKind::Planned })), "{early:?}");
        let future = service::hold(&ctx, id, 1, date(2026, 12, 1), WORDS).await;
        assert!(matches!(future, Err(InspectionsError::TooLate { .. })), "{future:?}");
        service::hold(&ctx, id, 1, TODAY, WORDS).await.expect("held");
        let odd = service::find(&ctx, id, &NewFinding { person: scene.other.person, ..new.clone() }).await;
        assert!(matches!(odd, Err(InspectionsError::NotOfUnit)), "{odd:?}");
        let finding = scene.found(id, Some(&scene.head)).await;

        let bare = service::close(&ctx, finding, 1, WORDS).await;
        assert!(matches!(bare, Err(InspectionsError::NoEvidence)), "{bare:?}");
        let head = house.as_actor(&scene.head);
        assert!(matches!(&queries::waiting(&head).await.expect("a list")[..], [Waiting::ToMend(_)]));
        service::attach(&head, finding, "anh.png", PNG).await.expect("evidence");
        assert!(matches!(&queries::waiting(&ctx).await.expect("a list")[..], [Waiting::ToClose(_)]));
        let denied = service::close(&head, finding, 2, WORDS).await;
        assert!(matches!(denied, Err(InspectionsError::Denied(_))), "{denied:?}");
        let stale = service::close(&ctx, finding, 1, WORDS).await;
        assert!(matches!(stale, Err(InspectionsError::Store(StoreError::Stale { .. }))), "{stale:?}");
        let both = join(service::close(&ctx, finding, 2, WORDS), service::close(&ctx, finding, 2, WORDS)).await;
        assert!(both.0.is_ok() != both.1.is_ok(), "{}: {both:?}", house.engine());
        let late = service::attach(&head, finding, "anh.png", PNG).await;
        assert!(matches!(late, Err(InspectionsError::Closed)), "{late:?}");
        ledger::service::verify(&house.db, &house.keys).await.expect("a whole chain");
    }
}

#[tokio::test]
async fn an_overdue_finding_stands_on_the_units_list_and_is_counted_on_any_day() {
    for mut house in testkit::houses().await {
        let (head, kt) = {
            let scene = scene(&house).await;
            let visit = scene.held().await;
            scene.found(visit, None).await;
            (scene.head.clone(), scene.kt)
        };
        house.stand_on(date(2026, 12, 2));
        let ctx = house.as_actor(&head);
        let overdue = queries::overdue_of(&ctx, kt).await.expect("a list");
        assert_eq!(overdue.iter().map(|one| one.days_overdue(ctx.today())).collect::<Vec<_>>(), [Some(2)]);
        assert_eq!(queries::list(&ctx, Some(kt), None, true).await.expect("a list").len(), 1);
        let mut tx = house.db.read().await.expect("a transaction");
        for (day, open, overdue) in [(date(2026, 11, 22), 0, 0), (date(2026, 11, 30), 1, 0), (date(2026, 12, 1), 1, 1)]
        {
            let counts = queries::stood_on(&mut tx, day).await.expect("counts");
            let count = counts.get(&("I.2".to_owned(), kt)).copied().unwrap_or_default();
            assert_eq!(count, Count { open, overdue, closed: 0 }, "{} {day}", house.engine());
        }
        assert_eq!(queries::count_by_clause(&mut tx).await.expect("counts"), [("I.2".to_owned(), 1)]);
    }
}

#[tokio::test]
async fn nobody_reaches_an_inspection_of_another_unit() {
    for house in testkit::houses().await {
        let scene = scene(&house).await;
        let visit = scene.held().await;
        let finding = scene.found(visit, None).await;
        let before = ledger::service::verify(&house.db, &house.keys).await.expect("a chain").entries;
        let other = house.as_actor(&scene.other);
        assert!(queries::list(&other, None, None, false).await.expect("a list").is_empty());
        let tried = [
            queries::detail(&other, visit).await.map(|_| ()),
            queries::visit_of(&other, finding).await.map(|_| ()),
            service::attach(&other, finding, "a.png", PNG).await.map(|_| ()),
        ];
        for one in &tried {
            assert!(matches!(one, Err(InspectionsError::Unknown(_))), "{}: {one:?}", house.engine());
        }
        for one in [
            service::hold(&other, visit, 2, TODAY, WORDS).await,
            service::cancel(&other, visit, 2, WORDS).await,
            service::close(&other, finding, 1, WORDS).await,
        ] {
            assert!(matches!(one, Err(InspectionsError::Denied(_))), "{one:?}");
        }
        let after = ledger::service::verify(&house.db, &house.keys).await.expect("a chain").entries;
        assert_eq!(before, after, "{}: something was written", house.engine());
        // Asked to mend something found elsewhere, the other unit learns of that and of nothing else.
        let theirs =
            NewFinding {
                what: "Chưa phối hợp".to_owned(), unit: scene.nc, person: None, due_on: date(2026, 12, 1)
            };
        service::find(&house.as_actor(&scene.inspector), visit, &theirs).await.expect("a finding");
        let seen = queries::detail(&other, visit).await.expect("a part of it");
        let whats: Vec<_> = seen.findings.iter().map(|line| line.finding.what.as_str()).collect();
        assert_eq!((whats, seen.whole), (vec!["Chưa phối hợp"], false), "{}", house.engine());
    }
}
