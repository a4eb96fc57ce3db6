//! How well a role answers a query.

use crate::profile::Profile;

/// A word of the vocabulary that stands for a word of the query.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Variant {
    /// The word.
    pub word: u32,
    /// How well it stands for the other one, from 0 to 1.
    pub likeness: f32,
}

/// What one term of a query looks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Sought {
    /// The words that satisfy the term; those of a phrase are terms of their own.
    pub variants: Vec<Variant>,
    /// How telling the term is: larger for words that few roles have.
    pub weight: f32,
}

impl Sought {
    /// The weight of a term that so many of all roles have.
    #[must_use]
    pub fn weight(roles: u32, of: u32) -> f32 {
        let (roles, of) = (as_float(roles), as_float(of.max(roles)));
        (1.0 + (of - roles + 0.5) / (roles + 0.5)).ln().max(0.05)
    }

    /// How much of the term a role has, and how well what it has stands for the term; both from 0
    /// to 1.
    fn found(&self, profile: &Profile) -> (f32, f32) {
        let (mut much, mut well) = (0.0_f32, 0.0_f32);
        for variant in &self.variants {
            let worth = profile.worth(variant.word);
            if worth > 0 {
                much = much.max(variant.likeness * f32::from(worth) / 255.0);
                well = well.max(variant.likeness);
            }
        }
        (much, well)
    }

    /// How well a word stands for the term.
    fn likeness(&self, word: u32) -> f32 {
        let same = self.variants.iter().filter(|variant| variant.word == word);
        same.map(|variant| variant.likeness).fold(0.0, f32::max)
    }
}

/// What a name that is the whole query counts, next to the words of the role.
const NAME: f32 = 1.2;
/// Names other than the title count so much.
const OTHER_NAME: f32 = 0.92;

/// How a role answers a query.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// Thousandths; larger is better, and comparable within one query only.
    pub thousandths: u32,
    /// How much of the query the role has, by weight.
    pub covered: f32,
    /// Which share of the whole query that is, from 0 to 1.
    pub coverage: f32,
}

/// Scores a role.
#[must_use]
pub fn score(profile: &Profile, sought: &[Sought]) -> Score {
    let whole: f32 = sought.iter().map(|term| term.weight).sum();
    if whole <= 0.0 {
        return Score {
            thousandths: 0,
            covered: 0.0,
            coverage: 1.0,
        };
    }
    let (mut sum, mut covered) = (0.0, 0.0);
    for term in sought {
        let (much, well) = term.found(profile);
        sum += term.weight * much;
        covered += term.weight * well;
    }
    let names = profile.titles.iter().enumerate().map(|(place, title)| {
        let kind = if place == 0 { 1.0 } else { OTHER_NAME };
        kind * name(title, sought, whole)
    });
    let name = names.fold(0.0, f32::max);
    let score = sum / whole + NAME * name;
    #[expect(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the value lies between 0 and 3,000"
    )]
    let thousandths = (score * 1_000.0).round() as u32;
    Score {
        thousandths,
        covered,
        coverage: covered / whole,
    }
}

/// How much a name and the query are the same, from 0 to 1.
fn name(title: &[u32], sought: &[Sought], whole: f32) -> f32 {
    let mut asked = 0.0;
    let mut used = vec![0.0_f32; title.len()];
    for term in sought {
        let mut best = 0.0_f32;
        for (word, used) in title.iter().zip(&mut used) {
            let likeness = term.likeness(*word);
            *used = used.max(likeness);
            best = best.max(likeness);
        }
        asked += term.weight * best;
    }
    if title.is_empty() {
        return 0.0;
    }
    let length = as_float(u32::try_from(title.len()).unwrap_or(u32::MAX));
    let asked = asked / whole;
    let used = used.iter().sum::<f32>() / length;
    asked * asked * (0.35 + 0.65 * used)
}

#[expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "counts are far below 2^24, and nothing depends on the last digit"
)]
fn as_float(number: u32) -> f32 {
    number as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(word: u32, weight: f32) -> Sought {
        let variants = vec![Variant {
            word,
            likeness: 1.0,
        }];
        Sought { variants, weight }
    }

    fn profile(titles: &[&[u32]], words: &[(u32, u8)]) -> Profile {
        Profile {
            titles: titles.iter().map(|title| title.to_vec()).collect(),
            words: words.to_vec(),
        }
    }

    #[test]
    fn the_name_that_is_the_query_comes_first() {
        let query = [term(1, 2.0), term(2, 1.0)];
        let same = profile(&[&[1, 2]], &[(1, 180), (2, 180)]);
        let longer = profile(&[&[1, 2, 3]], &[(1, 180), (2, 180), (3, 180)]);
        let half = profile(&[&[1, 3]], &[(1, 180), (2, 60), (3, 180)]);
        let text = profile(&[&[4]], &[(1, 90), (2, 90), (4, 180)]);
        let scores = [&same, &longer, &half, &text].map(|role| score(role, &query).thousandths);
        assert!(scores.is_sorted_by(|a, b| a > b), "{scores:?}");
    }

    #[test]
    fn telling_words_count_more() {
        assert!(Sought::weight(2, 1_000) > Sought::weight(500, 1_000));
        let query = [
            term(1, Sought::weight(2, 100)),
            term(2, Sought::weight(90, 100)),
        ];
        let rare = profile(&[], &[(1, 100)]);
        let common = profile(&[], &[(2, 100)]);
        assert!(score(&rare, &query).thousandths > score(&common, &query).thousandths);
        assert!(score(&rare, &query).coverage > 0.5);
    }

    #[test]
    fn a_query_without_words_likes_everything_alike() {
        let role = profile(&[&[1]], &[(1, 255)]);
        assert_eq!(score(&role, &[]).thousandths, 0);
    }
}
