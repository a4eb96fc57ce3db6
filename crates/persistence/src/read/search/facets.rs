//! Counting hits by what they have.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use domain::Locale;
use domain::read::page::MAX_COUNT;
use domain::read::{Count, Part};
use search::facet::{EmploymentOutlook, SalaryBand};
use search::profile::InvalidProfile;
use search::request::{Bucket, Facet, FacetParts, Facets, SearchFilter};

use super::super::{Reads, Result, category, category_tree, skill, skill_tree};
use super::candidates::{Matching, write_matches};
use crate::PersistenceError;
use crate::engine::Row;
use crate::sql::Sql;
use crate::write::unpack;

/// Keys of rows are given out one after the other; larger ones are not of this index.
const MOST_KEYS: usize = 1 << 24;

/// What hits are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Category,
    Skill,
    SalaryBand,
    Outlook,
    Locale,
}

/// How many hits have which entity, by the key of its row; keys are dense.
#[derive(Debug, Default)]
struct Counts(Vec<u32>);

impl Counts {
    /// Counts every key of a packed list.
    fn add(&mut self, packed: Option<&[u8]>) -> Result<()> {
        let broken = |problem: InvalidProfile| PersistenceError::Corrupt {
            table: "search_role",
            key: String::new(),
            problem: problem.to_string(),
        };
        for key in unpack(packed.unwrap_or_default()) {
            let place = usize::try_from(key.map_err(broken)?).unwrap_or(usize::MAX);
            if place >= MOST_KEYS {
                return Err(broken(InvalidProfile));
            }
            if place >= self.0.len() {
                self.0.resize(place + 1, 0);
            }
            if let Some(count) = self.0.get_mut(place) {
                *count += 1;
            }
        }
        Ok(())
    }

    /// The keys with the largest counts, the largest first.
    fn most(&self, first: usize) -> Vec<(i64, u32)> {
        let counted = (0_i64..).zip(self.0.iter().copied());
        let mut counted: Vec<(i64, u32)> = counted.filter(|(_, count)| *count > 0).collect();
        counted.sort_unstable_by_key(|(key, count)| (Reverse(*count), *key));
        counted.truncate(first);
        counted
    }
}

/// How many hits have which value.
#[derive(Debug, Default)]
struct Tally {
    counted: u64,
    categories: Counts,
    skills: Counts,
    salary_bands: HashMap<i64, u64>,
    outlooks: HashMap<i64, u64>,
    locales: HashMap<String, u64>,
}

