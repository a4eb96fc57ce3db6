//! A catalogue as lines, all of one version.

use std::time::Duration;

use domain::read::{
    CategoriesRequest, CategoryParts, Connection, Cursor, NotLoaded, Page, PageRequest, RoleParts,
    RolesRequest, SkillParts, SkillsRequest,
};
use domain::role::PublicationState;
use persistence::{Database, PersistenceError, Reads};
use serde::Serialize;

use super::line::{CategoryLine, Counts, Header, RoleLine, SkillLine, Trailer};

/// How many categories or skills are read at once.
const SMALL: u32 = 500;
/// How many roles: each may have a megabyte.
const LARGE: u32 = 25;

/// Why an export failed; what was told before is no catalogue.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The database failed.
    #[error(transparent)]
    Persistence(#[from] PersistenceError),
    /// Something was not read whole: a mistake of ours.
    #[error(transparent)]
    NotLoaded(#[from] NotLoaded),
    /// A line could not be written: a mistake of ours.
    #[error("a line could not be written")]
    Json(#[from] serde_json::Error),
}

/// An export on its way, which holds a page of the catalogue and no more.
#[derive(Debug)]
pub struct Export {
    reads: Reads,
    header: Header,
    states: Vec<PublicationState>,
    stage: Stage,
    counts: Counts,
}

/// What is told next; lists go on behind a cursor.
#[derive(Debug)]
enum Stage {
    Header,
    Categories(Option<Cursor>),
    Skills(Option<Cursor>),
    Roles(Option<Cursor>),
    Trailer,
    Over,
}

impl Export {
    /// Begins with the catalogue as it is now, of which roles in these states are told. It has to
    /// be over in time: so long the database keeps what others change meanwhile.
    pub async fn begin(
        database: &Database,
        states: &[PublicationState],
        time: Duration,
    ) -> Result<Self, ExportError> {
        let reads = database.snapshot_apart(time).await?;
        let version = reads.catalogue_version().await?;
        Ok(Self {
            reads,
            header: Header::new(version, states),
            states: states.to_vec(),
            stage: Stage::Header,
            counts: Counts::default(),
        })
    }

    /// The version of the catalogue that is told.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.header.catalogue_version
    }

    /// The next lines, each with its break; `None` when everything is told.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, ExportError> {
        let mut text = Vec::new();
        while text.is_empty() {
            let stage = std::mem::replace(&mut self.stage, Stage::Over);
            self.stage = match stage {
                Stage::Header => {
                    write(&mut text, &self.header)?;
                    Stage::Categories(None)
                }
                Stage::Categories(after) => self.categories(&mut text, after).await?,
                Stage::Skills(after) => self.skills(&mut text, after).await?,
                Stage::Roles(after) => self.roles(&mut text, after).await?,
                Stage::Trailer => {
                    write(&mut text, &Trailer::new(self.counts))?;
                    Stage::Over
                }
                Stage::Over => return Ok(None),
            };
        }
        Ok(Some(text))
    }

    async fn categories(
        &mut self,
        text: &mut Vec<u8>,
        after: Option<Cursor>,
    ) -> Result<Stage, ExportError> {
        let wanted = Connection {
            request: CategoriesRequest {
                page: behind(after, SMALL),
                ..CategoriesRequest::default()
            },
            total: false,
            node: CategoryParts {
                path: true,
                parent: Some(Box::default()),
                ..CategoryParts::default()
            },
        };
        let page = self.reads.categories_page(&wanted).await?;
        for edge in &page.edges {
            write(text, &CategoryLine::of(&edge.node)?)?;
            self.counts.categories += 1;
        }
        Ok(match end(page) {
            Some(cursor) => Stage::Categories(Some(cursor)),
            None => Stage::Skills(None),
        })
    }

    async fn skills(
        &mut self,
        text: &mut Vec<u8>,
        after: Option<Cursor>,
    ) -> Result<Stage, ExportError> {
        let wanted = Connection {
            request: SkillsRequest {
                page: behind(after, SMALL),
                ..SkillsRequest::default()
            },
            total: false,
            node: SkillParts {
                aliases: true,
                ..SkillParts::default()
            },
        };
        let page = self.reads.skills_page(&wanted).await?;
        for edge in &page.edges {
            write(text, &SkillLine::of(&edge.node)?)?;
            self.counts.skills += 1;
        }
        Ok(match end(page) {
            Some(cursor) => Stage::Skills(Some(cursor)),
            None => Stage::Roles(None),
        })
    }

    async fn roles(
        &mut self,
        text: &mut Vec<u8>,
        after: Option<Cursor>,
    ) -> Result<Stage, ExportError> {
        let wanted = Connection {
            request: RolesRequest {
                page: behind(after, LARGE),
                ..RolesRequest::default()
            },
            total: false,
            node: RoleParts {
                categories: Some(Box::default()),
                ..RoleParts::document()
            },
        };
        let page = if self.states == [PublicationState::Published] {
            self.reads.published_roles_page(&wanted).await?
        } else {
            self.reads.roles_page(&wanted).await?
        };
        let roles = page.edges.iter().map(|edge| &edge.node);
        for tree in roles.filter(|tree| self.states.contains(&tree.role.state)) {
            write(text, &RoleLine::of(tree)?)?;
            self.counts.roles += 1;
        }
        Ok(match end(page) {
            Some(cursor) => Stage::Roles(Some(cursor)),
            None => Stage::Trailer,
        })
    }
}

fn write(text: &mut Vec<u8>, line: &impl Serialize) -> Result<(), ExportError> {
    serde_json::to_writer(&mut *text, line)?;
    text.push(b'\n');
    Ok(())
}

fn behind(cursor: Option<Cursor>, limit: u32) -> PageRequest {
    PageRequest {
        cursor,
        ..PageRequest::first(limit)
    }
}

/// Where the page after this one begins; `None` behind the last one.
fn end<T>(mut page: Page<T>) -> Option<Cursor> {
    let last = page.edges.pop().filter(|_| page.has_next);
    last.map(|edge| edge.cursor)
}
