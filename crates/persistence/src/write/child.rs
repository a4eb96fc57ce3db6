//! The editorial children of roles: JSON in the row of the role, with ids that outlive edits.

use std::collections::{BTreeSet, HashSet};

use domain::id::{DutyId, Id, IdSource, RoleId, SalaryId, SkillId};
use domain::role::part::{GroupIds, PartIds};
use domain::role::{
    Distribution, Duty, Fact, Faq, Qualification, QualificationGroup, RoleTitle, SalaryObservation,
    Section,
};
use serde::Deserialize;
use uuid::Uuid;

use super::Result;
use super::identity::ChildIds;
use super::row::{RowKeys, corrupt, id_text, json};
use crate::entity::role::Model;
use crate::stored::child::{
    DutyRow, FactRow, FaqTexts, GroupRow, ItemRow, SalaryRow, SectionRow, TitleRow,
};
use crate::stored::measure::DistributionRow;

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
    /// How the people in the role spread over answers to questions.
    pub distributions: &'a [Distribution],
    /// Other names.
    pub titles: &'a [RoleTitle],
    /// The ids that the children keep; without them each is known again by what it says.
    pub ids: Option<&'a PartIds>,
}

impl RoleChildren<'_> {
    /// The ids that children are given.
    fn given(&self) -> HashSet<Uuid> {
        self.ids.map(PartIds::all).unwrap_or_default()
    }
}

/// The children of a role as they are stored.
#[derive(Debug, Default)]
pub(super) struct ChildColumns {
    pub(super) named_skills: String,
    pub(super) duties: String,
    pub(super) faqs: String,
    pub(super) qualification_groups: String,
    pub(super) sections: String,
    pub(super) facts: String,
    pub(super) salaries: String,
    pub(super) distributions: String,
    pub(super) titles: String,
    /// The ids of the questions in order.
    pub(super) faq_ids: Vec<Uuid>,
}

impl ChildColumns {
    /// Gives every child an id and writes them down; the order of the lists is that of the ids.
    pub(super) fn new(
        role: RoleId,
        children: &RoleChildren<'_>,
        ids: &mut ChildIds<'_>,
        keys: &RowKeys,
    ) -> Result<Self> {
        let RoleChildren {
            facts,
            duties,
            sections,
            qualification_groups,
            faqs,
            salaries,
            distributions,
            titles,
            ids: given,
        } = children;
        let nobody = PartIds::default();
        let given = given.unwrap_or(&nobody);
        let mut skills = Skills {
            keys,
            named: BTreeSet::new(),
        };
        let facts = named(facts.iter(), &given.facts);
        let facts = facts.map(|(fact, id)| ids.assign(FactRow::new(no_id(), fact), id));
        let facts = json(role, &facts.collect::<Vec<_>>())?;
        let duties = duty_rows(named(duties.iter(), &given.duties), &mut skills, ids)?;
        let sections = named(sections.iter(), &given.sections);
        let sections =
            sections.map(|(section, id)| ids.assign(SectionRow::new(no_id(), section), id));
        let sections = json(role, &sections.collect::<Vec<_>>())?;
        let groups = group_rows(qualification_groups, &given.groups, &mut skills, ids)?;
        let faqs = named(faqs.iter(), &given.faqs);
        let faqs = faqs.map(|(faq, id)| ids.assign(FaqTexts::new(no_id(), faq), id));
        let faqs: Vec<_> = faqs.collect();
        let salaries = salaries.iter();
        let salaries = salaries.map(|salary| {
            let row = SalaryRow::new(no_id(), salary);
            ids.assign(row, None::<SalaryId>)
        });
        let distributions = distributions.iter().map(DistributionRow::from);
        let titles: Vec<_> = titles.iter().map(TitleRow::from).collect();
        Ok(Self {
            named_skills: json(role, &skills.named)?,
            duties: json(role, &duties)?,
            faqs: json(role, &faqs)?,
            qualification_groups: json(role, &groups)?,
            sections,
            facts,
            salaries: json(role, &salaries.collect::<Vec<_>>())?,
            distributions: json(role, &distributions.collect::<Vec<_>>())?,
            titles: json(role, &titles)?,
            faq_ids: faqs.iter().map(|faq| faq.id.0.uuid()).collect(),
        })
    }
}

