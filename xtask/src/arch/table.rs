//! The map of the house: floors, steps of rooms, kinds of files. A new room takes its step here and
//! in `ARCHITECTURE.md`.

/// The rooms of `office` on their steps. A room uses rooms on lower steps only.
pub const STEPS: [(u8, &[&str]); 12] = [
    (0, &["ledger", "history"]),
    (1, &["organization", "calendar"]),
    (2, &["identity"]),
    (3, &["records", "attachments", "notices", "jobs"]),
    (4, &["movements"]),
    (5, &["documents"]),
    (6, &["programmes", "tasks", "dossiers", "enterprises"]),
    (7, &["petitions", "conduct", "inspections", "initiatives"]),
    (8, &["dialogues", "targets", "scoring", "awards"]),
    (9, &["council"]),
    (10, &["decisions"]),
    (11, &["newsroom", "reports", "deadlines", "submissions", "fund"]),
];

/// What stands beside the rooms in `office` and knows none of them but those named; a star is all.
pub const BESIDE_ROOMS: [(&str, &[&str]); 10] = [
    ("lib", &[]),
    ("ctx", &["ledger", "movements"]), // carries the plan in force
    ("db", &[]),
    ("keys", &[]),
    ("audit", &["council", "decisions"]), // holds registers against the ledger
    ("kept", &["ledger"]),                // its newest entry names the state of the record
    ("import", &[]),
    ("words", &[]),
    ("backup", &["ledger", "attachments"]), // carries every table, walks the chain
    ("demo", &["*"]),                       // fills every room with an example
];

/// The crates by their folder, and which of ours each may build on.
pub const FLOORS: [(&str, &[&str]); 7] = [
    ("kernel", &[]),
    ("rules", &["kernel"]),
    ("papers", &["kernel"]),
    ("office", &["kernel", "rules", "papers"]),
    ("web", &["kernel", "rules", "papers", "office"]),
    ("app", &["kernel", "rules", "papers", "office", "web"]),
    ("testkit", &["kernel", "rules", "papers", "office"]),
];

/// Crates that tests alone may build on.
pub const TESTS_ONLY: [&str; 1] = ["testkit"];

/// Outside crates that belong to some floors only: what begins so may be used there and nowhere else.
pub const BELONGS: [(&str, &[&str]); 6] = [
    ("sqlx", &["office", "testkit"]),
    ("jiff-sqlx", &["office"]),
    ("axum", &["web", "app"]),
    ("tower", &["web", "app"]),
    ("askama", &["web"]),
    ("typst", &["papers"]),
];

/// Files of a room that are pure: types, invariants and answers, without store or surroundings.
pub const PURE: [&str; 2] = ["model", "decision"];

/// What pure files do not name, of our own crate.
pub const IMPURE: [&str; 8] = ["db", "ctx", "Ctx", "House", "StoreError", "Denied", "sql", "values"];

/// What pure files do not name, of other crates.
pub const IMPURE_OUTSIDE: [&str; 3] = ["sqlx", "jiff_sqlx", "tokio"];

/// Files of the same room that pure files do not name.
pub const IMPURE_BESIDE: [&str; 3] = ["store", "service", "queries"];

/// Names that say nothing about their subject.
pub const NO_SUBJECT: [&str; 12] =
    ["util", "utils", "helper", "helpers", "common", "misc", "types", "dto", "entity", "manager", "shared", "stuff"];

/// A file of so many lines is reported.
pub const LONG: usize = 400;
/// A file of more lines than this is refused.
pub const TOO_LONG: usize = 600;

/// The step of a room.
pub fn step(room: &str) -> Option<u8> {
    STEPS.iter().find(|(_, rooms)| rooms.contains(&room)).map(|(step, _)| *step)
}
