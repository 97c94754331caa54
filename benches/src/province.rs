//! A province: everybody re-evaluated from the record in the database, on SQLite and on PostgreSQL.

use std::fs;
use std::time::Instant;

use anyhow::{Context as _, Result};
use office::awards::whatif::{self, Asked, Wanted};
use office::db::Tx;
use office::db::copy::{Cell, Table};
use office::records;
use office::records::model::{Completeness, Register};
use rules::Verdict;
use rules::facts::Stage;
use testkit::{TODAY, TestHouse};

/// How many units share the people.
const UNITS: usize = 120;

pub fn run(people: usize, postgres: Option<&str>) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        on(&TestHouse::sqlite().await, people).await?;
        match postgres {
            Some(server) => on(&TestHouse::postgres(server).await, people).await,
            None => {
                println!("PostgreSQL: no --postgres URL, left out");
                Ok(())
            }
        }
    })
}

async fn on(house: &TestHouse, people: usize) -> Result<()> {
    let began = Instant::now();
    let rows = furnish(house, people).await?;
    println!(
        "{}: {people} people, {rows} rows of their record, made in {:.1} s",
        house.engine(),
        began.elapsed().as_secs_f64()
    );
    let ctx = house.program();
    let asked = Asked {
        stage: Stage::Annual,
        every_form: true,
        suppose_conduct: true,
        on: TODAY,
        law_on: Some(jiff::civil::date(2026, 9, 30)),
        known_on: None,
        unit: None,
        text: String::new(),
    };
    let before = peak()?;
    for _ in 0..3 {
        let began = Instant::now();
        let mut tx = house.db.read().await?;
        let read = records::queries::Asked { with_sources: false, ..records::queries::Asked::on(TODAY, Stage::Annual) };
        let told = records::queries::everybody(&mut tx, &read).await?;
        let read = began.elapsed().as_secs_f64();
        let many = told.count();
        drop(tx);
        let began = Instant::now();
        let (eligible, lines) = whatif::everybody(&ctx, &asked, &Wanted::with(Verdict::Eligible), 0..50).await?;
        println!(
            "  everybody read, judged for every form and filtered: {:.2} s ({eligible} eligible for some, {} shown); the registers alone: {read:.2} s ({many} people)",
            began.elapsed().as_secs_f64(),
            lines.len()
        );
    }
    println!("  memory at its highest: {:.0} MB, of which {before:.0} MB before the first question", peak()?);
    Ok(())
}

/// The most memory that this process ever had, in MB.
fn peak() -> Result<f64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("a peak")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<f64>()? / 1024.0)
}

/// Writes rows of one table.
struct Writer<'a> {
    tx: &'a mut Tx,
    tables: &'a [Table],
    written: usize,
}

impl Writer<'_> {
    async fn row(&mut self, table: &str, row: Vec<(&str, Cell)>) -> Result<()> {
        let table = self.tables.iter().find(|own| own.name == table).context("a table of ours")?;
        let (columns, cells): (Vec<String>, Vec<Cell>) =
            row.into_iter().map(|(name, cell)| (name.to_owned(), cell)).unzip();
        self.tx.copy_in(table, &columns, cells).await?;
        self.written += 1;
        Ok(())
    }
}

fn text(words: impl Into<String>) -> Cell {
    Cell::Text(words.into())
}

fn id(kind: u8, number: usize) -> Cell {
    let mut bytes = [0; 16];
    bytes[0] = kind;
    bytes[8..].copy_from_slice(&(number as u64).to_be_bytes());
    Cell::Bytes(bytes.to_vec())
}

fn bytes(id: uuid::Uuid) -> Cell {
    Cell::Bytes(id.as_bytes().to_vec())
}

