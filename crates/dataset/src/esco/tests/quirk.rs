//! What the published files are like, and what is wrong with rows.

use domain::Locale;

use crate::esco::{Entity, FileKind, RelationKind, Release, ReleaseOptions, ReuseLevel, SkillType};
use crate::finding::{Code, Finding};

/// A folder with invented files of ESCO.
struct Folder {
    folder: tempfile::TempDir,
}

const OCCUPATIONS: &str = "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,regulatedProfessionNote,scopeNote,definition,inScheme,description,code\n\
Occupation,http://e/o/1,0110,\"cloud herder \",\"rain driver\n cloud herder\nfog\u{a0}guide\",cloud hearder,released,2024-01-25T11:28:50.295Z,,,,\"http://e/s/a,\nhttp://e/s/b\",\"Herds \"\"wild\"\" clouds,\r\nby day.\",0110.1\n\
Occupation,http://e/o/2,2654,fog weaver,,,released,2024-01-25T11:28:50Z,,,,http://e/s/a,Weaves fog.,2654.1.7\n\
Occupation,http://e/o/3,2654,lamp listener,lamp hearer,,released,,,,,http://e/s/a,Listens.,2654.1.8";

const FRENCH: &str = "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,regulatedProfessionNote,scopeNote,definition,inScheme,description,code\r\n\
Occupation,http://e/o/3,2654,guetteur/guetteuse,\"guetteur/guetteuse\nveilleur\",,released,,,,,,Guette.,2654.1.8\r\n\
Occupation,http://e/o/1,0110,berger de nuages/bergère de nuages,,,released,,,,,,Garde.,0110.1\r\n";

impl Folder {
    fn new() -> Self {
        let folder = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        folder.put("occupations_en.csv", OCCUPATIONS);
        folder.put("occupations_fr.csv", FRENCH);
        folder
    }

    fn put(&self, name: &str, text: &str) {
        std::fs::write(self.folder.path().join(name), text).unwrap();
    }

    fn open(&self) -> Release {
        Release::open(self.folder.path(), &ReleaseOptions::default()).unwrap()
    }

    fn entities(&self, kind: FileKind) -> Vec<Entity> {
        let release = self.open();
        let entities = release.concepts(kind, Vec::new()).unwrap();
        entities.map(|entity| entity.unwrap()).collect()
    }

    /// What a check finds, without what the folder lacks.
    fn findings(&self) -> Vec<Finding> {
        let mut findings: Vec<Finding> = Vec::new();
        self.open().check(&mut findings).unwrap();
        findings.retain(|finding| finding.code != Code::MissingTable);
        findings
    }

    /// File, line, column and code of what a check finds.
    fn told(&self) -> Vec<(String, Option<u64>, String, Code)> {
        let findings = self.findings().into_iter();
        let told = findings.map(|finding| {
            let column = finding.column.unwrap_or_default();
            (finding.file, finding.line, column, finding.code)
        });
        told.collect()
    }
}

#[test]
fn occupations_are_joined_across_languages() {
    let folder = Folder::new();
    assert_eq!(folder.findings(), []);
    let entities = folder.entities(FileKind::Occupations);
    let herder = &entities[0].primary.concept;
    assert_eq!(herder.labels.preferred, "cloud herder");
    assert_eq!(herder.labels.alternates, ["rain driver", "fog\u{a0}guide"]);
    assert_eq!(herder.labels.hidden, ["cloud hearder"]);
    assert_eq!(herder.isco_group.as_deref(), Some("0110"));
    assert_eq!(herder.schemes, ["http://e/s/a", "http://e/s/b"]);
    assert_eq!(
        herder.description.as_deref(),
        Some("Herds \"wild\" clouds,\r\nby day.")
    );
    assert_eq!(
        herder.modified.unwrap().to_string(),
        "2024-01-25T11:28:50.295000Z"
    );
    assert!(
        entities[0]
            .primary
            .row
            .raw
            .contains("\"cloud herder \",\"rain driver\n")
    );
    let french: Vec<_> = entities
        .iter()
        .map(|entity| entity.translations.len())
        .collect();
    assert_eq!(french, [1, 0, 1]);
    let listener = &entities[2].translations[0];
    assert_eq!((listener.locale.as_str(), listener.row.line), ("fr", 2));
    assert_eq!(listener.concept.labels.gendered, ["guetteur", "guetteuse"]);
    assert_eq!(listener.concept.labels.alternates, ["veilleur"]);
    let lines: Vec<u64> = entities
        .iter()
        .map(|entity| entity.primary.row.line)
        .collect();
    assert_eq!(lines, [2, 7, 8]);
}

