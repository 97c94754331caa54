//! Which names a Rust file uses, as paths from the root of its crate.

use syn::visit::{self, Visit};
use syn::{ItemMod, ItemUse, Macro, UseTree};

/// A name that a file uses.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Used {
    /// Of the same crate: the path from its root.
    Inside(Vec<String>),
    /// Anything else, as written: another crate, or a name brought in by `use`.
    Outside(Vec<String>),
}

/// The names used in a file that stands for this module.
pub fn used(module: &[String], file: &syn::File) -> Vec<Used> {
    let mut reader = Reader { module: module.to_vec(), found: Vec::new() };
    reader.visit_file(file);
    reader.found.sort();
    reader.found.dedup();
    reader.found
}

struct Reader {
    module: Vec<String>,
    found: Vec<Used>,
}

impl Reader {
    fn take(&mut self, segments: Vec<String>) {
        let used = match segments.first().map(String::as_str) {
            Some("crate") => Used::Inside(segments[1..].to_vec()),
            Some("self" | "super") => {
                let climbs = segments.iter().take_while(|word| *word == "super" || *word == "self").count();
                let ups = segments[..climbs].iter().filter(|word| *word == "super").count();
                let mut path = self.module[..self.module.len().saturating_sub(ups)].to_vec();
                path.extend_from_slice(&segments[climbs..]);
                Used::Inside(path)
            }
            _ => Used::Outside(segments),
        };
        self.found.push(used);
    }

    fn take_tree(&mut self, before: &[String], tree: &UseTree) {
        let with = |name: String| before.iter().cloned().chain([name]).collect::<Vec<_>>();
        match tree {
            UseTree::Path(path) => self.take_tree(&with(path.ident.to_string()), &path.tree),
            UseTree::Name(name) => self.take(with(name.ident.to_string())),
            UseTree::Rename(name) => self.take(with(name.ident.to_string())),
            UseTree::Glob(_) => self.take(with("*".to_owned())),
            UseTree::Group(group) => group.items.iter().for_each(|item| self.take_tree(before, item)),
        }
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.take_tree(&[], &item.tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.segments.len() > 1 {
            self.take(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        }
        visit::visit_path(self, path);
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        self.module.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.module.pop();
    }

    // What stands inside a macro is not syntax yet; its words are.
    fn visit_macro(&mut self, item: &'ast Macro) {
        let text = item.tokens.to_string().replace(" ::", "::").replace(":: ", "::");
        for word in text.split(|letter: char| !(letter.is_alphanumeric() || letter == '_' || letter == ':')) {
            let segments: Vec<_> = word.split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect();
            if segments.len() > 1 {
                self.take(segments);
            }
        }
        visit::visit_macro(self, item);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(module: &[&str], text: &str) -> Vec<String> {
        let module: Vec<_> = module.iter().map(|&part| part.to_owned()).collect();
        let inside = |used| match used {
            Used::Inside(path) => Some(path.join("::")),
            Used::Outside(_) => None,
        };
        used(&module, &syn::parse_file(text).unwrap()).into_iter().filter_map(inside).collect()
    }

    #[test]
    fn groups_and_renames_are_followed() {
        let text = "use crate::{council::{store, model as m}, ledger::*}; use std::fs;";
        assert_eq!(check(&["awards"], text), ["council::model", "council::store", "ledger::*"]);
    }

    #[test]
    fn super_and_self_are_resolved_also_in_inner_modules() {
        let text = "use super::store; use self::x::Y; mod tests { use super::super::queries; }";
        assert_eq!(check(&["awards", "model"], text), ["awards::model::x::Y", "awards::queries", "awards::store"]);
    }

    #[test]
    fn paths_in_types_in_expressions_and_in_macros_are_seen() {
        let text = "fn f(x: crate::a::X) { crate::b::y(); vec![crate::c::Z, 1]; }";
        assert_eq!(check(&[], text), ["a::X", "b::y", "c::Z"]);
    }

    #[test]
    fn words_in_comments_and_texts_are_not_names() {
        assert_eq!(check(&[], "/// crate::a::X\nfn f() { let _ = \"crate::b::Y\"; }"), [""; 0]);
    }
}
