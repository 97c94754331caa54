//! What hangs on a clause of the plan: the lists that the page of a clause shows hold what the plan counts, and where
//! tasks stood on a day is one answer for lists and counts.

use std::collections::BTreeMap;

use jiff::civil::date;
use office::tasks::decision::Stood;
use office::tasks::model::Content;
use office::tasks::service::{NewTask, assign};
use office::tasks::{changes, queries as tasks};
use office::{awards, demo, dialogues, petitions, programmes, records};
use testkit::TODAY;

type Counts = BTreeMap<String, usize>;

#[tokio::test]
async fn each_list_of_a_clause_holds_as_much_as_the_plan_counts() {
    for house in testkit::houses().await {
        demo::fill(&house).await.expect("an example");
        let (ctx, engine) = (house.program(), house.engine());
        let mut tx = house.db.read().await.expect("a transaction");
        let nominations: Counts = awards::queries::count_by_clause(&mut tx).await.expect("n").into_iter().collect();
        let achievements: Counts = records::queries::count_by_clause(&mut tx).await.expect("n").into_iter().collect();
        let promised: Counts = programmes::queries::count_by_clause(&mut tx).await.expect("n").into_iter().collect();
        let letters: Counts = petitions::queries::count_by_clause(&mut tx).await.expect("n").into_iter().collect();
        let hung = programmes::queries::hung_in(&mut tx).await.expect("lines");
        let assigned = tasks::hung_in(&mut tx).await.expect("tasks");
        let counted: Counts = tasks::count_by_clause(&mut tx).await.expect("n").into_iter().collect();
        drop(tx);
        assert!(!nominations.is_empty() && !promised.is_empty() && !letters.is_empty(), "{engine}: an empty example");
        assert_eq!(hung.len(), promised.values().sum::<usize>(), "{engine}");
        assert_eq!(assigned.len(), counted.values().sum::<usize>(), "{engine}");
        for clause in house.plan.clauses.iter().map(|clause| clause.id.as_str()) {
            let many = |counts: &Counts| counts.get(clause).copied().unwrap_or(0);
            let found = awards::queries::on_clause(&ctx, clause).await.expect("nominations").len();
            assert_eq!(found, many(&nominations), "{engine} {clause}: nominations");
            let found = records::queries::achievements_on(&ctx, clause).await.expect("achievements").len();
            assert_eq!(found, many(&achievements), "{engine} {clause}: achievements");
            let found = programmes::queries::lines_on(&ctx, clause).await.expect("lines").len();
            assert_eq!(found, many(&promised), "{engine} {clause}: programmes");
            let found = petitions::queries::many_on(&ctx, clause).await.expect("petitions");
            assert_eq!(found, many(&letters), "{engine} {clause}: petitions");
            for (task, _) in tasks::files_on(&ctx, clause).await.expect("evidence") {
                assert_eq!(task.content.clause, clause, "{engine}: evidence of another clause");
            }
            for one in dialogues::queries::commitments_on(&ctx, clause).await.expect("promises") {
                assert_eq!(one.task.content.clause, clause, "{engine}: a promise of another clause");
            }
            let narrowed = petitions::queries::Filter { clause: clause.to_owned(), ..Default::default() };
            let inbox = petitions::queries::inbox(&ctx, &narrowed, "").await.expect("an inbox");
            assert_eq!(inbox.lines.len(), many(&letters).min(petitions::queries::PAGE), "{engine} {clause}: inbox");
        }
    }
}

#[tokio::test]
async fn a_task_with_a_moved_day_stood_late_after_its_first_one() {
    for house in testkit::houses().await {
        let (ctx, engine) = (house.program(), house.engine());
        let (own, other) = (house.unit("KT", "Phòng Kinh tế").await, house.unit("NC", "Phòng Nội chính").await);
        let content = Content {
            clause: "III.1".to_owned(),
            title: "Gặp mặt doanh nghiệp".to_owned(),
            weight: 1,
            coordinating: vec![other],
            ..Content::default()
        };
        let new = NewTask { code: String::new(), unit: own, parent: None, due_on: date(2026, 11, 25), content };
        let id = assign(&ctx, &new).await.expect("a task");
        let version = tasks::detail(&ctx, id).await.expect("the task").listed.task.version;
        let to = date(2026, 12, 20);
        changes::move_due(&ctx, id, version, to, "Chờ hướng dẫn của tỉnh").await.expect("moved");
        let stood = async |unit, day| {
            let found = tasks::standings_on(&ctx, unit, day).await.expect("a list");
            found.into_iter().map(|one| one.stood).collect::<Vec<_>>()
        };
        assert_eq!(stood(None, TODAY).await, [Stood::Open], "{engine}");
        assert_eq!(stood(Some(own), date(2026, 11, 25)).await, [Stood::Open], "{engine}: the day is not over");
        assert_eq!(stood(Some(own), date(2026, 11, 26)).await, [Stood::Late], "{engine}: a moved day changes nothing");
        assert!(stood(Some(other), date(2026, 11, 26)).await.is_empty(), "{engine}: who helps does not lead");
        assert!(stood(None, date(2026, 11, 22)).await.is_empty(), "{engine}: it was not assigned yet");
        let mut tx = house.db.read().await.expect("a transaction");
        let counts = tasks::stood_on(&mut tx, date(2026, 11, 26)).await.expect("numbers");
        assert_eq!(counts[&("III.1".to_owned(), own)].late, 1, "{engine}: the count says the same");
    }
}
