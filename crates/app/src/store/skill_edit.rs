//! Skills that are written by hand.

use domain::Slug;
use domain::change::{Aspects, ChangeEntity, ChangeOp};
use domain::id::{Id as _, SkillId};
use domain::limits::ContentLimits;
use domain::skill::{Skill, SkillPatch, SkillTerm};
use persistence::{SlugScope, SpelledSkill, sort_key};

use super::Store;
use super::slug::wish;
use crate::AppError;
use crate::edit::{EditAction, Edited, Refusal, RefusalCode, SkillWrite};

/// The largest number of roles that get another skill at once, while everybody else waits.
const MOST_ROLES: u32 = 1_000;

impl Store<'_> {
    /// Writes a skill; what is refused has written nothing.
    pub(crate) async fn write_skill(
        &mut self,
        write: SkillWrite<'_>,
        limits: &ContentLimits,
    ) -> Result<Edited, AppError> {
        let edited = match write {
            SkillWrite::Create { term, slug } => self.create_skill(term, slug, limits).await?,
            SkillWrite::Update { skill, patch, slug } => {
                self.update_skill(skill, patch, slug, limits).await?
            }
            SkillWrite::Merge { from, into } => self.merge_skills(from, into, limits).await?,
            SkillWrite::Delete { skill } => self.delete_skill(skill).await?,
        };
        // Names may mean other skills now.
        self.skills.clear();
        Ok(edited)
    }

    async fn create_skill(
        &mut self,
        term: &SkillTerm,
        slug: Option<&Slug>,
        limits: &ContentLimits,
    ) -> Result<Edited, AppError> {
        let mut refusals = broken(term, limits);
        refusals.extend(self.refuse_name(None, &term.name).await?);
        if let Some(slug) = slug {
            refusals.extend(self.refuse_slug(None, slug).await?);
        }
        if !refusals.is_empty() {
            return Ok(Edited::refused(refusals));
        }
        let slug = match slug {
            Some(slug) => slug.clone(),
            None => {
                self.free_slug(SlugScope::Skills, &wish("name", &term.name)?)
                    .await?
            }
        };
        let id = SkillId::fresh(self.ids);
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
        self.transaction.insert_skills(&[(skill, aliases)]).await?;
        self.created(ChangeEntity::Skill, id);
        Ok(Edited::written(id, EditAction::Created))
    }

    async fn update_skill(
        &mut self,
        id: SkillId,
        patch: &SkillPatch,
        slug: Option<&Slug>,
        limits: &ContentLimits,
    ) -> Result<Edited, AppError> {
        let Some(known) = self.transaction.find_skill_for_edit(id).await? else {
            return Ok(Edited::refused(vec![missing(id, "id")]));
        };
        let (before, slug) = (known.term(), slug.filter(|slug| **slug != known.skill.slug));
        let after = patch.applied_to(before.clone());
        let mut refusals = broken(&after, limits);
        refusals.extend(self.refuse_name(Some(id), &after.name).await?);
        if let Some(slug) = slug {
            refusals.extend(self.refuse_slug(Some(id), slug).await?);
        }
        if !refusals.is_empty() {
            return Ok(Edited {
                subject: Some(id.into()),
                ..Edited::refused(refusals)
            });
        }
        let called = before.name != after.name || before.aliases != after.aliases;
        let aspects = Aspects::NAME.when(called)
            | Aspects::KIND.when(before.kind != after.kind)
            | Aspects::SLUG.when(slug.is_some());
        if aspects == Aspects::NONE {
            return Ok(Edited::written(id, EditAction::Unchanged));
        }
        if let Some(slug) = slug {
            let transaction = &self.transaction;
            transaction.update_slug(id, &known.skill.slug, slug).await?;
        }
        self.rename_skill(id, &before.name, &after.name).await?;
        self.spell(known, after).await?;
        self.changed(ChangeEntity::Skill, id, ChangeOp::Updated, aspects);
        Ok(Edited::written(id, EditAction::Updated))
    }

    /// Lets a skill be meant by the name that it had.
    async fn rename_skill(
        &mut self,
        id: SkillId,
        former: &str,
        name: &str,
    ) -> Result<(), AppError> {
        if sort_key(former) != sort_key(name) {
            self.transaction.delete_former_name(id, name).await?;
            self.transaction.insert_former_name(id, former).await?;
        }
        Ok(())
    }

    /// Writes what a skill is called and what sort of thing it is, where that differs.
    async fn spell(&mut self, known: SpelledSkill, term: SkillTerm) -> Result<(), AppError> {
        if known.term() == term {
            return Ok(());
        }
        let SkillTerm {
            name,
            kind,
            aliases,
        } = term;
        let skill = Skill {
            name,
            kind,
            ..known.skill
        };
        let spelled = SpelledSkill { skill, aliases };
        Ok(self.transaction.update_skill(&spelled).await?)
    }

    async fn merge_skills(
        &mut self,
        from: SkillId,
        into: SkillId,
        limits: &ContentLimits,
    ) -> Result<Edited, AppError> {
        if from == into {
            let message = "a skill cannot take its own place: name another one";
            let refusal = Refusal::new(RefusalCode::Invalid, &["into"], message);
            return Ok(Edited::refused(vec![refusal]));
        }
        let Some(gone) = self.transaction.find_skill_for_edit(from).await? else {
            return Ok(Edited::refused(vec![missing(from, "from")]));
        };
        let Some(kept) = self.transaction.find_skill_for_edit(into).await? else {
            return Ok(Edited::refused(vec![missing(into, "into")]));
        };
        let roles = self
            .transaction
            .load_roles_with_skill(from, MOST_ROLES + 1)
            .await?;
        if roles.len() > usize::try_from(MOST_ROLES).unwrap_or(usize::MAX) {
            let message =
                format!("more than {MOST_ROLES} roles have the skill: merge the other one");
            return Ok(Edited {
                subject: Some(into.into()),
                ..Edited::refused(vec![Refusal::new(
                    RefusalCode::LimitExceeded,
                    &["from"],
                    message,
                )])
            });
        }
        for role in roles {
            // What names the one means the other from here on.
            self.skills.insert(sort_key(&gone.skill.name), Some(into));
            if let Some(tree) = self.transaction.find_role_for_edit(role).await? {
                self.revise(&tree.to_identified()?, tree.role, None).await?;
            }
        }
        self.transaction.give_former_names(from, into).await?;
        self.transaction.delete_skill(from).await?;
        self.transaction
            .insert_former_slug(into, &gone.skill.slug)
            .await?;
        self.transaction
            .insert_former_name(into, &gone.skill.name)
            .await?;
        let joined = joined(&kept.term(), &gone.term(), limits);
        self.spell(kept, joined).await?;
        let aspects = Aspects::NAME | Aspects::SLUG;
        let tombstone = aspects | Aspects::MEMBERSHIP;
        self.changed(ChangeEntity::Skill, from, ChangeOp::Deleted, tombstone);
        self.changed(ChangeEntity::Skill, into, ChangeOp::Updated, aspects);
        Ok(Edited::written(into, EditAction::Updated))
    }

    async fn delete_skill(&mut self, id: SkillId) -> Result<Edited, AppError> {
        if self.transaction.find_skill_for_edit(id).await?.is_none() {
            return Ok(Edited::refused(vec![missing(id, "id")]));
        }
        let roles = self.transaction.load_roles_with_skill(id, 1).await?;
        if let Some(role) = roles.first() {
            let message = format!(
                "{role} has the skill, and others may have it: take it out of them first, or merge \
                 it into another skill"
            );
            return Ok(Edited {
                subject: Some(id.into()),
                ..Edited::refused(vec![Refusal::new(RefusalCode::InUse, &["id"], message)])
            });
        }
        self.transaction.delete_skill(id).await?;
        let gone = Aspects::MEMBERSHIP | Aspects::SLUG;
        self.changed(ChangeEntity::Skill, id, ChangeOp::Deleted, gone);
        Ok(Edited::written(id, EditAction::Deleted))
    }

    /// Why a skill, or a new one, cannot have a name.
    async fn refuse_name(
        &mut self,
        skill: Option<SkillId>,
        name: &str,
    ) -> Result<Option<Refusal>, AppError> {
        let found = self
            .transaction
            .find_skills_by_key(&[sort_key(name)])
            .await?;
        let other = found.into_values().find(|holder| Some(*holder) != skill);
        Ok(other.map(|holder| {
            let message = format!(
                "{holder} is or was called \"{name}\": change that skill, or merge the two"
            );
            Refusal::new(RefusalCode::Taken, &["input", "name"], message)
        }))
    }

    /// Why a skill, or a new one, cannot have a slug.
    async fn refuse_slug(
        &mut self,
        skill: Option<SkillId>,
        slug: &Slug,
    ) -> Result<Option<Refusal>, AppError> {
        let holder = self.transaction.find_called::<SkillId>(slug).await?;
        let other = holder.filter(|holder| Some(*holder) != skill);
        Ok(other.map(|_| {
            let message =
                format!("another skill has or had the slug \"{slug}\": choose another one");
            Refusal::new(RefusalCode::Taken, &["input", "slug"], message)
        }))
    }
}

/// A skill that is called what two were called before, as far as there is room.
fn joined(kept: &SkillTerm, gone: &SkillTerm, limits: &ContentLimits) -> SkillTerm {
    let mut joined = kept.clone();
    for name in std::iter::once(&gone.name).chain(&gone.aliases) {
        let lower = name.to_lowercase();
        let mut known = std::iter::once(&joined.name).chain(&joined.aliases);
        let is_known = known.any(|known| known.to_lowercase() == lower);
        if !is_known && joined.aliases.len() < limits.aliases {
            joined.aliases.push(name.clone());
        }
    }
    joined
}

fn broken(term: &SkillTerm, limits: &ContentLimits) -> Vec<Refusal> {
    let violations = term.violations(limits);
    violations.iter().map(Refusal::of_violation).collect()
}

fn missing(id: SkillId, argument: &str) -> Refusal {
    let message = format!("there is no skill {id}");
    Refusal::new(RefusalCode::NotFound, &[argument], message)
}
