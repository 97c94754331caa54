//! A million people by the law of one day: ours with the reason kept, OpenFisca-Core and DuckDB with the same six rules.
//!
//! The people are made from one seed. The peers get them as arrays, one a fact and year, before their clock
//! starts; ours are briefs, made before the clock starts too, and the time to make them from facts is told
//! beside. Verdicts of the six rules are compared person by person. Seconds on the wall and of CPU are told
//! both: on a machine that does other work too, only the latter can be compared.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context as _, Result, bail, ensure};
use jiff::civil::{Date, date};
use rules::facts::{
    Attestation, HeldAward, Impact, ImpactMode, Initiative, Launcher, LauncherLevel, Movement, Rating, RatingLevel,
    Scope, Selection, Stage,
};
use rules::{AwardCode, AwardType, Brief, Facts, Finding, Group, Judged, LawOfDay, RecipientKind, RuleBook, Verdict};

const ON: Date = date(2026, 9, 30);
const YEARS: std::ops::Range<i16> = 2016..2026;
/// The six rules that the peers know too, in the order of their bits.
const SIX: [&str; 6] =
    ["ldtt.cbccvc", "cstdcs", "bk_tinh.ca_nhan.a", "bk_tinh.ca_nhan.b", "bk_tinh.ca_nhan.d1", "bk_ttg.ca_nhan.b"];
const SPIRIT: &str = "tự lực, tự cường, đoàn kết, tương trợ, tích cực tham gia phong trào thi đua";
/// How many are in memory at once.
const BATCH: usize = 100_000;

/// One made person, as the columns hold it.
#[derive(Clone, Copy)]
struct Made {
    rating: [u8; 10],
    cstdcs: [u8; 10],
    bk_tinh: u8,
    good: u8,
    spirit: u8,
    works: u8,
    selected: u8,
    launcher: u8,
    impact: u8,
}

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % sides
    }

    fn chance(&mut self, percent: u64) -> u8 {
        u8::from(self.roll(100) < percent)
    }
}

impl Made {
    fn new(dice: &mut Dice) -> Self {
        let rating = std::array::from_fn(|_| match dice.roll(100) {
            0..3 => 0,
            3..5 => 1,
            5..15 => 2,
            15..75 => 3,
            _ => 4,
        });
        Self {
            rating,
            cstdcs: std::array::from_fn(|_| dice.chance(22)),
            bk_tinh: dice.chance(30),
            good: dice.chance(95),
            spirit: dice.chance(90),
            works: u8::try_from(dice.roll(4).saturating_sub(1)).unwrap_or(0),
            selected: u8::try_from(dice.roll(4)).unwrap_or(0),
            launcher: u8::try_from(dice.roll(4)).unwrap_or(0),
            impact: u8::try_from(dice.roll(4)).unwrap_or(0),
        }
    }

    /// The same as facts of the contract.
    fn facts(&self) -> Facts {
        let mut facts = Facts::about(RecipientKind::Person);
        facts.recipient.groups = Some(vec![Group::Official]);
        facts.recipient.leader = Some(false);
        facts.good_standing = Some(self.good == 1);
        let level = |code| match code {
            1 => Some(RatingLevel::NotDone),
            2 => Some(RatingLevel::Done),
            3 => Some(RatingLevel::Good),
            4 => Some(RatingLevel::Excellent),
            _ => None,
        };
        let rated =
            self.rating.iter().zip(YEARS).filter_map(|(code, year)| Some(Rating { year, level: level(*code)? }));
        facts.ratings = Some(rated.collect());
        let held = |award, year| HeldAward {
            award,
            year,
            r#type: Some(AwardType::Merit),
            decided_on: Some(date(year, 12, 20)),
        };
        let titles = self.cstdcs.iter().zip(YEARS).filter(|(won, _)| **won == 1);
        let mut awards: Vec<_> = titles.map(|(_, year)| held(AwardCode::Cstdcs, year)).collect();
        awards.extend((self.bk_tinh == 1).then(|| held(AwardCode::BkTinh, 2019)));
        facts.awards = Some(awards);
        let initiative = |at: u8| Initiative {
            id: format!("SK-{at}"),
            recognised_on: Some(date(2025, 6, 1)),
            scope: Some(Scope::CoSo),
            replicable: Some(false),
            used_for: Some(Vec::new()),
        };
        facts.initiatives = Some((0..self.works).map(initiative).collect());
        facts.science_works = Some(Vec::new());
        let reach = [Scope::LinhVucDonVi, Scope::LinhVucTinh, Scope::Tinh];
        let impact =
            usize::from(self.impact).checked_sub(1).map(|at| Impact { mode: ImpactMode::Many, scope: reach[at] });
        facts.impact = Some(impact.into_iter().collect());
        facts.contributions = Some(Vec::new());
        let level = [LauncherLevel::VanPhong, LauncherLevel::Tinh, LauncherLevel::Bo, LauncherLevel::ThuTuong];
        let quality = [Selection::None, Selection::Selected, Selection::Excellent, Selection::Outstanding];
        facts.movement = Some(Movement {
            launchers: Some(vec![Launcher {
                level: level[usize::from(self.launcher)],
                from: Some(date(2026, 5, 14)),
                until: None,
                thematic: Some(true),
                years_decided: Some(5),
            }]),
            stage: Some(Stage::SoKet),
            selected: Some(quality[usize::from(self.selected)]),
            leads: Some(false),
        });
        (facts.discipline, facts.holds) = (Some(Vec::new()), Some(Vec::new()));
        (facts.achievements, facts.nominated_for) = (Some(Vec::new()), Some(Vec::new()));
        let signed = Attestation { text_vi: SPIRIT.to_owned(), by: "đơn vị".to_owned(), on: date(2026, 1, 5) };
        facts.attestations = Some((0..self.spirit).map(|_| signed.clone()).collect());
        facts
    }
}

