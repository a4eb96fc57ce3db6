//! Which media types a client sends and takes.

use actix_web::http::header::{ACCEPT, CONTENT_ENCODING, HeaderMap, HeaderName};
use actix_web::{HttpMessage as _, HttpRequest, mime};

/// The media type of event streams.
pub(super) const EVENT_STREAM: &str = "text/event-stream";

/// The media types of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MediaType {
    /// `application/graphql-response+json`: the status tells what happened.
    GraphqlResponse,
    /// `application/json`: a well-formed request is answered with 200.
    Json,
}

impl MediaType {
    /// The value of `Content-Type`.
    pub(super) fn content_type(self) -> &'static str {
        match self {
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }

    /// The media type itself.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::GraphqlResponse => "application/graphql-response+json",
            Self::Json => "application/json",
        }
    }

    /// The media type that the client likes best; `None` when it takes neither.
    pub(super) fn accepted(headers: &HeaderMap) -> Option<Self> {
        let ranges = ranges(headers, ACCEPT);
        if ranges.is_empty() {
            return Some(Self::Json);
        }
        let modern = Self::GraphqlResponse.liking(&ranges);
        let plain = Self::Json.liking(&ranges);
        match (modern, plain) {
            (None, None) => None,
            // A client that names the newer type wants it; one that takes anything may not know it.
            (Some(modern), plain)
                if modern.exact && plain.is_none_or(|p| p.quality <= modern.quality) =>
            {
                Some(Self::GraphqlResponse)
            }
            (Some(_), None) => Some(Self::GraphqlResponse),
            (_, Some(_)) => Some(Self::Json),
        }
    }

    /// How much the most specific range that fits likes the type; `None` when it is not taken.
    fn liking(self, ranges: &[(&str, u16)]) -> Option<Liking> {
        let of = |name: &str| quality(ranges, name);
        let exact = of(self.name());
        let quality = exact
            .or_else(|| of("application/*"))
            .or_else(|| of("*/*"))?;
        (quality > 0).then_some(Liking {
            quality,
            exact: exact.is_some(),
        })
    }
}

#[derive(Clone, Copy)]
struct Liking {
    quality: u16,
    exact: bool,
}

/// The quality that an entry has; names are the same in any letter case.
pub(crate) fn quality(ranges: &[(&str, u16)], name: &str) -> Option<u16> {
    let mut ranges = ranges.iter();
    let found = ranges.find(|(range, _)| range.eq_ignore_ascii_case(name));
    found.map(|(_, quality)| *quality)
}

/// The entries of a header such as `Accept`, each with its quality in thousandths.
pub(crate) fn ranges(headers: &HeaderMap, name: HeaderName) -> Vec<(&str, u16)> {
    let values = headers
        .get_all(name)
        .filter_map(|value| value.to_str().ok());
    let entries = values.flat_map(|value| value.split(','));
    let entries = entries.map(|entry| {
        let mut parts = entry.split(';').map(str::trim);
        let range = parts.next().unwrap_or_default();
        let quality = parts.find_map(|part| part.strip_prefix("q=").or(part.strip_prefix("Q=")));
        (range, quality.map_or(1000, thousandths))
    });
    entries.filter(|(range, _)| !range.is_empty()).collect()
}

/// A quality from 0 to 1 with at most three decimals; anything else counts as 1.
fn thousandths(quality: &str) -> u16 {
    let (whole, decimals) = quality.split_once('.').unwrap_or((quality, ""));
    let decimals = format!("{decimals:0<3}").parse::<u16>();
    match (whole, decimals) {
        ("0", Ok(decimals)) if decimals < 1000 => decimals,
        _ => 1000,
    }
}

/// Whether the body, if there is one, is JSON in UTF-8 as it stands.
pub(super) fn takes_body(request: &HttpRequest) -> bool {
    let json = |mime: &mime::Mime| {
        let known = [MediaType::Json, MediaType::GraphqlResponse];
        let utf8 = mime
            .get_param(mime::CHARSET)
            .is_none_or(|charset| charset == mime::UTF_8);
        utf8 && known.iter().any(|known| known.name() == mime.essence_str())
    };
    let plain = |encoding: &str| encoding.eq_ignore_ascii_case("identity");
    let encoding = request.headers().get(CONTENT_ENCODING);
    let as_it_stands = encoding.is_none_or(|value| value.to_str().is_ok_and(plain));
    let mime = request.mime_type().ok().flatten();
    as_it_stands && mime.as_ref().is_some_and(json)
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    fn accepted(value: &str) -> Option<MediaType> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_str(value).unwrap());
        MediaType::accepted(&headers)
    }

    #[test]
    fn the_newer_type_is_for_clients_that_name_it() {
        assert_eq!(
            MediaType::accepted(&HeaderMap::new()),
            Some(MediaType::Json)
        );
        for any in [
            "*/*",
            "application/*",
            "text/html, */*;q=0.8",
            "application/json",
        ] {
            assert_eq!(accepted(any), Some(MediaType::Json), "{any}");
        }
        for modern in [
            "application/graphql-response+json",
            "application/json, application/graphql-response+json",
            "application/graphql-response+json; charset=utf-8, application/json;q=0.9",
            "application/json;q=0.5, application/graphql-response+json;q=0.75",
            "application/json;q=0, */*",
        ] {
            assert_eq!(
                accepted(modern),
                Some(MediaType::GraphqlResponse),
                "{modern}"
            );
        }
    }

    #[test]
    fn quality_decides_and_zero_refuses() {
        assert_eq!(
            accepted("application/graphql-response+json;q=0.2, application/json;q=0.3"),
            Some(MediaType::Json)
        );
        assert_eq!(accepted("text/html"), None);
        assert_eq!(accepted("application/json;q=0"), None);
        assert_eq!(accepted("*/*;q=0.0"), None);
    }
}
