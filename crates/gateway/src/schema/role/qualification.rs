//! Qualifications.

use std::borrow::Cow;

use async_graphql::{ID, Object};
use domain::read::tree::{GroupNode, QualificationNode};
use gateway_macros::written;

use crate::cost;
use crate::schema::scalar::int;
use crate::schema::skill::Skill;

/// Qualifications under one heading.
pub(super) struct QualificationGroup<'t> {
    position: usize,
    group: &'t GroupNode,
}

impl<'t> QualificationGroup<'t> {
    /// The group at its place among all groups of its role.
    pub(super) fn new((position, group): (usize, &'t GroupNode)) -> Self {
        Self { position, group }
    }
}

/// Qualifications under one heading.
#[written]
#[Object]
impl QualificationGroup<'_> {
    /// The id of the group.
    fn id(&self) -> ID {
        self.group.id.to_string().into()
    }

    /// The place among the groups of the role, from 0.
    fn position(&self) -> i32 {
        int(self.position)
    }

    /// The heading; null for items that stand before any heading.
    fn heading(&self) -> Option<&str> {
        self.group.heading.as_deref()
    }

    /// The qualifications in editorial order.
    #[graphql(directive = cost::BoundedList::apply())]
    fn items(&self) -> Vec<Qualification<'_>> {
        let items = self.group.items.iter().enumerate();
        items.map(Qualification::new).collect()
    }
}

/// One thing that a role asks for.
pub(super) struct Qualification<'t> {
    position: usize,
    item: &'t QualificationNode,
}

impl<'t> Qualification<'t> {
    /// The qualification at its place among all items of its group.
    pub(super) fn new((position, item): (usize, &'t QualificationNode)) -> Self {
        Self { position, item }
    }
}

/// One thing that a role asks for.
#[written]
#[Object]
impl Qualification<'_> {
    /// The id of the qualification.
    fn id(&self) -> ID {
        self.item.id.to_string().into()
    }

    /// The place among the items of the group, from 0.
    fn position(&self) -> i32 {
        int(self.position)
    }

    /// The whole qualification.
    fn text(&self) -> &str {
        &self.item.text
    }

    /// The part before the colon of a text of the form `Term: detail`; null for other texts.
    fn term(&self) -> Option<&str> {
        self.item.term_and_detail().map(|(term, _)| term)
    }

    /// The part behind the colon of a text of the form `Term: detail`; null for other texts.
    fn detail(&self) -> Option<&str> {
        self.item.term_and_detail().map(|(_, detail)| detail)
    }

    /// The skills that the text names, in order of appearance.
    #[graphql(directive = cost::BoundedList::apply())]
    fn skills(&self) -> Vec<Skill<'_>> {
        let trees = self.item.skills.iter();
        trees.map(|tree| Skill(Cow::Borrowed(tree))).collect()
    }
}
