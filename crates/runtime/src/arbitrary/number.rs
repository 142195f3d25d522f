//! Numbers at and around every bound, in many notations.

use super::applied::Applied;
use super::dice::Dice;
use super::tree::Tree;
use crate::json::Number;
use crate::validate::schema::{Assertion, Representation};
use proptest::prelude::*;
use rust_decimal::Decimal;

/// Numbers that readers get wrong.
const NOTORIOUS: [&str; 24] = [
    "0",
    "-0",
    "1",
    "-1",
    "0.0",
    "-0.0",
    "0.1",
    "0.30000000000000004",
    "1e2",
    "1E+2",
    "12.0",
    "1.2e1",
    "-1e-06",
    "14.70",
    "9007199254740993",
    "2147483647",
    "-2147483648",
    "4294967296",
    "9223372036854775807",
    "-9223372036854775808",
    "79228162514264337593543950335",
    "-79228162514264337593543950335",
    "7.9228162514264337593543950335",
    "0.0000000000000000000000000001",
];

/// A number; whether it is within all bounds is for the caller to find out.
pub(super) fn number(dice: &mut Dice<'_>, applied: &Applied, is_integer: bool) -> Option<Tree> {
    let bounds: Vec<&'static str> = applied
        .assertions()
        .filter_map(|assertion| match *assertion {
            Assertion::Minimum(limit)
            | Assertion::Maximum(limit)
            | Assertion::ExclusiveMinimum(limit)
            | Assertion::ExclusiveMaximum(limit)
            | Assertion::MultipleOf(limit) => Some(limit),
            _ => None,
        })
        .collect();
    let divisor = applied.assertions().find_map(|assertion| match *assertion {
        Assertion::MultipleOf(divisor) => decimal(divisor),
        _ => None,
    });
    let text = match dice.below(5) {
        0 | 1 if !bounds.is_empty() => near(dice, &bounds, divisor, is_integer)?,
        0 => (*dice.pick(&NOTORIOUS)?).to_owned(),
        1 if is_integer => whole(dice, applied),
        2 => within(dice, &bounds, is_integer),
        _ if is_integer => small(dice, divisor, 0),
        _ => {
            let scale = u32::try_from(dice.below(5)).unwrap_or(0);
            small(dice, divisor, scale)
        }
    };
    Some(Tree::Number(text))
}

/// One of the bounds, or a step away from it.
fn near(
    dice: &mut Dice<'_>,
    bounds: &[&'static str],
    divisor: Option<Decimal>,
    is_integer: bool,
) -> Option<String> {
    let bound = *dice.pick(bounds)?;
    let Some(exact) = decimal(bound) else { return Some(bound.to_owned()) };
    let finest = if is_integer { Decimal::ONE } else { Decimal::new(1, 6) };
    let step = divisor.unwrap_or(finest);
    let moved = match dice.below(3) {
        0 => return Some(bound.to_owned()),
        1 => exact.checked_add(step),
        _ => exact.checked_sub(step),
    };
    moved.map(|number| number.to_string())
}

/// Any number between two bounds.
fn within(dice: &mut Dice<'_>, bounds: &[&'static str], is_integer: bool) -> String {
    let mut limits: Vec<Decimal> = bounds.iter().filter_map(|bound| decimal(bound)).collect();
    limits.sort();
    let low = limits.first().copied().unwrap_or(Decimal::NEGATIVE_ONE);
    let high = limits.last().copied().filter(|high| *high > low);
    let high = high.or_else(|| low.checked_add(Decimal::from(1_000))).unwrap_or(low);
    let part = Decimal::new(i64::try_from(dice.below(1_000_001)).unwrap_or(0), 6);
    let number = high.checked_sub(low).and_then(|span| span.checked_mul(part));
    let number = number.and_then(|above| low.checked_add(above)).unwrap_or(low);
    if is_integer { number.trunc().to_string() } else { number.to_string() }
}

/// Any integer that the type holds.
fn whole(dice: &mut Dice<'_>, applied: &Applied) -> String {
    let bits = dice.number();
    let mut representations = applied.assertions().filter_map(|assertion| match assertion {
        Assertion::Representation(representation) => Some(*representation),
        _ => None,
    });
    match representations.next() {
        Some(Representation::Integer8) => (bits.cast_signed() >> 56).to_string(),
        Some(Representation::Integer16) => (bits.cast_signed() >> 48).to_string(),
        Some(Representation::Integer32) => (bits.cast_signed() >> 32).to_string(),
        Some(Representation::Unsigned8) => (bits >> 56).to_string(),
        Some(Representation::Unsigned16) => (bits >> 48).to_string(),
        Some(Representation::Unsigned32) => (bits >> 32).to_string(),
        Some(Representation::Unsigned64) => bits.to_string(),
        // Any integer is held.
        None if dice.one_of(2) => format!("{}{:019}", bits.cast_signed() | 1, dice.number() >> 1),
        _ => bits.cast_signed().to_string(),
    }
}

fn small(dice: &mut Dice<'_>, divisor: Option<Decimal>, scale: u32) -> String {
    let digits = i64::try_from(dice.below(200_001)).unwrap_or(0) - 100_000;
    match divisor.and_then(|divisor| divisor.checked_mul(Decimal::from(digits))) {
        Some(multiple) => multiple.normalize().to_string(),
        None => Decimal::new(digits, scale).to_string(),
    }
}

fn decimal(text: &str) -> Option<Decimal> {
    crate::json::number::decimal(text)
}

/// Numbers of any size in any notation.
impl Arbitrary for Number {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;

    fn arbitrary_with((): ()) -> Self::Strategy {
        let texts = prop_oneof![
            proptest::sample::select(&NOTORIOUS[..]).prop_map(str::to_owned),
            any::<i64>().prop_map(|integer| integer.to_string()),
            any::<i128>().prop_map(|integer| integer.to_string()),
            (any::<i64>(), any::<u32>()).prop_map(|(whole, part)| format!("{whole}.{part}")),
            (any::<i64>(), any::<i16>())
                .prop_map(|(digits, exponent)| format!("{digits}e{exponent}")),
        ];
        texts.prop_map(|text| text.parse().unwrap_or_else(|_| Self::from(0))).boxed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Decode, Reader};

    proptest! {
        #[test]
        fn arbitrary_numbers_are_legal_and_differ(left: Number, right: Number) {
            prop_assert_eq!(Number::decode(&mut Reader::new(left.as_str())), Ok(left.clone()));
            prop_assert_eq!(left == right, left.cmp(&right).is_eq());
        }
    }

    #[test]
    fn unlimited_integers_go_beyond_64_bits() {
        let mut runner = proptest::test_runner::TestRunner::deterministic();
        let mut dice = Dice::new(&mut runner);
        let applied = Applied { schemas: Vec::new(), absent: Vec::new(), types: 0 };
        let texts = (0..200).filter_map(|_| match number(&mut dice, &applied, true) {
            Some(Tree::Number(text)) => Some(text),
            _ => None,
        });
        let numbers: Vec<Number> = texts.map(|text| text.parse().unwrap()).collect();
        assert!(numbers.iter().any(|number| number.is_integer() && number.as_i64().is_none()));
    }
}