/// Children with the ids that they are given.
fn named<C: Iterator, I: Copy>(
    children: C,
    ids: &[Option<I>],
) -> impl Iterator<Item = (C::Item, Option<I>)> {
    let ids = ids.iter().copied().chain(std::iter::repeat(None));
    children.zip(ids)
}

/// The id of a child that has none yet.
fn no_id<I: Id>() -> I {
    I::from_uuid(Uuid::nil())
}

/// Turns the ids of skills into the keys of their rows, and collects these.
struct Skills<'k> {
    keys: &'k RowKeys,
    named: BTreeSet<i64>,
}

impl Skills<'_> {
    fn keys(&mut self, skills: &[SkillId]) -> Result<Vec<i64>> {
        let keys = skills.iter().map(|skill| self.keys.of("skill", *skill));
        let keys: Vec<i64> = keys.collect::<Result<_>>()?;
        self.named.extend(&keys);
        Ok(keys)
    }
}

fn duty_rows<'d>(
    duties: impl Iterator<Item = (&'d Duty<SkillId>, Option<DutyId>)>,
    skills: &mut Skills<'_>,
    ids: &mut ChildIds<'_>,
) -> Result<Vec<DutyRow<'d>>> {
    let rows = duties.map(|(duty, id)| {
        let keys = skills.keys(&duty.skills)?;
        Ok(ids.assign(DutyRow::new(no_id(), duty, keys), id))
    });
    rows.collect()
}

fn group_rows<'g>(
    groups: &'g [QualificationGroup<Qualification<SkillId>>],
    given: &[GroupIds],
    skills: &mut Skills<'_>,
    ids: &mut ChildIds<'_>,
) -> Result<Vec<GroupRow<'g>>> {
    let nobody = GroupIds::default();
    let given = given.iter().chain(std::iter::repeat(&nobody));
    let rows = groups.iter().zip(given).map(|(group, given)| {
        let QualificationGroup { heading, items } = group;
        let row = GroupRow::new(no_id(), heading.as_deref(), Vec::new());
        let mut group = ids.assign(row, given.id);
        let items = named(items.iter(), &given.items).map(|(item, id)| {
            let keys = skills.keys(&item.skills)?;
            Ok(ids.assign(ItemRow::new(no_id(), item, keys), id))
        });
        group.items = items.collect::<Result<_>>()?;
        Ok(group)
    });
    rows.collect()
}

/// The ids for the children of a role that is new.
pub(super) fn new_ids<'a>(children: &RoleChildren<'_>, ids: &'a dyn IdSource) -> ChildIds<'a> {
    ChildIds::fresh(ids, children.given())
}

/// The ids for the children of a stored role: those that it has, unless `children` say others.
pub(super) fn stored_ids<'a>(
    role: RoleId,
    stored: &Model,
    children: &RoleChildren<'_>,
    ids: &'a dyn IdSource,
) -> Result<ChildIds<'a>> {
    let mut known = new_ids(children, ids);
    known.remember::<FactRow<'_>>(&rows(role, &stored.facts)?);
    known.remember::<DutyRow<'_>>(&rows(role, &stored.duties)?);
    known.remember::<SectionRow<'_>>(&rows(role, &stored.sections)?);
    let groups: Vec<GroupRow<'_>> = rows(role, &stored.qualification_groups)?;
    known.remember(&groups);
    for group in &groups {
        known.remember(&group.items);
    }
    known.remember::<FaqTexts<'_>>(&rows(role, &stored.faqs)?);
    known.remember::<SalaryRow<'_>>(&rows(role, &stored.salaries)?);
    Ok(known)
}

fn rows<'s, R: Deserialize<'s>>(role: RoleId, stored: &'s str) -> Result<Vec<R>> {
    let rows = serde_json::from_str(stored);
    rows.map_err(|error| corrupt("role", &id_text(role), &error))
}
