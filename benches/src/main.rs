//! Workloads beside the programs an office would use otherwise; see README.md beside this folder.
#![allow(clippy::print_stdout, reason = "a program for the terminal")]

mod certificates;
mod clock;
mod dossiers;
mod law;
mod pages;
mod petitions;
mod petitions_house;
mod petitions_search;
mod product;
mod province;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    workload: Workload,
}

#[derive(Subcommand)]
enum Workload {
    /// 1,000 certificates beside a LibreOffice mail merge.
    Certificates {
        /// How many of ours.
        #[arg(long, default_value_t = 1_000)]
        ours: usize,
        /// How many letters LibreOffice makes.
        #[arg(long, default_value_t = 100)]
        theirs: usize,
    },
    /// Cold start and idle memory on the example data.
    Start,
    /// Figures and import of one file of dossiers beside polars, DuckDB and pandas.
    Dossiers {
        /// How many dossiers.
        #[arg(long, default_value_t = 1_000_000)]
        rows: u64,
    },
    /// Pages at 32 connections beside Django.
    Pages {
        /// Seconds for each page.
        #[arg(long, default_value_t = 10)]
        seconds: u64,
    },
    /// Petitions created, listed, read and searched, beside Django, Directus, FTS5 and PostgreSQL's text search.
    Petitions {
        /// How many are stored.
        #[arg(long, default_value_t = 100_000)]
        rows: usize,
        /// Seconds for each measure.
        #[arg(long, default_value_t = 10)]
        seconds: u64,
        /// A PostgreSQL server on which databases may be made and dropped.
        #[arg(long)]
        postgres: Option<String>,
        /// The Python that has the peers.
        #[arg(long, default_value = "python3")]
        python: std::path::PathBuf,
        /// A folder in which `npm install directus` was done.
        #[arg(long)]
        directus: Option<std::path::PathBuf>,
    },
    /// 35,000 people re-evaluated from the record in the database.
    Province {
        /// How many people.
        #[arg(long, default_value_t = 35_000)]
        people: usize,
        /// A PostgreSQL server on which a database may be made and dropped.
        #[arg(long)]
        postgres: Option<String>,
    },
    /// A million people by the law of one day, beside OpenFisca-Core and DuckDB.
    Law {
        /// How many people.
        #[arg(long, default_value_t = 1_000_000)]
        people: usize,
        /// The Python that has the peers.
        #[arg(long, default_value = "python3")]
        python: std::path::PathBuf,
    },
}

fn main() -> ExitCode {
    let done = match Arguments::parse().workload {
        Workload::Certificates { ours, theirs } => certificates::run(ours, theirs),
        Workload::Law { people, python } => law::run(people, &python),
        Workload::Petitions { rows, seconds, postgres, python, directus } => {
            petitions::run(&petitions::Asked { rows, seconds, postgres, python, directus })
        }
        Workload::Province { people, postgres } => province::run(people, postgres.as_deref()),
        Workload::Start => product::start(),
        Workload::Dossiers { rows } => dossiers::run(rows),
        Workload::Pages { seconds } => pages::run(seconds),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
