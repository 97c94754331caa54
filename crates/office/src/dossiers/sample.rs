//! Invented dossiers with a seed: the shape of a year, nobody's data. For examples and measurements.

use std::io::{self, Write};

use kernel::Date;

use super::decision::WorkingDays;

/// Units at work, each with how many in a hundred of its dossiers are late.
const UNITS: [(&str, u64); 8] = [
    ("Trung tâm Phục vụ hành chính công", 1),
    ("Phòng Kiểm soát thủ tục hành chính", 2),
    ("Phòng Nội chính", 4),
    ("Phòng Kinh tế ngành", 14),
    ("Phòng Khoa giáo - Văn xã", 3),
    ("Phòng Tổng hợp", 2),
    ("Ban Tiếp công dân tỉnh", 5),
    ("Trung tâm Thông tin", 3),
];

/// Procedures with their legal and promised working days.
const PROCEDURES: [(&str, &str, i64, i64); 12] = [
    ("1.000101", "Cấp phép sử dụng con dấu", 5, 3),
    ("1.000102", "Chấp thuận chủ trương đầu tư", 35, 25),
    ("1.000103", "Cấp giấy phép môi trường", 30, 20),
    ("1.000104", "Giao đất và cho thuê đất", 20, 15),
    ("1.000105", "Xếp hạng di tích cấp tỉnh", 25, 18),
    ("1.000106", "Công nhận trường đạt chuẩn quốc gia", 20, 14),
    ("1.000107", "Cấp phép hoạt động tín ngưỡng", 15, 10),
    ("1.000108", "Thẩm định báo cáo nghiên cứu khả thi", 20, 16),
    ("1.000109", "Cấp thẻ ABTC", 10, 7),
    ("1.000110", "Phê duyệt quy hoạch chi tiết", 25, 20),
    ("1.000111", "Hỗ trợ doanh nghiệp nhỏ và vừa", 14, 10),
    ("1.000112", "Tặng danh hiệu làng nghề", 30, 22),
];

/// How many in a hundred of the days of a month are kept, from January: little around Tết, much at the end of a
/// quarter.
const SHAPE: [u64; 12] = [55, 35, 90, 70, 70, 95, 65, 70, 95, 75, 80, 100];

/// How many more in a hundred are late in the last month of a quarter.
const RUSH: u64 = 3;

/// Numbers that depend on the seed alone (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % sides
    }

    fn days(&mut self, upto: i64) -> i64 {
        i64::try_from(self.roll(u64::try_from(upto.max(1)).unwrap_or(1))).unwrap_or(0)
    }
}

/// Writes a CSV of this many dossiers, accepted in the `years` before a day.
///
/// # Errors
/// What the writer says.
pub fn write(
    out: &mut impl Write,
    rows: u64,
    seed: u64,
    days: &WorkingDays,
    today: Date,
    years: u64,
) -> io::Result<()> {
    let from = today.saturating_sub(jiff::Span::new().days(i64::try_from(years * 365).unwrap_or(365) - 1));
    write_between(out, rows, seed, days, today, (from, today))
}

/// Writes a CSV of this many dossiers, accepted from one day to another; what ends after `today` is at work.
///
/// # Errors
/// What the writer says.
pub fn write_between(
    out: &mut impl Write,
    rows: u64,
    seed: u64,
    days: &WorkingDays,
    today: Date,
    (from, until): (Date, Date),
) -> io::Result<()> {
    let span = i64::from(days.number(until) - days.number(from)) + 1;
    let mut dice = Dice(seed);
    writeln!(
        out,
        "Mã hồ sơ,Mã thủ tục,Tên thủ tục,Đơn vị xử lý,Trạng thái,Kênh thực hiện,Ngày tiếp nhận,Ngày hẹn trả,Ngày kết thúc,\
         Ngày yêu cầu bổ sung,Ngày tiếp nhận bổ sung,Thời hạn theo quy định,Thời hạn cam kết,Số hóa hồ sơ,Kết quả điện tử,\
         Mức hài lòng"
    )?;
    for number in 0..rows {
        let mut received = from.saturating_add(jiff::Span::new().days(dice.days(span)));
        while dice.roll(100) >= SHAPE[usize::from(received.month().unsigned_abs()) - 1] {
            received = from.saturating_add(jiff::Span::new().days(dice.days(span)));
        }
        // Nothing is accepted on a day off: the next working day is.
        let received = if days.between(received.yesterday().unwrap_or(received), received) == 0 {
            days.after(received, 1).min(until)
        } else {
            received
        };
        let (code, name, legal, promised) = PROCEDURES[usize::try_from(dice.roll(12)).unwrap_or(0)];
        let (unit, late) = UNITS[usize::try_from(dice.roll(8)).unwrap_or(0)];
        let due = days.after(received, promised);
        let rush = if received.month() % 3 == 0 { RUSH } else { 0 };
        let is_late = dice.roll(100) < late + rush;
        let taken = if is_late { promised + 1 + dice.days(8) } else { (promised - dice.days(promised / 2 + 1)).max(1) };
        let asked = (dice.roll(20) == 0).then(|| days.after(received, 1));
        let waited = if asked.is_some() { 1 + dice.days(6) } else { 0 };
        let supplied = asked.map(|day| days.after(day, waited));
        let finished = days.after(received, taken + waited);
        let over = finished <= today;
        let status = match (over, asked.filter(|day| *day <= today), supplied.filter(|day| *day <= today)) {
            (true, ..) => "Đã trả kết quả",
            (false, Some(_), None) => "Yêu cầu bổ sung giấy tờ",
            _ => "Đang xử lý",
        };
        let (asked, supplied) = (asked.filter(|day| *day <= today), supplied.filter(|day| *day <= today));
        let channel = if dice.roll(10) < 7 { 2 } else { 1 };
        let input = if dice.roll(10) < 6 { "Có" } else { "Không" };
        let result = if over { if dice.roll(10) < 5 { "Có" } else { "Không" } } else { "" };
        let rating = if over && dice.roll(20) == 0 { (3 + dice.roll(3)).to_string() } else { String::new() };
        let stamp = received.strftime("%y%m%d");
        writeln!(
            out,
            "H00.01.{:02}-{stamp}-{number:07},{code},{name},{unit},{status},{channel},{},{},{},{},{},{legal},{promised},{input},{result},{rating}",
            dice.roll(90) + 10,
            day(Some(received)),
            day(Some(due)),
            day(over.then_some(finished)),
            day(asked),
            day(supplied),
        )?;
    }
    Ok(())
}

fn day(day: Option<Date>) -> String {
    day.map(|day| day.strftime("%d/%m/%Y").to_string()).unwrap_or_default()
}
