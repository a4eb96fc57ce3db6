//! What becomes of occupations.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use dataset::onet::{Release, ReleaseOptions};
use domain::limits::ContentLimits;
use domain::role::{DutyKind, FactKey, Nearness, RoleDraft};
use domain::skill::SkillKind;

use super::{Slugs, Translator};

/// Tables of a small release with invented occupations.
const TABLES: &[(&str, &[&str])] = &[
    (
        "Occupation Data",
        &[
            "O*NET-SOC Code\tTitle\tDescription",
            "15-1299.01\tLighthouse Programmers\tKeep the programs of lighthouses running.",
            "15-1299.02\tBuoy Counters\tCount buoys.",
        ],
    ),
    (
        "Task Statements",
        &[
            "O*NET-SOC Code\tTask ID\tTask\tTask Type\tIncumbents Responding\tDate\tDomain Source",
            "15-1299.01\t901\tWrite programs for lamps.\tCore\t31\t08/2023\tIncumbent",
            "15-1299.01\t902\tAnswer ships.\tn/a\tn/a\t07/2022\tAnalyst",
            "15-1299.02\t903\tCount.\tSupplemental\t31\t08/2021\tIncumbent",
        ],
    ),
    (
        "Emerging Tasks",
        &[
            "O*NET-SOC Code\tTask\tCategory\tOriginal Task ID\tOriginal Task\tDate\tDomain Source",
            "15-1299.01\tTrain lamps.\tNew\tn/a\tn/a\t08/2024\tIncumbent",
        ],
    ),
    (
        "Tasks to DWAs",
        &[
            "O*NET-SOC Code\tTask ID\tDWA ID\tDate\tDomain Source",
            "15-1299.01\t901\t4.A.1.a.1.I01.D01\t07/2014\tAnalyst",
        ],
    ),
    (
        "Alternate Titles",
        &[
            "O*NET-SOC Code\tAlternate Title\tShort Title\tSource(s)",
            "15-1299.01\tLamp Coder\tLC\t04,06",
            "15-1299.01\tBeam Engineer\tn/a\t08",
        ],
    ),
    (
        "Sample of Reported Titles",
        &[
            "O*NET-SOC Code\tReported Job Title\tShown in My Next Move",
            "15-1299.01\tLamp Coder\tY",
        ],
    ),
    (
        "Content Model Reference",
        &[
            "Element ID\tElement Name\tDescription",
            "2.A.1.e\tMathematics\tUsing numbers.",
            "2.C.4.a\tMathematics\tKnowing about numbers.",
            "2.D.1\tRequired Level of Education\tSchooling.",
        ],
    ),
    (
        "Skills",
        &[
            "O*NET-SOC Code\tElement ID\tScale ID\tData Value\tN\tStandard Error\tLower CI Bound\t\
             Upper CI Bound\tRecommend Suppress\tNot Relevant\tDate\tDomain Source",
            "15-1299.01\t2.A.1.e\tIM\t4.12\t8\t0.125\t3.88\t4.37\tN\tn/a\t08/2023\tAnalyst",
            "15-1299.01\t2.A.1.e\tLV\t4.62\t8\t0.183\t4.2664\t4.9836\tY\tN\t08/2023\tAnalyst",
        ],
    ),
    (
        "Knowledge",
        &[
            "O*NET-SOC Code\tElement ID\tScale ID\tData Value\tN\tStandard Error\tLower CI Bound\t\
             Upper CI Bound\tRecommend Suppress\tNot Relevant\tDate\tDomain Source",
            "15-1299.01\t2.C.4.a\tIM\t3\t8\tn/a\tn/a\tn/a\tN\tn/a\t08/2023\tIncumbent",
        ],
    ),
    (
        "Technology Skills",
        &[
            "O*NET-SOC Code\tExample\tCommodity Code\tCommodity Title\tHot Technology\tIn Demand",
            "15-1299.01\tPython\t43232408\tDevelopment environment software\tY\tN",
        ],
    ),
    (
        "Related Occupations",
        &[
            "O*NET-SOC Code\tRelated O*NET-SOC Code\tRelatedness Tier\tIndex",
            "15-1299.01\t15-1299.02\tPrimary-Short\t1",
        ],
    ),
    (
        "Job Zones",
        &[
            "O*NET-SOC Code\tJob Zone\tDate\tDomain Source",
            "15-1299.01\t4\t08/2023\tAnalyst",
        ],
    ),
    (
        "Job Zone Reference",
        &[
            "Job Zone\tName\tExperience\tEducation\tJob Training\tExamples\tSVP Range",
            "4\tJob Zone Four\tYears at sea.\tA degree.\tA summer.\tSailors\t(7.0 to < 8.0)",
        ],
    ),
    (
        "Education, Training, and Experience",
        &[
            "O*NET-SOC Code\tElement ID\tScale ID\tCategory\tData Value\tN\tStandard Error\t\
             Lower CI Bound\tUpper CI Bound\tRecommend Suppress\tDate\tDomain Source",
            "15-1299.01\t2.D.1\tRL\t1\t30.5\t28\tn/a\tn/a\tn/a\tN\t08/2023\tIncumbent",
            "15-1299.01\t2.D.1\tRL\t2\t69.5\t28\t4.1428\t60.6307\t75.5524\tN\t08/2023\tIncumbent",
        ],
    ),
    (
        "Education, Training, and Experience Categories",
        &[
            "Element ID\tScale ID\tCategory\tCategory Description",
            "2.D.1\tRL\t1\tSchool",
            "2.D.1\tRL\t2\tMaritime College",
        ],
    ),
];

