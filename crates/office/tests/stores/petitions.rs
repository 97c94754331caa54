//! Petitions: sent and taken in, every edge and every forbidden one, clocks, the code, what nobody may read.

use futures::future::join;
use jiff::ToSpan as _;
use jiff::civil::{date, time};
use kernel::calendar::DayKind;
use kernel::id::UnitId;
use kernel::{Actor, Clock, Period, Role};
use office::calendar::NewAnnouncement;
use office::deadlines;
use office::ledger;
use office::petitions::answering::{self, Redacted};
use office::petitions::drafts::{self, Draft};
use office::petitions::intake::{self, NewLetter};
use office::petitions::model::{Channel, ClockKind, Contact, Kind, PetitionId, SenderKind, State, Step};
use office::petitions::obstacles::{self, ObstacleState};
use office::petitions::queries::{self, Detail, Filter};
use office::petitions::routing::{self, Assignment, Passage};
use office::petitions::{PetitionsError, figures, public, sender, terms};
use testkit::{TODAY, TestHouse};

pub const PDF: &[u8] = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
pub const SECRET_NAME: &str = "Công ty TNHH Chè Mộc Sương";

/// A house with units, who takes in, who leads, who helps, who signs.
pub struct Scene {
    pub house: TestHouse,
    pub lead_unit: UnitId,
    help_unit: UnitId,
    other_unit: UnitId,
    pub intake: Actor,
    pub lead: Actor,
    pub helper: Actor,
    pub other: Actor,
    pub chief: Actor,
    pub visitor: Actor,
}

pub async fn scene(house: TestHouse) -> Scene {
    let lead_unit = house.unit("KT", "Phòng Kinh tế").await;
    let help_unit = house.unit("NC", "Phòng Nội chính").await;
    let other_unit = house.unit("TH", "Phòng Tổng hợp").await;
    Scene {
        lead_unit,
        help_unit,
        other_unit,
        intake: house.account("tiepnhan", Role::Intake, None).await,
        lead: house.account("truongphong", Role::Head, Some(lead_unit)).await,
        helper: house.account("phoihop", Role::Liaison, Some(help_unit)).await,
        other: house.account("khac", Role::Liaison, Some(other_unit)).await,
        chief: house.account("chanhvp", Role::Chief, None).await,
        visitor: Actor::visitor(),
        house,
    }
}

pub fn letter(title: &str) -> NewLetter {
    NewLetter {
        channel: Channel::Phone,
        sender_kind: SenderKind::Enterprise,
        contact: contact(),
        people: 1,
        hide_name: true,
        title: title.to_owned(),
        content: format!("{title}: hồ sơ nộp đã quá hạn hẹn trả, đề nghị cho biết đang ở đâu."),
        received_on: None,
    }
}

fn contact() -> Contact {
    Contact {
        name: SECRET_NAME.to_owned(),
        address: "Phường Mộc Châu".to_owned(),
        phone: "0912 345 678".to_owned(),
        email: "che@vidu.vn".to_owned(),
        tax_code: String::new(),
    }
}

impl Scene {
    pub async fn received(&self) -> (PetitionId, String) {
        let ctx = self.house.as_actor(&self.intake);
        intake::register(&ctx, letter("Chậm trả kết quả cấp phép"), None).await.expect("a letter that fits")
    }

    /// How many notices somebody got, none of which holds a name.
    async fn told(&self, actor: &Actor) -> usize {
        let found = office::notices::queries::mine(&self.house.as_actor(actor), 0).await.expect("notices").0;
        assert!(found.iter().all(|notice| !notice.subject.contains(SECRET_NAME)));
        found.len()
    }

    pub async fn detail(&self, id: PetitionId) -> Detail {
        queries::detail(&self.house.as_actor(&self.intake), id).await.expect("a petition")
    }

    pub async fn seen(&self, id: PetitionId) -> i64 {
        self.detail(id).await.petition.version
    }

    pub async fn state(&self, id: PetitionId) -> State {
        self.detail(id).await.petition.state
    }

