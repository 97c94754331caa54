//! Guards: what stands in the way of an award whatever the standard says.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::answer::{GuardResult, GuardVerdict};
use crate::award::{AwardCode, AwardType, RecipientKind, words};
use crate::facts::{Facts, HoldKind, RatingLevel};

words! {
    /// What a guard that finds something does with it.
    Consequence {
        /// The award cannot be given.
        Blocks = "blocks", "không xét";
        /// It is said beside the verdict, which stays.
        Warns = "warns", "lưu ý khi xét";
    }
}

/// What a guard does; its kinds are the program's, its parameters the law's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[allow(missing_docs, reason = "the parameters are explained in rulepacks/README.md")]
pub enum GuardBody {
    /// No award while something of the named kinds is pending.
    Hold { triggers: Vec<HoldKind> },
    /// No award in the period of a discipline; achievements count from the day after it.
    Discipline { recipients: Vec<RecipientKind> },
    /// No second form of award for one achievement.
    SameAchievement {},
    /// Awards of these types are no basis for an award of those.
    ThematicBasis { excluded: Vec<AwardType>, applies_to: Vec<AwardType> },
    /// Who leads a unit is awarded only when the unit was rated at least so: its latest rating, of the year
    /// of the question or the one before.
    UnitResult { least: RatingLevel, consequence: Consequence },
}

/// The words of a guard's answer, before its rule's own state is considered.
pub(crate) struct Saying {
    pub verdict: GuardVerdict,
    pub reason: Option<String>,
    pub records: Vec<String>,
}

impl Saying {
    pub(crate) fn clear() -> Self {
        Self { verdict: GuardVerdict::Clear, reason: None, records: Vec::new() }
    }

    pub(crate) fn unknown(reason: String) -> Self {
        Self { verdict: GuardVerdict::Unknown, reason: Some(reason), records: Vec::new() }
    }

    pub(crate) fn blocked(reason: String, records: Vec<String>) -> Self {
        Self { verdict: GuardVerdict::Blocked, reason: Some(reason), records }
    }

    pub(crate) fn into_result(self, id: &str, citation: &str) -> GuardResult {
        let Self { verdict, reason, records } = self;
        GuardResult { id: id.to_owned(), verdict, citation: citation.to_owned(), reason, records }
    }
}

/// What a guard is asked about.
pub(crate) struct Asked<'a> {
    pub facts: &'a Facts,
    pub on: Date,
    /// Whether the award is a *hình thức khen thưởng*, not a title.
    pub is_form: bool,
    /// The types of award that the standards of the award stand for.
    pub types: &'a [AwardType],
    /// Tells titles from forms among the awards that an achievement earned.
    pub is_title: &'a dyn Fn(AwardCode) -> bool,
}

impl GuardBody {
    /// What the guard says of the facts; none when it does not concern the case.
    pub(crate) fn say(&self, asked: &Asked<'_>) -> Option<Saying> {
        match self {
            Self::Hold { triggers } => Some(hold(triggers, asked)),
            Self::Discipline { recipients } => {
                recipients.contains(&asked.facts.recipient.kind).then(|| discipline(asked))
            }
            Self::SameAchievement {} => asked.is_form.then(|| same_achievement(asked)),
            Self::ThematicBasis { excluded, applies_to } => {
                asked.types.iter().any(|kind| applies_to.contains(kind)).then(|| thematic_basis(excluded, asked))
            }
            Self::UnitResult { least, consequence } => {
                let recipient = &asked.facts.recipient;
                let concerned = recipient.kind == RecipientKind::Person && recipient.leader != Some(false);
                concerned.then(|| unit_result(*least, *consequence, asked))
            }
        }
    }
}