fn drafts(folder: &Path) -> Vec<RoleDraft> {
    let options = ReleaseOptions {
        release: Some("29.3".to_owned()),
        ..ReleaseOptions::default()
    };
    let release = Release::open(folder, &options).unwrap();
    let profiles = || release.profiles(Vec::new()).unwrap();
    let mut slugs = Slugs::default();
    for profile in profiles() {
        let occupation = profile.unwrap().occupation;
        slugs.add(occupation.code, &occupation.title);
    }
    let translator = Translator::new(release.references(), Some("29.3"));
    profiles()
        .map(|profile| translator.draft(&profile.unwrap(), &slugs).unwrap())
        .collect()
}

fn small() -> Vec<RoleDraft> {
    let folder = tempfile::tempdir().unwrap();
    for (name, rows) in TABLES {
        let path = folder.path().join(format!("{name}.txt"));
        fs::write(path, rows.join("\r\n") + "\r\n").unwrap();
    }
    drafts(folder.path())
}

#[test]
fn tables_become_parts_of_a_role() {
    let [role, other] = &small()[..] else {
        panic!("there are two occupations")
    };
    assert_eq!(role.violations(&ContentLimits::default()), []);
    assert_eq!(role.slug.as_str(), "lighthouse-programmers");
    assert_eq!(role.categories[0].leaf(), "Computer Occupations");
    assert_eq!(role.last_reviewed.unwrap().to_string(), "2023-08");
    let duties: Vec<_> = role
        .duties
        .iter()
        .map(|duty| {
            (
                duty.kind,
                duty.external_id.as_deref(),
                duty.activities.len(),
            )
        })
        .collect();
    let wanted = [
        (DutyKind::Core, Some("901"), 1),
        (DutyKind::Unspecified, Some("902"), 0),
        (DutyKind::EmergingNew, None, 0),
    ];
    assert_eq!(duties, wanted);
    let [coder, engineer] = &role.titles[..] else {
        panic!("{:?}", role.titles)
    };
    assert_eq!(coder.short_form.as_deref(), Some("LC"));
    assert!(coder.reported && coder.featured && coder.sources == ["04", "06"]);
    assert!(!engineer.reported && engineer.short_form.is_none());
    assert_eq!(role.related[0].slug, other.slug);
    assert_eq!(role.related[0].nearness, Some(Nearness::Nearest));
    assert_eq!(role.codes[0].code, "15-1299.01");
}

