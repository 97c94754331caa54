//! What a source calls its columns and statuses, and how it writes days.
//!
//! A mapping is edited as text, a line each: `Mã hồ sơ = code` for a column, `Đang thẩm định = open` for a
//! status. It is compared by search keys, so marks and capitals do not matter. Saving makes a new version.

use std::collections::BTreeMap;

use kernel::Date;
use kernel::text::{clean_line, search_key};
use papers::sheet::Encoding;
use serde::{Deserialize, Serialize};

use super::model::Status;
use crate::words::words;

words! {
    /// What a column tells.
    Field {
        /// The code of the dossier.
        Code = "code", "Mã hồ sơ";
        /// The unit at work.
        Unit = "unit", "Đơn vị xử lý";
        /// The code of the procedure.
        Procedure = "procedure", "Mã thủ tục";
        /// The name of the procedure.
        ProcedureName = "procedure_name", "Tên thủ tục";
        /// Where it stands.
        Status = "status", "Trạng thái";
        /// How it was handed in.
        Channel = "channel", "Kênh nộp";
        /// The day of acceptance.
        ReceivedOn = "received_on", "Ngày tiếp nhận";
        /// The day promised.
        DueOn = "due_on", "Ngày hẹn trả";
        /// The day the work ended.
        FinishedOn = "finished_on", "Ngày xử lý xong";
        /// The day it was handed over, when no day of ending is given.
        ReturnedOn = "returned_on", "Ngày trả kết quả";
        /// The day more papers were asked for.
        AskedOn = "asked_on", "Ngày yêu cầu bổ sung";
        /// The day they came.
        SuppliedOn = "supplied_on", "Ngày đã bổ sung";
        /// How often.
        Supplements = "supplements", "Số lần bổ sung";
        /// Working days of the law.
        LegalDays = "legal_days", "Thời hạn theo luật";
        /// Working days promised.
        CommittedDays = "committed_days", "Thời hạn cam kết";
        /// Papers digitised.
        InputDigitised = "input_digitised", "Số hóa giấy tờ";
        /// Result digitised.
        ResultDigitised = "result_digitised", "Kết quả điện tử";
        /// Rating.
        Rating = "rating", "Mức hài lòng";
        /// Tells of a citizen: never read further.
        Citizen = "citizen", "Bỏ: dữ liệu của công dân";
        /// Known and of no use here.
        Unused = "unused", "Bỏ: không dùng";
    }
}

words! {
    /// How a day may be written as text.
    DayForm {
        /// `05/02/2026`, also with dashes or dots, with or without a time.
        DayMonthYear = "dmy", "ngày/tháng/năm";
        /// `02/05/2026`.
        MonthDayYear = "mdy", "tháng/ngày/năm";
        /// `2026-02-05`, also `2026/02/05` and with a time.
        YearMonthDay = "ymd", "năm-tháng-ngày";
        /// `20260205` or `20260205083000`.
        Compact = "compact", "năm tháng ngày viết liền";
        /// `05/02/26`.
        ShortYear = "dmy2", "ngày/tháng/năm hai chữ số";
    }
}

/// What a source calls things.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// Columns: header → what it tells.
    pub columns: BTreeMap<String, Field>,
    /// Statuses: words → status.
    pub statuses: BTreeMap<String, Status>,
    /// How days may be written.
    pub days: Vec<DayForm>,
    /// The encoding of text files without a mark.
    pub encoding: Encoding,
    /// Whether the promised day in the file already counts the time of waiting.
    pub due_has_waiting: bool,
}

/// Why a day is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DayFault {
    /// No declared form fits.
    Unreadable,
    /// Two declared forms give two days.
    Ambiguous(Date, Date),
}