/// What is kept of one person and standard: the verdict and the condition that decided.
type Kept = (Finding, u8);

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

/// What parts of the work took, on one core and on two.
#[derive(Default)]
struct Clocks {
    briefs: Took,
    six: [Took; 2],
    every_standard: [Took; 2],
    every_award: [Took; 2],
}

/// CPU seconds of this thread, to the nanosecond.
fn cpu() -> f64 {
    let told = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    told.split(' ').next().and_then(|first| first.parse::<f64>().ok()).unwrap_or(f64::NAN) / 1e9
}

/// Shares work among threads, each with its own part of what comes out.
fn shared<R: Send>(
    briefs: &[Brief],
    out: &mut [R],
    each: usize,
    cores: usize,
    work: impl Fn(&Brief, &mut [R]) + Sync,
) -> Took {
    let share = briefs.len().div_ceil(cores);
    let began = Instant::now();
    let used = std::thread::scope(|scope| {
        let work = &work;
        let threads: Vec<_> = briefs
            .chunks(share)
            .zip(out.chunks_mut(share * each))
            .map(|(part, out)| {
                scope.spawn(move || {
                    let before = cpu();
                    part.iter().zip(out.chunks_mut(each)).for_each(|(brief, out)| work(brief, out));
                    cpu() - before
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap_or(f64::NAN)).sum()
    });
    Took { wall: began.elapsed().as_secs_f64(), cpu: used }
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
    let mut dice = Dice(0x2026_0514_0114_3001);
    let all: Vec<Made> = (0..people).map(|_| Made::new(&mut dice)).collect();
    let mut ours = vec![0u8; people];
    let mut clocks = Clocks::default();
    let mut told = 0.0;
    for (batch, bits) in all.chunks(BATCH).zip(ours.chunks_mut(BATCH)) {
        let facts: Vec<Facts> = batch.iter().map(Made::facts).collect();
        let (began, before) = (Instant::now(), cpu());
        let briefs: Vec<Brief> = facts.iter().map(|one| law.brief(one)).collect();
        clocks.briefs += Took { wall: began.elapsed().as_secs_f64(), cpu: cpu() - before };
        for (at, cores) in [1, 2].into_iter().enumerate() {
            let (seconds, kept) = standards(&law, &briefs, &six, cores);
            clocks.six[at] += seconds;
            for (person, own) in kept.chunks(six.len()).enumerate() {
                bits[person] =
                    own.iter().enumerate().fold(0, |all, (at, one)| all | u8::from(one.0 == Finding::Met) << at);
            }
            clocks.every_standard[at] += standards(&law, &briefs, &every, cores).0;
            clocks.every_award[at] += awards(&law, &briefs, &forms, cores);
        }
        if told == 0.0 {
            told = explained(&law, &facts, &briefs, &forms)?;
        }
    }
    println!("{people} made people, law of {ON}; persons per second, verdict and deciding condition kept");
    println!("  a brief takes {} bytes; made from facts: {}", size_of::<Brief>(), rate(people, clocks.briefs));
    let line = |what: &str, [one, two]: [Took; 2]| {
        println!("  {what}: one core {}; two cores {}", rate(people, one), rate(people, two));
    };
    line("the six rules", clocks.six);
    line(&format!("all {} standards for a person", every.len()), clocks.every_standard);
    line(&format!("all {} forms with guards", forms.len()), clocks.every_award);
    println!("  a whole explanation of all forms on request: {:.0} µs", told * 1e6);
    for (name, took) in peers(&all, peer, &ours)? {
        println!(
            "  {name}: {}; by CPU time ours is {:.1} times as fast, on two cores by the wall {:.1} times",
            rate(people, took),
            took.cpu / clocks.six[0].cpu,
            took.wall / clocks.six[1].wall
        );
    }
    Ok(())
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

/// Judges standards for all; how long it took, and what was kept, person by person.
fn standards(law: &LawOfDay<'_>, briefs: &[Brief], places: &[usize], cores: usize) -> (Took, Vec<Kept>) {
    let mut kept = vec![(Finding::Unknown, 0); briefs.len() * places.len()];
    let took = shared(briefs, &mut kept, places.len(), cores, |brief, out| {
        for (place, out) in places.iter().zip(out) {
            *out = law.judge_standard(*place, brief);
        }
    });
    (took, kept)
}

/// Judges all forms with their guards for all; how long it took.
fn awards(law: &LawOfDay<'_>, briefs: &[Brief], forms: &[AwardCode], cores: usize) -> Took {
    let mut kept: Vec<Option<Judged>> = vec![None; briefs.len() * forms.len()];
    shared(briefs, &mut kept, forms.len(), cores, |brief, out| {
        for (form, out) in forms.iter().zip(out) {
            *out = Some(law.judge(brief, *form, None));
        }
    })
}

/// Seconds that one explanation takes; each says what was judged.
fn explained(law: &LawOfDay<'_>, facts: &[Facts], briefs: &[Brief], forms: &[AwardCode]) -> Result<f64> {
    let many = facts.len().min(500);
    let began = Instant::now();
    let answers: Vec<_> = facts[..many].iter().map(|one| law.explain(one, forms, None)).collect();
    let seconds = began.elapsed().as_secs_f64() / many as f64;
    for (answer, brief) in answers.iter().zip(briefs) {
        for result in &answer.results {
            let short: Verdict = law.judge(brief, result.award, None).verdict;
            ensure!(short == result.verdict, "the explanation of {} says otherwise", result.award);
        }
    }
    Ok(seconds)
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
