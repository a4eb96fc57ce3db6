//! Writing a draft as a plain-text page.

use domain::role::{Duty, Fact, Faq, OutlineEntry, OutlineKind, RoleDraft, SectionKind};
use domain::skill::SkillTerm;

use super::header;
use super::wrap::{self, Place};
use crate::block::{self, Line};
use crate::heading;
use crate::part::fact;
use crate::part::qualification::Group;
use crate::text::SourceLine;

/// Known headings that can stand alone to end what is above them.
const SEPARATORS: &[(OutlineKind, &str)] = &[
    (OutlineKind::Overview, "Overview"),
    (OutlineKind::CareerOutlook, "Career outlook"),
    (OutlineKind::WorkEnvironment, "Work environment"),
    (OutlineKind::Pay, "Salary"),
    (OutlineKind::HowToBecome, "How to become one"),
    (OutlineKind::Duties, "Duties and responsibilities"),
];

/// Writes a draft as a page: blocks in the order of the outline, two spaces before bullets, LF.
///
/// Text that would be read as something else is broken into lines or put right below its heading,
/// so that reading the page gives the same role.
#[must_use]
pub fn write_page(draft: &RoleDraft) -> String {
    let page = render(draft, None);
    if headings_read_back(draft, &page) {
        return page;
    }
    // A custom heading counts only below a known one, and what is above may claim it. An empty
    // section that the draft does not have keeps them apart: readers leave it out.
    let is_free = |kind: OutlineKind| draft.outline.entries.iter().all(|entry| entry.kind != kind);
    match SEPARATORS.iter().find(|(kind, _)| is_free(*kind)) {
        Some((_, separator)) => render(draft, Some(separator)),
        None => page,
    }
}

fn headings_read_back(draft: &RoleDraft, page: &str) -> bool {
    let lines = page.split('\n').zip(1..).map(|(line, number)| {
        let text = line.trim().to_owned();
        SourceLine {
            number,
            indent: 0,
            text,
        }
    });
    let read = super::read(&lines.collect::<Vec<_>>(), &mut Vec::new());
    read.is_some_and(|read| read.outline.entries == draft.outline.entries)
}

fn render(draft: &RoleDraft, separator: Option<&str>) -> String {
    let mut page = Page {
        blocks: header_blocks(draft),
    };
    if let Some(summary) = &draft.summary {
        page.paragraphs("", summary, Place::Summary);
    }
    let mut customs = draft
        .sections
        .iter()
        .filter(|s| s.kind == SectionKind::Custom);
    for entry in &draft.outline.entries {
        page.blocks.extend(separator.map(str::to_owned));
        page.blocks.push(entry.heading.clone());
        if let Some(lead) = entry
            .lead
            .as_ref()
            .filter(|_| entry.kind != OutlineKind::Duties)
        {
            page.paragraphs(&entry.heading, lead, Place::Part);
        }
        match entry.kind {
            OutlineKind::Facts => page.blocks.extend(facts_block(&draft.facts)),
            OutlineKind::Duties => page.duties(entry, &draft.duties),
            OutlineKind::Qualifications => page.groups(&draft.qualification_groups),
            OutlineKind::CoverLetter => page.letter(draft, entry),
            OutlineKind::Faqs => page.blocks.extend(faqs_block(&draft.faqs)),
            prose => {
                let kind = prose.section();
                let section = match prose {
                    OutlineKind::Custom => customs.next(),
                    _ => draft
                        .sections
                        .iter()
                        .find(|section| Some(section.kind) == kind),
                };
                let body = section.map_or("", |section| &section.body);
                page.paragraphs(&entry.heading, body, Place::Part);
            }
        }
    }
    if let Some(name) = &draft.outline.category_link {
        page.blocks.push(format!("See all {name} jobs →"));
    }
    page.blocks.join("\n\n") + "\n"
}

/// Site, category path and title, each a block of its own where that cannot be misread.
fn header_blocks(draft: &RoleDraft) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    lines.extend(draft.outline.site.clone());
    let path = draft.categories.first().map(|path| path.names().to_vec());
    lines.extend(path.unwrap_or_default());
    lines.push(draft.title.clone());
    let is_misread = |line: &String| {
        header::is_prose(std::slice::from_ref(line)) || heading::known(line).is_some()
    };
    let mut blocks = if lines.iter().any(is_misread) {
        vec![lines.join("\n")]
    } else {
        lines
    };
    match draft.last_reviewed {
        Some(day) => blocks.push(format!("Last updated: {day}")),
        None if draft.outline.last_updated_line => blocks.push("Last updated".to_owned()),
        None => {}
    }
    blocks
}

