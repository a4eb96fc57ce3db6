//! The reading rules of pages, one by one, and reading what was written.

use domain::limits::ContentLimits;
use domain::role::{FactKey, OutlineKind, RoleDraft, SectionKind};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::write_page;
use crate::{Document, FindingCode, Format, read_document};

fn document(text: &str) -> Document {
    read_document(
        "page.txt",
        text.as_bytes(),
        Format::Page,
        &ContentLimits::default(),
    )
}

/// The role of a page with header and summary above `body`.
fn role(body: &str) -> (RoleDraft, Vec<FindingCode>) {
    let page = format!("Site.org\n\nField\n\nRole\n\nA summary.\n\n{body}");
    let document = document(&page);
    let codes = document
        .findings
        .iter()
        .map(|finding| finding.code)
        .collect();
    (document.draft.unwrap(), codes)
}

fn duties(body: &str) -> Vec<String> {
    role(body)
        .0
        .duties
        .into_iter()
        .map(|duty| duty.text)
        .collect()
}

fn facts(body: &str) -> Vec<(FactKey, String, String)> {
    let facts = role(body).0.facts.into_iter();
    facts
        .map(|fact| (fact.key, fact.label, fact.text))
        .collect()
}

fn outline(draft: &RoleDraft) -> Vec<(OutlineKind, &str)> {
    let entries = draft.outline.entries.iter();
    entries
        .map(|entry| (entry.kind, entry.heading.as_str()))
        .collect()
}

#[test]
fn header_lines_are_site_category_path_and_title() {
    let page = "Site.org\n\nTechnology\nData\n\nData Engineer\n\nBuilds pipelines.\n";
    let draft = document(page).draft.unwrap();
    assert_eq!(draft.outline.site.as_deref(), Some("Site.org"));
    assert_eq!(draft.source.name, "Site.org");
    assert_eq!(draft.categories[0].names(), ["Technology", "Data"]);
    assert_eq!(
        (draft.title.as_str(), draft.slug.as_str()),
        ("Data Engineer", "data-engineer")
    );
    assert_eq!(draft.summary.as_deref(), Some("Builds pipelines."));
    assert!(!draft.outline.last_updated_line);
}

#[test]
fn a_page_with_only_a_title_is_accepted_with_two_warnings() {
    let document = document("Data Engineer");
    let codes: Vec<FindingCode> = document.findings.iter().map(|f| f.code).collect();
    assert_eq!(
        codes,
        [FindingCode::MissingCategory, FindingCode::MissingSummary]
    );
    assert_eq!(document.draft.unwrap().source.name, "Imported documents");
}

#[test]
fn pages_without_a_usable_title_are_rejected() {
    for page in [
        "A sentence is no title.",
        "Site.org\n\nOverview\n\nText.",
        "— … —\n\nText here.",
        "#\n\nText here.",
        "#\n\nText here.",
    ] {
        let document = document(page);
        assert!(document.draft.is_none(), "{page}");
        assert_eq!(
            document.findings[0].code,
            FindingCode::MissingTitle,
            "{page}"
        );
    }
}

#[test]
fn the_day_of_the_last_update_is_beside_or_below_its_line() {
    for (lines, day) in [
        ("Last updated", None),
        ("Last updated: March 14, 2026", Some("2026-03-14")),
        ("last updated 03/2026", Some("2026-03")),
        ("Last updated\n14 March 2026", Some("2026-03-14")),
        ("Last updated\n\n2026", Some("2026")),
    ] {
        let document = document(&format!("Field\n\nRole\n{lines}\n\nShort summary"));
        assert_eq!(document.findings, [], "{lines}");
        let draft = document.draft.unwrap();
        assert_eq!(
            draft.last_reviewed.map(|day| day.to_string()).as_deref(),
            day,
            "{lines}"
        );
        assert_eq!(draft.summary.as_deref(), Some("Short summary"), "{lines}");
        assert!(draft.outline.last_updated_line);
    }
    for lines in [
        "Last updated: soon",
        "Last updated\nLast spring",
        "Last updated\n\nSpring 2026",
    ] {
        let document = document(&format!("Field\n\nRole\n\n{lines}\n\nShort summary"));
        assert_eq!(
            document.findings[0].code,
            FindingCode::UnparsedDate,
            "{lines}"
        );
        assert_eq!(document.findings.len(), 1, "{lines}");
        assert_eq!(
            document.draft.unwrap().summary.as_deref(),
            Some("Short summary"),
            "{lines}"
        );
    }
}

