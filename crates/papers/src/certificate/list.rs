//! A list of certificates as offices keep it: a spreadsheet with one recipient a row, or JSON.
//!
//! What is the same for everybody (authority, place, signer) may stand in [`Common`] instead of in
//! every row. All faults are found in one reading, each with its row and column.

use jiff::civil::Date;
use thiserror::Error;

use super::{Certificate, Form, Verification};
use crate::paper::Signer;
use crate::sheet::{ColumnName, Fault, Limits, Sheet, SheetError, Table, TableRow};

/// What is said once for a whole list; a row that says otherwise is right.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Common {
    /// Who awards.
    pub authority: Option<String>,
    /// Where it is issued.
    pub place: Option<String>,
    /// Number of the decision.
    pub decision_number: Option<String>,
    /// Day of the decision.
    pub decided_on: Option<Date>,
    /// Post of the signer; lines apart by `/`.
    pub capacity: Option<String>,
    /// Name of the signer.
    pub signer: Option<String>,
}

/// Why a list gives no certificates.
#[derive(Debug, Error)]
pub enum ListError {
    /// The file is no spreadsheet that we read.
    #[error(transparent)]
    Sheet(#[from] SheetError),
    /// The file is no JSON.
    #[error("Không đọc được JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// Cells that have to be mended.
    #[error("Danh sách có {} chỗ cần sửa.", .0.len())]
    Faults(Vec<Fault>),
    /// Nobody in the list.
    #[error("Danh sách không có dòng nào.")]
    Nobody,
}

const RECIPIENT: &str = "Họ và tên";
const LINES: &str = "Chức vụ, đơn vị";
const ACHIEVEMENT: &str = "Thành tích";
const FORM: &str = "Hình thức";
const TITLE: &str = "Danh hiệu";
const AUTHORITY: &str = "Thẩm quyền";
const DECISION: &str = "Số quyết định";
const DECIDED_ON: &str = "Ngày quyết định";
const PLACE: &str = "Địa danh";
const ISSUED_ON: &str = "Ngày cấp";
const CAPACITY: &str = "Chức vụ người ký";
const SIGNER: &str = "Người ký";
const CODE: &str = "Mã tra cứu";
const URL: &str = "Địa chỉ tra cứu";
const REGISTER: &str = "Số sổ vàng";

/// The columns of the list, with the other names people give them.
pub const COLUMNS: [ColumnName; 15] = [
    ColumnName::required(RECIPIENT, &["Họ tên", "Tên", "Tên tập thể, cá nhân", "Người được khen", "recipient", "name"]),
    ColumnName::optional(LINES, &["Chức vụ", "Đơn vị", "Chức vụ - đơn vị", "Phòng", "unit"]),
    ColumnName::required(ACHIEVEMENT, &["Nội dung khen", "Nội dung thành tích", "Lý do khen", "achievement"]),
    ColumnName::optional(FORM, &["Hình thức khen", "Hình thức khen thưởng", "form"]),
    ColumnName::optional(TITLE, &["Danh hiệu thi đua", "title"]),
    ColumnName::optional(AUTHORITY, &["Cấp khen", "Người khen", "authority"]),
    ColumnName::optional(DECISION, &["Quyết định số", "Quyết định", "decision_number"]),
    ColumnName::optional(DECIDED_ON, &["Ngày ký quyết định", "decided_on"]),
    ColumnName::optional(PLACE, &["Nơi cấp", "place"]),
    ColumnName::optional(ISSUED_ON, &["Ngày ký", "issued_on"]),
    ColumnName::optional(CAPACITY, &["Quyền hạn người ký", "capacity"]),
    ColumnName::optional(SIGNER, &["Họ tên người ký", "signer"]),
    ColumnName::optional(CODE, &["Mã xác minh", "code"]),
    ColumnName::optional(URL, &["Địa chỉ xác minh", "url"]),
    ColumnName::optional(REGISTER, &["Vào sổ số", "Số vào sổ", "register_number"]),
];

/// Reads a list from XLSX, CSV or JSON; which of them its first bytes say.
pub fn read_list(bytes: &[u8], common: &Common, limits: &Limits) -> Result<Vec<Certificate>, ListError> {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let list = if matches!(text.trim_ascii_start().first(), Some(b'[' | b'{')) {
        from_json(text)?
    } else {
        from_sheet(&Sheet::read(bytes, limits)?, common)?
    };
    if list.is_empty() { Err(ListError::Nobody) } else { Ok(list) }
}

/// An array of certificates, written as [`Certificate`] is serialized.
fn from_json(bytes: &[u8]) -> Result<Vec<Certificate>, ListError> {
    let entries: Vec<serde_json::Value> = serde_json::from_slice(bytes)?;
    gather(entries.into_iter().zip(1..).map(|(entry, row)| {
        serde_json::from_value(entry).map_err(|error| {
            vec![Fault {
                row,
                column: String::new(),
                letters: String::new(),
                value: String::new(),
                what: format!("Mục không đúng khuôn dạng: {error}."),
            }]
        })
    }))
}

fn from_sheet(sheet: &Sheet, common: &Common) -> Result<Vec<Certificate>, ListError> {
    let table = Table::find(sheet, &COLUMNS)?;
    gather(table.rows().map(|row| Reading { row, common, faults: Vec::new() }.certificate()))
}

fn gather(read: impl Iterator<Item = Result<Certificate, Vec<Fault>>>) -> Result<Vec<Certificate>, ListError> {
    let (mut list, mut faults) = (Vec::new(), Vec::new());
    for outcome in read {
        match outcome {
            Ok(certificate) => list.push(certificate),
            Err(found) => faults.extend(found),
        }
    }
    if faults.is_empty() { Ok(list) } else { Err(ListError::Faults(faults)) }
}

/// One row on its way to a certificate, with the faults met.
struct Reading<'a> {
    row: TableRow<'a>,
    common: &'a Common,
    faults: Vec<Fault>,
}

