//! The graph over HTTP, in front of an empty catalogue.

mod admission;
mod answer;
mod audit;
mod bulk;
mod cors;
mod cost;
mod document;
mod edge;
mod graph;
mod key;
mod life_cycle;
mod line;
mod number;
mod page;
mod profile;
mod socket;
mod stream;
mod token;
mod version;

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap};
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use app::{Access, Denials, Issuer, KeyRing, Keys};
use domain::document::TrustedDocument;
use persistence::{Database, DatabaseSettings};
use serde_json::Value;
use tempfile::TempDir;
use testkit::{ManualClock, SequentialIds, SequentialSecrets};

use super::{State, app};
use crate::{EdgeSettings, Gateway, GatewaySettings, RefusedDocument};

const JSON: &str = "application/json";
const MODERN: &str = "application/graphql-response+json";

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: header::HeaderName) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().unwrap())
    }

    /// The value of a header that has no constant; empty when there is none.
    fn named(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().unwrap())
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    fn code(&self) -> Value {
        self.json()["errors"][0]["extensions"]["code"].clone()
    }
}

/// A served gateway; the folder of its database goes with it.
struct Board {
    state: State,
    keys: Keys,
    ring: KeyRing,
    denials: Denials,
    clock: Arc<ManualClock>,
    _folder: TempDir,
}

/// What stands behind a gateway.
struct Behind {
    keys: Keys,
    ring: KeyRing,
    denials: Denials,
    clock: Arc<ManualClock>,
    folder: TempDir,
}

impl Board {
    async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// With settings that differ from those of other tests.
    async fn with(change: impl FnOnce(&mut EdgeSettings)) -> Self {
        let mut settings = GatewaySettings::for_testing();
        change(&mut settings.edge);
        Self::trusting(settings, &[]).await
    }

    /// With budgets and places for each caller, which the usual settings of tests switch off.
    async fn telling_callers_apart(change: impl FnOnce(&mut EdgeSettings)) -> Self {
        let mut settings = GatewaySettings::for_testing();
        settings.rates.enabled = true;
        change(&mut settings.edge);
        Self::trusting(settings, &[]).await
    }

    /// With documents that clients may call by their ids.
    async fn trusting(settings: GatewaySettings, documents: &[TrustedDocument]) -> Self {
        Self::served(settings, documents, |_clock| None).await
    }

    /// With somebody whose tokens are believed.
    async fn believing() -> Self {
        let issuer = |clock: &Arc<ManualClock>| Some(testkit::issuer(clock.clone()));
        Self::served(GatewaySettings::for_testing(), &[], issuer).await
    }

    async fn served(
        settings: GatewaySettings,
        documents: &[TrustedDocument],
        issuer: impl FnOnce(&Arc<ManualClock>) -> Option<Issuer>,
    ) -> Self {
        let made = Self::gateway(settings.clone(), documents, issuer).await;
        let (gateway, behind) = made.unwrap();
        Self {
            state: State::new(gateway, settings),
            keys: behind.keys,
            ring: behind.ring,
            denials: behind.denials,
            clock: behind.clock,
            _folder: behind.folder,
        }
    }

    async fn gateway(
        settings: GatewaySettings,
        documents: &[TrustedDocument],
        issuer: impl FnOnce(&Arc<ManualClock>) -> Option<Issuer>,
    ) -> Result<(Gateway, Behind), RefusedDocument> {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/board.db", folder.path().display());
        let database = Database::open(&DatabaseSettings::new(url)).await.unwrap();
        let clock = Arc::<ManualClock>::default();
        let access = Access::open(
            &database,
            clock.clone(),
            Arc::<SequentialIds>::default(),
            Arc::<SequentialSecrets>::default(),
        );
        let access = Access {
            issuer: issuer(&clock),
            ..access.await.unwrap()
        };
        let behind = Behind {
            keys: access.keys.clone(),
            ring: access.ring.clone(),
            denials: access.denials.clone(),
            clock,
            folder,
        };
        let gateway = Gateway::new(
            &testkit::catalogue(&database),
            testkit::dictionary(),
            &settings,
            documents,
            Some(access),
        )?;
        Ok((gateway, behind))
    }

    async fn send(&self, request: TestRequest) -> Answer {
        let app = init_service(app(&self.state)).await;
        let response = call_service(&app, request.to_request()).await;
        Answer {
            status: response.status(),
            headers: response.headers().clone(),
            body: read_body(response).await.to_vec(),
        }
    }

    async fn get(&self, address: &str) -> Answer {
        self.send(TestRequest::get().uri(address)).await
    }

    async fn post(&self, accept: &str, body: &str) -> Answer {
        self.send(post(accept).set_payload(body.to_owned())).await
    }
}

fn post(accept: &str) -> TestRequest {
    TestRequest::post()
        .uri("/graphql")
        .insert_header((header::CONTENT_TYPE, JSON))
        .insert_header((header::ACCEPT, accept.to_owned()))
}
