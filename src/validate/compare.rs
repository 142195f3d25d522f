//! Exact comparison of JSON numbers by their text.

use std::cmp::Ordering;

/// Compares two JSON numbers of any size, exactly and in time linear in their text.
pub(super) fn numbers(left: &str, right: &str) -> Ordering {
    let (left, right) = (Magnitude::of(left), Magnitude::of(right));
    match (left.sign(), right.sign()) {
        (a, b) if a != b => a.cmp(&b),
        (-1, _) => right.cmp_absolute(&left),
        _ => left.cmp_absolute(&right),
    }
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
        // An exponent beyond i64 is far beyond the length of any text: it saturates.
        let exponent: i64 = exponent.parse().unwrap_or(if exponent.starts_with('-') {
            i64::MIN / 2
        } else {
            i64::MAX / 2
        });
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
    use super::numbers;
    use std::cmp::Ordering::{self, Equal, Greater, Less};

    #[test]
    fn numbers_compare_by_value_whatever_their_spelling() {
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
            ("1e-99999999999999999999", "0", Greater),
            ("12.5", "12.49", Greater),
        ];
        for (left, right, expected) in cases {
            assert_eq!(numbers(left, right), *expected, "{left} {right}");
            assert_eq!(numbers(right, left), expected.reverse(), "{right} {left}");
        }
    }
}
