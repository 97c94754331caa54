//! What-if: a table of everybody and every form, and one recipient in full. Nothing is written.

use std::ops::Range;

use askama::Template;
use axum::extract::{Path, Query};
use kernel::numbers::{long_date, short_date};
use office::awards::eligibility::stage_of;
use office::awards::whatif::{self, Asked, Cell, Line, Sought, Wanted};
use office::organization;
use office::organization::model::Recipient;
use office::organization::queries::Place as Mark;
use papers::sheet::{Cell as SheetCell, NewColumn, NewSheet};
use rules::facts::Stage;
use rules::{AwardCode, RecipientKind, Verdict};
use serde::Deserialize;

use super::explain::{Explanation, explain, verdict_tone, without_key};
use super::refusal;
use crate::files::hand_out;
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, show as page};
use crate::then::{Then, Typed as Days};
use crate::urls;

/// How many recipients stand on a page.
const PAGE: usize = 50;

/// What the table is narrowed to, as the address says it.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    dip: String,
    moi: String,
    guong_mau: String,
    ngay: String,
    don_vi: String,
    tim: String,
    doi_tuong: String,
    hinh_thuc: String,
    ket_qua: String,
    sau: String,
    sau_ma: Option<uuid::Uuid>,
    tu: usize,
}

/// What somebody may want to see of all.
const WANTED: [(&str, &str); 4] = [
    ("du", "Đủ điều kiện"),
    ("gan", "Chỉ còn thiếu một điều"),
    ("chua-ro", "Chưa xác định"),
    ("khong", "Không đủ điều kiện"),
];

fn sought(what: &str) -> Option<Sought> {
    match what {
        "du" => Some(Sought::Verdict(Verdict::Eligible)),
        "gan" => Some(Sought::Near),
        "chua-ro" => Some(Sought::Verdict(Verdict::Undetermined)),
        "khong" => Some(Sought::Verdict(Verdict::NotEligible)),
        _ => None,
    }
}

impl Typed {
    /// The question, and the address' words as a form with what is wrong with them.
    fn read(&self, here: &Here, then: &Then) -> (Asked, Form) {
        let occasions = &here.house.plan.occasions;
        let first = occasions.first().map_or(Stage::None.code(), |one| one.id.code());
        let mut form = Form::filled(self.pairs().map(|(name, typed)| {
            let typed = match (name, typed) {
                ("dip", "") => first.to_owned(),
                ("ngay", "") => short_date(here.visit.today),
                _ => typed.to_owned(),
            };
            (name, typed)
        }));
        let on = form.day_or("ngay", here.visit.today);
        let asked = Asked {
            stage: stage_of(form.value("dip")),
            every_form: self.moi == "1",
            suppose_conduct: self.guong_mau == "1",
            on,
            law_on: then.law_on,
            known_on: then.known_on,
            unit: self.don_vi.parse().ok(),
            text: self.tim.clone(),
        };
        (asked, form)
    }

    fn of_units(&self) -> bool {
        self.doi_tuong == "tap-the"
    }

    fn kind(&self) -> RecipientKind {
        if self.of_units() { RecipientKind::Collective } else { RecipientKind::Person }
    }

    /// Which lines are wanted.
    fn wanted(&self) -> Wanted {
        Wanted { award: self.hinh_thuc.parse().ok(), found: sought(&self.ket_qua) }
    }

