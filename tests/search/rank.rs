//! What somebody may have meant never stands before what somebody wrote.

use ::search::request::SearchParts;
use domain::role::RoleDraft;
use testkit::{draft, on_both_engines};

use super::{find_all, slugs, store_all};

/// A role that has a word in its title, or deep in its texts.
fn role(slug: &str, title: &str, answer: &str) -> RoleDraft {
    let mut role = draft(slug, title);
    answer.clone_into(&mut role.faqs[0].answer);
    role
}

on_both_engines! {
    async fn a_mistyped_word_never_stands_before_the_word_itself(board) {
        let roles = [
            role("baker", "Baker", "Enough."),
            role("brewer", "Brewer", "Enough."),
            role("waiter", "Waiter", "Ask a miller, who knows."),
            role("cook", "Cook", "Less than a miller, as a rule."),
        ];
        store_all(&board, &roles).await;
        // `bakr` is no word of any role, but somebody may have meant `baker`.
        let found = find_all(&board, "bakr OR miller", &SearchParts::default()).await;
        let found = slugs(&found);
        assert_eq!(found.len(), 3, "{found:?}");
        assert_eq!(found[2], "baker", "{found:?}");
        for text in ["brewwer OR miller", "bakr OR brewwer OR miller", "miller OR bakr"] {
            let found = slugs(&find_all(&board, text, &SearchParts::default()).await);
            let exact: Vec<_> = found.iter().take(2).map(String::as_str).collect();
            assert!(exact.contains(&"waiter") && exact.contains(&"cook"), "{text}: {found:?}");
        }
    }

    async fn a_word_that_roles_have_is_not_taken_for_another(board) {
        let roles = [
            role("baker", "Baker", "Enough."),
            role("waiter", "Waiter", "Ask a maker, who knows."),
        ];
        store_all(&board, &roles).await;
        let found = find_all(&board, "maker", &SearchParts::default()).await;
        assert_eq!(slugs(&found), ["waiter"]);
        let found = find_all(&board, "baker", &SearchParts::default()).await;
        assert_eq!(slugs(&found), ["baker"]);
    }
}
