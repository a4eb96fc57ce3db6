//! How well titles lead to roles, through the index of either engine.

use std::collections::BTreeSet;

use domain::read::RoleParts;
use search::request::{ResolveRequest, TitleMatch};
use testkit::{Engine, TestBoard, demo_drafts};
use tokio::runtime::Runtime;

use crate::noise::{NO_ROLES, RULES};

/// The titles that are resolved together.
const TOGETHER: usize = 100;

/// The roles that each title may mean.
async fn resolve(board: &TestBoard, titles: &[String]) -> Vec<Vec<TitleMatch>> {
    let mut resolved = Vec::new();
    for titles in titles.chunks(TOGETHER) {
        let request = ResolveRequest {
            titles: titles.to_vec(),
            limit: 5,
        };
        let parts = RoleParts::default();
        let found = board.database().reads().resolve_titles(&request, &parts);
        resolved.extend(found.await.unwrap());
    }
    resolved
}

/// Names of roles with the slugs of the roles that have them.
fn names(of: impl Fn(&domain::role::RoleDraft) -> Vec<String>) -> Vec<(String, BTreeSet<String>)> {
    let mut names: Vec<(String, BTreeSet<String>)> = Vec::new();
    for draft in demo_drafts() {
        for name in of(&draft) {
            let slug = draft.slug.to_string();
            match names.iter_mut().find(|(known, _)| *known == name) {
                Some((_, slugs)) => {
                    slugs.insert(slug);
                }
                None => names.push((name, BTreeSet::from([slug]))),
            }
        }
    }
    names
}

/// The shares of titles that lead to a right role at once, and among five.
async fn shares(board: &TestBoard, titles: &[(String, BTreeSet<String>)]) -> (f64, f64) {
    let texts: Vec<String> = titles.iter().map(|(title, _)| title.clone()).collect();
    let found = resolve(board, &texts).await;
    let (mut first, mut five) = (0_u32, 0_u32);
    for ((title, right), found) in titles.iter().zip(&found) {
        let is_right = |found: &TitleMatch| right.contains(found.role.role.slug.as_str());
        five += u32::from(found.iter().any(is_right));
        if found.first().is_some_and(is_right) {
            first += 1;
        } else {
            let best = found
                .first()
                .map(|best| (best.role.role.slug.to_string(), best.confidence));
            eprintln!("not first: {title:?}: {best:?}");
        }
        let sum: f64 = found.iter().map(|found| found.confidence).sum();
        assert!(sum <= 1.0 + 1e-9, "{title}: {sum}");
    }
    let all = f64::from(u32::try_from(titles.len()).unwrap());
    (f64::from(first) / all, f64::from(five) / all)
}

async fn titles_lead_to_their_roles_on(engine: Engine) {
    let board = TestBoard::with_demo(engine).await;
    let others = names(|draft| {
        draft
            .titles
            .iter()
            .map(|title| title.text.clone())
            .collect()
    });
    let (first, five) = shares(&board, &others).await;
    eprintln!(
        "{engine}: {} other names: top-1 {first:.3}, top-5 {five:.3}",
        others.len()
    );
    assert!(first >= 0.9 && five >= 0.98);

    let all = names(|draft| {
        let others = draft.titles.iter().map(|title| title.text.clone());
        std::iter::once(draft.title.clone()).chain(others).collect()
    });
    let changed = RULES.iter().enumerate().flat_map(|(at, (_, change))| {
        let names = all
            .iter()
            .cycle()
            .skip(at * 41 % all.len())
            .step_by(7)
            .take(60);
        let changed = names.filter_map(|(name, slugs)| Some((change(name)?, slugs.clone())));
        changed.take(6).collect::<Vec<_>>()
    });
    let changed: Vec<_> = changed.collect();
    let (first, five) = shares(&board, &changed).await;
    eprintln!(
        "{engine}: {} noisy names: top-1 {first:.3}, top-5 {five:.3}",
        changed.len()
    );
    assert!(changed.len() >= 200 && first >= 0.9);

    let texts: Vec<String> = NO_ROLES.iter().map(|text| (*text).to_owned()).collect();
    let found = resolve(&board, &texts).await;
    let best = found.iter().flatten().map(|found| found.confidence);
    let best = best.fold(0.0, f64::max);
    eprintln!(
        "{engine}: {} texts that are no role: at most {best:.2}",
        texts.len()
    );
    assert!(texts.len() >= 50 && best <= 0.5);
}

#[test]
fn titles_lead_to_their_roles() {
    let runtime = Runtime::new().unwrap();
    for engine in Engine::ALL.into_iter().filter(|engine| engine.available()) {
        runtime.block_on(titles_lead_to_their_roles_on(engine));
    }
}
