//! Roles as SQL: which rows, and which parts of each.

use domain::read::{
    CategoryBy, Connection, ListParts, Merge as _, RoleBy, RoleFilter, RoleOrder, RoleOrderField,
    RoleParts, RolesRequest, SkillParts,
};

use super::page::{Key, Listing, Target};
use super::past::{Links, RoleAt};
use super::{Visibility, category, concept, past, role_filter, role_link, skill};
use crate::sql::{Fields, Sql};

/// Writes the statement for the role that `by` names.
pub(super) fn select_one(sql: &mut Sql, by: &RoleBy, parts: &RoleParts, visibility: Visibility) {
    sql.push("SELECT ");
    fields(&mut sql.columns(), "r", parts, visibility);
    sql.push(" FROM role AS r WHERE ");
    role_filter::visible(sql, "r", visibility);
    sql.push(" AND r.id = ");
    role_filter::chosen(sql, by, visibility);
}

/// Writes the statement for the roles with these ids.
pub(super) fn select_of_ids(
    sql: &mut Sql,
    ids: &[String],
    parts: &RoleParts,
    visibility: Visibility,
) {
    sql.push("SELECT ");
    fields(&mut sql.columns(), "r", parts, visibility);
    sql.push(" FROM role AS r WHERE ");
    role_filter::visible(sql, "r", visibility);
    sql.push(" AND ");
    sql.one_of("r.uuid", ids);
}

/// Writes the statement for those of the published roles with these ids that a filter lets pass.
pub(super) fn select_matching(
    sql: &mut Sql,
    ids: &[String],
    filter: &RoleFilter,
    parts: &RoleParts,
) {
    select_of_ids(sql, ids, parts, Visibility::Published);
    role_filter::filtered(sql, "r", filter, Visibility::Published);
}

/// Writes the statement for published roles by the keys of their rows, which stand behind the fields.
pub(super) fn select_of_keys(sql: &mut Sql, keys: &[i64], parts: &RoleParts) {
    sql.push("SELECT ");
    fields(&mut sql.columns(), "r", parts, Visibility::Published);
    sql.push(", r.id AS row_key FROM role AS r WHERE ");
    role_filter::visible(sql, "r", Visibility::Published);
    sql.push(" AND ");
    sql.one_of_keys("r.id", keys);
}

/// Writes the role in `row` with its parts as a JSON object.
pub(super) fn object(sql: &mut Sql, row: &str, parts: &RoleParts, visibility: Visibility) {
    object_at(sql, RoleAt::Now(row), parts, visibility);
}

/// Writes a role as it is or was with its parts as a JSON object.
pub(super) fn object_at(sql: &mut Sql, row: RoleAt<'_>, parts: &RoleParts, visibility: Visibility) {
    let mut role = sql.object();
    fields_at(&mut role, row, parts, visibility);
    role.end();
}

/// Writes the fields of the role in `row` with its parts.
fn fields(role: &mut Fields<'_>, row: &str, parts: &RoleParts, visibility: Visibility) {
    fields_at(role, RoleAt::Now(row), parts, visibility);
}

/// Writes the fields of a role as it is or was with its parts.
pub(super) fn fields_at(
    role: &mut Fields<'_>,
    row: RoleAt<'_>,
    parts: &RoleParts,
    visibility: Visibility,
) {
    scalars(role, row.alias());
    stored(role, row.alias(), parts);
    if let Some(skills) = named_skills(parts) {
        role.json("named_skills", |sql| {
            skill::named(sql, row, &skills, visibility);
        });
    }
    if let Some(wanted) = parts
        .faqs
        .as_ref()
        .and_then(|faqs| faqs.item.role.as_deref())
    {
        role.json("faq_role", |sql| object_at(sql, row, wanted, visibility));
    }
    linked(role, row, parts, visibility);
    role_link::connections(role, row, parts, visibility);
    past::history(role, row, parts, visibility);
}

fn scalars(role: &mut Fields<'_>, row: &str) {
    role.id(row)
        .texts(row, &["slug", "locale", "title", "state"])
        .integer(row, "revision")
        .texts(
            row,
            &["created_at", "updated_at", "published_at", "last_reviewed"],
        )
        .text("translation_group", |sql| {
            sql.push(&format!(
                "(SELECT uuid FROM translation_group WHERE id = {row}.translation_group_id)"
            ));
        })
        .texts(row, &["summary"]);
}

/// Adds what the row of the role holds.
fn stored(role: &mut Fields<'_>, row: &str, parts: &RoleParts) {
    for (wanted, column) in [
        (parts.duties.is_some(), "duties"),
        (parts.faqs.is_some(), "faqs"),
        (parts.qualification_groups.is_some(), "qualification_groups"),
        (parts.sections, "sections"),
        (parts.facts, "facts"),
        (parts.salaries, "salaries"),
        (parts.distributions, "distributions"),
        (
            parts.document_lists || !parts.alternate_titles.is_empty(),
            "titles",
        ),
        (parts.outline, "outline"),
    ] {
        if wanted {
            role.stored(row, column);
        }
    }
    if parts.cover_letter {
        role.texts(row, &["cover_letter"]);
    }
}

