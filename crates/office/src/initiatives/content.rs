//! What the authors of an initiative write: what it is, what it changed, who has which share in it.

use std::collections::BTreeSet;

use kernel::Date;
use kernel::id::{PersonId, UnitId};
use rules::facts::Scope;
use serde::{Deserialize, Serialize};

use super::InitiativesError;
use crate::words::words;

/// A whole, in basis points.
pub const WHOLE: i64 = 10_000;
/// The decimals that a measured value keeps.
pub const PLACES: u32 = 3;
/// The most authors and the most lines of effect.
pub const MOST_LINES: usize = 12;

words! {
    /// What an initiative is about.
    Field {
        /// The work of reforming procedures.
        Procedures = "procedures", "Cải cách hành chính, thủ tục";
        /// Helping enterprises.
        Enterprises = "enterprises", "Hỗ trợ doanh nghiệp";
        /// Digital transformation.
        Digital = "digital", "Chuyển đổi số";
        /// Advice on policy.
        Policy = "policy", "Tham mưu cơ chế, chính sách";
        /// How the office itself works.
        Management = "management", "Quản lý, điều hành, tác nghiệp";
        /// Anything else.
        Other = "other", "Lĩnh vực khác";
    }
}

/// An author and the share in basis points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// Who, when of the records; none for somebody from outside.
    pub person: Option<PersonId>,
    /// The name as it was written.
    pub name: String,
    /// Where somebody from outside works; empty for our own people.
    pub workplace: String,
    /// The share in basis points: 6000 is 60 %.
    pub share: i64,
}

/// One figure of the effect, before and after, in thousandths.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// What is measured: `Thời gian xử lý một hồ sơ`.
    pub figure: String,
    /// In which unit: `giờ`.
    pub measure: String,
    /// Before; none where nobody measured.
    pub before: Option<i64>,
    /// After; none where nobody has measured yet.
    pub after: Option<i64>,
    /// Where the figures come from.
    pub source: String,
}

impl Effect {
    /// The change in basis points of the value before; none where it cannot be told.
    #[must_use]
    pub fn change(&self) -> Option<i64> {
        change(self.before, self.after)
    }
}

/// By how much a value changed, in basis points of the value before.
pub(super) fn change(before: Option<i64>, after: Option<i64>) -> Option<i64> {
    let (before, after) = (before.filter(|value| *value != 0)?, after?);
    let change = (i128::from(after) - i128::from(before)) * i128::from(WHOLE) / i128::from(before).abs();
    i64::try_from(change).ok()
}

/// What is written of an initiative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// What it is called.
    pub name: String,
    /// The unit it comes from.
    pub unit: UnitId,
    /// The clause of the plan it hangs on.
    pub clause: String,
    /// What it is about.
    pub field: Field,
    /// How things were, and what was wrong.
    pub problem: String,
    /// What is done instead, and what is new in it.
    pub solution: String,
    /// What it changed.
    pub effects: Vec<Effect>,
    /// The day on which it was first applied; none while it is not.
    pub first_applied_on: Option<Date>,
    /// How far its authors say that it reaches.
    pub claimed: Scope,
    /// Its authors.
    pub authors: Vec<Author>,
}

impl Content {
    /// Checks what can be checked without looking anything up.
    ///
    /// # Errors
    /// [`InitiativesError::Fault`] at the field that must be mended.
    pub fn check(&self, today: Date) -> Result<(), InitiativesError> {
        let texts = [
            ("ten", &self.name, 300, "Ghi tên sáng kiến"),
            ("van-de", &self.problem, 10_000, "Ghi tình trạng trước khi có sáng kiến"),
            ("giai-phap", &self.solution, 20_000, "Ghi nội dung giải pháp, điểm mới"),
        ];
        for (field, text, most, what) in texts {
            if text.is_empty() {
                return Err(InitiativesError::fault(field, what));
            }
            if text.chars().count() > most {
                return Err(InitiativesError::fault(field, format!("Rút ngắn còn tối đa {most} ký tự")));
            }
        }
        if self.first_applied_on.is_some_and(|day| day > today) {
            return Err(InitiativesError::fault(
                "ngay-ap-dung",
                "Ngày áp dụng lần đầu chưa đến; để trống nếu chưa áp dụng",
            ));
        }
        for effect in &self.effects {
            if effect.figure.is_empty() || effect.measure.is_empty() || effect.source.is_empty() {
                return Err(InitiativesError::fault(
                    "hieu-qua",
                    "Mỗi dòng hiệu quả ghi đủ chỉ số, đơn vị tính và nguồn số liệu",
                ));
            }
            if effect.before.is_none() && effect.after.is_none() {
                return Err(InitiativesError::fault(
                    "hieu-qua",
                    "Mỗi dòng hiệu quả có ít nhất một con số trước hoặc sau",
                ));
            }
        }
        if self.effects.len() > MOST_LINES || self.authors.len() > MOST_LINES {
            return Err(InitiativesError::fault(
                "tac-gia",
                format!("Ghi tối đa {MOST_LINES} tác giả, {MOST_LINES} dòng hiệu quả"),
            ));
        }
        check_shares(&self.authors)
    }
}

