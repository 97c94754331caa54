//! The calculator: when a term ends, and why.

use askama::Template;
use axum::extract::Query;
use kernel::calendar::{Length, Term, WorkCalendar};
use kernel::numbers::{parse_date, short_date};
use kernel::{Date, Period, Time};
use office::calendar::queries;
use serde::Deserialize;

use super::explained::{ExplainedView, full_day, hour_words};
use super::refusal;
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, mend, sentence, show as page};

/// The longest term that is counted: as on the command line.
const LONGEST: u32 = 10_000;
/// The most days that pauses may hold together.
const LONGEST_PAUSE: i32 = 3_660;
/// The most pauses.
const MOST_PAUSES: usize = 20;

/// What was typed.
#[derive(Deserialize, Default)]
pub struct Asked {
    tu: Option<String>,
    #[serde(default)]
    so: String,
    #[serde(default)]
    loai: String,
    #[serde(default)]
    gio: String,
    gio_dong: Option<String>,
    #[serde(default)]
    tam_dung: String,
}

#[derive(Template)]
#[template(path = "calendar/term.html")]
struct TermPage {
    frame: Frame,
    form: Form,
    kinds: Vec<Choice>,
    explained: Option<ExplainedView>,
    /// How the hour moved the day of the event; empty when it did not.
    moved: String,
    command: String,
}

pub async fn show(here: Here, Query(asked): Query<Asked>) -> Answer {
    let l = here.visit.lang;
    let closing = queries::closing_hour(&here.ctx()).await.map_err(refusal)?;
    let default = closing.map(|(hour, _)| hour_words(hour)).unwrap_or_default();
    let is_asked = asked.tu.is_some();
    let mut form = Form::filled([
        ("tu", asked.tu.unwrap_or_else(|| short_date(here.visit.today))),
        ("so", asked.so),
        ("loai", if asked.loai == "ngay" { "ngay" } else { "lam-viec" }.to_owned()),
        ("gio", asked.gio),
        ("gio_dong", asked.gio_dong.unwrap_or(default)),
        ("tam_dung", asked.tam_dung),
    ]);
    let read = if is_asked { read(&mut form) } else { None };
    let calendar = here.ctx().calendar();
    let counted = read.map(|read| {
        let (term, moved) = read.term(&calendar);
        let explained = ExplainedView::of(l, term.from, term.length, &calendar.explain(&term));
        let moved = moved.map(|(at, closes)| {
            let (at, closes, day) = (hour_words(at), hour_words(closes), full_day(l, read.on));
            let kept = full_day(l, term.from);
            format!(
                "{} {at}, {day}: {} ({closes}); {} {kept}.",
                l.t("Nhận lúc"),
                l.t("ngoài giờ nhận"),
                l.t("tính là nhận")
            )
        });
        let command = match (term.length, term.pauses.is_empty()) {
            (_, false) => String::new(),
            (Length::Days(many), true) => format!("thidua calendar deadline --from {} --days {many}", term.from),
            (Length::WorkingDays(many), true) => {
                format!("thidua calendar deadline --from {} --working-days {many}", term.from)
            }
        };
        (explained, moved.unwrap_or_default(), command)
    });
    let good = form.is_good();
    let (explained, moved, command) = match counted.filter(|_| good) {
        Some((explained, moved, command)) => (Some(explained), moved, command),
        None => (None, String::new(), String::new()),
    };
    let shown = TermPage {
        frame: here.frame(l.t("Tính thời hạn"), Place::Calendar).faulty(!good),
        form,
        kinds: vec![
            Choice::new("lam-viec", l.t("ngày làm việc")).hint(l.t("Bỏ qua mọi ngày nghỉ, tính cả ngày làm bù")),
            Choice::new("ngay", l.t("ngày")).hint(l.t("Tính cả ngày nghỉ; ngày cuối là ngày nghỉ thì chuyển tiếp")),
        ],
        explained,
        moved,
        command,
    };
    Ok(if good { page(&shown) } else { mend(&shown) })
}

/// What was typed, read.
struct Read {
    on: Date,
    length: Length,
    at: Option<Time>,
    closes: Option<Time>,
    pauses: Vec<Period>,
}

impl Read {
    /// The term, and the hours that moved its beginning.
    fn term(&self, calendar: &WorkCalendar) -> (Term, Option<(Time, Time)>) {
        let from = self.at.map_or(self.on, |at| calendar.day_of_event(self.on, at, self.closes));
        let moved = if from == self.on { None } else { self.at.zip(self.closes) };
        (Term { from, length: self.length, pauses: self.pauses.clone() }, moved)
    }
}

