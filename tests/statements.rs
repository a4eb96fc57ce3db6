//! What a read costs: the number of statements depends neither on rows nor on the selection.

use serde_json::Value;
use testkit::{TestBoard, draft, on_both_engines};

/// A page of whole roles.
fn whole_roles(first: u32) -> String {
    format!(
        "{{ roles(first: {first}) {{
            totalCount {{ value }}
            pageInfo {{ hasNextPage endCursor }}
            nodes {{
                title
                category {{ name parent {{ name }} }}
                duties {{ text skills {{ name }} }}
                faqs {{ question answer }}
                qualificationGroups {{ heading items {{ text term detail }} }}
                skills(first: 10) {{ nodes {{ requirement skill {{ name aliases }} }} }}
                relatedRoles(first: 3) {{ nodes {{ role {{ title faqs {{ question }} }} }} }}
            }}
        }} }}"
    )
}

async fn board_with_roles(board: &TestBoard, count: u32) {
    for number in 0..count {
        let slug = format!("role-{number}");
        board.store(&draft(&slug, &format!("Role {number}"))).await;
    }
}

async fn statements(board: &TestBoard, query: &str) -> (Value, u64) {
    board.counting(board.data(query)).await
}

on_both_engines! {
    async fn a_page_of_whole_roles_takes_one_statement_whatever_its_size(board) {
        board_with_roles(&board, 25).await;
        for first in [1, 5, 20] {
            let (data, count) = statements(&board, &whole_roles(first)).await;
            assert_eq!(data["roles"]["nodes"].as_array().map(Vec::len), usize::try_from(first).ok());
            assert_eq!(count, 1, "{first} roles");
        }
    }

    async fn a_count_that_nobody_asks_for_costs_nothing(board) {
        board_with_roles(&board, 1).await;
        let (_, count) = statements(&board, "{ __typename }").await;
        assert_eq!(count, 0);
        let (_, count) = statements(&board, "{ roles { totalCount { value } } }").await;
        assert_eq!(count, 1);
    }

    async fn lists_inside_of_lists_stay_in_one_statement(board) {
        board_with_roles(&board, 6).await;
        let query = "{ categories(first: 10) { nodes {
            name
            children(first: 5) { nodes { name roles(first: 3) { nodes { title faqs { answer } } } } }
            roles(first: 5) { totalCount { value } nodes { title } }
        } } }";
        let (_, count) = statements(&board, query).await;
        assert_eq!(count, 1);
    }

    async fn each_root_field_is_one_statement(board) {
        board_with_roles(&board, 2).await;
        let query = "{
            one: role(by: {slug: \"role-0\"}) { title duties { text } }
            two: role(by: {slug: \"role-1\"}) { title faqs { answer } }
            skills(first: 3) { nodes { name roles(first: 2) { nodes { title } } } }
        }";
        let (_, count) = statements(&board, query).await;
        assert_eq!(count, 3);
    }

    async fn a_search_takes_no_statement_for_what_is_not_selected(board) {
        board_with_roles(&board, 25).await;
        let search = |first: u32, fields: &str| format!("{{ search(query: \"python\", first: {first}) {{ {fields} }} }}");
        let (data, bare) = statements(&board, &search(20, "nodes { title }")).await;
        assert_eq!(data["search"]["nodes"].as_array().map(Vec::len), Some(20));
        let whole = "edges { score highlights { fragments } faqs { answer } node { title duties { text } category { name } } }";
        for first in [1, 5, 20] {
            let (_, count) = statements(&board, &search(first, whole)).await;
            assert_eq!(count, bare, "{first} roles");
        }
        let (data, counted) = statements(&board, &search(20, "nodes { title } totalCount { value }")).await;
        assert_eq!(data["search"]["totalCount"]["value"], 25);
        assert_eq!(counted, bare + 1);
        let facets = "nodes { title } facets { locale { counted { value } values { count } } salaryBand { values { count } } }";
        let (data, counted) = statements(&board, &search(20, facets)).await;
        assert_eq!(data["search"]["facets"]["locale"]["values"][0]["count"], 25);
        assert_eq!(counted, bare + 1);
    }

    async fn what_searching_takes_does_not_depend_on_the_number_of_roles(board) {
        let queries = [
            "{ search(query: \"python\", first: 3) { nodes { title } totalCount { value } didYouMean
                facets { category(first: 5) { values { count category { name } } } skill { values { count skill { name } } } } } }",
            "{ search(query: \"plann pyton\", first: 3) { nodes { title } didYouMean edges { highlights { fragments } } } }",
            "{ search(query: \"\\\"do the work\\\" pyth* -nothing\", first: 3) { nodes { title faqs { question } } } }",
            "{ suggest(prefix: \"r\", limit: 5) { text role { title } skill { name } category { name } } }",
            "{ suggest(prefix: \"role\", limit: 5) { text role { title category { name } } } }",
            "{ resolveTitle(title: \"Senior Role 1\") { matchedTitle role { title duties { text } } } }",
        ];
        let counts = async || {
            let mut counts = Vec::new();
            for query in queries {
                counts.push(statements(&board, query).await.1);
            }
            counts
        };
        board_with_roles(&board, 7).await;
        let few = counts().await;
        for number in 7..60 {
            let slug = format!("role-{number}");
            board.store(&draft(&slug, &format!("Role {number}"))).await;
        }
        assert_eq!(counts().await, few);
    }

    async fn many_titles_take_as_many_statements_as_one(board) {
        board_with_roles(&board, 20).await;
        let resolve = |titles: usize| {
            let titles: Vec<String> = (0..titles).map(|number| format!("\"Lead Role {number}\"")).collect();
            format!("{{ resolveTitles(titles: [{}], limit: 2) {{ title matches {{ matchedTitle role {{ title }} }} }} }}", titles.join(", "))
        };
        let (_, one) = statements(&board, &resolve(1)).await;
        let (data, many) = statements(&board, &resolve(20)).await;
        assert_eq!(data["resolveTitles"].as_array().map(Vec::len), Some(20));
        assert_eq!(many, one);
    }

    async fn a_field_that_several_fragments_select_is_read_once(board) {
        board_with_roles(&board, 1).await;
        let query = "{ ...Head ...Body ...Head role(by: {slug: \"role-0\"}) { id } }
            fragment Head on Query { role(by: {slug: \"role-0\"}) { title } }
            fragment Body on Query { role(by: {slug: \"role-0\"}) { duties { text } faqs { question } } }";
        let (data, count) = statements(&board, query).await;
        assert_eq!(data["role"]["title"], "Role 0");
        assert_eq!(count, 1);
    }
}
