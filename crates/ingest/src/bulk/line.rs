//! What stands in the lines of the bulk format.

use app::{RefusalCode, content_hash};
use domain::category::Category;
use domain::read::{CategoryTree, FeedPlace, NotLoaded, RoleTree, SkillTree};
use domain::role::{PublicationState, Role};
use domain::skill::Skill;
use serde::{Deserialize, Serialize};

use super::document::RoleDocument;
use super::import::LineError;
use super::spelled::Spelled;

/// The name of the format.
pub const FORMAT: &str = "rolegraph";
/// The version of the format; members may be added without a new one.
pub const VERSION: u32 = 1;

/// What a line is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// The first line: what follows.
    Header,
    /// A category.
    Category,
    /// A skill.
    Skill,
    /// A role with everything that it owns.
    Role,
    /// The last line: how many lines there were.
    Trailer,
}

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Header {
    #[serde(rename = "type")]
    kind: Kind,
    format: String,
    format_version: u32,
    pub(super) catalogue_version: u64,
    cursor: String,
    states: Vec<Spelled<PublicationState>>,
}

/// A category.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct CategoryLine {
    #[serde(rename = "type")]
    kind: Kind,
    id: String,
    slug: String,
    path: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    parent_id: Option<String>,
    position: u32,
}

/// A skill.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct SkillLine {
    #[serde(rename = "type")]
    kind: Kind,
    id: String,
    slug: String,
    name: String,
    #[serde(rename = "kind")]
    sort: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<String>,
}

/// A role. An import takes its document and nothing else.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct RoleLine {
    #[serde(rename = "type")]
    kind: Kind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    slug: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    revision: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    created_at: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    updated_at: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    published_at: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    content_hash: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    category_ids: Option<Vec<String>>,
    pub(super) document: RoleDocument,
}

/// The last line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Trailer {
    #[serde(rename = "type")]
    kind: Kind,
    counts: Counts,
}

/// How many lines of each kind there were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Counts {
    pub(super) categories: u64,
    pub(super) skills: u64,
    pub(super) roles: u64,
}

impl Header {
    pub(super) fn new(version: u64, states: &[PublicationState]) -> Self {
        Self {
            kind: Kind::Header,
            format: FORMAT.to_owned(),
            format_version: VERSION,
            catalogue_version: version,
            cursor: FeedPlace(version).to_string(),
            states: states.iter().copied().map(Spelled).collect(),
        }
    }
}

impl CategoryLine {
    pub(super) fn of(tree: &CategoryTree) -> Result<Self, NotLoaded> {
        let Category {
            id,
            slug,
            name: _,
            position,
        } = &tree.category;
        Ok(Self {
            kind: Kind::Category,
            id: id.to_string(),
            slug: slug.to_string(),
            // Its last name is that of the category.
            path: tree.path.get()?.clone(),
            parent_id: tree
                .parent
                .get()?
                .as_ref()
                .map(|parent| parent.category.id.to_string()),
            position: *position,
        })
    }
}

impl SkillLine {
    pub(super) fn of(tree: &SkillTree) -> Result<Self, NotLoaded> {
        let Skill {
            id,
            slug,
            name,
            kind,
        } = &tree.skill;
        Ok(Self {
            kind: Kind::Skill,
            id: id.to_string(),
            slug: slug.to_string(),
            name: name.clone(),
            sort: kind.to_string(),
            aliases: tree.aliases.get()?.clone(),
        })
    }
}

impl RoleLine {
    pub(super) fn of(tree: &RoleTree) -> Result<Self, NotLoaded> {
        let draft = tree.to_draft()?;
        let categories = tree.categories.get()?.iter();
        let categories = categories.map(|category| category.category.id.to_string());
        let Role {
            id,
            slug,
            revision,
            created_at,
            updated_at,
            published_at,
            ..
        } = &tree.role;
        Ok(Self {
            kind: Kind::Role,
            id: Some(id.to_string()),
            slug: Some(slug.to_string()),
            revision: Some(*revision),
            created_at: Some(created_at.to_string()),
            updated_at: Some(updated_at.to_string()),
            published_at: published_at.map(|moment| moment.to_string()),
            content_hash: Some(content_hash(&draft)),
            category_ids: Some(categories.collect()),
            document: RoleDocument::of(&draft),
        })
    }
}

impl Trailer {
    pub(super) fn new(counts: Counts) -> Self {
        Self {
            kind: Kind::Trailer,
            counts,
        }
    }
}

/// A line that was read.
#[derive(Debug)]
pub(super) enum Entry {
    /// What a role is to say.
    Role(Box<RoleDocument>),
    /// A line that an import has no use for.
    Other,
}

/// Reads a line, or tells what is wrong with it.
pub(super) fn read(text: &[u8]) -> Result<Entry, LineError> {
    #[derive(Deserialize)]
    struct Typed {
        #[serde(rename = "type")]
        kind: Kind,
    }
    if text.trim_ascii_start().first() != Some(&b'{') {
        let message = "expected a JSON object, all of it on one line".to_owned();
        return Err(LineError::new(RefusalCode::Invalid, &[], message));
    }
    let Typed { kind } = parse(text)?;
    match kind {
        Kind::Header => check(&parse(text)?)?,
        Kind::Category => {
            let CategoryLine { .. } = parse(text)?;
        }
        Kind::Skill => {
            let SkillLine { .. } = parse(text)?;
        }
        Kind::Trailer => {
            let Trailer { .. } = parse(text)?;
        }
        Kind::Role => {
            let RoleLine { document, .. } = parse(text)?;
            return Ok(Entry::Role(Box::new(document)));
        }
    }
    Ok(Entry::Other)
}

/// Refuses what another format or a later version of this one says.
fn check(header: &Header) -> Result<(), LineError> {
    let Header {
        format,
        format_version,
        ..
    } = header;
    if format != FORMAT {
        let message = format!("the format is \"{format}\": expected \"{FORMAT}\"");
        return Err(LineError::new(RefusalCode::Invalid, &["format"], message));
    }
    if *format_version != VERSION {
        let message = format!("the version of the format is {format_version}: expected {VERSION}");
        let path = &["formatVersion"];
        return Err(LineError::new(RefusalCode::Invalid, path, message));
    }
    Ok(())
}

fn parse<'de, T: Deserialize<'de>>(text: &'de [u8]) -> Result<T, LineError> {
    serde_json::from_slice(text).map_err(|error| LineError::of_json(&error))
}
