//! What in a text looks like personal data that must not be published.

use super::search_key;

/// What stands in the text, in words of the screen: an e-mail address, a telephone number, a number of identity
/// papers, a day or year of birth; empty when nothing does.
///
/// It errs towards finding: whoever publishes is asked to look again, and a number can be written in words.
#[must_use]
pub fn personal_traces(text: &str) -> Vec<&'static str> {
    let numbers = numbers(text);
    let found = [
        (text.split_whitespace().any(is_mail), "địa chỉ thư điện tử"),
        (numbers.iter().any(|number| is_phone(number)), "số điện thoại"),
        (numbers.iter().any(|number| is_identity(number)), "số giấy tờ tùy thân"),
        (tells_birth(&search_key(text)), "ngày sinh hoặc năm sinh"),
    ];
    found.into_iter().filter(|(is, _)| *is).map(|(_, what)| what).collect()
}

fn is_mail(word: &str) -> bool {
    word.split_once('@').is_some_and(|(before, after)| {
        before.ends_with(|letter: char| letter.is_alphanumeric())
            && after.split_once('.').is_some_and(|(host, rest)| {
                !host.is_empty() && rest.starts_with(|letter: char| letter.is_ascii_alphanumeric())
            })
    })
}

/// Every number that can be read off the text: groups of digits alone, and joined over one space, dot or dash.
fn numbers(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let mut runs: Vec<Vec<String>> = vec![Vec::new()];
    let mut at = 0;
    while at < letters.len() {
        if !letters[at].is_ascii_digit() {
            let joins = matches!(letters[at], ' ' | '\u{a0}' | '.' | '-')
                && at > 0
                && letters[at - 1].is_ascii_digit()
                && letters.get(at + 1).is_some_and(char::is_ascii_digit);
            if !joins {
                runs.push(Vec::new());
            }
            at += 1;
            continue;
        }
        let end = letters[at..].iter().position(|letter| !letter.is_ascii_digit()).map_or(letters.len(), |n| at + n);
        let international = at > 0 && letters[at - 1] == '+';
        let group: String = letters[at..end].iter().collect();
        let group = match group.strip_prefix("84").filter(|_| international) {
            Some(rest) => format!("0{rest}"),
            None => group,
        };
        if let Some(run) = runs.last_mut() {
            run.push(group);
        }
        at = end;
    }
    let mut found = Vec::new();
    for run in runs {
        for first in 0..run.len() {
            for last in first + 1..=run.len().min(first + 6) {
                found.push(run[first..last].concat());
            }
        }
    }
    found
}

fn is_phone(number: &str) -> bool {
    number.starts_with('0') && !number.starts_with("00") && matches!(number.len(), 10 | 11)
}

/// Twelve digits that begin as those of a province do, with or without gaps.
fn is_identity(number: &str) -> bool {
    number.len() == 12 && number.starts_with('0')
}

fn tells_birth(key: &str) -> bool {
    let after = |words: &str| {
        let mut rest = key;
        while let Some(at) = rest.find(words) {
            rest = &rest[at + words.len()..];
            if rest.trim_start().starts_with(|letter: char| letter.is_ascii_digit()) {
                return true;
            }
        }
        false
    };
    ["sinh ngay", "sinh nam", "ngay sinh", "nam sinh"].into_iter().any(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, what: &[&str]) {
        assert_eq!(personal_traces(text), what, "{text}");
    }

    #[test]
    fn what_must_not_be_published_is_found_however_it_is_written() {
        check("Liên hệ anh Tuấn: 0912 345 678", &["số điện thoại"]);
        check("gọi 0912.345.678.", &["số điện thoại"]);
        check("tel. +84912345678", &["số điện thoại"]);
        check("từ năm 2025 0912-345-678", &["số điện thoại"]);
        check("thư gửi tuan.lo@sonla.vi-du.vn,", &["địa chỉ thư điện tử"]);
        check("CCCD 014203004567", &["số giấy tờ tùy thân"]);
        check("CCCD 014 203 004 567", &["số giấy tờ tùy thân"]);
        check("Chị Ban, sinh năm 1990, ở Mộc Châu", &["ngày sinh hoặc năm sinh"]);
        check("Sinh ngày: 02/09/1990", &["ngày sinh hoặc năm sinh"]);
    }

    #[test]
    fn numbers_of_decisions_days_and_money_are_no_personal_data() {
        check("Quyết định 05/QĐ-VPUB ngày 30/11/2026, tiền thưởng 1.490.000.000 đồng", &[]);
        check("giai đoạn 2026-2030, giảm 12.5% thời gian, 1.240 hồ sơ", &[]);
        check("học sinh nam và nữ, phát sinh ngày càng ít", &[]);
        check("từ 01/07/2026 đến 30/06/2027", &[]);
    }
}
