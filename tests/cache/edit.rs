//! Which edits end which answers.

use domain::role::{ExternalCode, MatchKind, PublicationState, RelatedSlug, RelationKind};
use domain::{Locale, category::CategoryPath};
use testkit::{TestBoard, draft, on_both_engines};

use super::{asked, request, role, slug};

/// Asks once, edits, and asks again: how many statements the second answer took.
async fn statements_after(board: &TestBoard, query: &str, edit: impl AsyncFnOnce()) -> u64 {
    asked(board, query).await;
    edit().await;
    asked(board, query).await.1
}

async fn two_roles(board: &TestBoard) {
    board.store(&draft("one", "One")).await;
    board.store(&draft("two", "Two")).await;
}

on_both_engines! {
    async fn an_answer_is_made_once(board) {
        two_roles(&board).await;
        let query = role("one", "title duties { text } category { path }");
        let (first, made) = asked(&board, &query).await;
        let (second, kept) = asked(&board, &query).await;
        assert_eq!((made, kept), (1, 0));
        assert_eq!(first, second);
    }

    async fn an_edit_of_one_role_leaves_other_pages_alone(board) {
        two_roles(&board).await;
        let page = role("two", "title duties { text skills { name } } faqs { answer } category { path } skills(first: 5) { nodes { skill { name } } } translations { title } relatedRoles(first: 5) { nodes { role { title } } }");
        let by_title = "{ roles(filter: {titleContains: \"two\"}) { nodes { summary } } }";
        let category = "{ category(by: {slug: \"small-roles\"}) { roles(first: 1, orderBy: {field: TITLE, direction: DESC}) { nodes { title } } } }";
        for query in [page.as_str(), by_title, category, "{ faqs(first: 1, filter: {questionContains: \"Two\"}) { nodes { answer } } }"] {
            let statements = statements_after(&board, query, async || {
                let mut edited = draft("one", "One");
                edited.summary = Some(format!("Other words for {query}."));
                board.store(&edited).await;
            }).await;
            assert_eq!(statements, 0, "{query}");
        }
    }

    async fn an_import_of_new_roles_leaves_pages_of_roles_alone(board) {
        two_roles(&board).await;
        let page = role("two", "title category { path } translations { title } relatedRoles(first: 5) { nodes { role { title } } } skills(first: 5) { nodes { skill { name } } }");
        let skill = "{ skill(by: {slug: \"python\"}) { name } }";
        for query in [page.as_str(), skill] {
            let statements = statements_after(&board, query, async || {
                let number = query.len();
                let mut new = draft(&format!("new-{number}"), "New");
                new.categories = vec![CategoryPath::new(vec![format!("New {number}")]).unwrap()];
                board.store(&new).await;
            }).await;
            assert_eq!(statements, 0, "{query}");
        }
    }

    async fn a_slug_that_led_nowhere_is_looked_up_again(board) {
        two_roles(&board).await;
        let query = role("three", "title");
        let before = asked(&board, &query).await.0;
        board.store(&draft("three", "Three")).await;
        let after = asked(&board, &query).await.0;
        assert!(before["role"].is_null());
        assert_eq!(after["role"]["title"], "Three");
    }

    async fn a_role_that_is_taken_back_is_gone_from_every_answer(board) {
        two_roles(&board).await;
        let queries = [
            role("two", "title"),
            "{ roles { totalCount { value } nodes { title } } }".to_owned(),
            "{ faqs { totalCount { value } nodes { question } } }".to_owned(),
            "{ category(by: {slug: \"small-roles\"}) { roles(first: 5) { nodes { title } } } }".to_owned(),
            "{ skill(by: {slug: \"python\"}) { roles(first: 5) { nodes { title } } } }".to_owned(),
        ];
        for query in &queries {
            let data = asked(&board, query).await.0;
            assert!(data.to_string().contains("Two"), "{query} {data}");
        }
        let mut hidden = draft("two", "Two");
        hidden.state = PublicationState::Draft;
        board.store(&hidden).await;
        for query in &queries {
            let data = asked(&board, query).await.0;
            assert!(!data.to_string().contains("Two"), "{query} {data}");
        }
    }

    async fn a_role_that_appears_is_seen_by_those_that_relate_to_it(board) {
        let mut one = draft("one", "One");
        one.related = vec![RelatedSlug::new(RelationKind::Similar, slug("two"))];
        one.translation_key = Some("pair".to_owned());
        board.store(&one).await;
        let query = role("one", "relatedRoles(first: 5) { nodes { role { title } } } translations { title }");
        let before = asked(&board, &query).await.0;
        assert_eq!(before.to_string(), r#"{"role":{"relatedRoles":{"nodes":[]},"translations":[]}}"#);
        board.store(&draft("two", "Two")).await;
        let mut translation = draft("eins", "Eins");
        translation.locale = Locale::parse("de").unwrap();
        translation.translation_key = Some("pair".to_owned());
        board.store(&translation).await;
        let after = asked(&board, &query).await.0;
        assert_eq!(after["role"]["relatedRoles"]["nodes"][0]["role"]["title"], "Two");
        assert_eq!(after["role"]["translations"][0]["title"], "Eins");
    }

    async fn each_aspect_ends_the_lists_that_depend_on_it(board) {
        two_roles(&board).await;
        let code = ExternalCode {
            scheme: "test".to_owned(),
            release: None,
            code: "42".to_owned(),
            uri: None,
            match_kind: MatchKind::Exact,
        };
        let base = draft("one", "One");
        let mut changed: Vec<(&str, domain::role::RoleDraft)> = Vec::new();
        let mut edit = |query, change: &dyn Fn(&mut domain::role::RoleDraft)| {
            let mut draft = changed.last().map_or(&base, |(_, draft)| draft).clone();
            change(&mut draft);
            changed.push((query, draft));
        };
        edit("{ roles(first: 1, filter: {titleContains: \"e\"}) { totalCount { value } } }",
            &|draft| draft.title.push_str(" changed"));
        edit("{ roles(first: 1, orderBy: {field: UPDATED_AT, direction: DESC}) { nodes { id } } }",
            &|draft| draft.summary = Some("Changed.".to_owned()));
        edit("{ roles(first: 1, filter: {code: {scheme: \"test\", code: \"42\"}}) { nodes { id } } }",
            &|draft| draft.codes = vec![code.clone()]);
        edit("{ roles(first: 1, filter: {skills: {any: [\"python\"]}}) { totalCount { value } } }",
            &|draft| draft.skills.clear());
        edit("{ roles(first: 1, filter: {category: {slug: \"small-roles\"}}) { totalCount { value } } }",
            &|draft| draft.categories.clear());
        edit("{ category(by: {slug: \"small-roles\"}) { roles(first: 1) { totalCount { value } } } }",
            &|draft| draft.categories.clone_from(&base.categories));
        edit("{ skill(by: {slug: \"python\"}) { roles(first: 1) { totalCount { value } } } }",
            &|draft| draft.skills.clone_from(&base.skills));
        edit("{ faqs(first: 1) { totalCount { value } nodes { question } } }",
            &|draft| draft.faqs[0].answer.push_str(" More."));
        for (query, draft) in changed {
            let statements = statements_after(&board, query, async || {
                board.store(&draft).await;
            }).await;
            assert_eq!(statements, 1, "{query}");
        }
    }

    async fn what_is_never_kept_is_read_every_time(board) {
        two_roles(&board).await;
        let query = "{ server { catalogueVersion } role(by: {slug: \"one\"}) { title } }";
        asked(&board, query).await;
        assert_eq!(asked(&board, query).await.1, 2);
        let wrong = "{ roles(after: \"x\") { nodes { id } } }";
        let answers = [board.answer(&request(wrong)).await, board.answer(&request(wrong)).await];
        for answer in answers {
            assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
        }
    }
}
