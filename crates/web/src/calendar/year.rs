//! A year at a glance: twelve months, the days apart from the week, what was announced; the closing hour.

use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect};
use kernel::calendar::{Half, ListedDay, WorkCalendar};
use kernel::lunar::{lunar_day, year_name};
use kernel::numbers::{short_date, weekday_name};
use kernel::{Date, Permission};
use office::calendar::model::KINDS;
use office::calendar::{Announcement, AnnouncementId, CalendarError, queries, service};
use serde::Deserialize;

use super::explained::hour_words;
use super::{refusal, terms};
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};
use crate::say::Lang;

/// The years that the lunar calendar is computed for.
const YEARS: std::ops::RangeInclusive<i16> = 1800..=2198;

/// Which year, and what the form of the administrator is filled with.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    nam: String,
    #[serde(default)]
    ngay: String,
    #[serde(default)]
    loai: String,
    #[serde(default)]
    ten: String,
    #[serde(default)]
    van_ban: String,
    #[serde(default)]
    tieu_de: String,
}

/// A day of a month's table.
pub struct Cell {
    day: i8,
    class: &'static str,
    mark: &'static str,
    lunar: String,
    title: String,
    heard: String,
    today: bool,
}

/// A month's table.
pub struct Month {
    number: i8,
    weeks: Vec<Vec<Option<Cell>>>,
}

/// A day apart from the week.
pub struct ListedLine {
    day: String,
    weekday: &'static str,
    kind: &'static str,
    name: String,
    document: String,
    tone: &'static str,
    state: &'static str,
}

/// A day that was entered.
pub struct AnnouncedLine {
    id: AnnouncementId,
    day: String,
    kind: &'static str,
    name: String,
    document: String,
    title: String,
    awaited: bool,
    entered: String,
    withdrawn: Option<String>,
}

impl From<Announcement> for AnnouncedLine {
    fn from(one: Announcement) -> Self {
        Self {
            id: one.id,
            day: short_date(one.content.day),
            kind: one.content.kind.name_vi(),
            name: one.content.name,
            document: one.content.document,
            title: one.content.title,
            awaited: one.content.awaited,
            entered: short_date(kernel::clock::day_of(one.entered_at)),
            withdrawn: one.withdrawn.map(|(at, why)| format!("{}: {why}", short_date(kernel::clock::day_of(at)))),
        }
    }
}

#[derive(Template)]
#[template(path = "calendar/year.html")]
struct YearPage {
    frame: Frame,
    form: Form,
    year: i16,
    lunar_name: String,
    working_days: i64,
    projected: bool,
    months: Vec<Month>,
    listed: Vec<ListedLine>,
    announced: Vec<AnnouncedLine>,
    may_keep: bool,
    kinds: Vec<Choice>,
    states: Vec<Choice>,
    closing: String,
}

/// The year page with a form, which the administrator may have to mend.
async fn year_page(here: &Here, year: i16, form: Form) -> Result<YearPage, Refusal> {
    let (ctx, l) = (here.ctx(), here.visit.lang);
    let calendar = ctx.calendar();
    let first = Date::new(year, 1, 1).map_err(|error| Refusal::broken(&error))?;
    let before = first.yesterday().unwrap_or(first);
    let last = Date::new(year, 12, 31).unwrap_or(first);
    let closing = queries::closing_hour(&ctx).await.map_err(refusal)?;
    Ok(YearPage {
        frame: here.frame(&format!("{} {year}", l.t("Lịch làm việc năm")), Place::Calendar).faulty(!form.is_good()),
        form,
        year,
        lunar_name: year_name(year),
        working_days: calendar.working_days_between(before, last),
        projected: calendar.is_projected_between(before, last),
        months: (1..=12).map(|number| month(l, &calendar, year, number, here.visit.today)).collect(),
        listed: calendar.days_of(year).iter().map(listed).collect(),
        announced: queries::list(&ctx).await.map_err(refusal)?.into_iter().map(AnnouncedLine::from).collect(),
        may_keep: ctx.may(Permission::KeepCalendar).is_ok(),
        kinds: KINDS.iter().map(|kind| Choice::new(kind.code(), l.t(kind.name_vi()))).collect(),
        states: vec![
            Choice::new("chinh-thuc", l.t("Chính thức: văn bản đã ban hành")),
            Choice::new("du-kien", l.t("Dự kiến: có tính vào hạn, nhưng ghi rõ là dự báo")),
        ],
        closing: closing.map(|(hour, document)| format!("{} ({document})", hour_words(hour))).unwrap_or_default(),
    })
}

