//! What a token says of whoever shows it.

use chrono::{DateTime, TimeDelta};
use domain::Timestamp;
use domain::access::{KeyRefusal, Scope, Scopes};
use serde_json::{Map, Value};

/// How far clocks may be apart.
const LEEWAY: TimeDelta = TimeDelta::seconds(60);
/// The claims with scopes, when none was chosen; the first that is there counts.
const SCOPE_CLAIMS: [&str; 2] = ["rolegraph_scopes", "scope"];
/// What the names of people begin with, so that they are never those of keys or commands.
const USER: &str = "user:";
/// The longest name, in characters.
const LONGEST_NAME: usize = 200;

/// What a token says, once its signature, issuer and audience are known to be right.
#[derive(Debug)]
pub(super) struct Claims(Map<String, Value>);

impl Claims {
    pub(super) const fn new(claims: Map<String, Value>) -> Self {
        Self(claims)
    }

    /// Whether the token holds at a moment.
    pub(super) fn check_time(&self, now: Timestamp) -> Result<(), KeyRefusal> {
        let begin = self.moment("nbf")?;
        if now.moment() + LEEWAY < begin.moment() {
            return Err(KeyRefusal::Early);
        }
        if self.end()? <= now {
            return Err(KeyRefusal::Expired);
        }
        Ok(())
    }

    /// The first moment at which the token does not hold any more.
    pub(super) fn end(&self) -> Result<Timestamp, KeyRefusal> {
        let end = self.moment("exp")?.moment().checked_add_signed(LEEWAY);
        end.map(Timestamp::new).ok_or(KeyRefusal::Incomplete)
    }

    fn moment(&self, claim: &str) -> Result<Timestamp, KeyRefusal> {
        let seconds = self.0.get(claim).and_then(Value::as_i64);
        let moment = seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
        moment.map(Timestamp::new).ok_or(KeyRefusal::Incomplete)
    }

    /// What whoever shows the token is called: by a verified e-mail address, or else the subject.
    pub(super) fn name(&self) -> Result<String, KeyRefusal> {
        let text = |claim: &str| self.0.get(claim).and_then(Value::as_str);
        let subject = text("sub").ok_or(KeyRefusal::Incomplete)?;
        let is_verified = self.0.get("email_verified") == Some(&Value::Bool(true));
        let name = text("email").filter(|_email| is_verified);
        let name = name.unwrap_or(subject);
        let is_usable = !name.is_empty()
            && name.chars().count() <= LONGEST_NAME
            && !name.chars().any(char::is_control);
        if is_usable {
            Ok(format!("{USER}{name}"))
        } else {
            Err(KeyRefusal::Incomplete)
        }
    }

    /// What whoever shows the token may do: what is not said is not allowed, and words of others
    /// mean nothing here.
    pub(super) fn scopes(&self, claim: Option<&str>) -> Scopes {
        let chosen = claim.and_then(|claim| self.0.get(claim));
        let usual = || SCOPE_CLAIMS.iter().find_map(|claim| self.0.get(*claim));
        let found = if claim.is_some() { chosen } else { usual() };
        let words: Vec<&str> = match found {
            Some(Value::String(text)) => text.split_whitespace().collect(),
            Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        let known = words.into_iter().filter_map(|word| Scope::parse(word).ok());
        Scopes::of(known)
    }
}
