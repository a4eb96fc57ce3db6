//! No text of a draft comes out to somebody who may not see it, whatever is asked and in whatever
//! order.

use std::cell::Cell;

use domain::Slug;
use domain::money::{Currency, Money};
use domain::role::salary::{
    Origin, PayPeriod, SalaryObservation, SalaryStatistic, Seniority, ValueQuality,
};
use domain::role::{
    CoverLetter, ExternalCode, Fact, FactKey, MatchKind, PublicationState, RelatedSlug,
    RelationKind, RoleDraft, RoleTitle, Section, SectionKind, TextFormat, TitleKind,
};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use testkit::{Engine, TestBoard, draft};
use tokio::runtime::Runtime;

use crate::engine::{Graph, INTROSPECTION, queries, queries_of_roles};

/// In every text of every draft.
const MARKER: &str = "xyzzy";
/// How many queries are generated; each is asked several times.
const CASES: u32 = 1_500;
/// Callers who may not see drafts.
const STRANGERS: [&str; 4] = ["", "roles:read", "changes:read", "roles:read keys:manage"];

/// A role in which every text has the marker, at the places of a role that everybody may see: it
/// has the same categories and skills.
fn tainted(slug: &str, state: PublicationState) -> RoleDraft {
    let text = |name: &str| format!("{name} {MARKER}");
    let mut role = draft(slug, &text("Title"));
    role.state = state;
    role.summary = Some(text("Summary"));
    role.translation_key = Some("pair".to_owned());
    for duty in &mut role.duties {
        duty.text = text("Duty");
    }
    for group in &mut role.qualification_groups {
        group.heading = Some(text("Group"));
        for item in &mut group.items {
            item.text = text("Item");
        }
    }
    for faq in &mut role.faqs {
        faq.question = text("Question");
        faq.answer = text("Answer");
    }
    role.facts = vec![Fact {
        key: FactKey::AiImpact,
        label: text("Label"),
        text: text("Fact"),
        horizon_year: Some(2030),
    }];
    role.sections = vec![Section {
        kind: SectionKind::Overview,
        heading: text("Heading"),
        body: text("Body"),
        format: TextFormat::Plain,
    }];
    role.cover_letter = Some(CoverLetter {
        text: text("Dear [Company],"),
    });
    role.titles = vec![RoleTitle::new(text("Other name"), TitleKind::Alternate)];
    role.salaries = vec![SalaryObservation {
        level: Seniority::Senior,
        statistic: SalaryStatistic::Median,
        amount: Money {
            minor_units: 4_200_000,
            currency: Currency::parse("EUR").unwrap(),
        },
        period: Some(PayPeriod::Year),
        quality: ValueQuality::Ok,
        origin: Origin::Stated,
        source_text: Some(text("Salary")),
    }];
    role.codes = vec![ExternalCode {
        scheme: "test".to_owned(),
        release: None,
        code: text("Code"),
        uri: None,
        match_kind: MatchKind::Exact,
    }];
    role
}

/// A role that everybody may see and that points at a tainted one, by a slug that is said here and
/// so is no text of the other one alone.
fn neighbour() -> RoleDraft {
    let mut role = draft("plumber", "Plumber");
    role.translation_key = Some("pair".to_owned());
    role.locale = domain::Locale::parse("de").unwrap();
    role.related = vec![RelatedSlug::new(
        RelationKind::Similar,
        Slug::parse("hidden-draft").unwrap(),
    )];
    role
}

/// Stores a role that everybody may see, which was a tainted draft before and between two of its
/// revisions, and that named a tainted one while it was published first.
async fn store_reworked(board: &TestBoard) {
    let mut clean = draft("welder", "Welder");
    clean.related = neighbour().related;
    board
        .store(&tainted("welder", PublicationState::Draft))
        .await;
    board.store(&clean).await;
    board
        .store(&tainted("welder", PublicationState::Draft))
        .await;
    clean.related.clear();
    board.store(&clean).await;
}

