//! A release of our own: three invented occupations in tables with every quirk.

use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::file::Report;
use crate::finding::{Code, Finding, ReadError, Severity};
use crate::onet::{Profile, Release, ReleaseOptions, TableKind};

/// A folder with tables; each is its rows, cells between `|`.
pub(super) struct Folder {
    folder: tempfile::TempDir,
}

impl Folder {
    pub(super) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// The spreadsheet layout: names repeated, empty cells, LF.
    pub(super) fn sheets() -> Self {
        let folder = Self::new();
        for (name, rows) in SHEETS {
            folder.put(&format!("{name}.tsv"), &lines(rows, "\n"));
        }
        folder
    }

    /// The layout of the release text files: no names, `n/a`, CRLF.
    pub(super) fn text() -> Self {
        let folder = Self::new();
        for (name, rows) in TEXT {
            folder.put(&format!("{name}.txt"), &lines(rows, "\r\n"));
        }
        folder
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(super) fn put(&self, name: &str, text: &str) {
        std::fs::write(self.path().join(name), text).unwrap();
    }

    pub(super) fn put_rows(&self, name: &str, rows: &str) {
        self.put(name, &lines(rows, "\n"));
    }

    pub(super) fn put_packed(&self, name: &str, text: &str) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(text.as_bytes()).unwrap();
        let bytes = encoder.finish().unwrap();
        std::fs::write(self.path().join(name), &bytes).unwrap();
        bytes
    }

    pub(super) fn remove(&self, name: &str) {
        std::fs::remove_file(self.path().join(name)).unwrap();
    }

    pub(super) fn text_of(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).unwrap()
    }

    /// Replaces words of a table.
    pub(super) fn change(&self, name: &str, from: &str, to: &str) {
        let text = self.text_of(name);
        assert!(text.contains(from), "{name} has no {from}");
        self.put(name, &text.replace(from, to));
    }

    pub(super) fn open(&self) -> Result<Release, ReadError> {
        Release::open(self.path(), &ReleaseOptions::default())
    }

    pub(super) fn check(&self) -> (Report<TableKind>, Vec<Finding>) {
        let mut findings = Vec::new();
        let report = self.open().unwrap().check(&mut findings).unwrap();
        (report, findings)
    }

    /// File, line, column and code of every error.
    pub(super) fn errors(&self) -> Vec<(String, u64, String, Code)> {
        let (_report, findings) = self.check();
        let errors = findings.into_iter();
        let errors = errors.filter(|found| found.severity == Severity::Error);
        let told = errors.map(|found| {
            let column = found.column.unwrap_or_default();
            (
                found.file,
                found.line.unwrap_or_default(),
                column,
                found.code,
            )
        });
        told.collect()
    }

    pub(super) fn profiles(&self) -> Vec<Profile> {
        profiles(&self.open().unwrap())
    }
}

pub(super) fn profiles(release: &Release) -> Vec<Profile> {
    let profiles = release.profiles(Vec::new()).unwrap();
    profiles.map(|profile| profile.unwrap()).collect()
}

/// Rows as a file: cells between tabs, each line ended.
pub(super) fn lines(rows: &str, end: &str) -> String {
    let rows = rows.trim().lines();
    rows.map(|row| row.trim().replace('|', "\t") + end)
        .collect()
}

