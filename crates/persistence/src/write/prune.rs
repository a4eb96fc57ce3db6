//! Taking old changes away.

use domain::Timestamp;

use super::{Result, Transaction};

impl Transaction {
    /// Deletes the oldest changes as far as they happened before a moment, at most `most` of them;
    /// returns how many.
    ///
    /// Changes go from the front only, so that there is never a hole, and the newest one stays,
    /// because its number is the version of the catalogue. Readers who have not seen what goes are
    /// told so: see `change_state`.
    pub async fn prune_changes(&self, before: Timestamp, most: u32) -> Result<u64> {
        let rows = self
            .rows(|sql| {
                sql.push(
                    "SELECT seq, at FROM change WHERE seq < (SELECT MAX(seq) FROM change) \
                     ORDER BY seq LIMIT ",
                );
                sql.bind(i64::from(most));
            })
            .await?;
        let before = before.to_string();
        let old = rows
            .iter()
            .take_while(|row| row.text(1).is_some_and(|at| at < before.as_str()));
        let old: Vec<i64> = old.filter_map(|row| row.integer(0)).collect();
        if let Some(last) = old.last() {
            self.run(|sql| {
                sql.push("DELETE FROM change WHERE seq <= ");
                sql.bind(*last);
            })
            .await?;
            self.run(|sql| {
                sql.push("UPDATE change_state SET pruned_to = ");
                sql.bind(*last);
                sql.push(" WHERE id = 1 AND pruned_to < ");
                sql.bind(*last);
            })
            .await?;
        }
        Ok(u64::try_from(old.len()).unwrap_or(u64::MAX))
    }
}
