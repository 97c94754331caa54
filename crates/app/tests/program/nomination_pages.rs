//! A nomination on its pages: whom the form finds, the summary drafted from the record, what settles a condition,
//! what is done when a share is overrun.

use axum::http::StatusCode;
use jiff::civil::date;
use kernel::id::{PersonId, UnitId};
use kernel::{Period, Role};
use office::awards::service::{self, NewCampaign, NewNomination};
use office::awards::{CampaignId, NominationId, review};
use office::enterprises::model::NewEntry;
use office::identity::accounts::{self, NewAccount};
use office::organization::Recipient;
use office::organization::model::{EnterpriseEntry, EnterpriseKind};
use office::organization::outsiders::{self, OutsiderEntry};
use office::{enterprises, records};
use rules::AwardCode;
use rules::facts::RatingLevel;
use testkit::{TODAY, TestHouse};

use crate::desk::{Desk, SECRET};

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
const REASON: &str = "Vượt tỷ lệ vì năm nay sáp nhập hai phòng";
const DRAFT: &str = "Thành tích TT-2026-01 năm 2026 (khoản III.4 của kế hoạch): Ba phiên đối thoại.\n\
    Năm 2025: xếp loại hoàn thành tốt nhiệm vụ (Thông báo 8, ngày 15/12/2025).";

/// A unit with one person and their record, a campaign that is open, somebody of the standing body at the desk, the
/// head of the unit and the chief with accounts of their own.
struct Scene {
    desk: Desk,
    unit: UnitId,
    hoa: PersonId,
    campaign: CampaignId,
}

async fn opened(house: &TestHouse, login: &str, role: Role, unit: Option<UnitId>) {
    let program = house.program();
    let hash = accounts::hash(SECRET).await.expect("long enough");
    let person = house.person_for(role, login).await;
    let new = NewAccount { login: login.to_owned(), name: role.name_vi().to_owned(), person };
    let account = accounts::open_with_password(&program, &new, hash).await.expect("a free login");
    accounts::grant(&program, account, role, unit, Period::since(TODAY)).await.expect("a grant");
}

impl Scene {
    async fn new(total_share_bp: Option<u32>) -> Self {
        let house = TestHouse::sqlite().await;
        let unit = house.unit("KT", "Phòng Kinh tế").await;
        let hoa = house.staff("CB1", "Lò Thị Hoa", unit).await;
        let (ctx, of) = (house.program(), Recipient::Person(hoa));
        let (day, document) = (Some(date(2025, 12, 15)), Some("Thông báo 8"));
        records::service::rate(&ctx, of, 2025, RatingLevel::Good, day, document).await.expect("a rating");
        let summary = "Ba phiên đối thoại";
        let entered = records::service::enter_achievement(&ctx, of, "TT-2026-01", 2026, "III.4", summary).await;
        entered.expect("an achievement");
        let new = NewCampaign {
            occasion: "annual".to_owned(),
            year: 2026,
            closes_on: TODAY,
            total_share_bp,
            leader_share_bp: None,
            worker_share_bp: None,
            form_shares: [].into(),
        };
        let campaign = service::open(&ctx, &new).await.expect("a campaign");
        opened(&house, "truongphong", Role::Head, Some(unit)).await;
        opened(&house, "chanhvp", Role::Chief, None).await;
        Self { desk: Desk::in_house(house, Role::Standing, None).await, unit, hoa, campaign }
    }

    fn form(&self) -> String {
        format!("/noi-bo/khen-thuong/{}/de-nghi", self.campaign)
    }

    fn whom(&self, recipient: Recipient) -> String {
        format!("{recipient}@{}", self.unit)
    }

    /// A nomination that somebody else wrote and handed in.
    async fn submitted(&self, recipient: Recipient) -> NominationId {
        let house = &self.desk.house;
        let login = format!("nguoi.lap.{}", &recipient.id().to_string()[24..]);
        let writer = house.account(&login, Role::Head, Some(self.unit)).await;
        let ctx = house.as_actor(&writer);
        let new = NewNomination {
            campaign: self.campaign,
            award: AwardCode::GiayKhen,
            recipient,
            unit: self.unit,
            achievement: None,
            summary: "Giải quyết 18 kiến nghị của doanh nghiệp".to_owned(),
        };
        let id = service::nominate(&ctx, &new).await.expect("a draft");
        for item in house.rules.dossier(AwardCode::GiayKhen, TODAY) {
            service::attach(&ctx, id, &item.id, "ho-so.pdf", PDF).await.expect("a file that fits");
        }
        service::submit(&ctx, id).await.expect("handed in");
        id
    }

