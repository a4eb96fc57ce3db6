//! The editorial children of roles: written whole, with ids that outlive edits.

mod identity;
mod rows;

use domain::id::{IdSource, RoleId, SkillId};
use domain::role::{
    Duty, Fact, Faq, Qualification, QualificationGroup, SalaryObservation, Section,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

use self::identity::ChildIds;
use self::rows::ChildRows;
use super::row::id_text;
use super::{Result, Transaction};
use crate::entity::{duty, faq, qualification, qualification_group, role_fact, salary, section};

/// The editorial children of a role; skills are known by id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleChildren<'a> {
    /// The role at a glance.
    pub facts: &'a [Fact],
    /// The duties in order.
    pub duties: Vec<Duty<SkillId>>,
    /// Prose sections in order.
    pub sections: &'a [Section],
    /// Qualification groups in order.
    pub qualification_groups: Vec<QualificationGroup<Qualification<SkillId>>>,
    /// Questions and answers in order.
    pub faqs: &'a [Faq],
    /// What people earn.
    pub salaries: &'a [SalaryObservation],
}

impl Transaction {
    /// Adds the children of a role that has none.
    pub async fn insert_children(
        &self,
        role: RoleId,
        children: &RoleChildren<'_>,
        ids: &dyn IdSource,
    ) -> Result<()> {
        let rows = ChildRows::new(role, children, ChildIds::fresh(ids));
        self.insert_child_rows(rows).await
    }

    /// Puts `children` in the place of those that a role has.
    ///
    /// A child that says the same as one before keeps its id, wherever it stands now.
    pub async fn update_children(
        &self,
        role: RoleId,
        children: &RoleChildren<'_>,
        ids: &dyn IdSource,
    ) -> Result<()> {
        let stored = self.load_child_ids(role, ids).await?;
        self.delete_children(role).await?;
        let rows = ChildRows::new(role, children, stored);
        self.insert_child_rows(rows).await
    }

    async fn insert_child_rows(&self, rows: ChildRows) -> Result<()> {
        let ChildRows {
            facts,
            duties,
            duty_skills,
            sections,
            groups,
            qualifications,
            qualification_skills,
            faqs,
            salaries,
        } = rows;
        self.insert_all(facts).await?;
        self.insert_all(duties).await?;
        self.insert_all(duty_skills).await?;
        self.insert_all(sections).await?;
        self.insert_all(groups).await?;
        self.insert_all(qualifications).await?;
        self.insert_all(qualification_skills).await?;
        self.insert_all(faqs).await?;
        self.insert_all(salaries).await
    }

    async fn load_child_ids<'a>(
        &self,
        role: RoleId,
        ids: &'a dyn IdSource,
    ) -> Result<ChildIds<'a>> {
        let role = id_text(role);
        let mut known = ChildIds::fresh(ids);
        macro_rules! remember {
            ($($table:ident),+) => { $(
                let stored = $table::Entity::find().filter($table::Column::RoleId.eq(role.as_str()));
                let stored = stored.order_by_asc($table::Column::Position);
                known.remember(stored.all(&self.inner).await?);
            )+ };
        }
        remember!(role_fact, duty, section, qualification_group, faq, salary);
        let groups = qualification_group::Entity::find()
            .select_only()
            .column(qualification_group::Column::Id)
            .filter(qualification_group::Column::RoleId.eq(role.as_str()))
            .into_query();
        let items = qualification::Entity::find()
            .filter(qualification::Column::GroupId.in_subquery(groups))
            .order_by_asc(qualification::Column::GroupId)
            .order_by_asc(qualification::Column::Position);
        known.remember(items.all(&self.inner).await?);
        Ok(known)
    }

    /// Deletes the children of a role; what belongs to a child goes with it.
    async fn delete_children(&self, role: RoleId) -> Result<()> {
        let role = id_text(role);
        macro_rules! delete {
            ($($table:ident),+) => { $(
                $table::Entity::delete_many()
                    .filter($table::Column::RoleId.eq(role.as_str()))
                    .exec(&self.inner)
                    .await?;
            )+ };
        }
        delete!(role_fact, duty, section, qualification_group, faq, salary);
        Ok(())
    }
}
