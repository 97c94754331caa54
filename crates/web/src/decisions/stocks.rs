//! Where the words stand on pre-printed stock: measured with a ruler, tried on paper, kept per award.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect};
use kernel::numbers::{decimal, parse_decimal};
use office::decisions::stocks::{self, Measured};
use office::decisions::{DecisionsError, papers as documents};
use papers::certificate::{FIELDS, QrPlace, Spot, Stock};
use rules::{AwardCode, Level};
use serde::Deserialize;

use super::refusal;
use crate::files::{PDF, file};
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};
use crate::say::Lang;

/// An award that this office prints, and whether its stock was measured.
struct StockRow {
    award: AwardCode,
    name: String,
    measured: bool,
    preprinted: bool,
}

#[derive(Template)]
#[template(path = "decisions/stocks.html")]
struct ListPage {
    frame: Frame,
    rows: Vec<StockRow>,
}

/// The awards on which this office itself decides: it prints no others.
fn printed(here: &Here) -> impl Iterator<Item = (AwardCode, String)> {
    here.house.rules.awards().filter(|award| award.level == Level::Office).map(|one| (one.code, one.name_vi.clone()))
}

fn name(here: &Here, award: AwardCode) -> Result<String, Refusal> {
    printed(here).find(|(code, _)| *code == award).map(|(_, name)| name).ok_or_else(Refusal::not_found)
}

pub async fn list(here: Here) -> Answer {
    let mut rows = Vec::new();
    for (award, name) in printed(&here) {
        let found = stocks::find(&here.ctx(), award).await.map_err(refusal)?;
        rows.push(StockRow { award, name, measured: found.version > 0, preprinted: !found.stock.background });
    }
    Ok(page(&ListPage { frame: here.frame(here.visit.lang.t("Phôi giấy khen"), Place::Decisions), rows }))
}

/// One line of the table of measures.
struct FieldRow {
    name: &'static str,
    print: String,
    cells: Vec<MeasureCell>,
}

/// One measure: the name of its input and what it is for those who do not see the table.
struct MeasureCell {
    at: String,
    label: String,
}

/// What is measured of every field, in the order of the columns.
const PARTS: [(&str, &str); 6] = [
    ("x", "Mép trái"),
    ("baseline", "Chân chữ"),
    ("width", "Rộng"),
    ("size", "Cỡ chữ"),
    ("min_size", "Nhỏ nhất"),
    ("lines", "Số dòng"),
];

#[derive(Template)]
#[template(path = "decisions/stock.html")]
struct StockPage {
    frame: Frame,
    form: Form,
    award: AwardCode,
    measured: bool,
    kinds: Vec<Choice>,
    fields: Vec<FieldRow>,
}

impl StockPage {
    fn new(here: &Here, award: AwardCode, form: Form) -> Result<Self, Refusal> {
        let title = format!("{}: {}", here.visit.lang.t("Phôi"), name(here, award)?);
        let t = |words| here.visit.lang.t(words);
        Ok(Self {
            frame: here.frame(&title, Place::Decisions).faulty(!form.is_good()),
            measured: form.value("phien-ban") != "0",
            kinds: vec![
                Choice::new("nen", t("In cả khung, quốc huy trên giấy trắng")),
                Choice::new("phoi", t("Phôi in sẵn: chỉ in chữ điền vào")),
            ],
            fields: FIELDS.iter().map(|(_, code, name)| field_row(here.visit.lang, code, name)).collect(),
            form,
            award,
        })
    }
}

fn field_row(lang: Lang, code: &str, name: &'static str) -> FieldRow {
    let cell = |(part, what): &(&str, &'static str)| MeasureCell {
        at: format!("{code}.{part}"),
        label: format!("{}: {}", lang.t(name), lang.t(what)),
    };
    FieldRow { name: lang.t(name), print: format!("{code}.print"), cells: PARTS.iter().map(cell).collect() }
}

/// A sheet to begin from.
#[derive(Deserialize)]
pub struct From {
    mau: Option<String>,
}

pub async fn show(here: Here, Path(award): Path<AwardCode>, Query(from): Query<From>) -> Answer {
    let found = stocks::find(&here.ctx(), award).await.map_err(refusal)?;
    let stock = match from.mau.as_deref() {
        Some("phoi") => Stock::preprinted_a4(),
        _ => found.stock,
    };
    Ok(page(&StockPage::new(&here, award, typed(&Measured { stock, version: found.version }))?))
}

pub async fn update(here: Here, Path(award): Path<AwardCode>, mut form: Form) -> Answer {
    name(&here, award)?;
    let stock = read(&mut form);
    let version = form.value("phien-ban").parse().unwrap_or(0);
    if form.is_good() {
        match stocks::put(&here.ctx(), award, version, &stock).await {
            Ok(()) => return Ok(Redirect::to(&format!("/noi-bo/phoi-giay-khen/{award}")).into_response()),
            Err(DecisionsError::Misplaced(places)) => places.iter().for_each(|one| form.refuse(&one.at, &one.what)),
            Err(DecisionsError::Store(stale @ office::StoreError::Stale { .. })) => {
                form.refuse("sheet.width", sentence(&stale));
            }
            Err(error) => return Err(refusal(error)),
        }
    }
    Ok(mend(&StockPage::new(&here, award, form)?))
}

