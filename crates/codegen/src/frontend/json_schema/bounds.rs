//! The bounds that a contract sets to its numbers, and the types that hold what is within them.

use crate::model::{Narrow, Type};
use crate::tree::{Number, Tree};

/// The bounds of a number, of all schemas that apply to it.
#[derive(Default)]
pub(super) struct Bounds<'d> {
    lower: Vec<Limit<'d>>,
    upper: Vec<Limit<'d>>,
    divisors: Vec<&'d Number>,
}

struct Limit<'d> {
    number: &'d Number,
    is_exclusive: bool,
}

impl<'d> Bounds<'d> {
    /// Adds the bounds of one schema, whose keywords `keyword` returns.
    pub(super) fn add(&mut self, keyword: impl Fn(&str) -> Option<&'d Tree>) {
        let number = |name: &str| match keyword(name) {
            Some(Tree::Number(number)) => Some(number),
            _ => None,
        };
        // In draft-04 the exclusive bounds are flags.
        let is_flagged = |name: &str| keyword(name) == Some(&Tree::Bool(true));
        for (limits, bound, exclusive) in [
            (&mut self.lower, "minimum", "exclusiveMinimum"),
            (&mut self.upper, "maximum", "exclusiveMaximum"),
        ] {
            let is_exclusive = is_flagged(exclusive);
            limits.extend(number(bound).map(|number| Limit { number, is_exclusive }));
            limits.extend(number(exclusive).map(|number| Limit { number, is_exclusive: true }));
        }
        self.divisors.extend(number("multipleOf"));
    }

    /// The least integer within the bounds, if there is a bound below; saturates.
    fn least(&self) -> Option<i128> {
        let least = |limit: &Limit<'_>| {
            let (floor, is_whole) = limit.number.floor();
            floor.saturating_add(i128::from(!is_whole || limit.is_exclusive))
        };
        self.lower.iter().map(least).max()
    }

    /// The largest integer within the bounds, if there is a bound above; saturates.
    fn largest(&self) -> Option<i128> {
        let largest = |limit: &Limit<'_>| {
            let (floor, is_whole) = limit.number.floor();
            floor.saturating_sub(i128::from(is_whole && limit.is_exclusive))
        };
        self.upper.iter().map(largest).min()
    }

    /// Returns whether a bound is beyond a 64-bit integer.
    pub(super) fn exceed_integer(&self, is_unsigned: bool) -> bool {
        let held = match is_unsigned {
            true => i128::from(u64::MIN)..=i128::from(u64::MAX),
            false => i128::from(i64::MIN)..=i128::from(i64::MAX),
        };
        [self.least(), self.largest()].iter().flatten().any(|bound| !held.contains(bound))
    }

    /// Returns whether a bound is beyond a decimal of 96 bits with at most 28 digits after the point.
    pub(super) fn exceed_decimal(&self) -> bool {
        let beyond = |limits: &[Limit<'_>]| {
            !limits.is_empty() && !limits.iter().any(|limit| limit.number.fits_decimal())
        };
        beyond(&self.lower)
            || beyond(&self.upper)
            || self.divisors.iter().any(|divisor| !divisor.fits_decimal())
    }

    /// Returns the narrowest type of fewer than 64 bits that holds the integers within the bounds.
    pub(super) fn narrowest(&self) -> Option<Type> {
        let (least, largest) = (self.least()?, self.largest()?);
        let unsigned = [
            (i128::from(u8::MAX), Type::Narrow(Narrow::Unsigned8)),
            (i128::from(u16::MAX), Type::Narrow(Narrow::Unsigned16)),
            (i128::from(u32::MAX), Type::Narrow(Narrow::Unsigned32)),
        ];
        let signed = [
            (i128::from(i8::MAX), Type::Narrow(Narrow::Integer8)),
            (i128::from(i16::MAX), Type::Narrow(Narrow::Integer16)),
            (i128::from(i32::MAX), Type::Integer32),
        ];
        let types = if least >= 0 { unsigned } else { signed };
        // A signed type reaches one further below zero.
        let holds = |most: i128| largest <= most && least >= -most - 1;
        types.into_iter().find(|(most, _)| holds(*most)).map(|(_, ty)| ty)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with<T>(schema: &str, act: impl Fn(&Bounds<'_>) -> T) -> T {
        let schema = Tree::parse(schema).unwrap();
        let mut bounds = Bounds::default();
        bounds.add(|keyword| schema.get(keyword));
        act(&bounds)
    }

    #[test]
    fn bounds_of_integers_are_rounded_inwards() {
        for (schema, least, largest) in [
            (r#"{"minimum": 0.5, "maximum": 2.5}"#, 1, 2),
            (r#"{"minimum": -0.5, "maximum": -1e-40}"#, 0, -1),
            (r#"{"exclusiveMinimum": 0, "exclusiveMaximum": 256}"#, 1, 255),
            (r#"{"exclusiveMinimum": -2.5, "exclusiveMaximum": 1e2}"#, -2, 99),
            (r#"{"minimum": 1, "exclusiveMinimum": true, "maximum": 9}"#, 2, 9),
            (r#"{"minimum": -1e300, "maximum": 1e300}"#, i128::MIN, i128::MAX),
        ] {
            let bounds = with(schema, |bounds| (bounds.least(), bounds.largest()));
            assert_eq!(bounds, (Some(least), Some(largest)), "{schema}");
        }
    }

    #[test]
    fn narrowest_type_holds_both_bounds() {
        for (schema, ty) in [
            (r#"{"minimum": 0, "maximum": 255}"#, Some(Type::Narrow(Narrow::Unsigned8))),
            (r#"{"minimum": 0, "exclusiveMaximum": 257}"#, Some(Type::Narrow(Narrow::Unsigned16))),
            (r#"{"minimum": -128, "maximum": 127}"#, Some(Type::Narrow(Narrow::Integer8))),
            (r#"{"minimum": -129, "maximum": 127}"#, Some(Type::Narrow(Narrow::Integer16))),
            (r#"{"minimum": -1, "maximum": 65535}"#, Some(Type::Integer32)),
            (r#"{"minimum": 0, "maximum": 4294967296}"#, None),
            (r#"{"minimum": 0}"#, None),
            (r#"{"maximum": 5}"#, None),
        ] {
            assert_eq!(with(schema, |bounds| bounds.narrowest()), ty, "{schema}");
        }
    }

    #[test]
    fn bounds_beyond_the_usual_types_are_found() {
        for (schema, unsigned, signed, decimal) in [
            (r#"{"minimum": 0, "maximum": 18446744073709551615}"#, false, true, false),
            (r#"{"minimum": 0, "exclusiveMaximum": 18446744073709551616}"#, false, true, false),
            (r#"{"maximum": 1.8446744073709552e19}"#, true, true, false),
            (r#"{"minimum": -9223372036854775808}"#, true, false, false),
            (r#"{"maximum": 79228162514264337593543950335}"#, true, true, false),
            (r#"{"maximum": 79228162514264337593543950336}"#, true, true, true),
            (r#"{"exclusiveMinimum": 1e-29}"#, false, false, true),
            (r#"{"multipleOf": 1e-30}"#, false, false, true),
            (r#"{"minimum": -1e-28, "maximum": 1e28}"#, true, true, false),
        ] {
            let found = with(schema, |bounds| {
                (bounds.exceed_integer(true), bounds.exceed_integer(false), bounds.exceed_decimal())
            });
            assert_eq!(found, (unsigned, signed, decimal), "{schema}");
        }
    }
}
