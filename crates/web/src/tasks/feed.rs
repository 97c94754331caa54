//! One's own calendar address, and the calendar under it (RFC 5545).

use askama::Template;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect};
use icalendar::{Calendar, Component as _, Event, Property};
use kernel::numbers::short_date;
use kernel::{Date, Timestamp};
use office::identity::Token;
use office::tasks::feed;
use office::tasks::model::Task;

use super::refusal;
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, show as page};

#[derive(Template)]
#[template(path = "tasks/feed.html")]
struct FeedPage {
    frame: Frame,
    since: Option<String>,
    address: String,
    has_person: bool,
}

async fn feed_page(here: &Here, address: String) -> Result<FeedPage, Refusal> {
    let since = feed::mine(&here.ctx()).await.map_err(refusal)?;
    Ok(FeedPage {
        frame: here.frame(here.visit.lang.t("Lịch của tôi"), Place::Tasks),
        since: since.map(short_date),
        address,
        has_person: here.visit.actor.person.is_some(),
    })
}

pub async fn mine(here: Here) -> Answer {
    Ok(page(&feed_page(&here, String::new()).await?))
}

pub async fn make(here: Here) -> Answer {
    let secret = feed::make(&here.ctx()).await.map_err(refusal)?;
    let base = here.house.public_url.trim_end_matches('/');
    let address = format!("{base}/lich-viec/{}/nhiem-vu.ics", secret.reveal());
    Ok(page(&feed_page(&here, address).await?))
}

pub async fn withdraw(here: Here) -> Answer {
    feed::withdraw(&here.ctx()).await.map_err(refusal)?;
    Ok(Redirect::to("/noi-bo/nhiem-vu/lich-cua-toi").into_response())
}

/// The calendar, for whoever has the secret address.
pub async fn calendar(here: Here, Path(secret): Path<String>) -> Answer {
    let found = feed::tasks(&here.house, &Token::received(&secret)).await.map_err(refusal)?;
    let text = written(&found, &here.house.public_url, here.house.clock.now());
    let headers = [(CONTENT_TYPE, "text/calendar; charset=utf-8"), (CACHE_CONTROL, "private, no-store")];
    Ok((headers, text).into_response())
}

/// Tasks as a calendar: each takes the whole of its due day and blocks no time.
fn written(tasks: &[Task], public_url: &str, now: Timestamp) -> String {
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0"));
    calendar.append_property(Property::new("PRODID", "-//Thi Dua//Nhiem vu//VI"));
    calendar.append_property(Property::new("CALSCALE", "GREGORIAN"));
    calendar.append_property(Property::new("X-WR-CALNAME", "Nhiệm vụ của tôi"));
    for task in tasks {
        let mut event = Event::new();
        event.uid(&format!("{}@thidua", task.id));
        event.add_property("DTSTAMP", now.strftime("%Y%m%dT%H%M%SZ").to_string());
        event.append_property(day("DTSTART", task.due_on));
        event.append_property(day("DTEND", task.due_on.tomorrow().unwrap_or(task.due_on)));
        event.add_property("TRANSP", "TRANSPARENT");
        event.add_property("SEQUENCE", task.version.to_string());
        event.summary(&format!("Hạn: {}", task.content.title));
        let moved = if task.due_on == task.first_due_on {
            String::new()
        } else {
            format!("\nHạn giao ban đầu: {}", short_date(task.first_due_on))
        };
        event
            .description(&format!("{}, khoản {}{moved}\n{}", task.code, task.content.clause, task.content.description));
        event.url(&format!("{}/noi-bo/nhiem-vu/{}", public_url.trim_end_matches('/'), task.id));
        calendar.push(event.done());
    }
    calendar.to_string()
}

/// A whole day.
fn day(name: &str, day: Date) -> Property {
    let mut property = Property::new(name, day.strftime("%Y%m%d").to_string());
    property.add_parameter("VALUE", "DATE");
    property.done()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kernel::id::UnitId;
    use office::tasks::TaskId;
    use office::tasks::model::{Content, State};

    use super::*;

    #[test]
    fn long_vietnamese_lines_are_folded_between_letters_and_commas_are_kept() {
        let title =
            "Tổng hợp, phân loại; trả lời kiến nghị của doanh nghiệp, hợp tác xã, hộ kinh doanh ở các xã vùng cao";
        let task = Task {
            id: TaskId::new(),
            code: "KT-1".to_owned(),
            content: Content { clause: "III.4".to_owned(), title: title.to_owned(), ..Content::default() },
            unit: UnitId::new(),
            parent: None,
            first_due_on: date(2026, 11, 30),
            due_on: date(2026, 12, 31),
            assigned_on: date(2026, 11, 1),
            series: None,
            former: Vec::new(),
            state: State::Open,
            version: 3,
        };
        let text = written(&[task], "https://thidua.example.vn/", Timestamp::UNIX_EPOCH);
        for line in text.split_terminator("\r\n") {
            assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{} octets: {line}", line.len());
        }
        let unfolded = text.replace("\r\n ", "");
        let escaped = title.replace(';', "\\;").replace(',', "\\,");
        assert!(unfolded.contains(&format!("SUMMARY:Hạn: {escaped}\r\n")), "{unfolded}");
        for line in [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "DTSTART;VALUE=DATE:20261231",
            "DTEND;VALUE=DATE:20270101",
            "DTSTAMP:19700101T000000Z",
            "END:VCALENDAR",
        ] {
            assert!(unfolded.lines().any(|one| one == line), "{line} is missing in {unfolded}");
        }
        for once in ["DTSTAMP", "UID", "DTSTART"] {
            let many = unfolded.lines().filter(|line| line.starts_with(once)).count();
            assert_eq!(many, 1, "{once} stands {many} times");
        }
        assert!(unfolded.contains("Hạn giao ban đầu: 30/11/2026"));
    }
}
