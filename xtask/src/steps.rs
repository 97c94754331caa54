//! Steps of a long job: each is named, timed, and the first that fails ends the job.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

/// The steps done so far.
#[derive(Default)]
pub struct Steps {
    done: Vec<(&'static str, Duration)>,
}

impl Steps {
    /// Does one step and says how long it took.
    pub fn step(&mut self, name: &'static str, work: impl FnOnce() -> Result<()>) -> Result<()> {
        eprintln!("\n== {name}");
        let begun = Instant::now();
        let outcome = work();
        let took = begun.elapsed();
        match outcome {
            Ok(()) => {
                eprintln!("== {name}: done in {}", words(took));
                self.done.push((name, took));
                Ok(())
            }
            Err(error) => Err(error).with_context(|| format!("\"{name}\" did not pass (after {})", words(took))),
        }
    }

    /// What was done, and the time of it all.
    pub fn summary(&self) -> String {
        let mut text = String::from("\nEverything passed:\n");
        for (name, took) in &self.done {
            writeln!(text, "  {:>8}  {name}", words(*took)).expect("writing into a text");
        }
        let all = self.done.iter().map(|(_, took)| *took).sum();
        writeln!(text, "  {:>8}  in all", words(all)).expect("writing into a text");
        text
    }
}

fn words(time: Duration) -> String {
    match time.as_secs() {
        0 => format!("{:.1} s", time.as_secs_f64()),
        seconds @ 1..60 => format!("{seconds} s"),
        seconds => format!("{} min {:02}", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_step_is_named_in_its_fault() {
        let mut steps = Steps::default();
        steps.step("first", || Ok(())).unwrap();
        let fault = steps.step("second", || anyhow::bail!("the roof leaks")).unwrap_err();
        let words = format!("{fault:#}");
        assert!(words.starts_with("\"second\" did not pass") && words.ends_with("the roof leaks"), "{words}");
        assert!(steps.summary().contains("first") && !steps.summary().contains("second"));
    }

    #[test]
    fn times_are_told_in_the_unit_a_reader_thinks_in() {
        assert_eq!(words(Duration::from_millis(240)), "0.2 s");
        assert_eq!(words(Duration::from_secs(59)), "59 s");
        assert_eq!(words(Duration::from_secs(125)), "2 min 05");
    }
}
