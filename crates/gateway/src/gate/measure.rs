//! One walk over a document that counts it as if every fragment stood where it is used.
//!
//! Each fragment is walked once and its counts are remembered, so that the walk takes a time in
//! proportion to the text, while the counts may grow exponentially and stop at the largest number.

use std::collections::{HashMap, HashSet};

use async_graphql::parser::types::{
    Directive, ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet,
};
use async_graphql::{Name, Positioned};

use super::order;
use super::size::{IntrospectionSize, Size};
use super::value::ValueSize;
use crate::error::{ErrorCode, GraphError};

/// Selections inside of each other that the walk follows; the limit of [`Size::height`] is lower,
/// so that whatever reaches this is refused.
const MAX_LEVELS: usize = 512;

/// Counts a parsed document; what only the text knows stays zero.
pub(crate) fn measure(document: &ExecutableDocument) -> Result<Size, GraphError> {
    let mut walk = Walk::new(document);
    let mut size = Size {
        fragments: document.fragments.len(),
        ..Size::default()
    };
    for (_, operation) in order::operations(document) {
        let measure = walk.operation(&operation.node)?;
        size.root_fields = size.root_fields.max(measure.top_fields);
        walk.visits = walk.visits.saturating_add(measure.lookups);
        size.add(&measure);
    }
    let mut fragments = Vec::with_capacity(document.fragments.len());
    for (name, _) in order::fragments(document) {
        fragments.push((name, walk.fragment(name, 0)?));
    }
    // A fragment that nothing uses holds all others that no operation reaches.
    let unused = fragments
        .iter()
        .filter(|(name, _)| !walk.used.contains(name.as_str()));
    for (_, measure) in unused {
        size.add(measure);
    }
    size.directives_per_place = walk.directives_per_place;
    size.value_depth = walk.values.depth;
    size.list_items = walk.values.list_items;
    size.visits = walk.visits;
    Ok(size)
}

impl Size {
    fn add(&mut self, measure: &Measure) {
        self.fields = self.fields.saturating_add(measure.fields);
        self.aliases = self.aliases.saturating_add(measure.aliases);
        self.directives = self.directives.saturating_add(measure.directives);
        self.depth = self.depth.max(measure.depth);
        self.height = self.height.max(measure.height);
        let introspection = &mut self.introspection;
        introspection.join(&measure.introspection);
    }
}

impl IntrospectionSize {
    fn join(&mut self, other: &Self) {
        self.fields = self.fields.saturating_add(other.fields);
        self.depth = self.depth.max(other.depth);
        self.of_type_chain = self.of_type_chain.max(other.of_type_chain);
        self.repeated_list |= other.repeated_list;
    }
}

/// What a selection holds when every fragment stands where it is used.
#[derive(Clone, Copy, Debug, Default)]
struct Measure {
    /// Fields of the selection itself.
    top_fields: usize,
    /// The same with their arguments and the values of these.
    top_parts: usize,
    /// Uses of fragments and variables anywhere.
    lookups: usize,
    fields: usize,
    aliases: usize,
    directives: usize,
    depth: usize,
    height: usize,
    introspection: IntrospectionSize,
    /// `ofType` right inside of each other, from the top of the selection.
    of_type_top: usize,
    /// The longest such chain anywhere.
    of_type_longest: usize,
    /// Which lists of the schema are selected anywhere below.
    lists: Lists,
    /// Whether one of them stands inside of itself.
    repeated: bool,
}

impl Measure {
    /// Puts what stands beside it into the same selection.
    fn join(&mut self, other: &Self) {
        self.top_fields = self.top_fields.saturating_add(other.top_fields);
        self.top_parts = self.top_parts.saturating_add(other.top_parts);
        self.lookups = self.lookups.saturating_add(other.lookups);
        self.fields = self.fields.saturating_add(other.fields);
        self.aliases = self.aliases.saturating_add(other.aliases);
        self.directives = self.directives.saturating_add(other.directives);
        self.depth = self.depth.max(other.depth);
        self.height = self.height.max(other.height);
        self.introspection.join(&other.introspection);
        self.of_type_top = self.of_type_top.max(other.of_type_top);
        self.of_type_longest = self.of_type_longest.max(other.of_type_longest);
        self.lists = self.lists.with(other.lists);
        self.repeated |= other.repeated;
    }

    /// The selection that consists of one field, below which stands `self`.
    fn below(self, field: &Field) -> Self {
        let name = field.name.node.as_str();
        let list = Lists::named(name);
        let of_type_top = if name == "ofType" {
            self.of_type_top + 1
        } else {
            0
        };
        let plain = Self {
            top_fields: 1,
            fields: self.fields.saturating_add(1),
            aliases: self.aliases.saturating_add(field.alias.is_some().into()),
            depth: self.depth + 1,
            of_type_top,
            of_type_longest: self.of_type_longest.max(of_type_top),
            lists: self.lists.with(list),
            repeated: self.repeated || self.lists.has(list),
            ..self
        };
        if matches!(name, "__schema" | "__type") {
            plain.as_introspection()
        } else {
            plain
        }
    }

