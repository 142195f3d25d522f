//! Decimal numbers: a scale that the schema knows and an integer of any width.

use super::{Inexact, bytes};
use crate::json::{Decode, Encode, Reader, Stop, bridge};

/// A decimal number over `bytes` (Avro `decimal`): an integer in two's complement, big-endian, times
/// ten to the power of `-SCALE`.
///
/// Holds the bytes of the datum, so that numbers too long for [`rust_decimal::Decimal`] survive and
/// redundant leading bytes do too. Equality is that of the bytes.
///
/// A number of more than `PRECISION` digits does not become a decimal, so that none is written. One of
/// another writer is read as it is; [`is_precise`](Self::is_precise) tells.
///
/// ```
/// use migration_events::avro::Decimal;
///
/// let amount: Decimal<2> = "14.7".parse::<rust_decimal::Decimal>().unwrap().try_into()?;
/// assert_eq!(amount.as_bytes(), [0x05, 0xbe]); // 1470
/// assert_eq!(amount.to_decimal().unwrap().to_string(), "14.70");
/// assert!(Decimal::<2, 3>::try_from(amount.to_decimal().unwrap()).is_err());
/// # Ok::<(), migration_events::avro::Inexact>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Decimal<const SCALE: u32, const PRECISION: u32 = { u32::MAX }>(Vec<u8>);

impl<const SCALE: u32, const PRECISION: u32> Decimal<SCALE, PRECISION> {
    /// From the bytes of a datum.
    #[must_use]
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The bytes of the datum.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The number; `None` if it needs more than 96 bits or 28 decimal places, or there are no bytes.
    #[must_use]
    pub fn to_decimal(&self) -> Option<rust_decimal::Decimal> {
        to_decimal(&self.0, SCALE)
    }

    /// Returns whether the number has at most `PRECISION` digits. True where nothing is known of it, since it
    /// needs more than 128 bits or there are no bytes.
    #[must_use]
    pub fn is_precise(&self) -> bool {
        integer(&self.0).is_none_or(|integer| is_precise(integer, PRECISION))
    }
}

/// # Errors
///
/// When the number has more decimal places than `SCALE`, or more digits than `PRECISION`.
impl<const SCALE: u32, const PRECISION: u32> TryFrom<rust_decimal::Decimal>
    for Decimal<SCALE, PRECISION>
{
    type Error = Inexact;

    fn try_from(number: rust_decimal::Decimal) -> Result<Self, Inexact> {
        let bytes = unscaled(number, SCALE, PRECISION).ok_or(Inexact)?.to_be_bytes();
        Ok(Self(bytes[redundant(&bytes)..].to_vec()))
    }
}

/// A decimal number over `fixed` (Avro `decimal`): as [`Decimal`], in exactly `N` bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FixedDecimal<const N: usize, const SCALE: u32, const PRECISION: u32 = { u32::MAX }>(
    [u8; N],
);

impl<const N: usize, const SCALE: u32, const PRECISION: u32> FixedDecimal<N, SCALE, PRECISION> {
    /// From the bytes of a datum.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; N]) -> Self {
        Self(bytes)
    }

    /// The bytes of the datum.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; N] {
        &self.0
    }

    /// The number; `None` if it needs more than 96 bits or 28 decimal places, or there are no bytes.
    #[must_use]
    pub fn to_decimal(&self) -> Option<rust_decimal::Decimal> {
        to_decimal(&self.0, SCALE)
    }

    /// Returns whether the number has at most `PRECISION` digits. True where nothing is known of it, since it
    /// needs more than 128 bits or there are no bytes.
    #[must_use]
    pub fn is_precise(&self) -> bool {
        integer(&self.0).is_none_or(|integer| is_precise(integer, PRECISION))
    }
}

