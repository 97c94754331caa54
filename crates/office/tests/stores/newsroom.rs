//! The public column on real databases: from a draft to what everybody reads, who must agree, what becomes of what
//! was wrong.

use futures::future::join;
use image::{Rgb, RgbImage};
use jiff::ToSpan as _;
use kernel::{Actor, Role};
use office::decisions::model::LineState;
use office::decisions::queries as decisions;
use office::newsroom::model::{Consent, StateKind, StoryKind, Text};
use office::newsroom::open_data::{self, Asked};
use office::newsroom::public::{self, Found};
use office::newsroom::service::{self, NewStory};
use office::newsroom::subjects::{self, NewConsent, NewSubject};
use office::newsroom::{NewsroomError, StoryId, SubjectId, pictures, queries};
use office::{StoreError, ledger};
use testkit::{TODAY, TestHouse};

use crate::decisions::scene::scene as decided;

const NOTE: &str = "Sai số quyết định, đúng là 05/QĐ-VPUB";

struct Scene<'a> {
    house: &'a TestHouse,
    writer: Actor,
    reviewer: Actor,
    person: Actor,
}

async fn scene(house: &TestHouse) -> Scene<'_> {
    let unit = house.unit("TTTT", "Trung tâm Thông tin").await;
    Scene {
        house,
        writer: house.account("bientap", Role::Editor, None).await,
        reviewer: house.account("bientap2", Role::Editor, None).await,
        person: house.staff_account("VP027", Role::Officer, unit, None).await,
    }
}

fn text(body: &str) -> Text {
    Text {
        title: "Người giữ chè ở Mộc Châu".to_owned(), summary: "Chuyện một tổ.".to_owned(), body: body.to_owned()
    }
}

fn new(kind: StoryKind, body: &str) -> NewStory {
    NewStory { kind, text: text(body), clause: "V.2".to_owned(), decision: None, initiative: None }
}

impl Scene<'_> {
    async fn submitted(&self, new: NewStory) -> StoryId {
        let ctx = self.house.as_actor(&self.writer);
        let id = service::write(&ctx, new).await.expect("a draft");
        service::submit(&ctx, id, 1).await.expect("given for approval");
        id
    }

    async fn published(&self, new: NewStory) -> StoryId {
        let id = self.submitted(new).await;
        service::approve(&self.house.as_actor(&self.reviewer), id, 2, None).await.expect("approved");
        id
    }

    /// The person that the story is about, without consent yet.
    async fn named(&self, id: StoryId) -> SubjectId {
        let new = NewSubject { name: "Người VP027".to_owned(), is_person: true, staff_code: "vp027".to_owned() };
        subjects::add(&self.house.as_actor(&self.writer), id, &new).await.expect("a person of the house")
    }

    async fn agree(&self, subject: SubjectId) {
        let new = NewConsent { on: TODAY, how: "Giấy đồng ý ngày hôm nay".to_owned(), file: None };
        subjects::consent(&self.house.as_actor(&self.writer), subject, &new).await.expect("agreed");
    }

    async fn titles(&self, search: &str) -> Vec<String> {
        let visitor = Actor::visitor();
        let found = public::column(&self.house.as_actor(&visitor), search, None, 0).await.expect("an answer").0;
        found.into_iter().map(|one| one.story.text.title).collect()
    }

    async fn at(&self, id: StoryId) -> Result<Found, NewsroomError> {
        let story = queries::detail(&self.house.as_actor(&self.writer), id).await.expect("a story").story;
        public::find(&self.house.as_actor(&Actor::visitor()), &story.slug).await
    }
}

