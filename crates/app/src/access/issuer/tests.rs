//! Tokens of every kind, with keys that are good for nothing else: they were made for these tests.

use std::io;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use domain::access::{KeyRefusal, Scopes};
use domain::{Clock, Timestamp};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

use super::{Issuer, IssuerSettings, KeySetSource, UnusableKeySet};

/// The private key whose public half is `rsa` in the set, as PKCS #1.
const RSA: &str = "\
    MIIEpAIBAAKCAQEAsthYqPVZLJjA0fcLSHbbKW0zMoOUgMbh+tzx14J3NsA24iaLq3kHeWz91j7V7QYCLsXc\
    TDGOZCazMlIU8MZDm7rJthyrCw39dd9TLX0tYV3CwL/mnzipBlLeru4W3xDDyG7gKJ/eRbUfBsCwgq347Nrk\
    OFT0ieEL2PMxbwEJ5qI43IRu0LfMwE5sDRPv98kDx3myh39oH8wugR5AJ9hLE78PBERiJSCLT5NWvlPgLqrw\
    hhfS4xY1gMFwzn+92dWCpw/WZy25ZGLCvR81QTJBu6+E5BEpMSZXCVP2sDaIU8SNP938w8AwdRJhpkDelchR\
    ARkTv0uBqfoRZyDJ4dJ04wIDAQABAoIBADC3dg8wJgZb5cpL/SrUFYcHU/bimMUrZ8sp/Ea0Jz0mxsx7q3ge\
    E8cjxVFi9GsIQ/fxtbybkyn80LtYWJPtreTx0Jhm3sC4It7E4qd1fbMUE0TmATBGAuTSFg6YlGpW6r3iVfU6\
    9xUN7VGtk2dFdJUwWxJtMd+NCeki9chDBCtqeHPa/o4JP9zH8Q4cEr99XdvpkHcyyvzLUui843naLYrUnmqH\
    5TdUJLbCUiD8l3oBeaEuyhTT8B8s6qnHY+6IO6JMMkR1oTr6Oryl95XMq40OmZIZVPvuzd/SmPZ+MBNN1YEB\
    KEPj6HIMMaom5L0bKhSOXNNPCKdEA0dWr0f0B+ECgYEA2airkBo+xaXO941yxggM8EGmHcjrUJxNctsd98R7\
    7TW60UszrYZWHB1F2c4lCaEwNSz4Fj4tbzmLqlmFJBGa26baJP0Hrl/WJw3IK6RFbr3CygnFII732+pPTjTH\
    OlDI5UEIOcwSGxJRDqKIPsdd8qdN+6pE1+FV6OP9iAuCS98CgYEA0llebZVDil9kAqp2MECcgjXRG+6oQFw6\
    MQHWlB9ACgyP9BWN/AuVjB83KX0UKKfaA0wnjGjS6BODaj1sqo+rVa9Gx0J047eURRYtY/WLHq7Z4MIMmyvo\
    PumNKjdNe4jVyWVbghPmHrUdnxkqgDNfFIgiYIEnEoxnNHPaBw/pt30CgYBNBWHIeXETEcx+T0B5ESo67pAw\
    5ANZICZL6XveTFoqI6Q7Iahk1C+ufTFVlJwIn1Bm0MXtYQ1E2ZExs8HodI5fAdkZ06wfKWynnznhL50eReoj\
    AngOQGk3Gd/8ZbLGUQX2EiAuC6ewirfCPQOHa5c0Ib33u1XnKqby5ZK2zJPL8wKBgQCLAkBjDtdZpHyFPn1o\
    mepUKpiMawWJsulJ5bsWnChH+9FOLshsHoOv3BkqM9yUmYh70WH5anSmpe6c0Qb1GIjT0Udm+0YgDvvPRD6u\
    5mAP4OFfpR2LllKe8N03XuC3mNAfjfoRVnEnLe3rbEgn/MsC2IxPVkqp+Vti0ITvUdbUSQKBgQCo15poG3hw\
    gU8CS3rjdn5TSCeBg3usZXby0XdpX169n2wToPu4vUIzOp+RepclEg1ZYzCeLUSLuaNU0EaxTGfEaN3EaaCp\
    63CXmY6II1y0PLTLKnxgLiFJ+5fEQcdKnf4DNBEBJSGbKAULpLZK2pgYEYwkjzCugq94guQRit5c4w==";
