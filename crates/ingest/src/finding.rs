//! What a reader found wrong or doubtful in a document.

use std::fmt;

use domain::Violation;

/// Whether a finding keeps the document out of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing of the document is written.
    Rejected,
    /// The document is written; somebody should look at it.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Rejected => "rejected",
            Self::Warning => "warning",
        })
    }
}

/// Declares the codes with their stable texts and severities.
macro_rules! finding_codes {
    ( $( $(#[$meta:meta])* $variant:ident = $text:literal, $severity:ident; )+ ) => {
        /// The stable name of a kind of finding.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum FindingCode {
            $( $(#[$meta])* $variant, )+
        }

        impl FindingCode {
            /// Every code, in the order of declaration.
            pub const ALL: &'static [Self] = &[ $( Self::$variant, )+ ];

            /// The code as reports print it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$variant => $text, )+ }
            }

            /// Whether the finding keeps the document out.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $( Self::$variant => Severity::$severity, )+ }
            }
        }
    };
}

finding_codes! {
    /// The document has no text at all.
    EmptyDocument = "EMPTY_DOCUMENT", Rejected;
    /// The bytes are not UTF-8 text.
    InvalidEncoding = "INVALID_ENCODING", Rejected;
    /// The document has more bytes than allowed.
    TooLarge = "TOO_LARGE", Rejected;
    /// The document has no usable title.
    MissingTitle = "MISSING_TITLE", Rejected;
    /// The front matter of a Markdown document cannot be read.
    InvalidFrontMatter = "INVALID_FRONT_MATTER", Rejected;
    /// A text or list is longer than allowed.
    LimitExceeded = "LIMIT_EXCEEDED", Rejected;
    /// A value is blank, repeated or not meaningful.
    InvalidValue = "INVALID_VALUE", Rejected;
    /// An earlier document of the same run has the same source, locale and slug.
    DuplicateDocument = "DUPLICATE_DOCUMENT", Rejected;
    /// The document could not be read from its file.
    Unreadable = "UNREADABLE", Rejected;
    /// The document names no category.
    MissingCategory = "MISSING_CATEGORY", Warning;
    /// The document has no summary.
    MissingSummary = "MISSING_SUMMARY", Warning;
    /// A heading is none of the known ones; its section is kept as a custom one.
    UnknownSection = "UNKNOWN_SECTION", Warning;
    /// A known section appears again; its contents are appended to the first.
    DuplicateSection = "DUPLICATE_SECTION", Warning;
    /// A heading has nothing under it.
    EmptySection = "EMPTY_SECTION", Warning;
    /// The label of a fact has no value.
    EmptyFact = "EMPTY_FACT", Warning;
    /// A question has no answer.
    EmptyAnswer = "EMPTY_ANSWER", Warning;
    /// A text stands where nothing claims it.
    OrphanText = "ORPHAN_TEXT", Warning;
    /// A date is in none of the known forms.
    UnparsedDate = "UNPARSED_DATE", Warning;
    /// The front matter has a key that means nothing here.
    UnknownKey = "UNKNOWN_KEY", Warning;
    /// Another source owns the slug that the document asks for.
    SlugTaken = "SLUG_TAKEN", Warning;
}

impl fmt::Display for FindingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One thing that a reader found in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The line of the original file, from 1; `None` when it concerns the whole document.
    pub line: Option<u32>,
    /// The kind of finding.
    pub code: FindingCode,
    /// The words of the document that it is about, when there are some.
    pub detail: Option<String>,
    /// What was found and what happened to it, for the person who wrote the document.
    pub message: String,
}

impl Finding {
    /// A finding about the whole document.
    pub(crate) fn whole(code: FindingCode, message: impl Into<String>) -> Self {
        Self {
            line: None,
            code,
            detail: None,
            message: message.into(),
        }
    }

    /// A finding about words that stand in one line.
    pub(crate) fn at(
        line: u32,
        code: FindingCode,
        words: &str,
        message: impl Into<String>,
    ) -> Self {
        Self {
            line: Some(line),
            code,
            detail: Some(words.to_owned()),
            message: message.into(),
        }
    }

    /// A rule of the catalogue that the document breaks.
    pub(crate) fn broken_rule(violation: &Violation) -> Self {
        let code = match violation {
            Violation::TooLong { .. } | Violation::TooLarge { .. } | Violation::TooMany { .. } => {
                FindingCode::LimitExceeded
            }
            Violation::Blank { .. } | Violation::Repeated { .. } | Violation::Invalid { .. } => {
                FindingCode::InvalidValue
            }
        };
        let detail = Some(violation.field().to_owned());
        Self {
            detail,
            ..Self::whole(code, violation.to_string())
        }
    }

    /// Whether the finding keeps the document out.
    #[must_use]
    pub const fn rejects(&self) -> bool {
        matches!(self.code.severity(), Severity::Rejected)
    }
}
