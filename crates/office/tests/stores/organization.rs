//! Units, people, posts.

use jiff::civil::date;
use kernel::{Period, Role};
use office::StoreError;
use office::organization::model::{NewUnit, UnitKind, UnitName};
use office::organization::people::NewPost;
use office::organization::queries::{self, Filter, Place};
use office::organization::{OrganizationError, people, units};
use testkit::builders::{SINCE, profile};
use testkit::{TODAY, TestHouse, actor};

fn all() -> Filter {
    Filter { unit: None, text: String::new(), day: TODAY }
}

fn named(text: &str) -> Filter {
    Filter { text: text.to_owned(), ..all() }
}

async fn names(house: &TestHouse, filter: &Filter) -> Vec<String> {
    let found = queries::people(&house.program(), filter, &Place::beginning(), 100).await.expect("people");
    found.into_iter().map(|line| line.person.profile.name).collect()
}

#[tokio::test]
async fn a_unit_bears_the_name_of_the_day() {
    for house in testkit::houses().await {
        let id = house.unit("TCHC", "Phòng Tổ chức - Hành chính").await;
        let name = UnitName {
            from: date(2026, 7, 1),
            name: "Phòng Tổ chức - Hành chính - Quản trị".to_owned(),
            document: Some("QĐ 12/QĐ-VPUB".to_owned()),
        };
        units::rename(&house.program(), id, 1, name.clone()).await.expect("a new name");
        let mut tx = house.db.read().await.expect("a transaction");
        for (day, expected) in [
            (date(2019, 1, 1), "Phòng Tổ chức - Hành chính"),
            (date(2026, 6, 30), "Phòng Tổ chức - Hành chính"),
            (date(2026, 7, 1), "Phòng Tổ chức - Hành chính - Quản trị"),
        ] {
            let unit = queries::unit(&mut tx, id, day).await.expect("an answer").expect("the unit");
            assert_eq!(unit.name, expected, "{} {day}", house.engine());
        }
        drop(tx);
        let other = house.unit("KT", "Phòng Kinh tế").await;
        let taken = UnitName { name: "phòng tổ chức - hành chính - quản trị".to_owned(), ..name.clone() };
        let said = units::rename(&house.program(), other, 1, taken).await;
        assert!(matches!(said, Err(OrganizationError::NameTaken { .. })), "{} {said:?}", house.engine());
        let new = NewUnit {
            code: "KT2".to_owned(),
            name: "Phòng kinh tế".to_owned(),
            kind: UnitKind::Division,
            from: SINCE,
            position: 9,
            document: None,
        };
        let said = units::add(&house.program(), &new).await;
        assert!(matches!(said, Err(OrganizationError::NameTaken { .. })), "{} {said:?}", house.engine());
        let again = units::rename(&house.program(), id, 2, name).await;
        assert!(matches!(again, Err(OrganizationError::RenamedThatDay { .. })), "{}", house.engine());
    }
}

#[tokio::test]
async fn of_two_who_change_a_unit_at_one_time_the_second_is_told() {
    for house in testkit::houses().await {
        let id = house.unit("KT", "Phòng Kinh tế").await;
        let name = |from, name: &str| UnitName { from, name: name.to_owned(), document: None };
        units::rename(&house.program(), id, 1, name(TODAY, "Phòng Kinh tế tổng hợp")).await.expect("the first");
        let second = units::rename(&house.program(), id, 1, name(date(2027, 1, 1), "Phòng Kinh tế số")).await;
        assert!(
            matches!(second, Err(OrganizationError::Store(StoreError::Stale { table: "units" }))),
            "{}: {second:?}",
            house.engine()
        );
    }
}

#[tokio::test]
async fn of_two_who_edit_a_person_at_one_time_the_second_is_told() {
    for house in testkit::houses().await {
        let id = house.person("CB1", "Nguyễn Văn An").await;
        people::edit(&house.program(), id, 1, profile("CB1", "Nguyễn Văn Ân")).await.expect("the first");
        let second = people::edit(&house.program(), id, 1, profile("CB1", "Nguyễn Văn Ấn")).await;
        assert!(
            matches!(second, Err(OrganizationError::Store(StoreError::Stale { table: "people" }))),
            "{}: {second:?}",
            house.engine()
        );
    }
}

