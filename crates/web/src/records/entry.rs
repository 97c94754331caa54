//! The record of one recipient, and what may be written into it.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use kernel::numbers::short_date;
use kernel::{Date, Period};
use office::decisions::LineId;
use office::decisions::queries::annulled_lines;
use office::organization::{self, Recipient};
use office::records::initiatives::{self, NewInitiative};
use office::records::model::{Author, HoldId, InitiativeId, MovementResult, NewPastAward, PastAward};
use office::records::{RecordsError, holds, queries, service};
use rules::facts::{DisciplineLevel, HoldKind, RatingLevel, Scope, Selection, Stage};
use rules::{AwardCode, AwardType, RuleBook};

use super::{mend_or_refuse, refusal};
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, show as page};

/// A line of a register.
struct Line {
    when: String,
    what: String,
    document: String,
    /// What may still be ended or recognised: the address of its form.
    open: Option<String>,
}

#[derive(Template)]
#[template(path = "records/entry.html")]
struct EntryPage {
    frame: Frame,
    form: Form,
    recipient: Recipient,
    person: bool,
    ratings: Vec<Line>,
    awards: Vec<Line>,
    achievements: Vec<Line>,
    results: Vec<Line>,
    initiatives: Vec<Line>,
    disciplines: Vec<Line>,
    holds: Vec<Line>,
    rating_levels: Vec<Choice>,
    forms: Vec<Choice>,
    types: Vec<Choice>,
    clauses: Vec<Choice>,
    occasions: Vec<Choice>,
    selections: Vec<Choice>,
    scopes: Vec<Choice>,
    discipline_levels: Vec<Choice>,
    hold_kinds: Vec<Choice>,
}

/// The words of the rule book as choices.
macro_rules! choices {
    ($word:ident) => {
        $word::ALL.iter().map(|one| Choice::new(one.code(), one.name_vi())).collect()
    };
}

/// The word of the rule book that was chosen, or a fault.
macro_rules! chosen {
    ($form:ident, $field:literal, $word:ident, $what:literal) => {{
        let found = $word::from_code($form.value($field));
        if found.is_none() {
            $form.refuse($field, $what);
        }
        found
    }};
}

async fn entry_page(here: &Here, recipient: Recipient, form: Form) -> Result<EntryPage, Refusal> {
    let ctx = here.ctx();
    let record = queries::record(&ctx, recipient).await.map_err(|error| refusal(&error))?;
    let mut tx = ctx.read().await.map_err(|error| Refusal::store(&error))?;
    let name = recipient.name(&mut tx, ctx.today()).await.map_err(|error| Refusal::store(&error))?;
    let annulled = annulled_lines(&mut tx).await.map_err(crate::decisions::refusal)?;
    let rules = &here.house.rules;
    let line =
        |when: String, what: String, document: &str| Line { when, what, document: document.to_owned(), open: None };
    let span = |period: Period| match period.until {
        Some(until) => format!("{} – trước {}", short_date(period.from), short_date(until)),
        None => format!("từ {}", short_date(period.from)),
    };
    let here_is = format!("/noi-bo/ho-so-goc/{recipient}");
    Ok(EntryPage {
        frame: here.frame(&name.unwrap_or_default(), Place::People).faulty(!form.is_good()),
        form,
        recipient,
        person: matches!(recipient, Recipient::Person(_)),
        ratings: record
            .ratings
            .iter()
            .map(|one| {
                let what = format!("{} (lần {})", one.level.name_vi(), one.revision);
                line(one.year.to_string(), what, one.document.as_deref().unwrap_or_default())
            })
            .collect(),
        awards: record
            .awards
            .iter()
            .map(|one| {
                let what = award_words(rules, one, &annulled);
                line(one.year.to_string(), what, &format!("{} ngày {}", one.number, short_date(one.decided_on)))
            })
            .collect(),
        achievements: record
            .achievements
            .iter()
            .map(|one| {
                line(one.year.to_string(), format!("{} – {}", one.code, one.summary), &format!("Mục {}", one.clause))
            })
            .collect(),
        results: record
            .results
            .iter()
            .map(|one| line(format!("{}, {}", one.year, one.stage.name_vi()), result_words(one), &one.document))
            .collect(),
        initiatives: record
            .initiatives
            .iter()
            .map(|one| Line {
                when: one.recognised_on.map_or_else(|| "chưa công nhận".to_owned(), short_date),
                what: format!("{} – {}", one.code, one.name),
                document: one.document.clone().unwrap_or_default(),
                open: one.recognised_on.is_none().then(|| format!("{here_is}/sang-kien/{}", one.id)),
            })
            .collect(),
        disciplines: record
            .disciplines
            .iter()
            .map(|one| line(span(one.period), one.level.name_vi().to_owned(), &one.document))
            .collect(),
        holds: record
            .holds
            .iter()
            .map(|one| Line {
                when: span(one.period),
                what: one.kind.name_vi().to_owned(),
                document: one.document.clone(),
                open: one.period.until.is_none().then(|| format!("{here_is}/tam-dung/{}", one.id)),
            })
            .collect(),
        rating_levels: choices!(RatingLevel),
        forms: rules.awards().map(|award| Choice::new(award.code, &award.name_vi)).collect(),
        types: choices!(AwardType),
        clauses: here
            .house
            .plan
            .clauses
            .iter()
            .map(|clause| Choice::new(&clause.id, format!("{} {:.80}", clause.id, clause.text)))
            .collect(),
        occasions: here.house.plan.occasions.iter().map(|one| Choice::new(one.id.code(), &one.name)).collect(),
        selections: choices!(Selection),
        scopes: choices!(Scope),
        discipline_levels: choices!(DisciplineLevel),
        hold_kinds: choices!(HoldKind),
    })
}

