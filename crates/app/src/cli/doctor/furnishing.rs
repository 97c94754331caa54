//! What travels in the binary: fonts, law, calendar.

use std::collections::BTreeMap;

use jiff::civil::date;
use kernel::Clock;
use rules::Severity;

use super::{Check, State};
use crate::house;

/// Every Vietnamese letter with every mark.
const LETTERS: &str = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ\
                       AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬEÈÉẺẼẸÊỀẾỂỄỆIÌÍỈĨỊOÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢUÙÚỦŨỤƯỪỨỬỮỰYỲÝỶỸỴĐ“”–…0123456789";

const ANOTHER: &str = "chương trình bị hỏng hoặc dựng thiếu; cài lại thidua";

pub fn examine() -> Vec<Check> {
    let mut checks = vec![fonts()];
    checks.extend(law());
    checks.push(calendar());
    checks
}

fn fonts() -> Check {
    let (read, lacking) = papers::examine_fonts(LETTERS);
    if read < papers::FONTS || !lacking.is_empty() {
        let what = format!("phông chữ: đọc được {read}/{}, thiếu chữ {lacking:?}", papers::FONTS);
        return Check::bad("fonts", State::Broken, what, ANOTHER);
    }
    Check::ok("fonts", format!("{read} phông chữ trong chương trình, đủ chữ Việt"))
}

fn law() -> Vec<Check> {
    let book = match house::rules(None) {
        Ok(book) => book,
        Err(error) => return vec![Check::bad("rules", State::Broken, error.to_string(), ANOTHER)],
    };
    let today = Clock::system().today();
    let found = book.check(today);
    let (faults, warnings): (Vec<_>, Vec<_>) = found.iter().partition(|fault| fault.severity == Severity::Fault);
    let mut checks = Vec::new();
    if faults.is_empty() {
        checks
            .push(Check::ok("rules", format!("{} quy tắc có hiệu lực hôm nay, không có lỗi", book.rules(today).len())));
    }
    for fault in faults {
        checks.push(Check::bad(
            "rules",
            State::Fail,
            fault.to_string(),
            "sửa theo rulepacks/README.md hoặc cài bản mới",
        ));
    }
    // One line for all that one instrument takes with it: what stands after the rule's own name.
    let mut ends: BTreeMap<&str, usize> = BTreeMap::new();
    for warning in warnings {
        *ends.entry(warning.what.split_once("” ").map_or(warning.what.as_str(), |(_, end)| end)).or_default() += 1;
    }
    for (end, count) in ends {
        let todo = "cài bản thidua có quy tắc mới trước ngày đó; từng quy tắc: thidua rules check";
        checks.push(Check::bad("rules", State::Warn, format!("{count} quy tắc {end}"), todo));
    }
    checks
}

fn calendar() -> Check {
    let calendar = match house::calendar() {
        Ok(calendar) => calendar,
        Err(error) => return Check::bad("calendar", State::Broken, error.to_string(), ANOTHER),
    };
    let today = Clock::system().today();
    let is_projected = |year: i16| calendar.is_projected_between(date(year, 1, 1), date(year, 12, 31));
    // A term that begins in the last months of a year ends in the next.
    let years = if today.month() >= 11 { vec![today.year(), today.year() + 1] } else { vec![today.year()] };
    let projected: Vec<String> = years.iter().filter(|year| is_projected(**year)).map(ToString::to_string).collect();
    if projected.is_empty() {
        let years: Vec<String> = years.iter().map(ToString::to_string).collect();
        return Check::ok("calendar", format!("lịch nghỉ năm {} theo thông báo chính thức", years.join(", ")));
    }
    let what = format!("lịch nghỉ năm {} mới là dự báo; thời hạn rơi vào đó sẽ ghi là dự báo", projected.join(", "));
    Check::bad("calendar", State::Warn, what, "khi có thông báo nghỉ lễ, tết: cài bản thidua có lịch mới")
}
