//! Whole numbers.

use async_graphql::{InputValueError, InputValueResult, Number, Scalar, ScalarType, Value};
use domain::Decimal;

use crate::selection::Selected;
use crate::write::{Output, Writer, Wrote};

/// A number of 64 bits, which must not travel as `Int`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct BigInt(pub(crate) i64);

/// A whole number that may exceed 32 bits, written as a JSON number. Values stay within ±2^53, so
/// that every JSON reader gets them exactly.
#[Scalar]
impl ScalarType for BigInt {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::Number(number) => exact(number).map(Self),
            _ => None,
        }
        .ok_or_else(|| InputValueError::expected_type(value))
    }

    fn is_valid(value: &Value) -> bool {
        matches!(value, Value::Number(number) if exact(number).is_some())
    }

    fn to_value(&self) -> Value {
        Value::Number(self.0.into())
    }
}

impl Output for BigInt {
    fn write(&self, field: &Selected, writer: &mut Writer<'_>) -> Wrote {
        self.0.write(field, writer)
    }
}

fn exact(number: &Number) -> Option<i64> {
    const LARGEST: u64 = 1 << 53;
    number
        .as_i64()
        .filter(|value| value.unsigned_abs() <= LARGEST)
}

/// A measured number as `Float`: its decimal places survive, since they are few.
pub(crate) fn fraction(number: Decimal) -> f64 {
    number.to_string().parse().unwrap_or_default()
}

/// A count as `Int`; more than that type can hold is printed as its largest value.
pub(crate) fn int<N: TryInto<i32>>(count: N) -> i32 {
    count.try_into().unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_exact_in_every_json_reader() {
        let valid = |number: i64| BigInt::is_valid(&Value::from(number));
        assert!(valid(1 << 53) && valid(-(1 << 53)));
        assert!(!valid((1 << 53) + 1) && !valid(i64::MIN));
    }
}
