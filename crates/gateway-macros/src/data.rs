//! Objects without methods, and enums.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DataStruct, DeriveInput, Error, Result};

use crate::attribute::GraphqlAttribute;
use crate::name;

/// The implementation that writes a struct or an enum.
pub(crate) fn written(item: TokenStream) -> Result<TokenStream> {
    let item: DeriveInput = syn::parse2(item)?;
    match &item.data {
        Data::Struct(data) => object(&item, data),
        Data::Enum(_) => Ok(output(&item, &quote! { writer.item(*self, field) })),
        Data::Union(_) => Err(Error::new_spanned(&item.ident, "a union is no object")),
    }
}

fn object(item: &DeriveInput, data: &DataStruct) -> Result<TokenStream> {
    let mut arms = TokenStream::new();
    for field in &data.fields {
        let Some(ident) = &field.ident else {
            return Err(Error::new_spanned(field, "a field has a name"));
        };
        let attribute = GraphqlAttribute::of(&field.attrs)?;
        if attribute.skip {
            continue;
        }
        let name = attribute.name.unwrap_or_else(|| name::in_graph(ident));
        arms.extend(quote! {
            #name => crate::write::Output::write(&self.#ident, field, writer),
        });
    }
    let (generics, of, bounds) = item.generics.split_for_impl();
    let ident = &item.ident;
    let output = output(item, &quote! { writer.object(self, field) });
    Ok(quote! {
        impl #generics crate::write::Object for #ident #of #bounds {
            fn write_field(
                &self,
                field: &crate::selection::Selected,
                writer: &mut crate::write::Writer<'_>,
            ) -> crate::write::Wrote {
                match field.name() {
                    #arms
                    _ => writer.unknown(field),
                }
            }
        }

        #output
    })
}

fn output(item: &DeriveInput, body: &TokenStream) -> TokenStream {
    let (generics, of, bounds) = item.generics.split_for_impl();
    let ident = &item.ident;
    quote! {
        impl #generics crate::write::Output for #ident #of #bounds {
            fn write(
                &self,
                field: &crate::selection::Selected,
                writer: &mut crate::write::Writer<'_>,
            ) -> crate::write::Wrote {
                #body
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_a_struct_are_written_under_their_names() {
        let item = quote! { struct Page { has_next: bool, #[graphql(name = "x")] other: i32 } };
        let code = written(item).unwrap().to_string();
        assert!(
            code.contains(r#""hasNext" =>"#) && code.contains(r#""x" =>"#),
            "{code}"
        );
    }

    #[test]
    fn an_enum_is_written_by_name() {
        let code = written(quote! { enum Kind { One } }).unwrap().to_string();
        assert!(code.contains("writer . item (* self , field)"), "{code}");
    }

    #[test]
    fn tuples_are_refused() {
        let error = written(quote! { struct Pair(i32, i32); }).unwrap_err();
        assert_eq!(error.to_string(), "a field has a name");
    }
}
