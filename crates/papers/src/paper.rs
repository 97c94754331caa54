//! An administrative document as a value: what a room knows of it, before any layout.
//!
//! The parts and their order are those of Nghị định 30/2020/NĐ-CP. Layout, fonts and margins are
//! in `templates/`; nothing here decides how a paper looks.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One administrative document: a decision, a list, minutes, a submission, a tally sheet, a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Paper {
    /// Who issues it.
    pub issuer: Issuer,
    /// Its number in the register; blank until issued.
    pub number: Number,
    /// Where it was signed: `Sơn La`.
    pub place: String,
    /// The day it was signed; dots are printed until then.
    pub signed_on: Option<Date>,
    /// The day this file was made, for its metadata; an archive asks for one even of a draft.
    pub drawn_up_on: Date,
    /// The kind in capitals: `QUYẾT ĐỊNH`, `BIÊN BẢN`, `TỜ TRÌNH`. Empty for an official letter.
    pub kind: String,
    /// What it is about (trích yếu).
    pub about: String,
    /// Whom it addresses (`Kính gửi`), for submissions and letters.
    #[serde(default)]
    pub salutation: Vec<String>,
    /// The body, in reading order.
    pub blocks: Vec<Block>,
    /// `Nơi nhận`, one line each, without the dash and the full stop.
    #[serde(default)]
    pub addressees: Vec<String>,
    /// Who signs. One signs at the right of `Nơi nhận`; several sign side by side above it.
    #[serde(default)]
    pub signers: Vec<Signer>,
    /// `DỰ THẢO`, urgency and circulation marks.
    #[serde(default)]
    pub marks: Vec<Mark>,
    /// How the sheet is turned.
    #[serde(default)]
    pub orientation: Orientation,
    /// A small line at the foot of each page that leads from the paper back to its record.
    #[serde(default)]
    pub trace: Option<String>,
}

/// The issuing agency and the one above it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Issuer {
    /// The agency above; none when the issuer writes in its own name alone.
    pub above: Option<String>,
    /// The issuing agency.
    pub name: String,
}

/// The number and the notation of a document: `05` and `QĐ-VPUB`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Number {
    /// The number given by the register; none while it is a draft.
    pub value: Option<u32>,
    /// The part after the slash, with the kind and the agency. Empty prints no number line.
    pub notation: String,
}

/// One piece of the body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "block", rename_all = "snake_case")]
pub enum Block {
    /// A ground (`Căn cứ …`), in italics on a line of its own.
    Ground {
        /// The whole sentence with its closing mark.
        text: String,
    },
    /// The operative words, centred and bold: `QUYẾT ĐỊNH:`.
    Operative {
        /// The words.
        text: String,
    },
    /// An ordinary paragraph.
    Paragraph {
        /// The text; a line feed begins a new line.
        text: String,
        /// How it stands on the page.
        #[serde(default)]
        style: ParagraphStyle,
    },
    /// A heading of the body.
    Heading {
        /// 1 for a part (centred), 2 for a section, 3 for a point within it.
        level: u8,
        /// The heading with its own number, if it has one.
        text: String,
    },
    /// A numbered article; its further paragraphs follow as blocks.
    Article {
        /// The number after `Điều`.
        number: u32,
        /// What it says.
        text: String,
    },
    /// Items on lines of their own.
    List {
        /// Numbered `1.` `2.` or with dashes.
        ordered: bool,
        /// The items.
        items: Vec<String>,
    },
    /// A table; its header rows are repeated on each page.
    Table(Table),
    /// Label and value pairs without rules, as minutes begin: `Thời gian: …`.
    Particulars {
        /// The pairs.
        entries: Vec<(String, String)>,
    },
    /// Begins an annex on a new page, with its own page numbers.
    Annex {
        /// `Phụ lục I`; empty when there is only one list.
        number: String,
        /// The title in capitals.
        title: String,
        /// The reference line in brackets: `(Kèm theo Quyết định số …)`.
        reference: String,
    },
    /// Goes on with a new page.
    PageBreak,
}

/// How a paragraph stands on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParagraphStyle {
    /// Justified, with an indented first line.
    #[default]
    Body,
    /// As the body, in bold.
    Strong,
    /// As the body, in italics.
    Emphasis,
    /// Centred.
    Centered,
    /// Small and without indent: a remark below a table.
    Note,
}

/// A table of a paper.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// A caption above it.
    #[serde(default)]
    pub caption: Option<String>,
    /// The columns from left to right.
    pub columns: Vec<Column>,
    /// An upper header row whose cells span columns; their spans add up to the columns.
    #[serde(default)]
    pub groups: Vec<Group>,
    /// The rows; each has one text a column.
    pub rows: Vec<Vec<String>>,
    /// Rows at the end in bold: totals.
    #[serde(default)]
    pub totals: Vec<Vec<String>>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// Its header.
    pub header: String,
    /// Its share of the width, relative to the others.
    pub share: f32,
    /// How its cells are aligned.
    #[serde(default)]
    pub align: Align,
}

