//! Queries with what somebody who asks them wants to find.

use std::collections::HashMap;
use std::path::Path;

/// A query and the grades of roles; roles without one have 0.
#[derive(Debug)]
pub(crate) struct Judged {
    pub(crate) kind: String,
    pub(crate) query: String,
    pub(crate) grades: HashMap<String, u32>,
}

/// Reads a file of judged queries.
pub(crate) fn read(name: &str) -> Vec<Judged> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let text = std::fs::read_to_string(file).unwrap();
    let lines = text.lines().skip(1).filter(|line| !line.starts_with("# "));
    lines.map(judged).collect()
}

fn judged(line: &str) -> Judged {
    let mut cells = line.split('\t');
    let mut cell = || {
        cells
            .next()
            .unwrap_or_else(|| panic!("{line}: three cells"))
    };
    let (kind, query) = (cell().to_owned(), cell().to_owned());
    let grades = cell().split(' ').map(|judgment| {
        let (slug, grade) = judgment.split_once('=').expect("slug=grade");
        (slug.to_owned(), grade.parse().expect("a grade"))
    });
    Judged {
        kind,
        query,
        grades: grades.collect(),
    }
}