fn hold(triggers: &[HoldKind], asked: &Asked<'_>) -> Saying {
    let Some(holds) = &asked.facts.holds else {
        return Saying::unknown(
            "Chưa biết có đang bị xem xét kỷ luật, điều tra, thanh tra, kiểm toán, khiếu nại, \
             tố cáo hay không: hồ sơ chưa có mục holds"
                .to_owned(),
        );
    };
    let running = |(_, hold): &(usize, &crate::facts::Hold)| {
        triggers.contains(&hold.kind) && hold.from <= asked.on && hold.until.is_none_or(|until| asked.on < until)
    };
    let found: Vec<_> = holds.iter().enumerate().filter(running).collect();
    if found.is_empty() {
        return Saying::clear();
    }
    let kinds: Vec<_> = found.iter().map(|(_, hold)| hold.kind.name_vi()).collect();
    // The last day of the latest one, where every one that runs has an end.
    let ends: Option<Vec<Date>> = found.iter().map(|(_, hold)| hold.until).collect();
    let last = ends.and_then(|ends| ends.into_iter().max()).and_then(|free| free.yesterday().ok());
    let until = last.map_or_else(String::new, |day| format!(", đến hết ngày {}", day.strftime("%d/%m/%Y")));
    let reason =
        format!("Tạm dừng xét vì {}{until}; khi có kết luận không sai phạm thì được xét bình thường", kinds.join("; "));
    Saying::blocked(reason, found.iter().map(|(at, _)| format!("holds[{at}]")).collect())
}

fn discipline(asked: &Asked<'_>) -> Saying {
    let Some(list) = &asked.facts.discipline else {
        return Saying::unknown("Chưa biết có bị kỷ luật hay không: hồ sơ chưa có mục discipline".to_owned());
    };
    let running: Vec<_> = list
        .iter()
        .enumerate()
        .filter(|(_, entry)| entry.from <= asked.on && entry.until.is_none_or(|until| asked.on < until))
        .collect();
    if let Some((_, entry)) = running.first() {
        let until = entry.until.map_or_else(|| "hết thời hạn kỷ luật".to_owned(), |until| format!("ngày {until}"));
        let reason = format!("Đang trong thời hạn kỷ luật {}; thành tích chỉ tính từ {until}", entry.level.name_vi());
        return Saying::blocked(reason, running.iter().map(|(at, _)| format!("discipline[{at}]")).collect());
    }
    match counts_from(asked.facts, asked.on) {
        None => Saying::clear(),
        Some((at, since)) => Saying {
            verdict: GuardVerdict::Clear,
            reason: Some(format!("Đã hết thời hạn kỷ luật; thành tích chỉ tính từ ngày {since}")),
            records: vec![format!("discipline[{at}]")],
        },
    }
}

/// The day from which achievements count again after the last discipline that has ended.
pub(crate) fn counts_from(facts: &Facts, on: Date) -> Option<(usize, Date)> {
    facts
        .discipline
        .iter()
        .flatten()
        .enumerate()
        .filter_map(|(at, entry)| Some((at, entry.until?)))
        .filter(|(_, until)| *until <= on)
        .max_by_key(|(_, until)| *until)
}

/// The award named by a `code/year` reference.
pub(crate) fn referred(reference: &str) -> Option<AwardCode> {
    reference.split('/').next()?.trim().parse().ok()
}

