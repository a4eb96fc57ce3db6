//! What the hits of a query are worth to whoever asked it.

use std::fmt;

use crate::judged::Judged;

/// The usual measures, from 0 to 1.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Figures {
    /// NDCG@10 with a gain of 2^grade - 1.
    pub(crate) ndcg: f64,
    /// One by the place of the first useful role.
    pub(crate) mrr: f64,
    /// Which share of the useful roles is among the first five.
    pub(crate) recall: f64,
}

/// The least grade of a useful role.
const USEFUL: u32 = 2;

impl Figures {
    /// What these hits are worth.
    pub(crate) fn of(found: &[String], judged: &Judged) -> Self {
        let grade = |slug: &String| judged.grades.get(slug).copied().unwrap_or(0);
        let mut ideal: Vec<u32> = judged.grades.values().copied().collect();
        ideal.sort_unstable_by(|a, b| b.cmp(a));
        let useful = ideal[0].min(USEFUL);
        let is_useful = |slug: &&String| grade(slug) >= useful;
        let all = ideal.iter().filter(|grade| **grade >= useful).count();
        let found_early = found.iter().take(5).filter(is_useful).count();
        let first = found.iter().position(|slug| is_useful(&slug));
        Self {
            ndcg: gain(found.iter().map(grade)) / gain(ideal.iter().copied()),
            mrr: first.map_or(0.0, |place| 1.0 / as_float(place + 1)),
            recall: as_float(found_early) / as_float(all),
        }
    }

    pub(crate) fn mean(all: &[Self]) -> Self {
        let mean = |of: fn(&Self) -> f64| all.iter().map(of).sum::<f64>() / as_float(all.len());
        Self {
            ndcg: mean(|figures| figures.ndcg),
            mrr: mean(|figures| figures.mrr),
            recall: mean(|figures| figures.recall),
        }
    }

    pub(crate) fn reach(&self, least: Self) -> bool {
        self.ndcg >= least.ndcg && self.mrr >= least.mrr && self.recall >= least.recall
    }

    /// The largest difference of a measure.
    pub(crate) fn apart(&self, other: Self) -> f64 {
        let apart = [
            self.ndcg - other.ndcg,
            self.mrr - other.mrr,
            self.recall - other.recall,
        ];
        apart.into_iter().map(f64::abs).fold(0.0, f64::max)
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { ndcg, mrr, recall } = self;
        write!(f, "{ndcg:>8.3} {mrr:>8.3} {recall:>8.3}")
    }
}

/// The gain of the first ten, less for each place further down.
fn gain(grades: impl Iterator<Item = u32>) -> f64 {
    let gains = grades.take(10).enumerate().map(|(place, grade)| {
        (2_f64.powi(grade.try_into().unwrap()) - 1.0) / as_float(place + 2).log2()
    });
    gains.sum()
}

fn as_float(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap())
}
