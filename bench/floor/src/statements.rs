//! The statements over plain tables, as one would write them by hand for exactly these answers.

use rusqlite::{Connection, Params, PrepFlags, Result, Row, Statement};

use crate::json::Json;

/// Every statement, prepared once.
pub(crate) struct Statements<'connection> {
    role: Statement<'connection>,
    page: Statement<'connection>,
    has_more: Statement<'connection>,
    search: Statement<'connection>,
    children: Children<'connection>,
}

/// The statements for what belongs to one role.
struct Children<'connection> {
    category: Statement<'connection>,
    duties: Statement<'connection>,
    first_duties: Statement<'connection>,
    groups: Statement<'connection>,
    items: Statement<'connection>,
    skills: Statement<'connection>,
    faqs: Statement<'connection>,
    first_faqs: Statement<'connection>,
}

impl<'connection> Statements<'connection> {
    /// Limits stand in the texts: a value that is bound may make `SQLite` plan anew.
    pub(crate) fn prepare(connection: &'connection Connection) -> Result<Self> {
        let of =
            |sql: &str| connection.prepare_with_flags(sql, PrepFlags::SQLITE_PREPARE_PERSISTENT);
        let head = "SELECT id, category_id, slug, title, summary";
        let behind = "FROM role WHERE title > ?1 ORDER BY title";
        let duties = "SELECT position, text FROM duty WHERE role_id = ?1 ORDER BY position";
        let faqs = "SELECT question, answer FROM faq WHERE role_id = ?1 ORDER BY position";
        let children = Children {
            category: of("SELECT slug, name FROM category WHERE id = ?1")?,
            duties: of(duties)?,
            first_duties: of(&format!("{duties} LIMIT 5"))?,
            groups: of(
                "SELECT id, heading FROM qualification_group WHERE role_id = ?1 ORDER BY position",
            )?,
            items: of("SELECT text FROM qualification_item WHERE group_id = ?1 ORDER BY position")?,
            skills: of("SELECT skill.slug, skill.name FROM role_skill \
                        JOIN skill ON skill.id = role_skill.skill_id \
                        WHERE role_skill.role_id = ?1 ORDER BY role_skill.position")?,
            faqs: of(faqs)?,
            first_faqs: of(&format!("{faqs} LIMIT 3"))?,
        };
        Ok(Self {
            role: of(&format!(
                "{head}, overview, career_outlook, salary_median FROM role WHERE slug = ?1"
            ))?,
            page: of(&format!("{head} {behind} LIMIT 20"))?,
            has_more: of(&format!("SELECT 1 {behind} LIMIT 1 OFFSET 20"))?,
            search: of(&format!(
                "{head} FROM role WHERE title LIKE ?1 ORDER BY title LIMIT 10"
            ))?,
            children,
        })
    }

    /// A role with everything on its page.
    pub(crate) fn role(&mut self, slug: &str, json: &mut Json) -> Result<()> {
        json.raw("{\"data\":{\"role\":");
        let Self { role, children, .. } = self;
        each(role, [slug], json, |row, json| {
            let id = row.get(0)?;
            head(row, json)?;
            json.raw(",\"overview\":{\"body\":");
            text(row, 5, json)?;
            json.raw("},\"careerOutlook\":{\"body\":");
            text(row, 6, json)?;
            json.raw("},\"salaries\":[{\"statistic\":\"MEDIAN\",\"amount\":{\"minorUnits\":");
            json.number(row.get(7)?);
            json.raw("}}],");
            children.category(row.get(1)?, json)?;
            duties(&mut children.duties, id, json)?;
            children.groups(id, json)?;
            children.skills(id, json)?;
            faqs(&mut children.faqs, id, json)?;
            json.raw("}");
            Ok(())
        })?;
        json.raw("}}");
        Ok(())
    }

    /// Twenty roles by title behind another one.
    pub(crate) fn page(&mut self, after: &str, json: &mut Json) -> Result<()> {
        json.raw("{\"data\":{\"roles\":{\"nodes\":[");
        let Self { page, children, .. } = self;
        each(page, [after], json, |row, json| {
            let id = row.get(0)?;
            head(row, json)?;
            json.raw(",");
            children.category(row.get(1)?, json)?;
            duties(&mut children.first_duties, id, json)?;
            faqs(&mut children.first_faqs, id, json)?;
            json.raw("}");
            Ok(())
        })?;
        let more = self.has_more.exists([after])?;
        json.raw("],\"pageInfo\":{\"hasNextPage\":");
        json.raw(if more { "true" } else { "false" });
        json.raw("}}}}");
        Ok(())
    }

