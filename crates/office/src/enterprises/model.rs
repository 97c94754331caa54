//! What is known of an enterprise, and the dated events that hang on it.

use kernel::Date;
use kernel::id::UnitId;
use serde::{Deserialize, Serialize};

use super::EnterprisesError;
use crate::organization::EnterpriseId;
use crate::organization::model::{Enterprise, EnterpriseEntry, EnterpriseKind};
use crate::words::{ids, words};

ids! {
    /// Support that was given.
    SupportId,
    /// A connection between two.
    ConnectionId,
    /// A household that became an enterprise, or an enterprise that grew.
    ConversionId,
}

/// The longest line and the longest text of this room, in letters.
pub const LONGEST_LINE: usize = 200;
/// The longest text, in letters.
pub const LONGEST_TEXT: usize = 2_000;
/// The least letters of a reason.
pub const SHORTEST_REASON: usize = 10;

words! {
    /// How large an enterprise is, from small to large. What the words mean is law that the digest of law does
    /// not carry, so somebody says it and nothing is computed: docs/decisions/0035.
    Size {
        /// Doanh nghiệp nhỏ.
        Small = "small", "nhỏ";
        /// Doanh nghiệp vừa.
        Medium = "medium", "vừa";
        /// Doanh nghiệp lớn.
        Large = "large", "lớn";
    }
}

words! {
    /// Where an entry stands on a day.
    Standing {
        /// At work.
        Active = "active", "đang hoạt động";
        /// A household that became an enterprise of its own tax code.
        Converted = "converted", "đã thành doanh nghiệp";
        /// No more.
        Ended = "ended", "đã ngừng";
    }
}

words! {
    /// What kind of support was given, in the words of the plan (III.1, III.4).
    SupportKind {
        /// Khởi nghiệp.
        Startup = "startup", "khởi nghiệp";
        /// Đổi mới sáng tạo.
        Innovation = "innovation", "đổi mới sáng tạo";
        /// Nghiên cứu phát triển, đào tạo.
        Research = "research", "nghiên cứu phát triển, đào tạo";
        /// Chuyển đổi số.
        Digital = "digital", "chuyển đổi số, số hóa quy trình";
        /// Chuyển đổi xanh.
        Green = "green", "chuyển đổi xanh";
        /// Thương mại điện tử.
        Ecommerce = "ecommerce", "thương mại điện tử";
        /// Chuyển giao công nghệ.
        Technology = "technology", "chuyển giao công nghệ";
        /// Chuỗi giá trị, chuỗi cung ứng.
        ValueChain = "value_chain", "chuỗi giá trị, chuỗi cung ứng";
        /// Kết nối với doanh nghiệp có vốn nước ngoài.
        ForeignLink = "foreign_link", "kết nối doanh nghiệp nước ngoài, vốn FDI";
    }
}

words! {
    /// What a connection is about.
    ConnectionKind {
        /// Cung ứng, tiêu thụ.
        Supply = "supply", "cung ứng, tiêu thụ";
        /// Chuỗi giá trị.
        ValueChain = "value_chain", "chuỗi giá trị";
        /// Doanh nghiệp nước ngoài.
        Foreign = "foreign", "với doanh nghiệp nước ngoài";
        /// Doanh nghiệp có vốn đầu tư nước ngoài.
        Invested = "invested", "với doanh nghiệp có vốn đầu tư nước ngoài";
        /// Chuyển giao công nghệ.
        Technology = "technology", "chuyển giao công nghệ";
    }
}

words! {
    /// What came of a connection.
    OutcomeKind {
        /// Nothing is known yet.
        Open = "open", "đang theo dõi";
        /// They agreed.
        Agreed = "agreed", "đã ký hợp đồng, thỏa thuận";
        /// They did not.
        Failed = "failed", "không thành";
    }
}

words! {
    /// What an entry turned into.
    ConversionKind {
        /// A household became an enterprise.
        Founded = "founded", "hộ kinh doanh thành doanh nghiệp";
        /// An enterprise became larger.
        Grown = "grown", "doanh nghiệp lớn lên";
    }
}

