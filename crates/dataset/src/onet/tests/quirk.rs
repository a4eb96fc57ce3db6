//! What the published tables are like, and what folders of them are like.

use std::collections::BTreeMap;

use super::folder::{Folder, profiles};
use crate::finding::Code;
use crate::observe::{Observer, Progress};
use crate::onet::{Profile, Release, ReleaseOptions, TableKind, TaskKind};
use crate::table::Mapping;

/// A profile without the text of its rows, which differs between layouts.
fn values(mut profile: Profile) -> Profile {
    profile.rows = BTreeMap::new();
    profile
}

#[test]
fn both_layouts_give_equal_values() {
    let sheets = Folder::sheets();
    let (report, findings) = sheets.check();
    assert_eq!((report.occupations, report.errors), (3, 0), "{findings:?}");
    let both = [sheets, Folder::text()].map(|folder| {
        let profiles = folder.profiles().into_iter();
        profiles.map(values).collect::<Vec<_>>()
    });
    assert_eq!(both[0], both[1]);
    let herders = &both[0][0];
    assert_eq!(herders.tasks[0].text, "Call \"home\" a cloud.");
    assert_eq!(herders.tasks[1].kind, TaskKind::Unspecified);
    assert_eq!(herders.tasks[1].responding, None);
    assert_eq!(herders.tools[0].example, "Sieve 12\"");
    assert_eq!(herders.alternate_titles[1].sources, ["04", "06"]);
    assert!(
        herders.alternate_titles[0].reported && herders.alternate_titles[0].shown_in_my_next_move
    );
    assert_eq!(herders.edges(TableKind::Skills)[0].1.len(), 2);
    let skill = &herders.ratings(TableKind::Skills)[0];
    assert_eq!(skill.value.in_units(2), Some(412));
    assert_eq!(skill.precision.standard_error.unwrap().to_string(), "0.125");
    assert_eq!(skill.date.unwrap().to_string(), "2023-08");
    let others = &both[0][2];
    assert_eq!((others.tasks.len(), others.alternate_titles.len()), (0, 1));
}

#[test]
fn rows_write_their_files_again() {
    for folder in [Folder::sheets(), Folder::text()] {
        let release = folder.open().unwrap();
        let profiles = profiles(&release);
        for table in release.tables() {
            let rows = profiles
                .iter()
                .filter_map(|profile| profile.rows.get(&table.kind));
            let rows: Vec<_> = rows.flatten().collect();
            let numbers: Vec<u64> = rows.iter().map(|row| row.line).collect();
            assert_eq!(numbers, (2..table.rows + 2).collect::<Vec<_>>());
            let texts = rows.iter().map(|row| row.raw.as_str());
            let mut text = Vec::new();
            table.format.write(texts, &mut text).unwrap();
            let text = String::from_utf8(text).unwrap();
            assert_eq!(text, folder.text_of(&table.file));
        }
    }
}

#[test]
fn tables_in_another_order_are_sorted_on_the_disk() {
    let folder = Folder::sheets();
    let wanted = folder.profiles();
    for name in ["Task Statements.tsv", "Skills.tsv"] {
        let text = folder.text_of(name);
        let mut rows: Vec<&str> = text.lines().collect();
        rows[1..].rotate_left(2);
        folder.put_packed(&format!("{name}.gz"), &(rows.join("\n") + "\n"));
        folder.remove(name);
    }
    let (report, findings) = folder.check();
    assert_eq!(report.errors, 0, "{findings:?}");
    let profiles = folder
        .profiles()
        .into_iter()
        .map(values)
        .collect::<Vec<_>>();
    assert_eq!(profiles, wanted.into_iter().map(values).collect::<Vec<_>>());
    let tasks = &folder.profiles()[0].rows[&TableKind::TaskStatements];
    let lines: Vec<u64> = tasks.iter().map(|row| row.line).collect();
    assert_eq!(lines, [3, 4]);
}

