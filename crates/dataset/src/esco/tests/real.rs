//! The public sample, when it lies beside the repository.

use std::collections::{BTreeMap, HashSet};

use crate::esco::{FileKind, Release, ReleaseOptions};
use crate::finding::{Code, Finding};
use crate::sample::shared_data;

#[test]
fn the_whole_sample_arrives() {
    let Some(folder) = shared_data("esco-sample") else {
        return;
    };
    let release = Release::open(&folder, &ReleaseOptions::default()).unwrap();
    assert_eq!(release.findings(), []);
    let locales: Vec<&str> = release
        .locales()
        .iter()
        .map(|locale| locale.as_str())
        .collect();
    assert_eq!(locales, ["en", "fr"]);
    let mut findings: Vec<Finding> = Vec::new();
    let report = release.check(&mut findings).unwrap();
    assert_eq!(findings, []);
    assert_eq!(
        (report.occupations, report.errors, report.warnings),
        (164, 0, 0)
    );
    let mut rows: BTreeMap<FileKind, u64> = BTreeMap::new();
    for counts in &report.tables {
        assert_eq!(
            (counts.rows, counts.rejected),
            (counts.accepted, 0),
            "{}",
            counts.file
        );
        *rows.entry(counts.kind.kind).or_default() += counts.rows;
    }
    let wanted = [
        (FileKind::Occupations, 164 + 160),
        (FileKind::IscoGroups, 305),
        (FileKind::Skills, 150),
        (FileKind::SkillGroups, 150),
        (FileKind::OccupationBroader, 461),
        (FileKind::SkillBroader, 150),
        (FileKind::SkillSkill, 150),
        (FileKind::SkillsHierarchy, 150),
        (FileKind::Collection, 25 + 150 + 150 + 150 + 122 + 40 + 95),
        (FileKind::ConceptSchemes, 15),
    ];
    assert_eq!(rows, BTreeMap::from(wanted));
    let hierarchy = |counts: &&crate::Counts<_>| counts.padded > 0;
    let padded: Vec<_> = report.tables.iter().filter(hierarchy).collect();
    assert_eq!((padded.len(), padded[0].padded), (1, 37));
}

#[test]
fn occupations_have_what_the_guide_counts() {
    let Some(folder) = shared_data("esco-sample") else {
        return;
    };
    let release = Release::open(&folder, &ReleaseOptions::default()).unwrap();
    let mut known = HashSet::new();
    let (mut french, mut both, mut without, mut most) = (0, 0, 0, 0);
    for entity in release.concepts(FileKind::Occupations, Vec::new()).unwrap() {
        let entity = entity.unwrap();
        let labels = &entity.primary.concept.labels;
        without += usize::from(labels.alternates.is_empty());
        most = most.max(labels.alternates.len());
        assert_eq!(labels.preferred, labels.preferred.trim());
        assert!(entity.primary.concept.modified.is_some());
        for translation in &entity.translations {
            french += 1;
            let labels = &translation.concept.labels;
            both += usize::from(labels.gendered.len() == 2);
            assert!(!labels.alternates.contains(&labels.preferred));
            assert_eq!(translation.concept.code, entity.primary.concept.code);
        }
        known.insert(entity.primary.concept.uri);
    }
    assert_eq!((french, both, without, most), (160, 129, 1, 89));
    for entity in release.concepts(FileKind::IscoGroups, Vec::new()).unwrap() {
        known.insert(entity.unwrap().primary.concept.uri);
    }
    let relations = release.relations(FileKind::OccupationBroader, Vec::new());
    let relations = relations.map(|relation| relation.unwrap().0);
    let is_pending = |from: &String, to: &String| !known.contains(from) || !known.contains(to);
    let pending = relations.filter(|relation| is_pending(&relation.from, &relation.to));
    assert_eq!(pending.count(), 65);
}

#[test]
fn rows_write_the_files_again() {
    let Some(folder) = shared_data("esco-sample") else {
        return;
    };
    let release = Release::open(&folder, &ReleaseOptions::default()).unwrap();
    let mut findings: Vec<Finding> = Vec::new();
    let concepts = release
        .concepts(FileKind::Occupations, &mut findings)
        .unwrap();
    let mut rows: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for entity in concepts {
        for localized in entity.unwrap().all() {
            let row = localized.row.clone();
            rows.entry(row.kind).or_default().push(row.raw);
        }
    }
    for table in release.tables() {
        let Some(rows) = rows.get(&table.kind) else {
            continue;
        };
        let mut text = Vec::new();
        let rows = rows.iter().map(String::as_str);
        table.format.write(rows, &mut text).unwrap();
        let file = std::fs::read(folder.join(&*table.file)).unwrap();
        assert!(text == file, "{}", table.file);
    }
    assert!(
        findings
            .iter()
            .all(|finding| finding.code != Code::UnknownCode)
    );
}
