//! What may be entered about a day, beside what the calendar says of it already.

use kernel::calendar::{DayKind, WorkCalendar};
use kernel::{Date, text};

use super::CalendarError;
use super::model::{Announcement, KINDS, NewAnnouncement};

/// The least letters of a reason that is kept.
pub const SHORTEST_REASON: usize = 10;

/// Whether a day may be entered: nothing else stands about it, and it would change something or confirm
/// what was only expected.
///
/// # Errors
/// The sentence that says what stands in the way.
pub fn fits(calendar: &WorkCalendar, standing: &[Announcement], new: &NewAnnouncement) -> Result<(), CalendarError> {
    let day = new.day;
    if !KINDS.contains(&new.kind) {
        return Err(CalendarError::Kind);
    }
    if let Some(other) = standing.iter().find(|one| one.content.day == day) {
        let (document, name) = (other.content.document.clone(), other.content.name.clone());
        return Err(CalendarError::DeclaredTwice { day, document, name });
    }
    let reason = calendar.reason(day);
    let listed = calendar.listed(day).filter(|listed| listed.kind.is_applied());
    let ground = reason.document.as_ref().map(|document| format!(" ({document})")).unwrap_or_default();
    let name = reason.words.clone();
    // What is only expected may be fixed by its document, whichever way it says.
    let confirms = listed.as_ref().is_some_and(|listed| listed.is_projected()) && !new.awaited;
    match new.kind {
        DayKind::MorningOnly | DayKind::AfternoonOnly => Ok(()),
        DayKind::SwapWork if reason.working => Err(CalendarError::AlreadyWorked { day, name, ground }),
        DayKind::SwapWork if !is_weekend(day) => Err(CalendarError::NotWeekend { day }),
        DayKind::SwapWork => Ok(()),
        DayKind::Working if reason.working => Err(CalendarError::AlreadyWorked { day, name, ground }),
        DayKind::Working if listed.is_none() => Err(CalendarError::WeeklyRest { day }),
        DayKind::Working => Ok(()),
        _ if reason.working || confirms => Ok(()),
        _ => Err(CalendarError::AlreadyOff { day, name, ground }),
    }
}

/// Whether a day that is over may be entered: only by somebody who knows that it is.
///
/// # Errors
/// [`CalendarError::Past`].
pub fn in_time(day: Date, today: Date, past_is_known: bool) -> Result<(), CalendarError> {
    if day < today && !past_is_known { Err(CalendarError::Past { day }) } else { Ok(()) }
}

/// A reason as it is kept.
///
/// # Errors
/// When it is too short to tell anything.
pub fn reasoned(reason: &str) -> Result<String, CalendarError> {
    text::reason(reason, SHORTEST_REASON).map_err(|short| CalendarError::ShortReason { least: short.least })
}

fn is_weekend(day: Date) -> bool {
    use jiff::civil::Weekday;
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::AnnouncementId;
    use jiff::civil::date;

    fn calendar() -> WorkCalendar {
        WorkCalendar::parse(include_str!("../../../../calendars/vn.csv")).expect("the calendar that ships")
    }

    fn new(day: Date, kind: DayKind) -> NewAnnouncement {
        let (name, document) = ("Nghỉ".to_owned(), "12/TB-BNV".to_owned());
        NewAnnouncement { day, kind, name, document, title: "Thông báo".to_owned(), awaited: false }
    }

    fn check(day: Date, kind: DayKind, sentence: Option<&str>) {
        let said = fits(&calendar(), &[], &new(day, kind)).err().map(|error| error.to_string());
        assert_eq!(said.as_deref(), sentence, "{day} {kind:?}");
    }

    #[test]
    fn a_day_that_changes_may_be_entered() {
        check(date(2026, 12, 14), DayKind::SwapOff, None);
        check(date(2026, 12, 12), DayKind::SwapWork, None);
        check(date(2026, 11, 28), DayKind::SwapWork, None);
        check(date(2026, 12, 16), DayKind::MorningOnly, None);
        check(date(2027, 2, 4), DayKind::Working, None);
    }

    #[test]
    fn a_projected_day_off_may_be_confirmed_and_a_fixed_one_not_declared_again() {
        check(date(2027, 2, 5), DayKind::StatutoryAnnounced, None);
        let awaited = NewAnnouncement { awaited: true, ..new(date(2027, 2, 5), DayKind::StatutoryAnnounced) };
        assert!(matches!(fits(&calendar(), &[], &awaited), Err(CalendarError::AlreadyOff { .. })));
        check(
            date(2026, 2, 16),
            DayKind::SwapOff,
            Some("ngày 16/02/2026 đã là ngày nghỉ: 29 Tết (Giao thừa) (9441/TB-BNV)"),
        );
        check(date(2026, 12, 12), DayKind::SwapOff, Some("ngày 12/12/2026 đã là ngày nghỉ: Thứ Bảy"));
    }

    #[test]
    fn a_saturday_that_is_made_up_already_says_by_which_document() {
        check(
            date(2026, 8, 22),
            DayKind::SwapWork,
            Some("ngày 22/08/2026 đã là ngày làm việc: Làm bù cho 31/8/2026 (thứ Bảy - NGÀY LÀM VIỆC) (9441/TB-BNV)"),
        );
        check(date(2026, 8, 22), DayKind::SwapOff, None);
    }

    #[test]
    fn only_a_weekend_is_worked_in_exchange() {
        assert!(matches!(
            fits(&calendar(), &[], &new(date(2026, 4, 30), DayKind::SwapWork)),
            Err(CalendarError::NotWeekend { .. })
        ));
        assert!(matches!(
            fits(&calendar(), &[], &new(date(2026, 12, 12), DayKind::Working)),
            Err(CalendarError::WeeklyRest { .. })
        ));
        assert!(matches!(
            fits(&calendar(), &[], &new(date(2026, 12, 14), DayKind::Working)),
            Err(CalendarError::AlreadyWorked { .. })
        ));
        assert!(matches!(
            fits(&calendar(), &[], &new(date(2026, 12, 14), DayKind::Projected)),
            Err(CalendarError::Kind)
        ));
    }

    #[test]
    fn a_day_is_entered_once_while_its_entry_stands() {
        let first = Announcement {
            id: AnnouncementId::new(),
            content: new(date(2026, 12, 14), DayKind::SwapOff),
            entered_at: "2026-11-23T01:00:00Z".parse().expect("an instant"),
            withdrawn: None,
        };
        let said = fits(&calendar(), &[first], &new(date(2026, 12, 14), DayKind::MorningOnly));
        let sentence =
            "ngày 14/12/2026 đã nhập theo văn bản 12/TB-BNV (Nghỉ); thu hồi mục đó trước nếu văn bản mới quy định khác";
        assert_eq!(said.err().map(|error| error.to_string()).as_deref(), Some(sentence));
    }

    #[test]
    fn a_day_that_is_over_is_entered_only_knowingly() {
        let today = date(2026, 11, 23);
        assert!(in_time(today, today, false).is_ok());
        assert!(matches!(in_time(date(2026, 11, 20), today, false), Err(CalendarError::Past { .. })));
        assert!(in_time(date(2026, 11, 20), today, true).is_ok());
    }
}
