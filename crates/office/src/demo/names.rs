//! Names as they are found in the province; nobody real is meant.

/// An ethnic group with the names its people bear.
pub struct Folk {
    /// The group.
    pub group: &'static str,
    surnames: &'static [&'static str],
    men: (&'static [&'static str], &'static [&'static str]),
    women: (&'static [&'static str], &'static [&'static str]),
}

const THAI: Folk = Folk {
    group: "Thái",
    surnames: &["Lò", "Cà", "Quàng", "Tòng", "Lường", "Cầm", "Hoàng", "Bạc", "Điêu"],
    men: (&["Văn"], &["Hặc", "Pâng", "Inh", "Thiêm", "Dũng", "Tuấn", "Hải", "Chung", "Khoa", "Thắng", "Chiến", "Ượng"]),
    women: (
        &["Thị"],
        &["Ban", "Hoa", "Hương", "Lả", "Hiền", "Thương", "Phượng", "Xuân", "Yến", "Inh", "Mai", "Phương"],
    ),
};

const HMONG: Folk = Folk {
    group: "Mông",
    surnames: &["Giàng", "Sùng", "Thào", "Mùa", "Vàng", "Sồng", "Hờ"],
    men: (&["A"], &["Chu", "Dua", "Lử", "Tủa", "Páo", "Sáu", "Chống", "Của"]),
    women: (&["Thị"], &["Mỷ", "Dợ", "Máy", "Dí", "Sua", "Chía"]),
};

const MUONG: Folk = Folk {
    group: "Mường",
    surnames: &["Bùi", "Đinh", "Hà", "Quách"],
    men: (&["Văn", "Công"], &["Nhiên", "Tiến", "Thành", "Hợp", "Quyết"]),
    women: (&["Thị"], &["Nhung", "Thơm", "Hậu", "Loan", "Huệ"]),
};

const DAO: Folk = Folk {
    group: "Dao",
    surnames: &["Bàn", "Triệu", "Đặng", "Lý"],
    men: (&["Văn", "Tiến"], &["Phú", "Sinh", "Quẩy", "Hoà"]),
    women: (&["Thị"], &["Mụi", "Liều", "Sính", "Nái"]),
};

const KINH: Folk = Folk {
    group: "Kinh",
    surnames: &["Nguyễn", "Trần", "Lê", "Phạm", "Vũ", "Đỗ", "Hoàng", "Phan"],
    men: (&["Văn", "Đức", "Quang", "Minh"], &["Hùng", "Nam", "Sơn", "Cường", "Long", "Hưng", "Kiên", "Đạt"]),
    women: (&["Thị", "Thu", "Thanh"], &["Hà", "Ngọc", "Thủy", "Linh", "Trang", "Hằng", "Vân", "Oanh"]),
};

/// Of twenty people of the province, how they are mixed.
const MIX: [&Folk; 20] = [
    &THAI, &KINH, &THAI, &HMONG, &THAI, &KINH, &THAI, &MUONG, &THAI, &KINH, &THAI, &HMONG, &KINH, &THAI, &KINH, &THAI,
    &DAO, &THAI, &KINH, &HMONG,
];

/// An invented person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invented {
    /// The name.
    pub name: String,
    /// Woman or man.
    pub female: bool,
    /// The ethnic group.
    pub group: &'static str,
}

/// The invented person of a number: always the same one.
#[must_use]
pub fn person(number: usize) -> Invented {
    let folk = MIX[number % MIX.len()];
    let round = number / MIX.len() + number % MIX.len();
    let female = number % 9 % 2 == 1;
    let (middles, givens) = if female { folk.women } else { folk.men };
    let surname = folk.surnames[round * 5 % folk.surnames.len()];
    let middle = middles[round % middles.len()];
    let given = givens[(number * 7 + number / 20) % givens.len()];
    Invented { name: format!("{surname} {middle} {given}"), female, group: folk.group }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_number_is_the_same_person() {
        assert_eq!(person(17), person(17));
    }

    #[test]
    fn among_a_hundred_people_few_share_a_name_and_every_group_is_met() {
        let people: Vec<_> = (0..110).map(person).collect();
        let names: std::collections::BTreeSet<_> = people.iter().map(|one| one.name.as_str()).collect();
        assert!(names.len() > 95, "only {} names", names.len());
        for folk in [&THAI, &HMONG, &MUONG, &DAO, &KINH] {
            assert!(people.iter().any(|one| one.group == folk.group), "{}", folk.group);
        }
        assert!(people.iter().filter(|one| one.female).count() > 30);
    }
}
