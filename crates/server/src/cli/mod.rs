//! The command line: every flag has a `ROLEGRAPH_*` twin, and `--help` shows both.

mod audit;
mod catalogue;
mod document;
mod key;
mod operation;
mod search;
mod source;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use gateway::GatewaySettings;

pub(crate) use audit::{AuditCommand, VerifyArguments};
pub(crate) use catalogue::{
    ExportArguments, ExportFormat, ImportArguments, ImportFormat, OnError, Quoting, ReportFormat,
};
pub(crate) use document::DocumentsCommand;
pub(crate) use key::{
    CreateArguments, KeyCommand, ListArguments, RotateArguments, StoredKeyCommand,
};
pub(crate) use operation::{CompletionsArguments, MigrateCommand, SchemaCommand, ServeArguments};
pub(crate) use search::{ReindexArguments, ResolveTitleArguments};
pub(crate) use source::SourcesCommand;

use crate::settings::{LogFormat, gateway_lines};

/// What the command line says.
#[derive(Debug)]
pub(crate) struct Cli {
    /// What every command needs to know.
    pub(crate) shared: SharedArguments,
    /// What is to be done.
    pub(crate) command: Command,
}

impl Cli {
    /// Reads the arguments, the first of which is the name of the program.
    pub(crate) fn of_arguments(
        arguments: impl IntoIterator<Item = OsString>,
    ) -> Result<Self, clap::Error> {
        let mut arguments: Vec<OsString> = arguments.into_iter().collect();
        let mut read = Arguments::read(&arguments)?;
        if read.command.is_none() {
            arguments.push("serve".into());
            read = Arguments::read(&arguments)?;
        }
        let shared = read.shared;
        let missing = || Self::definition().error(clap::error::ErrorKind::MissingSubcommand, "");
        let command = read.command.ok_or_else(missing)?;
        Ok(Self { shared, command })
    }

    /// The definition of all commands and flags.
    pub(crate) fn definition() -> clap::Command {
        let usual = gateway_lines(&GatewaySettings::default());
        let with_default = |argument: clap::Arg| {
            let long = argument.get_long().unwrap_or_default();
            let found = usual.iter().find(|(name, _)| name == long);
            let help = argument.get_help().map(ToString::to_string);
            match (found, help) {
                (Some((_, value)), Some(help)) => {
                    argument.help(format!("{help} [default: {value}]"))
                }
                _ => argument,
            }
        };
        Arguments::command()
            .mut_subcommand("serve", |serve| serve.mut_args(with_default))
            .mut_subcommand("doctor", |doctor| doctor.mut_args(with_default))
    }
}

impl Arguments {
    fn read(arguments: &[OsString]) -> Result<Self, clap::Error> {
        let matches = Cli::definition().try_get_matches_from(arguments)?;
        Self::from_arg_matches(&matches)
    }
}

/// A catalogue of job roles, served as one GraphQL graph.
///
/// Without a command, the catalogue is served.
#[derive(Debug, Parser)]
#[command(name = "rolegraph", version)]
struct Arguments {
    #[command(flatten)]
    shared: SharedArguments,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What every command needs to know.
#[derive(Args, Debug)]
pub(crate) struct SharedArguments {
    /// Database: `sqlite://PATH` or `postgres://USER:PASSWORD@HOST/NAME` [default: `sqlite://rolegraph.db`]
    #[arg(long, global = true, value_name = "URL")]
    #[arg(env = "ROLEGRAPH_DATABASE_URL", hide_env_values = true)]
    pub(crate) database_url: Option<String>,
    /// Settings file [default: rolegraph.toml, when there is one]
    #[arg(long, global = true, value_name = "FILE", env = "ROLEGRAPH_CONFIG")]
    pub(crate) config: Option<PathBuf>,
    /// How log lines look [default: text]
    #[arg(long, global = true, value_enum, value_name = "FORMAT")]
    #[arg(env = "ROLEGRAPH_LOG_FORMAT")]
    pub(crate) log_format: Option<LogFormat>,
    /// What is logged: a level, or levels by module [default: warn,server=info,gateway=info]
    #[arg(long, global = true, value_name = "FILTER", env = "ROLEGRAPH_LOG")]
    pub(crate) log: Option<String>,
}

/// What can be asked for.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve the catalogue over HTTP
    Serve(ServeArguments),
    /// Store role documents
    Import(ImportArguments),
    /// Write roles as documents
    Export(ExportArguments),
    /// Tell which roles job titles may mean
    ResolveTitle(ResolveTitleArguments),
    /// Build the index of searches anew, which is needed only when it was damaged
    Reindex(ReindexArguments),
    /// Push, list or remove trusted documents, which clients run by id
    #[command(subcommand)]
    Documents(DocumentsCommand),
    /// Make, show, rotate or revoke the keys by which callers are known
    #[command(subcommand)]
    Key(KeyCommand),
    /// Show where texts come from, and write imported files again
    #[command(subcommand)]
    Sources(SourcesCommand),
    /// Check or write the audit log, which says who did what, when and from where
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Print or check the GraphQL schema
    #[command(subcommand)]
    Schema(SchemaCommand),
    /// Change or show the version of the database schema
    #[command(subcommand)]
    Migrate(MigrateCommand),
    /// Check settings and database; takes the flags of `serve` and shows what they come to
    Doctor(ServeArguments),
    /// Print completions for a shell
    Completions(CompletionsArguments),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cli(arguments: &[&str]) -> Result<Cli, clap::Error> {
        let all = ["rolegraph"].iter().chain(arguments);
        Cli::of_arguments(all.map(OsString::from))
    }

    fn flags_without_twin(command: &clap::Command) -> Vec<String> {
        let own = command.get_arguments().filter(|argument| {
            let twin = argument.get_env().and_then(|name| name.to_str());
            argument
                .get_long()
                .is_some_and(|long| long != "help" && long != "version")
                && !twin.is_some_and(|name| name.starts_with("ROLEGRAPH_"))
        });
        let own = own.map(|argument| format!("{} {argument}", command.get_name()));
        let below = command.get_subcommands().flat_map(flags_without_twin);
        own.chain(below).collect()
    }

    #[test]
    fn every_flag_has_a_twin_in_the_environment() {
        let mut definition = Cli::definition();
        definition.build();
        assert_eq!(flags_without_twin(&definition), [""; 0]);
    }

    #[test]
    fn without_a_command_the_catalogue_is_served() {
        let read = cli(&["--database-url", "sqlite://x.db"]).unwrap();
        assert!(matches!(read.command, Command::Serve(_)));
        assert_eq!(read.shared.database_url.as_deref(), Some("sqlite://x.db"));
    }

    #[test]
    fn unknown_commands_and_flags_are_refused() {
        assert!(cli(&["sreve"]).is_err());
        assert!(cli(&["serve", "--port", "80"]).is_err());
        assert!(cli(&["import"]).is_err());
    }

    #[test]
    fn only_builds_that_can_export_traces_ask_where_to() {
        let asked = cli(&["serve", "--otlp-endpoint", "http://127.0.0.1:4318"]);
        assert_eq!(asked.is_ok(), cfg!(feature = "otlp"));
    }
}
