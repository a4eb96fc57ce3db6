//! Documents that are made to hurt, as large as limits allow.

use super::Sample;

/// How much a document may hold.
#[derive(Clone, Copy)]
pub(crate) struct Room {
    pub(crate) bytes: usize,
    pub(crate) tokens: usize,
}

/// All families, each filling the room.
pub(crate) fn documents(room: Room) -> Vec<Sample> {
    let mut samples = Vec::new();
    for (name, frame, piece, tokens) in FLOODS {
        samples.push(Sample::new(
            &format!("{name}, in bytes"),
            room.flood(frame, piece, 0),
        ));
        samples.push(Sample::new(
            &format!("{name}, in tokens"),
            room.flood(frame, piece, *tokens),
        ));
    }
    samples.extend(room.depths());
    samples.extend(circles());
    samples.extend(fan_outs());
    samples.extend(room.long_texts());
    samples.extend(room.conflicts());
    samples.extend(room.crowds());
    samples
}

/// A name, a frame with `@` for the flood, its piece with `#` for a number, and its tokens.
type Flood = (&'static str, &'static str, &'static str, usize);

const FLOODS: &[Flood] = &[
    ("unknown directives", "{ __typename @ }", "@aa ", 2),
    ("directives", "{ __typename @ }", "@include(if: true) ", 7),
    (
        "directives of variables",
        "query ($a: Int @) { __typename }",
        "@aa ",
        2,
    ),
    ("aliases", "{ @ }", "a#: __typename ", 3),
    ("one field", "{ @ }", "__typename ", 1),
    (
        "one field of a role",
        "{ role(by: {slug: \"x\"}) { @ } }",
        "title ",
        1,
    ),
    ("unknown root fields", "{ @ }", "noSuchField# ", 1),
    (
        "unknown fields",
        "{ role(by: {slug: \"x\"}) { @ } }",
        "noSuchField# ",
        1,
    ),
    (
        "long unknown fields",
        "{ role(by: {slug: \"x\"}) { @ } }",
        "alternateTitlesAreLong# ",
        1,
    ),
    (
        "fields of other types",
        "{ role(by: {slug: \"x\"}) { @ } }",
        "name ",
        1,
    ),
    (
        "unknown arguments",
        "{ roles(@) { nodes { id } } }",
        "a#: 1 ",
        3,
    ),
    (
        "unknown arguments of directives",
        "{ __typename @include(@) }",
        "iff#: 1 ",
        3,
    ),
    (
        "one argument",
        "{ roles(@) { nodes { id } } }",
        "first: 1 ",
        3,
    ),
    (
        "introspection",
        "{ @ }",
        "a#: __schema { types { name } } ",
        8,
    ),
    (
        "unused variables",
        "query (@) { __typename }",
        "$a#: Int ",
        4,
    ),
    (
        "variables of unknown types",
        "query (@) { __typename }",
        "$a#: T# ",
        4,
    ),
    ("one variable", "query (@) { __typename }", "$a: Int ", 4),
    (
        "defaults of the wrong type",
        "query (@) { __typename }",
        "$a#: Int = [1] ",
        8,
    ),
    (
        "undefined variables",
        "{ nodes(ids: [@]) { id } }",
        "$a# ",
        2,
    ),
    ("operations", "@", "query A# { __typename } ", 5),
    ("one operation", "@", "query A { __typename } ", 5),
    (
        "unused fragments",
        "{ __typename } @",
        "fragment A# on Query { __typename } ",
        7,
    ),
    ("unknown fragments", "{ @ }", "...A# ", 2),
    ("inline fragments", "{ @ }", "... { __typename } ", 4),
    ("unknown types", "{ @ }", "... on T# { __typename } ", 6),
    ("impossible types", "{ @ }", "... on Role { id } ", 6),
    ("items", "{ nodes(ids: [@]) { id } }", "1 ", 1),
    ("wrong items", "{ nodes(ids: [@]) { id } }", "{} ", 2),
    ("members", "{ role(by: {@}) { id } }", "a#: 1 ", 3),
    ("one member", "{ role(by: {@}) { id } }", "slug: \"x\" ", 3),
    ("leaves without fields", "{ @ }", "roles ", 1),
    (
        "leaves with fields",
        "{ role(by: {slug: \"x\"}) { @ } }",
        "id { a } ",
        4,
    ),
];

impl Room {
    /// The frame with as many pieces as there is room for; pieces without tokens need none.
    fn flood(self, frame: &str, piece: &str, tokens: usize) -> String {
        let bytes = self.bytes - frame.len();
        let most = (self.tokens - 40).checked_div(tokens).unwrap_or(usize::MAX);
        let mut text = String::new();
        for number in 0..most {
            let next = piece.replace('#', &number.to_string());
            if text.len() + next.len() > bytes {
                break;
            }
            text += &next;
        }
        frame.replacen('@', &text, 1)
    }

    fn depths(self) -> Vec<Sample> {
        let pairs = [
            ("{ a ", "}"),
            ("...{", "}"),
            ("{", ""),
            ("[", "]"),
            ("(", ""),
        ];
        let mut samples = Vec::new();
        for (open, close) in pairs {
            for depth in [28, 100, self.bytes / (open.len() + 2)] {
                let text = format!("{{{}{}}}", open.repeat(depth), close.repeat(depth));
                samples.push(Sample::new(&format!("{depth} of {open:?}"), text));
            }
        }
        let steps = [("ofType {", "}", 28), ("fields { type {", "} }", 8)];
        for (step, close, times) in steps {
            let (open, close) = (step.repeat(times), close.repeat(times));
            let text = format!("{{ __schema {{ types {{ {open} name {close} }} }} }}");
            samples.push(Sample::new(
                &format!("introspection, {times} of {step:?}"),
                text,
            ));
        }
        samples
    }

    /// Few tokens with many bytes.
    fn long_texts(self) -> Vec<Sample> {
        let long = |piece: &str| piece.repeat((self.bytes - 60) / piece.len());
        let name = |text: String| format!("{{ __type(name: {text}) {{ name }} }}");
        let field = |text: String| format!("{{ role(by: {{slug: \"x\"}}) {{ {text} }} }}");
        let words = |count: usize| {
            let word = "w".repeat(self.bytes / count - 6);
            let words = (0..count).map(|number| format!("{word}{number:04} "));
            words.collect::<String>()
        };
        [
            ("a long field", field(long("x"))),
            ("ten long fields", field(words(10))),
            ("many long fields", field(words(self.tokens * 9 / 10))),
            (
                "a long argument",
                format!("{{ roles({}: 1) {{ nodes {{ id }} }} }}", long("x")),
            ),
            ("a long alias", format!("{{ {}: __typename }}", long("x"))),
            ("a long number", name(long("9"))),
            ("a long string", name(format!("\"{}\"", long("x")))),
            (
                "a string of escapes",
                name(format!("\"{}\"", long("\\u00e4"))),
            ),
            (
                "a block string",
                name(format!("\"\"\"{}\"\"\"", long("\n  x"))),
            ),
            ("an open string", name(format!("\"{}", long("x")))),
            ("a comment", format!("{{ __typename }} #{}", long("x"))),
            ("commas", format!("{{ __typename }} {}", long(","))),
            ("no GraphQL", long("\u{fffd}")),
        ]
        .map(|(name, text)| Sample::new(name, text))
        .into()
    }

    /// Fields that cannot stand beside each other, in as many selections as possible.
    fn conflicts(self) -> Vec<Sample> {
        let many = |piece: &str, tokens: usize, most: usize| {
            piece.repeat((self.tokens * 4 / 10 / tokens).min(most))
        };
        let long = "x".repeat(self.bytes / 4);
        let half = self.tokens / 8;
        let arguments = |value: &str| {
            let arguments = (0..half).map(|number| format!("a{number}: {value} "));
            arguments.collect::<String>()
        };
        let fields = [
            ("equal fields", many("title ", 1, 900)),
            (
                "equal fields with arguments",
                many("duties(first: 1) { id } ", 9, 900),
            ),
            ("conflicts", format!("id: title {}", many("id ", 1, 900))),
            (
                "conflicts of a long name",
                format!("id: {long} {}", many("id ", 1, 900)),
            ),
            (
                "conflicts of a long alias",
                format!("{long}: id {}", many("id ", 1, 900)),
            ),
            (
                "conflicts of arguments",
                format!(
                    "duties(first: 1) {{ id }} {}",
                    many("duties { id } ", 4, 450)
                ),
            ),
            (
                "conflicts of many arguments",
                format!("id({}) id({})", arguments("1"), arguments("2")),
            ),
        ];
        let mut samples = Vec::new();
        for (name, items) in fields {
            for (place, text) in [
                ("flat", in_inline_fragments(&items, "... {", 0)),
                (
                    "in 27 inline fragments",
                    in_inline_fragments(&items, "... {", 27),
                ),
                (
                    "in 27 conditions",
                    in_inline_fragments(&items, "... @include(if: true) {", 27),
                ),
                ("in a chain of fragments", in_chain(&items, 40, 2)),
                ("in a long chain of fragments", in_chain(&items, 60, 1)),
            ] {
                samples.push(Sample::new(&format!("{name}, {place}"), text));
            }
        }
        samples
    }

    /// What is looked at once for each operation, or for each pair.
    fn crowds(self) -> Vec<Sample> {
        let several = |count: usize, piece: &str| {
            let pieces = (0..count).map(|number| piece.replace('#', &number.to_string()));
            pieces.collect::<String>()
        };
        let chain = |length: usize, end: &str| {
            let link = |n: usize| format!("fragment F{n} on Query {{ ...F{} }} ", n + 1);
            let links: String = (0..length).map(link).collect();
            format!("{links} fragment F{length} on Query {{ {end} }}")
        };
        let (some, half) = (self.tokens / 20, self.tokens / 16);
        let declared = several(half, "$a#: Int ");
        let later = |from: usize| {
            let spreads = (from..9).map(|number| format!("...F{number} "));
            spreads.collect::<String>()
        };
        let pyramid = (0..9).map(|n| {
            let spreads = later(n + 1);
            format!("fragment F{n} on Query {{ {spreads} __typename }} ")
        });
        let pyramid = pyramid.collect::<String>();
        let uses = format!("nodes(ids: [{}]) {{ id }}", several(half, "$a# "));
        [
            (
                "operations with a chain of fragments",
                several(some, "query A# { ...F0 } ") + &chain(60, "__typename"),
            ),
            (
                "operations with undefined variables",
                several(half, "query A# { ...F0 } ") + &chain(0, &uses),
            ),
            (
                "operations with variables of the wrong type",
                several(3, &format!("query A# ({declared}) {{ ...F0 }} ")) + &chain(0, &uses),
            ),
            (
                "fragments that use all later ones",
                format!("{{ {} }} {pyramid}", later(0)),
            ),
        ]
        .map(|(name, text)| Sample::new(name, text))
        .into()
    }
}

const ROLE: &str = "role(by: {slug: \"x\"})";

fn in_inline_fragments(items: &str, open: &str, depth: usize) -> String {
    let (open, close) = (open.repeat(depth), "}".repeat(depth));
    format!("{{ {ROLE} {{ {open} {items} {close} }} }}")
}

/// The items at the end of a chain of fragments, each with some inline fragments around its end.
fn in_chain(items: &str, length: usize, inline: usize) -> String {
    let (open, close) = ("...{ ".repeat(inline), "} ".repeat(inline));
    let link = |n: usize| format!("fragment F{n} on Role {{ {open} ...F{} {close} }} ", n + 1);
    let links: String = (0..length).map(link).collect();
    format!("{{ {ROLE} {{ ...F0 }} }} {links} fragment F{length} on Role {{ {items} }}")
}

fn circles() -> Vec<Sample> {
    let ring = |length: usize| {
        let link = |n| {
            format!(
                "fragment A{n} on Query {{ __typename ...A{} }} ",
                (n + 1) % length
            )
        };
        (0..length).map(link).collect::<String>()
    };
    let rings = [1, 3, 60].map(|length| {
        Sample::new(
            &format!("a circle of {length}"),
            format!("{{ ...A0 }} {}", ring(length)),
        )
    });
    rings.into()
}

/// Chains of fragments of which each uses the next one several times.
fn fan_outs() -> Vec<Sample> {
    let fan_out = |levels: usize, width: usize, spread: &str| {
        let uses = |level: usize| spread.replace('#', &level.to_string()).repeat(width);
        let link = |level| format!("fragment F{level} on Query {{ {} }} ", uses(level + 1));
        let links: String = (0..levels).map(link).collect();
        format!("{{ ...F0 }} {links} fragment F{levels} on Query {{ __typename }}")
    };
    let conditional = "... on Query @include(if: true) { ...F# } ";
    [
        ("fragments, 2 to the 9th", fan_out(9, 2, "...F# ")),
        ("fragments, 2 to the 60th", fan_out(60, 2, "...F# ")),
        ("fragments, 8 to the 9th", fan_out(9, 8, "...F# ")),
        ("fragments with conditions", fan_out(14, 4, conditional)),
    ]
    .map(|(name, text)| Sample::new(name, text))
    .into()
}
