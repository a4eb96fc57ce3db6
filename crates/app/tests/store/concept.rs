//! Concepts of outside schemes are stored release by release.

use app::{AppError, StoreAction, StoreOptions, StoredConcept};
use domain::concept::{
    ConceptDraft, ConceptKind, ConceptRelationKind, ConceptStatus, Label, LabelKind, Note,
    NoteKind, RelatedCode, ReleaseDraft, SchemeDraft,
};
use domain::read::{
    ConceptBy, ConceptFilter, ConceptParts, ConceptTree, ConceptsRequest, Connection, PageRequest,
    SchemeBy, SchemeParts, SchemeTree,
};
use domain::{Locale, PartialDate};

use crate::board::TestBoard;
use crate::on_both_engines;
use crate::rows::changes;

const OPTIONS: StoreOptions<'static> = StoreOptions::new("test");

fn scheme() -> SchemeDraft {
    SchemeDraft {
        key: "onet-soc".to_owned(),
        name: "O*NET-SOC".to_owned(),
        uri_prefix: Some("https://example.org/".to_owned()),
        ..SchemeDraft::default()
    }
}

fn release(name: &str) -> ReleaseDraft {
    ReleaseDraft {
        name: name.to_owned(),
        released_on: PartialDate::month(2025, 5),
    }
}

fn label(locale: &str, kind: LabelKind, text: &str) -> Label {
    Label {
        locale: Locale::parse(locale).unwrap(),
        kind,
        text: text.to_owned(),
    }
}

fn concept(code: &str, name: &str) -> ConceptDraft {
    let label = label("en", LabelKind::Preferred, name);
    ConceptDraft::new(code.to_owned(), ConceptKind::Occupation, label)
}

fn below(code: &str, above: &str) -> ConceptDraft {
    ConceptDraft {
        relations: vec![RelatedCode {
            kind: ConceptRelationKind::Broader,
            scheme: None,
            code: above.to_owned(),
        }],
        ..concept(code, code)
    }
}

async fn try_store(
    board: &TestBoard,
    version: &str,
    drafts: &[ConceptDraft],
    options: StoreOptions<'_>,
) -> Result<Vec<StoredConcept>, AppError> {
    let (scheme, release) = (scheme(), release(version));
    let catalogue = board.catalogue();
    catalogue
        .store_concepts(&scheme, &release, drafts, options)
        .await
}

/// Stores concepts and tells what happened to each of them.
async fn store(board: &TestBoard, version: &str, drafts: &[ConceptDraft]) -> Vec<StoreAction> {
    let stored = try_store(board, version, drafts, OPTIONS).await.unwrap();
    let codes = drafts.iter().map(|draft| &draft.code);
    assert!(stored.iter().map(|stored| &stored.code).eq(codes));
    stored.into_iter().map(|stored| stored.action).collect()
}

fn parts() -> ConceptParts {
    ConceptParts {
        labels: true,
        notes: true,
        broader: Some(Box::default()),
        narrower: vec![Connection {
            request: PageRequest::default(),
            total: true,
            node: ConceptParts::default(),
        }],
        ..ConceptParts::default()
    }
}

async fn find(board: &TestBoard, code: &str) -> ConceptTree {
    let by = ConceptBy::Code {
        scheme: "onet-soc".to_owned(),
        code: code.to_owned(),
    };
    let reads = board.database().reads();
    reads.find_concept(&by, &parts()).await.unwrap().unwrap()
}

/// Status and newest release of a concept.
async fn standing(board: &TestBoard, code: &str) -> (ConceptStatus, String) {
    let found = find(board, code).await.concept;
    (found.status, found.release)
}

async fn find_scheme(board: &TestBoard, parts: &SchemeParts) -> SchemeTree {
    let by = SchemeBy::Key("onet-soc".to_owned());
    let reads = board.database().reads();
    reads.find_scheme(&by, parts).await.unwrap().unwrap()
}

fn codes<'t>(trees: impl IntoIterator<Item = &'t ConceptTree>) -> Vec<&'t str> {
    let trees = trees.into_iter();
    trees.map(|tree| tree.concept.code.as_str()).collect()
}

