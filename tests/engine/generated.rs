//! Queries that nobody would write, made from the schema as it describes itself.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

/// Asks for what queries are made from.
pub(crate) const INTROSPECTION: &str = "{ __schema { types {
    name possibleTypes { name }
    fields { name args { name } type { name ofType { name ofType { name ofType { name } } } } }
} } }";

/// Fields inside of fields, at most.
const DEPTH: usize = 5;

/// The objects of the schema with their fields.
#[derive(Clone, Debug, Default)]
pub(crate) struct Graph {
    fields: BTreeMap<String, Vec<Field>>,
    /// The objects that an interface stands for.
    possible: BTreeMap<String, Vec<String>>,
}

#[derive(Clone, Debug)]
struct Field {
    name: String,
    type_name: String,
    arguments: Vec<String>,
}

impl Graph {
    /// Reads the answer to [`INTROSPECTION`].
    pub(crate) fn of(data: &Value) -> Self {
        let mut graph = Self::default();
        for ty in list(&data["__schema"]["types"]) {
            let name = text(&ty["name"]);
            let fields: Vec<_> = list(&ty["fields"]).iter().map(Field::of).collect();
            let possible: Vec<_> = list(&ty["possibleTypes"]).iter().collect();
            if !fields.is_empty() && !name.starts_with("__") {
                graph.fields.insert(name.clone(), fields);
            }
            let possible = possible.into_iter().map(|ty| text(&ty["name"])).collect();
            graph.possible.insert(name, possible);
        }
        graph
    }

    fn fields(&self, type_name: &str) -> &[Field] {
        self.fields.get(type_name).map_or(&[], Vec::as_slice)
    }
}

