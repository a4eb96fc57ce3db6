//! The tables of a release: their names and columns.

use std::fmt;

use crate::table::Column;

/// Declares the tables with their names and columns.
macro_rules! kinds {
    ( $( $(#[$meta:meta])* $variant:ident = $name:literal, $columns:expr; )+ ) => {
        /// A table of a release, under the name that it has in release 29.3.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum TableKind {
            $( $(#[$meta])* $variant, )+
        }

        impl TableKind {
            /// Every table, in the order in which they are read.
            pub const ALL: &'static [Self] = &[ $( Self::$variant, )+ ];

            /// The name, which is that of the file without its endings.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $( Self::$variant => $name, )+ }
            }

            /// The columns that are looked for.
            #[must_use]
            pub const fn columns(self) -> &'static [Column] {
                match self { $( Self::$variant => $columns, )+ }
            }
        }
    };
}

kinds! {
    /// Code, title and description of every occupation; the only table that has to be there.
    OccupationData = "Occupation Data", OCCUPATIONS;
    /// What people do, with stable numbers.
    TaskStatements = "Task Statements", TASKS;
    /// What people begin to do.
    EmergingTasks = "Emerging Tasks", EMERGING_TASKS;
    /// Other names of occupations.
    AlternateTitles = "Alternate Titles", ALTERNATE_TITLES;
    /// Names that people gave when they were asked.
    ReportedTitles = "Sample of Reported Titles", REPORTED_TITLES;
    /// How much skills matter.
    Skills = "Skills", FULL_RATINGS;
    /// How much knowledge matters.
    Knowledge = "Knowledge", FULL_RATINGS;
    /// How much abilities matter.
    Abilities = "Abilities", FULL_RATINGS;
    /// How much sorts of work matter.
    WorkActivities = "Work Activities", FULL_RATINGS;
    /// How much ways of working matter.
    WorkStyles = "Work Styles", RATINGS;
    /// What interests people in the occupation.
    Interests = "Interests", RATINGS;
    /// What people in the occupation value.
    WorkValues = "Work Values", RATINGS;
    /// Software by name.
    TechnologySkills = "Technology Skills", TECHNOLOGIES;
    /// Tools by name.
    ToolsUsed = "Tools Used", TOOLS;
    /// Occupations that are like each other.
    RelatedOccupations = "Related Occupations", RELATED;
    /// How much preparation an occupation needs.
    JobZones = "Job Zones", JOB_ZONES;
    /// How people with different preparation share an occupation.
    Education = "Education, Training, and Experience", EDUCATION;
    /// Which detailed activities are part of which tasks.
    TasksToDwas = "Tasks to DWAs", TASK_ACTIVITIES;
    /// Names of everything that is rated.
    ContentModelReference = "Content Model Reference", ELEMENTS;
    /// Names and bounds of the scales.
    ScalesReference = "Scales Reference", SCALES;
    /// What the job zones mean.
    JobZoneReference = "Job Zone Reference", ZONES;
    /// Detailed activities.
    DwaReference = "DWA Reference", DETAILED_ACTIVITIES;
    /// Intermediate activities.
    IwaReference = "IWA Reference", INTERMEDIATE_ACTIVITIES;
    /// What the categories of education mean.
    EducationCategories = "Education, Training, and Experience Categories", EDUCATION_CATEGORIES;
    /// What the categories of task ratings mean.
    TaskCategories = "Task Categories", TASK_CATEGORIES;
}

impl TableKind {
    /// The table with a name, in any letter case and with `_` for blanks.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.trim().replace('_', " ");
        let mut kinds = Self::ALL.iter().copied();
        kinds.find(|kind| kind.name().eq_ignore_ascii_case(&name))
    }

    /// Whether its rows belong to occupations; those of the others explain what is in them.
    #[must_use]
    pub fn is_of_occupations(self) -> bool {
        self < Self::ContentModelReference
    }
}

impl fmt::Display for TableKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

const CODE: Column = Column::required("O*NET-SOC Code");
const TITLE: Column = Column::optional("Title");
const DATE: Column = Column::required("Date");
const SOURCE: Column = Column::required("Domain Source");
const ELEMENT_ID: Column = Column::required("Element ID");
const ELEMENT_NAME: Column = Column::optional("Element Name");
const SCALE_ID: Column = Column::required("Scale ID");
const SCALE_NAME: Column = Column::optional("Scale Name");
const VALUE: Column = Column::required("Data Value");

