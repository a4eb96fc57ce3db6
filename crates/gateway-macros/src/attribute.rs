//! What `#[graphql(…)]` says about a field or an argument.

use syn::meta::ParseNestedMeta;
use syn::{Attribute, Expr, LitStr, Result, Token};

/// What matters for writing; everything else is the engine's.
#[derive(Debug, Default)]
pub(crate) struct GraphqlAttribute {
    /// The name in the graph, where it is not that of the code.
    pub(crate) name: Option<String>,
    /// Whether the method is no field.
    pub(crate) skip: bool,
}

impl GraphqlAttribute {
    /// Reads the attributes of a field or an argument.
    pub(crate) fn of(attributes: &[Attribute]) -> Result<Self> {
        let mut read = Self::default();
        let ours = attributes
            .iter()
            .filter(|attribute| attribute.path().is_ident("graphql"));
        for attribute in ours {
            attribute.parse_nested_meta(|meta| read.add(&meta))?;
        }
        Ok(read)
    }

    fn add(&mut self, meta: &ParseNestedMeta<'_>) -> Result<()> {
        if meta.path.is_ident("name") {
            self.name = Some(meta.value()?.parse::<LitStr>()?.value());
            return Ok(());
        }
        if meta.path.is_ident("skip") {
            self.skip = true;
            return Ok(());
        }
        let foreign = [
            "default",
            "default_with",
            "validator",
            "process_with",
            "guard",
        ];
        if foreign.iter().any(|name| meta.path.is_ident(name)) {
            return Err(
                meta.error("this is not read when answers are written: do it in the method")
            );
        }
        if meta.input.peek(Token![=]) {
            meta.value()?.parse::<Expr>()?;
        }
        Ok(())
    }
}
