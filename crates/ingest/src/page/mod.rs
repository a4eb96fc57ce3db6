//! The plain-text role page: reading and writing.

mod date;
pub(crate) mod header;
mod split;
mod wrap;
mod write;

use domain::Slug;
use domain::category::CategoryPath;
use domain::role::RoleDraft;
use domain::source::SourceName;

use crate::block::{self, Block, Line};
use crate::finding::{Finding, FindingCode};
use crate::part;
use crate::text::{self, SourceLine};

pub(crate) use date::parse as parse_date;
pub(crate) use split::{Split, category_link, split, take_category_link};
pub use write::write_page;

/// The source of documents that name none.
pub(crate) const DEFAULT_SOURCE: &str = "Imported documents";

/// Reads a page; `None` when it has no usable title.
pub(crate) fn read(lines: &[SourceLine], findings: &mut Vec<Finding>) -> Option<RoleDraft> {
    let lines = lines.iter().map(|line| {
        let is_blank = line.text.is_empty() || text::is_rule(&line.text);
        (!is_blank).then(|| Line::plain(line))
    });
    read_blocks(block::blocks(lines), findings)
}

/// Reads the blocks of a page; `None` when it has no usable title.
pub(crate) fn read_blocks(blocks: Vec<Block>, findings: &mut Vec<Finding>) -> Option<RoleDraft> {
    let (link, blocks) = take_category_link(blocks, findings);
    let (header, rest) = header::read(blocks, findings);
    let Split { summary, parts } = split(rest);
    let mut draft = draft(header.title.as_deref(), header.site.as_deref(), findings)?;
    draft
        .categories
        .extend(CategoryPath::new(header.category_path));
    draft.last_reviewed = header.last_reviewed;
    draft.outline.last_updated_line = header.last_updated_line;
    draft.outline.site = header.site;
    draft.outline.category_link = link;
    complete(&mut draft, &summary, parts, findings);
    Some(draft)
}

/// Starts the draft of a document with this title and site.
pub(crate) fn draft(
    title: Option<&str>,
    site: Option<&str>,
    findings: &mut Vec<Finding>,
) -> Option<RoleDraft> {
    // A slug spells signs out; a title of signs alone is none.
    let spoken = title.filter(|title| title.contains(char::is_alphanumeric));
    let usable = spoken.and_then(|title| Slug::from_title(title).ok().map(|slug| (title, slug)));
    let Some((title, slug)) = usable else {
        findings.push(match title {
            Some(title) => {
                let message = format!("the title \"{title}\" has no letter or digit");
                Finding {
                    detail: Some(title.to_owned()),
                    ..missing_title(message)
                }
            }
            None => missing_title("the document has no title: write it above the summary".into()),
        });
        return None;
    };
    let source = SourceName {
        name: site.unwrap_or(DEFAULT_SOURCE).to_owned(),
        licence: None,
        attribution: None,
    };
    Some(RoleDraft::new(source, slug, title.to_owned()))
}

fn missing_title(message: String) -> Finding {
    Finding::whole(FindingCode::MissingTitle, message)
}

/// Adds summary and parts to a draft and says what is missing.
pub(crate) fn complete(
    draft: &mut RoleDraft,
    summary: &[Block],
    parts: Vec<part::RawPart>,
    findings: &mut Vec<Finding>,
) {
    let summary = part::prose::read(summary);
    draft.summary = (!summary.is_empty()).then_some(summary);
    part::add_all(draft, parts, findings);
    if draft.categories.is_empty() {
        let message = "the document names no category: the role is listed under none";
        findings.push(Finding::whole(FindingCode::MissingCategory, message));
    }
    if draft.summary.is_none() {
        let message = "the document has no summary: expected a paragraph below the title";
        findings.push(Finding::whole(FindingCode::MissingSummary, message));
    }
}

#[cfg(test)]
mod tests;