fn read(form: &mut Form) -> Option<Read> {
    let on = form.required_day("tu", "Nhập ngày có sự việc");
    let many = form.line("so").parse::<u32>().ok().filter(|many| (1..=LONGEST).contains(many));
    if many.is_none() {
        form.refuse("so", "Nhập số ngày từ 1 đến 10000");
    }
    let at = hour(form, "gio");
    let closes = hour(form, "gio_dong");
    let pauses = pauses(form);
    let length = if form.value("loai") == "ngay" { Length::Days(many?) } else { Length::WorkingDays(many?) };
    let read = Read { on: on?, length, at, closes, pauses };
    form.is_good().then_some(read)
}

/// An hour that may be left out, typed as `16:30`, `16h30` or `16`.
pub fn hour(form: &mut Form, field: &str) -> Option<Time> {
    let line = form.line(field);
    if line.is_empty() {
        return None;
    }
    let normal = line.replace(['h', 'H', 'g', '.'], ":");
    let (hours, minutes) = normal.trim().split_once(':').unwrap_or((normal.trim(), "0"));
    let minutes = if minutes.trim().is_empty() { "0" } else { minutes.trim() };
    let parsed = hours.trim().parse::<i8>().ok().zip(minutes.parse::<i8>().ok());
    let hour = parsed.and_then(|(hours, minutes)| Time::new(hours, minutes, 0, 0).ok());
    if hour.is_none() {
        form.refuse(field, "Nhập giờ như 16:30");
    }
    hour
}

/// The pauses, one a line: two days with “đến” between, or one day for a pause that goes on.
fn pauses(form: &mut Form) -> Vec<Period> {
    let text = kernel::text::clean_text(form.value("tam_dung"));
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut pauses = Vec::new();
    for line in lines {
        match pause(line) {
            Ok(pause) => pauses.push(pause),
            Err(what) => form.refuse("tam_dung", what),
        }
    }
    let days =
        |pause: &Period| pause.until.and_then(|until| pause.from.until(until).ok()).map_or(0, |span| span.get_days());
    let long = pauses.iter().map(days).fold(0_i32, i32::saturating_add) > LONGEST_PAUSE;
    if long || pauses.len() > MOST_PAUSES {
        form.refuse("tam_dung", "Nhập tối đa 20 lần tạm dừng, tổng cộng không quá 3660 ngày");
    }
    pauses
}

fn pause(line: &str) -> Result<Period, String> {
    let day = |text: &str| parse_date(text.trim()).map_err(|fault| sentence(&fault));
    let parts = ["đến", "–", " - "].iter().find_map(|word| line.split_once(word));
    let Some((first, last)) = parts else { return Ok(Period::since(day(line)?)) };
    let (first, last) = (day(first)?, day(last)?);
    Period::try_new(first, last.tomorrow().ok())
        .map_err(|_| format!("Ngày cuối {} đứng trước ngày đầu {}", short_date(last), short_date(first)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    #[test]
    fn a_pause_is_read_with_its_last_day_and_one_that_goes_on_without() {
        let closed = Period { from: date(2026, 12, 9), until: Some(date(2026, 12, 16)) };
        for line in ["09/12/2026 đến 15/12/2026", "9/12/2026 – 15/12/2026", "2026-12-09 - 2026-12-15"] {
            assert_eq!(pause(line), Ok(closed), "{line}");
        }
        assert_eq!(pause("9/12/2026"), Ok(Period::since(date(2026, 12, 9))));
        assert!(pause("15/12/2026 đến 9/12/2026").is_err());
        assert!(pause("hôm qua").is_err());
    }

    #[test]
    fn an_hour_is_read_in_every_usual_way() {
        for typed in ["16:30", "16h30", "16.30", " 16:30 "] {
            let mut form = Form::filled([("gio", typed.to_owned())]);
            assert_eq!(hour(&mut form, "gio"), Some(time(16, 30, 0, 0)), "{typed}");
        }
        let mut form = Form::filled([("gio", "16h".to_owned())]);
        assert_eq!(hour(&mut form, "gio"), Some(time(16, 0, 0, 0)));
        for typed in ["25:00", "sáng", "16:61", "-1:00"] {
            let mut form = Form::filled([("gio", typed.to_owned())]);
            assert_eq!((hour(&mut form, "gio"), form.is_good()), (None, false), "{typed}");
        }
    }
}
