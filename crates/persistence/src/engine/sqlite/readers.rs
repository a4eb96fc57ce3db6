//! Threads that read an SQLite file, each through a connection of its own.
//!
//! A job stays on the thread of its connection from the first row to the last decoded value, so
//! that texts are read where SQLite keeps them, and a job costs one way there and one way back.

use std::ffi::c_int;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use sea_orm::Statement;
use tokio::sync::oneshot;

use super::statement::{PREPARED, rows};

use crate::engine::Rows;
use crate::{DatabaseSettings, PersistenceError};

/// Jobs that may wait for a thread; more are refused.
const QUEUE: usize = 1_024;
/// Steps of the virtual machine between two looks at the clock: some tenths of a millisecond.
const STEPS: c_int = 4_000;

/// Connections that read, behind one queue of jobs; cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Readers {
    crew: Arc<Mutex<Option<Crew>>>,
    /// How long a job waits for a thread.
    wait: Duration,
}

/// The threads and the way to them.
#[derive(Debug)]
struct Crew {
    queue: Sender<Job>,
    threads: Vec<JoinHandle<()>>,
}

/// Something to do with a connection.
struct Job {
    ticket: Arc<Ticket>,
    work: Work,
}

/// Gets the connection, or why there is none.
type Work = Box<dyn FnOnce(Result<&Connection, PersistenceError>) + Send>;

/// What is known of a job on both sides of the queue.
#[derive(Debug)]
struct Ticket {
    /// When the job has to have begun.
    begin: Instant,
    /// Whether nobody waits for it any more.
    abandoned: AtomicBool,
}

/// Abandons a job when whoever waits for it goes away.
#[derive(Debug)]
struct Waiting(Arc<Ticket>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.abandoned.store(true, Ordering::Relaxed);
    }
}

impl Readers {
    /// As many threads as the settings say; each opens its connection with its first job.
    pub(super) fn start(path: &Path, settings: &DatabaseSettings) -> std::io::Result<Self> {
        let (queue, jobs) = crossbeam_channel::bounded(QUEUE);
        let threads = (0..settings.readers).map(|_| {
            let reader = Reader::new(path, settings);
            let jobs = jobs.clone();
            let thread = Builder::new().name("sqlite-reader".to_owned());
            thread.spawn(move || reader.serve(&jobs))
        });
        let threads = threads.collect::<Result<_, _>>()?;
        Ok(Self {
            crew: Arc::new(Mutex::new(Some(Crew { queue, threads }))),
            wait: settings.acquire_timeout,
        })
    }

    /// Runs a job on the next free connection. A job that nobody waits for any more is stopped.
    pub(crate) async fn run<T, F>(&self, job: F) -> Result<T, PersistenceError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, PersistenceError> + Send + 'static,
    {
        let (work, answer) = work(job);
        let waiting = self.submit(work)?;
        let answer = answer.await;
        drop(waiting);
        answer.unwrap_or_else(|_dropped| Err(PersistenceError::unavailable("a read was given up")))
    }

    /// Runs a statement, which stays prepared on its connection.
    pub(crate) async fn rows(&self, statement: Statement) -> Result<Rows, PersistenceError> {
        self.run(|connection| Ok(rows(connection, statement)?))
            .await
    }

    /// A connection that keeps to the state of its first read, until the session is dropped.
    pub(crate) fn session(&self) -> Result<Session, PersistenceError> {
        let (queue, works) = crossbeam_channel::unbounded::<Work>();
        let waiting = self.submit(Box::new(move |connection| {
            let begun = connection.and_then(|connection| {
                connection.execute_batch("BEGIN")?;
                Ok(connection)
            });
            let connection = match begun {
                Ok(connection) => connection,
                Err(error) => {
                    // The first statement is told why; later ones find the session ended.
                    if let Ok(work) = works.recv() {
                        work(Err(error));
                    }
                    return;
                }
            };
            for work in works {
                work(Ok(connection));
            }
            if let Err(error) = connection.execute_batch("ROLLBACK") {
                let cause: &dyn std::error::Error = &error;
                tracing::error!(error = cause, "a reading transaction cannot be ended");
            }
        }))?;
        Ok(Session {
            queue,
            _waiting: Arc::new(waiting),
        })
    }

    /// Puts work into the queue; it is abandoned when what comes back is dropped.
    fn submit(&self, work: Work) -> Result<Waiting, PersistenceError> {
        let ticket = Arc::new(Ticket {
            begin: Instant::now() + self.wait,
            abandoned: AtomicBool::new(false),
        });
        let waiting = Waiting(Arc::clone(&ticket));
        let sent = self.queue()?.try_send(Job { ticket, work });
        sent.map_err(|_full| PersistenceError::unavailable("too many reads are waiting"))?;
        Ok(waiting)
    }

