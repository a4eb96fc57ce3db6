//! Commands that run and look after the program.

use std::path::PathBuf;

use clap::builder::BoolishValueParser;
use clap::{ArgAction, Args, Subcommand};
use clap_complete::Shell;

#[cfg(feature = "otlp")]
use crate::settings::TraceLayer;
use crate::settings::{AccessLayer, GatewayLayer, ListenAddress, Period};

/// `rolegraph serve`
#[derive(Args, Debug)]
pub(crate) struct ServeArguments {
    /// Address and port to listen on [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS", env = "ROLEGRAPH_LISTEN")]
    pub(crate) listen: Option<ListenAddress>,
    /// Leave an empty database empty instead of filling it with the demo catalogue
    #[arg(long, action = ArgAction::SetTrue, value_parser = BoolishValueParser::new())]
    #[arg(env = "ROLEGRAPH_NO_DEMO")]
    pub(crate) no_demo: bool,
    /// Time for which changes are kept for those who follow them [default: 90d]
    #[arg(long, value_name = "TIME", env = "ROLEGRAPH_CHANGE_RETENTION")]
    pub(crate) change_retention: Option<Period>,
    /// Manifests of trusted documents
    #[arg(long, value_name = "FILE", num_args = 1.., value_delimiter = ',')]
    #[arg(env = "ROLEGRAPH_DOCUMENTS")]
    pub(crate) documents: Vec<PathBuf>,
    /// Who is let in
    #[command(flatten)]
    pub(crate) access: AccessLayer,
    /// How the graph is served
    #[command(flatten)]
    pub(crate) gateway: GatewayLayer,
    /// Where traces go
    #[cfg(feature = "otlp")]
    #[command(flatten)]
    pub(crate) traces: TraceLayer,
}

/// `rolegraph schema`
#[derive(Debug, Subcommand)]
pub(crate) enum SchemaCommand {
    /// Print the schema in the schema definition language
    Print,
    /// Compare a file with the schema of this program
    Check {
        /// The file to compare
        #[arg(value_name = "FILE", default_value = "schema.graphql")]
        file: PathBuf,
    },
}

/// `rolegraph migrate`
#[derive(Debug, Subcommand)]
pub(crate) enum MigrateCommand {
    /// Bring the database up to the schema of this program
    Up,
    /// Take back the newest migration, with the data that it holds
    Down {
        /// Take back all migrations
        #[arg(long, action = ArgAction::SetTrue, value_parser = BoolishValueParser::new())]
        #[arg(env = "ROLEGRAPH_MIGRATE_ALL")]
        all: bool,
    },
    /// Show which migrations the database has
    Status,
}

/// `rolegraph completions`
#[derive(Args, Debug)]
pub(crate) struct CompletionsArguments {
    /// The shell to complete for
    pub(crate) shell: Shell,
}
