//! How the engines go about every kind of read: always by an index.
//!
//! The tables are empty, so that only the shape of a statement and the indexes that there are
//! decide.

use domain::change::ChangeEntity;
use domain::id::{CategoryId, Id, RoleId, SkillId};
use domain::read::{
    CategoriesRequest, CategoryBy, CategoryFilter, CategoryParts, ChangesRequest, CodeBy,
    Connection, Cursor, Direction, FaqFilter, FaqParts, FaqsRequest, FeedPlace, ListParts,
    PageRequest, RoleBy, RoleFilter, RoleOrder, RoleOrderField, RoleParts, RoleSkillFilter,
    RoleSkillsRequest, RolesRequest, SkillBy, SkillFilter, SkillParts, SkillsRequest,
};
use domain::skill::{Requirement, SkillKind};
use domain::{Locale, Slug, Timestamp};
use sea_orm::DbBackend;
use testkit::{Engine, Place};
use uuid::Uuid;

use super::{Visibility, category, change, faq, role, search, skill};
use crate::engine::Pools;
use crate::sql::Sql;
use crate::{DatabaseSettings, Reads};

/// Whether rows may be sorted after they were found.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sorting {
    /// An index has the order.
    Never,
    /// The rows that a filter leaves, or the few that belong to one row.
    Allowed,
}

use Sorting::{Allowed, Never};

pub(super) struct Path {
    name: String,
    sorting: Sorting,
    /// The index that has to be among those that are used, in the words of SQLite and PostgreSQL.
    by: [&'static str; 2],
    write: Box<dyn Fn(&mut Sql)>,
}

impl Path {
    /// The same by an index of these names.
    pub(super) fn by(self, by: [&'static str; 2]) -> Self {
        Self { by, ..self }
    }
}

pub(super) fn path(
    name: impl Into<String>,
    sorting: Sorting,
    write: impl Fn(&mut Sql) + 'static,
) -> Path {
    Path {
        name: name.into(),
        sorting,
        by: [""; 2],
        write: Box::new(write),
    }
}

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

fn connection<R, P>(request: R, node: P) -> Connection<R, P> {
    Connection {
        request,
        total: true,
        node,
    }
}

/// Everything that the row of a role holds or a list of its own.
fn whole_role() -> RoleParts {
    RoleParts {
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
        ..RoleParts::document()
    }
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
fn pages(description: &str, keys: &[&str]) -> Vec<PageRequest> {
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

fn paths() -> Vec<Path> {
    let mut paths = by_key();
    paths.extend(role_lists());
    for visibility in [Visibility::Published, Visibility::All] {
        paths.extend(other_lists(visibility));
        paths.extend(faq_lists(visibility));
    }
    paths.extend(search::plan::paths());
    paths.extend(feeds());
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

/// What the engine says about how it would run the statement.
async fn explained(reads: &Reads, path: &Path, explain: &str, column: usize) -> Vec<String> {
    let answer = reads.answer(|sql| {
        sql.push(explain);
        (path.write)(sql);
    });
    let answer = answer
        .await
        .unwrap_or_else(|error| panic!("{}: {error:?}", path.name));
    let lines = answer
        .rows
        .iter()
        .map(|row| row.text(column).map(str::to_owned));
    lines.flatten().collect()
}

async fn reads(url: String) -> Reads {
    let settings = DatabaseSettings::new(url);
    Reads::new(Pools::connect(&settings).await.unwrap().reader)
}

/// How SQLite says that it looks up words in a full-text table, which is `source` everywhere.
pub(super) const FULL_TEXT: &str = ":M";
/// The table that has one row.
const SINGLE_ROW: &str = "search_state";

/// Whether a step of SQLite reads a whole table that is none of the subqueries before it.
fn scans(step: &str, subqueries: &[&str]) -> bool {
    let Some(rest) = step.strip_prefix("SCAN ") else {
        return false;
    };
    let (what, how) = rest.split_once(' ').unwrap_or((rest, ""));
    let indexed = how.contains("USING INDEX")
        || how.contains("USING COVERING INDEX")
        || (how.contains("VIRTUAL TABLE") && (what != "source" || how.contains(FULL_TEXT)));
    !indexed && rest != "CONSTANT ROW" && what != SINGLE_ROW && !subqueries.contains(&what)
}

/// The paths with a step that should not be there.
async fn offending(
    reads: &Reads,
    (explain, column): (&str, usize),
    offends: impl Fn(&Path, &[String]) -> bool,
) -> Vec<String> {
    let mut offending = Vec::new();
    for path in paths() {
        let steps = explained(reads, &path, explain, column).await;
        assert!(!steps.is_empty(), "{}", path.name);
        if offends(&path, &steps) {
            offending.push(format!("{}: {steps:#?}", path.name));
        }
    }
    offending
}

#[tokio::test]
async fn sqlite_reads_everything_by_an_index() {
    let place = Place::migrated(Engine::Sqlite).await;
    let reads = reads(place.url().to_owned()).await;
    let offends = |path: &Path, steps: &[String]| {
        let subqueries: Vec<&str> = steps
            .iter()
            .filter_map(|step| {
                step.strip_prefix("CO-ROUTINE ")
                    .or_else(|| step.strip_prefix("MATERIALIZE "))
            })
            .collect();
        let sorts = steps.iter().any(|step| step.contains("ORDER BY"));
        let [by, _] = path.by;
        steps.iter().any(|step| scans(step, &subqueries))
            || (path.sorting == Never && sorts)
            || !steps.iter().any(|step| step.contains(by))
    };
    let offending = offending(&reads, ("EXPLAIN QUERY PLAN ", 3), offends).await;
    assert!(offending.is_empty(), "{}", offending.join("\n"));
}

#[tokio::test]
async fn postgres_can_read_everything_by_an_index() {
    if !Engine::Postgres.available() {
        return;
    }
    let place = Place::migrated(Engine::Postgres).await;
    let mark = if place.url().contains('?') { '&' } else { '?' };
    let url = format!("{}{mark}options=-c%20enable_seqscan%3Doff", place.url());
    let reads = reads(url).await;
    assert_eq!(reads.reader.backend(), DbBackend::Postgres);
    let scans = |step: &String| {
        let (_, what) = step.split_once("Seq Scan on ").unwrap_or_default();
        !what.is_empty() && !what.starts_with(SINGLE_ROW)
    };
    let offends = |path: &Path, steps: &[String]| {
        let [_, by] = path.by;
        steps.iter().any(scans) || !steps.iter().any(|step| step.contains(by))
    };
    let offending = offending(&reads, ("EXPLAIN ", 0), offends).await;
    assert!(offending.is_empty(), "{}", offending.join("\n"));
}
