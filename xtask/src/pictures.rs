//! Pictures that tests compare pages with: none may outlive its test.

use std::fs;
use std::path::Path;

use anyhow::{Result, bail};

use crate::house::House;

/// Where the browser tests keep them: `e2e/pictures/<project>/<name>.png`.
const FOLDER: &str = "e2e/pictures";

/// Checks that every kept picture is named in some browser test.
pub fn check(house: &House) -> Result<()> {
    let files = house.files()?;
    let mut tests = String::new();
    for path in files.iter().filter(|path| house.name_of(path).starts_with("e2e/tests/")) {
        tests.push_str(&fs::read_to_string(path)?);
    }
    let kept = files.iter().filter(|path| house.name_of(path).starts_with(FOLDER));
    let orphans: Vec<String> = kept.filter(|path| !is_named(path, &tests)).map(|path| house.name_of(path)).collect();
    if orphans.is_empty() { Ok(()) } else { bail!("no browser test compares a page with {}", orphans.join(", ")) }
}

fn is_named(picture: &Path, tests: &str) -> bool {
    picture.file_name().and_then(|name| name.to_str()).is_some_and(|name| tests.contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_belongs_to_the_test_that_names_it() {
        let tests = "await expect(page).toHaveScreenshot('the-plan.png')";
        assert!(is_named(Path::new("e2e/pictures/phone/the-plan.png"), tests));
        assert!(!is_named(Path::new("e2e/pictures/phone/the-council.png"), tests));
    }
}
