//! Addresses that more than one page links to.

use std::fmt::Write as _;

/// The sign-in page, which afterwards leads on to `next`.
#[must_use]
pub fn sign_in(next: &str) -> String {
    format!("/dang-nhap?tiep={}", encode(next))
}

/// A path that leads nowhere but into this house; the home page for anything else.
#[must_use]
pub fn inside(path: &str) -> &str {
    let here = path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n']);
    if here { path } else { "/noi-bo" }
}

/// Percent-encodes a query value.
#[must_use]
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").expect("writing into a text");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_never_leads_to_another_house() {
        for foreign in ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"] {
            assert_eq!(inside(foreign), "/noi-bo", "{foreign}");
        }
        assert_eq!(inside("/noi-bo/ke-hoach?don-vi=1"), "/noi-bo/ke-hoach?don-vi=1");
    }
}
