//! What a listed day does to the week.

use serde::{Serialize, Serializer};

/// The kinds of days that a calendar file knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DayKind {
    /// Off on that very day by law.
    Statutory,
    /// Off by law, on the day chosen in the year's notice.
    StatutoryAnnounced,
    /// Off in place of a holiday that fell on a weekly rest day.
    Compensatory,
    /// A weekday off in exchange for a Saturday.
    SwapOff,
    /// A Saturday that is worked.
    SwapWork,
    /// Somebody proposed to be off; nothing is decided.
    ProposedSwapOff,
    /// Somebody proposed to work; nothing is decided.
    ProposedSwapWork,
    /// Off by custom; the notice is still to come.
    Projected,
    /// Off by custom in place of a holiday; the notice is still to come.
    ProjectedCompensatory,
    /// Worked after all, though the week or a projection would have it free.
    Working,
    /// Worked in the morning only.
    MorningOnly,
    /// Worked in the afternoon only.
    AfternoonOnly,
}

/// One half of a working day; noon parts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Half {
    /// Until noon.
    Morning,
    /// From noon on.
    Afternoon,
}

impl DayKind {
    /// Every one of them.
    pub const ALL: [Self; 12] = [
        Self::Statutory,
        Self::StatutoryAnnounced,
        Self::Compensatory,
        Self::SwapOff,
        Self::SwapWork,
        Self::ProposedSwapOff,
        Self::ProposedSwapWork,
        Self::Projected,
        Self::ProjectedCompensatory,
        Self::Working,
        Self::MorningOnly,
        Self::AfternoonOnly,
    ];

    /// The word in the file.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Statutory => "statutory",
            Self::StatutoryAnnounced => "statutory_announced",
            Self::Compensatory => "compensatory",
            Self::SwapOff => "swap_off",
            Self::SwapWork => "swap_work",
            Self::ProposedSwapOff => "proposed_swap_off",
            Self::ProposedSwapWork => "proposed_swap_work",
            Self::Projected => "projected",
            Self::ProjectedCompensatory => "projected_compensatory",
            Self::Working => "working",
            Self::MorningOnly => "morning_only",
            Self::AfternoonOnly => "afternoon_only",
        }
    }

    /// The word on the screen.
    #[must_use]
    pub fn name_vi(self) -> &'static str {
        match self {
            Self::Statutory => "Nghỉ lễ theo luật",
            Self::StatutoryAnnounced => "Nghỉ lễ theo thông báo",
            Self::Compensatory => "Nghỉ bù",
            Self::SwapOff => "Nghỉ hoán đổi",
            Self::SwapWork => "Làm bù",
            Self::ProposedSwapOff => "Đề xuất nghỉ hoán đổi (chưa áp dụng)",
            Self::ProposedSwapWork => "Đề xuất làm bù (chưa áp dụng)",
            Self::Projected => "Nghỉ lễ (dự báo)",
            Self::ProjectedCompensatory => "Nghỉ bù (dự báo)",
            Self::Working => "Làm việc bình thường",
            Self::MorningOnly => "Chỉ làm buổi sáng",
            Self::AfternoonOnly => "Chỉ làm buổi chiều",
        }
    }

    /// Reads the word in the file; none for a word that is not ours.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether it changes the week at all: a proposal does not.
    #[must_use]
    pub fn is_applied(self) -> bool {
        !matches!(self, Self::ProposedSwapOff | Self::ProposedSwapWork)
    }

    /// Whether the office would be closed all day on such a day.
    #[must_use]
    pub fn is_off(self) -> bool {
        !matches!(self, Self::Working | Self::MorningOnly | Self::AfternoonOnly) && !self.is_made_up()
    }

    /// Whether such a day is worked in exchange for another: only a day of the weekend can be.
    #[must_use]
    pub fn is_made_up(self) -> bool {
        matches!(self, Self::SwapWork | Self::ProposedSwapWork)
    }

    /// The half that alone is worked on such a day; none when it is worked whole or not at all.
    #[must_use]
    pub fn half(self) -> Option<Half> {
        match self {
            Self::MorningOnly => Some(Half::Morning),
            Self::AfternoonOnly => Some(Half::Afternoon),
            _ => None,
        }
    }

    /// Whether no notice has fixed such a day yet.
    #[must_use]
    pub fn is_projected(self) -> bool {
        matches!(self, Self::Projected | Self::ProjectedCompensatory)
    }
}

impl Serialize for DayKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}
