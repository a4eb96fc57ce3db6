//! Takes decorations off the parts of a title.

use super::part::{Kind, Part, Sign, Token};
use super::{decoration, gender, head, place};

/// Numbers of requisitions, years and postal codes have at least so many digits.
const LONG_NUMBER: usize = 4;
/// Marks that a run of gender marks has one of.
const SURE_MARKS: &[&str] = &["f", "female", "h", "m", "male", "mf", "mwd", "w", "wmd"];

/// Takes the decorations off and says what they were, as written.
pub(super) fn decorations(text: &str, parts: &mut Vec<Part>) -> Vec<String> {
    let mut taken = Vec::new();
    for part in parts.iter_mut() {
        let marked = marked(part);
        taken.extend(take(text, part, &marked));
    }
    let placed = places(parts);
    for (part, marked) in parts.iter_mut().zip(&placed) {
        taken.extend(take(text, part, marked));
    }
    parts.retain(|part| part.tokens.iter().any(|token| !head::is_empty(&token.text)));
    taken
}

/// Removes the marked words of a part; each run of them is one text.
pub(super) fn take(text: &str, part: &mut Part, marked: &[bool]) -> Vec<String> {
    let mut taken = Vec::new();
    let mut run: Option<std::ops::Range<usize>> = None;
    for (token, is_marked) in part.tokens.iter().zip(marked) {
        run = match (run, is_marked) {
            (Some(run), true) => Some(run.start..token.span.end),
            (None, true) => Some(token.span.clone()),
            (Some(done), false) => {
                taken.extend(text.get(done).map(str::to_owned));
                None
            }
            (None, false) => None,
        };
    }
    taken.extend(run.and_then(|done| text.get(done)).map(str::to_owned));
    let mut marks = marked.iter();
    part.tokens
        .retain(|_| !marks.next().copied().unwrap_or_default());
    taken
}

fn marked(part: &Part) -> Vec<bool> {
    let words = part.texts();
    let mut marked = vec![false; words.len()];
    let mut at = 0;
    while at < words.len() {
        let length = decoration::phrase(&words, at, part.kind != Kind::First).unwrap_or_default();
        marked
            .iter_mut()
            .skip(at)
            .take(length)
            .for_each(|mark| *mark = true);
        at += length.max(1);
    }
    gender_marks(part, &mut marked);
    if words
        .iter()
        .any(|word| word.contains(|c: char| c.is_ascii_digit()))
    {
        numbers(&part.tokens, &mut marked);
    }
    marked
}

/// Marks `m/w/d` and the like: a bracket of nothing else, or a chain of them.
fn gender_marks(part: &Part, marked: &mut [bool]) {
    let is_mark = |token: &Token| gender::MARKS.contains(&token.text.as_str());
    let is_sure = |token: &Token| SURE_MARKS.contains(&token.text.as_str());
    let tokens = &part.tokens;
    if part.kind == Kind::Bracket && tokens.iter().all(is_mark) {
        let alone = tokens.len() > 1 || tokens.iter().any(|token| !is_numeral(&token.text));
        if alone {
            marked.fill(true);
        }
        return;
    }
    let mut from = 0;
    for chain in tokens.chunk_by(|_, next| matches!(next.sign, Sign::Slash | Sign::Inside)) {
        if chain.len() > 1 && chain.iter().all(is_mark) && chain.iter().any(is_sure) {
            let marks = marked.iter_mut().skip(from).take(chain.len());
            marks.for_each(|mark| *mark = true);
        }
        from += chain.len();
    }
}

fn is_numeral(word: &str) -> bool {
    matches!(word, "i" | "v")
}

/// Marks amounts of money and the numbers of requisitions.
fn numbers(tokens: &[Token], marked: &mut [bool]) {
    let mut is_pay = false;
    let mut before: Option<&Token> = None;
    for (at, token) in tokens.iter().enumerate() {
        let next = tokens.get(at + 1);
        let is_split = |other: &Token| other.sign == Sign::Point && is_number(&other.text);
        let split = is_number(&token.text) && (next.is_some_and(is_split) || is_split(token));
        let begins = token.sign == Sign::Money || is_thousands(&token.text) || split;
        let goes_on =
            is_pay && (begins_with_digit(&token.text) || decoration::is_about_pay(&token.text));
        is_pay = begins || goes_on;
        let counted = before.is_some_and(|before| decoration::numbers(&before.text))
            && digits(&token.text) > 1;
        let is_id = counted
            || digits(&token.text) >= LONG_NUMBER
            || (token.sign == Sign::Number && digits(&token.text) > 0);
        if let Some(mark) = marked.get_mut(at) {
            *mark |= is_pay || is_id;
        }
        if counted && let Some(mark) = at.checked_sub(1).and_then(|at| marked.get_mut(at)) {
            *mark = true;
        }
        before = Some(token);
    }
}

fn digits(word: &str) -> usize {
    word.bytes().filter(u8::is_ascii_digit).count()
}

fn begins_with_digit(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a word is an amount such as `60k`.
fn is_thousands(word: &str) -> bool {
    word.strip_suffix('k')
        .is_some_and(|amount| !amount.is_empty() && is_number(amount))
}

/// Marks the names of places: whole parts, a city before its state, and the end of the first part.
fn places(parts: &[Part]) -> Vec<Vec<bool>> {
    let mut marked: Vec<Vec<bool>> = Vec::with_capacity(parts.len());
    for part in parts {
        let words = part.texts();
        if part.kind == Kind::First {
            marked.push(place_at_end(&words));
            continue;
        }
        let is_state = matches!(part.tokens.as_slice(),
            [token] if token.is_capital && place::is_state(&token.text));
        if is_state
            && marked.len() > 1
            && let Some(city) = marked.last_mut()
        {
            city.fill(true);
        }
        marked.push(vec![is_state || place::is_place(&words); words.len()]);
    }
    marked
}

/// Marks a place at the end of words, with the preposition before it.
fn place_at_end(words: &[&str]) -> Vec<bool> {
    let from = (1..words.len()).find(|from| words.get(*from..).is_some_and(place::is_place));
    let Some(from) = from else {
        return vec![false; words.len()];
    };
    let before = from.checked_sub(1).and_then(|at| words.get(at));
    let preposition = before.is_some_and(|word| head::is_preposition(word)) && from > 1;
    let start = if preposition { from - 1 } else { from };
    (0..words.len()).map(|at| at >= start).collect()
}
