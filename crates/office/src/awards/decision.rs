//! Pure answers: caps and shares, which papers are missing, what a list of verdicts means.

use rules::{AwardCode, Verdict};

use super::model::Nomination;

/// One cap over a group of nominations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cap {
    /// What is counted, in words: `Giấy khen cho cá nhân giữ chức vụ lãnh đạo`.
    pub what: String,
    /// The award it counts; none counts all.
    pub award: Option<AwardCode>,
    /// Counts leaders only, direct workers only, or both.
    pub leaders: Option<bool>,
    /// How many are allowed: the share of the whole, rounded down.
    pub most: u32,
    /// The share in basis points.
    pub share_bp: u32,
    /// Of how many the share is taken.
    pub whole: u32,
    /// The rule it rests on.
    pub citation: String,
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

    /// Whether more are in than may be.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.used > self.cap.most
    }

    /// Whether the next one would be one too many: the early warning.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.used >= self.cap.most
    }
}

fn count(n: usize) -> u32 {
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
