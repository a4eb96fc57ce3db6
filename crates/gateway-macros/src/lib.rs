//! Macros of the gateway: they let the types of the graph write themselves.
//!
//! The engine's own macros make a schema out of the same items, so that every field is defined
//! once. What is generated names `crate::write` and `crate::selection`, so that these macros are
//! of use inside of the gateway only. Start with [`written`].

mod attribute;
mod data;
mod described;
mod name;
mod object;

use proc_macro::TokenStream;
use proc_macro2::TokenStream as Tokens;

/// Lets an object of the graph write the fields that its methods define.
///
/// Stands above `#[Object]` and changes nothing for it. Every method becomes a field of the name
/// that the engine gives it, with arguments read as the engine reads them. The engine adds
/// parameters to the methods, so that they are not called: their blocks are put in the place of
/// calls. They wait for nothing, also where the engine wants them to be `async`.
///
/// With `#[written(root)]` the methods are `async` and may wait: they are fields of the query
/// itself, and their `ctx` is a `Call`.
#[proc_macro_attribute]
pub fn written(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let item = Tokens::from(item);
    let generated = object::written(arguments.into(), item.clone());
    let generated = generated.unwrap_or_else(syn::Error::into_compile_error);
    Tokens::from_iter([item, generated]).into()
}

/// Describes arguments that mean the same in every mutation: `expected_revision` and
/// `idempotency_key`.
///
/// Stands above `#[Object]`, which takes descriptions as literals only.
#[proc_macro_attribute]
pub fn described(_arguments: TokenStream, item: TokenStream) -> TokenStream {
    let described = described::described(item.into());
    let described = described.unwrap_or_else(syn::Error::into_compile_error);
    described.into()
}

/// Lets a `SimpleObject` write its fields, and an `Enum` the names of its values.
#[proc_macro_derive(Written)]
pub fn derive_written(item: TokenStream) -> TokenStream {
    let generated = data::written(item.into());
    let generated = generated.unwrap_or_else(syn::Error::into_compile_error);
    generated.into()
}
