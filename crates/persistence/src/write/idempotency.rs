//! Writes that may be sent again: what the first answer was.

use domain::Timestamp;
use sea_orm::DbBackend;

use super::{Result, Transaction};

/// A write that may be sent again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Who sends it: keys of other holders are others.
    pub holder: String,
    /// What it does, such as `roleUpdate`.
    pub operation: String,
    /// The key that its sender has chosen.
    pub key: String,
    /// Equal for writes that say the same.
    pub fingerprint: String,
}

/// What is known of a write before it runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recorded {
    /// Nothing: it runs for the first time.
    Nothing,
    /// It ran before, and this came out.
    Outcome(String),
    /// Another write had the key.
    Other,
    /// It runs at this moment.
    Running,
}

impl Transaction {
    /// What is known of a write; outcomes from before `oldest` count as forgotten. Until the
    /// transaction ends no other one can ask for the same key.
    pub async fn find_outcome(&self, attempt: &Attempt, oldest: Timestamp) -> Result<Recorded> {
        if !self.claim(attempt).await? {
            return Ok(Recorded::Running);
        }
        let rows = self.rows(|sql| {
            sql.push("SELECT fingerprint, outcome FROM idempotency WHERE holder = ");
            sql.bind(attempt.holder.as_str());
            sql.push(" AND operation = ");
            sql.bind(attempt.operation.as_str());
            sql.push(" AND key = ");
            sql.bind(attempt.key.as_str());
            sql.push(" AND at >= ");
            sql.bind(oldest.to_string());
        });
        let rows = rows.await?;
        let Some(row) = rows.iter().next() else {
            return Ok(Recorded::Nothing);
        };
        if row.text(0) == Some(attempt.fingerprint.as_str()) {
            let outcome = row.text(1).unwrap_or_default();
            return Ok(Recorded::Outcome(outcome.to_owned()));
        }
        Ok(Recorded::Other)
    }

    /// Notes what came out of a write, in the place of what is forgotten.
    pub async fn insert_outcome(
        &self,
        attempt: &Attempt,
        at: Timestamp,
        outcome: &str,
    ) -> Result<()> {
        self.run(|sql| {
            sql.push(
                "INSERT INTO idempotency (holder, operation, key, fingerprint, at, outcome) VALUES (",
            );
            let Attempt {
                holder,
                operation,
                key,
                fingerprint,
            } = attempt;
            let at = at.to_string();
            sql.bind_all([
                holder.as_str(),
                operation,
                key,
                fingerprint,
                at.as_str(),
                outcome,
            ]);
            sql.push(
                ") ON CONFLICT (holder, operation, key) DO UPDATE SET \
                 fingerprint = excluded.fingerprint, at = excluded.at, outcome = excluded.outcome",
            );
        })
        .await
    }

    /// Forgets outcomes from before a moment.
    pub async fn delete_outcomes(&self, before: Timestamp) -> Result<()> {
        self.run(|sql| {
            sql.push("DELETE FROM idempotency WHERE at < ");
            sql.bind(before.to_string());
        })
        .await
    }

    /// Takes the right to run a write from all other processes; SQLite has one writer anyway.
    async fn claim(&self, attempt: &Attempt) -> Result<bool> {
        if self.backend() != DbBackend::Postgres {
            return Ok(true);
        }
        let Attempt {
            holder,
            operation,
            key,
            fingerprint: _,
        } = attempt;
        let rows = self.rows(|sql| {
            sql.push("SELECT PG_TRY_ADVISORY_XACT_LOCK(HASHTEXTEXTENDED(");
            sql.bind(format!("{holder} {operation} {key}"));
            sql.push(", 0))::int4::int8");
        });
        let rows = rows.await?;
        Ok(rows.iter().next().and_then(|row| row.integer(0)) != Some(0))
    }
}