/// # Errors
///
/// When the number has more decimal places than `SCALE`, or more digits than `PRECISION`, or does not fit into
/// `N` bytes.
impl<const N: usize, const SCALE: u32, const PRECISION: u32> TryFrom<rust_decimal::Decimal>
    for FixedDecimal<N, SCALE, PRECISION>
{
    type Error = Inexact;

    fn try_from(number: rust_decimal::Decimal) -> Result<Self, Inexact> {
        let unscaled = unscaled(number, SCALE, PRECISION).ok_or(Inexact)?;
        let bytes = unscaled.to_be_bytes();
        let needed = &bytes[redundant(&bytes)..];
        let padding = N.checked_sub(needed.len()).ok_or(Inexact)?;
        let mut fixed = [if unscaled < 0 { 0xff } else { 0 }; N];
        fixed[padding..].copy_from_slice(needed);
        Ok(Self(fixed))
    }
}

fn to_decimal(bytes: &[u8], scale: u32) -> Option<rust_decimal::Decimal> {
    rust_decimal::Decimal::try_from_i128_with_scale(integer(bytes)?, scale).ok()
}

/// The integer that the bytes are; `None` if it needs more than 128 bits, or there are no bytes.
fn integer(bytes: &[u8]) -> Option<i128> {
    let needed = &bytes[redundant(bytes)..];
    let sign = if needed.first()? & 0x80 == 0 { 0 } else { 0xff };
    let mut wide = [sign; 16];
    let padding = wide.len().checked_sub(needed.len())?;
    wide[padding..].copy_from_slice(needed);
    Some(i128::from_be_bytes(wide))
}

/// Returns whether an integer has at most `precision` digits.
fn is_precise(integer: i128, precision: u32) -> bool {
    integer.unsigned_abs().checked_ilog10().is_none_or(|digits| digits < precision)
}

/// The number of leading bytes that only repeat the sign; never all of them.
fn redundant(bytes: &[u8]) -> usize {
    let repeats = |pair: &&[u8]| match pair {
        [0, next] => next & 0x80 == 0,
        [0xff, next] => next & 0x80 != 0,
        _ => false,
    };
    bytes.windows(2).take_while(repeats).count()
}

/// The unscaled integer of `number` at `scale`; `None` if it is not exact, or has more digits than `precision`.
fn unscaled(number: rust_decimal::Decimal, scale: u32, precision: u32) -> Option<i128> {
    let mut value = number.mantissa();
    if value == 0 {
        return Some(0);
    }
    for _ in number.scale()..scale {
        value = value.checked_mul(10)?;
    }
    for _ in scale..number.scale() {
        if value % 10 != 0 {
            return None;
        }
        value /= 10;
    }
    Some(value).filter(|value| is_precise(*value, precision))
}

impl<const SCALE: u32, const PRECISION: u32> Decode for Decimal<SCALE, PRECISION> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Stop> {
        reader.string_as(bytes::from_text).map(Self)
    }
}

impl<const SCALE: u32, const PRECISION: u32> Encode for Decimal<SCALE, PRECISION> {
    fn encode(&self, out: &mut String) {
        bytes::encode(&self.0, out);
    }
}

impl<const N: usize, const SCALE: u32, const PRECISION: u32> Decode
    for FixedDecimal<N, SCALE, PRECISION>
{
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Stop> {
        reader.string_as(bytes::array_from_text).map(Self)
    }
}

impl<const N: usize, const SCALE: u32, const PRECISION: u32> Encode
    for FixedDecimal<N, SCALE, PRECISION>
{
    fn encode(&self, out: &mut String) {
        bytes::encode(&self.0, out);
    }
}

