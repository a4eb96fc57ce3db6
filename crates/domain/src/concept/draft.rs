//! What a file says about a scheme and its concepts, before they have ids.

use super::{ConceptKind, ConceptRelationKind, ConceptStatus, Label, LabelKind, Note};
use crate::limits::ContentLimits;
use crate::rules::Rules;
use crate::{PartialDate, Slug, Violation};

/// A scheme as a file names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SchemeDraft {
    /// The key, such as `onet-soc`: lower-case letters and digits joined by hyphens.
    pub key: String,
    /// The name as people read it.
    pub name: String,
    /// Where the scheme is published; `None` keeps what is known.
    pub homepage: Option<String>,
    /// SPDX identifier of the licence of its texts; `None` keeps what is known.
    pub licence: Option<String>,
    /// The credit line that must be shown with its texts; `None` keeps what is known.
    pub attribution: Option<String>,
    /// What the addresses of its concepts begin with; `None` keeps what is known.
    pub uri_prefix: Option<String>,
}

/// The release of a scheme that a file is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseDraft {
    /// The name of the release, such as `29.3`.
    pub name: String,
    /// When its makers released it, when that is known.
    pub released_on: Option<PartialDate>,
}

/// A concept as a file describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConceptDraft {
    /// The code as the scheme writes it.
    pub code: String,
    /// The address of the concept, when the scheme gives it one.
    pub uri: Option<String>,
    /// What sort of thing it is.
    pub kind: ConceptKind,
    /// Whether its scheme still wants it to be used.
    pub status: ConceptStatus,
    /// What it is called; one preferred label at least, and at most one in each language.
    pub labels: Vec<Label>,
    /// What is said about it.
    pub notes: Vec<Note>,
    /// When its makers changed it last, when they say so.
    pub modified_on: Option<PartialDate>,
    /// The codes of the concepts that it has taken the place of.
    pub predecessors: Vec<String>,
    /// Where it leads, in the order of its scheme.
    pub relations: Vec<RelatedCode>,
}

/// Another concept, which may arrive later, and how it relates.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelatedCode {
    /// How the other concept relates to this one.
    pub kind: ConceptRelationKind,
    /// The key of the scheme that the other concept belongs to; `None` for the same one.
    pub scheme: Option<String>,
    /// The code of the other concept.
    pub code: String,
}

impl ConceptDraft {
    /// An active concept of which nothing but a name is known.
    #[must_use]
    pub fn new(code: String, kind: ConceptKind, label: Label) -> Self {
        Self {
            code,
            uri: None,
            kind,
            status: ConceptStatus::Active,
            labels: vec![label],
            notes: Vec::new(),
            modified_on: None,
            predecessors: Vec::new(),
            relations: Vec::new(),
        }
    }

    /// Every rule that the concept breaks, in the order of its fields.
    #[must_use]
    pub fn violations(&self, limits: &ContentLimits) -> Vec<Violation> {
        let Self {
            code,
            uri,
            kind: _,
            status: _,
            labels: _,
            notes,
            modified_on: _,
            predecessors,
            relations,
        } = self;
        let mut rules = Rules::new(limits);
        rules.line(format_args!("code"), code, limits.title_chars);
        if let Some(uri) = uri {
            rules.line(format_args!("uri"), uri, limits.item_chars);
        }
        self.label_rules(&mut rules);
        rules.count(format_args!("notes"), notes.len(), limits.titles);
        for (place, note) in notes.iter().enumerate() {
            rules.prose(
                format_args!("notes[{place}].text"),
                &note.text,
                limits.section_bytes,
            );
        }
        rules.count(
            format_args!("predecessors"),
            predecessors.len(),
            limits.codes,
        );
        for (place, code) in predecessors.iter().enumerate() {
            let field = format_args!("predecessors[{place}]");
            rules.line(field, code, limits.title_chars);
        }
        rules.count(format_args!("relations"), relations.len(), limits.relations);
        let is_broader = |related: &&RelatedCode| related.kind == ConceptRelationKind::Broader;
        rules.count(
            format_args!("relations.broader"),
            relations.iter().filter(is_broader).count(),
            limits.categories,
        );
        for (place, RelatedCode { scheme, code, .. }) in relations.iter().enumerate() {
            let field = format_args!("relations[{place}].code");
            rules.line(field, code, limits.title_chars);
            if let Some(scheme) = scheme {
                key(&mut rules, &format!("relations[{place}].scheme"), scheme);
            }
        }
        let targets = relations.iter().map(|related| {
            let RelatedCode { kind, scheme, code } = related;
            let scheme = scheme.as_deref().unwrap_or_default();
            format!("{kind} {scheme} {code}")
        });
        rules.distinct(format_args!("relations"), targets);
        rules.found
    }

