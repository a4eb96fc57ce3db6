//! What the harness asks the rows for.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::Context as _;
use serde::Deserialize;

/// One request, a line of JSON.
#[derive(Debug, Deserialize)]
#[serde(tag = "ask", rename_all = "lowercase")]
pub(crate) enum Request {
    /// A role with everything on its page.
    Role {
        /// Its readable name.
        slug: String,
    },
    /// Twenty roles by title.
    Page {
        /// The title of the last role before them; the empty text is before all.
        after: String,
    },
    /// Ten roles by title.
    Search {
        /// What stands somewhere in their titles.
        text: String,
    },
}

/// Reads all requests of a file.
pub(crate) fn read(file: &Path) -> anyhow::Result<Vec<Request>> {
    let lines = File::open(file).map(BufReader::new);
    let lines = lines.with_context(|| format!("cannot open {}", file.display()))?;
    lines
        .lines()
        .map(|line| Ok(serde_json::from_str(&line?)?))
        .collect()
}
