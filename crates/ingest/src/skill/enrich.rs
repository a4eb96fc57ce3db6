//! Filling in the skills of a draft.

use std::collections::BTreeSet;

use domain::role::RoleDraft;
use domain::role::salary::Origin;
use domain::skill::{Requirement, RoleSkill, SkillTerm};

use super::Dictionary;

/// Fills in the skills that duties and qualification items name, and lists them after the stated
/// ones.
///
/// A stated skill that the dictionary knows gets its spelling, kind and aliases.
pub fn enrich(draft: &mut RoleDraft, dictionary: &Dictionary) {
    let mut recognised: Vec<SkillTerm> = Vec::new();
    let mut recognise = |text: &str| {
        let terms: Vec<SkillTerm> = dictionary.recognise(text).into_iter().cloned().collect();
        recognised.extend(terms.iter().cloned());
        terms
    };
    for duty in &mut draft.duties {
        duty.skills = recognise(&duty.text);
    }
    for item in draft
        .qualification_groups
        .iter_mut()
        .flat_map(|group| &mut group.items)
    {
        item.skills = recognise(&item.text);
    }
    let stated = draft
        .skills
        .drain(..)
        .filter(|edge| edge.origin == Origin::Stated);
    let stated = stated.map(|edge| RoleSkill {
        skill: dictionary
            .find(&edge.skill.name)
            .cloned()
            .unwrap_or(edge.skill),
        ..edge
    });
    let parsed = recognised
        .into_iter()
        .map(|skill| RoleSkill::new(skill, Requirement::Unspecified, Origin::Parsed));
    let mut names = BTreeSet::new();
    let distinct = stated
        .chain(parsed)
        .filter(|edge| names.insert(edge.skill.name.to_lowercase()));
    draft.skills = distinct.collect();
}
