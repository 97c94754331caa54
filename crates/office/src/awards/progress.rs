//! How far a campaign has come on a day: told by its last day and by what happened to its nominations, so that
//! nobody has to say that it is over. Nothing of it is kept.

use std::collections::BTreeMap;

use kernel::Date;
use rules::Level;

use super::model::{Campaign, CampaignId, CampaignState, NominationState, states};
use super::{AwardsError, store};
use crate::Ctx;
use crate::db::Tx;

states! {
    /// How far a campaign has come.
    Progress {
        /// Units nominate.
        Open = "open", "đang nhận hồ sơ", "neutral";
        /// The last day for nominations is over; the dossiers were not closed yet.
        Ended = "ended", "đã hết hạn nhận hồ sơ", "warn";
        /// No more nominations; dossiers are checked.
        Closed = "closed", "đã chốt hồ sơ", "neutral";
        /// The list is shown to everybody for objections.
        Consultation = "consultation", "đang lấy ý kiến", "warn";
        /// Nothing was voted on yet.
        Council = "council", "chờ Hội đồng", "warn";
        /// The council settled some and has others before it.
        Voting = "voting", "Hội đồng đang xét", "warn";
        /// What the council passed waits for the office's decision.
        Passed = "passed", "chờ quyết định khen thưởng", "warn";
        /// Only what a higher level decides is left.
        Above = "above", "còn hồ sơ trình cấp trên", "warn";
        /// A decision names some; others wait.
        Partly = "partly", "đã quyết định một phần", "warn";
        /// A decision names all that were passed.
        Decided = "decided", "đã quyết định xong", "ok";
        /// Nothing is left, and no decision that named any of them stands.
        Annulled = "annulled", "quyết định đã bị hủy bỏ", "bad";
        /// The council met, passed none, and nothing is left.
        Over = "over", "Hội đồng đã xét xong, không còn hồ sơ", "neutral";
    }
}

impl Progress {
    /// Whether nothing of the campaign waits for anybody.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Decided | Self::Annulled | Self::Over)
    }
}

/// What became of the nominations of a campaign, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Before the council, or brought up again and being checked.
    pub waiting: i64,
    /// Passed, for a decision of the office.
    pub for_office: i64,
    /// Passed, for a higher level.
    pub for_above: i64,
    /// Named in a decision that stands.
    pub decided: i64,
    /// Named in a decision that was annulled, or revoked from one.
    pub annulled: i64,
    /// Settled without an award: not passed, put off, lowered, not granted above.
    pub refused: i64,
}

impl Tally {
    /// Counts so many nominations that stand there; drafts and what was given back or taken back wait for nobody
    /// once the campaign lies before the council.
    pub fn count(&mut self, state: NominationState, by: Level, many: i64) {
        use NominationState as S;
        let place = match state {
            S::Draft | S::Returned | S::Withdrawn => return,
            S::Submitted | S::Accepted => &mut self.waiting,
            S::Passed if by == Level::Office => &mut self.for_office,
            S::Passed => &mut self.for_above,
            S::Decided => &mut self.decided,
            S::Annulled | S::Revoked => &mut self.annulled,
            S::NotPassed | S::Lowered | S::Deferred | S::NotGranted => &mut self.refused,
        };
        *place += many;
    }

    /// How far it has come since it lies before the council.
    fn since_council(self) -> Progress {
        let left = self.waiting + self.for_office + self.for_above;
        let settled = self.for_office + self.for_above + self.decided + self.annulled + self.refused;
        if settled == 0 {
            Progress::Council
        } else if left == 0 && self.decided > 0 {
            Progress::Decided
        } else if left == 0 && self.annulled > 0 {
            Progress::Annulled
        } else if left == 0 {
            Progress::Over
        } else if self.waiting + self.for_office == 0 {
            Progress::Above
        } else if self.decided > 0 {
            Progress::Partly
        } else if self.waiting > 0 {
            Progress::Voting
        } else {
            Progress::Passed
        }
    }
}

/// How far a campaign has come on a day.
#[must_use]
pub fn read(campaign: &Campaign, tally: Tally, today: Date) -> Progress {
    match campaign.state {
        CampaignState::Open if campaign.takes(today) => Progress::Open,
        CampaignState::Open => Progress::Ended,
        CampaignState::Closed => Progress::Closed,
        CampaignState::Consultation => Progress::Consultation,
        CampaignState::Council => tally.since_council(),
    }
}

/// How far each of these campaigns has come today.
///
/// # Errors
/// What the store says.
pub async fn of(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    campaigns: &[Campaign],
) -> Result<BTreeMap<CampaignId, Progress>, AwardsError> {
    let mut tallies: BTreeMap<CampaignId, Tally> = BTreeMap::new();
    for (campaign, state, award, many) in store::count_states(tx).await? {
        tallies.entry(campaign).or_default().count(state, ctx.house.rules.award(award).level, many);
    }
    let told = |one: &Campaign| (one.id, read(one, tallies.get(&one.id).copied().unwrap_or_default(), ctx.today()));
    Ok(campaigns.iter().map(told).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(states: &[(NominationState, Level)], wanted: Progress) {
        let mut tally = Tally::default();
        for (state, level) in states {
            tally.count(*state, *level, 1);
        }
        assert_eq!(tally.since_council(), wanted, "{states:?}");
    }

    #[test]
    fn a_campaign_says_what_happened_to_its_nominations() {
        use NominationState as S;
        let (office, above) = (Level::Office, Level::Province);
        check(&[(S::Accepted, office), (S::Withdrawn, office)], Progress::Council);
        check(&[(S::Accepted, office), (S::NotPassed, office)], Progress::Voting);
        check(&[(S::Passed, office), (S::NotPassed, office)], Progress::Passed);
        check(&[(S::Passed, office), (S::Decided, office)], Progress::Partly);
        check(&[(S::Passed, above), (S::Decided, office)], Progress::Above);
        check(&[(S::Decided, office), (S::Deferred, office), (S::Returned, office)], Progress::Decided);
        check(&[(S::Decided, office), (S::Annulled, office)], Progress::Decided);
        check(&[(S::Annulled, office), (S::NotPassed, office)], Progress::Annulled);
        check(&[(S::NotPassed, office), (S::NotGranted, above)], Progress::Over);
    }
}
