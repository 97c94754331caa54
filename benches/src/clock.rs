//! CPU time and memory of processes, from `/proc`.

use std::fs;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context as _, Result, bail};

/// What a command took.
#[derive(Debug, Clone, Copy)]
pub struct Taken {
    /// Seconds on the wall.
    pub wall: f64,
    /// Seconds of CPU, of the command and its children.
    pub cpu: f64,
}

/// Runs a command to its end.
pub fn time(command: &mut Command) -> Result<Taken> {
    let (before, began) = (children()?, Instant::now());
    let output = command.output().with_context(|| format!("{command:?} did not start"))?;
    let taken = Taken { wall: began.elapsed().as_secs_f64(), cpu: children()? - before };
    if !output.status.success() {
        bail!("{command:?} failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(taken)
}

/// CPU seconds of all children that have ended.
fn children() -> Result<f64> {
    ticks("self", [13, 14])
}

/// CPU seconds of a running process.
pub fn cpu(process: u32) -> Result<f64> {
    ticks(&process.to_string(), [11, 12])
}

/// CPU seconds of a running process and of those it started that still run.
pub fn cpu_of_all(process: u32) -> Result<f64> {
    let mut sum = cpu(process)?;
    for entry in fs::read_dir("/proc")? {
        let Some(other) = entry?.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        // A process that has ended meanwhile took nothing more.
        let Ok(stat) = fs::read_to_string(format!("/proc/{other}/stat")) else { continue };
        let parent = stat.rsplit_once(')').and_then(|(_, rest)| rest.split_whitespace().nth(1)?.parse().ok());
        if parent == Some(process) {
            sum += cpu(other).unwrap_or_default();
        }
    }
    Ok(sum)
}

fn ticks(process: &str, fields_of: [usize; 2]) -> Result<f64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    let fields: Vec<_> = stat.rsplit_once(')').context("a name in brackets")?.1.split_whitespace().collect();
    let one = |at: usize| fields[at].parse::<f64>().context("a number of ticks");
    Ok((one(fields_of[0])? + one(fields_of[1])?) / 100.0)
}

/// Resident memory of a running process, in MB.
pub fn resident(process: u32) -> Result<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("a resident size")?;
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kilobytes / 1024.0)
}
