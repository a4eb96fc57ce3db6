//! How rows and cells are told apart in a file of text.

/// What stands between two cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delimiter {
    /// A tab.
    Tab,
    /// A comma.
    Comma,
}

impl Delimiter {
    /// The byte that it is.
    #[must_use]
    pub const fn byte(self) -> u8 {
        match self {
            Self::Tab => b'\t',
            Self::Comma => b',',
        }
    }
}

/// What a `"` means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quoting {
    /// It is a character like any other; no cell holds a delimiter or the end of a line.
    None,
    /// It wraps cells as RFC 4180 says; wrapped cells may hold anything, quotes doubled.
    Csv,
}

/// How rows and cells are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// What stands between two cells.
    pub delimiter: Delimiter,
    /// What a `"` means.
    pub quoting: Quoting,
}

impl Layout {
    /// Tabs between cells and no quoting: how O*NET publishes.
    pub const TABS: Self = Self {
        delimiter: Delimiter::Tab,
        quoting: Quoting::None,
    };
    /// Tabs between cells with quoting: what a spreadsheet program saves.
    pub const QUOTED_TABS: Self = Self {
        delimiter: Delimiter::Tab,
        quoting: Quoting::Csv,
    };
    /// Commas between cells with quoting: how ESCO publishes.
    pub const COMMAS: Self = Self {
        delimiter: Delimiter::Comma,
        quoting: Quoting::Csv,
    };
}

/// How a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineEnd {
    /// LF alone.
    Lf,
    /// CR and LF.
    CrLf,
}

impl LineEnd {
    /// The bytes that it is.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Lf => "\n",
            Self::CrLf => "\r\n",
        }
    }
}