/// People with five years of ratings, three awards, every second an initiative, every tenth a discipline or hold.
async fn furnish(house: &TestHouse, people: usize) -> Result<usize> {
    let mut units = Vec::new();
    for at in 0..UNITS {
        units.push(house.unit(&format!("D{at:03}"), &format!("Đơn vị {at}")).await);
    }
    for register in Register::ALL {
        let since = jiff::civil::date(2010, 1, 1);
        let declared = Completeness { register: *register, since, document: "made for the measure".to_owned() };
        records::service::declare_complete(&house.program(), declared).await?;
    }
    let mut tx = house.db.begin().await?;
    let tables = tx.tables().await?;
    let mut out = Writer { tx: &mut tx, tables: &tables, written: 0 };
    for at in 0..people {
        person(&mut out, at, units[at % UNITS].0).await?;
    }
    let written = out.written;
    tx.commit().await?;
    Ok(written)
}

async fn person(out: &mut Writer<'_>, at: usize, unit: uuid::Uuid) -> Result<()> {
    let own = || id(1, at);
    let name = format!("Lò Thị {at:05}");
    let key = kernel::text::search_key(&name);
    let sort = kernel::text::name_sort_key(&name);
    out.row(
        "people",
        vec![
            ("id", own()),
            ("staff_code", text(format!("T{at:05}"))),
            ("name", text(name)),
            ("search_key", text(key)),
            ("sort_key", text(sort)),
            ("category", text("cong_chuc")),
            ("version", Cell::Int(1)),
        ],
    )
    .await?;
    out.row(
        "posts",
        vec![
            ("id", id(2, at)),
            ("person", own()),
            ("unit", bytes(unit)),
            ("title", text("Chuyên viên")),
            ("leader", Cell::Int(i64::from(at.is_multiple_of(20)))),
            ("from_on", text("2015-01-01")),
        ],
    )
    .await?;
    let subject = || [("subject", text("person")), ("subject_id", own())];
    for year in 2021..2026usize {
        let level = ["excellent", "good", "good", "good", "done"][(at * 7 + year * 3) % 5];
        let mut row = vec![
            ("id", id(3, at * 10 + year % 10)),
            ("year", Cell::Int(year as i64)),
            ("revision", Cell::Int(1)),
            ("level", text(level)),
            ("decided_on", text(format!("{year}-12-10"))),
        ];
        row.extend(subject());
        out.row("ratings", row).await?;
    }
    for (number, year) in [2023usize, 2024, 2025].into_iter().enumerate() {
        let award = if (at + year).is_multiple_of(3) { "ldtt" } else { "cstdcs" };
        let mut row = vec![
            ("id", id(4, at * 10 + number)),
            ("award", text(award)),
            ("year", Cell::Int(year as i64)),
            ("type", text("merit")),
            ("number", text(format!("{number}/QĐ"))),
            ("decided_on", text(format!("{year}-12-20"))),
        ];
        row.extend(subject());
        out.row("past_awards", row).await?;
    }
    if at.is_multiple_of(2) {
        out.row(
            "initiatives",
            vec![
                ("id", id(5, at)),
                ("code", text(format!("SK-{at}"))),
                ("name", text("Sáng kiến")),
                ("search_key", text("sang kien")),
                ("recognised_on", text("2025-06-01")),
                ("scope", text("co_so")),
                ("version", Cell::Int(1)),
            ],
        )
        .await?;
        out.row(
            "initiative_authors",
            vec![("initiative", id(5, at)), ("person", own()), ("share_percent", Cell::Int(100))],
        )
        .await?;
    }
    if at.is_multiple_of(10) {
        let mut row = vec![
            ("id", id(6, at)),
            ("level", text("khien_trach")),
            ("from_on", text("2023-02-01")),
            ("until_on", text("2024-02-01")),
            ("document", text("QĐ 1")),
        ];
        row.extend(subject());
        out.row("discipline", row).await?;
    }
    if at % 10 == 5 {
        let mut row = vec![
            ("id", id(7, at)),
            ("kind", text("audit")),
            ("from_on", text("2026-09-01")),
            ("document", text("QĐ 2")),
        ];
        row.extend(subject());
        out.row("holds", row).await?;
    }
    Ok(())
}
