//! Pure answers: which rule of a clock counts, how alike two petitions are, what must not be published.

use kernel::Date;
use kernel::text::{personal_traces, search_key};

use super::clocks::{ClockBook, ClockRule};
use super::model::{Channel, ClockKind, Contact, Kind};

/// What decides which rule of a clock counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// What the petition is.
    pub kind: Kind,
    /// How it came in.
    pub channel: Channel,
    /// Whether it is complex.
    pub complex: bool,
    /// The day from which the clock runs.
    pub on: Date,
}

/// The rule that counts: of those that fit, the one with the highest priority; none when none fits.
#[must_use]
pub fn rule(book: &ClockBook, clock: ClockKind, facts: Facts) -> Option<&ClockRule> {
    let fits = |rule: &&ClockRule| {
        rule.clock == clock
            && rule.kind.is_none_or(|kind| kind == facts.kind)
            && rule.channel.is_none_or(|channel| channel == facts.channel)
            && (!rule.complex || facts.complex)
            && rule.from <= facts.on
            && rule.until.is_none_or(|until| facts.on < until)
    };
    book.rules.iter().filter(fits).max_by_key(|rule| rule.priority)
}

/// What two texts are compared by: their runs of three letters, without marks, each once and in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Runs(Vec<[char; 3]>);

impl Runs {
    /// Those of a title and what stands under it.
    #[must_use]
    pub fn of(title: &str, content: &str) -> Self {
        let letters: Vec<char> = search_key(&format!("{title} {content}")).chars().collect();
        let mut runs: Vec<_> = letters.windows(3).map(|run| [run[0], run[1], run[2]]).collect();
        runs.sort_unstable();
        runs.dedup();
        Self(runs)
    }

    /// How alike two texts are, in hundredths: what they share of all their runs.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> usize {
        let shared = self.0.iter().filter(|run| other.0.binary_search(run).is_ok()).count();
        (shared * 100).checked_div(self.0.len() + other.0.len() - shared).unwrap_or_default()
    }
}

/// From which likeness on one petition is shown beside another.
pub const ALIKE: usize = 30;

/// With how many a text is compared, the newest: what is older was answered long ago, and comparing all would take
/// the longer the more there are.
pub const COMPARED: i64 = 2_000;

/// How many similar ones are shown.
const SHOWN: usize = 5;

/// The texts most like one, each with its likeness and title, the most alike first.
#[must_use]
pub fn most_alike<T>(one: &Runs, others: impl Iterator<Item = (T, String, String)>) -> Vec<(usize, T, String)> {
    let weighed = others.map(|(id, title, content)| (one.likeness(&Runs::of(&title, &content)), id, title));
    let mut found: Vec<_> = weighed.filter(|(likeness, ..)| *likeness >= ALIKE).collect();
    found.sort_by_key(|(likeness, ..)| std::cmp::Reverse(*likeness));
    found.truncate(SHOWN);
    found
}

/// What of a sender still stands in a text that is to be published, in words; empty when nothing does.
///
/// A telephone, a mail or a home address never stands there; name and tax code only when the name is not hidden.
#[must_use]
pub fn given_away(text: &str, contact: &Contact, hide_name: bool) -> Vec<&'static str> {
    let (key, digits) = (format!(" {} ", search_key(text)), digits(text));
    let name = search_key(&contact.name);
    let phone = self::digits(&contact.phone);
    let email = contact.email.to_lowercase();
    let (address, tax_code) = (search_key(&contact.address), self::digits(&contact.tax_code));
    // Without a number it names a commune, which others live in too.
    let names_a_house = address.chars().any(|letter| letter.is_ascii_digit());
    let found = [
        (hide_name && !name.is_empty() && key.contains(&format!(" {name} ")), "tên người gửi"),
        (hide_name && tax_code.len() >= 10 && digits.contains(&tax_code), "mã số thuế"),
        (names_a_house && key.contains(&format!(" {address} ")), "địa chỉ"),
        (phone.len() >= 8 && digits.contains(&phone), "số điện thoại"),
        (email.contains('@') && text.to_lowercase().contains(&email), "địa chỉ thư điện tử"),
    ];
    found.into_iter().filter(|(is, _)| *is).map(|(_, what)| what).collect()
}

