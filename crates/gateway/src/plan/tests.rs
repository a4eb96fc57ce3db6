//! Plans of selections.

use async_graphql::Variables;
use domain::read::parts::ListParts;
use domain::read::{
    CategoryBy, CategoryParts, Connection, DiffRequest, Direction, FaqParts, PageRequest,
    RevisionParts, RoleFilter, RoleOrder, RoleOrderField, RoleParts, RoleSkillFilter,
    RoleSkillsRequest, RolesRequest, SkillParts,
};
use domain::skill::Requirement;
use serde_json::{Value, json};

use super::{Field, category, page, role, skill};
use crate::gate;
use crate::schema::Shape;
use crate::schema::role::Role;

/// What a root field plans.
#[derive(Clone, Debug, PartialEq)]
enum Planned {
    Role(RoleParts),
    Category(CategoryParts),
    Skill(SkillParts),
    Roles(Connection<(), RoleParts>),
}

/// Everything that the root fields of `query` plan.
fn planned(query: &str, variables: Value) -> Vec<Planned> {
    let shape = Shape::of_sdl(&crate::sdl());
    let variables = Variables::from_json(variables);
    let operation = gate::unjudged(query, &shape).unwrap();
    let selection = operation.selection(&variables, &shape);
    let mut planned = Vec::new();
    for selected in selection.fields() {
        let field = Field::new(selected, &variables);
        match field.name() {
            "role" => planned.push(Planned::Role(role(field))),
            "category" => planned.push(Planned::Category(category(field))),
            "skill" => planned.push(Planned::Skill(skill(field))),
            "roles" => planned.push(Planned::Roles(page::<Role<'_>, _, _>(field, (), role))),
            "node" => planned.extend([
                Planned::Role(role(field)),
                Planned::Category(category(field)),
                Planned::Skill(skill(field)),
            ]),
            other => panic!("{other} is not planned here"),
        }
    }
    planned
}

fn role_parts(query: &str, variables: Value) -> RoleParts {
    match planned(query, variables).as_slice() {
        [Planned::Role(parts)] => parts.clone(),
        other => panic!("expected one role, got {other:?}"),
    }
}

fn titles(first: u32, total: bool) -> Connection<PageRequest, ()> {
    Connection {
        request: PageRequest::first(first),
        total,
        node: (),
    }
}

#[test]
fn scalars_need_no_parts() {
    let parts = role_parts("{ role { __typename id title lastReviewedOn } }", json!({}));
    assert_eq!(parts, RoleParts::default());
}

#[test]
fn children_are_planned_with_what_is_selected_of_them() {
    let query = "{ role {
        atAGlance { typicalEducation } overview { body } source { name } codes { code }
        duties(first: 3) { text skills { aliases } }
        qualificationGroups { items { text skills { name } } }
        faqs { question role { coverLetter { text } salaries { level } } }
        category { path parent { name } }
        translations { title }
    } }";
    let answered = RoleParts {
        cover_letter: true,
        salaries: true,
        ..RoleParts::default()
    };
    let expected = RoleParts {
        facts: true,
        sections: true,
        source: true,
        codes: true,
        duties: Some(ListParts {
            first: Some(3),
            item: Some(Box::new(SkillParts {
                aliases: true,
                ..SkillParts::default()
            })),
        }),
        qualification_groups: Some(ListParts {
            first: None,
            item: Some(Box::default()),
        }),
        faqs: Some(ListParts {
            first: None,
            item: FaqParts {
                role: Some(Box::new(answered)),
            },
        }),
        category: Some(Box::new(CategoryParts {
            path: true,
            parent: Some(Box::default()),
            ..CategoryParts::default()
        })),
        translations: Some(Box::default()),
        ..RoleParts::default()
    };
    assert_eq!(role_parts(query, json!({})), expected);
}

#[test]
fn the_past_is_planned_with_what_is_selected_of_it() {
    let query = "query ($first: Int) { role(asOf: {revision: 1}) {
        revisions(first: $first) { nodes { at actor role { coverLetter { text } } } }
        more: revisions(first: 7) { totalCount { value } edges { node { role { codes { code } } } } }
        diff(from: 3) { to } same: diff(from: 3) { from } other: diff(from: -1, to: 2) { to }
        odd: revisions(first: -1) { nodes { role { title } } }
    } }";
    let was = RoleParts {
        cover_letter: true,
        codes: true,
        ..RoleParts::default()
    };
    let expected = RoleParts {
        revisions: vec![Connection {
            request: PageRequest::first(7),
            total: true,
            node: RevisionParts {
                role: Some(Box::new(was)),
            },
        }],
        comparisons: vec![
            DiffRequest { from: 3, to: None },
            DiffRequest {
                from: 0,
                to: Some(2),
            },
        ],
        ..RoleParts::default()
    };
    assert_eq!(role_parts(query, json!({"first": 7})), expected);
}

#[test]
fn aliases_and_fragments_are_merged() {
    let query = "{ role {
        a: duties(first: 2) { text } b: duties(first: 5) { skills { name } }
        x: alternateTitles(first: 4) { nodes { text } }
        ...Titles ...on Role { y: alternateTitles(first: 9) { totalCount { value } } }
    } } fragment Titles on Role { z: alternateTitles(first: 4) { totalCount { value } } }";
    let expected = RoleParts {
        duties: Some(ListParts {
            first: Some(5),
            item: Some(Box::default()),
        }),
        alternate_titles: vec![titles(4, true), titles(9, true)],
        ..RoleParts::default()
    };
    assert_eq!(role_parts(query, json!({})), expected);
}