    /// One that was accepted too.
    async fn accepted(&self) -> NominationId {
        let id = self.submitted(Recipient::Person(self.hoa)).await;
        let house = &self.desk.house;
        let chief = house.account("pho.chanh", Role::Chief, None).await;
        let standing = house.account("thuong.truc.hai", Role::Standing, None).await;
        review::overrule(&house.as_actor(&chief), id, "verdict", REASON).await.expect("decided otherwise");
        review::accept(&house.as_actor(&standing), id).await.expect("accepted");
        id
    }

    async fn close(&self) -> (StatusCode, String) {
        self.desk.post(&format!("/noi-bo/khen-thuong/{}/chot", self.campaign), &[]).await
    }
}

/// The text of a field of several lines.
fn area<'a>(page: &'a str, name: &str) -> &'a str {
    let field = page.split(&format!("<textarea id=\"{name}\"")).nth(1).expect("the field");
    let text = field.split_once('>').expect("its text").1;
    text.split_once("</textarea>").expect("its end").0
}

#[tokio::test]
async fn an_overrun_share_is_let_in_by_the_chief_on_the_page_of_an_accepted_dossier() {
    let mut scene = Scene::new(Some(1_000)).await;
    let id = scene.accepted().await;
    let page = format!("/noi-bo/ho-so/{id}");
    let (status, said) = scene.close().await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(said.to_lowercase().contains("vượt tỷ lệ") && said.contains("1 trên 0"), "{said}");
    let (_, shown) = scene.desk.get(&page).await;
    assert!(shown.contains(&format!("{page}/tra-lai")), "it may be given back: {shown}");
    assert!(!shown.contains(&format!("{page}/ngoai-le")), "the exception is the chief's");
    assert!(!shown.contains(&format!("{page}/duyet")), "it was accepted before");

    scene.desk.enter("chanhvp").await;
    let (_, shown) = scene.desk.get(&page).await;
    assert!(shown.contains("<option value=\"cap\">"), "{shown}");
    assert!(!shown.contains("<option value=\"verdict\">"), "the verdict was decided: {shown}");
    let exception = format!("{page}/ngoai-le");
    let (status, short) = scene.desk.post(&exception, &[("loai", "cap"), ("ly-do", "vì")]).await;
    assert_eq!(area(&short, "ly-do-ngoai-le"), "vì", "what was typed stays");
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{short}");
    let (status, said) = scene.desk.post(&exception, &[("loai", "cap"), ("ly-do", REASON)]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{said}");

    scene.desk.enter("o.ban.nay").await;
    let (status, said) = scene.close().await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{said}");
    let (_, shown) = scene.desk.get(&page).await;
    assert!(shown.contains(&format!("{page}/tra-lai")), "until the consultation: {shown}");
    let (status, said) = scene.desk.post(&format!("{page}/tra-lai"), &[("ly-do", REASON)]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{said}");
}

#[tokio::test]
async fn an_overrun_share_is_freed_by_giving_an_accepted_dossier_back() {
    let mut scene = Scene::new(Some(1_000)).await;
    let id = scene.accepted().await;
    let page = format!("/noi-bo/ho-so/{id}");
    assert_eq!(scene.close().await.0, StatusCode::CONFLICT);
    let (status, said) = scene.desk.post(&format!("{page}/tra-lai"), &[("ly-do", REASON)]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{said}");
    scene.desk.enter("truongphong").await;
    let (_, shown) = scene.desk.get(&page).await;
    assert!(shown.contains(REASON), "the unit reads why: {shown}");
    let (status, said) = scene.desk.post(&format!("{page}/rut"), &[("ly-do", REASON)]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{said}");
    scene.desk.enter("o.ban.nay").await;
    let (status, said) = scene.close().await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{said}");
}

#[tokio::test]
async fn a_campaign_is_closed_over_drafts_only_by_whoever_ticks_how_many_they_are() {
    let scene = Scene::new(None).await;
    let house = &scene.desk.house;
    let writer = house.account("nguoi.lap", Role::Head, Some(scene.unit)).await;
    let new = NewNomination {
        campaign: scene.campaign,
        award: AwardCode::GiayKhen,
        recipient: Recipient::Person(scene.hoa),
        unit: scene.unit,
        achievement: None,
        summary: "Giải quyết 18 kiến nghị của doanh nghiệp".to_owned(),
    };
    service::nominate(&house.as_actor(&writer), &new).await.expect("a draft that nobody hands in");
    let (status, said) = scene.close().await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
    assert!(said.contains("1 hồ sơ chưa nộp sẽ không được xét trong đợt này"), "{said}");
    assert!(said.contains("name=\"bo-lai\" value=\"1\""), "the box names how many: {said}");
    let path = format!("/noi-bo/khen-thuong/{}/chot", scene.campaign);
    let (status, _) = scene.desk.post(&path, &[("bo-lai", "2")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "as many as were seen, no others");
    let (status, said) = scene.desk.post(&path, &[("bo-lai", "1")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{said}");
}

#[tokio::test]
async fn an_empty_summary_is_drafted_from_the_record_and_what_was_typed_stays() {
    let mut scene = Scene::new(None).await;
    let chu = scene.desk.house.staff("CB2", "Giàng A Chu", scene.unit).await;
    let (hoa, chu) = (Recipient::Person(scene.hoa), Recipient::Person(chu));
    let (form, of_hoa, of_chu) = (scene.form(), scene.whom(hoa), scene.whom(chu));
    scene.desk.enter("truongphong").await;
    let asked = |whom: &str, summary: &str, button: &str, drafted_for: &str| {
        [
            ("hinh_thuc", "giay_khen"),
            ("doi_tuong", whom),
            ("tom-tat", summary),
            (button, "1"),
            ("soan-cho", drafted_for),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    let sent = async |fields: [(String, String); 5]| {
        let fields = fields.each_ref().map(|(name, value)| (name.as_str(), value.as_str()));
        let (status, text) = scene.desk.post(&form, &fields).await;
        assert_eq!(status, StatusCode::OK, "{text}");
        text
    };

    let shown = sent(asked(&of_hoa, "", "xem", "")).await;
    assert_eq!(area(&shown, "tom-tat"), DRAFT);
    assert!(shown.contains("Tóm tắt được soạn từ hồ sơ gốc"), "{shown}");
    assert!(shown.contains(&format!("name=\"soan-cho\" value=\"{hoa}\"")), "{shown}");
    assert!(shown.contains("TT-2026-01 – Ba phiên đối thoại"), "the achievements come with it: {shown}");
    let (_, linked) = scene.desk.get(&format!("{form}?hinh_thuc=giay_khen&doi_tuong={of_hoa}")).await;
    assert_eq!(area(&linked, "tom-tat"), DRAFT, "a link that names both does the same");

    let typed = "Chữ của người lập hồ sơ";
    for button in ["xem", "soan"] {
        let shown = sent(asked(&of_hoa, typed, button, "")).await;
        assert_eq!(area(&shown, "tom-tat"), typed, "{button}");
        assert_eq!(shown.contains("được giữ nguyên; xóa hết chữ"), button == "soan", "{shown}");
    }
    let crlf = DRAFT.replace('\n', "\r\n");
    let shown = sent(asked(&of_chu, &crlf, "xem", &hoa.to_string())).await;
    assert_eq!(area(&shown, "tom-tat"), "", "an untouched draft for somebody else goes");
    assert!(shown.contains("chưa có nội dung nào trong năm năm gần nhất"), "{shown}");
    let changed = format!("{DRAFT} Thêm một câu.");
    let shown = sent(asked(&of_chu, &changed, "xem", &hoa.to_string())).await;
    assert_eq!(area(&shown, "tom-tat"), changed, "one that somebody changed stays");
    assert!(shown.contains("đối tượng đã chọn trước"), "{shown}");
    let (status, shown) = scene.desk.post(&form, &[("hinh_thuc", "giay_khen"), ("doi_tuong", of_hoa.as_str())]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(area(&shown, "tom-tat"), "", "saving fills nothing in");
}

#[tokio::test]
async fn choosing_asks_for_the_parts_of_the_page_that_the_same_page_has_without_a_script() {
    let mut scene = Scene::new(None).await;
    scene.desk.enter("truongphong").await;
    let (_, empty) = scene.desk.get(&scene.form()).await;
    let target = "data-hx-target=\"#xem-dieu-kien\" data-hx-select=\"#xem-dieu-kien\"";
    assert!(empty.contains(target) && empty.contains("#ket-luan:innerHTML,#o-thanh-tich:outerHTML"), "{empty}");
    let whom = scene.whom(Recipient::Person(scene.hoa));
    let sent = [("hinh_thuc", "giay_khen"), ("doi_tuong", whom.as_str()), ("xem", "1")];
    let (_, shown) = scene.desk.post(&scene.form(), &sent).await;
    for page in [&empty, &shown] {
        for part in ["xem-dieu-kien", "ket-luan", "o-thanh-tich"] {
            assert_eq!(page.matches(&format!("id=\"{part}\"")).count(), 1, "{part}");
        }
        assert!(page.contains("name=\"xem\" value=\"1\">Xem điều kiện</button>"), "the button stays");
    }
    assert!(shown.contains("id=\"dieu-kien\"") && !empty.contains("id=\"dieu-kien\""), "{shown}");
}

#[tokio::test]
async fn the_form_finds_enterprises_and_outsiders_and_says_what_its_list_leaves_out() {
    let mut scene = Scene::new(None).await;
    let house = &scene.desk.house;
    for number in 0..200 {
        house.enterprise(&format!("55009{number:05}"), &format!("Hợp tác xã số {number}")).await;
    }
    let far = Recipient::Enterprise(house.enterprise("5500123456-001", "Xưởng Ẩm thực Mộc Châu").await);
    let entry = OutsiderEntry {
        name: "Lò Văn An".to_owned(),
        born_year: Some(1980),
        occupation: "Nông dân".to_owned(),
        place: "bản Bó".to_owned(),
    };
    outsiders::add(&house.program(), entry).await.expect("somebody who fits");
    scene.desk.enter("truongphong").await;
    let form = scene.form();
    let list = async |text: &str| {
        let (status, page) = scene.desk.get(&format!("{form}?tim={}", web::urls::encode(text))).await;
        assert_eq!(status, StatusCode::OK, "{page}");
        assert!(page.contains("Lò Thị Hoa"), "who belongs to the unit stays in the list: {page}");
        page
    };
    let all = list("").await;
    assert!(all.contains("chỉ hiện 200 mục đầu") && !all.contains("Xưởng Ẩm thực"), "{all}");
    assert!(all.contains("Lò Văn An") && !all.contains("chỉ hiện 200 người đầu"), "{all}");
    for text in ["xuong am thuc", "Xưởng Ẩm", "5500123456-001", "5500123456001", "5500 123 456"] {
        let found = list(text).await;
        assert!(found.contains("Xưởng Ẩm thực"), "{text}: {found}");
        assert!(!found.contains("Hợp tác xã số") && !found.contains("Lò Văn An"), "{text}");
        assert!(!found.contains("chỉ hiện"), "{text}: nothing is left out");
    }
    for text in ["lo van an", "Lò Văn"] {
        let found = list(text).await;
        assert!(found.contains("Lò Văn An") && !found.contains("Hợp tác xã số"), "{text}: {found}");
    }
    let nobody = list("khong co ai").await;
    assert!(nobody.contains("nào khớp"), "{nobody}");

    let whom = scene.whom(far);
    let sent = [("hinh_thuc", "giay_khen"), ("doi_tuong", whom.as_str()), ("tim", "lo van an"), ("xem", "1")];
    let (_, found) = scene.desk.post(&form, &sent).await;
    assert!(found.contains(&format!("<option value=\"{whom}\" selected>")), "who is chosen stays: {found}");
    assert!(found.contains("value=\"lo van an\""), "what was typed stays");
}

#[tokio::test]
async fn a_dossier_that_was_given_back_names_another_achievement() {
    let mut scene = Scene::new(None).await;
    let hoa = Recipient::Person(scene.hoa);
    let id = scene.submitted(hoa).await;
    let program = scene.desk.house.program();
    let second = records::service::enter_achievement(&program, hoa, "TT-2026-02", 2026, "II.3", "Hai sáng kiến").await;
    let second = second.expect("an achievement").to_string();
    let page = format!("/noi-bo/ho-so/{id}");
    let (status, said) = scene.desk.post(&format!("{page}/tra-lai"), &[("ly-do", REASON)]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{said}");

    scene.desk.enter("truongphong").await;
    let version = async || {
        let (_, shown) = scene.desk.get(&page).await;
        let rest = shown.split("name=\"phien-ban\" value=\"").nth(1).expect("the version").to_owned();
        (rest.split_once('"').expect("its end").0.to_owned(), shown)
    };
    let chosen = format!("<option value=\"{second}\" selected>");
    let (seen, shown) = version().await;
    assert!(shown.contains("TT-2026-02 – Hai sáng kiến") && !shown.contains(&chosen), "{shown}");
    let words = "Hai sáng kiến đã áp dụng";
    let sent = [("phien-ban", seen.as_str()), ("tom-tat", words), ("thanh-tich", second.as_str())];
    let (status, said) = scene.desk.post(&page, &sent).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{said}");
    let (seen, shown) = version().await;
    assert!(shown.contains(&chosen), "{shown}");
    let (status, said) = scene.desk.post(&page, &[("phien-ban", seen.as_str()), ("tom-tat", words)]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{said}");
    let (seen, shown) = version().await;
    assert!(shown.contains(&chosen), "a form that offers none leaves the one that is named: {shown}");
    let sent = [("phien-ban", seen.as_str()), ("tom-tat", "Chữ vừa gõ"), ("thanh-tich", "khong-phai-ma")];
    let (status, shown) = scene.desk.post(&page, &sent).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(area(&shown, "tom-tat"), "Chữ vừa gõ", "the form comes back filled");
    let sent = [("phien-ban", seen.as_str()), ("tom-tat", words), ("thanh-tich", "")];
    let (status, said) = scene.desk.post(&page, &sent).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{said}");
    assert!(!version().await.1.contains(&chosen), "and none again");
}

#[tokio::test]
async fn a_contribution_is_settled_by_a_statement_and_each_condition_names_record_and_clause() {
    let scene = Scene::new(None).await;
    let entry = EnterpriseEntry {
        tax_code: Some("5500900301".to_owned()),
        name: "Hộ Thêu Piêu".to_owned(),
        kind: EnterpriseKind::Household,
        commune: None,
    };
    let new = NewEntry { entry, size: None, sector: String::new() };
    let household = enterprises::service::register(&scene.desk.house.program(), new).await.expect("a household");
    let id = scene.submitted(Recipient::Enterprise(household)).await;
    let page = format!("/noi-bo/ho-so/{id}");
    let (_, shown) = scene.desk.get(&page).await;
    let statements: Vec<&str> = shown.split("name=\"noi-dung\" value=\"").skip(1).collect();
    let statements: Vec<&str> = statements.iter().filter_map(|rest| Some(rest.split_once('"')?.0)).collect();
    let contribution = statements.iter().find(|one| one.to_lowercase().contains("đóng góp"));
    let contribution = contribution.unwrap_or_else(|| panic!("{statements:?}"));
    let once: std::collections::BTreeSet<_> = statements.iter().collect();
    assert_eq!(once.len(), statements.len(), "each is asked for once: {statements:?}");
    let sent = [("noi-dung", *contribution), ("van-ban", "Biên bản họp bản Bó ngày 20/11/2026")];
    let (status, said) = scene.desk.post(&format!("{page}/xac-nhan"), &sent).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{said}");
    let (_, shown) = scene.desk.get(&page).await;
    assert!(!shown.contains(&format!("name=\"noi-dung\" value=\"{contribution}\"")), "it is settled: {shown}");
    assert!(shown.contains("xác nhận ngày 23/11/2026 theo Biên bản họp bản Bó"), "its record is named: {shown}");

    let id = scene.submitted(Recipient::Person(scene.hoa)).await;
    let (_, shown) = scene.desk.get(&format!("/noi-bo/ho-so/{id}")).await;
    let record = format!("<a href=\"/noi-bo/con-nguoi/{}\">xếp loại năm 2025: hoàn thành tốt nhiệm vụ</a>", scene.hoa);
    assert!(shown.contains(&record), "{shown}");
    let clause = "<p class=\"cite\"><a href=\"/noi-bo/luat/giay_khen.ca_nhan.phong_trao\">Luật 06/2022/QH15 Điều 75";
    assert!(shown.contains(clause), "{shown}");
}
