//! Fitting words into a box: lines are broken between words and evened out; when there are too
//! many of them, or they would reach the words below, the letters shrink, and no letter is ever lost.

use super::Spot;
use crate::typesetting::advance;

/// Words fitted into their box.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fitted {
    /// The lines from top to bottom.
    pub lines: Vec<String>,
    /// The size of the letters in points.
    pub size: f64,
}

/// Points in a millimetre.
pub(super) const POINTS: f64 = 72.0 / 25.4;
/// Letters of this size are none any more: what still does not fit stays so.
const SPECK: f64 = 0.5;

/// From one base line to the next, as a share of the size of the letters; the template sets lines so.
const STEP: f64 = 1.28;
/// How far letters hang below their base line, as a share of their size.
const HANGS: f64 = 0.22;

/// Breaks and shrinks words until they fit their spot and no line reaches `below`, the points that are free under
/// the first base line. At the smallest size they take as many lines as there is room for before they shrink on.
pub(crate) fn fit(words: &str, spot: &Spot, below: f64) -> Fitted {
    let room = spot.width * POINTS;
    let paragraphs: Vec<Vec<Word<'_>>> =
        words.lines().map(|line| measured(line, spot)).filter(|words| !words.is_empty()).collect();
    let allowed = spot.lines.max(paragraphs.len());
    let mut size = spot.size;
    loop {
        let kind = Kind { size, tracking: spot.tracking, space: advance(' ', spot.bold, spot.italic) };
        let lines: Vec<&[Word<'_>]> = paragraphs.iter().flat_map(|paragraph| kind.broken(paragraph, room)).collect();
        let widest = lines.iter().map(|line| kind.width(line)).fold(0.0, f64::max);
        let deep = (lines.len().saturating_sub(1) as f64 * STEP + HANGS) * size;
        let enough = lines.len() <= allowed || size <= spot.min_size;
        if enough && widest <= room && (lines.len() == 1 || deep <= below) || size < SPECK {
            let joined = |line: &[Word<'_>]| line.iter().map(|word| word.text).collect::<Vec<_>>().join(" ");
            return Fitted { lines: lines.into_iter().map(joined).collect(), size };
        }
        // The smallest size itself is tried before anything smaller.
        let next = size * 0.97;
        size = if size > spot.min_size { next.max(spot.min_size) } else { next };
    }
}

/// A word with its width as a share of the size of its letters.
struct Word<'a> {
    text: &'a str,
    share: f64,
    letters: f64,
}

fn measured<'a>(line: &'a str, spot: &Spot) -> Vec<Word<'a>> {
    let measure = |text: &'a str| Word {
        text,
        share: text.chars().map(|letter| advance(letter, spot.bold, spot.italic)).sum(),
        letters: text.chars().map(|_| 1.0).sum(),
    };
    line.split_whitespace().map(measure).collect()
}

/// Letters of one size: what decides how wide a line is.
struct Kind {
    size: f64,
    tracking: f64,
    space: f64,
}

