//! Units, people, posts, enterprises, and whom an award may go to.

use kernel::id::{PersonId, UnitId};
use kernel::{Date, Period};
use serde::Serialize;
use uuid::Uuid;

use super::OrganizationError;
use crate::words::{ids, words};

ids! {
    /// An enterprise, a cooperative or a household.
    EnterpriseId,
    /// A post that a person holds in a unit.
    PostId,
}

words! {
    /// What a unit is to the Office.
    UnitKind {
        /// The Office itself: its members are the people of all its units.
        Office = "office", "Văn phòng";
        /// A division of the Office.
        Division = "division", "Phòng, ban";
        /// A unit under the Office with its own seal.
        Subordinate = "subordinate", "Đơn vị trực thuộc";
        /// An agency outside the Office.
        Agency = "agency", "Cơ quan khác";
    }
}

words! {
    /// By which kind of contract a person works.
    Category {
        /// Cán bộ, công chức.
        CongChuc = "cong_chuc", "Công chức";
        /// Viên chức.
        VienChuc = "vien_chuc", "Viên chức";
        /// Người lao động.
        NguoiLaoDong = "nguoi_lao_dong", "Người lao động";
        /// Anybody else who may be rewarded.
        Other = "other", "Khác";
    }
}

words! {
    /// What an entry of the register of enterprises is.
    EnterpriseKind {
        /// Doanh nghiệp.
        Enterprise = "enterprise", "Doanh nghiệp";
        /// Hợp tác xã.
        Cooperative = "cooperative", "Hợp tác xã";
        /// Hộ kinh doanh, hộ gia đình.
        Household = "household", "Hộ kinh doanh";
        /// Hiệp hội, hội ngành nghề.
        Association = "association", "Hiệp hội";
    }
}

/// A unit as it stands on a day: with the name it bears then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnitView {
    /// Its id.
    pub id: UnitId,
    /// Its code: `TCHCQT`.
    pub code: String,
    /// Its name on the day asked for.
    pub name: String,
    /// What it is to the Office.
    pub kind: UnitKind,
    /// The days on which it exists.
    pub period: Period,
    /// The unit that took over its work, when it was merged.
    pub merged_into: Option<UnitId>,
    /// Its place in lists.
    pub position: i64,
    /// Counts changes, against concurrent edits.
    pub version: i64,
}

/// A unit that is about to be added.
#[derive(Debug, Clone)]
pub struct NewUnit {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it is to the Office.
    pub kind: UnitKind,
    /// The day from which it exists.
    pub from: Date,
    /// Its place in lists.
    pub position: i64,
    /// The document that set it up.
    pub document: Option<String>,
}

/// A name that a unit bears from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnitName {
    /// The first day of the name.
    pub from: Date,
    /// The name.
    pub name: String,
    /// The document that gave it.
    pub document: Option<String>,
}

impl UnitView {
    /// Ends the unit on a day.
    ///
    /// # Errors
    /// When it has ended already, or would end before it began.
    pub fn end(&mut self, on: Date) -> Result<(), OrganizationError> {
        if let Some(until) = self.period.until {
            return Err(OrganizationError::UnitEnded { code: self.code.clone(), on: until });
        }
        self.period = Period::try_new(self.period.from, Some(on))?;
        Ok(())
    }
}

/// A person: staff of the Office or anybody else who may be rewarded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    /// The person's id.
    pub id: PersonId,
    /// What they are, as far as it is known.
    #[serde(flatten)]
    pub profile: Profile,
    /// Counts changes, against concurrent edits.
    pub version: i64,
}

/// What is kept about a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Profile {
    /// The staff code, by which a person is told from others of the same name.
    pub staff_code: Option<String>,
    /// The name.
    pub name: String,
    /// The day of birth.
    pub born_on: Option<Date>,
    /// Woman or man, where known.
    pub female: Option<bool>,
    /// The ethnic group.
    pub ethnic_group: Option<String>,
    /// By which kind of contract the person works.
    pub category: Category,
}

