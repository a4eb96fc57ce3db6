//! What clients say of a new key.

use std::str::FromStr;

use app::{Refusal, RefusalCode};
use async_graphql::InputObject;
use domain::access::{KeyDraft, KeyKind, KeyLimits, Scope, Scopes};
use ipnet::IpNet;

use crate::schema::scalar::DateTime;

/// A key that is to be made.
#[derive(InputObject)]
pub(super) struct KeyCreateInput {
    /// What the key is called, in one line; at most 100 characters. Change rows and the audit log
    /// call its holder so.
    name: String,
    /// What its holder may do: `roles:read`, `roles:write`, `changes:read`, `keys:manage`,
    /// `admin`; at least one of them.
    scopes: Vec<String>,
    /// Whether the key is for trying things out; it begins with `rg_test_` then.
    #[graphql(default)]
    test: bool,
    /// When the key ends; when it is revoked if this is left out.
    expires_at: Option<DateTime>,
    /// The networks in which its holder may be, such as `192.0.2.0/24`; at most 32, and anywhere
    /// when they are left out.
    networks: Option<Vec<String>>,
    /// What its holder may spend; what every key may where it is left out.
    limits: Option<KeyLimitsInput>,
}

/// What the holder of a key may spend; what every key may where something is left out.
#[derive(Default, InputObject)]
struct KeyLimitsInput {
    /// The largest price of an operation, in points; at least 1.
    operation_cost: Option<i32>,
    /// What can be spent at once, in points; at least 1.
    bucket: Option<i32>,
    /// What comes back each second, in points; at least 1.
    restored_per_second: Option<i32>,
    /// How many operations may run or wait at the same time; at least 1.
    concurrent_operations: Option<i32>,
}

impl KeyCreateInput {
    /// The key that is to be made, or every value that cannot be used.
    pub(super) fn into_draft(self) -> Result<KeyDraft, Vec<Refusal>> {
        let Self {
            name,
            scopes,
            test,
            expires_at,
            networks,
            limits,
        } = self;
        let mut reasons = Vec::new();
        let scopes = each("scopes", &scopes, Scope::parse, SCOPES, &mut reasons);
        let networks = networks.unwrap_or_default();
        let networks = each(
            "networks",
            &networks,
            IpNet::from_str,
            NETWORK,
            &mut reasons,
        );
        let limits = limits.unwrap_or_default().read(&mut reasons);
        if !reasons.is_empty() {
            return Err(reasons);
        }
        Ok(KeyDraft {
            name,
            kind: if test { KeyKind::Test } else { KeyKind::Live },
            scopes: Scopes::of(scopes),
            expires_at: expires_at.map(|DateTime(moment)| moment),
            networks,
            limits,
        })
    }
}

impl KeyLimitsInput {
    fn read(self, reasons: &mut Vec<Refusal>) -> KeyLimits {
        let Self {
            operation_cost,
            bucket,
            restored_per_second,
            concurrent_operations,
        } = self;
        let mut read = |name, value: Option<i32>| {
            let value = value?;
            let number = u32::try_from(value).ok().filter(|number| *number > 0);
            if number.is_none() {
                let message = format!("{name} is {value}: expected a number of at least 1");
                let path = ["input", "limits", name];
                reasons.push(Refusal::new(RefusalCode::Invalid, &path, message));
            }
            number
        };
        KeyLimits {
            operation_cost: read("operationCost", operation_cost),
            bucket: read("bucket", bucket),
            restored_per_second: read("restoredPerSecond", restored_per_second),
            concurrency: read("concurrentOperations", concurrent_operations),
        }
    }
}

const SCOPES: &str = "expected roles:read, roles:write, changes:read, keys:manage or admin";
const NETWORK: &str = "expected a network such as 192.0.2.0/24 or 2001:db8::/32";

/// Reads each text of a list; those that cannot be read become reasons.
fn each<T, E>(
    list: &str,
    texts: &[String],
    read: impl Fn(&str) -> Result<T, E>,
    expected: &str,
    reasons: &mut Vec<Refusal>,
) -> Vec<T> {
    let mut found = Vec::with_capacity(texts.len());
    for (place, text) in texts.iter().enumerate() {
        match read(text) {
            Ok(value) => found.push(value),
            Err(_unreadable) => {
                let message = format!("\"{text}\" cannot be used here: {expected}");
                let path = ["input", list, &place.to_string()];
                reasons.push(Refusal::new(RefusalCode::Invalid, &path, message));
            }
        }
    }
    found
}

/// The refusal of an overlap of less than nothing.
pub(super) fn negative(overlap: i32) -> Refusal {
    let message = format!("overlap is {overlap}: expected 0 to 604800 seconds");
    Refusal::new(RefusalCode::Invalid, &["overlap"], message)
}