const COLUMNS: &[(Field, &[&str])] = &[
    (Field::Code, &["MaHoSo", "Mã hồ sơ", "Số hồ sơ"]),
    (Field::Unit, &["DonViXuLy", "Đơn vị xử lý", "Đơn vị"]),
    (Field::Procedure, &["MaTTHC", "Mã TTHC", "Mã thủ tục"]),
    (Field::ProcedureName, &["TenTTHC", "Tên TTHC", "Tên thủ tục"]),
    (Field::Status, &["TrangThaiHoSo", "Trạng thái", "Trạng thái hồ sơ"]),
    (Field::Channel, &["KenhThucHien", "Kênh thực hiện", "Hình thức nộp"]),
    (Field::ReceivedOn, &["NgayTiepNhan", "Ngày tiếp nhận"]),
    (Field::DueOn, &["NgayHenTra", "Ngày hẹn trả"]),
    (Field::FinishedOn, &["NgayKetThucXuLy", "Ngày kết thúc", "Ngày kết thúc xử lý"]),
    (Field::ReturnedOn, &["NgayTra", "Ngày trả", "Ngày trả kết quả"]),
    (Field::AskedOn, &["NgayBoSung", "Ngày yêu cầu bổ sung"]),
    (Field::SuppliedOn, &["NgayTiepNhanBoSung", "Ngày tiếp nhận bổ sung"]),
    (Field::Supplements, &["SoLanBoSung", "Số lần bổ sung"]),
    (Field::LegalDays, &["ThoiHanLuat", "Thời hạn theo quy định"]),
    (Field::CommittedDays, &["ThoiHanCamKet", "Thời hạn cam kết"]),
    (Field::InputDigitised, &["HoSoCoThanhPhanSoHoa", "Số hóa hồ sơ"]),
    (Field::ResultDigitised, &["KetQuaDienTu", "Kết quả điện tử"]),
    (Field::Rating, &["MucHaiLong", "Mức hài lòng"]),
    (
        Field::Citizen,
        &[
            "ChuHoSo",
            "Chủ hồ sơ",
            "Người nộp",
            "Họ và tên",
            "SoGiayToChuHoSo",
            "Số giấy tờ",
            "CCCD",
            "DinhDanhCHS",
            "SoDienThoai",
            "SĐT",
            "Số điện thoại",
            "Email",
            "Fax",
            "Địa chỉ",
            "TrichYeuHoSo",
            "ThongTinKhac",
            "ThongTinTra",
            "GhiChu",
            "Ghi chú",
            "MaDoiTuong",
        ],
    ),
    (
        Field::Unused,
        &[
            "MaLinhVuc",
            "TenLinhVuc",
            "Lĩnh vực",
            "NgayNopHoSo",
            "LoaiDoiTuong",
            "HinhThuc",
            "NoiNopHoSo",
            "Cán bộ xử lý",
            "STT",
        ],
    ),
];

impl Default for Mapping {
    /// The columns and statuses of the national schema and of usual exports by hand.
    fn default() -> Self {
        let columns = COLUMNS.iter().flat_map(|(field, names)| names.iter().map(|name| ((*name).to_owned(), *field)));
        let statuses = Status::ALL.iter().map(|status| (status.name_vi().to_owned(), *status));
        let numbers = Status::ALL.iter().map(|status| (status.number().to_string(), *status));
        Self {
            columns: columns.collect(),
            statuses: statuses.chain(numbers).collect(),
            days: vec![DayForm::DayMonthYear, DayForm::YearMonthDay, DayForm::Compact],
            encoding: Encoding::Utf8,
            due_has_waiting: false,
        }
    }
}

impl Mapping {
    /// What a header tells; none when the mapping does not know it.
    #[must_use]
    pub fn field(&self, header: &str) -> Option<Field> {
        let key = search_key(header);
        self.columns.iter().find(|(name, _)| search_key(name) == key).map(|(_, field)| *field)
    }

    /// The statuses by their search keys, for reading many rows.
    #[must_use]
    pub fn status_keys(&self) -> BTreeMap<String, Status> {
        self.statuses.iter().map(|(words, status)| (search_key(words), *status)).collect()
    }

    /// The day a text means under the declared forms.
    ///
    /// # Errors
    /// When none fits, or two give different days.
    pub fn day(&self, text: &str) -> Result<Date, DayFault> {
        let mut found: Option<Date> = None;
        for day in self.days.iter().filter_map(|form| form.read(text)) {
            match found {
                Some(other) if other != day => return Err(DayFault::Ambiguous(other, day)),
                _ => found = Some(day),
            }
        }
        found.ok_or(DayFault::Unreadable)
    }

    /// The columns as they are edited.
    #[must_use]
    pub fn columns_text(&self) -> String {
        self.columns.iter().map(|(name, field)| format!("{name} = {}\n", field.code())).collect()
    }

