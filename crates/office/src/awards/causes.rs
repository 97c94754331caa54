//! Why a verdict or its facts changed: which entry, by whom, when. What nobody kept is said so.

use std::collections::BTreeMap;

use kernel::Date;
use kernel::id::{AccountId, PersonId, UnitId};
use rules::RuleState;
use uuid::Uuid;

use super::compare::{FactChange, GroundChange};
use super::model::{FactSource, Ground, Nomination, Snapshot};
use super::{AwardsError, paperwork};
use crate::db::{StoreError, Tx};
use crate::history::{self, Change};
use crate::organization::{self, model::Recipient};

/// Why something changed, with the entry it is written in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// The register or kind of thing: `ratings`, `rules`.
    pub kind: String,
    /// The entry; none when it is no single one.
    pub entry: Option<Uuid>,
    /// What happened, in words: `xếp loại năm 2025 của Phòng Kinh tế được sửa`.
    pub words: String,
    /// How it was frozen.
    pub before: Option<String>,
    /// How it is.
    pub after: Option<String>,
    /// The day it was entered; none when nobody kept it.
    pub on: Option<Date>,
    /// Who entered it; none when nobody kept it.
    pub by: Option<String>,
}

impl Cause {
    /// Whether two are the same happening: nominations are grouped by it.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        (&self.kind, self.entry, &self.words) == (&other.kind, other.entry, &other.words)
    }
}

/// What is needed to name causes.
pub(super) struct Namer<'a> {
    pub today: Date,
    pub accounts: &'a BTreeMap<AccountId, String>,
}

