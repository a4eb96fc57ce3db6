//! Documents that come back as they were, and the layouts that are read beside the canonical one.

use std::fs;
use std::path::Path;

use domain::category::CategoryPath;
use domain::limits::ContentLimits;
use domain::role::salary::Origin;
use domain::role::{
    CoverLetter, Duty, DutyKind, ExternalCode, Fact, FactKey, Faq, MatchKind, OutlineEntry,
    OutlineKind, PublicationState, Qualification, QualificationGroup, RelatedSlug, RelationKind,
    RoleDraft, RoleTitle, Section, SectionKind, TextFormat, TitleKind,
};
use domain::skill::{Requirement, RoleSkill, SkillKind, SkillTerm};
use domain::{Locale, PartialDate, Slug};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::write_markdown;
use crate::{Document, FindingCode, Format, read_document};

fn document(text: &str) -> Document {
    read_document(
        "role.md",
        text.as_bytes(),
        Format::Auto,
        &ContentLimits::default(),
    )
}

fn draft(text: &str) -> RoleDraft {
    let document = document(text);
    document
        .draft
        .unwrap_or_else(|| panic!("{:?}", document.findings))
}

const CANONICAL: &str = "---
title: \"Chef: Pastry & #1 Desserts\"
slug: pastry-chef
locale: en
category: Hospitality > Kitchen
also-in:
  - Food
alternate-titles:
  - \"@home baker\"
  - Pâtissier, trained
skills:
  - essential: C#
  - unspecified: \"yes\"
related:
  - similar: chef
  - career-next: head-chef
codes:
  - isco-08: 3434
  - onet-soc 29.3 close: 35-1011.00
last-reviewed: 2026-10
source: Kitchen notes
licence: CC0-1.0
attribution: \"Notes: by us\"
translation-group: pastry
state: draft
site: Kitchen.example
last-updated-line: true
---

# Chef: Pastry & #1 Desserts

Makes desserts.

\\# Not a heading

## Role at a glance

- Typical education: Apprenticeship
- AI impact (through 2030): Small: machines cannot taste

## Duties and responsibilities

Among others:

- \\# 1 is the cake
- \\- so to speak
- Bake - daily

## Overview

Sweet:
- sugar
- salt

1\\. is no list.

## Qualifications

- Patience

### Education

- Trade: three years

## Salary

The median is $18 an hour.

## Sample cover letter

Dear [Name],
- I bake
\\# and more

[Your Name]

## Frequently asked questions

### Is it sweet?

Yes.

\\# It is.

### Tell me more

Is it? It is.

## Tools

Whisks.
";

#[test]
fn a_canonical_document_comes_back_byte_for_byte() {
    let draft = draft(CANONICAL);
    assert_eq!(write_markdown(&draft), CANONICAL);
    assert_eq!(draft.duties[0].text, "# 1 is the cake");
    assert_eq!(draft.duties[1].text, "- so to speak");
    assert_eq!(
        draft.summary.as_deref(),
        Some("Makes desserts.\n\n# Not a heading")
    );
    assert_eq!(
        draft.sections[0].body,
        "Sweet:\n• sugar\n• salt\n\n1. is no list."
    );
    assert_eq!(
        draft.cover_letter.unwrap().text,
        "Dear [Name],\n- I bake\n# and more\n\n[Your Name]"
    );
    assert_eq!(draft.faqs[0].answer, "Yes.\n\n# It is.");
    assert_eq!(draft.codes[0].code, "3434");
    assert_eq!(draft.salaries.len(), 1);
}

#[test]
fn the_demo_catalogue_is_canonical() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/roles");
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    names.sort();
    assert!(!names.is_empty());
    for name in names {
        let text = fs::read_to_string(&name).unwrap();
        let document = document(&text);
        assert_eq!(document.findings, [], "{}", name.display());
        assert_eq!(
            write_markdown(&document.draft.unwrap()),
            text,
            "{}",
            name.display()
        );
    }
}

#[test]
fn other_layouts_are_read_and_come_back_canonical() {
    let sloppy = "Field\n\n# Role\nLast updated: March 2026\n\nA soft\nwrapped summary.\n\n\
                  Duties\n======\n* bake\n  cakes\n1. clean\n\n**Not** a heading\n\n---\n\n\
                  ## QUALIFICATIONS ##\n**Education:**\n+ trade\n\n### Tools\n- pen\n\n\
                  ## FAQ\n\n**Is it so?**\nIt is.\n";
    let draft = draft(sloppy);
    assert_eq!(
        draft.categories,
        [CategoryPath::new(vec!["Field".to_owned()]).unwrap()]
    );
    assert_eq!(draft.last_reviewed.unwrap().to_string(), "2026-03");
    assert_eq!(draft.summary.as_deref(), Some("A soft wrapped summary."));
    let duties: Vec<&str> = draft.duties.iter().map(|duty| duty.text.as_str()).collect();
    assert_eq!(duties, ["bake cakes", "clean"]);
    let groups: Vec<Option<&str>> = draft
        .qualification_groups
        .iter()
        .map(|group| group.heading.as_deref())
        .collect();
    assert_eq!(groups, [Some("Education"), Some("Tools")]);
    let written = write_markdown(&draft);
    assert_eq!(write_markdown(&self::draft(&written)), written);
}

