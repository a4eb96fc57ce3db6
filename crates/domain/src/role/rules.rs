//! The rules that a draft must keep before it is stored.

use std::fmt::Arguments;

use super::RoleDraft;
use crate::Violation;
use crate::limits::ContentLimits;
use crate::rules::Rules;
use crate::skill::{Commodity, SkillMeasures, SkillTerm};

pub(super) fn violations(draft: &RoleDraft, limits: &ContentLimits) -> Vec<Violation> {
    let mut rules = Rules::new(limits);
    rules.identity(draft);
    rules.editorial(draft);
    rules.salaries_and_outline(draft);
    rules.qualifications(draft);
    rules.distributions(draft);
    rules.open_ended(draft);
    rules.found
}

impl Rules<'_> {
    fn identity(&mut self, draft: &RoleDraft) {
        let limits = *self.limits;
        self.line(format_args!("title"), &draft.title, limits.title_chars);
        let source = &draft.source;
        self.line(format_args!("source"), &source.name, limits.title_chars);
        self.note(
            format_args!("licence"),
            source.licence.as_deref(),
            limits.title_chars,
        );
        self.note(
            format_args!("attribution"),
            source.attribution.as_deref(),
            limits.item_chars,
        );
        if let Some(summary) = &draft.summary {
            self.prose(format_args!("summary"), summary, limits.summary_bytes);
        }
        if let Some(key) = &draft.translation_key {
            self.line(format_args!("translationGroup"), key, limits.title_chars);
        }
        self.count(
            format_args!("categories"),
            draft.categories.len(),
            limits.categories,
        );
        for (i, path) in draft.categories.iter().enumerate() {
            self.count(
                format_args!("categories[{i}]"),
                path.names().len(),
                limits.categories,
            );
            for name in path.names() {
                self.line(format_args!("categories[{i}]"), name, limits.title_chars);
                self.callable(format_args!("categories[{i}]"), name);
            }
        }
        self.distinct(
            format_args!("categories"),
            draft.categories.iter().map(|path| path.names().join(" > ")),
        );
    }

    fn editorial(&mut self, draft: &RoleDraft) {
        let limits = *self.limits;
        self.count(format_args!("facts"), draft.facts.len(), limits.facts);
        for (i, fact) in draft.facts.iter().enumerate() {
            self.line(
                format_args!("facts[{i}].label"),
                &fact.label,
                limits.title_chars,
            );
            self.line(
                format_args!("facts[{i}].text"),
                &fact.text,
                limits.item_chars,
            );
        }
        self.duties(draft);
        self.count(
            format_args!("sections"),
            draft.sections.len(),
            limits.sections,
        );
        for (i, section) in draft.sections.iter().enumerate() {
            self.line(
                format_args!("sections[{i}].heading"),
                &section.heading,
                limits.title_chars,
            );
            self.prose(
                format_args!("sections[{i}].body"),
                &section.body,
                limits.section_bytes,
            );
        }
        if let Some(letter) = &draft.cover_letter {
            self.prose(
                format_args!("coverLetter.text"),
                &letter.text,
                limits.section_bytes,
            );
        }
        self.count(format_args!("faqs"), draft.faqs.len(), limits.faqs);
        for (i, faq) in draft.faqs.iter().enumerate() {
            self.line(
                format_args!("faqs[{i}].question"),
                &faq.question,
                limits.question_chars,
            );
            self.prose(
                format_args!("faqs[{i}].answer"),
                &faq.answer,
                limits.answer_bytes,
            );
        }
    }

    fn duties(&mut self, draft: &RoleDraft) {
        let limits = *self.limits;
        self.count(format_args!("duties"), draft.duties.len(), limits.duties);
        for (i, duty) in draft.duties.iter().enumerate() {
            self.line(
                format_args!("duties[{i}].text"),
                &duty.text,
                limits.item_chars,
            );
            let id = duty.external_id.as_deref();
            self.note(
                format_args!("duties[{i}].externalId"),
                id,
                limits.title_chars,
            );
            let activities = format_args!("duties[{i}].activities");
            self.names(activities, &duty.activities, limits.distributions);
            self.terms(format_args!("duties[{i}].skills"), &duty.skills);
        }
    }

    fn salaries_and_outline(&mut self, draft: &RoleDraft) {
        let limits = *self.limits;
        self.count(
            format_args!("salaries"),
            draft.salaries.len(),
            limits.salaries,
        );
        for (i, salary) in draft.salaries.iter().enumerate() {
            if salary.amount.minor_units < 0 {
                self.found.push(Violation::Invalid {
                    field: format!("salaries[{i}].amount"),
                    value: salary.amount.to_string(),
                    expected: "an amount of at least 0",
                });
            }
            let words = salary.source_text.as_deref();
            self.note(
                format_args!("salaries[{i}].sourceText"),
                words,
                limits.item_chars,
            );
        }
        let outline = &draft.outline;
        self.note(
            format_args!("site"),
            outline.site.as_deref(),
            limits.title_chars,
        );
        let link = outline.category_link.as_deref();
        self.note(format_args!("categoryLink"), link, limits.title_chars);
        for (i, entry) in outline.entries.iter().enumerate() {
            self.line(
                format_args!("outline[{i}].heading"),
                &entry.heading,
                limits.title_chars,
            );
            if let Some(lead) = &entry.lead {
                self.prose(
                    format_args!("outline[{i}].lead"),
                    lead,
                    limits.section_bytes,
                );
            }
        }
    }

    fn qualifications(&mut self, draft: &RoleDraft) {
        let limits = *self.limits;
        self.count(
            format_args!("qualificationGroups"),
            draft.qualification_groups.len(),
            limits.groups,
        );
        for (g, group) in draft.qualification_groups.iter().enumerate() {
            let field = format_args!("qualificationGroups[{g}]");
            if let Some(heading) = &group.heading {
                self.line(format_args!("{field}.heading"), heading, limits.title_chars);
            }
            self.count(
                format_args!("{field}.items"),
                group.items.len(),
                limits.group_items,
            );
            for (i, item) in group.items.iter().enumerate() {
                self.line(
                    format_args!("{field}.items[{i}].text"),
                    &item.text,
                    limits.item_chars,
                );
                self.terms(format_args!("{field}.items[{i}].skills"), &item.skills);
            }
        }
    }

    fn open_ended(&mut self, draft: &RoleDraft) {
        let limits = *self.limits;
        self.count(
            format_args!("alternateTitles"),
            draft.titles.len(),
            limits.titles,
        );
        for (i, title) in draft.titles.iter().enumerate() {
            self.line(
                format_args!("alternateTitles[{i}]"),
                &title.text,
                limits.title_chars,
            );
            self.note(
                format_args!("alternateTitles[{i}].shortForm"),
                title.short_form.as_deref(),
                limits.title_chars,
            );
            let sources = format_args!("alternateTitles[{i}].sources");
            self.names(sources, &title.sources, limits.distributions);
        }
        self.count(format_args!("skills"), draft.skills.len(), limits.skills);
        for (i, skill) in draft.skills.iter().enumerate() {
            let name = &skill.skill.name;
            self.line(format_args!("skills[{i}]"), name, limits.title_chars);
            self.callable(format_args!("skills[{i}]"), name);
            if let Some(measures) = skill.measures.as_deref() {
                self.measures(format_args!("skills[{i}]"), measures);
            }
        }
        self.distinct(
            format_args!("skills"),
            draft.skills.iter().map(|s| s.skill.name.to_lowercase()),
        );
        self.count(
            format_args!("related"),
            draft.related.len(),
            limits.relations,
        );
        self.distinct(
            format_args!("related"),
            draft
                .related
                .iter()
                .map(|r| format!("{} {}", r.kind, r.slug)),
        );
        self.codes(draft);
    }

    fn codes(&mut self, draft: &RoleDraft) {
        let limits = *self.limits;
        self.count(format_args!("codes"), draft.codes.len(), limits.codes);
        for (i, code) in draft.codes.iter().enumerate() {
            self.line(
                format_args!("codes[{i}].scheme"),
                &code.scheme,
                limits.title_chars,
            );
            self.line(
                format_args!("codes[{i}].code"),
                &code.code,
                limits.title_chars,
            );
            let release = code.release.as_deref();
            self.note(
                format_args!("codes[{i}].release"),
                release,
                limits.title_chars,
            );
            self.note(
                format_args!("codes[{i}].uri"),
                code.uri.as_deref(),
                limits.item_chars,
            );
        }
        self.distinct(
            format_args!("codes"),
            draft.codes.iter().map(|code| {
                let release = code.release.as_deref().unwrap_or_default();
                format!("{} {release}: {}", code.scheme, code.code)
            }),
        );
    }

    fn measures(&mut self, field: Arguments<'_>, measures: &SkillMeasures) {
        let most = self.limits.title_chars;
        let whom = measures.collected_from.as_deref();
        self.note(format_args!("{field}.collectedFrom"), whom, most);
        if let Some(Commodity { code, title }) = &measures.commodity {
            self.line(format_args!("{field}.commodity.code"), code, most);
            self.line(format_args!("{field}.commodity.title"), title, most);
        }
    }

    fn distributions(&mut self, draft: &RoleDraft) {
        let limits = *self.limits;
        let (cap, most) = (limits.distributions, limits.title_chars);
        self.count(
            format_args!("distributions"),
            draft.distributions.len(),
            cap,
        );
        for (i, distribution) in draft.distributions.iter().enumerate() {
            let field = format_args!("distributions[{i}]");
            self.line(format_args!("{field}.scale"), &distribution.scale, most);
            self.line(format_args!("{field}.label"), &distribution.label, most);
            let whom = distribution.collected_from.as_deref();
            self.note(format_args!("{field}.collectedFrom"), whom, most);
            self.count(
                format_args!("{field}.shares"),
                distribution.shares.len(),
                cap,
            );
            for (j, share) in distribution.shares.iter().enumerate() {
                self.line(
                    format_args!("{field}.shares[{j}].label"),
                    &share.label,
                    limits.item_chars,
                );
            }
        }
        self.distinct(
            format_args!("distributions"),
            draft
                .distributions
                .iter()
                .map(|distribution| format!("{}: {}", distribution.scale, distribution.label)),
        );
    }

    /// A list of short names.
    fn names(&mut self, field: Arguments<'_>, names: &[String], cap: usize) {
        self.count(field, names.len(), cap);
        for name in names {
            self.line(field, name, self.limits.title_chars);
        }
    }

    fn terms(&mut self, field: Arguments<'_>, terms: &[SkillTerm]) {
        for term in terms {
            self.line(field, &term.name, self.limits.title_chars);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Slug;
    use crate::role::{Duty, DutyKind, Faq};
    use crate::source::SourceName;

    fn draft() -> RoleDraft {
        let source = SourceName {
            name: "Test".to_owned(),
            licence: None,
            attribution: None,
        };
        RoleDraft::new(source, Slug::parse("role").unwrap(), "Role".to_owned())
    }

    #[test]
    fn a_draft_with_only_a_title_keeps_the_rules() {
        assert!(draft().violations(&ContentLimits::default()).is_empty());
    }

    #[test]
    fn every_broken_rule_names_field_limit_and_value() {
        let limits = ContentLimits {
            duties: 1,
            item_chars: 5,
            ..ContentLimits::default()
        };
        let mut draft = draft();
        draft.title = " ".to_owned();
        let duty = |text: &str| Duty::new(text, DutyKind::Unspecified);
        draft.duties = vec![duty("short"), duty("longer")];
        draft.faqs = vec![Faq {
            question: "q".repeat(301),
            answer: "yes".to_owned(),
        }];
        let texts: Vec<String> = draft
            .violations(&limits)
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            texts,
            [
                "title is blank: expected text",
                "duties has 2 items: at most 1 are allowed",
                "duties[1].text has 6 characters: at most 5 are allowed",
                "faqs[0].question has 301 characters: at most 300 are allowed",
            ]
        );
    }

    #[test]
    fn texts_that_one_engine_cannot_store_are_refused() {
        let mut draft = draft();
        draft.outline.site = Some("a\0b".to_owned());
        let found = draft.violations(&ContentLimits::default());
        let codes: Vec<_> = found.iter().map(|v| (v.field(), v.code())).collect();
        assert_eq!(codes, [("site", "INVALID")]);
    }

    #[test]
    fn limits_can_be_raised_fourfold_and_no_further() {
        let limits = ContentLimits::default();
        assert_eq!(
            limits.scaled(9).duties,
            limits.duties * ContentLimits::MAX_FACTOR
        );
        assert_eq!(limits.scaled(0), limits);
    }
}
