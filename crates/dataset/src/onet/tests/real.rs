//! The public release, when it lies beside the repository.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use crate::file::Counts;
use crate::finding::{Code, Finding};
use crate::onet::{OnetCode, Profile, Release, ReleaseOptions, TableKind, TaskKind};
use crate::sample::shared_data;
use crate::table::Quoting;

fn open(folder: &Path) -> Release {
    Release::open(folder, &ReleaseOptions::default()).unwrap()
}

/// How many rows of each table are accepted; none may be rejected.
fn accepted(counts: Vec<Counts<TableKind>>) -> BTreeMap<TableKind, u64> {
    let mut accepted = BTreeMap::new();
    for counts in counts {
        assert_eq!((counts.rows, counts.rejected), (counts.accepted, 0));
        *accepted.entry(counts.kind).or_default() += counts.accepted;
    }
    accepted
}

/// The same, of a check.
fn checked(release: &Release) -> BTreeMap<TableKind, u64> {
    let mut findings: Vec<Finding> = Vec::new();
    let report = release.check(&mut findings).unwrap();
    assert_eq!(report.errors, 0, "{findings:?}");
    accepted(report.tables)
}

/// How many rows each table has.
const ROWS: [(TableKind, u64); 21] = [
    (TableKind::OccupationData, 1_016),
    (TableKind::TaskStatements, 18_796),
    (TableKind::EmergingTasks, 295),
    (TableKind::AlternateTitles, 56_560),
    (TableKind::ReportedTitles, 7_796),
    (TableKind::Skills, 61_530),
    (TableKind::Knowledge, 58_014),
    (TableKind::WorkStyles, 14_064),
    (TableKind::TechnologySkills, 32_681),
    (TableKind::ToolsUsed, 41_662),
    (TableKind::RelatedOccupations, 18_460),
    (TableKind::JobZones, 923),
    (TableKind::Education, 36_209),
    (TableKind::TasksToDwas, 23_233),
    (TableKind::ContentModelReference, 627),
    (TableKind::ScalesReference, 29),
    (TableKind::JobZoneReference, 5),
    (TableKind::DwaReference, 2_087),
    (TableKind::IwaReference, 332),
    (TableKind::EducationCategories, 41),
    (TableKind::TaskCategories, 7),
];

/// What all occupations have together.
const SUMS: [(&str, usize); 19] = [
    ("occupations", 1_016),
    ("with tasks", 923),
    ("with tools", 902),
    ("with ratings", 879),
    ("with education", 858),
    ("core", 13_417),
    ("supplemental", 4_222),
    ("unspecified", 1_157),
    ("reported", 7_796),
    ("shown", 3_549),
    ("short", 3_574),
    ("skills", 30_765),
    ("knowledge", 29_007),
    ("hot", 11_616),
    ("in demand", 2_339),
    ("relations", 18_460),
    ("zones", 923),
    ("distribution", 36_209),
    ("links", 23_233),
];

#[test]
fn the_whole_release_arrives() {
    let Some(folder) = shared_data("onet-29.3") else {
        return;
    };
    let release = open(&folder);
    assert_eq!(release.findings(), []);
    assert_eq!(release.name(), Some("29.3"));
    assert_eq!(release.released().unwrap().to_string(), "2025-05");
    assert_eq!(release.references().detailed_activities.len(), 2_087);
    assert_eq!(release.references().intermediate_activities.len(), 332);
    let mut sums: BTreeMap<&str, usize> = BTreeMap::new();
    let mut technologies = HashSet::new();
    let mut tools = HashSet::new();
    let mut findings = Vec::new();
    let mut profiles = release.profiles(&mut findings).unwrap();
    for profile in &mut profiles {
        let profile = profile.unwrap();
        for (name, count) in counts(&profile) {
            *sums.entry(name).or_default() += count;
        }
        technologies.extend(profile.technologies.into_iter().map(|row| row.example));
        tools.extend(profile.tools.into_iter().map(|row| row.example));
    }
    assert_eq!(accepted(profiles.counts()), BTreeMap::from(ROWS));
    assert_eq!(findings, []);
    assert_eq!(sums, BTreeMap::from(SUMS));
    assert_eq!((technologies.len(), tools.len()), (8_775, 18_105));
}

