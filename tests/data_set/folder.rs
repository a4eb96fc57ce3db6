//! Small releases of O*NET with invented occupations.

use std::collections::BTreeMap;
use std::path::Path;

use tempfile::TempDir;

const RATINGS: &str = "O*NET-SOC Code\tElement ID\tScale ID\tData Value\tN\tStandard Error\t\
                       Lower CI Bound\tUpper CI Bound\tRecommend Suppress\tNot Relevant\tDate\t\
                       Domain Source";

/// Name, header and rows of each table.
const TABLES: &[(&str, &str, &[&str])] = &[
    (
        "Occupation Data",
        "O*NET-SOC Code\tTitle\tDescription",
        &[
            "15-1299.01\tLighthouse Programmers\tKeep the programs of lighthouses running.",
            "15-1299.02\tBuoy Counters\tCount buoys.",
            "51-9199.01\tRope Testers\tPull ropes until they break.",
        ],
    ),
    (
        "Task Statements",
        "O*NET-SOC Code\tTask ID\tTask\tTask Type\tIncumbents Responding\tDate\tDomain Source",
        &[
            "15-1299.01\t901\tWrite programs for lamps.\tCore\t31\t08/2023\tIncumbent",
            "15-1299.01\t902\tAnswer ships.\tn/a\tn/a\t07/2022\tAnalyst",
        ],
    ),
    (
        "Emerging Tasks",
        "O*NET-SOC Code\tTask\tCategory\tOriginal Task ID\tOriginal Task\tDate\tDomain Source",
        &["15-1299.01\tTrain lamps.\tNew\tn/a\tn/a\t08/2024\tIncumbent"],
    ),
    (
        "Tasks to DWAs",
        "O*NET-SOC Code\tTask ID\tDWA ID\tDate\tDomain Source",
        &["15-1299.01\t901\t4.A.1.a.1.I01.D01\t07/2014\tAnalyst"],
    ),
    (
        "Alternate Titles",
        "O*NET-SOC Code\tAlternate Title\tShort Title\tSource(s)",
        &[
            "15-1299.01\tLamp Coder\tLC\t04,06",
            "15-1299.01\tBeam Engineer\tn/a\t08",
        ],
    ),
    (
        "Sample of Reported Titles",
        "O*NET-SOC Code\tReported Job Title\tShown in My Next Move",
        &["15-1299.01\tLamp Coder\tY"],
    ),
    (
        "Content Model Reference",
        "Element ID\tElement Name\tDescription",
        &[
            "2.A.1.e\tMathematics\tUsing numbers.",
            "2.C.4.a\tMathematics\tKnowing about numbers.",
            "2.D.1\tRequired Level of Education\tSchooling.",
        ],
    ),
    (
        "Skills",
        RATINGS,
        &[
            "15-1299.01\t2.A.1.e\tIM\t4.12\t8\t0.125\t3.88\t4.37\tN\tn/a\t08/2023\tAnalyst",
            "15-1299.01\t2.A.1.e\tLV\t4.62\t8\t0.183\t4.2664\t4.9836\tY\tN\t08/2023\tAnalyst",
        ],
    ),
    (
        "Knowledge",
        RATINGS,
        &["15-1299.01\t2.C.4.a\tIM\t3\t8\tn/a\tn/a\tn/a\tN\tn/a\t08/2023\tIncumbent"],
    ),
    (
        "Technology Skills",
        "O*NET-SOC Code\tExample\tCommodity Code\tCommodity Title\tHot Technology\tIn Demand",
        &["15-1299.01\tLampscript\t43232408\tDevelopment environment software\tY\tN"],
    ),
    (
        "Related Occupations",
        "O*NET-SOC Code\tRelated O*NET-SOC Code\tRelatedness Tier\tIndex",
        &[
            "15-1299.01\t15-1299.02\tPrimary-Short\t1",
            "15-1299.01\t51-9199.01\tSupplemental\t11",
        ],
    ),
    (
        "Job Zones",
        "O*NET-SOC Code\tJob Zone\tDate\tDomain Source",
        &["15-1299.01\t4\t08/2023\tAnalyst"],
    ),
    (
        "Job Zone Reference",
        "Job Zone\tName\tExperience\tEducation\tJob Training\tExamples\tSVP Range",
        &["4\tJob Zone Four\tYears at sea.\tA degree.\tA summer.\tSailors\t(7.0 to < 8.0)"],
    ),
    (
        "Education, Training, and Experience",
        "O*NET-SOC Code\tElement ID\tScale ID\tCategory\tData Value\tN\tStandard Error\t\
         Lower CI Bound\tUpper CI Bound\tRecommend Suppress\tDate\tDomain Source",
        &[
            "15-1299.01\t2.D.1\tRL\t1\t30.5\t28\tn/a\tn/a\tn/a\tN\t08/2023\tIncumbent",
            "15-1299.01\t2.D.1\tRL\t2\t69.5\t28\t4.1428\t60.6307\t75.5524\tN\t08/2023\tIncumbent",
        ],
    ),
    (
        "Education, Training, and Experience Categories",
        "Element ID\tScale ID\tCategory\tCategory Description",
        &["2.D.1\tRL\t1\tSchool", "2.D.1\tRL\t2\tMaritime College"],
    ),
];

/// A release in a folder that is gone with it.
pub(crate) struct Folder {
    place: TempDir,
    name: String,
    tables: BTreeMap<&'static str, String>,
}

/// The small release, called like this.
pub(crate) fn release(name: &str) -> Folder {
    let tables = TABLES.iter().map(|(table, header, rows)| {
        let lines = [&[*header], *rows].concat();
        (*table, lines.join("\r\n") + "\r\n")
    });
    Folder::new(name, tables.collect())
}

impl Folder {
    fn new(name: &str, tables: BTreeMap<&'static str, String>) -> Self {
        let place = tempfile::tempdir().unwrap();
        for (table, text) in &tables {
            std::fs::write(place.path().join(format!("{table}.txt")), text).unwrap();
        }
        let read_me = format!("O*NET {name} Database\nMay 2025 Release\n");
        std::fs::write(place.path().join("Read Me.txt"), read_me).unwrap();
        Self {
            place,
            name: name.to_owned(),
            tables,
        }
    }

    pub(crate) fn path(&self) -> &Path {
        self.place.path()
    }

    /// The release with another text in a table, where it has that.
    pub(crate) fn with(&self, table: &str, text: &str, instead: &str) -> Self {
        let mut tables = self.tables.clone();
        if let Some(rows) = tables.get_mut(table) {
            *rows = rows.replace(text, instead);
        }
        Self::new(&self.name, tables)
    }

    /// The release without the rows of a table that have a text.
    pub(crate) fn without(&self, table: &str, text: &str) -> Self {
        let mut tables = self.tables.clone();
        if let Some(rows) = tables.get_mut(table) {
            let kept = rows
                .split_inclusive("\r\n")
                .filter(|row| !row.contains(text));
            *rows = kept.collect();
        }
        Self::new(&self.name, tables)
    }

    /// The release with some of its tables.
    pub(crate) fn only(&self, tables: &[&str]) -> Self {
        let mut kept = self.tables.clone();
        kept.retain(|table, _| tables.contains(table));
        Self::new(&self.name, kept)
    }
}
