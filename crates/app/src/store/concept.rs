//! The concepts of outside schemes, as importers store them.

use std::collections::{BTreeSet, HashMap};

use domain::Violation;
use domain::change::{Aspects, ChangeEntity, ChangeOp};
use domain::concept::{
    ConceptDraft, ConceptStatus, Label, Note, RelatedCode, Release, ReleaseDraft, Scheme,
    SchemeDraft, is_newer, release_order,
};
use domain::id::{ConceptId, Id, SchemeId};
use persistence::{ConceptRecord, KnownConcept};

use super::Store;
use crate::{AppError, Catalogue, StoreAction, StoreOptions, sha256_of};

/// The concept that a draft was stored as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredConcept {
    /// The id of the concept; made up when a dry run would create it.
    pub id: ConceptId,
    /// The code of the concept.
    pub code: String,
    /// What happened.
    pub action: StoreAction,
}

impl Catalogue {
    /// Stores what a release of a scheme says about concepts, all or none of them; a few hundred at
    /// a time are best.
    ///
    /// Scheme and code name a concept: storing it again updates it, and a draft that says the same
    /// of the same release changes nothing. A release that is older than the one that is known of a
    /// concept changes nothing of it, and what only an older release has is obsolete. Other concepts
    /// that it leads to may arrive later.
    pub async fn store_concepts(
        &self,
        scheme: &SchemeDraft,
        release: &ReleaseDraft,
        concepts: &[ConceptDraft],
        options: StoreOptions<'_>,
    ) -> Result<Vec<StoredConcept>, AppError> {
        let mut violations = scheme.violations(&self.limits);
        violations.extend(release.violations(&self.limits));
        for (place, concept) in concepts.iter().enumerate() {
            let broken = concept.violations(&self.limits).into_iter();
            violations.extend(broken.map(|broken| broken.within(&format!("concepts[{place}]"))));
        }
        let codes = concepts.iter().map(|concept| concept.code.as_str());
        violations.extend(repeated("concepts.code", codes));
        let uris = concepts.iter().filter_map(|concept| concept.uri.as_deref());
        violations.extend(repeated("concepts.uri", uris));
        if !violations.is_empty() {
            return Err(AppError::Invalid(violations));
        }
        let mut attempt = 1;
        loop {
            let stored = self.try_concepts(scheme, release, concepts, options).await;
            if !self.is_worth_another(&stored, &mut attempt).await {
                return stored;
            }
        }
    }

    async fn try_concepts(
        &self,
        scheme: &SchemeDraft,
        release: &ReleaseDraft,
        concepts: &[ConceptDraft],
        options: StoreOptions<'_>,
    ) -> Result<Vec<StoredConcept>, AppError> {
        let mut store = self.begin(options).await?;
        let scheme = store.scheme(scheme, release).await?;
        let stored = store.concepts(&scheme, &release.name, concepts).await?;
        store.end(options).await?;
        Ok(stored)
    }

    /// Marks as obsolete whatever of a scheme a release does not have, once all of it was stored;
    /// returns the codes in their order. What came with a newer release stays as it is.
    pub async fn retire_concepts(
        &self,
        scheme: &str,
        release: &str,
        options: StoreOptions<'_>,
    ) -> Result<Vec<String>, AppError> {
        let mut attempt = 1;
        loop {
            let retired = self.try_retire(scheme, release, options).await;
            if !self.is_worth_another(&retired, &mut attempt).await {
                return retired;
            }
        }
    }

    async fn try_retire(
        &self,
        scheme: &str,
        release: &str,
        options: StoreOptions<'_>,
    ) -> Result<Vec<String>, AppError> {
        let mut store = self.begin(options).await?;
        let retired = store.retire(scheme, release).await?;
        store.end(options).await?;
        Ok(retired)
    }
}

