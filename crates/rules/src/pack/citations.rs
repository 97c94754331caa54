//! Which acts a clause names, and whether a version may lean on them: each must be declared, and in force on every
//! day of the version.

use std::collections::BTreeMap;

use super::file::VersionFile;
use super::{Instrument, Status};

/// How the numbers of acts begin in citations.
const FORMS: [&str; 6] = ["Luật ", "Nghị định ", "Nghị quyết ", "Quyết định ", "Thông tư ", "Pháp lệnh "];

/// The acts that a citation names by their number: `Nghị định 152/2025/NĐ-CP`.
pub(crate) fn acts_in(citation: &str) -> Vec<String> {
    let mut acts = Vec::new();
    for form in FORMS {
        for (at, _) in citation.match_indices(form) {
            let rest = &citation[at + form.len()..];
            let number = rest.split([' ', ',', ';', ')', ']']).next().unwrap_or_default();
            if number.contains('/') && number.starts_with(|first: char| first.is_ascii_digit()) {
                acts.push(format!("{form}{number}"));
            }
        }
    }
    acts
}

/// What is wrong with the acts that a version cites beside its own instrument, each in a sentence.
///
/// An act that has ended may be cited where the version says that its words are presumed to stand on
/// (`derived_from`); a template may name an act that is only its model.
pub(crate) fn faults(version: &VersionFile, instruments: &BTreeMap<String, Instrument>) -> Vec<String> {
    let own = instruments.get(&version.instrument);
    let names_own = own.is_none_or(|act| version.citation.contains(&act.number));
    let mut citations: Vec<&str> = Vec::new();
    citations.extend(names_own.then_some(version.citation.as_str()));
    citations.extend(version.items.iter().flatten().map(|item| item.citation.as_str()));
    citations.extend(version.multiples.iter().flatten().map(|row| row.citation.as_str()));
    citations.extend(version.principles.iter().map(|row| row.household_citation.as_str()));
    let mut found: Vec<String> = citations
        .into_iter()
        .flat_map(acts_in)
        .filter(|number| own.is_none_or(|act| act.number != *number))
        .filter_map(|number| fault(version, instruments, &number))
        .collect();
    found.extend(version.derived_from.as_ref().and_then(|id| derived_fault(version, instruments, id)));
    found.sort();
    found.dedup();
    found
}

fn fault(version: &VersionFile, instruments: &BTreeMap<String, Instrument>, number: &str) -> Option<String> {
    let Some(act) = instruments.values().find(|act| act.number == number) else {
        return Some(format!("trích dẫn nêu “{number}” nhưng văn bản ấy chưa được khai báo trong instruments/"));
    };
    if version.status == Status::LocalRuleNeeded || version.derived_from.as_ref() == Some(&act.id) {
        return None;
    }
    if let Some(end) = act.until.filter(|end| version.until.is_none_or(|until| until > *end)) {
        return Some(format!(
            "trích dẫn nêu {number}, hết hiệu lực từ {end}, trong khi phiên bản còn áp dụng sau ngày ấy; tách phiên bản \
             tại {end}, hoặc ghi derived_from = \"{}\" khi nội dung được coi là không đổi mà chưa đối chiếu",
            act.id
        ));
    }
    (version.from < act.from).then(|| {
        format!(
            "trích dẫn nêu {number}, có hiệu lực từ {}, trong khi phiên bản bắt đầu {}; tách phiên bản tại {0}",
            act.from, version.from
        )
    })
}

fn derived_fault(version: &VersionFile, instruments: &BTreeMap<String, Instrument>, id: &str) -> Option<String> {
    if !instruments.contains_key(id) {
        return Some(format!("derived_from = \"{id}\" nhưng văn bản ấy chưa được khai báo trong instruments/"));
    }
    let sure = version.confidence == super::Confidence::Text;
    sure.then(|| "có derived_from thì confidence không thể là text: nội dung chưa đối chiếu với văn bản mới".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_of_a_citation_is_found_by_its_number() {
        let citation = "Luật 06/2022/QH15 Điều 84 khoản 1; Quyết định 638/QĐ-BNV năm 2025 (Nghị định 98/2023/NĐ-CP)";
        let acts = ["Luật 06/2022/QH15", "Nghị định 98/2023/NĐ-CP", "Quyết định 638/QĐ-BNV"];
        assert_eq!(acts_in(citation), acts);
        assert!(acts_in("Luật không nêu số; Quyết định của Chánh Văn phòng").is_empty());
    }
}