/// What is wanted of the skills that duties and qualification items name.
pub(super) fn named_skills(parts: &RoleParts) -> Option<Box<SkillParts>> {
    fn of(list: Option<&ListParts<Option<Box<SkillParts>>>>) -> Option<Box<SkillParts>> {
        list?.item.clone()
    }
    let mut skills = of(parts.duties.as_ref());
    skills.merge(of(parts.qualification_groups.as_ref()));
    skills
}

fn linked(role: &mut Fields<'_>, row: RoleAt<'_>, parts: &RoleParts, visibility: Visibility) {
    if parts.codes {
        let columns = ["scheme", "release", "code", "uri", "match_kind"];
        let concepts = parts.code_concepts.as_deref();
        role.json("codes", |sql| {
            child_list(sql, Links::Codes, row, |code, child| {
                code.texts(child, &columns);
                if let Some(wanted) = concepts {
                    code.json("concept", |sql| {
                        concept::of_code(sql, child, wanted, visibility);
                    });
                }
            });
        });
    }
    if parts.source {
        role.json("source", |sql| source(sql, row.alias()));
    }
    if parts.document_lists {
        role_link::document_lists(role, row);
    }
    if let Some(wanted) = &parts.category {
        role.json("category", |sql| {
            category::primary(sql, row, wanted, visibility);
        });
    }
    if let Some(wanted) = &parts.categories {
        role.json("categories", |sql| {
            category::of_role(sql, row, wanted, visibility);
        });
    }
    if let Some(translation) = &parts.translations {
        role.json("translations", |sql| {
            translations(sql, row.alias(), translation, visibility);
        });
    }
}

