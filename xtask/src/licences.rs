//! Licences, sources and bans of everything we build on, read off the lock files.
//! `docs/decisions/0011-licence-check.md` says why this is not cargo-deny.

use std::fs;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::place::{Place, ask};
use crate::spdx;

/// Licences that go with ours.
const ALLOWED: [&str; 14] = [
    "0BSD",
    "Apache-2.0",
    "BSD-0-Clause", // how some packages write 0BSD
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0", // the certificate list of webpki-roots: data
    "ISC",
    "MIT",
    "MPL-2.0", // obliges within its own files only
    "OFL-1.1", // fonts
    "Unicode-3.0",
    "Zlib",
];

/// What is used on the developer's machine only and never shipped may also have these.
const ALLOWED_FOR_TESTS: [&str; 3] = ["Python-2.0", "CC-BY-4.0", "BlueOak-1.0.0"];

/// Where crates come from: the public index, or this workspace.
const SOURCE: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Crates that must not come in, with the reason.
const BANNED: [(&str, &str); 3] = [
    ("openssl-sys", "one TLS, rustls with ring; no C library to keep patched"),
    ("native-tls", "one TLS, rustls with ring"),
    ("aws-lc-sys", "one provider of cryptography, ring; this one needs cmake and minutes"),
];

/// Lock files of npm packages, and whether they reach the shipped program.
const NPM_LOCKS: [(&str, bool); 2] = [("frontend/package-lock.json", true), ("e2e/package-lock.json", false)];

/// Checks crates and npm packages.
pub fn check(place: &Place) -> Result<()> {
    let host = host(&ask(place.program("rustc").arg("-vV"))?)?;
    let arguments = ["metadata", "--format-version", "1", "--locked", "--filter-platform", &host];
    let metadata: Value = serde_json::from_str(&ask(place.cargo().args(arguments))?)?;
    let packages = metadata["packages"].as_array().context("cargo metadata names no packages")?;
    let mut faults: Vec<_> = packages.iter().flat_map(crate_faults).collect();
    let mut count = packages.len();
    for (file, shipped) in NPM_LOCKS {
        if let Ok(text) = fs::read_to_string(place.root.join(file)) {
            let lock: Value = serde_json::from_str(&text).with_context(|| format!("{file} is not JSON"))?;
            let packages = lock["packages"].as_object().with_context(|| format!("{file} names no packages"))?;
            count += packages.len();
            faults.extend(packages.iter().filter_map(|(name, package)| npm_fault(file, name, package, shipped)));
        }
    }
    faults.iter().for_each(|fault| println!("{fault}"));
    if !faults.is_empty() {
        bail!("{} packages may not be used as they are", faults.len());
    }
    println!("{count} packages have licences that go with ours");
    Ok(())
}

/// The machine rustc builds for: what other machines need is not fetched to be read.
fn host(version: &str) -> Result<String> {
    let line = version.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(line.context("rustc does not say its host")?.to_owned())
}

fn crate_faults(package: &Value) -> Vec<String> {
    let name = package["name"].as_str().unwrap_or_default();
    let mut faults = Vec::new();
    match package["license"].as_str() {
        None => faults.push(format!("{name}: names no licence")),
        Some(licence) if !spdx::allows(licence, &ALLOWED) => {
            faults.push(format!("{name}: the licence {licence} is not on our list"));
        }
        Some(_) => {}
    }
    if let Some(source) = package["source"].as_str().filter(|source| *source != SOURCE) {
        faults.push(format!("{name}: comes from {source}, not from the public index"));
    }
    if let Some((_, reason)) = BANNED.iter().find(|(banned, _)| *banned == name) {
        faults.push(format!("{name}: is banned: {reason}"));
    }
    faults
}

fn npm_fault(file: &str, name: &str, package: &Value, shipped: bool) -> Option<String> {
    let licence = package["license"].as_str().unwrap_or("none");
    let allowed = if shipped && package["dev"] != Value::Bool(true) {
        ALLOWED.to_vec()
    } else {
        [ALLOWED.as_slice(), &ALLOWED_FOR_TESTS].concat()
    };
    (!name.is_empty() && !spdx::allows(licence, &allowed))
        .then(|| format!("{name} in {file}: the licence {licence} is not on our list"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_crate_needs_an_allowed_licence_the_public_index_and_no_ban() {
        let said = |name: &str, licence: Option<&str>, source: Option<&str>| {
            crate_faults(&json!({ "name": name, "license": licence, "source": source }))
        };
        assert!(said("serde", Some("MIT OR Apache-2.0"), Some(SOURCE)).is_empty());
        assert!(said("kernel", Some("Apache-2.0 OR MIT"), None).is_empty());
        assert_eq!(said("x", None, Some(SOURCE)), ["x: names no licence"]);
        assert_eq!(said("x", Some("AGPL-3.0"), Some(SOURCE)), ["x: the licence AGPL-3.0 is not on our list"]);
        let git = Some("git+https://example.org/x");
        assert_eq!(said("x", Some("MIT"), git).len(), 1);
        assert_eq!(said("openssl-sys", Some("MIT"), Some(SOURCE)).len(), 1);
    }

    #[test]
    fn what_is_shipped_has_the_shorter_list() {
        let fault = |shipped| npm_fault("frontend/package-lock.json", "a", &json!({ "license": "CC-BY-4.0" }), shipped);
        assert!(fault(true).unwrap().contains("CC-BY-4.0"));
        assert!(fault(false).is_none());
        assert!(npm_fault("e2e/package-lock.json", "a", &json!({}), false).is_some());
    }
}
