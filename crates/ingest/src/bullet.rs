//! Bullets and numbers that make a line an item of a list.

/// How many digits a numbered item may have: `2026. ` is a year and not an item.
const MAX_NUMBER_DIGITS: usize = 3;

/// The text of an item without its mark; `None` when the line has no mark.
///
/// A mark alone is an item without text yet: the lines after it are its text.
pub(crate) fn strip(line: &str) -> Option<&str> {
    let rest = after_sign(line).or_else(|| after_number(line))?;
    (rest.is_empty() || rest.starts_with(' ')).then(|| rest.trim_start())
}

fn after_sign(line: &str) -> Option<&str> {
    line.strip_prefix(['•', '◦', '▪', '‣', '·', '●', '○', '*', '+', '-', '–', '—'])
}

fn after_number(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = line.len() - rest.len();
    let rest = rest.strip_prefix(['.', ')'])?;
    (1..=MAX_NUMBER_DIGITS).contains(&digits).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_followed_by_white_space() {
        let signs = [
            "•", "◦", "▪", "‣", "·", "●", "○", "*", "+", "-", "–", "—", "1.", "12)",
        ];
        for sign in signs {
            assert_eq!(strip(&format!("{sign} text")), Some("text"), "{sign}");
            assert_eq!(strip(&format!("{sign}text")), None, "{sign}");
            assert_eq!(strip(sign), Some(""), "{sign}");
        }
        for line in ["2026. A year", "**bold**", "1 text", "a. text", "", "24/7"] {
            assert_eq!(strip(line), None, "{line}");
        }
    }
}