#[test]
fn known_headings_need_a_blank_line_before_them() {
    let (draft, codes) = role("OVERVIEW:\nFirst\nline.\nOutlook\n\nJob Outlook\n\nGood.");
    assert_eq!(draft.sections[0].body, "First line. Outlook");
    let wanted = [
        (OutlineKind::Overview, "OVERVIEW:"),
        (OutlineKind::CareerOutlook, "Job Outlook"),
    ];
    assert_eq!(outline(&draft), wanted);
    assert_eq!(codes, []);
}

#[test]
fn lines_that_read_as_headings_open_custom_sections() {
    let (draft, codes) =
        role("Overview\n\nText.\n\nTools of the trade\n\nHammers.\n\nNot this:\n\n[x]");
    assert_eq!(draft.sections[1].kind, SectionKind::Custom);
    assert_eq!(draft.sections[1].heading, "Tools of the trade");
    assert_eq!(draft.sections[1].body, "Hammers.\n\nNot this:\n\n[x]");
    assert_eq!(codes, [FindingCode::UnknownSection]);
}

#[test]
fn a_repeated_section_continues_the_first() {
    let (draft, codes) =
        role("Duties\n\n• a\n\nOverview\n\nOne.\n\nMain duties\n\nb\nc\n\nOverview\n\nTwo.");
    let duties: Vec<&str> = draft.duties.iter().map(|duty| duty.text.as_str()).collect();
    assert_eq!(duties, ["a", "b", "c"]);
    assert_eq!(draft.sections[0].body, "One.\n\nTwo.");
    assert_eq!(codes, [FindingCode::DuplicateSection; 2]);
    assert_eq!(draft.outline.entries.len(), 2);
}

#[test]
fn a_heading_without_content_leaves_no_trace_but_a_warning() {
    let (draft, codes) = role("Overview\n\nDuties\n\n• a");
    assert_eq!(outline(&draft), [(OutlineKind::Duties, "Duties")]);
    assert_eq!(codes, [FindingCode::EmptySection]);
}

#[test]
fn items_go_on_until_a_blank_line() {
    let body = "Duties\n\nYou will:\n  • one\ngoes on\n* two\n\nafterwards\n3) three\n-\nfour";
    assert_eq!(duties(body), ["one goes on", "two", "three", "four"]);
    let lead = role(body).0.outline.entries[0].lead.clone();
    assert_eq!(lead.as_deref(), Some("You will:\n\nafterwards"));
}

#[test]
fn without_bullets_every_line_is_a_duty() {
    assert_eq!(
        duties("Duties\nPlan work\nDo it\n\nCheck it.\n"),
        ["Plan work", "Do it", "Check it."]
    );
}

#[test]
fn facts_are_labels_with_values() {
    let body = "Quick facts\n\nTypical education\nBachelor's degree in law,\nhistory or\nSociology\n\
                (four years)\nTop employers: Schools; courts\nAI impact (through 2030)\nSmall\n\
                Shift pattern\nDays and\nNights\nSalary\n—";
    let text = |text: &str| text.to_owned();
    assert_eq!(
        facts(body),
        [
            (
                FactKey::TypicalEducation,
                text("Typical education"),
                text("Bachelor's degree in law, history or Sociology (four years)")
            ),
            (
                FactKey::TopEmployers,
                text("Top employers"),
                text("Schools; courts")
            ),
            (
                FactKey::AiImpact,
                text("AI impact (through 2030)"),
                text("Small")
            ),
            (
                FactKey::Custom,
                text("Shift pattern"),
                text("Days and Nights")
            ),
            (FactKey::TypicalPay, text("Salary"), text("—")),
        ]
    );
    assert_eq!(role(body).0.facts[2].horizon_year, Some(2030));
}

