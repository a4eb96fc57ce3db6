//! The headers in which proxies tell for whom they forward.

use std::net::{IpAddr, SocketAddr};

/// The hops of a line of `X-Forwarded-For`, the client first; `None` where there is no address.
pub(super) fn customary(line: &str) -> Vec<Option<IpAddr>> {
    line.split(',').map(|hop| node(hop.trim())).collect()
}

/// The hops of a line of `Forwarded` (RFC 7239), the client first; `None` where a hop is hidden,
/// unknown or not told. A line with a quote that does not end is one hop that cannot be read.
pub(super) fn standard(line: &str) -> Vec<Option<IpAddr>> {
    let Some(elements) = unquoted_parts(line, ',') else {
        return vec![None];
    };
    elements.into_iter().map(element).collect()
}

/// The address in the `for` of an element; an element with two of them tells nothing.
fn element(element: &str) -> Option<IpAddr> {
    let pairs = unquoted_parts(element, ';')?;
    let mut nodes = pairs.into_iter().filter_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        name.trim().eq_ignore_ascii_case("for").then_some(value)
    });
    let only = nodes.next().filter(|_| nodes.next().is_none())?.trim();
    let quoted = only.strip_prefix('"');
    node(quoted.map_or(Some(only), |rest| rest.strip_suffix('"'))?)
}

/// An address as proxies write it: with or without a port, IPv6 with or without brackets.
fn node(text: &str) -> Option<IpAddr> {
    let bracketed = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let plain = bracketed.unwrap_or(text).parse().ok();
    plain.or_else(|| {
        text.parse()
            .ok()
            .map(|with_port: SocketAddr| with_port.ip())
    })
}

/// The parts between separators outside of quotes; `None` when a quote does not end.
fn unquoted_parts(text: &str, separator: char) -> Option<Vec<&str>> {
    let (mut quoted, mut escaped) = (false, false);
    let parts: Vec<&str> = text
        .split(|character| {
            if escaped {
                escaped = false;
            } else if character == '\\' {
                escaped = quoted;
            } else if character == '"' {
                quoted = !quoted;
            } else {
                return character == separator && !quoted;
            }
            false
        })
        .collect();
    (!quoted).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_in_every_usual_form() {
        for (text, address) in [
            ("192.0.2.1", "192.0.2.1"),
            ("192.0.2.1:80", "192.0.2.1"),
            ("2001:db8::1", "2001:db8::1"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("[2001:db8::1]:443", "2001:db8::1"),
        ] {
            assert_eq!(node(text), Some(address.parse().unwrap()), "{text}");
        }
        for text in [
            "",
            "unknown",
            "_secret",
            "192.0.2.256",
            "192.0.2.1:",
            "[::1",
            "host",
        ] {
            assert_eq!(node(text), None, "{text}");
        }
    }

    #[test]
    fn separators_inside_of_quotes_separate_nothing() {
        let line = r#"for="a,b\",c";by=x, FOR="[2001:db8::1]:80" , for=1.2.3.4;for=5.6.7.8"#;
        let address = Some("2001:db8::1".parse().unwrap());
        assert_eq!(standard(line), [None, address, None]);
        assert_eq!(standard(r#"for=1.2.3.4, for="1.2.3.4"#), [None]);
    }
}
