//! Entries as they are stored, and the text that their hashes are made of.

use std::fmt::Write as _;

use super::NewEntry;

/// An entry in its place. Its values are kept as they are stored, so that whatever was done to
/// them shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The place, from 1 without a gap.
    pub seq: u64,
    /// When it happened.
    pub at: String,
    /// What whoever did it is called.
    pub actor: String,
    /// The id of the key that was shown.
    pub key_id: Option<String>,
    /// What happened.
    pub action: String,
    /// What kind of thing it happened to.
    pub entity: Option<String>,
    /// The id of that thing.
    pub entity_id: Option<String>,
    /// The revision that a change led to.
    pub revision: Option<i64>,
    /// The number of the change in the change sequence.
    pub change: Option<i64>,
    /// The name of the request.
    pub request_id: Option<String>,
    /// Where the request came from.
    pub address: Option<String>,
    /// How often it happened.
    pub count: i64,
    /// What else is worth knowing.
    pub detail: Option<String>,
}

/// An entry with the hash before it and its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SealedEntry {
    /// The entry.
    pub entry: Entry,
    /// The hash of the entry before it.
    pub previous: String,
    /// The hash of this one.
    pub hash: String,
}

impl Entry {
    /// What happened, in its place.
    #[must_use]
    pub fn at_place(seq: u64, new: &NewEntry<'_>) -> Self {
        let NewEntry {
            at,
            author,
            action,
            subject,
            revision,
            change,
            count,
            detail,
        } = new;
        let number = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        Self {
            seq,
            at: at.to_string(),
            actor: author.name.to_owned(),
            key_id: author.key.map(|key| key.to_string()),
            action: action.to_string(),
            entity: subject.as_ref().map(|subject| subject.entity.to_owned()),
            entity_id: subject.as_ref().map(|subject| subject.id.clone()),
            revision: revision.map(i64::from),
            change: change.map(number),
            request_id: author.request.map(str::to_owned),
            address: author.address.map(|address| address.to_string()),
            count: number(*count),
            detail: detail.as_deref().map(str::to_owned),
        }
    }

    /// The text that the hash is made of: JSON in the form of RFC 8785, with every member.
    #[must_use]
    pub fn canonical(&self) -> String {
        let mut object = Object::begin();
        self.write(&mut object);
        object.end()
    }

    /// Adds all members, in the order of their names.
    fn write(&self, object: &mut Object) {
        let Self {
            seq,
            at,
            actor,
            key_id,
            action,
            entity,
            entity_id,
            revision,
            change,
            request_id,
            address,
            count,
            detail,
        } = self;
        object.text("action", Some(action));
        object.text("actor", Some(actor));
        object.text("address", address.as_deref());
        object.text("at", Some(at));
        object.number("change", *change);
        object.number("count", Some(*count));
        object.text("detail", detail.as_deref());
        object.text("entity", entity.as_deref());
        object.text("entityId", entity_id.as_deref());
        object.text("keyId", key_id.as_deref());
        object.text("requestId", request_id.as_deref());
        object.number("revision", *revision);
        object.number("seq", i64::try_from(*seq).ok());
    }
}

impl SealedEntry {
    /// The entry as a line of an export: the members of its canonical text, then both hashes.
    #[must_use]
    pub fn to_line(&self) -> String {
        let mut object = Object::begin();
        self.entry.write(&mut object);
        object.text("previous", Some(&self.previous));
        object.text("hash", Some(&self.hash));
        object.end()
    }
}

/// A JSON object that is being written.
struct Object(String);

impl Object {
    fn begin() -> Self {
        Self("{".to_owned())
    }

    fn name(&mut self, name: &str) {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        self.quote(name);
        self.0.push(':');
    }

    fn text(&mut self, name: &str, value: Option<&str>) {
        self.name(name);
        match value {
            Some(value) => self.quote(value),
            None => self.0.push_str("null"),
        }
    }

    fn number(&mut self, name: &str, value: Option<i64>) {
        self.name(name);
        match value {
            Some(value) => self.0.push_str(&value.to_string()),
            None => self.0.push_str("null"),
        }
    }

    /// Escapes what has to be escaped and nothing else, in the one way that the form allows.
    fn quote(&mut self, text: &str) {
        self.0.push('"');
        for sign in text.chars() {
            match sign {
                '"' => self.0.push_str("\\\""),
                '\\' => self.0.push_str("\\\\"),
                '\u{8}' => self.0.push_str("\\b"),
                '\t' => self.0.push_str("\\t"),
                '\n' => self.0.push_str("\\n"),
                '\u{c}' => self.0.push_str("\\f"),
                '\r' => self.0.push_str("\\r"),
                control if u32::from(control) < 0x20 => {
                    // Writing into a text does not fail.
                    let _ = write!(self.0, "\\u{:04x}", u32::from(control));
                }
                other => self.0.push(other),
            }
        }
        self.0.push('"');
    }

    fn end(mut self) -> String {
        self.0.push('}');
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Entry {
        Entry {
            seq: 7,
            at: "2026-03-14T09:26:53.000000Z".to_owned(),
            actor: "a \"quoted\" \\ näme\n\u{1}\u{7f}".to_owned(),
            action: "role_created".to_owned(),
            revision: Some(1),
            count: 1,
            ..Entry::default()
        }
    }

    #[test]
    fn the_canonical_text_has_every_member_in_order_and_escapes_as_little_as_it_may() {
        assert_eq!(
            entry().canonical(),
            "{\"action\":\"role_created\",\
             \"actor\":\"a \\\"quoted\\\" \\\\ näme\\n\\u0001\u{7f}\",\"address\":null,\
             \"at\":\"2026-03-14T09:26:53.000000Z\",\"change\":null,\"count\":1,\"detail\":null,\
             \"entity\":null,\"entityId\":null,\"keyId\":null,\"requestId\":null,\"revision\":1,\
             \"seq\":7}"
        );
    }

    #[test]
    fn a_line_is_the_canonical_text_with_both_hashes_behind_it() {
        let sealed = SealedEntry {
            entry: entry(),
            previous: "00".to_owned(),
            hash: "ff".to_owned(),
        };
        let canonical = entry().canonical();
        let begin = canonical.strip_suffix('}').unwrap();
        let line = format!("{begin},\"previous\":\"00\",\"hash\":\"ff\"}}");
        assert_eq!(sealed.to_line(), line);
    }
}
