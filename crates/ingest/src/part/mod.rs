//! The parts of a role page: what stands under one heading, in both formats.

pub(crate) mod cover_letter;
pub(crate) mod duty;
pub(crate) mod fact;
pub(crate) mod faq;
pub(crate) mod prose;
pub(crate) mod qualification;

use domain::role::{OutlineEntry, OutlineKind, RoleDraft, Section, SectionKind, TextFormat};

use crate::block::Block;
use crate::finding::{Finding, FindingCode};

/// A heading and the blocks under it, not yet understood.
#[derive(Clone, Debug)]
pub(crate) struct RawPart {
    /// What the heading announces.
    pub(crate) kind: OutlineKind,
    /// The heading as written.
    pub(crate) heading: String,
    /// The line of the heading.
    pub(crate) line: u32,
    /// What stands under it.
    pub(crate) blocks: Vec<Block>,
}

/// What reading a part gave beside its contents.
#[derive(Debug, Default)]
struct Reading {
    lead: Option<String>,
    has_content: bool,
}

/// Adds the parts of a document to its draft.
pub(crate) fn add_all(draft: &mut RoleDraft, parts: Vec<RawPart>, findings: &mut Vec<Finding>) {
    for repeated in merged(parts, findings) {
        let (kind, heading, line) = (repeated.kind, repeated.heading, repeated.line);
        if kind == OutlineKind::Custom {
            let message = format!("\"{heading}\" is no known heading: kept as a custom section");
            findings.push(Finding::at(
                line,
                FindingCode::UnknownSection,
                &heading,
                message,
            ));
        }
        if repeated.contents.iter().all(Vec::is_empty) {
            let message = format!("nothing stands under \"{heading}\": the heading is left out");
            findings.push(Finding::at(
                line,
                FindingCode::EmptySection,
                &heading,
                message,
            ));
            continue;
        }
        let mut leads = Vec::new();
        let mut has_content = false;
        for blocks in repeated.contents {
            let reading = add(draft, kind, &heading, &blocks, findings);
            leads.extend(reading.lead);
            has_content |= reading.has_content;
        }
        if has_content || !leads.is_empty() {
            let lead = (!leads.is_empty()).then(|| leads.join("\n\n"));
            draft.outline.entries.push(OutlineEntry {
                kind,
                heading,
                lead,
            });
        }
    }
}

/// A heading with the contents of every place where it stands.
struct Repeated {
    kind: OutlineKind,
    heading: String,
    line: u32,
    contents: Vec<Vec<Block>>,
}

fn merged(parts: Vec<RawPart>, findings: &mut Vec<Finding>) -> Vec<Repeated> {
    let mut merged: Vec<Repeated> = Vec::new();
    for part in parts {
        let first = match part.kind {
            OutlineKind::Custom => None,
            kind => merged.iter_mut().find(|first| first.kind == kind),
        };
        if let Some(first) = first {
            let message = format!(
                "\"{}\" repeats \"{}\" of line {}: its contents are appended there",
                part.heading, first.heading, first.line
            );
            let code = FindingCode::DuplicateSection;
            findings.push(Finding::at(part.line, code, &part.heading, message));
            first.contents.push(part.blocks);
        } else {
            merged.push(Repeated {
                kind: part.kind,
                heading: part.heading,
                line: part.line,
                contents: vec![part.blocks],
            });
        }
    }
    merged
}

fn add(
    draft: &mut RoleDraft,
    kind: OutlineKind,
    heading: &str,
    blocks: &[Block],
    findings: &mut Vec<Finding>,
) -> Reading {
    match kind {
        OutlineKind::Facts => {
            let facts = fact::read(blocks, findings);
            let has_content = !facts.is_empty();
            draft.facts.extend(facts);
            Reading {
                lead: None,
                has_content,
            }
        }
        OutlineKind::Duties => {
            let (duties, lead) = duty::read(blocks);
            let has_content = !duties.is_empty();
            draft.duties.extend(duties);
            Reading { lead, has_content }
        }
        OutlineKind::Qualifications => {
            let (groups, lead) = qualification::read(blocks);
            let has_content = !groups.is_empty();
            qualification::append(&mut draft.qualification_groups, groups);
            Reading { lead, has_content }
        }
        OutlineKind::CoverLetter => {
            cover_letter::append(&mut draft.cover_letter, &cover_letter::read(blocks));
            Reading {
                lead: None,
                has_content: true,
            }
        }
        OutlineKind::Faqs => {
            let (faqs, lead) = faq::read(blocks, findings);
            let has_content = !faqs.is_empty();
            draft.faqs.extend(faqs);
            Reading { lead, has_content }
        }
        _ => {
            let kind = kind.section().unwrap_or(SectionKind::Custom);
            add_prose(&mut draft.sections, kind, heading, prose::read(blocks))
        }
    }
}

fn add_prose(
    sections: &mut Vec<Section>,
    kind: SectionKind,
    heading: &str,
    body: String,
) -> Reading {
    if body.is_empty() {
        return Reading::default();
    }
    let first = match kind {
        SectionKind::Custom => None,
        kind => sections.iter_mut().find(|first| first.kind == kind),
    };
    if let Some(first) = first {
        first.body.push_str("\n\n");
        first.body.push_str(&body);
    } else {
        sections.push(Section {
            kind,
            heading: heading.to_owned(),
            body,
            format: TextFormat::Plain,
        });
    }
    Reading {
        lead: None,
        has_content: true,
    }
}
