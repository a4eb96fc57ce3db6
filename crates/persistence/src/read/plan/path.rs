//! Every kind of read, with all that can be asked of it.

use domain::change::ChangeEntity;
use domain::id::{CategoryId, Id, RoleId, SkillId};
use domain::read::{
    AsOf, CategoriesRequest, CategoryBy, CategoryFilter, CategoryParts, ChangesRequest, CodeBy,
    Connection, Cursor, DiffRequest, Direction, FaqFilter, FaqParts, FaqsRequest, FeedPlace,
    ListParts, PageRequest, RevisionParts, RoleBy, RoleFilter, RoleOrder, RoleOrderField,
    RoleParts, RoleSkillFilter, RoleSkillsRequest, RolesRequest, SkillBy, SkillFilter, SkillParts,
    SkillsRequest,
};
use domain::skill::{Requirement, SkillKind};
use domain::{Locale, Slug, Timestamp};
use uuid::Uuid;

use super::Sorting::{self, Allowed, Never};
use super::{Path, path};
use crate::audit;
use crate::read::{Visibility, category, change, faq, past, role, search, skill};
use crate::sql::Sql;

fn slug() -> Slug {
    Slug::parse("some").unwrap()
}

fn code() -> CodeBy {
    CodeBy {
        scheme: "onet-soc".to_owned(),
        code: "15-1252.00".to_owned(),
        release: Some("29".to_owned()),
    }
}

pub(super) fn connection<R, P>(request: R, node: P) -> Connection<R, P> {
    Connection {
        request,
        total: true,
        node,
    }
}

/// Everything that the row of a role holds or a list of its own.
fn whole_role() -> RoleParts {
    RoleParts {
        code_concepts: Some(Box::default()),
        category: Some(Box::default()),
        translations: Some(Box::default()),
        skills: vec![connection(
            RoleSkillsRequest {
                filter: RoleSkillFilter {
                    requirements: vec![Requirement::Essential],
                    kinds: vec![SkillKind::Tool],
                },
                ..RoleSkillsRequest::default()
            },
            SkillParts::default(),
        )],
        alternate_titles: vec![connection(PageRequest::default(), ())],
        related_roles: vec![connection(PageRequest::default(), RoleParts::default())],
        faqs: Some(ListParts {
            first: Some(3),
            item: FaqParts {
                role: Some(Box::default()),
            },
        }),
        revisions: vec![connection(
            PageRequest::default(),
            RevisionParts {
                role: Some(Box::new(RoleParts::document())),
            },
        )],
        comparisons: vec![DiffRequest { from: 1, to: None }],
        ..RoleParts::document()
    }
}

/// A role as it was: by every name, at a revision and at a moment.
fn past() -> Vec<Path> {
    let mut paths = Vec::new();
    let moment = Timestamp::parse("2026-01-01T00:00:00Z").unwrap();
    for as_of in [AsOf::Revision(7), AsOf::Time(moment)] {
        for by in [
            RoleBy::Id(RoleId::from_uuid(Uuid::nil())),
            RoleBy::Slug(slug()),
            RoleBy::Code(code()),
        ] {
            for visibility in [Visibility::Published, Visibility::All] {
                let by = by.clone();
                paths.push(path(format!("{by:?} {as_of:?}"), Allowed, move |sql| {
                    past::select_one(sql, &by, as_of, &whole_role(), visibility);
                }));
            }
        }
    }
    for page in pages("role.revisions", &["7"]) {
        let parts = RoleParts {
            revisions: vec![connection(page, RevisionParts::default())],
            ..RoleParts::default()
        };
        let by = RoleBy::Id(RoleId::from_uuid(Uuid::nil()));
        let revisions = path("revisions of a role", Never, move |sql| {
            role::select_one(sql, &by, &parts, Visibility::Published);
        });
        paths.push(revisions.by(["role_revision", "role_revision_pkey"]));
    }
    paths
}

