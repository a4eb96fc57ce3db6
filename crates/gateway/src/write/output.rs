//! Leaves, lists and whatever wraps another value.

use async_graphql::ID;

use super::{Output, Problem, Writer, Wrote};
use crate::error::ApiError;
use crate::selection::Selected;

impl<T: Output + ?Sized> Output for &T {
    fn write(&self, field: &Selected, writer: &mut Writer<'_>) -> Wrote {
        T::write(self, field, writer)
    }
}

impl<T: Output + ?Sized> Output for Box<T> {
    fn write(&self, field: &Selected, writer: &mut Writer<'_>) -> Wrote {
        T::write(self, field, writer)
    }
}

/// A value that may be null: it becomes null when something in it fails that must not be.
impl<T: Output> Output for Option<T> {
    fn write(&self, field: &Selected, writer: &mut Writer<'_>) -> Wrote {
        if let Some(value) = self {
            return writer.nullable(value, field);
        }
        writer.null(field);
        Ok(())
    }
}

impl<T: Output> Output for Result<T, ApiError> {
    fn write(&self, field: &Selected, writer: &mut Writer<'_>) -> Wrote {
        match self {
            Ok(value) => value.write(field, writer),
            Err(error) => Err(writer.fail(Problem::of_resolver(error.clone(), field.pos()))),
        }
    }
}

impl<T: Output> Output for [T] {
    fn write(&self, field: &Selected, writer: &mut Writer<'_>) -> Wrote {
        writer.list(self, field)
    }
}

impl<T: Output> Output for Vec<T> {
    fn write(&self, field: &Selected, writer: &mut Writer<'_>) -> Wrote {
        writer.list(self, field)
    }
}

impl Output for str {
    fn write(&self, field: &Selected, writer: &mut Writer<'_>) -> Wrote {
        writer.text(self, field);
        Ok(())
    }
}

impl Output for String {
    fn write(&self, field: &Selected, writer: &mut Writer<'_>) -> Wrote {
        writer.text(self, field);
        Ok(())
    }
}

impl Output for ID {
    fn write(&self, field: &Selected, writer: &mut Writer<'_>) -> Wrote {
        writer.text(self, field);
        Ok(())
    }
}

impl Output for bool {
    fn write(&self, field: &Selected, writer: &mut Writer<'_>) -> Wrote {
        writer.bare(if *self { "true" } else { "false" }, field);
        Ok(())
    }
}

/// Whole numbers, which need no quotes.
macro_rules! numbers {
    ($($number:ty),+) => {$(
        impl Output for $number {
            fn write(&self, field: &Selected, writer: &mut Writer<'_>) -> Wrote {
                writer.number((*self).into(), field);
                Ok(())
            }
        }
    )+};
}
numbers!(i32, i64, u16, u32);

/// A number with a fraction.
impl Output for f64 {
    fn write(&self, field: &Selected, writer: &mut Writer<'_>) -> Wrote {
        writer.fraction(*self, field);
        Ok(())
    }
}
