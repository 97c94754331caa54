//! Where the workspace is, and how other programs are started in it.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

/// The workspace on this machine.
#[derive(Debug, Clone)]
pub struct Place {
    /// The folder of the root manifest.
    pub root: PathBuf,
    /// Where cargo puts what it builds.
    pub target: PathBuf,
    /// Whether our own crates are compiled under clippy's eyes, where a warning is an error. One pass then builds
    /// and judges; asking `cargo clippy` beside a build compiles every dependency a second time.
    pub judging: bool,
}

impl Place {
    /// The workspace that `cargo run` was called in; the one this program was built from when it is
    /// started by hand.
    pub fn find() -> Result<Self> {
        let manifest = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root = Path::new(&manifest).parent().context("xtask stands in a workspace")?.to_path_buf();
        let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |folder| root.join(folder));
        Ok(Self { root, target, judging: false })
    }

    /// A folder for what xtask itself keeps between runs. It belongs to the checkout, even where
    /// several checkouts share one target folder.
    pub fn kept(&self, name: &str) -> PathBuf {
        self.root.join("target").join(name)
    }

    /// A program of ours that cargo built.
    pub fn binary(&self, name: &str) -> PathBuf {
        self.target.join("debug").join(name)
    }

    /// Cargo, as the person called it, in the root of the workspace.
    pub fn cargo(&self) -> Command {
        let mut cargo = self.program(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        if self.judging {
            // The whole check builds once: what serves a second build or a debugger takes a tenth of the time more.
            cargo.env("CARGO_INCREMENTAL", "0").env("CARGO_PROFILE_DEV_DEBUG", "0");
            // What `cargo clippy` itself does, but for the full compiler run in place of the check.
            cargo.env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver").env("CLIPPY_ARGS", "-Dwarnings");
        }
        cargo
    }

    /// A program in the root of the workspace, without what `cargo run` told xtask about itself.
    pub fn program(&self, name: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(name);
        command.current_dir(&self.root).stdin(Stdio::null());
        for (key, _) in env::vars_os() {
            let word = key.to_string_lossy();
            if ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_", "CARGO_PRIMARY_"]
                .iter()
                .any(|start| word.starts_with(start))
            {
                command.env_remove(&key);
            }
        }
        command
    }
}

/// Runs a program with its output on the terminal; an ending other than success is an error.
pub fn run(command: &mut Command) -> Result<()> {
    let line = said(command);
    println!("$ {line}");
    let status = command.status().with_context(|| format!("`{line}` could not be started"))?;
    if !status.success() {
        bail!("`{line}` ended with {status}");
    }
    Ok(())
}

/// Runs a program and answers what it printed.
pub fn ask(command: &mut Command) -> Result<String> {
    let line = said(command);
    let output = command.stderr(Stdio::inherit()).output().with_context(|| format!("`{line}` could not be started"))?;
    if !output.status.success() {
        bail!("`{line}` ended with {}", output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{line}` printed what is not text"))
}

/// Whether a program is there and answers.
pub fn answers(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// The command as a person would type it.
fn said(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let mut words = vec![program.to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|word| word.to_string_lossy().into_owned()));
    words.join(" ")
}
