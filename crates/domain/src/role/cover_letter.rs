//! Sample cover letters with placeholders.

use std::collections::BTreeMap;

/// The largest number of characters of the name of a placeholder.
const MAX_PLACEHOLDER_CHARS: usize = 40;

/// A sample letter; names in square brackets stand for what the writer fills in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CoverLetter {
    /// The letter with its line breaks and its placeholders.
    pub text: String,
}

/// A letter in which values took the place of placeholders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenderedLetter {
    /// The letter; placeholders without a value stand as they were.
    pub text: String,
    /// The placeholders that got no value, in order of appearance.
    pub missing: Vec<String>,
}

impl CoverLetter {
    /// The distinct names of the placeholders, without brackets, in order of appearance.
    #[must_use]
    pub fn placeholders(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for piece in pieces(&self.text) {
            if let Piece::Placeholder(name) = piece
                && !names.iter().any(|known| known == name)
            {
                names.push(name.to_owned());
            }
        }
        names
    }

    /// Puts `values` in the place of the placeholders they are named after.
    ///
    /// A value is taken as it is: brackets inside of it are not read again.
    #[must_use]
    pub fn render(&self, values: &BTreeMap<String, String>) -> RenderedLetter {
        let mut text = String::with_capacity(self.text.len());
        let mut missing: Vec<String> = Vec::new();
        for piece in pieces(&self.text) {
            match piece {
                Piece::Text(plain) => text.push_str(plain),
                Piece::Placeholder(name) => {
                    if let Some(value) = values.get(name) {
                        text.push_str(value);
                    } else {
                        text.extend(["[", name, "]"]);
                        if !missing.iter().any(|known| known == name) {
                            missing.push(name.to_owned());
                        }
                    }
                }
            }
        }
        RenderedLetter { text, missing }
    }
}

enum Piece<'a> {
    Text(&'a str),
    Placeholder(&'a str),
}

/// Cuts a letter into plain text and placeholders (`[` capital letter … `]` on one line).
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let mut scan_from = 0;
    while let Some(open) = rest.get(scan_from..).and_then(|tail| tail.find('[')) {
        let open = scan_from + open;
        let (before, bracket) = rest.split_at(open);
        if let Some(name) = placeholder_at(bracket) {
            pieces.push(Piece::Text(before));
            pieces.push(Piece::Placeholder(name));
            rest = bracket.get(name.len() + 2..).unwrap_or("");
            scan_from = 0;
        } else {
            scan_from = open + 1;
        }
    }
    pieces.push(Piece::Text(rest));
    pieces
}

fn placeholder_at(bracket: &str) -> Option<&str> {
    let inner = bracket.strip_prefix('[')?;
    // No further than a name may reach: a letter may hold many open brackets.
    let mut reach = inner.char_indices().take(MAX_PLACEHOLDER_CHARS + 1);
    let (end, _) = reach.find(|(_, c)| *c == ']')?;
    let name = inner.get(..end)?;
    let well_formed = name.starts_with(|c: char| c.is_ascii_uppercase()) && !name.contains('\n');
    well_formed.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(text: &str) -> CoverLetter {
        CoverLetter {
            text: text.to_owned(),
        }
    }

    #[test]
    fn placeholders_are_distinct_and_in_order() {
        let letter =
            letter("To [Company], for [Team] at [Company]. [sic] [1] [] [A\nB]\n[Your Name]");
        assert_eq!(letter.placeholders(), ["Company", "Team", "Your Name"]);
    }

    #[test]
    fn values_are_filled_in_and_gaps_are_named() {
        let values = BTreeMap::from([("Company".to_owned(), "[Your Name] & Co".to_owned())]);
        let rendered = letter("At [[Company]: [Your Name], [Your Name]").render(&values);
        assert_eq!(
            rendered.text,
            "At [[Your Name] & Co: [Your Name], [Your Name]"
        );
        assert_eq!(rendered.missing, ["Your Name"]);
    }
}
