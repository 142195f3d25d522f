//! A number that keeps its text.

use super::compare;
use crate::json::whole::{SyntaxError, parse};
use crate::json::{Decode, Encode, Reader, Stop, bridge};
use rust_decimal::Decimal;
use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use std::{fmt, str};

/// Any JSON number (RFC 8259 §6), of any size, with the text it was read from.
///
/// It is written back as it came: `1.0`, `1e2` and `-0` stay what they are. Equality, order and hash are those of
/// the value: `1.0` equals `1`, and `-0` equals `0`. All of them take time in proportion to the text, not to the
/// exponent; exponents beyond 62 bits count as equal.
///
/// ```
/// use migration_events::json::Number;
/// use rust_decimal::Decimal;
///
/// let total: Number = serde_json::from_str("1.50e1")?;
/// assert_eq!(total.as_str(), "1.50e1");
/// assert_eq!(total, Number::from(15));
/// assert_eq!(i64::try_from(&total), Ok(15));
/// assert_eq!(total.as_decimal(), Some(Decimal::new(150, 1)));
/// assert_eq!(serde_json::to_string(&total)?, "1.50e1");
///
/// let far: Number = "1e1000000000".parse()?;
/// assert!(far > total && far.is_integer());
/// assert_eq!(far.as_f64(), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Number(Box<str>);

impl Number {
    /// Checks and keeps the text of a number.
    ///
    /// # Errors
    ///
    /// The text is not one JSON number.
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        parse(text)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns whether the value is an integer of any size, however it is written, see
    /// [`is_integer`](super::is_integer).
    #[must_use]
    pub fn is_integer(&self) -> bool {
        super::is_integer(&self.0)
    }

    /// The value, if it is an integer within `i64`.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        super::integer(&self.0)
    }

    /// The value, if it is an integer within `u64`.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        super::unsigned(&self.0)
    }

    /// The value, if it is an integer within `i128`.
    #[must_use]
    pub fn as_i128(&self) -> Option<i128> {
        let (negative, magnitude) = super::wide(&self.0)?;
        if negative { 0_i128.checked_sub_unsigned(magnitude) } else { magnitude.try_into().ok() }
    }

    /// The nearest `f64`, which may be a rounding; `None` beyond its range.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        self.0.parse().ok().filter(|value: &f64| value.is_finite())
    }

    /// The value and its scale, if a [`Decimal`] holds both exactly, see [`decimal`](super::decimal).
    #[must_use]
    pub fn as_decimal(&self) -> Option<Decimal> {
        super::decimal(&self.0)
    }
}

/// A number that the type asked for does not hold.
///
/// ```
/// use migration_events::json::{Number, number::OutOfRange};
///
/// assert_eq!(u64::try_from(&Number::from(-1)), Err(OutOfRange));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the number is not one of the type")]
pub struct OutOfRange;

macro_rules! into {
    ($($type:ty: $method:ident),*) => {$(
        impl TryFrom<&Number> for $type {
            type Error = OutOfRange;

            fn try_from(number: &Number) -> Result<Self, OutOfRange> {
                number.$method().ok_or(OutOfRange)
            }
        }

        impl TryFrom<Number> for $type {
            type Error = OutOfRange;

            fn try_from(number: Number) -> Result<Self, OutOfRange> {
                Self::try_from(&number)
            }
        }
    )*};
}

into!(i64: as_i64, u64: as_u64, i128: as_i128, f64: as_f64, Decimal: as_decimal);

macro_rules! from {
    ($($type:ty),*) => {$(
        impl From<$type> for Number {
            fn from(value: $type) -> Self {
                Self(value.to_string().into())
            }
        }
    )*};
}

from!(i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize);

/// With the scale of the decimal.
impl From<Decimal> for Number {
    fn from(value: Decimal) -> Self {
        Self(text(&value))
    }
}

/// The shortest text that reads back as the same value; infinities and NaN are no JSON numbers.
impl TryFrom<f64> for Number {
    type Error = OutOfRange;