pub async fn show(here: Here, Query(asked): Query<Asked>) -> Answer {
    let year = asked.nam.trim().parse().ok().filter(|year| YEARS.contains(year));
    let form = Form::filled([
        ("ngay", asked.ngay),
        ("loai", asked.loai),
        ("ten", asked.ten),
        ("van-ban", asked.van_ban),
        ("tieu-de", asked.tieu_de),
        ("tinh-trang", "chinh-thuc".to_owned()),
    ]);
    Ok(page(&year_page(&here, year.unwrap_or_else(|| here.visit.today.year()), form).await?))
}

/// The page of the year that a form is about, to be mended.
pub async fn to_mend(here: &Here, form: Form) -> Answer {
    let day = kernel::numbers::parse_date(&form.line("ngay")).ok();
    let year = day.map_or_else(|| here.visit.today.year(), Date::year);
    Ok(mend(&year_page(here, year.min(*YEARS.end()), form).await?))
}

pub async fn set_closing_hour(here: Here, mut form: Form) -> Answer {
    let hour = terms::hour(&mut form, "gio-dong");
    let document = form.required_line("van-ban-gio", 300, "Ghi văn bản quy định giờ nhận");
    if !form.is_good() {
        return to_mend(&here, form).await;
    }
    match service::set_closing_hour(&here.ctx(), hour, &document).await {
        Ok(()) => Ok(Redirect::to("/noi-bo/lich#gio-nhan").into_response()),
        Err(error @ CalendarError::ShortReason { .. }) => {
            form.refuse("van-ban-gio", sentence(&error));
            to_mend(&here, form).await
        }
        Err(error) => Err(refusal(error)),
    }
}

fn listed(listed: &ListedDay) -> ListedLine {
    let (tone, state) = if !listed.kind.is_applied() {
        ("neutral", "đề xuất, chưa áp dụng")
    } else if listed.is_projected() {
        ("warn", "dự báo, chờ thông báo")
    } else {
        ("ok", "đã xác định")
    };
    ListedLine {
        day: short_date(listed.day),
        weekday: weekday_name(listed.day),
        kind: listed.kind.name_vi(),
        name: listed.name.clone(),
        document: if listed.number.is_some() { listed.source.clone() } else { listed.document().unwrap_or_default() },
        tone,
        state,
    }
}

fn month(l: Lang, calendar: &WorkCalendar, year: i16, number: i8, today: Date) -> Month {
    let first = Date::new(year, number, 1).unwrap_or(today);
    let mut cells: Vec<Option<Cell>> = (0..first.weekday().to_monday_zero_offset()).map(|_| None).collect();
    let days = (1..=first.days_in_month()).filter_map(|day| Date::new(year, number, day).ok());
    cells.extend(days.map(|day| Some(cell(l, calendar, day, today))));
    let mut weeks: Vec<Vec<Option<Cell>>> = Vec::new();
    for cell in cells {
        match weeks.last_mut().filter(|week| week.len() < 7) {
            Some(week) => week.push(cell),
            None => weeks.push(vec![cell]),
        }
    }
    if let Some(week) = weeks.last_mut() {
        week.resize_with(7, || None);
    }
    Month { number, weeks }
}

fn cell(l: Lang, calendar: &WorkCalendar, day: Date, today: Date) -> Cell {
    let reason = calendar.reason(day);
    let listed = calendar.listed(day).filter(|listed| listed.kind.is_applied());
    let projected = listed.as_ref().is_some_and(ListedDay::is_projected);
    let (class, mark, words) = match (&listed, reason.half, reason.working) {
        (None, _, true) => ("", "", ""),
        (None, _, false) => ("rest", "", "nghỉ hằng tuần"),
        (Some(_), Some(Half::Morning), _) => ("half", "½", "chỉ làm buổi sáng"),
        (Some(_), Some(Half::Afternoon), _) => ("half", "½", "chỉ làm buổi chiều"),
        (Some(_), None, true) => ("work", "L", "ngày làm việc"),
        (Some(_), None, false) if projected => ("off guess", "N?", "ngày nghỉ, dự báo"),
        (Some(_), None, false) => ("off", "N", "ngày nghỉ"),
    };
    let lunar = lunar_day(day);
    let leap = if lunar.leap { "n" } else { "" };
    let name = listed.map(|listed| format!(": {}", listed.name)).unwrap_or_default();
    let heard = if words.is_empty() { String::new() } else { format!(", {}{name}", l.t(words)) };
    Cell {
        day: day.day(),
        class,
        mark,
        lunar: match lunar.day {
            1 => format!("1/{}{leap}", lunar.month),
            15 => format!("15/{}{leap}", lunar.month),
            _ => String::new(),
        },
        title: format!("{}{heard}; {} {}/{}{leap}", short_date(day), l.t("âm lịch"), lunar.day, lunar.month),
        heard,
        today: day == today,
    }
}
