//! Commands for trusted documents.

use std::path::PathBuf;

use clap::Subcommand;
use domain::document::DocumentId;

use super::ReportFormat;

/// `rolegraph documents`
#[derive(Debug, Subcommand)]
pub(crate) enum DocumentsCommand {
    /// Store the documents of manifests, all or none of them
    Push {
        /// Manifests of Apollo, Relay or graphql-codegen; - is standard input
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Show which documents are stored
    List {
        /// How the list is written; the texts are in the JSON alone
        #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
        #[arg(env = "ROLEGRAPH_DOCUMENTS_OUTPUT")]
        output: ReportFormat,
    },
    /// Remove documents, so that clients can no longer run them by id
    Remove {
        /// Ids as `list` shows them
        #[arg(required = true, value_name = "ID", value_parser = DocumentId::parse)]
        ids: Vec<DocumentId>,
    },
}
