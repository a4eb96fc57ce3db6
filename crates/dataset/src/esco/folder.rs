//! The files of ESCO in their folder.

use std::path::Path;

use domain::Locale;

use super::ReleaseOptions;
use super::kind::{FileId, FileKind};
use crate::file::TableFile;
use crate::finding::{Code, Finding, ReadError};
use crate::folder::{entries, stem, unknown};
use crate::table::{Binding, Layout, Options, Table, file_name};

/// What was found in a folder.
#[derive(Debug, Default)]
pub(super) struct Folder {
    /// The files by what they hold, those of the primary language first.
    pub(super) files: Vec<TableFile<FileId>>,
    pub(super) findings: Vec<Finding>,
}

impl Folder {
    /// Looks for the files in a folder.
    pub(super) fn scan(path: &Path, options: &ReleaseOptions) -> Result<Self, ReadError> {
        let mut folder = Self::default();
        let mut seen: Vec<FileId> = Vec::new();
        for path in entries(path)? {
            let name = file_name(&path);
            let stem = stem(&name);
            let id = FileId::parse(options.mapping.table(stem).unwrap_or(stem));
            let Some(id) = id else {
                folder.findings.push(unknown(&name));
                continue;
            };
            if !options.locales.is_empty() && !options.locales.contains(&id.locale) {
                continue;
            }
            if seen.contains(&id) {
                let message = format!(
                    "another file is \"{}\" in {} too: expected one of them",
                    id.name, id.locale
                );
                let finding = Finding::error(&name, Code::DuplicateTable, message);
                folder.findings.push(finding);
                continue;
            }
            seen.push(id.clone());
            folder.add(id, &path, options)?;
        }
        let is_other = |locale: &Locale| *locale != options.primary;
        folder.files.sort_by(|left, right| {
            let key = |id: &FileId| (id.kind, is_other(&id.locale), id.clone());
            key(&left.kind).cmp(&key(&right.kind))
        });
        folder.keep_one_of_each_relation();
        folder.note_missing(&file_name(path));
        Ok(folder)
    }

    /// Opens a file and looks for its columns.
    fn add(&mut self, id: FileId, path: &Path, options: &ReleaseOptions) -> Result<(), ReadError> {
        let table_options = Options {
            layout: Layout::COMMAS,
            limits: options.limits,
            pad: id.kind.may_leave_out(),
        };
        let table = Table::open(path, &table_options)?;
        let stem = stem(table.file());
        let renamed = |column: &str| options.mapping.column(&id.name, stem, column);
        let binding = Binding::find(table.header(), id.kind.columns(), renamed, "");
        self.findings.extend(binding.findings(table.file()));
        if binding.is_complete() {
            self.files.push(TableFile {
                kind: id,
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

    /// Relations are the same in every language, so that those of one are enough.
    fn keep_one_of_each_relation(&mut self) {
        let mut kept: Vec<FileKind> = Vec::new();
        let findings = &mut self.findings;
        self.files.retain(|file| {
            let kind = file.kind.kind;
            if !kind.is_about_relations() {
                return true;
            }
            if kept.contains(&kind) {
                let message = "the file says what that of another language says; it is left alone";
                findings.push(Finding::warning(&file.name, Code::DuplicateTable, message));
                return false;
            }
            kept.push(kind);
            true
        });
    }

    /// Warns of files that are not there. `occupationSkillRelations` and collections are missed by
    /// nobody: they are distributed apart.
    fn note_missing(&mut self, folder: &str) {
        let looked_for = [
            FileKind::IscoGroups,
            FileKind::Skills,
            FileKind::SkillGroups,
            FileKind::OccupationBroader,
            FileKind::SkillBroader,
            FileKind::SkillSkill,
            FileKind::SkillsHierarchy,
            FileKind::ConceptSchemes,
        ];
        for kind in looked_for {
            if self.files.iter().any(|file| file.kind.kind == kind) {
                continue;
            }
            let message = format!("there is no file \"{kind}\"; what it holds stays as it is");
            self.findings
                .push(Finding::warning(folder, Code::MissingTable, message));
        }
    }
}
