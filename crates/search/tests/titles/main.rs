//! Titles are resolved against the demo catalogue.
//!
//! `cargo nextest run -p search --test titles --no-capture` shows the measured shares.

#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]
#![expect(clippy::print_stdout, reason = "the measured shares are worth reading")]

mod noise;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use noise::{NO_ROLES, RULES};
use proptest::prelude::*;
use search::title::{Candidate, MatchKind, Name, NameKind, Reason, THRESHOLD, Title, resolve};
use search::word::Words;

/// A name of a role of the demo catalogue.
#[derive(Clone)]
struct Owned {
    text: String,
    kind: NameKind,
    owner: usize,
}

/// The demo catalogue with the frequencies of its words.
struct Catalogue {
    names: Vec<Owned>,
    counts: BTreeMap<String, u32>,
}

impl Catalogue {
    fn demo() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/roles");
        let entries = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path());
        let mut paths: Vec<_> = entries.filter(|path| path.extension().is_some()).collect();
        paths.sort();
        let pages = paths.iter().map(|path| fs::read_to_string(path).unwrap());
        let names = pages
            .enumerate()
            .flat_map(|(owner, page)| names(owner, &page))
            .collect();
        Self::of(names)
    }

    fn of(names: Vec<Owned>) -> Self {
        let mut counts = BTreeMap::new();
        for name in &names {
            for word in Words::of(&name.text).plain {
                *counts.entry(word.text).or_default() += 1;
            }
        }
        Self { names, counts }
    }

    fn without(&self, at: usize) -> Self {
        let mut names = self.names.clone();
        names.remove(at);
        Self::of(names)
    }

    /// How telling a word is: one of a single name or none counts 1.
    fn weight(&self, word: &str) -> f64 {
        let names = f64::from(u32::try_from(self.names.len()).unwrap());
        let count = self.counts.get(word).copied().unwrap_or(1);
        (names / f64::from(count)).ln() / names.ln()
    }

    fn resolve(&self, title: &str) -> Vec<Candidate> {
        let names = self.names.iter().map(|name| Name {
            text: &name.text,
            kind: name.kind,
            owner: name.owner,
        });
        let names: Vec<Name<'_>> = names.collect();
        resolve(&Title::of(title), &names, &|word| self.weight(word))
    }

    fn owners(&self, text: &str) -> Vec<usize> {
        let same = self.names.iter().filter(|name| name.text == text);
        same.map(|name| name.owner).collect()
    }
}

/// The title and the alternate titles in the front matter of a role.
fn names(owner: usize, page: &str) -> Vec<Owned> {
    let mut names = Vec::new();
    let mut is_list = false;
    for line in page.lines().skip(1).take_while(|line| *line != "---") {
        if let Some(title) = line.strip_prefix("title: ") {
            names.push(owned(owner, title, NameKind::Title));
        }
        is_list = line == "alternate-titles:" || (is_list && line.starts_with("  - "));
        if let Some(title) = line.strip_prefix("  - ").filter(|_| is_list) {
            names.push(owned(owner, title, NameKind::Alternate));
        }
    }
    names
}

fn owned(owner: usize, text: &str, kind: NameKind) -> Owned {
    let text = text.trim_matches('"').to_owned();
    Owned { text, kind, owner }
}

/// How many of some titles were resolved.
#[derive(Default)]
struct Tally {
    all: u32,
    first: u32,
    first_five: u32,
    failures: Vec<String>,
}

impl Tally {
    fn add(&mut self, title: &str, owners: &[usize], found: &[Candidate]) {
        let is_right = |found: &Candidate| owners.contains(&found.owner);
        self.all += 1;
        self.first_five += u32::from(found.iter().take(5).any(is_right));
        if found.first().is_some_and(is_right) {
            self.first += 1;
        } else {
            let best = found
                .first()
                .map(|found| (found.owner, found.name, found.confidence));
            self.failures.push(format!("{title}: {owners:?} {best:?}"));
        }
    }

    fn report(&self, name: &str) -> (f64, f64) {
        let share = |count: u32| f64::from(count) / f64::from(self.all.max(1));
        let (first, five) = (share(self.first), share(self.first_five));
        println!(
            "{name}: {} titles, top-1 {first:.3}, top-5 {five:.3}",
            self.all
        );
        for failure in &self.failures {
            println!("  {failure}");
        }
        (first, five)
    }
}

