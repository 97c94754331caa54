//! A million people by the law of one day: ours with the reason kept, OpenFisca-Core and DuckDB with the same six rules.
//!
//! The people are made from one seed. The peers get them as arrays, one a fact and year, before their clock
//! starts; ours are columns and briefs, made before the clock starts too, and the time to make them from facts
//! is told beside. What the columns say and why is compared with what is found one by one, and the verdicts of
//! the six rules with those of the peers, person by person. Everybody is judged five times by each, and the best
//! time counts. Seconds on the wall and of CPU are told both: on a machine that does other work too, only the
//! latter can be compared.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context as _, Result, bail, ensure};
use jiff::civil::{Date, date};
use rules::{
    AwardCode, AwardColumn, Brief, Columns, Facts, Finding, LawOfDay, RecipientKind, RuleBook, StandardColumn, Verdict,
};

use made::{Dice, Made, YEARS};

mod made;

const ON: Date = date(2026, 9, 30);
/// The six rules that the peers know too, in the order of their bits.
const SIX: [&str; 6] =
    ["ldtt.cbccvc", "cstdcs", "bk_tinh.ca_nhan.a", "bk_tinh.ca_nhan.b", "bk_tinh.ca_nhan.d1", "bk_ttg.ca_nhan.b"];
/// How often everybody is judged; the peers' script says the same.
const ROUNDS: usize = 5;
/// How many are put into columns together: few enough for the processor's cache.
const PIECE: usize = 4_096;

/// Seconds on the wall and of CPU.
#[derive(Clone, Copy, Default)]
struct Took {
    wall: f64,
    cpu: f64,
}

impl std::ops::AddAssign for Took {
    fn add_assign(&mut self, other: Self) {
        self.wall += other.wall;
        self.cpu += other.cpu;
    }
}

/// How long one question to all took, by columns and one by one, each on one core and on two.
#[derive(Default)]
struct Clocks {
    by_columns: [Took; 2],
    one_by_one: [Took; 2],
}

impl Clocks {
    fn line(&self, people: usize, what: &str) {
        for (way, [one, two]) in [("by columns", self.by_columns), ("one by one", self.one_by_one)] {
            println!("  {what}, {way}: one core {}; two cores {}", rate(people, one), rate(people, two));
        }
    }
}

/// CPU seconds of this thread.
fn cpu() -> f64 {
    // What the kernel tells is as of the last time it looked; giving way makes it look.
    std::thread::yield_now();
    let told = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    told.split(' ').next().and_then(|first| first.parse::<f64>().ok()).unwrap_or(f64::NAN) / 1e9
}

/// What a piece of work makes, and how long it took on this thread.
fn timed<R>(work: impl FnOnce() -> R) -> (Took, R) {
    let (began, before) = (Instant::now(), cpu());
    let made = work();
    (Took { cpu: cpu() - before, wall: began.elapsed().as_secs_f64() }, made)
}

/// Works on each part on a core of its own; the best time of all rounds, and what came out, part by part.
fn on_cores<T: Sync, R: Send>(parts: &[T], work: impl Fn(&T) -> R + Sync) -> (Took, Vec<R>) {
    let work = &work;
    let round = || {
        let began = Instant::now();
        let made: Vec<(Took, R)> = std::thread::scope(|scope| {
            let threads: Vec<_> = parts.iter().map(|part| scope.spawn(move || timed(|| work(part)))).collect();
            threads.into_iter().map(|thread| thread.join().expect("judging does not panic")).collect()
        });
        let cpu = made.iter().map(|(took, _)| took.cpu).sum();
        (Took { wall: began.elapsed().as_secs_f64(), cpu }, made.into_iter().map(|(_, made)| made).collect())
    };
    (1..ROUNDS).fold(round(), |(best, _), _| {
        let (took, made) = round();
        (Took { wall: best.wall.min(took.wall), cpu: best.cpu.min(took.cpu) }, made)
    })
}

/// What is asked of all: some standards, or some forms of award with their guards.
enum Question {
    Standards(Vec<usize>),
    Forms(Vec<AwardCode>),
}

/// What one core judges: people in pieces, each as briefs and by columns.
struct Part<'b>(Vec<(&'b [Brief], Columns<'b>)>);

impl<'b> Part<'b> {
    fn of(law: &LawOfDay<'_>, briefs: &'b [Brief]) -> Self {
        Self(briefs.chunks(PIECE).map(|piece| (piece, law.columns(piece))).collect())
    }
}