#[tokio::test]
async fn a_story_goes_out_only_after_somebody_else_approved_it_and_is_found_without_diacritics() {
    for house in testkit::houses().await {
        let scene = scene(&house).await;
        let id = scene.submitted(new(StoryKind::News, "Tin một.")).await;
        assert!(scene.titles("").await.is_empty() && scene.at(id).await.is_err());
        let own = service::approve(&house.as_actor(&scene.writer), id, 2, None).await;
        assert!(matches!(own, Err(NewsroomError::OwnStory)), "{own:?}");
        let reviewer = house.as_actor(&scene.reviewer);
        service::give_back(&reviewer, id, 2, "Tiêu đề còn chung chung").await.expect("given back");
        assert!(matches!(queries::waiting(&house.as_actor(&scene.writer)).await.expect("an answer").as_slice(),
            [(_, queries::Waiting::Returned(reason))] if reason == "Tiêu đề còn chung chung"));
        let writer = house.as_actor(&scene.writer);
        service::edit(&writer, id, 3, new(StoryKind::News, "Tin hai.")).await.expect("changed");
        service::submit(&writer, id, 4).await.expect("given again");
        let stale = service::approve(&reviewer, id, 2, None).await;
        assert!(matches!(stale, Err(NewsroomError::Store(StoreError::Stale { .. }))), "{stale:?}");
        let late = service::submit(&writer, id, 5).await;
        assert!(matches!(late, Err(NewsroomError::State { is: StateKind::Review })), "{late:?}");
        service::approve(&reviewer, id, 5, None).await.expect("approved");
        for search in ["", "nguoi giu che", "Người giữ chè", "tin HAI", "moc chau"] {
            assert_eq!(scene.titles(search).await.len(), 1, "{search}");
        }
        assert!(scene.titles("tin mot").await.is_empty());
        assert!(matches!(scene.at(id).await, Ok(Found::Shown(_))));
        ledger::service::verify(&house.db, &house.keys).await.expect("a whole chain");
    }
}

#[tokio::test]
async fn an_editor_who_changed_the_text_does_not_approve_it_either() {
    for house in testkit::houses().await {
        let scene = scene(&house).await;
        let writer = house.as_actor(&scene.writer);
        let reviewer = house.as_actor(&scene.reviewer);
        let id = service::write(&writer, new(StoryKind::News, "Tin một.")).await.expect("a draft");
        service::edit(&reviewer, id, 1, new(StoryKind::News, "Tin hai.")).await.expect("changed");
        service::submit(&writer, id, 2).await.expect("given");
        let own = service::approve(&reviewer, id, 3, None).await;
        assert!(matches!(own, Err(NewsroomError::OwnStory)), "{own:?}");
    }
}

#[tokio::test]
async fn without_recorded_consent_nothing_is_published_and_consent_taken_back_hides_at_once() {
    for house in testkit::houses().await {
        let scene = scene(&house).await;
        let (writer, reviewer) = (house.as_actor(&scene.writer), house.as_actor(&scene.reviewer));
        let id = service::write(&writer, new(StoryKind::Exemplar, "Chuyện chị Ban.")).await.expect("a draft");
        let subject = scene.named(id).await;
        pictures::add(&writer, id, "Chị Ban bên nương chè", "a.jpg", picture()).await.expect("a picture");
        service::submit(&writer, id, 1).await.expect("given");
        let refused = service::approve(&reviewer, id, 2, None).await;
        assert!(matches!(refused, Err(NewsroomError::NoConsent { .. })), "{refused:?}");
        let ahead = NewConsent { on: TODAY.saturating_add(1.day()), how: "Giấy".to_owned(), file: None };
        assert!(matches!(subjects::consent(&writer, subject, &ahead).await, Err(NewsroomError::FutureConsent)));
        let bare = NewConsent { on: TODAY, how: " ".to_owned(), file: None };
        assert!(matches!(subjects::consent(&writer, subject, &bare).await, Err(NewsroomError::NoEvidence)));
        let program = NewConsent { on: TODAY, how: String::new(), file: Some(("giay.pdf", &b"MZ\x90\0"[..])) };
        assert!(matches!(subjects::consent(&writer, subject, &program).await, Err(NewsroomError::BadFile { .. })));
        scene.agree(subject).await;
        service::approve(&reviewer, id, 2, None).await.expect("approved");
        let visitor = Actor::visitor();
        let shown = queries::detail(&writer, id).await.expect("a story");
        let (image, width) = (shown.pictures[0].id, shown.pictures[0].files[0].width);
        assert_eq!(scene.titles("").await.len(), 1);
        queries::picture(&house.as_actor(&visitor), image, width).await.expect("for everybody");

        // The person alone takes it back; nobody else without the column's permission may.
        let stranger = house.account("khac", Role::Officer, None).await;
        let denied = subjects::withdraw_consent(&house.as_actor(&stranger), subject, "").await;
        assert!(matches!(denied, Err(NewsroomError::Denied(_))), "{denied:?}");
        let person = house.as_actor(&scene.person);
        assert_eq!(subjects::about_me(&person).await.expect("an answer").len(), 1);
        subjects::withdraw_consent(&person, subject, "").await.expect("taken back");
        assert!(scene.titles("").await.is_empty());
        assert!(public::addresses(&house.as_actor(&visitor)).await.expect("an answer").is_empty());
        assert!(matches!(scene.at(id).await, Ok(Found::Gone { note, .. }) if note.is_empty()));
        assert!(queries::picture(&house.as_actor(&visitor), image, width).await.is_err());
        let again = subjects::withdraw_consent(&person, subject, "").await;
        assert!(matches!(again, Err(NewsroomError::AlreadyWithdrawn)), "{again:?}");
        // A new consent shows it again.
        scene.agree(subject).await;
        assert_eq!(scene.titles("").await.len(), 1);
    }
}

