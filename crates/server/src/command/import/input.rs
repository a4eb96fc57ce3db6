//! What an import reads: files, directories and standard input.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use ingest::import::Input;

/// Reads all documents: paths in the order in which they are given, directories by path.
pub(super) fn read_all(
    paths: &[PathBuf],
    standard_input: &mut dyn Read,
    limit: usize,
) -> Vec<Input> {
    let mut inputs = Vec::new();
    for path in paths {
        if path == Path::new("-") {
            inputs.push(Input {
                name: "-".to_owned(),
                content: read(standard_input, limit),
            });
        } else if path.is_dir() {
            read_folder(path, limit, &mut inputs);
        } else {
            inputs.push(read_file(path, limit));
        }
    }
    inputs
}

/// Reads every file that is not hidden, and the folders below, in the order of their names.
fn read_folder(folder: &Path, limit: usize, inputs: &mut Vec<Input>) {
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let mut paths: Vec<PathBuf> = match entries {
        Ok(entries) => entries.iter().map(fs::DirEntry::path).collect(),
        Err(error) => {
            inputs.push(Input {
                name: folder.display().to_string(),
                content: Err(error),
            });
            return;
        }
    };
    paths.retain(|path| !is_hidden(path));
    paths.sort();
    for path in paths {
        if path.is_dir() {
            read_folder(&path, limit, inputs);
        } else {
            inputs.push(read_file(&path, limit));
        }
    }
}

fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    name.is_some_and(|name| name.starts_with('.'))
}

fn read_file(path: &Path, limit: usize) -> Input {
    Input {
        name: path.display().to_string(),
        content: File::open(path).and_then(|mut file| read(&mut file, limit)),
    }
}

/// Reads one byte beyond the limit at most, so that the importer sees that it is exceeded.
fn read(source: &mut dyn Read, limit: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(limit).unwrap_or(u64::MAX);
    source
        .take(limit.saturating_add(1))
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_paths(paths: &[&Path], limit: usize) -> Vec<Input> {
        let paths: Vec<_> = paths.iter().map(|path| (*path).to_owned()).collect();
        read_all(&paths, &mut "input".as_bytes(), limit)
    }

    #[test]
    fn paths_keep_their_order_and_folders_are_sorted() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.txt", "a.md", ".hidden"] {
            fs::write(folder.path().join(name), name).unwrap();
        }
        let inputs = read_paths(&[Path::new("-"), folder.path()], 100);
        let names: Vec<_> = inputs
            .iter()
            .map(|input| input.name.rsplit('/').next().unwrap())
            .collect();
        assert_eq!(names, ["-", "a.md", "b.txt"]);
    }

    #[test]
    fn a_document_is_read_one_byte_beyond_the_limit() {
        let inputs = read_paths(&[Path::new("-")], 3);
        assert_eq!(inputs[0].content.as_ref().unwrap(), b"inpu");
    }

    #[test]
    fn a_missing_file_is_an_input_that_cannot_be_read() {
        let inputs = read_paths(&[Path::new("/nowhere/x.txt")], 100);
        assert_eq!(inputs[0].name, "/nowhere/x.txt");
        assert!(inputs[0].content.is_err());
    }
}
