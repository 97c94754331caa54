//! The packages of `frontend` and `e2e`, and the built front end. Nothing is done twice: a stamp of
//! what went in is kept under `target/stamps`.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;

use anyhow::{Context as _, Result};
use walkdir::{DirEntry, WalkDir};

use crate::place::{self, Place};

/// Builds `frontend/dist` when a source of it changed.
pub fn build(place: &Place) -> Result<()> {
    let folder = place.root.join("frontend");
    install(place, &folder)?;
    if !folder.join("package.json").is_file() {
        return Ok(());
    }
    let fresh = stamp(&folder)?;
    if folder.join("dist").is_dir() && kept(place, "frontend-dist") == fresh {
        return Ok(());
    }
    place::run(place.program("npm").current_dir(&folder).args(["run", "build"]))?;
    keep(place, "frontend-dist", &fresh)
}

/// Installs the packages of a folder when its lock file changed. Install scripts never run.
pub fn install(place: &Place, folder: &Path) -> Result<()> {
    let lock = folder.join("package-lock.json");
    if !lock.is_file() {
        return Ok(());
    }
    let name = format!("{}-packages", folder.file_name().unwrap_or_default().to_string_lossy());
    let fresh = stamp(&lock)?;
    if folder.join("node_modules").is_dir() && kept(place, &name) == fresh {
        return Ok(());
    }
    place::run(place.program("npm").current_dir(folder).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))?;
    keep(place, &name, &fresh)
}

fn kept(place: &Place, name: &str) -> String {
    fs::read_to_string(place.kept("stamps").join(name)).unwrap_or_default()
}

fn keep(place: &Place, name: &str, stamp: &str) -> Result<()> {
    fs::create_dir_all(place.kept("stamps"))?;
    fs::write(place.kept("stamps").join(name), stamp).with_context(|| format!("the stamp {name} could not be kept"))
}

/// A short word for the names and contents of all sources under a path.
fn stamp(path: &Path) -> Result<String> {
    let made = |entry: &DirEntry| entry.depth() > 0 && ["node_modules", "dist"].iter().any(|x| entry.file_name() == *x);
    let mut hasher = DefaultHasher::new();
    for entry in WalkDir::new(path).sort_by_file_name().into_iter().filter_entry(|entry| !made(entry)) {
        let entry = entry?;
        if entry.file_type().is_file() {
            entry.path().strip_prefix(path)?.hash(&mut hasher);
            fs::read(entry.path())?.hash(&mut hasher);
        }
    }
    Ok(format!("{:016x}", hasher.finish()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stamp_follows_the_sources_and_not_what_was_made_of_them() {
        let folder = std::env::temp_dir().join(format!("xtask-stamp-{}", std::process::id()));
        fs::create_dir_all(folder.join("dist")).unwrap();
        fs::write(folder.join("app.css"), "a {}").unwrap();
        let first = stamp(&folder).unwrap();
        fs::write(folder.join("dist/app.css"), "a{}").unwrap();
        assert_eq!(stamp(&folder).unwrap(), first);
        fs::write(folder.join("app.css"), "b {}").unwrap();
        assert_ne!(stamp(&folder).unwrap(), first);
        fs::remove_dir_all(folder).unwrap();
    }
}
