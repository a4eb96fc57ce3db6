//! Arguments that mean the same wherever they stand.

use proc_macro2::TokenStream;
use quote::ToTokens as _;
use syn::{FnArg, ImplItem, ItemImpl, Pat, PatType, Result, parse_quote};

/// What such arguments are called, and what they are.
const ARGUMENTS: [(&str, &str); 2] = [
    (
        "expected_revision",
        "The revision that the role has, as far as the caller knows: `VERSION_CONFLICT` when it \
         has another one.",
    ),
    (
        "idempotency_key",
        "Names the mutation, so that it runs once however often it is sent within 7 days: 1 to \
         255 visible characters.",
    ),
];

/// The `impl` block with descriptions of those of its arguments that have none.
pub(crate) fn described(item: TokenStream) -> Result<TokenStream> {
    let mut block: ItemImpl = syn::parse2(item)?;
    for item in &mut block.items {
        let ImplItem::Fn(method) = item else { continue };
        for input in &mut method.sig.inputs {
            if let FnArg::Typed(input) = input {
                describe(input);
            }
        }
    }
    Ok(block.into_token_stream())
}

fn describe(input: &mut PatType) {
    let Pat::Ident(pattern) = input.pat.as_ref() else {
        return;
    };
    if !input.attrs.is_empty() {
        return;
    }
    let found = ARGUMENTS.iter().find(|(name, _)| pattern.ident == name);
    if let Some((_, description)) = found {
        input
            .attrs
            .push(parse_quote!(#[graphql(desc = #description)]));
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn known_arguments_get_their_descriptions_and_others_keep_theirs() {
        let item = quote! {
            #[Object]
            impl RoleMutation {
                async fn role_delete(
                    &self,
                    #[graphql(desc = "Which role.")] id: ID,
                    #[graphql(desc = "Another one.")] expected_revision: Option<i32>,
                    idempotency_key: Option<String>,
                ) -> Payload { delete(id).await }
            }
        };
        let code = described(item).unwrap().to_string();
        assert!(code.starts_with("# [Object] impl RoleMutation"), "{code}");
        assert!(code.contains(r#"# [graphql (desc = "Which role.")] id : ID"#));
        assert!(code.contains(r#"# [graphql (desc = "Another one.")] expected_revision"#));
        assert!(code.contains(r#"# [graphql (desc = "Names the mutation, so that it runs once"#));
    }

    #[test]
    fn what_is_no_block_is_told() {
        assert!(described(quote! { struct RoleMutation; }).is_err());
    }
}
