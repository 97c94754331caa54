//! The skeleton of a room: it keeps named things in a table of its own, and compiles as it stands.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::arch::{MAP, Map};
use crate::house::House;

/// The files of a room, as they are written for one called `things`, of which one is a `Thing`.
const FILES: [(&str, &str); 8] = [
    ("mod.rs", include_str!("../room/mod.rs.txt")),
    ("model.rs", include_str!("../room/model.rs.txt")),
    ("service.rs", include_str!("../room/service.rs.txt")),
    ("queries.rs", include_str!("../room/queries.rs.txt")),
    ("store.rs", include_str!("../room/store.rs.txt")),
    ("error.rs", include_str!("../room/error.rs.txt")),
    ("sql/add.sql", include_str!("../room/add.sql")),
    ("sql/find.sql", include_str!("../room/find.sql")),
];

const MIGRATIONS: [(&str, &str); 2] = [
    ("sqlite", include_str!("../room/migration.sqlite.sql")),
    ("postgres", include_str!("../room/migration.postgres.sql")),
];

/// Writes the room, its migrations, its line in `lib.rs` and its step on the map.
pub fn write(house: &House, name: &str, step: u8) -> Result<()> {
    let names = Names::of(name)?;
    let folder = house.path("crates/office/src").join(name);
    if folder.exists() || Map::read(house)?.rooms.get(name).is_some_and(|&known| known != step) {
        bail!("the room {name} is there already, or the map has it on another step");
    }
    fs::create_dir_all(folder.join("sql"))?;
    for (file, text) in FILES {
        write_file(&folder.join(file), &names.put_into(text))?;
    }
    for (engine, text) in MIGRATIONS {
        let migrations = house.path("crates/office/migrations").join(engine);
        let number = next_migration(&migrations)?;
        write_file(&migrations.join(format!("{number:04}_{name}.sql")), &names.put_into(text))?;
    }
    enter(&house.path("crates/office/src/lib.rs"), &format!("pub mod {name};"), "pub mod ")?;
    if !Map::read(house)?.rooms.contains_key(name) {
        let map = house.path(MAP);
        let text = fs::read_to_string(&map)?;
        write_file(&map, &format!("{}\n{name} = {step}\n", text.trim_end()))?;
    }
    house.command("rustfmt").args(["--edition", "2024"]).args([folder.join("mod.rs")]).run()?;
    eprintln!("crates/office/src/{name} is written; begin with its mod.rs and model.rs");
    Ok(())
}

/// What the room and one of its things are called.
struct Names {
    room: String,
    thing: String,
    kind: String,
}

impl Names {
    fn of(room: &str) -> Result<Self> {
        let is_word = room.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_') && !room.starts_with('_');
        if room.len() < 3 || !is_word {
            bail!("a room's name is a plural in small letters, for example `ceremonies`");
        }
        let thing = match room.strip_suffix("ies") {
            Some(stem) => format!("{stem}y"),
            None => room.strip_suffix('s').unwrap_or(room).to_owned(),
        };
        let kind = thing.split('_').map(capital).collect();
        Ok(Self { room: room.to_owned(), thing, kind })
    }

    fn put_into(&self, text: &str) -> String {
        text.replace("things", &self.room).replace("Thing", &self.kind).replace("thing", &self.thing)
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
}

fn next_migration(folder: &Path) -> Result<u32> {
    let mut newest = 0;
    for entry in fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let name = entry?.file_name();
        let number = name.to_str().and_then(|name| name.split('_').next()?.parse().ok());
        newest = newest.max(number.unwrap_or(0));
    }
    Ok(newest + 1)
}

/// Enters a line among those that begin alike, in the order of the alphabet.
fn enter(file: &PathBuf, line: &str, alike: &str) -> Result<()> {
    let text = fs::read_to_string(file)?;
    let mut lines: Vec<&str> = text.lines().collect();
    let after = lines.iter().rposition(|other| other.starts_with(alike) && *other < line);
    let place = after.map(|at| at + 1).or_else(|| lines.iter().position(|other| other.starts_with(alike)));
    lines.insert(place.with_context(|| format!("{} declares no rooms", file.display()))?, line);
    write_file(file, &(lines.join("\n") + "\n"))
}

fn write_file(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| format!("{} cannot be written", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_lends_its_name_to_its_things() {
        let names = Names::of("public_ceremonies").unwrap();
        assert_eq!(names.put_into("things::Thing { thing }"), "public_ceremonies::PublicCeremony { public_ceremony }");
        assert!(Names::of("Ceremonies").is_err() && Names::of("../x").is_err());
    }

    #[test]
    fn a_line_is_entered_in_the_order_of_the_alphabet() {
        let file = std::env::temp_dir().join(format!("xtask-lib-{}.rs", std::process::id()));
        fs::write(&file, "//! Rooms.\n\npub mod awards;\npub mod council;\nmod words;\n").unwrap();
        enter(&file, "pub mod ceremonies;", "pub mod ").unwrap();
        let text = fs::read_to_string(&file).unwrap();
        assert_eq!(text, "//! Rooms.\n\npub mod awards;\npub mod ceremonies;\npub mod council;\nmod words;\n");
        fs::remove_file(&file).unwrap();
    }
}
