//! What the index reads of roles.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::{FactId, SalaryId};
use domain::role::{Fact, RoleTitle, SalaryObservation, TitleKind};
use search::document::{Document, Part, Piece};
use search::facet::{EmploymentOutlook, SalaryBand};
use serde::Deserialize;

use super::super::row::corrupt;
use super::super::{Result, Transaction};
use crate::engine::Row;
use crate::stored::child::{DutyRow, FactRow, FaqTexts, GroupRow, SalaryRow, SectionRow, TitleRow};

/// A published role as the index takes it.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) locale: String,
    pub(super) document: Document,
    pub(super) outlook: Option<EmploymentOutlook>,
    pub(super) salary_band: Option<SalaryBand>,
    /// The keys of the categories and of those above.
    pub(super) categories: BTreeSet<i64>,
    /// The keys of the skills.
    pub(super) skills: BTreeSet<i64>,
    /// The title and what other names may be shown.
    pub(super) names: Vec<String>,
}

/// A skill of a role.
#[derive(Debug)]
struct Skill {
    key: i64,
    part: Part,
    name: String,
    aliases: Vec<String>,
}

/// Skills and categories of roles, by the keys of these.
#[derive(Debug, Default)]
struct Linked {
    skills: BTreeMap<i64, Vec<Skill>>,
    categories: BTreeMap<i64, Vec<(i64, String)>>,
}

impl Transaction {
    /// What the index takes of those of the roles that are published.
    pub(super) async fn load_sources(&self, roles: &[i64]) -> Result<BTreeMap<i64, Source>> {
        let linked = Linked {
            skills: self.load_skills_of(roles).await?,
            categories: self.load_categories_of(roles).await?,
        };
        let rows = self.rows(|sql| {
            sql.push(
                "SELECT id, uuid, locale, title, titles, summary, duties, faqs, \
                 qualification_groups, sections, facts, salaries FROM role \
                 WHERE state = 'PUBLISHED' AND ",
            );
            sql.one_of_keys("id", roles);
        });
        let rows = rows.await?;
        let sources = rows.iter().map(|row| {
            let key = row.integer(0).unwrap_or_default();
            Ok((key, source(key, row, &linked)?))
        });
        sources.collect()
    }

    async fn load_skills_of(&self, roles: &[i64]) -> Result<BTreeMap<i64, Vec<Skill>>> {
        let rows = self.rows(|sql| {
            sql.push(
                "SELECT role_skill.role_id, skill.id, role_skill.requirement, skill.name, \
                 skill.aliases FROM role_skill JOIN skill ON skill.id = role_skill.skill_id WHERE ",
            );
            sql.one_of_keys("role_skill.role_id", roles);
            sql.push(" ORDER BY role_skill.role_id, role_skill.position");
        });
        let mut skills: BTreeMap<i64, Vec<Skill>> = BTreeMap::new();
        for row in rows.await?.iter() {
            let essential = row.text(2) == Some("ESSENTIAL");
            let name = row.text(3).unwrap_or_default();
            skills
                .entry(row.integer(0).unwrap_or_default())
                .or_default()
                .push(Skill {
                    key: row.integer(1).unwrap_or_default(),
                    part: if essential {
                        Part::EssentialSkill
                    } else {
                        Part::Skill
                    },
                    name: name.to_owned(),
                    aliases: read("skill", name, row.text(4).unwrap_or("[]"))?,
                });
        }
        Ok(skills)
    }

    async fn load_categories_of(&self, roles: &[i64]) -> Result<BTreeMap<i64, Vec<(i64, String)>>> {
        let rows = self.rows(|sql| {
            sql.push(
                "SELECT role_category.role_id, category.id, category.name FROM role_category \
                 JOIN category_ancestor ON category_ancestor.category_id = role_category.category_id \
                 JOIN category ON category.id = category_ancestor.ancestor_id WHERE ",
            );
            sql.one_of_keys("role_category.role_id", roles);
            sql.push(
                " ORDER BY role_category.role_id, role_category.position, category_ancestor.depth",
            );
        });
        let mut categories: BTreeMap<i64, Vec<(i64, String)>> = BTreeMap::new();
        for row in rows.await?.iter() {
            let of_role = categories.entry(row.integer(0).unwrap_or_default());
            let of_role = of_role.or_default();
            let category = row.integer(1).unwrap_or_default();
            // Categories of one role have ancestors in common.
            if of_role.iter().all(|(known, _)| *known != category) {
                of_role.push((category, row.text(2).unwrap_or_default().to_owned()));
            }
        }
        Ok(categories)
    }
}

