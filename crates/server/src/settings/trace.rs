//! Settings of traces, in builds that can send them: where to, and how many.

use std::fmt;
use std::str::FromStr;

use clap::Args;
use serde::Deserialize;

/// Where traces go and how many there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TraceSettings {
    /// The collector; without one, nothing is measured and nothing is sent.
    pub(crate) endpoint: Option<Endpoint>,
    /// How many of the requests that come without a trace begin one.
    pub(crate) sample_ratio: Ratio,
}

impl Default for TraceSettings {
    fn default() -> Self {
        Self {
            endpoint: None,
            sample_ratio: Ratio(1.0),
        }
    }
}

impl TraceSettings {
    /// All settings in force, by the names of their keys.
    pub(crate) fn lines(&self) -> [(&'static str, String); 2] {
        let endpoint = self.endpoint.as_ref().map(ToString::to_string);
        [
            (
                "otlp-endpoint",
                endpoint.unwrap_or_else(|| "none".to_owned()),
            ),
            ("otlp-sample-ratio", self.sample_ratio.to_string()),
        ]
    }
}

/// Settings of traces as one layer gives them: what is `None` is left to the layer below.
#[derive(Args, Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct TraceLayer {
    /// Collector that traces of requests go to by OTLP over HTTP, such as `http://127.0.0.1:4318`
    /// [default: none]
    #[arg(long, value_name = "URL", env = "ROLEGRAPH_OTLP_ENDPOINT")]
    #[arg(help_heading = HEADING)]
    otlp_endpoint: Option<Endpoint>,
    /// Part of the requests without a trace of their own that begin one, from 0 to 1 [default: 1]
    #[arg(long, value_name = "RATIO", env = "ROLEGRAPH_OTLP_SAMPLE_RATIO")]
    #[arg(help_heading = HEADING)]
    otlp_sample_ratio: Option<Ratio>,
}

const HEADING: &str = "Traces";

impl TraceLayer {
    /// Whether this is a key of the settings file.
    pub(super) fn has_key(key: &str) -> bool {
        let usual = TraceSettings::default().lines();
        usual.iter().any(|(name, _)| *name == key)
    }

    /// Joins this layer with the settings below it.
    pub(super) fn finish(self, base: TraceSettings) -> TraceSettings {
        let Self {
            otlp_endpoint,
            otlp_sample_ratio,
        } = self;
        TraceSettings {
            endpoint: otlp_endpoint.or(base.endpoint),
            sample_ratio: otlp_sample_ratio.unwrap_or(base.sample_ratio),
        }
    }
}

/// The address of a collector, without the path of its traces; it holds no secret.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Endpoint(String);

/// Where a collector takes traces.
const TRACES_PATH: &str = "/v1/traces";

impl Endpoint {
    /// Whether what goes there is encrypted.
    pub(crate) fn is_encrypted(&self) -> bool {
        self.0.starts_with("https://")
    }

    /// Where its traces go.
    pub(crate) fn traces(&self) -> String {
        format!("{}{TRACES_PATH}", self.0)
    }
}

impl FromStr for Endpoint {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let schemes = ["http://", "https://"];
        let rest = schemes.iter().find_map(|scheme| text.strip_prefix(scheme));
        let host = rest.and_then(|rest| rest.split('/').next());
        let named = host.is_some_and(|host| !host.is_empty() && !host.starts_with(':'));
        let plain = |c: char| c.is_ascii_graphic() && !"@?#\"<>\\^`{|}".contains(c);
        if !named || !text.chars().all(plain) {
            // The text is not told: it may hold a password.
            return Err("no address of a collector: expected http://HOST:PORT or \
                 https://HOST, without user, password and query"
                .to_owned());
        }
        let base = text.trim_end_matches('/');
        let base = base.strip_suffix(TRACES_PATH).unwrap_or(base);
        Ok(Self(base.to_owned()))
    }
}

impl TryFrom<String> for Endpoint {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A number from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(try_from = "f64")]
pub(crate) struct Ratio(f64);

/// No ratio is a number that differs from itself.
impl Eq for Ratio {}

impl From<Ratio> for f64 {
    fn from(ratio: Ratio) -> Self {
        ratio.0
    }
}

impl TryFrom<f64> for Ratio {
    type Error = String;

    fn try_from(number: f64) -> Result<Self, String> {
        let fits = (0.0..=1.0).contains(&number);
        let wrong = || format!("{number} is no number from 0 to 1");
        fits.then_some(Self(number)).ok_or_else(wrong)
    }
}

impl FromStr for Ratio {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = text
            .parse()
            .ok()
            .and_then(|number: f64| number.try_into().ok());
        number.ok_or_else(|| format!("\"{text}\" is no number from 0 to 1"))
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_of_traces_belongs_to_every_collector() {
        for (text, traces) in [
            ("http://127.0.0.1:4318", "http://127.0.0.1:4318/v1/traces"),
            ("http://[::1]:4318/", "http://[::1]:4318/v1/traces"),
            ("https://otlp.example/a", "https://otlp.example/a/v1/traces"),
            ("https://b.example/v1/traces", "https://b.example/v1/traces"),
        ] {
            assert_eq!(text.parse::<Endpoint>().unwrap().traces(), traces);
        }
    }

    #[test]
    fn an_endpoint_holds_no_secret_and_an_error_tells_none() {
        for odd in [
            "",
            "127.0.0.1:4318",
            "grpc://a:4317",
            "http://",
            "http://:4318",
            "http://ann:secret@a",
            "https://a/?key=secret",
            "https://a b",
        ] {
            let error = odd.parse::<Endpoint>().unwrap_err();
            assert!(!error.contains("secret"), "{error}");
        }
    }

    #[test]
    fn ratios_go_from_0_to_1() {
        for (text, number) in [("0", 0.0), ("1", 1.0), ("0.25", 0.25)] {
            assert_eq!(
                f64::from(text.parse::<Ratio>().unwrap()).to_string(),
                number.to_string()
            );
        }
        for odd in ["", "-0.1", "1.1", "NaN", "inf", "all"] {
            assert!(odd.parse::<Ratio>().is_err(), "{odd}");
        }
    }
}
