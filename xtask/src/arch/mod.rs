//! The map of the house, and whether the code keeps to it.
//!
//! `xtask/map.toml` says which floor may use which, and on which step each room stands. [`floors`] compares it with
//! the manifests, [`rooms`] with the paths that the rooms' sources name, [`files`] with what lies in their folders.

mod files;
mod floors;
mod rooms;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;

use crate::house::House;

/// Where the map is, from the root.
pub const MAP: &str = "xtask/map.toml";

/// The map.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Map {
    /// Which of our crates each may use.
    floors: BTreeMap<String, BTreeSet<String>>,
    /// Who alone may use a dependency.
    kept: BTreeMap<String, BTreeSet<String>>,
    /// What is no room of the office.
    office: Office,
    /// The step of each room.
    pub rooms: BTreeMap<String, u8>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Office {
    ground: BTreeSet<String>,
    roof: BTreeSet<String>,
}

impl Map {
    /// Reads the map.
    pub fn read(house: &House) -> Result<Self> {
        let text = fs::read_to_string(house.path(MAP)).context("xtask/map.toml cannot be read")?;
        toml::from_str(&text).context("xtask/map.toml")
    }
}

/// Compares the code with the map; every fault is named.
pub fn check(house: &House) -> Result<()> {
    let map = Map::read(house)?;
    let mut faults = floors::faults(house.metadata()?, &map);
    faults.extend(rooms::faults(house, &map)?);
    faults.extend(files::faults(house)?);
    for note in files::long(house)? {
        eprintln!("note: {note}");
    }
    if faults.is_empty() {
        return Ok(());
    }
    faults.sort();
    bail!("the code has left the map:\n{}", faults.join("\n"))
}