    /// Takes a step by who may take it, in a way that lacks nothing but the right state.
    pub async fn step(&self, step: Step, id: PetitionId, code: &str) -> Result<(), PetitionsError> {
        let (intake, lead) = (self.house.as_actor(&self.intake), self.house.as_actor(&self.lead));
        let (chief, visitor) = (self.house.as_actor(&self.chief), self.house.as_actor(&self.visitor));
        let seen = self.seen(id).await;
        let passage =
            Passage {
                agency: "Sở Xây dựng".into(), document: "12/PC".into(), reason: "Thuộc Sở Xây dựng".into()
            };
        match step {
            Step::Sort => routing::sort(&intake, id, seen, Kind::Regulation, ("III.4", false)).await,
            Step::Refuse => intake::refuse(&intake, id, seen, "Đã trả lời, không có tình tiết mới").await,
            Step::Ask => routing::ask(&intake, id, seen, "Nộp ở đâu, ngày nào?").await,
            Step::Supply => sender::supply(&visitor, code, id, "Nộp ở Trung tâm, ngày 3/11", &[]).await,
            Step::Assign => {
                let helpers = vec![(self.help_unit, Some(intake.today().saturating_add(2.days())))];
                let new = Assignment { lead: self.lead_unit, helpers, words: String::new() };
                routing::assign(&intake, id, seen, &new).await
            }
            Step::GiveBack => routing::give_back(&lead, id, seen, "Thuộc Phòng Nội chính").await,
            Step::PassOn => routing::pass_on(&intake, id, seen, &passage).await,
            Step::HandOver => routing::hand_over(&intake, id, seen, Kind::Complaint, &passage).await,
            Step::Join => {
                let (other, _) = self.received().await;
                let number = self.detail(other).await;
                routing::join(&intake, id, seen, &number.petition.number(&number.letter)).await
            }
            Step::Separate => routing::separate(&intake, id, seen, "Hai hồ sơ khác nhau").await,
            Step::Settle => {
                let detail = self.detail(id).await;
                let one = obstacles::open(&intake, "Hướng dẫn khác nhau", "Đề nghị thống nhất").await?;
                obstacles::gather(&intake, one, &detail.petition.number(&detail.letter)).await?;
                obstacles::propose(&intake, one, 1, "31/TTr-VPUB").await?;
                let many = obstacles::decide(&chief, one, 2, ("812/UBND-KT", "Từ nay chỉ nộp một bộ hồ sơ.")).await?;
                assert_eq!(many, 1, "the one that was gathered");
                Ok(())
            }
            Step::Submit => {
                if self.state(id).await == State::InProgress {
                    answering::draft(&lead, id, seen, "Hồ sơ đã có kết quả ngày 20/11.").await?;
                }
                answering::submit(&lead, id, self.seen(id).await).await
            }
            Step::SendBack => answering::send_back(&chief, id, seen, "Nêu rõ ngày trả").await,
            Step::Sign => answering::sign(&chief, id, seen, "215/VPUB-KT").await,
            Step::Publish => answering::publish(&intake, id, seen, &redacted()).await,
            Step::Withdraw => sender::withdraw(&visitor, code, id).await,
            Step::Disagree => sender::disagree(&visitor, code, id, "Chưa rõ ngày trả kết quả", &[]).await,
        }
    }

    /// A fresh petition that came to a state by the shortest way.
    pub async fn at(&self, state: State) -> (PetitionId, String) {
        let (id, code) = self.received().await;
        self.step(Step::Sort, id, &code).await.expect("sorted");
        let way: &[Step] = match state {
            State::Received => &[],
            State::Refused => &[Step::Refuse],
            State::Waiting => &[Step::Ask],
            State::InProgress => &[Step::Assign],
            State::ToSign => &[Step::Assign, Step::Submit],
            State::Answered => &[Step::Assign, Step::Submit, Step::Sign],
            State::Published => &[Step::Assign, Step::Submit, Step::Sign, Step::Publish],
            State::Reopened => &[Step::Assign, Step::Submit, Step::Sign, Step::Disagree],
            State::Elsewhere => &[Step::PassOn],
            State::HandedOver => &[Step::HandOver],
            State::Duplicate => &[Step::Join],
            State::Withdrawn => &[Step::Withdraw],
        };
        for step in way {
            self.step(*step, id, &code).await.expect("a step of the way");
        }
        assert_eq!(self.state(id).await, state);
        (id, code)
    }
}

