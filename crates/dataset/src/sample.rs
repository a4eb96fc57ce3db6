//! For tests only: the public data sets that lie beside the repository and not in it.
#![expect(clippy::print_stderr, reason = "a test that did not run has to say so")]

use std::path::{Path, PathBuf};

/// A folder of the data beside the workspace; says loudly when it is not there.
pub(crate) fn shared_data(folder: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let root = root.canonicalize().expect("the workspace is there");
    let path = root.join("../shared/data").join(folder);
    if path.exists() {
        return Some(path);
    }
    eprintln!("SKIPPED: {} is not there", path.display());
    None
}
