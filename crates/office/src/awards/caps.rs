//! The caps of a campaign, counted: what it sets itself, and what the adopted local rule names.

use rules::{AwardCode, CapBasis, CapOf, CapRow};

use super::decision::{Bound, Cap, Meter, count};
use super::model::{Campaign, Nomination, NominationState};
use super::queries::belongs_to_none;
use super::{AwardsError, adoptions, paperwork, store};
use crate::Ctx;
use crate::db::Tx;
use crate::organization::model::Recipient;

/// How full the caps of a campaign are: those it sets itself, then those of the adopted local rule that name a share.
///
/// # Errors
/// What the store says.
pub async fn meters(ctx: &Ctx<'_>, tx: &mut Tx, campaign: &Campaign) -> Result<Vec<Meter>, AwardsError> {
    let overrules = paperwork::overrules_of(tx, campaign.id).await?;
    let excepted = |id| overrules.iter().any(|(of, one)| *of == id && one.kind == "cap");
    let mut counted: Vec<(Nomination, bool)> = Vec::new();
    for one in store::listed(tx, campaign.id).await? {
        let person = matches!(one.recipient, Recipient::Person(_)) && one.state != NominationState::Draft;
        // The caps are shares of the Office's own people.
        if person && !belongs_to_none(ctx, tx, one.recipient).await? {
            let excepted = excepted(one.id);
            counted.push((one, excepted));
        }
    }
    let standing = adoptions::standing(tx).await?;
    let rule = ctx.house.rules.caps(ctx.today(), &standing.adopted);
    let sums = Sums { staff: store::staff_count(tx, ctx.today()).await?, counted: &counted };
    let own = rule.as_ref().map_or_else(|| "Đợt xét tự đặt".to_owned(), |rule| rule.citation.clone());
    let mut caps = own_caps(ctx, campaign, &sums, &own);
    if let Some((rule, adoption)) = rule.as_ref().and_then(|rule| Some((rule, rule.adopted.as_ref()?))) {
        let citation = format!("{}; {}", adoption.document, rule.citation);
        caps.extend(rule.value.iter().filter_map(|row| sums.cap_of_rule(ctx, row, &citation)));
    }
    Ok(caps.into_iter().map(|cap| Meter::read(cap, &counted)).collect())
}

/// The caps that a campaign sets itself.
fn own_caps(ctx: &Ctx<'_>, campaign: &Campaign, sums: &Sums<'_>, citation: &str) -> Vec<Cap> {
    let cap = |what: String, of: CapOf, award, share_bp, whole| sums.cap(what, (of, award), share_bp, whole, citation);
    let mut caps = Vec::new();
    caps.extend(campaign.total_share_bp.map(|share| {
        let what = "Cá nhân được đề nghị trên tổng số người".to_owned();
        cap(what, CapOf::Total, None, share, sums.staff)
    }));
    caps.extend(campaign.form_shares.iter().map(|(award, share)| {
        let what = format!("{}: cá nhân được đề nghị trên tổng số người", ctx.house.rules.award(*award).name_vi);
        cap(what, CapOf::Total, Some(*award), *share, sums.staff)
    }));
    caps.extend(campaign.leader_share_bp.map(|share| {
        let what = "Người giữ chức vụ lãnh đạo trên số cá nhân được đề nghị".to_owned();
        cap(what, CapOf::Leaders, None, share, sums.alive(None))
    }));
    caps.extend(campaign.worker_share_bp.map(|share| {
        let what = "Người lao động trực tiếp trên số cá nhân được đề nghị".to_owned();
        cap(what, CapOf::Workers, None, share, sums.alive_without_exceptions(None))
    }));
    caps
}

/// What shares are taken of.
struct Sums<'a> {
    /// Everybody who holds a post.
    staff: u32,
    /// The persons who were nominated, each with whether the chief let the nomination in over a cap.
    counted: &'a [(Nomination, bool)],
}

impl Sums<'_> {
    fn how_many(&self, award: Option<AwardCode>, which: impl Fn(&Nomination, bool) -> bool) -> u32 {
        let of_form = |one: &&(Nomination, bool)| award.is_none_or(|award| award == one.0.award);
        count(self.counted.iter().filter(of_form).filter(|(one, excepted)| which(one, *excepted)).count())
    }

    fn alive(&self, award: Option<AwardCode>) -> u32 {
        self.how_many(award, |one, _| one.is_alive())
    }

    /// Whoever was let in over a cap leaves the whole of a least share too: else an exception could never help.
    fn alive_without_exceptions(&self, award: Option<AwardCode>) -> u32 {
        self.how_many(award, |one, excepted| one.is_alive() && !excepted)
    }

    fn cap(
        &self,
        what: String,
        (of, award): (CapOf, Option<AwardCode>),
        share_bp: u32,
        whole: u32,
        citation: &str,
    ) -> Cap {
        let (leaders, bound) = match of {
            CapOf::Total => (None, Bound::Most),
            CapOf::Leaders => (Some(true), Bound::Most),
            CapOf::Workers => (Some(false), Bound::Least),
        };
        Cap { what, award, leaders, bound, share_bp, whole, citation: citation.to_owned() }
    }

    /// The cap of a row of the local rule; none when the row leaves the share to the campaign.
    ///
    /// Until the decision, those who are alive on the list stand for those who will be awarded.
    fn cap_of_rule(&self, ctx: &Ctx<'_>, row: &CapRow, citation: &str) -> Option<Cap> {
        let whole = match (row.basis, row.of) {
            (CapBasis::Staff, _) => self.staff,
            (CapBasis::Nominated, CapOf::Total) => self.how_many(row.award, |_, _| true),
            (_, CapOf::Workers) => self.alive_without_exceptions(row.award),
            _ => self.alive(row.award),
        };
        let form = row.award.map(|award| format!("{}: ", ctx.house.rules.award(award).name_vi)).unwrap_or_default();
        let what = format!("{form}{} trên {}", row.of.name_vi(), row.basis.name_vi());
        Some(self.cap(what, (row.of, row.award), row.share_bp?, whole, citation))
    }
}
