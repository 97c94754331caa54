//! Files that nobody names any more.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use jiff::ToSpan as _;
use kernel::Actor;
use office::attachments;
use office::petitions::{drafts, intake};
use rules::AwardCode;
use testkit::{TODAY, TestHouse};

use crate::decisions::scene::{PDF, scene};
use crate::ledger::meddle;
use crate::petitions::letter;

/// A file of one kind that is like no other.
fn pdf(mark: &str) -> Vec<u8> {
    format!("%PDF-1.7\n% {mark}\n%%EOF\n").into_bytes()
}

fn place(house: &TestHouse, mark: &str) -> PathBuf {
    let kept = attachments::keep(house, "tep.pdf", &pdf(mark)).expect("a file");
    attachments::place(&house.data_dir, &kept.digest)
}

fn gone(place: &Path) -> bool {
    !place.exists()
}

#[tokio::test]
async fn a_file_that_nobody_names_goes_after_a_day_and_no_other() {
    for mut house in testkit::houses().await {
        let visitor = Actor::visitor();
        intake::register(&house.program(), letter("Việc đầu tiên"), None).await.expect("a letter");
        let [nobodys, young, drafted, sent, earlier] =
            ["nobodys", "young", "drafted", "sent", "earlier"].map(|mark| place(&house, mark));
        let before = SystemTime::from(house.clock.now()) - Duration::from_secs(3600);
        let file = std::fs::OpenOptions::new().append(true).open(&earlier).expect("a file");
        file.set_modified(before).expect("a file from before the record began");
        let ours = young.parent().expect("a shelf").join("ghi-chu.txt");
        std::fs::write(&ours, "của quản trị").expect("a file of somebody else");
        let key = drafts::begin(&house.as_actor(&visitor)).await.expect("a draft");
        drafts::attach(&house.as_actor(&visitor), &key, "tep.pdf", &pdf("drafted")).await.expect("attached");
        let given = Some(("tep.pdf", &*pdf("sent")));
        intake::register(&house.program(), letter("Giấy hẹn"), given).await.expect("a letter");
        let sweep = async |house: &TestHouse| attachments::sweep(&house.program()).await.expect("swept");
        assert_eq!(sweep(&house).await, 0, "all are young");
        house.stand_on(TODAY.saturating_add(2.days()));
        assert_eq!(place(&house, "young"), young, "given again");
        assert_eq!(sweep(&house).await, 1, "{}", house.engine());
        assert!(gone(&nobodys) && ![&young, &drafted, &sent, &earlier, &ours].into_iter().any(|one| gone(one)));
        assert_eq!(drafts::erase_old(&house.program()).await.expect("an answer"), 0, "it was touched two days ago");
        house.stand_on(TODAY.saturating_add(15.days()));
        assert_eq!(drafts::erase_old(&house.program()).await.expect("erased"), 1);
        assert!(drafts::open(&house.as_actor(&visitor), &key).await.is_err());
        assert_eq!(sweep(&house).await, 2, "what only the draft named, and what nobody gave again");
        assert!(gone(&drafted) && gone(&young) && ![&sent, &earlier, &ours].into_iter().any(|one| gone(one)));
        let all = office::ledger::queries::Filter::default();
        let entries = office::ledger::queries::search(&house.program(), &all, 100).await.expect("entries");
        let many = |action: &str| entries.iter().filter(|entry| entry.action == action).count();
        assert_eq!((many("attachments.sweep"), many("petition.erase_drafts")), (2, 1));
    }
}

#[tokio::test]
async fn a_house_opened_over_an_empty_record_deletes_nothing() {
    for mut house in testkit::houses().await {
        let file = place(&house, "another record's");
        house.stand_on(TODAY.saturating_add(30.days()));
        assert_eq!(attachments::sweep(&house.program()).await.expect("swept"), 0, "nothing was done here yet");
        intake::register(&house.program(), letter("Việc đầu tiên"), None).await.expect("a letter");
        house.stand_on(TODAY.saturating_add(60.days()));
        assert_eq!(attachments::sweep(&house.program()).await.expect("swept"), 0, "{}", house.engine());
        assert!(!gone(&file));
    }
}

#[tokio::test]
async fn a_file_that_a_dossier_was_handed_in_with_stays_when_another_took_its_place() {
    for mut house in testkit::houses().await {
        {
            let stage = scene(&house).await;
            let campaign = stage.campaign().await;
            stage.handed_in(campaign, AwardCode::GiayKhen, ("CB1", "Lò Thị Hoa")).await;
        }
        meddle(&house, "delete from nomination_files").await;
        let kept = attachments::keep(&house, "ho-so.pdf", PDF).expect("the file");
        let path = attachments::place(&house.data_dir, &kept.digest);
        house.stand_on(TODAY.saturating_add(9.days()));
        assert_eq!(attachments::sweep(&house.program()).await.expect("swept"), 0, "{}", house.engine());
        assert!(!gone(&path));
    }
}
