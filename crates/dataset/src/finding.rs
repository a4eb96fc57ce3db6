//! What is wrong or doubtful in a file of a data set.

use std::fmt;
use std::io;

/// Whether a finding keeps something out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The row, or the whole file when no line is named, is not accepted.
    Error,
    /// What was read is accepted; somebody should look at it.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// Declares the codes with their stable texts.
macro_rules! codes {
    ( $( $(#[$meta:meta])* $variant:ident = $text:literal; )+ ) => {
        /// The stable name of a kind of finding.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $( $(#[$meta])* $variant, )+
        }

        impl Code {
            /// Every code, in the order of declaration.
            pub const ALL: &'static [Self] = &[ $( Self::$variant, )+ ];

            /// The code as reports print it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$variant => $text, )+ }
            }
        }
    };
}

codes! {
    /// The file could not be opened or read.
    Unreadable = "UNREADABLE";
    /// The compressed bytes are damaged.
    Corrupt = "CORRUPT";
    /// The file ends before its contents do.
    Truncated = "TRUNCATED";
    /// A file, record, cell or header is larger than allowed.
    TooLarge = "TOO_LARGE";
    /// The bytes are not UTF-8 text.
    InvalidEncoding = "INVALID_ENCODING";
    /// The file has no header.
    EmptyFile = "EMPTY_FILE";
    /// A table that is needed, or looked for, is not in the folder.
    MissingTable = "MISSING_TABLE";
    /// A file in the folder is none of the known tables; it is left alone.
    UnknownTable = "UNKNOWN_TABLE";
    /// Two files of the folder are the same table.
    DuplicateTable = "DUPLICATE_TABLE";
    /// A column that is needed is not in the header.
    MissingColumn = "MISSING_COLUMN";
    /// A column means nothing here; it stays in the verbatim row.
    UnknownColumn = "UNKNOWN_COLUMN";
    /// Two columns have one name.
    DuplicateColumn = "DUPLICATE_COLUMN";
    /// A row has fewer cells than the header.
    ShortRow = "SHORT_ROW";
    /// A row has more cells than the header.
    LongRow = "LONG_ROW";
    /// A cell is wrapped in quotes although the file is read without quoting.
    QuotedCell = "QUOTED_CELL";
    /// A quote stands where quoting allows none.
    StrayQuote = "STRAY_QUOTE";
    /// A carriage return stands alone within a row.
    StrayLineBreak = "STRAY_LINE_BREAK";
    /// Some lines end in LF and others in CRLF.
    MixedLineEnds = "MIXED_LINE_ENDS";
    /// A cell that must have a value has none.
    MissingValue = "MISSING_VALUE";
    /// A cell is not the number that it should be.
    InvalidNumber = "INVALID_NUMBER";
    /// A number lies outside of what its scale allows.
    OutOfRange = "OUT_OF_RANGE";
    /// A cell is not a code or an identifier of the expected form.
    InvalidCode = "INVALID_CODE";
    /// A cell is not the date that it should be.
    InvalidDate = "INVALID_DATE";
    /// A cell is none of the words that it may be.
    InvalidValue = "INVALID_VALUE";
    /// An earlier row has the same key.
    DuplicateKey = "DUPLICATE_KEY";
    /// A code or identifier is not in the table that defines it.
    UnknownCode = "UNKNOWN_CODE";
    /// A mapping of names cannot be read.
    InvalidMapping = "INVALID_MAPPING";
    /// A file is not what it was when it was checked.
    Changed = "CHANGED";
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One thing that is wrong or doubtful in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The name of the file, as it stands in its folder.
    pub file: String,
    /// The line on which the row begins, from 1; `None` when it concerns the whole file.
    pub line: Option<u64>,
    /// The column by its name in the file; `None` when it concerns the whole row.
    pub column: Option<String>,
    /// The kind of finding.
    pub code: Code,
    /// Whether it keeps something out.
    pub severity: Severity,
    /// What was found, what was expected and what to do about it.
    pub message: String,
}

impl Finding {
    /// An error about a whole file.
    pub(crate) fn error(file: &str, code: Code, message: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            line: None,
            column: None,
            code,
            severity: Severity::Error,
            message: message.into(),
        }
    }

    /// A warning about a whole file.
    pub(crate) fn warning(file: &str, code: Code, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(file, code, message)
        }
    }

    /// The same, about the row that begins on a line.
    pub(crate) fn on(self, line: u64) -> Self {
        Self {
            line: Some(line),
            ..self
        }
    }

    /// The same, about a column.
    pub(crate) fn of(self, column: &str) -> Self {
        Self {
            column: Some(column.to_owned()),
            ..self
        }
    }

    /// Whether the finding keeps something out.
    #[must_use]
    pub fn rejects(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", column \"{column}\"")?;
        }
        write!(f, ": {} {}: {}", self.severity, self.code, self.message)
    }
}

/// A finding after which a file cannot be read further.
#[derive(Debug, thiserror::Error)]
#[error("{finding}")]
pub struct ReadError {
    /// What ended the reading.
    pub finding: Box<Finding>,
    /// The failure of the disk or of the decompression behind it.
    #[source]
    pub source: Option<io::Error>,
}

impl From<Finding> for ReadError {
    fn from(finding: Finding) -> Self {
        Self {
            finding: Box::new(finding),
            source: None,
        }
    }
}