    /// The statuses as they are edited.
    #[must_use]
    pub fn statuses_text(&self) -> String {
        self.statuses.iter().map(|(words, status)| format!("{words} = {}\n", status.code())).collect()
    }
}

/// Reads edited lines `words = code`; a fault names its line.
///
/// # Errors
/// The first line that is not understood, in words.
pub fn parse_lines<T: Copy>(text: &str, word: fn(&str) -> Option<T>) -> Result<BTreeMap<String, T>, String> {
    let mut found = BTreeMap::new();
    let mut keys = BTreeMap::new();
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let Some((words, code)) = line.rsplit_once('=') else {
            return Err(format!("Dòng {number}: ghi “chữ trong tệp = mã”"));
        };
        let (words, code) = (clean_line(words), code.trim());
        let Some(value) = word(code) else { return Err(format!("Dòng {number}: không có mã “{code}”")) };
        if words.is_empty() {
            return Err(format!("Dòng {number}: thiếu chữ trong tệp trước dấu ="));
        }
        if let Some(first) = keys.insert(search_key(&words), number) {
            return Err(format!("Dòng {number}: “{words}” đã có ở dòng {first}"));
        }
        found.insert(words, value);
    }
    Ok(found)
}

impl DayForm {
    fn read(self, text: &str) -> Option<Date> {
        let day = text.split(['T', ' ']).find(|part| !part.is_empty())?;
        if self == Self::Compact {
            let plain = (day.len() == 8 || day.len() == 14) && day.bytes().all(|byte| byte.is_ascii_digit());
            return plain.then(|| date(&day[..4], &day[4..6], &day[6..8]))?;
        }
        let parts: Vec<&str> = day.split(['/', '-', '.']).collect();
        let [first, second, third] = parts.as_slice() else { return None };
        match (self, first.len(), third.len()) {
            (Self::DayMonthYear, 1..=2, 4) => date(third, second, first),
            (Self::MonthDayYear, 1..=2, 4) => date(third, first, second),
            (Self::YearMonthDay, 4, 1..=2) => date(first, second, third),
            (Self::ShortYear, 1..=2, 2) => date(&format!("20{third}"), second, first),
            _ => None,
        }
    }
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn reading(days: &[DayForm]) -> Mapping {
        Mapping { days: days.to_vec(), ..Mapping::default() }
    }

    #[test]
    fn each_of_five_forms_is_read_when_it_is_declared_and_not_otherwise() {
        let cases = [
            (DayForm::DayMonthYear, "25/02/2026 08:30:00"),
            (DayForm::MonthDayYear, "2/25/2026"),
            (DayForm::YearMonthDay, "2026-02-25T08:30:00"),
            (DayForm::Compact, "20260225083000"),
            (DayForm::ShortYear, "25.2.26"),
        ];
        for (form, text) in cases {
            assert_eq!(reading(&[form]).day(text), Ok(date(2026, 2, 25)), "{text}");
            let others: Vec<_> = DayForm::ALL.iter().copied().filter(|other| *other != form).collect();
            assert_eq!(reading(&others).day(text), Err(DayFault::Unreadable), "{text}");
        }
    }

    #[test]
    fn a_day_that_two_declared_forms_read_differently_is_refused() {
        let both = reading(&[DayForm::DayMonthYear, DayForm::MonthDayYear]);
        assert_eq!(both.day("05/02/2026"), Err(DayFault::Ambiguous(date(2026, 2, 5), date(2026, 5, 2))));
        assert_eq!(both.day("25/02/2026"), Ok(date(2026, 2, 25)));
        assert_eq!(both.day("03/03/2026"), Ok(date(2026, 3, 3)));
    }

    #[test]
    fn a_mapping_is_the_same_after_it_was_edited_as_text() {
        let mapping = Mapping::default();
        assert_eq!(parse_lines(&mapping.columns_text(), Field::from_code).as_ref(), Ok(&mapping.columns));
        assert_eq!(parse_lines(&mapping.statuses_text(), Status::from_code).as_ref(), Ok(&mapping.statuses));
        let twice = parse_lines("Mã hồ sơ = code\nMA HO SO = unit", Field::from_code);
        assert_eq!(twice, Err("Dòng 2: “MA HO SO” đã có ở dòng 1".to_owned()));
        assert!(parse_lines("Mã hồ sơ = ma", Field::from_code).is_err());
    }
}
