//! Rolling restarts under load.

use std::time::{Duration, Instant};

use crate::forwarder::Forwarder;
use crate::load::Load;
use crate::program::{Server, Workplace};

const RESTARTS: usize = 20;
const CLIENTS: usize = 8;
/// How many requests come to their end while both servers are ready.
const REQUESTS_BETWEEN: usize = 50;
/// How long a stop may take with everything that belongs to it.
const LONGEST_STOP: Duration = Duration::from_secs(30);

const QUERY: &str = r#"{ role(by: {slug: "plumber"}) { title category { path } duties { text } faqs { question } } }"#;

/// The lame duck time is fifty probes of the forwarder, so that a busy machine makes no difference.
fn serve(place: &Workplace) -> Server {
    place.serve(&["--rate-limit", "off", "--lame-duck", "500ms"])
}

/// Asks the server to stop, and waits until it has ended well and in time.
fn stop(server: Server) {
    let asked = Instant::now();
    server.terminate();
    assert_eq!(server.wait().code(), Some(0));
    let took = asked.elapsed();
    assert!(took < LONGEST_STOP, "the stop took {took:?}");
}

#[test]
fn a_rolling_restart_fails_no_request() {
    let place = Workplace::new();
    let mut server = serve(&place);
    let answer = server.ask(QUERY);
    assert_eq!(answer["data"]["role"]["title"], "Plumber", "{answer}");
    let forwarder = Forwarder::start();
    forwarder.add(server.address());
    let mut load = Load::start(CLIENTS, forwarder.address(), QUERY, &answer);
    for _ in 0..RESTARTS {
        let replacement = serve(&place);
        forwarder.add(replacement.address());
        load.wait_for(REQUESTS_BETWEEN);
        let old = std::mem::replace(&mut server, replacement);
        let address = old.address().to_owned();
        stop(old);
        forwarder.remove(&address);
    }
    let tally = load.finish();
    let (sent, failed) = (tally.sent, tally.failures.len());
    let first: Vec<&String> = tally.failures.iter().take(5).collect();
    assert_eq!(failed, 0, "of {sent} requests; the first: {first:#?}");
    assert!(sent > RESTARTS * REQUESTS_BETWEEN, "only {sent} requests");
}
