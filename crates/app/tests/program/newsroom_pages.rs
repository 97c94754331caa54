//! The public column from outside: pages, feed, sitemap, open data; the steps inside; what a writer cannot smuggle in.

use crate::desk::{Desk, SECRET};
use axum::http::{Request, StatusCode};
use kernel::{Period, Role};
use office::identity::accounts::{self, NewAccount};
use office::newsroom::model::{StateKind, StoryKind, Text};
use office::newsroom::service::{self, NewStory};
use office::newsroom::{StoryId, queries};
use office::organization::queries as organization;
use testkit::TestHouse;

/// A desk of an editor whose colleague `dong.nghiep` is an editor too.
async fn desk() -> Desk {
    let house = TestHouse::sqlite().await;
    let program = house.program();
    let hash = accounts::hash(SECRET).await.expect("long enough");
    let new = NewAccount { login: "dong.nghiep".to_owned(), name: "Đồng nghiệp".to_owned(), person: None };
    let account = accounts::open_with_password(&program, &new, hash).await.expect("a free login");
    accounts::grant(&program, account, Role::Editor, None, Period::since(program.today())).await.expect("a grant");
    Desk::in_house(house, Role::Editor, None).await
}

const BODY: &str = "Đoạn **một**.\n\n<script>alert(1)</script>\n\n[liên kết](javascript:alert(1))";

const FIELDS: [(&str, &str); 5] = [
    ("loai", "news"),
    ("khoan", "VI.2"),
    ("tieu-de", "Khen thưởng đợt một ở Mộc Châu"),
    ("tom-tat", "Hai tập thể được khen."),
    ("noi-dung", BODY),
];

