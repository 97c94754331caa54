//! What travels in the binary, read from the folders it is built from.

use std::path::{Path, PathBuf};

use office::movements::Plan;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The plan that runs when none is named.
///
/// # Panics
/// When it is missing or has faults.
#[must_use]
pub fn plan() -> Plan {
    let movements = root().join("movements");
    let id = std::fs::read_to_string(movements.join("default.txt")).expect("the name of a plan");
    let name = format!("movements/{}/plan.toml", id.trim());
    let text = std::fs::read_to_string(root().join(&name)).expect("the plan");
    Plan::parse(&text, &name).expect("a plan without faults")
}