on_both_engines! {
    async fn what_is_stored_is_read_again(board) {
        let draft = ConceptDraft {
            code: "0110".to_owned(),
            uri: Some("https://example.org/0110".to_owned()),
            kind: ConceptKind::Group,
            status: ConceptStatus::Obsolete,
            labels: vec![
                label("en", LabelKind::Preferred, "Officers"),
                label("fr-CA", LabelKind::Preferred, "Officiers \"d'élite\""),
                label("en", LabelKind::Hidden, "Oficers"),
            ],
            notes: vec![Note {
                locale: Locale::english(),
                kind: NoteKind::Scope,
                text: "Not\nsoldiers.".to_owned(),
            }],
            modified_on: PartialDate::year(2024),
            predecessors: vec!["0100".to_owned()],
            relations: Vec::new(),
        };
        assert_eq!(store(&board, "29.3", std::slice::from_ref(&draft)).await, [StoreAction::Created]);
        let found = find(&board, "0110").await;
        let ConceptDraft { code, uri, kind, status, labels, notes, modified_on, predecessors, .. } =
            draft;
        assert_eq!(found.labels.get().unwrap(), &labels);
        assert_eq!(found.notes.get().unwrap(), &notes);
        let read = found.concept;
        assert_eq!((read.code, read.uri.clone(), read.kind), (code, uri, kind));
        assert_eq!((read.status, read.modified_on), (status, modified_on));
        assert_eq!((read.predecessors, read.release), (predecessors, "29.3".to_owned()));
        let by = ConceptBy::Uri(read.uri.unwrap());
        let by_uri = board.database().reads().find_concept(&by, &ConceptParts::default()).await;
        assert_eq!(by_uri.unwrap().unwrap().concept.id, read.id);
        let scheme = find_scheme(&board, &SchemeParts::default()).await.scheme;
        assert_eq!(scheme.uri_prefix.as_deref(), Some("https://example.org/"));
        assert_eq!(scheme.releases.len(), 1);
        assert_eq!(scheme.releases[0].released_on, PartialDate::month(2025, 5));
    }

    async fn only_what_differs_is_written(board) {
        let drafts = [concept("11-1011.00", "Chief executives"), concept("15-1252.00", "Developers")];
        let created = [StoreAction::Created, StoreAction::Created];
        assert_eq!(store(&board, "29.3", &drafts).await, created);
        let before = changes(&board).await;
        assert_eq!(before, ["SCHEME CREATED 1 test", "CONCEPT CREATED 1 test", "CONCEPT CREATED 1 test"]);
        let unchanged = [StoreAction::Unchanged, StoreAction::Unchanged];
        assert_eq!(store(&board, "29.3", &drafts).await, unchanged);
        assert_eq!(changes(&board).await, before);
        let renamed = [drafts[0].clone(), concept("15-1252.00", "Software developers")];
        let one = [StoreAction::Unchanged, StoreAction::Updated];
        assert_eq!(store(&board, "29.3", &renamed).await, one);
        assert_eq!(changes(&board).await[3..], ["CONCEPT UPDATED 1 test"]);
    }

    async fn a_dry_run_writes_nothing(board) {
        let options = StoreOptions { dry_run: true, ..OPTIONS };
        let drafts = [concept("11-1011.00", "Chief executives")];
        let stored = try_store(&board, "29.3", &drafts, options).await.unwrap();
        assert_eq!(stored[0].action, StoreAction::Created);
        assert!(changes(&board).await.is_empty());
    }

    async fn releases_come_in_any_order_and_the_newest_counts(board) {
        use ConceptStatus::{Active, Obsolete};
        store(&board, "29.3", &[concept("1", "One"), concept("2", "Two")]).await;
        let newer = [concept("1", "One"), concept("3", "Three")];
        let actions = store(&board, "29.10", &newer).await;
        assert_eq!(actions, [StoreAction::Updated, StoreAction::Created]);
        let retired = board.catalogue().retire_concepts("onet-soc", "29.10", OPTIONS).await;
        assert_eq!(retired.unwrap(), ["2"]);
        assert_eq!(standing(&board, "1").await, (Active, "29.10".to_owned()));
        assert_eq!(standing(&board, "2").await, (Obsolete, "29.3".to_owned()));
        // An older release knows nothing better, and what only it has is out of use.
        let older = [concept("1", "Uno"), concept("4", "Four")];
        let actions = store(&board, "9.0", &older).await;
        assert_eq!(actions, [StoreAction::Unchanged, StoreAction::Created]);
        assert_eq!(standing(&board, "4").await, (Obsolete, "9.0".to_owned()));
        let retired = board.catalogue().retire_concepts("onet-soc", "9.0", OPTIONS).await;
        assert_eq!(retired.unwrap(), Vec::<String>::new());
        let scheme = find_scheme(&board, &SchemeParts::default()).await.scheme;
        let releases: Vec<_> = scheme.releases.iter().map(|release| release.name.as_str()).collect();
        assert_eq!(releases, ["29.10", "29.3", "9.0"]);
        // What comes back is in use again.
        assert_eq!(store(&board, "30.0", &[concept("2", "Two")]).await, [StoreAction::Updated]);
        assert_eq!(standing(&board, "2").await, (Active, "30.0".to_owned()));
    }

    async fn a_concept_leads_to_one_that_arrives_later(board) {
        store(&board, "1", &[below("2654.1", "2654"), below("2654.2", "2654")]).await;
        assert!(find(&board, "2654.1").await.broader.get().unwrap().is_empty());
        store(&board, "1", &[concept("2654", "Directors")]).await;
        let found = find(&board, "2654.1").await;
        assert_eq!(codes(found.broader.get().unwrap()), ["2654"]);
        let found = find(&board, "2654").await;
        let page = found.narrower.get(&PageRequest::default()).unwrap();
        assert_eq!(codes(page.edges.iter().map(|edge| &edge.node)), ["2654.1", "2654.2"]);
        assert_eq!(page.total.unwrap().value, 2);
        store(&board, "1", &[concept("2654.1", "Elsewhere")]).await;
        assert!(find(&board, "2654.1").await.broader.get().unwrap().is_empty());
    }

    async fn the_concepts_of_a_scheme_come_by_code(board) {
        let group = ConceptDraft { kind: ConceptKind::Group, ..concept("0", "All") };
        let drafts = [below("10", "0"), below("9", "0"), below("91", "9"), group];
        store(&board, "1", &drafts).await;
        let list = async |filter: ConceptFilter, first| {
            let request = ConceptsRequest { filter, page: PageRequest::first(first) };
            let wanted = Connection { request: request.clone(), total: false, node: ConceptParts::default() };
            let parts = SchemeParts { concepts: vec![wanted] };
            let found = find_scheme(&board, &parts).await;
            let page = found.concepts.get(&request).unwrap();
            let codes = codes(page.edges.iter().map(|edge| &edge.node));
            codes.into_iter().map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(list(ConceptFilter::default(), 3).await, ["0", "10", "9"]);
        let parent = Some("0".to_owned());
        assert_eq!(list(ConceptFilter { parent, ..ConceptFilter::default() }, 9).await, ["10", "9"]);
        let kinds = vec![ConceptKind::Group];
        assert_eq!(list(ConceptFilter { kinds, ..ConceptFilter::default() }, 9).await, ["0"]);
        let status = Some(ConceptStatus::Obsolete);
        assert!(list(ConceptFilter { status, ..ConceptFilter::default() }, 9).await.is_empty());
    }

    async fn what_breaks_a_rule_is_refused_as_a_whole(board) {
        let refused = async |drafts: &[ConceptDraft]| {
            match try_store(&board, "1", drafts, OPTIONS).await {
                Err(AppError::Invalid(violations)) => violations[0].to_string(),
                other => panic!("{other:?}"),
            }
        };
        let at = |code: &str| ConceptDraft { uri: Some("x:1".to_owned()), ..concept(code, "A") };
        assert_eq!(refused(&[concept("1", "A"), concept("1", "B")]).await, "concepts.code repeats \"1\"");
        let nameless = ConceptDraft { labels: Vec::new(), ..concept("1", "A") };
        let expected = "concepts[1].labels is \"1\": expected a preferred label";
        assert_eq!(refused(&[concept("0", "A"), nameless]).await, expected);
        assert_eq!(refused(&[at("1"), at("2")]).await, "concepts.uri repeats \"x:1\"");
        assert!(changes(&board).await.is_empty());
        store(&board, "1", &[at("1")]).await;
        let taken = "concepts.uri is \"x:1\": expected an address that no other concept of the scheme has";
        assert_eq!(refused(&[at("2")]).await, taken);
        let retired = board.catalogue().retire_concepts("onet-soc", "2", OPTIONS).await;
        assert!(matches!(retired, Err(AppError::Invalid(_))));
        let retired = board.catalogue().retire_concepts("esco", "1", OPTIONS).await;
        assert!(matches!(retired, Err(AppError::Invalid(_))));
    }
}
