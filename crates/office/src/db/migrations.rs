//! The steps to the structure this program needs: the files in `migrations/`, which travel in the program.
//!
//! `sqlx::migrate!` would read them too, by a macro for which cargo compiles the drivers of both engines a second
//! time.

use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use sqlx::SqlStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

static SQLITE_FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/migrations/sqlite");
static POSTGRES_FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/migrations/postgres");

/// The steps of SQLite.
pub(super) static SQLITE: LazyLock<Migrator> = LazyLock::new(|| steps(&SQLITE_FILES));
/// The steps of PostgreSQL.
pub(super) static POSTGRES: LazyLock<Migrator> = LazyLock::new(|| steps(&POSTGRES_FILES));

/// Every file as a step; a file whose name is none (`0001_people.sql`) is a fault of the program.
fn steps(files: &'static Dir<'static>) -> Migrator {
    let steps = files.files().map(|file| {
        let name = file.path().to_str().and_then(|name| name.strip_suffix(".sql")).expect("a step is an SQL file");
        let (version, words) = name.split_once('_').expect("a step has a number and a name");
        let version = version.parse().expect("the number of a step");
        let sql = file.contents_utf8().expect("a step is text");
        Migration::new(version, words.replace('_', " ").into(), MigrationType::Simple, SqlStr::from_static(sql), false)
    });
    Migrator::with_migrations(steps.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_engines_take_the_same_steps() {
        let of = |steps: &Migrator| -> Vec<(i64, String)> {
            steps.iter().map(|step| (step.version, step.description.to_string())).collect()
        };
        let steps = of(&SQLITE);
        assert_eq!(steps, of(&POSTGRES));
        assert!(steps.windows(2).all(|pair| pair[0].0 < pair[1].0), "a number twice: {steps:?}");
    }
}
