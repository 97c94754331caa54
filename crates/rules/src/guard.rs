//! Guards: what stands in the way of an award whatever the standard says.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::answer::{GuardResult, GuardVerdict};
use crate::award::{AwardCode, AwardType, RecipientKind, words};
use crate::facts::{Achievement, Discipline, Facts, Hold, HoldKind, Rating, RatingLevel};

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
    pub searched: Vec<String>,
}

impl Saying {
    pub(crate) fn clear() -> Self {
        Self { verdict: GuardVerdict::Clear, reason: None, records: Vec::new(), searched: Vec::new() }
    }

    pub(crate) fn unknown(reason: String) -> Self {
        Self { verdict: GuardVerdict::Unknown, reason: Some(reason), ..Self::clear() }
    }

    pub(crate) fn blocked(reason: String, records: Vec<String>) -> Self {
        Self { verdict: GuardVerdict::Blocked, reason: Some(reason), records, ..Self::clear() }
    }

    pub(crate) fn into_result(self, id: &str, citation: &str) -> GuardResult {
        let Self { verdict, reason, records, searched } = self;
        GuardResult { id: id.to_owned(), verdict, citation: citation.to_owned(), reason, records, searched }
    }
}

/// Every entry of a list that was read, or its key alone when it is known to hold nothing; nothing when the list is
/// not known.
pub(crate) fn entries<T>(key: &str, list: Option<&Vec<T>>) -> Vec<String> {
    match list.map(Vec::len) {
        None => Vec::new(),
        Some(0) => vec![key.to_owned()],
        Some(many) => (0..many).map(|at| format!("{key}[{at}]")).collect(),
    }
}

/// What a guard is asked about.
pub(crate) struct Asked<'a> {
    pub facts: &'a Facts,
    pub on: Date,
    /// Tells titles from forms among the awards that an achievement earned.
    pub is_title: &'a dyn Fn(AwardCode) -> bool,
}

impl GuardBody {
    /// Whether the guard speaks of an award for a kind of recipient: whether it is a *hình thức khen thưởng*,
    /// not a title, and the types of award that its standards stand for.
    pub(crate) fn concerns(&self, kind: RecipientKind, is_form: bool, types: &[AwardType]) -> bool {
        match self {
            Self::Hold { .. } => true,
            Self::Discipline { recipients } => recipients.contains(&kind),
            Self::SameAchievement {} => is_form,
            Self::ThematicBasis { applies_to, .. } => types.iter().any(|kind| applies_to.contains(kind)),
            Self::UnitResult { .. } => kind == RecipientKind::Person,
        }
    }

    /// What the guard says of the facts, without words; none when it does not concern the recipient.
    pub(crate) fn verdict(&self, asked: &Asked<'_>) -> Option<GuardVerdict> {
        match self {
            Self::Hold { triggers } => Some(match running_holds(triggers, asked) {
                None => GuardVerdict::Unknown,
                Some(mut running) => blocked_if(running.next().is_some()),
            }),
            Self::Discipline { .. } => Some(match running_disciplines(asked) {
                None => GuardVerdict::Unknown,
                Some(mut running) => blocked_if(running.next().is_some()),
            }),
            Self::SameAchievement {} => Some(same_achievement_verdict(asked)),
            Self::ThematicBasis { .. } => Some(GuardVerdict::Clear),
            Self::UnitResult { least, consequence } => {
                let concerned = asked.facts.recipient.leader != Some(false);
                concerned.then(|| match latest_unit_rating(asked) {
                    Err(_) => GuardVerdict::Unknown,
                    Ok((_, rating)) => {
                        blocked_if(*consequence == Consequence::Blocks && !rating.level.at_least(*least))
                    }
                })
            }
        }
    }

    /// What the guard says of the facts; none when it does not concern the recipient.
    pub(crate) fn say(&self, asked: &Asked<'_>) -> Option<Saying> {
        let verdict = self.verdict(asked)?;
        let said = match self {
            Self::Hold { triggers } => hold(triggers, asked),
            Self::Discipline { .. } => discipline(asked),
            Self::SameAchievement {} => same_achievement(verdict, asked),
            Self::ThematicBasis { excluded, .. } => thematic_basis(excluded, asked),
            Self::UnitResult { least, .. } => unit_result(*least, asked),
        };
        Some(Saying { verdict, searched: self.searched(asked.facts), ..said })
    }

