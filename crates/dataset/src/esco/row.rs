//! Rows of the files as values.

use domain::{Locale, Timestamp};

use super::cell::{
    read_code, read_isco, read_moment, read_relation, read_reuse_level, read_skill_type, read_uri,
    read_uris, text,
};
use super::label::Labels;
use crate::finding::Code;
use crate::table::{Fault, Field};

/// What sort of skill a concept is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SkillType {
    /// Something a person can do.
    Skill,
    /// Something a person knows.
    Knowledge,
}

/// How widely a skill is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReuseLevel {
    /// Everywhere.
    Transversal,
    /// In several sectors.
    CrossSector,
    /// In one sector.
    SectorSpecific,
    /// In one occupation.
    OccupationSpecific,
}

/// A concept in one language: an occupation, a skill, or a group of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concept {
    /// Its URI, the same in every language.
    pub uri: String,
    /// Its type in the words of the file, such as `Occupation`.
    pub concept_type: Option<String>,
    /// Its code; codes of ISCO may begin with 0.
    pub code: Option<String>,
    /// The code of the ISCO group of an occupation.
    pub isco_group: Option<String>,
    /// What sort of skill it is.
    pub skill_type: Option<SkillType>,
    /// How widely the skill is used.
    pub reuse_level: Option<ReuseLevel>,
    /// What it is called.
    pub labels: Labels,
    /// Whether it is `released`.
    pub status: Option<String>,
    /// When it was last changed.
    pub modified: Option<Timestamp>,
    /// Where it is said whether the profession is regulated.
    pub regulated_profession_note: Option<String>,
    /// What belongs to it and what does not.
    pub scope_note: Option<String>,
    /// What it is, in a sentence.
    pub definition: Option<String>,
    /// What it is, at more length.
    pub description: Option<String>,
    /// The schemes that it is part of.
    pub schemes: Vec<String>,
    /// What stands above it; only in collections.
    pub broader: Vec<String>,
}

impl Concept {
    /// Reads a row; `between` stands between two labels of a cell.
    pub(super) fn read(
        fields: &[Field<'_>; 18],
        between: &str,
        locale: &Locale,
    ) -> Result<Self, Fault> {
        let [
            concept_type,
            uri,
            code,
            isco_group,
            skill_type,
            reuse_level,
            preferred,
            alternates,
            hidden,
            status,
            modified,
            regulated_profession_note,
            scope_note,
            definition,
            description,
            schemes,
            broader,
            _broader_labels,
        ] = *fields;
        Ok(Self {
            uri: read_uri(uri)?,
            concept_type: text(concept_type),
            code: code.maybe(read_code)?,
            isco_group: isco_group.maybe(read_isco)?,
            skill_type: skill_type.maybe(read_skill_type)?,
            reuse_level: reuse_level.maybe(read_reuse_level)?,
            labels: Labels::of(
                [preferred.required()?, alternates.text, hidden.text],
                between,
                locale,
            ),
            status: text(status),
            modified: modified.maybe(read_moment)?,
            regulated_profession_note: text(regulated_profession_note),
            scope_note: text(scope_note),
            definition: text(definition),
            description: text(description),
            schemes: read_uris(schemes)?,
            broader: read_uris(broader)?,
        })
    }
}

/// How two concepts belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RelationKind {
    /// The second stands above the first.
    Broader,
    /// The first cannot do without the second.
    Essential,
    /// The second helps the first.
    Optional,
}

/// Two concepts that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// How they belong together.
    pub kind: RelationKind,
    /// The URI of the first.
    pub from: String,
    /// What the first is, in the words of the file; occupations of `occupationSkillRelations` have
    /// none.
    pub from_type: Option<String>,
    /// The URI of the second.
    pub to: String,
    /// What the second is, in the words of the file.
    pub to_type: Option<String>,
}

impl Relation {
    pub(super) fn broader(fields: &[Field<'_>; 6]) -> Result<Self, Fault> {
        let [from, from_type, to, to_type, _label, _broader_label] = *fields;
        Ok(Self {
            kind: RelationKind::Broader,
            from: read_uri(from)?,
            from_type: Some(from_type.required()?.to_owned()),
            to: read_uri(to)?,
            to_type: Some(to_type.required()?.to_owned()),
        })
    }

    pub(super) fn between_skills(fields: &[Field<'_>; 5]) -> Result<Self, Fault> {
        let [from, from_type, to, to_type, kind] = *fields;
        Ok(Self {
            kind: read_relation(kind)?,
            from: read_uri(from)?,
            from_type: text(from_type),
            to: read_uri(to)?,
            to_type: text(to_type),
        })
    }

    pub(super) fn of_occupation(fields: &[Field<'_>; 6]) -> Result<Self, Fault> {
        let [from, to, to_type, kind, _label, _skill_label] = *fields;
        Ok(Self {
            kind: read_relation(kind)?,
            from: read_uri(from)?,
            from_type: None,
            to: read_uri(to)?,
            to_type: text(to_type),
        })
    }
}

/// One level of the hierarchy of skills.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// The URI of the group.
    pub uri: String,
    /// Its name.
    pub term: String,
    /// Its code.
    pub code: Option<String>,
}

/// A group of skills with everything above it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HierarchyPath {
    /// From the top to the group; at least one.
    pub levels: Vec<Level>,
    /// What the group is.
    pub description: Option<String>,
    /// What belongs to it and what does not.
    pub scope_note: Option<String>,
}

impl HierarchyPath {
    pub(super) fn read(fields: &[Field<'_>; 14]) -> Result<Self, Fault> {
        let [
            u0,
            t0,
            c0,
            u1,
            t1,
            c1,
            u2,
            t2,
            c2,
            u3,
            t3,
            c3,
            description,
            scope_note,
        ] = *fields;
        let mut levels = Vec::new();
        let mut is_over = false;
        for (at, [uri, term, code]) in [[u0, t0, c0], [u1, t1, c1], [u2, t2, c2], [u3, t3, c3]]
            .into_iter()
            .enumerate()
        {
            if at > 0 && uri.optional().is_none() && term.optional().is_none() {
                is_over = true;
                continue;
            }
            if is_over {
                let message = "the level above has no value: expected one for every level above";
                return Err(uri.fault(Code::MissingValue, message));
            }
            levels.push(Level {
                uri: read_uri(uri)?,
                term: term.required()?.to_owned(),
                code: code.maybe(read_code)?,
            });
        }
        Ok(Self {
            levels,
            description: text(description),
            scope_note: text(scope_note),
        })
    }
}

/// A scheme that concepts belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConceptScheme {
    /// Its URI.
    pub uri: String,
    /// Its name.
    pub label: String,
    /// Another name.
    pub title: Option<String>,
    /// Whether it is `released`.
    pub status: Option<String>,
    /// What it is.
    pub description: Option<String>,
    /// The concepts at its top.
    pub top_concepts: Vec<String>,
}

impl ConceptScheme {
    pub(super) fn read(fields: &[Field<'_>; 7]) -> Result<Self, Fault> {
        let [_type, uri, label, title, status, description, top_concepts] = *fields;
        Ok(Self {
            uri: read_uri(uri)?,
            label: label.required()?.to_owned(),
            title: text(title),
            status: text(status),
            description: text(description),
            top_concepts: read_uris(top_concepts)?,
        })
    }
}
