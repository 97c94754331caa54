//! Our own automation, `cargo xtask <job>`: what a person or the checking machine does with this
//! workspace, as a plain Rust program.
//!
//! Reading order: [`ci`] (what is checked, in which order), [`arch`] (the rules of the house),
//! [`setup`] (what a machine needs), [`testing`] and [`postgres`], [`new_room`].
#![allow(clippy::print_stdout, reason = "a program for the terminal")]

mod arch;
mod cargo;
mod ci;
mod docs;
mod frontend;
mod licences;
mod new_room;
mod place;
mod postgres;
mod setup;
mod spdx;
mod steps;
mod testing;
mod tracked;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::place::Place;
use crate::setup::Need;

/// Runs, tests and checks Thi Đua.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    job: Job,
}

#[derive(Subcommand)]
enum Job {
    /// Installs what is missing and builds the front end.
    Setup,
    /// Builds the program and serves the demonstration on http://127.0.0.1:8080.
    Run {
        /// Passed on to `thidua serve`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        rest: Vec<String>,
    },
    /// Runs the tests: on SQLite, on PostgreSQL, in a browser.
    Test {
        /// Only these; all when none is named.
        parts: Vec<testing::Part>,
    },
    /// Runs the tests in a browser.
    E2e {
        /// Passed on to Playwright.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        rest: Vec<String>,
    },
    /// The whole check, as `.ci/run` runs it.
    Ci {
        /// Only these steps, in the order of the whole check; all when none is named.
        steps: Vec<String>,
    },
    /// Checks floors, steps, purity and sizes in the sources.
    Arch,
    /// Writes the skeleton of a room in `office` and `web`.
    NewRoom {
        /// Its name: plural, English, lower case, as in docs/GLOSSARY.md.
        name: String,
    },
}

fn main() -> ExitCode {
    match carry_out(Arguments::parse().job) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn carry_out(job: Job) -> Result<()> {
    let place = Place::find()?;
    match job {
        Job::Setup => setup::provide(&place, &Need::ALL),
        Job::Run { rest } => cargo::serve(&place, &rest),
        Job::Test { parts } => testing::run(&place, &parts),
        Job::E2e { rest } => testing::browse(&place, &rest),
        Job::Ci { steps } => ci::run(&place, &steps),
        Job::Arch => arch::check(&place),
        Job::NewRoom { name } => new_room::write(&place, &name),
    }
}
