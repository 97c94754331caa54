//! What lies in the folders: kinds of files, names that say nothing, files that grew too long.

use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::house::House;

/// Names behind which anything could hide.
const EMPTY_NAMES: [&str; 5] = ["utils", "util", "helpers", "common", "misc"];

/// Above this, a second subject probably lives in the file.
const LONG: usize = 400;

/// Files of a kind that their folder does not have.
pub fn faults(house: &House) -> Result<Vec<String>> {
    let files = house.files()?;
    Ok(files.iter().filter_map(|path| fault(Path::new(&house.name_of(path)))).collect())
}

/// Files that grew too long.
pub fn long(house: &House) -> Result<Vec<String>> {
    let mut notes = Vec::new();
    for path in house.files()? {
        let is_code =
            path.extension().is_some_and(|kind| ["rs", "js", "mjs", "css", "html"].iter().any(|code| kind == *code));
        if !is_code {
            continue;
        }
        let lines = fs::read_to_string(&path)?.lines().count();
        if lines > LONG {
            notes.push(format!("{} has {lines} lines; a second subject inside?", house.name_of(&path)));
        }
    }
    Ok(notes)
}

fn fault(path: &Path) -> Option<String> {
    let name = path.display();
    let says_nothing =
        path.iter().filter_map(|part| Path::new(part).file_stem()?.to_str()).any(|part| EMPTY_NAMES.contains(&part));
    if path.starts_with("crates") && says_nothing {
        return Some(format!("{name}: the name says nothing; find the room it belongs to"));
    }
    let kind = path.extension().and_then(|kind| kind.to_str()).unwrap_or_default();
    let in_sql = path.parent().is_some_and(|folder| folder.ends_with("sql"));
    let is_at_home = if path.starts_with("crates/office/src") {
        if in_sql { kind == "sql" } else { kind == "rs" }
    } else if path.starts_with("crates/web/src") {
        ["rs", "html", "toml"].contains(&kind)
    } else {
        true
    };
    (!is_at_home).then(|| format!("{name}: this folder holds no files of this kind"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sql_stands_in_its_own_folder_and_nothing_else_does() {
        assert_eq!(fault(Path::new("crates/office/src/council/sql/find.sql")), None);
        assert!(fault(Path::new("crates/office/src/council/find.sql")).is_some());
        assert!(fault(Path::new("crates/office/src/council/sql/find.rs")).is_some());
        assert!(fault(Path::new("crates/office/src/council/page.html")).is_some());
    }

    #[test]
    fn a_name_that_says_nothing_is_refused() {
        assert!(fault(Path::new("crates/kernel/src/utils.rs")).is_some());
        assert!(fault(Path::new("crates/web/src/helpers/mod.rs")).is_some());
        assert_eq!(fault(Path::new("crates/office/src/organization/common_seal.rs")), None);
    }
}
