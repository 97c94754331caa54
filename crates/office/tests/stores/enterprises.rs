//! The register of enterprises on real databases: tax codes, doubles, support, connections, conversions, who may
//! do what, and what happens when two act at once.

use futures::future::join;
use jiff::civil::date;
use kernel::id::UnitId;
use kernel::{Actor, Role};
use office::enterprises::connections::{self, NewConnection};
use office::enterprises::conversions::{self, NewFounding, NewGrowth};
use office::enterprises::model::{
    ConnectionKind, ConversionKind, NewEntry, OutcomeKind, Partner, Size, Standing, SupportKind,
};
use office::enterprises::queries::{self, Events, Filter};
use office::enterprises::support::{self, NewEvent, NewSupport};
use office::enterprises::{EnterprisesError, merging, service};
use office::organization::model::{EnterpriseEntry, EnterpriseKind};
use office::organization::queries::Place;
use office::organization::{EnterpriseId, OrganizationError, Recipient};
use office::records::service::enter_result;
use office::{Ctx, StoreError, ledger, organization, records};
use rules::facts::{Selection, Stage};
use testkit::{TODAY, TestHouse};

const WHY: &str = "Ghi nhầm hồ sơ khác";

pub fn entry(tax_code: &str, name: &str, kind: EnterpriseKind) -> NewEntry {
    let tax_code = (!tax_code.is_empty()).then(|| tax_code.to_owned());
    let entry = EnterpriseEntry { tax_code, name: name.to_owned(), kind, commune: None };
    NewEntry { entry, size: None, sector: String::new() }
}

fn event(unit: UnitId) -> NewEvent {
    NewEvent { clause: "III.4".to_owned(), unit, on: TODAY }
}

fn help(enterprise: EnterpriseId, kind: SupportKind, unit: UnitId) -> NewSupport {
    let (what, document) = ("Hướng dẫn mở gian hàng".to_owned(), String::new());
    NewSupport { enterprise, kind, what, document, event: event(unit) }
}

struct Scene<'a> {
    house: &'a TestHouse,
    kt: UnitId,
    head: Actor,
    other: Actor,
}

impl<'a> Scene<'a> {
    async fn new(house: &'a TestHouse) -> Self {
        let kt = house.unit("KT", "Phòng Kinh tế").await;
        let nc = house.unit("NC", "Phòng Nội chính").await;
        let head = house.staff_account("VP010", Role::Head, kt, Some(kt)).await;
        let other = house.staff_account("VP006", Role::Head, nc, Some(nc)).await;
        Self { house, kt, head, other }
    }

    fn ctx(&self) -> Ctx<'_> {
        self.house.as_actor(&self.head)
    }

    async fn add(&self, tax_code: &str, name: &str, kind: EnterpriseKind) -> EnterpriseId {
        service::register(&self.ctx(), entry(tax_code, name, kind)).await.expect("an entry")
    }

    async fn version(&self, id: EnterpriseId) -> i64 {
        queries::entry(&self.ctx(), id).await.expect("an entry").identity.version
    }

    async fn found_with(&self, household: EnterpriseId, tax_code: &str, name: &str) -> Result<(), EnterprisesError> {
        let new = NewFounding {
            household,
            tax_code: tax_code.to_owned(),
            name: name.to_owned(),
            size: None,
            document: String::new(),
            event: event(self.kt),
        };
        conversions::found(&self.ctx(), &new).await.map(|_| ())
    }

    async fn counted(&self, kind: ConversionKind) -> usize {
        let found = queries::overview(&self.ctx(), &Events::default()).await.expect("an overview");
        found.converted().into_iter().find(|one| one.0 == kind).expect("every kind").1
    }

    async fn names(&self, filter: &Filter) -> Vec<String> {
        let found = queries::list(&self.ctx(), filter, &Place::beginning(), 50).await.expect("a list");
        found.into_iter().map(|one| one.identity.entry.name).collect()
    }
}