    /// All that the guard is read against.
    fn searched(&self, facts: &Facts) -> Vec<String> {
        match self {
            Self::Hold { .. } => entries("holds", facts.holds.as_ref()),
            Self::Discipline { .. } => entries("discipline", facts.discipline.as_ref()),
            Self::SameAchievement {} => match &facts.nominated_for {
                Some(named) if named.is_empty() => vec!["nominated_for".to_owned()],
                _ => entries("achievements", facts.achievements.as_ref()),
            },
            Self::ThematicBasis { .. } => entries("awards", facts.awards.as_ref()),
            Self::UnitResult { .. } => entries("unit_ratings", facts.unit_ratings.as_ref()),
        }
    }
}

fn blocked_if(found: bool) -> GuardVerdict {
    if found { GuardVerdict::Blocked } else { GuardVerdict::Clear }
}

/// The holds of these kinds that run on the day; none when it is not known.
fn running_holds<'a>(triggers: &'a [HoldKind], asked: &Asked<'a>) -> Option<impl Iterator<Item = (usize, &'a Hold)>> {
    let on = asked.on;
    let running = move |(_, hold): &(usize, &Hold)| {
        triggers.contains(&hold.kind) && hold.from <= on && hold.until.is_none_or(|until| on < until)
    };
    Some(asked.facts.holds.as_ref()?.iter().enumerate().filter(running))
}

fn hold(triggers: &[HoldKind], asked: &Asked<'_>) -> Saying {
    let Some(running) = running_holds(triggers, asked) else {
        return Saying::unknown(
            "Chưa biết có đang bị xem xét kỷ luật, điều tra, thanh tra, kiểm toán, khiếu nại, \
             tố cáo hay không: hồ sơ chưa có mục holds"
                .to_owned(),
        );
    };
    let found: Vec<_> = running.collect();
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

/// The disciplines that run on the day; none when it is not known.
fn running_disciplines<'a>(asked: &Asked<'a>) -> Option<impl Iterator<Item = (usize, &'a Discipline)>> {
    let on = asked.on;
    let running =
        move |(_, entry): &(usize, &Discipline)| entry.from <= on && entry.until.is_none_or(|until| on < until);
    Some(asked.facts.discipline.as_ref()?.iter().enumerate().filter(running))
}

