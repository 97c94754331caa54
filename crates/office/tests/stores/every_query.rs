//! Every `.sql` file is understood by both engines.

use std::path::{Path, PathBuf};

use office::db::Db;
use sqlx::{AssertSqlSafe, Executor as _, SqlSafeStr as _};

fn queries(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of ours") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            queries(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "sql") {
            found.push(path);
        }
    }
}

#[tokio::test]
async fn every_query_is_prepared_on_every_engine() {
    let mut found = Vec::new();
    queries(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    assert!(found.len() > 50, "only {} queries were found", found.len());
    let mut refused = Vec::new();
    for house in testkit::houses().await {
        for path in &found {
            let name = path.file_name().and_then(|name| name.to_str()).expect("a file name");
            let text = AssertSqlSafe(std::fs::read_to_string(path).expect("a text")).into_sql_str();
            let answer = match &house.db {
                Db::Sqlite { .. } if name.ends_with(".postgres.sql") => continue,
                Db::Postgres { .. } if name.ends_with(".sqlite.sql") => continue,
                Db::Sqlite { pool, .. } => pool.prepare(text).await.map(drop),
                Db::Postgres { pool, .. } => pool.prepare(text).await.map(drop),
            };
            if let Err(error) = answer {
                refused.push(format!("{} {}: {error}", house.engine(), path.display()));
            }
        }
    }
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

#[test]
fn a_query_of_one_engine_has_its_twin_for_the_other() {
    let mut found = Vec::new();
    queries(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    for path in &found {
        let text = path.to_str().expect("a path");
        let twin = match (text.strip_suffix(".sqlite.sql"), text.strip_suffix(".postgres.sql")) {
            (Some(stem), _) => format!("{stem}.postgres.sql"),
            (_, Some(stem)) => format!("{stem}.sqlite.sql"),
            _ => continue,
        };
        assert!(Path::new(&twin).exists(), "{text} has no twin");
    }
}
