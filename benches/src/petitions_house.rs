//! The petitions of the measure: made words by a fixed seed, written into a house as a restored backup writes them.

use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use office::House;
use office::db::Tx;
use office::db::copy::{Cell, Table};

const SEED: u64 = 20_261_130;
/// Open ones bear numbers from here on, beside those that the example data takes in the same year.
const OPEN_FROM: usize = 1_000_000;

const WHAT: [&str; 12] = [
    "Chậm trả kết quả",
    "Đề nghị hướng dẫn",
    "Vướng mắc về",
    "Kiến nghị rút gọn",
    "Phản ánh chi phí của",
    "Đề nghị công khai",
    "Thiếu biểu mẫu",
    "Yêu cầu giấy tờ trùng lặp khi làm",
    "Hai nơi hướng dẫn khác nhau về",
    "Hỏi về",
    "Chưa rõ lệ phí của",
    "Đề nghị đối thoại về",
];
const MATTER: [&str; 24] = [
    "cấp giấy phép xây dựng kho lạnh",
    "đăng ký hộ kinh doanh",
    "thuê đất làm xưởng chế biến",
    "đấu nối đường giao thông",
    "hoàn thuế giá trị gia tăng",
    "hỗ trợ lãi suất vay vốn",
    "phòng cháy chữa cháy",
    "đánh giá tác động môi trường",
    "đưa mận hậu lên sàn thương mại điện tử",
    "đăng ký nhãn hiệu tập thể",
    "cấp điện ba pha",
    "chuyển đổi mục đích sử dụng đất",
    "đấu thầu qua mạng",
    "an toàn thực phẩm",
    "bảo hiểm xã hội cho lao động mùa vụ",
    "đào tạo nghề",
    "giải phóng mặt bằng",
    "cấp nước sạch",
    "điều chỉnh dự án đầu tư",
    "giao rừng trồng sơn tra",
    "vận chuyển nông sản",
    "kiểm dịch thực vật",
    "đo đạc địa chính",
    "chữ ký số",
];
const PLACE: [&str; 16] = [
    "Mộc Châu",
    "Thuận Châu",
    "Mường La",
    "Quỳnh Nhai",
    "Sông Mã",
    "Sốp Cộp",
    "Phù Yên",
    "Bắc Yên",
    "Yên Châu",
    "Mai Sơn",
    "Vân Hồ",
    "Chiềng An",
    "Chiềng Đen",
    "Nà Sản",
    "Tô Hiệu",
    "Đông Sang",
];
const SAID: [&str; 12] = [
    "Hồ sơ nộp đã quá hạn hẹn trả mà chưa có phiếu xin lỗi.",
    "Bộ phận một cửa đưa giấy hẹn để trống ngày trả kết quả.",
    "Cùng một thủ tục mà hai nơi hướng dẫn thành phần hồ sơ khác nhau.",
    "Đề nghị cho biết hồ sơ đang ở đâu, ai xử lý.",
    "Mẫu đơn yêu cầu giấy tờ đã nộp khi đăng ký.",
    "Đường vào xưởng hỏng sau mưa lũ, xe tải không vào được.",
    "Đơn vị đã gọi điện ba lần, đều được hẹn lại.",
    "Đề nghị thống nhất một đầu mối và một biểu mẫu điện tử.",
    "Việc kéo dài làm lỡ vụ thu hoạch, đội chi phí kho bãi.",
    "Xin được đối thoại trực tiếp trước khi có quyết định.",
    "Nội dung này đã phản ánh năm trước nhưng chưa được trả lời.",
    "Mong cơ quan trả lời bằng văn bản.",
];
const FAMILY: [&str; 12] =
    ["Lò", "Đặng", "Quàng", "Cà", "Vì", "Tòng", "Đinh", "Hoàng", "Nguyễn", "Lường", "Đào", "Vàng"];
const MIDDLE: [&str; 8] = ["Văn", "Thị", "Đức", "Minh", "Thu", "Xuân", "Đình", "Bích"];
const GIVEN: [&str; 16] = [
    "Đông", "Hặc", "Lả", "Mới", "Đạt", "Hương", "Tuấn", "Điệp", "Chống", "Nga", "Định", "Sương", "Pản", "Yến", "Đoàn",
    "Inh",
];

/// Numbers by a seed (SplitMix64).
pub struct Dice(u64);

impl Dice {
    /// Those of one row, whichever were thrown for others.
    pub fn of(row: usize) -> Self {
        Self(SEED.wrapping_add((row as u64).wrapping_mul(0xD1B5_4A32_D192_ED03)))
    }

