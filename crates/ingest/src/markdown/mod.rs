//! The Markdown role document: reading and writing.

mod body;
mod escape;
mod front_matter;
mod line;
mod write;

use domain::category::CategoryPath;
use domain::role::RoleDraft;

use crate::finding::{Finding, FindingCode};
use crate::page;
use crate::text::SourceLine;
use front_matter::FrontMatter;

pub use write::write_markdown;

/// Reads a Markdown document; `None` when it has no usable title or a malformed front matter.
pub(crate) fn read(lines: &[SourceLine], findings: &mut Vec<Finding>) -> Option<RoleDraft> {
    let (yaml, lines) = front_matter::split(lines);
    let front = match yaml
        .map(|yaml| FrontMatter::read(yaml, findings))
        .transpose()
    {
        Ok(front) => front.unwrap_or_default(),
        Err(finding) => {
            findings.push(finding);
            return None;
        }
    };
    let body = body::read(line::blocks(lines), front.title().is_some(), findings);
    let title = front.title().or(body.header.title.as_deref());
    let mut draft = page::draft(title, body.header.site.as_deref(), findings)?;
    if let Some(other) = body
        .header
        .title
        .as_ref()
        .filter(|other| **other != draft.title)
    {
        let message = format!(
            "the title is \"{}\": this other one is left out",
            draft.title
        );
        let orphan = Finding::whole(FindingCode::OrphanText, message);
        findings.push(Finding {
            detail: Some(other.clone()),
            ..orphan
        });
    }
    draft
        .categories
        .extend(CategoryPath::new(body.header.category_path));
    draft.last_reviewed = body.header.last_reviewed;
    draft.outline.category_link = body.category_link;
    if let Err(finding) = front.apply(&mut draft, findings) {
        findings.push(finding);
        return None;
    }
    page::complete(&mut draft, &body.summary, body.parts, findings);
    Some(draft)
}

#[cfg(test)]
mod tests;
