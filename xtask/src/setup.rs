//! What a machine needs before it can build, run and test, and how it gets it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::place::{self, Place, answers};
use crate::{frontend, postgres};

/// Something the machine must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Liberation Serif 2, which papers embed.
    Fonts,
    /// Node.js and npm, and the built front end.
    Frontend,
    /// A PostgreSQL server of which tests start one of their own.
    Postgres,
    /// The browser of the end-to-end tests, and their packages.
    Browser,
}

const FONT_STYLES: [&str; 4] = ["Regular", "Bold", "Italic", "BoldItalic"];
const FONT_PLACES: [&str; 2] = ["/usr/share/fonts/truetype/liberation2", "/usr/share/fonts/liberation-serif"];
const BROWSERS: [&str; 3] = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

impl Need {
    /// Everything.
    pub const ALL: [Self; 4] = [Self::Fonts, Self::Frontend, Self::Postgres, Self::Browser];

    /// The Debian packages that bring what is not there.
    fn missing(self, place: &Place) -> Vec<&'static str> {
        let has = |program: &str| answers(place.program(program).arg("--version"));
        match self {
            Self::Fonts if font_folder(place).is_none() => vec!["fonts-liberation2"],
            Self::Frontend if !has("node") => vec!["nodejs", "npm"],
            Self::Frontend if !has("npm") => vec!["npm"],
            Self::Postgres if postgres::programs().is_none() => vec!["postgresql"],
            Self::Browser if browser().is_none() => vec!["chromium"],
            _ => Vec::new(),
        }
    }
}

/// Brings what is missing, then everything that is made from it.
pub fn provide(place: &Place, needs: &[Need]) -> Result<()> {
    let missing: Vec<_> = needs.iter().flat_map(|need| need.missing(place)).collect();
    if !missing.is_empty() {
        install(place, &missing)?;
    }
    for need in needs {
        match need {
            Need::Fonts => bring_fonts(place)?,
            Need::Frontend => frontend::build(place)?,
            Need::Browser => frontend::install(place, &place.root.join("e2e"))?,
            Need::Postgres => {}
        }
    }
    Ok(())
}

/// The browser of the tests: the one that CHROMIUM names, or the system's.
pub fn browser() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    named.into_iter().chain(BROWSERS.map(PathBuf::from)).find(|path| path.is_file())
}

/// Installs Debian packages as root; otherwise says what to install.
fn install(place: &Place, packages: &[&str]) -> Result<()> {
    let debian = answers(place.program("apt-get").arg("--version"));
    if debian && is_root()? {
        place::run(place.program("apt-get").args(["update", "-qq"]))?;
        return place::run(
            place
                .program("apt-get")
                .env("DEBIAN_FRONTEND", "noninteractive")
                .args(["install", "-y", "-qq", "--no-install-recommends"])
                .args(packages),
        );
    }
    if debian && packages == ["fonts-liberation2"] {
        return unpack_fonts(place);
    }
    if debian {
        bail!("this machine lacks some programs; install them with: sudo apt-get install {}", packages.join(" "));
    }
    bail!("this machine lacks what these Debian packages bring: {}; install the same here", packages.join(" "))
}

/// Whether we are the administrator of this machine.
pub fn is_root() -> Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    let me = fs::metadata("/proc/self").context("the system does not say who runs this")?;
    Ok(me.uid() == 0)
}

/// The fonts from their Debian package without installing it.
fn unpack_fonts(place: &Place) -> Result<()> {
    let folder = place.kept("apt");
    fs::create_dir_all(&folder)?;
    place::run(place.program("apt-get").current_dir(&folder).args(["download", "fonts-liberation2"]))?;
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|kind| kind == "deb") {
            place::run(place.program("dpkg").arg("-x").arg(&path).arg(&folder))?;
        }
    }
    Ok(())
}

/// Where the machine keeps all four styles.
fn font_folder(place: &Place) -> Option<PathBuf> {
    let unpacked = place.kept("apt").join("usr/share/fonts/truetype/liberation2");
    [place.kept("fonts"), unpacked]
        .into_iter()
        .chain(FONT_PLACES.map(PathBuf::from))
        .find(|folder| FONT_STYLES.iter().all(|style| folder.join(font_file(style)).is_file()))
}

fn font_file(style: &str) -> String {
    format!("LiberationSerif-{style}.ttf")
}

/// Copies the fonts to `target/fonts`, where `crates/papers` takes them from.
fn bring_fonts(place: &Place) -> Result<()> {
    let from = font_folder(place).context("the package fonts-liberation2 is installed, but its fonts are not there")?;
    let to = place.kept("fonts");
    if from != to {
        copy_fonts(&from, &to)?;
    }
    Ok(())
}

fn copy_fonts(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for style in FONT_STYLES {
        let name = font_file(style);
        fs::copy(from.join(&name), to.join(&name)).with_context(|| format!("{name} could not be copied"))?;
    }
    println!("fonts: copied to {}", to.display());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_four_styles_are_copied_to_where_papers_looks() {
        let folder = std::env::temp_dir().join(format!("xtask-fonts-{}", std::process::id()));
        let (from, to) = (folder.join("from"), folder.join("to"));
        fs::create_dir_all(&from).unwrap();
        for style in FONT_STYLES {
            fs::write(from.join(font_file(style)), style).unwrap();
        }
        copy_fonts(&from, &to).unwrap();
        assert_eq!(fs::read_to_string(to.join("LiberationSerif-BoldItalic.ttf")).unwrap(), "BoldItalic");
        assert_eq!(fs::read_dir(&to).unwrap().count(), 4);
        fs::remove_dir_all(folder).unwrap();
    }
}
