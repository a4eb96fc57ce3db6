//! Documents that are made to stop, bloat or fool a server, each with its exact refusal.

use serde_json::{Value, json};

use super::{code, refusal, refusals};

const SMALL: usize = 14_000;

/// `piece` with `#` counted up, as often as fits into a document within the limit of bytes.
fn flood(piece: &str) -> String {
    let mut text = String::new();
    let mut count = 0;
    while text.len() < SMALL {
        text += &piece.replace('#', &count.to_string());
        count += 1;
    }
    text
}

/// A chain of fragments of which each uses the next one `width` times.
fn fan_out(levels: usize, width: usize, spread: &str) -> String {
    let uses = |level: usize| spread.replace('#', &level.to_string()).repeat(width);
    let link = |level| format!("fragment F{level} on Query {{ {} }} ", uses(level + 1));
    let links: String = (0..levels).map(link).collect();
    format!("{{ ...F0 }} {links} fragment F{levels} on Query {{ __typename }}")
}

#[test]
fn floods_of_directives_are_refused_wherever_they_are() {
    for place in [
        "{ __typename D }",
        "query D { __typename }",
        "{ ... D { __typename } }",
        "{ ...A D } fragment A on Query { __typename }",
        "{ ...A } fragment A on Query D { __typename }",
        "query ($a: Boolean D) { __typename @include(if: $a) }",
    ] {
        let few = place.replace('D', &"@aa ".repeat(3));
        assert_eq!(code(&few), "GRAPHQL_VALIDATION_FAILED", "{few}");
        let some = place.replace('D', &"@aa ".repeat(5));
        assert_eq!(code(&some), "LIMIT_DIRECTIVES", "{some}");
        for directive in ["@aa ", "@include(if: true) "] {
            let many = place.replace('D', &flood(directive));
            assert_eq!(code(&many), "LIMIT_TOKENS", "{directive} in {place}");
        }
    }
}

#[test]
fn floods_of_anything_are_refused() {
    for (piece, frame, refused) in [
        ("a#: __typename ", "{ @ }", "LIMIT_TOKENS"),
        ("__typename ", "{ @ }", "LIMIT_TOKENS"),
        ("noSuchField# ", "{ @ }", "LIMIT_ROOT_FIELDS"),
        ("a: __type(name: \"#\") { name } ", "{ @ }", "LIMIT_TOKENS"),
        ("a#: 1 ", "{ __type(@) { name } }", "LIMIT_TOKENS"),
        ("$a#: Int ", "query(@) { __typename }", "LIMIT_TOKENS"),
        ("query A# { __typename } ", "@", "LIMIT_TOKENS"),
        (
            "fragment A# on Query { __typename } ",
            "{ __typename } @",
            "LIMIT_TOKENS",
        ),
        ("...A# ", "{ @ }", "LIMIT_TOKENS"),
        ("... { __typename } ", "{ @ }", "LIMIT_TOKENS"),
        ("1 ", "{ __type(name: [@]) { name } }", "LIMIT_TOKENS"),
        ("a#: 1 ", "{ __type(name: {@}) { name } }", "LIMIT_TOKENS"),
        ("a#: __schema { types { name } } ", "{ @ }", "LIMIT_TOKENS"),
    ] {
        let text = frame.replace('@', &flood(piece));
        assert_eq!(code(&text), refused, "{piece}");
    }
}

#[test]
fn depth_is_refused_before_the_parser_feels_it() {
    for depth in [100, 2_000] {
        for (open, close) in [
            ("{ a ", "}"),
            ("...{", "}"),
            ("{", ""),
            ("[", "]"),
            ("(", ""),
        ] {
            let text = format!("{{{}{}}}", open.repeat(depth), close.repeat(depth));
            assert_eq!(code(&text), "LIMIT_NESTING", "{open} {depth}");
        }
    }
    let list = format!(
        "{{ __type(name: {}{}) {{ name }} }}",
        "[".repeat(31),
        "]".repeat(31)
    );
    assert_eq!(code(&list), "LIMIT_NESTING");
}

#[test]
fn introspection_in_circles_is_refused() {
    let chain = |step: &str, close: &str, times: usize| {
        let (open, close) = (step.repeat(times), close.repeat(times));
        format!("{{ __schema {{ types {{ name {open} name {close} }} }} }}")
    };
    for times in [4, 8] {
        assert_eq!(
            code(&chain("fields { type {", "} }", times)),
            "LIMIT_INTROSPECTION"
        );
        let types = chain("possibleTypes { interfaces {", "} }", times);
        assert_eq!(code(&types), "LIMIT_INTROSPECTION");
    }
    assert_eq!(code(&chain("ofType {", "}", 28)), "LIMIT_INTROSPECTION");
}

#[test]
fn fragments_in_circles_are_refused() {
    let ring = |length: usize| {
        let link = |n| {
            format!(
                "fragment A{n} on Query {{ __typename ...A{} }} ",
                (n + 1) % length
            )
        };
        (0..length).map(link).collect::<String>()
    };
    for text in [
        "{ ...A } fragment A on Query { ...A }".to_owned(),
        format!("{{ ...A0 }} {}", ring(3)),
        format!("{{ ...A0 }} {}", ring(60)),
        format!("{{ __typename }} {}", ring(3)),
        "{ __schema { queryType { ...A } } } fragment A on __Type { fields { type { ...A } } }"
            .to_owned(),
        "{ ...A } fragment A on Query { ... @include(if: true) { ...A ...A } }".to_owned(),
    ] {
        let error = refusal(&text);
        assert_eq!(
            error["extensions"]["code"], "GRAPHQL_VALIDATION_FAILED",
            "{text}"
        );
        let message = error["message"].as_str().unwrap();
        assert!(message.ends_with("uses itself"), "{message}");
        assert!(error["locations"].is_array());
    }
}