#[test]
fn folders_may_lack_tables_and_hold_other_files() {
    let folder = Folder::sheets();
    folder.remove("Skills.tsv");
    folder.put("Survey Booklet Locations.txt", "a\n");
    folder.put("Read Me.txt", "O*NET 31.0 Database\nAugust 2026 Release\n");
    folder.put("Job Zones.txt", "O*NET-SOC Code\n");
    let release = folder.open().unwrap();
    assert_eq!(release.name(), Some("31.0"));
    assert_eq!(release.released().unwrap().to_string(), "2026-08");
    let findings = release.findings();
    let has = |code, words: &str| {
        let mut found = findings.iter().filter(|found| found.code == code);
        found.any(|found| found.to_string().contains(words))
    };
    assert!(has(Code::MissingTable, "\"Skills\""), "{findings:?}");
    assert!(
        has(Code::UnknownTable, "Survey Booklet Locations.txt"),
        "{findings:?}"
    );
    assert!(has(Code::DuplicateTable, "Job Zones.txt"), "{findings:?}");
    folder.remove("Occupation Data.tsv");
    assert_eq!(folder.open().unwrap_err().finding.code, Code::MissingTable);
    let given = ReleaseOptions {
        release: Some("my own".to_owned()),
        ..ReleaseOptions::default()
    };
    let release = Release::open(Folder::text().path(), &given).unwrap();
    assert_eq!(release.name(), Some("my own"));
}

#[test]
fn columns_that_are_missing_or_new_are_told() {
    let folder = Folder::sheets();
    folder.change("Skills.tsv", "Data Value\tN\t", "Data Value\tSample\t");
    let release = folder.open().unwrap();
    let told: Vec<_> = release
        .findings()
        .iter()
        .filter(|found| found.file == "Skills.tsv")
        .collect();
    assert_eq!(
        (told[0].code, told[0].column.as_deref()),
        (Code::MissingColumn, Some("N"))
    );
    assert_eq!(
        (told[1].code, told[1].column.as_deref()),
        (Code::UnknownColumn, Some("Sample"))
    );
    assert!(!release.has(TableKind::Skills));
    let mapping = Mapping::parse("map.toml", "[Skills]\nSample = \"N\"").unwrap();
    let options = ReleaseOptions {
        mapping,
        ..ReleaseOptions::default()
    };
    let release = Release::open(folder.path(), &options).unwrap();
    assert_eq!(
        profiles(&release)[0].ratings(TableKind::Skills)[0]
            .precision
            .n,
        Some(8)
    );
    folder.change("Occupation Data.tsv", "Description", "Text");
    assert_eq!(folder.open().unwrap_err().finding.code, Code::MissingColumn);
}

#[test]
fn the_names_of_release_30_3_are_known() {
    let wanted: Vec<_> = Folder::sheets()
        .profiles()
        .into_iter()
        .map(values)
        .collect();
    let folder = Folder::sheets();
    let skills = folder.text_of("Skills.tsv");
    let rows: Vec<&str> = skills.lines().collect();
    folder.put("Essential Skills.txt", &rows[..3].join("\n"));
    folder.put("Transferable Skills.txt", &[rows[0], rows[3]].join("\n"));
    let titles = folder.text_of("Alternate Titles.tsv");
    folder.put(
        "Job Titles.txt",
        &titles.replace("Alternate Title", "Job Title"),
    );
    let technology = folder.text_of("Technology Skills.tsv");
    let technology = technology.replace("Example", "Workplace Example");
    let technology = technology.replace("Commodity Code", "Element ID");
    folder.put(
        "Software Skills.txt",
        &technology.replace("Commodity Title", "Element Name"),
    );
    for name in ["Skills", "Alternate Titles", "Technology Skills"] {
        folder.remove(&format!("{name}.tsv"));
    }
    let (report, findings) = folder.check();
    assert_eq!(report.errors, 0, "{findings:?}");
    let profiles: Vec<_> = folder.profiles().into_iter().map(values).collect();
    assert_eq!(profiles, wanted);
}

