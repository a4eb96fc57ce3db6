//! What of a role looks different from outside after a write.

use domain::change::Aspects;
use domain::role::{PublicationState, Role};

/// What of the row of a role looks different to everybody; links and questions are compared where
/// they are stored.
pub(super) fn touched(before: Option<&Role>, after: &Role) -> Aspects {
    let public = |role: &&Role| role.state == PublicationState::Published;
    let (seen_before, seen_after) = (before.filter(public), Some(after).filter(public));
    let group = |role: Option<&Role>| role.and_then(|role| role.translation_group);
    let groups = [group(seen_before), group(seen_after)];
    match (seen_before, seen_after) {
        (Some(before), Some(after)) => changed(before, after),
        (None, None) => Aspects::NONE,
        (None, Some(_)) | (Some(_), None) => {
            let translates = groups.iter().any(Option::is_some);
            Aspects::MEMBERSHIP | Aspects::TRANSLATION.when(translates)
        }
    }
}

fn changed(before: &Role, after: &Role) -> Aspects {
    let moved = before.locale != after.locale;
    let regrouped = before.translation_group != after.translation_group;
    let translates = before.translation_group.or(after.translation_group);
    // Two revisions may be of one moment.
    let revised = before.revision != after.revision;
    Aspects::NAME.when(before.title != after.title)
        | Aspects::UPDATED.when(revised || before.updated_at != after.updated_at)
        | Aspects::PUBLICATION.when(before.published_at != after.published_at)
        | Aspects::LOCALE.when(moved)
        | Aspects::SLUG.when(before.slug != after.slug)
        | Aspects::TRANSLATION.when(regrouped || (moved && translates.is_some()))
}

#[cfg(test)]
mod tests {
    use domain::id::{Id as _, RoleId, TranslationGroupId};
    use domain::{Locale, Slug, Timestamp};
    use uuid::Uuid;

    use super::*;

    fn role(state: PublicationState) -> Role {
        let now = Timestamp::parse("2026-01-01T00:00:00.000000Z").unwrap();
        Role {
            id: RoleId::from_uuid(Uuid::from_u128(1)),
            slug: Slug::parse("plumber").unwrap(),
            locale: Locale::parse("en").unwrap(),
            title: "Plumber".to_owned(),
            summary: None,
            state,
            revision: 1,
            created_at: now,
            updated_at: now,
            published_at: None,
            last_reviewed: None,
            translation_group: None,
        }
    }

    #[test]
    fn appearing_and_disappearing_are_a_matter_of_membership() {
        let (draft, public) = (
            role(PublicationState::Draft),
            role(PublicationState::Published),
        );
        assert_eq!(touched(None, &public), Aspects::MEMBERSHIP);
        assert_eq!(touched(Some(&draft), &public), Aspects::MEMBERSHIP);
        assert_eq!(touched(Some(&public), &draft), Aspects::MEMBERSHIP);
        assert_eq!(touched(None, &draft), Aspects::NONE);
        let grouped = Role {
            translation_group: Some(TranslationGroupId::from_uuid(Uuid::from_u128(2))),
            ..public
        };
        let expected = Aspects::MEMBERSHIP | Aspects::TRANSLATION;
        assert_eq!(touched(None, &grouped), expected);
        assert_eq!(touched(Some(&grouped), &draft), expected);
    }

    #[test]
    fn only_what_differs_is_touched() {
        let before = role(PublicationState::Published);
        assert_eq!(touched(Some(&before), &before), Aspects::NONE);
        let renamed = Role {
            title: "Pipefitter".to_owned(),
            ..before.clone()
        };
        assert_eq!(touched(Some(&before), &renamed), Aspects::NAME);
        let revised = Role {
            revision: 2,
            ..before.clone()
        };
        assert_eq!(touched(Some(&before), &revised), Aspects::UPDATED);
        let regrouped = Role {
            translation_group: Some(TranslationGroupId::from_uuid(Uuid::from_u128(2))),
            ..before.clone()
        };
        assert_eq!(touched(Some(&before), &regrouped), Aspects::TRANSLATION);
    }
}