#[tokio::test]
async fn a_merge_carries_everybody_over_and_keeps_the_past() {
    for house in testkit::houses().await {
        let (old, new) = (house.unit("NC", "Phòng Nội chính").await, house.unit("KT", "Phòng Kinh tế").await);
        let an = house.staff("CB1", "Nguyễn Văn An", old).await;
        let on = date(2027, 1, 1);
        units::merge(&house.program(), &[old], new, on, Some("QĐ 1")).await.expect("a merge");
        let mut tx = house.db.read().await.expect("a transaction");
        let before = queries::post_of(&mut tx, an, date(2026, 12, 31)).await.expect("an answer").expect("a post");
        let after = queries::post_of(&mut tx, an, on).await.expect("an answer").expect("a post");
        assert_eq!((before.unit, after.unit), (Some(old), Some(new)), "{}", house.engine());
        assert_eq!(after.title, "Chuyên viên");
        let ended = queries::unit(&mut tx, old, on).await.expect("an answer").expect("the unit");
        assert_eq!((ended.merged_into, ended.period.until), (Some(new), Some(on)));
        assert_eq!(queries::units(&mut tx, on).await.expect("units").len(), 1, "{}", house.engine());
        assert_eq!(queries::units(&mut tx, TODAY).await.expect("units").len(), 2, "{}", house.engine());
    }
}

#[tokio::test]
async fn a_unit_with_people_is_not_closed() {
    for house in testkit::houses().await {
        let unit = house.unit("KT", "Phòng Kinh tế").await;
        let an = house.staff("CB1", "Nguyễn Văn An", unit).await;
        let refused = units::close(&house.program(), unit, 1, TODAY, None).await;
        assert!(matches!(refused, Err(OrganizationError::StillPeopled { people: 1, .. })), "{}", house.engine());
        let (_, posts) = queries::card(&house.program(), an).await.expect("a card");
        people::end_post(&house.program(), posts[0].id, TODAY).await.expect("the post ends");
        units::close(&house.program(), unit, 1, TODAY, None).await.expect("nobody is left");
        let late = NewPost { unit, title: "Chuyên viên".to_owned(), leader: false, period: Period::since(TODAY) };
        let refused = people::appoint(&house.program(), an, late).await;
        assert!(matches!(refused, Err(OrganizationError::UnitNotThere { .. })), "{}", house.engine());
    }
}

#[tokio::test]
async fn nobody_holds_two_posts_in_one_unit_on_one_day() {
    for house in testkit::houses().await {
        let (kt, nc) = (house.unit("KT", "Phòng Kinh tế").await, house.unit("NC", "Phòng Nội chính").await);
        let an = house.staff("CB1", "Nguyễn Văn An", kt).await;
        let post = |unit, period| NewPost { unit, title: "Phó Trưởng phòng".to_owned(), leader: true, period };
        let again = people::appoint(&house.program(), an, post(kt, Period::since(TODAY))).await;
        let Err(OrganizationError::AlreadyHeld { title, .. }) = again else { panic!("{}: {again:?}", house.engine()) };
        assert_eq!(title, "Chuyên viên");
        people::appoint(&house.program(), an, post(nc, Period::since(TODAY))).await.expect("another unit");
        let (_, posts) = queries::card(&house.program(), an).await.expect("a card");
        people::end_post(&house.program(), posts[0].id, TODAY).await.expect("the post ends");
        people::appoint(&house.program(), an, post(kt, Period::since(TODAY))).await.expect("the day after the last");
        let ended = people::end_post(&house.program(), posts[0].id, TODAY).await;
        assert!(matches!(ended, Err(OrganizationError::NoSuchPost)), "{}: {ended:?}", house.engine());
    }
}

#[tokio::test]
async fn a_post_does_not_outlast_its_unit() {
    for house in testkit::houses().await {
        let unit = house.unit("TM", "Tổ tạm").await;
        let an = house.person("CB1", "Nguyễn Văn An").await;
        let end = date(2027, 1, 1);
        units::close(&house.program(), unit, 1, end, None).await.expect("nobody is there");
        let post = |until| {
            let period = Period { from: TODAY, until };
            NewPost { unit, title: "Chuyên viên".to_owned(), leader: false, period }
        };
        for until in [None, Some(date(2027, 1, 2))] {
            let late = people::appoint(&house.program(), an, post(until)).await;
            assert!(matches!(late, Err(OrganizationError::UnitEnded { .. })), "{}: {late:?}", house.engine());
        }
        people::appoint(&house.program(), an, post(Some(end))).await.expect("to its last day");
        let backwards = people::appoint(&house.program(), an, post(Some(TODAY))).await;
        assert!(matches!(backwards, Err(OrganizationError::Period(_))), "{}", house.engine());
    }
}

#[tokio::test]
async fn people_are_found_with_and_without_diacritics() {
    for house in testkit::houses().await {
        let unit = house.unit("KT", "Phòng Kinh tế").await;
        house.staff("CB1", "Đặng Thị Hòa", unit).await;
        house.staff("CB2", "Đặng Văn Hoa", unit).await;
        house.staff("VC-3", "Nguye\u{302}\u{303}n Va\u{306}n An", unit).await;
        for text in ["dang thi", "Đặng Thị", "ĐẶNG  THỊ", "hoà", "CB1"] {
            let found = names(&house, &named(text)).await;
            assert!(found.contains(&"Đặng Thị Hòa".to_owned()), "{} {text}: {found:?}", house.engine());
        }
        assert_eq!(names(&house, &named("Nguyễn")).await, ["Nguyễn Văn An"], "{}", house.engine());
        assert_eq!(names(&house, &named("vc-3")).await, ["Nguyễn Văn An"], "{}", house.engine());
        assert_eq!(names(&house, &named("an nguyen")).await, ["Nguyễn Văn An"], "{}", house.engine());
        for sign in ["%", "_", "%%"] {
            assert!(names(&house, &named(sign)).await.is_empty(), "{}: a sign is nobody's name", house.engine());
        }
        assert_eq!(names(&house, &named(" ")).await.len(), 3, "{}", house.engine());
    }
}

