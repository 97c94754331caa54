//! Rooms of `office`: steps, closed stores, purity.

use super::Fault;
use super::paths::{Used, used};
use super::source::Source;
use super::table::{BESIDE_ROOMS, IMPURE, IMPURE_BESIDE, IMPURE_OUTSIDE, PURE, step};

/// All faults of the rooms.
pub fn check(sources: &[Source]) -> Vec<Fault> {
    let office = sources.iter().filter(|source| source.house == "office" && source.module.is_some());
    office.flat_map(check_file).collect()
}

fn check_file(source: &Source) -> Vec<Fault> {
    let file = match syn::parse_file(&source.text) {
        Ok(file) => file,
        Err(error) => return vec![Fault::new(&source.path, format!("is not Rust: {error}"))],
    };
    let module = source.module.clone().unwrap_or_default();
    let names = used(&module, &file);
    let mut faults = steps(source, &names);
    faults.extend(stores(source, &names));
    if source.room().is_some_and(|room| step(room).is_some()) {
        faults.extend(open_store(source, &file));
        if module.get(1).is_some_and(|part| PURE.contains(&part.as_str())) {
            faults.extend(purity(source, &names));
        }
    }
    faults
}

/// A room uses rooms on lower steps only.
fn steps(source: &Source, names: &[Used]) -> Vec<Fault> {
    let own = source.room().unwrap_or("lib");
    let beside = BESIDE_ROOMS.iter().find(|(name, _)| *name == own);
    let own_step = step(own);
    if own_step.is_none() && beside.is_none() {
        let words = format!("the room `{own}` has no step; give it one in xtask/src/arch/table.rs");
        return vec![Fault::new(&source.path, words)];
    }
    let mut faults = Vec::new();
    for name in names {
        let Used::Inside(path) = name else { continue };
        let Some(other) = path.first().filter(|other| *other != own) else { continue };
        let Some(other_step) = step(other) else { continue };
        match (own_step, beside) {
            (Some(mine), _) if other_step >= mine => faults.push(Fault::new(
                &source.path,
                format!(
                    "`{own}` (step {mine}) uses `{}` of `{other}` (step {other_step}), which is not below it",
                    path.join("::")
                ),
            )),
            (None, Some((_, known))) if !known.contains(&other.as_str()) && !known.contains(&"*") => {
                faults.push(Fault::new(
                    &source.path,
                    format!("`{own}` stands beside the rooms and must not know `{other}`"),
                ));
            }
            _ => {}
        }
    }
    faults
}

/// Nobody uses another room's store.
fn stores(source: &Source, names: &[Used]) -> Vec<Fault> {
    let own = source.room();
    let foreign = |name: &Used| match name {
        Used::Inside(path) if path.len() > 1 && path[1] == "store" && own != Some(path[0].as_str()) => {
            step(&path[0]).map(|_| path.join("::"))
        }
        _ => None,
    };
    let words = |path| format!("uses `{path}`; go through the service or the queries of that room");
    names.iter().filter_map(foreign).map(|path| Fault::new(&source.path, words(path))).collect()
}

/// The front door of a room keeps its store to itself.
fn open_store(source: &Source, file: &syn::File) -> Option<Fault> {
    let open = file.items.iter().any(|item| match item {
        syn::Item::Mod(item) => item.ident == "store" && !matches!(item.vis, syn::Visibility::Inherited),
        _ => false,
    });
    open.then(|| Fault::new(&source.path, "opens its store to others; write `mod store;`"))
}

/// Models and decisions know neither the store nor their surroundings.
fn purity(source: &Source, names: &[Used]) -> Vec<Fault> {
    let own = source.room();
    let impure = |name: &&Used| match name {
        Used::Inside(path) => {
            let first = path.first().map(String::as_str);
            first.is_some_and(|word| IMPURE.contains(&word))
                || (first == own && path.get(1).is_some_and(|word| IMPURE_BESIDE.contains(&word.as_str())))
        }
        Used::Outside(path) => path.first().is_some_and(|word| IMPURE_OUTSIDE.contains(&word.as_str())),
    };
    let words = |name: &Used| match name {
        Used::Inside(path) => format!("uses `crate::{}`; a model or a decision is pure", path.join("::")),
        Used::Outside(path) => format!("uses `{}`; a model or a decision is pure", path.join("::")),
    };
    names.iter().filter(impure).map(|name| Fault::new(&source.path, words(name))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, text: &str) -> Vec<String> {
        let source = Source::new(&format!("crates/office/src/{path}"), text.to_owned());
        super::check(&[source]).into_iter().map(|fault| fault.words).collect()
    }

    #[test]
    fn a_room_uses_lower_steps_only() {
        assert!(check("council/service.rs", "use crate::ledger; use crate::awards::queries;").is_empty());
        assert_eq!(
            check("awards/service.rs", "use crate::council::queries;"),
            ["`awards` (step 8) uses `council::queries` of `council` (step 9), which is not below it"]
        );
    }

    #[test]
    fn rooms_on_one_step_do_not_know_each_other() {
        let said = check("petitions/service.rs", "fn f() { crate::conduct::service::open(); }");
        assert_eq!(said.len(), 1);
        assert!(said[0].contains("`petitions` (step 7) uses `conduct::service::open`"), "{said:?}");
    }

    #[test]
    fn another_rooms_store_is_closed() {
        assert_eq!(
            check("council/service.rs", "use crate::ledger::store;"),
            ["uses `ledger::store`; go through the service or the queries of that room"]
        );
        assert!(check("council/service.rs", "use super::store; use crate::council::store as own;").is_empty());
        assert_eq!(check("council/mod.rs", "pub(crate) mod store;"), ["opens its store to others; write `mod store;`"]);
    }

    #[test]
    fn models_and_decisions_are_pure() {
        let impure = [
            "use crate::db::Row;",
            "use crate::StoreError;",
            "use crate::council::store;",
            "fn f(ctx: &crate::Ctx<'_>) {}",
            "use sqlx::Row;",
            "fn f() { let _ = crate::sql!(\"find\"); }",
        ];
        for text in impure {
            assert_eq!(check("council/model.rs", text).len(), 1, "{text}");
            assert_eq!(check("council/decision/votes.rs", text).len(), 1, "{text}");
            assert!(check("council/service.rs", text).is_empty(), "{text}");
        }
        assert_eq!(
            check("council/decision.rs", "use super::store;"),
            ["uses `crate::council::store`; a model or a decision is pure"]
        );
        assert!(check("council/model.rs", "use kernel::Date; use super::CouncilError;").is_empty());
    }

    #[test]
    fn what_stands_beside_the_rooms_knows_none_of_them() {
        assert!(check("ctx.rs", "use crate::ledger;").is_empty());
        assert_eq!(
            check("db/open.rs", "use crate::identity::Account;"),
            ["`db` stands beside the rooms and must not know `identity`"]
        );
    }

    #[test]
    fn a_room_without_a_step_is_refused() {
        assert_eq!(
            check("parking/mod.rs", ""),
            ["the room `parking` has no step; give it one in xtask/src/arch/table.rs"]
        );
    }
}
