//! Settings: defaults < `rolegraph.toml` < `ROLEGRAPH_*` < flags.

mod access;
mod gateway;
#[cfg(feature = "otlp")]
mod trace;
mod value;

use std::fmt;
use std::io::ErrorKind;
use std::net::{SocketAddr, ToSocketAddrs as _};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use ::gateway::GatewaySettings;
use anyhow::{Context as _, anyhow};
use clap::ValueEnum;
use serde::Deserialize;
use toml::de::DeTable;

use crate::cli::{Cli, Command};
use crate::failure::Unusable;

pub(crate) use access::{AccessLayer, AccessSettings};
pub(crate) use gateway::{GatewayLayer, gateway_lines};
#[cfg(feature = "otlp")]
pub(crate) use trace::{Endpoint, TraceLayer, TraceSettings};
pub(crate) use value::{Count, Period};

const USUAL_FILE: &str = "rolegraph.toml";

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum LogFormat {
    /// Readable lines
    Text,
    /// One JSON object per line
    Json,
}

/// An address and port to listen on; a host name is resolved at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct ListenAddress(pub(crate) SocketAddr);

impl FromStr for ListenAddress {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut addresses = text.to_socket_addrs().into_iter().flatten();
        addresses.next().map(Self).ok_or_else(|| {
            format!(
                "\"{text}\" is no address to listen on: expected HOST:PORT, such as 127.0.0.1:8080"
            )
        })
    }
}

impl TryFrom<String> for ListenAddress {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl fmt::Display for ListenAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// All settings of this program, resolved: every field has its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Settings {
    /// The file that was read, if there was one.
    pub(crate) file: Option<PathBuf>,
    /// Where the catalogue is stored.
    pub(crate) database_url: String,
    /// Where requests are accepted.
    pub(crate) listen: ListenAddress,
    /// Whether an empty database is filled with the demo catalogue.
    pub(crate) demo: bool,
    /// How long changes are kept for those who follow them.
    pub(crate) change_retention: Duration,
    /// Manifests of trusted documents that are read at the start.
    pub(crate) documents: Vec<PathBuf>,
    /// How log lines look.
    pub(crate) log_format: LogFormat,
    /// What is logged, in the syntax of `tracing_subscriber::EnvFilter`.
    pub(crate) log: String,
    /// Who is let in.
    pub(crate) access: AccessSettings,
    /// How the graph is served.
    pub(crate) gateway: GatewaySettings,
    /// Where traces go.
    #[cfg(feature = "otlp")]
    pub(crate) traces: TraceSettings,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            file: None,
            database_url: "sqlite://rolegraph.db".to_owned(),
            listen: ListenAddress(SocketAddr::from(([127, 0, 0, 1], 8080))),
            demo: true,
            change_retention: Duration::from_hours(90 * 24),
            documents: Vec::new(),
            log_format: LogFormat::Text,
            log: "warn,server=info,gateway=info".to_owned(),
            access: AccessSettings::default(),
            gateway: GatewaySettings::default(),
            #[cfg(feature = "otlp")]
            traces: TraceSettings::default(),
        }
    }
}

impl Settings {
    /// Whether the database is an SQLite file that does not exist yet.
    pub(crate) fn database_is_missing(&self) -> bool {
        let path = self.database_url.strip_prefix("sqlite://");
        path.is_some_and(|path| !Path::new(path).exists())
    }

    /// The address of the database without its password.
    pub(crate) fn masked_database_url(&self) -> String {
        let url = &self.database_url;
        let masked = url.split_once("://").and_then(|(scheme, rest)| {
            let (login, place) = rest.rsplit_once('@')?;
            let (user, _password) = login.split_once(':')?;
            Some(format!("{scheme}://{user}:***@{place}"))
        });
        masked.unwrap_or_else(|| url.clone())
    }
}

/// Settings as one layer gives them: what is `None` is left to the layer below.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Layer {
    database_url: Option<String>,
    listen: Option<ListenAddress>,
    demo: Option<bool>,
    change_retention: Option<Period>,
    documents: Option<Vec<PathBuf>>,
    log_format: Option<LogFormat>,
    log: Option<String>,
    #[serde(skip)]
    access: AccessLayer,
    #[serde(skip)]
    gateway: GatewayLayer,
    #[cfg(feature = "otlp")]
    #[serde(skip)]
    traces: TraceLayer,
}

