//! `rolegraph import --format onet`: a folder of tables becomes roles.

use std::collections::HashMap;
use std::path::Path;

use anyhow::Context as _;
use app::StoreOptions;
use dataset::Progress;
use dataset::onet::ReleaseOptions;
use dataset::table::{Mapping, Quoting as TableQuoting};
use domain::access::Author;
use domain::limits::ContentLimits;
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use ingest::onet::{self, RunOptions};
use ingest::report::{self, DataSetReport};

use super::on_error;
use crate::Console;
use crate::catalogue::catalogue;
use crate::cli::{ImportArguments, Quoting, ReportFormat};
use crate::command::open;
use crate::failure::{Outcome, WrongUsage};
use crate::settings::Settings;

/// What the bar of a table shows: how much of its file is read, and how fast.
const TEMPLATE: &str = "{msg:40} {bar:30} {bytes:>10}/{total_bytes:10} {bytes_per_sec}";

pub(super) async fn execute(
    arguments: &ImportArguments,
    settings: &Settings,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let [folder] = &arguments.paths[..] else {
        let problem = "a data set is one folder: name it and nothing else";
        return Err(WrongUsage(problem.to_owned()).into());
    };
    if arguments.strict {
        let problem = "tables that are missing are warnings, so that hardly any folder would pass: \
                       leave out --strict";
        return Err(WrongUsage(problem.to_owned()).into());
    }
    let reading = reading(arguments)?;
    let options = RunOptions {
        on_error: on_error(arguments),
        draft: arguments.draft,
        allow_shrink: arguments.data_set.allow_shrink,
        store: StoreOptions {
            author: Author::named("import"),
            dry_run: arguments.dry_run,
        },
    };
    let database = open(settings).await?;
    let catalogue = catalogue(&database, ContentLimits::default());
    let mut bars = Bars::new(console.interactive)?;
    let mut progress = |progress: Progress<'_>| bars.show(progress);
    let run = onet::run(&catalogue, folder, &reading, options, &mut progress);
    let report = run.await;
    bars.clear();
    database
        .close()
        .await
        .context("cannot close the database")?;
    let report = report?;
    write(&report, arguments.output, console)?;
    Ok(Outcome::of(!report.has_rejected()))
}

fn reading(arguments: &ImportArguments) -> anyhow::Result<ReleaseOptions> {
    let arguments = &arguments.data_set;
    let mapping = arguments.map.as_deref().map(mapping).transpose()?;
    Ok(ReleaseOptions {
        release: arguments.release.clone(),
        quoting: match arguments.quoting {
            Quoting::None => TableQuoting::None,
            Quoting::Csv => TableQuoting::Csv,
        },
        mapping: mapping.unwrap_or_default(),
        ..ReleaseOptions::default()
    })
}

fn mapping(path: &Path) -> anyhow::Result<Mapping> {
    let opened = Mapping::open(path);
    opened.with_context(|| format!("cannot use the mapping {}", path.display()))
}

/// A bar for each table, for people; programs get the report alone.
struct Bars {
    all: MultiProgress,
    style: ProgressStyle,
    interactive: bool,
    of: HashMap<String, ProgressBar>,
}

impl Bars {
    fn new(interactive: bool) -> anyhow::Result<Self> {
        Ok(Self {
            all: MultiProgress::new(),
            style: ProgressStyle::with_template(TEMPLATE)?,
            interactive,
            of: HashMap::new(),
        })
    }

    fn show(&mut self, progress: Progress<'_>) {
        if !self.interactive {
            return;
        }
        let Progress {
            file,
            bytes,
            of_bytes,
            ..
        } = progress;
        let bar = self.of.entry(file.to_owned()).or_insert_with(|| {
            let bar = ProgressBar::new(of_bytes).with_style(self.style.clone());
            let bar = self.all.add(bar);
            bar.set_message(file.to_owned());
            bar
        });
        bar.set_position(bytes);
    }

    fn clear(&self) {
        self.of.values().for_each(ProgressBar::finish_and_clear);
    }
}

fn write(
    report: &DataSetReport,
    format: ReportFormat,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    match format {
        ReportFormat::Text => report::write_data_set(report, console.output)?,
        ReportFormat::Json => {
            serde_json::to_writer_pretty(&mut *console.output, report)?;
            writeln!(console.output)?;
        }
    }
    Ok(())
}
