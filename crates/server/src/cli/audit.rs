//! Commands for the audit log.

use clap::{Args, Subcommand};

use super::ReportFormat;

/// `rolegraph audit`
#[derive(Debug, Subcommand)]
pub(crate) enum AuditCommand {
    /// Look through the whole log: whether an entry was changed, moved, added or taken away
    Verify(VerifyArguments),
    /// Write the log, one entry a line, as JSON
    Export {
        /// Write what comes behind this entry only
        #[arg(
            long,
            value_name = "SEQ",
            default_value_t = 0,
            env = "ROLEGRAPH_AUDIT_AFTER"
        )]
        after: u64,
    },
}

/// `rolegraph audit verify`
#[derive(Args, Debug)]
pub(crate) struct VerifyArguments {
    /// A hash that was noted before, which has to be that of an entry: tells whether the end was cut
    #[arg(long, value_name = "HASH", value_parser = hash, env = "ROLEGRAPH_AUDIT_HEAD")]
    pub(crate) head: Option<String>,
    /// How the result is written
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    #[arg(env = "ROLEGRAPH_AUDIT_OUTPUT")]
    pub(crate) output: ReportFormat,
}

/// A hash in the spelling of the log.
fn hash(text: &str) -> Result<String, String> {
    let is_hash = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_hash {
        Ok(text.to_ascii_lowercase())
    } else {
        Err("expected 64 hexadecimal digits, as `audit verify` and the log show them".to_owned())
    }
}