/// An award in words, with whether it was revoked since, or annulled with the whole of its decision.
pub(crate) fn award_words(rules: &RuleBook, award: &PastAward, annulled: &BTreeSet<LineId>) -> String {
    let name = &rules.award(award.award).name_vi;
    let whole = award.decision_line.is_some_and(|line| annulled.contains(&LineId(line)));
    match award.revoked_on {
        Some(day) if whole => format!("{name} (đã hủy bỏ từ {})", short_date(day)),
        Some(day) => format!("{name} (đã thu hồi từ {})", short_date(day)),
        None => name.clone(),
    }
}

/// What the movement's own selection said, in words.
pub(crate) fn result_words(result: &MovementResult) -> String {
    let leads = if result.leads { "; dẫn đầu phong trào" } else { "" };
    format!("{}{leads}", result.quality.name_vi())
}

fn named(recipient: &str) -> Result<Recipient, Refusal> {
    recipient.parse().map_err(|_| Refusal::not_found())
}

pub async fn show(here: Here, Path(recipient): Path<String>) -> Answer {
    Ok(page(&entry_page(&here, named(&recipient)?, Form::empty()).await?))
}

/// Back to the record when it was written; the form again, filled, when something must be mended.
async fn answered<T>(
    here: &Here,
    recipient: Recipient,
    mut form: Form,
    field: &str,
    done: Option<Result<T, RecordsError>>,
) -> Answer {
    match done {
        Some(Ok(_)) => return Ok(Redirect::to(&format!("/noi-bo/ho-so-goc/{recipient}")).into_response()),
        Some(Err(error)) => mend_or_refuse(&mut form, field, &error)?,
        None => {}
    }
    Ok(mend(&entry_page(here, recipient, form).await?))
}

pub async fn rate(here: Here, Path(recipient): Path<String>, mut form: Form) -> Answer {
    let recipient = named(&recipient)?;
    let year = form.choice::<i16>("xl-nam", "Nhập năm, ví dụ 2026");
    let level = chosen!(form, "xl-muc", RatingLevel, "Chọn mức xếp loại");
    let day = form.required_day("xl-ngay", "Nhập ngày của quyết định, biên bản");
    let document = form.required_line("xl-van-ban", 300, "Ghi văn bản xếp loại");
    let done = match (year, level, form.is_good()) {
        (Some(year), Some(level), true) => {
            Some(service::rate(&here.ctx(), recipient, year, level, day, Some(&document)).await)
        }
        _ => None,
    };
    answered(&here, recipient, form, "xl-nam", done).await
}