pub fn redacted() -> Redacted {
    Redacted {
        title: "Chậm trả kết quả cấp phép".to_owned(),
        content: "Một doanh nghiệp phản ánh hồ sơ quá hạn.".to_owned(),
        answer: "Hồ sơ đã có kết quả.".to_owned(),
    }
}

#[tokio::test]
async fn every_edge_is_driven_and_every_forbidden_one_is_refused() {
    for house in testkit::houses().await {
        let stage = scene(house).await;
        for &state in State::ALL {
            for &step in Step::ALL {
                let (id, code) = stage.at(state).await;
                let before = stage.detail(id).await;
                let done = stage.step(step, id, &code).await;
                let after = stage.detail(id).await;
                let told = format!("{} {} {}: {done:?}", stage.house.engine(), state.code(), step.code());
                match step.leads(state, before.petition.lead.is_some()) {
                    Some(leads) => {
                        assert!(done.is_ok(), "{told}");
                        assert_eq!(after.petition.state, leads, "{told}");
                        let last = after.events.last().expect("a history");
                        assert_eq!((last.what.as_str(), last.state), (step.code(), leads), "{told}");
                    }
                    None => {
                        assert!(done.is_err(), "{told}");
                        assert_eq!((after.petition.state, after.events.len()), (state, before.events.len()), "{told}");
                    }
                }
            }
        }
        let verified = ledger::service::verify(&stage.house.db, &stage.house.keys).await.expect("an answer");
        assert!(verified.ok, "{}", stage.house.engine());
    }
}

#[tokio::test]
async fn a_letter_from_the_portal_is_followed_by_its_code_to_a_published_answer_without_its_name() {
    for house in testkit::houses().await {
        let stage = scene(house).await;
        let visitor = stage.house.as_actor(&stage.visitor);
        let key = drafts::begin(&visitor).await.expect("a draft");
        let who = |draft: &mut Draft| draft.take_sender(Some(SenderKind::Enterprise), &contact());
        let what = |draft: &mut Draft| {
            draft.hide_name = true;
            draft.take_words("Chậm trả kết quả", &format!("{SECRET_NAME} nộp hồ sơ đã quá hạn."))
        };
        // Two windows save two steps at one time: neither loses the other's.
        let (first, second) = join(drafts::write(&visitor, &key, who), drafts::write(&visitor, &key, what)).await;
        first.and(second).expect("both are kept");
        let refused = drafts::write(&visitor, &key, |draft| draft.take_words("", "")).await;
        assert!(refused.is_err_and(|error| error.field() == Some("tieu-de")), "{}", stage.house.engine());
        drafts::attach(&visitor, &key, "ho-so.pdf", PDF).await.expect("a file");
        let code = drafts::send(&visitor, &key).await.expect("sent");
        assert!(matches!(drafts::send(&visitor, &key).await, Err(PetitionsError::Unknown(_))), "sent once");
        let line =
            queries::inbox(&stage.house.as_actor(&stage.intake), &Filter::default(), "").await.expect("an inbox").lines;
        let id = line[0].petition.id;
        assert_eq!(stage.detail(id).await.files.len(), 1);
        for step in [Step::Sort, Step::Assign, Step::Submit, Step::Sign] {
            stage.step(step, id, &code).await.expect("a step");
        }
        let intake = stage.house.as_actor(&stage.intake);
        let open = Redacted { content: format!("{SECRET_NAME} phản ánh"), ..redacted() };
        let given = answering::publish(&intake, id, stage.seen(id).await, &open).await;
        assert!(matches!(given, Err(PetitionsError::GivesAway { field: "ck-noi-dung", .. })), "{given:?}");
        stage.step(Step::Publish, id, &code).await.expect("published");
        let tracked = sender::track(&visitor, &code.to_lowercase()).await.expect("found however it is typed");
        let matter = &tracked.matters[0];
        assert_eq!(matter.state, State::Published);
        assert!(matter.answer.is_some() && matter.events.iter().all(|event| event.name.is_empty()));
        sender::rate(&visitor, &code, id, 4, "").await.expect("rated");
        assert!(matches!(sender::rate(&visitor, &code, id, 5, "").await, Err(PetitionsError::Rated)));
        for nothing in ["han muc", "ham", "%"] {
            let (found, _) = public::published(&visitor, nothing, 0).await.expect("an answer");
            assert!(found.is_empty(), "{nothing}: words are found from their beginning, all of them");
        }
        let (found, _) = public::published(&visitor, "quá han CHAM", 0).await.expect("an answer");
        assert_eq!((found.len(), found[0].sender_name.as_str()), (1, ""));
        assert!(!format!("{found:?}").contains("Mộc Sương"));
        let similar = public::similar_published(&visitor, "Cham tra ket qua cap phep", "").await.expect("an answer");
        assert_eq!(similar.len(), 1);
        answering::moderate(&intake, id, true, "Rà lại số liệu").await.expect("hidden");
        assert!(public::published_one(&visitor, id).await.is_err());
        assert_eq!(public::public_counts(&visitor).await.expect("counts").hidden, 1);
        assert!(sender::track(&visitor, "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF").await.is_err());
    }
}

