//! Ranks the names of a catalogue for a title.

use std::collections::BTreeMap;

use super::Title;
use super::compare::{Fit, Grade, Request};
use super::reason::{self, Reason};

/// Names that are less alike than this are no candidates; below it, single words decide.
pub const THRESHOLD: f64 = 0.35;
/// The power of likeness by which roles share: the higher it is, the more the best one gets.
const STEEPNESS: i32 = 6;
/// A name that another role has besides its title counts so much beside one that is a title.
const ALTERNATE: f64 = 0.4;
/// All other names together count so much beside the title of a role with the same words.
const ALTERNATES: f64 = 0.6;
/// All names that fit less well count so much beside one that fits in all words.
const REST: f64 = 0.05;
/// And so much beside one that fits in all words of the part that names the occupation.
const REST_OF_CORE: f64 = 0.5;
/// Words such as `manager` promise no more than this.
const GENERIC: f64 = 0.5;
/// A meaning has a role when that is so much as alike as the best.
const MEANT: f64 = 0.75;

/// What a name is to its role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameKind {
    /// The title of the role.
    Title,
    /// Another name of the role.
    Alternate,
}

/// A name that a role of the catalogue has.
#[derive(Clone, Copy, Debug)]
pub struct Name<'a> {
    /// The name as the catalogue has it.
    pub text: &'a str,
    /// What it is to its role.
    pub kind: NameKind,
    /// The role, by the caller's count.
    pub owner: usize,
}

/// How a candidate was found, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatchKind {
    /// The title of the role is written like this.
    ExactTitle,
    /// Another name of the role is written like this.
    ExactAlternate,
    /// The title of the role has the same words, apart from forms, order and decorations.
    NormalisedTitle,
    /// Another name of the role has the same words, apart from forms, order and decorations.
    NormalisedAlternate,
    /// Some words are the same or mean much the same.
    Partial,
    /// Some words are the same when a slip is forgiven.
    Fuzzy,
}

/// A role that a title may mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The role, by the caller's count.
    pub owner: usize,
    /// The name that fits best, by its place among the names.
    pub name: usize,
    /// How it was found.
    pub kind: MatchKind,
    /// How alike the title and this name are by themselves, from [`THRESHOLD`] to 1.
    pub similarity: f64,
    /// How likely the title means this role; those of all candidates add up to at most 1.
    pub confidence: f64,
    /// Why it is a candidate, and what speaks against it.
    pub reasons: Vec<Reason>,
}

/// Ranks the roles that a title may mean by their names.
///
/// `weight` says how telling a folded word is, from 0 for a word of every name to 1 for a word of
/// one name or none. The result is sorted by confidence, then by role.
#[must_use]
pub fn resolve(title: &Title, names: &[Name<'_>], weight: &dyn Fn(&str) -> f64) -> Vec<Candidate> {
    let titles: Vec<Title> = names.iter().map(|name| Title::of(name.text)).collect();
    let request = Request::new(title, &titles, weight);
    let found = best_names(&request, names, &titles);
    let owners = owners(&found, &titles);
    let certain = certainty(title, &request, &found);
    let mut candidates = Vec::with_capacity(found.len());
    for (found, share) in found.iter().zip(shares(&found)) {
        let Some(name) = titles.get(found.name) else {
            continue;
        };
        let mut reasons = reason::reasons(title, name, &found.fit);
        let shared = owners.get(name.text.as_str()).copied().unwrap_or_default();
        if shared > 1 {
            reasons.push(Reason::SharedBy(shared));
        }
        candidates.push(found.candidate(share * certain, reasons));
    }
    candidates.sort_by(|a: &Candidate, b: &Candidate| {
        let by_confidence = b.confidence.total_cmp(&a.confidence);
        by_confidence.then_with(|| a.owner.cmp(&b.owner))
    });
    candidates
}

/// The best name of a role.
struct Found {
    owner: usize,
    name: usize,
    kind: NameKind,
    fit: Fit,
}

impl Found {
    /// What decides between the names of one role.
    fn is_better(&self, other: &Self) -> bool {
        let is_title = |found: &Self| found.kind == NameKind::Title;
        let key = |found: &Self| (found.rank(), found.fit.similarity, is_title(found));
        key(self) > key(other)
    }

    /// How well the name fits; a slip costs likeness and no more.
    fn rank(&self) -> Grade {
        self.fit.grade.max(Grade::Some)
    }

    fn match_kind(&self) -> MatchKind {
        match (self.fit.grade, self.kind) {
            (Grade::Text, NameKind::Title) => MatchKind::ExactTitle,
            (Grade::Text, NameKind::Alternate) => MatchKind::ExactAlternate,
            (Grade::Words, NameKind::Title) => MatchKind::NormalisedTitle,
            (Grade::Words, NameKind::Alternate) => MatchKind::NormalisedAlternate,
            (Grade::Some | Grade::Core, _) => MatchKind::Partial,
            (Grade::Slip, _) => MatchKind::Fuzzy,
        }
    }

    fn candidate(&self, share: f64, reasons: Vec<Reason>) -> Candidate {
        let similarity = self.fit.similarity;
        Candidate {
            owner: self.owner,
            name: self.name,
            kind: self.match_kind(),
            similarity,
            confidence: similarity * share,
            reasons,
        }
    }
}

/// The best name of each role that has one alike, by role.
fn best_names(request: &Request<'_>, names: &[Name<'_>], titles: &[Title]) -> Vec<Found> {
    let mut best: BTreeMap<usize, Found> = BTreeMap::new();
    for (at, (name, title)) in names.iter().zip(titles).enumerate() {
        let Some(fit) = request.fit(title).filter(|fit| fit.similarity >= THRESHOLD) else {
            continue;
        };
        let found = Found {
            owner: name.owner,
            name: at,
            kind: name.kind,
            fit,
        };
        if best
            .get(&name.owner)
            .is_none_or(|other| found.is_better(other))
        {
            best.insert(name.owner, found);
        }
    }
    best.into_values().collect()
}

