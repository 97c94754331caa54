//! Floors: which crate uses which.

use super::Map;
use crate::house::Metadata;

/// Compares the manifests with the map.
pub fn faults(metadata: &Metadata, map: &Map) -> Vec<String> {
    let mut faults = Vec::new();
    let needs = metadata.needs();
    for (&floor, needed) in &needs {
        let Some(allowed) = map.floors.get(floor) else {
            faults.push(format!("{floor}: no floor of this name is on the map"));
            continue;
        };
        for &other in needed {
            if needs.contains_key(other) && !allowed.contains(other) {
                faults.push(format!("{floor}: uses {other}, which is not below it"));
            }
            if map.kept.get(other).is_some_and(|holders| !holders.contains(floor)) {
                faults.push(format!("{floor}: uses {other}, which another floor keeps to itself"));
            }
        }
    }
    faults
}
