//! Writing a draft as a canonical Markdown document.

use domain::role::salary::Origin;
use domain::role::{
    ExternalCode, MatchKind, OutlineEntry, OutlineKind, PublicationState, RoleDraft, SectionKind,
};

use super::escape::{escaped, escaped_in_letter};
use crate::page::DEFAULT_SOURCE;
use crate::part::prose::ITEM_MARK;
use crate::part::qualification::Group;

/// Writes a draft as a Markdown document: keys in their order, one blank line between blocks, LF.
///
/// Only stated skills are written; recognised ones come back by reading.
#[must_use]
pub fn write_markdown(draft: &RoleDraft) -> String {
    let mut blocks = vec![front_matter(draft), format!("# {}", draft.title)];
    blocks.extend(draft.summary.as_deref().map(prose));
    let mut customs = draft
        .sections
        .iter()
        .filter(|s| s.kind == SectionKind::Custom);
    for entry in &draft.outline.entries {
        blocks.push(format!("## {}", entry.heading));
        blocks.extend(entry.lead.as_deref().map(prose));
        match entry.kind.section() {
            Some(SectionKind::Custom) => blocks.extend(customs.next().map(|s| prose(&s.body))),
            Some(kind) => {
                let section = draft.sections.iter().find(|section| section.kind == kind);
                blocks.extend(section.map(|section| prose(&section.body)));
            }
            None => blocks.extend(structured(draft, entry)),
        }
    }
    if let Some(name) = &draft.outline.category_link {
        blocks.push(format!("See all {name} jobs →"));
    }
    blocks.join("\n\n") + "\n"
}

fn structured(draft: &RoleDraft, entry: &OutlineEntry) -> Vec<String> {
    match entry.kind {
        OutlineKind::Facts => {
            let facts = draft
                .facts
                .iter()
                .map(|fact| format!("{}: {}", fact.label, fact.text));
            items(facts).into_iter().collect()
        }
        OutlineKind::Duties => items(draft.duties.iter().map(|duty| duty.text.clone()))
            .into_iter()
            .collect(),
        OutlineKind::Qualifications => draft.qualification_groups.iter().flat_map(group).collect(),
        OutlineKind::CoverLetter => {
            let text = draft.cover_letter.iter().map(|letter| letter.text.as_str());
            text.map(|text| each_line(text, escaped_in_letter))
                .collect()
        }
        OutlineKind::Faqs => {
            let pairs = draft.faqs.iter();
            pairs
                .flat_map(|faq| [format!("### {}", faq.question), prose(&faq.answer)])
                .collect()
        }
        _ => Vec::new(),
    }
}

fn group(group: &Group) -> Vec<String> {
    let heading = group.heading.iter().map(|heading| format!("### {heading}"));
    heading
        .chain(items(group.items.iter().map(|item| item.text.clone())))
        .collect()
}