/// A sample on the places as they are typed, before anything is kept.
pub async fn preview(here: Here, Path(award): Path<AwardCode>, mut form: Form) -> Answer {
    name(&here, award)?;
    let stock = read(&mut form);
    if form.is_good() {
        stock.misplaced().iter().for_each(|one| form.refuse(&one.at, &one.what));
    }
    if !form.is_good() {
        return Ok(mend(&StockPage::new(&here, award, form)?));
    }
    let sample = documents::sample(&here.house, award, here.visit.today);
    let bytes = papers::certificate::certificate(&sample, &stock).map_err(|error| Refusal::broken(&error))?;
    Ok(file(PDF, "xem-thu.pdf", bytes))
}

pub async fn drop(here: Here, Path(award): Path<AwardCode>, form: Form) -> Answer {
    let version = form.value("phien-ban").parse().unwrap_or(0);
    stocks::drop(&here.ctx(), award, version).await.map_err(refusal)?;
    Ok(Redirect::to(&format!("/noi-bo/phoi-giay-khen/{award}")).into_response())
}

/// Millimetres and points with one decimal, as a ruler gives them.
#[allow(clippy::cast_possible_truncation, reason = "the measures of a sheet are small")]
fn written(measure: f64) -> String {
    decimal((measure * 10.0).round() as i64, 1)
}

/// The form of a stock; a field that is not printed shows where our own design has it.
fn typed(found: &Measured) -> Form {
    let stock = &found.stock;
    let own = Stock::a4();
    let mut form = Form::empty();
    form.put("phien-ban", found.version.to_string());
    form.put("nen", if stock.background { "nen" } else { "phoi" }.to_owned());
    let sheet = [
        ("sheet.width", stock.width),
        ("sheet.height", stock.height),
        ("shift.right", stock.shift_right),
        ("shift.down", stock.shift_down),
    ];
    sheet.into_iter().for_each(|(at, measure)| form.put(at, written(measure)));
    for (field, code, _) in FIELDS {
        let spot = stock.spots.get(&field);
        if spot.is_some() {
            form.put(&format!("{code}.print"), "1".to_owned());
        }
        let spot = spot.unwrap_or(&own.spots[&field]);
        let measures = [
            ("x", spot.x),
            ("baseline", spot.baseline),
            ("width", spot.width),
            ("size", spot.size),
            ("min_size", spot.min_size),
        ];
        measures.into_iter().for_each(|(part, measure)| form.put(&format!("{code}.{part}"), written(measure)));
        form.put(&format!("{code}.lines"), spot.lines.to_string());
    }
    if stock.qr.is_some() {
        form.put("qr.print", "1".to_owned());
    }
    if let Some(qr) = stock.qr.or(own.qr) {
        let places = [("qr.x", qr.x), ("qr.y", qr.y), ("qr.size", qr.size)];
        places.into_iter().for_each(|(at, measure)| form.put(at, written(measure)));
    }
    form
}

/// A measure in millimetres or points; says where it cannot be read.
#[allow(clippy::cast_precision_loss, reason = "the measures of a sheet are small")]
fn measure(form: &mut Form, at: &str) -> f64 {
    match parse_decimal(form.value(at), 1) {
        Ok(tenths) => tenths as f64 / 10.0,
        Err(fault) => {
            form.refuse(at, sentence(&fault));
            0.0
        }
    }
}

/// Reads the form; weight, slant and alignment stay those of our own design.
fn read(form: &mut Form) -> Stock {
    let background = !form.chosen("nen", "phoi");
    let own = if background { Stock::a4() } else { Stock { spots: all_black(), ..Stock::preprinted_a4() } };
    let mut stock = Stock {
        width: measure(form, "sheet.width"),
        height: measure(form, "sheet.height"),
        background,
        shift_right: measure(form, "shift.right"),
        shift_down: measure(form, "shift.down"),
        spots: std::collections::BTreeMap::new(),
        qr: None,
    };
    for (field, code, name) in FIELDS {
        if !form.chosen(&format!("{code}.print"), "1") {
            continue;
        }
        let at = |part: &str| format!("{code}.{part}");
        let lines = form.value(&at("lines")).trim().parse();
        if lines.is_err() {
            form.refuse(&at("lines"), format!("{name}: ghi số dòng"));
        }
        let spot = Spot {
            x: measure(form, &at("x")),
            baseline: measure(form, &at("baseline")),
            width: measure(form, &at("width")),
            size: measure(form, &at("size")),
            min_size: measure(form, &at("min_size")),
            lines: lines.unwrap_or(1),
            ..own.spots[&field].clone()
        };
        stock.spots.insert(field, spot);
    }
    if form.chosen("qr.print", "1") {
        let (x, y, size) = (measure(form, "qr.x"), measure(form, "qr.y"), measure(form, "qr.size"));
        stock.qr = Some(QrPlace { x, y, size });
    }
    stock
}

/// Our own places with black letters, as pre-printed stock takes them.
fn all_black() -> std::collections::BTreeMap<papers::certificate::Field, Spot> {
    let black = Spot::new(0.0, 0.0, 0.0, 0.0).colour;
    let own = Stock::a4().spots.into_iter();
    own.map(|(field, spot)| (field, Spot { colour: black.clone(), ..spot })).collect()
}
