//! Numbers of JSON text (RFC 8259 §6), exactly.
//!
//! The functions take the text of one number, as [`Reader::number`](super::Reader::number) returns it;
//! any other text is not a number and returns `None` or `false`. [`Number`] is a value that keeps its text.

pub(crate) mod compare;
mod value;

pub use value::{Number, OutOfRange};

use rust_decimal::Decimal;

use super::stop::{Fault, Syntax};

/// The value of a number that is an integer within `i64`, however it is written.
///
/// Draft-07 of JSON Schema counts any number without a fractional part as an integer, `12.0` and
/// `1.2e1` among them. Takes time in proportion to the text, not to its exponent.
///
/// ```
/// use migration_events::json::number::integer;
///
/// assert_eq!(integer("1200e-2"), Some(12));
/// assert_eq!(integer("12.5"), None);
/// assert_eq!(integer("1e19"), None);
/// ```
#[must_use]
#[inline]
pub fn integer(text: &str) -> Option<i64> {
    let (negative, magnitude) = magnitude(text)?;
    signed(negative, magnitude)
}

/// The value of a number that is an integer within `u64`, however it is written, as [`integer`].
///
/// ```
/// use migration_events::json::number::unsigned;
///
/// assert_eq!(unsigned("18446744073709551615"), Some(u64::MAX));
/// assert_eq!(unsigned("1.2e1"), Some(12));
/// assert_eq!(unsigned("-1"), None);
/// ```
#[must_use]
#[inline]
pub fn unsigned(text: &str) -> Option<u64> {
    let (negative, magnitude) = magnitude(text)?;
    (!negative || magnitude == 0).then_some(magnitude)
}

/// Returns sign and absolute value of an integer.
#[inline]
fn magnitude(text: &str) -> Option<(bool, u64)> {
    if let Some(Short { negative, digits, scale: 0, .. }) = plain(text) {
        return Some((negative, digits));
    }
    let (negative, magnitude) = wide(text)?;
    Some((negative, magnitude.try_into().ok()?))
}

/// The same of up to 128 bits.
fn wide(text: &str) -> Option<(bool, u128)> {
    let (layout, bytes) = whole(text)?;
    let Significant { digits, trailing_zeros, exponent } = layout.significant(bytes);
    if digits == 0 {
        return Some((false, 0));
    }
    // Powers of ten that remain once the trailing zeros are taken off; negative means a fraction.
    let zeros = u32::try_from(exponent.saturating_add_unsigned(trailing_zeros as u64)).ok()?;
    if digits - trailing_zeros + zeros as usize > 39 {
        return None;
    }
    let mut value = 0_u128;
    for digit in layout.digits(bytes).take(layout.digit_count() - trailing_zeros) {
        value = value.checked_mul(10)?.checked_add(u128::from(digit))?;
    }
    Some((layout.negative, value.checked_mul(10_u128.checked_pow(zeros)?)?))
}

/// Returns whether a number is an integer of any size, as draft-07 of JSON Schema defines it.
///
/// ```
/// use migration_events::json::number::is_integer;
///
/// assert!(is_integer("1e999999999"));
/// assert!(!is_integer("1e-1"));
/// ```
#[must_use]
pub fn is_integer(text: &str) -> bool {
    let Some((layout, bytes)) = whole(text) else {
        return false;
    };
    let Significant { digits, trailing_zeros, exponent } = layout.significant(bytes);
    digits == 0 || exponent.saturating_add_unsigned(trailing_zeros as u64) >= 0
}

