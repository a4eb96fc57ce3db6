//! Who calls: the address that limits are kept by.

use std::future::{Ready, ready};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use actix_web::dev::Payload;
use actix_web::http::header::{FORWARDED, HeaderMap, HeaderName, X_FORWARDED_FOR};
use actix_web::{Error, FromRequest, HttpRequest, web};
use ipnet::IpNet;

use super::forwarded;
use crate::GatewaySettings;

/// Who calls. One household has one address of IPv4 or one network of 64 bits of IPv6, within
/// which it can pick as many addresses as it likes; so all of them are one caller.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Caller {
    /// The address, or the first one of its network.
    pub(crate) address: IpAddr,
    /// The address itself.
    pub(crate) exact: IpAddr,
}

impl Caller {
    /// The caller at an address.
    pub(crate) fn at(address: IpAddr) -> Self {
        let exact = address.to_canonical();
        let address = match exact {
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
            v4 @ IpAddr::V4(_) => v4,
        };
        Self { address, exact }
    }

    /// The caller behind a connection from `peer`.
    ///
    /// Headers about forwarding are believed as far as networks that the operator trusts wrote
    /// them. A proxy writes one of the two headers and may let the other one through, so a request
    /// in which they contradict each other counts as one of the proxy itself: nobody can choose
    /// whom a forged header is counted against.
    fn behind(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> Self {
        let standard = hops(headers, &FORWARDED, forwarded::standard);
        let customary = hops(headers, &X_FORWARDED_FOR, forwarded::customary);
        let address = match (standard, customary) {
            (Some(standard), Some(customary)) => {
                let (standard, customary) = (
                    walk(peer, &standard, trusted),
                    walk(peer, &customary, trusted),
                );
                if standard == customary {
                    standard
                } else {
                    peer
                }
            }
            (Some(hops), None) | (None, Some(hops)) => walk(peer, &hops, trusted),
            (None, None) => peer,
        };
        Self::at(address)
    }
}

impl FromRequest for Caller {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        // A connection without an address is one inside of the machine.
        let peer = request
            .peer_addr()
            .map_or(Ipv4Addr::UNSPECIFIED.into(), |peer| peer.ip());
        let settings = request.app_data::<web::Data<GatewaySettings>>();
        let trusted = settings.map_or(&[][..], |settings| &settings.edge.trusted_proxies);
        ready(Ok(Self::behind(peer, request.headers(), trusted)))
    }
}

/// The hops that a header names, the client first; `None` when there is no such header.
fn hops(
    headers: &HeaderMap,
    name: &HeaderName,
    read: impl Fn(&str) -> Vec<Option<IpAddr>>,
) -> Option<Vec<Option<IpAddr>>> {
    let lines = headers.get_all(name).map(|line| line.to_str().map(&read));
    // A line that is no text is a hop that cannot be read.
    let hops = lines.flat_map(|line| line.unwrap_or_else(|_| vec![None]));
    let hops: Vec<_> = hops.collect();
    (!hops.is_empty()).then_some(hops)
}

