//! Exact comparison of JSON numbers by their text.

use std::cmp::Ordering;
use std::fmt::Write;

/// Compares two JSON numbers of any size, exactly and in time linear in their text.
pub(crate) fn numbers(left: &str, right: &str) -> Ordering {
    let (left, right) = (Magnitude::of(left), Magnitude::of(right));
    match (left.sign(), right.sign()) {
        (a, b) if a != b => a.cmp(&b),
        (-1, _) => right.cmp_absolute(&left),
        _ => left.cmp_absolute(&right),
    }
}

/// Returns whether a number is a multiple of a divisor, exactly and in time linear in the number's text.
///
/// The divisor is greater than zero; its digits, without zeros at either end, make up a number of 64
/// bits (the generator sees to that).
pub(crate) fn is_multiple(number: &str, divisor: &str) -> bool {
    let (number, divisor) = (Magnitude::of(number), Magnitude::of(divisor));
    if number.digits.is_empty() {
        return true;
    }
    // number = a × 10^p and divisor = b × 10^q, neither a nor b a multiple of ten.
    let place = |of: &Magnitude| of.exponent.saturating_sub_unsigned(of.digits.len() as u64);
    let zeros = place(&number).saturating_sub(place(&divisor));
    let modulus = divisor.digits.iter().try_fold(0_u64, |value, digit| {
        value.checked_mul(10)?.checked_add(u64::from(digit - b'0'))
    });
    let (Ok(zeros), Some(modulus @ 1..)) = (u64::try_from(zeros), modulus) else { return false };
    let modulus = u128::from(modulus);
    let digits = number.digits.iter();
    let rest = digits.fold(0, |rest, digit| (rest * 10 + u128::from(digit - b'0')) % modulus);
    (rest * power_of_ten(zeros, modulus)).is_multiple_of(modulus)
}

/// `10^exponent` modulo a number of 64 bits.
fn power_of_ten(mut exponent: u64, modulus: u128) -> u128 {
    let (mut power, mut square) = (1 % modulus, 10 % modulus);
    while exponent > 0 {
        if exponent & 1 == 1 {
            power = power * square % modulus;
        }
        square = square * square % modulus;
        exponent >>= 1;
    }
    power
}

/// Appends a text that equal numbers have in common, whatever their spelling.
pub(crate) fn canonical(number: &str, out: &mut String) {
    let Magnitude { negative, digits, exponent } = Magnitude::of(number);
    if digits.is_empty() {
        out.push('0');
        return;
    }
    if negative {
        out.push('-');
    }
    out.extend(digits.iter().map(|digit| char::from(*digit)));
    // Writing to a string cannot fail.
    let _ = write!(out, "e{exponent}");
}

/// `0.d₁d₂d₃… × 10^exponent`, the first and the last digit not zero.
struct Magnitude {
    negative: bool,
    digits: Vec<u8>,
    exponent: i64,
}

impl Magnitude {
    fn of(text: &str) -> Self {
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        // An exponent beyond 62 bits is far beyond the length of any text: it saturates.
        let limit = if exponent.starts_with('-') { i64::MIN / 2 } else { i64::MAX / 2 };
        let exponent: i64 = exponent.parse().unwrap_or(limit).clamp(i64::MIN / 2, i64::MAX / 2);
        let all = integer.bytes().chain(fraction.bytes());
        let zeros = all.clone().take_while(|digit| *digit == b'0').count();
        let mut digits: Vec<u8> = all.skip(zeros).collect();
        while digits.last() == Some(&b'0') {
            digits.pop();
        }
        let point = i64::try_from(integer.len()).unwrap_or(i64::MAX / 4)
            - i64::try_from(zeros).unwrap_or(i64::MAX / 4);
        Self { negative, digits, exponent: exponent.saturating_add(point) }
    }

    fn sign(&self) -> i8 {
        match (self.digits.is_empty(), self.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        }
    }

    fn cmp_absolute(&self, other: &Self) -> Ordering {
        if self.digits.is_empty() && other.digits.is_empty() {
            return Ordering::Equal;
        }
        self.exponent.cmp(&other.exponent).then_with(|| self.digits.cmp(&other.digits))
    }
}

#[cfg(test)]
mod tests {
    use super::{is_multiple, numbers};
    use std::cmp::Ordering::{self, Equal, Greater, Less};

    #[test]
    fn numbers_compare_by_value_in_any_spelling() {
        let cases: &[(&str, &str, Ordering)] = &[
            ("1", "1.0", Equal),
            ("10", "1e1", Equal),
            ("0.001", "1E-3", Equal),
            ("-0", "0.0e7", Equal),
            ("2", "10", Less),
            ("-2", "-10", Greater),
            ("-1", "0.0001", Less),
            ("9007199254740993", "9007199254740992", Greater),
            ("0.10000000000000000001", "0.1", Greater),
            ("1e99999999999999999999", "1e9999999999", Greater),
            ("2e99999999999999999999", "1e9223372036854775807", Greater),
            ("2e-99999999999999999999", "3e-9223372036854775808", Less),
            ("1e-99999999999999999999", "0", Greater),
            ("12.5", "12.49", Greater),
        ];
        for (left, right, expected) in cases {
            assert_eq!(numbers(left, right), *expected, "{left} {right}");
            assert_eq!(numbers(right, left), expected.reverse(), "{right} {left}");
        }
    }

    #[test]
    fn multiples_are_exact_at_any_size() {
        for (number, divisor, expected) in [
            ("0", "7", true),
            ("-14", "7", true),
            ("15", "7", false),
            ("4.5", "1.5", true),
            ("35", "1.5", false),
            ("0.0075", "0.0001", true),
            ("0.00751", "0.0001", false),
            ("1e308", "0.123456789", false),
            ("123456789e300", "0.123456789", true),
            ("1e308", "0.5", true),
            ("12391239123", "1e-8", true),
            ("1e999999999999", "3", false),
            ("3e999999999999", "3", true),
            ("1e99999999999999999999", "2", true),
            ("1e-99999999999999999999", "2", false),
            ("25", "50", false),
            ("100", "50", true),
            ("18446744073709551615", "18446744073709551615", true),
            ("36893488147419103230", "18446744073709551615", true),
            ("36893488147419103231", "18446744073709551615", false),
        ] {
            assert_eq!(is_multiple(number, divisor), expected, "{number} {divisor}");
        }
    }
}