    fn try_from(value: f64) -> Result<Self, OutOfRange> {
        if value.is_finite() { Ok(Self(text(&value))) } else { Err(OutOfRange) }
    }
}

fn text(value: &impl Encode) -> Box<str> {
    let mut text = String::new();
    value.encode(&mut text);
    text.into()
}

impl str::FromStr for Number {
    type Err = SyntaxError;

    fn from_str(text: &str) -> Result<Self, SyntaxError> {
        Self::parse(text)
    }
}

/// Zero.
impl Default for Number {
    fn default() -> Self {
        Self::from(0)
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Number {}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        compare::numbers(&self.0, &other.0)
    }
}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let mut canonical = String::new();
        compare::canonical(&self.0, &mut canonical);
        canonical.hash(state);
    }
}

impl Decode for Number {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Stop> {
        reader.number().map(|text| Self(text.into()))
    }
}

impl Encode for Number {
    fn encode(&self, out: &mut String) {
        out.push_str(&self.0);
    }
}

/// The text.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Number({})", self.0)
    }
}

bridge::serde!(Number);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    #[test]
    fn text_comes_back_through_every_way() {
        for text in ["1.0", "1e2", "-0", "-0.0E+00", "123456789012345678901234567890", "1e-400"] {
            let read: Number = serde_json::from_str(text).unwrap();
            assert_eq!(read.to_string(), text);
            assert_eq!(serde_json::to_string(&read).unwrap(), text);
            assert_eq!(format!("{read:?}"), format!("Number({text})"));
        }
        for text in ["", "01", "1.", "NaN", "\"1\"", "null", "1 2", "0x1"] {
            assert!(Number::parse(text).is_err(), "{text}");
        }
        let value: Number = serde_json::from_value(serde_json::json!(7)).unwrap();
        assert_eq!(value.as_str(), "7");
    }

    #[test]
    fn spellings_of_one_value_are_equal() {
        let ones = ["1", "1.0", "10e-1", "0.1E1"].map(number);
        assert_eq!(ones.iter().collect::<HashSet<_>>().len(), 1);
        assert_eq!(number("-0"), Number::default());
        assert!(number("1e1000000000") > number("9e999999999"));
        assert!(number("-1e1000000000") < number("1e-1000000000"));
        assert!(number("9007199254740993") > number("9007199254740992"));
    }

    #[test]
    fn conversions_are_exact_or_fail() {
        let wide = number("1.70141183460469231731687303715884105727e38");
        assert_eq!(i128::try_from(&wide), Ok(i128::MAX));
        assert_eq!(number("-170141183460469231731687303715884105728").as_i128(), Some(i128::MIN));
        assert_eq!(number("170141183460469231731687303715884105728").as_i128(), None);
        assert_eq!(number("1e1000000000").as_i128(), None);
        assert_eq!((wide.as_u64(), wide.as_i64(), wide.as_decimal()), (None, None, None));
        assert_eq!(u64::try_from(number("18446744073709551615.0")), Ok(u64::MAX));
        assert_eq!(number("0.1").as_f64(), Some(0.1));
        assert_eq!(f64::try_from(number("1e309")), Err(OutOfRange));
        assert_eq!(Number::try_from(f64::NAN), Err(OutOfRange));
        assert_eq!(Number::try_from(0.1).unwrap().as_str(), "0.1");
        assert_eq!(Number::from(Decimal::new(1470, 2)).as_str(), "14.70");
    }

    proptest! {
        #[test]
        fn integers_come_back(value: i128) {
            prop_assert_eq!(i128::try_from(&Number::from(value)), Ok(value));
        }

        #[test]
        fn order_is_that_of_the_values(left: i64, right: i64, zeros in 0..3_usize) {
            let padded = Number::parse(&format!("{left}.{}", "0".repeat(zeros + 1))).unwrap();
            prop_assert_eq!(padded.cmp(&Number::from(right)), left.cmp(&right));
        }
    }
}