impl Standing {
    /// The tone of its tag.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Active => "ok",
            Self::Converted | Self::Ended => "neutral",
        }
    }
}

impl OutcomeKind {
    /// The tone of its tag.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Open => "warn",
            Self::Agreed => "ok",
            Self::Failed => "neutral",
        }
    }
}

/// What is known of an entry besides who it is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Profile {
    /// How large it is; none for what is no enterprise, and as long as nobody said.
    pub size: Option<Size>,
    /// The sector in the words of the office; empty when not known.
    pub sector: String,
    /// The first day without it, and why.
    pub ended: Option<(Date, String)>,
}

/// An entry of the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Registered {
    /// Who it is. Its `version` counts changes of the profile too.
    #[serde(flatten)]
    pub identity: Enterprise,
    /// What is known of it.
    pub profile: Profile,
    /// The day from which a household is another entry, the enterprise that it became.
    pub converted_on: Option<Date>,
}

impl Registered {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> EnterpriseId {
        self.identity.id
    }

    /// Where it stands on a day.
    #[must_use]
    pub fn standing(&self, day: Date) -> Standing {
        match (&self.profile.ended, self.converted_on) {
            (Some((on, _)), _) if *on <= day => Standing::Ended,
            (_, Some(on)) if on <= day => Standing::Converted,
            _ => Standing::Active,
        }
    }

    /// Whether an event of a day may still be recorded of it.
    ///
    /// # Errors
    /// After it ended or became another entry; of a merged double.
    pub fn must_be_active(&self, day: Date) -> Result<(), EnterprisesError> {
        if let Some(into) = self.identity.merged_into {
            return Err(EnterprisesError::Identity(crate::organization::OrganizationError::Merged { into }));
        }
        match (self.standing(day), &self.profile.ended, self.converted_on) {
            (Standing::Ended, Some((on, _)), _) => Err(EnterprisesError::Ended { on: *on }),
            (Standing::Converted, _, Some(on)) => Err(EnterprisesError::Converted { on }),
            _ => Ok(()),
        }
    }
}

/// What somebody enters of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry {
    /// Who it is.
    pub entry: EnterpriseEntry,
    /// How large, of an enterprise.
    pub size: Option<Size>,
    /// The sector; may be empty.
    pub sector: String,
}

impl NewEntry {
    /// The entry as it may be stored.
    ///
    /// # Errors
    /// A size of something that is no enterprise, a sector that is too long. The identity is checked by its room.
    pub fn cleaned(self) -> Result<Self, EnterprisesError> {
        if self.size.is_some() && self.entry.kind != EnterpriseKind::Enterprise {
            return Err(EnterprisesError::SizeOfOther);
        }
        short("ten", &self.entry.name)?;
        short("xa", self.entry.commune.as_deref().unwrap_or_default())?;
        short("nganh", &self.sector)?;
        let sector = kernel::text::clean_line(&self.sector);
        Ok(Self { sector, ..self })
    }
}

fn short(field: &'static str, text: &str) -> Result<(), EnterprisesError> {
    if text.chars().count() > LONGEST_LINE {
        let what = format!("rút ngắn còn tối đa {LONGEST_LINE} ký tự");
        return Err(EnterprisesError::Missing { field, what });
    }
    Ok(())
}

/// That an event was a mistake.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Withdrawal {
    /// The day.
    pub on: Date,
    /// Who said so.
    pub by: String,
    /// Why.
    pub why: String,
}

/// What every event has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Record {
    /// The clause that it hangs on.
    pub clause: String,
    /// The unit of the Office that did or saw to it.
    pub unit: UnitId,
    /// The day it happened.
    pub on: Date,
    /// The day it was recorded.
    pub recorded_on: Date,
    /// The name of who recorded it.
    pub recorded_by: String,
    /// That it was a mistake; a withdrawn event counts nowhere.
    pub withdrawn: Option<Withdrawal>,
    /// Counts changes, against concurrent edits.
    pub version: i64,
}