bridge::serde!(Decimal<SCALE, PRECISION>, const SCALE: u32, const PRECISION: u32);
bridge::serde!(FixedDecimal<N, SCALE, PRECISION>, const N: usize, const SCALE: u32, const PRECISION: u32);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number(text: &str) -> rust_decimal::Decimal {
        rust_decimal::Decimal::from_str_exact(text).unwrap()
    }

    #[test]
    fn the_shortest_bytes_are_written() {
        for (text, bytes) in [
            ("0", &[0][..]),
            ("1.27", &[0x7f]),
            ("1.28", &[0x00, 0x80]),
            ("-1.28", &[0x80]),
            ("-1.29", &[0xff, 0x7f]),
            ("-0.01", &[0xff]),
            ("2.560", &[0x01, 0x00]),
        ] {
            let decimal = Decimal::<2>::try_from(number(text)).unwrap();
            assert_eq!(decimal.as_bytes(), bytes, "{text}");
        }
    }

    #[test]
    fn redundant_leading_bytes_are_ignored_and_kept() {
        let padded = Decimal::<2>::from_bytes([vec![0xff; 40], vec![0x80]].concat());
        assert_eq!(padded.to_decimal(), Some(number("-1.28")));
        assert_eq!(padded.as_bytes().len(), 41);
        assert_eq!(Decimal::<0>::from_bytes(vec![0; 40]).to_decimal(), Some(number("0")));
    }

    #[test]
    fn unrepresentable_values_are_never_rounded() {
        assert_eq!(Decimal::<2>::from_bytes(vec![]).to_decimal(), None);
        assert_eq!(FixedDecimal::<0, 2>::from_bytes([]).to_decimal(), None);
        assert_eq!(Decimal::<0>::from_bytes([&[0x01], &[0; 12][..]].concat()).to_decimal(), None);
        assert_eq!(Decimal::<0>::from_bytes(vec![0x7f; 17]).to_decimal(), None);
        assert_eq!(Decimal::<29>::from_bytes(vec![1]).to_decimal(), None);
        assert_eq!(Decimal::<2>::try_from(number("0.001")), Err(Inexact));
        assert_eq!(Decimal::<28>::try_from(rust_decimal::Decimal::MAX), Err(Inexact));
        assert_eq!(FixedDecimal::<1, 2>::try_from(number("1.28")), Err(Inexact));
        assert_eq!(FixedDecimal::<0, 2>::try_from(number("0")), Err(Inexact));
    }

    #[test]
    fn more_digits_than_the_precision_are_refused() {
        for (text, fits) in [("9.99", true), ("-9.99", true), ("10", false), ("0", true)] {
            assert_eq!(Decimal::<2, 3>::try_from(number(text)).is_ok(), fits, "{text}");
            assert_eq!(FixedDecimal::<4, 2, 3>::try_from(number(text)).is_ok(), fits, "{text}");
        }
        // What another writer wrote is read.
        let read = Decimal::<2, 3>::from_bytes(vec![0x03, 0xe8]);
        assert_eq!((read.to_decimal(), read.is_precise()), (Some(number("10.00")), false));
        assert!(Decimal::<2, 3>::from_bytes(vec![0x03, 0xe7]).is_precise());
        assert!(FixedDecimal::<2, 2>::from_bytes([0x7f, 0xff]).is_precise());
    }

    #[test]
    fn a_fixed_is_padded_with_its_sign() {
        let decimal = FixedDecimal::<4, 2>::try_from(number("-1.28")).unwrap();
        assert_eq!(decimal.as_bytes(), &[0xff, 0xff, 0xff, 0x80]);
        assert_eq!(decimal.to_decimal(), Some(number("-1.28")));
        let text = serde_json::to_string(&decimal).unwrap();
        assert_eq!(text, "\"ÿÿÿ\u{80}\"");
        assert_eq!(serde_json::from_str::<FixedDecimal<4, 2>>(&text).unwrap(), decimal);
    }

    proptest! {
        #[test]
        fn every_number_of_the_scale_comes_back(mantissa in -(1_i128 << 96) + 1..1_i128 << 96) {
            let number = rust_decimal::Decimal::from_i128_with_scale(mantissa, 4);
            let decimal = Decimal::<4>::try_from(number).unwrap();
            prop_assert_eq!(decimal.to_decimal(), Some(number));
            let fixed = FixedDecimal::<13, 4>::try_from(number).unwrap();
            prop_assert_eq!(fixed.to_decimal(), Some(number));
        }

        #[test]
        fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            let decimal = Decimal::<3>::from_bytes(bytes);
            if let Some(number) = decimal.to_decimal() {
                let again = Decimal::<3>::try_from(number).unwrap();
                prop_assert_eq!(again.to_decimal(), Some(number));
                prop_assert!(again.as_bytes().len() <= decimal.as_bytes().len());
            }
        }
    }
}
