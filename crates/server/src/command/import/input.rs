//! What an import reads: files, directories and standard input.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use ingest::import;

/// Room for a usual document, which spares moving it while it is read.
const USUAL_BYTES: usize = 32 << 10;

/// A document, or a place where there should be some.
pub(super) struct Input {
    name: String,
    content: Content,
    /// The most bytes that a document may have.
    limit: usize,
}

enum Content {
    /// Read when it is asked for.
    File(PathBuf),
    /// Read already: it can be read only once.
    Read(Vec<u8>),
    /// Why there is none.
    Missing(io::Error),
}

impl import::Input for Input {
    fn name(&self) -> &str {
        &self.name
    }

    fn read(&self) -> io::Result<Cow<'_, [u8]>> {
        match &self.content {
            Content::File(path) => {
                let mut file = File::open(path)?;
                Ok(Cow::Owned(read(&mut file, self.limit)?))
            }
            Content::Read(bytes) => Ok(Cow::Borrowed(bytes)),
            Content::Missing(error) => Err(io::Error::new(error.kind(), error.to_string())),
        }
    }
}

impl Input {
    fn new(name: String, content: io::Result<Content>, limit: usize) -> Self {
        Self {
            name,
            content: content.unwrap_or_else(Content::Missing),
            limit,
        }
    }

    fn file(path: PathBuf, limit: usize) -> Self {
        let name = path.display().to_string();
        Self::new(name, Ok(Content::File(path)), limit)
    }
}

/// Lists all documents: paths in the order in which they are given, directories by path.
pub(super) fn list(paths: &[PathBuf], standard_input: &mut dyn Read, limit: usize) -> Vec<Input> {
    let mut inputs = Vec::new();
    for path in paths {
        if path == Path::new("-") {
            let content = read(standard_input, limit).map(Content::Read);
            inputs.push(Input::new("-".to_owned(), content, limit));
        } else if path.is_dir() {
            list_folder(path, limit, &mut inputs);
        } else {
            inputs.push(Input::file(path.clone(), limit));
        }
    }
    inputs
}

/// Lists every file that is not hidden, and the folders below, in the order of their names.
fn list_folder(folder: &Path, limit: usize, inputs: &mut Vec<Input>) {
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let mut paths: Vec<PathBuf> = match entries {
        Ok(entries) => entries.iter().map(fs::DirEntry::path).collect(),
        Err(error) => {
            let name = folder.display().to_string();
            inputs.push(Input::new(name, Err(error), limit));
            return;
        }
    };
    paths.retain(|path| !is_hidden(path));
    paths.sort();
    for path in paths {
        if path.is_dir() {
            list_folder(&path, limit, inputs);
        } else {
            inputs.push(Input::file(path, limit));
        }
    }
}

fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    name.is_some_and(|name| name.starts_with('.'))
}

/// Reads one byte beyond the limit at most, so that the importer sees that it is exceeded.
fn read(source: &mut dyn Read, limit: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(USUAL_BYTES.min(limit));
    let limit = u64::try_from(limit).unwrap_or(u64::MAX);
    source
        .take(limit.saturating_add(1))
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use ingest::import::Input as _;

    use super::*;

    fn list_paths(paths: &[&Path], limit: usize) -> Vec<Input> {
        let paths: Vec<_> = paths.iter().map(|path| (*path).to_owned()).collect();
        list(&paths, &mut "input".as_bytes(), limit)
    }

    #[test]
    fn paths_keep_their_order_and_folders_are_sorted() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.txt", "a.md", ".hidden"] {
            fs::write(folder.path().join(name), name).unwrap();
        }
        let inputs = list_paths(&[Path::new("-"), folder.path()], 100);
        let names: Vec<_> = inputs
            .iter()
            .map(|input| input.name.rsplit('/').next().unwrap())
            .collect();
        assert_eq!(names, ["-", "a.md", "b.txt"]);
    }

    #[test]
    fn a_document_is_read_one_byte_beyond_the_limit() {
        let inputs = list_paths(&[Path::new("-")], 3);
        assert_eq!(*inputs[0].read().unwrap(), *b"inpu");
    }

    #[test]
    fn a_missing_file_is_an_input_that_cannot_be_read() {
        let inputs = list_paths(&[Path::new("/nowhere/x.txt")], 100);
        assert_eq!(inputs[0].name, "/nowhere/x.txt");
        assert!(inputs[0].read().is_err());
    }

    #[test]
    fn a_file_is_read_when_it_is_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        fs::write(&path, "before").unwrap();
        let inputs = list_paths(&[&path], 100);
        fs::write(&path, "after").unwrap();
        assert_eq!(*inputs[0].read().unwrap(), *b"after");
        fs::remove_file(&path).unwrap();
        assert!(inputs[0].read().is_err());
    }
}
