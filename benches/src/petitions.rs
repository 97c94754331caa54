//! Petitions at 100,000 stored: created, listed and read over 32 connections, on SQLite and on PostgreSQL, beside
//! Django and Directus on the same engine.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use office::House;
use office::db::Db;
use testkit::FreshDatabase;
use tokio::runtime::Runtime;

use crate::clock;
use crate::pages::{Requests, cookie, load, signed_in, told};
use crate::petitions_house::{Made, code, fill, id, write_lines};
use crate::petitions_search;
use crate::product::{self, Served};

/// What is measured.
pub struct Asked {
    pub rows: usize,
    pub seconds: u64,
    pub postgres: Option<String>,
    pub python: PathBuf,
    pub directus: Option<PathBuf>,
}

pub fn run(asked: &Asked) -> Result<()> {
    ensure!(asked.rows >= 200, "at least 200 petitions");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let lines = tempfile::tempdir()?;
    let lines = lines.path().join("petitions.jsonl");
    write_lines(asked.rows, &lines)?;
    on(&runtime, asked, &lines, None)?;
    match &asked.postgres {
        Some(server) => on(&runtime, asked, &lines, Some(server)),
        None => {
            println!("PostgreSQL: no --postgres URL, left out");
            Ok(())
        }
    }
}

fn on(runtime: &Runtime, asked: &Asked, lines: &Path, server: Option<&str>) -> Result<()> {
    let data = tempfile::tempdir()?;
    let fresh = server.map(|server| runtime.block_on(FreshDatabase::on(server)));
    let database = fresh.as_ref().map(|fresh| fresh.url().to_owned());
    let engine = if server.is_some() { "PostgreSQL" } else { "SQLite" };
    // The limits of one address are not what is measured: every request comes as from an address of its own.
    let mut more = vec!["--behind-proxy"];
    more.extend(database.iter().flat_map(|url| ["--database-url", url.as_str()]));
    drop(Served::with(data.path(), &more)?);
    let began = Instant::now();
    let house = runtime.block_on(opened(data.path(), database.as_deref()))?;
    runtime.block_on(fill(&house, asked.rows))?;
    println!("{engine}: {} petitions, written in {:.0} s", asked.rows, began.elapsed().as_secs_f64());
    let served = Served::with(data.path(), &more)?;
    let cookie = signed_in(served.address, "tiepnhan")?;
    let span = Duration::from_secs(asked.seconds);
    let measure = |what: &str, requests: Requests| -> Result<f64> {
        let before = served.cpu()?;
        measured(
            &format!("thidua  {what}"),
            runtime.block_on(load(served.address, requests, span))?,
            served.cpu()? - before,
        )
    };
    let ours = ours(served.address, &cookie, asked.rows);
    for (what, requests) in ours {
        measure(what, requests)?;
    }
    println!("thidua  memory after the load: {:.0} MB", served.memory()?);
    drop(served);
    let starts: [StartPeer; 2] = [Peer::django, Peer::directus];
    for start in starts {
        // One after the other: a peer that waits for the next one would share the cores with it.
        let own = server.map(|server| runtime.block_on(FreshDatabase::on(server)));
        let Some(peer) = start(asked, lines, own)? else { continue };
        for (what, requests) in (peer.requests)(peer.address, asked.rows)? {
            let before = clock::cpu_of_all(peer.child.id())?;
            let all = runtime.block_on(load(peer.address, requests, span))?;
            measured(&format!("{:<7} {what}", peer.name), all, clock::cpu_of_all(peer.child.id())? - before)?;
        }
    }
    petitions_search::run(runtime, &house, asked, lines, database.as_deref())
}

/// The house of a folder, for what is asked of it without a page.
async fn opened(data: &Path, database: Option<&str>) -> Result<House> {
    let db = match database {
        Some(url) => Db::open_postgres(url).await?,
        None => Db::open_sqlite(&data.join("thidua.sqlite")).await?,
    };
    Ok(testkit::house_over(db, data))
}

