//! Totals and facets count what a walk meets.

use std::collections::BTreeMap;

use ::search::facet::{EmploymentOutlook, SalaryBand};
use ::search::request::{Bucket, Facet, FacetOf, FacetParts, Found, SearchFilter, SearchParts};
use domain::Slug;
use domain::read::{CategoryBy, CategoryParts, PageRequest, Part, RoleFilter, SkillParts};
use domain::role::RoleDraft;
use testkit::{TestBoard, demo_drafts, on_both_engines};

use super::{ALL, find, request, slugs, store_all};

/// Everything that is counted.
fn everything() -> SearchParts {
    SearchParts {
        total: true,
        facets: FacetParts {
            category: Some(FacetOf {
                first: 100,
                value: CategoryParts::default(),
            }),
            skill: Some(FacetOf {
                first: 10_000,
                value: SkillParts::default(),
            }),
            salary_band: true,
            outlook: true,
            locale: true,
        },
        ..SearchParts::default()
    }
}

async fn find_with(board: &TestBoard, text: &str, filter: &SearchFilter) -> Found {
    let request = request(text, filter.clone(), PageRequest::first(ALL));
    find(board, &request, &everything()).await
}

type Counts = BTreeMap<String, u64>;

/// The facet as a map.
fn shown<T>(facet: &Part<Facet<T>>, name: impl Fn(&T) -> String) -> Counts {
    let buckets = facet.get().unwrap().buckets.iter();
    let counts: Counts = buckets
        .map(|Bucket { value, count }| (name(value), *count))
        .collect();
    assert_eq!(counts.len(), facet.get().unwrap().buckets.len());
    counts
}

/// Counts roles by hand.
fn counted(
    roles: &BTreeMap<String, RoleDraft>,
    hits: &Found,
    values: impl Fn(&RoleDraft) -> Vec<String>,
) -> Counts {
    let mut counts = Counts::new();
    for slug in slugs(hits) {
        let mut values = values(&roles[&slug]);
        values.sort();
        values.dedup();
        for value in values {
            *counts.entry(value).or_default() += 1;
        }
    }
    counts
}

fn categories(role: &RoleDraft) -> Vec<String> {
    let paths = role.categories.iter();
    paths.flat_map(|path| path.names().to_vec()).collect()
}

fn skills(role: &RoleDraft) -> Vec<String> {
    let skills = role.skills.iter();
    skills.map(|skill| skill.skill.name.clone()).collect()
}

fn filters() -> Vec<SearchFilter> {
    let category = RoleFilter {
        category: Some(CategoryBy::Slug(
            Slug::parse("software-engineering").unwrap(),
        )),
        ..RoleFilter::default()
    };
    let skill = RoleFilter {
        skills_any: vec![Slug::parse("python").unwrap(), Slug::parse("sql").unwrap()],
        ..RoleFilter::default()
    };
    let of_roles = |roles: &RoleFilter| SearchFilter {
        roles: roles.clone(),
        ..SearchFilter::default()
    };
    vec![
        SearchFilter::default(),
        of_roles(&category),
        of_roles(&skill),
        SearchFilter {
            salary_bands: vec![SalaryBand::From100, SalaryBand::From50],
            ..SearchFilter::default()
        },
        SearchFilter {
            salary_bands: vec![SalaryBand::From100],
            outlooks: vec![EmploymentOutlook::MuchFasterThanAverage],
            roles: category,
        },
    ]
}

/// The filter without one of its conditions.
fn without(filter: &SearchFilter, change: impl Fn(&mut SearchFilter)) -> SearchFilter {
    let mut filter = filter.clone();
    change(&mut filter);
    filter
}

/// For every role what a filter says of it, where `filter` leaves only the roles with a value.
async fn by_filter<T: Copy + std::fmt::Debug>(
    board: &TestBoard,
    values: &[T],
    filter: impl Fn(T) -> SearchFilter,
) -> BTreeMap<String, Vec<String>> {
    let mut of_roles: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for value in values {
        for slug in slugs(&find_with(board, "", &filter(*value)).await) {
            of_roles.entry(slug).or_default().push(format!("{value:?}"));
        }
    }
    of_roles
}

on_both_engines! {
    async fn totals_and_facets_count_the_hits(board) {
        let drafts = demo_drafts();
        store_all(&board, &drafts).await;
        let roles: BTreeMap<String, RoleDraft> =
            drafts.into_iter().map(|role| (role.slug.to_string(), role)).collect();
        let bands = by_filter(&board, &SalaryBand::ALL, |band| SearchFilter {
            salary_bands: vec![band],
            ..SearchFilter::default()
        }).await;
        let outlooks = by_filter(&board, &EmploymentOutlook::ALL, |outlook| SearchFilter {
            outlooks: vec![outlook],
            ..SearchFilter::default()
        }).await;
        let known = |of: &BTreeMap<String, Vec<String>>, role: &RoleDraft| {
            of.get(role.slug.as_str()).cloned().unwrap_or_default()
        };
        for text in ["", "data", "software -python", "acountant", "title:engineer", "nurse OR chef"] {
            for filter in filters() {
                let found = find_with(&board, text, &filter).await;
                let total = found.hits.total.unwrap();
                assert_eq!(usize::try_from(total.value).unwrap(), slugs(&found).len(), "{text}");
                let facets = &found.facets;
                let place = format!("{text:?} {filter:?}");

                let hits = find_with(&board, text, &without(&filter, |filter| filter.roles.category = None)).await;
                assert_eq!(shown(&facets.category, |tree| tree.category.name.clone()), counted(&roles, &hits, categories), "{place}");
                assert_eq!(Some(facets.category.get().unwrap().counted), hits.hits.total, "{place}");

                let hits = find_with(&board, text, &without(&filter, |filter| filter.roles.skills_any.clear())).await;
                assert_eq!(shown(&facets.skill, |tree| tree.skill.name.clone()), counted(&roles, &hits, skills), "{place}");

                let hits = find_with(&board, text, &without(&filter, |filter| filter.salary_bands.clear())).await;
                assert_eq!(shown(&facets.salary_band, |band| format!("{band:?}")), counted(&roles, &hits, |role| known(&bands, role)), "{place}");

                let hits = find_with(&board, text, &without(&filter, |filter| filter.outlooks.clear())).await;
                assert_eq!(shown(&facets.outlook, |outlook| format!("{outlook:?}")), counted(&roles, &hits, |role| known(&outlooks, role)), "{place}");

                assert_eq!(shown(&facets.locale, ToString::to_string), counted(&roles, &found, |role| vec![role.locale.to_string()]), "{place}");
            }
        }
    }
}
