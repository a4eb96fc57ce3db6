//! The trace that a request belongs to, as W3C Trace Context tells it.

use actix_web::http::header::HeaderMap;

const HEADER: &str = "traceparent";
const VERSION: &str = "00";

/// Where in which trace the client called from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TraceContext {
    /// The whole trace.
    pub(super) trace: String,
    /// The step of the client.
    pub(super) parent: String,
    /// Whether the client has its part of the trace kept.
    pub(super) sampled: bool,
}

impl TraceContext {
    /// What the client tells; `None` when it tells nothing, or nothing that is well formed. A
    /// malformed header is no reason to refuse a request.
    pub(super) fn of(headers: &HeaderMap) -> Option<Self> {
        let mut lines = headers.get_all(HEADER);
        let only = lines.next().filter(|_| lines.next().is_none())?;
        Self::parse(only.to_str().ok()?)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let mut next = |digits: usize| parts.next().filter(|part| is_hex(part, digits));
        let (version, trace, parent, flags) = (next(2)?, next(32)?, next(16)?, next(2)?);
        let named = |id: &str| id.bytes().any(|digit| digit != b'0');
        let ends = parts.next().is_none();
        (ends && version == VERSION && named(trace) && named(parent)).then(|| Self {
            trace: trace.to_owned(),
            parent: parent.to_owned(),
            sampled: is_sampled(flags),
        })
    }
}

fn is_hex(text: &str, digits: usize) -> bool {
    let lower = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    text.len() == digits && text.bytes().all(lower)
}

/// Whether the lowest bit is set; the others mean nothing yet.
fn is_sampled(flags: &str) -> bool {
    u8::from_str_radix(flags, 16).is_ok_and(|flags| flags & 1 == 1)
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderName, HeaderValue};

    use super::*;

    const GOOD: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    #[test]
    fn a_well_formed_header_names_trace_and_parent() {
        let context = TraceContext::parse(GOOD).unwrap();
        assert_eq!(context.trace, "4bf92f3577b34da6a3ce929d0e0e4736");
        assert_eq!(context.parent, "00f067aa0ba902b7");
    }

    #[test]
    fn only_one_flag_counts() {
        for (flags, sampled) in [("00", false), ("01", true), ("02", false), ("ff", true)] {
            assert_eq!(is_sampled(flags), sampled, "{flags}");
        }
    }

    #[test]
    fn anything_else_is_ignored() {
        for odd in [
            "",
            "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
            " 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        ] {
            assert_eq!(TraceContext::parse(odd), None, "{odd}");
        }
        let mut headers = HeaderMap::new();
        let name = HeaderName::from_static(HEADER);
        headers.append(name.clone(), HeaderValue::from_static(GOOD));
        assert!(TraceContext::of(&headers).is_some());
        headers.append(name, HeaderValue::from_static(GOOD));
        assert_eq!(TraceContext::of(&headers), None);
    }
}
