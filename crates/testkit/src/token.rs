//! Tokens of an issuer that there is in tests only.

use std::io;
use std::sync::Arc;

use app::{Issuer, IssuerSettings, KeySetSource};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use domain::{Clock, Timestamp};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

/// What the tokens say that they are from.
pub const TOKEN_ISSUER: &str = "https://login.example";
/// What they say that they are for.
pub const TOKEN_AUDIENCE: &str = "rolegraph";

/// The key that signs them, as PKCS #8; it was made for tests and is good for nothing else.
const KEY: &str = "\
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgzj3qFRi3rJTQTQ91eUT6eziHuu8VeOEvAgeW\
    8LSZpNuhRANCAAQj5VQe9Q1MiwGSQjmKGDNvidhzzbSgV/w1SNX2/Vy8l9+zY1m3O68TPuLY/O4zu32ca/V6C6/2/pR2cEGhaCpC";

/// The public half of the key, as a JSON Web Key Set.
#[must_use]
pub fn token_keys() -> String {
    let key = json!({
        "kty": "EC",
        "kid": "test",
        "crv": "P-256",
        "x": "I-VUHvUNTIsBkkI5ihgzb4nYc820oFf8NUjV9v1cvJc",
        "y": "37NjWbc7rxM-4tj87jO7fZxr9XoLr_b-lHZwQaFoKkI",
    });
    json!({ "keys": [key] }).to_string()
}

/// A token of somebody with these scopes, which holds for five minutes from a moment on.
#[must_use]
pub fn token(now: Timestamp, subject: &str, scopes: &str) -> String {
    let now = now.moment().timestamp();
    signed_token(&json!({
        "iss": TOKEN_ISSUER,
        "aud": TOKEN_AUDIENCE,
        "sub": subject,
        "scope": scopes,
        "nbf": now,
        "exp": now + 300,
    }))
}

/// A token that says this.
#[must_use]
pub fn signed_token(claims: &Value) -> String {
    let key = BASE64_STANDARD.decode(KEY).expect("the key is written so");
    let head = Header {
        kid: Some("test".to_owned()),
        ..Header::new(Algorithm::ES256)
    };
    let signed = encode(&head, claims, &EncodingKey::from_ec_der(&key));
    signed.expect("the key signs")
}

/// The issuer, as a program knows it.
#[must_use]
pub fn issuer(clock: Arc<dyn Clock>) -> Issuer {
    struct Keys;
    impl KeySetSource for Keys {
        fn read(&self) -> io::Result<Vec<u8>> {
            Ok(token_keys().into_bytes())
        }
    }
    let settings = IssuerSettings {
        issuer: TOKEN_ISSUER.to_owned(),
        audience: TOKEN_AUDIENCE.to_owned(),
        scope_claim: None,
    };
    Issuer::open(settings, Keys, clock).expect("the keys can be used")
}