    /// A number below `many`.
    pub fn below(&mut self, many: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % many as u64) as usize
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

/// A made petition.
pub struct Made {
    /// Its number in its year, with the year.
    pub number: (usize, i16),
    /// What it is about.
    pub title: String,
    /// What it says.
    pub content: String,
    /// Who sends it.
    pub name: String,
    /// Where it stands.
    pub state: &'static str,
    /// The day it came in.
    pub received: Date,
    /// The last day for what is awaited; none for what is over.
    pub due: Option<Date>,
}

impl Made {
    /// The petition of a row: of 100 nine are being handled, one waits for a signature, the others are over.
    pub fn of(row: usize) -> Self {
        let mut dice = Dice::of(row);
        let title = format!("{} {} tại {}", dice.one(&WHAT), dice.one(&MATTER), dice.one(&PLACE));
        let mut said: Vec<String> = (0..3 + dice.below(4)).map(|_| dice.one(&SAID).to_owned()).collect();
        said.insert(1, format!("Sự việc ở {} về {}.", dice.one(&PLACE), dice.one(&MATTER)));
        let name = format!("{} {} {}", dice.one(&FAMILY), dice.one(&MIDDLE), dice.one(&GIVEN));
        let state = match row % 100 {
            0..3 => "received",
            3..9 => "in_progress",
            9 => "to_sign",
            10..70 => "published",
            70..85 => "elsewhere",
            _ => "refused",
        };
        let open = row % 100 < 10;
        let first = if open { date(2026, 11, 2) } else { date(2024 + (row % 2) as i16, 1, 2) };
        let received = first.saturating_add((dice.below(if open { 27 } else { 360 }) as i64).days());
        let due = open.then(|| received.saturating_add(21.days()));
        let number = if open { OPEN_FROM + row } else { row + 1 };
        Self { number: (number, received.year()), title, content: said.join(" "), name, state, received, due }
    }

    /// Its number as it is written.
    pub fn number_text(&self) -> String {
        format!("{}/{}", self.number.0, self.number.1)
    }

    /// All by which it is found, as it was written.
    pub fn text(&self) -> String {
        format!("{} {} {} {}", self.number_text(), self.name, self.title, self.content)
    }

    /// Its place in the inbox, as the store writes it (`place_in_inbox.sql`).
    pub fn place(&self) -> String {
        let rank = i32::from(self.due.is_none());
        let due = self.due.map_or("9999-12-31".to_owned(), |due| due.to_string());
        format!("{rank} {due} {}{}1001", 19_999 - i32::from(self.number.1), 199_999_999 - self.number.0)
    }
}

/// The receipt code of a row.
pub fn code(row: usize) -> String {
    let digits = format!("{:024}", row + 1);
    let groups: Vec<&str> = (0..24).step_by(4).map(|at| &digits[at..at + 4]).collect();
    groups.join("-")
}

/// The id of a row.
pub fn id(row: usize) -> uuid::Uuid {
    uuid::Uuid::from_u128((0xBE << 120) | row as u128)
}

/// The rows as lines of JSON, for the peers.
pub fn write_lines(rows: usize, to: &Path) -> Result<()> {
    let mut out = std::io::BufWriter::new(std::fs::File::create(to)?);
    for row in 0..rows {
        let one = Made::of(row);
        let line = serde_json::json!({
            "row": row, "place": one.place(), "number": one.number_text(), "title": one.title, "content": one.content,
            "name": one.name, "address": PLACE[row % PLACE.len()], "phone": format!("09{row:08}"), "state": one.state,
            "received": one.received.to_string(), "due": one.due.map(|due| due.to_string()), "text": one.text(),
        });
        writeln!(out, "{line}")?;
    }
    Ok(out.flush()?)
}

struct Writer<'a> {
    tx: &'a mut Tx,
    tables: &'a [Table],
}

impl Writer<'_> {
    async fn row(&mut self, table: &str, row: Vec<(&str, Cell)>) -> Result<()> {
        let table = self.tables.iter().find(|own| own.name == table).context("a table of ours")?;
        let (columns, cells): (Vec<String>, Vec<Cell>) =
            row.into_iter().map(|(name, cell)| (name.to_owned(), cell)).unzip();
        Ok(self.tx.copy_in(table, &columns, cells).await?)
    }
}

fn text(words: impl Into<String>) -> Cell {
    Cell::Text(words.into())
}

fn bytes(id: uuid::Uuid) -> Cell {
    Cell::Bytes(id.as_bytes().to_vec())
}

fn number(value: usize) -> Cell {
    Cell::Int(value as i64)
}

