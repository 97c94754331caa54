//! The documentation of our own crates, made from what the build has left.
//!
//! `cargo doc` would check every dependency once more, for the typesetter alone takes minutes; rustdoc is as content
//! with the libraries that lie there. So it is asked directly, with the paths that cargo tells of.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde::Deserialize;

use crate::cargo;
use crate::place::{self, Place, run};

/// What `cargo metadata` says of the workspace.
#[derive(Debug, Deserialize)]
struct Workspace {
    packages: Vec<Package>,
    workspace_members: Vec<String>,
    resolve: Resolve,
}

#[derive(Debug, Deserialize)]
struct Package {
    id: String,
    name: String,
    version: String,
    description: Option<String>,
    edition: String,
    manifest_path: String,
    targets: Vec<Target>,
}

#[derive(Debug, Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
    src_path: String,
}

#[derive(Debug, Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Debug, Deserialize)]
struct Node {
    id: String,
    deps: Vec<Dependency>,
}

#[derive(Debug, Deserialize)]
struct Dependency {
    /// The name it is used by.
    name: String,
    pkg: String,
    dep_kinds: Vec<DependencyKind>,
}

#[derive(Debug, Deserialize)]
struct DependencyKind {
    /// None for what a library itself needs, else `dev` or `build`.
    kind: Option<String>,
}

/// What cargo built of the packages.
#[derive(Debug, Default, PartialEq, Eq)]
struct Built {
    /// The library of a package, with how far it was optimised.
    libraries: BTreeMap<String, (String, String)>,
    /// Where the build script of a package wrote.
    out_dirs: BTreeMap<String, String>,
}

/// A line of cargo's messages: one of the two kinds that tell of something built.
#[derive(Debug, Deserialize)]
struct Message {
    #[serde(default)]
    package_id: String,
    #[serde(default)]
    filenames: Vec<String>,
    out_dir: Option<String>,
    profile: Option<Profile>,
}

#[derive(Debug, Deserialize)]
struct Profile {
    opt_level: String,
    test: bool,
}

impl Built {
    /// Of two libraries of one package the optimised one is the program's; the other serves build scripts.
    fn read(messages: &str) -> Result<Self> {
        let mut built = Self::default();
        for line in messages.lines() {
            let message: Message = serde_json::from_str(line).context("cargo's message is not JSON")?;
            if let Some(folder) = message.out_dir {
                built.out_dirs.insert(message.package_id, folder);
                continue;
            }
            let library = message.filenames.into_iter().find(|file| {
                Path::new(file).extension().is_some_and(|extension| extension == "rlib" || extension == "so")
            });
            let Some((profile, file)) = message.profile.filter(|profile| !profile.test).zip(library) else { continue };
            let known = built.libraries.entry(message.package_id).or_default();
            if known.0.is_empty() || known.1 < profile.opt_level {
                *known = (file, profile.opt_level);
            }
        }
        Ok(built)
    }
}

/// Writes the documentation; a warning is an error.
pub fn write(place: &Place) -> Result<()> {
    let built = Built::read(&cargo::test_messages(place)?)?;
    let said = place::ask(place.cargo().args(["metadata", "--format-version", "1", "--locked"]))?;
    let workspace: Workspace = serde_json::from_str(&said).context("what `cargo metadata` says is not understood")?;
    for package in workspace.packages.iter().filter(|one| workspace.workspace_members.contains(&one.id)) {
        let node = workspace.resolve.nodes.iter().find(|node| node.id == package.id);
        let node = node.with_context(|| format!("`cargo metadata` does not resolve `{}`", package.name))?;
        for target in &package.targets {
            if let Some(kind) = target.kind.iter().find(|kind| ["lib", "bin"].contains(&kind.as_str())) {
                document(place, package, (target, kind), node, &built)?;
            }
        }
    }
    Ok(())
}

fn document(
    place: &Place,
    package: &Package,
    (target, kind): (&Target, &str),
    node: &Node,
    built: &Built,
) -> Result<()> {
    let folder = Path::new(&package.manifest_path).parent().context("a manifest lies in a folder")?;
    let mut rustdoc = place.program("rustdoc");
    rustdoc.args(["--crate-name", &target.name.replace('-', "_"), "--crate-type", kind, "--edition", &package.edition]);
    rustdoc.arg(&target.src_path).args(["-D", "warnings", "-o"]).arg(place.target.join("doc"));
    if kind == "bin" {
        // Nobody reads a program's own pages but who works on it: links to what is private hold there.
        rustdoc.args(["--document-private-items", "-A", "rustdoc::private_intra_doc_links"]);
    }
    rustdoc.arg("-L").arg(format!("dependency={}", place.target.join("debug/deps").display()));
    let used = |one: &&Dependency| one.dep_kinds.iter().any(|kind| kind.kind.is_none());
    let own = (kind == "bin").then(|| (package.name.replace('-', "_"), &package.id));
    let used = node.deps.iter().filter(used).map(|one| (one.name.clone(), &one.pkg)).chain(own);
    for (name, id) in used {
        if let Some((file, _)) = built.libraries.get(id) {
            rustdoc.arg("--extern").arg(format!("{name}={file}"));
        }
    }
    rustdoc.env("CARGO_MANIFEST_DIR", folder);
    rustdoc.env("CARGO_PKG_NAME", &package.name).env("CARGO_PKG_VERSION", &package.version);
    rustdoc.env("CARGO_PKG_DESCRIPTION", package.description.as_deref().unwrap_or_default());
    if let Some(folder) = built.out_dirs.get(&package.id) {
        rustdoc.env("OUT_DIR", folder);
    }
    run(&mut rustdoc).with_context(|| format!("the documentation of `{}` has faults", package.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_library_of_the_program_is_taken_and_not_that_of_a_build_script_nor_a_test() {
        let library = |opt: &str, test: bool, file: &str| {
            format!(
                r#"{{"reason":"compiler-artifact","package_id":"serde","profile":{{"opt_level":"{opt}","test":{test}}},"filenames":["{file}"]}}"#
            )
        };
        let messages = [
            library("1", false, "/t/libserde-1.rlib"),
            library("0", false, "/t/libserde-0.rlib"),
            library("3", true, "/t/serde-test.rlib"),
            r#"{"reason":"build-script-executed","package_id":"web","out_dir":"/t/web/out"}"#.to_owned(),
            r#"{"reason":"build-finished","success":true}"#.to_owned(),
        ];
        let built = Built::read(&messages.join("\n")).unwrap();
        assert_eq!(built.libraries["serde"].0, "/t/libserde-1.rlib");
        assert_eq!(built.out_dirs["web"], "/t/web/out");
        assert_eq!(built.libraries.len(), 1);
    }
}