/// The value of a number, and the scale of its plain decimal expansion.
///
/// `14.70` keeps its scale of 2, `1e2` is `100`, `1.50e1` is `15.0`, `-0.0` keeps its sign. A number that
/// would need more than 96 bits or more than 28 decimal places returns `None`, never a rounding; that holds
/// for digits that are zeros as well (`0e-400`).
///
/// ```
/// use migration_events::json::number::decimal;
///
/// assert_eq!(decimal("14.70").map(|amount| amount.to_string()).as_deref(), Some("14.70"));
/// assert_eq!(decimal("0.00000000000000000000000000001"), None);
/// ```
#[must_use]
#[inline]
pub fn decimal(text: &str) -> Option<Decimal> {
    if let Some(Short { negative, digits, scale, .. }) = plain(text) {
        return Some(from_parts(negative, digits.into(), scale));
    }
    let (layout, bytes) = whole(text)?;
    let mut value = 0_u128;
    for digit in layout.digits(bytes) {
        value = value * 10 + u128::from(digit);
        if value > MAX_MANTISSA {
            return None;
        }
    }
    let exponent = layout.exponent(bytes);
    let scale = if exponent > 0 && value != 0 {
        // A mantissa other than zero outgrows 96 bits within 29 steps.
        for _ in 0..exponent {
            value *= 10;
            if value > MAX_MANTISSA {
                return None;
            }
        }
        0
    } else {
        u32::try_from(exponent.min(0).unsigned_abs()).ok()?
    };
    (scale <= Decimal::MAX_SCALE).then(|| from_parts(layout.negative, value, scale))
}

/// The largest mantissa of a [`Decimal`].
const MAX_MANTISSA: u128 = (1 << 96) - 1;

/// `value` must not exceed [`MAX_MANTISSA`], `scale` not [`Decimal::MAX_SCALE`].
#[inline]
pub(super) fn from_parts(negative: bool, value: u128, scale: u32) -> Decimal {
    let word = |shift: u32| (value >> shift) as u32;
    let mut decimal = Decimal::from_parts(word(0), word(32), word(64), false, scale);
    // `from_parts` would drop the sign of a zero.
    decimal.set_sign_negative(negative);
    decimal
}

#[inline]
pub(super) fn signed(negative: bool, value: u64) -> Option<i64> {
    if negative { 0_i64.checked_sub_unsigned(value) } else { i64::try_from(value).ok() }
}

/// The whole of a text as a short number, if it is one.
#[inline]
fn plain(text: &str) -> Option<Short> {
    short(text.as_bytes()).filter(|short| short.len == text.len())
}

/// A number short enough for `u64` that has no exponent.
pub(super) struct Short {
    pub(super) negative: bool,
    pub(super) digits: u64,
    pub(super) scale: u32,
    /// The length in bytes.
    pub(super) len: usize,
}

/// Reads the number at the start of `bytes` in one pass, where it is a common one; `None` decides
/// nothing.
#[inline]
pub(super) fn short(bytes: &[u8]) -> Option<Short> {
    let negative = bytes.first() == Some(&b'-');
    let start = usize::from(negative);
    let (mut digits, mut scale) = (0, 0);
    let mut len = accumulate(bytes, start, &mut digits);
    let integer = len - start;
    if integer == 0 || integer > 1 && bytes[start] == b'0' {
        return None;
    }
    if bytes.get(len) == Some(&b'.') {
        let point = len + 1;
        len = accumulate(bytes, point, &mut digits);
        scale = len - point;
        if scale == 0 {
            return None;
        }
    }
    // 19 nines are less than 2^64.
    if integer + scale > 19 || matches!(bytes.get(len), Some(b'e' | b'E')) {
        return None;
    }
    Some(Short { negative, digits, scale: scale as u32, len })
}

/// Adds the digits from `at` on; returns their end. Wraps where there are more than `u64` holds.
#[inline]
fn accumulate(bytes: &[u8], mut at: usize, value: &mut u64) -> usize {
    while let Some(byte @ b'0'..=b'9') = bytes.get(at) {
        *value = value.wrapping_mul(10).wrapping_add(u64::from(byte - b'0'));
        at += 1;
    }
    at
}