fn same_achievement(asked: &Asked<'_>) -> Saying {
    let facts = asked.facts;
    let rewarded = |achievement: &crate::facts::Achievement| {
        achievement
            .rewarded_by
            .as_ref()
            .map(|by| by.iter().filter(|name| !referred(name).is_some_and(asked.is_title)).cloned().collect::<Vec<_>>())
    };
    match (&facts.nominated_for, &facts.achievements) {
        (Some(named), _) if named.is_empty() => Saying::clear(),
        (_, Some(known)) if facts.nominated_for.is_none() => {
            if known.iter().all(|one| rewarded(one).is_some_and(|by| by.is_empty())) {
                return Saying::clear();
            }
            Saying::unknown("Chưa biết đề nghị cho thành tích nào: hồ sơ chưa có mục nominated_for".to_owned())
        }
        (Some(named), Some(known)) => {
            let (mut blocked, mut records, mut open) = (Vec::new(), Vec::new(), Vec::new());
            for name in named {
                let Some(at) = known.iter().position(|one| &one.id == name) else {
                    open.push(format!("thành tích {name} không có trong hồ sơ"));
                    continue;
                };
                match rewarded(&known[at]) {
                    Some(by) if by.is_empty() => {}
                    Some(by) => {
                        blocked.push(format!("thành tích {name} đã được khen thưởng ({})", by.join(", ")));
                        records.push(format!("achievements[{at}]"));
                    }
                    None => open.push(format!("chưa biết thành tích {name} đã được khen thưởng hay chưa")),
                }
            }
            if !blocked.is_empty() {
                let reason =
                    format!("Không khen thưởng nhiều lần, nhiều hình thức cho một thành tích: {}", blocked.join("; "));
                return Saying::blocked(reason, records);
            }
            if open.is_empty() { Saying::clear() } else { Saying::unknown(open.join("; ")) }
        }
        _ => Saying::unknown(
            "Chưa biết thành tích đề nghị đã được khen thưởng hay chưa: hồ sơ chưa có mục achievements".to_owned(),
        ),
    }
}

fn thematic_basis(excluded: &[AwardType], asked: &Asked<'_>) -> Saying {
    let left_out: Vec<_> = asked
        .facts
        .awards
        .iter()
        .flatten()
        .enumerate()
        .filter(|(_, award)| award.r#type.is_some_and(|kind| excluded.contains(&kind)))
        .map(|(at, _)| format!("awards[{at}]"))
        .collect();
    if left_out.is_empty() {
        return Saying::clear();
    }
    Saying {
        verdict: GuardVerdict::Clear,
        reason: Some(
            "Khen thưởng đột xuất, chuyên đề không được tính làm căn cứ cho khen thưởng công trạng".to_owned(),
        ),
        records: left_out,
    }
}

fn unit_result(least: RatingLevel, consequence: Consequence, asked: &Asked<'_>) -> Saying {
    if asked.facts.recipient.leader.is_none() {
        return Saying::unknown("Chưa biết có giữ chức vụ lãnh đạo đơn vị hay không".to_owned());
    }
    let Some(ratings) = &asked.facts.unit_ratings else {
        return Saying::unknown(
            "Chưa biết kết quả xếp loại của đơn vị mà người này lãnh đạo: hồ sơ chưa có mục unit_ratings".to_owned(),
        );
    };
    let year = asked.on.year();
    let known = ratings.iter().filter(|rating| rating.year <= year).map(|rating| rating.year).max();
    let Some(latest) = known.filter(|latest| *latest >= year - 1) else {
        let told = known.map_or_else(|| "chưa có năm nào".to_owned(), |known| format!("mới đến năm {known}"));
        return Saying::unknown(format!("Chưa có xếp loại của đơn vị năm {} hoặc {year}: {told}", year - 1));
    };
    let of_latest = ratings.iter().enumerate().filter(|(_, rating)| rating.year == latest);
    let lowest = of_latest.max_by_key(|(_, rating)| rating.level).expect("the latest year has a rating");
    let (at, level) = (lowest.0, lowest.1.level);
    let records = vec![format!("unit_ratings[{at}]")];
    if level.at_least(least) {
        return Saying { verdict: GuardVerdict::Clear, reason: None, records };
    }
    let reason = format!(
        "Đơn vị do người này lãnh đạo năm {latest} {}; quy định của cơ quan cần ít nhất {}",
        level.name_vi(),
        least.name_vi()
    );
    match consequence {
        Consequence::Blocks => Saying::blocked(reason, records),
        Consequence::Warns => Saying { verdict: GuardVerdict::Clear, reason: Some(reason), records },
    }
}
