//! The statements that searching takes, for the tests of how the engines go about them.

use std::collections::BTreeSet;

use ::search::document::Column;
use ::search::facet::{EmploymentOutlook, SalaryBand};
use ::search::request::SearchFilter;
use domain::read::{CategoryBy, RoleFilter};
use domain::{Locale, Slug};

use super::super::plan::Sorting::{Allowed, Never};
use super::super::plan::{FULL_TEXT, Path, path};
use super::candidates::{Matching, Start, write_count, write_group};
use super::expression::Expression;
use super::facets::{Counted, write_facets};
use super::lexicon::{Asked, write_alike, write_asked};
use super::resolve::{Wanted, write_candidates};
use super::suggest::write_starts;

/// Every statement that looks for roles, words or names.
pub(in super::super) fn paths() -> Vec<Path> {
    let mut paths = hits();
    paths.extend(vocabulary());
    paths.extend(names());
    paths
}

/// What a query looks for, and what it excludes.
#[derive(Clone, Debug)]
struct Sought {
    all: Option<Expression>,
    excluded: Option<Expression>,
    filter: SearchFilter,
}

impl Sought {
    /// The index of words when there are some, else that of keys.
    fn by(&self) -> [&'static str; 2] {
        if self.all.is_some() {
            // PostgreSQL may also go by key, where it expects to meet enough of the words.
            [FULL_TEXT, "search_text_"]
        } else {
            ["INTEGER PRIMARY KEY", "search_role_pkey"]
        }
    }

    fn matching(&self) -> Matching<'_> {
        Matching {
            names: self.all.as_ref(),
            texts: self.all.as_ref(),
            excluded: self.excluded.as_ref(),
            filter: &self.filter,
        }
    }
}

fn sought() -> Vec<Sought> {
    let word = |text: &str| Expression::Word(text.to_owned());
    let words = Expression::All(vec![
        word("data"),
        Expression::In(Column::Title, Box::new(word("engineer"))),
        Expression::Phrase(vec!["ci".to_owned(), "cd".to_owned()]),
        Expression::Beginning("pyth".to_owned()),
    ]);
    let filter = SearchFilter {
        roles: RoleFilter {
            category: Some(CategoryBy::Slug(Slug::parse("some").unwrap())),
            skills_any: vec![Slug::parse("some").unwrap()],
            locale: Some(Locale::english()),
            ..RoleFilter::default()
        },
        salary_bands: vec![SalaryBand::From100],
        outlooks: vec![EmploymentOutlook::Average],
    };
    let any = SearchFilter::default;
    let all = [None, Some(words)];
    let mut sought = Vec::new();
    for all in all {
        for excluded in [None, Some(Expression::Any(vec![word("sales")]))] {
            for filter in [any(), filter.clone()] {
                sought.push(Sought {
                    all: all.clone(),
                    excluded: excluded.clone(),
                    filter,
                });
            }
        }
    }
    sought
}

fn hits() -> Vec<Path> {
    let starts = [(false, 0), (false, 7), (true, 7)];
    let starts = starts.map(|(texts, key)| Start { texts, key });
    let mut paths = Vec::new();
    for sought in sought() {
        for start in starts {
            let group = sought.clone();
            // The two kinds of roles are put in order.
            let group_path = path(
                format!("group from {start:?} of {sought:?}"),
                Allowed,
                move |sql| write_group(sql, group.matching(), start),
            );
            paths.push(group_path.by(sought.by()));
        }
        let counted = sought.clone();
        let count = path(format!("count of {sought:?}"), Never, move |sql| {
            write_count(sql, counted.matching(), 10_001);
        });
        paths.push(count.by(sought.by()));
        let (name, by) = (format!("facets of {sought:?}"), sought.by());
        let facets = path(name, Never, move |sql| {
            write_facets(sql, Counted::Matching(sought.matching()));
        });
        paths.push(facets.by(by));
    }
    paths.push(path("facets of some roles", Never, |sql| {
        write_facets(sql, Counted::Keys(&[1, 2]));
    }));
    paths
}

fn vocabulary() -> Vec<Path> {
    let some = || BTreeSet::from(["data".to_owned(), "python".to_owned()]);
    let asked = Asked {
        words: some(),
        stems: some(),
        prefixes: some(),
    };
    vec![
        // Of the words that begin alike those come first that most roles have.
        path("words", Allowed, move |sql| write_asked(sql, &asked)),
        path("words of a length", Never, |sql| {
            write_alike(sql, &(7..=14));
        })
        .by(["search_word_by_length"; 2]),
    ]
}

fn names() -> Vec<Path> {
    let mut paths = Vec::new();
    for (prefix, index) in [
        ("p", "search_start_by_one"),
        ("pl", "search_start_by_two"),
        ("plu", "search_start_by_three"),
        ("plum", "search_start_by_three"),
    ] {
        let best = path(format!("best names of {prefix}"), Never, |sql| {
            write_starts(sql, prefix, 80);
        });
        paths.push(best.by([index; 2]));
    }
    let titles = || ["Senior Data Engineer", "Nurse", ""].map(Wanted::of);
    let candidates = path("candidates", Never, move |sql| {
        write_candidates(sql, &titles());
    });
    paths.push(candidates.by([FULL_TEXT, "Bitmap Index Scan on search_text_names"]));
    paths
}
