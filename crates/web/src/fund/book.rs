//! The book of a year: its lines with the balance after each, planned beside paid, the sum that must be zero.

use askama::Template;
use axum::extract::Query;
use kernel::numbers::{Dong, percent, short_date};
use kernel::{Date, Permission};
use office::decisions::{DecisionId, LineId};
use office::fund::decision::{Row, Source};
use office::fund::model::{Kind, Settings, Side, Sums};
use office::fund::promised::{Promised, Share};
use office::fund::queries::{self, Book, Filter};
use office::fund::{EntryId, service};
use papers::sheet::Cell;
use serde::Deserialize;

use super::refusal;
use crate::files::hand_out;
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, show as page};
use crate::urls;
use crate::xlsx::{self, text};

/// What is asked for.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    pub nam: String,
    #[serde(default)]
    ben: String,
    #[serde(default)]
    tim: String,
}

impl Asked {
    /// The book of a year, nothing narrowed.
    pub fn of_year(year: &str) -> Self {
        Self { nam: year.to_owned(), ..Self::default() }
    }

    fn filter(&self) -> Filter {
        Filter { side: Side::from_code(&self.ben), text: self.tim.clone() }
    }

    /// The year asked for; this one when none is.
    fn year(&self, today: Date) -> i16 {
        self.nam.trim().parse().ok().filter(|year| (2000..=2200).contains(year)).unwrap_or(today.year())
    }
}

/// A line of the book.
struct Line {
    day: String,
    what: String,
    url: String,
    more: String,
    document: String,
    mark: &'static str,
    income: String,
    expense: String,
    balance: String,
}

struct PlanLine {
    url: String,
    what: String,
    words: String,
    document: String,
    mark: &'static str,
    amount: String,
}

struct ShareLine {
    decision: DecisionId,
    number: String,
    day: String,
    award: String,
    lines: usize,
    base: String,
    multiples: String,
    versions: Vec<String>,
    promised: Promised,
}

struct ClaimLine {
    line: LineId,
    name: String,
    number: String,
    amount: String,
    paid: String,
}

#[derive(Template)]
#[template(path = "fund/book.html")]
pub struct BookPage {
    frame: Frame,
    form: Form,
    year: i16,
    years: Vec<Choice>,
    sides: Vec<Choice>,
    kinds: Vec<Choice>,
    sheet: String,
    sums: Sums,
    balance: Dong,
    difference: Dong,
    closed: String,
    kept: Option<Sums>,
    planned: (Dong, Dong),
    rows: Vec<Line>,
    many: usize,
    plan: Vec<PlanLine>,
    shares: Vec<ShareLine>,
    forms: Vec<(String, Promised)>,
    claims: Vec<ClaimLine>,
    settings: Settings,
    share: String,
    limit: String,
    over: bool,
    may_keep: bool,
    may_close: bool,
}

fn line(here: &Here, book: &Book, row: &Row) -> Line {
    let l = here.visit.lang;
    let money = |amount: Dong| if amount == Dong(0) { String::new() } else { amount.to_string() };
    let (income, expense, balance) = (money(row.income), money(row.expense), row.balance.to_string());
    let day = short_date(row.on);
    match &row.source {
        Source::Entry(one) => Line {
            day,
            what: l.t(one.kind.name_vi()).to_owned(),
            url: entry_url(one.id),
            more: one.words.clone(),
            document: one.document.clone(),
            mark: match (one.reverses, book.all.reversal_of(one.id)) {
                (Some(_), _) => "bút toán đảo",
                (None, Some(_)) => "đã đảo",
                (None, None) => "",
            },
            income,
            expense,
            balance,
        },
        Source::Paid(one) => Line {
            day,
            what: l.t("Tiền thưởng").to_owned(),
            url: format!("/noi-bo/dong/{}", one.line),
            more: format!("{}, {}", one.name, here.house.rules.award(one.award).name_vi),
            document: format!("{} {}", l.t("Quyết định số"), one.number),
            mark: if one.revoked { "đã thu hồi khen thưởng" } else { "" },
            income,
            expense,
            balance,
        },
    }
}

pub fn entry_url(id: EntryId) -> String {
    format!("/noi-bo/quy-khen-thuong/{id}")
}