#[test]
fn ratings_are_measures_and_names_stand_for_one_skill() {
    let [role, other] = &small()[..] else {
        panic!("there are two occupations")
    };
    let skills: Vec<_> = role
        .skills
        .iter()
        .map(|needed| (needed.skill.name.as_str(), needed.skill.kind))
        .collect();
    let wanted = [
        ("Mathematics", SkillKind::Skill),
        ("Mathematics (knowledge)", SkillKind::Knowledge),
        ("Python", SkillKind::Technology),
    ];
    assert_eq!(skills, wanted);
    let measures = role.skills[0].measures.as_deref().unwrap();
    let level = measures.level.as_ref().unwrap();
    assert_eq!(level.lower_bound.unwrap().to_string(), "4.2664");
    assert!(level.suppressed && measures.relevant == Some(true));
    assert!(role.skills[2].measures.as_deref().unwrap().hot);
    assert!(other.skills.is_empty());
}

#[test]
fn job_zones_and_answers_tell_how_people_come_into_an_occupation() {
    let [role, other] = &small()[..] else {
        panic!("there are two occupations")
    };
    let facts: Vec<_> = role
        .facts
        .iter()
        .map(|fact| (fact.key, fact.text.as_str()))
        .collect();
    let wanted = [
        (FactKey::JobZone, "Job Zone Four"),
        (FactKey::TypicalEducation, "Maritime College (69.5 %)"),
        (FactKey::TypicalExperience, "Years at sea."),
        (FactKey::OnTheJobTraining, "A summer."),
    ];
    assert_eq!(facts, wanted);
    let asked = &role.distributions[0];
    assert_eq!(asked.label, "Required Level of Education");
    assert_eq!(asked.shares[1].percent.value.to_string(), "69.5");
    assert!(other.facts.is_empty() && other.distributions.is_empty());
}

/// The real release, where it is at hand.
fn real() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/onet-29.3");
    folder.is_dir().then_some(folder)
}

/// How much of everything there is.
fn counts(drafts: &[RoleDraft]) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    let mut count = |name, more: usize| *counts.entry(name).or_insert(0) += more;
    for draft in drafts {
        count("titles", draft.titles.len());
        count(
            "reported",
            draft.titles.iter().filter(|title| title.reported).count(),
        );
        count(
            "featured",
            draft.titles.iter().filter(|title| title.featured).count(),
        );
        count(
            "short",
            draft
                .titles
                .iter()
                .filter(|title| title.short_form.is_some())
                .count(),
        );
        count("duties", draft.duties.len());
        count(
            "numbered",
            draft
                .duties
                .iter()
                .filter(|duty| duty.external_id.is_some())
                .count(),
        );
        count(
            "activities",
            draft.duties.iter().map(|duty| duty.activities.len()).sum(),
        );
        count("related", draft.related.len());
        count(
            "zones",
            usize::from(draft.facts.iter().any(|fact| fact.key == FactKey::JobZone)),
        );
        count(
            "shares",
            draft
                .distributions
                .iter()
                .map(|asked| asked.shares.len())
                .sum(),
        );
        for needed in &draft.skills {
            count(needed.skill.kind.as_str(), 1);
        }
    }
    counts
}

#[test]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn a_whole_release_becomes_roles_that_keep_the_rules() {
    let Some(folder) = real() else {
        eprintln!("skipped: the O*NET release is not there");
        return;
    };
    let drafts = drafts(&folder);
    let limits = ContentLimits::default();
    let mut slugs = HashSet::new();
    for draft in &drafts {
        assert_eq!(draft.violations(&limits), [], "{}", draft.slug);
        assert!(slugs.insert(&draft.slug), "{}", draft.slug);
    }
    let wanted = BTreeMap::from([
        ("titles", 56_560),
        ("reported", 7_796),
        ("featured", 3_549),
        ("short", 3_574),
        ("duties", 18_796 + 295),
        ("numbered", 18_796),
        ("activities", 23_233),
        ("related", 18_460),
        ("zones", 923),
        // Together the 36,209 rows of the table of education.
        ("shares", 35_178),
        ("CREDENTIAL", 1_031),
        ("SKILL", 30_765),
        ("KNOWLEDGE", 29_007),
        ("WORK_STYLE", 14_064),
        ("TECHNOLOGY", 32_681),
        ("TOOL", 41_662),
    ]);
    assert_eq!(drafts.len(), 1_016);
    assert_eq!(counts(&drafts), wanted);
}
