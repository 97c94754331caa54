//! Fitting words into a box: lines are broken between words and evened out; when there are too
//! many of them the letters shrink, and no letter is ever lost.

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
const POINTS: f64 = 72.0 / 25.4;

/// Breaks and shrinks words until they fit their spot; below the smallest size the lines run over
/// in number, never in width, unless a single word is too long.
pub(crate) fn fit(words: &str, spot: &Spot) -> Fitted {
    let room = spot.width * POINTS;
    let paragraphs: Vec<&str> = words.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let allowed = spot.lines.max(paragraphs.len());
    let mut size = spot.size;
    loop {
        let measure = Measure { spot, size };
        let lines: Vec<String> = paragraphs.iter().flat_map(|paragraph| measure.broken(paragraph, room)).collect();
        let widest = lines.iter().map(|line| measure.width(line)).fold(0.0, f64::max);
        let fits = lines.len() <= allowed && widest <= room;
        if fits || size <= spot.min_size {
            // A single word wider than the box at the smallest size: shrink further, lose nothing.
            let size = if widest > room { size * room / widest } else { size };
            return Fitted { lines, size };
        }
        size = (size * 0.97).max(spot.min_size);
    }
}

struct Measure<'a> {
    spot: &'a Spot,
    size: f64,
}

impl Measure<'_> {
    fn width(&self, text: &str) -> f64 {
        text.chars()
            .map(|letter| advance(letter, self.spot.bold, self.spot.italic) * self.size + self.spot.tracking)
            .sum()
    }

    /// The fewest lines that fit the room, with the room then narrowed so that they are even.
    fn broken(&self, paragraph: &str, room: f64) -> Vec<String> {
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

    fn greedy(&self, paragraph: &str, room: f64) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in paragraph.split_whitespace() {
            match lines.last_mut() {
                Some(line) if self.width(line) + self.width(" ") + self.width(word) <= room => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(word.to_owned()),
            }
        }
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
        let fitted = fit("Bà Đỗ Thị Ánh", &Spot::new(0.0, 0.0, 200.0, 26.0));
        assert_eq!((fitted.lines.len(), fitted.size), (1, 26.0));
    }

    #[test]
    fn a_name_too_long_for_one_line_shrinks_until_it_fits() {
        let name = "Tập thể cán bộ, công chức Phòng Kiểm soát thủ tục hành chính và Cổng thông tin điện tử";
        let fitted = fit(name, &Spot::new(0.0, 0.0, 200.0, 26.0));
        assert_eq!(fitted.lines.len(), 1);
        assert!(fitted.size < 26.0 && width(&fitted.lines[0], fitted.size) <= 200.0);
    }

    #[test]
    fn two_allowed_lines_are_broken_evenly_before_anything_shrinks() {
        let words = "Đã có thành tích xuất sắc trong phong trào thi đua đồng hành cùng doanh nghiệp giai đoạn một";
        let fitted = fit(words, &Spot { lines: 2, ..Spot::new(0.0, 0.0, 170.0, 16.0) });
        assert_eq!((fitted.lines.len(), fitted.size), (2, 16.0));
        let [upper, lower] = [&fitted.lines[0], &fitted.lines[1]].map(|line| width(line, 16.0));
        assert!((upper - lower).abs() < 40.0, "{upper} {lower}");
        assert_eq!(fitted.lines.join(" "), words);
    }

    #[test]
    fn no_word_is_lost_even_when_one_is_wider_than_the_box() {
        let fitted = fit("Donaudampfschifffahrtsgesellschaft", &Spot::new(0.0, 0.0, 20.0, 26.0));
        assert_eq!(fitted.lines, ["Donaudampfschifffahrtsgesellschaft"]);
        assert!(width(&fitted.lines[0], fitted.size) <= 20.001);
    }
}
