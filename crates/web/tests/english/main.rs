//! Every sentence of the screen has English: what templates say, and what rooms and pages say when they refuse.

mod told;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use kernel::Permission;
use told::Told;
use web::say::{Lang, has_english, has_english_fault};

/// Sources whose sentences nobody reads on a page, with the reason.
const ELSEWHERE: [(&str, &str); 7] = [
    ("office/src/backup", "commands say it in a terminal"),
    ("office/src/demo", "the invented content of the example, in which nothing is refused"),
    ("office/src/movements/error.rs", "plan files are read by commands and when the program starts"),
    ("office/src/notices/mailing.rs", "the settings of mail are read when the program starts"),
    ("kernel/src/calendar/file.rs", "the calendar's file is part of the program"),
    ("papers/src/certificate/list.rs", "a command reads it"),
    ("rules/src/pack", "rule packs are read by commands and when the program starts"),
];

/// The files below a folder with this ending, in order.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let entries = std::fs::read_dir(folder).expect("the sources");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|own| own == ending) {
            found.push(path);
        }
    }
    found
}

fn crates() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crates")
}

/// The Vietnamese strings of a crate that are told on a page.
fn strings(of: &str) -> Vec<Told> {
    let elsewhere = |path: &Path| {
        ELSEWHERE.iter().any(|(place, _)| path.starts_with(crates().join(place)))
            || path.file_name().is_some_and(|name| name == "tests.rs")
    };
    let sources = files(&crates().join(of).join("src"), "rs");
    let read = |path: &PathBuf| std::fs::read_to_string(path).expect("a source");
    let texts = sources.iter().filter(|path| !elsewhere(path)).map(read);
    texts.flat_map(|text| told::strings(&text)).filter(Told::is_vietnamese).collect()
}

/// The text of an error: `#[error("…")]`.
fn is_an_errors(told: &Told) -> bool {
    told.call() == Some("error") && !told.is_later()
}

/// What a room puts into an error, or at a field of its own.
fn is_a_rooms(told: &Told) -> bool {
    let of_the_store = |name: &str| name.contains("StoreError");
    if let Some(call) = told.call() {
        let verb = call.rsplit([':', '.']).next().unwrap_or_default();
        let at_a_field = ["line", "text", "needed", "needed_text"].contains(&verb) && told.is_later();
        let refuses = ["missing", "odd", "not_to_send", "early", "fault"].contains(&verb);
        return (call.contains("Error::") && !of_the_store(call)) || refuses || at_a_field;
    }
    let named = |name: &str| name.contains("Error::") || name.ends_with("Missing");
    told.value().is_some_and(|name| named(name) && !of_the_store(name))
        && told.is_given_to(&["what:", "why:", "is:", "reason:"])
}

/// What a page refuses a form with, and refusals themselves with their titles.
fn is_a_pages(told: &Told) -> bool {
    let verbs = ["refuse", "required_line", "required_text", "required_day", "choice", "conflict", "forbidden"];
    let refuses = |call: &str| {
        ["Self::new", "Refusal::new"].contains(&call) || verbs.contains(&call.rsplit('.').next().unwrap_or_default())
    };
    let refuses_by_path =
        |call: &str| call.strip_prefix("Refusal::").is_some_and(|verb| verb == "field" || verbs.contains(&verb));
    told.call().is_some_and(|call| refuses(call) || refuses_by_path(call)) || told.is_given_to(&["let what ="])
}

#[test]
fn every_sentence_of_a_template_has_english() {
    let read = |file: &PathBuf| std::fs::read_to_string(file).expect("a template");
    let texts: Vec<String> = files(&crates().join("web/src"), "html").iter().map(read).collect();
    let said = |text: &str| -> Vec<String> {
        let parts = text.split(".t(\"").skip(1).filter_map(|rest| rest.split_once('"'));
        parts.map(|(sentence, _)| sentence.to_owned()).collect()
    };
    let all: BTreeSet<String> = texts.iter().flat_map(|text| said(text)).collect();
    assert!(!all.is_empty(), "no sentence found: the test reads nothing");
    let missing: Vec<&String> = all.iter().filter(|one| !has_english(one)).collect();
    assert!(missing.is_empty(), "add English to src/en.toml for: {missing:#?}");
}

#[test]
fn every_sentence_of_a_fault_or_refusal_has_english() {
    type Rule = fn(&Told) -> bool;
    let rules: [(&str, Rule, &str); 6] = [
        ("kernel", is_an_errors, "chưa nhập số"),
        ("rules", is_an_errors, "không có hình thức khen thưởng mang mã “{}”; các mã: {}"),
        ("papers", is_an_errors, "Tệp trống. Hãy chọn tệp có dữ liệu."),
        ("office", is_an_errors, "trọng số phải từ 1 đến {}"),
        ("office", is_a_rooms, "Nhập tiêu đề công khai"),
        ("web", is_a_pages, "Nhập tên nhiệm vụ"),
    ];
    let mut missing = BTreeSet::new();
    for (of, rule, known) in rules {
        let found: BTreeSet<String> = strings(of).into_iter().filter(rule).map(|told| told.sentence).collect();
        assert!(found.contains(known), "the sentences of {of} are not found as they are written: {known}");
        missing.extend(found.into_iter().filter(|sentence| !has_english_fault(sentence)));
    }
    assert!(missing.is_empty(), "add English to src/en.faults.toml for: {missing:#?}");
}

#[test]
fn a_permission_that_is_refused_is_named_in_english() {
    for permission in Permission::ALL {
        let name = permission.name_vi();
        assert_ne!(Lang::En.fault(name), name, "add English to src/en.faults.toml");
    }
}

#[test]
fn what_is_told_elsewhere_is_still_there() {
    for (place, reason) in ELSEWHERE {
        assert!(crates().join(place).exists(), "{place}: {reason}");
    }
}

#[test]
fn no_template_prints_a_fault_as_it_came() {
    for file in files(&crates().join("web/src"), "html") {
        let text = std::fs::read_to_string(&file).expect("a template");
        let printed = text.split("{{ ").skip(1).filter_map(|rest| rest.split_once(" }}")).map(|(one, _)| one);
        let is_fault = |one: &str| one == "fault" || one.ends_with("fault.what") || one.contains("form.fault(");
        let bare: Vec<&str> = printed.filter(|one| is_fault(one) && !one.contains("l.fault(")).collect();
        assert!(bare.is_empty(), "{}: not in the language of the screen: {bare:?}", file.display());
        assert!(!text.contains(">Lỗi: <"), "{}: say frame.l.t(\"Lỗi:\")", file.display());
    }
}

#[test]
fn a_fault_is_told_in_the_language_of_the_screen() {
    let stale = web::page::sentence(&office::StoreError::Stale { table: "tasks" });
    assert_eq!(Lang::Vi.fault(&stale), stale);
    assert_eq!(Lang::En.fault(&stale), "Somebody else has just changed this; load the page again and repeat.");
    assert_eq!(
        Lang::En.fault("Chưa nhận thêm: Lò Thị Lả"),
        "Chưa nhận thêm: Lò Thị Lả",
        "what nobody translated stays as it is"
    );
}
