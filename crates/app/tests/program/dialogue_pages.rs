//! Dialogues on pages: planned, a guest's own page by code, minutes that are not closed without text, the public
//! result; bad input.

use crate::desk::{Desk, encoded as form};
use axum::http::{Request, StatusCode};
use kernel::Role;
use testkit::TestHouse;

const LIST: &str = "/noi-bo/doi-thoai";

async fn desk() -> (Desk, String) {
    let house = TestHouse::sqlite().await;
    let unit = house.unit("KT", "Phòng Kinh tế").await;
    (Desk::in_house(house, Role::Standing, None).await, unit.to_string())
}

/// What stands between two marks of a page.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    text.split_once(before).and_then(|(_, rest)| rest.split_once(after)).map_or("", |(found, _)| found)
}

fn version(page: &str) -> String {
    between(page, "name=\"phien-ban\" value=\"", "\"").to_owned()
}

#[tokio::test]
async fn a_dialogue_goes_from_its_agenda_to_its_public_result() {
    let (mut desk, unit) = desk().await;
    let fields = [
        ("tieu-de", "Đối thoại quý IV"),
        ("khoan", "V.3"),
        ("ngay", "23/11/2026"),
        ("dia-diem", "Hội trường"),
        ("don-vi", unit.as_str()),
    ];
    for (field, words) in [(0, "Nhập chủ đề"), (2, "Nhập ngày"), (4, "Chọn đơn vị")] {
        let some: Vec<_> = fields.iter().enumerate().filter(|(at, _)| *at != field).map(|(_, one)| *one).collect();
        let (status, text) = desk.post(LIST, &some).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(text.contains(words) && text.contains("Hội trường"), "{words}");
    }
    let (status, page) = desk.place(LIST, form(&fields)).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, text) = desk.post(&format!("{page}/moi"), &[("khach", "Công ty <i>Đông Á</i>")]).await;
    let code = between(&text, "<p class=\"hash\">", "</p>").to_owned();
    assert_eq!(code.len(), 29, "{text}");
    assert!(!text.contains("<i>Đông Á"), "a name is text");
    let (_, text) = desk.get(&page).await;
    assert!(!text.contains(&code), "a code is told once");
    let guest = between(&text, "/moi/", "/rut").to_owned();
    let (status, text) = desk.post(&format!("{page}/chot"), &[("phien-ban", &version(&text))]).await;
    assert_eq!(status, StatusCode::CONFLICT, "not held yet: {text}");
    let (_, text) = desk.get(&page).await;
    let held = [("phien-ban", version(&text)), ("ngay-to-chuc", "23/11/2026".to_owned())];
    let held: Vec<_> = held.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(desk.place(&format!("{page}/to-chuc"), form(&held)).await.0, StatusCode::SEE_OTHER);
    let (_, text) = desk.get(&page).await;
    let (status, text) = desk.post(&format!("{page}/chot"), &[("phien-ban", &version(&text))]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("Chưa có biên bản"), "closing without minutes is refused");
    let there = [("phien-ban", version(&text)), ("co-mat", guest)];
    let there: Vec<_> = there.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(desk.place(&format!("{page}/co-mat"), form(&there)).await.0, StatusCode::SEE_OTHER);
    let (_, text) = desk.get(&page).await;
    let words = [("phien-ban", version(&text)), ("bien-ban", "Đã bàn về đất.".to_owned())];
    let words: Vec<_> = words.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(desk.place(&format!("{page}/bien-ban"), form(&words)).await.0, StatusCode::SEE_OTHER);
    let (status, _) = desk.post(&format!("{page}/sua"), &[("sua", "Sửa đoạn 1")]).await;
    assert_eq!(status, StatusCode::FORBIDDEN, "whoever runs it was not there");
    let (status, bytes) = desk.send(Request::get(format!("{page}/bien-ban.pdf")), String::new()).await;
    assert!(status.is_success() && bytes.starts_with(b"%PDF"));
    let (_, text) = desk.get(&page).await;
    let frozen = form(&[("phien-ban", &version(&text))]);
    assert_eq!(desk.place(&format!("{page}/chot"), frozen).await.0, StatusCode::SEE_OTHER);
    let (status, _) = desk.post(&format!("{page}/bien-ban"), &words).await;
    assert_eq!(status, StatusCode::CONFLICT, "frozen minutes are not edited");
    let (_, text) = desk.get(&page).await;
    let told = [("phien-ban", version(&text)), ("ket-qua", "Gọi 0912 345 678".to_owned())];
    let told: Vec<_> = told.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let (status, text) = desk.post(&format!("{page}/cong-khai"), &told).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && text.contains("Gọi 0912"), "{status}");
    let result = form(&[("phien-ban", &version(&text)), ("ket-qua", "Đã trả lời về đất.")]);
    assert_eq!(desk.place(&format!("{page}/cong-khai"), result).await.0, StatusCode::SEE_OTHER);
    desk.leave();
    let public = page.replace("/noi-bo", "");
    let (status, text) = desk.get(&public).await;
    assert!(status.is_success() && text.contains("Đã trả lời về đất.") && !text.contains("Đông Á"), "{status}");
    let (_, text) = desk.get("/doi-thoai").await;
    assert!(text.contains(&public));
}

