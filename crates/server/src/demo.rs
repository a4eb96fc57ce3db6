//! The demo catalogue: role documents that are part of the program.

use anyhow::{Context as _, anyhow};
use app::StoreOptions;
use domain::limits::ContentLimits;
use domain::read::{Connection, Count, PageRequest, RoleParts, RolesRequest};
use domain::role::RoleDraft;
use ingest::Format;
use ingest::skill::{self, Dictionary};
use persistence::Database;

use crate::catalogue::catalogue;

#[derive(rust_embed::Embed)]
#[folder = "../../data/roles"]
struct Documents;

/// How many roles the catalogue has, in any state.
pub(crate) async fn number_of_roles(database: &Database) -> anyhow::Result<Count> {
    let request = RolesRequest {
        page: PageRequest::first(0),
        ..RolesRequest::default()
    };
    let wanted = Connection {
        request,
        total: true,
        node: RoleParts::default(),
    };
    let page = database.reads().roles_page(&wanted).await;
    let page = page.context("cannot count the roles")?;
    page.total.context("the database did not count the roles")
}

/// The documents of the demo catalogue, in the order of their names, which is that of their ids.
pub(crate) fn drafts() -> anyhow::Result<Vec<RoleDraft>> {
    let mut names: Vec<_> = Documents::iter().collect();
    names.sort();
    let dictionary = Dictionary::embedded().context("cannot read the skill dictionary")?;
    let limits = ContentLimits::default();
    let mut drafts = Vec::with_capacity(names.len());
    for name in names {
        let mut draft = draft(&name, &limits)?;
        skill::enrich(&mut draft, &dictionary);
        drafts.push(draft);
    }
    Ok(drafts)
}

/// Stores the demo catalogue, all or nothing.
pub(crate) async fn fill(database: &Database, drafts: &[RoleDraft]) -> anyhow::Result<Count> {
    let options = StoreOptions::new("demo");
    let catalogue = catalogue(database, ContentLimits::default());
    let stored = catalogue.store_roles(drafts, options).await;
    let stored = stored.context("cannot store the demo catalogue")?;
    Ok(Count::capped(
        u64::try_from(stored.len()).unwrap_or(u64::MAX),
    ))
}

fn draft(name: &str, limits: &ContentLimits) -> anyhow::Result<RoleDraft> {
    let file = Documents::get(name).with_context(|| format!("demo document {name} is gone"))?;
    let document = ingest::read_document(name, &file.data, Format::Markdown, limits);
    document.draft.ok_or_else(|| {
        let found = document
            .findings
            .iter()
            .map(|finding| finding.message.as_str());
        anyhow!(
            "demo document {name}: {}",
            found.collect::<Vec<_>>().join("; ")
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_demo_document_is_read_without_a_finding() {
        let names: Vec<_> = Documents::iter().collect();
        assert!(names.len() >= 24, "{} documents", names.len());
        for name in names {
            let file = Documents::get(&name).unwrap();
            let limits = ContentLimits::default();
            let document = ingest::read_document(&name, &file.data, Format::Markdown, &limits);
            assert!(document.draft.is_some(), "{name}");
            assert!(
                document.findings.is_empty(),
                "{name}: {:?}",
                document.findings
            );
        }
    }
}