/// Checks that every author is named once, with a share, and that the shares make exactly a whole.
///
/// # Errors
/// [`InitiativesError::Shares`] names what they make; [`InitiativesError::Fault`] for the rest.
pub fn check_shares(authors: &[Author]) -> Result<(), InitiativesError> {
    let fault = |what: &str| InitiativesError::fault("tac-gia", what);
    if authors.is_empty() {
        return Err(fault("Ghi ít nhất một tác giả"));
    }
    let mut people = BTreeSet::new();
    let mut names = BTreeSet::new();
    for author in authors {
        let twice = match author.person {
            Some(person) => !people.insert(person),
            None => {
                !names.insert((kernel::text::search_key(&author.name), kernel::text::search_key(&author.workplace)))
            }
        };
        if twice {
            return Err(fault("Mỗi tác giả ghi một lần"));
        }
        if author.name.is_empty() || (author.person.is_none() && author.workplace.is_empty()) {
            return Err(fault("Người ngoài cơ quan ghi họ tên và nơi công tác"));
        }
        if !(1..=WHOLE).contains(&author.share) {
            return Err(fault("Tỷ lệ đóng góp của mỗi tác giả lớn hơn 0% và không quá 100%"));
        }
    }
    match authors.iter().map(|author| author.share).sum() {
        WHOLE => Ok(()),
        sum => Err(InitiativesError::Shares { sum }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn authors(shares: &[i64]) -> Vec<Author> {
        let author = |(at, share): (usize, &i64)| Author {
            person: Some(PersonId::new()),
            name: format!("Người {at}"),
            workplace: String::new(),
            share: *share,
        };
        shares.iter().enumerate().map(author).collect()
    }

    #[test]
    fn the_shares_make_exactly_a_whole() {
        assert!(check_shares(&authors(&[10_000])).is_ok());
        assert!(check_shares(&authors(&[3_333, 3_333, 3_334])).is_ok());
        for shares in [&[6_000, 3_900][..], &[6_000, 4_100], &[9_999], &[5_000, 4_999]] {
            let refused = check_shares(&authors(shares));
            assert!(matches!(refused, Err(InitiativesError::Shares { sum }) if sum == shares.iter().sum::<i64>()));
        }
        let said = check_shares(&authors(&[6_000, 3_900])).expect_err("99 %").to_string();
        assert_eq!(said, "tỷ lệ đóng góp của các tác giả cộng lại là 99%, phải đúng 100%");
        assert!(check_shares(&authors(&[10_000, 0])).is_err());
        assert!(check_shares(&[]).is_err());
    }

    #[test]
    fn an_author_from_outside_is_told_by_name_and_workplace_and_named_once() {
        let outside = |name: &str, workplace: &str, share| Author {
            person: None,
            name: name.to_owned(),
            workplace: workplace.to_owned(),
            share,
        };
        assert!(check_shares(&[outside("Lò Văn Ba", "Xã Mường Bú", 10_000)]).is_ok());
        assert!(check_shares(&[outside("Lò Văn Ba", "", 10_000)]).is_err());
        assert!(check_shares(&[outside("Lò Văn Ba", "Xã A", 5_000), outside("LO VAN BA", "xã a", 5_000)]).is_err());
    }

    #[test]
    fn a_change_is_told_only_where_both_sides_were_measured() {
        assert_eq!(change(Some(4_000), Some(1_000)), Some(-7_500));
        assert_eq!(change(Some(0), Some(1_000)), None);
        assert_eq!(change(None, Some(1_000)), None);
    }
}
