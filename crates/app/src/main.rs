//! The binary `thidua`: settings, wiring and the command line; the only crate that knows everybody.
//!
//! `cli/` holds one file a command; `data.rs` the plans, rule packs and calendars that travel in the binary.

mod cli;
mod data;
mod house;

/// Pages and papers are many small values: see the figure in Cargo.toml.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    cli::main()
}
