//! `thidua dossiers …`: files of one-stop systems in, figures out, invented files for trials.

use std::collections::BTreeMap;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use clap::{Args, Subcommand, ValueEnum};
use kernel::{Actor, Clock, Date};
use office::dossiers::counting::{How, figures_of};
use office::dossiers::decision::WorkingDays;
use office::dossiers::figures::{Figures, Share};
use office::dossiers::mapping::Mapping;
use office::dossiers::model::Import as Done;
use office::dossiers::queries::{By, Filter, Group};
use office::dossiers::{DossiersError, queries, sample, service};
use office::{Ctx, ledger};
use serde::Serialize;

use super::{Exit, Format};
use crate::house::{self, Site};

/// What `thidua dossiers` can do.
#[derive(Subcommand)]
pub enum Command {
    /// Nhập tệp .csv hoặc .xlsx của hệ thống một cửa; dòng sai được bỏ ra, dòng đúng được ghi
    Import(Import),
    /// In số liệu: đúng hạn, trước hạn, quá hạn, trung vị, p90, trực tuyến, số hóa
    Figures(Ask),
    /// Ghi tệp .csv gồm các hồ sơ hư cấu để thử
    Sample {
        /// Tệp sẽ ghi
        file: PathBuf,
        /// Số hồ sơ
        #[arg(long, default_value_t = 1_000)]
        rows: u64,
        /// Cùng số này thì cùng tệp
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Trải trong bao nhiêu năm đến hôm nay
        #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=20))]
        years: u64,
        /// Chỉ các hồ sơ tiếp nhận trong năm này, đến hôm nay nếu năm chưa hết
        #[arg(long, conflicts_with = "years", value_parser = clap::value_parser!(i16).range(2001..=2060))]
        year: Option<i16>,
    },
}

