//! In whose name a paper of the office is written and in which capacity it is signed.

use papers::paper::Issuer;

use crate::House;

/// How an agency is shortened in the plan, and its name in full.
const SHORT: (&str, &str) = ("UBND", "Ủy ban nhân dân");
/// How the post of a deputy begins, in capitals.
const DEPUTY: &str = "PHÓ ";
/// What is written before the post of the head for whom a deputy signs.
const FOR: &str = "KT. ";

/// The office as it stands at the head of its own documents: `Văn phòng UBND tỉnh Sơn La` is the Văn phòng below the
/// Ủy ban nhân dân tỉnh Sơn La.
pub(super) fn issuer(house: &House) -> Issuer {
    let (short, full) = SHORT;
    match house.plan.office.split_once(&format!(" {short} ")) {
        Some((name, place)) => Issuer { above: Some(format!("{full} {place}")), name: name.to_owned() },
        None => Issuer { above: None, name: house.plan.office.clone() },
    }
}

/// Authority and post of who signs, in capitals, one line each: a deputy signs for the head, whose post stands above
/// the deputy's own (Nghị định 30/2020/NĐ-CP, Điều 13).
#[must_use]
pub fn capacity(post: &str) -> Vec<String> {
    let post = kernel::text::clean_line(post).to_uppercase();
    if let Some((head, deputy)) = post.strip_prefix(FOR).and_then(|both| both.split_once(&format!(" {DEPUTY}"))) {
        let head = head.trim_end_matches([',', ';', '-', '/', ' ']);
        return vec![format!("{FOR}{head}"), format!("{DEPUTY}{deputy}")];
    }
    match post.strip_prefix(DEPUTY).filter(|head| !head.contains("PHỤ TRÁCH")) {
        Some(head) => vec![format!("{FOR}{head}"), post],
        None => vec![post],
    }
}

/// Whether a post is a deputy's.
pub(super) fn is_deputy(post: &str) -> bool {
    kernel::text::clean_line(post).to_uppercase().starts_with(DEPUTY)
}

/// Whose award it is, in capitals with the office's name in full: `CHÁNH VĂN PHÒNG ỦY BAN NHÂN DÂN TỈNH SƠN LA`. What
/// a deputy signs is the head's.
#[must_use]
pub fn authority(house: &House, post: &str) -> String {
    let signed = capacity(post);
    let head = signed.first().map_or("", String::as_str);
    of_office(head.strip_prefix(FOR).unwrap_or(head), &house.plan.office)
}

/// A post with the office it is of. The name of the office begins where the post ends: Chánh Văn phòng, Văn phòng UBND.
fn of_office(post: &str, office: &str) -> String {
    let in_full = |text: &str| text.to_uppercase().replace(SHORT.0, &SHORT.1.to_uppercase());
    let (post, office) = (in_full(post), in_full(office));
    let (post, office): (Vec<&str>, Vec<&str>) =
        (post.split_whitespace().collect(), office.split_whitespace().collect());
    let most = post.len().min(office.len());
    let shared = (0..=most).rev().find(|many| post[post.len() - many..] == office[..*many]).unwrap_or(0);
    post.iter().chain(&office[shared..]).copied().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deputy_signs_for_the_head_and_the_head_alone() {
        assert_eq!(capacity("Chánh Văn phòng"), ["CHÁNH VĂN PHÒNG"]);
        let deputy = ["KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"];
        assert_eq!(capacity(" Phó  Chánh Văn phòng"), deputy);
        assert_eq!(capacity("KT. Chánh Văn phòng, Phó Chánh Văn phòng"), deputy);
        assert_eq!(capacity("Phó Trưởng phòng phụ trách"), ["PHÓ TRƯỞNG PHÒNG PHỤ TRÁCH"], "in their own charge");
    }

    #[test]
    fn an_award_is_the_heads_of_an_office_named_in_full_and_once() {
        let office = "Văn phòng UBND tỉnh Sơn La";
        let whole = "CHÁNH VĂN PHÒNG ỦY BAN NHÂN DÂN TỈNH SƠN LA";
        assert_eq!(of_office("CHÁNH VĂN PHÒNG", office), whole);
        assert_eq!(of_office("CHÁNH VĂN PHÒNG UBND TỈNH SƠN LA", office), whole);
        assert_eq!(of_office("GIÁM ĐỐC", "Thư viện tỉnh Ví Dụ"), "GIÁM ĐỐC THƯ VIỆN TỈNH VÍ DỤ");
    }
}
