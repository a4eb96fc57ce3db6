//! The writer of one answer.

use std::fmt;

use async_graphql::resolver_utils::EnumType;
use async_graphql::{InputType, OutputType, Variables};
use serde::Serialize;

use super::{Call, Data, Failed, Object, Output, Problem, Wrote, text};
use crate::error::MAX_ERRORS;
use crate::schema::Query;
use crate::selection::{Selected, Size};

/// Room for an answer of the usual size.
const USUAL_BYTES: usize = 4096;

/// How large an answer may become.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Bytes of the body.
    pub(crate) bytes: usize,
    /// Objects of the data.
    pub(crate) objects: usize,
}

/// Which limit has stopped an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stopped {
    /// It has too many bytes.
    Bytes,
    /// It has too many objects.
    Objects,
}

/// Writes an answer, and counts on the way what it is worth.
pub(crate) struct Writer<'w> {
    out: Vec<u8>,
    variables: &'w Variables,
    limits: Limits,
    problems: Vec<Problem>,
    stopped: Option<Stopped>,
    tally: Tally,
}

/// What is counted of an answer; null takes it back.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    objects: usize,
    worth: u64,
}

/// A finished answer.
#[derive(Debug)]
pub(crate) struct Written {
    /// What was asked for.
    pub(crate) data: Data,
    /// Fields that failed.
    pub(crate) problems: Vec<Problem>,
    /// What the data are worth.
    pub(crate) worth: u64,
}

impl<'w> Writer<'w> {
    /// The writer of an answer to an operation with these variables.
    pub(crate) fn new(variables: &'w Variables, limits: Limits) -> Self {
        Self {
            out: Data::begun(USUAL_BYTES),
            variables,
            limits,
            problems: Vec::new(),
            stopped: None,
            tally: Tally::default(),
        }
    }

    /// The answer, when the root has been written or has failed; else which limit it broke.
    pub(crate) fn finished(mut self, root: Wrote) -> Result<Written, Stopped> {
        match root {
            Ok(()) if self.out.len() > self.limits.bytes => return Err(Stopped::Bytes),
            Ok(()) => {}
            Err(Failed::Answer) => return Err(self.stopped.unwrap_or(Stopped::Bytes)),
            // What takes all data with it is told first.
            Err(Failed::Field) => {
                let last = self.problems.pop();
                self.problems.splice(..0, last);
            }
        }
        self.problems.truncate(MAX_ERRORS);
        Ok(Written {
            data: root.map_or_else(|_failed| Data::null(), |()| Data::written(self.out)),
            problems: self.problems,
            worth: self.tally.worth,
        })
    }

    /// Writes the fields of the query, one after the other.
    pub(crate) async fn query(
        &mut self,
        query: &Query,
        calls: impl IntoIterator<Item = Call<'_>>,
    ) -> Wrote {
        self.begin_object()?;
        let mut is_empty = true;
        for call in calls {
            is_empty = false;
            let field = call.selected.as_ref();
            let before = self.problems.len();
            self.begin_field(field);
            let wrote = query.write_field(&call, self).await;
            self.leave(before, |problem| problem.inside_of(field.key()));
            wrote?;
        }
        self.end_object(is_empty);
        Ok(())
    }

    /// Writes an event of a subscription, which is the value of the one field of its root.
    pub(crate) fn event<T: Output>(&mut self, event: &T, field: &Selected) -> Wrote {
        self.begin_object()?;
        let before = self.problems.len();
        self.begin_field(field);
        let wrote = event.write(field, self);
        self.leave(before, |problem| problem.inside_of(field.key()));
        wrote?;
        self.end_object(false);
        Ok(())
    }

    /// Writes an object: the fields that are selected of it.
    pub(crate) fn object<T: Object>(&mut self, object: &T, field: &Selected) -> Wrote {
        self.charge(field);
        self.fields(object, field.fields_of(&T::type_name()))
    }

    /// Writes an object with these of its fields.
    pub(crate) fn fields<T: Object>(&mut self, object: &T, fields: &[Selected]) -> Wrote {
        self.begin_object()?;
        for field in fields {
            let before = self.problems.len();
            self.begin_field(field);
            let wrote = if field.name() == "__typename" {
                self.type_name::<T>();
                Ok(())
            } else {
                object.write_field(field, self)
            };
            self.leave(before, |problem| problem.inside_of(field.key()));
            wrote?;
        }
        self.end_object(fields.is_empty());
        Ok(())
    }

    /// Counts an object, unless the answer has become too large.
    fn begin_object(&mut self) -> Wrote {
        self.tally.objects += 1;
        self.within_limits()
    }

    /// Begins a field, and charges what its arguments cost.
    fn begin_field(&mut self, field: &Selected) {
        self.raw(field.label());
        self.tally.worth = self.tally.worth.saturating_add(field.once());
    }

    /// Ends an object, of which the label of its first field is the beginning.
    fn end_object(&mut self, is_empty: bool) {
        self.raw(if is_empty { "{}" } else { "}" });
    }

