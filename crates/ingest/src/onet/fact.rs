//! How people come into occupations: glance facts, and how they spread over answers.

use std::collections::BTreeMap;

use dataset::onet::{Distribution as Row, Profile, References};
use domain::role::{Distribution, Fact, FactKey, Share};

use super::skill::estimate;

/// The scale of the question which schooling an occupation takes.
const EDUCATION: &str = "RL";

/// The job zone with what it means, and the schooling that most people name.
pub(super) fn facts(profile: &Profile, references: &References) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut add = |key, label: &str, text: &str| {
        if !text.trim().is_empty() {
            facts.push(Fact {
                key,
                label: label.to_owned(),
                text: text.trim().to_owned(),
                horizon_year: None,
            });
        }
    };
    let zone = profile.job_zone.as_ref().map(|zone| zone.zone);
    let meaning = zone.and_then(|zone| references.job_zones.get(&zone));
    if let Some(zone) = zone {
        let name = meaning.map_or_else(|| zone.to_string(), |zone| zone.name.clone());
        add(FactKey::JobZone, "Job zone", &name);
    }
    if let Some(education) = most_named(profile, references) {
        add(FactKey::TypicalEducation, "Typical education", &education);
    }
    if let Some(zone) = meaning {
        add(
            FactKey::TypicalExperience,
            "Typical experience",
            &zone.experience,
        );
        add(
            FactKey::OnTheJobTraining,
            "On-the-job training",
            &zone.job_training,
        );
    }
    facts
}

/// The schooling that most people name, with their part.
fn most_named(profile: &Profile, references: &References) -> Option<String> {
    let rows = profile.education.iter();
    let rows = rows.filter(|row| row.scale_id == EDUCATION);
    let rows = rows.filter_map(|row| Some((row.value.in_units(4)?, row)));
    // The lower level when two are named by as many.
    let (_, row) = rows.max_by_key(|(value, row)| (*value, std::cmp::Reverse(row.category)))?;
    let label = label(row, references)?;
    Some(format!("{label} ({} %)", row.value))
}

/// How people spread over the answers to each question that has answers.
pub(super) fn distributions(profile: &Profile, references: &References) -> Vec<Distribution> {
    let mut distributions: Vec<Distribution> = Vec::new();
    let mut places: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for row in &profile.education {
        let Some((share, label)) = share(row, references).zip(question(row, references)) else {
            continue;
        };
        let key = (row.scale_id.as_str(), row.element_id.as_str());
        let place = *places.entry(key).or_insert(distributions.len());
        if let Some(known) = distributions.get_mut(place) {
            known.shares.push(share);
            continue;
        }
        distributions.push(Distribution {
            scale: row.scale_id.clone(),
            label,
            shares: vec![share],
            as_of: row.date,
            collected_from: row.source.clone(),
        });
    }
    distributions
}

/// What is asked; the place in the content model when the release does not explain it.
fn question(row: &Row, references: &References) -> Option<String> {
    row.category?;
    let element = references.elements.get(&row.element_id);
    Some(element.map_or_else(|| row.element_id.clone(), |element| element.name.clone()))
}

fn share(row: &Row, references: &References) -> Option<Share> {
    let category = row.category?;
    Some(Share {
        category: u16::try_from(category).ok()?,
        label: label(row, references).unwrap_or_else(|| category.to_string()),
        percent: estimate(row.value, &row.precision)?,
    })
}

fn label(row: &Row, references: &References) -> Option<String> {
    let key = (row.element_id.clone(), row.scale_id.clone(), row.category?);
    let name = references.education_categories.get(&key)?;
    Some(name.description.clone())
}
