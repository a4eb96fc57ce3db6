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
        assert!(
            exposition.lines().any(|found| found == line),
            "{line}\n{exposition}"
        );
    }
    assert!(exposition.ends_with("# EOF\n"));
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