/// The same for `ec`, as PKCS #8.
const EC: &str = "\
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgzj3qFRi3rJTQTQ91eUT6eziHuu8VeOEvAgeW\
    8LSZpNuhRANCAAQj5VQe9Q1MiwGSQjmKGDNvidhzzbSgV/w1SNX2/Vy8l9+zY1m3O68TPuLY/O4zu32ca/V6\
    C6/2/pR2cEGhaCpC";
/// The same for `later`, which is not in the set at first.
const LATER: &str = "\
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgo+C5PiZt/OH+e0qxqKG9JBOzqdkWWqcCLtD2\
    0v3z/7WhRANCAAS1lUck+jD1L/n3zOltN8fIm3Q/UR6lL02+KwhnD3IsKR+DbX62F6aVv+bjMQ6ofyvm699B\
    MGZ/W9sbSQgA2zyv";
/// The modulus of `rsa`, which everybody knows.
const MODULUS: &str = "\
    sthYqPVZLJjA0fcLSHbbKW0zMoOUgMbh-tzx14J3NsA24iaLq3kHeWz91j7V7QYCLsXcTDGOZCazMlIU8MZD\
    m7rJthyrCw39dd9TLX0tYV3CwL_mnzipBlLeru4W3xDDyG7gKJ_eRbUfBsCwgq347NrkOFT0ieEL2PMxbwEJ\
    5qI43IRu0LfMwE5sDRPv98kDx3myh39oH8wugR5AJ9hLE78PBERiJSCLT5NWvlPgLqrwhhfS4xY1gMFwzn-9\
    2dWCpw_WZy25ZGLCvR81QTJBu6-E5BEpMSZXCVP2sDaIU8SNP938w8AwdRJhpkDelchRARkTv0uBqfoRZyDJ\
    4dJ04w";

const ISSUER: &str = "https://login.example";
const AUDIENCE: &str = "rolegraph";
/// The moment of the tests.
const NOW: i64 = 1_800_000_000;

fn rsa() -> Value {
    json!({ "kty": "RSA", "kid": "rsa", "use": "sig", "alg": "RS256", "n": MODULUS, "e": "AQAB" })
}

fn ec() -> Value {
    let [x, y] = [
        "I-VUHvUNTIsBkkI5ihgzb4nYc820oFf8NUjV9v1cvJc",
        "37NjWbc7rxM-4tj87jO7fZxr9XoLr_b-lHZwQaFoKkI",
    ];
    json!({ "kty": "EC", "kid": "ec", "crv": "P-256", "x": x, "y": y })
}

fn later() -> Value {
    let [x, y] = [
        "tZVHJPow9S_598zpbTfHyJt0P1EepS9NvisIZw9yLCk",
        "H4NtfrYXppW_5uMxDqh_K-br30EwZn9b2xtJCADbPK8",
    ];
    json!({ "kty": "EC", "kid": "later", "crv": "P-256", "x": x, "y": y })
}

/// A set that can be exchanged, and counts how often it is read.
#[derive(Clone, Default)]
struct Shelf {
    set: Arc<Mutex<Option<Value>>>,
    looks: Arc<AtomicU32>,
}

impl Shelf {
    fn with(keys: &[Value]) -> Self {
        let shelf = Self::default();
        shelf.put(Some(json!({ "keys": keys })));
        shelf
    }

    fn put(&self, set: Option<Value>) {
        *self.set.lock().unwrap() = set;
    }

    fn looks(&self) -> u32 {
        self.looks.load(Ordering::Relaxed)
    }
}

impl KeySetSource for Shelf {
    fn read(&self) -> io::Result<Vec<u8>> {
        self.looks.fetch_add(1, Ordering::Relaxed);
        let set = self.set.lock().unwrap();
        let set = set.as_ref().ok_or(io::ErrorKind::NotFound)?;
        Ok(set.to_string().into_bytes())
    }
}

/// A clock that stands until it is moved.
#[derive(Clone)]
struct Standing(Arc<Mutex<i64>>);

impl Standing {
    fn advance(&self, seconds: i64) {
        *self.0.lock().unwrap() += seconds;
    }
}

