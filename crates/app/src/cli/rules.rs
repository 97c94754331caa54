//! `thidua rules …`

use clap::Subcommand;

use super::Exit;

/// What `thidua rules` can do.
#[derive(Subcommand)]
pub enum Command {}

/// Runs one of them.
pub fn run(command: Command) -> anyhow::Result<Exit> {
    match command {}
}