impl Question {
    /// Asks both ways, and compares every answer and its reason.
    fn ask(&self, law: &LawOfDay<'_>, parts: &[Part<'_>], clocks: &mut Clocks) -> Result<()> {
        match self {
            Self::Standards(places) => both_ways(
                parts,
                clocks,
                |columns| places.iter().map(|place| law.judge_standard_in(columns, *place)).collect(),
                |brief, kept| kept.extend(places.iter().map(|place| law.judge_standard(*place, brief))),
                StandardColumn::of,
            ),
            Self::Forms(forms) => both_ways(
                parts,
                clocks,
                |columns| forms.iter().map(|form| law.judge_in(columns, *form, None)).collect(),
                |brief, kept| kept.extend(forms.iter().map(|form| law.judge(brief, *form, None))),
                AwardColumn::of,
            ),
        }
    }
}

fn both_ways<C: Send, R: Send + PartialEq>(
    parts: &[Part<'_>],
    clocks: &mut Clocks,
    by_columns: impl Fn(&Columns<'_>) -> Vec<C> + Sync,
    one_by_one: impl Fn(&Brief, &mut Vec<R>) + Sync,
    of: impl Fn(&C, usize) -> R,
) -> Result<()> {
    let (took, columns) =
        on_cores(parts, |Part(pieces)| pieces.iter().map(|(_, columns)| by_columns(columns)).collect::<Vec<_>>());
    clocks.by_columns[parts.len() - 1] = took;
    let (took, rows) = on_cores(parts, |Part(pieces)| {
        let mut kept = Vec::new();
        pieces.iter().flat_map(|(briefs, _)| *briefs).for_each(|brief| one_by_one(brief, &mut kept));
        kept
    });
    clocks.one_by_one[parts.len() - 1] = took;
    for (mut rows, (Part(pieces), columns)) in rows.into_iter().zip(parts.iter().zip(columns)) {
        let mut rows = rows.drain(..);
        for ((briefs, _), columns) in pieces.iter().zip(columns) {
            for person in 0..briefs.len() {
                let same = columns.iter().all(|column| rows.next() == Some(of(column, person)));
                ensure!(same, "the columns say otherwise of a person than what is found one by one");
            }
        }
    }
    Ok(())
}

pub fn run(people: usize, peer: &Path) -> Result<()> {
    let book = book()?;
    let law = book.law_of(ON, &[], &[]);
    let six: Vec<usize> =
        SIX.iter().map(|id| law.place_of(id).with_context(|| format!("{id} is not there"))).collect::<Result<_>>()?;
    let every: Vec<usize> = law.places_for(RecipientKind::Person).collect();
    let forms: Vec<AwardCode> = AwardCode::ALL
        .into_iter()
        .filter(|code| book.award(*code).recipients.contains(&RecipientKind::Person))
        .collect();
    let mut questions = [
        ("the six rules".to_owned(), Question::Standards(six.clone()), Clocks::default()),
        (format!("all {} standards for a person", every.len()), Question::Standards(every), Clocks::default()),
        (format!("all {} forms with guards", forms.len()), Question::Forms(forms.clone()), Clocks::default()),
    ];
    let mut dice = Dice(0x2026_0514_0114_3001);
    let all: Vec<Made> = (0..people).map(|_| Made::new(&mut dice)).collect();
    let (mut made_briefs, mut briefs) = (Took::default(), Vec::with_capacity(people));
    for piece in all.chunks(PIECE) {
        let facts: Vec<Facts> = piece.iter().map(Made::facts).collect();
        let (took, ()) = timed(|| briefs.extend(facts.iter().map(|one| law.brief(one))));
        made_briefs += took;
    }
    let mut made_columns = Took::default();
    for cores in [1, 2] {
        let share = people.div_ceil(cores);
        let (took, parts) = timed(|| briefs.chunks(share).map(|part| Part::of(&law, part)).collect::<Vec<_>>());
        made_columns = took;
        for (_, question, clocks) in &mut questions {
            question.ask(&law, &parts, clocks)?;
        }
    }
    let told = explained(&law, &all, &forms)?;
    println!("{people} made people, law of {ON}; persons per second, verdict and deciding condition kept");
    println!("  a brief takes {} bytes; made from facts: {}", size_of::<Brief>(), rate(people, made_briefs));
    println!("  columns made from briefs: {}", rate(people, made_columns));
    for (what, _, clocks) in &questions {
        clocks.line(people, what);
    }
    println!("  a whole explanation of all forms on request: {:.0} µs", told * 1e6);
    let clock = &questions[0].2.by_columns;
    for (name, took) in peers(&all, peer, &met(&law, &briefs, &six))? {
        println!(
            "  {name}: {}; by CPU time ours is {:.1} times as fast, on two cores by the wall {:.1} times",
            rate(people, took),
            took.cpu / clock[0].cpu,
            took.wall / clock[1].wall
        );
    }
    Ok(())
}

/// For each person the standards that are met, as bits.
fn met(law: &LawOfDay<'_>, briefs: &[Brief], places: &[usize]) -> Vec<u8> {
    let columns = law.columns(briefs);
    let found: Vec<StandardColumn> = places.iter().map(|place| law.judge_standard_in(&columns, *place)).collect();
    let of = |person| {
        let met = |column: &StandardColumn| u8::from(column.of(person).0 == Finding::Met);
        found.iter().enumerate().fold(0, |all, (at, column)| all | met(column) << at)
    };
    (0..briefs.len()).map(of).collect()
}

fn rate(people: usize, took: Took) -> String {
    let per = |seconds: f64| people as f64 / seconds / 1e6;
    format!("{:.2} M by the wall, {:.2} M a CPU second", per(took.wall), per(took.cpu))
}

fn book() -> Result<RuleBook> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rulepacks");
    let mut files = Vec::new();
    let mut open: Vec<PathBuf> = vec![root.clone()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|end| end == "toml") {
                let name = path.strip_prefix(&root)?.to_string_lossy().into_owned();
                files.push((name, fs::read_to_string(&path)?));
            }
        }
    }
    RuleBook::from_files(files).map_err(|faults| anyhow::anyhow!("{faults:?}"))
}

