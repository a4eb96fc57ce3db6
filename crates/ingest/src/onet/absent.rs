//! Tables that a release does not have: what they say of roles stays as it is.

use std::collections::{HashMap, HashSet};

use dataset::onet::{Release, TableKind};
use domain::role::{Duty, DutyKind, FactKey, RoleDraft};
use domain::skill::{SkillKind, SkillTerm};

use super::name::kind;
use super::{RATED, SCHEME};

/// The facts of an occupation, in their order.
const FACTS: [FactKey; 4] = [
    FactKey::JobZone,
    FactKey::TypicalEducation,
    FactKey::TypicalExperience,
    FactKey::OnTheJobTraining,
];

/// The tables that are not there.
pub(super) struct Absent(HashSet<TableKind>);

impl Absent {
    pub(super) fn of(release: &Release) -> Self {
        let tables = TableKind::ALL.iter().copied();
        Self(tables.filter(|table| !release.has(*table)).collect())
    }

    fn is(&self, table: TableKind) -> bool {
        self.0.contains(&table)
    }

    /// Gives a new draft what the role says now, as far as that comes from tables that are not
    /// there.
    pub(super) fn fill(&self, theirs: &mut RoleDraft, ours: &RoleDraft) {
        self.duties(theirs, ours);
        if self.is(TableKind::AlternateTitles) && self.is(TableKind::ReportedTitles) {
            theirs.titles.clone_from(&ours.titles);
        }
        if self.is(TableKind::RelatedOccupations) {
            theirs.related.clone_from(&ours.related);
        }
        if self.is(TableKind::Education) {
            theirs.distributions.clone_from(&ours.distributions);
        }
        let facts = |keys: &[FactKey], theirs: &mut RoleDraft| {
            let kept = ours.facts.iter().filter(|fact| keys.contains(&fact.key));
            theirs.facts.extend(kept.cloned());
        };
        if self.is(TableKind::JobZones) {
            facts(
                &[
                    FactKey::JobZone,
                    FactKey::TypicalExperience,
                    FactKey::OnTheJobTraining,
                ],
                theirs,
            );
        }
        if self.is(TableKind::Education) {
            facts(&[FactKey::TypicalEducation], theirs);
        }
        let place = |key: FactKey| FACTS.iter().position(|known| *known == key);
        theirs.facts.sort_by_key(|fact| place(fact.key));
        self.skills(theirs, ours);
        // Codes of other schemes come from elsewhere.
        let others = ours.codes.iter().filter(|code| code.scheme != SCHEME);
        theirs.codes.extend(others.cloned());
        if theirs.last_reviewed.is_none() {
            theirs.last_reviewed = ours.last_reviewed;
        }
    }

    fn duties(&self, theirs: &mut RoleDraft, ours: &RoleDraft) {
        let is_emerging = |duty: &Duty<SkillTerm>| {
            matches!(
                duty.kind,
                DutyKind::EmergingNew | DutyKind::EmergingRevision
            )
        };
        if self.is(TableKind::TasksToDwas) {
            let known = ours.duties.iter().filter_map(|duty| {
                let id = duty.external_id.as_deref()?;
                Some((id, &duty.activities))
            });
            let known: HashMap<&str, &Vec<String>> = known.collect();
            for duty in &mut theirs.duties {
                let id = duty.external_id.as_deref();
                if let Some(activities) = id.and_then(|id| known.get(id)) {
                    duty.activities.clone_from(activities);
                }
            }
        }
        if self.is(TableKind::TaskStatements) {
            let kept = ours.duties.iter().filter(|duty| !is_emerging(duty));
            theirs.duties.splice(0..0, kept.cloned());
        }
        if self.is(TableKind::EmergingTasks) {
            let kept = ours.duties.iter().filter(|duty| is_emerging(duty));
            theirs.duties.extend(kept.cloned());
        }
    }

    fn skills(&self, theirs: &mut RoleDraft, ours: &RoleDraft) {
        let tables = RATED.map(|table| (table, kind(table)));
        let others = [
            (TableKind::Education, SkillKind::Credential),
            (TableKind::TechnologySkills, SkillKind::Technology),
            (TableKind::ToolsUsed, SkillKind::Tool),
        ];
        let mut skills = Vec::new();
        for (table, kind) in tables.into_iter().chain(others) {
            let from = if self.is(table) { ours } else { &*theirs };
            let of_kind = from
                .skills
                .iter()
                .filter(|needed| needed.skill.kind == kind);
            skills.extend(of_kind.cloned());
        }
        theirs.skills = skills;
    }
}
