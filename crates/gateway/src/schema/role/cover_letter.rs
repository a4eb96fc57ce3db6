//! Sample cover letters.

use std::collections::BTreeMap;

use async_graphql::{InputObject, Object, SimpleObject};
use domain::role::CoverLetter;
use gateway_macros::{Written, written};

use crate::cost;
use crate::error::ApiError;
use crate::schema::connection::list_input;

/// A sample cover letter with placeholders.
pub(super) struct CoverLetterTemplate<'t>(pub(super) &'t CoverLetter);

/// A sample cover letter. Names in square brackets are placeholders for what the writer fills in.
#[written]
#[Object]
impl CoverLetterTemplate<'_> {
    /// The letter with its line breaks and its placeholders.
    fn text(&self) -> &str {
        &self.0.text
    }

    /// The names of the placeholders without brackets, each once, in order of appearance.
    fn placeholders(&self) -> Vec<String> {
        self.0.placeholders()
    }

    /// The letter with values in the place of its placeholders.
    fn render(
        &self,
        #[graphql(
            desc = "What to put in the place of which placeholder; at most 250 items, and the \
                    last one wins where a name stands twice."
        )]
        values: Vec<PlaceholderValue>,
    ) -> Result<RenderedLetter, ApiError> {
        let named = |PlaceholderValue { name, value }| (name, value);
        let values: BTreeMap<_, _> = list_input("values", Some(values), named)?
            .into_iter()
            .collect();
        Ok(self.0.render(&values).into())
    }
}

/// What to put in the place of a placeholder.
#[derive(InputObject)]
struct PlaceholderValue {
    /// The name of the placeholder without brackets, as `placeholders` spells it.
    name: String,
    /// The text to put in its place, taken as it is.
    value: String,
}

/// A cover letter in which values took the place of placeholders.
#[derive(SimpleObject, Written)]
#[graphql(directive = cost::cost::apply(0))]
struct RenderedLetter {
    /// The letter; placeholders without a value stand as they were.
    text: String,
    /// The names of the placeholders that got no value, in order of appearance.
    missing: Vec<String>,
}

impl From<domain::role::cover_letter::RenderedLetter> for RenderedLetter {
    fn from(letter: domain::role::cover_letter::RenderedLetter) -> Self {
        let domain::role::cover_letter::RenderedLetter { text, missing } = letter;
        Self { text, missing }
    }
}
