//! Packages and build of the front end, done only when something changed.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use walkdir::WalkDir;

use crate::house::House;

/// Installs the packages that a folder's lock file names, unless they are there already.
pub fn install(house: &House, folder: &str) -> Result<()> {
    let lock = house.path(folder).join("package-lock.json");
    let stamp = Stamp::new(house.path(folder).join("node_modules/.installed"), &[lock])?;
    if stamp.is_fresh() {
        return Ok(());
    }
    house
        .command("npm")
        .in_folder(&house.path(folder))
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .run()?;
    stamp.press()
}

/// Builds `frontend/dist`, unless it was built from the same sources.
pub fn build(house: &House) -> Result<()> {
    let folder = house.path("frontend");
    let mut sources = vec![folder.join("package-lock.json"), folder.join("build.mjs")];
    for entry in WalkDir::new(folder.join("src")).sort_by_file_name() {
        let entry = entry?;
        sources.extend(entry.file_type().is_file().then(|| entry.into_path()));
    }
    let stamp = Stamp::new(folder.join("dist/.built"), &sources)?;
    if stamp.is_fresh() {
        return Ok(());
    }
    install(house, "frontend")?;
    house.command("node").in_folder(&folder).args(["build.mjs"]).run()?;
    stamp.press()
}

/// Remembers from which contents something was made.
struct Stamp {
    file: PathBuf,
    mark: String,
}

impl Stamp {
    fn new(file: PathBuf, sources: &[PathBuf]) -> Result<Self> {
        let mut hasher = DefaultHasher::new();
        for source in sources {
            let bytes = fs::read(source).with_context(|| format!("{} cannot be read", source.display()))?;
            source.file_name().hash(&mut hasher);
            bytes.hash(&mut hasher);
        }
        Ok(Self { file, mark: format!("{:016x}", hasher.finish()) })
    }

    fn is_fresh(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|kept| kept == self.mark)
    }

    fn press(&self) -> Result<()> {
        let folder = self.file.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        fs::write(&self.file, &self.mark).with_context(|| format!("{} cannot be written", self.file.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_source_makes_the_stamp_stale() {
        let folder = std::env::temp_dir().join(format!("xtask-stamp-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let source = folder.join("style.css");
        fs::write(&source, "a{}").unwrap();
        let stamp = || Stamp::new(folder.join("made/.built"), std::slice::from_ref(&source)).unwrap();
        assert!(!stamp().is_fresh());
        stamp().press().unwrap();
        assert!(stamp().is_fresh());
        fs::write(&source, "b{}").unwrap();
        assert!(!stamp().is_fresh());
        fs::remove_dir_all(&folder).unwrap();
    }
}
