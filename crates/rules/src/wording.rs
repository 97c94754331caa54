//! What each version of a rule says, clause by clause in words, whatever the rule is about.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kernel::numbers::{percent, whole};
use serde::Serialize;
use serde_json::Value;

use crate::award::{AwardCode, RecipientKind};
use crate::book::RuleBook;
use crate::guard::GuardBody;
use crate::pack::file::{BallotRow, DeadlineRow, MultipleRow, PrinciplesRow, QuorumRow};
use crate::pack::{Basis, Rule};
use crate::procedure::{Adoption, CapOf, CapRow, Confirmation, DossierItem};
use crate::sentence;
use crate::standard::Standard;
use crate::state::RuleState;

/// A condition, a paper, an amount: one thing that a version says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Its kind, or its name in data: clauses of one kind are compared with each other.
    pub key: String,
    /// The clause in words.
    pub text: String,
    /// Its parameters as they are written in the pack.
    pub values: BTreeMap<String, String>,
}

/// A version with what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionText {
    /// The days, the citation, the confidence.
    pub basis: Basis,
    /// What it says.
    pub clauses: Vec<Clause>,
}

/// A rule with all its versions in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleText {
    /// The rule.
    pub id: String,
    /// What kind of rule it is.
    pub subject: &'static str,
    /// What it is about.
    pub title_vi: String,
    /// The file it was read from.
    pub file: String,
    /// The awards it concerns; empty for all.
    pub awards: Vec<AwardCode>,
    /// Whom it is for; empty for all.
    pub recipients: Vec<RecipientKind>,
    /// The versions in order of time.
    pub versions: Vec<VersionText>,
}

impl RuleText {
    fn of<B>(subject: &'static str, rule: &Rule<B>, says: impl Fn(&B) -> Vec<Clause>) -> Self {
        let version =
            |one: &crate::pack::Version<B>| VersionText { basis: one.basis.clone(), clauses: says(&one.body) };
        Self {
            id: rule.id.clone(),
            subject,
            title_vi: rule.title_vi.clone(),
            file: rule.file.clone(),
            awards: rule.awards.clone(),
            recipients: Vec::new(),
            versions: rule.versions.iter().map(version).collect(),
        }
    }

    fn of_standard(subject: &'static str, standard: &Standard, book: &RuleBook) -> Self {
        let says = |conditions: &Vec<_>| {
            conditions.iter().map(|one| Clause::tagged(sentence::of(one, book), one)).collect::<Vec<_>>()
        };
        Self { recipients: standard.recipients.clone(), ..Self::of(subject, &standard.rule, says) }
    }

    /// The version in force on a day.
    #[must_use]
    pub fn on(&self, day: Date) -> Option<&VersionText> {
        self.versions.iter().find(|version| version.basis.period.contains(day))
    }

    /// The version in force on a day, or the last one before it, or the first of all.
    #[must_use]
    pub fn nearest(&self, day: Date) -> Option<&VersionText> {
        let before = || self.versions.iter().rfind(|version| version.basis.period.from <= day);
        self.on(day).or_else(before).or_else(|| self.versions.first())
    }

    /// How the rule stands on a day.
    #[must_use]
    pub fn state(&self, on: Date, adopted: &[Adoption], confirmations: &[Confirmation]) -> RuleState {
        RuleState::of(&self.id, self.versions.iter().map(|one| &one.basis), on, adopted, confirmations)
    }
}

impl Clause {
    /// A clause whose data name its kind themselves.
    fn tagged(text: String, data: &impl Serialize) -> Self {
        let mut clause = Self::new("", text, data);
        clause.key = clause.values.remove("kind").unwrap_or_default();
        clause
    }

    fn new(key: &str, text: String, data: &impl Serialize) -> Self {
        let mut values = BTreeMap::new();
        if let Ok(Value::Object(fields)) = serde_json::to_value(data) {
            values.extend(fields.into_iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                (name, text)
            }));
        }
        Self { key: key.to_owned(), text, values }
    }
}