#[test]
fn facts_may_stand_between_blank_lines() {
    let body = "Key facts\n\nExperience\n\nFive years\n\nShift: nights\n\nPay\n\nBad.";
    let (draft, codes) = role(body);
    assert_eq!(facts(body)[0].2, "Five years");
    assert_eq!(facts(body)[1].1, "Shift");
    assert_eq!(
        outline(&draft),
        [(OutlineKind::Facts, "Key facts"), (OutlineKind::Pay, "Pay")]
    );
    assert_eq!(codes, []);
}

#[test]
fn a_label_without_value_is_left_out() {
    let (draft, codes) = role("Key facts\n\nExperience\nEducation\nNone\nCertifications");
    assert_eq!(draft.facts.len(), 1);
    assert_eq!(codes, [FindingCode::EmptyFact; 2]);
}

#[test]
fn short_lines_open_qualification_groups() {
    let body = "Requirements\n\n• first\n\nEducation:\n\n• degree\nin law\n\nSoft skills\n\n- patience\n\n\
                Both of these are judged in a talk.\nTools\n* pen";
    let (draft, codes) = role(body);
    let groups: Vec<(Option<&str>, Vec<&str>)> = draft
        .qualification_groups
        .iter()
        .map(|g| {
            (
                g.heading.as_deref(),
                g.items.iter().map(|i| i.text.as_str()).collect(),
            )
        })
        .collect();
    assert_eq!(
        groups,
        [
            (None, vec!["first"]),
            (Some("Education"), vec!["degree in law"]),
            (Some("Soft skills"), vec!["patience"]),
            (Some("Tools"), vec!["pen"]),
        ]
    );
    let lead = draft.outline.entries[0].lead.as_deref();
    assert_eq!(lead, Some("Both of these are judged in a talk."));
    assert_eq!(codes, []);
}

#[test]
fn prose_keeps_paragraphs_and_items() {
    let (draft, _) =
        role("Overview\n\nSoft\nwrapped.\n-----\nTools:\n* pen\n1. ink\nand paper\n\nEnd.");
    assert_eq!(
        draft.sections[0].body,
        "Soft wrapped.\n\nTools:\n• pen\n• ink and paper\n\nEnd."
    );
}

#[test]
fn letters_keep_their_lines_and_end_at_the_signature() {
    let body = "Cover letter\n\nDear Ms Day,\n\nTen Years\n\n- of work\n\n\nYours\n[Your Name]\n\nHints\n\nBe kind.";
    let (draft, codes) = role(body);
    let letter = draft.cover_letter.unwrap();
    assert_eq!(
        letter.text,
        "Dear Ms Day,\n\nTen Years\n\n- of work\n\nYours\n[Your Name]"
    );
    assert_eq!(draft.sections[0].heading, "Hints");
    assert_eq!(codes, [FindingCode::UnknownSection]);
}

#[test]
fn questions_end_in_a_question_mark() {
    let body = "FAQ\n\nAsk away.\n\nQ1. Is it \"hard?\"\nA: Really?\n\nYes.\n1) How to become a chef?\nCook.\n\
                Is that all?";
    let (draft, codes) = role(body);
    let faqs: Vec<(&str, &str)> = draft
        .faqs
        .iter()
        .map(|faq| (faq.question.as_str(), faq.answer.as_str()))
        .collect();
    assert_eq!(
        faqs,
        [
            ("Is it \"hard?\"", "Really?\n\nYes."),
            ("How to become a chef?", "Cook.")
        ]
    );
    assert_eq!(codes, [FindingCode::OrphanText, FindingCode::EmptyAnswer]);
    assert_eq!(draft.outline.entries[0].lead.as_deref(), Some("Ask away."));
}

