//! Pure answers: when mail goes, how long to wait after a failure, when to give up, what a link says.

use jiff::SignedDuration;
use jiff::civil::{Time, time};
use kernel::calendar::{DayKind, WorkCalendar};
use kernel::id::AccountId;
use kernel::{Timestamp, clock};

use super::NoticesError;
use super::model::NoticeKind;

/// From when on mail goes on a working day. A setting of ours: docs/decisions/0040.
pub const OPENS: Time = time(7, 30, 0, 0);
/// Until when mail goes where the calendar names no closing hour.
pub const CLOSES: Time = time(17, 0, 0, 0);
/// Where the morning of a half day ends and its afternoon begins.
const NOON: Time = time(12, 0, 0, 0);

/// For how long a letter is tried before it is given up: longer than the longest holiday.
pub const TRIED_FOR: SignedDuration = SignedDuration::from_hours(24 * 14);

/// Whether mail may go at an instant: in working hours of a working day, as the calendar has them.
#[must_use]
pub fn is_open(calendar: &WorkCalendar, now: Timestamp, closing: Option<Time>) -> bool {
    let civil = clock::civil_of(now);
    let (day, hour) = (civil.date(), civil.time());
    let kind = calendar.listed(day).map(|listed| listed.kind);
    let opens = if kind == Some(DayKind::AfternoonOnly) { NOON } else { OPENS };
    let closes = closing.unwrap_or(CLOSES);
    let closes = if kind == Some(DayKind::MorningOnly) { closes.min(NOON) } else { closes };
    calendar.is_working(day) && opens <= hour && hour < closes
}

/// How long to wait after so many failures: a minute, then four times as long each time, at most four hours.
#[must_use]
pub fn pause(attempts: i64) -> SignedDuration {
    const LONGEST: i64 = 240;
    let doublings = u32::try_from(attempts.saturating_sub(1).clamp(0, 4)).unwrap_or(4);
    SignedDuration::from_mins(4_i64.pow(doublings).min(LONGEST))
}

/// An address as it is kept: one `@`, a host with a dot, nothing that breaks a header.
///
/// # Errors
/// [`NoticesError::OddAddress`].
pub fn parse_address(text: &str) -> Result<String, NoticesError> {
    let address = kernel::text::clean_line(text);
    let plain = address.len() <= 254 && address.is_ascii() && !address.contains(['<', '>', '"', ',', ';', ' ']);
    let fits = plain && address.split_once('@').is_some_and(|(_, host)| host.contains('.') && !host.ends_with('.'));
    if fits && address.parse::<lettre::Address>().is_ok() { Ok(address) } else { Err(NoticesError::OddAddress) }
}

/// What a link to stop mail was signed over: whose mail, and of which kind; none means all.
#[must_use]
pub fn stop_message(account: AccountId, kind: Option<NoticeKind>) -> String {
    format!("thidua/ngung-thu/{account}/{}", kind.map_or("tat-ca", NoticeKind::code))
}

/// What a link to confirm an address was signed over.
#[must_use]
pub fn confirm_message(account: AccountId, address: &str) -> String {
    format!("thidua/xac-nhan-thu/{account}/{address}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const CSV: &str = include_str!("../../../../calendars/vn.csv");

    fn at(day: jiff::civil::Date, hour: Time) -> Timestamp {
        clock::instant_of(day, hour)
    }

    #[test]
    fn mail_goes_in_working_hours_only() {
        let calendar = WorkCalendar::parse(CSV).expect("the calendar of the house");
        let open = |day, hour, closing| is_open(&calendar, at(day, hour), closing);
        let monday = date(2026, 11, 23);
        assert!(!open(monday, time(7, 29, 59, 0), None) && open(monday, OPENS, None));
        assert!(open(monday, time(16, 59, 0, 0), None) && !open(monday, CLOSES, None));
        assert!(!open(monday, time(16, 30, 0, 0), Some(time(16, 0, 0, 0))));
        assert!(!open(date(2026, 11, 22), time(9, 0, 0, 0), None), "a Sunday");
        assert!(!open(date(2026, 9, 2), time(9, 0, 0, 0), None), "a holiday");
    }

    #[test]
    fn pauses_grow_from_a_minute_to_four_hours() {
        let minutes: Vec<i64> = (0..8).map(|attempts| pause(attempts).as_mins()).collect();
        assert_eq!(minutes, [1, 1, 4, 16, 64, 240, 240, 240]);
    }

    #[test]
    fn an_address_that_breaks_a_header_is_refused() {
        for odd in ["", "ban", "ban@", "@coquan.vn", "ban@coquan", "a@b.vn\r\nBcc: x@y.vn", "a@b.vn,c@d.vn", "<a@b.vn>"]
        {
            assert!(parse_address(odd).is_err(), "{odd}");
        }
        assert_eq!(parse_address(" ban.lo@coquan.vi-du.vn ").expect("an address"), "ban.lo@coquan.vi-du.vn");
    }
}