/// A file to bring in.
#[derive(Args)]
pub struct Import {
    /// Tệp .csv hoặc .xlsx
    file: PathBuf,
    #[command(flatten)]
    site: Site,
    /// Tên hệ thống xuất tệp; mỗi nguồn có bảng đối chiếu riêng
    #[arg(long, default_value = "Hệ thống một cửa")]
    source: String,
    /// Chỉ kiểm tra, không ghi
    #[arg(long)]
    dry_run: bool,
    /// Ghi các dòng bị bỏ ra tệp .csv này: dòng, cột, giá trị, lý do
    #[arg(long)]
    rejected: Option<PathBuf>,
    /// Cách in
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Which figures.
#[derive(Args)]
pub struct Ask {
    #[command(flatten)]
    site: Site,
    /// Chia theo: unit, month, year, procedure
    #[arg(long, value_enum, value_delimiter = ',', default_values_t = [Part::Unit])]
    by: Vec<Part>,
    /// Tính thẳng từ tệp .csv hoặc .xlsx này, không nhập vào cơ sở dữ liệu
    #[arg(long)]
    file: Option<PathBuf>,
    /// Với --file: tên nguồn có bảng đối chiếu riêng đã lưu; không có thì dùng bảng đi kèm
    #[arg(long, requires = "file")]
    source: Option<String>,
    /// Với --file: số luồng tính song song; không có thì dùng mọi nhân của máy
    #[arg(long, requires = "file", value_parser = clap::value_parser!(u8).range(1..=64))]
    threads: Option<u8>,
    /// Tháng tiếp nhận đầu tiên, ví dụ 2026-01
    #[arg(long, default_value = "", conflicts_with = "file")]
    from: String,
    /// Tháng tiếp nhận cuối cùng
    #[arg(long, default_value = "", conflicts_with = "file")]
    until: String,
    /// Cách in
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// By what figures are told apart.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// By unit.
    Unit,
    /// By month of acceptance.
    Month,
    /// By year of acceptance.
    Year,
    /// By procedure.
    Procedure,
}

/// Runs one of them.
pub fn run(command: Command) -> anyhow::Result<Exit> {
    match command {
        Command::Import(options) => super::on_runtime(bring_in(options)),
        Command::Figures(ask) => super::on_runtime(tell(ask)),
        Command::Sample { file, rows, seed, years, year } => {
            let opened = std::fs::File::create(&file);
            let mut out = BufWriter::new(opened.with_context(|| format!("không ghi được tệp {}", file.display()))?);
            let days = WorkingDays::of(&house::calendar()?);
            let today = Clock::system().today();
            match year {
                Some(year) => {
                    let day = |month, day| Date::new(year, month, day).context("không có năm này");
                    let (from, until) = (day(1, 1)?, day(12, 31)?.min(today));
                    if from > today {
                        eprintln!("Năm {year} chưa đến.");
                        return Ok(Exit::Misuse);
                    }
                    sample::write_between(&mut out, rows, seed, &days, today, (from, until))?;
                }
                None => sample::write(&mut out, rows, seed, &days, today, years)?,
            }
            out.flush()?;
            Ok(Exit::Done)
        }
    }
}

async fn bring_in(options: Import) -> anyhow::Result<Exit> {
    if !options.file.is_file() {
        eprintln!("Không đọc được tệp {}; kiểm tra đường dẫn và quyền đọc.", options.file.display());
        return Ok(Exit::Misuse);
    }
    let Some(house) = super::existing(&options.site).await? else { return Ok(Exit::Misuse) };
    let mut rejected = match &options.rejected {
        Some(file) => {
            let opened = std::fs::File::create(file);
            let mut out = BufWriter::new(opened.with_context(|| format!("không ghi được tệp {}", file.display()))?);
            writeln!(out, "\u{feff}dòng,cột,giá trị,lý do")?;
            Some(out)
        }
        None => None,
    };
    let actor = Actor::program("thidua dossiers");
    let ctx = Ctx::new(&house, &actor);
    let prepared = match service::prepare(&ctx, &options.source, &options.file).await {
        Err(DossiersError::BadSource) => {
            eprintln!("{}.", DossiersError::BadSource);
            return Ok(Exit::Misuse);
        }
        other => other?,
    };
    if !options.dry_run {
        service::begin(&ctx, &prepared).await?;
    }
    let mut last = prepared.import.clone();
    let mut unwritten = None;
    let mut faults = Vec::new();
    let told = service::run(&ctx, prepared, &options.file, options.dry_run, |import, found| {
        last.clone_from(import);
        if let Some(out) = &mut rejected {
            for fault in found {
                let [column, value, what] = [&fault.column, &fault.value, &fault.what].map(|text| quoted(text));
                if let Err(error) = writeln!(out, "{},{column},{value},{what}", fault.row) {
                    unwritten.get_or_insert(error);
                }
            }
        }
        faults.extend(found.iter().take(100_usize.saturating_sub(faults.len())).cloned());
        if options.format == Format::Text {
            eprintln!("{} dòng…", import.counts.rows);
        }
    })
    .await;
    let refused = match told {
        Ok(_) => None,
        Err(error @ (DossiersError::Sheet(_) | DossiersError::NoHeader { .. } | DossiersError::TwoColumns { .. })) => {
            Some(error.to_string())
        }
        Err(error) => return Err(error.into()),
    };
    if let Some(mut out) = rejected {
        out.flush()?;
    }
    if let Some(error) = unwritten {
        return Err(error).context("không ghi được tệp các dòng bị bỏ");
    }
    if let Some(file) = &options.rejected {
        let written = std::fs::read(file).with_context(|| format!("không đọc lại được tệp {}", file.display()))?;
        ledger::service::exported_of(&ctx, "dong-bi-bo.csv", Some(&last.digest), &written).await?;
    }
    report(&options, &last, &faults, refused.as_deref())?;
    Ok(if refused.is_none() && last.counts.rejected == 0 { Exit::Done } else { Exit::No })
}

/// A CSV cell that no program takes for a formula.
fn quoted(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@']) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

/// What an import answers a program.
#[derive(Serialize)]
struct Answer<'a> {
    source: &'a str,
    digest: &'a str,
    mapping_version: i64,
    rows: i64,
    created: i64,
    updated: i64,
    unchanged: i64,
    rejected: i64,
    unknown_columns: &'a [String],
    dropped_columns: &'a [String],
    refused: Option<&'a str>,
    faults: Vec<Fault<'a>>,
}

#[derive(Serialize)]
struct Fault<'a> {
    row: u32,
    column: &'a str,
    value: &'a str,
    what: &'a str,
}

