//! Keeping text from being read as something else when a page is read again.

use super::header;
use super::split::category_link;
use crate::block::Line;
use crate::heading;
use crate::text::SourceLine;

/// Where the lines of a paragraph stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Before the first heading, where only known words open a part.
    Summary,
    /// Below a heading.
    Part,
    /// Right below a question, where no blank line makes anything a heading.
    BelowQuestion,
    /// Further down in an answer, where a line that ends in `?` asks the next question.
    Answer,
}

/// The paragraph, broken into two lines when as one line it would be a heading or a link.
///
/// `None` when no break helps; the paragraph must then stand right below its heading.
pub(super) fn paragraph(text: &str, place: Place) -> Option<String> {
    let (first, rest) = text
        .split_once('\n')
        .map_or((text, None), |(a, b)| (a, Some(b)));
    let is_alone = rest.is_none();
    if !is_misread(first, is_alone, place) {
        return Some(text.to_owned());
    }
    let breaks = first
        .match_indices(' ')
        .filter_map(|(at, _)| first.split_at_checked(at));
    let mut halves = breaks.map(|(head, tail)| (head, tail.trim_start()));
    let (head, tail) = halves.find(|(head, tail)| {
        let asks = place == Place::Answer && head.contains('?');
        !asks && !is_misread(head, false, place) && [*head, tail].into_iter().all(is_plain_words)
    })?;
    let below = rest.map(|rest| format!("\n{rest}")).unwrap_or_default();
    Some(format!("{head}\n{tail}{below}"))
}

/// Whether a line inside of a block is neither an item nor a link.
fn is_plain_words(line: &str) -> bool {
    !plain(line).is_item() && category_link(line).is_none()
}

fn is_misread(line: &str, is_alone: bool, place: Place) -> bool {
    let line = plain(line);
    if line.is_item() {
        return false;
    }
    let is_heading = match place {
        Place::BelowQuestion => false,
        Place::Summary => header::is_last_updated(&line),
        Place::Part | Place::Answer => is_alone && heading::is_plausible(&line.written),
    };
    let is_known = place != Place::BelowQuestion && heading::known(&line.written).is_some();
    is_heading || is_known || category_link(&line.written).is_some()
}

fn plain(text: &str) -> Line {
    Line::plain(&SourceLine {
        number: 0,
        indent: 0,
        text: text.to_owned(),
    })
}
