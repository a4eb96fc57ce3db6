//! How one scheme or concept is named, and which concepts a list holds.

use async_graphql::{ID, InputObject, OneofObject};
use domain::read::{self, ConceptsRequest};

use super::{ConceptKind, ConceptStatus};
use crate::error::ApiError;
use crate::plan::Arguments;
use crate::schema::connection::{PageArguments, list_input};
use crate::schema::node::parse_id;
use crate::selection::{Field, Unreadable};

/// Names one scheme.
#[derive(OneofObject)]
pub(super) enum SchemeBy {
    /// The id of the scheme.
    Id(ID),
    /// The key of the scheme, such as `onet-soc`.
    Key(String),
}

impl TryFrom<SchemeBy> for read::SchemeBy {
    type Error = ApiError;

    fn try_from(by: SchemeBy) -> Result<Self, ApiError> {
        Ok(match by {
            SchemeBy::Id(id) => Self::Id(parse_id(&id)?),
            SchemeBy::Key(key) => Self::Key(key),
        })
    }
}

/// Names one concept.
#[derive(OneofObject)]
pub(super) enum ConceptBy {
    /// The id of the concept.
    Id(ID),
    /// The code of the concept in its scheme.
    Code(ConceptCodeInput),
    /// The address of the concept; of several schemes that share it, the one that was imported
    /// first.
    Uri(String),
}

/// Names a concept by its code, whatever the release.
#[derive(InputObject)]
pub(super) struct ConceptCodeInput {
    /// The key of the scheme, such as `onet-soc`.
    scheme: String,
    /// The code as the scheme writes it, such as `15-1252.00`. Codes are texts: `0110` is not 110.
    code: String,
}

impl TryFrom<ConceptBy> for read::ConceptBy {
    type Error = ApiError;

    fn try_from(by: ConceptBy) -> Result<Self, ApiError> {
        Ok(match by {
            ConceptBy::Id(id) => Self::Id(parse_id(&id)?),
            ConceptBy::Code(ConceptCodeInput { scheme, code }) => Self::Code { scheme, code },
            ConceptBy::Uri(uri) => Self::Uri(uri),
        })
    }
}

/// Which concepts of a scheme a list holds; all given conditions must hold.
#[derive(InputObject)]
pub(super) struct ConceptFilter {
    /// Of one of these kinds; left out or empty means of any.
    kinds: Option<Vec<ConceptKind>>,
    /// Still in use, or not.
    status: Option<ConceptStatus>,
    /// Right below the concept of the same scheme with this code.
    parent: Option<String>,
}

impl TryFrom<ConceptFilter> for read::ConceptFilter {
    type Error = ApiError;

    fn try_from(filter: ConceptFilter) -> Result<Self, ApiError> {
        let ConceptFilter {
            kinds,
            status,
            parent,
        } = filter;
        Ok(Self {
            kinds: list_input("filter.kinds", kinds, Into::into)?,
            status: status.map(Into::into),
            parent,
        })
    }
}

/// The arguments of a list of concepts.
pub(crate) struct ConceptsArguments {
    /// Which concepts.
    pub(super) filter: Option<ConceptFilter>,
    /// Which page.
    pub(super) page: PageArguments,
}

impl Arguments for ConceptsArguments {
    type Request = ConceptsRequest;

    fn of(field: Field<'_>) -> Result<Self, Unreadable> {
        Ok(Self {
            filter: field.argument("filter")?,
            page: PageArguments::of(field)?,
        })
    }

    fn request(self) -> Result<ConceptsRequest, ApiError> {
        let Self { filter, page } = self;
        Ok(ConceptsRequest {
            filter: filter
                .map(TryInto::try_into)
                .transpose()?
                .unwrap_or_default(),
            page: page.request()?,
        })
    }
}
