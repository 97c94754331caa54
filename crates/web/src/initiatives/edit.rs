//! Writing an initiative: what it is, who has which share, what it changed.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use kernel::id::UnitId;
use kernel::numbers::{parse_decimal, short_date};
use office::initiatives::content::{Author, Content, Effect, Field, MOST_LINES, PLACES};
use office::initiatives::queries;
use office::initiatives::{InitiativeId, service};
use office::movements::Work;
use rules::facts::Scope;

use super::{mend_or_refuse, refusal, value};
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, show as page};

/// A line of authors or of effects, as it was typed.
struct Line {
    number: usize,
    cells: Vec<String>,
}

#[derive(Template)]
#[template(path = "initiatives/edit.html")]
struct EditPage {
    frame: Frame,
    form: Form,
    action: String,
    back: String,
    version: i64,
    units: Vec<Choice>,
    clauses: Vec<Choice>,
    fields: Vec<Choice>,
    scopes: Vec<Choice>,
    authors: Vec<Line>,
    effects: Vec<Line>,
}

const AUTHOR: [&str; 3] = ["tg-nguoi", "tg-noi", "tg-ty-le"];
const EFFECT: [&str; 5] = ["hq-chi-so", "hq-don-vi", "hq-truoc", "hq-sau", "hq-nguon"];

/// The lines that were typed under some names, and two empty ones to type more.
fn lines(form: &Form, names: &[&str], least: usize) -> Vec<Line> {
    let typed = names.iter().map(|name| form.all(name).len()).max().unwrap_or_default();
    let cells = |at: usize| names.iter().map(|name| form.all(name).get(at).cloned().unwrap_or_default()).collect();
    let used = (0..typed)
        .rev()
        .find(|at| names.iter().any(|name| form.all(name).get(*at).is_some_and(|text| !text.trim().is_empty())));
    let shown = (used.map_or(0, |at| at + 1) + 1).max(least).min(MOST_LINES + 1);
    (0..shown).map(|at| Line { number: at + 1, cells: cells(at) }).collect()
}

async fn edit_page(here: &Here, id: Option<InitiativeId>, version: i64, form: Form) -> Result<EditPage, Refusal> {
    let (ctx, l) = (here.ctx(), here.visit.lang);
    let units = queries::own_units(&ctx).await.map_err(refusal)?;
    let title = if id.is_some() { l.t("Sửa sáng kiến") } else { l.t("Viết sáng kiến") };
    Ok(EditPage {
        frame: here.frame(title, Place::Initiatives).faulty(!form.is_good()),
        action: id.map_or_else(|| "/noi-bo/sang-kien/moi".to_owned(), |id| format!("/noi-bo/sang-kien/{id}/sua")),
        back: id.map_or_else(|| "/noi-bo/sang-kien".to_owned(), |id| format!("/noi-bo/sang-kien/{id}")),
        version,
        units: units.iter().map(|unit| Choice::new(unit.id, &unit.name)).collect(),
        clauses: crate::tasks::clauses(&here.house),
        fields: Field::ALL.iter().map(|one| Choice::new(one.code(), l.t(one.name_vi()))).collect(),
        scopes: Scope::ALL.iter().map(|one| Choice::new(one.code(), l.t(one.name_vi()))).collect(),
        authors: lines(&form, &AUTHOR, 3),
        effects: lines(&form, &EFFECT, 3),
        form,
    })
}

pub async fn new(here: Here) -> Answer {
    let ctx = here.ctx();
    let clause = ctx.house.plan.clause_of(Work::Initiatives).to_owned();
    let mut form = Form::filled([("khoan", clause), ("pham-vi", Scope::CoSo.code().to_owned())]);
    if let Some(person) = ctx.actor.person {
        let code = queries::code_of_person(&ctx, person).await.map_err(refusal)?;
        if !code.is_empty() {
            form.put("tg-nguoi", code);
            form.put("tg-noi", String::new());
            form.put("tg-ty-le", "100".to_owned());
        }
    }
    let units = queries::own_units(&ctx).await.map_err(refusal)?;
    if let [only] = &units[..] {
        form.put("don-vi", only.id.to_string());
    }
    Ok(page(&edit_page(&here, None, 1, form).await?))
}

/// The form filled with an edition.
async fn filled(here: &Here, content: &Content) -> Result<Form, Refusal> {
    let ctx = here.ctx();
    let mut form = Form::filled([
        ("ten", content.name.clone()),
        ("don-vi", content.unit.to_string()),
        ("khoan", content.clause.clone()),
        ("linh-vuc", content.field.code().to_owned()),
        ("van-de", content.problem.clone()),
        ("giai-phap", content.solution.clone()),
        ("ngay-ap-dung", content.first_applied_on.map(short_date).unwrap_or_default()),
        ("pham-vi", content.claimed.code().to_owned()),
    ]);
    for author in &content.authors {
        let code = match author.person {
            Some(person) => queries::code_of_person(&ctx, person).await.map_err(refusal)?,
            None => author.name.clone(),
        };
        form.put("tg-nguoi", code);
        form.put("tg-noi", author.workplace.clone());
        form.put("tg-ty-le", kernel::numbers::decimal(author.share, 2));
    }
    for effect in &content.effects {
        let number = |number: Option<i64>| if number.is_some() { value(number) } else { String::new() };
        let cells = [
            effect.figure.clone(),
            effect.measure.clone(),
            number(effect.before),
            number(effect.after),
            effect.source.clone(),
        ];
        for (name, cell) in EFFECT.iter().zip(cells) {
            form.put(name, cell);
        }
    }
    Ok(form)
}

