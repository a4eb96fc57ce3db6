//! The exposition, as a scraper reads it.

use super::*;

#[test]
fn every_number_has_its_line() {
    let metrics = Metrics::new();
    metrics.operation(&OperationRecord {
        kind: "query",
        outcome: "ok",
        trusted: false,
        cost: Some(7),
        seconds: 0.004,
    });
    metrics.operation(&OperationRecord {
        kind: "none",
        outcome: "refused",
        trusted: true,
        cost: None,
        seconds: 0.0,
    });
    metrics.rejected(ErrorCode::RateLimited);
    metrics.document_cache(true);
    metrics.document_cache(false);
    metrics.document_cache(false);
    metrics.panicked();
    metrics.answered(StatusCode::NOT_FOUND);
    let exposition = metrics.exposition(Gauges {
        in_flight: 3,
        queued: 2,
        sending_bytes: 4096,
        ..Gauges::default()
    });
    for line in [
        r#"rolegraph_build_info{version="0.1.0"} 1"#,
        r#"rolegraph_operations_total{type="query",outcome="ok",trusted="false"} 1"#,
        r#"rolegraph_operations_total{type="none",outcome="refused",trusted="true"} 1"#,
        r#"rolegraph_operation_duration_seconds_bucket{le="0.005"} 2"#,
        "rolegraph_operation_duration_seconds_count 2",
        "rolegraph_operation_cost_sum 7.0",
        r#"rolegraph_operation_cost_bucket{le="10.0"} 1"#,
        r#"rolegraph_rejections_total{code="RATE_LIMITED"} 1"#,
        r#"rolegraph_document_cache_total{outcome="hit"} 1"#,
        r#"rolegraph_document_cache_total{outcome="miss"} 2"#,
        "rolegraph_panics_total 1",
        r#"rolegraph_http_requests_total{status="2xx"} 0"#,
        r#"rolegraph_http_requests_total{status="4xx"} 1"#,
        "rolegraph_in_flight 3",
        "rolegraph_queued 2",
        "rolegraph_sending_bytes 4096",
    ] {
        has_line(&exposition, line);
    }
    assert!(exposition.ends_with("# EOF\n"));
}

#[test]
fn what_the_database_knows_about_writing_has_its_lines() {
    let mut commits = persistence::CommitFigures {
        count: 5,
        seconds: 3.25,
        ..Default::default()
    };
    commits.counts[2] = 3;
    let exposition = Metrics::new().exposition(Gauges {
        writing: WriteFigures {
            queued: 7,
            commits,
            wal_bytes: Some(8_192),
        },
        ..Gauges::default()
    });
    for line in [
        "rolegraph_writer_queue 7",
        "rolegraph_wal_bytes 8192",
        "rolegraph_commit_seconds_sum 3.25",
        "rolegraph_commit_seconds_count 5",
        r#"rolegraph_commit_seconds_bucket{le="0.001"} 0"#,
        r#"rolegraph_commit_seconds_bucket{le="0.0025"} 3"#,
        r#"rolegraph_commit_seconds_bucket{le="1.0"} 3"#,
        r#"rolegraph_commit_seconds_bucket{le="+Inf"} 5"#,
    ] {
        has_line(&exposition, line);
    }
}

#[test]
fn the_cache_of_answers_has_its_lines() {
    let metrics = Metrics::new();
    metrics.cache_used(CacheUse::Hit);
    metrics.cache_used(CacheUse::Outdated);
    metrics.cache_used(CacheUse::Outdated);
    let exposition = metrics.exposition(Gauges {
        kept_answers: 5,
        kept_bytes: 1024,
        catalogue_version: 12,
        following_lag: 0.5,
        ..Gauges::default()
    });
    for line in [
        r#"rolegraph_answer_cache_total{outcome="hit"} 1"#,
        r#"rolegraph_answer_cache_total{outcome="miss"} 0"#,
        r#"rolegraph_answer_cache_total{outcome="outdated"} 2"#,
        r#"rolegraph_answer_cache_total{outcome="shared"} 0"#,
        "rolegraph_answer_cache_entries 5",
        "rolegraph_answer_cache_bytes 1024",
        "rolegraph_catalogue_version 12",
        "rolegraph_following_lag_seconds 0.5",
    ] {
        has_line(&exposition, line);
    }
}

fn has_line(exposition: &str, line: &str) {
    let found = exposition.lines().any(|found| found == line);
    assert!(found, "{line}\n{exposition}");
}

#[test]
fn levels_are_those_of_the_moment() {
    let metrics = Metrics::new();
    let busy = Gauges {
        in_flight: 9,
        ..Gauges::default()
    };
    assert!(metrics.exposition(busy).contains("rolegraph_in_flight 9\n"));
    let idle = metrics.exposition(Gauges::default());
    assert!(idle.contains("rolegraph_in_flight 0\n"));
}
