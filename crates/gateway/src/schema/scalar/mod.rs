//! Scalars of our own: strict both ways, so that a value that is read or printed is well formed.

mod code;
mod json;
mod moment;
mod number;

use async_graphql::{ScalarType as _, Value};

pub(crate) use code::{CurrencyCode, Locale, Slug};
pub(crate) use json::Json;
pub(crate) use moment::{Date, DateTime};
pub(crate) use number::{BigInt, fraction, int};

/// How values of a type look, as the end of a sentence that names the type; empty for types that
/// need no explanation.
pub(crate) fn expectation(type_name: &str) -> &'static str {
    match type_name {
        "Slug" => ", lower-case letters and digits joined by single hyphens",
        "Locale" => ", a BCP 47 language tag such as en or pt-BR",
        "DateTime" => ", a moment such as 2026-03-14T09:26:53Z",
        "Date" => ", a day such as 2026-03-14",
        _ => "",
    }
}

/// Whether a value of the input certainly can be read as a scalar of this name; types that are
/// not ours are not known here.
pub(crate) fn is_valid(type_name: &str, value: &Value) -> bool {
    match type_name {
        "Slug" => Slug::is_valid(value),
        "Locale" => Locale::is_valid(value),
        "CurrencyCode" => CurrencyCode::is_valid(value),
        "DateTime" => DateTime::is_valid(value),
        "Date" => Date::is_valid(value),
        "BigInt" => BigInt::is_valid(value),
        _ => false,
    }
}

/// Declares a scalar around a domain value that is read from a string and printed as one.
macro_rules! text_scalar {
    (
        $(#[doc = $doc:literal])+
        $name:ident($inner:ty) $(, specified by $url:literal)?, read by $read:expr
    ) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, PartialEq)]
        pub(crate) struct $name(pub(crate) $inner);

        $(#[doc = $doc])+
        #[async_graphql::Scalar$((specified_by_url = $url))?]
        impl async_graphql::ScalarType for $name {
            fn parse(value: async_graphql::Value) -> async_graphql::InputValueResult<Self> {
                match &value {
                    async_graphql::Value::String(text) => Ok(Self($read(text)?)),
                    _ => Err(async_graphql::InputValueError::expected_type(value)),
                }
            }

            fn is_valid(value: &async_graphql::Value) -> bool {
                matches!(value, async_graphql::Value::String(text) if $read(text).is_ok())
            }

            fn to_value(&self) -> async_graphql::Value {
                async_graphql::Value::String(self.0.to_string())
            }
        }

        impl crate::write::Output for $name {
            fn write(
                &self,
                field: &crate::selection::Selected,
                writer: &mut crate::write::Writer<'_>,
            ) -> crate::write::Wrote {
                writer.displayed(&self.0, field);
                Ok(())
            }
        }
    };
}
use text_scalar;

#[cfg(test)]
mod tests {
    use async_graphql::{ScalarType, Value};

    use super::*;

    fn valid<S: ScalarType>(text: &str) -> bool {
        let value = Value::String(text.to_owned());
        assert_eq!(S::is_valid(&value), S::parse(value.clone()).is_ok());
        S::is_valid(&value)
    }

    #[test]
    fn texts_are_read_strictly() {
        assert!(valid::<Slug>("data-engineer") && !valid::<Slug>("Data Engineer"));
        assert!(valid::<Locale>("pt-BR") && !valid::<Locale>("en_US"));
        assert!(valid::<CurrencyCode>("USD") && !valid::<CurrencyCode>("usd"));
        assert!(valid::<DateTime>("2026-03-14T09:26:53+01:00") && !valid::<DateTime>("2026-03-14"));
        assert!(valid::<Date>("2026-03-14") && !valid::<Date>("2026-3-14"));
        assert!(!Slug::is_valid(&Value::from(7)));
    }
}
