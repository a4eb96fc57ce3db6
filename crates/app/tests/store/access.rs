//! Making, changing and recognising keys.

use std::net::IpAddr;
use std::time::Duration;

use app::{AppError, IssuedKey, KeyRing};
use domain::Clock as _;
use domain::access::{KeyDraft, KeyKind, KeyLimits, KeyRefusal, Principal, Scopes, ShownToken};
use domain::id::{Id as _, KeyId};
use uuid::Uuid;

use testkit::{TestBoard, on_both_engines};

const HOUR: Duration = Duration::from_hours(1);

fn operator() -> Principal {
    Principal::operator("test")
}

fn draft(scopes: &str) -> KeyDraft {
    KeyDraft {
        name: "partner".to_owned(),
        kind: KeyKind::Live,
        scopes: Scopes::parse(scopes).unwrap(),
        expires_at: None,
        networks: vec![
            "192.0.2.0/24".parse().unwrap(),
            "2001:db8::/32".parse().unwrap(),
        ],
        limits: KeyLimits {
            operation_cost: Some(7),
            concurrency: Some(3),
            ..KeyLimits::default()
        },
    }
}

/// What becomes of a key that is shown at an allowed address; the name of its holder.
fn shown(ring: &KeyRing, text: &str) -> Result<String, KeyRefusal> {
    let address: IpAddr = "192.0.2.7".parse().unwrap();
    let shown = ShownToken::read(text).ok_or(KeyRefusal::Malformed)?;
    let holder = ring.recognise(&shown, address)?;
    Ok(holder.principal.name.clone())
}

async fn made(board: &TestBoard) -> IssuedKey {
    let made = board
        .keys()
        .create_key(&operator(), draft("roles:write changes:read"))
        .await;
    board.ring().refresh().await.unwrap();
    made.unwrap()
}

on_both_engines! {
    async fn a_key_is_read_back_as_it_was_made_and_without_its_secret(board) {
        let made = made(&board).await;
        let keys = board.keys().list_keys(&operator()).await.unwrap();
        assert_eq!(keys.len(), 1);
        assert_eq!((keys[0].id, &keys[0].draft), (made.key.id, &made.key.draft));
        assert_eq!(keys[0].created_at, board.clock().now());
        assert!(keys[0].secret.digest.is(&made.token.digest()));
        let text = made.token.reveal();
        assert!(!format!("{made:?} {keys:?}").contains(text.get(20..).unwrap()));
    }

    async fn whoever_shows_a_key_is_known_until_it_is_revoked(board) {
        let made = made(&board).await;
        let text = made.token.reveal();
        assert_eq!(shown(board.ring(), text), Ok("partner".to_owned()));
        board.keys().revoke_key(&operator(), made.key.id).await.unwrap();
        board.ring().refresh().await.unwrap();
        assert_eq!(shown(board.ring(), text), Err(KeyRefusal::Revoked));
        let again = board.keys().revoke_key(&operator(), made.key.id).await.unwrap();
        assert!(again.revoked_at.is_some());
        let dead = board.keys().rotate_key(&operator(), made.key.id, HOUR).await;
        assert!(matches!(dead, Err(AppError::DeadKey(_))));
    }

    async fn both_secrets_hold_until_the_overlap_ends(board) {
        let first = made(&board).await;
        let second = board.keys().rotate_key(&operator(), first.key.id, HOUR).await.unwrap();
        board.ring().refresh().await.unwrap();
        let (first, second) = (first.token.reveal(), second.token.reveal());
        assert!(shown(board.ring(), first).is_ok() && shown(board.ring(), second).is_ok());
        board.clock().advance(3_600);
        assert_eq!(shown(board.ring(), first), Err(KeyRefusal::Expired));
        assert!(shown(board.ring(), second).is_ok());
    }

    async fn without_an_overlap_and_after_another_rotation_a_secret_ends_at_once(board) {
        let first = made(&board).await;
        let id = first.key.id;
        let second = board.keys().rotate_key(&operator(), id, HOUR).await.unwrap();
        let third = board.keys().rotate_key(&operator(), id, Duration::ZERO).await.unwrap();
        board.ring().refresh().await.unwrap();
        assert_eq!(shown(board.ring(), first.token.reveal()), Err(KeyRefusal::Unknown));
        assert_eq!(shown(board.ring(), second.token.reveal()), Err(KeyRefusal::Unknown));
        assert!(shown(board.ring(), third.token.reveal()).is_ok());
        let long = Duration::from_hours(7 * 24) + Duration::from_secs(1);
        let refused = board.keys().rotate_key(&operator(), id, long).await.unwrap_err();
        assert_eq!(refused.to_string(), "overlap is \"604801 s\": expected 7 days at most");
    }

    async fn nobody_hands_out_what_they_do_not_have(board) {
        let manager = Principal {
            name: "manager".to_owned(),
            key: None,
            scopes: Scopes::parse("keys:manage roles:write").unwrap(),
        };
        let strong = board.keys().create_key(&operator(), draft("admin")).await.unwrap();
        for refused in [
            board.keys().create_key(&manager, draft("admin")).await.map(|_| ()),
            board.keys().create_key(&Principal::anonymous(), draft("roles:read")).await.map(|_| ()),
            board.keys().list_keys(&Principal::anonymous()).await.map(|_| ()),
            board.keys().rotate_key(&manager, strong.key.id, HOUR).await.map(|_| ()),
            board.keys().revoke_key(&manager, strong.key.id).await.map(|_| ()),
        ] {
            assert!(matches!(refused, Err(AppError::Forbidden(_))), "{refused:?}");
        }
        assert!(board.keys().create_key(&manager, draft("roles:write")).await.is_ok());
        let nobody = KeyId::from_uuid(Uuid::from_u128(7));
        let unknown = board.keys().revoke_key(&operator(), nobody).await;
        assert!(matches!(unknown, Err(AppError::UnknownKey(_))));
    }

    async fn uses_are_noted_and_keys_are_not_read_again_for_that(board) {
        let made = made(&board).await;
        board.ring().note_uses().await.unwrap();
        let revision = board.database().access_revision().await.unwrap();
        board.clock().advance(60);
        shown(board.ring(), made.token.reveal()).unwrap();
        board.ring().note_uses().await.unwrap();
        let keys = board.keys().list_keys(&operator()).await.unwrap();
        assert_eq!(keys[0].last_used_at, Some(board.clock().now()));
        assert_eq!(board.database().access_revision().await.unwrap(), revision);
        assert_eq!(board.database().reads().catalogue_version().await.unwrap(), 0);
    }

    async fn a_ring_that_follows_learns_of_a_revocation_within_a_second(board) {
        let made = made(&board).await;
        let other = KeyRing::open(board.database().clone(), board.shared_clock()).await.unwrap();
        let _following = other.follow();
        assert!(shown(&other, made.token.reveal()).is_ok());
        board.keys().revoke_key(&operator(), made.key.id).await.unwrap();
        let learns = async {
            while shown(&other, made.token.reveal()).is_ok() {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(1), learns).await.unwrap();
    }
}