impl Profile {
    /// The name with the staff code, for lists from which one person is chosen: homonyms are told apart.
    #[must_use]
    pub fn told_apart(&self) -> String {
        match &self.staff_code {
            Some(code) => format!("{} ({code})", self.name),
            None => self.name.clone(),
        }
    }

    /// The profile as it may be stored.
    ///
    /// # Errors
    /// [`OrganizationError::NameMissing`] for an empty name.
    pub fn cleaned(self) -> Result<Self, OrganizationError> {
        let name = kernel::text::fold_person_name(&self.name);
        if name.is_empty() {
            return Err(OrganizationError::NameMissing);
        }
        Ok(Self {
            staff_code: self.staff_code.as_deref().and_then(code),
            name,
            ethnic_group: self.ethnic_group.as_deref().and_then(line),
            ..self
        })
    }
}

/// A post that a person holds in a unit for a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Post {
    /// Its id.
    pub id: PostId,
    /// Who holds it.
    pub person: PersonId,
    /// Where.
    pub unit: UnitId,
    /// What it is called: `Phó Trưởng phòng`.
    pub title: String,
    /// Whether it leads the unit.
    pub leader: bool,
    /// The days on which it is held.
    pub period: Period,
}

/// An enterprise, a cooperative or a household.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Enterprise {
    /// Its id.
    pub id: EnterpriseId,
    /// What is kept about it.
    #[serde(flatten)]
    pub entry: EnterpriseEntry,
    /// The entry that it turned out to be a double of; what hangs on it is read with that one.
    pub merged_into: Option<EnterpriseId>,
    /// Counts changes, against concurrent edits.
    pub version: i64,
}

/// What is kept about an enterprise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EnterpriseEntry {
    /// The tax code, one to an enterprise.
    pub tax_code: Option<String>,
    /// The name.
    pub name: String,
    /// What it is.
    pub kind: EnterpriseKind,
    /// The commune where it is at home.
    pub commune: Option<String>,
}

impl EnterpriseEntry {
    /// The entry as it may be stored: a tax code of the right shape, a name.
    ///
    /// # Errors
    /// An empty name, a tax code of another shape.
    pub fn cleaned(self) -> Result<Self, OrganizationError> {
        let name = line(&self.name).ok_or(OrganizationError::NameMissing)?;
        let tax_code = match self.tax_code.as_deref().and_then(line) {
            None => None,
            Some(typed) => Some(tax_code(&typed).ok_or(OrganizationError::OddTaxCode { code: typed })?),
        };
        Ok(Self { tax_code, name, kind: self.kind, commune: self.commune.as_deref().and_then(line) })
    }
}

/// A code as it is stored and compared: a clean line in capital letters; none for an empty one.
#[must_use]
pub fn code(text: &str) -> Option<String> {
    line(text).map(|line| line.to_uppercase())
}

/// A tax code as it is stored and compared, `5500123456` or of a branch `5500123456-001`; none for another
/// shape. The digest of law names no rule for a check digit, so none is asked for: docs/decisions/0035.
#[must_use]
pub fn tax_code(text: &str) -> Option<String> {
    let known = |letter: char| letter.is_ascii_digit() || letter.is_whitespace() || matches!(letter, '.' | '-');
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    match (text.chars().all(known), digits.len()) {
        (true, 10) => Some(digits),
        (true, 13) => Some(format!("{}-{}", &digits[..10], &digits[10..])),
        _ => None,
    }
}

fn line(text: &str) -> Option<String> {
    Some(kernel::text::clean_line(text)).filter(|line| !line.is_empty())
}

/// Whom an award may go to. Kept as two columns, `subject` and `subject_id`; written `person:0192…` in
/// addresses and forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Recipient {
    /// A person.
    Person(PersonId),
    /// A collective.
    Unit(UnitId),
    /// An enterprise, a cooperative or a household.
    Enterprise(EnterpriseId),
}