/// A cell of the upper header row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// Its text; empty lets the headers below reach up.
    pub header: String,
    /// How many columns it covers.
    pub span: u16,
}

/// Alignment of text in its box.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// At the left edge.
    #[default]
    Left,
    /// In the middle.
    Center,
    /// At the right edge, as figures stand.
    Right,
}

/// Who signs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Signer {
    /// Authority and post, one line each: `KT. CHÁNH VĂN PHÒNG`, `PHÓ CHÁNH VĂN PHÒNG`.
    pub capacity: Vec<String>,
    /// The full name, without degrees.
    pub name: String,
}

/// A mark on the first page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "mark", content = "text", rename_all = "snake_case")]
pub enum Mark {
    /// `DỰ THẢO`.
    Draft,
    /// `KHẨN`, `THƯỢNG KHẨN` or `HỎA TỐC`.
    Urgency(String),
    /// Who may read it: `TÀI LIỆU HỌP – THU HỒI SAU HỌP`.
    Circulation(String),
}

/// How the sheet is turned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Orientation {
    /// Upright.
    #[default]
    Portrait,
    /// On its side, for wide tables.
    Landscape,
}

impl Paper {
    /// A paper with an empty body, to be filled by its room.
    pub fn new(issuer: Issuer, kind: impl Into<String>, about: impl Into<String>, drawn_up_on: Date) -> Paper {
        Paper {
            issuer,
            number: Number { value: None, notation: String::new() },
            place: String::new(),
            signed_on: None,
            drawn_up_on,
            kind: kind.into(),
            about: about.into(),
            salutation: Vec::new(),
            blocks: Vec::new(),
            addressees: Vec::new(),
            signers: Vec::new(),
            marks: Vec::new(),
            orientation: Orientation::Portrait,
            trace: None,
        }
    }

    /// The title a reader's window and an archive show: the kind and what it is about.
    pub fn title(&self) -> String {
        match (self.kind.is_empty(), self.about.is_empty()) {
            (false, false) => format!("{} {}", self.kind, self.about),
            (false, true) => self.kind.clone(),
            _ => self.about.clone(),
        }
    }

    /// The number line: `Số: 05/QĐ-VPUB`, with room for the number while it has none.
    pub fn number_line(&self) -> Option<String> {
        if self.number.notation.is_empty() {
            return None;
        }
        Some(match self.number.value {
            Some(value) => format!("Số: {value:02}/{}", self.number.notation),
            None => format!("Số:        /{}", self.number.notation),
        })
    }

    /// The place and date line: `Sơn La, ngày 05 tháng 02 năm 2027`.
    pub fn dateline(&self) -> String {
        dateline(&self.place, self.signed_on)
    }
}

impl Issuer {
    /// Both names in capitals, as Nghị định 30 wants them at the head of a document.
    #[must_use]
    pub fn in_capitals(&self) -> Issuer {
        Issuer { above: self.above.as_ref().map(|above| above.to_uppercase()), name: self.name.to_uppercase() }
    }
}

impl Block {
    /// An ordinary paragraph.
    pub fn paragraph(text: impl Into<String>) -> Block {
        Block::Paragraph { text: text.into(), style: ParagraphStyle::Body }
    }

    /// A paragraph that stands in another way.
    pub fn styled(text: impl Into<String>, style: ParagraphStyle) -> Block {
        Block::Paragraph { text: text.into(), style }
    }

    /// A ground.
    pub fn ground(text: impl Into<String>) -> Block {
        Block::Ground { text: text.into() }
    }

    /// A heading.
    pub fn heading(level: u8, text: impl Into<String>) -> Block {
        Block::Heading { level, text: text.into() }
    }

    /// A numbered article.
    pub fn article(number: u32, text: impl Into<String>) -> Block {
        Block::Article { number, text: text.into() }
    }
}

impl Column {
    /// A column with left-aligned cells.
    pub fn new(header: impl Into<String>, share: f32) -> Column {
        Column { header: header.into(), share, align: Align::Left }
    }

    /// A column of figures or short marks.
    pub fn aligned(header: impl Into<String>, share: f32, align: Align) -> Column {
        Column { header: header.into(), share, align }
    }
}

/// Place and date as NĐ 30 writes them: days below 10 and the months 1 and 2 take a nought.
pub fn dateline(place: &str, on: Option<Date>) -> String {
    let date = match on {
        Some(day) => written_day(day),
        None => "ngày … tháng … năm …".to_owned(),
    };
    if place.is_empty() { date } else { format!("{place}, {date}") }
}

/// `ngày 05 tháng 02 năm 2027`.
pub fn written_day(day: Date) -> String {
    let month = if day.month() < 3 { format!("{:02}", day.month()) } else { day.month().to_string() };
    format!("ngày {:02} tháng {month} năm {}", day.day(), day.year())
}
