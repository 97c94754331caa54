//! Licence expressions, as crates write them: `MIT OR Apache-2.0`, `(A OR B) AND C`, the old `A/B`.

/// Whether a choice among the licences of an expression leaves only allowed ones. An expression that
/// cannot be read allows nothing.
pub fn allows(expression: &str, allowed: &[&str]) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<_> = spaced.split_whitespace().collect();
    let mut reader = Reader { words: &words, allowed };
    reader.either() == Some(true) && reader.words.is_empty()
}

struct Reader<'a> {
    words: &'a [&'a str],
    allowed: &'a [&'a str],
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Option<&'a str> {
        let (first, rest) = self.words.split_first()?;
        self.words = rest;
        Some(first)
    }

    fn skip(&mut self, word: &str) -> bool {
        let here = self.words.first() == Some(&word);
        if here {
            self.words = &self.words[1..];
        }
        here
    }

    fn either(&mut self) -> Option<bool> {
        let mut answer = self.both()?;
        while self.skip("OR") {
            answer |= self.both()?;
        }
        Some(answer)
    }

    fn both(&mut self) -> Option<bool> {
        let mut answer = self.one()?;
        while self.skip("AND") {
            answer &= self.one()?;
        }
        Some(answer)
    }

    fn one(&mut self) -> Option<bool> {
        match self.next()? {
            "(" => {
                let answer = self.either()?;
                self.skip(")").then_some(answer)
            }
            ")" | "OR" | "AND" | "WITH" => None,
            licence => {
                // An exception only adds permissions.
                if self.skip("WITH") {
                    self.next()?;
                }
                Some(self.allowed.contains(&licence))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(expression: &str) -> bool {
        allows(expression, &["MIT", "Apache-2.0", "Unicode-3.0"])
    }

    #[test]
    fn one_allowed_choice_is_enough() {
        assert!(check("MIT"));
        assert!(check("GPL-3.0-only OR MIT"));
        assert!(check("GPL-3.0-only/MIT"));
        assert!(!check("GPL-3.0-only"));
    }

    #[test]
    fn what_is_joined_must_be_allowed_together() {
        assert!(check("(MIT OR Apache-2.0) AND Unicode-3.0"));
        assert!(!check("MIT AND GPL-3.0-only"));
        assert!(check("GPL-3.0-only AND ISC OR MIT"));
        assert!(!check("GPL-3.0-only AND (ISC OR MIT)"));
    }

    #[test]
    fn an_exception_only_adds_permissions() {
        assert!(check("Apache-2.0 WITH LLVM-exception"));
        assert!(!check("GPL-2.0-only WITH Classpath-exception-2.0"));
    }

    #[test]
    fn what_cannot_be_read_allows_nothing() {
        for expression in ["", "MIT OR", "(MIT", "MIT Apache-2.0", "OR MIT", "MIT WITH"] {
            assert!(!check(expression), "{expression}");
        }
    }
}