/// Seconds that one explanation takes; each says what was judged.
fn explained(law: &LawOfDay<'_>, all: &[Made], forms: &[AwardCode]) -> Result<f64> {
    let facts: Vec<Facts> = all.iter().take(500).map(Made::facts).collect();
    let (took, answers) = timed(|| facts.iter().map(|one| law.explain(one, forms, None)).collect::<Vec<_>>());
    for (answer, facts) in answers.iter().zip(&facts) {
        for result in &answer.results {
            let short: Verdict = law.judge(&law.brief(facts), result.award, None).verdict;
            ensure!(short == result.verdict, "the explanation of {} says otherwise", result.award);
        }
    }
    Ok(took.cpu / facts.len() as f64)
}

/// Gives the people to the peers as columns; what each took, after comparing every verdict.
fn peers(all: &[Made], python: &Path, ours: &[u8]) -> Result<Vec<(String, Took)>> {
    let folder = tempfile::tempdir()?;
    let column = |name: &str, of: &dyn Fn(&Made) -> u8| {
        fs::write(folder.path().join(format!("{name}.u8")), all.iter().map(of).collect::<Vec<u8>>())
    };
    for (at, year) in YEARS.enumerate() {
        column(&format!("rating_{year}"), &|one| one.rating[at])?;
        column(&format!("cstdcs_{year}"), &|one| one.cstdcs[at])?;
    }
    column("bk_tinh", &|one| one.bk_tinh)?;
    column("good", &|one| one.good)?;
    column("spirit", &|one| one.spirit)?;
    column("works", &|one| one.works)?;
    column("selected", &|one| one.selected)?;
    column("launcher", &|one| one.launcher)?;
    column("impact", &|one| one.impact)?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers/law.py");
    let output = Command::new(python).arg(script).arg(folder.path()).arg(all.len().to_string()).output();
    let output = match output {
        Ok(output) if output.status.success() => output,
        Ok(output) => bail!("the peers failed: {}", String::from_utf8_lossy(&output.stderr)),
        Err(error) => {
            println!("  {} did not start ({error}): no comparison", python.display());
            return Ok(Vec::new());
        }
    };
    let mut found = Vec::new();
    for line in String::from_utf8(output.stdout)?.lines() {
        if let Some(missing) = line.strip_prefix('#') {
            println!("  peer{missing}: left out");
            continue;
        }
        let mut words = line.split(' ');
        let mut word = || words.next().context("a peer, its seconds on the wall and of CPU");
        let (name, wall, cpu) = (word()?, word()?.parse()?, word()?.parse()?);
        let theirs = fs::read(folder.path().join(format!("{name}.out")))?;
        let differ = theirs.iter().zip(ours).filter(|(own, other)| own != other).count();
        ensure!(theirs.len() == ours.len() && differ == 0, "{name}: {differ} of {} people differ", ours.len());
        found.push((name.to_owned(), Took { wall, cpu }));
    }
    if !found.is_empty() {
        println!("  the verdicts of all peers agree with ours for every person and each of the six rules");
    }
    Ok(found)
}
