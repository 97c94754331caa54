//! Two campaigns in mid-course: one before the council, one that still takes nominations.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use kernel::{Actor, Date, Period};
use papers::Paper;
use papers::paper::{Block, Issuer, Mark};
use rules::AwardCode;

use super::record::Record;
use super::staff::Staffed;
use super::{DemoError, EXAMPLE};
use crate::awards::eligibility::{GOOD_STANDING, INTERNAL_UNITY};
use crate::awards::service::{self, NewCampaign, NewNomination};
use crate::awards::{CampaignId, NominationId, adoptions, review};
use crate::organization::Recipient;
use crate::{Ctx, House};

/// Who plays in the campaigns.
pub struct Cast<'a> {
    /// The Office.
    pub staffed: &'a Staffed,
    /// Who acts under each login.
    pub actors: &'a BTreeMap<&'static str, Actor>,
    /// The record.
    pub record: &'a Record,
}

/// The local rules that the example adopts; every other one stays a proposal.
const ADOPTED: [&str; 4] = ["giay_khen.bac_ninh", "consultation.10_ngay", "council.bac_ninh", "caps.dot_xet"];

/// The rules that somebody of the example compared with the text; every other one keeps waiting.
const CONFIRMED: [&str; 4] = [
    "giay_khen.ca_nhan.phong_trao",
    "giay_khen.ca_nhan.thanh_tich",
    "giay_khen.tap_the.phong_trao",
    "giay_khen.tap_the.thanh_tich",
];

/// What every nomination of the example meets on its way to the decision. Once a decree has lapsed without a successor
/// they wait for somebody.
const MET: [&str; 9] = [
    "discipline",
    "hold",
    "same_achievement",
    "thematic_basis",
    "ballot.khong_bat_buoc",
    "dossier.giay_khen",
    "dossier.bk_tinh",
    "bonus.giay_khen",
    "bonus.bk_tinh",
];

/// How far a nomination of the example has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// Just begun.
    Begun,
    /// All papers are there; only to be handed in.
    Ready,
    /// Handed in, nothing stated about it.
    Submitted,
    /// Handed in, and what the record does not know was stated.
    Attested,
    /// Given back with a reason.
    Returned,
    /// Taken back by its unit.
    Withdrawn,
    /// Checked.
    Accepted,
}

