//! Walking the hits of a query page by page visits each of them once.

use std::collections::BTreeSet;

use ::search::facet::SalaryBand;
use ::search::request::{SearchFilter, SearchParts};
use domain::Slug;
use domain::read::{PageRequest, RoleFilter};
use domain::role::RoleDraft;
use testkit::{Engine, TestBoard, on_both_engines, run_on, source};

use super::{ALL, find, find_all, request, slugs, store_all};

/// A role with a title and a summary.
fn tiny(number: usize, title: &str, summary: &str) -> RoleDraft {
    let slug = Slug::parse(&format!("{}-{number}", title.to_lowercase())).unwrap();
    let mut role = RoleDraft::new(source("Many roles"), slug, format!("{title} {number}"));
    role.summary = Some(summary.to_owned());
    role
}

/// Roles that have the words of the queries in their titles or in their texts only.
fn tiny_roles(welders: usize, fitters: usize) -> Vec<RoleDraft> {
    let welders = (0..welders).map(|number| {
        let often = "steel ".repeat(number % 7 + 1);
        tiny(number, "Welder", &format!("Joins {often}with fitters."))
    });
    let fitters = (0..fitters).map(|number| tiny(number, "Fitter", "Helps a welder with steel."));
    // Mixed, so that keys do not tell which words a role has.
    let mut roles: Vec<RoleDraft> = fitters.chain(welders).collect();
    roles.sort_by_key(|role| role.slug.as_str().bytes().rev().collect::<Vec<_>>());
    roles
}

/// The hits page by page; `between` is called after every page.
async fn walked(
    board: &TestBoard,
    text: &str,
    filter: &SearchFilter,
    size: u32,
    mut between: impl AsyncFnMut(usize),
) -> Vec<String> {
    let mut page = PageRequest::first(size);
    let mut all = Vec::new();
    for number in 0.. {
        let request = request(text, filter.clone(), page.clone());
        let found = find(board, &request, &SearchParts::default()).await;
        assert_eq!(found.hits.has_previous, number > 0, "{text}");
        all.extend(slugs(&found));
        if !found.hits.has_next {
            break;
        }
        assert_eq!(found.hits.edges.len(), usize::try_from(size).unwrap());
        page.cursor = found.hits.edges.last().map(|edge| edge.cursor.clone());
        between(number).await;
    }
    all
}

/// Checks the walk of a query, and how many hits it has.
async fn check(board: &TestBoard, text: &str, filter: &SearchFilter, size: u32, hits: usize) {
    let whole = request(text, filter.clone(), PageRequest::first(ALL));
    let parts = SearchParts {
        total: true,
        ..SearchParts::default()
    };
    let whole = find(board, &whole, &parts).await;
    let total = whole.hits.total.unwrap();
    assert_eq!(
        (total.value, total.at_least),
        (u64::try_from(hits).unwrap(), false),
        "{text}"
    );
    let walk = walked(board, text, filter, size, async |_| ()).await;
    let distinct: BTreeSet<&String> = walk.iter().collect();
    assert_eq!((walk.len(), distinct.len()), (hits, hits), "{text}");
    assert_eq!(walk, slugs(&whole), "{text}");
}

/// More roles than are ranked together, by their names and by their texts.
async fn many(board: TestBoard) {
    let all = SearchFilter::default();
    store_all(&board, &tiny_roles(1_040, 70)).await;
    check(&board, "welder", &all, 90, 1_110).await;
    check(&board, "fitter", &all, 333, 1_110).await;
    check(&board, "", &all, 100, 1_110).await;
    check(&board, "steel -\"welder 5\"", &all, 500, 1_109).await;
    let titled = SearchFilter {
        roles: RoleFilter {
            title_contains: Some("welder".to_owned()),
            ..RoleFilter::default()
        },
        ..all.clone()
    };
    check(&board, "steel", &titled, 400, 1_040).await;
    let paid = SearchFilter {
        salary_bands: vec![SalaryBand::From30],
        ..all
    };
    check(&board, "steel", &paid, 400, 0).await;
}

#[tokio::test]
async fn each_of_more_than_a_thousand_hits_is_visited_once_on_sqlite() {
    run_on(Engine::Sqlite, many).await;
}

#[tokio::test]
async fn each_of_more_than_a_thousand_hits_is_visited_once_on_postgres() {
    run_on(Engine::Postgres, many).await;
}

on_both_engines! {
    async fn each_of_a_few_hits_is_visited_once(board) {
        let all = SearchFilter::default();
        store_all(&board, &tiny_roles(30, 9)).await;
        for size in [1, 4, 39, 40] {
            check(&board, "welder", &all, size, 39).await;
            check(&board, "\"welder 3\" OR \"fitter 3\"", &all, size, 2).await;
            check(&board, "weldar", &all, size, 39).await;
        }
    }

    async fn roles_that_appear_during_a_walk_are_no_trouble(board) {
        store_all(&board, &tiny_roles(60, 20)).await;
        let before = slugs(&find_all(&board, "welder", &SearchParts::default()).await);
        let store = async |number: usize| {
            store_all(&board, &[tiny(1_000 + number, "Welder", "Joins steel.")]).await;
        };
        let walk = walked(&board, "welder", &SearchFilter::default(), 7, store).await;
        let met: BTreeSet<&String> = walk.iter().collect();
        let missed: Vec<_> = before.iter().filter(|slug| !met.contains(slug)).collect();
        assert_eq!(missed, [""; 0]);
    }
}
