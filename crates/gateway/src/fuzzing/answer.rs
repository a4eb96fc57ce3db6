//! Answers from trees in memory, to measure how they are written.

use std::borrow::Cow;

use async_graphql::{EmptyMutation, EmptySubscription, Object, Request, Schema, Variables};
use domain::id::Id;
use domain::id::{CategoryId, DutyId, FaqId, GroupId, QualificationId, RoleId, SkillId, Stored};
use domain::read::{
    CategoryTree, Cursor, Edge, FaqTree, Page, PageRequest, Pages, Part, RoleSkillFilter,
    RoleSkillsRequest, RoleTree, SkillTree,
};
use domain::role::salary::Origin;
use domain::role::{
    Duty, DutyKind, Faq, PublicationState, Qualification, QualificationGroup, Role as RoleRow,
};
use domain::skill::{Requirement, RoleSkill, Skill, SkillKind};
use domain::{Locale, Slug, Timestamp};
use futures_util::FutureExt as _;
use gateway_macros::written;

use crate::gate;
use crate::schema::Shape;
use crate::schema::connection::Connection;
use crate::schema::role::Role;
use crate::selection::Selection;
use crate::write::{Limits, Writer};

/// The page of a role, as a web site asks for it.
const ROLE: &str = "{ role { slug title summary category { name }
    duties { text } qualificationGroups { heading items { text } }
    skills(first: 20) { nodes { requirement skill { name kind } } } faqs { question answer } } }";
/// A list of roles with the beginning of each.
const ROLES: &str = "{ roles { nodes { slug title summary category { name }
    duties(first: 5) { text } faqs(first: 3) { question answer } }
    pageInfo { hasNextPage endCursor } } }";
/// The scalars of a role alone.
const SCALARS: &str = "{ role { id slug title state revision updatedAt } }";

/// An answer that can be made over and over, from trees in memory.
pub struct MeasuredAnswer {
    text: &'static str,
    selection: Selection,
    query: MemoryQuery,
    schema: Schema<MemoryQuery, EmptyMutation, EmptySubscription>,
}

/// A query without a database.
#[derive(Clone)]
struct MemoryQuery {
    role: RoleTree,
    roles: Page<RoleTree>,
}

#[written]
#[Object(name = "Query")]
impl MemoryQuery {
    fn role(&self) -> Role<'_> {
        Role(Cow::Borrowed(&self.role))
    }

    fn roles(&self) -> Connection<'_, Role<'_>> {
        Connection::of(Cow::Borrowed(&self.roles))
    }
}

impl MeasuredAnswer {
    /// All answers that are worth to be measured, with their names.
    #[must_use]
    pub fn all() -> Vec<(&'static str, Self)> {
        let named = [
            ("a role page", ROLE),
            ("a page of 20 roles", ROLES),
            ("the scalars of a role", SCALARS),
        ];
        let known = named.map(|(name, text)| Some((name, Self::of(text)?)));
        known.into_iter().flatten().collect()
    }

    fn of(text: &'static str) -> Option<Self> {
        let shape = Shape::of_sdl(&crate::sdl());
        let variables = Variables::default();
        let role = role(0)?;
        let edges = (0..20).map(|number| {
            let cursor = Cursor {
                fingerprint: 7,
                keys: vec![format!("role {number}"), "role_x".to_owned()],
            };
            let node = self::role(number)?;
            Some(Edge { cursor, node })
        });
        let roles = Page {
            edges: edges.collect::<Option<_>>()?,
            has_next: true,
            has_previous: false,
            total: None,
        };
        let query = MemoryQuery { role, roles };
        Some(Self {
            text,
            selection: Selection::of(
                &gate::unjudged(text, &shape)?.definition,
                &variables,
                &shape,
            ),
            schema: Schema::new(query.clone(), EmptyMutation, EmptySubscription),
            query,
        })
    }

    /// Writes the answer.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        let variables = Variables::default();
        let limits = Limits {
            bytes: usize::MAX,
            objects: usize::MAX,
        };
        let mut writer = Writer::new(&variables, limits);
        let wrote = writer.fields(&self.query, self.selection.fields());
        let written = writer.finished(wrote).ok();
        written.map_or_else(Vec::new, |written| written.data.json().to_vec())
    }

    /// Lets the engine make the answer, of a document that is parsed already.
    #[must_use]
    pub fn resolve(&self, parsed: &ParsedAnswer) -> Vec<u8> {
        let mut request = Request::new("");
        request.set_parsed_query(parsed.0.clone());
        // Nothing waits for anything.
        let response = self.schema.execute(request).now_or_never();
        let response = response.unwrap_or_default();
        serde_json::to_vec(&response.data).unwrap_or_default()
    }

    /// The document as the engine wants it.
    #[must_use]
    pub fn parsed(&self) -> Option<ParsedAnswer> {
        async_graphql::parser::parse_query(self.text)
            .ok()
            .map(ParsedAnswer)
    }
}

/// A document that the engine may execute.
pub struct ParsedAnswer(async_graphql::parser::types::ExecutableDocument);