/// A list as one block; `None` when it is empty.
fn items(texts: impl Iterator<Item = String>) -> Option<String> {
    let lines: Vec<String> = texts.map(|text| format!("- {}", escaped(&text))).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// Prose with its items as Markdown items.
fn prose(text: &str) -> String {
    each_line(text, |line| match line.strip_prefix(ITEM_MARK) {
        Some(item) => format!("- {}", escaped(item)),
        None => escaped(line),
    })
}

fn each_line(text: &str, write: impl Fn(&str) -> String) -> String {
    text.split('\n').map(write).collect::<Vec<_>>().join("\n")
}

fn front_matter(draft: &RoleDraft) -> String {
    let mut yaml = Yaml {
        lines: vec!["---".to_owned()],
    };
    yaml.text("title", Some(&draft.title));
    yaml.text("slug", Some(draft.slug.as_str()));
    yaml.text("locale", Some(draft.locale.as_str()));
    let mut paths = draft.categories.iter().map(|path| path.names().join(" > "));
    yaml.text("category", paths.next().as_deref());
    yaml.list("also-in", paths.map(|path| scalar(&path)));
    yaml.list(
        "alternate-titles",
        draft.titles.iter().map(|title| scalar(&title.text)),
    );
    let stated = draft
        .skills
        .iter()
        .filter(|skill| skill.origin == Origin::Stated);
    yaml.list(
        "skills",
        stated.map(|skill| pair(&kebab(skill.requirement.as_str()), &skill.skill.name)),
    );
    let related = draft.related.iter();
    yaml.list(
        "related",
        related.map(|r| pair(&kebab(r.kind.as_str()), r.slug.as_str())),
    );
    yaml.list(
        "codes",
        draft
            .codes
            .iter()
            .map(|code| pair(&code_key(code), &code.code)),
    );
    yaml.text(
        "last-reviewed",
        draft.last_reviewed.map(|day| day.to_string()).as_deref(),
    );
    let source = &draft.source;
    yaml.text(
        "source",
        Some(source.name.as_str()).filter(|name| *name != DEFAULT_SOURCE),
    );
    yaml.text("licence", source.licence.as_deref());
    yaml.text("attribution", source.attribution.as_deref());
    yaml.text("translation-group", draft.translation_key.as_deref());
    let state = kebab(draft.state.as_str());
    yaml.text(
        "state",
        Some(state.as_str()).filter(|_| draft.state != PublicationState::Published),
    );
    yaml.text("site", draft.outline.site.as_deref());
    if draft.outline.last_updated_line {
        yaml.lines.push("last-updated-line: true".to_owned());
    }
    yaml.lines.push("---".to_owned());
    yaml.lines.join("\n")
}

struct Yaml {
    lines: Vec<String>,
}

impl Yaml {
    fn text(&mut self, key: &str, value: Option<&str>) {
        self.lines.extend(value.map(|value| pair(key, value)));
    }

    fn list(&mut self, key: &str, entries: impl Iterator<Item = String>) {
        let mut entries = entries.map(|entry| format!("  - {entry}")).peekable();
        if entries.peek().is_some() {
            self.lines.push(format!("{key}:"));
            self.lines.extend(entries);
        }
    }
}

fn pair(key: &str, value: &str) -> String {
    format!("{}: {}", scalar(key), scalar(value))
}

fn kebab(spelling: &str) -> String {
    spelling.to_lowercase().replace('_', "-")
}

fn code_key(code: &ExternalCode) -> String {
    let release = code.release.iter().map(String::as_str);
    let kind = kebab(code.match_kind.as_str());
    let kind = (code.match_kind != MatchKind::Exact).then_some(kind.as_str());
    [code.scheme.as_str()]
        .into_iter()
        .chain(release)
        .chain(kind)
        .collect::<Vec<_>>()
        .join(" ")
}

/// A YAML scalar, in double quotes only where YAML would take the plain text for something else.
fn scalar(value: &str) -> String {
    if is_plain(value) {
        return value.to_owned();
    }
    let quoted: String = value
        .chars()
        .map(|c| match c {
            '"' | '\\' => format!("\\{c}"),
            c if c.is_control() => format!("\\u{:04x}", u32::from(c)),
            c => c.to_string(),
        })
        .collect();
    format!("\"{quoted}\"")
}

/// Whether YAML reads the unquoted text as this very text.
fn is_plain(value: &str) -> bool {
    const INDICATORS: &str = "!&*|>'\"%@`#,[]{}";
    const WORDS: &[&str] = &[
        "null", "~", "true", "false", "yes", "no", "on", "off", "y", "n",
    ];
    let is_dash = |mark: char| {
        value
            .strip_prefix(mark)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    !value.is_empty()
        && value.trim() == value
        && !value.starts_with(|c: char| INDICATORS.contains(c))
        && !['-', '?', ':'].into_iter().any(is_dash)
        && !value.contains(": ")
        && !value.contains(" #")
        && !value.ends_with(':')
        && !value.starts_with("---")
        && !value.starts_with("...")
        && !value.contains(char::is_control)
        && !WORDS.contains(&value.to_lowercase().as_str())
        && value != "<<"
}