impl Kind {
    fn width(&self, line: &[Word<'_>]) -> f64 {
        let words: f64 = line.iter().map(|word| self.word(word)).sum();
        words + self.gap() * line.len().saturating_sub(1) as f64
    }

    fn word(&self, word: &Word<'_>) -> f64 {
        word.share * self.size + word.letters * self.tracking
    }

    fn gap(&self) -> f64 {
        self.space * self.size + self.tracking
    }

    /// The fewest lines that fit the room, with the room then narrowed so that they are even.
    fn broken<'a>(&self, paragraph: &'a [Word<'a>], room: f64) -> Vec<&'a [Word<'a>]> {
        let fewest = self.greedy(paragraph, room);
        if fewest.len() < 2 {
            return fewest;
        }
        let (mut narrow, mut wide) = (room / 4.0, room);
        for _ in 0..12 {
            let tried = f64::midpoint(narrow, wide);
            let lines = self.greedy(paragraph, tried);
            let inside = lines.iter().all(|line| self.width(line) <= tried);
            if inside && lines.len() == fewest.len() { wide = tried } else { narrow = tried }
        }
        self.greedy(paragraph, wide)
    }

    fn greedy<'a>(&self, paragraph: &'a [Word<'a>], room: f64) -> Vec<&'a [Word<'a>]> {
        let mut lines = Vec::new();
        let (mut begins, mut taken) = (0, 0.0);
        for (index, word) in paragraph.iter().enumerate() {
            let width = self.word(word);
            if index > begins && taken + self.gap() + width > room {
                lines.push(&paragraph[begins..index]);
                (begins, taken) = (index, width);
            } else {
                taken += if index > begins { self.gap() + width } else { width };
            }
        }
        lines.push(&paragraph[begins..]);
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::{POINTS, fit};
    use crate::certificate::Spot;
    use crate::typesetting::advance;

    fn width(text: &str, size: f64) -> f64 {
        text.chars().map(|letter| advance(letter, false, false) * size).sum::<f64>() / POINTS
    }

    #[test]
    fn a_short_name_keeps_its_size_on_one_line() {
        let fitted = fit("Bà Đỗ Thị Ánh", &Spot::new(0.0, 0.0, 200.0, 26.0), 0.0);
        assert_eq!((fitted.lines.len(), fitted.size), (1, 26.0));
    }

    #[test]
    fn a_name_too_long_for_one_line_shrinks_until_it_fits() {
        let name = "Tập thể cán bộ, công chức Phòng Kiểm soát thủ tục hành chính và Cổng thông tin điện tử";
        let fitted = fit(name, &Spot::new(0.0, 0.0, 200.0, 26.0), 100.0);
        assert_eq!(fitted.lines.len(), 1);
        assert!(fitted.size < 26.0 && width(&fitted.lines[0], fitted.size) <= 200.0);
    }

    #[test]
    fn two_allowed_lines_are_broken_evenly_before_anything_shrinks() {
        let words = "Đã có thành tích xuất sắc trong phong trào thi đua đồng hành cùng doanh nghiệp giai đoạn một";
        let fitted = fit(words, &Spot { lines: 2, ..Spot::new(0.0, 0.0, 170.0, 16.0) }, 30.0);
        assert_eq!((fitted.lines.len(), fitted.size), (2, 16.0));
        let [upper, lower] = [&fitted.lines[0], &fitted.lines[1]].map(|line| width(line, 16.0));
        assert!((upper - lower).abs() < 40.0, "{upper} {lower}");
        assert_eq!(fitted.lines.join(" "), words);
    }

    #[test]
    fn lines_shrink_rather_than_reach_what_stands_below() {
        let name = "Tập thể cán bộ, công chức, viên chức và người lao động Trung tâm Phục vụ hành chính công kiêm Cổng thông tin";
        let spot = Spot { lines: 2, ..Spot::new(0.0, 0.0, 150.0, 27.0) };
        for (below, most) in [(60.0, 3), (20.0, 2), (1.0, 1)] {
            let fitted = fit(name, &spot, below);
            let deep = ((fitted.lines.len() - 1) as f64 * 1.28 + 0.22) * fitted.size;
            assert!(fitted.lines.len() <= most && (fitted.lines.len() == 1 || deep <= below), "{below} {fitted:?}");
            assert_eq!(fitted.lines.join(" "), name);
        }
    }

    #[test]
    fn no_word_is_lost_even_when_one_is_wider_than_the_box() {
        let fitted = fit("Donaudampfschifffahrtsgesellschaft", &Spot::new(0.0, 0.0, 20.0, 26.0), 0.0);
        assert_eq!(fitted.lines, ["Donaudampfschifffahrtsgesellschaft"]);
        assert!(width(&fitted.lines[0], fitted.size) <= 20.001);
    }
}
