//! Plans, rule packs and calendars that travel in the binary.

use std::path::Path;

use anyhow::Context as _;
use include_dir::{Dir, include_dir};

/// Every `movements/<id>/…` file.
pub static MOVEMENTS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../movements");
/// Every `rulepacks/…` file.
pub static RULEPACKS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../rulepacks");
/// Every `calendars/…` file.
pub static CALENDARS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../calendars");

/// The text files below a folder, as (path, text), in the order of their paths.
pub fn files(dir: &'static Dir<'static>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![dir];
    while let Some(dir) = open.pop() {
        open.extend(dir.dirs());
        found.extend(
            dir.files().filter_map(|file| Some((file.path().to_str()?.to_owned(), file.contents_utf8()?.to_owned()))),
        );
    }
    found.sort();
    found
}

/// The pack files below a folder on disk, as (path below it, text), in the order of their paths.
pub fn packs_in(root: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    let mut open = vec![root.to_owned()];
    while let Some(dir) = open.pop() {
        let entries = std::fs::read_dir(&dir).with_context(|| format!("không mở được thư mục {}", dir.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "toml") {
                let text =
                    std::fs::read_to_string(&path).with_context(|| format!("không đọc được {}", path.display()))?;
                found.push((path.strip_prefix(root).unwrap_or(&path).display().to_string(), text));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The plan that runs when none is named: its text and its path.
pub fn default_plan() -> Option<(String, String)> {
    let id = MOVEMENTS.get_file("default.txt")?.contents_utf8()?.trim();
    let path = format!("{id}/plan.toml");
    let text = MOVEMENTS.get_file(&path)?.contents_utf8()?;
    Some((text.to_owned(), format!("movements/{path}")))
}

/// The file of indicators beside the plan that runs when none is named, and its path; none where there is none.
pub fn default_indicators() -> Option<(&'static [u8], String)> {
    let id = MOVEMENTS.get_file("default.txt")?.contents_utf8()?.trim();
    let path = format!("{id}/indicators.toml");
    let file = MOVEMENTS.get_file(&path)?;
    Some((file.contents(), format!("movements/{path}")))
}

/// The file of indicators that lies beside a plan on disk, and its name; none where there is none.
pub fn indicators_beside(plan: &Path) -> anyhow::Result<Option<(Vec<u8>, String)>> {
    let file = plan.with_file_name("indicators.toml");
    if !file.is_file() {
        return Ok(None);
    }
    let bytes = std::fs::read(&file).with_context(|| format!("không đọc được {}", file.display()))?;
    Ok(Some((bytes, file.display().to_string())))
}