#[tokio::test]
async fn a_unit_reads_what_it_takes_part_in_and_nothing_else() {
    for house in testkit::houses().await {
        let stage = scene(house).await;
        let (id, _) = stage.at(State::InProgress).await;
        let (untouched, _) = stage.at(State::Received).await;
        for (actor, mine) in [(&stage.lead, true), (&stage.helper, true), (&stage.other, false)] {
            let ctx = stage.house.as_actor(actor);
            assert_eq!(queries::detail(&ctx, id).await.is_ok(), mine, "{}", actor.name);
            assert!(matches!(queries::detail(&ctx, untouched).await, Err(PetitionsError::Unknown(_))));
            let inbox = queries::inbox(&ctx, &Filter::default(), "").await.expect("an inbox").lines;
            assert_eq!(inbox.len(), usize::from(mine), "{}", actor.name);
            let seen = stage.seen(id).await;
            assert!(answering::draft(&ctx, id, seen, "x").await.is_ok() == (actor.name == "truongphong"));
        }
        let helper = stage.house.as_actor(&stage.helper);
        let detail = queries::detail(&helper, id).await.expect("its own");
        assert_eq!((detail.letter.contact.phone.as_str(), detail.letter.contact.email.as_str()), ("", ""));
        routing::opine(&helper, id, "Đồng ý với hướng xử lý").await.expect("an opinion");
        let part = stage.detail(id).await.parts.into_iter().find(|part| part.unit == stage.help_unit);
        assert_eq!(part.expect("its part").answered_on, Some(TODAY));
        let stranger = stage.house.as_actor(&stage.other);
        assert!(routing::opine(&stranger, id, "Tôi cũng muốn nói").await.is_err());
        let chosen = stage.other_unit;
        let intake = stage.house.as_actor(&stage.intake);
        let twice = Assignment { lead: chosen, helpers: vec![(chosen, None)], words: String::new() };
        let refused = routing::assign(&intake, id, stage.seen(id).await, &twice).await;
        assert!(matches!(refused, Err(PetitionsError::OddUnit { .. })));
        let late =
            Assignment { lead: chosen, helpers: vec![(stage.help_unit, Some(date(2027, 6, 1)))], words: String::new() };
        let refused = routing::assign(&intake, id, stage.seen(id).await, &late).await;
        assert!(matches!(refused, Err(PetitionsError::OddDay { .. })));
        assert_eq!(stage.detail(id).await.petition.lead, Some(stage.lead_unit), "nothing of it was kept");
        let stale = routing::ask(&intake, id, 1, "Bản cũ").await;
        assert!(matches!(stale, Err(PetitionsError::Store(office::StoreError::Stale { .. }))), "{stale:?}");
    }
}

