//! No committed file knows the machine it was written on.

use std::fs;

use anyhow::{Result, bail};

use crate::house::House;

/// Checks every text file under version control but the lock files, which name registries by right.
pub fn check(house: &House) -> Result<()> {
    let mut faults = Vec::new();
    for path in house.files()? {
        let name = house.name_of(&path);
        if name.ends_with(".lock") || name.ends_with("package-lock.json") {
            continue;
        }
        let Ok(text) = fs::read_to_string(&path) else { continue };
        for (number, line) in text.lines().enumerate() {
            if let Some(found) = machine_path(line) {
                faults.push(format!("{name}:{}: {found} is a path of one machine", number + 1));
            }
        }
    }
    if faults.is_empty() { Ok(()) } else { bail!("{}", faults.join("\n")) }
}

/// The folder of a person or a build machine that a line names.
fn machine_path(line: &str) -> Option<String> {
    ["root", "home", "Users", "work", "farm"].into_iter().find_map(|folder| {
        let path = format!("/{folder}/");
        let at = line.find(&path)?;
        let stands_alone = !line[..at].ends_with(|before: char| before.is_alphanumeric() || "._-/}".contains(before));
        stands_alone.then_some(path)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_home_folder_is_found_and_a_web_path_is_not() {
        let folder = ["/ro", "ot/"].concat();
        assert_eq!(machine_path(&format!("include = \"{folder}fonts\"")), Some(folder));
        assert_eq!(machine_path("GET https://example.vn/work/1"), None);
        assert_eq!(machine_path("crates/web/src/home/mod.rs"), None);
    }
}
