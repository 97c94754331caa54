//! A PostgreSQL server of our own for tests: in a temporary folder, on a free port of this machine,
//! stopped and swept away at the end, also after a failure.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result, bail};

use crate::place::{Place, answers};
use crate::setup;

/// Where Debian keeps the programs of each version.
const VERSIONS: &str = "/usr/lib/postgresql";
/// Who may run the server when we are root, whom it refuses.
const UNPRIVILEGED: [&str; 2] = ["postgres", "nobody"];
/// Faster than safe: what these tests write is thrown away.
const SETTINGS: &str = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200 \
                        -c listen_addresses=127.0.0.1 -c timezone=UTC";

/// The folder of `initdb` and `pg_ctl`, of the newest version here.
pub fn programs() -> Option<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = fs::read_dir(VERSIONS)
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, folder)| folder.join("initdb").is_file() && folder.join("pg_ctl").is_file())
        .collect();
    found.sort();
    found.pop().map(|(_, folder)| folder)
}

/// A running server.
pub struct Server {
    programs: PathBuf,
    folder: PathBuf,
    owner: Option<&'static str>,
    port: u16,
}

impl Server {
    /// Makes a cluster and starts it.
    pub fn start(place: &Place) -> Result<Self> {
        let programs = programs().context("PostgreSQL is not on this machine; run `cargo xtask setup`")?;
        let owner = if setup::is_root()? { Some(unprivileged(place)?) } else { None };
        let moment = SystemTime::now().duration_since(UNIX_EPOCH)?.as_nanos();
        let folder = std::env::temp_dir().join(format!("thidua-pg-{}-{moment}", std::process::id()));
        fs::create_dir(&folder).with_context(|| format!("{} could not be made", folder.display()))?;
        let server = Self { programs, folder, owner, port: free_port()? };
        if let Some(owner) = owner {
            quietly(Command::new("chown").arg(owner).arg(&server.folder))?;
        }
        let data = server.data();
        quietly(
            server
                .command("initdb")
                .args(["--auth=trust", "--username=thidua", "--encoding=UTF8", "--locale=C", "--no-sync", "-D"])
                .arg(&data),
        )?;
        let options = format!("{SETTINGS} -p {} -k {}", server.port, server.folder.display());
        let log = server.folder.join("log");
        let started = quietly(
            server
                .command("pg_ctl")
                .args(["start", "--wait", "--silent", "-D"])
                .arg(&data)
                .arg("-l")
                .arg(&log)
                .args(["-o", &options]),
        );
        started.with_context(|| format!("PostgreSQL did not start: {}", last_lines(&log)))?;
        println!("PostgreSQL of {} listens on 127.0.0.1:{}", server.programs.display(), server.port);
        Ok(server)
    }

    /// The address of a database on which others can be made.
    pub fn url(&self) -> String {
        format!("postgres://thidua@127.0.0.1:{}/postgres", self.port)
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// A program of this version, run by the owner of the cluster.
    fn command(&self, name: &str) -> Command {
        let program = self.programs.join(name);
        let mut command = match self.owner {
            Some(owner) => {
                let mut command = Command::new("runuser");
                command.args(["-u", owner, "--"]).arg(program);
                command
            }
            None => Command::new(program),
        };
        command.current_dir(&self.folder);
        command
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let data = self.data();
        if data.join("postmaster.pid").is_file() {
            let stopped =
                quietly(self.command("pg_ctl").args(["stop", "--silent", "-m", "immediate", "-D"]).arg(&data));
            if let Err(error) = stopped {
                eprintln!("PostgreSQL in {} was not stopped: {error:#}", self.folder.display());
            }
        }
        if let Err(error) = fs::remove_dir_all(&self.folder) {
            eprintln!("{} was not swept away: {error}", self.folder.display());
        }
    }
}

/// The first user of the list that this machine knows.
fn unprivileged(place: &Place) -> Result<&'static str> {
    UNPRIVILEGED
        .into_iter()
        .find(|name| answers(place.program("id").arg(name)))
        .context("PostgreSQL refuses to run as root, and this machine has neither the user postgres nor nobody")
}

/// A port that nobody listens on now.
fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0").context("no port is free on 127.0.0.1")?.local_addr()?.port())
}

/// Runs a program and shows what it said only when it failed. Its output goes to a file: the server
/// that `pg_ctl` leaves behind would hold a pipe open for ever.
fn quietly(command: &mut Command) -> Result<()> {
    let said = std::env::temp_dir().join(format!("thidua-pg-said-{}", std::process::id()));
    let file = fs::File::create(&said)?;
    let status = command.stdout(file.try_clone()?).stderr(file).status();
    let words = fs::read_to_string(&said).unwrap_or_default();
    fs::remove_file(&said)?;
    let status = status.with_context(|| format!("{} could not be started", command.get_program().display()))?;
    if !status.success() {
        bail!("{} ended with {status}: {}", command.get_program().display(), words.trim());
    }
    Ok(())
}

fn last_lines(log: &Path) -> String {
    let Ok(file) = fs::File::open(log) else { return "it left no log".to_owned() };
    let lines: Vec<_> = BufReader::new(file).lines().map_while(Result::ok).collect();
    lines[lines.len().saturating_sub(5)..].join("\n")
}