impl Record {
    /// Says that the event was a mistake.
    ///
    /// # Errors
    /// When that was said before, or without a reason.
    pub fn withdraw(&mut self, withdrawal: Withdrawal) -> Result<(), EnterprisesError> {
        if self.withdrawn.is_some() {
            return Err(EnterprisesError::Withdrawn);
        }
        if withdrawal.why.chars().count() < SHORTEST_REASON {
            let what = format!("ghi lý do rút, ít nhất {SHORTEST_REASON} ký tự");
            return Err(EnterprisesError::Missing { field: "ly-do-rut", what });
        }
        self.withdrawn = Some(withdrawal);
        Ok(())
    }

    /// Whether it counts.
    #[must_use]
    pub fn stands(&self) -> bool {
        self.withdrawn.is_none()
    }
}

/// Support that was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Support {
    /// Its id.
    pub id: SupportId,
    /// To whom.
    pub enterprise: EnterpriseId,
    /// Which kind.
    pub kind: SupportKind,
    /// What was done.
    pub what: String,
    /// The document that shows it; may be empty.
    pub document: String,
    /// Clause, unit, days.
    pub record: Record,
}

/// With whom an enterprise was connected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Partner {
    /// An entry of the register.
    Registered(EnterpriseId),
    /// Somebody outside it: a buyer elsewhere, a foreign company.
    Outside(String),
}

/// A connection that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Connection {
    /// Its id.
    pub id: ConnectionId,
    /// One of the two.
    pub enterprise: EnterpriseId,
    /// The other.
    pub partner: Partner,
    /// What it is about.
    pub kind: ConnectionKind,
    /// What was done.
    pub what: String,
    /// What came of it, on which day, in words; none as long as nothing is known.
    pub outcome: Option<(OutcomeKind, Date, String)>,
    /// Clause, unit, days.
    pub record: Record,
}

impl Connection {
    /// What came of it.
    #[must_use]
    pub fn outcome_kind(&self) -> OutcomeKind {
        self.outcome.as_ref().map_or(OutcomeKind::Open, |(kind, ..)| *kind)
    }

    /// Records what came of it.
    ///
    /// # Errors
    /// When it is withdrawn or settled, before it was made or after today, without words.
    pub fn settle(&mut self, agreed: bool, on: Date, words: &str, today: Date) -> Result<(), EnterprisesError> {
        if !self.record.stands() {
            return Err(EnterprisesError::Withdrawn);
        }
        if let Some((_, on, _)) = &self.outcome {
            return Err(EnterprisesError::Settled { on: *on });
        }
        if on > today {
            return Err(EnterprisesError::TooLate { today });
        }
        if on < self.record.on {
            let what =
                format!("ngày có kết quả không trước ngày kết nối {}", kernel::numbers::short_date(self.record.on));
            return Err(EnterprisesError::Missing { field: "ngay-ket-qua", what });
        }
        let words = text("ket-qua", words, "ghi kết quả: hợp đồng, sản lượng, hoặc vì sao không thành")?;
        let kind = if agreed { OutcomeKind::Agreed } else { OutcomeKind::Failed };
        self.outcome = Some((kind, on, words));
        Ok(())
    }

    /// Whether it says the same as another one: the same two, the same subject, the same day.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let pair = |one: &Self| match &one.partner {
            Partner::Registered(partner) => {
                let (a, b) = (one.enterprise.min(*partner), one.enterprise.max(*partner));
                (a.to_string(), b.to_string())
            }
            Partner::Outside(name) => (one.enterprise.to_string(), kernel::text::search_key(name)),
        };
        self.kind == other.kind && self.record.on == other.record.on && pair(self) == pair(other)
    }
}

/// A household that became an enterprise, or an enterprise that grew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Conversion {
    /// Its id.
    pub id: ConversionId,
    /// Of which entry.
    pub enterprise: EnterpriseId,
    /// What it turned into.
    pub kind: ConversionKind,
    /// The size before and after, of one that grew.
    pub sizes: Option<(Size, Size)>,
    /// The entry of the enterprise that a household became, where that is another one.
    pub became: Option<EnterpriseId>,
    /// The document that shows it; may be empty.
    pub document: String,
    /// Clause, unit, days.
    pub record: Record,
}

