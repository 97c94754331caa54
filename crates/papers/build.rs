//! Takes Liberation Serif from the machine, so that papers look alike everywhere and the program
//! needs no font at run time. The files are not committed: Debian's `fonts-liberation2` has them.

use std::path::{Path, PathBuf};
use std::{env, fs, process};

const STYLES: [&str; 4] = ["Regular", "Bold", "Italic", "BoldItalic"];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=THIDUA_FONTS");
    let manifest = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let places = places(&manifest);
    let Some(found) = places.iter().find(|place| complete(place)) else {
        eprintln!(
            "Liberation Serif 2 was not found. Run `cargo xtask setup`, or install the package \
             `fonts-liberation2` (Debian, Ubuntu), `liberation-serif-fonts` (Fedora), or point THIDUA_FONTS at a folder \
             with LiberationSerif-{{Regular,Bold,Italic,BoldItalic}}.ttf. Looked in:"
        );
        for place in &places {
            eprintln!("  {}", place.display());
        }
        process::exit(1);
    };
    for style in STYLES {
        let name = file_name(style);
        println!("cargo::rerun-if-changed={}", found.join(&name).display());
        if let Err(error) = fs::copy(found.join(&name), out.join(&name)) {
            eprintln!("{} could not be copied: {error}", found.join(&name).display());
            process::exit(1);
        }
    }
}

/// Where the fonts may be, the most deliberate place first.
fn places(manifest: &Path) -> Vec<PathBuf> {
    let mut places = Vec::new();
    places.extend(env::var_os("THIDUA_FONTS").map(PathBuf::from));
    places.push(manifest.join("../../target/fonts"));
    places.push(PathBuf::from("/usr/share/fonts/truetype/liberation2"));
    places.push(PathBuf::from("/usr/share/fonts/liberation-serif"));
    places
}

fn complete(place: &Path) -> bool {
    STYLES.iter().all(|style| place.join(file_name(style)).is_file())
}

fn file_name(style: &str) -> String {
    format!("LiberationSerif-{style}.ttf")
}
