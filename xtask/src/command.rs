//! Other programs, run to their end, with faults that say what was run.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{self, Stdio};

use anyhow::{Context as _, Result, bail};

/// A program to run.
pub struct Command {
    inner: process::Command,
}

impl Command {
    /// The program, found on the path.
    pub fn new(program: impl AsRef<OsStr>) -> Self {
        Self { inner: process::Command::new(program) }
    }

    /// Runs it in this folder.
    pub fn in_folder(mut self, folder: &Path) -> Self {
        self.inner.current_dir(folder);
        self
    }

    /// Hands it these arguments.
    pub fn args<S: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = S>) -> Self {
        self.inner.args(arguments);
        self
    }

    /// Sets a variable of its environment.
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.inner.env(name, value);
        self
    }

    /// Takes a variable out of its environment.
    pub fn without_env(mut self, name: &str) -> Self {
        self.inner.env_remove(name);
        self
    }

    /// Runs it; what it says is shown as it comes.
    pub fn run(mut self) -> Result<()> {
        let status = self.inner.status().with_context(|| format!("`{}` cannot be started", self.name()))?;
        if status.success() { Ok(()) } else { bail!("`{}` failed ({status})", self.name()) }
    }

    /// Runs it and keeps what it prints.
    pub fn output(mut self) -> Result<String> {
        let output = self
            .inner
            .stderr(Stdio::piped())
            .output()
            .with_context(|| format!("`{}` cannot be started", self.name()))?;
        if !output.status.success() {
            bail!("`{}` failed: {}", self.name(), String::from_utf8_lossy(&output.stderr).trim());
        }
        String::from_utf8(output.stdout).with_context(|| format!("`{}` printed no text", self.name()))
    }

    fn name(&self) -> String {
        let words = std::iter::once(self.inner.get_program()).chain(self.inner.get_args());
        words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
    }
}

/// Whether a program stands on the path.
pub fn is_there(program: &str) -> bool {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&folders).any(|folder| folder.join(program).is_file())
}
