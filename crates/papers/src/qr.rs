//! A QR code as the path of a vector picture, for pages.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

use crate::error::PaperError;

/// The path of the dark squares on a field of 45 by 45, the quiet edge with it; what the code says must be
/// short enough for that.
pub const FIELD: usize = 45;

/// The dark squares of a text, as the `d` of a path whose field is [`FIELD`] wide.
///
/// # Errors
/// When no QR code of that size can hold the text.
pub fn svg_path(text: &str) -> Result<String, PaperError> {
    let code = QrCode::with_version(text.as_bytes(), qrcode::Version::Normal(5), EcLevel::M);
    let code = code.map_err(|_| PaperError::AddressTooLong { length: text.len() })?;
    let quiet = (FIELD - code.width()) / 2;
    let mut path = String::new();
    for y in 0..code.width() {
        for x in 0..code.width() {
            if code[(x, y)] == Color::Dark {
                // Writing into a text cannot fail.
                let _ = write!(path, "M{} {}h1v1h-1z", x + quiet, y + quiet);
            }
        }
    }
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_with_a_receipt_code_fits_and_a_book_does_not() {
        let path = svg_path("https://thidua.sonla.gov.vn/phan-anh/tra-cuu/7K3M-P2QX-7K3M-P2QX-7K3M-P2QX");
        assert!(path.expect("it fits").starts_with('M'));
        assert!(svg_path(&"dài ".repeat(100)).is_err());
    }
}
