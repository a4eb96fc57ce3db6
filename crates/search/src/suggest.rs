//! Names as somebody begins to type them.

use crate::word::fold;

/// Starts and prefixes are cut to so many characters.
pub const MAX_START_CHARS: usize = 48;
/// A name is looked for from so many of its words.
const MAX_STARTS: usize = 8;

/// What is typed so far, as starts have it.
#[must_use]
pub fn prefix(typed: &str) -> String {
    let mut prefix = spaced(typed);
    if typed.ends_with(char::is_whitespace) && !prefix.is_empty() {
        prefix.push(' ');
    }
    cut(&prefix)
}

/// The name from each of its words on, the whole name first.
#[must_use]
pub fn starts(name: &str) -> Vec<String> {
    let name = spaced(name);
    let mut starts: Vec<String> = Vec::new();
    let (mut before, mut last) = (None, None);
    for (at, c) in name.char_indices() {
        let begins = before.is_none_or(|(_, before): (usize, char)| !before.is_alphanumeric());
        if begins && c.is_alphanumeric() {
            // A dot in front belongs to the word, as in `.NET`, and may be left out.
            if let Some((dot, '.')) = before.filter(|_| last.is_none_or(char::is_whitespace)) {
                starts.extend(name.get(dot..).map(cut));
            }
            starts.extend(name.get(at..).map(cut));
        }
        last = before.map(|(_, before)| before);
        before = Some((at, c));
    }
    if starts.first().is_none_or(|first| *first != cut(&name)) && !name.is_empty() {
        starts.insert(0, cut(&name));
    }
    starts.truncate(MAX_STARTS);
    starts
}

/// The folded text with single blanks between its words.
fn spaced(text: &str) -> String {
    let folded = fold(text);
    let words: Vec<&str> = folded.split_whitespace().collect();
    words.join(" ")
}

fn cut(text: &str) -> String {
    text.chars().take(MAX_START_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_is_found_from_each_of_its_words() {
        assert_eq!(
            starts("Señior  Software Engineer"),
            ["senior software engineer", "software engineer", "engineer",]
        );
        assert_eq!(starts("C++ Developer"), ["c++ developer", "developer"]);
        assert_eq!(starts(".NET"), [".net", "net"]);
        assert_eq!(
            starts("(Junior) Cook"),
            ["(junior) cook", "junior) cook", "cook"]
        );
        assert!(starts(" ").is_empty());
    }

    #[test]
    fn a_blank_at_the_end_ends_a_word() {
        assert_eq!(prefix(" Data "), "data ");
        assert_eq!(prefix("É"), "e");
        assert_eq!(prefix("  "), "");
    }

    proptest! {
        #[test]
        fn every_start_is_found_by_itself(name in ".{0,80}") {
            for start in starts(&name) {
                prop_assert!(start.starts_with(prefix(&start).trim_end()));
            }
        }
    }
}
