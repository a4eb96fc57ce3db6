//! Comparison keys: what of a line counts when it is compared with known words.

/// Lower case, straight quotes, plain hyphens, no final colon and no final `(FAQ)` or `(FAQs)`.
///
/// One colon is dropped and not all of them, so that a writer can double it to keep a line from
/// being read as a heading.
pub(crate) fn comparison_key(text: &str) -> String {
    let key = straightened(text).to_lowercase();
    let key = without_colon(&key);
    let bare = key
        .strip_suffix("(faq)")
        .or_else(|| key.strip_suffix("(faqs)"));
    bare.map_or(key, |bare| without_colon(bare.trim_end()))
        .to_owned()
}

/// The text with typographic quotes and dashes replaced by `'`, `"` and `-`.
pub(crate) fn straightened(text: &str) -> String {
    text.chars().map(straight).collect()
}

fn straight(c: char) -> char {
    match c {
        '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{2bc}' | '`' | '\u{b4}' => '\'',
        '\u{201c}'..='\u{201f}' | '\u{2033}' | '«' | '»' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        other => other,
    }
}

fn without_colon(text: &str) -> &str {
    text.strip_suffix(':').map_or(text, str::trim_end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_quotes_dashes_and_endings_do_not_count() {
        for (given, wanted) in [
            (
                "Duties and Responsibilities:",
                "duties and responsibilities",
            ),
            (
                "Frequently Asked Questions (FAQs)",
                "frequently asked questions",
            ),
            ("FAQ (FAQ) :", "faq"),
            ("What’s next – “soon”", "what's next - \"soon\""),
            ("Requirements::", "requirements:"),
        ] {
            assert_eq!(comparison_key(given), wanted);
        }
    }
}
