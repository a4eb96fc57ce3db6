//! One life of the process that writes, from its start to its end.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use testkit::{Place, texts};

use crate::Target;
use crate::account::Account;

/// How long a start may take.
const START: Duration = Duration::from_mins(1);
/// How long to wait between two looks at the connections of the dead.
const LOOK: Duration = Duration::from_millis(5);

/// Everything that the process said.
#[derive(Debug)]
pub(crate) struct Life {
    pub(crate) lines: Vec<String>,
}

impl Life {
    /// Starts the process, tells it what is there, and kills it at a random moment.
    pub(crate) async fn of(
        place: &Place,
        generation: u32,
        account: &Account,
        target: Target,
        random: &mut impl FnMut(u64) -> u64,
    ) -> Self {
        let mut child = start(place.url(), generation);
        let mut input = child.stdin.take().expect("the input is piped");
        let work = account.work();
        input.write_all(work.as_bytes()).expect("the child reads");
        drop(input);
        let lines = listen(&mut child);
        let ready = lines.recv_timeout(START).expect("the child starts");
        assert_eq!(ready, "ready");
        tokio::time::sleep(moment(random)).await;
        if target == Target::PostgresServer {
            place.crash_server().await;
            tokio::time::sleep(moment(random)).await;
        }
        child.kill().expect("the child can be killed");
        child.wait().expect("the child was there");
        let lines = lines.into_iter().collect();
        if target != Target::Sqlite {
            bury(place.url()).await;
        }
        Self { lines }
    }
}

/// Some 20 to 300 milliseconds.
fn moment(random: &mut impl FnMut(u64) -> u64) -> Duration {
    Duration::from_millis(20 + random(281))
}

fn start(url: &str, generation: u32) -> Child {
    let program = std::env::current_exe().expect("this program is a file");
    let child = Command::new(program)
        .args(["write", url, &generation.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    child.expect("the child starts")
}

/// The lines of a process, until it ends. What it wrote before it was killed is all there; its last
/// line may be cut off, and then it did not say it.
fn listen(child: &mut Child) -> mpsc::Receiver<String> {
    let output = child.stdout.take().expect("the output is piped");
    let (sender, lines) = mpsc::channel();
    std::thread::spawn(move || {
        let mut output = BufReader::new(output);
        let mut line = String::new();
        while output.read_line(&mut line).is_ok_and(|length| length > 0) {
            let Some(whole) = line.strip_suffix('\n') else {
                break;
            };
            if sender.send(whole.to_owned()).is_err() {
                break;
            }
            line.clear();
        }
    });
    lines
}

/// Waits until the server has noticed that the process is dead: until then it may still commit what
/// it had been sent.
async fn bury(url: &str) {
    let left = "SELECT CAST(COUNT(*) AS TEXT) FROM pg_stat_activity \
                WHERE datname = current_database() AND application_name = 'rolegraph'";
    while texts(url, left).await != ["0"] {
        tokio::time::sleep(LOOK).await;
    }
}