const OCCUPATIONS: &[Column] = &[
    CODE,
    Column::required("Title"),
    Column::required("Description"),
];
const TASKS: &[Column] = &[
    CODE,
    TITLE,
    Column::required("Task ID"),
    Column::required("Task"),
    Column::required("Task Type"),
    Column::required("Incumbents Responding"),
    DATE,
    SOURCE,
];
const EMERGING_TASKS: &[Column] = &[
    CODE,
    TITLE,
    Column::required("Task"),
    Column::required("Category"),
    Column::required("Original Task ID"),
    Column::optional("Original Task"),
    DATE,
    SOURCE,
];
const ALTERNATE_TITLES: &[Column] = &[
    CODE,
    TITLE,
    Column::required("Alternate Title"),
    Column::required("Short Title"),
    Column::required("Source(s)"),
];
const REPORTED_TITLES: &[Column] = &[
    CODE,
    TITLE,
    Column::required("Reported Job Title"),
    Column::required("Shown in My Next Move"),
];
/// Ratings of elements of which each is measured twice, with everything about their precision.
const FULL_RATINGS: &[Column] = &[
    CODE,
    TITLE,
    ELEMENT_ID,
    ELEMENT_NAME,
    SCALE_ID,
    SCALE_NAME,
    VALUE,
    Column::required("N"),
    Column::required("Standard Error"),
    Column::required("Lower CI Bound"),
    Column::required("Upper CI Bound"),
    Column::required("Recommend Suppress"),
    Column::required("Not Relevant"),
    DATE,
    SOURCE,
];
/// Ratings that some releases publish without anything about their precision.
const RATINGS: &[Column] = &[
    CODE,
    TITLE,
    ELEMENT_ID,
    ELEMENT_NAME,
    SCALE_ID,
    SCALE_NAME,
    VALUE,
    Column::optional("N"),
    Column::optional("Standard Error"),
    Column::optional("Lower CI Bound"),
    Column::optional("Upper CI Bound"),
    Column::optional("Recommend Suppress"),
    Column::optional("Not Relevant"),
    DATE,
    SOURCE,
];
const TECHNOLOGIES: &[Column] = &[
    CODE,
    TITLE,
    Column::required("Example"),
    Column::required("Commodity Code"),
    Column::required("Commodity Title"),
    Column::required("Hot Technology"),
    Column::required("In Demand"),
];
const TOOLS: &[Column] = &[
    CODE,
    TITLE,
    Column::required("Example"),
    Column::required("Commodity Code"),
    Column::required("Commodity Title"),
];
const RELATED: &[Column] = &[
    CODE,
    TITLE,
    Column::required("Related O*NET-SOC Code"),
    Column::optional("Related Title"),
    Column::required("Relatedness Tier"),
    Column::required("Index"),
];
const JOB_ZONES: &[Column] = &[CODE, TITLE, Column::required("Job Zone"), DATE, SOURCE];
const EDUCATION: &[Column] = &[
    CODE,
    TITLE,
    ELEMENT_ID,
    ELEMENT_NAME,
    SCALE_ID,
    SCALE_NAME,
    Column::required("Category"),
    VALUE,
    Column::required("N"),
    Column::required("Standard Error"),
    Column::required("Lower CI Bound"),
    Column::required("Upper CI Bound"),
    Column::required("Recommend Suppress"),
    DATE,
    SOURCE,
];
const TASK_ACTIVITIES: &[Column] = &[
    CODE,
    TITLE,
    Column::required("Task ID"),
    Column::optional("Task"),
    Column::required("DWA ID"),
    Column::optional("DWA Title"),
    DATE,
    SOURCE,
];
const ELEMENTS: &[Column] = &[
    ELEMENT_ID,
    Column::required("Element Name"),
    Column::required("Description"),
];
const SCALES: &[Column] = &[
    SCALE_ID,
    Column::required("Scale Name"),
    Column::required("Minimum"),
    Column::required("Maximum"),
];
const ZONES: &[Column] = &[
    Column::required("Job Zone"),
    Column::required("Name"),
    Column::required("Experience"),
    Column::required("Education"),
    Column::required("Job Training"),
    Column::required("Examples"),
    Column::required("SVP Range"),
];
const DETAILED_ACTIVITIES: &[Column] = &[
    ELEMENT_ID,
    ELEMENT_NAME,
    Column::required("IWA ID"),
    Column::optional("IWA Title"),
    Column::required("DWA ID"),
    Column::required("DWA Title"),
];
const INTERMEDIATE_ACTIVITIES: &[Column] = &[
    ELEMENT_ID,
    ELEMENT_NAME,
    Column::required("IWA ID"),
    Column::required("IWA Title"),
];
const EDUCATION_CATEGORIES: &[Column] = &[
    ELEMENT_ID,
    ELEMENT_NAME,
    SCALE_ID,
    SCALE_NAME,
    Column::required("Category"),
    Column::required("Category Description"),
];
const TASK_CATEGORIES: &[Column] = &[
    SCALE_ID,
    SCALE_NAME,
    Column::required("Category"),
    Column::required("Category Description"),
];
