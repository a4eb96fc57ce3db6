//! Who speaks over a socket: the one place where credentials become a caller, and where they are
//! looked at again for as long as the socket lives.

use domain::access::KeyRefusal;
use serde_json::{Map, Value};

use crate::Gateway;
use crate::http::entrance::Entrance;
use crate::http::identity::Known;

/// The member of the payload of `connection_init` that holds credentials.
const AUTHORIZATION: &str = "authorization";

/// Whom the payload of `connection_init` names, or else the head of the upgrade. Without any
/// credentials somebody is anonymous; wrong ones never are.
pub(super) fn identify(
    payload: Option<&Map<String, Value>>,
    entrance: &Entrance,
    gateway: &Gateway,
) -> Result<Option<Known>, KeyRefusal> {
    match shown(payload) {
        Shown::Nothing => entrance.known().map(Option::<&Known>::cloned),
        Shown::Text(text) => Known::by(text, entrance.exact_address(), gateway).map(Some),
        Shown::Unreadable => Err(KeyRefusal::Malformed),
    }
}

/// What a payload holds of credentials.
#[derive(Debug, PartialEq, Eq)]
enum Shown<'p> {
    Nothing,
    Text(&'p str),
    Unreadable,
}

fn shown(payload: Option<&Map<String, Value>>) -> Shown<'_> {
    let mut members = payload.into_iter().flatten();
    let given = members.find(|(name, _)| name.eq_ignore_ascii_case(AUTHORIZATION));
    match given.map(|(_, value)| value) {
        None | Some(Value::Null) => Shown::Nothing,
        Some(Value::String(text)) => Shown::Text(text),
        Some(_) => Shown::Unreadable,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn credentials_are_found_in_whatever_case() {
        let shown = |payload: &Value| format!("{:?}", shown(payload.as_object()));
        assert_eq!(shown(&json!(null)), "Nothing");
        assert_eq!(
            shown(&json!({"other": 1, "authorization": null})),
            "Nothing"
        );
        assert_eq!(
            shown(&json!({"Authorization": "Bearer x"})),
            "Text(\"Bearer x\")"
        );
        assert_eq!(shown(&json!({"authorization": 7})), "Unreadable");
    }
}