    /// The filters by their names in the address.
    fn pairs(&self) -> [(&'static str, &str); 9] {
        [
            ("dip", &self.dip),
            ("moi", &self.moi),
            ("guong_mau", &self.guong_mau),
            ("ngay", &self.ngay),
            ("don_vi", &self.don_vi),
            ("tim", &self.tim),
            ("doi_tuong", &self.doi_tuong),
            ("hinh_thuc", &self.hinh_thuc),
            ("ket_qua", &self.ket_qua),
        ]
    }

    /// The filters and days as the rest of an address.
    fn rest(&self, then: &Then) -> String {
        let said = self.pairs().into_iter().filter(|(_, value)| !value.is_empty());
        let said = said.map(|(name, value)| format!("{name}={}", urls::encode(value)));
        said.chain(Some(then.days()).filter(|days| !days.is_empty())).collect::<Vec<_>>().join("&")
    }

    /// The days that are asked for, with what the banner says of them.
    fn then(&self, here: &Here, days: &Days) -> Then {
        let mut then = days.read(here, "/noi-bo/xet-thu".to_owned(), true);
        let said = self.pairs().into_iter().filter(|(_, value)| !value.is_empty());
        then.rest = said.map(|(name, value)| (name, value.to_owned())).collect();
        if then.known_on.is_some() {
            let l = here.visit.lang;
            then.notes.push(l.t("Tên và vị trí công tác là của hiện nay: không lưu lúc nhập").to_owned());
        }
        then
    }
}

/// A cell in words.
struct Shown {
    tone: &'static str,
    word: &'static str,
    near: bool,
    first: String,
    more: usize,
}

impl Shown {
    fn new(cell: &Cell) -> Self {
        Self {
            tone: verdict_tone(Some(cell.verdict)),
            word: cell.verdict.name_vi(),
            near: cell.near(),
            first: cell.why.first().map(|why| without_key(why)).unwrap_or_default(),
            more: cell.why.len().saturating_sub(1),
        }
    }
}

struct Row {
    recipient: Recipient,
    name: String,
    title: String,
    cells: Vec<Shown>,
}

#[derive(Template)]
#[template(path = "awards/whatif.html")]
struct TablePage {
    frame: Frame,
    form: Form,
    occasions: Vec<Choice>,
    kinds: Vec<Choice>,
    units: Vec<Choice>,
    awards: Vec<Choice>,
    results: Vec<Choice>,
    forms: Vec<String>,
    rows: Vec<Row>,
    counted: Option<usize>,
    day: String,
    next: Option<String>,
    rest: String,
    then: Then,
}

pub async fn table(here: Here, Query(typed): Query<Typed>, Query(days): Query<Days>) -> Answer {
    let then = typed.then(&here, &days);
    let (asked, form) = typed.read(&here, &then);
    let (ctx, rest) = (here.ctx(), typed.rest(&then));
    let (lines, counted, next) = if !form.is_good() || !then.form.is_good() {
        (Vec::new(), None, None)
    } else if typed.ket_qua.is_empty() && !typed.of_units() {
        let after = typed.sau_ma.map_or_else(Mark::beginning, |id| Mark { key: typed.sau.clone(), id });
        let mut lines = whatif::people(&ctx, &asked, &after, PAGE + 1).await.map_err(refusal)?;
        let more = lines.len() > PAGE;
        lines.truncate(PAGE);
        let next = lines.last().filter(|_| more).map(|last| {
            let key = urls::encode(&kernel::text::name_sort_key(&last.name));
            format!("/noi-bo/xet-thu?{rest}&sau={key}&sau_ma={}", last.recipient.id())
        });
        (lines, None, next)
    } else {
        let (many, lines) = found(&here, &typed, &asked, typed.tu..typed.tu.saturating_add(PAGE)).await?;
        let next = (many > typed.tu + PAGE).then(|| format!("/noi-bo/xet-thu?{rest}&tu={}", typed.tu + PAGE));
        (lines, Some(many), next)
    };
    let shown = table_page(&here, &typed, &asked, (form, then), lines, counted, next).await?;
    Ok(if shown.form.is_good() && shown.then.form.is_good() { page(&shown) } else { mend(&shown) })
}

/// How many are wanted, people or units, and a part of them.
async fn found(here: &Here, typed: &Typed, asked: &Asked, part: Range<usize>) -> Result<(usize, Vec<Line>), Refusal> {
    let (ctx, wanted) = (here.ctx(), typed.wanted());
    if typed.of_units() {
        let mut lines = whatif::units(&ctx, asked).await.map_err(refusal)?;
        lines.retain(|line| wanted.keeps(line));
        return Ok((lines.len(), lines.into_iter().skip(part.start).take(part.len()).collect()));
    }
    whatif::everybody(&ctx, asked, &wanted, part).await.map_err(refusal)
}

async fn table_page(
    here: &Here,
    typed: &Typed,
    asked: &Asked,
    (form, then): (Form, Then),
    lines: Vec<Line>,
    counted: Option<usize>,
    next: Option<String>,
) -> Result<TablePage, Refusal> {
    let ctx = here.ctx();
    let t = |words| here.visit.lang.t(words);
    let mut tx = ctx.read().await.map_err(|error| Refusal::store(&error))?;
    let units = organization::queries::units(&mut tx, ctx.today()).await.map_err(|error| Refusal::store(&error))?;
    let forms = asked.forms(&here.house, typed.kind());
    let name = |code: &AwardCode| here.house.rules.award(*code).name_vi.clone();
    Ok(TablePage {
        frame: here.frame(t("Xét thử toàn cơ quan"), Place::Awards).faulty(!form.is_good() || !then.form.is_good()),
        form,
        occasions: here.house.plan.occasions.iter().map(|one| Choice::new(one.id.code(), &one.name)).collect(),
        kinds: vec![Choice::new("nguoi", t("Cá nhân")), Choice::new("tap-the", t("Tập thể"))],
        units: units.iter().map(|unit| Choice::new(unit.id, &unit.name)).collect(),
        awards: forms.iter().map(|code| Choice::new(code, name(code))).collect(),
        results: WANTED.iter().map(|(code, words)| Choice::new(code, t(words))).collect(),
        forms: forms.iter().map(name).collect(),
        rows: lines
            .into_iter()
            .map(|line| Row {
                recipient: line.recipient,
                name: line.name,
                title: line.title,
                cells: line.cells.iter().map(Shown::new).collect(),
            })
            .collect(),
        counted,
        day: long_date(asked.on),
        next,
        rest: typed.rest(&then),
        then,
    })
}

pub async fn sheet(here: Here, Query(typed): Query<Typed>, Query(days): Query<Days>) -> Answer {
    let then = typed.then(&here, &days);
    let (asked, form) = typed.read(&here, &then);
    if !form.is_good() || !then.form.is_good() {
        let empty = table_page(&here, &typed, &asked, (form, then), Vec::new(), None, None).await?;
        return Ok(mend(&empty));
    }
    let (_, lines) = found(&here, &typed, &asked, 0..usize::MAX).await?;
    let mut columns = vec![NewColumn::new("Tên", 28.0), NewColumn::new("Chức vụ, đơn vị", 44.0)];
    for code in asked.forms(&here.house, typed.kind()) {
        let name = &here.house.rules.award(code).name_vi;
        columns.push(NewColumn::new(name, 20.0));
        columns.push(NewColumn::new(format!("{name}: căn cứ hoặc còn thiếu"), 60.0));
    }
    let rows = lines.into_iter().map(|line| {
        let verdicts = line.cells.iter().flat_map(|cell| [cell.verdict.name_vi().to_owned(), cell.why.join("; ")]);
        [line.name, line.title].into_iter().chain(verdicts).map(SheetCell::Text).collect()
    });
    let name = format!("Xét thử {}", short_date(asked.on).replace('/', "-"));
    let mut sheet = NewSheet { rows: rows.collect(), ..NewSheet::new(name, columns) };
    sheet.title = then.title();
    let made = tokio::task::spawn_blocking(move || papers::sheet::xlsx(&[sheet])).await;
    let bytes = made.map_err(|error| Refusal::broken(&error))?.map_err(|error| Refusal::broken(&error))?;
    hand_out(&here, "xet-thu.xlsx", bytes).await
}

/// One form with its explanation.
struct Weighed {
    name: String,
    explanation: Explanation,
}

#[derive(Template)]
#[template(path = "awards/whatif_one.html")]
struct OnePage {
    frame: Frame,
    day: String,
    occasion: String,
    law: String,
    rest: String,
    then: Then,
    forms: Vec<Weighed>,
}

pub async fn one(
    here: Here,
    Path(recipient): Path<String>,
    Query(typed): Query<Typed>,
    Query(days): Query<Days>,
) -> Answer {
    let recipient: Recipient = recipient.parse().map_err(|_| Refusal::not_found())?;
    let mut then = typed.then(&here, &days);
    let (asked, form) = typed.read(&here, &then);
    if !form.is_good() || !then.form.is_good() {
        let empty = table_page(&here, &typed, &asked, (form, then), Vec::new(), None, None).await?;
        return Ok(mend(&empty));
    }
    let (name, results) = whatif::one(&here.ctx(), &asked, recipient).await.map_err(refusal)?;
    let occasion = here.house.plan.occasion(asked.stage.code()).map(|one| one.name.clone()).unwrap_or_default();
    let forms = results.iter().map(|result| Weighed {
        name: here.house.rules.award(result.award).name_vi.clone(),
        explanation: explain(&here.house.rules, result),
    });
    Ok(page(&OnePage {
        frame: here.frame(&name, Place::Awards),
        day: long_date(asked.on),
        law: long_date(asked.law_on.unwrap_or(asked.on)),
        occasion,
        rest: typed.rest(&then),
        then: {
            then.action = format!("/noi-bo/xet-thu/{recipient}");
            then
        },
        forms: forms.collect(),
    }))
}
