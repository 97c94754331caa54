//! The built program, served on the example data.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::clock;

/// Where the release build put the program.
pub fn program() -> Result<PathBuf> {
    let here = std::env::current_exe()?;
    let program = here.parent().context("a folder")?.join("thidua");
    if !program.is_file() {
        bail!("{} is missing: run `cargo build --release --workspace` first", program.display());
    }
    Ok(program)
}

/// A served house; ends with the value.
pub struct Served {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// How long it took until it answered.
    pub started: Duration,
}

impl Served {
    /// Serves the example data from a folder; fills it first when it is empty.
    pub fn on(data: &Path) -> Result<Self> {
        Self::with(data, &[])
    }

    /// The same, told more.
    pub fn with(data: &Path, more: &[&str]) -> Result<Self> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let began = Instant::now();
        let child = Command::new(program()?)
            .args(["serve", "--demo", "--listen", &address.to_string(), "--data"])
            .arg(data)
            .args(more)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let mut served = Self { child, address, started: Duration::ZERO };
        while get(address, "/song").is_err() {
            if began.elapsed() > Duration::from_secs(120) || served.child.try_wait()?.is_some() {
                bail!("the program does not answer");
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        served.started = began.elapsed();
        Ok(served)
    }

    /// The seconds of CPU it has taken.
    pub fn cpu(&self) -> Result<f64> {
        clock::cpu(self.child.id())
    }

    /// Its resident memory in MB.
    pub fn memory(&self) -> Result<f64> {
        clock::resident(self.child.id())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// A page, whole, over a connection of its own.
pub fn get(address: SocketAddr, path: &str) -> Result<String> {
    send(address, &format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"))
}

/// Sends a request and reads to the end.
pub fn send(address: SocketAddr, request: &str) -> Result<String> {
    let mut stream = TcpStream::connect(address)?;
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

/// Cold start on data that is there already, and memory when nobody asks for anything.
pub fn start() -> Result<()> {
    let data = tempfile::tempdir()?;
    drop(Served::on(data.path())?);
    let mut seconds: Vec<f64> = Vec::new();
    for _ in 0..5 {
        seconds.push(Served::on(data.path())?.started.as_secs_f64());
    }
    seconds.sort_by(f64::total_cmp);
    println!("start to first answer: median {:.3} s of {seconds:.3?}", seconds[2]);
    let served = Served::on(data.path())?;
    let fresh = served.memory()?;
    for path in ["/", "/dang-nhap", "/xac-minh"] {
        get(served.address, path)?;
    }
    std::thread::sleep(Duration::from_secs(30));
    println!("memory: {fresh:.0} MB after the start, {:.0} MB idle after half a minute", served.memory()?);
    Ok(())
}
