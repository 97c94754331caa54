//! The program as a shell starts it.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

/// Runs the program in a folder, with the data in `data` below it.
pub fn thidua(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_thidua"))
        .current_dir(folder)
        .env("THIDUA_DATA", "data")
        // A port that the machine chooses is free.
        .env("THIDUA_LISTEN", "127.0.0.1:0")
        .env_remove("THIDUA_DATABASE_URL")
        .args(arguments)
        .output()
        .expect("the program runs")
}

/// A folder with a house on its first day in `data`: a new SQLite database is an empty file.
pub fn new_house() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let mut maker = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut maker, 0o700);
    maker.create(folder.path().join("data")).expect("a folder below it");
    std::fs::File::create(folder.path().join("data/thidua.sqlite")).expect("a file");
    folder
}

/// What it printed for other programs.
pub fn answer(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("JSON on standard output")
}