#[tokio::test]
async fn a_consent_keeps_its_file_and_a_person_stays_bound_to_what_was_shown() {
    for house in testkit::houses().await {
        let scene = scene(&house).await;
        let writer = house.as_actor(&scene.writer);
        let id = service::write(&writer, new(StoryKind::Exemplar, "Chuyện chị Ban.")).await.expect("a draft");
        let subject = scene.named(id).await;
        let pdf = &b"%PDF-1.7\n%%EOF\n"[..];
        let new = NewConsent { on: TODAY, how: String::new(), file: Some(("dong-y.pdf", pdf)) };
        subjects::consent(&writer, subject, &new).await.expect("agreed");
        let found = queries::detail(&writer, id).await.expect("a story");
        let consent: Consent = found.subjects[0].consent.clone().expect("a consent");
        assert_eq!((consent.on, consent.recorded_name.as_str()), (TODAY, scene.writer.name.as_str()));
        let (_, digest, kind) = queries::consent_file(&writer, subject).await.expect("a file");
        assert_eq!(kind, "application/pdf");
        assert_eq!(office::attachments::read(&house, &digest).expect("there"), pdf);
        assert!(queries::consent_file(&house.as_actor(&scene.person), subject).await.is_err());
        service::submit(&writer, id, 1).await.expect("given");
        assert!(matches!(subjects::remove(&writer, subject).await, Err(NewsroomError::State { .. })));
        let other = NewSubject { name: "Lò Thị Khác".to_owned(), is_person: true, staff_code: "VP027".to_owned() };
        assert!(subjects::add(&writer, id, &other).await.is_err(), "the code is another's");
    }
}

#[tokio::test]
async fn a_story_for_an_hour_to_come_is_out_from_that_hour_on_even_before_it_is_marked() {
    for mut house in testkit::houses().await {
        let tomorrow = TODAY.saturating_add(1.day());
        let (id, slug) = {
            let scene = scene(&house).await;
            let id = scene.submitted(new(StoryKind::News, "Tin một.")).await;
            let reviewer = house.as_actor(&scene.reviewer);
            let hour = kernel::clock::instant_of(tomorrow, jiff::civil::time(0, 0, 0, 0));
            let past = service::approve(&reviewer, id, 2, Some(reviewer.now())).await;
            assert!(matches!(past, Err(NewsroomError::PastHour)), "{past:?}");
            service::approve(&reviewer, id, 2, Some(hour)).await.expect("approved");
            assert!(scene.titles("").await.is_empty() && scene.at(id).await.is_err());
            assert_eq!(service::publish_due(&house.program()).await.expect("an answer"), 0);
            (id, queries::detail(&reviewer, id).await.expect("a story").story.slug)
        };
        house.stand_on(tomorrow);
        let visitor = Actor::visitor();
        assert!(matches!(public::find(&house.as_actor(&visitor), &slug).await, Ok(Found::Shown(_))));
        assert_eq!(service::publish_due(&house.program()).await.expect("an answer"), 1);
        assert_eq!(service::publish_due(&house.program()).await.expect("an answer"), 0);
        let story = queries::detail(&house.program(), id).await.expect("a story").story;
        assert_eq!(story.state, StateKind::Published);
    }
}