#[tokio::test]
async fn an_accusation_is_locked_away_and_only_its_count_remains() {
    for house in testkit::houses().await {
        let stage = scene(house).await;
        let intake = stage.house.as_actor(&stage.intake);
        let (id, code) = stage.received().await;
        let other = intake::split(&intake, id, "Phần kiến nghị", "Đề nghị công khai lịch tiếp.").await.expect("split");
        assert_eq!(stage.detail(other).await.petition.place, 2);
        let to = Passage { agency: "Thanh tra tỉnh".into(), document: "3/PC".into(), reason: String::new() };
        routing::hand_over(&intake, id, stage.seen(id).await, Kind::Accusation, &to).await.expect("handed over");
        assert!(matches!(queries::detail(&intake, id).await, Err(PetitionsError::Unknown(_))));
        for text in ["", "cham tra", "che moc suong"] {
            let filter = Filter { text: text.to_owned(), ..Filter::default() };
            let found = queries::inbox(&intake, &filter, "").await.expect("an inbox").lines;
            assert!(found.iter().all(|line| line.petition.id == other), "{text}");
            assert!(found.iter().all(|line| line.letter.contact.name.is_empty() && line.letter.content.is_empty()));
        }
        assert_eq!(queries::accusations(&intake).await.expect("a count"), 1);
        let sibling = stage.detail(other).await;
        assert!(sibling.letter.locked && sibling.files.is_empty() && sibling.letter.contact.name.is_empty());
        let year = Period { from: date(2026, 1, 1), until: Some(date(2027, 1, 1)) };
        let register = figures::register(&intake, year).await.expect("a register");
        assert_eq!(register.len(), 1);
        assert!(!format!("{register:?}").contains("Mộc Sương"));
        let visitor = stage.house.as_actor(&stage.visitor);
        let tracked = sender::track(&visitor, &code).await.expect("a letter");
        assert_eq!((tracked.matters.len(), tracked.matters[0].title.as_str()), (2, ""));
        assert!(sender::withdraw(&visitor, &code, id).await.is_err());
        let all = ledger::queries::Filter::default();
        let entries = ledger::queries::search(&stage.house.program(), &all, 100).await.expect("entries");
        assert!(!format!("{entries:?}").contains("Mộc Sương"), "the ledger names nobody");
    }
}

#[tokio::test]
async fn the_clock_stands_while_the_sender_is_asked_and_follows_the_calendar() {
    for house in testkit::houses().await {
        let mut stage = scene(house).await;
        let (id, code) = stage.received().await;
        let due = |detail: &Detail, kind| {
            let clock = detail.clocks.iter().rev().find(|(clock, _)| clock.kind == kind).expect("a clock");
            (clock.0.due, clock.0.open, clock.0.met_on)
        };
        stage.step(Step::Sort, id, &code).await.expect("sorted");
        // Monday 23 November 2026; the 24th is a day off: 2 working days end on Thursday, 15 on Tuesday 15 December.
        let detail = stage.detail(id).await;
        assert_eq!(due(&detail, ClockKind::FirstResponse).0, Some(date(2026, 11, 26)));
        assert_eq!(due(&detail, ClockKind::Answer).0, Some(date(2026, 12, 15)));
        stage.step(Step::Ask, id, &code).await.expect("asked");
        let detail = stage.detail(id).await;
        assert_eq!(due(&detail, ClockKind::FirstResponse), (Some(date(2026, 11, 26)), false, Some(TODAY)));
        assert_eq!(due(&detail, ClockKind::Answer), (None, true, None));
        stage.house.stand_on(date(2026, 11, 27));
        stage.step(Step::Supply, id, &code).await.expect("supplied");
        // The 25th, 26th and 27th stood still: three working days later.
        assert_eq!(due(&stage.detail(id).await, ClockKind::Answer).0, Some(date(2026, 12, 18)));
        let off = NewAnnouncement {
            day: date(2026, 12, 14),
            kind: DayKind::SwapOff,
            name: "Nghỉ hoán đổi".to_owned(),
            document: "12/TB-BNV".to_owned(),
            title: String::new(),
            awaited: false,
        };
        let (_, moves) = deadlines::service::declare(&stage.house.program(), &off, false).await.expect("declared");
        let moved = moves.iter().find(|one| one.name.ends_with("trả lời")).expect("the answer moved");
        assert_eq!((moved.old, moved.new), (date(2026, 12, 18), date(2026, 12, 21)));
        assert_eq!(due(&stage.detail(id).await, ClockKind::Answer).0, Some(date(2026, 12, 21)));
    }
}

