//! Lists by keyset: a page begins after the last line of the page before, so lines that are added meanwhile
//! shift nothing. A cursor is opaque: what stands in it may change.

use data_encoding::BASE64URL_NOPAD;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::page::Refusal;

/// How many lines a page has when nothing is said.
const USUAL: usize = 50;
/// The most lines of a page.
pub const MOST: usize = 200;

/// Which page is asked for.
#[derive(Deserialize, JsonSchema, Default, Clone)]
pub struct Paging {
    /// The cursor from `next` of the page before; none for the first page.
    #[serde(default)]
    pub cursor: String,
    /// How many lines at most: 1 to 200, 50 when left out.
    #[schemars(range(min = 1, max = 200))]
    pub limit: Option<usize>,
}

impl Paging {
    /// How many lines the page has.
    ///
    /// # Errors
    /// A limit that is none.
    pub fn limit(&self) -> Result<usize, Refusal> {
        match self.limit.unwrap_or(USUAL) {
            limit @ 1..=MOST => Ok(limit),
            _ => Err(Refusal::bad_query("Tham số limit từ 1 đến 200.")),
        }
    }

    /// The key after which the page begins; none for the first page.
    ///
    /// # Errors
    /// A cursor that is not ours.
    pub fn after(&self) -> Result<Option<String>, Refusal> {
        if self.cursor.is_empty() {
            return Ok(None);
        }
        let bytes = BASE64URL_NOPAD.decode(self.cursor.as_bytes()).ok();
        let key = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        key.map(Some).ok_or_else(bad_cursor)
    }
}

/// The refusal of a cursor that is not ours.
pub fn bad_cursor() -> Refusal {
    Refusal::bad_query("Tham số cursor không đúng; dùng nguyên giá trị next của trang trước.")
}

/// A page of a list.
#[derive(Serialize, JsonSchema)]
pub struct List<T> {
    /// The lines.
    pub items: Vec<T>,
    /// The cursor of the next page; none on the last.
    pub next: Option<String>,
}

impl<T> List<T> {
    /// A page of lines that were read with one more than the limit, each told by its key.
    pub fn of(mut lines: Vec<T>, limit: usize, key: impl Fn(&T) -> String) -> Self {
        let more = lines.len() > limit;
        lines.truncate(limit);
        let next = lines.last().filter(|_| more).map(|last| BASE64URL_NOPAD.encode(key(last).as_bytes()));
        Self { items: lines, next }
    }

    /// A page of a list that is whole in memory, in the order of its keys.
    ///
    /// # Errors
    /// A limit or a cursor that is none.
    pub fn from_all(mut all: Vec<T>, paging: &Paging, key: impl Fn(&T) -> String) -> Result<Self, Refusal> {
        let (limit, after) = (paging.limit()?, paging.after()?);
        all.sort_by_cached_key(&key);
        let rest = all.into_iter().filter(|one| after.as_ref().is_none_or(|after| *after < key(one)));
        Ok(Self::of(rest.take(limit + 1).collect(), limit, key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(all: &[&str], cursor: &str) -> (Vec<String>, Option<String>) {
        let paging = Paging { cursor: cursor.to_owned(), limit: Some(2) };
        let all = all.iter().map(|one| (*one).to_owned()).collect();
        let list = List::from_all(all, &paging, |one: &String| one.clone()).expect("a page");
        (list.items, list.next)
    }

    #[test]
    fn a_page_stays_the_same_while_lines_are_added_before_it() {
        let (first, next) = page(&["b", "d", "f"], "");
        assert_eq!(first, ["b", "d"]);
        let next = next.expect("there is more");
        assert_eq!(page(&["a", "b", "c", "d", "f"], &next), (vec!["f".to_owned()], None));
    }

    #[test]
    fn a_page_that_ends_the_list_has_no_next() {
        assert_eq!(page(&["b", "d"], "").1, None);
    }

    #[test]
    fn a_cursor_or_limit_that_is_none_is_refused() {
        assert!(Paging { cursor: "*".to_owned(), limit: None }.after().is_err());
        for limit in [0, 201] {
            assert!(Paging { cursor: String::new(), limit: Some(limit) }.limit().is_err());
        }
    }
}
