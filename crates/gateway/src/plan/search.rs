//! What selections of searches need.

use domain::read::{Merge, RoleParts};
use search::request::{FacetOf, FacetParts, SearchParts, SuggestParts};

use super::{Field, category, faq, role, skill};
use crate::schema::search::facet_size;

/// The parts of a search that `field` selects.
pub(crate) fn search(field: Field<'_>) -> SearchParts {
    let mut parts = SearchParts::default();
    for child in field.children("SearchConnection") {
        match child.name() {
            "nodes" => parts.role.merge(role(child)),
            "edges" => edges(child, &mut parts),
            "totalCount" => parts.total = true,
            "facets" => facets(child, &mut parts.facets),
            "didYouMean" => parts.did_you_mean = true,
            _ => {}
        }
    }
    parts
}

fn edges(field: Field<'_>, parts: &mut SearchParts) {
    for child in field.children("SearchEdge") {
        match child.name() {
            "node" => parts.role.merge(role(child)),
            "highlights" => parts.highlights = true,
            "faqs" => parts.faqs.merge(Some(faq(child))),
            _ => {}
        }
    }
}

fn facets(field: Field<'_>, parts: &mut FacetParts) {
    for child in field.children("SearchFacets") {
        match child.name() {
            "category" => {
                let names = ["CategoryFacet", "CategoryCount", "category"];
                widen(&mut parts.category, facet(child, names, category));
            }
            "skill" => {
                let names = ["SkillFacet", "SkillCount", "skill"];
                widen(&mut parts.skill, facet(child, names, skill));
            }
            "salaryBand" => parts.salary_band = true,
            "employmentOutlook" => parts.outlook = true,
            "locale" => parts.locale = true,
            _ => {}
        }
    }
}