/// A text of about so many bytes.
fn prose(bytes: usize) -> String {
    "Lay out drain, waste and vent lines with the correct fall. "
        .chars()
        .cycle()
        .take(bytes)
        .collect()
}

fn id<I: Id>(number: usize) -> Option<I> {
    I::parse(&format!(
        "{}_0190d9a4-0000-7000-8000-{number:012x}",
        I::PREFIX
    ))
    .ok()
}

fn stored<I: Id, T>(number: usize, value: T) -> Option<Stored<I, T>> {
    let id = id(number)?;
    Some(Stored { id, value })
}

fn role(number: usize) -> Option<RoleTree> {
    let moment = Timestamp::parse("2026-03-14T09:26:53Z").ok()?;
    let duties = (0..18).map(|number| {
        let duty = Duty::new(prose(110), DutyKind::Core);
        stored::<DutyId, _>(number, duty)
    });
    Some(RoleTree {
        role: RoleRow {
            id: id::<RoleId>(number)?,
            slug: Slug::parse("plumber").ok()?,
            locale: Locale::parse("en").ok()?,
            title: "Plumber".to_owned(),
            summary: Some(prose(600)),
            state: PublicationState::Published,
            revision: 1,
            created_at: moment,
            updated_at: moment,
            published_at: Some(moment),
            last_reviewed: None,
            translation_group: None,
        },
        duties: Part::Loaded(duties.collect::<Option<_>>()?),
        qualification_groups: Part::Loaded((0..6).map(group).collect::<Option<_>>()?),
        faqs: Part::Loaded((0..5).map(faq).collect::<Option<_>>()?),
        category: Part::Loaded(Some(Box::new(category()?))),
        skills: Pages(vec![(skills_request(), skills()?)]),
        facts: Part::NotLoaded,
        sections: Part::NotLoaded,
        cover_letter: Part::NotLoaded,
        salaries: Part::NotLoaded,
        distributions: Part::NotLoaded,
        codes: Part::NotLoaded,
        code_concepts: Part::NotLoaded,
        source: Part::NotLoaded,
        outline: Part::NotLoaded,
        document_lists: Part::NotLoaded,
        categories: Part::NotLoaded,
        translations: Part::NotLoaded,
        alternate_titles: Pages::default(),
        related_roles: Pages::default(),
        revisions: Pages::default(),
        comparisons: Vec::new(),
    })
}

fn group(number: usize) -> Option<domain::read::tree::GroupNode> {
    let items = (0..5).map(|item| {
        let qualification = Qualification {
            text: format!("Term {item}: {}", prose(80)),
            skills: Vec::new(),
        };
        stored::<QualificationId, _>(number * 5 + item, qualification)
    });
    let group = QualificationGroup {
        heading: Some(format!("Group {number}")),
        items: items.collect::<Option<_>>()?,
    };
    stored::<GroupId, _>(number, group)
}

fn faq(number: usize) -> Option<FaqTree> {
    let faq = Faq {
        question: "How long does it take to become a plumber?".to_owned(),
        answer: format!("{}\n\n{}", prose(300), prose(300)),
    };
    Some(FaqTree {
        faq: stored::<FaqId, _>(number, faq)?,
        position: number.try_into().ok()?,
        role: Part::NotLoaded,
    })
}

fn category() -> Option<CategoryTree> {
    Some(CategoryTree {
        category: domain::category::Category {
            id: id::<CategoryId>(1)?,
            slug: Slug::parse("skilled-trades").ok()?,
            name: "Skilled Trades".to_owned(),
            position: 0,
        },
        path: Part::NotLoaded,
        parent: Part::NotLoaded,
        children: Pages::default(),
        roles: Pages::default(),
    })
}

fn skills_request() -> RoleSkillsRequest {
    RoleSkillsRequest {
        filter: RoleSkillFilter::default(),
        page: PageRequest::first(20),
    }
}

fn skills() -> Option<Page<RoleSkill<SkillTree>>> {
    let edges = (0..20).map(|number| {
        let skill = Skill {
            id: id::<SkillId>(number)?,
            slug: Slug::parse("pipe-fitting").ok()?,
            name: "Pipe fitting".to_owned(),
            kind: SkillKind::Skill,
        };
        let skill = SkillTree {
            skill,
            aliases: Part::NotLoaded,
            roles: Pages::default(),
        };
        let cursor = Cursor {
            fingerprint: 7,
            keys: vec![number.to_string()],
        };
        let node = RoleSkill::new(skill, Requirement::Essential, Origin::Stated);
        Some(Edge { cursor, node })
    });
    Some(Page {
        edges: edges.collect::<Option<_>>()?,
        has_next: false,
        has_previous: false,
        total: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_make_the_same_answer() {
        for (name, answer) in MeasuredAnswer::all() {
            let parsed = answer.parsed().unwrap();
            let written = answer.write();
            assert!(written.len() > 100, "{name}");
            assert_eq!(written, answer.resolve(&parsed), "{name}");
        }
        assert_eq!(MeasuredAnswer::all().len(), 3);
    }
}
