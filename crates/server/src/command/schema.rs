//! `rolegraph schema`: the contract with clients.

use anyhow::Context as _;

use crate::Console;
use crate::cli::SchemaCommand;
use crate::failure::Outcome;

pub(super) fn execute(
    command: &SchemaCommand,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let ours = gateway::sdl();
    match command {
        SchemaCommand::Print => {
            console.output.write_all(ours.as_bytes())?;
            Ok(Outcome::Done)
        }
        SchemaCommand::Check { file } => {
            let shown = file.display();
            let theirs = std::fs::read_to_string(file);
            let theirs = theirs.with_context(|| format!("cannot read {shown}"))?;
            match first_difference(&theirs, &ours) {
                None => writeln!(console.output, "{shown} is up to date")?,
                Some(difference) => {
                    writeln!(
                        console.output,
                        "{shown} differs from this program\n{difference}"
                    )?;
                    return Ok(Outcome::Failed);
                }
            }
            Ok(Outcome::Done)
        }
    }
}

/// Lines shown before and after the first difference.
const CONTEXT: usize = 3;

/// The place where two texts part, in the manner of a unified diff; `None` when they are equal.
fn first_difference(old: &str, new: &str) -> Option<String> {
    if old == new {
        return None;
    }
    let [old_lines, new_lines] = [old, new].map(|text| text.lines().collect::<Vec<_>>());
    let equal = |(old, new): &(&&str, &&str)| old == new;
    let same = old_lines.iter().zip(&new_lines).take_while(equal).count();
    let start = same.saturating_sub(CONTEXT);
    let mut shown = format!("@@ line {} @@", same + 1);
    let mut add = |mark: char, lines: &[&str], from: usize, count: usize| {
        for line in lines.iter().skip(from).take(count) {
            shown.push('\n');
            shown.push(mark);
            shown.push_str(line);
        }
    };
    add(' ', &old_lines, start, same - start);
    add('-', &old_lines, same, CONTEXT);
    add('+', &new_lines, same, CONTEXT);
    if old_lines == new_lines {
        shown.push_str("\nonly line ends differ");
    }
    Some(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_have_no_difference() {
        assert_eq!(first_difference("a\nb\n", "a\nb\n"), None);
    }

    #[test]
    fn the_first_difference_is_shown_with_what_stands_before() {
        let old = "1\n2\n3\n4\nold\nsame\n";
        let new = "1\n2\n3\n4\nnew\nsame\n";
        assert_eq!(
            first_difference(old, new).unwrap(),
            "@@ line 5 @@\n 2\n 3\n 4\n-old\n-same\n+new\n+same"
        );
    }

    #[test]
    fn a_missing_end_and_other_line_ends_are_differences() {
        assert_eq!(
            first_difference("a\n", "a\nb\n").unwrap(),
            "@@ line 2 @@\n a\n+b"
        );
        let windows = first_difference("a\r\n", "a\n").unwrap();
        assert!(windows.ends_with("only line ends differ"), "{windows}");
    }
}