#[test]
fn bold_lines_are_headings_where_nothing_else_is() {
    let text = "**Title**: Role\n**Category:** Field > Part\n\nA summary.\n\n**Duties**\n\n- bake\n\n\
                **Requirements:**\n\n**Education**\n- trade\n\n**FAQ**\n\n**Is it so?**\nIt is.\n";
    let draft = draft(text);
    assert_eq!(draft.title, "Role");
    assert_eq!(draft.categories[0].names(), ["Field", "Part"]);
    assert_eq!(draft.duties.len(), 1);
    assert_eq!(
        draft.qualification_groups[0].heading.as_deref(),
        Some("Education")
    );
    assert_eq!(draft.faqs[0].question, "Is it so?");
}

#[test]
fn a_document_without_headings_follows_the_rules_of_pages() {
    let draft = draft("# Role\n\nA summary.\n\nDuties\n\n* bake\n\nFAQs\n\nIs it so?\nIt is.\n");
    assert_eq!((draft.duties.len(), draft.faqs.len()), (1, 1));
}

#[test]
fn facts_may_have_bold_labels() {
    let draft =
        draft("# Role\n\n## Key facts\n\n- **Typical education:** None\n- **Shift**: Night\n");
    let facts: Vec<(&str, &str)> = draft
        .facts
        .iter()
        .map(|fact| (fact.label.as_str(), fact.text.as_str()))
        .collect();
    assert_eq!(facts, [("Typical education", "None"), ("Shift", "Night")]);
}

#[test]
fn the_title_of_the_front_matter_wins() {
    let text = "---\ntitle: Right\n---\n\n# Wrong\n\n**Title**: Wrong\n\nText.\n";
    let document = document(text);
    let codes: Vec<FindingCode> = document.findings.iter().map(|f| f.code).collect();
    assert!(codes.contains(&FindingCode::OrphanText));
    let draft = document.draft.unwrap();
    assert_eq!(
        (draft.title.as_str(), draft.summary.as_deref()),
        ("Right", Some("Text."))
    );
}

#[test]
fn unknown_keys_are_warnings_with_their_lines() {
    let found = document("---\ntitle: Role\ncolour: red\nlast-reviewed: soon\n---\n").findings;
    let found: Vec<_> = found.into_iter().map(|f| (f.code, f.line)).collect();
    assert!(
        found.contains(&(FindingCode::UnknownKey, Some(3))),
        "{found:?}"
    );
    assert!(
        found.contains(&(FindingCode::UnparsedDate, Some(4))),
        "{found:?}"
    );
}

#[test]
fn a_front_matter_that_cannot_be_used_is_rejected() {
    for (yaml, line) in [
        ("title: [Role", 3),
        ("slug: Not a slug", 3),
        ("locale: english", 3),
        ("skills:\n  - vital: Python", 4),
        ("skills:\n  - essential: Python\n    preferred: Go", 4),
        ("related:\n  - similar: Not a slug", 4),
        ("also-in: Field", 3),
        ("category: \"\"", 3),
        ("title: Again", 3),
    ] {
        let document = document(&format!("---\ntitle: Role\n{yaml}\n---\n\n# Role\n"));
        assert_eq!(document.draft, None, "{yaml}");
        let found: Vec<_> = document.findings.iter().map(|f| (f.code, f.line)).collect();
        assert_eq!(
            found,
            [(FindingCode::InvalidFrontMatter, Some(line))],
            "{yaml}"
        );
    }
}

#[test]
fn a_rule_above_a_page_is_no_front_matter() {
    let document = read_document("x", b"---\nRole\n", Format::Auto, &ContentLimits::default());
    assert_eq!(document.draft.unwrap().title, "Role");
}

/// Words that look like Markdown, YAML or the rules of pages.
fn words() -> impl Strategy<Value = String> {
    let awkward = prop::sample::select(vec![
        "#",
        "##",
        "-",
        "*",
        "1.",
        "2)",
        "•",
        "—",
        "\\",
        "\\#",
        "a:",
        "**b**",
        "[Company]",
        "C#",
        "yes",
        "null",
        "\"q\"",
        "'s",
        "{x}",
        "&",
        "!",
        "@",
        "`c`",
        "===",
        "---",
        "?",
        "é",
        "漢字",
        "|",
        "%",
        ">",
        "~",
        "\\-",
        "1\\.",
    ]);
    let word =
        prop_oneof![3 => "[A-Za-z]{1,9}".boxed(), 1 => awkward.prop_map(str::to_owned).boxed()];
    prop::collection::vec(word, 1..6).prop_map(|words| words.join(" "))
}

