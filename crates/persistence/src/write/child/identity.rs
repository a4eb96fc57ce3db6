//! When a child of a role is still the same child: equal natural keys, counted by occurrence.

use std::collections::{HashMap, VecDeque};

use domain::id::IdSource;

use crate::entity::{duty, faq, qualification, qualification_group, role_fact, salary, section};

/// A row whose id survives edits of the role.
pub(super) trait Child {
    const TABLE: &'static str;

    /// What the child says that makes it this child.
    fn natural_key(&self) -> Vec<String>;

    fn id(&mut self) -> &mut String;
}

/// The ids that children had, by table and natural key, and the source of new ones.
pub(super) struct ChildIds<'a> {
    known: HashMap<(&'static str, Vec<String>), VecDeque<String>>,
    fresh: &'a dyn IdSource,
}

impl<'a> ChildIds<'a> {
    /// Gives out new ids only.
    pub(super) fn fresh(ids: &'a dyn IdSource) -> Self {
        Self {
            known: HashMap::new(),
            fresh: ids,
        }
    }

    /// Notes the ids of stored rows, which come in their order.
    pub(super) fn remember<C: Child>(&mut self, rows: Vec<C>) {
        for mut row in rows {
            let key = (C::TABLE, row.natural_key());
            let id = std::mem::take(row.id());
            self.known.entry(key).or_default().push_back(id);
        }
    }

    /// The row with the first unused id of its natural key, or with a new one.
    pub(super) fn assign<C: Child>(&mut self, mut row: C) -> C {
        let stored = self.known.get_mut(&(C::TABLE, row.natural_key()));
        let stored = stored.and_then(VecDeque::pop_front);
        *row.id() = stored.unwrap_or_else(|| self.fresh.next_uuid().to_string());
        row
    }
}

macro_rules! child {
    ($table:ident, $row:ident => [$($part:expr),+]) => {
        impl Child for $table::Model {
            const TABLE: &'static str = stringify!($table);

            fn natural_key(&self) -> Vec<String> {
                let $row = self;
                vec![$($part),+]
            }

            fn id(&mut self) -> &mut String {
                &mut self.id
            }
        }
    };
}

child!(role_fact, fact => [fact.key.clone(), fact.label.clone()]);
child!(duty, duty => [duty.text.clone()]);
child!(section, section => [section.kind.clone(), section.heading.clone()]);
child!(qualification_group, group => [group.heading.clone().unwrap_or_default()]);
child!(qualification, item => [item.text.clone()]);
child!(faq, faq => [faq.question.clone()]);
child!(salary, salary => [
    salary.level.clone(),
    salary.statistic.clone(),
    salary.amount_minor.to_string(),
    salary.currency.clone(),
    salary.period.clone().unwrap_or_default(),
    salary.quality.clone(),
    salary.origin.clone(),
    salary.source_text.clone().unwrap_or_default()
]);

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    struct Zeros;

    impl IdSource for Zeros {
        fn next_uuid(&self) -> Uuid {
            Uuid::nil()
        }
    }

    fn duty(id: &str, text: &str) -> duty::Model {
        duty::Model {
            id: id.to_owned(),
            role_id: String::new(),
            position: 0,
            text: text.to_owned(),
            kind: String::new(),
        }
    }

    #[test]
    fn equal_children_keep_their_ids_by_occurrence() {
        let mut ids = ChildIds::fresh(&Zeros);
        ids.remember(vec![
            duty("1", "Plan"),
            duty("2", "Build"),
            duty("3", "Plan"),
        ]);
        let given: Vec<String> = ["Build", "Plan", "Plan", "Plan"]
            .into_iter()
            .map(|text| ids.assign(duty("", text)).id)
            .collect();
        assert_eq!(given, ["2", "1", "3", &Uuid::nil().to_string()]);
    }
}