/// Writes a story through the pages and has the colleague approve it; answers where its pages are.
async fn published(desk: &mut Desk) -> (String, String) {
    let (status, inside) = desk.place("/noi-bo/chuyen-muc/moi", encoded(&FIELDS)).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (status, _) = desk.post(&format!("{inside}/gui-duyet"), &[("phien-ban", "1")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    desk.enter("dong.nghiep").await;
    let (status, _) = desk.post(&format!("{inside}/duyet"), &[("phien-ban", "2")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let id: StoryId = inside.rsplit('/').next().expect("an id").parse().expect("an id");
    let story = queries::detail(&desk.house.program(), id).await.expect("a story").story;
    (inside, format!("/thong-tin-khen-thuong/{}", story.slug))
}

fn encoded(fields: &[(&str, &str)]) -> String {
    let pairs = fields.iter().map(|(name, value)| format!("{name}={}", web::urls::encode(value)));
    pairs.collect::<Vec<_>>().join("&")
}

#[tokio::test]
async fn a_story_is_written_approved_by_a_colleague_read_by_everybody_corrected_and_withdrawn() {
    let mut desk = desk().await;
    let (inside, outside) = published(&mut desk).await;
    desk.leave();
    let (status, page) = desk.get(&outside).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("<strong>một</strong>") && page.contains("&lt;script&gt;"), "{page}");
    assert!(!page.contains("<script>alert") && !page.contains("javascript:"), "{page}");
    for path in ["/", "/thong-tin-khen-thuong", "/thong-tin-khen-thuong?tim=khen+thuong+dot+mot", "/sitemap.xml"] {
        let (_, page) = desk.get(path).await;
        assert!(page.contains(&outside), "{path}");
    }
    // A correction: proposed by one, approved by the other.
    desk.enter("o.ban.nay").await;
    let mut changed = FIELDS.to_vec();
    changed[4] = ("noi-dung", "Đoạn đã sửa.");
    changed.push(("ly-do", "Đã bỏ một liên kết sai trong bài"));
    let (status, _) = desk.post(&format!("{inside}/dinh-chinh"), &changed).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    desk.enter("dong.nghiep").await;
    let (_, page) = desk.get(&inside).await;
    let action = page.split("action=\"").find_map(|rest| rest.split('"').next().filter(|to| to.ends_with("/duyet")));
    let action = action.expect("a button to approve").to_owned();
    assert!(action.contains("/dinh-chinh/"), "{action}");
    let (status, _) = desk.post(&action, &[]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, page) = desk.get(&outside).await;
    assert!(page.contains("Đoạn đã sửa.") && page.contains("Đã bỏ một liên kết sai trong bài"));
    let (_, page) = desk.get(&inside).await;
    assert!(page.contains("javascript:alert(1)"), "the old text is kept as letters");
    // Withdrawn: 410 with the note, and nowhere else.
    let version = page.split("name=\"phien-ban\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let version = version.expect("a version").to_owned();
    let (status, page) = desk.post(&format!("{inside}/go"), &[("phien-ban", &version), ("go-bai", "sai")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("id=\"go-bai\""), "the form comes back");
    let why = ("go-bai", "Số liệu chưa được rà soát");
    let (status, _) = desk.post(&format!("{inside}/go"), &[("phien-ban", &version), why]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    desk.leave();
    let (status, page) = desk.get(&outside).await;
    assert_eq!(status, StatusCode::GONE);
    assert!(page.contains("Số liệu chưa được rà soát") && !page.contains("Đoạn đã sửa."));
    let feed = "/thong-tin-khen-thuong/atom.xml";
    for path in ["/", "/thong-tin-khen-thuong", "/thong-tin-khen-thuong?tim=moc+chau", "/sitemap.xml", feed] {
        let (_, page) = desk.get(path).await;
        assert!(!page.contains(&outside), "{path}");
    }
}

#[tokio::test]
async fn bad_input_comes_back_filled_with_its_fault_and_personal_data_are_refused() {
    let desk = desk().await;
    for (field, value, says) in [
        ("tieu-de", "", "Nhập tiêu đề"),
        ("khoan", "IX.9", "Chọn khoản"),
        ("loai", "tin-vit", "Chọn loại bài"),
        ("noi-dung", "Gọi chị Ban 0912 345 678", "số điện thoại"),
        ("tom-tat", "Thư gửi ban@sonla.vi-du.vn", "thư điện tử"),
        ("noi-dung", "CCCD 014203004567", "số giấy tờ"),
    ] {
        let mut fields = FIELDS.to_vec();
        for one in &mut fields {
            if one.0 == field {
                one.1 = value;
            }
        }
        let (status, page) = desk.post("/noi-bo/chuyen-muc/moi", &fields).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {value}");
        assert!(page.contains(says) && page.contains("error-summary"), "{field}: {says}");
        assert!(field == "tom-tat" || page.contains("Hai tập thể được khen."), "{field}: the rest is kept");
    }
    assert!(queries::list(&desk.house.program(), None).await.expect("an answer").is_empty());
}

#[tokio::test]
async fn the_feed_is_atom_as_the_standard_has_it_and_the_sitemap_as_its_schema_has_it() {
    let mut desk = desk().await;
    let (_, outside) = published(&mut desk).await;
    desk.leave();
    let (status, xml) = desk.get("/thong-tin-khen-thuong/atom.xml").await;
    assert_eq!(status, StatusCode::OK);
    let feed = roxmltree::Document::parse(&xml).expect("well-formed");
    let atom = "http://www.w3.org/2005/Atom";
    let root = feed.root_element();
    assert!(root.has_tag_name((atom, "feed")));
    let one = |of: roxmltree::Node<'_, '_>, name: &str| {
        let found: Vec<String> = of
            .children()
            .filter(|child| child.has_tag_name((atom, name)))
            .map(|child| child.text().unwrap_or_default().to_owned())
            .collect();
        assert_eq!(found.len(), 1, "exactly one {name}");
        found[0].clone()
    };
    // RFC 4287, 4.1.1: one id, title and updated; an author; a link to itself.
    assert!(one(root, "id").starts_with("https://") && !one(root, "title").is_empty());
    assert!(one(root, "updated").parse::<jiff::Timestamp>().is_ok());
    assert!(root.children().any(|child| child.has_tag_name((atom, "author"))));
    let rels: Vec<_> = root.children().filter(|child| child.has_tag_name((atom, "link"))).collect();
    assert!(rels.iter().any(|link| link.attribute("rel") == Some("self")));
    let entries: Vec<_> = root.children().filter(|child| child.has_tag_name((atom, "entry"))).collect();
    assert_eq!(entries.len(), 1);
    assert!(one(entries[0], "id").starts_with("urn:uuid:"));
    assert!(one(entries[0], "updated").parse::<jiff::Timestamp>().is_ok());
    assert_eq!(one(entries[0], "title"), "Khen thưởng đợt một ở Mộc Châu");
    let link = entries[0].children().find(|child| child.has_tag_name((atom, "link"))).expect("a link");
    assert!(link.attribute("href").is_some_and(|to| to.ends_with(&outside)));
    let content = one(entries[0], "content");
    assert!(content.contains("<strong>một</strong>") && !content.contains("<script"), "{content}");
    let (_, xml) = desk.get("/sitemap.xml").await;
    let map = roxmltree::Document::parse(&xml).expect("well-formed");
    let ns = "http://www.sitemaps.org/schemas/sitemap/0.9";
    assert!(map.root_element().has_tag_name((ns, "urlset")));
    for url in map.root_element().children().filter(roxmltree::Node::is_element) {
        assert!(url.has_tag_name((ns, "url")));
        let loc = url.children().find(|child| child.has_tag_name((ns, "loc"))).and_then(|loc| loc.text());
        assert!(loc.is_some_and(|loc| loc.starts_with("https://")), "{loc:?}");
    }
    let (_, robots) = desk.get("/robots.txt").await;
    assert!(robots.contains("Disallow: /noi-bo") && robots.contains("/sitemap.xml"));
}

#[tokio::test]
async fn a_picture_needs_words_and_a_true_picture() {
    let desk = desk().await;
    let new = NewStory {
        kind: StoryKind::News,
        text: Text { title: "Tin".to_owned(), summary: "Tin.".to_owned(), body: "Tin.".to_owned() },
        clause: "VI.2".to_owned(),
        decision: None,
        initiative: None,
    };
    let id = service::write(&desk.house.program(), new).await.expect("a draft");
    let send = |alt: &str, name: &str, content: &str| {
        let edge = "bien";
        let body = format!(
            "--{edge}\r\nContent-Disposition: form-data; name=\"mo-ta\"\r\n\r\n{alt}\r\n--{edge}\r\nContent-Disposition: \
             form-data; name=\"tep\"; filename=\"{name}\"\r\n\r\n{content}\r\n--{edge}--\r\n"
        );
        let path = format!("/noi-bo/chuyen-muc/{id}/anh");
        let desk = &desk;
        async move { desk.upload(&path, edge, body).await }
    };
    let svg = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
    for (alt, name, content, says) in [
        ("ảnh", "a.jpg", "x", "Mô tả ảnh bằng lời"),
        ("Đồi chè buổi sớm", "a.jpg", "MZ chương trình", "không nhận được"),
        ("Đồi chè buổi sớm", "a.svg", svg, "không nhận được"),
        ("Đồi chè buổi sớm", "a.jpg", "", "không nhận được"),
    ] {
        let (status, page) = send(alt, name, content).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        let page = String::from_utf8(page).expect("text");
        assert!(page.contains(says) && page.contains(alt), "{name}: {says}");
    }
    assert!(queries::detail(&desk.house.program(), id).await.expect("a story").pictures.is_empty());
}

#[tokio::test]
async fn whoever_keeps_no_column_finds_no_draft_by_any_door() {
    let desk = desk().await;
    let (_, inside) = desk.place("/noi-bo/chuyen-muc/moi", encoded(&FIELDS)).await;
    let id: StoryId = inside.rsplit('/').next().expect("an id").parse().expect("an id");
    let found = queries::detail(&desk.house.program(), id).await.expect("a story");
    assert_eq!(found.story.state, StateKind::Draft);
    let mut desk = desk;
    desk.leave();
    let (status, _) = desk.get(&format!("/thong-tin-khen-thuong/{}", found.story.slug)).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let (status, _) = desk.get(&inside).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let house = desk.house;
    let officer = Desk::in_house(TestHouse::sqlite().await, Role::Officer, None).await;
    assert_eq!(officer.get("/noi-bo/chuyen-muc").await.0, StatusCode::FORBIDDEN);
    assert_eq!(officer.get("/noi-bo/bai-ve-toi").await.0, StatusCode::OK);
    drop(house);
}

/// The day in every way a page or a file writes days.
fn ways(day: kernel::Date) -> [String; 4] {
    let (year, month, dayth) = (day.year(), day.month(), day.day());
    [
        day.to_string(),
        format!("{dayth:02}/{month:02}/{year}"),
        format!("{dayth}/{month}/{year}"),
        format!("ngày {dayth:02} tháng {month:02} năm {year}"),
    ]
}

/// Every number of the text with its separators dropped, as somebody would read it out.
fn long_numbers(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut digits = String::new();
    let mut gap = false;
    for letter in text.chars().chain(['\n']) {
        match letter {
            '0'..='9' => {
                digits.push(letter);
                gap = false;
            }
            ' ' | '.' | '-' if !digits.is_empty() && !gap => gap = true,
            _ => {
                found.push(std::mem::take(&mut digits));
                gap = false;
            }
        }
    }
    found.retain(|number| !number.is_empty());
    found
}

/// The text of a page without the addresses in it: ids and codes there are no numbers of people.
fn readable(path: &str, body: &str) -> String {
    if !body.trim_start().starts_with("<!DOCTYPE html") {
        return body.to_owned();
    }
    let page = scraper::Html::parse_document(body);
    let mut words: Vec<String> = page.root_element().text().map(str::to_owned).collect();
    let attributes =
        scraper::Selector::parse("[alt], [content], [value], [title], [aria-label], [href]").expect("good");
    for element in page.select(&attributes) {
        for name in ["alt", "content", "value", "title", "aria-label"] {
            words.extend(element.attr(name).map(str::to_owned));
        }
        let href = element.attr("href").unwrap_or_default();
        assert!(!href.starts_with("mailto:") && !href.starts_with("tel:"), "{path}: {href}");
    }
    words.join("\n")
}

#[tokio::test]
async fn no_public_page_or_file_of_the_example_holds_personal_data() {
    let house = TestHouse::sqlite().await;
    office::demo::fill(&house).await.expect("an example");
    issue_all(&house).await;
    let program = house.program();
    let filter = organization::Filter { unit: None, text: String::new(), day: program.today() };
    let people = organization::people(&program, &filter, &organization::Place::beginning(), 1_000).await;
    let people: Vec<_> = people.expect("people").into_iter().map(|line| line.person.profile).collect();
    assert!(people.len() > 100);
    let desk = Desk::outside(house);
    let mut waiting: Vec<String> =
        ["/", "/sitemap.xml", "/robots.txt", "/phan-anh/gui", "/tai-lieu-api"].map(str::to_owned).to_vec();
    let mut seen = std::collections::BTreeSet::new();
    let (mut pages, mut pictures) = (0, 0);
    while let Some(path) = waiting.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let (status, bytes) = desk.send(Request::get(&path), String::new()).await;
        if status == StatusCode::TOO_MANY_REQUESTS || status.is_redirection() {
            continue;
        }
        assert!(status.is_success(), "{path}: {status}");
        if bytes.starts_with(b"\xff\xd8") {
            pictures += 1;
            for mark in [&b"Exif"[..], b"GPS", b"http://ns.adobe.com/xap"] {
                assert!(!bytes.windows(mark.len()).any(|part| part == mark), "{path} tells where it was taken");
            }
            continue;
        }
        let body = String::from_utf8_lossy(&bytes).into_owned();
        pages += 1;
        let text = readable(&path, &body);
        check(&path, &text, &people);
        waiting.extend(links(&body));
    }
    assert!(pages > 20 && pictures > 0, "only {pages} pages and {pictures} pictures were found");
    for must in ["/du-lieu-mo", "/du-lieu-mo/so-lieu.json", "/thong-tin-khen-thuong/atom.xml", "/phan-anh/da-tra-loi"] {
        assert!(seen.contains(must), "{must} was not reached");
    }
    assert!(seen.iter().any(|path| path.starts_with("/xac-minh/")), "no certificate was reached");
    assert!(seen.iter().any(|path| path.starts_with("/du-lieu-mo/khen-thuong.csv")), "no file of awards was reached");
}

/// Where a page or a sitemap leads within the public part.
fn links(body: &str) -> Vec<String> {
    let marks = ["href=\"", "src=\"", "<loc>"];
    let mut found = Vec::new();
    for mark in marks {
        for rest in body.split(mark).skip(1) {
            let end = rest.find(['"', '<']).unwrap_or(rest.len());
            let address = rest[..end].replace("&amp;", "&").replace("&#38;", "&");
            let path =
                address.split_once("://").map_or(address.as_str(), |(_, rest)| &rest[rest.find('/').unwrap_or(0)..]);
            let path = path.split('#').next().unwrap_or_default();
            let inside = ["/noi-bo", "/assets", "/ngon-ngu", "/dang-nhap", "/api/"];
            if path.starts_with('/') && !inside.iter().any(|door| path.starts_with(door)) {
                found.push(path.to_owned());
            }
        }
    }
    found
}

/// The text without addresses, ids, codes of certificates and random marks of forms: their digits are no numbers of
/// people.
fn without_codes(text: &str) -> String {
    let ends = |letter: char| letter.is_whitespace() || matches!(letter, '"' | '<' | '>' | ',');
    let is_code = |word: &str| {
        let dashes = word.matches('-').count();
        let is_mark = word.len() >= 32 && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        is_mark
            || word.contains("://")
            || word.starts_with(['/', '#'])
            || word.starts_with("urn:")
            || matches!(dashes, 4..)
    };
    text.split(ends).filter(|word| !is_code(word)).collect::<Vec<_>>().join(" ")
}

fn check(path: &str, text: &str, people: &[office::organization::model::Profile]) {
    let text = without_codes(text);
    let text = text.as_str();
    for word in text.split_whitespace() {
        let mail = word
            .split_once('@')
            .is_some_and(|(before, after)| !before.is_empty() && after.contains('.') && after.len() > 3);
        assert!(!mail, "{path}: {word} looks like an e-mail address");
    }
    for number in long_numbers(text) {
        let phone = number.starts_with('0') && !number.starts_with("00") && matches!(number.len(), 10 | 11);
        let identity = number.len() == 12 || (number.len() == 9 && number.starts_with('0'));
        assert!(!phone && !identity, "{path}: {number} looks like a number of a person");
    }
    let words: std::collections::BTreeSet<&str> =
        text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    for person in people {
        if let Some(code) = &person.staff_code {
            assert!(!words.contains(code.as_str()), "{path} holds the staff code {code}");
        }
        for way in person.born_on.into_iter().flat_map(ways) {
            assert!(!text.contains(&way), "{path} holds a day of birth: {way}");
        }
    }
}

/// Lets the council of the example pass everything before it, and the decision be signed.
async fn issue_all(house: &TestHouse) {
    use office::awards::model::{CampaignState, NominationState, Outcome};
    use office::decisions::service::{self as decisions, NewDecision};
    let program = house.program();
    let campaigns = office::awards::queries::campaigns(&program).await.expect("campaigns");
    let campaign = campaigns.iter().find(|one| one.state == CampaignState::Council).expect("one before the council").id;
    let mut tx = program.begin().await.expect("a transaction");
    let found = office::awards::queries::list(&program, &mut tx, campaign).await.expect("a list");
    for one in found.iter().filter(|one| one.state == NominationState::Accepted) {
        office::awards::outcomes::settle_in(&program, &mut tx, one.id, (Outcome::Yes, testkit::TODAY), "Biên bản họp")
            .await
            .expect("passed");
    }
    tx.commit().await.expect("kept");
    let standing = house.account("soan", Role::Standing, None).await;
    let chief = house.account("ky", Role::Chief, None).await;
    let new = NewDecision {
        campaign,
        series: "QĐ-VPUB".to_owned(),
        place: "Sơn La".to_owned(),
        capacity: "Chánh Văn phòng".to_owned(),
        signer: "Cầm Minh Sơn".to_owned(),
    };
    let id = decisions::draft(&house.as_actor(&standing), &new).await.expect("a draft");
    decisions::issue(&house.as_actor(&chief), id, 1, program.today(), "").await.expect("issued");
}

#[tokio::test]
async fn open_data_hold_the_rows_of_the_table_and_no_formula() {
    let house = TestHouse::sqlite().await;
    office::demo::fill(&house).await.expect("an example");
    issue_all(&house).await;
    let desk = Desk::outside(house);
    let (_, page) = desk.get("/du-lieu-mo").await;
    let html = scraper::Html::parse_document(&page);
    let cells = |table: &str| -> Vec<String> {
        let selector = scraper::Selector::parse(&format!("#{table} tbody tr")).expect("good");
        let head = scraper::Selector::parse("th").expect("good");
        html.select(&selector)
            .filter_map(|row| row.select(&head).next().map(|cell| cell.text().collect::<String>()))
            .collect()
    };
    for (table, file) in [("khen-thuong", "khen-thuong"), ("so-lieu", "so-lieu")] {
        let shown = cells(table);
        assert!(!shown.is_empty(), "{table}");
        let (_, json) = desk.get(&format!("/du-lieu-mo/{file}.json")).await;
        let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        assert!(json["licence"].as_str().is_some_and(|words| words.contains("ghi nguồn")));
        let names: Vec<&str> =
            json["rows"].as_array().expect("rows").iter().filter_map(|row| row["name"].as_str()).collect();
        assert_eq!(names, shown, "{table}");
        let (_, csv) = desk.get(&format!("/du-lieu-mo/{file}.csv")).await;
        assert_eq!(csv.lines().count(), shown.len() + 1, "{table}");
        assert!(csv.lines().all(|line| !line.trim_start_matches('\u{feff}').starts_with(['=', '+', '-', '@'])));
    }
    let (_, page) = desk.get("/du-lieu-mo?tim=khong+co+ai+ten+nay").await;
    assert!(page.contains("Không có lượt khen thưởng nào khớp."));
}
