//! The words of the trade that packs, facts and answers share: award codes, recipients, types of award.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Declares a closed list of words: the code kept in data, the word on the screen.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal, $vi:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $code)] $variant),+ }
        impl $name {
            /// Every one of them, in the order of the contract.
            pub const ALL: &[Self] = &[$(Self::$variant),+];
            /// The word kept in data.
            #[must_use]
            pub fn code(self) -> &'static str { match self { $(Self::$variant => $code),+ } }
            /// The word on the screen.
            #[must_use]
            pub fn name_vi(self) -> &'static str { match self { $(Self::$variant => $vi),+ } }
            /// Reads the word kept in data; none for a word that is not ours.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> { match code { $($code => Some(Self::$variant),)+ _ => None } }
        }
    };
}
pub(crate) use words;

/// An award form or title, by its code in the contract.
///
/// The codes are the program's; what an award is called, who decides it and
/// whom it may be given to stands in the catalogue of the packs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the codes of the contract, named in the catalogue")]
pub enum AwardCode {
    Ldtt,
    Cstdcs,
    Cstdt,
    Cstdtq,
    Ttldtt,
    Ttldxs,
    GiayKhen,
    BkTinh,
    CoTinh,
    BkTtg,
    CoCp,
    #[serde(rename = "hcld_3")]
    Hcld3,
    #[serde(rename = "hcld_2")]
    Hcld2,
    #[serde(rename = "hcld_1")]
    Hcld1,
}

impl AwardCode {
    /// Every code, in the order of the contract.
    pub const ALL: [Self; 14] = [
        Self::Ldtt,
        Self::Cstdcs,
        Self::Cstdt,
        Self::Cstdtq,
        Self::Ttldtt,
        Self::Ttldxs,
        Self::GiayKhen,
        Self::BkTinh,
        Self::CoTinh,
        Self::BkTtg,
        Self::CoCp,
        Self::Hcld3,
        Self::Hcld2,
        Self::Hcld1,
    ];

    /// The code as it is written in packs, facts and answers.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Ldtt => "ldtt",
            Self::Cstdcs => "cstdcs",
            Self::Cstdt => "cstdt",
            Self::Cstdtq => "cstdtq",
            Self::Ttldtt => "ttldtt",
            Self::Ttldxs => "ttldxs",
            Self::GiayKhen => "giay_khen",
            Self::BkTinh => "bk_tinh",
            Self::CoTinh => "co_tinh",
            Self::BkTtg => "bk_ttg",
            Self::CoCp => "co_cp",
            Self::Hcld3 => "hcld_3",
            Self::Hcld2 => "hcld_2",
            Self::Hcld1 => "hcld_1",
        }
    }
}

impl fmt::Display for AwardCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A code that names no award.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("không có hình thức khen thưởng mang mã “{0}”; các mã: {codes}", codes = codes())]
pub struct UnknownAward(pub String);

fn codes() -> String {
    AwardCode::ALL.map(AwardCode::code).join(", ")
}

impl FromStr for AwardCode {
    type Err = UnknownAward;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|award| award.code() == text).ok_or_else(|| UnknownAward(text.to_owned()))
    }
}

words! {
    /// What an award is: a title of emulation, a flag, a commendation or an order.
    AwardKind {
        /// Lao động tiên tiến, Chiến sĩ thi đua, Tập thể lao động …
        Title = "title", "danh hiệu thi đua";
        /// Cờ thi đua: a title too, for collectives.
        Flag = "flag", "danh hiệu thi đua (cờ)";
        /// Giấy khen, Bằng khen.
        Commendation = "commendation", "hình thức khen thưởng";
        /// Huân chương.
        Order = "order", "hình thức khen thưởng (huân chương)";
    }
}

impl AwardKind {
    /// Whether the law counts it among *danh hiệu thi đua*; the rest are *hình thức khen thưởng*.
    #[must_use]
    pub fn is_title(self) -> bool {
        matches!(self, Self::Title | Self::Flag)
    }

    /// The law's own word for the class: `danh hiệu` or `hình thức`.
    #[must_use]
    pub fn form(self) -> &'static str {
        if self.is_title() { "danh hiệu" } else { "hình thức" }
    }
}

words! {
    /// Whom an award is given to.
    RecipientKind {
        /// An individual.
        Person = "person", "cá nhân";
        /// A unit or another collective.
        Collective = "collective", "tập thể";
        /// A household.
        Household = "household", "hộ gia đình";
        /// An enterprise.
        Enterprise = "enterprise", "doanh nghiệp";
        /// A cooperative: an economic organisation that is no enterprise.
        Cooperative = "cooperative", "hợp tác xã";
    }
}

words! {
    /// The group of a person, where a standard names one.
    Group {
        /// Cán bộ, công chức, viên chức.
        Official = "official", "cán bộ, công chức, viên chức";
        /// Công nhân, người lao động.
        Worker = "worker", "công nhân, người lao động";
        /// Nông dân.
        Farmer = "farmer", "nông dân";
        /// Doanh nhân.
        Entrepreneur = "entrepreneur", "doanh nhân";
        /// Trí thức.
        Intellectual = "intellectual", "trí thức";
        /// Nhà khoa học.
        Scientist = "scientist", "nhà khoa học";
    }
}

words! {
    /// The type of an award (*loại hình khen thưởng*).
    AwardType {
        /// Công trạng.
        Merit = "merit", "công trạng";
        /// Phong trào thi đua theo chuyên đề.
        Thematic = "thematic", "thi đua theo chuyên đề";
        /// Thành tích đột xuất.
        Sudden = "sudden", "thành tích đột xuất";
        /// Quá trình cống hiến.
        Contribution = "contribution", "quá trình cống hiến";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_reads_back_as_the_award_it_names() {
        for award in AwardCode::ALL {
            assert_eq!(award.code().parse::<AwardCode>(), Ok(award));
            assert_eq!(serde_json::to_string(&award).expect("a code"), format!("\"{award}\""));
        }
    }

    #[test]
    fn a_code_that_names_no_award_is_refused_with_the_codes_there_are() {
        let fault = "bk_huyen".parse::<AwardCode>().expect_err("no such award").to_string();
        assert!(fault.contains("bk_huyen") && fault.contains("giay_khen"), "{fault}");
    }
}
