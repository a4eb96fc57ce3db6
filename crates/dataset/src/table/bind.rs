//! Cells by the names of their columns.

use super::header::{Header, same_name};
use super::record::Record;
use crate::finding::{Code, Finding};

/// A column that is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// Whether the file is of no use without it.
    pub required: bool,
}

impl Column {
    /// A column without which the file is of no use.
    #[must_use]
    pub const fn required(name: &'static str) -> Self {
        Self {
            name,
            required: true,
        }
    }

    /// A column that may be missing.
    #[must_use]
    pub const fn optional(name: &'static str) -> Self {
        Self {
            name,
            required: false,
        }
    }
}

/// Which cell of a row stands for which column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    columns: &'static [Column],
    /// For each of the columns its place in the file.
    places: Vec<Option<usize>>,
    /// The columns of the file that stand for none.
    unknown: Vec<String>,
    /// The names as the file has them.
    names: Vec<String>,
    /// The text with which the file says that a cell has no value, beside none.
    absent: &'static str,
}

impl Binding {
    /// Looks for columns in a header; `renamed` tells what a column of the file is called here.
    #[must_use]
    pub fn find<'m>(
        header: &Header,
        columns: &'static [Column],
        renamed: impl Fn(&str) -> Option<&'m str>,
        absent: &'static str,
    ) -> Self {
        let names = header.names();
        let place = |column: &Column| {
            let exact = names.iter().position(|name| same_name(name, column.name));
            exact.or_else(|| {
                let ours = |name: &String| renamed(name);
                names
                    .iter()
                    .position(|name| ours(name).is_some_and(|ours| same_name(ours, column.name)))
            })
        };
        let places: Vec<Option<usize>> = columns.iter().map(place).collect();
        let is_known = |place: usize| places.contains(&Some(place));
        let unknown = names.iter().enumerate();
        let unknown = unknown.filter(|(place, _name)| !is_known(*place));
        Self {
            columns,
            unknown: unknown.map(|(_place, name)| name.clone()).collect(),
            places,
            names: names.to_vec(),
            absent,
        }
    }

    /// The columns that are needed and not there.
    pub fn missing(&self) -> impl Iterator<Item = &'static str> {
        let columns = self.columns.iter().zip(&self.places);
        let missing = columns.filter(|(column, place)| column.required && place.is_none());
        missing.map(|(column, _place)| column.name)
    }

    /// Whether every column is there that is needed.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.missing().next().is_none()
    }

    /// Everything that the header lacks or has too much.
    #[must_use]
    pub fn findings(&self, file: &str) -> Vec<Finding> {
        let has = self.names.join(", ");
        let missing = self.missing().map(|name| {
            let message = format!(
                "the column is not in the header: expected \"{name}\", found {has}; name it by a \
                 mapping when it is called otherwise"
            );
            let finding = Finding::error(file, Code::MissingColumn, message);
            finding.on(1).of(name)
        });
        let unknown = self.unknown.iter().map(|name| {
            let message = "the column means nothing here; it stays in the verbatim rows";
            let finding = Finding::warning(file, Code::UnknownColumn, message);
            finding.on(1).of(name)
        });
        missing.chain(unknown).collect()
    }

    /// The cells of a row in the order of the columns that were looked for.
    #[must_use]
    pub fn fields<'r, const N: usize>(&self, record: &'r Record) -> [Field<'r>; N] {
        debug_assert_eq!(
            N,
            self.columns.len(),
            "a row takes every column of its table"
        );
        std::array::from_fn(|at| self.field(record, at))
    }

    /// The cell of one of the columns that were looked for.
    #[must_use]
    pub fn field<'r>(&self, record: &'r Record, at: usize) -> Field<'r> {
        let column = self.columns.get(at).map_or("", |column| column.name);
        let place = self.places.get(at).copied().flatten();
        let text = place.and_then(|place| record.cell(place));
        let text = text.unwrap_or_default().trim();
        Field {
            column,
            text: if text == self.absent { "" } else { text },
        }
    }

    /// A fault of a row as a finding, with the name that the file gives the column.
    #[must_use]
    pub fn finding(&self, file: &str, line: u64, fault: Fault) -> Finding {
        let at = self
            .columns
            .iter()
            .position(|column| column.name == fault.column);
        let place = at.and_then(|at| self.places.get(at).copied().flatten());
        let name = place.and_then(|place| self.names.get(place));
        let finding = Finding::error(file, fault.code, fault.message).on(line);
        finding.of(name.map_or(fault.column, String::as_str))
    }
}

/// What is wrong with a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The column by its name here.
    pub column: &'static str,
    /// The kind of fault.
    pub code: Code,
    /// What was found and what was expected.
    pub message: String,
}

/// A cell and the column that it stands for; blanks around its text are gone.
#[derive(Clone, Copy, Debug)]
pub struct Field<'r> {
    /// The column by its name here.
    pub column: &'static str,
    /// The text; empty when the cell has no value.
    pub text: &'r str,
}

impl<'r> Field<'r> {
    /// The text; `None` when the cell has no value.
    #[must_use]
    pub fn optional(self) -> Option<&'r str> {
        (!self.text.is_empty()).then_some(self.text)
    }

    /// The text of a cell that has to have one.
    pub fn required(self) -> Result<&'r str, Fault> {
        self.optional()
            .ok_or_else(|| self.fault(Code::MissingValue, "the cell has no value: expected one"))
    }

    /// What is wrong with the cell.
    #[must_use]
    pub fn fault(self, code: Code, message: impl Into<String>) -> Fault {
        Fault {
            column: self.column,
            code,
            message: message.into(),
        }
    }

    /// That the cell is not what was expected.
    #[must_use]
    pub fn unexpected(self, code: Code, expected: &str) -> Fault {
        let shown: String = self.text.chars().take(60).collect();
        let dots = if shown.len() < self.text.len() {
            "…"
        } else {
            ""
        };
        let message = format!("the cell is \"{shown}{dots}\": expected {expected}");
        self.fault(code, message)
    }

    /// A value if the cell has one.
    pub fn maybe<T>(self, read: impl FnOnce(Self) -> Result<T, Fault>) -> Result<Option<T>, Fault> {
        self.optional().map(|_text| read(self)).transpose()
    }

    /// A whole number; spreadsheets write `95.0` for `95`.
    pub fn integer(self) -> Result<u32, Fault> {
        let text = self.required()?;
        let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
        let digits = !whole.is_empty() && whole.bytes().all(|byte| byte.is_ascii_digit());
        let number = whole.parse().ok();
        number
            .filter(|_number| digits && rest.bytes().all(|byte| byte == b'0'))
            .ok_or_else(|| self.unexpected(Code::InvalidNumber, "a whole number such as 95"))
    }
}
