//! Frequently asked questions.

use domain::role::Faq;

use super::prose;
use crate::block::{self, Block, Line, LineKind};
use crate::bullet;
use crate::finding::{Finding, FindingCode};
use crate::text::SourceLine;

/// The largest number of characters of a line that counts as a question.
const MAX_QUESTION_CHARS: usize = 300;

/// Reads the questions with their answers and the text before the first one.
///
/// Where the format marks headings, those are the questions; elsewhere lines that end in `?` are.
pub(crate) fn read(blocks: &[Block], findings: &mut Vec<Finding>) -> (Vec<Faq>, Option<String>) {
    let guess = !blocks.iter().flat_map(Block::lines).any(is_marked_question);
    let mut reader = Reader::default();
    for block in blocks {
        for line in block.lines() {
            reader.line(line, guess);
        }
        reader.blank();
    }
    reader.finish(findings)
}

#[derive(Default)]
struct Reader {
    orphans: Vec<Option<Line>>,
    asked: Vec<Asked>,
}

struct Asked {
    line: u32,
    question: String,
    answer: Vec<Option<Line>>,
}

impl Asked {
    fn is_answered(&self) -> bool {
        self.answer.iter().any(Option::is_some)
    }
}

impl Reader {
    fn line(&mut self, line: &Line, guess: bool) {
        let may_ask = self.asked.last().is_none_or(Asked::is_answered);
        let question = if guess {
            guessed_question(line).filter(|_| may_ask)
        } else {
            is_marked_question(line).then(|| bare_question(&line.text))
        };
        if let Some(question) = question {
            self.asked.push(Asked {
                line: line.number,
                question: question.to_owned(),
                answer: Vec::new(),
            });
            return;
        }
        match self.asked.last_mut() {
            Some(asked) if asked.is_answered() => asked.answer.push(Some(line.clone())),
            Some(asked) => asked.answer.extend(first_answer_line(line).map(Some)),
            None => self.orphans.push(Some(line.clone())),
        }
    }

    fn blank(&mut self) {
        let lines = self
            .asked
            .last_mut()
            .map_or(&mut self.orphans, |asked| &mut asked.answer);
        lines.push(None);
    }

    fn finish(self, findings: &mut Vec<Finding>) -> (Vec<Faq>, Option<String>) {
        let lead = orphan_text(self.orphans, findings);
        let mut faqs = Vec::new();
        for asked in self.asked {
            let answer = prose::read(&block::blocks(asked.answer));
            if answer.is_empty() {
                let message = format!("\"{}\" has no answer: left out", asked.question);
                let code = FindingCode::EmptyAnswer;
                findings.push(Finding::at(asked.line, code, &asked.question, message));
            } else {
                faqs.push(Faq {
                    question: asked.question,
                    answer,
                });
            }
        }
        (faqs, lead)
    }
}

fn orphan_text(lines: Vec<Option<Line>>, findings: &mut Vec<Finding>) -> Option<String> {
    let line = lines.iter().flatten().next().map(|line| line.number)?;
    let text = prose::read(&block::blocks(lines));
    if text.is_empty() {
        return None;
    }
    let message = "text stands before the first question: kept as the lead of the section";
    findings.push(Finding::at(line, FindingCode::OrphanText, &text, message));
    Some(text)
}

/// Whether the format marks the line as a question; bold lines must ask something, too.
fn is_marked_question(line: &Line) -> bool {
    line.is_marked_heading() && (!line.is_bold() || asks(&line.text))
}

/// The question of an unmarked line, when it looks like one.
fn guessed_question(line: &Line) -> Option<&str> {
    let question = bare_question(&line.text);
    let is_short = question.chars().count() <= MAX_QUESTION_CHARS;
    (is_short && asks(question)).then_some(question)
}

/// Whether the text ends in `?`; closing quotes and brackets may follow.
fn asks(text: &str) -> bool {
    text.trim_end_matches(['"', '\'', '”', '’', '»', '›', ')', ']', '}'])
        .ends_with('?')
}

/// The question without bullets and `Q:` prefixes.
fn bare_question(text: &str) -> &str {
    let mut question = text;
    while let Some(rest) = after_prefix(question, 'Q', &[':', '.', ')'])
        .or_else(|| bullet::strip(question))
        .filter(|rest| !rest.is_empty())
    {
        question = rest;
    }
    question
}

/// The first line of an answer without its `A:` prefix; `None` when nothing is left.
fn first_answer_line(line: &Line) -> Option<Line> {
    if line.kind != LineKind::Text {
        return Some(line.clone());
    }
    let mut answer = line.written.as_str();
    while let Some(rest) = after_prefix(answer, 'A', &[':']) {
        answer = rest;
    }
    if answer == line.written {
        return Some(line.clone());
    }
    (!answer.is_empty()).then(|| {
        Line::plain(&SourceLine {
            number: line.number,
            indent: 0,
            text: answer.to_owned(),
        })
    })
}

/// What follows `Q:`, `Q1.`, `A:` and the like.
fn after_prefix<'a>(text: &'a str, letter: char, marks: &[char]) -> Option<&'a str> {
    let rest = text.strip_prefix(letter)?;
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.strip_prefix(marks).map(str::trim_start)
}
