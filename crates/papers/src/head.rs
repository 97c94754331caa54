//! The issuer at the head of a paper: in capitals, and broken over two lines where the name of an organ breaks by nature.

use crate::paper::{Issuer, Orientation};
use crate::typesetting::advance;

/// The size of the letters at the head, in points.
const SIZE: f64 = 12.0;
/// Points in a millimetre.
const POINTS: f64 = 72.0 / 25.4;

/// Where a name may begin a new line: with the organ it belongs to, with the place it is of.
const BEGINS: [&str; 11] = [
    "UBND",
    "ỦY BAN NHÂN DÂN",
    "HỘI ĐỒNG NHÂN DÂN",
    "THÀNH PHỐ",
    "TỈNH",
    "HUYỆN",
    "QUẬN",
    "THỊ XÃ",
    "PHƯỜNG",
    "XÃ",
    "VÀ",
];
/// Words that make one with `XÃ` after them.
const BEFORE_XA: [&str; 2] = ["THỊ", "TÁC"];

/// Both names in capitals, a name that is wider than its column on two lines.
pub(crate) fn masthead(issuer: &Issuer, orientation: Orientation) -> Issuer {
    // The column left of the country and its motto, as both templates set it.
    let room = POINTS
        * match orientation {
            Orientation::Portrait => 70.0,
            Orientation::Landscape => 123.5,
        };
    let Issuer { above, name } = issuer.in_capitals();
    Issuer { above: above.map(|above| on_lines(&above, false, room)), name: on_lines(&name, true, room) }
}

/// A name as it fits the room: whole, or broken once, at the natural place where there is one and as evenly as it
/// goes. What needs more than two lines is left to the page.
fn on_lines(name: &str, bold: bool, room: f64) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let width = |words: &[&str]| words.join(" ").chars().map(|letter| advance(letter, bold, false)).sum::<f64>() * SIZE;
    if name.contains('\n') || width(&words) <= room {
        return name.to_owned();
    }
    let fits = |at: &usize| width(&words[..*at]) <= room && width(&words[*at..]) <= room;
    let uneven = |at: usize| (width(&words[..at]) - width(&words[at..])).abs();
    let breaks = (1..words.len()).filter(fits);
    let best = breaks.min_by(|one, other| {
        is_natural(&words, *other).cmp(&is_natural(&words, *one)).then(uneven(*one).total_cmp(&uneven(*other)))
    });
    best.map_or_else(|| name.to_owned(), |at| format!("{}\n{}", words[..at].join(" "), words[at..].join(" ")))
}

/// Whether a name breaks by nature before the word at this place.
fn is_natural(words: &[&str], at: usize) -> bool {
    let (before, rest) = (words[at - 1], words[at..].join(" "));
    let begins = |phrase: &str| rest.strip_prefix(phrase).is_some_and(|more| more.is_empty() || more.starts_with(' '));
    let one_word = words[at] == "XÃ" && BEFORE_XA.contains(&before);
    let after_a_mark = before.ends_with(['-', '–', ',']);
    let leads_with_a_mark = words[at].starts_with(['-', '–']);
    !leads_with_a_mark && !one_word && (after_a_mark || BEGINS.iter().any(|phrase| begins(phrase)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(name: &str) -> String {
        let issuer = Issuer { above: Some("Ủy ban nhân dân tỉnh Sơn La".to_owned()), name: name.to_owned() };
        masthead(&issuer, Orientation::Portrait).name
    }

    #[test]
    fn a_name_too_wide_for_its_column_breaks_at_its_natural_place() {
        assert_eq!(set("Văn phòng UBND tỉnh Sơn La"), "VĂN PHÒNG UBND TỈNH SƠN LA", "it fits as it is");
        assert_eq!(set("Phòng Tổ chức - Hành chính - Quản trị"), "PHÒNG TỔ CHỨC -\nHÀNH CHÍNH - QUẢN TRỊ");
        assert_eq!(set("Sở Nông nghiệp và Môi trường tỉnh Sơn La"), "SỞ NÔNG NGHIỆP\nVÀ MÔI TRƯỜNG TỈNH SƠN LA");
        assert_eq!(set("Trung tâm Phục vụ hành chính công"), "TRUNG TÂM PHỤC VỤ\nHÀNH CHÍNH CÔNG", "evenly else");
        assert!(is_natural(&["NHÂN", "DÂN", "XÃ", "CHIỀNG", "MUNG"], 2), "before the place");
        assert!(!is_natural(&["HỢP", "TÁC", "XÃ", "SƠN", "LA"], 2), "two words that are one");
    }

    #[test]
    fn a_sheet_on_its_side_has_room_for_the_whole_name() {
        let name = "Phòng Tổ chức - Hành chính - Quản trị".to_owned();
        let issuer = Issuer { above: None, name };
        let wide = masthead(&issuer, Orientation::Landscape).name;
        assert_eq!(wide, "PHÒNG TỔ CHỨC - HÀNH CHÍNH - QUẢN TRỊ");
    }
}
