//! The indicators that a plan's targets are measured by, as they stand in `indicators.toml` beside the plan.
//!
//! The plan says what is aimed at; the file says how it is measured. What neither tells (a baseline, a path) is
//! left out there and asked for on the page. Amounts are whole ten-thousandths: `99,5` is 995 000.

use std::collections::BTreeMap;

use kernel::numbers::{NumberFault, decimal, parse_decimal};
use serde::Serialize;

use super::clause_id::ClauseId;
use crate::words::words;

words! {
    /// Whether an indicator is a number.
    Nature {
        /// A number.
        Quantitative = "quantitative", "định lượng";
        /// Words, evidence and an assessed level; in no sum and no mean.
        Qualitative = "qualitative", "định tính";
    }
}

words! {
    /// Which way is better.
    Direction {
        /// More is better.
        Higher = "higher", "càng cao càng tốt";
        /// Less is better.
        Lower = "lower", "càng thấp càng tốt";
    }
}

words! {
    /// What a figure of a period counts.
    Accumulation {
        /// What happened in the period.
        Periodic = "periodic", "theo từng kỳ";
        /// What happened since the year began.
        Cumulative = "cumulative", "lũy kế từ đầu năm";
    }
}

words! {
    /// How often it is reported.
    Frequency {
        /// Each month.
        Month = "month", "hằng tháng";
        /// Each quarter.
        Quarter = "quarter", "hằng quý";
        /// Each year.
        Year = "year", "hằng năm";
    }
}

words! {
    /// Who reports it.
    Scope {
        /// Each unit that takes part.
        Units = "units", "từng phòng, đơn vị";
        /// One figure for the whole Office.
        Office = "office", "một số liệu chung của Văn phòng";
    }
}

words! {
    /// How figures of units, and of the periods of a year, come together.
    RollUp {
        /// Added up.
        Sum = "sum", "cộng lại";
        /// The mean of those that reported.
        Mean = "mean", "trung bình của nơi đã báo cáo";
    }
}

words! {
    /// The formulas over the record: a closed list, each read live from its room.
    Measure {
        /// Units whose programme is approved, out of those that take part.
        ProgrammeCoverage = "programme_coverage", "Đơn vị có chương trình thi đua được duyệt / tổng số đơn vị tham gia";
        /// Tasks accepted, out of those assigned and not called off.
        TasksDone = "tasks_done", "Nhiệm vụ đã nghiệm thu / nhiệm vụ được giao (không tính đã hủy)";
        /// Tasks done by their first due day, out of those accepted or late.
        TasksOnTime = "tasks_on_time", "Nhiệm vụ xong trước hoặc đúng hạn đầu / nhiệm vụ đã nghiệm thu hoặc quá hạn";
        /// Findings mended, out of those entered.
        FindingsClosed = "findings_closed", "Điều phải khắc phục đã xong / tổng số điều phải khắc phục";
        /// Petitions answered in time, out of those answered or late.
        PetitionsInTime = "petitions_in_time", "Kiến nghị trả lời đúng hạn / kiến nghị đã trả lời hoặc quá hạn";
        /// Dossiers done by their due day, out of those done or late.
        DossiersInTime = "dossiers_in_time", "Hồ sơ giải quyết trước và đúng hạn / hồ sơ đã giải quyết hoặc quá hạn";
        /// The mean of the working days that dossiers took.
        DossiersDays = "dossiers_days", "Tổng số ngày làm việc / số hồ sơ đã giải quyết";
        /// Dossiers handed in online, out of those whose channel is known.
        DossiersOnline = "dossiers_online", "Hồ sơ nộp trực tuyến / hồ sơ biết kênh nộp";
        /// Dossiers whose papers were digitised, out of those of which that is known.
        DossiersInput = "dossiers_input", "Hồ sơ số hóa giấy tờ đầu vào / hồ sơ biết việc số hóa";
        /// Results given electronically, out of those of which that is known.
        DossiersResult = "dossiers_result", "Hồ sơ có kết quả điện tử / hồ sơ đã giải quyết biết kết quả";
        /// The mean of the ratings given to dossiers, 1 to 5.
        DossiersRating = "dossiers_rating", "Tổng điểm đánh giá / số hồ sơ được đánh giá (thang điểm 1–5)";
        /// Staff without a discipline in force in the period, out of all staff.
        StaffWithoutDiscipline = "staff_without_discipline", "Người không có hình thức kỷ luật trong kỳ / tổng số người";
        /// Awards in the register, by decision of the period, that were not revoked.
        AwardsGiven = "awards_given", "Số lượt khen thưởng trong sổ, theo ngày quyết định, chưa bị thu hồi";
        /// Initiatives recognised in the period.
        InitiativesRecognised = "initiatives_recognised", "Số sáng kiến được công nhận trong kỳ";
        /// Units rated to have done well or excellently, out of those rated for the year.
        UnitsRatedWell = "units_rated_well", "Tập thể xếp loại hoàn thành tốt trở lên / tập thể đã xếp loại của năm";
        /// People rated to have done well or excellently, out of those rated for the year.
        PeopleRatedWell = "people_rated_well", "Cá nhân xếp loại hoàn thành tốt trở lên / cá nhân đã xếp loại của năm";
    }
}