#[tokio::test]
async fn a_correction_is_approved_by_another_shows_its_note_and_keeps_the_old_text() {
    for house in testkit::houses().await {
        let scene = scene(&house).await;
        let id = scene.published(new(StoryKind::News, "Theo quyết định 50.")).await;
        let (writer, reviewer) = (house.as_actor(&scene.writer), house.as_actor(&scene.reviewer));
        let right = text("Theo quyết định 05.");
        let same = service::propose_correction(&writer, id, &text("Theo quyết định 50."), NOTE).await;
        assert!(matches!(same, Err(NewsroomError::NothingChanged)), "{same:?}");
        let short = service::propose_correction(&writer, id, &right, "sai").await;
        assert!(matches!(short, Err(NewsroomError::ShortWords { .. })), "{short:?}");
        let first = service::propose_correction(&writer, id, &right, NOTE).await.expect("proposed");
        let own = service::approve_correction(&writer, id, first).await;
        assert!(matches!(own, Err(NewsroomError::OwnStory)), "{own:?}");
        assert_eq!(queries::waiting(&reviewer).await.expect("an answer").len(), 1);
        let second = service::propose_correction(&writer, id, &right, NOTE).await.expect("in its place");
        assert!(service::approve_correction(&reviewer, id, first).await.is_err(), "it was replaced");
        let (one, other) = join(
            service::approve_correction(&reviewer, id, second),
            service::approve_correction(&reviewer, id, second),
        )
        .await;
        assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
        let Ok(Found::Shown(shown)) = scene.at(id).await else { panic!("it is shown") };
        assert_eq!(shown.story.text, right);
        assert_eq!(shown.corrections[0].note, NOTE);
        assert_eq!(shown.corrections[0].was.as_ref().map(|was| was.body.as_str()), Some("Theo quyết định 50."));
        assert!(scene.titles("quyet dinh 05").await.len() == 1 && scene.titles("quyet dinh 50").await.is_empty());
    }
}

#[tokio::test]
async fn what_was_withdrawn_says_so_at_its_address_and_is_nowhere_else() {
    for house in testkit::houses().await {
        let scene = scene(&house).await;
        let (gone, kept) = (
            scene.published(new(StoryKind::News, "Tin một.")).await,
            scene.published(new(StoryKind::Model, "Tin hai.")).await,
        );
        let writer = house.as_actor(&scene.writer);
        let short = service::withdraw(&writer, gone, 3, "sai").await;
        assert!(matches!(short, Err(NewsroomError::ShortWords { .. })), "{short:?}");
        let phone = service::withdraw(&writer, gone, 3, "Hỏi chị Ban, 0912 345 678").await;
        assert!(matches!(phone, Err(NewsroomError::GivesAway { .. })), "{phone:?}");
        service::withdraw(&writer, gone, 3, NOTE).await.expect("withdrawn");
        assert!(matches!(scene.at(gone).await, Ok(Found::Gone { since: Some(TODAY), note }) if note == NOTE));
        assert!(scene.titles("tin mot").await.is_empty());
        let visitor = Actor::visitor();
        let feed = public::newest(&house.as_actor(&visitor), 30).await.expect("an answer");
        assert_eq!(feed.len(), 1);
        assert_eq!(public::addresses(&house.as_actor(&visitor)).await.expect("an answer").len(), 1);
        // An archived one leaves the lists and still answers.
        service::archive(&writer, kept, 3).await.expect("archived");
        assert!(scene.titles("").await.is_empty());
        assert!(matches!(scene.at(kept).await, Ok(Found::Shown(_))));
        // Withdrawn before its hour, nobody has seen it: nothing ever stood there.
        let never = scene.submitted(new(StoryKind::News, "Tin ba.")).await;
        let reviewer = house.as_actor(&scene.reviewer);
        let hour = kernel::clock::instant_of(TODAY.saturating_add(1.day()), jiff::civil::time(7, 30, 0, 0));
        service::approve(&reviewer, never, 2, Some(hour)).await.expect("approved");
        service::withdraw(&writer, never, 3, NOTE).await.expect("withdrawn");
        assert!(scene.at(never).await.is_err());
        let mut tx = house.db.read().await.expect("a transaction");
        let counts = queries::count_by_clause(&mut tx).await.expect("an answer");
        assert_eq!(counts, [("V.2".to_owned(), 1)], "an archived story still hangs on its clause");
    }
}

