//! What has to be there, and whether it is.

use std::collections::BTreeMap;
use std::fmt;
use std::fmt::Write as _;

use app::AuditLog;
use persistence::{Database, DatabaseSettings};
use testkit::{search_index, texts};

use crate::life::Life;

/// What the rows say of every role: name, summary and revision.
const ROLES: &str = "SELECT slug || ' ' || summary || ' ' || CAST(revision AS TEXT) FROM role";
/// What the change sequence says of every role, in its order.
const CHANGES: &str = "SELECT role.slug || ' ' || CAST(change.revision AS TEXT) FROM change \
                       JOIN role ON role.uuid = change.entity_id WHERE entity = 'ROLE' ORDER BY seq";
/// Changes of roles that are not there.
const STRAYS: &str = "SELECT entity_id FROM change WHERE entity = 'ROLE' \
                      AND entity_id NOT IN (SELECT uuid FROM role)";
/// Skills without the change that made them, and the other way round.
const SKILLS: &str = "SELECT CAST((SELECT COUNT(*) FROM skill) - (SELECT COUNT(*) FROM change \
                      WHERE entity = 'SKILL' AND op = 'CREATED') AS TEXT)";
/// Changes of roles, which are all published, of which nothing is kept.
const UNKEPT: &str = "SELECT entity_id FROM change JOIN role ON role.uuid = entity_id \
                      LEFT JOIN role_revision ON role_revision.id = role.id \
                      AND role_revision.revision = change.revision \
                      WHERE entity = 'ROLE' AND role_revision.id IS NULL";
/// Revisions that are kept without a change, and the other way round.
const REVISIONS: &str = "SELECT CAST((SELECT COUNT(*) FROM role_revision) - (SELECT COUNT(*) \
                         FROM change WHERE entity = 'ROLE') AS TEXT)";

/// Changes without the entry of the audit log that says the same, and the other way round.
const AUDITED: &str = "SELECT CAST((SELECT COUNT(*) FROM change) AS TEXT) || ' ' \
                       || CAST((SELECT COUNT(*) FROM audit) AS TEXT) || ' ' \
                       || CAST((SELECT COUNT(*) FROM change JOIN audit ON audit.change = change.seq \
                       AND audit.action = LOWER(change.entity || '_' || change.op) \
                       AND audit.revision = change.revision AND audit.at = change.at \
                       AND audit.actor = change.actor) AS TEXT)";

/// Every write that was heard of.
#[derive(Debug, Default)]
pub(crate) struct Account {
    /// The writes of every role that have happened, in their order.
    roles: BTreeMap<String, Vec<String>>,
    /// By role, the write whose outcome is not known.
    unknown: BTreeMap<String, String>,
    acknowledged: usize,
    /// Unknown writes that had happened.
    unheard: usize,
    failed: usize,
    lost: usize,
    doubled: usize,
    problems: Vec<String>,
}

impl Account {
    /// Takes in what a process said.
    pub(crate) fn hear(&mut self, life: &Life) {
        for line in &life.lines {
            let words: Vec<&str> = line.split(' ').collect();
            match words.as_slice() {
                ["sent", role, number] => {
                    self.unknown
                        .insert((*role).to_owned(), (*number).to_owned());
                }
                ["done", role, number, _action] => {
                    self.unknown.remove(*role);
                    self.acknowledged += 1;
                    self.happened(role, number);
                }
                ["failed", ..] => self.failed += 1,
                _ => self.problems.push(format!("the process said: {line}")),
            }
        }
    }

    fn happened(&mut self, role: &str, number: &str) {
        let operations = self.roles.entry(role.to_owned()).or_default();
        if operations.last().is_none_or(|last| last != number) {
            operations.push(number.to_owned());
        }
    }

    /// What the next process is told: the roles there are, and the writes to repeat.
    pub(crate) fn work(&self) -> String {
        let mut work = String::new();
        for role in self.roles.keys() {
            let _ = writeln!(work, "role {role}");
        }
        for (role, number) in &self.unknown {
            let _ = writeln!(work, "repeat {role} {number}");
        }
        work
    }

    /// Opens the database as a program that starts again does, and compares.
    pub(crate) async fn check(&mut self, url: &str, whole: bool) {
        let database = Database::open(&DatabaseSettings::new(url)).await;
        let database = database.expect("the database is opened again");
        self.check_roles(url).await;
        self.check_changes(url).await;
        self.check_audit(url, &database).await;
        if url.starts_with("sqlite:") {
            self.check_file(url).await;
        }
        if whole {
            self.check_index(url, &database).await;
        }
        database.close().await.expect("the database is closed");
    }

