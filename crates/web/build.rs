//! Embeds the built front end: `frontend/dist`, which `cargo xtask setup` makes.

use std::path::{Path, PathBuf};
use std::{env, fs, process};

fn main() {
    let frontend = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../frontend/dist");
    let manifest = frontend.join("manifest.json");
    println!("cargo::rerun-if-changed={}", manifest.display());
    let Ok(names) = fs::read_to_string(&manifest) else {
        println!(
            "cargo::error=frontend/dist is not built yet; run `cargo xtask setup` (or: cd frontend && npm ci && npm run build); it needs Node.js 20 or newer"
        );
        process::exit(1);
    };
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it for every build script"));
    fs::write(out.join("manifest.json"), names).expect("cargo made this folder for us");
    // In debug builds too: a program that was built once keeps working when the front end is built again.
    memory_serve::load_directory_with_embed(frontend.join("assets"), true);
}
