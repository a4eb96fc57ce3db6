//! How alike a title and a name are.

use frostem::{Algorithm, Stemmer};

use super::level::{Level, Rank};
use super::pair::{self, How, Pair, Wanted};
use super::{Core, Reading, Role, Title, occupation};

/// The head of a title counts so many times as much as another word.
const HEAD: f64 = 2.0;
/// The head counts at least this much, however common it is.
const HEAD_FLOOR: f64 = 0.5;
/// A word at the end, where the occupation is expected, may change what the text is about.
const TRAILING: f64 = 1.5;
/// Words in brackets and behind commas say less.
const ASIDE: f64 = 0.5;
/// All of them that a name lacks cost at most so much of what fits.
const ASIDES: f64 = 0.2;
/// No word counts less, however common it is.
const LEAST: f64 = 0.05;
/// A word that only the name has counts less than one that only the title has.
const EXTRA: f64 = 0.7;
/// The head of the title is another word of the name.
const HEAD_ELSEWHERE: f64 = 0.75;
/// The name lacks the head of the title.
const HEAD_MISSING: f64 = 0.6;
/// A word stands behind the head of the title and before that of the name: a chef salad is no
/// salad chef.
const TURNED: f64 = 0.85;
/// The text ends with a word such as `salary` or `template`.
const ABOUT: f64 = 0.5;
/// Equal words that are not equal texts.
const SAME_WORDS: f64 = 0.98;
/// Only the title has a seniority word.
const LEVEL_IGNORED: f64 = 0.97;
/// Only the name has one.
const LEVEL_ADDED: f64 = 0.88;
/// They have different ones.
const LEVEL_OTHER: f64 = 0.85;

/// A title prepared for comparing it with many names.
pub(super) struct Request<'a> {
    title: &'a Title,
    readings: Vec<Vec<Wanted<'a>>>,
    weight: &'a dyn Fn(&str) -> f64,
    stemmer: Stemmer,
}

/// How a name fits a title.
#[derive(Clone, Debug)]
pub(super) struct Fit {
    pub(super) similarity: f64,
    pub(super) grade: Grade,
    /// Which reading of the title fits.
    pub(super) reading: usize,
    /// Which reading of the name fits.
    pub(super) of_name: usize,
    pub(super) pairs: Vec<Pair>,
    /// The words of the title that the name lacks, by place.
    pub(super) missing: Vec<usize>,
    /// The words that only the name has, by place.
    pub(super) extra: Vec<usize>,
}

/// How well a name fits, the best last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Grade {
    /// Some words fit only when a slip is forgiven.
    Slip,
    /// Some words fit.
    Some,
    /// All words fit but some in brackets or behind commas, which the name lacks.
    Core,
    /// All words fit, apart from forms and order.
    Words,
    /// The texts are equal apart from letter case and signs.
    Text,
}