/// Writes a list of links of the role in `row`, in order; `fields` gets the alias of a link.
pub(super) fn child_list(
    sql: &mut Sql,
    links: Links,
    row: RoleAt<'_>,
    fields: impl FnOnce(&mut Fields<'_>, &str),
) {
    let child = sql.alias();
    sql.list(
        |sql| {
            let mut link = sql.object();
            fields(&mut link, &child);
            link.end();
        },
        |sql| ordered(sql, links, &child, row),
    );
}

/// Writes `FROM` the links of the role in `row` in order.
pub(super) fn ordered(sql: &mut Sql, links: Links, child: &str, row: RoleAt<'_>) {
    let table = links.table(sql, row);
    sql.push(&format!(
        " FROM (SELECT {child}.* FROM {table} AS {child} WHERE {child}.role_id = {row}.id \
         ORDER BY {child}.position) AS {child}"
    ));
}

fn source(sql: &mut Sql, row: &str) {
    let source = sql.alias();
    sql.push("(SELECT ");
    sql.object()
        .id(&source)
        .texts(&source, &["name", "licence", "attribution"])
        .end();
    sql.push(&format!(
        " FROM source AS {source} WHERE {source}.id = {row}.source_id)"
    ));
}

fn translations(sql: &mut Sql, row: &str, wanted: &RoleParts, visibility: Visibility) {
    let sibling = sql.alias();
    sql.list(
        |sql| object(sql, &sibling, wanted, visibility),
        |sql| {
            sql.push(&format!(
                " FROM (SELECT {sibling}.* FROM role AS {sibling} WHERE \
                 {sibling}.translation_group_id = {row}.translation_group_id AND \
                 {sibling}.id <> {row}.id AND "
            ));
            role_filter::visible(sql, &sibling, visibility);
            sql.push(&format!(
                " ORDER BY {sibling}.locale, {sibling}.uuid) AS {sibling}"
            ));
        },
    );
}

/// What ties a list of roles to the row that it belongs to.
#[derive(Clone, Copy, Debug)]
pub(super) enum Parent<'a> {
    /// A list at the top of the graph.
    None,
    /// The roles of a category and of those below it.
    Category(&'a str),
    /// The roles that need a skill.
    Skill(&'a str),
    /// The roles that have the code of a concept.
    Concept(&'a str),
}

/// Writes a page of roles as a statement of its own.
pub(super) fn select_page(
    sql: &mut Sql,
    wanted: &Connection<RolesRequest, RoleParts>,
    visibility: Visibility,
) {
    let list = List::new(wanted, Parent::None, visibility);
    list.listing()
        .select(sql, &|sql, row| list.filter(sql, row), &|role, row| {
            fields(role, row, &wanted.node, visibility);
        });
}

/// Writes a page of the roles of a parent as a JSON object.
pub(super) fn page(
    sql: &mut Sql,
    wanted: &Connection<RolesRequest, RoleParts>,
    parent: Parent<'_>,
    visibility: Visibility,
) {
    let list = List::new(wanted, parent, visibility);
    list.listing()
        .object(sql, &|sql, row| list.filter(sql, row), &|sql, _, role| {
            object(sql, role, &wanted.node, visibility);
        });
}

/// The list that a page of roles is cut from, for decoding it.
pub(super) fn listing(wanted: &Connection<RolesRequest, RoleParts>) -> Listing<'_> {
    List::new(wanted, Parent::None, Visibility::Published).listing()
}

/// A list of roles: of all of them, or of those of one category, which have an order of their own.
struct List<'a> {
    wanted: &'a Connection<RolesRequest, RoleParts>,
    visibility: Visibility,
    parent: Parent<'a>,
    of_category: Option<OfCategory<'a>>,
}

#[derive(Clone, Copy)]
enum OfCategory<'a> {
    Row(&'a str),
    Chosen(&'a CategoryBy),
}

impl<'a> List<'a> {
    fn new(
        wanted: &'a Connection<RolesRequest, RoleParts>,
        parent: Parent<'a>,
        visibility: Visibility,
    ) -> Self {
        let chosen = wanted.request.filter.category.as_ref();
        let of_category = match (parent, chosen) {
            // Only published roles are listed by category.
            _ if visibility == Visibility::All => None,
            (Parent::Category(row), _) => Some(OfCategory::Row(row)),
            (Parent::None, Some(by)) => Some(OfCategory::Chosen(by)),
            _ => None,
        };
        Self {
            wanted,
            visibility,
            parent,
            of_category,
        }
    }

    fn listing(&self) -> Listing<'a> {
        const BY_TITLE: &[Key] = &[Key::text("sort_title"), Key::text("uuid")];
        const BY_UPDATE: &[Key] = &[Key::text("updated_at"), Key::text("uuid")];
        const BY_PUBLICATION: &[Key] = &[Key::text("published_at"), Key::text("uuid")];
        const OF_CATEGORY_BY_TITLE: &[Key] = &[Key::text("sort_title"), Key::text("role_uuid")];
        const OF_CATEGORY_BY_UPDATE: &[Key] = &[Key::text("updated_at"), Key::text("role_uuid")];
        const OF_CATEGORY_BY_PUBLICATION: &[Key] =
            &[Key::text("published_at"), Key::text("role_uuid")];
        const TARGET: Target = Target {
            table: "role",
            column: "role_id",
        };
        let RolesRequest {
            filter,
            order,
            page,
        } = &self.wanted.request;
        let RoleOrder { field, descending } = *order;
        let of_category = self.of_category.is_some();
        Listing {
            table: if of_category { "category_role" } else { "role" }.into(),
            keys: match (field, of_category) {
                (RoleOrderField::Title, false) => BY_TITLE,
                (RoleOrderField::UpdatedAt, false) => BY_UPDATE,
                (RoleOrderField::PublishedAt, false) => BY_PUBLICATION,
                (RoleOrderField::Title, true) => OF_CATEGORY_BY_TITLE,
                (RoleOrderField::UpdatedAt, true) => OF_CATEGORY_BY_UPDATE,
                (RoleOrderField::PublishedAt, true) => OF_CATEGORY_BY_PUBLICATION,
            },
            target: of_category.then_some(TARGET),
            descending,
            description: format!("roles {order:?} {filter:?}"),
            page,
            total: self.wanted.total,
        }
    }

    fn filter(&self, sql: &mut Sql, row: &str) {
        let Some(category) = self.of_category else {
            return self.conditions(sql, row);
        };
        sql.push(&format!("{row}.category_id = "));
        match category {
            OfCategory::Row(category) => sql.push(&format!("{category}.id")),
            OfCategory::Chosen(by) => category::chosen(sql, by),
        }
        let mut filter = self.wanted.request.filter.clone();
        if matches!(category, OfCategory::Chosen(_)) {
            filter.category = None;
        }
        if filter != RoleFilter::default() {
            let role = sql.alias();
            sql.push(&format!(
                " AND EXISTS (SELECT 1 FROM role AS {role} WHERE {role}.id = {row}.role_id"
            ));
            role_filter::filtered(sql, &role, &filter, self.visibility);
            sql.push(")");
        }
    }

    fn conditions(&self, sql: &mut Sql, row: &str) {
        role_filter::visible(sql, row, self.visibility);
        match self.parent {
            Parent::None => {}
            Parent::Category(category) => {
                sql.push(" AND ");
                role_filter::below_category(sql, row, |sql| sql.push(&format!("{category}.id")));
            }
            Parent::Skill(skill) => sql.push(&format!(
                " AND {row}.id IN (SELECT role_id FROM role_skill WHERE skill_id = {skill}.id)"
            )),
            Parent::Concept(concept) => sql.push(&format!(
                " AND {row}.id IN (SELECT role_id FROM role_code WHERE code = {concept}.code \
                 AND scheme = (SELECT key FROM scheme WHERE id = {concept}.scheme_id))"
            )),
        }
        let RolesRequest { filter, order, .. } = &self.wanted.request;
        role_filter::filtered(sql, row, filter, self.visibility);
        if order.field == RoleOrderField::PublishedAt {
            sql.push(&format!(" AND {row}.published_at IS NOT NULL"));
        }
    }
}