const SHEETS: [(&str, &str); 12] = [
    (
        "Occupation Data",
        "O*NET-SOC Code|Title|Description
        11-0001.00|Cloud Herders|Lead clouds to dry fields.
        11-0001.01|Fog Weavers|Weave fog for stages.
        12-0002.00|Lamp Listeners, All Other|All who listen to lamps.",
    ),
    (
        "Task Statements",
        "O*NET-SOC Code|Title|Task ID|Task|Task Type|Incumbents Responding|Date|Domain Source
        11-0001.00|Cloud Herders|7|Call \"home\" a cloud.|Core|95|08/2023|Incumbent
        11-0001.00|Cloud Herders|9|Count drops.|||07/2014|Analyst
        11-0001.01|Fog Weavers|8|Count drops.|Supplemental|12|08/2023|Incumbent",
    ),
    (
        "Emerging Tasks",
        "O*NET-SOC Code|Title|Task|Category|Original Task ID|Original Task|Date|Domain Source
        11-0001.00|Cloud Herders|Call clouds by drone.|Revision|7|Call \"home\" a cloud.|08/2024|Incumbent
        11-0001.01|Fog Weavers|Print fog.|New|||08/2024|Incumbent",
    ),
    (
        "Alternate Titles",
        "O*NET-SOC Code|Title|Alternate Title|Short Title|Source(s)
        11-0001.00|Cloud Herders|Cloud Driver||08
        11-0001.00|Cloud Herders|Rain Master (RM)||04,06
        11-0001.00|Cloud Herders|Rain Master (RM)|RM|10
        12-0002.00|Lamp Listeners, All Other|Lamp Hearer||08",
    ),
    (
        "Sample of Reported Titles",
        "O*NET-SOC Code|Title|Reported Job Title|Shown in My Next Move
        11-0001.00|Cloud Herders|Cloud Driver|Y",
    ),
    (
        "Skills",
        "O*NET-SOC Code|Title|Element ID|Element Name|Scale ID|Scale Name|Data Value|N|Standard Error|Lower CI Bound|Upper CI Bound|Recommend Suppress|Not Relevant|Date|Domain Source
        11-0001.00|Cloud Herders|2.A.1.a|Whistling|IM|Importance|4.12|8|0.125|3.88|4.37|N||08/2023|Analyst
        11-0001.00|Cloud Herders|2.A.1.a|Whistling|LV|Level|4.62|8|0.1830|4.2664|4.9836|N|Y|08/2023|Analyst
        11-0001.01|Fog Weavers|2.A.1.a|Whistling|IM|Importance|1|8|0|||Y||08/2023|Analyst",
    ),
    (
        "Technology Skills",
        "O*NET-SOC Code|Title|Example|Commodity Code|Commodity Title|Hot Technology|In Demand
        11-0001.00|Cloud Herders|Drizzle 3|43230001|Weather software|Y|N",
    ),
    (
        "Tools Used",
        "O*NET-SOC Code|Title|Example|Commodity Code|Commodity Title
        11-0001.00|Cloud Herders|Sieve 12\"|41110002|Sieves",
    ),
    (
        "Related Occupations",
        "O*NET-SOC Code|Title|Related O*NET-SOC Code|Related Title|Relatedness Tier|Index
        11-0001.00|Cloud Herders|11-0001.01|Fog Weavers|Primary-Short|1
        11-0001.01|Fog Weavers|11-0001.00|Cloud Herders|Supplemental|11",
    ),
    (
        "Job Zones",
        "O*NET-SOC Code|Title|Job Zone|Date|Domain Source
        11-0001.00|Cloud Herders|5|08/2023|Analyst",
    ),
    (
        "Education, Training, and Experience",
        "O*NET-SOC Code|Title|Element ID|Element Name|Scale ID|Scale Name|Category|Data Value|N|Standard Error|Lower CI Bound|Upper CI Bound|Recommend Suppress|Date|Domain Source
        11-0001.00|Cloud Herders|2.D.1|Schooling|RL|Schooling (Categories 1-12)|2|95.5|28|4.1428|90|97.25|N|08/2023|Incumbent
        11-0001.00|Cloud Herders|2.D.4.a|Patience|IM|Importance||3|28|||||08/2023|Analyst",
    ),
    (
        "Tasks to DWAs",
        "O*NET-SOC Code|Title|Task ID|Task|DWA ID|DWA Title|Date|Domain Source
        11-0001.00|Cloud Herders|9|Count drops.|4.A.2.a.4.I09.D03|Count wet things.|07/2014|Analyst",
    ),
];