fn by_key() -> Vec<Path> {
    let role = |name: &str, by: RoleBy, visibility| {
        path(format!("role by {name}"), Allowed, move |sql: &mut Sql| {
            role::select_one(sql, &by, &whole_role(), visibility);
        })
    };
    let ids = || vec![Uuid::nil().to_string(), Uuid::max().to_string()];
    let mut paths = Vec::new();
    for visibility in [Visibility::Published, Visibility::All] {
        paths.extend([
            role("id", RoleBy::Id(RoleId::from_uuid(Uuid::nil())), visibility),
            role("slug", RoleBy::Slug(slug()), visibility),
            role("code", RoleBy::Code(code()), visibility),
        ]);
    }
    for by in [
        CategoryBy::Id(CategoryId::from_uuid(Uuid::nil())),
        CategoryBy::Slug(slug()),
    ] {
        paths.push(path(format!("category by {by:?}"), Allowed, move |sql| {
            category::select_one(sql, &by, &whole_category(), Visibility::Published);
        }));
    }
    for by in [
        SkillBy::Id(SkillId::from_uuid(Uuid::nil())),
        SkillBy::Slug(slug()),
    ] {
        paths.push(path(format!("skill by {by:?}"), Allowed, move |sql| {
            skill::select_one(sql, &by, &whole_skill(), Visibility::Published);
        }));
    }
    for visibility in [Visibility::Published, Visibility::All] {
        paths.extend([
            path("roles by id", Allowed, move |sql| {
                role::select_of_ids(sql, &ids(), &RoleParts::default(), visibility);
            }),
            path("categories by id", Allowed, move |sql| {
                category::select_of_ids(sql, &ids(), &CategoryParts::default(), visibility);
            }),
            path("skills by id", Allowed, move |sql| {
                skill::select_of_ids(sql, &ids(), &SkillParts::default(), visibility);
            }),
            path("faqs by id", Allowed, move |sql| {
                faq::select_of_ids(sql, &ids(), &faq_parts(), visibility);
            }),
        ]);
    }
    paths
}

fn whole_category() -> CategoryParts {
    CategoryParts {
        path: true,
        parent: Some(Box::default()),
        children: vec![connection(PageRequest::default(), CategoryParts::default())],
        roles: vec![connection(RolesRequest::default(), RoleParts::default())],
    }
}

fn whole_skill() -> SkillParts {
    SkillParts {
        aliases: true,
        roles: vec![connection(RolesRequest::default(), RoleParts::default())],
    }
}

fn faq_parts() -> FaqParts {
    FaqParts {
        role: Some(Box::default()),
    }
}

/// From either end, and on from a cursor.
pub(super) fn pages(description: &str, keys: &[&str]) -> Vec<PageRequest> {
    let cursor = Cursor {
        fingerprint: domain::read::page::fingerprint(description),
        keys: keys.iter().map(|key| (*key).to_owned()).collect(),
    };
    let mut pages = Vec::new();
    for direction in [Direction::Forward, Direction::Backward] {
        for cursor in [None, Some(cursor.clone())] {
            pages.push(PageRequest {
                direction,
                limit: 20,
                cursor,
            });
        }
    }
    pages
}

fn role_filters() -> Vec<(Sorting, RoleFilter)> {
    let any = RoleFilter::default;
    vec![
        (Never, any()),
        (
            Never,
            RoleFilter {
                category: Some(CategoryBy::Slug(slug())),
                ..any()
            },
        ),
        (
            Never,
            RoleFilter {
                title_contains: Some("x".to_owned()),
                locale: Some(Locale::english()),
                ..any()
            },
        ),
        (
            Allowed,
            RoleFilter {
                skills_any: vec![slug()],
                skills_all: vec![slug(), slug()],
                ..any()
            },
        ),
        (
            Allowed,
            RoleFilter {
                code: Some(code()),
                ..any()
            },
        ),
        (
            Allowed,
            RoleFilter {
                updated_after: Some(Timestamp::parse("2026-01-01T00:00:00Z").unwrap()),
                ..any()
            },
        ),
        (
            Never,
            RoleFilter {
                category: Some(CategoryBy::Slug(slug())),
                locale: Some(Locale::english()),
                skills_any: vec![slug()],
                ..any()
            },
        ),
    ]
}