#[test]
fn skipped_fields_are_not_planned() {
    let query = "query ($no: Boolean!, $yes: Boolean!) { role {
        codes @include(if: $no) { code }
        ...on Role @skip(if: $yes) { salaries { level } }
        ...Prose @include(if: $no)
        coverLetter @include(if: $yes) { text }
    } } fragment Prose on Role { sections { body } }";
    let expected = RoleParts {
        cover_letter: true,
        ..RoleParts::default()
    };
    let variables = json!({"no": false, "yes": true});
    assert_eq!(role_parts(query, variables), expected);
}

#[test]
fn documents_ask_for_everything_they_hold() {
    let parts = role_parts("{ role { jsonLd duties(first: 2) { text } } }", json!({}));
    assert_eq!(parts, RoleParts::document());
}

#[test]
fn arguments_of_nested_connections_are_read_with_variables() {
    let query = "query ($size: Int!, $kinds: [Requirement!]) { role {
        skills(filter: {requirements: $kinds}, last: $size) { edges { node { skill { aliases } } } }
        relatedRoles(first: 2) { nodes { role { codes { code } } } }
    } }";
    let skills = RoleSkillsRequest {
        filter: RoleSkillFilter {
            requirements: vec![Requirement::Essential],
            kinds: Vec::new(),
        },
        page: PageRequest {
            direction: Direction::Backward,
            limit: 7,
            cursor: None,
        },
    };
    let expected = RoleParts {
        skills: vec![Connection {
            request: skills,
            total: false,
            node: SkillParts {
                aliases: true,
                ..SkillParts::default()
            },
        }],
        related_roles: vec![Connection {
            request: PageRequest::first(2),
            total: false,
            node: RoleParts {
                codes: true,
                ..RoleParts::default()
            },
        }],
        ..RoleParts::default()
    };
    let variables = json!({"size": 7, "kinds": ["ESSENTIAL"]});
    assert_eq!(role_parts(query, variables), expected);
}

#[test]
fn unusable_arguments_leave_the_siblings_planned() {
    let query = "{ role {
        duties(first: -1) { text } skills(first: 101) { nodes { requirement } }
        alternateTitles(first: 1, last: 1) { nodes { text } } relatedRoles(after: \"?\") { nodes { kind } }
        salaries { level }
    } }";
    let expected = RoleParts {
        salaries: true,
        ..RoleParts::default()
    };
    assert_eq!(role_parts(query, json!({})), expected);
}

#[test]
fn lists_of_roles_carry_filter_and_order() {
    let query = "{ category { roles(
        filter: {category: {slug: \"data\"}, titleContains: \"en\"},
        orderBy: {field: UPDATED_AT, direction: DESC}, first: 3
    ) { nodes { codes { code } } } children { totalCount { value } nodes { path } } } }";
    let roles = RolesRequest {
        filter: RoleFilter {
            category: Some(CategoryBy::Slug(domain::Slug::parse("data").unwrap())),
            title_contains: Some("en".to_owned()),
            ..RoleFilter::default()
        },
        order: RoleOrder {
            field: RoleOrderField::UpdatedAt,
            descending: true,
        },
        page: PageRequest::first(3),
    };
    let expected = CategoryParts {
        roles: vec![Connection {
            request: roles,
            total: false,
            node: RoleParts {
                codes: true,
                ..RoleParts::default()
            },
        }],
        children: vec![Connection {
            request: PageRequest::default(),
            total: true,
            node: CategoryParts {
                path: true,
                ..CategoryParts::default()
            },
        }],
        ..CategoryParts::default()
    };
    let found = planned(query, json!({}));
    assert_eq!(found, [Planned::Category(expected)]);
}

#[test]
fn pages_join_nodes_and_edges_and_count_only_when_asked() {
    let page = |total| {
        Planned::Roles(Connection {
            request: (),
            total,
            node: RoleParts {
                codes: true,
                salaries: true,
                ..RoleParts::default()
            },
        })
    };
    let uncounted = "{ roles { nodes { codes { code } } edges { node { salaries { level } } } } }";
    assert_eq!(planned(uncounted, json!({})), [page(false)]);
    let counted = uncounted.replace("nodes", "totalCount { precision } nodes");
    assert_eq!(planned(&counted, json!({})), [page(true)]);
}

#[test]
fn fragments_of_other_types_are_not_planned() {
    let query =
        "{ node { id ...on Role { codes { code } } ...on Category { path } ...on Node { id }
        ...Needed } } fragment Needed on Skill { aliases roles(first: 1) { nodes { id } } }";
    let role = RoleParts {
        codes: true,
        ..RoleParts::default()
    };
    let category = CategoryParts {
        path: true,
        ..CategoryParts::default()
    };
    let roles = RolesRequest {
        page: PageRequest::first(1),
        ..RolesRequest::default()
    };
    let skill = SkillParts {
        aliases: true,
        roles: vec![Connection {
            request: roles,
            total: false,
            node: RoleParts::default(),
        }],
    };
    let expected = [
        Planned::Role(role),
        Planned::Category(category),
        Planned::Skill(skill),
    ];
    assert_eq!(planned(query, json!({})), expected);
}
