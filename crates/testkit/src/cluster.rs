//! One PostgreSQL server per test process: a throw-away one, or the one that
//! `ROLEGRAPH_TEST_POSTGRES_URL` names.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Read as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, OnceLock};

/// The superuser of a throw-away cluster.
const SUPERUSER: &str = "rolegraph";

/// Lives as long as its standard input is open, which ends with the test process however that
/// ends; then it stops the server and removes its folder.
const WATCHDOG: &str = r#"
trap '' INT TERM HUP
bin=$1 folder=$2
{
    "$bin/initdb" -D "$folder/data" -U rolegraph -A trust --no-sync --locale=C --encoding=UTF8 &&
    "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w start -o "-k '$folder' -h '' -c fsync=off \
        -c synchronous_commit=off -c full_page_writes=off -c max_connections=300"
} >"$folder/start" 2>&1 && echo ready || cat "$folder/start" "$folder/log" 2>/dev/null
exec 1>&- 2>&-
read -r _ || :
"$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1
rm -rf "$folder"
"#;

/// A server on which databases for tests can be made.
#[derive(Debug)]
pub(crate) struct Cluster {
    address: Address,
    /// Where the programs of the server are.
    programs: PathBuf,
    /// Closing the standard input of the watchdog stops the server.
    _watchdog: Option<Mutex<Child>>,
}

#[derive(Debug)]
enum Address {
    /// The folder with the socket of a throw-away server.
    Socket(PathBuf),
    /// The address of a server that is not ours, without a database name.
    Server(String),
}

impl Cluster {
    /// The address of one database.
    pub(crate) fn url(&self, database: &str) -> String {
        match &self.address {
            Address::Socket(folder) => {
                let folder = folder.display();
                format!("postgres://{SUPERUSER}@localhost/{database}?host={folder}")
            }
            Address::Server(server) => format!("{server}/{database}"),
        }
    }

    /// Kills a throw-away server as a crash would and starts it again.
    pub(crate) fn crash(&self) {
        let Address::Socket(folder) = &self.address else {
            panic!("only a throw-away server may be killed");
        };
        let data = folder.join("data");
        let restarted = unprivileged(self.programs.join("pg_ctl"))
            .args(["-m", "immediate", "-w", "-s", "restart", "-l"])
            .arg(folder.join("log"))
            .arg("-D")
            .arg(data)
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .status();
        assert!(
            restarted.is_ok_and(|status| status.success()),
            "PostgreSQL did not start again"
        );
    }

    /// Whether databases outlive the tests unless they are dropped.
    pub(crate) fn outlives_tests(&self) -> bool {
        matches!(self.address, Address::Server(_))
    }
}

/// The server of this process, started by the first who asks; the error says what is missing.
pub(crate) fn shared() -> Result<&'static Cluster, &'static str> {
    static CLUSTER: OnceLock<Result<Cluster, String>> = OnceLock::new();
    CLUSTER.get_or_init(start).as_ref().map_err(String::as_str)
}

fn start() -> Result<Cluster, String> {
    if let Some(url) = named_server() {
        let server = url
            .rsplit_once('/')
            .map_or(url.as_str(), |(server, _database)| server);
        return Ok(Cluster {
            address: Address::Server(server.to_owned()),
            programs: PathBuf::new(),
            _watchdog: None,
        });
    }
    let programs = programs().ok_or(
        "initdb was found neither in PATH nor in /usr/lib/postgresql: \
         install PostgreSQL, or set ROLEGRAPH_TEST_POSTGRES_URL",
    )?;
    let folder = folder()?;
    let watchdog = launch(&programs, &folder)?;
    Ok(Cluster {
        address: Address::Socket(folder),
        programs,
        _watchdog: Some(Mutex::new(watchdog)),
    })
}

#[expect(
    clippy::disallowed_methods,
    reason = "the person who runs the tests names the server"
)]
fn named_server() -> Option<String> {
    std::env::var("ROLEGRAPH_TEST_POSTGRES_URL").ok()
}

/// The folder that holds `initdb`, `pg_ctl` and `postgres`: the newest release wins.
fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).find_map(|folder| {
        let initdb = folder.join("initdb").canonicalize().ok()?;
        initdb.parent().map(Path::to_owned)
    });
    found.or_else(|| {
        let releases = std::fs::read_dir("/usr/lib/postgresql").ok()?;
        let folders = releases.flatten().map(|release| release.path());
        let number = |folder: &PathBuf| {
            let name = folder.file_name().and_then(OsStr::to_str);
            name.and_then(|name| name.parse::<u32>().ok())
        };
        let newest = folders.filter(|folder| folder.join("bin/initdb").exists());
        newest.max_by_key(number).map(|folder| folder.join("bin"))
    })
}

/// An empty folder that the user of the server owns.
fn folder() -> Result<PathBuf, String> {
    let folder = tempfile::Builder::new()
        .prefix("rolegraph-postgres-")
        .tempdir();
    let folder = folder
        .map_err(|error| format!("cannot make a folder: {error}"))?
        .keep();
    if let Some(user) = unprivileged_user() {
        let changed = Command::new("chown").arg(user).arg(&folder).status();
        if !changed.is_ok_and(|status| status.success()) {
            return Err(format!("cannot give {} to {user}", folder.display()));
        }
    }
    Ok(folder)
}

fn launch(programs: &Path, folder: &Path) -> Result<Child, String> {
    // A group of its own, so that Ctrl-C reaches the tests first and the watchdog through them.
    let mut watchdog = unprivileged("sh")
        .args(["-c", WATCHDOG, "watchdog"])
        .args([programs, folder])
        .current_dir(folder)
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("cannot start a shell: {error}"))?;
    let mut answer = BufReader::new(watchdog.stdout.take().expect("the output is piped"));
    let mut text = String::new();
    let read = answer.read_line(&mut text).and_then(|_| {
        let ready = text == "ready\n";
        if ready {
            Ok(0)
        } else {
            answer.read_to_string(&mut text)
        }
    });
    match read {
        Ok(_) if text == "ready\n" => Ok(watchdog),
        Ok(_) => Err(format!("PostgreSQL did not start: {}", text.trim())),
        Err(error) => Err(format!(
            "the watchdog of PostgreSQL cannot be heard: {error}"
        )),
    }
}

/// A program; not as root, because PostgreSQL refuses to run as root.
fn unprivileged(program: impl AsRef<OsStr>) -> Command {
    let Some(user) = unprivileged_user() else {
        return Command::new(program);
    };
    let mut command = Command::new("runuser");
    command.args(["-u", user, "--"]).arg(program);
    command
}

/// The user to run the server as; `None` when the tests do not run as root.
fn unprivileged_user() -> Option<&'static str> {
    let answers = |arguments: &[&str], wanted: &str| {
        let output = Command::new("id").args(arguments).output();
        output.is_ok_and(|output| {
            output.status.success() && output.stdout.trim_ascii() == wanted.as_bytes()
        })
    };
    if !answers(&["-u"], "0") {
        None
    } else if answers(&["-un", "postgres"], "postgres") {
        Some("postgres")
    } else {
        Some("nobody")
    }
}