    /// Finishes the jobs that wait and closes the connections.
    pub(crate) async fn close(&self) {
        let crew = lock(&self.crew).take();
        let Some(Crew { queue, threads }) = crew else {
            return;
        };
        drop(queue);
        let ended = tokio::task::spawn_blocking(|| {
            for thread in threads {
                // Jobs that panic are caught, so that there is nothing to hear from a thread.
                let _ = thread.join();
            }
        });
        let _ = ended.await;
    }

    fn queue(&self) -> Result<Sender<Job>, PersistenceError> {
        let crew = lock(&self.crew);
        let queue = crew.as_ref().map(|crew| crew.queue.clone());
        queue.ok_or_else(|| PersistenceError::unavailable("the database is closed"))
    }
}

/// One connection within a transaction that reads; cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    queue: Sender<Work>,
    _waiting: Arc<Waiting>,
}

impl Session {
    /// Runs a statement, which stays prepared on its connection.
    pub(crate) async fn rows(&self, statement: Statement) -> Result<Rows, PersistenceError> {
        let (work, answer) = work(|connection| Ok(rows(connection, statement)?));
        // When the session has ended the work is dropped, and the answer with it.
        let _ = self.queue.send(work);
        let answer = answer.await;
        answer.unwrap_or_else(|_dropped| {
            Err(PersistenceError::unavailable(
                "no connection became free in time",
            ))
        })
    }
}

/// Work that tells what came of it.
fn work<T, F>(job: F) -> (Work, oneshot::Receiver<Result<T, PersistenceError>>)
where
    T: Send + 'static,
    F: FnOnce(&Connection) -> Result<T, PersistenceError> + Send + 'static,
{
    let (reply, answer) = oneshot::channel();
    let work: Work = Box::new(move |connection| {
        // An error means that nobody waits for the answer.
        let _ = reply.send(connection.and_then(job));
    });
    (work, answer)
}

/// One thread.
struct Reader {
    path: PathBuf,
    busy_timeout: Duration,
    /// How long a job may run.
    time: Duration,
    running: Arc<Mutex<Option<Running>>>,
}

/// The job that a thread is at.
struct Running {
    ticket: Arc<Ticket>,
    end: Instant,
}

impl Reader {
    fn new(path: &Path, settings: &DatabaseSettings) -> Self {
        Self {
            path: path.to_owned(),
            busy_timeout: settings.acquire_timeout,
            time: settings.statement_timeout,
            running: Arc::default(),
        }
    }

    fn serve(self, jobs: &Receiver<Job>) {
        let mut connection = None;
        for Job { ticket, work } in jobs {
            if ticket.abandoned.load(Ordering::Relaxed) {
                continue;
            }
            if ticket.begin < Instant::now() {
                work(Err(PersistenceError::unavailable(
                    "no connection became free in time",
                )));
                continue;
            }
            if connection.is_none() {
                connection = match self.open() {
                    Ok(opened) => Some(opened),
                    Err(error) => {
                        work(Err(error.into()));
                        continue;
                    }
                };
            }
            let end = Instant::now() + self.time;
            *lock(&self.running) = Some(Running { ticket, end });
            if let Some(connection) = &connection {
                // The panic hook has logged what happened; the job takes its answer with it.
                let _ = catch_unwind(AssertUnwindSafe(|| work(Ok(connection))));
            }
            *lock(&self.running) = None;
        }
    }

    fn open(&self) -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags)?;
        connection.busy_timeout(self.busy_timeout)?;
        for (name, value) in PRAGMAS {
            connection.pragma_update(None, name, value)?;
        }
        // Without it a statement is prepared anew whenever a bound value could make a partial
        // index usable or useless.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        connection.set_prepared_statement_cache_capacity(PREPARED);
        let running = Arc::clone(&self.running);
        connection.progress_handler(
            STEPS,
            Some(move || lock(&running).as_ref().is_some_and(Running::is_over)),
        )?;
        Ok(connection)
    }
}

/// Bytes of the file that are read where the system keeps them, without a copy and without a
/// lookup: all of it, a tebibyte. Only addresses are taken for it.
const MAPPED: &str = "1099511627776";

/// Settings of a connection that reads.
const PRAGMAS: [(&str, &str); 5] = [
    ("query_only", "ON"),
    ("cache_size", "-32000"),
    ("mmap_size", MAPPED),
    ("temp_store", "MEMORY"),
    ("trusted_schema", "OFF"),
];

impl Running {
    fn is_over(&self) -> bool {
        self.ticket.abandoned.load(Ordering::Relaxed) || self.end < Instant::now()
    }
}

