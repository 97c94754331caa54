//! A new indicator, or another way of counting from a year on.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use office::movements::kinds::Kind;
use office::targets::service::{self, NewIndicator};
use office::targets::{
    Accumulation, Counting, Direction, Frequency, IndicatorId, Measure, Nature, RollUp, Scope, TargetsError, queries,
};

use super::{aim, refusal};
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};
use crate::say::Lang;

/// The closed lists to choose from.
struct Lists {
    nature: Vec<Choice>,
    direction: Vec<Choice>,
    accumulation: Vec<Choice>,
    frequency: Vec<Choice>,
    scope: Vec<Choice>,
    roll_up: Vec<Choice>,
    measure: Vec<Choice>,
}

impl Lists {
    fn of(l: Lang) -> Self {
        fn list<T: Copy>(l: Lang, all: &[T], code: fn(T) -> &'static str, name: fn(T) -> &'static str) -> Vec<Choice> {
            all.iter().map(|one| Choice::new(code(*one), l.t(name(*one)))).collect()
        }
        Self {
            nature: list(l, Nature::ALL, Nature::code, Nature::name_vi),
            direction: list(l, Direction::ALL, Direction::code, Direction::name_vi),
            accumulation: list(l, Accumulation::ALL, Accumulation::code, Accumulation::name_vi),
            frequency: list(l, Frequency::ALL, Frequency::code, Frequency::name_vi),
            scope: list(l, Scope::ALL, Scope::code, Scope::name_vi),
            roll_up: list(l, RollUp::ALL, RollUp::code, RollUp::name_vi),
            measure: list(l, Measure::ALL, Measure::code, Measure::name_vi),
        }
    }
}

#[derive(Template)]
#[template(path = "targets/new.html")]
struct NewPage {
    frame: Frame,
    form: Form,
    lists: Lists,
    clauses: Vec<Choice>,
    years: Vec<(String, i16)>,
    measured_in: String,
}

fn new_page(here: &Here, form: Form) -> NewPage {
    let l = here.visit.lang;
    let plan = &here.house.plan;
    let clause = |one: &office::movements::Clause| {
        let words: String = one.text.chars().take(70).collect();
        Choice::new(&one.id, format!("{} – {words}…", one.id))
    };
    NewPage {
        frame: here.frame(l.t("Thêm chỉ số"), Place::Targets).faulty(!form.is_good()),
        lists: Lists::of(l),
        clauses: plan.of_kind(Kind::Target).map(clause).collect(),
        years: plan.years().map(|year| (format!("moc-{year}"), year)).collect(),
        measured_in: String::new(),
        form,
    }
}

pub async fn new(here: Here) -> Answer {
    let filled = [
        ("loai", "quantitative"),
        ("chieu", "higher"),
        ("cach-dem", "periodic"),
        ("nhip", "quarter"),
        ("pham-vi", "units"),
        ("gop", "sum"),
        ("thap-phan", "0"),
    ];
    let form = Form::filled(filled.map(|(field, value)| (field, value.to_owned())));
    Ok(page(&new_page(&here, form)))
}

/// A definition as it was typed, with its faults.
fn read(form: &mut Form) -> Option<Counting> {
    fn word<T>(form: &mut Form, field: &str, from: fn(&str) -> Option<T>) -> Option<T> {
        let found = from(form.value(field));
        if found.is_none() {
            form.refuse(field, "Chọn trong danh sách");
        }
        found
    }
    let name = form.required_line("ten", 200, "Nhập tên chỉ số");
    let measured_in = form.required_line("don-vi-tinh", 40, "Nhập đơn vị tính");
    let nature = word(form, "loai", Nature::from_code);
    let direction = word(form, "chieu", Direction::from_code);
    let accumulation = word(form, "cach-dem", Accumulation::from_code);
    let frequency = word(form, "nhip", Frequency::from_code);
    let scope = word(form, "pham-vi", Scope::from_code);
    let roll_up = word(form, "gop", RollUp::from_code);
    let measure = match form.value("cong-thuc") {
        "" => None,
        code => {
            let found = Measure::from_code(code);
            if found.is_none() {
                form.refuse("cong-thuc", "Chọn trong danh sách");
            }
            found
        }
    };
    let places = form.line("thap-phan").parse::<u32>().ok().filter(|places| *places <= 4);
    if places.is_none() {
        form.refuse("thap-phan", "Nhập số chữ số thập phân từ 0 đến 4");
    }
    let least = aim::amount(form, "nho-nhat", 4);
    let most = aim::amount(form, "lon-nhat", 4);
    let method = form.required_text("nguon", 2_000, "Ghi cách tính và nguồn số liệu");
    Some(Counting {
        name,
        measured_in,
        nature: nature?,
        direction: direction?,
        accumulation: accumulation?,
        frequency: frequency?,
        scope: scope?,
        roll_up: roll_up?,
        measure,
        places: places?,
        least,
        most,
        method,
    })
}

