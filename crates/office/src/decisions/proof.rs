//! Codes on certificates: random, so that none can be guessed, and signed, so that none can be made up.

use data_encoding::BASE64URL_NOPAD;

use crate::House;
pub use crate::keys::{fresh_code, tidy_code};

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
