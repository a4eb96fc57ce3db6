//! Qualifications: groups of items.

use domain::role::{Qualification, QualificationGroup};
use domain::skill::SkillTerm;

use super::prose;
use crate::block::{Block, Line, LineKind};

/// The largest number of characters of the heading of a group.
const MAX_GROUP_CHARS: usize = 100;

/// A group of a draft.
pub(crate) type Group = QualificationGroup<Qualification<SkillTerm>>;

/// Reads the groups and the text that belongs to none of them.
///
/// Where the format marks headings, only those open groups; elsewhere short lines do.
pub(crate) fn read(blocks: &[Block]) -> (Vec<Group>, Option<String>) {
    let guess = !blocks
        .iter()
        .flat_map(Block::lines)
        .any(Line::is_marked_heading);
    let mut reader = Reader::default();
    for block in blocks {
        let mut previous = Previous::Other;
        for line in block.lines() {
            previous = reader.line(line, previous, guess);
        }
    }
    reader.finish()
}

/// Adds groups; items without a heading continue the group before them.
pub(crate) fn append(groups: &mut Vec<Group>, more: Vec<Group>) {
    for group in more {
        match groups.last_mut() {
            Some(last) if group.heading.is_none() => last.items.extend(group.items),
            _ => groups.push(group),
        }
    }
}

/// What the line before was, as long as no blank line stands between.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Previous {
    Item,
    Lead,
    Other,
}

#[derive(Default)]
struct Reader {
    groups: Vec<Group>,
    leads: Vec<String>,
}

impl Reader {
    fn line(&mut self, line: &Line, previous: Previous, guess: bool) -> Previous {
        match line.kind {
            LineKind::Item => {
                self.push_item(&line.text);
                Previous::Item
            }
            LineKind::Text if previous == Previous::Item => {
                let group = self.groups.last_mut();
                if let Some(open) = group.and_then(|group| group.items.last_mut()) {
                    prose::append_words(&mut open.text, &line.text);
                }
                Previous::Item
            }
            LineKind::Text if !(guess && opens_group(&line.text)) => {
                match self.leads.last_mut() {
                    Some(open) if previous == Previous::Lead => {
                        prose::append_words(open, &line.text);
                    }
                    _ => self.leads.push(line.text.clone()),
                }
                Previous::Lead
            }
            LineKind::Text | LineKind::Heading(_) => {
                self.open(Some(group_heading(&line.text).to_owned()));
                Previous::Other
            }
        }
    }

    fn open(&mut self, heading: Option<String>) {
        self.groups.push(QualificationGroup {
            heading,
            items: Vec::new(),
        });
    }

    /// Adds an item to the open group; items before any heading get a group without one.
    fn push_item(&mut self, text: &str) {
        if self.groups.is_empty() {
            self.open(None);
        }
        if let Some(group) = self.groups.last_mut() {
            group.items.push(Qualification {
                text: text.to_owned(),
                skills: Vec::new(),
            });
        }
    }

    fn finish(mut self) -> (Vec<Group>, Option<String>) {
        for group in &mut self.groups {
            group.items.retain(|item| !item.text.is_empty());
        }
        self.groups
            .retain(|group| group.heading.is_some() || !group.items.is_empty());
        (self.groups, prose::lead(&self.leads))
    }
}

fn opens_group(text: &str) -> bool {
    let heading = group_heading(text);
    !heading.is_empty()
        && heading.chars().count() <= MAX_GROUP_CHARS
        && !text.ends_with(['.', '!', '?'])
}

/// The heading of a group without its colons.
fn group_heading(text: &str) -> &str {
    text.trim_end_matches([':', ' '])
}
