//! Codes of outside schemes, and sources.

use std::borrow::Cow;

use async_graphql::{Enum, Object};
use domain::read::{ConceptTree, NotLoaded, Part, RoleTree};
use gateway_macros::{Written, written};

use crate::cost;
use crate::error::ApiError;
use crate::schema::concept::Concept;

/// The code of a role in an outside scheme.
pub(super) struct ExternalCode<'t> {
    code: &'t domain::role::ExternalCode,
    concept: Part<Option<&'t ConceptTree>>,
}

impl<'t> ExternalCode<'t> {
    /// The codes of a role, with the concepts that they name as far as those are loaded.
    pub(super) fn all(role: &'t RoleTree) -> Result<Vec<Self>, NotLoaded> {
        let codes = role.codes.get()?.iter().enumerate();
        let concept = |place: usize| match &role.code_concepts {
            Part::NotLoaded => Part::NotLoaded,
            Part::Loaded(concepts) => Part::Loaded(concepts.get(place).and_then(Option::as_ref)),
        };
        let codes = codes.map(|(place, code)| Self {
            code,
            concept: concept(place),
        });
        Ok(codes.collect())
    }
}

/// The code of a role in an outside scheme.
#[written]
#[Object]
impl ExternalCode<'_> {
    /// The key of the scheme, such as `onet-soc`.
    fn scheme(&self) -> &str {
        &self.code.scheme
    }

    /// The release of the scheme, such as `29.3`; null when it is not known.
    fn release(&self) -> Option<&str> {
        self.code.release.as_deref()
    }

    /// The code as the scheme writes it. Codes are texts: `0110` is not 110.
    fn code(&self) -> &str {
        &self.code.code
    }

    /// The address of the concept; null when the scheme gives it none.
    fn uri(&self) -> Option<&str> {
        self.code.uri.as_deref()
    }

    /// How the role and the concept of the scheme relate.
    fn r#match(&self) -> MatchKind {
        self.code.match_kind.into()
    }

    /// The concept that the code names, as the newest imported release of the scheme has it; null
    /// when it was never imported.
    fn concept(&self) -> Option<Result<Concept<'_>, ApiError>> {
        match self.concept.get() {
            Ok(concept) => concept.map(|tree| Ok(Concept(Cow::Borrowed(tree)))),
            Err(error) => Some(Err(error.into())),
        }
    }
}

/// How a role and the concept of an outside scheme relate.
#[derive(Clone, Copy, PartialEq, Eq, Enum, Written)]
#[graphql(remote = "domain::role::MatchKind")]
pub(super) enum MatchKind {
    /// Both mean the same.
    Exact,
    /// Both mean nearly the same.
    Close,
    /// The concept is broader than the role.
    Broad,
    /// The concept is narrower than the role.
    Narrow,
    /// The two only touch.
    Related,
}

/// Where texts come from, and what must be said about it.
pub(super) struct Source<'t>(pub(super) &'t domain::source::SourceName);

/// Where texts come from, and what must be said about it.
#[written]
#[Object(directive = cost::cost::apply(0))]
impl Source<'_> {
    /// The name of the source.
    fn name(&self) -> &str {
        &self.0.name
    }

    /// The SPDX identifier of the licence of the texts; null when it is not known.
    fn licence(&self) -> Option<&str> {
        self.0.licence.as_deref()
    }

    /// The credit line that must be shown with the texts; null when none is asked for.
    fn attribution(&self) -> Option<&str> {
        self.0.attribution.as_deref()
    }
}
