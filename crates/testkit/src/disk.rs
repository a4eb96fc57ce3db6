//! Disks that are small or cannot be written, for tests as root.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::engine::in_ci;

/// A folder on a file system of its own, which goes away with this value.
#[derive(Debug)]
pub struct Disk {
    folder: TempDir,
}

impl Disk {
    /// An empty disk of so many bytes, in memory; `None` where nothing can be mounted.
    ///
    /// Says loudly when that is so, and panics when it must not be: under `CI=true`.
    #[must_use]
    pub fn of_size(bytes: u64) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder to mount a disk on");
        let options = size(bytes);
        let mounted = mount(&["-t", "tmpfs", "-o", &options, "tmpfs"], folder.path());
        mounted.then_some(Self { folder })
    }

    /// Where the disk is mounted.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The address of an SQLite file on the disk.
    #[must_use]
    pub fn url(&self) -> String {
        format!("sqlite://{}", self.file().display())
    }

    /// The SQLite file of this address.
    #[must_use]
    pub fn file(&self) -> PathBuf {
        self.folder().join("board.db")
    }

    /// Makes the disk larger or smaller.
    pub fn resize(&self, bytes: u64) {
        self.remount(&size(bytes));
    }

    /// Lets nobody write any more; no file may be open for writing.
    pub fn protect(&self) {
        self.remount("ro");
    }

    /// Lets everybody write again.
    pub fn unprotect(&self) {
        self.remount("rw");
    }

    fn remount(&self, option: &str) {
        let options = format!("remount,{option}");
        assert!(mount(&["-o", &options], self.folder()), "{option}");
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Lazily, because whoever has a file open may be dropped later.
        let _ = Command::new("umount").arg("-l").arg(self.folder()).status();
    }
}

fn size(bytes: u64) -> String {
    format!("size={bytes}")
}

fn mount(arguments: &[&str], folder: &Path) -> bool {
    let mounted = Command::new("mount").args(arguments).arg(folder).output();
    let problem = match mounted {
        Ok(output) if output.status.success() => return true,
        Ok(output) => String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        Err(error) => error.to_string(),
    };
    eprintln!("SKIPPED: nothing can be mounted here: {problem}");
    assert!(!in_ci(), "nothing can be mounted under CI=true: {problem}");
    false
}