/// Which roles are counted: those of a statement, or some that are known.
#[derive(Clone, Copy, Debug)]
pub(super) enum Counted<'a> {
    Matching(Matching<'a>),
    Keys(&'a [i64]),
}

impl Tally {
    fn add(&mut self, row: Row<'_>, by: &[By]) -> Result<()> {
        self.counted += 1;
        // Counting stops where that of all hits does.
        if self.counted > MAX_COUNT {
            return Ok(());
        }
        for by in by {
            match by {
                By::Category => self.categories.add(row.bytes(3))?,
                By::Skill => self.skills.add(row.bytes(4))?,
                By::SalaryBand => count(&mut self.salary_bands, row.integer(1)),
                By::Outlook => count(&mut self.outlooks, row.integer(2)),
                By::Locale => {
                    let locale = row.text(0).unwrap_or_default();
                    match self.locales.get_mut(locale) {
                        Some(count) => *count += 1,
                        None => count(&mut self.locales, Some(locale.to_owned())),
                    }
                }
            }
        }
        Ok(())
    }
}

fn count<K: Hash + Eq>(counts: &mut HashMap<K, u64>, key: Option<K>) {
    if let Some(key) = key {
        *counts.entry(key).or_default() += 1;
    }
}

/// The facets that are wanted.
fn wanted(parts: &FacetParts) -> Vec<By> {
    let FacetParts {
        category,
        skill,
        salary_band,
        outlook,
        locale,
    } = parts;
    let all = [
        (By::Category, category.is_some()),
        (By::Skill, skill.is_some()),
        (By::SalaryBand, *salary_band),
        (By::Outlook, *outlook),
        (By::Locale, *locale),
    ];
    let wanted = all.into_iter().filter(|(_, wanted)| *wanted);
    wanted.map(|(by, _)| by).collect()
}

/// The filter without what is chosen in a facet.
fn without(filter: &SearchFilter, by: By) -> SearchFilter {
    let mut filter = filter.clone();
    match by {
        By::Category => filter.roles.category = None,
        By::Skill => {
            filter.roles.skills_any.clear();
            filter.roles.skills_all.clear();
        }
        By::SalaryBand => filter.salary_bands.clear(),
        By::Outlook => filter.outlooks.clear(),
        By::Locale => filter.roles.locale = None,
    }
    filter
}

/// The facets that count the same roles, with the filter that these pass.
pub(super) struct Same {
    pub(super) filter: SearchFilter,
    by: Vec<By>,
}

/// Groups the wanted facets by the filter that is left of theirs.
pub(super) fn grouped(parts: &FacetParts, filter: &SearchFilter) -> Vec<Same> {
    let mut groups: Vec<Same> = Vec::new();
    for by in wanted(parts) {
        let filter = without(filter, by);
        match groups.iter_mut().find(|group| group.filter == filter) {
            Some(group) => group.by.push(by),
            None => groups.push(Same {
                filter,
                by: vec![by],
            }),
        }
    }
    groups
}

impl Reads {
    /// Adds the facets of a group to those that are there, and tells how many hits were counted.
    pub(super) async fn add_facets(
        &self,
        facets: &mut Facets,
        group: &Same,
        counted: Counted<'_>,
        parts: &FacetParts,
    ) -> Result<Count> {
        let answer = self.answer(|sql| write_facets(sql, counted));
        let answer = answer.await?;
        let mut tally = Tally::default();
        for row in answer.rows.iter() {
            tally.add(row, &group.by)?;
        }
        let all = Count::capped(tally.counted);
        for by in &group.by {
            match by {
                By::Category => facets.category = self.categories(&tally, parts, all).await?,
                By::Skill => facets.skill = self.skills(&tally, parts, all).await?,
                By::SalaryBand => {
                    let band = |place: &i64| SalaryBand::ALL.get(usize::try_from(*place).ok()?);
                    let values = tally.salary_bands.iter();
                    let values = values.filter_map(|(place, count)| Some((*band(place)?, *count)));
                    facets.salary_band = facet(values, all);
                }
                By::Outlook => {
                    let outlook =
                        |place: &i64| EmploymentOutlook::ALL.get(usize::try_from(*place).ok()?);
                    let values = tally.outlooks.iter();
                    let values =
                        values.filter_map(|(place, count)| Some((*outlook(place)?, *count)));
                    facets.outlook = facet(values, all);
                }
                By::Locale => {
                    let locales = tally.locales.iter();
                    let values = locales
                        .filter_map(|(locale, count)| Some((Locale::parse(locale).ok()?, *count)));
                    facets.locale = facet(values, all);
                }
            }
        }
        Ok(all)
    }

    async fn categories(
        &self,
        tally: &Tally,
        parts: &FacetParts,
        counted: Count,
    ) -> Result<Part<Facet<domain::read::CategoryTree>>> {
        let Some(wanted) = &parts.category else {
            return Ok(Part::NotLoaded);
        };
        let most = tally.categories.most(wanted.first);
        let keys: Vec<i64> = most.iter().map(|(key, _)| *key).collect();
        let trees = self.trees_of_keys(
            &keys,
            |sql| category::select_of_keys(sql, &keys, &wanted.value),
            |record| category_tree(record, &wanted.value),
        );
        Ok(in_order(&most, trees.await?, counted))
    }

    async fn skills(
        &self,
        tally: &Tally,
        parts: &FacetParts,
        counted: Count,
    ) -> Result<Part<Facet<domain::read::SkillTree>>> {
        let Some(wanted) = &parts.skill else {
            return Ok(Part::NotLoaded);
        };
        let most = tally.skills.most(wanted.first);
        let keys: Vec<i64> = most.iter().map(|(key, _)| *key).collect();
        let trees = self.trees_of_keys(
            &keys,
            |sql| skill::select_of_keys(sql, &keys, &wanted.value),
            |record| skill_tree(record, &wanted.value),
        );
        Ok(in_order(&most, trees.await?, counted))
    }
}

/// The entities with these keys as the values of a facet, in their order.
fn in_order<T>(keys: &[(i64, u32)], mut trees: BTreeMap<i64, T>, counted: Count) -> Part<Facet<T>> {
    let buckets = keys.iter().filter_map(|(key, count)| {
        let value = trees.remove(key)?;
        let count = u64::from(*count);
        Some(Bucket { value, count })
    });
    Part::Loaded(Facet {
        buckets: buckets.collect(),
        counted,
    })
}

fn facet<T: Ord>(values: impl Iterator<Item = (T, u64)>, counted: Count) -> Part<Facet<T>> {
    let buckets = values.map(|(value, count)| Bucket { value, count });
    let mut buckets: Vec<Bucket<T>> = buckets.collect();
    buckets.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    Part::Loaded(Facet { buckets, counted })
}

/// Writes the statement for what is counted of every hit.
pub(super) fn write_facets(sql: &mut Sql, counted: Counted<'_>) {
    let columns = "search_role.locale, search_role.salary_band, search_role.outlook, \
                   search_role.categories, search_role.skills";
    match counted {
        Counted::Matching(matching) => {
            sql.push(&format!("SELECT {columns} FROM ("));
            write_matches(sql, matching);
            sql.push(&format!(
                " LIMIT {}) AS matches JOIN search_role ON search_role.role_id = matches.role_id",
                MAX_COUNT + 1
            ));
        }
        Counted::Keys(keys) => {
            sql.push(&format!("SELECT {columns} FROM search_role WHERE "));
            if keys.is_empty() {
                sql.push("FALSE");
            } else {
                sql.one_of_keys("search_role.role_id", keys);
            }
        }
    }
}