/// Clean text that must be there and not too long.
pub(super) fn text(field: &'static str, text: &str, what: &str) -> Result<String, EnterprisesError> {
    let text = kernel::text::clean_text(text);
    if text.is_empty() {
        return Err(EnterprisesError::Missing { field, what: what.to_owned() });
    }
    if text.chars().count() > LONGEST_TEXT {
        let what = format!("rút ngắn còn tối đa {LONGEST_TEXT} ký tự");
        return Err(EnterprisesError::Missing { field, what });
    }
    Ok(text)
}

/// A clean line that may be empty and must not be too long.
pub(super) fn line(field: &'static str, text: &str) -> Result<String, EnterprisesError> {
    short(field, text)?;
    Ok(kernel::text::clean_line(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn record(on: Date) -> Record {
        Record {
            clause: "III.4".to_owned(),
            unit: UnitId::new(),
            on,
            recorded_on: on,
            recorded_by: "ai đó".to_owned(),
            withdrawn: None,
            version: 1,
        }
    }

    fn connection(enterprise: EnterpriseId, partner: Partner) -> Connection {
        Connection {
            id: ConnectionId::new(),
            enterprise,
            partner,
            kind: ConnectionKind::Supply,
            what: "Gặp gỡ".to_owned(),
            outcome: None,
            record: record(date(2026, 9, 1)),
        }
    }

    #[test]
    fn a_connection_is_the_same_from_either_side() {
        let (a, b) = (EnterpriseId::new(), EnterpriseId::new());
        let one = connection(a, Partner::Registered(b));
        assert!(one.is_same(&connection(b, Partner::Registered(a))));
        let named = |name: &str| connection(a, Partner::Outside(name.to_owned()));
        assert!(named("Công ty Đông Á").is_same(&named("cong ty dong a")));
        assert!(!named("Công ty Đông Á").is_same(&one));
    }

    #[test]
    fn a_connection_is_settled_once_after_it_was_made_and_in_words() {
        let today = date(2026, 11, 1);
        let mut one = connection(EnterpriseId::new(), Partner::Outside("Công ty Đông Á".to_owned()));
        let field = |error| match error {
            EnterprisesError::Missing { field, .. } => field,
            other => panic!("{other:?}"),
        };
        assert_eq!(field(one.settle(true, today, " ", today).expect_err("no words")), "ket-qua");
        assert_eq!(field(one.settle(true, date(2026, 8, 31), "ký", today).expect_err("too early")), "ngay-ket-qua");
        assert!(matches!(one.settle(true, date(2026, 11, 2), "ký", today), Err(EnterprisesError::TooLate { .. })));
        one.settle(true, today, "Ký hợp đồng 20 tấn", today).expect("settled");
        assert_eq!(one.outcome_kind(), OutcomeKind::Agreed);
        assert!(matches!(one.settle(false, today, "thôi", today), Err(EnterprisesError::Settled { .. })));
    }

    #[test]
    fn a_withdrawal_needs_a_reason_and_happens_once() {
        let mut one = record(date(2026, 9, 1));
        let why = |why: &str| Withdrawal { on: date(2026, 9, 2), by: "ai đó".to_owned(), why: why.to_owned() };
        assert!(matches!(one.withdraw(why("nhầm")), Err(EnterprisesError::Missing { .. })));
        one.withdraw(why("Ghi nhầm hợp tác xã khác")).expect("a reason");
        assert!(!one.stands());
        assert!(matches!(one.withdraw(why("Ghi nhầm hợp tác xã khác")), Err(EnterprisesError::Withdrawn)));
    }

    #[test]
    fn only_an_enterprise_has_a_size() {
        let entry = |kind| NewEntry {
            entry: EnterpriseEntry { tax_code: None, name: "Chè".to_owned(), kind, commune: None },
            size: Some(Size::Small),
            sector: "  Chế biến   chè ".to_owned(),
        };
        assert_eq!(entry(EnterpriseKind::Enterprise).cleaned().expect("an entry").sector, "Chế biến chè");
        assert!(matches!(entry(EnterpriseKind::Household).cleaned(), Err(EnterprisesError::SizeOfOther)));
    }
}
