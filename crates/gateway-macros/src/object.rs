//! Objects with methods: `impl` blocks.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{
    Error, FnArg, Ident, ImplItem, ImplItemFn, ItemImpl, Pat, PatType, Result, ReturnType, Type,
};

use crate::attribute::GraphqlAttribute;
use crate::name;

/// The implementation that writes the object of an `impl` block.
pub(crate) fn written(arguments: TokenStream, item: TokenStream) -> Result<TokenStream> {
    let is_root = is_root(arguments)?;
    let block: ItemImpl = syn::parse2(item)?;
    let mut fields = Vec::new();
    for item in &block.items {
        if let ImplItem::Fn(method) = item {
            fields.extend(Field::of(method)?);
        }
    }
    let arms = fields.iter().map(|field| field.arm(is_root));
    let arms = arms.collect::<Result<TokenStream>>()?;
    Ok(if is_root {
        root(&block, &arms)
    } else {
        object(&block, &arms)
    })
}

fn is_root(arguments: TokenStream) -> Result<bool> {
    if arguments.is_empty() {
        return Ok(false);
    }
    let word: Ident = syn::parse2(arguments)?;
    if word == "root" {
        return Ok(true);
    }
    Err(Error::new(word.span(), "expected `root` or nothing"))
}

fn object(block: &ItemImpl, arms: &TokenStream) -> TokenStream {
    let (generics, _, bounds) = block.generics.split_for_impl();
    let ty = &block.self_ty;
    quote! {
        impl #generics crate::write::Object for #ty #bounds {
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

        impl #generics crate::write::Output for #ty #bounds {
            fn write(
                &self,
                field: &crate::selection::Selected,
                writer: &mut crate::write::Writer<'_>,
            ) -> crate::write::Wrote {
                writer.object(self, field)
            }
        }
    }
}

fn root(block: &ItemImpl, arms: &TokenStream) -> TokenStream {
    let ty = &block.self_ty;
    quote! {
        impl crate::write::Root for #ty {
            async fn write_field(
                &self,
                ctx: &crate::write::Call<'_>,
                writer: &mut crate::write::Writer<'_>,
            ) -> ::core::option::Option<crate::write::Wrote> {
                let field = ctx.field().selected();
                match field.name() {
                    #arms
                    _ => ::core::option::Option::None,
                }
            }
        }
    }
}

/// A field of an object, and the method that defines it.
struct Field<'b> {
    name: String,
    method: &'b ImplItemFn,
    arguments: Vec<Argument<'b>>,
}

/// An argument of a field.
struct Argument<'b> {
    name: String,
    ident: &'b Ident,
    ty: &'b Type,
}

impl<'b> Field<'b> {
    /// The field that a method defines, unless it defines none.
    fn of(method: &'b ImplItemFn) -> Result<Option<Self>> {
        let attribute = GraphqlAttribute::of(&method.attrs)?;
        if attribute.skip {
            return Ok(None);
        }
        let mut arguments = Vec::new();
        for input in &method.sig.inputs {
            if let FnArg::Typed(input) = input {
                arguments.extend(Argument::of(input)?);
            }
        }
        let ident = &method.sig.ident;
        Ok(Some(Self {
            name: attribute.name.unwrap_or_else(|| name::in_graph(ident)),
            method,
            arguments,
        }))
    }

    /// The arm of a `match` that writes the field.
    fn arm(&self, is_root: bool) -> Result<TokenStream> {
        let name = &self.name;
        let read = self.arguments.iter().map(Argument::read);
        let value = self.value(is_root)?;
        let written = quote! {
            #(#read)*
            #value
            crate::write::Output::write(&value, field, writer)
        };
        Ok(if is_root {
            quote! { #name => ::core::option::Option::Some(async { #written }.await), }
        } else {
            quote! { #name => { #written } }
        })
    }

    /// The statement that makes the value of the field.
    fn value(&self, is_root: bool) -> Result<TokenStream> {
        let signature = &self.method.sig;
        let ReturnType::Type(_, ty) = &signature.output else {
            return Err(Error::new_spanned(signature, "a field has a value"));
        };
        let block = &self.method.block;
        match (is_root, signature.asyncness) {
            (true, Some(_)) => Ok(quote! { let value: #ty = async #block.await; }),
            (true, None) => Err(Error::new_spanned(signature, "a root field is async")),
            (false, _) => Ok(quote! { let value = (|| -> #ty #block)(); }),
        }
    }
}

impl<'b> Argument<'b> {
    /// The argument that an input of a method is, unless it is the context.
    fn of(input: &'b PatType) -> Result<Option<Self>> {
        let Pat::Ident(pattern) = input.pat.as_ref() else {
            return Err(Error::new_spanned(&input.pat, "an argument has a name"));
        };
        let ident = &pattern.ident;
        if ident == "ctx" {
            return Ok(None);
        }
        let attribute = GraphqlAttribute::of(&input.attrs)?;
        Ok(Some(Self {
            name: attribute.name.unwrap_or_else(|| name::in_graph(ident)),
            ident,
            ty: &input.ty,
        }))
    }

    /// The statement that reads the argument.
    fn read(&self) -> TokenStream {
        let Self { name, ident, ty } = self;
        quote! { let #ident: #ty = writer.argument(field, #name)?; }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn generated(arguments: TokenStream, item: TokenStream) -> String {
        match written(arguments, item) {
            Ok(tokens) => tokens.to_string(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_method_becomes_a_field_with_its_arguments() {
        let item = quote! {
            impl Role<'_> {
                #[graphql(directive = cost::apply(5))]
                fn at_a_glance(&self, #[graphql(desc = "How many.")] first: Option<i32>) -> Glance {
                    todo
                }
            }
        };
        let code = generated(TokenStream::new(), item);
        assert!(code.contains(r#""atAGlance" =>"#), "{code}");
        assert!(code.contains(r#"writer . argument (field , "first")"#));
        assert!(code.contains("for Role < '_ >"));
    }

    #[test]
    fn the_block_of_a_method_is_put_in_place() {
        let item = quote! {
            impl Role<'_> {
                async fn id(&self) -> ID { self.0.id() }
            }
        };
        let code = generated(TokenStream::new(), item);
        assert!(
            code.contains("(|| -> ID { self . 0 . id () }) ()"),
            "{code}"
        );
    }

    #[test]
    fn a_root_field_may_wait() {
        let item = quote! {
            impl RoleQuery {
                async fn role(&self, ctx: &Context<'_>, by: RoleBy) -> Option<Role> { find(ctx, by).await }
            }
        };
        let code = generated(quote!(root), item);
        assert!(
            code.contains("async { find (ctx , by) . await } . await"),
            "{code}"
        );
    }

    #[test]
    fn what_cannot_be_written_is_told() {
        let defaulted = quote! {
            impl Role<'_> {
                fn duties(&self, #[graphql(default = 3)] first: i32) -> i32 { first }
            }
        };
        let told = generated(TokenStream::new(), defaulted);
        assert!(
            told.starts_with("this is not read when answers are written"),
            "{told}"
        );
        assert_eq!(
            generated(quote!(leaf), quote! { impl Role {} }),
            "expected `root` or nothing"
        );
        let silent = quote! { impl Role { fn id(&self) { } } };
        assert_eq!(generated(TokenStream::new(), silent), "a field has a value");
        let plain = quote! { impl Role { fn id(&self) -> ID { x } } };
        assert_eq!(generated(quote!(root), plain), "a root field is async");
    }
}
