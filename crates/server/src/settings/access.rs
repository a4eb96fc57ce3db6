//! Settings of access: whose tokens are believed, and the first key of a new database.

use std::path::PathBuf;

use anyhow::bail;
use app::IssuerSettings;
use clap::Args;
use serde::Deserialize;

/// Who is let in besides the holders of keys that are there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct AccessSettings {
    /// The file with the keys of the provider that signs tokens, a JSON Web Key Set.
    pub(crate) token_keys: Option<PathBuf>,
    /// What tokens say that they are from.
    pub(crate) token_issuer: Option<String>,
    /// What tokens say that they are for.
    pub(crate) token_audience: Option<String>,
    /// The claim of tokens that has the scopes.
    pub(crate) token_scope_claim: Option<String>,
    /// The file with the key that a database without any gets.
    pub(crate) bootstrap_key_file: Option<PathBuf>,
}

/// Settings of access as one layer gives them: what is `None` is left to the layer below.
#[derive(Args, Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct AccessLayer {
    /// File with the JSON Web Key Set of the provider whose tokens are believed [default: none]
    #[arg(long, value_name = "FILE", env = "ROLEGRAPH_TOKEN_KEYS", help_heading = HEADING)]
    token_keys: Option<PathBuf>,
    /// What tokens have to say as `iss`; goes together with `--token-keys`
    #[arg(long, value_name = "ISSUER", env = "ROLEGRAPH_TOKEN_ISSUER", help_heading = HEADING)]
    token_issuer: Option<String>,
    /// What tokens have to have as `aud`, likewise
    #[arg(long, value_name = "AUDIENCE", env = "ROLEGRAPH_TOKEN_AUDIENCE", help_heading = HEADING)]
    token_audience: Option<String>,
    /// Claim of tokens that has the scopes [default: `rolegraph_scopes`, or else scope]
    #[arg(long, value_name = "CLAIM", env = "ROLEGRAPH_TOKEN_SCOPE_CLAIM", help_heading = HEADING)]
    token_scope_claim: Option<String>,
    /// File with a key of `rolegraph key generate`, which may do everything in a database that has no key yet [default: none]
    #[arg(long, value_name = "FILE", env = "ROLEGRAPH_BOOTSTRAP_KEY_FILE", help_heading = HEADING)]
    bootstrap_key_file: Option<PathBuf>,
}

const HEADING: &str = "Access";

impl AccessSettings {
    /// All settings in force, by the names of their keys.
    pub(crate) fn lines(&self) -> [(&'static str, String); 5] {
        let Self {
            token_keys,
            token_issuer,
            token_audience,
            token_scope_claim,
            bootstrap_key_file,
        } = self;
        let file = |file: &Option<PathBuf>| text(file.as_ref().map(|file| file.display()));
        [
            ("token-keys", file(token_keys)),
            ("token-issuer", text(token_issuer.as_ref())),
            ("token-audience", text(token_audience.as_ref())),
            ("token-scope-claim", text(token_scope_claim.as_ref())),
            ("bootstrap-key-file", file(bootstrap_key_file)),
        ]
    }

    /// Whose tokens are believed, and the file with the keys that sign them.
    pub(crate) fn issuer(&self) -> anyhow::Result<Option<(PathBuf, IssuerSettings)>> {
        let set = (&self.token_keys, &self.token_issuer, &self.token_audience);
        match set {
            (Some(keys), Some(issuer), Some(audience)) => {
                let settings = IssuerSettings {
                    issuer: issuer.clone(),
                    audience: audience.clone(),
                    scope_claim: self.token_scope_claim.clone(),
                };
                Ok(Some((keys.clone(), settings)))
            }
            (None, None, None) if self.token_scope_claim.is_none() => Ok(None),
            _ => bail!("token-keys, token-issuer and token-audience go together: give all or none"),
        }
    }
}

fn text(value: Option<impl ToString>) -> String {
    value.map_or_else(|| "none".to_owned(), |value| value.to_string())
}

impl AccessLayer {
    /// Whether this is a key of the settings file.
    pub(super) fn has_key(key: &str) -> bool {
        let usual = AccessSettings::default().lines();
        usual.iter().any(|(name, _)| *name == key)
    }

    /// Joins this layer with the settings below it.
    pub(super) fn finish(self, base: AccessSettings) -> AccessSettings {
        let Self {
            token_keys,
            token_issuer,
            token_audience,
            token_scope_claim,
            bootstrap_key_file,
        } = self;
        AccessSettings {
            token_keys: token_keys.or(base.token_keys),
            token_issuer: token_issuer.or(base.token_issuer),
            token_audience: token_audience.or(base.token_audience),
            token_scope_claim: token_scope_claim.or(base.token_scope_claim),
            bootstrap_key_file: bootstrap_key_file.or(base.bootstrap_key_file),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_take_keys_an_issuer_and_an_audience() {
        let whole = AccessSettings {
            token_keys: Some("keys.json".into()),
            token_issuer: Some("https://login.example".to_owned()),
            token_audience: Some("rolegraph".to_owned()),
            ..AccessSettings::default()
        };
        let (file, issuer) = whole.issuer().unwrap().unwrap();
        assert_eq!(file, PathBuf::from("keys.json"));
        assert_eq!(
            (issuer.audience.as_str(), issuer.scope_claim),
            ("rolegraph", None)
        );
        assert!(AccessSettings::default().issuer().unwrap().is_none());
        for part in [
            AccessSettings {
                token_keys: None,
                ..whole.clone()
            },
            AccessSettings {
                token_issuer: None,
                ..whole.clone()
            },
            AccessSettings {
                token_audience: None,
                ..whole.clone()
            },
            AccessSettings {
                token_scope_claim: Some("roles".to_owned()),
                ..AccessSettings::default()
            },
        ] {
            assert!(part.issuer().is_err(), "{part:?}");
        }
    }
}
