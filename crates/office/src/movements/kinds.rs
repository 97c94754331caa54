//! The closed lists of a plan: what a clause is, at which stage awards are given, at which level a movement is launched.

use serde::Serialize;

/// What a clause is in its plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An opening paragraph.
    Opening,
    /// A heading.
    Section,
    /// Mục đích.
    Purpose,
    /// Yêu cầu.
    Requirement,
    /// Chỉ tiêu.
    Target,
    /// Nội dung thi đua.
    Content,
    /// Tiêu chí.
    Criterion,
    /// Nguyên tắc xét khen thưởng.
    Principle,
    /// Hình thức khen thưởng.
    AwardForm,
    /// Tiêu chuẩn khen thưởng.
    Standard,
    /// Giải pháp.
    Solution,
    /// Thời gian thực hiện.
    Duration,
    /// Giai đoạn.
    Phase,
    /// Trách nhiệm thực hiện.
    Duty,
}

/// The points of a movement at which awards are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Stage {
    /// Hằng năm.
    #[serde(rename = "annual")]
    Annual,
    /// Sơ kết.
    #[serde(rename = "so_ket")]
    MidTerm,
    /// Tổng kết.
    #[serde(rename = "tong_ket")]
    Final,
}

/// Whose movement it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum LaunchLevel {
    /// The office's own.
    #[serde(rename = "van_phong")]
    Office,
    /// The province's.
    #[serde(rename = "tinh")]
    Province,
    /// The Prime Minister's.
    #[serde(rename = "thu_tuong")]
    PrimeMinister,
}

/// A work of the office that goes on all the time, and for which a plan may name the clause it is done under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Work {
    /// Units write programmes of their own and sign covenants.
    Programmes,
    /// Administrative dossiers are counted, and what they cost.
    Dossiers,
    /// Petitions are handled and answered.
    Petitions,
    /// Reports of conduct are received.
    Conduct,
    /// Initiatives are described and recognised.
    Initiatives,
}

impl Work {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Programmes, Self::Dossiers, Self::Petitions, Self::Conduct, Self::Initiatives];

    /// The key in a plan's table `[works]`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Programmes => "programmes",
            Self::Dossiers => "dossiers",
            Self::Petitions => "petitions",
            Self::Conduct => "conduct",
            Self::Initiatives => "initiatives",
        }
    }
}

impl Stage {
    /// All, in the order of the movement.
    pub const ALL: [Self; 3] = [Self::Annual, Self::MidTerm, Self::Final];

    /// The code used in plans, facts and addresses.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Annual => "annual",
            Self::MidTerm => "so_ket",
            Self::Final => "tong_ket",
        }
    }

    /// The word on screens.
    #[must_use]
    pub fn name_vi(self) -> &'static str {
        match self {
            Self::Annual => "hằng năm",
            Self::MidTerm => "sơ kết",
            Self::Final => "tổng kết",
        }
    }
}

impl LaunchLevel {
    /// All, from the office upwards.
    pub const ALL: [Self; 3] = [Self::Office, Self::Province, Self::PrimeMinister];

    /// The code used in plans and facts.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Office => "van_phong",
            Self::Province => "tinh",
            Self::PrimeMinister => "thu_tuong",
        }
    }
}

impl Kind {
    /// All, with the code used in plans and the word on screens.
    pub const ALL: [(Self, &'static str, &'static str); 14] = [
        (Self::Opening, "opening", "mở đầu"),
        (Self::Section, "section", "mục"),
        (Self::Purpose, "purpose", "mục đích"),
        (Self::Requirement, "requirement", "yêu cầu"),
        (Self::Target, "target", "chỉ tiêu"),
        (Self::Content, "content", "nội dung thi đua"),
        (Self::Criterion, "criterion", "tiêu chí thi đua"),
        (Self::Principle, "principle", "nguyên tắc xét khen thưởng"),
        (Self::AwardForm, "award_form", "hình thức khen thưởng"),
        (Self::Standard, "standard", "tiêu chuẩn khen thưởng"),
        (Self::Solution, "solution", "giải pháp"),
        (Self::Duration, "duration", "thời gian thực hiện"),
        (Self::Phase, "phase", "giai đoạn"),
        (Self::Duty, "duty", "trách nhiệm thực hiện"),
    ];

    /// The word on screens.
    #[must_use]
    pub fn name_vi(self) -> &'static str {
        Self::ALL.iter().find(|(kind, ..)| *kind == self).map_or("", |(.., name)| name)
    }
}
