//! Files that lie beside the repository and not in it.

use std::path::{Path, PathBuf};

/// The root of the workspace.
pub(crate) fn workspace_root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.canonicalize()
        .expect("the workspace of the test kit is there")
}

/// A file below `../shared` of the workspace; says loudly when it is not there.
#[must_use]
pub fn shared_file(path: &str) -> Option<PathBuf> {
    let file = workspace_root().join("../shared").join(path);
    if file.exists() {
        return Some(file);
    }
    eprintln!("SKIPPED: {} is not there", file.display());
    None
}
