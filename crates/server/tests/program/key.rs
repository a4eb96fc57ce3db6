//! `rolegraph key`

use serde_json::Value;
use testkit::on_both_engines;

use crate::program::{Ended, Workplace};

/// Runs `rolegraph key` against a database.
fn key(place: &Workplace, url: &str, arguments: &[&str]) -> Ended {
    let mut all = vec!["key", "--database-url", url];
    all.extend(arguments);
    place.run(&all)
}

fn list(place: &Workplace, url: &str) -> Value {
    key(place, url, &["list", "--output", "json"]).json()
}

on_both_engines! {
    async fn a_key_is_made_shown_once_listed_rotated_and_revoked(board) {
        let (place, url) = (Workplace::new(), board.url());
        let limits = ["--cost-limit", "70", "--concurrency", "3", "--network", "192.0.2.0/24,2001:db8::/32"];
        let mut arguments = vec!["create", "--name", "partner", "--scope", "roles:write,changes:read", "--expires-in", "90d"];
        arguments.extend(limits);
        let made = key(&place, url, &arguments);
        assert_eq!(made.code, 0, "{made:?}");
        let secret = made.output.trim_end();
        assert!(secret.starts_with("rg_live_") && secret.len() == 69, "{secret}");

        let listed = list(&place, url);
        assert_eq!(listed[0]["name"], "partner");
        assert_eq!(listed[0]["scopes"], serde_json::json!(["roles:write", "changes:read"]));
        assert_eq!(listed[0]["costLimit"], 70);
        assert_eq!(listed[0]["networks"][1], "2001:db8::/32");
        assert!(listed[0]["expiresAt"].is_string() && listed[0]["revokedAt"].is_null());
        let (name, rest) = secret.split_at(20);
        assert!(!listed.to_string().contains(rest));

        let id = listed[0]["id"].as_str().unwrap();
        let rotated = key(&place, url, &["rotate", id, "--output", "json"]).json();
        assert_ne!(rotated["key"], secret);
        assert!(rotated["key"].as_str().unwrap().starts_with(name));
        assert!(rotated["formerSecretUntil"].is_string());

        let revoked = key(&place, url, &["revoke", id]);
        assert_eq!((revoked.code, revoked.output.as_str()), (0, "revoked: 1\n"));
        let shown = key(&place, url, &["list"]);
        assert_eq!(shown.output, format!("{id}  live  revoked  partner  (roles:write changes:read)\nkeys: 1\n"));
    }

    async fn what_cannot_be_done_is_said(board) {
        let (place, url) = (Workplace::new(), board.url());
        let unknown = "key_00000000-0000-7000-8000-000000000001";
        let revoked = key(&place, url, &["revoke", unknown]);
        assert_eq!(revoked.code, 1);
        assert_eq!(revoked.errors, format!("rolegraph: no key has the id {unknown}\n"));
        let made = key(&place, url, &["create", "--name", "x", "--scope", "admin", "--test", "--output", "json"]).json();
        assert!(made["key"].as_str().unwrap().starts_with("rg_test_"));
        let id = made["id"].as_str().unwrap();
        let rotated = key(&place, url, &["rotate", id, "--overlap", "8d"]);
        assert_eq!(rotated.code, 1);
        assert_eq!(rotated.errors, "rolegraph: the key has its old secret: overlap is \"691200 s\": expected 7 days at most\n");
        let scope = key(&place, url, &["create", "--name", "x", "--scope", "roles:delete"]);
        assert_eq!(scope.code, 2);
    }
}