/// The keys of the settings file that are about neither access, the gateway nor traces.
const KEYS: [&str; 7] = [
    "database-url",
    "listen",
    "demo",
    "change-retention",
    "documents",
    "log-format",
    "log",
];

impl Layer {
    /// Whether this is a key of the settings file.
    fn has_key(key: &str) -> bool {
        #[cfg(feature = "otlp")]
        if TraceLayer::has_key(key) {
            return true;
        }
        KEYS.contains(&key) || AccessLayer::has_key(key) || GatewayLayer::has_key(key)
    }

    /// Flags and environment, which the argument parser has already joined.
    fn of_cli(cli: &Cli) -> Self {
        let serve = match &cli.command {
            Command::Serve(serve) | Command::Doctor(serve) => Some(serve),
            _ => None,
        };
        Self {
            database_url: cli.shared.database_url.clone(),
            listen: serve.and_then(|serve| serve.listen),
            demo: serve.and_then(|serve| serve.no_demo.then_some(false)),
            change_retention: serve.and_then(|serve| serve.change_retention.clone()),
            documents: serve
                .filter(|serve| !serve.documents.is_empty())
                .map(|serve| serve.documents.clone()),
            log_format: cli.shared.log_format,
            log: cli.shared.log.clone(),
            access: serve.map(|serve| serve.access.clone()).unwrap_or_default(),
            gateway: serve.map(|serve| serve.gateway.clone()).unwrap_or_default(),
            #[cfg(feature = "otlp")]
            traces: serve.map(|serve| serve.traces.clone()).unwrap_or_default(),
        }
    }

    fn of_text(text: &str, file: &Path) -> anyhow::Result<Self> {
        let wrong = |start: Option<usize>, message: &str| {
            let before = start.and_then(|start| text.get(..start));
            let line = before.unwrap_or_default().matches('\n').count() + 1;
            anyhow!("{}, line {line}: {message}", file.display())
        };
        let unreadable = |error: toml::de::Error| {
            let start = error.span().map(|span| span.start);
            wrong(start, error.message())
        };
        let table = DeTable::parse(text).map_err(unreadable)?;
        for key in table.get_ref().keys() {
            let name = key.get_ref().as_ref();
            if !Self::has_key(name) {
                let message = format!("unknown key `{name}`: `rolegraph doctor` shows all keys");
                return Err(wrong(Some(key.span().start), &message));
            }
        }
        Ok(Self {
            access: toml::from_str(text).map_err(unreadable)?,
            gateway: toml::from_str(text).map_err(unreadable)?,
            #[cfg(feature = "otlp")]
            traces: toml::from_str(text).map_err(unreadable)?,
            ..toml::from_str(text).map_err(unreadable)?
        })
    }

    /// Joins this layer with the settings below it.
    fn finish(self, base: Settings) -> Settings {
        let Self {
            database_url,
            listen,
            demo,
            change_retention,
            documents,
            log_format,
            log,
            access,
            gateway,
            #[cfg(feature = "otlp")]
            traces,
        } = self;
        Settings {
            file: base.file,
            database_url: database_url.unwrap_or(base.database_url),
            listen: listen.unwrap_or(base.listen),
            demo: demo.unwrap_or(base.demo),
            change_retention: change_retention.map_or(base.change_retention, Into::into),
            documents: documents.unwrap_or(base.documents),
            log_format: log_format.unwrap_or(base.log_format),
            log: log.unwrap_or(base.log),
            access: access.finish(base.access),
            gateway: gateway.finish(base.gateway),
            #[cfg(feature = "otlp")]
            traces: traces.finish(base.traces),
        }
    }
}

/// Joins all layers.
pub(crate) fn load(cli: &Cli) -> anyhow::Result<Settings> {
    let asked_for = cli.shared.config.as_deref();
    let (file, layer) = file_layer(asked_for).context(Unusable::Settings)?;
    let base = Settings {
        file,
        ..Settings::default()
    };
    Ok(Layer::of_cli(cli).finish(layer.finish(base)))
}

