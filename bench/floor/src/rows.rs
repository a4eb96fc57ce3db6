//! The rows of an answer, read with prepared statements and written as JSON.

use std::io::Write;
use std::path::Path;

use anyhow::Context as _;
use rusqlite::{Connection, OpenFlags};

use crate::json::Json;
use crate::requests::{self, Request};
use crate::statements::Statements;

/// Requests between two looks at the clock.
const ROUND: usize = 64;

/// Goes round the requests for some seconds of processor time and writes what came of it; with no
/// seconds at all it writes each answer once, a line each, so that they can be compared.
pub(crate) fn run(
    database: &Path,
    requests: &Path,
    seconds: f64,
    output: &mut dyn Write,
) -> anyhow::Result<()> {
    let requests = requests::read(requests)?;
    let connection = open(database)?;
    let mut statements = Statements::prepare(&connection)?;
    if seconds > 0.0 {
        measure(&mut statements, &requests, seconds, output)
    } else {
        write_all(&mut statements, &requests, output)
    }
}

/// Opens a file that nobody changes, with room for all of its pages.
fn open(database: &Path) -> anyhow::Result<Connection> {
    let address = format!("file:{}?immutable=1", database.display());
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_URI
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(address, flags)
        .with_context(|| format!("cannot open {}", database.display()))?;
    connection.pragma_update(None, "cache_size", -65_536)?;
    connection.pragma_update(None, "mmap_size", 268_435_456)?;
    // One transaction for all reads, so that none of them has to take a lock.
    connection.execute_batch("BEGIN")?;
    Ok(connection)
}

fn answer(
    statements: &mut Statements<'_>,
    request: &Request,
    json: &mut Json,
) -> rusqlite::Result<()> {
    json.clear();
    match request {
        Request::Role { slug } => statements.role(slug, json),
        Request::Page { after } => statements.page(after, json),
        Request::Search { text } => statements.search(text, json),
    }
}

fn write_all(
    statements: &mut Statements<'_>,
    requests: &[Request],
    output: &mut dyn Write,
) -> anyhow::Result<()> {
    let mut json = Json::default();
    for request in requests {
        answer(statements, request, &mut json)?;
        output.write_all(json.bytes())?;
        output.write_all(b"\n")?;
    }
    Ok(output.flush()?)
}

fn measure(
    statements: &mut Statements<'_>,
    requests: &[Request],
    seconds: f64,
    output: &mut dyn Write,
) -> anyhow::Result<()> {
    let mut json = Json::default();
    let mut going_round = requests.iter().cycle();
    let (mut number, mut bytes) = (0, 0);
    let begin = processor_seconds()?;
    let mut used = 0.0;
    while used < seconds {
        for request in going_round.by_ref().take(ROUND) {
            answer(statements, request, &mut json)?;
            number += 1;
            bytes += json.bytes().len();
        }
        used = processor_seconds()? - begin;
    }
    let measured = serde_json::json!({"requests": number, "bytes": bytes, "cpu_seconds": used});
    writeln!(output, "{measured}")?;
    Ok(output.flush()?)
}

/// What this process, which has one thread, has used of a processor so far.
fn processor_seconds() -> anyhow::Result<f64> {
    let text = std::fs::read_to_string("/proc/self/schedstat").context("this needs Linux")?;
    let nanoseconds = text.split(' ').next().unwrap_or_default();
    let nanoseconds: f64 = nanoseconds.parse().context("the kernel keeps no times")?;
    Ok(nanoseconds / 1e9)
}
