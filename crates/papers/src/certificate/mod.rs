//! Certificates: what is written on one, where it stands on the sheet, and the pages.
//!
//! [`Certificate`] says what; [`Stock`] says where, for a blank sheet with our design or for
//! pre-printed stock whose places the office measures with a ruler. [`certificates`] sets a whole
//! list as one PDF, [`certificate`] a single one.

mod fit;
mod layout;
mod list;
mod measures;
mod stock;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::error::PaperError;
use crate::paper::{Signer, written_day};
use crate::typesetting::{self, Template};

pub use list::{COLUMNS, Common, ListError, read_list};
pub use measures::{FIELDS, Misplaced};
pub use stock::{Field, QrPlace, Spot, Stock};

/// What one certificate says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// Which award paper it is.
    pub form: Form,
    /// Who awards, in capitals: `CHÁNH VĂN PHÒNG ỦY BAN NHÂN DÂN TỈNH SƠN LA`.
    pub authority: String,
    /// The award title for a form that names one: `CHIẾN SĨ THI ĐUA CƠ SỞ`.
    #[serde(default)]
    pub title: Option<String>,
    /// The recipient: `Bà Đỗ Thị Ánh`.
    pub recipient: String,
    /// Post, unit and place of the recipient.
    #[serde(default)]
    pub recipient_lines: Vec<String>,
    /// For what.
    pub achievement: String,
    /// The number of the decision with its notation: `05/QĐ-VPUB`.
    #[serde(default)]
    pub decision_number: Option<String>,
    /// The day of the decision.
    pub decided_on: Date,
    /// Where it is issued.
    pub place: String,
    /// The day written on it.
    pub issued_on: Date,
    /// Who signs.
    pub signer: Signer,
    /// How anybody checks it.
    #[serde(default)]
    pub verification: Option<Verification>,
    /// The number in the golden book (`số sổ vàng`).
    #[serde(default)]
    pub register_number: Option<String>,
}

/// Which award paper it is; it gives the large words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Giấy khen.
    GiayKhen,
    /// Bằng khen.
    BangKhen,
    /// Giấy chứng nhận of a title; names it in `title`.
    GiayChungNhan,
}

/// The code and the address by which anybody checks a certificate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verification {
    /// The code as it is read aloud: `7K3M-P2QX`.
    pub code: String,
    /// The address in the QR code.
    pub url: String,
}

impl Form {
    /// The large word of the sheet.
    pub fn heading(self) -> &'static str {
        match self {
            Form::GiayKhen => "GIẤY KHEN",
            Form::BangKhen => "BẰNG KHEN",
            Form::GiayChungNhan => "GIẤY CHỨNG NHẬN",
        }
    }

    /// The word above it.
    pub fn verb(self) -> &'static str {
        match self {
            Form::GiayKhen | Form::BangKhen => "TẶNG",
            Form::GiayChungNhan => "CÔNG NHẬN",
        }
    }
}

impl Certificate {
    /// The words that stand in a field; none when this certificate has nothing for it.
    pub fn words(&self, field: Field) -> Option<String> {
        let words = match field {
            Field::Country => "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM".to_owned(),
            Field::Motto => "Độc lập - Tự do - Hạnh phúc".to_owned(),
            Field::Authority => self.authority.clone(),
            Field::Verb => self.form.verb().to_owned(),
            Field::Heading => self.form.heading().to_owned(),
            Field::Title => self.title.clone()?,
            Field::Recipient => self.recipient.clone(),
            Field::RecipientLines => self.recipient_lines.join("\n"),
            Field::Achievement => self.achievement.clone(),
            Field::Decision => match &self.decision_number {
                Some(number) => format!("Quyết định số {number}\n{}", written_day(self.decided_on)),
                None => format!("Quyết định {}", written_day(self.decided_on)),
            },
            Field::Register => format!("Vào sổ vàng số: {}", self.register_number.as_ref()?),
            Field::Dateline => format!("{}, {}", self.place, written_day(self.issued_on)),
            Field::Capacity => self.signer.capacity.join("\n"),
            Field::Signer => self.signer.name.clone(),
            Field::Code => format!("Mã tra cứu: {}", self.verification.as_ref()?.code),
        };
        let words = kernel::text::clean_text(&words);
        (!words.is_empty()).then_some(words)
    }
}

/// One certificate as tagged PDF/A-2a.
pub fn certificate(certificate: &Certificate, stock: &Stock) -> Result<Vec<u8>, PaperError> {
    pages(std::iter::once((certificate, stock)))
}

/// A list of certificates as one tagged PDF/A-2a, one a page, in the order of the list.
pub fn certificates(list: &[(Certificate, Stock)]) -> Result<Vec<u8>, PaperError> {
    pages(list.iter().map(|(certificate, stock)| (certificate, stock)))
}

fn pages<'a>(list: impl Iterator<Item = (&'a Certificate, &'a Stock)>) -> Result<Vec<u8>, PaperError> {
    let document = layout::document(list)?;
    typesetting::write(&typesetting::set(Template::Certificates, document)?)
}

#[cfg(test)]
mod tests;
