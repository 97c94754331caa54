//! How alike two initiatives are: the share of the runs of letters that their folded texts have in common.
//!
//! Texts are folded first (no marks, no tones, one case), so a copy without diacritics or in another Unicode
//! form is the same text. Of every text a signature is kept, [`MinHash`](https://en.wikipedia.org/wiki/MinHash):
//! the least of the pieces' hashes under many fixed orders. Two signatures agree in about the share of places
//! that the texts have in common, so thousands can be looked through without their texts; what may be alike is
//! then compared exactly. Why no library: docs/decisions/0038.

use std::collections::HashSet;

/// The letters of a piece of a text and of a name.
const TEXT_PIECE: usize = 6;
const NAME_PIECE: usize = 3;
/// How many orders the signature of a text and of a name has.
pub const TEXT_ORDERS: usize = 128;
/// As for texts.
pub const NAME_ORDERS: usize = 64;
/// Below this many hundredths nothing is kept. Why: docs/decisions/0038.
pub const FLOOR: i64 = 40;
/// By how much an estimate may fall short before a pair is not compared exactly: three deviations and more.
const MARGIN: f64 = 0.15;

/// The signatures of one initiative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Of the name.
    pub name: Vec<u8>,
    /// Of problem and solution; none where only a name is known.
    pub text: Option<Vec<u8>>,
}

impl Signature {
    /// The signature of a name and a text.
    #[must_use]
    pub fn of(name: &str, text: Option<&str>) -> Self {
        Self {
            name: least(&pieces(name, NAME_PIECE), NAME_ORDERS),
            text: text.map(|text| least(&pieces(text, TEXT_PIECE), TEXT_ORDERS)),
        }
    }

    /// Whether it is worth comparing exactly.
    #[must_use]
    pub fn may_be_like(&self, other: &Self) -> bool {
        #[expect(clippy::cast_precision_loss, reason = "hundredths")]
        let enough = FLOOR as f64 / 100.0 - MARGIN;
        let texts = self.text.as_ref().zip(other.text.as_ref());
        estimate(&self.name, &other.name) >= enough || texts.is_some_and(|(one, other)| estimate(one, other) >= enough)
    }
}

/// How alike two names are, in hundredths.
#[must_use]
pub fn of_names(one: &str, other: &str) -> i64 {
    shared(&pieces(one, NAME_PIECE), &pieces(other, NAME_PIECE))
}

/// How alike two texts are, in hundredths.
#[must_use]
pub fn of_texts(one: &str, other: &str) -> i64 {
    shared(&pieces(one, TEXT_PIECE), &pieces(other, TEXT_PIECE))
}

/// The hashes of all runs of letters of the folded text; of a shorter text that text itself.
fn pieces(text: &str, letters: usize) -> HashSet<u64> {
    let key: Vec<char> = kernel::text::search_key(text).chars().collect();
    if key.is_empty() {
        return HashSet::new();
    }
    key.windows(letters.min(key.len())).map(hash).collect()
}

/// FNV-1a: the same on every machine and in every version, as what is stored must be.
fn hash(piece: &[char]) -> u64 {
    let mut bytes = [0; 4];
    piece.iter().fold(0xcbf2_9ce4_8422_2325, |hash, letter| {
        letter
            .encode_utf8(&mut bytes)
            .bytes()
            .fold(hash, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    })
}

/// Another order of all hashes (the finalizer of SplitMix64).
fn reordered(hash: u64, order: usize) -> u32 {
    let mut mixed = hash.wrapping_add((order as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (mixed >> 32) as u32
}

fn least(pieces: &HashSet<u64>, orders: usize) -> Vec<u8> {
    (0..orders)
        .flat_map(|order| pieces.iter().map(|piece| reordered(*piece, order)).min().unwrap_or(u32::MAX).to_le_bytes())
        .collect()
}

/// The share of places in which two signatures agree; nothing for signatures of other lengths.
fn estimate(one: &[u8], other: &[u8]) -> f64 {
    if one.len() != other.len() || one.is_empty() {
        return 0.0;
    }
    let (one, other) = (one.as_chunks::<4>().0, other.as_chunks::<4>().0);
    let same = one.iter().zip(other).filter(|(left, right)| left == right).count();
    #[expect(clippy::cast_precision_loss, reason = "at most a hundred places")]
    let share = same as f64 / one.len() as f64;
    share
}

fn shared(one: &HashSet<u64>, other: &HashSet<u64>) -> i64 {
    let both = one.intersection(other).count();
    let all = one.len() + other.len() - both;
    match all {
        0 => 0,
        all => i64::try_from(both * 100 / all).unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Trước đây công chức ghi phiếu hẹn bằng tay, người dân phải đến hỏi nhiều lần. Giải pháp: \
        phần mềm in phiếu hẹn có mã QR, người dân quét mã để xem hồ sơ đang ở bước nào và nhận tin nhắn khi xong.";

    fn plain(text: &str) -> String {
        kernel::text::search_key(text)
    }

    #[test]
    fn a_copy_without_marks_or_in_another_unicode_form_is_the_same_text() {
        use unicode_normalization::UnicodeNormalization as _;
        let apart: String = TEXT.nfd().collect();
        assert_eq!(of_texts(TEXT, &plain(TEXT)), 100);
        assert_eq!(of_texts(TEXT, &apart), 100);
        assert_eq!(Signature::of("Tên", Some(TEXT)), Signature::of("ten", Some(&apart)));
    }

    #[test]
    fn a_near_copy_is_alike_and_another_matter_is_not() {
        let near = plain(TEXT).replace("phan mem", "ung dung") + " da ap dung tai ba phong";
        assert!(of_texts(TEXT, &near) >= 70, "{}", of_texts(TEXT, &near));
        let other = "Rút gọn quy trình thẩm định dự án đầu tư ngoài ngân sách từ bảy bước còn bốn bước, mỗi bước \
            một người chịu trách nhiệm, họp một lần thay cho ba lần lấy ý kiến bằng văn bản.";
        assert!(of_texts(TEXT, other) < FLOOR, "{}", of_texts(TEXT, other));
        assert!(Signature::of("Phiếu hẹn", Some(TEXT)).may_be_like(&Signature::of("phieu hen dien tu", Some(&near))));
        assert!(!Signature::of("Phiếu hẹn", Some(TEXT)).may_be_like(&Signature::of("Rút gọn quy trình", Some(other))));
    }

    #[test]
    fn nothing_is_like_nothing() {
        assert_eq!(of_texts("", ""), 0);
        assert_eq!(of_names("…", "!"), 0);
        assert_eq!(of_names("Ab", "ab"), 100);
    }

    #[test]
    fn a_signature_does_not_miss_what_is_alike() {
        let words: Vec<String> = (0..120).map(|at| format!("chu{}", at * 7919 % 1000)).collect();
        let whole = words.join(" ");
        for kept in [60, 72, 84, 96, 108] {
            let part = words[..kept].join(" ");
            let exact = of_texts(&whole, &part);
            let found = Signature::of("a", Some(&whole)).may_be_like(&Signature::of("b", Some(&part)));
            assert!(exact < FLOOR || found, "{kept} words of 120 are {exact} % and were missed");
        }
    }
}