#[tokio::test]
async fn a_lapsed_term_is_told_once_on_a_working_day_and_the_handler_stays() {
    for house in testkit::houses().await {
        let mut stage = scene(house).await;
        stage.house.grant(&stage.lead, Role::Head, Some(stage.lead_unit)).await;
        stage.house.grant(&stage.chief, Role::Chief, None).await;
        let (id, _) = stage.at(State::InProgress).await;
        // Sunday 20 December 2026, then Monday.
        stage.house.clock = Clock::standing_at(date(2026, 12, 20), time(10, 0, 0, 0));
        let sunday = terms::escalate(&stage.house.program()).await;
        assert!(matches!(sunday, Err(PetitionsError::OutsideHours)));
        let late = Filter { late: true, ..Filter::default() };
        let found = queries::inbox(&stage.house.as_actor(&stage.intake), &late, "").await.expect("an inbox").lines;
        assert_eq!(found.len(), 1);
        stage.house.clock = Clock::standing_at(date(2026, 12, 21), time(7, 30, 0, 0));
        assert_eq!(terms::escalate(&stage.house.program()).await.expect("told"), 1);
        assert_eq!(terms::escalate(&stage.house.program()).await.expect("told before"), 0);
        // The unit was told when the petition was given to it and now; the chief now.
        assert_eq!((stage.told(&stage.lead).await, stage.told(&stage.chief).await), (2, 1));
        assert_eq!(stage.told(&stage.other).await, 0);
        let detail = stage.detail(id).await;
        assert_eq!(detail.petition.lead, Some(stage.lead_unit));
        assert!(detail.events.iter().any(|event| event.what == "escalate" && !event.shown));
        let mut tx = stage.house.db.read().await.expect("a transaction");
        let year = Period { from: date(2026, 1, 1), until: None };
        let figures = figures::figures(&stage.house, &mut tx, year).await.expect("figures");
        let own = figures[&("III.4".to_owned(), stage.lead_unit)];
        assert_eq!((own.open, own.late, own.answered_in_time), (1, 1, 0));
    }
}

#[tokio::test]
async fn a_sender_may_disagree_until_the_last_day_and_once() {
    for house in testkit::houses().await {
        let mut stage = scene(house).await;
        let (id, code) = stage.at(State::Answered).await;
        let (late, late_code) = stage.at(State::Answered).await;
        // Ten working days after Monday 23 November 2026, the 24th off: Tuesday 8 December.
        stage.house.stand_on(date(2026, 12, 8));
        stage.step(Step::Disagree, id, &code).await.expect("on the last day");
        assert_eq!(stage.state(id).await, State::Reopened);
        let waits = figures::waiting(&stage.house.as_actor(&stage.intake)).await.expect("what waits");
        assert_eq!(waits.to_route, 1, "who routes is told");
        for step in [Step::Assign, Step::Submit, Step::Sign] {
            stage.step(step, id, &code).await.expect("handled again");
        }
        let again = stage.step(Step::Disagree, id, &code).await;
        assert!(matches!(again, Err(PetitionsError::NoMoreDisagreement(_))), "{again:?}");
        stage.house.stand_on(date(2026, 12, 9));
        let over = stage.step(Step::Disagree, late, &late_code).await;
        assert!(matches!(over, Err(PetitionsError::NoMoreDisagreement(_))), "{over:?}");
    }
}

