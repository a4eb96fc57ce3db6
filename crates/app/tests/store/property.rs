//! Documents made up by chance.

use app::StoreAction;
use domain::Locale;
use domain::read::RoleBy;
use domain::role::{
    CoverLetter, Duty, DutyKind, Fact, FactKey, Faq, Outline, OutlineEntry, OutlineKind,
    PublicationState, Qualification, QualificationGroup, RoleDraft, RoleTitle, Section,
    SectionKind, TextFormat, TitleKind,
};
use domain::skill::SkillTerm;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use testkit::Engine;
use tokio::runtime::Runtime;

use crate::board::TestBoard;
use crate::document::{empty, term};
use crate::identity::read;

/// How many documents are made up for each engine.
const CASES: u32 = 24;

fn line() -> impl Strategy<Value = String> {
    "[a-zA-Zäßé,;:.!?(){}\\[\\]'\"\\\\%_–—… 0-9]{0,40}[a-zA-Zé✓🚢0-9]"
}

fn many<T: std::fmt::Debug>(item: impl Strategy<Value = T>) -> impl Strategy<Value = Vec<T>> {
    prop::collection::vec(item, 0..5)
}

fn one_of<T: Copy + std::fmt::Debug + 'static>(values: &'static [T]) -> impl Strategy<Value = T> {
    prop::sample::select(values)
}

/// Few names, so that documents share skills.
fn terms() -> impl Strategy<Value = Vec<SkillTerm>> {
    let names = prop::sample::subsequence(vec!["Radio", "Charts", "Knots", "C++", "C#"], 0..4);
    names.prop_map(|names| names.into_iter().map(term).collect())
}

fn duties() -> impl Strategy<Value = Vec<Duty<SkillTerm>>> {
    let known = (prop::option::of(line()), many(line()));
    let duty = (line(), one_of(DutyKind::ALL), terms(), known);
    many(duty.prop_map(|(text, kind, skills, known)| {
        let (external_id, activities) = known;
        Duty {
            skills,
            external_id,
            activities,
            ..Duty::new(text, kind)
        }
    }))
}

fn groups() -> impl Strategy<Value = Vec<QualificationGroup<Qualification<SkillTerm>>>> {
    let item = (line(), terms()).prop_map(|(text, skills)| Qualification { text, skills });
    let group = (prop::option::of(line()), many(item));
    many(group.prop_map(|(heading, items)| QualificationGroup { heading, items }))
}

fn facts() -> impl Strategy<Value = Vec<Fact>> {
    let fact = (
        one_of(FactKey::ALL),
        line(),
        line(),
        prop::option::of(1000_u16..9999),
    );
    many(fact.prop_map(|(key, label, text, horizon_year)| Fact {
        key,
        label,
        text,
        horizon_year,
    }))
}

fn sections() -> impl Strategy<Value = Vec<Section>> {
    let section = (
        one_of(SectionKind::ALL),
        line(),
        line(),
        one_of(TextFormat::ALL),
    );
    many(section.prop_map(|(kind, heading, body, format)| Section {
        kind,
        heading,
        body: format!("{body}\n\n• {body}"),
        format,
    }))
}

fn outline() -> impl Strategy<Value = Outline> {
    let entry = (one_of(OutlineKind::ALL), line(), prop::option::of(line()));
    let entries = many(entry.prop_map(|(kind, heading, lead)| OutlineEntry {
        kind,
        heading,
        lead,
    }));
    let around = (
        prop::option::of(line()),
        any::<bool>(),
        prop::option::of(line()),
    );
    (entries, around).prop_map(
        |(entries, (site, last_updated_line, category_link))| Outline {
            entries,
            site,
            last_updated_line,
            category_link,
        },
    )
}

pub(crate) fn draft() -> impl Strategy<Value = RoleDraft> {
    let head = (
        line(),
        prop::option::of(line()),
        one_of(PublicationState::ALL),
    );
    let faqs = many((line(), line()).prop_map(|(question, answer)| Faq { question, answer }));
    let known = (
        prop::option::of(line()),
        any::<bool>(),
        any::<bool>(),
        many(line()),
    );
    let title = (line(), one_of(TitleKind::ALL), known);
    let titles = many(title.prop_map(|(text, kind, known)| {
        let (short_form, reported, featured, sources) = known;
        RoleTitle {
            text,
            kind,
            short_form,
            reported,
            featured,
            sources,
        }
    }));
    let letter = prop::option::of(line().prop_map(|text| CoverLetter { text }));
    let rest = (faqs, titles, letter, outline());
    (head, facts(), duties(), sections(), groups(), rest).prop_map(
        |(head, facts, duties, sections, qualification_groups, rest)| {
            let (title, summary, state) = head;
            let (faqs, titles, cover_letter, outline) = rest;
            RoleDraft {
                title,
                summary,
                state,
                facts,
                duties,
                sections,
                qualification_groups,
                faqs,
                titles,
                cover_letter,
                outline,
                locale: Locale::english(),
                ..empty("pilot")
            }
        },
    )
}

/// Stores a document over the one before, reads it back and stores it again.
async fn round_trip(board: &TestBoard, draft: &RoleDraft) {
    let stored = board.store(draft).await;
    let tree = read(board, RoleBy::Id(stored.id)).await;
    assert_eq!(tree.to_draft().unwrap(), *draft);
    let again = board.store(draft).await;
    assert_eq!(
        (again.id, again.action),
        (stored.id, StoreAction::Unchanged)
    );
}

fn documents_come_back_as_they_were(runtime: &Runtime, board: &TestBoard) {
    let mut runner = TestRunner::new(ProptestConfig::with_cases(CASES));
    let outcome = runner.run(&draft(), |draft| {
        runtime.block_on(round_trip(board, &draft));
        Ok(())
    });
    outcome.unwrap();
}

#[test]
fn documents_come_back_as_they_were_from_sqlite() {
    let runtime = Runtime::new().unwrap();
    let board = runtime.block_on(TestBoard::new(Engine::Sqlite));
    documents_come_back_as_they_were(&runtime, &board);
}

#[test]
fn documents_come_back_as_they_were_from_postgres() {
    let runtime = Runtime::new().unwrap();
    if Engine::Postgres.available() {
        let board = runtime.block_on(TestBoard::new(Engine::Postgres));
        documents_come_back_as_they_were(&runtime, &board);
    }
}
