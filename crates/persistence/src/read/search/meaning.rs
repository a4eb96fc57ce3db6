//! What a query looks for, in the words of the vocabulary.

use std::collections::BTreeSet;

use search::document::Column;
use search::query::{Clause, Field, Query, Term, Wanted};
use search::rank::{Sought, Variant};
use search::stem::stem;
use search::{highlight, synonym};

use super::expression::Expression;
use super::lexicon::{Entry, Lexicon};
use super::near::{self, Others};

/// How well another form of a word stands for it.
const FORM: f32 = 0.85;
/// How well the plain words of a name stand for it.
const PARTS: f32 = 0.7;
/// How well a longer word stands for what it begins with.
const BEGINNING: f32 = 0.6;
/// How well a synonym stands for a word.
const SYNONYM: f32 = 0.6;
/// How well a word stands for one that differs from it by one mistake, and by two.
const TYPOS: [f32; 2] = [0.7, 0.45];

/// What a query looks for.
#[derive(Debug)]
pub(super) struct Meaning {
    clauses: Vec<Meant>,
    /// What must not be there.
    pub(super) excluded: Option<Expression>,
    /// Whether nothing can be found.
    pub(super) nothing: bool,
}

/// What a clause of a query looks for.
#[derive(Debug)]
struct Meant {
    expression: Expression,
    /// Whether it must be there in any case: phrases, prefixes and fields.
    firm: bool,
    sought: Vec<Sought>,
    highlights: highlight::Sought,
}

impl Meaning {
    /// Reads a query with what the vocabulary knows of its words.
    pub(super) fn new(query: &Query, lexicon: &Lexicon, others: Option<&Others>) -> Self {
        let reader = Reader { lexicon, others };
        let excluded: Vec<Expression> = query.none.iter().map(exactly).collect();
        Self {
            clauses: query
                .all
                .iter()
                .flat_map(|clause| reader.clauses(clause))
                .collect(),
            excluded: (!excluded.is_empty()).then_some(Expression::Any(excluded)),
            nothing: query.wordless,
        }
    }

    /// All clauses; `None` when there are none, so that every role has them.
    pub(super) fn all(&self) -> Option<Expression> {
        let clauses = self.clauses.iter().map(|clause| clause.expression.clone());
        let clauses: Vec<Expression> = clauses.collect();
        (!clauses.is_empty()).then_some(Expression::All(clauses))
    }

    /// The firm clauses and some of the others: for names any of them, for texts all but one.
    pub(super) fn some(&self) -> Option<(Expression, Expression)> {
        let (firm, soft): (Vec<_>, Vec<_>) = self.clauses.iter().partition(|clause| clause.firm);
        if soft.is_empty() {
            return None;
        }
        let soft: Vec<Expression> = soft
            .into_iter()
            .map(|clause| clause.expression.clone())
            .collect();
        let all_but_one = (0..soft.len()).map(|left_out| {
            let others = soft
                .iter()
                .enumerate()
                .filter(|(place, _)| *place != left_out);
            Expression::All(others.map(|(_, clause)| clause.clone()).collect())
        });
        let most = if soft.len() > 2 {
            Expression::Any(all_but_one.collect())
        } else {
            Expression::Any(soft.clone())
        };
        let firm = firm.into_iter().map(|clause| clause.expression.clone());
        let firm: Vec<Expression> = firm.collect();
        let with_firm =
            |some: Expression| Expression::All(firm.iter().cloned().chain([some]).collect());
        Some((with_firm(Expression::Any(soft)), with_firm(most)))
    }

    /// What roles are ranked by.
    pub(super) fn sought(&self) -> Vec<Sought> {
        let sought = self.clauses.iter().flat_map(|clause| &clause.sought);
        sought.cloned().collect()
    }

    /// What is marked in the texts of hits.
    pub(super) fn highlights(&self) -> highlight::Sought {
        let mut all = highlight::Sought::default();
        for Meant { highlights, .. } in &self.clauses {
            all.words.extend(highlights.words.iter().cloned());
            all.names.extend(highlights.names.iter().cloned());
            all.prefixes.extend(highlights.prefixes.iter().cloned());
            all.phrases.extend(highlights.phrases.iter().cloned());
        }
        all
    }
}

/// Words of the vocabulary that stand for a word of the query.
type Standing = Vec<(Entry, f32)>;

struct Reader<'l> {
    lexicon: &'l Lexicon,
    others: Option<&'l Others>,
}