    /// Counts a field with all that stands below it as introspection, and outside as one level.
    fn as_introspection(self) -> Self {
        let mut introspection = IntrospectionSize {
            fields: self.fields,
            depth: self.depth,
            of_type_chain: self.of_type_longest,
            repeated_list: self.repeated,
        };
        introspection.join(&self.introspection);
        Self {
            fields: 0,
            depth: 1,
            introspection,
            ..self
        }
    }
}

/// A set of the lists through which the schema refers to itself.
#[derive(Clone, Copy, Debug, Default)]
struct Lists(u8);

impl Lists {
    const NAMES: [&'static str; 8] = [
        "types",
        "fields",
        "args",
        "inputFields",
        "interfaces",
        "enumValues",
        "possibleTypes",
        "directives",
    ];

    fn named(name: &str) -> Self {
        let place = Self::NAMES.iter().position(|list| *list == name);
        Self(place.map_or(0, |place| 1 << place))
    }

    fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// What is known of a fragment.
#[derive(Clone, Copy)]
enum Known {
    /// It is being walked: whoever meets it again has come in a circle.
    Open,
    /// It has been walked.
    Counted(Measure),
}

struct Walk<'d> {
    document: &'d ExecutableDocument,
    known: HashMap<&'d str, Known>,
    /// Fragments that another fragment or an operation uses.
    used: HashSet<&'d str>,
    directives_per_place: usize,
    values: ValueSize,
    visits: usize,
}

impl<'d> Walk<'d> {
    fn new(document: &'d ExecutableDocument) -> Self {
        Self {
            document,
            known: HashMap::with_capacity(document.fragments.len()),
            used: HashSet::new(),
            directives_per_place: 0,
            values: ValueSize::default(),
            visits: 0,
        }
    }

    fn operation(&mut self, operation: &'d OperationDefinition) -> Result<Measure, GraphError> {
        let mut directives = self.place(&operation.directives);
        for definition in &operation.variable_definitions {
            directives = directives.saturating_add(self.place(&definition.node.directives));
            if let Some(default) = &definition.node.default_value {
                self.values.add_const(&default.node);
            }
        }
        let mut measure = self.selection(&operation.selection_set.node, 0)?;
        measure.directives = measure.directives.saturating_add(directives);
        Ok(measure)
    }

    fn selection(&mut self, set: &'d SelectionSet, level: usize) -> Result<Measure, GraphError> {
        if level > MAX_LEVELS {
            let measure = Measure {
                height: MAX_LEVELS,
                ..Measure::default()
            };
            return Ok(measure);
        }
        let mut sum = Measure::default();
        for item in &set.items {
            let directives = self.place(item.node.directives());
            let mut measure = match &item.node {
                Selection::Field(field) => self.field(&field.node, level)?,
                Selection::InlineFragment(fragment) => {
                    self.selection(&fragment.node.selection_set.node, level + 1)?
                }
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    self.used.insert(name.as_str());
                    let found = self.fragment(name, level + 1);
                    let mut found = found.map_err(|error| error.located(vec![item.pos]))?;
                    found.lookups = found.lookups.saturating_add(1);
                    found
                }
            };
            measure.directives = measure.directives.saturating_add(directives);
            sum.join(&measure);
        }
        sum.height += 1;
        self.visits = self.visits.saturating_add(sum.top_parts);
        Ok(sum)
    }

    fn field(&mut self, field: &'d Field, level: usize) -> Result<Measure, GraphError> {
        let (mut parts, mut variables) = (1, 0);
        for (_, value) in &field.arguments {
            self.values.add(&value.node);
            let value = ValueSize::parts(&value.node);
            parts += 1 + value.values;
            variables += value.variables;
        }
        let inner = &field.selection_set.node;
        let below = if inner.items.is_empty() {
            Measure::default()
        } else {
            self.selection(inner, level + 1)?
        };
        let inside = Measure {
            top_parts: parts,
            lookups: below.lookups.saturating_add(variables),
            ..below
        };
        Ok(inside.below(field))
    }

    /// What a fragment holds; one that is not defined holds nothing, and validation will say so.
    fn fragment(&mut self, name: &'d Name, level: usize) -> Result<Measure, GraphError> {
        match self.known.get(name.as_str()) {
            Some(Known::Counted(measure)) => return Ok(*measure),
            Some(Known::Open) => {
                let message = format!("the fragment \"{name}\" uses itself");
                return Err(GraphError::new(
                    ErrorCode::GraphqlValidationFailed,
                    &message,
                ));
            }
            None => {}
        }
        let Some((name, fragment)) = self.document.fragments.get_key_value(name.as_str()) else {
            return Ok(Measure::default());
        };
        self.known.insert(name, Known::Open);
        let directives = self.place(&fragment.node.directives);
        let mut measure = self.selection(&fragment.node.selection_set.node, level)?;
        measure.directives = measure.directives.saturating_add(directives);
        self.known.insert(name, Known::Counted(measure));
        Ok(measure)
    }

    /// Counts the directives of one place.
    fn place(&mut self, directives: &'d [Positioned<Directive>]) -> usize {
        self.directives_per_place = self.directives_per_place.max(directives.len());
        for (_, value) in directives
            .iter()
            .flat_map(|directive| &directive.node.arguments)
        {
            self.values.add(&value.node);
        }
        directives.len()
    }
}
