//! Commands that bring documents into the catalogue and out of it.

use std::path::PathBuf;

use clap::builder::BoolishValueParser;
use clap::{ArgAction, Args, ValueEnum};

/// `rolegraph import`
#[derive(Args, Debug)]
pub(crate) struct ImportArguments {
    /// Files and directories; - is standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// How the documents are written
    #[arg(long, value_enum, default_value_t = ImportFormat::Auto)]
    #[arg(env = "ROLEGRAPH_IMPORT_FORMAT")]
    pub(crate) format: ImportFormat,
    /// Check and report, but store nothing
    #[arg(long, action = ArgAction::SetTrue, value_parser = BoolishValueParser::new())]
    #[arg(env = "ROLEGRAPH_IMPORT_DRY_RUN")]
    pub(crate) dry_run: bool,
    /// Reject documents with warnings, too
    #[arg(long, action = ArgAction::SetTrue, value_parser = BoolishValueParser::new())]
    #[arg(env = "ROLEGRAPH_IMPORT_STRICT")]
    pub(crate) strict: bool,
    /// Store the roles as drafts, invisible to readers
    #[arg(long, action = ArgAction::SetTrue, value_parser = BoolishValueParser::new())]
    #[arg(env = "ROLEGRAPH_IMPORT_DRAFT")]
    pub(crate) draft: bool,
    /// How data sets are read
    #[command(flatten)]
    pub(crate) data_set: DataSetArguments,
    /// What a rejected document does to the others
    #[arg(long, value_enum, default_value_t = OnError::Stop)]
    #[arg(env = "ROLEGRAPH_IMPORT_ON_ERROR")]
    pub(crate) on_error: OnError,
    /// How the report is written
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    #[arg(env = "ROLEGRAPH_IMPORT_OUTPUT")]
    pub(crate) output: ReportFormat,
}

/// How the files of data sets are read.
#[derive(Args, Debug)]
pub(crate) struct DataSetArguments {
    /// The release of a data set, when its files do not say
    #[arg(long, value_name = "NAME", env = "ROLEGRAPH_IMPORT_RELEASE")]
    pub(crate) release: Option<String>,
    /// What a double quote means in the tables of a data set
    #[arg(long, value_enum, default_value_t = Quoting::None)]
    #[arg(env = "ROLEGRAPH_IMPORT_QUOTING")]
    pub(crate) quoting: Quoting,
    /// Archive the roles of a data set that are gone from it, although they are many
    #[arg(long, action = ArgAction::SetTrue, value_parser = BoolishValueParser::new())]
    #[arg(env = "ROLEGRAPH_IMPORT_ALLOW_SHRINK")]
    pub(crate) allow_shrink: bool,
    /// Other names of the files and columns of a data set: TOML or JSON
    #[arg(long, value_name = "FILE", env = "ROLEGRAPH_IMPORT_MAP")]
    pub(crate) map: Option<PathBuf>,
}

/// How imported documents are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ImportFormat {
    /// Told by file name and first line
    Auto,
    /// Plain-text role page
    Page,
    /// Markdown role document
    Markdown,
    /// Lines of JSON, as exports write them
    Ndjson,
    /// Folder with the tables of an O*NET release
    Onet,
}

/// What a double quote means in tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Quoting {
    /// A character like any other
    None,
    /// It wraps cells, as spreadsheet programs save them
    Csv,
}

/// What a rejected document does to the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum OnError {
    /// Nothing is stored at all
    Stop,
    /// The others are stored
    Skip,
}

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// For people
    Text,
    /// For programs
    Json,
}

/// `rolegraph export`
#[derive(Args, Debug)]
pub(crate) struct ExportArguments {
    /// Roles by slug; none means all, whatever their state
    #[arg(value_name = "SLUG")]
    pub(crate) slugs: Vec<String>,
    /// How the documents are written
    #[arg(long, value_enum, default_value_t = ExportFormat::Markdown)]
    #[arg(env = "ROLEGRAPH_EXPORT_FORMAT")]
    pub(crate) format: ExportFormat,
    /// Directory of the files; a single role without it goes to standard output, and so does NDJSON,
    /// for which it is a file
    #[arg(long, value_name = "PATH", env = "ROLEGRAPH_EXPORT_OUT")]
    pub(crate) out: Option<PathBuf>,
}

/// How exported documents are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// Markdown role document
    Markdown,
    /// Plain-text role page
    Page,
    /// The whole catalogue as lines of JSON
    Ndjson,
}