/// How many roles have each of the names that fit in all words.
fn owners<'a>(found: &[Found], titles: &'a [Title]) -> BTreeMap<&'a str, usize> {
    let mut owners = BTreeMap::new();
    let whole = found.iter().filter(|found| found.fit.grade >= Grade::Words);
    for title in whole.filter_map(|found| titles.get(found.name)) {
        *owners.entry(title.text.as_str()).or_default() += 1;
    }
    owners
}

/// How the roles share what is certain: at most 1 in sum, before their own likeness counts.
fn shares(found: &[Found]) -> Vec<f64> {
    let weight = |found: &Found| found.fit.similarity.powi(STEEPNESS);
    let mut weights: Vec<f64> = found.iter().map(weight).collect();
    let top = found.iter().map(Found::rank).max();
    let is_top = |found: &Found| Some(found.rank()) == top;
    let rest = match top {
        Some(Grade::Words | Grade::Text) => REST,
        Some(Grade::Core) => REST_OF_CORE,
        _ => f64::INFINITY,
    };
    let is_title = |found: &Found| is_top(found) && found.kind == NameKind::Title;
    let is_other = |found: &Found| is_top(found) && found.kind == NameKind::Alternate;
    if rest <= REST && found.iter().any(is_title) {
        scale(found, &mut weights, is_other, |_| ALTERNATE);
        let titles = sum(found, &weights, is_title);
        let bound = |all: f64| (ALTERNATES * titles / all).min(1.0);
        scale(found, &mut weights, is_other, bound);
    }
    let tops = sum(found, &weights, is_top);
    let bound = |all: f64| (rest * tops / all).min(1.0);
    scale(found, &mut weights, |found| !is_top(found), bound);
    let all: f64 = weights.iter().sum();
    weights.iter().map(|weight| weight / all).collect()
}

fn sum(found: &[Found], weights: &[f64], is_in: impl Fn(&Found) -> bool) -> f64 {
    let group = found.iter().zip(weights).filter(|(found, _)| is_in(found));
    group.map(|(_, weight)| weight).sum()
}

/// Multiplies the weights of a group by a factor that depends on their sum.
fn scale(
    found: &[Found],
    weights: &mut [f64],
    is_in: impl Fn(&Found) -> bool,
    factor: impl Fn(f64) -> f64,
) {
    let factor = factor(sum(found, weights, &is_in));
    let group = found.iter().zip(weights).filter(|(found, _)| is_in(found));
    group.for_each(|(_, weight)| *weight *= factor);
}

/// How certain it is that any of the roles is meant: words such as `manager` mean no role in
/// particular, and of several meanings some may have no role.
fn certainty(title: &Title, request: &Request<'_>, found: &[Found]) -> f64 {
    let best = found
        .iter()
        .max_by(|a, b| a.fit.similarity.total_cmp(&b.fit.similarity));
    let Some(best) = best else {
        return 0.0;
    };
    let is_title = best.kind == NameKind::Title && best.fit.grade >= Grade::Words;
    let generic = if request.is_generic() && !is_title {
        GENERIC
    } else {
        1.0
    };
    if best.fit.grade == Grade::Text || best.fit.reading >= title.meanings {
        return generic;
    }
    let enough = best.fit.similarity * MEANT;
    let mut meant: Vec<usize> = found
        .iter()
        .filter(|found| found.fit.similarity >= enough && found.fit.reading < title.meanings)
        .map(|found| found.fit.reading)
        .collect();
    meant.sort_unstable();
    meant.dedup();
    let count = |number: usize| u32::try_from(number).map_or(1.0, f64::from);
    generic * count(meant.len()) / count(title.meanings)
}