#[tokio::test]
async fn odd_letters_are_refused_or_kept_as_what_they_are() {
    for house in testkit::houses().await {
        let stage = scene(house).await;
        let intake = stage.house.as_actor(&stage.intake);
        let huge = NewLetter { content: "a".repeat(100_000), ..letter("Dài") };
        let refused = intake::register(&intake, huge, None).await;
        assert!(matches!(refused, Err(PetitionsError::TooLong { field: "noi-dung", .. })));
        let program = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff";
        for (name, bytes) in [("anh.jpg", &program[..]), ("a.svg", b"<svg><script/></svg>"), ("b.pdf", b"")] {
            let refused = intake::register(&intake, letter("Tệp lạ"), Some((name, bytes))).await;
            assert!(matches!(refused, Err(PetitionsError::BadFile { .. })), "{name}");
        }
        assert!(queries::inbox(&intake, &Filter::default(), "").await.expect("an inbox").lines.is_empty());
        let turned = NewLetter { contact: Contact::default(), ..letter("Cha\u{323}\u{302}m\u{202E} tra\u{309}") };
        let (id, _) = intake::register(&intake, turned, None).await.expect("kept without a name");
        let detail = stage.detail(id).await;
        assert_eq!(detail.petition.title, "Chậm trả");
        stage.step(Step::Sort, id, "").await.expect("sorted");
        let given = stage.step(Step::Assign, id, "").await;
        assert!(matches!(given, Err(PetitionsError::Anonymous { .. })), "{given:?}");
        stage.step(Step::Refuse, id, "").await.expect("kept with the reason");
        let filter = Filter { text: "CHAM TRA".to_owned(), ..Filter::default() };
        assert_eq!(queries::inbox(&intake, &filter, "").await.expect("an inbox").lines.len(), 1);
        let (twin, _) = stage.received().await;
        for nothing in ["", "999/2026", "1/2026-9", "x"] {
            let joined = routing::join(&intake, twin, stage.seen(twin).await, nothing).await;
            assert!(matches!(joined, Err(PetitionsError::NoTarget)), "{nothing}");
        }
        let portal = NewLetter { channel: Channel::Portal, ..letter("Giả cổng") };
        assert!(intake::register(&intake, portal, None).await.is_err());
        let ahead = NewLetter { received_on: Some(date(2027, 1, 1)), ..letter("Ngày mai") };
        assert!(intake::register(&intake, ahead, None).await.is_err());
    }
}

#[tokio::test]
async fn whoever_sent_the_same_reads_the_answer_without_learning_who_was_first() {
    for house in testkit::houses().await {
        let stage = scene(house).await;
        let (intake, lead, chief) = (
            stage.house.as_actor(&stage.intake),
            stage.house.as_actor(&stage.lead),
            stage.house.as_actor(&stage.chief),
        );
        let (first, _) = stage.at(State::InProgress).await;
        let number = async |id| {
            let detail = stage.detail(id).await;
            detail.petition.number(&detail.letter)
        };
        let (second, _) = stage.received().await;
        let (third, code) = stage.received().await;
        routing::join(&intake, third, stage.seen(third).await, &number(second).await).await.expect("joined");
        routing::join(&intake, second, stage.seen(second).await, &number(first).await).await.expect("joined on");
        let visitor = stage.house.as_actor(&stage.visitor);
        let answer = async || sender::track(&visitor, &code).await.expect("a letter").matters[0].answer.clone();
        assert_eq!(answer().await, None, "nothing is signed");
        let told = format!("Kính gửi {SECRET_NAME}: hồ sơ đã có kết quả.");
        answering::draft(&lead, first, stage.seen(first).await, &told).await.expect("a draft");
        answering::submit(&lead, first, stage.seen(first).await).await.expect("handed in");
        answering::sign(&chief, first, stage.seen(first).await, "215/VPUB-KT").await.expect("signed");
        assert_eq!(answer().await, None, "the answer names who was first");
        answering::publish(&intake, first, stage.seen(first).await, &redacted()).await.expect("published");
        let (text, document, _) = answer().await.expect("the published wording");
        assert_eq!((text.as_str(), document.as_str()), ("Hồ sơ đã có kết quả.", "215/VPUB-KT"));
    }
}