#[test]
fn any_language_may_be_the_primary_one() {
    let folder = Folder::new();
    let options = ReleaseOptions {
        primary: Locale::parse("fr").unwrap(),
        locales: vec![Locale::parse("fr").unwrap()],
        release: Some("9.9".to_owned()),
        ..ReleaseOptions::default()
    };
    let release = Release::open(folder.folder.path(), &options).unwrap();
    assert_eq!(release.locales(), [&Locale::parse("fr").unwrap()]);
    assert_eq!(release.name(), Some("9.9"));
    let concepts = release.concepts(FileKind::Occupations, Vec::new()).unwrap();
    assert_eq!(concepts.count(), 2);
}

#[test]
fn rows_that_belong_to_nothing_are_refused() {
    let folder = Folder::new();
    let stranger = "Occupation,http://e/o/9,2654,autre,,,released,,,,,,Autre.,2654.9\r\n";
    let twice = "Occupation,http://e/o/1,0110,encore,,,released,,,,,,Encore.,0110.1\r\n";
    folder.put("occupations_fr.csv", &[FRENCH, stranger, twice].concat());
    let error = |line, code| {
        let (file, column) = ("occupations_fr.csv".to_owned(), "conceptUri".to_owned());
        (file, Some(line), column, code)
    };
    // The French file is in another order and told of in the order of the English one.
    assert_eq!(
        folder.told(),
        [error(6, Code::DuplicateKey), error(5, Code::UnknownCode)]
    );
}

#[test]
fn groups_and_skills_are_concepts_too() {
    let folder = Folder::new();
    folder.put(
        "ISCOGroups_en.csv",
        "conceptType,conceptUri,code,preferredLabel,status,altLabels,inScheme,description\n\
         ISCOGroup,http://data.europa.eu/esco/isco/C0110,0110,Cloud people,released,,,All.\n",
    );
    folder.put(
        "skills_en_labels.csv",
        "conceptUri,preferredLabel,skillType,reuseLevel,altLabels,description\r\n\
         http://e/k/1,whistle,skill/competence,cross-sector,\"blow\ntoot\",Whistles.\r\n\
         http://e/k/2,weather,knowledge,,,\r\n",
    );
    let told = folder.told();
    let unknown = (
        "occupations_en.csv".to_owned(),
        Some(7),
        "iscoGroup".to_owned(),
    );
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].0.clone(), told[0].1, told[0].2.clone()), unknown);
    assert_eq!(told[0].3, Code::UnknownCode);
    let groups = folder.entities(FileKind::IscoGroups);
    assert_eq!(groups[0].primary.concept.code.as_deref(), Some("0110"));
    let skills = folder.entities(FileKind::Skills);
    let whistle = &skills[0].primary.concept;
    assert_eq!(whistle.skill_type, Some(SkillType::Skill));
    assert_eq!(whistle.reuse_level, Some(ReuseLevel::CrossSector));
    assert_eq!(whistle.labels.alternates, ["blow", "toot"]);
    assert_eq!(skills[1].primary.concept.reuse_level, None);
    assert_eq!(folder.entities(FileKind::SkillGroups), []);
}

#[test]
fn relations_are_read_once() {
    let folder = Folder::new();
    let broader = "conceptType,conceptUri,broaderType,broaderUri\r\n\
                   Occupation,http://e/o/2,ISCOGroup,http://e/i/C2654\r\n\
                   Occupation,http://e/o/2,ISCOGroup,http://e/i/C2654\r\n\
                   Occupation,http://e/o/3,ISCOGroup\r\n\
                   Occupation,e/o/3,ISCOGroup,http://e/i/C2654\r\n";
    folder.put("broaderRelationsOccPillar_en.csv", broader);
    folder.put("broaderRelationsOccPillar_fr.csv", broader);
    folder.put(
        "occupationSkillRelations_en.csv",
        "occupationUri,relationType,skillType,skillUri\n\
         http://e/o/1,essential,knowledge,http://e/k/2\n\
         http://e/o/1,maybe,knowledge,http://e/k/1\n",
    );
    let told: Vec<_> = folder
        .told()
        .into_iter()
        .map(|(file, line, _, code)| (file, line, code))
        .collect();
    let name = |language| format!("broaderRelationsOccPillar_{language}.csv");
    let wanted = [
        (name("fr"), None, Code::DuplicateTable),
        (name("en"), Some(3), Code::DuplicateKey),
        (name("en"), Some(4), Code::ShortRow),
        (name("en"), Some(5), Code::InvalidCode),
        (
            "occupationSkillRelations_en.csv".to_owned(),
            Some(3),
            Code::InvalidValue,
        ),
    ];
    assert_eq!(told, wanted);
    let release = folder.open();
    let relations = release.relations(FileKind::OccupationSkill, Vec::new());
    let relations: Vec<_> = relations.map(|relation| relation.unwrap().0).collect();
    assert_eq!(relations[0].kind, RelationKind::Essential);
    assert_eq!(
        (relations[0].from.as_str(), relations[0].to.as_str()),
        ("http://e/o/1", "http://e/k/2")
    );
}

