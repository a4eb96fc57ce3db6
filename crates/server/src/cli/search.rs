//! Commands for searching.

use clap::Args;

use super::ReportFormat;

/// `rolegraph reindex`
#[derive(Args, Debug)]
pub(crate) struct ReindexArguments {
    /// How the report is written
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    #[arg(env = "ROLEGRAPH_REINDEX_OUTPUT")]
    pub(crate) output: ReportFormat,
}
