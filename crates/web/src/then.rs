//! As of: a page as it stood at the end of a past day (`tinh-den`), by the law of a chosen day (`luat-ngay`).
//!
//! Every page that can be read so shows the same banner: which days, what could not be told of them, the
//! way back to now. The days stay in the links that lead on and in the sheets.

use kernel::Date;
use kernel::numbers::short_date;
use serde::Deserialize;

use crate::form::Form;
use crate::here::Here;
use crate::say::Lang;
use crate::urls;

/// The days as they were typed.
#[derive(Deserialize, Default, Debug, Clone)]
pub struct Typed {
    #[serde(default, rename = "tinh-den")]
    tinh_den: String,
    #[serde(default, rename = "luat-ngay")]
    luat_ngay: String,
}

/// The days that are asked for, with what the banner says of them.
pub struct Then {
    /// As it stood at the end of this day; none for now.
    pub known_on: Option<Date>,
    /// By the law of this day; none for the law of each nomination's own.
    pub law_on: Option<Date>,
    /// What was typed, with what is wrong with it.
    pub form: Form,
    /// The address of the page without its days.
    pub action: String,
    /// What else the address asks for.
    pub rest: Vec<(&'static str, String)>,
    /// Whether the law of another day may be chosen.
    pub with_law: bool,
    /// In which language it is said.
    lang: Lang,
    /// What could not be told of that day.
    pub notes: Vec<String>,
}

impl Typed {
    /// Reads the days: one that cannot be read or has not come is a fault, and the page shows now.
    pub fn read(&self, here: &Here, action: String, with_law: bool) -> Then {
        let (today, l) = (here.visit.today, here.visit.lang);
        let law_typed = if with_law { self.luat_ngay.clone() } else { String::new() };
        let mut form = Form::filled([("tinh-den", self.tinh_den.clone()), ("luat-ngay", law_typed)]);
        let known_on = form.day("tinh-den");
        let law_on = form.day("luat-ngay");
        if known_on.is_some_and(|day| day > today) {
            form.refuse("tinh-den", l.t("Ngày này chưa đến; chọn hôm nay hoặc một ngày đã qua"));
        }
        let good = form.is_good();
        Then {
            known_on: known_on.filter(|_| good),
            law_on: law_on.filter(|_| good),
            form,
            action,
            rest: Vec::new(),
            with_law,
            lang: l,
            notes: Vec::new(),
        }
    }
}

impl Then {
    /// Whether something else than now is asked for.
    pub fn is_past(&self) -> bool {
        self.known_on.is_some() || self.law_on.is_some()
    }

    /// Notes what could not be told, when there is something.
    pub fn note(&mut self, many: usize, words: &str) {
        if many > 0 {
            self.notes.push(format!("{many} {words}"));
        }
    }

    /// The days in words: of the banner, and of the first line of a sheet.
    pub fn words(&self) -> String {
        let l = self.lang;
        let known = self.known_on.map(|day| format!("{} {}", l.t("Như đã ghi nhận đến hết ngày"), short_date(day)));
        let law = self.law_on.map(|day| format!("{} {}", l.t("Theo pháp luật có hiệu lực ngày"), short_date(day)));
        [known, law].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    /// What a sheet says above its headers: the days, and what could not be told.
    pub fn title(&self) -> Vec<String> {
        let words = Some(self.words()).filter(|words| !words.is_empty());
        words.into_iter().chain(self.notes.iter().cloned()).collect()
    }

    /// The days in an address, `tinh-den=…&luat-ngay=…`; empty for now.
    pub fn days(&self) -> String {
        let day = |name: &str, day: Option<Date>| day.map(|day| format!("{name}={day}"));
        let days = [day("tinh-den", self.known_on), day("luat-ngay", self.law_on)];
        days.into_iter().flatten().collect::<Vec<_>>().join("&")
    }

    /// The days at the end of an address that asks for nothing else: `?tinh-den=…`; empty for now.
    pub fn query(&self) -> String {
        let days = self.days();
        if days.is_empty() { days } else { format!("?{days}") }
    }

    /// The page as it stands now.
    pub fn now(&self) -> String {
        let rest: Vec<_> = self.rest.iter().map(|(name, value)| format!("{name}={}", urls::encode(value))).collect();
        if rest.is_empty() { self.action.clone() } else { format!("{}?{}", self.action, rest.join("&")) }
    }
}