impl RuleBook {
    /// Every rule in words, in the order of the kinds of rule; written once for a book.
    #[must_use]
    pub fn texts(&self) -> &[RuleText] {
        self.texts.get_or_init(|| self.write_texts())
    }

    fn write_texts(&self) -> Vec<RuleText> {
        let mut all = Vec::new();
        all.extend(self.standards.iter().map(|one| RuleText::of_standard("standard", one, self)));
        all.extend(self.guidance.iter().map(|one| RuleText::of_standard("guidance", one, self)));
        all.extend(self.guards.iter().map(|rule| RuleText {
            recipients: match rule.versions.last().map(|version| &version.body) {
                Some(GuardBody::Discipline { recipients }) => recipients.clone(),
                _ => Vec::new(),
            },
            ..RuleText::of("guard", rule, |body| vec![Clause::tagged(guard(body), body)])
        }));
        all.extend(self.ballots.iter().map(|rule| RuleText::of("ballot", rule, |row| vec![ballot(row)])));
        all.extend(self.dossiers.iter().map(|rule| RuleText::of("dossier", rule, |items| papers(items))));
        all.extend(self.deadlines.iter().map(|rule| RuleText::of("deadline", rule, |row| vec![deadline(row)])));
        all.extend(self.bonuses.iter().map(|rule| RuleText::of("bonus", rule, |rows| multiples(rows))));
        all.extend(
            self.base_salaries.iter().map(|rule| RuleText::of("base_salary", rule, |amount| vec![salary(*amount)])),
        );
        all.extend(self.bonus_principles.iter().map(|rule| RuleText::of("bonus_principles", rule, principles)));
        all.extend(self.quorums.iter().map(|rule| RuleText::of("quorum", rule, quorum)));
        all.extend(
            self.consultations.iter().map(|rule| RuleText::of("consultation", rule, |days| vec![opinions(*days)])),
        );
        all.extend(self.caps.iter().map(|rule| RuleText::of("caps", rule, |rows| rows.iter().map(cap).collect())));
        all
    }

    /// One rule in words; none when there is no such rule.
    #[must_use]
    pub fn text(&self, id: &str) -> Option<RuleText> {
        self.texts().iter().find(|text| text.id == id).cloned()
    }
}

fn guard(body: &GuardBody) -> String {
    match body {
        GuardBody::Hold { triggers } => {
            let names: Vec<_> = triggers.iter().map(|trigger| trigger.name_vi()).collect();
            format!("Tạm dừng xét khi: {}", names.join("; "))
        }
        GuardBody::Discipline { recipients } => {
            let names: Vec<_> = recipients.iter().map(|kind| kind.name_vi()).collect();
            format!(
                "Không xét trong thời hạn kỷ luật; thành tích tính từ ngày hết thời hạn. Áp dụng cho {}",
                names.join(", ")
            )
        }
        GuardBody::SameAchievement {} => "Không khen thưởng nhiều lần, nhiều hình thức cho một thành tích".to_owned(),
        GuardBody::ThematicBasis { excluded, applies_to } => {
            let names = |kinds: &[crate::award::AwardType]| {
                kinds.iter().map(|kind| kind.name_vi()).collect::<Vec<_>>().join(", ")
            };
            format!("Khen {} không làm căn cứ cho khen {}", names(excluded), names(applies_to))
        }
        GuardBody::UnitResult { least, consequence } => format!(
            "Người lãnh đạo đơn vị: đơn vị phải {} trở lên ở lần xếp loại mới nhất; dưới mức ấy thì {}",
            least.name_vi(),
            consequence.name_vi()
        ),
    }
}

fn ballot(row: &BallotRow) -> Clause {
    let text = match row.share_bp.filter(|_| row.needed) {
        Some(share) => {
            let of = row.of.map(crate::vote::Denominator::name_vi).unwrap_or_default();
            format!("Bỏ phiếu; được từ {} {of} trở lên thì thông qua", percent(i64::from(share)))
        }
        None => "Không bắt buộc bỏ phiếu".to_owned(),
    };
    Clause::new("ballot", text, row)
}