/// The versions of the rules that made the money of a share, each with its days and its clause.
fn versions(here: &Here, share: &Share) -> Vec<String> {
    let l = here.visit.lang;
    let rules = &here.house.rules;
    let of = |rule: &str| {
        let found = rules.versions(rule);
        let version = found
            .into_iter()
            .find(|one| one.from <= share.decided_on && one.until.is_none_or(|until| share.decided_on < until))?;
        Some(format!(
            "{}: {} {} ({})",
            version.title_vi,
            l.t("bản áp dụng từ"),
            short_date(version.from),
            version.citation
        ))
    };
    ["base_salary".to_owned(), format!("bonus.{}", share.award.code())].iter().filter_map(|rule| of(rule)).collect()
}

fn share_line(here: &Here, share: Share) -> ShareLine {
    ShareLine {
        versions: versions(here, &share),
        decision: share.decision,
        number: share.number,
        day: short_date(share.decided_on),
        award: here.house.rules.award(share.award).name_vi.clone(),
        lines: share.promised.lines,
        base: share.base.to_string(),
        multiples: share.multiples.into_iter().collect::<Vec<_>>().join("; "),
        promised: share.promised,
    }
}

/// The page, with a form as it was sent.
pub async fn book_page(here: &Here, asked: &Asked, mut form: Form) -> Result<BookPage, Refusal> {
    let (ctx, l) = (here.ctx(), here.visit.lang);
    let year = asked.year(ctx.today());
    let found = queries::book(&ctx, year).await.map_err(refusal)?;
    let filter = asked.filter();
    let may_keep = ctx.may(Permission::KeepFund).is_ok();
    let book = &found.year;
    form.put("ben", asked.ben.clone());
    form.put("tim", asked.tim.clone());
    for (field, value) in first_values(year, &found.settings, ctx.today()) {
        if form.value(field).is_empty() && form.is_good() {
            form.put(field, value);
        }
    }
    let mut years = found.all.years(ctx.today());
    if !years.contains(&year) {
        years.push(year);
    }
    let share = book.organising_share_bp();
    let mark = |one: &office::fund::Entry| match (one.reverses, found.all.reversal_of(one.id)) {
        (Some(_), _) => "bút toán đảo",
        (None, Some(_)) => "đã đảo",
        (None, None) => "",
    };
    Ok(BookPage {
        frame: here.frame(&format!("{} {year}", l.t("Sổ quỹ khen thưởng năm")), Place::Fund).faulty(!form.is_good()),
        years: years.into_iter().map(|year| Choice::new(year, year.to_string())).collect(),
        sides: [Side::Income, Side::Expense].iter().map(|side| Choice::new(side.code(), l.t(side.name_vi()))).collect(),
        kinds: Kind::ALL
            .iter()
            .filter(|kind| kind.is_typed())
            .map(|kind| Choice::new(kind.code(), format!("{}: {}", l.t(kind.side().name_vi()), l.t(kind.name_vi()))))
            .collect(),
        sheet: format!(
            "/noi-bo/quy-khen-thuong/so.xlsx?nam={year}&ben={}&tim={}",
            urls::encode(&asked.ben),
            urls::encode(&asked.tim)
        ),
        sums: book.sums,
        balance: book.balance,
        difference: book.difference(),
        closed: book.closing.as_ref().map(|closing| short_date(closing.on)).unwrap_or_default(),
        kept: book.closing.as_ref().map(|closing| closing.sums),
        planned: book.planned,
        rows: book.rows.iter().filter(|row| filter.takes(row)).map(|row| line(here, &found, row)).collect(),
        many: book.rows.len(),
        plan: book
            .plan
            .iter()
            .map(|one| PlanLine {
                url: entry_url(one.id),
                what: l.t(one.kind.name_vi()).to_owned(),
                words: one.words.clone(),
                document: one.document.clone(),
                mark: mark(one),
                amount: one.amount.to_string(),
            })
            .collect(),
        shares: found.all.by_decision(year).into_iter().map(|share| share_line(here, share)).collect(),
        forms: found
            .all
            .by_award(year)
            .into_iter()
            .map(|(award, promised)| (here.house.rules.award(award).name_vi.clone(), promised))
            .collect(),
        claims: found
            .all
            .to_claim()
            .map(|one| ClaimLine {
                line: one.line,
                name: one.name.clone(),
                number: one.number.clone(),
                amount: one.amount.to_string(),
                paid: one.paid_on.map(short_date).unwrap_or_default(),
            })
            .collect(),
        share: share.map(percent).unwrap_or_default(),
        limit: found.settings.organising_share_bp.map(percent).unwrap_or_default(),
        over: share.zip(found.settings.organising_share_bp).is_some_and(|(share, limit)| share > limit),
        may_close: may_keep && found.all.close(year, ctx.today()).is_ok(),
        settings: found.settings,
        may_keep,
        year,
        form,
    })
}

