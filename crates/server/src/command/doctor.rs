//! `rolegraph doctor`: what a person who looks for a fault wants to know first.

use std::fmt::Display;
use std::io::{self, Write};
use std::path::Path;

use persistence::{DatabaseSettings, Diagnosis, Schema, SchemaStep};

use crate::Console;
use crate::failure::{Outcome, one_line};
use crate::settings::{Period, Settings, gateway_lines};

pub(super) async fn execute(
    settings: &Settings,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let mut report = Report::new(console.output);
    report.settings(settings)?;
    if let Some(file) = missing_file(&settings.database_url) {
        report.problem(&format!(
            "{} does not exist yet: `rolegraph serve` creates it",
            file.display()
        ))?;
    } else {
        match examine(settings).await {
            Ok((steps, diagnosis)) => {
                report.diagnosis(&diagnosis)?;
                report.schema(&steps)?;
            }
            Err(error) => report.problem(&one_line(&error))?,
        }
    }
    Ok(report.end()?)
}

/// The SQLite file of the database, when it is not there; the doctor does not create it.
fn missing_file(url: &str) -> Option<&Path> {
    let path = url.strip_prefix("sqlite:")?;
    let path = Path::new(path.strip_prefix("//").unwrap_or(path));
    (!path.exists()).then_some(path)
}

async fn examine(settings: &Settings) -> anyhow::Result<(Vec<SchemaStep>, Diagnosis)> {
    let schema = Schema::connect(&DatabaseSettings::new(&settings.database_url)).await?;
    let steps = schema.status().await?;
    let diagnosis = schema.diagnose().await?;
    schema.close().await?;
    Ok((steps, diagnosis))
}

/// The text for the person, and how much is wrong.
struct Report<'a> {
    output: &'a mut dyn Write,
    problems: usize,
}

impl<'a> Report<'a> {
    fn new(output: &'a mut dyn Write) -> Self {
        Self {
            output,
            problems: 0,
        }
    }

    fn settings(&mut self, settings: &Settings) -> io::Result<()> {
        self.line("version", env!("CARGO_PKG_VERSION"))?;
        match &settings.file {
            Some(file) => self.line("settings file", file.display())?,
            None => self.line("settings file", "none")?,
        }
        self.line("database-url", settings.masked_database_url())?;
        self.line("listen", settings.listen)?;
        self.line("demo", settings.demo)?;
        self.line("change-retention", Period::from(settings.change_retention))?;
        self.line(
            "log-format",
            format!("{:?}", settings.log_format).to_lowercase(),
        )?;
        self.line("log", &settings.log)?;
        let manifests = settings
            .documents
            .iter()
            .map(|file| file.display().to_string());
        let manifests: Vec<String> = manifests.collect();
        self.line(
            "documents",
            if manifests.is_empty() {
                "none".to_owned()
            } else {
                manifests.join(",")
            },
        )?;
        for (name, value) in settings.access.lines() {
            self.line(name, value)?;
        }
        #[cfg(feature = "otlp")]
        for (name, value) in settings.traces.lines() {
            self.line(name, value)?;
        }
        let lines = gateway_lines(&settings.gateway);
        lines
            .iter()
            .try_for_each(|(name, value)| self.line(name, value))
    }

    fn diagnosis(&mut self, diagnosis: &Diagnosis) -> io::Result<()> {
        let Diagnosis {
            engine,
            build,
            settings,
            damage,
            rows,
        } = diagnosis;
        self.line("engine", engine)?;
        for setting in settings {
            self.line(setting.name, &setting.value)?;
            if let Some(needed) = setting.needed.filter(|needed| *needed != setting.value) {
                self.problem(&format!("{} has to be {needed}", setting.name))?;
            }
        }
        if !build.is_empty() {
            self.line("compiled with", build.join(" "))?;
        }
        for (table, count) in rows {
            self.line(&format!("rows of {table}"), count)?;
        }
        if build.iter().any(|flag| flag == "ENABLE_MEMORY_MANAGEMENT") {
            self.line(
                "hint",
                "SQLite was built with a lock around its page cache: see .cargo/config.toml",
            )?;
        }
        if damage.is_empty() {
            self.line("integrity", "good")?;
        }
        damage.iter().try_for_each(|damage| self.problem(damage))
    }

    fn schema(&mut self, steps: &[SchemaStep]) -> io::Result<()> {
        let missing = steps.iter().filter(|step| !step.applied).count();
        self.line(
            "migrations",
            format!("{} of {}", steps.len() - missing, steps.len()),
        )?;
        if missing > 0 {
            self.problem("the schema is not up to date: run `rolegraph migrate up`")?;
        }
        Ok(())
    }

    fn line(&mut self, name: &str, value: impl Display) -> io::Result<()> {
        writeln!(self.output, "{name:<36} {value}")
    }

    fn problem(&mut self, text: &str) -> io::Result<()> {
        self.problems += 1;
        self.line("PROBLEM", text)
    }

    fn end(self) -> io::Result<Outcome> {
        match self.problems {
            0 => writeln!(self.output, "\nno problems found")?,
            1 => writeln!(self.output, "\n1 problem found")?,
            several => writeln!(self.output, "\n{several} problems found")?,
        }
        Ok(Outcome::of(self.problems == 0))
    }
}
