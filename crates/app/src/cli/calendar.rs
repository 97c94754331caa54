//! `thidua calendar …`: working days, terms and lunar days.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, Subcommand};
use kernel::Date;
use kernel::calendar::{Deadline, WorkCalendar};
use kernel::lunar::{lunar_day, year_name};
use kernel::numbers::{parse_date, short_date};
use serde::Serialize;
use serde_json::json;

use super::{Exit, Format};
use crate::house::Site;

/// What `thidua calendar` can do.
#[derive(Subcommand)]
pub enum Command {
    /// Ngày hết hạn, tính từ ngày có sự việc (không tính ngày đó)
    Deadline {
        /// Ngày có sự việc, ví dụ 2026-02-13 hoặc 13/2/2026
        #[arg(long, value_name = "NGÀY", value_parser = parse_date)]
        from: Date,
        #[command(flatten)]
        term: Term,
        #[command(flatten)]
        of: Of,
        /// Cách in câu trả lời
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Số ngày từ sau ngày đầu đến hết ngày cuối
    Between {
        /// Ngày đầu (không tính)
        #[arg(value_name = "NGÀY ĐẦU", value_parser = parse_date)]
        from: Date,
        /// Ngày cuối (có tính)
        #[arg(value_name = "NGÀY CUỐI", value_parser = parse_date)]
        until: Date,
        /// Chỉ đếm ngày làm việc
        #[arg(long)]
        working_days: bool,
        /// Cách in câu trả lời
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Ngày âm lịch (tính theo giờ Việt Nam)
    Lunar {
        /// Ngày dương lịch
        #[arg(value_name = "NGÀY", value_parser = parse_date)]
        day: Date,
        /// Cách in câu trả lời
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Ngày nghỉ, ngày làm bù của một năm, kèm căn cứ
    Days {
        /// Năm
        #[arg(long, value_name = "NĂM", value_parser = clap::value_parser!(i16).range(1800..=2199))]
        year: i16,
        /// Cách in câu trả lời
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
}

/// Whose calendar counts: the one that ships, or that of a house with what was announced there.
#[derive(Args, Clone)]
pub struct Of {
    /// Thư mục dữ liệu của hệ thống: tính cả những ngày đã nhập theo thông báo ở đó
    #[arg(long)]
    data: Option<PathBuf>,
    /// Địa chỉ PostgreSQL của hệ thống, thay cho thư mục dữ liệu
    #[arg(long)]
    database_url: Option<String>,
}

/// How long a term is: one of the two.
#[derive(Args)]
#[group(required = true, multiple = false)]
pub struct Term {
    /// Số ngày làm việc
    #[arg(long, value_name = "SỐ", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    working_days: Option<u32>,
    /// Số ngày (gồm cả ngày nghỉ; ngày cuối là ngày nghỉ thì chuyển sang ngày làm việc tiếp theo)
    #[arg(long, value_name = "SỐ", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    days: Option<u32>,
}

/// Runs one of them.
pub fn run(command: Command) -> anyhow::Result<Exit> {
    let calendar = match &command {
        Command::Deadline { of: Of { data: None, database_url: None }, .. } => calendar()?,
        Command::Deadline { of, .. } => match super::on_runtime(of_house(of.clone()))? {
            Some(calendar) => calendar,
            None => return Ok(Exit::Misuse),
        },
        _ => calendar()?,
    };
    answer(command, &calendar, &mut std::io::stdout().lock())?;
    Ok(Exit::Done)
}

/// The calendar of a house, with what was announced there. A folder without a house is wrong, not a new one.
async fn of_house(of: Of) -> anyhow::Result<Option<WorkCalendar>> {
    let site = Site { data: of.data.unwrap_or_else(|| PathBuf::from("data")), database_url: of.database_url };
    let Some(house) = super::existing(&site).await? else { return Ok(None) };
    let calendar = WorkCalendar::clone(&house.calendar.current());
    house.db.close().await;
    Ok(Some(calendar))
}

/// The calendar that travels in the binary.
fn calendar() -> anyhow::Result<WorkCalendar> {
    let file = crate::data::CALENDARS.get_file("vn.csv").context("thiếu calendars/vn.csv trong chương trình")?;
    let csv = file.contents_utf8().context("calendars/vn.csv không phải là UTF-8")?;
    WorkCalendar::parse(csv).context("calendars/vn.csv")
}

/// Writes the answer to one command.
fn answer(command: Command, calendar: &WorkCalendar, out: &mut impl Write) -> anyhow::Result<()> {
    match command {
        Command::Deadline { from, term, of: _, format } => {
            let deadline = match (term.working_days, term.days) {
                (Some(n), _) => calendar.add_working_days(from, n),
                (None, n) => calendar.add_days(from, n.context("thiếu số ngày")?),
            };
            match format {
                Format::Json => write_json(out, &deadline),
                Format::Text => write_deadline(out, &deadline),
            }
        }
        Command::Between { from, until, working_days, format } => {
            let all = i64::from(from.until(until)?.get_days());
            let working = calendar.working_days_between(from, until);
            let projected = calendar.is_projected_between(from, until);
            match format {
                Format::Json => write_json(
                    out,
                    &json!({"from": from, "to": until, "days": all, "working_days": working, "projected": projected}),
                ),
                Format::Text => {
                    let (count, what) = if working_days { (working, "ngày làm việc") } else { (all, "ngày") };
                    writeln!(out, "Sau {} đến hết {}: {count} {what}", short_date(from), short_date(until))?;
                    write_projection(out, working_days && projected)
                }
            }
        }
        Command::Lunar { day, format } => write_lunar(out, day, format),
        Command::Days { year, format } => write_days(out, calendar, year, format),
    }
}

fn write_deadline(out: &mut impl Write, deadline: &Deadline) -> anyhow::Result<()> {
    writeln!(out, "Hạn cuối: hết ngày {}", short_date(deadline.due))?;
    if let Some(rolled) = deadline.rolled {
        writeln!(out, "Ngày thứ {} là {}, là ngày nghỉ nên chuyển tiếp", deadline.counted.len(), short_date(rolled))?;
    }
    for skipped in &deadline.skipped {
        let document = skipped.document.as_ref().map(|document| format!(" ({document})")).unwrap_or_default();
        writeln!(out, "  bỏ qua {}: {}{document}", short_date(skipped.day), skipped.reason)?;
    }
    write_projection(out, deadline.projected)
}

fn write_lunar(out: &mut impl Write, day: Date, format: Format) -> anyhow::Result<()> {
    let lunar = lunar_day(day);
    let name = year_name(lunar.year);
    match format {
        Format::Json => write_json(
            out,
            &json!({
                "solar": day,
                "lunar": {"day": lunar.day, "month": lunar.month, "leap": lunar.leap, "year": lunar.year},
                "name": name,
            }),
        ),
        Format::Text => {
            let leap = if lunar.leap { " (nhuận)" } else { "" };
            let solar = short_date(day);
            Ok(writeln!(out, "{solar}: ngày {} tháng {}{leap} năm {name} âm lịch", lunar.day, lunar.month)?)
        }
    }
}

fn write_days(out: &mut impl Write, calendar: &WorkCalendar, year: i16, format: Format) -> anyhow::Result<()> {
    let days = calendar.days_of(year);
    let first = Date::new(year, 1, 1)?;
    let last = Date::new(year, 12, 31)?;
    let working = calendar.working_days_between(first.yesterday()?, last);
    match format {
        Format::Json => {
            let days = days
                .iter()
                .map(|listed| {
                    json!({
                        "day": listed.day,
                        "name": listed.name,
                        "kind": listed.kind,
                        "working": calendar.is_working(listed.day),
                        "applied": listed.kind.is_applied(),
                        "projected": listed.is_projected(),
                        "document": listed.document(),
                        "source": listed.source,
                    })
                })
                .collect::<Vec<_>>();
            write_json(out, &json!({"year": year, "working_days": working, "days": days}))
        }
        Format::Text => {
            writeln!(out, "Năm {year}: {working} ngày làm việc")?;
            for listed in &days {
                let (kind, name, source) = (listed.kind.name_vi(), &listed.name, &listed.source);
                writeln!(out, "{}  {kind}: {name}; căn cứ: {source}", short_date(listed.day))?;
            }
            write_projection(out, calendar.is_projected_between(first.yesterday()?, last))
        }
    }
}

fn write_projection(out: &mut impl Write, projected: bool) -> anyhow::Result<()> {
    if projected {
        writeln!(out, "Dự báo: có ngày chưa được thông báo chính thức; kiểm tra lại khi có thông báo nghỉ lễ.")?;
    }
    Ok(())
}

fn write_json(out: &mut impl Write, value: &impl Serialize) -> anyhow::Result<()> {
    Ok(writeln!(out, "{}", serde_json::to_string(value)?)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Shell {
        #[command(subcommand)]
        command: Command,
    }

    fn say(line: &str) -> String {
        let shell = Shell::try_parse_from(std::iter::once("calendar").chain(line.split(' ')));
        let command = shell.unwrap_or_else(|error| panic!("{error}")).command;
        let mut out = Vec::new();
        answer(command, &calendar().expect("the calendar that ships"), &mut out).expect("an answer");
        String::from_utf8(out).expect("UTF-8")
    }

    fn say_json(line: &str) -> serde_json::Value {
        serde_json::from_str(&say(&format!("{line} --format json"))).expect("JSON")
    }

    fn check_misuse(line: &str) {
        let shell = Shell::try_parse_from(std::iter::once("calendar").chain(line.split(' ')));
        assert_eq!(shell.err().map(|error| error.exit_code()), Some(2), "{line}");
    }

    #[test]
    fn a_deadline_tells_what_was_counted_and_what_was_skipped() {
        let answer = say_json("deadline --from 2026-02-13 --working-days 2");
        assert_eq!(answer["due"], "2026-02-24");
        assert_eq!(answer["counted"], json!(["2026-02-23", "2026-02-24"]));
        assert_eq!(
            answer["skipped"][2],
            json!({"day": "2026-02-16", "reason": "29 Tết (Giao thừa)", "document": "9441/TB-BNV"})
        );
        assert_eq!((&answer["rolled"], &answer["projected"]), (&json!(null), &json!(false)));
        assert_eq!(answer.as_object().map(serde_json::Map::len), Some(5));
    }

    #[test]
    fn a_deadline_in_days_tells_from_where_it_rolled() {
        let answer = say_json("deadline --from 19/8/2026 --days 10");
        assert_eq!((&answer["rolled"], &answer["due"]), (&json!("2026-08-29"), &json!("2026-09-03")));
        let text = say("deadline --from 2026-08-19 --days 10");
        assert!(text.starts_with("Hạn cuối: hết ngày 03/09/2026\nNgày thứ 10 là 29/08/2026"), "{text}");
    }

    #[test]
    fn the_lunar_day_is_that_of_viet_nam() {
        assert_eq!(
            say_json("lunar 2030-02-02"),
            json!({"solar": "2030-02-02", "lunar": {"day": 1, "month": 1, "leap": false, "year": 2030}, "name": "Canh Tuất"})
        );
        assert_eq!(say("lunar 25/7/2025"), "25/07/2025: ngày 1 tháng 6 (nhuận) năm Ất Tỵ âm lịch\n");
    }

    #[test]
    fn days_between_are_counted_with_and_without_days_off() {
        assert_eq!(
            say_json("between 2026-02-13 2026-02-24 --working-days"),
            json!({"from": "2026-02-13", "to": "2026-02-24", "days": 11, "working_days": 2, "projected": false})
        );
        assert_eq!(say("between 2026-02-13 2026-02-24"), "Sau 13/02/2026 đến hết 24/02/2026: 11 ngày\n");
        assert!(say("between 2027-02-01 2027-02-28 --working-days").contains("Dự báo"));
    }

    #[test]
    fn the_days_of_a_year_come_with_their_grounds() {
        let answer = say_json("days --year 2026");
        assert_eq!(answer["working_days"], 249);
        let days = answer["days"].as_array().expect("a list");
        let proposed = days.iter().find(|day| day["kind"] == "proposed_swap_off").expect("the proposal");
        assert_eq!((&proposed["applied"], &proposed["working"]), (&json!(false), &json!(true)));
        assert!(say("days --year 2035").contains("Mùng 1 Tết Nguyên đán; căn cứ: dự báo theo BLLĐ 2019"));
    }

    #[test]
    fn a_command_without_a_real_day_or_with_two_terms_is_wrong_use() {
        check_misuse("deadline --from 2026-02-31 --days 1");
        check_misuse("deadline --from 2026-02-13");
        check_misuse("deadline --from 2026-02-13 --days 1 --working-days 1");
        check_misuse("deadline --from 2026-02-13 --days 0");
        check_misuse("days --year 26");
    }
}