/// From the connection towards the client, as long as each hop vouches for the next one.
fn walk(peer: IpAddr, hops: &[Option<IpAddr>], trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |address: IpAddr| {
        let address = address.to_canonical();
        trusted.iter().any(|network| network.contains(&address))
    };
    let mut address = peer;
    for hop in hops.iter().rev() {
        match hop {
            Some(hop) if is_trusted(address) => address = *hop,
            _ => break,
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;
    use proptest::prelude::*;

    use super::*;

    const PROXY: &str = "10.0.0.7";

    fn caller(peer: &str, headers: &[(HeaderName, &str)]) -> IpAddr {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(name.clone(), HeaderValue::from_str(value).unwrap());
        }
        let trusted = ["10.0.0.0/8".parse().unwrap(), "fd00::/8".parse().unwrap()];
        Caller::behind(address(peer), &map, &trusted).address
    }

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_stranger_cannot_speak_for_somebody_else() {
        for name in [FORWARDED, X_FORWARDED_FOR] {
            for value in ["192.0.2.1", "for=192.0.2.1", "10.0.0.1, for=10.0.0.2"] {
                let found = caller("203.0.113.9", &[(name.clone(), value)]);
                assert_eq!(found, address("203.0.113.9"), "{value}");
            }
        }
    }

    #[test]
    fn the_first_address_that_is_no_proxy_is_the_caller() {
        for (name, value) in [
            (X_FORWARDED_FOR, "192.0.2.1"),
            (X_FORWARDED_FOR, "198.51.100.7, 192.0.2.1, 10.3.2.1"),
            (X_FORWARDED_FOR, "junk, 192.0.2.1:4711"),
            (FORWARDED, "for=198.51.100.7, for=192.0.2.1;proto=https"),
            (FORWARDED, "For=\"192.0.2.1:80\";by=10.0.0.7, for=10.3.2.1"),
        ] {
            let found = caller(PROXY, &[(name, value)]);
            assert_eq!(found, address("192.0.2.1"), "{value}");
        }
        let lines = [
            (X_FORWARDED_FOR, "198.51.100.7"),
            (X_FORWARDED_FOR, "192.0.2.1"),
        ];
        assert_eq!(caller(PROXY, &lines), address("192.0.2.1"));
    }

    #[test]
    fn what_cannot_be_read_ends_the_walk() {
        for (name, value, found) in [
            (X_FORWARDED_FOR, "192.0.2.1, unknown", PROXY),
            (X_FORWARDED_FOR, "192.0.2.1, , 10.3.2.1", "10.3.2.1"),
            (FORWARDED, "for=192.0.2.1, for=_hidden", PROXY),
            (FORWARDED, "for=192.0.2.1, proto=https", PROXY),
            (FORWARDED, "for=192.0.2.1, for=\"10.3.2.1", PROXY),
            (X_FORWARDED_FOR, "10.9.9.9", "10.9.9.9"),
        ] {
            assert_eq!(caller(PROXY, &[(name, value)]), address(found), "{value}");
        }
    }

    #[test]
    fn headers_that_contradict_each_other_are_not_believed() {
        let forged = [
            (FORWARDED, "for=198.51.100.7"),
            (X_FORWARDED_FOR, "192.0.2.1"),
        ];
        assert_eq!(caller(PROXY, &forged), address(PROXY));
        let agreed = [(FORWARDED, "for=192.0.2.1"), (X_FORWARDED_FOR, "192.0.2.1")];
        assert_eq!(caller(PROXY, &agreed), address("192.0.2.1"));
    }

    #[test]
    fn a_network_of_ipv6_is_one_caller() {
        let of = |text: &str| Caller::at(address(text)).address;
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
        let quoted = [(FORWARDED, "for=\"[2001:db8:1:2::1]:4711\"")];
        assert_eq!(caller("fd00::1", &quoted), address("2001:db8:1:2::"));
        let mapped = [(X_FORWARDED_FOR, "192.0.2.1")];
        assert_eq!(caller("::ffff:10.0.0.7", &mapped), address("192.0.2.1"));
    }

    proptest! {
        #[test]
        fn whatever_a_client_writes_the_proxy_has_the_last_word(
            junk in "[ -~]{0,60}",
            client in any::<Ipv4Addr>().prop_filter("no proxy", |a| a.octets()[0] != 10),
        ) {
            let appended = format!("{junk}, {client}");
            prop_assert_eq!(
                caller(PROXY, &[(X_FORWARDED_FOR, &appended)]),
                IpAddr::V4(client)
            );
            let own_line = format!("for={client}");
            prop_assert_eq!(
                caller(PROXY, &[(FORWARDED, &junk), (FORWARDED, &own_line)]),
                IpAddr::V4(client)
            );
        }

        #[test]
        fn whatever_a_stranger_writes_it_stays_itself(
            junk in "[ -~]{0,60}",
            other in "[ -~]{0,60}",
        ) {
            let headers = [(FORWARDED, junk.as_str()), (X_FORWARDED_FOR, other.as_str())];
            prop_assert_eq!(caller("203.0.113.9", &headers), address("203.0.113.9"));
        }
    }
}
