//! Rust files of the workspace with the module each stands for.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use walkdir::WalkDir;

/// One Rust file.
#[derive(Debug)]
pub struct Source {
    /// Its path from the root of the workspace.
    pub path: String,
    /// The folder of its crate: `office`, `xtask`.
    pub house: String,
    /// The module it stands for when it is below `src`: `["council", "model"]`; empty for the root.
    pub module: Option<Vec<String>>,
    /// Its text.
    pub text: String,
}

/// All Rust files of our own crates.
pub fn read_all(root: &Path) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    for folder in ["crates", "xtask"] {
        let below = WalkDir::new(root.join(folder)).sort_by_file_name();
        for entry in below.into_iter().filter_entry(|entry| entry.file_name() != "target") {
            let entry = entry?;
            if entry.file_type().is_file() && entry.path().extension().is_some_and(|kind| kind == "rs") {
                let text = fs::read_to_string(entry.path())
                    .with_context(|| format!("{} cannot be read", entry.path().display()))?;
                sources.push(Source::new(&entry.path().strip_prefix(root)?.to_string_lossy(), text));
            }
        }
    }
    Ok(sources)
}

impl Source {
    /// The file at this path from the root.
    pub fn new(path: &str, text: String) -> Self {
        let parts: Vec<_> = path.split('/').collect();
        let (house, rest) = match parts.as_slice() {
            ["crates", house, rest @ ..] | [house, rest @ ..] => ((*house).to_owned(), rest),
            [] => (String::new(), [].as_slice()),
        };
        let module = match rest {
            ["src", below @ ..] => Some(module_of(below)),
            _ => None,
        };
        Self { path: path.to_owned(), house, module, text }
    }

    /// The room of `office` or the page folder of `web` this file stands in.
    pub fn room(&self) -> Option<&str> {
        self.module.as_ref()?.first().map(String::as_str)
    }
}

fn module_of(below: &[&str]) -> Vec<String> {
    let mut module: Vec<String> = below.iter().map(|part| part.trim_end_matches(".rs").to_owned()).collect();
    let last = module.last().map(String::as_str);
    if last == Some("mod") || (module.len() == 1 && matches!(last, Some("lib" | "main"))) {
        module.pop();
    }
    module
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_says_the_crate_and_the_module() {
        let check = |path: &str| {
            let source = Source::new(path, String::new());
            (source.house, source.module.map(|module| module.join("::")))
        };
        assert_eq!(check("crates/office/src/council/mod.rs"), ("office".to_owned(), Some("council".to_owned())));
        assert_eq!(
            check("crates/office/src/council/model.rs"),
            ("office".to_owned(), Some("council::model".to_owned()))
        );
        assert_eq!(check("crates/office/src/lib.rs"), ("office".to_owned(), Some(String::new())));
        assert_eq!(check("crates/office/tests/stores/main.rs"), ("office".to_owned(), None));
        assert_eq!(check("xtask/src/main.rs"), ("xtask".to_owned(), Some(String::new())));
    }
}
