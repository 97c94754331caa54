//! What sources tell: their strings, with what each stands in. Read from the text of the programs, so that a sentence
//! that no test happens to provoke is found as well.

/// Calls that hand a string on as it is.
const PASSING: [&str; 7] = ["", "format!", "sentence", "Some", "Err", "String::from", "Into::into"];

/// A string in a source.
pub struct Told {
    /// What it says, with `{}` for what is filled in.
    pub sentence: String,
    /// The bracket it stands in, with what stands before that: `(form.refuse`, `{TasksError::Missing`.
    around: String,
    /// How many commas stand between that bracket and the string.
    argument: usize,
    /// What the string is given to, where that has a name: `let what =`, `why:`.
    before: String,
}

impl Told {
    /// The name before a round bracket around the string.
    pub fn call(&self) -> Option<&str> {
        self.around.strip_prefix('(')
    }

    /// The name before a curly bracket around the string.
    pub fn value(&self) -> Option<&str> {
        self.around.strip_prefix('{')
    }

    /// Whether it is not the first argument of its call.
    pub fn is_later(&self) -> bool {
        self.argument > 0
    }

    /// Whether it is given to one of these names, `why:` or `let what =`.
    pub fn is_given_to(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.before.ends_with(name))
    }

    /// Whether it is in Vietnamese.
    pub fn is_vietnamese(&self) -> bool {
        self.sentence.chars().any(|letter| letter.is_alphabetic() && !letter.is_ascii())
    }
}

/// The strings of a source, without those of its tests, its comments and its raw strings.
pub fn strings(source: &str) -> Vec<Told> {
    let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let (mut found, mut at) = (Vec::new(), 0);
    let mut open: Vec<(String, usize)> = Vec::new();
    while let Some(letter) = source[at..].chars().next() {
        let rest = &source[at..];
        if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
        } else if let Some(end) = raw_string(&source[..at], rest) {
            at += end;
        } else if letter == '"' {
            let length = string_length(&rest[1..]);
            found.push(told(&rest[1..=length], &source[..at], &open));
            at += length + 2;
        } else if letter == '\'' {
            at += letter_length(rest);
        } else {
            match letter {
                '(' | '[' | '{' => open.push((format!("{letter}{}", name_before(letter, &source[..at])), 0)),
                ')' | ']' | '}' => {
                    open.pop();
                }
                ',' | ';' => {
                    if let Some((_, commas)) = open.last_mut() {
                        *commas = if letter == ',' { *commas + 1 } else { 0 };
                    }
                }
                _ => {}
            }
            at += letter.len_utf8();
        }
    }
    found
}

fn told(text: &str, before: &str, open: &[(String, usize)]) -> Told {
    let passes = |around: &str| around.strip_prefix('(').is_some_and(|name| PASSING.contains(&name));
    let (around, argument) = open.iter().rev().find(|(around, _)| !passes(around)).cloned().unwrap_or_default();
    let before = before.trim_end();
    let before = before.strip_suffix("format!(").map_or(before, |before| before.trim_end_matches(['&', ' ', '\n']));
    let start = before.char_indices().rev().nth(20).map_or(0, |(at, _)| at);
    Told { sentence: said(text), around, argument, before: before[start..].to_owned() }
}

/// The text as the program says it, with `{}` for what is filled in.
fn said(text: &str) -> String {
    let (mut said, mut letters) = (String::new(), text.chars().peekable());
    while let Some(letter) = letters.next() {
        match (letter, letters.peek().copied()) {
            ('\\', Some('\n')) => while letters.next_if(|letter| letter.is_whitespace()).is_some() {},
            ('\\', Some(_)) => said.extend(letters.next().map(|letter| if letter == 'n' { '\n' } else { letter })),
            ('{', _) => {
                let _filled = letters.by_ref().find(|letter| *letter == '}');
                said.push_str("{}");
            }
            _ => said.push(letter),
        }
    }
    said
}

/// How long a raw string is that begins here; none when none does.
fn raw_string(before: &str, rest: &str) -> Option<usize> {
    if before.ends_with(|letter: char| letter.is_alphanumeric() || letter == '_') {
        return None;
    }
    let open = rest.strip_prefix('r')?;
    let text = open.trim_start_matches('#');
    let hashes = &open[..open.len() - text.len()];
    let text = text.strip_prefix('"')?;
    let end = format!("\"{hashes}");
    text.find(&end).map(|length| rest.len() - text.len() + length + end.len())
}

/// How long a string is, up to its closing quotation mark.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    let end = text.char_indices().find(|(_, letter)| {
        let ends = *letter == '"' && !escaped;
        escaped = *letter == '\\' && !escaped;
        ends
    });
    end.map_or(text.len(), |(at, _)| at)
}

/// How long a letter in quotation marks is; one for the mark of a lifetime.
fn letter_length(rest: &str) -> usize {
    let mut letters = rest.char_indices().skip(1);
    match (letters.next(), letters.next()) {
        (Some((_, '\\')), Some((at, escaped))) => {
            let after = at + escaped.len_utf8();
            rest[after..].find('\'').map_or(1, |length| after + length + 1)
        }
        (Some(_), Some((at, '\''))) => at + 1,
        _ => 1,
    }
}

/// The path of names right before a bracket: `form.choice` of `form.choice::<UnitId>(`.
fn name_before(bracket: char, before: &str) -> &str {
    let before = if bracket == '{' { before.trim_end() } else { before };
    let kind = if before.ends_with('>') { before.rsplit_once("::<") } else { None };
    let before = kind.map_or(before, |(path, _)| path);
    let end_of_other = |letter: char| !(letter.is_alphanumeric() || "_:.!".contains(letter));
    let start = before.char_indices().rev().find(|(_, letter)| end_of_other(*letter));
    start.map_or(before, |(at, letter)| &before[at + letter.len_utf8()..])
}
