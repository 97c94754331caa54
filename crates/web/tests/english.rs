//! Every sentence that a template says has English in the catalogue.

use std::path::{Path, PathBuf};

fn templates(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            templates(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "html") {
            found.push(path);
        }
    }
}

/// The sentences in `t("…")`.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(".t(\"").skip(1).filter_map(|rest| rest.split_once('"').map(|(sentence, _)| sentence))
}

#[test]
fn every_sentence_of_a_template_has_english() {
    let mut files = Vec::new();
    templates(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let texts: Vec<String> = files.iter().map(|file| std::fs::read_to_string(file).expect("a template")).collect();
    let mut missing: Vec<&str> =
        texts.iter().flat_map(|text| sentences(text)).filter(|one| !web::say::has_english(one)).collect();
    missing.sort_unstable();
    missing.dedup();
    assert!(texts.iter().any(|text| sentences(text).next().is_some()), "no sentence found: the test reads nothing");
    assert!(missing.is_empty(), "add English to src/en.toml for: {missing:#?}");
}
