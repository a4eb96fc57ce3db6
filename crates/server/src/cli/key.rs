//! Commands for keys.

use std::time::Duration;

use clap::builder::BoolishValueParser;
use clap::{ArgAction, Args, Subcommand};
use domain::access::Scope;
use domain::id::{Id as _, KeyId};
use ipnet::IpNet;

use super::ReportFormat;
use crate::settings::{Count, Period};

/// `rolegraph key`
#[derive(Debug, Subcommand)]
pub(crate) enum KeyCommand {
    #[command(flatten)]
    Stored(StoredKeyCommand),
    /// Show a new key for `--bootstrap-key-file`, which no database knows yet
    Generate,
}

/// What `rolegraph key` does to the keys of a database.
#[derive(Debug, Subcommand)]
pub(crate) enum StoredKeyCommand {
    /// Make a key and show it, once
    Create(CreateArguments),
    /// Show which keys there are
    List(ListArguments),
    /// Give a key a new secret and show it, once
    Rotate(RotateArguments),
    /// End keys for good
    Revoke {
        /// Ids as `list` shows them
        #[arg(required = true, value_name = "ID", value_parser = KeyId::parse)]
        ids: Vec<KeyId>,
    },
}

/// `rolegraph key create`
#[derive(Args, Debug)]
pub(crate) struct CreateArguments {
    /// What the key is called, also in change rows
    #[arg(long, value_name = "NAME", env = "ROLEGRAPH_KEY_NAME")]
    pub(crate) name: String,
    /// What its holder may do, separated by commas: roles:read, roles:write, changes:read, keys:manage, admin
    #[arg(long, value_name = "SCOPES", value_delimiter = ',', value_parser = Scope::parse)]
    #[arg(required = true, env = "ROLEGRAPH_KEY_SCOPE")]
    pub(crate) scope: Vec<Scope>,
    /// Make a key for trying things out, which begins with `rg_test_`
    #[arg(long, action = ArgAction::SetTrue, value_parser = BoolishValueParser::new())]
    #[arg(env = "ROLEGRAPH_KEY_TEST")]
    pub(crate) test: bool,
    /// Time after which the key ends, such as 90d; without it, it ends when it is revoked
    #[arg(long, value_name = "TIME", value_parser = days, env = "ROLEGRAPH_KEY_EXPIRES_IN")]
    pub(crate) expires_in: Option<Duration>,
    /// Networks from which the key holds, separated by commas; from everywhere without them
    #[arg(
        long,
        value_name = "CIDR",
        value_delimiter = ',',
        env = "ROLEGRAPH_KEY_NETWORK"
    )]
    pub(crate) network: Vec<IpNet>,
    /// Largest price of an operation, in points, when it is not that of all keys
    #[arg(long, value_name = "POINTS", env = "ROLEGRAPH_KEY_COST_LIMIT")]
    pub(crate) cost_limit: Option<u32>,
    /// What can be spent at once, in points, likewise
    #[arg(long, value_name = "POINTS", env = "ROLEGRAPH_KEY_COST_BUCKET")]
    pub(crate) cost_bucket: Option<u32>,
    /// What comes back each second, in points, likewise
    #[arg(long, value_name = "POINTS", env = "ROLEGRAPH_KEY_COST_RESTORED")]
    pub(crate) cost_restored: Option<u32>,
    /// Operations that may run or wait at the same time, likewise
    #[arg(long, value_name = "NUMBER", env = "ROLEGRAPH_KEY_CONCURRENCY")]
    pub(crate) concurrency: Option<Count>,
    /// How the key is written
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    #[arg(env = "ROLEGRAPH_KEY_OUTPUT")]
    pub(crate) output: ReportFormat,
}

/// `rolegraph key list`
#[derive(Args, Debug)]
pub(crate) struct ListArguments {
    /// How the list is written
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    #[arg(env = "ROLEGRAPH_KEY_OUTPUT")]
    pub(crate) output: ReportFormat,
}

/// `rolegraph key rotate`
#[derive(Args, Debug)]
pub(crate) struct RotateArguments {
    /// An id as `list` shows it
    #[arg(value_name = "ID", value_parser = KeyId::parse)]
    pub(crate) id: KeyId,
    /// Time for which the present secret still holds, 7d at most; 0s ends it at once
    #[arg(long, value_name = "TIME", default_value = "24h", value_parser = days)]
    #[arg(env = "ROLEGRAPH_KEY_OVERLAP")]
    pub(crate) overlap: Duration,
    /// How the key is written
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    #[arg(env = "ROLEGRAPH_KEY_OUTPUT")]
    pub(crate) output: ReportFormat,
}

/// A time, which may be long enough to be counted in days.
fn days(text: &str) -> Result<Duration, String> {
    let number = text.strip_suffix('d').and_then(|days| days.parse().ok());
    match number.and_then(|days: u64| days.checked_mul(24 * 3600)) {
        Some(seconds) => Ok(Duration::from_secs(seconds)),
        None => text.parse::<Period>().map(Into::into),
    }
}
