//! `thidua rules …`: the packs read, checked, explained, tried and asked.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use jiff::civil::Date;
use office::awards::plan_gate::PlanOccasions;
use rules::{Answer, AwardCode, Facts, PackFault, Question, RuleBook, Severity};
use serde::Serialize;

use super::{Exit, Format};
use crate::data::{self, RULEPACKS, files};

/// What `thidua rules` can do.
#[derive(Subcommand)]
pub enum Command {
    /// Liệt kê các quy tắc có hiệu lực trong một ngày
    List(OnDay),
    /// Kiểm tra bộ quy tắc: khoảng trống, chồng lấn, văn bản hết hiệu lực, thiếu trường hợp thử
    Check(OnDay),
    /// Giải thích tiêu chuẩn, hồ sơ, thủ tục của một hình thức
    Explain {
        /// Mã hình thức, ví dụ bk_tinh
        award: AwardCode,
        #[command(flatten)]
        day: OnDay,
    },
    /// Chạy các trường hợp thử của bộ quy tắc
    Test(Packs),
    /// Xét điều kiện theo dữ kiện và pháp luật của một ngày
    Evaluate(Evaluate),
}

/// Where the packs are and how to print.
#[derive(Args)]
pub struct Packs {
    /// Thư mục bộ quy tắc khác với bộ đi kèm
    #[arg(long, visible_alias = "rules", value_name = "THƯ_MỤC")]
    packs: Option<PathBuf>,
    /// Cách in kết quả
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// A day, today when it is left out.
#[derive(Args)]
pub struct OnDay {
    /// Ngày áp dụng pháp luật (năm-tháng-ngày); bỏ trống là hôm nay
    #[arg(long)]
    on: Option<Date>,
    #[command(flatten)]
    packs: Packs,
}

impl OnDay {
    fn day(&self) -> Date {
        self.on.unwrap_or_else(|| kernel::Clock::system().today())
    }
}

/// Facts in, answer out.
#[derive(Args)]
pub struct Evaluate {
    /// Tệp dữ kiện JSON, hoặc - để đọc từ đầu vào chuẩn
    #[arg(long)]
    facts: PathBuf,
    /// Ngày áp dụng pháp luật (năm-tháng-ngày)
    #[arg(long)]
    on: Date,
    /// Mã hình thức; lặp lại được, bỏ trống là tất cả
    #[arg(long = "award")]
    awards: Vec<AwardCode>,
    /// Tệp kế hoạch TOML: chỉ xét hình thức mà kế hoạch nêu cho dịp đó
    #[arg(long)]
    plan: Option<PathBuf>,
    #[command(flatten)]
    packs: Packs,
}

/// Runs one of them.
pub fn run(command: Command) -> anyhow::Result<Exit> {
    match command {
        Command::List(day) => with_book(&day.packs, |book| list(book, &day)),
        Command::Check(day) => check(&day),
        Command::Explain { award, day } => with_book(&day.packs, |book| explain(book, award, &day)),
        Command::Test(packs) => with_book(&packs, |book| test(book, packs.format)),
        Command::Evaluate(asked) => with_book(&asked.packs, |book| evaluate(book, &asked)),
    }
}

/// The packs of the folder named, or those that travel in the binary; none when there is no such folder.
fn pack_files(packs: &Packs) -> anyhow::Result<Option<Vec<(String, String)>>> {
    let Some(root) = &packs.packs else { return Ok(Some(files(&RULEPACKS))) };
    if !root.is_dir() {
        eprintln!("Không có thư mục {}", root.display());
        return Ok(None);
    }
    data::packs_in(root).map(Some)
}

fn with_book(packs: &Packs, then: impl FnOnce(&RuleBook) -> anyhow::Result<Exit>) -> anyhow::Result<Exit> {
    let Some(files) = pack_files(packs)? else { return Ok(Exit::Misuse) };
    match RuleBook::from_files(files) {
        Ok(book) => then(&book),
        Err(faults) => say_faults(&faults, packs.format),
    }
}

fn check(day: &OnDay) -> anyhow::Result<Exit> {
    let Some(files) = pack_files(&day.packs)? else { return Ok(Exit::Misuse) };
    let faults = match RuleBook::from_files(files) {
        Ok(book) => book.check(day.day()),
        Err(faults) => faults,
    };
    say_faults(&faults, day.packs.format)
}

fn print(text: &str) -> anyhow::Result<()> {
    super::print(&format!("{text}\n"))
}

fn print_json(value: &impl Serialize) -> anyhow::Result<()> {
    print(&serde_json::to_string_pretty(value)?)
}

/// Faults are the answer; warnings alone are no reason to say no.
fn say_faults(faults: &[PackFault], format: Format) -> anyhow::Result<Exit> {
    let bad = faults.iter().any(|fault| fault.severity == Severity::Fault);
    match format {
        Format::Json => print_json(&serde_json::json!({ "ok": !bad, "faults": faults }))?,
        Format::Text => {
            for fault in faults {
                print(&fault.to_string())?;
            }
            print(if bad { "Bộ quy tắc có lỗi." } else { "Bộ quy tắc dùng được." })?;
        }
    }
    Ok(if bad { Exit::No } else { Exit::Done })
}

fn list(book: &RuleBook, day: &OnDay) -> anyhow::Result<Exit> {
    let rules = book.rules(day.day());
    match day.packs.format {
        Format::Json => print_json(&serde_json::json!({ "on": day.day(), "rules": rules }))?,
        Format::Text => {
            for rule in rules {
                let until = rule.until.map_or_else(|| "nay".to_owned(), |until| format!("trước {until}"));
                print(&format!(
                    "{}\t{}\t{} – {until}\t{}\t{}",
                    rule.id,
                    rule.title_vi,
                    rule.from,
                    rule.citation,
                    rule.status.name_vi()
                ))?;
            }
        }
    }
    Ok(Exit::Done)
}

fn explain(book: &RuleBook, award: AwardCode, day: &OnDay) -> anyhow::Result<Exit> {
    let explained = book.explain(award, day.day());
    if day.packs.format == Format::Json {
        print_json(&explained)?;
        return Ok(Exit::Done);
    }
    let info = &explained.award;
    print(&format!("{} ({}), xét theo pháp luật ngày {}", info.name_vi, info.kind.name_vi(), explained.on))?;
    print(&format!("Quyết định: {} — {}", info.decider, info.decider_citation))?;
    print(&format!("Trình: {}", info.submitter))?;
    print("\nTiêu chuẩn (cần đạt một):")?;
    for standard in &explained.standards {
        let rule = &standard.rule;
        print(&format!(
            "• {} — {} [{}; {}]",
            rule.id,
            rule.citation,
            rule.status.name_vi(),
            rule.confidence.name_vi()
        ))?;
        for condition in &standard.conditions {
            print(&format!("    - {condition}"))?;
        }
    }
    print("\nĐiều chặn:")?;
    for guard in &explained.guards {
        print(&format!("• {} — {}", guard.title_vi, guard.citation))?;
    }
    match &explained.ballot {
        Some(ballot) if ballot.needed => {
            let share = ballot.share_bp.unwrap_or_default() / 100;
            let of = ballot.of.map(rules::Denominator::name_vi).unwrap_or_default();
            print(&format!("\nBỏ phiếu: từ {share}% {of} — {}", ballot.citation))?;
        }
        Some(ballot) => print(&format!("\nKhông bắt buộc bỏ phiếu — {}", ballot.citation))?,
        None => print("\nBỏ phiếu: chưa có quy tắc cho ngày này")?,
    }
    print("\nHồ sơ:")?;
    for item in &explained.dossier {
        print(&format!(
            "• {}{} — {}",
            item.text_vi,
            if item.mandatory { "" } else { " (tuỳ trường hợp)" },
            item.citation
        ))?;
    }
    for lapse in &explained.lapsed {
        print(&format!("\nHết hiệu lực: {lapse}"))?;
    }
    for (kind, bonus) in &explained.bonuses {
        let amount = kernel::numbers::whole(i64::try_from(bonus.amount).unwrap_or(i64::MAX));
        print(&format!(
            "Tiền thưởng {}: {} × lương cơ sở = {amount} đồng — {}",
            kind.name_vi(),
            bonus.multiple,
            bonus.citation
        ))?;
    }
    for deadline in &explained.deadlines {
        print(&format!("Thời hạn: {} — {}", deadline.text_vi, deadline.citation))?;
    }
    Ok(Exit::Done)
}

fn test(book: &RuleBook, format: Format) -> anyhow::Result<Exit> {
    let report = book.run_cases();
    match format {
        Format::Json => print_json(&report)?,
        Format::Text => {
            for failure in &report.failures {
                print(&format!(
                    "{}:{}: {} — {}: muốn {}, được {}",
                    failure.file, failure.line, failure.rule, failure.name, failure.expected, failure.found
                ))?;
            }
            print(&format!(
                "{} quy tắc, {} trường hợp, {} không đúng",
                report.rules,
                report.cases,
                report.failures.len()
            ))?;
        }
    }
    Ok(if report.failures.is_empty() { Exit::Done } else { Exit::No })
}

/// The text of a file, or of the standard input; none, and the reason said, when it cannot be read.
fn read_text(path: &Path) -> Option<String> {
    let read = if path == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        std::fs::read_to_string(path)
    };
    read.map_err(|error| eprintln!("Không đọc được {}: {error}", path.display())).ok()
}

