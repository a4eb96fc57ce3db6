//! The names that the engine gives to fields and arguments.

use syn::Ident;
use syn::ext::IdentExt as _;

/// The name in the graph of something that is called so in the code: `at_a_glance` is
/// `atAGlance`.
pub(crate) fn in_graph(ident: &Ident) -> String {
    let name = ident.unraw().to_string();
    let mut words = name.split('_').filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| name + &capitalised(word))
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use proc_macro2::Span;

    use super::*;

    #[test]
    fn words_are_joined_as_the_engine_joins_them() {
        let name = |ident: &str| in_graph(&Ident::new(ident, Span::call_site()));
        assert_eq!(name("id"), "id");
        assert_eq!(name("at_a_glance"), "atAGlance");
        assert_eq!(name("json_ld"), "jsonLd");
        let raw = Ident::new_raw("match", Span::call_site());
        assert_eq!(in_graph(&raw), "match");
    }
}
