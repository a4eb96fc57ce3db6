//! What occupations take: rated skills and knowledge, software and tools.

use dataset::onet::{Precision, Profile, Rating};
use domain::role::salary::Origin;
use domain::skill::{Commodity, Requirement, RoleSkill, SkillKind, SkillMeasures, SkillTerm};
use domain::{Decimal, Estimate};

use super::RATED;
use super::name::{SkillNames, kind};

/// Decimal places that estimates keep.
const PLACES: u8 = 4;

/// The skills of an occupation, table after table.
pub(super) fn skills(profile: &Profile, names: &SkillNames<'_>) -> Vec<RoleSkill<SkillTerm>> {
    let mut skills = Vec::new();
    for table in RATED {
        let edges = profile.edges(table).into_iter();
        skills.extend(edges.map(|(element, ratings)| {
            let measures = measures(&ratings);
            needed(names.of(table, element), kind(table), measures)
        }));
    }
    skills.extend(credentials(profile, names));
    skills.extend(profile.technologies.iter().map(|technology| {
        let measures = SkillMeasures {
            hot: technology.hot,
            in_demand: technology.in_demand,
            commodity: commodity(&technology.commodity_code, &technology.commodity_title),
            ..SkillMeasures::default()
        };
        needed(technology.example.clone(), SkillKind::Technology, measures)
    }));
    skills.extend(profile.tools.iter().map(|tool| {
        let measures = SkillMeasures {
            commodity: commodity(&tool.commodity_code, &tool.commodity_title),
            ..SkillMeasures::default()
        };
        needed(tool.example.clone(), SkillKind::Tool, measures)
    }));
    skills
}

/// Certificates and apprenticeships, which are rated in the table of education.
fn credentials(
    profile: &Profile,
    names: &SkillNames<'_>,
) -> impl Iterator<Item = RoleSkill<SkillTerm>> {
    let rated = profile.education.iter();
    let rated = rated.filter(|row| row.category.is_none());
    rated.map(|row| {
        let measures = SkillMeasures {
            importance: estimate(row.value, &row.precision),
            as_of: row.date,
            collected_from: row.source.clone(),
            ..SkillMeasures::default()
        };
        needed(names.name(&row.element_id), SkillKind::Credential, measures)
    })
}

fn needed(name: String, kind: SkillKind, measures: SkillMeasures) -> RoleSkill<SkillTerm> {
    let term = SkillTerm {
        name,
        kind,
        aliases: Vec::new(),
    };
    RoleSkill {
        measures: Some(Box::new(measures)),
        ..RoleSkill::new(term, Requirement::Unspecified, Origin::Stated)
    }
}

fn commodity(code: &str, title: &str) -> Option<Commodity> {
    let is_known = !code.is_empty() && !title.is_empty();
    is_known.then(|| Commodity {
        code: code.to_owned(),
        title: title.to_owned(),
    })
}

/// The ratings of one element, a row for each scale; interests are rated on one of their own.
fn measures(ratings: &[&Rating]) -> SkillMeasures {
    let on = |scales: &[&str]| {
        let mut ratings = ratings.iter().copied();
        ratings.find(|rating| scales.contains(&rating.scale_id.as_str()))
    };
    let (importance, level) = (on(&["IM", "OI"]), on(&["LV"]));
    let first = importance.or(level);
    SkillMeasures {
        importance: importance.and_then(|rating| estimate(rating.value, &rating.precision)),
        level: level.and_then(|rating| estimate(rating.value, &rating.precision)),
        relevant: level.and_then(|rating| rating.not_relevant.map(|irrelevant| !irrelevant)),
        as_of: first.and_then(|rating| rating.date),
        collected_from: first.and_then(|rating| rating.source.clone()),
        ..SkillMeasures::default()
    }
}

/// A measured value; `None` when it has more decimal places than are kept.
pub(super) fn estimate(value: dataset::Decimal, precision: &Precision) -> Option<Estimate> {
    let exact = |number: dataset::Decimal| {
        let number = number.in_units(PLACES)?;
        Some(Decimal::from_ten_thousandths(number))
    };
    Some(Estimate {
        value: exact(value)?,
        sample_size: precision.n,
        standard_error: precision.standard_error.and_then(exact),
        lower_bound: precision.lower.and_then(exact),
        upper_bound: precision.upper.and_then(exact),
        suppressed: precision.suppress == Some(true),
    })
}
