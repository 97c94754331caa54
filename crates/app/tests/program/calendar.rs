//! The calendar's pages beside the command line: both count alike, and the administrator's form says what is wrong.

use std::process::Command;

use crate::desk::Desk;
use axum::http::{Request, StatusCode};
use jiff::civil::date;
use kernel::calendar::DayKind;
use kernel::numbers::{long_date, short_date};
use kernel::{Actor, Date, Role};
use office::calendar::NewAnnouncement;
use office::{Ctx, deadlines};
use serde_json::Value;

fn shell(arguments: &[&str]) -> Value {
    let arguments = [&["calendar", "deadline", "--format", "json"], arguments].concat();
    let output = Command::new(env!("CARGO_BIN_EXE_thidua")).args(arguments).output().expect("the binary runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[tokio::test]
async fn the_page_and_the_command_line_count_alike() {
    let desk = Desk::of(Role::Officer).await;
    for (from, many, kind) in [
        (date(2026, 2, 13), 2, "working-days"),
        (date(2026, 8, 19), 10, "days"),
        (date(2026, 8, 21), 1, "working-days"),
        (date(2027, 1, 29), 30, "working-days"),
        (date(2030, 1, 25), 15, "days"),
        (date(2035, 4, 27), 60, "working-days"),
    ] {
        let said = shell(&["--from", &from.to_string(), &format!("--{kind}"), &many.to_string()]);
        let kind = if kind == "days" { "ngay" } else { "lam-viec" };
        let address = format!("/noi-bo/lich/tinh-han?tu={from}&so={many}&loai={kind}");
        let (status, page) = desk.get(&address).await;
        assert_eq!(status, StatusCode::OK, "{address}");
        let due: Date = said["due"].as_str().expect("a day").parse().expect("a day");
        assert!(page.contains(&format!("{}</b>", long_date(due))), "{address}: {due}");
        let counted = said["counted"].as_array().expect("a list");
        assert_eq!(page.matches("ngày thứ ").count(), counted.len(), "{address}");
        for skipped in said["skipped"].as_array().expect("a list") {
            let day: Date = skipped["day"].as_str().expect("a day").parse().expect("a day");
            assert!(page.contains(&short_date(day)), "{address}: {day}");
        }
        assert_eq!(page.contains("Dự báo: có ngày"), said["projected"] == true, "{address}");
    }
}

#[tokio::test]
async fn the_command_line_counts_with_what_was_announced_in_a_house() {
    let folder = tempfile::tempdir().expect("a folder");
    let (house, program) = (testkit::house_in(folder.path()).await, Actor::program("kiểm thử"));
    let off = NewAnnouncement {
        day: date(2026, 12, 14),
        kind: DayKind::SwapOff,
        name: "Nghỉ hoán đổi".to_owned(),
        document: "99/TB-BNV".to_owned(),
        title: "Về việc hoán đổi ngày làm việc".to_owned(),
        awaited: false,
    };
    deadlines::service::declare(&Ctx::new(&house, &program), &off, false).await.expect("entered");
    house.db.close().await;
    std::fs::rename(folder.path().join("thidua.db"), folder.path().join("thidua.sqlite")).expect("the file");
    let data = folder.path().to_str().expect("a path");
    let term = ["--from", "2026-12-11", "--working-days", "1"];
    assert_eq!(shell(&term)["due"], "2026-12-14");
    let said = shell(&[&term[..], &["--data", data]].concat());
    assert_eq!((&said["due"], &said["skipped"][2]["document"]), (&"2026-12-15".into(), &"99/TB-BNV".into()));
    let nowhere = Command::new(env!("CARGO_BIN_EXE_thidua"))
        .args(["calendar", "deadline", "--data", "/nowhere"])
        .args(term)
        .output()
        .expect("the binary runs");
    assert_eq!(nowhere.status.code(), Some(2));
}

async fn sent(desk: &Desk, address: &str, form: impl ToString) -> (StatusCode, String) {
    let (status, bytes) = desk.send(Request::post(address), form.to_string()).await;
    (status, String::from_utf8_lossy(&bytes).into_owned())
}

#[tokio::test]
async fn a_form_with_faults_comes_back_with_a_sentence_and_a_good_one_is_seen_before_it_is_kept() {
    let desk = Desk::of(Role::Admin).await;
    let form = |day: &str, kind: &str| {
        format!("ngay={day}&loai={kind}&ten=Ngh%E1%BB%89&van-ban=99/TB-BNV&tieu-de=V%E1%BB%81&tinh-trang=chinh-thuc")
    };
    for (form, sentence) in [
        (form("31/02/2027", "swap_off"), "không có ngày 31"),
        (form("14/12/2026", "holiday"), "Chọn ngày này là ngày gì"),
        (form("12/12/2026", "swap_off"), "đã là ngày nghỉ: Thứ Bảy"),
        (form("14/12/2026", "swap_work"), "đã là ngày làm việc"),
        (form("30/04/2027", "swap_work"), "không thể là ngày làm bù"),
        ("ngay=14/12/2026&loai=swap_off".to_owned(), "Nhập số văn bản"),
    ] {
        let (status, page) = sent(&desk, "/noi-bo/lich/xem-truoc", &form).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        assert!(page.contains(sentence), "{form}: {sentence}");
    }
    let (status, page) = sent(&desk, "/noi-bo/lich/xem-truoc", form("14/12/2026", "swap_off")).await;
    assert_eq!((status, page.contains("Chưa lưu gì")), (StatusCode::OK, true));
    assert!(desk.house.calendar.current().is_working(date(2026, 12, 14)));
    let past = form("20/11/2026", "swap_off");
    let (status, page) = sent(&desk, "/noi-bo/lich/thong-bao", &past).await;
    assert_eq!((status, page.contains("đã qua")), (StatusCode::UNPROCESSABLE_ENTITY, true));
    let (status, _) = sent(&desk, "/noi-bo/lich/thong-bao", format!("{past}&da-qua=1")).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert!(!desk.house.calendar.current().is_working(date(2026, 11, 20)));
    let (_, page) = desk.get("/noi-bo/lich").await;
    assert!(page.contains("99/TB-BNV"));
}
