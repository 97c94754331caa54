//! Liberation Serif, metric-compatible with Times New Roman, put into the binary by `build.rs`.

/// Regular, bold, italic and bold italic.
pub(crate) const ALL: [&[u8]; 4] = [
    include_bytes!(concat!(env!("OUT_DIR"), "/LiberationSerif-Regular.ttf")),
    include_bytes!(concat!(env!("OUT_DIR"), "/LiberationSerif-Bold.ttf")),
    include_bytes!(concat!(env!("OUT_DIR"), "/LiberationSerif-Italic.ttf")),
    include_bytes!(concat!(env!("OUT_DIR"), "/LiberationSerif-BoldItalic.ttf")),
];

#[cfg(test)]
mod tests {
    use super::ALL;
    use typst::foundations::Bytes;
    use typst::text::Font;

    /// The letters of Vietnamese: twelve vowels with five tones and without, and đ, in both cases.
    fn letters() -> String {
        let small = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ";
        format!("{small}{}", small.to_uppercase())
    }

    #[test]
    fn every_vietnamese_letter_is_in_all_four_styles() {
        for file in ALL {
            let font = Font::new(Bytes::new(file), 0).expect("a font that Typst reads");
            let name = font.post_script_name();
            let missing: String =
                letters().chars().filter(|letter| !font.info().coverage.contains(u32::from(*letter))).collect();
            assert_eq!(missing, "", "{name:?}");
        }
    }

    #[test]
    fn the_alphabet_of_the_test_is_whole() {
        assert_eq!(letters().chars().count(), 2 * (12 * 6 + 1));
    }
}
