//! Steps with their durations, and the table that closes a run.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::place::Place;

/// One thing that is checked.
pub struct Step {
    /// One word to call it by.
    pub name: &'static str,
    /// What it checks, for the table.
    pub what: &'static str,
    /// Does it.
    pub run: fn(&Place) -> Result<()>,
}

/// Runs the steps in order. The first that fails ends the run; the table is printed all the same.
pub fn run(place: &Place, steps: &[&Step]) -> Result<()> {
    let mut done = Vec::new();
    let mut failure = None;
    for (index, step) in steps.iter().enumerate() {
        println!("\n=== {}/{} {}: {}", index + 1, steps.len(), step.name, step.what);
        let began = Instant::now();
        let answer = (step.run)(place);
        let took = began.elapsed();
        println!("=== {} {} in {}", step.name, if answer.is_ok() { "passed" } else { "FAILED" }, words(took));
        done.push(took);
        if let Err(error) = answer {
            failure = Some((step.name, error));
            break;
        }
    }
    print!("{}", table(steps, &done, failure.is_some()));
    match failure {
        None => Ok(()),
        Some((name, error)) => {
            bail!("the step `{name}` failed: {error:#}\nRun it alone with `cargo xtask ci {name}`.")
        }
    }
}

/// One line a step: passed, failed or not run, and how long it took.
fn table(steps: &[&Step], done: &[Duration], failed: bool) -> String {
    let mut text = String::from("\nstep            result     time  what\n");
    for (index, step) in steps.iter().enumerate() {
        let result = match done.len() {
            count if index >= count => "not run",
            count if failed && index + 1 == count => "FAILED",
            _ => "passed",
        };
        let time = done.get(index).map_or_else(|| "-".to_owned(), |took| words(*took));
        text.push_str(&format!("{:<14}  {result:<7} {time:>7}  {}\n", step.name, step.what));
    }
    text.push_str(&format!("{:<14}          {:>7}\n", "all", words(done.iter().sum())));
    text
}

fn words(took: Duration) -> String {
    match took.as_secs() {
        0..60 => format!("{:.1} s", took.as_secs_f64()),
        seconds => format!("{}:{:02}", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_says_what_passed_what_failed_and_what_was_not_run() {
        let step = |name| Step { name, what: "a check", run: |_| Ok(()) };
        let steps = [step("fmt"), step("clippy"), step("doc")];
        let text = table(&steps.each_ref(), &[Duration::from_millis(1500), Duration::from_secs(75)], true);
        let lines: Vec<_> = text.lines().skip(2).collect();
        assert_eq!(lines[0], "fmt             passed    1.5 s  a check");
        assert_eq!(lines[1], "clippy          FAILED     1:15  a check");
        assert_eq!(lines[2], "doc             not run       -  a check");
        assert_eq!(lines[3], "all                        1:16");
    }

    #[test]
    fn the_first_failure_ends_the_run() {
        let place = Place { root: "/".into(), target: "/".into(), judging: false };
        let steps = [
            Step { name: "first", what: "fails", run: |_| bail!("no ground") },
            Step { name: "second", what: "never runs", run: |_| panic!("the second step ran") },
        ];
        let said = run(&place, &steps.each_ref()).unwrap_err().to_string();
        assert!(said.starts_with("the step `first` failed: no ground"), "{said}");
    }
}
