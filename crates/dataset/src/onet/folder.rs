//! The files of a release in their folder.

use std::fs;
use std::path::Path;

use super::ReleaseOptions;
use super::kind::TableKind;
use super::layout::Names;
use crate::file::TableFile;
use crate::finding::{Code, Finding, ReadError};
use crate::folder::{entries, stem, unknown};
use crate::table::{Layout, Options, Quoting, Table, file_name};

/// What was found in a folder.
#[derive(Debug, Default)]
pub(super) struct Folder {
    /// The tables in the order in which they are read.
    pub(super) files: Vec<TableFile<TableKind>>,
    /// The text that comes with a release.
    pub(super) read_me: Option<String>,
    pub(super) findings: Vec<Finding>,
}

impl Folder {
    /// Looks for the tables in a folder.
    pub(super) fn scan(path: &Path, options: &ReleaseOptions) -> Result<Self, ReadError> {
        let names = Names::new(&options.mapping)?;
        let mut folder = Self::default();
        let mut stems: Vec<(TableKind, String)> = Vec::new();
        for path in entries(path)? {
            let file = file_name(&path);
            let stem = stem(&file);
            if stem.to_lowercase().starts_with("read me") || stem.eq_ignore_ascii_case("readme") {
                folder.read_me = fs::read_to_string(&path).ok();
                continue;
            }
            if let Some(name) = names.unknown(stem) {
                let message = format!(
                    "the mapping calls the file \"{name}\": expected the name of a table, such as \
                     \"Skills\""
                );
                let finding = Finding::error(&file, Code::InvalidMapping, message);
                folder.findings.push(finding);
                continue;
            }
            let Some(kind) = names.kind(stem) else {
                folder.findings.push(unknown(&file));
                continue;
            };
            if stems.contains(&(kind, stem.to_lowercase())) {
                let message = format!("another file is \"{kind}\" too: expected one of them");
                let finding = Finding::error(&file, Code::DuplicateTable, message);
                folder.findings.push(finding);
                continue;
            }
            stems.push((kind, stem.to_lowercase()));
            folder.add(kind, &path, &names, options)?;
        }
        folder.files.sort_by_key(|file| file.kind);
        folder.note_missing(&file_name(path));
        Ok(folder)
    }

    /// Opens a file and looks for its columns.
    fn add(
        &mut self,
        kind: TableKind,
        path: &Path,
        names: &Names,
        options: &ReleaseOptions,
    ) -> Result<(), ReadError> {
        let (table, table_options) = open(path, options)?;
        let binding = names.bind(kind, stem(table.file()), table.header());
        self.findings.extend(binding.findings(table.file()));
        if binding.is_complete() {
            self.files.push(TableFile {
                kind,
                path: path.to_owned(),
                name: table.file().into(),
                options: table_options,
                binding,
                format: table.format().clone(),
                rows: 0,
            });
        }
        Ok(())
    }

    /// Warns of tables that are not there.
    fn note_missing(&mut self, folder: &str) {
        for kind in TableKind::ALL {
            let is_there = self.files.iter().any(|file| file.kind == *kind);
            // Abilities and the like are read when they are there and missed by nobody.
            let is_extra = matches!(
                kind,
                TableKind::Abilities
                    | TableKind::WorkActivities
                    | TableKind::Interests
                    | TableKind::WorkValues
            );
            if is_there || is_extra || *kind == TableKind::OccupationData {
                continue;
            }
            let message = format!("there is no table \"{kind}\"; what it holds stays as it is");
            self.findings
                .push(Finding::warning(folder, Code::MissingTable, message));
        }
    }
}

/// Opens a file by the delimiter that its header has.
fn open(path: &Path, options: &ReleaseOptions) -> Result<(Table, Options), ReadError> {
    let of = |layout| Options {
        layout,
        limits: options.limits,
        pad: 0,
    };
    let tabs = of(match options.quoting {
        Quoting::None => Layout::TABS,
        Quoting::Csv => Layout::QUOTED_TABS,
    });
    let commas = of(Layout::COMMAS);
    let table = Table::open(path, &tabs);
    let has_commas = match &table {
        Ok(table) => table.header().width() == 1 && table.format().header.contains(','),
        Err(error) => error.finding.code == Code::QuotedCell,
    };
    if has_commas {
        let table = Table::open(path, &commas)?;
        if table.header().width() > 1 {
            return Ok((table, commas));
        }
    }
    Ok((table?, tabs))
}
