//! Cutting prose into clauses.

/// The clauses of a text: they end at `. ! ?` before a capital, at `;` and at line ends.
pub(super) fn clauses(text: &str) -> impl Iterator<Item = &str> {
    let pieces = text.split([';', '\n']).flat_map(sentences);
    pieces.map(str::trim).filter(|clause| !clause.is_empty())
}

fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((sentence, after)) = first_sentence(rest) {
        found.push(sentence);
        rest = after;
    }
    found.push(rest);
    found
}

/// Cuts after the first mark that ends a sentence; `None` when there is none.
fn first_sentence(text: &str) -> Option<(&str, &str)> {
    let marks = text.match_indices(['.', '!', '?']);
    marks
        .filter_map(|(at, mark)| text.split_at_checked(at + mark.len()))
        .find_map(|(_, after)| {
            let after = after.trim_start_matches(['"', '\'', ')', ']', '”', '’']);
            let next = after
                .strip_prefix(' ')?
                .trim_start_matches(['"', '\'', '(', '[', '“', '‘', ' ']);
            let ends = next.starts_with(char::is_uppercase);
            ends.then(|| text.split_at_checked(text.len() - after.len()))
                .flatten()
        })
}

#[cfg(test)]
mod tests {
    use super::clauses;

    #[test]
    fn clauses_end_at_sentences_semicolons_and_lines() {
        let text = "Pay is 1.5 times. (Most) say “so.” Others; too\nnew v. old. \n\nEnd?";
        let found: Vec<&str> = clauses(text).collect();
        let wanted = [
            "Pay is 1.5 times.",
            "(Most) say “so.”",
            "Others",
            "too",
            "new v. old.",
            "End?",
        ];
        assert_eq!(found, wanted);
    }
}
