//! Commands for searching.

use std::path::PathBuf;

use clap::Args;

use super::ReportFormat;

/// `rolegraph resolve-title`
#[derive(Args, Debug)]
pub(crate) struct ResolveTitleArguments {
    /// Titles in UTF-8, one a line; - is standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// How many roles for each title at most, 1 to 20
    #[arg(long, value_name = "NUMBER", default_value_t = 5)]
    #[arg(value_parser = clap::value_parser!(u8).range(1..=20))]
    #[arg(env = "ROLEGRAPH_RESOLVE_TITLE_LIMIT")]
    pub(crate) limit: u8,
    /// How the answers are written
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    #[arg(env = "ROLEGRAPH_RESOLVE_TITLE_OUTPUT")]
    pub(crate) output: ReportFormat,
}

/// `rolegraph reindex`
#[derive(Args, Debug)]
pub(crate) struct ReindexArguments {
    /// How the report is written
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    #[arg(env = "ROLEGRAPH_REINDEX_OUTPUT")]
    pub(crate) output: ReportFormat,
}
