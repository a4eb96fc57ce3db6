//! Reads of what has these ids, in no particular order; ids that are not there are left out.

use domain::id::{CategoryId, ConceptId, FaqId, Id, RoleId, SchemeId, SkillId};
use domain::read::{
    CategoryParts, CategoryTree, ConceptParts, ConceptTree, FaqParts, FaqTree, RoleParts, RoleTree,
    SchemeParts, SchemeTree, SkillParts, SkillTree,
};

use super::record::{Answer, Record};
use super::{Reads, Result, Visibility};
use super::{category, category_tree, concept, concept_tree, faq, faq_tree, role, role_tree};
use super::{scheme, scheme_tree, skill, skill_tree};
use crate::sql::Sql;

/// Declares a read for everybody and the same for editors.
macro_rules! of_ids {
    ($(
        $(#[doc = $doc:literal])+ $public:ident,
        $(#[doc = $all_doc:literal])+ $all:ident,
        $module:ident, $tree_of:ident, $id:ty, $parts:ty, $tree:ty;
    )+) => {
        impl Reads {
            $(
                $(#[doc = $doc])+
                pub async fn $public(&self, ids: &[$id], parts: &$parts) -> Result<Vec<$tree>> {
                    let visibility = Visibility::Published;
                    let answer = self.of_ids(ids, |sql, ids| {
                        $module::select_of_ids(sql, ids, parts, visibility);
                    });
                    trees(&answer.await?, |record| $tree_of(record, parts))
                }

                $(#[doc = $all_doc])+
                pub async fn $all(&self, ids: &[$id], parts: &$parts) -> Result<Vec<$tree>> {
                    let visibility = Visibility::All;
                    let answer = self.of_ids(ids, |sql, ids| {
                        $module::select_of_ids(sql, ids, parts, visibility);
                    });
                    trees(&answer.await?, |record| $tree_of(record, parts))
                }
            )+
        }
    };
}

of_ids! {
    /// Published roles by id.
    published_roles_of_ids,
    /// Roles in any state by id, for editors.
    roles_of_ids,
    role, role_tree, RoleId, RoleParts, RoleTree;

    /// Categories by id, with published roles.
    categories_of_ids,
    /// Categories by id, with roles in any state, for editors.
    categories_of_ids_with_drafts,
    category, category_tree, CategoryId, CategoryParts, CategoryTree;

    /// Skills by id, with published roles.
    skills_of_ids,
    /// Skills by id, with roles in any state, for editors.
    skills_of_ids_with_drafts,
    skill, skill_tree, SkillId, SkillParts, SkillTree;

    /// Concepts by id, with published roles.
    concepts_of_ids,
    /// Concepts by id, with roles in any state, for editors.
    concepts_of_ids_with_drafts,
    concept, concept_tree, ConceptId, ConceptParts, ConceptTree;

    /// Schemes by id, with published roles.
    schemes_of_ids,
    /// Schemes by id, with roles in any state, for editors.
    schemes_of_ids_with_drafts,
    scheme, scheme_tree, SchemeId, SchemeParts, SchemeTree;

    /// Questions of published roles by id.
    published_faqs_of_ids,
    /// Questions of roles in any state by id, for editors.
    faqs_of_ids,
    faq, faq_tree, FaqId, FaqParts, FaqTree;
}

impl Reads {
    pub(super) async fn of_ids<I: Id>(
        &self,
        ids: &[I],
        write: impl FnOnce(&mut Sql, &[String]),
    ) -> Result<Answer> {
        if ids.is_empty() {
            return Ok(Answer::default());
        }
        let ids: Vec<String> = ids.iter().map(|id| id.uuid().to_string()).collect();
        self.answer(|sql| write(sql, &ids)).await
    }
}

fn trees<'a, T>(answer: &'a Answer, decode: impl FnMut(Record<'a>) -> Result<T>) -> Result<Vec<T>> {
    answer.records().map(decode).collect()
}