#[test]
fn the_hierarchy_is_padded() {
    let folder = Folder::new();
    folder.put(
        "skillsHierarchy_en.csv",
        "Level 0 URI,Level 0 preferred term,Level 1 URI,Level 1 preferred term,Level 2 URI,Level 2 preferred term,Level 3 URI,Level 3 preferred term,Description,Scope note,Level 0 code,Level 1 code,Level 2 code,Level 3 code\n\
         http://e/g/S,doing,,,,,,,,,S\n\
         http://e/g/S,doing,http://e/g/S1,herding,,,,,\"Leads, all day.\",,S,S1\n\
         http://e/g/S,doing,,,http://e/g/S2,weaving,,,,,S,S1,S2,\n",
    );
    let release = folder.open();
    let mut findings: Vec<Finding> = Vec::new();
    let mut hierarchy = release.hierarchy(&mut findings);
    let rows: Vec<_> = hierarchy.by_ref().map(|row| row.unwrap()).collect();
    assert_eq!(hierarchy.counts()[0].padded, 2);
    assert_eq!(rows[1].0.levels.len(), 2);
    assert_eq!(rows[1].0.levels[1].code.as_deref(), Some("S1"));
    assert_eq!(rows[0].1.raw, "http://e/g/S,doing,,,,,,,,,S");
    assert_eq!(
        (findings[0].line, findings[0].code),
        (Some(4), Code::MissingValue)
    );
}

#[test]
fn collections_and_schemes_are_read() {
    let folder = Folder::new();
    folder.put(
        "greenSkillsCollection_en.csv",
        "conceptUri,conceptType,broaderConceptPT,broaderConceptUri,altLabels,description,preferredLabel,Extra\n\
         http://e/k/1,KnowledgeSkillCompetence,a | b,http://e/g/1 | http://e/g/2,blow | toot,Whistles.,whistle,x\n",
    );
    let large = "http://e/o/1,\n".repeat(50_000);
    let large = large.trim_end_matches(",\n");
    folder.put(
        "conceptSchemes_en.csv",
        &format!(
            "conceptType,conceptSchemeUri,preferredLabel,title,status,description,hasTopConcept\r\n\
             ConceptScheme,http://e/s/a,Wet work,,released,,\"{large}\"\r\n"
        ),
    );
    let told = folder.told();
    assert_eq!(told.len(), 1);
    assert_eq!(
        (told[0].2.as_str(), told[0].3),
        ("Extra", Code::UnknownColumn)
    );
    let release = folder.open();
    let (member, row) = release.collections(Vec::new()).next().unwrap().unwrap();
    assert_eq!(row.kind.name, "greenSkillsCollection");
    assert_eq!(member.labels.alternates, ["blow", "toot"]);
    assert_eq!(member.broader, ["http://e/g/1", "http://e/g/2"]);
    let (scheme, _row) = release.schemes(Vec::new()).next().unwrap().unwrap();
    assert_eq!(
        (scheme.label.as_str(), scheme.top_concepts.len()),
        ("Wet work", 50_000)
    );
}

#[test]
fn columns_that_are_missing_or_changed_places_are_told() {
    let folder = Folder::new();
    let swapped = OCCUPATIONS.replacen("iscoGroup,preferredLabel", "preferredLabel,iscoGroup", 1);
    folder.put("occupations_en.csv", &swapped);
    assert!(folder.told().iter().all(|(.., column, code)| {
        (column == "iscoGroup" && *code == Code::InvalidCode) || *code == Code::UnknownCode
    }));
    folder.put(
        "occupations_en.csv",
        &OCCUPATIONS.replacen("altLabels", "labels", 1),
    );
    let told = folder.open();
    let missing: Vec<_> = told
        .findings()
        .iter()
        .filter(|found| found.rejects())
        .collect();
    assert_eq!(missing[0].column.as_deref(), Some("altLabels"));
    folder.put("occupations_fr.csv", "conceptUri\n");
    let options = ReleaseOptions::default();
    let error = Release::open(folder.folder.path(), &options).unwrap_err();
    assert_eq!(error.finding.code, Code::MissingColumn);
    folder.put("skills_en.csv", "conceptUri,preferredLabel\n");
    folder.put("skills_en_labels.csv", "conceptUri,preferredLabel\n");
    folder.put("occupations_en.csv", OCCUPATIONS);
    folder.put("occupations_fr.csv", FRENCH);
    let findings = folder.findings();
    assert!(
        findings
            .iter()
            .any(|found| found.code == Code::DuplicateTable)
    );
}
