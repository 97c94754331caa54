//! Codes on certificates: random, so that none can be guessed, and signed, so that none can be made up.

use data_encoding::{BASE64URL_NOPAD, Encoding, Specification};
use std::sync::LazyLock;

use crate::House;
use crate::keys::random_bytes;

/// Letters that are not mistaken for each other when read aloud or typed.
static READABLE: LazyLock<Encoding> = LazyLock::new(|| {
    let mut specification = Specification::new();
    specification.symbols.push_str("0123456789ABCDEFGHJKMNPQRSTVWXYZ");
    specification.encoding().expect("32 different letters")
});

/// A fresh code of 120 random bits, in groups of four: `7K3M-P2QX-…`.
#[must_use]
pub fn fresh_code() -> String {
    let text = READABLE.encode(&random_bytes()[..15]);
    let groups: Vec<&str> = (0..text.len()).step_by(4).map(|at| &text[at..at + 4]).collect();
    groups.join("-")
}

/// A code as somebody typed it, brought to the form in which it is kept; none for what cannot be one.
#[must_use]
pub fn tidy_code(text: &str) -> Option<String> {
    let letters: String = text
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '-')
        .map(|letter| match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    let known = letters.len() == 24 && letters.bytes().all(|b| b.is_ascii_alphanumeric());
    let groups: Vec<&str> = (0..24).step_by(4).filter_map(|at| letters.get(at..at + 4)).collect();
    known.then(|| groups.join("-"))
}

fn message(code: &str) -> Vec<u8> {
    format!("thidua-certificate-1\n{code}\n").into_bytes()
}

/// The address in the QR code: the public page of the code, with the house's signature over it.
#[must_use]
pub fn address(house: &House, code: &str) -> String {
    let signature = BASE64URL_NOPAD.encode(&house.keys.sign(&message(code)));
    format!("{}/xac-minh/{code}?k={signature}", house.public_url)
}

/// Whether a signature over a code is ours.
#[must_use]
pub fn is_ours(house: &House, code: &str, signature: &str) -> bool {
    BASE64URL_NOPAD.decode(signature.as_bytes()).is_ok_and(|signature| house.keys.is_ours(&message(code), &signature))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_again_however_it_is_typed() {
        let code = fresh_code();
        assert_eq!(code.len(), 29);
        assert_eq!(tidy_code(&code.to_lowercase()), Some(code.clone()));
        assert_eq!(tidy_code(&code.replace('-', " ")), Some(code.clone()));
        assert_eq!(tidy_code(&code[..20]), None);
    }

    #[test]
    fn letters_that_look_alike_are_read_as_one() {
        assert_eq!(tidy_code("OOOO-IIII-LLLL-0000-1111-2222"), Some("0000-1111-1111-0000-1111-2222".to_owned()));
    }

    #[test]
    fn no_two_codes_are_alike() {
        let codes: std::collections::BTreeSet<String> = (0..1000).map(|_| fresh_code()).collect();
        assert_eq!(codes.len(), 1000);
    }
}