/// What a facet of entities needs; nothing when its size cannot be used, because the field will say
/// so itself. The names are those of its type, of the type of its values, and of the field that
/// leads from there to the entity.
fn facet<P: Merge + Default>(
    field: Field<'_>,
    [facet, count, entity]: [&str; 3],
    plan: impl Fn(Field<'_>) -> P,
) -> Option<FacetOf<P>> {
    let size = facet_size(field.argument("first").ok()?).ok()?;
    let mut wanted = FacetOf::<P>::default();
    let values = field
        .children(facet)
        .filter(|child| child.name() == "values");
    for values in values {
        // Whoever wants to know only how many were counted needs no values.
        wanted.first = size;
        let entities = values.children(count);
        entities
            .filter(|child| child.name() == entity)
            .for_each(|child| wanted.value.merge(plan(child)));
    }
    Some(wanted)
}

/// A facet that is selected twice is read once, with the larger number of values.
fn widen<P: Merge>(mine: &mut Option<FacetOf<P>>, other: Option<FacetOf<P>>) {
    match (mine.as_mut(), other) {
        (Some(mine), Some(other)) => {
            mine.first = mine.first.max(other.first);
            mine.value.merge(other.value);
        }
        (None, other) => *mine = other,
        (Some(_), None) => {}
    }
}

/// The parts of what suggestions name.
pub(crate) fn suggest(field: Field<'_>) -> SuggestParts {
    let mut parts = SuggestParts::default();
    for child in field.children("Suggestion") {
        match child.name() {
            "role" => parts.role.merge(role(child)),
            "skill" => parts.skill.merge(skill(child)),
            "category" => parts.category.merge(category(child)),
            _ => {}
        }
    }
    parts
}

/// The parts of the roles that a title may mean.
pub(crate) fn title_match(field: Field<'_>) -> RoleParts {
    let mut parts = RoleParts::default();
    for child in field.children("TitleMatch") {
        if child.name() == "role" {
            parts.merge(role(child));
        }
    }
    parts
}

/// The parts of the roles that any of several titles may mean.
pub(crate) fn title_resolution(field: Field<'_>) -> RoleParts {
    let mut parts = RoleParts::default();
    for child in field.children("TitleResolution") {
        if child.name() == "matches" {
            parts.merge(title_match(child));
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use async_graphql::Variables;
    use domain::read::parts::ListParts;
    use domain::read::{CategoryParts, SkillParts};
    use serde_json::json;

    use super::*;
    use crate::gate;
    use crate::schema::Shape;

    fn planned<P>(query: &str, plan: impl Fn(Field<'_>) -> P) -> P {
        let shape = Shape::of_sdl(&crate::sdl());
        let variables = Variables::from_json(json!({"first": 7, "no": false}));
        let operation = gate::unjudged(query, &shape).unwrap();
        let selection = operation.selection(&variables, &shape);
        plan(Field::new(&selection.fields()[0], &variables))
    }

    #[test]
    fn what_is_not_selected_is_not_asked_for() {
        let bare = "{ search { edges { cursor score } nodes { title } pageInfo { endCursor } } }";
        assert_eq!(planned(bare, search), SearchParts::default());
        let left_out = "query ($no: Boolean!) { search {
            totalCount @include(if: $no) { value } facets { __typename locale @include(if: $no) { counted } }
            ... @include(if: $no) { didYouMean edges { highlights { field } faqs { question } } }
        } }";
        assert_eq!(planned(left_out, search), SearchParts::default());
    }

    #[test]
    fn everything_that_is_selected_is_asked_for() {
        let query = "{ search {
            nodes { codes { code } }
            edges { node { salaries { level } } highlights { field } faqs { role { source { name } } } }
            totalCount { value } didYouMean
            facets { salaryBand { counted { value } } employmentOutlook { counted { value } } locale { counted { value } } }
        } }";
        let asking = RoleParts {
            source: true,
            ..RoleParts::default()
        };
        let expected = SearchParts {
            role: RoleParts {
                codes: true,
                salaries: true,
                ..RoleParts::default()
            },
            highlights: true,
            faqs: Some(domain::read::FaqParts {
                role: Some(Box::new(asking)),
            }),
            total: true,
            facets: FacetParts {
                salary_band: true,
                outlook: true,
                locale: true,
                ..FacetParts::default()
            },
            did_you_mean: true,
        };
        assert_eq!(planned(query, search), expected);
    }

    #[test]
    fn a_facet_is_read_once_with_the_larger_size() {
        let query = "query ($first: Int) { search { facets {
            a: category(first: $first) { values { count category { path } } }
            b: category(first: 3) { values { category { parent { name } } } }
            skill { values { skill { aliases } } }
        } more: facets { skill(first: 21) { values { count } } category(first: 100) { counted { value } } } } }";
        let expected = FacetParts {
            category: Some(FacetOf {
                first: 7,
                value: CategoryParts {
                    path: true,
                    parent: Some(Box::default()),
                    ..CategoryParts::default()
                },
            }),
            skill: Some(FacetOf {
                first: 21,
                value: SkillParts {
                    aliases: true,
                    ..SkillParts::default()
                },
            }),
            ..FacetParts::default()
        };
        assert_eq!(planned(query, search).facets, expected);
    }

    #[test]
    fn a_size_that_cannot_be_used_leaves_the_other_facets_planned() {
        let query = "{ search { facets { category(first: 0) { values { count } }
            x: category(first: 101) { values { count } } skill(first: 2) { counted { value } } } } }";
        let expected = FacetParts {
            skill: Some(FacetOf::default()),
            ..FacetParts::default()
        };
        assert_eq!(planned(query, search).facets, expected);
    }

    #[test]
    fn what_suggestions_and_titles_name_is_planned() {
        let suggested = planned(
            "{ suggest { text role { codes { code } } skill { aliases } category { path } } }",
            suggest,
        );
        assert!(suggested.role.codes && suggested.skill.aliases && suggested.category.path);
        let expected = RoleParts {
            duties: Some(ListParts {
                first: Some(2),
                item: None,
            }),
            ..RoleParts::default()
        };
        let role = "confidence role { duties(first: 2) { text } }";
        let one = planned(&format!("{{ resolveTitle {{ {role} }} }}"), title_match);
        let many = format!("{{ resolveTitles {{ title matches {{ {role} }} }} }}");
        assert_eq!(one, expected);
        assert_eq!(planned(&many, title_resolution), expected);
    }
}
