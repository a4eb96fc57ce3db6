//! The skills of roles.

use std::collections::{BTreeSet, HashMap, HashSet};

use domain::Slug;
use domain::change::ChangeEntity;
use domain::id::{Id, IdSource, SkillId};
use domain::role::{Duty, IdentifiedDraft, Qualification, QualificationGroup, RoleDraft};
use domain::skill::{RoleSkill, Skill, SkillKind, SkillTerm};
use persistence::{SlugScope, sort_key};

use super::Store;
use super::slug::wish;
use crate::AppError;

/// The skills that a document names: those of the catalogue, and the ones it adds.
///
/// Two names with the same sort key are one skill, spelled as it was first.
pub(super) struct SkillBook<'a> {
    known: HashMap<String, Option<SkillId>>,
    added: Vec<(SkillId, &'a SkillTerm)>,
    ids: &'a dyn IdSource,
}

impl<'a> SkillBook<'a> {
    /// The duties of a document with their skills by id.
    pub(super) fn duties(&mut self, draft: &'a RoleDraft) -> Vec<Duty<SkillId>> {
        let duties = draft.duties.iter();
        let duties = duties.map(|duty| duty.with_skills(self.all(&duty.skills)));
        duties.collect()
    }

    /// The qualification groups of a document with their skills by id.
    pub(super) fn groups(
        &mut self,
        draft: &'a RoleDraft,
    ) -> Vec<QualificationGroup<Qualification<SkillId>>> {
        let groups = draft.qualification_groups.iter();
        let groups = groups.map(|QualificationGroup { heading, items }| QualificationGroup {
            heading: heading.clone(),
            items: items
                .iter()
                .map(|Qualification { text, skills }| Qualification {
                    text: text.clone(),
                    skills: self.all(skills),
                })
                .collect(),
        });
        groups.collect()
    }

    /// The skills of the role by id, each once, with what the document calls them.
    pub(super) fn of_role(
        &mut self,
        draft: &'a RoleDraft,
    ) -> Vec<RoleSkill<(SkillId, &'a SkillTerm)>> {
        let mut skills = Vec::with_capacity(draft.skills.len());
        let mut seen = HashSet::new();
        for needed in &draft.skills {
            let skill = self.id(&needed.skill);
            if seen.insert(skill) {
                skills.push(needed.with_skill((skill, &needed.skill)));
            }
        }
        skills
    }

    /// The skills of a text by id, each once.
    fn all(&mut self, terms: &'a [SkillTerm]) -> Vec<SkillId> {
        let mut skills = Vec::with_capacity(terms.len());
        for term in terms {
            let skill = self.id(term);
            if !skills.contains(&skill) {
                skills.push(skill);
            }
        }
        skills
    }

    fn id(&mut self, term: &'a SkillTerm) -> SkillId {
        let known = self.known.entry(sort_key(&term.name)).or_default();
        *known.get_or_insert_with(|| {
            let id = SkillId::fresh(self.ids);
            self.added.push((id, term));
            id
        })
    }
}

impl<'a> Store<'a> {
    /// Looks up all skills that documents name.
    pub(super) async fn look_up_skills(&mut self, drafts: &[&RoleDraft]) -> Result<(), AppError> {
        let terms = drafts.iter().flat_map(|draft| terms(draft));
        let names: HashSet<&str> = terms.map(|term| term.name.as_str()).collect();
        let keys = names.into_iter().map(sort_key);
        let keys: BTreeSet<String> = keys.filter(|key| !self.skills.contains_key(key)).collect();
        if keys.is_empty() {
            return Ok(());
        }
        let keys: Vec<String> = keys.into_iter().collect();
        let found = self.transaction.find_skills_by_key(&keys).await?;
        let found = found.into_iter().map(|(key, skill)| (key, Some(skill)));
        self.skills.extend(keys.into_iter().map(|key| (key, None)));
        self.skills.extend(found);
        Ok(())
    }

