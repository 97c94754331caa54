//! A row becomes a dossier, or faults by column. What tells of citizens is not even looked at.

use std::collections::BTreeMap;
use std::sync::Arc;

use kernel::Date;
use kernel::text::search_key;
use papers::sheet::{Cell, Fault, Row, column_letters};

use super::DossiersError;
use super::decision::WorkingDays;
use super::mapping::{DayFault, Field, Mapping};
use super::model::{Channel, Facts, Status};

/// The longest text that is kept of a cell.
pub(super) const LONGEST: usize = 300;

/// What every file must have.
const NEEDED: [Field; 4] = [Field::Code, Field::Unit, Field::Status, Field::ReceivedOn];

/// Reads the rows under one header.
pub struct Reader {
    pub(super) mapping: Arc<Mapping>,
    statuses: BTreeMap<String, Status>,
    pub(super) places: BTreeMap<Field, (usize, String)>,
    pub(super) today: Date,
    /// Columns that the mapping does not know.
    pub unknown: Vec<String>,
    /// Columns that tell of citizens.
    pub dropped: Vec<String>,
}

impl Reader {
    /// Takes a row as the header.
    ///
    /// # Errors
    /// When it lacks a column that is needed, or two columns tell the same.
    pub fn under(mapping: &Arc<Mapping>, header: &Row, today: Date) -> Result<Self, DossiersError> {
        let mut places: BTreeMap<Field, (usize, String)> = BTreeMap::new();
        let (mut unknown, mut dropped) = (Vec::new(), Vec::new());
        for (place, cell) in header.cells.iter().enumerate() {
            let name = cell.text();
            match mapping.field(&name) {
                _ if name.is_empty() => {}
                None => unknown.push(name),
                Some(Field::Citizen) => dropped.push(name),
                Some(Field::Unused) => {}
                Some(field) => {
                    if let Some((_, first)) = places.insert(field, (place, name.clone())) {
                        return Err(DossiersError::TwoColumns { first, second: name, field: field.name_vi() });
                    }
                }
            }
        }
        let mut missing: Vec<_> =
            NEEDED.iter().filter(|field| !places.contains_key(field)).map(|f| f.name_vi()).collect();
        if !places.contains_key(&Field::Procedure) && !places.contains_key(&Field::ProcedureName) {
            missing.push(Field::Procedure.name_vi());
        }
        if !missing.is_empty() {
            return Err(DossiersError::NoHeader { missing: missing.join(", ") });
        }
        Ok(Self { mapping: Arc::clone(mapping), statuses: mapping.status_keys(), places, today, unknown, dropped })
    }

    /// Reads a row; all its faults at once.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self, row: &Row) -> Result<Facts, Vec<Fault>> {
        let mut line = Line { reader: self, row, faults: Vec::new() };
        let code = line.needed(Field::Code);
        let unit = line.needed(Field::Unit);
        let name = line.text(Field::ProcedureName);
        let procedure = line.text(Field::Procedure);
        let status = line.status();
        let received_on = line.day(Field::ReceivedOn);
        if received_on.is_none() && line.text(Field::ReceivedOn).is_empty() {
            line.fault(Field::ReceivedOn, "Ô này không được để trống.");
        }
        if received_on.is_some_and(|day| day > self.today) {
            line.fault(Field::ReceivedOn, "Ngày này chưa đến; kiểm tra lại năm và cách ghi ngày.");
        }
        if procedure.is_empty() && name.is_empty() {
            let field =
                if self.places.contains_key(&Field::Procedure) { Field::Procedure } else { Field::ProcedureName };
            line.fault(field, "Ghi mã hoặc tên thủ tục.");
        }
        let ended = line.day(Field::FinishedOn);
        let returned = line.day(Field::ReturnedOn);
        let finished_on = ended.or(returned).filter(|_| status.is_some_and(Status::is_over));
        if status.is_some_and(Status::is_over) && finished_on.is_none() && line.faults.is_empty() {
            line.fault(Field::Status, "Trạng thái là đã kết thúc nhưng không có ngày kết thúc hoặc ngày trả.");
        }
        if let (Some(received), Some(finished)) = (received_on, finished_on)
            && finished < received
        {
            line.fault(Field::ReceivedOn, "Ngày kết thúc đứng trước ngày tiếp nhận.");
        }
        let (asked_on, supplied_on) = (line.day(Field::AskedOn), line.day(Field::SuppliedOn));
        if supplied_on.is_some() && asked_on.is_none_or(|asked| supplied_on.is_some_and(|day| day < asked)) {
            line.fault(Field::SuppliedOn, "Ngày bổ sung phải có ngày yêu cầu bổ sung và không đứng trước ngày đó.");
        }
        let supplements = line.whole(Field::Supplements, 0..=99).unwrap_or(i64::from(asked_on.is_some()));
        let facts = Facts {
            code,
            unit,
            procedure: if procedure.is_empty() { name.clone() } else { procedure },
            procedure_name: name,
            status: status.unwrap_or(Status::New),
            channel: line.channel(),
            received_on: received_on.unwrap_or(self.today),
            due_on: line.day(Field::DueOn),
            finished_on,
            asked_on,
            supplied_on,
            supplements,
            legal_days: line.whole(Field::LegalDays, 1..=3650),
            committed_days: line.whole(Field::CommittedDays, 1..=3650),
            input_digitised: line.yes(Field::InputDigitised),
            result_digitised: line.yes(Field::ResultDigitised),
            rating: line.whole(Field::Rating, 1..=5),
        };
        if line.faults.is_empty() { Ok(facts) } else { Err(line.faults) }
    }

    /// The status that words mean to this source.
    pub(super) fn status_of(&self, text: &str) -> Option<Status> {
        self.statuses.get(&search_key(text)).copied()
    }

    /// The fault of a row whose code stands further up already.
    #[must_use]
    pub fn twice(&self, number: u32, code: &str) -> Fault {
        let (letters, column) = match self.places.get(&Field::Code) {
            Some((place, name)) => (column_letters(*place), name.clone()),
            None => (String::new(), Field::Code.name_vi().to_owned()),
        };
        let what = "Mã này đã có ở dòng trên của tệp; mỗi hồ sơ một dòng.".to_owned();
        Fault { row: number, column, letters, value: code.to_owned(), what }
    }
}