pub async fn edit(here: Here, Path(id): Path<InitiativeId>) -> Answer {
    let found = queries::detail(&here.ctx(), id).await.map_err(refusal)?;
    if !found.may_write {
        return Err(Refusal::not_found());
    }
    let kinds = [office::initiatives::model::StateKind::Draft, office::initiatives::model::StateKind::Returned];
    found.initiative.must_be(&kinds).map_err(refusal)?;
    let form = filled(&here, &found.edition.content).await?;
    Ok(page(&edit_page(&here, Some(id), found.initiative.version, form).await?))
}

/// Who is named in the lines of authors: our own people by staff code, others by name and workplace.
async fn authors(here: &Here, form: &mut Form) -> Result<Vec<Author>, Refusal> {
    let ctx = here.ctx();
    let mut found = Vec::new();
    for line in lines(form, &AUTHOR, 0) {
        let [who, workplace, share] = &line.cells[..] else { continue };
        let (who, workplace) = (kernel::text::clean_line(who), kernel::text::clean_line(workplace));
        if who.is_empty() && workplace.is_empty() && share.trim().is_empty() {
            continue;
        }
        let Ok(share) = parse_decimal(share.trim().trim_end_matches('%'), 2) else {
            form.refuse("tac-gia", format!("Dòng {}: nhập tỷ lệ phần trăm, ví dụ 60 hoặc 33,33", line.number));
            continue;
        };
        let known = queries::person_of_code(&ctx, &who).await.map_err(refusal)?;
        match known {
            Some((person, name)) => found.push(Author { person: Some(person), name, workplace: String::new(), share }),
            None if workplace.is_empty() => form.refuse(
                "tac-gia",
                format!("Dòng {}: không có mã cán bộ “{who}”; người ngoài cơ quan thì ghi nơi công tác", line.number),
            ),
            None => found.push(Author { person: None, name: who, workplace, share }),
        }
    }
    Ok(found)
}

fn effects(form: &mut Form) -> Vec<Effect> {
    let mut found = Vec::new();
    for line in lines(form, &EFFECT, 0) {
        if line.cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let mut number = |text: &str| match (text.trim().is_empty(), parse_decimal(text, PLACES)) {
            (true, _) => None,
            (false, Ok(value)) => Some(value),
            (false, Err(fault)) => {
                form.refuse("hieu-qua", format!("Dòng {}: {fault}", line.number));
                None
            }
        };
        let (before, after) = (number(&line.cells[2]), number(&line.cells[3]));
        found.push(Effect {
            figure: line.cells[0].clone(),
            measure: line.cells[1].clone(),
            before,
            after,
            source: line.cells[4].clone(),
        });
    }
    found
}

/// What was typed; none when something must be mended, which the form then says.
async fn content(here: &Here, form: &mut Form) -> Result<Option<Content>, Refusal> {
    let name = form.required_line("ten", 300, "Ghi tên sáng kiến");
    let unit = form.choice::<UnitId>("don-vi", "Chọn đơn vị");
    let clause = form.required_line("khoan", 40, "Chọn khoản của Kế hoạch");
    let field = Field::from_code(form.value("linh-vuc"));
    if field.is_none() {
        form.refuse("linh-vuc", "Chọn lĩnh vực");
    }
    let problem = form.required_text("van-de", 10_000, "Ghi tình trạng trước khi có sáng kiến");
    let solution = form.required_text("giai-phap", 20_000, "Ghi nội dung giải pháp, điểm mới");
    let claimed = Scope::from_code(form.value("pham-vi"));
    if claimed.is_none() {
        form.refuse("pham-vi", "Chọn phạm vi mà tác giả tự đánh giá");
    }
    let first_applied_on = form.day("ngay-ap-dung");
    let authors = authors(here, form).await?;
    let effects = effects(form);
    let (Some(unit), Some(field), Some(claimed), true) = (unit, field, claimed, form.is_good()) else {
        return Ok(None);
    };
    Ok(Some(Content { name, unit, clause, field, problem, solution, effects, first_applied_on, claimed, authors }))
}

pub async fn create(here: Here, mut form: Form) -> Answer {
    if let Some(content) = content(&here, &mut form).await? {
        match service::write(&here.ctx(), content).await {
            Ok(id) => return Ok(Redirect::to(&format!("/noi-bo/sang-kien/{id}")).into_response()),
            Err(error) => mend_or_refuse(&mut form, error, str::to_owned)?,
        }
    }
    Ok(mend(&edit_page(&here, None, 1, form).await?))
}

pub async fn update(here: Here, Path(id): Path<InitiativeId>, mut form: Form) -> Answer {
    // Whoever may not know of it learns nothing of a form for it.
    queries::detail(&here.ctx(), id).await.map_err(refusal)?;
    let seen = form.value("phien-ban").parse().unwrap_or(0);
    if let Some(content) = content(&here, &mut form).await? {
        match service::edit(&here.ctx(), id, seen, content).await {
            Ok(()) => return Ok(Redirect::to(&format!("/noi-bo/sang-kien/{id}")).into_response()),
            Err(error) => mend_or_refuse(&mut form, error, str::to_owned)?,
        }
    }
    Ok(mend(&edit_page(&here, Some(id), seen, form).await?))
}
