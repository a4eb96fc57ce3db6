//! Values of settings as people write them, on the command line and in the settings file.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;
use std::time::Duration;

use gateway::{DocumentMode, HttpProfile};
use ipnet::IpNet;
use serde::{Deserialize, Deserializer};

/// Reads a value of the settings file, where numbers and booleans need no quotes.
fn from_file<'de, D: Deserializer<'de>, T: FromStr<Err = String>>(
    deserializer: D,
) -> Result<T, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Text(String),
        Number(i64),
        Switch(bool),
    }
    let text = match Written::deserialize(deserializer)? {
        Written::Text(text) => text,
        Written::Number(number) => number.to_string(),
        Written::Switch(on) => if on { "on" } else { "off" }.to_owned(),
    };
    text.parse().map_err(serde::de::Error::custom)
}

/// Declares a value with its two conversions; it is written and read in the words of its `Display`
/// and `FromStr`.
macro_rules! value {
    ($(#[doc = $doc:literal])+ $name:ident($inner:ty)) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub(crate) struct $name($inner);

        impl From<$name> for $inner {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl From<$inner> for $name {
            fn from(value: $inner) -> Self {
                Self(value)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                from_file(deserializer)
            }
        }
    };
}

value! {
    /// A time: `300ms`, `5s`, `2m`, `1h` or `90d`.
    Period(Duration)
}

/// Milliseconds of a day.
const DAY: u64 = 86_400_000;

impl FromStr for Period {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "\"{text}\" is no time: expected a whole number and a unit, such as 300ms, 5s or 90d"
            )
        };
        let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let number: u64 = digits.parse().map_err(|_not_a_number| wrong())?;
        let millis = match text.strip_prefix(digits).unwrap_or_default() {
            "ms" => 1,
            "s" => 1_000,
            "m" => 60_000,
            "h" => 3_600_000,
            "d" => DAY,
            _ => return Err(wrong()),
        };
        let millis = number.checked_mul(millis).ok_or_else(wrong)?;
        Ok(Self(Duration::from_millis(millis)))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let millis = self.0.as_millis();
        if millis > 0 && millis.is_multiple_of(DAY.into()) {
            write!(f, "{}d", millis / u128::from(DAY))
        } else if millis.is_multiple_of(1_000) {
            write!(f, "{}s", millis / 1_000)
        } else {
            write!(f, "{millis}ms")
        }
    }
}

value! {
    /// A number of bytes: `65536`, `64KiB` or `8MiB`.
    Bytes(usize)
}

const UNITS: [(&str, usize); 4] = [
    ("GiB", 1 << 30),
    ("MiB", 1 << 20),
    ("KiB", 1 << 10),
    ("", 1),
];

impl FromStr for Bytes {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = UNITS.iter().find_map(|(unit, bytes)| {
            let number: usize = text.strip_suffix(unit)?.trim_end().parse().ok()?;
            number.checked_mul(*bytes)
        });
        found.map(Self).ok_or_else(|| {
            format!(
                "\"{text}\" is no size: expected a number of bytes, such as 65536, 64KiB or 8MiB"
            )
        })
    }
}

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fits = |(_, bytes): &&(&str, usize)| self.0 >= *bytes && self.0.is_multiple_of(*bytes);
        match UNITS.iter().find(fits) {
            Some((unit, bytes)) => write!(f, "{}{unit}", self.0 / bytes),
            None => write!(f, "{}", self.0),
        }
    }
}

value! {
    /// `on` or `off`.
    Switch(bool)
}

impl FromStr for Switch {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "on" | "true" => Ok(Self(true)),
            "off" | "false" => Ok(Self(false)),
            _ => Err(format!("\"{text}\" is neither on nor off")),
        }
    }
}

impl fmt::Display for Switch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0 { "on" } else { "off" })
    }
}

value! {
    /// A number of things of which there has to be one.
    Count(usize)
}

impl FromStr for Count {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = text.parse().ok().filter(|number| *number > 0);
        let wrong = || format!("\"{text}\" is no number of at least 1");
        number.map(Self).ok_or_else(wrong)
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

value! {
    /// A number of requests of a batch.
    BatchSize(usize)
}

/// A batch never has more requests than this.
const MAX_BATCH: usize = 10;

impl FromStr for BatchSize {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = text.parse().ok().filter(|number| *number <= MAX_BATCH);
        let wrong = || format!("\"{text}\" is no number from 0 to {MAX_BATCH}");
        number.map(Self).ok_or_else(wrong)
    }
}

impl fmt::Display for BatchSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

value! {
    /// Which statuses answers have: `audit` or `draft-2026`.
    Profile(HttpProfile)
}

impl FromStr for Profile {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "audit" => Ok(Self(HttpProfile::Audit)),
            "draft-2026" => Ok(Self(HttpProfile::Draft2026)),
            _ => Err(format!("\"{text}\" is neither audit nor draft-2026")),
        }
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            HttpProfile::Audit => "audit",
            HttpProfile::Draft2026 => "draft-2026",
        })
    }
}

value! {
    /// Which documents are answered: `off`, `allow`, `prefer` or `only`.
    Mode(DocumentMode)
}

const MODES: [(&str, DocumentMode); 4] = [
    ("off", DocumentMode::Off),
    ("allow", DocumentMode::Allow),
    ("prefer", DocumentMode::Prefer),
    ("only", DocumentMode::Only),
];