/// The channel that words mean.
pub(super) fn channel_of(text: &str) -> Option<Channel> {
    let key = search_key(text);
    match key.as_str() {
        "1" => Some(Channel::Counter),
        "2" => Some(Channel::Online),
        "3" | "buu chinh" => Some(Channel::Post),
        _ => Channel::ALL.iter().copied().find(|one| search_key(one.name_vi()) == key),
    }
}

/// The yes or no that words mean.
pub(super) fn yes_of(text: &str) -> Option<bool> {
    match search_key(text).as_str() {
        "1" | "co" | "x" | "true" => Some(true),
        "0" | "khong" | "false" => Some(false),
        _ => None,
    }
}

struct Line<'a> {
    reader: &'a Reader,
    row: &'a Row,
    faults: Vec<Fault>,
}

impl Line<'_> {
    fn cell(&self, field: Field) -> &Cell {
        let place = self.reader.places.get(&field).map(|(place, _)| *place);
        place.and_then(|place| self.row.cells.get(place)).unwrap_or(&Cell::Empty)
    }

    fn text(&self, field: Field) -> String {
        self.cell(field).text()
    }

    fn fault(&mut self, field: Field, what: impl Into<String>) {
        let (letters, column) = match self.reader.places.get(&field) {
            Some((place, name)) => (column_letters(*place), name.clone()),
            None => (String::new(), field.name_vi().to_owned()),
        };
        let value = self.text(field).chars().take(LONGEST).collect();
        self.faults.push(Fault { row: self.row.number, column, letters, value, what: what.into() });
    }

    fn needed(&mut self, field: Field) -> String {
        let text = self.text(field);
        if text.is_empty() {
            self.fault(field, "Ô này không được để trống.");
        } else if text.chars().count() > LONGEST {
            self.fault(field, format!("Ô này dài quá {LONGEST} ký tự."));
        }
        text
    }

    fn status(&mut self) -> Option<Status> {
        let text = self.needed(Field::Status);
        let status = self.reader.status_of(&text);
        if status.is_none() && !text.is_empty() {
            self.fault(Field::Status, "Bảng đối chiếu của nguồn này chưa có trạng thái này; thêm vào rồi nhập lại.");
        }
        status
    }

    fn channel(&mut self) -> Option<Channel> {
        let text = self.text(Field::Channel);
        if search_key(&text).is_empty() {
            return None;
        }
        let found = channel_of(&text);
        if found.is_none() {
            self.fault(Field::Channel, "Ghi 1 Trực tiếp, 2 Trực tuyến hoặc 3 Bưu chính công ích.");
        }
        found
    }

    fn day(&mut self, field: Field) -> Option<Date> {
        let found = match self.cell(field) {
            Cell::Day(day) => Ok(*day),
            Cell::Moment(moment) => Ok(moment.date()),
            cell if cell.is_blank() => return None,
            Cell::Text(text) => self.reader.mapping.day(text.trim()),
            cell => self.reader.mapping.day(&cell.text()),
        };
        match found {
            Ok(day) if WorkingDays::covers(day) => return Some(day),
            Ok(_) => self.fault(field, "Năm này không có trong lịch làm việc."),
            Err(DayFault::Ambiguous(one, other)) => {
                self.fault(
                    field,
                    format!("Có thể là {one} hoặc {other}; khai một cách ghi ngày trong bảng đối chiếu."),
                );
            }
            Err(DayFault::Unreadable) => {
                let forms: Vec<_> = self.reader.mapping.days.iter().map(|form| form.name_vi()).collect();
                self.fault(field, format!("Không phải ngày theo cách ghi đã khai: {}.", forms.join("; ")));
            }
        }
        None
    }

    fn whole(&mut self, field: Field, range: std::ops::RangeInclusive<i64>) -> Option<i64> {
        let cell = self.cell(field);
        if cell.is_blank() {
            return None;
        }
        let number = cell.whole().filter(|number| range.contains(number));
        if number.is_none() {
            self.fault(field, format!("Ghi số nguyên từ {} đến {}.", range.start(), range.end()));
        }
        number
    }

    fn yes(&mut self, field: Field) -> Option<bool> {
        let text = self.text(field);
        if search_key(&text).is_empty() {
            return None;
        }
        let found = yes_of(&text);
        if found.is_none() {
            self.fault(field, "Ghi Có hoặc Không.");
        }
        found
    }
}