#[tokio::test]
async fn people_stand_in_vietnamese_order_page_by_page() {
    for house in testkit::houses().await {
        let expected = ["Lò Văn Ân", "Vì Thị Bình", "Cầm Văn Đức", "Đặng Văn Hoa", "Đặng Thị Hòa", "Hà Thị Yến"];
        for (at, name) in expected.iter().enumerate().rev() {
            house.person(&format!("CB{at}"), name).await;
        }
        let (mut place, mut found) = (Place::beginning(), Vec::new());
        loop {
            let page = queries::people(&house.program(), &all(), &place, 2).await.expect("a page");
            let Some(last) = page.last() else { break };
            place = Place::after(&last.person);
            found.extend(page.into_iter().map(|line| line.person.profile.name));
        }
        assert_eq!(found, expected, "{}", house.engine());
    }
}

#[tokio::test]
async fn a_head_sees_the_own_people_only() {
    for house in testkit::houses().await {
        let (own, other) = (house.unit("KT", "Phòng Kinh tế").await, house.unit("NC", "Phòng Nội chính").await);
        house.staff("CB1", "Nguyễn Văn An", own).await;
        let binh = house.staff("CB2", "Trần Thị Bình", other).await;
        let head = actor(Role::Head, Some(own));
        let ctx = house.as_actor(&head);
        let seen = queries::people(&ctx, &all(), &Place::beginning(), 10).await.expect("people");
        assert_eq!(seen.len(), 1, "{}", house.engine());
        assert_eq!(seen[0].unit_name.as_deref(), Some("Phòng Kinh tế"));
        let elsewhere = Filter { unit: Some(other), ..all() };
        assert!(queries::people(&ctx, &elsewhere, &Place::beginning(), 10).await.expect("people").is_empty());
        assert!(matches!(queries::card(&ctx, binh).await, Err(OrganizationError::UnknownPerson(_))));
        let officer = kernel::Actor { person: Some(binh), ..actor(Role::Officer, None) };
        assert!(queries::card(&house.as_actor(&officer), binh).await.is_ok(), "one's own card");
        let refused = queries::people(&house.as_actor(&officer), &all(), &Place::beginning(), 10).await;
        assert!(matches!(refused, Err(OrganizationError::Denied(_))), "{}", house.engine());
    }
}

#[tokio::test]
async fn two_people_of_one_name_are_told_apart_by_staff_code() {
    for house in testkit::houses().await {
        let first = house.person("CB1", "Nguyễn Văn An").await;
        let second = house.person("CB2", "Nguyễn Văn An").await;
        assert_ne!(first, second);
        let refused = people::add(&house.program(), profile("cb1", "Lò Văn Ba")).await;
        assert!(
            matches!(refused, Err(OrganizationError::StaffCodeTaken { existing, .. }) if existing == first),
            "{}",
            house.engine()
        );
    }
}

#[tokio::test]
async fn the_members_of_the_office_are_those_of_all_its_units() {
    for house in testkit::houses().await {
        let office = house.unit_of_kind("VP", "Văn phòng UBND tỉnh", UnitKind::Office).await;
        let division = house.unit("KT", "Phòng Kinh tế").await;
        let agency = house.unit_of_kind("SNV", "Sở Nội vụ", UnitKind::Agency).await;
        let an = house.staff("CB1", "Nguyễn Văn An", division).await;
        house.appoint(an, office, "Ủy viên", false).await;
        house.leader("CB2", "Trần Thị Bình", division).await;
        house.staff("CB3", "Lò Văn Ba", agency).await;
        let mut tx = house.db.read().await.expect("a transaction");
        let of = queries::members(&mut tx, office, TODAY).await.expect("members");
        let found: Vec<_> = of.iter().map(|member| member.person.profile.name.as_str()).collect();
        assert_eq!(found, ["Trần Thị Bình", "Nguyễn Văn An"], "{}", house.engine());
        assert_eq!(queries::members(&mut tx, division, TODAY).await.expect("members").len(), 2);
        assert!(queries::members(&mut tx, division, date(2019, 1, 1)).await.expect("members").is_empty());
        assert!(queries::is_of_the_office(&mut tx, an, SINCE).await.expect("an answer"));
    }
}