/// Whom a nomination is for, by the codes of the tables.
#[derive(Debug, Clone, Copy)]
enum For {
    Person(&'static str),
    Collective(&'static str),
    Enterprise(usize),
}

/// Who nominates, for whom, on which achievement, how far it came.
type Row = (&'static str, For, Option<&'static str>, Stop);

const BEFORE_COUNCIL: [Row; 7] = [
    ("truongphong.kt", For::Person("VP021"), Some("TT-11"), Stop::Accepted),
    ("uyvien3", For::Person("VP029"), None, Stop::Accepted),
    ("uyvien3", For::Person("VP030"), None, Stop::Accepted),
    ("uyvien4", For::Person("VP049"), None, Stop::Accepted),
    ("uyvien6", For::Person("VP020"), Some("TT-09"), Stop::Accepted),
    ("uyvien6", For::Collective("TTPVHCC"), None, Stop::Accepted),
    ("uyvien7", For::Collective("KSTTHC"), None, Stop::Accepted),
];

const TAKING: [Row; 17] = [
    ("truongphong.kt", For::Person("VP018"), Some("TT-01"), Stop::Ready),
    ("truongphong.kt", For::Person("VP023"), Some("TT-04"), Stop::Begun),
    ("truongphong.kt", For::Person("VP019"), Some("TT-02"), Stop::Submitted),
    ("truongphong.kt", For::Person("VP022"), Some("TT-03"), Stop::Returned),
    ("truongphong.kt", For::Collective("KT"), None, Stop::Attested),
    ("truongphong.kt", For::Enterprise(1), None, Stop::Submitted),
    ("truongphong.kt", For::Person("VP038"), None, Stop::Withdrawn),
    ("uyvien3", For::Person("VP026"), Some("TT-05"), Stop::Attested),
    ("uyvien3", For::Person("VP031"), None, Stop::Accepted),
    ("uyvien3", For::Collective("TH"), None, Stop::Accepted),
    ("uyvien4", For::Person("VP025"), Some("TT-07"), Stop::Submitted),
    ("uyvien4", For::Person("VP024"), Some("TT-06"), Stop::Attested),
    ("uyvien5", For::Person("VP028"), Some("TT-08"), Stop::Accepted),
    ("uyvien5", For::Enterprise(6), None, Stop::Attested),
    ("uyvien6", For::Person("VP094"), None, Stop::Submitted),
    ("uyvien6", For::Enterprise(3), None, Stop::Submitted),
    ("uyvien7", For::Person("VP027"), Some("TT-10"), Stop::Attested),
];

/// The papers of every dossier: item, name of the file, kind.
const PAPERS: [(&str, &str, &str); 3] = [
    ("to_trinh", "to-trinh.pdf", "TỜ TRÌNH"),
    ("bao_cao_thanh_tich", "bao-cao-thanh-tich.pdf", "BÁO CÁO"),
    ("bien_ban_xet", "bien-ban-xet.pdf", "BIÊN BẢN"),
];

/// Adopts and confirms the rules, and runs both campaigns; answers the one that waits for the council.
pub async fn run(house: &House, earlier: &House, cast: &Cast<'_>) -> Result<CampaignId, DemoError> {
    let files = dossier(&Ctx::new(earlier, &cast.actors["thuongtruc"]))?;
    let standing = Ctx::new(earlier, &cast.actors["thuongtruc"]);
    let chief = Ctx::new(earlier, &cast.actors["chanhvp"]);
    adopt(&chief).await?;
    let after = chief.today().saturating_add(1.day());
    confirm_lapsed(&chief, Period { from: Date::MIN, until: Some(after) }).await?;
    let first = open(&standing, cast.record.year, 7).await?;
    for row in BEFORE_COUNCIL {
        play(earlier, cast, first, &files, row).await?;
    }
    review::close(&standing, first).await?;
    review::consult(&standing, first).await?;

    let chief = Ctx::new(house, &cast.actors["chanhvp"]);
    confirm_lapsed(&chief, Period { from: after, until: chief.today().tomorrow().ok() }).await?;
    let standing = Ctx::new(house, &cast.actors["thuongtruc"]);
    review::to_council(&standing, first).await?;
    let second = open(&standing, cast.record.year, 20).await?;
    for row in TAKING {
        play(house, cast, second, &files, row).await?;
    }
    Ok(first)
}

async fn adopt(chief: &Ctx<'_>) -> Result<(), DemoError> {
    for template in ADOPTED {
        let document = format!("{EXAMPLE} Quyết định ban hành quy chế thi đua, khen thưởng");
        adoptions::adopt(chief, template, &document).await?;
    }
    for rule in CONFIRMED {
        confirm(chief, rule).await?;
    }
    Ok(())
}

/// Confirms what is met on the way and whose text lapsed in a period of days and has no successor yet.
async fn confirm_lapsed(chief: &Ctx<'_>, days: Period) -> Result<(), DemoError> {
    for rule in MET {
        let last = chief.house.rules.versions(rule).into_iter().next_back();
        if last.and_then(|line| line.until).is_some_and(|until| days.contains(until)) {
            confirm(chief, rule).await?;
        }
    }
    Ok(())
}

/// Confirms the version of a rule that is in force, or the last one there was.
async fn confirm(chief: &Ctx<'_>, rule: &str) -> Result<(), DemoError> {
    let versions = chief.house.rules.versions(rule);
    let current = versions.iter().rev().find(|line| line.from <= chief.today());
    let version = current.map(|line| line.version.clone()).unwrap_or_default();
    let document = format!("{EXAMPLE} Văn bản hợp nhất đã đối chiếu");
    let text = "Nội dung ví dụ: đơn vị thật phải dán nguyên văn điều khoản đã đối chiếu vào đây.";
    adoptions::confirm(chief, rule, &version, &document, text).await?;
    Ok(())
}

/// Opens a campaign: at most a fifth of the staff, at most three leaders in ten.
async fn open(ctx: &Ctx<'_>, year: i16, days: i64) -> Result<CampaignId, DemoError> {
    let new = NewCampaign {
        occasion: "annual".to_owned(),
        year,
        closes_on: ctx.today().saturating_add(days.days()),
        total_share_bp: Some(2_000),
        leader_share_bp: Some(3_000),
        worker_share_bp: None,
        form_shares: [].into(),
    };
    Ok(service::open(ctx, &new).await?)
}

/// The same three papers for every dossier: what they say is that they are an example.
fn dossier(ctx: &Ctx<'_>) -> Result<Vec<Vec<u8>>, DemoError> {
    let draw = |(_, _, kind): (&str, &str, &str)| {
        let above = Some("ỦY BAN NHÂN DÂN TỈNH SƠN LA".to_owned());
        let issuer = Issuer { above, name: "VĂN PHÒNG".to_owned() };
        let mut paper = Paper::new(issuer, kind, "Hồ sơ ví dụ của đợt xét khen thưởng", ctx.today());
        paper.marks = vec![Mark::Draft];
        paper.blocks = vec![Block::paragraph(
            "Đây là tệp ví dụ, không phải văn bản thật. Người, đơn vị và thành tích trong dữ liệu ví dụ đều do \
             phần mềm đặt ra để người mới tập sử dụng.",
        )];
        papers::pdf(&paper)
    };
    Ok(PAPERS.into_iter().map(draw).collect::<Result<_, _>>()?)
}

/// Takes a nomination as far as its row says.
async fn play(
    house: &House,
    cast: &Cast<'_>,
    campaign: CampaignId,
    files: &[Vec<u8>],
    (login, whom, achievement, stop): Row,
) -> Result<(), DemoError> {
    let head = Ctx::new(house, &cast.actors[login]);
    let standing = Ctx::new(house, &cast.actors["thuongtruc"]);
    let unit = head.actor.grants.iter().find_map(|grant| grant.unit).expect("who nominates here leads a unit");
    let recipient = match whom {
        For::Person(code) => Recipient::Person(cast.staffed.person(code).id),
        For::Collective(code) => Recipient::Unit(cast.staffed.units[code]),
        For::Enterprise(number) => Recipient::Enterprise(cast.staffed.enterprises[number]),
    };
    let new = NewNomination {
        campaign,
        award: AwardCode::GiayKhen,
        recipient,
        unit,
        achievement: achievement.map(|code| cast.record.achievements[code].0),
        summary: summary(whom, achievement),
    };
    let id = service::nominate(&head, &new).await?;
    if stop == Stop::Begun {
        return Ok(());
    }
    for ((item, name, _), bytes) in PAPERS.into_iter().zip(files) {
        service::attach(&head, id, item, name, bytes).await?;
    }
    match stop {
        Stop::Begun | Stop::Ready => return Ok(()),
        Stop::Withdrawn => {
            return Ok(service::withdraw(&head, id, "Cá nhân xin nhường suất đề nghị cho đồng nghiệp").await?);
        }
        Stop::Submitted | Stop::Attested | Stop::Returned | Stop::Accepted => service::submit(&head, id).await?,
    }
    match stop {
        Stop::Returned => {
            let reason = "Báo cáo thành tích chưa nêu số liệu trước và sau khi thực hiện; bổ sung rồi nộp lại";
            review::give_back(&standing, id, reason).await?;
        }
        Stop::Attested => attest(&standing, id, whom).await?,
        Stop::Accepted => {
            attest(&standing, id, whom).await?;
            review::accept(&standing, id).await?;
        }
        Stop::Begun | Stop::Ready | Stop::Submitted | Stop::Withdrawn => {}
    }
    Ok(())
}

async fn attest(standing: &Ctx<'_>, id: NominationId, whom: For) -> Result<(), DemoError> {
    let document = format!("{EXAMPLE} Biên bản họp đơn vị, có xác nhận của cấp ủy");
    review::attest(standing, id, GOOD_STANDING, &document).await?;
    if matches!(whom, For::Collective(_)) {
        review::attest(standing, id, INTERNAL_UNITY, &document).await?;
    }
    Ok(())
}

fn summary(whom: For, achievement: Option<&str>) -> String {
    match (whom, achievement) {
        (_, Some(code)) => {
            let known = super::record::ACHIEVEMENTS.iter().find(|row| row.0 == code);
            known.map_or_else(String::new, |row| row.3.to_owned())
        }
        (For::Person(_), None) => {
            "Hoàn thành tốt nhiệm vụ được giao, tích cực tham gia Phong trào thi đua, được tập thể bình xét.".to_owned()
        }
        (For::Collective(_), None) => {
            "Hoàn thành chương trình hành động của đơn vị; 100% nhiệm vụ hỗ trợ doanh nghiệp đúng hạn.".to_owned()
        }
        (For::Enterprise(_), None) => {
            "Sản xuất, kinh doanh hiệu quả, tạo việc làm ổn định cho lao động địa phương.".to_owned()
        }
    }
}
