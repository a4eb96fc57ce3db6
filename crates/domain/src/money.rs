//! Money: whole minor units of an ISO 4217 currency, never floating point.

use std::fmt;

/// Currencies whose minor unit is not a hundredth, with the number of decimal digits they have.
const UNUSUAL_EXPONENTS: &[(&str, u32)] = &[
    ("BHD", 3),
    ("BIF", 0),
    ("CLF", 4),
    ("CLP", 0),
    ("DJF", 0),
    ("GNF", 0),
    ("IQD", 3),
    ("ISK", 0),
    ("JOD", 3),
    ("JPY", 0),
    ("KMF", 0),
    ("KRW", 0),
    ("KWD", 3),
    ("LYD", 3),
    ("OMR", 3),
    ("PYG", 0),
    ("RWF", 0),
    ("TND", 3),
    ("UGX", 0),
    ("UYI", 0),
    ("UYW", 4),
    ("VND", 0),
    ("VUV", 0),
    ("XAF", 0),
    ("XOF", 0),
    ("XPF", 0),
];

/// Currencies with two decimal digits.
const USUAL: &[&str] = &[
    "AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN",
    "BMD", "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF", "CNY",
    "COP", "CRC", "CUP", "CVE", "CZK", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD",
    "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF", "IDR",
    "ILS", "INR", "IRR", "JMD", "KES", "KGS", "KHR", "KPW", "KYD", "KZT", "LAK", "LBP", "LKR",
    "LRD", "LSL", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK",
    "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "PAB", "PEN", "PGK", "PHP",
    "PKR", "PLN", "QAR", "RON", "RSD", "RUB", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP",
    "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS", "TMT", "TOP", "TRY",
    "TTD", "TWD", "TZS", "UAH", "USD", "UYU", "UZS", "VED", "VES", "WST", "XCD", "YER", "ZAR",
    "ZMW", "ZWG",
];

/// A text that is not the code of a currency in use.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{value}\" is not an ISO 4217 currency code such as USD")]
pub struct InvalidCurrency {
    /// The text as it was given.
    pub value: String,
}

/// An ISO 4217 currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency {
    code: &'static str,
    exponent: u32,
}

impl Currency {
    /// Reads a code of three capital letters.
    pub fn parse(code: &str) -> Result<Self, InvalidCurrency> {
        let usual = USUAL
            .iter()
            .find(|known| **known == code)
            .map(|code| (*code, 2));
        usual
            .or_else(|| {
                UNUSUAL_EXPONENTS
                    .iter()
                    .find(|(known, _)| *known == code)
                    .copied()
            })
            .map(|(code, exponent)| Self { code, exponent })
            .ok_or_else(|| InvalidCurrency {
                value: code.to_owned(),
            })
    }

    /// The code of three capital letters.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.code
    }

    /// How many decimal digits the minor unit stands for: 2 for USD, 0 for JPY, 3 for KWD.
    #[must_use]
    pub const fn exponent(self) -> u32 {
        self.exponent
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)
    }
}

/// An amount in whole minor units, such as cents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    /// The amount; never negative in this catalogue.
    pub minor_units: i64,
    /// What the units are of.
    pub currency: Currency,
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scale = 10_i64.pow(self.currency.exponent);
        let (whole, part) = (self.minor_units / scale, (self.minor_units % scale).abs());
        match usize::try_from(self.currency.exponent) {
            Ok(width) if width > 0 => {
                write!(f, "{whole}.{part:0width$} {}", self.currency)
            }
            _ => write!(f, "{whole} {}", self.currency),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(minor_units: i64, code: &str) -> String {
        Money {
            minor_units,
            currency: Currency::parse(code).unwrap(),
        }
        .to_string()
    }

    #[test]
    fn amounts_print_with_the_digits_of_their_currency() {
        assert_eq!(money(11_800_000, "USD"), "118000.00 USD");
        assert_eq!(money(5_000_000, "JPY"), "5000000 JPY");
        assert_eq!(money(1_005, "KWD"), "1.005 KWD");
    }

    #[test]
    fn a_currency_is_never_guessed() {
        assert!(Currency::parse("usd").is_err());
        assert!(Currency::parse("XXX").is_err());
    }
}
