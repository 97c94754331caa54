//! Pages under load: as many connections as a busy morning, each asking again as soon as it is answered.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::product::{self, Served};

const CONNECTIONS: usize = 32;

/// What is asked next, by the number of the request.
pub type Requests = Arc<dyn Fn(usize) -> String + Send + Sync>;

pub fn run(seconds: u64) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let data = tempfile::tempdir()?;
    let served = Served::on(data.path())?;
    let cookie = signed_in(served.address, "thuongtruc")?;
    let span = Duration::from_secs(seconds);
    let ours = |path: &str| runtime.block_on(load(served.address, same(served.address, path, &cookie), span));
    let people = told("thidua  people", ours("/noi-bo/con-nguoi")?);
    told("thidua  register", ours("/noi-bo/so-khen-thuong")?);
    told("thidua  plan", ours("/noi-bo/ke-hoach")?);
    told("thidua  my work", ours("/noi-bo")?);
    println!("thidua  memory after the load: {:.0} MB", served.memory()?);
    drop(served);
    let Some(peer) = Peer::start(data.path())? else {
        println!("Django is not installed: no comparison");
        return Ok(());
    };
    let cookie = self::cookie(&product::get(peer.address, "/enter")?)?;
    let theirs = told("Django  people", runtime.block_on(load(peer.address, same(peer.address, "/", &cookie), span))?);
    println!("people: {:.1} times as many pages a second as Django", people / theirs);
    Ok(())
}

/// The cookie of somebody who signed in with an example account, whose password is public.
pub fn signed_in(address: SocketAddr, login: &str) -> Result<String> {
    let form = format!("ten-dang-nhap={login}&mat-khau=moc-chau-tra-xanh-2026&tiep=/noi-bo");
    cookie(&product::send(
        address,
        &format!(
            "POST /dang-nhap HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{form}",
            form.len()
        ),
    )?)
}

pub fn cookie(answer: &str) -> Result<String> {
    let line = answer.lines().filter_map(|line| line.split_once(": ")).find(|(name, value)| {
        name.eq_ignore_ascii_case("set-cookie") && (value.starts_with("thidua=") || value.starts_with("sessionid="))
    });
    let value = line.with_context(|| format!("nobody was let in: {answer:.300}"))?.1;
    Ok(value.split(';').next().unwrap_or(value).to_owned())
}

/// One page, over and over.
fn same(address: SocketAddr, path: &str, cookie: &str) -> Requests {
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nCookie: {cookie}\r\n\r\n");
    Arc::new(move |_| request.clone())
}

/// Prints what a load came to; answers pages a second.
pub fn told(what: &str, mut all: Vec<Duration>) -> f64 {
    all.sort_unstable();
    let at = |share: f64| all[((all.len() - 1) as f64 * share) as usize].as_secs_f64() * 1_000.0;
    let many = all.iter().len() as f64;
    let rate = many * CONNECTIONS as f64 / all.iter().map(Duration::as_secs_f64).sum::<f64>();
    println!("{what:<18} {rate:>7.0} a second   p50 {:>6.1} ms   p99 {:>6.1} ms   ({many} pages)", at(0.5), at(0.99));
    rate
}

/// Asks over all connections for so long; answers how long each answer took.
pub async fn load(address: SocketAddr, requests: Requests, span: Duration) -> Result<Vec<Duration>> {
    let until = Instant::now() + span;
    let visitors = (0..CONNECTIONS).map(|at| tokio::spawn(visit(address, Arc::clone(&requests), at, until)));
    let mut all = Vec::new();
    for visitor in visitors.collect::<Vec<_>>() {
        all.extend(visitor.await??);
    }
    Ok(all)
}

async fn visit(address: SocketAddr, requests: Requests, at: usize, until: Instant) -> Result<Vec<Duration>> {
    let mut stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let (mut taken, mut buffer) = (Vec::new(), vec![0; 1 << 20]);
    for number in (at..).step_by(CONNECTIONS) {
        if Instant::now() >= until {
            break;
        }
        let request = requests(number);
        let began = Instant::now();
        stream.write_all(request.as_bytes()).await?;
        let mut held = 0;
        let whole = loop {
            let read = stream.read(&mut buffer[held..]).await?;
            held += read;
            if read == 0 {
                break false;
            }
            if is_whole(&buffer[..held])? {
                break true;
            }
        };
        taken.push(began.elapsed());
        if !whole || String::from_utf8_lossy(&buffer[..held]).to_lowercase().contains("connection: close") {
            stream = TcpStream::connect(address).await?;
        }
    }
    Ok(taken)
}

/// Whether an answer has arrived in full; an error when it is not a page.
fn is_whole(bytes: &[u8]) -> Result<bool> {
    let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else { return Ok(false) };
    let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
    if !head.starts_with("http/1.1 200") {
        bail!("not a page: {}", head.lines().next().unwrap_or_default());
    }
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    match length {
        Some(length) => Ok(bytes.len() >= end + 4 + length.trim().parse::<usize>()?),
        None => Ok(bytes.ends_with(b"0\r\n\r\n")),
    }
}

/// The same list in Django.
struct Peer {
    child: Child,
    address: SocketAddr,
    _folder: tempfile::TempDir,
}

impl Peer {
    fn start(data: &Path) -> Result<Option<Self>> {
        let peers = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("peers");
        if !Command::new("python3")
            .args(["-c", "import django, gunicorn"])
            .output()
            .is_ok_and(|out| out.status.success())
        {
            return Ok(None);
        }
        let folder = tempfile::tempdir()?;
        let database = folder.path().join("peer.sqlite");
        let prepared = Command::new("python3")
            .args(["people.py", "prepare"])
            .arg(data.join("thidua.sqlite"))
            .current_dir(&peers)
            .env("PEER_DATABASE", &database)
            .status()?;
        anyhow::ensure!(prepared.success(), "the peer's database was not made");
        let address = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let child = Command::new("python3")
            .args(["-m", "gunicorn", "--workers", "2", "--threads", "4", "--bind", &address.to_string()])
            .arg("people:application")
            .current_dir(&peers)
            .env("PEER_DATABASE", &database)
            .stderr(Stdio::null())
            .spawn()?;
        let peer = Self { child, address, _folder: folder };
        let began = Instant::now();
        while product::get(address, "/enter").is_err() {
            anyhow::ensure!(began.elapsed() < Duration::from_secs(30), "the peer does not answer");
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(Some(peer))
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
