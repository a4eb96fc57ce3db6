//! Who listens while files are read.

use crate::finding::Finding;

/// How far the reading of a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress<'f> {
    /// The name of the file.
    pub file: &'f str,
    /// How many rows were read.
    pub rows: u64,
    /// How many bytes were read from the disk.
    pub bytes: u64,
    /// How many bytes the file has on the disk.
    pub of_bytes: u64,
}

/// Takes what comes up while files are read, so that nobody has to hold all of it.
pub trait Observer {
    /// Something is wrong or doubtful.
    fn found(&mut self, finding: Finding);

    /// A file was read further; called after some thousand rows of a file and at its end.
    fn progressed(&mut self, progress: Progress<'_>) {
        let _ = progress;
    }
}

impl Observer for Vec<Finding> {
    fn found(&mut self, finding: Finding) {
        self.push(finding);
    }
}

impl<O: Observer + ?Sized> Observer for &mut O {
    fn found(&mut self, finding: Finding) {
        (**self).found(finding);
    }

    fn progressed(&mut self, progress: Progress<'_>) {
        (**self).progressed(progress);
    }
}

/// After how many rows of a file its progress is told.
pub(crate) const PROGRESS_ROWS: u64 = 4096;