impl Reader<'_> {
    /// What a clause looks for. Where other words may stand for what is written, a word that no role
    /// has becomes the words that it is made of.
    fn clauses(&self, clause: &Clause) -> Vec<Meant> {
        let parts = match (self.others, clause.any.as_slice()) {
            (
                Some(others),
                [
                    Term {
                        field: None,
                        wanted: Wanted::Word { text, parts },
                        ..
                    },
                ],
            ) => others.parts(text, parts, self.lexicon),
            _ => Vec::new(),
        };
        if parts.is_empty() {
            return vec![self.clause(clause)];
        }
        let term = |text: String| Term {
            field: None,
            wanted: Wanted::Word {
                text,
                parts: Vec::new(),
            },
            span: 0..0,
        };
        parts
            .into_iter()
            .map(|part| self.term(&term(part)))
            .collect()
    }

    fn clause(&self, clause: &Clause) -> Meant {
        let mut terms = clause.any.iter().map(|term| self.term(term));
        let Some(mut meant) = terms.next() else {
            return Meant {
                expression: Expression::Any(Vec::new()),
                firm: true,
                sought: Vec::new(),
                highlights: highlight::Sought::default(),
            };
        };
        for other in terms {
            meant.or(other);
        }
        meant
    }

    fn term(&self, term: &Term) -> Meant {
        let firm = term.field.is_some() || !matches!(term.wanted, Wanted::Word { .. });
        let mut highlights = highlight::Sought::default();
        let (expression, sought) = match &term.wanted {
            Wanted::Word { text, parts } => {
                let standing = self.standing_for(text);
                let mut any = words(&standing);
                if standing.iter().all(|(entry, _)| entry.word != *text) {
                    any.push(Expression::Word(text.clone()));
                }
                let mut sought = vec![self.sought(&standing)];
                highlights
                    .words
                    .extend(standing.iter().map(|(entry, _)| entry.word.clone()));
                highlights
                    .names
                    .extend(standing.iter().map(|(entry, _)| entry.word.clone()));
                for long in self.others.iter().flat_map(|_| near::written_out(text)) {
                    self.add_parts(&mut sought, &long);
                    any.push(phrase(&long, &[]));
                    highlights.phrases.insert(long);
                }
                if !parts.is_empty() {
                    any.push(self.parts(text, parts));
                    highlights.phrases.insert(parts.clone());
                    self.add_parts(&mut sought, parts);
                }
                (Expression::Any(any), sought)
            }
            Wanted::Phrase { words, names } => {
                highlights.phrases.insert(words.clone());
                highlights.names.extend(names.iter().cloned());
                let sought = words.iter().map(|word| self.sought(&self.exact(word, 1.0)));
                (phrase(words, names), sought.collect())
            }
            Wanted::Prefix(prefix) => {
                highlights.prefixes.insert(prefix.clone());
                let beginning = self.lexicon.beginning(prefix);
                let standing: Standing = beginning.map(|entry| (entry.clone(), FORM)).collect();
                (
                    Expression::Beginning(prefix.clone()),
                    vec![self.sought(&standing)],
                )
            }
        };
        Meant {
            expression: within(term.field, expression),
            firm,
            sought,
            highlights,
        }
    }

    /// The plain words of a name: one after the other, or anywhere when no role has the name.
    fn parts(&self, name: &str, parts: &[String]) -> Expression {
        if self.lexicon.word(name).is_some() {
            return Expression::Phrase(parts.to_vec());
        }
        Expression::All(parts.iter().cloned().map(Expression::Word).collect())
    }

    fn standing_for(&self, word: &str) -> Standing {
        let mut standing = self.exact(word, 1.0);
        standing.extend(self.lexicon.forms(word).map(|entry| (entry.clone(), FORM)));
        let Some(others) = self.others else {
            return standing;
        };
        let alike = |entry: &Entry, likeness| (entry.clone(), likeness);
        for other in synonym::of(&stem(word)) {
            let same = self.lexicon.with_stem(other);
            standing.extend(same.map(|entry| alike(entry, SYNONYM)));
        }
        if others.unknown.contains(word) {
            let beginning = self.lexicon.beginning(word);
            standing.extend(beginning.map(|entry| alike(entry, BEGINNING)));
        }
        for (entry, mistakes) in others.typos.get(word).into_iter().flatten() {
            let likeness = TYPOS.get(mistakes.saturating_sub(1)).copied();
            standing.push(alike(entry, likeness.unwrap_or_default()));
        }
        standing
    }

    fn exact(&self, word: &str, likeness: f32) -> Standing {
        let entry = self.lexicon.word(word);
        entry
            .map(|entry| (entry.clone(), likeness))
            .into_iter()
            .collect()
    }

    /// Lets the rarest of its plain words stand for a name.
    fn add_parts(&self, sought: &mut [Sought], parts: &[String]) {
        let known = parts.iter().filter_map(|part| self.lexicon.word(part));
        let rarest = known.min_by_key(|entry| entry.roles);
        if let (Some(first), Some(entry)) = (sought.first_mut(), rarest) {
            first.variants.push(Variant {
                word: entry.id,
                likeness: PARTS,
            });
        }
    }

    /// What is looked for in the place of a word. The term is as telling as the words that stand for
    /// it best; a more common one says less, by as much as it is more common.
    fn sought(&self, standing: &Standing) -> Sought {
        let best = standing
            .iter()
            .map(|(_, likeness)| *likeness)
            .fold(0.0, f32::max);
        let best = best.min(FORM);
        let roles = standing.iter().filter(|(_, likeness)| *likeness >= best);
        let roles = roles
            .map(|(entry, _)| entry.roles)
            .fold(0, u32::saturating_add);
        // A word that nothing stands for tells no role from another.
        let weight = if standing.is_empty() {
            0.0
        } else {
            self.weight(roles)
        };
        let variants = standing.iter().map(|(entry, likeness)| {
            let common = if *likeness < best {
                self.weight(entry.roles) / weight
            } else {
                1.0
            };
            Variant {
                word: entry.id,
                likeness: likeness * common.min(1.0),
            }
        });
        Sought {
            variants: variants.collect(),
            weight,
        }
    }

    /// How telling it is to be one of so many roles.
    fn weight(&self, roles: u32) -> f32 {
        Sought::weight(roles.min(self.lexicon.roles), self.lexicon.roles)
    }
}

