//! Fifty questions without diacritics: what our search finds of what is there and how long it takes, beside SQLite
//! FTS5 and PostgreSQL's text search over the same words.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use office::petitions::queries::{self, Filter};
use office::{Ctx, House};
use tokio::runtime::Runtime;

use crate::petitions::{Asked, has, python};
use crate::petitions_house::{Dice, Made, id};

const QUESTIONS: usize = 50;
/// How often each is asked for its time.
const TIMES: usize = 5;

/// A question with the rows that truly answer it.
struct Question {
    words: String,
    there: BTreeSet<usize>,
}

/// Asks all of them; the tables of the peers are made in `database`, or in memory.
pub fn run(runtime: &Runtime, house: &House, asked: &Asked, lines: &Path, database: Option<&str>) -> Result<()> {
    let questions = questions(asked.rows);
    ensure!(questions.iter().all(|one| !one.there.is_empty()), "a question without an answer");
    let folder = tempfile::tempdir()?;
    let list = folder.path().join("questions.json");
    let words: Vec<&str> = questions.iter().map(|one| one.words.as_str()).collect();
    std::fs::write(&list, serde_json::to_vec(&words)?)?;
    runtime.block_on(ours(house, &questions))?;
    let (peer, needs) = if database.is_some() { ("PostgreSQL", "import psycopg") } else { ("FTS5", "import sqlite3") };
    if !has(&asked.python, needs) {
        println!("{peer}: `{needs}` fails in {}: no comparison", asked.python.display());
        return Ok(());
    }
    let mut command = python(asked, "search.py");
    command.arg(lines).arg(&list).args(database);
    let out = command.output()?;
    ensure!(out.status.success(), "{peer}: {}", String::from_utf8_lossy(&out.stderr));
    let mut found = Vec::new();
    let mut taken = Vec::new();
    for line in String::from_utf8(out.stdout)?.lines() {
        let (rows, seconds): (BTreeSet<usize>, Vec<f64>) =
            serde_json::from_str(line).context("an answer of the peer")?;
        found.push(rows);
        taken.extend(seconds.into_iter().map(Duration::from_secs_f64));
    }
    told(peer, &questions, &found, taken)
}

/// Words that stand beside each other in a text: of a title two, of what was said three, a whole name, or one word that
/// bears a đ, in turn.
fn questions(rows: usize) -> Vec<Question> {
    let keys: Vec<String> =
        (0..rows).map(|row| format!(" {} ", kernel::text::search_key(&Made::of(row).text()))).collect();
    let mut dice = Dice::of(usize::MAX);
    let mut words = BTreeSet::new();
    while words.len() < QUESTIONS {
        let one = Made::of(dice.below(rows));
        let some = |text: &str, many: usize, dice: &mut Dice| {
            let all: Vec<&str> = text.split_whitespace().collect();
            let first = dice.below(all.len().saturating_sub(many) + 1);
            all[first..(first + many).min(all.len())].join(" ")
        };
        let typed = match words.len() % 5 {
            0 | 1 => some(&one.title, 2, &mut dice),
            2 => some(&one.content, 3, &mut dice),
            3 => one.name.clone(),
            _ => {
                let text = one.text();
                let marked: Vec<&str> = text.split_whitespace().filter(|word| word.contains(['đ', 'Đ'])).collect();
                match marked.len() {
                    0 => continue,
                    many => marked[dice.below(many)].to_owned(),
                }
            }
        };
        words.insert(kernel::text::search_key(&typed));
    }
    let there = |words: &str| {
        let wanted = format!(" {words} ");
        keys.iter().enumerate().filter(|(_, key)| key.contains(&wanted)).map(|(row, _)| row).collect()
    };
    words.into_iter().map(|words| Question { there: there(&words), words }).collect()
}

/// The search of the inbox: its first page timed, all its pages for what it finds.
async fn ours(house: &House, questions: &[Question]) -> Result<()> {
    let program = kernel::Actor::program("measure");
    let ctx = Ctx::new(house, &program);
    let (mut found, mut taken) = (Vec::new(), Vec::new());
    for question in questions {
        let filter = Filter { text: question.words.clone(), ..Filter::default() };
        for _ in 0..TIMES {
            let began = Instant::now();
            queries::inbox(&ctx, &filter, "").await?;
            taken.push(began.elapsed());
        }
        let (mut rows, mut after) = (BTreeSet::new(), Some(String::new()));
        while let Some(place) = after {
            let page = queries::inbox(&ctx, &filter, &place).await?;
            let row = |line: &queries::Line| (line.petition.id.0.as_u128() & u128::from(u32::MAX)) as usize;
            // The example data and what the measure itself took in are nobody's row.
            rows.extend(page.lines.iter().filter(|line| id(row(line)) == line.petition.id.0).map(row));
            after = page.next;
        }
        found.push(rows);
    }
    told("thidua", questions, &found, taken)
}

/// Recall is of what is there, precision of what was found; both over all questions alike.
fn told(who: &str, questions: &[Question], found: &[BTreeSet<usize>], mut taken: Vec<Duration>) -> Result<()> {
    ensure!(found.len() == questions.len() && !taken.is_empty(), "{who} did not answer every question");
    let share = |part: usize, whole: usize| if whole == 0 { 1.0 } else { part as f64 / whole as f64 };
    let many = questions.len() as f64;
    let pairs = || questions.iter().zip(found).map(|(one, found)| (one, found, one.there.intersection(found).count()));
    let recall: f64 = pairs().map(|(one, _, both)| share(both, one.there.len())).sum::<f64>() / many;
    let precision: f64 = pairs().map(|(_, found, both)| share(both, found.len())).sum::<f64>() / many;
    let missed: Vec<&str> =
        pairs().filter(|(one, _, both)| *both < one.there.len()).map(|(one, ..)| one.words.as_str()).collect();
    taken.sort_unstable();
    let at = |share: f64| taken[((taken.len() - 1) as f64 * share) as usize].as_secs_f64() * 1_000.0;
    println!(
        "{who:<10} search: recall {recall:.3}, precision {precision:.3}, p50 {:.1} ms, p99 {:.1} ms; {} of {many} questions missed something: {}",
        at(0.5),
        at(0.99),
        missed.len(),
        missed.join(", ")
    );
    Ok(())
}