#[test]
fn category_links_belong_to_no_part() {
    let (draft, codes) =
        role("FAQ\n\nIs it?\nIt is.\nSee all Data jobs ->\n\nSee all Data jobs\nSee all Art jobs");
    assert_eq!(draft.outline.category_link.as_deref(), Some("Data"));
    assert_eq!(draft.faqs[0].answer, "It is.");
    assert_eq!(codes, [FindingCode::OrphanText]);
}

#[test]
fn findings_name_the_line_of_the_file() {
    let page = "Field\r\n\r\nRole\r\n\r\nText.\r\n\r\nOverview\r\n\r\n---\r\nDuties\r\n\r\n• a";
    let document = document(page);
    let lines: Vec<Option<u32>> = document
        .findings
        .iter()
        .map(|finding| finding.line)
        .collect();
    assert_eq!(lines, [Some(7)]);
}

#[test]
fn limits_are_checked() {
    let limits = ContentLimits {
        duties: 1,
        ..ContentLimits::default()
    };
    let page = "Field\n\nRole\n\nText.\n\nDuties\n\n• a\n• b";
    let document = read_document("page.txt", page.as_bytes(), Format::Auto, &limits);
    assert_eq!(document.draft, None);
    assert_eq!(document.findings[0].code, FindingCode::LimitExceeded);
}

/// Lines that pages are made of, the awkward ones included.
fn line() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "",
        "",
        "",
        "-----",
        "Overview",
        "Role at a glance",
        "Duties and responsibilities:",
        "QUALIFICATIONS",
        "Requirements:",
        "Career outlook",
        "Salary",
        "Work environment",
        "How to become a cook",
        "Sample cover letter",
        "Frequently asked questions (FAQs)",
        "Typical education",
        "Growth outlook (2024–2034):",
        "Key certifications: none of the",
        "Shift pattern: days",
        "24/7 cover: yes",
        "lower case line",
        "Word",
        "job",
        "outlook",
        "Two words",
        "Education:",
        "Ends with and",
        "A sentence.",
        "Is it so?",
        "Q1: \"Is it so?\"",
        "A: It is",
        "A: - x",
        "• item",
        "  1. numbered item",
        "- Term: detail",
        "•",
        "*\u{a0}is it an item?",
        "[Your Name]",
        "[Company]",
        "See all",
        "Cooking jobs",
        "See all Cooking jobs →",
        "Last updated",
        "2026-03",
        "Pay is between $18 and $24 an hour; seniors earn $95–120K.",
        "A line that goes on for long enough to be prose, because it has more than a hundred \
         characters and no end",
        "\u{a0}“Quotes”\u{2009}and\u{ad} Cafe\u{301}",
    ]);
    prop_oneof![
        5 => fixed.prop_map(str::to_owned),
        1 => "[A-Za-z][a-z]{0,8}( [a-z]{1,9}){0,12}[.:?]?",
    ]
}

fn page() -> impl Strategy<Value = String> {
    let header = prop::sample::select(vec![
        "Site.org\n\nField\n\nRole\n\n",
        "Field\nRole\nLast updated: March 2026\n\nA summary.\n\n",
        "Inc.\nOverview\n\nA summary.\n\n",
        "Role\n\nLast updated\n",
    ]);
    let end = prop::sample::select(vec!["\n", "\r\n", "\r"]);
    (header, prop::collection::vec(line(), 0..40), end)
        .prop_map(|(header, lines, end)| (header.to_owned() + &lines.join("\n")).replace('\n', end))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn what_was_written_reads_the_same(page in page()) {
        if let Some(draft) = document(&page).draft {
            let written = write_page(&draft);
            prop_assert_eq!(document(&written).draft, Some(draft), "written:\n{}", written);
        }
    }
}
