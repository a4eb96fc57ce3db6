//! Every kind of read of schemes and concepts, with all that can be asked of it.

use domain::concept::{ConceptKind, ConceptStatus};
use domain::id::{ConceptId, Id, SchemeId};
use domain::read::{
    ConceptBy, ConceptFilter, ConceptParts, ConceptsRequest, RoleParts, RolesRequest, SchemeBy,
    SchemeParts,
};
use uuid::Uuid;

use super::Sorting::{Allowed, Never};
use super::path::{connection, pages};
use super::{Path, path};
use crate::read::{Visibility, concept, scheme};

fn whole_concept() -> ConceptParts {
    let roles = connection(RolesRequest::default(), RoleParts::default());
    let narrower = pages("concept.narrower", &["a", "b"]).into_iter();
    let narrower = narrower.map(|page| connection(page, ConceptParts::default()));
    let related = pages("concept.related", &["7"]).into_iter();
    let related = related.map(|page| connection(page, ConceptParts::default()));
    ConceptParts {
        labels: true,
        notes: true,
        scheme: Some(Box::default()),
        broader: Some(Box::default()),
        related: related.collect(),
        narrower: narrower.collect(),
        roles: vec![roles],
    }
}

fn schemes() -> [SchemeBy; 2] {
    let id = SchemeId::from_uuid(Uuid::nil());
    [SchemeBy::Id(id), SchemeBy::Key("esco".to_owned())]
}

fn by_key(visibility: Visibility) -> Vec<Path> {
    let mut paths = Vec::new();
    let code = ConceptBy::Code {
        scheme: "esco".to_owned(),
        code: "2654.1.7".to_owned(),
    };
    for (by, index) in [
        (ConceptBy::Id(ConceptId::from_uuid(Uuid::nil())), "uuid"),
        (code, "concept_code"),
        (ConceptBy::Uri("http://x".to_owned()), "concept_uri"),
    ] {
        let found = path(format!("concept by {by:?}"), Allowed, move |sql| {
            concept::select_one(sql, &by, &whole_concept(), visibility);
        });
        paths.push(match index {
            "uuid" => found,
            index => found.by([index, index]),
        });
    }
    for by in schemes() {
        paths.push(path(format!("scheme by {by:?}"), Never, move |sql| {
            scheme::select_one(sql, &by, &SchemeParts::default(), visibility);
        }));
    }
    let ids = || vec![Uuid::nil().to_string(), Uuid::max().to_string()];
    paths.extend([
        path("concepts by id", Allowed, move |sql| {
            concept::select_of_ids(sql, &ids(), &ConceptParts::default(), visibility);
        }),
        path("schemes by id", Allowed, move |sql| {
            scheme::select_of_ids(sql, &ids(), &SchemeParts::default(), visibility);
        }),
    ]);
    paths
}

fn lists(visibility: Visibility) -> Vec<Path> {
    let mut paths = Vec::new();
    for page in pages("schemes", &["a"]) {
        let wanted = connection(page, SchemeParts::default());
        paths.push(path("schemes", Never, move |sql| {
            scheme::page(sql, &wanted, visibility);
        }));
    }
    let below = ConceptFilter {
        parent: Some("2654".to_owned()),
        ..ConceptFilter::default()
    };
    let narrow = ConceptFilter {
        kinds: vec![ConceptKind::Group, ConceptKind::Occupation],
        status: Some(ConceptStatus::Active),
        parent: None,
    };
    for (sorting, filter, index) in [
        (Never, ConceptFilter::default(), "concept_code"),
        (Never, narrow, "concept_code"),
        (Allowed, below, "concept_relation_target"),
    ] {
        let description = format!("scheme.concepts {filter:?}");
        for page in pages(&description, &["a"]) {
            let request = ConceptsRequest {
                filter: filter.clone(),
                page,
            };
            let parts = SchemeParts {
                concepts: vec![connection(request, ConceptParts::default())],
            };
            let [_, by] = schemes();
            let list = path(description.clone(), sorting, move |sql| {
                scheme::select_one(sql, &by, &parts, visibility);
            });
            paths.push(list.by([index, index]));
        }
    }
    paths
}

/// All of them.
pub(super) fn paths() -> Vec<Path> {
    let mut paths = Vec::new();
    for visibility in [Visibility::Published, Visibility::All] {
        paths.extend(by_key(visibility));
        paths.extend(lists(visibility));
    }
    paths
}