impl Namer<'_> {
    fn who(&self, change: &Change) -> Option<String> {
        match change.account {
            Some(account) => self.accounts.get(&account).cloned(),
            None => Some("Hệ thống".to_owned()),
        }
    }

    /// The cause of one changed fact.
    pub(super) async fn of_fact(
        &self,
        tx: &mut Tx,
        nominee: &str,
        change: FactChange,
        (was, is): (&BTreeMap<String, FactSource>, &BTreeMap<String, FactSource>),
    ) -> Result<Cause, StoreError> {
        let now = change.is_at.as_ref().and_then(|at| is.get(at));
        let source = now.or_else(|| change.was_at.as_ref().and_then(|at| was.get(at)));
        let mut kept = match source {
            Some(source) => history::of_entry(tx, &source.register, source.id).await?,
            None => Vec::new(),
        };
        // An achievement does not change when it is rewarded: the award is entered. Nobody of that register did it.
        if change.fact == "achievements" && change.before.is_some() {
            kept.clear();
        }
        let last = kept.last();
        let owner = match (change.fact, last) {
            ("unit_ratings", Some(last)) => {
                let unit = organization::queries::unit(tx, UnitId(last.owner), self.today).await?;
                unit.map(|unit| unit.name)
            }
            _ => None,
        };
        let what = match (&owner, change.fact) {
            (Some(unit), _) => change.what.replace("đơn vị phụ trách", unit),
            (None, "unit_ratings" | "attestations") => change.what,
            (None, _) => format!("{} của {nominee}", change.what),
        };
        let done = match (last.map(|last| last.verb.as_str()), &change.before, &change.after) {
            (Some("revoke"), _, _) => "bị thu hồi",
            (Some("release"), _, _) => "kết thúc",
            (Some("recognise"), None, _) => "được công nhận",
            (_, Some(_), Some(_)) if change.was_at.is_some() => "được sửa",
            (_, Some(_), Some(_)) => "đã rõ: sổ được xác nhận đầy đủ",
            (_, None, _) => "được thêm",
            (_, Some(_), None) => "không còn",
        };
        Ok(Cause {
            kind: source.map_or_else(|| change.fact.to_owned(), |source| source.register.clone()),
            entry: source.map(|source| source.id),
            words: format!("{what} {done}"),
            before: change.before,
            after: change.after,
            on: last.map(Change::on),
            by: last.and_then(|last| self.who(last)),
        })
    }

    /// What was entered about the members of a collective since its nomination was frozen.
    pub(super) async fn of_members(
        &self,
        tx: &mut Tx,
        nomination: &Nomination,
        frozen: &Snapshot,
    ) -> Result<Vec<Cause>, StoreError> {
        let (Recipient::Unit(unit), Some(since)) = (nomination.recipient, frozen.frozen_at) else {
            return Ok(Vec::new());
        };
        let mut causes = Vec::new();
        for member in organization::queries::members(tx, unit, self.today).await? {
            let PersonId(person) = member.person.id;
            for change in history::of_owner(tx, person).await?.into_iter().filter(|change| change.at > since) {
                let what = match change.kind.as_str() {
                    "ratings" => "xếp loại",
                    "awards" => "khen thưởng",
                    "discipline" => "kỷ luật",
                    _ => continue,
                };
                let done = if change.was.is_some() { "được sửa" } else { "được nhập" };
                causes.push(Cause {
                    kind: format!("members.{}", change.kind),
                    entry: Some(change.entry),
                    words: format!("bản ghi {what} của {} {done}", member.person.profile.name),
                    before: None,
                    after: None,
                    on: Some(change.on()),
                    by: self.who(&change),
                });
            }
        }
        Ok(causes)
    }

    /// The cause of one rule that stands otherwise.
    pub(super) async fn of_ground(&self, tx: &mut Tx, change: GroundChange) -> Result<Option<Cause>, AwardsError> {
        let Some(ground) = change.after.as_ref().or(change.before.as_ref()) else { return Ok(None) };
        let name = format!("quy tắc “{}” ({})", ground.title, ground.citation);
        let state = |ground: &Option<Ground>| ground.as_ref().map(|ground| ground.state.name_vi().to_owned());
        let mut cause = Cause {
            kind: "rules".to_owned(),
            entry: None,
            words: String::new(),
            before: state(&change.before),
            after: state(&change.after),
            on: None,
            by: None,
        };
        let relied = |ground: &Option<Ground>| ground.as_ref().is_some_and(|ground| ground.state.is_relied_on());
        let rewritten = match (&change.before, &change.after) {
            (Some(was), Some(is)) => was.version != is.version || was.digest != is.digest,
            _ => true,
        };
        if rewritten {
            cause.words = format!("nội dung của {name} trong bộ quy tắc thay đổi");
        } else if relied(&change.after) {
            self.relied(tx, ground, &name, &mut cause).await?;
        } else {
            self.waits(tx, ground, &name, change.before.as_ref().map(|was| was.state), &mut cause).await?;
        }
        Ok(Some(cause))
    }

    async fn relied(&self, tx: &mut Tx, ground: &Ground, name: &str, cause: &mut Cause) -> Result<(), AwardsError> {
        if ground.state == RuleState::Adopted {
            let all = paperwork::adoptions_ever(tx).await?.into_iter();
            let mut standing = all.filter(|one| one.withdrawn_on.is_none());
            let last = standing.rfind(|one| Some(&one.what.template) == ground.template.as_ref());
            cause.words = format!("{name} được thông qua làm quy định của Văn phòng");
            cause.entry = last.as_ref().map(|one| one.id.0);
            cause.on = last.as_ref().map(|one| one.what.on);
            cause.by = last.map(|one| one.what.by);
            return Ok(());
        }
        let all = paperwork::confirmations_ever(tx).await?.into_iter();
        let mut standing = all.filter(|one| one.withdrawn_on.is_none());
        let last = standing.rfind(|one| one.what.rule == ground.rule && one.what.version == ground.version);
        cause.words = match &last {
            Some(one) => format!("{name} được xác nhận theo {}", one.what.document),
            None => format!("{name} được dựa vào"),
        };
        cause.entry = last.as_ref().map(|one| one.id.0);
        cause.on = last.as_ref().map(|one| one.what.on);
        cause.by = last.map(|one| one.what.by);
        Ok(())
    }

    async fn waits(
        &self,
        tx: &mut Tx,
        ground: &Ground,
        name: &str,
        was: Option<RuleState>,
        cause: &mut Cause,
    ) -> Result<(), AwardsError> {
        let (kind, last) = if was == Some(RuleState::Adopted) {
            cause.words = format!("{name} thôi là quy định của Văn phòng");
            let all = paperwork::adoptions_ever(tx).await?.into_iter();
            let mut of = all.filter(|one| Some(&one.what.template) == ground.template.as_ref());
            ("adoptions", of.rfind(|one| one.withdrawn_on.is_some()).map(|one| (one.id.0, one.withdrawn_on)))
        } else {
            cause.words = format!("{name} bị rút xác nhận");
            let all = paperwork::confirmations_ever(tx).await?.into_iter();
            let mut of = all.filter(|one| one.what.rule == ground.rule && one.what.version == ground.version);
            ("confirmations", of.rfind(|one| one.withdrawn_on.is_some()).map(|one| (one.id.0, one.withdrawn_on)))
        };
        let Some((entry, on)) = last else {
            cause.words = format!("{name} phải chờ người xác nhận");
            return Ok(());
        };
        let kept = history::of_entry(tx, kind, entry).await?;
        (cause.entry, cause.on) = (Some(entry), on);
        cause.by = kept.iter().rfind(|change| change.verb == "withdraw").and_then(|change| self.who(change));
        Ok(())
    }
}

/// The verdict changed and nothing that was kept differs.
pub(super) fn unexplained(kept_grounds: bool) -> Cause {
    let words = if kept_grounds {
        "cùng dữ liệu và quy tắc, chương trình kết luận khác trước"
    } else {
        "hồ sơ được chốt khi chưa lưu trạng thái quy tắc, không chỉ ra được quy tắc nào đã đổi"
    };
    Cause {
        kind: "program".to_owned(),
        entry: None,
        words: words.to_owned(),
        before: None,
        after: None,
        on: None,
        by: None,
    }
}

/// The names of accounts, for whoever may not list them: only to name who entered what.
pub(super) async fn accounts(tx: &mut Tx) -> Result<BTreeMap<AccountId, String>, AwardsError> {
    crate::identity::queries::names_in(tx).await.map_err(AwardsError::from)
}
