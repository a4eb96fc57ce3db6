//! When a child of a role is still the same child: the one whose id somebody says, else the one
//! with an equal natural key, counted by occurrence.

use std::collections::{HashMap, HashSet, VecDeque};

use domain::id::{Id, IdSource};
use uuid::Uuid;

use crate::stored::child::{DutyRow, FactRow, FaqTexts, GroupRow, ItemRow, SalaryRow, SectionRow};

/// A child whose id survives edits of the role.
pub(super) trait Child {
    /// What the child says that makes it this child.
    fn natural_key(&self) -> NaturalKey;

    fn uuid(&self) -> Uuid;

    fn set_uuid(&mut self, uuid: Uuid);
}

/// The kind of a child and what it says.
type NaturalKey = (&'static str, Vec<String>);

/// The ids that children had, by natural key, and the source of new ones.
pub(super) struct ChildIds<'a> {
    known: HashMap<NaturalKey, VecDeque<Uuid>>,
    /// Ids of children that somebody names.
    taken: HashSet<Uuid>,
    fresh: &'a dyn IdSource,
}

impl<'a> ChildIds<'a> {
    /// Gives out new ids only, beside those that are `taken`.
    pub(super) fn fresh(ids: &'a dyn IdSource, taken: HashSet<Uuid>) -> Self {
        Self {
            known: HashMap::new(),
            taken,
            fresh: ids,
        }
    }

    /// Notes the ids of stored children, which come in their order.
    pub(super) fn remember<C: Child>(&mut self, children: &[C]) {
        let free = children
            .iter()
            .filter(|child| !self.taken.contains(&child.uuid()));
        for child in free {
            let ids = self.known.entry(child.natural_key()).or_default();
            ids.push_back(child.uuid());
        }
    }

    /// The child with the id that it is given, else with the first unused one of its natural key,
    /// or with a new one.
    pub(super) fn assign<C: Child>(&mut self, mut child: C, given: Option<impl Id>) -> C {
        if let Some(id) = given {
            child.set_uuid(id.uuid());
            return child;
        }
        let stored = if self.known.is_empty() {
            None
        } else {
            let ids = self.known.get_mut(&child.natural_key());
            ids.and_then(VecDeque::pop_front)
        };
        child.set_uuid(stored.unwrap_or_else(|| self.fresh.next_uuid()));
        child
    }
}

macro_rules! child {
    ($row:ident, $child:ident => [$($part:expr),+]) => {
        impl Child for $row<'_> {
            fn natural_key(&self) -> NaturalKey {
                let $child = self;
                (stringify!($row), vec![$($part.to_string()),+])
            }

            fn uuid(&self) -> Uuid {
                self.id.0.uuid()
            }

            fn set_uuid(&mut self, uuid: Uuid) {
                self.id.0 = Id::from_uuid(uuid);
            }
        }
    };
}

child!(FactRow, fact => [fact.key.0, fact.label]);
child!(DutyRow, duty => [duty.external_id.as_ref().map_or(&duty.text, |id| &id.0)]);
child!(SectionRow, section => [section.kind.0, section.heading]);
child!(GroupRow, group => [group.heading.as_ref().map_or("", |heading| &heading.0)]);
child!(ItemRow, item => [item.text]);
child!(FaqTexts, faq => [faq.question]);
child!(SalaryRow, salary => [
    salary.level.0,
    salary.statistic.0,
    salary.amount_minor,
    salary.currency.0.code(),
    salary.period.as_ref().map_or("", |period| period.0.as_str()),
    salary.quality.0,
    salary.origin.0,
    salary.source_text.as_ref().map_or("", |text| &text.0)
]);

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::DutyId;
    use domain::role::{Duty, DutyKind};

    struct Zeros;

    impl IdSource for Zeros {
        fn next_uuid(&self) -> Uuid {
            Uuid::nil()
        }
    }

    fn duty(text: &str) -> Duty<()> {
        Duty::new(text, DutyKind::Core)
    }

    fn row(id: u128, duty: &Duty<()>) -> DutyRow<'_> {
        DutyRow::new(DutyId::from_uuid(Uuid::from_u128(id)), duty, Vec::new())
    }

    #[test]
    fn equal_children_keep_their_ids_by_occurrence() {
        let (plan, build) = (duty("Plan"), duty("Build"));
        let mut ids = ChildIds::fresh(&Zeros, HashSet::new());
        ids.remember(&[row(1, &plan), row(2, &build), row(3, &plan)]);
        let texts = [&build, &plan, &plan, &plan];
        let given = texts.map(|text| ids.assign(row(9, text), None::<DutyId>));
        assert_eq!(given.map(|row| row.uuid().as_u128()), [2, 1, 3, 0]);
    }

    #[test]
    fn an_id_that_somebody_names_goes_to_nobody_else() {
        let (plan, build) = (duty("Plan"), duty("Build"));
        let one = Uuid::from_u128(1);
        let mut ids = ChildIds::fresh(&Zeros, HashSet::from([one]));
        ids.remember(&[row(1, &plan), row(2, &build), row(3, &plan)]);
        let named = [None, Some(DutyId::from_uuid(one)), None];
        let texts = [&plan, &build, &build].into_iter().zip(named);
        let given = texts.map(|(text, id)| ids.assign(row(9, text), id).uuid().as_u128());
        assert_eq!(given.collect::<Vec<_>>(), [3, 1, 2]);
    }
}