impl FromStr for Mode {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = MODES.iter().find(|(name, _)| *name == text);
        found
            .map(|(_, mode)| Self(*mode))
            .ok_or_else(|| format!("\"{text}\" is none of off, allow, prefer and only"))
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = MODES.iter().find(|(_, mode)| *mode == self.0);
        f.write_str(found.map_or("", |(name, _)| name))
    }
}

/// Declares a list: separated by commas on the command line, an array or one text in the file.
macro_rules! list {
    ($(#[doc = $doc:literal])+ $name:ident of $item:ty, read by $read:expr) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub(crate) struct $name(Vec<$item>);

        impl From<$name> for Vec<$item> {
            fn from(list: $name) -> Self {
                list.0
            }
        }

        impl From<Vec<$item>> for $name {
            fn from(items: Vec<$item>) -> Self {
                Self(items)
            }
        }

        impl FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
                items.map($read).collect::<Result<_, _>>().map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let items: Vec<String> = self.0.iter().map(ToString::to_string).collect();
                f.write_str(if items.is_empty() { "none" } else { "" })?;
                f.write_str(&items.join(","))
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                #[derive(Deserialize)]
                #[serde(untagged)]
                enum Written {
                    Text(String),
                    Items(Vec<String>),
                }
                let text = match Written::deserialize(deserializer)? {
                    Written::Text(text) => text,
                    Written::Items(items) => items.join(","),
                };
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

list! {
    /// Web origins, each as a browser sends it: scheme, host, and port unless it is the usual one.
    Origins of String, read by origin
}

list! {
    /// Networks such as `10.0.0.0/8`, and single addresses.
    Networks of IpNet, read by network
}

fn origin(text: &str) -> Result<String, String> {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let host = rest.filter(|host| {
        !host.is_empty()
            && host
                .bytes()
                .all(|byte| byte.is_ascii_graphic() && !b"/*?#".contains(&byte))
    });
    host.map(|_| text.to_ascii_lowercase()).ok_or_else(|| {
        format!("\"{text}\" is no origin: expected scheme and host without path, such as https://jobs.example.com")
    })
}

fn network(text: &str) -> Result<IpNet, String> {
    let address = text.parse::<IpAddr>().map(IpNet::from);
    let network = text.parse::<IpNet>().ok().or(address.ok());
    network.ok_or_else(|| {
        format!("\"{text}\" is no network: expected an address and a length, such as 10.0.0.0/8")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<T: FromStr<Err = String> + fmt::Display>(text: &str) -> Result<String, String> {
        text.parse::<T>().map(|value| value.to_string())
    }

    #[test]
    fn times_and_sizes_have_units() {
        for (text, shown) in [
            ("300ms", "300ms"),
            ("5s", "5s"),
            ("2m", "120s"),
            ("1500ms", "1500ms"),
            ("25h", "90000s"),
            ("48h", "2d"),
            ("90d", "90d"),
            ("0d", "0s"),
        ] {
            assert_eq!(read::<Period>(text).unwrap(), shown);
        }
        for odd in [
            "",
            "5",
            "s",
            "-1s",
            "5 s",
            "1w",
            "99999999999999999999s",
            "99999999999999999h",
        ] {
            assert!(
                read::<Period>(odd).unwrap_err().contains("no time"),
                "{odd}"
            );
        }
        for (text, shown) in [
            ("0", "0"),
            ("1000", "1000"),
            ("65536", "64KiB"),
            ("8 MiB", "8MiB"),
        ] {
            assert_eq!(read::<Bytes>(text).unwrap(), shown);
        }
        for odd in [
            "",
            "KiB",
            "-1",
            "1kb",
            "99999999999999999999",
            "99999999999GiB",
        ] {
            assert!(read::<Bytes>(odd).unwrap_err().contains("no size"), "{odd}");
        }
    }

    #[test]
    fn numbers_have_a_range() {
        assert_eq!(read::<Count>("1").unwrap(), "1");
        assert!(read::<Count>("0").is_err() && read::<Count>("-1").is_err());
        assert_eq!(read::<BatchSize>("0").unwrap(), "0");
        assert_eq!(read::<BatchSize>("10").unwrap(), "10");
        assert!(read::<BatchSize>("11").is_err() && read::<BatchSize>("many").is_err());
    }

    #[test]
    fn words_are_what_is_documented() {
        assert_eq!(read::<Switch>("on").unwrap(), "on");
        assert!(read::<Switch>("yes").is_err());
        assert_eq!(read::<Profile>("draft-2026").unwrap(), "draft-2026");
        assert!(read::<Profile>("draft").is_err());
        for mode in ["off", "allow", "prefer", "only"] {
            assert_eq!(read::<Mode>(mode).unwrap(), mode);
        }
        assert!(read::<Mode>("on").is_err());
    }

    #[test]
    fn lists_are_separated_by_commas() {
        let networks = "10.0.0.0/8, 192.168.1.1,::1";
        assert_eq!(
            read::<Networks>(networks).unwrap(),
            "10.0.0.0/8,192.168.1.1/32,::1/128"
        );
        assert!(read::<Networks>("10.0.0.0/40").is_err());
        assert!(read::<Networks>("localhost").is_err());
        assert_eq!(
            read::<Origins>("https://A.example:8443").unwrap(),
            "https://a.example:8443"
        );
        assert_eq!(read::<Origins>("").unwrap(), "none");
        for odd in [
            "*",
            "https://",
            "a.example",
            "https://a/b",
            "https://*.a",
            "ftp://a",
        ] {
            assert!(
                read::<Origins>(odd).unwrap_err().contains("no origin"),
                "{odd}"
            );
        }
    }
}