/// The layer of the settings file; only a file that was asked for by name has to be there.
fn file_layer(asked_for: Option<&Path>) -> anyhow::Result<(Option<PathBuf>, Layer)> {
    let file = asked_for.unwrap_or(Path::new(USUAL_FILE));
    match std::fs::read_to_string(file) {
        Ok(text) => Ok((Some(file.to_owned()), Layer::of_text(&text, file)?)),
        Err(error) if error.kind() == ErrorKind::NotFound && asked_for.is_none() => {
            Ok((None, Layer::default()))
        }
        Err(error) => Err(error).with_context(|| format!("cannot read {}", file.display())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer(text: &str) -> Result<Layer, String> {
        Layer::of_text(text, Path::new("rolegraph.toml")).map_err(|error| error.to_string())
    }

    #[test]
    fn an_upper_layer_wins_and_leaves_the_rest_alone() {
        let text = "listen = \"127.0.0.1:9000\"\ndemo = false\nlimit-tokens = 7\nlimit-depth = 8\n";
        let file = layer(text).unwrap();
        let flags = Layer {
            listen: Some("127.0.0.1:9001".parse().unwrap()),
            gateway: GatewayLayer {
                limit_tokens: Some(70),
                ..GatewayLayer::default()
            },
            ..Layer::default()
        };
        let settings = flags.finish(file.finish(Settings::default()));
        assert_eq!(settings.listen.to_string(), "127.0.0.1:9001");
        assert!(!settings.demo);
        assert_eq!(settings.log_format, LogFormat::Text);
        let limits = settings.gateway.limits;
        assert_eq!((limits.tokens, limits.depth, limits.aliases), (70, 8, 30));
    }

    #[test]
    fn values_of_the_gateway_are_written_as_on_the_command_line() {
        let text = "lame-duck = \"300ms\"\nbody-bytes = 1000\nrate-limit = false\n\
                    trusted-proxy = [\"10.0.0.0/8\"]\ndocument-mode = \"only\"\n";
        let settings = layer(text).unwrap().finish(Settings::default()).gateway;
        assert_eq!(settings.edge.lame_duck, Duration::from_millis(300));
        assert_eq!(settings.edge.body_bytes, 1000);
        assert!(!settings.rates.enabled);
        assert_eq!(settings.edge.trusted_proxies.len(), 1);
        let error = layer("demo = true\nlame-duck = \"5\"\n").unwrap_err();
        assert!(
            error.starts_with("rolegraph.toml, line 2: \"5\" is no time"),
            "{error}"
        );
    }

    #[test]
    fn every_setting_of_the_gateway_has_a_value_that_can_be_read_again() {
        let usual = GatewaySettings::default();
        let lines = gateway_lines(&usual).into_iter();
        let given = lines.filter(|(_, value)| value != "none");
        let lines: Vec<String> = given
            .map(|(key, value)| match value.parse::<u64>() {
                Ok(number) => format!("{key} = {number}"),
                Err(_) => format!("{key} = '{value}'"),
            })
            .collect();
        let read = layer(&lines.join("\n"))
            .unwrap()
            .finish(Settings::default());
        assert_eq!(read.gateway, usual);
    }

    #[test]
    fn an_unknown_key_is_an_error_that_names_file_line_and_key() {
        let error = layer("demo = true\n\nport = 80\n").unwrap_err();
        assert!(
            error.starts_with("rolegraph.toml, line 3: unknown key `port`"),
            "{error}"
        );
    }

    #[test]
    fn a_value_of_the_wrong_kind_is_an_error_that_names_its_line() {
        let error = layer("demo = true\nlisten = \"8080\"\n").unwrap_err();
        assert!(
            error.starts_with("rolegraph.toml, line 2: \"8080\" is no address"),
            "{error}"
        );
    }

    #[test]
    fn a_file_that_was_asked_for_has_to_be_there() {
        let error = file_layer(Some(Path::new("/nowhere/x.toml"))).unwrap_err();
        assert_eq!(error.to_string(), "cannot read /nowhere/x.toml");
    }

    #[test]
    fn the_password_of_a_database_is_masked() {
        let masked = |url: &str| {
            let settings = Settings {
                database_url: url.to_owned(),
                ..Settings::default()
            };
            settings.masked_database_url()
        };
        assert_eq!(
            masked("postgres://ann:s3@cret@db/x"),
            "postgres://ann:***@db/x"
        );
        assert_eq!(masked("postgres://ann@db/x"), "postgres://ann@db/x");
        assert_eq!(masked("sqlite://rolegraph.db"), "sqlite://rolegraph.db");
    }
}