fn report(options: &Import, done: &Done, faults: &[papers::sheet::Fault], refused: Option<&str>) -> anyhow::Result<()> {
    let counts = done.counts;
    if options.format == Format::Json {
        let fault = |fault: &'_ papers::sheet::Fault| -> serde_json::Value {
            serde_json::json!(Fault { row: fault.row, column: &fault.column, value: &fault.value, what: &fault.what })
        };
        let mut answer = serde_json::to_value(Answer {
            source: &done.source,
            digest: &done.digest,
            mapping_version: done.mapping_version,
            rows: counts.rows,
            created: counts.created,
            updated: counts.updated,
            unchanged: counts.unchanged,
            rejected: counts.rejected,
            unknown_columns: &done.unknown_columns,
            dropped_columns: &done.dropped_columns,
            refused,
            faults: Vec::new(),
        })?;
        answer["faults"] = faults.iter().map(fault).collect();
        return super::print(&format!("{}\n", serde_json::to_string_pretty(&answer)?));
    }
    let mut text = String::new();
    for fault in faults {
        text += &format!("Dòng {}, cột {} “{}”: {}\n", fault.row, fault.column, fault.value, fault.what);
    }
    for column in &done.unknown_columns {
        text += &format!("Cột không có trong bảng đối chiếu, đã bỏ: {column}\n");
    }
    for column in &done.dropped_columns {
        text += &format!("Cột dữ liệu của công dân, đã bỏ: {column}\n");
    }
    if let Some(why) = refused {
        text += &format!("Dừng lại: {why}\n");
    }
    text += if options.dry_run { "Nếu nhập thật" } else { "Đã nhập" };
    text += &format!(
        ": {} dòng, {} thêm mới, {} cập nhật, {} không đổi, {} bị bỏ.\n",
        counts.rows, counts.created, counts.updated, counts.unchanged, counts.rejected
    );
    super::print(&text)
}

/// A line of figures; null where there is nothing to count.
#[derive(Serialize)]
struct Line {
    unit: Option<String>,
    month: Option<String>,
    year: Option<String>,
    procedure: Option<String>,
    accepted: i64,
    before: i64,
    on_time: i64,
    overdue: i64,
    open: i64,
    open_late: i64,
    waiting: i64,
    unknown: i64,
    outside: i64,
    in_time: Counted,
    median_days: Option<f64>,
    p90_days: Option<i64>,
    median_legal_days: Option<f64>,
    median_committed_days: Option<f64>,
    online: Counted,
    input_digitised: Counted,
    result_digitised: Counted,
    rated: Counted,
    mean_rating: Option<f64>,
    answered: Counted,
    mean_answer: Option<f64>,
}

/// A share with its parts.
#[derive(Serialize)]
struct Counted {
    part: i64,
    whole: i64,
    percent: Option<f64>,
}

impl From<Share> for Counted {
    fn from(share: Share) -> Self {
        let percent = share.basis_points().map(|points| points as f64 / 100.0);
        Self { part: share.part, whole: share.whole, percent }
    }
}

async fn tell(ask: Ask) -> anyhow::Result<Exit> {
    let has = |part: Part| ask.by.contains(&part);
    let by =
        By { unit: has(Part::Unit), month: has(Part::Month), year: has(Part::Year), procedure: has(Part::Procedure) };
    if let Some(file) = &ask.file {
        return tell_file(&ask, file, by).await;
    }
    let Some(house) = super::existing(&ask.site).await? else { return Ok(Exit::Misuse) };
    let actor = Actor::program("thidua dossiers");
    let filter = Filter { from: ask.from, until: ask.until, ..Filter::default() };
    let found = queries::figures(&Ctx::new(&house, &actor), &filter, by).await?;
    print_figures(found, by, ask.format)?;
    Ok(Exit::Done)
}

