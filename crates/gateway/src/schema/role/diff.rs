//! What differs between two states of a role.

use async_graphql::{Enum, Object};
use domain::read::{Comparison, DiffRequest};
use domain::role::diff::{Difference, Statement};
use gateway_macros::{Written, written};

use super::revision::revision;
use crate::cost;

/// The comparison that the arguments ask for.
pub(crate) fn request(from: i32, to: Option<i32>) -> DiffRequest {
    DiffRequest {
        from: revision(from),
        to: to.map(revision),
    }
}

/// What differs between two states of a role.
pub(super) struct RoleDiff<'t>(pub(super) &'t Comparison);

/// What differs between two states of a role.
#[written]
#[Object(directive = cost::cost::apply(0))]
impl RoleDiff<'_> {
    /// The revision that was compared from.
    fn from(&self) -> u32 {
        self.0.from
    }

    /// The revision that was compared to.
    fn to(&self) -> u32 {
        self.0.to
    }

    /// One entry for each field and list item that differs: fields first, then list by list; of
    /// each list first what is gone, in its former order, then everything else in its new order.
    /// Empty when both states say the same.
    #[graphql(directive = cost::BoundedList::apply())]
    fn differences(&self) -> Vec<RoleDifference<'_>> {
        let differences = self.0.diff.differences.iter();
        differences.map(RoleDifference).collect()
    }
}

/// A field or list item that differs.
struct RoleDifference<'t>(&'t Difference);

/// A field or list item of a role that differs. Its texts say all that there is to say of it, with
/// what is no text of its own in square brackets.
#[written]
#[Object(directive = cost::cost::apply(0))]
impl RoleDifference<'_> {
    /// Which part of the role it belongs to.
    fn part(&self) -> RolePart {
        self.0.part.into()
    }

    /// How it differs.
    fn kind(&self) -> DifferenceKind {
        self.0.kind().into()
    }

    /// The heading of the group that a qualification stands in; null for everything else, and for
    /// groups without a heading.
    fn group(&self) -> Option<&str> {
        self.0.group.as_deref()
    }

    /// What it said before; null when it was not there.
    fn before(&self) -> Option<&str> {
        text(self.0.before.as_ref())
    }

    /// What it says afterwards; null when it is not there any more.
    fn after(&self) -> Option<&str> {
        text(self.0.after.as_ref())
    }

    /// The place in its list before, from 0; null when it was not there or is no item of a list.
    fn position_before(&self) -> Option<u32> {
        self.0.before.as_ref()?.position
    }

    /// The place in its list afterwards, from 0; null when it is not there any more or is no item
    /// of a list.
    fn position_after(&self) -> Option<u32> {
        self.0.after.as_ref()?.position
    }
}

fn text(statement: Option<&Statement>) -> Option<&str> {
    statement.map(|statement| statement.text.as_str())
}

/// How something differs.
#[derive(Clone, Copy, PartialEq, Eq, Enum, Written)]
#[graphql(remote = "domain::role::diff::DifferenceKind")]
enum DifferenceKind {
    /// It was not there before.
    Added,
    /// It is not there any more.
    Removed,
    /// It says something else.
    Changed,
    /// It says the same and stands elsewhere in its list.
    Moved,
}

/// A part of a role that may differ.
#[derive(Clone, Copy, PartialEq, Eq, Enum, Written)]
#[graphql(remote = "domain::role::diff::RolePart")]
enum RolePart {
    /// The slug by which the role is called.
    Slug,
    /// The preferred title.
    Title,
    /// What the role is.
    Summary,
    /// Who may see the role.
    State,
    /// The key that the translations of the role share.
    TranslationGroup,
    /// Where the texts come from, and what must be said about it.
    Source,
    /// When an editor last checked the texts.
    LastReviewedOn,
    /// The sample cover letter.
    CoverLetter,
    /// The categories, as the names from the top of the tree down.
    Categories,
    /// The role at a glance.
    Facts,
    /// What people in the role do.
    Duties,
    /// The prose of the page.
    Sections,
    /// The headings of the groups of qualifications.
    QualificationGroups,
    /// What the role asks for.
    Qualifications,
    /// Questions and answers.
    Faqs,
    /// What people in the role earn.
    Salaries,
    /// How people in the role spread over answers to questions.
    Distributions,
    /// Other names of the role.
    AlternateTitles,
    /// The skills that the role needs.
    Skills,
    /// Related roles, by slug.
    RelatedRoles,
    /// Codes in outside schemes.
    Codes,
    /// The headings of the document, in their order and wording.
    Headings,
    /// What the page has around its contents.
    Page,
}