impl Clock for Standing {
    fn now(&self) -> Timestamp {
        at(*self.0.lock().unwrap())
    }
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::new(chrono::DateTime::from_timestamp(seconds, 0).unwrap())
}

fn settings() -> IssuerSettings {
    IssuerSettings {
        issuer: ISSUER.to_owned(),
        audience: AUDIENCE.to_owned(),
        scope_claim: None,
    }
}

fn open(shelf: &Shelf) -> (Issuer, Standing) {
    let clock = Standing(Arc::new(Mutex::new(NOW)));
    let issuer = Issuer::open(settings(), shelf.clone(), Arc::new(clock.clone()));
    (issuer.unwrap(), clock)
}

fn issuer() -> Issuer {
    open(&Shelf::with(&[rsa(), ec()])).0
}

/// What a token that holds says.
fn claims() -> Value {
    json!({
        "iss": ISSUER, "aud": AUDIENCE, "sub": "7", "exp": NOW + 300, "nbf": NOW - 5,
        "scope": "openid roles:write keys:manage",
    })
}

/// The same with another value of a claim; `null` takes it out.
fn with(claim: &str, value: Value) -> Value {
    let mut claims = claims();
    match value {
        Value::Null => drop(claims.as_object_mut().unwrap().remove(claim)),
        value => claims[claim] = value,
    }
    claims
}

fn head(algorithm: Algorithm, key: &str) -> Header {
    Header {
        kid: Some(key.to_owned()),
        ..Header::new(algorithm)
    }
}

fn private(key: &str) -> EncodingKey {
    let der = |text: &str| BASE64_STANDARD.decode(text).unwrap();
    match key {
        "rsa" => EncodingKey::from_rsa_der(&der(RSA)),
        "ec" => EncodingKey::from_ec_der(&der(EC)),
        _ => EncodingKey::from_ec_der(&der(LATER)),
    }
}

fn signed(key: &str, claims: &Value) -> String {
    let algorithm = match key {
        "rsa" => Algorithm::RS256,
        _ => Algorithm::ES256,
    };
    encode(&head(algorithm, key), claims, &private(key)).unwrap()
}

fn refusal(token: &str) -> Option<KeyRefusal> {
    issuer().recognise(token).err()
}

#[test]
fn whoever_shows_a_good_token_is_known() {
    for key in ["rsa", "ec"] {
        let person = issuer().recognise(&signed(key, &claims())).unwrap();
        assert_eq!(person.principal.name, "user:7");
        assert_eq!(person.principal.key, None);
        assert!(!person.principal.is_anonymous());
        assert_eq!(
            person.principal.scopes,
            Scopes::parse("roles:write keys:manage").unwrap()
        );
        assert_eq!(person.until, at(NOW + 360));
    }
}

