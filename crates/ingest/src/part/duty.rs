//! Duties: a list, or one duty per line when there are no bullets.

use domain::role::{Duty, DutyKind};
use domain::skill::SkillTerm;

use super::prose;
use crate::block::{Block, Line};

/// Reads the duties and the text before and between them.
pub(crate) fn read(blocks: &[Block]) -> (Vec<Duty<SkillTerm>>, Option<String>) {
    let mut items: Vec<String> = Vec::new();
    let mut leads: Vec<String> = Vec::new();
    for block in blocks {
        let unmarked: Vec<&Line> = block.lines().take_while(|line| !line.is_item()).collect();
        if !unmarked.is_empty() {
            leads.push(words(&unmarked));
        }
        for line in block.lines().skip(unmarked.len()) {
            match items.last_mut() {
                Some(open) if !line.is_item() => prose::append_words(open, &line.text),
                _ => items.push(line.text.clone()),
            }
        }
    }
    items.retain(|item| !item.is_empty());
    if items.is_empty() {
        let lines = blocks.iter().flat_map(Block::lines);
        let filled = lines.filter(|line| !line.text.is_empty());
        return (filled.map(|line| duty(line.text.clone())).collect(), None);
    }
    (items.into_iter().map(duty).collect(), prose::lead(&leads))
}

fn words(lines: &[&Line]) -> String {
    let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    texts.join(" ")
}

fn duty(text: String) -> Duty<SkillTerm> {
    Duty::new(text, DutyKind::Unspecified)
}
