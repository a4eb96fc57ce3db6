//! Hits with their roles, the places that were found and the questions that fit.

use ::search::document::Part;
use ::search::highlight::{Marker, Sought};
use ::search::request::{Highlight, Hit, SearchParts};
use domain::read::parts::ListParts;
use domain::read::{
    Connection, FaqParts, FaqTree, Merge as _, PageRequest, RoleParts, RoleSkillFilter,
    RoleSkillsRequest, RoleTree, SkillParts,
};
use domain::role::TitleKind;

use super::super::{Reads, Result, role, role_tree};
use super::ranked::Ranked;

/// How many places of one kind are shown.
const FRAGMENTS: usize = 3;
/// How many characters of a text one place shows.
const FRAGMENT_CHARS: usize = 160;
/// How many names and skills are looked through.
const LISTED: u32 = 100;

impl Reads {
    /// The hits in their order; roles that disappeared meanwhile are left out.
    pub(super) async fn show(
        &self,
        ranked: &[Ranked],
        parts: &SearchParts,
        sought: Sought,
    ) -> Result<Vec<(Ranked, Hit)>> {
        let wanted = role_parts(parts);
        let keys: Vec<i64> = ranked.iter().map(|role| role.key).collect();
        let trees = self.trees_of_keys(
            &keys,
            |sql| role::select_of_keys(sql, &keys, &wanted),
            |record| role_tree(record, &wanted),
        );
        let mut trees = trees.await?;
        let marker = Marker::new(sought);
        let shown = ranked.iter().filter_map(|ranked| {
            let role = trees.remove(&ranked.key)?;
            Some((*ranked, hit(role, ranked.score, &marker, parts)))
        });
        Ok(shown.collect())
    }
}

/// What is wanted of the roles, and what the places that were found are in.
fn role_parts(parts: &SearchParts) -> RoleParts {
    let mut wanted = parts.role.clone();
    if let Some(faqs) = &parts.faqs {
        wanted.merge(RoleParts {
            faqs: Some(all(faqs.clone())),
            ..RoleParts::default()
        });
    }
    if parts.highlights {
        wanted.merge(RoleParts {
            facts: true,
            sections: true,
            duties: Some(all(None)),
            qualification_groups: Some(all(None)),
            faqs: Some(all(FaqParts::default())),
            categories: Some(Box::default()),
            skills: vec![Connection {
                request: skills(),
                total: false,
                node: SkillParts::default(),
            }],
            alternate_titles: vec![Connection {
                request: PageRequest::first(LISTED),
                total: false,
                node: (),
            }],
            ..RoleParts::default()
        });
    }
    wanted
}

fn all<P>(item: P) -> ListParts<P> {
    ListParts { first: None, item }
}

fn skills() -> RoleSkillsRequest {
    RoleSkillsRequest {
        filter: RoleSkillFilter::default(),
        page: PageRequest::first(LISTED),
    }
}

fn hit(role: RoleTree, score: u32, marker: &Marker, parts: &SearchParts) -> Hit {
    let highlights = parts.highlights.then(|| highlights(&role, marker));
    let faqs = parts.faqs.as_ref().map(|_| matching_faqs(&role, marker));
    Hit {
        highlights: highlights.into(),
        faqs: faqs.into(),
        role,
        score,
    }
}

fn matching_faqs(role: &RoleTree, marker: &Marker) -> Vec<FaqTree> {
    let faqs = role.faqs.get().map(Vec::as_slice).unwrap_or_default();
    let matching = faqs.iter().filter(|faq| {
        let texts = &faq.faq.value;
        marker.finds(&texts.question) || marker.finds(&texts.answer)
    });
    matching.cloned().collect()
}

/// The places that were found, by kind in the order of the page.
fn highlights(role: &RoleTree, marker: &Marker) -> Vec<Highlight> {
    let mut found: Vec<Highlight> = Vec::new();
    for (part, text) in texts(role) {
        let known = found.last().filter(|last| last.part == part);
        let most = FRAGMENTS - known.map_or(0, |last| last.fragments.len());
        if most == 0 {
            continue;
        }
        let fragments = marker.fragments(text, most, FRAGMENT_CHARS);
        match found.last_mut().filter(|last| last.part == part) {
            Some(last) => last.fragments.extend(fragments),
            None if fragments.is_empty() => {}
            None => found.push(Highlight { part, fragments }),
        }
    }
    found
}

fn texts(role: &RoleTree) -> Vec<(Part, &str)> {
    let mut texts = vec![(Part::Title, role.role.title.as_str())];
    for edge in role
        .alternate_titles
        .0
        .iter()
        .flat_map(|(_, page)| &page.edges)
    {
        if edge.node.kind != TitleKind::Hidden {
            texts.push((Part::AlternateTitle, &edge.node.text));
        }
    }
    let skills = role.skills.get(&skills()).map(|page| page.edges.as_slice());
    for edge in skills.unwrap_or_default() {
        texts.push((Part::Skill, &edge.node.skill.skill.name));
    }
    texts.extend(
        role.role
            .summary
            .iter()
            .map(|text| (Part::Summary, text.as_str())),
    );
    for category in role.categories.get().into_iter().flatten() {
        texts.push((Part::Category, &category.category.name));
    }
    for fact in role.facts.get().into_iter().flatten() {
        texts.push((Part::Fact, &fact.value.text));
    }
    for duty in role.duties.get().into_iter().flatten() {
        texts.push((Part::Duty, &duty.value.text));
    }
    for group in role.qualification_groups.get().into_iter().flatten() {
        let items = group.value.items.iter();
        texts.extend(items.map(|item| (Part::Qualification, item.value.text.as_str())));
    }
    for section in role.sections.get().into_iter().flatten() {
        texts.push((Part::Section, &section.value.body));
    }
    let faqs = role.faqs.get().map(Vec::as_slice).unwrap_or_default();
    texts.extend(
        faqs.iter()
            .map(|faq| (Part::Question, faq.faq.value.question.as_str())),
    );
    texts.extend(
        faqs.iter()
            .map(|faq| (Part::Answer, faq.faq.value.answer.as_str())),
    );
    texts
}