#[tokio::test]
async fn a_tax_code_stands_once_and_names_who_has_it() {
    for house in testkit::houses().await {
        let scene = Scene::new(&house).await;
        let ctx = scene.ctx();
        let first = scene.add("5500 123 456", "Công ty TNHH Chè Mộc Châu", EnterpriseKind::Enterprise).await;
        let again = entry("5500.123.456", "Cty Chè Mộc Châu", EnterpriseKind::Enterprise);
        let refused = service::register(&ctx, again).await.expect_err("the same tax code");
        assert_eq!(refused.existing(), Some(first), "{}", house.engine());
        for odd in ["55OO123456", "550012345", "5500123456-01", "=1+1"] {
            let odd = service::register(&ctx, entry(odd, "Công ty", EnterpriseKind::Enterprise)).await;
            let shape = matches!(odd, Err(EnterprisesError::Identity(OrganizationError::OddTaxCode { .. })));
            assert!(shape, "{odd:?}");
        }
        let nameless = service::register(&ctx, entry("", "  ", EnterpriseKind::Household)).await;
        assert!(matches!(nameless, Err(EnterprisesError::Identity(OrganizationError::NameMissing))), "{nameless:?}");
        let branch = scene.add("5500123456001", "Chi nhánh", EnterpriseKind::Enterprise).await;
        let stale = service::edit(&ctx, branch, 7, entry("5500123456001", "Khác", EnterpriseKind::Enterprise)).await;
        assert!(matches!(stale, Err(EnterprisesError::Store(StoreError::Stale { .. }))), "{stale:?}");
        let taken = service::edit(&ctx, branch, 1, entry("5500123456", "Chi nhánh", EnterpriseKind::Enterprise)).await;
        assert_eq!(taken.expect_err("taken").existing(), Some(first));

        let more = NewEntry {
            size: Some(Size::Small),
            sector: "Chè".to_owned(),
            ..entry("5500123456", "Tên khác", EnterpriseKind::Enterprise)
        };
        service::complete(&ctx, first, 1, more).await.expect("blanks are filled");
        let found = queries::entry(&ctx, first).await.expect("an entry");
        assert_eq!(found.identity.entry.name, "Công ty TNHH Chè Mộc Châu", "what is known stays");
        assert_eq!((found.profile.size, found.profile.sector.as_str()), (Some(Size::Small), "Chè"));
        for text in ["che moc chau", "Chè Mộc", "5500123", "CHÈ"] {
            let filter = Filter { text: text.to_owned(), ..Filter::all(TODAY) };
            assert!(scene.names(&filter).await.iter().any(|name| name.contains("Chè Mộc Châu")), "{text}");
        }
        let mut tx = house.db.read().await.expect("a transaction");
        let found = organization::queries::enterprise_by_tax_code(&mut tx, "5500.123.456").await.expect("an answer");
        assert_eq!(found.map(|found| found.id), Some(first), "{}", house.engine());
        drop(tx);
        ledger::service::verify(&house.db, &house.keys).await.expect("a whole chain");
    }
}