/// What is counted of one occupation.
fn counts(profile: &Profile) -> [(&'static str, usize); 19] {
    let kind = |kind| {
        profile
            .tasks
            .iter()
            .filter(|task| task.kind == kind)
            .count()
    };
    let titles = &profile.alternate_titles;
    let skills = profile.edges(TableKind::Skills);
    [
        ("occupations", 1),
        ("with tasks", usize::from(!profile.tasks.is_empty())),
        ("with tools", usize::from(!profile.tools.is_empty())),
        ("with ratings", usize::from(!skills.is_empty())),
        ("with education", usize::from(!profile.education.is_empty())),
        ("core", kind(TaskKind::Core)),
        ("supplemental", kind(TaskKind::Supplemental)),
        ("unspecified", kind(TaskKind::Unspecified)),
        (
            "reported",
            titles.iter().filter(|title| title.reported).count(),
        ),
        (
            "shown",
            titles
                .iter()
                .filter(|title| title.shown_in_my_next_move)
                .count(),
        ),
        (
            "short",
            titles.iter().filter(|title| title.short.is_some()).count(),
        ),
        ("skills", skills.len()),
        ("knowledge", profile.edges(TableKind::Knowledge).len()),
        (
            "hot",
            profile.technologies.iter().filter(|row| row.hot).count(),
        ),
        (
            "in demand",
            profile
                .technologies
                .iter()
                .filter(|row| row.in_demand)
                .count(),
        ),
        ("relations", profile.related.len()),
        ("zones", usize::from(profile.job_zone.is_some())),
        ("distribution", profile.education.len()),
        ("links", profile.task_activities.len()),
    ]
}

#[test]
fn both_layouts_give_equal_occupations() {
    let (Some(sheets), Some(text)) = (
        shared_data("onet-29.3"),
        shared_data("onet-29.3-text-sample"),
    ) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let names = [
        "Occupation Data.tsv",
        "Task Statements.tsv.gz",
        "Technology Skills.tsv.gz",
    ];
    for name in names {
        std::fs::copy(sheets.join(name), folder.path().join(name)).unwrap();
    }
    let text = open(&text);
    let wanted = [
        (TableKind::OccupationData, 47),
        (TableKind::TaskStatements, 970),
        (TableKind::TechnologySkills, 6_918),
    ];
    assert_eq!(checked(&text), BTreeMap::from(wanted));
    let profiles = |release: &Release| -> BTreeMap<OnetCode, Profile> {
        let profiles = release.profiles(Vec::new()).unwrap();
        let profiles = profiles.map(|profile| profile.unwrap());
        profiles
            .map(|profile| (profile.occupation.code, profile))
            .collect()
    };
    let sheets = profiles(&open(folder.path()));
    for (code, profile) in profiles(&text) {
        let same = &sheets[&code];
        assert_eq!(profile.occupation, same.occupation);
        assert_eq!(profile.tasks, same.tasks);
        assert_eq!(profile.technologies, same.technologies);
    }
}

#[test]
fn a_resaved_table_needs_quoting() {
    let (Some(sheets), Some(resaved)) = (
        shared_data("onet-29.3"),
        shared_data("onet-29.3-resaved-sample"),
    ) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    for (from, name) in [
        (sheets, "Occupation Data.tsv"),
        (resaved, "Task Statements.txt"),
    ] {
        std::fs::copy(from.join(name), folder.path().join(name)).unwrap();
    }
    let mut findings = Vec::new();
    let report = open(folder.path()).check(&mut findings).unwrap();
    let quoted = findings
        .iter()
        .filter(|found| found.code == Code::QuotedCell);
    assert_eq!((quoted.count(), report.errors), (6, 6));
    let options = ReleaseOptions {
        quoting: Quoting::Csv,
        ..ReleaseOptions::default()
    };
    let release = Release::open(folder.path(), &options).unwrap();
    assert_eq!(checked(&release)[&TableKind::TaskStatements], 205);
}
