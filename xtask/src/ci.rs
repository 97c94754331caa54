//! The whole check: what `.ci/run` runs. Cheap steps come first.

use anyhow::{Context as _, Result, bail};
use walkdir::WalkDir;

use crate::place::{self, Place};
use crate::setup::{self, Need};
use crate::steps::{self, Step};
use crate::{arch, cargo, docs, licences, testing, tracked};

static STEPS: [Step; 12] = [
    Step { name: "fmt", what: "rustfmt has nothing to change", run: cargo::fmt },
    Step { name: "arch", what: "floors, steps, purity, sizes", run: arch::check },
    Step { name: "tracked", what: "no machine's paths or hosts in tracked files", run: tracked::check },
    Step { name: "licences", what: "licences, sources and bans of dependencies", run: licences::check },
    Step {
        name: "setup",
        what: "programs, fonts and front end are here",
        run: |place| setup::provide(place, &Need::ALL),
    },
    Step { name: "build", what: "all targets, without a warning of clippy", run: cargo::build },
    Step { name: "doc", what: "documentation without warnings", run: docs::write },
    Step { name: "test", what: "all tests, on SQLite", run: cargo::test },
    Step { name: "postgres", what: "the same stores on PostgreSQL", run: testing::on_postgres },
    Step { name: "rules", what: "the rule packs and their own cases", run: rules },
    Step { name: "plans", what: "every plan in movements/", run: plans },
    Step { name: "e2e", what: "the pages in a browser", run: testing::in_browser },
];

/// Runs the named steps, or all of them.
pub fn run(place: &Place, names: &[String]) -> Result<()> {
    let judging = Place { judging: true, ..place.clone() };
    steps::run(&judging, &chosen(names)?)
}

fn chosen(names: &[String]) -> Result<Vec<&'static Step>> {
    if let Some(unknown) = names.iter().find(|name| STEPS.iter().all(|step| step.name != name.as_str())) {
        let known: Vec<_> = STEPS.iter().map(|step| step.name).collect();
        bail!("there is no step `{unknown}`; the steps are {}", known.join(", "));
    }
    Ok(STEPS.iter().filter(|step| names.is_empty() || names.iter().any(|name| name == step.name)).collect())
}

fn rules(place: &Place) -> Result<()> {
    place::run(place.program(place.binary("thidua")).args(["rules", "check"]))?;
    place::run(place.program(place.binary("thidua")).args(["rules", "test"]))
}

fn plans(place: &Place) -> Result<()> {
    let mut seen = 0;
    for entry in WalkDir::new(place.root.join("movements")).sort_by_file_name() {
        let entry = entry.context("movements/ cannot be read")?;
        if entry.file_name() == "plan.toml" {
            let file = entry.path().strip_prefix(&place.root)?;
            place::run(place.program(place.binary("thidua")).args(["plan", "check"]).arg(file))?;
            seen += 1;
        }
    }
    if seen == 0 {
        bail!("movements/ holds no plan.toml");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chosen_steps_run_in_the_order_of_the_whole_check() {
        let names = ["test".to_owned(), "fmt".to_owned()];
        let found: Vec<_> = chosen(&names).unwrap().iter().map(|step| step.name).collect();
        assert_eq!(found, ["fmt", "test"]);
    }

    #[test]
    fn an_unknown_step_is_named_with_those_that_exist() {
        let said = chosen(&["clipy".to_owned()]).err().unwrap().to_string();
        assert!(said.starts_with("there is no step `clipy`; the steps are fmt, arch"), "{said}");
    }
}
