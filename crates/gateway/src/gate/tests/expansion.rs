//! The counts of the memoised walk against a naive one that follows every fragment each time.

use async_graphql::parser::parse_query;
use async_graphql::parser::types::{ExecutableDocument, Selection, SelectionSet};
use proptest::prelude::*;

use crate::gate::measure::measure;

/// What the naive walk counts, up to a bound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Naive {
    fields: usize,
    aliases: usize,
    directives: usize,
    depth: usize,
    height: usize,
}

const BOUND: usize = 200_000;

fn selection(
    document: &ExecutableDocument,
    set: &SelectionSet,
    depth: usize,
    height: usize,
    sum: &mut Naive,
) -> Option<()> {
    sum.height = sum.height.max(height);
    for item in &set.items {
        if sum.fields > BOUND {
            return None;
        }
        sum.directives += item.node.directives().len();
        match &item.node {
            Selection::Field(field) => {
                sum.fields += 1;
                sum.aliases += usize::from(field.node.alias.is_some());
                sum.depth = sum.depth.max(depth + 1);
                let inner = &field.node.selection_set.node;
                if !inner.items.is_empty() {
                    selection(document, inner, depth + 1, height + 1, sum)?;
                }
            }
            Selection::InlineFragment(fragment) => {
                selection(
                    document,
                    &fragment.node.selection_set.node,
                    depth,
                    height + 1,
                    sum,
                )?;
            }
            Selection::FragmentSpread(spread) => {
                let fragment = document.fragments.get(&spread.node.fragment_name.node);
                if let Some(fragment) = fragment {
                    sum.directives += fragment.node.directives.len();
                    let set = &fragment.node.selection_set.node;
                    selection(document, set, depth, height + 1, sum)?;
                }
            }
        }
    }
    Some(())
}

/// Counts the operations; `None` when that takes too long.
fn naive(document: &ExecutableDocument) -> Option<Naive> {
    let mut sum = Naive::default();
    for (_, operation) in document.operations.iter() {
        sum.directives += operation.node.directives.len();
        selection(document, &operation.node.selection_set.node, 0, 1, &mut sum)?;
    }
    Some(sum)
}

/// A selection in which `FRAGMENT` stands for a fragment to be chosen.
fn selections() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("a".to_owned()),
        Just("b: a".to_owned()),
        Just("a @d".to_owned()),
        (0..8_usize).prop_map(|n| format!("...F{n}")),
        (0..8_usize).prop_map(|n| format!("...F{n} @d @e")),
    ];
    let items = |item| prop::collection::vec(item, 1..5).prop_map(|items| items.join(" "));
    let nested = leaf.prop_recursive(4, 24, 5, move |inner| {
        let set = items(inner);
        prop_oneof![
            set.clone().prop_map(|set| format!("c {{ {set} }}")),
            set.clone().prop_map(|set| format!("... on T {{ {set} }}")),
            set.prop_map(|set| format!("... @d {{ {set} }}")),
        ]
    });
    items(nested.boxed())
}

/// Documents whose fragments use only fragments of higher numbers, all of them used.
fn documents() -> impl Strategy<Value = String> {
    (selections(), prop::collection::vec(selections(), 8)).prop_map(|(operation, fragments)| {
        let all: Vec<_> = (0..fragments.len()).map(|n| format!("...F{n}")).collect();
        let mut text = format!("query @q {{ {operation} {} }}", all.join(" "));
        for (n, fragment) in fragments.iter().enumerate() {
            let mut fragment = fragment.clone();
            for lower in 0..=n {
                fragment = fragment.replace(&format!("...F{lower} @d @e"), "a @d @e");
                fragment = fragment.replace(&format!("...F{lower}"), "a");
            }
            text.push_str(&["fragment F", &n.to_string(), " on T @f { ", &fragment, " }"].concat());
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_memoised_count_is_the_naive_one(text in documents()) {
        let document = parse_query(&text).unwrap();
        let size = measure(&document).unwrap();
        if let Some(naive) = naive(&document) {
            let counted = Naive {
                fields: size.fields,
                aliases: size.aliases,
                directives: size.directives,
                depth: size.depth,
                height: size.height,
            };
            prop_assert_eq!(counted, naive);
        } else {
            prop_assert!(size.fields > BOUND);
        }
    }

    #[test]
    fn any_text_passes_or_is_refused(text in "[{}()\\[\\]:!$@.\"#a-c \\n]{0,80}") {
        let _ = super::gate().admit(&text, crate::gate::Trust::Sent);
    }
}

#[test]
fn counts_stop_at_the_largest_number() {
    let link = |n: usize| format!("fragment F{n} on T {{ ...F{} ...F{} }} ", n + 1, n + 1);
    let links: String = (0..200).map(link).collect();
    let text = format!("{{ ...F0 }} {links} fragment F200 on T {{ a: b @d }}");
    let size = measure(&parse_query(text).unwrap()).unwrap();
    assert_eq!(size.fields, usize::MAX);
    assert_eq!(size.aliases, usize::MAX);
    assert_eq!(size.directives, usize::MAX);
    assert_eq!((size.depth, size.fragments), (1, 201));
}

#[test]
fn unused_fragments_and_other_operations_count() {
    let count = |text: &str| measure(&parse_query(text).unwrap()).unwrap().fields;
    assert_eq!(
        count("{ a } fragment A on T { b ...B } fragment B on T { c }"),
        3
    );
    assert_eq!(
        count("query X { a } query Y { b ...B } fragment B on T { c }"),
        3
    );
}

#[test]
fn a_deep_chain_ends_without_a_crash() {
    let nested = |n: usize| format!("{}...F{}{}", "...{".repeat(20), n + 1, "}".repeat(20));
    let link = |n: usize| format!("fragment F{n} on T {{ {} }} ", nested(n));
    let links: String = (0..60).map(link).collect();
    let text = format!("{{ ...F0 }} {links} fragment F60 on T {{ a }}");
    assert!(measure(&parse_query(text).unwrap()).unwrap().height > 128);
}