impl Store<'_> {
    /// The scheme that a file names, created or brought up to date, its release included.
    async fn scheme(
        &mut self,
        draft: &SchemeDraft,
        release: &ReleaseDraft,
    ) -> Result<Scheme, AppError> {
        let stored = self.transaction.find_scheme_for_import(&draft.key).await?;
        let Some(stored) = stored else {
            let mut scheme = new_scheme(SchemeId::fresh(self.ids), draft);
            add_release(&mut scheme.releases, release, self.now);
            self.transaction.insert_scheme(&scheme).await?;
            self.created(ChangeEntity::Scheme, scheme.id);
            return Ok(scheme);
        };
        let mut scheme = updated(&stored, draft);
        add_release(&mut scheme.releases, release, self.now);
        if scheme != stored {
            self.transaction.update_scheme(&scheme).await?;
            let (entity, op) = (ChangeEntity::Scheme, ChangeOp::Updated);
            self.changed(entity, scheme.id, op, Aspects::NONE);
        }
        Ok(scheme)
    }

    /// Stores what a release says about concepts.
    async fn concepts(
        &mut self,
        scheme: &Scheme,
        release: &str,
        drafts: &[ConceptDraft],
    ) -> Result<Vec<StoredConcept>, AppError> {
        let mut known = self.known_concepts(scheme, drafts).await?;
        let is_newest = !scheme
            .releases
            .iter()
            .any(|other| is_newer(&other.name, release));
        let mut stored = Vec::with_capacity(drafts.len());
        let (mut added, mut changed) = (Vec::new(), Vec::new());
        for draft in drafts {
            let content_hash = content_hash(draft);
            let before = known.remove(draft.code.as_str());
            let action = before.as_ref().map_or(StoreAction::Created, |before| {
                let says_the_same =
                    before.release == release && before.content_hash == content_hash;
                if says_the_same || is_newer(&before.release, release) {
                    StoreAction::Unchanged
                } else {
                    StoreAction::Updated
                }
            });
            let id = before.as_ref().map(|before| before.id);
            let record = ConceptRecord {
                id: id.unwrap_or_else(|| ConceptId::fresh(self.ids)),
                draft,
                status: if is_newest {
                    draft.status
                } else {
                    ConceptStatus::Obsolete
                },
                release,
                content_hash,
            };
            stored.push(StoredConcept {
                id: record.id,
                code: draft.code.clone(),
                action,
            });
            match before {
                _ if action == StoreAction::Unchanged => {}
                None => added.push(record),
                Some(before) => changed.push((before, record)),
            }
        }
        self.transaction.insert_concepts(scheme, &added).await?;
        for record in &added {
            self.created(ChangeEntity::Concept, record.id);
        }
        for (before, record) in &changed {
            let leads_elsewhere = self.transaction.update_concept(scheme, record).await?;
            let aspects = touched(before, record) | Aspects::RELATION.when(leads_elsewhere);
            let (entity, op) = (ChangeEntity::Concept, ChangeOp::Updated);
            self.changed(entity, record.id, op, aspects);
        }
        Ok(stored)
    }

    /// The concepts that drafts name, by code; no other one may have their addresses.
    async fn known_concepts(
        &mut self,
        scheme: &Scheme,
        drafts: &[ConceptDraft],
    ) -> Result<HashMap<String, KnownConcept>, AppError> {
        let codes: Vec<String> = drafts.iter().map(|draft| draft.code.clone()).collect();
        let uris: Vec<String> = drafts
            .iter()
            .filter_map(|draft| draft.uri.clone())
            .collect();
        let found = &mut self.transaction;
        let found = found.find_concepts(scheme.id, &codes, &uris).await?;
        let codes: BTreeSet<&str> = codes.iter().map(String::as_str).collect();
        let mut known = HashMap::with_capacity(found.len());
        let mut violations = Vec::new();
        for concept in found {
            if codes.contains(concept.code.as_str()) {
                known.insert(concept.code.clone(), concept);
            } else {
                violations.push(Violation::Invalid {
                    field: "concepts.uri".to_owned(),
                    value: concept.uri.unwrap_or_default(),
                    expected: "an address that no other concept of the scheme has",
                });
            }
        }
        if violations.is_empty() {
            Ok(known)
        } else {
            Err(AppError::Invalid(violations))
        }
    }

    async fn retire(&mut self, key: &str, release: &str) -> Result<Vec<String>, AppError> {
        let scheme = self.transaction.find_scheme_for_import(key).await?;
        let scheme = scheme
            .ok_or_else(|| invalid("scheme", key, "the key of a scheme that was imported"))?;
        if !scheme.releases.iter().any(|known| known.name == release) {
            let expected = "a release of the scheme that was imported";
            return Err(invalid("release", release, expected));
        }
        let beside = &mut self.transaction;
        let mut beside = beside.find_concepts_beside(scheme.id, release).await?;
        beside.retain(|concept| !is_newer(&concept.release, release));
        let ids: Vec<ConceptId> = beside.iter().map(|concept| concept.id).collect();
        self.transaction.retire_concepts(&ids).await?;
        for id in ids {
            let (entity, op) = (ChangeEntity::Concept, ChangeOp::Updated);
            self.changed(entity, id, op, Aspects::KIND);
        }
        Ok(beside.into_iter().map(|concept| concept.code).collect())
    }
}