fn evaluate(book: &RuleBook, asked: &Evaluate) -> anyhow::Result<Exit> {
    let Some(text) = read_text(&asked.facts) else { return Ok(Exit::Misuse) };
    let facts = match Facts::parse(&text) {
        Ok(facts) => facts,
        Err(fault) => {
            eprintln!("{}: {fault}", asked.facts.display());
            return Ok(Exit::No);
        }
    };
    let mut plan = None;
    if let Some(path) = &asked.plan {
        let Some(text) = read_text(path) else { return Ok(Exit::Misuse) };
        match toml::from_str::<PlanOccasions>(&text) {
            Ok(read) => plan = Some(read.gate(&facts)),
            Err(error) => {
                eprintln!("{}: {}", path.display(), error.message());
                return Ok(Exit::No);
            }
        }
    }
    let question = Question { awards: &asked.awards, plan_gate: plan.as_ref(), ..Question::about(&facts, asked.on) };
    let answer = book.evaluate(&question);
    match asked.packs.format {
        Format::Json => print_json(&answer)?,
        Format::Text => say(book, &answer)?,
    }
    Ok(Exit::Done)
}

fn say(book: &RuleBook, answer: &Answer) -> anyhow::Result<()> {
    for result in &answer.results {
        print(&format!("{}: {}", book.award(result.award).name_vi, result.verdict.name_vi()))?;
        if let Some(reason) = &result.review.reason {
            print(&format!("  chờ xác nhận: {reason} (nếu xác nhận: {})", result.verdict_if_confirmed.name_vi()))?;
        }
        for guard in &result.guards {
            if let Some(reason) = &guard.reason {
                print(&format!("  {} — {reason} — {}", guard.verdict.name_vi(), guard.citation))?;
            }
        }
        for standard in &result.standards {
            print(&format!("  {} {} — {}", standard.verdict.name_vi(), standard.id, standard.citation))?;
            for condition in &standard.conditions {
                let missing = condition.missing.as_ref().map(|missing| format!(": {missing}")).unwrap_or_default();
                print(&format!("    {} {}{missing}", condition.verdict.name_vi(), condition.text_vi))?;
            }
        }
        for lapse in &result.lapsed {
            print(&format!("  Hết hiệu lực: {lapse}"))?;
        }
    }
    Ok(())
}