fn papers(items: &[DossierItem]) -> Vec<Clause> {
    let paper = |item: &DossierItem| {
        let depends = if item.mandatory { "" } else { " (tuỳ trường hợp)" };
        Clause::new(&item.id, format!("{}{depends}", item.text_vi), item)
    };
    items.iter().map(paper).collect()
}

fn deadline(row: &DeadlineRow) -> Clause {
    Clause::new("deadline", row.text_vi.clone(), row)
}

fn multiples(rows: &[MultipleRow]) -> Vec<Clause> {
    let multiple = |row: &MultipleRow| {
        let times = row.multiple.to_string().replace('.', ",");
        let text = format!(
            "Cho {}: {times} lần lương cơ sở ({})",
            row.recipient.name_vi(),
            row.confidence.cite(&row.citation)
        );
        Clause::new(row.recipient.code(), text, row)
    };
    rows.iter().map(multiple).collect()
}

fn salary(amount: u64) -> Clause {
    let text = format!("Mức lương cơ sở {} đồng một tháng", dong(amount));
    Clause::new("base_salary", text, &serde_json::json!({ "amount": amount }))
}

fn dong(amount: u64) -> String {
    whole(i64::try_from(amount).unwrap_or(i64::MAX))
}

fn principles(row: &PrinciplesRow) -> Vec<Clause> {
    let rounding = format!("Làm tròn tăng lên đến {} đồng", dong(row.round_up_to));
    let factor = row.household_factor.to_string().replace('.', ",");
    let ground = row.household_confidence.cite(&row.household_citation);
    let household = format!("Hộ gia đình được {factor} lần mức của cá nhân ({ground})");
    let order = format!("Tiền của hộ gia đình: {}", row.household_rounding.name_vi());
    vec![
        Clause::new("round_up_to", rounding, &serde_json::json!({ "round_up_to": row.round_up_to })),
        Clause::new("household_factor", household, &serde_json::json!({ "household_factor": row.household_factor })),
        Clause::new("household_rounding", order, &serde_json::json!({ "household_rounding": row.household_rounding })),
    ]
}

fn quorum(row: &QuorumRow) -> Vec<Clause> {
    let share = |share| String::from(share);
    let (present, awards) = (share(row.present), share(row.present_for_awards));
    vec![
        Clause::new(
            "present",
            format!("Họp khi có mặt từ {present} tổng số thành viên trở lên"),
            &serde_json::json!({ "present": present }),
        ),
        Clause::new(
            "present_for_awards",
            format!("Xét khen thưởng khi có mặt hoặc có ý kiến bằng văn bản từ {awards} tổng số thành viên trở lên"),
            &serde_json::json!({ "present_for_awards": awards }),
        ),
    ]
}

fn opinions(days: u32) -> Clause {
    let text = format!("Lấy ý kiến trong {days} ngày làm việc");
    Clause::new("working_days", text, &serde_json::json!({ "working_days": days }))
}

fn cap(row: &CapRow) -> Clause {
    let form = row.award.map(|award| format!(" ({award})")).unwrap_or_default();
    let bound = if row.of == CapOf::Workers { "không dưới" } else { "không quá" };
    let share = match row.share_bp {
        Some(share) => format!("{bound} {} {}", percent(i64::from(share)), row.basis.name_vi()),
        None => format!("tỷ lệ trên {} do từng đợt xét quyết định", row.basis.name_vi()),
    };
    let key = row.award.map_or_else(|| row.of.code().to_owned(), |award| format!("{}.{award}", row.of.code()));
    let what = match row.of {
        CapOf::Total => "Tổng số",
        CapOf::Leaders => "Người giữ chức vụ lãnh đạo",
        CapOf::Workers => "Người lao động trực tiếp",
    };
    Clause::new(&key, format!("{what}{form}: {share}; {}", row.rounding_vi), row)
}