/// How many decimals an amount keeps.
pub const DECIMALS: u32 = 4;

/// One whole, in the unit of amounts.
pub const ONE: i64 = 10_000;

/// A number of an indicator in whole ten-thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Amount(pub i64);

impl Amount {
    /// Reads `1.234,5` with at most `places` decimals.
    ///
    /// # Errors
    /// When it is no such number.
    pub fn parse(text: &str, places: u32) -> Result<Self, NumberFault> {
        let typed = parse_decimal(text, places.min(DECIMALS))?;
        let factor = 10_i64.pow(DECIMALS - places.min(DECIMALS));
        typed.checked_mul(factor).map(Self).ok_or_else(|| NumberFault::TooLarge { text: text.trim().to_owned() })
    }

    /// As it is written with `places` decimals, half away from zero.
    #[must_use]
    pub fn show(self, places: u32) -> String {
        let places = places.min(DECIMALS);
        let factor = 10_i64.pow(DECIMALS - places);
        decimal(divide(i128::from(self.0), i128::from(factor)), places)
    }

    /// The exact quotient of two whole numbers, rounded half away from zero to what is kept; none without a divisor.
    #[must_use]
    pub fn quotient(part: i128, whole: i128) -> Option<Self> {
        (whole != 0).then(|| Self(divide(part * i128::from(ONE), whole)))
    }
}

/// A quotient rounded half away from zero.
fn divide(part: i128, whole: i128) -> i64 {
    let (part, whole) = if whole < 0 { (-part, -whole) } else { (part, whole) };
    let twice = (2 * part.abs() + whole) / (2 * whole);
    i64::try_from(twice * part.signum()).unwrap_or(i64::MAX)
}

/// What a target was worth before the movement, and by whose word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Baseline {
    /// The year.
    pub year: i16,
    /// How much.
    pub amount: Amount,
    /// Where that stands.
    pub source: String,
}

/// How an indicator is counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Counting {
    /// What it is called.
    pub name: String,
    /// The measuring unit: `%`, `hồ sơ`.
    pub measured_in: String,
    /// Whether it is a number.
    pub nature: Nature,
    /// Which way is better.
    pub direction: Direction,
    /// What a figure of a period counts.
    pub accumulation: Accumulation,
    /// How often it is reported.
    pub frequency: Frequency,
    /// Who reports it.
    pub scope: Scope,
    /// How figures come together.
    pub roll_up: RollUp,
    /// The formula over the record; none for one that is entered.
    pub measure: Option<Measure>,
    /// How many decimals are typed and shown.
    pub places: u32,
    /// The least that can be.
    pub least: Option<Amount>,
    /// The most that can be.
    pub most: Option<Amount>,
    /// How it is counted and from which papers, in words.
    pub method: String,
}

/// An indicator of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlannedIndicator {
    /// Its code: `CT3.1`.
    pub code: String,
    /// The clause of the target.
    pub clause: ClauseId,
    /// How it is counted.
    pub counting: Counting,
    /// What it was worth before; none where the file does not know.
    pub baseline: Option<Baseline>,
    /// What is aimed at, by year; empty where the plan gives no number.
    pub path: BTreeMap<i16, Amount>,
    /// Where the path stands.
    pub path_source: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_and_written_without_a_float_in_between() {
        let read = |text| Amount::parse(text, 2).map(|amount| amount.0);
        assert_eq!(read("1.234,5"), Ok(12_345_000));
        assert_eq!(Amount(12_345_000).show(2), "1.234,5");
        assert_eq!(Amount(12_345_678).show(2), "1.234,57");
        assert_eq!(Amount(-12_345_650).show(2), "-1.234,57");
        assert!(read("1,234").is_err(), "three decimals where two are kept");
        assert!(Amount::parse("9.223.372.036.854.775", 0).is_err(), "too large");
    }

    #[test]
    fn a_quotient_is_exact_and_rounded_once() {
        assert_eq!(Amount::quotient(200, 3), Some(Amount(666_667)));
        assert_eq!(Amount::quotient(-200, 3), Some(Amount(-666_667)));
        assert_eq!(Amount::quotient(1, 0), None);
    }
}
