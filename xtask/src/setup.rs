//! What a machine needs, and how it gets it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::command::{Command, is_there};
use crate::frontend;
use crate::house::House;
use crate::postgres;

/// The typeface of official papers; `crates/papers` embeds it.
const TYPEFACE: [&str; 4] = [
    "LiberationSerif-Regular.ttf",
    "LiberationSerif-Bold.ttf",
    "LiberationSerif-Italic.ttf",
    "LiberationSerif-BoldItalic.ttf",
];

/// Where systems keep it. Debian's older `liberation` folder is left out: its files lack most Vietnamese letters.
const TYPEFACE_FOLDERS: [&str; 3] = [
    "/usr/share/fonts/truetype/liberation2",
    "/usr/share/fonts/liberation-serif",
    "/usr/share/fonts/liberation-serif-fonts",
];

/// A program that some job needs.
struct Need {
    /// Its Debian packages.
    packages: &'static [&'static str],
    /// What it is for.
    purpose: &'static str,
    /// Whether it is there.
    is_met: fn() -> bool,
}

const FOR_RUNNING: [Need; 1] = [Need {
    packages: &["nodejs", "npm"],
    purpose: "building the front end",
    is_met: || is_there("node") && is_there("npm"),
}];

const FOR_CHECKING: [Need; 3] = [
    Need { packages: &["chromium"], purpose: "browser tests", is_met: || chromium().is_some() },
    Need { packages: &["poppler-utils"], purpose: "reading our papers in tests", is_met: || is_there("pdftotext") },
    Need { packages: &["postgresql"], purpose: "tests on PostgreSQL", is_met: || postgres::programs().is_some() },
];

/// All that running, testing and checking need.
pub fn everything(house: &House) -> Result<()> {
    install(FOR_RUNNING.iter().chain(&FOR_CHECKING))?;
    typeface(house)?;
    frontend::build(house)?;
    frontend::install(house, "e2e")
}

/// Only what building and running need.
pub fn for_running(house: &House) -> Result<()> {
    install(FOR_RUNNING.iter())?;
    typeface(house)?;
    frontend::build(house)
}

/// The browser of the browser tests.
pub fn chromium() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    let usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].map(PathBuf::from);
    named.into_iter().chain(usual).find(|path| path.is_file())
}

fn install<'a>(needs: impl Iterator<Item = &'a Need>) -> Result<()> {
    let missing: Vec<&Need> = needs.filter(|need| !(need.is_met)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().flat_map(|need| need.packages).copied().collect();
    if !(is_root()? && is_there("apt-get")) {
        let purposes: Vec<String> =
            missing.iter().map(|need| format!("{} ({})", need.packages.join(" "), need.purpose)).collect();
        bail!(
            "this machine lacks {}. On Debian or Ubuntu: sudo apt-get install {}; elsewhere install the packages of the same purpose",
            purposes.join(", "),
            packages.join(" ")
        );
    }
    apt_install(&packages)?;
    match missing.iter().find(|need| !(need.is_met)()) {
        None => Ok(()),
        Some(need) => bail!("apt-get installed {} and yet it is not found", need.packages.join(" ")),
    }
}

/// The package lists of a fresh machine are old or missing: after a failure they are fetched once.
fn apt_install(packages: &[&str]) -> Result<()> {
    let install = || {
        let command = Command::new("apt-get").env("DEBIAN_FRONTEND", "noninteractive");
        command.args(["install", "--yes", "--quiet", "--no-install-recommends"]).args(packages).run()
    };
    install().or_else(|_| {
        Command::new("apt-get").args(["update", "--quiet"]).run()?;
        install()
    })
}

/// Copies the typeface to `target/fonts`, from the system or from Debian's package.
fn typeface(house: &House) -> Result<()> {
    let kept = house.path("target/fonts");
    if holds_typeface(&kept) {
        return Ok(());
    }
    fs::create_dir_all(&kept).context("target/fonts cannot be made")?;
    if let Some(folder) = TYPEFACE_FOLDERS.iter().map(Path::new).find(|folder| holds_typeface(folder)) {
        return copy_typeface(folder, &kept);
    }
    if !is_there("apt-get") {
        bail!(
            "the typeface Liberation Serif 2 is missing; install it (Fedora: liberation-serif-fonts, Arch: ttf-liberation) \
             or put {} into target/fonts",
            TYPEFACE.join(", ")
        );
    }
    let unpacked = house.path("target/fonts-package");
    fs::create_dir_all(&unpacked).context("target/fonts-package cannot be made")?;
    let download = || Command::new("apt-get").in_folder(&unpacked).args(["download", "fonts-liberation2"]).run();
    if is_root()? {
        download().or_else(|_| Command::new("apt-get").args(["update", "--quiet"]).run().and_then(|()| download()))
    } else {
        download()
    }
    .context("the package fonts-liberation2 cannot be fetched; install it by hand")?;
    let package = fs::read_dir(&unpacked)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| path.extension().is_some_and(|kind| kind == "deb"));
    let package = package.context("apt-get fetched no package")?;
    Command::new("dpkg-deb").args(["--extract".as_ref(), package.as_os_str(), unpacked.as_os_str()]).run()?;
    copy_typeface(&unpacked.join("usr/share/fonts/truetype/liberation2"), &kept)
}

fn holds_typeface(folder: &Path) -> bool {
    TYPEFACE.iter().all(|file| folder.join(file).is_file())
}

fn copy_typeface(from: &Path, to: &Path) -> Result<()> {
    for file in TYPEFACE {
        fs::copy(from.join(file), to.join(file))
            .with_context(|| format!("{file} cannot be copied from {}", from.display()))?;
    }
    Ok(())
}

fn is_root() -> Result<bool> {
    Ok(is_there("id") && Command::new("id").args(["-u"]).output()?.trim() == "0")
}