/// The columns of a role as they are stored.
struct Stored<'r> {
    title: &'r str,
    summary: &'r str,
    titles: Vec<RoleTitle>,
    duties: Vec<DutyRow<'r>>,
    faqs: Vec<FaqTexts<'r>>,
    groups: Vec<GroupRow<'r>>,
    sections: Vec<SectionRow<'r>>,
    facts: Vec<Fact>,
    salaries: Vec<SalaryObservation>,
}

impl<'r> Stored<'r> {
    fn of(row: Row<'r>) -> Result<Self> {
        let text = |column| row.text(column).unwrap_or_default();
        let uuid = text(1);
        let titles: Vec<TitleRow<'_>> = read("role", uuid, text(4))?;
        let facts: Vec<FactRow<'_>> = read("role", uuid, text(10))?;
        let facts = facts
            .into_iter()
            .map(domain::id::Stored::<FactId, Fact>::from);
        let salaries: Vec<SalaryRow<'_>> = read("role", uuid, text(11))?;
        let salaries = salaries.into_iter();
        let salaries = salaries.map(domain::id::Stored::<SalaryId, SalaryObservation>::from);
        Ok(Self {
            title: text(3),
            summary: text(5),
            titles: titles.into_iter().map(Into::into).collect(),
            duties: read("role", uuid, text(6))?,
            faqs: read("role", uuid, text(7))?,
            groups: read("role", uuid, text(8))?,
            sections: read("role", uuid, text(9))?,
            facts: facts.map(|fact| fact.value).collect(),
            salaries: salaries.map(|salary| salary.value).collect(),
        })
    }

    /// The texts of the role itself, in the order of its page.
    fn pieces(&self) -> impl Iterator<Item = Piece<'_>> {
        let facts = self.facts.iter().map(|fact| piece(Part::Fact, &fact.text));
        let duties = self.duties.iter().map(|duty| piece(Part::Duty, &duty.text));
        let items = self.groups.iter().flat_map(|group| &group.items);
        let items = items.map(|item| piece(Part::Qualification, &item.text));
        let sections = self.sections.iter().flat_map(|section| {
            [&section.heading, &section.body].map(|text| piece(Part::Section, text))
        });
        let faqs = self.faqs.iter().flat_map(|faq| {
            [
                piece(Part::Question, &faq.question),
                piece(Part::Answer, &faq.answer),
            ]
        });
        std::iter::once(piece(Part::Summary, self.summary))
            .chain(facts)
            .chain(duties)
            .chain(items)
            .chain(sections)
            .chain(faqs)
    }
}

fn source(key: i64, row: Row<'_>, linked: &Linked) -> Result<Source> {
    let stored = Stored::of(row)?;
    let skills = linked.skills.get(&key).map(Vec::as_slice);
    let skills = skills.unwrap_or_default();
    let categories = linked.categories.get(&key).map(Vec::as_slice);
    let categories = categories.unwrap_or_default();

    let mut pieces = vec![piece(Part::Title, stored.title)];
    let others = stored.titles.iter();
    pieces.extend(others.map(|title| piece(Part::AlternateTitle, &title.text)));
    for skill in skills {
        pieces.push(piece(skill.part, &skill.name));
        let aliases = skill.aliases.iter();
        pieces.extend(aliases.map(|alias| piece(Part::SkillAlias, alias)));
    }
    pieces.extend(
        categories
            .iter()
            .map(|(_, name)| piece(Part::Category, name)),
    );
    pieces.extend(stored.pieces());
    Ok(Source {
        locale: row.text(2).unwrap_or_default().to_owned(),
        document: Document::of(pieces),
        outlook: EmploymentOutlook::of(&stored.facts),
        salary_band: SalaryBand::of(&stored.salaries),
        categories: categories.iter().map(|(key, _)| *key).collect(),
        skills: skills.iter().map(|skill| skill.key).collect(),
        names: names(stored.title, &stored.titles),
    })
}

/// The title, and every other name once that may be shown.
fn names(title: &str, others: &[RoleTitle]) -> Vec<String> {
    let mut names = vec![title.to_owned()];
    for other in others {
        if other.kind != TitleKind::Hidden && !names.contains(&other.text) {
            names.push(other.text.clone());
        }
    }
    names
}

fn piece(part: Part, text: &str) -> Piece<'_> {
    Piece { part, text }
}

fn read<'s, T: Deserialize<'s>>(table: &'static str, key: &str, stored: &'s str) -> Result<T> {
    let read = serde_json::from_str(stored);
    read.map_err(|error| corrupt(table, key, &error))
}
