//! Plans, rule packs and calendars that travel in the binary.

use include_dir::{Dir, include_dir};

/// Every `movements/<id>/…` file.
pub static MOVEMENTS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../movements");
/// Every `rulepacks/…` file.
pub static RULEPACKS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../rulepacks");
/// Every `calendars/…` file.
pub static CALENDARS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../calendars");

/// The text files below a folder, as (path, text), in the order of their paths.
pub fn files(dir: &'static Dir<'static>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![dir];
    while let Some(dir) = open.pop() {
        open.extend(dir.dirs());
        found.extend(
            dir.files().filter_map(|file| Some((file.path().to_str()?.to_owned(), file.contents_utf8()?.to_owned()))),
        );
    }
    found.sort();
    found
}

/// The plan that runs when none is named: its text and its path.
pub fn default_plan() -> Option<(String, String)> {
    let id = MOVEMENTS.get_file("default.txt")?.contents_utf8()?.trim();
    let path = format!("{id}/plan.toml");
    let text = MOVEMENTS.get_file(&path)?.contents_utf8()?;
    Some((text.to_owned(), format!("movements/{path}")))
}
