//! From certificates to the data of the template: every line with its place, its size and its colour.

use qrcode::{Color, EcLevel, QrCode};
use serde::Serialize;

use super::fit::{POINTS, fit};
use super::{Certificate, Field, Spot, Stock};
use crate::error::PaperError;
use crate::paper::Align;

/// The whole document, as the template reads it.
#[derive(Serialize)]
struct Document<'a> {
    title: String,
    author: &'a str,
    made: (i16, i8, i8),
    pages: Vec<Page<'a>>,
}

/// One sheet.
#[derive(Serialize)]
struct Page<'a> {
    width: f64,
    height: f64,
    background: bool,
    pieces: Vec<Piece<'a>>,
    qr: Option<Qr>,
}

/// One field, ready to be put down.
#[derive(Serialize)]
struct Piece<'a> {
    field: Field,
    x: f64,
    baseline: f64,
    width: f64,
    size: f64,
    bold: bool,
    italic: bool,
    colour: &'a str,
    tracking: f64,
    align: Align,
    lines: Vec<String>,
}

/// The QR code, ready to be put down.
#[derive(Serialize)]
struct Qr {
    x: f64,
    y: f64,
    size: f64,
    svg: String,
    alt: String,
}

/// The data of the template for a list of certificates.
pub(super) fn document<'a>(list: impl Iterator<Item = (&'a Certificate, &'a Stock)>) -> Result<String, PaperError> {
    let mut first = None;
    let mut pages = Vec::new();
    for (index, (certificate, stock)) in list.enumerate() {
        complete(index + 1, certificate)?;
        first.get_or_insert(certificate);
        pages.push(page(certificate, stock)?);
    }
    let first = first.ok_or(PaperError::Incomplete { index: 1, what: "người được khen" })?;
    let title = if pages.len() == 1 {
        format!("{} - {}", first.form.heading(), first.recipient)
    } else {
        format!("{} ({} tờ)", first.form.heading(), pages.len())
    };
    let made = (first.issued_on.year(), first.issued_on.month(), first.issued_on.day());
    let document = Document { title, author: &first.authority, made, pages };
    Ok(serde_json::to_string(&document).expect("a certificate has only text and finite numbers"))
}

fn complete(index: usize, certificate: &Certificate) -> Result<(), PaperError> {
    let missing = [
        (&certificate.recipient, "người được khen"),
        (&certificate.achievement, "thành tích"),
        (&certificate.authority, "thẩm quyền khen"),
    ];
    match missing.into_iter().find(|(text, _)| text.trim().is_empty()) {
        Some((_, what)) => Err(PaperError::Incomplete { index, what }),
        None => Ok(()),
    }
}

fn page<'a>(certificate: &Certificate, stock: &'a Stock) -> Result<Page<'a>, PaperError> {
    let pieces = stock.spots.iter().filter_map(|(&field, spot)| {
        let fitted = fit(&certificate.words(field)?, spot, below(certificate, stock, field, spot));
        Some(Piece {
            field,
            x: spot.x + stock.shift_right,
            baseline: spot.baseline + stock.shift_down,
            width: spot.width,
            size: fitted.size,
            bold: spot.bold,
            italic: spot.italic,
            colour: &spot.colour,
            tracking: spot.tracking,
            align: spot.align,
            lines: fitted.lines,
        })
    });
    let pieces = pieces.collect();
    let qr = match (&certificate.verification, stock.qr) {
        (Some(verification), Some(place)) => Some(Qr {
            x: place.x + stock.shift_right,
            y: place.y + stock.shift_down,
            size: place.size,
            svg: qr_svg(&verification.url)?,
            alt: format!("Mã QR tra cứu giấy này tại {}", verification.url),
        }),
        _ => None,
    };
    Ok(Page { width: stock.width, height: stock.height, background: stock.background, pieces, qr })
}

/// How high letters stand above their base line, with the marks that Vietnamese stacks on capitals, as a share of
/// their size.
const TALL: f64 = 0.95;

/// The points that are free under the first base line of a field: down to the tops of the next printed one that
/// stands below it, or to the foot of the sheet.
fn below(certificate: &Certificate, stock: &Stock, field: Field, spot: &Spot) -> f64 {
    let under = |(other, one): &(&Field, &Spot)| {
        **other != field
            && one.baseline > spot.baseline
            && one.x < spot.x + spot.width
            && spot.x < one.x + one.width
            && certificate.words(**other).is_some()
    };
    let tops = |(_, one): (&Field, &Spot)| (one.baseline - spot.baseline) * POINTS - one.size * TALL;
    let foot = (stock.height - spot.baseline) * POINTS;
    stock.spots.iter().filter(under).map(tops).fold(foot, f64::min)
}

/// The address as a QR code that survives a stain over an eighth of it, each row drawn in runs.
fn qr_svg(url: &str) -> Result<String, PaperError> {
    let code = QrCode::with_error_correction_level(url, EcLevel::M)
        .map_err(|_| PaperError::AddressTooLong { length: url.chars().count() })?;
    let side = code.width();
    let whole = side + 2 * QUIET;
    let mut svg = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}"><path fill="#fff" d="M0 0h{whole}v{whole}H0z"/><path d=""##
    );
    for (row, modules) in code.to_colors().chunks(side).enumerate() {
        let mut column = 0;
        for run in modules.chunk_by(|one, next| one == next) {
            if run[0] == Color::Dark {
                svg.push_str(&format!("M{} {}h{}v1h-{}z", column + QUIET, row + QUIET, run.len(), run.len()));
            }
            column += run.len();
        }
    }
    svg.push_str(r#""/></svg>"#);
    Ok(svg)
}

/// The quiet zone around a QR code, in modules, as the standard asks.
const QUIET: usize = 4;
