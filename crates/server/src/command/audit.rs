//! `rolegraph audit`: what was done, by whom, and whether the log of it is whole.

use anyhow::Context as _;
use app::{AuditDamage, AuditLog, AuditReport};
use domain::audit::AuditHead;
use serde_json::json;

use super::open;
use crate::Console;
use crate::cli::{AuditCommand, ReportFormat, VerifyArguments};
use crate::failure::Outcome;
use crate::settings::Settings;

pub(super) async fn execute(
    command: &AuditCommand,
    settings: &Settings,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let database = open(settings).await?;
    let log = AuditLog::new(database.clone());
    let outcome = match command {
        AuditCommand::Verify(arguments) => verify(&log, arguments, console).await,
        AuditCommand::Export { after } => export(&log, *after, console).await,
    };
    let closed = database.close().await;
    closed.context("cannot close the database")?;
    outcome
}

async fn verify(
    log: &AuditLog,
    arguments: &VerifyArguments,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let report = log.verify(arguments.head.as_deref()).await;
    let AuditReport { head, damage } = report.context("cannot read the audit log")?;
    let AuditHead { seq, hash } = head;
    match arguments.output {
        ReportFormat::Text => {
            writeln!(console.output, "entries: {seq}\nhead: {hash}")?;
            if let Some(AuditDamage { seq, problem }) = &damage {
                writeln!(
                    console.errors,
                    "rolegraph: the audit log is damaged at entry {seq}: {problem}"
                )?;
            }
        }
        ReportFormat::Json => {
            let damage = damage
                .as_ref()
                .map(|AuditDamage { seq, problem }| json!({ "seq": seq, "problem": problem }));
            let report = json!({ "entries": seq, "head": hash, "damage": damage });
            serde_json::to_writer_pretty(&mut *console.output, &report)?;
            writeln!(console.output)?;
        }
    }
    Ok(Outcome::of(damage.is_none()))
}

async fn export(log: &AuditLog, after: u64, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    let mut after = after;
    loop {
        let page = log.page(after).await;
        let page = page.context("cannot read the audit log")?;
        let Some(last) = page.last() else {
            return Ok(Outcome::Done);
        };
        after = last.entry.seq;
        for sealed in &page {
            writeln!(console.output, "{}", sealed.to_line())?;
        }
    }
}