#[test]
fn a_token_that_nobody_signed_or_that_was_changed_is_refused() {
    let good = signed("rsa", &claims());
    let (text, signature) = good.rsplit_once('.').unwrap();
    let (_, body) = text.split_once('.').unwrap();
    let coded = |text: &str| {
        let engine = base64::prelude::BASE64_URL_SAFE_NO_PAD;
        engine.encode(text)
    };
    let unsigned = coded(r#"{"alg":"none","kid":"rsa"}"#);
    for none in [
        format!("{unsigned}.{body}."),
        format!("{unsigned}.{body}.{signature}"),
    ] {
        assert_eq!(refusal(&none), Some(KeyRefusal::Malformed));
    }
    let other = coded(&with("sub", json!("8")).to_string());
    let (first, _) = text.split_once('.').unwrap();
    let changed = format!("{first}.{other}.{signature}");
    assert_eq!(refusal(&changed), Some(KeyRefusal::Forged));
    for junk in ["", "a", "a.b", "a.b.c", "a.b.c.d", &"x".repeat(9_000)] {
        assert_eq!(refusal(junk), Some(KeyRefusal::Malformed), "{junk}");
    }
}

#[test]
fn a_public_key_is_no_secret_that_tokens_are_signed_with() {
    for secret in [MODULUS.as_bytes(), rsa().to_string().as_bytes()] {
        let secret = EncodingKey::from_secret(secret);
        let token = encode(&head(Algorithm::HS256, "rsa"), &claims(), &secret).unwrap();
        assert_eq!(refusal(&token), Some(KeyRefusal::Forged));
    }
}

#[test]
fn a_key_is_good_for_its_own_algorithm_only() {
    let stronger = encode(&head(Algorithm::RS512, "rsa"), &claims(), &private("rsa")).unwrap();
    assert_eq!(refusal(&stronger), Some(KeyRefusal::Forged));
    let crossed = encode(&head(Algorithm::ES256, "rsa"), &claims(), &private("ec")).unwrap();
    assert_eq!(refusal(&crossed), Some(KeyRefusal::Forged));
    let mistaken = encode(&head(Algorithm::ES256, "ec"), &claims(), &private("later")).unwrap();
    assert_eq!(refusal(&mistaken), Some(KeyRefusal::Forged));
}

#[test]
fn what_the_head_says_of_keys_leads_nowhere() {
    let nameless = encode(&Header::new(Algorithm::ES256), &claims(), &private("ec")).unwrap();
    assert_eq!(refusal(&nameless), Some(KeyRefusal::Malformed));
    let pointing = Header {
        jku: Some("https://evil.example/keys".to_owned()),
        x5u: Some("https://evil.example/chain".to_owned()),
        ..head(Algorithm::ES256, "evil")
    };
    let token = encode(&pointing, &claims(), &private("later")).unwrap();
    assert_eq!(refusal(&token), Some(KeyRefusal::Unknown));
    let extended = Header {
        crit: Some(vec!["exp".to_owned()]),
        ..head(Algorithm::ES256, "ec")
    };
    let token = encode(&extended, &claims(), &private("ec")).unwrap();
    assert_eq!(refusal(&token), Some(KeyRefusal::Forged));
}

#[test]
fn claims_have_to_be_there_and_right() {
    for (claim, value, refused) in [
        ("iss", json!("https://other.example"), KeyRefusal::Foreign),
        ("iss", json!(format!("{ISSUER}/")), KeyRefusal::Foreign),
        ("aud", json!("other"), KeyRefusal::Foreign),
        ("aud", json!(["other", "another"]), KeyRefusal::Foreign),
        ("aud", json!([]), KeyRefusal::Foreign),
        ("iss", Value::Null, KeyRefusal::Incomplete),
        ("aud", Value::Null, KeyRefusal::Incomplete),
        ("exp", Value::Null, KeyRefusal::Incomplete),
        ("nbf", Value::Null, KeyRefusal::Incomplete),
        ("sub", Value::Null, KeyRefusal::Incomplete),
        ("sub", json!(7), KeyRefusal::Incomplete),
        ("sub", json!(""), KeyRefusal::Incomplete),
        ("sub", json!("two\nlines"), KeyRefusal::Incomplete),
        (
            "exp",
            json!(format!("{}", NOW + 300)),
            KeyRefusal::Incomplete,
        ),
        ("nbf", json!("now"), KeyRefusal::Incomplete),
        ("exp", json!(NOW - 60), KeyRefusal::Expired),
        ("nbf", json!(NOW + 61), KeyRefusal::Early),
    ] {
        let token = signed("ec", &with(claim, value.clone()));
        assert_eq!(refusal(&token), Some(refused), "{claim}: {value}");
    }
    for (claim, value) in [
        ("exp", json!(NOW - 59)),
        ("nbf", json!(NOW + 60)),
        ("aud", json!(["other", AUDIENCE])),
    ] {
        assert_eq!(refusal(&signed("ec", &with(claim, value))), None, "{claim}");
    }
}

#[test]
fn scopes_come_from_one_claim_and_are_never_made_up() {
    let scopes = |issuer: &Issuer, claims: &Value| {
        let person = issuer.recognise(&signed("ec", claims)).unwrap();
        person.principal.scopes.to_string()
    };
    let usual = issuer();
    for (claim, value, found) in [
        ("scope", Value::Null, ""),
        ("scope", json!("openid profile"), ""),
        ("scope", json!({ "roles:write": true }), ""),
        ("scope", json!(["roles:write", 7]), "roles:write"),
        ("rolegraph_scopes", json!(["changes:read"]), "changes:read"),
        ("roles", json!("admin"), "roles:write keys:manage"),
    ] {
        assert_eq!(scopes(&usual, &with(claim, value)), found, "{claim}");
    }
    let chosen = IssuerSettings {
        scope_claim: Some("roles".to_owned()),
        ..settings()
    };
    let clock = Arc::new(Standing(Arc::new(Mutex::new(NOW))));
    let chosen = Issuer::open(chosen, Shelf::with(&[ec()]), clock).unwrap();
    assert_eq!(scopes(&chosen, &claims()), "");
    assert_eq!(scopes(&chosen, &with("roles", json!("admin"))), "admin");
}

#[test]
fn people_are_called_by_an_address_only_when_it_is_theirs() {
    let name = |changes: &[(&str, Value)]| {
        let mut claims = claims();
        for (claim, value) in changes {
            claims[*claim] = value.clone();
        }
        let person = issuer().recognise(&signed("ec", &claims)).unwrap();
        person.principal.name.clone()
    };
    let email = ("email", json!("ann@example.com"));
    assert_eq!(name(&[email.clone()]), "user:7");
    assert_eq!(
        name(&[email.clone(), ("email_verified", json!(false))]),
        "user:7"
    );
    assert_eq!(
        name(&[email, ("email_verified", json!(true))]),
        "user:ann@example.com"
    );
    assert_eq!(name(&[("sub", json!("anonymous"))]), "user:anonymous");
}

#[test]
fn a_new_key_is_found_and_strangers_do_not_make_us_look_all_the_time() {
    let shelf = Shelf::with(&[ec()]);
    let (issuer, clock) = open(&shelf);
    let token = signed("later", &claims());
    assert_eq!(shelf.looks(), 1);
    for _ in 0..5 {
        assert_eq!(issuer.recognise(&token).err(), Some(KeyRefusal::Unknown));
    }
    assert_eq!(shelf.looks(), 1);
    shelf.put(Some(json!({ "keys": [ec(), later()] })));
    clock.advance(10);
    assert!(issuer.recognise(&token).is_ok());
    assert_eq!(shelf.looks(), 2);
    assert!(issuer.recognise(&token).is_ok());
    assert_eq!(shelf.looks(), 2);
}

#[test]
fn a_key_that_is_gone_ends_and_a_set_that_is_away_changes_nothing() {
    let shelf = Shelf::with(&[ec(), later()]);
    let (issuer, clock) = open(&shelf);
    let token = signed("later", &claims());
    shelf.put(None);
    clock.advance(60);
    assert!(issuer.recognise(&token).is_ok());
    shelf.put(Some(json!({ "keys": [ec()] })));
    clock.advance(59);
    assert!(issuer.recognise(&token).is_ok());
    clock.advance(1);
    assert_eq!(issuer.recognise(&token).err(), Some(KeyRefusal::Unknown));
}

#[test]
fn sets_without_a_key_that_can_be_used_are_refused() {
    let changed = |mut key: Value, member: &str, value: Value| {
        key[member] = value;
        key
    };
    for key in [
        changed(rsa(), "use", json!("enc")),
        changed(rsa(), "alg", json!("RS512")),
        changed(rsa(), "n", json!("sthYqPVZLJjA0fcLSHbbKW0zMoOUgMbh")),
        changed(rsa(), "kid", Value::Null),
        changed(ec(), "crv", json!("P-384")),
        json!({ "kty": "oct", "kid": "secret", "k": "c2VjcmV0" }),
    ] {
        let clock = Arc::new(Standing(Arc::new(Mutex::new(NOW))));
        let opened = Issuer::open(settings(), Shelf::with(&[key.clone()]), clock);
        assert!(matches!(opened, Err(UnusableKeySet::Empty)), "{key}");
    }
    let clock = Arc::new(Standing(Arc::new(Mutex::new(NOW))));
    let shelf = Shelf::default();
    shelf.put(Some(json!({ "key": [] })));
    let opened = Issuer::open(settings(), shelf, clock);
    assert!(matches!(opened, Err(UnusableKeySet::Malformed(_))));
}

#[test]
fn nothing_of_a_token_or_a_key_is_printed() {
    let issuer = issuer();
    let printed = format!("{issuer:?}");
    assert!(
        !printed.contains(MODULUS) && !printed.contains("kid"),
        "{printed}"
    );
}