#[test]
fn every_alternate_title_resolves() {
    let catalogue = Catalogue::demo();
    let mut tally = Tally::default();
    for name in catalogue
        .names
        .iter()
        .filter(|name| name.kind == NameKind::Alternate)
    {
        let owners = catalogue.owners(&name.text);
        tally.add(&name.text, &owners, &catalogue.resolve(&name.text));
    }
    let (first, five) = tally.report("alternate titles");
    assert!(tally.all > 200);
    assert!(first >= 0.9 && five >= 0.98);
}

#[test]
fn many_alternate_titles_resolve_without_themselves() {
    let catalogue = Catalogue::demo();
    let mut tally = Tally::default();
    for (at, name) in catalogue.names.iter().enumerate() {
        if name.kind == NameKind::Alternate {
            let owners = catalogue.owners(&name.text);
            tally.add(
                &name.text,
                &owners,
                &catalogue.without(at).resolve(&name.text),
            );
        }
    }
    let (first, five) = tally.report("left out");
    assert!(first >= 0.6 && five >= 0.8);
}

/// Two hundred and more noisy titles: the rules take turns over all names, the names of the roles
/// in turns as well.
fn noisy(catalogue: &Catalogue) -> Vec<(&'static str, String, Vec<usize>)> {
    let mut noisy = Vec::new();
    for (at, (rule, change)) in RULES.iter().enumerate() {
        let start = at * 41 % catalogue.names.len();
        let names = catalogue.names.iter().cycle().skip(start).step_by(7);
        let changed = names
            .take(60)
            .filter_map(|name| Some((change(&name.text)?, name)));
        let changed = changed
            .take(7)
            .map(|(title, name)| (*rule, title, catalogue.owners(&name.text)));
        noisy.extend(changed);
    }
    noisy
}

#[test]
fn noisy_titles_resolve() {
    let catalogue = Catalogue::demo();
    let mut tally = Tally::default();
    let mut unsure = 0;
    for (rule, title, owners) in noisy(&catalogue) {
        let found = catalogue.resolve(&title);
        unsure += u32::from(found.first().is_none_or(|found| found.confidence < 0.5));
        tally.add(&format!("{rule}: {title}"), &owners, &found);
    }
    let (first, _) = tally.report("noisy titles");
    println!("below one half: {unsure}");
    assert!(tally.all >= 200);
    assert!(first >= 0.95);
}

#[test]
fn titles_with_two_kinds_of_noise_resolve() {
    let catalogue = Catalogue::demo();
    let mut tally = Tally::default();
    for (at, (rule, title, owners)) in noisy(&catalogue).into_iter().enumerate() {
        let (second, change) = RULES[at * 5 % RULES.len()];
        if second != rule
            && let Some(title) = change(&title)
        {
            let name = format!("{rule}, {second}: {title}");
            tally.add(&name, &owners, &catalogue.resolve(&title));
        }
    }
    let (first, _) = tally.report("twice noisy titles");
    assert!(tally.all >= 150);
    assert!(first >= 0.8);
}

#[test]
fn texts_that_are_no_roles_stay_unresolved() {
    let catalogue = Catalogue::demo();
    let mut some = 0;
    for text in NO_ROLES {
        let found = catalogue.resolve(text);
        if let Some(best) = found.first() {
            some += 1;
            let Candidate {
                confidence,
                kind,
                name,
                ..
            } = best;
            println!(
                "{text}: {} {kind:?} {confidence:.2}",
                catalogue.names[*name].text
            );
        }
        assert!(found.iter().all(|found| found.confidence <= 0.5), "{text}");
    }
    println!("{} texts, {some} with candidates", NO_ROLES.len());
    assert!(NO_ROLES.len() >= 50);
}

