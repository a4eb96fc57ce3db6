//! `rolegraph export`: roles as documents.

use std::fs;
use std::path::Path;

use anyhow::Context as _;
use domain::read::page::MAX_PAGE_SIZE;
use domain::read::{Connection, Cursor, PageRequest, RoleBy, RoleParts, RoleTree, RolesRequest};
use domain::{Locale, Slug};
use persistence::Reads;

use super::{export_lines, open};
use crate::Console;
use crate::cli::{ExportArguments, ExportFormat};
use crate::failure::{Outcome, WrongUsage};
use crate::settings::Settings;

pub(super) async fn execute(
    arguments: &ExportArguments,
    settings: &Settings,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let format = match arguments.format {
        ExportFormat::Markdown => Format::Markdown,
        ExportFormat::Page => Format::Page,
        ExportFormat::Ndjson => return export_lines::execute(arguments, settings, console).await,
    };
    let target = Target::of(arguments)?;
    let database = open(settings).await?;
    let export = Export {
        reads: database.reads(),
        format,
        console,
    };
    let outcome = match target {
        Target::Output(slug) => export.print(slug).await,
        Target::Folder(folder) => export.write_files(&arguments.slugs, folder).await,
    };
    database
        .close()
        .await
        .context("cannot close the database")?;
    outcome
}

/// How documents are written.
#[derive(Clone, Copy)]
enum Format {
    Markdown,
    Page,
}

/// Where documents go.
enum Target<'a> {
    /// The document of one role, to standard output.
    Output(&'a str),
    /// One file per role, into a directory.
    Folder(&'a Path),
}

impl<'a> Target<'a> {
    fn of(arguments: &'a ExportArguments) -> Result<Self, WrongUsage> {
        match (&arguments.out, arguments.slugs.as_slice()) {
            (Some(folder), _) => Ok(Self::Folder(folder)),
            (None, [slug]) => Ok(Self::Output(slug)),
            (None, _) => Err(WrongUsage(
                "several roles are several files: name a directory with --out DIR".to_owned(),
            )),
        }
    }
}

struct Export<'e, 'c> {
    reads: &'e Reads,
    format: Format,
    console: &'e mut Console<'c>,
}

impl Export<'_, '_> {
    /// Writes the document of one role to standard output.
    async fn print(self, slug: &str) -> anyhow::Result<Outcome> {
        let Some(role) = self.find(slug).await? else {
            writeln!(self.console.errors, "rolegraph: {}", unknown(slug))?;
            return Ok(Outcome::Failed);
        };
        let text = self.document(&role)?;
        self.console.output.write_all(text.as_bytes())?;
        Ok(Outcome::Done)
    }

    /// Writes one file per role; a slug that no role has does not keep the others back.
    async fn write_files(self, slugs: &[String], folder: &Path) -> anyhow::Result<Outcome> {
        let shown = folder.display();
        fs::create_dir_all(folder).with_context(|| format!("cannot create {shown}"))?;
        let mut written = 0;
        let mut missing = false;
        if slugs.is_empty() {
            written = self.write_all(folder).await?;
        }
        for slug in slugs {
            if let Some(role) = self.find(slug).await? {
                self.write_file(&role, folder)?;
                written += 1;
            } else {
                writeln!(self.console.errors, "rolegraph: {}", unknown(slug))?;
                missing = true;
            }
        }
        writeln!(self.console.output, "roles written to {shown}: {written}")?;
        Ok(Outcome::of(!missing))
    }

    /// Writes every role, page by page.
    async fn write_all(&self, folder: &Path) -> anyhow::Result<usize> {
        let mut written = 0;
        let mut after = None;
        loop {
            let page = self.reads.roles_page(&documents_after(after)).await;
            let page = page.context("cannot read the roles")?;
            for edge in &page.edges {
                self.write_file(&edge.node, folder)?;
            }
            written += page.edges.len();
            after = page.edges.last().map(|edge| edge.cursor.clone());
            if !page.has_next || after.is_none() {
                return Ok(written);
            }
        }
    }

    async fn find(&self, slug: &str) -> anyhow::Result<Option<RoleTree>> {
        let Ok(parsed) = Slug::parse(slug) else {
            return Ok(None);
        };
        let (by, parts) = (RoleBy::Slug(parsed), RoleParts::document());
        let found = self.reads.find_role(&by, &parts).await;
        found.with_context(|| format!("cannot read the role {slug}"))
    }

    fn write_file(&self, role: &RoleTree, folder: &Path) -> anyhow::Result<()> {
        let name = self.file_name(role);
        let text = self.document(role)?;
        write_at_once(folder, &name, &text).with_context(|| format!("cannot write {name}"))
    }

    fn file_name(&self, role: &RoleTree) -> String {
        let ending = match self.format {
            Format::Markdown => "md",
            Format::Page => "txt",
        };
        let (slug, locale) = (&role.role.slug, &role.role.locale);
        if *locale == Locale::english() {
            format!("{slug}.{ending}")
        } else {
            format!("{slug}.{locale}.{ending}")
        }
    }

    fn document(&self, role: &RoleTree) -> anyhow::Result<String> {
        let draft = role.to_draft().context("a role was not read whole")?;
        Ok(match self.format {
            Format::Markdown => ingest::write_markdown(&draft),
            Format::Page => ingest::write_page(&draft),
        })
    }
}

fn unknown(slug: &str) -> String {
    format!("no role has the slug \"{slug}\"")
}

fn documents_after(after: Option<Cursor>) -> Connection<RolesRequest, RoleParts> {
    let page = PageRequest {
        cursor: after,
        ..PageRequest::first(MAX_PAGE_SIZE)
    };
    Connection {
        request: RolesRequest {
            page,
            ..RolesRequest::default()
        },
        total: false,
        node: RoleParts::document(),
    }
}

/// Readers of the directory see the old file or the new one, never a part.
fn write_at_once(folder: &Path, name: &str, text: &str) -> std::io::Result<()> {
    let unfinished = folder.join(format!(".{name}.unfinished"));
    let written =
        fs::write(&unfinished, text).and_then(|()| fs::rename(&unfinished, folder.join(name)));
    if written.is_err() {
        // What is left over is of no use; the first error is the one to tell.
        let _ = fs::remove_file(&unfinished);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_and_nothing_else_stays() {
        let folder = tempfile::tempdir().unwrap();
        write_at_once(folder.path(), "a.md", "old").unwrap();
        write_at_once(folder.path(), "a.md", "new").unwrap();
        assert_eq!(
            fs::read_to_string(folder.path().join("a.md")).unwrap(),
            "new"
        );
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn only_a_single_role_goes_to_standard_output() {
        let target = |slugs: &[&str], out: Option<&str>| {
            let arguments = ExportArguments {
                slugs: slugs.iter().map(|slug| (*slug).to_owned()).collect(),
                format: ExportFormat::Markdown,
                out: out.map(Into::into),
            };
            Target::of(&arguments).is_ok()
        };
        assert!(target(&["chef"], None));
        assert!(target(&[], Some("out")));
        assert!(!target(&[], None));
        assert!(!target(&["chef", "plumber"], None));
    }
}