impl Recipient {
    /// The word of the kind column.
    #[must_use]
    pub fn kind(self) -> &'static str {
        match self {
            Self::Person(_) => "person",
            Self::Unit(_) => "unit",
            Self::Enterprise(_) => "enterprise",
        }
    }

    /// The value of the id column.
    #[must_use]
    pub fn id(self) -> Uuid {
        match self {
            Self::Person(id) => id.0,
            Self::Unit(id) => id.0,
            Self::Enterprise(id) => id.0,
        }
    }

    /// Reads the two columns; none for a kind that is not ours.
    #[must_use]
    pub fn from_columns(kind: &str, id: Uuid) -> Option<Self> {
        match kind {
            "person" => Some(Self::Person(PersonId(id))),
            "unit" => Some(Self::Unit(UnitId(id))),
            "enterprise" => Some(Self::Enterprise(EnterpriseId(id))),
            _ => None,
        }
    }
}

impl std::fmt::Display for Recipient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.kind(), self.id())
    }
}

/// A text that names no recipient.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” không chỉ đúng một cá nhân, đơn vị hay doanh nghiệp; chọn lại trong danh sách")]
pub struct NoRecipient(pub String);

impl std::str::FromStr for Recipient {
    type Err = NoRecipient;

    fn from_str(text: &str) -> Result<Self, NoRecipient> {
        text.split_once(':')
            .and_then(|(kind, id)| Self::from_columns(kind, Uuid::parse_str(id).ok()?))
            .ok_or_else(|| NoRecipient(text.to_owned()))
    }
}

impl Serialize for Recipient {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Recipient {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <String as serde::Deserialize>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_recipient_reads_back_from_its_address() {
        for recipient in [
            Recipient::Person(PersonId::new()),
            Recipient::Unit(UnitId::new()),
            Recipient::Enterprise(EnterpriseId::new()),
        ] {
            assert_eq!(recipient.to_string().parse(), Ok(recipient));
        }
        assert!("person:x".parse::<Recipient>().is_err());
    }

    #[test]
    fn a_tax_code_has_ten_digits_and_three_more_for_a_branch() {
        let entry = |tax: &str| EnterpriseEntry {
            tax_code: Some(tax.to_owned()),
            name: " Hợp tác xã  Chiềng Xôm".to_owned(),
            kind: EnterpriseKind::Cooperative,
            commune: Some(" ".to_owned()),
        };
        let clean = entry(" 5500 123 456-001").cleaned().expect("a tax code");
        assert_eq!(clean.tax_code.as_deref(), Some("5500123456-001"));
        assert_eq!((clean.name.as_str(), clean.commune), ("Hợp tác xã Chiềng Xôm", None));
        assert_eq!(tax_code("5500123456001").as_deref(), Some("5500123456-001"));
        for odd in ["55OO123456", "550012345", "55001234567", "5500123456-01", "٥٥٠٠١٢٣٤٥٦", "5500/123456"] {
            assert!(matches!(entry(odd).cleaned(), Err(OrganizationError::OddTaxCode { .. })), "{odd}");
        }
    }

    #[test]
    fn a_unit_ends_once_and_not_before_it_began() {
        let mut unit = UnitView {
            id: UnitId::new(),
            code: "KT".to_owned(),
            name: "Phòng Kinh tế".to_owned(),
            kind: UnitKind::Division,
            period: Period::since(date(2026, 1, 1)),
            merged_into: None,
            position: 1,
            version: 1,
        };
        assert!(matches!(unit.end(date(2026, 1, 1)), Err(OrganizationError::Period(_))));
        unit.end(date(2027, 1, 1)).expect("a year of life");
        assert!(matches!(unit.end(date(2028, 1, 1)), Err(OrganizationError::UnitEnded { .. })));
    }
}