#[test]
fn tables_with_commas_are_read() {
    let wanted: Vec<_> = Folder::sheets()
        .profiles()
        .into_iter()
        .map(values)
        .collect();
    let folder = Folder::sheets();
    for name in ["Occupation Data", "Alternate Titles"] {
        let text = folder.text_of(&format!("{name}.tsv")).replace('"', "\"\"");
        let text = text
            .lines()
            .map(|line| format!("\"{}\"\r\n", line.replace('\t', "\",\"")));
        folder.put(&format!("{name}.csv"), &text.collect::<String>());
        folder.remove(&format!("{name}.tsv"));
    }
    let profiles: Vec<_> = folder.profiles().into_iter().map(values).collect();
    assert_eq!(profiles, wanted);
}

#[test]
fn progress_is_told() {
    #[derive(Default)]
    struct Last(BTreeMap<String, (u64, u64, u64)>);
    impl Observer for Last {
        fn found(&mut self, _finding: crate::Finding) {}
        fn progressed(&mut self, progress: Progress<'_>) {
            let told = (progress.rows, progress.bytes, progress.of_bytes);
            self.0.insert(progress.file.to_owned(), told);
        }
    }
    let folder = Folder::sheets();
    let mut last = Last::default();
    folder.open().unwrap().check(&mut last).unwrap();
    let size = u64::try_from(folder.text_of("Skills.tsv").len()).unwrap();
    assert_eq!(last.0["Skills.tsv"], (3, size, size));
    assert_eq!(last.0.len(), 12);
}

#[test]
fn tables_that_explain_others_are_held() {
    let folder = Folder::sheets();
    for (name, rows) in EXPLAINED {
        folder.put_rows(&format!("{name}.txt"), rows);
    }
    let (report, findings) = folder.check();
    assert_eq!((report.errors, report.warnings), (0, 2), "{findings:?}");
    let release = folder.open().unwrap();
    let references = release.references();
    assert_eq!(references.elements["2.A.1.a"].name, "Whistling");
    assert_eq!(references.scales["LV"].maximum.to_string(), "7");
    assert_eq!(references.job_zones[&5].svp_range, "(8.0 and above)");
    let activity = &references.detailed_activities["4.A.2.a.4.I09.D03"];
    assert_eq!(activity.intermediate_id, "4.A.2.a.4.I09");
    assert_eq!(
        references.intermediate_activities["4.A.2.a.4.I09"].title,
        "Count things."
    );
    let key = ("2.D.1".to_owned(), "RL".to_owned(), 2);
    assert_eq!(
        references.education_categories[&key].description,
        "Some school"
    );
    assert_eq!(
        references.task_categories[&("FT".to_owned(), 1)].description,
        "Yearly or less"
    );
    assert_eq!(references.rows.len(), 12);
    assert_eq!(references.rows[0].line, 2);
}

const EXPLAINED: [(&str, &str); 7] = [
    (
        "Content Model Reference",
        "Element ID|Element Name|Description
        2.A.1.a|Whistling|Making sounds with the lips.
        2.D.1|Schooling|Years at school.
        2.D.4.a|Patience|Waiting.",
    ),
    (
        "Scales Reference",
        "Scale ID|Scale Name|Minimum|Maximum
        IM|Importance|1|5
        LV|Level|0|7
        RL|Schooling (Categories 1-12)|0|100",
    ),
    (
        "Job Zone Reference",
        "Job Zone|Name|Experience|Education|Job Training|Examples|SVP Range
        5|Job Zone Five|Years.|More years.|None.|Fog weavers.|(8.0 and above)",
    ),
    (
        "DWA Reference",
        "Element ID|IWA ID|DWA ID|DWA Title
        4.A.2.a.4|4.A.2.a.4.I09|4.A.2.a.4.I09.D03|Count wet things.",
    ),
    (
        "IWA Reference",
        "Element ID|IWA ID|IWA Title
        4.A.2.a.4|4.A.2.a.4.I09|Count things.",
    ),
    (
        "Education, Training, and Experience Categories",
        "Element ID|Scale ID|Category|Category Description
        2.D.1|RL|1|No school
        2.D.1|RL|2|Some school",
    ),
    (
        "Task Categories",
        "Scale ID|Category|Category Description
        FT|1|Yearly or less",
    ),
];
