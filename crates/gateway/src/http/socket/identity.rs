//! Who speaks over a socket: the one place where credentials become a caller, and where they are
//! looked at again for as long as the socket lives.

use domain::access::Principal;
use serde_json::{Map, Value};

/// The member of the payload of `connection_init` that holds credentials.
const AUTHORIZATION: &str = "authorization";

/// The credentials are not right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wrong;

/// Whom the payload of `connection_init` names, or else the header of the upgrade. Without any
/// credentials somebody is anonymous; wrong ones never are.
pub(super) fn identify(
    payload: Option<&Map<String, Value>>,
    header: Option<&str>,
) -> Result<Principal, Wrong> {
    let mut members = payload.into_iter().flatten();
    let given = members.find(|(name, _)| name.eq_ignore_ascii_case(AUTHORIZATION));
    match given.map(|(_, value)| value) {
        None | Some(Value::Null) => header.map_or_else(|| Ok(Principal::anonymous()), by),
        Some(Value::String(credentials)) => by(credentials),
        Some(_) => Err(Wrong),
    }
}

/// Whether the caller is still who it was.
pub(super) fn is_still_right(caller: &Principal) -> bool {
    // Nobody has a key that could have been taken away.
    caller.key.is_none()
}

/// Whose credentials these are: nobody's, as long as no keys are given out.
fn by(_credentials: &str) -> Result<Principal, Wrong> {
    Err(Wrong)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nobody_is_anonymous_by_wrong_credentials() {
        let by = |payload: Value, header| identify(payload.as_object(), header);
        assert_eq!(by(json!(null), None), Ok(Principal::anonymous()));
        assert_eq!(by(json!({"other": 1}), None), Ok(Principal::anonymous()));
        for payload in [
            json!({"authorization": "Bearer x"}),
            json!({"Authorization": "Bearer x"}),
            json!({"authorization": 7}),
        ] {
            assert_eq!(by(payload, None), Err(Wrong));
        }
        assert_eq!(by(json!({}), Some("Bearer x")), Err(Wrong));
    }
}
