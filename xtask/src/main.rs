//! Our own automation: `cargo xtask <job>`.
//!
//! Reading order: [`setup`] (what a machine needs), [`run`], [`ci`] (everything that must hold), [`arch`] (the
//! map of floors and rooms), [`new_room`].

mod arch;
mod ci;
mod command;
mod frontend;
mod house;
mod licences;
mod machine_paths;
mod new_room;
mod pictures;
mod postgres;
mod run;
mod setup;
mod steps;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::house::House;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Automation of this repository")]
struct Arguments {
    #[command(subcommand)]
    job: Job,
}

#[derive(Subcommand)]
enum Job {
    /// Installs what is missing and builds the front end
    Setup,
    /// Builds and starts the program with demonstration data on 127.0.0.1:8080
    Run {
        /// Passed on to `thidua serve`
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Runs the tests on SQLite, then on a private PostgreSQL
    Test,
    /// Runs the browser tests
    E2e {
        /// Passed on to Playwright
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Checks everything that must hold before a change is handed in
    Ci,
    /// Checks the map of floors and rooms
    Arch,
    /// Checks licences and sources of our dependencies
    Licences,
    /// Writes the skeleton of a room and enters it on the map
    NewRoom {
        /// Its name: plural, small letters
        name: String,
        /// The step it stands on; it may use rooms on lower steps
        #[arg(long)]
        step: u8,
    },
}

fn main() -> ExitCode {
    let done = House::find().and_then(|house| match Arguments::parse().job {
        Job::Setup => setup::everything(&house),
        Job::Run { arguments } => run::run(&house, &arguments),
        Job::Test => ci::tests(&house),
        Job::E2e { arguments } => ci::browser_tests(&house, &arguments),
        Job::Ci => ci::everything(&house),
        Job::Arch => arch::check(&house),
        Job::Licences => licences::check(&house),
        Job::NewRoom { name, step } => new_room::write(&house, &name, step),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