    fn label_rules(&self, rules: &mut Rules<'_>) {
        let limits = rules.limits;
        rules.count(format_args!("labels"), self.labels.len(), limits.titles);
        for (place, label) in self.labels.iter().enumerate() {
            let field = format_args!("labels[{place}].text");
            rules.line(field, &label.text, limits.item_chars);
        }
        let preferred = self.labels.iter();
        let preferred = preferred.filter(|label| label.kind == LabelKind::Preferred);
        let locales = preferred.map(|label| label.locale.to_string());
        if locales.clone().next().is_none() {
            rules.found.push(Violation::Invalid {
                field: "labels".to_owned(),
                value: self.code.clone(),
                expected: "a preferred label",
            });
        }
        rules.distinct(format_args!("labels.preferred"), locales);
    }
}

impl SchemeDraft {
    /// Every rule that the scheme breaks, in the order of its fields.
    #[must_use]
    pub fn violations(&self, limits: &ContentLimits) -> Vec<Violation> {
        let Self {
            key: own,
            name,
            homepage,
            licence,
            attribution,
            uri_prefix,
        } = self;
        let mut rules = Rules::new(limits);
        key(&mut rules, "key", own);
        rules.line(format_args!("name"), name, limits.title_chars);
        for (field, text) in [
            ("homepage", homepage),
            ("licence", licence),
            ("attribution", attribution),
            ("uriPrefix", uri_prefix),
        ] {
            if let Some(text) = text {
                rules.line(format_args!("{field}"), text, limits.item_chars);
            }
        }
        rules.found
    }
}

impl ReleaseDraft {
    /// Every rule that the release breaks.
    #[must_use]
    pub fn violations(&self, limits: &ContentLimits) -> Vec<Violation> {
        let Self {
            name,
            released_on: _,
        } = self;
        let mut rules = Rules::new(limits);
        rules.line(format_args!("release"), name, limits.title_chars);
        rules.found
    }
}

/// The key of a scheme stands in addresses.
fn key(rules: &mut Rules<'_>, field: &str, key: &str) {
    if Slug::parse(key).is_err() {
        rules.found.push(Violation::Invalid {
            field: field.to_owned(),
            value: key.chars().take(40).collect(),
            expected: "lower-case letters and digits joined by single hyphens, such as onet-soc",
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Locale;

    fn label(locale: &str, kind: LabelKind, text: &str) -> Label {
        Label {
            locale: Locale::parse(locale).unwrap(),
            kind,
            text: text.to_owned(),
        }
    }

    fn broken(violations: &[Violation]) -> Vec<(&str, &'static str)> {
        let violations = violations.iter();
        violations
            .map(|violation| (violation.field(), violation.code()))
            .collect()
    }

    #[test]
    fn a_concept_has_a_code_and_one_preferred_label_in_each_language() {
        let limits = ContentLimits::default();
        let preferred = label("en", LabelKind::Preferred, "Welder");
        let good = ConceptDraft::new("0110".to_owned(), ConceptKind::Occupation, preferred);
        assert_eq!(broken(&good.violations(&limits)), []);
        let related = RelatedCode {
            kind: ConceptRelationKind::Broader,
            scheme: Some("ISCO 08".to_owned()),
            code: "7212".to_owned(),
        };
        let wrong = ConceptDraft {
            code: " ".to_owned(),
            labels: vec![label("en", LabelKind::Alternate, "")],
            relations: vec![related.clone(), related],
            ..good.clone()
        };
        let wanted = [
            ("code", "BLANK"),
            ("labels[0].text", "BLANK"),
            ("labels", "INVALID"),
            ("relations[0].scheme", "INVALID"),
            ("relations[1].scheme", "INVALID"),
            ("relations", "REPEATED"),
        ];
        assert_eq!(broken(&wrong.violations(&limits)), wanted);
        let twice = ConceptDraft {
            labels: vec![good.labels.first().unwrap().clone(); 2],
            ..good
        };
        assert_eq!(
            broken(&twice.violations(&limits)),
            [("labels.preferred", "REPEATED")]
        );
    }

    #[test]
    fn a_scheme_has_a_key_for_addresses_and_a_name() {
        let draft = SchemeDraft {
            key: "ONET SOC".to_owned(),
            licence: Some(String::new()),
            ..SchemeDraft::default()
        };
        let found = draft.violations(&ContentLimits::default());
        assert_eq!(
            broken(&found),
            [("key", "INVALID"), ("name", "BLANK"), ("licence", "BLANK")]
        );
    }
}
