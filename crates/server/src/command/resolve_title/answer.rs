//! The roles that titles may mean, for people and for programs.

use std::io::{self, Write};

use search::request::TitleMatch;
use search::title::MatchKind;
use serde::Serialize;

use crate::cli::ReportFormat;

/// Where the answers go, one after the other.
pub(super) struct Answers<'a> {
    format: ReportFormat,
    output: &'a mut dyn Write,
    /// How many were written.
    written: usize,
}

/// A title with the roles that it may mean.
#[derive(Serialize)]
struct Answer<'a> {
    title: &'a str,
    matches: Vec<Match<'a>>,
}

/// A role that a title may mean.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Match<'a> {
    slug: &'a str,
    title: &'a str,
    matched_title: &'a str,
    kind: &'static str,
    confidence: f64,
    reasons: &'a [String],
}

impl<'a> Answers<'a> {
    pub(super) fn new(format: ReportFormat, output: &'a mut dyn Write) -> Self {
        Self {
            format,
            output,
            written: 0,
        }
    }

    /// Writes the answer to a title.
    pub(super) fn write(&mut self, title: &str, matches: &[TitleMatch]) -> io::Result<()> {
        let matches = matches.iter().map(Match::of).collect();
        let answer = Answer { title, matches };
        match self.format {
            ReportFormat::Text => self.write_text(&answer)?,
            ReportFormat::Json => self.write_json(&answer)?,
        }
        self.written += 1;
        Ok(())
    }

    /// Writes what stands behind all answers.
    pub(super) fn end(self) -> io::Result<()> {
        match (self.format, self.written) {
            (ReportFormat::Text, _) => Ok(()),
            (ReportFormat::Json, 0) => writeln!(self.output, "[]"),
            (ReportFormat::Json, _) => writeln!(self.output, "\n]"),
        }
    }

    fn write_text(&mut self, answer: &Answer<'_>) -> io::Result<()> {
        writeln!(self.output, "{}", answer.title)?;
        if answer.matches.is_empty() {
            writeln!(self.output, "  no role")?;
        }
        for found in &answer.matches {
            let Match {
                slug,
                title: _,
                matched_title,
                kind,
                confidence,
                reasons,
            } = found;
            write!(
                self.output,
                "  {confidence:.2}  {slug}  {kind}  \"{matched_title}\""
            )?;
            if !reasons.is_empty() {
                write!(self.output, "  ({})", reasons.join(" "))?;
            }
            writeln!(self.output)?;
        }
        Ok(())
    }

    /// Writes an item of an array, which a line belongs to.
    fn write_json(&mut self, answer: &Answer<'_>) -> io::Result<()> {
        let before = if self.written == 0 { "[\n" } else { ",\n" };
        write!(self.output, "{before}  ")?;
        serde_json::to_writer(&mut *self.output, answer)?;
        Ok(())
    }
}

impl<'a> Match<'a> {
    fn of(found: &'a TitleMatch) -> Self {
        let TitleMatch {
            role,
            matched_title,
            kind,
            confidence,
            reasons,
        } = found;
        Self {
            slug: role.role.slug.as_str(),
            title: &role.role.title,
            matched_title,
            kind: name(*kind),
            confidence: *confidence,
            reasons,
        }
    }
}

/// What the graph calls it.
const fn name(kind: MatchKind) -> &'static str {
    match kind {
        MatchKind::ExactTitle => "EXACT_TITLE",
        MatchKind::ExactAlternate => "EXACT_ALTERNATE",
        MatchKind::NormalisedTitle => "NORMALISED_TITLE",
        MatchKind::NormalisedAlternate => "NORMALISED_ALTERNATE",
        MatchKind::Partial => "PARTIAL",
        MatchKind::Fuzzy => "FUZZY",
    }
}
