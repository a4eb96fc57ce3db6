//! Rules that texts and lists must keep, whatever they belong to.

use std::collections::BTreeSet;
use std::fmt::Arguments;

use crate::limits::ContentLimits;
use crate::{Slug, Violation};

/// Looks at values and notes the rules that they break, in the order in which they were looked at.
pub(crate) struct Rules<'a> {
    pub(crate) limits: &'a ContentLimits,
    pub(crate) found: Vec<Violation>,
}

impl<'a> Rules<'a> {
    pub(crate) fn new(limits: &'a ContentLimits) -> Self {
        Self {
            limits,
            found: Vec::new(),
        }
    }
}

impl Rules<'_> {
    /// A name that a slug can be made from.
    pub(crate) fn callable(&mut self, field: Arguments<'_>, name: &str) {
        let has_letters = name.bytes().any(|byte| byte.is_ascii_alphanumeric());
        let is_blank = name.trim().is_empty();
        if !has_letters && !is_blank && Slug::from_title(name).is_err() {
            self.found.push(Violation::Invalid {
                field: field.to_string(),
                value: name.to_owned(),
                expected: "a name with a letter or digit",
            });
        }
    }

    pub(crate) fn line(&mut self, field: Arguments<'_>, text: &str, limit: usize) {
        self.not_blank(field, text);
        self.note(field, Some(text), limit);
    }

    /// A text that may be missing.
    pub(crate) fn note(&mut self, field: Arguments<'_>, text: Option<&str>, limit: usize) {
        let text = text.unwrap_or_default();
        // A text has no more characters than bytes, and most need no counting.
        if text.len() > limit {
            self.not_longer(field, text.chars().count(), limit);
        }
        self.storable(field, text);
    }

    pub(crate) fn not_longer(&mut self, field: Arguments<'_>, actual: usize, limit: usize) {
        if actual > limit {
            self.found.push(Violation::TooLong {
                field: field.to_string(),
                limit,
                actual,
            });
        }
    }

    pub(crate) fn prose(&mut self, field: Arguments<'_>, text: &str, limit: usize) {
        self.not_blank(field, text);
        if text.len() > limit {
            self.found.push(Violation::TooLarge {
                field: field.to_string(),
                limit,
                actual: text.len(),
            });
        }
        self.storable(field, text);
    }

    pub(crate) fn not_blank(&mut self, field: Arguments<'_>, text: &str) {
        if text.trim().is_empty() {
            self.found.push(Violation::Blank {
                field: field.to_string(),
            });
        }
    }

    /// PostgreSQL stores every character but this one.
    pub(crate) fn storable(&mut self, field: Arguments<'_>, text: &str) {
        if text.contains('\0') {
            self.found.push(Violation::Invalid {
                field: field.to_string(),
                value: text.chars().take(40).collect(),
                expected: "a text without NUL characters",
            });
        }
    }

    pub(crate) fn count(&mut self, field: Arguments<'_>, actual: usize, limit: usize) {
        if actual > limit {
            self.found.push(Violation::TooMany {
                field: field.to_string(),
                limit,
                actual,
            });
        }
    }

    pub(crate) fn distinct(&mut self, field: Arguments<'_>, values: impl Iterator<Item = String>) {
        let mut seen = BTreeSet::new();
        for value in values {
            if seen.contains(&value) {
                self.found.push(Violation::Repeated {
                    field: field.to_string(),
                    value,
                });
            } else {
                seen.insert(value);
            }
        }
    }
}