#[test]
fn generic_words_promise_little() {
    let catalogue = Catalogue::demo();
    for word in [
        "manager",
        "Specialist",
        "assistants",
        "Engineer",
        "analyst",
        "Senior Technician",
    ] {
        let found = catalogue.resolve(word);
        assert!(
            found.iter().all(|found| found.confidence < 0.4),
            "{word}: {found:#?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 96,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn answers_are_sound(title in ".{0,80}", other in ".{0,40}") {
        sound(&title, &other)?;
    }

    #[test]
    fn answers_about_words_are_sound(
        words in prop::collection::vec("(senior|nurse|engineer|PM|\\(|\\)|,|/|- |in|3|#12|dev|of|x)", 0..12),
        other in "(Staff |Sr. )?(Nurse|Engineer|Product Manager|Dev)s?( II)?",
    ) {
        sound(&words.join(" "), &other)?;
    }
}

fn sound(title: &str, other: &str) -> Result<(), TestCaseError> {
    let mut catalogue = Catalogue::demo();
    catalogue.names.push(owned(30, other, NameKind::Title));
    catalogue.names.push(owned(31, title, NameKind::Alternate));
    let found = catalogue.resolve(title);
    let sum: f64 = found.iter().map(|found| found.confidence).sum();
    prop_assert!(sum <= 1.0001);
    prop_assert!(
        found
            .iter()
            .all(|found| (0.0..=1.0).contains(&found.confidence))
    );
    prop_assert!(found.iter().all(|found| found.similarity >= THRESHOLD));
    prop_assert!(found.iter().all(|found| found.name < catalogue.names.len()));
    let is_sorted = found.is_sorted_by(|a, b| {
        a.confidence > b.confidence || (a.confidence >= b.confidence && a.owner < b.owner)
    });
    prop_assert!(is_sorted);
    prop_assert_eq!(&found, &catalogue.resolve(title));
    let sentences = found
        .iter()
        .flat_map(|found| &found.reasons)
        .map(Reason::to_string);
    for sentence in sentences {
        prop_assert!(sentence.ends_with('.'), "{}", sentence);
    }
    for forms in Title::of(title).lookup() {
        prop_assert!(!forms.is_empty() && forms.iter().all(|form| !form.is_empty()));
    }
    Ok(())
}

#[test]
fn an_unambiguous_name_is_nearly_certain() {
    let catalogue = Catalogue::demo();
    let found = catalogue.resolve("registered nurse");
    assert_eq!(found[0].kind, MatchKind::ExactTitle);
    assert!(found[0].confidence >= 0.9);
    assert_eq!(found[0].reasons, [Reason::SameText]);
}

#[test]
fn roles_with_one_name_share_its_confidence() {
    let texts = [
        "Machine Operator",
        "machine operators",
        "Operator, Machine",
        "MACHINE OPERATOR",
    ];
    let names = texts.iter().enumerate();
    let names = names.map(|(owner, text)| owned(owner, text, NameKind::Alternate));
    let catalogue = Catalogue::of(names.collect());
    let found = catalogue.resolve("Machine Operator");
    assert_eq!(found.len(), 4);
    assert_eq!(found[0].kind, MatchKind::ExactAlternate);
    assert!((0.4..=0.5).contains(&found[0].confidence));
    assert!(found[0].confidence <= found[1].confidence);
    let same = catalogue.names.iter().filter(|name| name.text.len() == 16);
    let same: Vec<Owned> = same.cloned().collect();
    let found = Catalogue::of(same).resolve("Machine Operator (m/w/d)");
    assert!(found[0].reasons.contains(&Reason::SharedBy(2)));
}

#[test]
fn a_title_counts_more_than_another_name() {
    let names = vec![
        owned(0, "Data Engineer", NameKind::Alternate),
        owned(1, "Data Engineer", NameKind::Title),
    ];
    let found = Catalogue::of(names).resolve("Data Engineer");
    assert_eq!((found[0].owner, found[0].kind), (1, MatchKind::ExactTitle));
    assert!(found[0].confidence > 2.0 * found[1].confidence);
}

#[test]
fn an_abbreviation_with_two_meanings_is_unsure() {
    let product = owned(0, "Product Manager", NameKind::Title);
    let project = owned(1, "Project Manager", NameKind::Title);
    let found = Catalogue::of(vec![product.clone(), project]).resolve("PM");
    assert_eq!(found.len(), 2);
    assert!(
        found
            .iter()
            .all(|found| (0.4..=0.5).contains(&found.confidence))
    );
    let found = Catalogue::of(vec![product]).resolve("PM");
    assert!(found[0].confidence <= 0.5);
}

#[test]
fn reasons_say_what_was_done() {
    let catalogue = Catalogue::demo();
    let found = catalogue.resolve("Sr. Reigstered Nurses (m/w/d)");
    assert_eq!(found[0].kind, MatchKind::Fuzzy);
    let sentences: Vec<String> = found[0].reasons.iter().map(Reason::to_string).collect();
    assert_eq!(
        sentences,
        [
            "“reigstered” was read as “registered”.",
            "“nurses” and “nurse” differ in number only.",
            "The seniority “Sr” was left out.",
            "“m/w/d” was left out.",
        ]
    );
}
