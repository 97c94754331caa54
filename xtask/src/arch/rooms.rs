//! Rooms of the office: who uses whom, and that models and decisions are pure.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use syn::visit::{self, Visit};
use walkdir::WalkDir;

use super::Map;
use crate::house::House;

/// Files that know neither the store nor the database.
const PURE: [&str; 2] = ["model.rs", "decision.rs"];

/// Parts of a room that other rooms may name; everything else they take from its front door.
const OPEN: [&str; 3] = ["service", "queries", "model"];

/// Compares what the rooms' sources name with the map.
pub fn faults(house: &House, map: &Map) -> Result<Vec<String>> {
    let office = house.path("crates/office/src");
    let mut faults = Vec::new();
    for entry in WalkDir::new(&office).sort_by_file_name() {
        let path = entry?.into_path();
        if path.extension().is_none_or(|kind| kind != "rs") {
            continue;
        }
        let inside = path.strip_prefix(&office).context("a file outside the office")?;
        let text = fs::read_to_string(&path)?;
        let named = paths(&text).with_context(|| house.name_of(&path))?;
        let reader = Reader { map, office: &office };
        faults.extend(
            reader.faults(inside, &named).into_iter().map(|fault| format!("{}: {fault}", house.name_of(&path))),
        );
    }
    Ok(faults)
}

/// Judges one file by the paths it names.
struct Reader<'a> {
    map: &'a Map,
    office: &'a Path,
}

impl Reader<'_> {
    fn faults(&self, file: &Path, named: &BTreeSet<Vec<String>>) -> BTreeSet<String> {
        let mut faults = BTreeSet::new();
        let parts: Vec<&str> = file.iter().filter_map(|part| part.to_str()).collect();
        let [room, rest @ ..] = parts.as_slice() else { return faults };
        if rest.is_empty() || self.map.office.ground.contains(*room) || self.map.office.roof.contains(*room) {
            return faults;
        }
        let Some(&step) = self.map.rooms.get(*room) else {
            return BTreeSet::from([format!("the room {room} is not on the map")]);
        };
        let is_pure = rest.last().is_some_and(|name| PURE.contains(name));
        for path in named {
            let words: Vec<&str> = path.iter().map(String::as_str).collect();
            if is_pure && names_the_store(&words) {
                faults.insert(format!("is pure and yet names {}", path.join("::")));
            }
            if let ["crate", other, inner @ ..] = words.as_slice() {
                faults.extend(self.fault(room, step, other, inner.first().copied()));
            }
        }
        faults
    }

    fn fault(&self, room: &str, step: u8, other: &str, inner: Option<&str>) -> Option<String> {
        if other == room {
            return None;
        }
        if self.map.office.roof.contains(other) {
            return Some(format!("uses {other}, which stands on all rooms"));
        }
        let &below = self.map.rooms.get(other)?;
        if below >= step {
            return Some(format!("{room} (step {step}) uses {other} (step {below}); only lower steps may be used"));
        }
        let inner = inner.filter(|inner| !OPEN.contains(inner) && self.is_part(other, inner))?;
        Some(format!(
            "reaches into {other}::{inner}; other rooms are used through service, queries, model or the front door"
        ))
    }

    fn is_part(&self, room: &str, name: &str) -> bool {
        let folder = self.office.join(room);
        folder.join(format!("{name}.rs")).is_file() || folder.join(name).is_dir()
    }
}

fn names_the_store(path: &[&str]) -> bool {
    matches!(path, ["sqlx", ..] | ["crate", "db", ..] | ["super", "store", ..] | ["store", ..])
        || matches!(path, ["crate", _, "store", ..] | ["super", "super", "db", ..])
}

/// All paths that a source names outside its tests, spelled out: `use a::{b, c}` names `a::b` and `a::c`.
fn paths(text: &str) -> Result<BTreeSet<Vec<String>>> {
    let mut collector = Collector::default();
    collector.visit_file(&syn::parse_file(text)?);
    Ok(collector.paths)
}

#[derive(Default)]
struct Collector {
    paths: BTreeSet<Vec<String>>,
}

impl Collector {
    fn tree(&mut self, before: &mut Vec<String>, tree: &syn::UseTree) {
        match tree {
            syn::UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.tree(before, &path.tree);
                before.pop();
            }
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| self.tree(before, tree)),
            syn::UseTree::Name(syn::UseName { ident }) | syn::UseTree::Rename(syn::UseRename { ident, .. }) => {
                let itself = (ident != "self").then(|| ident.to_string());
                self.paths.insert(before.iter().cloned().chain(itself).collect());
            }
            syn::UseTree::Glob(_) => {
                self.paths.insert(before.clone());
            }
        }
    }
}

impl<'ast> Visit<'ast> for Collector {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        let is_test = module.attrs.iter().any(|attribute| {
            attribute.path().is_ident("cfg")
                && attribute.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("test"))
        });
        if !is_test {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.tree(&mut Vec::new(), &item.tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.paths.insert(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        visit::visit_path(self, path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(file: &str, source: &str, expected: &[&str]) {
        let house = House::find().unwrap();
        let map = Map::read(&house).unwrap();
        let office = house.path("crates/office/src");
        let found = Reader { map: &map, office: &office }.faults(Path::new(file), &paths(source).unwrap());
        assert_eq!(found.len(), expected.len(), "{found:?}");
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.contains(expected), "{found} does not say: {expected}");
        }
    }

    #[test]
    fn a_room_uses_lower_steps_only() {
        check("council/service.rs", "use crate::{ledger, identity::queries};", &[]);
        check("identity/service.rs", "use crate::council::service;", &["only lower steps"]);
        check("awards/service.rs", "fn f() { crate::council::service::close() }", &["only lower steps"]);
        check("awards/service.rs", "use crate::demo::fill;", &["stands on all rooms"]);
    }

    #[test]
    fn another_room_is_used_through_its_front_door() {
        check("council/service.rs", "use crate::ledger::{NewEntry, service};", &[]);
        check("council/service.rs", "use crate::ledger::store;", &["reaches into ledger::store"]);
    }

    #[test]
    fn models_and_decisions_do_not_know_the_store() {
        check("council/model.rs", "use crate::db::Row;", &["is pure"]);
        check("council/decision.rs", "fn f() { super::store::find() }", &["is pure"]);
        check("council/store.rs", "use crate::db::Row;", &[]);
    }

    #[test]
    fn tests_may_use_what_they_need() {
        check("ledger/model.rs", "#[cfg(test)] mod tests { use crate::db::Db; use crate::council::service; }", &[]);
    }

    #[test]
    fn a_room_that_is_not_on_the_map_is_a_fault() {
        check("attic/service.rs", "", &["not on the map"]);
    }
}