/// The same with what would give away anybody: a text for the public holds no telephone, mail, number of identity
/// papers or birth date, whosever they are.
#[must_use]
pub fn gives_anybody_away(text: &str, contact: &Contact, hide_name: bool) -> Vec<&'static str> {
    let mut found = given_away(text, contact, hide_name);
    for trace in personal_traces(text) {
        if !found.contains(&trace) {
            found.push(trace);
        }
    }
    found
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::petitions::clocks::shipped;
    use jiff::civil::date;
    use kernel::calendar::Length;

    fn check(kind: Kind, channel: Channel, complex: bool, id: &str, length: Length) {
        let facts = Facts { kind, channel, complex, on: date(2026, 11, 23) };
        let rule = rule(shipped(), ClockKind::Answer, facts).expect("a rule");
        assert_eq!((rule.id.as_str(), rule.length()), (id, length));
    }

    #[test]
    fn of_two_rules_that_fit_the_one_with_the_higher_priority_counts() {
        let days = Length::WorkingDays;
        check(Kind::Regulation, Channel::Portal, false, "tra-loi-pakn", days(15));
        check(Kind::Regulation, Channel::Counter, false, "tra-loi-tiep-cong-dan", days(10));
        check(Kind::Obstacle, Channel::Counter, false, "tra-loi-tiep-cong-dan", days(10));
        check(Kind::Obstacle, Channel::Portal, false, "tra-loi-vuong-mac-doanh-nghiep", days(15));
        check(Kind::Obstacle, Channel::Counter, true, "tra-loi-vuong-mac-phuc-tap", days(30));
        check(Kind::Regulation, Channel::Portal, true, "tra-loi-pakn", days(15));
    }

    #[test]
    fn a_rule_answers_from_its_first_day_on() {
        let facts = |on| Facts { kind: Kind::Regulation, channel: Channel::Portal, complex: false, on };
        let limit = |on| rule(shipped(), ClockKind::Limit, facts(on)).is_some();
        assert!(!limit(date(2026, 6, 30)) && limit(date(2026, 7, 1)));
        assert!(rule(shipped(), ClockKind::Answer, facts(date(2026, 5, 13))).is_none());
    }

    #[test]
    fn two_rules_of_one_clock_never_have_one_priority() {
        let text = include_str!("../../../../rulepacks/petitions/petitions.clocks.toml");
        let twice = text.replace("priority = 20", "priority = 10");
        let said = ClockBook::parse(&twice).expect_err("two rules with one priority");
        assert!(said.contains("thứ tự ưu tiên"), "{said}");
    }

    #[test]
    fn likeness_goes_by_letters_without_their_marks() {
        let one = Runs::of("Chậm cấp giấy phép xây dựng kho lạnh ở Mộc Châu", "");
        let near = Runs::of("cham cap giay phep xay dung", "kho lanh o moc chau!!");
        let other = Runs::of("Đề nghị mở lớp tập huấn thương mại điện tử", "");
        assert_eq!(one.likeness(&near), 100);
        assert!(one.likeness(&other) < ALIKE && one.likeness(&other) == other.likeness(&one));
        assert_eq!(Runs::of("", "").likeness(&Runs::of("", "")), 0);
        let texts = ["Chậm cấp phép", "Chậm cấp giấy phép xây dựng kho lạnh", "Thương mại điện tử"];
        let found = most_alike(&one, texts.iter().map(|title| ((), (*title).to_owned(), String::new())));
        assert_eq!(found.first().map(|(_, (), title)| title.as_str()), Some(texts[1]), "the most alike first");
        assert!(found.iter().all(|(likeness, ..)| *likeness >= ALIKE), "{found:?}");
    }

    #[test]
    fn what_would_give_a_sender_away_is_named() {
        let contact = Contact {
            name: "Công ty TNHH Chè Mộc Sương".into(),
            phone: "0912 345 678".into(),
            email: "che@vidu.vn".into(),
            address: "Tiểu khu 8, phường Thảo Nguyên".into(),
            tax_code: "5500123456".into(),
        };
        let text = "CONG TY TNHH CHE MOC SUONG (MST 5500 123 456), gọi 0912.345.678 hoặc CHE@vidu.vn, tieu khu 8 phuong \
                    thao nguyen";
        let always = ["địa chỉ", "số điện thoại", "địa chỉ thư điện tử"];
        assert_eq!(given_away(text, &contact, true), [&["tên người gửi", "mã số thuế"][..], &always].concat());
        assert_eq!(given_away(text, &contact, false), always);
        let commune = Contact { address: "Mộc Châu".into(), ..Contact::default() };
        assert!(given_away("Ở Mộc Châu thiếu đất", &commune, true).is_empty());
        let other = "Ông A, điện thoại 0987 654 321, CCCD 014089001234, gọi 0912.345.678";
        assert_eq!(gives_anybody_away(other, &contact, true), ["số điện thoại", "số giấy tờ tùy thân"]);
        assert_eq!(given_away("điện thoại 0987 654 321", &contact, true), Vec::<&str>::new());
        assert!(given_away("Một doanh nghiệp chè", &contact, true).is_empty());
    }
}