#[test]
fn fragments_that_multiply_are_refused() {
    for levels in [12, 16, 20, 24, 30, 60] {
        let error = refusal(&fan_out(levels, 2, "...F# "));
        assert_eq!(error["extensions"]["code"], "LIMIT_FIELDS", "{levels}");
        assert_eq!(error["extensions"]["actual"], 1_u64 << levels.min(62));
    }
    assert_eq!(code(&fan_out(9, 8, "...F# ")), "LIMIT_FIELDS");
    let wrapped = fan_out(14, 4, "... on Query @include(if: true) { ...F# } ");
    assert_eq!(code(&wrapped), "LIMIT_FIELDS");
    let start = "{ ...F0 }";
    for instead in [
        "{ __typename }",
        "{ __typename ...F0 @skip(if: true) }",
        "query A { __typename } query B { ...F0 }",
    ] {
        let text = fan_out(26, 2, "...F# ").replacen(start, instead, 1);
        assert_eq!(code(&text), "LIMIT_FIELDS", "{instead}");
    }
}

#[test]
fn defaults_of_types_that_are_not_there_are_refused() {
    for list in ["[T]", "[T!]!", "[[T]]", "T"] {
        for default in ["1", "[1]", "[[1]]", "[]", "null", "{a: 1}"] {
            for name in ["NoSuchType", "title", "__TypeKind"] {
                let variable = format!("{} = {default}", list.replace('T', name));
                let error = refusal(&format!("query ($a: {variable}) {{ __typename }}"));
                assert_eq!(
                    error["message"],
                    format!("Unknown type \"{name}\""),
                    "{variable}"
                );
                assert_eq!(error["locations"], json!([{"line": 1, "column": 8}]));
            }
        }
    }
    let used = "query ($a: [ID!]! = [\"x\"], $b: Boolean = true, $c: RoleFilter = {}) {
        nodes(ids: $a) @include(if: $b) { id } roles(filter: $c) { nodes { id } } }";
    super::admitted(used);
}

#[test]
fn the_first_conflict_ends_the_search() {
    let role = |items: &str| format!("{{ role(by: {{slug: \"x\"}}) {{ {items} }} }}");
    let different = role(&format!("id: title {}", "id ".repeat(500)));
    assert_eq!(
        refusals(&different),
        [json!({
            "message": "two different fields have one name, give one of them an alias: \"id\"",
            "locations": [{"line": 1, "column": 27}, {"line": 1, "column": 37}],
            "extensions": {"code": "GRAPHQL_VALIDATION_FAILED"},
        })]
    );
    for arguments in [
        "(first: 1)",
        "(first: $n)",
        "(last: 2)",
        "(first: 2, last: 2)",
    ] {
        let text = role(&format!(
            "duties(first: 2) {{ id }} ... on Role {{ x: id ... on Role {{ duties{arguments} {{ id }} duties(first: 2) {{ id }} }} }}"
        ));
        let found = refusals(&text);
        assert_eq!(found.len(), 1);
        let message = found[0]["message"].as_str().unwrap();
        assert!(
            message.starts_with("two fields with different arguments"),
            "{message}"
        );
    }
}

#[test]
fn comparisons_do_not_multiply() {
    let items = format!("id: title {}", "id ".repeat(200));
    let nested = format!("{}{items}{}", "... {".repeat(27), "}".repeat(27));
    let link = |n| format!("fragment F{n} on Role {{ ...F{} }} ", n + 1);
    let links: String = (0..60).map(link).collect();
    let chained = format!("...F0 }} }} {links} fragment F60 on Role {{ ... {{ {items} ");
    for items in [nested, chained] {
        let text = format!("{{ role(by: {{slug: \"x\"}}) {{ {items} }} }}");
        assert_eq!(code(&text), "LIMIT_FIELDS");
    }
}

#[test]
fn many_or_long_mistakes_are_told_without_suggestions() {
    let hints = |items: &str| {
        let found = refusals(&format!("{{ role(by: {{slug: \"x\"}}) {{ {items} }} }}"));
        let hinted = |error: &&Value| error["message"].as_str().unwrap().contains("Did you mean");
        (found.len(), found.iter().filter(hinted).count())
    };
    assert_eq!(hints("titlee slugg"), (2, 2));
    assert_eq!(hints(&"titlee ".repeat(10)), (10, 10));
    assert_eq!(hints(&"titlee ".repeat(11)), (10, 0));
    assert_eq!(hints(&format!("titlee {}", "x".repeat(1_000))), (2, 0));
}

#[test]
fn long_names_and_numbers_are_not_echoed() {
    let name = refusal(&format!("{{ {} }}", "x".repeat(SMALL)));
    assert_eq!(name["extensions"]["code"], "GRAPHQL_VALIDATION_FAILED");
    assert!(name["message"].as_str().unwrap().chars().count() <= 200);
    let number = refusal(&format!(
        "{{ __type(name: {}) {{ name }} }}",
        "9".repeat(SMALL)
    ));
    assert!(number.to_string().len() < 1_000);
}
