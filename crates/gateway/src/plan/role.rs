//! What a selection of a role needs.

use domain::read::parts::ListParts;
use domain::read::{DiffRequest, Merge, RevisionParts, RoleParts, SkillParts};

use super::page::nested;
use super::{Field, category, concept, faq, skill};
use crate::schema::connection::{PageArguments, cut};
use crate::schema::role::{
    RelatedRole, RoleRevision, RoleSkill, RoleSkillsArguments, RoleTitle, diff_request,
};

/// The parts of a role that `field` selects.
pub(crate) fn role(field: Field<'_>) -> RoleParts {
    let mut parts = RoleParts::default();
    for child in field.children("Role") {
        parts.merge(selected(child));
    }
    parts
}

/// The parts of a role that a mutation of one of its parts tells of: `parent` has a field for the
/// part, and one for the role.
pub(crate) fn role_and_part(field: Field<'_>, parent: &str) -> RoleParts {
    let mut parts = RoleParts::default();
    for child in field.children(parent) {
        parts.merge(match child.name() {
            "role" => role(child),
            name => part(name, child),
        });
    }
    parts
}

/// The list that a part stands in, with what is selected of the part.
fn part(name: &str, field: Field<'_>) -> RoleParts {
    fn all<P>(item: P) -> ListParts<P> {
        ListParts { first: None, item }
    }
    let mut parts = RoleParts::default();
    match name {
        "fact" => parts.facts = true,
        "section" => parts.sections = true,
        "duty" => parts.duties = Some(all(skills(field, "Duty"))),
        "faq" => parts.faqs = Some(all(faq(field))),
        "qualificationGroup" => parts.qualification_groups = Some(groups(field)),
        "qualification" => {
            parts.qualification_groups = Some(all(skills(field, "Qualification")));
        }
        _ => {}
    }
    parts
}

/// The parts that one field of a role needs; scalars need none.
fn selected(field: Field<'_>) -> RoleParts {
    let mut parts = RoleParts::default();
    match field.name() {
        "atAGlance" => parts.facts = true,
        "sections" | "overview" | "careerOutlook" => parts.sections = true,
        "coverLetter" => parts.cover_letter = true,
        "salaries" => parts.salaries = true,
        "distributions" => parts.distributions = true,
        "codes" => {
            parts.codes = true;
            parts.code_concepts = concept::of_codes(field);
        }
        "source" | "attribution" => parts.source = true,
        "duties" => parts.duties = list(field, skills(field, "Duty")),
        "qualificationGroups" => parts.qualification_groups = Some(groups(field)),
        "faqs" => parts.faqs = list(field, faq(field)),
        "revisions" => {
            parts.revisions = nested::<RoleRevision<'_>, PageArguments, _>(field, revision);
        }
        "diff" => parts.comparisons = comparison(field).into_iter().collect(),
        "jsonLd" | "markdown" => parts = RoleParts::document(),
        "category" => parts.category = Some(Box::new(category(field))),
        "categories" => parts.categories = Some(Box::new(category(field))),
        "translations" => parts.translations = Some(Box::new(role(field))),
        "skills" => {
            parts.skills = nested::<RoleSkill<'_>, RoleSkillsArguments, _>(field, role_skill);
        }
        "alternateTitles" => {
            parts.alternate_titles = nested::<RoleTitle<'_>, PageArguments, _>(field, |_| ());
        }
        "relatedRoles" => {
            parts.related_roles = nested::<RelatedRole<'_>, PageArguments, _>(field, related_role);
        }
        _ => {}
    }
    parts
}

/// A bounded list with its cut; nothing when the cut cannot be used, because the field will say
/// so itself.
fn list<P>(field: Field<'_>, item: P) -> Option<ListParts<P>> {
    let first = cut(field.argument("first").ok()?).ok()?;
    Some(ListParts { first, item })
}

fn revision(field: Field<'_>) -> RevisionParts {
    let mut parts = RevisionParts::default();
    for child in field.children("RoleRevision") {
        if child.name() == "role" {
            parts.role.merge(Some(Box::new(role(child))));
        }
    }
    parts
}

/// A comparison; nothing when its arguments cannot be read, because the field will say so itself.
fn comparison(field: Field<'_>) -> Option<DiffRequest> {
    let (from, to) = (field.argument("from").ok()?, field.argument("to").ok()?);
    Some(diff_request(from, to))
}

fn groups(field: Field<'_>) -> ListParts<Option<Box<SkillParts>>> {
    let mut item = None;
    for child in field.children("QualificationGroup") {
        if child.name() == "items" {
            item.merge(skills(child, "Qualification"));
        }
    }
    ListParts { first: None, item }
}

/// What the `skills` of a duty or a qualification need.
fn skills(field: Field<'_>, type_name: &str) -> Option<Box<SkillParts>> {
    let mut parts: Option<Box<SkillParts>> = None;
    for child in field.children(type_name) {
        if child.name() == "skills" {
            parts.merge(Some(Box::new(skill(child))));
        }
    }
    parts
}

fn role_skill(field: Field<'_>) -> SkillParts {
    let mut parts = SkillParts::default();
    for child in field.children("RoleSkill") {
        if child.name() == "skill" {
            parts.merge(skill(child));
        }
    }
    parts
}

fn related_role(field: Field<'_>) -> RoleParts {
    let mut parts = RoleParts::default();
    for child in field.children("RelatedRole") {
        if child.name() == "role" {
            parts.merge(role(child));
        }
    }
    parts
}