impl Field {
    fn of(field: &Value) -> Self {
        let mut ty = &field["type"];
        while ty["name"].is_null() {
            ty = &ty["ofType"];
        }
        Self {
            name: text(&field["name"]),
            type_name: text(&ty["name"]),
            arguments: list(&field["args"])
                .iter()
                .map(|argument| text(&argument["name"]))
                .collect(),
        }
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Requests with queries of the graph.
pub(crate) fn queries(graph: Graph) -> impl Strategy<Value = Value> {
    requests(graph, |writer| writer.selection("Query", DEPTH))
}

/// Requests with queries that reach every role that their caller may see.
pub(crate) fn queries_of_roles(graph: Graph) -> impl Strategy<Value = Value> {
    requests(graph, |writer| {
        writer.push("{ ");
        for (list, node) in [
            ("roles(first: 9)", "Role"),
            ("categories(first: 9)", "Category"),
            ("skills(first: 9)", "Skill"),
            ("faqs(first: 9)", "Faq"),
        ] {
            if writer.choose(2) == 0 {
                writer.push(&format!("{list} {{ nodes "));
                writer.selection(node, DEPTH - 1);
                writer.push("} ");
            }
        }
        writer.push("__typename } ");
    })
}

fn requests(graph: Graph, write: impl Fn(&mut QueryWriter<'_>)) -> impl Strategy<Value = Value> {
    let variables = (any::<bool>(), any::<bool>(), -1..4_i32);
    (vec(any::<u8>(), 0..300), variables).prop_map(move |(choices, (yes, no, size))| {
        let mut writer = QueryWriter::new(&graph, choices);
        write(&mut writer);
        json!({
            "query": writer.document(),
            "variables": {"yes": yes, "no": no, "size": size, "slug": "plumber", "after": null},
        })
    })
}

/// Writes a query; what it writes depends on a list of numbers, and ends with it.
struct QueryWriter<'g> {
    graph: &'g Graph,
    choices: std::vec::IntoIter<u8>,
    query: String,
    aliases: usize,
}

impl<'g> QueryWriter<'g> {
    fn new(graph: &'g Graph, choices: Vec<u8>) -> Self {
        Self {
            graph,
            choices: choices.into_iter(),
            query: String::new(),
            aliases: 0,
        }
    }

    /// The query with exactly those variables that it uses.
    fn document(&self) -> String {
        let types = [
            ("yes", "Boolean!"),
            ("no", "Boolean!"),
            ("size", "Int"),
            ("slug", "Slug!"),
            ("after", "String"),
        ];
        let used = types
            .iter()
            .filter(|(name, _)| self.query.contains(&format!("${name}")));
        let used: Vec<_> = used.map(|(name, ty)| format!("${name}: {ty}")).collect();
        if used.is_empty() {
            return self.query.clone();
        }
        format!("query ({}) {}", used.join(", "), self.query)
    }

    /// One of `count` ways; the first one when the numbers are used up.
    fn choose(&mut self, count: usize) -> usize {
        usize::from(self.choices.next().unwrap_or_default()) % count.max(1)
    }

    fn one_of(&mut self, words: &[&'static str]) -> &'static str {
        words[self.choose(words.len())]
    }

    fn push(&mut self, text: &str) {
        self.query.push_str(text);
    }

    /// Writes a selection of a type, which is never empty.
    fn selection(&mut self, type_name: &str, depth: usize) {
        self.push("{ ");
        let mut used = BTreeSet::new();
        let items = 1 + self.choose(4);
        for _ in 0..items {
            match self.choose(8) {
                0 => self.push("__typename "),
                1 => self.fragment(type_name, depth),
                _ => self.field(type_name, depth, &mut used),
            }
        }
        self.push("} ");
    }

    /// Writes a fragment on the type or on another that may apply.
    fn fragment(&mut self, type_name: &str, depth: usize) {
        let mut types = self
            .graph
            .possible
            .get(type_name)
            .cloned()
            .unwrap_or_default();
        types.push(type_name.to_owned());
        let chosen = self.choose(types.len() + 1);
        let inner = types.get(chosen).cloned();
        self.push("... ");
        if let Some(name) = &inner {
            self.push(&format!("on {name} "));
        }
        self.condition();
        // Its fields have names that nothing else around has, so that there is no conflict.
        self.push("{ ");
        let inner = inner.unwrap_or_else(|| type_name.to_owned());
        self.aliased_field(&inner, depth);
        self.push("} ");
    }

    fn condition(&mut self) {
        let condition = self.one_of(&[
            "",
            "",
            "",
            "@include(if: $yes) ",
            "@skip(if: $no) ",
            "@include(if: false) ",
            "@skip(if: false) @include(if: $no) ",
        ]);
        self.push(condition);
    }

    fn pick(&mut self, type_name: &str, depth: usize) -> Option<&'g Field> {
        let fields = self.graph.fields(type_name);
        let is_leaf = |field: &&Field| self.graph.fields(&field.type_name).is_empty();
        let fields: Vec<_> = fields
            .iter()
            .filter(|field| depth > 1 || is_leaf(field))
            .collect();
        let chosen = self.choose(fields.len());
        fields.get(chosen).copied()
    }

    /// Writes a field; a second one of the same name has another name in the answer, or is the
    /// same without arguments.
    fn field(&mut self, type_name: &str, depth: usize, used: &mut BTreeSet<String>) {
        let Some(field) = self.pick(type_name, depth) else {
            return self.push("__typename ");
        };
        let again = !used.insert(field.name.clone());
        if again && !field.arguments.is_empty() {
            return self.aliased(field, depth);
        }
        self.rest(field, depth, &field.name);
    }

    fn aliased_field(&mut self, type_name: &str, depth: usize) {
        match self.pick(type_name, depth) {
            Some(field) => self.aliased(field, depth),
            None => self.push("__typename "),
        }
    }

    fn aliased(&mut self, field: &Field, depth: usize) {
        self.aliases += 1;
        if self.aliases > 25 {
            return self.push("__typename ");
        }
        let alias = format!("a{}: {}", self.aliases, field.name);
        self.rest(field, depth, &alias);
    }

    /// Writes what follows the name of a field.
    fn rest(&mut self, field: &Field, depth: usize, name: &str) {
        self.push(name);
        self.arguments(field);
        self.push(" ");
        self.condition();
        if !self.graph.fields(&field.type_name).is_empty() {
            self.selection(&field.type_name, depth - 1);
        }
    }

    fn arguments(&mut self, field: &Field) {
        let mut given = String::new();
        for name in &field.arguments {
            let value = self.argument(&field.name, name);
            if !value.is_empty() {
                let _ = write!(given, "{name}: {value} ");
            }
        }
        if !given.is_empty() {
            self.push(&format!("({given})"));
        }
    }

    /// The value of an argument, or nothing.
    fn argument(&mut self, field: &str, name: &str) -> &'static str {
        match (field, name) {
            (_, "first") => {
                self.one_of(&["2", "", "1", "0", "3", "$size", "-1", "101", "3000000000", "null"])
            }
            (_, "last") => self.one_of(&["", "", "", "", "", "1", "$size"]),
            (_, "after") => self.one_of(&["", "", "", "$after", "\"?\""]),
            (_, "before") => self.one_of(&["", "", "", "", "$after", "\"?\""]),
            ("role", "by") => self.one_of(&[
                "{slug: \"plumber\"}",
                "{slug: $slug}",
                "{slug: \"nobody\"}",
                "{slug: \"hidden-draft\"}",
                "{id: \"odd\"}",
                "{code: {scheme: \"onet-soc\" code: \"47-2152.00\"}}",
            ]),
            ("category", "by") => self.one_of(&["{slug: \"skilled-trades\"}", "{slug: \"x\"}"]),
            ("skill", "by") => self.one_of(&["{slug: \"welding\"}", "{slug: \"x\"}"]),
            ("node", _) => self.one_of(&[
                "\"role_00000000-0000-7000-8000-000000000001\"",
                "\"cat_00000000-0000-7000-8000-000000000002\"",
                "7",
            ]),
            ("nodes", _) => self.one_of(&[
                "[\"role_00000000-0000-7000-8000-000000000001\" \"skill_00000000-0000-7000-8000-000000000009\"]",
                "[]",
                "\"odd\"",
            ]),
            (_, "values") => self.one_of(&["[{name: \"Company\" value: \"\\\"A\\n\"}]", "[]"]),
            ("search", "query") => self.one_of(&[
                "\"plumber\"",
                "\"install OR repair -sales\"",
                "\"\"",
                "\"enginer pyhton\"",
                "\"xyzzy\"",
                "\"skill:python title:eng* \\\"data\\\"\"",
                "7",
            ]),
            ("search", "filter") => self.one_of(&[
                "",
                "{salaryBand: [FROM_50K UNDER_30K]}",
                "{category: {slug: $slug} employmentOutlook: FASTER_THAN_AVERAGE}",
                "{titleContains: \"e\" locale: \"en\"}",
                "{salaryBand: []}",
            ]),
            ("suggest", "prefix") => self.one_of(&["\"p\"", "\"software en\"", "\"xyz\"", "\"\""]),
            ("resolveTitle", "title") => {
                self.one_of(&["\"Senior Plumber (m/f/d)\"", "\"sofware engineer\"", "\"\""])
            }
            ("resolveTitles", "titles") => self.one_of(&["[\"Plumber\" \"x\"]", "[]", "\"nurse\""]),
            (_, "limit") => self.one_of(&["", "2", "$size", "1", "20", "21", "null"]),
            (_, "orderBy") => self.one_of(&["", "{field: UPDATED_AT direction: DESC}", "{}"]),
            ("roles", "filter") => {
                self.one_of(&["", "{titleContains: \"e\"}", "{category: {slug: $slug}}", "{state: DRAFT}"])
            }
            (_, _) => self.argument_of_past(field, name),
        }
    }

    /// The value of an argument that leads to what was.
    fn argument_of_past(&mut self, field: &str, name: &str) -> &'static str {
        match (field, name) {
            ("role", "asOf") => self.one_of(&[
                "",
                "",
                "{revision: 1}",
                "{revision: 2}",
                "{time: \"2100-01-01T00:00:00Z\"}",
                "{revision: $size}",
                "null",
            ]),
            ("diff", "from") => self.one_of(&["1", "2", "-1", "$size", "\"1\""]),
            ("diff", "to") => self.one_of(&["", "", "1", "2", "null"]),
            (_, _) => "",
        }
    }
}