pub async fn award(here: Here, Path(recipient): Path<String>, mut form: Form) -> Answer {
    let recipient = named(&recipient)?;
    let award = form.choice::<AwardCode>("kt-hinh-thuc", "Chọn hình thức trong danh sách");
    let year = form.choice::<i16>("kt-nam", "Nhập năm của thành tích, ví dụ 2025");
    let kind = chosen!(form, "kt-loai", AwardType, "Chọn loại hình khen thưởng");
    let number = form.required_line("kt-so", 60, "Nhập số và ký hiệu quyết định");
    let day = form.required_day("kt-ngay", "Nhập ngày quyết định");
    let done = match (award, year, kind, day, form.is_good()) {
        (Some(award), Some(year), Some(kind), Some(decided_on), true) => {
            let (achievement, decision_line) = (None, None);
            let new =
                NewPastAward { recipient, award, year, r#type: kind, number, decided_on, achievement, decision_line };
            Some(service::enter_award(&here.ctx(), new).await)
        }
        _ => None,
    };
    answered(&here, recipient, form, "kt-so", done).await
}

pub async fn achievement(here: Here, Path(recipient): Path<String>, mut form: Form) -> Answer {
    let recipient = named(&recipient)?;
    let code = form.required_line("tt-ma", 40, "Đặt mã, ví dụ TT-2026-01");
    let year = form.choice::<i16>("tt-nam", "Nhập năm, ví dụ 2026");
    let clause = form.required_line("tt-muc", 40, "Chọn mục của Kế hoạch");
    if form.is_good() && here.house.plan.clause(&clause).is_none() {
        form.refuse("tt-muc", "Chọn mục của Kế hoạch trong danh sách");
    }
    let summary = form.required_text("tt-tom-tat", 2_000, "Ghi tóm tắt thành tích");
    let done = match (year, form.is_good()) {
        (Some(year), true) => {
            Some(service::enter_achievement(&here.ctx(), recipient, &code, year, &clause, &summary).await)
        }
        _ => None,
    };
    answered(&here, recipient, form, "tt-ma", done).await
}

/// What the movement's own selection said at an occasion of the plan.
pub async fn result(here: Here, Path(recipient): Path<String>, mut form: Form) -> Answer {
    let recipient = named(&recipient)?;
    let year = form.choice::<i16>("pt-nam", "Nhập năm, ví dụ 2026");
    let planned = |stage: &Stage| here.house.plan.occasions.iter().any(|one| one.id.code() == stage.code());
    let stage = Stage::from_code(form.value("pt-dip")).filter(planned);
    if stage.is_none() {
        form.refuse("pt-dip", "Chọn dịp bình xét trong danh sách");
    }
    let quality = chosen!(form, "pt-ket-qua", Selection, "Chọn kết quả bình xét");
    let document = form.required_line("pt-van-ban", 300, "Ghi biên bản hoặc danh sách bình xét");
    let leads = form.chosen("pt-dan-dau", "1");
    let done = match (year, stage, quality, form.is_good()) {
        (Some(year), Some(stage), Some(quality), true) => {
            Some(service::enter_result(&here.ctx(), recipient, (stage, year), (quality, leads), &document).await)
        }
        _ => None,
    };
    let field = if matches!(done, Some(Err(RecordsError::LeadsUnselected))) { "pt-ket-qua" } else { "pt-nam" };
    answered(&here, recipient, form, field, done).await
}

/// The authors: the person, and whoever shares in it, as `mã cán bộ 40`, one a line.
async fn authors(here: &Here, recipient: Recipient, form: &mut Form) -> Result<Option<Vec<Author>>, Refusal> {
    let Recipient::Person(person) = recipient else { return Err(Refusal::not_found()) };
    let ctx = here.ctx();
    let mut tx = ctx.read().await.map_err(|error| Refusal::store(&error))?;
    let typed = kernel::text::clean_text(form.value("sk-dong-tac-gia"));
    let mut others = Vec::new();
    for line in typed.lines() {
        let parts = line.trim().trim_end_matches('%').rsplit_once([' ', ':', '=', '\t']);
        let share = parts.and_then(|(_, share)| share.trim().parse().ok());
        let (Some((code, _)), Some(share_percent)) = (parts, share) else {
            form.refuse("sk-dong-tac-gia", format!("“{line}”: ghi mã cán bộ rồi tỷ lệ, ví dụ VP-0012 40"));
            return Ok(None);
        };
        let code = code.trim().trim_end_matches([':', '=']);
        let found = organization::queries::person_by_staff_code(&mut tx, code).await;
        match found.map_err(|error| Refusal::store(&error))? {
            Some(other) => others.push(Author { person: other.id, share_percent }),
            None => {
                form.refuse("sk-dong-tac-gia", format!("Không có ai mang mã cán bộ “{code}”"));
                return Ok(None);
            }
        }
    }
    let own = 100 - others.iter().map(|one| one.share_percent).sum::<i64>();
    others.insert(0, Author { person, share_percent: own });
    Ok(Some(others))
}

pub async fn initiative(here: Here, Path(recipient): Path<String>, mut form: Form) -> Answer {
    let recipient = named(&recipient)?;
    let code = form.required_line("sk-ma", 40, "Đặt mã, ví dụ SK-2026-01");
    let name = form.required_line("sk-ten", 300, "Ghi tên sáng kiến");
    let scope = chosen!(form, "sk-pham-vi", Scope, "Chọn phạm vi ảnh hưởng");
    let authors = authors(&here, recipient, &mut form).await?;
    let done = match (scope, authors, form.is_good()) {
        (Some(scope), Some(authors), true) => {
            Some(initiatives::enter(&here.ctx(), NewInitiative { code, name, scope, authors }).await)
        }
        _ => None,
    };
    answered(&here, recipient, form, "sk-ma", done).await
}

pub async fn recognise(here: Here, Path((recipient, id)): Path<(String, InitiativeId)>, mut form: Form) -> Answer {
    let recipient = named(&recipient)?;
    let day = form.required_day("cn-ngay", "Nhập ngày quyết định công nhận");
    let scope = chosen!(form, "cn-pham-vi", Scope, "Chọn phạm vi ảnh hưởng được công nhận");
    let document = form.required_line("cn-van-ban", 300, "Ghi quyết định công nhận sáng kiến");
    let replicable = Some(form.chosen("cn-nhan-rong", "1"));
    let done = match (day, scope, form.is_good()) {
        (Some(day), Some(scope), true) => {
            Some(initiatives::recognise(&here.ctx(), id, day, scope, replicable, &document).await)
        }
        _ => None,
    };
    answered(&here, recipient, form, "cn-ngay", done).await
}

pub async fn discipline(here: Here, Path(recipient): Path<String>, mut form: Form) -> Answer {
    let recipient = named(&recipient)?;
    let level = chosen!(form, "kl-muc", DisciplineLevel, "Chọn hình thức kỷ luật");
    let from = form.required_day("kl-tu", "Nhập ngày quyết định kỷ luật có hiệu lực");
    let until: Option<Date> = form.day("kl-het");
    let document = form.required_line("kl-van-ban", 300, "Ghi quyết định kỷ luật");
    let done = match (level, from, form.is_good()) {
        (Some(level), Some(from), true) => {
            Some(holds::discipline(&here.ctx(), recipient, level, Period { from, until }, &document).await)
        }
        _ => None,
    };
    answered(&here, recipient, form, "kl-het", done).await
}

pub async fn hold(here: Here, Path(recipient): Path<String>, mut form: Form) -> Answer {
    let recipient = named(&recipient)?;
    let kind = chosen!(form, "td-loai", HoldKind, "Chọn lý do tạm dừng");
    let from = form.required_day("td-tu", "Nhập ngày bắt đầu");
    let document = form.required_line("td-van-ban", 300, "Ghi văn bản làm căn cứ");
    let done = match (kind, from, form.is_good()) {
        (Some(kind), Some(from), true) => Some(holds::hold(&here.ctx(), recipient, kind, from, &document).await),
        _ => None,
    };
    answered(&here, recipient, form, "td-tu", done).await
}

pub async fn release(here: Here, Path((recipient, id)): Path<(String, HoldId)>, mut form: Form) -> Answer {
    let recipient = named(&recipient)?;
    let day = form.required_day("kt-tam-dung", "Nhập ngày kết thúc tạm dừng");
    let document = form.required_line("kt-ket-luan", 300, "Ghi văn bản kết luận");
    let done = match (day, form.is_good()) {
        (Some(day), true) => Some(holds::release(&here.ctx(), id, day, &document).await),
        _ => None,
    };
    answered(&here, recipient, form, "kt-tam-dung", done).await
}
