//! Titles, one a line.

use std::io::{BufRead, Read as _};

use anyhow::{Context as _, bail};
use search::request::MAX_TITLE_CHARS;

/// The most bytes that a title of so many characters has, with a mark before and the end of a line
/// behind.
const MAX_LINE_BYTES: usize = 4 * MAX_TITLE_CHARS + 5;
/// What some editors write at the beginning of a file.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The lines of a file that are not blank.
pub(super) struct Titles<'a> {
    /// The name of the file.
    name: String,
    source: Box<dyn BufRead + 'a>,
    /// The number of the line that was read last.
    line: usize,
}

impl<'a> Titles<'a> {
    pub(super) fn new(name: String, source: Box<dyn BufRead + 'a>) -> Self {
        Self {
            name,
            source,
            line: 0,
        }
    }

    /// At most so many of the next titles; none at the end.
    pub(super) fn next(&mut self, most: usize) -> anyhow::Result<Vec<String>> {
        let mut titles = Vec::new();
        while titles.len() < most {
            let Some(title) = self.next_line()? else {
                break;
            };
            if !title.trim().is_empty() {
                titles.push(title);
            }
        }
        Ok(titles)
    }

    fn next_line(&mut self) -> anyhow::Result<Option<String>> {
        let Self { name, source, line } = self;
        let mut bytes = Vec::new();
        let mut source = source.take(u64::try_from(MAX_LINE_BYTES)?);
        let read = source.read_until(b'\n', &mut bytes);
        read.with_context(|| format!("cannot read {name}"))?;
        if bytes.is_empty() {
            return Ok(None);
        }
        *line += 1;
        let ended = bytes.ends_with(b"\n");
        let too_long =
            || format!("{name}:{line}: the title has more than {MAX_TITLE_CHARS} characters");
        if !ended && bytes.len() >= MAX_LINE_BYTES {
            bail!(too_long());
        }
        let Ok(text) = std::str::from_utf8(&bytes) else {
            bail!("{name}:{line}: the line is not written in UTF-8");
        };
        let text = text.strip_suffix('\n').unwrap_or(text);
        let text = text.strip_suffix('\r').unwrap_or(text);
        let text = match text.strip_prefix(BYTE_ORDER_MARK) {
            Some(text) if *line == 1 => text,
            _ => text,
        };
        if text.chars().count() > MAX_TITLE_CHARS {
            bail!(too_long());
        }
        Ok(Some(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> anyhow::Result<Vec<String>> {
        let mut titles = Titles::new("in".to_owned(), Box::new(text));
        let mut all = Vec::new();
        loop {
            let next = titles.next(2)?;
            if next.is_empty() {
                return Ok(all);
            }
            all.extend(next);
        }
    }

    fn refused(text: &[u8]) -> String {
        read(text).unwrap_err().to_string()
    }

    #[test]
    fn lines_are_titles_unless_they_are_blank() {
        assert_eq!(
            read("\u{feff}Chef\r\n\r\n \t\n Koch (m/w/d)\nWaiter\n\nCook".as_bytes()).unwrap(),
            ["Chef", " Koch (m/w/d)", "Waiter", "Cook"]
        );
        assert!(read(b"").unwrap().is_empty());
        assert!(read(b"\n\n").unwrap().is_empty());
    }

    #[test]
    fn the_longest_title_of_the_longest_characters_is_read() {
        let longest = "🦀".repeat(MAX_TITLE_CHARS);
        assert_eq!(read(longest.as_bytes()).unwrap(), [longest.as_str()]);
        let marked = format!("\u{feff}{longest}\r\n{longest}\r\n");
        assert_eq!(
            read(marked.as_bytes()).unwrap(),
            [longest.as_str(), longest.as_str()]
        );
    }

    #[test]
    fn what_cannot_be_a_title_is_named_with_its_line() {
        let long = format!("Chef\n{}", "x".repeat(MAX_TITLE_CHARS + 1));
        let wanted = "in:2: the title has more than 200 characters";
        assert_eq!(refused(long.as_bytes()), wanted);
        let endless = format!("Chef\n{}", "x".repeat(1 << 20));
        assert_eq!(refused(endless.as_bytes()), wanted);
        assert_eq!(
            refused(b"Chef\n\nCaf\xe9\n"),
            "in:3: the line is not written in UTF-8"
        );
    }
}
