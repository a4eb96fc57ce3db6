//! What roles refer to: related roles, categories, skills and sources.

use domain::Locale;
use domain::read::{CodeBy, RoleBy, RoleParts};
use domain::role::{ExternalCode, MatchKind, RoleDraft};

use crate::board::TestBoard;
use crate::document::{duty, empty, path, related, slug};
use crate::identity::read;
use crate::on_both_engines;
use crate::rows::texts;

/// Relations as `from locale → to`, pending ones with a question mark.
async fn relations(board: &TestBoard) -> Vec<String> {
    let line = "f.slug || ' ' || f.locale || ' > ' || COALESCE(t.slug || ' ' || t.locale, '?')";
    let relations = format!(
        "SELECT {line} FROM role_relation AS l JOIN role AS f ON f.id = l.role_id \
         LEFT JOIN role AS t ON t.id = l.to_id ORDER BY 1"
    );
    texts(board, &relations).await
}

fn relating(name: &str, locale: &str, to: &str) -> RoleDraft {
    let mut draft = empty(name);
    draft.locale = Locale::parse(locale).unwrap();
    draft.related = vec![related(to)];
    draft
}

on_both_engines! {
    async fn relations_wait_for_their_target(board) {
        board.store(&relating("pilot", "en", "captain")).await;
        board.store(&relating("pilot", "fr", "captain")).await;
        assert_eq!(relations(&board).await, ["pilot en > ?", "pilot fr > ?"]);
        board.store(&relating("captain", "en", "pilot")).await;
        let resolved = ["captain en > pilot en", "pilot en > captain en", "pilot fr > ?"];
        assert_eq!(relations(&board).await, resolved);
    }

    async fn a_code_without_a_release_leads_to_the_newest_one(board) {
        for (name, release) in [("old", "9.0"), ("newest", "29.10"), ("new", "29.3")] {
            let mut draft = empty(name);
            draft.codes = vec![ExternalCode {
                scheme: "onet-soc".to_owned(),
                release: Some(release.to_owned()),
                code: "53-5021.00".to_owned(),
                uri: None,
                match_kind: MatchKind::Exact,
            }];
            board.store(&draft).await;
        }
        for (release, wanted) in [(None, "newest"), (Some("29.3"), "new"), (Some("9.0"), "old")] {
            let by = RoleBy::Code(CodeBy {
                scheme: "onet-soc".to_owned(),
                code: "53-5021.00".to_owned(),
                release: release.map(str::to_owned),
            });
            let found = board.database().reads().find_role(&by, &RoleParts::default()).await;
            assert_eq!(found.unwrap().unwrap().role.slug.as_str(), wanted);
        }
    }

    async fn relations_are_resolved_within_one_transaction(board) {
        let drafts = [relating("pilot", "en", "captain"), relating("captain", "en", "pilot")];
        let options = app::StoreOptions::new("test");
        board.catalogue().store_roles(&drafts, options).await.unwrap();
        let resolved = ["captain en > pilot en", "pilot en > captain en"];
        assert_eq!(relations(&board).await, resolved);
    }

    async fn relations_survive_an_update(board) {
        board.store(&empty("captain")).await;
        let mut draft = relating("pilot", "en", "captain");
        board.store(&draft).await;
        draft.title = "Harbour pilot".into();
        board.store(&draft).await;
        assert_eq!(relations(&board).await, ["pilot en > captain en"]);
    }

    async fn category_paths_share_what_they_have_in_common(board) {
        let mut draft = empty("pilot");
        draft.categories = vec![path(&["Water", "Harbours", "Pilots"]), path(&["Safety"])];
        board.store(&draft).await;
        let mut draft = empty("captain");
        draft.categories = vec![path(&["WATER", "Hárbours"]), path(&["water", "Ships"])];
        board.store(&draft).await;
        let tree = "SELECT c.name || ' ' || CAST(c.position AS TEXT) || ' under ' || \
                    COALESCE(p.name, 'none') FROM category AS c \
                    LEFT JOIN category AS p ON p.id = c.parent_id ORDER BY 1";
        assert_eq!(texts(&board, tree).await, [
            "Harbours 0 under Water",
            "Pilots 0 under Harbours",
            "Safety 1 under none",
            "Ships 1 under Water",
            "Water 0 under none",
        ]);
        let closure = "SELECT c.name || ' ' || CAST(a.depth AS TEXT) || ' ' || p.name \
                       FROM category_ancestor AS a JOIN category AS c ON c.id = a.category_id \
                       JOIN category AS p ON p.id = a.ancestor_id WHERE c.name = 'Pilots' \
                       ORDER BY a.depth";
        assert_eq!(texts(&board, closure).await, [
            "Pilots 0 Pilots",
            "Pilots 1 Harbours",
            "Pilots 2 Water",
        ]);
    }

    async fn spellings_of_one_skill_are_one_skill(board) {
        let mut draft = empty("pilot");
        draft.duties = vec![duty("Steer", &["Réglage", "reglage", "Radio"])];
        board.store(&draft).await;
        let skills = texts(&board, "SELECT name FROM skill ORDER BY sort_name").await;
        assert_eq!(skills, ["Radio", "Réglage"]);
        let tree = read(&board, RoleBy::Slug(slug("pilot"))).await;
        let duty = &tree.duties.get().unwrap()[0];
        let named: Vec<_> = duty.skills.iter().map(|tree| tree.skill.name.as_str()).collect();
        assert_eq!(named, ["Réglage", "Radio"]);
        let aliases = texts(&board, "SELECT aliases FROM skill ORDER BY sort_name").await;
        assert_eq!(aliases, [r#"["Radio work"]"#, r#"["Réglage work"]"#]);
    }

    async fn a_source_follows_the_last_document_that_states_its_licence(board) {
        let credit = "SELECT COALESCE(licence, '-') || ' ' || COALESCE(attribution, '-') FROM source";
        board.store(&empty("pilot")).await;
        let mut silent = empty("captain");
        silent.source.licence = None;
        silent.source.attribution = None;
        board.store(&silent).await;
        let stated = ["CC-BY-4.0 From the harbour handbook."];
        assert_eq!(texts(&board, credit).await, stated);
        let mut other = empty("sailor");
        other.source.licence = Some("CC0-1.0".to_owned());
        board.store(&other).await;
        assert_eq!(texts(&board, credit).await, ["CC0-1.0 From the harbour handbook."]);
    }

    async fn translations_with_one_key_share_a_group(board) {
        for (locale, key) in [("en", "pilot"), ("fr", "pilot"), ("de", "lotse")] {
            let mut draft = relating("pilot", locale, "captain");
            draft.translation_key = Some(key.to_owned());
            board.store(&draft).await;
        }
        let groups = "SELECT g.key || ' ' || CAST(COUNT(*) AS TEXT) FROM role AS r \
                      JOIN translation_group AS g ON g.id = r.translation_group_id \
                      GROUP BY g.key ORDER BY g.key";
        assert_eq!(texts(&board, groups).await, ["lotse 1", "pilot 2"]);
    }
}