/// Prints a load with the CPU of the server a request; answers requests a second.
fn measured(what: &str, all: Vec<Duration>, cpu: f64) -> Result<f64> {
    ensure!(!all.is_empty(), "{what}: nothing was answered");
    let many = all.len() as f64;
    let rate = told(what, all);
    println!("{:<18} {:.2} ms of CPU a request", "", cpu * 1_000.0 / many);
    Ok(rate)
}

type Measures = Vec<(&'static str, Requests)>;

/// A request, with an address of its own for the caller; the head's further lines end with a line end each.
fn request(address: SocketAddr, method: &str, path: &str, head: &str, body: &str) -> Requests {
    let start = format!("{method} {path} HTTP/1.1\r\nHost: {address}\r\n{head}");
    let end = format!("Content-Length: {}\r\n\r\n{body}", body.len());
    Arc::new(move |number| {
        let [_, one, two, three] = (number as u32).to_be_bytes();
        format!("{start}X-Forwarded-For: 10.{one}.{two}.{three}\r\n{end}")
    })
}

/// A closed petition, half-way down the list of all.
fn deep(rows: usize) -> usize {
    let middle = rows / 2;
    middle - middle % 100 + 50
}

/// One of the requests by number, each made for another row.
fn by_row(rows: usize, of: impl Fn(usize) -> Requests) -> Requests {
    let all: Vec<Requests> = (0..97).map(|at| of(at * 7_919 % rows)).collect();
    Arc::new(move |number| all[number % all.len()](number))
}

/// A row that is over, and one that is open, near this one.
fn near(row: usize, open: bool) -> usize {
    row - row % 100 + if open { 5 } else { 42 }
}

fn ours(address: SocketAddr, cookie: &str, rows: usize) -> Measures {
    let signed = format!("Cookie: {cookie}\r\n");
    let get = |path: String| request(address, "GET", &path, &signed, "");
    let after = Made::of(deep(rows)).place().replace(' ', "%20");
    let edge = "petition-of-the-measure";
    let fields = [
        ("kenh", "counter"),
        ("ngay-nhan", "30/11/2026"),
        ("loai", "person"),
        ("ten", "Đặng Thị Điệp"),
        ("ma-so-thue", ""),
        ("dia-chi", "Mộc Châu"),
        ("dien-thoai", "0912345678"),
        ("thu", ""),
        ("so-nguoi", "1"),
        ("tieu-de", TITLE),
        ("noi-dung", CONTENT),
    ];
    let parts = fields
        .map(|(name, value)| format!("--{edge}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
    let head = format!("{signed}Origin: http://{address}\r\nContent-Type: multipart/form-data; boundary={edge}\r\n");
    let create = request(address, "POST", "/noi-bo/kien-nghi/moi", &head, &format!("{}--{edge}--\r\n", parts.concat()));
    let read = |open| move |row| format!("/noi-bo/kien-nghi/{}", id(near(row, open)));
    let (closed, open) = (read(false), read(true));
    vec![
        ("list", get("/noi-bo/kien-nghi".to_owned())),
        ("deep", get(format!("/noi-bo/kien-nghi?sau={after}"))),
        ("read", by_row(rows, |row| get(closed(row)))),
        ("read open", by_row(rows, |row| get(open(row)))),
        ("by code", by_row(rows, |row| get(format!("/phan-anh/tra-cuu/{}", code(row))))),
        ("portal", get("/phan-anh".to_owned())),
        ("create", create),
    ]
}

const TITLE: &str = "Đề nghị hướng dẫn đăng ký hộ kinh doanh tại Mộc Châu";
const CONTENT: &str =
    "Hồ sơ nộp đã quá hạn hẹn trả mà chưa có phiếu xin lỗi. Đề nghị cho biết hồ sơ đang ở đâu, ai xử lý.";

/// Starts a program beside ours, on SQLite or in the database given; none when it is not installed.
type StartPeer = fn(&Asked, &Path, Option<FreshDatabase>) -> Result<Option<Peer>>;

/// A program beside ours, started and filled with the same rows.
struct Peer {
    name: &'static str,
    child: Child,
    address: SocketAddr,
    requests: fn(SocketAddr, usize) -> Result<Measures>,
    _folder: tempfile::TempDir,
    _database: Option<FreshDatabase>,
}

impl Peer {
    fn django(asked: &Asked, lines: &Path, database: Option<FreshDatabase>) -> Result<Option<Self>> {
        let needs = if database.is_some() { "import django, gunicorn, psycopg" } else { "import django, gunicorn" };
        if !has(&asked.python, needs) {
            println!("Django: `{needs}` fails in {}: no comparison", asked.python.display());
            return Ok(None);
        }
        let folder = tempfile::tempdir()?;
        let environment = environment(&folder, database.as_ref());
        let prepared = python(asked, "petitions.py").arg("prepare").arg(lines).envs(environment.clone()).status()?;
        ensure!(prepared.success(), "the peer's database was not made");
        let address = free()?;
        let mut command = Command::new(&asked.python);
        command.args(["-m", "gunicorn", "--workers", "2", "--threads", "4", "--bind", &address.to_string()]);
        command.arg("petitions:application").current_dir(peers()).envs(environment);
        let child = command.stderr(Stdio::null()).spawn()?;
        let peer = Self { name: "Django", child, address, requests: of_django, _folder: folder, _database: database };
        peer.answering("/enter")?;
        Ok(Some(peer))
    }

    fn directus(asked: &Asked, lines: &Path, database: Option<FreshDatabase>) -> Result<Option<Self>> {
        let Some(installed) = &asked.directus else {
            println!("Directus: no --directus folder: no comparison");
            return Ok(None);
        };
        let folder = tempfile::tempdir()?;
        let address = free()?;
        let own = installed.join("node_modules/node/bin/node");
        let node = if own.is_file() { own } else { PathBuf::from("node") };
        let mut environment = environment(&folder, database.as_ref());
        environment.extend([
            ("HOST".to_owned(), address.ip().to_string()),
            ("PORT".to_owned(), address.port().to_string()),
            ("SECRET".to_owned(), "measure".to_owned()),
            ("ADMIN_EMAIL".to_owned(), "a@example.com".to_owned()),
            ("ADMIN_PASSWORD".to_owned(), "measure-1234".to_owned()),
            ("ADMIN_TOKEN".to_owned(), TOKEN.to_owned()),
            ("TELEMETRY".to_owned(), "false".to_owned()),
            ("DB_CLIENT".to_owned(), if database.is_some() { "pg" } else { "sqlite3" }.to_owned()),
            ("LOG_LEVEL".to_owned(), "silent".to_owned()),
        ]);
        let cli = installed.join("node_modules/directus/cli.js");
        let made = Command::new(&node)
            .arg(&cli)
            .arg("bootstrap")
            .current_dir(folder.path())
            .envs(environment.clone())
            .output()?;
        ensure!(made.status.success(), "Directus was not made: {}", String::from_utf8_lossy(&made.stderr));
        let child = Command::new(&node)
            .arg(&cli)
            .arg("start")
            .current_dir(folder.path())
            .envs(environment)
            .stdout(Stdio::null())
            .spawn()?;
        let peer =
            Self { name: "Directus", child, address, requests: of_directus, _folder: folder, _database: database };
        peer.answering("/server/ping")?;
        let filled = python(asked, "directus.py").arg(format!("http://{address}")).arg(TOKEN).arg(lines).status()?;
        ensure!(filled.success(), "Directus was not filled");
        Ok(Some(peer))
    }

    fn answering(&self, path: &str) -> Result<()> {
        let began = Instant::now();
        while product::get(self.address, path).is_err() {
            ensure!(began.elapsed() < Duration::from_secs(60), "{} does not answer", self.name);
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // Gunicorn ends its workers when it is asked to end, and not when it is killed.
        drop(Command::new("kill").arg(self.child.id().to_string()).status());
        drop(self.child.wait());
    }
}

/// The key of the peer's interface, made up for the measure.
const TOKEN: &str = "measure-measure-measure-measure";

fn of_django(address: SocketAddr, rows: usize) -> Result<Measures> {
    let session = cookie(&product::get(address, "/enter")?)?;
    let ask = format!("GET /new HTTP/1.1\r\nHost: {address}\r\nCookie: {session}\r\nConnection: close\r\n\r\n");
    let form = product::send(address, &ask)?;
    let between = |start: &str, end: char| {
        let rest = form.split_once(start).context("a protected form")?.1;
        Ok::<_, anyhow::Error>(rest.split(end).next().unwrap_or_default().to_owned())
    };
    let (kept, token) = (between("csrftoken=", ';')?, between("name=\"csrfmiddlewaretoken\" value=\"", '"')?);
    let signed = format!("Cookie: {session}; csrftoken={kept}\r\n");
    let get = |path: String| request(address, "GET", &path, &signed, "");
    let fields = [
        ("name", "Đặng Thị Điệp"),
        ("address", "Mộc Châu"),
        ("phone", "0912345678"),
        ("title", TITLE),
        ("content", CONTENT),
    ];
    let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    let head = format!("{signed}Origin: http://{address}\r\nContent-Type: application/x-www-form-urlencoded\r\n");
    let after = encoded(&Made::of(deep(rows)).place());
    Ok(vec![
        ("list", get("/".to_owned())),
        ("deep", get(format!("/?after={after}"))),
        ("read", by_row(rows, |row| get(format!("/{}", near(row, false) + 1)))),
        ("create", request(address, "POST", "/new", &head, &format!("csrfmiddlewaretoken={token}&{}", body.join("&")))),
    ])
}

fn of_directus(address: SocketAddr, rows: usize) -> Result<Measures> {
    let head = format!("Authorization: Bearer {TOKEN}\r\nContent-Type: application/json\r\n");
    let get = |path: String| request(address, "GET", &path, &head, "");
    let list = "/items/petitions?sort=place&limit=50&fields=id,number,title,name,state,received,due";
    let after = encoded(&Made::of(deep(rows)).place());
    let new = serde_json::json!({
        "place": "0 2026-12-21 179731989", "number": "1/2026", "title": TITLE, "content": CONTENT, "name": "Đặng Thị Điệp",
        "address": "Mộc Châu", "phone": "0912345678", "state": "received", "received": "2026-11-30",
    });
    Ok(vec![
        ("list", get(list.to_owned())),
        ("deep", get(format!("{list}&filter[place][_gt]={after}"))),
        ("read", by_row(rows, |row| get(format!("/items/petitions/{}", near(row, false) + 1)))),
        ("create", request(address, "POST", "/items/petitions", &head, &new.to_string())),
    ])
}

fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |out, byte| match byte {
        b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'-' => out + &char::from(byte).to_string(),
        _ => out + &format!("%{byte:02X}"),
    })
}

/// Where the peer keeps its rows: a file, or a database of its own on the same server.
fn environment(folder: &tempfile::TempDir, database: Option<&FreshDatabase>) -> Vec<(String, String)> {
    let (name, value) = match database {
        Some(fresh) => ("DB_CONNECTION_STRING", fresh.url().to_owned()),
        None => ("DB_FILENAME", folder.path().join("peer.sqlite").display().to_string()),
    };
    vec![(name.to_owned(), value)]
}

pub(crate) fn has(python: &Path, imports: &str) -> bool {
    Command::new(python).args(["-c", imports]).output().is_ok_and(|out| out.status.success())
}

pub(crate) fn python(asked: &Asked, script: &str) -> Command {
    let mut command = Command::new(&asked.python);
    command.arg(script).current_dir(peers());
    command
}

fn peers() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("peers")
}

fn free() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}