/// Where the parts of a number are; see RFC 8259 §6 for their names.
pub(super) struct Layout {
    negative: bool,
    /// First digit of `int`.
    start: usize,
    /// End of `int`; the point of `frac`, if there is one.
    point: usize,
    /// End of `frac`; the `e` of `exp`, if there is one.
    mark: usize,
    /// End of the number.
    pub(super) end: usize,
}

/// Counts of digits that decide whether a number is an integer.
struct Significant {
    /// The number of digits from the first nonzero digit on.
    digits: usize,
    /// The number of zeros at their end.
    trailing_zeros: usize,
    /// Power of ten that the digits, taken as an integer, are multiplied with.
    exponent: i64,
}

/// Finds the parts of the number that begins at `from`.
#[inline]
pub(super) fn scan(bytes: &[u8], from: usize) -> Result<Layout, Fault> {
    let negative = bytes.get(from) == Some(&b'-');
    let start = from + usize::from(negative);
    let point = digits(bytes, start)?;
    if bytes[start] == b'0' && point > start + 1 {
        return Err((Syntax::InvalidNumber, start + 1));
    }
    let mut mark = point;
    if bytes.get(point) == Some(&b'.') {
        mark = digits(bytes, point + 1)?;
    }
    let mut end = mark;
    if let Some(b'e' | b'E') = bytes.get(mark) {
        let sign = matches!(bytes.get(mark + 1), Some(b'+' | b'-'));
        end = digits(bytes, mark + 1 + usize::from(sign))?;
    }
    Ok(Layout { negative, start, point, mark, end })
}

/// End of the digits at `from`; there must be one at least.
#[inline]
fn digits(bytes: &[u8], from: usize) -> Result<usize, Fault> {
    let mut at = from;
    while let Some(b'0'..=b'9') = bytes.get(at) {
        at += 1;
    }
    if at > from {
        Ok(at)
    } else if at < bytes.len() {
        Err((Syntax::InvalidNumber, at))
    } else {
        Err((Syntax::UnexpectedEnd, bytes.len()))
    }
}

/// The layout of a text that is one number and nothing else.
fn whole(text: &str) -> Option<(Layout, &[u8])> {
    let bytes = text.as_bytes();
    let layout = scan(bytes, 0).ok()?;
    (layout.end == bytes.len()).then_some((layout, bytes))
}

impl Layout {
    fn digit_count(&self) -> usize {
        self.point - self.start + self.decimals()
    }

    fn decimals(&self) -> usize {
        (self.mark - self.point).saturating_sub(1)
    }

    /// Values of all digits before the exponent, the point left out.
    fn digits<'a>(&self, bytes: &'a [u8]) -> impl DoubleEndedIterator<Item = u8> + 'a {
        let integer = &bytes[self.start..self.point];
        let fraction = &bytes[self.mark - self.decimals()..self.mark];
        integer.iter().chain(fraction).map(|byte| byte - b'0')
    }

    /// Power of ten that the digits, taken as an integer, are multiplied with; saturates.
    fn exponent(&self, bytes: &[u8]) -> i64 {
        let (negative, digits) = match &bytes[self.mark..self.end] {
            [_, b'-', digits @ ..] => (true, digits),
            [_, b'+', digits @ ..] | [_, digits @ ..] => (false, digits),
            [] => (false, &[][..]),
        };
        let value = digits.iter().fold(0_i64, |value, byte| {
            value.saturating_mul(10).saturating_add(i64::from(byte - b'0'))
        });
        let value = if negative { -value } else { value };
        value.saturating_sub_unsigned(self.decimals() as u64)
    }

    fn significant(&self, bytes: &[u8]) -> Significant {
        let leading = self.digits(bytes).take_while(|&digit| digit == 0).count();
        let digits = self.digit_count() - leading;
        let trailing_zeros = self.digits(bytes).rev().take_while(|&digit| digit == 0).count();
        Significant {
            digits,
            trailing_zeros: trailing_zeros.min(digits),
            exponent: self.exponent(bytes),
        }
    }
}

#[cfg(test)]
mod tests;