#[tokio::test]
async fn what_hangs_on_a_double_is_read_with_the_entry_that_stays_and_comes_back_when_they_part() {
    for house in testkit::houses().await {
        let scene = Scene::new(&house).await;
        let ctx = scene.ctx();
        let stays = scene.add("5500900203", "HTX Mận hậu", EnterpriseKind::Cooperative).await;
        let double = scene.add("5500900299", "Hợp tác xã Mận hậu", EnterpriseKind::Cooperative).await;
        let company = scene.add("5500900101", "Công ty Chè", EnterpriseKind::Enterprise).await;
        support::give(&ctx, &help(double, SupportKind::Ecommerce, scene.kt)).await.expect("support");
        let document = "Ví dụ – Biên bản";
        let result = (Selection::Selected, false);
        let stage = (Stage::Annual, 2026);
        enter_result(&house.program(), Recipient::Enterprise(double), stage, result, document).await.expect("a result");

        let other_kind = merging::merge(&ctx, (company, 1), (stays, 1)).await;
        assert!(matches!(other_kind, Err(EnterprisesError::RestsOn(_))), "{other_kind:?}");
        let itself = merging::merge(&ctx, (stays, 1), (stays, 1)).await;
        assert!(matches!(itself, Err(EnterprisesError::Itself)), "{itself:?}");
        let stale = merging::merge(&ctx, (double, 9), (stays, 1)).await;
        assert!(matches!(stale, Err(EnterprisesError::Store(StoreError::Stale { .. }))), "{stale:?}");
        let both =
            join(merging::merge(&ctx, (double, 1), (stays, 1)), merging::merge(&ctx, (stays, 1), (double, 1))).await;
        assert!(both.0.is_ok() != both.1.is_ok(), "{}: {both:?}", house.engine());
        let (stays, double) = if both.0.is_ok() { (stays, double) } else { (double, stays) };

        let merged = queries::detail(&ctx, stays).await.expect("an entry");
        assert_eq!((merged.supports.len(), merged.doubles.len()), (1, 1), "{}", house.engine());
        let mut tx = house.db.read().await.expect("a transaction");
        let record = records::queries::record_in(&mut tx, Recipient::Enterprise(stays)).await.expect("a record");
        assert_eq!(record.results.len(), 1, "{}", house.engine());
        for code in ["5500900203", "5500900299"] {
            let found = organization::queries::enterprise_by_tax_code(&mut tx, code).await.expect("an answer");
            assert_eq!(found.map(|one| one.id), Some(stays), "{} {code}", house.engine());
        }
        drop(tx);
        let late = support::give(&ctx, &help(double, SupportKind::Green, scene.kt)).await;
        let refused =
            matches!(late, Err(EnterprisesError::Identity(OrganizationError::Merged { into })) if into == stays);
        assert!(refused, "{late:?}");
        assert_eq!(scene.names(&Filter::all(TODAY)).await.len(), 2);

        merging::part(&ctx, double, scene.version(double).await).await.expect("parted");
        let again = merging::part(&ctx, double, scene.version(double).await).await;
        assert!(matches!(again, Err(EnterprisesError::Unknown(_))), "{again:?}");
        let apart = queries::detail(&ctx, double).await.expect("an entry");
        let with = queries::detail(&ctx, stays).await.expect("an entry");
        assert_eq!(apart.supports.len() + with.supports.len(), 1, "{}", house.engine());
        assert!(with.doubles.is_empty());
        let verbs: Vec<_> = apart.changes.iter().map(|one| one.verb.as_str()).collect();
        assert_eq!(verbs, ["enter", "merge", "part"], "{}", house.engine());
    }
}

