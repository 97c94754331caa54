//! No tracked file tells of one machine: no paths of somebody's home or checkout, no address of the
//! registry a lock file was made with.

use std::fs;

use anyhow::{Context as _, Result, bail};

use crate::place::{Place, ask};

/// Where people and checking machines keep their checkouts.
const HOMES: [&str; 7] = ["/root/", "/home/", "/Users/", "/work/", "/builds/", "/workspace/", "C:\\Users\\"];
/// This file names them.
const SELF: &str = "xtask/src/tracked.rs";

/// Reads every tracked file.
pub fn check(place: &Place) -> Result<()> {
    let hosts = registry_hosts(place);
    let listed = ask(place.program("git").args(["ls-files", "-z"])).context("the tracked files are not known")?;
    let mut faults = Vec::new();
    for file in listed.split('\0').filter(|file| !file.is_empty() && *file != SELF) {
        // A tracked file may be deleted in the work tree, and a picture is no text.
        if let Ok(text) = fs::read_to_string(place.root.join(file)) {
            faults.extend(lines(&text, &hosts).into_iter().map(|(line, word)| format!("{file}:{line}: {word}")));
        }
    }
    faults.iter().for_each(|fault| println!("{fault}"));
    if !faults.is_empty() {
        bail!("tracked files name paths or registry hosts of one machine in {} places", faults.len());
    }
    Ok(())
}

/// The hosts the npm of this machine asks, when it has one.
fn registry_hosts(place: &Place) -> Vec<String> {
    let said = ask(place.program("npm").args(["config", "get", "registry", "--loglevel=error"])).unwrap_or_default();
    let host = said.trim().split("//").nth(1).and_then(|rest| rest.split(['/', ':']).next());
    host.filter(|host| !host.is_empty()).map(str::to_owned).into_iter().collect()
}

fn lines(text: &str, hosts: &[String]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let home = HOMES.iter().find(|home| begins_a_path(line, home)).map(|home| format!("names {home}…"));
        let host = hosts.iter().find(|host| line.contains(host.as_str())).map(|host| format!("names the host {host}"));
        let lock = line.contains("\"resolved\": \"http").then(|| "names where a package was fetched from".to_owned());
        found.extend(home.or(host).or(lock).map(|word| (index + 1, word)));
    }
    found
}

/// Whether an absolute path begins with this, not only a part of a longer one.
fn begins_a_path(line: &str, home: &str) -> bool {
    line.match_indices(home).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + home.len()..].chars().next();
        !before.is_some_and(|letter| letter.is_alphanumeric() || "./_-~}*$".contains(letter))
            && after.is_some_and(|letter| letter.is_alphanumeric() || letter == '.')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Vec<usize> {
        lines(text, &["registry.example.org".to_owned()]).into_iter().map(|(line, _)| line).collect()
    }

    #[test]
    fn paths_of_homes_and_checkouts_are_found_by_line() {
        assert_eq!(check("ok\nsee /home/lan/thidua\n\"/root/.cargo\"\nC:\\Users\\lan"), [2, 3, 4]);
    }

    #[test]
    fn parts_of_other_paths_are_no_homes() {
        assert_eq!(check("frame/work/x\nhttps://a.vn/home/x\n~/work/x\n/home/ is a folder"), [0; 0]);
    }

    #[test]
    fn hosts_of_registries_are_found() {
        assert_eq!(check("https://registry.example.org/x\n\"resolved\": \"https://other/x.tgz\""), [1, 2]);
    }
}