/// The field at which what the room said is mended.
fn field_of(error: &TargetsError) -> Option<&'static str> {
    match error {
        TargetsError::BadCode | TargetsError::CodeTaken { .. } => Some("ma"),
        TargetsError::NoClause => Some("khoan"),
        TargetsError::BadCounting(what) if what.contains("công thức") => Some("cong-thuc"),
        TargetsError::BadCounting(_) => Some("lon-nhat"),
        TargetsError::NotANewYear { .. } | TargetsError::AlreadyEntered { .. } => Some("tu-nam"),
        TargetsError::YearOutside { .. } => Some("tu-nam"),
        TargetsError::ShortReason { .. } => Some("ly-do"),
        _ => None,
    }
}

pub async fn create(here: Here, mut form: Form) -> Answer {
    let code = form.required_line("ma", 20, "Nhập mã, ví dụ CT3.5");
    let clause = form.line("khoan");
    if clause.is_empty() {
        form.refuse("khoan", sentence(&TargetsError::NoClause));
    }
    let counting = read(&mut form);
    let aim = aim::read(&here, &mut form);
    if let (Some(counting), true) = (counting, form.is_good()) {
        let new = NewIndicator { code, clause, counting, aim };
        match service::define(&here.ctx(), &new).await {
            Ok(id) => return Ok(Redirect::to(&format!("/noi-bo/chi-tieu/{id}")).into_response()),
            Err(TargetsError::YearOutside { from, to }) => {
                form.refuse("nam-goc", sentence(&TargetsError::YearOutside { from, to }));
            }
            Err(error) => match field_of(&error) {
                Some(field) => form.refuse(field, sentence(&error)),
                None => return Err(refusal(error)),
            },
        }
    }
    Ok(mend(&new_page(&here, form)))
}

#[derive(Template)]
#[template(path = "targets/change.html")]
struct ChangePage {
    frame: Frame,
    form: Form,
    lists: Lists,
    id: IndicatorId,
}

async fn change_page(here: &Here, id: IndicatorId, form: Option<Form>) -> Result<ChangePage, Refusal> {
    let l = here.visit.lang;
    let found = queries::detail(&here.ctx(), id, here.house.plan.first_year()).await.map_err(refusal)?;
    let one = found.indicator;
    let how = &one.definitions.last().unwrap_or(one.current(here.visit.today)).counting;
    let form = form.unwrap_or_else(|| {
        Form::filled([
            ("phien-ban", one.version.to_string()),
            ("ten", how.name.clone()),
            ("don-vi-tinh", how.measured_in.clone()),
            ("loai", how.nature.code().to_owned()),
            ("chieu", how.direction.code().to_owned()),
            ("cach-dem", how.accumulation.code().to_owned()),
            ("nhip", how.frequency.code().to_owned()),
            ("pham-vi", how.scope.code().to_owned()),
            ("gop", how.roll_up.code().to_owned()),
            ("cong-thuc", how.measure.map(Measure::code).unwrap_or_default().to_owned()),
            ("thap-phan", how.places.to_string()),
            ("nho-nhat", how.least.map(|amount| amount.show(4)).unwrap_or_default()),
            ("lon-nhat", how.most.map(|amount| amount.show(4)).unwrap_or_default()),
            ("nguon", how.method.clone()),
        ])
    });
    let title = format!("{} {}: {}", one.code, how.name, l.t("đổi cách tính"));
    Ok(ChangePage { frame: here.frame(&title, Place::Targets).faulty(!form.is_good()), lists: Lists::of(l), id, form })
}

pub async fn edit(here: Here, Path(id): Path<IndicatorId>) -> Answer {
    Ok(page(&change_page(&here, id, None).await?))
}

pub async fn change(here: Here, Path(id): Path<IndicatorId>, mut form: Form) -> Answer {
    let counting = read(&mut form);
    let from_year = form.line("tu-nam").parse::<i16>().ok();
    if from_year.is_none() {
        form.refuse("tu-nam", "Nhập năm bắt đầu tính theo cách mới");
    }
    let reason = form.required_text("ly-do", 1_000, "Ghi lý do và văn bản");
    if let (Some(counting), Some(from_year), true) = (counting, from_year, form.is_good()) {
        let seen = form.value("phien-ban").parse().unwrap_or(-1);
        match service::change(&here.ctx(), id, seen, from_year, &counting, &reason).await {
            Ok(_) => return Ok(Redirect::to(&format!("/noi-bo/chi-tieu/{id}")).into_response()),
            Err(error) => match field_of(&error) {
                Some(field) => form.refuse(field, sentence(&error)),
                None => return Err(refusal(error)),
            },
        }
    }
    Ok(mend(&change_page(&here, id, Some(form)).await?))
}
