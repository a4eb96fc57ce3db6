//! Commands for sources and what was imported from them.

use std::path::PathBuf;

use clap::Subcommand;

use super::ReportFormat;

/// `rolegraph sources`
#[derive(Debug, Subcommand)]
pub(crate) enum SourcesCommand {
    /// Show every source with its licence and credit line, and the imports of data sets
    List {
        /// How the list is written
        #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
        #[arg(env = "ROLEGRAPH_SOURCES_OUTPUT")]
        output: ReportFormat,
    },
    /// Write the files of a data set again as they were imported, unpacked
    Export {
        /// The data set, such as onet
        #[arg(value_name = "DATA_SET")]
        data_set: String,
        /// Directory of the files
        #[arg(long, value_name = "DIR", env = "ROLEGRAPH_SOURCES_OUT")]
        out: PathBuf,
    },
}
