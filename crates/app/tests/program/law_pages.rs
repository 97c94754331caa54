//! The pages for the jurist, as somebody without any power over the law sees them.

use crate::desk::Desk;
use axum::http::StatusCode;
use kernel::Role;

const RULE: &str = "/noi-bo/luat/bk_tinh.ca_nhan.d1";

async fn try_facts(desk: &Desk, day: &str, award: &str, facts: &str) -> (StatusCode, String) {
    desk.post(RULE, &[("ngay-thu", day), ("hinh-thuc", award), ("du-kien", facts)]).await
}

#[tokio::test]
async fn an_officer_finds_a_rule_without_diacritics_and_reads_its_versions_and_cases() {
    let desk = Desk::of(Role::Officer).await;
    let (status, list) = desk.get("/noi-bo/luat?ngay=2026-09-30&tim=bang%20khen%20chu%20tich&loai=standard").await;
    assert_eq!(status, StatusCode::OK);
    assert!(list.contains(r#"href="/noi-bo/luat/bk_tinh.ca_nhan.d1?ngay=2026-09-30""#));
    assert!(!list.contains("/noi-bo/luat/cstdcs?"), "another award is not among them");
    let (status, rule) = desk.get(&format!("{RULE}?ngay=2026-09-30")).await;
    assert_eq!(status, StatusCode::OK);
    for said in ["Luật 06/2022/QH15 Điều 74 khoản 1 điểm d", "đang dùng", "<svg", "02 lần liên tục", "tất cả đúng"]
    {
        assert!(rule.contains(said), "{said}");
    }
    assert!(!rule.contains("/thong-qua"), "reading offers nothing to decide");
}

#[tokio::test]
async fn what_stands_depends_on_the_chosen_day() {
    let desk = Desk::of(Role::Inspector).await;
    let tag = |page: &str| page.split("<h1>").nth(1).and_then(|rest| rest.split("</h1>").next()).map(str::to_owned);
    let (_, before) = desk.get(&format!("{RULE}?ngay=2026-09-30")).await;
    let (_, after) = desk.get(&format!("{RULE}?ngay=2026-10-01")).await;
    assert!(tag(&before).expect("a title").contains("đang dùng"));
    assert!(tag(&after).expect("a title").contains("cần xem lại"));
    let (_, compared) = desk.get(&format!("{RULE}?tu=2026-09-30&den=2026-10-01")).await;
    assert!(compared.contains("Từ ngày 01/10/2026 phải có người xác nhận lại"));
    let (_, same) = desk.get(&format!("{RULE}?tu=2026-10-01&den=2026-10-02")).await;
    assert!(same.contains("Không có gì thay đổi giữa hai ngày này."));
}

#[tokio::test]
async fn an_act_that_ends_without_a_successor_is_named_with_the_rules_that_rest_on_it() {
    let desk = Desk::of(Role::Member).await;
    let (status, near) = desk.get("/noi-bo/luat/van-ban?ngay=2026-09-01").await;
    assert_eq!(status, StatusCode::OK);
    assert!(near.contains("<strong>Hết hiệu lực từ 01/03/2027</strong>"));
    let (_, far) = desk.get("/noi-bo/luat/van-ban?ngay=2026-08-31").await;
    assert!(!far.contains("Hết hiệu lực từ 01/03/2027"), "six months before, and not a day earlier");
}

#[tokio::test]
async fn own_facts_are_weighed_and_bad_ones_come_back_with_line_and_column() {
    let desk = Desk::of(Role::Officer).await;
    let facts = r#"{"recipient":{"kind":"person"},"good_standing":true,"holds":[],"discipline":[],"nominated_for":[],
        "awards":[{"award":"cstdcs","year":2024,"type":"merit","decided_on":"2024-12-20"},
                  {"award":"cstdcs","year":2025,"type":"merit","decided_on":"2025-12-20"}]}"#;
    let (status, page) = try_facts(&desk, "30/09/2026", "bk_tinh", facts).await;
    assert_eq!(status, StatusCode::OK);
    let answer = page.split(r#"id="ket-qua""#).nth(1).expect("an answer");
    let verdict = answer.split("</h2>").nth(1).expect("the verdict's heading");
    assert!(verdict.contains("đủ điều kiện") && !verdict.contains("không đủ điều kiện"), "{verdict}");
    let bad = "{\"recipient\":\n {\"kind\":\"person\",}}";
    let (status, page) = try_facts(&desk, "30/09/2026", "bk_tinh", bad).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Dòng 2, cột 19"), "line and column");
    assert!(page.contains("person&#34;,}}") || page.contains("person&quot;,}}"), "what was typed is still there");
    for (day, award) in
        [("31/02/2026", "bk_tinh"), ("", "bk_tinh"), ("30/09/2026", "cstdcs"), ("30/09/2026", "khong-co")]
    {
        let (status, _) = try_facts(&desk, day, award, facts).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{day} {award}");
    }
    let (status, _) = try_facts(&desk, "30/09/2026", "bk_tinh", "").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn an_explanation_names_what_lapsed_of_vote_papers_and_money_from_the_day_after_their_act() {
    let desk = Desk::of(Role::Officer).await;
    for (day, told) in [("28/02/2027", false), ("01/03/2027", true)] {
        let (status, page) = try_facts(&desk, day, "bk_tinh", r#"{"recipient":{"kind":"person"}}"#).await;
        assert_eq!(status, StatusCode::OK);
        let answer = page.split(r#"id="ket-qua""#).nth(1).and_then(|rest| rest.split("</dl>").next());
        let notices: Vec<_> = answer.expect("an answer").split(r#"<p class="notice">"#).skip(1).collect();
        let lapsed = notices.iter().filter(|one| one.contains("hết hiệu lực, chưa có văn bản thay."));
        let named = lapsed.filter(|one| one.contains("152/2025/NĐ-CP áp dụng đến hết ngày 28/02/2027"));
        assert_eq!(named.count() > 0, told, "{day}: {notices:?}");
    }
}

#[tokio::test]
async fn a_strange_rule_is_not_found_a_bad_day_is_said_and_a_liaison_stays_outside() {
    let desk = Desk::of(Role::Officer).await;
    assert_eq!(desk.get("/noi-bo/luat/khong.co").await.0, StatusCode::NOT_FOUND);
    let bad = [
        "/noi-bo/luat?ngay=hom-qua".to_owned(),
        "/noi-bo/luat/van-ban?ngay=2026-02-30".to_owned(),
        format!("{RULE}?ngay=x"),
        format!("{RULE}?tu=2026-01-01"),
        "/noi-bo/luat/thay-doi?tu=2027-01-01&den=2026-01-01".to_owned(),
    ];
    for path in bad {
        assert_eq!(desk.get(&path).await.0, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
    }
    assert_eq!(Desk::of(Role::Liaison).await.get("/noi-bo/luat").await.0, StatusCode::FORBIDDEN);
}
