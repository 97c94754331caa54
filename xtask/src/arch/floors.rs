//! Floors: which crate may build on which, read off the manifests.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use toml::Table;

use super::Fault;
use super::table::{BELONGS, FLOORS, TESTS_ONLY};

/// Faults in the manifests of our crates.
pub fn check(root: &Path) -> Result<Vec<Fault>> {
    let mut faults = Vec::new();
    let mut folders: Vec<_> = fs::read_dir(root.join("crates"))?.collect::<Result<_, _>>()?;
    folders.sort_by_key(fs::DirEntry::file_name);
    for folder in folders {
        let house = folder.file_name().to_string_lossy().into_owned();
        let file = format!("crates/{house}/Cargo.toml");
        let text = fs::read_to_string(root.join(&file)).with_context(|| format!("{file} cannot be read"))?;
        let manifest: Table = text.parse().with_context(|| format!("{file} is not TOML"))?;
        faults.extend(manifest_faults(&house, &manifest).into_iter().map(|words| Fault::new(&file, words)));
    }
    Ok(faults)
}

fn manifest_faults(house: &str, manifest: &Table) -> Vec<String> {
    let Some((_, below)) = FLOORS.iter().find(|(name, _)| *name == house) else {
        return vec![format!("the crate `{house}` stands on no floor; give it one in xtask/src/arch/table.rs")];
    };
    let ours = |name: &str| FLOORS.iter().any(|(house, _)| *house == name) || name == "thidua";
    let mut faults = Vec::new();
    for (section, tests) in [("dependencies", false), ("build-dependencies", false), ("dev-dependencies", true)] {
        for name in manifest.get(section).and_then(|value| value.as_table()).into_iter().flat_map(Table::keys) {
            let name = name.as_str();
            if TESTS_ONLY.contains(&name) {
                if !tests {
                    faults.push(format!("`{name}` is for tests; move it to dev-dependencies"));
                }
            } else if ours(name) && !below.contains(&name) {
                faults.push(format!("`{house}` must not build on `{name}`"));
            }
            let belongs = BELONGS.iter().find(|(start, _)| {
                name == *start || name.starts_with(&format!("{start}-")) || name.starts_with(&format!("{start}_"))
            });
            if let Some((_, houses)) = belongs.filter(|(_, houses)| !tests && !houses.contains(&house)) {
                faults.push(format!("`{name}` belongs to {}, not to `{house}`", houses.join(" and ")));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(house: &str, manifest: &str) -> Vec<String> {
        manifest_faults(house, &manifest.parse().unwrap())
    }

    #[test]
    fn a_crate_builds_on_lower_floors_only() {
        assert!(check("office", "[dependencies]\nkernel.workspace = true\nrules.workspace = true").is_empty());
        assert_eq!(check("rules", "[dependencies]\npapers.workspace = true"), ["`rules` must not build on `papers`"]);
        assert_eq!(check("office", "[dev-dependencies]\nweb = {}"), ["`office` must not build on `web`"]);
    }

    #[test]
    fn the_test_kit_is_for_tests() {
        assert!(check("office", "[dev-dependencies]\ntestkit.workspace = true").is_empty());
        let said = ["`testkit` is for tests; move it to dev-dependencies"];
        assert_eq!(check("web", "[dependencies]\ntestkit.workspace = true"), said);
    }

    #[test]
    fn outside_crates_keep_to_their_floor() {
        assert_eq!(check("web", "[dependencies]\nsqlx = {}"), ["`sqlx` belongs to office and testkit, not to `web`"]);
        assert_eq!(
            check("office", "[dependencies]\ntower-http = {}"),
            ["`tower-http` belongs to web and app, not to `office`"]
        );
        assert!(check("papers", "[dependencies]\ntypst-pdf = {}").is_empty());
    }

    #[test]
    fn a_crate_without_a_floor_is_refused() {
        assert_eq!(
            check("garage", ""),
            ["the crate `garage` stands on no floor; give it one in xtask/src/arch/table.rs"]
        );
    }
}