#[tokio::test]
async fn news_of_a_decision_shows_its_lines_as_they_stand_and_the_open_data_hold_the_same() {
    for house in testkit::houses().await {
        let stage = decided(&house).await;
        let line = stage.issued().await;
        let scene = scene(&house).await;
        let writer = house.as_actor(&scene.writer);
        let text = service::from_decision(&writer, line.decision).await.expect("the facts");
        assert!(text.title.contains("01/QĐ-VPUB") && text.title.contains("1 cá nhân"), "{}", text.title);
        assert!(!text.body.contains(&line.name), "names stand in the list alone");
        let draft = NewStory {
            kind: StoryKind::News,
            text: text.clone(),
            clause: "VI.2".to_owned(),
            decision: Some(line.decision),
            initiative: None,
        };
        let id = scene.published(draft.clone()).await;
        let Ok(Found::Shown(shown)) = scene.at(id).await else { panic!("it is shown") };
        let (decision, lines) = shown.awarded.expect("a decision");
        assert_eq!((decision.number_text().as_str(), lines[0].name.as_str()), ("01/QĐ-VPUB", line.name.as_str()));
        // A portrait that names somebody of the decision must list that person.
        let body = format!("Chuyện của {}.", line.name);
        let portrait = NewStory { kind: StoryKind::Model, text: Text { body, ..text }, ..draft };
        let portrait = scene.submitted(portrait).await;
        let refused = service::approve(&house.as_actor(&scene.reviewer), portrait, 2, None).await;
        assert!(matches!(refused, Err(NewsroomError::Unlisted { .. })), "{refused:?}");

        let visitor = Actor::visitor();
        let ctx = house.as_actor(&visitor);
        let rows = open_data::awards(&ctx, &Asked { text: "lo thi hoa".to_owned(), ..Asked::default() }).await;
        let rows = rows.expect("an answer");
        assert_eq!(rows.len(), 1);
        assert_eq!((rows[0].decision.as_str(), rows[0].state), ("01/QĐ-VPUB", LineState::Valid));
        let figures = open_data::figures(&ctx).await.expect("an answer");
        assert_eq!((figures[0].year, figures[0].value), (Some(TODAY.year()), 1));
        stage.amend(office::decisions::amendments::Proposal::Revoke(line.id)).await.expect("revoked");
        let rows = open_data::awards(&ctx, &Asked::default()).await.expect("an answer");
        assert_eq!(rows[0].state, LineState::Revoked);
        assert!(open_data::figures(&ctx).await.expect("an answer").iter().all(|one| one.code != "khen_thuong"));
        let Ok(Found::Shown(shown)) = scene.at(id).await else { panic!("it is shown") };
        assert_eq!(shown.awarded.expect("a decision").1[0].state, LineState::Revoked);
        let drafts = decisions::list(&writer).await.expect("an answer");
        assert_eq!(drafts.len(), 1);
    }
}

#[tokio::test]
async fn a_draft_of_a_decision_and_a_strange_clause_are_refused() {
    for house in testkit::houses().await {
        let stage = decided(&house).await;
        let campaign = stage.campaign().await;
        stage.passed(campaign, "CB1", "Lò Thị Hoa").await;
        let draft = stage.draft(campaign).await.expect("a draft");
        let scene = scene(&house).await;
        let writer = house.as_actor(&scene.writer);
        assert!(matches!(service::from_decision(&writer, draft).await, Err(NewsroomError::NotIssued)));
        let from = NewStory { decision: Some(draft), ..new(StoryKind::News, "Tin một.") };
        assert!(matches!(service::write(&writer, from).await, Err(NewsroomError::NotIssued)));
        let odd = NewStory { clause: "IX.1".to_owned(), ..new(StoryKind::News, "Tin một.") };
        assert!(matches!(service::write(&writer, odd).await, Err(NewsroomError::NoClause)));
        let officer = house.as_actor(&scene.person);
        assert!(matches!(service::write(&officer, new(StoryKind::News, "Tin")).await, Err(NewsroomError::Denied(_))));
        assert!(matches!(queries::list(&officer, None).await, Err(NewsroomError::Denied(_))));
    }
}

/// A picture large enough to be kept in both widths.
fn picture() -> Vec<u8> {
    let picture = RgbImage::from_pixel(640, 360, Rgb([40, 90, 50]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Jpeg).expect("a picture");
    bytes.into_inner()
}