fn discipline(asked: &Asked<'_>) -> Saying {
    let Some(running) = running_disciplines(asked) else {
        return Saying::unknown("Chưa biết có bị kỷ luật hay không: hồ sơ chưa có mục discipline".to_owned());
    };
    let running: Vec<_> = running.collect();
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
            searched: Vec::new(),
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

/// The forms, not titles, that an achievement was rewarded with.
fn forms_of<'a>(by: &'a [String], asked: &Asked<'a>) -> impl Iterator<Item = &'a String> {
    let is_title = asked.is_title;
    by.iter().filter(move |name| !referred(name).is_some_and(is_title))
}

/// Whether an achievement was rewarded with a form; none when it is not known.
fn rewarded(achievement: &Achievement, asked: &Asked<'_>) -> Option<bool> {
    achievement.rewarded_by.as_ref().map(|by| forms_of(by, asked).next().is_some())
}

fn same_achievement_verdict(asked: &Asked<'_>) -> GuardVerdict {
    let facts = asked.facts;
    match (&facts.nominated_for, &facts.achievements) {
        (Some(named), _) if named.is_empty() => GuardVerdict::Clear,
        (None, Some(known)) if known.iter().all(|one| rewarded(one, asked) == Some(false)) => GuardVerdict::Clear,
        (Some(named), Some(known)) => {
            let told = |name: &String| rewarded(known.iter().find(|one| &one.id == name)?, asked);
            if named.iter().any(|name| told(name) == Some(true)) {
                GuardVerdict::Blocked
            } else if named.iter().any(|name| told(name).is_none()) {
                GuardVerdict::Unknown
            } else {
                GuardVerdict::Clear
            }
        }
        _ => GuardVerdict::Unknown,
    }
}

fn same_achievement(verdict: GuardVerdict, asked: &Asked<'_>) -> Saying {
    let facts = asked.facts;
    if verdict == GuardVerdict::Clear {
        return Saying::clear();
    }
    let (Some(named), Some(known)) = (&facts.nominated_for, &facts.achievements) else {
        let reason = match &facts.achievements {
            Some(_) => "Chưa biết đề nghị cho thành tích nào: hồ sơ chưa có mục nominated_for",
            None => "Chưa biết thành tích đề nghị đã được khen thưởng hay chưa: hồ sơ chưa có mục achievements",
        };
        return Saying::unknown(reason.to_owned());
    };
    let (mut blocked, mut records, mut open) = (Vec::new(), Vec::new(), Vec::new());
    for name in named {
        let Some(at) = known.iter().position(|one| &one.id == name) else {
            open.push(format!("thành tích {name} không có trong hồ sơ"));
            continue;
        };
        match &known[at].rewarded_by {
            Some(by) => {
                let forms: Vec<_> = forms_of(by, asked).cloned().collect();
                if !forms.is_empty() {
                    blocked.push(format!("thành tích {name} đã được khen thưởng ({})", forms.join(", ")));
                    records.push(format!("achievements[{at}]"));
                }
            }
            None => open.push(format!("chưa biết thành tích {name} đã được khen thưởng hay chưa")),
        }
    }
    if verdict == GuardVerdict::Unknown {
        return Saying::unknown(open.join("; "));
    }
    Saying::blocked(
        format!("Không khen thưởng nhiều lần, nhiều hình thức cho một thành tích: {}", blocked.join("; ")),
        records,
    )
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
        searched: Vec::new(),
    }
}

/// The lowest of the latest ratings of the unit, with its place; else why it is not known.
fn latest_unit_rating<'a>(asked: &Asked<'a>) -> Result<(usize, &'a Rating), UnitUnknown> {
    if asked.facts.recipient.leader.is_none() {
        return Err(UnitUnknown::Leads);
    }
    let ratings = asked.facts.unit_ratings.as_ref().ok_or(UnitUnknown::Ratings)?;
    let year = asked.on.year();
    let known = ratings.iter().filter(|rating| rating.year <= year).map(|rating| rating.year).max();
    let latest = known.filter(|latest| *latest >= year - 1).ok_or(UnitUnknown::Recent { known })?;
    let of_latest = ratings.iter().enumerate().filter(|(_, rating)| rating.year == latest);
    Ok(of_latest.max_by_key(|(_, rating)| rating.level).expect("the latest year has a rating"))
}

/// Why the rating of the unit is not known.
enum UnitUnknown {
    Leads,
    Ratings,
    Recent { known: Option<i16> },
}

fn unit_result(least: RatingLevel, asked: &Asked<'_>) -> Saying {
    let year = asked.on.year();
    let (at, rating) = match latest_unit_rating(asked) {
        Ok(found) => found,
        Err(UnitUnknown::Leads) => {
            return Saying::unknown("Chưa biết có giữ chức vụ lãnh đạo đơn vị hay không".to_owned());
        }
        Err(UnitUnknown::Ratings) => {
            return Saying::unknown(
                "Chưa biết kết quả xếp loại của đơn vị mà người này lãnh đạo: hồ sơ chưa có mục unit_ratings"
                    .to_owned(),
            );
        }
        Err(UnitUnknown::Recent { known }) => {
            let told = known.map_or_else(|| "chưa có năm nào".to_owned(), |known| format!("mới đến năm {known}"));
            return Saying::unknown(format!("Chưa có xếp loại của đơn vị năm {} hoặc {year}: {told}", year - 1));
        }
    };
    let records = vec![format!("unit_ratings[{at}]")];
    if rating.level.at_least(least) {
        return Saying { records, ..Saying::clear() };
    }
    let reason = format!(
        "Đơn vị do người này lãnh đạo năm {} {}; quy định của cơ quan cần ít nhất {}",
        rating.year,
        rating.level.name_vi(),
        least.name_vi()
    );
    Saying::blocked(reason, records)
}
