//! Whether measured places fit on their sheet; the fields in the order a sheet is read.

use super::{Field, Stock};

/// Every field with its code and its name, from the top of the sheet to its foot.
pub const FIELDS: [(Field, &str, &str); 15] = [
    (Field::Country, "country", "Quốc hiệu"),
    (Field::Motto, "motto", "Tiêu ngữ"),
    (Field::Authority, "authority", "Thẩm quyền khen"),
    (Field::Verb, "verb", "Chữ TẶNG hoặc CÔNG NHẬN"),
    (Field::Heading, "heading", "Tên giấy (GIẤY KHEN…)"),
    (Field::Title, "title", "Tên danh hiệu"),
    (Field::Recipient, "recipient", "Người, tập thể được khen"),
    (Field::RecipientLines, "recipient_lines", "Chức vụ, đơn vị"),
    (Field::Achievement, "achievement", "Thành tích"),
    (Field::Dateline, "dateline", "Nơi, ngày"),
    (Field::Capacity, "capacity", "Chức vụ người ký"),
    (Field::Signer, "signer", "Họ tên người ký"),
    (Field::Decision, "decision", "Số, ngày quyết định"),
    (Field::Register, "register", "Số sổ vàng"),
    (Field::Code, "code", "Mã tra cứu"),
];

/// A measure that cannot be printed so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misplaced {
    /// Which: `recipient.x`, `sheet.width`, `qr.size`.
    pub at: String,
    /// What to do.
    pub what: String,
}

const SHEET: std::ops::RangeInclusive<f64> = 50.0..=450.0;
const SHIFT: std::ops::RangeInclusive<f64> = -20.0..=20.0;
const LETTERS: std::ops::RangeInclusive<f64> = 6.0..=90.0;
const NARROWEST: f64 = 10.0;
const MOST_LINES: usize = 6;
/// A phone still reads a code of this side from an arm's length, in millimetres.
const SMALLEST_QR: f64 = 15.0;

impl Stock {
    /// What does not fit on the sheet; nothing when it can be printed as measured.
    #[must_use]
    pub fn misplaced(&self) -> Vec<Misplaced> {
        let mut found = Vec::new();
        let mut expect = |fits: bool, at: String, what: String| {
            if !fits {
                found.push(Misplaced { at, what });
            }
        };
        for (side, code) in [(self.width, "width"), (self.height, "height")] {
            expect(SHEET.contains(&side), format!("sheet.{code}"), "Cạnh tờ giấy từ 50 đến 450 mm".to_owned());
        }
        for (shift, code) in [(self.shift_right, "right"), (self.shift_down, "down")] {
            expect(SHIFT.contains(&shift), format!("shift.{code}"), "Bù lệch máy in từ -20 đến 20 mm".to_owned());
        }
        if !self.spots.contains_key(&Field::Recipient) {
            expect(false, "recipient.print".to_owned(), "Tên người, tập thể được khen phải được in".to_owned());
        }
        for (field, code, name) in FIELDS {
            let Some(spot) = self.spots.get(&field) else { continue };
            let at = |part: &str| format!("{code}.{part}");
            expect(spot.x >= 0.0 && spot.x < self.width, at("x"), format!("{name}: mép trái phải nằm trong tờ giấy"));
            let inside = spot.width >= NARROWEST && spot.x + spot.width <= self.width;
            expect(inside, at("width"), format!("{name}: rộng ít nhất 10 mm và không vượt mép phải tờ giấy"));
            let on_sheet = spot.baseline > 0.0 && spot.baseline < self.height;
            expect(on_sheet, at("baseline"), format!("{name}: chân chữ phải nằm trong tờ giấy"));
            expect(LETTERS.contains(&spot.size), at("size"), format!("{name}: cỡ chữ từ 6 đến 90"));
            let shrinks = spot.min_size >= *LETTERS.start() && spot.min_size <= spot.size;
            expect(shrinks, at("min_size"), format!("{name}: cỡ nhỏ nhất từ 6 đến cỡ chữ"));
            expect((1..=MOST_LINES).contains(&spot.lines), at("lines"), format!("{name}: từ 1 đến 6 dòng"));
        }
        if let Some(qr) = self.qr {
            expect(qr.size >= SMALLEST_QR, "qr.size".to_owned(), "Mã QR: cạnh ít nhất 15 mm để quét được".to_owned());
            let across = qr.x >= 0.0 && qr.x + qr.size <= self.width;
            expect(across, "qr.x".to_owned(), "Mã QR phải nằm trọn trong tờ giấy".to_owned());
            let down = qr.y >= 0.0 && qr.y + qr.size <= self.height;
            expect(down, "qr.y".to_owned(), "Mã QR phải nằm trọn trong tờ giấy".to_owned());
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_sheets_fit() {
        assert_eq!(Stock::a4().misplaced(), []);
        assert_eq!(Stock::preprinted_a4().misplaced(), []);
    }

    #[test]
    fn every_field_is_listed_once_under_the_code_it_is_kept_under() {
        let listed: std::collections::BTreeSet<_> = FIELDS.iter().map(|(field, ..)| *field).collect();
        assert_eq!(listed.len(), FIELDS.len());
        assert_eq!(Stock::a4().spots.len(), FIELDS.len(), "our own design prints every field");
        for (field, code, _) in FIELDS {
            assert_eq!(serde_json::to_string(&field).expect("a word"), format!("\"{code}\""));
        }
    }

    #[test]
    fn what_leaves_the_sheet_is_named_by_field_and_measure() {
        let mut stock = Stock::a4();
        let name = stock.spots.get_mut(&Field::Recipient).expect("it is printed");
        (name.x, name.baseline, name.size, name.lines) = (200.0, 230.0, 4.0, 0);
        stock.qr = stock.qr.map(|qr| super::super::QrPlace { x: 290.0, ..qr });
        stock.shift_down = 50.0;
        let found: Vec<_> = stock.misplaced().into_iter().map(|one| one.at).collect();
        let wanted = ["shift.down", "recipient.width", "recipient.baseline", "recipient.size", "recipient.min_size"];
        assert_eq!(found, [&wanted[..], &["recipient.lines", "qr.x"]].concat());
    }

    #[test]
    fn a_sheet_without_a_name_is_refused() {
        let mut stock = Stock::a4();
        stock.spots.remove(&Field::Recipient);
        assert_eq!(stock.misplaced()[0].at, "recipient.print");
    }
}
