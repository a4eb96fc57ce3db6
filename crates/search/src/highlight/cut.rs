//! Which pieces of a text to show.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::Range;

use super::line::{is_before_blank, is_behind_blank, is_between_characters, is_border};
use super::{Found, Key};

/// At most so many pieces of at most so many characters, in the order of the text.
///
/// Each takes what shows the most that those before do not, and of these the first.
pub(super) fn pieces(line: &str, found: &[Found], most: usize, chars: usize) -> Vec<Range<usize>> {
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let mut shown = BTreeSet::new();
    while pieces.len() < most && chars > 0 {
        let gaps = gaps(&pieces, line.len()).into_iter();
        let groups = gaps
            .filter_map(|gap| Some((best_group(line, inside(found, &gap), chars, &shown)?, gap)));
        let Some((group, gap)) = groups.max_by_key(|(group, _)| worth(group, &shown)) else {
            break;
        };
        shown.extend(keys(group));
        pieces.extend(piece(line, gap, group, chars));
        pieces.sort_by_key(|piece| piece.start);
    }
    pieces
}

/// What no piece shows yet.
fn gaps(pieces: &[Range<usize>], end: usize) -> Vec<Range<usize>> {
    let starts = std::iter::once(0).chain(pieces.iter().map(|piece| piece.end));
    let ends = pieces.iter().map(|piece| piece.start).chain([end]);
    starts.zip(ends).map(|(start, end)| start..end).collect()
}

fn inside<'a>(found: &'a [Found], gap: &Range<usize>) -> &'a [Found] {
    let start = found.partition_point(|place| place.span.start < gap.start);
    let end = found.partition_point(|place| place.span.end <= gap.end);
    found.get(start..end).unwrap_or_default()
}

/// The most valuable places that one piece can show together.
fn best_group<'a>(
    line: &str,
    found: &'a [Found],
    chars: usize,
    shown: &BTreeSet<Key>,
) -> Option<&'a [Found]> {
    let mut groups = Vec::new();
    let mut rest = found;
    while let Some((_, others)) = rest.split_first() {
        let group = fitting(line, rest, chars);
        groups.push(group);
        if group.len() == rest.len() {
            // The groups that begin later are parts of this one.
            break;
        }
        rest = others;
    }
    groups.into_iter().max_by_key(|group| worth(group, shown))
}

/// As many places from the first on as fit into a piece; the first in any case.
fn fitting<'a>(line: &str, found: &'a [Found], chars: usize) -> &'a [Found] {
    let mut end = found.first().map_or(0, |place| place.span.start);
    let mut left = chars;
    let fits = |place: &&Found| {
        let more = line.get(end..place.span.end).unwrap_or_default().chars();
        end = place.span.end;
        let rest = left.checked_sub(more.take(left.saturating_add(1)).count());
        left = rest.unwrap_or(0);
        rest.is_some()
    };
    let count = found.iter().take_while(fits).count();
    found.get(..count.max(1)).unwrap_or_default()
}

/// What a group shows, each thing once.
fn keys(group: &[Found]) -> Vec<Key> {
    let keys = group.iter().flat_map(|place| &place.keys);
    let mut keys: Vec<Key> = keys.copied().collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// How many things it shows that are not shown yet, how many at all, in how many places, and how
/// early.
fn worth(group: &[Found], shown: &BTreeSet<Key>) -> (usize, usize, usize, Reverse<usize>) {
    let keys = keys(group);
    let start = group.first().map_or(0, |place| place.span.start);
    let new = keys.iter().filter(|key| !shown.contains(key)).count();
    (new, keys.len(), group.len(), Reverse(start))
}

/// A group with as much of what stands around it as there is room for.
fn piece(line: &str, gap: Range<usize>, group: &[Found], chars: usize) -> Option<Range<usize>> {
    let (first, last) = (group.first()?, group.last()?);
    let core = first.span.start..forward(line, first.span.start..last.span.end, chars);
    let core = core.start..whole(line, core);
    let spare = chars - count(line, core.clone());
    let behind = count(line, core.end..forward(line, core.end..gap.end, spare));
    let before = (spare / 2).max(spare - behind);
    let start = start(line, back(line, gap.start..core.start, before)..core.start);
    let behind = spare - count(line, start..core.start);
    let end = end(line, core.end..forward(line, core.end..gap.end, behind));
    Some(start..end)
}

fn count(line: &str, range: Range<usize>) -> usize {
    line.get(range).unwrap_or_default().chars().count()
}

/// Where so many characters from the start of a range end.
fn forward(line: &str, range: Range<usize>, chars: usize) -> usize {
    let mut inside = line.get(range.clone()).unwrap_or_default().char_indices();
    inside
        .nth(chars)
        .map_or(range.end, |(at, _)| range.start + at)
}

/// Where so many characters up to the end of a range start.
fn back(line: &str, range: Range<usize>, chars: usize) -> usize {
    let inside = line.get(range.clone()).unwrap_or_default().char_indices();
    let last = chars.checked_sub(1).map(|chars| inside.rev().nth(chars));
    match last {
        None => range.end,
        Some(at) => range.start + at.map_or(0, |(at, _)| at),
    }
}

/// The places between the characters of a range, and its ends.
fn places(line: &str, range: Range<usize>) -> impl DoubleEndedIterator<Item = usize> {
    let inside = line.get(range.clone()).unwrap_or_default().char_indices();
    inside
        .map(move |(at, _)| range.start + at)
        .chain([range.end])
}

/// The end of a range, before a character that would be taken apart.
fn whole(line: &str, range: Range<usize>) -> usize {
    let mut ends = places(line, range.clone()).rev();
    let end = ends.find(|at| *at > range.start && is_between_characters(line, *at));
    end.unwrap_or(range.end)
}

/// The first place in a range to start at: behind a blank, else at another border of words.
fn start(line: &str, range: Range<usize>) -> usize {
    let starts = || {
        places(line, range.clone()).filter(|at| is_border(line, *at) && !is_before_blank(line, *at))
    };
    let found = starts()
        .find(|at| is_behind_blank(line, *at))
        .or_else(|| starts().next());
    found.unwrap_or(range.end)
}

/// The last place in a range to end at: before a blank, else at another border of words.
fn end(line: &str, range: Range<usize>) -> usize {
    let ends = || {
        places(line, range.clone())
            .rev()
            .filter(|at| is_border(line, *at) && !is_behind_blank(line, *at))
    };
    let found = ends()
        .find(|at| is_before_blank(line, *at))
        .or_else(|| ends().next());
    found.unwrap_or(range.start)
}