/// The value behind a lock, also after a panic: no job leaves one half changed.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use sea_orm::Value;

    use super::*;

    /// Never ends by itself.
    const ENDLESS: &str = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) \
                           SELECT COUNT(*) FROM n";

    struct File {
        settings: DatabaseSettings,
        folder: tempfile::TempDir,
    }

    impl File {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            Connection::open(folder.path().join("file.db")).unwrap();
            let mut settings = DatabaseSettings::new("unused");
            settings.readers = 1;
            Self { settings, folder }
        }

        fn readers(&self) -> Readers {
            let path = self.folder.path().join("file.db");
            Readers::start(&path, &self.settings).unwrap()
        }
    }

    fn statement(sql: &str) -> Statement {
        Statement::from_sql_and_values(sea_orm::DbBackend::Sqlite, sql, [])
    }

    async fn one(readers: &Readers) -> Result<i64, PersistenceError> {
        let rows = readers.rows(statement("SELECT 1")).await?;
        Ok(rows.iter().next().unwrap().integer(0).unwrap())
    }

    #[tokio::test]
    async fn values_come_back_as_they_were_bound() {
        let values = [Value::from("é"), Value::from(7_i64), Value::String(None)];
        let sqlite = sea_orm::DbBackend::Sqlite;
        let echo = Statement::from_sql_and_values(sqlite, "SELECT ?, ?, ?", values);
        let rows = File::new().readers().rows(echo).await.unwrap();
        let row = rows.iter().next().unwrap();
        assert_eq!((row.text(0), row.integer(1)), (Some("é"), Some(7)));
        assert_eq!(
            (row.text(1), row.text(2), row.integer(2)),
            (None, None, None)
        );
    }

    #[tokio::test]
    async fn a_statement_ends_at_its_deadline_and_leaves_its_thread_free() {
        let mut file = File::new();
        file.settings.statement_timeout = Duration::from_millis(1);
        let readers = file.readers();
        let ended = readers.rows(statement(ENDLESS)).await;
        assert!(
            matches!(ended, Err(PersistenceError::Timeout(_))),
            "{ended:?}"
        );
        assert_eq!(one(&readers).await.unwrap(), 1);
    }

    #[tokio::test]
    async fn a_statement_that_nobody_waits_for_is_stopped() {
        let file = File::new();
        let readers = file.readers();
        let (begun, mut has_begun) = tokio::sync::mpsc::unbounded_channel();
        let endless = readers.run(move |connection| {
            let _ = begun.send(());
            Ok(connection.query_row(ENDLESS, [], |row| row.get::<_, i64>(0))?)
        });
        tokio::select! {
            ended = endless => panic!("{ended:?}"),
            _ = has_begun.recv() => {}
        }
        assert_eq!(one(&readers).await.unwrap(), 1);
    }

    #[tokio::test]
    async fn a_job_that_panics_leaves_its_thread_alone() {
        let file = File::new();
        let readers = file.readers();
        let ended = readers
            .run(|_| -> Result<(), _> { panic!("a mistake") })
            .await;
        assert!(matches!(ended, Err(PersistenceError::Unavailable(_))));
        assert_eq!(one(&readers).await.unwrap(), 1);
    }

    #[tokio::test]
    async fn a_session_keeps_to_the_state_of_its_first_read_and_gives_its_thread_back() {
        let file = File::new();
        let writer = Connection::open(file.folder.path().join("file.db")).unwrap();
        writer
            .execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE t (i INTEGER)")
            .unwrap();
        let readers = file.readers();
        let session = readers.session().unwrap();
        let count = || statement("SELECT COUNT(*) FROM t");
        for _ in 0..2 {
            let rows = session.rows(count()).await.unwrap();
            assert_eq!(rows.iter().next().unwrap().integer(0), Some(0));
            writer.execute_batch("INSERT INTO t VALUES (1)").unwrap();
        }
        drop(session);
        let rows = readers.rows(count()).await.unwrap();
        assert_eq!(rows.iter().next().unwrap().integer(0), Some(2));
    }

    #[tokio::test]
    async fn a_session_that_cannot_begin_tells_why() {
        let file = File::new();
        let readers = file.readers();
        std::fs::remove_file(file.folder.path().join("file.db")).unwrap();
        let session = readers.session().unwrap();
        let told = session.rows(statement("SELECT 1")).await.unwrap_err();
        let PersistenceError::Unavailable(cause) = told else {
            panic!("{told:?}");
        };
        assert!(cause.to_string().contains("unable to open"), "{cause}");
    }

    #[tokio::test]
    async fn a_closed_file_is_not_read() {
        let file = File::new();
        let readers = file.readers();
        assert_eq!(one(&readers).await.unwrap(), 1);
        readers.close().await;
        assert!(matches!(
            one(&readers).await,
            Err(PersistenceError::Unavailable(_))
        ));
    }
}
