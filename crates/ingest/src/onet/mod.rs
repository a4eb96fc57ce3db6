//! Occupations of O*NET as roles.
//!
//! [`Translator::draft`] is a pure function from what a release says about an occupation to a
//! document. Everything that has no place in a role stays in the rows of the release, which are
//! kept byte for byte beside it.

mod absent;
mod concept;
mod fact;
mod group;
mod link;
mod name;
mod run;
mod skill;
#[cfg(test)]
mod tests;
mod title;

use std::collections::{BTreeMap, HashMap};

use dataset::onet::{EmergingKind, OnetCode, Profile, References, TableKind, TaskKind};
use domain::role::{Duty, DutyKind, ExternalCode, MatchKind, RoleDraft, RolePatch};
use domain::source::SourceName;
use domain::{PartialDate, Slug};

use name::SkillNames;
pub use run::{RunError, RunOptions, run};

/// The key of the scheme that the codes of occupations belong to.
pub const SCHEME: &str = "onet-soc";
/// What the source of the roles is called, whatever its release.
pub const SOURCE: &str = "O*NET Database";
/// Raised when occupations become other roles than before, so that rows that are the same are
/// looked at again.
pub const MAPPING_VERSION: u32 = 1;

/// Where texts of a release come from and what must be said about it; a release that does not say
/// which one it is has no number in its credit line.
#[must_use]
pub fn source(release: Option<&str>) -> SourceName {
    let release = release.map(|name| format!("{name} ")).unwrap_or_default();
    SourceName {
        name: SOURCE.to_owned(),
        licence: Some("CC-BY-4.0".to_owned()),
        attribution: Some(format!(
            "This page includes information from the O*NET {release}Database by the U.S. \
             Department of Labor, Employment and Training Administration (USDOL/ETA). Used under \
             the CC BY 4.0 license. O*NET® is a trademark of USDOL/ETA."
        )),
    }
}

/// The slugs of occupations, in the order of their release: titles that make the same slug get
/// numbers.
#[derive(Debug, Default)]
pub struct Slugs {
    of: HashMap<OnetCode, Slug>,
    taken: HashMap<Slug, u32>,
}

impl Slugs {
    /// Gives an occupation its slug; that of its code when its title has no letters.
    pub fn add(&mut self, code: OnetCode, title: &str) {
        let slug = Slug::from_title(title).or_else(|_| Slug::from_title(code.as_str()));
        let Ok(slug) = slug else { return };
        let times = self.taken.entry(slug.clone()).or_insert(0);
        *times += 1;
        let slug = if *times == 1 {
            slug
        } else {
            slug.numbered(*times)
        };
        self.of.insert(code, slug);
    }

    /// The slug of an occupation of the release.
    #[must_use]
    pub fn get(&self, code: OnetCode) -> Option<&Slug> {
        self.of.get(&code)
    }
}

/// Makes roles of the occupations of one release.
#[derive(Debug)]
pub struct Translator<'r> {
    references: &'r References,
    names: SkillNames<'r>,
    source: SourceName,
}

impl<'r> Translator<'r> {
    /// A translator for the occupations of a release.
    #[must_use]
    pub fn new(references: &'r References, release: Option<&str>) -> Self {
        Self {
            references,
            names: SkillNames::new(references),
            source: source(release),
        }
    }

    /// The role that an occupation is; `None` when the occupation has no slug, and without related
    /// occupations that have none.
    #[must_use]
    pub fn draft(&self, profile: &Profile, slugs: &Slugs) -> Option<RoleDraft> {
        let occupation = &profile.occupation;
        let slug = slugs.get(occupation.code)?.clone();
        let mut draft = RoleDraft {
            summary: Some(occupation.description.clone()),
            categories: group::path(occupation.code).into_iter().collect(),
            last_reviewed: last_reviewed(profile),
            facts: fact::facts(profile, self.references),
            duties: duties(profile),
            distributions: fact::distributions(profile, self.references),
            titles: title::titles(profile),
            skills: skill::skills(profile, &self.names),
            related: link::related(profile, slugs),
            codes: vec![code(occupation.code)],
            ..RoleDraft::new(self.source.clone(), slug, occupation.title.clone())
        };
        // Gives each part its heading.
        RolePatch::default().apply(&mut draft);
        Some(draft)
    }
}

/// The code of an occupation. It names no release: most occupations are the same in the next one.
fn code(code: OnetCode) -> ExternalCode {
    ExternalCode {
        scheme: SCHEME.to_owned(),
        release: None,
        code: code.as_str().to_owned(),
        uri: None,
        match_kind: MatchKind::Exact,
    }
}

/// When somebody last looked at the tasks, or at the preparation that the occupation needs.
fn last_reviewed(profile: &Profile) -> Option<PartialDate> {
    let tasks = profile.tasks.iter().filter_map(|task| task.date).max();
    tasks.or_else(|| profile.job_zone.as_ref()?.date)
}

/// Tasks with their numbers and activities, then those that are emerging.
fn duties(profile: &Profile) -> Vec<Duty<domain::skill::SkillTerm>> {
    let mut activities: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for link in &profile.task_activities {
        let of_task = activities.entry(&link.task_id).or_default();
        of_task.push(link.activity_id.clone());
    }
    let tasks = profile.tasks.iter().map(|task| Duty {
        external_id: Some(task.id.clone()),
        activities: activities.remove(task.id.as_str()).unwrap_or_default(),
        ..Duty::new(
            task.text.as_str(),
            match task.kind {
                TaskKind::Core => DutyKind::Core,
                TaskKind::Supplemental => DutyKind::Supplemental,
                TaskKind::Unspecified => DutyKind::Unspecified,
            },
        )
    });
    let mut duties: Vec<_> = tasks.collect();
    duties.extend(profile.emerging_tasks.iter().map(|task| {
        Duty::new(
            task.text.as_str(),
            match task.kind {
                EmergingKind::New => DutyKind::EmergingNew,
                EmergingKind::Revision => DutyKind::EmergingRevision,
            },
        )
    }));
    duties
}

/// The tables whose ratings become skills, in the order in which a role has them.
const RATED: [TableKind; 5] = [
    TableKind::Skills,
    TableKind::Knowledge,
    TableKind::Abilities,
    TableKind::WorkStyles,
    TableKind::Interests,
];
