//! Where this repository is, and what cargo knows of it.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde::Deserialize;

use crate::command::Command;

/// This repository.
pub struct House {
    /// Its folder.
    pub root: PathBuf,
    metadata: OnceCell<Metadata>,
}

/// What `cargo metadata` says.
#[derive(Deserialize)]
pub struct Metadata {
    /// Our crates and all that they need, directly or not.
    pub packages: Vec<Package>,
    /// Where cargo puts what it builds.
    pub target_directory: PathBuf,
    workspace_members: Vec<String>,
}

/// One crate.
#[derive(Deserialize)]
pub struct Package {
    id: String,
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its licence as an SPDX expression.
    pub license: Option<String>,
    /// Where it comes from; none for our own.
    pub source: Option<String>,
    /// What it needs directly.
    pub dependencies: Vec<Dependency>,
}

/// That a crate needs another.
#[derive(Deserialize)]
pub struct Dependency {
    /// The other's name.
    pub name: String,
    /// `dev` or `build`; none for ordinary use.
    pub kind: Option<String>,
}

impl House {
    /// The repository that this program was built in.
    pub fn find() -> Result<Self> {
        let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let root = here.canonicalize().context("xtask no longer finds the repository it was built in")?;
        Ok(Self { root, metadata: OnceCell::new() })
    }

    /// A path in it.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// A path as it is written in messages.
    pub fn name_of(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).display().to_string()
    }

    /// A program run in its folder.
    pub fn command(&self, program: &str) -> Command {
        Command::new(program).in_folder(&self.root)
    }

    /// Cargo, run in its folder.
    pub fn cargo(&self) -> Command {
        self.command(&std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()))
    }

    /// What cargo knows of it; asked once.
    pub fn metadata(&self) -> Result<&Metadata> {
        if let Some(known) = self.metadata.get() {
            return Ok(known);
        }
        let text = self.cargo().args(["metadata", "--format-version", "1", "--locked"]).output()?;
        let metadata = serde_json::from_str(&text).context("cargo metadata has changed its format")?;
        Ok(self.metadata.get_or_init(|| metadata))
    }

    /// The built program.
    pub fn program(&self) -> Result<PathBuf> {
        Ok(self.metadata()?.target_directory.join("debug/thidua"))
    }

    /// The files under version control, and those that would be added to it.
    pub fn files(&self) -> Result<Vec<PathBuf>> {
        let list =
            self.command("git").args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).output()?;
        let files = list.split('\0').filter(|name| !name.is_empty()).map(|name| self.root.join(name));
        Ok(files.filter(|path| path.is_file()).collect())
    }
}

impl Metadata {
    /// Our own crates.
    pub fn ours(&self) -> impl Iterator<Item = &Package> {
        self.packages.iter().filter(|package| self.workspace_members.contains(&package.id))
    }

    /// Everybody else's crates.
    pub fn others(&self) -> impl Iterator<Item = &Package> {
        self.packages.iter().filter(|package| !self.workspace_members.contains(&package.id))
    }

    /// For each of our crates, which crates it needs outside its tests.
    pub fn needs(&self) -> BTreeMap<&str, Vec<&str>> {
        self.ours()
            .map(|package| {
                let needed = package.dependencies.iter().filter(|dependency| dependency.kind.as_deref() != Some("dev"));
                (package.name.as_str(), needed.map(|dependency| dependency.name.as_str()).collect())
            })
            .collect()
    }
}