#[tokio::test]
async fn three_petitions_about_one_thing_are_answered_with_the_decision_that_was_made() {
    for house in testkit::houses().await {
        let stage = scene(house).await;
        let (intake, chief) = (stage.house.as_actor(&stage.intake), stage.house.as_actor(&stage.chief));
        let visitor = stage.house.as_actor(&stage.visitor);
        let id = obstacles::open(&intake, "Hướng dẫn thuê đất khác nhau", "Đề nghị thống nhất").await.expect("open");
        let refused = obstacles::propose(&intake, id, 1, "31/TTr-VPUB").await;
        assert!(matches!(refused, Err(PetitionsError::Missing { field: "so-to-trinh", .. })), "nothing to propose");
        let mut codes = Vec::new();
        for state in [State::InProgress, State::InProgress, State::InProgress] {
            let (petition, code) = stage.at(state).await;
            let detail = stage.detail(petition).await;
            let number = detail.petition.number(&detail.letter);
            obstacles::gather(&intake, id, &number).await.expect("gathered");
            let again = obstacles::gather(&intake, id, &number).await;
            assert!(matches!(again, Err(PetitionsError::Missing { field: "so-vu-viec", .. })), "{again:?}");
            codes.push((petition, code));
        }
        let (untouched, _) = stage.at(State::Received).await;
        let detail = stage.detail(untouched).await;
        let early = obstacles::gather(&intake, id, &detail.petition.number(&detail.letter)).await;
        assert!(matches!(early, Err(PetitionsError::Missing { .. })), "no unit has it yet");
        let words = ("812/UBND-KT", "Từ nay chỉ nộp một bộ hồ sơ.");
        assert!(matches!(obstacles::decide(&chief, id, 1, words).await, Err(PetitionsError::ObstacleNow { .. })));
        obstacles::propose(&intake, id, 1, "31/TTr-VPUB").await.expect("proposed");
        assert!(obstacles::decide(&intake, id, 2, words).await.is_err(), "who takes in does not decide");
        assert_eq!(obstacles::decide(&chief, id, 2, words).await.expect("decided"), 3);
        let gathered = obstacles::detail(&intake, id).await.expect("an obstacle");
        assert_eq!((gathered.obstacle.state, gathered.resolved()), (ObstacleState::Decided, 3));
        for (petition, code) in codes {
            let tracked = sender::track(&visitor, &code).await.expect("a letter");
            let (answer, number, _) = tracked.matters[0].answer.clone().expect("a reply");
            assert!(answer.contains("812/UBND-KT") && answer.contains("một bộ hồ sơ"), "{answer}");
            assert_eq!((number.as_str(), stage.state(petition).await), ("812/UBND-KT", State::Answered));
        }
        assert!(obstacles::decide(&chief, id, 3, words).await.is_err(), "once");
        let lead = obstacles::list(&stage.house.as_actor(&stage.lead)).await.expect("a list");
        assert_eq!(lead.len(), 1, "who leads one of them reads it");
        let other = stage.house.as_actor(&stage.other);
        assert!(obstacles::list(&other).await.expect("a list").is_empty());
        assert!(matches!(obstacles::detail(&other, id).await, Err(PetitionsError::Unknown(_))));
    }
}

#[tokio::test]
async fn the_inbox_comes_page_by_page_and_follows_what_is_done() {
    for house in testkit::houses().await {
        let stage = scene(house).await;
        let intake = stage.house.as_actor(&stage.intake);
        let (signed, _) = stage.at(State::Answered).await;
        let (led, _) = stage.at(State::InProgress).await;
        for at in 0..queries::PAGE {
            intake::register(&intake, letter(&format!("Đơn {at}")), None).await.expect("a letter");
        }
        let all = Filter::default();
        let first = queries::inbox(&intake, &all, "").await.expect("an inbox");
        assert_eq!(first.lines.len(), queries::PAGE, "{}", stage.house.engine());
        let rest = queries::inbox(&intake, &all, &first.next.expect("more")).await.expect("an inbox");
        assert_eq!((rest.lines.len(), rest.next), (2, None));
        let shown = || first.lines.iter().chain(&rest.lines);
        let ids: std::collections::BTreeSet<_> = shown().map(|line| line.petition.id).collect();
        assert_eq!(ids.len(), queries::PAGE + 2, "nothing twice, nothing left out");
        let open = |line: &queries::Line| (!line.petition.state.is_open(), line.next.map(|(_, due)| due));
        assert!(shown().map(open).is_sorted(), "what needs an answer first, by its next day");
        assert_eq!(rest.lines[1].petition.id, signed, "what was answered stands last");
        // Who takes part in one reads that one, on one page.
        let own = queries::inbox(&stage.house.as_actor(&stage.helper), &all, "").await.expect("an inbox");
        let own: Vec<_> = own.lines.iter().map(|line| line.petition.id).collect();
        assert!(own.contains(&led) && own.iter().all(|id| [led, signed].contains(id)));
        let narrowed = Filter { open: true, state: Some(State::InProgress), lead: Some(stage.lead_unit), ..all };
        let found = queries::inbox(&intake, &narrowed, "").await.expect("an inbox");
        assert_eq!(found.lines.iter().map(|line| line.petition.id).collect::<Vec<_>>(), [led]);
        let late = Filter { late: true, ..Filter::default() };
        assert!(queries::inbox(&intake, &late, "").await.expect("an inbox").lines.is_empty(), "nothing is late yet");
    }
}