fn invalid(field: &str, value: &str, expected: &'static str) -> AppError {
    AppError::Invalid(vec![Violation::Invalid {
        field: field.to_owned(),
        value: value.to_owned(),
        expected,
    }])
}

/// The values that stand in a list more than once.
fn repeated<'v>(field: &str, values: impl Iterator<Item = &'v str>) -> Vec<Violation> {
    let mut seen = BTreeSet::new();
    let repeated = values.filter(|value| !seen.insert(*value));
    let repeated = repeated.map(|value| Violation::Repeated {
        field: field.to_owned(),
        value: value.to_owned(),
    });
    repeated.collect()
}

fn new_scheme(id: SchemeId, draft: &SchemeDraft) -> Scheme {
    let SchemeDraft {
        key,
        name,
        homepage,
        licence,
        attribution,
        uri_prefix,
    } = draft.clone();
    Scheme {
        id,
        key,
        name,
        homepage,
        licence,
        attribution,
        uri_prefix,
        releases: Vec::new(),
    }
}

/// What a file does not state stays as it was.
fn updated(stored: &Scheme, draft: &SchemeDraft) -> Scheme {
    let stated = new_scheme(stored.id, draft);
    let known = stored.clone();
    Scheme {
        homepage: stated.homepage.or(known.homepage),
        licence: stated.licence.or(known.licence),
        attribution: stated.attribution.or(known.attribution),
        uri_prefix: stated.uri_prefix.or(known.uri_prefix),
        releases: known.releases,
        ..stated
    }
}

/// Adds a release, unless it is there; the newest one comes first.
fn add_release(releases: &mut Vec<Release>, draft: &ReleaseDraft, now: domain::Timestamp) {
    let ReleaseDraft { name, released_on } = draft;
    let known = releases.iter_mut().find(|known| known.name == *name);
    if let Some(known) = known {
        known.released_on = released_on.or(known.released_on);
        return;
    }
    releases.push(Release {
        name: name.clone(),
        released_on: *released_on,
        imported_at: now,
    });
    releases.sort_by_cached_key(|release| std::cmp::Reverse(release_order(&release.name)));
}

/// What of a concept looks different in lists, besides where it leads.
fn touched(before: &KnownConcept, record: &ConceptRecord<'_>) -> Aspects {
    let kind = before.kind != record.draft.kind || before.status != record.status;
    Aspects::KIND.when(kind) | Aspects::SLUG.when(before.uri != record.draft.uri)
}

/// The SHA-256 of everything that a draft says, in hexadecimal digits.
fn content_hash(draft: &ConceptDraft) -> String {
    let ConceptDraft {
        code,
        uri,
        kind,
        status,
        labels,
        notes,
        modified_on,
        predecessors,
        relations,
    } = draft;
    let label =
        |Label { locale, kind, text }: &Label| (locale.to_string(), kind.as_str(), text.clone());
    let note =
        |Note { locale, kind, text }: &Note| (locale.to_string(), kind.as_str(), text.clone());
    let related = |related: &RelatedCode| {
        let RelatedCode { kind, scheme, code } = related.clone();
        (kind.as_str(), scheme, code)
    };
    let said = (
        (code, uri, kind.as_str(), status.as_str()),
        labels.iter().map(label).collect::<Vec<_>>(),
        notes.iter().map(note).collect::<Vec<_>>(),
        modified_on.map(|date| date.to_string()),
        predecessors,
        relations.iter().map(related).collect::<Vec<_>>(),
    );
    // Texts and lists of them can always be written.
    sha256_of(&serde_json::to_string(&said).unwrap_or_default())
}