fn role_lists() -> Vec<Path> {
    let mut paths = Vec::new();
    for field in RoleOrderField::ALL {
        for descending in [false, true] {
            let order = RoleOrder {
                field: *field,
                descending,
            };
            for (sorting, filter) in role_filters() {
                let description = format!("roles {order:?} {filter:?}");
                for page in pages(&description, &["a", "b"]) {
                    let request = RolesRequest {
                        filter: filter.clone(),
                        order,
                        page,
                    };
                    let wanted = connection(request, RoleParts::default());
                    paths.push(path(description.clone(), sorting, move |sql| {
                        role::select_page(sql, &wanted, Visibility::Published);
                    }));
                }
            }
        }
    }
    // Exports read all roles by title.
    for page in pages("roles RoleOrder { field: Title, descending: false } ", &[]) {
        let page = PageRequest {
            cursor: None,
            ..page
        };
        let request = RolesRequest {
            page,
            ..RolesRequest::default()
        };
        let wanted = connection(request, RoleParts::default());
        paths.push(path("roles in any state", Never, move |sql| {
            role::select_page(sql, &wanted, Visibility::All);
        }));
    }
    paths
}

fn other_lists(visibility: Visibility) -> Vec<Path> {
    let mut paths = Vec::new();
    for filter in [
        CategoryFilter::default(),
        CategoryFilter {
            top_level: true,
            name_contains: Some("x".to_owned()),
        },
    ] {
        let description = format!("categories {filter:?}");
        for page in pages(&description, &["a", "b"]) {
            let filter = filter.clone();
            let wanted = connection(CategoriesRequest { filter, page }, whole_category());
            paths.push(path(
                format!("{description} {visibility:?}"),
                Allowed,
                move |sql| {
                    category::page(sql, &wanted, visibility);
                },
            ));
        }
    }
    for filter in [
        SkillFilter::default(),
        SkillFilter {
            kinds: vec![SkillKind::Tool, SkillKind::Skill],
            name_contains: Some("x".to_owned()),
        },
    ] {
        let description = format!("skills {filter:?}");
        for page in pages(&description, &["a", "b"]) {
            let filter = filter.clone();
            let wanted = connection(SkillsRequest { filter, page }, SkillParts::default());
            paths.push(path(
                format!("{description} {visibility:?}"),
                Never,
                move |sql| {
                    skill::page(sql, &wanted, visibility);
                },
            ));
        }
    }
    paths
}

fn faq_lists(visibility: Visibility) -> Vec<Path> {
    let mut paths = Vec::new();
    let contains = FaqFilter {
        question_contains: Some("x".to_owned()),
        locale: Some(Locale::english()),
        category: None,
    };
    let in_category = FaqFilter {
        category: Some(CategoryBy::Slug(slug())),
        ..FaqFilter::default()
    };
    for (sorting, filter) in [
        (Never, FaqFilter::default()),
        (Never, contains),
        (Allowed, in_category),
    ] {
        let description = format!("faqs {filter:?}");
        for page in pages(&description, &["a", "b"]) {
            let filter = filter.clone();
            let wanted = connection(FaqsRequest { filter, page }, faq_parts());
            paths.push(path(
                format!("{description} {visibility:?}"),
                sorting,
                move |sql| {
                    faq::page(sql, &wanted, visibility);
                },
            ));
        }
    }
    paths
}

/// All of them.
pub(super) fn paths() -> Vec<Path> {
    let mut paths = by_key();
    paths.extend(past());
    paths.extend(role_lists());
    for visibility in [Visibility::Published, Visibility::All] {
        paths.extend(other_lists(visibility));
        paths.extend(faq_lists(visibility));
    }
    paths.extend(super::concept::paths());
    paths.extend(search::plan::paths());
    paths.extend(feeds());
    paths.extend(audit_log());
    paths
}

fn feeds() -> Vec<Path> {
    let mut paths = Vec::new();
    for (_, filter) in role_filters() {
        paths.push(path(
            format!("roles by id {filter:?}"),
            Allowed,
            move |sql| {
                let ids = [Uuid::nil().to_string()];
                role::select_matching(sql, &ids, &filter, &RoleParts::default());
            },
        ));
    }
    for entities in [
        Vec::new(),
        vec![ChangeEntity::Skill],
        ChangeEntity::ALL.to_vec(),
    ] {
        for total in [false, true] {
            let wanted = ChangesRequest {
                after: Some(FeedPlace(7)),
                entities: entities.clone(),
                limit: 20,
                total,
            };
            paths.push(path(format!("{wanted:?}"), Never, move |sql| {
                change::select(sql, &wanted);
            }));
        }
    }
    paths
}

fn audit_log() -> Vec<Path> {
    vec![
        path("the end of the audit log", Never, audit::select_head),
        path("a page of the audit log", Never, |sql| {
            audit::select_page(sql, 7, 1_000);
        }),
    ]
}