/// Words that no rule of the format takes for a mark of its own.
fn heading() -> impl Strategy<Value = String> {
    "[A-Z][a-z]{2,8}x( [A-Za-z#:&]{1,8}){0,3}x"
}

fn prose() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        words().prop_filter("items and rules are written otherwise", |line| {
            !line.starts_with("• ") && !crate::text::is_rule(line) && line != "•"
        }),
        words().prop_map(|words| format!("• {words}"))
    ];
    let is_one_text = |lines: &Vec<String>| lines.iter().skip(1).all(|line| line.starts_with("• "));
    let paragraph = prop::collection::vec(line, 1..3)
        .prop_filter("soft-wrapped lines are joined", is_one_text)
        .prop_map(|lines| lines.join("\n"));
    prop::collection::vec(paragraph, 1..4).prop_map(|paragraphs| paragraphs.join("\n\n"))
}

fn base() -> impl Strategy<Value = RoleDraft> {
    let titles = prop::collection::vec(words(), 0..3);
    let names = prop::collection::btree_map("[a-z]{3,8}", words(), 0..3);
    let day = prop::option::of((2000..2030_i32, 1..12_u32));
    let furniture = (prop::option::of(words()), any::<bool>(), any::<bool>());
    (heading(), prose(), titles, names, day, words(), furniture).prop_map(
        |(title, summary, titles, names, day, attribution, (site, updated, hidden))| {
            let mut draft = document(&format!("---\ntitle: {title:?}\ncategory: Field\n---\n"))
                .draft
                .unwrap();
            draft.summary = Some(summary);
            draft.locale = Locale::parse("pt-BR").unwrap();
            draft.last_reviewed = day.and_then(|(year, month)| PartialDate::month(year, month));
            draft.source.attribution = Some(attribution);
            draft.outline.site = site;
            draft.outline.last_updated_line = updated;
            if hidden {
                draft.state = PublicationState::InReview;
            }
            let alternate = |text| RoleTitle::new(text, TitleKind::Alternate);
            draft.titles = titles.into_iter().map(alternate).collect();
            for (slug, name) in names {
                draft.related.push(RelatedSlug::new(
                    RelationKind::CareerNext,
                    Slug::parse(&slug).unwrap(),
                ));
                draft.codes.push(ExternalCode {
                    scheme: slug.clone(),
                    release: Some("1.0".to_owned()),
                    code: name.clone(),
                    uri: None,
                    match_kind: MatchKind::Broad,
                });
                draft.skills.push(RoleSkill::new(
                    SkillTerm {
                        name: format!("{name} {slug}"),
                        kind: SkillKind::Skill,
                        aliases: Vec::new(),
                    },
                    Requirement::Preferred,
                    Origin::Stated,
                ));
            }
            draft
        },
    )
}

fn with_parts() -> impl Strategy<Value = RoleDraft> {
    let items = || prop::collection::vec(words(), 1..4);
    let faqs = prop::collection::vec((heading(), prose()), 1..3);
    let groups = prop::collection::vec((heading(), items()), 1..3);
    (base(), items(), (heading(), prose()), groups, faqs, prose()).prop_map(
        |(mut draft, duties, (heading, body), groups, faqs, lead)| {
            let entry = |kind, heading: &str, lead: Option<&str>| OutlineEntry {
                kind,
                heading: heading.to_owned(),
                lead: lead.map(str::to_owned),
            };
            draft.outline.entries = vec![
                entry(OutlineKind::Facts, "Quick facts", None),
                entry(OutlineKind::Custom, &heading, None),
                entry(OutlineKind::Duties, "DUTIES", Some("You will:")),
                entry(OutlineKind::Qualifications, "Requirements", None),
                entry(OutlineKind::CoverLetter, "Cover letter", None),
                entry(OutlineKind::Faqs, "FAQ", Some("Ask *away*.")),
            ];
            draft.facts = vec![Fact {
                key: FactKey::AiImpact,
                label: "AI impact [2031]".to_owned(),
                text: duties[0].clone(),
                horizon_year: Some(2031),
            }];
            let duty = |text| Duty::new(text, DutyKind::Unspecified);
            draft.duties = duties.into_iter().map(duty).collect();
            draft.sections = vec![Section {
                kind: SectionKind::Custom,
                heading,
                body,
                format: TextFormat::Plain,
            }];
            let item = |text| Qualification {
                text,
                skills: Vec::new(),
            };
            draft.qualification_groups = groups
                .into_iter()
                .map(|(heading, items)| QualificationGroup {
                    heading: Some(heading),
                    items: items.into_iter().map(item).collect(),
                })
                .collect();
            draft.cover_letter = Some(CoverLetter {
                text: lead.replace("• ", "- "),
            });
            draft.faqs = faqs
                .into_iter()
                .map(|(question, answer)| Faq { question, answer })
                .collect();
            draft
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn what_was_written_reads_the_same(draft in with_parts()) {
        let written = write_markdown(&draft);
        let document = document(&written);
        prop_assert_eq!(document.draft.as_ref(), Some(&draft), "{}\n{:?}", written, document.findings);
    }
}