#[tokio::test]
async fn a_household_becomes_an_enterprise_once_and_is_no_household_any_more() {
    for house in testkit::houses().await {
        let scene = Scene::new(&house).await;
        let ctx = scene.ctx();
        let household = scene.add("5500900301", "Hộ Thêu Piêu", EnterpriseKind::Household).await;
        let coop = scene.add("5500900201", "HTX Xoài", EnterpriseKind::Cooperative).await;
        let fault = scene.found_with(household, "5500900201", "").await.expect_err("no enterprise");
        assert!(matches!(fault, EnterprisesError::NoEnterprise), "{fault:?}");
        let fault = scene.found_with(coop, "5500900401", "Công ty").await.expect_err("no household");
        assert!(matches!(fault, EnterprisesError::NoHousehold), "{fault:?}");
        let fault = scene.found_with(household, "5500900401", " ").await.expect_err("no name");
        assert!(matches!(fault, EnterprisesError::Missing { field: "ten-moi", .. }), "{fault:?}");
        assert_eq!(scene.counted(ConversionKind::Founded).await, 0, "nothing was kept of what was refused");

        let both = join(
            scene.found_with(household, "5500900401", "Công ty TNHH Thêu Piêu"),
            scene.found_with(household, "5500900401", "Công ty TNHH Thêu Piêu"),
        );
        let both = both.await;
        assert!(both.0.is_ok() != both.1.is_ok(), "{}: {both:?}", house.engine());
        let again = scene.found_with(household, "5500900402", "Công ty khác").await.expect_err("once");
        assert!(matches!(again, EnterprisesError::Recorded { on } if on == TODAY), "{again:?}");
        assert_eq!(scene.counted(ConversionKind::Founded).await, 1);

        let counts = queries::counts(&ctx, &Filter::all(TODAY)).await.expect("counts");
        let active = |kind| {
            let of = counts.iter().filter(|one| one.kind == kind && one.standing == Standing::Active);
            of.map(|one| one.many).sum::<usize>()
        };
        assert_eq!((active(EnterpriseKind::Household), active(EnterpriseKind::Enterprise)), (0, 1));
        for kind in EnterpriseKind::ALL {
            let filter = Filter { kind: Some(*kind), standing: Some(Standing::Active), ..Filter::all(TODAY) };
            assert_eq!(scene.names(&filter).await.len(), active(*kind), "{} {kind:?}", house.engine());
        }
        let late = support::give(&ctx, &help(household, SupportKind::Startup, scene.kt)).await;
        assert!(matches!(late, Err(EnterprisesError::Converted { .. })), "{late:?}");

        let event = queries::detail(&ctx, household).await.expect("an entry").conversions[0].id;
        let short = conversions::withdraw(&ctx, household, event, 1, "nhầm").await;
        assert!(matches!(short, Err(EnterprisesError::Missing { field: "ly-do-rut", .. })), "{short:?}");
        conversions::withdraw(&ctx, household, event, 1, WHY).await.expect("withdrawn");
        assert_eq!(scene.counted(ConversionKind::Founded).await, 0);
        // With its own tax code the entry itself becomes the enterprise, and goes back when that was a mistake.
        scene.found_with(household, "5500900301", "").await.expect("the same tax code");
        let kind = |one: queries::Detail| one.entry.identity.entry.kind;
        assert_eq!(kind(queries::detail(&ctx, household).await.expect("an entry")), EnterpriseKind::Enterprise);
        let found = queries::detail(&ctx, household).await.expect("an entry");
        let standing = found.conversions.iter().find(|one| one.record.stands()).expect("one");
        conversions::withdraw(&ctx, household, standing.id, 1, WHY).await.expect("withdrawn");
        assert_eq!(kind(queries::detail(&ctx, household).await.expect("an entry")), EnterpriseKind::Household);
        ledger::service::verify(&house.db, &house.keys).await.expect("a whole chain");
    }
}

