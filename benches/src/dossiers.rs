//! A year of dossiers: figures straight from one file beside polars, DuckDB and pandas; the import; the page of
//! figures over few and over many.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};

use crate::clock::{self, Taken};
use crate::pages;
use crate::product::{self, Served, program};

/// How often each is measured; the median is told.
const TIMES: usize = 3;

/// How often the page is asked for.
const PAGES: u32 = 60;

const PEERS: [&str; 3] = ["polars", "duckdb", "pandas"];

pub fn run(rows: u64) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = sample(folder.path(), rows)?;
    let megabytes = std::fs::metadata(&file)?.len() >> 20;
    println!("{rows} dossiers, {megabytes} MB");
    let ours = figures(&file)?;
    told("thidua figures --file", &ours, None);
    let (import, peak) = import(folder.path(), &file)?;
    told("thidua import", &import, None);
    println!("  peak memory of the import: {peak:.0} MB");
    let counted = counts_of_ours(&file)?;
    for peer in PEERS {
        match by_peer(peer, &file, &counted)? {
            Some(theirs) => {
                told(peer, &theirs, Some(&ours));
                println!("  the import takes {:.1} times its CPU", import.cpu / theirs.cpu);
            }
            None => println!("{peer} is not installed: no comparison"),
        }
    }
    let few = page_over(folder.path(), rows.min(10_000))?;
    let many = page_over(folder.path(), rows)?;
    println!("page of figures: {few:.1} ms of CPU over 10,000, {many:.1} ms over {rows}: {:.2} times", many / few);
    Ok(())
}

fn sample(folder: &Path, rows: u64) -> Result<PathBuf> {
    let file = folder.join(format!("{rows}.csv"));
    let made = Command::new(program()?)
        .args(["dossiers", "sample", "--seed", "1", "--rows", &rows.to_string()])
        .arg(&file)
        .status()?;
    ensure!(made.success(), "no sample was written");
    Ok(file)
}

fn told(what: &str, taken: &Taken, ours: Option<&Taken>) {
    let ratio = ours.map_or(String::new(), |ours| format!("   ours take {:.2} of its CPU", ours.cpu / taken.cpu));
    println!("{what:<24} {:>6.2} s   {:>6.2} s of CPU{ratio}", taken.wall, taken.cpu);
}

/// The median run by CPU.
fn median(mut each: impl FnMut() -> Result<Taken>) -> Result<Taken> {
    let mut all = (0..TIMES).map(|_| each()).collect::<Result<Vec<_>>>()?;
    all.sort_by(|one, other| one.cpu.total_cmp(&other.cpu));
    Ok(all[TIMES / 2])
}

fn figures_command(file: &Path) -> Result<Command> {
    let mut command = Command::new(program()?);
    command.args(["dossiers", "figures", "--by", "unit,month", "--format", "json", "--file"]).arg(file);
    Ok(command)
}

fn figures(file: &Path) -> Result<Taken> {
    median(|| clock::time(&mut figures_command(file)?))
}

/// Brings the file into a new database; answers what it took and the most memory in MB.
fn import(folder: &Path, file: &Path) -> Result<(Taken, f64)> {
    let (data, report) = (folder.join("imported"), folder.join("memory"));
    // An import goes into a house that is there; an empty file is a new SQLite database.
    std::fs::create_dir_all(&data)?;
    std::fs::File::create(data.join("thidua.sqlite"))?;
    let mut command = Command::new("/usr/bin/time");
    command.args(["-f", "%M", "-o"]).arg(&report).arg(program()?).args(["dossiers", "import"]).arg(file);
    command.env("THIDUA_DATA", &data).env_remove("THIDUA_DATABASE_URL");
    let taken = clock::time(&mut command)?;
    let kilobytes: f64 = std::fs::read_to_string(&report)?.trim().parse()?;
    Ok((taken, kilobytes / 1024.0))
}

/// By unit and month: accepted, before, on time, overdue, open, open late, waiting.
fn counts_of_ours(file: &Path) -> Result<Vec<(String, Vec<i64>)>> {
    let answer = figures_command(file)?.output()?;
    let text = String::from_utf8(answer.stdout)?;
    let lines: Vec<serde_json::Value> = serde_json::from_str(&text)?;
    let names = ["accepted", "before", "on_time", "overdue", "open", "open_late", "waiting"];
    let line = |line: &serde_json::Value| {
        let name = |field: &str| line[field].as_str().unwrap_or_default().to_owned();
        let counts = names.iter().map(|field| line[*field].as_i64().unwrap_or(-1)).collect();
        (format!("{}\t{}", name("unit"), name("month")), counts)
    };
    let mut told: Vec<_> = lines.iter().map(line).collect();
    told.sort();
    Ok(told)
}

/// What a peer takes, whose counts must be ours; none when it is not installed.
fn by_peer(peer: &str, file: &Path, ours: &[(String, Vec<i64>)]) -> Result<Option<Taken>> {
    let python = std::env::var("PEER_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let there = Command::new(&python).args(["-c", &format!("import {peer}")]).output();
    if !there.is_ok_and(|answer| answer.status.success()) {
        return Ok(None);
    }
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let today = String::from_utf8(Command::new("date").env("TZ", "Asia/Ho_Chi_Minh").arg("+%F").output()?.stdout)?;
    let command = || {
        let mut command = Command::new(&python);
        command.arg(here.join("peers/dossiers.py")).arg(peer).arg(file);
        command.arg(here.join("../calendars/vn.csv")).arg(today.trim());
        command
    };
    let answer = command().output()?;
    if !answer.status.success() {
        bail!("{peer} failed: {}", String::from_utf8_lossy(&answer.stderr));
    }
    let mut theirs = Vec::new();
    for line in String::from_utf8(answer.stdout)?.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let counts = cells.get(2..9).context("seven counts")?.iter().map(|cell| cell.parse::<f64>().map(|n| n as i64));
        theirs.push((cells[..2].join("\t"), counts.collect::<Result<Vec<_>, _>>()?));
    }
    theirs.sort();
    ensure!(theirs == ours, "{peer} counts otherwise: {:?} and {:?}", theirs.first(), ours.first());
    Ok(Some(median(|| clock::time(&mut command()))?))
}

/// The CPU of one page of figures, in ms, served over so many dossiers.
fn page_over(folder: &Path, rows: u64) -> Result<f64> {
    let data = folder.join(format!("served-{rows}"));
    drop(Served::on(&data)?);
    let file = sample(folder, rows)?;
    let imported = Command::new(program()?)
        .args(["dossiers", "import"])
        .arg(&file)
        .env("THIDUA_DATA", &data)
        .env_remove("THIDUA_DATABASE_URL")
        .output()?;
    ensure!(imported.status.success(), "the import failed: {}", String::from_utf8_lossy(&imported.stderr));
    let served = Served::on(&data)?;
    let cookie = pages::signed_in(served.address, "thuongtruc")?;
    let request = format!(
        "GET /noi-bo/ho-so-tthc HTTP/1.1\r\nHost: {}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n",
        served.address
    );
    ensure!(product::send(served.address, &request)?.starts_with("HTTP/1.1 200"), "no page of figures");
    let (before, began) = (served.cpu()?, Instant::now());
    for _ in 0..PAGES {
        product::send(served.address, &request)?;
    }
    let (cpu, wall) = (served.cpu()? - before, began.elapsed());
    println!("  over {rows}: {:.1} ms a page on the wall", wall.as_secs_f64() * 1_000.0 / f64::from(PAGES));
    std::thread::sleep(Duration::from_millis(10));
    Ok(cpu * 1_000.0 / f64::from(PAGES))
}
