//! Pure answers: caps and shares, which papers are missing, what a list of verdicts means.

use rules::{AwardCode, CapRow, Verdict};

use super::model::Nomination;

/// Which way a cap binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// At most so many: the share is rounded down.
    Most,
    /// At least so many: the share is rounded up.
    Least,
}

impl Bound {
    /// How many people a share of a whole comes to.
    #[must_use]
    pub fn of(self, share_bp: u32, whole: u32) -> u32 {
        match self {
            Self::Most => CapRow::most(share_bp, whole),
            Self::Least => CapRow::least(share_bp, whole),
        }
    }

    /// The rounding rule, for the page that shows the number.
    #[must_use]
    pub fn rounding_vi(self) -> &'static str {
        match self {
            Self::Most => "làm tròn xuống",
            Self::Least => "làm tròn lên",
        }
    }
}

/// One cap over a group of nominations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cap {
    /// What is counted, in words: `Giấy khen cho cá nhân giữ chức vụ lãnh đạo`.
    pub what: String,
    /// The award it counts; none counts all.
    pub award: Option<AwardCode>,
    /// Counts leaders only, direct workers only, or both.
    pub leaders: Option<bool>,
    /// Whether it is the most or the least that may be in.
    pub bound: Bound,
    /// The share in basis points.
    pub share_bp: u32,
    /// Of how many the share is taken.
    pub whole: u32,
    /// The rule it rests on.
    pub citation: String,
}

impl Cap {
    /// How many the share comes to.
    #[must_use]
    pub fn limit(&self) -> u32 {
        self.bound.of(self.share_bp, self.whole)
    }
}

/// How full a cap is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meter {
    /// The cap.
    pub cap: Cap,
    /// How many nominations alive count.
    pub used: u32,
    /// How many of them the chief let in over the cap.
    pub excepted: u32,
}

impl Meter {
    /// Counts the nominations that fall under a cap; an exception granted by the chief does not fill it.
    #[must_use]
    pub fn read(cap: Cap, nominations: &[(Nomination, bool)]) -> Self {
        let under: Vec<&(Nomination, bool)> = nominations
            .iter()
            .filter(|(one, _)| one.is_alive())
            .filter(|(one, _)| cap.award.is_none_or(|award| award == one.award))
            .filter(|(one, _)| cap.leaders.is_none_or(|leaders| leaders == one.leader))
            .collect();
        let excepted = count(under.iter().filter(|(_, excepted)| *excepted).count());
        Self { cap, used: count(under.len()) - excepted, excepted }
    }

    /// Whether the cap does not hold: more are in than may be, or fewer than must be.
    #[must_use]
    pub fn is_over(&self) -> bool {
        match self.cap.bound {
            Bound::Most => self.used > self.cap.limit(),
            Bound::Least => self.used < self.cap.limit(),
        }
    }

    /// Whether the next one would be one too many, or the next who is not counted would leave too few: the early
    /// warning.
    #[must_use]
    pub fn is_full(&self) -> bool {
        match self.cap.bound {
            Bound::Most => self.used >= self.cap.limit(),
            Bound::Least => self.used < self.cap.bound.of(self.cap.share_bp, self.cap.whole.saturating_add(1)),
        }
    }

    /// The numbers in a sentence without a full stop, for whoever is refused.
    #[must_use]
    pub fn numbers(&self) -> String {
        let (what, used, limit) = (&self.cap.what, self.used, self.cap.limit());
        match self.cap.bound {
            Bound::Most => format!("{what}: {used} trên {limit} được phép"),
            Bound::Least => format!("{what}: {used}, cần ít nhất {limit}"),
        }
    }
}

/// How many of these are there.
pub(super) fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// What the rule book's answer means for handing a nomination in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Nothing stands in the way.
    Eligible,
    /// Something does; only the chief may decide otherwise.
    NotEligible(String),
    /// The record or the law does not tell; a person must settle it.
    Undetermined(String),
}

/// Reads an answer as one sentence of what stands in the way.
#[must_use]
pub fn standing(answer: &rules::AwardResult) -> Standing {
    let blocked: Vec<&str> = answer.blocking().filter_map(|guard| guard.reason.as_deref()).collect();
    match answer.verdict {
        Verdict::Eligible => Standing::Eligible,
        Verdict::NotEligible if blocked.is_empty() => {
            Standing::NotEligible("không đạt tiêu chuẩn nào của hình thức này".to_owned())
        }
        Verdict::NotEligible => Standing::NotEligible(blocked.join("; ")),
        Verdict::Undetermined => {
            let reason = answer.review.reason.clone();
            Standing::Undetermined(reason.unwrap_or_else(|| "có điều kiện chưa đủ dữ liệu để kết luận".to_owned()))
        }
    }
}

/// The mandatory papers that no file stands for, in the words of the checklist.
#[must_use]
pub fn missing_papers(items: &[rules::DossierItem], present: &[&str]) -> Vec<String> {
    items
        .iter()
        .filter(|item| item.mandatory && !present.contains(&item.id.as_str()))
        .map(|item| item.text_vi.clone())
        .collect()
}