#[tokio::test]
async fn an_enterprise_grows_from_a_known_size_once_and_doubles_count_as_one() {
    for house in testkit::houses().await {
        let scene = Scene::new(&house).await;
        let ctx = scene.ctx();
        let one = scene.add("5500900101", "Công ty Chè", EnterpriseKind::Enterprise).await;
        let grow = |enterprise, to| NewGrowth { enterprise, to, document: String::new(), event: event(scene.kt) };
        let unknown = conversions::grow(&ctx, &grow(one, Size::Large)).await;
        assert!(matches!(unknown, Err(EnterprisesError::NoGrowth { from: None })), "{unknown:?}");
        let sized =
            NewEntry { size: Some(Size::Small), ..entry("5500900101", "Công ty Chè", EnterpriseKind::Enterprise) };
        service::edit(&ctx, one, 1, sized).await.expect("a size");
        conversions::grow(&ctx, &grow(one, Size::Large)).await.expect("grown");
        let again = conversions::grow(&ctx, &grow(one, Size::Large)).await;
        assert!(matches!(again, Err(EnterprisesError::Recorded { .. })), "{again:?}");
        let back = conversions::grow(&ctx, &grow(one, Size::Medium)).await;
        assert!(matches!(back, Err(EnterprisesError::NoGrowth { from: Some(Size::Large) })), "{back:?}");

        let double = NewEntry { size: Some(Size::Small), ..entry("", "Cty Chè", EnterpriseKind::Enterprise) };
        let double = service::register(&ctx, double).await.expect("a double");
        conversions::grow(&ctx, &grow(double, Size::Large)).await.expect("grown");
        assert_eq!(scene.counted(ConversionKind::Grown).await, 2);
        merging::merge(&ctx, (double, scene.version(double).await), (one, scene.version(one).await))
            .await
            .expect("merged");
        assert_eq!(scene.counted(ConversionKind::Grown).await, 1, "{}", house.engine());
        let found = queries::detail(&ctx, one).await.expect("an entry");
        assert_eq!(found.conversions.len(), 2, "the history is kept");
    }
}

#[tokio::test]
async fn support_and_connections_are_counted_as_they_are_listed() {
    for house in testkit::houses().await {
        let scene = Scene::new(&house).await;
        let ctx = scene.ctx();
        let (a, b) = (
            scene.add("5500900101", "Công ty Chè", EnterpriseKind::Enterprise).await,
            scene.add("5500900201", "HTX Xoài", EnterpriseKind::Cooperative).await,
        );
        for (to, kind) in [(a, SupportKind::Green), (b, SupportKind::Ecommerce), (b, SupportKind::Digital)] {
            support::give(&ctx, &help(to, kind, scene.kt)).await.expect("support");
        }
        let again = support::give(&ctx, &help(b, SupportKind::Digital, scene.kt)).await;
        assert!(matches!(again, Err(EnterprisesError::Recorded { .. })), "{again:?}");
        let with = |change: &dyn Fn(&mut NewSupport)| {
            let mut new = help(a, SupportKind::Startup, scene.kt);
            change(&mut new);
            new
        };
        let clause = with(&|new| new.event.clause = "IX.9".to_owned());
        assert!(matches!(support::give(&ctx, &clause).await, Err(EnterprisesError::NoClause)));
        let future = with(&|new| new.event.on = date(2027, 1, 1));
        assert!(matches!(support::give(&ctx, &future).await, Err(EnterprisesError::TooLate { .. })));
        let silent = with(&|new| new.what = " \n".to_owned());
        assert!(matches!(support::give(&ctx, &silent).await, Err(EnterprisesError::Missing { field: "ho-tro", .. })));

        let new = NewConnection {
            enterprise: a,
            partner: Partner::Registered(b),
            kind: ConnectionKind::Supply,
            what: "Gặp gỡ".to_owned(),
            event: event(scene.kt),
        };
        let id = connections::connect(&ctx, &new).await.expect("a connection");
        let turned = NewConnection { enterprise: b, partner: Partner::Registered(a), ..new.clone() };
        let twice = connections::connect(&ctx, &turned).await;
        assert!(matches!(twice, Err(EnterprisesError::Recorded { .. })), "from the other side: {twice:?}");
        let own = NewConnection { partner: Partner::Registered(a), ..new.clone() };
        assert!(matches!(connections::connect(&ctx, &own).await, Err(EnterprisesError::SelfConnection)));
        let nobody = NewConnection { partner: Partner::Outside(" ".to_owned()), ..new };
        let nobody = connections::connect(&ctx, &nobody).await;
        assert!(matches!(nobody, Err(EnterprisesError::Missing { field: "ben-kia", .. })), "{nobody:?}");
        let settled = |seen| connections::settle(&ctx, (b, id, seen), true, TODAY, "Ký hợp đồng 20 tấn");
        let both = join(settled(1), settled(1)).await;
        assert!(both.0.is_ok() != both.1.is_ok(), "{}: {both:?}", house.engine());

        let found = queries::overview(&ctx, &Events::default()).await.expect("an overview");
        let sum: usize = found.supports_by_kind().iter().map(|one| one.1).sum();
        assert_eq!((sum, found.supports.len()), (3, 3), "{}", house.engine());
        let agreed = found.connections_by_outcome().into_iter().find(|one| one.0 == OutcomeKind::Agreed);
        assert_eq!(agreed, Some((OutcomeKind::Agreed, 1)));
        let green = found.supports.iter().find(|one| one.kind == SupportKind::Green).expect("one").id;
        support::withdraw(&ctx, a, green, 1, WHY).await.expect("withdrawn");
        let after = queries::overview(&ctx, &Events::default()).await.expect("an overview");
        assert_eq!(after.supports_by_kind().iter().map(|one| one.1).sum::<usize>(), 2);
        let past = Events { to: Some(date(2026, 1, 1)), ..Events::default() };
        assert!(queries::overview(&ctx, &past).await.expect("an overview").supports.is_empty());
        let mut tx = house.db.read().await.expect("a transaction");
        assert_eq!(queries::count_by_clause(&mut tx).await.expect("counts"), [("III.4".to_owned(), 3)]);
    }
}