/// Counts a file on its own: no database is opened but for the mapping of a source that is named.
async fn tell_file(ask: &Ask, file: &Path, by: By) -> anyhow::Result<Exit> {
    if !file.is_file() {
        eprintln!("Không đọc được tệp {}; kiểm tra đường dẫn và quyền đọc.", file.display());
        return Ok(Exit::Misuse);
    }
    let (mapping, days) = match &ask.source {
        Some(source) => {
            let Some(house) = super::existing(&ask.site).await? else { return Ok(Exit::Misuse) };
            let actor = Actor::program("thidua dossiers");
            let ctx = Ctx::new(&house, &actor);
            (queries::mapping(&ctx, source).await?.1, WorkingDays::of(&ctx.calendar()))
        }
        None => (Mapping::default(), WorkingDays::of(&house::calendar()?)),
    };
    let threads =
        ask.threads.map_or_else(|| std::thread::available_parallelism().map_or(1, std::num::NonZero::get), usize::from);
    let mapping = Arc::new(mapping);
    let how = How { mapping: &mapping, days: &days, by, today: Clock::system().today(), threads };
    let told = match figures_of(file, how) {
        Err(error @ (DossiersError::Sheet(_) | DossiersError::NoHeader { .. } | DossiersError::TwoColumns { .. })) => {
            eprintln!("{error}.");
            return Ok(Exit::No);
        }
        other => other?,
    };
    for fault in &told.faults {
        eprintln!("Dòng {}, cột {} “{}”: {}", fault.row, fault.column, fault.value, fault.what);
    }
    for column in &told.unknown_columns {
        eprintln!("Cột không có trong bảng đối chiếu, đã bỏ: {column}");
    }
    eprintln!("{} dòng, {} bị bỏ.", told.rows, told.rejected);
    print_figures(told.figures, by, ask.format)?;
    Ok(if told.rejected == 0 { Exit::Done } else { Exit::No })
}

fn print_figures(found: BTreeMap<Group, Figures>, by: By, format: Format) -> anyhow::Result<()> {
    let named = |wanted: bool, name: String| wanted.then_some(name);
    let lines: Vec<Line> = found
        .into_iter()
        .map(|(group, figures)| {
            let names = [
                named(by.unit, group.unit),
                named(by.month, group.month),
                named(by.year, group.year),
                named(by.procedure, group.procedure),
            ];
            line(names, &figures)
        })
        .collect();
    if format == Format::Json {
        return super::print(&format!("{}\n", serde_json::to_string_pretty(&lines)?));
    }
    let mut text = String::new();
    for line in &lines {
        let names: Vec<&str> =
            [&line.unit, &line.month, &line.year, &line.procedure].into_iter().flatten().map(String::as_str).collect();
        let share = line.in_time.percent.map_or("chưa có số liệu".to_owned(), |percent| format!("{percent:.2}%"));
        let median = line.median_days.map_or("chưa có số liệu".to_owned(), |days| days.to_string());
        text += &format!(
            "{}: {} tiếp nhận, {} trước hạn, {} đúng ngày hẹn, {} quá hạn, {} đang giải quyết (trong đó {} đã quá hạn), \
             {share} đúng và trước hạn, trung vị {median} ngày làm việc\n",
            names.join(" · "),
            line.accepted,
            line.before,
            line.on_time,
            line.overdue,
            line.open + line.open_late,
            line.open_late,
        );
    }
    super::print(if text.is_empty() { "Chưa có số liệu.\n" } else { &text })
}

fn line([unit, month, year, procedure]: [Option<String>; 4], figures: &Figures) -> Line {
    let halves = |doubled: Option<i64>| doubled.map(|doubled| doubled as f64 / 2.0);
    Line {
        unit,
        month,
        year,
        procedure,
        accepted: figures.accepted(),
        before: figures.before,
        on_time: figures.on_time,
        overdue: figures.overdue,
        open: figures.open,
        open_late: figures.open_late,
        waiting: figures.waiting,
        unknown: figures.unknown,
        outside: figures.outside,
        in_time: figures.in_time().into(),
        median_days: halves(figures.days.median_doubled()),
        p90_days: figures.days.ninth_decile(),
        median_legal_days: halves(figures.legal.median_doubled()),
        median_committed_days: halves(figures.committed.median_doubled()),
        online: figures.online.into(),
        input_digitised: figures.input.into(),
        result_digitised: figures.result.into(),
        rated: figures.response().into(),
        mean_rating: figures.ratings.mean_hundredths().map(|hundredths| hundredths as f64 / 100.0),
        answered: figures.answered().into(),
        mean_answer: figures.answers.mean_hundredths().map(|hundredths| hundredths as f64 / 100.0),
    }
}