    async fn check_roles(&mut self, url: &str) {
        let mut stored = BTreeMap::new();
        for row in texts(url, ROLES).await {
            let words: Vec<&str> = row.split(' ').collect();
            if let [role, "operation", number, count, revision] = words.as_slice() {
                if count != revision {
                    self.doubled += 1;
                    self.problems.push(format!("a write ran twice: {row}"));
                }
                let revision: usize = revision.parse().expect("a revision is a number");
                stored.insert((*role).to_owned(), ((*number).to_owned(), revision));
            } else {
                self.problems.push(format!("an unknown role: {row}"));
            }
        }
        for (role, number) in self.unknown.clone() {
            if stored.get(&role).is_some_and(|(last, _)| *last == number) {
                self.unheard += 1;
                self.happened(&role, &number);
            }
        }
        for (role, operations) in &self.roles {
            let (last, revision) = stored.remove(role).unwrap_or_default();
            if revision > operations.len() {
                self.doubled += 1;
            }
            if revision < operations.len() || operations.last() != Some(&last) {
                self.lost += 1;
            }
            if revision != operations.len() || operations.last() != Some(&last) {
                let expected = operations.last();
                self.problems.push(format!(
                    "{role}: revision {revision} with {last}, expected {} with {expected:?}",
                    operations.len()
                ));
            }
        }
        let strangers = stored.into_keys();
        let strangers = strangers.map(|role| format!("{role}: nobody wrote it"));
        self.problems.extend(strangers);
    }

    async fn check_changes(&mut self, url: &str) {
        let mut heard: BTreeMap<String, usize> = BTreeMap::new();
        for change in texts(url, CHANGES).await {
            let (role, revision) = change.split_once(' ').expect("a role and a revision");
            let last = heard.entry(role.to_owned()).or_default();
            *last += 1;
            if revision != last.to_string() {
                self.problems.push(format!(
                    "the change {last} of {role} has revision {revision}"
                ));
            }
        }
        for (role, operations) in &self.roles {
            let changes = heard.remove(role).unwrap_or_default();
            if changes != operations.len() {
                self.problems.push(format!(
                    "{role}: {changes} changes for {} writes",
                    operations.len()
                ));
            }
        }
        self.problems.extend(
            heard
                .into_keys()
                .map(|role| format!("{role}: changes of nobody")),
        );
        for (strays, wanted) in [
            (STRAYS, [].as_slice()),
            (SKILLS, ["0"].as_slice()),
            (UNKEPT, [].as_slice()),
            (REVISIONS, ["0"].as_slice()),
        ] {
            let found = texts(url, strays).await;
            if found != wanted {
                self.problems
                    .push(format!("changes and rows differ: {found:?}"));
            }
        }
    }

    /// Nobody makes keys here, so that there are as many entries as changes.
    async fn check_audit(&mut self, url: &str, database: &Database) {
        let report = AuditLog::new(database.clone()).verify(None).await;
        let report = report.expect("the audit log is read");
        if let Some(damage) = report.damage {
            self.problems
                .push(format!("the audit log is damaged: {damage:?}"));
        }
        let counts = texts(url, AUDITED).await.concat();
        let mut counts = counts.split(' ');
        let changes = counts.next();
        if counts.any(|count| Some(count) != changes) {
            self.problems
                .push(format!("changes and the audit log differ: {changes:?}"));
        }
    }

    async fn check_file(&mut self, url: &str) {
        let broken = texts(url, "SELECT \"table\" FROM pragma_foreign_key_check").await;
        let integrity = texts(url, "PRAGMA integrity_check").await;
        if !broken.is_empty() || integrity != ["ok"] {
            self.problems
                .push(format!("the file is broken: {broken:?} {integrity:?}"));
        }
    }

    /// Compares the index that was kept with one that is built anew.
    async fn check_index(&mut self, url: &str, database: &Database) {
        let kept = search_index(url).await;
        let mut transaction = database.begin().await.expect("a turn");
        let indexed = transaction.reindex(|_roles| ()).await;
        indexed.expect("the index is built anew");
        transaction.commit(&[]).await.expect("the index is stored");
        if search_index(url).await != kept {
            self.problems
                .push("the index and the rows differ".to_owned());
        }
    }

    /// Whether everything is as it was acknowledged.
    pub(crate) fn is_sound(&self) -> bool {
        self.problems.is_empty()
    }

    /// The first problems, one a line.
    pub(crate) fn problems(&self) -> String {
        let first: Vec<&str> = self.problems.iter().take(20).map(String::as_str).collect();
        format!("{} problems:\n{}", self.problems.len(), first.join("\n"))
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let writes: usize = self.roles.values().map(Vec::len).sum();
        write!(
            f,
            "{} acknowledged writes, {writes} of {} roles there, {} unheard of, {} attempts failed; \
             {} lost, {} doubled, {} problems",
            self.acknowledged,
            self.roles.len(),
            self.unheard,
            self.failed,
            self.lost,
            self.doubled,
            self.problems.len()
        )
    }
}