impl<'a> Request<'a> {
    /// Prepares a title for comparing it with these names.
    pub(super) fn new(title: &'a Title, names: &[Title], weight: &'a dyn Fn(&str) -> f64) -> Self {
        let stemmer = Stemmer::new(Algorithm::English);
        let wanted = |reading: &'a Reading| {
            let words = reading.words.iter();
            words
                .map(|core| Wanted::new(core, names, stemmer))
                .collect()
        };
        let readings = title.readings.iter().map(wanted).collect();
        Self {
            title,
            readings,
            weight,
            stemmer,
        }
    }

    /// How a name fits in the ways to understand both that fit best; nothing when no word does.
    pub(super) fn fit(&self, name: &Title) -> Option<Fit> {
        let mut best: Option<Fit> = None;
        for (reading, wanted) in self.readings.iter().enumerate() {
            for (of_name, held) in name.readings.iter().enumerate() {
                let fit = self.fit_words(wanted, held);
                let fit = fit.map(|fit| Fit {
                    reading,
                    of_name,
                    ..fit
                });
                let is_better = |fit: &Fit| best.as_ref().is_none_or(|best| better(fit, best));
                best = fit.filter(is_better).or(best);
            }
        }
        let mut fit = best?;
        let factor = level_factor(&self.title.levels, &name.levels);
        if factor < LEVEL_IGNORED {
            fit.grade = fit.grade.min(Grade::Some);
        }
        fit.similarity *= factor;
        if self.title.text == name.text {
            fit = Fit {
                similarity: 1.0,
                grade: Grade::Text,
                ..fit
            };
        }
        Some(fit)
    }

    /// Whether all that the title says is a word such as `manager`.
    pub(super) fn is_generic(&self) -> bool {
        let alone = |reading: &Vec<Wanted<'_>>| match reading.as_slice() {
            [only] => occupation::is_generic(&only.core.key),
            _ => false,
        };
        self.readings.iter().all(alone)
    }

    fn fit_words(&self, wanted: &[Wanted<'_>], held: &Reading) -> Option<Fit> {
        let pairs = pair::pairs(wanted, held, self.stemmer);
        if pairs.is_empty() {
            return None;
        }
        let places = 0..wanted.len();
        let lacks = |at: &usize| pairs.iter().all(|pair| pair.wanted != *at);
        let missing: Vec<usize> = places.filter(lacks).collect();
        let places = 0..held.words.len();
        let adds = |at: &usize| pairs.iter().all(|pair| pair.held != *at);
        let extra: Vec<usize> = places.filter(adds).collect();
        let (grade, similarity, reading, of_name) = (Grade::Some, 0.0, 0, 0);
        let fit = Fit {
            similarity,
            grade,
            reading,
            of_name,
            pairs,
            missing,
            extra,
        };
        Some(self.judged(wanted, held, fit))
    }

    /// Weighs what fits against what is missing and what is too much.
    fn judged(&self, wanted: &[Wanted<'_>], held: &Reading, fit: Fit) -> Fit {
        let (fitting, all) = self.fitting(wanted, held, &fit.pairs);
        let lacking = self.lacking(wanted, &fit.missing, all);
        let added = self.added(held, &fit.extra);
        let same = fit.pairs.iter().all(|pair| pair.how == How::Same);
        let slip = fit.pairs.iter().any(|pair| pair.how == How::Typo);
        let factor = head_factor(wanted, held, &fit);
        if same && lacking + added <= 0.0 {
            let similarity = SAME_WORDS * factor;
            return Fit {
                similarity,
                grade: Grade::Words,
                ..fit
            };
        }
        let similarity = factor * fitting / EXTRA.mul_add(added, all + lacking);
        let beside = |at: &usize| {
            wanted
                .get(*at)
                .is_some_and(|word| word.core.role == Role::Aside)
        };
        let grade = if same && added <= 0.0 && fit.missing.iter().all(beside) {
            Grade::Core
        } else if slip {
            Grade::Slip
        } else {
            Grade::Some
        };
        Fit {
            similarity,
            grade,
            ..fit
        }
    }

    /// How much fits, and how much would if all words that fit were equal.
    fn fitting(&self, wanted: &[Wanted<'_>], held: &Reading, pairs: &[Pair]) -> (f64, f64) {
        let (mut fitting, mut all) = (0.0, 0.0);
        for pair in pairs {
            let words = wanted.get(pair.wanted).zip(held.words.get(pair.held));
            let Some((word, core)) = words else {
                continue;
            };
            let weight = self.weight_of(&core.text);
            let mass = f64::midpoint(mass(weight, word.core.role), mass(weight, core.role));
            fitting += mass * pair.likeness;
            all += mass;
        }
        (fitting, all)
    }

    /// What it costs that a name lacks words; what no name has beside the title costs nothing.
    fn lacking(&self, wanted: &[Wanted<'_>], missing: &[usize], fitting: f64) -> f64 {
        let (mut core, mut asides) = (0.0, 0.0);
        for word in missing.iter().filter_map(|at| wanted.get(*at)) {
            let Core {
                text, key, role, ..
            } = word.core;
            let weight = self.weight_of(text).min(self.weight_of(key));
            match role {
                Role::Aside if !word.is_known => {}
                Role::Aside => asides += mass(weight, *role),
                _ => core += mass(weight, *role),
            }
        }
        core + asides.min(ASIDES * fitting)
    }

    fn added(&self, held: &Reading, extra: &[usize]) -> f64 {
        let words = extra.iter().filter_map(|at| held.words.get(*at));
        words
            .map(|core| mass(self.weight_of(&core.text), core.role))
            .sum()
    }

    fn weight_of(&self, word: &str) -> f64 {
        let weight = (self.weight)(word);
        if weight.is_nan() {
            LEAST
        } else {
            weight.clamp(LEAST, 1.0)
        }
    }
}

fn better(fit: &Fit, other: &Fit) -> bool {
    (fit.grade >= Grade::Words, fit.similarity) > (other.grade >= Grade::Words, other.similarity)
}

fn mass(weight: f64, role: Role) -> f64 {
    match role {
        Role::Head => HEAD * weight.max(HEAD_FLOOR),
        Role::Plain => weight,
        Role::Trailing => TRAILING * weight,
        Role::Aside => ASIDE * weight,
    }
}

/// What it costs when the heads differ or what stands around them does.
fn head_factor(wanted: &[Wanted<'_>], held: &Reading, fit: &Fit) -> f64 {
    let place = wanted.iter().position(|word| word.core.role == Role::Head);
    let pair = fit.pairs.iter().find(|pair| Some(pair.wanted) == place);
    let of_name = |pair: &Pair| held.words.get(pair.held).map(|core| core.role);
    let factor = match pair.and_then(of_name) {
        Some(Role::Head) => 1.0,
        Some(_) => HEAD_ELSEWHERE,
        None => HEAD_MISSING,
    };
    let trails = |at: usize| {
        wanted
            .get(at)
            .is_some_and(|word| word.core.role == Role::Trailing)
    };
    let is_turned = |pair: &Pair| trails(pair.wanted) && of_name(pair) == Some(Role::Plain);
    let last = wanted
        .iter()
        .rposition(|word| word.core.role != Role::Aside);
    let last = last
        .filter(|at| fit.missing.contains(at))
        .and_then(|at| wanted.get(at));
    if last.is_some_and(|word| occupation::is_about(&word.core.key)) {
        factor * ABOUT
    } else if fit.pairs.iter().any(is_turned) {
        factor * TURNED
    } else {
        factor
    }
}

fn level_factor(wanted: &[Level], held: &[Level]) -> f64 {
    match (ranks(wanted).as_slice(), ranks(held).as_slice()) {
        (of_title, of_name) if of_title == of_name => 1.0,
        (_, []) => LEVEL_IGNORED,
        ([], _) => LEVEL_ADDED,
        _ => LEVEL_OTHER,
    }
}

fn ranks(levels: &[Level]) -> Vec<Rank> {
    let mut ranks: Vec<Rank> = levels.iter().map(|level| level.rank).collect();
    ranks.sort_unstable();
    ranks.dedup();
    ranks
}