/// The blocks of a page that are written so far.
struct Page {
    blocks: Vec<String>,
}

impl Page {
    /// Adds the paragraphs of a text that stands under `heading`.
    fn paragraphs(&mut self, heading: &str, text: &str, place: Place) {
        for paragraph in text.split("\n\n") {
            match wrap::paragraph(paragraph, place) {
                Some(paragraph) => self.blocks.push(paragraph),
                None => self.below_heading(heading, paragraph),
            }
        }
    }

    /// Adds a paragraph that is safe only right below its heading; repeats the heading if need be.
    fn below_heading(&mut self, heading: &str, paragraph: &str) {
        match self.blocks.last_mut() {
            Some(last) if last == heading => {
                last.push('\n');
                last.push_str(paragraph);
            }
            _ => self.blocks.push(format!("{heading}\n{paragraph}")),
        }
    }

    /// Adds duties and their lead; what is safe only in front of an item stands there.
    fn duties(&mut self, entry: &OutlineEntry, duties: &[Duty<SkillTerm>]) {
        let mut items = duties.iter().map(|duty| format!("  • {}", duty.text));
        for lead in entry.lead.iter().flat_map(|lead| lead.split("\n\n")) {
            let below_heading = self.blocks.last() == Some(&entry.heading);
            match wrap::paragraph(lead, Place::Part) {
                Some(safe) => self.blocks.push(safe),
                None if below_heading => self.below_heading(&entry.heading, lead),
                None => {
                    let lines = [lead.to_owned()].into_iter().chain(items.next());
                    self.blocks.extend(joined_lines(lines));
                }
            }
        }
        self.blocks.extend(joined_lines(items));
    }

    fn items<'a>(&mut self, texts: impl Iterator<Item = &'a str>) {
        self.blocks
            .extend(joined_lines(texts.map(|text| format!("  • {text}"))));
    }

    fn groups(&mut self, groups: &[Group]) {
        for group in groups {
            if let Some(heading) = &group.heading {
                let line = format!("{heading}:");
                let is_misread = heading::known(&line).is_some();
                self.blocks.push(if is_misread { line + ":" } else { line });
            }
            self.items(group.items.iter().map(|item| item.text.as_str()));
        }
    }

    /// Adds the letter with its line breaks; its lines are never wrapped.
    fn letter(&mut self, draft: &RoleDraft, entry: &OutlineEntry) {
        let text = draft
            .cover_letter
            .as_ref()
            .map_or("", |letter| &letter.text);
        for paragraph in text.split("\n\n") {
            let first = paragraph.split('\n').next().unwrap_or_default();
            if heading::known(first).is_some() {
                self.below_heading(&entry.heading, paragraph);
            } else {
                self.blocks.push(paragraph.to_owned());
            }
        }
    }
}

/// The lines as one block; `None` when there are none.
fn joined_lines(lines: impl Iterator<Item = String>) -> Option<String> {
    let block = lines.collect::<Vec<_>>().join("\n");
    (!block.is_empty()).then_some(block)
}

/// Labels and values on alternate lines; as `• Label: value` where that form would be misread.
fn facts_block(facts: &[Fact]) -> Option<String> {
    let alternate = facts
        .iter()
        .map(|fact| format!("{}\n{}", fact.label, fact.text));
    let block = joined_lines(alternate)?;
    if read_facts(&block) == facts {
        return Some(block);
    }
    joined_lines(
        facts
            .iter()
            .map(|fact| format!("  • {}: {}", fact.label, fact.text)),
    )
}

fn read_facts(text: &str) -> Vec<Fact> {
    let lines = text.split('\n').zip(1..).map(|(line, number)| {
        let line = SourceLine {
            number,
            indent: 0,
            text: line.to_owned(),
        };
        super::category_link(&line.text)
            .is_none()
            .then(|| Line::plain(&line))
    });
    fact::read(&block::blocks(lines), &mut Vec::new())
}

/// Every question right below the answer before it.
fn faqs_block(faqs: &[Faq]) -> Option<String> {
    joined_lines(faqs.iter().map(|faq| {
        let places = std::iter::once(Place::BelowQuestion).chain(std::iter::repeat(Place::Answer));
        let answer = faq
            .answer
            .split("\n\n")
            .zip(places)
            .map(|(paragraph, place)| {
                let safe = wrap::paragraph(paragraph, place);
                safe.unwrap_or_else(|| paragraph.to_owned())
            });
        format!(
            "{}\n{}",
            faq.question,
            answer.collect::<Vec<_>>().join("\n\n")
        )
    }))
}
