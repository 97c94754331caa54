//! `thidua plan …`: a plan as its paper reads, or as data; and what is wrong with a plan file.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Subcommand;
use kernel::numbers::short_date;
use office::movements::{Plan, PlanFault};
use serde_json::json;

use super::{Exit, Format};
use crate::data;

/// What `thidua plan` can do.
#[derive(Subcommand)]
pub enum Command {
    /// In kế hoạch như văn bản, hoặc thành dữ liệu
    Show {
        /// Tệp plan.toml; bỏ trống thì dùng kế hoạch có sẵn trong chương trình
        file: Option<PathBuf>,
        /// Cách in
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Kiểm tra một tệp kế hoạch và tệp indicators.toml bên cạnh, báo lỗi theo dòng
    Check {
        /// Tệp plan.toml
        file: PathBuf,
        /// Cách in
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
}

/// Runs one of them.
pub fn run(command: Command) -> anyhow::Result<Exit> {
    match command {
        Command::Show { file, format } => show(file.as_deref(), format),
        Command::Check { file, format } => check(&file, format),
    }
}

fn show(file: Option<&Path>, format: Format) -> anyhow::Result<Exit> {
    let (name, bytes) = match file {
        None => standing_plan()?,
        Some(file) => match read(file) {
            Some(bytes) => (file.display().to_string(), bytes),
            None => return Ok(Exit::Misuse),
        },
    };
    match Plan::from_bytes(&bytes, &name) {
        Ok(plan) => {
            print(&match format {
                Format::Text => as_document(&plan),
                Format::Json => format!("{}\n", serde_json::to_string_pretty(&plan)?),
            })?;
            Ok(Exit::Done)
        }
        Err(faults) => tell(&name, &faults, format),
    }
}

fn check(file: &Path, format: Format) -> anyhow::Result<Exit> {
    let Some(bytes) = read(file) else { return Ok(Exit::Misuse) };
    let name = file.display().to_string();
    let mut plan = match Plan::from_bytes(&bytes, &name) {
        Ok(plan) => plan,
        Err(faults) => return tell(&name, &faults, format),
    };
    if let Some((bytes, beside)) = data::indicators_beside(file)?
        && let Err(faults) = plan.add_indicators(&bytes, &beside)
    {
        return tell(&beside, &faults, format);
    }
    print(&match format {
        Format::Text => format!(
            "{name}: đúng. {} khoản, {} giai đoạn, {} khoảng trống, {} dịp khen thưởng, {} chỉ tiêu.\n",
            plan.clauses.len(),
            plan.phases.len(),
            plan.gaps.len(),
            plan.occasions.len(),
            plan.indicators.len()
        ),
        Format::Json => format!("{}\n", json!({ "file": name, "ok": true, "faults": [] })),
    })?;
    Ok(Exit::Done)
}

/// Prints the faults; the answer is no.
fn tell(name: &str, faults: &[PlanFault], format: Format) -> anyhow::Result<Exit> {
    let text = match format {
        Format::Text => {
            let mut text: String = faults.iter().map(|fault| format!("{fault}\n")).collect();
            text.push_str(&format!("{name}: {} lỗi.\n", faults.len()));
            text
        }
        Format::Json => {
            let listed: Vec<_> = faults
                .iter()
                .map(|at| {
                    json!({
                        "file": at.file, "line": at.line, "column": at.column,
                        "code": at.fault.code(), "what": at.fault.to_string(),
                    })
                })
                .collect();
            format!("{}\n", serde_json::to_string_pretty(&json!({ "file": name, "ok": false, "faults": listed }))?)
        }
    };
    print(&text)?;
    Ok(Exit::No)
}

/// The plan that the binary carries and `movements/default.txt` names.
fn standing_plan() -> anyhow::Result<(String, Vec<u8>)> {
    let find = |path: &str| {
        let file = data::MOVEMENTS.get_file(path);
        file.with_context(|| format!("movements/{path} không có trong chương trình"))
    };
    let id = find("default.txt")?.contents_utf8().context("movements/default.txt không phải là chữ UTF-8")?;
    let path = format!("{}/plan.toml", id.trim());
    let contents = find(&path)?.contents().to_vec();
    Ok((path, contents))
}

/// What is in the file; none, with a word on the error channel, when it cannot be opened.
fn read(file: &Path) -> Option<Vec<u8>> {
    fs::read(file).map_err(|error| eprintln!("Không mở được tệp {}: {error}", file.display())).ok()
}

/// The plan as its paper reads, then what the program has made of it.
fn as_document(plan: &Plan) -> String {
    let mut page = String::new();
    let mut line = |text: &str| {
        page.push_str(text);
        page.push('\n');
    };
    if plan.invented {
        line("[KẾ HOẠCH BỊA ĐẶT ĐỂ THỬ NGHIỆM]");
    }
    let clauses = plan.clauses.len();
    let paragraphs = plan.paragraphs();
    let (head, rest) = paragraphs.split_at(paragraphs.len() - clauses - plan.recipients.len() - 3);
    let (body, foot) = rest.split_at(clauses);
    for text in head {
        line(text);
        line("");
    }
    for ((depth, clause), text) in plan.walk().zip(body) {
        let mark = if clause.notes.is_empty() { "" } else { " [*]" };
        line(&format!("{}{text}{mark}", "  ".repeat(depth)));
        line("");
    }
    for text in foot {
        line(text);
    }

    line("");
    line("────────");
    line("Giai đoạn");
    for phase in &plan.phases {
        let review = phase
            .review
            .as_ref()
            .map_or(String::new(), |review| format!("; {} ngày {}", review.kind.name_vi(), short_date(review.due)));
        line(&format!("  {} ({}): {}{review}", phase.name, phase.clause, days(&phase.period)));
    }
    for gap in &plan.gaps {
        line(&format!("  Không thuộc giai đoạn nào: {}. {}", days(&gap.period), gap.note));
    }
    line("Dịp khen thưởng");
    for occasion in &plan.occasions {
        let also = if occasion.also.is_empty() {
            String::new()
        } else {
            format!("; xét cùng: {}", occasion.also.join(", "))
        };
        line(&format!("  {} ({}): {}{also}", occasion.name, occasion.clause, occasion.awards.join(", ")));
    }
    line("Ghi chú của người nhập [*]");
    for note in &plan.notes {
        line(&format!("  {note}"));
    }
    for clause in &plan.clauses {
        for note in &clause.notes {
            line(&format!("  {}: {note}", clause.id));
        }
    }
    for launcher in plan.launchers.iter().filter(|launcher| !launcher.confirmed) {
        let note = launcher.note.as_deref().unwrap_or("chưa xác định");
        line(&format!("  {}: {note}", launcher.decision));
    }
    page
}

/// A half-open period as people say it: both days included.
fn days(period: &kernel::Period) -> String {
    let last = period.until.and_then(|until| until.yesterday().ok());
    match last {
        Some(last) => format!("từ {} đến hết {}", short_date(period.from), short_date(last)),
        None => format!("từ {}", short_date(period.from)),
    }
}

/// Writes to the shell. A reader that has gone away, as `head` does, is no fault of the house.
fn print(text: &str) -> anyhow::Result<()> {
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}