    /// The first ten roles by title with a text in their titles.
    pub(crate) fn search(&mut self, wanted: &str, json: &mut Json) -> Result<()> {
        json.raw("{\"data\":{\"roles\":{\"nodes\":[");
        let Self {
            search, children, ..
        } = self;
        each(search, [format!("%{wanted}%")], json, |row, json| {
            head(row, json)?;
            json.raw(",");
            children.category(row.get(1)?, json)?;
            json.raw("}");
            Ok(())
        })?;
        json.raw("]}}}");
        Ok(())
    }
}

impl Children<'_> {
    fn category(&mut self, id: i64, json: &mut Json) -> Result<()> {
        json.raw("\"category\":");
        each(&mut self.category, [id], json, named)
    }

    fn groups(&mut self, role: i64, json: &mut Json) -> Result<()> {
        json.raw(",\"qualificationGroups\":[");
        let Self { groups, items, .. } = self;
        each(groups, [role], json, |row, json| {
            json.raw("{\"heading\":");
            text(row, 1, json)?;
            json.raw(",\"items\":[");
            each(items, [row.get::<_, i64>(0)?], json, |row, json| {
                json.raw("{\"text\":");
                text(row, 0, json)?;
                json.raw("}");
                Ok(())
            })?;
            json.raw("]}");
            Ok(())
        })?;
        json.raw("]");
        Ok(())
    }

    fn skills(&mut self, role: i64, json: &mut Json) -> Result<()> {
        json.raw(",\"skills\":{\"nodes\":[");
        each(&mut self.skills, [role], json, |row, json| {
            json.raw("{\"skill\":");
            named(row, json)?;
            json.raw("}");
            Ok(())
        })?;
        json.raw("]}");
        Ok(())
    }
}

/// Duties, all or the first ones.
fn duties(statement: &mut Statement<'_>, role: i64, json: &mut Json) -> Result<()> {
    json.raw(",\"duties\":[");
    each(statement, [role], json, |row, json| {
        json.raw("{\"position\":");
        json.number(row.get(0)?);
        json.raw(",\"text\":");
        text(row, 1, json)?;
        json.raw("}");
        Ok(())
    })?;
    json.raw("]");
    Ok(())
}

/// Questions and answers, all or the first ones.
fn faqs(statement: &mut Statement<'_>, role: i64, json: &mut Json) -> Result<()> {
    json.raw(",\"faqs\":[");
    each(statement, [role], json, |row, json| {
        json.raw("{\"question\":");
        text(row, 0, json)?;
        json.raw(",\"answer\":");
        text(row, 1, json)?;
        json.raw("}");
        Ok(())
    })?;
    json.raw("]");
    Ok(())
}

/// Writes every row of a statement, with commas between them.
fn each(
    statement: &mut Statement<'_>,
    parameters: impl Params,
    json: &mut Json,
    mut one: impl FnMut(&Row<'_>, &mut Json) -> Result<()>,
) -> Result<()> {
    let mut rows = statement.query(parameters)?;
    let mut separator = "";
    while let Some(row) = rows.next()? {
        json.raw(separator);
        separator = ",";
        one(row, json)?;
    }
    Ok(())
}

/// The beginning of a role, without its closing brace.
fn head(row: &Row<'_>, json: &mut Json) -> Result<()> {
    json.raw("{\"slug\":");
    text(row, 2, json)?;
    json.raw(",\"title\":");
    text(row, 3, json)?;
    json.raw(",\"summary\":");
    text(row, 4, json)
}

/// Something with a slug and a name.
fn named(row: &Row<'_>, json: &mut Json) -> Result<()> {
    json.raw("{\"slug\":");
    text(row, 0, json)?;
    json.raw(",\"name\":");
    text(row, 1, json)?;
    json.raw("}");
    Ok(())
}

/// A column of text, which SQLite hands out as it stores it.
fn text(row: &Row<'_>, column: usize, json: &mut Json) -> Result<()> {
    json.text(row.get_ref(column)?.as_bytes()?);
    Ok(())
}