/// Writes the rows, all in one transaction: letters, petitions, one event each, the clock and the unit of open ones,
/// the publication of published ones. The ledger tells nothing of them, as of rows that another program brought.
pub async fn fill(house: &House, rows: usize) -> Result<()> {
    let mut tx = house.db.begin().await?;
    let units = office::organization::queries::units(&mut tx, house.clock.today()).await?;
    let tables = tx.tables().await?;
    let mut out = Writer { tx: &mut tx, tables: &tables };
    for year in [2024, 2025] {
        out.row("letter_numbers", vec![("year", Cell::Int(year)), ("newest", number(rows))]).await?;
    }
    for row in 0..rows {
        let unit = units[row % units.len()].id.0;
        write(&mut out, row, unit, house.keys.digest(&format!("petition-code:{}", code(row)))).await?;
    }
    tx.commit().await?;
    Ok(())
}

async fn write(out: &mut Writer<'_>, row: usize, unit: uuid::Uuid, digest: String) -> Result<()> {
    let one = Made::of(row);
    let own = || bytes(id(row));
    let received = || text(one.received.to_string());
    let empty = || text("");
    let (title, content) = (|| text(one.title.clone()), || text(one.content.clone()));
    let mut letter = vec![("id", own()), ("year", Cell::Int(one.number.1.into())), ("number", number(one.number.0))];
    letter.extend([("channel", text("portal")), ("received_at", text(format!("{}T02:00:00.000000Z", one.received)))]);
    letter.extend([("received_on", received()), ("counts_from_on", received()), ("sender_kind", text("person"))]);
    letter.extend([("sender_name", text(one.name.clone())), ("address", text(PLACE[row % PLACE.len()]))]);
    letter.extend([("phone", text(format!("09{row:08}"))), ("email", empty()), ("tax_code", empty())]);
    letter.extend([("people", number(1)), ("hide_name", number(0)), ("title", title()), ("content", content())]);
    letter.extend([("code_digest", text(digest)), ("locked", number(0)), ("version", number(1))]);
    out.row("letters", letter).await?;
    let mut petition = vec![("id", own()), ("letter", own()), ("place", number(1)), ("title", title())];
    petition.extend([("content", content()), ("kind", text("regulation")), ("clause", text("III.4"))]);
    petition.extend([("complex", number(0)), ("state", text(one.state)), ("inbox_key", text(one.place()))]);
    for field in ["agency", "document", "answer", "answer_number", "signer", "rating_words"] {
        petition.push((field, empty()));
    }
    petition.extend([("disagreed", number(0)), ("version", number(1))]);
    petition.push(("search_key", text(kernel::text::search_key(&one.text()))));
    let handled = matches!(one.state, "in_progress" | "to_sign" | "published");
    if handled {
        petition.push(("lead_unit", bytes(unit)));
    }
    if one.state == "published" {
        petition.push(("signed_on", received()));
    }
    out.row("petitions", petition).await?;
    if handled {
        let mut part = vec![("id", own()), ("petition", own()), ("unit", bytes(unit)), ("role", text("lead"))];
        part.extend([("asked_on", received()), ("opinion", empty())]);
        out.row("petition_units", part).await?;
    }
    let mut event = vec![("id", own()), ("petition", own()), ("kind", text("receive")), ("state", text("received"))];
    event.extend([("happened_at", text(format!("{}T02:00:00.000000Z", one.received))), ("happened_on", received())]);
    event.extend([("name", text("Người gửi")), ("words", empty()), ("shown", number(1))]);
    out.row("petition_events", event).await?;
    if let Some(due) = one.due {
        let mut clock = vec![("id", own()), ("petition", own()), ("clock", text("answer"))];
        clock.extend([("rule", text("tra-loi-pakn")), ("ground", text("made for the measure"))]);
        clock.extend([("from_on", received()), ("length", number(15)), ("counts", text("working_days"))]);
        clock.extend([("due_on", text(due.to_string())), ("is_open", number(1))]);
        out.row("petition_clocks", clock).await?;
    }
    if one.state == "published" {
        let key = kernel::text::search_key(&format!("{} {}", one.title, one.content));
        let mut shown =
            vec![("petition", own()), ("title", title()), ("content", content()), ("search_key", text(key))];
        shown.extend([("answer", text("Đã trả lời.")), ("sender_name", empty()), ("redacted_by", empty())]);
        shown.extend([("published_at", text(format!("{}T02:00:00.000000Z", one.received)))]);
        shown.extend([
            ("published_on", received()),
            ("hidden", number(0)),
            ("hidden_why", empty()),
            ("hidden_by", empty()),
        ]);
        out.row("petition_publications", shown).await?;
    }
    Ok(())
}