async fn board() -> TestBoard {
    let board = TestBoard::new(Engine::Sqlite).await;
    board.store(&neighbour()).await;
    store_reworked(&board).await;
    // What everybody could see once is as secret as the rest once it is withdrawn.
    board
        .store(&tainted("xyzzy-archived", PublicationState::Published))
        .await;
    for (slug, state) in [
        ("hidden-draft", PublicationState::Draft),
        ("xyzzy-review", PublicationState::InReview),
        ("xyzzy-archived", PublicationState::Archived),
    ] {
        board.store(&tainted(slug, state)).await;
    }
    board
}

/// The texts of an answer; what was asked is in neither.
fn shows(answer: &Value) -> bool {
    answer.to_string().to_lowercase().contains(MARKER)
}

#[test]
fn no_text_of_a_draft_reaches_a_stranger_whatever_is_asked() {
    let runtime = Runtime::new().unwrap();
    let board = runtime.block_on(board());
    let graph = Graph::of(&runtime.block_on(board.data(INTROSPECTION)));
    let requests = prop_oneof![queries(graph.clone()), queries_of_roles(graph)];
    let mut runner = TestRunner::new(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(CASES)
    });
    let (seen, answered) = (Cell::new(0_u32), Cell::new(0_u32));
    let checked = runner.run(&requests, |request| {
        let kept_back = runtime.block_on(interleaved(&board, &request));
        let (seen_now, answered_now) = kept_back.map_err(TestCaseError::fail)?;
        seen.set(seen.get() + u32::from(seen_now));
        answered.set(answered.get() + u32::from(answered_now));
        Ok(())
    });
    checked.unwrap();
    // The queries are worth something only when many have an answer, and one with a marker in it.
    let (seen, answered) = (seen.get(), answered.get());
    assert!(answered > CASES / 3, "{answered} queries have an answer");
    assert!(
        seen > CASES / 10,
        "{seen} queries show a marker to an editor"
    );
}

/// Asks the same as strangers and as an editor, in turns, so that what is kept for one could be
/// given to another. Tells whether the editor has seen a marker, and whether a stranger has an
/// answer; fails when a stranger has seen a marker.
async fn interleaved(board: &TestBoard, request: &Value) -> Result<(bool, bool), String> {
    let (mut seen, mut answered) = (false, false);
    // Whoever asks first has the answer made that could be kept.
    if request["query"]
        .as_str()
        .unwrap_or_default()
        .len()
        .is_multiple_of(2)
    {
        seen = shows(&board.answer_with("roles:write", request).await);
    }
    for stranger in STRANGERS {
        let before = board.answer_with(stranger, request).await;
        seen |= shows(&board.answer_with("roles:write", request).await);
        let anonymous = board.answer(request).await;
        let after = board.answer_with(stranger, request).await;
        answered |= !after["data"].is_null();
        for answer in [before, anonymous, after] {
            if shows(&answer) {
                return Err(format!("{stranger}: {request:#} {answer:#}"));
            }
        }
    }
    Ok((seen, answered))
}

#[test]
fn an_editor_is_shown_every_text_of_a_draft() {
    const ALL: &str = "{ role(by: {slug: \"hidden-draft\"}) {
        slug title summary markdown jsonLd
        atAGlance { facts { label text } } duties { text } sections { heading body }
        qualificationGroups { heading items { text } } faqs { question answer }
        coverLetter { text } salaries { sourceText } codes { code }
        alternateTitles { nodes { text } }
    } }";
    let runtime = Runtime::new().unwrap();
    runtime.block_on(async {
        let board = board().await;
        let request = json!({ "query": ALL });
        let answer = board.answer_with("roles:write", &request).await;
        assert!(answer.get("errors").is_none(), "{answer:#}");
        let shown = answer.to_string();
        for text in [
            "Title",
            "Summary",
            "Label",
            "Fact",
            "Duty",
            "Heading",
            "Body",
            "Group",
            "Item",
            "Question",
            "Answer",
            "Dear",
            "Salary",
            "Code",
            "Other name",
        ] {
            assert!(shown.contains(text), "{text}: {answer:#}");
        }
        assert_eq!(
            board.answer(&request).await["data"],
            json!({ "role": null })
        );
    });
}