#[tokio::test]
async fn a_guest_sees_by_code_what_is_theirs_and_a_wrong_code_opens_nothing() {
    let (mut desk, unit) = desk().await;
    let plan = form(&[
        ("tieu-de", "Đối thoại cuối năm"),
        ("khoan", "V.3"),
        ("ngay", "20/12/2026"),
        ("dia-diem", "Hội trường"),
        ("don-vi", &unit),
    ]);
    let (_, page) = desk.place(LIST, plan).await;
    let mut codes = Vec::new();
    for name in ["Công ty Đông Á", "Hợp tác xã Xoài"] {
        let (_, text) = desk.post(&format!("{page}/moi"), &[("khach", name)]).await;
        codes.push(between(&text, "<p class=\"hash\">", "</p>").to_owned());
    }
    let (status, text) = desk.post(&format!("{page}/moi"), &[("khach", "cong ty dong a")]).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && text.contains("Đã mời"), "{status}");
    desk.leave();
    let own = format!("/doi-thoai/giay-moi/{}", codes[0]);
    let (status, text) = desk.get(&own).await;
    assert!(status.is_success() && text.contains("Công ty Đông Á") && !text.contains("Xoài"), "{status}");
    let (status, _) = desk.post(&format!("{own}/cau-hoi"), &[("cau-hoi", " ")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let long = "hỏi ".repeat(25_000);
    let (status, _) = desk.post(&format!("{own}/cau-hoi"), &[("cau-hoi", &long)]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let asked = form(&[("cau-hoi", "Bao giờ có hướng dẫn?")]);
    assert_eq!(desk.place(&format!("{own}/cau-hoi"), asked).await.0, StatusCode::SEE_OTHER);
    let (_, text) = desk.get(&own).await;
    assert!(text.contains("Bao giờ có hướng dẫn?"));
    let (_, text) = desk.get(&format!("/doi-thoai/giay-moi/{}", codes[1])).await;
    assert!(!text.contains("Bao giờ có hướng dẫn?"), "another guest's question");
    let (status, _) = desk.post(&format!("{own}/sua"), &[("sua", "Sửa")]).await;
    assert_eq!(status, StatusCode::CONFLICT, "there are no minutes yet");
    for wrong in ["AAAA-BBBB-CCCC-DDDD-EEEE-FFFF", "x", "%3Cscript%3E"] {
        assert_eq!(desk.get(&format!("/doi-thoai/giay-moi/{wrong}")).await.0, StatusCode::NOT_FOUND, "{wrong}");
    }
    let public = page.replace("/noi-bo", "");
    assert_eq!(desk.get(&public).await.0, StatusCode::NOT_FOUND, "nothing is published");
}

#[tokio::test]
async fn an_announced_dialogue_is_read_by_everybody_and_registered_for_without_an_account() {
    let (mut desk, unit) = desk().await;
    let fields = [
        ("tieu-de", "Đối thoại quý IV"),
        ("khoan", "V.3"),
        ("ngay", "26/11/2026"),
        ("dia-diem", "Hội trường"),
        ("don-vi", unit.as_str()),
    ];
    let (_, page) = desk.place(LIST, form(&fields)).await;
    desk.post(&format!("{page}/chuong-trinh"), &[("noi-dung", "Thủ tục đất đai")]).await;
    let (_, public) = desk.get("/doi-thoai").await;
    assert!(!public.contains("Đối thoại quý IV"), "what is not announced is not told");
    let (_, text) = desk.get(&page).await;
    let seen = version(&text);
    let odd = [("phien-ban", seen.as_str()), ("gio", "sáng"), ("han-dang-ky", "25/11/2026")];
    let (status, text) = desk.post(&format!("{page}/dang-ky"), &odd).await;
    assert_eq!((status, text.contains("Ghi giờ bắt đầu")), (StatusCode::UNPROCESSABLE_ENTITY, true), "{text}");
    let good = [odd[0], ("gio", "8h30"), odd[2]];
    assert_eq!(desk.place(&format!("{page}/dang-ky"), form(&good)).await.0, StatusCode::SEE_OTHER);
    desk.leave();
    let (_, public) = desk.get("/doi-thoai").await;
    for said in ["Đối thoại quý IV", "08:30 26/11/2026", "Hội trường", "Thủ tục đất đai", "25/11/2026"]
    {
        assert!(public.contains(said), "{said}: {public}");
    }
    let door = page.replace("/noi-bo/doi-thoai/", "/doi-thoai/dang-ky/");
    assert_eq!(desk.get(&door).await.0, StatusCode::OK);
    let bare = [("ten", "Lò <b>Lả</b>"), ("dien-thoai", "không có"), ("cau-hoi", "Khi nào trả kết quả?")];
    let (status, text) = desk.post(&door, &bare).await;
    assert_eq!((status, text.contains("Khi nào trả kết quả?")), (StatusCode::UNPROCESSABLE_ENTITY, true), "{text}");
    let (status, text) = desk.post(&door, &[bare[0], ("dien-thoai", "0912 345 678"), bare[2]]).await;
    assert_eq!(status, StatusCode::OK);
    let code = between(&text, "<p class=\"hash\">", "</p>");
    let (_, own) = desk.get(&format!("/doi-thoai/giay-moi/{code}")).await;
    assert!(own.contains("chờ xác nhận") && own.contains("Khi nào trả kết quả?"), "{own}");
    assert!(!own.contains("0912") && !own.contains("<b>Lả"), "{own}");
    desk.enter("o.ban.nay").await;
    let (_, text) = desk.get(&page).await;
    assert!(text.contains("0912 345 678"), "who prepares it reaches him");
    let guest = between(&text, "/dang-ky/", "/nhan\"").rsplit('/').next().unwrap_or_default().to_owned();
    let confirmed = desk.place(&format!("{page}/dang-ky/{guest}/nhan"), String::new()).await;
    assert_eq!(confirmed.0, StatusCode::SEE_OTHER, "{guest}");
    desk.leave();
    let (_, own) = desk.get(&format!("/doi-thoai/giay-moi/{code}")).await;
    assert!(own.contains("Giấy mời của"), "{own}");
}
