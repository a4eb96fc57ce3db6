//! How one role is named.

use async_graphql::{ID, InputObject, OneofObject};
use domain::read;

use crate::error::ApiError;
use crate::schema::node::parse_id;
use crate::schema::scalar::Slug;

/// Names one role.
#[derive(OneofObject)]
pub(super) enum RoleBy {
    /// The id of the role.
    Id(ID),
    /// The present or a former slug of the role; English wins where several languages share it.
    Slug(Slug),
    /// A code of the role in an outside scheme. Of several roles with the code, the newest release
    /// wins, then the closest match, then English, then the title.
    Code(CodeInput),
}

impl TryFrom<RoleBy> for read::RoleBy {
    type Error = ApiError;

    fn try_from(by: RoleBy) -> Result<Self, ApiError> {
        Ok(match by {
            RoleBy::Id(id) => Self::Id(parse_id(&id)?),
            RoleBy::Slug(Slug(slug)) => Self::Slug(slug),
            RoleBy::Code(code) => Self::Code(code.into()),
        })
    }
}

/// Names a code of an outside scheme.
#[derive(InputObject)]
pub(super) struct CodeInput {
    /// The key of the scheme, such as `onet-soc`.
    scheme: String,
    /// The code as the scheme writes it, such as `15-1252.00`.
    code: String,
    /// The release of the scheme, such as `29.3`; when it is left out, the newest one in which some
    /// role has the code. Numbers count as numbers: `29.10` is newer than `29.3`.
    release: Option<String>,
}

impl From<CodeInput> for read::CodeBy {
    fn from(code: CodeInput) -> Self {
        let CodeInput {
            scheme,
            code,
            release,
        } = code;
        Self {
            scheme,
            code,
            release,
        }
    }
}