#[tokio::test]
async fn nobody_records_or_withdraws_for_another_unit_and_a_reader_changes_nothing() {
    for house in testkit::houses().await {
        let scene = Scene::new(&house).await;
        let a = scene.add("5500900101", "Công ty Chè", EnterpriseKind::Enterprise).await;
        let id = support::give(&scene.ctx(), &help(a, SupportKind::Green, scene.kt)).await.expect("support");
        let chief = house.account("chanhvp", Role::Chief, None).await;
        let member = house.account("uyvien", Role::Member, None).await;
        let before = ledger::service::verify(&house.db, &house.keys).await.expect("a chain").entries;
        let other = house.as_actor(&scene.other);
        let given = support::give(&other, &help(a, SupportKind::Digital, scene.kt)).await;
        assert!(matches!(given, Err(EnterprisesError::Denied(_))), "{given:?}");
        let withdrawn = support::withdraw(&other, a, id, 1, WHY).await;
        assert!(matches!(withdrawn, Err(EnterprisesError::Denied(_))), "{withdrawn:?}");
        let strange = support::withdraw(&scene.ctx(), EnterpriseId::new(), id, 1, WHY).await;
        assert!(matches!(strange, Err(EnterprisesError::Unknown(_))), "{strange:?}");
        let reader = house.as_actor(&chief);
        assert!(queries::detail(&reader, a).await.is_ok());
        let new = service::register(&reader, entry("5500900777", "Công ty", EnterpriseKind::Enterprise)).await;
        assert!(matches!(new, Err(EnterprisesError::Denied(_))), "{new:?}");
        let stranger = queries::detail(&house.as_actor(&member), a).await;
        assert!(matches!(stranger, Err(EnterprisesError::Denied(_))), "{stranger:?}");
        let after = ledger::service::verify(&house.db, &house.keys).await.expect("a chain").entries;
        assert_eq!(before, after, "{}: something was written", house.engine());
        // An entry that ended takes what happened before, and nothing of later days.
        service::end(&scene.ctx(), a, 1, TODAY, "Giải thể theo thông báo").await.expect("ended");
        let late = support::give(&scene.ctx(), &help(a, SupportKind::Startup, scene.kt)).await;
        assert!(matches!(late, Err(EnterprisesError::Ended { .. })), "{late:?}");
        let mut earlier = help(a, SupportKind::Startup, scene.kt);
        earlier.event.on = TODAY.yesterday().expect("a day");
        support::give(&scene.ctx(), &earlier).await.expect("of a day before");
    }
}