impl Reading<'_> {
    fn certificate(mut self) -> Result<Certificate, Vec<Fault>> {
        let common = self.common;
        let form = self.form();
        let title = self.row.text(TITLE);
        if form == Form::GiayChungNhan && title.is_none() {
            self.blame(TITLE, "Giấy chứng nhận phải ghi danh hiệu.");
        }
        let decided_on = self.day(DECIDED_ON).or(common.decided_on);
        if decided_on.is_none() && self.row.text(DECIDED_ON).is_none() {
            self.blame(DECIDED_ON, "Cần ngày quyết định, ở cột này hoặc trong tùy chọn --decided-on.");
        }
        let issued_on = self.day(ISSUED_ON).or(decided_on);
        let capacity = self.row.text(CAPACITY).or_else(|| common.capacity.clone()).unwrap_or_default();
        let certificate = Certificate {
            form,
            title,
            authority: self.needed(AUTHORITY, common.authority.as_deref(), "--authority"),
            recipient: self.needed(RECIPIENT, None, ""),
            recipient_lines: self.row.text(LINES).into_iter().collect(),
            achievement: self.needed(ACHIEVEMENT, None, ""),
            decision_number: self.row.text(DECISION).or_else(|| common.decision_number.clone()),
            // When the day is missing there is a fault, and this certificate is never seen.
            decided_on: decided_on.unwrap_or_default(),
            place: self.row.text(PLACE).or_else(|| common.place.clone()).unwrap_or_default(),
            issued_on: issued_on.unwrap_or_default(),
            signer: Signer {
                capacity: capacity.split('/').map(|line| line.trim().to_owned()).filter(|it| !it.is_empty()).collect(),
                name: self.needed(SIGNER, common.signer.as_deref(), "--signer"),
            },
            verification: self.verification(),
            register_number: self.row.text(REGISTER),
        };
        if self.faults.is_empty() { Ok(certificate) } else { Err(self.faults) }
    }

    fn blame(&mut self, column: &str, what: &str) {
        self.faults.push(self.row.fault(column, what));
    }

    fn needed(&mut self, column: &str, common: Option<&str>, option: &str) -> String {
        if let Some(text) = self.row.text(column).or_else(|| common.map(str::to_owned)) {
            return text;
        }
        let what = if option.is_empty() {
            "Ô này không được để trống.".to_owned()
        } else {
            format!("Ô này trống; hãy điền hoặc dùng tùy chọn {option} cho cả danh sách.")
        };
        self.blame(column, &what);
        String::new()
    }

    fn day(&mut self, column: &str) -> Option<Date> {
        let cell = self.row.cell(column);
        let day = cell.day();
        if day.is_none() && !cell.is_blank() {
            self.blame(column, "Không phải ngày có trong lịch; hãy ghi như 05/02/2027.");
        }
        day
    }

    fn form(&mut self) -> Form {
        let Some(text) = self.row.text(FORM) else { return Form::GiayKhen };
        match kernel::text::search_key(&text).replace(' ', "_").as_str() {
            "giay_khen" => Form::GiayKhen,
            "bang_khen" => Form::BangKhen,
            "giay_chung_nhan" => Form::GiayChungNhan,
            _ => {
                self.blame(FORM, "Chỉ nhận Giấy khen, Bằng khen hoặc Giấy chứng nhận.");
                Form::GiayKhen
            }
        }
    }

    fn verification(&mut self) -> Option<Verification> {
        match (self.row.text(CODE), self.row.text(URL)) {
            (Some(code), Some(url)) => Some(Verification { code, url }),
            (None, None) => None,
            (Some(_), None) => {
                self.blame(URL, "Có mã tra cứu thì phải có địa chỉ tra cứu.");
                None
            }
            (None, Some(_)) => {
                self.blame(CODE, "Có địa chỉ tra cứu thì phải có mã tra cứu.");
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Common, ListError, read_list};
    use crate::certificate::{Certificate, Form};
    use crate::sheet::{Fault, Limits};
    use jiff::civil::date;

    fn read(text: &str, common: &Common) -> Result<Vec<Certificate>, ListError> {
        read_list(text.as_bytes(), common, &Limits::default())
    }

    fn faults(text: &str) -> Vec<Fault> {
        match read(text, &Common::default()) {
            Err(ListError::Faults(faults)) => faults,
            other => panic!("faults were expected, not {other:?}"),
        }
    }

    #[test]
    fn a_row_becomes_a_certificate_and_takes_the_rest_from_what_is_common() {
        let common = Common {
            authority: Some("CHÁNH VĂN PHÒNG".into()),
            place: Some("Sơn La".into()),
            decided_on: Some(date(2027, 2, 5)),
            capacity: Some("KT. CHÁNH VĂN PHÒNG / PHÓ CHÁNH VĂN PHÒNG".into()),
            signer: Some("Nguyễn Văn Đạt".into()),
            ..Common::default()
        };
        let list = read("Họ tên,Nội dung khen,Hình thức\nBà Đỗ Thị Ánh,Xuất sắc,BẰNG KHEN\n", &common).unwrap();
        assert_eq!(list[0].recipient, "Bà Đỗ Thị Ánh");
        assert_eq!((list[0].form, list[0].issued_on), (Form::BangKhen, date(2027, 2, 5)));
        assert_eq!(list[0].signer.capacity, ["KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"]);
    }

    #[test]
    fn every_fault_is_named_with_its_row_and_column_in_one_reading() {
        let header = "Họ và tên,Thành tích,Ngày quyết định,Thẩm quyền,Người ký\n";
        let found = faults(&format!("{header}A,x,31/02/2027,C,D\n\n,x,1/2/2027,C,\n"));
        let places: Vec<_> = found.iter().map(|fault| (fault.row, fault.letters.as_str())).collect();
        assert_eq!(places, [(2, "C"), (4, "A"), (4, "E")]);
        assert_eq!(found[0].value, "31/02/2027");
    }

    #[test]
    fn a_certificate_of_a_title_names_the_title() {
        let found = faults(
            "Họ và tên,Thành tích,Ngày quyết định,Thẩm quyền,Người ký,Hình thức\nA,x,1/2/2027,C,D,Giấy chứng nhận\n",
        );
        assert_eq!(found[0].column, "Danh hiệu");
    }

    #[test]
    fn an_unknown_key_in_json_is_a_fault_that_names_it() {
        let found = faults(r#"[{"recipient":"A","ten":"B"}]"#);
        assert_eq!(found[0].row, 1);
        assert!(found[0].what.contains("`ten`"), "{}", found[0].what);
    }

    #[test]
    fn an_empty_list_is_refused() {
        assert!(matches!(read("Họ và tên,Thành tích\n", &Common::default()), Err(ListError::Nobody)));
        assert!(matches!(read("[]", &Common::default()), Err(ListError::Nobody)));
    }
}
