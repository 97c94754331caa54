//! `thidua papers …`: certificates from a list, one PDF/A a row.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use anyhow::Context;
use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;
use papers::certificate::{Certificate, Common, ListError, Stock, read_list};
use papers::sheet::{Fault, Limits};
use serde_json::json;

use super::{Exit, Format};

/// What `thidua papers` can do.
#[derive(Subcommand)]
pub enum Command {
    /// In giấy khen, bằng khen, giấy chứng nhận theo danh sách: mỗi dòng một tệp PDF/A
    Certificates(Certificates),
}

/// The list, where the certificates go, and what they have in common.
#[derive(Args)]
pub struct Certificates {
    /// Danh sách: .xlsx, .csv hoặc .json
    #[arg(long)]
    list: PathBuf,
    /// Thư mục nhận các tệp PDF
    #[arg(long)]
    out: PathBuf,
    /// Thêm một tệp gồm tất cả các trang, đặt trong thư mục nhận nếu chỉ ghi tên
    #[arg(long)]
    bundle: Option<PathBuf>,
    /// Loại phôi: giấy trắng (in cả nền) hoặc phôi in sẵn
    #[arg(long, value_enum, default_value_t)]
    stock: Sheet,
    /// Tệp JSON ghi tọa độ (mm) và cỡ chữ của phôi riêng; thay cho --stock
    #[arg(long)]
    places: Option<PathBuf>,
    /// In tọa độ đang dùng ra màn hình dưới dạng JSON để chỉnh sửa, không tạo tệp
    #[arg(long)]
    show_places: bool,
    /// Thẩm quyền khen cho các dòng không ghi riêng
    #[arg(long)]
    authority: Option<String>,
    /// Địa danh
    #[arg(long)]
    place: Option<String>,
    /// Số quyết định
    #[arg(long)]
    decision_number: Option<String>,
    /// Ngày quyết định (NNNN-TT-NN)
    #[arg(long)]
    decided_on: Option<Date>,
    /// Chức vụ người ký; các dòng cách nhau bằng dấu /
    #[arg(long)]
    capacity: Option<String>,
    /// Họ tên người ký
    #[arg(long)]
    signer: Option<String>,
    /// Cách in kết quả
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// A stock that we know.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Default)]
pub enum Sheet {
    /// A4 ngang, in cả khung nền
    #[default]
    Blank,
    /// A4 ngang in sẵn: chỉ in nội dung
    Preprinted,
}

/// Runs one of them.
pub fn run(command: Command) -> anyhow::Result<Exit> {
    match command {
        Command::Certificates(wanted) => certificates(&wanted),
    }
}

fn certificates(wanted: &Certificates) -> anyhow::Result<Exit> {
    let stock = match stock(wanted) {
        Ok(stock) => stock,
        Err(reason) => return misuse(&reason),
    };
    if wanted.show_places {
        say(&format!("{}\n", serde_json::to_string_pretty(&stock)?))?;
        return Ok(Exit::Done);
    }
    let bytes = match fs::read(&wanted.list) {
        Ok(bytes) => bytes,
        Err(error) => return misuse(&unreadable(&wanted.list, &error)),
    };
    let list = match read_list(&bytes, &common(wanted), &Limits::default()) {
        Ok(list) => list,
        Err(refused) => return tell(wanted, &refused),
    };
    fs::create_dir_all(&wanted.out).with_context(|| format!("không tạo được thư mục {}", wanted.out.display()))?;
    let begun = Instant::now();
    let names = names(&list);
    each(&list, &stock, &names, &wanted.out)?;
    let seconds = begun.elapsed().as_secs_f64();
    let bundle = match &wanted.bundle {
        Some(file) => Some(bundle(&list, &stock, &wanted.out, file)?),
        None => None,
    };
    report(wanted, &names, seconds, bundle.as_deref())
}

/// The stock asked for, or why there is none.
fn stock(wanted: &Certificates) -> Result<Stock, String> {
    match &wanted.places {
        None if wanted.stock == Sheet::Preprinted => Ok(Stock::preprinted_a4()),
        None => Ok(Stock::a4()),
        Some(file) => {
            let bytes = fs::read(file).map_err(|error| unreadable(file, &error))?;
            serde_json::from_slice(&bytes)
                .map_err(|error| format!("{}: không đúng khuôn dạng: {error}", file.display()))
        }
    }
}

fn common(wanted: &Certificates) -> Common {
    Common {
        authority: wanted.authority.clone(),
        place: wanted.place.clone(),
        decision_number: wanted.decision_number.clone(),
        decided_on: wanted.decided_on,
        capacity: wanted.capacity.clone(),
        signer: wanted.signer.clone(),
    }
}

/// File names that sort as the list does and say whose they are.
fn names(list: &[Certificate]) -> Vec<String> {
    let digits = list.len().to_string().len().max(3);
    let name = |(certificate, number): (&Certificate, usize)| {
        let whose: String =
            kernel::text::search_key(&certificate.recipient).replace(' ', "-").chars().take(60).collect();
        format!("{number:0digits$}-{whose}.pdf")
    };
    list.iter().zip(1..).map(name).collect()
}

/// Sets every certificate, shared out among the processors of the machine.
fn each(list: &[Certificate], stock: &Stock, names: &[String], out: &Path) -> anyhow::Result<()> {
    let next = AtomicUsize::new(0);
    let work = || -> anyhow::Result<()> {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(certificate) = list.get(index) else { return Ok(()) };
            let bytes = papers::certificate::certificate(certificate, stock)
                .with_context(|| format!("giấy thứ {} ({})", index + 1, certificate.recipient))?;
            let file = out.join(&names[index]);
            fs::write(&file, bytes).with_context(|| format!("không ghi được {}", file.display()))?;
        }
    };
    let hands = std::thread::available_parallelism().map_or(1, usize::from).min(list.len());
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..hands).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .try_for_each(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

fn bundle(list: &[Certificate], stock: &Stock, out: &Path, file: &Path) -> anyhow::Result<PathBuf> {
    let file = if file.components().count() == 1 { out.join(file) } else { file.to_owned() };
    let pages: Vec<_> = list.iter().map(|certificate| (certificate.clone(), stock.clone())).collect();
    let bytes = papers::certificate::certificates(&pages)?;
    fs::write(&file, bytes).with_context(|| format!("không ghi được {}", file.display()))?;
    Ok(file)
}

fn report(wanted: &Certificates, names: &[String], seconds: f64, bundle: Option<&Path>) -> anyhow::Result<Exit> {
    let speed = names.len() as f64 / seconds.max(0.001);
    say(&match wanted.format {
        Format::Json => {
            let answer = json!({
                "count": names.len(),
                "seconds": (seconds * 1000.0).round() / 1000.0,
                "pages_per_second": (speed * 10.0).round() / 10.0,
                "out": wanted.out.display().to_string(),
                "files": names,
                "bundle": bundle.map(|file| file.display().to_string()),
            });
            format!("{}\n", serde_json::to_string_pretty(&answer)?)
        }
        Format::Text => {
            let bundled = bundle.map(|file| format!("Tệp gộp: {}\n", file.display())).unwrap_or_default();
            format!(
                "Đã in {} giấy vào {} trong {seconds:.1} giây ({speed:.0} trang mỗi giây).\n{bundled}",
                names.len(),
                wanted.out.display()
            )
        }
    })?;
    Ok(Exit::Done)
}

/// Says what is wrong with the list; nothing has been written.
fn tell(wanted: &Certificates, refused: &ListError) -> anyhow::Result<Exit> {
    let name = wanted.list.display().to_string();
    let faults: &[Fault] = if let ListError::Faults(faults) = refused { faults } else { &[] };
    match wanted.format {
        Format::Json => {
            let answer = json!({ "count": 0, "file": name, "error": refused.to_string(), "faults": faults });
            say(&format!("{}\n", serde_json::to_string_pretty(&answer)?))?;
        }
        Format::Text => {
            let lines = faults.iter().map(|fault| format!("{name}: {}\n", sentence(fault)));
            say(&lines.chain([format!("{name}: {refused}\n")]).collect::<String>())?;
        }
    }
    Ok(Exit::No)
}

fn sentence(fault: &Fault) -> String {
    let column = match (fault.column.as_str(), fault.letters.as_str()) {
        ("", _) => String::new(),
        (column, "") => format!(", cột “{column}”"),
        (column, letters) => format!(", cột {letters} “{column}”"),
    };
    let value = if fault.value.is_empty() { String::new() } else { format!(" “{}”", fault.value) };
    format!("dòng {}{column}{value}: {}", fault.row, fault.what)
}

fn unreadable(file: &Path, error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => format!("{}: không có tệp này", file.display()),
        _ => format!("{}: không đọc được: {error}", file.display()),
    }
}

fn misuse(reason: &str) -> anyhow::Result<Exit> {
    eprintln!("{reason}");
    Ok(Exit::Misuse)
}

fn say(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        // A reader such as `head` that has seen enough is no fault.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        outcome => outcome,
    }
}