const TEXT: [(&str, &str); 12] = [
    (
        "Occupation Data",
        "O*NET-SOC Code|Title|Description
        11-0001.00|Cloud Herders|Lead clouds to dry fields.
        11-0001.01|Fog Weavers|Weave fog for stages.
        12-0002.00|Lamp Listeners, All Other|All who listen to lamps.",
    ),
    (
        "Task Statements",
        "O*NET-SOC Code|Task ID|Task|Task Type|Incumbents Responding|Date|Domain Source
        11-0001.00|7|Call \"home\" a cloud.|Core|95|08/2023|Incumbent
        11-0001.00|9|Count drops.|n/a|n/a|07/2014|Analyst
        11-0001.01|8|Count drops.|Supplemental|12|08/2023|Incumbent",
    ),
    (
        "Emerging Tasks",
        "O*NET-SOC Code|Task|Category|Original Task ID|Date|Domain Source
        11-0001.00|Call clouds by drone.|Revision|7|08/2024|Incumbent
        11-0001.01|Print fog.|New|n/a|08/2024|Incumbent",
    ),
    (
        "Alternate Titles",
        "O*NET-SOC Code|Alternate Title|Short Title|Source(s)
        11-0001.00|Cloud Driver|n/a|08
        11-0001.00|Rain Master (RM)|n/a|04,06
        11-0001.00|Rain Master (RM)|RM|10
        12-0002.00|Lamp Hearer|n/a|08",
    ),
    (
        "Sample of Reported Titles",
        "O*NET-SOC Code|Reported Job Title|Shown in My Next Move
        11-0001.00|Cloud Driver|Y",
    ),
    (
        "Skills",
        "O*NET-SOC Code|Element ID|Scale ID|Data Value|N|Standard Error|Lower CI Bound|Upper CI Bound|Recommend Suppress|Not Relevant|Date|Domain Source
        11-0001.00|2.A.1.a|IM|4.12|8|0.1250|3.8800|4.3700|N|n/a|08/2023|Analyst
        11-0001.00|2.A.1.a|LV|4.62|8|0.1830|4.2664|4.9836|N|Y|08/2023|Analyst
        11-0001.01|2.A.1.a|IM|1.00|8|0.0000|n/a|n/a|Y|n/a|08/2023|Analyst",
    ),
    (
        "Technology Skills",
        "O*NET-SOC Code|Example|Commodity Code|Commodity Title|Hot Technology|In Demand
        11-0001.00|Drizzle 3|43230001|Weather software|Y|N",
    ),
    (
        "Tools Used",
        "O*NET-SOC Code|Example|Commodity Code|Commodity Title
        11-0001.00|Sieve 12\"|41110002|Sieves",
    ),
    (
        "Related Occupations",
        "O*NET-SOC Code|Related O*NET-SOC Code|Relatedness Tier|Index
        11-0001.00|11-0001.01|Primary-Short|1
        11-0001.01|11-0001.00|Supplemental|11",
    ),
    (
        "Job Zones",
        "O*NET-SOC Code|Job Zone|Date|Domain Source
        11-0001.00|5|08/2023|Analyst",
    ),
    (
        "Education, Training, and Experience",
        "O*NET-SOC Code|Element ID|Scale ID|Category|Data Value|N|Standard Error|Lower CI Bound|Upper CI Bound|Recommend Suppress|Date|Domain Source
        11-0001.00|2.D.1|RL|2|95.50|28|4.1428|90.0000|97.2500|N|08/2023|Incumbent
        11-0001.00|2.D.4.a|IM|n/a|3|28|n/a|n/a|n/a|n/a|08/2023|Analyst",
    ),
    (
        "Tasks to DWAs",
        "O*NET-SOC Code|Task ID|DWA ID|Date|Domain Source
        11-0001.00|9|4.A.2.a.4.I09.D03|07/2014|Analyst",
    ),
];
