//! A PostgreSQL of our own for the length of a test run.
//!
//! It keeps its files in a folder of its own under the system's temporary one, listens on a free port of this
//! machine, writes nothing safely (it is thrown away) and is stopped when dropped. PostgreSQL refuses to run as
//! root: then it runs as the user `postgres`, or `nobody` where there is none.

use std::fs::{self, File};
use std::net::TcpListener;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

/// How long a server may take to answer first, and to end.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server.
pub struct Postgres {
    folder: PathBuf,
    server: Child,
    port: u16,
}

/// The folder with `initdb` and `postgres`; the newest version of several.
pub fn programs() -> Option<PathBuf> {
    let on_path = std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()).collect::<Vec<_>>();
    let mut debian: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .map(|versions| versions.filter_map(|entry| Some(entry.ok()?.path().join("bin"))).collect())
        .unwrap_or_default();
    debian.sort_by_key(|folder| {
        let version = folder.parent().and_then(Path::file_name).and_then(|name| name.to_str());
        std::cmp::Reverse(version.and_then(|version| version.parse::<u32>().ok()))
    });
    debian
        .into_iter()
        .chain(on_path)
        .find(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())
}

impl Postgres {
    /// Makes and starts a server, and waits until it answers.
    pub fn start() -> Result<Self> {
        let programs = programs().context("PostgreSQL is not installed; run `cargo xtask setup`")?;
        let owner = Owner::choose()?;
        let folder = std::env::temp_dir().join(format!("thidua-postgres-{}", std::process::id()));
        fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        owner.give(&folder)?;

        let mut initdb = Command::new(programs.join("initdb"));
        initdb.args(["--username=thidua", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--pgdata"]);
        let made = owner.as_user(initdb.arg(folder.join("data")).current_dir(&folder)).output()?;
        if !made.status.success() {
            bail!("initdb failed: {}", String::from_utf8_lossy(&made.stderr).trim());
        }

        let port = free_port()?;
        let log = File::create(folder.join("log")).context("the server's log cannot be made")?;
        let mut postgres = Command::new(programs.join("postgres"));
        postgres.arg("-D").arg(folder.join("data")).arg("-k").arg(&folder).arg("-p").arg(port.to_string());
        for setting in [
            "listen_addresses=127.0.0.1",
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
            "max_connections=400",
        ] {
            postgres.args(["-c", setting]);
        }
        postgres.current_dir(&folder).stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        let server = owner.as_user(&mut postgres).spawn().context("the server cannot be started")?;
        let mut running = Self { folder, server, port };
        running.wait_for_answer(&programs)?;
        Ok(running)
    }

    /// How programs reach it.
    pub fn url(&self) -> String {
        format!("postgres://thidua@127.0.0.1:{}/postgres", self.port)
    }

    fn wait_for_answer(&mut self, programs: &Path) -> Result<()> {
        let begun = Instant::now();
        let port = self.port.to_string();
        loop {
            let mut question = Command::new(programs.join("pg_isready"));
            question.args(["--quiet", "--host=127.0.0.1", "--port", &port]).current_dir(&self.folder);
            if question.status().context("pg_isready cannot be started")?.success() {
                return Ok(());
            }
            if self.server.try_wait()?.is_some() || begun.elapsed() > PATIENCE {
                let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
                bail!("the private PostgreSQL does not answer; its log:\n{log}");
            }
            sleep(Duration::from_millis(100));
        }
    }

    /// Ends it the quick way that PostgreSQL offers: SIGINT rolls back what is open.
    fn stop(&mut self) -> Result<()> {
        Command::new("kill").args(["-INT", &self.server.id().to_string()]).status()?;
        let begun = Instant::now();
        while self.server.try_wait()?.is_none() {
            if begun.elapsed() > PATIENCE {
                self.server.kill()?;
                self.server.wait()?;
            }
            sleep(Duration::from_millis(50));
        }
        fs::remove_dir_all(&self.folder)?;
        Ok(())
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if let Err(error) = self.stop() {
            eprintln!("xtask: the private PostgreSQL in {} was not cleared away: {error}", self.folder.display());
        }
    }
}

/// Who runs the server.
enum Owner {
    /// Whoever runs this program.
    Ourselves,
    /// A user without rights, chosen by root.
    Other { uid: u32, gid: u32 },
}

impl Owner {
    fn choose() -> Result<Self> {
        if number("id", &["-u"])? != 0 {
            return Ok(Self::Ourselves);
        }
        let user = ["postgres", "nobody"].into_iter().find(|user| number("id", &["-u", user]).is_ok());
        let user = user.context("PostgreSQL may not run as root, and there is neither a user postgres nor nobody")?;
        Ok(Self::Other { uid: number("id", &["-u", user])?, gid: number("id", &["-g", user])? })
    }

    fn give(&self, folder: &Path) -> Result<()> {
        match *self {
            Self::Ourselves => Ok(()),
            Self::Other { uid, gid } => std::os::unix::fs::chown(folder, Some(uid), Some(gid))
                .with_context(|| format!("{} cannot be given to another user", folder.display())),
        }
    }

    fn as_user<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        match *self {
            Self::Ourselves => command,
            Self::Other { uid, gid } => command.uid(uid).gid(gid),
        }
    }
}

fn number(program: &str, arguments: &[&str]) -> Result<u32> {
    let output = Command::new(program).args(arguments).output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    text.trim().parse().with_context(|| format!("`{program} {}` gave no number", arguments.join(" ")))
}

/// A port that was free a moment ago.
fn free_port() -> Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("no port is free on this machine")?;
    Ok(listener.local_addr()?.port())
}
