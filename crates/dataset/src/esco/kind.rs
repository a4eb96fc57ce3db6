//! The files of ESCO: their names and columns.

use std::fmt;

use domain::Locale;

use crate::table::Column;

/// What a file of ESCO holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// `occupations`: occupations with their labels.
    Occupations,
    /// `ISCOGroups`: the groups of ISCO-08 above them.
    IscoGroups,
    /// `skills`: skills and knowledge with their labels; also with six columns only.
    Skills,
    /// `skillGroups`: the groups above them.
    SkillGroups,
    /// `broaderRelationsOccPillar`: what stands above what among occupations and ISCO groups.
    OccupationBroader,
    /// `broaderRelationsSkillPillar`: what stands above what among skills and their groups.
    SkillBroader,
    /// `skillSkillRelations`: which skills others need.
    SkillSkill,
    /// `occupationSkillRelations`: which skills occupations need; distributed on its own.
    OccupationSkill,
    /// `skillsHierarchy`: the groups of skills with everything above them.
    SkillsHierarchy,
    /// `…Collection`: concepts that were put together for a purpose.
    Collection,
    /// `conceptSchemes`: what concepts belong to.
    ConceptSchemes,
}

impl FileKind {
    /// The kind of a file, by its name without endings and locale, in any letter case.
    fn parse(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        Some(match name.as_str() {
            "occupations" => Self::Occupations,
            "iscogroups" => Self::IscoGroups,
            "skills" => Self::Skills,
            "skillgroups" => Self::SkillGroups,
            "broaderrelationsoccpillar" => Self::OccupationBroader,
            "broaderrelationsskillpillar" => Self::SkillBroader,
            "skillskillrelations" => Self::SkillSkill,
            "occupationskillrelations" => Self::OccupationSkill,
            "skillshierarchy" => Self::SkillsHierarchy,
            "conceptschemes" => Self::ConceptSchemes,
            _ if name.ends_with("collection") => Self::Collection,
            _ => return None,
        })
    }

    /// The columns that are looked for.
    #[must_use]
    pub const fn columns(self) -> &'static [Column] {
        match self {
            Self::Occupations => OCCUPATIONS,
            Self::IscoGroups => ISCO_GROUPS,
            Self::Skills => SKILLS,
            Self::SkillGroups => SKILL_GROUPS,
            Self::Collection => COLLECTION,
            Self::OccupationBroader | Self::SkillBroader => BROADER,
            Self::SkillSkill => SKILL_SKILL,
            Self::OccupationSkill => OCCUPATION_SKILL,
            Self::SkillsHierarchy => HIERARCHY,
            Self::ConceptSchemes => SCHEMES,
        }
    }

    /// How many of its last cells a row may leave out.
    pub(super) const fn may_leave_out(self) -> usize {
        match self {
            Self::SkillsHierarchy => 3,
            _ => 0,
        }
    }

    /// Whether the file says the same in every language, so that one of them is enough.
    pub(super) const fn is_about_relations(self) -> bool {
        matches!(
            self,
            Self::OccupationBroader | Self::SkillBroader | Self::SkillSkill | Self::OccupationSkill
        )
    }
}

impl fmt::Display for FileKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Occupations => "occupations",
            Self::IscoGroups => "ISCOGroups",
            Self::Skills => "skills",
            Self::SkillGroups => "skillGroups",
            Self::OccupationBroader => "broaderRelationsOccPillar",
            Self::SkillBroader => "broaderRelationsSkillPillar",
            Self::SkillSkill => "skillSkillRelations",
            Self::OccupationSkill => "occupationSkillRelations",
            Self::SkillsHierarchy => "skillsHierarchy",
            Self::Collection => "Collection",
            Self::ConceptSchemes => "conceptSchemes",
        })
    }
}

/// Which file of ESCO a file is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId {
    /// What it holds.
    pub kind: FileKind,
    /// Its language.
    pub locale: Locale,
    /// The name without endings and language, which tells collections apart.
    pub name: String,
}

impl FileId {
    /// What a name without endings says: `occupations_fr` is French, `skills_en_labels` English.
    pub(super) fn parse(stem: &str) -> Option<Self> {
        let mut parts = stem.split('_');
        let name = parts.next()?;
        let kind = FileKind::parse(name)?;
        let locale = match parts.next() {
            Some(text) => Locale::parse(text).ok()?,
            None => Locale::english(),
        };
        let name = name.to_owned();
        Some(Self { kind, locale, name })
    }
}

/// Declares the columns of the files whose rows are concepts: the same ones in the same order, of
/// which each file needs others.
macro_rules! concepts {
    ( $( $name:ident: $( $need:ident )+; )+ ) => {
        $(
            const $name: &[Column] = &concepts!(@zip [
                "conceptType" "conceptUri" "code" "iscoGroup" "skillType" "reuseLevel"
                "preferredLabel" "altLabels" "hiddenLabels" "status" "modifiedDate"
                "regulatedProfessionNote" "scopeNote" "definition" "description" "inScheme"
                "broaderConceptUri" "broaderConceptPT"
            ] [ $( $need )+ ]);
        )+
    };
    (@zip [ $( $column:literal )+ ] [ $( $need:ident )+ ]) => {
        [ $( Column::$need($column) ),+ ]
    };
}

concepts! {
    OCCUPATIONS: optional required required required optional optional
        required required required required required
        optional optional optional required optional
        optional optional;
    ISCO_GROUPS: optional required required optional optional optional
        required optional optional optional optional
        optional optional optional required optional
        optional optional;
    SKILLS: optional required optional optional required required
        required required optional optional optional
        optional optional optional required optional
        optional optional;
    SKILL_GROUPS: optional required required optional optional optional
        required required optional optional optional
        optional optional optional required optional
        optional optional;
    COLLECTION: optional required optional optional optional optional
        required required optional optional optional
        optional optional optional required optional
        required optional;
}

const BROADER: &[Column] = &[
    Column::required("conceptUri"),
    Column::required("conceptType"),
    Column::required("broaderUri"),
    Column::required("broaderType"),
    Column::optional("conceptLabel"),
    Column::optional("broaderLabel"),
];
const SKILL_SKILL: &[Column] = &[
    Column::required("originalSkillUri"),
    Column::required("originalSkillType"),
    Column::required("relatedSkillUri"),
    Column::required("relatedSkillType"),
    Column::required("relationType"),
];
const OCCUPATION_SKILL: &[Column] = &[
    Column::required("occupationUri"),
    Column::required("skillUri"),
    Column::required("skillType"),
    Column::required("relationType"),
    Column::optional("occupationLabel"),
    Column::optional("skillLabel"),
];
const HIERARCHY: &[Column] = &[
    Column::required("Level 0 URI"),
    Column::required("Level 0 preferred term"),
    Column::required("Level 0 code"),
    Column::required("Level 1 URI"),
    Column::required("Level 1 preferred term"),
    Column::required("Level 1 code"),
    Column::required("Level 2 URI"),
    Column::required("Level 2 preferred term"),
    Column::required("Level 2 code"),
    Column::required("Level 3 URI"),
    Column::required("Level 3 preferred term"),
    Column::required("Level 3 code"),
    Column::required("Description"),
    Column::required("Scope note"),
];
const SCHEMES: &[Column] = &[
    Column::optional("conceptType"),
    Column::required("conceptSchemeUri"),
    Column::required("preferredLabel"),
    Column::optional("title"),
    Column::optional("status"),
    Column::optional("description"),
    Column::required("hasTopConcept"),
];