/// What the forms of the page begin with.
fn first_values(year: i16, settings: &Settings, today: Date) -> Vec<(&'static str, String)> {
    let mut values = vec![("nam", year.to_string()), ("phien-ban", settings.version.to_string())];
    values.extend((today.year() == year).then(|| ("ngay", short_date(today))));
    values.extend(settings.remind_days.map(|days| ("so-ngay", days.to_string())));
    values.extend(settings.organising_share_bp.map(|share| ("ty-le", kernel::numbers::decimal(share, 2))));
    values.extend(settings.document.clone().map(|document| ("van-ban", document)));
    values
}

pub async fn show(here: Here, Query(asked): Query<Asked>) -> Answer {
    Ok(page(&book_page(&here, &asked, Form::empty()).await?))
}

pub async fn sheet(here: Here, Query(asked): Query<Asked>) -> Answer {
    let ctx = here.ctx();
    let year = asked.year(ctx.today());
    let found = queries::book(&ctx, year).await.map_err(refusal)?;
    let filter = asked.filter();
    #[allow(clippy::cast_precision_loss, reason = "đồng amounts are far below 2^53")]
    let number = |amount: Dong| Cell::Number(amount.0 as f64);
    let some = |amount: Dong| if amount == Dong(0) { Cell::Empty } else { number(amount) };
    let headers = [
        ("Số bút toán", 12.0),
        ("Ngày", 12.0),
        ("Loại", 30.0),
        ("Nội dung", 48.0),
        ("Chứng từ", 28.0),
        ("Thu", 16.0),
        ("Chi", 16.0),
        ("Còn lại", 16.0),
        ("Đảo bút toán", 14.0),
    ];
    let mut rows = vec![vec![
        Cell::Empty,
        Cell::Empty,
        text("Số dư đầu năm"),
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
        number(found.year.sums.opening),
    ]];
    for row in found.year.rows.iter().filter(|row| filter.takes(row)) {
        let shown = line(&here, &found, row);
        let (own, reversed) = match &row.source {
            Source::Entry(one) => {
                let reversed = one.reverses.and_then(|id| found.all.entries.iter().find(|other| other.id == id));
                (service::number_text(one), reversed.map(service::number_text).unwrap_or_default())
            }
            Source::Paid(_) => (String::new(), String::new()),
        };
        rows.push(vec![
            text(&own),
            Cell::Day(row.on),
            text(&shown.what),
            text(&shown.more),
            text(&shown.document),
            some(row.income),
            some(row.expense),
            number(row.balance),
            text(&reversed),
        ]);
    }
    let shares = found.all.by_decision(year).into_iter().map(|share| share_line(&here, share));
    let money = shares.map(|share| {
        vec![
            text(&share.number),
            text(&share.day),
            text(&share.award),
            text(&share.multiples),
            text(&share.base),
            number(share.promised.planned),
            number(share.promised.paid),
            number(share.promised.open()),
            number(share.promised.revoked),
            text(&share.versions.join("; ")),
        ]
    });
    let by_decision = [
        ("Quyết định", 18.0),
        ("Ngày", 12.0),
        ("Hình thức", 32.0),
        ("Hệ số", 12.0),
        ("Lương cơ sở", 16.0),
        ("Phải chi", 16.0),
        ("Đã chi", 16.0),
        ("Chưa chi", 16.0),
        ("Đã chi, thu hồi khen thưởng", 18.0),
        ("Căn cứ", 60.0),
    ];
    let sheets = [
        xlsx::sheet(&format!("Sổ quỹ {year}"), &headers, rows),
        xlsx::sheet("Theo quyết định", &by_decision, money.collect()),
    ];
    let bytes = papers::sheet::xlsx(&sheets).map_err(|error| Refusal::broken(&error))?;
    hand_out(&here, "so-quy-khen-thuong.xlsx", bytes).await
}