impl Meant {
    /// Joins a term that may be there in its place.
    fn or(&mut self, other: Self) {
        let mine = std::mem::replace(&mut self.expression, Expression::Any(Vec::new()));
        self.expression = Expression::Any(vec![mine, other.expression]);
        self.firm |= other.firm;
        let mut all = other.sought;
        all.append(&mut self.sought);
        let weight = all
            .iter()
            .map(|sought| sought.weight)
            .fold(f32::MAX, f32::min);
        let variants = all.into_iter().flat_map(|sought| sought.variants).collect();
        self.sought = vec![Sought { variants, weight }];
        self.highlights.words.extend(other.highlights.words);
        self.highlights.names.extend(other.highlights.names);
        self.highlights.prefixes.extend(other.highlights.prefixes);
        self.highlights.phrases.extend(other.highlights.phrases);
    }
}

/// What an exclusion is about: the very word.
fn exactly(term: &Term) -> Expression {
    let expression = match &term.wanted {
        Wanted::Word { text, parts } => {
            let mut any = vec![Expression::Word(text.clone())];
            if !parts.is_empty() {
                any.push(Expression::Phrase(parts.clone()));
            }
            Expression::Any(any)
        }
        Wanted::Phrase { words, names } => phrase(words, names),
        Wanted::Prefix(prefix) => Expression::Beginning(prefix.clone()),
    };
    within(term.field, expression)
}

fn words(standing: &Standing) -> Vec<Expression> {
    let unique: BTreeSet<&str> = standing
        .iter()
        .map(|(entry, _)| entry.word.as_str())
        .collect();
    unique
        .into_iter()
        .map(|word| Expression::Word(word.to_owned()))
        .collect()
}

fn phrase(words: &[String], names: &[String]) -> Expression {
    let mut all: Vec<Expression> = names.iter().cloned().map(Expression::Word).collect();
    match words {
        [] => {}
        [word] => all.push(Expression::Word(word.clone())),
        words => all.push(Expression::Phrase(words.to_vec())),
    }
    Expression::All(all)
}

fn within(field: Option<Field>, expression: Expression) -> Expression {
    let column = match field {
        None => return expression,
        Some(Field::Title) => Column::Title,
        Some(Field::Skill) => Column::Skill,
        Some(Field::Category) => Column::Category,
    };
    Expression::In(column, Box::new(expression))
}
