//! The files of the workspace, for tests about them.

use std::path::{Path, PathBuf};

/// The root of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// The text of a file, by its path from the root.
pub(crate) fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All files of our own below a folder, by their path from the root, sorted.
pub(crate) fn files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    collect(&root().join(folder), &mut found);
    let mut found: Vec<PathBuf> = found
        .iter()
        .map(|file| file.strip_prefix(root()).unwrap().to_owned())
        .collect();
    found.sort();
    found
}

/// What tools write, and what git keeps.
const NOT_OURS: [&str; 4] = ["target", "node_modules", ".git", "out"];

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        if NOT_OURS.contains(&name) {
            continue;
        }
        if path.is_dir() {
            collect(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// The Rust files of the workspace with their texts.
pub(crate) fn sources() -> Vec<(PathBuf, String)> {
    let rust = |file: &PathBuf| file.extension().is_some_and(|extension| extension == "rs");
    let files = files(".").into_iter().filter(rust);
    files.map(|file| (file.clone(), read(file))).collect()
}
