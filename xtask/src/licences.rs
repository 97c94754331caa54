//! Licences and sources of our dependencies, after `deny.toml`.
//!
//! The file has the form of cargo-deny, so that whoever has that program may run it too; building it takes longer
//! than the rest of our checks together, and these three questions need only `cargo metadata`.

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;

use crate::house::{House, Package};

#[derive(Deserialize)]
struct Deny {
    licenses: Licences,
    bans: Bans,
    sources: Sources,
}

#[derive(Deserialize)]
struct Licences {
    allow: BTreeSet<String>,
    #[serde(default)]
    clarify: Vec<Clarification>,
}

/// What was read in a package's own files where its manifest does not say it.
#[derive(Deserialize)]
struct Clarification {
    #[serde(rename = "crate")]
    name: String,
    expression: String,
}

#[derive(Deserialize)]
struct Bans {
    deny: Vec<Ban>,
}

#[derive(Deserialize)]
struct Ban {
    #[serde(rename = "crate")]
    name: String,
    reason: String,
}

#[derive(Deserialize)]
struct Sources {
    #[serde(rename = "allow-registry")]
    registries: Vec<String>,
}

/// Checks every crate in the lock file.
pub fn check(house: &House) -> Result<()> {
    let text = fs::read_to_string(house.path("deny.toml")).context("deny.toml cannot be read")?;
    let deny: Deny = toml::from_str(&text).context("deny.toml")?;
    let faults: Vec<String> = house.metadata()?.others().flat_map(|package| faults(package, &deny)).collect();
    if !faults.is_empty() {
        bail!("{}", faults.join("\n"));
    }
    eprintln!("{} crates: licences and sources are as deny.toml wants them", house.metadata()?.others().count());
    Ok(())
}

fn faults(package: &Package, deny: &Deny) -> Vec<String> {
    let name = format!("{} {}", package.name, package.version);
    let mut faults = Vec::new();
    let clarified = deny.licenses.clarify.iter().find(|clarification| clarification.name == package.name);
    match clarified.map(|clarification| clarification.expression.as_str()).or(package.license.as_deref()) {
        None => faults.push(format!("{name} names no licence")),
        Some(expression) => match is_allowed(expression, &deny.licenses.allow) {
            Some(true) => {}
            Some(false) => faults.push(format!("{name}: the licence {expression} is not allowed by deny.toml")),
            None => faults.push(format!("{name}: the licence \"{expression}\" is not an SPDX expression")),
        },
    }
    if let Some(ban) = deny.bans.deny.iter().find(|ban| ban.name == package.name) {
        faults.push(format!("{name} is banned: {}", ban.reason));
    }
    let source = package.source.as_deref().unwrap_or("a path");
    let is_known = deny.sources.registries.iter().any(|registry| source == format!("registry+{registry}"));
    if !is_known {
        faults.push(format!("{name} comes from {source}, which deny.toml does not allow"));
    }
    faults
}

/// Whether an SPDX expression can be met with the allowed licences; none when it is not one.
fn is_allowed(expression: &str, allowed: &BTreeSet<String>) -> Option<bool> {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let mut words = spaced.split_whitespace().peekable();
    let answer = any(&mut words, allowed)?;
    words.next().is_none().then_some(answer)
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn any(words: &mut Words<'_>, allowed: &BTreeSet<String>) -> Option<bool> {
    let mut answer = all(words, allowed)?;
    while words.next_if_eq(&"OR").is_some() {
        answer |= all(words, allowed)?;
    }
    Some(answer)
}

fn all(words: &mut Words<'_>, allowed: &BTreeSet<String>) -> Option<bool> {
    let mut answer = one(words, allowed)?;
    while words.next_if_eq(&"AND").is_some() {
        answer &= one(words, allowed)?;
    }
    Some(answer)
}

fn one(words: &mut Words<'_>, allowed: &BTreeSet<String>) -> Option<bool> {
    match words.next()? {
        "(" => {
            let answer = any(words, allowed)?;
            words.next_if_eq(&")").map(|_| answer)
        }
        ")" | "OR" | "AND" | "WITH" => None,
        name => {
            let exception = if words.next_if_eq(&"WITH").is_some() { Some(words.next()?) } else { None };
            let whole = exception.map_or_else(|| name.to_owned(), |exception| format!("{name} WITH {exception}"));
            Some(allowed.contains(&whole))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(expression: &str, expected: Option<bool>) {
        let allowed = ["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "Unicode-3.0"].map(str::to_owned).into();
        assert_eq!(is_allowed(expression, &allowed), expected, "{expression}");
    }

    #[test]
    fn one_allowed_choice_is_enough() {
        check("MIT", Some(true));
        check("GPL-3.0-only OR MIT", Some(true));
        check("Zlib/MIT", Some(true));
        check("GPL-3.0-only", Some(false));
    }

    #[test]
    fn every_part_of_a_conjunction_must_be_allowed() {
        check("(MIT OR Apache-2.0) AND Unicode-3.0", Some(true));
        check("MIT AND OpenSSL", Some(false));
        check("MIT OR Apache-2.0 AND OpenSSL", Some(true));
    }

    #[test]
    fn an_exception_is_part_of_the_licence() {
        check("Apache-2.0 WITH LLVM-exception", Some(true));
        check("MIT WITH LLVM-exception", Some(false));
    }

    #[test]
    fn what_is_no_expression_is_not_guessed_at() {
        check("MIT OR", None);
        check("(MIT", None);
        check("MIT Apache-2.0", None);
    }
}