    fn within_limits(&mut self) -> Wrote {
        if self.tally.objects > self.limits.objects {
            self.stopped = Some(Stopped::Objects);
        } else if self.out.len() > self.limits.bytes {
            self.stopped = Some(Stopped::Bytes);
        } else {
            return Ok(());
        }
        Err(Failed::Answer)
    }

    /// Writes a list. Where the schema fixes its size, its dearest item counts as often as that.
    pub(super) fn list<T: Output>(&mut self, items: &[T], field: &Selected) -> Wrote {
        let mut dearest = None;
        let around = self.tally.worth;
        self.out.push(b'[');
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.out.push(b',');
            }
            let problems = self.problems.len();
            let before = self.tally.worth;
            let wrote = item.write(field, self);
            self.leave(problems, |problem| problem.inside_of_item(index));
            wrote?;
            dearest = dearest.max(Some(self.tally.worth.saturating_sub(before)));
        }
        self.out.push(b']');
        if let Size::Fixed(size) = field.size() {
            let each = dearest.unwrap_or(field.weight());
            self.tally.worth = around.saturating_add(each.saturating_mul(*size));
        }
        Ok(())
    }

    /// Writes a value, or null when something in it fails that must not be null.
    pub(super) fn nullable<T: Output>(&mut self, value: &T, field: &Selected) -> Wrote {
        let (before, tally) = (self.out.len(), self.tally);
        let wrote = value.write(field, self);
        if wrote == Err(Failed::Field) {
            self.problems.truncate(MAX_ERRORS);
            self.out.truncate(before);
            self.tally = tally;
            self.null(field);
            return Ok(());
        }
        wrote
    }

    /// Writes null.
    pub(crate) fn null(&mut self, field: &Selected) {
        self.bare("null", field);
    }

    /// Writes a text.
    pub(crate) fn text(&mut self, value: &str, field: &Selected) {
        self.charge(field);
        text::quoted(value, &mut self.out);
    }

    /// Writes a value as the text that it is displayed as.
    pub(crate) fn displayed(&mut self, value: &impl fmt::Display, field: &Selected) {
        self.charge(field);
        text::displayed(value, &mut self.out);
    }

    /// Writes a whole number.
    pub(crate) fn number(&mut self, value: i64, field: &Selected) {
        self.charge(field);
        self.json(&value);
    }

    /// Writes a number with a fraction; what is no number is null.
    pub(crate) fn fraction(&mut self, value: f64, field: &Selected) {
        self.charge(field);
        self.json(&value);
    }

    /// Writes the name of a value of an enum.
    pub(crate) fn item<E: EnumType>(&mut self, value: E, field: &Selected) -> Wrote {
        let mut items = E::items().iter();
        match items.find(|item| item.value == value) {
            Some(item) => {
                self.text(item.name, field);
                Ok(())
            }
            None => self.unknown(field),
        }
    }

    /// Writes JSON inside of JSON, of which every object counts.
    pub(crate) fn document(&mut self, value: &serde_json::Value, field: &Selected) -> Wrote {
        self.charge(field);
        self.tally.objects = self.tally.objects.saturating_add(objects(value));
        self.json(value);
        self.within_limits()
    }

    /// Writes something that needs neither quotes nor escapes.
    pub(super) fn bare(&mut self, value: &str, field: &Selected) {
        self.charge(field);
        self.raw(value);
    }

    /// Writes the name of a type.
    pub(crate) fn type_name<T: OutputType>(&mut self) {
        text::quoted(&T::type_name(), &mut self.out);
    }

    fn raw(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    fn json(&mut self, value: &impl Serialize) {
        // Numbers and JSON can be written, and a vector takes everything.
        let _written = value.serialize(&mut serde_json::Serializer::new(&mut self.out));
    }

    /// Counts a value, of whatever kind.
    fn charge(&mut self, field: &Selected) {
        self.tally.worth = self.tally.worth.saturating_add(field.weight());
    }

    /// The value of an argument of a field.
    pub(crate) fn argument<T: InputType>(
        &mut self,
        field: &Selected,
        name: &str,
    ) -> Result<T, Failed> {
        let read = field.argument(name, self.variables);
        read.map_err(|unreadable| self.fail(Problem::of_argument(unreadable)))
    }

    /// Notes that a field failed.
    pub(super) fn fail(&mut self, problem: Problem) -> Failed {
        self.problems.push(problem);
        Failed::Field
    }

    /// Notes that nobody can write a field, although validation knows it: a mistake of ours.
    pub(crate) fn unknown(&mut self, field: &Selected) -> Wrote {
        Err(self.fail(Problem::unknown(field.pos())))
    }

    /// Tells the problems that came up in a value where they are.
    fn leave(&mut self, before: usize, tell: impl FnMut(&mut Problem)) {
        let inside = self.problems.get_mut(before..).unwrap_or_default();
        inside.iter_mut().for_each(tell);
    }
}

/// How many objects there are in JSON.
fn objects(value: &serde_json::Value) -> usize {
    match value {
        serde_json::Value::Object(members) => 1 + members.values().map(objects).sum::<usize>(),
        serde_json::Value::Array(items) => items.iter().map(objects).sum(),
        _ => 0,
    }
}