    /// Calls the skills of an edited draft what they are called now: whoever finds them in texts
    /// knows the names of the dictionary.
    pub(super) async fn settle_skills(
        &mut self,
        before: &RoleDraft,
        after: &mut IdentifiedDraft,
    ) -> Result<(), AppError> {
        let known =
            terms(before).map(|term| (sort_key(&term.name), (term.name.clone(), term.kind)));
        let mut names: HashMap<String, (String, SkillKind)> = known.collect();
        let keys = terms(after.draft()).map(|term| sort_key(&term.name));
        let keys: BTreeSet<String> = keys.filter(|key| !names.contains_key(key)).collect();
        if !keys.is_empty() {
            let keys: Vec<String> = keys.into_iter().collect();
            names.extend(self.transaction.find_skill_names(&keys).await?);
        }
        after.with_skills(|draft| call(draft, &names));
        Ok(())
    }

    /// What is known of the skills that a document names.
    pub(super) fn skill_book<'b>(&mut self) -> SkillBook<'b>
    where
        'a: 'b,
    {
        SkillBook {
            known: std::mem::take(&mut self.skills),
            added: Vec::new(),
            ids: self.ids,
        }
    }

    /// Stores the skills that a document added.
    pub(super) async fn new_skills(&mut self, book: SkillBook<'_>) -> Result<(), AppError> {
        self.skills = book.known;
        if book.added.is_empty() {
            return Ok(());
        }
        let wishes = book
            .added
            .iter()
            .map(|(_, term)| wish("skills", &term.name));
        let wishes: Vec<Slug> = wishes.collect::<Result<_, _>>()?;
        let slugs = self.free_slugs(SlugScope::Skills, &wishes).await?;
        let mut skills = Vec::with_capacity(slugs.len());
        for ((id, term), slug) in book.added.into_iter().zip(slugs) {
            let SkillTerm {
                name,
                kind,
                aliases,
            } = term.clone();
            let skill = Skill {
                id,
                slug,
                name,
                kind,
            };
            skills.push((skill, aliases));
        }
        self.transaction.insert_skills(&skills).await?;
        for (skill, _) in &skills {
            self.created(ChangeEntity::Skill, skill.id);
        }
        Ok(())
    }
}

/// Every skill that a document names, as often as it does.
fn terms(draft: &RoleDraft) -> impl Iterator<Item = &SkillTerm> {
    let duties = draft.duties.iter().flat_map(|duty| &duty.skills);
    let groups = draft.qualification_groups.iter();
    let items = groups.flat_map(|group| &group.items);
    let stated = draft.skills.iter().map(|skill| &skill.skill);
    let items = items.flat_map(|item| &item.skills);
    duties.chain(items).chain(stated)
}

/// Gives the skills of a draft the names that are known by sort keys; each list has a skill once.
fn call(draft: &mut RoleDraft, names: &HashMap<String, (String, SkillKind)>) {
    let settle = |term: &mut SkillTerm| {
        if let Some((name, kind)) = names.get(&sort_key(&term.name)) {
            term.name.clone_from(name);
            term.kind = *kind;
        }
    };
    let settle_all = |terms: &mut Vec<SkillTerm>| {
        terms.iter_mut().for_each(settle);
        let mut seen = HashSet::new();
        terms.retain(|term| seen.insert(sort_key(&term.name)));
    };
    for duty in &mut draft.duties {
        settle_all(&mut duty.skills);
    }
    let groups = draft.qualification_groups.iter_mut();
    for item in groups.flat_map(|group| &mut group.items) {
        settle_all(&mut item.skills);
    }
    draft
        .skills
        .iter_mut()
        .for_each(|edge| settle(&mut edge.skill));
    let mut seen = HashSet::new();
    draft
        .skills
        .retain(|edge| seen.insert(sort_key(&edge.skill.name)));
}
